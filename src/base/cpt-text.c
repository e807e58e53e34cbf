/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Comparing, cleaning and shortening what people wrote. What "folded" means
 * is in cpt-fold.c. */

#include "config.h"

#include "cpt-text.h"

#include <string.h>

#include "cpt-fold-private.h"
#include "cpt-nfc-private.h"

/* How many characters of a text its distance looks at */
#define MAX_DISTANCE_LENGTH 256

char *
cpt_text_fold (const char *text)
{
  GString *folded;
  CptFold fold;
  gint64 c;

  g_return_val_if_fail (text != NULL, NULL);

  folded = g_string_sized_new (strlen (text) + 8);
  cpt_fold_init (&fold, text, strlen (text));
  while ((c = cpt_fold_next (&fold)) != CPT_FOLD_END)
    {
      if (c < 0x80)
        g_string_append_c (folded, (char) c);
      else
        g_string_append_unichar (folded, (gunichar) c);
    }

  return g_string_free (folded, FALSE);
}

static int
compare_folded (const char *a,
                gsize       a_length,
                const char *b,
                gsize       b_length)
{
  CptFold a_fold, b_fold;
  gint64 a_next, b_next;

  cpt_fold_init (&a_fold, a, a_length);
  cpt_fold_init (&b_fold, b, b_length);

  do
    {
      a_next = cpt_fold_next (&a_fold);
      b_next = cpt_fold_next (&b_fold);
    }
  while (a_next == b_next && a_next != CPT_FOLD_END);

  return (a_next > b_next) - (a_next < b_next);
}

static int
compare_bytes (const char *a,
               gsize       a_length,
               const char *b,
               gsize       b_length)
{
  gsize common = MIN (a_length, b_length);
  int result = common > 0 ? memcmp (a, b, common) : 0;

  return result != 0 ? (result > 0) - (result < 0) : (a_length > b_length) - (a_length < b_length);
}

int
cpt_text_collate (const char *a,
                  gssize      a_length,
                  const char *b,
                  gssize      b_length)
{
  const CptFoldEntry *table = cpt_fold_get_table ();
  const guchar *x = (const guchar *) a;
  const guchar *y = (const guchar *) b;
  const guchar *x_end = x + a_length;
  const guchar *y_end = y + b_length;
  int result = 0;

  /* Plain characters with single blanks between them need no state; the first
   * thing that is neither is left to CptFold. */
  while (x < x_end || y < y_end)
    {
      gsize x_size = 1;
      gsize y_size = 1;
      guint c = cpt_fold_peek_plain (table, x, x_end, &x_size);
      guint d = cpt_fold_peek_plain (table, y, y_end, &y_size);

      if (c == 0 || d == 0)
        {
          if (x >= x_end || y >= y_end || *x != ' ' || *y != ' ' ||
              cpt_fold_peek_plain (table, x + 1, x_end, &x_size) == 0 ||
              cpt_fold_peek_plain (table, y + 1, y_end, &y_size) == 0)
            {
              result = compare_folded ((const char *) x, (gsize) (x_end - x),
                                       (const char *) y, (gsize) (y_end - y));
              break;
            }
          x_size = 1;
          y_size = 1;
        }
      else if (c != d)
        {
          return c < d ? -1 : 1;
        }
      x += x_size;
      y += y_size;
    }

  return result != 0 ? result : compare_bytes (a, (gsize) a_length, b, (gsize) b_length);
}

void
cpt_text_append_words (GString    *words,
                       const char *text)
{
  gboolean in_word = FALSE;
  CptFold fold;
  gint64 c;

  g_return_if_fail (words != NULL);
  g_return_if_fail (text != NULL);

  cpt_fold_init (&fold, text, strlen (text));
  while ((c = cpt_fold_next (&fold)) != CPT_FOLD_END)
    {
      if (c < 0x80 ? g_ascii_isalnum ((char) c)
                   : g_unichar_isalnum ((gunichar) c) || g_unichar_ismark ((gunichar) c))
        {
          if (c < 0x80)
            g_string_append_c (words, (char) c);
          else
            g_string_append_unichar (words, (gunichar) c);
          in_word = TRUE;
        }
      else if (in_word)
        {
          g_string_append_c (words, ' ');
          in_word = FALSE;
        }
    }
  if (in_word)
    g_string_append_c (words, ' ');
}

