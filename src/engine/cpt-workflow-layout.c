/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the nodes of a workflow stand when nobody has put them anywhere: in layers. */

#include "config.h"

#include "cpt-workflow-layout.h"

#include <math.h>
#include <string.h>

/* Rounds of each kind; more change nothing that is seen */
#define N_SWEEPS 8
#define N_PULLS 12
/* Room for a connection that passes a layer */
#define PASS_WIDTH 40
/* Of all of them. What goes on is drawn where it comes to be */
#define MAX_PASSES 50000
#define NOT_THERE G_MAXUINT

/* A node, or where a connection passes a layer on its way to one further below */
typedef struct
{
  CptWorkflowNode *node; /* (nullable): of a passage */
  guint layer;
  guint order; /* within the layer */
  double centre;
  double wanted; /* by the sweep */
  GArray *above; /* of guint: what leads to it */
  GArray *below;
} Item;

typedef struct
{
  GPtrArray *items;
  GPtrArray *layers;  /* of GPtrArray of Item, in order */
  GHashTable *places; /* node: its place + 1 */
  guint n_nodes;      /* of the items, which come first */
} Layout;

static void
item_free (gpointer data)
{
  Item *self = data;

  g_array_unref (self->above);
  g_array_unref (self->below);
  g_free (self);
}

static Item *
add_item (Layout          *self,
          CptWorkflowNode *node)
{
  Item *item = g_new0 (Item, 1);

  item->node = node;
  item->above = g_array_new (FALSE, FALSE, sizeof (guint));
  item->below = g_array_new (FALSE, FALSE, sizeof (guint));
  g_ptr_array_add (self->items, item);

  return item;
}

static Item *
get_item (const Layout *self,
          guint         place)
{
  return g_ptr_array_index (self->items, place);
}

static Item *
get_neighbour (const Layout *self,
               const GArray *neighbours,
               guint         index)
{
  return get_item (self, g_array_index (neighbours, guint, index));
}

static guint
find_place (const Layout      *self,
            const CptWorkflow *workflow,
            const char        *id)
{
  const CptWorkflowNode *node = cpt_workflow_find_node (workflow, id);

  return node != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->places, node)) - 1 : NOT_THERE;
}

static void
join (Layout *self,
      guint   from,
      guint   to)
{
  g_array_append_val (get_item (self, from)->below, to);
  g_array_append_val (get_item (self, to)->above, from);
}

/* ---------------------------------------------------------------------- layers */

typedef enum
{
  UNSEEN,
  ON_THE_WAY,
  DONE,
} Mark;

typedef struct
{
  guint place;
  guint next; /* of its targets */
} Visit;

/* Connections of the drawing, without those that go back up: @targets is by place, in order of outcomes */
static void
visit_from (GPtrArray *targets,
            Mark      *marks,
            guint      root,
            GArray    *ordered)
{
  g_autoptr(GArray) stack = g_array_new (FALSE, FALSE, sizeof (Visit));
  Visit first = { root, 0 };

  if (marks[root] != UNSEEN)
    return;
  marks[root] = ON_THE_WAY;
  g_array_append_val (stack, first);
  while (stack->len > 0)
    {
      Visit *visit = &g_array_index (stack, Visit, stack->len - 1);
      GArray *list = g_ptr_array_index (targets, visit->place);
      Visit next = { 0, 0 };

      if (visit->next >= list->len)
        {
          marks[visit->place] = DONE;
          g_array_append_val (ordered, visit->place);
          g_array_set_size (stack, stack->len - 1);
          continue;
        }
      next.place = g_array_index (list, guint, visit->next);
      if (marks[next.place] == ON_THE_WAY)
        {
          g_array_remove_index (list, visit->next);
          continue;
        }
      visit->next++;
      if (marks[next.place] == UNSEEN)
        {
          marks[next.place] = ON_THE_WAY;
          g_array_append_val (stack, next);
        }
    }
}

static gboolean
is_start (const Item *item)
{
  return item->node->kind != NULL && item->node->kind->group == CPT_WORKFLOW_START;
}

static void
add_target (GArray *list,
            guint   place)
{
  for (guint i = 0; i < list->len; i++)
    if (g_array_index (list, guint, i) == place)
      return;

  g_array_append_val (list, place);
}

