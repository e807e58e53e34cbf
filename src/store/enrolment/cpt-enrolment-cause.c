/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which enrolments began because of what others did: so that those who start one another in a
 * circle can be told from those who do not. */

#include "config.h"

#include "cpt-enrolment.h"
#include "cpt-statement.h"

typedef struct
{
  gint64 row;
  gint64 sequence;
  guint depth;
} Cause;

static gboolean
insert_cause (CptDatabase  *database,
              gpointer      data,
              GError      **error)
{
  const Cause *self = data;
  const gint64 numbers[] = { self->row, self->sequence, self->depth };

  return cpt_database_run_numbers (database,
                                   "INSERT OR REPLACE INTO enrolment_cause (enrolment_id, sequence, depth) VALUES (?, ?, ?)",
                                   numbers, G_N_ELEMENTS (numbers), error);
}

gboolean
cpt_enrolment_set_cause (CptDatabase  *database,
                         gint64        row,
                         gint64        sequence,
                         guint         depth,
                         GError      **error)
{
  Cause cause = { row, sequence, depth };

  g_return_val_if_fail (database != NULL, FALSE);

  return cpt_database_transact (database, insert_cause, &cause, error);
}

gboolean
cpt_enrolment_get_depth (CptDatabase  *database,
                         gint64        row,
                         guint        *depth,
                         GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (depth != NULL, FALSE);

  *depth = 0;
  statement = cpt_database_prepare (database, "SELECT depth FROM enrolment_cause WHERE enrolment_id = ?", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, row);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    *depth = (guint) cpt_statement_get_int (statement, 0);

  return step != CPT_STEP_ERROR;
}

gboolean
cpt_enrolment_find_depth (CptDatabase  *database,
                          gint64        sequence,
                          guint        *depth,
                          GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (depth != NULL, FALSE);

  *depth = 0;
  statement = cpt_database_prepare (database,
                                    "SELECT ifnull (c.depth, 0) + 1 FROM enrolment_step AS s LEFT JOIN enrolment_cause AS c "
                                    "ON c.enrolment_id = s.enrolment_id WHERE s.sequence = ? AND s.sequence > 0 LIMIT 1",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, sequence);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    *depth = (guint) cpt_statement_get_int (statement, 0);

  return step != CPT_STEP_ERROR;
}
