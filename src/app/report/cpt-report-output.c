/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A report as a file and on a printer. The file is written beside its place and
 * moved there when it is whole; a printer gets the pages that the preview shows,
 * drawn on reading threads while the dialogue of GTK waits for them. */

#include "config.h"

#include "cpt-report-view-private.h"

#include <glib/gi18n.h>

#include "cpt-output.h"
#include "cpt-page-setup-dialog.h"

/* ----------------------------------------------------------------------- a file */

typedef struct
{
  CptDocument *document;
  JsonNode *filters;    /* (nullable) */
  gboolean is_workbook; /* else PDF */
  GFile *file;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  cpt_document_free (job->document);
  g_clear_pointer (&job->filters, json_node_unref);
  g_object_unref (job->file);
  g_free (job);
}

static gboolean
write_pdf (CptDatabase    *database,
           const Job      *job,
           GOutputStream  *stream,
           GCancellable   *cancellable,
           GError        **error)
{
  g_autofree char *organization = NULL;
  g_autoptr(GBytes) bytes = NULL;
  CptReportSetup setup;

  cpt_report_setup_init (&setup, CPT_REPORT_PDF);
  organization = cpt_report_setup_fill (&setup, database);
  bytes = cpt_document_to_pdf (job->document, &setup, job->filters, database, cancellable, error);

  return bytes != NULL && g_output_stream_write_all (stream, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                                                     cancellable, error);
}

static gpointer
write_report (CptDatabase   *database,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const Job *job = data;
  g_autoptr(CptOutput) output = cpt_output_open (database, NULL, job->file, G_FILE_CREATE_NONE, error);
  GError *problem = NULL;

  if (output == NULL)
    return NULL;

  if (job->is_workbook)
    cpt_document_write_workbook (job->document, job->filters, database, cpt_output_get_stream (output), cancellable, &problem);
  else
    write_pdf (database, job, cpt_output_get_stream (output), cancellable, &problem);

  return cpt_output_finish (output, problem, error) ? g_file_get_parse_name (job->file) : NULL;
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(CptWindow) window = user_data;
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

static void
take_file (CptReportView   *self,
           GtkNativeDialog *dialog,
           int              response,
           gboolean         is_workbook)
{
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  if (response == GTK_RESPONSE_ACCEPT && self->document != NULL)
    {
      JsonNode *filters = cpt_report_view_get_filters (self);
      Job *job = g_new0 (Job, 1);

      job->document = cpt_document_copy (self->document);
      job->filters = filters != NULL ? json_node_ref (filters) : NULL;
      job->is_workbook = is_workbook;
      job->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      cpt_store_read_async (cpt_window_get_store (window), G_PRIORITY_DEFAULT, write_report, job, job_free, g_free, NULL,
                            written_cb, g_object_ref (window));
    }
  g_object_unref (dialog);
}

static void
pdf_chosen_cb (GtkNativeDialog *dialog,
               int              response,
               CptReportView   *self)
{
  take_file (self, dialog, response, FALSE);
}

static void
workbook_chosen_cb (GtkNativeDialog *dialog,
                    int              response,
                    CptReportView   *self)
{
  take_file (self, dialog, response, TRUE);
}

void
cpt_report_view_export (CptReportView *self,
                        gboolean       is_workbook)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Export Report"), GTK_WINDOW (cpt_view_get_window (CPT_VIEW (self))),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);
  GCallback chosen = is_workbook ? G_CALLBACK (workbook_chosen_cb) : G_CALLBACK (pdf_chosen_cb);
  g_autofree char *name = g_strconcat (self->document->title, is_workbook ? ".xlsx" : ".pdf", NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), g_strdelimit (name, "/", '-'));
  g_signal_connect_object (chooser, "response", chosen, self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* --------------------------------------------------------------------- a printer */

typedef struct
{
  CptReportView *self; /* referenced */
  CptReportDrawing *drawing;
  GtkPrintOperation *operation; /* borrowed: it owns this */
  GtkPrintContext *context;     /* of the page that is being drawn */
} Printing;

static void
printing_free (gpointer  data,
               GClosure *closure)
{
  Printing *printing = data;

  cpt_report_drawing_unref (printing->drawing);
  g_object_unref (printing->self);
  g_free (printing);
}

static void
page_drawn_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Printing *printing = user_data;
  g_autoptr(GtkPrintOperation) operation = printing->operation;
  g_autoptr(GError) error = NULL;
  cairo_surface_t *surface = cpt_store_finish (CPT_STORE (source), result, &error);

  if (surface == NULL)
    {
      cpt_window_show_error (cpt_view_get_window (CPT_VIEW (printing->self)), error);
      gtk_print_operation_cancel (operation);
    }
  else
    {
      cairo_t *cr = gtk_print_context_get_cairo_context (printing->context);

      cairo_set_source_surface (cr, surface, 0, 0);
      cairo_paint (cr);
      cairo_surface_destroy (surface);
    }
  gtk_print_operation_draw_page_finish (operation);
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              Printing          *printing)
{
  printing->context = context;
  printing->operation = g_object_ref (operation);
  gtk_print_operation_set_defer_drawing (operation);
  cpt_report_drawing_draw_async (printing->drawing, cpt_view_get_store (CPT_VIEW (printing->self)), (guint) page, NULL,
                                 page_drawn_cb, printing);
}

