/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a file is written, from a look at its beginning: at most
 * CPT_IMPORT_SAMPLE_ROWS rows. What the sample can't tell is taken from the
 * country; a row that then does not fit is rejected, never misread in silence
 * where the sample knew better. */
#include "config.h"

#include "cpt-import-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cpt-error.h"
#include "cpt-identifier.h"
#include "cpt-text.h"

#define DETECT_BYTES (64 * 1024)
/* A sample ends here even when it has few rows */
#define SAMPLE_BYTES (8 * 1024 * 1024)
/* A file of tens of thousands of columns is known from fewer rows */
#define SAMPLE_CELLS 500000

gboolean
cpt_import_check_file (const char  *path,
                       guint64     *size,
                       GError     **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  GStatBuf buffer;

  if (g_stat (path, &buffer) != 0)
    {
      int code = errno;

      if (code == ENOENT)
        g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is no file “%s”."), shown);
      else
        g_set_error (error, CPT_ERROR, CPT_ERROR_IO, _("“%s” can’t be read: %s"), shown, g_strerror (code));
      return FALSE;
    }

  if (S_ISDIR (buffer.st_mode))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_IO, _("“%s” is a folder. Choose a file."), shown);
      return FALSE;
    }
  if (!S_ISREG (buffer.st_mode))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_IO,
                   _("“%s” is not a regular file. Save its output to a file and import that."), shown);
      return FALSE;
    }

  *size = buffer.st_size;

  return TRUE;
}

static gboolean
read_beginning (const char  *path,
                guint8      *bytes,
                gsize       *length,
                GError     **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = NULL;
  g_autoptr(GError) io_error = NULL;

  stream = g_file_read (file, NULL, &io_error);
  if (stream != NULL &&
      g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, DETECT_BYTES, length, NULL, &io_error))
    return TRUE;

  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_IO, io_error->message);

  return FALSE;
}

static gboolean
is_number (const char *text)
{
  gboolean has_digit = FALSE;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        has_digit = TRUE;
      else if (strchr ("+-., '%", *p) == NULL)
        return FALSE;
    }

  return has_digit;
}

static gboolean
is_email (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at != text && strchr (at + 1, '@') == NULL && strchr (at, '.') != NULL &&
         strpbrk (text, " ,;<>") == NULL;
}

static gboolean
is_url (const char *text)
{
  return g_ascii_strncasecmp (text, "http://", 7) == 0 || g_ascii_strncasecmp (text, "https://", 8) == 0 ||
         g_ascii_strncasecmp (text, "www.", 4) == 0;
}

static gboolean
is_phone (const char *text)
{
  guint n_digits = 0;

  if (*text != '+' && *text != '0' && *text != '(')
    return FALSE;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        n_digits++;
      else if (strchr ("+-. ()/", *p) == NULL)
        return FALSE;
    }

  return n_digits >= 8 && n_digits <= 15;
}

static gboolean
is_date (const char *text)
{
  gint64 date;

  return g_ascii_isdigit (*text) && strpbrk (text, "-/.") != NULL && strlen (text) >= 6 &&
         (cpt_date_parse (text, CPT_DATE_ORDER_DMY, &date) || cpt_date_parse (text, CPT_DATE_ORDER_MDY, &date) ||
          cpt_date_parse (text, CPT_DATE_ORDER_YMD, &date));
}

/* Headers are words: a number, a date or an address among them is data */
static gboolean
looks_like_header (const char *const *fields,
                   guint              n_fields)
{
  guint n_filled = 0;

  for (guint i = 0; i < n_fields; i++)
    {
      g_autofree char *text = g_strstrip (g_strdup (fields[i]));

      if (*text == '\0')
        continue;
      if (is_number (text) || is_email (text) || is_url (text) || is_date (text))
        return FALSE;
      n_filled++;
    }

  return n_filled > 0;
}

static char **
dup_cells (const CptCsvRow *row)
{
  char **cells = g_new0 (char *, row->n_fields + 1);

  for (guint i = 0; i < row->n_fields; i++)
    {
      g_autofree char *text = g_strdup (row->fields[i]);

      cells[i] = g_strdup (cpt_import_trim (text));
    }

  return cells;
}

