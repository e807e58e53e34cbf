/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks now and then which tasks somebody is to be told of. The wall clock counts:
 * after a sleep of the computer it is asked within a minute, and what came
 * meanwhile is told at once. */
#include "config.h"

#include "cpt-reminder-actions.h"
#include "cpt-window-private.h"

#define ASK_SECONDS 60

static gpointer
claim_in_writer (CptDatabase   *database,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  return cpt_reminders_claim (database, error);
}

/* A file that is held by another program is asked again later: no error. */
static void
claimed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(CptWindow) self = user_data;
  g_autoptr(GPtrArray) reminders = cpt_store_finish (CPT_STORE (source), result, NULL);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (reminders != NULL && application != NULL && self->store == CPT_STORE (source))
    cpt_reminder_actions_tell (CPT_APPLICATION (application), self->path, reminders);
}

static gboolean
ask_cb (gpointer user_data)
{
  CptWindow *self = user_data;

  cpt_store_write_async (self->store, claim_in_writer, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, self->cancellable,
                         claimed_cb, g_object_ref (self));

  return G_SOURCE_CONTINUE;
}

void
cpt_window_start_reminders (CptWindow *self)
{
  if (self->store == NULL || cpt_store_is_read_only (self->store))
    return;

  self->reminder_timer = g_timeout_add_seconds (ASK_SECONDS, ask_cb, self);
  ask_cb (self);
}

void
cpt_window_stop_reminders (CptWindow *self)
{
  g_clear_handle_id (&self->reminder_timer, g_source_remove);
}
