/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of a whole as tiles, each as large as its share: for more parts than a
 * pie can show. Squarified (Bruls, Huizing, van Wijk 2000): rows of tiles are
 * filled as long as that makes them more like squares. Tiles are tints of one
 * colour, since they carry their names. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

#define MAX_TILES 60

/* In units of the font size */
#define MIN_TILE 1.5
#define MIN_NAME 3.2
#define PADDING 0.45

#define DARKEST 0.95
#define PALEST 0.22

typedef struct
{
  CptChartContext *context;
  GArray *parts;
  CptChartRect room; /* that is not filled yet */
  double scale;      /* area of the whole */
  double largest;    /* share */
} Tiles;

static const CptChartPart *
get_part (const Tiles *tiles,
          guint        index)
{
  return &g_array_index (tiles->parts, CptChartPart, index);
}

static CptChartColor
get_tile_color (const Tiles *tiles,
                guint        index)
{
  const CptChartStyle *style = tiles->context->style;
  double share = get_part (tiles, index)->share / tiles->largest;

  if (get_part (tiles, index)->category == CPT_CHART_OTHER)
    return style->fill;

  return cpt_chart_color_mix (&style->background, &style->accent, PALEST + (DARKEST - PALEST) * MIN (share, 1));
}

static void
draw_tile (const Tiles        *tiles,
           guint               index,
           const CptChartRect *tile)
{
  CptChartContext *context = tiles->context;
  double em = context->em;
  const CptChartPart *part = get_part (tiles, index);
  CptChartColor color = get_tile_color (tiles, index);
  CptChartRect inner = { tile->x + 0.75, tile->y + 0.75, tile->width - 1.5, tile->height - 1.5 };
  CptTextStyle name_style = { .max_width = inner.width - 2 * PADDING * em };
  CptTextStyle share_style = { .scale = 0.92, .max_width = name_style.max_width };
  g_autofree char *name = cpt_chart_dup_part_label (context->data, part);
  g_autofree char *share = cpt_chart_format_share (part->share);
  double y = inner.y + 0.95 * em;

  if (inner.width > 0 && inner.height > 0)
    cpt_chart_fill_rect (context, &inner, 0.2 * em, CPT_CORNER_ALL, &color);
  cpt_chart_add_mark (context, 0, part->category, tile, tile->x + tile->width / 2, tile->y + tile->height / 2);
  if (inner.height < MIN_TILE * em ||
      name_style.max_width < MIN (cpt_chart_measure (context, name, &(CptTextStyle){ 0 }), MIN_NAME * em))
    return;

  name_style.color = cpt_chart_get_text_on (context, &color);
  share_style.color = name_style.color;
  cpt_chart_draw_text_middle (context, name, &name_style, inner.x + PADDING * em, y);
  if (inner.height >= 3 * em &&
      cpt_chart_measure (context, share, &(CptTextStyle){ .scale = 0.92 }) <= share_style.max_width)
    cpt_chart_draw_text_middle (context, share, &share_style, inner.x + PADDING * em, y + 1.35 * em);
}

/* How far from a square the worst tile of a row of @area along @side is */
static double
get_worst (double area,
           double smallest,
           double largest,
           double side)
{
  double square = area * area;

  return MAX (side * side * largest / square, square / (side * side * smallest));
}

/* The parts @first to @last, as a row along the shorter side */
static void
draw_tiles_of_row (Tiles  *tiles,
                   guint   first,
                   guint   last,
                   double  area)
{
  gboolean is_wide = tiles->room.width >= tiles->room.height;
  double side = is_wide ? tiles->room.height : tiles->room.width;
  double thick = side > 0 ? area / side : 0;
  double at = is_wide ? tiles->room.y : tiles->room.x;

  for (guint i = first; i <= last; i++)
    {
      double length = thick > 0 ? get_part (tiles, i)->share * tiles->scale / thick : 0;
      CptChartRect tile = is_wide ? (CptChartRect){ tiles->room.x, at, thick, length }
                                  : (CptChartRect){ at, tiles->room.y, length, thick };

      draw_tile (tiles, i, &tile);
      at += length;
    }
  if (is_wide)
    {
      tiles->room.x += thick;
      tiles->room.width = MAX (tiles->room.width - thick, 0);
    }
  else
    {
      tiles->room.y += thick;
      tiles->room.height = MAX (tiles->room.height - thick, 0);
    }
}

/* Takes parts into the row as long as its tiles become more like squares */
static guint
draw_next_row (Tiles *tiles,
               guint  first)
{
  double side = MIN (tiles->room.width, tiles->room.height);
  double largest = get_part (tiles, first)->share * tiles->scale;
  double smallest = largest;
  double area = largest;
  double worst = get_worst (area, smallest, largest, side);
  guint last = first;

  while (last + 1 < tiles->parts->len)
    {
      double next = get_part (tiles, last + 1)->share * tiles->scale;
      double next_worst = get_worst (area + next, MIN (smallest, next), MAX (largest, next), side);

      if (!(next_worst <= worst))
        break;
      area += next;
      smallest = MIN (smallest, next);
      largest = MAX (largest, next);
      worst = next_worst;
      last++;
    }
  draw_tiles_of_row (tiles, first, last, area);

  return last + 1;
}

/* As many as would be seen, were they all of the same size; then those that
 * are too small for it go to the others */
static GArray *
create_parts (CptChartContext *context)
{
  double smallest = MIN_TILE * context->em * MIN_TILE * context->em;
  double area = context->width * context->height;
  guint most = (guint) CLAMP (area / smallest, 1, MAX_TILES);
  GArray *parts = cpt_chart_create_parts (context->data, most);
  guint n_seen = 0;

  while (n_seen < parts->len && g_array_index (parts, CptChartPart, n_seen).share * area >= smallest)
    n_seen++;
  if (n_seen + 1 >= parts->len)
    return parts;

  g_array_unref (parts);

  return cpt_chart_create_parts (context->data, n_seen + 1);
}

static int
compare_shares (gconstpointer a,
                gconstpointer b)
{
  const CptChartPart *first = a;
  const CptChartPart *second = b;

  return (first->share < second->share) - (first->share > second->share);
}

static void
draw_treemap (CptChartContext *context)
{
  g_autoptr(GArray) parts = create_parts (context);
  Tiles tiles = {
    .context = context,
    .parts = parts,
    .room = { 0, 0, context->width, context->height },
    .scale = context->width * context->height,
    .largest = g_array_index (parts, CptChartPart, 0).share,
  };

  /* The others have the place of their size */
  g_array_sort (parts, compare_shares);
  for (guint i = 0; i < parts->len;)
    i = draw_next_row (&tiles, i);
}

const CptChartKind cpt_chart_treemap = {
  .name = "treemap",
  .label = N_("Treemap"),
  .description = N_("What part of the whole each has; for many parts"),
  .icon_name = "cpt-chart-treemap-symbolic",
  .needs = CPT_CHART_NEEDS_DIMENSION | CPT_CHART_NEEDS_WHOLE,
  .min_columns = 3,
  .min_rows = 3,
  .default_columns = 6,
  .default_rows = 4,
  .refuse = cpt_chart_refuse_parts,
  .draw = draw_treemap,
  .summarize = cpt_chart_summarize_parts,
  .describe = cpt_chart_describe_part,
};
