/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading the log from a cursor: what happened to which rows.
 *
 * Rows that a unit creates are nobody's business until it is finished: they
 * are announced by the line that finished it, as ranges. What a unit changes
 * in rows that are there is announced with each slice. */

#include "config.h"

#include "cpt-log-private.h"

#include <string.h>

#include "cpt-database-private.h"
#include "cpt-door-private.h"
#include "cpt-json-members.h"

struct _CptChangeSet
{
  gatomicrefcount count;
  CptSchema *schema; /* (owned): the entities of the rows */
  gint64 sequence;
  gboolean is_truncated;
  GArray *rows; /* of CptRowChange */
};

CptChangeSet *
cpt_change_set_ref (CptChangeSet *self)
{
  g_atomic_ref_count_inc (&self->count);

  return self;
}

void
cpt_change_set_unref (CptChangeSet *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;

  g_array_unref (self->rows);
  cpt_schema_unref (self->schema);
  g_free (self);
}

gint64
cpt_change_set_get_sequence (CptChangeSet *self)
{
  return self->sequence;
}

gboolean
cpt_change_set_is_truncated (CptChangeSet *self)
{
  return self->is_truncated;
}

const CptRowChange *
cpt_change_set_get_rows (CptChangeSet *self,
                         guint        *length)
{
  *length = self->rows->len;

  return (const CptRowChange *) (gpointer) self->rows->data;
}

gboolean
cpt_change_set_has_entity (CptChangeSet *self,
                           const char   *entity)
{
  if (self->is_truncated)
    return TRUE;

  for (guint i = 0; i < self->rows->len; i++)
    if (strcmp (g_array_index (self->rows, CptRowChange, i).entity->name, entity) == 0)
      return TRUE;

  return FALSE;
}

static guint64
get_field_bits (const CptEntity *entity,
                CptAct           act,
                const char      *fields)
{
  g_autoptr(GArray) members = NULL;
  guint64 bits = 0;

  if ((act != CPT_ACT_UPDATE && act != CPT_ACT_COMPUTED) || fields == NULL)
    return G_MAXUINT64;
  members = cpt_json_members_scan (fields, -1, NULL);
  if (members == NULL)
    return G_MAXUINT64;

  for (guint i = 0; i < members->len; i++)
    {
      const CptField *field = cpt_entity_find_field (entity, g_array_index (members, CptJsonMember, i).name);

      if (field == NULL)
        return G_MAXUINT64;
      bits |= G_GUINT64_CONSTANT (1) << (field->index % 64);
    }

  return bits;
}

static void
add_row (CptChangeSet *self,
         CptStatement *statement)
{
  guint number = (guint) cpt_statement_get_int (statement, 1);
  const CptEntity *entity = cpt_schema_find_number (self->schema, number);
  CptAct act = (CptAct) cpt_statement_get_int (statement, 5);
  CptRowChange change = {
    .entity = entity,
    .kind = cpt_act_get_kind (act),
    .row = cpt_statement_get_int (statement, 2),
    .sequence = cpt_statement_get_int (statement, 0),
  };
  CptRowChange *last = self->rows->len == 0 ? NULL : &g_array_index (self->rows, CptRowChange, self->rows->len - 1);

  if (entity == NULL)
    return;

  change.last_row = cpt_statement_is_null (statement, 3) ? change.row : cpt_statement_get_int (statement, 3);
  cpt_statement_get_id (statement, 4, &change.id);
  change.fields = get_field_bits (entity, act, cpt_statement_get_text (statement, 6));

  /* The slices of a unit follow one another: one range for people */
  if (last != NULL && cpt_uuid_is_nil (&last->id) && cpt_uuid_is_nil (&change.id) && last->entity == entity &&
      last->kind == change.kind && last->sequence == change.sequence && last->last_row + 1 == change.row)
    last->last_row = change.last_row;
  else
    g_array_append_val (self->rows, change);
}

/* Creations of units stand at the line that finished them. Where that line is
 * not there yet, or the unit was taken back, they are left out. */
static const char read_sql[] =
  "SELECT c.sequence, c.entity, c.row_id, c.last_row, c.id, c.kind, c.fields FROM log_change AS c "
  "WHERE c.sequence > ?1 AND c.sequence <= ?2 "
  "AND NOT (c.last_row IS NOT NULL AND c.kind = 0 AND EXISTS "
  "(SELECT 1 FROM log AS l WHERE l.sequence = c.sequence AND l.state = 1)) "
  "UNION ALL "
  "SELECT f.sequence, c.entity, c.row_id, c.last_row, c.id, c.kind, c.fields "
  "FROM log AS f JOIN log AS s ON s.unit = f.unit AND s.state = 1 JOIN log_change AS c ON c.sequence = s.sequence "
  "WHERE f.sequence > ?1 AND f.sequence <= ?2 AND f.state = 3 AND c.last_row IS NOT NULL AND c.kind = 0 "
  "ORDER BY 1, 2, 3 LIMIT ?3";

G_STATIC_ASSERT (CPT_LOG_SLICE == 1 && CPT_LOG_FINISH == 3 && CPT_CHANGE_CREATE == 0);

typedef struct
{
  gint64 after;
  guint limit;
  CptChangeSet *set;
} Request;

static gboolean
read_log (CptDatabase  *database,
          gpointer      data,
          GError      **error)
{
  Request *request = data;
  CptChangeSet *self = g_new0 (CptChangeSet, 1);
  g_autoptr(CptStatement) statement = NULL;
  guint n_rows = 0;
  CptStep step;

  g_atomic_ref_count_init (&self->count);
  self->schema = cpt_schema_ref (database->schema);
  self->rows = g_array_new (FALSE, FALSE, sizeof (CptRowChange));
  self->sequence = database->sequence;
  request->set = self;

  statement = cpt_database_prepare (database, read_sql, error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, request->after);
  cpt_statement_bind_int (statement, 2, database->sequence);
  cpt_statement_bind_int (statement, 3, (gint64) request->limit + 1);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      if (++n_rows > request->limit)
        {
          self->is_truncated = TRUE;
          return TRUE;
        }
      add_row (self, statement);
    }

  return step == CPT_STEP_DONE;
}

CptChangeSet *
cpt_log_read (CptDatabase  *database,
              gint64        after,
              guint         limit,
              GError      **error)
{
  Request request = { .after = after, .limit = limit };

  if (cpt_database_snapshot (database, read_log, &request, error))
    return request.set;

  g_clear_pointer (&request.set, cpt_change_set_unref);

  return NULL;
}
