/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a declaration must keep. Custom fields are checked by it when a schema
 * is made, the standard ones by the tests. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-expression.h"
#include "cpt-field-type-private.h"
#include "cpt-text.h"

#define NAME_MAX_BYTES 60
#define LABEL_MAX_CHARS 100
#define HELP_MAX_CHARS 500
#define CURRENCY_SUFFIX "_currency"

static const char *const colours[] = {
  "blue",
  "green",
  "yellow",
  "orange",
  "red",
  "purple",
  "brown",
  "grey",
  NULL,
};

/* Columns and members that every record has */
static const char *const reserved_names[] = {
  "id",
  "row",
  "rowid",
  "oid",
  "entity",
  "sequence",
  "created_at",
  "created_by",
  "changed_at",
  "changed_by",
  "in_trash",
  "unknown",
  "custom",
  "needs",
  "schema",
  NULL,
};

/* SQLite's keywords (sqlite.org/lang_keywords.html): names that need no
 * quoting make statements that people can read. */
static const char *const sql_keywords[] = {
  "abort", "action", "add", "after", "all", "alter", "always", "analyze", "and", "as",
  "asc", "attach", "autoincrement", "before", "begin", "between", "by", "cascade", "case", "cast",
  "check", "collate", "column", "commit", "conflict", "constraint", "create", "cross", "current", "current_date",
  "current_time", "current_timestamp", "database", "default", "deferrable", "deferred", "delete", "desc", "detach", "distinct",
  "do", "drop", "each", "else", "end", "escape", "except", "exclude", "exclusive", "exists",
  "explain", "fail", "filter", "first", "following", "for", "foreign", "from", "full", "generated",
  "glob", "group", "groups", "having", "if", "ignore", "immediate", "in", "index", "indexed",
  "initially", "inner", "insert", "instead", "intersect", "into", "is", "isnull", "join", "key",
  "last", "left", "like", "limit", "match", "materialized", "natural", "no", "not", "nothing",
  "notnull", "null", "nulls", "of", "offset", "on", "or", "order", "others", "outer",
  "over", "partition", "plan", "pragma", "preceding", "primary", "query", "raise", "range", "recursive",
  "references", "regexp", "reindex", "release", "rename", "replace", "restrict", "returning", "right", "rollback",
  "row", "rows", "savepoint", "select", "set", "table", "temp", "temporary", "then", "ties",
  "to", "transaction", "trigger", "unbounded", "union", "unique", "update", "using", "vacuum", "values",
  "view", "virtual", "when", "where", "window", "with", "within", "without", NULL,
};

/* Letters, digits and single underscores, a letter first */
static gboolean
is_identifier (const char *name,
               gsize       max_bytes)
{
  gsize length = strlen (name);

  return length > 0 && length <= max_bytes && g_ascii_islower (name[0]) &&
         name[strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0' &&
         name[length - 1] != '_' && strstr (name, "__") == NULL;
}

gboolean
cpt_schema_is_identifier (const char *name)
{
  return is_identifier (name, NAME_MAX_BYTES);
}

gboolean
cpt_schema_is_field_name (const char *name)
{
  return name != NULL && is_identifier (name, NAME_MAX_BYTES) &&
         !g_strv_contains (reserved_names, name) && !g_strv_contains (sql_keywords, name);
}

static gboolean
refuse (const CptField  *field,
        GError         **error,
        const char      *reason)
{
  /* Translators: the name of a field, then what is wrong with its declaration */
  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("Field “%s”: %s"), field->name, reason);

  return FALSE;
}

gboolean
cpt_schema_is_label (const char *label,
                     gsize       max_chars)
{
  g_autofree char *clean = NULL;

  if (label == NULL || *label == '\0' || strlen (label) > max_chars * 4 || !g_utf8_validate (label, -1, NULL))
    return FALSE;

  clean = cpt_text_clean (label, FALSE);

  return strcmp (clean, label) == 0 && (gsize) g_utf8_strlen (label, -1) <= max_chars;
}

static gboolean
clashes (const CptEntity *entity,
         const CptField  *field)
{
  g_autofree char *currency = g_strconcat (field->name, CURRENCY_SUFFIX, NULL);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *other = entity->fields[i];
      g_autofree char *other_currency = NULL;

      if (other == field)
        continue;
      other_currency = g_strconcat (other->name, CURRENCY_SUFFIX, NULL);
      if (strcmp (other->name, field->name) == 0 ||
          (field->kind == CPT_FIELD_MONEY && strcmp (other->name, currency) == 0) ||
          (other->kind == CPT_FIELD_MONEY && strcmp (other_currency, field->name) == 0))
        return TRUE;
    }

  return FALSE;
}

gboolean
cpt_schema_is_colour (const char *colour)
{
  return g_strv_contains (colours, colour);
}