static GPtrArray *
list_targets (const Layout      *self,
              const CptWorkflow *workflow)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < self->items->len; i++)
    {
      GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));
      const CptWorkflowNode *node = get_item (self, i)->node;
      g_auto(GStrv) outcomes = cpt_workflow_node_list_outcomes (node);
      GPtrArray *leaving = cpt_workflow_get_leaving (workflow, node->id);

      g_ptr_array_add (targets, list);
      /* In the order of the outcomes; then what has none of their names any more */
      for (guint j = 0; leaving != NULL && j <= g_strv_length (outcomes); j++)
        for (guint k = 0; k < leaving->len; k++)
          {
            const CptWorkflowConnection *connection = g_ptr_array_index (leaving, k);
            guint place = find_place (self, workflow, connection->to);

            if (place != NOT_THERE && place != i && (outcomes[j] == NULL || strcmp (connection->outcome, outcomes[j]) == 0))
              add_target (list, place);
          }
    }

  return targets;
}

/* Below all that lead there; what nothing leads to, just above where it leads */
static void
choose_layers (Layout    *self,
               GPtrArray *targets,
               GArray    *ordered)
{
  g_autofree gboolean *is_led_to = g_new0 (gboolean, self->items->len + 1);

  for (guint i = ordered->len; i-- > 0;)
    {
      guint place = g_array_index (ordered, guint, i);
      const GArray *list = g_ptr_array_index (targets, place);

      for (guint j = 0; j < list->len; j++)
        {
          guint to = g_array_index (list, guint, j);

          is_led_to[to] = TRUE;
          get_item (self, to)->layer = MAX (get_item (self, to)->layer, get_item (self, place)->layer + 1);
        }
    }
  for (guint i = 0; i < self->items->len; i++)
    {
      const GArray *list = g_ptr_array_index (targets, i);
      guint nearest = G_MAXUINT;

      if (is_led_to[i] || is_start (get_item (self, i)))
        continue;
      for (guint j = 0; j < list->len; j++)
        nearest = MIN (nearest, get_item (self, g_array_index (list, guint, j))->layer);
      if (nearest != G_MAXUINT && nearest > 0)
        get_item (self, i)->layer = nearest - 1;
    }
}

/* A passage in each layer between */
static void
join_through (Layout *self,
              guint   from,
              guint   to)
{
  guint layer = get_item (self, from)->layer;
  guint last = get_item (self, to)->layer;
  double start = get_item (self, from)->centre;
  double end = get_item (self, to)->centre;
  double way = (double) last - layer;
  guint above = from;

  if (self->items->len - self->n_nodes + last - layer > MAX_PASSES)
    return;
  for (guint i = layer + 1; i < last; i++)
    {
      Item *passage = add_item (self, NULL);
      guint place = self->items->len - 1;

      passage->layer = i;
      passage->centre = start + (end - start) * (i - layer) / way;
      join (self, above, place);
      above = place;
    }
  join (self, above, to);
}

static int
compare_centres (gconstpointer a,
                 gconstpointer b)
{
  const Item *first = *(const Item *const *) a;
  const Item *second = *(const Item *const *) b;

  if (first->centre != second->centre)
    return first->centre < second->centre ? -1 : 1;

  return first->order < second->order ? -1 : first->order > second->order;
}

static void
number (GPtrArray *layer)
{
  for (guint i = 0; i < layer->len; i++)
    ((Item *) g_ptr_array_index (layer, i))->order = i;
}

static void
fill_layers (Layout *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = get_item (self, i);

      while (self->layers->len <= item->layer)
        g_ptr_array_add (self->layers, g_ptr_array_new ());
      item->order = i;
      g_ptr_array_add (g_ptr_array_index (self->layers, item->layer), item);
    }
  for (guint i = 0; i < self->layers->len; i++)
    {
      GPtrArray *layer = g_ptr_array_index (self->layers, i);

      g_ptr_array_sort (layer, compare_centres);
      number (layer);
    }
}

static void
prepare (Layout      *self,
         CptWorkflow *workflow,
         GHashTable  *ids)
{
  g_autoptr(GPtrArray) targets = NULL;
  g_autoptr(GArray) ordered = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree Mark *marks = NULL;

  for (guint i = 0; i < workflow->nodes->len; i++)
    {
      CptWorkflowNode *node = g_ptr_array_index (workflow->nodes, i);

      if (ids != NULL && !g_hash_table_contains (ids, node->id))
        continue;
      add_item (self, node)->centre = node->x + CPT_WORKFLOW_NODE_WIDTH / 2.0;
      g_hash_table_insert (self->places, node, GUINT_TO_POINTER (self->items->len));
    }

  self->n_nodes = self->items->len;
  targets = list_targets (self, workflow);
  marks = g_new0 (Mark, self->n_nodes + 1);
  for (guint i = 0; i < self->n_nodes; i++)
    if (is_start (get_item (self, i)))
      visit_from (targets, marks, i, ordered);
  for (guint i = 0; i < self->n_nodes; i++)
    visit_from (targets, marks, i, ordered);
  choose_layers (self, targets, ordered);
  for (guint i = 0; i < self->n_nodes; i++)
    {
      const GArray *list = g_ptr_array_index (targets, i);

      for (guint j = 0; j < list->len; j++)
        join_through (self, i, g_array_index (list, guint, j));
    }
  fill_layers (self);
}

