/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one alert asks for, and whether that holds. */

#include "config.h"

#include "cpt-alert.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-metric-rows.h"

#define HUNDREDTHS 100.0

void
cpt_alert_reading_clear (CptAlertReading *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->problem, g_free);
}

void
cpt_alert_event_free (CptAlertEvent *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->sentence);
  g_free (self);
}

/* ---- the question ---- */

static gboolean
is_kind (const CptRecord *alert,
         const char      *kind)
{
  return g_strcmp0 (cpt_record_get_text (alert, "kind"), kind) == 0;
}

/* Of the period before */
static gboolean
is_change (const CptRecord *alert)
{
  return is_kind (alert, "rises") || is_kind (alert, "falls");
}

/* {"this":"month"}, {"last":30,"unit":"day"}; NULL for all time */
static JsonObject *
create_period (const CptRecord *alert)
{
  const char *name = cpt_record_get_text (alert, "period");
  gboolean is_missing = is_kind (alert, "missing");
  JsonObject *period;

  if (!is_missing && (name == NULL || g_str_equal (name, "all")))
    return NULL;

  period = json_object_new ();
  if (is_missing)
    json_object_set_int_member (period, "last", MAX (cpt_record_get_integer (alert, "days"), 1));
  else if (g_str_has_prefix (name, "last_"))
    json_object_set_int_member (period, "last", (gint64) g_ascii_strtoll (name + strlen ("last_"), NULL, 10));
  else
    json_object_set_string_member (period, "this", name);
  if (json_object_has_member (period, "last"))
    json_object_set_string_member (period, "unit", "day");

  return period;
}

static JsonNode *
create_question (const CptRecord  *alert,
                 GError          **error)
{
  const char *metric = cpt_record_get_text (alert, "metric");
  g_autoptr(JsonNode) question =
    cpt_metric_question_new (metric != NULL ? metric : "", cpt_record_get_text (alert, "condition"), error);
  JsonObject *period = question != NULL ? create_period (alert) : NULL;

  if (question == NULL)
    return NULL;

  if (period != NULL)
    json_object_set_object_member (json_node_get_object (question), "period", period);
  if (is_change (alert))
    json_object_set_string_member (json_node_get_object (question), "compare", "previous");

  return g_steal_pointer (&question);
}

/* ---- the answer ---- */

static double
get_threshold (const CptRecord *alert)
{
  return (double) cpt_record_get_integer (alert, "threshold") / HUNDREDTHS;
}

static char *
format_percent (double number)
{
  CptMetricRows percent = { .unit = CPT_MEASURE_UNIT_PERCENT };

  return cpt_metric_rows_format (&percent, round (number * HUNDREDTHS) / HUNDREDTHS);
}

static void
read_value (const CptRecord     *alert,
            const CptMetricRows *rows,
            CptAlertReading     *reading)
{
  const CptMetricRow *row = rows->rows->len > 0 ? g_ptr_array_index (rows->rows, 0) : NULL;

  reading->value = row != NULL ? row->number : NAN;
  if (is_change (alert))
    {
      gboolean has_change = row != NULL && isfinite (row->number) && isfinite (row->before) && row->before != 0;

      reading->value = has_change ? (row->number - row->before) / fabs (row->before) * HUNDREDTHS : NAN;
      reading->text = format_percent (reading->value);
    }
  else
    {
      reading->text = cpt_metric_rows_format (rows, reading->value);
    }
}

static gboolean
holds (const CptRecord *alert,
       double           value)
{
  double threshold = get_threshold (alert);

  if (is_kind (alert, "missing"))
    return isnan (value) || value == 0;
  if (isnan (value))
    return FALSE;
  if (is_kind (alert, "above") || is_kind (alert, "rises"))
    return value > threshold;
  if (is_kind (alert, "below"))
    return value < threshold;

  return is_kind (alert, "falls") && -value > threshold;
}

void
cpt_alert_evaluate (CptDatabase     *database,
                    const CptRecord *alert,
                    CptAlertReading *reading)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) question = create_question (alert, &error);
  g_autoptr(CptMetricRows) rows = NULL;

  g_return_if_fail (database != NULL);
  g_return_if_fail (alert != NULL && reading != NULL);

  *reading = (CptAlertReading){ .value = NAN };
  if (question != NULL)
    rows = cpt_metric_rows_read (database, question, &error);
  if (rows == NULL)
    {
      reading->state = CPT_ALERT_FAILED;
      reading->text = g_strdup ("–");
      reading->problem = g_strdup (error->message);
      return;
    }

  read_value (alert, rows, reading);
  reading->state = holds (alert, reading->value) ? CPT_ALERT_FIRING : CPT_ALERT_OK;
}

