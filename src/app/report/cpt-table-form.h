/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-document.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_TABLE_FORM (cpt_table_form_get_type ())

G_DECLARE_FINAL_TYPE (CptTableForm, cpt_table_form, CPT, TABLE_FORM, AdwBin)

/* Which records a table of a report has, which columns, groups and totals */
GtkWidget *cpt_table_form_new   (CptWindow      *window,
                                 const CptBlock *block);
/* Writes what was filled in to @block */
void       cpt_table_form_apply (CptTableForm *self,
                                 CptBlock     *block);

G_END_DECLS
