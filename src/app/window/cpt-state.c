/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the person chose on this machine and that is nobody else's business:
 * the last workspace, sizes of windows, widths of columns. One small key file;
 * losing it costs a few clicks, so that errors are no more than debug messages. */
#include "config.h"
#include "cpt-state.h"

#include <gio/gio.h>

#define FLUSH_SECONDS 2

struct _CptState
{
  GObject parent_instance;

  char *path;
  GKeyFile *file;
  guint flush_source;
};

G_DEFINE_TYPE (CptState, cpt_state, G_TYPE_OBJECT)

void
cpt_state_flush (CptState *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = NULL;

  g_return_if_fail (CPT_IS_STATE (self));

  if (self->flush_source == 0)
    return;

  g_clear_handle_id (&self->flush_source, g_source_remove);
  folder = g_path_get_dirname (self->path);
  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (self->file, self->path, &error))
    g_debug ("The state is not kept: %s", error->message);
}

static gboolean
flush_timeout_cb (gpointer data)
{
  cpt_state_flush (data);

  return G_SOURCE_REMOVE;
}

static void
schedule_flush (CptState *self)
{
  if (self->flush_source == 0)
    self->flush_source = g_timeout_add_seconds (FLUSH_SECONDS, flush_timeout_cb, self);
}

static void
cpt_state_finalize (GObject *object)
{
  CptState *self = CPT_STATE (object);

  cpt_state_flush (self);
  g_clear_pointer (&self->file, g_key_file_unref);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (cpt_state_parent_class)->finalize (object);
}

static void
cpt_state_class_init (CptStateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_state_finalize;
}

static void
cpt_state_init (CptState *self)
{
  self->file = g_key_file_new ();
}

CptState *
cpt_state_new (const char *path)
{
  CptState *self = g_object_new (CPT_TYPE_STATE, NULL);
  g_autoptr(GError) error = NULL;

  self->path = path != NULL ? g_strdup (path)
                            : g_build_filename (g_get_user_state_dir (), "comptoir", "state.ini", NULL);
  if (!g_key_file_load_from_file (self->file, self->path, G_KEY_FILE_NONE, &error))
    g_debug ("There is no state yet: %s", error->message);

  return self;
}

char *
cpt_state_dup_string (CptState   *self,
                      const char *group,
                      const char *key)
{
  g_return_val_if_fail (CPT_IS_STATE (self), NULL);

  return g_key_file_get_string (self->file, group, key, NULL);
}

int
cpt_state_get_integer (CptState   *self,
                       const char *group,
                       const char *key,
                       int         fallback)
{
  g_autoptr(GError) error = NULL;
  int value;

  g_return_val_if_fail (CPT_IS_STATE (self), fallback);

  value = g_key_file_get_integer (self->file, group, key, &error);

  return error == NULL ? value : fallback;
}

void
cpt_state_set_string (CptState   *self,
                      const char *group,
                      const char *key,
                      const char *value)
{
  g_autofree char *old = NULL;

  g_return_if_fail (CPT_IS_STATE (self));

  old = g_key_file_get_string (self->file, group, key, NULL);
  if (g_strcmp0 (old, value) == 0)
    return;

  if (value != NULL)
    g_key_file_set_string (self->file, group, key, value);
  else
    g_key_file_remove_key (self->file, group, key, NULL);
  schedule_flush (self);
}

void
cpt_state_set_integer (CptState   *self,
                       const char *group,
                       const char *key,
                       int         value)
{
  g_autofree char *text = g_strdup_printf ("%d", value);

  cpt_state_set_string (self, group, key, text);
}
