/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What steps of workflows count: a row each. */

#include "config.h"

#include "cpt-step-counter.h"

#include "cpt-database-private.h"
#include "cpt-rehearsal-private.h"
#include "cpt-statement.h"

typedef struct
{
  const CptUuid *workflow;
  const char *node;
  gint64 period;
  gint64 count;
} Counter;

static char *
dup_name (const CptUuid *workflow,
          const char    *node)
{
  g_autofree char *id = cpt_uuid_dup_text (workflow);

  return g_strconcat (id, " ", node, NULL);
}

/* What was counted since this connection began to rehearse */
static gboolean
find_rehearsed (CptDatabase   *database,
                const CptUuid *workflow,
                const char    *node,
                gint64        *period,
                gint64        *count)
{
  g_autofree char *name = database->rehearsal != NULL ? dup_name (workflow, node) : NULL;
  const gint64 *numbers = name != NULL ? g_hash_table_lookup (database->rehearsal->counters, name) : NULL;

  if (numbers == NULL)
    return FALSE;

  *period = numbers[0];
  *count = numbers[1];

  return TRUE;
}

static void
keep_rehearsed (CptDatabase   *database,
                const Counter *counter)
{
  gint64 *numbers = g_new (gint64, 2);

  numbers[0] = counter->period;
  numbers[1] = counter->count;
  g_hash_table_insert (database->rehearsal->counters, dup_name (counter->workflow, counter->node), numbers);
}

gboolean
cpt_step_counter_read (CptDatabase    *database,
                       const CptUuid  *workflow,
                       const char     *node,
                       gint64         *period,
                       gint64         *count,
                       GError        **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_return_val_if_fail (database != NULL && workflow != NULL && node != NULL, FALSE);
  g_return_val_if_fail (period != NULL && count != NULL, FALSE);

  *period = 0;
  *count = 0;
  if (find_rehearsed (database, workflow, node, period, count))
    return TRUE;
  statement = cpt_database_prepare (database, "SELECT period, count FROM step_counter WHERE workflow = ? AND node = ?", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, workflow);
  cpt_statement_bind_text (statement, 2, node);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    {
      *period = cpt_statement_get_int (statement, 0);
      *count = cpt_statement_get_int (statement, 1);
    }

  return step != CPT_STEP_ERROR;
}

static gboolean
replace (CptDatabase  *database,
         gpointer      data,
         GError      **error)
{
  const Counter *self = data;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database, "INSERT OR REPLACE INTO step_counter (workflow, node, period, count) VALUES (?, ?, ?, ?)",
                          error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, self->workflow);
  cpt_statement_bind_text (statement, 2, self->node);
  cpt_statement_bind_int (statement, 3, self->period);
  cpt_statement_bind_int (statement, 4, self->count);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_step_counter_write (CptDatabase    *database,
                        const CptUuid  *workflow,
                        const char     *node,
                        gint64          period,
                        gint64          count,
                        GError        **error)
{
  Counter counter = { workflow, node, period, count };

  g_return_val_if_fail (database != NULL && workflow != NULL && node != NULL, FALSE);

  if (database->rehearsal != NULL)
    {
      keep_rehearsed (database, &counter);
      return TRUE;
    }

  return cpt_database_transact (database, replace, &counter, error);
}
