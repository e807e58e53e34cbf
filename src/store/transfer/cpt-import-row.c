/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One converted row becomes a change: an existing record is looked for by the
 * key, links are resolved, what new records get is filled in. Rejected rows
 * collect all their reasons. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-text.h"

/* A deal without a name is called after what it links to, at most so many */
#define MAX_TITLE_PARTS 2

typedef struct
{
  CptUuid id;
  gboolean is_existing;
  gboolean is_pending;
  const CptField *key; /* (nullable): what found it; NULL for its identifier */
  char *message;       /* (owned): why the row can't be used */
} Lookup;

static const char *
get_cell (CptImportJob        *self,
          CptImportBatch      *batch,
          CptImportRow        *row,
          const CptImportSlot *slot)
{
  const char *text = batch->text->str + row->text;

  for (guint i = 0; i < slot->position; i++)
    text += strlen (text) + 1;
  g_string_assign (self->cell, text);

  return cpt_import_trim (self->cell->str);
}

static gboolean
look_up_id (CptImportJob  *self,
            const char    *text,
            Lookup        *lookup,
            GError       **error)
{
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(GError) load_error = NULL;

  if (!cpt_uuid_parse (text, &lookup->id))
    {
      lookup->message = g_strdup_printf (_("“%s” is not an identifier."), text);
      return TRUE;
    }

  cpt_find_free_id (self->database, self->plan->entity, &lookup->id);
  record = cpt_database_load (self->database, self->plan->entity, &lookup->id, &load_error);
  if (record == NULL && !g_error_matches (load_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  if (record != NULL && record->in_trash)
    lookup->message = g_strdup (_("The record is in the trash. Restore it or leave its identifier empty."));
  lookup->is_existing = record != NULL;

  return TRUE;
}

/* A key as a number (FNV-1a). Two that are equal by accident make a slice end
 * early, which does no harm. */
static gpointer
hash_pending (guint64     place,
              const char *bytes,
              gsize       length)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037) ^ place;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) bytes[i]) * G_GUINT64_CONSTANT (1099511628211);

  return GSIZE_TO_POINTER ((gsize) hash);
}

static gpointer
get_pending_key (const CptImportSlot *slot,
                 const char          *text)
{
  g_autofree char *folded = cpt_text_fold (text);

  return hash_pending (slot->position, folded, strlen (folded));
}

/* The same for a record, whatever found it */
static gpointer
get_pending_id (const CptUuid *id)
{
  return hash_pending (G_MAXUINT, (const char *) id->bytes, sizeof id->bytes);
}

static gboolean
look_up_value (CptImportJob         *self,
               CptImportRow         *row,
               const CptImportSlot  *slot,
               Lookup               *lookup,
               GError              **error)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autofree char *message = NULL;
  g_autofree char *text = NULL;
  guint n_found = 0;

  cpt_value_copy (cpt_record_get (row->record, slot->field), &value);
  if (cpt_value_is_null (&value) || !cpt_field_normalise (slot->field, &value, &message))
    return TRUE;

  text = cpt_field_format (slot->field, &value);
  if (g_hash_table_contains (self->pending, get_pending_key (slot, text)))
    {
      lookup->is_pending = TRUE;
      return TRUE;
    }
  if (!cpt_find_value (self->database, self->plan->entity, slot->field, &value, &lookup->id, &n_found, error))
    return FALSE;

  lookup->is_existing = n_found == 1;
  lookup->key = slot->field;
  if (n_found > 1)
    lookup->message = g_strdup_printf (_("Several records have “%s” as %s, so it is not clear which one is meant."),
                                       text, cpt_field_get_label (slot->field));

  return TRUE;
}

