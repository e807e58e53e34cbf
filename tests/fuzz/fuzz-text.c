/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folding, comparing, cleaning and shortening of any bytes keep their
 * promises. */

#include "config.h"

#include "cpt-text.h"

#include <string.h>

#include "fuzz.h"

const char *const fuzz_seeds[] = {
  "Œuvre Élégante\noeuvre elegante",
  "  a\xc2\xa0 b\t\nA B",
  "Straße ŁÓDŹ\nstrasse lodz",
  "e\xcc\x81\né",
  "한국 ﬁn ½ \xe2\x80\xae\n\xc2\xad",
  NULL,
};

static int
get_sign (int number)
{
  return (number > 0) - (number < 0);
}

static void
check_one (const char *text)
{
  g_autofree char *folded = cpt_text_fold (text);
  g_autofree char *folded_twice = cpt_text_fold (folded);
  g_autofree char *lines = cpt_text_clean (text, TRUE);
  g_autofree char *lines_twice = cpt_text_clean (lines, TRUE);
  g_autofree char *line = cpt_text_clean (text, FALSE);
  g_autoptr(GString) words = g_string_new (NULL);

  g_assert_true (g_utf8_validate (folded, -1, NULL));
  g_assert_cmpstr (folded_twice, ==, folded);
  g_assert_true (g_utf8_validate (lines, -1, NULL));
  g_assert_cmpstr (lines_twice, ==, lines);
  g_assert_null (strchr (line, '\n'));

  cpt_text_append_words (words, text);
  g_assert_true (g_utf8_validate (words->str, (gssize) words->len, NULL));
  g_assert_null (strstr (words->str, "  "));

  for (gsize max = 0; max < 12; max++)
    {
      g_autofree char *brief = cpt_text_shorten (text, max);

      g_assert_cmpuint (strlen (brief), <=, max);
      g_assert_true (g_utf8_validate (brief, -1, NULL));
    }
}

static void
check_two (const char *a,
           const char *b)
{
  g_autofree char *a_folded = cpt_text_fold (a);
  g_autofree char *b_folded = cpt_text_fold (b);
  int order = cpt_text_collate (a, (gssize) strlen (a), b, (gssize) strlen (b));
  int expected = get_sign (strcmp (a_folded, b_folded));
  double distance = cpt_text_get_distance (a, b);

  g_assert_cmpint (order, ==, expected != 0 ? expected : get_sign (strcmp (a, b)));
  g_assert_cmpint (order, ==, -cpt_text_collate (b, (gssize) strlen (b), a, (gssize) strlen (a)));
  g_assert_true (distance >= 0.0 && distance <= 1.0);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  const guint8 *middle = length > 0 ? memchr (bytes, '\n', length) : NULL;
  gsize first = middle != NULL ? (gsize) (middle - bytes) : length;
  g_autofree char *a = g_strndup ((const char *) bytes, first);
  g_autofree char *b = middle != NULL ? g_strndup ((const char *) middle + 1, length - first - 1) : g_strdup ("");
  g_autofree char *all = g_strndup ((const char *) bytes, length);

  check_one (a);
  check_one (all);
  check_two (a, b);

  /* With NUL bytes inside */
  g_assert_cmpint (cpt_text_collate ((const char *) bytes, (gssize) length, (const char *) bytes, (gssize) length), ==, 0);

  return 0;
}