static gboolean
check_choices (const CptField  *field,
               GError         **error)
{
  guint n = 0;

  if (!cpt_field_kind_is_choice (field->kind))
    return field->choices == NULL || refuse (field, error, _("only choices have choices"));

  if (field->choices == NULL || field->choices[0].name == NULL)
    return refuse (field, error, _("at least one choice is needed"));

  for (const CptChoice *choice = field->choices; choice->name != NULL; choice++)
    {
      if (++n > CPT_CUSTOM_CHOICES_MAX)
        return refuse (field, error, _("there are too many choices"));
      if (!cpt_schema_is_identifier (choice->name) || cpt_field_find_choice (field, choice->name) != choice)
        return refuse (field, error, _("the names of choices must be different, in lower-case letters, digits and underscores"));
      if (!cpt_schema_is_label (choice->label, LABEL_MAX_CHARS))
        return refuse (field, error, _("every choice needs a label of at most 100 characters"));
      if (choice->colour != NULL && !cpt_schema_is_colour (choice->colour))
        return refuse (field, error, _("a choice has a colour that is not in the palette"));
    }

  return TRUE;
}

static gboolean
check_link (CptSchema       *schema,
            const CptField  *field,
            GError         **error)
{
  gboolean is_link = cpt_field_kind_is_link (field->kind);

  if (!is_link)
    return field->target == NULL || refuse (field, error, _("only links have a target"));
  if (cpt_schema_get_target (schema, field) == NULL)
    return refuse (field, error, _("the kind of record that it links to does not exist"));
  if (field->back_label != NULL && !cpt_schema_is_label (field->back_label, LABEL_MAX_CHARS))
    return refuse (field, error, _("the label on the other side of the link is not plain text"));

  return TRUE;
}

static gboolean
check_initial (const CptField  *field,
               GError         **error)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;
  const char *initial = field->initial;

  if (initial == NULL)
    return TRUE;
  if ((strcmp (initial, "now") == 0 && field->kind == CPT_FIELD_DATETIME) ||
      (strcmp (initial, "today") == 0 && field->kind == CPT_FIELD_DATE) ||
      (strcmp (initial, "me") == 0 && field->kind == CPT_FIELD_LINK && g_strcmp0 (field->target, "user") == 0))
    return TRUE;
  if (!cpt_field_parse (field, initial, NULL, &value, NULL))
    return refuse (field, error, _("the value for new records does not fit the field"));

  return TRUE;
}

static gboolean
has_group (const CptEntity *entity,
           const char      *name)
{
  for (const CptFieldGroup *group = entity->groups; group->name != NULL; group++)
    if (strcmp (group->name, name) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
check_numbers (const CptField  *field,
               GError         **error)
{
  CptValueType type = cpt_field_type_get (field->kind)->value_type;

  if (field->min > field->max)
    return refuse (field, error, _("the minimum is larger than the maximum"));
  if (field->min != field->max && type != CPT_VALUE_INTEGER && type != CPT_VALUE_MONEY)
    return refuse (field, error, _("only numbers and dates have bounds"));
  if (field->scale > CPT_DECIMAL_MAX_SCALE || (field->scale != 0 && field->kind != CPT_FIELD_DECIMAL))
    return refuse (field, error, _("only decimal numbers have digits after the point, and at most nine"));
  if (field->max_length > CPT_LONG_TEXT_MAX_CHARS)
    return refuse (field, error, _("the maximum length is too large"));

  return TRUE;
}

/* What is worked out can't be asked of anybody. Whether the formula can be read
 * shows when all fields are there. */
static gboolean
check_formula (const CptField  *field,
               GError         **error)
{
  if (field->formula == NULL)
    return TRUE;
  if (!field->is_custom)
    return refuse (field, error, _("only custom fields have a formula"));
  if (*field->formula == '\0' || strlen (field->formula) > CPT_EXPRESSION_MAX_BYTES ||
      !g_utf8_validate (field->formula, -1, NULL))
    return refuse (field, error, _("the formula is empty or too long"));
  if ((field->flags & CPT_FIELD_REQUIRED) != 0 || field->initial != NULL)
    return refuse (field, error, _("a field with a formula is neither required nor has it a value for new records"));

  return TRUE;
}

gboolean
cpt_schema_check_field (CptSchema        *schema,
                        const CptEntity  *entity,
                        const CptField   *field,
                        GError          **error)
{
  if (!cpt_schema_is_field_name (field->name))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("“%s” can’t name a field: use at most %d lower-case letters, digits and single underscores"),
                   field->name == NULL || !g_utf8_validate (field->name, -1, NULL) ? "" : field->name, NAME_MAX_BYTES);
      return FALSE;
    }
  if (clashes (entity, field))
    return refuse (field, error, _("this name is already taken"));
  if ((guint) field->kind >= CPT_N_FIELD_KINDS)
    return refuse (field, error, _("its kind is not known"));
  if ((guint) field->scheme >= CPT_N_IDENTIFIERS)
    return refuse (field, error, _("the scheme of the identifier is not known"));
  if ((guint) field->privacy > CPT_PRIVACY_SENSITIVE)
    return refuse (field, error, _("its privacy class is not known"));
  if (!cpt_schema_is_label (field->label, LABEL_MAX_CHARS))
    return refuse (field, error, _("it needs a label of at most 100 characters"));
  if ((field->help != NULL && !cpt_schema_is_label (field->help, HELP_MAX_CHARS)) ||
      (field->unit != NULL && !cpt_schema_is_label (field->unit, LABEL_MAX_CHARS)))
    return refuse (field, error, _("its help or its unit is not plain text"));
  if (field->group != NULL && !has_group (entity, field->group))
    return refuse (field, error, _("its group does not exist"));

  return check_numbers (field, error) && check_choices (field, error) &&
         check_link (schema, field, error) && check_initial (field, error) && check_formula (field, error);
}
