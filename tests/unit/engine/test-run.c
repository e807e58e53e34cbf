/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs through workflows, in a world that consists of a few answers. */

#include "config.h"

#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-run.h"
#include "cpt-workflow-duration.h"

#define NODE(id, kind, settings) "{\"id\":\"" id "\",\"kind\":\"" kind "\",\"settings\":" settings "},"
#define START NODE ("s", "by_hand", "{\"entity\":\"deal\"}")
#define END "{\"id\":\"e\",\"kind\":\"end\",\"settings\":{\"label\":\"Done\"}}"
#define WAIT(id, amount, unit) NODE (id, "wait", "{\"for\":{\"amount\":" amount ",\"unit\":\"" unit "\"}}")
#define TASK(id) NODE (id, "create_task", "{\"title\":\"Call\"}")
#define LINK(from, outcome, to) "{\"from\":\"" from "\",\"outcome\":\"" outcome "\",\"to\":\"" to "\"}"
#define WORKFLOW(nodes, links) "{\"nodes\":[" START nodes END "],\"connections\":[" links "]}"

typedef struct
{
  CptWorkflow *workflow;
  CptRun *run;
  GString *log;        /* ids of what was done */
  gboolean is_true;    /* of each condition */
  const char *failing; /* (nullable): the node whose effect can't be begun */
  const char *later;   /* (nullable): the node whose effect ends later */
  gint64 date;         /* of the subject; %G_MAXINT64: empty */
  CptRunWorld world;
} Fixture;

static gint64
instant (const char *text)
{
  gint64 result;

  g_assert_true (cpt_instant_parse_iso (text, NULL, &result));

  return result;
}

static gboolean
match_cb (gpointer     data,
          JsonObject  *condition,
          gboolean    *is_true,
          GError     **error)
{
  const Fixture *self = data;

  if (json_object_has_member (condition, "broken"))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, "The field is gone.");
      return FALSE;
    }
  *is_true = self->is_true;

  return TRUE;
}

static gboolean
find_date_cb (gpointer     data,
              const char  *path,
              gint64      *date,
              gboolean    *has_value,
              GError     **error)
{
  const Fixture *self = data;

  *date = self->date;
  *has_value = self->date != G_MAXINT64;

  return TRUE;
}

static gboolean
act_cb (gpointer                data,
        const CptWorkflowNode  *node,
        guint                   visit,
        gboolean               *is_done,
        GError                **error)
{
  Fixture *self = data;

  if (g_strcmp0 (node->id, self->failing) == 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, "It can't be done.");
      return FALSE;
    }
  g_string_append_printf (self->log, "%s%u ", node->id, visit);
  *is_done = g_strcmp0 (node->id, self->later) != 0;

  return TRUE;
}

static void
set_up (Fixture    *self,
        const char *text)
{
  g_autoptr(JsonNode) node = cpt_json_parse (text, -1, NULL);
  const CptRunWorld world = { match_cb, find_date_cb, act_cb, NULL, "anna", self };

  g_assert_nonnull (node);
  *self = (Fixture){ .date = G_MAXINT64, .log = g_string_new (NULL) };
  self->workflow = cpt_workflow_parse (node, NULL);
  g_assert_nonnull (self->workflow);
  self->run = cpt_run_new ("s");
  self->world = world;
}

static void
tear_down (Fixture *self)
{
  cpt_workflow_free (self->workflow);
  cpt_run_free (self->run);
  g_string_free (self->log, TRUE);
}

/* Through what is kept on the disk each time */
static guint
advance (Fixture    *self,
         const char *now)
{
  guint n_steps = cpt_run_advance (self->run, self->workflow, &self->world, instant (now));
  g_autoptr(JsonNode) node = cpt_run_to_json (self->run);
  g_autofree char *text = cpt_json_format (node);
  g_autoptr(JsonNode) again = cpt_json_parse (text, -1, NULL);
  g_autoptr(GError) error = NULL;

  cpt_run_free (self->run);
  self->run = cpt_run_parse (again, &error);
  g_assert_no_error (error);

  return n_steps;
}

static const CptToken *
find_token (const Fixture *self,
            const char    *node)
{
  for (guint i = 0; i < self->run->tokens->len; i++)
    {
      const CptToken *token = g_ptr_array_index (self->run->tokens, i);

      if (strcmp (token->node, node) == 0)
        return token;
    }

  return NULL;
}

static void
assert_due (const Fixture *self,
            const char    *wanted)
{
  g_autofree char *due = cpt_instant_format_iso (cpt_run_get_due (self->run));

  g_assert_cmpstr (due, ==, wanted);
}

