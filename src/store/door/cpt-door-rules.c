/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a record must be to pass: values in the form of their kind, required
 * ones there, links that lead somewhere and not in a circle. All problems are
 * found at once. Records that arrive from another computer pass whatever their
 * links: a parent may come after its children. */

#include "config.h"

#include "cpt-door-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-attachment.h"
#include "cpt-blob.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-imagined-private.h"
#include "cpt-layout.h"
#include "cpt-rules-private.h"

/* A chain of superiors or parents longer than this is taken for a circle */
#define MAX_CHAIN 1000

static gboolean
is_touched (const CptDoorItem *item,
            guint              index)
{
  return item->act == CPT_ACT_CREATE ||
         !cpt_value_equal (&item->before->values[index], &item->after->values[index]);
}

static gboolean
has_rules (const CptDoorItem *item)
{
  return !item->is_void && item->after != NULL &&
         (item->act == CPT_ACT_CREATE || item->act == CPT_ACT_UPDATE || item->act == CPT_ACT_RESTORE);
}

static void
check_values (CptDoor     *self,
              CptDoorItem *item)
{
  for (guint i = 0; i < item->entity->n_fields; i++)
    {
      const CptField *field = item->entity->fields[i];
      CptValue *value = &item->after->values[i];
      char *message = NULL;

      if (cpt_value_is_null (value) && !(field->flags & CPT_FIELD_REQUIRED))
        continue;
      if (!is_touched (item, i))
        continue;

      if (!cpt_value_is_null (value) && value->type != cpt_field_type_get (field->kind)->value_type)
        cpt_door_take_problem (self, item, field, CPT_ERROR_INVALID, g_strdup (_("This value is of another type.")));
      else if (!cpt_field_normalise (field, value, &message))
        cpt_door_take_problem (self, item, field, CPT_ERROR_INVALID, message);
      else if ((field->flags & CPT_FIELD_REQUIRED) && cpt_value_is_null (value) && self->origin != CPT_ORIGIN_SYNC)
        cpt_door_take_problem (self, item, field, CPT_ERROR_INVALID, g_strdup (_("This can’t be empty.")));
    }
}

/* Links */

static gboolean
find_target (CptDoor          *self,
             const CptEntity  *target,
             const CptUuid    *id,
             gboolean         *is_there,
             GError          **error)
{
  CptDoorItem *item = cpt_door_find_item (self, target, id);
  CptDoorItem key = { .id = *id, .number = target->number };
  gint64 row;

  if (item != NULL)
    {
      /* What is refused stays as it was. */
      const CptRecord *record = item->is_refused ? item->before : item->after;

      *is_there = record != NULL && !record->in_trash;
      return TRUE;
    }
  if (g_hash_table_contains (self->links, &key))
    {
      *is_there = TRUE;
      return TRUE;
    }
  if (!cpt_database_find_row (self->database, target, id, &row, error))
    return FALSE;

  *is_there = row != 0;
  if (*is_there)
    g_hash_table_add (self->links, g_memdup2 (&key, sizeof key));

  return TRUE;
}

/* Whom the record links to by @field: as it will be, or as it is */
static gboolean
get_next (CptDoor          *self,
          const CptEntity  *entity,
          const CptField   *field,
          CptUuid          *id,
          GError          **error)
{
  CptDoorItem *item = cpt_door_find_item (self, entity, id);
  g_autoptr(CptRecord) imagined = NULL;
  g_autofree char *sql = NULL;
  g_autoptr(CptStatement) statement = NULL;
  gboolean is_imagined = FALSE;
  CptStep step;

  if (item == NULL && self->database->imagined != NULL &&
      !cpt_imagined_load (self->database, entity, id, &is_imagined, &imagined, error))
    return FALSE;
  if (item != NULL || is_imagined)
    {
      const CptRecord *record = item != NULL ? item->after : imagined;
      const CptValue *value = record == NULL ? NULL : cpt_record_get (record, field);

      memset (id, 0, sizeof *id);
      if (value != NULL && value->type == CPT_VALUE_ID)
        *id = value->id;
      return TRUE;
    }

  sql = g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE id = ?", field->name, entity->name);
  statement = cpt_database_prepare (self->database, sql, error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, id);
  step = cpt_statement_step (statement, error);
  memset (id, 0, sizeof *id);
  if (step == CPT_STEP_ROW)
    cpt_statement_get_id (statement, 0, id);

  return step != CPT_STEP_ERROR;
}

