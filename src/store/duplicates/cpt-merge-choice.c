/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is best for each field of records that become one.
 *
 *   title         that of the kept record, unless it is empty or clearly worse
 *   sets          all members
 *   consents      the refusal
 *   long texts    all of them, one below the other
 *   texts         the longest; where they are as long, the one not in capitals
 *   the rest      what was set last
 *
 * First and last name are parts of the full name: a text whose words are in the
 * title of every record is taken from where the title is taken from, so that
 * nobody gets the first name of one and the last name of the other. */

#include "config.h"

#include "cpt-merge-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-log.h"
#include "cpt-name.h"
#include "cpt-text.h"

/* Changes of a record that are looked through for when a field was set */
#define MAX_HISTORY 500

typedef struct
{
  CptMerge *merge;
  GArray *times; /* of gint64: n_records * n_fields: when each was set */
} Choice;

static const CptValue *
get (CptMerge *self,
     guint     record,
     guint     field)
{
  return &((CptRecord *) g_ptr_array_index (self->records, record))->values[field];
}

static void
take (CptMerge *self,
      guint     field,
      guint     record)
{
  cpt_value_copy (get (self, record, field), &self->values[field]);
  self->sources[field] = record;
}

/* Times */

static gboolean
read_times (Choice       *self,
            CptDatabase  *database,
            guint         index,
            GError      **error)
{
  const CptEntity *entity = self->merge->entity;
  const CptRecord *record = g_ptr_array_index (self->merge->records, index);
  g_autoptr(GPtrArray) history = cpt_log_get_history (database, entity, &record->id, MAX_HISTORY, error);
  gint64 *times = &g_array_index (self->times, gint64, (gsize) index * entity->n_fields);

  if (history == NULL)
    return FALSE;

  for (guint i = 0; i < entity->n_fields; i++)
    times[i] = record->created_at;
  /* Newest first */
  for (guint i = history->len; i > 0; i--)
    {
      const CptHistoryEntry *entry = g_ptr_array_index (history, i - 1);

      for (guint k = 0; k < entry->changes->len; k++)
        {
          const CptFieldChange *change = g_ptr_array_index (entry->changes, k);

          if (change->field != NULL)
            times[change->field->index] = MAX (entry->entry->at, record->created_at);
        }
    }

  return TRUE;
}

/* Choosing */

static void
unite_texts (CptMerge *self,
             guint     field)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; i < self->records->len; i++)
    {
      const CptValue *value = get (self, i, field);

      for (guint k = 0; value->type == CPT_VALUE_TEXTS && value->texts[k] != NULL; k++)
        g_ptr_array_add (all, g_strdup (value->texts[k]));
    }
  g_ptr_array_add (all, NULL);
  cpt_value_take_texts (&self->values[field], (char **) g_ptr_array_free (g_steal_pointer (&all), FALSE));
  self->sources[field] = CPT_MERGE_UNITED;
}

static void
unite_ids (CptMerge *self,
           guint     field)
{
  g_autoptr(GArray) all = g_array_new (FALSE, FALSE, sizeof (CptUuid));

  for (guint i = 0; i < self->records->len; i++)
    {
      const CptValue *value = get (self, i, field);

      for (guint k = 0; value->type == CPT_VALUE_IDS && k < value->ids.length; k++)
        if (!cpt_merge_is_one (self, &value->ids.items[k]))
          g_array_append_val (all, value->ids.items[k]);
    }
  cpt_value_set_ids (&self->values[field], (const CptUuid *) (gconstpointer) all->data, all->len);
  self->sources[field] = CPT_MERGE_UNITED;
}

