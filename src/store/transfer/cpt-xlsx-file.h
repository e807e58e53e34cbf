/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <locale.h>
#include <xlsxwriter.h>

#include "cpt-value.h"

G_BEGIN_DECLS

/* Characters, and bytes are never fewer */
#define CPT_XLSX_MAX_CELL 32767

/* How a cell looks beside the format of its number */
typedef enum
{
  CPT_XLSX_PLAIN = 0,
  CPT_XLSX_BOLD  = 1 << 0,
  CPT_XLSX_LEFT  = 1 << 1,
  CPT_XLSX_RIGHT = 1 << 2,
} CptXlsxLook;

/**
 * CptXlsxFile:
 *
 * A workbook that libxlsxwriter is writing, in a temporary folder of the user's;
 * whatever way it ends, that folder is removed. Equal input gives equal bytes.
 * One thread at a time.
 */
typedef struct _CptXlsxFile CptXlsxFile;

/**
 * cpt_xlsx_file_new:
 * @is_constant: whether memory is constant: cells are then written row by row, and
 *   charts have no numbers of their own
 * @now: instant at which it is said to be made
 * @error: %CPT_ERROR_IO
 *
 * Returns: (transfer full) (nullable): a workbook without sheets
 */
CptXlsxFile   *cpt_xlsx_file_new        (gboolean   is_constant,
                                         gint64     now,
                                         GError   **error);
void           cpt_xlsx_file_free       (CptXlsxFile *self);
lxw_workbook  *cpt_xlsx_file_get_book   (CptXlsxFile *self);
/* A sheet called @title as far as spreadsheets take it: cut, cleaned, and different
 * from the others. Borrowed; (nullable): NULL when there is no memory or disk for it */
lxw_worksheet *cpt_xlsx_file_add_sheet  (CptXlsxFile *self,
                                         const char  *title);
/* One for each @code (nullable: as spreadsheets like) and look; borrowed */
lxw_format    *cpt_xlsx_file_get_format (CptXlsxFile *self,
                                         const char  *code,
                                         CptXlsxLook  look);
/* (nullable): of amounts: the currency stands in the format, where a reader finds it
 * again; NULL for one that is not known */
char          *cpt_xlsx_dup_money_code  (const char *currency);
/* Never a formula. What is too long for a cell is cut, with an ellipsis; nothing for
 * %NULL and empty text. */
void           cpt_xlsx_write_text      (lxw_worksheet *sheet,
                                         guint          row,
                                         guint          column,
                                         const char    *text,
                                         lxw_format    *format);
/* FALSE for a day before 1900-03-01 or after 9999-12-31: spreadsheets have no such */
gboolean       cpt_xlsx_write_date      (lxw_worksheet *sheet,
                                         guint          row,
                                         guint          column,
                                         gint64         date,
                                         lxw_format    *format);
/* libxlsxwriter writes numbers as the session does, with a comma in French, and spoils
 * the file. Between these two this thread has the marks of C; what cpt_xlsx_file_enter()
 * returns is given to cpt_xlsx_file_leave(). */
locale_t       cpt_xlsx_file_enter      (CptXlsxFile *self);
void           cpt_xlsx_file_leave      (locale_t session);
/* Writes the workbook. Once, at the end; CPT_ERROR_IO */
gboolean       cpt_xlsx_file_finish     (CptXlsxFile    *self,
                                         GOutputStream  *stream,
                                         GCancellable   *cancellable,
                                         GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptXlsxFile, cpt_xlsx_file_free)

G_END_DECLS
