/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions about numbers: aggregate, metric list, metric show, metric value. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cpt-error.h"
#include "cpt-facts.h"
#include "cpt-json.h"
#include "cpt-metric.h"
#include "cpt-money.h"

/* Microseconds before anything is said of how far it is */
#define PATIENCE (G_USEC_PER_SEC / 3)

/* ---------------------------------------------------------------- numbers */

static char *
dup_money (const CptMeasure *measure)
{
  CptMoney money = { .amount = measure->exact };

  g_strlcpy (money.currency, measure->currency, sizeof money.currency);

  return cpt_money_format_local (&money);
}

static char *
dup_measure (CptAggregateSpec *spec,
             guint             index,
             const CptMeasure *measure)
{
  const CptField *field = cpt_aggregate_spec_get_measure_field (spec, index);
  CptMeasureUnit unit = cpt_aggregate_spec_get_unit (spec, index);
  gboolean is_whole = measure->number == (double) measure->exact;
  double number = measure->number * cpt_aggregate_spec_get_factor (spec, index);
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (measure->is_null)
    return g_strdup ("");
  if (unit == CPT_MEASURE_UNIT_MONEY && measure->currency[0] != '\0')
    return dup_money (measure);
  if (unit == CPT_MEASURE_UNIT_PERCENT)
    return g_strdup_printf ("%s %%", g_ascii_formatd (buffer, sizeof buffer, "%.2f", number * 100));
  if (unit == CPT_MEASURE_UNIT_DAYS)
    return g_strdup_printf (ngettext ("%s day", "%s days", number == 1 ? 1 : 2),
                            g_ascii_formatd (buffer, sizeof buffer, is_whole ? "%.0f" : "%.1f", number));
  if (field != NULL && is_whole && unit != CPT_MEASURE_UNIT_COUNT)
    {
      cpt_value_set_integer (&value, measure->exact);
      return cpt_field_format_local (field, &value, NULL);
    }
  if (is_whole)
    return g_strdup_printf ("%" G_GINT64_FORMAT, measure->exact);

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.4f", number));
}

static void
print_answer (CptAggregateSpec   *spec,
              CptAggregateResult *result)
{
  guint n_dimensions = cpt_aggregate_spec_get_n_dimensions (spec);
  guint n_measures = cpt_aggregate_spec_get_n_measures (spec);
  guint n_rows = cpt_aggregate_result_get_n_rows (result);
  gboolean compares = n_rows > 0 && n_measures > 0 && cpt_aggregate_result_get_compared (result, 0, 0) != NULL;
  guint n_columns = n_dimensions + n_measures * (compares ? 2 : 1);
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (n_columns);

  for (guint row = 0; row <= n_rows; row++)
    {
      char **cells = g_new0 (char *, n_columns + 1);
      guint n = 0;

      for (guint i = 0; i < n_dimensions; i++)
        cells[n++] = row == 0 ? cpt_aggregate_spec_dup_dimension_label (spec, i)
                              : g_strdup (cpt_aggregate_result_get_label (result, row - 1, i));
      for (guint i = 0; i < n_measures; i++)
        {
          cpt_ctl_table_align (table, n);
          cells[n++] = row == 0 ? cpt_aggregate_spec_dup_measure_label (spec, i)
                                : dup_measure (spec, i, cpt_aggregate_result_get_measure (result, row - 1, i));
          if (!compares)
            continue;
          cpt_ctl_table_align (table, n);
          cells[n++] = row == 0 ? g_strdup (_("Before"))
                                : dup_measure (spec, i, cpt_aggregate_result_get_compared (result, row - 1, i));
        }
      cpt_ctl_table_take_row (table, cells);
    }
  cpt_ctl_table_print (table);
}

/* Over facts, where it takes a while */
static void
show_progress (double   fraction,
               gpointer data)
{
  const gint64 *begun = data;

  if (g_get_monotonic_time () - *begun > PATIENCE)
    g_printerr ("\r%3.0f %%", fraction * 100);
}

static CptAggregateResult *
run_question (CptCtl            *self,
              CptAggregateSpec  *spec,
              GError           **error)
{
  gint64 begun = g_get_monotonic_time ();
  gboolean shows = isatty (STDERR_FILENO) == 1;
  CptAggregateResult *result;

  if (shows)
    cpt_facts_watch_progress (self->database, show_progress, &begun);
  result = cpt_aggregate_run (self->database, spec, error);
  cpt_facts_watch_progress (self->database, NULL, NULL);
  if (shows && g_get_monotonic_time () - begun > PATIENCE)
    g_printerr ("\r\033[K");

  return result;
}

