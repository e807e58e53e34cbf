/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which device runs what happens by itself: one row. */

#include "config.h"

#include "cpt-enrolment-lease.h"

#include "cpt-statement.h"

void
cpt_enrolment_lease_clear (CptEnrolmentLease *self)
{
  g_clear_pointer (&self->holder, g_free);
}

gboolean
cpt_enrolment_load_lease (CptDatabase        *database,
                          CptEnrolmentLease  *self,
                          GError            **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (self != NULL, FALSE);

  *self = (CptEnrolmentLease){ 0 };
  statement = cpt_database_prepare (database, "SELECT holder, fence, until FROM enrolment_lease WHERE lease_id = 1", error);
  if (statement == NULL)
    return FALSE;

  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    {
      self->holder = g_strdup (cpt_statement_get_text (statement, 0));
      self->fence = cpt_statement_get_int (statement, 1);
      self->until = cpt_statement_get_int (statement, 2);
    }

  return step != CPT_STEP_ERROR;
}

static gboolean
replace (CptDatabase  *database,
         gpointer      data,
         GError      **error)
{
  const CptEnrolmentLease *self = data;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database, "INSERT OR REPLACE INTO enrolment_lease (lease_id, holder, fence, until) VALUES (1, ?, ?, ?)",
                          error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_text (statement, 1, self->holder);
  cpt_statement_bind_int (statement, 2, self->fence);
  cpt_statement_bind_int (statement, 3, self->until);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_enrolment_save_lease (CptDatabase              *database,
                          const CptEnrolmentLease  *self,
                          GError                  **error)
{
  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (self != NULL && self->holder != NULL, FALSE);

  return cpt_database_transact (database, replace, (gpointer) self, error);
}
