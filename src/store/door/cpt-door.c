/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one door: every change of a record comes through here.
 *
 *   steps -> items (one per record, before and after) -> behaviours, which may
 *   add steps -> rules, all problems at once -> rows, side tables, search
 *   index and log
 *
 * Everything happens in one SQLite transaction, so that a behaviour and a rule
 * see what the write will meet. Nothing is written before all rules passed. */

#include "config.h"

#include "cpt-door-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-computed-private.h"
#include "cpt-error.h"

static guint
item_hash (gconstpointer key)
{
  const CptDoorItem *item = key;

  return cpt_uuid_hash (&item->id) ^ item->number;
}

static gboolean
item_equal (gconstpointer a,
            gconstpointer b)
{
  const CptDoorItem *first = a;
  const CptDoorItem *second = b;

  return first->number == second->number && cpt_uuid_equal (&first->id, &second->id);
}

static void
item_free (gpointer data)
{
  CptDoorItem *item = data;

  g_clear_pointer (&item->before, cpt_record_unref);
  g_clear_pointer (&item->after, cpt_record_unref);
  g_clear_pointer (&item->original, cpt_record_unref);
  g_free (item->asked);
  g_free (item->custom);
  g_free (item->base_rev);
  g_free (item);
}

GHashTable *
cpt_door_create_links (void)
{
  return g_hash_table_new_full (item_hash, item_equal, g_free, NULL);
}

void
cpt_door_init (CptDoor        *self,
               CptDatabase    *database,
               CptTransaction *transaction)
{
  *self = (CptDoor){
    .database = database,
    .transaction = transaction,
    .n_steps = cpt_transaction_get_length (transaction),
    .origin = cpt_transaction_get_origin (transaction),
    .now = cpt_database_get_now (database),
    .items = g_ptr_array_new_with_free_func (item_free),
    .by_key = g_hash_table_new (item_hash, item_equal),
    .links = cpt_door_create_links (),
    .problems = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_problem_free),
  };
}

void
cpt_door_clear (CptDoor *self)
{
  g_clear_pointer (&self->extra, cpt_transaction_free);
  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->links, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->label, g_free);
}

CptDoorItem *
cpt_door_find_item (CptDoor         *self,
                    const CptEntity *entity,
                    const CptUuid   *id)
{
  CptDoorItem key = { .id = *id, .number = entity->number };

  return g_hash_table_lookup (self->by_key, &key);
}

void
cpt_door_take_problem (CptDoor        *self,
                       CptDoorItem    *item,
                       const CptField *field,
                       CptError        code,
                       char           *message)
{
  CptProblem *problem = g_new0 (CptProblem, 1);

  if (self->problems->len == 0)
    self->code = code;
  problem->field = field;
  problem->message = message;
  if (item != NULL)
    {
      problem->entity = item->entity;
      problem->index = item->index;
      if (!item->is_generated)
        problem->id = item->id;
      if (!item->is_refused)
        self->n_refused++;
      item->is_refused = TRUE;
    }
  g_ptr_array_add (self->problems, problem);
}

CptTransaction *
cpt_door_get_transaction (CptDoor *self)
{
  if (self->extra == NULL)
    self->extra = cpt_transaction_new (self->origin, NULL);

  return self->extra;
}

CptDatabase *
cpt_door_get_database (CptDoor *self)
{
  return self->database;
}

void
cpt_door_add_problem (CptDoor        *self,
                      const CptField *field,
                      const char     *message)
{
  cpt_door_take_problem (self, self->current, field, CPT_ERROR_INVALID, g_strdup (message));
}

/* A sentence with the first problem */
gboolean
cpt_door_refuse (CptDoor  *self,
                 GError  **error)
{
  const CptProblem *problem = g_ptr_array_index (self->problems, 0);

  if (problem->field != NULL)
    g_set_error (error, CPT_ERROR, (int) self->code,
                 /* Translators: the name of a field and what is wrong with its value */
                 C_("problem", "%s: %s"), cpt_field_get_label (problem->field), problem->message);
  else
    g_set_error_literal (error, CPT_ERROR, (int) self->code, problem->message);

  return FALSE;
}

gboolean
cpt_door_run (CptDoor  *self,
              GError  **error)
{
  if (!cpt_door_gather (self, error) || !cpt_computed_fill (self, error) || !cpt_door_check (self, error))
    return FALSE;
  if (self->problems->len > 0 && self->unit == 0)
    return cpt_door_refuse (self, error);

  return cpt_door_write (self, error) && cpt_computed_follow (self, error);
}

/* Only after the commit do the caller's records say that they are stored. */
void
cpt_door_report (CptDoor   *self,
                 CptCommit *commit)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      CptDoorItem *item = g_ptr_array_index (self->items, i);
      CptRecord *original = item->original;

      if (original == NULL || item->is_refused || item->is_void || original == item->after)
        continue;
      original->id = item->after->id;
      original->row = item->after->row;
      original->sequence = item->after->sequence;
      original->created_at = item->after->created_at;
      original->created_by = item->after->created_by;
      original->changed_at = item->after->changed_at;
      original->changed_by = item->after->changed_by;
    }

  if (commit != NULL)
    *commit = (CptCommit){
      .sequence = self->sequence,
      .n_created = self->n_created,
      .n_updated = self->n_updated,
      .n_deleted = self->n_deleted,
    };
}

static gboolean
run (CptDatabase  *database,
     gpointer      data,
     GError      **error)
{
  return cpt_door_run (data, error);
}

gboolean
cpt_database_commit (CptDatabase     *self,
                     CptTransaction  *transaction,
                     CptCommit       *commit,
                     GPtrArray      **problems,
                     GError         **error)
{
  CptDoor door;
  gboolean done;

  g_return_val_if_fail (self->unit == 0, FALSE);

  cpt_door_init (&door, self, transaction);
  done = cpt_database_transact (self, run, &door, error);
  if (done)
    cpt_door_report (&door, commit);
  if (!done && problems != NULL)
    *problems = g_steal_pointer (&door.problems);
  cpt_door_clear (&door);

  return done;
}

CptChangeKind
cpt_act_get_kind (CptAct act)
{
  switch (act)
    {
    case CPT_ACT_UNCREATE:
    case CPT_ACT_UNPURGE:
      return CPT_CHANGE_DELETE;

    case CPT_ACT_RECREATE:
      return CPT_CHANGE_CREATE;

    case CPT_ACT_COMPUTED:
      return CPT_CHANGE_UPDATE;

    case CPT_ACT_CREATE:
    case CPT_ACT_UPDATE:
    case CPT_ACT_DELETE:
    case CPT_ACT_RESTORE:
    case CPT_ACT_PURGE:
    default:
      return (CptChangeKind) act;
    }
}
