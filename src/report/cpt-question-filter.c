/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a question and the filters of a dashboard to the question that is asked.
 *
 * A filter is about a field of one kind of record; widgets count others. What it
 * means to them is found by the declarations: the first way below that leads
 * somewhere counts, so that the same filter always means the same. Two links in a
 * row are followed only from whose a record is: a lead is not "in France" because
 * the company of the contact that was made of it is. */
#include "config.h"
#include "cpt-question-filter.h"

#include <string.h>

#include "cpt-json.h"
#include "cpt-metric.h"

#define MAX_LINKS 2

/* ---- paths ---- */

/* @prefix (nullable) and the steps of @path from @first on */
static char *
join_steps (const char    *prefix,
            const CptPath *path,
            guint          first)
{
  GString *text = g_string_new (prefix);

  for (guint i = first; i < path->n_steps; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "." : "", path->fields[i]->name);

  return g_string_free (text, FALSE);
}

static gboolean
has_choices_of (const CptField *a,
                const CptField *b)
{
  for (const CptChoice *choice = a->choices; choice != NULL && choice->name != NULL; choice++)
    if (cpt_field_find_choice (b, choice->name) == NULL)
      return FALSE;

  return TRUE;
}

/* Whose a record is: what people fill in with themselves */
static gboolean
is_whose (const CptField *field)
{
  return field->kind == CPT_FIELD_LINK && g_strcmp0 (field->initial, "me") == 0;
}

static gboolean
means_the_same (const CptField *a,
                const CptField *b)
{
  gboolean has_name = strcmp (a->name, b->name) == 0;

  if (a->kind != b->kind)
    return FALSE;

  switch (a->kind)
    {
    case CPT_FIELD_LINK:
    case CPT_FIELD_LINKS:
      return g_strcmp0 (a->target, b->target) == 0 && (has_name || (is_whose (a) && is_whose (b)));

    case CPT_FIELD_CHOICE:
    case CPT_FIELD_MULTI_CHOICE:
      return has_name && (has_choices_of (a, b) || has_choices_of (b, a));

    case CPT_FIELD_TAGS:
    case CPT_FIELD_COUNTRY:
      return has_name;

    default:
      return has_name && a->is_custom && b->is_custom;
    }
}

static const CptField *
find_same (const CptEntity *entity,
           const CptField  *wanted)
{
  if (cpt_field_get_system (wanted->name) == wanted)
    return wanted;

  for (guint i = 0; i < entity->n_fields; i++)
    if (means_the_same (wanted, entity->fields[i]))
      return entity->fields[i];

  return NULL;
}

static gboolean
is_way (const CptField *field)
{
  return field->kind == CPT_FIELD_LINK && (field->flags & (CPT_FIELD_READ_ONLY | CPT_FIELD_HIDDEN)) == 0;
}

/* A link to what a record is about; to people only by whose it is */
static const CptField *
find_link (const CptEntity *entity,
           const CptEntity *target)
{
  gboolean is_person = strcmp (target->name, "user") == 0;

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];

      if (is_way (field) && g_strcmp0 (field->target, target->name) == 0 && is_whose (field) == is_person)
        return field;
    }

  return NULL;
}

/* The same record, on the way of the path */
static char *
map_same (CptSchema       *schema,
          const CptEntity *entity,
          const CptPath   *path)
{
  const CptField *last = cpt_path_get_field (path);

  for (guint i = 0; i < path->n_steps; i++)
    if (path->entities[i] == entity)
      return join_steps (NULL, path, i);

  return last->kind == CPT_FIELD_LINK && cpt_schema_get_target (schema, last) == entity ? g_strdup ("id") : NULL;
}

/* A field of their own. Words that people put on records are @tags: those of a
 * contact are no tags of its organisation, to which a link leads. */
static char *
map_meaning (const CptEntity *entity,
             const CptPath   *path,
             gboolean         tags)
{
  for (guint i = 0; i < path->n_steps; i++)
    {
      const CptField *same = find_same (entity, path->fields[i]);

      if (same != NULL && (same->kind == CPT_FIELD_TAGS) == tags)
        return join_steps (same->name, path, i + 1);
    }

  return NULL;
}

/* What is behind one link */
static char *
map_linked (CptSchema       *schema,
            const CptEntity *entity,
            const CptPath   *path)
{
  const CptField *last = cpt_path_get_field (path);
  const CptEntity *target = last->kind == CPT_FIELD_LINK ? cpt_schema_get_target (schema, last) : NULL;
  const CptField *link;

  for (guint i = 0; i < path->n_steps; i++)
    {
      link = find_link (entity, path->entities[i]);
      if (link != NULL)
        return join_steps (link->name, path, i);
    }
  link = target != NULL ? find_link (entity, target) : NULL;

  return link != NULL ? g_strdup (link->name) : NULL;
}

