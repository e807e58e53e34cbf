/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Units: many transactions that are one act.
 *
 *   begin -> OPEN -- finish --> visible: one line in the log
 *              |
 *              +---- abort, or found without its process at the next opening
 *                      |
 *                 REVERTING: what it changed is changed back, in slices
 *                      |
 *                    DEAD: its rows, which nobody ever saw, are removed in slices
 *
 * Rows that a unit creates lie in ranges that every reader but its own
 * connection leaves out (table hidden). Whether a unit's process lives is told
 * by a lock on a file beside the workspace: the kernel gives it up with the
 * process. A slice is one transaction of SQLite over several calls. Slices are
 * not forced to the disk; the line that finishes is, and with it all that was
 * written before it. */

#include "config.h"

#include "cpt-unit-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <time.h>

#include "cpt-database-private.h"
#include "cpt-door-private.h"
#include "cpt-error.h"
#include "cpt-log-private.h"

/* How long a slice holds the file, in microseconds of processor time: little
 * while others write, more and more when nobody did for a while. Long slices
 * are cheaper: what many rows touch is written once. */
#define SLICE_POLITE 10000
#define SLICE_LONG 400000
/* Polite slices in a row without anybody else before they grow */
#define QUIET_SLICES 30
/* Steps that the door takes at once */
#define STEPS_AT_ONCE 250
/* Between two slices, in microseconds: whoever waits looks more often, see
 * cpt_database_open() */
#define GAP 1500

/* Records that are remembered to exist */
#define MAX_LINKS 100000

/* Pages in the write-ahead log between two checkpoints */
#define CHECKPOINT_POLITE 2000
#define CHECKPOINT_LONG 20000

struct _CptUnit
{
  CptDatabase *database;
  CptOrigin origin;
  gint64 sequence;
  int lock; /* descriptor */
  char *lock_path;
  gint64 slice;       /* how long one lasts at present */
  gint64 began;       /* processor time when the open one began */
  gint64 last;        /* the log's sequence when the last one was over */
  guint n_quiet;      /* polite slices without anybody else */
  int n_log_pages;    /* in the write-ahead log after the last slice */
  GHashTable *links;  /* (nullable): records that the open slice found */
  gboolean is_open;   /* whether a slice is: a transaction of SQLite */
  gboolean is_broken; /* a slice was lost: nothing but aborting is left */
  gboolean is_over;
};

/* The lock */

static char *
dup_lock_path (CptDatabase *database,
               gint64       sequence)
{
  return g_strdup_printf ("%s-unit-%" G_GINT64_FORMAT, database->path, sequence);
}

/* -1 when another process holds it, or this one */
static int
take_lock (const char *path)
{
  int fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0)
    return -1;
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;

  g_close (fd, NULL);

  return -1;
}

