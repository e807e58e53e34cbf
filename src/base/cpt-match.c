/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding what was typed in a text that is shown. The text is folded one
 * character at a time with the place where each one comes from, so that what is
 * found can be pointed at in the text as it is. */
#include "config.h"

#include "cpt-match.h"

#include <string.h>

#include "cpt-fold-private.h"
#include "cpt-text.h"

#define MAX_CHARACTERS 65536
#define MAX_FUZZY_TEXT 256
#define MAX_FUZZY_PATTERN 64

/* Scores of one letter: it is there, begins a word, follows the letter before;
 * and what a letter that was passed over costs, up to a limit */
#define SCORE_LETTER 16
#define SCORE_BEGIN 10
#define SCORE_NEXT 12
#define COST_GAP 3
#define COST_LONGER 1
#define MAX_COST 12
/* Letters that are only here and there mean something else */
#define MIN_PER_LETTER 17

typedef struct
{
  gunichar c;
  guint start;
  guint end;
  gboolean begins; /* a word */
} Letter;

static gboolean
is_word (gint64 c)
{
  return c < 0x80 ? g_ascii_isalnum ((char) c) : g_unichar_isalnum ((gunichar) c) || g_unichar_ismark ((gunichar) c);
}

/* (element-type Letter): the folded letters and digits of @text */
static GArray *
read_letters (const char *text,
              guint       max)
{
  GArray *letters = g_array_new (FALSE, FALSE, sizeof (Letter));
  gboolean in_word = FALSE;
  const guchar *start = (const guchar *) text;
  CptFold fold;

  cpt_fold_init (&fold, text, strlen (text));
  while (letters->len < max)
    {
      gboolean is_new = fold.next_pending >= fold.n_pending;
      const guchar *before = fold.position;
      gint64 c = cpt_fold_next (&fold);
      Letter letter = { .c = (gunichar) c };

      if (c == CPT_FOLD_END)
        break;

      /* Several letters made from one character all stand where it is; marks
       * and blanks before it were passed over */
      if (is_new)
        start = MAX (before, (const guchar *) g_utf8_prev_char ((const char *) fold.position));
      if (is_word (c))
        {
          letter.start = (guint) (start - (const guchar *) text);
          letter.end = (guint) (fold.position - (const guchar *) text);
          letter.begins = !in_word;
          g_array_append_val (letters, letter);
        }
      in_word = is_word (c);
    }

  return letters;
}

char **
cpt_match_split (const char *text)
{
  g_autoptr(GString) folded = g_string_new (NULL);
  g_auto(GStrv) parts = NULL;
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (text != NULL, NULL);

  cpt_text_append_words (folded, text);
  parts = g_strsplit (folded->str, " ", -1);
  for (guint i = 0; parts[i] != NULL && words->len < CPT_MATCH_MAX_WORDS; i++)
    if (parts[i][0] != '\0')
      g_ptr_array_add (words, g_strdup (parts[i]));
  g_ptr_array_add (words, NULL);

  return (char **) g_ptr_array_free (words, FALSE);
}

/* Behind the letters from @at on that are @word; 0 when they are not */
static guint
match_word (const GArray *letters,
            guint         at,
            const char   *word)
{
  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p), at++)
    {
      if (at >= letters->len || g_array_index (letters, Letter, at).c != g_utf8_get_char (p))
        return 0;
      if (p != word && g_array_index (letters, Letter, at).begins)
        return 0;
    }

  return at;
}

guint
cpt_match_words (const char        *text,
                 const char *const *words,
                 GArray            *ranges)
{
  g_autoptr(GArray) letters = NULL;
  guint found = 0;
  guint done = 0;

  g_return_val_if_fail (text != NULL && words != NULL, 0);

  letters = read_letters (text, MAX_CHARACTERS);
  for (guint i = 0; i < letters->len; i++)
    {
      guint end = 0;

      for (guint j = 0; j < CPT_MATCH_MAX_WORDS && words[j] != NULL && g_array_index (letters, Letter, i).begins; j++)
        {
          guint behind = words[j][0] != '\0' ? match_word (letters, i, words[j]) : 0;

          if (behind > 0)
            found |= 1u << j;
          end = MAX (end, behind);
        }
      if (end > done && ranges != NULL)
        {
          CptMatchRange range = { g_array_index (letters, Letter, i).start, g_array_index (letters, Letter, end - 1).end };

          g_array_append_val (ranges, range);
          done = end;
        }
    }

  return found;
}

