/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What formulas can call: one row of the table each, operators too. Functions
 * get arguments of the types that the table asks for, or nothing. */

#include "config.h"

#include "cpt-expression-private.h"

#include <string.h>

#include "cpt-date.h"
#include "cpt-text.h"

#define NEAR_DISTANCE 0.2
#define MAX_TEXT 10000 /* characters */
#define MAX_MONTHS 120000

static gboolean
evaluate_argument (CptEvaluation *self,
                   const CptNode *node,
                   guint          index,
                   CptResult     *result)
{
  cpt_result_clear (result);
  if (index >= node->children->len)
    return FALSE;
  cpt_node_evaluate (self, g_ptr_array_index (node->children, index), result);

  return result->type != CPT_EXPRESSION_EMPTY;
}

/* Both, or FALSE */
static gboolean
evaluate_two (CptEvaluation *self,
              const CptNode *node,
              CptResult     *a,
              CptResult     *b)
{
  return evaluate_argument (self, node, 0, a) && evaluate_argument (self, node, 1, b);
}

static gboolean
is_true (CptEvaluation *self,
         const CptNode *node,
         guint          index)
{
  g_auto(CptResult) value = { 0 };

  return evaluate_argument (self, node, index, &value) && value.integer != 0;
}

static void
set_boolean (CptResult *result,
             gboolean   boolean)
{
  cpt_result_set_integer (result, CPT_EXPRESSION_BOOLEAN, boolean);
}

/* A small whole number: of days, digits, characters */
static gboolean
get_small (const CptResult *value,
           gint64           limit,
           gint64          *integer)
{
  CptExact whole = cpt_exact_floor (&value->number);

  return cpt_exact_to_int (&whole, 0, integer) && *integer >= -limit && *integer <= limit;
}

static void
set_date (CptResult *result,
          gint64     date)
{
  if (date >= CPT_DATE_MIN && date <= CPT_DATE_MAX)
    cpt_result_set_integer (result, CPT_EXPRESSION_DATE, date);
}

/* Logic */

static void
evaluate_and (CptEvaluation *self,
              const CptNode *node,
              CptResult     *result)
{
  set_boolean (result, is_true (self, node, 0) && is_true (self, node, 1));
}

static void
evaluate_or (CptEvaluation *self,
             const CptNode *node,
             CptResult     *result)
{
  set_boolean (result, is_true (self, node, 0) || is_true (self, node, 1));
}

static void
evaluate_not (CptEvaluation *self,
              const CptNode *node,
              CptResult     *result)
{
  set_boolean (result, !is_true (self, node, 0));
}

static void
evaluate_if (CptEvaluation *self,
             const CptNode *node,
             CptResult     *result)
{
  evaluate_argument (self, node, is_true (self, node, 0) ? 1 : 2, result);
  cpt_result_convert (self, result, node->type);
}

static void
evaluate_if_empty (CptEvaluation *self,
                   const CptNode *node,
                   CptResult     *result)
{
  guint i = 0;

  while (i < node->children->len && !evaluate_argument (self, node, i, result))
    i++;
  cpt_result_convert (self, result, node->type);
}

static void
evaluate_is_empty (CptEvaluation *self,
                   const CptNode *node,
                   CptResult     *result)
{
  g_auto(CptResult) value = { 0 };

  set_boolean (result, !evaluate_argument (self, node, 0, &value));
}

/* Comparisons: about nothing they are not met, as in filters. */

static gboolean
compare (CptEvaluation *self,
         const CptNode *node,
         guint          other,
         int           *order)
{
  g_auto(CptResult) a = { 0 };
  g_auto(CptResult) b = { 0 };
  gboolean is_comparable;

  if (!evaluate_argument (self, node, 0, &a) || !evaluate_argument (self, node, other, &b))
    return FALSE;
  if (a.type != b.type && a.type != CPT_EXPRESSION_NUMBER && a.type != CPT_EXPRESSION_MONEY)
    {
      cpt_result_convert (self, &a, CPT_EXPRESSION_DATE);
      cpt_result_convert (self, &b, CPT_EXPRESSION_DATE);
    }
  *order = cpt_result_compare (&a, &b, &is_comparable);

  return is_comparable;
}