static void
assert_ended (const Fixture *self,
              const char    *log)
{
  g_assert_cmpuint (self->run->tokens->len, ==, 0);
  g_assert_cmpstr (self->log->str, ==, log);
  g_assert_cmpint (cpt_run_get_due (self->run), ==, G_MAXINT64);
}

/* ---------------------------------------------------------------------- waiting */

static void
test_waits (void)
{
  Fixture f;

  set_up (&f, WORKFLOW (TASK ("a") WAIT ("w", "2", "days") TASK ("b"),
                        LINK ("s", "next", "a") "," LINK ("a", "next", "w") "," LINK ("w", "next", "b") "," LINK ("b", "next", "e")));
  g_assert_cmpint (cpt_run_get_due (f.run), ==, G_MININT64);
  advance (&f, "2026-11-22T09:00:00Z");
  g_assert_cmpstr (f.log->str, ==, "a1 ");
  assert_due (&f, "2026-11-24T09:00:00Z");
  g_assert_cmpuint (advance (&f, "2026-11-24T08:59:59Z"), ==, 0);
  g_assert_cmpuint (advance (&f, "2026-11-24T09:00:00Z"), >, 0);
  assert_ended (&f, "a1 b1 ");
  g_assert_cmpstr (f.run->label, ==, "Done");
  tear_down (&f);
}

static gboolean
count_cb (gpointer                data,
          const CptWorkflowNode  *node,
          gboolean               *is_within,
          GError                **error)
{
  const Fixture *self = data;

  g_assert_cmpstr (node->id, ==, "l");
  *is_within = self->is_true;

  return TRUE;
}

/* A world that does not count limits nobody. */
static void
test_limits (void)
{
  static const char drawing[] = WORKFLOW (NODE ("l", "limit", "{\"count\":1,\"per\":\"day\"}") TASK ("a") TASK ("b"),
                                          LINK ("s", "next", "l") "," LINK ("l", "next", "a") "," LINK ("l", "over", "b"));
  Fixture f;

  set_up (&f, drawing);
  advance (&f, "2026-11-22T09:00:00Z");
  assert_ended (&f, "a1 ");
  tear_down (&f);

  for (guint i = 0; i < 2; i++)
    {
      set_up (&f, drawing);
      f.world.count = count_cb;
      f.is_true = i == 1;
      advance (&f, "2026-11-22T09:00:00Z");
      assert_ended (&f, i == 1 ? "a1 " : "b1 ");
      tear_down (&f);
    }
}

/* The machine was off for weeks: what should be days apart still is. */
static void
test_no_burst (void)
{
  Fixture f;

  set_up (&f, WORKFLOW (WAIT ("w", "2", "days") TASK ("a") WAIT ("x", "2", "days") TASK ("b"),
                        LINK ("s", "next", "w") "," LINK ("w", "next", "a") "," LINK ("a", "next", "x") "," LINK ("x", "next", "b")));
  advance (&f, "2026-11-01T09:00:00Z");
  advance (&f, "2026-11-22T10:00:00Z");
  g_assert_cmpstr (f.log->str, ==, "a1 ");
  assert_due (&f, "2026-11-24T10:00:00Z");
  /* The clock goes back a year, and forward again. */
  advance (&f, "2025-11-22T10:00:00Z");
  g_assert_cmpstr (f.log->str, ==, "a1 ");
  advance (&f, "2027-11-22T10:00:00Z");
  assert_ended (&f, "a1 b1 ");
  tear_down (&f);
}

