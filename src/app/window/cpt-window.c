/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One window on one workspace: the sidebar of places and the way through views.
 *
 * The way is a stack: the view of a place at the bottom, then what was opened
 * from it. Views of places are kept while the workspace is open, so that a
 * list is as it was left; the others go when one goes back from them. */
#include "config.h"
#include "cpt-window-private.h"

#include <glib/gi18n-lib.h>

G_DEFINE_TYPE (CptWindow, cpt_window, ADW_TYPE_APPLICATION_WINDOW)

CptView *
cpt_window_get_view (CptWindow *self)
{
  return self->history->len > 0 ? g_ptr_array_index (self->history, self->history->len - 1) : NULL;
}

static void
update_narrow (CptWindow *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);

  for (guint i = 0; i < self->history->len; i++)
    {
      CptView *view = g_ptr_array_index (self->history, i);

      cpt_view_set_narrow (view, folded);
      cpt_view_set_can_go_back (view, folded || i > 0);
    }
}

static void
allocate_again (gpointer user_data)
{
  CptWindow *self = user_data;

  if (gtk_widget_get_mapped (GTK_WIDGET (self->leaflet)))
    gtk_widget_queue_allocate (GTK_WIDGET (self->leaflet));
  g_object_unref (self);
}

/* The leaflet of libadwaita 1.2 folds while it is given its size, and leaves its children, when that
 * is not animated, with widths of the other state until its size changes again. */
static void
folded_cb (CptWindow *self)
{
  update_narrow (self);
  g_idle_add_once (allocate_again, g_object_ref (self));
}

static void
update_title (CptWindow *self)
{
  CptView *view = cpt_window_get_view (self);
  const char *workspace = adw_window_title_get_title (self->workspace_title);
  const char *title = view != NULL ? cpt_view_get_title (view) : "";
  g_autofree char *text = NULL;

  /* Translators: title of a window in the task switcher: view, workspace */
  text = title[0] != '\0' ? g_strdup_printf (C_("window title", "%s — %s"), title, workspace)
                          : g_strdup (_("Comptoir"));
  gtk_window_set_title (GTK_WINDOW (self), text);
}

static void
show_view (CptWindow              *self,
           CptView                *view,
           GtkStackTransitionType  transition)
{
  update_narrow (self);
  gtk_stack_set_visible_child_full (self->views,
                                    gtk_stack_page_get_name (gtk_stack_get_page (self->views, GTK_WIDGET (view))),
                                    transition);
  adw_leaflet_set_visible_child (self->leaflet, self->content);
  gtk_widget_grab_focus (GTK_WIDGET (view));
  update_title (self);
  cpt_window_update_actions (self);
}

static void
select_place (CptWindow      *self,
              const CptPlace *place)
{
  self->place = place;
  gtk_list_box_select_row (self->places, gtk_list_box_get_row_at_index (self->places, (int) (place - self->routes->places)));
}

static void
add_view (CptWindow *self,
          CptView   *view)
{
  static guint serial;
  g_autofree char *name = g_strdup_printf ("view-%u", ++serial);

  g_signal_connect_object (view, "notify::title", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->views, GTK_WIDGET (view), name);
}

/* Views above @length; those of places stay in the stack of widgets. */
static void
shorten_history (CptWindow *self,
                 guint      length)
{
  while (self->history->len > length)
    {
      CptView *view = cpt_window_get_view (self);

      g_ptr_array_set_size (self->history, (int) self->history->len - 1);
      if (self->history->len > 0)
        gtk_stack_remove (self->views, GTK_WIDGET (view));
    }
}

gboolean
cpt_window_leave_views (CptWindow *self)
{
  for (guint i = self->history->len; i > 0; i--)
    if (!cpt_view_leave (g_ptr_array_index (self->history, i - 1)))
      return FALSE;

  return TRUE;
}

