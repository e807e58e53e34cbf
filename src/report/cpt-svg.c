/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cairo names the parts of an SVG by a number that it counts up as long as the
 * process lives, so that the second export of the same thing would differ from
 * the first. Here they are numbered from 1 in the order in which they appear.
 * Text of people can't be mistaken for a name: cairo writes it as outlines. */
#include "config.h"
#include "cpt-report-private.h"

#include <string.h>

#define NAME "surface"

/* Where a name begins: after a quote or a hash */
static gboolean
is_name (const GByteArray *svg,
         gsize             at)
{
  return at > 0 && (svg->data[at - 1] == '"' || svg->data[at - 1] == '#') &&
         svg->len - at > strlen (NAME) && memcmp (svg->data + at, NAME, strlen (NAME)) == 0 &&
         g_ascii_isdigit (svg->data[at + strlen (NAME)]);
}

static guint
get_number (GHashTable *numbers,
            guint64     counted)
{
  gpointer number = g_hash_table_lookup (numbers, &counted);

  if (number == NULL)
    {
      number = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
      g_hash_table_insert (numbers, g_memdup2 (&counted, sizeof counted), number);
    }

  return GPOINTER_TO_UINT (number);
}

void
cpt_svg_number_names (GByteArray *svg)
{
  g_autoptr(GHashTable) numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(GByteArray) result = g_byte_array_sized_new (svg->len);
  gsize from = 0;

  for (gsize i = 0; i < svg->len; i++)
    {
      g_autofree char *name = NULL;
      guint64 counted = 0;

      if (svg->data[i] != NAME[0] || !is_name (svg, i))
        continue;

      g_byte_array_append (result, svg->data + from, (guint) (i - from));
      for (i += strlen (NAME); i < svg->len && g_ascii_isdigit (svg->data[i]); i++)
        counted = counted * 10 + (guint64) g_ascii_digit_value (svg->data[i]);
      from = i;
      name = g_strdup_printf (NAME "%u", get_number (numbers, counted));
      g_byte_array_append (result, (const guint8 *) name, (guint) strlen (name));
    }
  g_byte_array_append (result, svg->data + from, (guint) (svg->len - from));

  g_byte_array_set_size (svg, 0);
  g_byte_array_append (svg, result->data, result->len);
}
