/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a workflow may be published. */

#include "config.h"

#include "cpt-workflow-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-json.h"

#define NOT_THERE G_MAXUINT

typedef struct
{
  const CptWorkflow *workflow;
  GPtrArray *problems;
  GHashTable *places; /* node: its place + 1 */
  GArray *first;      /* of each node: where its targets begin; one more at the end */
  GArray *targets;    /* places of nodes */
} Check;

static void
problem_free (gpointer data)
{
  CptWorkflowProblem *self = data;

  g_free (self->node);
  g_free (self->message);
  g_free (self);
}

void
cpt_workflow_add_problem (GPtrArray  *problems,
                          const char *node,
                          const char *message)
{
  CptWorkflowProblem *problem = g_new0 (CptWorkflowProblem, 1);

  problem->node = g_strdup (node);
  problem->message = g_strdup (message);
  g_ptr_array_add (problems, problem);
}

static void
add_problem (Check      *self,
             const char *node,
             const char *message)
{
  cpt_workflow_add_problem (self->problems, node, message);
}

static const CptWorkflowNode *
get_node (const Check *self,
          guint        place)
{
  return g_ptr_array_index (self->workflow->nodes, place);
}

static gboolean
is_start (const CptWorkflowNode *node)
{
  return node->kind != NULL && node->kind->group == CPT_WORKFLOW_START;
}

static guint
find_place (const Check *self,
            const char  *id)
{
  const CptWorkflowNode *node = cpt_workflow_find_node (self->workflow, id);

  return node != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->places, node)) - 1 : NOT_THERE;
}

/* ------------------------------------------------------------------- each alone */

static void
check_settings (Check                 *self,
                const CptWorkflowNode *node)
{
  for (const CptWorkflowSetting *setting = node->kind->settings; setting != NULL && setting->name != NULL; setting++)
    {
      g_autoptr(GError) error = NULL;

      if (!cpt_workflow_setting_check (setting, json_object_get_member (node->settings, setting->name), &error))
        add_problem (self, node->id, error->message);
    }
}

/* Whom would a split without weights choose? */
static void
check_weights (Check                 *self,
               const CptWorkflowNode *node)
{
  JsonArray *branches = NULL;
  gint64 total = 0;

  if (strcmp (node->kind_name, "split") != 0 || !cpt_json_read_array (node->settings, "branches", &branches, NULL) ||
      branches == NULL)
    return;

  for (guint i = 0; i < json_array_get_length (branches); i++)
    {
      JsonNode *branch = json_array_get_element (branches, i);
      gint64 weight = 0;

      if (JSON_NODE_HOLDS_OBJECT (branch) &&
          (!cpt_json_read_int (json_node_get_object (branch), "weight", &weight, NULL) || weight < 0 || weight > G_MAXUINT32))
        {
          add_problem (self, node->id, _("The weights of the variants are whole numbers, from 0."));
          return;
        }
      total += weight;
    }
  if (total == 0)
    add_problem (self, node->id, _("No variant has a weight. Give one to those that are to be chosen."));
}

static void
check_nodes (Check *self)
{
  for (guint i = 0; i < self->workflow->nodes->len; i++)
    {
      const CptWorkflowNode *node = get_node (self, i);

      if (node->kind == NULL)
        add_problem (self, node->id, _("A newer version of Comptoir made this step. Update Comptoir, or remove the step."));
      else
        {
          check_settings (self, node);
          check_weights (self, node);
        }
    }
}

static void
check_whole (Check *self)
{
  JsonObject *settings = self->workflow->settings;
  g_autofree char *reentry = cpt_json_dup_string (settings, "reentry");

  for (const CptWorkflowSetting *setting = cpt_workflow_list_settings (); setting->name != NULL; setting++)
    {
      g_autoptr(GError) error = NULL;

      if (!cpt_workflow_setting_check (setting, json_object_get_member (settings, setting->name), &error))
        add_problem (self, NULL, error->message);
    }
  if (g_strcmp0 (reentry, "after_time") == 0 && !json_object_has_member (settings, "reentry_after"))
    add_problem (self, NULL, _("It is not said after what time a record may begin again. Set it."));
}

/* ------------------------------------------------------------------ connections */

static gboolean
has_outcome (const CptWorkflowNode *node,
             const char            *outcome)
{
  g_auto(GStrv) outcomes = NULL;

  /* Nobody knows those of what is not known. */
  if (node->kind == NULL)
    return TRUE;

  outcomes = cpt_workflow_node_list_outcomes (node);

  return g_strv_contains ((const char *const *) outcomes, outcome);
}

