/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chip of the bar of conditions: a box that knows the part of the filter that
 * it shows. Chips of groups have chips in them. */
#include "config.h"

#include "cpt-filter-chip.h"

struct _CptFilterChip
{
  GtkWidget parent_instance;

  CptFilterNode *node; /* borrowed */
};

G_DEFINE_FINAL_TYPE (CptFilterChip, cpt_filter_chip, GTK_TYPE_WIDGET)

static void
cpt_filter_chip_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (cpt_filter_chip_parent_class)->dispose (object);
}

static void
cpt_filter_chip_class_init (CptFilterChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_filter_chip_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cpt_filter_chip_init (CptFilterChip *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "chip");
}

GtkWidget *
cpt_filter_chip_new (CptFilterNode *node)
{
  CptFilterChip *self = g_object_new (CPT_TYPE_FILTER_CHIP, NULL);

  self->node = node;

  return GTK_WIDGET (self);
}

void
cpt_filter_chip_append (CptFilterChip *self,
                        GtkWidget     *child)
{
  g_return_if_fail (CPT_IS_FILTER_CHIP (self));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

CptFilterNode *
cpt_filter_chip_get_node (CptFilterChip *self)
{
  g_return_val_if_fail (CPT_IS_FILTER_CHIP (self), NULL);

  return self->node;
}

CptFilterChip *
cpt_filter_chip_find (GtkWidget *widget)
{
  return widget != NULL ? CPT_FILTER_CHIP (gtk_widget_get_ancestor (widget, CPT_TYPE_FILTER_CHIP)) : NULL;
}

CptFilterChip *
cpt_filter_chip_find_for (GtkWidget           *widget,
                          const CptFilterNode *node)
{
  if (CPT_IS_FILTER_CHIP (widget) && CPT_FILTER_CHIP (widget)->node == node)
    return CPT_FILTER_CHIP (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      CptFilterChip *found = cpt_filter_chip_find_for (child, node);

      if (found != NULL)
        return found;
    }

  return NULL;
}
