/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands on dashboards: dashboard list, dashboard templates, dashboard new, dashboard export. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-dashboard-file.h"
#include "cpt-dashboard-filter.h"
#include "cpt-dashboard-template.h"
#include "cpt-error.h"
#include "cpt-find.h"

static CptDashboard *
load_definition (const CptRecord *record)
{
  const char *text = cpt_record_get_text (record, "definition");

  return text != NULL ? cpt_dashboard_parse (text, -1, NULL) : NULL;
}

static gboolean
run_list (CptCtl  *self,
          GError **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  const CptEntity *entity = cpt_schema_find_entity (schema, "dashboard");
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  g_autoptr(GPtrArray) records = cpt_query_load_records (query, self->database, 0, error);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (3);

  if (records == NULL)
    return FALSE;

  cpt_ctl_table_align (table, 2);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "dashboards");
  json_builder_begin_array (builder);
  for (guint i = 0; i < records->len; i++)
    {
      CptRecord *record = g_ptr_array_index (records, i);
      g_autoptr(CptDashboard) dashboard = load_definition (record);
      guint n_widgets = dashboard != NULL ? cpt_dashboard_get_n_widgets (dashboard) : 0;
      g_autofree char *title = cpt_record_dup_title (record);
      char **cells;

      json_builder_begin_object (builder);
      cpt_ctl_json_id (builder, "id", &record->id);
      cpt_ctl_json_text (builder, "name", title);
      cpt_ctl_json_int (builder, "widgets", n_widgets);
      json_builder_end_object (builder);
      cells = g_new0 (char *, 4);
      cells[0] = cpt_uuid_dup_text (&record->id);
      cells[1] = g_steal_pointer (&title);
      cells[2] = g_strdup_printf ("%u", n_widgets);
      cpt_ctl_table_take_row (table, cells);
    }
  cpt_ctl_print_list (self, builder, table);

  return TRUE;
}

static gboolean
choose_setup (CptCtl          *self,
              CptReportSetup  *setup,
              GError         **error)
{
  const char *name = self->options.format;
  const char *dot = self->options.output != NULL ? strrchr (self->options.output, '.') : NULL;
  CptReportFormat format = CPT_REPORT_PDF;

  if (name == NULL && dot != NULL)
    name = dot + 1;
  if (name != NULL && !cpt_report_format_parse (name, &format))
    {
      g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE,
                   _("Dashboards are exported as pdf, svg, png, xlsx or csv, not as “%s”."), name);
      return FALSE;
    }

  cpt_report_setup_init (setup, format);
  if (self->options.paper != NULL && !cpt_paper_parse (self->options.paper, &setup->paper))
    {
      g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("Paper is a4, a3 or letter, not “%s”."), self->options.paper);
      return FALSE;
    }
  setup->landscape = !self->options.portrait;
  setup->replaces = self->options.force;

  return TRUE;
}

static void
print_export (CptCtl          *self,
              CptReportFormat  format)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "output", self->options.output);
  cpt_ctl_json_text (builder, "format", cpt_report_format_get_name (format));
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

CptDashboard *
cpt_ctl_load_dashboard (CptCtl  *self,
                        GError **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (self->database), "dashboard");
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(CptDashboard) dashboard = NULL;
  const char *definition;
  CptUuid id;

  if (!cpt_find_record (self->database, entity, self->args[0], FALSE, &id, error))
    return NULL;
  record = cpt_database_load (self->database, entity, &id, error);
  if (record == NULL)
    return NULL;

  definition = cpt_record_get_text (record, "definition");
  dashboard = definition != NULL ? cpt_dashboard_parse (definition, -1, error) : cpt_dashboard_new ("");
  if (dashboard == NULL || !cpt_ctl_choose_filters (self, &dashboard->filters, error))
    return NULL;
  g_free (dashboard->title);
  dashboard->title = cpt_record_dup_title (record);

  return g_steal_pointer (&dashboard);
}

/* Of several widgets of a name the first; all of them without --widget */
static gboolean
choose_widget (CptCtl        *self,
               CptDashboard **dashboard,
               GError       **error)
{
  const char *wanted = self->options.widget;
  g_autofree char *folded = wanted != NULL ? g_utf8_casefold (wanted, -1) : NULL;

  for (guint i = 0; wanted != NULL && i < cpt_dashboard_get_n_widgets (*dashboard); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (*dashboard, i);
      g_autofree char *title = g_utf8_casefold (widget->title, -1);
      CptDashboard *single;

      if (!g_str_equal (widget->id, wanted) && !g_str_equal (title, folded))
        continue;
      single = cpt_dashboard_dup_widget (*dashboard, widget->id);
      cpt_dashboard_free (*dashboard);
      *dashboard = single;
      return TRUE;
    }

  if (wanted != NULL)
    g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("The dashboard has no widget “%s”."), wanted);

  return wanted == NULL;
}

/* What was written is said in any case */
static gboolean
write_each (CptCtl                *self,
            const CptDashboard    *dashboard,
            const CptReportSetup  *setup,
            GError               **error)
{
  g_autoptr(GPtrArray) written = g_ptr_array_new_with_free_func (g_free);
  gboolean done = cpt_dashboard_write_each (self->database, dashboard, setup, self->options.each, written, self->cancellable,
                                            error);

  cpt_ctl_print_files (self, written);

  return done;
}