static char *
map_path (CptSchema       *schema,
          const CptEntity *entity,
          const CptPath   *path,
          guint            n_links)
{
  char *mapped = map_same (schema, entity, path);

  if (mapped == NULL)
    mapped = map_meaning (entity, path, FALSE);
  if (mapped == NULL && n_links > 0)
    mapped = map_linked (schema, entity, path);
  if (mapped == NULL)
    mapped = map_meaning (entity, path, TRUE);
  for (guint i = 0; mapped == NULL && n_links > 1 && i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];
      g_autofree char *rest = NULL;

      if (!is_whose (field))
        continue;
      rest = map_path (schema, cpt_schema_get_target (schema, field), path, n_links - 1);
      if (rest != NULL)
        mapped = g_strconcat (field->name, ".", rest, NULL);
    }

  return mapped;
}

static gboolean
is_identifier (const CptPath *path)
{
  return cpt_path_get_field (path) == cpt_field_get_system ("id");
}

/* The record of @target itself */
static char *
map_record (CptSchema       *schema,
            const CptEntity *entity,
            const CptEntity *target,
            guint            n_links)
{
  const CptField *link = entity != target ? find_link (entity, target) : NULL;

  if (entity == target || link != NULL)
    return g_strdup (link != NULL ? link->name : "id");

  for (guint i = 0; n_links > 1 && i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];
      g_autofree char *rest = is_whose (field) ? map_record (schema, cpt_schema_get_target (schema, field), target, n_links - 1)
                                               : NULL;

      if (rest != NULL)
        return g_strconcat (field->name, ".", rest, NULL);
    }

  return NULL;
}

char *
cpt_question_map_path (CptSchema       *schema,
                       const CptEntity *entity,
                       const char      *source,
                       const char      *field)
{
  const CptEntity *from;
  CptPath path, mapped_path;
  g_autofree char *mapped = NULL;

  g_return_val_if_fail (schema != NULL && entity != NULL, NULL);
  g_return_val_if_fail (source != NULL && field != NULL, NULL);

  from = cpt_schema_find_entity (schema, source);
  if (from == NULL || !cpt_path_parse (schema, from, field, &path, NULL))
    return NULL;

  if (!is_identifier (&path))
    mapped = map_path (schema, entity, &path, MAX_LINKS);
  else if (path.n_steps == 1)
    mapped = map_record (schema, entity, from, MAX_LINKS);

  return mapped != NULL && cpt_path_parse (schema, entity, mapped, &mapped_path, NULL) ? g_steal_pointer (&mapped) : NULL;
}

/* ---- what a question is about ---- */

static const char *
get_string (JsonObject *object,
            const char *member)
{
  const char *text = NULL;

  return cpt_json_read_string (object, member, &text, NULL) ? text : NULL;
}

static JsonObject *
get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* {"field":…,"op":"within",…}, alone or among others that must all be met, of @date
 * (nullable: of any); NULL when there is none */
static JsonObject *
find_within (JsonNode   *where,
             const char *date)
{
  JsonObject *object = get_object (where);
  JsonArray *all = NULL;

  if (object == NULL)
    return NULL;
  if (g_strcmp0 (get_string (object, "op"), "within") == 0)
    {
      const char *field = get_string (object, "field");

      return field != NULL && (date == NULL || strcmp (field, date) == 0) ? object : NULL;
    }
  if (!cpt_json_read_array (object, "all", &all, NULL) || all == NULL)
    return NULL;

  for (guint i = 0; i < json_array_get_length (all); i++)
    {
      JsonObject *found = find_within (json_array_get_element (all, i), date);

      if (found != NULL)
        return found;
    }

  return NULL;
}

const char *
cpt_question_find_date (JsonObject *question)
{
  JsonObject *compare = NULL;
  JsonObject *within = find_within (json_object_get_member (question, "where"), NULL);
  JsonArray *dimensions = NULL;

  if (cpt_json_read_object (question, "compare", &compare, NULL) && compare != NULL)
    return get_string (compare, "field");
  if (within != NULL)
    return get_string (within, "field");
  if (!cpt_json_read_array (question, "dimensions", &dimensions, NULL) || dimensions == NULL)
    return NULL;

  for (guint i = 0; i < json_array_get_length (dimensions); i++)
    {
      JsonObject *dimension = get_object (json_array_get_element (dimensions, i));

      if (dimension != NULL && get_string (dimension, "bucket") != NULL)
        return get_string (dimension, "field");
    }

  return NULL;
}