/* Paris: the clocks go back on 25 October 2026, forward on 28 March 2027. */
static void
test_durations (void)
{
  static const struct
  {
    const char *from;
    const char *unit;
    int amount;
    const char *to; /* (nullable): it is none */
  } cases[] = {
    { "2026-10-24T07:00:00Z", "days", 1, "2026-10-25T08:00:00Z" },
    { "2026-10-24T07:00:00Z", "hours", 24, "2026-10-25T07:00:00Z" },
    { "2026-10-24T00:30:00Z", "days", 1, "2026-10-25T00:30:00Z" },
    { "2027-03-27T01:30:20.5Z", "days", 1, "2027-03-28T01:00:20.500Z" },
    { "2026-10-18T07:00:00Z", "weeks", 1, "2026-10-25T08:00:00Z" },
    { "2026-12-31T11:00:00Z", "months", 2, "2027-02-28T11:00:00Z" },
    { "2026-11-30T23:30:00Z", "months", 1, "2026-12-31T23:30:00Z" },
    { "2026-11-22T09:00:00Z", "days", -3, "2026-11-19T09:00:00Z" },
    { "2026-11-22T09:00:00Z", "minutes", -90, "2026-11-22T07:30:00Z" },
    { "2026-11-22T09:00:00Z", "months", 0, "2026-11-22T09:00:00Z" },
    { "1969-12-31T12:34:56.789Z", "days", -1, "1969-12-30T12:34:56.789Z" },
    { "2026-11-22T09:00:00Z", "moons", 1, NULL },
    { "2026-11-22T09:00:00Z", "days", 2000000, NULL },
  };
  g_autoptr(GTimeZone) paris = g_time_zone_new_identifier ("Europe/Paris");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(JsonObject) duration = json_object_new ();
      gint64 moment = instant (cases[i].from);
      gboolean is_one;

      json_object_set_int_member (duration, "amount", cases[i].amount);
      json_object_set_string_member (duration, "unit", cases[i].unit);
      is_one = cpt_workflow_duration_add (duration, &moment, paris);
      g_assert_cmpint (is_one, ==, cases[i].to != NULL);
      g_assert_cmpint (moment, ==, instant (cases[i].to != NULL ? cases[i].to : cases[i].from));
    }
}

static void
test_waits_until (void)
{
  Fixture f;

  set_up (&f, WORKFLOW (NODE ("u", "wait_until", "{\"field\":\"due_on\",\"offset\":{\"amount\":-1,\"unit\":\"days\"}}") TASK ("a"),
                        LINK ("s", "next", "u") "," LINK ("u", "next", "a")));
  f.date = instant ("2026-12-24T00:00:00Z");
  advance (&f, "2026-11-22T09:00:00Z");
  assert_due (&f, "2026-12-23T00:00:00Z");
  advance (&f, "2026-12-23T00:00:00Z");
  assert_ended (&f, "a1 ");
  tear_down (&f);
}

/* A date that is not there is never now. */
static void
test_no_date (void)
{
  Fixture f;

  set_up (&f, WORKFLOW (NODE ("u", "wait_until", "{\"field\":\"due_on\"}") TASK ("a") TASK ("b"),
                        LINK ("s", "next", "u") "," LINK ("u", "next", "a")));
  advance (&f, "2026-11-22T09:00:00Z");
  g_assert_cmpint (find_token (&f, "u")->state, ==, CPT_TOKEN_PARKED);
  g_assert_nonnull (strstr (find_token (&f, "u")->reason, "empty"));
  advance (&f, "2036-11-22T09:00:00Z");
  g_assert_cmpstr (f.log->str, ==, "");

  /* Somebody sends it on. */
  g_assert_true (cpt_run_finish (f.run, f.workflow, "u", 1, "next"));
  advance (&f, "2036-11-22T09:00:00Z");
  assert_ended (&f, "a1 ");

  cpt_run_free (f.run);
  f.run = cpt_run_new ("s");
  cpt_workflow_connect (f.workflow, "u", "no_value", "b");
  advance (&f, "2026-11-22T09:00:00Z");
  assert_ended (&f, "a1 b1 ");
  tear_down (&f);
}

#define WAIT_FOR                                                                                              \
  WORKFLOW (NODE ("f", "wait_for", "{\"branches\":[{\"id\":\"paid\"},{\"id\":\"refused\"}],"                  \
                                   "\"timeout\":{\"amount\":3,\"unit\":\"days\"}}") TASK ("a") TASK ("late"), \
            LINK ("s", "next", "f") "," LINK ("f", "paid", "a") "," LINK ("f", "timeout", "late"))

static void
test_the_event_is_first (void)
{
  Fixture f;

  set_up (&f, WAIT_FOR);
  advance (&f, "2026-11-22T09:00:00Z");
  assert_due (&f, "2026-11-25T09:00:00Z");
  g_assert_false (cpt_run_finish (f.run, f.workflow, "f", 2, "paid"));
  g_assert_false (cpt_run_finish (f.run, f.workflow, "f", 1, "stolen"));
  g_assert_false (cpt_run_finish (f.run, f.workflow, "gone", 1, "paid"));
  g_assert_true (cpt_run_finish (f.run, f.workflow, "f", 1, "paid"));
  g_assert_false (cpt_run_finish (f.run, f.workflow, "f", 1, "refused"));
  advance (&f, "2026-11-26T09:00:00Z");
  assert_ended (&f, "a1 ");
  tear_down (&f);
}

