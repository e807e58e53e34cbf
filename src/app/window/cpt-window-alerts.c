/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Has the alerts of the workspace checked: each minute by the wall clock, and
 * soon after something changed. What began or ended is told to whom it is for. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-alert.h"
#include "cpt-reminder-actions.h"
#include "cpt-window-private.h"

#define CHECK_SECONDS 60
/* A change is seldom alone. */
#define REST_SECONDS 2

/* Whoever checked, what is news to the person here is told. */
static gpointer
check_in_writer (CptDatabase   *database,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr(GPtrArray) events = cpt_alerts_check (database, FALSE, error);

  return events != NULL ? cpt_alerts_claim (database, error) : NULL;
}

/* A file that is held by another program is asked again later: no error. */
static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(CptWindow) self = user_data;
  g_autoptr(GPtrArray) events = cpt_store_finish (CPT_STORE (source), result, NULL);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (events == NULL || application == NULL || self->store != CPT_STORE (source))
    return;

  for (guint i = 0; i < events->len; i++)
    cpt_reminder_actions_tell_alert (CPT_APPLICATION (application), self->path, g_ptr_array_index (events, i));
}

static gboolean
check_cb (gpointer user_data)
{
  CptWindow *self = user_data;

  cpt_store_write_async (self->store, check_in_writer, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, self->cancellable,
                         checked_cb, g_object_ref (self));

  cpt_window_tell_notices (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
rested_cb (gpointer user_data)
{
  CptWindow *self = user_data;

  self->alert_rest = 0;
  check_cb (self);

  return G_SOURCE_REMOVE;
}

void
cpt_window_check_alerts_soon (CptWindow *self)
{
  if (self->alert_timer != 0 && self->alert_rest == 0)
    self->alert_rest = g_timeout_add_seconds (REST_SECONDS, rested_cb, self);
}

void
cpt_window_start_alerts (CptWindow *self)
{
  if (self->store == NULL || cpt_store_is_read_only (self->store))
    return;

  self->alert_timer = g_timeout_add_seconds (CHECK_SECONDS, check_cb, self);
  cpt_window_check_alerts_soon (self);
}

void
cpt_window_stop_alerts (CptWindow *self)
{
  g_clear_handle_id (&self->alert_timer, g_source_remove);
  g_clear_handle_id (&self->alert_rest, g_source_remove);
}
