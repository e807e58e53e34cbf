/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes of what records are: custom fields. The declarations are made as
 * they would be afterwards; what would be wrong with them then, and is not now,
 * refuses the change: a formula that needs itself, or one that names the field
 * which is being deleted. */

#include "config.h"

#include "cpt-door-private.h"

#include <string.h>

#include "cpt-custom-field.h"

static gboolean
is_custom_field (const CptDoorItem *item)
{
  return strcmp (item->entity->name, "custom_field") == 0 && !item->is_void;
}

static CptDoorItem *
find_first (CptDoor *self)
{
  for (guint i = 0; i < self->items->len; i++)
    if (is_custom_field (g_ptr_array_index (self->items, i)))
      return g_ptr_array_index (self->items, i);

  return NULL;
}

/* Those that are stored, with the changes of the transaction */
static GPtrArray *
list_after (CptDoor   *self,
            GPtrArray *stored)
{
  GPtrArray *records = g_ptr_array_new ();

  for (guint i = 0; i < stored->len; i++)
    {
      CptRecord *record = g_ptr_array_index (stored, i);

      if (cpt_door_find_item (self, record->entity, &record->id) == NULL)
        g_ptr_array_add (records, record);
    }
  for (guint i = 0; i < self->items->len; i++)
    {
      CptDoorItem *item = g_ptr_array_index (self->items, i);

      if (is_custom_field (item) && item->after != NULL && item->act != CPT_ACT_UNPURGE)
        g_ptr_array_add (records, item->after);
    }

  return records;
}

static GPtrArray *
list_problems (GPtrArray *records)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func (g_free);

  cpt_schema_unref (cpt_schema_new_from_records ((CptRecord *const *) records->pdata, records->len, problems));

  return problems;
}

gboolean
cpt_door_check_schema (CptDoor  *self,
                       GError  **error)
{
  CptDoorItem *first = find_first (self);
  g_autoptr(GPtrArray) stored = NULL;
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(GPtrArray) known = NULL;
  g_autoptr(GPtrArray) found = NULL;

  /* One that is refused already would be found again. */
  if (first == NULL || self->problems->len > 0)
    return TRUE;

  stored = cpt_database_load_custom_fields (self->database, self->database->schema, error);
  if (stored == NULL)
    return FALSE;

  after = list_after (self, stored);
  known = list_problems (stored);
  found = list_problems (after);
  for (guint i = 0; i < found->len; i++)
    if (!g_ptr_array_find_with_equal_func (known, found->pdata[i], g_str_equal, NULL))
      cpt_door_take_problem (self, first, NULL, CPT_ERROR_INVALID, g_strdup (found->pdata[i]));

  return TRUE;
}
