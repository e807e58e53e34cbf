/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who begins while a workflow is simulated: those who were chosen, all records where it is started by
 * hand, and whom the clock starts. What follows from events is begun where they are told. */

#include "config.h"

#include <string.h>

#include "cpt-automation-clock-private.h"
#include "cpt-query.h"
#include "cpt-workflow-simulation-private.h"

/* Of CptSimulationEvent.order: who begins does so behind all that happens at the same time */
#define BEHIND (G_GUINT64_CONSTANT (1) << 40)

static gboolean
begin (CptSimulator              *self,
       const CptSimulationEvent  *event,
       GError                   **error)
{
  g_autoptr(CptRecord) subject = cpt_simulator_load (self, self->version->entity, &event->id);

  if (subject == NULL || (event->where != NULL && !cpt_filter_matches (event->where, self->database, subject)))
    return TRUE;

  return cpt_simulator_begin (self, subject, event->node, 0, error);
}

/* As by hand: at once, or as soon as there is such a record */
static gboolean
add_record (CptSimulator *self,
            CptRecord    *record,
            const char   *node)
{
  CptSimulationEvent *event;
  gint64 at = MAX (self->plan->from, record->created_at);

  if (record->in_trash || at > self->plan->until)
    return FALSE;

  event = cpt_simulator_add (self, at, begin);
  event->id = record->id;
  event->node = node;
  event->order |= BEHIND;

  return TRUE;
}

/* Chooses as many of @ids as the sample has, the same ones each time */
static void
draw_sample (CptSimulator *self,
             GArray       *ids)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (self->plan->seed);
  guint n = self->plan->sample;

  if (n == 0 || n >= ids->len)
    return;

  for (guint i = 0; i < n; i++)
    {
      CptUuid *items = &g_array_index (ids, CptUuid, 0);
      guint other = (guint) g_rand_int_range (rand, (gint32) i, (gint32) MIN (ids->len, G_MAXINT32));
      CptUuid kept = items[i];

      items[i] = items[other];
      items[other] = kept;
    }
  g_array_set_size (ids, n);
}

static gboolean
add_ids (CptSimulator  *self,
         GArray        *ids,
         const char    *node,
         GError       **error)
{
  draw_sample (self, ids);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr(CptRecord) record = NULL;

      if (i % 1000 == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      record = cpt_database_load (self->database, self->version->entity, &g_array_index (ids, CptUuid, i), NULL);
      /* One that is made in the time is there by then */
      if (record != NULL)
        add_record (self, record, node);
      else
        {
          CptSimulationEvent *event = cpt_simulator_add (self, self->plan->from, begin);

          event->id = g_array_index (ids, CptUuid, i);
          event->node = node;
        }
    }

  return TRUE;
}

/* ------------------------------------------------------------------- all records */

static GArray *
list_all (CptSimulator  *self,
          GError       **error)
{
  g_autoptr(CptQuery) query = cpt_query_new (cpt_database_get_schema (self->database), self->version->entity);
  g_autoptr(GArray) rows = NULL;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));

  if (!cpt_query_set_sort (query, "", error))
    return NULL;
  rows = cpt_query_get_rows (query, self->database, 0, 0, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr(CptRecord) record =
        cpt_database_load_row (self->database, self->version->entity, g_array_index (rows, gint64, i), NULL);

      if (record != NULL)
        g_array_append_val (ids, record->id);
    }

  return rows != NULL ? g_steal_pointer (&ids) : NULL;
}

/* ------------------------------------------------------------------- by the clock */

static CptFilter *
read_where (CptSimulator          *self,
            const CptWorkflowNode *node)
{
  JsonNode *where = json_object_get_member (node->settings, "where");

  return where != NULL && !JSON_NODE_HOLDS_NULL (where)
           ? cpt_filter_from_json (cpt_database_get_schema (self->database), self->version->entity, where, NULL)
           : NULL;
}

static void
add_start (CptSimulator          *self,
           const CptWorkflowNode *node,
           const CptUuid         *id,
           gint64                 at,
           CptFilter             *where)
{
  CptSimulationEvent *event = cpt_simulator_add (self, at, begin);

  event->id = *id;
  event->order |= BEHIND;
  event->node = node->id;
  event->where = where != NULL ? cpt_filter_ref (where) : NULL;
}

