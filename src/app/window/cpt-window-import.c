/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a file that the person chooses to the assistant that what it holds is for. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-window-private.h"

/* What the chooser was opened for, then what was chosen */
typedef struct
{
  CptWindow *window;       /* (owned) */
  CptSchema *schema;       /* (owned) */
  const CptEntity *entity; /* (nullable) */
  char *path;              /* (nullable) */
} Import;

static Import *
import_new (CptWindow       *window,
            CptSchema       *schema,
            const CptEntity *entity,
            const char      *path)
{
  Import *import = g_new0 (Import, 1);

  import->window = g_object_ref (window);
  import->schema = cpt_schema_ref (schema);
  import->entity = entity;
  import->path = g_strdup (path);

  return import;
}

static void
import_free (Import *import)
{
  g_object_unref (import->window);
  cpt_schema_unref (import->schema);
  g_free (import->path);
  g_free (import);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Import, import_free)

static void
closure_import_free (gpointer  data,
                     GClosure *closure)
{
  import_free (data);
}

/* On a worker: a disk may take its time. */
static gpointer
detect (CptDatabase   *database,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  CptItemFile items = cpt_item_file_detect (data);

  return items != CPT_ITEM_FILE_NONE || cpt_item_file_check (data, error) ? g_memdup2 (&items, sizeof items) : NULL;
}

static void
detected_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Import) import = user_data;
  CptWindow *window = import->window;
  g_autoptr(GError) error = NULL;
  g_autofree CptItemFile *items = cpt_store_finish (CPT_STORE (source), result, &error);

  if (window->store != CPT_STORE (source))
    return;
  if (items == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cpt_window_show_error (window, error);
  else if (items != NULL)
    gtk_window_present (window->routes->create_import (window, import->entity, import->path, *items));
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             Import          *import)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && g_file_peek_path (file) != NULL && import->window->store != NULL)
    cpt_store_read_async (import->window->store, G_PRIORITY_HIGH, detect, g_strdup (g_file_peek_path (file)), g_free, g_free,
                          import->window->cancellable, detected_cb,
                          import_new (import->window, import->schema, import->entity, g_file_peek_path (file)));
  g_object_unref (dialog);
}

static void
card_response_cb (GtkNativeDialog *dialog,
                  int              response,
                  CptWindow       *self)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && self->store != NULL)
    gtk_window_present (self->routes->create_card (self, file));
  g_object_unref (dialog);
}

void
cpt_window_choose_card (CptWindow *self)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooserNative *chooser;

  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (self->store != NULL);

  chooser = gtk_file_chooser_native_new (_("Photograph of a Business Card"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN,
                                         _("_Read"), NULL);
  gtk_file_filter_set_name (filter, _("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_filter_add_mime_type (filter, "image/webp");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (card_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
cpt_window_import (CptWindow       *self,
                   const CptEntity *entity)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooserNative *chooser;

  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (self->store != NULL);

  chooser = gtk_file_chooser_native_new (_("Import"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"), NULL);
  gtk_file_filter_set_name (filter, _("Tables, contacts and calendars"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_suffix (filter, "xlsx");
  gtk_file_filter_add_suffix (filter, "tsv");
  gtk_file_filter_add_suffix (filter, "txt");
  gtk_file_filter_add_suffix (filter, "vcf");
  gtk_file_filter_add_suffix (filter, "vcard");
  gtk_file_filter_add_suffix (filter, "ics");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);

  g_signal_connect_data (chooser, "response", G_CALLBACK (response_cb),
                         import_new (self, cpt_window_get_schema (self), entity, NULL), closure_import_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
