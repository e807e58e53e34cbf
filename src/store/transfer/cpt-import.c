/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs an import. A thread reads and converts (cpt-import-reader.c), this one
 * writes in slices that are short enough for other writers to get between:
 *
 *   batch -> rows -> slice -> unit            (stored)
 *                |        \-> imagined        (of a dry run, see cpt-door-trial.c)
 *                \-> rejects                  (kept for the person)
 *
 * The unit makes it one act: visible at once when it is finished, gone when it
 * is cancelled or the process dies. A dry run goes the same way, but that what
 * it would store is only imagined: so it tells what the import will do. Rejected rows wait for the slice at hand, in
 * which the door may refuse rows in front of them: they are told in the order of
 * the file. Memory is bounded by the batches in flight and by what links
 * remember. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <time.h>

#include "cpt-door-private.h"
#include "cpt-error.h"
#include "cpt-imagined-private.h"
#include "cpt-json.h"
#include "cpt-output.h"
#include "cpt-statement.h"
#include "cpt-text.h"
#include "cpt-unit-private.h"

/* A slice holds the file's write lock for about so long (microseconds) */
#define SLICE_TIME 20000
#define SLICE_MIN_ROWS 64
#define SLICE_MAX_ROWS (CPT_IMPORT_HELD_BATCHES * CPT_IMPORT_BATCH_ROWS)
#define SLICE_FIRST_ROWS 512
#define PROGRESS_INTERVAL 100000
#define BYTES_PER_ROW 400 /* in the file, at a generous guess */
#define MAX_SAMPLES 20

typedef struct
{
  CptImportBatch *batch; /* borrowed from held */
  CptImportRow *row;     /* borrowed from batch; with reasons when it can't be used */
  gboolean is_new;
  gboolean is_sent; /* to be stored by the slice's transaction */
} SliceRow;

typedef struct _Run Run;

struct _Run
{
  Run *first; /* (nullable): of other rows of the same file, done before; its unit and its rejects are for both */
  CptImportJob job;
  gboolean is_dry;
  CptImportReport *report;
  CptImportReader *reader;
  CptImportRejects *rejects; /* (nullable) */
  CptImportAlike *alike;     /* (nullable): in a dry run */
  CptUnit *unit;             /* (nullable): not in a dry run */
  GCancellable *cancellable;
  GPtrArray *held;      /* (element-type CptImportBatch): batches whose rows are in the slice */
  GArray *rows;         /* (element-type SliceRow): those in the slice and the rejected between them */
  GHashTable *by_id;    /* CptUuid of a row's record -> its index in rows */
  guint n_sent;         /* how many of rows are in the slice's transaction */
  guint slice_rows;     /* how many make a slice of SLICE_TIME */
  guint first_deferred; /* of the slice */
  gboolean has_changed; /* anything in the workspace */
  guint64 n_found;      /* rows whose records were there and were not refused */
  guint64 n_cleaned;    /* values that were stored without some of their characters */
  CptImportProgressFunc progress;
  gpointer user_data;
  gint64 last_progress;
  guint64 bytes_before; /* of the file, read by @first */
};

static void
run_init (Run           *self,
          CptDatabase   *database,
          CptImportPlan *plan,
          gboolean       dry_run)
{
  cpt_import_job_init (&self->job, database, plan);
  self->is_dry = dry_run;
  if (dry_run)
    self->alike = cpt_import_alike_new (database, plan);
  self->report = g_new0 (CptImportReport, 1);
  self->report->samples = g_ptr_array_new_with_free_func (g_free);
  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_import_batch_free);
  self->rows = g_array_new (FALSE, FALSE, sizeof (SliceRow));
  self->by_id = g_hash_table_new (cpt_uuid_hash, cpt_uuid_equal);
  self->slice_rows = SLICE_FIRST_ROWS;
}

