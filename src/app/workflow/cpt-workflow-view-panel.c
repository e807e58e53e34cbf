/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The panel beside the canvas, in which a step is set up. */

#include "config.h"

#include "cpt-workflow-view-private.h"

#include "cpt-node-panel.h"

#define PANEL_WIDTH 340
/* Of the whole page: with less, the panel lies over the canvas */
#define LEAST_BESIDE 820

static void
edited_cb (CptWorkflowView *self,
           const char      *id,
           const char      *title,
           JsonNode        *settings)
{
  cpt_flow_canvas_set_settings (CPT_FLOW_CANVAS (self->canvas), id, title, settings);
}

void
cpt_workflow_view_update_panel (CptWorkflowView *self)
{
  CptFlowCanvas *canvas = CPT_FLOW_CANVAS (self->canvas);

  if (adw_flap_get_reveal_flap (ADW_FLAP (self->flap)))
    cpt_node_panel_show (CPT_NODE_PANEL (self->panel), cpt_flow_canvas_get_workflow (canvas),
                         cpt_flow_canvas_get_cursor (canvas), self->problems);
}

void
cpt_workflow_view_flush_panel (CptWorkflowView *self)
{
  cpt_node_panel_flush (CPT_NODE_PANEL (self->panel));
}

static void
fit_panel (CptWorkflowView *self)
{
  int width = gtk_widget_get_width (self->flap);
  gboolean is_over = width > 0 && width < LEAST_BESIDE;

  adw_flap_set_fold_policy (ADW_FLAP (self->flap), is_over ? ADW_FLAP_FOLD_POLICY_ALWAYS : ADW_FLAP_FOLD_POLICY_NEVER);
  adw_flap_set_modal (ADW_FLAP (self->flap), is_over);
  gtk_widget_set_size_request (self->panel, MIN (PANEL_WIDTH, MAX (width - 20, 280)), -1);
}

void
cpt_workflow_view_open_panel (CptWorkflowView *self)
{
  fit_panel (self);
  gtk_widget_set_visible (self->panel, TRUE);
  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), TRUE);
  cpt_workflow_view_fit_steps (self);
  cpt_workflow_view_update_panel (self);
  gtk_widget_child_focus (self->panel, GTK_DIR_TAB_FORWARD);
}

/* What is typed is said, and what is out of sight is not walked into */
static void
revealed_cb (CptWorkflowView *self)
{
  if (adw_flap_get_reveal_flap (ADW_FLAP (self->flap)))
    return;
  cpt_node_panel_flush (CPT_NODE_PANEL (self->panel));
  cpt_workflow_view_fit_steps (self);
  gtk_widget_grab_focus (self->canvas);
}

static void
progress_cb (CptWorkflowView *self)
{
  if (!adw_flap_get_reveal_flap (ADW_FLAP (self->flap)) && adw_flap_get_reveal_progress (ADW_FLAP (self->flap)) <= 0)
    gtk_widget_set_visible (self->panel, FALSE);
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  CptWorkflowView *self = data;

  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), FALSE);

  return TRUE;
}

GtkWidget *
cpt_workflow_view_create_panel (CptWorkflowView *self,
                                GtkWidget       *content)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->panel = cpt_node_panel_new (cpt_view_get_window (CPT_VIEW (self)));
  g_signal_connect_object (self->panel, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_callback_action_new (escape_cb, self, NULL)));
  gtk_widget_add_controller (self->panel, keys);
  gtk_widget_set_visible (self->panel, FALSE);
  gtk_widget_add_css_class (self->panel, "background");

  self->flap = adw_flap_new ();
  adw_flap_set_flap_position (ADW_FLAP (self->flap), GTK_PACK_END);
  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), FALSE);
  adw_flap_set_fold_policy (ADW_FLAP (self->flap), ADW_FLAP_FOLD_POLICY_ALWAYS);
  adw_flap_set_locked (ADW_FLAP (self->flap), TRUE);
  adw_flap_set_swipe_to_open (ADW_FLAP (self->flap), FALSE);
  adw_flap_set_swipe_to_close (ADW_FLAP (self->flap), FALSE);
  adw_flap_set_flap (ADW_FLAP (self->flap), self->panel);
  adw_flap_set_separator (ADW_FLAP (self->flap), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_flap_set_content (ADW_FLAP (self->flap), content);
  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (revealed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flap, "notify::reveal-progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);

  return self->flap;
}
