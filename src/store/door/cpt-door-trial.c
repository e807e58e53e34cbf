/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A door that stays shut: what would become of changes, for those who only want
 * to know, such as the dry run of an import. Behaviours act, formulas are worked
 * out and rules are asked as of any commit of a unit; what passes is put with
 * the imagined records (cpt-imagined-private.h) instead of the file, so that the
 * next trial finds it as if it were stored. */

#include "config.h"

#include "cpt-door-private.h"

#include "cpt-computed-private.h"
#include "cpt-imagined-private.h"

typedef struct
{
  CptTransaction *transaction;
  CptCommit commit;
  GPtrArray *problems; /* (owned) (nullable) */
} Trial;

/* As cpt-door-write.c: the times, and how many */
static void
count (CptDoor     *door,
       CptDoorItem *item)
{
  if (item->after == NULL)
    {
      door->n_deleted++;
      return;
    }

  if (item->after->created_at == 0)
    item->after->created_at = door->now;
  item->after->changed_at = MAX (item->after->created_at, door->now);
  if (item->act == CPT_ACT_UPDATE)
    door->n_updated++;
  else
    door->n_created++;
}

static gboolean
imagine (CptDoor  *door,
         GError  **error)
{
  for (guint i = 0; i < door->items->len; i++)
    {
      CptDoorItem *item = g_ptr_array_index (door->items, i);

      if (item->is_refused || item->is_void)
        continue;
      count (door, item);
      if (!cpt_imagined_put (door->database->imagined, item->entity, &item->id, item->after, error))
        return FALSE;
    }

  return cpt_door_note_claims (door, error);
}

static gboolean
run (CptDatabase  *database,
     gpointer      data,
     GError      **error)
{
  Trial *trial = data;
  CptDoor door;
  gboolean done;

  cpt_door_init (&door, database, trial->transaction);
  door.unit = CPT_DOOR_TRIAL;
  done = cpt_door_gather (&door, error) && cpt_computed_fill (&door, error) && cpt_door_check (&door, error) &&
         imagine (&door, error);
  if (done)
    {
      cpt_door_report (&door, &trial->commit);
      trial->problems = g_steal_pointer (&door.problems);
    }
  cpt_door_clear (&door);

  return done;
}

gboolean
cpt_door_try (CptDatabase     *database,
              CptTransaction  *transaction,
              CptCommit       *commit,
              GPtrArray      **problems,
              GError         **error)
{
  Trial trial = { .transaction = transaction };
  gboolean done;

  g_return_val_if_fail (database->imagined != NULL, FALSE);

  done = cpt_database_snapshot (database, run, &trial, error);
  if (done && commit != NULL)
    *commit = trial.commit;
  if (done && problems != NULL)
    *problems = g_steal_pointer (&trial.problems);
  g_clear_pointer (&trial.problems, g_ptr_array_unref);

  return done;
}
