/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One value of one kind as a value of another. Days and instants are worked
 * out; everything else goes through text, as one would type it again: a value
 * is one text, a set is several, and each is read by the new kind, which says
 * what it can't take. */

#include "config.h"

#include "cpt-conversion-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-country.h"
#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-fields.h"
#include "cpt-json.h"
#include "cpt-text.h"

/* As the schema has them */
#define MAX_CHOICES 500
#define MAX_CHOICE_CHARS 100

static gboolean
is_set (const CptField *field)
{
  CptValueType type = cpt_field_type_get (field->kind)->value_type;

  return type == CPT_VALUE_TEXTS || type == CPT_VALUE_IDS;
}

static gboolean
is_number (CptFieldKind kind)
{
  return kind == CPT_FIELD_INTEGER || kind == CPT_FIELD_DECIMAL || kind == CPT_FIELD_PERCENT || kind == CPT_FIELD_MONEY;
}

gboolean
cpt_conversion_is_possible (CptFieldKind from,
                            CptFieldKind to)
{
  return from != CPT_FIELD_ATTACHMENT && to != CPT_FIELD_ATTACHMENT && from < CPT_N_FIELD_KINDS && to < CPT_N_FIELD_KINDS;
}

static gboolean
refuse (char **message,
        char  *text)
{
  *message = text;

  return FALSE;
}

/* ------------------------------------------------------------- from a value */

static void
add_choice_label (CptConverter *self,
                  GPtrArray    *texts,
                  const char   *name)
{
  const CptChoice *choice = cpt_field_find_choice (self->from, name);

  g_ptr_array_add (texts, g_strdup (choice != NULL ? cpt_choice_get_label (choice) : name));
}

static gboolean
add_title (CptConverter   *self,
           GPtrArray      *texts,
           const CptUuid  *id,
           char          **message)
{
  const CptEntity *target = cpt_schema_get_target (cpt_database_get_schema (self->database), self->from);
  char *title = target != NULL ? cpt_database_dup_title (self->database, target, id) : NULL;

  if (title == NULL)
    return refuse (message, g_strdup (_("The record that it links to is not there.")));
  g_ptr_array_add (texts, title);

  return TRUE;
}

/* An amount is a number only in the currency that everybody assumes. */
static char *
dup_amount (CptConverter    *self,
            const CptValue  *value,
            char           **message)
{
  int scale = MAX (cpt_currency_get_exponent (value->money.currency), 0);

  if (g_strcmp0 (value->money.currency, self->options.currency) == 0)
    return cpt_decimal_format (value->money.amount, scale);

  *message = g_strdup_printf (_("The amount is in %s, not in %s."), value->money.currency, self->options.currency);

  return NULL;
}

/* "12.00" is a whole number too */
static void
cut_zeros (char *number)
{
  char *point = strchr (number, '.');

  if (point != NULL && point[1 + strspn (point + 1, "0")] == '\0')
    *point = '\0';
}

static char *
dup_text (CptConverter    *self,
          const CptValue  *value,
          char           **message)
{
  CptFieldKind kind = self->from->kind;
  CptFieldKind wanted = self->to->kind;
  gboolean is_read = cpt_field_kind_is_text (wanted) || cpt_field_kind_is_choice (wanted) || wanted == CPT_FIELD_TAGS;
  char *text;

  if (kind == CPT_FIELD_MONEY && is_number (wanted) && wanted != CPT_FIELD_MONEY)
    text = dup_amount (self, value, message);
  else if (kind == CPT_FIELD_BOOLEAN && is_number (wanted))
    text = g_strdup (value->integer != 0 ? "1" : "0");
  else if ((kind == CPT_FIELD_BOOLEAN || kind == CPT_FIELD_ADDRESS || kind == CPT_FIELD_COUNTRY) && is_read)
    text = cpt_field_format_local (self->from, value, self->options.zone);
  else
    text = cpt_field_format (self->from, value);

  if (text != NULL && is_number (kind) && wanted == CPT_FIELD_INTEGER)
    cut_zeros (text);

  return text;
}

