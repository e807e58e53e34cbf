/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of what a dashboard is filtered by: reading and writing it, saying it,
 * and reading the numbers of widgets under it. */
#include "config.h"
#include "cpt-dashboard-filter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-metric.h"
#include "cpt-question-filter.h"

/* ---- the list ---- */

static gboolean
is_text (JsonNode   *node,
         const char *text)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
         (text == NULL || strcmp (json_node_get_string (node), text) == 0);
}

static gboolean
refuse (guint    index,
        GError **error)
{
  g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE,
               _("Filter %u of the dashboard is neither a period nor a condition on a field of a kind of record."), index + 1);

  return FALSE;
}

static gboolean
check_filter (JsonNode  *node,
              guint      index,
              GError   **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *period = object != NULL ? json_object_get_member (object, "period") : NULL;
  const char *source = NULL, *field = NULL, *op = NULL;

  if (period != NULL)
    return JSON_NODE_HOLDS_NULL (period) || JSON_NODE_HOLDS_OBJECT (period) || is_text (period, "all") || refuse (index, error);
  if (object == NULL || !cpt_json_read_string (object, "source", &source, NULL) ||
      !cpt_json_read_string (object, "field", &field, NULL) || !cpt_json_read_string (object, "op", &op, NULL) ||
      source == NULL || field == NULL)
    return refuse (index, error);

  return TRUE;
}

gboolean
cpt_dashboard_filters_check (JsonNode  *filters,
                             GError   **error)
{
  guint n = cpt_dashboard_filters_count (filters);

  if (filters != NULL && !JSON_NODE_HOLDS_ARRAY (filters))
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("The filters of a dashboard are a list."));
      return FALSE;
    }
  if (n > CPT_DASHBOARD_MAX_FILTERS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("The dashboard has %u filters; there may be at most %d."), n,
                   CPT_DASHBOARD_MAX_FILTERS);
      return FALSE;
    }

  for (guint i = 0; i < n; i++)
    if (!check_filter (json_array_get_element (json_node_get_array (filters), i), i, error))
      return FALSE;

  return TRUE;
}

guint
cpt_dashboard_filters_count (JsonNode *filters)
{
  return filters != NULL && JSON_NODE_HOLDS_ARRAY (filters) ? json_array_get_length (json_node_get_array (filters)) : 0;
}

void
cpt_dashboard_filters_get (JsonNode           *filters,
                           guint               index,
                           CptDashboardFilter *filter)
{
  JsonObject *object;
  JsonNode *period;

  g_return_if_fail (index < cpt_dashboard_filters_count (filters));
  g_return_if_fail (filter != NULL);

  object = json_array_get_object_element (json_node_get_array (filters), index);
  period = json_object_get_member (object, "period");
  *filter = (CptDashboardFilter){ .is_period = period != NULL };
  if (period != NULL)
    {
      filter->period = JSON_NODE_HOLDS_NULL (period) ? NULL : period;
      return;
    }

  cpt_json_read_string (object, "source", &filter->source, NULL);
  cpt_json_read_string (object, "field", &filter->field, NULL);
  cpt_json_read_string (object, "op", &filter->op, NULL);
  filter->value = json_object_get_member (object, "value");
}

gboolean
cpt_dashboard_filter_is_on (const CptDashboardFilter *self)
{
  return self->is_period ? self->period != NULL : self->op != NULL;
}

int
cpt_dashboard_filters_find (JsonNode   *filters,
                            const char *source,
                            const char *field)
{
  for (guint i = 0; i < cpt_dashboard_filters_count (filters); i++)
    {
      CptDashboardFilter filter;

      cpt_dashboard_filters_get (filters, i, &filter);
      if (filter.is_period ? source == NULL
                           : g_strcmp0 (filter.source, source) == 0 && g_strcmp0 (filter.field, field) == 0)
        return (int) i;
    }

  return -1;
}

/* NULL for an empty one; takes @array */
static JsonNode *
create_node (JsonArray *array)
{
  JsonNode *node = NULL;

  if (json_array_get_length (array) > 0)
    node = json_node_init_array (json_node_alloc (), array);
  json_array_unref (array);

  return node;
}

static void
append_all (JsonArray *array,
            JsonNode  *filters)
{
  for (guint i = 0; i < cpt_dashboard_filters_count (filters); i++)
    json_array_add_element (array, json_node_copy (json_array_get_element (json_node_get_array (filters), i)));
}

JsonNode *
cpt_dashboard_filters_join (JsonNode *filters,
                            JsonNode *more)
{
  JsonArray *array = json_array_new ();

  append_all (array, filters);
  append_all (array, more);

  return create_node (array);
}

