/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Choices of declared fields that a workspace makes its own: what may not be
 * done to them. No choice goes that a record has, whichever way its list
 * changes: the list itself, its field, or that it is there at all. */

#include "config.h"

#include "cpt-fields-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-custom-field.h"
#include "cpt-own-choices.h"
#include "cpt-query.h"

/* What fields would have after the change; NULL when the file can't be read */
static CptSchema *
declare (CptDatabase      *database,
         const CptChange  *change,
         GError          **error)
{
  g_autoptr(CptQuery) query = cpt_query_new (cpt_database_get_schema (database), change->entity);
  g_autoptr(GPtrArray) stored = cpt_query_load_records (query, database, 0, error);
  g_autoptr(GPtrArray) after = g_ptr_array_new ();
  const CptRecord *own = change->after != NULL ? change->after : change->before;

  if (stored == NULL)
    return NULL;

  for (guint i = 0; i < stored->len; i++)
    if (!cpt_uuid_equal (&((const CptRecord *) stored->pdata[i])->id, &own->id))
      g_ptr_array_add (after, stored->pdata[i]);
  if (change->after != NULL)
    g_ptr_array_add (after, change->after);

  return cpt_schema_new_from_records ((CptRecord *const *) after->pdata, after->len, NULL);
}

/* Whether the choices that the field has now are in @after, or nobody has them */
static gboolean
check_field (CptDoor          *door,
             const CptChange  *change,
             const CptEntity  *entity,
             const CptField   *field,
             CptSchema        *after,
             GError          **error)
{
  const CptEntity *entity_after = cpt_schema_find_entity (after, entity->name);
  const CptField *field_after = cpt_entity_find_field (entity_after, field->name);

  for (const CptChoice *choice = field->choices; choice->name != NULL; choice++)
    {
      g_autofree char *message = NULL;

      if (cpt_field_find_choice (field_after, choice->name) != NULL)
        continue;
      if (!cpt_fields_check_choice (door, entity, field, choice, &message, error))
        return FALSE;
      if (message != NULL)
        cpt_door_add_problem (door, change->after != NULL ? cpt_entity_find_field (change->entity, "choices") : NULL, message);
    }

  return TRUE;
}

/* What @record, as it was or as it will be, is about */
static gboolean
check_record (CptDoor          *door,
              const CptChange  *change,
              const CptRecord  *record,
              GError          **error)
{
  CptSchema *schema = cpt_database_get_schema (cpt_door_get_database (door));
  const CptEntity *entity = NULL;
  const CptField *field = cpt_own_choices_find_field (schema, record, &entity);
  g_autoptr(CptSchema) after = NULL;

  if (field == NULL)
    return TRUE;

  after = declare (cpt_door_get_database (door), change, error);

  return after != NULL && check_field (door, change, entity, field, after, error);
}

/* Whether both are about one field */
static gboolean
is_same (const CptRecord *a,
         const CptRecord *b)
{
  return g_strcmp0 (cpt_record_get_text (a, "entity_name"), cpt_record_get_text (b, "entity_name")) == 0 &&
         g_strcmp0 (cpt_record_get_text (a, "field_name"), cpt_record_get_text (b, "field_name")) == 0;
}

gboolean
cpt_choices_before_commit (CptDoor    *door,
                           CptChange  *change,
                           GError    **error)
{
  g_autoptr(GError) local_error = NULL;
  const char *field;

  if (change->origin == CPT_ORIGIN_SYNC)
    return TRUE;

  if (change->after != NULL && !cpt_own_choices_check_record (change->after, &field, &local_error))
    {
      cpt_door_add_problem (door, cpt_entity_find_field (change->entity, field), local_error->message);
      return TRUE;
    }

  if (change->after != NULL && !check_record (door, change, change->after, error))
    return FALSE;

  return change->before == NULL || change->before->in_trash ||
         (change->after != NULL && is_same (change->before, change->after)) ||
         check_record (door, change, change->before, error);
}
