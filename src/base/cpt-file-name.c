/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names of files that come from outside. What people see must be what they get:
 * a name that looks like a picture and ends as a program, by means of marks that
 * turn the direction of writing, is the oldest trick there is. */

#include "config.h"

#include "cpt-file-name.h"

#include <string.h>

#include "cpt-text.h"

#define MAX_EXTENSION_BYTES 20

/* Of which no name of a file on Windows may be made, whatever its extension */
static const char *const reserved[] = {
  "con",
  "prn",
  "aux",
  "nul",
};

const char *
cpt_file_name_get_extension (const char *name)
{
  const char *point = strrchr (name, '.');

  return point == NULL || point == name || point[1] == '\0' ? NULL : point + 1;
}

static const char *
skip_folders (const char *name)
{
  const char *start = name;

  for (const char *p = name; *p != '\0'; p++)
    if ((*p == '/' || *p == '\\') && p[1] != '\0')
      start = p + 1;

  return start;
}

/* COM1 to COM9, LPT1 to LPT9 */
static gboolean
is_port (const char *name,
         gsize       length)
{
  return length == 4 && name[3] >= '1' && name[3] <= '9' &&
         (g_ascii_strncasecmp (name, "com", 3) == 0 || g_ascii_strncasecmp (name, "lpt", 3) == 0);
}

static gboolean
is_reserved (const char *name)
{
  gsize length = strcspn (name, ".");

  if (is_port (name, length))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (reserved); i++)
    if (strlen (reserved[i]) == length && g_ascii_strncasecmp (name, reserved[i], length) == 0)
      return TRUE;

  return FALSE;
}

/* At most the longest, with the extension when that is a short one */
static char *
shorten (const char *name)
{
  const char *extension = cpt_file_name_get_extension (name);
  g_autofree char *head = NULL;
  g_autofree char *stem = NULL;

  if (strlen (name) <= CPT_FILE_NAME_MAX_BYTES)
    return g_strdup (name);
  if (extension == NULL || strlen (extension) > MAX_EXTENSION_BYTES)
    return cpt_text_shorten (name, CPT_FILE_NAME_MAX_BYTES);

  stem = g_strndup (name, (gsize) (extension - 1 - name));
  head = cpt_text_shorten (stem, CPT_FILE_NAME_MAX_BYTES - strlen (extension) - 1);

  return g_strdup_printf ("%s.%s", head, extension);
}

char *
cpt_file_name_clean (const char *name)
{
  g_autofree char *clean = cpt_text_clean (name, FALSE);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *shown = NULL;

  for (const char *p = skip_folders (clean); *p != '\0'; p++)
    g_string_append_c (text, strchr ("/\\<>:\"|?*", *p) != NULL || *p == '\t' ? '_' : *p);
  while (text->len > 0 && strchr (". ", text->str[text->len - 1]) != NULL)
    g_string_truncate (text, text->len - 1);
  while (text->len > 0 && strchr (". ", text->str[0]) != NULL)
    g_string_erase (text, 0, 1);
  if (is_reserved (text->str))
    g_string_prepend_c (text, '_');
  if (text->len == 0)
    g_string_append (text, "file");

  shown = shorten (text->str);
  /* A cut may leave what cleaning takes away. */
  return cpt_text_clean (shown, FALSE);
}
