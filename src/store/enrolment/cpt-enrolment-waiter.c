/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who waits for something to happen, by whom it has to happen with: one row for each place where
 * an enrolment waits, in the order of the subjects. */

#include "config.h"

#include "cpt-enrolment-waiter.h"

#include "cpt-database-private.h"
#include "cpt-error.h"
#include "cpt-statement.h"

void
cpt_enrolment_waiter_free (CptEnrolmentWaiter *self)
{
  if (self == NULL)
    return;

  cpt_enrolment_free (self->enrolment);
  g_free (self->node);
  g_free (self);
}

typedef struct
{
  const CptEnrolment *enrolment;
  const char *node;
  guint visit;
  gboolean is_new;
} Place;

static gboolean
write_place (CptDatabase  *database,
             gpointer      data,
             GError      **error)
{
  const Place *self = data;
  static const char insert[] = "INSERT OR REPLACE INTO enrolment_waiter (subject, enrolment_id, node, visit, since) "
                               "VALUES (?, ?, ?, ?, (SELECT ifnull (max (sequence), 0) FROM log))";
  static const char delete[] =
    "DELETE FROM enrolment_waiter WHERE subject = ? AND enrolment_id = ? AND node = ? AND visit = ?";
  g_autoptr(CptStatement) statement = cpt_database_prepare (database, self->is_new ? insert : delete, error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, &self->enrolment->subject);
  cpt_statement_bind_int (statement, 2, self->enrolment->row);
  cpt_statement_bind_text (statement, 3, self->node);
  cpt_statement_bind_int (statement, 4, self->visit);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_enrolment_add_waiter (CptDatabase         *database,
                          const CptEnrolment  *enrolment,
                          const char          *node,
                          guint                visit,
                          GError             **error)
{
  Place place = { enrolment, node, visit, TRUE };

  g_return_val_if_fail (enrolment != NULL && enrolment->row > 0 && node != NULL, FALSE);

  return cpt_database_transact (database, write_place, &place, error);
}

gboolean
cpt_enrolment_remove_waiter (CptDatabase         *database,
                             const CptEnrolment  *enrolment,
                             const char          *node,
                             guint                visit,
                             GError             **error)
{
  Place place = { enrolment, node, visit, FALSE };

  g_return_val_if_fail (enrolment != NULL && enrolment->row > 0 && node != NULL, FALSE);

  return cpt_database_transact (database, write_place, &place, error);
}

static gboolean
delete_all (CptDatabase  *database,
            gpointer      data,
            GError      **error)
{
  const CptEnrolment *enrolment = data;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database, "DELETE FROM enrolment_waiter WHERE subject = ? AND enrolment_id = ?", error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, &enrolment->subject);
  cpt_statement_bind_int (statement, 2, enrolment->row);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_enrolment_remove_waiters (CptDatabase         *database,
                              const CptEnrolment  *enrolment,
                              GError             **error)
{
  g_return_val_if_fail (enrolment != NULL && enrolment->row > 0, FALSE);

  return cpt_database_transact (database, delete_all, (gpointer) enrolment, error);
}

/* ------------------------------------------------------------ another version */

typedef struct
{
  const CptEnrolment *enrolment;
  const char *from;
  guint from_visit;
  const char *to;
  guint to_visit;
} Move;

static gboolean
rename_place (CptDatabase  *database,
              gpointer      data,
              GError      **error)
{
  const Move *self = data;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database,
                          "UPDATE OR REPLACE enrolment_waiter SET node = ?, visit = ? "
                          "WHERE subject = ? AND enrolment_id = ? AND node = ? AND visit = ?",
                          error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_text (statement, 1, self->to);
  cpt_statement_bind_int (statement, 2, self->to_visit);
  cpt_statement_bind_id (statement, 3, &self->enrolment->subject);
  cpt_statement_bind_int (statement, 4, self->enrolment->row);
  cpt_statement_bind_text (statement, 5, self->from);
  cpt_statement_bind_int (statement, 6, self->from_visit);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_enrolment_move_waiter (CptDatabase         *database,
                           const CptEnrolment  *enrolment,
                           const char          *from,
                           guint                from_visit,
                           const char          *to,
                           guint                to_visit,
                           GError             **error)
{
  Move move = { enrolment, from, from_visit, to, to_visit };

  g_return_val_if_fail (enrolment != NULL && enrolment->row > 0, FALSE);
  g_return_val_if_fail (from != NULL && to != NULL, FALSE);

  return cpt_database_transact (database, rename_place, &move, error);
}

GHashTable *
cpt_enrolment_list_places (CptDatabase         *database,
                           const CptEnrolment  *enrolment,
                           GError             **error)
{
  g_autoptr(GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_return_val_if_fail (enrolment != NULL, NULL);

  statement = cpt_database_prepare (database,
                                    "SELECT visit || ' ' || node FROM enrolment_waiter WHERE subject = ? AND enrolment_id = ?",
                                    error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_id (statement, 1, &enrolment->subject);
  cpt_statement_bind_int (statement, 2, enrolment->row);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    g_hash_table_add (places, g_strdup (cpt_statement_get_text (statement, 0)));

  return step == CPT_STEP_DONE ? g_steal_pointer (&places) : NULL;
}

char *
cpt_enrolment_dup_waiters (CptDatabase         *database,
                           const CptEnrolment  *enrolment,
                           GError             **error)
{
  g_autoptr(CptStatement) statement = NULL;

  g_return_val_if_fail (enrolment != NULL, NULL);

  statement = cpt_database_prepare (database,
                                    "SELECT json_group_array (json_array (node, visit, since)) FROM enrolment_waiter "
                                    "WHERE subject = ? AND enrolment_id = ?",
                                    error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_id (statement, 1, &enrolment->subject);
  cpt_statement_bind_int (statement, 2, enrolment->row);
  if (cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return NULL;

  return g_strdup (cpt_statement_get_text (statement, 0));
}

typedef struct
{
  const CptEnrolment *enrolment;
  const char *waiters;
} Former;

static gboolean
insert_former (CptDatabase  *database,
               gpointer      data,
               GError      **error)
{
  const Former *self = data;
  g_autoptr(CptStatement) statement = NULL;

  if (!delete_all (database, (gpointer) self->enrolment, error))
    return FALSE;
  statement = cpt_database_prepare (database,
                                    "INSERT INTO enrolment_waiter (subject, enrolment_id, node, visit, since) SELECT ?, ?, "
                                    "value ->> 0, value ->> 1, value ->> 2 FROM json_each (?)",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, &self->enrolment->subject);
  cpt_statement_bind_int (statement, 2, self->enrolment->row);
  cpt_statement_bind_text (statement, 3, self->waiters);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_enrolment_restore_waiters (CptDatabase         *database,
                               const CptEnrolment  *enrolment,
                               const char          *waiters,
                               GError             **error)
{
  Former former = { enrolment, waiters };

  g_return_val_if_fail (enrolment != NULL && enrolment->row > 0, FALSE);
  g_return_val_if_fail (waiters != NULL, FALSE);

  return cpt_database_transact (database, insert_former, &former, error);
}

GPtrArray *
cpt_enrolment_list_waiters (CptDatabase    *database,
                            const CptUuid  *subject,
                            gint64          sequence,
                            GError        **error)
{
  g_autoptr(GPtrArray) waiters = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_enrolment_waiter_free);
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (subject != NULL, NULL);

  statement = cpt_database_prepare (database,
                                    "SELECT enrolment_id, node, visit FROM enrolment_waiter WHERE subject = ? AND since < ?",
                                    error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_id (statement, 1, subject);
  cpt_statement_bind_int (statement, 2, sequence);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      g_autoptr(CptEnrolmentWaiter) self = g_new0 (CptEnrolmentWaiter, 1);
      g_autoptr(GError) local_error = NULL;

      self->enrolment = cpt_enrolment_load (database, cpt_statement_get_int (statement, 0), &local_error);
      self->node = g_strdup (cpt_statement_get_text (statement, 1));
      self->visit = (guint) cpt_statement_get_int (statement, 2);
      if (self->enrolment != NULL)
        g_ptr_array_add (waiters, g_steal_pointer (&self));
      else if (!g_error_matches (local_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }

  return step == CPT_STEP_DONE ? g_steal_pointer (&waiters) : NULL;
}

gboolean
cpt_enrolment_find_waiting (CptDatabase  *database,
                            gint64       *since,
                            GError      **error)
{
  g_return_val_if_fail (since != NULL, FALSE);

  return cpt_database_get_number (database, "SELECT min (since) FROM enrolment_waiter", G_MAXINT64, since, error);
}