static void
evaluate_comparison (CptEvaluation *self,
                     const CptNode *node,
                     CptResult     *result)
{
  const char *name = node->function->name;
  int order = 0;
  gboolean is_met = FALSE;

  if (strcmp (name, "!=") == 0)
    is_met = !compare (self, node, 1, &order) || order != 0;
  else if (compare (self, node, 1, &order))
    is_met = (order < 0 && name[0] == '<') || (order > 0 && name[0] == '>') ||
             (order == 0 && name[strlen (name) - 1] == '=');

  set_boolean (result, is_met);
}

static void
evaluate_in (CptEvaluation *self,
             const CptNode *node,
             CptResult     *result)
{
  gboolean is_found = FALSE;
  int order;

  for (guint i = 1; i < node->children->len && !is_found; i++)
    is_found = compare (self, node, i, &order) && order == 0;
  set_boolean (result, is_found);
}

/* Numbers and money */

/* "100 EUR + 5": a number has the currency of the amount beside it. */
static gboolean
join_currencies (const CptResult *a,
                 const CptResult *b,
                 CptResult       *result)
{
  if (a->type == CPT_EXPRESSION_MONEY && b->type == CPT_EXPRESSION_MONEY && strcmp (a->currency, b->currency) != 0)
    return FALSE;

  g_strlcpy (result->currency, a->type == CPT_EXPRESSION_MONEY ? a->currency : b->currency, sizeof result->currency);
  result->type = a->type == CPT_EXPRESSION_MONEY || b->type == CPT_EXPRESSION_MONEY ? CPT_EXPRESSION_MONEY : CPT_EXPRESSION_NUMBER;

  return TRUE;
}

typedef gboolean (*Arithmetic) (const CptExact *a,
                                const CptExact *b,
                                CptExact       *result);

static void
calculate (CptEvaluation *self,
           const CptNode *node,
           Arithmetic     arithmetic,
           CptResult     *result)
{
  g_auto(CptResult) a = { 0 };
  g_auto(CptResult) b = { 0 };

  if (!evaluate_two (self, node, &a, &b) || !join_currencies (&a, &b, result) ||
      !arithmetic (&a.number, &b.number, &result->number))
    cpt_result_clear (result);
  else if (node->type == CPT_EXPRESSION_NUMBER)
    result->type = CPT_EXPRESSION_NUMBER;
}

static void
evaluate_add (CptEvaluation *self,
              const CptNode *node,
              CptResult     *result)
{
  calculate (self, node, cpt_exact_add, result);
}

static gboolean
subtract (const CptExact *a,
          const CptExact *b,
          CptExact       *difference)
{
  CptExact opposite = cpt_exact_negate (b);

  return cpt_exact_add (a, &opposite, difference);
}

static void
evaluate_subtract (CptEvaluation *self,
                   const CptNode *node,
                   CptResult     *result)
{
  calculate (self, node, subtract, result);
}

static void
evaluate_multiply (CptEvaluation *self,
                   const CptNode *node,
                   CptResult     *result)
{
  calculate (self, node, cpt_exact_multiply, result);
}

static void
evaluate_divide (CptEvaluation *self,
                 const CptNode *node,
                 CptResult     *result)
{
  calculate (self, node, cpt_exact_divide, result);
}

/* The rest has the sign of the divisor, as in spreadsheets. */
static gboolean
modulo (const CptExact *a,
        const CptExact *b,
        CptExact       *rest)
{
  CptExact quotient, product;

  if (!cpt_exact_divide (a, b, &quotient))
    return FALSE;
  quotient = cpt_exact_floor (&quotient);

  return cpt_exact_multiply (&quotient, b, &product) && subtract (a, &product, rest);
}

static void
evaluate_modulo (CptEvaluation *self,
                 const CptNode *node,
                 CptResult     *result)
{
  calculate (self, node, modulo, result);
}

static void
evaluate_negate (CptEvaluation *self,
                 const CptNode *node,
                 CptResult     *result)
{
  if (evaluate_argument (self, node, 0, result))
    result->number = cpt_exact_negate (&result->number);
}

static void
evaluate_absolute (CptEvaluation *self,
                   const CptNode *node,
                   CptResult     *result)
{
  if (evaluate_argument (self, node, 0, result) && result->number.mantissa < 0)
    result->number = cpt_exact_negate (&result->number);
}

