/* SPDX-License-Identifier: GPL-3.0-or-later */
/* org.gnome.Shell.SearchProvider2.
 *
 * The desktop asks with each key that is pressed, and starts the program for it
 * when it does not run. A new question cancels the one before, which is then
 * answered with nothing. What is wrong with a workspace is told where it is
 * opened; here it is only a workspace without results. */
#include "config.h"
#include "cpt-search-provider.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-search-reader.h"
#include "cpt-window-private.h"

#define KEY_PREFIX "record:"
/* The desktop shows five or so, and tells how many more there are */
#define MAX_RESULTS 20
/* No desktop asks about more at once; another program may try */
#define MAX_METAS 100

static const char interface_xml[] =
  "<node><interface name='org.gnome.Shell.SearchProvider2'>"
  "<method name='GetInitialResultSet'><arg type='as' name='terms' direction='in'/>"
  "<arg type='as' name='results' direction='out'/></method>"
  "<method name='GetSubsearchResultSet'><arg type='as' name='previous_results' direction='in'/>"
  "<arg type='as' name='terms' direction='in'/><arg type='as' name='results' direction='out'/></method>"
  "<method name='GetResultMetas'><arg type='as' name='identifiers' direction='in'/>"
  "<arg type='aa{sv}' name='metas' direction='out'/></method>"
  "<method name='ActivateResult'><arg type='s' name='identifier' direction='in'/>"
  "<arg type='as' name='terms' direction='in'/><arg type='u' name='timestamp' direction='in'/></method>"
  "<method name='LaunchSearch'><arg type='as' name='terms' direction='in'/>"
  "<arg type='u' name='timestamp' direction='in'/></method>"
  "</interface></node>";

struct _CptSearchProvider
{
  GObject parent_instance;

  CptApplication *application; /* borrowed: it owns this */
  CptSearchReader *reader;
  GDBusConnection *connection; /* (nullable): where it can be called */
  guint registration;
  GCancellable *search; /* (nullable): of the last one */
};

G_DEFINE_FINAL_TYPE (CptSearchProvider, cpt_search_provider, G_TYPE_OBJECT)

/* Answers with @items (nullable): nothing */
typedef void (*Answer) (GDBusMethodInvocation *invocation,
                        GPtrArray *items);

/* A question that is being answered; the application stays for it */
typedef struct
{
  CptSearchProvider *self;           /* (owned) */
  CptApplication *application;       /* (owned) */
  GDBusMethodInvocation *invocation; /* given away with the answer */
  Answer answer;
} Call;

static Call *
call_new (CptSearchProvider     *self,
          GDBusMethodInvocation *invocation,
          Answer                 answer)
{
  Call *call = g_new0 (Call, 1);

  call->self = g_object_ref (self);
  call->application = g_object_ref (self->application);
  call->invocation = invocation;
  call->answer = answer;
  g_application_hold (G_APPLICATION (call->application));

  return call;
}

static void
call_free (Call *call)
{
  g_application_release (G_APPLICATION (call->application));
  g_object_unref (call->application);
  g_object_unref (call->self);
  g_free (call);
}

/* (nullable): of the workspace that was open last */
static char *
dup_path (CptSearchProvider *self)
{
  return cpt_state_dup_string (cpt_application_get_state (self->application), "application", "last");
}

/* (nullable): of a window on @path */
static CptStore *
find_store (CptSearchProvider *self,
            const char        *path)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self->application)); l != NULL; l = l->next)
    if (CPT_IS_WINDOW (l->data) && CPT_WINDOW (l->data)->store != NULL && g_strcmp0 (CPT_WINDOW (l->data)->path, path) == 0)
      return CPT_WINDOW (l->data)->store;

  return NULL;
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Call *call = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) items = cpt_search_reader_ask_finish (CPT_SEARCH_READER (source), result, &error);

  if (error != NULL)
    g_debug ("The desktop gets no answer: %s", error->message);
  call->answer (call->invocation, items);
  call_free (call);
}

/* Asks for @text or @keys (both transfer full) of the last workspace; without
 * one, nothing is the answer */
