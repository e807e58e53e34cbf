/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The numbers of a metric as people write them: what alerts, goals and
 * leaderboards compare. */

#include "config.h"

#include "cpt-metric-rows.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-money.h"

static void
row_free (gpointer data)
{
  CptMetricRow *row = data;

  g_free (row->label);
  g_free (row);
}

void
cpt_metric_rows_free (CptMetricRows *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->behind, cpt_filter_unref);
  g_free (self);
}

static double
get_number (const CptMetricRows *self,
            const CptMeasure    *measure,
            double               factor)
{
  int exponent = self->currency[0] != '\0' ? cpt_currency_get_exponent (self->currency) : 0;

  if (measure == NULL || measure->is_null)
    return NAN;
  if (self->unit == CPT_MEASURE_UNIT_MONEY)
    return measure->number * factor / pow (10, exponent < 0 ? 2 : exponent);

  return measure->number * factor * (self->unit == CPT_MEASURE_UNIT_PERCENT ? 100 : 1);
}

static CptMetricRow *
find_or_add (CptMetricRows  *self,
             const CptValue *key,
             const char     *label)
{
  static const CptUuid nil;
  const CptUuid *id = key != NULL && key->type == CPT_VALUE_ID ? &key->id : &nil;
  CptMetricRow *row = (CptMetricRow *) cpt_metric_rows_find (self, id);

  if (row != NULL)
    return row;

  row = g_new0 (CptMetricRow, 1);
  row->id = *id;
  row->label = g_strdup (label);
  row->number = row->before = NAN;
  g_ptr_array_add (self->rows, row);

  return row;
}

static gboolean
is_other_currency (const CptMetricRows *self,
                   const CptMeasure    *measure)
{
  return self->unit == CPT_MEASURE_UNIT_MONEY && measure != NULL && measure->currency[0] != '\0' &&
         !g_str_equal (measure->currency, self->currency);
}

static void
fill (CptMetricRows      *self,
      CptAggregateSpec   *spec,
      CptAggregateResult *result)
{
  double factor = cpt_aggregate_spec_get_factor (spec, 0);
  gboolean is_whole = cpt_aggregate_spec_get_n_dimensions (spec) == 0;

  for (guint i = 0; i < cpt_aggregate_result_get_n_rows (result); i++)
    {
      const CptMeasure *measure = cpt_aggregate_result_get_measure (result, i, 0);
      const CptMeasure *before = cpt_aggregate_result_get_compared (result, i, 0);
      CptMetricRow *row = find_or_add (self, is_whole ? NULL : cpt_aggregate_result_get_key (result, i, 0),
                                       is_whole ? self->title : cpt_aggregate_result_get_label (result, i, 0));

      if (!is_other_currency (self, measure))
        row->number = get_number (self, measure, factor);
      if (!is_other_currency (self, before))
        row->before = get_number (self, before, factor);
    }
}

CptMetricRows *
cpt_metric_rows_read (CptDatabase  *database,
                      JsonNode     *question,
                      GError      **error)
{
  g_autoptr(CptMetricRows) self = NULL;
  g_autoptr(CptAggregateSpec) spec = NULL;
  g_autoptr(CptAggregateResult) result = NULL;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (question != NULL, NULL);

  spec = cpt_metric_create_spec (database, question, error);
  if (spec == NULL)
    return NULL;
  if (cpt_aggregate_spec_get_unit (spec, 0) == CPT_MEASURE_UNIT_NONE)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, _("This measure is not a number; choose another one."));
      return NULL;
    }
  result = cpt_aggregate_run (database, spec, error);
  if (result == NULL)
    return NULL;

  self = g_new0 (CptMetricRows, 1);
  self->unit = cpt_aggregate_spec_get_unit (spec, 0);
  if (self->unit == CPT_MEASURE_UNIT_MONEY)
    g_strlcpy (self->currency, cpt_database_get_currency (database), sizeof self->currency);
  self->title = cpt_aggregate_spec_dup_measure_label (spec, 0);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  fill (self, spec, result);
  if (cpt_aggregate_spec_get_n_dimensions (spec) == 0 && cpt_aggregate_result_get_n_rows (result) > 0)
    self->behind = cpt_aggregate_result_dup_filter (result, 0, 0);

  return g_steal_pointer (&self);
}

const CptMetricRow *
cpt_metric_rows_find (const CptMetricRows *self,
                      const CptUuid       *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->rows->len; i++)
    if (cpt_uuid_equal (&((const CptMetricRow *) g_ptr_array_index (self->rows, i))->id, id))
      return g_ptr_array_index (self->rows, i);

  return NULL;
}

char *
cpt_metric_rows_format (const CptMetricRows *self,
                        double               number)
{
  int exponent = self->currency[0] != '\0' ? cpt_currency_get_exponent (self->currency) : 0;
  double scaled = number * pow (10, exponent < 0 ? 2 : exponent);
  gboolean is_whole = number == floor (number);
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (!isfinite (number) || fabs (number) > 1e15)
    return g_strdup ("–");
  if (self->unit == CPT_MEASURE_UNIT_MONEY && fabs (scaled) < 1e17)
    {
      CptMoney money = { .amount = (gint64) round (scaled) };

      g_strlcpy (money.currency, self->currency, sizeof money.currency);
      return cpt_money_format_local (&money);
    }

  text = cpt_decimal_format_local ((gint64) round (number * 100), 2, 0);
  if (self->unit == CPT_MEASURE_UNIT_PERCENT)
    /* Translators: a percentage */
    return g_strdup_printf (C_("percentage", "%s%%"), text);
  if (self->unit == CPT_MEASURE_UNIT_DAYS)
    return g_strdup_printf (ngettext ("%s day", "%s days", is_whole ? (gulong) fabs (number) : 2), text);

  return g_steal_pointer (&text);
}

JsonNode *
cpt_metric_question_new (const char  *metric,
                         const char  *where,
                         GError     **error)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) condition = NULL;

  g_return_val_if_fail (metric != NULL, NULL);

  if (where != NULL)
    {
      condition = cpt_json_parse (where, -1, error);
      if (condition == NULL)
        return NULL;
      json_object_set_member (object, "where", g_steal_pointer (&condition));
    }
  json_object_set_string_member (object, "metric", metric);

  return json_node_init_object (json_node_alloc (), object);
}