static void
run_clear (Run *self)
{
  if (self->first == NULL)
    {
      g_clear_pointer (&self->unit, cpt_unit_free);
      g_clear_pointer (&self->rejects, cpt_import_rejects_free);
    }
  g_clear_pointer (&self->report, cpt_import_report_free);
  g_clear_pointer (&self->alike, cpt_import_alike_free);
  g_hash_table_unref (self->by_id);
  g_array_unref (self->rows);
  g_ptr_array_unref (self->held);
  cpt_import_job_clear (&self->job);
}

/* rows that can't be used */

static gboolean
reject_row (Run             *self,
            CptImportBatch  *batch,
            CptImportRow    *row,
            GError         **error)
{
  self->report->counts.n_rejected++;
  if (self->report->samples->len < MAX_SAMPLES)
    g_ptr_array_add (self->report->samples,
                     g_strdup_printf (_("Line %llu: %s"), (unsigned long long) row->line, row->reasons->str));

  if (self->rejects != NULL)
    {
      g_autofree const char **cells = cpt_import_row_dup_cells (batch, row);

      return cpt_import_rejects_add (self->rejects, row->line, row->reasons->str, cells, row->n_cells, error);
    }

  return TRUE;
}

static const char *
find_header (Run            *self,
             const CptField *field)
{
  for (guint i = 0; field != NULL && i < self->job.slots->len; i++)
    {
      CptImportSlot *slot = &g_array_index (self->job.slots, CptImportSlot, i);

      /* By name: the door may have read the declarations again */
      if (slot->field != NULL && g_str_equal (slot->field->name, field->name))
        return slot->column->header;
    }

  return field != NULL ? cpt_field_get_label (field) : NULL;
}

/* @problems: (nullable): what the door said of rows in the slice */
static gboolean
reject_rows (Run        *self,
             GPtrArray  *problems,
             GError    **error)
{
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      CptProblem *problem = g_ptr_array_index (problems, i);
      gpointer index = NULL;

      if (g_hash_table_lookup_extended (self->by_id, &problem->id, NULL, &index))
        cpt_import_row_add_reason (g_array_index (self->rows, SliceRow, GPOINTER_TO_UINT (index)).row,
                                   find_header (self, problem->field), problem->message);
    }

  for (guint i = 0; i < self->rows->len; i++)
    {
      SliceRow *entry = &g_array_index (self->rows, SliceRow, i);

      if (entry->row->reasons == NULL)
        continue;
      if (entry->is_sent)
        {
          cpt_import_job_drop_deferred (&self->job, self->first_deferred, &entry->row->record->id);
          self->report->counts.n_created -= entry->is_new ? 1 : 0;
          self->n_found -= entry->is_new ? 0 : 1;
          self->n_cleaned -= entry->row->n_cleaned;
        }
      if (!reject_row (self, entry->batch, entry->row, error))
        return FALSE;
    }

  return TRUE;
}

/* slices */

static gboolean
commit_in_unit (Run             *self,
                CptTransaction  *transaction,
                CptCommit       *commit,
                GPtrArray      **problems,
                GError         **error)
{
  gboolean done = self->is_dry ? cpt_door_try (self->job.database, transaction, commit, problems, error)
                               : cpt_unit_commit (self->unit, transaction, commit, problems, error);

  self->has_changed = self->has_changed || commit->n_created + commit->n_updated + commit->n_deleted > 0;

  return done;
}

static gboolean
commit_made (Run     *self,
             GError **error)
{
  CptTransaction *made = self->job.made;
  CptCommit commit = { 0 };
  gboolean done;

  if (cpt_transaction_is_empty (made))
    return TRUE;

  self->job.made = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  done = commit_in_unit (self, made, &commit, NULL, error);
  cpt_transaction_free (made);

  return done;
}

static void
release_rows (Run *self)
{
  g_hash_table_remove_all (self->by_id);
  g_array_set_size (self->rows, 0);
  self->n_sent = 0;
  g_hash_table_remove_all (self->job.pending);

  /* The newest batch may have rows that are still to come */
  while (self->held->len > 1)
    cpt_import_reader_recycle (self->reader, g_ptr_array_steal_index (self->held, 0));
  self->first_deferred = self->job.deferred->len;
}