static void
ask (CptSearchProvider      *self,
     char                   *text,
     char                  **keys,
     GCancellable           *cancellable,
     GDBusMethodInvocation  *invocation,
     Answer                  answer)
{
  g_autoptr(CptSearchQuestion) question = g_new0 (CptSearchQuestion, 1);

  question->path = dup_path (self);
  question->text = text;
  question->keys = keys;
  question->limit = MAX_RESULTS;
  if (question->path != NULL)
    {
      CptStore *store = find_store (self, question->path);

      cpt_search_reader_ask_async (self->reader, store, g_steal_pointer (&question), cancellable, answered_cb,
                                   call_new (self, invocation, answer));
    }
  else
    answer (invocation, NULL);
}

/* Finding */

static void
return_keys (GDBusMethodInvocation *invocation,
             GPtrArray             *items)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("as"));
  for (guint i = 0; items != NULL && i < items->len; i++)
    g_variant_builder_add (&builder, "s", ((CptPaletteItem *) g_ptr_array_index (items, i))->key);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(as)", &builder));
}

static void
find (CptSearchProvider     *self,
      const char *const     *terms,
      GDBusMethodInvocation *invocation)
{
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  self->search = g_cancellable_new ();
  ask (self, g_strjoinv (" ", (char **) terms), NULL, self->search, invocation, return_keys);
}

static void
initial_result_set (CptSearchProvider     *self,
                    GVariant              *parameters,
                    GDBusMethodInvocation *invocation)
{
  g_autofree const char **terms = NULL;

  g_variant_get (parameters, "(^a&s)", &terms);
  find (self, terms, invocation);
}

/* What was found before is only some of what there was, so it is not asked */
static void
subsearch_result_set (CptSearchProvider     *self,
                      GVariant              *parameters,
                      GDBusMethodInvocation *invocation)
{
  g_autofree const char **former = NULL;
  g_autofree const char **terms = NULL;

  g_variant_get (parameters, "(^a&s^a&s)", &former, &terms);
  find (self, terms, invocation);
}

/* Telling */

/* The icons of the program are installed under a name of their own, since the
 * desktop does not know those inside it */
static GVariant *
create_icon (const char *name)
{
  g_autofree char *own =
    g_str_has_prefix (name, "cpt-") ? g_strconcat (CPT_APP_ID ".", name + strlen ("cpt-"), NULL) : g_strdup (name);
  g_autoptr(GIcon) icon = g_themed_icon_new (own);
  GVariant *variant = g_icon_serialize (icon);

  return variant;
}

static void
add_meta (GVariantBuilder      *builder,
          const CptPaletteItem *item)
{
  g_autofree char *description =
    item->detail != NULL && item->detail[0] != '\0'
      /* Translators: the kind of a record that the desktop found, and what it belongs to: "Contact — Acme" */
      ? g_strdup_printf (C_("search result", "%s — %s"), item->hint, item->detail)
      : g_strdup (item->hint);
  g_autoptr(GVariant) icon = create_icon (item->icon);

  g_variant_builder_open (builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (builder, "{sv}", "id", g_variant_new_string (item->key));
  g_variant_builder_add (builder, "{sv}", "name", g_variant_new_string (item->title));
  g_variant_builder_add (builder, "{sv}", "description", g_variant_new_string (description));
  g_variant_builder_add (builder, "{sv}", "icon", icon);
  g_variant_builder_close (builder);
}

static void
return_metas (GDBusMethodInvocation *invocation,
              GPtrArray             *items)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; items != NULL && i < items->len; i++)
    add_meta (&builder, g_ptr_array_index (items, i));
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(aa{sv})", &builder));
}

static void
result_metas (CptSearchProvider     *self,
              GVariant              *parameters,
              GDBusMethodInvocation *invocation)
{
  g_auto(GStrv) keys = NULL;

  g_variant_get (parameters, "(^as)", &keys);
  for (guint i = MAX_METAS; i < g_strv_length (keys);)
    g_clear_pointer (&keys[g_strv_length (keys) - 1], g_free);
  ask (self, NULL, g_steal_pointer (&keys), NULL, invocation, return_metas);
}

/* Opening */