static void
test_the_time_is_first (void)
{
  Fixture f;

  set_up (&f, WAIT_FOR);
  advance (&f, "2026-11-22T09:00:00Z");
  advance (&f, "2026-11-25T09:00:00Z");
  assert_ended (&f, "late1 ");
  g_assert_false (cpt_run_finish (f.run, f.workflow, "f", 1, "paid"));
  tear_down (&f);
}

/* ---------------------------------------------------------------------- effects */

static void
test_effect_ends_later (void)
{
  Fixture f;

  set_up (&f, WORKFLOW (NODE ("h", "webhook", "{}") TASK ("a") TASK ("b"),
                        LINK ("s", "next", "h") "," LINK ("h", "next", "a") "," LINK ("h", "failed", "b")));
  f.later = "h";
  advance (&f, "2026-11-22T09:00:00Z");
  g_assert_cmpint (find_token (&f, "h")->state, ==, CPT_TOKEN_EFFECT);
  /* Asked again it is not begun again. */
  g_assert_cmpuint (advance (&f, "2027-11-22T09:00:00Z"), ==, 0);
  g_assert_true (cpt_run_finish (f.run, f.workflow, "h", 1, "failed"));
  advance (&f, "2027-11-22T09:00:00Z");
  assert_ended (&f, "h1 b1 ");
  tear_down (&f);
}

/* One way stops, the other goes on. */
static void
test_errors_park (void)
{
  Fixture f;

  set_up (&f, WORKFLOW (TASK ("a") TASK ("b") NODE ("i", "if", "{\"where\":{\"broken\":1}}"),
                        LINK ("s", "next", "a") "," LINK ("s", "next", "b") "," LINK ("s", "next", "i")));
  f.failing = "a";
  advance (&f, "2026-11-22T09:00:00Z");
  g_assert_cmpstr (f.log->str, ==, "b1 ");
  g_assert_cmpstr (find_token (&f, "a")->reason, ==, "It can't be done.");
  g_assert_cmpstr (find_token (&f, "i")->reason, ==, "The field is gone.");
  tear_down (&f);
}

static void
test_nodes_that_are_gone (void)
{
  Fixture f;

  set_up (&f, WORKFLOW (TASK ("a") NODE ("n", "teleport", "{}"), LINK ("s", "next", "gone") "," LINK ("s", "next", "n")));
  advance (&f, "2026-11-22T09:00:00Z");
  g_assert_cmpint (find_token (&f, "gone")->state, ==, CPT_TOKEN_PARKED);
  g_assert_cmpint (find_token (&f, "n")->state, ==, CPT_TOKEN_PARKED);
  g_assert_false (cpt_run_finish (f.run, f.workflow, "gone", 1, "next"));
  tear_down (&f);
}

/* --------------------------------------------------------------------- deciding */

static void
test_decisions (void)
{
  static const char text[] = WORKFLOW (
    NODE ("i", "if", "{\"where\":{}}")
      NODE ("b", "branches", "{\"branches\":[7,{\"id\":\"one\",\"where\":{}},{\"id\":\"two\",\"where\":{}}]}") TASK ("yes") TASK ("no")
        TASK ("one") TASK ("other"),
    LINK ("s", "next", "i") "," LINK ("i", "yes", "yes") "," LINK ("i", "no", "no") "," LINK ("s", "next", "b") "," LINK (
      "b", "one", "one") "," LINK ("b", "else", "other"));
  Fixture f;

  set_up (&f, text);
  f.is_true = TRUE;
  advance (&f, "2026-11-22T09:00:00Z");
  assert_ended (&f, "yes1 one1 ");
  tear_down (&f);

  set_up (&f, text);
  advance (&f, "2026-11-22T09:00:00Z");
  assert_ended (&f, "no1 other1 ");
  tear_down (&f);
}

