/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of a whole as a ring or a disc: few slices, largest first from the
 * top, the rest as "Other". Each slice is named beside it, with a line that
 * leads there; where there is no room beside, in a list below; where there is
 * none below, nowhere. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

#define MAX_SLICES 7

/* In units of the font size */
#define MIN_SIDE 5.5
#define MAX_SIDE 15
#define GAP 1.7
#define TWO_LINES 2.85
#define ONE_LINE 1.5
#define MIN_RADIUS 2.2
#define GOOD_RADIUS 3.8
#define MAX_RADIUS 14

#define MIN_SIZE_SHARE 0.36
#define HOLE 0.6

typedef struct
{
  double y;      /* of the middle of the label */
  double wanted; /* where the slice is */
  guint part;
} SliceLabel;

typedef struct
{
  CptChartContext *context;
  GArray *parts;
  double x;
  double y;
  double radius;
  double hole;
  double label_height;
  guint n_listed; /* parts in the list below */
  gboolean beside;
} Pie;

static const CptChartPart *
get_part (const Pie *pie,
          guint      index)
{
  return &g_array_index (pie->parts, CptChartPart, index);
}

static CptChartColor
get_slice_color (const Pie *pie,
                 guint      index)
{
  const CptChartStyle *style = pie->context->style;

  if (get_part (pie, index)->category == CPT_CHART_OTHER)
    return cpt_chart_color_mix (&style->muted, &style->background, 0.45);

  return cpt_chart_get_palette_color (pie->context, index);
}

static double
get_angle (const Pie *pie,
           guint      index)
{
  double angle = -0.5 * G_PI;

  for (guint i = 0; i < index; i++)
    angle += get_part (pie, i)->share * 2 * G_PI;

  return MIN (angle, 1.5 * G_PI);
}

/* ---- the room ---- */

static double
measure_labels (const Pie *pie)
{
  CptTextStyle style = { 0 };
  double widest = 0;

  for (guint i = 0; i < pie->parts->len; i++)
    {
      g_autofree char *text = cpt_chart_dup_part_label (pie->context->data, get_part (pie, i));

      widest = MAX (widest, cpt_chart_measure (pie->context, text, &style));
    }

  return widest;
}

static double
get_list_height (const Pie *pie)
{
  return (pie->parts->len * ONE_LINE + 0.8) * pie->context->em;
}

static double
get_list_radius (const Pie *pie)
{
  double room = pie->context->height - get_list_height (pie);

  return MIN (MIN (pie->context->width, room) / 2, MAX_RADIUS * pie->context->em);
}

static void
place_beside (Pie *pie)
{
  CptChartContext *context = pie->context;
  double em = context->em;
  double side = CLAMP (measure_labels (pie), MIN_SIDE * em, MAX_SIDE * em);
  double radius = MIN (context->height / 2, (context->width - 2 * side) / 2 - GAP * em);

  radius = MAX (radius, MIN (MIN_SIZE_SHARE * context->width, context->height) / 2);
  side = context->width / 2 - radius - GAP * em;
  pie->radius = MIN (radius, MAX_RADIUS * em);
  pie->beside = side >= MIN_SIDE * em && pie->radius >= MIN_RADIUS * em;
  /* Names in full below rather than cut beside */
  if (side < measure_labels (pie) && get_list_radius (pie) >= GOOD_RADIUS * em)
    pie->beside = FALSE;
}

static void
place_above_list (Pie *pie)
{
  CptChartContext *context = pie->context;
  double em = context->em;

  pie->radius = get_list_radius (pie);
  if (context->width < 9 * em || pie->radius < MIN_RADIUS * em || context->without_text)
    {
      pie->radius = MIN (context->width, context->height) / 2;
      return;
    }

  pie->y = (context->height - get_list_height (pie)) / 2;
  pie->n_listed = pie->parts->len;
}