static void
number_headers (CptImportSample *self,
                guint            n_columns)
{
  g_strfreev (self->headers);
  self->headers = g_new0 (char *, n_columns + 1);
  for (guint i = 0; i < n_columns; i++)
    self->headers[i] = g_strdup_printf (_("Column %u"), i + 1);
}

static gboolean
take_first_row (CptImportSample         *self,
                const CptCsvRow         *row,
                const CptImportReading  *reading,
                GError                 **error)
{
  if (row->problem != NULL)
    {
      g_set_error (error, CPT_ERROR, row->n_fields >= CPT_CSV_MAX_FIELDS ? CPT_ERROR_LIMIT : CPT_ERROR_PARSE,
                   _("The first row of the file can’t be used: %s"), row->problem);
      return FALSE;
    }

  self->has_header = reading != NULL && reading->header >= 0 ? reading->header != 0
                                                             : looks_like_header (row->fields, row->n_fields);
  if (self->has_header)
    {
      self->headers = dup_cells (row);
      return TRUE;
    }

  number_headers (self, row->n_fields);
  g_ptr_array_add (self->rows, dup_cells (row));

  return TRUE;
}

static gboolean
read_rows (CptImportSample         *self,
           const char              *path,
           gboolean                 is_workbook,
           const CptImportReading  *reading,
           GError                 **error)
{
  const char *sheet = reading != NULL && reading->sheet[0] != '\0' ? reading->sheet : NULL;
  g_autoptr(CptImportSource) reader = cpt_import_source_open (path, &self->dialect, is_workbook, sheet, '.', error);
  g_autoptr(GError) read_error = NULL;
  CptCsvRow row = { 0 };
  guint n_cells = 0;

  if (reader == NULL)
    return FALSE;

  self->sheets = g_strdupv ((char **) cpt_import_source_get_sheets (reader));
  self->sheet = g_strdup (cpt_import_source_get_sheet (reader));
  while (self->rows->len < CPT_IMPORT_SAMPLE_ROWS && n_cells < SAMPLE_CELLS &&
         cpt_import_source_get_offset (reader) < SAMPLE_BYTES &&
         cpt_import_source_next (reader, &row, NULL, &read_error))
    {
      if (self->headers == NULL)
        {
          if (!take_first_row (self, &row, reading, error))
            return FALSE;
        }
      else if (row.problem == NULL)
        {
          g_ptr_array_add (self->rows, dup_cells (&row));
          n_cells += row.n_fields;
        }
      else
        {
          self->n_broken++;
        }
    }

  if (read_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&read_error));
      return FALSE;
    }
  if (self->headers == NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("The file is empty."));
      return FALSE;
    }

  return TRUE;
}

