/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What would become of changes one after the other, for those who only want to know, with a clock that
 * they set. Changes pass the door as of any commit (behaviours, formulas, rules), and what passes is put
 * with the imagined records (cpt-imagined-private.h): the next one finds it. */

#include "config.h"

#include "cpt-rehearsal-private.h"

#include "cpt-computed-private.h"
#include "cpt-door-private.h"
#include "cpt-imagined-private.h"

static void
change_free (gpointer data)
{
  CptRehearsedChange *self = data;

  g_clear_pointer (&self->before, cpt_record_unref);
  g_clear_pointer (&self->after, cpt_record_unref);
  g_free (self);
}

gboolean
cpt_database_rehearse (CptDatabase      *self,
                       CptDatabaseFunc   func,
                       gpointer          data,
                       GError          **error)
{
  CptRehearsal rehearsal = { 0 };
  CptClock *clock;
  gboolean was_read_only;
  gboolean done;

  g_return_val_if_fail (self != NULL && func != NULL, FALSE);
  g_return_val_if_fail (self->depth == 0 && self->imagined == NULL && self->rehearsal == NULL, FALSE);

  self->imagined = cpt_imagined_new (error);
  if (self->imagined == NULL)
    return FALSE;

  clock = self->clock;
  was_read_only = self->read_only;
  rehearsal.clock = cpt_clock_new_virtual (cpt_clock_get_now (clock));
  rehearsal.counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->clock = rehearsal.clock;
  self->read_only = TRUE;
  self->rehearsal = &rehearsal;

  done = cpt_database_snapshot (self, func, data, error);

  self->rehearsal = NULL;
  self->read_only = was_read_only;
  self->clock = clock;
  g_clear_pointer (&self->imagined, cpt_imagined_free);
  g_object_unref (rehearsal.clock);
  g_hash_table_unref (rehearsal.counters);

  return done;
}

gboolean
cpt_database_is_rehearsing (CptDatabase *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->rehearsal != NULL;
}

void
cpt_rehearsal_set_now (CptDatabase *self,
                       gint64       now)
{
  g_return_if_fail (self != NULL && self->rehearsal != NULL);

  cpt_clock_set_now (self->rehearsal->clock, now);
}

/* The times as the writer of the door gives them */
static void
stamp (const CptDoor *door,
       CptRecord     *record)
{
  if (record->created_at == 0)
    record->created_at = door->now;
  record->changed_at = MAX (record->created_at, door->now);
}

static gboolean
imagine (CptDoor    *door,
         GPtrArray  *changes,
         GError    **error)
{
  for (guint i = 0; i < door->items->len; i++)
    {
      CptDoorItem *item = g_ptr_array_index (door->items, i);
      CptRehearsedChange *change;

      if (item->is_void)
        continue;
      if (item->after != NULL)
        stamp (door, item->after);
      if (!cpt_imagined_put (door->database->imagined, item->entity, &item->id, item->after, error))
        return FALSE;

      change = g_new0 (CptRehearsedChange, 1);
      change->kind = cpt_act_get_kind (item->act);
      change->entity = item->entity;
      change->id = item->id;
      change->before = item->before != NULL ? cpt_record_ref (item->before) : NULL;
      change->after = item->after != NULL ? cpt_record_ref (item->after) : NULL;
      g_ptr_array_add (changes, change);
    }

  return cpt_door_note_claims (door, error);
}

gboolean
cpt_rehearsal_commit (CptDatabase     *self,
                      CptTransaction  *transaction,
                      GPtrArray      **changes,
                      GError         **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (change_free);
  CptDoor door;
  gboolean done;

  g_return_val_if_fail (self != NULL && self->rehearsal != NULL && transaction != NULL, FALSE);

  cpt_door_init (&door, self, transaction);
  done = cpt_door_gather (&door, error) && cpt_computed_fill (&door, error) && cpt_door_check (&door, error) &&
         (door.problems->len == 0 || cpt_door_refuse (&door, error)) && imagine (&door, found, error);
  if (done)
    cpt_door_report (&door, NULL);
  cpt_door_clear (&door);
  if (done && changes != NULL)
    *changes = g_steal_pointer (&found);

  return done;
}

gboolean
cpt_rehearsal_put (CptDatabase      *self,
                   const CptEntity  *entity,
                   const CptUuid    *id,
                   const CptRecord  *record,
                   GError          **error)
{
  g_return_val_if_fail (self != NULL && self->rehearsal != NULL, FALSE);
  g_return_val_if_fail (entity != NULL && id != NULL, FALSE);

  return cpt_imagined_put (self->imagined, entity, id, record, error);
}
