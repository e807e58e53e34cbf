/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which types the parts of a formula have, and whether they fit together. All
 * of it happens when a formula is read. */

#include "config.h"

#include "cpt-expression-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"

static const CptType field_types[] = {
  [CPT_FIELD_TEXT] = CPT_EXPRESSION_TEXT,
  [CPT_FIELD_LONG_TEXT] = CPT_EXPRESSION_TEXT,
  [CPT_FIELD_INTEGER] = CPT_EXPRESSION_NUMBER,
  [CPT_FIELD_DECIMAL] = CPT_EXPRESSION_NUMBER,
  [CPT_FIELD_MONEY] = CPT_EXPRESSION_MONEY,
  [CPT_FIELD_PERCENT] = CPT_EXPRESSION_NUMBER,
  [CPT_FIELD_BOOLEAN] = CPT_EXPRESSION_BOOLEAN,
  [CPT_FIELD_DATE] = CPT_EXPRESSION_DATE,
  [CPT_FIELD_DATETIME] = CPT_EXPRESSION_INSTANT,
  [CPT_FIELD_DURATION] = CPT_EXPRESSION_NUMBER,
  [CPT_FIELD_CHOICE] = CPT_EXPRESSION_TEXT,
  [CPT_FIELD_MULTI_CHOICE] = CPT_EXPRESSION_SET,
  [CPT_FIELD_TAGS] = CPT_EXPRESSION_SET,
  [CPT_FIELD_LINK] = CPT_EXPRESSION_RECORD,
  [CPT_FIELD_LINKS] = CPT_EXPRESSION_SET,
  [CPT_FIELD_EMAIL] = CPT_EXPRESSION_TEXT,
  [CPT_FIELD_PHONE] = CPT_EXPRESSION_TEXT,
  [CPT_FIELD_URL] = CPT_EXPRESSION_TEXT,
  [CPT_FIELD_COUNTRY] = CPT_EXPRESSION_TEXT,
  [CPT_FIELD_ADDRESS] = CPT_EXPRESSION_TEXT,
  [CPT_FIELD_IDENTIFIER] = CPT_EXPRESSION_TEXT,
  [CPT_FIELD_JSON] = CPT_EXPRESSION_TEXT,
  [CPT_FIELD_ATTACHMENT] = CPT_EXPRESSION_TEXT,
  [CPT_FIELD_RECURRENCE] = CPT_EXPRESSION_TEXT,
};

G_STATIC_ASSERT (G_N_ELEMENTS (field_types) == CPT_N_FIELD_KINDS);

static const char *const type_labels[] = {
  [CPT_EXPRESSION_EMPTY] = NC_("type", "nothing"),
  [CPT_EXPRESSION_NUMBER] = NC_("type", "number"),
  [CPT_EXPRESSION_MONEY] = NC_("type", "amount"),
  [CPT_EXPRESSION_TEXT] = NC_("type", "text"),
  [CPT_EXPRESSION_DATE] = NC_("type", "date"),
  [CPT_EXPRESSION_INSTANT] = NC_("type", "date and time"),
  [CPT_EXPRESSION_BOOLEAN] = NC_("type", "yes or no"),
  [CPT_EXPRESSION_RECORD] = NC_("type", "link"),
  [CPT_EXPRESSION_SET] = NC_("type", "list"),
};

G_STATIC_ASSERT (G_N_ELEMENTS (type_labels) == CPT_N_EXPRESSION_TYPES);

CptType
cpt_type_of_field (const CptField *field)
{
  return field_types[field->kind];
}

const char *
cpt_type_get_label (CptType type)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "type", type_labels[type]);
}

gboolean
cpt_type_unify (CptType  a,
                CptType  b,
                CptType *type)
{
  if (a == b || b == CPT_EXPRESSION_EMPTY)
    *type = a;
  else if (a == CPT_EXPRESSION_EMPTY)
    *type = b;
  else if ((a == CPT_EXPRESSION_NUMBER && b == CPT_EXPRESSION_MONEY) ||
           (a == CPT_EXPRESSION_MONEY && b == CPT_EXPRESSION_NUMBER))
    *type = CPT_EXPRESSION_MONEY;
  else if ((a == CPT_EXPRESSION_DATE && b == CPT_EXPRESSION_INSTANT) ||
           (a == CPT_EXPRESSION_INSTANT && b == CPT_EXPRESSION_DATE))
    *type = CPT_EXPRESSION_DATE;
  else
    return FALSE;

  return TRUE;
}

