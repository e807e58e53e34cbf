/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one process of the user's session: a second start, a file opened from
 * the file manager and D-Bus activation all arrive here. */
#include "config.h"
#include "cpt-application.h"

#include <glib/gi18n-lib.h>

#include "cpt-reminder-actions.h"
#include "cpt-search-provider.h"
#include "cpt-shortcuts.h"
#include "cpt-window.h"

/* How long the program stays for the desktop's next question, in milliseconds */
#define IDLE_TIME 10000

struct _CptApplication
{
  AdwApplication parent_instance;

  const CptRoutes *routes;
  CptState *state;
  CptSearchProvider *search;
};

G_DEFINE_TYPE (CptApplication, cpt_application, ADW_TYPE_APPLICATION)

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  g_application_quit (G_APPLICATION (user_data));
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (user_data));
  GtkWidget *about = adw_about_window_new ();

  g_object_set (about,
                "application-icon", CPT_APP_ID,
                "application-name", _("Comptoir"),
                "developer-name", _("The Comptoir developers"),
                "version", CPT_VERSION,
                "license-type", GTK_LICENSE_GPL_3_0,
                "modal", TRUE,
                "transient-for", parent,
                /* Translators: your names, one in a line */
                "translator-credits", _("translator-credits"),
                NULL);
  gtk_window_present (GTK_WINDOW (about));
}

static const GActionEntry actions[] = {
  { .name = "about", .activate = about_action },
  { .name = "quit", .activate = quit_action },
};

static void
cpt_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (cpt_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  cpt_reminder_actions_add (CPT_APPLICATION (application));
  cpt_shortcuts_install (GTK_APPLICATION (application));
  if ((g_application_get_flags (application) & G_APPLICATION_IS_SERVICE) != 0)
    g_application_set_inactivity_timeout (application, IDLE_TIME);
}

static gboolean
cpt_application_dbus_register (GApplication     *application,
                               GDBusConnection  *connection,
                               const char       *path,
                               GError          **error)
{
  g_autofree char *search = g_strconcat (path, "/SearchProvider", NULL);

  return G_APPLICATION_CLASS (cpt_application_parent_class)->dbus_register (application, connection, path, error) &&
         cpt_search_provider_export (CPT_APPLICATION (application)->search, connection, search, error);
}

static void
cpt_application_dbus_unregister (GApplication    *application,
                                 GDBusConnection *connection,
                                 const char      *path)
{
  cpt_search_provider_unexport (CPT_APPLICATION (application)->search);

  G_APPLICATION_CLASS (cpt_application_parent_class)->dbus_unregister (application, connection, path);
}

static void
cpt_application_activate (GApplication *application)
{
  CptApplication *self = CPT_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    {
      g_autofree char *last = cpt_state_dup_string (self->state, "application", "last");

      window = GTK_WINDOW (cpt_window_new (self));
      if (last != NULL && g_file_test (last, G_FILE_TEST_EXISTS))
        cpt_window_open_workspace (CPT_WINDOW (window), last);
    }

  gtk_window_present (window);
}

/* Where the workspace of a link is open, or the window that has what it was in
 * when it was open last, or any */
static CptWindow *
find_window (CptApplication      *self,
             const CptRecordLink *link)
{
  g_autofree char *id = cpt_uuid_dup_text (&link->workspace);
  g_autofree char *path = cpt_state_dup_string (self->state, "workspaces", id);
  CptWindow *window;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      const CptUuid *open = CPT_IS_WINDOW (l->data) ? cpt_window_get_workspace_id (l->data) : NULL;

      if (open != NULL && cpt_uuid_equal (open, &link->workspace))
        return l->data;
    }

  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      window = cpt_window_new (self);
      cpt_window_open_workspace (window, path);
      return window;
    }

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (CPT_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

static void
open_link (CptApplication *self,
           const char     *uri)
{
  g_autoptr(GError) error = NULL;
  CptRecordLink link = { 0 };
  gboolean is_link = cpt_record_link_parse (uri, &link, &error);
  CptWindow *window = find_window (self, &link);

  if (window == NULL)
    {
      g_application_activate (G_APPLICATION (self));
      window = CPT_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (self)));
    }
  if (is_link)
    cpt_window_follow_link (window, &link);
  else
    cpt_window_show_error (window, error);
  gtk_window_present (GTK_WINDOW (window));
}

static void
cpt_application_open (GApplication  *application,
                      GFile        **files,
                      int            n_files,
                      const char    *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *uri = g_file_get_uri (files[i]);
      CptWindow *window;

      if (cpt_record_link_is_meant (uri))
        {
          open_link (CPT_APPLICATION (application), uri);
          continue;
        }

      window = cpt_window_new (CPT_APPLICATION (application));
      cpt_window_open_workspace (window, g_file_peek_path (files[i]));
      gtk_window_present (GTK_WINDOW (window));
    }
}

static int
cpt_application_handle_local_options (GApplication *application,
                                      GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("comptoir %s\n", CPT_VERSION);
      return 0;
    }

  return -1;
}

/* A window that something still refers to keeps the application alive until the
 * process ends: what is to be kept is not left to the end of either. */
static void
cpt_application_shutdown (GApplication *application)
{
  G_APPLICATION_CLASS (cpt_application_parent_class)->shutdown (application);

  cpt_state_flush (CPT_APPLICATION (application)->state);
}

static void
cpt_application_finalize (GObject *object)
{
  CptApplication *self = CPT_APPLICATION (object);

  g_clear_object (&self->search);
  g_clear_object (&self->state);

  G_OBJECT_CLASS (cpt_application_parent_class)->finalize (object);
}

static void
cpt_application_class_init (CptApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cpt_application_finalize;
  application_class->startup = cpt_application_startup;
  application_class->activate = cpt_application_activate;
  application_class->open = cpt_application_open;
  application_class->shutdown = cpt_application_shutdown;
  application_class->dbus_register = cpt_application_dbus_register;
  application_class->dbus_unregister = cpt_application_dbus_unregister;
  application_class->handle_local_options = cpt_application_handle_local_options;
}

static void
cpt_application_init (CptApplication *self)
{
  static const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
    { NULL },
  };

  self->state = cpt_state_new (NULL);
  self->search = cpt_search_provider_new (self);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[WORKSPACE…]"));
}

CptState *
cpt_application_get_state (CptApplication *self)
{
  g_return_val_if_fail (CPT_IS_APPLICATION (self), NULL);

  return self->state;
}

const CptRoutes *
cpt_application_get_routes (CptApplication *self)
{
  g_return_val_if_fail (CPT_IS_APPLICATION (self), NULL);

  return self->routes;
}

CptApplication *
cpt_application_new (const CptRoutes *routes)
{
  CptApplication *self;

  g_return_val_if_fail (routes != NULL, NULL);

  self = g_object_new (CPT_TYPE_APPLICATION,
                       "application-id", CPT_APP_ID,
                       "resource-base-path", "/org/comptoir/Comptoir",
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       NULL);
  self->routes = routes;

  return self;
}
