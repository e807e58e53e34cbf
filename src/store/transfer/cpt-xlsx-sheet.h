/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cpt-field.h"
#include "cpt-value.h"
#include "cpt-xlsx-file.h"

G_BEGIN_DECLS

/**
 * CptXlsxSheet:
 *
 * A workbook of one sheet that is being written, for spreadsheets: typed cells
 * under a header that stays in view. Rows go to a temporary file of the user's,
 * so memory is constant; whatever way it ends, that file is removed.
 */
typedef struct _CptXlsxSheet CptXlsxSheet;

/**
 * cpt_xlsx_sheet_new:
 * @title: what the sheet is called; cut and cleaned to what spreadsheets take
 * @now: instant at which it is said to be made: equal input gives equal bytes
 * @zone: in which times are written
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): an empty sheet
 */
CptXlsxSheet *cpt_xlsx_sheet_new       (const char  *title,
                                        gint64       now,
                                        GTimeZone   *zone,
                                        GError     **error);
/* A sheet among others of @file, which outlives it and is finished by its owner */
CptXlsxSheet *cpt_xlsx_sheet_new_in    (CptXlsxFile  *file,
                                        const char   *title,
                                        GTimeZone    *zone,
                                        GError      **error);
void          cpt_xlsx_sheet_free      (CptXlsxSheet *self);
/* The names of the columns; once, before all rows. CPT_ERROR_LIMIT when a
 * sheet has no room for so many. */
gboolean      cpt_xlsx_sheet_add_header (CptXlsxSheet       *self,
                                         const char *const  *names,
                                         guint               n_names,
                                         GError            **error);
/* Begins the next row. CPT_ERROR_LIMIT when the sheet is full. */
gboolean      cpt_xlsx_sheet_begin_row (CptXlsxSheet  *self,
                                        GError       **error);
/* What is too long for a cell is cut, with an ellipsis */
void          cpt_xlsx_sheet_add_text  (CptXlsxSheet *self,
                                        const char   *text);
/* A number, an amount or a date as such; @text where a spreadsheet can't hold
 * the value exactly, and for all other kinds */
void          cpt_xlsx_sheet_add_value (CptXlsxSheet   *self,
                                        const CptField *field,
                                        const CptValue *value,
                                        const char     *text);
/* Writes the workbook. Once, at the end. */
gboolean      cpt_xlsx_sheet_finish    (CptXlsxSheet   *self,
                                        GOutputStream  *stream,
                                        GCancellable   *cancellable,
                                        GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptXlsxSheet, cpt_xlsx_sheet_free)

G_END_DECLS
