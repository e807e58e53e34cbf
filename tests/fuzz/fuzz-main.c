/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a harness without libFuzzer: on its seeds and on many mutations of
 * them, always the same ones, so that it is a test like any other. With the
 * names of files as arguments it runs on these, to see a crash again. */

#include "config.h"

#include "fuzz.h"

#include <stdio.h>
#include <string.h>

#define N_RUNS 6000
#define MAX_LENGTH 4096

/* What parsers have special branches for */
static const char *const tokens[] = {
  "\"", "\"\"", ",", ";", "\n", "\r\n", "\r", "\\u0000", "\\ud800", "{", "}", "[", "]", ":", "0", "-", "+", ".", "e9",
  "999999999999999999999", "é", "e\xcc\x81", "\xff", "\xc3", "\xf0\x9f\x98\x80", "\xef\xbb\xbf", "\xc2\xa0",
  "\xe2\x80\xaf", "€", "EUR", "2026-02-29", "T", "Z", "0033", "(0)", "FR", "\t", " ", "'", "=", "null", "ß", "ﬃ", "한",
};

static gsize
pick (GRand *random,
      gsize  n)
{
  return n > 0 ? (gsize) g_rand_int_range (random, 0, (gint32) n) : 0;
}

static void
mutate (GByteArray *input,
        GRand      *random)
{
  gsize position = pick (random, input->len);
  const char *token = tokens[pick (random, G_N_ELEMENTS (tokens))];
  gsize n = pick (random, MIN (input->len - position, 16) + 1);
  g_autofree guint8 *part = g_memdup2 (input->data + position, MAX (n, 1));

  switch (input->len > 0 ? pick (random, 5) : 0)
    {
    case 0: /* put a token in front of the place */
      part = (g_free (part), g_memdup2 (input->data + position, MAX (input->len - position, 1)));
      n = input->len - position;
      g_byte_array_set_size (input, (guint) position);
      g_byte_array_append (input, (const guint8 *) token, (guint) strlen (token));
      g_byte_array_append (input, part, (guint) n);
      break;
    case 1: /* another byte, NUL too */
      input->data[position] = (guint8) pick (random, 256);
      break;
    case 2: /* take some out */
      g_byte_array_remove_range (input, (guint) position, (guint) n);
      break;
    case 3: /* some twice */
      g_byte_array_append (input, part, (guint) n);
      break;
    case 4: /* cut off */
    default:
      g_byte_array_set_size (input, (guint) position);
      break;
    }
}

static void
run_mutations (gsize n_seeds)
{
  GRand *random = g_rand_new_with_seed (20261121);

  for (guint i = 0; i < N_RUNS; i++)
    {
      const char *seed = fuzz_seeds[pick (random, n_seeds)];
      g_autoptr(GByteArray) input = g_byte_array_new ();

      g_byte_array_append (input, (const guint8 *) seed, (guint) strlen (seed));
      for (gsize j = pick (random, 8); j > 0; j--)
        mutate (input, random);
      if (input->len > MAX_LENGTH)
        g_byte_array_set_size (input, MAX_LENGTH);

      /* Its own piece of memory, so that reading behind it is seen. */
      {
        g_autofree guint8 *bytes = g_memdup2 (input->data, MAX (input->len, 1));

        LLVMFuzzerTestOneInput (bytes, input->len);
      }
    }
  g_rand_free (random);
}

static void
run_file (const char *path)
{
  g_autofree char *bytes = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  if (!g_file_get_contents (path, &bytes, &length, &error))
    g_error ("%s", error->message);
  LLVMFuzzerTestOneInput ((const guint8 *) bytes, length);
}

int
main (int   argc,
      char *argv[])
{
  gsize n_seeds = 0;

  if (argc > 1)
    {
      for (int i = 1; i < argc; i++)
        run_file (argv[i]);
      return 0;
    }

  printf ("1..2\n");
  for (; fuzz_seeds[n_seeds] != NULL; n_seeds++)
    LLVMFuzzerTestOneInput ((const guint8 *) fuzz_seeds[n_seeds], strlen (fuzz_seeds[n_seeds]));
  printf ("ok 1 seeds\n");
  run_mutations (n_seeds);
  printf ("ok 2 mutations\n");

  return 0;
}
