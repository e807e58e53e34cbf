/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading the log from a cursor, record by record, for those who must not miss anything: the
 * cursor may stand inside an act, so that an import of any size is read in parts.
 *
 * What a unit did stands in its slices. It is read at the line that finished it: one that is
 * given up never happened. */

#include "config.h"

#include "cpt-log-follow.h"

#include "cpt-database-private.h"
#include "cpt-door-private.h"
#include "cpt-log-private.h"

typedef struct
{
  gint64 sequence;
  gint64 at;
  gint64 unit;
  CptOrigin origin;
  CptLogState state;
} Line;

typedef struct
{
  CptDatabase *database;
  CptLogCursor *cursor;
  guint limit;
  gboolean is_end;
  GPtrArray *events;
} Following;

void
cpt_log_event_free (CptLogEvent *self)
{
  if (self == NULL)
    return;

  g_free (self->fields);
  g_free (self);
}

GPtrArray *
cpt_log_event_list_changes (const CptLogEvent *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return cpt_log_list_changes (self->entity, self->fields);
}

/* ------------------------------------------------------------------- one change */

/* Whether anybody follows what happens to records of that kind */
static gboolean
is_followed (const CptEntity *entity)
{
  return entity != NULL && (entity->flags & (CPT_ENTITY_SYSTEM | CPT_ENTITY_FACTS)) == 0;
}

static gboolean
is_told (CptChangeKind kind)
{
  return kind == CPT_CHANGE_CREATE || kind == CPT_CHANGE_UPDATE || kind == CPT_CHANGE_RESTORE;
}

/* All rows of the range, as far as there is room; columns are those of the statements below */
static void
add_rows (Following    *self,
          const Line   *line,
          CptStatement *statement)
{
  gint64 change = cpt_statement_get_int (statement, 0);
  const CptEntity *entity = cpt_schema_find_number (self->database->schema, (guint) cpt_statement_get_int (statement, 1));
  gint64 first = cpt_statement_get_int (statement, 2);
  gint64 last = cpt_statement_is_null (statement, 3) ? first : cpt_statement_get_int (statement, 3);
  CptChangeKind kind = cpt_act_get_kind ((CptAct) cpt_statement_get_int (statement, 5));

  if (change == self->cursor->change)
    first = MAX (first, self->cursor->row + 1);
  self->cursor->change = change;
  self->cursor->row = last;
  if (!is_followed (entity) || !is_told (kind))
    return;

  for (gint64 row = first; row <= last; row++)
    {
      CptLogEvent *event;

      if (self->events->len >= self->limit)
        {
          self->cursor->row = row - 1;
          return;
        }
      event = g_new0 (CptLogEvent, 1);
      event->sequence = line->sequence;
      event->at = line->at;
      event->origin = line->origin;
      event->entity = entity;
      event->kind = kind;
      event->row = row;
      cpt_statement_get_id (statement, 4, &event->id);
      if (kind == CPT_CHANGE_UPDATE)
        event->fields = g_strdup (cpt_statement_get_text (statement, 6));
      g_ptr_array_add (self->events, event);
    }
}

/* --------------------------------------------------------------------- one line */

static const char line_sql[] =
  "SELECT change_id, entity, row_id, last_row, id, kind, fields FROM log_change "
  "WHERE sequence = ?1 AND change_id >= ?2 ORDER BY change_id";

/* Slices follow one another, and so do the changes in them: nothing is sorted */
static const char unit_sql[] =
  "SELECT c.change_id, c.entity, c.row_id, c.last_row, c.id, c.kind, c.fields "
  "FROM log AS s CROSS JOIN log_change AS c ON c.sequence = s.sequence "
  "WHERE s.unit = ?1 AND s.state = 1 AND s.sequence >= ifnull ((SELECT sequence FROM log_change WHERE change_id = ?2), 0) "
  "AND c.change_id >= ?2 ORDER BY s.sequence, c.change_id";

