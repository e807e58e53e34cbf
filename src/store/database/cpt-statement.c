/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compiled statements, and the one place that begins and ends transactions.
 *
 * Statements are kept by their text. One that is in use when it is asked for
 * again is compiled a second time and not kept, so that a recursion needs no
 * care. Failed binds stick and are reported by the next step. */

#include "config.h"

#include "cpt-statement.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-database-private.h"
#include "cpt-error.h"
#include "cpt-turn-private.h"

#define MAX_CACHED 400

/* The reason is kept with the file that could not be written: errno itself has
 * been overwritten meanwhile. */
static gboolean
is_out_of_space (CptDatabase *self,
                 int          which)
{
  sqlite3_file *file = NULL;
  int reason = 0;

  if (sqlite3_file_control (self->handle, "main", which, &file) != SQLITE_OK || file == NULL || file->pMethods == NULL ||
      file->pMethods->xFileControl (file, SQLITE_FCNTL_LAST_ERRNO, &reason) != SQLITE_OK)
    return FALSE;

  return reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
}

static CptError
translate_result (CptDatabase *self,
                  int          result)
{
  switch (result & 0xff)
    {
    case SQLITE_FULL:
      return CPT_ERROR_FULL;

    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return CPT_ERROR_BUSY;

    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      return CPT_ERROR_DAMAGED;

    case SQLITE_ERROR:
      /* What is left of a damaged file may lack tables. */
      return self->is_damaged ? CPT_ERROR_DAMAGED : CPT_ERROR_IO;

    case SQLITE_READONLY:
    case SQLITE_PERM:
      return CPT_ERROR_READ_ONLY;

    case SQLITE_TOOBIG:
      return CPT_ERROR_LIMIT;

    case SQLITE_IOERR:
      return is_out_of_space (self, SQLITE_FCNTL_FILE_POINTER) || is_out_of_space (self, SQLITE_FCNTL_JOURNAL_POINTER)
               ? CPT_ERROR_FULL
               : CPT_ERROR_IO;

    default:
      return CPT_ERROR_IO;
    }
}

static void
set_message (CptError     code,
             const char  *detail,
             GError     **error)
{
  switch (code)
    {
    case CPT_ERROR_FULL:
      g_set_error_literal (error, CPT_ERROR, code,
                           _("The disk is full: nothing was saved. Free some space and try again."));
      break;

    case CPT_ERROR_BUSY:
      g_set_error_literal (error, CPT_ERROR, code,
                           _("Another program is writing to this workspace. Try again in a moment."));
      break;

    case CPT_ERROR_DAMAGED:
      g_set_error_literal (error, CPT_ERROR, code,
                           _("The workspace file is damaged. Open it read-only and export what is left, or restore a copy."));
      break;

    case CPT_ERROR_READ_ONLY:
      g_set_error_literal (error, CPT_ERROR, code,
                           _("This workspace can’t be changed: its file or its folder is read-only."));
      break;

    case CPT_ERROR_LIMIT:
      g_set_error_literal (error, CPT_ERROR, code, _("This is too large to be stored in one record."));
      break;

    default:
      /* Translators: the end is a technical message in English */
      g_set_error (error, CPT_ERROR, code, _("The workspace could not be read or written: %s"), detail);
    }
}

/* A file that showed damage is written to no more, by any connection of the
 * store: what is written to it may be lost, or destroy more. */
static void
note_damage (CptDatabase *self,
             int          result)
{
  if ((result & 0xff) == SQLITE_CORRUPT || (result & 0xff) == SQLITE_NOTADB)
    g_atomic_int_set (self->damage, TRUE);
}

gboolean
cpt_database_set_error (CptDatabase  *self,
                        int           result,
                        GError      **error)
{
  note_damage (self, result);
  if ((result & 0xff) == SQLITE_INTERRUPT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The operation was cancelled."));
  else
    set_message (translate_result (self, result), sqlite3_errstr (result), error);

  return FALSE;
}

/* The cache */

static void
statement_free (CptStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self);
}

GHashTable *
cpt_statement_cache_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) statement_free);
}

static gboolean
is_idle (gpointer key,
         gpointer value,
         gpointer user_data)
{
  return !((CptStatement *) value)->in_use;
}

CptStatement *
cpt_database_prepare (CptDatabase  *self,
                      const char   *sql,
                      GError      **error)
{
  CptStatement *statement = g_hash_table_lookup (self->statements, sql);
  gboolean is_cached = statement == NULL;
  sqlite3_stmt *handle = NULL;
  int result;

  if (statement != NULL && !statement->in_use)
    {
      statement->in_use = TRUE;
      return statement;
    }

  result = sqlite3_prepare_v3 (self->handle, sql, -1, is_cached ? SQLITE_PREPARE_PERSISTENT : 0, &handle, NULL);
  if (result != SQLITE_OK)
    {
      cpt_database_set_error (self, result, error);
      return NULL;
    }

  statement = g_new0 (CptStatement, 1);
  statement->database = self;
  statement->handle = handle;
  statement->in_use = TRUE;
  statement->is_cached = is_cached;
  if (is_cached)
    {
      if (g_hash_table_size (self->statements) >= MAX_CACHED)
        g_hash_table_foreach_remove (self->statements, is_idle, NULL);
      g_hash_table_insert (self->statements, (char *) sqlite3_sql (handle), statement);
    }

  return statement;
}

void
cpt_statement_release (CptStatement *self)
{
  if (!self->is_cached)
    {
      statement_free (self);
      return;
    }

  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->bind_result = SQLITE_OK;
  self->in_use = FALSE;
}

