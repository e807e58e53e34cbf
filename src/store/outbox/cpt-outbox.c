/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where effects are kept: a row each, found by when somebody has to look at it, by its key,
 * by what decided it and by its state. */

#include "config.h"

#include "cpt-outbox.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-statement.h"
#include "cpt-turn-private.h"

#define COLUMNS                                                                                                             \
  "effect_id, key, connector, enrolment_id, node, visit, state, next, due, attempt, planned, first_call, settled, holder, " \
  "target, request, answer, reason"

/* What was begun is looked at in any case; what was not waits while its workflow rests. */
#define IS_DUE                                                                                                   \
  "due <= ? AND (state NOT IN ('planned', 'leased') OR enrolment_id IS NULL OR EXISTS (SELECT 1 FROM enrolment " \
  "JOIN workflow ON workflow.id = enrolment.workflow AND workflow.state IN ('active', 'draining') "              \
  "WHERE enrolment.enrolment_id = effect.enrolment_id))"

CptOutboxEntry *
cpt_outbox_entry_new (void)
{
  CptOutboxEntry *self = g_new0 (CptOutboxEntry, 1);

  self->due = CPT_OUTBOX_NEVER;
  self->planned = CPT_OUTBOX_NEVER;
  self->first_call = CPT_OUTBOX_NEVER;
  self->settled = CPT_OUTBOX_NEVER;

  return self;
}

void
cpt_outbox_entry_free (CptOutboxEntry *self)
{
  if (self == NULL)
    return;

  g_free (self->key);
  g_free (self->connector);
  g_free (self->node);
  g_free (self->state);
  g_free (self->next);
  g_free (self->holder);
  g_free (self->target);
  g_free (self->request);
  g_free (self->answer);
  g_free (self->reason);
  g_free (self);
}

/* ------------------------------------------------------------------- reading */

static gint64
get_instant (CptStatement *statement,
             int           column)
{
  return cpt_statement_is_null (statement, column) ? CPT_OUTBOX_NEVER : cpt_statement_get_int (statement, column);
}

static CptOutboxEntry *
read_row (CptStatement *statement)
{
  CptOutboxEntry *self = cpt_outbox_entry_new ();

  self->row = cpt_statement_get_int (statement, 0);
  self->key = g_strdup (cpt_statement_get_text (statement, 1));
  self->connector = g_strdup (cpt_statement_get_text (statement, 2));
  self->enrolment = cpt_statement_is_null (statement, 3) ? 0 : cpt_statement_get_int (statement, 3);
  self->node = g_strdup (cpt_statement_get_text (statement, 4));
  self->visit = (guint) cpt_statement_get_int (statement, 5);
  self->state = g_strdup (cpt_statement_get_text (statement, 6));
  self->next = g_strdup (cpt_statement_get_text (statement, 7));
  self->due = get_instant (statement, 8);
  self->attempt = (guint) cpt_statement_get_int (statement, 9);
  self->planned = get_instant (statement, 10);
  self->first_call = get_instant (statement, 11);
  self->settled = get_instant (statement, 12);
  self->holder = g_strdup (cpt_statement_get_text (statement, 13));
  self->target = g_strdup (cpt_statement_get_text (statement, 14));
  self->request = g_strdup (cpt_statement_get_text (statement, 15));
  self->answer = g_strdup (cpt_statement_get_text (statement, 16));
  self->reason = g_strdup (cpt_statement_get_text (statement, 17));

  return self;
}

/* (transfer full) (nullable): all rows that @statement has */
static GPtrArray *
read_rows (CptStatement  *statement,
           GError       **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_outbox_entry_free);
  CptStep step;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    g_ptr_array_add (rows, read_row (statement));

  return step == CPT_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

CptOutboxEntry *
cpt_outbox_load (CptDatabase  *database,
                 gint64        row,
                 GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  statement = cpt_database_prepare (database, "SELECT " COLUMNS " FROM effect WHERE effect_id = ?", error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, row);
  rows = read_rows (statement, error);
  if (rows != NULL && rows->len == 0)
    g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("This is not in the outbox. Look at it again."));

  return rows != NULL && rows->len > 0 ? g_ptr_array_steal_index (rows, 0) : NULL;
}

