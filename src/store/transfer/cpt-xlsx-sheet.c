/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a workbook by libxlsxwriter. Numbers in a spreadsheet are doubles:
 * what they can't hold exactly is written as text rather than rounded. No cell
 * is a formula. */
#include "config.h"

#include "cpt-xlsx-sheet.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-xlsx-file.h"

/* Spreadsheets keep 15 digits */
#define MAX_EXACT G_GINT64_CONSTANT (999999999999999)
/* Day of 1900-03-01, before which spreadsheets disagree */
#define FIRST_DATE (-25508)

struct _CptXlsxSheet
{
  CptXlsxFile *own;     /* (owned) (nullable): where it is the only sheet */
  CptXlsxFile *file;    /* that it is in */
  lxw_worksheet *sheet; /* the file's, as the formats below */
  lxw_format *date;
  lxw_format *time;
  lxw_format *percent;
  GHashTable *amounts; /* currency (owned) -> lxw_format */
  GTimeZone *zone;
  guint row; /* the next */
  guint column;
};

CptXlsxSheet *
cpt_xlsx_sheet_new_in (CptXlsxFile  *file,
                       const char   *title,
                       GTimeZone    *zone,
                       GError      **error)
{
  g_autoptr(CptXlsxSheet) self = g_new0 (CptXlsxSheet, 1);

  self->file = file;
  self->amounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->zone = g_time_zone_ref (zone);
  self->sheet = cpt_xlsx_file_add_sheet (self->file, title);
  if (self->sheet == NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_IO, _("The spreadsheet can’t be written. Export as CSV."));
      return NULL;
    }

  self->date = cpt_xlsx_file_get_format (self->file, "yyyy-mm-dd", CPT_XLSX_PLAIN);
  self->time = cpt_xlsx_file_get_format (self->file, "yyyy-mm-dd hh:mm:ss", CPT_XLSX_PLAIN);
  self->percent = cpt_xlsx_file_get_format (self->file, "0.00%", CPT_XLSX_PLAIN);

  return g_steal_pointer (&self);
}

CptXlsxSheet *
cpt_xlsx_sheet_new (const char  *title,
                    gint64       now,
                    GTimeZone   *zone,
                    GError     **error)
{
  g_autoptr(CptXlsxFile) file = cpt_xlsx_file_new (TRUE, now, error);
  CptXlsxSheet *self = file != NULL ? cpt_xlsx_sheet_new_in (file, title, zone, error) : NULL;

  if (self != NULL)
    self->own = g_steal_pointer (&file);

  return self;
}

void
cpt_xlsx_sheet_free (CptXlsxSheet *self)
{
  g_clear_pointer (&self->own, cpt_xlsx_file_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_hash_table_unref (self->amounts);
  g_free (self);
}

gboolean
cpt_xlsx_sheet_add_header (CptXlsxSheet       *self,
                           const char *const  *names,
                           guint               n_names,
                           GError            **error)
{
  lxw_format *bold = cpt_xlsx_file_get_format (self->file, NULL, CPT_XLSX_BOLD);

  if (n_names > LXW_COL_MAX)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("A spreadsheet has at most %d columns. Export as CSV."), LXW_COL_MAX);
      return FALSE;
    }

  worksheet_freeze_panes (self->sheet, 1, 0);
  if (n_names > 0)
    worksheet_set_column (self->sheet, 0, (lxw_col_t) (n_names - 1), 18, NULL);
  for (guint i = 0; i < n_names; i++)
    worksheet_write_string (self->sheet, 0, (lxw_col_t) i, names[i], bold);
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
  cpt_xlsx_write_text (self->sheet, self->row - 1, self->column++, text, NULL);
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

static gboolean
write_money (CptXlsxSheet   *self,
             const CptField *field,
             const CptValue *value)
{
  const CptMoney *money = &value->money;
  lxw_format *format = g_hash_table_lookup (self->amounts, money->currency);

  if (format == NULL)
    {
      g_autofree char *code = cpt_xlsx_dup_money_code (money->currency);

      if (code == NULL)
        return FALSE;
      format = cpt_xlsx_file_get_format (self->file, code, CPT_XLSX_PLAIN);
      g_hash_table_insert (self->amounts, g_strdup (money->currency), format);
    }

  return write_number (self, money->amount, cpt_currency_get_exponent (money->currency), format);
}

static gboolean
write_date (CptXlsxSheet   *self,
            const CptField *field,
            const CptValue *value)
{
  if (!cpt_xlsx_write_date (self->sheet, self->row - 1, self->column, value->integer, self->date))
    return FALSE;
  self->column++;

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
  locale_t session = cpt_xlsx_file_enter (self->file);

  if (cpt_value_is_null (value) || writers[field->kind] == NULL || !writers[field->kind](self, field, value))
    write_text (self, text);
  cpt_xlsx_file_leave (session);
}

void
cpt_xlsx_sheet_add_text (CptXlsxSheet *self,
                         const char   *text)
{
  locale_t session = cpt_xlsx_file_enter (self->file);

  write_text (self, text);
  cpt_xlsx_file_leave (session);
}

gboolean
cpt_xlsx_sheet_finish (CptXlsxSheet   *self,
                       GOutputStream  *stream,
                       GCancellable   *cancellable,
                       GError        **error)
{
  return cpt_xlsx_file_finish (self->file, stream, cancellable, error);
}
