/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table: exact numbers, added up where they may be. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

static void
draw_table (CptChartContext *context)
{
  cpt_chart_draw_cells (context, FALSE);
}

const CptChartKind cpt_chart_table = {
  .name = "table",
  .label = N_("Table"),
  .description = N_("Exact numbers in rows and columns, with totals"),
  .icon_name = "cpt-chart-table-symbolic",
  .needs = CPT_CHART_NEEDS_DIMENSION | CPT_CHART_NEEDS_SERIES | CPT_CHART_NEEDS_MATRIX | CPT_CHART_NEEDS_MEASURES,
  .min_columns = 3,
  .min_rows = 3,
  .default_columns = 6,
  .default_rows = 5,
  .draw = draw_table,
  .summarize = cpt_chart_summarize_cells,
};
