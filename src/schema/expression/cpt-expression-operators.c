/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The operators of formulas, from the weakest to the strongest: see the grammar
 * in cpt-expression.c. */

#include "config.h"

#include "cpt-expression-parser-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"

/* What a bracket adds to the depth of the parser */
#define STEPS_PER_LEVEL 2

/* Bytes of a list in a message */
#define MAX_NAMES 200

/* Choices by their names: what is spelt wrong would never be met. */
static gboolean
check_choice (CptParser      *self,
              const CptNode  *field,
              const CptNode  *literal,
              GError        **error)
{
  g_autoptr(GString) names = NULL;
  const CptField *declared;

  if (field->kind != CPT_NODE_FIELD || literal->kind != CPT_NODE_LITERAL || literal->type != CPT_EXPRESSION_TEXT)
    return TRUE;
  declared = cpt_path_get_field (&field->path);
  if (declared->choices == NULL || cpt_field_find_choice (declared, literal->literal.text) != NULL)
    return TRUE;

  self->at = literal->position;
  names = g_string_new (NULL);
  for (const CptChoice *choice = declared->choices; choice->name != NULL && names->len < MAX_NAMES; choice++)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", choice->name);
  g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE,
               /* Translators: the name of a field, what was written, then the names of choices */
               _("“%s” has no choice “%s”; there are: %s"), cpt_field_get_label (declared), literal->literal.text, names->str);

  return FALSE;
}

static gboolean
check_choices (CptParser      *self,
               const CptNode  *call,
               GError        **error)
{
  const CptNode *first = call->children->pdata[0];

  for (guint i = 1; i < call->children->len; i++)
    if (!check_choice (self, first, call->children->pdata[i], error) ||
        !check_choice (self, call->children->pdata[i], first, error))
      return FALSE;

  return TRUE;
}

/* Takes @a and @b (nullable) */
static CptNode *
create_operation (CptParser   *self,
                  const char  *name,
                  guint        position,
                  CptNode     *a,
                  CptNode     *b,
                  GError     **error)
{
  g_autoptr(CptNode) first = a;
  g_autoptr(CptNode) second = b;
  g_autoptr(CptNode) node = cpt_parser_create_node (self, CPT_NODE_CALL, position, error);

  if (node == NULL)
    return NULL;

  node->function = cpt_function_find (name, TRUE);
  g_ptr_array_add (node->children, g_steal_pointer (&first));
  if (second != NULL)
    g_ptr_array_add (node->children, g_steal_pointer (&second));
  if (!cpt_node_check_call (node, &self->at, error))
    return NULL;
  if (node->children->len > 1 && (name[0] == '=' || name[0] == '!') && !check_choices (self, node, error))
    return NULL;

  return g_steal_pointer (&node);
}

/* Operators */

static gboolean
enter (CptParser  *self,
       GError    **error)
{
  if (++self->depth <= CPT_EXPRESSION_MAX_DEPTH * STEPS_PER_LEVEL)
    return TRUE;

  self->at = (guint) self->scanner.start;
  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
               ngettext ("brackets stand at most %d deep in each other",
                         "brackets stand at most %d deep in each other", CPT_EXPRESSION_MAX_DEPTH),
               CPT_EXPRESSION_MAX_DEPTH);

  return FALSE;
}

static CptNode *
parse_signed (CptParser  *self,
              GError    **error)
{
  guint position = (guint) self->scanner.start;
  CptNode *node = NULL;

  if (!enter (self, error))
    return NULL;

  if (cpt_parser_is_sign (self, "-"))
    {
      node = cpt_parser_next (self, error) ? parse_signed (self, error) : NULL;
      if (node != NULL)
        node = create_operation (self, "negative", position, node, NULL, error);
    }
  else
    node = cpt_parser_parse_part (self, error);

  while (node != NULL && cpt_parser_is_sign (self, "%"))
    {
      node = create_operation (self, "%", position, node, NULL, error);
      if (node != NULL && !cpt_parser_next (self, error))
        g_clear_pointer (&node, cpt_node_free);
    }
  self->depth--;

  return node;
}

typedef CptNode *(*ParseFunc) (CptParser *self,
                               GError **error);

