/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading on two processors. SQLite gives one answer in one thread; what can be
 * divided is read by two connections at the same time. That both see the same
 * is told by the log: each change of a record is in it. */

#include "config.h"

#include "cpt-database-twin-private.h"

#include "cpt-database-private.h"

struct _CptTwin
{
  CptDatabase *database;
  gint64 sequence; /* that it sees */
  CptDatabaseFunc func;
  gpointer data;
  GThread *thread;
  gboolean is_called; /* @func was */
  gboolean is_done;
  GError *error;
};

static gboolean
sees_the_same (CptTwin     *self,
               CptDatabase *twin)
{
  GArray *hidden = self->database->hidden;

  if (twin->is_damaged || twin->sequence != self->sequence || twin->hidden->len != hidden->len)
    return FALSE;

  for (guint i = 0; i < hidden->len; i++)
    {
      const CptHiddenRange *a = &g_array_index (hidden, CptHiddenRange, i);
      const CptHiddenRange *b = &g_array_index (twin->hidden, CptHiddenRange, i);

      if (a->entity != b->entity || a->first != b->first || a->last != b->last)
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_inside (CptDatabase  *twin,
             gpointer      data,
             GError      **error)
{
  CptTwin *self = data;

  if (!sees_the_same (self, twin))
    return TRUE;
  self->is_called = TRUE;

  return self->func (twin, self->data, error);
}

static CptDatabase *
reach_connection (CptDatabase *database)
{
  CptDatabaseConfig config = { .clock = database->clock, .device = database->device };
  CptOpenMode mode = database->read_only ? CPT_OPEN_READ : CPT_OPEN_WRITE;

  if (database->twin == NULL)
    database->twin = cpt_database_open_again (database->path, mode, &config, NULL);
  if (database->twin != NULL)
    cpt_database_set_author (database->twin, &database->author);

  return database->twin;
}

static gpointer
run (gpointer data)
{
  CptTwin *self = data;
  CptDatabase *twin = reach_connection (self->database);

  self->is_done = TRUE;
  if (twin == NULL)
    return NULL;

  cpt_database_watch (twin, self->database->cancellable);
  self->is_done = cpt_database_snapshot (twin, read_inside, self, &self->error);
  cpt_database_watch (twin, NULL);
  /* What kept it from beginning says nothing of the answer, which is given without it. */
  if (!self->is_done && !self->is_called)
    {
      g_clear_error (&self->error);
      self->is_done = TRUE;
    }

  return NULL;
}

CptTwin *
cpt_twin_start (CptDatabase     *database,
                CptDatabaseFunc  func,
                gpointer         data)
{
  CptTwin *self;

  g_return_val_if_fail (database->depth > 0, NULL);

  /* What is being written here nobody else sees. */
  if (g_get_num_processors () < 2 || database->unit != 0 || database->is_damaged ||
      sqlite3_txn_state (database->handle, "main") == SQLITE_TXN_WRITE)
    return NULL;

  self = g_new0 (CptTwin, 1);
  self->database = database;
  self->sequence = database->sequence;
  self->func = func;
  self->data = data;
  self->thread = g_thread_new ("cpt-twin", run, self);

  return self;
}

gboolean
cpt_twin_finish (CptTwin  *self,
                 GError  **error)
{
  gboolean is_done;

  if (self == NULL)
    return TRUE;

  g_thread_join (self->thread);
  is_done = self->is_done;
  if (!is_done)
    g_propagate_error (error, self->error);
  g_free (self);

  return is_done;
}
