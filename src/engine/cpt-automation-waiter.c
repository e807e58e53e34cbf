/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who waits for something to happen is told of it by the log: of changes of the subject, and of
 * records that link to it. What happened when the time was over already comes too late, however
 * late anybody looks. */

#include "config.h"

#include "cpt-automation-waiter-private.h"

#include <string.h>

#include "cpt-automation-private.h"
#include "cpt-enrolment-hold.h"
#include "cpt-enrolment-waiter.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-workflow-record.h"

/* Where a workflow waits as a whole: for what ends it */
#define WHOLE ""

/* -------------------------------------------------------------------- places */

static char *
format_place (const char *node,
              guint       visit)
{
  return g_strdup_printf ("%u %s", visit, node);
}

/* The node; what is in front of it is the visit */
static const char *
read_place (const char *place,
            guint      *visit)
{
  char *end;

  *visit = (guint) g_ascii_strtoull (place, &end, 10);

  return end + 1;
}

GHashTable *
cpt_automation_list_waiting (const CptRun      *run,
                             const CptWorkflow *drawing)
{
  GHashTable *places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (run->tokens->len > 0 && json_object_has_member (drawing->settings, "exits"))
    g_hash_table_add (places, format_place (WHOLE, 1));

  for (guint i = 0; i < run->tokens->len; i++)
    {
      const CptToken *token = g_ptr_array_index (run->tokens, i);

      if (token->state == CPT_TOKEN_EVENT)
        g_hash_table_add (places, format_place (token->node, token->visit));
    }

  return places;
}

gboolean
cpt_automation_keep_waiting (CptDatabase         *database,
                             const CptEnrolment  *enrolment,
                             GHashTable          *before,
                             GHashTable          *after,
                             GError             **error)
{
  GHashTableIter iter;
  gpointer place;
  guint visit;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &place, NULL))
    {
      const char *node = read_place (place, &visit);

      if (!g_hash_table_contains (after, place) && !cpt_enrolment_remove_waiter (database, enrolment, node, visit, error))
        return FALSE;
    }
  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &place, NULL))
    {
      const char *node = read_place (place, &visit);

      if (!g_hash_table_contains (before, place) && !cpt_enrolment_add_waiter (database, enrolment, node, visit, error))
        return FALSE;
    }

  return TRUE;
}

/* ----------------------------------------------------------------- what happened */

typedef struct
{
  CptDatabase *database;
  GHashTable *drawings;
  const CptAutomationChange *change;
  gint64 now;
  CptAutomationBegun *begun;
} Telling;

static gboolean
links_to (const CptRecord *record,
          const CptUuid   *id)
{
  const CptEntity *entity = cpt_record_get_entity (record);

  for (guint i = 0; i < entity->n_fields; i++)
    if (cpt_value_has_id (cpt_record_get (record, entity->fields[i]), id))
      return TRUE;

  return FALSE;
}

/* A condition that can't be understood any more is not met. */
static gboolean
meets (const Telling   *self,
       JsonNode        *where,
       const CptRecord *record)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptFilter) filter = NULL;

  if (where == NULL || JSON_NODE_HOLDS_NULL (where))
    return TRUE;
  filter = cpt_filter_from_json (schema, cpt_record_get_entity (record), where, NULL);

  return filter != NULL && cpt_filter_matches (filter, self->database, record);
}

/* What is awaited of the subject: who came here first had asked whether it is so already */
static gboolean
is_so (const Telling            *self,
       JsonNode                 *where,
       const CptEnrolmentWaiter *waiter)
{
  const CptAutomationChange *change = self->change;

  return where != NULL && cpt_uuid_equal (&change->after->id, &waiter->enrolment->subject) &&
         meets (self, where, change->after) &&
         (waiter->visit == 1 || change->before == NULL || !meets (self, where, change->before));
}

/* What is awaited is so after the change, and was not before: of the subject, or of one that links to it */
static gboolean
is_branch (const Telling            *self,
           JsonObject               *branch,
           const CptEnrolmentWaiter *waiter)
{
  const CptUuid *subject = &waiter->enrolment->subject;
  const CptAutomationChange *change = self->change;
  JsonNode *where = json_object_get_member (branch, "where");
  g_autofree char *entity = cpt_json_dup_string (branch, "entity");
  gboolean was_so;

  if (entity == NULL)
    return is_so (self, where, waiter);
  if (strcmp (entity, change->event->entity->name) != 0 || change->event->kind == CPT_CHANGE_RESTORE)
    return FALSE;

  was_so = change->before != NULL && links_to (change->before, subject) && meets (self, where, change->before);

  return !was_so && links_to (change->after, subject) && meets (self, where, change->after);
}

