/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A dashboard as a file: a small window asks how, the file chooser where, and
 * a reading thread reads the numbers again and writes them. The file is written
 * beside its place and moved there when it is whole.
 */

#include "config.h"

#include "cpt-dashboard-export.h"

#include <glib/gi18n.h>

#include "cpt-dashboard-file.h"
#include "cpt-error.h"
#include "cpt-form-rows.h"
#include "cpt-output.h"

/* Pixels of a picture for each of the screen */
#define DEFAULT_SCALE 2

typedef struct
{
  CptDashboard *dashboard;
  CptReportSetup setup;
  gboolean is_folder; /* @file is one, for several files */
  GFile *file;        /* (nullable): until it is chosen */
} Job;

typedef struct
{
  CptWindow *window; /* referenced */
  CptDashboard *dashboard;
  guint page; /* that is on the screen */
  char *title;
  GtkWidget *form; /* the small window */
  GtkWidget *format;
  GtkWidget *paper;
  GtkWidget *landscape;
  GtkWidget *all_pages;
  GtkWidget *scale;
  GtkFileChooserNative *chooser; /* (nullable) */
  Job *job;                      /* (nullable): what the chooser is for */
} Request;

static const struct
{
  const char *label; /* N_() */
  const char *suffix;
} formats[] = {
  [CPT_REPORT_PDF] = { N_("PDF"), "pdf" },
  [CPT_REPORT_SVG] = { N_("SVG picture"), "svg" },
  [CPT_REPORT_PNG] = { N_("PNG picture"), "png" },
  [CPT_REPORT_XLSX] = { N_("Spreadsheet"), "xlsx" },
  [CPT_REPORT_CSV] = { N_("Separated values (CSV)"), "csv" },
};

static void
job_free (gpointer pointer)
{
  Job *job = pointer;

  cpt_dashboard_free (job->dashboard);
  g_clear_object (&job->file);
  g_free (job);
}

static void
request_free (Request *request)
{
  g_clear_object (&request->chooser);
  g_clear_pointer (&request->job, job_free);
  g_clear_object (&request->window);
  cpt_dashboard_free (request->dashboard);
  g_free (request->title);
  g_free (request);
}

/* A file of separated values holds one widget: several go into a folder */
static gboolean
needs_folder (const CptDashboard *dashboard,
              CptReportFormat     format)
{
  return format == CPT_REPORT_CSV && cpt_dashboard_get_n_widgets (dashboard) != 1;
}

static char *
write_folder (CptDatabase   *database,
              Job           *job,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(GPtrArray) written = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = g_file_get_path (job->file);

  if (path == NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_IO, _("Choose a folder on this computer."));
      return NULL;
    }

  if (!cpt_dashboard_write_each (database, job->dashboard, &job->setup, path, written, cancellable, error))
    return NULL;

  return g_file_get_parse_name (job->file);
}

static gpointer
write_report (CptDatabase   *database,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Job *job = data;
  g_autoptr(CptOutput) output = NULL;
  GError *problem = NULL;

  if (job->is_folder)
    return write_folder (database, job, cancellable, error);

  output = cpt_output_open (database, NULL, job->file, G_FILE_CREATE_NONE, error);
  if (output == NULL)
    return NULL;
  cpt_dashboard_write_file (database, job->dashboard, &job->setup, cpt_output_get_stream (output), cancellable, &problem);
  if (!cpt_output_finish (output, problem, error))
    return NULL;

  return g_file_get_parse_name (job->file);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(CptWindow) window = CPT_WINDOW (user_data);
  g_autoptr(GError) error = NULL;
  g_autofree char *name = cpt_store_finish (CPT_STORE (source), result, &error);
  g_autofree char *text = NULL;

  if (name == NULL)
    {
      cpt_window_show_error (window, error);
      return;
    }

  /* Translators: %s is a file name */
  text = g_strdup_printf (_("Exported to %s"), name);
  cpt_window_show_file_toast (window, text, name);
}

/* A picture is of one page */
static gboolean
has_all_pages (CptReportFormat format)
{
  return format != CPT_REPORT_SVG && format != CPT_REPORT_PNG;
}

/* Of what the form says */
static Job *
create_job (Request *request)
{
  Job *job = g_new0 (Job, 1);

  cpt_report_setup_init (&job->setup, adw_combo_row_get_selected (ADW_COMBO_ROW (request->format)));
  job->setup.paper = adw_combo_row_get_selected (ADW_COMBO_ROW (request->paper));
  job->setup.scale = adw_combo_row_get_selected (ADW_COMBO_ROW (request->scale)) + 1;
  job->setup.landscape = gtk_switch_get_active (GTK_SWITCH (request->landscape));
  if (has_all_pages (job->setup.format) && gtk_switch_get_active (GTK_SWITCH (request->all_pages)))
    job->dashboard = cpt_dashboard_copy (request->dashboard);
  else
    job->dashboard = cpt_dashboard_dup_page (request->dashboard, request->page);
  job->is_folder = needs_folder (job->dashboard, job->setup.format);

  return job;
}

