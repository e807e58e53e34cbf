/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What files are called that are written several at a time. */
#include "config.h"

#include <string.h>

#include "cpt-file-name.h"
#include "cpt-report-private.h"
#include "cpt-text.h"

/* As file systems that don't heed case compare it */
static char *
fold (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
}

char *
cpt_report_choose_file_name (const char *title,
                             const char *suffix,
                             const char *extension,
                             GHashTable *taken)
{
  g_autofree char *point = g_strconcat (".", extension, NULL);
  g_autofree char *behind = suffix != NULL ? g_strdup_printf (" – %s%s", suffix, point) : g_strdup (point);
  g_autofree char *line = g_strdelimit (g_strdup (title), "/\\", '-');
  g_autofree char *head = cpt_text_shorten (line, CPT_FILE_NAME_MAX_BYTES - strlen (behind));
  g_autofree char *whole = g_strconcat (head, behind, NULL);
  g_autofree char *clean = cpt_file_name_clean (whole);
  g_autofree char *stem = g_str_has_suffix (clean, point) ? g_strndup (clean, strlen (clean) - strlen (point)) : g_strdup (clean);

  for (guint i = 1;; i++)
    {
      g_autofree char *name = i == 1 ? g_strconcat (stem, point, NULL) : g_strdup_printf ("%s (%u)%s", stem, i, point);

      if (g_hash_table_add (taken, fold (name)))
        return g_steal_pointer (&name);
    }
}
