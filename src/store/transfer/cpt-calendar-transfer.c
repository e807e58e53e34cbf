/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tasks and meetings from a calendar and back.
 *
 * An item is known by its UID: our own identifier, or one that is computed from
 * what another program wrote, so that reading a file twice changes what the
 * first time made and makes nothing twice. What is in the trash stays there. */

#include "config.h"

#include "cpt-item-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-icalendar.h"
#include "cpt-recurrence.h"

static const struct
{
  CptIcalendarReminders bit;
  const char *name;
} reminders[] = {
  { CPT_ICALENDAR_DAY_BEFORE, "day_before" },
  { CPT_ICALENDAR_DAY, "day" },
  { CPT_ICALENDAR_DAY_AFTER, "day_after" },
};

static void
set_reminders (CptRecord             *task,
               CptIcalendarReminders  bits)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  CptValue value = CPT_VALUE_INIT;

  for (guint i = 0; i < G_N_ELEMENTS (reminders); i++)
    if (bits & reminders[i].bit)
      g_strv_builder_add (names, reminders[i].name);
  cpt_value_take_texts (&value, g_strv_builder_end (names));
  cpt_record_take (task, cpt_entity_find_field (cpt_record_get_entity (task), "reminders"), value);
}

static CptRecord *
create_task (CptItemImport          *import,
             CptSchema              *schema,
             const CptIcalendarItem *item)
{
  CptRecord *task = cpt_record_new (schema, cpt_schema_find_entity (schema, "task"));

  cpt_item_import_parse (import, task, "title", item->summary != NULL ? item->summary : _("Task without a title"));
  cpt_item_import_parse (import, task, "notes", item->description);
  cpt_item_import_parse (import, task, "status", item->status);
  cpt_item_import_parse (import, task, "priority", item->priority);
  cpt_item_import_parse (import, task, "recurrence", item->rule);
  if (item->has_day)
    cpt_record_set_integer (task, "due_on", item->day);
  if (item->has_instant)
    cpt_record_set_integer (task, "due_at", item->instant);
  set_reminders (task, item->reminders);

  return task;
}

static CptRecord *
create_meeting (CptItemImport          *import,
                CptSchema              *schema,
                const CptIcalendarItem *item,
                GTimeZone              *zone)
{
  CptRecord *meeting = cpt_record_new (schema, cpt_schema_find_entity (schema, "activity"));

  cpt_item_import_parse (import, meeting, "kind", "meeting");
  cpt_item_import_parse (import, meeting, "subject", item->summary);
  cpt_item_import_parse (import, meeting, "body", item->description);
  if (item->has_day)
    cpt_record_set_integer (meeting, "at", item->has_instant ? item->instant : cpt_instant_from_date (item->day, zone));
  if (item->duration > 0)
    cpt_record_set_integer (meeting, "duration", item->duration);
  if (item->rule != NULL)
    cpt_item_import_note (import, g_strdup (_("Meetings do not repeat here: only the first was taken.")));

  return meeting;
}

static void
choose_id (const CptIcalendarItem *item,
           CptUuid                *id)
{
  memset (id, 0, sizeof *id);
  if (item->uid != NULL && !cpt_uuid_parse (item->uid, id))
    cpt_uuid_derive (id, 0, item->uid);
}

static void
take_item (CptDatabase            *database,
           CptItemImport          *import,
           const CptIcalendarItem *item)
{
  CptSchema *schema = cpt_database_get_schema (database);
  GTimeZone *zone = cpt_database_get_zone (database);
  g_autoptr(CptRecord) record = item->is_event ? create_meeting (import, schema, item, zone) : create_task (import, schema, item);
  g_autoptr(CptRecord) existing = NULL;
  CptUuid id;

  if (item->is_cut)
    cpt_item_import_note (import, g_strdup (_("A part was too large, or the file ends here: it was left out.")));
  choose_id (item, &id);
  if (!cpt_uuid_is_nil (&id))
    existing = cpt_database_load (database, cpt_record_get_entity (record), &id, NULL);

  if (existing != NULL && existing->in_trash)
    {
      cpt_item_import_note (import, g_strdup (_("This one is in the trash here, and stays there.")));
      return;
    }
  if (existing != NULL)
    {
      cpt_item_import_update (import, existing, record, FALSE);
      return;
    }
  record->id = id;
  cpt_record_apply_initial (record, cpt_database_get_now (database), cpt_database_get_author (database), zone);
  cpt_item_import_create (import, record);
}

