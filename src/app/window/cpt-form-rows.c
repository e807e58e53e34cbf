/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows that forms are built of. */
#include "config.h"

#include "cpt-form-rows.h"

GtkWidget *
cpt_form_add_group (GtkWidget  *box,
                    const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  g_return_val_if_fail (GTK_IS_BOX (box), NULL);

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (GTK_BOX (box), group);

  return group;
}

static void
add (GtkWidget  *group,
     const char *title,
     GtkWidget  *row)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

/* The row names its control: another name would be said beside it. */
GtkWidget *
cpt_form_add_row (GtkWidget  *group,
                  const char *title,
                  GtkWidget  *control)
{
  GtkWidget *row = adw_action_row_new ();

  g_return_val_if_fail (ADW_IS_PREFERENCES_GROUP (group), NULL);

  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  add (group, title, row);

  return row;
}

GtkWidget *
cpt_form_add_combo (GtkWidget  *group,
                    const char *title)
{
  GtkWidget *row = adw_combo_row_new ();

  g_return_val_if_fail (ADW_IS_PREFERENCES_GROUP (group), NULL);

  add (group, title, row);

  return row;
}

GtkWidget *
cpt_form_add_watched_combo (GtkWidget  *group,
                            const char *title,
                            GCallback   callback,
                            gpointer    object)
{
  GtkWidget *row = cpt_form_add_combo (group, title);

  g_signal_connect_object (row, "notify::selected", callback, object, G_CONNECT_SWAPPED);

  return row;
}

GtkWidget *
cpt_form_add_switch (GtkWidget  *group,
                     const char *title,
                     gboolean    is_active)
{
  GtkWidget *toggle = gtk_switch_new ();

  gtk_switch_set_active (GTK_SWITCH (toggle), is_active);
  cpt_form_add_row (group, title, toggle);

  return toggle;
}

GtkWidget *
cpt_form_add_spin (GtkWidget  *group,
                   const char *title,
                   double      minimum,
                   double      maximum,
                   double      value)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (minimum, maximum, 1);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
  cpt_form_add_row (group, title, spin);

  return spin;
}

GtkWidget *
cpt_form_get_row (GtkWidget *control)
{
  return gtk_widget_get_ancestor (control, ADW_TYPE_PREFERENCES_ROW);
}
