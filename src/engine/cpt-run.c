/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One passage of a subject through a workflow. */

#include "config.h"

#include "cpt-run-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-effect-key.h"
#include "cpt-json.h"
#include "cpt-workflow-duration.h"
#include "cpt-workflow-successor.h"

typedef struct
{
  CptRun *run;
  const CptWorkflow *workflow;
  const CptRunWorld *world;
  gint64 now;
  guint n_steps;
} Walk;

void
cpt_token_free (gpointer data)
{
  CptToken *self = data;

  g_free (self->node);
  g_free (self->reason);
  g_free (self);
}

static void
step_free (gpointer data)
{
  CptRunStep *self = data;

  g_free (self->node);
  g_free (self->outcome);
  g_free (self->exit);
  g_free (self);
}

CptRun *
cpt_run_new_empty (void)
{
  CptRun *self = g_new0 (CptRun, 1);

  self->passed = g_ptr_array_new_with_free_func (step_free);
  self->tokens = g_ptr_array_new_with_free_func (cpt_token_free);
  self->visits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
cpt_run_free (CptRun *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->tokens);
  g_ptr_array_unref (self->passed);
  g_hash_table_unref (self->visits);
  g_hash_table_unref (self->choices);
  g_free (self->label);
  g_free (self);
}

static void
add_token (CptRun     *self,
           const char *node)
{
  CptToken *token = g_new0 (CptToken, 1);
  guint visit = GPOINTER_TO_UINT (g_hash_table_lookup (self->visits, node)) + 1;

  g_hash_table_insert (self->visits, g_strdup (node), GUINT_TO_POINTER (visit));
  token->node = g_strdup (node);
  token->visit = visit;
  token->due = G_MAXINT64;
  g_ptr_array_add (self->tokens, token);
}

CptRun *
cpt_run_new (const char *start)
{
  CptRun *self;

  g_return_val_if_fail (start != NULL, NULL);

  self = cpt_run_new_empty ();
  add_token (self, start);

  return self;
}

/* ---------------------------------------------------------------------- leaving */