static gboolean
fits (char    letter,
      CptType type)
{
  if (type == CPT_EXPRESSION_EMPTY)
    return letter != 's';

  switch (letter)
    {
    case 'n':
      return type == CPT_EXPRESSION_NUMBER;
    case 'M':
      return type == CPT_EXPRESSION_MONEY;
    case 'm':
      return type == CPT_EXPRESSION_NUMBER || type == CPT_EXPRESSION_MONEY;
    case 't':
      return type == CPT_EXPRESSION_TEXT;
    case 'd':
      return type == CPT_EXPRESSION_DATE;
    case 'i':
      return type == CPT_EXPRESSION_INSTANT;
    case 'e':
      return type == CPT_EXPRESSION_DATE || type == CPT_EXPRESSION_INSTANT;
    case 'b':
      return type == CPT_EXPRESSION_BOOLEAN;
    case 's':
      return type == CPT_EXPRESSION_SET;
    case 'a':
      return TRUE;
    default: /* x, v, o */
      return type != CPT_EXPRESSION_SET && (letter != 'o' || (type != CPT_EXPRESSION_BOOLEAN && type != CPT_EXPRESSION_RECORD));
    }
}

static CptType
get_argument_type (const CptNode *call,
                   guint          index)
{
  return ((const CptNode *) g_ptr_array_index (call->children, index))->type;
}

/* Whether the arguments fit one row of the table; @common is what "v" and "o" are */
static gboolean
fits_arguments (const CptFunction *function,
                const CptNode     *call,
                CptType           *common)
{
  const char *wanted = function->arguments;

  *common = CPT_EXPRESSION_EMPTY;
  for (guint i = 0; i < call->children->len; i++)
    {
      CptType type = get_argument_type (call, i);

      if (*wanted == '\0' || !fits (*wanted, type))
        return FALSE;
      if ((*wanted == 'v' || *wanted == 'o') && !cpt_type_unify (*common, type, common))
        return FALSE;
      if (wanted[1] != '+')
        wanted += wanted[1] == '?' ? 2 : 1;
    }

  /* What is left may be missing, or has come at least once. */
  return *wanted == '\0' || wanted[1] == '?' || (wanted[1] == '+' && call->children->len > 0);
}

static CptType
get_result_type (const CptFunction *function,
                 const CptNode     *call,
                 CptType            common)
{
  switch (function->result)
    {
    case 'n':
      return CPT_EXPRESSION_NUMBER;
    case 'M':
      return CPT_EXPRESSION_MONEY;
    case 't':
      return CPT_EXPRESSION_TEXT;
    case 'd':
      return CPT_EXPRESSION_DATE;
    case 'i':
      return CPT_EXPRESSION_INSTANT;
    case 'b':
      return CPT_EXPRESSION_BOOLEAN;
    case '1':
      return get_argument_type (call, 0);
    default:
      return common;
    }
}

static char *
dup_argument_types (const CptNode *call)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < call->children->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", cpt_type_get_label (get_argument_type (call, i)));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A name may have several rows: the first that fits is meant. */
gboolean
cpt_node_check_call (CptNode  *self,
                     guint    *at,
                     GError  **error)
{
  const CptFunction *first = self->function;
  g_autofree char *types = NULL;
  CptType common;

  for (const CptFunction *function = first; g_strcmp0 (function->name, first->name) == 0; function++)
    if (fits_arguments (function, self, &common))
      {
        self->function = function;
        self->type = get_result_type (function, self, common);
        return cpt_node_check_constant (self, at, error);
      }

  *at = self->position;
  types = dup_argument_types (self);
  if (first->is_operator)
    /* Translators: an operator such as "+", then types: "text, number" */
    g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” can’t be used between these: %s"), first->name, types);
  else if (self->children->len == 0)
    /* Translators: the name of a function */
    g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("%s() needs something between its brackets"), first->name);
  else
    /* Translators: the name of a function, then types: "text, number" */
    g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("%s() can’t be used with these: %s"), first->name, types);

  return FALSE;
}

CptNode *
cpt_node_new (CptNodeKind kind,
              guint       position)
{
  CptNode *self = g_new0 (CptNode, 1);

  self->kind = kind;
  self->position = position;
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_node_free);

  return self;
}

void
cpt_node_free (CptNode *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->children);
  cpt_node_free (self->where);
  cpt_result_clear (&self->literal);
  g_free (self);
}
