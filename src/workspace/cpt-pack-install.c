/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Installing and updating.
 *
 *   plan: every record of the pack against the workspace: new, to be changed,
 *         left alone; problems are collected and refuse everything
 *   unit: custom fields and choices | the rest, which may have values in them |
 *         the record of the pack
 *
 * The unit makes it one act, and nothing when a part is refused. */

#include "config.h"

#include "cpt-pack-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-custom-field.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-own-choices.h"
#include "cpt-query.h"
#include "cpt-transaction.h"

typedef enum
{
  STEP_CREATE,
  STEP_CHANGE,
  STEP_LEAVE,
} Step;

typedef struct
{
  const CptPack *pack;
  CptDatabase *database;
  char *language;
  CptRecord *record; /* (nullable): of the pack that is there */
  GPtrArray *former; /* CptPackItem of it; empty when there is none */
  GPtrArray *items;  /* CptPackItem: as they are to be */
  GPtrArray *kept;   /* CptPackItem, borrowed from @former: fields and lists that the pack has no more, with something in them */
  GArray *steps;     /* Step, of @items */
  GHashTable *ids;   /* key to CptUuid */
  GPtrArray *problems;
  CptPackResult result;
} Plan;

static void
plan_clear (Plan *self)
{
  g_clear_pointer (&self->record, cpt_record_unref);
  g_clear_pointer (&self->former, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_pointer (&self->steps, g_array_unref);
  g_clear_pointer (&self->ids, g_hash_table_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->language, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

static void
add_problem (Plan              *self,
             const CptPackItem *item,
             const char        *message)
{
  /* Translators: a file of a pack, the key of a record in it, a reason */
  g_ptr_array_add (self->problems, g_strdup_printf (_("%s, “%s”: %s"), item->file, item->key, message));
}

/* The record that @item describes, with everything put in; NULL and a problem
 * when it does not fit */
static CptRecord *
make_record (Plan              *self,
             CptSchema         *schema,
             const CptPackItem *item)
{
  const CptEntity *entity = cpt_schema_find_entity (schema, item->entity);
  CptPackTerms terms = { self->ids, cpt_database_get_today (self->database), self->language,
                         cpt_database_get_currency (self->database), NULL };
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), item->object);
  g_autoptr(JsonNode) resolved = cpt_pack_resolve (node, &terms);
  g_autofree char *missing = terms.missing;
  g_autoptr(GError) error = NULL;
  CptRecord *record;

  if (missing != NULL)
    {
      g_autofree char *message = g_strdup_printf (_("nothing in the pack has the key “%s”."), missing);

      add_problem (self, item, message);
      return NULL;
    }

  record = cpt_record_from_json (schema, entity, json_node_get_object (resolved), FALSE, &error);
  if (record == NULL)
    {
      add_problem (self, item, error->message);
      return NULL;
    }

  record->id = item->id;
  cpt_record_apply_initial (record, cpt_database_get_now (self->database), cpt_database_get_author (self->database),
                            cpt_database_get_zone (self->database));

  return record;
}

/* ------------------------------------------------------------------ planning */

/* What was left of the pack when it was removed is taken again; anything else of
 * that name is somebody's own. */
static void
meet_declaration (Plan            *self,
                  CptPackItem     *item,
                  const CptRecord *record,
                  const CptRecord *other)
{
  g_autofree char *message = NULL;

  if (cpt_pack_is_same (record, other))
    {
      item->id = other->id;
      item->is_adopted = TRUE;
      return;
    }

  message = g_strdup_printf (_("the workspace has a field “%s” (%s.%s) of its own. "
                               "Give it another name, or leave it out of the pack."),
                             cpt_record_get_text (other, "label"), cpt_record_get_text (other, "entity_name"),
                             cpt_record_get_text (other, "name"));
  add_problem (self, item, message);
}

/* Whether it is a list of choices and the workspace has its own */
static gboolean
joins (Plan              *self,
       const CptPackItem *item,
       const CptRecord   *record,
       const CptRecord   *other)
{
  const CptPackItem *former = cpt_pack_find_item (self->former, item->entity, item->key);

  if (cpt_pack_item_is_field (item))
    return FALSE;

  return (former != NULL && former->brought != NULL) ||
         (!cpt_uuid_equal (&other->id, &item->id) && !cpt_pack_is_same (record, other));
}

/* Puts what the pack brings with what the workspace has, in the place of which @other is */
static void
join_choices (Plan             *self,
              CptPackItem      *item,
              const CptRecord  *record,
              CptRecord       **other)
{
  const CptPackItem *former = cpt_pack_find_item (self->former, item->entity, item->key);
  CptRecord *joined = cpt_pack_join_choices (*other, record, former != NULL ? (const char *const *) former->brought : NULL,
                                             &item->brought);

  if (joined == NULL)
    return;

  item->id = joined->id;
  item->joined = cpt_record_ref (joined);
  item->is_adopted = TRUE;
  cpt_record_unref (*other);
  *other = joined;
}

/* Whether @record can be one at all; a problem otherwise */
static gboolean
check_declaration (Plan              *self,
                   const CptPackItem *item,
                   const CptRecord   *record)
{
  gboolean is_field = cpt_pack_item_is_field (item);
  const char *name = cpt_record_get_text (record, is_field ? "name" : "field_name");
  g_autoptr(GError) error = NULL;

  if (is_field && (name == NULL || !g_str_has_prefix (name, "x_")))
    {
      add_problem (self, item, _("names of fields of packs begin with “x_”."));
      return FALSE;
    }

  if (is_field ? cpt_custom_field_check_record (record, &error) : cpt_own_choices_check_record (record, NULL, &error))
    return TRUE;
  add_problem (self, item, error->message);

  return FALSE;
}

/* Whether an update gives what is there, and nobody changed, this form */
static gboolean
is_renewed (Plan              *self,
            const CptPackItem *item,
            const CptRecord   *other)
{
  const CptPackItem *former = cpt_pack_find_item (self->former, item->entity, item->key);
  g_autofree char *digest = cpt_pack_get_digest (other);

  return former != NULL && g_strcmp0 (digest, former->digest) == 0;
}

/* Among @records, of which the first @n_stored are the workspace's */
static void
plan_declaration (Plan        *self,
                  CptPackItem *item,
                  CptRecord   *record,
                  GPtrArray   *records,
                  guint        n_stored)
{
  if (!check_declaration (self, item, record))
    return;

  for (guint i = 0; i < records->len; i++)
    {
      CptRecord *other = g_ptr_array_index (records, i);

      if (!cpt_pack_is_about_same (record, other))
        continue;
      if (i >= n_stored)
        {
          add_problem (self, item, _("the pack declares this field twice."));
        }
      else if (joins (self, item, record, other))
        {
          join_choices (self, item, record, (CptRecord **) &records->pdata[i]);
        }
      else if (!cpt_uuid_equal (&other->id, &item->id))
        {
          meet_declaration (self, item, record, other);
        }
      else if (is_renewed (self, item, other))
        {
          cpt_record_unref (other);
          records->pdata[i] = cpt_record_ref (record);
        }
      return;
    }

  g_ptr_array_add (records, cpt_record_ref (record));
}

/* The schema with the fields and choices of the pack; NULL when the file can't be read */
static CptSchema *
plan_fields (Plan    *self,
             GError **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(GPtrArray) records = cpt_pack_load_all (self->database, "custom_field", NULL, error);
  GPtrArray *choices = NULL;
  guint n_stored;

  if (records != NULL)
    choices = cpt_pack_load_all (self->database, CPT_CHOICE_LIST_ENTITY, NULL, error);
  if (choices == NULL)
    return NULL;

  g_ptr_array_extend_and_steal (records, choices);
  n_stored = records->len;
  for (guint i = 0; i < self->items->len; i++)
    {
      CptPackItem *item = g_ptr_array_index (self->items, i);
      g_autoptr(CptRecord) record = cpt_pack_item_is_declaration (item) ? make_record (self, schema, item) : NULL;

      if (record != NULL)
        plan_declaration (self, item, record, records, n_stored);
    }

  return cpt_schema_new_from_records ((CptRecord *const *) records->pdata, records->len, NULL);
}

static void
add_faults (Plan            *self,
            CptPackItem     *item,
            CptSchema       *schema,
            const CptRecord *record)
{
  g_autoptr(GPtrArray) faults = cpt_pack_list_faults (item, self->items, schema, record);

  for (guint i = 0; i < faults->len; i++)
    add_problem (self, item, g_ptr_array_index (faults, i));
}

/* FALSE when reading failed */
static gboolean
plan_item (Plan         *self,
           CptPackItem  *item,
           Step         *step,
           GError      **error)
{
  const CptPackItem *former = cpt_pack_find_item (self->former, item->entity, item->key);
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(GError) missing = NULL;
  g_autofree char *digest = NULL;
  gboolean is_arranged = FALSE;

  if (item->joined != NULL)
    {
      *step = STEP_CHANGE;
      return TRUE;
    }
  if (former == NULL)
    {
      if (!cpt_pack_is_arranged (item, self->database, &is_arranged, error))
        return FALSE;
      *step = item->is_adopted || is_arranged ? STEP_LEAVE : STEP_CREATE;
      return TRUE;
    }

  *step = STEP_LEAVE;
  record = cpt_database_load (self->database, cpt_schema_find_entity (schema, item->entity), &item->id, &missing);
  if (record == NULL && !g_error_matches (missing, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  if (record == NULL || record->in_trash)
    return TRUE;

  digest = cpt_pack_get_digest (record);
  item->digest = g_strdup (former->digest);
  if (g_strcmp0 (digest, former->digest) == 0)
    *step = STEP_CHANGE;
  else
    self->result.n_changed++;

  return TRUE;
}

/* Items with the identifiers that they have, or will have */
static void
name_items (Plan *self)
{
  for (guint i = 0; i < self->pack->items->len; i++)
    {
      const CptPackItem *source = g_ptr_array_index (self->pack->items, i);
      const CptPackItem *former = cpt_pack_find_item (self->former, source->entity, source->key);
      CptPackItem *item = cpt_pack_item_new (source->entity, source->key);

      item->file = g_strdup (source->file);
      item->object = json_object_ref (source->object);
      if (former != NULL)
        item->id = former->id;
      else
        cpt_uuid_generate (&item->id, cpt_database_get_now (self->database) / 1000);
      g_ptr_array_add (self->items, item);
      g_hash_table_insert (self->ids, item->key, &item->id);
    }
}

static gboolean
make_plan (Plan    *self,
           GError **error)
{
  g_autoptr(CptSchema) schema = NULL;

  name_items (self);
  schema = plan_fields (self, error);
  if (schema == NULL)
    return FALSE;

  for (guint i = 0; i < self->items->len; i++)
    {
      CptPackItem *item = g_ptr_array_index (self->items, i);
      g_autoptr(CptRecord) record = NULL;
      Step step;

      if (!plan_item (self, item, &step, error))
        return FALSE;
      g_array_append_val (self->steps, step);

      record = cpt_pack_item_is_declaration (item) || self->problems->len > 0 ? NULL : make_record (self, schema, item);
      if (record != NULL)
        add_faults (self, item, schema, record);
    }

  return TRUE;
}

static gboolean
plan_init (Plan           *self,
           const CptPack  *pack,
           CptDatabase    *database,
           GError        **error)
{
  g_autoptr(GError) failed = NULL;

  *self = (Plan){ .pack = pack, .database = database };
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_pack_item_free);
  self->kept = g_ptr_array_new ();
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->record = cpt_pack_load_record (database, pack->name, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      self->former = g_ptr_array_new ();
      return FALSE;
    }

  if (self->record != NULL)
    self->former = cpt_pack_read_items (self->record, &self->language);
  else
    self->former = g_ptr_array_new ();
  if (self->language == NULL)
    self->language = g_strdup (cpt_pack_get_language ());

  return make_plan (self, error);
}

GPtrArray *
cpt_pack_check (const CptPack  *self,
                CptDatabase    *database,
                GError        **error)
{
  g_auto(Plan) plan = { NULL };

  g_return_val_if_fail (self != NULL && database != NULL, NULL);

  if (!plan_init (&plan, self, database, error))
    return NULL;

  return g_steal_pointer (&plan.problems);
}

/* ------------------------------------------------------------------ storing */

/* @emptied: (nullable): names of fields that become empty when @record has nothing in
 * them; what the pack never spoke of stays as it is */
static void
change_record (CptTransaction    *transaction,
               const CptRecord   *record,
               const char *const *emptied)
{
  for (guint i = 0; i < record->entity->n_fields; i++)
    {
      const CptField *field = record->entity->fields[i];
      gboolean is_meant = !cpt_value_is_null (&record->values[i]) ||
                          (emptied != NULL && g_strv_contains (emptied, field->name));

      if (is_meant && !(field->flags & CPT_FIELD_READ_ONLY))
        cpt_transaction_set (transaction, record->entity, &record->id, field, &record->values[i]);
    }
}

/* Fields and choices, or all others */
static gboolean
add_steps (Plan           *self,
           CptTransaction *transaction,
           gboolean        fields)
{
  CptSchema *schema = cpt_database_get_schema (self->database);

  for (guint i = 0; i < self->items->len; i++)
    {
      const CptPackItem *item = g_ptr_array_index (self->items, i);
      Step step = g_array_index (self->steps, Step, i);
      g_autoptr(CptRecord) record = NULL;

      if (cpt_pack_item_is_declaration (item) != fields || step == STEP_LEAVE)
        continue;
      if (item->joined != NULL)
        {
          cpt_pack_store_choices (transaction, item->joined);
          continue;
        }

      record = make_record (self, schema, item);
      if (record == NULL)
        return FALSE;
      if (step == STEP_CREATE)
        cpt_transaction_create (transaction, record);
      else
        change_record (transaction, record,
                       (const char *const *) cpt_pack_find_item (self->former, item->entity, item->key)->fields);
    }

  return TRUE;
}

/* Out of the workspace's own list goes what nobody has. */
static gboolean
part_choices (Plan               *self,
              CptTransaction     *transaction,
              const CptPackItem  *former,
              const CptRecord    *own,
              GError            **error)
{
  gboolean is_used;
  g_auto(GStrv) unused =
    cpt_pack_list_unused (self->database, own, (const char *const *) former->brought, &is_used, error);
  g_autoptr(CptRecord) rest = unused != NULL ? cpt_pack_part_choices (own, (const char *const *) unused) : NULL;

  if (rest == NULL)
    return FALSE;

  cpt_pack_store_choices (transaction, rest);
  if (is_used)
    {
      self->result.n_used++;
      g_ptr_array_add (self->kept, (gpointer) former);
    }

  return TRUE;
}

/* What the pack has no more: it goes unless somebody changed it. A field that stays,
 * or a list of choices, is still the pack's, which is asked again at the next update. */
static gboolean
add_removal (Plan               *self,
             CptTransaction     *transaction,
             const CptPackItem  *former,
             GError            **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (self->database), former->entity);
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(GError) missing = NULL;
  g_autofree char *digest = NULL;
  gboolean is_filled = FALSE;

  if (entity == NULL)
    return TRUE;
  record = cpt_database_load (self->database, entity, &former->id, &missing);
  if (record == NULL && !g_error_matches (missing, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  if (record == NULL || record->in_trash)
    return TRUE;

  if (former->brought != NULL)
    return part_choices (self, transaction, former, record, error);

  digest = cpt_pack_get_digest (record);
  if (cpt_pack_item_is_declaration (former) && !cpt_pack_is_filled (self->database, record, &is_filled, error))
    return FALSE;
  if (g_strcmp0 (digest, former->digest) == 0 && !is_filled)
    cpt_transaction_delete (transaction, entity, &former->id);
  else if (cpt_pack_item_is_declaration (former))
    {
      if (cpt_pack_item_is_field (former))
        self->result.n_fields++;
      else
        self->result.n_used++;
      g_ptr_array_add (self->kept, (gpointer) former);
    }

  return TRUE;
}

static gboolean
add_removals (Plan            *self,
              CptTransaction  *transaction,
              GError         **error)
{
  for (guint i = 0; i < self->former->len; i++)
    {
      const CptPackItem *former = g_ptr_array_index (self->former, i);

      if (cpt_pack_find_item (self->items, former->entity, former->key) == NULL &&
          !add_removal (self, transaction, former, error))
        return FALSE;
    }

  return TRUE;
}

/* FALSE with CPT_ERROR_INVALID when a record was refused */
static gboolean
commit (Plan            *self,
        CptUnit         *unit,
        CptTransaction  *transaction,
        GError         **error)
{
  g_autoptr(GPtrArray) problems = NULL;
  CptCommit done = { 0 };

  if (cpt_transaction_is_empty (transaction))
    return TRUE;
  if (!cpt_unit_commit (unit, transaction, &done, &problems, error))
    return FALSE;

  self->result.n_created += done.n_created;
  self->result.n_updated += done.n_updated;
  self->result.n_removed += done.n_deleted;
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const CptProblem *problem = g_ptr_array_index (problems, i);
      const CptPackItem *item = NULL;

      for (guint j = 0; j < self->items->len && item == NULL; j++)
        if (cpt_uuid_equal (&((CptPackItem *) g_ptr_array_index (self->items, j))->id, &problem->id))
          item = g_ptr_array_index (self->items, j);
      if (item != NULL)
        add_problem (self, item, problem->message);
      else
        g_ptr_array_add (self->problems, g_strdup (problem->message));
    }

  return self->problems->len == 0;
}

static char *
dup_definition (Plan    *self,
                GError **error)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "language");
  json_builder_add_string_value (builder, self->language);
  json_builder_set_member_name (builder, "items");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->items->len; i++)
    {
      const CptPackItem *item = g_ptr_array_index (self->items, i);
      g_autofree char *digest = g_strdup (item->digest);

      if (g_array_index (self->steps, Step, i) != STEP_LEAVE || item->is_adopted)
        {
          g_autoptr(CptRecord) record =
            cpt_database_load (self->database, cpt_schema_find_entity (schema, item->entity), &item->id, error);

          if (record == NULL)
            return NULL;
          g_free (digest);
          digest = cpt_pack_get_digest (record);
        }
      cpt_pack_write_item (builder, item, digest);
    }
  for (guint i = 0; i < self->kept->len; i++)
    {
      const CptPackItem *item = g_ptr_array_index (self->kept, i);

      cpt_pack_write_item (builder, item, item->digest);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return cpt_json_format_canonical (root);
}

