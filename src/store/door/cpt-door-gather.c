/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From steps to items: what each record was and what it shall be, the last
 * step winning; then behaviours, whose own steps are gathered in turn until
 * nobody adds anything. */

#include "config.h"

#include "cpt-door-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-layout.h"
#include "cpt-merge.h"

/* How often behaviours are called for one transaction at most, beyond once per
 * record: two that disagree would go on for ever */
#define MAX_EXTRA_RUNS 10000
#define MAX_RUNS_PER_RECORD 20

/* Where it went, as far as that is known */
static char *
describe_missing (CptDoor         *self,
                  const CptEntity *entity,
                  const CptUuid   *id)
{
  g_autoptr(CptRecord) record = cpt_database_load_trash (self->database, entity, id, NULL, NULL, NULL);
  g_autofree char *title = NULL;
  g_autofree char *kept_title = NULL;
  CptUuid kept = { 0 };

  if (record == NULL)
    /* Translators: a kind of record: "Contact" */
    return g_strdup_printf (_("%s: this record no longer exists."), cpt_entity_get_label (entity));

  title = cpt_record_dup_title (record);
  if (cpt_merge_find_kept (self->database, entity, id, &kept, NULL) && !cpt_uuid_is_nil (&kept))
    kept_title = cpt_database_dup_title (self->database, entity, &kept);
  if (kept_title != NULL)
    /* Translators: titles of two records */
    return g_strdup_printf (_("“%s” was merged into “%s” meanwhile. Make the change there."), title, kept_title);

  /* Translators: the title of a record */
  return g_strdup_printf (_("“%s” is in the trash. Restore it first."), title);
}

/* Where rules are asked, what people set is noted: not what behaviours add */
static void
note_asked (CptDoor     *self,
            CptDoorItem *item,
            guint        index)
{
  if (item->asked != NULL && !self->is_in_behaviour)
    item->asked[index] = TRUE;
}

static CptDoorItem *
add_item (CptDoor         *self,
          const CptEntity *entity,
          const CptUuid   *id,
          CptAct           act,
          guint            index)
{
  CptDoorItem *item = g_new0 (CptDoorItem, 1);
  guint n_rules = 0;

  if (self->database->rules != NULL && !self->is_exact)
    cpt_rules_list (self->database->rules, entity, &n_rules);
  if (n_rules > 0)
    item->asked = g_new0 (guint8, entity->n_fields);
  item->id = *id;
  item->number = entity->number;
  item->entity = entity;
  item->act = act;
  item->index = index;
  item->is_stale = TRUE;
  g_ptr_array_add (self->items, item);
  g_hash_table_add (self->by_key, item);

  return item;
}

/* What behaviours set is not for people to set. Undo, sync and the demonstration
 * bring what behaviours have set before. */
static gboolean
is_kept_from (CptDoor        *self,
              const CptField *field)
{
  gboolean is_of_people = self->origin == CPT_ORIGIN_FORM || self->origin == CPT_ORIGIN_IMPORT ||
                          self->origin == CPT_ORIGIN_COMMAND || self->origin == CPT_ORIGIN_API;

  return is_of_people && !self->is_exact && !self->is_in_behaviour && (field->flags & CPT_FIELD_READ_ONLY) != 0;
}

static void
refuse_field (CptDoor        *self,
              CptDoorItem    *item,
              const CptField *field)
{
  cpt_door_take_problem (self, item, field, CPT_ERROR_INVALID,
                         g_strdup (_("Comptoir fills this field in by itself. Leave it as it is.")));
}

/* Beginnings that are declared may be read-only; nothing else of a new record. */
static void
check_new_record (CptDoor     *self,
                  CptDoorItem *item)
{
  for (guint i = 0; i < item->entity->n_fields; i++)
    {
      const CptField *field = item->entity->fields[i];

      if (is_kept_from (self, field) && field->initial == NULL && !cpt_value_is_null (&item->after->values[i]))
        refuse_field (self, item, field);
    }
}

