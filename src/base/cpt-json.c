/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing JSON in three forms, and reading members of a wanted type. */

#include "config.h"

#include "cpt-json.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cpt-error.h"

/* Integers up to here are exact as double (2^53) */
#define MAX_EXACT_DOUBLE 9007199254740992.0

typedef enum
{
  FORM_COMPACT,
  FORM_PRETTY,
  FORM_CANONICAL,
} Form;

typedef struct
{
  GString *out;
  Form form;
  guint depth;
} Writer;

static void write_node (Writer *self, JsonNode *node);

static void
write_string (Writer     *self,
              const char *text)
{
  static const char codes[] = "btn?fr"; /* U+0008 to U+000D; U+000B has no short form */
  GString *out = self->out;

  g_string_append_c (out, '"');
  while (*text != '\0')
    {
      const char *run = text;
      guchar c;

      while ((guchar) *text >= 0x20 && *text != '"' && *text != '\\' && *text != 0x7f)
        text++;
      g_string_append_len (out, run, text - run);

      c = (guchar) *text;
      if (c == '\0')
        break;
      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", c);
      else if (c >= 0x08 && c <= 0x0d && c != 0x0b)
        g_string_append_printf (out, "\\%c", codes[c - 0x08]);
      else
        g_string_append_printf (out, "\\u%04x", c);
      text++;
    }
  g_string_append_c (out, '"');
}

/* The shortest text that reads back as the same number. JSON has no word for
 * what is not finite: null, as in JavaScript. */
