/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notifications about tasks and what their buttons do: done, an hour later,
 * tomorrow, open. They may be pressed when no window is open any more: one is
 * opened then. */
#include "config.h"
#include "cpt-reminder-actions.h"

#include <glib/gi18n-lib.h>

#include "cpt-window-private.h"

/* More at once are told in one sentence */
#define MAX_SINGLE 3

static const char *const names[] = {
  [CPT_NOTIFY_FULL] = "full",
  [CPT_NOTIFY_DISCREET] = "discreet",
  [CPT_NOTIFY_NONE] = "none",
};

static CptNotify
get_setting (CptApplication *application)
{
  g_autofree char *text = cpt_state_dup_string (cpt_application_get_state (application), "application", "notifications");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (text, names[i]) == 0)
      return (CptNotify) i;

  return CPT_NOTIFY_FULL;
}

/* The window and the task that a button is about; FALSE when it can't be opened */
static gboolean
find_task (CptApplication  *application,
           GVariant        *parameter,
           CptWindow      **window,
           CptUuid         *task)
{
  const char *path;
  const char *id;

  g_variant_get (parameter, "(&s&s)", &path, &id);
  if (!cpt_uuid_parse (id, task))
    return FALSE;
  *window = cpt_window_open_for (application, path);

  return (*window)->store != NULL;
}

/* FALSE, and says so, where nothing can be changed */
static gboolean
find_writable (CptApplication  *application,
               GVariant        *parameter,
               CptWindow      **window,
               CptUuid         *task)
{
  if (!find_task (application, parameter, window, task))
    return FALSE;
  if (!cpt_store_is_read_only ((*window)->store))
    return TRUE;

  gtk_window_present (GTK_WINDOW (*window));
  cpt_window_show_toast (*window, _("This workspace can only be read."));

  return FALSE;
}

static const CptEntity *
get_tasks (CptWindow *window)
{
  return cpt_schema_find_entity (cpt_window_get_schema (window), "task");
}

static void
open_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  CptWindow *window;
  CptUuid task;

  if (!find_task (user_data, parameter, &window, &task))
    return;

  cpt_window_open_record (window, get_tasks (window), &task);
  gtk_window_present (GTK_WINDOW (window));
}

static void
done_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  CptTransaction *transaction;
  g_auto(CptValue) done = CPT_VALUE_INIT;
  CptWindow *window;
  CptUuid task;

  if (!find_writable (user_data, parameter, &window, &task))
    return;

  cpt_value_set_text (&done, "done");
  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  cpt_transaction_set (transaction, get_tasks (window), &task, cpt_entity_find_field (get_tasks (window), "status"), &done);
  cpt_window_commit (window, transaction, _("Task done"), NULL, NULL, NULL);
}

typedef struct
{
  CptUuid task;
  gboolean is_tomorrow;
} Snooze;

static gpointer
snooze_in_writer (CptDatabase   *database,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  const Snooze *snooze = data;
  gint64 until = snooze->is_tomorrow ? cpt_reminders_get_morning (database, cpt_database_get_today (database) + 1)
                                     : cpt_database_get_now (database) + G_TIME_SPAN_HOUR;

  cpt_reminders_snooze (database, &snooze->task, until, error);

  return NULL;
}

static void
snoozed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(CptWindow) window = user_data;
  g_autoptr(GError) error = NULL;

  cpt_store_finish (CPT_STORE (source), result, &error);
  if (error != NULL)
    cpt_window_show_error (window, error);
}

static void
snooze (CptApplication *application,
        GVariant       *parameter,
        gboolean        is_tomorrow)
{
  Snooze *snooze;
  CptWindow *window;
  CptUuid task;

  if (!find_writable (application, parameter, &window, &task))
    return;

  snooze = g_new0 (Snooze, 1);
  snooze->task = task;
  snooze->is_tomorrow = is_tomorrow;
  cpt_store_write_async (window->store, snooze_in_writer, snooze, g_free, NULL, NULL, snoozed_cb, g_object_ref (window));
}