/* Twice through the same split: other weights do not move who was there already. */
static void
test_variants_stay (void)
{
  Fixture f;
  g_autoptr(JsonNode) other = cpt_json_parse ("[{\"id\":\"x\",\"weight\":0},{\"id\":\"y\",\"weight\":0},{\"id\":\"z\",\"weight\":1}]", -1,
                                              NULL);
  g_autofree char *first = NULL;

  set_up (&f, WORKFLOW (NODE ("p", "split", "{\"branches\":[{\"id\":\"x\",\"weight\":1},{\"id\":\"y\",\"weight\":1}]}") TASK ("x")
                          TASK ("y") TASK ("z") WAIT ("w", "1", "hours"),
                        LINK ("s", "next", "p") "," LINK ("p", "x", "x") "," LINK ("p", "y", "y") "," LINK ("p", "z", "z") "," LINK (
                          "x", "next", "w") "," LINK ("y", "next", "w") "," LINK ("w", "next", "p")));
  advance (&f, "2026-11-22T09:00:00Z");
  first = g_strndup (f.log->str, 1);
  json_object_set_member (cpt_workflow_find_node (f.workflow, "p")->settings, "branches", json_node_copy (other));
  advance (&f, "2026-11-22T10:00:00Z");
  g_assert_cmpuint (f.log->len, ==, 6);
  g_assert_cmpint (f.log->str[3], ==, first[0]);
  g_assert_cmpint (f.log->str[4], ==, '2');
  tear_down (&f);
}

/* --------------------------------------------------------------------- branches */

/* One comes at once, one after days, one takes another way. */
static void
test_gathers (void)
{
  Fixture f;

  set_up (&f, WORKFLOW (TASK ("a") WAIT ("w", "3", "days") NODE ("i", "if", "{\"where\":{}}") NODE ("g", "gather", "{}") TASK ("last"),
                        LINK ("s", "next", "a") "," LINK ("s", "next", "w") "," LINK ("s", "next", "i") "," LINK (
                          "a", "next", "g") "," LINK ("w", "next", "g") "," LINK ("i", "yes", "g") "," LINK ("g", "next", "last")));
  advance (&f, "2026-11-22T09:00:00Z");
  g_assert_cmpint (find_token (&f, "g")->state, ==, CPT_TOKEN_GATHER);
  g_assert_cmpstr (f.log->str, ==, "a1 ");
  advance (&f, "2026-11-25T09:00:00Z");
  assert_ended (&f, "a1 last1 ");
  tear_down (&f);
}

/* Each waits for the other one: nobody would ever go on. */
static void
test_gathers_in_a_circle (void)
{
  Fixture f;

  set_up (&f, WORKFLOW (NODE ("g", "gather", "{}") NODE ("h", "gather", "{}") TASK ("a"),
                        LINK ("s", "next", "g") "," LINK ("s", "next", "h") "," LINK ("g", "next", "h") "," LINK ("h", "next", "a")));
  cpt_workflow_connect (f.workflow, "a", "next", "g");
  advance (&f, "2026-11-22T09:00:00Z");
  g_assert_cmpuint (f.run->tokens->len, ==, 1);
  g_assert_cmpint (find_token (&f, f.run->tokens->len > 0 ? ((CptToken *) f.run->tokens->pdata[0])->node : "")->state, ==,
                   CPT_TOKEN_PARKED);
  tear_down (&f);
}

static void
test_endless (void)
{
  Fixture f;

  set_up (&f, WORKFLOW (TASK ("a") TASK ("b"), LINK ("s", "next", "a") "," LINK ("a", "next", "b") "," LINK ("b", "next", "a")));
  g_assert_cmpuint (advance (&f, "2026-11-22T09:00:00Z"), <=, CPT_RUN_MAX_STEPS + 1);
  g_assert_cmpuint (f.run->tokens->len, ==, 1);
  g_assert_nonnull (strstr (((CptToken *) f.run->tokens->pdata[0])->reason, "circle"));
  tear_down (&f);
}

/* Each doubles */
static void
test_explosion (void)
{
  Fixture f;

  set_up (&f, WORKFLOW (TASK ("a") TASK ("b"), LINK ("s", "next", "a") "," LINK ("a", "next", "a") "," LINK ("a", "next", "b") "," LINK (
                                                 "b", "next", "a") "," LINK ("b", "next", "b")));
  advance (&f, "2026-11-22T09:00:00Z");
  g_assert_cmpuint (f.run->tokens->len, <=, CPT_RUN_MAX_TOKENS);
  g_assert_cmpuint (f.run->tokens->len, >, 0);
  g_assert_cmpuint (advance (&f, "2026-11-23T09:00:00Z"), ==, 0);
  tear_down (&f);
}