/* Microseconds of processor that this thread has used: what a slice costs, also
 * while other programs keep the machine busy */
static gint64
get_thread_time (void)
{
  struct timespec time;

  if (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time) != 0)
    return g_get_monotonic_time ();

  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
adapt_slice (Run    *self,
             guint   n_rows,
             gint64  elapsed)
{
  gint64 fitting = (gint64) n_rows * SLICE_TIME / MAX (elapsed, 1);

  /* Small steps up, so that one lucky slice does not make a long one */
  fitting = MIN (fitting, (gint64) self->slice_rows * 3 / 2);
  if (n_rows >= SLICE_MIN_ROWS)
    self->slice_rows = CLAMP (fitting, SLICE_MIN_ROWS, SLICE_MAX_ROWS);
}

/* Records that links made are counted by themselves; rows that are refused are
 * taken off again */
static void
count_stored (Run             *self,
              const CptCommit *commit)
{
  guint n_new = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n_new += g_array_index (self->rows, SliceRow, i).is_new ? 1 : 0;

  self->report->counts.n_created += n_new;
  self->report->counts.n_updated += commit->n_updated;
  self->n_found += self->n_sent - n_new;
}

/* @problems: (out): what the door refused */
static gboolean
store_slice (Run        *self,
             GPtrArray **problems,
             GError    **error)
{
  CptTransaction *slice = self->job.slice;
  CptCommit commit = { 0 };
  gint64 begun;
  gboolean done;

  if (!commit_made (self, error))
    return FALSE;

  self->job.slice = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  begun = get_thread_time ();
  done = commit_in_unit (self, slice, &commit, problems, error);
  adapt_slice (self, self->n_sent, get_thread_time () - begun);
  cpt_transaction_free (slice);
  if (done)
    count_stored (self, &commit);

  return done;
}

/* With what is there, in a dry run */
static void
compare_new (Run *self)
{
  for (guint i = 0; self->alike != NULL && i < self->rows->len; i++)
    {
      const SliceRow *entry = &g_array_index (self->rows, SliceRow, i);

      if (entry->is_new && entry->row->reasons == NULL)
        cpt_import_alike_take (self->alike, entry->row->record);
    }
}

static gboolean
commit_slice (Run     *self,
              GError **error)
{
  g_autoptr(GPtrArray) problems = NULL;
  gboolean is_filled = self->n_sent > 0 || !cpt_transaction_is_empty (self->job.slice);

  if ((is_filled && !store_slice (self, &problems, error)) || !reject_rows (self, problems, error))
    return FALSE;
  compare_new (self);
  release_rows (self);

  return TRUE;
}

static void
add_to_slice (Run            *self,
              CptImportBatch *batch,
              CptImportRow   *row,
              gboolean        is_new)
{
  SliceRow entry = { batch, row, is_new, TRUE };

  g_hash_table_insert (self->by_id, &row->record->id, GUINT_TO_POINTER (self->rows->len));
  g_array_append_val (self->rows, entry);
  self->n_sent++;
  self->n_cleaned += row->n_cleaned;
}

static void
add_rejected (Run            *self,
              CptImportBatch *batch,
              CptImportRow   *row)
{
  SliceRow entry = { .batch = batch, .row = row };

  g_array_append_val (self->rows, entry);
}

/* FALSE when it failed. @again is set when the slice must be stored first. */
static gboolean
take_row (Run             *self,
          CptImportBatch  *batch,
          CptImportRow    *row,
          gboolean        *again,
          GError         **error)
{
  CptImportProgress *counts = &self->report->counts;

  switch (cpt_import_job_take_row (&self->job, batch, row, error))
    {
    case CPT_IMPORT_ROW_CREATE:
      add_to_slice (self, batch, row, TRUE);
      break;

    case CPT_IMPORT_ROW_UPDATE:
      add_to_slice (self, batch, row, FALSE);
      break;

    case CPT_IMPORT_ROW_SKIP:
      counts->n_skipped++;
      break;

    case CPT_IMPORT_ROW_REJECT:
      add_rejected (self, batch, row);
      break;

    case CPT_IMPORT_ROW_AGAIN:
      *again = TRUE;
      return TRUE;

    case CPT_IMPORT_ROW_FAILED:
    default:
      return FALSE;
    }
  counts->n_rows++;

  return TRUE;
}

