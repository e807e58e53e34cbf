/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a business card says, from the text that was read of its picture. Plain
 * rules on lines: what has a form of its own (mail, pages, numbers, post codes)
 * is found first and taken out; what is left are names, told apart by words that
 * jobs and companies have, by the domain, and by what stands before the @. The
 * text is from outside: lines and their lengths are limited.
 */

#include "config.h"

#include "cpt-card-guess.h"

#include <string.h>

#include "cpt-card-private.h"
#include "cpt-text.h"

#define MAX_LINES 100
#define MAX_LINE 200 /* bytes */

CptCardLine *
cpt_card_get_line (CptCard *card,
                   guint    index)
{
  return &g_array_index (card->lines, CptCardLine, index);
}

static gboolean
is_noise (gunichar letter)
{
  return !g_unichar_isalnum (letter) && letter != '+' && letter != '(' && letter != '@';
}

/* Frames, dots and logos are read as signs around the words. */
static char *
dup_trimmed (const char *text)
{
  const char *end = text + strlen (text);

  while (*text != '\0' && is_noise (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text)
    {
      const char *last = g_utf8_prev_char (end);
      gunichar letter = g_utf8_get_char (last);

      if (!is_noise (letter) || letter == '.' || letter == ')')
        break;
      end = last;
    }

  return g_strndup (text, (gsize) (end - text));
}

static guint
count_letters (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    n += g_unichar_isalnum (g_utf8_get_char (text));

  return n;
}

static void
set_text (CptCardLine *line,
          const char  *text)
{
  g_autofree char *trimmed = dup_trimmed (text);

  g_free (line->text);
  g_free (line->folded);
  line->folded = cpt_text_fold (trimmed);
  line->text = g_steal_pointer (&trimmed);
  line->is_used = count_letters (line->text) < 2;
}

void
cpt_card_cut (CptCardLine *line,
              gsize        start,
              gsize        end)
{
  g_autofree char *left = g_strdup_printf ("%.*s %s", (int) start, line->text, line->text + end);
  g_autofree char *cleaned = cpt_text_clean (left, FALSE);

  set_text (line, cleaned);
}

gboolean
cpt_card_take (CptCard      *card,
               CptCardField  field,
               char         *text)
{
  char **place = &card->guess->fields[field];

  if (*place != NULL || text == NULL || *text == '\0')
    {
      g_free (text);
      return FALSE;
    }
  *place = text;

  return TRUE;
}

static gboolean
is_boundary (const char *at)
{
  return !g_unichar_isalnum (g_utf8_get_char (at));
}

gboolean
cpt_card_has_word (const char *folded,
                   const char *words)
{
  g_auto(GStrv) list = g_strsplit (words, "|", -1);

  for (guint i = 0; list[i] != NULL; i++)
    for (const char *at = strstr (folded, list[i]); at != NULL; at = strstr (at + 1, list[i]))
      if ((at == folded || is_boundary (g_utf8_prev_char (at))) && is_boundary (at + strlen (list[i])))
        return TRUE;

  return FALSE;
}

gboolean
cpt_card_is_wordy (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isdigit (g_utf8_get_char (text)) || strchr ("@/\\<>|=*#", *text) != NULL)
      return FALSE;

  return TRUE;
}

char *
cpt_card_dup_calm (const char *text)
{
  g_autofree char *upper = g_utf8_strup (text, -1);
  g_autoptr(GString) calm = g_string_new (NULL);
  gboolean is_first = TRUE;

  if (strcmp (upper, text) != 0 || count_letters (text) < 2)
    return g_strdup (text);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar letter = g_utf8_get_char (text);

      g_string_append_unichar (calm, is_first ? letter : g_unichar_tolower (letter));
      is_first = !g_unichar_isalnum (letter);
    }

  return g_string_free (g_steal_pointer (&calm), FALSE);
}

static void
line_clear (gpointer data)
{
  CptCardLine *line = data;

  g_free (line->text);
  g_free (line->folded);
}

static GArray *
split (const char *text)
{
  GArray *lines = g_array_new (FALSE, TRUE, sizeof (CptCardLine));
  g_autofree char *valid = cpt_text_clean (text, TRUE);
  g_auto(GStrv) parts = g_strsplit (valid, "\n", -1);

  g_array_set_clear_func (lines, line_clear);
  for (guint i = 0; parts[i] != NULL && lines->len < MAX_LINES; i++)
    {
      g_autofree char *cleaned = cpt_text_clean (parts[i], FALSE);
      g_autofree char *shortened = cpt_text_shorten (cleaned, MAX_LINE);
      CptCardLine line = { 0 };

      set_text (&line, shortened);
      if (line.is_used)
        line_clear (&line);
      else
        g_array_append_val (lines, line);
    }

  return lines;
}

static void
keep_rest (CptCard *card)
{
  g_autoptr(GString) rest = g_string_new (NULL);

  for (guint i = 0; i < card->lines->len; i++)
    {
      const CptCardLine *line = cpt_card_get_line (card, i);

      if (!line->is_used)
        g_string_append_printf (rest, "%s%s", rest->len > 0 ? "\n" : "", line->text);
    }
  for (guint i = 0; i < card->more->len; i++)
    g_string_append_printf (rest, "%s%s", rest->len > 0 ? "\n" : "", (const char *) g_ptr_array_index (card->more, i));

  cpt_card_take (card, CPT_CARD_REST, g_string_free (g_steal_pointer (&rest), FALSE));
}

CptCardGuess *
cpt_card_guess_read (const char *text,
                     const char *country)
{
  CptCard card = { .country = country };

  g_return_val_if_fail (text != NULL, NULL);

  card.guess = g_new0 (CptCardGuess, 1);
  card.lines = split (text);
  card.more = g_ptr_array_new_with_free_func (g_free);
  cpt_card_find_reach (&card);
  cpt_card_find_place (&card);
  cpt_card_find_who (&card);
  keep_rest (&card);
  g_array_unref (card.lines);
  g_ptr_array_unref (card.more);

  return card.guess;
}

void
cpt_card_guess_free (CptCardGuess *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < CPT_CARD_N_FIELDS; i++)
    g_free (self->fields[i]);
  g_free (self);
}
