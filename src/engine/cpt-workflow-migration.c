/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes those who are under way into another version of their workflow, and back. What they were
 * is kept; where each goes on is decided run by run, and all of it is one transaction. */

#include "config.h"

#include "cpt-workflow-migration-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-automation-private.h"
#include "cpt-automation-visit-private.h"
#include "cpt-automation-waiter-private.h"
#include "cpt-enrolment-migration.h"
#include "cpt-enrolment-waiter.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-run-private.h"
#include "cpt-workflow-record.h"
#include "cpt-workflow-successor.h"

/* How many are in memory at once */
#define BATCH 500

typedef struct
{
  CptDatabase *database;
  const CptUuid *workflow;
  guint number;        /* of the new version; 0: it is only drawn */
  CptWorkflow *target; /* (owned) */
  char *name;          /* (owned): of the workflow */
  const char *entity;  /* (nullable): what it is about */
  CptAutomationVersions *versions;
  GHashTable *standing; /* (nullable): "version node" -> CptStanding */
  gint64 now;
  const CptMigrationPlan *plan; /* (nullable) */
  gboolean is_trial;
  CptMigrated *migrated;
  gint64 migration; /* its number; 0: nobody was taken along yet */
} Migration;

void
cpt_standing_free (CptStanding *self)
{
  if (self == NULL)
    return;

  g_free (self->node);
  g_free (self->title);
  g_free (self->kind);
  g_free (self->to);
  g_free (self);
}

static void
clear (Migration *self)
{
  g_clear_pointer (&self->target, cpt_workflow_free);
  g_clear_pointer (&self->versions, cpt_automation_versions_free);
  g_clear_pointer (&self->standing, g_hash_table_unref);
  g_clear_pointer (&self->name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Migration, clear)

/* @number: 0: of what is drawn */
static gboolean
load_target (Migration  *self,
             gboolean    is_in_force,
             GError    **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptRecord) record =
    cpt_database_load (self->database, cpt_schema_find_entity (schema, CPT_WORKFLOW_ENTITY), self->workflow, error);
  const CptEntity *entity;

  if (record == NULL)
    return FALSE;
  self->name = g_strdup (cpt_record_get_text (record, "name"));
  if (is_in_force)
    self->number = (guint) CLAMP (cpt_record_get_integer (record, "version"), 0, G_MAXINT);
  if (is_in_force && self->number == 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("This workflow was never published. Publish it first."));
      return FALSE;
    }
  if (self->number > 0)
    {
      cpt_record_unref (record);
      record = cpt_workflow_load_version (self->database, self->workflow, self->number, error);
    }
  self->target = record != NULL ? cpt_workflow_read (record, error) : NULL;
  if (self->target == NULL)
    return FALSE;

  entity = cpt_workflow_find_entity (self->target, schema);
  self->entity = entity != NULL ? entity->name : NULL;
  self->now = cpt_database_get_now (self->database);
  self->versions = cpt_automation_versions_new (self->database, self->workflow);

  return TRUE;
}

/* Runs of former times do not say when they came where they are: not before their last step */
static gboolean
date_tokens (Migration           *self,
             const CptEnrolment  *enrolment,
             CptRun              *run,
             GError             **error)
{
  g_autoptr(GPtrArray) steps = NULL;

  for (guint i = 0; i < run->tokens->len; i++)
    {
      CptToken *token = g_ptr_array_index (run->tokens, i);

      if (token->since != 0 || token->state == CPT_TOKEN_READY)
        continue;
      if (steps == NULL)
        steps = cpt_enrolment_list_steps (self->database, enrolment->row, error);
      if (steps == NULL)
        return FALSE;
      token->since = steps->len > 0 ? ((CptEnrolmentStep *) g_ptr_array_index (steps, steps->len - 1))->at : enrolment->entered;
    }

  return TRUE;
}

