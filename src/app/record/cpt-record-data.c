/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the page of a record shows, read on a reading thread: the record and the
 * newest of those that link to it.
 */

#include "config.h"

#include "cpt-record-data-private.h"

#include "cpt-attachment.h"
#include "cpt-merge.h"

static void
linked_records_free (gpointer pointer)
{
  CptLinkedRecords *linked = pointer;

  g_clear_pointer (&linked->hits, g_ptr_array_unref);
  g_free (linked);
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
  g_autoptr(GPtrArray) records = NULL;
  g_autofree char *text = cpt_uuid_dup_text (id);

  json_node_set_string (value, text);
  filter = cpt_filter_new_condition (schema, backlink->entity, backlink->field->name, op, value, error);
  if (filter == NULL)
    return NULL;

  cpt_query_set_filter (query, filter);
  if (!cpt_query_set_sort (query, "-created_at", error))
    return NULL;

  records = cpt_query_load_records (query, database, CPT_RECORD_MAX_LINKED, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      CptRecord *record = g_ptr_array_index (records, i);
      CptHit *hit = g_new0 (CptHit, 1);

      hit->entity = backlink->entity;
      hit->row = record->row;
      hit->id = record->id;
      hit->title = cpt_record_dup_title (record);
      g_ptr_array_add (hits, hit);
    }

  return records != NULL ? g_steal_pointer (&hits) : NULL;
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

/* What is noted stands in the timeline, and files have a place of their own. */
static void
drop_others (GArray  *backlinks,
             guint64 *n_files)
{
  for (guint i = backlinks->len; i > 0; i--)
    {
      const CptBacklink *backlink = &g_array_index (backlinks, CptBacklink, i - 1);
      gboolean is_file = cpt_attachment_get_field (backlink->entity) != NULL;

      if (is_file)
        *n_files += backlink->count;
      if (is_file || backlink->entity->manner != NULL)
        g_array_remove_index (backlinks, i - 1);
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
  drop_others (backlinks, &data->n_files);
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

/* Where what was merged away went */
static gboolean
read_kept (CptDatabase    *database,
           CptRecordData  *data,
           GError        **error)
{
  const CptEntity *entity = cpt_record_get_entity (data->record);
  g_autoptr(CptRecord) kept = NULL;

  if (!data->record->in_trash)
    return TRUE;
  if (!cpt_merge_find_kept (database, entity, &data->record->id, &data->kept, error))
    return FALSE;

  /* It may have been deleted for good since. */
  if (!cpt_uuid_is_nil (&data->kept))
    kept = cpt_database_load (database, entity, &data->kept, NULL);
  if (kept != NULL)
    data->kept_title = cpt_record_dup_title (kept);
  else
    data->kept = (CptUuid){ 0 };

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
  if (data->record == NULL || !read_linked (database, data, error) || !read_kept (database, data, error))
    return NULL;

  return g_steal_pointer (&data);
}

void
cpt_record_data_free (CptRecordData *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->linked, g_ptr_array_unref);
  g_free (self->kept_title);
  g_clear_pointer (&self->record, cpt_record_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_free (self);
}