static void
hour_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  snooze (user_data, parameter, FALSE);
}

static void
tomorrow_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  snooze (user_data, parameter, TRUE);
}

static void
day_action (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  CptWindow *window = cpt_window_open_for (user_data, g_variant_get_string (parameter, NULL));

  if (window->store == NULL)
    return;

  cpt_window_open_place (window, "day");
  gtk_window_present (GTK_WINDOW (window));
}

static void
record_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  const CptEntity *entity;
  CptWindow *window;
  const char *path, *kind, *id;
  CptUuid record;

  g_variant_get (parameter, "(&s&s&s)", &path, &kind, &id);
  window = cpt_window_open_for (user_data, path);
  entity = window->store != NULL ? cpt_schema_find_entity (cpt_window_get_schema (window), kind) : NULL;
  if (entity == NULL || !cpt_uuid_parse (id, &record))
    return;

  cpt_window_open_record (window, entity, &record);
  gtk_window_present (GTK_WINDOW (window));
}

static void
alerts_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  CptWindow *window = cpt_window_open_for (user_data, g_variant_get_string (parameter, NULL));

  if (window->store == NULL)
    return;

  cpt_window_set_state (window, "settings-page", "alerts");
  cpt_window_open_settings (window);
  gtk_window_present (GTK_WINDOW (window));
}

/* A file that was written, or the folder of several */
static void
report_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  g_autofree char *uri = g_filename_to_uri (g_variant_get_bytestring (parameter), NULL, NULL);

  if (uri != NULL)
    gtk_show_uri_full (gtk_application_get_active_window (user_data), uri, GDK_CURRENT_TIME, NULL, NULL, NULL);
}

static void
setting_state (GSimpleAction *action,
               GVariant      *state,
               gpointer       user_data)
{
  g_simple_action_set_state (action, state);
  cpt_state_set_string (cpt_application_get_state (user_data), "application", "notifications",
                        g_variant_get_string (state, NULL));
}

static const GActionEntry actions[] = {
  { .name = "task-open", .activate = open_action, .parameter_type = "(ss)" },
  { .name = "task-done", .activate = done_action, .parameter_type = "(ss)" },
  { .name = "task-hour", .activate = hour_action, .parameter_type = "(ss)" },
  { .name = "task-tomorrow", .activate = tomorrow_action, .parameter_type = "(ss)" },
  { .name = "record-open", .activate = record_action, .parameter_type = "(sss)" },
  { .name = "day", .activate = day_action, .parameter_type = "s" },
  { .name = "alerts", .activate = alerts_action, .parameter_type = "s" },
  { .name = "report-file", .activate = report_action, .parameter_type = "ay" },
};

void
cpt_reminder_actions_add (CptApplication *application)
{
  g_autoptr(GSimpleAction) setting = NULL;

  g_return_if_fail (CPT_IS_APPLICATION (application));

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  setting = g_simple_action_new_stateful ("notifications", G_VARIANT_TYPE_STRING,
                                          g_variant_new_string (names[get_setting (application)]));
  g_signal_connect_object (setting, "change-state", G_CALLBACK (setting_state), application, 0);
  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (setting));
}

/* Telling */

static const char *
get_reason (CptReminderReason reason)
{
  switch (reason)
    {
    case CPT_REMINDER_DAY_BEFORE:
      return _("This is due tomorrow.");
    case CPT_REMINDER_DAY:
      return _("This is due today.");
    case CPT_REMINDER_DAY_AFTER:
      return _("This was due yesterday.");
    case CPT_REMINDER_HOUR:
      return _("This is due now.");
    case CPT_REMINDER_AGAIN:
      return _("You wanted to be reminded again.");
    default:
      g_assert_not_reached ();
    }
}

