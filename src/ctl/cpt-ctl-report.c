/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands on reports: report list, report templates, report new, report export. */

#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "cpt-document-each.h"
#include "cpt-document-report.h"
#include "cpt-error.h"
#include "cpt-find.h"
#include "cpt-report-template.h"

static gboolean
run_list (CptCtl  *self,
          GError **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, cpt_schema_find_entity (schema, "report"));
  g_autoptr(GPtrArray) records = cpt_query_load_records (query, self->database, 0, error);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (2);

  if (records == NULL)
    return FALSE;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "reports");
  json_builder_begin_array (builder);
  for (guint i = 0; i < records->len; i++)
    {
      CptRecord *record = g_ptr_array_index (records, i);
      g_autofree char *title = cpt_record_dup_title (record);
      char **cells = g_new0 (char *, 3);

      json_builder_begin_object (builder);
      cpt_ctl_json_id (builder, "id", &record->id);
      cpt_ctl_json_text (builder, "name", title);
      json_builder_end_object (builder);
      cells[0] = cpt_uuid_dup_text (&record->id);
      cells[1] = g_steal_pointer (&title);
      cpt_ctl_table_take_row (table, cells);
    }
  cpt_ctl_print_list (self, builder, table);

  return TRUE;
}

/* A stored one, or "@FILE" */
static CptDocument *
find_document (CptCtl  *self,
               GError **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (self->database), "report");
  g_autoptr(CptRecord) record = NULL;
  CptDocument *document;
  CptUuid id;

  if (self->args[0][0] == '@')
    {
      g_autofree char *text = cpt_ctl_read_text (self->args[0], error);

      return text != NULL ? cpt_document_parse (text, -1, error) : NULL;
    }

  if (!cpt_find_record (self->database, entity, self->args[0], FALSE, &id, error))
    return NULL;
  record = cpt_database_load (self->database, entity, &id, error);
  document = record != NULL ? cpt_document_new_for_record (record, error) : NULL;

  return document;
}

static void
show_progress (guint    n_done,
               guint    n,
               gpointer data)
{
  g_printerr ("\r%u / %u", n_done, n);
  if (n_done == n)
    g_printerr ("\n");
}

/* What was written is said in any case */
static gboolean
write_each (CptCtl                *self,
            const CptDocument     *document,
            const CptReportSetup  *setup,
            JsonNode              *filters,
            GError               **error)
{
  g_autoptr(GPtrArray) written = g_ptr_array_new_with_free_func (g_free);
  gboolean shows = !self->options.quiet && isatty (STDERR_FILENO) == 1;
  CptDocumentEach each = {
    .document = document,
    .setup = setup,
    .filters = filters,
    .folder = self->options.each,
    .replaces = self->options.force,
    .func = shows ? show_progress : NULL,
  };
  gboolean done = cpt_document_write_each (&each, self->database, written, self->cancellable, error);

  cpt_ctl_print_files (self, written);
  if (done && written->len == 0 && !self->options.quiet)
    cpt_ctl_say (_("There is nothing that this report could be about."));

  return done;
}

/* By --format, or by what the file is called */
static gboolean
choose_format (CptCtl           *self,
               CptReportFormat  *format,
               GError          **error)
{
  const char *name = self->options.format;
  const char *dot = self->options.output != NULL ? strrchr (self->options.output, '.') : NULL;

  *format = CPT_REPORT_PDF;
  if (name == NULL && (dot == NULL || g_ascii_strcasecmp (dot, ".xlsx") != 0))
    return TRUE;
  if (!cpt_report_format_parse (name != NULL ? name : dot + 1, format) ||
      (*format != CPT_REPORT_PDF && *format != CPT_REPORT_XLSX) ||
      (*format != CPT_REPORT_PDF && self->options.each != NULL))
    {
      g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE,
                           _("Reports are exported as pdf or xlsx; several at a time as pdf."));
      return FALSE;
    }

  return TRUE;
}