static void
write_double (Writer *self,
              double  value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  if (!isfinite (value))
    {
      g_string_append (self->out, "null");
      return;
    }
  if (self->form == FORM_CANONICAL && value == trunc (value) && fabs (value) < MAX_EXACT_DOUBLE)
    {
      g_string_append_printf (self->out, "%" G_GINT64_FORMAT, (gint64) value);
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (buffer, sizeof buffer, formats[i], value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  g_string_append (self->out, buffer);
  if (strpbrk (buffer, ".e") == NULL)
    g_string_append (self->out, ".0");
}

static void
write_value (Writer   *self,
             JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    {
      const char *text = json_node_get_string (node);

      if (text != NULL)
        write_string (self, text);
      else
        g_string_append (self->out, "null");
    }
  else if (type == G_TYPE_BOOLEAN)
    {
      g_string_append (self->out, json_node_get_boolean (node) ? "true" : "false");
    }
  else if (type == G_TYPE_DOUBLE || type == G_TYPE_FLOAT)
    {
      write_double (self, json_node_get_double (node));
    }
  else
    {
      g_string_append_printf (self->out, "%" G_GINT64_FORMAT, json_node_get_int (node));
    }
}

static void
write_line_break (Writer *self)
{
  if (self->form != FORM_PRETTY)
    return;

  g_string_append_c (self->out, '\n');
  for (guint i = 0; i < self->depth; i++)
    g_string_append (self->out, "  ");
}

static void
write_array (Writer    *self,
             JsonArray *array)
{
  guint length = json_array_get_length (array);

  g_string_append_c (self->out, '[');
  self->depth++;
  for (guint i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append_c (self->out, ',');
      write_line_break (self);
      write_node (self, json_array_get_element (array, i));
    }
  self->depth--;
  if (length > 0)
    write_line_break (self);
  g_string_append_c (self->out, ']');
}

static void
write_object (Writer     *self,
              JsonObject *object)
{
  g_autoptr(GList) names = json_object_get_members (object);

  if (self->form == FORM_CANONICAL)
    names = g_list_sort (g_steal_pointer (&names), (GCompareFunc) strcmp);

  g_string_append_c (self->out, '{');
  self->depth++;
  for (GList *l = names; l != NULL; l = l->next)
    {
      if (l != names)
        g_string_append_c (self->out, ',');
      write_line_break (self);
      write_string (self, l->data);
      g_string_append (self->out, self->form == FORM_PRETTY ? ": " : ":");
      write_node (self, json_object_get_member (object, l->data));
    }
  self->depth--;
  if (names != NULL)
    write_line_break (self);
  g_string_append_c (self->out, '}');
}

static void
write_node (Writer   *self,
            JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      write_object (self, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      write_array (self, json_node_get_array (node));
      break;
    case JSON_NODE_VALUE:
      write_value (self, node);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (self->out, "null");
      break;
    }
}

static char *
format (JsonNode *node,
        Form      form)
{
  Writer writer = { .out = g_string_new (NULL), .form = form };

  write_node (&writer, node);

  return g_string_free (writer.out, FALSE);
}

char *
cpt_json_format (JsonNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  return format (node, FORM_COMPACT);
}

char *
cpt_json_format_pretty (JsonNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  return format (node, FORM_PRETTY);
}

char *
cpt_json_format_canonical (JsonNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  return format (node, FORM_CANONICAL);
}

/* NULL when absent, which includes null. */
static JsonNode *
find_member (JsonObject *object,
             const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

gboolean
cpt_json_read_string (JsonObject  *object,
                      const char  *member,
                      const char **value,
                      GError     **error)
{
  JsonNode *node = find_member (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” must be a text"), member);
      return FALSE;
    }
  *value = json_node_get_string (node);

  return TRUE;
}

static gboolean
get_whole_number (JsonNode *node,
                  gint64   *value)
{
  double number;

  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      *value = json_node_get_int (node);
      return TRUE;
    }
  if (json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return FALSE;

  number = json_node_get_double (node);
  if (!(fabs (number) <= MAX_EXACT_DOUBLE) || number != trunc (number))
    return FALSE;
  *value = (gint64) number;

  return TRUE;
}

gboolean
cpt_json_read_int (JsonObject  *object,
                   const char  *member,
                   gint64      *value,
                   GError     **error)
{
  JsonNode *node = find_member (object, member);

  if (node == NULL || get_whole_number (node, value))
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” must be a whole number"), member);

  return FALSE;
}

gboolean
cpt_json_read_boolean (JsonObject  *object,
                       const char  *member,
                       gboolean    *value,
                       GError     **error)
{
  JsonNode *node = find_member (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” must be true or false"), member);
      return FALSE;
    }
  *value = json_node_get_boolean (node);

  return TRUE;
}

gboolean
cpt_json_read_array (JsonObject  *object,
                     const char  *member,
                     JsonArray  **value,
                     GError     **error)
{
  JsonNode *node = find_member (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” must be an array"), member);
      return FALSE;
    }
  *value = json_node_get_array (node);

  return TRUE;
}

gboolean
cpt_json_read_object (JsonObject  *object,
                      const char  *member,
                      JsonObject **value,
                      GError     **error)
{
  JsonNode *node = find_member (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” must be an object"), member);
      return FALSE;
    }
  *value = json_node_get_object (node);

  return TRUE;
}

char *
cpt_json_dup_string (JsonObject *object,
                     const char *member)
{
  const char *text = NULL;

  cpt_json_read_string (object, member, &text, NULL);

  return g_strdup (text);
}

JsonObject *
cpt_json_dup_others (JsonObject        *object,
                     const char *const *known)
{
  g_autoptr(GList) members = json_object_get_members (object);
  JsonObject *others = NULL;

  for (GList *link = members; link != NULL; link = link->next)
    {
      if (g_strv_contains (known, link->data))
        continue;
      if (others == NULL)
        others = json_object_new ();
      json_object_set_member (others, link->data, json_object_dup_member (object, link->data));
    }

  return others;
}

void
cpt_json_add_members (JsonObject *object,
                      JsonObject *others)
{
  g_autoptr(GList) members = others != NULL ? json_object_get_members (others) : NULL;

  for (GList *link = members; link != NULL; link = link->next)
    json_object_set_member (object, link->data, json_object_dup_member (others, link->data));
}