static void
init_pie (Pie             *pie,
          CptChartContext *context,
          GArray          *parts)
{
  pie->context = context;
  pie->parts = parts;
  pie->x = context->width / 2;
  pie->y = context->height / 2;
  if (!context->without_text)
    place_beside (pie);
  if (!pie->beside)
    place_above_list (pie);
  pie->radius = MAX (pie->radius - 0.5, 1);
  pie->hole = cpt_chart_is_option (context->chart, "shape", "pie") ? 0 : HOLE * pie->radius;
}

/* ---- slices ---- */

static void
draw_slice (const Pie *pie,
            guint      index)
{
  CptChartContext *context = pie->context;
  CptChartColor color = get_slice_color (pie, index);
  CptChartSector sector = { pie->x, pie->y, pie->hole, pie->radius, get_angle (pie, index), get_angle (pie, index + 1) };
  cairo_t *cr = context->cr;

  cairo_new_path (cr);
  cairo_arc (cr, sector.x, sector.y, sector.outer, sector.from, sector.to);
  if (sector.inner > 0)
    cairo_arc_negative (cr, sector.x, sector.y, sector.inner, sector.to, sector.from);
  else
    cairo_line_to (cr, sector.x, sector.y);
  cairo_close_path (cr);
  cpt_chart_fill_color (context, &color, index);
  cpt_chart_add_sector_mark (context, get_part (pie, index)->category, &sector);
}

/* So that neighbours are apart whatever their colours are */
static void
draw_separators (const Pie *pie)
{
  cairo_t *cr = pie->context->cr;

  cairo_new_path (cr);
  for (guint i = 0; pie->parts->len > 1 && i < pie->parts->len; i++)
    {
      double angle = get_angle (pie, i);

      cairo_move_to (cr, pie->x + pie->hole * cos (angle), pie->y + pie->hole * sin (angle));
      cairo_line_to (cr, pie->x + (pie->radius + 1) * cos (angle), pie->y + (pie->radius + 1) * sin (angle));
    }
  cairo_set_line_width (cr, MAX (0.13 * pie->context->em, 1));
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cpt_chart_set_color (cr, &pie->context->style->background);
  cairo_stroke (cr);
}

static void
draw_total (const Pie *pie)
{
  CptChartContext *context = pie->context;
  CptTextStyle style = { .scale = 1.35, .bold = TRUE, .color = context->style->foreground, .anchor = CPT_ANCHOR_MIDDLE };
  double total = cpt_chart_data_get_total (context->data);
  g_autofree char *text = cpt_chart_format_short (&context->data->unit, total);

  if (isnan (total) || cpt_chart_measure (context, text, &style) > 1.7 * pie->hole)
    return;

  cpt_chart_draw_text_middle (context, text, &style, pie->x, pie->y);
}

/* ---- names beside ---- */

static int
compare_labels (gconstpointer a,
                gconstpointer b)
{
  const SliceLabel *first = a;
  const SliceLabel *second = b;

  return (first->wanted > second->wanted) - (first->wanted < second->wanted);
}

/* Moves the labels of one side apart, each as little from its slice as it can
 * (isotonic regression: neighbours that collide share the mean of what they
 * want) */
static void
spread_labels (const Pie *pie,
               GArray    *labels)
{
  double half = pie->label_height / 2;
  double lowest = pie->context->height - half - (MAX (labels->len, 1) - 1) * pie->label_height;
  double means[MAX_SLICES];
  guint sizes[MAX_SLICES];
  guint n_blocks = 0;
  guint next = 0;

  for (guint i = 0; i < labels->len; i++)
    {
      means[n_blocks] = g_array_index (labels, SliceLabel, i).wanted - i * pie->label_height;
      sizes[n_blocks++] = 1;
      for (; n_blocks > 1 && means[n_blocks - 2] > means[n_blocks - 1]; n_blocks--)
        {
          guint size = sizes[n_blocks - 2] + sizes[n_blocks - 1];

          means[n_blocks - 2] = (means[n_blocks - 2] * sizes[n_blocks - 2] + means[n_blocks - 1] * sizes[n_blocks - 1]) / size;
          sizes[n_blocks - 2] = size;
        }
    }
  for (guint block = 0; block < n_blocks; block++)
    for (guint i = 0; i < sizes[block]; i++, next++)
      g_array_index (labels, SliceLabel, next).y = CLAMP (means[block], half, MAX (lowest, half)) + next * pie->label_height;
}