static CptMetric *
find_metric (CptDatabase *database,
             JsonObject  *question)
{
  const char *key = get_string (question, "metric");
  JsonArray *keys = NULL;

  if (key == NULL && cpt_json_read_array (question, "metrics", &keys, NULL) && keys != NULL && json_array_get_length (keys) > 0)
    {
      JsonNode *first = json_array_get_element (keys, 0);

      if (JSON_NODE_HOLDS_VALUE (first) && json_node_get_value_type (first) == G_TYPE_STRING)
        key = json_node_get_string (first);
    }

  return key != NULL ? cpt_metric_find (database, key, NULL) : NULL;
}

gboolean
cpt_question_subject_init (CptQuestionSubject *self,
                           CptDatabase        *database,
                           JsonNode           *question)
{
  JsonObject *object = get_object (question);
  g_autoptr(CptMetric) metric = NULL;
  JsonObject *counted = object;
  const char *source, *date;

  g_return_val_if_fail (self != NULL && database != NULL, FALSE);

  if (object == NULL)
    return FALSE;
  if (cpt_metric_is_named (question))
    {
      metric = find_metric (database, object);
      counted = metric != NULL ? get_object (metric->query) : NULL;
    }
  source = counted != NULL ? get_string (counted, "source") : NULL;
  self->entity = source != NULL ? cpt_schema_find_entity (cpt_database_get_schema (database), source) : NULL;
  if (self->entity == NULL)
    return FALSE;

  date = get_string (object, "date");
  if (date == NULL)
    date = metric != NULL ? get_string (counted, "date") : cpt_question_find_date (object);
  self->is_named = metric != NULL;
  self->date = cpt_metric_is_undated (object) ? NULL : g_strdup (date);

  return TRUE;
}

void
cpt_question_subject_clear (CptQuestionSubject *self)
{
  g_clear_pointer (&self->date, g_free);
}

/* ---- filtering ---- */

static JsonNode *
copy_deeply (JsonNode *node)
{
  g_autofree char *text = cpt_json_format (node);

  return cpt_json_parse (text, -1, NULL);
}

static void
add_condition (JsonObject *question,
               JsonNode   *condition)
{
  JsonNode *where = json_object_get_member (question, "where");
  JsonObject *group = json_object_new ();
  JsonArray *all = json_array_new ();

  if (where != NULL && !JSON_NODE_HOLDS_NULL (where))
    json_array_add_element (all, json_node_copy (where));
  json_array_add_element (all, condition);
  json_object_set_array_member (group, "all", all);
  json_object_set_object_member (question, "where", group);
}

static gboolean
is_all_time (JsonNode *period)
{
  return JSON_NODE_HOLDS_VALUE (period);
}

/* A question with measures of its own has its period in "compare" or in "where" */
static void
set_own_period (CptSchema                *schema,
                const CptQuestionSubject *subject,
                JsonObject               *question,
                JsonNode                 *period)
{
  JsonObject *within = find_within (json_object_get_member (question, "where"), subject->date);
  JsonObject *compare = NULL;
  g_autoptr(CptFilter) condition = NULL;

  if (cpt_json_read_object (question, "compare", &compare, NULL) && compare != NULL)
    {
      if (is_all_time (period))
        json_object_remove_member (question, "compare");
      else
        {
          json_object_set_string_member (compare, "field", subject->date);
          json_object_set_member (compare, "period", json_node_copy (period));
        }
      return;
    }

  if (within != NULL && is_all_time (period))
    {
      /* What is always met */
      json_object_remove_member (within, "field");
      json_object_remove_member (within, "op");
      json_object_remove_member (within, "value");
      json_object_set_array_member (within, "all", json_array_new ());
    }
  else if (within != NULL)
    json_object_set_member (within, "value", json_node_copy (period));
  else if (!is_all_time (period))
    {
      condition = cpt_filter_new_condition (schema, subject->entity, subject->date, CPT_OPERATOR_WITHIN, period, NULL);
      add_condition (question, cpt_filter_to_json (condition));
    }
}

/* FALSE when the question has no date, or that is no period */
static gboolean
set_period (CptSchema                *schema,
            const CptQuestionSubject *subject,
            JsonObject               *question,
            JsonNode                 *period)
{
  g_autoptr(CptFilter) check = NULL;

  if (is_all_time (period) && subject->date == NULL)
    return TRUE;
  if (subject->date == NULL)
    return FALSE;
  if (!is_all_time (period))
    {
      check = cpt_filter_new_condition (schema, subject->entity, subject->date, CPT_OPERATOR_WITHIN, period, NULL);
      if (check == NULL)
        return FALSE;
    }

  if (!subject->is_named)
    set_own_period (schema, subject, question, period);
  else if (!is_all_time (period))
    json_object_set_member (question, "period", json_node_copy (period));
  else
    {
      json_object_remove_member (question, "period");
      json_object_remove_member (question, "compare");
    }

  return TRUE;
}

