/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Widgets on a sheet: bands of a dashboard's grid, from where the sheet is. */

#include "config.h"

#include "cpt-sheet-content.h"

#include <glib/gi18n-lib.h>

#include "cpt-chart-kind.h"
#include "cpt-report-private.h"

#define GAP 12.0

static void
draw_place (CptSheet            *self,
            const CptPagePlace  *place,
            const CptWidget     *widget,
            const CptChartData  *data,
            const CptChartStyle *style)
{
  cairo_t *cr = cpt_sheet_get_cr (self);
  CptReportCard card = {
    .widget = widget,
    .data = data,
    .style = style,
    .width = place->width,
    .height = place->height,
    .is_tagged = cpt_sheet_is_tagged (self),
  };

  cairo_save (cr);
  cairo_scale (cr, CPT_REPORT_POINTS_PER_UNIT, CPT_REPORT_POINTS_PER_UNIT);
  cairo_translate (cr, place->x, place->y);
  cairo_scale (cr, place->scale, place->scale);
  cpt_sheet_begin_tag (self, "Sect");
  cpt_report_card_draw (&card, cr, NULL);
  cpt_sheet_end_tag (self, "Sect");
  cairo_restore (cr);
}

static void
add_place (CptSheet            *self,
           const CptPagePlace  *place,
           const CptDashboard  *dashboard,
           GPtrArray           *data,
           const CptChartStyle *style,
           GPtrArray           *summaries)
{
  const CptWidget *widget = cpt_dashboard_get_widget (dashboard, place->widget);
  CptChart chart = { cpt_chart_kind_find (widget->kind), widget->options, g_ptr_array_index (data, place->widget) };

  if (cpt_sheet_get_cr (self) == NULL)
    return;

  draw_place (self, place, widget, chart.data, style);
  if (summaries != NULL)
    g_ptr_array_add (summaries, cpt_chart_dup_summary (&chart));
}

void
cpt_sheet_add_widgets (CptSheet            *self,
                       const CptDashboard  *dashboard,
                       GPtrArray           *data,
                       const CptChartStyle *style,
                       GPtrArray           *summaries)
{
  CptPageSpace space = { .width = cpt_sheet_get_width (self) / CPT_REPORT_POINTS_PER_UNIT };
  CptPagePlan *plan;
  guint page = 0;
  double bottom = 0;

  if (cpt_dashboard_get_n_widgets (dashboard) == 0)
    return;

  cpt_sheet_reach (self, 0);
  if (!cpt_sheet_is_new (self))
    cpt_sheet_skip (self, GAP);
  space.height = cpt_sheet_get_height (self) / CPT_REPORT_POINTS_PER_UNIT;
  space.first_top = cpt_sheet_get_y (self) / CPT_REPORT_POINTS_PER_UNIT;
  space.other_top = cpt_sheet_get_top (self) / CPT_REPORT_POINTS_PER_UNIT;
  space.is_begun = !cpt_sheet_is_new (self);

  plan = cpt_page_plan_new (dashboard, &space);
  for (guint i = 0; i < plan->places->len; i++)
    {
      const CptPagePlace *place = &g_array_index (plan->places, CptPagePlace, i);

      while (page < place->page)
        {
          cpt_sheet_take (self, 0);
          cpt_sheet_break (self);
          page++;
          bottom = 0;
        }
      add_place (self, place, dashboard, data, style, summaries);
      bottom = MAX (bottom, (place->y + place->height * place->scale) * CPT_REPORT_POINTS_PER_UNIT);
    }
  cpt_sheet_take (self, MAX (bottom - cpt_sheet_get_y (self), 0) + GAP);
  cpt_page_plan_free (plan);
}