/* The record that says what is installed */
static gboolean
add_pack_record (Plan            *self,
                 CptTransaction  *transaction,
                 GError         **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptRecord) record = cpt_record_new (schema, cpt_schema_find_entity (schema, "pack"));
  g_autofree char *definition = dup_definition (self, error);

  if (definition == NULL)
    return FALSE;

  cpt_record_set_text (record, "name", cpt_pack_get_label (self->pack));
  cpt_record_set_text (record, "identifier", self->pack->name);
  cpt_record_set_text (record, "definition", definition);
  cpt_record_set_integer (record, "version", self->pack->version);
  if (self->record != NULL)
    {
      record->id = self->record->id;
      change_record (transaction, record, NULL);
    }
  else
    {
      cpt_uuid_generate (&record->id, cpt_database_get_now (self->database) / 1000);
      cpt_transaction_create (transaction, record);
    }

  return TRUE;
}

static gboolean
store (Plan     *self,
       CptUnit  *unit,
       GError  **error)
{
  g_autoptr(CptTransaction) fields = cpt_transaction_new (CPT_ORIGIN_COMMAND, NULL);
  g_autoptr(CptTransaction) records = cpt_transaction_new (CPT_ORIGIN_COMMAND, NULL);
  g_autoptr(CptTransaction) pack = cpt_transaction_new (CPT_ORIGIN_COMMAND, NULL);

  return add_steps (self, fields, TRUE) && commit (self, unit, fields, error) && cpt_unit_read_fields (unit, error) &&
         add_steps (self, records, FALSE) && add_removals (self, records, error) &&
         commit (self, unit, records, error) && add_pack_record (self, pack, error) && commit (self, unit, pack, error);
}

