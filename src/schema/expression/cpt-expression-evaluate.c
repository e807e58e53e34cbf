/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Working a formula out for one record. What is missing gives nothing, and
 * nothing is an error any more: the types were checked when it was read. */

#include "config.h"

#include "cpt-expression-private.h"

#include <string.h>

#include "cpt-date.h"
#include "cpt-field-type.h"

#define SCALE_OF_PERCENT 4 /* 12.5 % is 1250 and 0.1250 */

void
cpt_result_clear (CptResult *self)
{
  g_free (self->text);
  g_strfreev (self->texts);
  memset (self, 0, sizeof *self);
}

void
cpt_result_take_text (CptResult *self,
                      char      *text)
{
  cpt_result_clear (self);
  if (text != NULL && *text != '\0')
    {
      self->type = CPT_EXPRESSION_TEXT;
      self->text = text;
    }
  else
    g_free (text);
}

void
cpt_result_set_number (CptResult      *self,
                       const CptExact *number)
{
  CptExact copy = *number;

  cpt_result_clear (self);
  self->type = CPT_EXPRESSION_NUMBER;
  self->number = copy;
}

void
cpt_result_set_integer (CptResult *self,
                        CptType    type,
                        gint64     integer)
{
  cpt_result_clear (self);
  self->type = type;
  self->integer = integer;
}

static void
copy_result (const CptResult *from,
             CptResult       *to)
{
  cpt_result_clear (to);
  *to = *from;
  to->text = g_strdup (from->text);
  to->texts = g_strdupv (from->texts);
}

char *
cpt_result_dup_text (const CptResult *self)
{
  g_autofree char *number = NULL;

  switch ((int) self->type)
    {
    case CPT_EXPRESSION_NUMBER:
      return cpt_exact_format (&self->number);
    case CPT_EXPRESSION_MONEY:
      number = cpt_exact_format (&self->number);
      return g_strchomp (g_strdup_printf ("%s %s", number, self->currency));
    case CPT_EXPRESSION_TEXT:
      return g_strdup (self->text);
    case CPT_EXPRESSION_DATE:
      return cpt_date_format_iso (self->integer);
    case CPT_EXPRESSION_INSTANT:
      return cpt_instant_format_iso (self->integer);
    case CPT_EXPRESSION_BOOLEAN:
      return g_strdup (self->integer != 0 ? "true" : "false");
    case CPT_EXPRESSION_RECORD:
      return cpt_uuid_dup_text (&self->id);
    default:
      return g_strdup ("");
    }
}

int
cpt_result_compare (const CptResult *a,
                    const CptResult *b,
                    gboolean        *is_comparable)
{
  *is_comparable = a->type != CPT_EXPRESSION_EMPTY && b->type != CPT_EXPRESSION_EMPTY;
  if (!*is_comparable)
    return 0;

  switch ((int) a->type)
    {
    case CPT_EXPRESSION_NUMBER:
    case CPT_EXPRESSION_MONEY:
      *is_comparable = a->type != b->type || strcmp (a->currency, b->currency) == 0;
      return cpt_exact_compare (&a->number, &b->number);
    case CPT_EXPRESSION_TEXT:
      return strcmp (a->text, b->text);
    case CPT_EXPRESSION_RECORD:
      return cpt_uuid_compare (&a->id, &b->id);
    default:
      return a->integer < b->integer ? -1 : a->integer > b->integer;
    }
}

void
cpt_result_convert (CptEvaluation *self,
                    CptResult     *result,
                    CptType        type)
{
  if (result->type == CPT_EXPRESSION_INSTANT && type == CPT_EXPRESSION_DATE)
    {
      result->type = CPT_EXPRESSION_DATE;
      result->integer = cpt_instant_get_date (result->integer, self->host->zone);
    }
  else if (result->type == CPT_EXPRESSION_NUMBER && type == CPT_EXPRESSION_MONEY)
    {
      result->type = CPT_EXPRESSION_MONEY;
      g_strlcpy (result->currency, self->host->currency, sizeof result->currency);
    }
}

/* Fields */

static guint
get_scale (const CptField *field)
{
  if (field->kind == CPT_FIELD_DECIMAL)
    return field->scale;

  return field->kind == CPT_FIELD_PERCENT ? SCALE_OF_PERCENT : 0;
}

static char **
dup_set (const CptValue *value)
{
  g_autoptr(GStrvBuilder) builder = NULL;

  if (value->type == CPT_VALUE_TEXTS)
    return g_strdupv (value->texts);

  builder = g_strv_builder_new ();
  for (guint i = 0; i < value->ids.length; i++)
    {
      g_autofree char *text = cpt_uuid_dup_text (&value->ids.items[i]);

      g_strv_builder_add (builder, text);
    }

  return g_strv_builder_end (builder);
}

