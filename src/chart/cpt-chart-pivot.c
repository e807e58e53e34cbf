/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pivot table: rows by one grouping, columns by another, one or two measures in
 * each cell, and totals that are computed like the cells: the average of all, not
 * the sum of averages. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

static void
draw_pivot (CptChartContext *context)
{
  cpt_chart_draw_cells (context, cpt_chart_is_option (context->chart, "heat", "true"));
}

static const CptChartOption options[] = {
  { "heat", N_("Shade cells by their number"), NULL, "false" },
  { NULL },
};

const CptChartKind cpt_chart_pivot = {
  .name = "pivot",
  .label = N_("Pivot table"),
  .description = N_("One or two measures by rows and columns, with exact totals of both"),
  .icon_name = "cpt-chart-pivot-symbolic",
  .needs = CPT_CHART_NEEDS_DIMENSION | CPT_CHART_NEEDS_SERIES | CPT_CHART_NEEDS_MATRIX | CPT_CHART_NEEDS_MEASURES |
           CPT_CHART_NEEDS_TOTALS,
  .min_columns = 3,
  .min_rows = 3,
  .default_columns = 6,
  .default_rows = 5,
  .options = options,
  .draw = draw_pivot,
  .summarize = cpt_chart_summarize_cells,
  .describe = cpt_chart_describe_cell,
};
