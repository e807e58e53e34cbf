/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Records that shall become one, as texts to choose from. */

#include "config.h"

#include "cpt-merge-data-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-query.h"
#include "cpt-value-text.h"

#define MAX_CHARS 300

static void
row_free (gpointer pointer)
{
  CptMergeRow *row = pointer;

  g_ptr_array_unref (row->texts);
  g_free (row->united);
  g_free (row);
}

static void
links_free (gpointer pointer)
{
  CptMergeLinks *links = pointer;

  g_free (links->label);
  g_free (links);
}

void
cpt_merge_data_free (CptMergeData *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_pointer (&self->merge, cpt_merge_free);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_strfreev (self->titles);
  g_strfreev (self->created);
  g_free (self);
}

static const CptValue *
get_value (CptMergeData   *self,
           guint           record,
           const CptField *field)
{
  return cpt_record_get (cpt_merge_get_record (self->merge, record), field);
}

static gboolean
is_empty (CptMergeData   *self,
          const CptField *field)
{
  for (guint i = 0; i < self->n_records; i++)
    if (!cpt_value_is_null (get_value (self, i, field)))
      return FALSE;

  return TRUE;
}

static gboolean
differs (CptMergeData   *self,
         const CptField *field)
{
  for (guint i = 1; i < self->n_records; i++)
    if (!cpt_value_equal (get_value (self, 0, field), get_value (self, i, field)))
      return TRUE;

  return FALSE;
}

static void
add_row (CptMergeData   *self,
         CptDatabase    *database,
         const CptField *field)
{
  CptMergeRow *row = g_new0 (CptMergeRow, 1);

  row->field = field;
  row->differs = differs (self, field);
  row->texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->n_records; i++)
    g_ptr_array_add (row->texts, cpt_value_text_dup (database, self->schema, field, get_value (self, i, field), MAX_CHARS));
  if (cpt_merge_get_source (self->merge, field) == CPT_MERGE_UNITED)
    row->united = cpt_value_text_dup (database, self->schema, field, cpt_merge_get_value (self->merge, field), MAX_CHARS);
  g_ptr_array_add (self->rows, row);
}

static void
add_rows (CptMergeData    *self,
          CptDatabase     *database,
          const CptEntity *entity)
{
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];

      if ((field->flags & (CPT_FIELD_HIDDEN | CPT_FIELD_READ_ONLY)) == 0 && !is_empty (self, field))
        add_row (self, database, field);
    }
}

static void
describe_records (CptMergeData *self,
                  CptDatabase  *database)
{
  const CptEntity *users = cpt_schema_find_entity (self->schema, "user");

  self->titles = g_new0 (char *, self->n_records + 1);
  self->created = g_new0 (char *, self->n_records + 1);
  for (guint i = 0; i < self->n_records; i++)
    {
      const CptRecord *record = cpt_merge_get_record (self->merge, i);
      g_autofree char *when = cpt_instant_format (record->created_at, cpt_database_get_zone (database));
      g_autofree char *who = NULL;

      if (!cpt_uuid_is_nil (&record->created_by))
        who = cpt_database_dup_title (database, users, &record->created_by);
      self->titles[i] = cpt_record_dup_title (record);
      /* Translators: of a record: date and time, person */
      self->created[i] = who != NULL ? g_strdup_printf (_("Created %s by %s"), when, who)
                                     : g_strdup_printf (_("Created %s"), when);
    }
}

static void
count_link (CptMergeData      *self,
            const CptBacklink *backlink)
{
  const char *label = cpt_entity_get_label_plural (backlink->entity);
  CptMergeLinks *links;

  self->n_links += backlink->count;
  for (guint i = 0; i < self->links->len; i++)
    {
      links = g_ptr_array_index (self->links, i);
      if (strcmp (links->label, label) == 0)
        {
          links->count += backlink->count;
          return;
        }
    }

  links = g_new0 (CptMergeLinks, 1);
  links->label = g_strdup (label);
  links->count = backlink->count;
  g_ptr_array_add (self->links, links);
}

static gboolean
count_links (CptMergeData     *self,
             CptDatabase      *database,
             const CptEntity  *entity,
             GError          **error)
{
  for (guint i = 1; i < self->n_records; i++)
    {
      g_autoptr(GArray) backlinks = NULL;

      backlinks = cpt_query_backlinks (database, entity, &cpt_merge_get_record (self->merge, i)->id, error);
      if (backlinks == NULL)
        return FALSE;
      for (guint k = 0; k < backlinks->len; k++)
        count_link (self, &g_array_index (backlinks, CptBacklink, k));
    }

  return TRUE;
}

CptMergeData *
cpt_merge_data_read (CptDatabase    *database,
                     const char     *entity_name,
                     const CptUuid  *ids,
                     guint           n_ids,
                     GError        **error)
{
  g_autoptr(CptMergeData) self = g_new0 (CptMergeData, 1);
  const CptEntity *entity;

  self->schema = cpt_schema_ref (cpt_database_get_schema (database));
  entity = cpt_schema_find_entity (self->schema, entity_name);
  self->merge = cpt_merge_new (database, entity, ids, n_ids, error);
  if (self->merge == NULL)
    return NULL;

  self->n_records = n_ids;
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->links = g_ptr_array_new_with_free_func (links_free);
  describe_records (self, database);
  add_rows (self, database, entity);
  if (!count_links (self, database, entity, error))
    return NULL;

  return g_steal_pointer (&self);
}

const char *
cpt_merge_data_get_result (CptMergeData      *self,
                           const CptMergeRow *row)
{
  guint source = cpt_merge_get_source (self->merge, row->field);

  if (source == CPT_MERGE_UNITED)
    return row->united;

  return g_ptr_array_index (row->texts, source);
}