/* (nullable): where who stands at @node best goes on. Who is about other records stays. */
static const char *
suggest (Migration          *self,
         const CptEnrolment *enrolment,
         const CptWorkflow  *old,
         const char         *node)
{
  return g_strcmp0 (enrolment->entity, self->entity) == 0 ? cpt_workflow_find_successor (old, self->target, node) : NULL;
}

/* Whether who was moved goes on with the next look at him. What waits for a date is not known before */
static gboolean
goes_at_once (const Migration *self,
              const CptToken  *token)
{
  const CptWorkflowNode *node = cpt_workflow_find_node (self->target, token->node);

  if (token->state != CPT_TOKEN_READY)
    return token->due <= self->now;

  return node != NULL && g_strcmp0 (node->kind_name, "wait_until") != 0;
}

/* ------------------------------------------------------------------- the map */

static CptStanding *
get_standing (Migration          *self,
              const CptEnrolment *enrolment,
              const CptWorkflow  *old,
              const char         *id)
{
  g_autofree char *key = g_strdup_printf ("%u %s", enrolment->version, id);
  CptStanding *standing = g_hash_table_lookup (self->standing, key);
  const CptWorkflowNode *node = cpt_workflow_find_node (old, id);

  if (standing != NULL)
    return standing;

  standing = g_new0 (CptStanding, 1);
  standing->version = enrolment->version;
  standing->node = g_strdup (id);
  standing->title = node != NULL ? g_strdup (node->title) : NULL;
  standing->kind = node != NULL ? g_strdup (node->kind_name) : NULL;
  standing->to = g_strdup (suggest (self, enrolment, old, id));
  g_hash_table_insert (self->standing, g_steal_pointer (&key), standing);

  return standing;
}

static gboolean
count (gpointer            data,
       CptEnrolment       *enrolment,
       const CptWorkflow  *old,
       CptRun             *run,
       GError            **error)
{
  Migration *self = data;
  GTimeZone *zone = cpt_database_get_zone (self->database);

  if (enrolment->version == self->number || old == NULL || run == NULL)
    return TRUE;
  if (!date_tokens (self, enrolment, run, error))
    return FALSE;

  for (guint i = 0; i < run->tokens->len; i++)
    {
      CptToken *token = g_ptr_array_index (run->tokens, i);
      CptStanding *standing = get_standing (self, enrolment, old, token->node);

      standing->n_runs++;
      if (standing->to != NULL && cpt_run_move_token (run, token, old, self->target, standing->to, zone) &&
          goes_at_once (self, token))
        standing->n_at_once++;
    }

  return TRUE;
}

static int
compare_standing (gconstpointer a,
                  gconstpointer b)
{
  const CptStanding *first = *(const CptStanding *const *) a;
  const CptStanding *second = *(const CptStanding *const *) b;

  return first->version != second->version ? (first->version < second->version ? -1 : 1)
                                           : strcmp (first->node, second->node);
}

/* In the order of the drawing of each version; what is not drawn any more last */
static GPtrArray *
sort_standing (Migration *self)
{
  GPtrArray *sorted = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_standing_free);
  g_autoptr(GPtrArray) all = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->standing);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (all, value);
  g_ptr_array_sort (all, compare_standing);

  for (guint i = 0; i < all->len; i++)
    {
      guint version = ((const CptStanding *) g_ptr_array_index (all, i))->version;
      const CptWorkflow *old = cpt_automation_versions_find (self->versions, version);
      gboolean is_first = i == 0 || ((const CptStanding *) g_ptr_array_index (all, i - 1))->version != version;

      for (guint j = 0; is_first && old != NULL && j < old->nodes->len; j++)
        {
          const CptWorkflowNode *node = g_ptr_array_index (old->nodes, j);
          g_autofree char *key = g_strdup_printf ("%u %s", version, node->id);
          CptStanding *standing = g_hash_table_lookup (self->standing, key);

          if (standing != NULL)
            g_ptr_array_add (sorted, standing);
        }
    }
  for (guint i = 0; i < all->len; i++)
    if (!g_ptr_array_find (sorted, g_ptr_array_index (all, i), NULL))
      g_ptr_array_add (sorted, g_ptr_array_index (all, i));

  return sorted;
}

