/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking back an act that changed many records: a unit of its own, in slices,
 * newest change first, so that others can write in between and a crash or a
 * wish to stop leaves everything as it was before.
 *
 *   check that nothing was changed since -> slices -> one line says that the
 *   act was taken back, and turns the ranges of rows that it made
 *
 * Each slice looks again at what it takes back: the first thing that somebody
 * changed meanwhile stops all of it. */

#include "config.h"

#include "cpt-undo-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-unit-private.h"

/* Acts with more changes are taken back in slices */
#define MAX_AT_ONCE 1000
/* Changes that are looked at in one go before the first slice */
#define CHANGES_PER_CHUNK 250
/* Of the log, read again for each slice to see whether somebody wrote since */
#define MAX_LATER_LINES 2000

/* The lines of the act; ?1 is its head */
#define OF_ACT "EXISTS (SELECT 1 FROM log AS l WHERE l.sequence = c.sequence AND (l.sequence = ?1 OR l.unit = ?1)) "

typedef struct
{
  CptUndo *undo;
  gint64 first;      /* numbers of its changes lie from here */
  gint64 written;    /* the log's last line when the act was seen to be the last one, or 0 */
  gint64 next;       /* to below here: what was not looked at yet */
  guint n_at_once;   /* changes in a chunk */
  GHashTable *known; /* (nullable): CptUuid: looked at already, by a newer change */
  gboolean is_done;
} Slices;

