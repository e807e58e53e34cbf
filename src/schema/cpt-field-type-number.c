/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kinds of exact numbers: integer, decimal, percent, money, boolean. Decimals
 * go through JSON as texts, since many readers of JSON know only binary
 * floating point. */

#include "config.h"

#include "cpt-field-type-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-text.h"

#define PERCENT_SCALE 2
#define NO_BREAK_SPACE "\302\240"

int
cpt_kind_integer_compare (const CptField *field,
                          const CptValue *a,
                          const CptValue *b)
{
  return (a->integer > b->integer) - (a->integer < b->integer);
}

/* The digits behind the point of a field's integers */
static int
get_scale (const CptField *field)
{
  switch ((int) field->kind)
    {
    case CPT_FIELD_DECIMAL:
      return (int) MIN (field->scale, CPT_DECIMAL_MAX_SCALE);

    case CPT_FIELD_PERCENT:
      return PERCENT_SCALE;

    default:
      return 0;
    }
}

/* As people write the numbers of this field: a year has no separators */
static char *
format_bound (const CptField *field,
              gint64          bound)
{
  if (field->flags & CPT_FIELD_UNGROUPED)
    return g_strdup_printf ("%" G_GINT64_FORMAT, bound);

  return cpt_decimal_format_local (bound, get_scale (field), 0);
}

gboolean
cpt_kind_check_bounds (const CptField  *field,
                       gint64           integer,
                       char           **message)
{
  g_autofree char *bound = NULL;

  if (field->min == field->max || (integer >= field->min && integer <= field->max))
    return TRUE;

  if (integer < field->min)
    {
      bound = format_bound (field, field->min);
      return cpt_kind_refuse (message, g_strdup_printf (_("This is too small: the minimum is %s"), bound));
    }

  bound = format_bound (field, field->max);

  return cpt_kind_refuse (message, g_strdup_printf (_("This is too large: the maximum is %s"), bound));
}

static gboolean
number_normalise (const CptField  *field,
                  CptValue        *value,
                  char           **message)
{
  /* It has no opposite: half of all arithmetic would overflow. */
  if (value->integer == G_MININT64)
    return cpt_kind_refuse (message, g_strdup (_("This number is too small to be stored")));

  return cpt_kind_check_bounds (field, value->integer, message);
}

/* At most 18 digits with a sign, the most frequent spelling in files */
static gboolean
read_digits (const char *text,
             gint64     *integer)
{
  gboolean negative = *text == '-';
  gint64 sum = 0;
  int n;

  if (*text == '-' || *text == '+')
    text++;
  for (n = 0; n < 18 && g_ascii_isdigit (text[n]); n++)
    sum = sum * 10 + (text[n] - '0');
  if (n == 0 || text[n] != '\0')
    return FALSE;

  *integer = negative ? -sum : sum;

  return TRUE;
}

/* Without the field's unit, or a percent sign, behind the number */
static char *
dup_without_unit (const CptField *field,
                  const char     *text)
{
  const char *unit = field->kind == CPT_FIELD_PERCENT ? "%" : field->unit;
  g_autofree char *trimmed = cpt_kind_dup_trimmed (text);

  if (unit != NULL && *unit != '\0' && g_str_has_suffix (trimmed, unit))
    {
      trimmed[strlen (trimmed) - strlen (unit)] = '\0';
      return cpt_kind_dup_trimmed (trimmed);
    }

  return g_steal_pointer (&trimmed);
}

static gboolean
number_parse (const CptField         *field,
              const char             *text,
              const CptParseOptions  *options,
              CptValue               *value,
              GError                **error)
{
  int scale = get_scale (field);
  g_autofree char *number = NULL;
  gint64 integer;

  if (scale != 0 || !read_digits (text, &integer))
    {
      number = dup_without_unit (field, text);
      if (!cpt_decimal_parse (number, scale, options->decimal, &integer, error))
        return FALSE;
    }

  cpt_value_set_integer (value, integer);

  return TRUE;
}

static char *
number_format (const CptField *field,
               const CptValue *value)
{
  char *text = cpt_decimal_format (value->integer, get_scale (field));

  if (field->kind == CPT_FIELD_PERCENT)
    {
      gsize length = strlen (text);

      while (text[length - 1] == '0')
        text[--length] = '\0';
      if (text[length - 1] == '.')
        text[--length] = '\0';
    }

  return text;
}