static void
drop_lock (int         fd,
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
  g_autofree char *path = dup_lock_path (database, sequence);
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
static gboolean
set_state (CptDatabase   *database,
           gint64         sequence,
           CptUnitState   state,
           GError       **error)
{
  g_autoptr(CptStatement) statement = NULL;

  statement = cpt_database_prepare (database,
                                    "INSERT INTO unit (sequence, state, reverted) "
                                    "VALUES (?1, ?2, (SELECT ifnull (max (change_id), 0) + 1 FROM log_change)) "
                                    "ON CONFLICT (sequence) DO UPDATE SET state = excluded.state, "
                                    "reverted = excluded.reverted WHERE state = 0",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, sequence);
  cpt_statement_bind_int (statement, 2, state);

  return cpt_statement_run (statement, error);
}

static gboolean
set_log_state (CptDatabase  *database,
               gint64        sequence,
               CptLogState   state,
               GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;

  statement = cpt_database_prepare (database,
                                    "UPDATE log SET state = ?2, n_changes = (SELECT ifnull (sum (n_changes), 0) FROM log "
                                    "WHERE unit = ?1) WHERE sequence = ?1",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, sequence);
  cpt_statement_bind_int (statement, 2, state);

  return cpt_statement_run (statement, error);
}

static gboolean
run_with_sequence (CptDatabase  *database,
                   const char   *sql,
                   gint64        sequence,
                   GError      **error)
{
  g_autoptr(CptStatement) statement = cpt_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, sequence);

  return cpt_statement_run (statement, error);
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
  g_autoptr(CptStatement) extend = NULL;
  g_autoptr(CptStatement) insert = NULL;

  extend = cpt_database_prepare (database,
                                 "UPDATE hidden SET last_row = ?4 WHERE entity = ?2 AND first_row = "
                                 "(SELECT max (first_row) FROM hidden WHERE entity = ?2 AND first_row < ?3) "
                                 "AND sequence = ?1 AND last_row = ?3 - 1",
                                 error);
  if (extend == NULL)
    return FALSE;

  cpt_statement_bind_int (extend, 1, sequence);
  cpt_statement_bind_int (extend, 2, entity);
  cpt_statement_bind_int (extend, 3, first_row);
  cpt_statement_bind_int (extend, 4, last_row);
  if (!cpt_statement_run (extend, error))
    return FALSE;
  if (cpt_database_get_changes (database) > 0)
    return TRUE;

  insert = cpt_database_prepare (database,
                                 "INSERT INTO hidden (sequence, entity, first_row, last_row) VALUES (?, ?, ?, ?)", error);
  if (insert == NULL)
    return FALSE;

  cpt_statement_bind_int (insert, 1, sequence);
  cpt_statement_bind_int (insert, 2, entity);
  cpt_statement_bind_int (insert, 3, first_row);
  cpt_statement_bind_int (insert, 4, last_row);

  return cpt_statement_run (insert, error);
}

/* Beginning */

typedef struct
{
  CptUnit *unit;
  const char *label;
} Beginning;

static gboolean
begin (CptDatabase  *database,
       gpointer      data,
       GError      **error)
{
  Beginning *beginning = data;
  CptUnit *self = beginning->unit;
  CptLogHead head = { .origin = self->origin, .state = CPT_LOG_OPEN, .label = beginning->label };

  if (!cpt_log_begin (database, &head, &self->sequence, error) ||
      !set_state (database, self->sequence, CPT_UNIT_OPEN, error))
    return FALSE;

  /* Before anybody can see the unit and find it without an owner */
  self->lock_path = dup_lock_path (database, self->sequence);
  self->lock = take_lock (self->lock_path);
  if (self->lock < 0)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_IO,
                           _("No file could be created in the workspace’s folder. Check its permissions and the free space."));
      return FALSE;
    }

  return TRUE;
}

/* Slices need not be forced to the disk: a unit that is not finished is taken
 * back after a crash. Checkpoints are made between slices, where they keep
 * nobody waiting. */