static void
tell_progress (Run      *self,
               gboolean  at_once)
{
  gint64 now = g_get_monotonic_time ();

  if (self->progress == NULL || (!at_once && now - self->last_progress < PROGRESS_INTERVAL))
    return;

  self->last_progress = now;
  self->report->counts.n_linked_created =
    cpt_import_links_get_n_created (self->job.links) + cpt_import_stages_get_n_created (self->job.stages);
  self->progress (&self->report->counts, self->user_data);
}

typedef struct
{
  Run *run;
  CptImportBatch *batch;
  guint next; /* row to go on with */
} Stretch;

/* Rows until the slice must be stored, all looked up in one state of the file */
static gboolean
take_stretch (CptDatabase  *database,
              gpointer      data,
              GError      **error)
{
  Stretch *stretch = data;
  Run *self = stretch->run;
  gboolean again = FALSE;

  while (stretch->next < stretch->batch->rows->len && self->rows->len < self->slice_rows)
    {
      CptImportRow *row = &g_array_index (stretch->batch->rows, CptImportRow, stretch->next);

      if (!take_row (self, stretch->batch, row, &again, error))
        return FALSE;
      if (again)
        return TRUE;
      stretch->next++;
    }

  return TRUE;
}

static gboolean
take_batch (Run             *self,
            CptImportBatch  *batch,
            GError         **error)
{
  Stretch stretch = { self, batch, 0 };

  while (stretch.next < batch->rows->len)
    {
      if (!cpt_database_snapshot (self->job.database, take_stretch, &stretch, error))
        return FALSE;
      if (stretch.next < batch->rows->len && !commit_slice (self, error))
        return FALSE;
    }
  self->report->counts.bytes_done = self->bytes_before + batch->offset;

  return self->rows->len < self->slice_rows || commit_slice (self, error);
}

static gboolean
take_file (Run     *self,
           GError **error)
{
  CptImportBatch *batch;
  GError *local_error = NULL;

  while ((batch = cpt_import_reader_pop (self->reader, &local_error)) != NULL)
    {
      g_ptr_array_add (self->held, batch);
      if (g_cancellable_set_error_if_cancelled (self->cancellable, &local_error) ||
          !take_batch (self, batch, &local_error))
        break;

      /* Batches that wait for their slice keep the reader from going on */
      if (self->held->len >= CPT_IMPORT_HELD_BATCHES && !commit_slice (self, &local_error))
        break;
      if (self->rows->len == 0)
        cpt_import_reader_recycle (self->reader, g_ptr_array_steal_index (self->held, self->held->len - 1));
      tell_progress (self, FALSE);
    }

  if (local_error == NULL && commit_slice (self, &local_error))
    return TRUE;
  g_propagate_error (error, local_error);

  return FALSE;
}

/* links within the file */

static gboolean
commit_deferred (Run     *self,
                 GError **error)
{
  g_autoptr(GPtrArray) problems = NULL;
  CptTransaction *slice = self->job.slice;
  CptCommit commit = { 0 };
  gboolean done;

  if (!commit_made (self, error))
    return FALSE;
  if (cpt_transaction_is_empty (slice))
    return TRUE;

  self->job.slice = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  done = commit_in_unit (self, slice, &commit, &problems, error);
  cpt_transaction_free (slice);

  for (guint i = 0; done && problems != NULL && i < problems->len; i++)
    cpt_import_notes_refused (self->job.notes, self->job.deferred, g_ptr_array_index (problems, i));

  return done;
}

static gboolean
take_deferred (Run     *self,
               GError **error)
{
  guint next = 0;

  while (next < self->job.deferred->len)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !cpt_import_job_resolve_deferred (&self->job, &next, error) ||
          !commit_deferred (self, error))
        return FALSE;
      tell_progress (self, FALSE);
    }

  return TRUE;
}

