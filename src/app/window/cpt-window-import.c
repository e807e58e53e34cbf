/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a file that the person chooses to the assistant. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-window-private.h"

/* What the chooser was opened for */
typedef struct
{
  CptWindow *window;       /* (owned) */
  CptSchema *schema;       /* (owned) */
  const CptEntity *entity; /* (nullable) */
} Import;

static void
import_free (gpointer  data,
             GClosure *closure)
{
  Import *import = data;

  g_object_unref (import->window);
  cpt_schema_unref (import->schema);
  g_free (import);
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             Import          *import)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && g_file_peek_path (file) != NULL && import->window->store != NULL)
    {
      const CptRoutes *routes = import->window->routes;

      gtk_window_present (routes->create_import (import->window, import->entity, g_file_peek_path (file)));
    }
  g_object_unref (dialog);
}

void
cpt_window_import (CptWindow       *self,
                   const CptEntity *entity)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooserNative *chooser;
  Import *import;

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

  import = g_new0 (Import, 1);
  import->window = g_object_ref (self);
  import->schema = cpt_schema_ref (cpt_window_get_schema (self));
  import->entity = entity;
  g_signal_connect_data (chooser, "response", G_CALLBACK (response_cb), import, import_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
