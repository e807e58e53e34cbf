/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an import works with from its beginning on: a slot for every column that
 * has a field, the keys that find existing records, and what new records get
 * where the file says nothing. */

#include "config.h"

#include "cpt-import-private.h"

#include <string.h>

static void
deferred_clear (CptImportDeferred *self)
{
  g_free (self->text);
}

/* slots */

static void
add_slots (CptImportJob *self)
{
  CptImportPlan *plan = self->plan;

  for (guint i = 0; i < plan->columns->len; i++)
    {
      const CptImportColumn *column = g_ptr_array_index (plan->columns, i);
      CptImportSlot slot;

      if (column->field == NULL)
        continue;
      cpt_import_slot_init (&slot, plan, column, self->currency, self->country, self->zone);
      slot.position = i;
      g_array_append_val (self->slots, slot);
    }
  cpt_import_mark_gathered ((CptImportSlot *) (gpointer) self->slots->data, self->slots->len);
}

static void
add_key_of (CptImportJob *self,
            const char   *field)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      CptImportSlot *slot = &g_array_index (self->slots, CptImportSlot, i);

      if (g_strcmp0 (slot->column->field, field) == 0 && slot->column->part == NULL)
        g_ptr_array_add (self->keys, slot);
    }
}

/* The identifier, then what is made to be a key, then the name */
static void
add_keys (CptImportJob *self)
{
  CptImportPlan *plan = self->plan;

  if (plan->mode == CPT_IMPORT_CREATE)
    return;
  if (plan->key != NULL)
    {
      add_key_of (self, plan->key);
      return;
    }

  add_key_of (self, "id");
  for (guint i = 0; i < plan->entity->n_fields; i++)
    {
      const CptField *field = plan->entity->fields[i];

      if ((field->flags & CPT_FIELD_KEY) != 0 && !g_str_equal (field->name, plan->entity->title))
        add_key_of (self, field->name);
    }
  if ((cpt_entity_get_title_field (plan->entity)->flags & CPT_FIELD_KEY) != 0)
    add_key_of (self, plan->entity->title);
}

static void
add_initial (CptImportJob *self)
{
  self->initial = cpt_record_new (self->plan->schema, self->plan->entity);
  self->initial_fields = g_ptr_array_new ();
  cpt_record_apply_initial (self->initial, cpt_database_get_now (self->database), cpt_database_get_author (self->database),
                            cpt_database_get_zone (self->database));
  for (guint i = 0; i < self->plan->entity->n_fields; i++)
    {
      const CptField *field = self->plan->entity->fields[i];

      if (!cpt_value_is_null (cpt_record_get (self->initial, field)))
        g_ptr_array_add (self->initial_fields, (gpointer) field);
    }
}

void
cpt_import_job_init (CptImportJob  *self,
                     CptDatabase   *database,
                     CptImportPlan *plan)
{
  self->database = database;
  self->plan = plan;
  self->slots = g_array_new (FALSE, TRUE, sizeof (CptImportSlot));
  g_array_set_clear_func (self->slots, (GDestroyNotify) cpt_import_slot_clear);
  self->skips = cpt_import_skips_new (plan);
  self->keys = g_ptr_array_new ();
  self->notes = cpt_import_notes_new ();
  self->links = cpt_import_links_new (database, plan, self->notes);
  self->stages = cpt_import_stages_new (database, self->notes);
  self->made = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  self->slice = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  self->pending = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->deferred = g_array_new (FALSE, TRUE, sizeof (CptImportDeferred));
  g_array_set_clear_func (self->deferred, (GDestroyNotify) deferred_clear);
  self->cell = g_string_new (NULL);
  g_strlcpy (self->currency, cpt_database_get_currency (database), sizeof self->currency);
  self->country = g_strdup (cpt_database_get_country (database));
  self->zone = g_time_zone_ref (cpt_database_get_zone (database));

  add_slots (self);
  add_keys (self);
  add_initial (self);
}

void
cpt_import_job_clear (CptImportJob *self)
{
  g_ptr_array_unref (self->initial_fields);
  cpt_record_unref (self->initial);
  g_string_free (self->cell, TRUE);
  g_array_unref (self->deferred);
  g_hash_table_unref (self->pending);
  cpt_transaction_free (self->slice);
  cpt_transaction_free (self->made);
  cpt_import_stages_free (self->stages);
  cpt_import_links_free (self->links);
  cpt_import_notes_free (self->notes);
  cpt_import_skips_free (self->skips);
  g_ptr_array_unref (self->keys);
  g_array_unref (self->slots);
  g_time_zone_unref (self->zone);
  g_free (self->country);
}

/* Keys are looked up for every row, and so are names where rows link to each other. */
gboolean
cpt_import_job_leave_out_indexes (CptImportJob  *self,
                                  CptUnit       *unit,
                                  guint64        n_rows,
                                  GError       **error)
{
  const CptEntity *entity = self->plan->entity;
  g_autoptr(GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; i < self->slots->len; i++)
    {
      const CptImportSlot *slot = &g_array_index (self->slots, CptImportSlot, i);

      if (slot->field != NULL && g_strcmp0 (slot->field->target, entity->name) == 0)
        return TRUE;
    }
  for (guint i = 0; i < self->keys->len; i++)
    {
      const CptImportSlot *slot = g_ptr_array_index (self->keys, i);

      if (slot->field != NULL)
        g_ptr_array_add (kept, (gpointer) slot->field);
    }
  g_ptr_array_add (kept, NULL);

  return cpt_unit_leave_out_indexes (unit, entity, (const CptField *const *) kept->pdata, n_rows, error);
}
