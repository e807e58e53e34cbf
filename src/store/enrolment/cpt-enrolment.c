/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where enrolments are kept: one row each, found by when they are due, by whom they are
 * about and by their key; and the steps that they went through. */

#include "config.h"

#include "cpt-enrolment.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-statement.h"

#define COLUMNS \
  "enrolment_id, workflow, version, entity, subject, key, run, entered, ended, due, label, state"

void
cpt_enrolment_free (CptEnrolment *self)
{
  if (self == NULL)
    return;

  g_free (self->entity);
  g_free (self->key);
  g_free (self->label);
  g_free (self->state);
  g_free (self);
}

/* ------------------------------------------------------------------- reading */

static gint64
get_instant (CptStatement *statement,
             int           column)
{
  return cpt_statement_is_null (statement, column) ? CPT_ENROLMENT_NEVER : cpt_statement_get_int (statement, column);
}

static CptEnrolment *
read_row (CptStatement *statement)
{
  CptEnrolment *self = g_new0 (CptEnrolment, 1);

  self->row = cpt_statement_get_int (statement, 0);
  cpt_statement_get_id (statement, 1, &self->workflow);
  self->version = (guint) cpt_statement_get_int (statement, 2);
  self->entity = g_strdup (cpt_statement_get_text (statement, 3));
  cpt_statement_get_id (statement, 4, &self->subject);
  self->key = g_strdup (cpt_statement_get_text (statement, 5));
  self->run = (guint) cpt_statement_get_int (statement, 6);
  self->entered = cpt_statement_get_int (statement, 7);
  self->ended = get_instant (statement, 8);
  self->due = get_instant (statement, 9);
  self->label = g_strdup (cpt_statement_get_text (statement, 10));
  self->state = g_strdup (cpt_statement_get_text (statement, 11));

  return self;
}

/* (transfer full) (nullable): all rows that @statement has */
static GPtrArray *
read_rows (CptStatement  *statement,
           GError       **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_enrolment_free);
  CptStep step;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    g_ptr_array_add (rows, read_row (statement));

  return step == CPT_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

CptEnrolment *
cpt_enrolment_load (CptDatabase  *database,
                    gint64        row,
                    GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  statement = cpt_database_prepare (database, "SELECT " COLUMNS " FROM enrolment WHERE enrolment_id = ?", error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, row);
  rows = read_rows (statement, error);
  if (rows != NULL && rows->len == 0)
    g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("This run is not there any more."));

  return rows != NULL && rows->len > 0 ? g_ptr_array_steal_index (rows, 0) : NULL;
}

