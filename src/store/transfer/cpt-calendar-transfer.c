/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tasks and meetings from a calendar.
 *
 * An item is known by its UID: our own identifier, or one that is computed from
 * what another program wrote, so that reading a file twice changes what the
 * first time made and makes nothing twice. What is in the trash stays there.
 *
 * What repeats, and its days that were changed alone, have the same UID and stand
 * anywhere in the file: they are kept until its end (cpt-calendar-series.c). */

#include "config.h"

#include "cpt-calendar-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-find.h"

/* Of items that are kept: how many, and how long their texts are in all */
#define MAX_KEPT 20000
#define MAX_KEPT_BYTES (64 * 1024 * 1024)

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

CptIcalendarReminders
cpt_calendar_get_reminders (const CptRecord *task)
{
  const CptValue *value = cpt_record_get_named (task, "reminders");
  CptIcalendarReminders bits = 0;

  for (guint i = 0; i < G_N_ELEMENTS (reminders); i++)
    if (value->type == CPT_VALUE_TEXTS && g_strv_contains ((const char *const *) value->texts, reminders[i].name))
      bits |= reminders[i].bit;

  return bits;
}

CptRecord *
cpt_calendar_create_task (CptItemImport          *import,
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
  if (item->has_instant && item->duration > 0)
    cpt_record_set_integer (task, "duration", item->duration);
  set_reminders (task, item->reminders);

  return task;
}

CptRecord *
cpt_calendar_create_meeting (CptItemImport          *import,
                             CptDatabase            *database,
                             const CptIcalendarItem *item)
{
  CptSchema *schema = cpt_database_get_schema (database);
  GTimeZone *zone = cpt_database_get_zone (database);
  CptRecord *meeting = cpt_record_new (schema, cpt_schema_find_entity (schema, "activity"));

  cpt_item_import_parse (import, meeting, "kind", "meeting");
  cpt_item_import_parse (import, meeting, "subject", item->summary);
  cpt_item_import_parse (import, meeting, "body", item->description);
  if (item->has_day)
    cpt_record_set_integer (meeting, "at", item->has_instant ? item->instant : cpt_instant_from_date (item->day, zone));
  if (item->duration > 0)
    cpt_record_set_integer (meeting, "duration", item->duration);

  return meeting;
}

void
cpt_calendar_choose_id (CptDatabase            *database,
                        const CptEntity        *entity,
                        const CptIcalendarItem *item,
                        gint64                  day,
                        CptUuid                *id)
{
  memset (id, 0, sizeof *id);
  if (item->uid != NULL && day != G_MININT64)
    {
      g_autofree char *date = cpt_date_format_iso (day);
      g_autofree char *text = g_strdup_printf ("%s\n%s", item->uid, date);

      cpt_uuid_derive (id, 0, text);
    }
  else if (item->uid != NULL && !cpt_uuid_parse (item->uid, id))
    {
      cpt_uuid_derive (id, 0, item->uid);
    }
  cpt_find_free_id (database, entity, id);
}

/* One of a series that goes out alone: its UID ends with its day, by which it is told
 * from others that have the identifier in another workspace. */
gboolean
cpt_calendar_find_record (CptDatabase            *database,
                          const CptEntity        *entity,
                          const CptIcalendarItem *item,
                          CptUuid                *id)
{
  g_autoptr(CptRecord) record = NULL;
  g_autofree char *day = NULL;
  CptUuid named;

  if (item->record == NULL || item->uid == NULL || item->is_event || !cpt_uuid_parse (item->record, &named))
    return FALSE;

  record = cpt_database_load (database, entity, &named, NULL);
  if (record == NULL || record->in_trash || cpt_value_is_null (cpt_record_get_named (record, "occurs_on")))
    return FALSE;
  day = cpt_date_format_iso (cpt_record_get_integer (record, "occurs_on"));
  if (!g_str_has_suffix (item->uid, day))
    return FALSE;
  *id = named;

  return TRUE;
}

void
cpt_calendar_note_unread (CptItemImport          *import,
                          const CptIcalendarItem *item)
{
  static const char *const notes[] = {
    [CPT_ICALENDAR_RDATE] = N_("Days beside those of the rule (RDATE) were not read. Make tasks of their own for them."),
    [CPT_ICALENDAR_EXRULE] = N_("The rule for days that are left out (EXRULE) was not read: it comes on these days, too."),
    [CPT_ICALENDAR_RANGE] = N_("This change is for all days after it, too (THISANDFUTURE): only its own day was changed."),
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (notes) == CPT_ICALENDAR_N_UNREAD);

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    if (item->unread[i] != 0)
      cpt_item_import_note_at (import, item->unread[i], g_strdup (_(notes[i])));
}

void
cpt_calendar_store (CptDatabase            *database,
                    CptItemImport          *import,
                    CptRecord              *record,
                    const CptUuid          *id,
                    const CptIcalendarItem *origin)
{
  g_autoptr(CptRecord) existing = NULL;

  if (!cpt_uuid_is_nil (id))
    existing = cpt_database_load (database, cpt_record_get_entity (record), id, NULL);

  if (existing != NULL && existing->in_trash)
    {
      cpt_item_import_note (import, g_strdup (_("This one is in the trash here, and stays there.")));
      return;
    }
  record->id = *id;
  if (origin != NULL)
    cpt_calendar_keep_origin (record, origin, FALSE);
  if (existing != NULL)
    {
      cpt_item_import_update (import, existing, record, FALSE);
      return;
    }
  cpt_record_apply_initial (record, cpt_database_get_now (database), cpt_database_get_author (database),
                            cpt_database_get_zone (database));
  cpt_item_import_create (import, record);
}

