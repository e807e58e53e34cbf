/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A door that stays shut: what the rules of the workspace would say of a change,
 * for those who only want to know, such as the dry run of an import. Behaviours
 * act and formulas are worked out, since rules ask for what these give. What
 * else is wrong with the change is for whoever asks: links may lead to records
 * that would be made by then. */

#include "config.h"

#include "cpt-door-private.h"

#include "cpt-computed-private.h"
#include "cpt-field-type.h"

typedef struct
{
  CptTransaction *transaction;
  GHashTable *claimed;
  GPtrArray *problems; /* (owned) (nullable) */
} Trial;

/* Rules compare values as they would be stored. */
static void
normalise_values (CptDoor *door)
{
  for (guint i = 0; i < door->items->len; i++)
    {
      CptDoorItem *item = g_ptr_array_index (door->items, i);

      for (guint j = 0; item->after != NULL && j < item->entity->n_fields; j++)
        {
          g_autofree char *ignored = NULL;

          if (!cpt_value_is_null (&item->after->values[j]))
            cpt_field_normalise (item->entity->fields[j], &item->after->values[j], &ignored);
        }
    }
}

static gboolean
ask (CptDoor  *door,
     GError  **error)
{
  if (!cpt_door_gather (door, error))
    return FALSE;

  normalise_values (door);
  if (!cpt_computed_fill (door, error))
    return FALSE;

  /* What was found so far is not about rules. */
  g_ptr_array_set_size (door->problems, 0);

  return cpt_door_check_conditional (door, error) && cpt_door_check_unique (door, error);
}

static gboolean
run (CptDatabase  *database,
     gpointer      data,
     GError      **error)
{
  Trial *trial = data;
  g_autoptr(GError) own_error = NULL;
  CptDoor door;

  cpt_door_init (&door, database, trial->transaction);
  door.claimed = trial->claimed;
  if (ask (&door, &own_error))
    trial->problems = g_steal_pointer (&door.problems);
  /* What can't be found now may be there when the change is made. */
  else if (g_error_matches (own_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    trial->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_problem_free);
  else
    g_propagate_error (error, g_steal_pointer (&own_error));
  cpt_door_clear (&door);

  return trial->problems != NULL;
}

GPtrArray *
cpt_door_try (CptDatabase     *database,
              CptTransaction  *transaction,
              GHashTable      *claimed,
              GError         **error)
{
  Trial trial = { .transaction = transaction, .claimed = claimed };

  if (!cpt_database_snapshot (database, run, &trial, error))
    g_clear_pointer (&trial.problems, g_ptr_array_unref);

  return trial.problems;
}