CptEnrolment *
cpt_enrolment_find_last (CptDatabase    *database,
                         const CptUuid  *workflow,
                         const char     *key,
                         GError        **error)
{
  g_autoptr(CptStatement) statement = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (workflow != NULL && key != NULL, NULL);

  statement = cpt_database_prepare (database,
                                    "SELECT " COLUMNS " FROM enrolment WHERE workflow = ? AND key = ? ORDER BY run DESC LIMIT 1",
                                    error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_id (statement, 1, workflow);
  cpt_statement_bind_text (statement, 2, key);
  rows = read_rows (statement, error);

  return rows != NULL && rows->len > 0 ? g_ptr_array_steal_index (rows, 0) : NULL;
}

/* By the index of due: the plus keeps SQLite from reading all of a workflow and sorting them. */
GPtrArray *
cpt_enrolment_list_due (CptDatabase  *database,
                        gint64        now,
                        guint         limit,
                        GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  statement = cpt_database_prepare (database,
                                    "SELECT " COLUMNS " FROM enrolment WHERE due <= ? AND +workflow IN "
                                    "(SELECT id FROM workflow WHERE state IN ('active', 'draining')) ORDER BY due LIMIT ?",
                                    error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, now);
  cpt_statement_bind_int (statement, 2, limit);

  return read_rows (statement, error);
}

GPtrArray *
cpt_enrolment_list (CptDatabase    *database,
                    const CptUuid  *workflow,
                    const CptUuid  *subject,
                    guint           limit,
                    GError        **error)
{
  g_autoptr(CptStatement) statement = NULL;
  const char *sql;
  int position = 1;

  g_return_val_if_fail (database != NULL, NULL);

  if (workflow != NULL && subject != NULL)
    sql = "SELECT " COLUMNS " FROM enrolment WHERE subject = ? AND workflow = ? ORDER BY enrolment_id DESC LIMIT ?";
  else if (subject != NULL)
    sql = "SELECT " COLUMNS " FROM enrolment WHERE subject = ? ORDER BY enrolment_id DESC LIMIT ?";
  else if (workflow != NULL)
    sql = "SELECT " COLUMNS " FROM enrolment WHERE workflow = ? ORDER BY enrolment_id DESC LIMIT ?";
  else
    sql = "SELECT " COLUMNS " FROM enrolment ORDER BY enrolment_id DESC LIMIT ?";
  statement = cpt_database_prepare (database, sql, error);
  if (statement == NULL)
    return NULL;

  if (subject != NULL)
    cpt_statement_bind_id (statement, position++, subject);
  if (workflow != NULL)
    cpt_statement_bind_id (statement, position++, workflow);
  cpt_statement_bind_int (statement, position, limit);

  return read_rows (statement, error);
}

GPtrArray *
cpt_enrolment_list_open (CptDatabase    *database,
                         const CptUuid  *workflow,
                         gint64          after,
                         guint           limit,
                         GError        **error)
{
  g_autoptr(CptStatement) statement = NULL;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (workflow != NULL, NULL);

  statement = cpt_database_prepare (database,
                                    "SELECT " COLUMNS " FROM enrolment WHERE enrolment_id > ? AND +workflow = ? AND ended IS NULL "
                                    "ORDER BY enrolment_id LIMIT ?",
                                    error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, after);
  cpt_statement_bind_id (statement, 2, workflow);
  cpt_statement_bind_int (statement, 3, limit);

  return read_rows (statement, error);
}

gboolean
cpt_enrolment_get_next_due (CptDatabase  *database,
                            gint64       *due,
                            GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (due != NULL, FALSE);

  statement = cpt_database_prepare (database,
                                    "SELECT due FROM enrolment WHERE due IS NOT NULL AND +workflow IN "
                                    "(SELECT id FROM workflow WHERE state IN ('active', 'draining')) ORDER BY due LIMIT 1",
                                    error);
  if (statement == NULL)
    return FALSE;

  *due = CPT_ENROLMENT_NEVER;
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
  if (instant == CPT_ENROLMENT_NEVER)
    cpt_statement_bind_null (statement, position);
  else
    cpt_statement_bind_int (statement, position, instant);
}

static gboolean
number_run (CptDatabase   *database,
            CptEnrolment  *self,
            GError       **error)
{
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database, "SELECT COALESCE(MAX(run), 0) FROM enrolment WHERE workflow = ? AND key = ?", error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, &self->workflow);
  cpt_statement_bind_text (statement, 2, self->key);
  if (cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return FALSE;
  self->run = (guint) cpt_statement_get_int (statement, 0) + 1;

  return TRUE;
}

static gboolean
insert (CptDatabase  *database,
        gpointer      data,
        GError      **error)
{
  CptEnrolment *self = data;
  g_autoptr(CptStatement) statement = NULL;

  if (!number_run (database, self, error))
    return FALSE;

  statement = cpt_database_prepare (database,
                                    "INSERT INTO enrolment (workflow, version, entity, subject, key, run, entered, ended, due, label, state) "
                                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, &self->workflow);
  cpt_statement_bind_int (statement, 2, self->version);
  cpt_statement_bind_text (statement, 3, self->entity);
  cpt_statement_bind_id (statement, 4, &self->subject);
  cpt_statement_bind_text (statement, 5, self->key);
  cpt_statement_bind_int (statement, 6, self->run);
  cpt_statement_bind_int (statement, 7, self->entered);
  bind_instant (statement, 8, self->ended);
  bind_instant (statement, 9, self->due);
  cpt_statement_bind_text (statement, 10, self->label);
  cpt_statement_bind_text (statement, 11, self->state);
  if (!cpt_statement_run (statement, error))
    return FALSE;
  self->row = cpt_database_get_last_row (database);

  return TRUE;
}

gboolean
cpt_enrolment_add (CptDatabase   *database,
                   CptEnrolment  *self,
                   GError       **error)
{
  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (self != NULL && self->key != NULL && self->entity != NULL && self->state != NULL, FALSE);

  return cpt_database_transact (database, insert, self, error);
}

static gboolean
update (CptDatabase  *database,
        gpointer      data,
        GError      **error)
{
  const CptEnrolment *self = data;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database,
                          "UPDATE enrolment SET version = ?, ended = ?, due = ?, label = ?, state = ? WHERE enrolment_id = ?", error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, self->version);
  bind_instant (statement, 2, self->ended);
  bind_instant (statement, 3, self->due);
  cpt_statement_bind_text (statement, 4, self->label);
  cpt_statement_bind_text (statement, 5, self->state);
  cpt_statement_bind_int (statement, 6, self->row);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_enrolment_save (CptDatabase         *database,
                    const CptEnrolment  *self,
                    GError             **error)
{
  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (self != NULL && self->row > 0, FALSE);

  return cpt_database_transact (database, update, (gpointer) self, error);
}

/* --------------------------------------------------------------------- steps */

void
cpt_enrolment_step_free (CptEnrolmentStep *self)
{
  if (self == NULL)
    return;

  g_free (self->node);
  g_free (self->what);
  g_free (self->detail);
  g_free (self);
}

typedef struct
{
  gint64 row;
  const CptEnrolmentStep *step;
} StepData;

static gboolean
insert_step (CptDatabase  *database,
             gpointer      data,
             GError      **error)
{
  const StepData *self = data;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database,
                          "INSERT INTO enrolment_step (enrolment_id, at, node, visit, what, detail, sequence) VALUES (?, ?, ?, ?, ?, ?, ?)",
                          error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, self->row);
  cpt_statement_bind_int (statement, 2, self->step->at);
  cpt_statement_bind_text (statement, 3, self->step->node);
  cpt_statement_bind_int (statement, 4, self->step->visit);
  cpt_statement_bind_text (statement, 5, self->step->what);
  cpt_statement_bind_text (statement, 6, self->step->detail);
  cpt_statement_bind_int (statement, 7, self->step->sequence);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_enrolment_add_step (CptDatabase             *database,
                        gint64                   row,
                        const CptEnrolmentStep  *step,
                        GError                 **error)
{
  StepData data = { row, step };

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (step != NULL && step->node != NULL && step->what != NULL, FALSE);

  return cpt_database_transact (database, insert_step, &data, error);
}

gint64
cpt_enrolment_get_last_step (CptDatabase *database)
{
  g_autoptr(CptStatement) statement = NULL;

  g_return_val_if_fail (database != NULL, 0);

  statement = cpt_database_prepare (database, "SELECT max(step_id) FROM enrolment_step", NULL);
  if (statement == NULL || cpt_statement_step (statement, NULL) != CPT_STEP_ROW)
    return 0;

  return cpt_statement_get_int (statement, 0);
}

GPtrArray *
cpt_enrolment_list_steps (CptDatabase  *database,
                          gint64        row,
                          GError      **error)
{
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_enrolment_step_free);
  g_autoptr(CptStatement) statement = NULL;
  CptStep result;

  g_return_val_if_fail (database != NULL, NULL);

  statement = cpt_database_prepare (database,
                                    "SELECT at, node, visit, what, detail, sequence FROM enrolment_step WHERE enrolment_id = ? ORDER BY step_id",
                                    error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, row);
  while ((result = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      CptEnrolmentStep *step = g_new0 (CptEnrolmentStep, 1);

      step->at = cpt_statement_get_int (statement, 0);
      step->node = g_strdup (cpt_statement_get_text (statement, 1));
      step->visit = (guint) cpt_statement_get_int (statement, 2);
      step->what = g_strdup (cpt_statement_get_text (statement, 3));
      step->detail = g_strdup (cpt_statement_get_text (statement, 4));
      step->sequence = cpt_statement_get_int (statement, 5);
      g_ptr_array_add (steps, step);
    }

  return result == CPT_STEP_DONE ? g_steal_pointer (&steps) : NULL;
}