/* The name of the notification of a task; (transfer full) */
static char *
dup_name (const CptUuid *task)
{
  g_autofree char *id = cpt_uuid_dup_text (task);

  return g_strconcat ("task-", id, NULL);
}

static void
tell_one (CptApplication    *application,
          const char        *path,
          const CptReminder *reminder,
          gboolean           is_discreet)
{
  g_autofree char *id = cpt_uuid_dup_text (&reminder->id);
  g_autofree char *name = dup_name (&reminder->id);
  g_autoptr(GNotification) notification = g_notification_new (is_discreet ? _("A task needs you") : reminder->title);

  g_notification_set_body (notification, get_reason (reminder->reason));
  g_notification_set_default_action_and_target (notification, "app.task-open", "(ss)", path, id);
  g_notification_add_button_with_target (notification, _("Done"), "app.task-done", "(ss)", path, id);
  g_notification_add_button_with_target (notification, _("In an Hour"), "app.task-hour", "(ss)", path, id);
  g_notification_add_button_with_target (notification, _("Tomorrow"), "app.task-tomorrow", "(ss)", path, id);
  g_application_send_notification (G_APPLICATION (application), name, notification);
}

static void
tell_all (CptApplication *application,
          const char     *path,
          guint           n_reminders)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u task needs you", "%u tasks need you", n_reminders), n_reminders);
  g_autofree char *name = g_strdup_printf ("tasks-%08x", g_str_hash (path));
  g_autoptr(GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, _("They are all in My Day."));
  g_notification_set_default_action_and_target (notification, "app.day", "s", path);
  g_application_send_notification (G_APPLICATION (application), name, notification);
}

void
cpt_reminder_actions_tell (CptApplication *application,
                           const char     *path,
                           GPtrArray      *reminders)
{
  CptNotify setting;

  g_return_if_fail (CPT_IS_APPLICATION (application));
  g_return_if_fail (path != NULL && reminders != NULL);

  setting = get_setting (application);
  if (setting == CPT_NOTIFY_NONE || reminders->len == 0)
    return;

  if (reminders->len > MAX_SINGLE)
    {
      tell_all (application, path, reminders->len);
      return;
    }
  for (guint i = 0; i < reminders->len; i++)
    tell_one (application, path, g_ptr_array_index (reminders, i), setting == CPT_NOTIFY_DISCREET);
}

void
cpt_reminder_actions_tell_alert (CptApplication      *application,
                                 const char          *path,
                                 const CptAlertEvent *event)
{
  g_autoptr(GNotification) notification = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autofree char *over = NULL;
  CptNotify setting;

  g_return_if_fail (CPT_IS_APPLICATION (application));
  g_return_if_fail (path != NULL && event != NULL);

  setting = get_setting (application);
  if (setting == CPT_NOTIFY_NONE)
    return;

  id = cpt_uuid_dup_text (&event->id);
  name = g_strconcat ("alert-", id, NULL);
  /* Translators: what an alert was about: "Over: Revenue won, this month: below €10,000" */
  over = g_strdup_printf (_("Over: %s"), event->sentence);
  notification = g_notification_new (setting == CPT_NOTIFY_DISCREET ? _("A metric needs you") : event->title);
  if (setting == CPT_NOTIFY_FULL)
    g_notification_set_body (notification, event->is_firing ? event->sentence : over);
  g_notification_set_default_action_and_target (notification, "app.alerts", "s", path);
  g_application_send_notification (G_APPLICATION (application), name, notification);
}

static void
tell_notice (CptApplication  *application,
             const char      *path,
             const CptRecord *notice,
             gboolean         is_discreet)
{
  const char *body = cpt_record_get_text (notice, "body");
  const char *kind = cpt_record_get_text (notice, "kind");
  const char *record = cpt_record_get_text (notice, "record");
  g_autofree char *id = cpt_uuid_dup_text (&notice->id);
  g_autofree char *name = g_strconcat ("notice-", id, NULL);
  g_autoptr(GNotification) notification =
    g_notification_new (is_discreet ? _("A workflow needs you") : cpt_record_get_text (notice, "title"));

  if (!is_discreet && body != NULL)
    g_notification_set_body (notification, body);
  if (kind != NULL && record != NULL)
    g_notification_set_default_action_and_target (notification, "app.record-open", "(sss)", path, kind, record);
  g_application_send_notification (G_APPLICATION (application), name, notification);
}

