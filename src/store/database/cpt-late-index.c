/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row that comes in touches one page of every index, and in most of them any
 * page: an import would write each page of these over and over. It leaves them
 * out and they are made at its end from sorted rows, at a quarter of the cost.
 *
 * The same list says when the full-text index is in too many parts.
 *
 * Making one holds the file for a second or more. When somebody waits for it
 * the work is dropped and taken up later: at once by the import itself, or by
 * the store when it has nothing else to do. Without an index everything is
 * found all the same, if slower; the table late_index says which are missing on
 * purpose. */

#include "config.h"

#include "cpt-late-index-private.h"

#include "cpt-database-private.h"
#include "cpt-layout.h"
#include "cpt-search-index-private.h"
#include "cpt-turn-private.h"
#include "cpt-wal-flush-private.h"

/* Between two looks at who waits: in steps of SQLite's machine, and in microseconds */
#define STEPS_BETWEEN_LOOKS 1000
#define TIME_BETWEEN_LOOKS 2000
#define TIME_BETWEEN_FLUSHES 20000

/* Stands for the full-text index: behind all names of indexes */
#define SEARCH "~search"
/* That are merged at once, in a transaction of their own */
#define MERGED_PAGES 64

/* In the write-ahead log that are worth a checkpoint between two indexes */
#define LOG_PAGES 2000

/* What is sorted at once in between two steps, for PRAGMA cache_size */
#define SORTER_SIZE "-1000"

typedef struct
{
  CptDatabase *database;
  CptLateIndexFunc is_wanted; /* (nullable) */
  gpointer data;
  int watch; /* turn */
  int log;   /* of cpt_wal_flush_open() */
  gint64 next_look;
  gint64 next_flush;
  gboolean is_stopped;
  char *name; /* of the index that is being made */
  char *sql;
} Build;

static gboolean
is_kept (const CptField        *field,
         const CptField *const *kept)
{
  for (; *kept != NULL; kept++)
    if (*kept == field)
      return TRUE;

  return FALSE;
}

static gboolean
has_index (const CptField *field)
{
  return !field->is_custom && (field->flags & CPT_FIELD_INDEXED) != 0 && !cpt_layout_has_side_table (field);
}