CptOutboxEntry *
cpt_outbox_find_last (CptDatabase  *database,
                      gint64        enrolment,
                      const char   *node,
                      GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (node != NULL, NULL);

  statement = cpt_database_prepare (database,
                                    "SELECT " COLUMNS " FROM effect WHERE enrolment_id = ? AND node = ? ORDER BY visit DESC LIMIT 1",
                                    error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, enrolment);
  cpt_statement_bind_text (statement, 2, node);
  rows = read_rows (statement, error);

  return rows != NULL && rows->len > 0 ? g_ptr_array_steal_index (rows, 0) : NULL;
}

GPtrArray *
cpt_outbox_list_due (CptDatabase  *database,
                     gint64        now,
                     guint         limit,
                     GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  statement = cpt_database_prepare (database,
                                    "SELECT " COLUMNS " FROM effect WHERE " IS_DUE " ORDER BY due, effect_id LIMIT ?",
                                    error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, now);
  cpt_statement_bind_int (statement, 2, limit);

  return read_rows (statement, error);
}

GPtrArray *
cpt_outbox_list (CptDatabase  *database,
                 const char   *state,
                 guint         limit,
                 GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;
  const char *sql;

  g_return_val_if_fail (database != NULL, NULL);

  if (state != NULL)
    sql = "SELECT " COLUMNS " FROM effect WHERE state = ?2 ORDER BY effect_id DESC LIMIT ?1";
  else
    sql = "SELECT " COLUMNS " FROM effect ORDER BY effect_id DESC LIMIT ?1";
  statement = cpt_database_prepare (database, sql, error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, limit);
  if (state != NULL)
    cpt_statement_bind_text (statement, 2, state);

  return read_rows (statement, error);
}

gboolean
cpt_outbox_get_next_due (CptDatabase  *database,
                         gint64       *due,
                         GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (due != NULL, FALSE);

  statement = cpt_database_prepare (database, "SELECT due FROM effect WHERE " IS_DUE " ORDER BY due LIMIT 1", error);
  if (statement == NULL)
    return FALSE;

  *due = CPT_OUTBOX_NEVER;
  cpt_statement_bind_int (statement, 1, CPT_OUTBOX_NEVER);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    *due = cpt_statement_get_int (statement, 0);

  return step != CPT_STEP_ERROR;
}

/* ------------------------------------------------------------------- writing */

static void
bind_instant (CptStatement *statement,
              int           position,
              gint64        instant)
{
  if (instant == CPT_OUTBOX_NEVER)
    cpt_statement_bind_null (statement, position);
  else
    cpt_statement_bind_int (statement, position, instant);
}