static void
set_speed (CptDatabase *database,
           gboolean     is_bulk)
{
  cpt_database_exec (database, is_bulk ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL", NULL);
  if (!is_bulk)
    cpt_database_exec (database, "PRAGMA wal_autocheckpoint = 4000", NULL);
  cpt_database_exec (database, is_bulk ? "PRAGMA cache_size = -80000" : "PRAGMA cache_size = -16000", NULL);
}

static int
note_log_pages (void       *data,
                sqlite3    *handle,
                const char *name,
                int         n_pages)
{
  CptUnit *self = data;

  self->n_log_pages = n_pages;

  return SQLITE_OK;
}

CptUnit *
cpt_unit_begin (CptDatabase  *database,
                CptOrigin     origin,
                const char   *label,
                GError      **error)
{
  CptUnit *self = g_new0 (CptUnit, 1);
  Beginning beginning = { self, label };

  g_return_val_if_fail (database->unit == 0, NULL);

  self->database = database;
  self->origin = origin;
  self->lock = -1;
  self->slice = SLICE_POLITE;
  if (!cpt_database_transact (database, begin, &beginning, error))
    {
      if (self->lock_path != NULL)
        drop_lock (self->lock, self->lock_path);
      g_free (self->lock_path);
      g_free (self);
      return NULL;
    }

  database->unit = self->sequence;
  self->last = self->sequence;
  cpt_database_forget (database);
  set_speed (database, TRUE);
  sqlite3_wal_hook (database->handle, note_log_pages, self);

  return self;
}

static void
leave (CptUnit *self)
{
  self->is_over = TRUE;
  self->database->unit = 0;
  cpt_database_forget (self->database);
  set_speed (self->database, FALSE);
  drop_lock (self->lock, self->lock_path);
  self->lock = -1;
}

/* Slices */

/* A checkpoint moves pages from the log into the file: without it the log
 * grows with every slice. Passive ones wait for nobody and stop nobody. */
static void
checkpoint (CptUnit *self)
{
  if (self->n_log_pages < (self->slice == SLICE_POLITE ? CHECKPOINT_POLITE : CHECKPOINT_LONG))
    return;

  sqlite3_wal_checkpoint_v2 (self->database->handle, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  self->n_log_pages = 0;
}

/* Brings the log to the disk while nobody is kept waiting: the next one who
 * commits has to wait for all of it. */
static void
flush_log (CptUnit *self)
{
  sqlite3_file *file = NULL;

  if (sqlite3_file_control (self->database->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file) == SQLITE_OK &&
      file != NULL && file->pMethods != NULL)
    file->pMethods->xSync (file, SQLITE_SYNC_NORMAL);
}

static gint64
get_processor_time (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* The database's sequence is that of the transaction's beginning: somebody
 * else's when it is not the unit's own last one. */
static void
choose_slice (CptUnit *self)
{
  if (self->database->sequence != self->last)
    {
      self->slice = SLICE_POLITE;
      self->n_quiet = 0;
    }
  else if (++self->n_quiet > QUIET_SLICES)
    self->slice = MIN (self->slice * 3 / 2, SLICE_LONG);
}

/* What was found in the slice before is still there when nobody wrote since. */
static void
keep_links (CptUnit *self)
{
  if (self->links != NULL && self->n_quiet > 0 && g_hash_table_size (self->links) < MAX_LINKS)
    return;

  g_clear_pointer (&self->links, g_hash_table_unref);
  self->links = cpt_door_create_links ();
}

static gboolean
open_slice (CptUnit  *self,
            GError  **error)
{
  if (self->is_open)
    return TRUE;
  if (!cpt_database_begin (self->database, error))
    return FALSE;

  self->is_open = TRUE;
  self->began = get_processor_time ();
  choose_slice (self);
  keep_links (self);

  return TRUE;
}

static gboolean
close_slice (CptUnit  *self,
             GError  **error)
{
  if (!self->is_open)
    return TRUE;

  self->is_open = FALSE;
  self->is_broken = !cpt_database_end (self->database, TRUE, error);

  return !self->is_broken;
}

static void
lose_slice (CptUnit *self)
{
  if (!self->is_open)
    return;

  self->is_open = FALSE;
  self->is_broken = TRUE;
  cpt_database_end (self->database, FALSE, NULL);
}

static void
rest (CptUnit *self)
{
  if (self->slice == SLICE_POLITE)
    flush_log (self);
  checkpoint (self);
  g_usleep (GAP);
}

static void
add_commit (CptCommit     *total,
            const CptDoor *door)
{
  if (door->sequence != 0)
    total->sequence = door->sequence;
  total->n_created += door->n_created;
  total->n_updated += door->n_updated;
  total->n_deleted += door->n_deleted;
}

static void
take_problems (GPtrArray *to,
               GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_ptr_array_index (from, i));
  g_ptr_array_set_free_func (from, NULL);
}

static gboolean
commit_steps (CptUnit         *self,
              CptTransaction  *transaction,
              guint            first,
              guint            n_steps,
              CptCommit       *total,
              GPtrArray       *problems,
              GError         **error)
{
  CptDoor door;
  gboolean done;

  if (!open_slice (self, error))
    return FALSE;

  cpt_door_init (&door, self->database, transaction);
  door.unit = self->sequence;
  g_hash_table_unref (door.links);
  door.links = g_hash_table_ref (self->links);
  door.first_step = first;
  door.n_steps = n_steps;
  done = cpt_door_run (&door, error);
  if (done)
    {
      cpt_door_report (&door, NULL);
      add_commit (total, &door);
      take_problems (problems, door.problems);
      if (door.sequence != 0)
        self->last = door.sequence;
    }
  cpt_door_clear (&door);

  if (!done)
    lose_slice (self);

  return done;
}

static gboolean
check_unbroken (CptUnit  *self,
                GError  **error)
{
  if (!self->is_broken)
    return TRUE;

  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_IO, _("Part of this could not be saved. Nothing of it is kept."));

  return FALSE;
}

gboolean
cpt_unit_commit (CptUnit         *self,
                 CptTransaction  *transaction,
                 CptCommit       *commit,
                 GPtrArray      **problems,
                 GError         **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_problem_free);
  guint length = cpt_transaction_get_length (transaction);
  CptCommit total = { 0 };

  g_return_val_if_fail (!self->is_over, FALSE);

  if (!check_unbroken (self, error))
    return FALSE;

  for (guint first = 0; first < length;)
    {
      guint n_steps = MIN (STEPS_AT_ONCE, length - first);

      if (!commit_steps (self, transaction, first, n_steps, &total, found, error))
        return FALSE;
      first += n_steps;
      /* Nobody knows when the next call comes: while others write, they are
       * not kept waiting for it. */
      if (get_processor_time () - self->began < self->slice && !(self->slice == SLICE_POLITE && first == length))
        continue;
      if (!close_slice (self, error))
        return FALSE;
      rest (self);
    }

  if (commit != NULL)
    *commit = total;
  if (problems != NULL)
    *problems = g_steal_pointer (&found);

  return TRUE;
}