static void
evaluate_percent (CptEvaluation *self,
                  const CptNode *node,
                  CptResult     *result)
{
  CptExact hundredth = cpt_exact_new (1, 2);

  if (evaluate_argument (self, node, 0, result) && !cpt_exact_multiply (&result->number, &hundredth, &result->number))
    cpt_result_clear (result);
}

static void
evaluate_round (CptEvaluation *self,
                const CptNode *node,
                CptResult     *result)
{
  g_auto(CptResult) digits = { 0 };
  gint64 n_digits = 0;

  if (node->children->len > 1 &&
      (!evaluate_argument (self, node, 1, &digits) || !get_small (&digits, CPT_EXACT_MAX_SCALE, &n_digits)))
    return;
  if (evaluate_argument (self, node, 0, result))
    result->number = cpt_exact_round (&result->number, (guint) MAX (n_digits, 0));
}

static void
evaluate_floor (CptEvaluation *self,
                const CptNode *node,
                CptResult     *result)
{
  if (evaluate_argument (self, node, 0, result))
    result->number = cpt_exact_floor (&result->number);
}

static void
evaluate_ceiling (CptEvaluation *self,
                  const CptNode *node,
                  CptResult     *result)
{
  if (!evaluate_argument (self, node, 0, result))
    return;

  result->number = cpt_exact_negate (&result->number);
  result->number = cpt_exact_floor (&result->number);
  result->number = cpt_exact_negate (&result->number);
}

static void
evaluate_extreme (CptEvaluation *self,
                  const CptNode *node,
                  CptResult     *result)
{
  gboolean is_least = strcmp (node->function->name, "min") == 0;

  for (guint i = 0; i < node->children->len; i++)
    {
      g_auto(CptResult) value = { 0 };
      gboolean is_comparable = FALSE;
      int order = 0;

      if (!evaluate_argument (self, node, i, &value))
        continue;
      cpt_result_convert (self, &value, node->type);
      if (result->type != CPT_EXPRESSION_EMPTY)
        order = cpt_result_compare (&value, result, &is_comparable);
      if (result->type != CPT_EXPRESSION_EMPTY && (!is_comparable || order == 0 || is_least != (order < 0)))
        continue;
      cpt_result_clear (result);
      *result = value;
      memset (&value, 0, sizeof value);
    }
}

static void
evaluate_money (CptEvaluation *self,
                const CptNode *node,
                CptResult     *result)
{
  g_auto(CptResult) number = { 0 };
  g_auto(CptResult) currency = { 0 };

  if (!evaluate_two (self, node, &number, &currency) || strlen (currency.text) != 3 ||
      cpt_currency_get_exponent (currency.text) < 0)
    return;

  result->type = CPT_EXPRESSION_MONEY;
  result->number = number.number;
  memcpy (result->currency, currency.text, sizeof result->currency);
}

static void
evaluate_number (CptEvaluation *self,
                 const CptNode *node,
                 CptResult     *result)
{
  g_auto(CptResult) value = { 0 };
  CptExact number;

  if (!evaluate_argument (self, node, 0, &value))
    return;
  if (value.type != CPT_EXPRESSION_TEXT)
    cpt_result_set_number (result, &value.number);
  else if (cpt_exact_parse (g_strstrip (value.text), &number))
    cpt_result_set_number (result, &number);
}

/* Texts */

static void
evaluate_concat (CptEvaluation *self,
                 const CptNode *node,
                 CptResult     *result)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < node->children->len; i++)
    {
      g_auto(CptResult) value = { 0 };
      g_autofree char *part = NULL;

      evaluate_argument (self, node, i, &value);
      part = cpt_result_dup_text (&value);
      g_string_append (text, part);
    }
  if (g_utf8_strlen (text->str, -1) <= MAX_TEXT)
    cpt_result_take_text (result, g_string_free (g_steal_pointer (&text), FALSE));
}

static void
evaluate_lower (CptEvaluation *self,
                const CptNode *node,
                CptResult     *result)
{
  g_auto(CptResult) value = { 0 };

  if (evaluate_argument (self, node, 0, &value))
    cpt_result_take_text (result, g_utf8_strdown (value.text, -1));
}

static void
evaluate_upper (CptEvaluation *self,
                const CptNode *node,
                CptResult     *result)
{
  g_auto(CptResult) value = { 0 };

  if (evaluate_argument (self, node, 0, &value))
    cpt_result_take_text (result, g_utf8_strup (value.text, -1));
}

