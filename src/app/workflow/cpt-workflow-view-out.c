/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes out of a workflow and comes into it: pictures, JSON, and steps through the clipboard. */

#include "config.h"

#include "cpt-workflow-view-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-output.h"

/* Of a file that is read; a million steps are more */
#define MAX_FILE (64 * 1024 * 1024)

/* -------------------------------------------------------------------- exporting */

typedef struct
{
  GFile *file;
  char *title;
  char *drawing; /* JSON */
  gboolean is_json;
  CptFlowFormat format;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_clear_object (&self->file);
  g_free (self->title);
  g_free (self->drawing);
  g_free (self);
}

static GBytes *
create_contents (CptDatabase  *database,
                 Export       *self,
                 GError      **error)
{
  g_autoptr(JsonNode) root = cpt_json_parse (self->drawing, -1, error);
  g_autoptr(CptWorkflow) workflow = root != NULL ? cpt_workflow_parse (root, error) : NULL;
  g_autofree char *text = NULL;

  if (workflow == NULL)
    return NULL;
  if (!self->is_json)
    return cpt_flow_export (workflow, self->title, cpt_database_get_schema (database), NULL, self->format, error);
  text = cpt_json_format_pretty (root);

  return g_bytes_new (text, strlen (text));
}

static gpointer
write_in_worker (CptDatabase   *database,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Export *self = data;
  g_autoptr(GBytes) bytes = create_contents (database, self, error);
  g_autoptr(CptOutput) output = NULL;
  GError *problem = NULL;

  if (bytes == NULL)
    return NULL;
  output = cpt_output_open (database, NULL, self->file, G_FILE_CREATE_NONE, error);
  if (output == NULL)
    return NULL;
  g_output_stream_write_all (cpt_output_get_stream (output), g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                             cancellable, &problem);
  if (!cpt_output_finish (output, problem, error))
    return NULL;

  return g_file_get_parse_name (self->file);
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
export_chosen_cb (GtkNativeDialog *dialog,
                  int              response,
                  CptWorkflowView *self)
{
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  g_autofree char *path = NULL;
  Export *export;

  if (response != GTK_RESPONSE_ACCEPT || window == NULL)
    return;
  export = g_new0 (Export, 1);
  export->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  export->title = g_strdup (self->name);
  export->drawing = cpt_workflow_view_dup_drawing (self);
  path = g_file_get_basename (export->file);
  export->is_json = path != NULL && g_str_has_suffix (path, ".json");
  export->format = path != NULL ? cpt_flow_format_for_name (path) : CPT_FLOW_PDF;
  cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_DEFAULT, write_in_worker, export, export_free, g_free,
                        NULL, written_cb, g_object_ref (window));
}

static void
show_chooser (CptWorkflowView      *self,
              const char           *title,
              GtkFileChooserAction  action,
              GCallback             chosen)
{
  static const struct
  {
    const char *name; /* N_() */
    const char *pattern;
  } kinds[] = {
    { N_("PDF"), "*.pdf" }, { N_("SVG picture"), "*.svg" }, { N_("PNG picture"), "*.png" }, { N_("Workflow (JSON)"), "*.json" }
  };
  guint first = action == GTK_FILE_CHOOSER_ACTION_OPEN ? 3 : 0;

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (cpt_view_get_window (CPT_VIEW (self))), action,
                                               first > 0 ? _("_Import") : _("_Export"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  for (guint i = first; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, _(kinds[i].name));
      gtk_file_filter_add_pattern (filter, kinds[i].pattern);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
    }
  g_signal_connect_object (self->chooser, "response", chosen, self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
cpt_workflow_view_export (CptWorkflowView *self)
{
  g_autofree char *name = g_strdup_printf ("%s.pdf", self->name);

  show_chooser (self, _("Export Workflow"), GTK_FILE_CHOOSER_ACTION_SAVE, G_CALLBACK (export_chosen_cb));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), g_strdelimit (name, "/", '-'));
}

/* -------------------------------------------------------------------- importing */

static gpointer
read_in_worker (CptDatabase   *database,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  GFile *file = data;
  g_autoptr(GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(JsonNode) root = NULL;

  if (stream != NULL)
    bytes = g_input_stream_read_bytes (G_INPUT_STREAM (stream), MAX_FILE + 1, cancellable, error);
  if (bytes == NULL)
    return NULL;
  if (g_bytes_get_size (bytes) > MAX_FILE)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("This file is too large to be a workflow."));
      return NULL;
    }
  root = cpt_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error);

  return root != NULL ? cpt_workflow_parse (root, error) : NULL;
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(CptWorkflowView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptWorkflow) workflow = cpt_store_finish (CPT_STORE (source), result, &error);
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  if (window == NULL)
    return;
  if (workflow == NULL)
    {
      cpt_window_show_error (window, error);
      return;
    }
  cpt_workflow_view_arrange_heap (workflow);
  cpt_flow_canvas_set_workflow (CPT_FLOW_CANVAS (self->canvas), g_steal_pointer (&workflow));
  cpt_flow_canvas_fit (CPT_FLOW_CANVAS (self->canvas));
  cpt_workflow_view_save (self);
  cpt_workflow_view_check (self);
}

static void
import_chosen_cb (GtkNativeDialog *dialog,
                  int              response,
                  CptWorkflowView *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_DEFAULT, read_in_worker,
                          gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)), g_object_unref,
                          (GDestroyNotify) cpt_workflow_free, self->cancellable, imported_cb, g_object_ref (self));
}

void
cpt_workflow_view_import (CptWorkflowView *self)
{
  show_chooser (self, _("Import Workflow"), GTK_FILE_CHOOSER_ACTION_OPEN, G_CALLBACK (import_chosen_cb));
}

/* -------------------------------------------------------------------- clipboard */

void
cpt_workflow_view_copy (CptWorkflowView *self)
{
  g_autofree char *text = cpt_flow_canvas_copy (CPT_FLOW_CANVAS (self->canvas));

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
text_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(CptWorkflowView) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr(GError) error = NULL;
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  if (window != NULL && !cpt_flow_canvas_paste (CPT_FLOW_CANVAS (self->canvas), text, &error))
    cpt_window_show_error (window, error);
}

void
cpt_workflow_view_paste (CptWorkflowView *self)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->cancellable, text_read_cb,
                                 g_object_ref (self));
}
