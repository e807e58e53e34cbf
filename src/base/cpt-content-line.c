/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines of vCards and calendars, as programs really write them: ended by CRLF,
 * LF or CR, folded by a blank, in quoted-printable of version 2.1, in UTF-8 or
 * Windows-1252.
 *
 * Whether a line goes on is known from the first byte of the next one, so a line
 * is given out when that has been seen. No more of a line is kept than its limit. */

#include "config.h"

#include "cpt-content-line.h"

#include <string.h>

#define BUFFER_BYTES 32768
#define FOLD_BYTES 75

struct _CptContentReader
{
  GInputStream *stream; /* (owned) */
  char *buffer;         /* (owned) */
  gsize length;
  gsize position;
  gboolean is_at_end;
  char last;      /* the byte before this one, for CRLF */
  guint64 n_read; /* line breaks so far */
  GString *raw;   /* the line that is being put together */
  guint64 first;  /* where it began */
  gboolean is_cut;
  CptContentLine line; /* what was given out last */
};

CptContentReader *
cpt_content_reader_new (GInputStream *stream)
{
  CptContentReader *self;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  self = g_new0 (CptContentReader, 1);
  self->stream = g_object_ref (stream);
  self->buffer = g_malloc (BUFFER_BYTES);
  self->raw = g_string_new (NULL);

  return self;
}

static void
clear_line (CptContentLine *line)
{
  g_clear_pointer (&line->name, g_free);
  g_clear_pointer (&line->params, g_strfreev);
  g_clear_pointer (&line->value, g_free);
}

void
cpt_content_reader_free (CptContentReader *self)
{
  if (self == NULL)
    return;

  clear_line (&self->line);
  g_object_unref (self->stream);
  g_string_free (self->raw, TRUE);
  g_free (self->buffer);
  g_free (self);
}

/* The next byte stays where it is; FALSE at the end and on errors */
static gboolean
peek (CptContentReader  *self,
      char              *byte,
      GCancellable      *cancellable,
      GError           **error)
{
  if (self->position == self->length && !self->is_at_end)
    {
      gssize n_bytes = g_input_stream_read (self->stream, self->buffer, BUFFER_BYTES, cancellable, error);

      if (n_bytes < 0)
        return FALSE;
      self->is_at_end = n_bytes == 0;
      self->length = (gsize) n_bytes;
      self->position = 0;
    }
  if (self->is_at_end)
    return FALSE;

  *byte = self->buffer[self->position];

  return TRUE;
}

static gboolean
is_quoted_printable (const char *raw)
{
  const char *colon = strchr (raw, ':');
  g_autofree char *head = colon != NULL ? g_ascii_strup (raw, colon - raw) : NULL;

  return head != NULL && strstr (head, "QUOTED-PRINTABLE") != NULL;
}

/* Up to the line break, which is taken too; TRUE when there was one */
static gboolean
take_physical (CptContentReader  *self,
               GCancellable      *cancellable,
               GError           **error)
{
  char byte;

  while (peek (self, &byte, cancellable, error))
    {
      self->position++;
      if (byte == '\n' && self->last == '\r')
        {
          self->last = byte;
          continue;
        }
      self->last = byte;
      if (byte == '\n' || byte == '\r')
        {
          self->n_read++;
          return TRUE;
        }
      if (self->raw->len < CPT_CONTENT_LINE_MAX_BYTES && byte != '\0')
        g_string_append_c (self->raw, byte);
      else
        self->is_cut = TRUE;
    }

  return FALSE;
}

/* Behind a line break: whether the line goes on */
static gboolean
goes_on (CptContentReader  *self,
         GCancellable      *cancellable,
         GError           **error)
{
  char byte;

  if (self->last == '\r' && peek (self, &byte, cancellable, error) && byte == '\n')
    {
      self->position++;
      self->last = byte;
    }
  if (!peek (self, &byte, cancellable, error))
    return FALSE;

  if (self->raw->len > 0 && self->raw->str[self->raw->len - 1] == '=' && is_quoted_printable (self->raw->str))
    {
      g_string_truncate (self->raw, self->raw->len - 1);
      return TRUE;
    }
  if (byte != ' ' && byte != '\t')
    return FALSE;

  self->position++;

  return TRUE;
}

static char *
decode_quoted_printable (const char *text)
{
  g_autoptr(GString) decoded = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (p[0] == '=' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]) && (p[1] != '0' || p[2] != '0'))
      {
        g_string_append_c (decoded, (char) (g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2])));
        p += 2;
      }
    else
      g_string_append_c (decoded, *p);

  return g_string_free (g_steal_pointer (&decoded), FALSE);
}

/* In the character set it names, in UTF-8, or in what Windows wrote */
static char *
to_utf8 (const char *bytes,
         const char *charset)
{
  char *text = NULL;

  if (charset != NULL && g_ascii_strcasecmp (charset, "UTF-8") != 0)
    text = g_convert (bytes, -1, "UTF-8", charset, NULL, NULL, NULL);
  if (text == NULL && g_utf8_validate (bytes, -1, NULL))
    text = g_strdup (bytes);
  if (text == NULL)
    text = g_convert (bytes, -1, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);

  return text != NULL ? text : g_utf8_make_valid (bytes, -1);
}

