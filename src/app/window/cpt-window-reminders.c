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

  if (reminders == NULL || application == NULL || self->store != CPT_STORE (source))
    return;

  for (guint i = 0; i < reminders->len; i++)
    g_hash_table_add (self->told, g_memdup2 (&((const CptReminder *) g_ptr_array_index (reminders, i))->id, sizeof (CptUuid)));
  cpt_reminder_actions_tell (CPT_APPLICATION (application), self->path, reminders);
}

/* Whether what was told of the task may be old now */
static gboolean
concerns (const CptRowChange *change)
{
  static const char *const fields[] = { "status", "due_on", "due_at", "reminders" };

  if (strcmp (change->entity->name, "task") != 0)
    return FALSE;
  if (change->kind != CPT_CHANGE_UPDATE)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if ((change->fields & G_GUINT64_CONSTANT (1) << (cpt_entity_find_field (change->entity, fields[i])->index % 64)) != 0)
      return TRUE;

  return FALSE;
}

void
cpt_window_withdraw_reminders (CptWindow    *self,
                               CptChangeSet *set)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  guint n_changes;
  const CptRowChange *changes = cpt_change_set_get_rows (set, &n_changes);

  if (self->told == NULL || application == NULL || g_hash_table_size (self->told) == 0)
    return;

  for (guint i = 0; i < n_changes; i++)
    if (concerns (&changes[i]) && g_hash_table_remove (self->told, &changes[i].id))
      cpt_reminder_actions_withdraw (CPT_APPLICATION (application), &changes[i].id);
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

  self->told = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, NULL);
  self->reminder_timer = g_timeout_add_seconds (ASK_SECONDS, ask_cb, self);
  ask_cb (self);
}

void
cpt_window_stop_reminders (CptWindow *self)
{
  g_clear_handle_id (&self->reminder_timer, g_source_remove);
  g_clear_pointer (&self->told, g_hash_table_unref);
}