/* Looked at and done in one transaction, so that nobody fills them in between */
static gboolean
settle_stages (Run     *self,
               GError **error)
{
  return cpt_import_stages_get_n_created (self->job.stages) == 0 ||
         ((self->is_dry || cpt_unit_open_slice (self->unit, error)) &&
          cpt_import_stages_settle (self->job.stages, self->job.made, error) && commit_made (self, error));
}

/* the whole */

/* By what the rows of a dry run find those before them */
static void
imagine_keys (Run *self)
{
  CptImagined *imagined = self->job.database->imagined;

  for (guint i = 0; i < self->job.keys->len; i++)
    {
      const CptImportSlot *slot = g_ptr_array_index (self->job.keys, i);

      if (slot->field != NULL)
        cpt_imagined_add_key (imagined, self->job.plan->entity, slot->field);
    }
  for (guint i = 0; i < self->job.slots->len; i++)
    {
      const CptImportSlot *slot = &g_array_index (self->job.slots, CptImportSlot, i);

      if (slot->field != NULL && slot->field->target != NULL)
        cpt_imagined_add_names (imagined, cpt_schema_get_target (self->job.plan->schema, slot->field));
    }
}

static gboolean
begin (Run         *self,
       const char  *path,
       const char  *rejects_path,
       GError     **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *label = g_strdup_printf (_("Import of “%s”"), shown);
  guint64 n_rows;

  if (!cpt_import_check_file (path, &self->report->counts.bytes_total, error) ||
      (rejects_path != NULL && !cpt_output_check (self->job.database, path, rejects_path, error)))
    return FALSE;

  if (rejects_path != NULL)
    self->rejects = cpt_import_rejects_new (self->job.database, path, rejects_path, self->job.plan);
  if (!self->is_dry)
    {
      n_rows = self->report->counts.bytes_total / BYTES_PER_ROW;
      self->unit = cpt_unit_begin (self->job.database, CPT_ORIGIN_IMPORT, label, error);
      if (self->unit == NULL || (!self->job.is_part && !cpt_import_job_leave_out_indexes (&self->job, self->unit, n_rows, error)))
        return FALSE;
    }

  return TRUE;
}

/* Goes on where another one ended: in the same unit, with the same rejects */
static void
follow (Run *self)
{
  CptImportProgress *counts = &self->report->counts;
  guint64 bytes = self->first->report->counts.bytes_total / 2;

  self->unit = self->first->unit;
  self->rejects = self->first->rejects;
  self->has_changed = self->first->has_changed;
  self->bytes_before = bytes;
  counts->bytes_total = bytes * 2;
}

static gboolean
take_all (Run         *self,
          const char  *path,
          const char  *rejects_path,
          GError     **error)
{
  if (!cpt_import_plan_check (self->job.plan, error))
    return FALSE;
  if (self->first != NULL)
    follow (self);
  else if (!begin (self, path, rejects_path, error))
    return FALSE;
  else if (self->job.is_part)
    self->report->counts.bytes_total *= 2; /* read once for each */

  self->reader = cpt_import_reader_new (self->job.plan, path, (CptImportSlot *) (gpointer) self->job.slots->data,
                                        self->job.slots->len, self->cancellable, error);

  return self->reader != NULL && take_file (self, error) && take_deferred (self, error) && settle_stages (self, error);
}

/* What changed nothing is no act that could be undone */
static gboolean
finish_unit (Run     *self,
             GError **error)
{
  return self->has_changed ? cpt_unit_finish (self->unit, &self->report->sequence, error)
                           : cpt_unit_abort (self->unit, error);
}

/* Each plan for itself */
static void
finish_counts (Run *self)
{
  CptImportProgress *counts = &self->report->counts;

  counts->bytes_done = counts->bytes_total;
  if (self->n_found > counts->n_updated)
    counts->n_unchanged = self->n_found - counts->n_updated;
  counts->n_linked_created =
    cpt_import_links_get_n_created (self->job.links) + cpt_import_stages_get_n_created (self->job.stages);
  if (self->job.is_part)
    {
      counts->n_rows -= self->job.n_passed;
      counts->n_skipped -= self->job.n_passed;
    }
}