/* A record made with an older schema, in terms of this one */
static CptRecord *
convert_record (CptDoor         *self,
                const CptEntity *entity,
                CptRecord       *record,
                CptDoorItem     *item)
{
  CptRecord *copy = cpt_record_new (self->database->schema, entity);

  copy->id = record->id;
  copy->created_at = record->created_at;
  copy->changed_at = record->changed_at;
  copy->created_by = record->created_by;
  copy->changed_by = record->changed_by;
  copy->unknown = g_strdup (record->unknown);

  for (guint i = 0; i < record->entity->n_fields; i++)
    {
      const CptField *field;

      if (cpt_value_is_null (&record->values[i]))
        continue;
      field = cpt_entity_find_field (entity, record->entity->fields[i]->name);
      if (field != NULL && field->kind == record->entity->fields[i]->kind)
        cpt_record_set (copy, field, &record->values[i]);
      else
        cpt_door_take_problem (self, item, NULL, CPT_ERROR_NOT_FOUND,
                               g_strdup_printf (_("There is no field “%s” any more."),
                                                cpt_field_get_label (record->entity->fields[i])));
    }

  return copy;
}

/* A unit makes records by the hundred thousand: there the caller's own record
 * is worked on. */
static void
adopt_record (CptDoor         *self,
              const CptEntity *entity,
              CptRecord       *record,
              CptDoorItem     *item)
{
  if (record->entity != entity)
    item->after = convert_record (self, entity, record, item);
  else if (self->unit != 0)
    item->after = cpt_record_ref (record);
  else
    item->after = cpt_record_copy (record);

  item->original = cpt_record_ref (record);
  item->after->id = item->id;
  item->after->in_trash = FALSE;
  if (!self->is_exact)
    {
      item->after->row = 0;
      item->after->sequence = 0;
    }
}

/* Whether a record that somebody gave an identifier is there already */
static gboolean
check_free (CptDoor      *self,
            CptDoorItem  *item,
            GError      **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT EXISTS (SELECT 1 FROM \"%s\" WHERE id = ?1) "
                                          "OR EXISTS (SELECT 1 FROM trash WHERE entity = ?2 AND id = ?1)",
                                          item->entity->name);
  g_autoptr(CptStatement) statement = cpt_database_prepare (self->database, sql, error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, &item->id);
  cpt_statement_bind_int (statement, 2, item->number);
  if (cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return FALSE;
  if (cpt_statement_get_int (statement, 0) != 0)
    cpt_door_take_problem (self, item, NULL, CPT_ERROR_CONFLICT,
                           g_strdup_printf (_("%s: this record already exists."), cpt_entity_get_label (item->entity)));

  return TRUE;
}

static gboolean
gather_create (CptDoor                   *self,
               const CptTransactionStep  *step,
               const CptEntity           *entity,
               guint                      index,
               GError                   **error)
{
  CptUuid id = step->id;
  gboolean is_generated = cpt_uuid_is_nil (&id);
  CptDoorItem *item;

  if ((entity->flags & CPT_ENTITY_FACTS) != 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, _("%s are not written one by one. Import them from a file."),
                   cpt_entity_get_label_plural (entity));
      return FALSE;
    }

  if (is_generated)
    cpt_uuid_generate (&id, self->now / 1000);
  else if (cpt_door_find_item (self, entity, &id) != NULL)
    {
      cpt_door_take_problem (self, cpt_door_find_item (self, entity, &id), NULL, CPT_ERROR_CONFLICT,
                             g_strdup_printf (_("%s: this record already exists."), cpt_entity_get_label (entity)));
      return TRUE;
    }

  item = add_item (self, entity, &id, CPT_ACT_CREATE, index);
  item->is_generated = is_generated;
  adopt_record (self, entity, step->record, item);
  check_new_record (self, item);
  for (guint i = 0; item->asked != NULL && i < entity->n_fields; i++)
    if (!cpt_value_is_null (&item->after->values[i]))
      note_asked (self, item, i);

  return is_generated || step->is_fresh || check_free (self, item, error);
}

