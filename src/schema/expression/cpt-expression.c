/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading a formula.
 *
 *   either   := both { "or" both }
 *   both     := negated { "and" negated }
 *   negated  := "not" negated | compared
 *   compared := joined [ ("=" | "!=" | "<" | "<=" | ">" | ">=") joined | "in" "(" list ")" ]
 *   joined   := sum { "&" sum }
 *   sum      := product { ("+" | "-") product }
 *   product  := signed { ("*" | "/") signed }
 *   signed   := "-" signed | part { "%" }
 *   part     := number | text | true | false | empty | path | call | "(" either ")"
 *
 * Each part has its type as soon as it is read. */

#include "config.h"

#include "cpt-expression-parser-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"

static const struct
{
  const char *name;
  CptLinkedKind kind;
} linked_kinds[] = {
  { "count", CPT_LINKED_COUNT },
  { "sum", CPT_LINKED_SUM },
  { "avg", CPT_LINKED_AVG },
  { "min", CPT_LINKED_MIN },
  { "max", CPT_LINKED_MAX },
};

gpointer
cpt_parser_fail (CptParser   *self,
                 GError     **error,
                 const char  *message)
{
  self->at = (guint) self->scanner.start;
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, message);

  return NULL;
}

/* Moves on; when that fails the mistake is where the scanner stands */
gboolean
cpt_parser_next (CptParser  *self,
                 GError    **error)
{
  if (cpt_scanner_next (&self->scanner, error))
    return TRUE;

  self->at = (guint) self->scanner.start;

  return FALSE;
}

gboolean
cpt_parser_is_sign (CptParser  *self,
                    const char *sign)
{
  return cpt_scanner_is (&self->scanner, CPT_TOKEN_SIGN, sign);
}

gboolean
cpt_parser_is_word (CptParser  *self,
                    const char *word)
{
  return cpt_scanner_is (&self->scanner, CPT_TOKEN_NAME, word);
}

gboolean
cpt_parser_expect (CptParser   *self,
                   const char  *sign,
                   GError     **error)
{
  g_autofree char *message = NULL;

  if (cpt_parser_is_sign (self, sign))
    return cpt_parser_next (self, error);

  /* Translators: a bracket or a comma */
  message = g_strdup_printf (_("“%s” is missing here"), sign);
  cpt_parser_fail (self, error, message);

  return FALSE;
}

CptNode *
cpt_parser_create_node (CptParser    *self,
                        CptNodeKind   kind,
                        guint         position,
                        GError      **error)
{
  if (++self->n_nodes <= CPT_EXPRESSION_MAX_NODES)
    return cpt_node_new (kind, position);

  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
               ngettext ("a formula has at most %d part",
                         "a formula has at most %d parts", CPT_EXPRESSION_MAX_NODES),
               CPT_EXPRESSION_MAX_NODES);

  return NULL;
}

/* Literals and fields */

static CptNode *
parse_number (CptParser  *self,
              GError    **error)
{
  g_autoptr(CptNode) node = cpt_parser_create_node (self, CPT_NODE_LITERAL, (guint) self->scanner.start, error);

  if (node == NULL)
    return NULL;
  if (!cpt_exact_parse (self->scanner.value->str, &node->literal.number))
    return cpt_parser_fail (self, error, _("this is not a number; write 1234.5"));

  node->type = CPT_EXPRESSION_NUMBER;
  if (self->scanner.currency[0] != '\0')
    {
      node->type = CPT_EXPRESSION_MONEY;
      memcpy (node->literal.currency, self->scanner.currency, sizeof node->literal.currency);
    }
  node->literal.type = node->type;

  return cpt_parser_next (self, error) ? g_steal_pointer (&node) : NULL;
}

