/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands on files of records: attach, attachments, content, detach,
 * clean-files. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>

#include "cpt-attachment.h"
#include "cpt-blob.h"
#include "cpt-error.h"
#include "cpt-find.h"

#define DEFAULT_LIMIT 500

static gboolean
run_attach (CptCtl  *self,
            GError **error)
{
  const CptEntity *entity = cpt_ctl_find_entity (self, self->args[0], error);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) files = NULL;
  gint64 limit = cpt_attachment_get_limit (self->database);
  CptCommit commit = { 0 };
  CptUuid id;

  if (entity == NULL || !cpt_find_record (self->database, entity, self->args[1], FALSE, &id, error))
    return FALSE;
  for (guint i = 2; i < self->n_args; i++)
    g_ptr_array_add (names, g_file_new_for_commandline_arg (self->args[i]));
  files = cpt_attachment_read_files (names, limit, self->cancellable, error);
  if (files == NULL || !cpt_attachment_add (self->database, entity, &id, files, CPT_ORIGIN_COMMAND, &commit, error))
    return FALSE;

  if (self->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      cpt_ctl_json_int (builder, "attached", commit.n_created);
      cpt_ctl_json_int (builder, "sequence", commit.sequence);
      json_builder_end_object (builder);
      cpt_ctl_print_builder (builder);
    }

  return TRUE;
}

/* The files of the record @id */
static CptFilter *
create_filter (CptCtl           *self,
               const CptEntity  *files,
               const CptEntity  *entity,
               const CptUuid    *id,
               GError          **error)
{
  const CptField *link = cpt_entity_find_link_to (files, entity);
  g_autoptr(JsonNode) value = json_node_new (JSON_NODE_VALUE);
  g_autofree char *text = cpt_uuid_dup_text (id);

  if (link == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, _("%s have no files."), cpt_entity_get_label_plural (entity));
      return NULL;
    }

  json_node_set_string (value, text);

  return cpt_filter_new_condition (cpt_database_get_schema (self->database), files, link->name, CPT_OPERATOR_IS, value, error);
}

static void
add_file (JsonBuilder   *builder,
          CptCtlTable   *table,
          CptRecord     *record,
          CptAttachment *attachment)
{
  g_autofree char *title = cpt_record_dup_title (record);
  char **cells = g_new0 (char *, 5);

  json_builder_begin_object (builder);
  cpt_ctl_json_id (builder, "id", &record->id);
  cpt_ctl_json_text (builder, "name", title);
  cpt_ctl_json_text (builder, "type", attachment->type);
  cpt_ctl_json_int (builder, "size", attachment->size);
  cpt_ctl_json_text (builder, "sha256", attachment->sha256);
  json_builder_end_object (builder);

  cells[0] = cpt_uuid_dup_text (&record->id);
  cells[1] = g_steal_pointer (&title);
  cells[2] = g_strdup (attachment->type);
  cells[3] = g_strdup_printf ("%" G_GINT64_FORMAT, attachment->size);
  cpt_ctl_table_take_row (table, cells);
}

static gboolean
print_files (CptCtl    *self,
             CptQuery  *query,
             GError   **error)
{
  guint limit = cpt_ctl_get_limit (self, DEFAULT_LIMIT);
  g_autoptr(GPtrArray) records = cpt_query_load_records (query, self->database, limit + 1, error);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (4);

  if (records == NULL)
    return FALSE;
  if (records->len > limit)
    {
      g_ptr_array_set_size (records, limit);
      cpt_ctl_say_cut (self, limit);
    }

  cpt_ctl_table_align (table, 3);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (guint i = 0; i < records->len; i++)
    {
      CptRecord *record = g_ptr_array_index (records, i);
      g_autoptr(CptAttachment) attachment =
        cpt_attachment_from_value (cpt_record_get (record, cpt_attachment_get_field (query->entity)));

      if (attachment != NULL)
        add_file (builder, table, record, attachment);
    }
  cpt_ctl_print_list (self, builder, table);

  return TRUE;
}

static gboolean
run_attachments (CptCtl  *self,
                 GError **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  const CptEntity *files = cpt_schema_find_entity (schema, "file");
  g_autoptr(CptQuery) query = cpt_query_new (schema, files);
  g_autoptr(CptFilter) filter = NULL;
  const CptEntity *entity;
  CptUuid id;

  if (self->n_args == 1)
    {
      g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("Name the record: KIND RECORD."));
      return FALSE;
    }
  if (self->n_args == 2)
    {
      entity = cpt_ctl_find_entity (self, self->args[0], error);
      if (entity == NULL || !cpt_find_record (self->database, entity, self->args[1], FALSE, &id, error))
        return FALSE;
      filter = create_filter (self, files, entity, &id, error);
      if (filter == NULL)
        return FALSE;
      cpt_query_set_filter (query, filter);
    }

  return print_files (self, query, error);
}

