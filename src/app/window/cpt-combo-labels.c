/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a row of a form offers. */

#include "config.h"

#include "cpt-combo-labels.h"

void
cpt_combo_row_set_labels (AdwComboRow *row,
                          GPtrArray   *labels,
                          guint        selected)
{
  g_autoptr(GtkStringList) list = NULL;

  g_return_if_fail (ADW_IS_COMBO_ROW (row));

  g_ptr_array_add (labels, NULL);
  list = gtk_string_list_new ((const char *const *) labels->pdata);
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (row, selected);
}