CptImportSample *
cpt_import_sample_read (const char              *path,
                        const CptImportReading  *reading,
                        GError                 **error)
{
  g_autoptr(CptImportSample) self = g_new0 (CptImportSample, 1);
  CptCsvDialect known = { 0 };
  g_autofree guint8 *bytes = g_malloc (DETECT_BYTES);
  gsize length = 0;
  guint64 size = 0;

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  if (!cpt_import_check_file (path, &size, error) || !read_beginning (path, bytes, &length, error))
    return NULL;

  if (cpt_import_is_workbook (bytes, length))
    known = (CptCsvDialect){ .encoding = "UTF-8", .separator = ',' };
  else if (reading != NULL)
    known = (CptCsvDialect){ .encoding = reading->encoding, .separator = reading->separator };
  cpt_csv_detect (bytes, length, &known, &self->dialect);
  if (reading != NULL && reading->quote >= 0)
    self->dialect.quote = (char) reading->quote;
  if (!read_rows (self, path, cpt_import_is_workbook (bytes, length), reading, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
cpt_import_sample_free (CptImportSample *self)
{
  g_strfreev (self->headers);
  g_strfreev (self->sheets);
  g_free (self->sheet);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static const char *
get_cell (CptImportSample *sample,
          guint            row,
          guint            column)
{
  char **cells = g_ptr_array_index (sample->rows, row);

  for (guint i = 0; i <= column; i++)
    {
      if (cells[i] == NULL)
        return "";
    }

  return cells[column];
}

static const CptField *
get_column_field (CptImportPlan *plan,
                  guint          column)
{
  CptImportColumn *mapped = g_ptr_array_index (plan->columns, column);

  return mapped->field != NULL ? cpt_entity_find_field (plan->entity, mapped->field) : NULL;
}

/* Adds to @marks what @text tells: one mark alone that is not followed by
 * three digits, or two different ones, of which the last is the decimal one */
static void
weigh_mark (const char *text,
            guint       marks[2])
{
  const char *last_point = strrchr (text, '.');
  const char *last_comma = strrchr (text, ',');
  const char *last = MAX (last_point, last_comma);
  gboolean both = last_point != NULL && last_comma != NULL;

  if (last == NULL || (!both && strspn (last + 1, "0123456789") == 3))
    return;
  if (strchr (text, *last) != last)
    return; /* it stands twice: it groups */

  marks[*last == ',' ? 1 : 0]++;
}

char
cpt_import_detect_decimal (CptImportSample *sample,
                           CptImportPlan   *plan)
{
  guint marks[2] = { 0, 0 };

  for (guint column = 0; column < plan->columns->len; column++)
    {
      const CptField *field = get_column_field (plan, column);

      if (field == NULL ||
          (cpt_field_type_get (field->kind)->aggregates & (1u << CPT_AGGREGATE_SUM)) == 0)
        continue;
      for (guint row = 0; row < sample->rows->len; row++)
        weigh_mark (get_cell (sample, row, column), marks);
    }

  if (marks[0] != marks[1])
    return marks[1] > marks[0] ? ',' : '.';

  /* Spreadsheets write ; where the comma is the decimal mark */
  return plan->dialect.separator == ';' ? ',' : '.';
}

static void
weigh_date (const char *text,
            guint       votes[3])
{
  int first = 0;
  int second = 0;
  int n_digits = 0;
  const char *p = text;

  for (; g_ascii_isdigit (*p) && n_digits < 4; p++, n_digits++)
    first = first * 10 + (*p - '0');
  if (n_digits == 4)
    votes[CPT_DATE_ORDER_YMD]++;
  if (n_digits < 1 || n_digits > 2 || *p == '\0' || strchr ("-/. ", *p) == NULL)
    return;

  for (p++; g_ascii_isdigit (*p); p++)
    second = MIN (second * 10 + (*p - '0'), 1000);

  if (first > 12 && first <= 31 && second <= 12)
    votes[CPT_DATE_ORDER_DMY]++;
  else if (second > 12 && second <= 31 && first <= 12)
    votes[CPT_DATE_ORDER_MDY]++;
}

CptDateOrder
cpt_import_detect_dates (CptImportSample *sample,
                         CptImportPlan   *plan,
                         const char      *country)
{
  static const char *const month_first[] = { "US", "PH", "BZ", "FM", "MH", "PW", NULL };
  static const char *const year_first[] = { "CN", "JP", "KR", "HU", "LT", "SE", "TW", "MN", NULL };
  guint votes[3] = { 0, 0, 0 };

  for (guint column = 0; column < plan->columns->len; column++)
    {
      const CptField *field = get_column_field (plan, column);

      if (field == NULL || !cpt_field_type_get (field->kind)->is_bucketable)
        continue;
      for (guint row = 0; row < sample->rows->len; row++)
        weigh_date (get_cell (sample, row, column), votes);
    }

  if (votes[CPT_DATE_ORDER_DMY] > votes[CPT_DATE_ORDER_MDY])
    return CPT_DATE_ORDER_DMY;
  if (votes[CPT_DATE_ORDER_MDY] > votes[CPT_DATE_ORDER_DMY])
    return CPT_DATE_ORDER_MDY;
  if (votes[CPT_DATE_ORDER_YMD] > 0 || g_strv_contains (year_first, country))
    return CPT_DATE_ORDER_YMD;

  return g_strv_contains (month_first, country) ? CPT_DATE_ORDER_MDY : CPT_DATE_ORDER_DMY;
}

static const struct
{
  CptFieldKind kind;
  gboolean (*fits) (const char *text);
} contents[] = {
  { CPT_FIELD_EMAIL, is_email },
  { CPT_FIELD_URL, is_url },
  { CPT_FIELD_PHONE, is_phone },
};

static gboolean
column_fits (CptImportSample *sample,
             guint            column,
             gboolean (*fits) (const char *text))
{
  guint n_filled = 0;
  guint n_fitting = 0;

  for (guint row = 0; row < sample->rows->len; row++)
    {
      const char *text = get_cell (sample, row, column);

      if (*text == '\0')
        continue;
      n_filled++;
      n_fitting += fits (text) ? 1 : 0;
    }

  return n_filled > 0 && n_fitting * 10 >= n_filled * 9;
}

static const CptField *
find_free_field (CptImportPlan *plan,
                 CptFieldKind   kind)
{
  for (guint i = 0; i < plan->entity->n_fields; i++)
    {
      const CptField *field = plan->entity->fields[i];
      gboolean is_taken = FALSE;

      if (field->kind != kind || (field->flags & (CPT_FIELD_READ_ONLY | CPT_FIELD_HIDDEN)) != 0)
        continue;
      for (guint column = 0; column < plan->columns->len && !is_taken; column++)
        is_taken = get_column_field (plan, column) == field;
      if (!is_taken)
        return field;
    }

  return NULL;
}

/* Whether "id" is how another product numbers its records: 1, 2, 3 */
static gboolean
has_foreign_ids (CptImportSample *sample,
                 guint            column)
{
  gboolean is_filled = FALSE;

  for (guint row = 0; row < sample->rows->len; row++)
    {
      const char *text = get_cell (sample, row, column);
      CptUuid id;

      if (cpt_uuid_parse (text, &id))
        return FALSE;
      is_filled = is_filled || *text != '\0';
    }

  return is_filled;
}

void
cpt_import_match_content (CptImportSample *sample,
                          CptImportPlan   *plan)
{
  for (guint column = 0; column < MIN (plan->columns->len, 512); column++)
    {
      CptImportColumn *mapped = g_ptr_array_index (plan->columns, column);

      if (g_strcmp0 (mapped->field, "id") == 0 && has_foreign_ids (sample, column))
        g_clear_pointer (&mapped->field, g_free);
      for (guint i = 0; i < G_N_ELEMENTS (contents) && mapped->field == NULL; i++)
        {
          const CptField *field = NULL;

          if (column_fits (sample, column, contents[i].fits))
            field = find_free_field (plan, contents[i].kind);
          if (field != NULL)
            mapped->field = g_strdup (field->name);
        }
    }
}

/* Amounts of whole companies that fit in a wallet are counted in millions:
 * noticed, never assumed */
static void
hint_multiplier (CptImportSample *sample,
                 CptImportPlan   *plan,
                 guint            column)
{
  CptImportColumn *mapped = g_ptr_array_index (plan->columns, column);
  gint64 greatest = 0;
  guint n_numbers = 0;

  if (mapped->multiplier > 1)
    return;
  for (guint row = 0; row < sample->rows->len; row++)
    {
      gint64 value;

      if (!cpt_decimal_parse (get_cell (sample, row, column), 4, plan->decimal, &value, NULL))
        continue;
      greatest = MAX (greatest, ABS (value) / 10000);
      n_numbers++;
    }

  if (n_numbers < 5 || greatest == 0 || greatest >= 100000)
    return;
  g_free (mapped->hint);
  mapped->hint = g_strdup_printf (_("The largest “%s” is %lld. If these are millions, multiply the column by 1000000."),
                                  mapped->header, (long long) greatest);
  g_ptr_array_add (plan->hints, g_strdup (mapped->hint));
}

void
cpt_import_add_hints (CptImportSample *sample,
                      CptImportPlan   *plan)
{
  if (!plan->has_header)
    g_ptr_array_add (plan->hints, g_strdup (_("The first row seems to be data, so the columns are named by their numbers.")));
  if (sample->rows->len == 0 && sample->n_broken == 0)
    g_ptr_array_add (plan->hints, g_strdup (_("The file contains only the names of columns.")));

  for (guint column = 0; column < plan->columns->len; column++)
    {
      CptImportColumn *mapped = g_ptr_array_index (plan->columns, column);
      const CptField *field = get_column_field (plan, column);

      if (field != NULL && field->kind == CPT_FIELD_MONEY && strstr (field->name, "revenue") != NULL)
        hint_multiplier (sample, plan, column);
      else if (mapped->field == NULL && plan->columns->len <= 64)
        g_ptr_array_add (plan->hints, g_strdup_printf (_("The column “%s” is left out."), mapped->header));
    }
}
