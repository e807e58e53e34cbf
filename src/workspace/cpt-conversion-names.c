/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What names the field goes over to the one that takes its place: formulas,
 * rules, saved views, metrics, dashboards, page layouts. Names stand in paths, and paths in texts of
 * JSON: "-organisation.x_size,name". Each is followed through the declarations,
 * since another kind of record may have a field of that name. Values in
 * conditions are converted like those of records. What can't be asked of the
 * new kind is told: it must be changed by somebody first. */

#include "config.h"

#include "cpt-conversion-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-aggregate.h"
#include "cpt-dashboard-filter.h"
#include "cpt-error.h"
#include "cpt-expression.h"
#include "cpt-filter.h"
#include "cpt-json.h"
#include "cpt-metric.h"
#include "cpt-page-layout.h"
#include "cpt-rules.h"

#define PATH_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789_."

/* Members that hold words of people */
static const char *const free_members[] = { "value", "title", "label", "search", "id", "metric", "metrics", NULL };

/* ------------------------------------------------------------------- paths */

/* (nullable): the path with the new name; NULL when it does not lead to the field.
 * @is_last (out): whether it ends there */
static char *
rename_path (CptConversionWork *self,
             const CptEntity   *root,
             const char        *text,
             gboolean          *is_last)
{
  g_auto(GStrv) steps = NULL;
  gboolean is_found = FALSE;
  CptPath path;

  if (strstr (text, self->from->name) == NULL || !cpt_path_parse (self->schema, root, text, &path, NULL))
    return NULL;

  steps = g_strsplit (text, ".", -1);
  for (guint i = 0; i < path.n_steps && steps[i] != NULL; i++)
    if (path.fields[i] == self->from)
      {
        g_free (steps[i]);
        steps[i] = g_strdup (self->report->name);
        is_found = TRUE;
        if (is_last != NULL)
          *is_last = i + 1 == path.n_steps;
      }

  return is_found ? g_strjoinv (".", steps) : NULL;
}

/* (nullable): a text with paths in it: "-amount,x_size", "sum:x_size" */
static char *
rename_text (CptConversionWork *self,
             const CptEntity   *root,
             const char        *text)
{
  g_autoptr(GString) result = g_string_new (NULL);
  gboolean is_found = FALSE;

  if (strstr (text, self->from->name) == NULL)
    return NULL;

  while (*text != '\0')
    {
      gsize length = strspn (text, PATH_CHARACTERS);
      g_autofree char *word = g_strndup (text, length);
      g_autofree char *renamed = length > 0 ? rename_path (self, root, word, NULL) : NULL;

      is_found |= renamed != NULL;
      g_string_append (result, renamed != NULL ? renamed : word);
      text += length;
      if (*text != '\0')
        g_string_append_c (result, *text++);
    }

  return is_found ? g_string_free (g_steal_pointer (&result), FALSE) : NULL;
}

/* --------------------------------------------------------------- conditions */

/* Of values and sets, where one became the other */
static const struct
{
  CptOperator one;
  CptOperator set;
} operator_pairs[] = {
  { CPT_OPERATOR_IS, CPT_OPERATOR_CONTAINS },
  { CPT_OPERATOR_IS_NOT, CPT_OPERATOR_NOT_CONTAINS },
  { CPT_OPERATOR_IN, CPT_OPERATOR_CONTAINS_ANY },
};

static gboolean
is_set (const CptField *field)
{
  CptValueType type = cpt_field_type_get (field->kind)->value_type;

  return type == CPT_VALUE_TEXTS || type == CPT_VALUE_IDS;
}

static void
convert_operator (CptConversionWork *self,
                  JsonObject        *condition)
{
  const char *name = NULL;
  CptOperator op;

  if (!cpt_json_read_string (condition, "op", &name, NULL) || name == NULL || !cpt_operator_parse (name, &op) ||
      is_set (self->from) == is_set (self->to))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (operator_pairs); i++)
    {
      CptOperator before = is_set (self->from) ? operator_pairs[i].set : operator_pairs[i].one;
      CptOperator after = is_set (self->from) ? operator_pairs[i].one : operator_pairs[i].set;

      if (op == before)
        json_object_set_string_member (condition, "op", cpt_operator_get_name (after));
    }
}