/* (transfer full) (nullable) */
static GBytes *
create_workbook (CptCtl             *self,
                 const CptDocument  *document,
                 JsonNode           *filters,
                 GError            **error)
{
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();

  if (!cpt_document_write_workbook (document, filters, self->database, memory, self->cancellable, error) ||
      !g_output_stream_close (memory, NULL, error))
    return NULL;

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static gboolean
run_export (CptCtl  *self,
            GError **error)
{
  g_autofree char *organization = NULL;
  g_autoptr(CptDocument) document = NULL;
  g_autoptr(JsonNode) filters = NULL;
  g_autoptr(GBytes) bytes = NULL;
  CptReportFormat format;
  CptReportSetup setup;

  if (!cpt_ctl_check_each (self, error) || !choose_format (self, &format, error))
    return FALSE;

  document = find_document (self, error);
  if (document == NULL || !cpt_ctl_choose_filters (self, &filters, error))
    return FALSE;

  cpt_report_setup_init (&setup, CPT_REPORT_PDF);
  organization = cpt_report_setup_fill (&setup, self->database);
  if (self->options.each != NULL)
    return write_each (self, document, &setup, filters, error);
  if (format == CPT_REPORT_XLSX)
    bytes = create_workbook (self, document, filters, error);
  else
    bytes = cpt_document_to_pdf (document, &setup, filters, self->database, self->cancellable, error);

  return bytes != NULL && cpt_ctl_write_bytes (self, bytes, error);
}

static gboolean
run_templates (CptCtl  *self,
               GError **error)
{
  g_autoptr(GPtrArray) templates = cpt_report_template_list ();
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (3);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "templates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < templates->len; i++)
    {
      const CptReportTemplate *template = g_ptr_array_index (templates, i);

      json_builder_begin_object (builder);
      cpt_ctl_add_template (builder, table, template->name, template->title, template->description);
      json_builder_end_object (builder);
    }
  cpt_ctl_print_list (self, builder, table);

  return TRUE;
}

static gboolean
run_new (CptCtl  *self,
         GError **error)
{
  g_autoptr(CptReportTemplate) template = cpt_report_template_find (self->args[0], error);
  g_autoptr(CptTransaction) transaction = NULL;
  CptUuid id;

  if (template != NULL)
    transaction = cpt_report_template_create (template, self->database, self->options.name, CPT_ORIGIN_COMMAND, &id);
  if (transaction == NULL || !cpt_database_commit (self->database, transaction, NULL, NULL, error))
    return FALSE;

  cpt_ctl_print_made (self, &id);

  return TRUE;
}

const CptCtlCommand cpt_ctl_report_commands[] = {
  {
    .name = "report list",
    .arguments = "",
    .summary = N_("List reports"),
    .access = CPT_CTL_READ,
    .min_args = 0,
    .max_args = 0,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_list,
  },
  {
    .name = "report templates",
    .arguments = "",
    .summary = N_("List reports that are ready to be added"),
    .access = CPT_CTL_NO_FILE,
    .min_args = 0,
    .max_args = 0,
    .options = CPT_CTL_TAKES (JSON),
    .run = run_templates,
  },
  {
    .name = "report new",
    .arguments = N_("TEMPLATE"),
    .summary = N_("Add a report that is ready"),
    .details = N_("“report templates” lists them. --name calls it otherwise. Prints its identifier."),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (NAME),
    .run = run_new,
  },
  {
    .name = "report export",
    .arguments = N_("REPORT"),
    .summary = N_("Write a report as PDF or XLSX"),
    .details = N_("Writes to --output FILE, by default to standard output. "
                  "@FILE instead of a name reads the definition of a report from a file. "
                  "--filter, --period and --where deal.owner=Zoé say what it is about, as for dashboards. "
                  "--each FOLDER writes one file for each record, or period, that the report is made for."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (OUTPUT) | CPT_CTL_TAKES (FORMAT) | CPT_CTL_TAKES (FORCE) |
               CPT_CTL_TAKES (FILTER) | CPT_CTL_TAKES (PERIOD) | CPT_CTL_TAKES (WHERE) | CPT_CTL_TAKES (EACH) |
               CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (QUIET),
    .run = run_export,
  },
  { NULL },
};