/* Ending */

static gboolean
finish (CptDatabase  *database,
        gpointer      data,
        GError      **error)
{
  CptUnit *self = data;
  CptLogHead head = { .origin = self->origin, .state = CPT_LOG_FINISH, .unit = self->sequence };
  gint64 sequence;

  return cpt_log_begin (database, &head, &sequence, error) &&
         set_log_state (database, self->sequence, CPT_LOG_DONE, error) &&
         run_with_sequence (database, "DELETE FROM hidden WHERE sequence = ?", self->sequence, error) &&
         run_with_sequence (database, "DELETE FROM unit WHERE sequence = ?", self->sequence, error);
}

gboolean
cpt_unit_finish (CptUnit  *self,
                 gint64   *sequence,
                 GError  **error)
{
  g_return_val_if_fail (!self->is_over, FALSE);

  if (!check_unbroken (self, error) || !close_slice (self, error))
    return FALSE;

  set_speed (self->database, FALSE);
  if (!cpt_database_transact (self->database, finish, self, error))
    return FALSE;

  if (sequence != NULL)
    *sequence = self->sequence;
  leave (self);

  return TRUE;
}

static gboolean
mark_aborted (CptDatabase  *database,
              gpointer      data,
              GError      **error)
{
  gint64 sequence = *(gint64 *) data;

  return set_log_state (database, sequence, CPT_LOG_DEAD, error) &&
         set_state (database, sequence, CPT_UNIT_REVERTING, error);
}

static gboolean
abort_unit (CptDatabase  *database,
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

gboolean
cpt_unit_abort (CptUnit  *self,
                GError  **error)
{
  gboolean done;

  g_return_val_if_fail (!self->is_over, FALSE);

  lose_slice (self);
  self->database->unit = 0;
  cpt_database_forget (self->database);
  done = abort_unit (self->database, self->sequence, error);
  leave (self);

  return done;
}

void
cpt_unit_free (CptUnit *self)
{
  if (self == NULL)
    return;

  if (!self->is_over)
    cpt_unit_abort (self, NULL);
  g_clear_pointer (&self->links, g_hash_table_unref);
  g_free (self->lock_path);
  g_free (self);
}

/* Recovery */

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
      g_autofree char *path = dup_lock_path (database, sequence);
      int lock = take_lock (path);
      gboolean done;

      if (lock < 0)
        continue;
      done = abort_unit (database, sequence, error);
      drop_lock (lock, path);
      if (!done)
        return FALSE;
    }

  return TRUE;
}
