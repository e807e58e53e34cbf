/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which fields a list shows: as declared, until the person chooses. The title
 * is always the first column. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-list-view-private.h"

char **
cpt_list_view_dup_columns (CptListView *self)
{
  g_autofree char *key = cpt_list_view_dup_state_key (self, "columns");
  g_autofree char *chosen = cpt_window_dup_state (cpt_view_get_window (CPT_VIEW (self)), key);

  return chosen != NULL && chosen[0] != '\0' ? g_strsplit (chosen, ",", -1)
                                             : g_strdupv ((char **) self->entity->columns);
}

static void
toggled_cb (GtkCheckButton *check,
            CptListView    *self)
{
  const char *name = gtk_widget_get_name (GTK_WIDGET (check));
  g_auto(GStrv) columns = cpt_list_view_dup_columns (self);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) chosen = NULL;
  g_autofree char *key = cpt_list_view_dup_state_key (self, "columns");
  g_autofree char *text = NULL;

  for (guint i = 0; columns[i] != NULL; i++)
    if (strcmp (columns[i], name) != 0)
      g_strv_builder_add (builder, columns[i]);
  if (gtk_check_button_get_active (check))
    g_strv_builder_add (builder, name);

  chosen = g_strv_builder_end (builder);
  text = g_strjoinv (",", chosen);
  cpt_window_set_state (cpt_view_get_window (CPT_VIEW (self)), key, text);
  cpt_list_view_reload_columns (self);
}

static void
add_check (CptListView     *self,
           GtkWidget       *box,
           const CptField  *field,
           char           **columns)
{
  GtkWidget *check = gtk_check_button_new_with_label (cpt_field_get_label (field));

  gtk_widget_set_name (check, field->name);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_strv_contains ((const char *const *) columns, field->name));
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, 0);
  gtk_box_append (GTK_BOX (box), check);
}

GtkWidget *
cpt_list_view_create_columns_popover (CptListView *self)
{
  static const char *const system_fields[] = { "created_at", "changed_at", "created_by", "changed_by" };
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_auto(GStrv) columns = cpt_list_view_dup_columns (self);

  for (guint i = 0; i < self->entity->n_fields; i++)
    if ((self->entity->fields[i]->flags & CPT_FIELD_HIDDEN) == 0 &&
        strcmp (self->entity->fields[i]->name, self->entity->title) != 0)
      add_check (self, box, self->entity->fields[i], columns);
  for (guint i = 0; i < G_N_ELEMENTS (system_fields); i++)
    add_check (self, box, cpt_field_get_system (system_fields[i]), columns);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 400);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);

  return popover;
}
