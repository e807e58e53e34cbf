/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Since when the time of workflows stands still. What a person decides is in the workflow's record;
 * who finds that these rows say something else sees to it. */

#include "config.h"

#include "cpt-enrolment-hold.h"

#include "cpt-statement.h"

#define IS_HELD "(SELECT id FROM workflow WHERE state = 'paused' AND pause = 'hold')"

GArray *
cpt_enrolment_list_holds (CptDatabase  *database,
                          gboolean      is_ended,
                          GError      **error)
{
  static const char begun[] = "SELECT id, 0 FROM " IS_HELD " WHERE id NOT IN (SELECT workflow FROM enrolment_hold)";
  static const char ended[] = "SELECT workflow, since FROM enrolment_hold WHERE workflow NOT IN " IS_HELD;
  g_autoptr(GArray) holds = g_array_new (FALSE, TRUE, sizeof (CptEnrolmentHold));
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_return_val_if_fail (database != NULL, NULL);

  statement = cpt_database_prepare (database, is_ended ? ended : begun, error);
  if (statement == NULL)
    return NULL;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      CptEnrolmentHold hold = { .since = cpt_statement_get_int (statement, 1) };

      cpt_statement_get_id (statement, 0, &hold.workflow);
      g_array_append_val (holds, hold);
    }

  return step == CPT_STEP_DONE ? g_steal_pointer (&holds) : NULL;
}

gboolean
cpt_enrolment_find_hold (CptDatabase    *database,
                         const CptUuid  *workflow,
                         gint64         *since,
                         GError        **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (workflow != NULL && since != NULL, FALSE);

  *since = CPT_ENROLMENT_NEVER;
  statement = cpt_database_prepare (database, "SELECT since FROM enrolment_hold WHERE workflow = ?", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, workflow);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    *since = cpt_statement_get_int (statement, 0);

  return step != CPT_STEP_ERROR;
}

static gboolean
replace (CptDatabase  *database,
         gpointer      data,
         GError      **error)
{
  const CptEnrolmentHold *self = data;
  gboolean is_ended = self->since == CPT_ENROLMENT_NEVER;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database,
                          is_ended ? "DELETE FROM enrolment_hold WHERE workflow = ?"
                                   : "INSERT OR REPLACE INTO enrolment_hold (workflow, since) VALUES (?, ?)",
                          error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, &self->workflow);
  if (!is_ended)
    cpt_statement_bind_int (statement, 2, self->since);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_enrolment_set_hold (CptDatabase    *database,
                        const CptUuid  *workflow,
                        gint64          since,
                        GError        **error)
{
  CptEnrolmentHold hold = { *workflow, since };

  g_return_val_if_fail (database != NULL, FALSE);

  return cpt_database_transact (database, replace, &hold, error);
}
