/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What follows when something left the machine, or may have. */

#include "config.h"

#include "cpt-effect.h"

#include "cpt-effect-key.h"

#define MAX_ATTEMPTS 8
#define BASE_DELAY (30 * G_USEC_PER_SEC)
#define MAX_DELAY (6 * 3600 * G_GINT64_CONSTANT (1000000))

void
cpt_effect_rules_init (CptEffectRules *self)
{
  g_return_if_fail (self != NULL);

  *self = (CptEffectRules){
    .recall = CPT_RECALL_NONE,
    .max_attempts = MAX_ATTEMPTS,
    .base_delay = BASE_DELAY,
    .max_delay = MAX_DELAY,
    .deadline = G_MAXINT64,
  };
}

/* From 0 to below 1 */
static double
get_jitter (const CptEffectCall *call)
{
  char attempt[16];
  g_autofree char *digest = NULL;
  char head[13] = { 0 };

  g_snprintf (attempt, sizeof attempt, "%u", call->attempt);
  digest = cpt_effect_digest_dup ((const char *const[]){ "jitter", call->key, attempt, NULL });
  for (guint i = 0; i + 1 < sizeof head; i++)
    head[i] = digest[i];

  return (double) g_ascii_strtoull (head, NULL, 16) / (double) (G_GUINT64_CONSTANT (1) << 48);
}

static gint64
get_pause (const CptEffectRules *rules,
           const CptEffectCall  *call)
{
  gint64 longest = MIN (rules->base_delay, rules->max_delay);

  for (guint i = 1; i < call->attempt && longest < rules->max_delay; i++)
    longest = longest > rules->max_delay / 2 ? rules->max_delay : longest * 2;

  return MAX ((gint64) ((double) longest * get_jitter (call)), call->retry_after);
}

static CptEffectDecision
show (CptEffectState       state,
      const CptEffectCall *call)
{
  return (CptEffectDecision){ state, CPT_NEXT_SHOW, call->now };
}

/* Once more, as long as there is patience; @otherwise when there is none */
static CptEffectDecision
repeat (const CptEffectRules *rules,
        const CptEffectCall  *call,
        CptEffectState        state,
        CptEffectNext         next,
        CptEffectState        otherwise)
{
  gint64 pause = get_pause (rules, call);
  gint64 not_before = call->now > G_MAXINT64 - pause ? G_MAXINT64 : call->now + pause;

  if (call->attempt >= rules->max_attempts || not_before >= rules->deadline)
    return show (otherwise, call);

  return (CptEffectDecision){ state, next, not_before };
}

static CptEffectDecision
decide_lost (const CptEffectRules *rules,
             const CptEffectCall  *call)
{
  CptEffectDecision decision;

  switch (rules->recall)
    {
    case CPT_RECALL_KEY:
      decision = repeat (rules, call, CPT_EFFECT_PLANNED, CPT_NEXT_TRY, CPT_EFFECT_UNKNOWN);
      /* By then it would have forgotten the key; a clock that went back proves nothing either. */
      if (decision.next == CPT_NEXT_TRY &&
          (call->now < call->first_call || decision.not_before - call->first_call >= rules->key_lifetime))
        return show (CPT_EFFECT_UNKNOWN, call);
      return decision;
    case CPT_RECALL_LOOKUP:
      return repeat (rules, call, CPT_EFFECT_UNKNOWN, CPT_NEXT_ASK, CPT_EFFECT_UNKNOWN);
    case CPT_RECALL_EVENT:
      return (CptEffectDecision){ CPT_EFFECT_UNKNOWN, CPT_NEXT_LISTEN, call->now + rules->event_patience };
    case CPT_RECALL_NONE:
      break;
    }

  return show (CPT_EFFECT_UNKNOWN, call);
}

CptEffectDecision
cpt_effect_decide (const CptEffectRules *rules,
                   const CptEffectCall  *call,
                   CptEffectAnswer       answer)
{
  const CptEffectDecision nothing = { CPT_EFFECT_FAILED, CPT_NEXT_SHOW, 0 };

  g_return_val_if_fail (rules != NULL, nothing);
  g_return_val_if_fail (call != NULL && call->key != NULL && call->attempt > 0, nothing);

  switch (answer)
    {
    case CPT_ANSWER_DONE:
      return (CptEffectDecision){ CPT_EFFECT_DONE, CPT_NEXT_NOTHING, call->now };
    case CPT_ANSWER_NOT_YET:
      return repeat (rules, call, CPT_EFFECT_PLANNED, CPT_NEXT_TRY, CPT_EFFECT_FAILED);
    case CPT_ANSWER_LOST:
      return decide_lost (rules, call);
    case CPT_ANSWER_REFUSED:
      break;
    }

  return show (CPT_EFFECT_FAILED, call);
}
