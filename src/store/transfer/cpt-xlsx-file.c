/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all workbooks that are written have in common: where they grow, what
 * their sheets are called, the formats of their cells, and how they end. */
#include "config.h"

#include "cpt-xlsx-file.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-money.h"
#include "cpt-text.h"

/* Of the name of a sheet, in units of UTF-16, as spreadsheets count */
#define MAX_TITLE 31
/* Days of 1900-03-01, before which spreadsheets disagree, and of 9999-12-31 */
#define FIRST_DATE (-25508)
#define LAST_DATE 2932896

struct _CptXlsxFile
{
  char *folder;        /* temporary */
  char *path;          /* in it */
  lxw_workbook *book;  /* (owned) (nullable) */
  GHashTable *formats; /* look and code (owned) -> lxw_format, the book's */
  GHashTable *titles;  /* (owned): of sheets, case-folded */
  locale_t marks;      /* (owned): the session's, but for numbers */
};

static gboolean
open_book (CptXlsxFile *self,
           gboolean     is_constant,
           gint64       now)
{
  lxw_workbook_options options = { .constant_memory = is_constant ? LXW_TRUE : LXW_FALSE };
  lxw_doc_properties properties = { .created = (time_t) (now / G_USEC_PER_SEC) };

  self->path = g_build_filename (self->folder, "book.xlsx", NULL);
  options.tmpdir = self->folder;
  self->book = workbook_new_opt (self->path, &options);

  return self->book != NULL && workbook_set_properties (self->book, &properties) == LXW_NO_ERROR;
}

CptXlsxFile *
cpt_xlsx_file_new (gboolean   is_constant,
                   gint64     now,
                   GError   **error)
{
  g_autoptr(CptXlsxFile) self = g_new0 (CptXlsxFile, 1);
  g_autoptr(GError) io_error = NULL;

  self->formats = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->marks = newlocale (LC_NUMERIC_MASK, "C", duplocale (LC_GLOBAL_LOCALE));
  self->folder = g_dir_make_tmp ("comptoir-XXXXXX", &io_error);
  if (self->folder == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_IO, _("No temporary file can be made (%s). Free some space, or try again."),
                   io_error->message);
      return NULL;
    }

  if (!open_book (self, is_constant, now))
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_IO, _("The spreadsheet can’t be written. Export as CSV."));
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
cpt_xlsx_file_free (CptXlsxFile *self)
{
  locale_t session = uselocale (self->marks);

  /* One that was not finished is written all the same: it has no other end */
  if (self->book != NULL)
    workbook_close (self->book);
  uselocale (session);
  freelocale (self->marks);
  if (self->path != NULL)
    g_unlink (self->path);
  if (self->folder != NULL)
    g_rmdir (self->folder);
  g_hash_table_unref (self->formats);
  g_hash_table_unref (self->titles);
  g_free (self->path);
  g_free (self->folder);
  g_free (self);
}

lxw_workbook *
cpt_xlsx_file_get_book (CptXlsxFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->book;
}

/* As many characters as have room beside @suffix */
static char *
cut_title (const char *title,
           const char *suffix)
{
  const char *end = title;
  glong room = MAX_TITLE - g_utf8_strlen (suffix, -1);
  g_autofree char *head = NULL;

  while (*end != '\0')
    {
      room -= g_utf8_get_char (end) > 0xffff ? 2 : 1;
      if (room < 0)
        break;
      end = g_utf8_next_char (end);
    }
  head = g_strndup (title, (gsize) (end - title));

  return g_strconcat (g_strchomp (head), suffix, NULL);
}