static gboolean
set_condition (CptSchema                *schema,
               const CptQuestionSubject *subject,
               JsonObject               *question,
               const CptDashboardFilter *filter)
{
  g_autofree char *path = cpt_question_map_path (schema, subject->entity, filter->source, filter->field);
  g_autoptr(CptFilter) condition = NULL;
  CptOperator op;

  if (path != NULL && cpt_operator_parse (filter->op, &op))
    condition = cpt_filter_new_condition (schema, subject->entity, path, op, filter->value, NULL);
  if (condition == NULL)
    return FALSE;

  add_condition (question, cpt_filter_to_json (condition));

  return TRUE;
}

JsonNode *
cpt_question_filter (CptSchema                *schema,
                     const CptQuestionSubject *subject,
                     JsonNode                 *question,
                     JsonNode                 *filters,
                     GPtrArray                *left_out)
{
  g_autoptr(JsonNode) filtered = NULL;
  CptDashboardFilter filter, period = { FALSE };
  guint n = cpt_dashboard_filters_count (filters);

  g_return_val_if_fail (schema != NULL && subject != NULL, NULL);
  g_return_val_if_fail (question != NULL && JSON_NODE_HOLDS_OBJECT (question), NULL);

  filtered = copy_deeply (question);
  for (guint i = 0; i < n; i++)
    {
      cpt_dashboard_filters_get (filters, i, &filter);
      if (!cpt_dashboard_filter_is_on (&filter))
        continue;
      if (filter.is_period)
        period = filter;
      else if (!set_condition (schema, subject, json_node_get_object (filtered), &filter) && left_out != NULL)
        g_ptr_array_add (left_out, cpt_dashboard_filter_dup_label (&filter, schema));
    }
  if (period.is_period && !set_period (schema, subject, json_node_get_object (filtered), period.period) && left_out != NULL)
    g_ptr_array_insert (left_out, 0, cpt_dashboard_filter_dup_label (&period, schema));

  return g_steal_pointer (&filtered);
}

/* As alternatives of one, so that it is not taken for the question's own period */
static void
add_span (JsonObject *question,
          CptFilter  *condition)
{
  JsonObject *group = json_object_new ();
  JsonArray *any = json_array_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), group);

  json_object_unref (group);
  json_array_add_element (any, cpt_filter_to_json (condition));
  json_object_set_array_member (group, "any", any);
  add_condition (question, node);
  json_object_remove_member (question, "compare");
}

/* [{"measure":0,"descending":true}] */
static void
set_order (JsonObject *question)
{
  JsonObject *order = json_object_new ();
  JsonArray *orders = json_array_new ();

  json_object_set_int_member (order, "measure", 0);
  json_object_set_boolean_member (order, "descending", TRUE);
  json_array_add_object_element (orders, order);
  json_object_set_array_member (question, "order", orders);
}

JsonNode *
cpt_question_break_down (JsonNode   *question,
                         GPtrArray  *conditions,
                         const char *path,
                         CptBucket   bucket,
                         gboolean    in_bins)
{
  static const char *const dropped[] = { "order", "having", "limit" };
  g_autoptr(JsonNode) broken = NULL;
  JsonObject *object;
  JsonObject *dimension = json_object_new ();
  JsonArray *dimensions = json_array_new ();

  g_return_val_if_fail (question != NULL && JSON_NODE_HOLDS_OBJECT (question), NULL);
  g_return_val_if_fail (conditions != NULL && path != NULL, NULL);

  broken = copy_deeply (question);
  object = json_node_get_object (broken);
  json_object_set_string_member (dimension, "field", path);
  if (bucket != CPT_BUCKET_NONE)
    json_object_set_string_member (dimension, "bucket", cpt_bucket_get_name (bucket));
  if (in_bins)
    json_object_set_string_member (dimension, "bin", "auto");
  if (bucket != CPT_BUCKET_NONE || in_bins)
    json_object_set_boolean_member (dimension, "fill", TRUE);
  json_array_add_object_element (dimensions, dimension);
  json_object_set_array_member (object, "dimensions", dimensions);
  for (guint i = 0; i < G_N_ELEMENTS (dropped); i++)
    json_object_remove_member (object, dropped[i]);
  if (bucket == CPT_BUCKET_NONE && !in_bins)
    {
      set_order (object);
      json_object_set_int_member (object, "limit", CPT_BREAK_DOWN_LIMIT);
    }
  for (guint i = 0; i < conditions->len; i++)
    {
      CptFilter *condition = g_ptr_array_index (conditions, i);

      if (cpt_filter_get_operator (condition) == CPT_OPERATOR_WITHIN)
        add_span (object, condition);
      else
        add_condition (object, cpt_filter_to_json (condition));
    }

  return g_steal_pointer (&broken);
}
