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

void
cpt_combo_row_set_kinds (AdwComboRow *row,
                         GPtrArray   *kinds,
                         const char  *name)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();
  guint selected = name != NULL ? GTK_INVALID_LIST_POSITION : 0;

  for (guint i = 0; i < kinds->len; i++)
    {
      const CptEntity *kind = g_ptr_array_index (kinds, i);

      if (g_strcmp0 (kind->name, name) == 0)
        selected = i;
      g_ptr_array_add (labels, (gpointer) cpt_entity_get_label_plural (kind));
    }
  cpt_combo_row_set_labels (row, labels, selected);
}