static char *
fold_title (const char *title)
{
  g_autofree char *folded = g_utf8_casefold (title, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
}

/* At most 31 units, none of []:*?/\ nor an apostrophe, not the same as that of another
 * sheet whatever the case, and not "History", which Excel keeps to itself */
static char *
choose_title (CptXlsxFile *self,
              const char  *title)
{
  g_autofree char *valid = g_utf8_make_valid (title, -1);
  const char *clean = g_strstrip (g_strdelimit (valid, "[]:*?/\\'\t\n\r", ' '));

  if (*clean == '\0')
    clean = _("Sheet");
  for (guint i = g_ascii_strcasecmp (clean, "history") == 0 ? 2 : 1;; i++)
    {
      g_autofree char *suffix = i > 1 ? g_strdup_printf (" (%u)", i) : g_strdup ("");
      g_autofree char *cut = cut_title (clean, suffix);

      if (g_hash_table_add (self->titles, fold_title (cut)))
        return g_steal_pointer (&cut);
    }
}

lxw_worksheet *
cpt_xlsx_file_add_sheet (CptXlsxFile *self,
                         const char  *title)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (self != NULL && title != NULL, NULL);

  name = choose_title (self, title);

  return workbook_add_worksheet (self->book, name);
}

lxw_format *
cpt_xlsx_file_get_format (CptXlsxFile *self,
                          const char  *code,
                          CptXlsxLook  look)
{
  g_autofree char *key = g_strdup_printf ("%u%s", look, code != NULL ? code : "");
  lxw_format *format = g_hash_table_lookup (self->formats, key);

  if (format != NULL)
    return format;

  format = workbook_add_format (self->book);
  if (code != NULL)
    format_set_num_format (format, code);
  if (look & CPT_XLSX_BOLD)
    format_set_bold (format);
  if (look & (CPT_XLSX_LEFT | CPT_XLSX_RIGHT))
    format_set_align (format, look & CPT_XLSX_LEFT ? LXW_ALIGN_LEFT : LXW_ALIGN_RIGHT);
  g_hash_table_insert (self->formats, g_steal_pointer (&key), format);

  return format;
}

char *
cpt_xlsx_dup_money_code (const char *currency)
{
  int exponent = cpt_currency_get_exponent (currency);

  if (exponent < 0)
    return NULL;

  return g_strdup_printf ("#,##0%s%.*s [$%s]", exponent > 0 ? "." : "", exponent, "0000", currency);
}

void
cpt_xlsx_write_text (lxw_worksheet *sheet,
                     guint          row,
                     guint          column,
                     const char    *text,
                     lxw_format    *format)
{
  g_autofree char *cut = NULL;

  if (text == NULL || *text == '\0')
    return;
  if (strlen (text) > CPT_XLSX_MAX_CELL && g_utf8_strlen (text, -1) > CPT_XLSX_MAX_CELL)
    text = cut = cpt_text_shorten (text, CPT_XLSX_MAX_CELL);
  worksheet_write_string (sheet, row, (lxw_col_t) column, text, format);
}

gboolean
cpt_xlsx_write_date (lxw_worksheet *sheet,
                     guint          row,
                     guint          column,
                     gint64         date,
                     lxw_format    *format)
{
  lxw_datetime day = { 0 };

  if (date < FIRST_DATE || date > LAST_DATE)
    return FALSE;
  cpt_date_to_ymd (date, &day.year, &day.month, &day.day);
  worksheet_write_datetime (sheet, row, (lxw_col_t) column, &day, format);

  return TRUE;
}

locale_t
cpt_xlsx_file_enter (CptXlsxFile *self)
{
  return uselocale (self->marks);
}

void
cpt_xlsx_file_leave (locale_t session)
{
  uselocale (session);
}

gboolean
cpt_xlsx_file_finish (CptXlsxFile    *self,
                      GOutputStream  *stream,
                      GCancellable   *cancellable,
                      GError        **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (self->path);
  g_autoptr(GFileInputStream) input = NULL;
  locale_t session = uselocale (self->marks);
  lxw_error result = workbook_close (g_steal_pointer (&self->book));

  uselocale (session);
  if (result != LXW_NO_ERROR)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_IO, _("The spreadsheet can’t be written (%s). Free some space, or export as CSV."),
                   lxw_strerror (result));
      return FALSE;
    }

  input = g_file_read (file, cancellable, error);

  return input != NULL && g_output_stream_splice (stream, G_INPUT_STREAM (input), G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE,
                                                  cancellable, error) >= 0;
}
