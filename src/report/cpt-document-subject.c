/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What reports are about: each part is asked which records, or which periods, it
 * has something about. */

#include "config.h"

#include "cpt-document-subject.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-document-table.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-metric.h"
#include "cpt-question-filter.h"
#include "cpt-report-private.h"

/* What is looked for, and what was found */
typedef struct
{
  const CptEntity *entity; /* (nullable): of which kind */
  CptBucket bucket;        /* or how long the periods are */
  JsonNode *filters;       /* (nullable) */
  CptDatabase *database;
  GHashTable *ids;  /* of CptUuid */
  GHashTable *days; /* of gint64: their first ones */
  GPtrArray *kinds; /* (nullable): nothing is looked for but what is counted: CptEntity */
} Search;

void
cpt_document_subject_free (CptDocumentSubject *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->key);
  g_clear_pointer (&self->filters, json_node_unref);
  g_free (self);
}

/* --------------------------------------------------------------------- filters */

static JsonObject *
create_record_filter (const CptEntity *entity,
                      const CptUuid   *id)
{
  g_autofree char *text = cpt_uuid_dup_text (id);
  JsonObject *filter = cpt_dashboard_filter_new_offered (entity->name, "id");

  json_object_set_string_member (filter, "op", cpt_operator_get_name (CPT_OPERATOR_IS));
  json_object_set_string_member (filter, "value", text);

  return filter;
}

static JsonObject *
create_period_filter (CptBucket bucket,
                      gint64    start)
{
  g_autofree char *from = cpt_date_format_iso (start);
  g_autofree char *to = cpt_date_format_iso (cpt_bucket_add (bucket, start, 1) - 1);
  JsonObject *period = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), period);

  json_object_set_string_member (period, "from", from);
  json_object_set_string_member (period, "to", to);
  json_object_unref (period);

  return cpt_dashboard_filter_new_period (node);
}

/* Takes @key, and @filter: in the place of the one about the same */
static CptDocumentSubject *
create_subject (const Search *search,
                const char   *title,
                char         *key,
                const char   *source,
                JsonObject   *filter)
{
  CptDocumentSubject *subject = g_new0 (CptDocumentSubject, 1);
  int index = cpt_dashboard_filters_find (search->filters, source, source != NULL ? "id" : NULL);

  subject->title = g_strdup (title);
  subject->key = key;
  subject->filters = cpt_dashboard_filters_set (search->filters, index, filter);
  json_object_unref (filter);

  return subject;
}

static gboolean
parse_day (JsonObject *period,
           const char *member,
           gint64     *day)
{
  const char *text = NULL;

  return cpt_json_read_string (period, member, &text, NULL) && text != NULL && cpt_date_parse_iso (text, day);
}

/* (nullable): when @filter is a whole period of that length */
static char *
describe_period (const CptDashboardFilter *filter,
                 CptBucket                 bucket)
{
  JsonObject *period;
  gint64 from, to;

  if (!filter->is_period || filter->period == NULL || !JSON_NODE_HOLDS_OBJECT (filter->period))
    return NULL;

  period = json_node_get_object (filter->period);
  if (!parse_day (period, "from", &from) || !parse_day (period, "to", &to) || cpt_bucket_get_start (bucket, from) != from ||
      cpt_bucket_add (bucket, from, 1) - 1 != to)
    return NULL;

  return cpt_bucket_format (bucket, from);
}

/* (nullable): when @filter is a record of that kind */
static char *
describe_record (const CptDashboardFilter *filter,
                 const char               *kind,
                 CptDatabase              *database)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), kind);
  CptUuid id;

  if (entity == NULL || filter->is_period || g_strcmp0 (filter->source, kind) != 0 || g_strcmp0 (filter->field, "id") != 0 ||
      filter->value == NULL || !JSON_NODE_HOLDS_VALUE (filter->value) ||
      json_node_get_value_type (filter->value) != G_TYPE_STRING || !cpt_uuid_parse (json_node_get_string (filter->value), &id))
    return NULL;

  return cpt_database_dup_title (database, entity, &id);
}

char *
cpt_document_dup_subject (const CptDocument  *document,
                          JsonNode           *filters,
                          CptDatabase        *database,
                          JsonNode          **others)
{
  CptBucket bucket = CPT_BUCKET_NONE;

  g_return_val_if_fail (document != NULL && others != NULL, NULL);

  if (document->parameter != NULL)
    cpt_bucket_parse (document->parameter, &bucket);
  for (guint i = 0; document->parameter != NULL && i < cpt_dashboard_filters_count (filters); i++)
    {
      CptDashboardFilter filter;
      char *title;

      cpt_dashboard_filters_get (filters, i, &filter);
      title = bucket != CPT_BUCKET_NONE ? describe_period (&filter, bucket)
                                        : describe_record (&filter, document->parameter, database);
      if (title == NULL)
        continue;
      *others = cpt_dashboard_filters_set (filters, (int) i, NULL);
      return title;
    }
  *others = filters != NULL ? json_node_ref (filters) : NULL;

  return NULL;
}

