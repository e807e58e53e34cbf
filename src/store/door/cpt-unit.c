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

#include <glib/gi18n-lib.h>
#include <time.h>

#include "cpt-computed-private.h"
#include "cpt-database-private.h"
#include "cpt-door-private.h"
#include "cpt-error.h"
#include "cpt-late-index-private.h"
#include "cpt-log-private.h"
#include "cpt-search-index-private.h"
#include "cpt-turn-private.h"
#include "cpt-wal-flush-private.h"

/* How long a slice holds the file, in microseconds of processor time: little
 * while others write, more and more when nobody did for a while. Long slices
 * are cheaper: what many rows touch is written once. One who comes meanwhile
 * waits for the end of the step and the commit alone. */
#define SLICE_POLITE 10000
/* Polite slices in a row without anybody else before they grow */
#define QUIET_SLICES 30
/* Steps that the door takes at once, while others write and when nobody does */
#define STEPS_POLITE 100
#define STEPS_LONG 250
/* Pages of the search index that are merged after a slice, likewise, and how
 * often after the last one */
#define MERGED_POLITE 32
#define MERGED_LONG 64
#define MERGES_AT_END 100
/* Records that make it worth to index them at the end, and as many as any file has */
#define MIN_TO_INDEX_LATER 20000
#define MAX_EXPECTED 1000000000
/* How often the indexes that were left out are tried to be made at the end */
#define INDEX_TRIES 3
/* Between two slices, in microseconds: whoever waits looks more often, see
 * cpt_database_open() */
#define GAP 1500

/* Records that are remembered to exist */
#define MAX_LINKS 100000

/* Like CPT_CACHE_SIZE */
#define BULK_CACHE_SIZE "-80000"

/* Pages in the write-ahead log between two checkpoints */
#define CHECKPOINT_POLITE 2000

/* What is done while nobody else writes. An import goes on for minutes in which
 * others work; what changes records that are there takes seconds, and touches
 * the same pages of indexes again and again. */
typedef struct
{
  gint64 slice;       /* how long one may get, in microseconds of processor time */
  gint64 commit_time; /* likewise; the first one who comes may have to wait for it */
  int checkpoint;     /* pages in the write-ahead log between two checkpoints */
} Pace;

static const Pace import_pace = { 100000, 15000, 3500 };
static const Pace change_pace = { 400000, 50000, 12000 };

struct _CptUnit
{
  CptDatabase *database;
  CptOrigin origin;
  gint64 sequence;
  gint64 undoes; /* the act that it takes back, or 0 */
  int lock;      /* descriptor */
  char *lock_path;
  const Pace *pace;
  gint64 slice;       /* how long one lasts at present */
  gint64 began;       /* processor time when the open one began */
  gint64 limit;       /* how long one may last so that its commit does not take long */
  gint64 last;        /* the log's sequence when the last one was over */
  guint n_quiet;      /* polite slices without anybody else */
  GHashTable *links;  /* (nullable): records that the open slice found */
  int watch;          /* whether somebody waits for the file: see cpt_turn_watch() */
  int log;            /* of cpt_wal_flush_open() */
  gboolean is_late;   /* indexes were left out */
  gboolean is_shared; /* somebody else wrote since it began */
  gboolean is_open;   /* whether a slice is: a transaction of SQLite */
  gboolean is_broken; /* a slice was lost: nothing but aborting is left */
  gboolean is_over;
};

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
  CptLogHead head = { .origin = self->origin, .state = CPT_LOG_OPEN, .label = beginning->label, .undoes = self->undoes };

  if (!cpt_log_begin (database, &head, &self->sequence, error) ||
      !cpt_unit_set_state (database, self->sequence, CPT_UNIT_OPEN, error) ||
      !cpt_search_index_set_bulk (database, TRUE, error))
    return FALSE;

  /* Before anybody can see the unit and find it without an owner */
  self->lock_path = cpt_unit_dup_lock_path (database, self->sequence);
  self->lock = cpt_unit_take_lock (self->lock_path);
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
  cpt_database_exec (database, is_bulk ? "PRAGMA cache_size = " BULK_CACHE_SIZE : "PRAGMA cache_size = " CPT_CACHE_SIZE, NULL);
}