static CptNode *
parse_text (CptParser  *self,
            GError    **error)
{
  g_autoptr(CptNode) node = cpt_parser_create_node (self, CPT_NODE_LITERAL, (guint) self->scanner.start, error);

  if (node == NULL)
    return NULL;

  node->type = CPT_EXPRESSION_TEXT;
  cpt_result_take_text (&node->literal, g_strdup (self->scanner.value->str));

  return cpt_parser_next (self, error) ? g_steal_pointer (&node) : NULL;
}

static CptNode *
parse_field (CptParser   *self,
             const char  *path,
             guint        position,
             GError     **error)
{
  g_autoptr(CptNode) node = cpt_parser_create_node (self, CPT_NODE_FIELD, position, error);

  if (node == NULL)
    return NULL;
  if (!cpt_path_parse (self->schema, self->entity, path, &node->path, error))
    {
      self->at = position;
      return NULL;
    }
  node->type = cpt_type_of_field (cpt_path_get_field (&node->path));

  return g_steal_pointer (&node);
}

/* Calls */

static CptNode *
parse_arguments (CptParser  *self,
                 CptNode    *call,
                 GError    **error)
{
  g_autoptr(CptNode) node = call;

  while (!cpt_parser_is_sign (self, ")"))
    {
      CptNode *argument;

      if (node->children->len > 0 && !cpt_parser_expect (self, ",", error))
        return NULL;
      argument = cpt_parser_parse_either (self, error);
      if (argument == NULL)
        return NULL;
      g_ptr_array_add (node->children, argument);
    }
  if (!cpt_parser_next (self, error) || !cpt_node_check_call (node, &self->at, error))
    return NULL;

  return g_steal_pointer (&node);
}

static gboolean
find_linked_kind (const char    *name,
                  CptLinkedKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (linked_kinds); i++)
    if (strcmp (linked_kinds[i].name, name) == 0)
      {
        *kind = linked_kinds[i].kind;
        return TRUE;
      }

  return FALSE;
}

/* Whether the name is that of linked records: "deals.amount", "deals@contact" */
static gboolean
parse_hop (CptParser   *self,
           const char  *name,
           CptHop      *hop,
           char       **path,
           GError     **error)
{
  g_auto(GStrv) parts = g_strsplit (name, ".", 2);
  char *by = strchr (parts[0], '@');

  if (by != NULL)
    *by++ = '\0';
  *path = g_strdup (parts[1]);

  return cpt_hop_parse (self->schema, self->entity, parts[0], by, hop, error);
}

static gboolean
check_linked_value (CptParser  *self,
                    CptNode    *node,
                    GError    **error)
{
  const CptNode *value = node->children->len > 0 ? node->children->pdata[0] : NULL;
  gboolean is_number;

  node->type = CPT_EXPRESSION_NUMBER;
  if (node->linked == CPT_LINKED_COUNT)
    return TRUE;

  self->at = node->position;
  if (value == NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("say what of the linked records: sum(deals.amount)"));
      return FALSE;
    }
  is_number = value->type == CPT_EXPRESSION_NUMBER || value->type == CPT_EXPRESSION_MONEY;
  node->type = value->type;
  if (is_number)
    return TRUE;
  if ((node->linked == CPT_LINKED_SUM || node->linked == CPT_LINKED_AVG) || value->type == CPT_EXPRESSION_SET ||
      value->type == CPT_EXPRESSION_BOOLEAN || value->type == CPT_EXPRESSION_RECORD)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("this can’t be worked out of: %s"), cpt_type_get_label (value->type));
      return FALSE;
    }

  return TRUE;
}

/* "where" and what the records must be */
static gboolean
parse_where (CptParser  *self,
             CptNode    *node,
             GError    **error)
{
  if (!cpt_parser_is_word (self, "where"))
    return TRUE;
  if (!cpt_parser_next (self, error))
    return FALSE;

  node->where = cpt_parser_parse_either (self, error);
  if (node->where == NULL)
    return FALSE;
  if (node->where->type == CPT_EXPRESSION_BOOLEAN)
    return TRUE;

  self->at = node->where->position;
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("a condition must stand behind “where”"));

  return FALSE;
}

