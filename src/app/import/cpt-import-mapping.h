/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-import.h"

G_BEGIN_DECLS

#define CPT_TYPE_IMPORT_MAPPING (cpt_import_mapping_get_type ())

G_DECLARE_FINAL_TYPE (CptImportMapping, cpt_import_mapping, CPT, IMPORT_MAPPING, GtkWidget)

/**
 * CptImportMapping:
 *
 * The page of the import assistant on which a person says what becomes of each
 * column. Changes the plan in place as she chooses, and emits "changed"; emits
 * "reading-changed" when the file is to be read anew.
 */
GtkWidget *cpt_import_mapping_new      (void);
/* Borrows @plan until the next call; @preview: (element-type GStrv): first rows */
void       cpt_import_mapping_set_plan (CptImportMapping *self,
                                        CptImportPlan    *plan,
                                        GPtrArray        *preview);
/* How the file is to be read */
const CptImportReading *cpt_import_mapping_get_reading (CptImportMapping *self);
/* The file can't be read like that: back to how it was */
void       cpt_import_mapping_refuse_reading (CptImportMapping *self,
                                              const char       *message);
/* How many columns go into a field */
guint      cpt_import_mapping_get_n_mapped (CptImportMapping *self);

G_END_DECLS
