/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Beside the fields of a record: one page for what happened, one for what is
 * linked and one for files. Below the fields when the window is narrow. */

#include "config.h"

#include "cpt-record-side.h"

#include <glib/gi18n.h>

#include "cpt-record-files.h"
#include "cpt-record-linked.h"
#include "cpt-record-timeline.h"

struct _CptRecordSide
{
  GtkWidget parent_instance;

  CptWindow *window; /* outlives its widgets */
  char *key;         /* (nullable): of the linked records that are shown */

  /* Borrowed from GTK */
  GtkStack *stack;
  CptRecordTimeline *timeline;
  GtkWidget *linked;
  GtkWidget *files; /* (nullable): where records have none */
};

G_DEFINE_FINAL_TYPE (CptRecordSide, cpt_record_side, GTK_TYPE_WIDGET)

GtkWidget *
cpt_record_side_find_list (GtkWidget *group)
{
  GtkWidget *child = gtk_widget_get_first_child (group);

  /* The list is inside a box beside others: the last child of each leads to it */
  while (child != NULL && !GTK_IS_LIST_BOX (child))
    child = gtk_widget_get_next_sibling (child) != NULL ? gtk_widget_get_next_sibling (child)
                                                        : gtk_widget_get_first_child (child);

  return child;
}

void
cpt_record_side_set_title (GtkWidget  *group,
                           const char *title)
{
  GtkWidget *child = cpt_record_side_find_list (group);
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped);
  if (child != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
set_page_title (CptRecordSide *self,
                GtkWidget     *page,
                const char    *label,
                guint64        count)
{
  g_autofree char *number = cpt_decimal_format_local ((gint64) count, 0, 0);
  g_autofree char *title = NULL;

  title = count > 0 ? g_strdup_printf (C_("linked records", "%s (%s)"), label, number) : g_strdup (label);
  gtk_stack_page_set_title (gtk_stack_get_page (self->stack, page), title);
}

static void
show_linked (CptRecordSide       *self,
             const CptRecordData *data)
{
  g_autofree char *key = cpt_record_linked_dup_key (data);
  GtkWidget *child;
  guint64 count = 0;

  /* What is the same keeps the keyboard and what it has opened. */
  if (g_strcmp0 (key, self->key) == 0)
    return;

  g_free (self->key);
  self->key = g_steal_pointer (&key);
  while ((child = gtk_widget_get_first_child (self->linked)) != NULL)
    gtk_box_remove (GTK_BOX (self->linked), child);
  for (guint i = 0; i < data->linked->len; i++)
    {
      const CptLinkedRecords *linked = g_ptr_array_index (data->linked, i);

      gtk_box_append (GTK_BOX (self->linked), cpt_record_linked_new (self->window, data, linked));
      count += linked->backlink.count;
    }
  set_page_title (self, self->linked, C_("record", "Linked"), count);
}

void
cpt_record_side_show (CptRecordSide       *self,
                      const CptRecordData *data)
{
  g_return_if_fail (CPT_IS_RECORD_SIDE (self));
  g_return_if_fail (data != NULL);

  show_linked (self, data);
  cpt_record_timeline_show (self->timeline, data->record);
  if (self->files != NULL)
    {
      cpt_record_files_show (CPT_RECORD_FILES (self->files), data->record);
      set_page_title (self, self->files, _("Files"), data->n_files);
    }
}

void
cpt_record_side_take_drops (CptRecordSide *self,
                            GtkWidget     *widget)
{
  g_return_if_fail (CPT_IS_RECORD_SIDE (self));

  if (self->files != NULL)
    cpt_record_files_take_drops (CPT_RECORD_FILES (self->files), widget);
}

gboolean
cpt_record_side_begin_note (CptRecordSide *self)
{
  g_return_val_if_fail (CPT_IS_RECORD_SIDE (self), FALSE);

  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->timeline));

  return cpt_record_timeline_begin (self->timeline);
}

static void
build (CptRecordSide   *self,
       CptSchema       *schema,
       const CptEntity *entity)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *switcher = gtk_stack_switcher_new ();

  self->stack = GTK_STACK (gtk_stack_new ());
  /* Each as high as it is: the page scrolls as a whole */
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  self->timeline = CPT_RECORD_TIMELINE (cpt_record_timeline_new (self->window, schema, entity));
  self->linked = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_stack_add_titled (self->stack, GTK_WIDGET (self->timeline), "timeline", _("Timeline"));
  gtk_stack_add_titled (self->stack, self->linked, "linked", C_("record", "Linked"));
  if (cpt_record_files_is_possible (schema, entity))
    {
      self->files = cpt_record_files_new (self->window, schema, entity);
      gtk_stack_add_titled (self->stack, self->files, "files", _("Files"));
      /* Of a file, what is in it is the first thing to see. */
      if (cpt_schema_find_entity (schema, "file") == entity)
        gtk_stack_set_visible_child (self->stack, self->files);
    }
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
  gtk_widget_set_halign (switcher, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (switcher, "record-switcher");
  /* Else the longest title would count three times. */
  gtk_box_layout_set_homogeneous (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (switcher)), FALSE);
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

static void
cpt_record_side_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (cpt_record_side_parent_class)->dispose (object);
}

static void
cpt_record_side_finalize (GObject *object)
{
  g_free (CPT_RECORD_SIDE (object)->key);

  G_OBJECT_CLASS (cpt_record_side_parent_class)->finalize (object);
}

static void
cpt_record_side_class_init (CptRecordSideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_record_side_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_record_side_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpt_record_side_init (CptRecordSide *self)
{
}

GtkWidget *
cpt_record_side_new (CptWindow       *window,
                     CptSchema       *schema,
                     const CptEntity *entity)
{
  CptRecordSide *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (schema != NULL && entity != NULL, NULL);

  self = g_object_new (CPT_TYPE_RECORD_SIDE, NULL);
  self->window = window;
  build (self, schema, entity);

  return GTK_WIDGET (self);
}