CptUnit *
cpt_unit_begin (CptDatabase  *database,
                CptOrigin     origin,
                const char   *label,
                GError      **error)
{
  return cpt_unit_begin_undo (database, origin, label, 0, error);
}

CptUnit *
cpt_unit_begin_undo (CptDatabase  *database,
                     CptOrigin     origin,
                     const char   *label,
                     gint64        undoes,
                     GError      **error)
{
  CptUnit *self = g_new0 (CptUnit, 1);
  Beginning beginning = { self, label };

  g_return_val_if_fail (database->unit == 0, NULL);

  self->database = database;
  self->origin = origin;
  self->undoes = undoes;
  self->lock = -1;
  self->slice = SLICE_POLITE;
  self->pace = origin == CPT_ORIGIN_IMPORT ? &import_pace : &change_pace;
  self->limit = self->pace->slice;
  self->watch = cpt_turn_watch (database->path);
  self->log = -1;
  if (!cpt_database_transact (database, begin, &beginning, error))
    {
      if (self->lock_path != NULL)
        cpt_unit_drop_lock (self->lock, self->lock_path);
      cpt_turn_end (&self->watch);
      g_free (self->lock_path);
      g_free (self);
      return NULL;
    }

  database->unit = self->sequence;
  self->last = self->sequence;
  cpt_database_forget (database);
  set_speed (database, TRUE);
  self->log = cpt_wal_flush_open (database->path);

  return self;
}

static void
leave (CptUnit *self)
{
  self->is_over = TRUE;
  self->database->unit = 0;
  cpt_database_forget (self->database);
  set_speed (self->database, FALSE);
  cpt_unit_drop_lock (self->lock, self->lock_path);
  cpt_database_checkpoint (self->database, CHECKPOINT_POLITE);
  self->lock = -1;
  cpt_turn_end (&self->watch);
  cpt_wal_flush_end (&self->log);
}

/* Slices */

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
      self->is_shared = TRUE;
    }
  else if (++self->n_quiet > QUIET_SLICES)
    self->slice = MIN (self->slice * 3 / 2, self->limit);
}

/* The more pages a slice has changed, the longer is its commit, which nothing
 * can stop. */