/* The texts that the value consists of */
static gboolean
take_apart (CptConverter    *self,
            const CptValue  *value,
            GPtrArray       *texts,
            char           **message)
{
  char *text;

  if (self->from->kind == CPT_FIELD_CHOICE)
    {
      add_choice_label (self, texts, value->text);
      return TRUE;
    }
  if (self->from->kind == CPT_FIELD_LINK)
    return add_title (self, texts, &value->id, message);

  if (value->type == CPT_VALUE_TEXTS)
    {
      for (guint i = 0; value->texts[i] != NULL; i++)
        add_choice_label (self, texts, value->texts[i]);
      return TRUE;
    }
  if (value->type == CPT_VALUE_IDS)
    {
      for (guint i = 0; i < value->ids.length; i++)
        if (!add_title (self, texts, &value->ids.items[i], message))
          return FALSE;
      return TRUE;
    }

  text = dup_text (self, value, message);
  if (text == NULL)
    return FALSE;
  g_ptr_array_add (texts, text);

  return TRUE;
}

/* --------------------------------------------------------------- to a value */

static guint
count_choices (const CptField *field)
{
  guint n = 0;

  while (field->choices != NULL && field->choices[n].name != NULL)
    n++;

  return n;
}

static char *
dup_choice_name (CptConverter *self,
                 const char   *label)
{
  g_autoptr(GPtrArray) taken = g_ptr_array_new ();

  for (guint i = 0; i < count_choices (self->to); i++)
    g_ptr_array_add (taken, (gpointer) self->to->choices[i].name);
  g_ptr_array_extend (taken, self->grown_names, NULL, NULL);

  return cpt_fields_dup_choice_name (label, taken);
}

static const char *
grow_choice (CptConverter *self,
             const char   *label,
             char         *folded)
{
  g_autofree char *key = folded;
  char *name;

  if (!self->is_growing || count_choices (self->to) + self->grown->len >= MAX_CHOICES ||
      g_utf8_strlen (label, -1) > MAX_CHOICE_CHARS || strchr (label, '\n') != NULL)
    return NULL;

  name = dup_choice_name (self, label);
  g_ptr_array_add (self->grown, g_strdup (label));
  g_ptr_array_add (self->grown_names, name);
  g_hash_table_insert (self->by_label, g_steal_pointer (&key), g_strdup (name));

  return name;
}

/* Takes back the choices behind the first @n: the value that they came from is
 * refused. */
static void
shrink_choices (CptConverter *self,
                guint         n)
{
  for (guint i = n; i < self->grown->len; i++)
    {
      g_autofree char *folded = cpt_text_fold (g_ptr_array_index (self->grown, i));

      g_hash_table_remove (self->by_label, g_strstrip (folded));
    }
  g_ptr_array_set_size (self->grown, (int) n);
  g_ptr_array_set_size (self->grown_names, (int) n);
}

static gboolean
read_choice (CptConverter  *self,
             const char    *text,
             CptValue      *value,
             char         **message)
{
  g_autofree char *folded = cpt_text_fold (text);
  g_autofree char *shown = NULL;
  const char *name;

  g_strstrip (folded);
  if (*folded == '\0')
    return TRUE;

  name = g_hash_table_lookup (self->by_label, folded);
  if (name == NULL)
    name = grow_choice (self, text, g_steal_pointer (&folded));
  if (name == NULL)
    {
      shown = cpt_text_shorten (text, 60);
      return refuse (message, g_strdup_printf (_("“%s” is not one of the choices."), shown));
    }
  cpt_value_set_text (value, name);

  return TRUE;
}

static gboolean
read_link (CptConverter  *self,
           const char    *text,
           CptValue      *value,
           char         **message)
{
  const CptEntity *target = cpt_schema_get_target (cpt_database_get_schema (self->database), self->to);
  const CptField *title = target != NULL ? cpt_entity_get_title_field (target) : NULL;
  g_autoptr(GError) error = NULL;
  g_auto(CptValue) wanted = CPT_VALUE_INIT;
  CptUuid id;

  if (title == NULL || !cpt_field_parse (title, text, NULL, &wanted, &error) || cpt_value_is_null (&wanted))
    return refuse (message, g_strdup (error != NULL ? error->message : _("The record that it links to is not there.")));
  if (!cpt_database_find (self->database, target, title, &wanted, TRUE, &id, &error))
    {
      if (error != NULL)
        return refuse (message, g_strdup (error->message));
      /* Translators: a kind of record, then a title */
      return refuse (message, g_strdup_printf (_("%s: there is none that is called “%s”."), cpt_entity_get_label (target), text));
    }
  cpt_value_set_id (value, &id);

  return TRUE;
}

