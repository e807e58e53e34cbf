/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which step takes the place of another one, and what becomes of who waits there. */

#include "config.h"

#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-run-private.h"
#include "cpt-workflow-migration-private.h"
#include "cpt-workflow-successor.h"

#define NODE(id, kind, settings) "{\"id\":\"" id "\",\"kind\":\"" kind "\",\"settings\":" settings "},"
#define START NODE ("s", "by_hand", "{\"entity\":\"deal\"}")
#define END "{\"id\":\"e\",\"kind\":\"end\",\"settings\":{\"label\":\"Done\"}}"
#define WAIT(id, amount) NODE (id, "wait", "{\"for\":{\"amount\":" amount ",\"unit\":\"days\"}}")
#define HEAR(id, amount) NODE (id, "wait_for", "{\"timeout\":{\"amount\":" amount ",\"unit\":\"days\"},\"branches\":[]}")
#define TASK(id) NODE (id, "create_task", "{\"title\":\"Call\"}")
#define LINK(from, to) "{\"from\":\"" from "\",\"outcome\":\"next\",\"to\":\"" to "\"}"
#define WORKFLOW(nodes, links) "{\"nodes\":[" START nodes END "],\"connections\":[" links "]}"

#define DAY (24 * 3600 * (gint64) G_USEC_PER_SEC)
/* 2026-03-02T09:00:00Z */
#define CAME G_GINT64_CONSTANT (1772442000000000)

static const char old_text[] = WORKFLOW (WAIT ("w", "30") TASK ("t") WAIT ("v", "10"),
                                         LINK ("s", "w") "," LINK ("w", "t") "," LINK ("t", "v") "," LINK ("v", "e"));

static CptWorkflow *
parse (const char *text)
{
  g_autoptr(JsonNode) root = cpt_json_parse (text, -1, NULL);
  CptWorkflow *workflow = cpt_workflow_parse (root, NULL);

  g_assert_nonnull (workflow);

  return workflow;
}

static void
assert_successor (const char *text,
                  const char *node,
                  const char *expected)
{
  g_autoptr(CptWorkflow) old = parse (old_text);
  g_autoptr(CptWorkflow) new = parse (text);

  g_assert_cmpstr (cpt_workflow_find_successor (old, new, node), ==, expected);
}

static void
test_successor (void)
{
  /* Still there, whatever it says now */
  assert_successor (WORKFLOW (WAIT ("w", "1"), LINK ("s", "w")), "w", "w");
  /* What came next, near ones first, over those that are gone */
  assert_successor (WORKFLOW (TASK ("t") WAIT ("v", "10"), LINK ("s", "t")), "w", "t");
  assert_successor (WORKFLOW (WAIT ("v", "10"), LINK ("s", "v")), "w", "v");
  assert_successor (WORKFLOW ("", LINK ("s", "e")), "w", "e");
  /* One of its kind that has taken its place */
  assert_successor (WORKFLOW (WAIT ("x", "1") TASK ("t"), LINK ("s", "x") "," LINK ("x", "t")), "w", "x");
  assert_successor (WORKFLOW (WAIT ("x", "1") TASK ("t"), LINK ("s", "t") "," LINK ("t", "x")), "w", "t");
  /* Another kind under the same name is another step */
  assert_successor (WORKFLOW (TASK ("w") TASK ("t"), LINK ("w", "t")), "w", "t");
  assert_successor ("{\"nodes\":[" START "{\"id\":\"y\",\"kind\":\"end\"}],\"connections\":[]}", "v", NULL);
  assert_successor (WORKFLOW ("", ""), "nowhere", NULL);
}

/* A run that waits at “w” since CAME, for 30 days */
static CptRun *
create_run (const char *state)
{
  g_autofree char *text =
    g_strdup_printf ("{\"tokens\":[{\"node\":\"w\",\"visit\":2,\"state\":\"%s\",\"due\":%" G_GINT64_FORMAT
                     ",\"since\":%" G_GINT64_FORMAT "}],\"visits\":{\"s\":1,\"w\":2,\"t\":1},\"choices\":{}}",
                     state, CAME + 30 * DAY, CAME);
  g_autoptr(JsonNode) root = cpt_json_parse (text, -1, NULL);

  return cpt_run_parse (root, NULL);
}

static void
assert_moved (const char    *text,
              const char    *before,
              const char    *to,
              CptTokenState  state,
              guint          visit,
              gint64         due)
{
  g_autoptr(CptWorkflow) old = parse (old_text);
  g_autoptr(CptWorkflow) new = parse (text);
  g_autoptr(CptRun) run = create_run (before);
  CptToken *token = g_ptr_array_index (run->tokens, 0);

  cpt_run_move_token (run, token, old, new, to, NULL);
  g_assert_cmpstr (token->node, ==, to);
  g_assert_cmpint (token->state, ==, state);
  g_assert_cmpuint (token->visit, ==, visit);
  g_assert_cmpint (token->due, ==, due);
  g_assert_cmpint (token->since, ==, CAME);
}

