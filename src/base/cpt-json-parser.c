/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A strict reader of JSON (RFC 8259) that builds json-glib's nodes.
 *
 * json-glib's own parser accepts trailing text, comments, duplicate members,
 * invalid UTF-8, any depth, and quietly bends numbers that do not fit. Text
 * from outside must be read as it is or refused, since what is read here is
 * signed, merged and written back.
 *
 * Invariants: the text is valid UTF-8 before the first byte is looked at;
 * position never passes length; every value function leaves position behind
 * the value, or sets error and returns NULL. Recursion ends at
 * CPT_JSON_MAX_DEPTH. */

#include "config.h"

#include "cpt-json.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cpt-error.h"

typedef struct
{
  const char *text;
  gsize length;
  gsize position;
  guint depth;
  GString *buffer; /* owned; of the string being read */
  GError *error;   /* (nullable): the first one */
} Parser;

static JsonNode *parse_value (Parser *self);

/* Line and column, from 1, columns in characters. */
static void
locate (const Parser *self,
        gsize         position,
        guint        *line,
        guint        *column)
{
  *line = 1;
  *column = 1;
  for (gsize i = 0; i < position && i < self->length; i++)
    {
      if (self->text[i] == '\n')
        {
          (*line)++;
          *column = 1;
        }
      else if ((self->text[i] & 0xc0) != 0x80)
        {
          (*column)++;
        }
    }
}

static void
fail_at (Parser     *self,
         gsize       position,
         const char *reason)
{
  guint line, column;

  if (self->error != NULL)
    return;

  locate (self, position, &line, &column);
  /* Translators: where and why a JSON text can't be read */
  self->error = g_error_new (CPT_ERROR, CPT_ERROR_PARSE, _("Line %u, column %u: %s"),
                             line, column, reason);
}

static void
fail (Parser     *self,
      const char *reason)
{
  fail_at (self, self->position, reason);
}

static int
peek (const Parser *self)
{
  return self->position < self->length ? (guchar) self->text[self->position] : -1;
}

static void
skip_blanks (Parser *self)
{
  while (self->position < self->length && strchr (" \t\n\r", self->text[self->position]) != NULL &&
         self->text[self->position] != '\0')
    self->position++;
}

static gboolean
parse_hex (Parser  *self,
           guint32 *value)
{
  *value = 0;
  for (int i = 0; i < 4; i++)
    {
      int digit = peek (self) < 0 ? -1 : g_ascii_xdigit_value ((char) peek (self));

      if (digit < 0)
        {
          fail (self, _("\\u must be followed by four hexadecimal digits"));
          return FALSE;
        }
      *value = *value << 4 | (guint32) digit;
      self->position++;
    }

  return TRUE;
}

/* Behind "\u". */
static gboolean
parse_unicode_escape (Parser *self)
{
  gsize start = self->position - 2;
  guint32 high, low;

  if (!parse_hex (self, &high))
    return FALSE;

  if (high == 0)
    {
      fail_at (self, start, _("a text with the character \\u0000 can’t be stored"));
      return FALSE;
    }
  if (high >= 0xd800 && high <= 0xdbff &&
      self->length - self->position >= 6 && strncmp (self->text + self->position, "\\u", 2) == 0)
    {
      self->position += 2;
      if (!parse_hex (self, &low))
        return FALSE;
      if (low >= 0xdc00 && low <= 0xdfff)
        high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    }
  if (high >= 0xd800 && high <= 0xdfff)
    {
      fail_at (self, start, _("half of a surrogate pair is not a character"));
      return FALSE;
    }
  g_string_append_unichar (self->buffer, high);

  return TRUE;
}

static gboolean
parse_escape (Parser *self)
{
  static const char codes[] = "\"\\/bfnrt";
  static const char characters[] = "\"\\/\b\f\n\r\t";
  int c = peek (self);
  const char *found;

  if (c == 'u')
    {
      self->position++;
      return parse_unicode_escape (self);
    }

  found = c > 0 ? strchr (codes, c) : NULL;
  if (found == NULL)
    {
      fail (self, _("this character can’t follow a backslash"));
      return FALSE;
    }
  g_string_append_c (self->buffer, characters[found - codes]);
  self->position++;

  return TRUE;
}