static void
done_cb (GtkPrintOperation       *operation,
         GtkPrintOperationResult  result,
         Printing                *printing)
{
  g_autoptr(GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;

  gtk_print_operation_get_error (operation, &error);
  cpt_window_show_error (cpt_view_get_window (CPT_VIEW (printing->self)), error);
}

static GtkPageSetup *
create_page_setup (const CptDocument *document)
{
  static const char *const names[] = {
    [CPT_PAPER_A4] = GTK_PAPER_NAME_A4,
    [CPT_PAPER_A3] = GTK_PAPER_NAME_A3,
    [CPT_PAPER_LETTER] = GTK_PAPER_NAME_LETTER,
  };
  GtkPageSetup *setup = gtk_page_setup_new ();
  GtkPaperSize *size = gtk_paper_size_new (names[document->paper]);

  gtk_page_setup_set_paper_size (setup, size);
  gtk_page_setup_set_orientation (setup, document->landscape ? GTK_PAGE_ORIENTATION_LANDSCAPE : GTK_PAGE_ORIENTATION_PORTRAIT);
  gtk_paper_size_free (size);

  return setup;
}

void
cpt_report_view_print (CptReportView *self)
{
  CptReportDrawing *drawing = cpt_page_preview_get_drawing (CPT_PAGE_PREVIEW (self->preview));
  g_autoptr(GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr(GtkPageSetup) setup = create_page_setup (self->document);
  g_autoptr(GError) error = NULL;
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  Printing *printing;

  if (drawing == NULL)
    {
      cpt_window_show_toast (window, _("The pages are still being laid out; print again in a moment."));
      return;
    }

  printing = g_new0 (Printing, 1);
  printing->self = g_object_ref (self);
  printing->drawing = cpt_report_drawing_ref (drawing);
  gtk_print_operation_set_job_name (operation, self->document->title);
  gtk_print_operation_set_n_pages (operation, (int) cpt_report_drawing_get_n_pages (drawing));
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_show_progress (operation, TRUE);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), printing);
  g_signal_connect_data (operation, "done", G_CALLBACK (done_cb), printing, printing_free, 0);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (window), &error) ==
      GTK_PRINT_OPERATION_RESULT_ERROR)
    cpt_window_show_error (window, error);
}

/* ------------------------------------------------------------------- page setup */

static void
set_up_cb (CptPageSetupDialog *dialog,
           CptReportView      *self)
{
  g_autoptr(CptDocument) document = NULL;

  if (self->document == NULL)
    return;

  document = cpt_document_copy (self->document);
  cpt_page_setup_dialog_apply (dialog, document);
  cpt_report_view_save (self, document, _("Page setup changed"));
}

void
cpt_report_view_set_up (CptReportView *self)
{
  CptPageSetupDialog *dialog = cpt_page_setup_dialog_new (self->document);

  g_signal_connect_object (dialog, "edited", G_CALLBACK (set_up_cb), self, 0);
  cpt_settings_dialog_present (CPT_SETTINGS_DIALOG (dialog), cpt_view_get_window (CPT_VIEW (self)), 480, 640);
}