/* The titles of several, the first ones in front */
static void
tell_many_notices (CptApplication *application,
                   const char     *path,
                   GPtrArray      *notices,
                   gboolean        is_discreet)
{
  g_autofree char *title =
    g_strdup_printf (ngettext ("Workflows tell you %u thing", "Workflows tell you %u things", notices->len), notices->len);
  g_autofree char *name = g_strdup_printf ("notices-%08x", g_str_hash (path));
  g_autoptr(GNotification) notification = g_notification_new (title);
  g_autoptr(GString) body = g_string_new (NULL);

  for (guint i = 0; i < notices->len; i++)
    g_string_append_printf (body, "%s%s", i > 0 ? "\n" : "", cpt_record_get_text (g_ptr_array_index (notices, i), "title"));
  if (!is_discreet)
    g_notification_set_body (notification, body->str);
  g_notification_set_default_action_and_target (notification, "app.day", "s", path);
  g_application_send_notification (G_APPLICATION (application), name, notification);
}

gboolean
cpt_reminder_actions_tell_notices (CptApplication *application,
                                   const char     *path,
                                   GPtrArray      *notices)
{
  CptNotify setting;

  g_return_val_if_fail (CPT_IS_APPLICATION (application), FALSE);
  g_return_val_if_fail (path != NULL && notices != NULL, FALSE);

  setting = get_setting (application);
  if (setting == CPT_NOTIFY_NONE)
    return FALSE;

  if (notices->len > MAX_SINGLE)
    tell_many_notices (application, path, notices, setting == CPT_NOTIFY_DISCREET);
  for (guint i = 0; notices->len <= MAX_SINGLE && i < notices->len; i++)
    tell_notice (application, path, g_ptr_array_index (notices, i), setting == CPT_NOTIFY_DISCREET);

  return TRUE;
}

void
cpt_reminder_actions_tell_report (CptApplication     *application,
                                  const CptReportRun *run)
{
  g_autoptr(GNotification) notification = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  const char *path;
  CptNotify setting;

  g_return_if_fail (CPT_IS_APPLICATION (application));
  g_return_if_fail (run != NULL);

  setting = get_setting (application);
  if (setting == CPT_NOTIFY_NONE)
    return;

  id = cpt_uuid_dup_text (&run->id);
  name = g_strconcat ("report-", id, NULL);
  notification = g_notification_new (setting == CPT_NOTIFY_FULL ? run->name
                                     : run->has_failed          ? _("A report could not be written")
                                                                : _("A report was written"));
  if (setting == CPT_NOTIFY_FULL)
    g_notification_set_body (notification, run->sentence);
  path = run->files->len == 1 && !run->has_failed ? g_ptr_array_index (run->files, 0) : run->folder;
  if (run->files->len > 0)
    {
      g_notification_set_default_action_and_target (notification, "app.report-file", "^ay", path);
      g_notification_add_button_with_target (notification, run->files->len == 1 ? _("Open") : _("Open Folder"), "app.report-file",
                                             "^ay", path);
    }
  g_application_send_notification (G_APPLICATION (application), name, notification);
}

void
cpt_reminder_actions_withdraw (CptApplication *application,
                               const CptUuid  *task)
{
  g_autofree char *name = NULL;

  g_return_if_fail (CPT_IS_APPLICATION (application));
  g_return_if_fail (task != NULL);

  name = dup_name (task);
  g_application_withdraw_notification (G_APPLICATION (application), name);
}
