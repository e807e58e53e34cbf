/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing rows of separated values, safe for spreadsheets. */

#include "config.h"

#include "cpt-csv.h"

#include <string.h>

/* Every separator that a program may take a file apart by, so that none finds
 * one inside a text. */
#define QUOTED_CHARACTERS "\"\r\n,;\t|"

static gboolean
is_formula_start (gunichar c)
{
  /* The wide forms are signs to East Asian spreadsheets. */
  return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r' ||
         c == 0xff1d || c == 0xff0b || c == 0xff0d || c == 0xff20;
}

static gboolean
is_plain_number (const char *text)
{
  gboolean has_digit = FALSE;

  if (*text == '+' || *text == '-')
    text++;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_ascii_isdigit (*text))
        has_digit = TRUE;
      else if (c != '.' && c != ',' && c != ' ' && c != 0xa0 && c != 0x202f)
        return FALSE;
    }

  return has_digit;
}

/* A text that a spreadsheet would compute (CWE-1236). */
static gboolean
is_formula (const char *text)
{
  const char *p = text;

  if (g_ascii_isalnum (*p) || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  if (*p == '\t' || *p == '\r')
    return TRUE;

  while (*p != '\0' && g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);

  return is_formula_start (g_utf8_get_char (p)) && !is_plain_number (p);
}

static void
append_field (GString    *out,
              const char *field,
              char        separator,
              gboolean    is_guarded,
              gboolean    is_alone)
{
  gsize length = strlen (field);
  gboolean is_quoted = strpbrk (field, QUOTED_CHARACTERS) != NULL || strchr (field, separator) != NULL ||
                       (length > 0 && (g_ascii_isspace (field[0]) || g_ascii_isspace (field[length - 1]))) ||
                       (length == 0 && is_alone);

  if (!is_quoted)
    {
      if (is_guarded)
        g_string_append_c (out, '\'');
      g_string_append_len (out, field, (gssize) length);
      return;
    }

  g_string_append_c (out, '"');
  if (is_guarded)
    g_string_append_c (out, '\'');
  for (const char *p = field; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

void
cpt_csv_append_row (GString           *out,
                    const char *const *fields,
                    guint              n_fields,
                    char               separator,
                    gboolean           raw)
{
  g_return_if_fail (out != NULL);
  g_return_if_fail (fields != NULL || n_fields == 0);

  for (guint i = 0; i < n_fields; i++)
    {
      const char *field = fields[i] != NULL ? fields[i] : "";

      if (i > 0)
        g_string_append_c (out, separator);
      append_field (out, field, separator, !raw && is_formula (field), n_fields == 1);
    }
  g_string_append (out, "\r\n");
}