/* As people write the number of a field, without its unit */
static char *
format_number (const CptField *field,
               gint64          number)
{
  int scale = get_scale (field);

  if ((field->flags & CPT_FIELD_UNGROUPED) != 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return cpt_decimal_format_local (number, scale, field->kind == CPT_FIELD_DECIMAL ? scale : 0);
}

static char *
number_format_local (const CptField *field,
                     const CptValue *value,
                     GTimeZone      *zone)
{
  g_autofree char *number = format_number (field, value->integer);

  if (field->kind == CPT_FIELD_PERCENT)
    /* Translators: a percentage; put the space that your language wants before the sign */
    return g_strdup_printf (C_("percentage", "%s%%"), number);
  if (field->unit != NULL)
    return g_strconcat (number, NO_BREAK_SPACE, field->is_custom || *field->unit == '\0' ? field->unit : _(field->unit), NULL);

  return g_steal_pointer (&number);
}

static JsonNode *
integer_to_json (const CptField *field,
                 const CptValue *value)
{
  return json_node_init_int (json_node_alloc (), value->integer);
}

static gboolean
integer_from_json (const CptField  *field,
                   JsonNode        *node,
                   CptValue        *value,
                   GError         **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return cpt_kind_refuse_json (field, _("a whole number"), error);

  cpt_value_set_integer (value, json_node_get_int (node));

  return TRUE;
}

static JsonNode *
decimal_to_json (const CptField *field,
                 const CptValue *value)
{
  g_autofree char *text = number_format (field, value);

  return json_node_init_string (json_node_alloc (), text);
}

/* A text with a point, or a whole number: both are exact */
static gboolean
read_decimal_json (JsonNode *node,
                   int       scale,
                   gint64   *integer)
{
  g_autofree char *digits = NULL;

  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    digits = g_strdup (json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    digits = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return digits != NULL && *digits != '\0' &&
         digits[strspn (digits, "+-.0123456789")] == '\0' &&
         cpt_decimal_parse (digits, scale, '.', integer, NULL);
}

static gboolean
decimal_from_json (const CptField  *field,
                   JsonNode        *node,
                   CptValue        *value,
                   GError         **error)
{
  gint64 integer;

  if (!read_decimal_json (node, get_scale (field), &integer))
    return cpt_kind_refuse_json (field, _("a decimal number as a text, such as \"12.50\","), error);

  cpt_value_set_integer (value, integer);

  return TRUE;
}

const CptFieldType cpt_kind_integer = {
  .name = "integer",
  .label = N_("Whole number"),
  .value_type = CPT_VALUE_INTEGER,
  .sql_type = "INTEGER",
  .operators = CPT_OPERATORS_NUMBER,
  .aggregates = CPT_AGGREGATES_NUMBER,
  .is_distinctive = TRUE,
  .normalise = number_normalise,
  .parse = number_parse,
  .format = number_format,
  .format_local = number_format_local,
  .to_json = integer_to_json,
  .from_json = integer_from_json,
  .compare = cpt_kind_integer_compare,
};

const CptFieldType cpt_kind_decimal = {
  .name = "decimal",
  .label = N_("Decimal number"),
  .value_type = CPT_VALUE_INTEGER,
  .sql_type = "INTEGER",
  .operators = CPT_OPERATORS_NUMBER,
  .aggregates = CPT_AGGREGATES_NUMBER,
  .is_distinctive = TRUE,
  .normalise = number_normalise,
  .parse = number_parse,
  .format = number_format,
  .format_local = number_format_local,
  .to_json = decimal_to_json,
  .from_json = decimal_from_json,
  .compare = cpt_kind_integer_compare,
};

const CptFieldType cpt_kind_percent = {
  .name = "percent",
  .label = N_("Percentage"),
  .value_type = CPT_VALUE_INTEGER,
  .sql_type = "INTEGER",
  .operators = CPT_OPERATORS_NUMBER,
  .aggregates = CPT_AGGREGATES_NUMBER,
  .is_distinctive = TRUE,
  .normalise = number_normalise,
  .parse = number_parse,
  .format = number_format,
  .format_local = number_format_local,
  .to_json = decimal_to_json,
  .from_json = decimal_from_json,
  .compare = cpt_kind_integer_compare,
};

/* Money. Bounds are in minor units of whatever currency it is. */

static gboolean
money_normalise (const CptField  *field,
                 CptValue        *value,
                 char           **message)
{
  if (cpt_currency_get_exponent (value->money.currency) < 0)
    return cpt_kind_refuse (message, g_strdup (_("This amount needs a currency of ISO 4217, such as EUR")));
  if (value->money.amount > CPT_MONEY_MAX || value->money.amount < -CPT_MONEY_MAX)
    return cpt_kind_refuse (message, g_strdup (_("This amount is too large to be stored")));

  return cpt_kind_check_bounds (field, value->money.amount, message);
}

static gboolean
money_parse (const CptField         *field,
             const char             *text,
             const CptParseOptions  *options,
             CptValue               *value,
             GError                **error)
{
  CptMoney money;

  if (!cpt_money_parse (text, options->currency, options->decimal, &money, error))
    return FALSE;

  cpt_value_set_money (value, money.amount, money.currency);

  return TRUE;
}

static char *
money_format (const CptField *field,
              const CptValue *value)
{
  return cpt_money_format (&value->money);
}

static char *
money_format_local (const CptField *field,
                    const CptValue *value,
                    GTimeZone      *zone)
{
  return cpt_money_format_local (&value->money);
}

static JsonNode *
money_to_json (const CptField *field,
               const CptValue *value)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autofree char *amount = NULL;

  amount = cpt_decimal_format (value->money.amount, MAX (cpt_currency_get_exponent (value->money.currency), 0));
  json_object_set_string_member (object, "amount", amount);
  json_object_set_string_member (object, "currency", value->money.currency);

  return json_node_init_object (json_node_alloc (), object);
}

static gboolean
money_from_json (const CptField  *field,
                 JsonNode        *node,
                 CptValue        *value,
                 GError         **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *currency = NULL;
  const char *code = NULL;
  gint64 amount;
  int scale = -1;

  if (object != NULL && json_object_get_size (object) == 2)
    currency = json_object_get_member (object, "currency");
  if (currency != NULL && JSON_NODE_HOLDS_VALUE (currency))
    code = json_node_get_string (currency);
  if (code != NULL)
    scale = cpt_currency_get_exponent (code);

  if (scale < 0 || !json_object_has_member (object, "amount") ||
      !read_decimal_json (json_object_get_member (object, "amount"), scale, &amount))
    return cpt_kind_refuse_json (field, _("an object such as {\"amount\": \"12.50\", \"currency\": \"EUR\"}"), error);

  cpt_value_set_money (value, amount, code);

  return TRUE;
}

static int
money_compare (const CptField *field,
               const CptValue *a,
               const CptValue *b)
{
  if (a->money.amount != b->money.amount)
    return a->money.amount < b->money.amount ? -1 : 1;

  return strcmp (a->money.currency, b->money.currency);
}

const CptFieldType cpt_kind_money = {
  .name = "money",
  .label = N_("Amount of money"),
  .value_type = CPT_VALUE_MONEY,
  .sql_type = "INTEGER",
  .operators = CPT_OPERATORS_EQUAL | CPT_OPERATORS_ORDER | CPT_OPERATORS_EMPTY,
  .aggregates = CPT_AGGREGATES_NUMBER,
  .normalise = money_normalise,
  .parse = money_parse,
  .format = money_format,
  .format_local = money_format_local,
  .to_json = money_to_json,
  .from_json = money_from_json,
  .compare = money_compare,
};

/* Booleans */

/* What files and people write, folded: English, French, Excel */
static const struct
{
  const char *word;
  gint64 value;
} boolean_words[] = {
  { "true", 1 },
  { "false", 0 },
  { "1", 1 },
  { "0", 0 },
  { "yes", 1 },
  { "no", 0 },
  { "oui", 1 },
  { "non", 0 },
  { "vrai", 1 },
  { "faux", 0 },
  { "y", 1 },
  { "n", 0 },
  { "o", 1 },
  { "x", 1 },
  { "on", 1 },
  { "off", 0 },
};

static gboolean
boolean_normalise (const CptField  *field,
                   CptValue        *value,
                   char           **message)
{
  if (value->integer != 0 && value->integer != 1)
    return cpt_kind_refuse (message, g_strdup (_("This must be yes or no")));

  return TRUE;
}

static gboolean
boolean_parse (const CptField         *field,
               const char             *text,
               const CptParseOptions  *options,
               CptValue               *value,
               GError                **error)
{
  g_autofree char *word = cpt_kind_dup_trimmed (text);

  for (guint i = 0; i < G_N_ELEMENTS (boolean_words); i++)
    if (g_ascii_strcasecmp (boolean_words[i].word, word) == 0)
      {
        cpt_value_set_integer (value, boolean_words[i].value);
        return TRUE;
      }

  return cpt_kind_refuse_text (error, _("This is neither yes nor no"));
}

static char *
boolean_format (const CptField *field,
                const CptValue *value)
{
  return g_strdup (value->integer != 0 ? "true" : "false");
}

static char *
boolean_format_local (const CptField *field,
                      const CptValue *value,
                      GTimeZone      *zone)
{
  return g_strdup (value->integer != 0 ? C_("boolean", "Yes") : C_("boolean", "No"));
}

static JsonNode *
boolean_to_json (const CptField *field,
                 const CptValue *value)
{
  return json_node_init_boolean (json_node_alloc (), value->integer != 0);
}

static gboolean
boolean_from_json (const CptField  *field,
                   JsonNode        *node,
                   CptValue        *value,
                   GError         **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return cpt_kind_refuse_json (field, _("true or false"), error);

  cpt_value_set_integer (value, json_node_get_boolean (node) ? 1 : 0);

  return TRUE;
}

const CptFieldType cpt_kind_boolean = {
  .name = "boolean",
  .label = N_("Yes or no"),
  .value_type = CPT_VALUE_INTEGER,
  .sql_type = "INTEGER",
  .operators = CPT_OPERATORS_EQUAL | CPT_OPERATORS_EMPTY |
               (1u << CPT_OPERATOR_IS_TRUE) | (1u << CPT_OPERATOR_IS_FALSE),
  .aggregates = CPT_AGGREGATES_COUNT,
  .normalise = boolean_normalise,
  .parse = boolean_parse,
  .format = boolean_format,
  .format_local = boolean_format_local,
  .to_json = boolean_to_json,
  .from_json = boolean_from_json,
  .compare = cpt_kind_integer_compare,
};