/* ---- words ---- */

/* The limit in the unit of the metric; as a bare number where that is not known */
static char *
format_threshold (CptDatabase     *database,
                  const CptRecord *alert)
{
  CptMetricRows shape = { .unit = CPT_MEASURE_UNIT_NUMBER };
  const char *key = cpt_record_get_text (alert, "metric");
  g_autoptr(JsonNode) question = cpt_metric_question_new (key != NULL ? key : "", NULL, NULL);
  g_autoptr(CptAggregateSpec) spec = cpt_metric_create_spec (database, question, NULL);

  if (is_change (alert))
    return format_percent (get_threshold (alert));
  if (spec != NULL)
    shape.unit = cpt_aggregate_spec_get_unit (spec, 0);
  if (shape.unit == CPT_MEASURE_UNIT_MONEY)
    g_strlcpy (shape.currency, cpt_database_get_currency (database), sizeof shape.currency);

  return cpt_metric_rows_format (&shape, get_threshold (alert));
}

/* What is counted: without the comparison, which the rest of the sentence tells */
static char *
describe_subject (CptDatabase     *database,
                  const CptRecord *alert)
{
  g_autoptr(JsonNode) question = create_question (alert, NULL);
  const char *key = cpt_record_get_text (alert, "metric");
  char *subject = NULL;

  if (question != NULL)
    {
      json_object_remove_member (json_node_get_object (question), "compare");
      if (is_kind (alert, "missing"))
        json_object_remove_member (json_node_get_object (question), "period");
      subject = cpt_question_to_sentence (database, question);
    }

  return subject != NULL ? subject : g_strdup (key != NULL ? key : "");
}

char *
cpt_alert_describe (CptDatabase     *database,
                    const CptRecord *alert)
{
  g_autofree char *subject = NULL;
  g_autofree char *limit = NULL;
  guint days;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (alert != NULL, NULL);

  subject = describe_subject (database, alert);
  limit = format_threshold (database, alert);
  days = (guint) CLAMP (cpt_record_get_integer (alert, "days"), 1, 3650);
  if (is_kind (alert, "missing"))
    /* Translators: a number that gets no more records: "Calls: nothing for 3 days" */
    return g_strdup_printf (ngettext ("%s: nothing for %u day", "%s: nothing for %u days", days), subject, days);
  if (is_kind (alert, "above"))
    /* Translators: a number and a limit: "Revenue won, this month: above €10,000" */
    return g_strdup_printf (_("%s: above %s"), subject, limit);
  if (is_kind (alert, "rises"))
    /* Translators: a number and a percentage */
    return g_strdup_printf (_("%s: more than %s up on the period before"), subject, limit);
  if (is_kind (alert, "falls"))
    return g_strdup_printf (_("%s: more than %s down on the period before"), subject, limit);

  return g_strdup_printf (_("%s: below %s"), subject, limit);
}

/* ---- whether it makes sense ---- */

gboolean
cpt_alert_check_record (CptDatabase      *database,
                        const CptRecord  *alert,
                        const char      **field,
                        GError          **error)
{
  const char *period = cpt_record_get_text (alert, "period");
  gboolean is_missing = is_kind (alert, "missing");
  const char *wanted = is_missing ? "days" : "threshold";
  g_autoptr(JsonNode) question = NULL;
  g_autoptr(CptAggregateSpec) spec = NULL;
  g_autoptr(CptMetric) metric = NULL;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (alert != NULL && field != NULL, FALSE);

  *field = wanted;
  if (cpt_value_is_null (cpt_record_get_named (alert, wanted)))
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID,
                           is_missing ? _("Say after how many days you want to be told.") : _("An alert needs a limit."));
      return FALSE;
    }

  if (is_change (alert) && get_threshold (alert) < 0)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID,
                           _("How much a number rises or falls is not below 0; "
                             "for the other direction choose the other kind of alert."));
      return FALSE;
    }

  *field = "period";
  if (is_change (alert) && (period == NULL || g_str_equal (period, "all")))
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID,
                           _("All time has no period before it; choose a shorter period."));
      return FALSE;
    }

  *field = "metric";
  metric = cpt_metric_find (database, cpt_record_get_text (alert, "metric"), error);
  if (metric == NULL || !cpt_metric_check (database, metric, error))
    return FALSE;

  *field = "condition";
  question = create_question (alert, error);
  spec = question != NULL ? cpt_metric_create_spec (database, question, error) : NULL;

  return spec != NULL;
}