/* At the opening quote; the text is in self->buffer afterwards. */
static gboolean
parse_string (Parser *self)
{
  gsize start = self->position++;

  g_string_truncate (self->buffer, 0);
  while (TRUE)
    {
      gsize run = self->position;
      int c;

      while (self->position < self->length && (guchar) self->text[self->position] >= 0x20 &&
             self->text[self->position] != '"' && self->text[self->position] != '\\')
        self->position++;
      g_string_append_len (self->buffer, self->text + run, (gssize) (self->position - run));

      c = peek (self);
      if (c < 0)
        {
          fail_at (self, start, _("this text is not closed by a quotation mark"));
          return FALSE;
        }
      if (c < 0x20)
        {
          fail (self, _("control characters must be escaped in a text"));
          return FALSE;
        }
      self->position++;
      if (c == '"')
        return TRUE;
      if (!parse_escape (self))
        return FALSE;
    }
}

static gsize
skip_digits (Parser *self)
{
  gsize start = self->position;

  while (self->position < self->length && g_ascii_isdigit (self->text[self->position]))
    self->position++;

  return self->position - start;
}

/* Checks the grammar of a number and moves behind it. */
static gboolean
skip_number (Parser   *self,
             gboolean *is_integer)
{
  *is_integer = TRUE;
  if (peek (self) == '-')
    self->position++;
  if (peek (self) == '0')
    self->position++;
  else if (skip_digits (self) == 0)
    return FALSE;

  if (peek (self) == '.')
    {
      *is_integer = FALSE;
      self->position++;
      if (skip_digits (self) == 0)
        return FALSE;
    }
  if (peek (self) == 'e' || peek (self) == 'E')
    {
      *is_integer = FALSE;
      self->position++;
      if (peek (self) == '+' || peek (self) == '-')
        self->position++;
      if (skip_digits (self) == 0)
        return FALSE;
    }

  return TRUE;
}

static JsonNode *
parse_number (Parser *self)
{
  gsize start = self->position;
  g_autofree char *digits = NULL;
  JsonNode *node = NULL;
  gboolean is_integer;

  if (!skip_number (self, &is_integer) || g_ascii_isdigit (peek (self)))
    {
      fail_at (self, start, _("this is not a number"));
      return NULL;
    }

  digits = g_strndup (self->text + start, self->position - start);
  if (is_integer)
    {
      gint64 value;

      errno = 0;
      value = g_ascii_strtoll (digits, NULL, 10);
      if (errno == 0)
        node = json_node_init_int (json_node_alloc (), value);
    }
  else
    {
      double value = g_ascii_strtod (digits, NULL);

      if (isfinite (value))
        node = json_node_init_double (json_node_alloc (), value);
    }
  if (node == NULL)
    fail_at (self, start, _("this number is too large to be stored exactly"));

  return node;
}

static JsonNode *
parse_array (Parser *self)
{
  g_autoptr(JsonArray) array = json_array_new ();

  self->position++;
  skip_blanks (self);
  if (peek (self) == ']')
    {
      self->position++;
      return json_node_init_array (json_node_alloc (), array);
    }

  while (TRUE)
    {
      JsonNode *element = parse_value (self);

      if (element == NULL)
        return NULL;
      json_array_add_element (array, element);

      skip_blanks (self);
      if (peek (self) != ',' && peek (self) != ']')
        {
          fail (self, _("a comma or a closing bracket is missing here"));
          return NULL;
        }
      if (self->text[self->position++] == ']')
        return json_node_init_array (json_node_alloc (), array);
    }
}