static void
evaluate_trim (CptEvaluation *self,
               const CptNode *node,
               CptResult     *result)
{
  g_auto(CptResult) value = { 0 };

  if (evaluate_argument (self, node, 0, &value))
    cpt_result_take_text (result, cpt_text_clean (value.text, TRUE));
}

static void
evaluate_length (CptEvaluation *self,
                 const CptNode *node,
                 CptResult     *result)
{
  g_auto(CptResult) value = { 0 };
  CptExact length;

  evaluate_argument (self, node, 0, &value);
  length = cpt_exact_new (value.text == NULL ? 0 : g_utf8_strlen (value.text, -1), 0);
  cpt_result_set_number (result, &length);
}

/* Without case and accents, as filters do */
static void
evaluate_match (CptEvaluation *self,
                const CptNode *node,
                CptResult     *result)
{
  const char *name = node->function->name;
  g_auto(CptResult) value = { 0 };
  g_auto(CptResult) part = { 0 };
  g_autofree char *folded = NULL;
  g_autofree char *folded_part = NULL;
  gboolean is_met;

  if (!evaluate_two (self, node, &value, &part))
    {
      set_boolean (result, FALSE);
      return;
    }

  folded = cpt_text_fold (value.text);
  folded_part = cpt_text_fold (part.text);
  if (strcmp (name, "contains") == 0)
    is_met = strstr (folded, folded_part) != NULL;
  else
    is_met = strcmp (name, "starts_with") == 0 ? g_str_has_prefix (folded, folded_part) : g_str_has_suffix (folded, folded_part);
  set_boolean (result, is_met);
}

static void
evaluate_has (CptEvaluation *self,
              const CptNode *node,
              CptResult     *result)
{
  g_auto(CptResult) set = { 0 };
  g_auto(CptResult) member = { 0 };
  gboolean is_met = evaluate_two (self, node, &set, &member) &&
                    g_strv_contains ((const char *const *) set.texts, member.text);

  set_boolean (result, is_met);
}

static void
evaluate_count (CptEvaluation *self,
                const CptNode *node,
                CptResult     *result)
{
  g_auto(CptResult) set = { 0 };
  CptExact count;

  evaluate_argument (self, node, 0, &set);
  count = cpt_exact_new (set.texts == NULL ? 0 : g_strv_length (set.texts), 0);
  cpt_result_set_number (result, &count);
}

static void
evaluate_part (CptEvaluation *self,
               const CptNode *node,
               CptResult     *result)
{
  g_auto(CptResult) value = { 0 };
  g_auto(CptResult) count = { 0 };
  glong length;
  gint64 n;

  if (!evaluate_two (self, node, &value, &count) || !get_small (&count, MAX_TEXT, &n))
    return;

  length = g_utf8_strlen (value.text, -1);
  n = CLAMP (n, 0, length);
  if (strcmp (node->function->name, "left") == 0)
    cpt_result_take_text (result, g_utf8_substring (value.text, 0, (glong) n));
  else
    cpt_result_take_text (result, g_utf8_substring (value.text, length - (glong) n, length));
}

static void
evaluate_replace (CptEvaluation *self,
                  const CptNode *node,
                  CptResult     *result)
{
  g_auto(CptResult) value = { 0 };
  g_auto(CptResult) old = { 0 };
  g_auto(CptResult) new = { 0 };
  g_autoptr(GString) text = NULL;

  if (!evaluate_argument (self, node, 0, &value))
    return;
  text = g_string_new (value.text);
  evaluate_argument (self, node, 2, &new);
  if (evaluate_argument (self, node, 1, &old))
    g_string_replace (text, old.text, new.text == NULL ? "" : new.text, 0);
  if (g_utf8_strlen (text->str, -1) <= MAX_TEXT)
    cpt_result_take_text (result, g_string_free (g_steal_pointer (&text), FALSE));
}

/* Dates */

static void
evaluate_today (CptEvaluation *self,
                const CptNode *node,
                CptResult     *result)
{
  cpt_result_set_integer (result, CPT_EXPRESSION_DATE, self->host->today);
}

static void
evaluate_date_of_text (CptEvaluation *self,
                       const CptNode *node,
                       CptResult     *result)
{
  g_auto(CptResult) text = { 0 };
  gint64 date;

  if (evaluate_argument (self, node, 0, &text) && cpt_date_parse_iso (text.text, &date))
    cpt_result_set_integer (result, CPT_EXPRESSION_DATE, date);
}

