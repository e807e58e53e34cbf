/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the rows of a sheet (ECMA-376 part 1, 18.3). The XML is parsed in
 * chunks; the rows that a chunk completes wait in cells and text, which are
 * emptied when all of them were given out. */
#include "config.h"

#include "cpt-xlsx-reader.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-xlsx-book.h"
#include "cpt-xlsx-part.h"

#define MAX_COLUMNS 16384
#define MAX_ROW_BYTES (16 * 1024 * 1024)
#define MAX_ROW 1048576
#define SECONDS_PER_DAY 86400
/* Days from 1899-12-30, and from 1904-01-01, to 1970-01-01 */
#define EPOCH_1900 25569
#define EPOCH_1904 24107
/* The serial number of 1900-02-29, which there was not */
#define FALSE_DAY 60
#define LAST_SERIAL 2958466.0

typedef struct
{
  guint column;
  gboolean is_error;
  const char *shared; /* (nullable): the book's */
  gsize text;         /* where it begins, of one that is not shared */
} Cell;

typedef struct
{
  guint64 line;
  guint first; /* cell */
  guint n_cells;
  gsize text; /* of its cells begins here */
  gboolean is_too_large;
} Row;

struct _CptXlsxReader
{
  CptXlsxBook *book;
  CptXlsxPart *part;
  const char *sheet; /* the book's */
  char decimal;
  gboolean is_end;

  GArray *rows; /* (element-type Row): complete ones */
  GArray *cells;
  GString *text;     /* of the cells, each NUL-terminated */
  guint next;        /* row to give out */
  guint width;       /* of the first row; 0 before it */
  GPtrArray *fields; /* of the last row, with NULL behind */
  GArray *errors;    /* (element-type gboolean): as fields */

  /* Of the row and cell at hand */
  Row row;
  guint64 last_line;
  guint column;
  char type; /* 'n', 's'hared, 'b'oolean, 'e'rror, 'd'ate, 't'ext */
  guint style;
  gboolean is_in_value;
  gboolean has_formula; /* of the cell of the moment, likewise */
  gboolean has_value;
  guint n_phonetic;
  GString *value;
};

/* cells to text */

/* "AB12" to 27; G_MAXUINT when it is none */
static guint
parse_column (const char *reference)
{
  guint column = 0;

  for (; g_ascii_isalpha (*reference); reference++)
    {
      column = column * 26 + (guint) (g_ascii_toupper (*reference) - 'A' + 1);
      if (column > MAX_COLUMNS)
        return G_MAXUINT;
    }

  return column > 0 ? column - 1 : G_MAXUINT;
}

static void
append_number (CptXlsxReader *self,
               double         number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  char *point;

  /* A whole number has no exponent. */
  g_ascii_formatd (text, sizeof text, floor (number) == number && fabs (number) < 1e15 ? "%.0f" : "%.15g", number);
  point = strchr (text, '.');
  if (point != NULL && self->decimal == ',')
    *point = ',';
  g_string_append (self->text, text);
}

/* A serial number: days, and the time as a fraction of one */
static void
append_date (CptXlsxReader *self,
             double         serial)
{
  gint64 seconds = llround (serial * SECONDS_PER_DAY);
  gint64 days = seconds / SECONDS_PER_DAY;
  int year, month, day;

  seconds %= SECONDS_PER_DAY;
  if (!self->book->is_1904 && days < FALSE_DAY)
    days++;
  cpt_date_to_ymd (days - (self->book->is_1904 ? EPOCH_1904 : EPOCH_1900), &year, &month, &day);
  g_string_append_printf (self->text, "%04d-%02d-%02d", year, month, day);
  if (seconds > 0)
    g_string_append_printf (self->text, " %02d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60),
                            (int) (seconds % 60));
}

static void
append_time (CptXlsxReader *self,
             double         serial)
{
  gint64 seconds = llround (serial * SECONDS_PER_DAY);

  g_string_append_printf (self->text, "%02d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60),
                          (int) (seconds % 60));
}