GPtrArray *
cpt_workflow_list_standing (CptDatabase    *database,
                            const CptUuid  *workflow,
                            guint           number,
                            GError        **error)
{
  g_auto(Migration) self = { .database = database, .workflow = workflow, .number = number };

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (workflow != NULL, NULL);

  self.standing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!load_target (&self, FALSE, error) || !cpt_automation_visit_open (self.versions, count, &self, error))
    {
      GHashTableIter iter;
      gpointer value;

      g_hash_table_iter_init (&iter, self.standing);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        cpt_standing_free (value);
      return NULL;
    }

  return sort_standing (&self);
}

/* ------------------------------------------------------------------- one run */

/* What becomes of the run as a whole; with @rules (inout) (array): of each of its places */
static CptMigrationAct
decide (Migration          *self,
        const CptEnrolment *enrolment,
        const CptWorkflow  *old,
        const CptRun       *run,
        CptMigrationRule   *rules)
{
  gboolean is_about_others = g_strcmp0 (enrolment->entity, self->entity) != 0;
  CptMigrationAct whole = run->tokens->len > 0 ? CPT_MIGRATION_FINISH : CPT_MIGRATION_KEEP;

  for (guint i = 0; i < run->tokens->len; i++)
    {
      const CptToken *token = g_ptr_array_index (run->tokens, i);
      CptMigrationRule other;

      rules[i] = *cpt_migration_plan_find (self->plan, enrolment->version, token->node,
                                           suggest (self, enrolment, old, token->node), &other);
      if (rules[i].act == CPT_MIGRATION_KEEP || (is_about_others && rules[i].act != CPT_MIGRATION_FINISH))
        return CPT_MIGRATION_KEEP;
      if (rules[i].act == CPT_MIGRATION_RESTART || whole == CPT_MIGRATION_RESTART)
        whole = CPT_MIGRATION_RESTART;
      else if (rules[i].act == CPT_MIGRATION_MOVE)
        whole = CPT_MIGRATION_MOVE;
    }

  return whole;
}

/* (nullable): the start that it began with, when it is still there; else the first one */
static const char *
find_start (const Migration *self,
            const CptRun    *run)
{
  const char *first = NULL;

  for (guint i = 0; i < self->target->nodes->len; i++)
    {
      const CptWorkflowNode *node = g_ptr_array_index (self->target->nodes, i);

      if (node->kind == NULL || node->kind->group != CPT_WORKFLOW_START)
        continue;
      if (cpt_run_get_visits (run, node->id) > 0)
        return node->id;
      first = first != NULL ? first : node->id;
    }

  return first;
}

static gboolean
add_step (Migration           *self,
          const CptEnrolment  *enrolment,
          const char          *node,
          guint                visit,
          const char          *what,
          const char          *detail,
          GError             **error)
{
  CptEnrolmentStep step = { self->now, (char *) node, visit, (char *) what, (char *) detail, 0 };

  return cpt_enrolment_add_step (self->database, enrolment->row, &step, error);
}

/* What is true of the subject already is not waited for, as if it came there now */
static gboolean
look_for_branches (Migration           *self,
                   const CptEnrolment  *enrolment,
                   CptRun              *run,
                   const char          *id,
                   GError             **error)
{
  const CptWorkflowNode *node = cpt_workflow_find_node (self->target, id);
  CptAutomationWorld world = { .database = self->database, .enrolment = enrolment, .name = self->name, .now = self->now };
  CptRunWorld asked;
  JsonArray *branches = NULL;
  g_autofree char *found = NULL;

  world.entity = cpt_schema_find_entity (cpt_database_get_schema (self->database), enrolment->entity);
  if (world.entity == NULL || !cpt_json_read_array (node->settings, "branches", &branches, NULL))
    return TRUE;

  cpt_automation_world_open (&world, &asked);
  for (guint i = 0; branches != NULL && found == NULL && i < json_array_get_length (branches); i++)
    {
      JsonNode *one = json_array_get_element (branches, i);
      JsonObject *branch = JSON_NODE_HOLDS_OBJECT (one) ? json_node_get_object (one) : NULL;
      JsonObject *where = NULL;
      gboolean is_true = FALSE;

      if (branch != NULL && !json_object_has_member (branch, "entity") &&
          cpt_json_read_object (branch, "where", &where, NULL) && where != NULL &&
          asked.match (asked.data, where, &is_true, NULL) && is_true)
        found = cpt_json_dup_string (branch, "id");
    }
  cpt_automation_world_clear (&world);

  return found == NULL || !cpt_run_finish (run, self->target, id, 1, found) ||
         add_step (self, enrolment, id, 1, "left", found, error);
}