static gboolean
answer (CptCtl    *self,
        JsonNode  *question,
        GError   **error)
{
  g_autoptr(CptAggregateSpec) spec = cpt_metric_create_spec (self->database, question, error);
  g_autoptr(CptAggregateResult) result = NULL;
  g_autoptr(JsonNode) node = NULL;

  if (spec != NULL)
    result = run_question (self, spec, error);
  if (result == NULL)
    return FALSE;

  if (self->options.json)
    {
      node = cpt_aggregate_result_to_json (result);
      cpt_ctl_print_json (node);
    }
  else
    {
      print_answer (spec, result);
    }

  return TRUE;
}

static gboolean
run_aggregate (CptCtl  *self,
               GError **error)
{
  g_autofree char *text = cpt_ctl_read_text (self->args[0], error);
  g_autoptr(JsonNode) question = text != NULL ? cpt_json_parse (text, -1, error) : NULL;

  return question != NULL && answer (self, question, error);
}

/* ---------------------------------------------------------------- metrics */

static const char *
get_direction (const CptMetric *metric)
{
  static const char *const names[] = {
    [CPT_METRIC_UP_IS_GOOD] = "up",
    [CPT_METRIC_DOWN_IS_GOOD] = "down",
    [CPT_METRIC_NEUTRAL] = "neutral",
  };

  return names[metric->direction];
}

static void
add_metric (JsonBuilder     *builder,
            const CptMetric *metric,
            gboolean         is_whole)
{
  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "key", metric->key);
  cpt_ctl_json_text (builder, "title", metric->title);
  cpt_ctl_json_text (builder, "description", metric->description);
  cpt_ctl_json_text (builder, "direction", get_direction (metric));
  cpt_ctl_json_boolean (builder, "own", !cpt_uuid_is_nil (&metric->id));
  if (is_whole)
    {
      json_builder_set_member_name (builder, "definition");
      if (metric->query != NULL)
        json_builder_add_value (builder, json_node_copy (metric->query));
      else
        json_builder_add_null_value (builder);
    }
  json_builder_end_object (builder);
}

static void
print_list (GPtrArray *metrics)
{
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (3);

  for (guint i = 0; i < metrics->len; i++)
    {
      const CptMetric *metric = g_ptr_array_index (metrics, i);
      char **cells = g_new0 (char *, 4);

      cells[0] = g_strdup (metric->key);
      cells[1] = g_strdup (metric->title);
      cells[2] = g_strdup (metric->description != NULL ? metric->description : "");
      cpt_ctl_table_take_row (table, cells);
    }
  cpt_ctl_table_print (table);
}

static gboolean
run_list (CptCtl  *self,
          GError **error)
{
  g_autoptr(GPtrArray) metrics = cpt_metric_list (self->database, error);
  g_autoptr(JsonBuilder) builder = NULL;

  if (metrics == NULL)
    return FALSE;
  if (!self->options.json)
    {
      print_list (metrics);
      return TRUE;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "metrics");
  json_builder_begin_array (builder);
  for (guint i = 0; i < metrics->len; i++)
    add_metric (builder, g_ptr_array_index (metrics, i), FALSE);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);

  return TRUE;
}

static gboolean
run_show (CptCtl  *self,
          GError **error)
{
  g_autoptr(CptMetric) metric = cpt_metric_find (self->database, self->args[0], error);
  g_autoptr(JsonBuilder) builder = NULL;
  g_autofree char *title = NULL;
  g_autofree char *description = NULL;
  g_autofree char *query = NULL;

  if (metric == NULL)
    return FALSE;
  if (self->options.json)
    {
      builder = json_builder_new ();
      add_metric (builder, metric, TRUE);
      cpt_ctl_print_builder (builder);
      return TRUE;
    }

  title = cpt_ctl_escape (metric->title);
  description = cpt_ctl_escape (metric->description != NULL ? metric->description : "");
  query = metric->query != NULL ? cpt_json_format (metric->query) : g_strdup ("");
  cpt_ctl_print ("%s\n%s\n%s\n", title, description, query);

  return TRUE;
}

/* ---------------------------------------------------------------- periods */

static JsonNode *
create_period (const char *member,
               const char *text,
               const char *other_member,
               const char *other_text)
{
  g_autoptr(JsonObject) object = json_object_new ();

  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, member, text);
  if (other_text != NULL && *other_text != '\0')
    json_object_set_string_member (object, other_member, other_text);

  return json_node_init_object (json_node_alloc (), object);
}