static void
evaluate_date_of_time (CptEvaluation *self,
                       const CptNode *node,
                       CptResult     *result)
{
  if (evaluate_argument (self, node, 0, result))
    cpt_result_convert (self, result, CPT_EXPRESSION_DATE);
}

/* Of year, month and day */
static void
evaluate_date (CptEvaluation *self,
               const CptNode *node,
               CptResult     *result)
{
  gint64 parts[3];

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_auto(CptResult) part = { 0 };

      if (!evaluate_argument (self, node, i, &part) || !get_small (&part, 9999, &parts[i]))
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

  if (!evaluate_argument (self, node, index, &value))
    return FALSE;
  cpt_result_convert (self, &value, CPT_EXPRESSION_DATE);
  *date = value.integer;

  return TRUE;
}

static void
evaluate_date_part (CptEvaluation *self,
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

static void
evaluate_days_between (CptEvaluation *self,
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
static void
evaluate_days_apart (CptEvaluation *self,
                     const CptNode *node,
                     CptResult     *result)
{
  evaluate_days_between (self, node, result);
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

static void
evaluate_months_between (CptEvaluation *self,
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

static void
evaluate_add_days (CptEvaluation *self,
                   const CptNode *node,
                   CptResult     *result)
{
  gboolean is_first = ((const CptNode *) g_ptr_array_index (node->children, 0))->type != CPT_EXPRESSION_NUMBER;
  g_auto(CptResult) days = { 0 };
  gint64 date, n;

  if (!evaluate_day_of (self, node, is_first ? 0 : 1, &date) || !evaluate_argument (self, node, is_first ? 1 : 0, &days) ||
      !get_small (&days, CPT_DATE_MAX - CPT_DATE_MIN, &n))
    return;

  set_date (result, node->function->name[0] == '-' ? date - n : date + n);
}

static void
evaluate_add_months (CptEvaluation *self,
                     const CptNode *node,
                     CptResult     *result)
{
  g_auto(CptResult) months = { 0 };
  gint64 date, n;

  if (!evaluate_day_of (self, node, 0, &date) || !evaluate_argument (self, node, 1, &months) ||
      !get_small (&months, MAX_MONTHS / 12, &n))
    return;

  set_date (result, cpt_date_add_months (date, (int) n * (strcmp (node->function->name, "add_years") == 0 ? 12 : 1)));
}

static void
evaluate_month_bound (CptEvaluation *self,
                      const CptNode *node,
                      CptResult     *result)
{
  gint64 date, start;

  if (!evaluate_day_of (self, node, 0, &date))
    return;

  start = cpt_bucket_get_start (CPT_BUCKET_MONTH, date);
  set_date (result, strcmp (node->function->name, "start_of_month") == 0 ? start : cpt_bucket_add (CPT_BUCKET_MONTH, start, 1) - 1);
}

/* Rows of one name stand together; the first that fits is taken. */
static const CptFunction functions[] = {
  { "or", "bb", 'b', TRUE, evaluate_or },
  { "and", "bb", 'b', TRUE, evaluate_and },
  { "not", "b", 'b', TRUE, evaluate_not },
  { "=", "vv", 'b', TRUE, evaluate_comparison },
  { "!=", "vv", 'b', TRUE, evaluate_comparison },
  { "<", "oo", 'b', TRUE, evaluate_comparison },
  { "<=", "oo", 'b', TRUE, evaluate_comparison },
  { ">", "oo", 'b', TRUE, evaluate_comparison },
  { ">=", "oo", 'b', TRUE, evaluate_comparison },
  { "in", "vv+", 'b', TRUE, evaluate_in },
  { "&", "xx", 't', TRUE, evaluate_concat },
  { "+", "nn", 'n', TRUE, evaluate_add },
  { "+", "mm", 'M', TRUE, evaluate_add },
  { "+", "dn", 'd', TRUE, evaluate_add_days },
  { "+", "nd", 'd', TRUE, evaluate_add_days },
  { "-", "nn", 'n', TRUE, evaluate_subtract },
  { "-", "mm", 'M', TRUE, evaluate_subtract },
  { "-", "dn", 'd', TRUE, evaluate_add_days },
  { "-", "ee", 'n', TRUE, evaluate_days_apart },
  { "*", "nn", 'n', TRUE, evaluate_multiply },
  { "*", "nM", 'M', TRUE, evaluate_multiply },
  { "*", "Mn", 'M', TRUE, evaluate_multiply },
  { "/", "nn", 'n', TRUE, evaluate_divide },
  { "/", "MM", 'n', TRUE, evaluate_divide },
  { "/", "Mn", 'M', TRUE, evaluate_divide },
  { "negative", "n", 'n', TRUE, evaluate_negate },
  { "negative", "M", 'M', TRUE, evaluate_negate },
  { "%", "n", 'n', TRUE, evaluate_percent },

  { "if", "bvv?", 'v', FALSE, evaluate_if },
  { "if_empty", "vv+", 'v', FALSE, evaluate_if_empty },
  { "is_empty", "a", 'b', FALSE, evaluate_is_empty },
  { "abs", "m", '1', FALSE, evaluate_absolute },
  { "round", "mn?", '1', FALSE, evaluate_round },
  { "floor", "m", '1', FALSE, evaluate_floor },
  { "ceil", "m", '1', FALSE, evaluate_ceiling },
  { "mod", "nn", 'n', FALSE, evaluate_modulo },
  { "min", "oo+", 'v', FALSE, evaluate_extreme },
  { "max", "oo+", 'v', FALSE, evaluate_extreme },
  { "money", "nt", 'M', FALSE, evaluate_money },
  { "number", "m", 'n', FALSE, evaluate_number },
  { "number", "t", 'n', FALSE, evaluate_number },
  { "count", "s", 'n', FALSE, evaluate_count },
  { "text", "x", 't', FALSE, evaluate_concat },
  { "concat", "x+", 't', FALSE, evaluate_concat },
  { "lower", "t", 't', FALSE, evaluate_lower },
  { "upper", "t", 't', FALSE, evaluate_upper },
  { "trim", "t", 't', FALSE, evaluate_trim },
  { "length", "t", 'n', FALSE, evaluate_length },
  { "contains", "tt", 'b', FALSE, evaluate_match },
  { "contains", "st", 'b', FALSE, evaluate_has },
  { "starts_with", "tt", 'b', FALSE, evaluate_match },
  { "ends_with", "tt", 'b', FALSE, evaluate_match },
  { "left", "tn", 't', FALSE, evaluate_part },
  { "right", "tn", 't', FALSE, evaluate_part },
  { "replace", "ttt", 't', FALSE, evaluate_replace },
  { "today", "", 'd', FALSE, evaluate_today },
  { "date", "e", 'd', FALSE, evaluate_date_of_time },
  { "date", "t", 'd', FALSE, evaluate_date_of_text },
  { "date", "nnn", 'd', FALSE, evaluate_date },
  { "year", "e", 'n', FALSE, evaluate_date_part },
  { "quarter", "e", 'n', FALSE, evaluate_date_part },
  { "month", "e", 'n', FALSE, evaluate_date_part },
  { "day", "e", 'n', FALSE, evaluate_date_part },
  { "weekday", "e", 'n', FALSE, evaluate_date_part },
  { "days_between", "ee", 'n', FALSE, evaluate_days_between },
  { "months_between", "ee", 'n', FALSE, evaluate_months_between },
  { "add_days", "en", 'd', FALSE, evaluate_add_days },
  { "add_months", "en", 'd', FALSE, evaluate_add_months },
  { "add_years", "en", 'd', FALSE, evaluate_add_months },
  { "start_of_month", "e", 'd', FALSE, evaluate_month_bound },
  { "end_of_month", "e", 'd', FALSE, evaluate_month_bound },
  { NULL },
};

const CptFunction *
cpt_function_find (const char *name,
                   gboolean    is_operator)
{
  for (guint i = 0; functions[i].name != NULL; i++)
    if (functions[i].is_operator == is_operator && strcmp (functions[i].name, name) == 0)
      return &functions[i];

  return NULL;
}

const char *
cpt_function_find_near (const char *name)
{
  const char *best = NULL;
  double best_distance = NEAR_DISTANCE;

  for (guint i = 0; functions[i].name != NULL; i++)
    {
      double distance = functions[i].is_operator ? 1 : cpt_text_get_distance (name, functions[i].name);

      if (distance < best_distance)
        {
          best_distance = distance;
          best = functions[i].name;
        }
    }

  return best;
}