/* --------------------------------------------------------------------- searching */

static void
add_id (Search        *search,
        const CptUuid *id)
{
  if (!cpt_uuid_is_nil (id))
    g_hash_table_add (search->ids, g_memdup2 (id, sizeof *id));
}

/* The records themselves are counted */
static gboolean
add_records (Search    *search,
             JsonNode  *question,
             GError   **error)
{
  CptSchema *schema = cpt_database_get_schema (search->database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, search->entity);
  JsonNode *where = json_object_get_member (json_node_get_object (question), "where");
  g_autoptr(GArray) rows = NULL;
  g_autoptr(CptPage) page = NULL;
  CptPath path;

  if (where != NULL)
    {
      g_autoptr(CptFilter) filter = cpt_filter_from_json (schema, search->entity, where, error);

      if (filter == NULL)
        return FALSE;
      cpt_query_set_filter (query, filter);
    }
  if (!cpt_path_parse (schema, search->entity, "created_at", &path, error))
    return FALSE;
  rows = cpt_query_get_rows (query, search->database, 0, CPT_DOCUMENT_MAX_SUBJECTS + 1, error);
  if (rows != NULL)
    page = cpt_page_load (search->database, schema, search->entity, &path, 1, (const gint64 *) (gpointer) rows->data, rows->len,
                          error);
  if (page == NULL)
    return FALSE;

  for (guint i = 0; i < cpt_page_get_length (page); i++)
    if (cpt_page_has_row (page, i))
      add_id (search, cpt_page_get_id (page, i));

  return TRUE;
}

/* By @path alone, all of its groups that there are */
static JsonNode *
create_breakdown (const Search *search,
                  JsonNode     *question,
                  const char   *path)
{
  static const char *const dropped[] = { "order", "having", "limit", "show" };
  g_autofree char *text = cpt_json_format (question);
  JsonNode *broken = cpt_json_parse (text, -1, NULL);
  JsonObject *object = json_node_get_object (broken);
  JsonObject *dimension = json_object_new ();
  JsonArray *dimensions = json_array_new ();

  json_object_set_string_member (dimension, "field", path);
  if (search->bucket != CPT_BUCKET_NONE)
    json_object_set_string_member (dimension, "bucket", cpt_bucket_get_name (search->bucket));
  json_array_add_object_element (dimensions, dimension);
  json_object_set_array_member (object, "dimensions", dimensions);
  for (guint i = 0; i < G_N_ELEMENTS (dropped); i++)
    json_object_remove_member (object, dropped[i]);

  return broken;
}

/* The groups of its answer */
static gboolean
add_groups (Search      *search,
            JsonNode    *question,
            const char  *path,
            GError     **error)
{
  g_autoptr(JsonNode) broken = create_breakdown (search, question, path);
  g_autoptr(CptAggregateSpec) spec = cpt_metric_create_spec (search->database, broken, error);
  g_autoptr(CptAggregateResult) result = spec != NULL ? cpt_aggregate_run (search->database, spec, error) : NULL;

  if (result == NULL)
    return FALSE;

  for (guint i = 0; i < cpt_aggregate_result_get_n_rows (result); i++)
    {
      const CptValue *key = cpt_aggregate_result_get_key (result, i, 0);

      if (key->type == CPT_VALUE_ID)
        add_id (search, &key->id);
      else if (key->type == CPT_VALUE_INTEGER)
        g_hash_table_add (search->days, g_memdup2 (&key->integer, sizeof key->integer));
    }

  return TRUE;
}

/* FALSE when it can't be asked */
static gboolean
add_question (Search                    *search,
              JsonNode                  *question,
              const CptQuestionSubject  *subject,
              GError                   **error)
{
  g_autofree char *path = NULL;

  if (search->kinds != NULL)
    {
      if (!g_ptr_array_find (search->kinds, subject->entity, NULL))
        g_ptr_array_add (search->kinds, (gpointer) subject->entity);
      return TRUE;
    }
  if (search->entity == NULL)
    return subject->date == NULL || add_groups (search, question, subject->date, error);

  path = cpt_question_map_path (cpt_database_get_schema (search->database), subject->entity, search->entity->name, "id");
  if (path == NULL)
    return TRUE;

  return strcmp (path, "id") == 0 ? add_records (search, question, error) : add_groups (search, question, path, error);
}

