/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-store.h"

G_BEGIN_DECLS

#define CPT_TYPE_FORMULA_BOX (cpt_formula_box_get_type ())

G_DECLARE_FINAL_TYPE (CptFormulaBox, cpt_formula_box, CPT, FORMULA_BOX, AdwBin)

/* A formula that is typed, with what is wrong with it, what it gives for some
 * records, and what can be written. Emits "changed" when it is typed. */
GtkWidget  *cpt_formula_box_new      (CptStore        *store,
                                      const CptEntity *entity);
/* @text (nullable) */
void        cpt_formula_box_set_text (CptFormulaBox *self,
                                      const char    *text);
/* (nullable): without blanks around it; NULL when nothing is typed */
char       *cpt_formula_box_dup_text (CptFormulaBox *self) G_GNUC_WARN_UNUSED_RESULT;

/* Takes @record, of entity "custom_field", as it would be saved, and shows what
 * would become of it: read on a worker, a moment after the last call */
void        cpt_formula_box_try      (CptFormulaBox *self,
                                      CptRecord     *record);
/* Nothing to be tried: nothing is typed */
void        cpt_formula_box_rest     (CptFormulaBox *self);

G_END_DECLS
