/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From what a report says of a table to a list on paper. */

#include "config.h"

#include "cpt-document-table.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-metric.h"

struct _CptDocumentTable
{
  CptTableReport report;
  CptPath columns[CPT_TABLE_REPORT_MAX_COLUMNS];
  CptGrouping grouping;
  GArray *totals;     /* of CptTotal */
  gboolean has_sort;  /* one of its own */
  JsonNode *question; /* what it tells of, filtered */
  char *note;         /* (nullable) */
};

void
cpt_document_table_free (CptDocumentTable *self)
{
  g_clear_pointer (&self->report.query, cpt_query_free);
  g_array_unref (self->totals);
  g_clear_pointer (&self->question, json_node_unref);
  g_free (self->note);
  g_free (self);
}

/* ------------------------------------------------------------------- filters */

/* What the table tells, as a question that can be filtered */
static JsonNode *
create_question (const CptEntity   *entity,
                 const CptBlock    *block,
                 const CptGrouping *grouping)
{
  JsonObject *question = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), question);

  json_object_set_string_member (question, "source", entity->name);
  if (block->where != NULL)
    json_object_set_member (question, "where", json_node_copy (block->where));
  if (grouping != NULL && grouping->bucket != CPT_BUCKET_NONE)
    {
      g_autofree char *path = cpt_path_format (&grouping->path);
      JsonObject *dimension = json_object_new ();
      JsonArray *dimensions = json_array_new ();

      json_object_set_string_member (dimension, "field", path);
      json_object_set_string_member (dimension, "bucket", cpt_bucket_get_name (grouping->bucket));
      json_array_add_object_element (dimensions, dimension);
      json_object_set_array_member (question, "dimensions", dimensions);
    }
  json_object_unref (question);

  return node;
}

static gboolean
is_date (const CptPath *path)
{
  CptFieldKind kind = cpt_path_get_field (path)->kind;

  return kind == CPT_FIELD_DATE || kind == CPT_FIELD_DATETIME;
}

/* The day on which records of the kind count, by the first metric that says so */
static char *
find_counted_date (CptDatabase     *database,
                   const CptEntity *entity)
{
  g_autoptr(GPtrArray) metrics = cpt_metric_list (database, NULL);

  for (guint i = 0; metrics != NULL && i < metrics->len; i++)
    {
      const CptMetric *metric = g_ptr_array_index (metrics, i);
      JsonObject *query = metric->query != NULL && JSON_NODE_HOLDS_OBJECT (metric->query)
                            ? json_node_get_object (metric->query)
                            : NULL;
      const char *source = NULL, *date = NULL;

      if (query != NULL && cpt_json_read_string (query, "source", &source, NULL) && g_strcmp0 (source, entity->name) == 0 &&
          cpt_json_read_string (query, "date", &date, NULL) && date != NULL)
        return g_strdup (date);
    }

  return NULL;
}

static char *
choose_date (CptDocumentTable *self,
             CptDatabase      *database)
{
  const CptQuery *query = self->report.query;

  /* The order in which records of the kind come by themselves says nothing about it. */
  for (guint i = 0; self->has_sort && i < query->n_sorts; i++)
    if (is_date (&query->sorts[i].path))
      return cpt_path_format (&query->sorts[i].path);
  for (guint i = 0; i < self->report.n_columns; i++)
    if (is_date (&self->columns[i]))
      return cpt_path_format (&self->columns[i]);

  return find_counted_date (database, query->entity);
}

static gboolean
init_subject (CptDocumentTable   *self,
              CptDatabase        *database,
              CptQuestionSubject *subject)
{
  if (!cpt_question_subject_init (subject, database, self->question))
    return FALSE;
  if (subject->date == NULL)
    subject->date = choose_date (self, database);

  return TRUE;
}

static gboolean
has_period (JsonNode *filters)
{
  for (guint i = 0; i < cpt_dashboard_filters_count (filters); i++)
    {
      CptDashboardFilter filter;

      cpt_dashboard_filters_get (filters, i, &filter);
      if (filter.is_period && filter.period != NULL && JSON_NODE_HOLDS_OBJECT (filter.period))
        return TRUE;
    }

  return FALSE;
}

static char *
describe (CptSchema       *schema,
          const CptEntity *entity,
          const char      *date,
          GPtrArray       *left_out)
{
  GString *note = g_string_new (NULL);
  CptPath path;

  if (date != NULL && cpt_path_parse (schema, entity, date, &path, NULL))
    {
      g_autofree char *label = cpt_path_get_label (&path);

      /* Translators: below a table of a report that is about a period; %s is the date
       * by which its records were chosen: "Closed on" */
      g_string_append_printf (note, _("Records of the period by “%s”."), label);
    }
  if (left_out->len > 0)
    {
      g_autofree char *labels = NULL;

      g_ptr_array_add (left_out, NULL);
      labels = g_strjoinv (", ", (char **) left_out->pdata);
      if (note->len > 0)
        g_string_append_c (note, ' ');
      g_string_append_printf (note, _("Not filtered by %s."), labels);
    }

  return g_string_free (note, note->len == 0);
}

