/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a workbook by libxlsxwriter. Numbers in a spreadsheet are doubles:
 * what they can't hold exactly is written as text rather than rounded. No cell
 * is a formula.
 *
 * libxlsxwriter writes numbers as the session does, with a comma in French,
 * and spoils the file. So this thread has the marks of C while it works. */
#include "config.h"

#include "cpt-xlsx-sheet.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <xlsxwriter.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-text.h"

/* Spreadsheets keep 15 digits */
#define MAX_EXACT G_GINT64_CONSTANT (999999999999999)
/* Days of 1900-03-01, before which spreadsheets disagree, and of 9999-12-31 */
#define FIRST_DATE (-25508)
#define LAST_DATE 2932896
#define MAX_TITLE 31
/* Characters; bytes are never fewer */
#define MAX_CELL 32767

struct _CptXlsxSheet
{
  char *folder; /* (owned): temporary */
  char *path;   /* (owned): in it */
  lxw_workbook *book;
  lxw_worksheet *sheet; /* the book's */
  lxw_format *header;   /* the book's, as those below */
  lxw_format *date;
  lxw_format *time;
  lxw_format *percent;
  GHashTable *amounts; /* currency (owned) -> lxw_format */
  GTimeZone *zone;
  locale_t marks; /* (owned): the session's, but for numbers */
  guint row;      /* the next */
  guint column;
};

/* At most 31 characters, none of []:*?/\ */
static char *
dup_title (const char *title)
{
  g_autofree char *cut = g_utf8_substring (title, 0, MIN (g_utf8_strlen (title, -1), MAX_TITLE));

  return g_strdelimit (g_steal_pointer (&cut), "[]:*?/\\'", ' ');
}

static lxw_format *
add_format (CptXlsxSheet *self,
            const char   *code)
{
  lxw_format *format = workbook_add_format (self->book);

  format_set_num_format (format, code);

  return format;
}

CptXlsxSheet *
cpt_xlsx_sheet_new (const char  *title,
                    GTimeZone   *zone,
                    GError     **error)
{
  g_autoptr(CptXlsxSheet) self = g_new0 (CptXlsxSheet, 1);
  g_autofree char *name = dup_title (title);
  g_autoptr(GError) io_error = NULL;
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };

  self->amounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->zone = g_time_zone_ref (zone);
  self->marks = newlocale (LC_NUMERIC_MASK, "C", duplocale (LC_GLOBAL_LOCALE));
  self->folder = g_dir_make_tmp ("comptoir-XXXXXX", &io_error);
  if (self->folder == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_IO, _("No temporary file can be made (%s). Free some space, or try again."),
                   io_error->message);
      return NULL;
    }

  self->path = g_build_filename (self->folder, "book.xlsx", NULL);
  options.tmpdir = self->folder;
  self->book = workbook_new_opt (self->path, &options);
  self->sheet = self->book != NULL ? workbook_add_worksheet (self->book, name) : NULL;
  if (self->sheet == NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_IO, _("The spreadsheet can’t be written. Export as CSV."));
      return NULL;
    }

  self->header = workbook_add_format (self->book);
  format_set_bold (self->header);
  self->date = add_format (self, "yyyy-mm-dd");
  self->time = add_format (self, "yyyy-mm-dd hh:mm:ss");
  self->percent = add_format (self, "0.00%");

  return g_steal_pointer (&self);
}

void
cpt_xlsx_sheet_free (CptXlsxSheet *self)
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
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_hash_table_unref (self->amounts);
  g_free (self->path);
  g_free (self->folder);
  g_free (self);
}

gboolean
cpt_xlsx_sheet_add_header (CptXlsxSheet       *self,
                           const char *const  *names,
                           guint               n_names,
                           GError            **error)
{
  if (n_names > LXW_COL_MAX)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("A spreadsheet has at most %d columns. Export as CSV."), LXW_COL_MAX);
      return FALSE;
    }

  worksheet_freeze_panes (self->sheet, 1, 0);
  if (n_names > 0)
    worksheet_set_column (self->sheet, 0, (lxw_col_t) (n_names - 1), 18, NULL);
  for (guint i = 0; i < n_names; i++)
    worksheet_write_string (self->sheet, 0, (lxw_col_t) i, names[i], self->header);
  self->row = 1;

  return TRUE;
}

gboolean
cpt_xlsx_sheet_begin_row (CptXlsxSheet  *self,
                          GError       **error)
{
  if (self->row >= LXW_ROW_MAX)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("A spreadsheet has at most %d rows. Export as CSV, or fewer records."),
                   LXW_ROW_MAX);
      return FALSE;
    }

  self->row++;
  self->column = 0;

  return TRUE;
}