CptItemReport *
cpt_calendar_import (CptDatabase   *database,
                     const char    *path,
                     gboolean       is_dry,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr(CptContentReader) reader = stream != NULL ? cpt_content_reader_new (G_INPUT_STREAM (stream)) : NULL;
  g_autoptr(CptItemImport) import = NULL;
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GError) local_error = NULL;
  CptIcalendarItem *next;

  if (reader == NULL)
    return NULL;
  import = cpt_item_import_begin (database, _("Import a calendar"), error);
  if (import == NULL)
    return NULL;

  while ((next = cpt_icalendar_read (reader, cpt_database_get_zone (database), cancellable, &local_error)) != NULL)
    {
      g_autoptr(CptIcalendarItem) item = next;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !cpt_item_import_next (import, item->line, error))
        return NULL;
      /* One day of a series that was moved has the UID of the series. */
      if (item->uid != NULL && !g_hash_table_add (seen, g_strdup (item->uid)))
        cpt_item_import_note (import, g_strdup (_("An item before has the same UID: this one was passed over.")));
      else
        take_item (database, import, item);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return cpt_item_import_finish (import, is_dry, error);
}

/* Export */

static CptIcalendarReminders
get_reminders (const CptRecord *task)
{
  const CptValue *value = cpt_record_get_named (task, "reminders");
  CptIcalendarReminders bits = 0;

  for (guint i = 0; i < G_N_ELEMENTS (reminders); i++)
    if (value->type == CPT_VALUE_TEXTS && g_strv_contains ((const char *const *) value->texts, reminders[i].name))
      bits |= reminders[i].bit;

  return bits;
}

static CptIcalendarItem *
create_item (const CptRecord *record,
             gboolean         is_event,
             GTimeZone       *zone)
{
  CptIcalendarItem *item = g_new0 (CptIcalendarItem, 1);
  const char *instant = is_event ? "at" : "due_at";

  item->is_event = is_event;
  item->uid = cpt_uuid_dup_text (&record->id);
  item->summary = g_strdup (cpt_record_get_text (record, is_event ? "subject" : "title"));
  item->description = g_strdup (cpt_record_get_text (record, is_event ? "body" : "notes"));
  item->stamp = record->changed_at != 0 ? record->changed_at : record->created_at;
  item->has_instant = !cpt_value_is_null (cpt_record_get_named (record, instant));
  item->instant = cpt_record_get_integer (record, instant);
  item->has_day = item->has_instant || (!is_event && !cpt_value_is_null (cpt_record_get_named (record, "due_on")));
  if (item->has_instant)
    item->day = cpt_instant_get_date (item->instant, zone);
  else if (!is_event)
    item->day = cpt_record_get_integer (record, "due_on");
  if (is_event)
    {
      item->duration = cpt_record_get_integer (record, "duration");
      return item;
    }

  item->status = cpt_record_get_text (record, "status");
  item->priority = cpt_record_get_text (record, "priority");
  item->rule = g_strdup (cpt_record_get_text (record, "recurrence"));
  item->reminders = get_reminders (record);

  return item;
}

static gboolean
write_text (GString        *out,
            GOutputStream  *stream,
            GCancellable   *cancellable,
            GError        **error)
{
  gboolean done = g_output_stream_write_all (stream, out->str, out->len, NULL, cancellable, error);

  g_string_truncate (out, 0);

  return done;
}

/* Meetings are the only activities in it. FALSE when reading or writing failed;
 * what is gone meanwhile is left out. */
static gboolean
write_item (CptItemExport  *self,
            CptDatabase    *database,
            gint64          row,
            GString        *out,
            GError        **error)
{
  gboolean is_event = g_str_equal (self->query->entity->name, "activity");
  g_autoptr(GError) problem = NULL;
  g_autoptr(CptRecord) record = cpt_database_load_row (database, self->query->entity, row, &problem);
  g_autoptr(CptIcalendarItem) item = NULL;

  if (g_error_matches (problem, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    return TRUE;
  if (record == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (is_event && g_strcmp0 (cpt_record_get_text (record, "kind"), "meeting") != 0)
    {
      self->n_unfit++;
      return TRUE;
    }

  item = create_item (record, is_event, cpt_database_get_zone (database));
  cpt_icalendar_append (out, item);
  self->n_written++;

  return TRUE;
}

gboolean
cpt_calendar_export (CptItemExport  *self,
                     CptDatabase    *database,
                     GOutputStream  *stream,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GArray) rows = NULL;

  g_return_val_if_fail (self != NULL && self->query != NULL && database != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);

  self->n_written = self->n_unfit = 0;
  if (cpt_item_file_for_entity (self->query->entity) != CPT_ITEM_FILE_ICALENDAR)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, _("Only tasks and meetings can be written as a calendar."));
      return FALSE;
    }

  rows = self->rows != NULL ? g_array_ref (self->rows) : cpt_query_get_rows (self->query, database, 0, 0, error);
  if (rows == NULL)
    return FALSE;

  cpt_icalendar_append_begin (out);
  for (guint i = 0; i < rows->len; i++)
    if (!write_item (self, database, g_array_index (rows, gint64, i), out, error) ||
        !write_text (out, stream, cancellable, error))
      return FALSE;
  cpt_icalendar_append_end (out);

  return write_text (out, stream, cancellable, error);
}
