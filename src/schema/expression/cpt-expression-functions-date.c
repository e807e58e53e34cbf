/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What formulas do with dates. */

#include "config.h"

#include "cpt-expression-call-private.h"

#include <string.h>

#include "cpt-date.h"

#define MAX_MONTHS 120000

static void
set_date (CptResult *result,
          gint64     date)
{
  if (date >= CPT_DATE_MIN && date <= CPT_DATE_MAX)
    cpt_result_set_integer (result, CPT_EXPRESSION_DATE, date);
}

void
cpt_call_today (CptEvaluation *self,
                const CptNode *node,
                CptResult     *result)
{
  cpt_result_set_integer (result, CPT_EXPRESSION_DATE, self->host->today);
}

void
cpt_call_date_of_text (CptEvaluation *self,
                       const CptNode *node,
                       CptResult     *result)
{
  g_auto(CptResult) text = { 0 };
  gint64 date;

  if (cpt_call_evaluate (self, node, 0, &text) && cpt_date_parse_iso (text.text, &date))
    cpt_result_set_integer (result, CPT_EXPRESSION_DATE, date);
}

void
cpt_call_date_of_time (CptEvaluation *self,
                       const CptNode *node,
                       CptResult     *result)
{
  if (cpt_call_evaluate (self, node, 0, result))
    cpt_result_convert (self, result, CPT_EXPRESSION_DATE);
}

/* Of year, month and day */
void
cpt_call_date (CptEvaluation *self,
               const CptNode *node,
               CptResult     *result)
{
  gint64 parts[3];

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_auto(CptResult) part = { 0 };

      if (!cpt_call_evaluate (self, node, i, &part) || !cpt_call_get_small (&part, 9999, &parts[i]))
        return;
    }
  if (cpt_date_is_valid_ymd ((int) parts[0], (int) parts[1], (int) parts[2]))
    set_date (result, cpt_date_from_ymd ((int) parts[0], (int) parts[1], (int) parts[2]));
}

static gboolean
evaluate_day_of (CptEvaluation *self,
                 const CptNode *node,
                 guint          index,
                 gint64        *date)
{
  g_auto(CptResult) value = { 0 };

  if (!cpt_call_evaluate (self, node, index, &value))
    return FALSE;
  cpt_result_convert (self, &value, CPT_EXPRESSION_DATE);
  *date = value.integer;

  return TRUE;
}

void
cpt_call_date_part (CptEvaluation *self,
                    const CptNode *node,
                    CptResult     *result)
{
  const char *name = node->function->name;
  int year, month, day, part;
  CptExact number;
  gint64 date;

  if (!evaluate_day_of (self, node, 0, &date))
    return;

  cpt_date_to_ymd (date, &year, &month, &day);
  if (strcmp (name, "year") == 0)
    part = year;
  else if (strcmp (name, "quarter") == 0)
    part = (month + 2) / 3;
  else if (strcmp (name, "month") == 0)
    part = month;
  else
    part = strcmp (name, "day") == 0 ? day : cpt_date_get_weekday (date);
  number = cpt_exact_new (part, 0);
  cpt_result_set_number (result, &number);
}

void
cpt_call_days_between (CptEvaluation *self,
                       const CptNode *node,
                       CptResult     *result)
{
  gint64 from, to;
  CptExact number;

  if (!evaluate_day_of (self, node, 0, &from) || !evaluate_day_of (self, node, 1, &to))
    return;

  number = cpt_exact_new (to - from, 0);
  cpt_result_set_number (result, &number);
}

/* "a - b" counts from b to a. */
void
cpt_call_days_apart (CptEvaluation *self,
                     const CptNode *node,
                     CptResult     *result)
{
  cpt_call_days_between (self, node, result);
  if (result->type == CPT_EXPRESSION_NUMBER)
    result->number = cpt_exact_negate (&result->number);
}

/* Whole months: from 31 January to 28 February there is none yet, but in the
 * other direction as many. */
static gint64
count_months (gint64 from,
              gint64 to)
{
  int from_year, from_month, to_year, to_month;
  gint64 months;

  if (from > to)
    return -count_months (to, from);

  cpt_date_to_ymd (from, &from_year, &from_month, NULL);
  cpt_date_to_ymd (to, &to_year, &to_month, NULL);
  months = (gint64) (to_year - from_year) * 12 + to_month - from_month;
  if (cpt_date_add_months (from, (int) months) > to)
    months--;

  return months;
}

void
cpt_call_months_between (CptEvaluation *self,
                         const CptNode *node,
                         CptResult     *result)
{
  gint64 from, to;
  CptExact number;

  if (!evaluate_day_of (self, node, 0, &from) || !evaluate_day_of (self, node, 1, &to))
    return;

  number = cpt_exact_new (count_months (from, to), 0);
  cpt_result_set_number (result, &number);
}

void
cpt_call_add_days (CptEvaluation *self,
                   const CptNode *node,
                   CptResult     *result)
{
  gboolean is_first = ((const CptNode *) g_ptr_array_index (node->children, 0))->type != CPT_EXPRESSION_NUMBER;
  g_auto(CptResult) days = { 0 };
  gint64 date, n;

  if (!evaluate_day_of (self, node, is_first ? 0 : 1, &date) || !cpt_call_evaluate (self, node, is_first ? 1 : 0, &days) ||
      !cpt_call_get_small (&days, CPT_DATE_MAX - CPT_DATE_MIN, &n))
    return;

  set_date (result, node->function->name[0] == '-' ? date - n : date + n);
}

void
cpt_call_add_months (CptEvaluation *self,
                     const CptNode *node,
                     CptResult     *result)
{
  g_auto(CptResult) months = { 0 };
  gint64 date, n;

  if (!evaluate_day_of (self, node, 0, &date) || !cpt_call_evaluate (self, node, 1, &months) ||
      !cpt_call_get_small (&months, MAX_MONTHS / 12, &n))
    return;

  set_date (result, cpt_date_add_months (date, (int) n * (strcmp (node->function->name, "add_years") == 0 ? 12 : 1)));
}

void
cpt_call_month_bound (CptEvaluation *self,
                      const CptNode *node,
                      CptResult     *result)
{
  gint64 date, start;

  if (!evaluate_day_of (self, node, 0, &date))
    return;

  start = cpt_bucket_get_start (CPT_BUCKET_MONTH, date);
  set_date (result, strcmp (node->function->name, "start_of_month") == 0 ? start
                                                                         : cpt_bucket_add (CPT_BUCKET_MONTH, start, 1) - 1);
}
