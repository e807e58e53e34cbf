/* SPDX-License-Identifier: GPL-3.0-or-later */

/* By which fields records stand in a calendar. */

#include "config.h"

#include "cpt-calendar-source.h"

static gboolean
is_date (const CptField *field)
{
  return field != NULL && (field->kind == CPT_FIELD_DATE || field->kind == CPT_FIELD_DATETIME) &&
         (field->flags & CPT_FIELD_HIDDEN) == 0;
}

static void
add (GPtrArray      *fields,
     const CptField *field)
{
  if (is_date (field) && !g_ptr_array_find (fields, field, NULL))
    g_ptr_array_add (fields, (gpointer) field);
}

/* What a card shows, and when something happened, before the others. Of what a card shows
 * the last is what it has from the beginning. */
GPtrArray *
cpt_calendar_source_list_dates (const CptEntity *entity)
{
  g_autoptr(GPtrArray) fields = g_ptr_array_new ();

  g_return_val_if_fail (entity != NULL, NULL);

  for (guint i = entity->days != NULL ? g_strv_length ((char **) entity->days) : 0; i > 0; i--)
    add (fields, cpt_entity_find_field (entity, entity->days[i - 1]));
  if (entity->moment != NULL)
    add (fields, cpt_entity_find_field (entity, entity->moment));
  for (guint i = 0; i < entity->n_fields; i++)
    add (fields, entity->fields[i]);

  return g_steal_pointer (&fields);
}

gboolean
cpt_calendar_source_has_hours (const CptCalendarSource *self)
{
  g_return_val_if_fail (self != NULL && self->day != NULL, FALSE);

  return self->day->kind == CPT_FIELD_DATETIME;
}

const CptField *
cpt_calendar_source_get_length (const CptCalendarSource *self)
{
  const CptField *field;

  g_return_val_if_fail (self != NULL && self->day != NULL, NULL);

  field = cpt_calendar_source_has_hours (self) && self->end == NULL ? cpt_entity_find_field (self->entity, "duration") : NULL;

  return field != NULL && field->kind == CPT_FIELD_DURATION ? field : NULL;
}