/* Those of one side, the smallest left out where there is no room */
static GArray *
create_labels (const Pie *pie,
               gboolean   is_right)
{
  GArray *labels = g_array_new (FALSE, FALSE, sizeof (SliceLabel));
  guint room = (guint) MAX (pie->context->height / pie->label_height, 0);

  for (guint i = 0; i < pie->parts->len && labels->len < room; i++)
    {
      double middle = (get_angle (pie, i) + get_angle (pie, i + 1)) / 2;
      SliceLabel label = { .wanted = pie->y + pie->radius * sin (middle), .part = i };

      if ((cos (middle) >= 0) == is_right)
        g_array_append_val (labels, label);
    }
  g_array_sort (labels, compare_labels);
  spread_labels (pie, labels);

  return labels;
}

static void
draw_leader (const Pie        *pie,
             const SliceLabel *label,
             double            sign)
{
  CptChartContext *context = pie->context;
  CptChartColor color = cpt_chart_color_mix (&context->style->grid, &context->style->muted, 0.5);
  double middle = (get_angle (pie, label->part) + get_angle (pie, label->part + 1)) / 2;
  double em = context->em;
  cairo_t *cr = context->cr;

  cairo_new_path (cr);
  cairo_move_to (cr, pie->x + (pie->radius + 0.15 * em) * cos (middle), pie->y + (pie->radius + 0.15 * em) * sin (middle));
  cairo_line_to (cr, pie->x + sign * (pie->radius + 0.9 * em), label->y);
  cairo_line_to (cr, pie->x + sign * (pie->radius + 1.35 * em), label->y);
  cairo_set_line_width (cr, 1);
  cpt_chart_set_color (cr, &color);
  cairo_stroke (cr);
}

static void
draw_label (const Pie        *pie,
            const SliceLabel *label,
            gboolean          is_right)
{
  CptChartContext *context = pie->context;
  const CptChartPart *part = get_part (pie, label->part);
  double sign = is_right ? 1 : -1;
  double em = context->em;
  double x = pie->x + sign * (pie->radius + GAP * em);
  double room = is_right ? context->width - x : x;
  CptAnchor anchor = is_right ? CPT_ANCHOR_START : CPT_ANCHOR_END;
  CptTextStyle name_style = { .color = context->style->foreground, .anchor = anchor, .max_width = room };
  CptTextStyle share_style = { .scale = 0.92, .color = context->style->muted, .anchor = anchor, .max_width = room };
  g_autofree char *name = cpt_chart_dup_part_label (context->data, part);
  g_autofree char *share = cpt_chart_format_share (part->share);
  g_autofree char *value = cpt_chart_format_short (&context->data->unit, part->value);
  /* Translators: share and value of a slice: "12 % · €34K" */
  g_autofree char *both = g_strdup_printf (C_("share and value", "%s · %s"), share, value);

  draw_leader (pie, label, sign);
  if (pie->label_height > 2 * em)
    {
      gboolean fits = cpt_chart_measure (context, both, &(CptTextStyle){ .scale = 0.92 }) <= room;

      cpt_chart_draw_text_middle (context, name, &name_style, x, label->y - 0.62 * em);
      cpt_chart_draw_text_middle (context, fits ? both : share, &share_style, x, label->y + 0.68 * em);
      return;
    }

  share_style.max_width = 0;
  name_style.max_width = room - cpt_chart_measure (context, share, &share_style) - 0.5 * em;
  if (!is_right)
    {
      cpt_chart_draw_text_middle (context, share, &share_style, x, label->y);
      cpt_chart_draw_text_middle (context, name, &name_style, room - cpt_chart_measure (context, share, &share_style) - 0.5 * em,
                                  label->y);
      return;
    }
  cpt_chart_draw_text_middle (context, share, &share_style, x, label->y);
  cpt_chart_draw_text_middle (context, name, &name_style,
                              x + cpt_chart_measure (context, share, &share_style) + 0.5 * em, label->y);
}

