/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What enrolments were before they were taken into another version of their workflow, so that
 * all of them can be taken back. */

#include "config.h"

#include "cpt-enrolment-migration.h"

#include "cpt-statement.h"

void
cpt_enrolment_former_free (CptEnrolmentFormer *self)
{
  if (self == NULL)
    return;

  cpt_enrolment_free (self->before);
  g_free (self->after);
  g_free (self->waiters);
  g_free (self);
}

/* ------------------------------------------------------------------- writing */

typedef struct
{
  const CptUuid *workflow;
  guint version;
  gint64 at;
  gint64 migration;
} Migration;

static gboolean
insert (CptDatabase  *database,
        gpointer      data,
        GError      **error)
{
  Migration *self = data;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database, "INSERT INTO enrolment_migration (workflow, version, at) VALUES (?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, self->workflow);
  cpt_statement_bind_int (statement, 2, self->version);
  cpt_statement_bind_int (statement, 3, self->at);
  if (!cpt_statement_run (statement, error))
    return FALSE;
  self->migration = cpt_database_get_last_row (database);

  return TRUE;
}

gint64
cpt_enrolment_migration_add (CptDatabase    *database,
                             const CptUuid  *workflow,
                             guint           version,
                             gint64          at,
                             GError        **error)
{
  Migration migration = { workflow, version, at, 0 };

  g_return_val_if_fail (database != NULL, 0);
  g_return_val_if_fail (workflow != NULL, 0);

  return cpt_database_transact (database, insert, &migration, error) ? migration.migration : 0;
}

typedef struct
{
  gint64 migration;
  const CptEnrolmentFormer *former;
} FormerData;

static gboolean
insert_former (CptDatabase  *database,
               gpointer      data,
               GError      **error)
{
  const FormerData *self = data;
  const CptEnrolment *before = self->former->before;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database,
                          "INSERT INTO enrolment_former (migration_id, enrolment_id, version, due, label, state, after, waiters, step) "
                          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, self->migration);
  cpt_statement_bind_int (statement, 2, before->row);
  cpt_statement_bind_int (statement, 3, before->version);
  if (before->due == CPT_ENROLMENT_NEVER)
    cpt_statement_bind_null (statement, 4);
  else
    cpt_statement_bind_int (statement, 4, before->due);
  cpt_statement_bind_text (statement, 5, before->label);
  cpt_statement_bind_text (statement, 6, before->state);
  cpt_statement_bind_text (statement, 7, self->former->after);
  cpt_statement_bind_text (statement, 8, self->former->waiters);
  cpt_statement_bind_int (statement, 9, self->former->step);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_enrolment_migration_keep (CptDatabase               *database,
                              gint64                     migration,
                              const CptEnrolmentFormer  *former,
                              GError                   **error)
{
  FormerData data = { migration, former };

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (former != NULL && former->after != NULL && former->waiters != NULL, FALSE);

  return cpt_database_transact (database, insert_former, &data, error);
}

typedef struct
{
  gint64 migration;
  gint64 at;
} Undone;

static gboolean
update (CptDatabase  *database,
        gpointer      data,
        GError      **error)
{
  const Undone *self = data;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database, "UPDATE enrolment_migration SET undone = ? WHERE migration_id = ?", error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, self->at);
  cpt_statement_bind_int (statement, 2, self->migration);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_enrolment_migration_set_undone (CptDatabase  *database,
                                    gint64        migration,
                                    gint64        at,
                                    GError      **error)
{
  Undone undone = { migration, at };

  g_return_val_if_fail (database != NULL, FALSE);

  return cpt_database_transact (database, update, &undone, error);
}

/* ------------------------------------------------------------------- reading */

gboolean
cpt_enrolment_migration_find_last (CptDatabase    *database,
                                   const CptUuid  *workflow,
                                   gint64         *migration,
                                   GError        **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (workflow != NULL && migration != NULL, FALSE);

  *migration = 0;
  statement = cpt_database_prepare (database,
                                    "SELECT migration_id FROM enrolment_migration WHERE workflow = ? AND undone IS NULL "
                                    "ORDER BY migration_id DESC LIMIT 1",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, workflow);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    *migration = cpt_statement_get_int (statement, 0);

  return step != CPT_STEP_ERROR;
}

static CptEnrolmentFormer *
read_former (CptDatabase   *database,
             CptStatement  *statement,
             GError       **error)
{
  g_autoptr(CptEnrolmentFormer) self = g_new0 (CptEnrolmentFormer, 1);

  self->before = cpt_enrolment_load (database, cpt_statement_get_int (statement, 0), error);
  if (self->before == NULL)
    return NULL;
  self->before->version = (guint) cpt_statement_get_int (statement, 1);
  self->before->due = cpt_statement_is_null (statement, 2) ? CPT_ENROLMENT_NEVER : cpt_statement_get_int (statement, 2);
  self->before->ended = CPT_ENROLMENT_NEVER;
  g_free (self->before->label);
  self->before->label = g_strdup (cpt_statement_get_text (statement, 3));
  g_free (self->before->state);
  self->before->state = g_strdup (cpt_statement_get_text (statement, 4));
  self->after = g_strdup (cpt_statement_get_text (statement, 5));
  self->waiters = g_strdup (cpt_statement_get_text (statement, 6));
  self->step = cpt_statement_get_int (statement, 7);

  return g_steal_pointer (&self);
}

GPtrArray *
cpt_enrolment_migration_list (CptDatabase  *database,
                              gint64        migration,
                              gint64        after,
                              guint         limit,
                              GError      **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_enrolment_former_free);
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_return_val_if_fail (database != NULL, NULL);

  statement = cpt_database_prepare (database,
                                    "SELECT enrolment_id, version, due, label, state, after, waiters, step FROM enrolment_former "
                                    "WHERE migration_id = ? AND enrolment_id > ? ORDER BY enrolment_id LIMIT ?",
                                    error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, migration);
  cpt_statement_bind_int (statement, 2, after);
  cpt_statement_bind_int (statement, 3, limit);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      CptEnrolmentFormer *former = read_former (database, statement, error);

      if (former == NULL)
        return NULL;
      g_ptr_array_add (rows, former);
    }

  return step == CPT_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

gboolean
cpt_enrolment_migration_has_gone_on (CptDatabase               *database,
                                     const CptEnrolmentFormer  *former,
                                     gboolean                  *has_gone_on,
                                     GError                   **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (former != NULL && has_gone_on != NULL, FALSE);

  statement = cpt_database_prepare (database,
                                    "SELECT 1 FROM enrolment_step WHERE enrolment_id = ? AND step_id > ? AND what <> 'parked' LIMIT 1",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, former->before->row);
  cpt_statement_bind_int (statement, 2, former->step);
  step = cpt_statement_step (statement, error);
  *has_gone_on = step == CPT_STEP_ROW;

  return step != CPT_STEP_ERROR;
}
