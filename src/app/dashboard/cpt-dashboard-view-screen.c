/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A dashboard on the whole screen, and the keys that work wherever the keyboard
 * is while a dashboard is seen.
 */

#include "config.h"

#include "cpt-dashboard-view-private.h"

/* Header bar and sidebar are away, whether or not the desktop gave the whole
 * screen: that may take a moment, or not be possible. */
static void
set_full (CptDashboardView *self,
          gboolean          is_full)
{
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  if (self->is_full == is_full)
    return;

  self->is_full = is_full;
  cpt_view_set_header_visible (CPT_VIEW (self), !is_full);
  cpt_window_set_sidebar_visible (window, !is_full);
  if (is_full)
    gtk_window_fullscreen (GTK_WINDOW (window));
  else
    gtk_window_unfullscreen (GTK_WINDOW (window));
  /* What had the keyboard may have gone. */
  if (is_full && gtk_widget_get_focus_child (self->grid) == NULL)
    gtk_widget_child_focus (self->grid, GTK_DIR_TAB_FORWARD);
}

/* The desktop has its own ways out of it. */
static void
fullscreened_cb (CptDashboardView *self,
                 GParamSpec       *pspec,
                 GtkWindow        *window)
{
  gboolean is_fullscreen = gtk_window_is_fullscreen (window);

  if (self->was_fullscreen && !is_fullscreen)
    set_full (self, FALSE);
  self->was_fullscreen = is_fullscreen;
}

void
cpt_dashboard_view_fullscreen_action (GtkWidget  *widget,
                                      const char *action_name,
                                      GVariant   *parameter)
{
  CptDashboardView *self = CPT_DASHBOARD_VIEW (widget);

  set_full (self, !self->is_full);
}

void
cpt_dashboard_view_leave_screen (CptDashboardView *self)
{
  set_full (self, FALSE);
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   unused)
{
  CptDashboardView *self = CPT_DASHBOARD_VIEW (widget);

  if (!gtk_widget_get_mapped (widget))
    return GDK_EVENT_PROPAGATE;
  if (cpt_dashboard_view_unfocus (self))
    return GDK_EVENT_STOP;
  if (!self->is_full)
    return GDK_EVENT_PROPAGATE;

  set_full (self, FALSE);

  return GDK_EVENT_STOP;
}

static gboolean
key_cb (GtkWidget *widget,
        GVariant  *arguments,
        gpointer   unused)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_activate_action (widget, g_variant_get_string (arguments, NULL), NULL);
}

static void
add_key (GtkEventController *keys,
         guint               key,
         GdkModifierType     modifiers,
         const char         *action)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                                            gtk_callback_action_new (key_cb, NULL, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_string (action));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
}

/* What scrolls would take the keys that turn pages; Escape is for others first. */
void
cpt_dashboard_view_add_keys (CptDashboardView *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkEventController *escape = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_key (keys, GDK_KEY_F11, 0, "dashboard.fullscreen");
  add_key (keys, GDK_KEY_Page_Down, GDK_CONTROL_MASK, "dashboard.next-page");
  add_key (keys, GDK_KEY_Page_Up, GDK_CONTROL_MASK, "dashboard.previous-page");
  add_key (keys, GDK_KEY_Page_Down, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "dashboard.page-later");
  add_key (keys, GDK_KEY_Page_Up, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "dashboard.page-earlier");
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (escape), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (escape),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), escape);
  g_signal_connect_object (cpt_view_get_window (CPT_VIEW (self)), "notify::fullscreened", G_CALLBACK (fullscreened_cb), self,
                           G_CONNECT_SWAPPED);
}