static void
test_damaged (void)
{
  static const char *const bad[] = {
    "[]",
    "{\"tokens\":{}}",
    "{\"tokens\":[1]}",
    "{\"tokens\":[{\"node\":\"a\"}]}",
    "{\"tokens\":[{\"node\":\"a\",\"state\":\"asleep\"}]}",
    "{\"tokens\":[{\"node\":\"a\",\"state\":\"timer\",\"visit\":0}]}",
    "{\"tokens\":[{\"node\":\"a\",\"state\":\"timer\",\"due\":\"soon\"}]}",
    "{\"visits\":{\"a\":-1}}",
    "{\"choices\":{\"a\":1}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(JsonNode) node = cpt_json_parse (bad[i], -1, NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(CptRun) run = cpt_run_parse (node, &error);

      g_assert_null (run);
      g_assert_error (error, CPT_ERROR, CPT_ERROR_PARSE);
    }
}

/* ---------------------------------------------------------------------- leaving */

#define EXITS(condition)                                                                                            \
  "{\"settings\":{\"exits\":[{\"id\":\"goal\",\"label\":\"Reached\",\"where\":" condition "},"                      \
  "{\"id\":\"told\",\"entity\":\"activity\"}]},\"nodes\":[" START WAIT ("w", "2", "days") TASK ("a") TASK ("b") END \
    "],\"connections\":[" LINK ("s", "next", "w") "," LINK ("s", "next", "a") "," LINK ("w", "next", "b") "]}"

static void
test_leaves (void)
{
  Fixture f;

  set_up (&f, EXITS ("{}"));
  advance (&f, "2026-11-22T09:00:00Z");
  g_assert_cmpstr (f.log->str, ==, "a1 ");
  /* It is asked when the run goes on, and not before. */
  f.is_true = TRUE;
  g_assert_cmpuint (advance (&f, "2026-11-23T09:00:00Z"), ==, 0);
  g_assert_cmpuint (f.run->tokens->len, ==, 1);
  cpt_run_advance (f.run, f.workflow, &f.world, instant ("2026-11-24T09:00:00Z"));
  assert_ended (&f, "a1 ");
  g_assert_cmpstr (f.run->label, ==, "Reached");
  g_assert_cmpuint (f.run->passed->len, ==, 1);
  g_assert_cmpstr (((const CptRunStep *) g_ptr_array_index (f.run->passed, 0))->exit, ==, "goal");
  g_assert_false (cpt_run_leave (f.run, f.workflow, "goal"));
  tear_down (&f);
}

static void
test_leaves_when_told (void)
{
  Fixture f;

  set_up (&f, EXITS ("{}"));
  advance (&f, "2026-11-22T09:00:00Z");
  g_assert_false (cpt_run_leave (f.run, f.workflow, "nothing"));
  g_assert_true (cpt_run_leave (f.run, f.workflow, "told"));
  assert_ended (&f, "a1 ");
  tear_down (&f);
}

/* Nobody can tell whether he has left: nothing is done. */
static void
test_leaves_unknown (void)
{
  Fixture f;

  set_up (&f, EXITS ("{\"broken\":1}"));
  advance (&f, "2026-11-22T09:00:00Z");
  g_assert_cmpstr (f.log->str, ==, "");
  g_assert_cmpint (find_token (&f, "a")->state, ==, CPT_TOKEN_PARKED);
  g_assert_cmpint (find_token (&f, "w")->state, ==, CPT_TOKEN_TIMER);
  tear_down (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/waits", test_waits);
  g_test_add_func ("/run/no-burst", test_no_burst);
  g_test_add_func ("/run/durations", test_durations);
  g_test_add_func ("/run/waits-until", test_waits_until);
  g_test_add_func ("/run/no-date", test_no_date);
  g_test_add_func ("/run/the-event-is-first", test_the_event_is_first);
  g_test_add_func ("/run/the-time-is-first", test_the_time_is_first);
  g_test_add_func ("/run/effect-ends-later", test_effect_ends_later);
  g_test_add_func ("/run/errors-park", test_errors_park);
  g_test_add_func ("/run/nodes-that-are-gone", test_nodes_that_are_gone);
  g_test_add_func ("/run/decisions", test_decisions);
  g_test_add_func ("/run/variants-stay", test_variants_stay);
  g_test_add_func ("/run/gathers", test_gathers);
  g_test_add_func ("/run/gathers-in-a-circle", test_gathers_in_a_circle);
  g_test_add_func ("/run/endless", test_endless);
  g_test_add_func ("/run/explosion", test_explosion);
  g_test_add_func ("/run/damaged", test_damaged);
  g_test_add_func ("/run/limits", test_limits);
  g_test_add_func ("/run/leaves", test_leaves);
  g_test_add_func ("/run/leaves-when-told", test_leaves_when_told);
  g_test_add_func ("/run/leaves-nothing-undecided", test_leaves_unknown);

  return g_test_run ();
}
