/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts that follow the clock. How far each has looked is kept in the file, in the transaction
 * that writes who begins: a time is begun once, whenever the process is killed, and what was
 * missed is made up for, or left out, as the start says. */

#include "config.h"

#include "cpt-automation-clock-private.h"

#include <string.h>

#include "cpt-date.h"
#include "cpt-json.h"

/* How many records are looked at before others may write */
#define BATCH 500

/* ------------------------------------------------------------- which there are */

static char *
dup_settings (const CptWorkflowNode *node)
{
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (root, node->settings);

  return cpt_json_format_canonical (root);
}

/* (nullable): the start that @timer is of, when it still says the same */
static const CptWorkflowNode *
find_node (const CptAutomationListener *listener,
           const CptStartTimer         *timer)
{
  const CptAutomationVersion *version = listener->versions->len > 0 ? g_ptr_array_index (listener->versions, 0) : NULL;
  const CptWorkflowNode *node = version != NULL ? cpt_workflow_find_node (version->drawing, timer->node) : NULL;
  g_autofree char *settings = node != NULL ? dup_settings (node) : NULL;

  return node != NULL && cpt_automation_clock_kind_find (node->kind_name) != NULL && strcmp (settings, timer->settings) == 0
           ? node
           : NULL;
}

/* (nullable) */
static const CptAutomationListener *
find_listener (GPtrArray           *listeners,
               const CptStartTimer *timer)
{
  for (guint i = 0; i < listeners->len; i++)
    {
      const CptAutomationListener *listener = g_ptr_array_index (listeners, i);

      if (cpt_uuid_equal (&listener->workflow, &timer->workflow))
        return find_node (listener, timer) != NULL ? listener : NULL;
    }

  return NULL;
}

static gboolean
has_timer (GPtrArray                   *timers,
           const CptAutomationListener *listener,
           const CptWorkflowNode       *node)
{
  for (guint i = 0; i < timers->len; i++)
    {
      const CptStartTimer *timer = g_ptr_array_index (timers, i);

      if (cpt_uuid_equal (&timer->workflow, &listener->workflow) && strcmp (timer->node, node->id) == 0)
        return find_node (listener, timer) != NULL;
    }

  return FALSE;
}

/* From when the workflow became active, or began to say so */
static gboolean
add_timer (CptDatabase                  *database,
           const CptAutomationListener  *listener,
           const CptAutomationVersion   *version,
           const CptWorkflowNode        *node,
           GError                      **error)
{
  g_autoptr(CptStartTimer) timer = g_new0 (CptStartTimer, 1);
  CptAutomationClock clock = { database, timer, version->entity, node->settings, NULL, 0 };

  timer->workflow = listener->workflow;
  timer->node = g_strdup (node->id);
  timer->settings = dup_settings (node);
  timer->began = MAX (listener->since_at, version->at);
  timer->at = timer->began;
  timer->until = CPT_ENROLMENT_NEVER;
  timer->due = cpt_automation_clock_kind_find (node->kind_name)->find_next (&clock);

  return cpt_start_timer_save (database, timer, error);
}

