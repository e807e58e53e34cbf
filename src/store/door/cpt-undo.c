/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Undo and redo, from the log alone.
 *
 *   A   an act                    undone_by = X while it is undone
 *   X   undo of A: undoes = A     undone_by = Y when it was redone
 *   Y   redo:      undoes = X     A.undone_by is empty again
 *
 * So the acts whose undone_by is empty, without undos and redos, are what
 * counts at present. Rows that a unit created are hidden and shown again as
 * ranges; everything else goes through the door with its rules off, since it
 * was right before. */

#include "config.h"

#include "cpt-undo-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "cpt-error.h"
#include "cpt-log-private.h"
#include "cpt-unit-private.h"

/* Acts of a person at this machine, newest first by the line that ended them: of
 * a unit that is when everybody saw it, not when it began. */
#define ACTS                                                                 \
  "FROM log AS l JOIN log AS a ON a.sequence = ifnull (l.unit, l.sequence) " \
  "WHERE (l.state = 3 OR (l.state = 0 AND NOT EXISTS (SELECT 1 "             \
  "FROM log AS f WHERE f.unit = l.sequence AND f.state = 3))) "              \
  "AND a.state = 0 AND a.undoes IS NULL AND a.device IS ?1 AND a.origin IN (0, 1, 4, 9) "
#define NEWEST_FIRST "ORDER BY l.sequence DESC LIMIT 1"

G_STATIC_ASSERT (CPT_LOG_DONE == 0 && CPT_LOG_FINISH == 3 && CPT_ORIGIN_FORM == 0 && CPT_ORIGIN_IMPORT == 1 &&
                 CPT_ORIGIN_UNDO == 2 && CPT_ORIGIN_COMMAND == 4 && CPT_ORIGIN_MERGE == 9);

static CptLogEntry *
peek (CptDatabase  *database,
      const char   *sql,
      GError      **error)
{
  g_autoptr(CptStatement) statement = cpt_database_prepare (database, sql, error);

  if (statement == NULL)
    return NULL;

  cpt_statement_bind_text (statement, 1, database->device);
  if (cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return NULL;

  return cpt_log_read_entry (statement, 0);
}

CptLogEntry *
cpt_log_peek_undo (CptDatabase  *database,
                   GError      **error)
{
  return peek (database, "SELECT " CPT_LOG_COLUMNS " FROM log WHERE sequence = "
                         "(SELECT a.sequence " ACTS "AND a.undone_by IS NULL " NEWEST_FIRST ")",
               error);
}

/* A new act leaves nothing to be redone. */
CptLogEntry *
cpt_log_peek_redo (CptDatabase  *database,
                   GError      **error)
{
  return peek (database, "SELECT " CPT_LOG_COLUMNS " FROM log WHERE state = 0 AND undoes IS NOT NULL "
                         "AND undone_by IS NULL AND device IS ?1 AND origin = 2 "
                         "AND sequence > ifnull ((SELECT l.sequence " ACTS NEWEST_FIRST "), 0) "
                         "ORDER BY sequence DESC LIMIT 1",
               error);
}

void
cpt_undo_clear (CptUndo *self)
{
  g_clear_pointer (&self->entry, cpt_log_entry_free);
  cpt_undo_plan_clear (&self->plan);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_clear_pointer (&self->ranges, g_array_unref);
}

/* A redo is taken back by taking back what it did again. */
gboolean
cpt_undo_find_entry (CptUndo  *self,
                     GError  **error)
{
  for (;;)
    {
      g_autoptr(CptLogEntry) undone = NULL;
      gint64 state = CPT_LOG_DEAD;

      g_clear_pointer (&self->entry, cpt_log_entry_free);
      self->entry = cpt_log_find (self->database, self->sequence, &state, error);
      if (self->entry == NULL || state != CPT_LOG_DONE)
        {
          if (error != NULL && *error == NULL)
            g_set_error_literal (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is nothing to undo."));
          return FALSE;
        }
      if (self->is_merge && self->entry->origin != CPT_ORIGIN_MERGE)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("“%s” was no merge. Undo it instead."), self->entry->label);
          return FALSE;
        }
      if (self->entry->origin == CPT_ORIGIN_CREATION || self->entry->origin == CPT_ORIGIN_DEMO)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                       _("“%s” can’t be undone: the workspace began with it. Delete the records that you do not need."),
                       self->entry->label);
          return FALSE;
        }
      if (self->entry->undone_by != 0)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_CONFLICT, _("“%s” was already undone."), self->entry->label);
          return FALSE;
        }
      if (self->entry->undoes == 0)
        return TRUE;

      undone = cpt_log_find (self->database, self->entry->undoes, NULL, error);
      if (undone == NULL)
        return FALSE;
      if (undone->undoes == 0)
        {
          self->is_redo = TRUE;
          return TRUE;
        }
      self->sequence = undone->undoes;
    }
}