static gboolean
read_plain (CptConverter  *self,
            const char    *text,
            CptValue      *value,
            char         **message)
{
  const char *country = self->to->kind == CPT_FIELD_COUNTRY ? cpt_country_find (text) : NULL;
  g_autoptr(GError) error = NULL;

  if (cpt_field_parse (self->to, country != NULL ? country : text, &self->options, value, &error))
    return TRUE;

  return refuse (message, g_strdup (error->message));
}

static gboolean
read_one (CptConverter  *self,
          const char    *text,
          CptValue      *value,
          char         **message)
{
  if (cpt_field_kind_is_choice (self->to->kind))
    return read_choice (self, text, value, message);
  if (cpt_field_kind_is_link (self->to->kind))
    return read_link (self, text, value, message);

  return read_plain (self, text, value, message);
}

/* A text that people wrote with marks between several things */
static void
split (CptConverter *self,
       GPtrArray    *texts)
{
  g_autofree char *text = g_strdup (g_ptr_array_index (texts, 0));
  g_auto(GStrv) words = NULL;

  if (!cpt_field_kind_is_text (self->from->kind))
    return;

  /* Titles of records have commas in them. */
  words = g_strsplit_set (text, cpt_field_kind_is_link (self->to->kind) ? ";|\n" : ",;|\n", -1);
  g_ptr_array_set_size (texts, 0);
  for (guint i = 0; words[i] != NULL; i++)
    if (*g_strstrip (words[i]) != '\0')
      g_ptr_array_add (texts, g_strdup (words[i]));
}

static gboolean
read_set (CptConverter  *self,
          GPtrArray     *texts,
          CptValue      *result,
          char         **message)
{
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));

  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      g_auto(CptValue) value = CPT_VALUE_INIT;

      if (self->to->kind == CPT_FIELD_TAGS)
        g_strv_builder_add (words, text);
      else if (!read_one (self, text, &value, message))
        return FALSE;
      else if (value.type == CPT_VALUE_TEXT)
        g_strv_builder_add (words, value.text);
      else if (value.type == CPT_VALUE_ID)
        g_array_append_val (ids, value.id);
    }

  if (cpt_field_kind_is_link (self->to->kind))
    cpt_value_set_ids (result, (const CptUuid *) (gpointer) ids->data, ids->len);
  else
    cpt_value_take_texts (result, g_strv_builder_end (words));

  return TRUE;
}

/* Long texts have lines, texts one */
static char *
dup_joined (CptConverter *self,
            GPtrArray    *texts)
{
  gboolean is_list = is_set (self->from);
  g_autoptr(GString) joined = g_string_new (NULL);

  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "", (const char *) g_ptr_array_index (texts, i));
  if (self->to->kind == CPT_FIELD_TEXT && !is_list)
    {
      g_string_replace (joined, "\r", "", 0);
      g_string_replace (joined, "\n", self->from->kind == CPT_FIELD_ADDRESS ? ", " : " ", 0);
    }

  return g_string_free (g_steal_pointer (&joined), FALSE);
}

static gboolean
put_together (CptConverter  *self,
              GPtrArray     *texts,
              CptValue      *result,
              char         **message)
{
  if (cpt_field_kind_is_text (self->to->kind))
    {
      g_autofree char *joined = dup_joined (self, texts);

      return read_plain (self, joined, result, message);
    }

  if (is_set (self->to))
    {
      if (texts->len == 1)
        split (self, texts);
      return read_set (self, texts, result, message);
    }

  if (texts->len != 1)
    return refuse (message, g_strdup (_("There are several values, and the new kind holds one.")));

  return read_one (self, g_ptr_array_index (texts, 0), result, message);
}

/* What needs no text */
static gboolean
convert_directly (CptConverter   *self,
                  const CptValue *value,
                  CptValue       *result)
{
  CptFieldKind from = self->from->kind;
  CptFieldKind to = self->to->kind;
  gboolean are_alike = cpt_field_kind_is_link (from) && cpt_field_kind_is_link (to) &&
                       g_strcmp0 (self->from->target, self->to->target) == 0;

  if (from == CPT_FIELD_DATE && to == CPT_FIELD_DATETIME)
    cpt_value_set_integer (result, cpt_instant_from_date (value->integer, self->options.zone));
  else if (from == CPT_FIELD_DATETIME && to == CPT_FIELD_DATE)
    cpt_value_set_integer (result, cpt_instant_get_date (value->integer, self->options.zone));
  else if (are_alike && value->type == CPT_VALUE_ID)
    cpt_value_set_ids (result, &value->id, 1);
  else if (are_alike && value->type == CPT_VALUE_IDS && value->ids.length == 1)
    cpt_value_set_id (result, &value->ids.items[0]);
  else
    return FALSE;

  return TRUE;
}

