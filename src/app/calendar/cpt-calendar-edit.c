/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the calendar does to tasks and meetings: each change sets one field. Day and
 * hour of a task follow each other (see cpt-task.c), so that an hour on another day
 * is one value; only a day without an hour is two. A record that has an end keeps its
 * length: both fields move.
 */

#include "config.h"

#include "cpt-calendar-edit.h"

#include <glib/gi18n.h>

#include "cpt-date.h"
#include "cpt-recurrence.h"
#include "cpt-week-layout.h"

/* Until it is known what became of a change */
typedef struct
{
  GObject *view; /* (owned) */
  CptCalendarRefused refused;
} Pending;

static Pending *
pending_new (const CptCalendarEdit *self)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->view = g_object_ref (self->view);
  pending->refused = self->refused;

  return pending;
}

static void
pending_free (Pending *self)
{
  g_object_unref (self->view);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pending, pending_free)

static void
tell_refused (const Pending *self,
              CptWindow     *window,
              const GError  *error)
{
  cpt_window_show_error (window, error);
  self->refused (self->view);
}

static void
series_changed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(Pending) pending = user_data;
  g_autoptr(GError) error = NULL;

  if (!cpt_series_change_finish (CPT_WINDOW (source), result, &error))
    tell_refused (pending, CPT_WINDOW (source), error);
}

static void
committed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Pending) pending = user_data;
  g_autoptr(GError) error = NULL;

  if (!cpt_window_commit_finish (CPT_WINDOW (source), result, NULL, &error))
    tell_refused (pending, CPT_WINDOW (source), error);
}

static const CptEntity *
find_entity (const CptCalendarEdit *self,
             const CptCalendarTask *task)
{
  if (self->source != NULL)
    return self->source->entity;

  return cpt_schema_find_entity (cpt_window_get_schema (self->window), task->is_meeting ? "activity" : "task");
}

/* @field (nullable): deletes; @value (nullable): with none */
static void
change_value (const CptCalendarEdit *self,
              const CptCalendarTask *task,
              const char            *field,
              const CptValue        *value,
              const char            *toast)
{
  const CptEntity *entity = find_entity (self, task);
  CptTransaction *transaction;

  if (cpt_store_is_read_only (cpt_window_get_store (self->window)))
    {
      self->refused (self->view);
      return;
    }

  if (task->is_repeating)
    {
      cpt_series_change_async (self->window, task, field, value, toast, series_changed_cb, pending_new (self));
      return;
    }

  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  if (field != NULL)
    cpt_transaction_set (transaction, entity, &task->id, cpt_entity_find_field (entity, field), value);
  else
    cpt_transaction_delete (transaction, entity, &task->id);
  cpt_window_commit (self->window, transaction, toast, NULL, committed_cb, pending_new (self));
}

static void
change (const CptCalendarEdit *self,
        const CptCalendarTask *task,
        const char            *field,
        gint64                 number,
        const char            *toast)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_integer (&value, number);
  change_value (self, task, field, &value, toast);
}

/* Records */

static void
set_number (CptTransaction        *transaction,
            const CptCalendarEdit *self,
            const CptCalendarTask *task,
            const CptField        *field,
            gint64                 number)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_integer (&value, number);
  cpt_transaction_set (transaction, self->source->entity, &task->id, field, &value);
}

/* By as many days, at the hour that the clock shows, or by as much time */
static gint64
move_end (const CptCalendarEdit *self,
          const CptCalendarTask *task,
          gint64                 first,
          gint64                 days)
{
  GTimeZone *zone = cpt_store_get_zone (cpt_window_get_store (self->window));

  if (self->source->end->kind == CPT_FIELD_DATE)
    return task->last + days;
  if (self->source->day->kind == CPT_FIELD_DATETIME)
    return first + (task->last - task->first);

  return cpt_recurrence_move_instant (task->last, cpt_instant_get_date (task->last, zone) + days, zone);
}

static void
commit (const CptCalendarEdit *self,
        CptTransaction        *transaction,
        const char            *toast)
{
  if (cpt_store_is_read_only (cpt_window_get_store (self->window)))
    {
      cpt_transaction_free (transaction);
      self->refused (self->view);
      return;
    }
  cpt_window_commit (self->window, transaction, toast, NULL, committed_cb, pending_new (self));
}

/* @first: the new value of the day */
static void
move_record (const CptCalendarEdit *self,
             const CptCalendarTask *task,
             gint64                 first,
             gint64                 days)
{
  GTimeZone *zone = cpt_store_get_zone (cpt_window_get_store (self->window));
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autofree char *moment = NULL;
  g_autofree char *toast = NULL;

  cpt_value_set_integer (&value, first);
  moment = cpt_field_format_local (self->source->day, &value, zone);
  /* Translators: a toast; a kind of record, a day, maybe with its hour */
  toast = g_strdup_printf (_("%s moved to %s"), cpt_entity_get_label (self->source->entity), moment);
  set_number (transaction, self, task, self->source->day, first);
  if (task->has_last && self->source->end != NULL)
    set_number (transaction, self, task, self->source->end, move_end (self, task, first, days));
  commit (self, transaction, toast);
}

