/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the page of a record shows, read on a reading thread: the record, the
 * newest of those that link to it, and its history as sentences.
 */

#include "config.h"

#include "cpt-record-data-private.h"

#include <glib/gi18n.h>

#include "cpt-value-text.h"

#define MAX_HISTORY 60
#define MAX_CHARS 120 /* of a value */

static void
linked_records_free (gpointer pointer)
{
  CptLinkedRecords *linked = pointer;

  g_clear_pointer (&linked->hits, g_ptr_array_unref);
  g_free (linked);
}

static void
history_line_free (gpointer pointer)
{
  CptHistoryLine *line = pointer;

  cpt_history_entry_free (line->entry);
  g_free (line->author);
  g_strfreev (line->texts);
  g_free (line);
}

static GPtrArray *
read_hits (CptDatabase        *database,
           CptSchema          *schema,
           const CptBacklink  *backlink,
           const CptUuid      *id,
           GError            **error)
{
  CptOperator op = backlink->field->kind == CPT_FIELD_LINKS ? CPT_OPERATOR_CONTAINS : CPT_OPERATOR_IS;
  g_autoptr(GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_hit_free);
  g_autoptr(CptQuery) query = cpt_query_new (schema, backlink->entity);
  g_autoptr(JsonNode) value = json_node_new (JSON_NODE_VALUE);
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GArray) rows = NULL;
  g_autofree char *text = cpt_uuid_dup_text (id);

  json_node_set_string (value, text);
  filter = cpt_filter_new_condition (schema, backlink->entity, backlink->field->name, op, value, error);
  if (filter == NULL)
    return NULL;

  cpt_query_set_filter (query, filter);
  if (!cpt_query_set_sort (query, "-created_at", error))
    return NULL;

  rows = cpt_query_get_rows (query, database, 0, CPT_RECORD_MAX_LINKED, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr(CptRecord) record = NULL;
      CptHit *hit;

      record = cpt_database_load_row (database, backlink->entity, g_array_index (rows, gint64, i), error);
      if (record == NULL)
        return NULL;

      hit = g_new0 (CptHit, 1);
      hit->entity = backlink->entity;
      hit->row = record->row;
      hit->id = record->id;
      hit->title = cpt_record_dup_title (record);
      g_ptr_array_add (hits, hit);
    }

  return rows != NULL ? g_steal_pointer (&hits) : NULL;
}

static gboolean
has_backlink (GArray          *backlinks,
              const CptEntity *entity,
              const CptField  *field)
{
  for (guint i = 0; i < backlinks->len; i++)
    {
      const CptBacklink *backlink = &g_array_index (backlinks, CptBacklink, i);

      if (backlink->entity == entity && backlink->field == field)
        return TRUE;
    }

  return FALSE;
}

/* Links that people know by a name of their own are there before the first
 * one is made: this is where they make it. */
static void
add_possible_backlinks (GArray          *backlinks,
                        CptSchema       *schema,
                        const CptEntity *target)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (schema, &n_entities);

  for (guint i = 0; i < n_entities; i++)
    for (guint j = 0; !(entities[i]->flags & CPT_ENTITY_SYSTEM) && j < entities[i]->n_fields; j++)
      {
        const CptField *field = entities[i]->fields[j];

        if (field->kind == CPT_FIELD_LINK && field->back_label != NULL && g_strcmp0 (field->target, target->name) == 0 &&
            !has_backlink (backlinks, entities[i], field))
          {
            CptBacklink backlink = { entities[i], field, 0 };

            g_array_append_val (backlinks, backlink);
          }
      }
}

static gboolean
read_linked (CptDatabase    *database,
             CptRecordData  *data,
             GError        **error)
{
  const CptEntity *entity = cpt_record_get_entity (data->record);
  g_autoptr(GArray) backlinks = cpt_query_backlinks (database, entity, &data->record->id, error);

  if (backlinks == NULL)
    return FALSE;

  if (!data->record->in_trash)
    add_possible_backlinks (backlinks, data->schema, entity);
  data->linked = g_ptr_array_new_with_free_func (linked_records_free);
  for (guint i = 0; i < backlinks->len; i++)
    {
      CptLinkedRecords *linked = g_new0 (CptLinkedRecords, 1);

      linked->backlink = g_array_index (backlinks, CptBacklink, i);
      g_ptr_array_add (data->linked, linked);
      linked->hits = read_hits (database, data->schema, &linked->backlink, &data->record->id, error);
      if (linked->hits == NULL)
        return FALSE;
    }

  return TRUE;
}

static char *
describe_change (CptDatabase          *database,
                 CptSchema            *schema,
                 const CptFieldChange *change)
{
  const char *label = change->field != NULL ? cpt_field_get_label (change->field) : change->name;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  /* Translators: a change of a field that this version of the application does not know */
  if (change->field == NULL)
    return g_strdup_printf (_("%s was changed"), label);

  before = cpt_value_text_dup (database, schema, change->field, &change->before, MAX_CHARS);
  after = cpt_value_text_dup (database, schema, change->field, &change->after, MAX_CHARS);

  /* Translators: field, new value */
  if (cpt_value_is_null (&change->before))
    return g_strdup_printf (_("%s set to “%s”"), label, after);
  /* Translators: field, old value */
  if (cpt_value_is_null (&change->after))
    return g_strdup_printf (_("%s cleared, was “%s”"), label, before);

  /* Translators: field, old value, new value */
  return g_strdup_printf (_("%s changed from “%s” to “%s”"), label, before, after);
}

static gboolean
read_history (CptDatabase    *database,
              CptRecordData  *data,
              GError        **error)
{
  const CptEntity *users = cpt_schema_find_entity (data->schema, "user");
  g_autoptr(GPtrArray) entries = NULL;

  entries = cpt_log_get_history (database, cpt_record_get_entity (data->record), &data->record->id, MAX_HISTORY, error);
  if (entries == NULL)
    return FALSE;

  g_ptr_array_set_free_func (entries, NULL);
  data->history = g_ptr_array_new_with_free_func (history_line_free);
  for (guint i = 0; i < entries->len; i++)
    {
      CptHistoryLine *line = g_new0 (CptHistoryLine, 1);
      g_autoptr(GStrvBuilder) texts = g_strv_builder_new ();

      line->entry = g_ptr_array_index (entries, i);
      if (!cpt_uuid_is_nil (&line->entry->entry->author))
        line->author = cpt_database_dup_title (database, users, &line->entry->entry->author);

      for (guint j = 0; line->entry->changes != NULL && j < line->entry->changes->len; j++)
        {
          g_autofree char *text = describe_change (database, data->schema, g_ptr_array_index (line->entry->changes, j));

          g_strv_builder_add (texts, text);
        }
      line->texts = g_strv_builder_end (texts);
      g_ptr_array_add (data->history, line);
    }

  return TRUE;
}

CptRecordData *
cpt_record_data_read (CptDatabase    *database,
                      const char     *entity_name,
                      const CptUuid  *id,
                      GError        **error)
{
  g_autoptr(CptRecordData) data = g_new0 (CptRecordData, 1);
  const CptEntity *entity;

  data->schema = cpt_schema_ref (cpt_database_get_schema (database));
  entity = cpt_schema_find_entity (data->schema, entity_name);
  data->record = cpt_database_load (database, entity, id, error);
  if (data->record == NULL || !read_linked (database, data, error) || !read_history (database, data, error))
    return NULL;

  return g_steal_pointer (&data);
}

void
cpt_record_data_free (CptRecordData *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_clear_pointer (&self->linked, g_ptr_array_unref);
  g_clear_pointer (&self->record, cpt_record_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_free (self);
}
