/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workflows as they are drawn: what is kept, what is refused, and why one can't be published. */

#include "config.h"

#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-workflow.h"

/* A stalled proposal: look after it, twice */
#define STALLED                                                                                                          \
  "{\"nodes\":["                                                                                                         \
  "{\"id\":\"start\",\"kind\":\"record_created\",\"x\":0,\"y\":0,\"settings\":{\"entity\":\"deal\"}},"                   \
  "{\"id\":\"wait\",\"kind\":\"wait\",\"x\":0,\"y\":120,\"settings\":{\"for\":{\"amount\":30,\"unit\":\"days\"}}},"      \
  "{\"id\":\"if\",\"kind\":\"if\",\"x\":0,\"y\":240,\"settings\":{\"where\":{\"field\":\"amount\",\"op\":\">\"}}},"      \
  "{\"id\":\"task\",\"kind\":\"create_task\",\"title\":\"Call\",\"x\":9.5,\"y\":360,\"settings\":{\"title\":\"Call\"}}," \
  "{\"id\":\"end\",\"kind\":\"end\",\"x\":0,\"y\":480,\"settings\":{}}],"                                                \
  "\"connections\":["                                                                                                    \
  "{\"from\":\"start\",\"outcome\":\"next\",\"to\":\"wait\"},"                                                           \
  "{\"from\":\"wait\",\"outcome\":\"next\",\"to\":\"if\"},"                                                              \
  "{\"from\":\"if\",\"outcome\":\"yes\",\"to\":\"task\"},"                                                               \
  "{\"from\":\"if\",\"outcome\":\"no\",\"to\":\"wait\"},"                                                                \
  "{\"from\":\"task\",\"outcome\":\"next\",\"to\":\"end\"}]}"

static CptWorkflow *
parse (const char  *text,
       GError     **error)
{
  g_autoptr(JsonNode) node = cpt_json_parse (text, -1, NULL);

  g_assert_nonnull (node);

  return cpt_workflow_parse (node, error);
}

static CptWorkflow *
create_stalled (void)
{
  g_autoptr(GError) error = NULL;
  CptWorkflow *workflow = parse (STALLED, &error);

  g_assert_no_error (error);

  return workflow;
}

static char *
format (const CptWorkflow *workflow)
{
  g_autoptr(JsonNode) node = cpt_workflow_to_json (workflow);

  return cpt_json_format_canonical (node);
}

/* The first problem that a node has; of the whole workflow with %NULL */
static char *
find_problem (const CptWorkflow *workflow,
              const char        *node)
{
  g_autoptr(GPtrArray) problems = cpt_workflow_check (workflow);

  for (guint i = 0; i < problems->len; i++)
    {
      const CptWorkflowProblem *problem = g_ptr_array_index (problems, i);

      if (g_strcmp0 (problem->node, node) == 0)
        return g_strdup (problem->message);
    }

  return NULL;
}

static void
assert_problem (const CptWorkflow *workflow,
                const char        *node,
                const char        *part)
{
  g_autofree char *message = find_problem (workflow, node);

  g_assert_nonnull (message);
  g_assert_nonnull (strstr (message, part));
}

static guint
count_problems (const CptWorkflow *workflow)
{
  g_autoptr(GPtrArray) problems = cpt_workflow_check (workflow);

  return problems->len;
}

/* --------------------------------------------------------------------- as JSON */

static void
test_written_as_read (void)
{
  g_autoptr(CptWorkflow) workflow = create_stalled ();
  g_autoptr(CptWorkflow) again = NULL;
  g_autofree char *first = format (workflow);
  g_autofree char *second = NULL;

  again = parse (first, NULL);
  g_assert_nonnull (again);
  second = format (again);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpfloat (cpt_workflow_find_node (again, "task")->x, ==, 9.5);
  g_assert_cmpstr (cpt_workflow_find_node (again, "task")->title, ==, "Call");
  g_assert_cmpuint (count_problems (again), ==, 0);
}