/* Each text that is not in another one; the longest alone when that is too long */
static gboolean
unite_long_texts (CptMerge *self,
                  guint     field)
{
  g_autoptr(GString) all = g_string_new (NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  for (guint i = 0; i < self->records->len; i++)
    {
      const char *text = get (self, i, field)->type == CPT_VALUE_TEXT ? get (self, i, field)->text : NULL;

      if (text == NULL || strstr (all->str, text) != NULL)
        continue;
      if (all->len > 0)
        g_string_append (all, "\n\n");
      g_string_append (all, text);
    }
  if (all->len == 0)
    return FALSE;

  cpt_value_set_text (&value, all->str);
  if (!cpt_field_normalise (self->entity->fields[field], &value, NULL))
    return FALSE;

  cpt_value_clear (&self->values[field]);
  self->values[field] = cpt_value_steal (&value);
  self->sources[field] = CPT_MERGE_UNITED;
  for (guint i = 0; i < self->records->len; i++)
    if (cpt_value_equal (get (self, i, field), &self->values[field]))
      {
        self->sources[field] = i;
        break;
      }

  return TRUE;
}

static void
choose_refusal (CptMerge *self,
                guint     field)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      const CptValue *value = get (self, i, field);

      if (!cpt_value_is_null (value) && (cpt_value_is_null (&self->values[field]) || value->integer == 0))
        take (self, field, i);
    }
}

static guint
count_small_letters (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    n += g_unichar_islower (g_utf8_get_char (text)) ? 1 : 0;

  return n;
}

static gboolean
is_better_text (const char *text,
                const char *other)
{
  glong length = g_utf8_strlen (text, -1);
  glong other_length = g_utf8_strlen (other, -1);
  gsize small, other_small;

  if (length != other_length)
    return length > other_length;

  small = count_small_letters (text);
  other_small = count_small_letters (other);
  if ((small == 0) != (other_small == 0))
    return small > 0;

  /* Accents take bytes */
  return strlen (text) > strlen (other);
}

static void
choose_longest (CptMerge *self,
                guint     field)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      const CptValue *value = get (self, i, field);

      if (value->type == CPT_VALUE_TEXT &&
          (cpt_value_is_null (&self->values[field]) || is_better_text (value->text, self->values[field].text)))
        take (self, field, i);
    }
}

/* Titles */

static gboolean
is_same_name (const char *name,
              const char *other)
{
  static const CptNameKind kinds[] = { CPT_NAME_COMPANY, CPT_NAME_PERSON };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *a = cpt_name_normalise (name, kinds[i]);
      g_autofree char *b = cpt_name_normalise (other, kinds[i]);

      if (*a != '\0' && cpt_name_compare (a, b, NULL) <= CPT_NAME_SWAPPED)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_both_cases (const char *text)
{
  guint n_small = count_small_letters (text);
  guint n_capital = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    n_capital += g_unichar_isupper (g_utf8_get_char (text)) ? 1 : 0;

  return n_small > 0 && n_capital > 0;
}

/* A mail address in the place of a name, or the same name in capitals or small
 * letters throughout. A longer name alone is no better one: people know the
 * record by the name that it has. */
static gboolean
is_worse_title (const char *title,
                const char *other)
{
  if ((strchr (title, '@') != NULL) != (strchr (other, '@') != NULL))
    return strchr (title, '@') != NULL;

  return !has_both_cases (title) && has_both_cases (other) && is_same_name (title, other);
}

static void
choose_title (CptMerge *self,
              guint     field)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      const CptValue *value = get (self, i, field);

      if (value->type == CPT_VALUE_TEXT &&
          (cpt_value_is_null (&self->values[field]) || is_worse_title (self->values[field].text, value->text)))
        take (self, field, i);
    }
}

static void
choose_newest (Choice *self,
               guint   field)
{
  CptMerge *merge = self->merge;
  guint n_fields = merge->entity->n_fields;
  gint64 newest = G_MININT64;

  for (guint i = 0; i < merge->records->len; i++)
    {
      const CptValue *value = get (merge, i, field);
      gint64 time = g_array_index (self->times, gint64, (gsize) i * n_fields + field);

      if (cpt_value_is_null (value) || time <= newest)
        continue;
      /* Nothing is above itself */
      if (value->type == CPT_VALUE_ID && cpt_merge_is_one (merge, &value->id))
        continue;
      newest = time;
      take (merge, field, i);
    }
}