/* ----------------------------------------------------------------------- order */

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;

  return first < second ? -1 : first > second;
}

/* Of pairs of connections between a layer and the next one (Barth, Jünger and Mutzel 2002) */
static guint64
count_crossings (const Layout *self)
{
  guint64 n_crossings = 0;

  for (guint i = 0; i + 1 < self->layers->len; i++)
    {
      const GPtrArray *layer = g_ptr_array_index (self->layers, i);
      guint n_below = ((const GPtrArray *) g_ptr_array_index (self->layers, i + 1))->len;
      g_autofree guint *tree = g_new0 (guint, n_below + 1);
      g_autoptr(GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));
      guint n_before = 0;

      for (guint j = 0; j < layer->len; j++)
        {
          const Item *item = g_ptr_array_index (layer, j);

          g_array_set_size (ends, 0);
          for (guint k = 0; k < item->below->len; k++)
            g_array_append_val (ends, get_neighbour (self, item->below, k)->order);
          g_array_sort (ends, compare_numbers);
          for (guint k = 0; k < ends->len; k++)
            {
              guint n_left = 0;

              for (guint at = g_array_index (ends, guint, k) + 1; at > 0; at -= at & -at)
                n_left += tree[at];
              n_crossings += n_before - n_left;
            }
          for (guint k = 0; k < ends->len; k++, n_before++)
            for (guint at = g_array_index (ends, guint, k) + 1; at <= n_below; at += at & -at)
              tree[at]++;
        }
    }

  return n_crossings;
}

static int
compare_wanted (gconstpointer a,
                gconstpointer b)
{
  const Item *first = *(const Item *const *) a;
  const Item *second = *(const Item *const *) b;

  if (first->wanted != second->wanted)
    return first->wanted < second->wanted ? -1 : 1;

  return first->order < second->order ? -1 : first->order > second->order;
}

static void
sweep_layer (const Layout *self,
             GPtrArray    *layer,
             gboolean      looks_up)
{
  for (guint i = 0; i < layer->len; i++)
    {
      Item *item = g_ptr_array_index (layer, i);
      const GArray *neighbours = looks_up ? item->above : item->below;
      double sum = 0;

      for (guint j = 0; j < neighbours->len; j++)
        sum += get_neighbour (self, neighbours, j)->order;
      item->wanted = neighbours->len > 0 ? sum / neighbours->len : item->order;
    }
  g_ptr_array_sort (layer, compare_wanted);
  number (layer);
}

static void
keep_order (const Layout *self,
            guint        *kept)
{
  for (guint i = 0; i < self->items->len; i++)
    kept[i] = get_item (self, i)->order;
}

static int
compare_orders (gconstpointer a,
                gconstpointer b)
{
  const Item *first = *(const Item *const *) a;
  const Item *second = *(const Item *const *) b;

  return first->order < second->order ? -1 : first->order > second->order;
}

static void
choose_order (Layout *self)
{
  g_autofree guint *best = g_new0 (guint, self->items->len + 1);
  guint64 fewest = count_crossings (self);

  keep_order (self, best);
  for (guint i = 0; i < N_SWEEPS && fewest > 0; i++)
    {
      gboolean goes_down = i % 2 == 0;
      guint64 n_crossings;

      for (guint j = 0; j < self->layers->len; j++)
        sweep_layer (self, g_ptr_array_index (self->layers, goes_down ? j : self->layers->len - 1 - j), goes_down);
      n_crossings = count_crossings (self);
      if (n_crossings >= fewest)
        continue;
      fewest = n_crossings;
      keep_order (self, best);
    }

  for (guint i = 0; i < self->items->len; i++)
    get_item (self, i)->order = best[i];
  for (guint i = 0; i < self->layers->len; i++)
    g_ptr_array_sort (g_ptr_array_index (self->layers, i), compare_orders);
}

/* ---------------------------------------------------------------------- places */

static double
get_gap (const Item *left,
         const Item *right)
{
  double gap = CPT_WORKFLOW_STEP_X;

  if (left->node == NULL)
    gap -= (CPT_WORKFLOW_STEP_X - PASS_WIDTH) / 2.0;
  if (right->node == NULL)
    gap -= (CPT_WORKFLOW_STEP_X - PASS_WIDTH) / 2.0;

  return gap;
}