JsonNode *
cpt_dashboard_filters_set (JsonNode   *filters,
                           int         index,
                           JsonObject *filter)
{
  JsonArray *array = json_array_new ();
  guint n = cpt_dashboard_filters_count (filters);

  for (guint i = 0; i < n; i++)
    if ((int) i != index)
      json_array_add_element (array, json_node_copy (json_array_get_element (json_node_get_array (filters), i)));
    else if (filter != NULL)
      json_array_add_object_element (array, json_object_ref (filter));
  if (index < 0 && filter != NULL)
    json_array_add_object_element (array, json_object_ref (filter));

  return create_node (array);
}

JsonObject *
cpt_dashboard_filter_new_period (JsonNode *period)
{
  JsonObject *object = json_object_new ();

  if (period != NULL)
    json_object_set_member (object, "period", json_node_copy (period));
  else
    json_object_set_null_member (object, "period");

  return object;
}

JsonObject *
cpt_dashboard_filter_new_offered (const char *source,
                                  const char *field)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "source", source);
  json_object_set_string_member (object, "field", field);

  return object;
}

JsonObject *
cpt_dashboard_filter_new_condition (CptFilter *condition)
{
  g_autofree char *path = NULL;
  JsonNode *value;
  JsonObject *object;

  g_return_val_if_fail (condition != NULL && cpt_filter_get_form (condition) == CPT_FILTER_CONDITION, NULL);

  path = cpt_path_format (cpt_filter_get_path (condition));
  object = cpt_dashboard_filter_new_offered (cpt_filter_get_entity (condition)->name, path);
  json_object_set_string_member (object, "op", cpt_operator_get_name (cpt_filter_get_operator (condition)));
  value = cpt_filter_get_value (condition);
  if (value != NULL)
    json_object_set_member (object, "value", json_node_copy (value));

  return object;
}

JsonNode *
cpt_dashboard_filters_new_for_conditions (GPtrArray *conditions)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < conditions->len; i++)
    {
      CptFilter *condition = g_ptr_array_index (conditions, i);
      gboolean is_period = cpt_filter_get_operator (condition) == CPT_OPERATOR_WITHIN;

      json_array_add_object_element (array, is_period ? cpt_dashboard_filter_new_period (cpt_filter_get_value (condition))
                                                      : cpt_dashboard_filter_new_condition (condition));
    }

  return create_node (array);
}

CptFilter *
cpt_dashboard_filter_create_condition (const CptDashboardFilter *self,
                                       CptSchema                *schema)
{
  const CptEntity *entity = self->source != NULL ? cpt_schema_find_entity (schema, self->source) : NULL;
  CptOperator op;

  if (entity == NULL || self->op == NULL || !cpt_operator_parse (self->op, &op))
    return NULL;

  return cpt_filter_new_condition (schema, entity, self->field, op, self->value, NULL);
}

gboolean
cpt_dashboard_filters_equal (JsonNode *a,
                             JsonNode *b)
{
  g_autofree char *first = a != NULL ? cpt_json_format_canonical (a) : NULL;
  g_autofree char *second = b != NULL ? cpt_json_format_canonical (b) : NULL;

  return g_strcmp0 (first, second) == 0;
}

/* ---- in words ---- */

char *
cpt_dashboard_filter_dup_label (const CptDashboardFilter *self,
                                CptSchema                *schema)
{
  const CptEntity *entity = self->source != NULL ? cpt_schema_find_entity (schema, self->source) : NULL;
  CptPath path;

  if (self->is_period)
    return g_strdup (C_("dashboard filter", "Period"));
  if (entity == NULL || !cpt_path_parse (schema, entity, self->field, &path, NULL))
    return g_strdup (self->field);
  if (strcmp (self->field, "id") == 0)
    return g_strdup (cpt_entity_get_label (entity));

  return cpt_path_get_label (&path);
}

/* "Nov 2026", "2026": NULL where two dates are no whole interval of the calendar */
static char *
describe_interval (JsonNode *period)
{
  static const CptBucket buckets[] = { CPT_BUCKET_DAY, CPT_BUCKET_WEEK, CPT_BUCKET_MONTH, CPT_BUCKET_QUARTER, CPT_BUCKET_YEAR };
  const char *from = NULL, *to = NULL;
  gint64 first, last;

  if (!JSON_NODE_HOLDS_OBJECT (period) || !cpt_json_read_string (json_node_get_object (period), "from", &from, NULL) ||
      !cpt_json_read_string (json_node_get_object (period), "to", &to, NULL) || from == NULL || to == NULL ||
      !cpt_date_parse_iso (from, &first) || !cpt_date_parse_iso (to, &last))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (buckets); i++)
    if (cpt_bucket_get_start (buckets[i], first) == first && cpt_bucket_add (buckets[i], first, 1) - 1 == last)
      return cpt_bucket_format (buckets[i], first);

  return NULL;
}