static gboolean
gather_recreate (CptDoor                   *self,
                 const CptTransactionStep  *step,
                 const CptEntity           *entity,
                 guint                      index,
                 GError                   **error)
{
  gboolean is_unpurge = step->kind == CPT_TRANSACTION_UNPURGE;
  CptDoorItem *item = add_item (self, entity, &step->id, is_unpurge ? CPT_ACT_UNPURGE : CPT_ACT_RECREATE, index);

  adopt_record (self, entity, step->record, item);

  return check_free (self, item, error);
}

/* The item of a live record: the one that is there, or a new one with the
 * record as it is. @reached is NULL when there is none, which is a problem. */
static gboolean
reach_live (CptDoor                   *self,
            const CptTransactionStep  *step,
            const CptEntity           *entity,
            guint                      index,
            CptDoorItem              **reached,
            GError                   **error)
{
  CptDoorItem *item = cpt_door_find_item (self, entity, &step->id);
  GError *own_error = NULL;
  CptRecord *record;

  *reached = NULL;
  if (item != NULL && !item->is_void && item->after != NULL)
    *reached = item;
  else if (item != NULL)
    cpt_door_take_problem (self, item, NULL, CPT_ERROR_NOT_FOUND, describe_missing (self, entity, &step->id));
  if (item != NULL)
    return TRUE;

  record = cpt_database_load_live (self->database, entity, &step->id, &own_error);
  if (own_error != NULL)
    {
      g_propagate_error (error, own_error);
      return FALSE;
    }

  item = add_item (self, entity, &step->id, CPT_ACT_UPDATE, index);
  if (record == NULL)
    {
      item->is_void = TRUE;
      cpt_door_take_problem (self, item, NULL, CPT_ERROR_NOT_FOUND, describe_missing (self, entity, &step->id));
      return TRUE;
    }

  item->before = record;
  item->after = cpt_record_copy (record);
  *reached = item;

  return TRUE;
}

/* The value that the step gives the field: of sets, from what the record has */
static void
find_value (const CptTransactionStep *step,
            const CptRecord          *record,
            const CptField           *field,
            CptValue                 *value)
{
  if (step->kind == CPT_TRANSACTION_SET)
    {
      cpt_value_copy (&step->value, value);
      return;
    }

  cpt_value_copy (cpt_record_get (record, field), value);
  if (step->kind == CPT_TRANSACTION_ADD_MEMBERS)
    cpt_value_add_members (value, &step->value);
  else
    cpt_value_remove_members (value, &step->value);
}