static gboolean
move_one (Migration           *self,
          const CptEnrolment  *enrolment,
          const CptWorkflow   *old,
          CptRun              *run,
          CptToken            *token,
          const char          *to,
          GError             **error)
{
  g_autofree char *node = g_strdup (token->node);
  guint visit = token->visit;
  CptTokenState state = token->state;
  gboolean is_changed =
    cpt_run_move_token (run, token, old, self->target, to, cpt_database_get_zone (self->database));

  if (is_changed && goes_at_once (self, token))
    self->migrated->n_at_once++;
  if (!add_step (self, enrolment, node, visit, "moved", to, error))
    return FALSE;
  if (state == CPT_TOKEN_EVENT && token->state == CPT_TOKEN_EVENT &&
      !cpt_enrolment_move_waiter (self->database, enrolment, node, visit, token->node, token->visit, error))
    return FALSE;

  return !is_changed || token->state != CPT_TOKEN_EVENT || token->visit != 1 ||
         look_for_branches (self, enrolment, run, to, error);
}

static gboolean
move_all (Migration               *self,
          const CptEnrolment      *enrolment,
          const CptWorkflow       *old,
          CptRun                  *run,
          const CptMigrationRule  *rules,
          GError                 **error)
{
  g_autoptr(GPtrArray) tokens = g_ptr_array_new ();

  for (guint i = 0; i < run->tokens->len; i++)
    g_ptr_array_add (tokens, g_ptr_array_index (run->tokens, i));

  for (guint i = 0; i < tokens->len; i++)
    {
      CptToken *token = g_ptr_array_index (tokens, i);

      if (rules[i].act == CPT_MIGRATION_MOVE)
        {
          if (!move_one (self, enrolment, old, run, token, rules[i].text, error))
            return FALSE;
          continue;
        }
      if (!add_step (self, enrolment, token->node, token->visit, "finished", rules[i].text, error))
        return FALSE;
      g_free (run->label);
      run->label = g_strdup (rules[i].text);
      g_ptr_array_remove (run->tokens, token);
    }

  return TRUE;
}

static gboolean
restart (Migration           *self,
         const CptEnrolment  *enrolment,
         CptRun              *run,
         const char          *start,
         GError             **error)
{
  const CptToken *token = g_ptr_array_index (run->tokens, 0);

  if (!add_step (self, enrolment, token->node, token->visit, "restarted", start, error))
    return FALSE;
  cpt_run_restart (run, start);

  return TRUE;
}

/* Where it waits now, told to those who listen for it */
static gboolean
keep_waiting (Migration           *self,
              const CptEnrolment  *enrolment,
              const CptRun        *run,
              GError             **error)
{
  g_autoptr(GHashTable) before = cpt_enrolment_list_places (self->database, enrolment, error);
  g_autoptr(GHashTable) after = cpt_automation_list_waiting (run, self->target);

  return before != NULL && cpt_automation_keep_waiting (self->database, enrolment, before, after, error);
}

