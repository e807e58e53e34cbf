/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of one cell becomes a value. The kind of the field does it; here is
 * what only files need: blanks, the apostrophe that guards formulas, numbers
 * counted in thousands or millions, words a person mapped, choices by their
 * label or with a slip of the pen, countries as people spell them. Runs on the
 * reader's thread: touches no database. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-country.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-text.h"

/* Digits that are kept behind the point before a multiplication */
#define MULTIPLIED_SCALE 6
/* Jaro-Winkler distance up to which a word is a misspelt choice */
#define CHOICE_DISTANCE 0.06

GHashTable *
cpt_import_parse_values (const char *json)
{
  g_autoptr(JsonNode) node = json != NULL ? cpt_json_parse (json, -1, NULL) : NULL;
  GHashTable *values;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &member))
    {
      const char *text = JSON_NODE_HOLDS_VALUE (member) ? json_node_get_string (member) : NULL;

      g_hash_table_insert (values, cpt_text_fold (name), g_strdup (text != NULL ? text : ""));
    }

  return values;
}

void
cpt_import_slot_init (CptImportSlot         *self,
                      CptImportPlan         *plan,
                      const CptImportColumn *column,
                      const char            *currency,
                      const char            *country,
                      GTimeZone             *zone)
{
  memset (self, 0, sizeof *self);
  self->column = column;
  self->field = cpt_entity_find_field (plan->entity, column->field);
  self->options.decimal = plan->decimal;
  self->options.date_order = plan->date_order;
  self->options.currency = column->currency[0] != '\0' ? column->currency : currency;
  self->options.country = country;
  self->options.zone = zone;
  self->values = cpt_import_parse_values (column->values);
}

void
cpt_import_slot_clear (CptImportSlot *self)
{
  g_clear_pointer (&self->values, g_hash_table_unref);
}

/* What cpt_csv_append_row() guards: = + - @ and their wide forms, tab, CR */
static gboolean
begins_formula (const char *text)
{
  static const gunichar wide[] = { 0xff1d, 0xff0b, 0xff0d, 0xff20 };
  gunichar c = g_utf8_get_char_validated (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    {
      if (c == wide[i])
        return TRUE;
    }

  return *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
}

char *
cpt_import_trim (char *text)
{
  gsize length;
  const char *inner;

  while (g_ascii_isspace (*text))
    text++;
  length = strlen (text);
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  text[length] = '\0';

  if (*text != '\'')
    return text;

  /* Our own export, and every careful program's, guards formulas like this */
  inner = text + 1;
  while (*inner == ' ' && !begins_formula (inner))
    inner++;

  return begins_formula (inner) ? text + 1 : text;
}

/* @number / 10^@digits * @multiplier, rounded half away from zero as people
 * round amounts. FALSE when it does not fit. */
static gboolean
multiply (gint64  number,
          gint64  multiplier,
          int     digits,
          gint64 *value)
{
  gint64 divisor = 1;

  for (; digits > 0 && multiplier % 10 == 0; digits--)
    multiplier /= 10;
  for (int i = 0; i < digits; i++)
    divisor *= 10;

  if (__builtin_mul_overflow (number, multiplier, &number) ||
      __builtin_add_overflow (number, number >= 0 ? divisor / 2 : -(divisor / 2), &number))
    return FALSE;
  *value = number / divisor;

  return TRUE;
}

static gboolean
convert_multiplied (CptImportSlot  *self,
                    const char     *text,
                    CptValue       *value,
                    char          **message)
{
  const char *currency = self->options.currency;
  CptMoney money = { 0 };
  gint64 parsed;
  gint64 result;
  int scale = 0;

  if (self->field->kind == CPT_FIELD_MONEY)
    scale = MAX (cpt_currency_get_exponent (currency), 0);
  else if (self->field->kind == CPT_FIELD_DECIMAL)
    scale = self->field->scale;
  else if (self->field->kind == CPT_FIELD_PERCENT)
    scale = 2;

  if (!cpt_decimal_parse (text, MULTIPLIED_SCALE, self->options.decimal, &parsed, NULL) ||
      scale > MULTIPLIED_SCALE ||
      !multiply (parsed, self->column->multiplier, MULTIPLIED_SCALE - scale, &result))
    {
      *message = g_strdup_printf (_("“%s” is not a number that can be multiplied."), text);
      return FALSE;
    }

  if (self->field->kind == CPT_FIELD_MONEY)
    {
      money.amount = result;
      cpt_value_set_money (value, money.amount, currency);
    }
  else
    {
      cpt_value_set_integer (value, result);
    }

  return TRUE;
}

static const CptChoice *
find_choice (const CptField *field,
             const char     *text,
             gboolean       *is_near)
{
  g_autofree char *folded = cpt_import_fold_header (text);
  const CptChoice *nearest = NULL;
  double nearest_distance = 1.0;

  *is_near = FALSE;
  for (const CptChoice *choice = field->choices; choice->name != NULL; choice++)
    {
      g_autofree char *name = cpt_import_fold_header (choice->name);
      g_autofree char *label = cpt_import_fold_header (choice->label);
      g_autofree char *local = cpt_import_fold_header (cpt_choice_get_label (choice));
      double distance;

      if (g_str_equal (folded, name) || g_str_equal (folded, label) || g_str_equal (folded, local))
        return choice;

      distance = MIN (cpt_text_get_distance (folded, name), cpt_text_get_distance (folded, label));
      distance = MIN (distance, cpt_text_get_distance (folded, local));
      if (distance < nearest_distance)
        {
          nearest_distance = distance;
          nearest = choice;
        }
    }

  if (nearest_distance > CHOICE_DISTANCE || strlen (folded) < 4)
    return NULL;
  *is_near = TRUE;

  return nearest;
}

static gboolean
convert_choice (CptImportSlot   *self,
                const char      *text,
                CptImportNotes  *notes,
                CptValue        *value,
                char           **message)
{
  gboolean is_near;
  const CptChoice *choice = find_choice (self->field, text, &is_near);

  if (choice == NULL)
    {
      *message = g_strdup_printf (_("“%s” is not one of the choices."), text);
      return FALSE;
    }
  if (is_near)
    cpt_import_notes_taken (notes, self->column->header, text, cpt_choice_get_label (choice));
  cpt_value_set_text (value, choice->name);

  return TRUE;
}

static gboolean
convert_choices (CptImportSlot   *self,
                 const char      *text,
                 CptImportNotes  *notes,
                 CptValue        *value,
                 char           **message)
{
  g_auto(GStrv) words = g_strsplit_set (text, ",;|", -1);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto(CptValue) one = CPT_VALUE_INIT;

      g_strstrip (words[i]);
      if (*words[i] == '\0')
        continue;
      if (!convert_choice (self, words[i], notes, &one, message))
        return FALSE;
      g_strv_builder_add (names, one.text);
    }
  cpt_value_take_texts (value, g_strv_builder_end (names));

  return TRUE;
}

