/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands that only read: list, query (cpt-ctl-list.c), show, link, search. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-find.h"
#include "cpt-json.h"
#include "cpt-record-link.h"
#include "cpt-text.h"
#include "cpt-workspace.h"

#define SEARCH_LIMIT 50

static char *
dup_shown_value (CptCtl         *self,
                 const CptField *field,
                 const CptValue *value)
{
  const CptEntity *target;
  g_autoptr(GString) titles = NULL;
  guint n_ids;

  if (field->target == NULL)
    return cpt_field_format_local (field, value, cpt_database_get_zone (self->database));

  target = cpt_schema_get_target (cpt_database_get_schema (self->database), field);
  titles = g_string_new (NULL);
  n_ids = value->type == CPT_VALUE_IDS ? value->ids.length : 1;
  for (guint i = 0; i < n_ids && !cpt_value_is_null (value); i++)
    {
      const CptUuid *id = value->type == CPT_VALUE_IDS ? &value->ids.items[i] : &value->id;
      g_autofree char *title = cpt_database_dup_title (self->database, target, id);

      g_string_append_printf (titles, i > 0 ? ", %s" : "%s", title != NULL ? title : _("Deleted record"));
    }

  return g_string_free (g_steal_pointer (&titles), FALSE);
}

static void
take_pair (CptCtlTable *table,
           const char  *name,
           char        *value)
{
  char **cells = g_new0 (char *, 3);

  cells[0] = g_strdup (name);
  cells[1] = value;
  cpt_ctl_table_take_row (table, cells);
}

static void
print_record (CptCtl          *self,
              const CptRecord *record)
{
  static const char *const system_fields[] = { "created_at", "created_by", "changed_at", "changed_by" };
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (2);
  const CptEntity *entity = cpt_record_get_entity (record);

  take_pair (table, "id", cpt_uuid_dup_text (&record->id));
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptValue *value = cpt_record_get (record, entity->fields[i]);

      if (!cpt_value_is_null (value))
        take_pair (table, entity->fields[i]->name, dup_shown_value (self, entity->fields[i], value));
    }
  for (guint i = 0; i < G_N_ELEMENTS (system_fields); i++)
    {
      const CptField *field = cpt_field_get_system (system_fields[i]);
      const CptValue *value = cpt_record_get (record, field);

      if (!cpt_value_is_null (value))
        take_pair (table, field->name, dup_shown_value (self, field, value));
    }
  if (record->in_trash)
    take_pair (table, "in_trash", g_strdup ("true"));
  cpt_ctl_table_print (table);
}

/* A link leads to a record of this workspace, or nowhere. */
static gboolean
find_by_link (CptCtl           *self,
              const char       *text,
              const CptEntity **entity,
              CptUuid          *id,
              GError          **error)
{
  CptRecordLink link;
  CptUuid workspace;

  if (!cpt_record_link_parse (text, &link, error) || !cpt_workspace_read_id (self->database, FALSE, &workspace, error))
    return FALSE;
  if (!cpt_uuid_equal (&workspace, &link.workspace))
    {
      g_autofree char *other = cpt_uuid_dup_text (&link.workspace);

      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
                   _("This link leads to another workspace, %s: name its file."), other);
      return FALSE;
    }

  *id = link.id;
  *entity = cpt_ctl_find_entity (self, link.entity, error);

  return *entity != NULL;
}

static gboolean
run_show (CptCtl  *self,
          GError **error)
{
  const CptEntity *entity = NULL;
  g_autoptr(CptRecord) record = NULL;
  CptUuid id;

  if (self->n_args == 1 && !cpt_record_link_is_meant (self->args[0]))
    {
      g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("Name the record: KIND RECORD."));
      return FALSE;
    }
  if (self->n_args == 1 && !find_by_link (self, self->args[0], &entity, &id, error))
    return FALSE;
  if (self->n_args > 1)
    entity = cpt_ctl_find_entity (self, self->args[0], error);
  if (entity == NULL || (self->n_args > 1 && !cpt_find_record (self->database, entity, self->args[1], self->options.trash,
                                                               &id, error)))
    return FALSE;
  record = cpt_database_load (self->database, entity, &id, error);
  if (record == NULL)
    return FALSE;

  if (self->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();
      g_autofree char *title = cpt_record_dup_title (record);

      json_builder_begin_object (builder);
      cpt_ctl_json_text (builder, "title", title);
      cpt_ctl_json_boolean (builder, "in_trash", record->in_trash);
      cpt_ctl_json_int (builder, "sequence", record->sequence);
      json_builder_set_member_name (builder, "record");
      json_builder_add_value (builder, cpt_record_to_json (record));
      json_builder_end_object (builder);
      cpt_ctl_print_builder (builder);
    }
  else
    {
      print_record (self, record);
    }

  return TRUE;
}

static gboolean
run_link (CptCtl  *self,
          GError **error)
{
  const CptEntity *entity = cpt_ctl_find_entity (self, self->args[0], error);
  g_autofree char *text = NULL;
  CptRecordLink link = { 0 };

  if (entity == NULL || !cpt_find_record (self->database, entity, self->args[1], FALSE, &link.id, error) ||
      !cpt_workspace_read_id (self->database, TRUE, &link.workspace, error))
    return FALSE;

  g_strlcpy (link.entity, entity->name, sizeof link.entity);
  text = cpt_record_link_format (&link);
  if (self->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      cpt_ctl_json_text (builder, "link", text);
      json_builder_end_object (builder);
      cpt_ctl_print_builder (builder);
    }
  else
    {
      cpt_ctl_print ("%s\n", text);
    }

  return TRUE;
}

