/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all kinds draw with. Every function leaves no current point behind:
 * pango_cairo_show_layout() would, and the next arc would be joined to it. */
#include "config.h"
#include "cpt-chart-private.h"

/* Middle of the capitals above the baseline, as a part of the font size */
#define CAPITAL_MIDDLE 0.35
/* Contrast that shapes and thin lines have to keep (WCAG 2.1, 1.4.11) */
#define SHAPE_CONTRAST 3.0
/* Contrast of words that is enough not to look for more */
#define TEXT_CONTRAST 4.2
#define MAX_STRIPES 10000
/* What is not over yet: how much of the colour is below its stripes, and how far these are apart */
#define RUNNING_PART 0.25
#define RUNNING_DISTANCE 5

void
cpt_chart_set_color (cairo_t             *cr,
                     const CptChartColor *color)
{
  if (color->alpha >= 1)
    cairo_set_source_rgb (cr, color->red, color->green, color->blue);
  else
    cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
}

void
cpt_chart_path_rect (cairo_t            *cr,
                     const CptChartRect *rect,
                     double              radius,
                     CptCorner           corners)
{
  double x = rect->x;
  double y = rect->y;
  double right = x + rect->width;
  double bottom = y + rect->height;

  radius = MAX (0, MIN (radius, MIN (rect->width, rect->height) / 2));
  cairo_new_path (cr);
  if (radius < 0.25 || corners == CPT_CORNER_NONE)
    {
      cairo_rectangle (cr, x, y, rect->width, rect->height);
      return;
    }

  if (corners & CPT_CORNER_TOP_LEFT)
    cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  else
    cairo_move_to (cr, x, y);
  if (corners & CPT_CORNER_TOP_RIGHT)
    cairo_arc (cr, right - radius, y + radius, radius, 1.5 * G_PI, 2 * G_PI);
  else
    cairo_line_to (cr, right, y);
  if (corners & CPT_CORNER_BOTTOM_RIGHT)
    cairo_arc (cr, right - radius, bottom - radius, radius, 0, 0.5 * G_PI);
  else
    cairo_line_to (cr, right, bottom);
  if (corners & CPT_CORNER_BOTTOM_LEFT)
    cairo_arc (cr, x + radius, bottom - radius, radius, 0.5 * G_PI, G_PI);
  else
    cairo_line_to (cr, x, bottom);
  cairo_close_path (cr);
}

void
cpt_chart_fill_rect (CptChartContext     *context,
                     const CptChartRect  *rect,
                     double               radius,
                     CptCorner            corners,
                     const CptChartColor *color)
{
  cpt_chart_path_rect (context->cr, rect, radius, corners);
  cpt_chart_set_color (context->cr, color);
  cairo_fill (context->cr);
}

/* Stripes over the current path, which they leave */
static void
draw_stripes (CptChartContext     *context,
              double               slope,
              double               distance,
              const CptChartColor *color)
{
  cairo_t *cr = context->cr;
  cairo_path_t *path = cairo_copy_path (cr);
  double x1, y1, x2, y2;
  int n_stripes;

  cairo_save (cr);
  cairo_path_extents (cr, &x1, &y1, &x2, &y2);
  cairo_clip (cr);
  n_stripes = (int) MIN ((x2 - x1 + 2 * (y2 - y1)) / distance, MAX_STRIPES);
  for (int i = 0; i <= n_stripes; i++)
    {
      double x = x1 - (y2 - y1) + i * distance;

      cairo_move_to (cr, x, slope > 0 ? y2 : y1);
      cairo_line_to (cr, x + (y2 - y1), slope > 0 ? y1 : y2);
    }
  cairo_set_line_width (cr, 1);
  cpt_chart_set_color (cr, color);
  cairo_stroke (cr);
  cairo_restore (cr);
  cairo_new_path (cr);
  cairo_append_path (cr, path);
  cairo_path_destroy (path);
}

/* Another slant and distance for each series */
static void
draw_pattern (CptChartContext     *context,
              guint                series,
              const CptChartColor *color)
{
  static const struct
  {
    double slope;
    double distance;
  } patterns[] = {
    { 0, 0 },
    { 1, 6 },
    { -1, 6 },
    { 1, 3.5 },
    { -1, 3.5 },
  };
  guint pattern = series % G_N_ELEMENTS (patterns);

  if (patterns[pattern].distance > 0)
    draw_stripes (context, patterns[pattern].slope, patterns[pattern].distance, color);
}

/* Within the shape of the current path: what is small is not larger for its outline, and
 * neighbours in a stack do not cover each other */
