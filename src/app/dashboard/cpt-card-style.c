/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the desktop says of colours, for what is drawn on a card. */
#include "config.h"

#include "cpt-card-style.h"

#include <adwaita.h>

static CptChartColor
convert_color (const GdkRGBA *color)
{
  return (CptChartColor){ color->red, color->green, color->blue, color->alpha };
}

void
cpt_card_style_init (GtkWidget     *card,
                     CptChartStyle *style)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (card));
  GtkStyleContext *context = gtk_widget_get_style_context (card);
  gboolean is_dark = adw_style_manager_get_dark (manager);
  CptChartTheme theme;
  GdkRGBA color;

  if (adw_style_manager_get_high_contrast (manager))
    theme = is_dark ? CPT_CHART_THEME_CONTRAST_DARK : CPT_CHART_THEME_CONTRAST;
  else
    theme = is_dark ? CPT_CHART_THEME_DARK : CPT_CHART_THEME_LIGHT;

  cpt_chart_style_init (style, theme);
  gtk_style_context_get_color (context, &color);
  style->foreground = convert_color (&color);
  if (gtk_style_context_lookup_color (context, "accent_color", &color))
    style->accent = convert_color (&color);
  if (gtk_style_context_lookup_color (context, "card_bg_color", &color) && color.alpha == 1)
    style->background = convert_color (&color);
}

void
cpt_card_style_get_veil (GtkWidget *card,
                         GdkRGBA   *veil)
{
  GtkStyleContext *context = gtk_widget_get_style_context (card);
  GdkRGBA window = { 1, 1, 1, 1 }, ground = { 1, 1, 1, 1 };

  gtk_style_context_lookup_color (context, "window_bg_color", &window);
  gtk_style_context_lookup_color (context, "card_bg_color", &ground);
  veil->red = window.red * (1 - ground.alpha) + ground.red * ground.alpha;
  veil->green = window.green * (1 - ground.alpha) + ground.green * ground.alpha;
  veil->blue = window.blue * (1 - ground.alpha) + ground.blue * ground.alpha;
  veil->alpha = 0.66f;
}

void
cpt_card_style_add_path (cairo_t            *cr,
                         const CptChartMark *mark)
{
  const CptChartSector *sector = &mark->sector;

  cairo_new_path (cr);
  if (sector->outer > 0)
    {
      cairo_arc (cr, sector->x, sector->y, sector->outer, sector->from, sector->to);
      cairo_arc_negative (cr, sector->x, sector->y, sector->inner, sector->to, sector->from);
      cairo_close_path (cr);
    }
  else
    cairo_rectangle (cr, mark->area.x, mark->area.y, mark->area.width, mark->area.height);
}