static gboolean
run (Plan    *self,
     GError **error)
{
  g_autofree char *label = g_strdup_printf (self->record == NULL ? _("Install the pack “%s”") : _("Update the pack “%s”"),
                                            cpt_pack_get_label (self->pack));
  g_autoptr(CptUnit) unit = cpt_unit_begin (self->database, CPT_ORIGIN_COMMAND, label, error);
  guint n_records;

  if (unit == NULL)
    return FALSE;
  if (!store (self, unit, error))
    {
      cpt_unit_abort (unit, NULL);
      return FALSE;
    }

  /* The record of the pack itself is nothing to count */
  n_records = self->record == NULL ? 1 : 0;
  self->result.n_created -= MIN (self->result.n_created, n_records);
  self->result.n_updated -= MIN (self->result.n_updated, 1 - n_records);

  return cpt_unit_finish (unit, &self->result.sequence, error);
}

static void
fail_invalid (Plan    *self,
              GError **error)
{
  guint n_others = self->problems->len - 1;
  const char *first = g_ptr_array_index (self->problems, 0);

  g_clear_error (error);
  if (n_others == 0)
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID, first);
  else
    g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                 ngettext ("%s (and %u more problem)", "%s (and %u more problems)", n_others), first, n_others);
}

gboolean
cpt_pack_install (const CptPack  *self,
                  CptDatabase    *database,
                  gboolean        update,
                  CptPackResult  *result,
                  GPtrArray     **problems,
                  GError        **error)
{
  g_auto(Plan) plan = { NULL };
  gboolean done;

  g_return_val_if_fail (self != NULL && database != NULL && result != NULL, FALSE);

  if (!plan_init (&plan, self, database, error))
    return FALSE;
  if (update != (plan.record != NULL))
    {
      g_set_error (error, CPT_ERROR, update ? CPT_ERROR_NOT_FOUND : CPT_ERROR_CONFLICT,
                   update ? _("The pack “%s” is not installed.") : _("The pack “%s” is installed already. Update it instead."),
                   cpt_pack_get_label (self));
      return FALSE;
    }
  if (update && self->version < cpt_record_get_integer (plan.record, "version"))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_CONFLICT,
                   /* Translators: a pack, the version that is offered, the version that is installed */
                   _("The pack “%s” is installed in a newer version: %d is offered, and %d is there. "
                     "Remove it first to go back."),
                   cpt_pack_get_label (self), (int) self->version, (int) cpt_record_get_integer (plan.record, "version"));
      return FALSE;
    }

  done = plan.problems->len == 0 && run (&plan, error);
  if (!done && plan.problems->len > 0)
    fail_invalid (&plan, error);
  if (problems != NULL)
    *problems = g_ptr_array_ref (plan.problems);
  if (done)
    *result = plan.result;

  return done;
}