static void
adapt_limit (CptUnit *self,
             gint64   commit_time)
{
  if (commit_time > self->pace->commit_time)
    self->limit = MAX (self->slice * self->pace->commit_time / commit_time, SLICE_POLITE);
  else
    self->limit = MIN (self->limit * 9 / 8, self->pace->slice);
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

gboolean
cpt_unit_open_slice (CptUnit  *self,
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

gboolean
cpt_unit_follows (CptUnit *self,
                  gint64   sequence)
{
  return self->sequence == sequence + 1 && !self->is_shared;
}

static gboolean
close_slice (CptUnit  *self,
             GError  **error)
{
  gint64 begun;

  if (!self->is_open)
    return TRUE;

  self->is_open = FALSE;
  begun = get_processor_time ();
  self->is_broken = !cpt_database_end (self->database, TRUE, error);
  adapt_limit (self, get_processor_time () - begun);

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
  gboolean is_asked = cpt_turn_is_asked (self->watch);

  if (self->slice == SLICE_POLITE)
    flush_log (self);
  else
    cpt_wal_flush_start (self->log);
  cpt_database_checkpoint (self->database, self->slice == SLICE_POLITE ? CHECKPOINT_POLITE : self->pace->checkpoint);
  if (is_asked || self->slice == SLICE_POLITE)
    g_usleep (GAP);
}

typedef struct
{
  guint n_pages;
  gboolean is_done;
} Merge;

static gboolean
merge (CptDatabase  *database,
       gpointer      data,
       GError      **error)
{
  Merge *self = data;

  return cpt_search_index_merge (database, self->n_pages, &self->is_done, error);
}

/* What the slice has added to the search index is made one with what was there,
 * some of it each time: too many parts would make searching slow. */
static gboolean
merge_words (CptUnit  *self,
             GError  **error)
{
  Merge step = { .n_pages = self->slice == SLICE_POLITE ? MERGED_POLITE : MERGED_LONG };

  return cpt_database_transact (self->database, merge, &step, error);
}

/* What is left after that is for the store's quiet moments. */
static gboolean
merge_rest (CptUnit  *self,
            GError  **error)
{
  Merge step = { .n_pages = MERGED_LONG };

  for (guint i = 0; i < MERGES_AT_END && !step.is_done; i++)
    {
      if (!cpt_database_transact (self->database, merge, &step, error))
        return FALSE;
      rest (self);
    }

  return step.is_done || cpt_late_index_note_search (self->database, error);
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

  if (!cpt_unit_open_slice (self, error))
    return FALSE;

  cpt_door_init (&door, self->database, transaction);
  door.unit = self->sequence;
  door.is_exact = self->undoes != 0;
  door.is_partial = self->undoes != 0;
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

/* Ends the slice when its time is over or somebody waits. Nobody knows when the
 * next call comes: while others write, they are not kept waiting for it. */
static gboolean
give_way (CptUnit   *self,
          gboolean   is_last,
          GError   **error)
{
  if (get_processor_time () - self->began < self->slice && !(self->slice == SLICE_POLITE && is_last) &&
      !cpt_turn_is_asked (self->watch))
    return TRUE;

  if (!close_slice (self, error))
    return FALSE;
  rest (self);
  if (!merge_words (self, error))
    return FALSE;
  if (cpt_turn_is_asked (self->watch))
    g_usleep (GAP);

  return TRUE;
}

guint
cpt_unit_get_n_steps (CptUnit *self)
{
  return self->slice == SLICE_POLITE ? STEPS_POLITE : STEPS_LONG;
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

  /* A slice may be open for what was only read. */
  if (length == 0 && self->is_open && !give_way (self, TRUE, error))
    return FALSE;

  for (guint first = 0; first < length;)
    {
      guint n_steps = self->undoes != 0 ? length : MIN (cpt_unit_get_n_steps (self), length - first);

      if (!commit_steps (self, transaction, first, n_steps, &total, found, error))
        return FALSE;
      first += n_steps;
      if (!give_way (self, first == length, error))
        return FALSE;
    }

  if (commit != NULL)
    *commit = total;
  if (problems != NULL)
    *problems = g_steal_pointer (&found);

  return TRUE;
}

/* Indexes */

typedef struct
{
  const CptEntity *entity;
  const CptField *const *kept;
  guint64 n_records;
  gboolean is_dropped;
} Dropping;

static gboolean
drop_indexes (CptDatabase  *database,
              gpointer      data,
              GError      **error)
{
  Dropping *dropping = data;
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM (SELECT 1 FROM \"%s\" LIMIT %" G_GUINT64_FORMAT ")",
                                          dropping->entity->name, dropping->n_records);
  gint64 n_present;

  if (!cpt_database_get_number (database, sql, 0, &n_present, error))
    return FALSE;

  dropping->is_dropped = n_present < (gint64) dropping->n_records;

  return !dropping->is_dropped || cpt_late_index_drop (database, dropping->entity, dropping->kept, error);
}

gboolean
cpt_unit_leave_out_indexes (CptUnit                *self,
                            const CptEntity        *entity,
                            const CptField *const  *kept,
                            guint64                 n_records,
                            GError                **error)
{
  Dropping dropping = { .entity = entity, .kept = kept, .n_records = MIN (n_records, MAX_EXPECTED) };
  gboolean done;

  g_return_val_if_fail (!self->is_over && !self->is_open, FALSE);

  if (n_records < MIN_TO_INDEX_LATER)
    return TRUE;

  done = cpt_database_transact (self->database, drop_indexes, &dropping, error);
  self->is_late = done && dropping.is_dropped;

  return done;
}

/* Where others keep coming in between, the store makes them in a quiet moment. */
static gboolean
build_indexes (CptUnit  *self,
               GError  **error)
{
  gboolean is_done = !self->is_late;

  for (guint i = 0; i < INDEX_TRIES && !is_done; i++)
    {
      if (!cpt_late_index_build (self->database, NULL, NULL, &is_done, error))
        return FALSE;
      rest (self);
    }

  return TRUE;
}

gboolean
cpt_unit_read_fields (CptUnit  *self,
                      GError  **error)
{
  g_return_val_if_fail (!self->is_over, FALSE);

  if (!check_unbroken (self, error) || !close_slice (self, error))
    return FALSE;

  cpt_database_forget (self->database);

  return cpt_database_refresh (self->database, error);
}

/* Ending */

typedef struct
{
  CptUnit *unit;
  CptUnitFinishFunc func; /* (nullable) */
  gpointer data;
} Finishing;

/* Others have read the fields while those of the unit were hidden: they are to
 * read them again. */
static gboolean
announce_fields (CptDatabase  *database,
                 gint64        unit,
                 gint64        sequence,
                 GError      **error)
{
  g_autofree char *last = cpt_database_dup_setting (database, CPT_SETTING_CUSTOM);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, sequence);

  if (last == NULL || g_ascii_strtoll (last, NULL, 10) < unit)
    return TRUE;

  return cpt_database_store_setting (database, CPT_SETTING_CUSTOM, text, error);
}

static gboolean
finish (CptDatabase  *database,
        gpointer      data,
        GError      **error)
{
  Finishing *finishing = data;
  CptUnit *self = finishing->unit;
  CptLogHead head = { .origin = self->origin, .state = CPT_LOG_FINISH, .unit = self->sequence };
  gint64 sequence;

  return cpt_log_begin (database, &head, &sequence, error) &&
         announce_fields (database, self->sequence, sequence, error) &&
         cpt_search_index_set_bulk (database, FALSE, error) &&
         cpt_unit_set_log_state (database, self->sequence, CPT_LOG_DONE, error) &&
         cpt_computed_queue_release (database, self->sequence, error) &&
         cpt_database_run_numbers (database, "DELETE FROM hidden WHERE sequence = ?", &self->sequence, 1, error) &&
         cpt_database_run_numbers (database, "DELETE FROM unit WHERE sequence = ?", &self->sequence, 1, error) &&
         (finishing->func == NULL || finishing->func (database, self->sequence, sequence, finishing->data, error));
}

gboolean
cpt_unit_finish (CptUnit  *self,
                 gint64   *sequence,
                 GError  **error)
{
  return cpt_unit_finish_with (self, NULL, NULL, sequence, error);
}

gboolean
cpt_unit_finish_with (CptUnit            *self,
                      CptUnitFinishFunc   func,
                      gpointer            data,
                      gint64             *sequence,
                      GError            **error)
{
  Finishing finishing = { self, func, data };

  g_return_val_if_fail (!self->is_over, FALSE);

  if (!check_unbroken (self, error) || !close_slice (self, error) || !build_indexes (self, error) || !merge_rest (self, error))
    return FALSE;

  set_speed (self->database, FALSE);
  if (!cpt_database_transact (self->database, finish, &finishing, error))
    return FALSE;

  if (sequence != NULL)
    *sequence = self->sequence;
  leave (self);

  return TRUE;
}

gboolean
cpt_unit_abort (CptUnit  *self,
                GError  **error)
{
  gboolean done;

  g_return_val_if_fail (!self->is_over, FALSE);

  lose_slice (self);
  self->database->unit = 0;
  self->database->custom_sequence = CPT_SEQUENCE_UNKNOWN;
  cpt_database_forget (self->database);
  done = cpt_unit_take_back (self->database, self->sequence, error);
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
