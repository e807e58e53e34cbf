/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links to records: made for the clipboard, and followed when the desktop hands
 * one over. Which file a workspace is in is remembered on this machine when it
 * is opened. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-window-private.h"
#include "cpt-workspace.h"

#define STATE_GROUP "workspaces"

typedef struct
{
  gboolean is_created; /* the identifier is made when there is none */
} Reading;

/* A link that is made or followed */
typedef struct
{
  CptWindow *self; /* (owned) */
  CptRecordLink link;
} Task;

static gpointer
read_id (CptDatabase   *database,
         gpointer       user_data,
         GCancellable  *cancellable,
         GError       **error)
{
  const Reading *reading = user_data;
  g_autofree CptUuid *id = g_new0 (CptUuid, 1);

  return cpt_workspace_read_id (database, reading->is_created, id, error) ? g_steal_pointer (&id) : NULL;
}

static void
remember (CptWindow     *self,
          const CptUuid *id)
{
  g_autofree char *text = cpt_uuid_dup_text (id);

  self->workspace_id = *id;
  if (!cpt_uuid_is_nil (id))
    cpt_state_set_string (cpt_window_get_state_file (self), STATE_GROUP, text, self->path);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(CptWindow) self = user_data;
  g_autofree CptUuid *id = cpt_store_finish (CPT_STORE (source), result, NULL);

  if (id != NULL && CPT_STORE (source) == self->store)
    remember (self, id);
}

void
cpt_window_remember_workspace (CptWindow *self)
{
  self->workspace_id = (CptUuid){ 0 };
  cpt_store_read_async (self->store, G_PRIORITY_LOW, read_id, g_new0 (Reading, 1), g_free, g_free, self->cancellable, opened_cb,
                        g_object_ref (self));
}

const CptUuid *
cpt_window_get_workspace_id (CptWindow *self)
{
  g_return_val_if_fail (CPT_IS_WINDOW (self), NULL);

  return self->store != NULL && !cpt_uuid_is_nil (&self->workspace_id) ? &self->workspace_id : NULL;
}

static void
id_made_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Task *task = user_data;
  g_autoptr(CptWindow) self = task->self;
  g_autoptr(GError) error = NULL;
  g_autofree CptUuid *id = cpt_store_finish (CPT_STORE (source), result, &error);
  g_autofree char *text = NULL;

  if (id == NULL)
    {
      cpt_window_show_error (self, error);
      return;
    }
  if (cpt_uuid_is_nil (id))
    {
      cpt_window_show_toast (self, _("Links need a workspace that is open for writing"));
      return;
    }

  if (CPT_STORE (source) == self->store)
    remember (self, id);
  task->link.workspace = *id;
  text = cpt_record_link_format (&task->link);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  cpt_window_show_toast (self, _("Link copied"));
}

void
cpt_window_copy_link (CptWindow       *self,
                      const CptEntity *entity,
                      const CptUuid   *id)
{
  Task *task;
  Reading *reading;

  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (entity != NULL && id != NULL);
  g_return_if_fail (self->store != NULL);

  task = g_new0 (Task, 1);
  task->self = g_object_ref (self);
  task->link.id = *id;
  g_strlcpy (task->link.entity, entity->name, sizeof task->link.entity);
  reading = g_new0 (Reading, 1);
  reading->is_created = !cpt_store_is_read_only (self->store);
  if (reading->is_created)
    cpt_store_write_async (self->store, read_id, reading, g_free, g_free, self->cancellable, id_made_cb, task);
  else
    cpt_store_read_async (self->store, G_PRIORITY_DEFAULT, read_id, reading, g_free, g_free, self->cancellable, id_made_cb, task);
}

/* Following */

/* What a window without a workspace says about its file is enough. */
static void
refuse (CptWindow           *self,
        const CptRecordLink *link)
{
  g_autofree char *id = cpt_uuid_dup_text (&link->workspace);
  g_autofree char *path = cpt_state_dup_string (cpt_window_get_state_file (self), STATE_GROUP, id);
  g_autoptr(GError) error = NULL;

  if (self->store == NULL && path != NULL && g_strcmp0 (path, self->path) == 0)
    return;

  if (path != NULL)
    g_set_error (&error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
                 /* Translators: %s is the name of a file */
                 _("This link leads to another workspace, which was in the file “%s”. Open it, then the link again."), path);
  else
    g_set_error (&error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
                 /* Translators: %s is an identifier */
                 _("This link leads to another workspace, %s, which was never open on this computer. Open its file, then "
                   "the link again."),
                 id);
  cpt_window_show_error (self, error);
}

static void
id_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Task *task = user_data;
  g_autoptr(CptWindow) self = task->self;
  g_autoptr(GError) error = NULL;
  g_autofree CptUuid *id = cpt_store_finish (CPT_STORE (source), result, &error);
  const CptEntity *entity;

  if (CPT_STORE (source) != self->store || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (id == NULL)
    {
      cpt_window_show_error (self, error);
      return;
    }
  if (!cpt_uuid_equal (id, &task->link.workspace))
    {
      refuse (self, &task->link);
      return;
    }

  entity = cpt_schema_find_entity (cpt_window_get_schema (self), task->link.entity);
  if (entity != NULL && (entity->flags & CPT_ENTITY_SYSTEM) == 0)
    cpt_window_open_record (self, entity, &task->link.id);
  else
    cpt_window_show_toast (self, _("This link leads to a kind of record that has no page here"));
}

void
cpt_window_follow_link (CptWindow           *self,
                        const CptRecordLink *link)
{
  Task *task;

  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (link != NULL);

  if (self->store == NULL)
    {
      refuse (self, link);
      return;
    }

  task = g_new0 (Task, 1);
  task->self = g_object_ref (self);
  task->link = *link;
  cpt_store_read_async (self->store, G_PRIORITY_HIGH, read_id, g_new0 (Reading, 1), g_free, g_free, self->cancellable,
                        id_read_cb, task);
}