/* "last-30-days"; (nullable) */
static JsonNode *
parse_last (const char *count,
            const char *unit)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autofree char *singular = g_strndup (unit, strlen (unit) - (g_str_has_suffix (unit, "s") ? 1 : 0));
  guint64 number;

  if (!g_ascii_string_to_unsigned (count, 10, 1, 10000, &number, NULL))
    return NULL;

  json_object_set_int_member (object, "last", (gint64) number);
  json_object_set_string_member (object, "unit", singular);

  return json_node_init_object (json_node_alloc (), object);
}

/* "2026", "2026-Q2", "2026-03": from its first day to its last; (nullable) */
static JsonNode *
parse_bucket (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, "-", 2);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  gboolean is_quarter = parts[0] != NULL && parts[1] != NULL && g_ascii_toupper (parts[1][0]) == 'Q';
  guint64 year, month = 1;
  int n_months = 12;
  gint64 start;

  if (parts[0] == NULL || strlen (parts[0]) != 4 || !g_ascii_string_to_unsigned (parts[0], 10, 1, 9998, &year, NULL))
    return NULL;
  if (parts[1] != NULL && !g_ascii_string_to_unsigned (parts[1] + is_quarter, 10, 1, is_quarter ? 4 : 12, &month, NULL))
    return NULL;

  if (is_quarter)
    month = 3 * month - 2;
  if (parts[1] != NULL)
    n_months = is_quarter ? 3 : 1;
  start = cpt_date_from_ymd ((int) year, (int) month, 1);
  from = cpt_date_format_iso (start);
  to = cpt_date_format_iso (cpt_date_add_months (start, n_months) - 1);

  return create_period ("from", from, "to", to);
}

gboolean
cpt_ctl_parse_period (const char  *text,
                      JsonNode   **period,
                      GError     **error)
{
  const char *range = text != NULL ? strstr (text, "..") : NULL;
  g_auto(GStrv) words = NULL;
  g_autofree char *from = NULL;

  if (text == NULL)
    return TRUE;
  if (*text == '{')
    {
      *period = cpt_json_parse (text, -1, error);
      return *period != NULL;
    }

  words = g_strsplit (text, "-", 3);
  if (range != NULL)
    {
      from = g_strndup (text, (gsize) (range - text));
      *period = create_period ("from", from, "to", range + 2);
    }
  else if (g_strv_length (words) == 2 && (g_str_equal (words[0], "this") || g_str_equal (words[0], "previous")))
    *period = create_period (words[0], words[1], NULL, NULL);
  else if (g_strv_length (words) == 3 && g_str_equal (words[0], "last"))
    *period = parse_last (words[1], words[2]);
  else
    *period = parse_bucket (text);

  if (*period == NULL)
    g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE,
                 _("A period is this-year, previous-month, last-30-days, 2026, 2026-Q2, 2026-03 or "
                   "2026-01-01..2026-03-31, not “%s”."),
                 text);

  return *period != NULL;
}

/* ------------------------------------------------------------- one metric */

/* "owner", "closed_on:quarter", "month" */
static void
add_dimension (JsonArray  *dimensions,
               const char *text,
               gboolean    fills)
{
  g_auto(GStrv) parts = g_strsplit (text, ":", 2);
  JsonObject *dimension = json_object_new ();
  const char *bucket = parts[1];
  CptBucket parsed;

  if (bucket == NULL && cpt_bucket_parse (text, &parsed) && parsed != CPT_BUCKET_NONE)
    bucket = text;
  else
    json_object_set_string_member (dimension, "field", parts[0] != NULL ? parts[0] : "");
  if (bucket != NULL)
    {
      json_object_set_string_member (dimension, "bucket", bucket);
      if (fills)
        json_object_set_boolean_member (dimension, "fill", TRUE);
    }
  json_array_add_object_element (dimensions, dimension);
}

/* @fields (nullable): separated by commas */
static void
add_dimensions (JsonObject *object,
                const char *fields,
                gboolean    fills)
{
  g_auto(GStrv) names = fields != NULL ? g_strsplit (fields, ",", -1) : NULL;
  JsonArray *dimensions;

  if (names == NULL)
    return;

  dimensions = json_array_new ();
  for (guint i = 0; names[i] != NULL; i++)
    add_dimension (dimensions, g_strstrip (names[i]), fills);
  json_object_set_array_member (object, "dimensions", dimensions);
}

/* Groups that the number is made of */
static gboolean
add_each (CptCtl      *self,
          JsonObject  *question,
          GError     **error)
{
  JsonObject *each;

  if (self->options.per == NULL && self->options.together != NULL)
    {
      g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE,
                           _("--together is about the groups of --per: name them too."));
      return FALSE;
    }
  if (self->options.per == NULL)
    return TRUE;

  each = json_object_new ();
  add_dimensions (each, self->options.per, FALSE);
  json_object_set_string_member (each, "agg", self->options.together != NULL ? self->options.together : "avg");
  json_object_set_object_member (question, "each", each);

  return TRUE;
}