static gboolean
look_up (CptImportJob    *self,
         CptImportBatch  *batch,
         CptImportRow    *row,
         Lookup          *lookup,
         GError         **error)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      const CptImportSlot *slot = g_ptr_array_index (self->keys, i);

      if (slot->field == NULL)
        {
          const char *text = get_cell (self, batch, row, slot);

          if (*text != '\0' && !look_up_id (self, text, lookup, error))
            return FALSE;
        }
      else if (!look_up_value (self, row, slot, lookup, error))
        {
          return FALSE;
        }
      if (!cpt_uuid_is_nil (&lookup->id) && g_hash_table_contains (self->pending, get_pending_id (&lookup->id)))
        lookup->is_pending = TRUE;
      if (lookup->is_existing || lookup->is_pending || lookup->message != NULL)
        return TRUE;
    }

  return TRUE;
}

/* A later row with one of these keys, or about the same record, must see this one
 * first. A fresh record is found by its keys alone. */
static void
note_pending (CptImportJob *self,
              CptImportRow *row,
              gboolean      is_fresh)
{
  if (!is_fresh)
    g_hash_table_add (self->pending, get_pending_id (&row->record->id));

  for (guint i = 0; i < self->keys->len; i++)
    {
      const CptImportSlot *slot = g_ptr_array_index (self->keys, i);
      g_auto(CptValue) value = CPT_VALUE_INIT;
      g_autofree char *message = NULL;
      g_autofree char *text = NULL;

      if (slot->field == NULL)
        continue;
      cpt_value_copy (cpt_record_get (row->record, slot->field), &value);
      if (cpt_value_is_null (&value) || !cpt_field_normalise (slot->field, &value, &message))
        continue;
      text = cpt_field_format (slot->field, &value);
      g_hash_table_add (self->pending, get_pending_key (slot, text));
    }
}

static void
defer (CptImportJob        *self,
       CptImportRow        *row,
       const CptImportSlot *slot,
       const char          *text)
{
  CptImportDeferred deferred = { .id = row->record->id, .slot = slot, .text = g_strdup (text), .line = row->line };

  g_array_append_val (self->deferred, deferred);
}

