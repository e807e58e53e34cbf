/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where texts get their values: the button that asks which. */

#include "config.h"

#include "cpt-node-places.h"

#include <glib/gi18n.h>

#include "cpt-path-chooser.h"

char *
cpt_node_places_format (const char *path)
{
  return g_strdup_printf ("{{%s}}", path);
}

static void
fill_cb (GtkWidget *chooser,
         gpointer   user_data)
{
  const CptNodeContext *context = user_data;

  cpt_path_chooser_set_entity (CPT_PATH_CHOOSER (chooser), context->schema, context->subject, TRUE, TRUE);
  for (guint i = 0; context->answers != NULL && i < context->answers->len; i++)
    {
      const CptNodeAnswer *answer = g_ptr_array_index (context->answers, i);

      cpt_path_chooser_add (CPT_PATH_CHOOSER (chooser), answer->path, answer->label);
    }
}

GtkWidget *
cpt_node_places_create_button (const CptNodeContext *context,
                               GCallback             callback,
                               gpointer              object)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *chooser = cpt_path_chooser_new (NULL);

  /* Before it lists what it has: what is around may have changed */
  g_signal_connect (chooser, "map", G_CALLBACK (fill_cb), (gpointer) context);
  g_signal_connect_object (chooser, "chosen", callback, object, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), chooser);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "list-add-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Insert a Field"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Insert a Field"), -1);

  return button;
}

static void
insert_cb (GtkWidget  *row,
           const char *path)
{
  g_autofree char *place = cpt_node_places_format (path);
  int position = gtk_editable_get_position (GTK_EDITABLE (row));

  gtk_editable_delete_selection (GTK_EDITABLE (row));
  position = gtk_editable_get_position (GTK_EDITABLE (row));
  gtk_editable_insert_text (GTK_EDITABLE (row), place, -1, &position);
  gtk_widget_grab_focus (row);
  gtk_editable_set_position (GTK_EDITABLE (row), position);
}

void
cpt_node_places_add_to_entry (const CptNodeContext *context,
                              GtkWidget            *row)
{
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), cpt_node_places_create_button (context, G_CALLBACK (insert_cb), row));
}