static void
append_typed (CptXlsxReader *self)
{
  static const CptXlsxStyle plain = { CPT_XLSX_NUMBER, "" };
  const CptXlsxStyle *style = &plain;
  char *end = NULL;
  double number = g_ascii_strtod (self->value->str, &end);

  if (end == self->value->str || *end != '\0' || !isfinite (number))
    {
      g_string_append_len (self->text, self->value->str, (gssize) self->value->len);
      return;
    }
  if (self->style < self->book->styles->len)
    style = &g_array_index (self->book->styles, CptXlsxStyle, self->style);

  if (style->kind == CPT_XLSX_DATE && number >= 0 && number < LAST_SERIAL)
    {
      append_date (self, number);
    }
  else if (style->kind == CPT_XLSX_TIME && number >= 0 && number < LAST_SERIAL)
    {
      append_time (self, number);
    }
  else if (style->kind == CPT_XLSX_PERCENT)
    {
      append_number (self, number * 100);
      g_string_append (self->text, " %");
    }
  else
    {
      append_number (self, number);
      if (style->currency[0] != '\0')
        g_string_append_printf (self->text, " %s", style->currency);
    }
}

static void
append_value (CptXlsxReader *self)
{
  char *t;

  switch (self->type)
    {
    case 'n':
      append_typed (self);
      break;

    case 'b':
      g_string_append (self->text, g_str_equal (self->value->str, "0") ? "false" : "true");
      break;

    case 'd':
      t = strchr (self->value->str, 'T');
      if (t != NULL)
        *t = ' ';
      g_string_append_len (self->text, self->value->str, (gssize) self->value->len);
      break;

    default:
      g_string_append_len (self->text, self->value->str, (gssize) self->value->len);
    }
}

/* elements */

static void
begin_row (CptXlsxReader  *self,
           const char    **names,
           const char    **values)
{
  const char *number = cpt_xlsx_find_attribute ("r", names, values);
  guint64 line = number != NULL ? g_ascii_strtoull (number, NULL, 10) : 0;

  if (line <= self->last_line || line > MAX_ROW)
    line = self->last_line + 1;
  self->last_line = line;
  self->row = (Row){ .line = line, .first = self->cells->len, .text = self->text->len };
  self->column = 0;
}

static void
begin_cell (CptXlsxReader  *self,
            const char    **names,
            const char    **values)
{
  const char *reference = cpt_xlsx_find_attribute ("r", names, values);
  const char *type = cpt_xlsx_find_attribute ("t", names, values);
  const char *style = cpt_xlsx_find_attribute ("s", names, values);
  guint column = reference != NULL ? parse_column (reference) : G_MAXUINT;

  /* One that goes back would put two values into a cell */
  if (column != G_MAXUINT && column >= self->column)
    self->column = column;
  self->style = style != NULL ? (guint) MIN (g_ascii_strtoull (style, NULL, 10), G_MAXUINT) : 0;
  self->type = 'n';
  if (type != NULL && (g_str_equal (type, "s") || g_str_equal (type, "b") || g_str_equal (type, "e") ||
                       g_str_equal (type, "d")))
    self->type = *type;
  else if (type != NULL && !g_str_equal (type, "n"))
    self->type = 't';
  self->has_formula = FALSE;
  self->has_value = FALSE;
  g_string_truncate (self->value, 0);
}

