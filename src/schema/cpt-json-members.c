/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the members of a JSON object stand in its text: what it takes to keep
 * members of newer versions as they came. json-glib can't: it narrows integers
 * to 64 bits, ends texts at U+0000 and rewrites the spelling of numbers. */

#include "config.h"

#include "cpt-json-members.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"

typedef struct
{
  const char *p;
  const char *end;
  guint depth;
} Scanner;

static gboolean scan_value (Scanner *self);

static void
skip_blanks (Scanner *self)
{
  while (self->p < self->end && strchr (" \t\r\n", *self->p) != NULL && *self->p != '\0')
    self->p++;
}

static gboolean
take (Scanner *self,
      char     c)
{
  skip_blanks (self);
  if (self->p == self->end || *self->p != c)
    return FALSE;

  self->p++;

  return TRUE;
}

static gboolean
scan_escape (Scanner *self)
{
  char c;

  if (self->p == self->end)
    return FALSE;

  c = *self->p++;
  if (c != 'u')
    return c != '\0' && strchr ("\"\\/bfnrt", c) != NULL;

  for (int i = 0; i < 4; i++)
    if (self->p == self->end || !g_ascii_isxdigit (*self->p++))
      return FALSE;

  return TRUE;
}

static gboolean
scan_string (Scanner *self)
{
  if (!take (self, '"'))
    return FALSE;

  while (self->p < self->end)
    {
      guchar c = (guchar) *self->p++;

      if (c == '"')
        return TRUE;
      if (c < 0x20 || (c == '\\' && !scan_escape (self)))
        return FALSE;
    }

  return FALSE;
}

static gboolean
scan_digits (Scanner *self)
{
  const char *start = self->p;

  while (self->p < self->end && g_ascii_isdigit (*self->p))
    self->p++;

  return self->p > start;
}

static gboolean
scan_number (Scanner *self)
{
  if (self->p < self->end && *self->p == '-')
    self->p++;
  if (self->p < self->end && *self->p == '0')
    self->p++;
  else if (!scan_digits (self))
    return FALSE;

  if (self->p < self->end && *self->p == '.')
    {
      self->p++;
      if (!scan_digits (self))
        return FALSE;
    }
  if (self->p < self->end && (*self->p == 'e' || *self->p == 'E'))
    {
      self->p++;
      if (self->p < self->end && (*self->p == '+' || *self->p == '-'))
        self->p++;
      if (!scan_digits (self))
        return FALSE;
    }

  return TRUE;
}

static gboolean
scan_word (Scanner    *self,
           const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->p) < length || memcmp (self->p, word, length) != 0)
    return FALSE;

  self->p += length;

  return TRUE;
}

static gboolean
scan_array (Scanner *self)
{
  self->p++;
  if (take (self, ']'))
    return TRUE;

  do
    if (!scan_value (self))
      return FALSE;
  while (take (self, ','));

  return take (self, ']');
}

static gboolean
scan_object (Scanner *self)
{
  self->p++;
  if (take (self, '}'))
    return TRUE;

  do
    if (!scan_string (self) || !take (self, ':') || !scan_value (self))
      return FALSE;
  while (take (self, ','));

  return take (self, '}');
}

static gboolean
scan_value (Scanner *self)
{
  gboolean is_good;

  skip_blanks (self);
  if (self->p == self->end || self->depth == CPT_JSON_MAX_DEPTH)
    return FALSE;

  self->depth++;
  switch (*self->p)
    {
    case '{':
      is_good = scan_object (self);
      break;

    case '[':
      is_good = scan_array (self);
      break;

    case '"':
      is_good = scan_string (self);
      break;

    case 't':
      is_good = scan_word (self, "true");
      break;

    case 'f':
      is_good = scan_word (self, "false");
      break;

    case 'n':
      is_good = scan_word (self, "null");
      break;

    default:
      is_good = scan_number (self);
    }
  self->depth--;

  return is_good;
}

/* NULL for a name that C can't hold */
static char *
read_name (const char *raw,
           gsize       length)
{
  g_autoptr(JsonNode) node = NULL;

  if (memchr (raw, '\\', length) == NULL)
    return g_strndup (raw + 1, length - 2);

  node = cpt_json_parse (raw, (gssize) length, NULL);

  return node == NULL ? NULL : g_strdup (json_node_get_string (node));
}

static gboolean
scan_member (Scanner       *self,
             CptJsonMember *member)
{
  skip_blanks (self);
  member->raw_name = self->p;
  if (!scan_string (self))
    return FALSE;
  member->raw_name_length = (gsize) (self->p - member->raw_name);

  if (!take (self, ':'))
    return FALSE;

  skip_blanks (self);
  member->value = self->p;
  if (!scan_value (self))
    return FALSE;
  member->value_length = (gsize) (self->p - member->value);
  member->name = read_name (member->raw_name, member->raw_name_length);

  return member->name != NULL;
}

static void
clear_member (gpointer data)
{
  CptJsonMember *member = data;

  g_clear_pointer (&member->name, g_free);
}

static gboolean
scan_members (Scanner *self,
              GArray  *members)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  self->depth = 1;
  if (!take (self, '{'))
    return FALSE;
  if (take (self, '}'))
    return TRUE;

  do
    {
      CptJsonMember member = { NULL };

      if (!scan_member (self, &member))
        return FALSE;
      g_array_append_val (members, member);
      if (!g_hash_table_add (names, member.name))
        return FALSE;
    }
  while (take (self, ','));

  return take (self, '}');
}

GArray *
cpt_json_members_scan (const char  *text,
                       gssize       length,
                       GError     **error)
{
  g_autoptr(GArray) members = g_array_new (FALSE, FALSE, sizeof (CptJsonMember));
  Scanner scanner;

  g_array_set_clear_func (members, clear_member);
  if (length < 0)
    length = (gssize) strlen (text);

  if (length > CPT_JSON_MAX_BYTES)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("This JSON text is larger than %d MB, the most that can be read at once"),
                   CPT_JSON_MAX_BYTES / 1024 / 1024);
      return NULL;
    }

  scanner = (Scanner){ .p = text, .end = text + length };
  if (g_utf8_validate_len (text, (gsize) length, NULL) && scan_members (&scanner, members))
    {
      skip_blanks (&scanner);
      if (scanner.p == scanner.end)
        return g_steal_pointer (&members);
    }

  g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("This is not a JSON object: the error is near byte %lu"),
               (gulong) (scanner.p - text));

  return NULL;
}