static void
test_newer_is_kept (void)
{
  g_autoptr(CptWorkflow) workflow = parse (
    "{\"nodes\":[{\"id\":\"a\",\"kind\":\"teleport\",\"colour\":\"red\",\"settings\":{\"to\":[1]}}],\"mood\":{\"a\":1}}", NULL);
  g_autofree char *text = format (workflow);

  g_assert_nonnull (strstr (text, "\"colour\":\"red\""));
  g_assert_nonnull (strstr (text, "\"to\":[1]"));
  g_assert_nonnull (strstr (text, "\"mood\":{\"a\":1}"));
  assert_problem (workflow, "a", "Update Comptoir");
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    int code;
  } bad[] = {
    { "[]", CPT_ERROR_PARSE },
    { "{\"nodes\":{}}", CPT_ERROR_PARSE },
    { "{\"nodes\":[1]}", CPT_ERROR_PARSE },
    { "{\"nodes\":[{\"id\":\"a\"}]}", CPT_ERROR_PARSE },
    { "{\"nodes\":[{\"id\":\"\",\"kind\":\"end\"}]}", CPT_ERROR_PARSE },
    { "{\"nodes\":[{\"id\":\"a\",\"kind\":\"end\",\"settings\":[]}]}", CPT_ERROR_PARSE },
    { "{\"nodes\":[{\"id\":\"a\",\"kind\":\"end\"},{\"id\":\"a\",\"kind\":\"if\"}]}", CPT_ERROR_INVALID },
    { "{\"connections\":[{\"from\":\"a\",\"to\":\"b\"}]}", CPT_ERROR_PARSE },
    { "{\"connections\":[{\"from\":1,\"outcome\":\"next\",\"to\":\"b\"}]}", CPT_ERROR_PARSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CptWorkflow) workflow = parse (bad[i].text, &error);

      g_assert_null (workflow);
      g_assert_error (error, CPT_ERROR, bad[i].code);
    }
}

/* Somebody's program wrote it */
static void
test_a_million_nodes (void)
{
  g_autoptr(GString) text = g_string_new ("{\"nodes\":[");
  g_autoptr(CptWorkflow) workflow = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 1000000; i++)
    g_string_append (text, i == 0 ? "{}" : ",{}");
  g_string_append (text, "]}");
  workflow = parse (text->str, &error);
  g_assert_null (workflow);
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
}

static void
test_odd_places (void)
{
  g_autoptr(CptWorkflow) workflow = parse ("{\"nodes\":[{\"id\":\"a\",\"kind\":\"end\",\"x\":1e300,\"y\":\"here\"}]}", NULL);

  g_assert_cmpfloat (cpt_workflow_find_node (workflow, "a")->x, ==, 1e7);
  g_assert_cmpfloat (cpt_workflow_find_node (workflow, "a")->y, ==, 0);
}

/* --------------------------------------------------------------------- changing */

static void
test_removed_with_bridge (void)
{
  g_autoptr(CptWorkflow) workflow = create_stalled ();

  g_assert_true (cpt_workflow_remove_node (workflow, "wait", TRUE));
  g_assert_false (cpt_workflow_remove_node (workflow, "wait", TRUE));
  g_assert_null (cpt_workflow_find_node (workflow, "wait"));
  /* From the start and from "no", which now goes round */
  g_assert_false (cpt_workflow_connect (workflow, "start", "next", "if"));
  g_assert_false (cpt_workflow_connect (workflow, "if", "no", "if"));
  g_assert_cmpuint (workflow->connections->len, ==, 4);
  assert_problem (workflow, "if", "circle");

  g_assert_true (cpt_workflow_disconnect (workflow, "if", "no", "if"));
  g_assert_false (cpt_workflow_disconnect (workflow, "if", "no", "if"));
  g_assert_cmpuint (count_problems (workflow), ==, 0);
}

static void
test_removed_without (void)
{
  g_autoptr(CptWorkflow) workflow = create_stalled ();

  g_assert_true (cpt_workflow_remove_node (workflow, "wait", FALSE));
  g_assert_cmpuint (workflow->connections->len, ==, 2);
  assert_problem (workflow, "start", "leads nowhere");
  assert_problem (workflow, "if", "Nothing leads");
  assert_problem (workflow, "end", "Nothing leads");
}

static void
test_ids_are_taken (void)
{
  g_autoptr(CptWorkflow) workflow = create_stalled ();

  g_assert_null (cpt_workflow_add_node (workflow, "wait", "end", 0, 0));
  g_assert_nonnull (cpt_workflow_add_node (workflow, "wait-2", "wait", 0, 0));
}

