/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture, as large as there is room for it, whole and in its own proportions. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

static void
draw_image (CptChartContext *context)
{
  cairo_surface_t *image = context->data->image;
  double width = cairo_image_surface_get_width (image);
  double height = cairo_image_surface_get_height (image);
  double scale = MIN (context->width / MAX (width, 1), context->height / MAX (height, 1));
  CptChartRect area = { (context->width - width * scale) / 2, (context->height - height * scale) / 2, width * scale,
                        height * scale };
  cairo_t *cr = context->cr;

  cairo_save (cr);
  cairo_translate (cr, area.x, area.y);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  cairo_restore (cr);
  cpt_chart_add_mark (context, 0, 0, &area, context->width / 2, context->height / 2);
}

static const char *
refuse_image (const CptChart *chart)
{
  return chart->data->image == NULL ? _("This shows a picture, not numbers.") : NULL;
}

static char *
summarize_image (const CptChart *chart)
{
  const CptChartItem *item = chart->data->items != NULL && chart->data->items->len > 0 ? g_ptr_array_index (chart->data->items, 0)
                                                                                       : NULL;

  /* Translators: title of a widget, and the name of the file with its picture */
  return g_strdup_printf (_("%s: picture %s."), cpt_chart_get_title (chart), item != NULL ? item->title : "");
}

const CptChartKind cpt_chart_image = {
  .name = "image",
  .label = N_("Picture"),
  .description = N_("A picture of yours, or the latest one among the files that meet your conditions"),
  .icon_name = "cpt-chart-image-symbolic",
  .needs = CPT_CHART_NEEDS_RECORDS | CPT_CHART_NEEDS_PICTURE,
  .min_columns = 1,
  .min_rows = 1,
  .default_columns = 4,
  .default_rows = 3,
  .refuse = refuse_image,
  .draw = draw_image,
  .summarize = summarize_image,
};
