/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What formulas can call: one row of the table each, operators too. Functions
 * get arguments of the types that the table asks for, or nothing. */

#include "config.h"

#include "cpt-expression-call-private.h"

#include <string.h>

#include "cpt-text.h"

#define NEAR_DISTANCE 0.2

gboolean
cpt_call_evaluate (CptEvaluation *self,
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
gboolean
cpt_call_evaluate_two (CptEvaluation *self,
                       const CptNode *node,
                       CptResult     *a,
                       CptResult     *b)
{
  return cpt_call_evaluate (self, node, 0, a) && cpt_call_evaluate (self, node, 1, b);
}

static gboolean
is_true (CptEvaluation *self,
         const CptNode *node,
         guint          index)
{
  g_auto(CptResult) value = { 0 };

  return cpt_call_evaluate (self, node, index, &value) && value.integer != 0;
}

void
cpt_call_set_boolean (CptResult *result,
                      gboolean   boolean)
{
  cpt_result_set_integer (result, CPT_EXPRESSION_BOOLEAN, boolean);
}

/* A small whole number: of days, digits, characters */
gboolean
cpt_call_get_small (const CptResult *value,
                    gint64           limit,
                    gint64          *integer)
{
  CptExact whole = cpt_exact_floor (&value->number);

  return cpt_exact_to_int (&whole, 0, integer) && *integer >= -limit && *integer <= limit;
}

/* Logic */

static void
evaluate_and (CptEvaluation *self,
              const CptNode *node,
              CptResult     *result)
{
  cpt_call_set_boolean (result, is_true (self, node, 0) && is_true (self, node, 1));
}

static void
evaluate_or (CptEvaluation *self,
             const CptNode *node,
             CptResult     *result)
{
  cpt_call_set_boolean (result, is_true (self, node, 0) || is_true (self, node, 1));
}

static void
evaluate_not (CptEvaluation *self,
              const CptNode *node,
              CptResult     *result)
{
  cpt_call_set_boolean (result, !is_true (self, node, 0));
}

static void
evaluate_if (CptEvaluation *self,
             const CptNode *node,
             CptResult     *result)
{
  cpt_call_evaluate (self, node, is_true (self, node, 0) ? 1 : 2, result);
  cpt_result_convert (self, result, node->type);
}

static void
evaluate_if_empty (CptEvaluation *self,
                   const CptNode *node,
                   CptResult     *result)
{
  guint i = 0;

  while (i < node->children->len && !cpt_call_evaluate (self, node, i, result))
    i++;
  cpt_result_convert (self, result, node->type);
}

static void
evaluate_is_empty (CptEvaluation *self,
                   const CptNode *node,
                   CptResult     *result)
{
  g_auto(CptResult) value = { 0 };

  cpt_call_set_boolean (result, !cpt_call_evaluate (self, node, 0, &value));
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

  if (!cpt_call_evaluate (self, node, 0, &a) || !cpt_call_evaluate (self, node, other, &b))
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

  cpt_call_set_boolean (result, is_met);
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
  cpt_call_set_boolean (result, is_found);
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
  result->type = a->type == CPT_EXPRESSION_MONEY ? a->type : b->type;

  return TRUE;
}

typedef gboolean (*Arithmetic) (const CptExact *a,
                                const CptExact *b,
                                CptExact *result);

static void
calculate (CptEvaluation *self,
           const CptNode *node,
           Arithmetic     arithmetic,
           CptResult     *result)
{
  g_auto(CptResult) a = { 0 };
  g_auto(CptResult) b = { 0 };

  if (!cpt_call_evaluate_two (self, node, &a, &b) || !join_currencies (&a, &b, result) ||
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

static void
evaluate_modulo (CptEvaluation *self,
                 const CptNode *node,
                 CptResult     *result)
{
  calculate (self, node, cpt_exact_modulo, result);
}

static void
evaluate_negate (CptEvaluation *self,
                 const CptNode *node,
                 CptResult     *result)
{
  if (cpt_call_evaluate (self, node, 0, result))
    result->number = cpt_exact_negate (&result->number);
}

static void
evaluate_absolute (CptEvaluation *self,
                   const CptNode *node,
                   CptResult     *result)
{
  if (cpt_call_evaluate (self, node, 0, result) && result->number.mantissa < 0)
    result->number = cpt_exact_negate (&result->number);
}

static void
evaluate_percent (CptEvaluation *self,
                  const CptNode *node,
                  CptResult     *result)
{
  CptExact hundredth = cpt_exact_new (1, 2);

  if (cpt_call_evaluate (self, node, 0, result) && !cpt_exact_multiply (&result->number, &hundredth, &result->number))
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
      (!cpt_call_evaluate (self, node, 1, &digits) || !cpt_call_get_small (&digits, CPT_EXACT_MAX_SCALE, &n_digits)))
    return;
  if (cpt_call_evaluate (self, node, 0, result))
    result->number = cpt_exact_round (&result->number, (guint) MAX (n_digits, 0));
}

static void
evaluate_floor (CptEvaluation *self,
                const CptNode *node,
                CptResult     *result)
{
  if (cpt_call_evaluate (self, node, 0, result))
    result->number = cpt_exact_floor (&result->number);
}

static void
evaluate_ceiling (CptEvaluation *self,
                  const CptNode *node,
                  CptResult     *result)
{
  if (!cpt_call_evaluate (self, node, 0, result))
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

      if (!cpt_call_evaluate (self, node, i, &value))
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

  if (!cpt_call_evaluate_two (self, node, &number, &currency) || strlen (currency.text) != 3 ||
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

  if (!cpt_call_evaluate (self, node, 0, &value))
    return;
  if (value.type != CPT_EXPRESSION_TEXT)
    cpt_result_set_number (result, &value.number);
  else if (cpt_exact_parse (g_strstrip (value.text), &number))
    cpt_result_set_number (result, &number);
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
  { "&", "xx", 't', TRUE, cpt_call_concat },
  { "+", "nn", 'n', TRUE, evaluate_add },
  { "+", "mm", 'M', TRUE, evaluate_add },
  { "+", "dn", 'd', TRUE, cpt_call_add_days },
  { "+", "nd", 'd', TRUE, cpt_call_add_days },
  { "-", "nn", 'n', TRUE, evaluate_subtract },
  { "-", "mm", 'M', TRUE, evaluate_subtract },
  { "-", "dn", 'd', TRUE, cpt_call_add_days },
  { "-", "ee", 'n', TRUE, cpt_call_days_apart },
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
  { "count", "s", 'n', FALSE, cpt_call_count },
  { "text", "x", 't', FALSE, cpt_call_concat },
  { "concat", "x+", 't', FALSE, cpt_call_concat },
  { "lower", "t", 't', FALSE, cpt_call_lower },
  { "upper", "t", 't', FALSE, cpt_call_upper },
  { "trim", "t", 't', FALSE, cpt_call_trim },
  { "length", "t", 'n', FALSE, cpt_call_length },
  { "contains", "tt", 'b', FALSE, cpt_call_match },
  { "contains", "st", 'b', FALSE, cpt_call_has },
  { "starts_with", "tt", 'b', FALSE, cpt_call_match },
  { "ends_with", "tt", 'b', FALSE, cpt_call_match },
  { "left", "tn", 't', FALSE, cpt_call_part },
  { "right", "tn", 't', FALSE, cpt_call_part },
  { "replace", "ttt", 't', FALSE, cpt_call_replace },
  { "today", "", 'd', FALSE, cpt_call_today },
  { "date", "e", 'd', FALSE, cpt_call_date_of_time },
  { "date", "t", 'd', FALSE, cpt_call_date_of_text },
  { "date", "nnn", 'd', FALSE, cpt_call_date },
  { "year", "e", 'n', FALSE, cpt_call_date_part },
  { "quarter", "e", 'n', FALSE, cpt_call_date_part },
  { "month", "e", 'n', FALSE, cpt_call_date_part },
  { "day", "e", 'n', FALSE, cpt_call_date_part },
  { "weekday", "e", 'n', FALSE, cpt_call_date_part },
  { "days_between", "ee", 'n', FALSE, cpt_call_days_between },
  { "months_between", "ee", 'n', FALSE, cpt_call_months_between },
  { "add_days", "en", 'd', FALSE, cpt_call_add_days },
  { "add_months", "en", 'd', FALSE, cpt_call_add_months },
  { "add_years", "en", 'd', FALSE, cpt_call_add_months },
  { "start_of_month", "e", 'd', FALSE, cpt_call_month_bound },
  { "end_of_month", "e", 'd', FALSE, cpt_call_month_bound },
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