static void
print_hits (CptCtl    *self,
            GPtrArray *hits)
{
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (4);

  for (guint i = 0; i < hits->len; i++)
    {
      CptHit *hit = g_ptr_array_index (hits, i);
      char **cells = g_new0 (char *, 5);

      cells[0] = g_strdup (hit->entity->name);
      cells[1] = cpt_uuid_dup_text (&hit->id);
      cells[2] = g_strdup (hit->title != NULL ? hit->title : "");
      if (hit->snippet != NULL)
        /* Translators: why something was found: a field and its text */
        cells[3] = g_strdup_printf (C_("found", "%s: %s"), cpt_field_get_label (hit->field), hit->snippet);
      else
        cells[3] = g_strdup (hit->subtitle != NULL ? hit->subtitle : "");
      cpt_ctl_table_take_row (table, cells);
    }
  cpt_ctl_table_print (table);
}

static void
print_hits_json (GPtrArray *hits,
                 gboolean   has_more)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cpt_ctl_json_boolean (builder, "more", has_more);
  json_builder_set_member_name (builder, "hits");
  json_builder_begin_array (builder);
  for (guint i = 0; i < hits->len; i++)
    {
      CptHit *hit = g_ptr_array_index (hits, i);

      json_builder_begin_object (builder);
      cpt_ctl_json_text (builder, "entity", hit->entity->name);
      cpt_ctl_json_id (builder, "id", &hit->id);
      cpt_ctl_json_text (builder, "title", hit->title);
      cpt_ctl_json_text (builder, "subtitle", hit->subtitle);
      if (hit->snippet != NULL)
        {
          cpt_ctl_json_text (builder, "field", hit->field->name);
          cpt_ctl_json_text (builder, "snippet", hit->snippet);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

static gboolean
run_search (CptCtl  *self,
            GError **error)
{
  const CptEntity *entity = NULL;
  g_autofree char *words = g_strjoinv (" ", self->args);
  g_autoptr(GPtrArray) hits = NULL;
  guint limit = cpt_ctl_get_limit (self, SEARCH_LIMIT);
  gboolean has_more;

  if (self->options.as != NULL)
    {
      entity = cpt_ctl_find_entity (self, self->options.as, error);
      if (entity == NULL)
        return FALSE;
    }

  hits = cpt_search (self->database, words, entity, limit + 1, error);
  if (hits == NULL)
    return FALSE;

  has_more = cpt_ctl_cut (self, hits, limit);
  if (self->options.json)
    print_hits_json (hits, has_more);
  else
    print_hits (self, hits);

  return TRUE;
}

#define LIST_OPTIONS (CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (SEARCH) | CPT_CTL_TAKES (SORT) | \
                      CPT_CTL_TAKES (COLUMNS) | CPT_CTL_TAKES (LIMIT) | CPT_CTL_TAKES (OFFSET) | CPT_CTL_TAKES (COUNT) | \
                      CPT_CTL_TAKES (GROUP) | CPT_CTL_TAKES (TOTALS) | CPT_CTL_TAKES (VIEW))

const CptCtlCommand cpt_ctl_read_commands[] = {
  {
    .name = "list",
    .arguments = N_("KIND [CONDITION…]"),
    .summary = N_("List records"),
    .details = N_("A CONDITION is a field, also through links, an operator and a value as in CSV: stage=Won, "
                  "amount>=1000, organisation.country!=FR, name~conseil, closed_on= (empty), closed_on!= (not empty). "
                  "All of them must be true. With --trash: what was deleted, of one kind or of all, newest first; "
                  "“restore” takes the identifiers. --view takes columns, conditions, order, groups and totals "
                  "from a saved view; what is given beside it counts instead. With --count only the groups."),
    .access = CPT_CTL_READ,
    .min_args = 0,
    .max_args = G_MAXUINT,
    .options = LIST_OPTIONS | CPT_CTL_TAKES (FILTER) | CPT_CTL_TAKES (TRASH),
    .run = cpt_ctl_run_list,
  },
  {
    .name = "query",
    .arguments = N_("KIND FILTER"),
    .summary = N_("List the records that a filter matches"),
    .details = N_("FILTER is JSON, @FILE, or - for standard input: "
                  "{\"all\":[{\"field\":\"stage.kind\",\"op\":\"is\",\"value\":\"won\"},"
                  "{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"last\":30,\"unit\":\"day\"}}]}"),
    .access = CPT_CTL_READ,
    .min_args = 2,
    .max_args = 2,
    .options = LIST_OPTIONS,
    .run = cpt_ctl_run_query,
  },
  {
    .name = "show",
    .arguments = N_("KIND RECORD | LINK"),
    .summary = N_("Show one record"),
    .details = N_("RECORD is an identifier, its unique beginning, a title or another key; LINK is comptoir://…"),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 2,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (TRASH),
    .run = run_show,
  },
  {
    .name = "link",
    .arguments = N_("KIND RECORD"),
    .summary = N_("Print a link that opens a record in the application"),
    .access = CPT_CTL_WRITE,
    .min_args = 2,
    .max_args = 2,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_link,
  },
  {
    .name = "search",
    .arguments = N_("WORD…"),
    .summary = N_("Search all records for words"),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = G_MAXUINT,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (AS) | CPT_CTL_TAKES (LIMIT),
    .run = run_search,
  },
  { NULL },
};