static void
add_dashboard (Search             *search,
               const CptDashboard *dashboard)
{
  g_autoptr(JsonNode) filters = cpt_dashboard_filters_join (dashboard->filters, search->filters);

  for (guint i = 0; i < cpt_dashboard_get_n_widgets (dashboard); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (dashboard, i);
      g_auto(CptQuestionSubject) subject = { NULL };
      g_autoptr(JsonNode) question = NULL;

      if (widget->query == NULL || !cpt_question_subject_init (&subject, search->database, widget->query))
        continue;
      question = cpt_question_filter (cpt_database_get_schema (search->database), &subject, widget->query, filters, NULL);
      add_question (search, question, &subject, NULL);
    }
}

static void
add_block (Search         *search,
           const CptBlock *block)
{
  g_autoptr(CptDashboard) dashboard = NULL;
  g_autoptr(CptDocumentTable) table = NULL;
  g_autoptr(JsonNode) question = NULL;
  g_auto(CptQuestionSubject) subject = { NULL };

  if (block->kind == CPT_BLOCK_WIDGETS)
    dashboard = cpt_block_load_widgets (block, search->database, NULL);
  if (dashboard != NULL)
    add_dashboard (search, dashboard);
  if (block->kind != CPT_BLOCK_TABLE)
    return;

  table = cpt_document_table_new (search->database, block, search->filters, NULL);
  if (table == NULL)
    return;
  question = cpt_document_table_dup_question (table, search->database, &subject);
  add_question (search, question, &subject, NULL);
}

/* --------------------------------------------------------------------- the list */

static int
compare_titles (gconstpointer a,
                gconstpointer b)
{
  const CptDocumentSubject *one = *(const CptDocumentSubject *const *) a;
  const CptDocumentSubject *other = *(const CptDocumentSubject *const *) b;
  int order = g_utf8_collate (one->title, other->title);

  return order != 0 ? order : strcmp (one->title, other->title);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return cpt_uuid_compare (a, b);
}

static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

static GPtrArray *
list_found (const Search *search)
{
  GPtrArray *subjects = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_document_subject_free);
  GList *ids = g_list_sort (g_hash_table_get_keys (search->ids), compare_ids);
  GList *days = g_list_sort (g_hash_table_get_keys (search->days), compare_days);

  for (GList *id = ids; id != NULL; id = id->next)
    {
      g_autofree char *title = cpt_database_dup_title (search->database, search->entity, id->data);

      if (title != NULL)
        g_ptr_array_add (subjects, create_subject (search, title, cpt_uuid_dup_text (id->data), search->entity->name,
                                                   create_record_filter (search->entity, id->data)));
    }
  g_ptr_array_sort (subjects, compare_titles);
  for (GList *day = days; day != NULL; day = day->next)
    {
      gint64 start = *(const gint64 *) day->data;
      g_autofree char *title = cpt_bucket_format (search->bucket, start);

      g_ptr_array_add (subjects, create_subject (search, title, cpt_date_format_iso (start), NULL,
                                                 create_period_filter (search->bucket, start)));
    }
  g_list_free (ids);
  g_list_free (days);

  return subjects;
}

static gboolean
choose_kind (Search             *search,
             const CptDocument  *document,
             GError            **error)
{
  const char *parameter = document->parameter;

  if (parameter == NULL || *parameter == '\0')
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID,
                           _("This report is one report; to make many of it, choose in it what each is about."));
      return FALSE;
    }
  if (cpt_bucket_parse (parameter, &search->bucket) && search->bucket != CPT_BUCKET_NONE)
    return TRUE;
  search->entity = cpt_schema_find_entity (cpt_database_get_schema (search->database), parameter);
  if (search->entity == NULL)
    g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There are no records of the kind “%s”."), parameter);

  return search->entity != NULL;
}

GPtrArray *
cpt_document_list_subjects (const CptDocument  *document,
                            JsonNode           *filters,
                            CptDatabase        *database,
                            GCancellable       *cancellable,
                            GError            **error)
{
  g_autoptr(GHashTable) ids = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, NULL);
  g_autoptr(GHashTable) days = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Search search = { .filters = filters, .database = database, .ids = ids, .days = days };
  guint n;

  g_return_val_if_fail (document != NULL && database != NULL, NULL);

  if (!choose_kind (&search, document, error))
    return NULL;

  for (guint i = 0; i < cpt_document_get_n_blocks (document); i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      add_block (&search, cpt_document_get_block (document, i));
    }
  n = g_hash_table_size (ids) + g_hash_table_size (days);
  if (n > CPT_DOCUMENT_MAX_SUBJECTS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("That would be more than %d reports. Filter it, to make fewer."),
                   CPT_DOCUMENT_MAX_SUBJECTS);
      return NULL;
    }

  return list_found (&search);
}

