/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with the records of a list: moved to the trash, imported,
 * written into a file. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-export-dialog.h"
#include "cpt-list-view-private.h"

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

void
cpt_list_view_export (CptView *view)
{
  CptListView *self = CPT_LIST_VIEW (view);

  cpt_export_dialog_show (view, cpt_query_model_get_query (self->model), self->cancellable);
}