static void
count_one (Migration       *self,
           CptMigrationAct  act)
{
  self->migrated->n_kept += act == CPT_MIGRATION_KEEP ? 1 : 0;
  self->migrated->n_moved += act == CPT_MIGRATION_MOVE ? 1 : 0;
  self->migrated->n_restarted += act == CPT_MIGRATION_RESTART ? 1 : 0;
  self->migrated->n_finished += act == CPT_MIGRATION_FINISH ? 1 : 0;
}

static gboolean
migrate_one (Migration          *self,
             CptEnrolment       *enrolment,
             const CptWorkflow  *old,
             CptRun             *run,
             GError            **error)
{
  g_autofree CptMigrationRule *rules = g_new0 (CptMigrationRule, run->tokens->len + 1);
  g_autofree char *state = g_strdup (enrolment->state);
  g_autofree char *label = g_strdup (enrolment->label);
  g_autofree char *waiters = NULL;
  const char *start = find_start (self, run);
  CptMigrationAct act = decide (self, enrolment, old, run, rules);
  CptEnrolment before = *enrolment;
  CptEnrolmentFormer former = { .before = &before };

  if (act == CPT_MIGRATION_RESTART && start == NULL)
    act = CPT_MIGRATION_KEEP;
  count_one (self, act);
  if (act == CPT_MIGRATION_KEEP)
    return TRUE;

  waiters = cpt_enrolment_dup_waiters (self->database, enrolment, error);
  if (waiters == NULL || !(act == CPT_MIGRATION_RESTART ? restart (self, enrolment, run, start, error)
                                                        : move_all (self, enrolment, old, run, rules, error)))
    return FALSE;
  if (self->migration == 0)
    self->migration = cpt_enrolment_migration_add (self->database, self->workflow, self->number, self->now, error);
  if (self->migration == 0)
    return FALSE;

  enrolment->version = self->number;
  cpt_automation_write_down (enrolment, run, self->now);
  before.state = state;
  before.label = label;
  former.after = enrolment->state;
  former.waiters = waiters;
  former.step = cpt_enrolment_get_last_step (self->database);

  return cpt_enrolment_save (self->database, enrolment, error) && keep_waiting (self, enrolment, run, error) &&
         cpt_enrolment_migration_keep (self->database, self->migration, &former, error);
}

/* Who can't be read is left alone. */
static gboolean
migrate_visited (gpointer            data,
                 CptEnrolment       *enrolment,
                 const CptWorkflow  *old,
                 CptRun             *run,
                 GError            **error)
{
  Migration *self = data;

  if (enrolment->version == self->number)
    return TRUE;
  if (old == NULL || run == NULL)
    {
      count_one (self, CPT_MIGRATION_KEEP);
      return TRUE;
    }

  return date_tokens (self, enrolment, run, error) && migrate_one (self, enrolment, old, run, error);
}

/* ------------------------------------------------------------------- all runs */

static gboolean
migrate (CptDatabase  *database,
         gpointer      data,
         GError      **error)
{
  Migration *self = data;

  if (!load_target (self, TRUE, error) || !cpt_migration_plan_check (self->plan, self->target, error) ||
      !cpt_automation_visit_open (self->versions, migrate_visited, self, error))
    return FALSE;
  if (!self->is_trial)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "only a trial");

  return FALSE;
}

