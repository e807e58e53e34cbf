/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a number in a cell is, by the format of the cell */
typedef enum
{
  CPT_XLSX_NUMBER,
  CPT_XLSX_PERCENT,
  CPT_XLSX_DATE, /* with or without a time */
  CPT_XLSX_TIME, /* of the day, or a duration */
} CptXlsxKind;

typedef struct
{
  CptXlsxKind kind;
  char        currency[4]; /* named in the format, or empty */
} CptXlsxStyle;

/**
 * CptXlsxBook:
 * @sheets: names of the sheets with cells, in their order
 * @parts: where each of them is in the archive
 * @is_1904: whether days are counted from 1904
 * @styles: (element-type CptXlsxStyle): by number
 *
 * A workbook, but for the rows of its sheets.
 */
typedef struct
{
  GPtrArray *sheets;
  GPtrArray *parts;
  gboolean   is_1904;
  GArray    *styles;
  /*< private >*/
  GString   *texts; /* shared strings, each NUL-terminated */
  GArray    *offsets;
} CptXlsxBook;

/* CPT_ERROR_UNSUPPORTED for files of other programs that begin alike, with a
 * sentence that says what to do */
CptXlsxBook *cpt_xlsx_book_open (const char  *path,
                                 GError     **error);
void         cpt_xlsx_book_free (CptXlsxBook *self);
/* (nullable): a shared string */
const char  *cpt_xlsx_book_get_text (CptXlsxBook *self,
                                     guint64      index);
/* What a format code says of numbers: "yyyy-mm-dd", "0.0%", "#,##0.00 [$EUR]" */
CptXlsxStyle cpt_xlsx_read_format (const char *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptXlsxBook, cpt_xlsx_book_free)

G_END_DECLS
