/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the nodes of a workflow are put: below what leads there, never over one another, and where they were. */

#include "config.h"

#include <math.h>

#include "cpt-workflow-layout.h"

static void
add (CptWorkflow *workflow,
     const char  *id,
     const char  *kind,
     double       x,
     double       y)
{
  g_assert_nonnull (cpt_workflow_add_node (workflow, id, kind, x, y));
}

static const CptWorkflowNode *
get (const CptWorkflow *workflow,
     const char        *id)
{
  const CptWorkflowNode *node = cpt_workflow_find_node (workflow, id);

  g_assert_nonnull (node);

  return node;
}

static gboolean
overlap (const CptWorkflowNode *a,
         const CptWorkflowNode *b)
{
  return fabs (a->x - b->x) < CPT_WORKFLOW_NODE_WIDTH && fabs (a->y - b->y) < CPT_WORKFLOW_NODE_HEIGHT;
}

static void
assert_apart (const CptWorkflow *workflow)
{
  for (guint i = 0; i < workflow->nodes->len; i++)
    for (guint j = 0; j < i; j++)
      g_assert_false (overlap (g_ptr_array_index (workflow->nodes, i), g_ptr_array_index (workflow->nodes, j)));
}

/* All in one heap: a start, a decision, both ways and where they meet */
static CptWorkflow *
create_diamond (double x)
{
  CptWorkflow *workflow = cpt_workflow_new ();

  add (workflow, "start", "record_created", x, 40);
  add (workflow, "if", "if", x, 40);
  add (workflow, "left", "create_task", x, 40);
  add (workflow, "right", "change_fields", x, 40);
  add (workflow, "end", "end", x, 40);
  cpt_workflow_connect (workflow, "start", "next", "if");
  cpt_workflow_connect (workflow, "if", "yes", "left");
  cpt_workflow_connect (workflow, "if", "no", "right");
  cpt_workflow_connect (workflow, "left", "next", "end");
  cpt_workflow_connect (workflow, "right", "next", "end");

  return workflow;
}

static void
test_layers (void)
{
  g_autoptr(CptWorkflow) workflow = create_diamond (100);

  g_assert_true (cpt_workflow_arrange (workflow, NULL));

  g_assert_cmpfloat (get (workflow, "start")->x, ==, 100);
  g_assert_cmpfloat (get (workflow, "start")->y, ==, 40);
  g_assert_cmpfloat (get (workflow, "if")->x, ==, 100);
  g_assert_cmpfloat (get (workflow, "if")->y, ==, 160);
  g_assert_cmpfloat (get (workflow, "left")->x, ==, -40);
  g_assert_cmpfloat (get (workflow, "right")->x, ==, 240);
  g_assert_cmpfloat (get (workflow, "right")->y, ==, get (workflow, "left")->y);
  g_assert_cmpfloat (get (workflow, "end")->x, ==, 100);
  g_assert_cmpfloat (get (workflow, "end")->y, ==, 400);
  assert_apart (workflow);
}

static void
test_stays (void)
{
  g_autoptr(CptWorkflow) workflow = create_diamond (100);

  cpt_workflow_arrange (workflow, NULL);
  g_assert_false (cpt_workflow_arrange (workflow, NULL));
}

/* Somebody has put “yes” to the right: no crossing is saved by the other order */
static void
test_keeps_order (void)
{
  g_autoptr(CptWorkflow) workflow = create_diamond (100);

  cpt_workflow_find_node (workflow, "left")->x = 900;
  cpt_workflow_arrange (workflow, NULL);

  g_assert_cmpfloat (get (workflow, "left")->x, >, get (workflow, "right")->x);
}

static void
test_uncrosses (void)
{
  g_autoptr(CptWorkflow) workflow = cpt_workflow_new ();

  add (workflow, "a", "by_hand", 0, 0);
  add (workflow, "b", "by_hand", 300, 0);
  add (workflow, "c", "end", 0, 200);
  add (workflow, "d", "end", 300, 200);
  cpt_workflow_connect (workflow, "a", "next", "d");
  cpt_workflow_connect (workflow, "b", "next", "c");
  cpt_workflow_arrange (workflow, NULL);

  g_assert_cmpfloat (get (workflow, "a")->x, ==, get (workflow, "d")->x);
  g_assert_cmpfloat (get (workflow, "b")->x, ==, get (workflow, "c")->x);
  assert_apart (workflow);
}