gboolean
cpt_workflow_migrate (CptDatabase             *database,
                      const CptUuid           *workflow,
                      const CptMigrationPlan  *plan,
                      gboolean                 is_trial,
                      CptMigrated             *migrated,
                      GError                 **error)
{
  g_auto(Migration) self = { .database = database, .workflow = workflow, .plan = plan, .migrated = migrated };
  g_autoptr(GError) local_error = NULL;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (workflow != NULL && plan != NULL, FALSE);
  g_return_val_if_fail (migrated != NULL, FALSE);

  *migrated = (CptMigrated){ 0 };
  self.is_trial = is_trial;
  if (cpt_database_transact (database, migrate, &self, &local_error))
    return TRUE;
  /* It was done, and all of it taken back. */
  if (is_trial && g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/* ----------------------------------------------------------------------- back */

typedef struct
{
  const CptUuid *workflow;
  guint n_back;
  guint n_left;
} Undo;

static CptRun *
parse_run (const char *text)
{
  g_autoptr(JsonNode) root = cpt_json_parse (text, -1, NULL);

  return root != NULL ? cpt_run_parse (root, NULL) : NULL;
}

/* Whether it stands where it was put, and has begun nothing there */
static gboolean
stands_there (const char *put,
              const char *now)
{
  g_autoptr(CptRun) first = parse_run (put);
  g_autoptr(CptRun) second = parse_run (now);
  gboolean is_so = first != NULL && second != NULL && first->tokens->len == second->tokens->len;

  for (guint i = 0; is_so && i < first->tokens->len; i++)
    {
      const CptToken *before = g_ptr_array_index (first->tokens, i);
      const CptToken *after = g_ptr_array_index (second->tokens, i);

      is_so = before->visit == after->visit && strcmp (before->node, after->node) == 0 &&
              (before->state == CPT_TOKEN_EFFECT) == (after->state == CPT_TOKEN_EFFECT);
    }

  return is_so;
}

static gboolean
may_go_back (CptDatabase               *database,
             const CptEnrolmentFormer  *former,
             gboolean                  *may,
             GError                   **error)
{
  g_autoptr(CptEnrolment) now = cpt_enrolment_load (database, former->before->row, error);
  g_autoptr(CptEnrolment) last =
    now != NULL ? cpt_enrolment_find_last (database, &now->workflow, now->key, error) : NULL;
  gboolean has_gone_on;

  if (last == NULL || !cpt_enrolment_migration_has_gone_on (database, former, &has_gone_on, error))
    return FALSE;
  *may = !has_gone_on && last->row == now->row && stands_there (former->after, now->state);

  return TRUE;
}

static gboolean
take_back (CptDatabase               *database,
           const CptEnrolmentFormer  *former,
           Undo                      *self,
           GError                   **error)
{
  CptEnrolmentStep step = { .at = cpt_database_get_now (database), .node = (char *) "", .what = (char *) "moved_back" };
  gboolean may;

  if (!may_go_back (database, former, &may, error))
    return FALSE;
  self->n_back += may ? 1 : 0;
  self->n_left += may ? 0 : 1;

  return !may ||
         (cpt_enrolment_save (database, former->before, error) &&
          cpt_enrolment_restore_waiters (database, former->before, former->waiters, error) &&
          cpt_enrolment_add_step (database, former->before->row, &step, error));
}

static gboolean
undo (CptDatabase  *database,
      gpointer      data,
      GError      **error)
{
  Undo *self = data;
  gint64 migration;
  gint64 after = 0;
  guint n_read;

  if (!cpt_enrolment_migration_find_last (database, self->workflow, &migration, error))
    return FALSE;
  if (migration == 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
                   _("Nobody in this workflow was taken into another version, or all were taken back already."));
      return FALSE;
    }

  do
    {
      g_autoptr(GPtrArray) batch = cpt_enrolment_migration_list (database, migration, after, BATCH, error);

      if (batch == NULL)
        return FALSE;
      n_read = batch->len;
      for (guint i = 0; i < batch->len; i++)
        {
          const CptEnrolmentFormer *former = g_ptr_array_index (batch, i);

          after = former->before->row;
          if (!take_back (database, former, self, error))
            return FALSE;
        }
    }
  while (n_read == BATCH);

  return cpt_enrolment_migration_set_undone (database, migration, cpt_database_get_now (database), error);
}

gboolean
cpt_workflow_migrate_undo (CptDatabase    *database,
                           const CptUuid  *workflow,
                           guint          *n_back,
                           guint          *n_left,
                           GError        **error)
{
  Undo self = { .workflow = workflow };
  gboolean done;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (workflow != NULL, FALSE);
  g_return_val_if_fail (n_back != NULL && n_left != NULL, FALSE);

  done = cpt_database_transact (database, undo, &self, error);
  *n_back = self.n_back;
  *n_left = self.n_left;

  return done;
}