/* Those that lead from a node that is there to one that is */
static void
check_connections (Check *self,
                   guint *from,
                   guint *to)
{
  for (guint i = 0; i < self->workflow->connections->len; i++)
    {
      const CptWorkflowConnection *connection = g_ptr_array_index (self->workflow->connections, i);

      from[i] = find_place (self, connection->from);
      to[i] = find_place (self, connection->to);
      if (from[i] == NOT_THERE && to[i] == NOT_THERE)
        add_problem (self, NULL, _("A connection is between steps that are not there. Remove it."));
      else if (from[i] == NOT_THERE)
        add_problem (self, connection->to, _("What leads here comes from a step that is not there. Remove the connection."));
      else if (to[i] == NOT_THERE)
        add_problem (self, connection->from,
                     _("This leads to a step that is not there. Remove the connection, or draw it again."));
      else if (is_start (get_node (self, to[i])))
        add_problem (self, connection->to, _("Nothing can lead to a start. Remove the connection."));
      else if (!has_outcome (get_node (self, from[i]), connection->outcome))
        add_problem (self, connection->from, _("A connection begins at an outcome that is not there any more. Draw it again."));
      else
        continue;
      from[i] = NOT_THERE;
    }
}

/* All targets of a node stand one behind another. */
static void
index_connections (Check *self)
{
  guint n_nodes = self->workflow->nodes->len;
  guint n_connections = self->workflow->connections->len;
  g_autofree guint *from = g_new0 (guint, n_connections + 1);
  g_autofree guint *to = g_new0 (guint, n_connections + 1);
  g_autofree guint *next = NULL;

  check_connections (self, from, to);
  g_array_set_size (self->first, n_nodes + 1);
  for (guint i = 0; i < n_connections; i++)
    if (from[i] != NOT_THERE)
      g_array_index (self->first, guint, from[i] + 1)++;
  for (guint i = 0; i < n_nodes; i++)
    g_array_index (self->first, guint, i + 1) += g_array_index (self->first, guint, i);

  g_array_set_size (self->targets, g_array_index (self->first, guint, n_nodes));
  next = g_memdup2 (self->first->data, (n_nodes + 1) * sizeof (guint));
  for (guint i = 0; i < n_connections; i++)
    if (from[i] != NOT_THERE)
      g_array_index (self->targets, guint, next[from[i]]++) = to[i];
}

/* ------------------------------------------------------------------ the drawing */

static guint
get_first (const Check *self,
           guint        place)
{
  return g_array_index (self->first, guint, place);
}

