/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window has open, and what it says when that can't be opened. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-window-private.h"
#include "cpt-workspace.h"

static void
store_changed_cb (CptWindow    *self,
                  CptChangeSet *set)
{
  g_autoptr(GPtrArray) views = g_ptr_array_new_with_free_func (g_object_unref);

  cpt_window_withdraw_reminders (self, set);
  cpt_window_check_alerts_soon (self);
  cpt_window_run_automation_soon (self);
  /* A view may open or close others when it hears of it. */
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->views)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    g_ptr_array_add (views, g_object_ref (child));
  for (guint i = 0; i < views->len; i++)
    cpt_view_changed (g_ptr_array_index (views, i), set);
}

/* Fields were added or taken away: views made from the old declarations go.
 * Nobody who changes them in the settings is to see that. */
static void
schema_changed_cb (CptWindow *self)
{
  const CptPlace *place = self->place;
  CptView *view = cpt_window_get_view (self);
  guint duration = gtk_stack_get_transition_duration (self->views);
  gboolean is_settings = view != NULL && view == self->settings;
  CptView *renewed;

  if (place == NULL || !cpt_window_leave_views (self))
    return;

  renewed = view != NULL ? cpt_view_renew (view) : NULL;
  gtk_stack_set_transition_duration (self->views, renewed != NULL ? 0 : duration);
  cpt_window_drop_views (self);
  cpt_window_open_place (self, place->name);
  if (renewed != NULL)
    cpt_window_push (self, renewed);
  if (renewed != NULL && is_settings)
    g_set_weak_pointer (&self->settings, renewed);
  gtk_stack_set_transition_duration (self->views, duration);
}

void
cpt_window_drop_workspace (CptWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();

  cpt_window_stop_reminders (self);
  cpt_window_stop_alerts (self);
  cpt_window_stop_schedules (self);
  cpt_window_stop_automation (self);
  cpt_window_stop_spring (self);
  cpt_window_drop_views (self);
  if (self->store != NULL)
    {
      g_clear_signal_handler (&self->changed_handler, self->store);
      g_clear_signal_handler (&self->schema_handler, self->store);
    }
  g_clear_object (&self->store);
}

CptSchema *
cpt_window_get_schema (CptWindow *self)
{
  g_return_val_if_fail (CPT_IS_WINDOW (self), NULL);

  return self->store != NULL ? cpt_store_get_schema (self->store) : NULL;
}

/* What people call the file: its name without folder and extension */
static char *
dup_workspace_name (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (base);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';

  return g_steal_pointer (&name);
}

/* The one button that helps */
static void
suggest (GtkWidget *button,
         gboolean   is_suggested)
{
  if (is_suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

static void
show_refusal (CptWindow    *self,
              const GError *error)
{
  g_autofree char *name = dup_workspace_name (self->path);
  g_autofree char *title = g_strdup_printf (_("“%s” Can’t Be Opened"), name);
  g_autofree char *escaped = g_markup_escape_text (error->message, -1);
  gboolean can_rescue = g_error_matches (error, CPT_ERROR, CPT_ERROR_DAMAGED) ||
                        g_error_matches (error, CPT_ERROR, CPT_ERROR_READ_ONLY) ||
                        g_error_matches (error, CPT_ERROR, CPT_ERROR_FULL);

  adw_status_page_set_icon_name (self->status, "dialog-warning-symbolic");
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, escaped);
  gtk_widget_set_visible (self->rescue_button, can_rescue);
  suggest (self->rescue_button, can_rescue);
  suggest (self->create_button, !can_rescue);
  gtk_stack_set_visible_child_name (self->pages, "start");
  gtk_window_set_title (GTK_WINDOW (self), title);
  cpt_window_update_actions (self);
}

static void
show_workspace (CptWindow *self)
{
  const char *company = cpt_store_get_name (self->store);
  g_autofree char *name = company != NULL && company[0] != '\0' ? g_strdup (company) : dup_workspace_name (self->path);
  g_autofree char *place = cpt_window_dup_state (self, "place");
  gboolean read_only = cpt_store_is_read_only (self->store);

  adw_window_title_set_title (self->workspace_title, name);
  gtk_revealer_set_reveal_child (self->banner, read_only);
  gtk_widget_set_visible (GTK_WIDGET (self->banner), read_only);
  gtk_stack_set_visible_child_name (self->pages, "workspace");
  cpt_window_open_place (self, place != NULL && cpt_routes_find_place (self->routes, place) != NULL ? place : "home");
}

/* Nothing can be saved any more; what is there can still be read. */
static void
store_damaged_cb (CptWindow *self,
                  CptStore  *store)
{
  if (store != self->store)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->banner), TRUE);
  gtk_revealer_set_reveal_child (self->banner, TRUE);
  cpt_window_update_actions (self);
}