/* (nullable): the id of the first branch, or rule of leaving, that it is */
static const char *
find_branch (const Telling            *self,
             JsonObject               *settings,
             const char               *member,
             const CptEnrolmentWaiter *waiter)
{
  JsonArray *branches = NULL;

  if (!cpt_json_read_array (settings, member, &branches, NULL) || branches == NULL)
    return NULL;

  for (guint i = 0; i < json_array_get_length (branches); i++)
    {
      JsonNode *branch = json_array_get_element (branches, i);
      const char *id = NULL;

      if (JSON_NODE_HOLDS_OBJECT (branch) && cpt_json_read_string (json_node_get_object (branch), "id", &id, NULL) &&
          id != NULL && is_branch (self, json_node_get_object (branch), waiter))
        return id;
    }

  return NULL;
}

const char *
cpt_automation_find_branch (CptDatabase               *database,
                            const CptAutomationChange *change,
                            JsonObject                *settings,
                            const char                *member,
                            const CptUuid             *subject,
                            guint                      visit)
{
  Telling telling = { .database = database, .change = change };
  CptEnrolment enrolment = { .subject = *subject };
  CptEnrolmentWaiter waiter = { .enrolment = &enrolment, .visit = visit };

  return find_branch (&telling, settings, member, &waiter);
}

/* (nullable): %NULL where the version can't be read any more; what waits there waits for its time */
static const CptWorkflow *
find_drawing (Telling            *self,
              const CptEnrolment *enrolment)
{
  g_autofree char *id = cpt_uuid_dup_text (&enrolment->workflow);
  g_autofree char *key = g_strdup_printf ("%s %u", id, enrolment->version);
  g_autoptr(CptRecord) record = NULL;
  CptWorkflow *drawing = g_hash_table_lookup (self->drawings, key);

  if (drawing != NULL)
    return drawing;

  record = cpt_workflow_load_version (self->database, &enrolment->workflow, enrolment->version, NULL);
  drawing = record != NULL ? cpt_workflow_read (record, NULL) : NULL;
  if (drawing != NULL)
    g_hash_table_insert (self->drawings, g_steal_pointer (&key), drawing);

  return drawing;
}

/* (nullable): where it still waits; what happened at @at may have come too late. Where time stands still nothing does
 * that was in time when it stopped. */
static CptToken *
find_token (const Telling            *self,
            const CptRun             *run,
            const CptEnrolmentWaiter *waiter)
{
  gint64 at = self->change->event->at;
  gint64 held;

  if (cpt_enrolment_find_hold (self->database, &waiter->enrolment->workflow, &held, NULL))
    at = MIN (at, held);
  for (guint i = 0; i < run->tokens->len; i++)
    {
      CptToken *token = g_ptr_array_index (run->tokens, i);

      if (token->visit == waiter->visit && strcmp (token->node, waiter->node) == 0)
        return token->state == CPT_TOKEN_EVENT && token->due > at ? token : NULL;
    }

  return NULL;
}

/* What it did is written as of any other step. */
static gboolean
keep_steps (Telling             *self,
            const CptEnrolment  *enrolment,
            const CptRun        *run,
            GError             **error)
{
  for (guint i = 0; i < run->passed->len; i++)
    {
      const CptRunStep *passed = g_ptr_array_index (run->passed, i);
      gboolean is_exit = passed->exit != NULL;
      CptEnrolmentStep step = { self->now, passed->node, passed->visit, (char *) (is_exit ? "exit" : "left"),
                                is_exit ? passed->exit : passed->outcome, 0 };

      if (!cpt_enrolment_add_step (self->database, enrolment->row, &step, error))
        return FALSE;
    }

  return cpt_enrolment_save (self->database, enrolment, error);
}

/* Workflows that lead one another on by what they do are counted as those that start one another are. */
static gboolean
find_depth (const Telling  *self,
            guint          *depth,
            GError        **error)
{
  *depth = 0;

  return self->change->event->origin != CPT_ORIGIN_WORKFLOW ||
         cpt_enrolment_find_depth (self->database, self->change->event->sequence, depth, error);
}

static gboolean
park (Telling             *self,
      const CptEnrolment  *enrolment,
      CptToken            *token,
      GError             **error)
{
  CptEnrolmentStep step = { self->now, token->node, token->visit, (char *) "parked", NULL, 0 };

  cpt_automation_park_chain (token);
  step.detail = token->reason;
  self->begun->n_parked++;

  return cpt_enrolment_add_step (self->database, enrolment->row, &step, error);
}

