/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows what workflows tell the person here. It is shown first and marked as shown
 * then, so that nothing is lost when the program ends between; what would be shown
 * again takes the place of what is there. */
#include "config.h"

#include "cpt-notices.h"
#include "cpt-reminder-actions.h"
#include "cpt-window-private.h"

static gpointer
list_in_reader (CptDatabase   *database,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return cpt_notices_list (database, error);
}

static gpointer
mark_in_writer (CptDatabase   *database,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return GINT_TO_POINTER (cpt_notices_mark_told (database, data, error));
}

/* What can't be written now is told and tried again with the next look. */
static void
marked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(CptWindow) self = user_data;

  cpt_store_finish (CPT_STORE (source), result, NULL);
  self->is_telling = FALSE;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(CptWindow) self = user_data;
  g_autoptr(GPtrArray) notices = cpt_store_finish (CPT_STORE (source), result, NULL);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GArray *told;

  if (notices == NULL || notices->len == 0 || application == NULL || self->store != CPT_STORE (source) ||
      !cpt_reminder_actions_tell_notices (CPT_APPLICATION (application), self->path, notices))
    {
      self->is_telling = FALSE;
      return;
    }

  told = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  for (guint i = 0; i < notices->len; i++)
    g_array_append_val (told, ((const CptRecord *) g_ptr_array_index (notices, i))->id);
  cpt_store_write_async (self->store, mark_in_writer, told, (GDestroyNotify) g_array_unref, NULL, NULL, marked_cb,
                         g_object_ref (self));
}

void
cpt_window_tell_notices (CptWindow *self)
{
  if (self->is_telling)
    return;

  self->is_telling = TRUE;
  cpt_store_read_async (self->store, G_PRIORITY_LOW, list_in_reader, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                        self->cancellable, listed_cb, g_object_ref (self));
}