static void
draw_labels_beside (Pie *pie)
{
  for (int side = 0; side < 2; side++)
    {
      g_autoptr(GArray) labels = NULL;

      pie->label_height = TWO_LINES * pie->context->em;
      labels = create_labels (pie, side == 0);
      if ((labels->len + 1) * pie->label_height > pie->context->height)
        {
          g_array_unref (labels);
          pie->label_height = ONE_LINE * pie->context->em;
          labels = create_labels (pie, side == 0);
        }
      for (guint i = 0; i < labels->len; i++)
        draw_label (pie, &g_array_index (labels, SliceLabel, i), side == 0);
    }
}

/* ---- names below ---- */

static void
draw_list (const Pie *pie)
{
  CptChartContext *context = pie->context;
  double em = context->em;
  double width = MIN (context->width, 24 * em);
  double left = (context->width - width) / 2;

  for (guint i = 0; i < pie->n_listed; i++)
    {
      CptTextStyle name_style = { .color = context->style->foreground };
      CptTextStyle share_style = { .color = context->style->muted, .anchor = CPT_ANCHOR_END };
      CptChartColor color = get_slice_color (pie, i);
      g_autofree char *name = cpt_chart_dup_part_label (context->data, get_part (pie, i));
      g_autofree char *share = cpt_chart_format_share (get_part (pie, i)->share);
      double y = context->height - (pie->n_listed - i - 0.5) * ONE_LINE * em;
      CptChartRect swatch = { left, y - 0.375 * em, 0.75 * em, 0.75 * em };

      cpt_chart_path_rect (context->cr, &swatch, 0.2 * em, CPT_CORNER_ALL);
      cpt_chart_fill_color (context, &color, i);
      name_style.max_width = width - cpt_chart_measure (context, share, &share_style) - 1.8 * em;
      cpt_chart_draw_text_middle (context, name, &name_style, left + 1.15 * em, y);
      cpt_chart_draw_text_middle (context, share, &share_style, left + width, y);
    }
}

static void
draw_pie (CptChartContext *context)
{
  g_autoptr(GArray) parts = cpt_chart_create_parts (context->data, MAX_SLICES);
  Pie pie = { 0 };

  init_pie (&pie, context, parts);
  for (guint i = 0; i < parts->len; i++)
    draw_slice (&pie, i);
  draw_separators (&pie);
  draw_total (&pie);
  if (pie.beside)
    draw_labels_beside (&pie);
  draw_list (&pie);
  context->layout->plot = (CptChartRect){ pie.x - pie.radius, pie.y - pie.radius, 2 * pie.radius, 2 * pie.radius };
}

static const CptChartChoice shapes[] = {
  { "ring", N_("Ring with the total") },
  { "pie", N_("Disc") },
  { NULL },
};

static const CptChartOption options[] = {
  { "shape", N_("Shape"), shapes, "ring" },
  { NULL },
};

const CptChartKind cpt_chart_pie = {
  .name = "pie",
  .label = N_("Pie"),
  .description = N_("What part of the whole each has; for few parts"),
  .icon_name = "cpt-chart-pie-symbolic",
  .needs = CPT_CHART_NEEDS_DIMENSION | CPT_CHART_NEEDS_WHOLE,
  .min_columns = 3,
  .min_rows = 3,
  .default_columns = 4,
  .default_rows = 4,
  .options = options,
  .refuse = cpt_chart_refuse_parts,
  .draw = draw_pie,
  .summarize = cpt_chart_summarize_parts,
  .describe = cpt_chart_describe_part,
};
