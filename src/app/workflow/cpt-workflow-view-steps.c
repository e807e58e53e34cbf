/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The stage of a workflow: the canvas, the steps beside it or in a popover over it, and the buttons in its corner. */

#include "config.h"

#include "cpt-workflow-view-private.h"

#include <glib/gi18n.h>

#define STEPS_WIDTH 230
/* Of the window's content: less has no room for steps beside the canvas */
#define POPOVER_WIDTH 260
#define POPOVER_HEIGHT 380

static void
add_step (CptWorkflowView    *self,
          const char         *kind,
          const char         *from,
          const char         *outcome,
          const GdkRectangle *at)
{
  cpt_flow_canvas_add (CPT_FLOW_CANVAS (self->canvas), kind, from, outcome, at);
  gtk_widget_grab_focus (self->canvas);
}

static void
chosen_beside_cb (CptWorkflowView *self,
                  const char      *kind)
{
  add_step (self, kind, NULL, NULL, NULL);
}

static void
chosen_in_popover_cb (CptWorkflowView *self,
                      const char      *kind)
{
  g_autofree char *from = g_steal_pointer (&self->follows);
  g_autofree char *outcome = g_steal_pointer (&self->outcome);

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  add_step (self, kind, from, outcome, from != NULL ? &self->follow_at : NULL);
}

void
cpt_workflow_view_ask_step (CptWorkflowView    *self,
                            const char         *from,
                            const char         *outcome,
                            const GdkRectangle *at)
{
  gboolean follows = from != NULL && from[0] != '\0';
  gboolean has_cursor = cpt_flow_canvas_get_cursor (CPT_FLOW_CANVAS (self->canvas)) != NULL;

  g_free (self->follows);
  g_free (self->outcome);
  self->follows = follows ? g_strdup (from) : NULL;
  self->outcome = follows ? g_strdup (outcome) : NULL;
  self->follow_at = *at;
  cpt_step_chooser_reset (CPT_STEP_CHOOSER (self->popover_steps), !follows && !has_cursor);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), at);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  gtk_widget_grab_focus (self->popover_steps);
}

static void
closed_cb (CptWorkflowView *self)
{
  gtk_widget_grab_focus (self->canvas);
}

static void
create_popover (CptWorkflowView *self)
{
  self->popover_steps = cpt_step_chooser_new (FALSE);
  gtk_widget_set_size_request (self->popover_steps, POPOVER_WIDTH, POPOVER_HEIGHT);
  g_signal_connect_object (self->popover_steps, "chosen", G_CALLBACK (chosen_in_popover_cb), self, G_CONNECT_SWAPPED);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->popover_steps);
  gtk_widget_set_parent (self->popover, self->canvas);
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
}

static void
menu_cb (CptWorkflowView    *self,
         const GdkRectangle *at)
{
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
create_context_menu (CptWorkflowView *self)
{
  g_autoptr(GMenuModel) model = cpt_workflow_view_create_edit_menu ();

  self->menu = gtk_popover_menu_new_from_model (model);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, self->canvas);
  g_signal_connect_object (self->canvas, "menu", G_CALLBACK (menu_cb), self, G_CONNECT_SWAPPED);
}

/* ---------------------------------------------------------------------- corner */

static GtkWidget *
create_zoom_button (const char *icon,
                    const char *label,
                    const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "osd");

  return button;
}

static void
numbers_cb (CptWorkflowView *self,
            GtkToggleButton *button)
{
  cpt_workflow_view_show_numbers (self, gtk_toggle_button_get_active (button));
}

static GtkWidget *
create_numbers (CptWorkflowView *self)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), "cpt-chart-bar-symbolic");
  gtk_widget_set_tooltip_text (button, _("Show how many wait, went on and are stuck"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Show how many wait, went on and are stuck"), -1);
  gtk_widget_add_css_class (button, "osd");
  g_signal_connect_object (button, "toggled", G_CALLBACK (numbers_cb), self, G_CONNECT_SWAPPED);

  return button;
}

static GtkWidget *
create_corner (CptWorkflowView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (box), create_zoom_button ("zoom-out-symbolic", _("Zoom out"), "workflow.zoom-out"));
  gtk_box_append (GTK_BOX (box), create_zoom_button ("zoom-fit-best-symbolic", _("Show all of it"), "workflow.fit"));
  gtk_box_append (GTK_BOX (box), create_zoom_button ("zoom-in-symbolic", _("Zoom in"), "workflow.zoom-in"));
  gtk_box_append (GTK_BOX (box), create_numbers (self));
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_halign (box, GTK_ALIGN_START);
  gtk_widget_set_valign (box, GTK_ALIGN_END);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_bottom (box, 12);

  return box;
}

/* On an empty canvas: how one begins. The pointer goes through it, so that steps are dropped there */
static GtkWidget *
create_hint (CptWorkflowView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *image = gtk_image_new_from_icon_name ("cpt-workflow-symbolic");
  GtkWidget *title = gtk_label_new (_("Nothing is drawn yet"));
  GtkWidget *text = gtk_label_new (_("A workflow begins with a start: what has to happen so that somebody comes in. "
                                     "Add one with the button above, or with the key A."));

  gtk_image_set_pixel_size (GTK_IMAGE (image), 96);
  gtk_widget_add_css_class (image, "dim-label");
  gtk_widget_add_css_class (title, "title-1");
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_justify (GTK_LABEL (title), GTK_JUSTIFY_CENTER);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_justify (GTK_LABEL (text), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 44);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_can_target (box, FALSE);
  self->hint = box;

  return box;
}

GtkWidget *
cpt_workflow_view_create_stage (CptWorkflowView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *beside = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *steps = cpt_step_chooser_new (TRUE);

  self->canvas = cpt_flow_canvas_new (self->schema);
  gtk_widget_set_hexpand (self->canvas, TRUE);
  gtk_widget_set_vexpand (self->canvas, TRUE);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->canvas);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), create_hint (self));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), create_corner (self));
  create_popover (self);
  create_context_menu (self);

  gtk_widget_set_size_request (steps, STEPS_WIDTH, -1);
  gtk_widget_set_margin_top (steps, 6);
  gtk_widget_set_margin_start (steps, 6);
  gtk_widget_set_margin_end (steps, 6);
  g_signal_connect_object (steps, "chosen", G_CALLBACK (chosen_beside_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (beside), steps);
  gtk_box_append (GTK_BOX (beside), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  self->steps = beside;
  gtk_box_append (GTK_BOX (box), beside);
  gtk_box_append (GTK_BOX (box), overlay);

  return box;
}