/* The member of a set, or the only value: as JSON of the new kind; NULL when it
 * stays as it is */
static JsonNode *
convert_operand (CptConversionWork *self,
                 JsonNode          *node)
{
  g_auto(CptValue) before = CPT_VALUE_INIT;
  g_auto(CptValue) after = CPT_VALUE_INIT;
  g_autoptr(JsonNode) wrapped = NULL;
  g_autofree char *message = NULL;
  JsonNode *converted;

  if (is_set (self->from) && JSON_NODE_HOLDS_VALUE (node))
    {
      JsonArray *array = json_array_new ();

      json_array_add_element (array, json_node_copy (node));
      wrapped = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (wrapped, array);
    }
  if (!cpt_field_from_json (self->from, wrapped != NULL ? wrapped : node, &before, NULL) ||
      !cpt_converter_convert (&self->converter, &before, &after, &message))
    return NULL;

  converted = cpt_field_to_json (self->to, &after);
  if (JSON_NODE_HOLDS_ARRAY (converted) && json_array_get_length (json_node_get_array (converted)) == 1)
    {
      JsonNode *only = json_node_copy (json_array_get_element (json_node_get_array (converted), 0));

      json_node_unref (converted);
      return only;
    }

  return converted;
}

static void
convert_operands (CptConversionWork *self,
                  JsonObject        *condition)
{
  JsonNode *node = json_object_get_member (condition, "value");
  JsonNode *converted;
  JsonArray *array;

  if (node == NULL)
    return;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      converted = convert_operand (self, node);
      if (converted != NULL)
        json_object_set_member (condition, "value", converted);
      return;
    }

  array = json_array_new ();
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      JsonNode *element = json_array_get_element (json_node_get_array (node), i);

      converted = convert_operand (self, element);
      json_array_add_element (array, converted != NULL ? converted : json_node_copy (element));
    }
  json_object_set_array_member (condition, "value", array);
}

/* --------------------------------------------------------------------- JSON */

static gboolean rename_node (CptConversionWork *self,
                             const CptEntity *root,
                             JsonNode *node);

static gboolean
rename_string (CptConversionWork *self,
               const CptEntity   *root,
               JsonNode          *node)
{
  g_autofree char *renamed = NULL;

  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;

  renamed = rename_text (self, root, json_node_get_string (node));
  if (renamed != NULL)
    json_node_set_string (node, renamed);

  return renamed != NULL;
}

/* {"field": PATH, "op": …, "value": …} */
static gboolean
rename_condition (CptConversionWork *self,
                  const CptEntity   *root,
                  JsonObject        *object)
{
  const char *path = NULL;
  g_autofree char *renamed = NULL;
  gboolean is_last = FALSE;

  if (!json_object_has_member (object, "op") || !cpt_json_read_string (object, "field", &path, NULL) || path == NULL)
    return FALSE;

  renamed = rename_path (self, root, path, &is_last);
  if (renamed == NULL)
    return FALSE;

  json_object_set_string_member (object, "field", renamed);
  if (is_last)
    {
      convert_operands (self, object);
      convert_operator (self, object);
    }

  return TRUE;
}