static gboolean
is_connected (const CptWorkflow *workflow,
              const char        *node,
              const char        *outcome)
{
  GPtrArray *leaving = cpt_workflow_get_leaving (workflow, node);

  for (guint i = 0; leaving != NULL && i < leaving->len; i++)
    {
      const CptWorkflowConnection *connection = g_ptr_array_index (leaving, i);

      if (strcmp (connection->outcome, outcome) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
wait_until (CptToken      *token,
            CptTokenState  state,
            gint64         due)
{
  token->state = state;
  token->due = due;
}

static void
park (CptToken   *token,
      const char *reason)
{
  wait_until (token, CPT_TOKEN_PARKED, G_MAXINT64);
  g_free (token->reason);
  token->reason = g_strdup (reason);
}

static void
note_step (CptRun         *self,
           const CptToken *token,
           const char     *outcome)
{
  CptRunStep *passed = g_new0 (CptRunStep, 1);

  passed->node = g_strdup (token->node);
  passed->visit = token->visit;
  passed->outcome = g_strdup (outcome);
  g_ptr_array_add (self->passed, passed);
}

/* Takes @token away, and stands wherever @outcome leads. Where it leads nowhere this way ends;
 * where it would lead to more places than anybody can follow, it stays. */
static void
leave (CptRun            *self,
       const CptWorkflow *workflow,
       CptToken          *token,
       const char        *outcome)
{
  GPtrArray *leaving = cpt_workflow_get_leaving (workflow, token->node);

  if (leaving != NULL && self->tokens->len + leaving->len > CPT_RUN_MAX_TOKENS)
    {
      park (token, _("This goes on at too many places at once. Look for a circle with several connections."));
      return;
    }

  for (guint i = 0; leaving != NULL && i < leaving->len; i++)
    {
      const CptWorkflowConnection *connection = g_ptr_array_index (leaving, i);

      if (strcmp (connection->outcome, outcome) == 0)
        add_token (self, connection->to);
    }
  note_step (self, token, outcome);
  g_ptr_array_remove (self->tokens, token);
}

/* --------------------------------------------------------------------- each kind */

static gboolean
enter_start (Walk                   *walk,
             CptToken               *token,
             const CptWorkflowNode  *node,
             GError                **error)
{
  leave (walk->run, walk->workflow, token, "next");

  return TRUE;
}

static gboolean
enter_action (Walk                   *walk,
              CptToken               *token,
              const CptWorkflowNode  *node,
              GError                **error)
{
  gboolean is_done = TRUE;

  if (!walk->world->act (walk->world->data, node, token->visit, &is_done, error))
    return FALSE;
  if (is_done)
    leave (walk->run, walk->workflow, token, "next");
  else
    wait_until (token, CPT_TOKEN_EFFECT, G_MAXINT64);

  return TRUE;
}

static gboolean
match (Walk        *walk,
       JsonObject  *object,
       gboolean    *is_true,
       GError     **error)
{
  JsonObject *where = NULL;

  *is_true = FALSE;

  return cpt_json_read_object (object, "where", &where, error) &&
         (where == NULL || walk->world->match (walk->world->data, where, is_true, error));
}

static gboolean
enter_if (Walk                   *walk,
          CptToken               *token,
          const CptWorkflowNode  *node,
          GError                **error)
{
  gboolean is_true;

  if (!match (walk, node->settings, &is_true, error))
    return FALSE;
  leave (walk->run, walk->workflow, token, is_true ? "yes" : "no");

  return TRUE;
}

/* (nullable): the one at @index of the list @member, with its id; %NULL where it is none */
static JsonObject *
get_listed (JsonObject  *settings,
            const char  *member,
            guint        index,
            guint       *length,
            const char **id)
{
  JsonArray *list = NULL;
  JsonNode *one;

  *length = 0;
  *id = NULL;
  if (!cpt_json_read_array (settings, member, &list, NULL) || list == NULL)
    return NULL;
  *length = json_array_get_length (list);
  if (index >= *length)
    return NULL;

  one = json_array_get_element (list, index);
  if (!JSON_NODE_HOLDS_OBJECT (one) || !cpt_json_read_string (json_node_get_object (one), "id", id, NULL) || *id == NULL)
    return NULL;

  return json_node_get_object (one);
}

static JsonObject *
get_branch (const CptWorkflowNode  *node,
            guint                   index,
            guint                  *n_branches,
            const char            **id)
{
  return get_listed (node->settings, "branches", index, n_branches, id);
}

static gboolean
enter_limit (Walk                   *walk,
             CptToken               *token,
             const CptWorkflowNode  *node,
             GError                **error)
{
  gboolean is_within = TRUE;

  if (walk->world->count != NULL && !walk->world->count (walk->world->data, node, &is_within, error))
    return FALSE;
  leave (walk->run, walk->workflow, token, is_within ? "next" : "over");

  return TRUE;
}

/* The first that is true */
static gboolean
enter_branches (Walk                   *walk,
                CptToken               *token,
                const CptWorkflowNode  *node,
                GError                **error)
{
  guint n_branches = 1;
  const char *id;

  for (guint i = 0; i < n_branches; i++)
    {
      JsonObject *branch = get_branch (node, i, &n_branches, &id);
      gboolean is_true = FALSE;

      if (branch != NULL && !match (walk, branch, &is_true, error))
        return FALSE;
      if (is_true)
        {
          leave (walk->run, walk->workflow, token, id);
          return TRUE;
        }
    }
  leave (walk->run, walk->workflow, token, "else");

  return TRUE;
}

/* (transfer full) (nullable): the variant of the subject; %NULL when none has a weight */
static char *
choose (Walk                  *walk,
        const CptWorkflowNode *node)
{
  g_autoptr(GArray) weights = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n_branches = 1;
  guint place;
  const char *id;

  for (guint i = 0; i < n_branches; i++)
    {
      JsonObject *branch = get_branch (node, i, &n_branches, &id);
      gint64 weight = 0;
      guint32 value;

      if (branch != NULL)
        cpt_json_read_int (branch, "weight", &weight, NULL);
      value = (guint32) CLAMP (weight, 0, G_MAXUINT32);
      if (i < n_branches)
        g_array_append_val (weights, value);
    }
  place = cpt_split_choose (node->id, walk->world->subject, (const guint32 *) (gpointer) weights->data, weights->len);

  return place < weights->len && get_branch (node, place, &n_branches, &id) != NULL ? g_strdup (id) : NULL;
}

static gboolean
enter_split (Walk                   *walk,
             CptToken               *token,
             const CptWorkflowNode  *node,
             GError                **error)
{
  const char *variant = g_hash_table_lookup (walk->run->choices, node->id);

  if (variant == NULL)
    {
      char *chosen = choose (walk, node);

      if (chosen == NULL)
        {
          park (token, _("No variant has a weight. Give one to those that are to be chosen."));
          return TRUE;
        }
      g_hash_table_insert (walk->run->choices, g_strdup (node->id), chosen);
      variant = chosen;
    }
  leave (walk->run, walk->workflow, token, variant);

  return TRUE;
}

static gboolean
enter_gather (Walk                   *walk,
              CptToken               *token,
              const CptWorkflowNode  *node,
              GError                **error)
{
  wait_until (token, CPT_TOKEN_GATHER, G_MAXINT64);

  return TRUE;
}

/* A duration of the node from when it came there on; never at once when it can't be read */
static gboolean
wait_for_duration (Walk                   *walk,
                   CptToken               *token,
                   const CptWorkflowNode  *node,
                   const char             *member,
                   CptTokenState           state,
                   GError                **error)
{
  JsonObject *duration = NULL;
  gint64 due = token->since;

  if (!cpt_json_read_object (node->settings, member, &duration, error))
    return FALSE;
  if (cpt_workflow_duration_add (duration, &due, walk->world->zone))
    wait_until (token, state, due);
  else
    park (token, _("How long is a number and a unit, such as 2 days."));

  return TRUE;
}

static gboolean
enter_wait (Walk                   *walk,
            CptToken               *token,
            const CptWorkflowNode  *node,
            GError                **error)
{
  return wait_for_duration (walk, token, node, "for", CPT_TOKEN_TIMER, error);
}

/* What is true of the subject already need not be waited for, but for who comes here again: a circle would have no
 * end. What happens with others is not asked now. */
static gboolean
enter_wait_for (Walk                   *walk,
                CptToken               *token,
                const CptWorkflowNode  *node,
                GError                **error)
{
  guint n_branches = 1;
  const char *id;

  for (guint i = 0; i < n_branches && token->visit == 1; i++)
    {
      JsonObject *branch = get_branch (node, i, &n_branches, &id);
      gboolean is_true = FALSE;

      if (branch != NULL && !json_object_has_member (branch, "entity") && !match (walk, branch, &is_true, error))
        return FALSE;
      if (is_true)
        {
          leave (walk->run, walk->workflow, token, id);
          return TRUE;
        }
    }

  return wait_for_duration (walk, token, node, "timeout", CPT_TOKEN_EVENT, error);
}

/* A date that is not there is never now. */
static gboolean
enter_wait_until (Walk                   *walk,
                  CptToken               *token,
                  const CptWorkflowNode  *node,
                  GError                **error)
{
  g_autofree char *field = cpt_json_dup_string (node->settings, "field");
  JsonObject *offset = NULL;
  gboolean has_value = FALSE;
  gint64 due = 0;

  if (!cpt_json_read_object (node->settings, "offset", &offset, error) ||
      (field != NULL && !walk->world->find_date (walk->world->data, field, &due, &has_value, error)))
    return FALSE;

  if (!has_value && is_connected (walk->workflow, node->id, "no_value"))
    leave (walk->run, walk->workflow, token, "no_value");
  else if (!has_value)
    park (token, _("The date that this waits for is empty. Enter it, and send this on."));
  else if (offset != NULL && !cpt_workflow_duration_add (offset, &due, walk->world->zone))
    park (token, _("How long is a number and a unit, such as 2 days."));
  else
    wait_until (token, CPT_TOKEN_TIMER, due);

  return TRUE;
}

static gboolean
enter_end (Walk                   *walk,
           CptToken               *token,
           const CptWorkflowNode  *node,
           GError                **error)
{
  g_free (walk->run->label);
  walk->run->label = cpt_json_dup_string (node->settings, "label");
  note_step (walk->run, token, NULL);
  g_ptr_array_remove (walk->run->tokens, token);

  return TRUE;
}

typedef gboolean (*Enter) (Walk *walk, CptToken *token, const CptWorkflowNode *node, GError **error);

static Enter
find_enter (const CptWorkflowKind *kind)
{
  static const struct
  {
    const char *name;
    Enter enter;
  } own[] = {
    { "if", enter_if },
    { "branches", enter_branches },
    { "split", enter_split },
    { "limit", enter_limit },
    { "gather", enter_gather },
    { "wait", enter_wait },
    { "wait_until", enter_wait_until },
    { "wait_for", enter_wait_for },
    { "end", enter_end },
  };

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (strcmp (own[i].name, kind->name) == 0)
      return own[i].enter;

  return kind->group == CPT_WORKFLOW_START ? enter_start : enter_action;
}

static void
enter (Walk     *walk,
       CptToken *token)
{
  const CptWorkflowNode *node = cpt_workflow_find_node (walk->workflow, token->node);
  g_autoptr(GError) error = NULL;

  /* Who was moved here from another version came before. */
  if (token->since == 0)
    token->since = walk->now;
  if (node == NULL)
    park (token, _("This step is not in the workflow any more. Send on who waits here, or end it."));
  else if (node->kind == NULL)
    park (token, _("A newer version of Comptoir made this step. Update Comptoir, or remove the step."));
  else if (!find_enter (node->kind) (walk, token, node, &error))
    park (token, error->message);
}

/* ------------------------------------------------------------------- gathering */

static gboolean
is_complete (Walk           *walk,
             const CptToken *token)
{
  for (guint i = 0; i < walk->run->tokens->len; i++)
    {
      const CptToken *other = g_ptr_array_index (walk->run->tokens, i);

      if (strcmp (other->node, token->node) != 0 && cpt_workflow_can_reach (walk->workflow, other->node, token->node))
        return FALSE;
    }

  return TRUE;
}

/* All that wait at the same node go on as one. */
static void
gather (Walk     *walk,
        CptToken *token)
{
  GPtrArray *tokens = walk->run->tokens;

  for (guint i = tokens->len; i-- > 0;)
    {
      CptToken *other = g_ptr_array_index (tokens, i);

      if (other != token && other->state == CPT_TOKEN_GATHER && strcmp (other->node, token->node) == 0)
        g_ptr_array_remove_index (tokens, i);
    }
  leave (walk->run, walk->workflow, token, "next");
}

/* (nullable): one at a node where nobody else can come to any more. Where all wait for each other, the first */
static CptToken *
find_gathered (Walk *walk)
{
  GPtrArray *tokens = walk->run->tokens;
  guint n_gathering = 0;

  for (guint i = 0; i < tokens->len; i++)
    {
      CptToken *token = g_ptr_array_index (tokens, i);

      if (token->state != CPT_TOKEN_GATHER)
        continue;
      if (is_complete (walk, token))
        return token;
      n_gathering++;
    }

  return n_gathering > 0 && n_gathering == tokens->len ? g_ptr_array_index (tokens, 0) : NULL;
}

/* --------------------------------------------------------------------- going on */

/* (nullable): the one that goes first */
static CptToken *
find_next (Walk *walk)
{
  CptToken *next = NULL;

  for (guint i = 0; i < walk->run->tokens->len; i++)
    {
      CptToken *token = g_ptr_array_index (walk->run->tokens, i);

      if (token->state == CPT_TOKEN_READY)
        return token;
      if (token->due <= walk->now && (next == NULL || token->due < next->due))
        next = token;
    }

  return next;
}

/* ---------------------------------------------------------------------- leaving all */

gboolean
cpt_run_leave (CptRun            *self,
               const CptWorkflow *workflow,
               const char        *exit)
{
  guint n_exits = 1;
  const char *id;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (workflow != NULL && exit != NULL, FALSE);

  for (guint i = 0; i < n_exits && self->tokens->len > 0; i++)
    {
      JsonObject *rule = get_listed (workflow->settings, "exits", i, &n_exits, &id);
      CptRunStep *passed;

      if (rule == NULL || strcmp (id, exit) != 0)
        continue;
      note_step (self, g_ptr_array_index (self->tokens, 0), NULL);
      passed = g_ptr_array_index (self->passed, self->passed->len - 1);
      passed->exit = g_strdup (id);
      g_free (self->label);
      self->label = cpt_json_dup_string (rule, "label");
      g_ptr_array_set_size (self->tokens, 0);
      return TRUE;
    }

  return FALSE;
}

/* Those that wait for records that link to the subject are told by the log alone. */
static gboolean
leave_all (Walk      *walk,
           gboolean  *is_left,
           GError   **error)
{
  guint n_exits = 1;
  const char *id;

  *is_left = FALSE;
  for (guint i = 0; i < n_exits; i++)
    {
      JsonObject *rule = get_listed (walk->workflow->settings, "exits", i, &n_exits, &id);

      if (rule == NULL || json_object_has_member (rule, "entity"))
        continue;
      if (!match (walk, rule, is_left, error))
        return FALSE;
      if (*is_left)
        return cpt_run_leave (walk->run, walk->workflow, id);
    }

  return TRUE;
}

/* Nothing is done for who has left, nor where nobody can tell whether he has. */
static gboolean
may_enter (Walk     *walk,
           CptToken *token)
{
  const CptWorkflowNode *node = cpt_workflow_find_node (walk->workflow, token->node);
  g_autoptr(GError) error = NULL;
  gboolean is_left;

  if (node == NULL || node->kind == NULL || node->kind->group != CPT_WORKFLOW_DO)
    return TRUE;
  if (!leave_all (walk, &is_left, &error))
    {
      park (token, error->message);
      return FALSE;
    }

  return !is_left;
}

static gboolean
step (Walk *walk)
{
  CptToken *token = find_next (walk);

  if (token == NULL)
    {
      token = find_gathered (walk);
      if (token == NULL)
        return FALSE;
      gather (walk, token);
    }
  else if (walk->n_steps >= CPT_RUN_MAX_STEPS)
    park (token, _("This goes round in a circle without ever waiting. Put a wait into the circle."));
  else if (token->state == CPT_TOKEN_READY)
    {
      if (may_enter (walk, token))
        enter (walk, token);
    }
  else
    leave (walk->run, walk->workflow, token, token->state == CPT_TOKEN_EVENT ? "timeout" : "next");
  walk->n_steps++;

  return TRUE;
}

guint
cpt_run_advance (CptRun            *self,
                 const CptWorkflow *workflow,
                 const CptRunWorld *world,
                 gint64             now)
{
  Walk walk = { self, workflow, world, now, 0 };
  gboolean is_left;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (workflow != NULL, 0);
  g_return_val_if_fail (world != NULL && world->subject != NULL, 0);

  if (find_next (&walk) != NULL)
    leave_all (&walk, &is_left, NULL);
  while (step (&walk))
    ;

  return walk.n_steps;
}

gboolean
cpt_run_finish (CptRun            *self,
                const CptWorkflow *workflow,
                const char        *node,
                guint              visit,
                const char        *outcome)
{
  const CptWorkflowNode *found;
  g_auto(GStrv) outcomes = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (workflow != NULL, FALSE);
  g_return_val_if_fail (node != NULL && outcome != NULL, FALSE);

  found = cpt_workflow_find_node (workflow, node);
  outcomes = found != NULL ? cpt_workflow_node_list_outcomes (found) : NULL;
  if (outcomes == NULL || !g_strv_contains ((const char *const *) outcomes, outcome))
    return FALSE;

  for (guint i = 0; i < self->tokens->len; i++)
    {
      CptToken *token = g_ptr_array_index (self->tokens, i);

      if (token->visit != visit || strcmp (token->node, node) != 0)
        continue;
      if (token->state != CPT_TOKEN_EVENT && token->state != CPT_TOKEN_EFFECT && token->state != CPT_TOKEN_PARKED)
        return FALSE;
      leave (self, workflow, token, outcome);
      return TRUE;
    }

  return FALSE;
}

gint64
cpt_run_get_due (const CptRun *self)
{
  gint64 due = G_MAXINT64;

  g_return_val_if_fail (self != NULL, due);

  for (guint i = 0; i < self->tokens->len; i++)
    {
      const CptToken *token = g_ptr_array_index (self->tokens, i);

      due = MIN (due, token->state == CPT_TOKEN_READY ? G_MININT64 : token->due);
    }

  return due;
}