GPtrArray *
cpt_document_list_kinds (const CptDocument *document,
                         CptDatabase       *database)
{
  GPtrArray *kinds = g_ptr_array_new ();
  Search search = { .database = database, .kinds = kinds };

  g_return_val_if_fail (document != NULL && database != NULL, kinds);

  for (guint i = 0; i < cpt_document_get_n_blocks (document); i++)
    add_block (&search, cpt_document_get_block (document, i));

  return kinds;
}

static const char *const bucket_labels[] = {
  [CPT_BUCKET_NONE] = NULL,
  [CPT_BUCKET_DAY] = NULL,
  [CPT_BUCKET_WEEK] = NC_("report for each", "Week"),
  [CPT_BUCKET_MONTH] = NC_("report for each", "Month"),
  [CPT_BUCKET_QUARTER] = NC_("report for each", "Quarter"),
  [CPT_BUCKET_YEAR] = NC_("report for each", "Year"),
};

const char *
cpt_document_get_parameter_label (const char *parameter,
                                  CptSchema  *schema)
{
  const CptEntity *entity;
  CptBucket bucket;

  g_return_val_if_fail (schema != NULL, NULL);

  if (parameter == NULL)
    return NULL;
  if (cpt_bucket_parse (parameter, &bucket) && bucket_labels[bucket] != NULL)
    return g_dpgettext2 (GETTEXT_PACKAGE, "report for each", bucket_labels[bucket]);
  entity = cpt_schema_find_entity (schema, parameter);

  return entity != NULL ? cpt_entity_get_label (entity) : NULL;
}

/* --------------------------------------------------------------------- words */

typedef struct
{
  const char *subject; /* (nullable) */
  const char *date;
  const char *period;
} Words;

/* (nullable): what stands in the place of @name, which ends at @end */
static const char *
find_word (const Words *words,
           const char  *name,
           const char  *end)
{
  g_autofree char *key = g_strndup (name, (gsize) (end - name));

  if (strcmp (key, "name") == 0)
    return words->subject;
  if (strcmp (key, "date") == 0)
    return words->date;

  return strcmp (key, "period") == 0 ? words->period : NULL;
}

/* In one go: braces in a name are its own */
static void
expand (char        **text,
        const Words  *words)
{
  GString *filled = g_string_new (NULL);

  for (const char *p = *text; *p != '\0';)
    {
      const char *end = *p == '{' ? strchr (p, '}') : NULL;
      const char *word = end != NULL ? find_word (words, p + 1, end) : NULL;

      if (word != NULL)
        g_string_append (filled, word);
      else
        g_string_append_c (filled, *p);
      p = word != NULL ? end + 1 : p + 1;
    }
  g_free (*text);
  *text = g_string_free (filled, FALSE);
}

static char *
dup_period (JsonNode *filters)
{
  JsonNode *period = NULL;
  char *phrase = NULL;

  for (guint i = 0; i < cpt_dashboard_filters_count (filters); i++)
    {
      CptDashboardFilter filter;

      cpt_dashboard_filters_get (filters, i, &filter);
      if (filter.is_period && filter.period != NULL)
        period = filter.period;
    }
  if (period != NULL && JSON_NODE_HOLDS_OBJECT (period))
    phrase = cpt_question_describe_period (period);

  return phrase != NULL ? phrase : g_strdup (C_("period", "all time"));
}

void
cpt_document_fill (CptDocument          *document,
                   const char           *subject,
                   JsonNode             *filters,
                   const CptReportSetup *setup)
{
  g_autofree char *date = cpt_date_format (cpt_instant_get_date (setup->now, setup->zone));
  g_autofree char *period = dup_period (filters);
  Words words = { subject, date, period };
  gboolean has_name;

  g_return_if_fail (document != NULL && setup != NULL);

  has_name = strstr (document->title, "{name}") != NULL;
  expand (&document->title, &words);
  expand (&document->subtitle, &words);
  for (guint i = 0; i < cpt_document_get_n_blocks (document); i++)
    expand (&cpt_document_get_block (document, i)->text, &words);
  if (subject != NULL && !has_name)
    {
      char *title = *document->title != '\0' ? g_strdup_printf ("%s – %s", document->title, subject) : g_strdup (subject);

      g_free (document->title);
      document->title = title;
    }
}