static gboolean
rename_object (CptConversionWork *self,
               const CptEntity   *root,
               JsonObject        *object)
{
  gboolean is_changed = rename_condition (self, root, object);
  /* After that: they are the object's own. */
  g_autoptr(GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    {
      const char *member = l->data;
      JsonNode *node = json_object_get_member (object, member);
      g_autofree char *renamed = NULL;

      if (g_strv_contains (free_members, member))
        continue;
      is_changed |= rename_node (self, root, node);
      renamed = rename_path (self, root, member, NULL);
      if (renamed == NULL)
        continue;
      is_changed = TRUE;
      json_object_set_member (object, renamed, json_node_copy (node));
      json_object_remove_member (object, member);
    }

  return is_changed;
}

static gboolean
rename_node (CptConversionWork *self,
             const CptEntity   *root,
             JsonNode          *node)
{
  gboolean is_changed = FALSE;

  if (JSON_NODE_HOLDS_VALUE (node))
    return rename_string (self, root, node);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return rename_object (self, root, json_node_get_object (node));
  if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      is_changed |= rename_node (self, root, json_array_get_element (json_node_get_array (node), i));

  return is_changed;
}

/* ------------------------------------------------------------------ records */

static void
set_json (CptRecord  *record,
          const char *field,
          JsonNode   *node)
{
  g_autofree char *text = cpt_json_format_canonical (node);

  cpt_record_set_text (record, field, text);
}

static JsonNode *
parse_member (const CptRecord *record,
              const char      *field)
{
  const char *text = cpt_record_get_text (record, field);

  return text != NULL && strstr (text, "x_") != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
}

/* Takes @problem (nullable) */
static void
add_name (CptConversionWork *self,
          const CptRecord   *record,
          char              *problem)
{
  CptConversionName *name = g_new0 (CptConversionName, 1);

  name->kind = g_strdup (cpt_entity_get_label (record->entity));
  name->title = cpt_record_dup_title (record);
  name->problem = problem;
  g_ptr_array_add (self->report->names, name);
}

typedef struct
{
  const CptField *field;
  gboolean is_found;
} Reading;

static void
note_read (const CptDependency *dependency,
           gpointer             data)
{
  Reading *reading = data;

  reading->is_found |= dependency->field == reading->field;
  for (guint i = 0; i < dependency->n_hops; i++)
    reading->is_found |= dependency->hops[i].field == reading->field;
}

/* The formula with the new name; what stands between quotation marks is nobody's name. */
static char *
rename_formula (CptConversionWork *self,
                const char        *formula)
{
  g_autoptr(GString) result = g_string_new (NULL);
  gsize length = strlen (self->from->name);
  char quote = '\0'; /* a doubled one inside ends and begins again */

  for (const char *c = formula; *c != '\0'; c++)
    {
      gboolean is_inside = c > formula && (g_ascii_isalnum (c[-1]) || c[-1] == '_');

      if (quote == '\0' && (*c == '"' || *c == '\''))
        quote = *c;
      else if (quote == *c)
        quote = '\0';
      if (quote == '\0' && !is_inside && strncmp (c, self->from->name, length) == 0 && !g_ascii_isalnum (c[length]) &&
          c[length] != '_')
        {
          g_string_append (result, self->report->name);
          c += length - 1;
        }
      else
        g_string_append_c (result, *c);
    }

  return g_string_free (g_steal_pointer (&result), FALSE);
}

static char *
check_formula (CptConversionWork *self,
               const CptField    *field,
               const CptEntity   *entity,
               const char        *formula)
{
  const CptEntity *after = cpt_schema_find_entity (self->after, entity->name);
  const CptField *computed = cpt_entity_find_field (after, field->name);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptExpression) expression = cpt_expression_parse (self->after, after, formula, NULL, &error);

  if (expression != NULL && computed != NULL)
    cpt_expression_check_field (expression, computed, &error);

  return error != NULL ? g_strdup (error->message) : NULL;
}

static void
follow_formula (CptConversionWork *self,
                CptRecord         *record)
{
  const CptEntity *entity = cpt_schema_find_entity (self->schema, cpt_record_get_text (record, "entity_name"));
  const CptField *field = entity != NULL ? cpt_entity_find_field (entity, cpt_record_get_text (record, "name")) : NULL;
  Reading reading = { .field = self->from };
  g_autoptr(CptRecord) changed = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *formula = NULL;

  if (field == NULL || field->expression == NULL)
    return;
  cpt_expression_foreach_read (field->expression, note_read, &reading);
  node = reading.is_found ? parse_member (record, "definition") : NULL;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  formula = rename_formula (self, field->formula);
  json_object_set_string_member (json_node_get_object (node), "formula", formula);
  changed = cpt_record_copy (record);
  set_json (changed, "definition", node);
  add_name (self, changed, check_formula (self, field, entity, formula));
  g_ptr_array_add (self->changes, g_steal_pointer (&changed));
}

static char *
check_rule (CptConversionWork *self,
            const CptRecord   *record)
{
  g_autoptr(GPtrArray) problems = cpt_rule_check_record (self->after, record, NULL, 0);

  return problems->len > 0 ? g_strdup (((const CptRuleProblem *) g_ptr_array_index (problems, 0))->message) : NULL;
}