/* (nullable): on the last workspace, with a sentence when it can't be opened */
static CptWindow *
present_window (CptSearchProvider *self,
                guint32            timestamp)
{
  g_autofree char *path = dup_path (self);
  CptWindow *window;

  if (path != NULL)
    window = cpt_window_open_for (self->application, path);
  else
    {
      g_application_activate (G_APPLICATION (self->application));
      window = CPT_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (self->application)));
    }
  gtk_window_present_with_time (GTK_WINDOW (window), timestamp);

  return window->store != NULL ? window : NULL;
}

static void
activate_result (CptSearchProvider     *self,
                 GVariant              *parameters,
                 GDBusMethodInvocation *invocation)
{
  const char *key;
  guint32 timestamp;
  CptWindow *window;

  g_variant_get (parameters, "(&sasu)", &key, NULL, &timestamp);
  window = present_window (self, timestamp);
  if (window != NULL && g_str_has_prefix (key, KEY_PREFIX))
    cpt_palette_open_key (window, key);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
launch_search (CptSearchProvider     *self,
               GVariant              *parameters,
               GDBusMethodInvocation *invocation)
{
  g_autofree const char **terms = NULL;
  g_autofree char *text = NULL;
  guint32 timestamp;
  CptWindow *window;

  g_variant_get (parameters, "(^a&su)", &terms, &timestamp);
  text = g_strjoinv (" ", (char **) terms);
  window = present_window (self, timestamp);
  if (window != NULL)
    gtk_window_present_with_time (window->routes->create_palette (window, text), timestamp);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static const struct
{
  const char *name;
  void (*run) (CptSearchProvider *self,
               GVariant *parameters,
               GDBusMethodInvocation *invocation);
} methods[] = {
  { "GetInitialResultSet", initial_result_set },
  { "GetSubsearchResultSet", subsearch_result_set },
  { "GetResultMetas", result_metas },
  { "ActivateResult", activate_result },
  { "LaunchSearch", launch_search },
};

/* In place of a function of eight parameters: the invocation, the last of them,
 * knows the rest. */
static void
marshal_call (GClosure     *closure,
              GValue       *return_value,
              guint         n_values,
              const GValue *values,
              gpointer      hint,
              gpointer      marshal_data)
{
  GDBusMethodInvocation *invocation = g_value_get_object (&values[n_values - 1]);
  const char *name = g_dbus_method_invocation_get_method_name (invocation);

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (strcmp (name, methods[i].name) == 0)
      {
        methods[i].run (closure->data, g_dbus_method_invocation_get_parameters (invocation), invocation);
        return;
      }

  g_assert_not_reached (); /* GDBus lets only those through that are declared */
}

gboolean
cpt_search_provider_export (CptSearchProvider  *self,
                            GDBusConnection    *connection,
                            const char         *path,
                            GError            **error)
{
  g_autoptr(GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  GClosure *closure = g_closure_new_simple (sizeof (GClosure), self);

  g_assert (CPT_IS_SEARCH_PROVIDER (self));
  g_assert (self->connection == NULL);

  g_closure_set_marshal (closure, marshal_call);
  self->registration =
    g_dbus_connection_register_object_with_closures (connection, path, info->interfaces[0], closure, NULL, NULL, error);
  if (self->registration == 0)
    return FALSE;

  self->connection = g_object_ref (connection);

  return TRUE;
}

void
cpt_search_provider_unexport (CptSearchProvider *self)
{
  g_return_if_fail (CPT_IS_SEARCH_PROVIDER (self));

  if (self->connection == NULL)
    return;

  g_dbus_connection_unregister_object (self->connection, self->registration);
  g_clear_object (&self->connection);
}

static void
cpt_search_provider_dispose (GObject *object)
{
  CptSearchProvider *self = CPT_SEARCH_PROVIDER (object);

  cpt_search_provider_unexport (self);
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  g_clear_object (&self->reader);

  G_OBJECT_CLASS (cpt_search_provider_parent_class)->dispose (object);
}

static void
cpt_search_provider_class_init (CptSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_search_provider_dispose;
}

static void
cpt_search_provider_init (CptSearchProvider *self)
{
  self->reader = cpt_search_reader_new ();
}

CptSearchProvider *
cpt_search_provider_new (CptApplication *application)
{
  CptSearchProvider *self;

  g_return_val_if_fail (CPT_IS_APPLICATION (application), NULL);

  self = g_object_new (CPT_TYPE_SEARCH_PROVIDER, NULL);
  self->application = application;

  return self;
}