/* What is kept until the end */
typedef struct
{
  GPtrArray *groups;  /* (element-type CptCalendarGroup): in the order of the file */
  GHashTable *by_uid; /* "E" or "T" and UID to CptCalendarGroup */
  GHashTable *seen;   /* UIDs of what is no such day */
  guint n_kept;
  gsize n_bytes;
} Kept;

static void
group_free (gpointer data)
{
  CptCalendarGroup *group = data;

  g_clear_pointer (&group->series, cpt_icalendar_item_free);
  g_ptr_array_unref (group->days);
  g_free (group);
}

static void
kept_init (Kept *self)
{
  self->groups = g_ptr_array_new_with_free_func (group_free);
  self->by_uid = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
kept_clear (Kept *self)
{
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->by_uid, g_hash_table_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, kept_clear)

static gsize
get_length (const CptIcalendarItem *item)
{
  return (item->summary != NULL ? strlen (item->summary) : 0) + (item->description != NULL ? strlen (item->description) : 0);
}

/* Takes @item if it repeats, or is a day of what does */
static gboolean
keep_item (Kept             *self,
           CptIcalendarItem *item)
{
  g_autofree char *key = item->uid != NULL ? g_strconcat (item->is_event ? "E" : "T", item->uid, NULL) : NULL;
  CptCalendarGroup *group = key != NULL ? g_hash_table_lookup (self->by_uid, key) : NULL;

  if (key == NULL || (item->rule == NULL && !item->has_occurrence) || self->n_kept >= MAX_KEPT ||
      self->n_bytes + get_length (item) > MAX_KEPT_BYTES ||
      (!item->has_occurrence && !g_hash_table_add (self->seen, g_strdup (item->uid))))
    return FALSE;

  if (group == NULL)
    {
      group = g_new0 (CptCalendarGroup, 1);
      group->days = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_icalendar_item_free);
      g_ptr_array_add (self->groups, group);
      g_hash_table_insert (self->by_uid, g_steal_pointer (&key), group);
    }
  self->n_kept++;
  self->n_bytes += get_length (item);
  if (item->has_occurrence)
    g_ptr_array_add (group->days, item);
  else
    group->series = item;

  return TRUE;
}

/* What stands for itself */
static gboolean
take_item (CptDatabase             *database,
           CptItemImport           *import,
           Kept                    *kept,
           const CptIcalendarItem  *item,
           GError                 **error)
{
  const CptIcalendarItem *origin = item->rule == NULL ? item : NULL; /* one does not go back in place of all */
  g_autoptr(CptRecord) record = NULL;
  CptUuid id;

  if (!cpt_item_import_next (import, item->line, error))
    return FALSE;
  if (item->uid != NULL && !g_hash_table_add (kept->seen, g_strdup (item->uid)))
    {
      cpt_item_import_note (import, g_strdup (_("An item before has the same UID: this one was passed over.")));
      return TRUE;
    }

  if (item->is_cut)
    cpt_item_import_note (import, g_strdup (_("A part was too large, or the file ends here: it was left out.")));
  cpt_calendar_note_unread (import, item);
  if (item->is_event && item->rule != NULL)
    cpt_item_import_note (import, g_strdup (_("Only the first of these meetings was taken.")));
  record = item->is_event ? cpt_calendar_create_meeting (import, database, item)
                          : cpt_calendar_create_task (import, cpt_database_get_schema (database), item);
  if (cpt_calendar_find_record (database, cpt_record_get_entity (record), item, &id))
    origin = NULL;
  else
    cpt_calendar_choose_id (database, cpt_record_get_entity (record), item, G_MININT64, &id);
  cpt_calendar_store (database, import, record, &id, origin);

  return TRUE;
}

static gboolean
take_items (CptDatabase       *database,
            CptItemImport     *import,
            CptContentReader  *reader,
            GCancellable      *cancellable,
            GError           **error)
{
  g_auto(Kept) kept = { 0 };
  g_autoptr(GError) problem = NULL;
  CptIcalendarItem *next;

  kept_init (&kept);
  while ((next = cpt_icalendar_read (reader, cpt_database_get_zone (database), cancellable, &problem)) != NULL)
    {
      g_autoptr(CptIcalendarItem) item = next;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (keep_item (&kept, item))
        g_steal_pointer (&item);
      else if (!take_item (database, import, &kept, item, error))
        return FALSE;
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  for (guint i = 0; i < kept.groups->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !cpt_calendar_take_group (database, import, g_ptr_array_index (kept.groups, i), error))
      return FALSE;

  return TRUE;
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

  if (reader == NULL)
    return NULL;
  import = cpt_item_import_begin (database, _("Import a calendar"), error);
  if (import == NULL || !take_items (database, import, reader, cancellable, error))
    return NULL;

  return cpt_item_import_finish (import, is_dry, error);
}
