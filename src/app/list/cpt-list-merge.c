/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the selected records of a list to the page on which they become one. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-list-view-private.h"
#include "cpt-merge.h"

typedef struct
{
  CptSchema *schema; /* (owned) */
  const CptEntity *entity;
  GArray *rows; /* (owned): of gint64 */
} IdsJob;

static void
ids_job_free (IdsJob *job)
{
  cpt_schema_unref (job->schema);
  g_array_unref (job->rows);
  g_free (job);
}

static gpointer
read_ids (CptDatabase   *database,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const IdsJob *job = data;

  return cpt_page_load (database, job->schema, job->entity, NULL, 0, (const gint64 *) (gpointer) job->rows->data,
                        job->rows->len, error);
}

static void
ids_read_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(CptListView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptPage) page = cpt_store_finish (CPT_STORE (source), result, &error);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  if (window == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (page == NULL)
    {
      cpt_window_show_error (window, error);
      return;
    }

  for (guint i = 0; i < cpt_page_get_length (page); i++)
    if (cpt_page_has_row (page, i))
      g_array_append_vals (ids, cpt_page_get_id (page, i), 1);
  if (ids->len > 0)
    cpt_window_open_merge (window, self->entity, (const CptUuid *) (gconstpointer) ids->data, ids->len);
}

static void
merge_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  CptListView *self = CPT_LIST_VIEW (widget);
  IdsJob *job = g_new0 (IdsJob, 1);

  job->schema = cpt_schema_ref (self->schema);
  job->entity = self->entity;
  job->rows = cpt_list_view_collect_rows (self);
  g_array_set_size (job->rows, MIN (job->rows->len, CPT_MERGE_MAX_RECORDS));

  cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_HIGH, read_ids, job, (GDestroyNotify) ids_job_free,
                        (GDestroyNotify) cpt_page_unref, self->cancellable, ids_read_cb, g_object_ref (self));
}

void
cpt_list_view_add_merge_item (CptListView *self,
                              GMenu       *menu)
{
  guint n_selected = cpt_data_grid_get_n_selected (self->grid);

  if (n_selected >= 2 && n_selected <= CPT_MERGE_MAX_RECORDS && !cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self))))
    g_menu_append (menu, _("_Merge…"), "list.merge");
}

void
cpt_list_view_install_merge_action (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "list.merge", NULL, merge_action);
}
