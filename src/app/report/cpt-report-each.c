/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All that one report becomes, as files in a folder: with how far it is, and a
 * button that stops it. */

#include "config.h"

#include "cpt-report-view-private.h"

#include <glib/gi18n.h>

#include "cpt-document-each.h"
#include "cpt-error.h"

#define TELL_MILLISECONDS 150

typedef struct
{
  gatomicrefcount count;
  CptDocument *document;
  JsonNode *filters; /* (nullable) */
  char *folder;
  gboolean replaces;
  GPtrArray *written;
  GCancellable *cancellable;
  int n_done; /* atomic */
  int n;      /* atomic */

  /* Of the main loop */
  CptReportView *self; /* (owned) */
  guint timer;
} Job;

static void
job_unref (gpointer data)
{
  Job *job = data;

  if (!g_atomic_ref_count_dec (&job->count))
    return;

  cpt_document_free (job->document);
  g_clear_pointer (&job->filters, json_node_unref);
  g_free (job->folder);
  g_ptr_array_unref (job->written);
  g_object_unref (job->cancellable);
  g_free (job);
}

static void start (CptReportView *self,
                   const char *folder,
                   gboolean replaces);

static void
progressed (guint    n_done,
            guint    n,
            gpointer data)
{
  Job *job = data;

  g_atomic_int_set (&job->n, (int) n);
  g_atomic_int_set (&job->n_done, (int) n_done);
}

static gpointer
write_each (CptDatabase   *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Job *job = data;
  g_autofree char *organization = NULL;
  CptReportSetup setup;
  CptDocumentEach each = {
    .document = job->document,
    .setup = &setup,
    .filters = job->filters,
    .folder = job->folder,
    .replaces = job->replaces,
    .func = progressed,
    .data = job,
  };

  cpt_report_setup_init (&setup, CPT_REPORT_PDF);
  organization = cpt_report_setup_fill (&setup, database);

  return cpt_document_write_each (&each, database, job->written, cancellable, error) ? job : NULL;
}

static gboolean
tell_cb (gpointer data)
{
  Job *job = data;
  guint n = (guint) g_atomic_int_get (&job->n);
  guint n_done = (guint) g_atomic_int_get (&job->n_done);
  g_autofree char *text = NULL;

  if (n == 0)
    return G_SOURCE_CONTINUE;

  /* Translators: which report is being written, and how many there are */
  text = g_strdup_printf (_("Writing report %u of %u…"), MIN (n_done + 1, n), n);
  gtk_label_set_text (GTK_LABEL (job->self->progress_label), text);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (job->self->progress), (double) n_done / n);

  return G_SOURCE_CONTINUE;
}

/* Files are in the way */

typedef struct
{
  CptReportView *self; /* referenced */
  char *folder;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->self);
  g_free (question->folder);
  g_free (question);
}

static void
answered_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  if (g_str_equal (response, "replace"))
    start (question->self, question->folder, TRUE);
}

static void
ask_to_replace (CptReportView *self,
                const char    *folder)
{
  Question *question = g_new0 (Question, 1);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (cpt_view_get_window (CPT_VIEW (self))), _("Replace Reports?"),
                                              _("In that folder there are files of the same names. They would be replaced."));

  question->self = g_object_ref (self);
  question->folder = g_strdup (folder);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "replace", _("_Replace"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "replace", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Writing */

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Job *job = user_data;
  g_autoptr(CptReportView) self = job->self;
  g_autoptr(GError) error = NULL;
  gboolean done = cpt_store_finish (CPT_STORE (source), result, &error) != NULL;
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  g_autofree char *text = NULL;

  g_source_remove (job->timer);
  g_clear_object (&self->writing);
  gtk_widget_set_visible (self->progress_box, FALSE);
  if (window == NULL)
    {
      job_unref (job);
      return;
    }

  if (done || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      text = g_strdup_printf (ngettext ("%u report was written.", "%u reports were written.", job->written->len),
                              job->written->len);
      cpt_window_show_toast (window, text);
    }
  else if (g_error_matches (error, CPT_ERROR, CPT_ERROR_CONFLICT) && !job->replaces)
    ask_to_replace (self, job->folder);
  else
    cpt_window_show_error (window, error);
  job_unref (job);
}

static void
start (CptReportView *self,
       const char    *folder,
       gboolean       replaces)
{
  Job *job;

  if (self->document == NULL || self->writing != NULL || cpt_view_get_window (CPT_VIEW (self)) == NULL)
    return;

  job = g_new0 (Job, 1);
  g_atomic_ref_count_init (&job->count);
  job->document = cpt_document_copy (self->document);
  job->filters = self->filters != NULL ? json_node_ref (self->filters) : NULL;
  job->folder = g_strdup (folder);
  job->replaces = replaces;
  job->written = g_ptr_array_new_with_free_func (g_free);
  job->cancellable = g_cancellable_new ();
  job->self = g_object_ref (self);
  job->timer = g_timeout_add (TELL_MILLISECONDS, tell_cb, job);
  self->writing = g_object_ref (job->cancellable);
  gtk_label_set_text (GTK_LABEL (self->progress_label), _("Writing reports…"));
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), 0);
  gtk_widget_set_visible (self->progress_box, TRUE);
  g_atomic_ref_count_inc (&job->count);
  cpt_store_work_async (cpt_view_get_store (CPT_VIEW (self)), write_each, job, job_unref, NULL, job->cancellable, done_cb, job);
}

static void
folder_chosen_cb (GtkNativeDialog *chooser,
                  int              response,
                  CptReportView   *self)
{
  g_autoptr(GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    start (self, path, FALSE);
  g_object_unref (chooser);
}

void
cpt_report_view_export_each (CptReportView *self)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Folder for Reports"), GTK_WINDOW (cpt_view_get_window (CPT_VIEW (self))),
                                 GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Export"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (folder_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
stop_cb (CptReportView *self)
{
  g_cancellable_cancel (self->writing);
}

GtkWidget *
cpt_report_view_create_progress (CptReportView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *stop = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->progress_label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->progress_label), PANGO_ELLIPSIZE_END);
  self->progress = gtk_progress_bar_new ();
  gtk_widget_set_hexpand (self->progress, TRUE);
  gtk_widget_set_valign (self->progress, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Writing reports…"), -1);
  g_signal_connect_object (stop, "clicked", G_CALLBACK (stop_cb), self, G_CONNECT_SWAPPED);
  /* The view itself lives until all are written */
  g_signal_connect_object (cpt_view_get_window (CPT_VIEW (self)), "destroy", G_CALLBACK (stop_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->progress_label);
  gtk_box_append (GTK_BOX (box), self->progress);
  gtk_box_append (GTK_BOX (box), stop);
  gtk_widget_add_css_class (box, "report-progress");
  gtk_widget_set_visible (box, FALSE);
  self->progress_box = box;

  return box;
}
