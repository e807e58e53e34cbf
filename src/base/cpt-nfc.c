/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Normalization Form C, piece by piece.
 *
 * g_utf8_normalize () takes time with the square of the length: 200 kB of
 * accents took 20 s, a cell of 10 MB would take a day. A text can be cut in
 * front of every character that neither is a mark nor joins the one before it
 * (UAX #15): pieces are then a character and its marks, and most need no work. */

#include "config.h"

#include "cpt-nfc-private.h"

#include <string.h>

#define MAX_MARKS 30
#define MAX_GROUP 256 /* bytes: few calls, short squares */

/* Blocks where every character is its own normal form and joins nothing: Latin
 * with its precomposed letters, Cyrillic, punctuation, currencies, CJK, Hangul */
static gboolean
is_plain (gunichar c)
{
  return c < 0x300 || (c >= 0x400 && c <= 0x482) ||
         (c >= 0x2010 && c <= 0x2027) || (c >= 0x2030 && c <= 0x205e) || (c >= 0x20a0 && c <= 0x20c0) ||
         (c >= 0x4e00 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7a3);
}

/* Whether @c may change or join what stands before it */
static gboolean
is_joining (gunichar c)
{
  if (is_plain (c))
    return FALSE;

  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
      return TRUE;

    default:
      /* Hangul vowels and final consonants; the rest of the marks */
      return (c >= 0x1160 && c <= 0x11ff) || g_unichar_combining_class (c) != 0;
    }
}

static void
append_normal (GString    *normal,
               const char *piece,
               gsize       length)
{
  g_autofree char *form = g_utf8_normalize (piece, (gssize) length, G_NORMALIZE_NFC);

  g_string_append (normal, form);
}

/* Passes a character and its marks; where the marks that stay end. */
static const char *
pass_piece (const char **text)
{
  const char *p = g_utf8_next_char (*text);
  const char *end = p;
  guint n_marks = 0;

  for (; *p != '\0' && is_joining (g_utf8_get_char (p)); p = g_utf8_next_char (p))
    if (++n_marks <= MAX_MARKS)
      end = g_utf8_next_char (p);
  *text = p;

  return end;
}

char *
cpt_nfc (const char *text)
{
  GString *normal;
  const char *p = text;

  while (*p != '\0' && is_plain (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  if (*p == '\0')
    return g_strdup (text);

  normal = g_string_sized_new (strlen (text));
  for (p = text; *p != '\0';)
    {
      const char *start = p;
      gboolean is_normal = is_plain (g_utf8_get_char (p));
      const char *end = pass_piece (&p);

      if (is_normal && end == g_utf8_next_char (start))
        {
          g_string_append_len (normal, start, end - start);
          continue;
        }

      /* Some pieces together, unless marks were dropped between them */
      while (end == p && *p != '\0' && p - start < MAX_GROUP && !is_plain (g_utf8_get_char (p)))
        end = pass_piece (&p);
      append_normal (normal, start, (gsize) (end - start));
    }

  return g_string_free (normal, FALSE);
}