static void
choose (Choice *self,
        guint   index)
{
  CptMerge *merge = self->merge;
  const CptField *field = merge->entity->fields[index];

  if ((field->flags & CPT_FIELD_READ_ONLY) != 0)
    take (merge, index, 0);
  else if ((field->flags & CPT_FIELD_CONSENT) != 0 && field->kind == CPT_FIELD_BOOLEAN)
    choose_refusal (merge, index);
  else if (cpt_field_type_get (field->kind)->value_type == CPT_VALUE_TEXTS)
    unite_texts (merge, index);
  else if (cpt_field_type_get (field->kind)->value_type == CPT_VALUE_IDS)
    unite_ids (merge, index);
  else if (field->kind == CPT_FIELD_LONG_TEXT && unite_long_texts (merge, index))
    return;
  else if (field == cpt_entity_get_title_field (merge->entity) && cpt_field_kind_is_text (field->kind))
    choose_title (merge, index);
  else if (cpt_field_kind_is_text (field->kind) || field->kind == CPT_FIELD_ADDRESS)
    choose_longest (merge, index);
  else
    choose_newest (self, index);
}

gboolean
cpt_merge_unite (CptMerge        *self,
                 const CptField  *field,
                 GError         **error)
{
  CptValueType type = cpt_field_type_get (field->kind)->value_type;

  if ((field->flags & CPT_FIELD_READ_ONLY) == 0)
    {
      if (type == CPT_VALUE_TEXTS)
        {
          unite_texts (self, field->index);
          return TRUE;
        }
      if (type == CPT_VALUE_IDS)
        {
          unite_ids (self, field->index);
          return TRUE;
        }
      if (field->kind == CPT_FIELD_LONG_TEXT && unite_long_texts (self, field->index))
        return TRUE;
    }

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, C_("problem", "%s: %s"), cpt_field_get_label (field),
               _("These values can’t be put together. Choose one of them."));

  return FALSE;
}

/* Names */

static gboolean
has_words_in (const char *text,
              const char *title)
{
  g_autoptr(GString) words = g_string_new (NULL);
  g_autoptr(GString) all = g_string_new (" ");
  g_auto(GStrv) parts = NULL;

  cpt_text_append_words (words, text);
  cpt_text_append_words (all, title);
  parts = g_strsplit (words->str, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *word = g_strdup_printf (" %s ", parts[i]);

      if (*parts[i] != '\0' && strstr (all->str, word) == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_part_of_title (CptMerge *self,
                  guint     field,
                  guint     title)
{
  gboolean is_anywhere = FALSE;

  for (guint i = 0; i < self->records->len; i++)
    {
      const CptValue *value = get (self, i, field);
      const CptValue *whole = get (self, i, title);

      if (value->type != CPT_VALUE_TEXT)
        continue;
      is_anywhere = TRUE;
      if (whole->type != CPT_VALUE_TEXT || !has_words_in (value->text, whole->text))
        return FALSE;
    }

  return is_anywhere;
}

static void
follow_title (CptMerge *self)
{
  const CptField *title = cpt_entity_get_title_field (self->entity);
  guint source;

  if (title == NULL || title->kind != CPT_FIELD_TEXT || (title->flags & CPT_FIELD_READ_ONLY) != 0)
    return;

  source = self->sources[title->index];
  for (guint i = 0; i < self->entity->n_fields; i++)
    {
      const CptField *field = self->entity->fields[i];

      if (field->kind == CPT_FIELD_TEXT && (field->flags & CPT_FIELD_READ_ONLY) == 0 &&
          !cpt_value_is_null (get (self, source, i)) && is_part_of_title (self, i, title->index))
        take (self, i, source);
    }
}

gboolean
cpt_merge_choose_best (CptMerge     *self,
                       CptDatabase  *database,
                       GError      **error)
{
  g_autoptr(GArray) times = g_array_new (FALSE, TRUE, sizeof (gint64));
  Choice choice = { self, times };

  g_array_set_size (times, self->records->len * self->entity->n_fields);
  for (guint i = 0; i < self->records->len; i++)
    if (!read_times (&choice, database, i, error))
      return FALSE;
  for (guint i = 0; i < self->entity->n_fields; i++)
    choose (&choice, i);
  follow_title (self);

  return TRUE;
}
