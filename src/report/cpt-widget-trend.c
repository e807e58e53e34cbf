/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How one number came to be: the same measure by day, week, month or quarter,
 * ending with the period that the number is about. Of a year or of twelve months
 * these are the months; else the buckets of the period's own length before it,
 * so that the last of them is the number itself. */
#include "config.h"
#include "cpt-widget-data-private.h"

#include "cpt-chart-kind.h"
#include "cpt-json.h"

#define USUAL_BUCKETS 12
#define MIN_BUCKETS 3
#define MAX_BUCKETS 60
/* A period of more days is shown by weeks, of more weeks by months */
#define MAX_DAYS 45
#define DAYS_PER_WEEK 7

/* Buckets in a row */
typedef struct
{
  CptBucket bucket;
  gint64 first; /* the day that the first one starts */
  guint count;
} Span;

/* @count buckets, the last of which holds @day */
static Span
span_before (CptBucket bucket,
             gint64    day,
             guint     count)
{
  gint64 last = cpt_bucket_get_start (bucket, day);

  return (Span){ bucket, cpt_bucket_add (bucket, last, 1 - (int) count), count };
}

/* Up to the end of a period that has several buckets of its own */
static Span
span_within (CptBucket bucket,
             gint64    first,
             gint64    last)
{
  gint64 start = cpt_bucket_get_start (bucket, first);
  guint count = 0;

  for (gint64 day = start; day <= last && count < MAX_BUCKETS; day = cpt_bucket_add (bucket, day, 1))
    count++;

  return count >= MIN_BUCKETS ? span_before (bucket, last, count) : span_before (bucket, last, USUAL_BUCKETS);
}

/* Days of any two dates */
static Span
span_days (gint64 first,
           gint64 last)
{
  gint64 days = last - first + 1;

  if (days <= MAX_DAYS)
    return span_within (CPT_BUCKET_DAY, first, last);

  return span_within (days <= MAX_DAYS * DAYS_PER_WEEK ? CPT_BUCKET_WEEK : CPT_BUCKET_MONTH, first, last);
}

static const char *
get_text (JsonObject *object,
          const char *member)
{
  const char *text = NULL;

  return cpt_json_read_string (object, member, &text, NULL) ? text : NULL;
}

static gboolean
read_date (JsonObject *object,
           const char *member,
           gint64     *date)
{
  const char *text = get_text (object, member);

  return text != NULL && cpt_date_parse_iso (text, date);
}

static Span
choose_last (JsonObject *period,
             gint64      today)
{
  CptBucket unit = CPT_BUCKET_DAY;
  gint64 count = 0;
  const char *name = get_text (period, "unit");

  if (!cpt_json_read_int (period, "last", &count, NULL) || count < 1 || name == NULL || !cpt_bucket_parse (name, &unit))
    return span_before (CPT_BUCKET_MONTH, today, USUAL_BUCKETS);

  count = MIN (count, 10000);
  if (unit == CPT_BUCKET_YEAR || unit == CPT_BUCKET_QUARTER)
    return span_within (CPT_BUCKET_MONTH, cpt_bucket_add (unit, cpt_bucket_get_start (unit, today), 1 - (int) count), today);
  if (unit == CPT_BUCKET_DAY)
    return span_days (today - count + 1, today);

  return span_before (unit, today, count < MIN_BUCKETS ? USUAL_BUCKETS : (guint) MIN (count, MAX_BUCKETS));
}

/* @period: (nullable) */
static Span
choose_span (JsonObject *period,
             gint64      today)
{
  const char *name = period != NULL ? get_text (period, json_object_has_member (period, "this") ? "this" : "previous") : NULL;
  gint64 first, last;
  CptBucket unit;

  if (period != NULL && read_date (period, "from", &first) && read_date (period, "to", &last) && first <= last)
    return span_days (first, last);
  if (period != NULL && json_object_has_member (period, "last"))
    return choose_last (period, today);
  if (name == NULL || !cpt_bucket_parse (name, &unit) || unit == CPT_BUCKET_NONE)
    return span_before (CPT_BUCKET_MONTH, today, USUAL_BUCKETS);

  first = cpt_bucket_get_start (unit, today);
  last = today;
  if (!json_object_has_member (period, "this"))
    {
      last = first - 1;
      first = cpt_bucket_get_start (unit, last);
    }

  return unit == CPT_BUCKET_YEAR ? span_within (CPT_BUCKET_MONTH, first, last) : span_before (unit, last, USUAL_BUCKETS);
}

/* The condition that a day of @field is in the span, and @rest (nullable) */
static JsonNode *
create_where (const Span *span,
              const char *field,
              JsonNode   *rest)
{
  g_autofree char *from = cpt_date_format_iso (span->first);
  g_autofree char *to = cpt_date_format_iso (cpt_bucket_add (span->bucket, span->first, (int) span->count) - 1);
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "all");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "field");
  json_builder_add_string_value (builder, field);
  json_builder_set_member_name (builder, "op");
  json_builder_add_string_value (builder, "within");
  json_builder_set_member_name (builder, "value");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "from");
  json_builder_add_string_value (builder, from);
  json_builder_set_member_name (builder, "to");
  json_builder_add_string_value (builder, to);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  if (rest != NULL)
    json_builder_add_value (builder, json_node_copy (rest));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static JsonArray *