static void
check_reach (Check *self)
{
  guint n_nodes = self->workflow->nodes->len;
  g_autofree gboolean *is_reached = g_new0 (gboolean, n_nodes + 1);
  g_autoptr(GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean has_start = FALSE;

  for (guint i = 0; i < n_nodes; i++)
    if (is_start (get_node (self, i)))
      {
        has_start = TRUE;
        is_reached[i] = TRUE;
        g_array_append_val (open, i);
        if (get_first (self, i) == get_first (self, i + 1))
          add_problem (self, get_node (self, i)->id, _("This start leads nowhere. Draw a connection to the first step."));
      }
  if (!has_start)
    {
      add_problem (self, NULL, _("The workflow has no start. Add one: when a record is created, on a schedule, by hand…"));
      return;
    }

  while (open->len > 0)
    {
      guint place = g_array_index (open, guint, open->len - 1);

      g_array_set_size (open, open->len - 1);
      for (guint i = get_first (self, place); i < get_first (self, place + 1); i++)
        {
          guint target = g_array_index (self->targets, guint, i);

          if (!is_reached[target])
            g_array_append_val (open, target);
          is_reached[target] = TRUE;
        }
    }
  for (guint i = 0; i < n_nodes; i++)
    if (!is_reached[i])
      add_problem (self, get_node (self, i)->id, _("Nothing leads to this step. Draw a connection to it, or remove it."));
}

static void
check_gathering (Check *self)
{
  guint n_nodes = self->workflow->nodes->len;
  g_autofree guint *n_before = g_new0 (guint, n_nodes + 1);

  for (guint i = 0; i < self->targets->len; i++)
    n_before[g_array_index (self->targets, guint, i)]++;
  for (guint i = 0; i < n_nodes; i++)
    {
      const CptWorkflowNode *node = get_node (self, i);

      if (node->kind != NULL && node->kind->is_gathering && n_before[i] == 1)
        add_problem (self, node->id,
                     _("Only one branch leads here: there is nothing to gather. Connect another one, or remove the step."));
    }
}

/* Strongly connected parts (R. Tarjan, Depth-first search and linear graph algorithms,
 * SIAM Journal on Computing 1 (2), 1972) of what is gone through at once; without
 * recursion, since the drawing may be as long as somebody likes. */
typedef struct
{
  const Check *check;
  guint *order;  /* from 1; 0: not seen yet */
  guint *lowest; /* the earliest that it leads back to */
  guint *edge;   /* the next one to be followed */
  gboolean *is_open;
  GArray *part; /* of nodes that may still lead back */
  GArray *path;
  guint n_seen;
} Circles;

static gboolean
is_pause (const Check *self,
          guint        place)
{
  const CptWorkflowKind *kind = get_node (self, place)->kind;

  return kind != NULL && kind->is_pause;
}

static void
enter (Circles *self,
       guint    place)
{
  self->order[place] = self->lowest[place] = ++self->n_seen;
  self->edge[place] = get_first (self->check, place);
  self->is_open[place] = TRUE;
  g_array_append_val (self->part, place);
  g_array_append_val (self->path, place);
}

static gboolean
leads_to_itself (const Check *self,
                 guint        place)
{
  for (guint i = get_first (self, place); i < get_first (self, place + 1); i++)
    if (g_array_index (self->targets, guint, i) == place)
      return TRUE;

  return FALSE;
}

/* All that leads back to @place, and is led to by it */
static void
close_part (Circles *self,
            Check   *check,
            guint    place)
{
  gboolean is_circle = g_array_index (self->part, guint, self->part->len - 1) != place || leads_to_itself (check, place);
  guint last;

  do
    {
      last = g_array_index (self->part, guint, self->part->len - 1);
      g_array_set_size (self->part, self->part->len - 1);
      self->is_open[last] = FALSE;
      if (is_circle)
        add_problem (check, get_node (check, last)->id,
                     _("This goes round in a circle without ever waiting. Put a wait into the circle."));
    }
  while (last != place);
}

static void
leave (Circles *self,
       Check   *check,
       guint    place)
{
  g_array_set_size (self->path, self->path->len - 1);
  if (self->lowest[place] == self->order[place])
    close_part (self, check, place);
  if (self->path->len > 0)
    {
      guint before = g_array_index (self->path, guint, self->path->len - 1);

      self->lowest[before] = MIN (self->lowest[before], self->lowest[place]);
    }
}

static void
follow (Circles *self,
        Check   *check,
        guint    start)
{
  enter (self, start);
  while (self->path->len > 0)
    {
      guint place = g_array_index (self->path, guint, self->path->len - 1);
      guint target;

      if (self->edge[place] == get_first (check, place + 1))
        {
          leave (self, check, place);
          continue;
        }
      target = g_array_index (check->targets, guint, self->edge[place]++);
      if (is_pause (check, target))
        continue;
      if (self->order[target] == 0)
        enter (self, target);
      else if (self->is_open[target])
        self->lowest[place] = MIN (self->lowest[place], self->order[target]);
    }
}

static void
check_circles (Check *self)
{
  guint n_nodes = self->workflow->nodes->len;
  g_autofree guint *order = g_new0 (guint, n_nodes + 1);
  g_autofree guint *lowest = g_new0 (guint, n_nodes + 1);
  g_autofree guint *edge = g_new0 (guint, n_nodes + 1);
  g_autofree gboolean *is_open = g_new0 (gboolean, n_nodes + 1);
  g_autoptr(GArray) part = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GArray) path = g_array_new (FALSE, FALSE, sizeof (guint));
  Circles circles = { self, order, lowest, edge, is_open, part, path, 0 };

  for (guint i = 0; i < n_nodes; i++)
    if (order[i] == 0 && !is_pause (self, i))
      follow (&circles, self, i);
}

GPtrArray *
cpt_workflow_check (const CptWorkflow *workflow)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func (problem_free);
  g_autoptr(GHashTable) places = g_hash_table_new (NULL, NULL);
  g_autoptr(GArray) first = g_array_new (FALSE, TRUE, sizeof (guint));
  g_autoptr(GArray) targets = g_array_new (FALSE, TRUE, sizeof (guint));
  Check check = { workflow, problems, places, first, targets };

  g_return_val_if_fail (workflow != NULL, problems);

  for (guint i = 0; i < workflow->nodes->len; i++)
    g_hash_table_insert (places, g_ptr_array_index (workflow->nodes, i), GUINT_TO_POINTER (i + 1));
  check_nodes (&check);
  check_whole (&check);
  index_connections (&check);
  check_reach (&check);
  check_gathering (&check);
  check_circles (&check);

  return problems;
}
