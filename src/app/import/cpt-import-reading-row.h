/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-import.h"

G_BEGIN_DECLS

#define CPT_TYPE_IMPORT_READING_ROW (cpt_import_reading_row_get_type ())

G_DECLARE_FINAL_TYPE (CptImportReadingRow, cpt_import_reading_row, CPT, IMPORT_READING_ROW, AdwExpanderRow)

/**
 * cpt_import_reading_row_new:
 *
 * How a file is read: what was found out, and choices for a person who knows
 * better. It emits "changed" when the file is to be read anew.
 *
 * Returns: (transfer floating): a row
 */
GtkWidget              *cpt_import_reading_row_new         (void);

/**
 * cpt_import_reading_row_set_plan:
 * @self: a row
 * @plan: what came of reading the file as the row says
 *
 * Shows what was found out where nothing is chosen.
 */
void                    cpt_import_reading_row_set_plan    (CptImportReadingRow *self,
                                                            CptImportPlan       *plan);

/**
 * cpt_import_reading_row_refuse:
 * @self: a row
 * @message: why the file can't be read as the row says
 *
 * Goes back to the choices that @self had when it was given its plan.
 */
void                    cpt_import_reading_row_refuse      (CptImportReadingRow *self,
                                                            const char          *message);

/**
 * cpt_import_reading_row_get_reading:
 * @self: a row
 *
 * Returns: what is chosen; valid until it changes
 */
const CptImportReading *cpt_import_reading_row_get_reading (CptImportReadingRow *self);

G_END_DECLS
