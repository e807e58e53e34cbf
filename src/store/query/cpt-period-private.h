/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cpt-date.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_PERIOD_LAST, /* up to today, today included */
  CPT_PERIOD_NEXT, /* from today on, today included */
  CPT_PERIOD_THIS, /* the whole bucket that holds today */
  CPT_PERIOD_PREVIOUS, /* the whole bucket before that */
  CPT_PERIOD_RANGE, /* fixed */
} CptPeriodForm;

#define CPT_PERIOD_MAX_COUNT 10000

/**
 * CptPeriod:
 * @form: what kind of period
 * @unit: for all but ranges
 * @count: for last and next
 * @from: of a range; CPT_DATE_MIN when open
 * @to: of a range, included; CPT_DATE_MAX when open
 *
 * A stretch of days, mostly as seen from today.
 */
typedef struct
{
  CptPeriodForm form;
  CptBucket     unit;
  int           count;
  gint64        from;
  gint64        to;
} CptPeriod;

/* CPT_ERROR_PARSE */
gboolean  cpt_period_from_json    (JsonNode   *node,
                                   CptPeriod  *period,
                                   GError    **error);
JsonNode *cpt_period_to_json      (const CptPeriod *self);
gboolean  cpt_period_is_relative  (const CptPeriod *self);
/* Both ends included */
void      cpt_period_resolve      (const CptPeriod *self,
                                   gint64           today,
                                   gint64          *from,
                                   gint64          *to);
/* The period that "compare" puts beside it, @years before, or, when @years is
 * 0, the one just before: the calendar's own for months, quarters and years,
 * else of the same length. Beside one that runs ("this month") only as much of
 * it as has passed: on the 21st up to the 21st. A date of the former moves into
 * the latter by @months and @days. */
void      cpt_period_resolve_before (const CptPeriod *self,
                                     gint64           today,
                                     int              years,
                                     gint64          *from,
                                     gint64          *to,
                                     int             *months,
                                     gint64          *days);
/* Of the bucket @unit at @start as a range */
void      cpt_period_init_bucket  (CptPeriod *self,
                                   CptBucket  unit,
                                   gint64     start);
/* For people: "the last 30 days", "this month"; NULL for ranges */
char     *cpt_period_to_phrase    (const CptPeriod *self);

G_END_DECLS