gboolean
cpt_import_job_settle (CptImportJob         *self,
                       const CptUuid        *id,
                       const CptImportSlot  *slot,
                       CptImportTarget      *target,
                       GError              **error)
{
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(GError) own_error = NULL;

  if (!target->is_ambiguous)
    return TRUE;

  record = cpt_database_load (self->database, self->plan->entity, id, &own_error);
  if (own_error != NULL && !g_error_matches (own_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  cpt_import_links_settle (self->links, slot, record != NULL ? cpt_record_get (record, slot->field) : NULL, target);

  return TRUE;
}

static gboolean
resolve_one (CptImportJob         *self,
             CptImportRow         *row,
             const CptImportSlot  *slot,
             const char           *text,
             char                **title,
             CptUuid              *id,
             GError              **error)
{
  gboolean may_wait = slot->field->kind == CPT_FIELD_LINK && g_str_equal (slot->field->target, self->plan->entity->name);
  g_auto(CptImportTarget) target = { 0 };
  CptImportLinkResult result =
    cpt_import_links_resolve (self->links, slot, text, may_wait, self->slice, &target, error);

  if (result == CPT_IMPORT_LINK_FAILED || !cpt_import_job_settle (self, &row->record->id, slot, &target, error))
    return FALSE;

  /* Its own name, of a record that is there already as of one that is not yet */
  if (result == CPT_IMPORT_LINK_FOUND && may_wait && cpt_uuid_equal (&target.id, &row->record->id))
    {
      defer (self, row, slot, text);
    }
  else if (result == CPT_IMPORT_LINK_FOUND)
    {
      *id = target.id;
      if (title != NULL && *title == NULL)
        *title = g_steal_pointer (&target.title);
    }
  else if (result == CPT_IMPORT_LINK_REFUSED)
    {
      cpt_import_row_add_reason (row, slot->column->header, target.message);
    }
  else if (result == CPT_IMPORT_LINK_LATER)
    {
      defer (self, row, slot, text);
    }

  return TRUE;
}

static gboolean
resolve_many (CptImportJob         *self,
              CptImportRow         *row,
              const CptImportSlot  *slot,
              const char           *text,
              GError              **error)
{
  g_auto(GStrv) names = g_strsplit_set (text, strpbrk (text, ";|") != NULL ? ";|" : ",", -1);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  CptValue value = CPT_VALUE_INIT;

  for (guint i = 0; names[i] != NULL; i++)
    {
      CptUuid id = { 0 };

      g_strstrip (names[i]);
      if (*names[i] == '\0')
        continue;
      if (!resolve_one (self, row, slot, names[i], NULL, &id, error))
        return FALSE;
      if (!cpt_uuid_is_nil (&id))
        g_array_append_val (ids, id);
    }

  cpt_value_set_ids (&value, (const CptUuid *) ids->data, ids->len);
  cpt_record_take (row->record, slot->field, value);

  return TRUE;
}

/* Where a deal is in the pipeline: by the file, by the deal as it is, or the
 * one that new deals go to */
static gboolean
choose_pipeline (CptImportJob  *self,
                 CptImportRow  *row,
                 const Lookup  *lookup,
                 CptUuid       *pipeline,
                 GError       **error)
{
  const CptField *field = cpt_entity_find_field (self->plan->entity, "pipeline");
  const CptValue *value = field != NULL ? cpt_record_get (row->record, field) : NULL;

  if (value != NULL && !cpt_value_is_null (value))
    {
      *pipeline = value->id;
      return TRUE;
    }

  if (field != NULL && lookup->is_existing)
    {
      g_autoptr(CptRecord) record = cpt_database_load (self->database, self->plan->entity, &lookup->id, error);

      if (record == NULL)
        return FALSE;
      value = cpt_record_get (record, field);
      if (!cpt_value_is_null (value))
        {
          *pipeline = value->id;
          return TRUE;
        }
    }

  return cpt_import_stages_get_pipeline (self->stages, self->made, pipeline, error);
}

static gboolean
resolve_stage (CptImportJob         *self,
               CptImportRow         *row,
               const CptImportSlot  *slot,
               const char           *text,
               const Lookup         *lookup,
               GError              **error)
{
  gboolean may_create = slot->column->link_rule == CPT_IMPORT_LINK_CREATE || slot->column->link_rule == CPT_IMPORT_LINK_SIMILAR;
  g_autofree char *folded = cpt_text_fold (text);
  g_autoptr(GError) local_error = NULL;
  CptValue value = CPT_VALUE_INIT;
  CptUuid pipeline;
  CptUuid id;

  if (slot->values != NULL && g_hash_table_contains (slot->values, folded))
    text = g_hash_table_lookup (slot->values, folded);
  if (!choose_pipeline (self, row, lookup, &pipeline, error))
    return FALSE;

  if (cpt_import_stages_resolve (self->stages, &pipeline, text, may_create, self->made, &id, &local_error))
    {
      const CptField *field = cpt_entity_find_field (self->plan->entity, "pipeline");

      cpt_value_set_id (&value, &id);
      cpt_record_take (row->record, slot->field, value);
      if (field != NULL)
        {
          CptValue link = CPT_VALUE_INIT;

          cpt_value_set_id (&link, &pipeline);
          cpt_record_take (row->record, field, link);
        }
      return TRUE;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (slot->column->link_rule == CPT_IMPORT_LINK_REJECT)
    {
      g_autofree char *message = g_strdup_printf (_("The pipeline has no stage “%s”."), text);

      cpt_import_row_add_reason (row, slot->column->header, message);
    }

  return TRUE;
}

static gboolean
resolve_slot (CptImportJob         *self,
              CptImportBatch       *batch,
              CptImportRow         *row,
              const CptImportSlot  *slot,
              char                **title,
              GError              **error)
{
  g_autofree char *text = g_strdup (get_cell (self, batch, row, slot));
  CptValue value = CPT_VALUE_INIT;
  CptUuid id = { 0 };

  if (*text == '\0')
    return TRUE;
  if (slot->field->kind == CPT_FIELD_LINKS)
    return resolve_many (self, row, slot, text, error);
  if (!resolve_one (self, row, slot, text, title, &id, error))
    return FALSE;

  if (!cpt_uuid_is_nil (&id))
    {
      cpt_value_set_id (&value, &id);
      cpt_record_take (row->record, slot->field, value);
    }

  return TRUE;
}

static gboolean
is_stage (const CptImportSlot *slot)
{
  return slot->field != NULL && slot->field->kind == CPT_FIELD_LINK && g_strcmp0 (slot->field->target, "stage") == 0;
}

/* Resolves all links but stages, then stages, which need the pipeline.
 * @titles: by field index, of links to records that name something */
static gboolean
resolve_links (CptImportJob    *self,
               CptImportBatch  *batch,
               CptImportRow    *row,
               const Lookup    *lookup,
               char           **titles,
               GError         **error)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      const CptImportSlot *slot = &g_array_index (self->slots, CptImportSlot, i);
      const CptEntity *entity;
      gboolean names;

      if (slot->field == NULL || slot->field->target == NULL || is_stage (slot))
        continue;
      entity = cpt_schema_get_target (self->plan->schema, slot->field);
      names = (entity->flags & CPT_ENTITY_SETTINGS) == 0;
      if (!resolve_slot (self, batch, row, slot, names ? &titles[slot->field->index] : NULL, error))
        return FALSE;
    }

  for (guint i = 0; i < self->slots->len; i++)
    {
      const CptImportSlot *slot = &g_array_index (self->slots, CptImportSlot, i);
      g_autofree char *text = NULL;

      if (!is_stage (slot))
        continue;
      text = g_strdup (get_cell (self, batch, row, slot));
      if (*text != '\0' && !resolve_stage (self, row, slot, text, lookup, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_mapped (CptImportJob   *self,
           const CptField *field)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      if (g_array_index (self->slots, CptImportSlot, i).field == field)
        return TRUE;
    }

  return FALSE;
}

/* What the file leaves empty on purpose stays so, unless it must be there */
static void
fill_initial (CptImportJob *self,
              CptImportRow *row)
{
  for (guint i = 0; i < self->initial_fields->len; i++)
    {
      const CptField *field = g_ptr_array_index (self->initial_fields, i);

      if (cpt_value_is_null (cpt_record_get (row->record, field)) &&
          ((field->flags & CPT_FIELD_REQUIRED) != 0 || !is_mapped (self, field)))
        cpt_record_set (row->record, field, cpt_record_get (self->initial, field));
    }
}

/* A deal of a file often has a number and links, but no name */
static void
fill_title (CptImportJob  *self,
            CptImportRow  *row,
            char         **titles)
{
  const CptEntity *entity = self->plan->entity;
  const CptField *field = cpt_entity_get_title_field (entity);
  g_autoptr(GString) title = g_string_new (NULL);
  CptValue value = CPT_VALUE_INIT;
  guint n_parts = 0;

  if ((field->flags & CPT_FIELD_REQUIRED) == 0 || !cpt_value_is_null (cpt_record_get (row->record, field)))
    return;

  for (guint i = 0; i < entity->n_fields && n_parts < MAX_TITLE_PARTS; i++)
    {
      if (titles[i] == NULL)
        continue;
      if (n_parts++ > 0)
        g_string_append (title, " – ");
      g_string_append (title, titles[i]);
    }
  for (guint i = 0; i < self->keys->len && title->len == 0; i++)
    {
      const CptImportSlot *slot = g_ptr_array_index (self->keys, i);
      g_autofree char *text = NULL;

      if (slot->field == NULL)
        continue;
      text = cpt_field_format (slot->field, cpt_record_get (row->record, slot->field));
      g_string_append (title, text);
    }

  cpt_value_set_text (&value, title->str);
  cpt_record_take (row->record, field, value);
}

/* @key: (nullable): what found the record: it stays as the record spells it */
static void
append_update (CptImportJob   *self,
               CptImportRow   *row,
               const CptField *key)
{
  const CptEntity *entity = self->plan->entity;

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];
      const CptValue *value = cpt_record_get (row->record, field);

      if (field == key || cpt_value_is_null (value))
        continue;
      if (value->type == CPT_VALUE_TEXTS && cpt_import_joins_stored (self, field))
        cpt_transaction_add_members (self->slice, entity, &row->record->id, field, value);
      else
        cpt_transaction_set (self->slice, entity, &row->record->id, field, value);
    }
}

/* What must not stay when the row is not used after all */
static CptImportOutcome
reject (CptImportJob *self,
        guint         n_deferred)
{
  g_array_set_size (self->deferred, n_deferred);

  return CPT_IMPORT_ROW_REJECT;
}

static CptImportOutcome
build_change (CptImportJob    *self,
              CptImportBatch  *batch,
              CptImportRow    *row,
              const Lookup    *lookup,
              char           **titles,
              GError         **error)
{
  guint n_deferred = self->deferred->len;
  gboolean is_fresh = cpt_uuid_is_nil (&lookup->id);

  if (!is_fresh)
    row->record->id = lookup->id;
  else
    cpt_uuid_generate (&row->record->id, cpt_database_get_now (self->database) / 1000);

  if (!resolve_links (self, batch, row, lookup, titles, error))
    return CPT_IMPORT_ROW_FAILED;
  if (lookup->is_existing && !cpt_import_keep_stored (self, row, error))
    return CPT_IMPORT_ROW_FAILED;
  if (!lookup->is_existing)
    {
      fill_initial (self, row);
      fill_title (self, row, titles);
    }
  if (row->reasons != NULL)
    return reject (self, n_deferred);

  note_pending (self, row, is_fresh);
  if (lookup->is_existing)
    {
      append_update (self, row, lookup->key);
      return CPT_IMPORT_ROW_UPDATE;
    }

  if (is_fresh)
    cpt_transaction_create_fresh (self->slice, row->record);
  else
    cpt_transaction_create (self->slice, row->record);

  return cpt_import_links_add (self->links, row->record, error) ? CPT_IMPORT_ROW_CREATE : CPT_IMPORT_ROW_FAILED;
}

CptImportOutcome
cpt_import_job_take_row (CptImportJob    *self,
                         CptImportBatch  *batch,
                         CptImportRow    *row,
                         GError         **error)
{
  CptImportMode mode = self->plan->mode;
  g_autoptr(GPtrArray) titles = NULL;
  Lookup lookup = { 0 };

  if (cpt_import_skips_match (self->skips, batch, row))
    {
      self->n_passed++;
      if (!self->is_part && self->plan->origin != NULL && self->plan->origin->skip_note != NULL)
        cpt_import_notes_add (self->notes, _(self->plan->origin->skip_note));
      return CPT_IMPORT_ROW_SKIP;
    }
  if (row->reasons != NULL)
    return CPT_IMPORT_ROW_REJECT;

  if (!look_up (self, batch, row, &lookup, error))
    return CPT_IMPORT_ROW_FAILED;
  if (lookup.message != NULL)
    {
      cpt_import_row_add_reason (row, NULL, lookup.message);
      g_free (lookup.message);
      return CPT_IMPORT_ROW_REJECT;
    }
  if (lookup.is_pending)
    return CPT_IMPORT_ROW_AGAIN;
  if (lookup.is_existing && mode == CPT_IMPORT_SKIP_EXISTING)
    return CPT_IMPORT_ROW_SKIP;
  if (!lookup.is_existing && mode == CPT_IMPORT_UPDATE)
    {
      cpt_import_row_add_reason (row, NULL, _("No existing record has this key, and new ones are not created."));
      return CPT_IMPORT_ROW_REJECT;
    }

  titles = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_set_size (titles, (int) self->plan->entity->n_fields);

  return build_change (self, batch, row, &lookup, (char **) titles->pdata, error);
}