/* The first @mark outside quotes; NULL when there is none */
static char *
find_unquoted (char *text,
               char  mark)
{
  gboolean is_quoted = FALSE;

  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        is_quoted = !is_quoted;
      else if (*text == mark && !is_quoted)
        return text;
    }

  return NULL;
}

static void
set_head (CptContentLine *line,
          char           *head)
{
  g_autoptr(GStrvBuilder) params = g_strv_builder_new ();
  char *rest = find_unquoted (head, ';');
  char *dot;

  while (rest != NULL)
    {
      char *param = rest + 1;
      char *equals;

      *rest = '\0';
      rest = find_unquoted (param, ';');
      if (rest != NULL)
        *rest = '\0';
      equals = strchr (param, '=');
      for (char *p = param; *p != '\0' && p != equals; p++)
        *p = g_ascii_toupper (*p);
      g_strv_builder_add (params, param);
    }

  dot = strrchr (head, '.');
  line->name = g_ascii_strup (dot != NULL ? dot + 1 : head, -1);
  line->params = g_strv_builder_end (params);
}

static void
set_line (CptContentReader *self)
{
  CptContentLine *line = &self->line;
  g_autofree char *raw = g_strdup (g_str_has_prefix (self->raw->str, "\357\273\277") ? self->raw->str + 3 : self->raw->str);
  char *colon = find_unquoted (raw, ':');

  clear_line (line);
  line->line = self->first;
  line->is_cut = self->is_cut;
  if (colon == NULL)
    {
      line->name = g_strdup ("");
      line->params = g_new0 (char *, 1);
      line->value = to_utf8 (raw, NULL);
      return;
    }

  *colon = '\0';
  set_head (line, raw);
  if (is_quoted_printable (self->raw->str))
    {
      g_autofree char *decoded = decode_quoted_printable (colon + 1);

      line->value = to_utf8 (decoded, cpt_content_line_get_param (line, "CHARSET"));
    }
  else
    line->value = to_utf8 (colon + 1, cpt_content_line_get_param (line, "CHARSET"));
}

gboolean
cpt_content_reader_next (CptContentReader      *self,
                         const CptContentLine **line,
                         GCancellable          *cancellable,
                         GError               **error)
{
  g_autoptr(GError) local_error = NULL;
  gboolean has_break;

  g_return_val_if_fail (self != NULL, FALSE);

  do
    {
      g_string_truncate (self->raw, 0);
      self->is_cut = FALSE;
      self->first = self->n_read + 1;
      do
        has_break = take_physical (self, cancellable, &local_error);
      while (has_break && goes_on (self, cancellable, &local_error));
    }
  while (has_break && self->raw->len == 0 && local_error == NULL);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (self->raw->len == 0)
    return FALSE;

  set_line (self);
  *line = &self->line;

  return TRUE;
}

const char *
cpt_content_line_get_param (const CptContentLine *self,
                            const char           *param)
{
  gsize length = strlen (param);

  for (guint i = 0; self->params[i] != NULL; i++)
    if (strncmp (self->params[i], param, length) == 0 && self->params[i][length] == '=')
      return self->params[i] + length + 1;

  return NULL;
}

gboolean
cpt_content_line_has_type (const CptContentLine *self,
                           const char           *word)
{
  for (guint i = 0; self->params[i] != NULL; i++)
    {
      const char *equals = strchr (self->params[i], '=');
      g_auto(GStrv) words = NULL;

      if (equals != NULL && !g_str_has_prefix (self->params[i], "TYPE="))
        continue;
      words = g_strsplit_set (equals != NULL ? equals + 1 : self->params[i], ",\"", -1);
      for (guint j = 0; words[j] != NULL; j++)
        if (g_ascii_strcasecmp (words[j], word) == 0)
          return TRUE;
    }

  return FALSE;
}

void
cpt_content_line_append (GString    *out,
                         const char *name,
                         const char *value)
{
  g_autofree char *line = g_strconcat (name, ":", value, NULL);
  gsize column = 0;

  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    {
      gsize length = (gsize) (g_utf8_next_char (p) - p);

      if (column + length > FOLD_BYTES)
        {
          g_string_append (out, "\r\n ");
          column = 1;
        }
      g_string_append_len (out, p, (gssize) length);
      column += length;
    }
  g_string_append (out, "\r\n");
}

char *
cpt_content_text_escape (const char *text)
{
  GString *escaped = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\n')
        g_string_append (escaped, "\\n");
      else if (*p == ',' || *p == ';' || *p == '\\')
        g_string_append_printf (escaped, "\\%c", *p);
      else if (*p != '\r')
        g_string_append_c (escaped, *p);
    }

  return g_string_free (escaped, FALSE);
}

char **
cpt_content_text_split (const char *value,
                        char        separator)
{
  g_autoptr(GStrvBuilder) parts = g_strv_builder_new ();
  g_autoptr(GString) part = g_string_new (NULL);

  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        {
          p++;
          g_string_append_c (part, *p == 'n' || *p == 'N' ? '\n' : *p);
        }
      else if (*p == separator && separator != '\0')
        {
          g_strv_builder_add (parts, part->str);
          g_string_truncate (part, 0);
        }
      else
        g_string_append_c (part, *p);
    }
  g_strv_builder_add (parts, part->str);

  return g_strv_builder_end (parts);
}