static gboolean
run_export (CptCtl  *self,
            GError **error)
{
  gboolean to_file = self->options.output != NULL && !g_str_equal (self->options.output, "-");
  g_autoptr(CptDashboard) dashboard = NULL;
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr(GBytes) bytes = NULL;
  CptReportSetup setup;

  if (!cpt_ctl_check_each (self, error) || !choose_setup (self, &setup, error))
    return FALSE;
  dashboard = cpt_ctl_load_dashboard (self, error);
  if (dashboard == NULL || !choose_widget (self, &dashboard, error))
    return FALSE;

  if (self->options.each != NULL)
    return write_each (self, dashboard, &setup, error);
  if (!cpt_dashboard_write_file (self->database, dashboard, &setup, memory, self->cancellable, error) ||
      !g_output_stream_close (memory, NULL, error))
    return FALSE;
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  if (!cpt_ctl_write_bytes (self, bytes, error))
    return FALSE;
  if (self->options.json && to_file)
    print_export (self, setup.format);

  return TRUE;
}

static gboolean
run_templates (CptCtl  *self,
               GError **error)
{
  g_autoptr(GPtrArray) templates = cpt_dashboard_template_list ();
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (3);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "templates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < templates->len; i++)
    {
      const CptDashboardTemplate *template = g_ptr_array_index (templates, i);

      json_builder_begin_object (builder);
      cpt_ctl_add_template (builder, table, template->name, template->title, template->description);
      cpt_ctl_json_boolean (builder, "role", template->is_role);
      json_builder_end_object (builder);
    }
  cpt_ctl_print_list (self, builder, table);

  return TRUE;
}

static gboolean
run_new (CptCtl  *self,
         GError **error)
{
  g_autoptr(CptDashboardTemplate) template = cpt_dashboard_template_find (self->args[0], error);
  g_autoptr(CptTransaction) transaction = NULL;
  CptUuid id;

  if (template != NULL)
    transaction = cpt_dashboard_template_create (template, self->database, self->options.name, CPT_ORIGIN_COMMAND, &id, error);
  if (transaction == NULL || !cpt_database_commit (self->database, transaction, NULL, NULL, error))
    return FALSE;

  cpt_ctl_print_made (self, &id);

  return TRUE;
}

const CptCtlCommand cpt_ctl_dashboard_commands[] = {
  {
    .name = "dashboard list",
    .arguments = "",
    .summary = N_("List dashboards"),
    .access = CPT_CTL_READ,
    .min_args = 0,
    .max_args = 0,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_list,
  },
  {
    .name = "dashboard export",
    .arguments = N_("DASHBOARD"),
    .summary = N_("Write a dashboard as PDF, SVG, PNG, XLSX or CSV"),
    .details = N_("Writes to --output FILE, whose name tells the format; by default to standard output, as PDF. The "
                  "dashboard’s own filters apply, unless --filter gives a list of others: [{\"period\":{\"this\":\"year\"}}, "
                  "{\"source\":\"deal\",\"field\":\"owner\",\"op\":\"in\",\"value\":[…]}]. --period (also all) and "
                  "--where deal.source=website change one of them. --widget NAME writes one of its widgets. "
                  "A workbook (xlsx) has a sheet for each widget, with its numbers and a chart; a file of "
                  "separated values (csv) has one widget. --each FOLDER writes a file for each of them."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (OUTPUT) | CPT_CTL_TAKES (FORMAT) |
               CPT_CTL_TAKES (PAPER) | CPT_CTL_TAKES (PORTRAIT) | CPT_CTL_TAKES (FORCE) | CPT_CTL_TAKES (FILTER) |
               CPT_CTL_TAKES (PERIOD) | CPT_CTL_TAKES (WHERE) | CPT_CTL_TAKES (WIDGET) | CPT_CTL_TAKES (EACH),
    .run = run_export,
  },
  {
    .name = "dashboard templates",
    .arguments = "",
    .summary = N_("List dashboards that are ready to be added"),
    .access = CPT_CTL_NO_FILE,
    .min_args = 0,
    .max_args = 0,
    .options = CPT_CTL_TAKES (JSON),
    .run = run_templates,
  },
  {
    .name = "dashboard new",
    .arguments = N_("TEMPLATE"),
    .summary = N_("Add a dashboard that is ready"),
    .details = N_("“dashboard templates” lists them. --name calls it otherwise. Prints its identifier."),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (NAME),
    .run = run_new,
  },
  {
    .name = "dashboard numbers",
    .arguments = N_("DASHBOARD"),
    .summary = N_("Print the numbers of all widgets of a dashboard"),
    .details = N_("A sentence for each, or with --json what stands in the charts: money in its currency, percentages as "
                  "fractions, durations in seconds. Filters as with “dashboard export”."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (FILTER) | CPT_CTL_TAKES (PERIOD) |
               CPT_CTL_TAKES (WHERE),
    .run = cpt_ctl_run_numbers,
  },
  { NULL },
};