void
cpt_window_drop_views (CptWindow *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->history, 0);
  g_hash_table_remove_all (self->roots);
  self->place = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->views))) != NULL)
    gtk_stack_remove (self->views, child);
}

void
cpt_window_open_place (CptWindow  *self,
                       const char *name)
{
  const CptPlace *place;
  CptView *view;

  g_return_if_fail (CPT_IS_WINDOW (self));

  place = cpt_routes_find_place (self->routes, name);
  if (place == NULL || self->store == NULL || !cpt_window_leave_views (self))
    return;

  view = g_hash_table_lookup (self->roots, place);
  if (view == NULL)
    {
      view = place->create (self, place);
      g_hash_table_insert (self->roots, (gpointer) place, view);
      add_view (self, view);
    }

  if (self->history->len > 0)
    gtk_stack_set_visible_child_full (self->views,
                                      gtk_stack_page_get_name (gtk_stack_get_page (self->views, GTK_WIDGET (view))),
                                      GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  shorten_history (self, 0);
  g_ptr_array_add (self->history, view);
  select_place (self, place);
  show_view (self, view, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  cpt_window_set_state (self, "place", place->name);
}

gboolean
cpt_window_forget_place (CptWindow  *self,
                         const char *name)
{
  const CptPlace *place = cpt_routes_find_place (self->routes, name);
  CptView *view = g_hash_table_lookup (self->roots, place);

  if (!cpt_window_leave_views (self))
    return FALSE;
  if (view == NULL)
    return TRUE;

  if (self->history->len > 0 && g_ptr_array_index (self->history, 0) == view)
    {
      while (self->history->len > 1)
        shorten_history (self, self->history->len - 1);
      g_ptr_array_set_size (self->history, 0);
    }
  g_hash_table_remove (self->roots, place);
  gtk_stack_remove (self->views, GTK_WIDGET (view));

  return TRUE;
}

void
cpt_window_push (CptWindow *self,
                 CptView   *view)
{
  CptView *current;

  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (CPT_IS_VIEW (view));

  current = cpt_window_get_view (self);
  if (current != NULL && !cpt_view_leave (current))
    {
      g_object_ref_sink (view);
      g_object_unref (view);
      return;
    }

  add_view (self, view);
  g_ptr_array_add (self->history, view);
  show_view (self, view, GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT);
}

void
cpt_window_set_sidebar_visible (CptWindow *self,
                                gboolean   visible)
{
  g_return_if_fail (CPT_IS_WINDOW (self));

  gtk_widget_set_visible (self->sidebar, visible);
}

void
cpt_window_back (CptWindow *self)
{
  CptView *view;

  g_return_if_fail (CPT_IS_WINDOW (self));

  if (self->history->len < 2)
    {
      adw_leaflet_set_visible_child (self->leaflet, self->sidebar);
      return;
    }

  view = cpt_window_get_view (self);
  if (!cpt_view_leave (view))
    return;

  show_view (self, g_ptr_array_index (self->history, self->history->len - 2), GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT);
  shorten_history (self, self->history->len - 1);
  show_view (self, cpt_window_get_view (self), GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT);
}

static GtkWidget *
create_place_row (const CptPlace *place)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (cpt_place_get_label (place));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (place->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.place");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", place->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, cpt_place_get_label (place), -1);

  return row;
}

static void
place_header_cb (GtkListBoxRow *row,
                 GtkListBoxRow *before,
                 gpointer       user_data)
{
  const CptPlace *places = ((const CptRoutes *) user_data)->places;

  if (before != NULL && places[gtk_list_box_row_get_index (row)].section !=
                          places[gtk_list_box_row_get_index (before)].section)
    gtk_list_box_row_set_header (row, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  else
    gtk_list_box_row_set_header (row, NULL);
}

CptStore *
cpt_window_get_store (CptWindow *self)
{
  g_return_val_if_fail (CPT_IS_WINDOW (self), NULL);

  return self->store;
}

CptState *
cpt_window_get_state_file (CptWindow *self)
{
  return cpt_application_get_state (CPT_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
}

char *
cpt_window_dup_state (CptWindow  *self,
                      const char *key)
{
  g_return_val_if_fail (CPT_IS_WINDOW (self), NULL);

  return cpt_state_dup_string (cpt_window_get_state_file (self), "window", key);
}

void
cpt_window_set_state (CptWindow  *self,
                      const char *key,
                      const char *value)
{
  g_return_if_fail (CPT_IS_WINDOW (self));

  cpt_state_set_string (cpt_window_get_state_file (self), "window", key, value);
}

char *
cpt_window_dup_workspace_key (CptWindow  *self,
                              const char *what,
                              const char *entity)
{
  g_return_val_if_fail (CPT_IS_WINDOW (self), NULL);
  g_return_val_if_fail (self->store != NULL, NULL);

  return g_strdup_printf ("%s-%s-%08x", what, entity, g_str_hash (cpt_store_get_path (self->store)));
}

static void
remember_size (CptWindow *self)
{
  CptState *state = cpt_window_get_state_file (self);
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  cpt_state_set_integer (state, "window", "width", width);
  cpt_state_set_integer (state, "window", "height", height);
  cpt_state_set_integer (state, "window", "maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

static gboolean
cpt_window_close_request (GtkWindow *window)
{
  CptWindow *self = CPT_WINDOW (window);

  if (!cpt_window_leave_views (self))
    return GDK_EVENT_STOP;

  self->is_closing = TRUE;
  remember_size (self);
  cpt_window_drop_workspace (self);

  return GTK_WINDOW_CLASS (cpt_window_parent_class)->close_request (window);
}

static void
cpt_window_dispose (GObject *object)
{
  CptWindow *self = CPT_WINDOW (object);

  self->is_closing = TRUE;
  if (self->views != NULL)
    cpt_window_drop_workspace (self);
  cpt_window_drop_toasts (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), CPT_TYPE_WINDOW);

  G_OBJECT_CLASS (cpt_window_parent_class)->dispose (object);
}

static void
cpt_window_finalize (GObject *object)
{
  CptWindow *self = CPT_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->error_dialog);
  g_clear_weak_pointer (&self->settings);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_clear_pointer (&self->roots, g_hash_table_unref);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (cpt_window_parent_class)->finalize (object);
}

static void
cpt_window_class_init (CptWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = cpt_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/comptoir/Comptoir/ui/cpt-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CptWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, status);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, rescue_button);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, create_button);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, start_menu);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, workspace_title);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, menu);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, places);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, content);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, views);
}

static void
cpt_window_init (CptWindow *self)
{
  self->history = g_ptr_array_new ();
  self->roots = g_hash_table_new (NULL, NULL);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->leaflet, "notify::folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
}

CptWindow *
cpt_window_new (CptApplication *application)
{
  CptWindow *self;
  CptState *state;
  const CptRoutes *routes;

  g_return_val_if_fail (CPT_IS_APPLICATION (application), NULL);

  self = g_object_new (CPT_TYPE_WINDOW, "application", application, NULL);
  state = cpt_application_get_state (application);
  self->routes = routes = cpt_application_get_routes (application);
  gtk_list_box_set_header_func (self->places, place_header_cb, (gpointer) routes, NULL);
  for (guint i = 0; i < routes->n_places; i++)
    gtk_list_box_append (self->places, create_place_row (&routes->places[i]));
  cpt_window_add_actions (self);
  cpt_window_add_spring (self);
  gtk_window_set_default_size (GTK_WINDOW (self),
                               cpt_state_get_integer (state, "window", "width", 1100),
                               cpt_state_get_integer (state, "window", "height", 720));
  if (cpt_state_get_integer (state, "window", "maximized", FALSE))
    gtk_window_maximize (GTK_WINDOW (self));

  return self;
}