static gboolean
set_filter (CptDocumentTable  *self,
            CptDatabase       *database,
            const CptBlock    *block,
            JsonNode          *filters,
            GError           **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = self->report.query->entity;
  g_autoptr(CptFilter) filter = NULL;
  g_auto(CptQuestionSubject) subject = { NULL };
  JsonNode *where;

  self->question = create_question (entity, block, self->report.grouping);
  if (cpt_dashboard_filters_count (filters) > 0 && init_subject (self, database, &subject))
    {
      g_autoptr(GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);
      JsonNode *filtered = cpt_question_filter (schema, &subject, self->question, filters, left_out);

      json_node_unref (self->question);
      self->question = filtered;
      self->note = describe (schema, entity, has_period (filters) ? subject.date : NULL, left_out);
    }

  where = json_object_get_member (json_node_get_object (self->question), "where");
  if (where == NULL)
    return TRUE;
  filter = cpt_filter_from_json (schema, entity, where, error);
  if (filter == NULL)
    return FALSE;
  cpt_query_set_filter (self->report.query, filter);

  return TRUE;
}

JsonNode *
cpt_document_table_dup_question (CptDocumentTable   *self,
                                 CptDatabase        *database,
                                 CptQuestionSubject *subject)
{
  g_autofree char *text = cpt_json_format (self->question);
  JsonNode *question = cpt_json_parse (text, -1, NULL);
  JsonObject *measure = json_object_new ();
  JsonArray *measures = json_array_new ();

  json_object_set_string_member (measure, "agg", "count");
  json_array_add_object_element (measures, measure);
  json_object_set_array_member (json_node_get_object (question), "measures", measures);
  init_subject (self, database, subject);

  return question;
}

/* --------------------------------------------------------------------- the rest */

static gboolean
set_columns (CptDocumentTable   *self,
             CptSchema          *schema,
             const CptEntity    *entity,
             const char *const  *names,
             GError            **error)
{
  guint n = names != NULL ? g_strv_length ((char **) names) : 0;

  if (n == 0)
    {
      names = entity->columns;
      n = names != NULL ? g_strv_length ((char **) names) : 0;
    }
  if (n > CPT_TABLE_REPORT_MAX_COLUMNS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("A list on paper has 1 to %d columns."), CPT_TABLE_REPORT_MAX_COLUMNS);
      return FALSE;
    }

  for (guint i = 0; i < n; i++)
    if (!cpt_path_parse (schema, entity, names[i], &self->columns[i], error))
      return FALSE;
  self->report.columns = self->columns;
  self->report.n_columns = n;

  return TRUE;
}

static gboolean
set_totals (CptDocumentTable   *self,
            CptSchema          *schema,
            const CptEntity    *entity,
            const char *const  *names,
            GError            **error)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      CptTotal total;

      if (!cpt_total_parse (schema, entity, names[i], &total, error))
        return FALSE;
      g_array_append_val (self->totals, total);
    }
  self->report.totals = (const CptTotal *) (gconstpointer) self->totals->data;
  self->report.n_totals = self->totals->len;

  return TRUE;
}

static gboolean
set_grouping (CptDocumentTable  *self,
              CptSchema         *schema,
              const CptEntity   *entity,
              const char        *text,
              GError           **error)
{
  if (text == NULL || *text == '\0')
    return TRUE;
  if (!cpt_grouping_parse (schema, entity, text, &self->grouping, error))
    return FALSE;
  self->report.grouping = &self->grouping;

  return TRUE;
}

static gboolean
set_sort (CptDocumentTable  *self,
          const char        *text,
          GError           **error)
{
  self->has_sort = text != NULL && *text != '\0';

  return !self->has_sort || cpt_query_set_sort (self->report.query, text, error);
}

CptDocumentTable *
cpt_document_table_new (CptDatabase     *database,
                        const CptBlock  *block,
                        JsonNode        *filters,
                        GError         **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptDocumentTable) self = NULL;
  const CptEntity *entity;

  g_return_val_if_fail (block != NULL && block->kind == CPT_BLOCK_TABLE, NULL);

  entity = block->entity != NULL ? cpt_schema_find_entity (schema, block->entity) : NULL;
  if (entity == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There are no records of the kind “%s”."),
                   block->entity != NULL ? block->entity : "");
      return NULL;
    }

  self = g_new0 (CptDocumentTable, 1);
  self->totals = g_array_new (FALSE, FALSE, sizeof (CptTotal));
  self->report.title = block->text;
  self->report.breaks_groups = block->breaks_groups;
  self->report.query = cpt_query_new (schema, entity);
  if (!set_sort (self, block->sort, error) ||
      !set_columns (self, schema, entity, (const char *const *) block->columns, error) ||
      !set_totals (self, schema, entity, (const char *const *) block->totals, error) ||
      !set_grouping (self, schema, entity, block->group, error) ||
      !set_filter (self, database, block, filters, error))
    return NULL;

  return g_steal_pointer (&self);
}

const CptTableReport *
cpt_document_table_get_report (CptDocumentTable *self)
{
  return &self->report;
}

const char *
cpt_document_table_get_note (CptDocumentTable *self)
{
  return self->note;
}
