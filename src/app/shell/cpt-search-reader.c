/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records for the desktop, from the store of a window or from a file that no
 * window has open.
 *
 * A store is opened on the main loop, which is right for a window that somebody
 * waits for, and wrong for a question of the desktop: the file may be locked, on
 * a drive that sleeps, or gone. So it is opened, read and closed in a thread. A
 * task goes there, is filled, and goes back with its result: the thread never
 * drops the last reference of anything of the main loop's. */
#include "config.h"
#include "cpt-search-reader.h"

#include <string.h>

#include "cpt-query.h"
#include "cpt-workspace.h"

#define KEY_PREFIX "record:"

struct _CptSearchReader
{
  GObject parent_instance;

  GThreadPool *pool; /* of one thread */
};

G_DEFINE_FINAL_TYPE (CptSearchReader, cpt_search_reader, G_TYPE_OBJECT)

void
cpt_search_question_free (CptSearchQuestion *self)
{
  g_free (self->path);
  g_free (self->text);
  g_strfreev (self->keys);
  g_free (self);
}

/* Reading, on some worker */

static GPtrArray *
search (CptDatabase              *database,
        const CptSearchQuestion  *question,
        GError                  **error)
{
  g_autoptr(GPtrArray) items = NULL;
  g_autoptr(GPtrArray) hits = cpt_search (database, question->text, NULL, question->limit, error);

  if (hits == NULL)
    return NULL;

  items = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_palette_item_free);
  for (guint i = 0; i < hits->len; i++)
    {
      CptPaletteItem *item = cpt_palette_item_new_hit (g_ptr_array_index (hits, i));

      if (item != NULL)
        g_ptr_array_add (items, item);
    }

  return g_steal_pointer (&items);
}

/* (nullable): what the declaration puts below the title */
static char *
dup_detail (CptDatabase     *database,
            const CptRecord *record)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const char *subtitle = record->entity->subtitle;
  g_autoptr(CptPage) page = NULL;
  CptPath path;

  if (subtitle == NULL || !cpt_path_parse (schema, record->entity, subtitle, &path, NULL))
    return NULL;

  page = cpt_page_load (database, schema, record->entity, &path, 1, &record->row, 1, NULL);

  return page != NULL && cpt_page_has_row (page, 0) ? cpt_page_dup_text (page, 0, 0, cpt_database_get_zone (database)) : NULL;
}

/* (nullable): "record:contact:IDENTIFIER" */
static CptPaletteItem *
read_item (CptDatabase *database,
           const char  *key)
{
  g_auto(GStrv) parts = g_strsplit (key, ":", 3);
  g_autoptr(CptRecord) record = NULL;
  g_autofree char *title = NULL;
  const CptEntity *entity;
  CptPaletteItem *item;
  CptUuid id;

  if (!g_str_has_prefix (key, KEY_PREFIX) || g_strv_length (parts) != 3 || !cpt_uuid_parse (parts[2], &id))
    return NULL;

  entity = cpt_schema_find_entity (cpt_database_get_schema (database), parts[1]);
  if (entity == NULL || (entity->flags & CPT_ENTITY_SYSTEM) != 0)
    return NULL;

  record = cpt_database_load (database, entity, &id, NULL);
  if (record == NULL || record->in_trash)
    return NULL;

  title = cpt_record_dup_title (record);
  item = cpt_palette_item_new (CPT_PALETTE_RECORD, key, title, entity->icon);
  item->hint = g_strdup (cpt_entity_get_label (entity));
  item->detail = dup_detail (database, record);

  return item;
}

static gpointer
answer (CptDatabase   *database,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  const CptSearchQuestion *question = data;
  GPtrArray *items;

  if (question->text != NULL)
    return search (database, question, error);

  items = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_palette_item_free);
  for (guint i = 0; question->keys[i] != NULL; i++)
    {
      CptPaletteItem *item = read_item (database, question->keys[i]);

      if (item != NULL)
        g_ptr_array_add (items, item);
    }

  return items;
}

/* Without a store */

typedef struct
{
  CptSearchQuestion *question; /* (owned) */
  GPtrArray *items;            /* (owned) (nullable) */
  GError *error;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_pointer (&self->question, cpt_search_question_free);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
return_items_cb (gpointer user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&job->items), (GDestroyNotify) g_ptr_array_unref);

  return G_SOURCE_REMOVE;
}

static void
run_job (Job          *job,
         GCancellable *cancellable)
{
  g_autoptr(CptDatabase) database = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, &job->error))
    return;

  database = cpt_workspace_open_database (job->question->path, CPT_OPEN_READ, NULL, &job->error);
  if (database == NULL)
    return;

  cpt_database_watch (database, cancellable);
  job->items = answer (database, job->question, cancellable, &job->error);
  cpt_database_watch (database, NULL);
}

static void
run_task (gpointer data,
          gpointer user_data)
{
  GTask *task = data;
  g_autoptr(GSource) source = g_idle_source_new ();

  run_job (g_task_get_task_data (task), g_task_get_cancellable (task));
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, return_items_cb, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

/* With one */

static void
store_answered_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *items = cpt_store_finish (CPT_STORE (source), result, &error);

  if (items == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, items, (GDestroyNotify) g_ptr_array_unref);
}

void
cpt_search_reader_ask_async (CptSearchReader     *self,
                             CptStore            *store,
                             CptSearchQuestion   *question,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Job *job;

  g_return_if_fail (CPT_IS_SEARCH_READER (self));
  g_return_if_fail (question != NULL && (question->text != NULL || question->keys != NULL));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_name (task, G_STRFUNC);
  if (store != NULL)
    {
      cpt_store_read_async (store, G_PRIORITY_HIGH, answer, question, (GDestroyNotify) cpt_search_question_free,
                            (GDestroyNotify) g_ptr_array_unref, cancellable, store_answered_cb, g_steal_pointer (&task));
      return;
    }

  job = g_new0 (Job, 1);
  job->question = question;
  g_task_set_task_data (task, job, job_free);
  g_thread_pool_push (self->pool, g_steal_pointer (&task), NULL);
}

GPtrArray *
cpt_search_reader_ask_finish (CptSearchReader  *self,
                              GAsyncResult     *result,
                              GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
cpt_search_reader_finalize (GObject *object)
{
  /* Nothing waits in it: each task keeps its reader */
  g_thread_pool_free (CPT_SEARCH_READER (object)->pool, FALSE, TRUE);

  G_OBJECT_CLASS (cpt_search_reader_parent_class)->finalize (object);
}

static void
cpt_search_reader_class_init (CptSearchReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_search_reader_finalize;
}

static void
cpt_search_reader_init (CptSearchReader *self)
{
  self->pool = g_thread_pool_new (run_task, NULL, 1, FALSE, NULL);
}

CptSearchReader *
cpt_search_reader_new (void)
{
  return g_object_new (CPT_TYPE_SEARCH_READER, NULL);
}
