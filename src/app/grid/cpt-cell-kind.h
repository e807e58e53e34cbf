/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-grid-model.h"
#include "cpt-query.h"

G_BEGIN_DECLS

/* How fields look in lists: one table over all kinds. */

/* @column: to be cleared */
void cpt_cell_kind_init_column (CptGridColumn *column,
                                const CptPath *path);
/* What @page has of one field of one row */
void cpt_cell_kind_fill        (CptGridCell    *cell,
                                const CptField *field,
                                CptPage        *page,
                                guint           index,
                                guint           column,
                                GTimeZone      *zone);

G_END_DECLS
