/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What follows from what the other side answers, or does not. */

#include "config.h"

#include "cpt-effect.h"

#define SECOND G_USEC_PER_SEC
#define HOUR (3600 * G_GINT64_CONSTANT (1000000))
#define NOW (1795253400 * G_GINT64_CONSTANT (1000000))

static const char KEY[] = "afbf68610ba357ee38a79d7695460cb72ac92f3c42292944f22a6aee3d967b66";

static CptEffectRules
create_rules (CptEffectRecall recall)
{
  CptEffectRules rules;

  cpt_effect_rules_init (&rules);
  rules.recall = recall;
  rules.key_lifetime = 25 * 60 * SECOND;
  rules.event_patience = HOUR / 2;

  return rules;
}

static CptEffectDecision
decide (const CptEffectRules *rules,
        guint                 attempt,
        CptEffectAnswer       answer)
{
  const CptEffectCall call = { KEY, attempt, NOW - SECOND, NOW, 0 };

  return cpt_effect_decide (rules, &call, answer);
}

static void
assert_decision (CptEffectDecision decision,
                 CptEffectState    state,
                 CptEffectNext     next)
{
  g_assert_cmpint (decision.state, ==, state);
  g_assert_cmpint (decision.next, ==, next);
  g_assert_cmpint (decision.not_before, >=, NOW);
}

static void
test_answers (void)
{
  for (CptEffectRecall recall = CPT_RECALL_KEY; recall <= CPT_RECALL_NONE; recall++)
    {
      CptEffectRules rules = create_rules (recall);

      assert_decision (decide (&rules, 1, CPT_ANSWER_DONE), CPT_EFFECT_DONE, CPT_NEXT_NOTHING);
      assert_decision (decide (&rules, 1, CPT_ANSWER_REFUSED), CPT_EFFECT_FAILED, CPT_NEXT_SHOW);
      assert_decision (decide (&rules, 1, CPT_ANSWER_NOT_YET), CPT_EFFECT_PLANNED, CPT_NEXT_TRY);
      assert_decision (decide (&rules, 8, CPT_ANSWER_NOT_YET), CPT_EFFECT_FAILED, CPT_NEXT_SHOW);
    }
}

/* Done again only where that does nothing twice */
static void
test_lost (void)
{
  CptEffectRules key = create_rules (CPT_RECALL_KEY);
  CptEffectRules lookup = create_rules (CPT_RECALL_LOOKUP);
  CptEffectRules event = create_rules (CPT_RECALL_EVENT);
  CptEffectRules none = create_rules (CPT_RECALL_NONE);

  assert_decision (decide (&key, 1, CPT_ANSWER_LOST), CPT_EFFECT_PLANNED, CPT_NEXT_TRY);
  assert_decision (decide (&key, 8, CPT_ANSWER_LOST), CPT_EFFECT_UNKNOWN, CPT_NEXT_SHOW);
  assert_decision (decide (&lookup, 1, CPT_ANSWER_LOST), CPT_EFFECT_UNKNOWN, CPT_NEXT_ASK);
  assert_decision (decide (&lookup, 8, CPT_ANSWER_LOST), CPT_EFFECT_UNKNOWN, CPT_NEXT_SHOW);
  assert_decision (decide (&event, 1, CPT_ANSWER_LOST), CPT_EFFECT_UNKNOWN, CPT_NEXT_LISTEN);
  g_assert_cmpint (decide (&event, 1, CPT_ANSWER_LOST).not_before, ==, NOW + HOUR / 2);
  assert_decision (decide (&none, 1, CPT_ANSWER_LOST), CPT_EFFECT_UNKNOWN, CPT_NEXT_SHOW);
}

/* The other side forgets keys, and our clock may jump either way. */
static void
test_keys_are_forgotten (void)
{
  CptEffectRules rules = create_rules (CPT_RECALL_KEY);
  CptEffectCall call = { KEY, 1, NOW, NOW + 26 * 60 * SECOND, 0 };

  g_assert_cmpint (cpt_effect_decide (&rules, &call, CPT_ANSWER_LOST).next, ==, CPT_NEXT_SHOW);
  call.now = NOW + 20 * 60 * SECOND;
  g_assert_cmpint (cpt_effect_decide (&rules, &call, CPT_ANSWER_LOST).next, ==, CPT_NEXT_TRY);
  /* It would be tried again too late. */
  call.retry_after = 6 * 60 * SECOND;
  g_assert_cmpint (cpt_effect_decide (&rules, &call, CPT_ANSWER_LOST).next, ==, CPT_NEXT_SHOW);
  call.retry_after = 0;
  call.now = NOW - HOUR;
  g_assert_cmpint (cpt_effect_decide (&rules, &call, CPT_ANSWER_LOST).next, ==, CPT_NEXT_SHOW);
  /* What was not done may be done whatever the clock says. */
  g_assert_cmpint (cpt_effect_decide (&rules, &call, CPT_ANSWER_NOT_YET).next, ==, CPT_NEXT_TRY);
}

static void
test_pauses (void)
{
  CptEffectRules rules = create_rules (CPT_RECALL_NONE);
  gint64 sum = 0;

  rules.max_attempts = G_MAXUINT;
  for (guint attempt = 1; attempt < 40; attempt++)
    {
      gint64 longest = attempt < 10 ? (G_GINT64_CONSTANT (30) << (attempt - 1)) * SECOND : 6 * HOUR;
      gint64 pause = decide (&rules, attempt, CPT_ANSWER_NOT_YET).not_before - NOW;

      g_assert_cmpint (pause, >=, 0);
      g_assert_cmpint (pause, <=, MIN (longest, 6 * HOUR));
      g_assert_cmpint (pause, ==, decide (&rules, attempt, CPT_ANSWER_NOT_YET).not_before - NOW);
    }

  /* A random part of the whole pause: on average half of it */
  for (guint i = 0; i < 2000; i++)
    {
      char key[16];
      CptEffectCall call = { key, 1, NOW, NOW, 0 };

      g_snprintf (key, sizeof key, "%u", i);
      sum += cpt_effect_decide (&rules, &call, CPT_ANSWER_NOT_YET).not_before - NOW;
    }
  g_assert_cmpint (sum / 2000, >, 14 * SECOND);
  g_assert_cmpint (sum / 2000, <, 16 * SECOND);
}

static void
test_left_alone (void)
{
  CptEffectRules rules = create_rules (CPT_RECALL_NONE);
  CptEffectCall call = { KEY, 1, NOW, NOW, 2 * HOUR };

  g_assert_cmpint (cpt_effect_decide (&rules, &call, CPT_ANSWER_NOT_YET).not_before, ==, NOW + 2 * HOUR);
  rules.deadline = NOW + HOUR;
  assert_decision (cpt_effect_decide (&rules, &call, CPT_ANSWER_NOT_YET), CPT_EFFECT_FAILED, CPT_NEXT_SHOW);
  rules.deadline = G_MAXINT64;
  call.retry_after = G_MAXINT64;
  assert_decision (cpt_effect_decide (&rules, &call, CPT_ANSWER_NOT_YET), CPT_EFFECT_FAILED, CPT_NEXT_SHOW);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/effect/answers", test_answers);
  g_test_add_func ("/effect/lost", test_lost);
  g_test_add_func ("/effect/keys-are-forgotten", test_keys_are_forgotten);
  g_test_add_func ("/effect/pauses", test_pauses);
  g_test_add_func ("/effect/left-alone", test_left_alone);

  return g_test_run ();
}