static char *
describe_period (JsonNode *period)
{
  g_autofree char *phrase = is_text (period, "all") ? g_strdup (C_("period", "all time")) : describe_interval (period);

  if (phrase == NULL)
    phrase = cpt_question_describe_period (period);

  /* Translators: %s is "this year", "from 1 Jan 2026 to 31 Mar 2026" */
  return phrase != NULL ? g_strdup_printf (C_("dashboard filter", "Period: %s"), phrase) : NULL;
}

char *
cpt_dashboard_filters_to_sentence (JsonNode    *filters,
                                   CptSchema   *schema,
                                   CptDatabase *database)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < cpt_dashboard_filters_count (filters); i++)
    {
      CptDashboardFilter filter;
      g_autoptr(CptFilter) condition = NULL;
      char *part = NULL;

      cpt_dashboard_filters_get (filters, i, &filter);
      if (filter.is_period && filter.period != NULL)
        part = describe_period (filter.period);
      else
        condition = cpt_dashboard_filter_create_condition (&filter, schema);
      if (condition != NULL)
        part = cpt_filter_to_sentence (condition, database);
      if (part != NULL)
        g_ptr_array_add (parts, part);
    }
  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (" · ", (char **) parts->pdata);
}

/* ---- numbers ---- */

static void
add_note (CptWidgetData *data,
          GPtrArray     *left_out)
{
  CptChartData *chart = cpt_widget_data_get_chart (data);
  g_autofree char *labels = NULL;
  g_autofree char *note = NULL;

  if (left_out->len == 0)
    return;

  g_ptr_array_add (left_out, NULL);
  labels = g_strjoinv (", ", (char **) left_out->pdata);
  /* Translators: below a chart on a dashboard that is filtered; %s is what this one is not
   * filtered by: "Owner", "Period, Organisation › Country" */
  note = g_strdup_printf (_("Not filtered by %s."), labels);
  cpt_chart_data_add_note (chart, note);
}

/* (transfer full) (nullable); @left_out: as for cpt_question_filter() */
static JsonNode *
filter_question (CptDatabase     *database,
                 const CptWidget *widget,
                 JsonNode        *filters,
                 GPtrArray       *left_out)
{
  g_auto(CptQuestionSubject) subject = { NULL };

  if (filters == NULL || widget->query == NULL || !cpt_question_subject_init (&subject, database, widget->query))
    return widget->query != NULL ? json_node_ref (widget->query) : NULL;

  return cpt_question_filter (cpt_database_get_schema (database), &subject, widget->query, filters, left_out);
}

JsonNode *
cpt_widget_dup_question (CptDatabase     *database,
                         const CptWidget *widget,
                         JsonNode        *filters)
{
  g_return_val_if_fail (database != NULL && widget != NULL, NULL);

  return filter_question (database, widget, filters, NULL);
}

CptWidgetData *
cpt_widget_data_read_filtered (CptDatabase     *database,
                               const CptWidget *widget,
                               JsonNode        *filters)
{
  g_autoptr(GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(JsonNode) query = NULL;
  g_autofree char *title = NULL;
  CptWidget filtered;
  CptWidgetData *data;

  g_return_val_if_fail (database != NULL && widget != NULL, NULL);

  query = filter_question (database, widget, filters, left_out);
  filtered = *widget;
  filtered.query = query;
  title = cpt_widget_dup_title (widget, query);
  filtered.title = title;
  data = cpt_widget_data_read (database, &filtered);
  add_note (data, left_out);

  return data;
}

GPtrArray *
cpt_widget_data_read_all_filtered (CptDatabase        *database,
                                   const CptDashboard *dashboard,
                                   JsonNode           *filters)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_chart_data_unref);

  g_return_val_if_fail (database != NULL && dashboard != NULL, all);

  for (guint i = 0; i < cpt_dashboard_get_n_widgets (dashboard); i++)
    {
      g_autoptr(CptWidgetData) data = cpt_widget_data_read_filtered (database, cpt_dashboard_get_widget (dashboard, i), filters);

      g_ptr_array_add (all, cpt_chart_data_ref (cpt_widget_data_get_chart (data)));
    }

  return all;
}
