/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands on the log: log, timeline, undo, redo. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-find.h"
#include "cpt-log.h"
#include "cpt-timeline.h"

#define DEFAULT_LIMIT 50

/* In JSON; never changes once released */
static const char *const origins[] = {
  [CPT_ORIGIN_FORM] = "form",
  [CPT_ORIGIN_IMPORT] = "import",
  [CPT_ORIGIN_UNDO] = "undo",
  [CPT_ORIGIN_REDO] = "redo",
  [CPT_ORIGIN_COMMAND] = "command",
  [CPT_ORIGIN_DEMO] = "demo",
  [CPT_ORIGIN_WORKFLOW] = "workflow",
  [CPT_ORIGIN_SYNC] = "sync",
  [CPT_ORIGIN_API] = "api",
  [CPT_ORIGIN_MERGE] = "merge",
  [CPT_ORIGIN_CREATION] = "creation",
  [CPT_ORIGIN_COMPUTED] = "computed",
};

static const char *const change_kinds[] = {
  [CPT_CHANGE_CREATE] = "create",
  [CPT_CHANGE_UPDATE] = "update",
  [CPT_CHANGE_DELETE] = "delete",
  [CPT_CHANGE_RESTORE] = "restore",
  [CPT_CHANGE_PURGE] = "purge",
};

static const char *
get_origin (CptOrigin origin)
{
  return (guint) origin < G_N_ELEMENTS (origins) ? origins[origin] : "other";
}

static char *
dup_author (CptCtl        *self,
            const CptUuid *author)
{
  const CptEntity *users = cpt_schema_find_entity (cpt_database_get_schema (self->database), "user");
  char *name = cpt_uuid_is_nil (author) ? NULL : cpt_database_dup_title (self->database, users, author);

  return name != NULL ? name : g_strdup ("");
}

static void
add_entry_members (CptCtl            *self,
                   JsonBuilder       *builder,
                   const CptLogEntry *entry)
{
  g_autofree char *at = cpt_instant_format_iso (entry->at);
  g_autofree char *author = dup_author (self, &entry->author);

  cpt_ctl_json_int (builder, "sequence", entry->sequence);
  cpt_ctl_json_text (builder, "at", at);
  cpt_ctl_json_id (builder, "author", &entry->author);
  cpt_ctl_json_text (builder, "author_name", *author != '\0' ? author : NULL);
  cpt_ctl_json_text (builder, "device", entry->device);
  cpt_ctl_json_text (builder, "origin", get_origin (entry->origin));
  cpt_ctl_json_text (builder, "label", entry->label);
  cpt_ctl_json_int (builder, "undoes", entry->undoes);
  cpt_ctl_json_int (builder, "undone_by", entry->undone_by);
  cpt_ctl_json_int (builder, "changes", (gint64) entry->n_changes);
}

static void
take_entry_row (CptCtl            *self,
                CptCtlTable       *table,
                const CptLogEntry *entry,
                char              *last)
{
  char **cells = g_new0 (char *, 7);

  cells[0] = g_strdup_printf ("%" G_GINT64_FORMAT, entry->sequence);
  cells[1] = cpt_instant_format (entry->at, cpt_database_get_zone (self->database));
  cells[2] = dup_author (self, &entry->author);
  cells[3] = g_strdup (get_origin (entry->origin));
  cells[4] = g_strdup (entry->label != NULL ? entry->label : "");
  cells[5] = last;
  cpt_ctl_table_take_row (table, cells);
}

static gboolean
print_log (CptCtl  *self,
           guint    limit,
           GError **error)
{
  g_autoptr(GPtrArray) entries = cpt_log_list (self->database, 0, limit + 1, error);
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (6);
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  if (entries == NULL)
    return FALSE;

  json_builder_begin_object (builder);
  cpt_ctl_json_boolean (builder, "more", cpt_ctl_cut (self, entries, limit));
  json_builder_set_member_name (builder, "entries");
  json_builder_begin_array (builder);
  for (guint i = 0; i < entries->len; i++)
    {
      const CptLogEntry *entry = g_ptr_array_index (entries, i);
      const char *state = entry->undone_by != 0 ? _("undone") : "";

      json_builder_begin_object (builder);
      add_entry_members (self, builder, entry);
      json_builder_end_object (builder);
      take_entry_row (self, table, entry, g_strdup (state));
    }
  cpt_ctl_print_list (self, builder, table);

  return TRUE;
}

