/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A snapshot of one record: one block of memory with the record, a value for
 * each field and a value for each field that all records have. The latter are
 * filled when they are asked for. */

#include "config.h"

#include "cpt-record.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-field-type.h"

/* id, created_at, created_by, changed_at, changed_by */
#define N_SYSTEM_VALUES 5

CptRecord *
cpt_record_new (CptSchema       *schema,
                const CptEntity *entity)
{
  gsize n_values = (gsize) entity->n_fields + N_SYSTEM_VALUES;
  CptRecord *self = g_malloc0 (sizeof *self + n_values * sizeof (CptValue));

  g_atomic_ref_count_init (&self->count);
  self->schema = cpt_schema_ref (schema);
  self->entity = entity;
  self->values = (CptValue *) (self + 1);

  return self;
}

CptRecord *
cpt_record_copy (const CptRecord *self)
{
  CptRecord *copy = cpt_record_new (self->schema, self->entity);

  copy->id = self->id;
  copy->row = self->row;
  copy->sequence = self->sequence;
  copy->created_at = self->created_at;
  copy->changed_at = self->changed_at;
  copy->created_by = self->created_by;
  copy->changed_by = self->changed_by;
  copy->in_trash = self->in_trash;
  copy->unknown = g_strdup (self->unknown);
  for (guint i = 0; i < self->entity->n_fields; i++)
    cpt_value_copy (&self->values[i], &copy->values[i]);

  return copy;
}

CptRecord *
cpt_record_ref (CptRecord *self)
{
  g_atomic_ref_count_inc (&self->count);

  return self;
}

void
cpt_record_unref (CptRecord *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;

  for (guint i = 0; i < self->entity->n_fields; i++)
    cpt_value_clear (&self->values[i]);
  g_free (self->unknown);
  cpt_schema_unref (self->schema);
  g_free (self);
}

const CptEntity *
cpt_record_get_entity (const CptRecord *self)
{
  return self->entity;
}

static void
fill_id (CptValue      *value,
         const CptUuid *id)
{
  if (cpt_uuid_is_nil (id))
    cpt_value_clear (value);
  else
    cpt_value_set_id (value, id);
}

/* System values own no memory, so that nothing clears them. */
static const CptValue *
get_system (const CptRecord *self,
            const CptField  *field)
{
  CptValue *values = self->values + self->entity->n_fields;

  if (strcmp (field->name, "id") == 0)
    {
      fill_id (&values[0], &self->id);
      return &values[0];
    }
  if (strcmp (field->name, "created_at") == 0)
    {
      cpt_value_set_integer (&values[1], self->created_at);
      return &values[1];
    }
  if (strcmp (field->name, "created_by") == 0)
    {
      fill_id (&values[2], &self->created_by);
      return &values[2];
    }
  if (strcmp (field->name, "changed_at") == 0)
    {
      cpt_value_set_integer (&values[3], self->changed_at);
      return &values[3];
    }

  fill_id (&values[4], &self->changed_by);

  return &values[4];
}

const CptValue *
cpt_record_get (const CptRecord *self,
                const CptField  *field)
{
  if (field->index == G_MAXUINT)
    return get_system (self, field);

  g_return_val_if_fail (field->index < self->entity->n_fields, NULL);

  return &self->values[field->index];
}

const CptValue *
cpt_record_get_named (const CptRecord *self,
                      const char      *field)
{
  const CptField *found = cpt_entity_find_field (self->entity, field);

  if (found == NULL)
    found = cpt_field_get_system (field);
  g_return_val_if_fail (found != NULL, NULL);

  return cpt_record_get (self, found);
}

const char *
cpt_record_get_text (const CptRecord *self,
                     const char      *field)
{
  const CptValue *value = cpt_record_get_named (self, field);

  return value != NULL && value->type == CPT_VALUE_TEXT ? value->text : NULL;
}

gint64
cpt_record_get_integer (const CptRecord *self,
                        const char      *field)
{
  const CptValue *value = cpt_record_get_named (self, field);

  return value != NULL && value->type == CPT_VALUE_INTEGER ? value->integer : 0;
}

void
cpt_record_set (CptRecord      *self,
                const CptField *field,
                const CptValue *value)
{
  g_return_if_fail (field->index < self->entity->n_fields);

  cpt_value_copy (value, &self->values[field->index]);
}

void
cpt_record_take (CptRecord      *self,
                 const CptField *field,
                 CptValue        value)
{
  if (field->index >= self->entity->n_fields)
    {
      cpt_value_clear (&value);
      g_return_if_reached ();
    }

  cpt_value_clear (&self->values[field->index]);
  self->values[field->index] = value;
}

static void
take_named (CptRecord  *self,
            const char *name,
            CptValue    value)
{
  const CptField *field = cpt_entity_find_field (self->entity, name);

  if (field == NULL)
    {
      cpt_value_clear (&value);
      g_return_if_reached ();
    }

  cpt_record_take (self, field, value);
}

void
cpt_record_set_text (CptRecord  *self,
                     const char *field,
                     const char *text)
{
  CptValue value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, text);
  take_named (self, field, value);
}

void
cpt_record_set_integer (CptRecord  *self,
                        const char *field,
                        gint64      integer)
{
  CptValue value = CPT_VALUE_INIT;

  cpt_value_set_integer (&value, integer);
  take_named (self, field, value);
}

void
cpt_record_set_id (CptRecord     *self,
                   const char    *field,
                   const CptUuid *id)
{
  CptValue value = CPT_VALUE_INIT;

  cpt_value_set_id (&value, id);
  take_named (self, field, value);
}

void
cpt_record_set_null (CptRecord  *self,
                     const char *field)
{
  take_named (self, field, (CptValue) CPT_VALUE_INIT);
}

void
cpt_record_apply_initial (CptRecord     *self,
                          gint64         now,
                          const CptUuid *me,
                          GTimeZone     *zone)
{
  for (guint i = 0; i < self->entity->n_fields; i++)
    {
      const CptField *field = self->entity->fields[i];
      CptValue *value = &self->values[i];

      if (field->initial == NULL || !cpt_value_is_null (value))
        continue;

      if (field->kind == CPT_FIELD_DATETIME && strcmp (field->initial, "now") == 0)
        cpt_value_set_integer (value, now);
      else if (field->kind == CPT_FIELD_DATE && strcmp (field->initial, "today") == 0)
        {
          g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();

          cpt_value_set_integer (value, cpt_instant_get_date (now, zone == NULL ? utc : zone));
        }
      else if (field->kind == CPT_FIELD_LINK && strcmp (field->initial, "me") == 0)
        {
          if (me != NULL)
            fill_id (value, me);
        }
      else
        cpt_field_parse (field, field->initial, NULL, value, NULL);
    }
}

char *
cpt_record_dup_title (const CptRecord *self)
{
  const CptField *field = cpt_entity_get_title_field (self->entity);
  const CptValue *value = field == NULL ? NULL : cpt_record_get (self, field);

  /* Translators: a kind of record, as in "Unnamed Deal" */
  if (value == NULL || cpt_value_is_null (value))
    return g_strdup_printf (_("Unnamed %s"), cpt_entity_get_label (self->entity));

  return cpt_field_format_local (field, value, NULL);
}