static void
follow_rule (CptConversionWork *self,
             CptRecord         *record)
{
  const CptEntity *entity = cpt_schema_find_entity (self->schema, cpt_record_get_text (record, "entity_name"));
  g_autoptr(CptRecord) changed = cpt_record_copy (record);
  g_autoptr(JsonNode) node = parse_member (record, "condition");
  gboolean is_changed = FALSE;

  if (entity == NULL)
    return;
  if (entity == self->entity && g_strcmp0 (cpt_record_get_text (record, "field_name"), self->from->name) == 0)
    {
      cpt_record_set_text (changed, "field_name", self->report->name);
      is_changed = TRUE;
    }
  if (node != NULL && rename_node (self, entity, node))
    {
      set_json (changed, "condition", node);
      is_changed = TRUE;
    }
  if (!is_changed)
    return;

  add_name (self, changed, check_rule (self, changed));
  g_ptr_array_add (self->changes, g_steal_pointer (&changed));
}

static char *
check_view (CptConversionWork *self,
            const CptEntity   *entity,
            JsonObject        *object)
{
  const CptEntity *after = cpt_schema_find_entity (self->after, entity->name);
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GError) error = NULL;

  if (json_object_has_member (object, "filter"))
    filter = cpt_filter_from_json (self->after, after, json_object_get_member (object, "filter"), &error);

  return error != NULL ? g_strdup (error->message) : NULL;
}

static void
follow_view (CptConversionWork *self,
             CptRecord         *record)
{
  const CptEntity *entity = cpt_schema_find_entity (self->schema, cpt_record_get_text (record, "entity_name"));
  g_autoptr(CptRecord) changed = NULL;
  g_autoptr(JsonNode) node = parse_member (record, "definition");

  if (entity == NULL || node == NULL || !JSON_NODE_HOLDS_OBJECT (node) || !rename_node (self, entity, node))
    return;

  changed = cpt_record_copy (record);
  set_json (changed, "definition", node);
  add_name (self, changed, check_view (self, entity, json_node_get_object (node)));
  g_ptr_array_add (self->changes, g_steal_pointer (&changed));
}

static void
follow_layout (CptConversionWork *self,
               CptRecord         *record)
{
  const CptEntity *entity = cpt_schema_find_entity (self->schema, cpt_record_get_text (record, "entity_name"));
  g_autoptr(CptRecord) changed = NULL;
  g_autoptr(JsonNode) node = parse_member (record, "layout");

  if (entity == NULL || entity != self->entity || node == NULL || !rename_node (self, entity, node))
    return;

  changed = cpt_record_copy (record);
  set_json (changed, "layout", node);
  add_name (self, changed, NULL);
  g_ptr_array_add (self->changes, g_steal_pointer (&changed));
}

/* (nullable): the kind of records that a question is about, also when it names a metric */
static const CptEntity *
find_source (CptConversionWork *self,
             JsonObject        *query)
{
  g_autoptr(CptMetric) metric = NULL;
  const char *source = NULL, *key = NULL;

  if (!cpt_json_read_string (query, "source", &source, NULL) || !cpt_json_read_string (query, "metric", &key, NULL))
    return NULL;
  if (source == NULL && key != NULL)
    metric = cpt_metric_find (self->database, key, NULL);
  if (metric != NULL && metric->query != NULL && JSON_NODE_HOLDS_OBJECT (metric->query))
    cpt_json_read_string (json_node_get_object (metric->query), "source", &source, NULL);

  return source != NULL ? cpt_schema_find_entity (self->schema, source) : NULL;
}

static void
follow_metric (CptConversionWork *self,
               CptRecord         *record)
{
  g_autoptr(JsonNode) node = parse_member (record, "definition");
  const CptEntity *entity = NULL;
  g_autoptr(CptRecord) changed = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    entity = find_source (self, json_node_get_object (node));
  if (entity == NULL || !rename_node (self, entity, node))
    return;

  changed = cpt_record_copy (record);
  set_json (changed, "definition", node);
  add_name (self, changed, NULL);
  g_ptr_array_add (self->changes, g_steal_pointer (&changed));
}

