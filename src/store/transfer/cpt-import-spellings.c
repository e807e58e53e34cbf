/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that look like a slip of the pen: a text that stands in few rows of a
 * column and is nearly one that stands in many. Only told, never put right,
 * since a text field may hold anything. Columns of more than MAX_TEXTS
 * different texts are names, not words, and are given up. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-text.h"

#define MAX_TEXTS 256
#define MAX_LENGTH 60
#define MIN_LENGTH 5
/* So many times as often is the right one */
#define MIN_RATIO 5
/* Jaro-Winkler */
#define NEAR_DISTANCE 0.06

struct _CptImportSpellings
{
  GHashTable *counts; /* (nullable): text -> how many rows; NULL once given up */
};

CptImportSpellings *
cpt_import_spellings_new (void)
{
  CptImportSpellings *self = g_new0 (CptImportSpellings, 1);

  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
cpt_import_spellings_free (CptImportSpellings *self)
{
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_free (self);
}

void
cpt_import_spellings_count (CptImportSpellings *self,
                            const char         *text)
{
  gpointer key = NULL;
  gpointer count = NULL;

  if (self->counts == NULL)
    return;

  if (g_hash_table_lookup_extended (self->counts, text, &key, &count))
    {
      if (GPOINTER_TO_UINT (count) < G_MAXUINT)
        g_hash_table_insert (self->counts, g_strdup (text), GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
      return;
    }
  if (g_hash_table_size (self->counts) == MAX_TEXTS || strnlen (text, MAX_LENGTH) == MAX_LENGTH)
    g_clear_pointer (&self->counts, g_hash_table_unref);
  else
    g_hash_table_insert (self->counts, g_strdup (text), GUINT_TO_POINTER (1));
}

/* Numbers in words tell things apart */
static gboolean
is_word (const char *text)
{
  return strlen (text) >= MIN_LENGTH && strpbrk (text, "0123456789") == NULL;
}

static const char *
find_right (CptImportSpellings *self,
            const char         *text,
            guint               count)
{
  const char *best = NULL;
  guint best_count = 0;
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      guint other = GPOINTER_TO_UINT (value);

      if (other / MIN_RATIO >= count && other > best_count && is_word (key) &&
          cpt_text_get_distance (text, key) <= NEAR_DISTANCE)
        {
          best = key;
          best_count = other;
        }
    }

  return best;
}

void
cpt_import_spellings_note (CptImportSpellings *self,
                           const char         *header,
                           CptImportNotes     *notes)
{
  g_autoptr(GList) texts = NULL;

  if (self->counts == NULL)
    return;

  texts = g_list_sort (g_hash_table_get_keys (self->counts), (GCompareFunc) strcmp);
  for (GList *l = texts; l != NULL; l = l->next)
    {
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, l->data));
      const char *right = is_word (l->data) ? find_right (self, l->data, count) : NULL;
      g_autofree char *sentence = NULL;

      if (right == NULL)
        continue;
      /* Translators: first the name of a column, then two texts in it */
      sentence = g_strdup_printf (_("%s: “%s” looks like “%s”, which is more frequent; it was left as it is"), header,
                                  (const char *) l->data, right);
      cpt_import_notes_add_times (notes, sentence, count);
    }
}