static gboolean
convert_to_json (CptConverter   *self,
                 const CptValue *value,
                 CptValue       *result)
{
  g_autoptr(JsonNode) node = cpt_field_to_json (self->from, value);

  cpt_value_take_text (result, cpt_json_format_canonical (node));

  return TRUE;
}

gboolean
cpt_converter_convert (CptConverter    *self,
                       const CptValue  *value,
                       CptValue        *result,
                       char           **message)
{
  g_autoptr(GPtrArray) texts = NULL;
  g_autofree char *refusal = NULL;
  guint n_grown = self->grown->len;
  gboolean done;

  cpt_value_clear (result);
  if (cpt_value_is_null (value))
    return TRUE;

  if (self->to->kind == CPT_FIELD_JSON)
    done = convert_to_json (self, value, result);
  else if (convert_directly (self, value, result))
    done = TRUE;
  else
    {
      texts = g_ptr_array_new_with_free_func (g_free);
      done = take_apart (self, value, texts, message) && put_together (self, texts, result, message);
    }
  if (!done)
    {
      shrink_choices (self, n_grown);
      return FALSE;
    }

  if (!cpt_field_kind_is_choice (self->to->kind) && !cpt_value_is_null (result) &&
      !cpt_field_normalise (self->to, result, &refusal))
    return refuse (message, g_steal_pointer (&refusal));
  if (cpt_value_is_null (result))
    return refuse (message, g_strdup (_("Nothing of it would be left.")));

  return TRUE;
}

/* ---------------------------------------------------------------- the object */

/* As people write dates where this session is */
static CptDateOrder
get_date_order (void)
{
  g_autofree char *shown = cpt_date_format (cpt_date_from_ymd (2026, 11, 21));

  return g_str_has_prefix (shown, "11") ? CPT_DATE_ORDER_MDY : CPT_DATE_ORDER_DMY;
}

static void
learn_choices (CptConverter *self)
{
  for (guint i = 0; i < count_choices (self->to); i++)
    {
      const CptChoice *choice = &self->to->choices[i];
      const char *const spellings[] = { choice->label, cpt_choice_get_label (choice), choice->name };

      for (guint j = 0; j < G_N_ELEMENTS (spellings); j++)
        {
          char *folded = cpt_text_fold (spellings[j]);

          g_strstrip (folded);
          if (g_hash_table_contains (self->by_label, folded))
            g_free (folded);
          else
            g_hash_table_insert (self->by_label, folded, g_strdup (choice->name));
        }
    }
}

void
cpt_converter_init (CptConverter   *self,
                    CptDatabase    *database,
                    const CptField *from,
                    const CptField *to)
{
  *self = (CptConverter){ .database = database, .from = from, .to = to, .is_growing = cpt_field_kind_is_choice (to->kind) };
  self->options.decimal = cpt_field_kind_is_text (from->kind) || cpt_field_kind_is_choice (from->kind) ? 0 : '.';
  self->options.date_order = get_date_order ();
  self->currency = g_strdup (cpt_database_get_currency (database));
  self->country = g_strdup (cpt_database_get_country (database));
  self->options.currency = self->currency;
  self->options.country = self->country;
  self->options.zone = g_time_zone_ref (cpt_database_get_zone (database));
  self->grown = g_ptr_array_new_with_free_func (g_free);
  self->grown_names = g_ptr_array_new_with_free_func (g_free);
  self->by_label = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  learn_choices (self);
}

void
cpt_converter_move (CptConverter   *self,
                    const CptField *from,
                    const CptField *to)
{
  self->from = from;
  self->to = to;
  self->is_growing = FALSE;
}

void
cpt_converter_clear (CptConverter *self)
{
  g_clear_pointer (&self->grown, g_ptr_array_unref);
  g_clear_pointer (&self->grown_names, g_ptr_array_unref);
  g_clear_pointer (&self->by_label, g_hash_table_unref);
  g_clear_pointer (&self->options.zone, g_time_zone_unref);
  g_clear_pointer (&self->currency, g_free);
  g_clear_pointer (&self->country, g_free);
}