static char *
dup_changes (const CptHistoryEntry *history)
{
  g_autoptr(GString) text = g_string_new (change_kinds[history->kind]);

  for (guint i = 0; i < history->changes->len; i++)
    {
      const CptFieldChange *change = g_ptr_array_index (history->changes, i);
      g_autofree char *before = change->field != NULL ? cpt_field_format (change->field, &change->before) : g_strdup ("?");
      g_autofree char *after = change->field != NULL ? cpt_field_format (change->field, &change->after) : g_strdup ("?");

      g_string_append_printf (text, "%s %s: %s → %s", i == 0 ? ":" : ";", change->name, before, after);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_changes (JsonBuilder           *builder,
             const CptHistoryEntry *history)
{
  cpt_ctl_json_text (builder, "kind", change_kinds[history->kind]);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < history->changes->len; i++)
    {
      const CptFieldChange *change = g_ptr_array_index (history->changes, i);

      json_builder_begin_object (builder);
      cpt_ctl_json_text (builder, "field", change->name);
      if (change->field != NULL)
        {
          json_builder_set_member_name (builder, "before");
          json_builder_add_value (builder, cpt_field_to_json (change->field, &change->before));
          json_builder_set_member_name (builder, "after");
          json_builder_add_value (builder, cpt_field_to_json (change->field, &change->after));
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static gboolean
print_history (CptCtl  *self,
               guint    limit,
               GError **error)
{
  const CptEntity *entity = cpt_ctl_find_entity (self, self->args[0], error);
  g_autoptr(GPtrArray) history = NULL;
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (6);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  CptUuid id;

  if (entity == NULL || !cpt_find_record (self->database, entity, self->args[1], self->options.trash, &id, error))
    return FALSE;
  history = cpt_log_get_history (self->database, entity, &id, limit + 1, error);
  if (history == NULL)
    return FALSE;

  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "entity", entity->name);
  cpt_ctl_json_id (builder, "id", &id);
  cpt_ctl_json_boolean (builder, "more", cpt_ctl_cut (self, history, limit));
  json_builder_set_member_name (builder, "history");
  json_builder_begin_array (builder);
  for (guint i = 0; i < history->len; i++)
    {
      const CptHistoryEntry *entry = g_ptr_array_index (history, i);

      json_builder_begin_object (builder);
      add_entry_members (self, builder, entry->entry);
      add_changes (builder, entry);
      json_builder_end_object (builder);
      take_entry_row (self, table, entry->entry, dup_changes (entry));
    }
  cpt_ctl_print_list (self, builder, table);

  return TRUE;
}

static gboolean
run_log (CptCtl  *self,
         GError **error)
{
  guint limit = cpt_ctl_get_limit (self, DEFAULT_LIMIT);

  if (self->n_args == 1)
    {
      g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("Name the record: KIND RECORD."));
      return FALSE;
    }

  return self->n_args == 0 ? print_log (self, limit, error) : print_history (self, limit, error);
}

/* What people call an item of a timeline */
static char *
dup_item_title (const CptTimelineItem *item)
{
  return item->record != NULL ? cpt_record_dup_title (item->record) : dup_changes (item->change);
}

static void
add_item (CptCtl                *self,
          JsonBuilder           *builder,
          const CptTimelineItem *item)
{
  g_autofree char *at = cpt_instant_format_iso (item->at);
  g_autofree char *title = dup_item_title (item);

  json_builder_begin_object (builder);
  if (item->record != NULL)
    {
      const CptEntity *entity = cpt_record_get_entity (item->record);

      cpt_ctl_json_text (builder, "at", at);
      cpt_ctl_json_text (builder, "what", entity->name);
      cpt_ctl_json_text (builder, "manner", entity->manner != NULL ? cpt_record_get_text (item->record, entity->manner) : NULL);
      cpt_ctl_json_id (builder, "id", &item->record->id);
      cpt_ctl_json_text (builder, "title", title);
    }
  else
    {
      cpt_ctl_json_text (builder, "what", CPT_TIMELINE_CHANGES);
      add_entry_members (self, builder, item->change->entry);
      add_changes (builder, item->change);
    }
  json_builder_end_object (builder);
}

static void
take_item_row (CptCtl                *self,
               CptCtlTable           *table,
               const CptTimelineItem *item)
{
  char **cells = g_new0 (char *, 4);

  cells[0] = cpt_instant_format (item->at, cpt_database_get_zone (self->database));
  cells[1] = g_strdup (item->record != NULL ? cpt_record_get_entity (item->record)->name : CPT_TIMELINE_CHANGES);
  cells[2] = dup_item_title (item);
  cpt_ctl_table_take_row (table, cells);
}

static gboolean
run_timeline (CptCtl  *self,
              GError **error)
{
  const CptEntity *entity = cpt_ctl_find_entity (self, self->args[0], error);
  g_autoptr(GPtrArray) items = NULL;
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (3);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  CptTimelineCursor cursor = { 0 };
  guint limit = cpt_ctl_get_limit (self, DEFAULT_LIMIT);
  CptUuid id;

  if (entity == NULL || !cpt_find_record (self->database, entity, self->args[1], self->options.trash, &id, error))
    return FALSE;
  items = cpt_timeline_read (self->database, entity, &id, self->n_args > 2 ? self->args[2] : NULL, &cursor,
                             limit + 1, error);
  if (items == NULL)
    return FALSE;

  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "entity", entity->name);
  cpt_ctl_json_id (builder, "id", &id);
  cpt_ctl_json_boolean (builder, "more", cpt_ctl_cut (self, items, limit));
  json_builder_set_member_name (builder, "timeline");
  json_builder_begin_array (builder);
  for (guint i = 0; i < items->len; i++)
    {
      add_item (self, builder, g_ptr_array_index (items, i));
      take_item_row (self, table, g_ptr_array_index (items, i));
    }
  cpt_ctl_print_list (self, builder, table);

  return TRUE;
}

static gboolean
take_back (CptCtl    *self,
           gboolean   redo,
           GError   **error)
{
  g_autoptr(CptLogEntry) entry = NULL;
  g_autoptr(GError) local_error = NULL;
  g_autofree char *label = NULL;
  CptCommit commit = { 0 };
  gint64 sequence = 0;

  if (self->n_args > 0)
    {
      if (!g_ascii_string_to_signed (self->args[0], 10, 1, G_MAXINT64, &sequence, NULL))
        {
          g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("“%s” is not a number in the log."), self->args[0]);
          return FALSE;
        }
    }
  else
    {
      entry = redo ? cpt_log_peek_redo (self->database, &local_error) : cpt_log_peek_undo (self->database, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (entry == NULL)
        {
          g_set_error_literal (error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
                               redo ? _("There is nothing to redo.") : _("There is nothing to undo."));
          return FALSE;
        }
      sequence = entry->sequence;
    }

  if (!cpt_log_undo (self->database, sequence, &commit, error))
    return FALSE;
  label = entry != NULL ? cpt_log_dup_undone_label (self->database, entry) : NULL;

  if (self->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      cpt_ctl_json_int (builder, "undone", sequence);
      cpt_ctl_json_text (builder, "label", label);
      cpt_ctl_json_int (builder, "sequence", commit.sequence);
      json_builder_end_object (builder);
      cpt_ctl_print_builder (builder);
    }
  else if (!self->options.quiet)
    {
      g_autofree char *shown = cpt_ctl_escape (label != NULL ? label : "");

      cpt_ctl_print ("%" G_GINT64_FORMAT "%s%s\n", sequence, *shown != '\0' ? "\t" : "", shown);
    }

  return TRUE;
}

static gboolean
run_undo (CptCtl  *self,
          GError **error)
{
  return take_back (self, FALSE, error);
}

static gboolean
run_redo (CptCtl  *self,
          GError **error)
{
  return take_back (self, TRUE, error);
}

#define UNDO_OPTIONS (CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (QUIET))

const CptCtlCommand cpt_ctl_log_commands[] = {
  {
    .name = "log",
    .arguments = N_("[KIND RECORD]"),
    .summary = N_("Show what happened, to all records or to one; newest first"),
    .access = CPT_CTL_READ,
    .min_args = 0,
    .max_args = 2,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (LIMIT) | CPT_CTL_TAKES (TRASH),
    .run = run_log,
  },
  {
    .name = "timeline",
    .arguments = N_("KIND RECORD [WHAT]"),
    .summary = N_("Show what happened with a record; newest first"),
    .details = N_("Activities, tasks and changes in one stream. WHAT is “changes”, “messages”, a kind of records such "
                  "as “task”, or one with a manner such as “activity:call”."),
    .access = CPT_CTL_READ,
    .min_args = 2,
    .max_args = 3,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (LIMIT) | CPT_CTL_TAKES (TRASH),
    .run = run_timeline,
  },
  {
    .name = "undo",
    .arguments = N_("[NUMBER]"),
    .summary = N_("Undo the last action, or the one with this number in the log"),
    .access = CPT_CTL_WRITE,
    .min_args = 0,
    .max_args = 1,
    .options = UNDO_OPTIONS,
    .run = run_undo,
  },
  {
    .name = "redo",
    .arguments = "",
    .summary = N_("Redo what was undone last"),
    .access = CPT_CTL_WRITE,
    .min_args = 0,
    .max_args = 0,
    .options = UNDO_OPTIONS,
    .run = run_redo,
  },
  { NULL },
};