/* As statements below write it */
G_STATIC_ASSERT (CPT_ACT_COMPUTED == 8);

/* Whether something that counts has touched the rows since */
static gboolean
was_touched (CptUndo   *self,
             guint      entity,
             gint64     first,
             gint64     last,
             gboolean  *is_touched,
             GError   **error)
{
  static const char sql[] =
    "SELECT 1 FROM log_change AS c JOIN log AS l ON l.sequence = c.sequence "
    "JOIN log AS h ON h.sequence = ifnull (l.unit, l.sequence) "
    "WHERE c.sequence > ?1 AND c.entity = ?2 AND c.row_id <= ?4 AND ifnull (c.last_row, c.row_id) >= ?3 "
    "AND c.kind <> 8 AND h.undoes IS NULL AND h.undone_by IS NULL AND h.state = 0 AND h.sequence <> ?5 LIMIT 1";
  g_autoptr(CptStatement) statement = cpt_database_prepare (self->database, sql, error);
  CptStep step;

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, self->last);
  cpt_statement_bind_int (statement, 2, entity);
  cpt_statement_bind_int (statement, 3, first);
  cpt_statement_bind_int (statement, 4, last);
  cpt_statement_bind_int (statement, 5, self->sequence);
  step = cpt_statement_step (statement, error);
  *is_touched = step == CPT_STEP_ROW;

  return step != CPT_STEP_ERROR;
}

/* The same for one record: quick however much happened since */
static gboolean
was_record_touched (CptUndo              *self,
                    const CptUndoChange  *change,
                    gboolean             *is_touched,
                    GError              **error)
{
  static const char sql[] =
    "SELECT 1 FROM log_change AS c JOIN log AS l ON l.sequence = c.sequence "
    "JOIN log AS h ON h.sequence = ifnull (l.unit, l.sequence) "
    "WHERE c.id = ?1 AND c.sequence > ?2 AND c.entity = ?3 "
    "AND c.kind <> 8 AND h.undoes IS NULL AND h.undone_by IS NULL AND h.state = 0 AND h.sequence <> ?4 LIMIT 1";
  g_autoptr(CptStatement) statement = cpt_database_prepare (self->database, sql, error);
  CptStep step;

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, &change->id);
  cpt_statement_bind_int (statement, 2, self->last);
  cpt_statement_bind_int (statement, 3, change->entity->number);
  cpt_statement_bind_int (statement, 4, self->sequence);
  step = cpt_statement_step (statement, error);
  *is_touched = step == CPT_STEP_ROW;

  return step != CPT_STEP_ERROR;
}

/* Slices of an import follow each other: thousands of them are one range */
static void
add_range (CptUndo            *self,
           const CptLogChange *range)
{
  CptLogChange *last = self->ranges->len > 0 ? &g_array_index (self->ranges, CptLogChange, self->ranges->len - 1) : NULL;

  if (last != NULL && last->entity == range->entity && last->kind == range->kind && last->last_row + 1 == range->row)
    last->last_row = range->last_row;
  else
    g_array_append_val (self->ranges, *range);
}

/* In the order of their rows */
static gboolean
take_range (CptUndo       *self,
            CptLogChange  *change,
            GError       **error)
{
  const CptEntity *entity = cpt_schema_find_number (self->database->schema, change->entity);
  gboolean is_touched;

  /* Of facts the range is that of their days, and no row of a table. */
  if (entity == NULL || (entity->flags & CPT_ENTITY_FACTS) != 0)
    return TRUE;
  if (!was_touched (self, change->entity, change->row, change->last_row, &is_touched, error))
    return FALSE;
  if (is_touched)
    g_ptr_array_add (self->conflicts, g_strdup (cpt_entity_get_label_plural (entity)));

  change->kind = (CptChangeKind) ((CptAct) change->kind == CPT_ACT_UNCREATE ? CPT_ACT_RECREATE : CPT_ACT_UNCREATE);
  add_range (self, change);
  self->n_changes += (guint64) (change->last_row - change->row + 1);

  return TRUE;
}