/* Items that stand as close as they may, at the mean of what they want */
typedef struct
{
  double sum;
  guint n_items;
} Block;

/* As near to what each wants as the gaps allow: isotonic regression by pooling neighbours */
static void
place_layer (GPtrArray *layer)
{
  g_autofree Block *blocks = g_new0 (Block, layer->len + 1);
  g_autofree double *offsets = g_new0 (double, layer->len + 1);
  guint n_blocks = 0;
  guint at = 0;

  for (guint i = 0; i < layer->len; i++)
    {
      const Item *item = g_ptr_array_index (layer, i);

      if (i > 0)
        offsets[i] = offsets[i - 1] + get_gap (g_ptr_array_index (layer, i - 1), item);
      blocks[n_blocks++] = (Block){ item->wanted - offsets[i], 1 };
      while (n_blocks > 1 && blocks[n_blocks - 2].sum / blocks[n_blocks - 2].n_items >=
                               blocks[n_blocks - 1].sum / blocks[n_blocks - 1].n_items)
        {
          blocks[n_blocks - 2].sum += blocks[n_blocks - 1].sum;
          blocks[n_blocks - 2].n_items += blocks[n_blocks - 1].n_items;
          n_blocks--;
        }
    }
  for (guint i = 0; i < n_blocks; i++)
    for (guint j = 0; j < blocks[i].n_items; j++, at++)
      ((Item *) g_ptr_array_index (layer, at))->centre = blocks[i].sum / blocks[i].n_items + offsets[at];
}

/* The mean of what it is connected with. One way pulls its passages straight. */
static void
pull_layer (const Layout *self,
            GPtrArray    *layer,
            gboolean      looks_up)
{
  for (guint i = 0; i < layer->len; i++)
    {
      Item *item = g_ptr_array_index (layer, i);
      const GArray *neighbours = looks_up ? item->above : item->below;
      double sum = 0;

      for (guint j = 0; j < neighbours->len; j++)
        sum += get_neighbour (self, neighbours, j)->centre;
      item->wanted = neighbours->len > 0 ? sum / neighbours->len : item->centre;
    }
  place_layer (layer);
}

static void
choose_places (Layout *self)
{
  for (guint i = 0; i < self->layers->len; i++)
    {
      GPtrArray *layer = g_ptr_array_index (self->layers, i);

      for (guint j = 0; j < layer->len; j++)
        {
          Item *item = g_ptr_array_index (layer, j);

          item->wanted = j * (double) CPT_WORKFLOW_STEP_X - (layer->len - 1) * CPT_WORKFLOW_STEP_X / 2.0;
        }
      place_layer (layer);
    }
  for (guint i = 0; i < N_PULLS; i++)
    {
      gboolean goes_down = i % 2 == 0;

      for (guint j = 0; j < self->layers->len; j++)
        pull_layer (self, g_ptr_array_index (self->layers, goes_down ? j : self->layers->len - 1 - j), goes_down);
    }
}

double
cpt_workflow_snap (double place)
{
  return floor (place / CPT_WORKFLOW_SNAP + 0.5) * CPT_WORKFLOW_SNAP;
}

/* The first node stays where it is */
static gboolean
move_nodes (const Layout *self)
{
  const Item *first = get_item (self, 0);
  double x = cpt_workflow_snap (first->node->x) - cpt_workflow_snap (first->centre);
  double y = cpt_workflow_snap (first->node->y) - first->layer * (double) CPT_WORKFLOW_STEP_Y;
  gboolean has_moved = FALSE;

  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = get_item (self, i);
      double new_x = cpt_workflow_snap (item->centre) + x;
      double new_y = item->layer * (double) CPT_WORKFLOW_STEP_Y + y;

      if (item->node == NULL || (item->node->x == new_x && item->node->y == new_y))
        continue;
      item->node->x = new_x;
      item->node->y = new_y;
      has_moved = TRUE;
    }

  return has_moved;
}

gboolean
cpt_workflow_arrange (CptWorkflow *self,
                      GHashTable  *ids)
{
  Layout layout = { NULL };
  gboolean has_moved = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);

  layout.items = g_ptr_array_new_with_free_func (item_free);
  layout.layers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  layout.places = g_hash_table_new (NULL, NULL);
  prepare (&layout, self, ids);
  if (layout.items->len > 0)
    {
      choose_order (&layout);
      choose_places (&layout);
      has_moved = move_nodes (&layout);
    }
  g_hash_table_unref (layout.places);
  g_ptr_array_unref (layout.layers);
  g_ptr_array_unref (layout.items);

  return has_moved;
}