static void
read_value (const CptField *field,
            const CptValue *value,
            CptResult      *result)
{
  int exponent;

  switch (value->type)
    {
    case CPT_VALUE_INTEGER:
      result->type = cpt_type_of_field (field);
      result->integer = value->integer;
      if (result->type == CPT_EXPRESSION_NUMBER)
        result->number = cpt_exact_new (value->integer, get_scale (field));
      break;
    case CPT_VALUE_MONEY:
      exponent = cpt_currency_get_exponent (value->money.currency);
      result->type = CPT_EXPRESSION_MONEY;
      result->number = cpt_exact_new (value->money.amount, exponent < 0 ? 2 : (guint) exponent);
      memcpy (result->currency, value->money.currency, sizeof result->currency);
      break;
    case CPT_VALUE_TEXT:
      result->type = CPT_EXPRESSION_TEXT;
      result->text = g_strdup (value->text);
      break;
    case CPT_VALUE_ID:
      result->type = CPT_EXPRESSION_RECORD;
      result->id = value->id;
      break;
    case CPT_VALUE_TEXTS:
    case CPT_VALUE_IDS:
      result->type = CPT_EXPRESSION_SET;
      result->texts = dup_set (value);
      break;
    case CPT_VALUE_NULL:
    default:
      break;
    }
}

/* The record may be of another state of the declarations than the formula. */
static const CptValue *
get_value (const CptRecord *record,
           const CptEntity *entity,
           const CptField  *field)
{
  static const CptValue nothing = CPT_VALUE_INIT;

  if (record->entity != entity && field->index != G_MAXUINT)
    field = cpt_entity_find_field (record->entity, field->name);

  return field == NULL ? &nothing : cpt_record_get (record, field);
}

static void
evaluate_field (CptEvaluation *self,
                const CptPath *path,
                CptResult     *result)
{
  g_autoptr(CptRecord) reached = NULL;

  for (guint i = 0; i + 1 < path->n_steps; i++)
    {
      const CptRecord *record = reached != NULL ? reached : self->record;
      const CptValue *link = get_value (record, path->entities[i], path->fields[i]);
      CptRecord *next = NULL;

      if (link->type == CPT_VALUE_ID && self->host->load != NULL)
        next = self->host->load (self->host->data, path->entities[i + 1], &link->id);
      g_clear_pointer (&reached, cpt_record_unref);
      if (next == NULL)
        return;
      reached = next;
    }

  read_value (cpt_path_get_field (path),
              get_value (reached != NULL ? reached : self->record, path->entities[path->n_steps - 1], cpt_path_get_field (path)),
              result);
}

void
cpt_node_evaluate (CptEvaluation *self,
                   const CptNode *node,
                   CptResult     *result)
{
  cpt_result_clear (result);
  switch (node->kind)
    {
    case CPT_NODE_LITERAL:
      copy_result (&node->literal, result);
      break;
    case CPT_NODE_FIELD:
      evaluate_field (self, &node->path, result);
      break;
    case CPT_NODE_AGGREGATE:
      cpt_linked_evaluate (self, node, result);
      break;
    case CPT_NODE_CALL:
    default:
      node->function->evaluate (self, node, result);
      break;
    }
}

/* For a field */

static void
set_exact (CptValue       *value,
           const CptExact *number,
           guint           scale)
{
  gint64 integer;

  if (cpt_exact_to_int (number, scale, &integer))
    cpt_value_set_integer (value, integer);
}

static void
set_money (CptValue        *value,
           const CptResult *result)
{
  int exponent = cpt_currency_get_exponent (result->currency);
  gint64 amount;

  if (exponent >= 0 && cpt_exact_to_int (&result->number, (guint) exponent, &amount))
    cpt_value_set_money (value, amount, result->currency);
}

static void
set_value (CptResult      *result,
           const CptField *field,
           CptValue       *value)
{
  switch ((int) result->type)
    {
    case CPT_EXPRESSION_NUMBER:
      set_exact (value, &result->number, get_scale (field));
      break;
    case CPT_EXPRESSION_MONEY:
      if (field->kind == CPT_FIELD_MONEY)
        set_money (value, result);
      else
        set_exact (value, &result->number, get_scale (field));
      break;
    case CPT_EXPRESSION_TEXT:
      cpt_value_take_text (value, g_steal_pointer (&result->text));
      break;
    case CPT_EXPRESSION_RECORD:
      cpt_value_set_id (value, &result->id);
      break;
    case CPT_EXPRESSION_DATE:
    case CPT_EXPRESSION_INSTANT:
    case CPT_EXPRESSION_BOOLEAN:
      cpt_value_set_integer (value, result->integer);
      break;
    default:
      break;
    }
}

/* A text that is too long, or a number that the field has no room for, is no
 * value: nobody could correct it there. */
void
cpt_expression_evaluate (CptExpression           *self,
                         const CptRecord         *record,
                         const CptExpressionHost *host,
                         const CptField          *field,
                         CptValue                *value)
{
  CptEvaluation evaluation = { .host = host, .record = record };
  g_auto(CptResult) result = { 0 };

  cpt_value_clear (value);
  cpt_node_evaluate (&evaluation, self->root, &result);
  if (result.type != CPT_EXPRESSION_EMPTY)
    cpt_result_convert (&evaluation, &result, cpt_type_of_field (field));
  set_value (&result, field, value);
  if (!cpt_field_normalise (field, value, NULL))
    cpt_value_clear (value);
}
