/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metric trend: how a metric went, its seasons, where it is expected to go, what
 * is unusual. Numbers in JSON and CSV are in the unit in which people write
 * them: euros, percent, days. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cpt-anomaly.h"
#include "cpt-chart-format.h"
#include "cpt-csv.h"
#include "cpt-json.h"
#include "cpt-metric.h"
#include "cpt-money.h"
#include "cpt-trend-words.h"

typedef struct
{
  CptTrend *trend;
  double *means; /* of each value */
  int *signs;    /* likewise */
  gboolean has_season;
  CptSeason season;
  CptForecast *forecast; /* (nullable): then @refusal says why */
  GError *no_season;
  GError *refusal;
} Story;

static void
story_clear (Story *self)
{
  g_clear_pointer (&self->trend, cpt_trend_free);
  g_clear_pointer (&self->forecast, cpt_forecast_free);
  g_clear_error (&self->no_season);
  g_clear_error (&self->refusal);
  g_free (self->means);
  g_free (self->signs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Story, story_clear)

static void
read_story (Story *self)
{
  const CptTimeSeries *series = self->trend->series;

  self->means = g_new (double, series->n_values + 1);
  self->signs = g_new (int, series->n_values + 1);
  cpt_time_series_roll (series, self->means);
  cpt_anomaly_find (series, self->signs);
  self->has_season = cpt_season_measure (series, &self->season, &self->no_season);
  self->forecast = cpt_forecast_new (series, self->trend->is_additive, self->trend->running, &self->refusal);
}

/* ---- numbers ---- */

/* What a value is multiplied by to be as people write it */
static double
get_factor (const CptTrend *trend)
{
  int exponent = trend->currency[0] != '\0' ? cpt_currency_get_exponent (trend->currency) : 0;

  if (trend->unit == CPT_MEASURE_UNIT_MONEY)
    return pow (10, exponent < 0 ? -2 : -exponent);

  return trend->unit == CPT_MEASURE_UNIT_PERCENT ? 100 : 1;
}

static void
add_number (JsonBuilder *builder,
            const char  *member,
            double       number)
{
  if (member != NULL)
    json_builder_set_member_name (builder, member);
  if (isfinite (number))
    json_builder_add_double_value (builder, number);
  else
    json_builder_add_null_value (builder);
}

static void
add_day (JsonBuilder *builder,
         const char  *member,
         gint64       day)
{
  g_autofree char *text = cpt_date_format_iso (day);

  cpt_ctl_json_text (builder, member, text);
}

static const char *
get_sign_name (int sign)
{
  if (sign == 0)
    return NULL;

  return sign > 0 ? "high" : "low";
}

/* ---- JSON ---- */

static void
add_values (JsonBuilder *builder,
            const Story *story)
{
  const CptTimeSeries *series = story->trend->series;
  double factor = get_factor (story->trend);

  json_builder_set_member_name (builder, "values");
  json_builder_begin_array (builder);
  for (guint i = 0; i < series->n_values; i++)
    {
      json_builder_begin_object (builder);
      add_day (builder, "start", cpt_time_series_get_start (series, i));
      add_number (builder, "value", series->values[i] * factor);
      add_number (builder, "average", story->means[i] * factor);
      cpt_ctl_json_text (builder, "unusual", get_sign_name (story->signs[i]));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  add_number (builder, "running", story->trend->running * factor);
}

static void
add_season (JsonBuilder *builder,
            const Story *story)
{
  double factor = get_factor (story->trend);

  json_builder_set_member_name (builder, "season");
  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "refused", story->has_season ? NULL : story->no_season->message);
  if (story->has_season)
    {
      add_number (builder, "mean", story->season.mean * factor);
      add_number (builder, "growth_per_year", story->season.slope * factor);
      json_builder_set_member_name (builder, "months");
      json_builder_begin_array (builder);
      for (guint i = 0; i < 12; i++)
        add_number (builder, NULL, story->season.differences[i] * factor);
      json_builder_end_array (builder);
      cpt_ctl_json_int (builder, "best", story->season.order[0] + 1);
      cpt_ctl_json_int (builder, "worst", story->season.order[11] + 1);
    }
  json_builder_end_object (builder);
}

static void
add_forecast_values (JsonBuilder *builder,
                     const Story *story)
{
  const CptForecast *forecast = story->forecast;
  double factor = get_factor (story->trend);

  json_builder_set_member_name (builder, "values");
  json_builder_begin_array (builder);
  for (guint i = 0; i < forecast->n_values; i++)
    {
      json_builder_begin_object (builder);
      add_day (builder, "start", cpt_bucket_add (story->trend->series->bucket, forecast->start, (int) i));
      add_number (builder, "expected", forecast->expected[i] * factor);
      add_number (builder, "low", forecast->low[i] * factor);
      add_number (builder, "high", forecast->high[i] * factor);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_forecast (JsonBuilder *builder,
              const Story *story)
{
  const CptForecast *forecast = story->forecast;
  double factor = get_factor (story->trend);

  json_builder_set_member_name (builder, "forecast");
  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "refused", forecast != NULL ? NULL : story->refusal->message);
  if (forecast != NULL)
    {
      cpt_ctl_json_int (builder, "year", forecast->year);
      add_number (builder, "level", CPT_FORECAST_LEVEL);
      add_forecast_values (builder, story);
      add_number (builder, "actual", forecast->actual * factor);
      add_number (builder, "total", forecast->total * factor);
      add_number (builder, "total_low", forecast->total_low * factor);
      add_number (builder, "total_high", forecast->total_high * factor);
      cpt_ctl_json_int (builder, "checked", forecast->n_checked);
      add_number (builder, "error", forecast->error);
      add_number (builder, "total_error", forecast->total_error);
      add_number (builder, "coverage", forecast->coverage);
    }
  json_builder_end_object (builder);
}

static void
print_json (const Story *story,
            const char  *key)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "metric", key);
  cpt_ctl_json_text (builder, "bucket", cpt_bucket_get_name (story->trend->series->bucket));
  cpt_ctl_json_text (builder, "unit", cpt_measure_unit_get_name (story->trend->unit));
  cpt_ctl_json_text (builder, "currency", story->trend->currency[0] != '\0' ? story->trend->currency : NULL);
  cpt_ctl_json_boolean (builder, "additive", story->trend->is_additive);
  add_values (builder, story);
  add_season (builder, story);
  add_forecast (builder, story);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

/* ---- rows: CSV and text ---- */

enum
{
  COLUMN_START,
  COLUMN_VALUE,
  COLUMN_AVERAGE,
  COLUMN_UNUSUAL,
  COLUMN_EXPECTED,
  COLUMN_LOW,
  COLUMN_HIGH,
  N_COLUMNS
};

static char *
format_plain (double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (isfinite (number) ? g_ascii_formatd (buffer, sizeof buffer, "%.6g", number) : "");
}

/* What is there in full, what was worked out at a glance */
static char *
format_number (const Story *story,
               double       number,
               gboolean     is_exact,
               gboolean     is_plain)
{
  double factor;
  CptChartUnit unit = cpt_trend_get_unit (story->trend, &factor);

  if (!isfinite (number))
    return g_strdup ("");
  if (is_plain)
    return format_plain (number * get_factor (story->trend));
  if (unit.measure == CPT_CHART_COUNT && number != floor (number))
    unit.measure = CPT_CHART_NUMBER;

  return is_exact ? cpt_chart_format_value (&unit, number * factor) : cpt_chart_format_short (&unit, number * factor);
}

static GPtrArray *
create_rows (const Story *story,
             gboolean     is_plain)
{
  const CptTimeSeries *series = story->trend->series;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  guint n_forecast = story->forecast != NULL ? story->forecast->n_values : 0;

  for (guint i = 0; i < series->n_values + n_forecast; i++)
    {
      char **cells = g_new0 (char *, N_COLUMNS + 1);
      gint64 start = cpt_time_series_get_start (series, i);
      gboolean is_past = i < series->n_values;
      guint next = is_past ? 0 : i - series->n_values;

      cells[COLUMN_START] = is_plain ? cpt_date_format_iso (start) : cpt_bucket_format (series->bucket, start);
      cells[COLUMN_VALUE] = format_number (story, is_past ? series->values[i] : NAN, TRUE, is_plain);
      cells[COLUMN_AVERAGE] = format_number (story, is_past ? story->means[i] : NAN, FALSE, is_plain);
      cells[COLUMN_UNUSUAL] = g_strdup (is_past && story->signs[i] != 0 ? get_sign_name (story->signs[i]) : "");
      cells[COLUMN_EXPECTED] = format_number (story, is_past ? NAN : story->forecast->expected[next], FALSE, is_plain);
      cells[COLUMN_LOW] = format_number (story, is_past ? NAN : story->forecast->low[next], FALSE, is_plain);
      cells[COLUMN_HIGH] = format_number (story, is_past ? NAN : story->forecast->high[next], FALSE, is_plain);
      g_ptr_array_add (rows, cells);
    }

  return rows;
}

static void
print_csv (const Story *story)
{
  static const char *const names[] = { "start", "value", "average", "unusual", "expected", "low", "high", NULL };
  g_autoptr(GPtrArray) rows = create_rows (story, TRUE);
  g_autoptr(GString) out = g_string_new (NULL);

  cpt_csv_append_row (out, names, N_COLUMNS, ',', FALSE);
  for (guint i = 0; i < rows->len; i++)
    cpt_csv_append_row (out, (const char *const *) g_ptr_array_index (rows, i), N_COLUMNS, ',', FALSE);
  cpt_ctl_print ("%s", out->str);
}

static void
print_sentence (char *sentence)
{
  g_autofree char *text = sentence;

  if (text != NULL)
    cpt_ctl_print ("%s\n", text);
}

static void
print_text (const Story *story)
{
  g_autoptr(GPtrArray) rows = create_rows (story, FALSE);
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (N_COLUMNS);
  char **titles = g_new0 (char *, N_COLUMNS + 1);

  titles[COLUMN_START] = g_strdup (_("Period"));
  titles[COLUMN_VALUE] = g_strdup (_("Value"));
  titles[COLUMN_AVERAGE] = g_strdup (_("Average of a year"));
  titles[COLUMN_UNUSUAL] = g_strdup (_("Unusual"));
  titles[COLUMN_EXPECTED] = g_strdup (_("Expected"));
  titles[COLUMN_LOW] = g_strdup (C_("end of an interval", "From"));
  titles[COLUMN_HIGH] = g_strdup (C_("end of an interval", "To"));
  cpt_ctl_table_take_row (table, titles);
  for (guint i = 0; i < rows->len; i++)
    cpt_ctl_table_take_row (table, g_strdupv (g_ptr_array_index (rows, i)));
  for (guint i = COLUMN_VALUE; i < N_COLUMNS; i++)
    if (i != COLUMN_UNUSUAL)
      cpt_ctl_table_align (table, i);
  cpt_ctl_table_print (table);

  print_sentence (story->has_season ? cpt_trend_describe_season (story->trend, &story->season)
                                    : g_strdup (story->no_season->message));
  print_sentence (cpt_trend_describe_unusual (story->trend, story->signs));
  if (story->forecast == NULL)
    {
      print_sentence (g_strdup (story->refusal->message));
      return;
    }
  print_sentence (cpt_trend_describe_forecast (story->trend, story->forecast));
  print_sentence (cpt_trend_describe_check (story->forecast));
}

/* ---- the command ---- */

static JsonNode *
create_question (CptCtl  *self,
                 GError **error)
{
  g_autoptr(JsonObject) question = json_object_new ();
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(CptAggregateSpec) spec = NULL;
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GError) own_error = NULL;

  json_object_set_string_member (question, "metric", self->args[0]);
  node = json_node_init_object (json_node_alloc (), question);
  spec = cpt_metric_create_spec (self->database, node, error);
  if (spec == NULL)
    return NULL;

  filter = cpt_ctl_build_filter (self, cpt_aggregate_spec_get_entity (spec), self->options.filter,
                                 (const char *const *) self->options.where, &own_error);
  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return NULL;
    }
  if (filter != NULL)
    json_object_set_member (question, "where", cpt_filter_to_json (filter));

  return g_steal_pointer (&node);
}