/* What is inside the brackets belongs to the linked records. */
static gboolean
parse_linked_content (CptParser   *self,
                      CptNode     *node,
                      const char  *path,
                      GError     **error)
{
  CptNode *value = NULL;

  if (path != NULL)
    {
      value = parse_field (self, path, (guint) self->scanner.start, error);
      if (value == NULL)
        return FALSE;
      g_ptr_array_add (node->children, value);
    }
  if (!cpt_parser_next (self, error))
    return FALSE;
  if (path == NULL && cpt_parser_is_sign (self, ","))
    {
      if (!cpt_parser_next (self, error))
        return FALSE;
      value = cpt_parser_parse_either (self, error);
      if (value == NULL)
        return FALSE;
      g_ptr_array_add (node->children, value);
    }

  return parse_where (self, node, error) && cpt_parser_expect (self, ")", error);
}

static CptNode *
parse_linked (CptParser      *self,
              CptLinkedKind   kind,
              const CptHop   *hop,
              const char     *path,
              guint           position,
              GError        **error)
{
  g_autoptr(CptNode) node = cpt_parser_create_node (self, CPT_NODE_AGGREGATE, position, error);
  const CptEntity *entity = self->entity;
  gboolean done;

  if (node == NULL)
    return NULL;
  if (self->is_linked)
    return cpt_parser_fail (self, error, _("linked records inside linked records can’t be counted"));

  node->linked = kind;
  node->hop = *hop;
  self->entity = hop->entity;
  self->is_linked = TRUE;
  done = parse_linked_content (self, node, path, error);
  self->entity = entity;
  self->is_linked = FALSE;
  if (!done || !check_linked_value (self, node, error))
    return NULL;

  return g_steal_pointer (&node);
}

/* Whether the name at which the scanner stands begins with that of a field */
static gboolean
is_field (CptParser *self)
{
  g_auto(GStrv) parts = g_strsplit (self->scanner.value->str, ".", 2);

  return cpt_entity_find_field (self->entity, parts[0]) != NULL;
}

static CptNode *
parse_call (CptParser   *self,
            const char  *name,
            guint        position,
            GError     **error)
{
  g_autofree char *path = NULL;
  g_autoptr(GError) hop_error = NULL;
  g_autoptr(CptNode) node = NULL;
  CptLinkedKind kind;
  CptHop hop;

  if (!cpt_parser_next (self, error))
    return NULL;

  if (find_linked_kind (name, &kind) && self->scanner.kind == CPT_TOKEN_NAME)
    {
      if (parse_hop (self, self->scanner.value->str, &hop, &path, &hop_error))
        return parse_linked (self, kind, &hop, path, position, error);
      if (cpt_function_find (name, FALSE) == NULL || (kind == CPT_LINKED_COUNT && !is_field (self)))
        return cpt_parser_fail (self, error, hop_error->message);
    }

  node = cpt_parser_create_node (self, CPT_NODE_CALL, position, error);
  if (node == NULL)
    return NULL;
  node->function = cpt_function_find (name, FALSE);
  if (node->function == NULL)
    {
      const char *near = cpt_function_find_near (name);

      self->at = position;
      if (near != NULL)
        g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("there is no function %s(); perhaps you mean %s()"), name, near);
      else
        g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("there is no function %s()"), name);
      return NULL;
    }

  return parse_arguments (self, g_steal_pointer (&node), error);
}

static CptNode *
parse_name (CptParser  *self,
            GError    **error)
{
  g_autofree char *name = g_strdup (self->scanner.value->str);
  guint position = (guint) self->scanner.start;
  g_autoptr(CptNode) node = NULL;

  if (!cpt_parser_next (self, error))
    return NULL;
  if (cpt_parser_is_sign (self, "("))
    return parse_call (self, name, position, error);
  if (strcmp (name, "true") != 0 && strcmp (name, "false") != 0 && strcmp (name, "empty") != 0)
    return parse_field (self, name, position, error);

  node = cpt_parser_create_node (self, CPT_NODE_LITERAL, position, error);
  if (node != NULL && strcmp (name, "empty") != 0)
    {
      cpt_result_set_integer (&node->literal, CPT_EXPRESSION_BOOLEAN, name[0] == 't');
      node->type = CPT_EXPRESSION_BOOLEAN;
    }

  return g_steal_pointer (&node);
}