gboolean
cpt_undo_take_record (CptUndo        *self,
                      CptUndoChange  *change,
                      GError        **error)
{
  gboolean is_touched = FALSE;

  /* Fields that were changed since can be told by their values; a record that
   * was, not. */
  change->is_lenient = self->is_merge;
  change->is_last = self->is_last;
  if (change->act != CPT_ACT_UPDATE && change->act != CPT_ACT_COMPUTED && !self->is_merge &&
      !self->is_last && !self->is_quiet &&
      !was_record_touched (self, change, &is_touched, error))
    return FALSE;
  if (is_touched)
    {
      g_autofree char *title = cpt_database_dup_title (self->database, change->entity, &change->id);

      g_ptr_array_add (self->conflicts,
                       title != NULL ? g_steal_pointer (&title) : g_strdup (cpt_entity_get_label (change->entity)));
      return TRUE;
    }

  self->n_changes++;

  return cpt_undo_plan_add (&self->plan, self->database, change, self->conflicts, error);
}

static gboolean
collect_ranges (CptUndo  *self,
                GError  **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  statement = cpt_database_prepare (self->database,
                                    CPT_UNDO_CHANGES_OF_ACT "AND last_row IS NOT NULL ORDER BY entity, row_id", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, self->sequence);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      CptLogChange range = {
        .entity = (guint) cpt_statement_get_int (statement, 0),
        .row = cpt_statement_get_int (statement, 1),
        .last_row = cpt_statement_get_int (statement, 2),
        .kind = (CptChangeKind) cpt_statement_get_int (statement, 4),
      };

      if (!take_range (self, &range, error))
        return FALSE;
    }

  return step == CPT_STEP_DONE;
}

static int
compare_range (gconstpointer a,
               gconstpointer b)
{
  const CptLogChange *key = a;
  const CptLogChange *range = b;

  if (key->entity != range->entity)
    return key->entity < range->entity ? -1 : 1;
  if (key->row < range->row)
    return -1;

  return key->row > range->last_row;
}

/* What a unit changed in a row of its own is hidden and shown with the row */
gboolean
cpt_undo_is_in_range (CptUndo             *self,
                      const CptUndoChange *change)
{
  CptLogChange key = { .entity = change->entity->number, .row = change->row };

  return change->act == CPT_ACT_UPDATE && self->ranges->len > 0 &&
         bsearch (&key, self->ranges->data, self->ranges->len, sizeof key, compare_range) != NULL;
}

gboolean
cpt_undo_refuse (CptUndo  *self,
                 GError  **error)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < MIN (self->conflicts->len, CPT_UNDO_MAX_NAMED); i++)
    g_string_append_printf (names, "%s%s", i == 0 ? "" : ", ", (const char *) g_ptr_array_index (self->conflicts, i));
  if (self->conflicts->len > CPT_UNDO_MAX_NAMED)
    g_string_append (names, ", …");
  g_set_error (error, CPT_ERROR, CPT_ERROR_CONFLICT,
               /* Translators: the first is what was done, the second a list of records */
               _("“%s” can’t be undone because this was changed since: %s"), self->entry->label, names->str);

  return FALSE;
}

/* The last line of what is taken back: of a unit its end */
static gboolean
find_last (CptUndo  *self,
           GError  **error)
{
  g_autoptr(CptStatement) statement = NULL;

  statement = cpt_database_prepare (self->database, "SELECT max (sequence) FROM log WHERE unit = ?", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, self->sequence);
  if (cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return FALSE;
  self->last = MAX (self->sequence, cpt_statement_get_int (statement, 0));

  return TRUE;
}

gboolean
cpt_undo_prepare (CptUndo  *self,
                  GError  **error)
{
  if (!cpt_undo_find_entry (self, error))
    return FALSE;

  cpt_undo_plan_init (&self->plan, self->is_redo ? CPT_ORIGIN_REDO : CPT_ORIGIN_UNDO);
  self->conflicts = g_ptr_array_new_with_free_func (g_free);
  self->ranges = g_array_new (FALSE, FALSE, sizeof (CptLogChange));

  return find_last (self, error) && collect_ranges (self, error);
}
