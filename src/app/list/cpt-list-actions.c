/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with the records of a list: moved to the trash, imported,
 * written into a file. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-export.h"
#include "cpt-list-view-private.h"
#include "cpt-output.h"

#define MAX_DELETED 5000

/* ----------------------------------------------------------------- deleting */

typedef struct
{
  CptSchema *schema; /* (owned) */
  const CptEntity *entity;
  gint64 *rows; /* (owned) */
  guint n_rows;
} IdsJob;

static void
ids_job_free (IdsJob *job)
{
  cpt_schema_unref (job->schema);
  g_free (job->rows);
  g_free (job);
}

static gpointer
read_ids (CptDatabase   *database,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  IdsJob *job = data;

  return cpt_page_load (database, job->schema, job->entity, NULL, 0, job->rows, job->n_rows, error);
}

static void
ids_read_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(CptListView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptPage) page = cpt_store_finish (CPT_STORE (source), result, &error);
  g_autoptr(CptTransaction) transaction = NULL;
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  g_autofree char *toast = NULL;
  guint n_deleted = 0;

  if (page == NULL)
    {
      if (window != NULL && error != NULL)
        cpt_window_show_error (window, error);
      return;
    }

  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  for (guint i = 0; i < cpt_page_get_length (page); i++)
    if (cpt_page_has_row (page, i))
      {
        cpt_transaction_delete (transaction, self->entity, cpt_page_get_id (page, i));
        n_deleted++;
      }
  toast = g_strdup_printf (ngettext ("%u record moved to the trash", "%u records moved to the trash", n_deleted), n_deleted);
  cpt_data_grid_unselect_all (self->grid);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
  if (n_deleted > 0)
    cpt_window_commit (window, g_steal_pointer (&transaction), toast, NULL, NULL, NULL);
}

/* (element-type gint64): the rows selected, or the one at the cursor */
static GArray *
collect_rows (CptListView *self)
{
  g_autoptr(GArray) all = cpt_query_model_ref_rows (self->model);
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint cursor = cpt_data_grid_get_cursor (self->grid);
  GtkBitsetIter iter;
  guint position;

  if (cpt_data_grid_get_n_selected (self->grid) == 0 && cursor < all->len)
    g_array_append_val (rows, g_array_index (all, gint64, cursor));

  for (gboolean more = gtk_bitset_iter_init_first (&iter, cpt_data_grid_get_selection (self->grid), &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    if (position < all->len)
      g_array_append_val (rows, g_array_index (all, gint64, position));

  return rows;
}

void
cpt_list_view_delete_selected (CptListView *self)
{
  CptStore *store = cpt_view_get_store (CPT_VIEW (self));
  g_autoptr(GArray) rows = NULL;
  IdsJob *job;

  if (cpt_store_is_read_only (store))
    return;

  if (cpt_data_grid_get_n_selected (self->grid) > MAX_DELETED)
    {
      g_autofree char *number = cpt_decimal_format_local (MAX_DELETED, 0, 0);
      g_autofree char *text = g_strdup_printf (_("At most %s records can be moved to the trash at once"), number);

      cpt_window_show_toast (cpt_view_get_window (CPT_VIEW (self)), text);
      return;
    }

  rows = collect_rows (self);
  if (rows->len == 0)
    return;

  job = g_new0 (IdsJob, 1);
  job->schema = cpt_schema_ref (self->schema);
  job->entity = self->entity;
  job->n_rows = rows->len;
  job->rows = g_memdup2 (rows->data, rows->len * sizeof (gint64));
  cpt_store_read_async (store, G_PRIORITY_HIGH, read_ids, job, (GDestroyNotify) ids_job_free, (GDestroyNotify) cpt_page_unref,
                        self->cancellable, ids_read_cb, g_object_ref (self));
}

/* ---------------------------------------------------------------- importing */

void
cpt_list_view_import (CptView *view)
{
  cpt_window_import (cpt_view_get_window (view), CPT_LIST_VIEW (view)->entity);
}

/* ---------------------------------------------------------------- exporting */

typedef struct
{
  CptQuery *query; /* (owned) */
  GFile *file;     /* (owned) */
  CptExportFormat format;
} ExportJob;

static void
export_job_free (ExportJob *job)
{
  cpt_query_free (job->query);
  g_object_unref (job->file);
  g_free (job);
}

/* Of a damaged workspace, all records that can still be read are written. */
static gboolean
write_records (CptDatabase      *database,
               const ExportJob  *job,
               GOutputStream    *stream,
               guint64           counts[2],
               GCancellable     *cancellable,
               GError          **error)
{
  g_autoptr(GError) export_error = NULL;

  if (cpt_export_run (database, job->query, NULL, job->format, stream, &counts[0], cancellable, &export_error))
    return TRUE;

  if (!g_error_matches (export_error, CPT_ERROR, CPT_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&export_error));
      return FALSE;
    }

  return g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error) &&
         g_seekable_truncate (G_SEEKABLE (stream), 0, cancellable, error) &&
         cpt_export_rescue (database, job->query->schema, job->query->entity, job->format, stream, counts, cancellable, error);
}

