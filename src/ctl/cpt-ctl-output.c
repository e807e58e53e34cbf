/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comptoirctl prints: UTF-8 whatever the locale says. Data never reaches
 * a terminal as it is: control characters, and characters that turn the
 * direction of text, are shown by their codes, so that a name in a record can't
 * move the cursor, change the title or hide the end of a line. A reader that
 * goes away ends the output quietly. */
#include "config.h"

#include "cpt-ctl.h"

#include <errno.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-json.h"

/* Wider cells are not aligned to */
#define MAX_WIDTH 48
#define GAP 2

struct _CptCtlTable
{
  guint n_columns;
  GPtrArray *rows; /* (element-type GStrv) */
  gboolean *on_right;
};

gboolean
cpt_ctl_can_print (void)
{
  return ferror (stdout) == 0;
}

/* Why standard output first failed; what happens later changes errno */
static int output_code;

static void
write_text (FILE       *file,
            const char *text)
{
  if (ferror (file) == 0 && fputs (text, file) == EOF && file == stdout)
    output_code = errno;
}

void
cpt_ctl_print (const char *format,
               ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  write_text (stdout, text);
}

void
cpt_ctl_say (const char *format,
             ...)
{
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  shown = cpt_ctl_escape (text);
  write_text (stderr, shown);
  write_text (stderr, "\n");
}

static gboolean
is_dangerous (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || (c >= 0x200e && c <= 0x200f) ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

char *
cpt_ctl_escape (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n')
        g_string_append (out, "\\n");
      else if (c == '\t')
        g_string_append (out, "\\t");
      else if (is_dangerous (c))
        g_string_append_printf (out, c < 0x100 ? "\\x%02x" : "\\u%04x", c);
      else
        g_string_append_unichar (out, c);
    }

  return g_string_free (out, FALSE);
}

gboolean
cpt_ctl_flush (GError **error)
{
  int code;

  if (ferror (stdout) == 0 && fflush (stdout) == 0)
    return TRUE;

  code = output_code != 0 ? output_code : errno;
  if (code == EPIPE)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, g_strerror (code));
  else
    g_set_error (error, CPT_ERROR, code == ENOSPC ? CPT_ERROR_FULL : CPT_ERROR_IO,
                 _("The output can’t be written: %s"), g_strerror (code));

  return FALSE;
}

void
cpt_ctl_print_json (JsonNode *node)
{
  g_autofree char *text = cpt_json_format (node);

  write_text (stdout, text);
  write_text (stdout, "\n");
}

void
cpt_ctl_print_builder (JsonBuilder *builder)
{
  g_autoptr(JsonNode) node = json_builder_get_root (builder);

  cpt_ctl_print_json (node);
}

CptCtlTable *
cpt_ctl_table_new (guint n_columns)
{
  CptCtlTable *self = g_new0 (CptCtlTable, 1);

  self->n_columns = n_columns;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->on_right = g_new0 (gboolean, n_columns);

  return self;
}

void
cpt_ctl_table_free (CptCtlTable *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self->on_right);
  g_free (self);
}

void
cpt_ctl_table_align (CptCtlTable *self,
                     guint        column)
{
  self->on_right[column] = TRUE;
}

void
cpt_ctl_table_take_row (CptCtlTable  *self,
                        char        **cells)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      char *shown = cpt_ctl_escape (cells[i]);

      g_free (cells[i]);
      cells[i] = shown;
    }
  g_ptr_array_add (self->rows, cells);
}

static guint
get_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }

  return width;
}

static void
append_blanks (GString *line,
               guint    n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (line, ' ');
}

static void
append_cell (CptCtlTable *self,
             GString     *line,
             const char  *text,
             guint        column,
             guint        width)
{
  guint own = get_width (text);
  guint rest = width > own ? width - own : 0;

  if (self->on_right[column])
    append_blanks (line, rest);
  g_string_append (line, text);
  if (column + 1 == self->n_columns)
    return;
  if (!self->on_right[column])
    append_blanks (line, rest);
  append_blanks (line, GAP);
}

void
cpt_ctl_table_print (CptCtlTable *self)
{
  gboolean is_terminal = isatty (STDOUT_FILENO) == 1;
  g_autofree guint *widths = g_new0 (guint, self->n_columns);

  for (guint i = 0; i < self->rows->len && is_terminal; i++)
    {
      char **cells = g_ptr_array_index (self->rows, i);

      for (guint column = 0; column < self->n_columns; column++)
        widths[column] = MAX (widths[column], MIN (get_width (cells[column]), MAX_WIDTH));
    }

  for (guint i = 0; i < self->rows->len; i++)
    {
      char **cells = g_ptr_array_index (self->rows, i);
      g_autoptr(GString) line = g_string_new (NULL);

      for (guint column = 0; column < self->n_columns && is_terminal; column++)
        append_cell (self, line, cells[column], column, widths[column]);
      for (guint column = 0; column < self->n_columns && !is_terminal; column++)
        g_string_append_printf (line, column > 0 ? "\t%s" : "%s", cells[column]);
      write_text (stdout, line->str);
      write_text (stdout, "\n");
    }
  g_ptr_array_set_size (self->rows, 0);
}