static gboolean
get_number (CptUndo     *undo,
            const char  *sql,
            gint64       second,
            gint64      *number,
            GError     **error)
{
  g_autoptr(CptStatement) statement = cpt_database_prepare (undo->database, sql, error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, undo->sequence);
  if (second != 0)
    cpt_statement_bind_int (statement, 2, second);
  if (cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return FALSE;
  *number = cpt_statement_get_int (statement, 0);

  return TRUE;
}

#define IN_ACT "WHERE sequence IN (SELECT ?1 UNION ALL SELECT sequence FROM log WHERE unit = ?1) "

gboolean
cpt_undo_is_large (CptDatabase  *database,
                   gint64        sequence,
                   gint64       *act,
                   gboolean     *is_large,
                   GError      **error)
{
  g_auto(CptUndo) undo = { .database = database, .sequence = sequence };
  gint64 n_changes;

  if (!cpt_undo_find_entry (&undo, error) ||
      !get_number (&undo, "SELECT count(*) FROM (SELECT 1 FROM log_change " IN_ACT "AND last_row IS NULL LIMIT ?2)",
                   MAX_AT_ONCE + 1, &n_changes, error))
    return FALSE;

  *is_large = n_changes > MAX_AT_ONCE;
  if (act != NULL)
    *act = undo.sequence;

  return TRUE;
}

/* One chunk of changes, from the newest on */

/* FALSE in @is_taken when what is planned has to be written first */
static gboolean
take_change (Slices        *self,
             CptStatement  *statement,
             gboolean      *is_taken,
             GError       **error)
{
  CptUndo *undo = self->undo;
  CptUndoChange change = {
    .entity = cpt_schema_find_number (undo->database->schema, (guint) cpt_statement_get_int (statement, 1)),
    .row = cpt_statement_get_int (statement, 2),
    .act = (CptAct) cpt_statement_get_int (statement, 4),
    .fields = cpt_statement_get_text (statement, 5),
  };

  *is_taken = TRUE;
  cpt_statement_get_id (statement, 3, &change.id);
  if (change.entity == NULL || cpt_undo_is_in_range (undo, &change) ||
      (self->known != NULL && g_hash_table_contains (self->known, &change.id)))
    return TRUE;

  *is_taken = !cpt_undo_plan_is_full (&undo->plan, &change);
  if (!*is_taken)
    return TRUE;
  if (self->known != NULL)
    g_hash_table_add (self->known, g_memdup2 (&change.id, sizeof change.id));

  return cpt_undo_take_record (undo, &change, error);
}

static gboolean
take_chunk (Slices  *self,
            GError **error)
{
  CptUndo *undo = self->undo;
  g_autoptr(CptStatement) statement = NULL;
  gboolean is_taken = TRUE;
  guint n_changes = 0;
  CptStep step = CPT_STEP_DONE;

  cpt_undo_plan_reset (&undo->plan);
  statement = cpt_database_prepare (undo->database,
                                    "SELECT c.change_id, c.entity, c.row_id, c.id, c.kind, c.fields FROM log_change AS c "
                                    "WHERE c.change_id >= ?2 AND c.change_id < ?3 AND c.last_row IS NULL AND " OF_ACT
                                    "ORDER BY c.change_id DESC",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, undo->sequence);
  cpt_statement_bind_int (statement, 2, self->first);
  cpt_statement_bind_int (statement, 3, self->next);
  while (is_taken && n_changes < self->n_at_once &&
         cpt_transaction_get_length (undo->plan.transaction) < self->n_at_once &&
         (step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      n_changes++;
      if (!take_change (self, statement, &is_taken, error))
        return FALSE;
      if (is_taken)
        self->next = cpt_statement_get_int (statement, 0);
    }
  self->is_done = step == CPT_STEP_DONE;

  return step != CPT_STEP_ERROR;
}

/* Before the first slice */

static gboolean
find_bounds (Slices  *self,
             GError **error)
{
  gint64 last;

  if (!get_number (self->undo, "SELECT min (change_id) FROM log_change " IN_ACT, 0, &self->first, error) ||
      !get_number (self->undo, "SELECT max (change_id) FROM log_change " IN_ACT, 0, &last, error))
    return FALSE;
  self->next = last + 1;

  return TRUE;
}

/* Whether anybody changed anything since the act began; most acts are taken back
 * at once */
static gboolean
is_untouched (Slices    *self,
              gboolean  *is_so,
              GError   **error)
{
  gint64 n_others;

  if (!get_number (self->undo, "SELECT EXISTS (SELECT 1 FROM log_change AS c WHERE c.change_id >= ?2 AND NOT " OF_ACT ")",
                   self->first, &n_others, error))
    return FALSE;
  *is_so = n_others == 0;

  return TRUE;
}

/* The same once slices are being written: one question instead of one for each
 * record. Within the transaction of a slice, so that nobody writes after it.
 * Where much was taken back and done again since, the records are asked. */
static gboolean
see_whether_quiet (CptUndo  *undo,
                   GError  **error)
{
  static const char sql[] =
    "SELECT (SELECT count (*) FROM (SELECT 1 FROM log WHERE sequence > ?1 LIMIT ?3)) = ?3 OR EXISTS "
    "(SELECT 1 FROM log AS l JOIN log AS h ON h.sequence = ifnull (l.unit, l.sequence) "
    "WHERE l.sequence > ?1 AND h.undoes IS NULL AND h.undone_by IS NULL AND h.state = 0 AND h.sequence <> ?2)";
  g_autoptr(CptStatement) statement = cpt_database_prepare (undo->database, sql, error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, undo->last);
  cpt_statement_bind_int (statement, 2, undo->sequence);
  cpt_statement_bind_int (statement, 3, MAX_LATER_LINES);
  if (cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return FALSE;
  undo->is_quiet = cpt_statement_get_int (statement, 0) == 0;

  return TRUE;
}

/* As many conflicts as are named, before anything is written; of a record that
 * the act changed several times only the last change can tell. */
static gboolean
check (Slices  *self,
       GError **error)
{
  gint64 next = self->next;
  gboolean done = TRUE;

  self->known = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, NULL);
  while (done && !self->is_done && self->undo->conflicts->len <= CPT_UNDO_MAX_NAMED)
    done = take_chunk (self, error);
  g_clear_pointer (&self->known, g_hash_table_unref);
  self->next = next;
  self->is_done = FALSE;

  return done && (self->undo->conflicts->len == 0 || cpt_undo_refuse (self->undo, error));
}

static gboolean
prepare (CptDatabase  *database,
         gpointer      data,
         GError      **error)
{
  Slices *self = data;
  gboolean is_quiet;

  if (!cpt_undo_prepare (self->undo, error))
    return FALSE;
  if (self->undo->conflicts->len > 0)
    return cpt_undo_refuse (self->undo, error);

  if (!find_bounds (self, error) || !is_untouched (self, &is_quiet, error))
    return FALSE;
  self->written = is_quiet ? database->sequence : 0;

  return is_quiet || check (self, error);
}

/* Slices */

static gboolean
run_slices (Slices   *self,
            CptUnit  *unit,
            GError  **error)
{
  CptUndo *undo = self->undo;

  while (!self->is_done)
    {
      g_autoptr(GPtrArray) problems = NULL;
      CptCommit commit = { 0 };

      if (!cpt_unit_open_slice (unit, error))
        return FALSE;
      self->n_at_once = cpt_unit_get_n_steps (unit);
      undo->is_last = self->written != 0 && cpt_unit_follows (unit, self->written);
      if ((!undo->is_last && !see_whether_quiet (undo, error)) || !take_chunk (self, error))
        return FALSE;
      if (undo->conflicts->len > 0)
        return cpt_undo_refuse (undo, error);
      if (!cpt_unit_commit (unit, undo->plan.transaction, &commit, &problems, error))
        return FALSE;
      if (problems->len > 0)
        {
          const CptProblem *problem = g_ptr_array_index (problems, 0);

          g_ptr_array_add (undo->conflicts, g_strdup (problem->message));
          return cpt_undo_refuse (undo, error);
        }
      if (undo->plan.has_declarations && !cpt_unit_read_fields (unit, error))
        return FALSE;
      undo->commit.n_created += commit.n_created;
      undo->commit.n_updated += commit.n_updated;
      undo->commit.n_deleted += commit.n_deleted;
    }

  return TRUE;
}

static guint64
count_range_rows (CptUndo *undo)
{
  guint64 n_rows = 0;

  for (guint i = 0; i < undo->ranges->len; i++)
    {
      const CptLogChange *range = &g_array_index (undo->ranges, CptLogChange, i);

      n_rows += (guint64) (range->last_row - range->row + 1);
    }

  return n_rows;
}

/* Somebody else may have taken it back meanwhile. */
static gboolean
end (CptDatabase  *database,
     gint64        head,
     gint64        line,
     gpointer      data,
     GError      **error)
{
  CptUndo *undo = data;
  g_autoptr(CptLogEntry) entry = cpt_log_find (database, undo->sequence, NULL, error);
  g_autoptr(CptStatement) statement = NULL;

  if (entry == NULL)
    return FALSE;
  if (entry->undone_by != 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_CONFLICT, _("“%s” was already undone."), entry->label);
      return FALSE;
    }

  statement = cpt_database_prepare (database, "UPDATE log SET n_changes = n_changes + ?2 WHERE sequence = ?1", error);
  if (statement == NULL)
    return FALSE;
  cpt_statement_bind_int (statement, 1, head);
  cpt_statement_bind_int (statement, 2, (gint64) count_range_rows (undo));

  return cpt_statement_run (statement, error) && cpt_undo_end (undo, head, line, error);
}

gboolean
cpt_undo_in_slices (CptUndo  *undo,
                    GError  **error)
{
  Slices self = { .undo = undo, .n_at_once = CHANGES_PER_CHUNK };
  g_autoptr(CptUnit) unit = NULL;
  g_autofree char *label = NULL;

  if (!cpt_database_snapshot (undo->database, prepare, &self, error))
    return FALSE;

  label = cpt_undo_dup_label (undo);
  unit = cpt_unit_begin_undo (undo->database, undo->is_redo ? CPT_ORIGIN_REDO : CPT_ORIGIN_UNDO, label, undo->sequence, error);

  return unit != NULL && run_slices (&self, unit, error) &&
         cpt_unit_finish_with (unit, end, undo, &undo->commit.sequence, error);
}
