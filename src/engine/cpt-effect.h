/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CptEffectState:
 * @CPT_EFFECT_PLANNED: to be done, not before an instant
 * @CPT_EFFECT_LEASED: one device has taken it on, for a while
 * @CPT_EFFECT_CALLING: it is written down that the other side is about to be called; from here on
 *   nobody but the other side knows
 * @CPT_EFFECT_DONE: it is done
 * @CPT_EFFECT_FAILED: it is not, and will not be by itself
 * @CPT_EFFECT_UNKNOWN: it may have been done; it is asked, or shown to a person
 *
 * How far something is that leaves the machine. %CPT_EFFECT_CALLING is left with an answer; who
 * finds a row in it after its lease has none: %CPT_ANSWER_LOST.
 */
typedef enum
{
  CPT_EFFECT_PLANNED,
  CPT_EFFECT_LEASED,
  CPT_EFFECT_CALLING,
  CPT_EFFECT_DONE,
  CPT_EFFECT_FAILED,
  CPT_EFFECT_UNKNOWN,
} CptEffectState;

/**
 * CptEffectRecall:
 * @CPT_RECALL_KEY: it knows our key and does nothing twice, for some time
 * @CPT_RECALL_LOOKUP: it can be asked by our key
 * @CPT_RECALL_EVENT: it tells by itself, later
 * @CPT_RECALL_NONE: nothing of all that
 *
 * How the other side of a kind of effects can be asked what it has done.
 */
typedef enum
{
  CPT_RECALL_KEY,
  CPT_RECALL_LOOKUP,
  CPT_RECALL_EVENT,
  CPT_RECALL_NONE,
} CptEffectRecall;

/**
 * CptEffectAnswer:
 * @CPT_ANSWER_DONE: it was done, now or as it says when it is asked
 * @CPT_ANSWER_REFUSED: it was not done and never will be so
 * @CPT_ANSWER_NOT_YET: it was certainly not done, and may be another time: no connection, the
 *   request was not written to its end, too many requests, or “not here” when it was asked
 * @CPT_ANSWER_LOST: nobody knows: no answer after the request was written, an answer that does
 *   not say, a crash
 */
typedef enum
{
  CPT_ANSWER_DONE,
  CPT_ANSWER_REFUSED,
  CPT_ANSWER_NOT_YET,
  CPT_ANSWER_LOST,
} CptEffectAnswer;

/**
 * CptEffectRules:
 * @recall: how the other side can be asked
 * @key_lifetime: for how long it knows a key, in microseconds; of %CPT_RECALL_KEY
 * @event_patience: how long it may take until it tells, in microseconds; of %CPT_RECALL_EVENT
 * @max_attempts: how often it is tried, or asked, at most
 * @base_delay: the longest pause after the first attempt, in microseconds; twice as long after each
 * @max_delay: the longest pause of all, in microseconds
 * @deadline: after that it is not tried any more, microseconds since the Unix epoch;
 *   %G_MAXINT64: none
 *
 * What a kind of effects declares, and how patient the node is.
 */
typedef struct
{
  CptEffectRecall recall;
  gint64          key_lifetime;
  gint64          event_patience;
  guint           max_attempts;
  gint64          base_delay;
  gint64          max_delay;
  gint64          deadline;
} CptEffectRules;

/* 8 attempts, pauses up to 30 seconds, then twice as long, up to 6 hours; no recall, no deadline */
void cpt_effect_rules_init (CptEffectRules *self);

/**
 * CptEffectCall:
 * @key: of the effect
 * @attempt: which one it was, from 1
 * @first_call: when the other side was called for the first time
 * @now: microseconds since the Unix epoch
 * @retry_after: how long the other side wants to be left alone, in microseconds; 0: it did not say
 */
typedef struct
{
  const char *key;
  guint       attempt;
  gint64      first_call;
  gint64      now;
  gint64      retry_after;
} CptEffectCall;

/**
 * CptEffectNext:
 * @CPT_NEXT_NOTHING: it is settled
 * @CPT_NEXT_TRY: it is done again with the same key
 * @CPT_NEXT_ASK: the other side is asked what it has done
 * @CPT_NEXT_LISTEN: the other side may still tell; if not, a person decides
 * @CPT_NEXT_SHOW: a person decides: retry, skip, edit and retry
 */
typedef enum
{
  CPT_NEXT_NOTHING,
  CPT_NEXT_TRY,
  CPT_NEXT_ASK,
  CPT_NEXT_LISTEN,
  CPT_NEXT_SHOW,
} CptEffectNext;

/**
 * CptEffectDecision:
 * @state: what is written down
 * @next: what comes next
 * @not_before: of trying and asking: not before; of listening: until when. Microseconds since
 *   the Unix epoch; @now where nothing comes by itself
 */
typedef struct
{
  CptEffectState state;
  CptEffectNext  next;
  gint64         not_before;
} CptEffectDecision;

/**
 * cpt_effect_decide:
 * @rules: of its kind and its node
 * @call: the attempt
 * @answer: what came of it
 *
 * What follows from an answer. What may have been done is never blindly done again: only when the
 * other side knows the key, and for as long as it does. Pauses are a random part of their length,
 * so that those that failed together do not come back together (“full jitter”); the part follows
 * from key and attempt, so that a simulation and each device find the same.
 */
CptEffectDecision cpt_effect_decide (const CptEffectRules *rules,
                                     const CptEffectCall  *call,
                                     CptEffectAnswer       answer);

G_END_DECLS
