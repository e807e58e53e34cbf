/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking a unit back: what it changed in records of others is changed back in
 * slices, newest first; then its own rows, which were never seen, are removed
 * in slices. Each slice says how far it came, so that the next process can go
 * on after a crash. */

#include "config.h"

#include "cpt-unit-private.h"

#include "cpt-database-private.h"
#include "cpt-door-private.h"
#include "cpt-layout.h"
#include "cpt-log-private.h"
#include "cpt-search-index-private.h"
#include "cpt-side-table-private.h"
#include "cpt-undo-private.h"

#define CHANGES_PER_SLICE 500
/* While others may wait for the file */
#define CHANGES_PER_SWEEP 100
#define ROWS_PER_SLICE 500

/* As statements below write it */
G_STATIC_ASSERT (CPT_UNIT_REVERTING == 1 && CPT_UNIT_DEAD == 2);

#define FIRST_REVERTING "SELECT min (sequence) FROM unit WHERE state = 1"

typedef struct
{
  gint64 sequence;
  guint limit; /* changes */
  gboolean is_done;
} Slice;

static gboolean
set_reverted (CptDatabase   *database,
              gint64         sequence,
              gint64         change_id,
              CptUnitState   state,
              GError       **error)
{
  const gint64 numbers[] = { sequence, change_id, state };

  return cpt_database_run_numbers (database, "UPDATE unit SET reverted = ?2, state = ?3 WHERE sequence = ?1", numbers,
                                   G_N_ELEMENTS (numbers), error);
}

/* The next changes to be taken back, as far as they can be in one go; their
 * lowest number, and whether there are no more */
static gboolean
collect (CptDatabase  *database,
         Slice        *slice,
         CptUndoPlan  *plan,
         gint64       *lowest,
         GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;
  guint n_changes = 0;
  CptStep step;

  statement = cpt_database_prepare (database,
                                    "SELECT change_id, entity, row_id, id, kind, fields FROM log_change "
                                    "WHERE sequence IN (SELECT sequence FROM log WHERE unit = ?1) "
                                    "AND id IS NOT NULL AND change_id < (SELECT reverted FROM unit WHERE sequence = ?1) "
                                    "ORDER BY change_id DESC LIMIT ?2",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, slice->sequence);
  cpt_statement_bind_int (statement, 2, slice->limit);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      CptUndoChange change = {
        .entity = cpt_schema_find_number (database->schema, (guint) cpt_statement_get_int (statement, 1)),
        .row = cpt_statement_get_int (statement, 2),
        .act = (CptAct) cpt_statement_get_int (statement, 4),
        .fields = cpt_statement_get_text (statement, 5),
      };

      cpt_statement_get_id (statement, 3, &change.id);
      if (change.entity != NULL && cpt_undo_plan_is_full (plan, &change))
        break;
      /* What was changed again meanwhile stays as it is. */
      if (change.entity != NULL && !cpt_undo_plan_add (plan, database, &change, NULL, error))
        return FALSE;
      *lowest = cpt_statement_get_int (statement, 0);
      n_changes++;
    }
  slice->is_done = step == CPT_STEP_DONE && n_changes < slice->limit;

  return step != CPT_STEP_ERROR;
}

static gboolean
revert_slice (CptDatabase  *database,
              gpointer      data,
              GError      **error)
{
  Slice *slice = data;
  g_auto(CptUndoPlan) plan = { 0 };
  gint64 lowest = 0;
  CptDoor door;
  gboolean done;

  cpt_undo_plan_init (&plan, CPT_ORIGIN_UNDO);
  if (!collect (database, slice, &plan, &lowest, error))
    return FALSE;

  cpt_door_init (&door, database, plan.transaction);
  door.unit = slice->sequence;
  door.is_exact = TRUE;
  door.is_partial = TRUE;
  done = cpt_door_run (&door, error);
  cpt_door_clear (&door);

  return done && set_reverted (database, slice->sequence, lowest,
                               slice->is_done ? CPT_UNIT_DEAD : CPT_UNIT_REVERTING, error);
}

gboolean
cpt_unit_revert (CptDatabase  *database,
                 gint64        sequence,
                 GError      **error)
{
  Slice slice = { .sequence = sequence, .limit = CHANGES_PER_SLICE };
  gboolean done = TRUE;

  cpt_database_reveal (database, sequence);
  while (done && !slice.is_done)
    done = cpt_database_transact (database, revert_slice, &slice, error);
  cpt_database_reveal (database, 0);

  return done;
}

/* Removing rows */

static gboolean
find_range (CptDatabase     *database,
            CptHiddenRange  *range,
            gboolean        *is_found,
            GError         **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  statement = cpt_database_prepare (database,
                                    "SELECT h.entity, h.first_row, h.last_row, h.sequence FROM unit AS u "
                                    "JOIN hidden AS h ON h.sequence = u.sequence WHERE u.state = ? "
                                    "ORDER BY h.last_row DESC LIMIT 1",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, CPT_UNIT_DEAD);
  step = cpt_statement_step (statement, error);
  *is_found = step == CPT_STEP_ROW;
  if (*is_found)
    *range = (CptHiddenRange){
      .entity = (guint) cpt_statement_get_int (statement, 0),
      .first = cpt_statement_get_int (statement, 1),
      .last = cpt_statement_get_int (statement, 2),
      .sequence = cpt_statement_get_int (statement, 3),
    };

  return step != CPT_STEP_ERROR;
}