/* A circle goes back up; a long way does not pass behind what stands between */
static void
test_circle_and_long_way (void)
{
  g_autoptr(CptWorkflow) workflow = cpt_workflow_new ();

  add (workflow, "start", "by_hand", 0, 0);
  add (workflow, "if", "if", 0, 0);
  add (workflow, "wait", "wait", 0, 0);
  add (workflow, "task", "create_task", 0, 0);
  add (workflow, "end", "end", 0, 0);
  cpt_workflow_connect (workflow, "start", "next", "if");
  cpt_workflow_connect (workflow, "if", "yes", "wait");
  cpt_workflow_connect (workflow, "wait", "next", "task");
  cpt_workflow_connect (workflow, "task", "next", "if");
  cpt_workflow_connect (workflow, "if", "no", "end");
  cpt_workflow_connect (workflow, "task", "next", "end");
  cpt_workflow_connect (workflow, "end", "next", "end");
  cpt_workflow_connect (workflow, "end", "next", "gone");
  cpt_workflow_arrange (workflow, NULL);

  g_assert_cmpfloat (get (workflow, "end")->y, ==, 480);
  g_assert_cmpfloat (get (workflow, "wait")->x, !=, get (workflow, "if")->x);
  assert_apart (workflow);
}

static void
test_selection (void)
{
  g_autoptr(CptWorkflow) workflow = create_diamond (100);
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_add (ids, (char *) "left");
  g_hash_table_add (ids, (char *) "end");
  cpt_workflow_arrange (workflow, ids);

  g_assert_cmpfloat (get (workflow, "start")->y, ==, 40);
  g_assert_cmpfloat (get (workflow, "if")->y, ==, 40);
  g_assert_cmpfloat (get (workflow, "end")->y, ==, 160);
}

static void
test_nothing (void)
{
  g_autoptr(CptWorkflow) workflow = cpt_workflow_new ();

  g_assert_false (cpt_workflow_arrange (workflow, NULL));
}

/* As people draw: each leads to one or two that come later, some back */
static CptWorkflow *
create_random (GRand *random,
               guint  n_nodes)
{
  CptWorkflow *workflow = cpt_workflow_new ();

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autofree char *id = g_strdup_printf ("n%u", i);

      add (workflow, id, i == 0 ? "by_hand" : i % 3 == 0 ? "if"
                                                         : "create_task",
           0, 0);
    }
  for (guint i = 0; i + 1 < n_nodes; i++)
    for (guint j = 0; j < 2; j++)
      {
        g_autofree char *from = g_strdup_printf ("n%u", i);
        g_autofree char *to = g_strdup_printf ("n%u", i + (guint) g_rand_int_range (random, 1, (int) MIN (12, n_nodes - i)));

        if (g_rand_int_range (random, 0, 20) == 0)
          cpt_workflow_connect (workflow, to, "next", from);
        else if (j == 0 || i % 3 == 0)
          cpt_workflow_connect (workflow, from, j == 0 ? "yes" : "no", to);
      }

  return workflow;
}

static void
test_random (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (5);

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr(CptWorkflow) workflow = create_random (random, 2 + i * 4);
      g_autoptr(JsonNode) json = cpt_workflow_to_json (workflow);
      g_autoptr(CptWorkflow) same = cpt_workflow_parse (json, NULL);

      cpt_workflow_arrange (workflow, NULL);
      cpt_workflow_arrange (same, NULL);
      assert_apart (workflow);
      for (guint j = 0; j < workflow->nodes->len; j++)
        {
          const CptWorkflowNode *node = g_ptr_array_index (workflow->nodes, j);

          g_assert_cmpfloat (node->x, ==, get (same, node->id)->x);
          g_assert_cmpfloat (node->y, ==, get (same, node->id)->y);
          g_assert_cmpfloat (node->x, ==, cpt_workflow_snap (node->x));
        }
    }
}

/* Each of a long chain also leads to its end */
static void
test_hostile (void)
{
  g_autoptr(CptWorkflow) workflow = cpt_workflow_new ();
  const guint n_nodes = 4000;

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autofree char *id = g_strdup_printf ("n%u", i);
      g_autofree char *before = g_strdup_printf ("n%u", i - 1);

      add (workflow, id, "create_task", 0, 0);
      if (i > 0)
        cpt_workflow_connect (workflow, before, "next", id);
    }
  for (guint i = 0; i + 1 < n_nodes; i++)
    {
      g_autofree char *id = g_strdup_printf ("n%u", i);

      cpt_workflow_connect (workflow, id, "other", "n3999");
    }
  g_assert_true (cpt_workflow_arrange (workflow, NULL));

  g_assert_cmpfloat (get (workflow, "n3999")->y, ==, 3999.0 * CPT_WORKFLOW_STEP_Y);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workflow-layout/layers", test_layers);
  g_test_add_func ("/workflow-layout/stays", test_stays);
  g_test_add_func ("/workflow-layout/keeps-order", test_keeps_order);
  g_test_add_func ("/workflow-layout/uncrosses", test_uncrosses);
  g_test_add_func ("/workflow-layout/circle-and-long-way", test_circle_and_long_way);
  g_test_add_func ("/workflow-layout/selection", test_selection);
  g_test_add_func ("/workflow-layout/nothing", test_nothing);
  g_test_add_func ("/workflow-layout/random", test_random);
  g_test_add_func ("/workflow-layout/hostile", test_hostile);

  return g_test_run ();
}