static gboolean
parse_member (Parser     *self,
              JsonObject *object)
{
  g_autofree char *name = NULL;
  JsonNode *value;
  gsize start;

  skip_blanks (self);
  start = self->position;
  if (peek (self) != '"')
    {
      fail (self, _("the name of a member in quotation marks is missing here"));
      return FALSE;
    }
  if (!parse_string (self))
    return FALSE;

  name = g_strndup (self->buffer->str, self->buffer->len);
  if (json_object_has_member (object, name))
    {
      fail_at (self, start, _("this object has two members of the same name"));
      return FALSE;
    }

  skip_blanks (self);
  if (peek (self) != ':')
    {
      fail (self, _("a colon is missing here"));
      return FALSE;
    }
  self->position++;

  value = parse_value (self);
  if (value == NULL)
    return FALSE;
  json_object_set_member (object, name, value);

  return TRUE;
}

static JsonNode *
parse_object (Parser *self)
{
  g_autoptr(JsonObject) object = json_object_new ();

  self->position++;
  skip_blanks (self);
  if (peek (self) == '}')
    {
      self->position++;
      return json_node_init_object (json_node_alloc (), object);
    }

  while (TRUE)
    {
      if (!parse_member (self, object))
        return NULL;

      skip_blanks (self);
      if (peek (self) != ',' && peek (self) != '}')
        {
          fail (self, _("a comma or a closing brace is missing here"));
          return NULL;
        }
      if (self->text[self->position++] == '}')
        return json_node_init_object (json_node_alloc (), object);
    }
}

static gboolean
skip_word (Parser     *self,
           const char *word)
{
  gsize length = strlen (word);

  if (self->length - self->position < length ||
      strncmp (self->text + self->position, word, length) != 0)
    return FALSE;
  self->position += length;

  return TRUE;
}

static JsonNode *
parse_nested (Parser *self)
{
  JsonNode *node;

  if (self->depth == CPT_JSON_MAX_DEPTH)
    {
      fail (self, _("objects and arrays are nested too deeply"));
      return NULL;
    }

  self->depth++;
  node = peek (self) == '{' ? parse_object (self) : parse_array (self);
  self->depth--;

  return node;
}

static JsonNode *
parse_value (Parser *self)
{
  int c;

  skip_blanks (self);
  c = peek (self);
  if (c == '{' || c == '[')
    return parse_nested (self);
  if (c == '"')
    return parse_string (self) ? json_node_init_string (json_node_alloc (), self->buffer->str) : NULL;
  if (c == '-' || (c >= '0' && c <= '9'))
    return parse_number (self);
  if (skip_word (self, "true"))
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (skip_word (self, "false"))
    return json_node_init_boolean (json_node_alloc (), FALSE);
  if (skip_word (self, "null"))
    return json_node_init_null (json_node_alloc ());

  fail (self, c < 0 ? _("the text ends before the value is complete") : _("a value is missing here"));

  return NULL;
}

static JsonNode *
parse_text (Parser *self)
{
  g_autoptr(JsonNode) node = NULL;
  const char *end;

  if (!g_utf8_validate_len (self->text, self->length, &end))
    {
      fail_at (self, (gsize) (end - self->text), _("the text is not valid UTF-8"));
      return NULL;
    }

  node = parse_value (self);
  if (node == NULL)
    return NULL;

  skip_blanks (self);
  if (self->position < self->length)
    {
      fail (self, _("something follows the end of the value"));
      return NULL;
    }

  return g_steal_pointer (&node);
}

JsonNode *
cpt_json_parse (const char  *text,
                gssize       length,
                GError     **error)
{
  Parser parser = { .text = text };
  g_autoptr(JsonNode) node = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  parser.length = length < 0 ? strlen (text) : (gsize) length;
  if (parser.length > CPT_JSON_MAX_BYTES)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
                   _("This JSON text is larger than %d MB, the most that can be read at once"),
                   CPT_JSON_MAX_BYTES / (1024 * 1024));
      return NULL;
    }

  parser.buffer = g_string_new (NULL);
  node = parse_text (&parser);
  g_string_free (parser.buffer, TRUE);
  if (parser.error != NULL)
    {
      g_clear_pointer (&node, json_node_unref);
      g_propagate_error (error, parser.error);
    }

  return g_steal_pointer (&node);
}