static void
draw_outline (CptChartContext     *context,
              const CptChartColor *color)
{
  CptChartColor ink = cpt_chart_get_ink (context, color);
  cairo_t *cr = context->cr;

  cairo_save (cr);
  cairo_clip_preserve (cr);
  cairo_set_line_width (cr, 1.5);
  cpt_chart_set_color (cr, &ink);
  cairo_stroke_preserve (cr);
  cairo_restore (cr);
}

void
cpt_chart_fill_series (CptChartContext *context,
                       guint            series)
{
  CptChartColor color = cpt_chart_get_color (context, series);

  cpt_chart_fill_color (context, &color, series);
}

void
cpt_chart_fill_color (CptChartContext     *context,
                      const CptChartColor *color,
                      guint                index)
{
  cairo_t *cr = context->cr;

  cpt_chart_set_color (cr, color);
  cairo_fill_preserve (cr);
  if (context->style->patterns)
    draw_pattern (context, index, &context->style->background);
  if (context->style->patterns ||
      cpt_chart_color_get_contrast (color, &context->style->background) < SHAPE_CONTRAST)
    draw_outline (context, color);
  cairo_new_path (cr);
}

/* The place in the palette, where its pattern is too */
static void
fill_running (CptChartContext *context,
              guint            series)
{
  CptChartColor color = cpt_chart_get_color (context, series);
  CptChartColor ink = cpt_chart_get_ink (context, &color);
  CptChartColor ground = cpt_chart_color_mix (&context->style->background, &color, RUNNING_PART);
  cairo_t *cr = context->cr;

  cpt_chart_set_color (cr, &ground);
  cairo_fill_preserve (cr);
  if (context->style->patterns)
    draw_pattern (context, series, &ink);
  else
    draw_stripes (context, 1, RUNNING_DISTANCE, &ink);
  draw_outline (context, &color);
  cairo_new_path (cr);
}

void
cpt_chart_fill_value (CptChartContext *context,
                      guint            series,
                      guint            category)
{
  if (cpt_chart_data_is_running (context->data, series, category))
    fill_running (context, series);
  else
    cpt_chart_fill_series (context, series);
}

void
cpt_chart_draw_line (CptChartContext     *context,
                     double               x1,
                     double               y1,
                     double               x2,
                     double               y2,
                     const CptChartColor *color)
{
  cairo_t *cr = context->cr;

  cairo_new_path (cr);
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_set_line_width (cr, 1);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cpt_chart_set_color (cr, color);
  cairo_stroke (cr);
}

static CptTextLook
get_look (CptChartContext    *context,
          const CptTextStyle *style)
{
  return (CptTextLook){
    .family = context->style->font_family,
    .size = context->em * (style->scale > 0 ? style->scale : 1),
    .bold = style->bold,
    .max_width = style->max_width,
    .lines = style->lines,
  };
}

double
cpt_chart_measure (CptChartContext    *context,
                   const char         *text,
                   const CptTextStyle *style)
{
  CptTextLook look = get_look (context, style);

  return cpt_text_measure (context->texts, text, &look);
}

void
cpt_chart_draw_text (CptChartContext    *context,
                     const char         *text,
                     const CptTextStyle *style,
                     double              x,
                     double              y)
{
  CptTextLook look = get_look (context, style);
  const CptShapedText *shaped;
  CptChartLabel label;
  double left;

  /* Narrower than an ellipsis: nothing could be read */
  if (text[0] == '\0' || style->max_width < 0 || context->without_text ||
      (style->max_width > 0 && style->max_width < context->em))
    return;

  shaped = cpt_text_cache_shape (context->texts, text, &look);
  left = x;
  if (style->anchor == CPT_ANCHOR_MIDDLE)
    left -= shaped->width / 2;
  else if (style->anchor == CPT_ANCHOR_END)
    left -= shaped->width;

  cpt_chart_set_color (context->cr, &style->color);
  cpt_text_draw (context->cr, context->texts, text, &look, left, y);

  label.area = (CptChartRect){ left + shaped->ink.x, y + shaped->ink.y, shaped->ink.width,
                               shaped->ink.height };
  label.text = g_strdup (text);
  g_array_append_val (context->layout->labels, label);
}

void
cpt_chart_draw_text_middle (CptChartContext    *context,
                            const char         *text,
                            const CptTextStyle *style,
                            double              x,
                            double              y)
{
  double size = context->em * (style->scale > 0 ? style->scale : 1);

  cpt_chart_draw_text (context, text, style, x, y + CAPITAL_MIDDLE * size);
}

