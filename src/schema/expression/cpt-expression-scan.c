/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of a formula: numbers, texts between quotes, names, signs. */

#include "config.h"

#include "cpt-expression-scan-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"

#define MAX_NUMBER 40

/* Longer signs first. What people copy out of other programs is taken as well. */
static const struct
{
  const char *written;
  const char *meant;
} signs[] = {
  { "<>", "!=" },
  { "!=", "!=" },
  { "==", "=" },
  { "<=", "<=" },
  { ">=", ">=" },
  { "≠", "!=" },
  { "≤", "<=" },
  { "≥", ">=" },
  { "×", "*" },
  { "÷", "/" },
  { "−", "-" },
  { "=", "=" },
  { "<", "<" },
  { ">", ">" },
  { "+", "+" },
  { "-", "-" },
  { "*", "*" },
  { "/", "/" },
  { "&", "&" },
  { "%", "%" },
  { "(", "(" },
  { ")", ")" },
  { ",", "," },
  { ";", "," },
};

void
cpt_scanner_init (CptScanner *self,
                  const char *text)
{
  *self = (CptScanner){ .text = text, .value = g_string_new (NULL) };
}

void
cpt_scanner_clear (CptScanner *self)
{
  g_string_free (self->value, TRUE);
  self->value = NULL;
}

gboolean
cpt_scanner_is (CptScanner   *self,
                CptTokenKind  kind,
                const char   *value)
{
  return self->kind == kind && strcmp (self->value->str, value) == 0;
}

static gboolean
is_name_character (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

static gboolean
scan_text (CptScanner  *self,
           GError     **error)
{
  const char *c = self->text + self->offset;
  char quote = *c++;

  while (*c != '\0' && (*c != quote || c[1] == quote))
    {
      if (*c == quote)
        c++;
      g_string_append_c (self->value, *c++);
    }
  if (*c == '\0')
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("this text has no quotation mark at its end"));
      return FALSE;
    }

  self->kind = CPT_TOKEN_TEXT;
  self->offset = (gsize) (c + 1 - self->text);

  return TRUE;
}

/* "100 EUR": three capitals that are no name */
static void
scan_currency (CptScanner *self)
{
  const char *c = self->text + self->offset;

  while (*c == ' ')
    c++;
  if (!g_ascii_isupper (c[0]) || !g_ascii_isupper (c[1]) || !g_ascii_isupper (c[2]) || is_name_character (c[3]))
    return;

  memcpy (self->currency, c, 3);
  if (cpt_currency_get_exponent (self->currency) < 0)
    memset (self->currency, 0, sizeof self->currency);
  else
    self->offset = (gsize) (c + 3 - self->text);
}

static gboolean
scan_number (CptScanner  *self,
             GError     **error)
{
  const char *c = self->text + self->offset;

  while ((g_ascii_isdigit (*c) || (*c == '.' && g_ascii_isdigit (c[1]))) && self->value->len < MAX_NUMBER)
    g_string_append_c (self->value, *c++);
  if (is_name_character (*c) || *c == '.')
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("this is not a number; write 1234.5"));
      return FALSE;
    }

  self->kind = CPT_TOKEN_NUMBER;
  self->offset = (gsize) (c - self->text);
  scan_currency (self);

  return TRUE;
}

/* "organisation.city", "deals@contact.amount" */
static void
scan_name (CptScanner *self)
{
  const char *c = self->text + self->offset;

  while (is_name_character (*c) || ((*c == '.' || *c == '@') && (g_ascii_isalpha (c[1]) || c[1] == '_')))
    g_string_append_c (self->value, g_ascii_tolower (*c++));

  self->kind = CPT_TOKEN_NAME;
  self->offset = (gsize) (c - self->text);
}

static gboolean
scan_sign (CptScanner  *self,
           GError     **error)
{
  const char *c = self->text + self->offset;
  char shown[8] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (c, signs[i].written))
      {
        g_string_assign (self->value, signs[i].meant);
        self->kind = CPT_TOKEN_SIGN;
        self->offset += strlen (signs[i].written);
        return TRUE;
      }

  g_unichar_to_utf8 (g_utf8_get_char (c), shown);
  g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” means nothing here"), shown);

  return FALSE;
}

gboolean
cpt_scanner_next (CptScanner  *self,
                  GError     **error)
{
  const char *c = self->text + self->offset;

  while (g_unichar_isspace (g_utf8_get_char (c)))
    c = g_utf8_next_char (c);
  self->offset = (gsize) (c - self->text);
  self->start = self->offset;
  g_string_truncate (self->value, 0);
  memset (self->currency, 0, sizeof self->currency);

  if (*c == '\0')
    self->kind = CPT_TOKEN_END;
  else if (*c == '"' || *c == '\'')
    return scan_text (self, error);
  else if (g_ascii_isdigit (*c))
    return scan_number (self, error);
  else if (g_ascii_isalpha (*c) || *c == '_')
    scan_name (self);
  else
    return scan_sign (self, error);

  return TRUE;
}