static gboolean
check_circle (CptDoor         *self,
              CptDoorItem     *item,
              const CptField  *field,
              const CptUuid   *target,
              GError         **error)
{
  CptUuid id = *target;

  if (field->is_custom)
    return TRUE;

  for (guint i = 0; i < MAX_CHAIN && !cpt_uuid_is_nil (&id); i++)
    {
      if (cpt_uuid_equal (&id, &item->id))
        {
          cpt_door_take_problem (self, item, field, CPT_ERROR_INVALID,
                                 g_strdup (_("This would make a loop: the record would be above itself.")));
          return TRUE;
        }
      if (!get_next (self, item->entity, field, &id, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_link (CptDoor         *self,
            CptDoorItem     *item,
            const CptField  *field,
            const CptUuid   *id,
            GError         **error)
{
  const CptEntity *target = cpt_schema_get_target (self->database->schema, field);
  gboolean is_there = FALSE;

  if (target == NULL)
    return TRUE;
  if (!find_target (self, target, id, &is_there, error))
    return FALSE;
  if (!is_there)
    {
      cpt_door_take_problem (self, item, field, CPT_ERROR_INVALID,
                             /* Translators: a kind of record: "Organisation" */
                             g_strdup_printf (_("The linked record (%s) no longer exists."),
                                              cpt_entity_get_label (target)));
      return TRUE;
    }
  if (field->kind == CPT_FIELD_LINK && target == item->entity)
    return check_circle (self, item, field, id, error);

  return TRUE;
}

static gboolean
check_links (CptDoor      *self,
             CptDoorItem  *item,
             GError      **error)
{
  for (guint i = 0; i < item->entity->n_fields; i++)
    {
      const CptField *field = item->entity->fields[i];
      const CptValue *value = &item->after->values[i];

      if (field->target == NULL || cpt_value_is_null (value) || !is_touched (item, i))
        continue;
      if (value->type == CPT_VALUE_ID && !check_link (self, item, field, &value->id, error))
        return FALSE;
      if (value->type == CPT_VALUE_IDS)
        for (guint n = 0; n < value->ids.length; n++)
          if (!(item->before != NULL && cpt_value_has_id (&item->before->values[i], &value->ids.items[n])) &&
              !check_link (self, item, field, &value->ids.items[n], error))
            return FALSE;
    }

  return TRUE;
}

/* A refused record takes those with it that link to it: until none is left. */
static gboolean
check_all_links (CptDoor  *self,
                 GError  **error)
{
  guint n_refused;

  do
    {
      n_refused = self->n_refused;
      for (guint i = 0; i < self->items->len; i++)
        {
          CptDoorItem *item = g_ptr_array_index (self->items, i);

          /* Within a unit those that are refused already have said why. */
          if (has_rules (item) && !(self->unit != 0 && item->is_refused) && !check_links (self, item, error))
            return FALSE;
        }
    }
  while (self->unit != 0 && self->n_refused > n_refused);

  return TRUE;
}

/* The content of a file is there before a record says that it has it. */
static gboolean
check_content (CptDoor         *self,
               CptDoorItem     *item,
               const CptField  *field,
               const CptValue  *value,
               GError         **error)
{
  g_autoptr(CptAttachment) attachment = cpt_attachment_from_value (value);
  gboolean is_there = FALSE;
  gint64 size = 0;

  if (attachment == NULL)
    return TRUE;
  if (!cpt_blob_find (self->database, attachment->sha256, &is_there, &size, error))
    return FALSE;
  if (!is_there || size != attachment->size)
    cpt_door_take_problem (self, item, field, CPT_ERROR_INVALID,
                           g_strdup (_("The content of this file is not in the workspace: attach the file instead.")));

  return TRUE;
}

static gboolean
check_all_contents (CptDoor  *self,
                    GError  **error)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      CptDoorItem *item = g_ptr_array_index (self->items, i);

      for (guint j = 0; has_rules (item) && j < item->entity->n_fields; j++)
        if (item->entity->fields[j]->kind == CPT_FIELD_ATTACHMENT && is_touched (item, j) && !item->is_refused &&
            !check_content (self, item, item->entity->fields[j], &item->after->values[j], error))
          return FALSE;
    }

  return TRUE;
}

/* An update that leaves everything as it was is none. */
static void
drop_void (CptDoorItem *item)
{
  if (item->act != CPT_ACT_UPDATE || item->is_refused || item->is_void || item->is_touched)
    return;

  for (guint i = 0; i < item->entity->n_fields; i++)
    if (is_touched (item, i))
      return;

  item->is_void = TRUE;
}

/* What depends on which records are refused */
static gboolean
check_together (CptDoor  *self,
                GError  **error)
{
  gboolean is_local = self->origin != CPT_ORIGIN_SYNC;

  if (self->database->rules != NULL && !self->is_exact && is_local && !cpt_door_check_unique (self, error))
    return FALSE;
  if (!self->is_exact && is_local &&
      (!check_all_links (self, error) || !check_all_contents (self, error) || !cpt_door_check_schema (self, error)))
    return FALSE;

  return self->is_partial || !is_local || cpt_door_check_needed (self, error);
}

static gboolean
touches_rules (CptDoor *self)
{
  guint number = cpt_schema_find_entity (self->database->schema, CPT_RULE_ENTITY)->number;

  for (guint i = 0; i < self->items->len; i++)
    if (((const CptDoorItem *) g_ptr_array_index (self->items, i))->number == number)
      return TRUE;

  return FALSE;
}

gboolean
cpt_door_check (CptDoor  *self,
                GError  **error)
{
  guint n_refused;

  self->touches_rules = touches_rules (self);
  for (guint i = 0; i < self->items->len && !self->is_exact; i++)
    {
      CptDoorItem *item = g_ptr_array_index (self->items, i);

      /* One with a problem already shows its other problems as well. */
      if (has_rules (item))
        check_values (self, item);
    }

  if (self->database->rules != NULL && !self->is_exact && self->origin != CPT_ORIGIN_SYNC &&
      !cpt_door_check_conditional (self, error))
    return FALSE;

  /* Within a unit a refused record stays as it was, which may be in the way of
   * those that were let through: until no more are refused. */
  do
    {
      n_refused = self->n_refused;
      if (!check_together (self, error))
        return FALSE;
    }
  while (self->unit != 0 && self->n_refused > n_refused);

  for (guint i = 0; i < self->items->len; i++)
    drop_void (g_ptr_array_index (self->items, i));

  return TRUE;
}
