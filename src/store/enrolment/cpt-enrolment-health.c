/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many runs of a workflow failed lately: a row for each in which any did. */

#include "config.h"

#include "cpt-enrolment-health.h"

#include "cpt-statement.h"

gboolean
cpt_enrolment_load_health (CptDatabase         *database,
                           const CptUuid       *workflow,
                           CptEnrolmentHealth  *self,
                           GError             **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (workflow != NULL && self != NULL, FALSE);

  *self = (CptEnrolmentHealth){ 0 };
  statement = cpt_database_prepare (database, "SELECT since, n_well, n_failed FROM enrolment_health WHERE workflow = ?", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, workflow);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    {
      self->since = cpt_statement_get_int (statement, 0);
      self->n_well = cpt_statement_get_int (statement, 1);
      self->n_failed = cpt_statement_get_int (statement, 2);
    }

  return step != CPT_STEP_ERROR;
}

typedef struct
{
  const CptUuid *workflow;
  const CptEnrolmentHealth *self;
} HealthData;

static gboolean
replace (CptDatabase  *database,
         gpointer      data,
         GError      **error)
{
  static const char insert[] = "INSERT OR REPLACE INTO enrolment_health (workflow, since, n_well, n_failed) VALUES (?, ?, ?, ?)";
  static const char forget[] = "DELETE FROM enrolment_health WHERE workflow = ?";
  const HealthData *health = data;
  g_autoptr(CptStatement) statement = cpt_database_prepare (database, health->self->since != 0 ? insert : forget, error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, health->workflow);
  if (health->self->since != 0)
    {
      cpt_statement_bind_int (statement, 2, health->self->since);
      cpt_statement_bind_int (statement, 3, health->self->n_well);
      cpt_statement_bind_int (statement, 4, health->self->n_failed);
    }

  return cpt_statement_run (statement, error);
}

gboolean
cpt_enrolment_save_health (CptDatabase               *database,
                           const CptUuid             *workflow,
                           const CptEnrolmentHealth  *self,
                           GError                   **error)
{
  HealthData health = { workflow, self };

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (workflow != NULL && self != NULL, FALSE);

  return cpt_database_transact (database, replace, &health, error);
}
