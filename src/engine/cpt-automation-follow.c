/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens to records, for workflows that it starts and for those in them who wait for it. The
 * log is read from a cursor that is kept in the file, in the transaction that writes who begins: a
 * process that is killed has read on, with all that follows, or has not.
 *
 * Conditions are asked of the record as the change left it, whenever that is read: later changes
 * are taken back on a copy. */

#include "config.h"

#include "cpt-automation-start-private.h"

#include <stdio.h>

#include "cpt-automation-clock-private.h"
#include "cpt-automation-listener-private.h"
#include "cpt-automation-waiter-private.h"
#include "cpt-enrolment-waiter.h"

/* How many events are read before others may write */
#define BATCH 500
/* Where the cursor is kept: a mark of this file */
#define MARK "automation_cursor"

typedef struct
{
  gint64 now;
  CptAutomationBegun *begun;
  CptLogCursor cursor;
  char *mark;     /* (owned) (nullable): the cursor as it is kept */
  gint64 waiting; /* for what is behind this line of the log somebody waits; %G_MAXINT64: nobody */
  gboolean is_end;
} Following;

/* --------------------------------------------------------------------- cursor */

/* Where nobody has read yet, everything is before it: what is active knows since when */
static void
read_cursor (Following   *self,
             CptDatabase *database)
{
  long long sequence = 0;
  long long change = CPT_LOG_CURSOR_ALL;
  long long row = 0;

  g_free (self->mark);
  self->mark = cpt_database_dup_setting (database, MARK);
  if (self->mark != NULL && sscanf (self->mark, "%lld %lld %lld", &sequence, &change, &row) != 3)
    sequence = row = 0;
  self->cursor = (CptLogCursor){ sequence, change, row };
}

static gboolean
keep_cursor (Following    *self,
             CptDatabase  *database,
             GError      **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                                           self->cursor.sequence, self->cursor.change, self->cursor.row);
  gboolean is_written;

  return g_strcmp0 (text, self->mark) == 0 ||
         cpt_database_exchange_mark (database, MARK, self->mark, text, &is_written, error);
}

/* What is before the first one who listens need not be read. */
static void
pass_over (Following *self,
           GPtrArray *listeners)
{
  gint64 since = self->waiting;

  for (guint i = 0; i < listeners->len; i++)
    {
      const CptAutomationListener *listener = g_ptr_array_index (listeners, i);

      if (cpt_automation_listener_hears (listener, NULL))
        since = MIN (since, listener->since);
    }
  if (since != G_MAXINT64 && since > self->cursor.sequence)
    self->cursor = (CptLogCursor){ since, CPT_LOG_CURSOR_ALL, 0 };
}

/* -------------------------------------------------------------- what it was then */

static void
change_free (gpointer data)
{
  CptAutomationChange *self = data;

  cpt_log_event_free (self->event);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->before, cpt_record_unref);
  g_clear_pointer (&self->after, cpt_record_unref);
  g_free (self);
}

/* (nullable): as it is now; what is not there any more starts nothing */
static CptRecord *
load_record (CptDatabase       *database,
             const CptLogEvent *event)
{
  g_autoptr(CptRecord) record = cpt_database_load_row (database, event->entity, event->row, NULL);

  if (record == NULL || record->in_trash || (!cpt_uuid_is_nil (&event->id) && !cpt_uuid_equal (&event->id, &record->id)))
    return NULL;

  return g_steal_pointer (&record);
}

static CptRecord *
take_back (const CptRecord *record,
           GPtrArray       *changes)
{
  CptRecord *before = cpt_record_copy (record);

  for (guint i = 0; i < changes->len; i++)
    {
      const CptFieldChange *change = g_ptr_array_index (changes, i);

      if (change->field != NULL)
        cpt_record_set (before, change->field, &change->before);
    }

  return before;
}

/* From the last one to the first: @states has each record as it was before what was seen of it */
static void
unwind (CptAutomationChange *self,
        CptDatabase         *database,
        GHashTable          *states)
{
  const CptLogEvent *event = self->event;
  g_autofree char *key = g_strdup_printf ("%u %" G_GINT64_FORMAT, event->entity->number, event->row);
  CptRecord *state = g_hash_table_lookup (states, key);

  self->after = state != NULL ? cpt_record_ref (state) : load_record (database, event);
  if (self->after == NULL)
    return;

  self->changes = cpt_log_event_list_changes (event);
  if (event->kind == CPT_CHANGE_UPDATE)
    {
      self->before = take_back (self->after, self->changes);
      g_hash_table_insert (states, g_steal_pointer (&key), cpt_record_ref (self->before));
    }
}

/* @entity: (nullable): of any kind */
static gboolean
is_heard (GPtrArray       *listeners,
          const CptEntity *entity)
{
  for (guint i = 0; i < listeners->len; i++)
    if (cpt_automation_listener_hears (g_ptr_array_index (listeners, i), entity))
      return TRUE;

  return FALSE;
}