CptNode *
cpt_parser_parse_part (CptParser  *self,
                       GError    **error)
{
  g_autoptr(CptNode) node = NULL;

  switch (self->scanner.kind)
    {
    case CPT_TOKEN_NUMBER:
      return parse_number (self, error);
    case CPT_TOKEN_TEXT:
      return parse_text (self, error);
    case CPT_TOKEN_NAME:
      return parse_name (self, error);
    case CPT_TOKEN_END:
      return cpt_parser_fail (self, error, _("something is missing at the end"));
    case CPT_TOKEN_SIGN:
    default:
      break;
    }

  if (!cpt_parser_is_sign (self, "("))
    return cpt_parser_fail (self, error, _("a field, a value or a function is expected here"));
  if (!cpt_parser_next (self, error))
    return NULL;
  node = cpt_parser_parse_either (self, error);
  if (node == NULL || !cpt_parser_expect (self, ")", error))
    return NULL;

  return g_steal_pointer (&node);
}

/* The whole of it */

static CptNode *
parse_all (CptParser  *self,
           GError    **error)
{
  g_autoptr(CptNode) node = cpt_parser_next (self, error) ? cpt_parser_parse_either (self, error) : NULL;

  if (node != NULL && self->scanner.kind != CPT_TOKEN_END)
    return cpt_parser_fail (self, error, _("the formula is over here, but something follows"));

  return g_steal_pointer (&node);
}

static CptNode *
parse (CptSchema        *schema,
       const CptEntity  *entity,
       const char       *text,
       guint            *position,
       GError          **error)
{
  CptParser parser = { .schema = schema, .entity = entity };
  GError *own_error = NULL;
  CptNode *node;

  cpt_scanner_init (&parser.scanner, text);
  node = parse_all (&parser, &own_error);
  cpt_scanner_clear (&parser.scanner);
  if (node != NULL)
    return node;

  *position = (guint) g_utf8_pointer_to_offset (text, text + parser.at);
  /* Translators: where in a formula, counted from 1, and what is wrong there */
  g_set_error (error, CPT_ERROR, own_error->code, _("Formula, character %u: %s"), *position + 1, own_error->message);
  g_error_free (own_error);

  return NULL;
}

CptExpression *
cpt_expression_parse (CptSchema        *schema,
                      const CptEntity  *entity,
                      const char       *text,
                      guint            *position,
                      GError          **error)
{
  CptExpression *self;
  guint ignored;
  CptNode *root;

  g_return_val_if_fail (schema != NULL && entity != NULL && text != NULL, NULL);

  if (position == NULL)
    position = &ignored;
  *position = 0;
  if (strlen (text) > CPT_EXPRESSION_MAX_BYTES)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
                   ngettext ("A formula has at most %d character.",
                             "A formula has at most %d characters.", CPT_EXPRESSION_MAX_BYTES),
                   CPT_EXPRESSION_MAX_BYTES);
      return NULL;
    }
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("A formula must be a text in UTF-8."));
      return NULL;
    }

  root = parse (schema, entity, text, position, error);
  if (root == NULL)
    return NULL;

  self = g_new0 (CptExpression, 1);
  g_atomic_ref_count_init (&self->count);
  self->entity = entity;
  self->root = root;

  return self;
}

CptExpression *
cpt_expression_ref (CptExpression *self)
{
  g_atomic_ref_count_inc (&self->count);

  return self;
}

void
cpt_expression_unref (CptExpression *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;

  cpt_node_free (self->root);
  g_free (self);
}

CptExpressionType
cpt_expression_get_result_type (CptExpression *self)
{
  return self->root->type;
}