static void
file_chosen_cb (GtkNativeDialog *dialog,
                int              response,
                Request         *request)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      request->job->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      cpt_store_read_async (cpt_window_get_store (request->window), G_PRIORITY_DEFAULT, write_report,
                            g_steal_pointer (&request->job), job_free, g_free, NULL, written_cb,
                            g_object_ref (request->window));
    }

  gtk_window_destroy (GTK_WINDOW (request->form));
}

static void
export_clicked_cb (GtkWidget *button,
                   Request   *request)
{
  Job *job = create_job (request);
  g_autofree char *name = g_strdup_printf ("%s.%s", request->title, formats[job->setup.format].suffix);

  g_clear_object (&request->chooser);
  g_clear_pointer (&request->job, job_free);
  request->job = job;
  request->chooser = gtk_file_chooser_native_new (gtk_window_get_title (GTK_WINDOW (request->form)), GTK_WINDOW (request->form),
                                                  job->is_folder ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER
                                                                 : GTK_FILE_CHOOSER_ACTION_SAVE,
                                                  _("_Export"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (request->chooser), TRUE);
  if (!job->is_folder)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (request->chooser), g_strdelimit (name, "/", '-'));
  g_signal_connect (request->chooser, "response", G_CALLBACK (file_chosen_cb), request);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (request->chooser));
}

static void
format_selected_cb (AdwComboRow *row,
                    GParamSpec  *pspec,
                    Request     *request)
{
  CptReportFormat format = adw_combo_row_get_selected (row);
  gboolean has_paper = format == CPT_REPORT_PDF;

  /* Only what the format has: another has another height */
  gtk_widget_set_visible (request->scale, format == CPT_REPORT_PNG);
  gtk_widget_set_sensitive (request->paper, has_paper);
  gtk_widget_set_sensitive (cpt_form_get_row (request->landscape), has_paper);
  gtk_widget_set_sensitive (cpt_form_get_row (request->all_pages), has_all_pages (format));
}

static GtkWidget *
add_combo (GtkWidget         *group,
           const char        *title,
           const char *const *labels)
{
  GtkWidget *row = cpt_form_add_combo (group, title);
  g_autoptr(GtkStringList) list = gtk_string_list_new (labels);

  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));

  return row;
}

static GtkWidget *
create_form (Request *request)
{
  const char *names[G_N_ELEMENTS (formats) + 1] = { NULL };
  const char *papers[] = { _("A4"), _("A3"), _("Letter"), NULL };
  const char *scales[] = { _("As on the screen"), _("Twice as fine"), _("Three times as fine"), _("Four times as fine"), NULL };
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    names[i] = _(formats[i].label);
  request->format = add_combo (group, _("Format"), names);
  request->scale = add_combo (group, _("Size"), scales);
  adw_combo_row_set_selected (ADW_COMBO_ROW (request->scale), DEFAULT_SCALE - 1);
  gtk_widget_set_visible (request->scale, FALSE);
  request->paper = add_combo (group, _("Paper"), papers);
  request->landscape = cpt_form_add_switch (group, _("Landscape"), TRUE);
  request->all_pages = cpt_form_add_switch (group, _("All Pages"), TRUE);
  gtk_widget_set_visible (cpt_form_get_row (request->all_pages),
                          cpt_dashboard_get_n_pages (request->dashboard) > 1);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  g_signal_connect (request->format, "notify::selected", G_CALLBACK (format_selected_cb), request);

  return page;
}

static void
form_destroyed_cb (GtkWidget *form,
                   Request   *request)
{
  request_free (request);
}

void
cpt_dashboard_export_ask (CptWindow          *window,
                          const CptDashboard *dashboard,
                          guint               page,
                          const char         *title)
{
  Request *request;
  GtkWidget *content;
  GtkWidget *header;
  GtkWidget *cancel;
  GtkWidget *export;
  GtkEventController *keys;

  g_return_if_fail (CPT_IS_WINDOW (window));
  g_return_if_fail (dashboard != NULL);

  request = g_new0 (Request, 1);
  request->window = g_object_ref (window);
  request->dashboard = cpt_dashboard_copy (dashboard);
  request->page = page;
  request->title = g_strdup (title);
  request->form = adw_window_new ();
  keys = gtk_shortcut_controller_new ();
  content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  header = adw_header_bar_new ();
  cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  export = gtk_button_new_with_mnemonic (_("_Export…"));

  gtk_window_set_title (GTK_WINDOW (request->form), cpt_dashboard_get_n_widgets (dashboard) == 1 ? _("Export Widget")
                                                                                                 : _("Export Dashboard"));
  gtk_window_set_modal (GTK_WINDOW (request->form), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (request->form), GTK_WINDOW (window));
  gtk_window_set_default_size (GTK_WINDOW (request->form), 420, 320);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_widget_add_css_class (export, "suggested-action");
  g_signal_connect (export, "clicked", G_CALLBACK (export_clicked_cb), request);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), export);
  gtk_box_append (GTK_BOX (content), header);
  gtk_box_append (GTK_BOX (content), create_form (request));
  adw_window_set_content (ADW_WINDOW (request->form), content);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (request->form, keys);
  gtk_window_set_default_widget (GTK_WINDOW (request->form), export);
  g_signal_connect (request->form, "destroy", G_CALLBACK (form_destroyed_cb), request);
  gtk_window_present (GTK_WINDOW (request->form));
}