static gboolean
gather_set (CptDoor                   *self,
            const CptTransactionStep  *step,
            const CptEntity           *entity,
            guint                      index,
            GError                   **error)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;
  const CptField *field;
  CptDoorItem *item;

  if (!reach_live (self, step, entity, index, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;

  field = cpt_entity_find_field (entity, step->field->name);
  if (field == NULL || field->kind != step->field->kind)
    {
      cpt_door_take_problem (self, item, NULL, CPT_ERROR_NOT_FOUND,
                             g_strdup_printf (_("There is no field “%s” any more."), cpt_field_get_label (step->field)));
      return TRUE;
    }
  find_value (step, item->after, field, &value);
  if (cpt_value_equal (cpt_record_get (item->after, field), &value))
    return TRUE;
  if (is_kept_from (self, field))
    {
      refuse_field (self, item, field);
      return TRUE;
    }

  cpt_record_set (item->after, field, &value);
  item->is_stale = TRUE;
  note_asked (self, item, field->index);

  return TRUE;
}

static gboolean
gather_expect (CptDoor                   *self,
               const CptTransactionStep  *step,
               const CptEntity           *entity,
               guint                      index,
               GError                   **error)
{
  CptDoorItem *item;

  if (!reach_live (self, step, entity, index, &item, error))
    return FALSE;
  if (item != NULL && (item->before == NULL || item->before->sequence != step->sequence))
    cpt_door_take_problem (self, item, NULL, CPT_ERROR_CONFLICT,
                           g_strdup_printf (_("%s: this record was changed in the meantime. Check it and try again."),
                                            cpt_entity_get_label (entity)));

  return TRUE;
}

static gboolean
gather_touch (CptDoor                   *self,
              const CptTransactionStep  *step,
              const CptEntity           *entity,
              guint                      index,
              GError                   **error)
{
  CptDoorItem *item;

  if (!reach_live (self, step, entity, index, &item, error))
    return FALSE;
  if (item != NULL)
    item->is_touched = TRUE;

  return TRUE;
}

/* Deletes, and takes creations back when they are undone */
static gboolean
gather_delete (CptDoor                   *self,
               const CptTransactionStep  *step,
               const CptEntity           *entity,
               guint                      index,
               GError                   **error)
{
  CptDoorItem *item;

  if (!reach_live (self, step, entity, index, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;

  g_clear_pointer (&item->after, cpt_record_unref);
  g_hash_table_remove (self->links, item);
  item->is_stale = TRUE;
  if (item->act != CPT_ACT_UPDATE)
    item->is_void = TRUE;
  else if (step->kind == CPT_TRANSACTION_UNCREATE)
    item->act = CPT_ACT_UNCREATE;
  else
    item->act = CPT_ACT_DELETE;

  return TRUE;
}

static gboolean
gather_trashed (CptDoor                   *self,
                const CptTransactionStep  *step,
                const CptEntity           *entity,
                guint                      index,
                GError                   **error)
{
  gboolean is_purge = step->kind == CPT_TRANSACTION_PURGE;
  g_autofree char *custom = NULL;
  g_autofree char *base_rev = NULL;
  GError *own_error = NULL;
  CptRecord *record;
  CptDoorItem *item;

  if (cpt_door_find_item (self, entity, &step->id) != NULL)
    {
      cpt_door_take_problem (self, cpt_door_find_item (self, entity, &step->id), NULL, CPT_ERROR_INVALID,
                             g_strdup (_("A record can’t be changed and restored from the trash at the same time.")));
      return TRUE;
    }

  record = cpt_database_load_trash (self->database, entity, &step->id, &custom, &base_rev, &own_error);
  if (own_error != NULL)
    {
      g_propagate_error (error, own_error);
      return FALSE;
    }

  item = add_item (self, entity, &step->id, is_purge ? CPT_ACT_PURGE : CPT_ACT_RESTORE, index);
  if (record == NULL)
    {
      item->is_void = TRUE;
      cpt_door_take_problem (self, item, NULL, CPT_ERROR_NOT_FOUND,
                             g_strdup_printf (_("%s: this record is not in the trash."), cpt_entity_get_label (entity)));
      return TRUE;
    }

  item->before = record;
  item->custom = g_steal_pointer (&custom);
  item->base_rev = g_steal_pointer (&base_rev);
  if (!is_purge)
    {
      item->after = cpt_record_copy (record);
      item->after->in_trash = FALSE;
    }

  return TRUE;
}

static gboolean
gather_step (CptDoor                   *self,
             const CptTransactionStep  *step,
             guint                      index,
             GError                   **error)
{
  const CptEntity *entity = cpt_database_localise (self->database, step->entity);

  if (entity == NULL)
    {
      cpt_door_take_problem (self, NULL, NULL, CPT_ERROR_NOT_FOUND,
                             g_strdup_printf (_("There is no kind of record “%s”."), step->entity->name));
      return TRUE;
    }

  switch (step->kind)
    {
    case CPT_TRANSACTION_CREATE:
      return gather_create (self, step, entity, index, error);

    case CPT_TRANSACTION_SET:
    case CPT_TRANSACTION_ADD_MEMBERS:
    case CPT_TRANSACTION_REMOVE_MEMBERS:
      return gather_set (self, step, entity, index, error);

    case CPT_TRANSACTION_EXPECT:
      return gather_expect (self, step, entity, index, error);

    case CPT_TRANSACTION_TOUCH:
      return gather_touch (self, step, entity, index, error);

    case CPT_TRANSACTION_RECREATE:
    case CPT_TRANSACTION_UNPURGE:
      return gather_recreate (self, step, entity, index, error);

    case CPT_TRANSACTION_RESTORE:
    case CPT_TRANSACTION_PURGE:
      return gather_trashed (self, step, entity, index, error);

    case CPT_TRANSACTION_DELETE:
    case CPT_TRANSACTION_UNCREATE:
    default:
      return gather_delete (self, step, entity, index, error);
    }
}

/* Steps that behaviours add belong to the change that caused them. */
static gboolean
gather_extra (CptDoor  *self,
              guint     index,
              GError  **error)
{
  gboolean done = TRUE;

  self->is_in_behaviour = TRUE;
  while (done && self->extra != NULL && self->n_extra < cpt_transaction_get_length (self->extra))
    done = gather_step (self, cpt_transaction_get_step (self->extra, self->n_extra++), index, error);
  self->is_in_behaviour = FALSE;

  return done;
}

/* Behaviours */

static gboolean
is_changed (const CptDoorItem *item)
{
  if (item->act != CPT_ACT_UPDATE)
    return TRUE;

  for (guint i = 0; i < item->entity->n_fields; i++)
    if (!cpt_value_equal (&item->before->values[i], &item->after->values[i]))
      return TRUE;

  return FALSE;
}

static gboolean
run_behaviours (CptDoor      *self,
                CptDoorItem  *item,
                GError      **error)
{
  CptChange change = {
    .entity = item->entity,
    .kind = cpt_act_get_kind (item->act),
    .before = item->before,
    .after = item->after,
    .origin = self->origin,
  };

  for (const CptBehaviour *behaviour = self->database->behaviours; behaviour->entity != NULL; behaviour++)
    if (behaviour->before_commit != NULL && strcmp (behaviour->entity, item->entity->name) == 0)
      {
        self->current = item;
        if (!behaviour->before_commit (self, &change, error))
          return FALSE;
        self->current = NULL;
      }

  return gather_extra (self, item->index, error);
}

static gboolean
set_loop_error (GError **error)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_LIMIT,
                       _("This change would cause more than 10,000 others. Make it in smaller parts."));

  return FALSE;
}

/* Items may be added behind, and earlier ones become stale, while it runs. */
static gboolean
run_all_behaviours (CptDoor  *self,
                    GError  **error)
{
  guint n_first = self->items->len;
  guint n_runs = 0;
  gboolean is_done = FALSE;

  while (!is_done)
    {
      is_done = TRUE;
      for (guint i = 0; i < self->items->len; i++)
        {
          CptDoorItem *item = g_ptr_array_index (self->items, i);

          if (!item->is_stale || item->is_refused || item->is_void)
            continue;
          item->is_stale = FALSE;
          if (!is_changed (item))
            continue;
          if (++item->n_runs > MAX_RUNS_PER_RECORD || ++n_runs > n_first + MAX_EXTRA_RUNS)
            return set_loop_error (error);
          if (!run_behaviours (self, item, error))
            return FALSE;
          is_done = FALSE;
        }
    }

  return TRUE;
}

gboolean
cpt_door_gather (CptDoor  *self,
                 GError  **error)
{
  for (guint i = self->first_step; i < self->first_step + self->n_steps; i++)
    if (!gather_step (self, cpt_transaction_get_step (self->transaction, i), i, error))
      return FALSE;

  if (self->is_exact || self->database->behaviours == NULL)
    return TRUE;

  return run_all_behaviours (self, error);
}
