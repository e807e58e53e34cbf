/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking an act back in one transaction: what can be planned at once is written
 * at once; what needs that is planned after it. Conflicts that come to light
 * then roll back all of it. */

#include "config.h"

#include "cpt-undo-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-computed-private.h"
#include "cpt-error.h"
#include "cpt-facts-private.h"
#include "cpt-log-private.h"
#include "cpt-merge.h"
#include "cpt-rules-private.h"

/* ---------------------------------------------------------------------- ranges */

static gboolean
show_range (CptUndo             *self,
            const CptLogChange  *range,
            GError             **error)
{
  const gint64 numbers[] = { range->entity, range->row, range->last_row };

  return cpt_database_run_numbers (self->database, "DELETE FROM hidden WHERE entity = ? AND first_row BETWEEN ? AND ?",
                                   numbers, G_N_ELEMENTS (numbers), error);
}

static gboolean
hide_range (CptUndo             *self,
            const CptLogChange  *range,
            gint64               sequence,
            GError             **error)
{
  const gint64 numbers[] = { range->entity, range->row, range->last_row, sequence };

  return cpt_database_run_numbers (self->database,
                                   "INSERT INTO hidden (entity, first_row, last_row, sequence) VALUES (?, ?, ?, ?)",
                                   numbers, G_N_ELEMENTS (numbers), error);
}

/* Everybody is to read the declarations again, and what no two records may both
 * have gets or loses its index: as it will be when nothing is hidden but what
 * the ranges say, also for a unit that sees its own. */
static gboolean
renew_declarations (CptUndo  *self,
                    gint64    line,
                    GError  **error)
{
  CptDatabase *database = self->database;
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, line);
  gint64 unit = database->unit;
  gint64 revealed = database->revealed;
  gboolean done;

  if (!cpt_database_store_setting (database, CPT_SETTING_CUSTOM, text, error))
    return FALSE;

  database->unit = 0;
  database->revealed = 0;
  database->custom_sequence = CPT_SEQUENCE_UNKNOWN;
  cpt_database_forget (database);
  done = cpt_database_refresh (database, error);
  database->unit = unit;
  database->revealed = revealed;

  return done && cpt_rules_keep_indexes (database, database->rules, error);
}

static gboolean
write_ranges (CptUndo  *self,
              gint64    sequence,
              gint64    line,
              GError  **error)
{
  gboolean touches_declarations = FALSE;

  for (guint i = 0; i < self->ranges->len; i++)
    {
      const CptLogChange *range = &g_array_index (self->ranges, CptLogChange, i);
      gboolean is_shown = (CptAct) range->kind == CPT_ACT_RECREATE;
      const CptEntity *entity = cpt_schema_find_number (self->database->schema, range->entity);

      if (!(is_shown ? show_range (self, range, error) : hide_range (self, range, sequence, error)) ||
          !cpt_log_add (self->database, line, range, error) ||
          !cpt_computed_queue_range (self->database, range, is_shown, error))
        return FALSE;
      if (is_shown)
        self->commit.n_created += (guint) (range->last_row - range->row + 1);
      else
        self->commit.n_deleted += (guint) (range->last_row - range->row + 1);
      touches_declarations = touches_declarations || (entity != NULL && cpt_database_is_declaration (entity));
    }

  return !touches_declarations || renew_declarations (self, line, error);
}

static gboolean
set_undone_by (CptUndo  *self,
               gint64    sequence,
               gint64    undone_by,
               GError  **error)
{
  g_autoptr(CptStatement) statement = NULL;

  statement = cpt_database_prepare (self->database, "UPDATE log SET undone_by = ?2 WHERE sequence = ?1", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, sequence);
  if (undone_by != 0)
    cpt_statement_bind_int (statement, 2, undone_by);

  return cpt_statement_run (statement, error);
}

char *
cpt_undo_dup_label (CptUndo *self)
{
  g_autofree char *act = cpt_log_dup_undone_label (self->database, self->entry);

  if (self->is_redo)
    return g_strdup_printf (C_("log", "Redo: %s"), act);

  return g_strdup_printf (C_("log", "Undo: %s"), act);
}

gboolean
cpt_undo_end (CptUndo  *self,
              gint64    sequence,
              gint64    line,
              GError  **error)
{
  return set_undone_by (self, self->sequence, sequence, error) &&
         (!self->is_redo || set_undone_by (self, self->entry->undoes, 0, error)) &&
         write_ranges (self, sequence, line, error);
}

/* The line that says so, when there is none yet */
static gboolean
begin_line (CptUndo  *self,
            GError  **error)
{
  g_autofree char *label = NULL;
  CptLogHead head = {
    .origin = self->is_redo ? CPT_ORIGIN_REDO : CPT_ORIGIN_UNDO,
    .state = CPT_LOG_DONE,
    .undoes = self->sequence,
  };

  if (self->commit.sequence != 0)
    return TRUE;

  label = cpt_undo_dup_label (self);
  head.label = label;

  return cpt_log_begin (self->database, &head, &self->commit.sequence, error);
}

/* What was planned so far; @is_part: there is more to come */
static gboolean
write_plan (CptUndo   *self,
            gboolean   is_part,
            GError   **error)
{
  CptDoor door;
  gboolean done;

  if (!begin_line (self, error))
    return FALSE;

  cpt_door_init (&door, self->database, self->plan.transaction);
  door.is_exact = TRUE;
  /* Rows that need each other go together, some of them as ranges. */
  door.is_partial = is_part || self->is_in_parts || self->ranges->len > 0;
  door.sequence = self->commit.sequence;
  done = cpt_door_run (&door, error);
  self->commit.n_created += door.n_created;
  self->commit.n_updated += door.n_updated;
  self->commit.n_deleted += door.n_deleted;
  cpt_door_clear (&door);

  return done;
}