const char *
cpt_import_read_country (const char     *header,
                         const char     *text,
                         CptImportNotes *notes)
{
  const char *code = cpt_country_find (text);
  gboolean is_code = code != NULL && g_ascii_strcasecmp (text, code) == 0;
  gboolean is_sure = code != NULL && (is_code || !cpt_country_is_ambiguous (text));

  if (code == NULL)
    code = cpt_country_guess (text);
  if (code != NULL && !is_sure)
    cpt_import_notes_taken (notes, header, text, cpt_country_get_name (code));

  return code;
}

static gboolean
convert_country (CptImportSlot   *self,
                 const char      *text,
                 CptImportNotes  *notes,
                 CptValue        *value,
                 char           **message)
{
  const char *code = cpt_import_read_country (self->column->header, text, notes);

  if (code == NULL)
    {
      *message = g_strdup_printf (_("No country is called “%s”."), text);
      return FALSE;
    }
  cpt_value_set_text (value, code);

  return TRUE;
}

gboolean
cpt_import_slot_convert (CptImportSlot   *self,
                         const char      *text,
                         CptImportNotes  *notes,
                         CptValue        *value,
                         char           **message)
{
  g_autoptr(GError) error = NULL;

  if (self->values != NULL)
    {
      g_autofree char *folded = cpt_text_fold (text);
      const char *mapped = g_hash_table_lookup (self->values, folded);

      if (mapped != NULL)
        text = mapped;
    }
  if (*text == '\0')
    return TRUE;

  if (self->column->multiplier > 1)
    return convert_multiplied (self, text, value, message);
  if (self->field->kind == CPT_FIELD_CHOICE)
    return convert_choice (self, text, notes, value, message);
  if (self->field->kind == CPT_FIELD_MULTI_CHOICE)
    return convert_choices (self, text, notes, value, message);
  if (self->field->kind == CPT_FIELD_COUNTRY)
    return convert_country (self, text, notes, value, message);

  if (cpt_field_parse (self->field, text, &self->options, value, &error))
    return TRUE;
  *message = g_strdup (error->message);

  return FALSE;
}

char *
cpt_import_plan_dup_example (CptImportPlan         *self,
                             const CptImportColumn *column,
                             const char            *text,
                             gboolean              *is_good)
{
  g_autoptr(CptImportNotes) notes = NULL;
  g_autofree char *cell = g_strdup (text);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  char *message = NULL;
  char *shown = NULL;
  CptImportSlot slot;

  g_return_val_if_fail (self != NULL && column != NULL && text != NULL && is_good != NULL, NULL);

  *is_good = TRUE;
  text = cpt_import_trim (cell);
  if (column->field == NULL || column->part != NULL || *text == '\0')
    return NULL;

  notes = cpt_import_notes_new ();
  cpt_import_slot_init (&slot, self, column, self->currency, self->country, self->zone);
  if (slot.field != NULL && slot.field->target == NULL)
    {
      *is_good = cpt_import_slot_convert (&slot, text, notes, &value, &message) &&
                 cpt_field_normalise (slot.field, &value, &message);
      shown = *is_good && !cpt_value_is_null (&value) ? cpt_field_format_local (slot.field, &value, self->zone) : message;
    }
  cpt_import_slot_clear (&slot);

  return shown;
}