/* (element-type CptAutomationChange): those of @events that may start something, in the same order */
static GPtrArray *
look_back (Following   *self,
           CptDatabase *database,
           GPtrArray   *events,
           GPtrArray   *listeners)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func (change_free);
  g_autoptr(GHashTable) states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cpt_record_unref);

  for (guint i = 0; i < events->len; i++)
    {
      CptAutomationChange *change = g_new0 (CptAutomationChange, 1);

      change->event = g_ptr_array_index (events, i);
      g_ptr_array_add (changes, change);
    }
  g_ptr_array_set_free_func (events, NULL);

  for (guint i = changes->len; i-- > 0;)
    {
      CptAutomationChange *change = g_ptr_array_index (changes, i);

      if (self->waiting != G_MAXINT64 || is_heard (listeners, change->event->entity))
        unwind (change, database, states);
    }

  return changes;
}

/* ------------------------------------------------------------------- starting */

/* Undo takes back what was a mistake: it starts nothing, and neither does doing it again. */
static gboolean
is_start (const CptAutomationChange *change)
{
  CptOrigin origin = change->event->origin;

  return change->after != NULL && origin != CPT_ORIGIN_UNDO && origin != CPT_ORIGIN_REDO;
}

static gboolean
start_one (Following                    *self,
           CptDatabase                  *database,
           const CptAutomationListener  *listener,
           const CptAutomationChange    *change,
           GError                      **error)
{
  const CptLogEvent *event = change->event;
  const CptAutomationVersion *version = cpt_automation_listener_find (listener, event->sequence);
  CptAutomationStart start = { .workflow = &listener->workflow, .now = self->now };

  if (version == NULL)
    return TRUE;
  start.node = cpt_automation_version_match (version, database, change);
  if (start.node == NULL)
    return TRUE;

  start.drawing = version->drawing;
  start.version = version->number;
  start.cause = event->origin == CPT_ORIGIN_WORKFLOW ? event->sequence : 0;

  return cpt_automation_begin (database, &start, change->after, self->begun, error);
}

static gboolean
start_all (Following    *self,
           CptDatabase  *database,
           GPtrArray    *changes,
           GPtrArray    *listeners,
           GError      **error)
{
  g_autoptr(GHashTable) drawings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cpt_workflow_free);

  for (guint i = 0; i < changes->len; i++)
    {
      const CptAutomationChange *change = g_ptr_array_index (changes, i);

      if (self->waiting != G_MAXINT64 && !cpt_automation_tell (database, drawings, change, self->now, self->begun, error))
        return FALSE;

      for (guint j = 0; is_start (change) && j < listeners->len; j++)
        if (!start_one (self, database, g_ptr_array_index (listeners, j), change, error))
          return FALSE;
    }

  return TRUE;
}

static gboolean
follow_batch (CptDatabase  *database,
              gpointer      data,
              GError      **error)
{
  Following *self = data;
  g_autoptr(GPtrArray) listeners = NULL;
  g_autoptr(GPtrArray) events = NULL;
  g_autoptr(GPtrArray) changes = NULL;

  read_cursor (self, database);
  self->is_end = TRUE;
  listeners = cpt_automation_list_listeners (database, self->cursor.sequence, error);
  if (listeners == NULL || !cpt_enrolment_find_waiting (database, &self->waiting, error) ||
      !cpt_automation_keep_timers (database, listeners, error))
    return FALSE;
  if (self->waiting == G_MAXINT64 && !is_heard (listeners, NULL))
    return TRUE;

  pass_over (self, listeners);
  events = cpt_log_follow (database, &self->cursor, BATCH, &self->is_end, error);
  if (events == NULL)
    return FALSE;
  changes = look_back (self, database, events, listeners);

  return start_all (self, database, changes, listeners, error) && keep_cursor (self, database, error);
}

/* Whether there is nothing to read, told without keeping anybody from writing */
static gboolean
is_up_to_date (Following    *self,
               CptDatabase  *database,
               gboolean     *is_so,
               GError      **error)
{
  CptLogCursor end;
  g_autoptr(GPtrArray) listeners = NULL;

  read_cursor (self, database);
  if (!cpt_log_get_end (database, &end, error))
    return FALSE;
  *is_so = self->cursor.sequence >= end.sequence && self->cursor.change == CPT_LOG_CURSOR_ALL;
  if (*is_so)
    return TRUE;

  /* Where nobody listens, nothing is kept: whoever does later knows since when. */
  listeners = cpt_automation_list_listeners (database, end.sequence, error);
  if (listeners == NULL || !cpt_enrolment_find_waiting (database, &self->waiting, error) ||
      !cpt_automation_has_timers (database, listeners, is_so, error))
    return FALSE;
  *is_so = *is_so && self->waiting == G_MAXINT64 && !is_heard (listeners, NULL);

  return TRUE;
}

gboolean
cpt_automation_follow_log (CptDatabase         *database,
                           gint64               now,
                           CptAutomationBegun  *begun,
                           GCancellable        *cancellable,
                           GError             **error)
{
  Following following = { .now = now, .begun = begun };
  gboolean is_done = FALSE;
  gboolean is_right = is_up_to_date (&following, database, &is_done, error);

  while (is_right && !is_done)
    {
      CptAutomationBegun before = *begun;

      is_right = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
                 cpt_database_transact (database, follow_batch, &following, error);
      if (!is_right)
        *begun = before;
      is_done = following.is_end;
    }
  g_free (following.mark);

  return is_right;
}