/* @token: (nullable): of the whole */
static gboolean
lead_on (Telling             *self,
         CptEnrolmentWaiter  *waiter,
         CptRun              *run,
         CptToken            *token,
         const CptWorkflow   *drawing,
         const char          *branch,
         GError             **error)
{
  CptEnrolment *enrolment = waiter->enrolment;
  g_autoptr(GHashTable) before = cpt_automation_list_waiting (run, drawing);
  g_autoptr(GHashTable) after = NULL;
  guint depth;

  if (!find_depth (self, &depth, error))
    return FALSE;
  if (token != NULL && depth > CPT_AUTOMATION_MAX_DEPTH)
    {
      if (!park (self, enrolment, token, error))
        return FALSE;
    }
  else if (token != NULL ? !cpt_run_finish (run, drawing, waiter->node, waiter->visit, branch)
                         : !cpt_run_leave (run, drawing, branch))
    return TRUE;
  cpt_automation_write_down (enrolment, run, self->now);
  after = cpt_automation_list_waiting (run, drawing);
  self->begun->n_ended += run->tokens->len == 0 ? 1 : 0;

  return cpt_enrolment_set_cause (self->database, enrolment->row, self->change->event->sequence, depth, error) &&
         keep_steps (self, enrolment, run, error) &&
         cpt_automation_keep_waiting (self->database, enrolment, before, after, error);
}

static gboolean
tell_one (Telling             *self,
          CptEnrolmentWaiter  *waiter,
          GError             **error)
{
  const CptWorkflow *drawing = find_drawing (self, waiter->enrolment);
  const CptWorkflowNode *node = drawing != NULL ? cpt_workflow_find_node (drawing, waiter->node) : NULL;
  gboolean is_whole = strcmp (waiter->node, WHOLE) == 0;
  const char *branch = NULL;
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(CptRun) run = NULL;
  CptToken *token;

  if (drawing != NULL && is_whole)
    branch = find_branch (self, drawing->settings, "exits", waiter);
  else if (node != NULL)
    branch = find_branch (self, node->settings, "branches", waiter);
  root = branch != NULL ? cpt_json_parse (waiter->enrolment->state, -1, NULL) : NULL;
  run = root != NULL ? cpt_run_parse (root, NULL) : NULL;
  token = run != NULL && !is_whole ? find_token (self, run, waiter) : NULL;
  if (run == NULL || (!is_whole && token == NULL))
    return TRUE;

  return lead_on (self, waiter, run, token, drawing, branch, error);
}

/* The same one may be led to by several links, or wait at several places: each is read anew */
static gboolean
tell_all (Telling        *self,
          const CptUuid  *subject,
          GError        **error)
{
  g_autoptr(GPtrArray) waiters = cpt_enrolment_list_waiters (self->database, subject, self->change->event->sequence, error);

  for (guint i = 0; waiters != NULL && i < waiters->len; i++)
    {
      CptEnrolmentWaiter *waiter = g_ptr_array_index (waiters, i);
      g_autoptr(CptEnrolment) fresh = cpt_enrolment_load (self->database, waiter->enrolment->row, error);

      if (fresh == NULL)
        return FALSE;
      cpt_enrolment_free (waiter->enrolment);
      waiter->enrolment = g_steal_pointer (&fresh);
      if (waiter->enrolment->ended != CPT_ENROLMENT_NEVER
            ? !cpt_enrolment_remove_waiter (self->database, waiter->enrolment, waiter->node, waiter->visit, error)
            : !tell_one (self, waiter, error))
        return FALSE;
    }

  return waiters != NULL;
}

gboolean
cpt_automation_tell (CptDatabase                *database,
                     GHashTable                 *drawings,
                     const CptAutomationChange  *change,
                     gint64                      now,
                     CptAutomationBegun         *begun,
                     GError                    **error)
{
  Telling self = { database, drawings, change, now, begun };
  const CptEntity *entity;

  if (change->after == NULL)
    return TRUE;
  if (!tell_all (&self, &change->after->id, error))
    return FALSE;

  entity = cpt_record_get_entity (change->after);
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptValue *value = cpt_record_get (change->after, entity->fields[i]);

      if (value->type == CPT_VALUE_ID && !tell_all (&self, &value->id, error))
        return FALSE;
      for (guint j = 0; value->type == CPT_VALUE_IDS && j < value->ids.length; j++)
        if (!tell_all (&self, &value->ids.items[j], error))
          return FALSE;
    }

  return TRUE;
}