static gboolean
run_trend (CptCtl  *self,
           GError **error)
{
  const char *name = self->options.by != NULL ? self->options.by : "month";
  const char *format = self->options.format;
  g_autoptr(JsonNode) question = NULL;
  g_auto(Story) story = { 0 };
  CptBucket bucket;

  if (!cpt_bucket_parse (name, &bucket) || cpt_time_series_get_year_length (bucket) == 0 ||
      (format != NULL && !g_str_equal (format, "csv")))
    {
      g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE,
                           _("A trend is told --by week, month or quarter, as text, with --json or with --format csv."));
      return FALSE;
    }

  question = create_question (self, error);
  if (question != NULL)
    story.trend = cpt_trend_read (self->database, question, bucket, self->options.currency, error);
  if (story.trend == NULL)
    return FALSE;

  read_story (&story);
  if (self->options.json)
    print_json (&story, self->args[0]);
  else if (format != NULL)
    print_csv (&story);
  else
    print_text (&story);

  return TRUE;
}

const CptCtlCommand cpt_ctl_trend_commands[] = {
  {
    .name = "metric trend",
    .arguments = N_("KEY"),
    .summary = N_("Tell how a metric went, its seasons and its forecast"),
    .details = N_("By month, or --by week or quarter, ten years back at most. The average is that of a year. The forecast "
                  "goes to the end of the year; it is made by linear regression with seasonal terms, checked against the "
                  "last twelve months, and refused where it would be a guess. --format csv and --json are for programs: "
                  "amounts, percentages and days as people write them."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (BY) | CPT_CTL_TAKES (WHERE) |
               CPT_CTL_TAKES (FILTER) | CPT_CTL_TAKES (FORMAT) | CPT_CTL_TAKES (CURRENCY),
    .run = run_trend,
  },
  { NULL },
};