static gboolean
is_plain_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    {
      if ((guchar) *text < 0x20 || (guchar) *text >= 0x7f)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_line_end (gunichar c)
{
  return c == '\n' || c == '\r' || c == 0x0b || c == 0x0c || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static gboolean
is_unwanted (gunichar c)
{
  return (c < 0x20 && c != '\t') || (c >= 0x7f && c <= 0x9f) ||
         (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0x200e || c == 0x200f || c == 0x061c || c == 0xfeff ||
         (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

/* Takes out what may not stay; @text is valid UTF-8. */
static char *
filter_characters (const char *text,
                   gboolean    multiline)
{
  GString *kept = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_line_end (c))
        {
          if (c == '\r' && p[1] == '\n')
            p++;
          g_string_append_c (kept, multiline ? '\n' : ' ');
        }
      else if (!is_unwanted (c))
        {
          g_string_append_unichar (kept, c);
        }
    }

  return g_string_free (kept, FALSE);
}

/* g_strstrip () for all of Unicode's white space. */
static char *
trim (char *text)
{
  char *start = text;
  char *end;

  while (*start != '\0' && g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);

  end = start + strlen (start);
  while (end > start)
    {
      char *previous = g_utf8_prev_char (end);

      if (!g_unichar_isspace (g_utf8_get_char (previous)))
        break;
      end = previous;
    }

  memmove (text, start, (gsize) (end - start));
  text[end - start] = '\0';

  return text;
}

char *
cpt_text_clean (const char *text,
                gboolean    multiline)
{
  g_autofree char *valid = NULL;
  g_autofree char *filtered = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (is_plain_ascii (text))
    return g_strstrip (g_strdup (text));

  valid = g_utf8_make_valid (text, -1);
  filtered = filter_characters (valid, multiline);

  return trim (cpt_nfc (filtered));
}

gboolean
cpt_text_has_unwanted (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = (guchar) *p;

      if (c >= 0x20 && c < 0x7f)
        continue;
      c = g_utf8_get_char (p);
      if (is_unwanted (c) && !is_line_end (c))
        return TRUE;
    }

  return FALSE;
}

static guint
read_folded (const char *text,
             gunichar    folded[MAX_DISTANCE_LENGTH])
{
  CptFold fold;
  guint n = 0;
  gint64 c;

  cpt_fold_init (&fold, text, strlen (text));
  fold.after_blank = TRUE; /* no blank at the start */
  while (n < MAX_DISTANCE_LENGTH && (c = cpt_fold_next (&fold)) != CPT_FOLD_END)
    folded[n++] = (gunichar) c;
  if (n > 0 && folded[n - 1] == ' ')
    n--;

  return n;
}

/* Jaro's similarity: common characters within a window, and how many of them
 * are out of order. */
static double
get_jaro (const gunichar *a,
          guint           n,
          const gunichar *b,
          guint           m)
{
  gboolean b_taken[MAX_DISTANCE_LENGTH];
  gunichar a_common[MAX_DISTANCE_LENGTH];
  guint window = MAX (n, m) / 2;
  guint n_common = 0;
  guint n_moved = 0;
  guint k = 0;

  memset (b_taken, 0, m * sizeof *b_taken);
  window = window > 0 ? window - 1 : 0;
  for (guint i = 0; i < n; i++)
    {
      guint first = i > window ? i - window : 0;
      guint last = MIN (i + window + 1, m);

      for (guint j = first; j < last; j++)
        {
          if (b_taken[j] || a[i] != b[j])
            continue;
          b_taken[j] = TRUE;
          a_common[n_common++] = a[i];
          break;
        }
    }
  if (n_common == 0)
    return 0.0;

  for (guint j = 0; j < m; j++)
    {
      if (b_taken[j] && b[j] != a_common[k++])
        n_moved++;
    }

  return ((double) n_common / n + (double) n_common / m +
          (n_common - n_moved / 2.0) / n_common) /
         3.0;
}

/* Characters as they are; bytes that are no UTF-8 count as one each */
static guint
read_characters (const char *text,
                 gsize       length,
                 gunichar    characters[MAX_DISTANCE_LENGTH])
{
  const char *end = text + length;
  guint n = 0;

  while (text < end && n < MAX_DISTANCE_LENGTH)
    {
      gunichar c = (guchar) *text;

      if (c >= 0x80)
        c = g_utf8_get_char_validated (text, end - text);
      if (c == (gunichar) -1 || c == (gunichar) -2)
        c = (guchar) *text++;
      else
        text += c < 0x80 ? 1 : g_utf8_skip[(guchar) *text];
      characters[n++] = c;
    }

  return n;
}

/* Jaro's similarity, raised by up to four characters that the texts begin with
 * (Winkler) */
static double
get_distance (const gunichar *x,
              guint           n,
              const gunichar *y,
              guint           m)
{
  guint prefix = 0;
  double jaro;

  if (n == 0 || m == 0)
    return n == m ? 0.0 : 1.0;
  if (n == m && memcmp (x, y, n * sizeof *x) == 0)
    return 0.0;

  jaro = get_jaro (x, n, y, m);
  while (prefix < 4 && prefix < n && prefix < m && x[prefix] == y[prefix])
    prefix++;

  return (1.0 - jaro) * (1.0 - 0.1 * prefix);
}

double
cpt_text_get_distance (const char *a,
                       const char *b)
{
  gunichar x[MAX_DISTANCE_LENGTH];
  gunichar y[MAX_DISTANCE_LENGTH];

  g_return_val_if_fail (a != NULL && b != NULL, 1.0);

  return get_distance (x, read_folded (a, x), y, read_folded (b, y));
}

double
cpt_text_get_folded_similarity (const char *a,
                                gsize       a_length,
                                const char *b,
                                gsize       b_length)
{
  gunichar x[MAX_DISTANCE_LENGTH];
  gunichar y[MAX_DISTANCE_LENGTH];

  g_return_val_if_fail (a != NULL && b != NULL, 0.0);

  return 1.0 - get_distance (x, read_characters (a, a_length, x), y, read_characters (b, b_length, y));
}

char *
cpt_text_shorten (const char *text,
                  gsize       max_bytes)
{
  static const char ellipsis[] = "…";
  gsize room = max_bytes;
  g_autofree char *valid = NULL;
  const char *end;
  const char *mark = "";

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  if (strlen (valid) <= max_bytes)
    return g_steal_pointer (&valid);

  if (max_bytes >= strlen (ellipsis))
    {
      mark = ellipsis;
      room -= strlen (ellipsis);
    }

  end = valid + room;
  while (end > valid && (*end & 0xc0) == 0x80)
    end--;
  /* A mark belongs to the letter before it. */
  while (end > valid && g_unichar_ismark (g_utf8_get_char (end)))
    end = g_utf8_prev_char (end);
  while (end > valid && end[-1] == ' ')
    end--;

  return g_strdup_printf ("%.*s%s", (int) (end - valid), valid, mark);
}
