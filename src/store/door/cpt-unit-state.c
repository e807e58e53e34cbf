/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the file and its folder know of a unit: its state, the rows that are
 * hidden for it, and the lock that shows whether its process lives. Units that
 * have lost theirs are taken back. */

#include "config.h"

#include "cpt-unit-private.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>

#include "cpt-database-private.h"
#include "cpt-error.h"
#include "cpt-search-index-private.h"

/* The lock */

char *
cpt_unit_dup_lock_path (CptDatabase *database,
                        gint64       sequence)
{
  return g_strdup_printf ("%s-unit-%" G_GINT64_FORMAT, database->path, sequence);
}

/* -1 when another process holds it, or this one */
int
cpt_unit_take_lock (const char *path)
{
  int fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0)
    return -1;
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;

  g_close (fd, NULL);

  return -1;
}

void
cpt_unit_drop_lock (int         fd,
                    const char *path)
{
  g_unlink (path);
  if (fd >= 0)
    g_close (fd, NULL);
}

gboolean
cpt_unit_is_alive (CptDatabase *database,
                   gint64       sequence)
{
  g_autofree char *path = cpt_unit_dup_lock_path (database, sequence);
  int fd = g_open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0);
  gboolean is_alive;

  if (fd < 0)
    return FALSE;

  is_alive = flock (fd, LOCK_EX | LOCK_NB) != 0;
  g_close (fd, NULL);

  return is_alive;
}

/* Tables */

/* One that is being taken back stays at what it came to. */
gboolean
cpt_unit_set_state (CptDatabase   *database,
                    gint64         sequence,
                    CptUnitState   state,
                    GError       **error)
{
  const gint64 numbers[] = { sequence, state };

  return cpt_database_run_numbers (database,
                                   "INSERT INTO unit (sequence, state, reverted) "
                                   "VALUES (?1, ?2, (SELECT ifnull (max (change_id), 0) + 1 FROM log_change)) "
                                   "ON CONFLICT (sequence) DO UPDATE SET state = excluded.state, "
                                   "reverted = excluded.reverted WHERE state = 0",
                                   numbers, G_N_ELEMENTS (numbers), error);
}

gboolean
cpt_unit_set_log_state (CptDatabase  *database,
                        gint64        sequence,
                        CptLogState   state,
                        GError      **error)
{
  const gint64 numbers[] = { sequence, state };

  return cpt_database_run_numbers (database,
                                   "UPDATE log SET state = ?2, n_changes = (SELECT ifnull (sum (n_changes), 0) FROM log "
                                   "WHERE unit = ?1) WHERE sequence = ?1",
                                   numbers, G_N_ELEMENTS (numbers), error);
}

/* Rows of one slice follow those of the one before unless somebody else has
 * made some in between. */
gboolean
cpt_unit_hide (CptDatabase  *database,
               gint64        sequence,
               guint         entity,
               gint64        first_row,
               gint64        last_row,
               GError      **error)
{
  const gint64 numbers[] = { sequence, entity, first_row, last_row };

  if (!cpt_database_run_numbers (database,
                                 "UPDATE hidden SET last_row = ?4 WHERE entity = ?2 AND first_row = "
                                 "(SELECT max (first_row) FROM hidden WHERE entity = ?2 AND first_row < ?3) "
                                 "AND sequence = ?1 AND last_row = ?3 - 1",
                                 numbers, G_N_ELEMENTS (numbers), error))
    return FALSE;

  return cpt_database_get_changes (database) > 0 ||
         cpt_database_run_numbers (database,
                                   "INSERT INTO hidden (sequence, entity, first_row, last_row) VALUES (?, ?, ?, ?)",
                                   numbers, G_N_ELEMENTS (numbers), error);
}

gboolean
cpt_database_is_in_unit (CptDatabase *database)
{
  return database->unit != 0;
}

/* What others did meanwhile */