static void
end_cell (CptXlsxReader *self)
{
  /* A formula that nobody has worked out is no empty cell. */
  gboolean is_unknown = self->has_formula && !self->has_value;
  Cell cell = { .column = self->column++, .is_error = self->type == 'e' || is_unknown, .text = self->text->len };

  if ((self->value->len == 0 && !is_unknown) || cell.column >= MAX_COLUMNS || self->row.is_too_large)
    return;

  if (self->type == 's' && !is_unknown)
    {
      cell.shared = cpt_xlsx_book_get_text (self->book, g_ascii_strtoull (self->value->str, NULL, 10));
      if (cell.shared == NULL || *cell.shared == '\0')
        return;
    }
  else
    {
      if (!is_unknown)
        append_value (self);
      g_string_append_c (self->text, '\0');
    }
  self->row.is_too_large = self->text->len - self->row.text > MAX_ROW_BYTES;
  g_array_append_val (self->cells, cell);
  self->row.n_cells++;
}

static void
sheet_start (const char  *name,
             const char **names,
             const char **values,
             gpointer     data)
{
  CptXlsxReader *self = data;

  if (g_str_equal (name, "row"))
    begin_row (self, names, values);
  else if (g_str_equal (name, "c"))
    begin_cell (self, names, values);
  else if (g_str_equal (name, "rPh"))
    self->n_phonetic++;
  else if (g_str_equal (name, "f"))
    self->has_formula = TRUE;
  else if (g_str_equal (name, "v") || g_str_equal (name, "t"))
    {
      self->has_value = TRUE;
      self->is_in_value = self->n_phonetic == 0;
    }
}

static void
sheet_end (const char *name,
           gpointer    data)
{
  CptXlsxReader *self = data;

  if (g_str_equal (name, "c"))
    end_cell (self);
  else if (g_str_equal (name, "rPh") && self->n_phonetic > 0)
    self->n_phonetic--;
  else if (g_str_equal (name, "v") || g_str_equal (name, "t"))
    self->is_in_value = FALSE;
  else if (g_str_equal (name, "row") && self->row.n_cells > 0)
    g_array_append_val (self->rows, self->row);
}

static void
sheet_text (const char *text,
            gsize       length,
            gpointer    data)
{
  CptXlsxReader *self = data;

  if (!self->is_in_value)
    return;
  if (self->value->len + length <= 2 * CPT_CSV_MAX_FIELD_BYTES)
    g_string_append_len (self->value, text, (gssize) length);
}

/* the reader */

static gboolean
choose_sheet (CptXlsxReader  *self,
              const char     *sheet,
              guint          *index,
              GError        **error)
{
  *index = 0;
  if (sheet != NULL && !g_ptr_array_find_with_equal_func (self->book->sheets, sheet, g_str_equal, index))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("The workbook has no sheet “%s”."), sheet);
      return FALSE;
    }
  self->sheet = g_ptr_array_index (self->book->sheets, *index);

  return TRUE;
}

CptXlsxReader *
cpt_xlsx_reader_open (const char  *path,
                      const char  *sheet,
                      char         decimal,
                      GError     **error)
{
  static const CptXlsxHandler handler = { .start = sheet_start, .end = sheet_end, .text = sheet_text };
  g_autoptr(CptXlsxReader) self = g_new0 (CptXlsxReader, 1);
  guint index;

  g_return_val_if_fail (path != NULL, NULL);

  self->decimal = decimal;
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  self->text = g_string_new (NULL);
  self->value = g_string_new (NULL);
  self->fields = g_ptr_array_new ();
  self->errors = g_array_new (FALSE, TRUE, sizeof (gboolean));

  self->book = cpt_xlsx_book_open (path, error);
  if (self->book == NULL || !choose_sheet (self, sheet, &index, error))
    return NULL;
  self->part = cpt_xlsx_part_open (path, g_ptr_array_index (self->book->parts, index), error);
  if (self->part == NULL)
    return NULL;
  g_ptr_array_add (self->book->sheets, NULL);
  cpt_xlsx_part_begin (self->part, &handler, self);

  return g_steal_pointer (&self);
}

void
cpt_xlsx_reader_free (CptXlsxReader *self)
{
  g_clear_pointer (&self->part, cpt_xlsx_part_free);
  g_clear_pointer (&self->book, cpt_xlsx_book_free);
  g_array_unref (self->rows);
  g_array_unref (self->cells);
  g_array_unref (self->errors);
  g_ptr_array_unref (self->fields);
  g_string_free (self->text, TRUE);
  g_string_free (self->value, TRUE);
  g_free (self);
}