/* Running */

CptStep
cpt_statement_step (CptStatement  *self,
                    GError       **error)
{
  int result = self->bind_result;

  if (result == SQLITE_OK)
    result = sqlite3_step (self->handle);

  if (result == SQLITE_ROW)
    return CPT_STEP_ROW;
  if (result == SQLITE_DONE)
    return CPT_STEP_DONE;

  /* What a bind left is worth more than what resetting would say */
  cpt_database_set_error (self->database, result, error);

  return CPT_STEP_ERROR;
}

gboolean
cpt_statement_run (CptStatement  *self,
                   GError       **error)
{
  CptStep step = cpt_statement_step (self, error);

  cpt_statement_reset (self);

  return step != CPT_STEP_ERROR;
}

gboolean
cpt_database_run_numbers (CptDatabase   *self,
                          const char    *sql,
                          const gint64  *numbers,
                          guint          n_numbers,
                          GError       **error)
{
  g_autoptr(CptStatement) statement = cpt_database_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < n_numbers; i++)
    cpt_statement_bind_int (statement, (int) i + 1, numbers[i]);

  return cpt_statement_run (statement, error);
}

void
cpt_statement_reset (CptStatement *self)
{
  sqlite3_reset (self->handle);
  self->bind_result = SQLITE_OK;
}

gboolean
cpt_database_exec (CptDatabase  *self,
                   const char   *sql,
                   GError      **error)
{
  int result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  return result == SQLITE_OK || cpt_database_set_error (self, result, error);
}

/* Short, and not to be stopped: an interrupted COMMIT may have committed or
 * rolled back, and SQLite does not say which. */
static int
run_unwatched (CptDatabase *self,
               const char  *sql)
{
  int result;

  sqlite3_progress_handler (self->handle, 0, NULL, NULL);
  result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (self->cancellable != NULL)
    cpt_database_watch (self, self->cancellable);

  return result;
}

static gboolean
check_writable (CptDatabase  *self,
                GError      **error)
{
  if (!self->read_only && !g_atomic_int_get (self->damage))
    return TRUE;

  set_message (self->read_only ? CPT_ERROR_READ_ONLY : CPT_ERROR_DAMAGED, NULL, error);

  return FALSE;
}

static gboolean
commit (CptDatabase  *self,
        GError      **error)
{
  int result;

  if (!check_writable (self, error))
    return FALSE;

  result = run_unwatched (self, "COMMIT");

  return result == SQLITE_OK || cpt_database_set_error (self, result, error);
}

/* SQLite may have done so itself. Whoever cancelled did not cancel this. */
static void
roll_back (CptDatabase *self)
{
  cpt_database_forget (self);
  if (sqlite3_get_autocommit (self->handle))
    return;

  run_unwatched (self, "ROLLBACK");
}

/* Whoever was asked to hurry may take his time again. */
static gboolean
begin (CptDatabase  *self,
       gboolean      is_write,
       GError      **error)
{
  gboolean done = cpt_database_exec (self, is_write ? "BEGIN IMMEDIATE" : "BEGIN", error);

  cpt_turn_end (&self->turn);

  return done && cpt_database_refresh (self, error);
}

/* The end of a read has nothing to lose. */
static gboolean
run_between (CptDatabase      *self,
             gboolean          is_write,
             CptDatabaseFunc   func,
             gpointer          data,
             GError          **error)
{
  gboolean done;

  if (self->depth > 0)
    return func (self, data, error);

  self->depth++;
  done = begin (self, is_write, error) &&
         func (self, data, error) &&
         (!is_write || commit (self, error));
  self->depth--;
  if (!is_write)
    cpt_database_exec (self, "COMMIT", NULL);
  if (!done || !sqlite3_get_autocommit (self->handle))
    roll_back (self);

  return done;
}

gboolean
cpt_database_begin (CptDatabase  *self,
                    GError      **error)
{
  g_return_val_if_fail (self->depth == 0, FALSE);

  if (!check_writable (self, error))
    return FALSE;

  self->depth++;
  if (begin (self, TRUE, error))
    return TRUE;

  self->depth--;
  roll_back (self);

  return FALSE;
}

gboolean
cpt_database_end (CptDatabase  *self,
                  gboolean      is_kept,
                  GError      **error)
{
  gboolean done = !is_kept || commit (self, error);

  self->depth--;
  if (!done || !is_kept)
    roll_back (self);

  return done;
}

gboolean
cpt_database_transact (CptDatabase      *self,
                       CptDatabaseFunc   func,
                       gpointer          data,
                       GError          **error)
{
  if (!check_writable (self, error))
    return FALSE;

  return run_between (self, TRUE, func, data, error);
}

gboolean
cpt_database_snapshot (CptDatabase      *self,
                       CptDatabaseFunc   func,
                       gpointer          data,
                       GError          **error)
{
  return run_between (self, FALSE, func, data, error);
}

gint64
cpt_database_get_last_row (CptDatabase *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

int
cpt_database_get_changes (CptDatabase *self)
{
  return sqlite3_changes (self->handle);
}

gboolean
cpt_database_get_number (CptDatabase  *self,
                         const char   *sql,
                         gint64        fallback,
                         gint64       *number,
                         GError      **error)
{
  g_autoptr(CptStatement) statement = cpt_database_prepare (self, sql, error);
  CptStep step;

  if (statement == NULL)
    return FALSE;

  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ERROR)
    return FALSE;

  *number = step == CPT_STEP_DONE || cpt_statement_is_null (statement, 0) ? fallback : cpt_statement_get_int (statement, 0);

  return TRUE;
}
