/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with a whole list: records come from a file, and go into one. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-export-dialog.h"
#include "cpt-list-view-private.h"

/* ---------------------------------------------------------------- importing */

void
cpt_list_view_import (CptView *view)
{
  cpt_window_import (cpt_view_get_window (view), CPT_LIST_VIEW (view)->entity);
}

/* ---------------------------------------------------------------- exporting */

/* @rows (nullable): some of them */
static void
export_as_shown (CptListView *self,
                 GArray      *rows)
{
  const CptGrouping *grouping = cpt_query_model_get_grouping (self->model);
  g_autofree char *columns = cpt_list_view_dup_columns (self);
  g_autofree char *group = grouping != NULL ? cpt_grouping_format (grouping) : NULL;
  g_autofree char *totals = cpt_list_view_dup_totals (self);
  const CptExportTable table = { columns, group, totals };

  cpt_export_dialog_show (CPT_VIEW (self), cpt_query_model_get_query (self->model), rows, &table, self->cancellable);
}

void
cpt_list_view_export (CptView *view)
{
  export_as_shown (CPT_LIST_VIEW (view), NULL);
}

static void
export_selected_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  CptListView *self = CPT_LIST_VIEW (widget);
  g_autoptr(GArray) rows = cpt_list_view_collect_rows (self);

  if (rows->len > 0)
    export_as_shown (self, rows);
}

void
cpt_list_view_install_export_action (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "list.export-selected", NULL, export_selected_action);
}

/* ----------------------------------------------------------------- selection */

GArray *
cpt_list_view_collect_rows (CptListView *self)
{
  g_autoptr(GArray) all = cpt_query_model_ref_rows (self->model);
  g_autoptr(GHashTable) seen = NULL;
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint cursor = cpt_data_grid_get_cursor (self->grid);
  const CptGrouping *grouping = cpt_query_model_get_grouping (self->model);
  GtkBitsetIter iter;
  guint position;

  /* A record may stand in several groups. */
  if (grouping != NULL && cpt_grouping_is_set (grouping))
    seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  if (cpt_data_grid_get_n_selected (self->grid) == 0 && cursor < all->len && g_array_index (all, gint64, cursor) > 0)
    g_array_append_val (rows, g_array_index (all, gint64, cursor));

  for (gboolean more = gtk_bitset_iter_init_first (&iter, cpt_data_grid_get_selection (self->grid), &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    if (position < all->len && g_array_index (all, gint64, position) > 0 &&
        (seen == NULL || g_hash_table_add (seen, &g_array_index (all, gint64, position))))
      g_array_append_val (rows, g_array_index (all, gint64, position));

  return rows;
}