static void
test_move (void)
{
  static const char shorter[] = WORKFLOW (WAIT ("w", "3") TASK ("t") HEAR ("h", "5"), LINK ("s", "w"));

  /* From when it came there; a new visit at another step alone */
  assert_moved (shorter, "timer", "w", CPT_TOKEN_TIMER, 2, CAME + 3 * DAY);
  assert_moved (shorter, "timer", "h", CPT_TOKEN_EVENT, 1, CAME + 5 * DAY);
  assert_moved (shorter, "timer", "t", CPT_TOKEN_READY, 2, G_MAXINT64);
  assert_moved (shorter, "parked", "w", CPT_TOKEN_TIMER, 2, CAME + 3 * DAY);
  /* What is under way is told by what it did, and the same step is left alone */
  assert_moved (shorter, "effect", "w", CPT_TOKEN_EFFECT, 2, CAME + 30 * DAY);
  assert_moved (old_text, "timer", "w", CPT_TOKEN_TIMER, 2, CAME + 30 * DAY);
  assert_moved (old_text, "parked", "w", CPT_TOKEN_PARKED, 2, CAME + 30 * DAY);
  /* How long is not known: never now */
  assert_moved (WORKFLOW (NODE ("w", "wait", "{}"), LINK ("s", "w")), "timer", "w", CPT_TOKEN_READY, 2, G_MAXINT64);
}

static void
test_restart (void)
{
  g_autoptr(CptRun) run = create_run ("timer");
  const CptToken *token;

  cpt_run_restart (run, "s");
  g_assert_cmpuint (run->tokens->len, ==, 1);
  token = g_ptr_array_index (run->tokens, 0);
  g_assert_cmpstr (token->node, ==, "s");
  g_assert_cmpuint (token->visit, ==, 2);
  g_assert_cmpuint (cpt_run_get_visits (run, "w"), ==, 2);
  g_assert_cmpint (token->since, ==, 0);
}

static CptMigrationPlan *
parse_plan (const char  *text,
            GError     **error)
{
  g_autoptr(JsonNode) root = cpt_json_parse (text, -1, NULL);

  g_assert_nonnull (root);

  return cpt_migration_plan_parse (root, error);
}

static void
test_plan (void)
{
  static const char *const wrong[] = {
    "[]",
    "{\"others\":\"burn\"}",
    "{\"nodes\":[1]}",
    "{\"nodes\":[{\"version\":1,\"node\":\"w\"}]}",
    "{\"nodes\":[{\"version\":1,\"node\":\"w\",\"do\":\"fly\"}]}",
    "{\"nodes\":[{\"version\":1,\"node\":\"w\",\"do\":\"move\"}]}",
    "{\"nodes\":[{\"version\":0,\"node\":\"w\",\"do\":\"keep\"}]}",
    "{\"nodes\":[{\"version\":99999999999,\"node\":\"w\",\"do\":\"keep\"}]}",
  };
  g_autoptr(CptMigrationPlan) plan =
    parse_plan ("{\"others\":\"move\",\"nodes\":[{\"version\":1,\"node\":\"w\",\"do\":\"finish\",\"label\":\"Left\"},"
                "{\"version\":1,\"node\":\"t\",\"do\":\"move\",\"to\":\"s\"}]}",
                NULL);
  g_autoptr(CptWorkflow) target = parse (old_text);
  g_autoptr(GError) error = NULL;
  CptMigrationRule other;

  g_assert_nonnull (plan);
  g_assert_cmpint (cpt_migration_plan_find (plan, 1, "w", "w", &other)->act, ==, CPT_MIGRATION_FINISH);
  g_assert_cmpstr (cpt_migration_plan_find (plan, 1, "w", "w", &other)->text, ==, "Left");
  g_assert_cmpint (cpt_migration_plan_find (plan, 2, "w", "w", &other)->act, ==, CPT_MIGRATION_MOVE);
  g_assert_cmpint (cpt_migration_plan_find (plan, 2, "w", NULL, &other)->act, ==, CPT_MIGRATION_KEEP);
  /* Nobody is led into a start */
  g_assert_false (cpt_migration_plan_check (plan, target, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  cpt_migration_plan_set (plan, 1, "t", CPT_MIGRATION_RESTART, NULL);
  g_assert_true (cpt_migration_plan_check (plan, target, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) local_error = NULL;

      g_assert_null (parse_plan (wrong[i], &local_error));
      g_assert_error (local_error, CPT_ERROR, CPT_ERROR_PARSE);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workflow-migration/finds-what-takes-the-place-of-a-step", test_successor);
  g_test_add_func ("/workflow-migration/a-wait-counts-from-when-it-began", test_move);
  g_test_add_func ("/workflow-migration/begins-anew-without-forgetting", test_restart);
  g_test_add_func ("/workflow-migration/reads-plans-and-refuses-what-is-none", test_plan);

  return g_test_run ();
}