static gboolean
finish (Run     *self,
        GError **error)
{
  CptImportReport *report = self->report;

  if (self->first != NULL)
    finish_counts (self->first);
  finish_counts (self);
  tell_progress (self, TRUE);
  if (self->rejects != NULL && !cpt_import_rejects_close (self->rejects, &report->rejects_path, error))
    return FALSE;
  if (self->unit != NULL && !finish_unit (self, error))
    return FALSE;

  /* A mapping that can't be kept is asked for again: no reason to fail */
  if (self->unit != NULL && self->job.plan->has_header)
    cpt_import_plan_remember (self->job.plan, self->job.database, NULL);

  return TRUE;
}

/* (transfer full) */
static CptImportReport *
create_report (Run *self)
{
  CptImportReport *report = self->report;

  cpt_import_notes_cleaned (self->job.notes, self->n_cleaned);
  if (self->alike != NULL)
    cpt_import_alike_finish (self->alike, self->job.notes, &report->alike);
  report->notes = cpt_import_notes_list (self->job.notes);
  if (self->first != NULL)
    cpt_import_report_take_first (report, create_report (self->first));

  return g_steal_pointer (&self->report);
}

/* In a dry run */
static gboolean
start_imagining (Run     *self,
                 GError **error)
{
  self->job.database->imagined = cpt_imagined_new (error);
  if (self->job.database->imagined == NULL)
    return FALSE;

  imagine_keys (self);
  if (self->first != NULL)
    imagine_keys (self->first);

  return TRUE;
}

/* From @first, if there is one, to @self; what is done afterwards must not be
 * interrupted half-way */
static gboolean
run_both (Run         *self,
          const char  *path,
          const char  *rejects_path,
          GError     **error)
{
  CptDatabase *database = self->job.database;
  gboolean done;

  if (self->cancellable != NULL)
    cpt_database_watch (database, self->cancellable);
  done = (!self->is_dry || start_imagining (self, error)) &&
         (self->first == NULL || take_all (self->first, path, rejects_path, error)) &&
         take_all (self, path, rejects_path, error);
  if (self->cancellable != NULL)
    cpt_database_watch (database, NULL);
  g_clear_pointer (&database->imagined, cpt_imagined_free);

  for (Run *run = self; run != NULL; run = run->first)
    if (run->reader != NULL)
      cpt_import_reader_free (run->reader, run->job.notes);

  return done;
}

CptImportReport *
cpt_import_run (CptDatabase            *database,
                CptImportPlan          *plan,
                const char             *path,
                const char             *rejects_path,
                gboolean                dry_run,
                CptImportProgressFunc   progress,
                gpointer                user_data,
                GCancellable           *cancellable,
                GError                **error)
{
  CptImportReport *report = NULL;
  Run first = { .cancellable = cancellable, .progress = progress, .user_data = user_data };
  Run self = first;
  CptUnit *unit;

  g_return_val_if_fail (database != NULL && plan != NULL && path != NULL, NULL);

  if ((plan->entity->flags & CPT_ENTITY_FACTS) != 0)
    {
      CptImportFactsOptions options = { dry_run, progress, user_data };

      return cpt_import_facts (database, plan, path, rejects_path, &options, cancellable, error);
    }

  run_init (&self, database, plan, dry_run);
  if (plan->first != NULL)
    {
      plan->first->mode = plan->mode;
      run_init (&first, database, plan->first, dry_run);
      self.first = &first;
      self.job.is_part = first.job.is_part = TRUE;
    }

  if (run_both (&self, path, rejects_path, error) && finish (&self, error))
    report = create_report (&self);
  unit = self.first != NULL ? first.unit : self.unit;
  if (report == NULL && unit != NULL)
    cpt_unit_abort (unit, NULL);
  run_clear (&self);
  if (self.first != NULL)
    run_clear (&first);

  return report;
}
