/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The menu of a record's page. */

#include "config.h"

#include "cpt-record-more.h"

#include <glib/gi18n.h>

#include "cpt-link-picker.h"
#include "cpt-record-plan.h"
#include "cpt-record-print.h"
#include "cpt-record-view-private.h"

static void
other_picked_cb (CptRecordView *self,
                 const char    *id)
{
  CptUuid ids[2] = { self->id };

  if (cpt_uuid_parse (id, &ids[1]))
    cpt_window_open_merge (cpt_view_get_window (CPT_VIEW (self)), self->entity, ids, G_N_ELEMENTS (ids));
}

static void
picker_closed_cb (CptRecordView *self)
{
  gtk_widget_grab_focus (self->more);
}

/* Which other record is the same is asked in a popover below the menu. */
static void
merge_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  CptRecordView *self = CPT_RECORD_VIEW (widget);
  double x, y;

  if (self->is_draft || !gtk_widget_get_visible (self->remove))
    return;

  if (self->picker == NULL)
    {
      self->picker = cpt_link_picker_new (cpt_view_get_store (CPT_VIEW (self)), self->schema, self->entity);
      gtk_widget_set_parent (self->picker, widget);
      g_signal_connect_object (self->picker, "picked", G_CALLBACK (other_picked_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->picker, "closed", G_CALLBACK (picker_closed_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_widget_translate_coordinates (self->more, widget, gtk_widget_get_width (self->more) / 2.0,
                                    gtk_widget_get_height (self->more), &x, &y);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->picker), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->picker));
}

static void
print_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  CptRecordView *self = CPT_RECORD_VIEW (widget);

  if (!self->is_draft && self->record != NULL)
    cpt_record_print (cpt_view_get_window (CPT_VIEW (self)), self->entity, &self->id,
                      g_str_equal (action_name, "record.print-timeline"));
}

static void
copy_link_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  CptRecordView *self = CPT_RECORD_VIEW (widget);

  if (!self->is_draft && self->record != NULL)
    cpt_window_copy_link (cpt_view_get_window (CPT_VIEW (self)), self->entity, &self->id);
}

GtkWidget *
cpt_record_more_create_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr(GMenu) menu = g_menu_new ();

  g_menu_append (menu, _("Copy _Link"), "record.copy-link");
  g_menu_append (menu, _("_Print…"), "record.print");
  g_menu_append (menu, _("Print with _Timeline…"), "record.print-timeline");
  g_menu_append (menu, _("_Merge With…"), "record.merge");
  cpt_record_plan_append_items (menu);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _("More"));
  gtk_widget_set_visible (button, FALSE);

  return button;
}

void
cpt_record_more_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "record.copy-link", NULL, copy_link_action);
  gtk_widget_class_install_action (klass, "record.merge", NULL, merge_action);
  cpt_record_plan_install_actions (klass);
  gtk_widget_class_install_action (klass, "record.print", NULL, print_action);
  gtk_widget_class_install_action (klass, "record.print-timeline", NULL, print_action);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_p, GDK_CONTROL_MASK, "record.print", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_p, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "record.print-timeline", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_l, GDK_CONTROL_MASK, "record.copy-link", NULL);
}
