/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many runs of a workflow are where, and have gone where. */

#include "config.h"

#include "cpt-enrolment-census.h"

#include "cpt-statement.h"

void
cpt_enrolment_tally_free (CptEnrolmentTally *self)
{
  if (self == NULL)
    return;

  g_free (self->node);
  g_free (self->what);
  g_free (self->detail);
  g_free (self);
}

/* @sql gives node, what, detail and a number, of the workflow that is its one parameter */
static GPtrArray *
count (CptDatabase    *database,
       const char     *sql,
       const CptUuid  *workflow,
       GError        **error)
{
  g_autoptr(CptStatement) statement = cpt_database_prepare (database, sql, error);
  g_autoptr(GPtrArray) tallies = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_enrolment_tally_free);
  CptStep step;

  if (statement == NULL)
    return NULL;

  cpt_statement_bind_id (statement, 1, workflow);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      CptEnrolmentTally *tally = g_new0 (CptEnrolmentTally, 1);

      tally->node = g_strdup (cpt_statement_get_text (statement, 0));
      tally->what = g_strdup (cpt_statement_get_text (statement, 1));
      tally->detail = g_strdup (cpt_statement_get_text (statement, 2));
      tally->count = (guint64) cpt_statement_get_int (statement, 3);
      if (tally->node != NULL && tally->what != NULL)
        g_ptr_array_add (tallies, tally);
      else
        cpt_enrolment_tally_free (tally);
    }

  return step != CPT_STEP_ERROR ? g_steal_pointer (&tallies) : NULL;
}

GPtrArray *
cpt_enrolment_count_steps (CptDatabase    *database,
                           const CptUuid  *workflow,
                           GError        **error)
{
  g_return_val_if_fail (database != NULL && workflow != NULL, NULL);

  return count (database,
                "SELECT node, what, CASE what WHEN 'left' THEN detail END AS way, count (*) FROM enrolment "
                "JOIN enrolment_step USING (enrolment_id) WHERE workflow = ? GROUP BY node, what, way",
                workflow, error);
}

GPtrArray *
cpt_enrolment_count_places (CptDatabase    *database,
                            const CptUuid  *workflow,
                            GError        **error)
{
  g_return_val_if_fail (database != NULL && workflow != NULL, NULL);

  return count (database,
                "SELECT token.value ->> 'node' AS node, token.value ->> 'state' AS what, NULL, count (*) "
                "FROM enrolment, json_each (CASE WHEN json_valid (state) THEN state ELSE '{}' END, '$.tokens') AS token "
                "WHERE workflow = ? AND ended IS NULL GROUP BY node, what",
                workflow, error);
}