static gboolean
insert (CptDatabase  *database,
        gpointer      data,
        GError      **error)
{
  const CptOutboxEntry *self = data;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database,
                          "INSERT INTO effect (key, connector, enrolment_id, node, visit, state, next, due, attempt, planned, "
                          "target, request, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
                          error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_text (statement, 1, self->key);
  cpt_statement_bind_text (statement, 2, self->connector);
  if (self->enrolment == 0)
    cpt_statement_bind_null (statement, 3);
  else
    cpt_statement_bind_int (statement, 3, self->enrolment);
  cpt_statement_bind_text (statement, 4, self->node);
  cpt_statement_bind_int (statement, 5, self->visit);
  cpt_statement_bind_text (statement, 6, self->state);
  cpt_statement_bind_text (statement, 7, self->next);
  bind_instant (statement, 8, self->due);
  cpt_statement_bind_int (statement, 9, self->attempt);
  cpt_statement_bind_int (statement, 10, self->planned);
  cpt_statement_bind_text (statement, 11, self->target);
  cpt_statement_bind_text (statement, 12, self->request);
  cpt_statement_bind_text (statement, 13, self->reason);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_outbox_add (CptDatabase           *database,
                const CptOutboxEntry  *self,
                GError               **error)
{
  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (self != NULL && self->key != NULL && self->connector != NULL && self->node != NULL, FALSE);
  g_return_val_if_fail (self->state != NULL && self->next != NULL && self->target != NULL && self->request != NULL, FALSE);

  return cpt_database_transact (database, insert, (gpointer) self, error);
}

static gboolean
update (CptDatabase  *database,
        gpointer      data,
        GError      **error)
{
  const CptOutboxEntry *self = data;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database,
                          "UPDATE effect SET state = ?, next = ?, due = ?, attempt = ?, first_call = ?, settled = ?, holder = ?, "
                          "target = ?, request = ?, answer = ?, reason = ? WHERE effect_id = ?",
                          error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_text (statement, 1, self->state);
  cpt_statement_bind_text (statement, 2, self->next);
  bind_instant (statement, 3, self->due);
  cpt_statement_bind_int (statement, 4, self->attempt);
  bind_instant (statement, 5, self->first_call);
  bind_instant (statement, 6, self->settled);
  cpt_statement_bind_text (statement, 7, self->holder);
  cpt_statement_bind_text (statement, 8, self->target);
  cpt_statement_bind_text (statement, 9, self->request);
  cpt_statement_bind_text (statement, 10, self->answer);
  cpt_statement_bind_text (statement, 11, self->reason);
  cpt_statement_bind_int (statement, 12, self->row);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_outbox_save (CptDatabase           *database,
                 const CptOutboxEntry  *self,
                 GError               **error)
{
  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (self != NULL && self->row > 0, FALSE);

  return cpt_database_transact (database, update, (gpointer) self, error);
}

static gboolean
release (CptDatabase  *database,
         gpointer      data,
         GError      **error)
{
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database, "UPDATE effect SET due = 0 WHERE holder = ? AND due IS NOT NULL", error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_text (statement, 1, data);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_outbox_release (CptDatabase  *database,
                    const char   *holder,
                    GError      **error)
{
  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (holder != NULL, FALSE);

  return cpt_database_transact (database, release, (gpointer) holder, error);
}

/* ------------------------------------------------------------------- targets */

gboolean
cpt_outbox_load_target (CptDatabase      *database,
                        const char       *target,
                        CptOutboxTarget  *self,
                        GError          **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (target != NULL && self != NULL, FALSE);

  *self = (CptOutboxTarget){ 0, CPT_OUTBOX_NEVER };
  statement = cpt_database_prepare (database, "SELECT n_failures, open_until FROM effect_target WHERE target = ?", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_text (statement, 1, target);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    *self = (CptOutboxTarget){ (guint) cpt_statement_get_int (statement, 0), get_instant (statement, 1) };

  return step != CPT_STEP_ERROR;
}

typedef struct
{
  const char *target;
  const CptOutboxTarget *self;
} TargetData;

static gboolean
write_target (CptDatabase  *database,
              gpointer      data,
              GError      **error)
{
  const TargetData *target = data;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database,
                          "INSERT OR REPLACE INTO effect_target (target, n_failures, open_until) VALUES (?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_text (statement, 1, target->target);
  cpt_statement_bind_int (statement, 2, target->self->n_failures);
  bind_instant (statement, 3, target->self->open_until);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_outbox_save_target (CptDatabase            *database,
                        const char             *target,
                        const CptOutboxTarget  *self,
                        GError                **error)
{
  TargetData data = { target, self };

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (target != NULL && self != NULL, FALSE);

  return cpt_database_transact (database, write_target, &data, error);
}

/* ---------------------------------------------------------------------- turns */

int
cpt_outbox_take_turn (CptDatabase *database)
{
  g_return_val_if_fail (database != NULL, -1);

  return cpt_turn_take_delivery (cpt_database_get_path (database));
}

void
cpt_outbox_end_turn (int turn)
{
  cpt_turn_end (&turn);
}