static void
write_text (CptXlsxSheet *self,
            const char   *text)
{
  g_autofree char *cut = NULL;
  lxw_col_t column = (lxw_col_t) self->column++;

  if (text == NULL || *text == '\0')
    return;
  if (strlen (text) > MAX_CELL && g_utf8_strlen (text, -1) > MAX_CELL)
    text = cut = cpt_text_shorten (text, MAX_CELL);
  worksheet_write_string (self->sheet, self->row - 1, column, text, NULL);
}

/* Values of a kind; FALSE for one that must be text */

static gboolean
write_number (CptXlsxSheet *self,
              gint64        number,
              int           scale,
              lxw_format   *format)
{
  double divisor = 1;

  if (number > MAX_EXACT || number < -MAX_EXACT)
    return FALSE;
  for (int i = 0; i < scale; i++)
    divisor *= 10;
  worksheet_write_number (self->sheet, self->row - 1, (lxw_col_t) self->column++, (double) number / divisor, format);

  return TRUE;
}

static gboolean
write_integer (CptXlsxSheet   *self,
               const CptField *field,
               const CptValue *value)
{
  return write_number (self, value->integer, 0, NULL);
}

static gboolean
write_decimal (CptXlsxSheet   *self,
               const CptField *field,
               const CptValue *value)
{
  return write_number (self, value->integer, field->scale, NULL);
}

static gboolean
write_percent (CptXlsxSheet   *self,
               const CptField *field,
               const CptValue *value)
{
  return write_number (self, value->integer, 4, self->percent);
}

static gboolean
write_boolean (CptXlsxSheet   *self,
               const CptField *field,
               const CptValue *value)
{
  worksheet_write_boolean (self->sheet, self->row - 1, (lxw_col_t) self->column++, value->integer != 0, NULL);

  return TRUE;
}

/* The currency stands in the format, where a reader finds it again */
static gboolean
write_money (CptXlsxSheet   *self,
             const CptField *field,
             const CptValue *value)
{
  const CptMoney *money = &value->money;
  int exponent = cpt_currency_get_exponent (money->currency);
  lxw_format *format;

  if (exponent < 0)
    return FALSE;

  format = g_hash_table_lookup (self->amounts, money->currency);
  if (format == NULL)
    {
      g_autofree char *code = g_strdup_printf ("#,##0%s%.*s [$%s]", exponent > 0 ? "." : "", exponent, "0000", money->currency);

      format = add_format (self, code);
      g_hash_table_insert (self->amounts, g_strdup (money->currency), format);
    }

  return write_number (self, money->amount, exponent, format);
}

static gboolean
write_date (CptXlsxSheet   *self,
            const CptField *field,
            const CptValue *value)
{
  lxw_datetime date = { 0 };

  if (value->integer < FIRST_DATE || value->integer > LAST_DATE)
    return FALSE;
  cpt_date_to_ymd (value->integer, &date.year, &date.month, &date.day);
  worksheet_write_datetime (self->sheet, self->row - 1, (lxw_col_t) self->column++, &date, self->date);

  return TRUE;
}

static gboolean
write_time (CptXlsxSheet   *self,
            const CptField *field,
            const CptValue *value)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (value->integer / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, self->zone) : NULL;
  lxw_datetime date = { 0 };

  if (local == NULL || value->integer < FIRST_DATE * G_GINT64_CONSTANT (86400000000))
    return FALSE;
  g_date_time_get_ymd (local, &date.year, &date.month, &date.day);
  date.hour = g_date_time_get_hour (local);
  date.min = g_date_time_get_minute (local);
  date.sec = g_date_time_get_second (local);
  worksheet_write_datetime (self->sheet, self->row - 1, (lxw_col_t) self->column++, &date, self->time);

  return TRUE;
}

/* Kinds without one are text */
static gboolean (*const writers[CPT_N_FIELD_KINDS]) (CptXlsxSheet *self,
                                                     const CptField *field,
                                                     const CptValue *value) = {
  [CPT_FIELD_INTEGER] = write_integer,
  [CPT_FIELD_DECIMAL] = write_decimal,
  [CPT_FIELD_MONEY] = write_money,
  [CPT_FIELD_PERCENT] = write_percent,
  [CPT_FIELD_BOOLEAN] = write_boolean,
  [CPT_FIELD_DATE] = write_date,
  [CPT_FIELD_DATETIME] = write_time,
};

void
cpt_xlsx_sheet_add_value (CptXlsxSheet   *self,
                          const CptField *field,
                          const CptValue *value,
                          const char     *text)
{
  locale_t session = uselocale (self->marks);

  if (cpt_value_is_null (value) || writers[field->kind] == NULL || !writers[field->kind](self, field, value))
    write_text (self, text);
  uselocale (session);
}

void
cpt_xlsx_sheet_add_text (CptXlsxSheet *self,
                         const char   *text)
{
  locale_t session = uselocale (self->marks);

  write_text (self, text);
  uselocale (session);
}

gboolean
cpt_xlsx_sheet_finish (CptXlsxSheet   *self,
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