const char *const *
cpt_xlsx_reader_get_sheets (CptXlsxReader *self)
{
  return (const char *const *) self->book->sheets->pdata;
}

const char *
cpt_xlsx_reader_get_sheet (CptXlsxReader *self)
{
  return self->sheet;
}

/* All rows were given out, but for one that is not complete */
static void
forget_rows (CptXlsxReader *self)
{
  guint n_old = MIN (self->row.first, self->cells->len);
  gsize old_text = self->row.text;

  g_array_set_size (self->rows, 0);
  self->next = 0;
  if (n_old > 0)
    g_array_remove_range (self->cells, 0, n_old);
  for (guint i = 0; i < self->cells->len; i++)
    g_array_index (self->cells, Cell, i).text -= old_text;
  g_string_erase (self->text, 0, (gssize) old_text);
  self->row.first = 0;
  self->row.text = 0;
}

/* Sets the field of @cell; FALSE when it is larger than a field may be */
static gboolean
give_cell (CptXlsxReader *self,
           const Cell    *cell,
           gsize         *n_bytes)
{
  const char *text = cell->shared != NULL ? cell->shared : self->text->str + cell->text;
  gsize length = strnlen (text, CPT_CSV_MAX_FIELD_BYTES + 1);

  *n_bytes += length;
  if (length > CPT_CSV_MAX_FIELD_BYTES)
    return FALSE;
  self->fields->pdata[cell->column] = (gpointer) text;
  g_array_index (self->errors, gboolean, cell->column) = cell->is_error;

  return TRUE;
}

static void
give_row (CptXlsxReader *self,
          const Row     *row,
          CptCsvRow     *given)
{
  const Cell *cells = &g_array_index (self->cells, Cell, row->first);
  guint n_fields = MAX (cells[row->n_cells - 1].column + 1, self->width);
  gsize n_bytes = 0;

  if (self->width == 0)
    self->width = n_fields;
  g_ptr_array_set_size (self->fields, 0);
  g_array_set_size (self->errors, 0);
  g_array_set_size (self->errors, n_fields);
  for (guint i = 0; i < n_fields; i++)
    g_ptr_array_add (self->fields, (gpointer) "");

  given->problem = NULL;
  for (guint i = 0; i < row->n_cells; i++)
    if (!give_cell (self, &cells[i], &n_bytes))
      given->problem = _("A cell of this row is larger than 1 MB");
  given->fields = (const char **) self->fields->pdata;
  given->n_fields = n_fields;
  given->line = row->line;
  given->offset = cpt_xlsx_reader_get_offset (self);
  if (row->is_too_large || n_bytes > MAX_ROW_BYTES)
    {
      given->n_fields = 0;
      given->problem = _("This row is longer than 16 MB");
    }
  given->is_cut = given->problem != NULL;
}

gboolean
cpt_xlsx_reader_next (CptXlsxReader  *self,
                      CptCsvRow      *row,
                      GCancellable   *cancellable,
                      GError        **error)
{
  g_return_val_if_fail (self != NULL && row != NULL, FALSE);

  while (self->next >= self->rows->len)
    {
      if (self->is_end || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      forget_rows (self);
      if (!cpt_xlsx_part_feed (self->part, &self->is_end, error))
        return FALSE;
    }
  give_row (self, &g_array_index (self->rows, Row, self->next++), row);

  return TRUE;
}

gboolean
cpt_xlsx_reader_is_error (CptXlsxReader *self,
                          guint          column)
{
  return column < self->errors->len && g_array_index (self->errors, gboolean, column);
}

guint64
cpt_xlsx_reader_get_offset (CptXlsxReader *self)
{
  return cpt_xlsx_part_get_offset (self->part);
}
