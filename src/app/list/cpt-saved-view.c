/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved views: what a place shows under a name, as records of the workspace, so
 * that they travel with it and are undone like anything else. A definition is
 * an object; what it does not say is as declared:
 *
 *   {"columns": "name:220,stage", "sort": "-amount,name", "group": "stage",
 *    "totals": "amount:sum", "filter": {...}, "default": true}
 *   {"form": "board", "field": "stage", "lanes": "owner", "hidden": ["..."],
 *    "hide_empty": true, "scope": "IDENTIFIER", "filter": {...}}
 *   {"form": "calendar", "span": "week", "filter": {...}}
 *
 * A record with "limits" is kept here as well, but is no view: it is how much a
 * board should hold (cpt-board-limits). */
#include "config.h"
#include "cpt-saved-view.h"

#include <string.h>

#include "cpt-field-type.h"
#include "cpt-json.h"
#include "cpt-query.h"

#define MAX_VIEWS 200

void
cpt_saved_view_free (CptSavedView *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->form);
  g_free (self->definition);
  g_free (self);
}

char *
cpt_saved_view_dup_form (const char *definition)
{
  static const char *const forms[] = { "list", "board", "calendar" };
  g_autoptr(JsonNode) node = cpt_json_parse (definition, -1, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *form = NULL;

  if (object == NULL)
    return g_strdup ("list");
  if (json_object_has_member (object, "limits") || !cpt_json_read_string (object, "form", &form, NULL))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (form == NULL || strcmp (form, forms[i]) == 0)
      return g_strdup (forms[i]);

  return NULL;
}

/* ------------------------------------------------------------------ reading */

typedef struct
{
  CptSchema *schema; /* (owned) */
  char *entity;      /* (owned) */
  CptUuid author;    /* nil: nobody in particular */
} ViewsJob;

static void
views_job_free (ViewsJob *job)
{
  cpt_schema_unref (job->schema);
  g_free (job->entity);
  g_free (job);
}

enum
{
  COLUMN_NAME,
  COLUMN_DEFINITION,
  COLUMN_OWNER,
  COLUMN_SHARED,
  N_COLUMNS
};

static gboolean
is_default (const char *definition)
{
  g_autoptr(JsonNode) node = cpt_json_parse (definition, -1, NULL);
  gboolean value = FALSE;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    cpt_json_read_boolean (json_node_get_object (node), "default", &value, NULL);

  return value;
}

/* (nullable): what is somebody else's or no view */
static CptSavedView *
take_row (const ViewsJob *job,
          CptPage        *page,
          guint           row)
{
  const CptValue *name = cpt_page_get_value (page, row, COLUMN_NAME);
  const CptValue *definition = cpt_page_get_value (page, row, COLUMN_DEFINITION);
  const CptValue *owner = cpt_page_get_value (page, row, COLUMN_OWNER);
  const CptValue *shared = cpt_page_get_value (page, row, COLUMN_SHARED);
  gboolean is_shared = shared->type == CPT_VALUE_INTEGER && shared->integer != 0;
  g_autofree char *form = NULL;
  CptSavedView *view;

  if (!cpt_page_has_row (page, row) || name->type != CPT_VALUE_TEXT || definition->type != CPT_VALUE_TEXT)
    return NULL;
  if (owner->type == CPT_VALUE_ID && !cpt_uuid_is_nil (&job->author) && !cpt_uuid_equal (&owner->id, &job->author) &&
      !is_shared)
    return NULL;
  form = cpt_saved_view_dup_form (definition->text);
  if (form == NULL)
    return NULL;

  view = g_new0 (CptSavedView, 1);
  view->id = *cpt_page_get_id (page, row);
  view->name = g_strdup (name->text);
  view->form = g_steal_pointer (&form);
  view->definition = g_strdup (definition->text);
  view->is_default = is_default (definition->text);
  view->is_shared = is_shared;

  return view;
}

static gpointer
read_views (CptDatabase   *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  static const char *const names[N_COLUMNS] = { "name", "definition", "owner", "is_shared" };
  const ViewsJob *job = data;
  const CptEntity *entity = cpt_schema_find_entity (job->schema, "saved_view");
  g_autoptr(GPtrArray) views = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_saved_view_free);
  g_autoptr(CptQuery) query = cpt_query_new (job->schema, entity);
  g_autoptr(JsonNode) value = json_node_init_string (json_node_alloc (), job->entity);
  g_autoptr(CptFilter) filter =
    cpt_filter_new_condition (job->schema, entity, "entity_name", CPT_OPERATOR_IS, value, error);
  g_autoptr(GArray) rows = NULL;
  g_autoptr(CptPage) page = NULL;
  CptPath paths[N_COLUMNS];

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!cpt_path_parse (job->schema, entity, names[i], &paths[i], error))
      return NULL;
  if (filter == NULL || !cpt_query_set_sort (query, "name", error))
    return NULL;

  cpt_query_set_filter (query, filter);
  rows = cpt_query_get_rows (query, database, 0, MAX_VIEWS, error);
  if (rows == NULL)
    return NULL;
  page = cpt_page_load (database, job->schema, entity, paths, G_N_ELEMENTS (paths),
                        (const gint64 *) (gpointer) rows->data, rows->len, error);
  if (page == NULL)
    return NULL;

  for (guint i = 0; i < cpt_page_get_length (page); i++)
    {
      CptSavedView *view = take_row (job, page, i);

      if (view != NULL)
        g_ptr_array_add (views, view);
    }

  return g_steal_pointer (&views);
}