static GBytes *
read_content (CptCtl  *self,
              GError **error)
{
  const CptEntity *files = cpt_schema_find_entity (cpt_database_get_schema (self->database), "file");
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(CptAttachment) attachment = NULL;
  CptUuid id;

  if (!cpt_find_record (self->database, files, self->args[0], self->options.trash, &id, error))
    return NULL;
  record = cpt_database_load (self->database, files, &id, error);
  if (record == NULL)
    return NULL;
  attachment = cpt_attachment_from_value (cpt_record_get (record, cpt_attachment_get_field (files)));
  if (attachment == NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("The content of this file is not in the workspace."));
      return NULL;
    }

  return cpt_blob_read (self->database, attachment->sha256, error);
}

static gboolean
run_content (CptCtl  *self,
             GError **error)
{
  g_autoptr(GBytes) bytes = read_content (self, error);

  return bytes != NULL && cpt_ctl_write_bytes (self, bytes, error);
}

static gboolean
run_detach (CptCtl  *self,
            GError **error)
{
  const CptEntity *files = cpt_schema_find_entity (cpt_database_get_schema (self->database), "file");
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, NULL);

  for (guint i = 0; i < self->n_args; i++)
    {
      CptUuid id;

      if (!cpt_find_record (self->database, files, self->args[i], FALSE, &id, error))
        return FALSE;
      cpt_transaction_delete (transaction, files, &id);
    }

  return cpt_database_commit (self->database, transaction, NULL, NULL, error);
}

static gboolean
run_clean_files (CptCtl  *self,
                 GError **error)
{
  guint64 n_removed, n_bytes;

  if (!cpt_blob_clean (self->database, &n_removed, &n_bytes, error))
    return FALSE;

  if (self->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      cpt_ctl_json_int (builder, "removed", (gint64) n_removed);
      cpt_ctl_json_int (builder, "bytes", (gint64) n_bytes);
      json_builder_end_object (builder);
      cpt_ctl_print_builder (builder);
    }
  else
    {
      g_autofree char *size = g_format_size (n_bytes);

      cpt_ctl_print (ngettext ("%lu content removed, %s\n", "%lu contents removed, %s\n", (gulong) n_removed),
                     (gulong) n_removed, size);
    }

  return TRUE;
}

#define PLAIN_OPTIONS (CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON))

const CptCtlCommand cpt_ctl_file_commands[] = {
  {
    .name = "attach",
    .arguments = N_("KIND RECORD FILE…"),
    .summary = N_("Attach files to a record"),
    .details = N_("All of them are one action. What a file is is found out from its content; the same content is kept once."),
    .access = CPT_CTL_WRITE,
    .min_args = 3,
    .max_args = G_MAXUINT,
    .options = PLAIN_OPTIONS,
    .run = run_attach,
  },
  {
    .name = "attachments",
    .arguments = N_("[KIND RECORD]"),
    .summary = N_("List the files of a record, or all of them"),
    .access = CPT_CTL_READ,
    .min_args = 0,
    .max_args = 2,
    .options = PLAIN_OPTIONS | CPT_CTL_TAKES (LIMIT),
    .run = run_attachments,
  },
  {
    .name = "content",
    .arguments = N_("FILE"),
    .summary = N_("Write the content of an attached file"),
    .details = N_("FILE is an identifier, its unique beginning or a name. To standard output without --output."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (OUTPUT) | CPT_CTL_TAKES (FORCE) | CPT_CTL_TAKES (TRASH),
    .run = run_content,
  },
  {
    .name = "detach",
    .arguments = N_("FILE…"),
    .summary = N_("Move attached files to the trash"),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = G_MAXUINT,
    .options = CPT_CTL_TAKES (WORKSPACE),
    .run = run_detach,
  },
  {
    .name = "clean-files",
    .arguments = "",
    .summary = N_("Remove contents of files that no record has and no undo brings back"),
    .access = CPT_CTL_WRITE,
    .min_args = 0,
    .max_args = 0,
    .options = PLAIN_OPTIONS,
    .run = run_clean_files,
  },
  { NULL },
};