/* Goes on with what records are after it */
static gboolean
write_part (CptUndo  *self,
            GError  **error)
{
  gboolean has_declarations = self->plan.has_declarations;

  if (!write_plan (self, TRUE, error))
    return FALSE;

  self->is_in_parts = TRUE;
  cpt_undo_plan_reset (&self->plan);
  if (!has_declarations)
    return TRUE;

  self->database->custom_sequence = CPT_SEQUENCE_UNKNOWN;
  cpt_database_forget (self->database);

  return cpt_database_refresh (self->database, error);
}

/* A delivery of facts is an act of its own. */
static gboolean
take_back_facts (CptUndo  *self,
                 GError  **error)
{
  CptFactsCommit commit = { 0 };
  const CptEntity *entity;
  gboolean is_conflict;

  if (!cpt_facts_find_act (self->database, self->sequence, &entity, error))
    return FALSE;
  if (entity == NULL)
    return TRUE;

  if (!cpt_facts_take_back (self->database, entity, self->sequence, self->commit.sequence, &commit, &is_conflict, error))
    return FALSE;
  if (is_conflict)
    {
      g_ptr_array_add (self->conflicts, g_strdup (cpt_entity_get_label_plural (entity)));
      return cpt_undo_refuse (self, error);
    }
  self->n_changes += commit.n_added + commit.n_replaced + commit.n_removed;

  return TRUE;
}

static gboolean
write_undo (CptUndo  *self,
            GError  **error)
{
  gint64 numbers[2];

  if (!write_plan (self, FALSE, error) || !take_back_facts (self, error))
    return FALSE;

  numbers[0] = self->commit.sequence;
  numbers[1] = (gint64) self->n_changes;

  return cpt_database_run_numbers (self->database, "UPDATE log SET n_changes = ?2 WHERE sequence = ?1", numbers,
                                   G_N_ELEMENTS (numbers), error) &&
         cpt_undo_end (self, self->commit.sequence, self->commit.sequence, error);
}

/* Plans the changes with numbers below @below, from the newest on, as far as
 * they can be written in one go; @below is where it goes on then */
static gboolean
plan_part (CptUndo   *self,
           gint64    *below,
           gboolean  *is_last,
           GError   **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  statement = cpt_database_prepare (self->database,
                                    CPT_UNDO_CHANGES_OF_ACT "AND last_row IS NULL AND change_id < ?2 "
                                                            "ORDER BY change_id DESC",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, self->sequence);
  cpt_statement_bind_int (statement, 2, *below);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      CptUndoChange change = {
        .entity = cpt_schema_find_number (self->database->schema, (guint) cpt_statement_get_int (statement, 0)),
        .row = cpt_statement_get_int (statement, 1),
        .act = (CptAct) cpt_statement_get_int (statement, 4),
        .fields = cpt_statement_get_text (statement, 5),
      };

      cpt_statement_get_id (statement, 3, &change.id);
      if (change.entity != NULL && !cpt_undo_is_in_range (self, &change))
        {
          if (cpt_undo_plan_is_full (&self->plan, &change))
            break;
          if (!cpt_undo_take_record (self, &change, error))
            return FALSE;
        }
      *below = cpt_statement_get_int (statement, 6);
    }
  *is_last = step == CPT_STEP_DONE;

  return step != CPT_STEP_ERROR;
}

static gboolean
undo (CptDatabase  *database,
      gpointer      data,
      GError      **error)
{
  CptUndo *self = data;
  gint64 below = G_MAXINT64;
  gboolean is_last = FALSE;

  if (!cpt_undo_prepare (self, error))
    return FALSE;

  while (!is_last)
    {
      if (!plan_part (self, &below, &is_last, error))
        return FALSE;
      if (self->conflicts->len > 0 && !self->is_merge)
        return cpt_undo_refuse (self, error);
      if (!is_last && !write_part (self, error))
        return FALSE;
    }

  return write_undo (self, error);
}

static gboolean
undo_at_once (CptUndo  *self,
              GError  **error)
{
  if (cpt_database_transact (self->database, undo, self, error))
    return TRUE;

  /* What records are may have been read in between. */
  self->database->custom_sequence = CPT_SEQUENCE_UNKNOWN;

  return FALSE;
}

gboolean
cpt_log_undo (CptDatabase  *database,
              gint64        sequence,
              CptCommit    *commit,
              GError      **error)
{
  g_auto(CptUndo) self = { .database = database, .sequence = sequence };
  gboolean is_large;
  gint64 act;
  gboolean done;

  if (!cpt_undo_is_large (database, sequence, &act, &is_large, error))
    return FALSE;

  /* What was hidden when the act was undone comes back at the end; the fields
   * among it are needed before, for the values that come back to records. */
  cpt_database_reveal (database, act);
  done = is_large ? cpt_undo_in_slices (&self, error) : undo_at_once (&self, error);
  cpt_database_reveal (database, 0);
  if (!done)
    return FALSE;

  cpt_database_forget (database);
  if (commit != NULL)
    *commit = self.commit;

  return TRUE;
}

gboolean
cpt_merge_undo (CptDatabase  *database,
                gint64        sequence,
                CptCommit    *commit,
                GPtrArray   **stays,
                GError      **error)
{
  g_auto(CptUndo) self = { .database = database, .sequence = sequence, .is_merge = TRUE };

  if (!undo_at_once (&self, error))
    return FALSE;

  cpt_database_forget (database);
  if (commit != NULL)
    *commit = self.commit;
  if (stays != NULL)
    *stays = g_steal_pointer (&self.conflicts);

  return TRUE;
}