/* The best way to the letter @j of the text as the letter @i of the pattern */
typedef struct
{
  int score; /* 0: there is none */
  int from;  /* the letter of the text before; -1 at the first one */
} Step;

static void
take_steps (const Letter *letters,
            guint         n_letters,
            const Step   *before,
            gunichar      c,
            Step         *steps)
{
  for (guint j = 0; j < n_letters; j++)
    {
      int letter = SCORE_LETTER + (letters[j].begins ? SCORE_BEGIN : 0);

      steps[j] = (Step){ 0, -1 };
      if (letters[j].c != c)
        continue;

      if (before == NULL)
        {
          steps[j].score = MAX (letter - MIN ((int) j * COST_LONGER, MAX_COST), 1);
          continue;
        }
      for (guint k = 0; k < j; k++)
        {
          int gap = (int) (j - k - 1);
          int score;

          if (before[k].score == 0)
            continue;
          score = before[k].score + letter +
                  (gap == 0 ? SCORE_NEXT : letters[j].begins ? 0
                                                             : -MIN (COST_GAP + gap * COST_LONGER, MAX_COST));
          if (score > steps[j].score)
            steps[j] = (Step){ score, (int) k };
        }
    }
}

static void
append_range (GArray       *ranges,
              const Letter *letter)
{
  CptMatchRange range = { letter->start, letter->end };
  CptMatchRange *last = ranges->len > 0 ? &g_array_index (ranges, CptMatchRange, ranges->len - 1) : NULL;

  if (last != NULL && last->end >= range.start)
    last->end = MAX (last->end, range.end);
  else
    g_array_append_val (ranges, range);
}

static void
append_ranges (GArray       *ranges,
               const Letter *letters,
               const Step   *steps,
               guint         n_letters,
               guint         n_pattern,
               int           last)
{
  int path[MAX_FUZZY_PATTERN];

  for (guint i = n_pattern; i > 0; i--)
    {
      path[i - 1] = last;
      last = steps[(i - 1) * n_letters + (guint) last].from;
    }
  for (guint i = 0; i < n_pattern; i++)
    append_range (ranges, &letters[path[i]]);
}

guint
cpt_match_fuzzy (const char *text,
                 const char *pattern,
                 GArray     *ranges)
{
  g_autoptr(GArray) letters = NULL;
  g_autoptr(GArray) wanted = NULL;
  g_autofree Step *steps = NULL;
  int best = -1;
  int score = 0;

  g_return_val_if_fail (text != NULL && pattern != NULL, 0);

  letters = read_letters (text, MAX_FUZZY_TEXT);
  wanted = read_letters (pattern, MAX_FUZZY_PATTERN);
  if (wanted->len == 0 || wanted->len > letters->len)
    return 0;

  steps = g_new (Step, (gsize) wanted->len * letters->len);
  for (guint i = 0; i < wanted->len; i++)
    take_steps ((const Letter *) (gpointer) letters->data, letters->len,
                i > 0 ? steps + (gsize) (i - 1) * letters->len : NULL, g_array_index (wanted, Letter, i).c,
                steps + (gsize) i * letters->len);

  for (guint j = 0; j < letters->len; j++)
    if (steps[(gsize) (wanted->len - 1) * letters->len + j].score > score)
      {
        best = (int) j;
        score = steps[(gsize) (wanted->len - 1) * letters->len + j].score;
      }
  if (score < MIN_PER_LETTER * (int) wanted->len)
    return 0;

  if (ranges != NULL)
    append_ranges (ranges, (const Letter *) (gpointer) letters->data, steps, letters->len, wanted->len, best);

  return (guint) score;
}