static gboolean
add_timers (CptDatabase                  *database,
            const CptAutomationListener  *listener,
            GPtrArray                    *timers,
            GError                      **error)
{
  const CptAutomationVersion *version = listener->versions->len > 0 ? g_ptr_array_index (listener->versions, 0) : NULL;

  for (guint i = 0; version != NULL && version->entity != NULL && i < version->drawing->nodes->len; i++)
    {
      const CptWorkflowNode *node = g_ptr_array_index (version->drawing->nodes, i);

      if (cpt_automation_clock_kind_find (node->kind_name) != NULL && !has_timer (timers, listener, node) &&
          !add_timer (database, listener, version, node, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
cpt_automation_keep_timers (CptDatabase  *database,
                            GPtrArray    *listeners,
                            GError      **error)
{
  g_autoptr(GPtrArray) timers = cpt_start_timer_list (database, G_MAXINT64, error);

  if (timers == NULL)
    return FALSE;

  for (guint i = 0; i < timers->len; i++)
    {
      const CptStartTimer *timer = g_ptr_array_index (timers, i);

      if (find_listener (listeners, timer) == NULL && !cpt_start_timer_remove (database, timer, error))
        return FALSE;
    }
  for (guint i = 0; i < listeners->len; i++)
    if (!add_timers (database, g_ptr_array_index (listeners, i), timers, error))
      return FALSE;

  return TRUE;
}

static guint
count_clocks (const CptAutomationListener *listener)
{
  const CptAutomationVersion *version = listener->versions->len > 0 ? g_ptr_array_index (listener->versions, 0) : NULL;
  guint n = 0;

  for (guint i = 0; version != NULL && version->entity != NULL && i < version->drawing->nodes->len; i++)
    {
      const CptWorkflowNode *node = g_ptr_array_index (version->drawing->nodes, i);

      n += cpt_automation_clock_kind_find (node->kind_name) != NULL ? 1 : 0;
    }

  return n;
}

gboolean
cpt_automation_has_timers (CptDatabase  *database,
                           GPtrArray    *listeners,
                           gboolean     *is_so,
                           GError      **error)
{
  g_autoptr(GPtrArray) timers = cpt_start_timer_list (database, G_MAXINT64, error);
  guint n_wanted = 0;

  if (timers == NULL)
    return FALSE;

  for (guint i = 0; i < listeners->len; i++)
    n_wanted += count_clocks (g_ptr_array_index (listeners, i));
  *is_so = n_wanted == timers->len;
  for (guint i = 0; i < timers->len; i++)
    *is_so = *is_so && find_listener (listeners, g_ptr_array_index (timers, i)) != NULL;

  return TRUE;
}

/* ------------------------------------------------------------------- who begins */

typedef struct
{
  CptStartTimer *timer;
  gint64 now;
  CptAutomationBegun *begun;
  GArray *rows; /* (owned) (nullable): of those who may be due, in order */
  guint next;
  gboolean is_done;
} Look;

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

/* Whether @instant is too long ago for a start that leaves out what it missed: another day has begun since */
static gboolean
is_missed (const CptAutomationClock *clock,
           gint64                    instant)
{
  g_autofree char *policy = cpt_json_dup_string (clock->settings, "missed");
  GTimeZone *zone = cpt_database_get_zone (clock->database);

  return g_strcmp0 (policy, "skip") == 0 && cpt_instant_get_date (instant, zone) < cpt_instant_get_date (clock->now, zone);
}

static gboolean
begin_row (Look                          *self,
           const CptAutomationClock      *clock,
           const CptAutomationClockKind  *kind,
           const CptAutomationStart      *start,
           gint64                         row,
           GError                       **error)
{
  g_autoptr(CptRecord) record = cpt_database_load_row (clock->database, clock->entity, row, NULL);
  gint64 instant = 0;

  self->timer->row = row;
  if (record == NULL || record->in_trash)
    return TRUE;
  if (clock->where != NULL && !cpt_filter_matches (clock->where, clock->database, record))
    return TRUE;
  if (!kind->is_due (clock, record, &instant) || is_missed (clock, instant))
    return TRUE;

  return cpt_automation_begin (clock->database, start, record, self->begun, error);
}

/* Those who may be due, listed once, and again after a crash: each row behind the one that was looked at last */
static gboolean
list_rows (Look                          *self,
           const CptAutomationClock      *clock,
           const CptAutomationClockKind  *kind,
           GError                       **error)
{
  if (self->rows != NULL)
    return TRUE;

  if (self->timer->until == CPT_ENROLMENT_NEVER)
    {
      self->timer->until = kind->find_end (clock);
      self->timer->row = 0;
    }
  self->rows = kind->list_rows (clock, error);
  if (self->rows == NULL)
    return FALSE;
  g_array_sort (self->rows, compare_rows);

  return TRUE;
}

static gboolean
look (Look                          *self,
      CptAutomationClock            *clock,
      const CptAutomationClockKind  *kind,
      const CptAutomationStart      *start,
      GError                       **error)
{
  CptStartTimer *timer = self->timer;

  if (!list_rows (self, clock, kind, error))
    return FALSE;

  for (guint n = 0; n < BATCH && self->next < self->rows->len; self->next++)
    {
      gint64 row = g_array_index (self->rows, gint64, self->next);

      if (row <= timer->row)
        continue;
      if (!begin_row (self, clock, kind, start, row, error))
        return FALSE;
      n++;
    }
  self->is_done = self->next >= self->rows->len;
  if (self->is_done)
    {
      timer->at = timer->until;
      timer->until = CPT_ENROLMENT_NEVER;
      timer->row = 0;
      timer->due = kind->find_next (clock);
    }

  return cpt_start_timer_save (clock->database, timer, error);
}

static gboolean
look_batch (CptDatabase  *database,
            gpointer      data,
            GError      **error)
{
  Look *self = data;
  g_autoptr(GPtrArray) listeners = cpt_automation_list_listeners (database, G_MAXINT64, error);
  const CptAutomationListener *listener = listeners != NULL ? find_listener (listeners, self->timer) : NULL;
  const CptAutomationVersion *version = listener != NULL ? g_ptr_array_index (listener->versions, 0) : NULL;
  const CptWorkflowNode *node = listener != NULL ? find_node (listener, self->timer) : NULL;
  CptAutomationClock clock = { .database = database, .timer = self->timer, .now = self->now };
  CptAutomationStart start = { .workflow = &self->timer->workflow, .now = self->now };
  g_autoptr(CptFilter) filter = NULL;
  JsonNode *where;

  if (listeners == NULL)
    return FALSE;
  self->is_done = TRUE;
  /* It rests, or says something else: cpt_automation_keep_timers() makes another one when it is to. */
  if (node == NULL || version->entity == NULL)
    return cpt_start_timer_remove (database, self->timer, error);

  where = json_object_get_member (node->settings, "where");
  if (where != NULL && !JSON_NODE_HOLDS_NULL (where))
    filter = cpt_filter_from_json (cpt_database_get_schema (database), version->entity, where, NULL);
  /* What it asks for is gone: it starts nobody, and checking the workflow says so. */
  if (filter == NULL && where != NULL && !JSON_NODE_HOLDS_NULL (where))
    return cpt_start_timer_remove (database, self->timer, error);

  clock.entity = version->entity;
  clock.settings = node->settings;
  clock.where = filter;
  start.drawing = version->drawing;
  start.version = version->number;
  start.node = node->id;

  return look (self, &clock, cpt_automation_clock_kind_find (node->kind_name), &start, error);
}

static gboolean
run_timer (CptDatabase         *database,
           CptStartTimer       *timer,
           gint64               now,
           CptAutomationBegun  *begun,
           GCancellable        *cancellable,
           GError             **error)
{
  Look self = { .timer = timer, .now = now, .begun = begun };
  gboolean is_right = TRUE;

  while (is_right && !self.is_done)
    is_right = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
               cpt_database_transact (database, look_batch, &self, error);
  g_clear_pointer (&self.rows, g_array_unref);

  return is_right;
}

gboolean
cpt_automation_run_timers (CptDatabase         *database,
                           gint64               now,
                           CptAutomationBegun  *begun,
                           GCancellable        *cancellable,
                           GError             **error)
{
  g_autoptr(GPtrArray) timers = cpt_start_timer_list (database, now, error);

  for (guint i = 0; timers != NULL && i < timers->len; i++)
    if (!run_timer (database, g_ptr_array_index (timers, i), now, begun, cancellable, error))
      return FALSE;

  return timers != NULL;
}