/* @inner { one of @signs @inner } */
static CptNode *
parse_chain (CptParser          *self,
             ParseFunc           inner,
             CptTokenKind        kind,
             const char *const  *signs,
             GError            **error)
{
  CptNode *node = inner (self, error);

  while (node != NULL && self->scanner.kind == kind && g_strv_contains (signs, self->scanner.value->str))
    {
      g_autofree char *sign = g_strdup (self->scanner.value->str);
      guint position = (guint) self->scanner.start;
      CptNode *second = cpt_parser_next (self, error) ? inner (self, error) : NULL;

      if (second == NULL)
        g_clear_pointer (&node, cpt_node_free);
      else
        node = create_operation (self, sign, position, node, second, error);
    }

  return node;
}

static CptNode *
parse_product (CptParser  *self,
               GError    **error)
{
  static const char *const signs[] = { "*", "/", NULL };

  return parse_chain (self, parse_signed, CPT_TOKEN_SIGN, signs, error);
}

static CptNode *
parse_sum (CptParser  *self,
           GError    **error)
{
  static const char *const signs[] = { "+", "-", NULL };

  return parse_chain (self, parse_product, CPT_TOKEN_SIGN, signs, error);
}

static CptNode *
parse_joined (CptParser  *self,
              GError    **error)
{
  static const char *const signs[] = { "&", NULL };

  return parse_chain (self, parse_sum, CPT_TOKEN_SIGN, signs, error);
}

/* "in" and its list; takes @node */
static CptNode *
parse_in (CptParser  *self,
          CptNode    *node,
          GError    **error)
{
  g_autoptr(CptNode) first = node;
  g_autoptr(CptNode) call = cpt_parser_create_node (self, CPT_NODE_CALL, (guint) self->scanner.start, error);

  if (call == NULL || !cpt_parser_next (self, error) || !cpt_parser_expect (self, "(", error))
    return NULL;

  call->function = cpt_function_find ("in", TRUE);
  g_ptr_array_add (call->children, g_steal_pointer (&first));
  do
    {
      CptNode *member;

      if (call->children->len > 1 && !cpt_parser_next (self, error))
        return NULL;
      member = parse_joined (self, error);
      if (member == NULL)
        return NULL;
      g_ptr_array_add (call->children, member);
    }
  while (cpt_parser_is_sign (self, ","));
  if (!cpt_parser_expect (self, ")", error) || !cpt_node_check_call (call, &self->at, error) ||
      !check_choices (self, call, error))
    return NULL;

  return g_steal_pointer (&call);
}

static CptNode *
parse_compared (CptParser  *self,
                GError    **error)
{
  static const char *const signs[] = { "=", "!=", "<", "<=", ">", ">=", NULL };
  CptNode *node = parse_joined (self, error);
  g_autofree char *sign = NULL;
  guint position = (guint) self->scanner.start;
  CptNode *second;

  if (node != NULL && cpt_parser_is_word (self, "in"))
    return parse_in (self, node, error);
  if (node == NULL || self->scanner.kind != CPT_TOKEN_SIGN || !g_strv_contains (signs, self->scanner.value->str))
    return node;

  sign = g_strdup (self->scanner.value->str);
  second = cpt_parser_next (self, error) ? parse_joined (self, error) : NULL;
  if (second == NULL)
    {
      cpt_node_free (node);
      return NULL;
    }

  return create_operation (self, sign, position, node, second, error);
}

static CptNode *
parse_negated (CptParser  *self,
               GError    **error)
{
  guint position = (guint) self->scanner.start;
  CptNode *node = NULL;

  if (!enter (self, error))
    return NULL;

  if (!cpt_parser_is_word (self, "not"))
    node = parse_compared (self, error);
  else if (cpt_parser_next (self, error))
    {
      node = parse_negated (self, error);
      if (node != NULL)
        node = create_operation (self, "not", position, node, NULL, error);
    }
  self->depth--;

  return node;
}

static CptNode *
parse_both (CptParser  *self,
            GError    **error)
{
  static const char *const words[] = { "and", NULL };

  return parse_chain (self, parse_negated, CPT_TOKEN_NAME, words, error);
}

CptNode *
cpt_parser_parse_either (CptParser  *self,
                         GError    **error)
{
  static const char *const words[] = { "or", NULL };

  return parse_chain (self, parse_both, CPT_TOKEN_NAME, words, error);
}
