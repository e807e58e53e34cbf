/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Has scheduled reports written while the workspace is open: asked each minute by
 * the wall clock, written in a thread of its own, one after the other. */
#include "config.h"

#include "cpt-reminder-actions.h"
#include "cpt-window-private.h"

#define ASK_SECONDS 60

static gpointer
ask_in_reader (CptDatabase   *database,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return GINT_TO_POINTER (cpt_report_schedules_are_due (database));
}

static gpointer
write_in_worker (CptDatabase   *database,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  return cpt_report_schedules_run (database, NULL, NULL, NULL, cancellable, error);
}

/* A file that is held by another program is asked again later: no error. */
static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(CptWindow) self = user_data;
  g_autoptr(GPtrArray) runs = cpt_store_finish (CPT_STORE (source), result, NULL);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (self->store == CPT_STORE (source))
    self->is_writing_reports = FALSE;
  if (application == NULL)
    return;

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    cpt_reminder_actions_tell_report (CPT_APPLICATION (application), g_ptr_array_index (runs, i));
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(CptWindow) self = user_data;
  gboolean are_due = GPOINTER_TO_INT (cpt_store_finish (CPT_STORE (source), result, NULL));

  if (!are_due || self->store != CPT_STORE (source) || self->is_writing_reports)
    return;

  self->is_writing_reports = TRUE;
  cpt_store_work_async (self->store, write_in_worker, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, self->cancellable,
                        written_cb, g_object_ref (self));
}

static gboolean
ask_cb (gpointer user_data)
{
  CptWindow *self = user_data;

  cpt_store_read_async (self->store, G_PRIORITY_LOW, ask_in_reader, NULL, NULL, NULL, self->cancellable, asked_cb,
                        g_object_ref (self));

  return G_SOURCE_CONTINUE;
}

void
cpt_window_start_schedules (CptWindow *self)
{
  if (self->store == NULL || cpt_store_is_read_only (self->store))
    return;

  self->is_writing_reports = FALSE;
  self->schedule_timer = g_timeout_add_seconds (ASK_SECONDS, ask_cb, self);
  ask_cb (self);
}

void
cpt_window_stop_schedules (CptWindow *self)
{
  g_clear_handle_id (&self->schedule_timer, g_source_remove);
}
