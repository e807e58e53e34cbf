/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where starts that follow the clock are kept: a few rows. */

#include "config.h"

#include "cpt-start-timer.h"

#include "cpt-statement.h"

void
cpt_start_timer_free (CptStartTimer *self)
{
  if (self == NULL)
    return;

  g_free (self->node);
  g_free (self->settings);
  g_free (self);
}

GPtrArray *
cpt_start_timer_list (CptDatabase  *database,
                      gint64        now,
                      GError      **error)
{
  g_autoptr(GPtrArray) timers = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_start_timer_free);
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database,
                          "SELECT workflow, node, settings, began, due, at, until, row FROM start_timer WHERE due <= ? ORDER BY due",
                          error);
  CptStep step;

  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, now);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      CptStartTimer *self = g_new0 (CptStartTimer, 1);

      cpt_statement_get_id (statement, 0, &self->workflow);
      self->node = g_strdup (cpt_statement_get_text (statement, 1));
      self->settings = g_strdup (cpt_statement_get_text (statement, 2));
      self->began = cpt_statement_get_int (statement, 3);
      self->due = cpt_statement_get_int (statement, 4);
      self->at = cpt_statement_get_int (statement, 5);
      self->until = cpt_statement_get_int (statement, 6);
      self->row = cpt_statement_get_int (statement, 7);
      g_ptr_array_add (timers, self);
    }

  return step == CPT_STEP_DONE ? g_steal_pointer (&timers) : NULL;
}

static gboolean
replace (CptDatabase  *database,
         gpointer      data,
         GError      **error)
{
  const CptStartTimer *self = data;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database,
                          "INSERT OR REPLACE INTO start_timer (workflow, node, settings, began, due, at, until, row) "
                          "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                          error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, &self->workflow);
  cpt_statement_bind_text (statement, 2, self->node);
  cpt_statement_bind_text (statement, 3, self->settings);
  cpt_statement_bind_int (statement, 4, self->began);
  cpt_statement_bind_int (statement, 5, self->due);
  cpt_statement_bind_int (statement, 6, self->at);
  cpt_statement_bind_int (statement, 7, self->until);
  cpt_statement_bind_int (statement, 8, self->row);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_start_timer_save (CptDatabase          *database,
                      const CptStartTimer  *self,
                      GError              **error)
{
  g_return_val_if_fail (self != NULL && self->node != NULL && self->settings != NULL, FALSE);

  return cpt_database_transact (database, replace, (gpointer) self, error);
}

static gboolean delete (CptDatabase *database,
                        gpointer data,
                        GError **error)
{
  const CptStartTimer *self = data;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database, "DELETE FROM start_timer WHERE workflow = ? AND node = ?", error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, &self->workflow);
  cpt_statement_bind_text (statement, 2, self->node);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_start_timer_remove (CptDatabase          *database,
                        const CptStartTimer  *self,
                        GError              **error)
{
  g_return_val_if_fail (self != NULL && self->node != NULL, FALSE);

  return cpt_database_transact (database, delete, (gpointer) self, error);
}

gboolean
cpt_start_timer_get_next_due (CptDatabase  *database,
                              gint64       *due,
                              GError      **error)
{
  g_autoptr(CptStatement) statement = cpt_database_prepare (database, "SELECT min(due) FROM start_timer", error);
  CptStep step;

  g_return_val_if_fail (due != NULL, FALSE);

  *due = CPT_ENROLMENT_NEVER;
  if (statement == NULL)
    return FALSE;
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW && !cpt_statement_is_null (statement, 0))
    *due = cpt_statement_get_int (statement, 0);

  return step != CPT_STEP_ERROR;
}