static gboolean
add_where (CptCtl           *self,
           const CptEntity  *entity,
           JsonObject       *question,
           GError          **error)
{
  g_autoptr(GError) own_error = NULL;
  g_autoptr(CptFilter) filter = cpt_ctl_build_filter (self, entity, self->options.filter,
                                                      (const char *const *) self->options.where, &own_error);

  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  if (filter != NULL)
    json_object_set_member (question, "where", cpt_filter_to_json (filter));

  return TRUE;
}

static gboolean
run_value (CptCtl  *self,
           GError **error)
{
  g_autoptr(JsonObject) question = json_object_new ();
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(JsonNode) period = NULL;
  g_autoptr(CptAggregateSpec) spec = NULL;

  if (g_strcmp0 (self->options.compare, "goal") == 0)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED,
                           _("--compare is “previous” or “year”; “goals list” tells how far goals are"));
      return FALSE;
    }
  json_object_set_string_member (question, "metric", self->args[0]);
  node = json_node_init_object (json_node_alloc (), question);
  spec = cpt_metric_create_spec (self->database, node, error);
  if (spec == NULL || !cpt_ctl_parse_period (self->options.period, &period, error) ||
      !add_where (self, cpt_aggregate_spec_get_entity (spec), question, error))
    return FALSE;

  if (period != NULL)
    json_object_set_member (question, "period", g_steal_pointer (&period));
  if (self->options.compare != NULL)
    json_object_set_string_member (question, "compare", self->options.compare);
  if (self->options.show != NULL)
    json_object_set_string_member (question, "show", self->options.show);
  if (self->options.limit > 0)
    json_object_set_int_member (question, "limit", self->options.limit);
  add_dimensions (question, self->options.by, TRUE);

  return add_each (self, question, error) && answer (self, node, error);
}

const CptCtlCommand cpt_ctl_metric_commands[] = {
  {
    .name = "aggregate",
    .arguments = N_("SPEC"),
    .summary = N_("Count and total records"),
    .details = N_("SPEC is JSON, @FILE, or - for standard input: "
                  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"}],"
                  "\"dimensions\":[{\"field\":\"stage\"}]}. "
                  "Besides: \"where\" takes a filter, \"search\" words, \"order\" [{\"measure\":0,\"descending\":true}] or "
                  "[{\"dimension\":0}], \"limit\" a number of rows, \"compare\" a period: "
                  "{\"field\":\"closed_on\",\"period\":{\"this\":\"month\"},\"with\":\"previous\"}. A measure is count, sum, avg, "
                  "min, max, median or distinct, and may have a \"where\" and a \"label\" of its own; a date as a dimension "
                  "takes \"bucket\": day, week, month, quarter or year. "
                  "\"each\" makes numbers of groups: {\"dimensions\":[{\"field\":\"organisation\"}],\"agg\":\"avg\"} is the "
                  "average per organisation; \"having\" in it says of which groups. "
                  "A question may name a metric instead of source and measures: see \"metric value\"."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_aggregate,
  },
  {
    .name = "metric list",
    .arguments = "",
    .summary = N_("List the metrics: numbers that have a name"),
    .details = N_("Those of the workspace are records: “new metric” makes one, set and delete change them. "
                  "One with the key of a metric that came with the program takes its place."),
    .access = CPT_CTL_READ,
    .min_args = 0,
    .max_args = 0,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_list,
  },
  {
    .name = "metric show",
    .arguments = N_("KEY"),
    .summary = N_("Say what a metric means and how it is counted"),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_show,
  },
  {
    .name = "metric value",
    .arguments = N_("KEY"),
    .summary = N_("Count a metric"),
    .details = N_("--by owner,closed_on:quarter breaks it down by fields; day, week, month, quarter and year alone are about "
                  "the date of the metric. --period is about that date too: this-year, previous-month, last-30-days, 2026, "
                  "2026-Q2, 2026-03, 2026-01-01..2026-03-31 or JSON; --compare previous or year sets another period beside it. "
                  "--per organisation,month counts it for each organisation and month first and shows the average, or with "
                  "--together sum, min, max, median or count what that says; count is how many groups there are."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (BY) | CPT_CTL_TAKES (PERIOD) |
               CPT_CTL_TAKES (COMPARE) | CPT_CTL_TAKES (SHOW) | CPT_CTL_TAKES (WHERE) | CPT_CTL_TAKES (FILTER) |
               CPT_CTL_TAKES (LIMIT) | CPT_CTL_TAKES (PER) | CPT_CTL_TAKES (TOGETHER),
    .run = run_value,
  },
  { NULL },
};