void
cpt_saved_view_read_async (CptStore            *store,
                           CptSchema           *schema,
                           const CptEntity     *entity,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  ViewsJob *job = g_new0 (ViewsJob, 1);

  job->schema = cpt_schema_ref (schema);
  job->entity = g_strdup (entity->name);
  if (cpt_store_get_author (store) != NULL)
    job->author = *cpt_store_get_author (store);
  cpt_store_read_async (store, G_PRIORITY_DEFAULT, read_views, job, (GDestroyNotify) views_job_free,
                        (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
cpt_saved_view_read_finish (CptStore      *store,
                            GAsyncResult  *result,
                            GError       **error)
{
  return cpt_store_finish (store, result, error);
}

/* ----------------------------------------------------------------- changing */

static void
set_definition (CptSavedView    *self,
                const CptEntity *entity,
                CptTransaction  *transaction)
{
  const CptField *field = cpt_entity_find_field (entity, "definition");
  g_autoptr(JsonNode) node = cpt_json_parse (self->definition, -1, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (node != NULL && cpt_field_from_json (field, node, &value, NULL))
    cpt_transaction_set (transaction, entity, &self->id, field, &value);
}

static void
create (CptSavedView    *self,
        CptStore        *store,
        CptSchema       *schema,
        const CptEntity *listed,
        CptTransaction  *transaction)
{
  const CptEntity *entity = cpt_schema_find_entity (schema, "saved_view");
  gint64 now = cpt_clock_get_now (cpt_store_get_clock (store));
  g_autoptr(CptRecord) record = cpt_record_new (schema, entity);
  g_autoptr(JsonNode) node = cpt_json_parse (self->definition, -1, NULL);
  g_auto(CptValue) name = CPT_VALUE_INIT;
  g_auto(CptValue) kind = CPT_VALUE_INIT;
  g_auto(CptValue) shared = CPT_VALUE_INIT;
  g_auto(CptValue) definition = CPT_VALUE_INIT;

  cpt_uuid_generate (&record->id, now / 1000);
  cpt_record_apply_initial (record, now, cpt_store_get_author (store), cpt_store_get_zone (store));
  self->id = record->id;
  cpt_value_set_text (&name, self->name);
  cpt_value_set_text (&kind, listed->name);
  cpt_value_set_integer (&shared, self->is_shared);
  if (node != NULL)
    cpt_field_from_json (cpt_entity_find_field (entity, "definition"), node, &definition, NULL);
  cpt_record_set (record, cpt_entity_find_field (entity, "name"), &name);
  cpt_record_set (record, cpt_entity_find_field (entity, "entity_name"), &kind);
  cpt_record_set (record, cpt_entity_find_field (entity, "is_shared"), &shared);
  cpt_record_set (record, cpt_entity_find_field (entity, "definition"), &definition);
  cpt_transaction_create (transaction, record);
}

void
cpt_saved_view_save (CptSavedView    *self,
                     CptStore        *store,
                     CptSchema       *schema,
                     const CptEntity *listed,
                     CptTransaction  *transaction)
{
  const CptEntity *entity = cpt_schema_find_entity (schema, "saved_view");
  g_auto(CptValue) name = CPT_VALUE_INIT;
  g_auto(CptValue) shared = CPT_VALUE_INIT;

  if (cpt_uuid_is_nil (&self->id))
    {
      create (self, store, schema, listed, transaction);
      return;
    }

  cpt_value_set_text (&name, self->name);
  cpt_value_set_integer (&shared, self->is_shared);
  cpt_transaction_set (transaction, entity, &self->id, cpt_entity_find_field (entity, "name"), &name);
  cpt_transaction_set (transaction, entity, &self->id, cpt_entity_find_field (entity, "is_shared"), &shared);
  set_definition (self, entity, transaction);
}

void
cpt_saved_view_drop_default (CptSavedView   *self,
                             CptSchema      *schema,
                             CptTransaction *transaction)
{
  g_autoptr(JsonNode) node = cpt_json_parse (self->definition, -1, NULL);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  json_object_remove_member (json_node_get_object (node), "default");
  g_free (self->definition);
  self->definition = cpt_json_format (node);
  self->is_default = FALSE;
  set_definition (self, cpt_schema_find_entity (schema, "saved_view"), transaction);
}
