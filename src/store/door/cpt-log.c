/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The log: a line per act with what it changed, written in the transaction
 * that changes it. Sequences only grow; clocks may go back.
 *
 * A unit is several lines: its head, one per slice, and the moment it was
 * finished; people see the head alone. */

#include "config.h"

#include "cpt-log-private.h"

#include <string.h>

#include "cpt-database-private.h"
#include "cpt-door-private.h"

gboolean
cpt_log_begin (CptDatabase       *database,
               const CptLogHead  *head,
               gint64            *sequence,
               GError           **error)
{
  g_autoptr(CptStatement) statement = NULL;

  statement = cpt_database_prepare (database,
                                    "INSERT INTO log (unit, at, author, device, origin, label, undoes, state, n_changes) "
                                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                    error);
  if (statement == NULL)
    return FALSE;

  if (head->unit != 0)
    cpt_statement_bind_int (statement, 1, head->unit);
  cpt_statement_bind_int (statement, 2, cpt_database_get_now (database));
  cpt_statement_bind_id (statement, 3, &database->author);
  cpt_statement_bind_static (statement, 4, database->device);
  cpt_statement_bind_int (statement, 5, head->origin);
  cpt_statement_bind_static (statement, 6, head->label);
  if (head->undoes != 0)
    cpt_statement_bind_int (statement, 7, head->undoes);
  cpt_statement_bind_int (statement, 8, head->state);
  cpt_statement_bind_int (statement, 9, (gint64) head->n_changes);
  if (!cpt_statement_run (statement, error))
    return FALSE;

  *sequence = cpt_database_get_last_row (database);

  return TRUE;
}

gboolean
cpt_log_add (CptDatabase         *database,
             gint64               sequence,
             const CptLogChange  *change,
             GError             **error)
{
  g_autoptr(CptStatement) statement = NULL;

  statement = cpt_database_prepare (database,
                                    "INSERT INTO log_change (sequence, entity, row_id, last_row, id, kind, fields) "
                                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, sequence);
  cpt_statement_bind_int (statement, 2, change->entity);
  cpt_statement_bind_int (statement, 3, change->row);
  if (change->last_row != 0)
    cpt_statement_bind_int (statement, 4, change->last_row);
  cpt_statement_bind_id (statement, 5, change->id);
  cpt_statement_bind_int (statement, 6, change->kind);
  cpt_statement_bind_static (statement, 7, change->fields);

  return cpt_statement_run (statement, error);
}

/* Entries for people */

void
cpt_log_entry_free (CptLogEntry *self)
{
  if (self == NULL)
    return;

  g_free (self->device);
  g_free (self->label);
  g_free (self);
}

CptLogEntry *
cpt_log_read_entry (CptStatement *statement,
                    int           column)
{
  CptLogEntry *self = g_new0 (CptLogEntry, 1);

  self->sequence = cpt_statement_get_int (statement, column);
  self->at = cpt_statement_get_int (statement, column + 2);
  cpt_statement_get_id (statement, column + 3, &self->author);
  self->device = g_strdup (cpt_statement_get_text (statement, column + 4));
  self->origin = (CptOrigin) cpt_statement_get_int (statement, column + 5);
  self->label = g_strdup (cpt_statement_get_text (statement, column + 6));
  self->undoes = cpt_statement_get_int (statement, column + 7);
  self->undone_by = cpt_statement_get_int (statement, column + 8);
  self->n_changes = (guint64) cpt_statement_get_int (statement, column + 10);
  if (self->label == NULL)
    self->label = g_strdup ("");

  return self;
}

CptLogEntry *
cpt_log_find (CptDatabase  *database,
              gint64        sequence,
              gint64       *state,
              GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;

  statement = cpt_database_prepare (database, "SELECT " CPT_LOG_COLUMNS " FROM log WHERE sequence = ?", error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, sequence);
  if (cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return NULL;
  if (state != NULL)
    *state = cpt_statement_get_int (statement, 9);

  return cpt_log_read_entry (statement, 0);
}

char *
cpt_log_dup_undone_label (CptDatabase       *database,
                          const CptLogEntry *undone)
{
  g_autoptr(CptLogEntry) act = NULL;

  if (undone->undoes != 0)
    act = cpt_log_find (database, undone->undoes, NULL, NULL);

  return g_strdup (act != NULL ? act->label : undone->label);
}

GPtrArray *
cpt_log_list (CptDatabase  *database,
              gint64        before,
              guint         limit,
              GError      **error)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_log_entry_free);
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  statement = cpt_database_prepare (database,
                                    "SELECT " CPT_LOG_COLUMNS " FROM log WHERE state = ? AND sequence < ? "
                                    "ORDER BY sequence DESC LIMIT ?",
                                    error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, CPT_LOG_DONE);
  cpt_statement_bind_int (statement, 2, before == 0 ? G_MAXINT64 : before);
  cpt_statement_bind_int (statement, 3, limit == 0 ? -1 : (gint64) limit);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    g_ptr_array_add (entries, cpt_log_read_entry (statement, 0));

  return step == CPT_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}
