/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The groups of a record's form, some of them folded at first. */

#include "config.h"

#include "cpt-record-group.h"

#include <glib/gi18n.h>

#include "cpt-record-side.h"

GtkWidget *
cpt_record_group_new (const CptFormGroup *group)
{
  GtkWidget *widget = adw_preferences_group_new ();

  cpt_record_side_set_title (widget, group->title);

  return widget;
}

static void
show_state (GtkToggleButton *button)
{
  gboolean is_open = gtk_toggle_button_get_active (button);
  GtkWidget *group = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_PREFERENCES_GROUP);
  GtkWidget *list = group != NULL ? cpt_record_side_find_list (group) : NULL;

  gtk_button_set_icon_name (GTK_BUTTON (button), is_open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), is_open ? _("Fold") : _("Unfold"));
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_EXPANDED, is_open, -1);
  if (list != NULL)
    gtk_widget_set_visible (list, is_open);
}

void
cpt_record_group_finish (GtkWidget          *group,
                         const CptFormGroup *form)
{
  GtkWidget *button;
  g_autofree char *label = NULL;

  g_return_if_fail (ADW_IS_PREFERENCES_GROUP (group));

  if (!form->is_folded)
    return;

  button = gtk_toggle_button_new ();
  /* Translators: a button; %s is the heading of a group of fields */
  label = g_strdup_printf (_("Fields of “%s”"), form->title);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), button);
  g_signal_connect (button, "toggled", G_CALLBACK (show_state), NULL);
  show_state (GTK_TOGGLE_BUTTON (button));
}

/* (nullable): the button that unfolds the group of @row */
static GtkWidget *
find_button (GtkWidget *row)
{
  GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

  return group != NULL ? adw_preferences_group_get_header_suffix (ADW_PREFERENCES_GROUP (group)) : NULL;
}

gboolean
cpt_record_group_is_open (GtkWidget *row)
{
  GtkWidget *button = find_button (row);

  return gtk_widget_get_visible (row) && (button == NULL || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
}

void
cpt_record_group_open (GtkWidget *row)
{
  GtkWidget *button = find_button (row);

  if (button != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}