static void
test_outcomes (void)
{
  g_autoptr(CptWorkflow) workflow = parse ("{\"nodes\":[{\"id\":\"a\",\"kind\":\"wait_for\",\"settings\":{\"branches\":["
                                           "{\"id\":\"opened\"},{\"id\":\"paid\"},7,{}]}},"
                                           "{\"id\":\"b\",\"kind\":\"unheard_of\"}]}",
                                           NULL);
  g_auto(GStrv) outcomes = cpt_workflow_node_list_outcomes (cpt_workflow_find_node (workflow, "a"));
  g_auto(GStrv) none = cpt_workflow_node_list_outcomes (cpt_workflow_find_node (workflow, "b"));

  g_assert_true (g_strv_equal ((const char *const *) outcomes, (const char *const[]){ "opened", "paid", "timeout", NULL }));
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_digest (void)
{
  g_autoptr(CptWorkflow) workflow = create_stalled ();
  g_autofree char *digest = cpt_workflow_dup_digest (workflow);
  g_autofree char *moved = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *reconnected = NULL;

  /* Where it stands and what it is called changes nothing. */
  cpt_workflow_find_node (workflow, "task")->x = 500;
  g_free (cpt_workflow_find_node (workflow, "task")->title);
  cpt_workflow_find_node (workflow, "task")->title = g_strdup ("Ring");
  moved = cpt_workflow_dup_digest (workflow);
  g_assert_cmpstr (digest, ==, moved);

  json_object_set_string_member (cpt_workflow_find_node (workflow, "task")->settings, "title", "Ring");
  changed = cpt_workflow_dup_digest (workflow);
  g_assert_cmpstr (digest, !=, changed);

  cpt_workflow_connect (workflow, "if", "no", "end");
  reconnected = cpt_workflow_dup_digest (workflow);
  g_assert_cmpstr (changed, !=, reconnected);
}

static void
test_whole (void)
{
  static const char text[] = "{\"nodes\":[],\"connections\":[],\"settings\":{\"reentry\":\"sometimes\",\"later\":1}}";
  g_autoptr(JsonNode) root = cpt_json_parse (text, -1, NULL);
  g_autoptr(CptWorkflow) workflow = cpt_workflow_parse (root, NULL);
  g_autoptr(CptWorkflow) empty = cpt_workflow_new ();
  g_autoptr(JsonNode) written = cpt_workflow_to_json (workflow);
  g_autofree char *kept = cpt_json_format (written);
  g_autofree char *digest = cpt_workflow_dup_digest (workflow);
  g_autofree char *other = cpt_workflow_dup_digest (empty);

  /* What a newer version says of it is kept as well. */
  g_assert_cmpstr (kept, ==, text);
  g_assert_cmpstr (digest, !=, other);
  assert_problem (workflow, NULL, "Begin again");
  json_object_set_string_member (workflow->settings, "reentry", "after_time");
  assert_problem (workflow, NULL, "after what time");
}

/* --------------------------------------------------------------------- checking */

static void
test_nothing (void)
{
  g_autoptr(CptWorkflow) workflow = cpt_workflow_new ();

  assert_problem (workflow, NULL, "no start");
  g_assert_cmpuint (count_problems (workflow), ==, 1);
}

static void
test_settings (void)
{
  static const struct
  {
    const char *kind;
    const char *settings;
    const char *part; /* (nullable): nothing is wrong */
  } cases[] = {
    { "wait", "{}", "How long" },
    { "wait", "{\"for\":{\"amount\":0,\"unit\":\"days\"}}", "more than nothing" },
    { "wait", "{\"for\":{\"amount\":2,\"unit\":\"moons\"}}", "How long" },
    { "wait", "{\"for\":{\"amount\":9000000,\"unit\":\"days\"}}", "at most" },
    { "wait", "{\"for\":{\"amount\":2,\"unit\":\"weeks\"}}", NULL },
    { "wait_until", "{\"field\":\"due_on\",\"offset\":{\"amount\":-3,\"unit\":\"days\"}}", NULL },
    { "wait_until", "{\"offset\":{\"amount\":-3,\"unit\":\"days\"}}", "Date" },
    { "if", "{\"where\":null}", "Conditions" },
    { "change_fields", "{\"values\":{}}", "Values" },
    { "webhook", "{\"url\":\"https://example.org/\",\"method\":\"BREW\"}", "Method" },
    { "webhook", "{\"url\":\"https://example.org/\",\"method\":\"POST\",\"headers\":7}", "Headers" },
    { "webhook", "{\"url\":\"https://example.org/\",\"method\":\"POST\"}", NULL },
    { "branches", "{\"branches\":[]}", "no branch" },
    { "branches", "{\"branches\":[{\"id\":\"a\"},{\"id\":\"a\"}]}", "told apart" },
    { "split", "{\"branches\":[{\"id\":\"a\"},{\"id\":\"b\"}]}", "weight" },
    { "split", "{\"branches\":[{\"id\":\"a\",\"weight\":-1},{\"id\":\"b\",\"weight\":2}]}", "whole numbers" },
    { "split", "{\"branches\":[{\"id\":\"a\",\"weight\":60},{\"id\":\"b\",\"weight\":40}]}", NULL },
    { "end", "{\"label\":\"\"}", "Label" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{\"nodes\":[{\"id\":\"s\",\"kind\":\"by_hand\",\"settings\":{\"entity\":\"deal\"}},"
        "{\"id\":\"n\",\"kind\":\"%s\",\"settings\":%s}],\"connections\":[{\"from\":\"s\",\"outcome\":\"next\",\"to\":\"n\"}]}",
        cases[i].kind, cases[i].settings);
      g_autoptr(CptWorkflow) workflow = parse (text, NULL);
      g_autofree char *message = find_problem (workflow, "n");

      if (cases[i].part == NULL)
        g_assert_cmpuint (count_problems (workflow), ==, 0);
      else
        assert_problem (workflow, "n", cases[i].part);
    }
}

static void
test_schedule (void)
{
  g_autoptr(CptWorkflow) workflow = create_stalled ();
  CptWorkflowNode *node = cpt_workflow_add_node (workflow, "monday", "schedule", 0, 0);

  cpt_workflow_connect (workflow, "monday", "next", "end");
  json_object_set_string_member (node->settings, "entity", "deal");
  assert_problem (workflow, "monday", "when it repeats");
  json_object_set_string_member (node->settings, "rule", "FREQ=SOMETIMES");
  g_assert_cmpuint (count_problems (workflow), ==, 1);
  json_object_set_string_member (node->settings, "rule", "FREQ=WEEKLY;BYDAY=MO");
  g_assert_cmpuint (count_problems (workflow), ==, 0);
  json_object_set_string_member (node->settings, "time", "9:00");
  assert_problem (workflow, "monday", "“At” is not set");
  json_object_set_string_member (node->settings, "time", "23:59");
  g_assert_cmpuint (count_problems (workflow), ==, 0);
  json_object_set_string_member (node->settings, "time", "23:60");
  g_assert_cmpuint (count_problems (workflow), ==, 1);
}

static void
test_loose_connections (void)
{
  g_autoptr(CptWorkflow) workflow = create_stalled ();

  cpt_workflow_connect (workflow, "task", "next", "gone");
  cpt_workflow_connect (workflow, "left", "next", "end");
  cpt_workflow_connect (workflow, "left", "next", "gone");
  cpt_workflow_connect (workflow, "if", "perhaps", "end");
  cpt_workflow_connect (workflow, "if", "yes", "start");
  assert_problem (workflow, "task", "not there");
  assert_problem (workflow, "end", "not there");
  assert_problem (workflow, NULL, "not there");
  assert_problem (workflow, "if", "outcome");
  assert_problem (workflow, "start", "Nothing can lead to a start");
  g_assert_cmpuint (count_problems (workflow), ==, 5);
}

static void
test_gathering (void)
{
  g_autoptr(CptWorkflow) workflow = create_stalled ();

  cpt_workflow_add_node (workflow, "gather", "gather", 0, 0);
  cpt_workflow_connect (workflow, "task", "next", "gather");
  cpt_workflow_connect (workflow, "gather", "next", "end");
  assert_problem (workflow, "gather", "Only one branch");
  cpt_workflow_connect (workflow, "start", "next", "gather");
  g_assert_cmpuint (count_problems (workflow), ==, 0);
}

/* Two circles with a bridge between: the bridge is in none of them. */
static void
test_circles (void)
{
  g_autoptr(CptWorkflow) workflow = parse (STALLED, NULL);
  static const char *const kinds[] = { "a", "b", "bridge", "c", "d" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      CptWorkflowNode *node = cpt_workflow_add_node (workflow, kinds[i], "create_task", 0, 0);

      json_object_set_string_member (node->settings, "title", "Call");
    }
  cpt_workflow_connect (workflow, "task", "next", "a");
  cpt_workflow_connect (workflow, "a", "next", "b");
  cpt_workflow_connect (workflow, "b", "next", "a");
  cpt_workflow_connect (workflow, "b", "next", "bridge");
  cpt_workflow_connect (workflow, "bridge", "next", "c");
  cpt_workflow_connect (workflow, "c", "next", "d");
  cpt_workflow_connect (workflow, "d", "next", "c");
  assert_problem (workflow, "a", "circle");
  assert_problem (workflow, "b", "circle");
  assert_problem (workflow, "c", "circle");
  assert_problem (workflow, "d", "circle");
  g_assert_cmpuint (count_problems (workflow), ==, 4);

  /* A date that has come is no wait. */
  g_assert_true (cpt_workflow_disconnect (workflow, "b", "next", "a"));
  cpt_workflow_disconnect (workflow, "d", "next", "c");
  g_assert_cmpuint (count_problems (workflow), ==, 0);
  json_object_set_string_member (cpt_workflow_add_node (workflow, "until", "wait_until", 0, 0)->settings, "field", "due_on");
  cpt_workflow_connect (workflow, "d", "next", "until");
  cpt_workflow_connect (workflow, "until", "next", "c");
  assert_problem (workflow, "until", "circle");
}

/* As long as may be: no function goes that deep. */
static void
test_large (void)
{
  g_autoptr(CptWorkflow) workflow = cpt_workflow_new ();
  char before[16] = "s";

  json_object_set_string_member (cpt_workflow_add_node (workflow, "s", "by_hand", 0, 0)->settings, "entity", "deal");
  for (guint i = 1; i < CPT_WORKFLOW_MAX_NODES; i++)
    {
      char id[16];

      g_snprintf (id, sizeof id, "n%u", i);
      json_object_set_string_member (cpt_workflow_add_node (workflow, id, "create_task", 0, i)->settings, "title", "Call");
      cpt_workflow_connect (workflow, before, "next", id);
      g_strlcpy (before, id, sizeof before);
    }
  g_assert_null (cpt_workflow_add_node (workflow, "more", "end", 0, 0));
  g_assert_cmpuint (count_problems (workflow), ==, 0);
  cpt_workflow_connect (workflow, before, "next", "n1");
  g_assert_cmpuint (count_problems (workflow), ==, CPT_WORKFLOW_MAX_NODES - 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workflow/written-as-read", test_written_as_read);
  g_test_add_func ("/workflow/newer-is-kept", test_newer_is_kept);
  g_test_add_func ("/workflow/refused", test_refused);
  g_test_add_func ("/workflow/a-million-nodes", test_a_million_nodes);
  g_test_add_func ("/workflow/odd-places", test_odd_places);
  g_test_add_func ("/workflow/removed-with-bridge", test_removed_with_bridge);
  g_test_add_func ("/workflow/removed-without", test_removed_without);
  g_test_add_func ("/workflow/ids-are-taken", test_ids_are_taken);
  g_test_add_func ("/workflow/outcomes", test_outcomes);
  g_test_add_func ("/workflow/digest", test_digest);
  g_test_add_func ("/workflow/settings-of-the-whole", test_whole);
  g_test_add_func ("/workflow/check/nothing", test_nothing);
  g_test_add_func ("/workflow/check/settings", test_settings);
  g_test_add_func ("/workflow/check/schedule", test_schedule);
  g_test_add_func ("/workflow/check/loose-connections", test_loose_connections);
  g_test_add_func ("/workflow/check/gathering", test_gathering);
  g_test_add_func ("/workflow/check/circles", test_circles);
  g_test_add_func ("/workflow/check/large", test_large);

  return g_test_run ();
}
