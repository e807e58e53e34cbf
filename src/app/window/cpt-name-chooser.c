/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of several things a view shows: in its header bar, or above it. */
#include "config.h"

#include "cpt-name-chooser.h"

#define MARGIN 12
#define MARGIN_TOP 6

static void
name_setup_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
name_bind_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  GtkStringObject *name = gtk_list_item_get_item (item);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (name));
}

GtkWidget *
cpt_name_chooser_new (const char *label)
{
  GtkWidget *self = gtk_drop_down_new (NULL, NULL);
  GtkListItemFactory *whole = gtk_drop_down_get_factory (GTK_DROP_DOWN (self));
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (name_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (name_bind_cb), NULL);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (self), whole);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (self), factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  /* The keyboard goes to the button inside, which has no name of its own */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (self)), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (self, FALSE);

  return self;
}

void
cpt_name_chooser_place (GtkWidget *self,
                        GtkWidget *head,
                        GtkWidget *column,
                        gboolean   is_narrow)
{
  GtkWidget *place = is_narrow ? column : head;
  GtkWidget *former = gtk_widget_get_parent (self);

  g_return_if_fail (GTK_IS_BOX (head) && GTK_IS_BOX (column));

  if (place == former)
    return;

  g_object_ref (self);
  if (former != NULL)
    gtk_box_remove (GTK_BOX (former), self);
  gtk_box_prepend (GTK_BOX (place), self);
  g_object_unref (self);
  gtk_widget_set_margin_top (self, is_narrow ? MARGIN_TOP : 0);
  gtk_widget_set_margin_start (self, is_narrow ? MARGIN : 0);
  gtk_widget_set_margin_end (self, is_narrow ? MARGIN : 0);
}