gboolean
cpt_unit_find_other (CptDatabase  *database,
                     gboolean     *is_there,
                     GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  statement = cpt_database_prepare (database, "SELECT 1 FROM unit WHERE state = ?1 AND sequence <> ?2", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, CPT_UNIT_OPEN);
  cpt_statement_bind_int (statement, 2, database->unit);
  step = cpt_statement_step (statement, error);
  *is_there = step == CPT_STEP_ROW;

  return step != CPT_STEP_ERROR;
}

static gboolean
check_alone (CptDatabase  *database,
             GError      **error)
{
  gboolean is_there;

  if (!cpt_unit_find_other (database, &is_there, error))
    return FALSE;
  if (is_there)
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_BUSY,
                         _("Many records are being changed at the same time. Try again when that is done."));

  return !is_there;
}

GArray *
cpt_unit_list_touched (CptDatabase      *database,
                       const CptEntity  *entity,
                       GError          **error)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_return_val_if_fail (database->unit != 0, NULL);

  if (!check_alone (database, error))
    return NULL;
  statement = cpt_database_prepare (database,
                                    "SELECT DISTINCT c.row_id, ifnull (c.last_row, c.row_id) FROM log_change AS c "
                                    "JOIN log AS l ON l.sequence = c.sequence "
                                    "WHERE c.sequence > ?1 AND c.entity = ?2 AND ifnull (l.unit, 0) <> ?1",
                                    error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, database->unit);
  cpt_statement_bind_int (statement, 2, entity->number);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    for (gint64 row = cpt_statement_get_int (statement, 0); row <= cpt_statement_get_int (statement, 1); row++)
      g_array_append_val (rows, row);

  return step == CPT_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

/* Taking back */

static gboolean
mark_aborted (CptDatabase  *database,
              gpointer      data,
              GError      **error)
{
  gint64 sequence = *(gint64 *) data;

  return cpt_search_index_set_bulk (database, FALSE, error) &&
         cpt_unit_set_log_state (database, sequence, CPT_LOG_DEAD, error) &&
         cpt_unit_set_state (database, sequence, CPT_UNIT_REVERTING, error);
}

gboolean
cpt_unit_take_back (CptDatabase  *database,
                    gint64        sequence,
                    GError      **error)
{
  GCancellable *cancellable = database->cancellable == NULL ? NULL : g_object_ref (database->cancellable);
  gboolean done;

  /* What is cancelled is the work, not its taking back. */
  cpt_database_watch (database, NULL);
  done = cpt_database_transact (database, mark_aborted, &sequence, error) &&
         (database->is_swept || cpt_unit_revert (database, sequence, error));
  cpt_database_watch (database, cancellable);
  g_clear_object (&cancellable);

  return done;
}

static GArray *
list_unfinished (CptDatabase  *database,
                 GError      **error)
{
  g_autoptr(GArray) sequences = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  statement = cpt_database_prepare (database, "SELECT sequence FROM unit WHERE state <> ?", error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, CPT_UNIT_DEAD);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      gint64 sequence = cpt_statement_get_int (statement, 0);

      g_array_append_val (sequences, sequence);
    }

  return step == CPT_STEP_DONE ? g_steal_pointer (&sequences) : NULL;
}

gboolean
cpt_unit_recover (CptDatabase  *database,
                  GError      **error)
{
  g_autoptr(GArray) sequences = list_unfinished (database, error);

  if (sequences == NULL)
    return FALSE;

  for (guint i = 0; i < sequences->len; i++)
    {
      gint64 sequence = g_array_index (sequences, gint64, i);
      g_autofree char *path = cpt_unit_dup_lock_path (database, sequence);
      int lock = cpt_unit_take_lock (path);
      gboolean done;

      if (lock < 0)
        continue;
      done = cpt_unit_take_back (database, sequence, error);
      cpt_unit_drop_lock (lock, path);
      if (!done)
        return FALSE;
    }

  return TRUE;
}
