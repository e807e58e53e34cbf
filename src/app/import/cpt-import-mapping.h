/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-date.h"
#include "cpt-import.h"

G_BEGIN_DECLS

#define CPT_TYPE_IMPORT_MAPPING (cpt_import_mapping_get_type ())

G_DECLARE_FINAL_TYPE (CptImportMapping, cpt_import_mapping, CPT, IMPORT_MAPPING, GtkWidget)

/**
 * CptImportMapping:
 *
 * The page of the import assistant on which a person says what becomes of each
 * column. Changes the plan in place as she chooses. Emits "changed".
 */
GtkWidget *cpt_import_mapping_new      (void);
/* Borrows @plan until the next call; @preview: (element-type GStrv): first rows */
void       cpt_import_mapping_set_plan (CptImportMapping *self,
                                        CptImportPlan    *plan,
                                        GPtrArray        *preview);
/* How many columns go into a field */
guint      cpt_import_mapping_get_n_mapped (CptImportMapping *self);

G_END_DECLS