/* Gives the numbers of records written and lost, on the heap */
static gpointer
export_in_worker (CptDatabase   *database,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  ExportJob *job = data;
  g_autofree guint64 *counts = g_new0 (guint64, 2);
  g_autoptr(CptOutput) output = cpt_output_open (database, NULL, job->file, G_FILE_CREATE_NONE, error);
  GError *problem = NULL;

  if (output == NULL)
    return NULL;
  write_records (database, job, cpt_output_get_stream (output), counts, cancellable, &problem);
  if (!cpt_output_finish (output, problem, error))
    return NULL;

  return g_steal_pointer (&counts);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(CptListView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree guint64 *counts = cpt_store_finish (CPT_STORE (source), result, &error);
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  g_autofree char *number = NULL;
  g_autofree char *toast = NULL;

  if (window == NULL)
    return;

  if (counts == NULL)
    {
      cpt_window_show_error (window, error);
      return;
    }

  number = cpt_decimal_format_local ((gint64) counts[0], 0, 0);
  if (counts[1] == 0)
    toast = g_strdup_printf (ngettext ("%s record exported", "%s records exported", counts[0]), number);
  else
    /* Translators: of a damaged workspace; the number of records that were saved */
    toast = g_strdup_printf (ngettext ("%s record exported, others could not be read",
                                       "%s records exported, others could not be read", counts[0]),
                             number);
  cpt_window_show_toast (window, toast);
}

static void
export_response_cb (GtkNativeDialog *dialog,
                    int              response,
                    gpointer         user_data)
{
  CptListView *self = user_data;
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *name = NULL;
  ExportJob *job;

  g_object_unref (dialog);
  if (response != GTK_RESPONSE_ACCEPT || file == NULL)
    return;

  name = g_file_get_basename (file);
  job = g_new0 (ExportJob, 1);
  job->query = cpt_query_copy (cpt_query_model_get_query (self->model));
  job->file = g_steal_pointer (&file);
  job->format = g_str_has_suffix (name, ".jsonl") ? CPT_EXPORT_JSON_LINES : CPT_EXPORT_CSV;
  cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_LOW, export_in_worker, job,
                        (GDestroyNotify) export_job_free, g_free, self->cancellable, exported_cb, g_object_ref (self));
}

static void
add_filter (GtkFileChooserNative *chooser,
            const char           *name,
            const char           *suffix)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_suffix (filter, suffix);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
}

void
cpt_list_view_export (CptView *view)
{
  CptListView *self = CPT_LIST_VIEW (view);
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Export"), GTK_WINDOW (cpt_view_get_window (view)), GTK_FILE_CHOOSER_ACTION_SAVE,
                                 _("_Export"), NULL);
  g_autofree char *name = g_strconcat (cpt_entity_get_label_plural (self->entity), ".csv", NULL);

  add_filter (chooser, _("Table (CSV)"), "csv");
  add_filter (chooser, _("Exact copy (JSON lines)"), "jsonl");
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (export_response_cb), view, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
