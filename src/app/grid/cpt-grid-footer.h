/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-data-grid.h"

G_BEGIN_DECLS

#define CPT_TYPE_GRID_FOOTER (cpt_grid_footer_get_type ())

G_DECLARE_FINAL_TYPE (CptGridFooter, cpt_grid_footer, CPT, GRID_FOOTER, GtkWidget)

/**
 * CptGridTotal:
 * @label: (nullable): "Sum"; NULL: the column has no total
 * @text: (nullable): how much; NULL while it is not known
 *
 * What stands below a column.
 */
typedef struct
{
  char *label;
  char *text;
} CptGridTotal;

void       cpt_grid_total_free       (CptGridTotal *self);

/* Totals below the columns of @grid, which is outside of it and scrolls with
 * it sideways; hidden when there is none */
GtkWidget *cpt_grid_footer_new       (CptDataGrid *grid);
/* @totals (element-type CptGridTotal): one for each column */
void       cpt_grid_footer_set       (CptGridFooter *self,
                                      GPtrArray     *totals);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptGridTotal, cpt_grid_total_free)

G_END_DECLS