static gboolean
run_with_name (CptDatabase  *database,
               const char   *sql,
               const char   *name,
               GError      **error)
{
  g_autoptr(CptStatement) statement = cpt_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_text (statement, 1, name);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_late_index_drop (CptDatabase            *database,
                     const CptEntity        *entity,
                     const CptField *const  *kept,
                     GError                **error)
{
  for (guint i = 0; i < entity->n_fields; i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *sql = NULL;

      if (!has_index (entity->fields[i]) || is_kept (entity->fields[i], kept))
        continue;
      name = cpt_layout_dup_index_name (entity, entity->fields[i]);
      sql = g_strdup_printf ("DROP INDEX IF EXISTS \"%s\"", name);
      if (!cpt_database_exec (database, sql, error) ||
          !run_with_name (database, "INSERT OR IGNORE INTO late_index (name) VALUES (?)", name, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
cpt_late_index_note_search (CptDatabase  *database,
                            GError      **error)
{
  return run_with_name (database, "INSERT OR IGNORE INTO late_index (name) VALUES (?)", SEARCH, error);
}

/* Building */

static char *
dup_index_sql (CptDatabase *database,
               const char  *name)
{
  const CptEntity *const *entities;
  guint n_entities;

  entities = cpt_schema_get_entities (database->schema, &n_entities);
  for (guint i = 0; i < n_entities; i++)
    for (guint j = 0; j < entities[i]->n_fields; j++)
      {
        g_autofree char *own = NULL;

        if (!has_index (entities[i]->fields[j]))
          continue;
        own = cpt_layout_dup_index_name (entities[i], entities[i]->fields[j]);
        if (g_str_equal (own, name))
          return cpt_layout_dup_index_sql (entities[i], entities[i]->fields[j]);
      }

  return NULL;
}

static gboolean
find_missing (Build   *self,
              GError **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->sql, g_free);
  statement = cpt_database_prepare (self->database, "SELECT name FROM late_index ORDER BY name LIMIT 1", error);
  if (statement == NULL)
    return FALSE;

  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    {
      self->name = g_strdup (cpt_statement_get_text (statement, 0));
      self->sql = dup_index_sql (self->database, self->name);
    }

  return step != CPT_STEP_ERROR;
}

static int
look_around (void *data)
{
  Build *self = data;
  gint64 now = g_get_monotonic_time ();

  if (now < self->next_look)
    return 0;

  self->next_look = now + TIME_BETWEEN_LOOKS;
  if (now >= self->next_flush)
    {
      cpt_wal_flush_start (self->log);
      self->next_flush = now + TIME_BETWEEN_FLUSHES;
    }
  self->is_stopped = cpt_turn_is_asked (self->watch) || (self->is_wanted != NULL && self->is_wanted (self->data));

  return self->is_stopped || g_cancellable_is_cancelled (self->database->cancellable);
}

static gboolean
merge_search (Build   *self,
              GError **error)
{
  gboolean is_done;

  return cpt_search_index_merge (self->database, MERGED_PAGES, &is_done, error) &&
         (!is_done || run_with_name (self->database, "DELETE FROM late_index WHERE name = ?", SEARCH, error));
}

/* One that this version does not know is no concern of its own. */
static gboolean
build_one (CptDatabase  *database,
           gpointer      data,
           GError      **error)
{
  Build *self = data;

  if (g_str_equal (self->name, SEARCH))
    return merge_search (self, error);

  return (self->sql == NULL || cpt_database_exec (database, self->sql, error)) &&
         run_with_name (database, "DELETE FROM late_index WHERE name = ?", self->name, error);
}

static gboolean
build_all (Build   *self,
           GError **error)
{
  g_autoptr(GError) own_error = NULL;

  while (self->name != NULL && !self->is_stopped)
    {
      sqlite3_progress_handler (self->database->handle, STEPS_BETWEEN_LOOKS, look_around, self);
      if (!cpt_database_transact (self->database, build_one, self, &own_error))
        {
          if (!self->is_stopped)
            g_propagate_error (error, g_steal_pointer (&own_error));
          return self->is_stopped;
        }
      cpt_database_checkpoint (self->database, LOG_PAGES);
      if (!find_missing (self, error))
        return FALSE;
      look_around (self);
    }

  return TRUE;
}

/* A smaller cache sorts in more and shorter steps, but drops what is in it: not
 * before there is something to do. */
static gboolean
build_patiently (Build   *self,
                 GError **error)
{
  gboolean done;

  self->watch = cpt_turn_watch (self->database->path);
  self->log = cpt_wal_flush_open (self->database->path);
  cpt_database_exec (self->database, "PRAGMA cache_size = " SORTER_SIZE, NULL);
  done = build_all (self, error);
  cpt_database_exec (self->database, "PRAGMA cache_size = " CPT_CACHE_SIZE, NULL);
  cpt_database_watch (self->database, self->database->cancellable);
  cpt_turn_end (&self->watch);
  cpt_wal_flush_end (&self->log);

  return done;
}

gboolean
cpt_late_index_build (CptDatabase       *database,
                      CptLateIndexFunc   is_wanted,
                      gpointer           data,
                      gboolean          *is_done,
                      GError           **error)
{
  Build build = { .database = database, .is_wanted = is_wanted, .data = data, .watch = -1, .log = -1 };
  gboolean done;

  done = find_missing (&build, error) && (build.name == NULL || build_patiently (&build, error));
  if (done)
    *is_done = build.name == NULL;
  g_free (build.name);
  g_free (build.sql);

  return done;
}