/* All rows from @first on within the range */
static gboolean
remove_rows (CptDatabase      *database,
             const CptEntity  *entity,
             gint64            first,
             gint64            last,
             GError          **error)
{
  g_autofree char *select = cpt_layout_dup_select_sql (entity);
  g_autofree char *read_sql = g_strconcat (select, "WHERE row_id BETWEEN ? AND ?", NULL);
  g_autofree char *delete_sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE row_id BETWEEN ? AND ?", entity->name);
  g_autoptr(GString) words = g_string_new (NULL);
  g_autoptr(CptStatement) statement = cpt_database_prepare (database, read_sql, error);
  const gint64 numbers[] = { first, last };
  CptStep step;

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, first);
  cpt_statement_bind_int (statement, 2, last);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      g_autoptr(CptRecord) record = cpt_layout_read_record (database, statement, entity, error);

      if (record == NULL)
        return FALSE;
      cpt_search_index_get_words (record, words);
      if (!cpt_search_index_remove (database, entity, record->row, words->str, error) ||
          !cpt_side_table_write (database, entity, record, NULL, record->row, error))
        return FALSE;
    }

  return step != CPT_STEP_ERROR &&
         cpt_database_run_numbers (database, delete_sql, numbers, G_N_ELEMENTS (numbers), error);
}

static gboolean
shrink_range (CptDatabase           *database,
              const CptHiddenRange  *range,
              gint64                 last,
              GError               **error)
{
  const gint64 numbers[] = { range->entity, range->first, last };

  if (last < range->first)
    return cpt_database_run_numbers (database, "DELETE FROM hidden WHERE entity = ?1 AND first_row = ?2", numbers, 2, error);

  return cpt_database_run_numbers (database, "UPDATE hidden SET last_row = ?3 WHERE entity = ?1 AND first_row = ?2", numbers,
                                   G_N_ELEMENTS (numbers), error);
}

static gboolean
sweep_slice (CptDatabase  *database,
             gpointer      data,
             GError      **error)
{
  Slice *slice = data;
  CptHiddenRange range;
  const CptEntity *entity;
  gboolean is_found;
  gint64 first;

  if (!find_range (database, &range, &is_found, error))
    return FALSE;
  if (!is_found)
    {
      slice->is_done = TRUE;
      return cpt_database_exec (database, "DELETE FROM unit WHERE state = 2", error);
    }

  first = MAX (range.first, range.last - ROWS_PER_SLICE + 1);
  entity = cpt_schema_find_number (database->schema, range.entity);
  if (entity != NULL && !remove_rows (database, entity, first, range.last, error))
    return FALSE;

  cpt_database_forget (database);

  return shrink_range (database, &range, first - 1, error);
}

/* First what can be seen, then what can't. A unit that began to be changed back
 * in between waits for the next slice, which sees its fields. */
static gboolean
take_back_slice (CptDatabase  *database,
                 gpointer      data,
                 GError      **error)
{
  Slice reverting = { .limit = CHANGES_PER_SWEEP };

  if (!cpt_database_get_number (database, FIRST_REVERTING, 0, &reverting.sequence, error))
    return FALSE;
  if (reverting.sequence != 0 && reverting.sequence != database->revealed)
    return TRUE;

  return reverting.sequence != 0 ? revert_slice (database, &reverting, error) : sweep_slice (database, data, error);
}

static gboolean
take_back_next (CptDatabase  *database,
                Slice        *slice,
                GError      **error)
{
  gint64 reverting;

  if (!cpt_database_get_number (database, FIRST_REVERTING, 0, &reverting, error))
    return FALSE;
  cpt_database_reveal (database, reverting);

  return cpt_database_transact (database, take_back_slice, slice, error);
}

gboolean
cpt_unit_sweep (CptDatabase  *database,
                gint64        budget,
                gboolean     *is_done,
                GError      **error)
{
  gint64 end = g_get_monotonic_time () + budget;
  Slice slice = { 0 };
  gint64 n_units = 0;
  gboolean done = TRUE;

  if (!cpt_database_get_number (database, "SELECT count(*) FROM unit WHERE state IN (1, 2)", 0, &n_units, error))
    return FALSE;

  slice.is_done = n_units == 0;
  do
    done = slice.is_done || take_back_next (database, &slice, error);
  while (done && !slice.is_done && g_get_monotonic_time () < end);
  cpt_database_reveal (database, 0);
  if (!done)
    return FALSE;
  if (is_done != NULL)
    *is_done = slice.is_done;

  return TRUE;
}