create_dimensions (const Span *span,
                   const char *field)
{
  JsonArray *dimensions = json_array_new ();
  JsonObject *dimension = json_object_new ();

  json_object_set_string_member (dimension, "field", field);
  json_object_set_string_member (dimension, "bucket", cpt_bucket_get_name (span->bucket));
  json_array_add_object_element (dimensions, dimension);

  return dimensions;
}

/* The measures of @query, by the buckets of the span */
static CptAggregateSpec *
create_spec (CptSchema  *schema,
             JsonObject *query,
             const Span *span,
             const char *field,
             JsonNode   *rest)
{
  static const char *const kept[] = { "source", "search", "measures", "each" };
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (json_object_has_member (query, kept[i]))
      json_object_set_member (object, kept[i], json_object_dup_member (query, kept[i]));
  json_object_set_member (object, "where", create_where (span, field, rest));
  json_object_set_array_member (object, "dimensions", create_dimensions (span, field));
  node = json_node_init_object (json_node_alloc (), object);

  return cpt_aggregate_spec_from_json (schema, node, NULL);
}

/* Where there is nothing, what may be added up is nothing; the rest is unknown */
static void
add_series (CptWidgetData      *self,
            const char         *currency,
            CptAggregateSpec   *spec,
            CptAggregateResult *result,
            const Span         *span)
{
  CptChartData *chart = self->chart;
  CptWidgetBuilder builder = { .data = self, .chart = chart, .spec = spec, .result = result };
  gboolean is_additive = cpt_aggregate_spec_is_additive (spec, 0);
  guint series = cpt_chart_data_add_series (chart, NULL, CPT_CHART_ROLE_TREND);
  gint64 day = span->first;
  CptChartUnit unit;
  double factor;

  if (!cpt_widget_builder_get_unit (&builder, 0, &unit, &factor))
    return;

  /* Of amounts the one that is shown; a ratio of amounts shows none */
  if (chart->unit.currency[0] != '\0')
    g_strlcpy (builder.currency, chart->unit.currency, sizeof builder.currency);
  else
    cpt_widget_builder_choose_currency (&builder, currency);

  for (guint i = 0; i < span->count; i++, day = cpt_bucket_add (span->bucket, day, 1))
    cpt_chart_data_set_value (chart, series, cpt_chart_data_add_bucket (chart, span->bucket, day), is_additive ? 0 : NAN);
  for (guint row = 0; row < cpt_aggregate_result_get_n_rows (result); row++)
    {
      const CptValue *key = cpt_aggregate_result_get_key (result, row, 0);
      const char *own = cpt_widget_builder_get_currency (&builder, row);

      if (cpt_value_is_null (key) || (own[0] != '\0' && !g_str_equal (own, builder.currency)))
        continue;
      for (guint i = 0; i < chart->categories->len; i++)
        if (g_array_index (chart->categories, CptChartCategory, i).start == key->integer)
          cpt_chart_data_set_value (chart, series, i,
                                    cpt_widget_get_number (cpt_aggregate_result_get_measure (result, row, 0), factor));
    }
}

void
cpt_widget_data_add_trend (CptWidgetData   *self,
                           CptDatabase     *database,
                           const CptWidget *widget,
                           JsonNode        *question,
                           const char      *date)
{
  const CptChart declared = { .kind = cpt_chart_kind_find (widget->kind), .options = widget->options };
  JsonObject *query = JSON_NODE_HOLDS_OBJECT (question) ? json_node_get_object (question) : NULL;
  CptWidgetPeriod period = { NULL };
  g_autoptr(CptAggregateSpec) spec = NULL;
  g_autoptr(CptAggregateResult) result = NULL;
  const char *field = date;
  Span span;

  if (query == NULL || self->chart->error != NULL || cpt_chart_data_get_n_series (self->chart) > 0 || declared.kind == NULL ||
      !cpt_chart_kind_has_option (declared.kind, "trend") || !cpt_chart_is_option (&declared, "trend", "true"))
    return;

  if (cpt_widget_period_find (query, &period))
    field = period.field;
  else if (json_object_has_member (query, "where"))
    period.rest = json_node_copy (json_object_get_member (query, "where"));
  span = choose_span (period.period, cpt_database_get_today (database));
  if (field != NULL)
    spec = create_spec (cpt_database_get_schema (database), query, &span, field, period.rest);
  if (spec != NULL)
    result = cpt_aggregate_run (database, spec, NULL);
  if (result != NULL)
    add_series (self, cpt_database_get_currency (database), spec, result, &span);
  g_clear_pointer (&period.rest, json_node_unref);
}
