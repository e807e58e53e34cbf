/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A page of a timeline as people read it, made where titles of linked records
 * can be read. */

#include "config.h"

#include "cpt-timeline-page-private.h"

#include <glib/gi18n.h>

#include "cpt-field-type.h"
#include "cpt-text.h"
#include "cpt-value-text.h"

#define MAX_CHARS 120      /* of a value in a change */
#define MAX_TEXT_BYTES 400 /* of what was written */

static void
timeline_line_free (gpointer pointer)
{
  CptTimelineLine *line = pointer;

  g_clear_pointer (&line->change, cpt_history_entry_free);
  g_free (line->icon);
  g_free (line->title);
  g_free (line->text);
  g_free (line->label);
  g_strfreev (line->details);
  g_free (line->author);
  g_free (line);
}

/* Changes */

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

static const char *
get_change_label (CptChangeKind kind)
{
  static const char *const labels[] = {
    [CPT_CHANGE_CREATE] = NC_("history", "Created"),
    [CPT_CHANGE_UPDATE] = NC_("history", "Changed"),
    [CPT_CHANGE_DELETE] = NC_("history", "Moved to the trash"),
    [CPT_CHANGE_RESTORE] = NC_("history", "Restored from the trash"),
    [CPT_CHANGE_PURGE] = NC_("history", "Deleted for good"),
  };

  return g_dpgettext2 (NULL, "history", labels[kind]);
}

/* What the act did to this record, field by field, or as a whole */
static char *
dup_change_title (CptDatabase           *database,
                  CptSchema             *schema,
                  const CptHistoryEntry *entry)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (entry->entry->origin == CPT_ORIGIN_MERGE && (entry->changes->len == 0 || entry->kind != CPT_CHANGE_UPDATE))
    return g_strdup (entry->entry->label);
  if (entry->changes->len == 0)
    return g_strdup (get_change_label (entry->kind));

  for (guint i = 0; i < entry->changes->len; i++)
    {
      g_autofree char *change = describe_change (database, schema, g_ptr_array_index (entry->changes, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", change);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
fill_change (CptTimelineLine *line,
             CptDatabase     *database,
             CptSchema       *schema,
             CptTimelineItem *item)
{
  line->change = g_steal_pointer (&item->change);
  line->icon = g_strdup (line->change->kind == CPT_CHANGE_CREATE ? "list-add-symbolic" : "document-edit-symbolic");
  line->title = dup_change_title (database, schema, line->change);
  line->details = g_new0 (char *, 1);
}

/* Records */

/* The first long text of a record, shortened; NULL when there is none */
static char *
dup_text (CptRecord *record)
{
  const CptEntity *entity = cpt_record_get_entity (record);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptValue *value = cpt_record_get (record, entity->fields[i]);

      if (entity->fields[i]->kind == CPT_FIELD_LONG_TEXT && (entity->fields[i]->flags & CPT_FIELD_HIDDEN) == 0 &&
          !cpt_value_is_null (value))
        return cpt_text_shorten (value->text, MAX_TEXT_BYTES);
    }

  return NULL;
}

static void
add_detail (GStrvBuilder *details,
            CptDatabase  *database,
            CptRecord    *record,
            const char   *name)
{
  const CptEntity *entity = cpt_record_get_entity (record);
  const CptField *field = name != NULL ? cpt_entity_find_field (entity, name) : NULL;
  g_autofree char *text = NULL;

  if (field == NULL || cpt_value_is_null (cpt_record_get (record, field)))
    return;

  text = cpt_field_format_local (field, cpt_record_get (record, field), cpt_database_get_zone (database));
  g_strv_builder_add (details, text);
}

static char *
dup_label (CptRecord *record)
{
  const CptEntity *entity = cpt_record_get_entity (record);
  const CptField *field = entity->manner != NULL ? cpt_entity_find_field (entity, entity->manner) : NULL;
  const CptValue *value = field != NULL ? cpt_record_get (record, field) : NULL;

  if (value != NULL && !cpt_value_is_null (value))
    return cpt_field_format_local (field, value, NULL);

  return g_strdup (cpt_entity_get_label (entity));
}

static void
fill_record (CptTimelineLine *line,
             CptDatabase     *database,
             CptRecord       *record)
{
  const CptEntity *entity = cpt_record_get_entity (record);
  const CptField *title = cpt_entity_get_title_field (entity);
  g_autoptr(GStrvBuilder) details = g_strv_builder_new ();

  line->entity = entity;
  line->id = record->id;
  line->icon = g_strdup (entity->icon);
  line->label = dup_label (record);
  line->text = dup_text (record);
  /* A note may have a text alone. */
  if (title != NULL && cpt_value_is_null (cpt_record_get (record, title)) && line->text != NULL)
    line->title = g_steal_pointer (&line->text);
  else
    line->title = cpt_record_dup_title (record);

  add_detail (details, database, record, entity->board);
  add_detail (details, database, record, entity->days != NULL ? entity->days[0] : NULL);
  line->details = g_strv_builder_end (details);
}

static char *
dup_author (CptDatabase           *database,
            CptSchema             *schema,
            const CptTimelineItem *item)
{
  const CptUuid *author = item->record != NULL ? &item->record->created_by : &item->change->entry->author;

  return cpt_uuid_is_nil (author) ? NULL
                                  : cpt_database_dup_title (database, cpt_schema_find_entity (schema, "user"), author);
}

CptTimelinePage *
cpt_timeline_page_read (CptDatabase              *database,
                        const char               *entity_name,
                        const CptUuid            *id,
                        const char               *kind,
                        const CptTimelineCursor  *cursor,
                        guint                     limit,
                        GError                  **error)
{
  g_autoptr(CptTimelinePage) self = g_new0 (CptTimelinePage, 1);
  g_autoptr(GPtrArray) items = NULL;
  const CptEntity *entity;

  self->schema = cpt_schema_ref (cpt_database_get_schema (database));
  self->cursor = *cursor;
  entity = cpt_schema_find_entity (self->schema, entity_name);
  self->record = cpt_database_load (database, entity, id, error);
  if (self->record == NULL)
    return NULL;
  items = cpt_timeline_read (database, entity, id, kind, &self->cursor, limit, error);
  if (items == NULL)
    return NULL;

  self->is_complete = items->len < limit;
  self->lines = g_ptr_array_new_with_free_func (timeline_line_free);
  for (guint i = 0; i < items->len; i++)
    {
      CptTimelineItem *item = g_ptr_array_index (items, i);
      CptTimelineLine *line = g_new0 (CptTimelineLine, 1);

      g_ptr_array_add (self->lines, line);
      line->at = item->at;
      line->author = dup_author (database, self->schema, item);
      if (item->record != NULL)
        fill_record (line, database, item->record);
      else
        fill_change (line, database, self->schema, item);
    }

  return g_steal_pointer (&self);
}

void
cpt_timeline_page_free (CptTimelinePage *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->record, cpt_record_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_free (self);
}