/* @problem (nullable) (out): the first one of the dashboard */
static gboolean
follow_widget (CptConversionWork  *self,
               CptWidget          *widget,
               char              **problem)
{
  JsonObject *query = widget->query != NULL && JSON_NODE_HOLDS_OBJECT (widget->query)
                        ? json_node_get_object (widget->query)
                        : NULL;
  const CptEntity *entity = query != NULL ? find_source (self, query) : NULL;
  g_autoptr(JsonNode) changed = NULL;
  g_autofree char *text = NULL;
  g_autoptr(CptAggregateSpec) spec = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_changed;

  if (entity == NULL)
    return FALSE;

  text = cpt_json_format (widget->query);
  changed = cpt_json_parse (text, -1, NULL);
  is_changed = changed != NULL && rename_node (self, entity, changed);
  if (is_changed)
    {
      if (!cpt_metric_is_named (changed))
        spec = cpt_aggregate_spec_from_json (self->after, changed, &error);
      if (error != NULL && *problem == NULL)
        *problem = g_strdup (error->message);
      json_node_unref (widget->query);
      widget->query = g_steal_pointer (&changed);
    }

  return is_changed;
}

/* Each filter of a dashboard is about a kind of record of its own */
static gboolean
follow_filters (CptConversionWork *self,
                CptDashboard      *dashboard)
{
  g_autofree char *text = dashboard->filters != NULL ? cpt_json_format (dashboard->filters) : NULL;
  g_autoptr(JsonNode) changed = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
  gboolean is_changed = FALSE;

  for (guint i = 0; i < cpt_dashboard_filters_count (changed); i++)
    {
      JsonNode *filter = json_array_get_element (json_node_get_array (changed), i);
      const CptEntity *entity = find_source (self, json_node_get_object (filter));

      is_changed |= entity != NULL && rename_node (self, entity, filter);
    }
  if (!is_changed)
    return FALSE;

  json_node_unref (dashboard->filters);
  dashboard->filters = g_steal_pointer (&changed);

  return TRUE;
}

static void
follow_dashboard (CptConversionWork *self,
                  CptRecord         *record)
{
  const char *text = cpt_record_get_text (record, "definition");
  g_autoptr(CptDashboard) dashboard = NULL;
  g_autoptr(CptRecord) changed = NULL;
  g_autoptr(JsonNode) node = NULL;
  char *problem = NULL;
  gboolean is_changed = FALSE;

  if (text == NULL || strstr (text, self->from->name) == NULL)
    return;
  dashboard = cpt_dashboard_parse (text, -1, NULL);
  for (guint i = 0; dashboard != NULL && i < cpt_dashboard_get_n_widgets (dashboard); i++)
    is_changed |= follow_widget (self, cpt_dashboard_get_widget (dashboard, i), &problem);
  is_changed |= dashboard != NULL && follow_filters (self, dashboard);
  if (!is_changed)
    return;

  node = cpt_dashboard_to_json (dashboard);
  changed = cpt_record_copy (record);
  set_json (changed, "definition", node);
  add_name (self, changed, problem);
  g_ptr_array_add (self->changes, g_steal_pointer (&changed));
}

typedef void (*FollowFunc) (CptConversionWork *self,
                            CptRecord *record);

static gboolean
follow_all (CptConversionWork  *self,
            const char         *entity,
            FollowFunc          func,
            GError            **error)
{
  g_autoptr(CptQuery) query = cpt_query_new (self->schema, cpt_schema_find_entity (self->schema, entity));
  g_autoptr(GPtrArray) records = cpt_query_load_records (query, self->database, 0, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    func (self, g_ptr_array_index (records, i));

  return records != NULL;
}

gboolean
cpt_conversion_follow (CptConversionWork  *self,
                       GError            **error)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (g_ptr_array_index (self->fields, i) != self->former)
      follow_formula (self, g_ptr_array_index (self->fields, i));
  if (self->changes->len > 0 && !cpt_conversion_work_declare (self, error))
    return FALSE;
  cpt_converter_move (&self->converter, self->from, self->to);

  return follow_all (self, "rule", follow_rule, error) && follow_all (self, "saved_view", follow_view, error) &&
         follow_all (self, "metric", follow_metric, error) && follow_all (self, "dashboard", follow_dashboard, error) &&
         follow_all (self, CPT_PAGE_LAYOUT_ENTITY, follow_layout, error);
}