G_STATIC_ASSERT (CPT_LOG_SLICE == 1);

/* FALSE in @is_whole when there was no room for all of it */
static gboolean
read_line (Following   *self,
           const Line  *line,
           gboolean    *is_whole,
           GError     **error)
{
  gboolean is_unit = line->state == CPT_LOG_FINISH;
  g_autoptr(CptStatement) statement = NULL;
  CptStep step = CPT_STEP_DONE;

  if (self->cursor->sequence != line->sequence)
    *self->cursor = (CptLogCursor){ line->sequence, 0, 0 };
  *is_whole = TRUE;
  if (is_unit || line->state == CPT_LOG_DONE || line->state == CPT_LOG_COMPUTED)
    {
      statement = cpt_database_prepare (self->database, is_unit ? unit_sql : line_sql, error);
      if (statement == NULL)
        return FALSE;
      cpt_statement_bind_int (statement, 1, is_unit ? line->unit : line->sequence);
      cpt_statement_bind_int (statement, 2, self->cursor->change);
      while (self->events->len < self->limit && (step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
        add_rows (self, line, statement);
      *is_whole = step == CPT_STEP_DONE;
    }
  if (*is_whole)
    *self->cursor = (CptLogCursor){ line->sequence, CPT_LOG_CURSOR_ALL, 0 };

  return step != CPT_STEP_ERROR;
}

static gboolean
follow (CptDatabase  *database,
        gpointer      data,
        GError      **error)
{
  Following *self = data;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database, "SELECT sequence, unit, at, origin, state FROM log WHERE sequence >= ? ORDER BY sequence",
                          error);
  gboolean is_whole = TRUE;
  CptStep step = CPT_STEP_DONE;

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, self->cursor->sequence + (self->cursor->change == CPT_LOG_CURSOR_ALL ? 1 : 0));
  while (is_whole && (step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      Line line = {
        .sequence = cpt_statement_get_int (statement, 0),
        .unit = cpt_statement_get_int (statement, 1),
        .at = cpt_statement_get_int (statement, 2),
        .origin = (CptOrigin) cpt_statement_get_int (statement, 3),
        .state = (CptLogState) cpt_statement_get_int (statement, 4),
      };

      if (!read_line (self, &line, &is_whole, error))
        return FALSE;
    }
  self->is_end = is_whole;

  return !is_whole || step == CPT_STEP_DONE;
}

GPtrArray *
cpt_log_follow (CptDatabase   *database,
                CptLogCursor  *cursor,
                guint          limit,
                gboolean      *is_end,
                GError       **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_log_event_free);
  CptLogCursor reached;
  Following following = { database, &reached, limit, FALSE, events };

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (cursor != NULL && is_end != NULL && limit > 0, NULL);

  reached = *cursor;
  if (!cpt_database_snapshot (database, follow, &following, error))
    return NULL;

  *cursor = reached;
  *is_end = following.is_end;

  return g_steal_pointer (&events);
}

gboolean
cpt_log_get_end (CptDatabase   *database,
                 CptLogCursor  *cursor,
                 GError       **error)
{
  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (cursor != NULL, FALSE);

  *cursor = (CptLogCursor){ 0, CPT_LOG_CURSOR_ALL, 0 };

  return cpt_database_get_number (database, "SELECT max(sequence) FROM log", 0, &cursor->sequence, error);
}

gboolean
cpt_log_find_before (CptDatabase   *database,
                     gint64         at,
                     CptLogCursor  *cursor,
                     GError       **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (cursor != NULL, FALSE);

  *cursor = (CptLogCursor){ 0, CPT_LOG_CURSOR_ALL, 0 };
  statement = cpt_database_prepare (database, "SELECT ifnull (max (sequence), 0) FROM log WHERE at < ?", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, at);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    cursor->sequence = cpt_statement_get_int (statement, 0);

  return step != CPT_STEP_ERROR;
}