static void
open_workspace (CptWindow   *self,
                const char  *path,
                CptOpenMode  mode)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  CptStore *store;

  if (!cpt_window_leave_views (self))
    return;

  store = cpt_workspace_open_store (absolute, mode, NULL, &error);
  cpt_window_drop_workspace (self);
  g_free (self->path);
  self->path = g_steal_pointer (&absolute);
  if (store == NULL)
    {
      show_refusal (self, error);
      return;
    }

  self->store = store;
  self->changed_handler = g_signal_connect_swapped (store, "changed", G_CALLBACK (store_changed_cb), self);
  g_signal_connect_object (store, "damaged", G_CALLBACK (store_damaged_cb), self, G_CONNECT_SWAPPED);
  self->schema_handler = g_signal_connect_swapped (store, "notify::schema", G_CALLBACK (schema_changed_cb), self);
  cpt_state_set_string (cpt_window_get_state_file (self), "application", "last", self->path);
  cpt_window_remember_workspace (self);
  show_workspace (self);
  cpt_window_start_reminders (self);
  cpt_window_start_alerts (self);
  cpt_window_start_schedules (self);
  cpt_window_start_automation (self);
}

void
cpt_window_open_workspace (CptWindow  *self,
                           const char *path)
{
  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (path != NULL);

  open_workspace (self, path, CPT_OPEN_WRITE);
}

CptWindow *
cpt_window_open_for (CptApplication *application,
                     const char     *path)
{
  CptWindow *window;

  g_return_val_if_fail (CPT_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (application)); item != NULL; item = item->next)
    if (CPT_IS_WINDOW (item->data) && g_strcmp0 (CPT_WINDOW (item->data)->path, path) == 0 &&
        CPT_WINDOW (item->data)->store != NULL)
      return item->data;

  window = cpt_window_new (application);
  cpt_window_open_workspace (window, path);
  gtk_window_present (GTK_WINDOW (window));

  return window;
}

void
cpt_window_rescue_workspace (CptWindow *self)
{
  g_autofree char *path = g_strdup (self->path);

  if (path != NULL)
    open_workspace (self, path, CPT_OPEN_READ);
}

static void
add_workspace_filter (GtkFileChooser *chooser)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Comptoir workspaces"));
  gtk_file_filter_add_suffix (filter, "comptoir");
  gtk_file_chooser_add_filter (chooser, filter);
  g_clear_object (&filter);

  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _("All files"));
  gtk_file_filter_add_pattern (filter, "*");
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
open_response_cb (GtkNativeDialog *dialog,
                  int              response,
                  gpointer         user_data)
{
  CptWindow *self = user_data;
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && g_file_peek_path (file) != NULL)
    cpt_window_open_workspace (self, g_file_peek_path (file));
  g_object_unref (dialog);
}

void
cpt_window_choose_workspace (CptWindow *self)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Open Workspace"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  add_workspace_filter (GTK_FILE_CHOOSER (chooser));
  g_signal_connect_object (chooser, "response", G_CALLBACK (open_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
create_response_cb (GtkNativeDialog *dialog,
                    int              response,
                    gpointer         user_data)
{
  CptWindow *self = user_data;
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;

  g_object_unref (dialog);
  if (response != GTK_RESPONSE_ACCEPT || file == NULL || g_file_peek_path (file) == NULL)
    return;

  path = g_str_has_suffix (g_file_peek_path (file), ".comptoir")
           ? g_strdup (g_file_peek_path (file))
           : g_strconcat (g_file_peek_path (file), ".comptoir", NULL);
  if (!cpt_workspace_create (path, NULL, &error))
    cpt_window_show_error (self, error);
  else
    cpt_window_open_workspace (self, path);
}

void
cpt_window_create_workspace (CptWindow *self)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("New Workspace"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Create"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  add_workspace_filter (GTK_FILE_CHOOSER (chooser));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), _("My Company.comptoir"));
  g_signal_connect_object (chooser, "response", G_CALLBACK (create_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