/* All records at each time of a schedule */
static gboolean
schedule (CptSimulator              *self,
          const CptSimulationEvent  *event,
          GError                   **error)
{
  g_autoptr(GArray) ids = list_all (self, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      CptSimulationEvent one = { .at = event->at, .node = event->node, .where = event->where };

      one.id = g_array_index (ids, CptUuid, i);
      if (!begin (self, &one, error))
        return FALSE;
    }

  return ids != NULL;
}

static void
add_times (CptSimulator                 *self,
           const CptWorkflowNode        *node,
           CptAutomationClock           *clock,
           const CptAutomationClockKind *kind,
           CptFilter                    *where)
{
  while ((clock->timer->at = kind->find_next (clock)) <= self->plan->until)
    {
      CptSimulationEvent *event = cpt_simulator_add (self, clock->timer->at, schedule);

      event->order |= BEHIND;
      event->node = node->id;
      event->where = where != NULL ? cpt_filter_ref (where) : NULL;
    }
}

/* Each record when it is due, as it is now: what changes in between is not asked */
static gboolean
add_dates (CptSimulator                  *self,
           const CptWorkflowNode         *node,
           CptAutomationClock            *clock,
           const CptAutomationClockKind  *kind,
           CptFilter                     *where,
           GError                       **error)
{
  g_autoptr(GArray) rows = NULL;

  clock->timer->until = self->plan->until;
  rows = kind->list_rows (clock, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr(CptRecord) record =
        cpt_database_load_row (self->database, self->version->entity, g_array_index (rows, gint64, i), NULL);
      gint64 instant;

      if (record != NULL && !record->in_trash && kind->is_due (clock, record, &instant))
        add_start (self, node, &record->id, instant, where);
    }

  return rows != NULL;
}

static gboolean
add_clock (CptSimulator           *self,
           const CptWorkflowNode  *node,
           GError                **error)
{
  const CptAutomationClockKind *kind = cpt_automation_clock_kind_find (node->kind_name);
  CptStartTimer timer = { .began = self->plan->from, .at = self->plan->from, .until = CPT_ENROLMENT_NEVER };
  CptAutomationClock clock = { .database = self->database,
                               .timer = &timer,
                               .entity = self->version->entity,
                               .settings = node->settings,
                               .now = self->plan->until };
  g_autoptr(CptFilter) where = NULL;

  if (kind == NULL)
    return TRUE;

  where = read_where (self, node);
  if (strcmp (node->kind_name, "schedule") != 0)
    return add_dates (self, node, &clock, kind, where, error);
  add_times (self, node, &clock, kind, where);

  return TRUE;
}

/* (nullable): the first node that is a start, of @kind_name (nullable: any) */
static const CptWorkflowNode *
find_start (const CptWorkflow *drawing,
            const char        *kind_name)
{
  for (guint i = 0; i < drawing->nodes->len; i++)
    {
      const CptWorkflowNode *node = g_ptr_array_index (drawing->nodes, i);

      if (node->kind != NULL && node->kind->group == CPT_WORKFLOW_START &&
          (kind_name == NULL || strcmp (node->kind_name, kind_name) == 0))
        return node;
    }

  return NULL;
}

gboolean
cpt_simulator_read_starts (CptSimulator  *self,
                           GError       **error)
{
  const CptWorkflow *drawing = self->version->drawing;
  const CptWorkflowNode *by_hand = find_start (drawing, "by_hand");
  g_autoptr(GArray) ids = NULL;

  if (self->plan->subjects != NULL)
    {
      const CptWorkflowNode *start = by_hand != NULL ? by_hand : find_start (drawing, NULL);

      ids = g_array_copy (self->plan->subjects);
      return add_ids (self, ids, start->id, error);
    }

  for (guint i = 0; i < drawing->nodes->len; i++)
    if (!add_clock (self, g_ptr_array_index (drawing->nodes, i), error))
      return FALSE;
  if (by_hand == NULL)
    return TRUE;
  ids = list_all (self, error);

  return ids != NULL && add_ids (self, ids, by_hand->id, error);
}