CptChartColor
cpt_chart_get_color (CptChartContext *context,
                     guint            series)
{
  const CptChartData *data = context->data;
  const CptChartSeries *entry;
  guint index = 0;

  if (series >= data->series->len)
    return context->style->accent;

  entry = cpt_chart_data_get_series (data, series);
  if (entry->has_color)
    return entry->color;
  if (entry->is_continuation && series > 0)
    return cpt_chart_get_color (context, 0);
  if (entry->role == CPT_CHART_ROLE_COMPARISON)
    return cpt_chart_color_mix (&context->style->muted, &context->style->background, 0.35);
  if (data->series->len == 1)
    return context->style->accent;

  for (guint i = 0; i < series; i++)
    if (cpt_chart_data_get_series (data, i)->role == CPT_CHART_ROLE_VALUE)
      index++;

  return cpt_chart_get_palette_color (context, index);
}

CptChartColor
cpt_chart_get_palette_color (CptChartContext *context,
                             guint            index)
{
  return index == 0 ? context->style->accent
                    : context->style->palette[index % CPT_CHART_PALETTE_SIZE];
}

CptChartColor
cpt_chart_get_ink (CptChartContext     *context,
                   const CptChartColor *color)
{
  CptChartColor ink = *color;

  for (int i = 0; i < 12; i++)
    {
      if (cpt_chart_color_get_contrast (&ink, &context->style->background) >= SHAPE_CONTRAST)
        break;
      ink = cpt_chart_color_mix (&ink, &context->style->foreground, 0.15);
    }

  return ink;
}

CptChartColor
cpt_chart_get_text_on (CptChartContext     *context,
                       const CptChartColor *color)
{
  static const CptChartColor black = { 0, 0, 0, 1 };
  static const CptChartColor white = { 1, 1, 1, 1 };
  const CptChartStyle *style = context->style;

  if (cpt_chart_color_get_contrast (color, &style->background) >= TEXT_CONTRAST)
    return style->background;
  if (cpt_chart_color_get_contrast (color, &style->foreground) >= TEXT_CONTRAST)
    return style->foreground;

  /* Between both, as tones in the middle are on dark ground; one of these always reaches it */
  return cpt_chart_color_get_contrast (color, &black) > cpt_chart_color_get_contrast (color, &white) ? black : white;
}

void
cpt_chart_add_mark (CptChartContext    *context,
                    int                 series,
                    int                 category,
                    const CptChartRect *area,
                    double              x,
                    double              y)
{
  CptChartMark mark = {
    .x = CLAMP (x, 0, context->width),
    .y = CLAMP (y, 0, context->height),
    .series = series,
    .category = category,
  };
  double left = CLAMP (area->x, 0, context->width);
  double top = CLAMP (area->y, 0, context->height);

  mark.area = (CptChartRect){
    left,
    top,
    CLAMP (area->x + area->width, left, context->width) - left,
    CLAMP (area->y + area->height, top, context->height) - top,
  };
  g_array_append_val (context->layout->marks, mark);
}

/* How far a sector reaches to the right (0), below (1), to the left (2), above (3) */
static double
get_reach (const CptChartSector *sector,
           int                   quarter)
{
  const double radii[] = { sector->inner, sector->outer };
  const double angles[] = { sector->from, sector->to };
  double direction = quarter * G_PI / 2;
  double reach = -G_MAXDOUBLE;

  for (int turn = -2; turn <= 2; turn++)
    if (direction + turn * 2 * G_PI >= sector->from && direction + turn * 2 * G_PI <= sector->to)
      return sector->outer;

  for (guint i = 0; i < G_N_ELEMENTS (radii); i++)
    for (guint j = 0; j < G_N_ELEMENTS (angles); j++)
      reach = MAX (reach, radii[i] * cos (angles[j] - direction));

  return reach;
}

void
cpt_chart_add_sector_mark (CptChartContext      *context,
                           int                   category,
                           const CptChartSector *sector)
{
  double middle = (sector->from + sector->to) / 2;
  double radius = (sector->inner + sector->outer) / 2;
  double left = sector->x - get_reach (sector, 2);
  double top = sector->y - get_reach (sector, 3);
  CptChartRect area = { left, top, sector->x + get_reach (sector, 0) - left,
                        sector->y + get_reach (sector, 1) - top };

  cpt_chart_add_mark (context, 0, category, &area, sector->x + radius * cos (middle),
                      sector->y + radius * sin (middle));
  g_array_index (context->layout->marks, CptChartMark, context->layout->marks->len - 1).sector = *sector;
}