void
cpt_ctl_json_text (JsonBuilder *builder,
                   const char  *member,
                   const char  *text)
{
  json_builder_set_member_name (builder, member);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

void
cpt_ctl_json_instant (JsonBuilder *builder,
                      const char  *member,
                      gint64       instant)
{
  g_autofree char *text = instant != G_MAXINT64 && instant != G_MININT64 ? cpt_instant_format_iso (instant) : NULL;

  cpt_ctl_json_text (builder, member, text);
}

char *
cpt_ctl_dup_instant (CptCtl *self,
                     gint64  instant)
{
  if (instant == G_MAXINT64 || instant == G_MININT64)
    return g_strdup ("–");

  return cpt_instant_format (instant, cpt_database_get_zone (self->database));
}

void
cpt_ctl_json_int (JsonBuilder *builder,
                  const char  *member,
                  gint64       number)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, number);
}

void
cpt_ctl_json_boolean (JsonBuilder *builder,
                      const char  *member,
                      gboolean     value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_boolean_value (builder, value);
}

void
cpt_ctl_json_strings (JsonBuilder *builder,
                      const char  *member,
                      GPtrArray   *texts)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; i < texts->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (texts, i));
  json_builder_end_array (builder);
}

void
cpt_ctl_json_id (JsonBuilder   *builder,
                 const char    *member,
                 const CptUuid *id)
{
  char text[CPT_UUID_TEXT_SIZE];

  cpt_uuid_format (id, text);
  cpt_ctl_json_text (builder, member, cpt_uuid_is_nil (id) ? NULL : text);
}

CptOutput *
cpt_ctl_open_output (CptCtl  *self,
                     GError **error)
{
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (self->options.output);

  if (!self->options.force && g_file_query_exists (file, NULL))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_IO, _("“%s” already exists. Choose another name, or overwrite it with --force."),
                   self->options.output);
      return NULL;
    }

  return cpt_output_open (self->database, NULL, file, G_FILE_CREATE_PRIVATE, error);
}

gboolean
cpt_ctl_write_bytes (CptCtl  *self,
                     GBytes  *bytes,
                     GError **error)
{
  g_autoptr(CptOutput) file = NULL;
  GError *problem = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (self->options.output == NULL || g_str_equal (self->options.output, "-"))
    {
      g_autoptr(GOutputStream) output = g_unix_output_stream_new (STDOUT_FILENO, FALSE);

      return g_output_stream_write_all (output, data, length, NULL, self->cancellable, error);
    }

  file = cpt_ctl_open_output (self, error);
  if (file == NULL)
    return FALSE;
  g_output_stream_write_all (cpt_output_get_stream (file), data, length, NULL, self->cancellable, &problem);

  return cpt_output_finish (file, problem, error);
}

gboolean
cpt_ctl_check_each (CptCtl  *self,
                    GError **error)
{
  if (self->options.each == NULL || self->options.output == NULL)
    return TRUE;

  g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("Give either --output FILE or --each FOLDER."));

  return FALSE;
}

void
cpt_ctl_print_files (CptCtl    *self,
                     GPtrArray *written)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  if (self->options.json)
    {
      json_builder_begin_object (builder);
      cpt_ctl_json_strings (builder, "files", written);
      json_builder_end_object (builder);
      cpt_ctl_print_builder (builder);
      return;
    }

  for (guint i = 0; i < written->len; i++)
    cpt_ctl_print ("%s\n", (const char *) g_ptr_array_index (written, i));
}

void
cpt_ctl_print_list (CptCtl      *self,
                    JsonBuilder *builder,
                    CptCtlTable *table)
{
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  if (self->options.json)
    cpt_ctl_print_builder (builder);
  else
    cpt_ctl_table_print (table);
}

void
cpt_ctl_print_made (CptCtl        *self,
                    const CptUuid *id)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = cpt_uuid_dup_text (id);

  json_builder_begin_object (builder);
  cpt_ctl_json_id (builder, "id", id);
  json_builder_end_object (builder);
  if (self->options.json)
    cpt_ctl_print_builder (builder);
  else
    cpt_ctl_print ("%s\n", text);
}

void
cpt_ctl_add_template (JsonBuilder *builder,
                      CptCtlTable *table,
                      const char  *name,
                      const char  *title,
                      const char  *description)
{
  char **cells = g_new0 (char *, 4);

  cpt_ctl_json_text (builder, "name", name);
  cpt_ctl_json_text (builder, "title", title);
  cpt_ctl_json_text (builder, "description", description);
  cells[0] = g_strdup (name);
  cells[1] = g_strdup (title);
  cells[2] = g_strdup (description);
  cpt_ctl_table_take_row (table, cells);
}