static void
move_record_to_day (const CptCalendarEdit *self,
                    const CptCalendarTask *task,
                    gint64                 day)
{
  GTimeZone *zone = cpt_store_get_zone (cpt_window_get_store (self->window));
  gboolean has_hours = cpt_calendar_source_has_hours (self->source);
  gint64 before = has_hours ? cpt_instant_get_date (task->first, zone) : task->first;
  gint64 to = day - task->offset;

  move_record (self, task, has_hours ? cpt_recurrence_move_instant (task->first, to, zone) : to, to - before);
}

static void
resize_record (const CptCalendarEdit *self,
               const CptCalendarTask *task,
               int                    minutes)
{
  const CptField *length = cpt_calendar_source_get_length (self->source);
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autofree char *toast = g_strdup_printf (_("%s takes %d min now"), cpt_entity_get_label (self->source->entity), minutes);

  if (length != NULL)
    set_number (transaction, self, task, length, (gint64) minutes * 60);
  else if (self->source->end != NULL && self->source->end->kind == CPT_FIELD_DATETIME)
    set_number (transaction, self, task, self->source->end, task->first + (gint64) minutes * 60 * G_USEC_PER_SEC);
  if (cpt_transaction_is_empty (transaction))
    {
      cpt_transaction_free (transaction);
      self->refused (self->view);
      return;
    }
  commit (self, transaction, toast);
}

void
cpt_calendar_edit_move (const CptCalendarEdit *self,
                        const CptCalendarTask *task,
                        gint64                 day)
{
  GTimeZone *zone = cpt_store_get_zone (cpt_window_get_store (self->window));
  g_autofree char *date = cpt_date_format (day);
  g_autofree char *toast = NULL;

  if (self->source != NULL)
    {
      move_record_to_day (self, task, day);
      return;
    }

  /* Translators: a toast; %s is a day */
  toast = g_strdup_printf (task->is_meeting ? _("Meeting moved to %s") : _("Task moved to %s"), date);
  if (task->is_meeting)
    change (self, task, "at", cpt_instant_from_date (day, zone), toast);
  else
    change (self, task, "due_on", day, toast);
}

void
cpt_calendar_edit_place (const CptCalendarEdit *self,
                         const CptCalendarTask *task,
                         gint64                 day,
                         int                    minute)
{
  GTimeZone *zone = cpt_store_get_zone (cpt_window_get_store (self->window));
  gint64 instant = cpt_week_get_instant (day, minute, zone);
  g_autofree char *moment = cpt_instant_format (instant, zone);
  g_autofree char *toast = NULL;

  if (self->source != NULL)
    {
      if (cpt_calendar_source_has_hours (self->source))
        move_record (self, task, instant, day - cpt_instant_get_date (task->first, zone));
      else
        move_record_to_day (self, task, day);
      return;
    }

  /* Translators: a toast; %s is a day and an hour */
  toast = g_strdup_printf (task->is_meeting ? _("Meeting moved to %s") : _("Task moved to %s"), moment);
  change (self, task, task->is_meeting ? "at" : "due_at", instant, toast);
}

void
cpt_calendar_edit_take_hour (const CptCalendarEdit *self,
                             const CptCalendarTask *task,
                             gint64                 day)
{
  const CptEntity *tasks = find_entity (self, task);
  g_autofree char *date = cpt_date_format (day);
  g_autofree char *toast = g_strdup_printf (_("Task moved to %s"), date);
  g_auto(CptValue) none = CPT_VALUE_INIT;
  g_auto(CptValue) value = CPT_VALUE_INIT;
  CptTransaction *transaction;

  g_return_if_fail (!task->is_meeting);

  if (task->is_repeating || cpt_store_is_read_only (cpt_window_get_store (self->window)))
    {
      change_value (self, task, "due_at", &none, toast);
      return;
    }

  cpt_value_set_integer (&value, day);
  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  cpt_transaction_set (transaction, tasks, &task->id, cpt_entity_find_field (tasks, "due_at"), &none);
  cpt_transaction_set (transaction, tasks, &task->id, cpt_entity_find_field (tasks, "due_on"), &value);
  cpt_window_commit (self->window, transaction, toast, NULL, committed_cb, pending_new (self));
}

void
cpt_calendar_edit_resize (const CptCalendarEdit *self,
                          const CptCalendarTask *task,
                          int                    length)
{
  const CptField *field = cpt_entity_find_field (find_entity (self, task), "duration");
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autofree char *text = NULL;
  g_autofree char *toast = NULL;

  if (self->source != NULL)
    {
      resize_record (self, task, length);
      return;
    }

  cpt_value_set_integer (&value, (gint64) length * 60);
  text = cpt_field_format_local (field, &value, NULL);
  /* Translators: a toast; %s is a length of time: "45 min" */
  toast = g_strdup_printf (task->is_meeting ? _("Meeting takes %s now") : _("Task takes %s now"), text);
  change (self, task, "duration", value.integer, toast);
}

void
cpt_calendar_edit_delete (const CptCalendarEdit *self,
                          const CptCalendarTask *task)
{
  g_autofree char *toast = NULL;

  toast = g_strdup_printf (_("%s moved to the trash"), cpt_entity_get_label (find_entity (self, task)));
  change_value (self, task, NULL, NULL, toast);
}
