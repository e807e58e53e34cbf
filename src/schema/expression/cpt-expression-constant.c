/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a formula says of itself, whatever the record: a division by what is
 * always zero, and numbers that are too large by themselves. Such a formula
 * would give nothing for every record, so it is refused while it is written. */

#include "config.h"

#include "cpt-expression-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"

static gboolean
is_operator (const CptNode *node,
             const char    *name)
{
  return node->kind == CPT_NODE_CALL && node->function->is_operator && strcmp (node->function->name, name) == 0;
}

/* Numbers, and what operators make of them */
static gboolean
is_constant (const CptNode *node)
{
  if (node->type != CPT_EXPRESSION_NUMBER || (node->kind != CPT_NODE_LITERAL && node->kind != CPT_NODE_CALL))
    return FALSE;
  if (node->kind == CPT_NODE_CALL && !node->function->is_operator)
    return FALSE;

  for (guint i = 0; i < node->children->len; i++)
    if (!is_constant (g_ptr_array_index (node->children, i)))
      return FALSE;

  return TRUE;
}

/* FALSE when it has no value */
static gboolean
get_constant (const CptNode *node,
              CptExact      *number)
{
  CptExpressionHost host = { .currency = "" };
  CptEvaluation evaluation = { .host = &host };
  g_auto(CptResult) result = { 0 };

  cpt_node_evaluate (&evaluation, node, &result);
  *number = result.number;

  return result.type == CPT_EXPRESSION_NUMBER;
}

/* Whether both are written alike */
static gboolean
is_same (const CptNode *a,
         const CptNode *b)
{
  if (a->kind != b->kind || a->type != b->type || a->children->len != b->children->len)
    return FALSE;
  if (a->kind == CPT_NODE_CALL ? a->function != b->function : a->kind == CPT_NODE_AGGREGATE)
    return FALSE;
  if (a->kind == CPT_NODE_LITERAL)
    return a->type == CPT_EXPRESSION_NUMBER && cpt_exact_compare (&a->literal.number, &b->literal.number) == 0;

  for (guint i = 0; a->kind == CPT_NODE_FIELD && i < MAX (a->path.n_steps, b->path.n_steps); i++)
    if (a->path.n_steps != b->path.n_steps || a->path.fields[i] != b->path.fields[i])
      return FALSE;
  for (guint i = 0; i < a->children->len; i++)
    if (!is_same (g_ptr_array_index (a->children, i), g_ptr_array_index (b->children, i)))
      return FALSE;

  return TRUE;
}

static gboolean
is_zero (const CptNode *node)
{
  CptExact number;

  if (is_constant (node))
    return get_constant (node, &number) && number.mantissa == 0;
  if (is_operator (node, "-"))
    return is_same (node->children->pdata[0], node->children->pdata[1]);
  if (is_operator (node, "*"))
    return is_zero (node->children->pdata[0]) || is_zero (node->children->pdata[1]);

  return (is_operator (node, "negative") || is_operator (node, "%")) && is_zero (node->children->pdata[0]);
}

gboolean
cpt_node_check_constant (const CptNode  *self,
                         guint          *at,
                         GError        **error)
{
  gboolean divides = is_operator (self, "/") || (self->kind == CPT_NODE_CALL && strcmp (self->function->name, "mod") == 0);
  CptExact number;

  if (divides && is_zero (self->children->pdata[1]))
    {
      *at = ((const CptNode *) self->children->pdata[1])->position;
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("this is always zero: nothing can be divided by it"));
      return FALSE;
    }
  if (self->kind == CPT_NODE_CALL && is_constant (self) && !get_constant (self, &number))
    {
      *at = self->position;
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("this number is too large"));
      return FALSE;
    }

  return TRUE;
}
