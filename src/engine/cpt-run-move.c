/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs that are taken into another version of their workflow. */

#include "config.h"

#include <string.h>

#include "cpt-json.h"
#include "cpt-run-private.h"
#include "cpt-workflow-duration.h"
#include "cpt-workflow-successor.h"

guint
cpt_run_get_visits (const CptRun *self,
                    const char   *node)
{
  g_return_val_if_fail (self != NULL && node != NULL, 0);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->visits, node));
}

static guint
add_visit (CptRun     *self,
           const char *node)
{
  guint visit = cpt_run_get_visits (self, node) + 1;

  g_hash_table_insert (self->visits, g_strdup (node), GUINT_TO_POINTER (visit));

  return visit;
}

static void
set_ready (CptToken *token)
{
  token->state = CPT_TOKEN_READY;
  token->due = G_MAXINT64;
  g_clear_pointer (&token->reason, g_free);
}

/* Where a duration says how long it waits that is known already; what can't be read is told when the run goes on. */
static void
wait_there (CptToken              *token,
            const CptWorkflowNode *node,
            GTimeZone             *zone)
{
  static const struct
  {
    const char *kind;
    const char *member;
    CptTokenState state;
  } waits[] = {
    { "wait", "for", CPT_TOKEN_TIMER },
    { "wait_for", "timeout", CPT_TOKEN_EVENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      JsonObject *duration = NULL;
      gint64 due = token->since;

      if (g_strcmp0 (node->kind_name, waits[i].kind) != 0)
        continue;
      if (!cpt_json_read_object (node->settings, waits[i].member, &duration, NULL) ||
          !cpt_workflow_duration_add (duration, &due, zone))
        return;
      token->state = waits[i].state;
      token->due = due;
      return;
    }
}

gboolean
cpt_run_move_token (CptRun            *self,
                    CptToken          *token,
                    const CptWorkflow *old,
                    const CptWorkflow *new,
                    const char        *to,
                    GTimeZone         *zone)
{
  const CptWorkflowNode *former;
  const CptWorkflowNode *node;
  gboolean was_waiting;
  gboolean is_same;

  g_return_val_if_fail (self != NULL && token != NULL, FALSE);
  g_return_val_if_fail (old != NULL && new != NULL, FALSE);
  g_return_val_if_fail (to != NULL, FALSE);

  former = cpt_workflow_find_node (old, token->node);
  node = cpt_workflow_find_node (new, to);
  if (node == NULL)
    return FALSE;
  is_same = former != NULL && strcmp (token->node, to) == 0 && g_strcmp0 (former->kind_name, node->kind_name) == 0;
  if (is_same && (token->state == CPT_TOKEN_EFFECT || cpt_workflow_node_is_same (former, node)))
    return FALSE;

  was_waiting = token->state != CPT_TOKEN_READY;
  if (strcmp (token->node, to) != 0)
    {
      token->visit = add_visit (self, to);
      g_free (token->node);
      token->node = g_strdup (to);
    }
  set_ready (token);
  if (was_waiting && token->since != 0)
    wait_there (token, node, zone);

  return TRUE;
}

void
cpt_run_restart (CptRun     *self,
                 const char *start)
{
  CptToken *token;

  g_return_if_fail (self != NULL && start != NULL);

  g_ptr_array_set_size (self->tokens, 0);
  token = g_new0 (CptToken, 1);
  token->node = g_strdup (start);
  token->visit = add_visit (self, start);
  set_ready (token);
  g_ptr_array_add (self->tokens, token);
  g_clear_pointer (&self->label, g_free);
}
