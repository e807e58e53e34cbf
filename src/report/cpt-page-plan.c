/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the grid to pages.
 *
 * The rows of the grid are cut into bands: a band ends where no widget would
 * be cut in two. Bands are put on a page as long as they fit. Rows give up a
 * little of their height when that saves a page, and more when a band is too
 * high for any page; when that is not enough, what would be cut in two goes to the
 * next page. Only a single widget that is too high for a page is drawn smaller.
 *
 * Where nothing but widgets is printed, the bands are spread over as few pages as
 * they fit on with low rows, so that all pages have about as many rows; then those of
 * each page grow or shrink until it is full. Rows of nothing but numbers have enough
 * sooner than charts, which get what is left; and where a number shows its course, charts
 * leave it the room for that. */
#include "config.h"
#include "cpt-page-plan.h"

#include <string.h>

#define GAP 14.0
#define ROW_HEIGHT 62.0
#define MIN_ROW_HEIGHT 30.0
/* So much may be given up to save a page */
#define GOOD_ROW_HEIGHT 50.0
/* What rows of a page that is to be filled may have */
#define LOW_ROW_HEIGHT 46.0
#define MAX_ROW_HEIGHT 96.0
/* Rows of numbers with their course, and of numbers alone */
#define MAX_TREND_HEIGHT 72.0
#define MAX_NUMBER_HEIGHT 50.0
/* Of a card that shows a number, its comparison and its course */
#define TREND_CARD_HEIGHT 130.0
/* Of a spread that needs a page more */
#define COST_OF_PAGE 1e7

/* Narrower content gets fewer columns */
#define WIDTH_OF_12 660.0
#define WIDTH_OF_6 440.0

typedef struct
{
  int first; /* row */
  int rows;
  guint page;
  double y;
  double row_height;
  double enough; /* no row needs to be higher */
  double least;  /* lower, and the course of a number is not shown */
  double scale;
} Band;

typedef struct
{
  const CptPageSpace *space;
  int columns;
  CptGridRect *rects;
  guint n_rects;
  guint start; /* index of the first widget */
  GArray *bands;
} Planner;

static double
get_height (int    rows,
            double row_height)
{
  return rows * row_height + (rows - 1) * GAP;
}

static void
init_rects (Planner            *self,
            const CptDashboard *dashboard,
            guint               page)
{
  g_autoptr(GArray) items = cpt_dashboard_dup_items (dashboard, page, &self->start);
  double width = self->space->width;

  self->columns = width >= WIDTH_OF_12 ? CPT_GRID_COLUMNS : width >= WIDTH_OF_6 ? 6
                                                                                : 1;
  self->n_rects = items->len;
  self->rects = g_new0 (CptGridRect, MAX (items->len, 1));
  cpt_grid_derive ((const CptGridItem *) items->data, items->len, self->columns, self->rects);
}

/* Whether it is a number with its course */
static gboolean
has_course (const CptWidget *widget)
{
  JsonObject *query = widget->query != NULL && JSON_NODE_HOLDS_OBJECT (widget->query)
                        ? json_node_get_object (widget->query)
                        : NULL;

  if (g_strcmp0 (widget->kind, "number") != 0 ||
      (widget->options != NULL && !json_object_get_boolean_member_with_default (widget->options, "trend", TRUE)))
    return FALSE;

  /* Metrics know by which date they go; others say it with their period, or what they are compared with. */
  return query != NULL && (json_object_has_member (query, "metric") || json_object_has_member (query, "period") ||
                           json_object_has_member (query, "compare"));
}

/* What the row of a widget makes use of */
static double
get_enough (const CptWidget *widget)
{
  if (g_strcmp0 (widget->kind, "number") != 0)
    return MAX_ROW_HEIGHT;

  return has_course (widget) ? MAX_TREND_HEIGHT : MAX_NUMBER_HEIGHT;
}

/* What it needs, of so many rows */
static double
get_least (const CptWidget *widget,
           int              rows)
{
  return has_course (widget) ? (TREND_CARD_HEIGHT - (rows - 1) * GAP) / rows : 0;
}

/* How high the rows of each band may get to use what is there, and have to be */
static void
set_enough (Planner            *self,
            const CptDashboard *dashboard)
{
  for (guint i = 0; i < self->bands->len; i++)
    {
      Band *band = &g_array_index (self->bands, Band, i);

      band->enough = 0;
      band->least = 0;
      for (guint w = 0; w < self->n_rects; w++)
        if (self->rects[w].y >= band->first && self->rects[w].y < band->first + band->rows)
          {
            const CptWidget *widget = cpt_dashboard_get_widget (dashboard, self->start + w);

            band->enough = MAX (band->enough, get_enough (widget));
            band->least = MAX (band->least, get_least (widget, self->rects[w].h));
          }
      if (band->enough <= 0)
        band->enough = MAX_ROW_HEIGHT;
    }
}

static void
init_bands (Planner            *self,
            const CptDashboard *dashboard)
{
  g_autoptr(GArray) busy = NULL; /* of gboolean: a widget spans this row and the next */
  int height = 0;
  Band band = { .scale = 1, .row_height = ROW_HEIGHT };

  for (guint i = 0; i < self->n_rects; i++)
    height = MAX (height, self->rects[i].y + self->rects[i].h);

  busy = g_array_new (FALSE, TRUE, sizeof (gboolean));
  g_array_set_size (busy, (guint) height);
  for (guint i = 0; i < self->n_rects; i++)
    for (int row = self->rects[i].y; row + 1 < self->rects[i].y + self->rects[i].h; row++)
      g_array_index (busy, gboolean, row) = TRUE;

  for (int row = 0; row < height; row++)
    {
      band.rows++;
      if (g_array_index (busy, gboolean, row))
        continue;
      g_array_append_val (self->bands, band);
      band.first = row + 1;
      band.rows = 0;
    }
  set_enough (self, dashboard);
}

/* ----------------------------------------------- bands that fit on no page */

static int
count_rows (const Planner *self,
            double         row_height)
{
  double room = self->space->height - MAX (self->space->first_top, self->space->other_top);

  return MAX ((int) ((room + GAP) / (row_height + GAP)), 1);
}

/* How many widgets a cut above @row would go through; -1 when it leaves nothing of the band above */
static int
count_cut (const Planner *self,
           int            first,
           int            row)
{
  int n_cut = 0;
  gboolean leaves_any = FALSE;

  for (guint i = 0; i < self->n_rects; i++)
    {
      const CptGridRect *rect = &self->rects[i];

      n_cut += rect->y < row && rect->y + rect->h > row ? 1 : 0;
      leaves_any |= rect->y >= first && rect->y + rect->h <= row;
    }

  return leaves_any ? n_cut : -1;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const CptGridRect *const *one = a;
  const CptGridRect *const *other = b;

  return (*one)->y != (*other)->y ? (*one)->y - (*other)->y : (*one)->x - (*other)->x;
}

/* What would be cut begins at @row, and what is below closes up to it, each in its columns. */
static void
push_below (Planner *self,
            int      row)
{
  g_autoptr(GPtrArray) below = g_ptr_array_new ();

  for (guint i = 0; i < self->n_rects; i++)
    if (self->rects[i].y + self->rects[i].h > row)
      g_ptr_array_add (below, &self->rects[i]);
  g_ptr_array_sort (below, compare_places);

  for (guint i = 0; i < below->len; i++)
    {
      CptGridRect *rect = g_ptr_array_index (below, i);
      int y = row;

      for (guint j = 0; j < i; j++)
        {
          const CptGridRect *above = g_ptr_array_index (below, j);

          if (above->x < rect->x + rect->w && rect->x < above->x + above->w)
            y = MAX (y, above->y + above->h);
        }
      rect->y = y;
    }
}

/* Where fewest widgets would be cut, as far down as good rows reach */
static gboolean
cut_band (Planner    *self,
          const Band *band)
{
  int n_best = G_MAXINT;
  int best = 0;

  for (int row = band->first + count_rows (self, LOW_ROW_HEIGHT); row > band->first; row--)
    {
      int n_cut = count_cut (self, band->first, row);

      if (n_cut > 0 && n_cut < n_best)
        {
          n_best = n_cut;
          best = row;
        }
    }
  if (best > 0)
    push_below (self, best);

  return best > 0;
}

/* Each cut leaves a widget more above it, so that there are no more cuts than widgets. */
static void
cut_bands (Planner            *self,
           const CptDashboard *dashboard)
{
  int most = count_rows (self, MIN_ROW_HEIGHT);

  for (guint i = 0; self->space->height > 0 && i < self->bands->len;)
    {
      const Band *band = &g_array_index (self->bands, Band, i);

      if (band->rows > most && cut_band (self, band))
        {
          g_array_set_size (self->bands, 0);
          init_bands (self, dashboard);
        }
      else
        i++;
    }
}

/* One height for all rows that makes everything fit on one page, or 0 */
static double
find_saving_height (const Planner *self)
{
  double room = self->space->height - self->space->first_top;
  int rows = 0;
  double height;

  for (guint i = 0; i < self->bands->len; i++)
    rows += g_array_index (self->bands, Band, i).rows;
  if (rows == 0 || self->space->height <= 0)
    return 0;

  height = (room - (rows - 1) * GAP) / rows;

  return height >= GOOD_ROW_HEIGHT ? MIN (height, ROW_HEIGHT) : 0;
}

/* Makes a band fit that is too high for a page of its own */
static void
squeeze (Band   *band,
         double  room)
{
  band->row_height = (room - (band->rows - 1) * GAP) / band->rows;
  if (band->row_height >= MIN_ROW_HEIGHT)
    return;

  band->row_height = MIN_ROW_HEIGHT;
  band->scale = CLAMP (room / get_height (band->rows, MIN_ROW_HEIGHT), 0.01, 1);
}

/* Where rows of @height would hide the course of numbers: what is left for the others when those get what they need.
 * 0: no row has to be higher, or too little would be left. */
static double
find_rest (const Planner *self,
           guint          from,
           guint          end,
           double         height)
{
  double lacking = 0;
  double rest;
  int n_open = 0;

  for (guint i = from; i < end; i++)
    {
      const Band *band = &g_array_index (self->bands, Band, i);

      if (band->least > height)
        lacking += band->rows * (band->least - height);
      else if (band->enough > height)
        n_open += band->rows;
    }
  rest = n_open > 0 ? height - lacking / n_open : 0;

  return lacking > 0 && rest >= LOW_ROW_HEIGHT ? rest : 0;
}

static double
choose_height (const Band *band,
               double      height,
               double      rest)
{
  if (rest <= 0)
    return height;

  return band->least > height ? band->least : MIN (band->enough, height) - height + rest;
}

static guint
place_bands (Planner *self,
             double  *lowest)
{
  const CptPageSpace *space = self->space;
  double saving = find_saving_height (self);
  double rest = saving > 0 ? find_rest (self, 0, self->bands->len, saving) : 0;
  double y = space->first_top;
  gboolean page_is_empty = !space->is_begun;
  guint page = 0;

  for (guint i = 0; i < self->bands->len; i++)
    {
      Band *band = &g_array_index (self->bands, Band, i);
      double height, room;

      if (saving > 0)
        band->row_height = choose_height (band, saving, rest);
      height = get_height (band->rows, band->row_height);
      room = space->height - (page_is_empty ? y : space->other_top);
      if (space->height > 0 && height > room)
        {
          squeeze (band, room);
          height = get_height (band->rows, band->row_height) * band->scale;
        }
      if (space->height > 0 && !page_is_empty && y + height > space->height + 0.5)
        {
          page++;
          y = space->other_top;
        }
      band->page = page;
      band->y = y;
      y += height;
      *lowest = MAX (*lowest, y);
      y += GAP;
      page_is_empty = FALSE;
    }

  return page + 1;
}

/* The best way to put the first so many bands on pages */
typedef struct
{
  double cost;
  guint from; /* first band of the last page */
} Spread;

/* The height of rows that fills a page with these bands */
static double
get_filling_height (const Planner *self,
                    guint          from,
                    guint          end,
                    double         top)
{
  const Band *last = &g_array_index (self->bands, Band, end - 1);
  int rows = last->first + last->rows - g_array_index (self->bands, Band, from).first;

  return (self->space->height - top - (rows - 1) * GAP) / rows;
}

static double
get_top (const Planner *self,
         guint          from)
{
  return from == 0 ? self->space->first_top : self->space->other_top;
}

static Spread
find_spread (const Planner *self,
             const GArray  *spreads,
             guint          end)
{
  Spread best = { G_MAXDOUBLE, end - 1 };

  for (guint from = end; from > 0; from--)
    {
      double height = get_filling_height (self, from - 1, end, get_top (self, from - 1));
      double cost;

      /* One band has to fit, whatever becomes of its rows */
      if (height < LOW_ROW_HEIGHT && from < end)
        break;
      cost = g_array_index (spreads, Spread, from - 1).cost + COST_OF_PAGE +
             (height - ROW_HEIGHT) * (height - ROW_HEIGHT);
      if (cost < best.cost)
        best = (Spread){ cost, from - 1 };
    }

  return best;
}

/* The same, where bands that have enough leave the rest to the others */
static double
share_height (const Planner *self,
              guint          from,
              guint          end,
              double         top)
{
  double height = get_filling_height (self, from, end, top);
  double last = 0;

  /* Each round is higher, and there are no more rounds than heights that are enough. */
  while (height > last + 0.5)
    {
      double left = get_filling_height (self, from, end, top);
      int n_all = 0, n_open = 0;

      last = height;
      for (guint i = from; i < end; i++)
        n_all += g_array_index (self->bands, Band, i).rows;
      left *= n_all;
      for (guint i = from; i < end; i++)
        {
          const Band *band = &g_array_index (self->bands, Band, i);

          if (band->enough < last)
            left -= band->rows * band->enough;
          else
            n_open += band->rows;
        }
      if (n_open > 0)
        height = left / n_open;
    }

  return height;
}

/* Of bands that have a page to themselves */
static void
fill_page (Planner *self,
           guint    from,
           guint    end,
           guint    page,
           double  *lowest)
{
  double y = get_top (self, from);
  double height = share_height (self, from, end, y);
  double rest = find_rest (self, from, end, height);

  for (guint i = from; i < end; i++)
    {
      Band *band = &g_array_index (self->bands, Band, i);

      band->row_height = CLAMP (choose_height (band, height, rest), MIN_ROW_HEIGHT, band->enough);
      if (height < MIN_ROW_HEIGHT)
        squeeze (band, self->space->height - y);
      band->page = page;
      band->y = y;
      y += get_height (band->rows, band->row_height) * band->scale;
      *lowest = MAX (*lowest, y);
      y += GAP;
    }
}

static guint
spread_bands (Planner *self,
              double  *lowest)
{
  g_autoptr(GArray) spreads = g_array_new (FALSE, FALSE, sizeof (Spread));
  g_autoptr(GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint));
  Spread none = { 0, 0 };
  guint end = self->bands->len;

  g_array_append_val (spreads, none);
  for (guint i = 1; i <= self->bands->len; i++)
    {
      Spread spread = find_spread (self, spreads, i);

      g_array_append_val (spreads, spread);
    }
  while (end > 0)
    {
      end = g_array_index (spreads, Spread, end).from;
      g_array_append_val (starts, end);
    }
  for (guint i = 0; i < starts->len; i++)
    {
      guint page = starts->len - 1 - i;

      fill_page (self, g_array_index (starts, guint, i), i > 0 ? g_array_index (starts, guint, i - 1) : self->bands->len,
                 page, lowest);
    }

  return MAX (starts->len, 1);
}

static const Band *
find_band (const Planner *self,
           int            row)
{
  for (guint i = self->bands->len; i > 0; i--)
    if (g_array_index (self->bands, Band, i - 1).first <= row)
      return &g_array_index (self->bands, Band, i - 1);

  return NULL;
}

static void
place_widgets (const Planner *self,
               CptPagePlan   *plan)
{
  double column = (self->space->width - (self->columns - 1) * GAP) / self->columns;

  for (guint i = 0; i < self->n_rects; i++)
    {
      const CptGridRect *rect = &self->rects[i];
      const Band *band = find_band (self, rect->y);
      CptPagePlace place = { .widget = self->start + i };

      if (band == NULL)
        continue;
      place.page = plan->n_pages + band->page;
      place.scale = band->scale;
      place.x = rect->x * (column + GAP) * band->scale;
      place.y = band->y + (rect->y - band->first) * (band->row_height + GAP) * band->scale;
      place.width = rect->w * (column + GAP) - GAP;
      place.height = rect->h * (band->row_height + GAP) - GAP;
      g_array_append_val (plan->places, place);
    }
}

/* Behind what is planned already */
static void
add_page (CptPagePlan        *plan,
          const CptDashboard *dashboard,
          guint               page,
          const CptPageSpace *space)
{
  Planner self = { .space = space };
  guint n_pages;

  self.bands = g_array_new (FALSE, FALSE, sizeof (Band));
  init_rects (&self, dashboard, page);
  init_bands (&self, dashboard);
  cut_bands (&self, dashboard);
  if (space->fill && space->height > 0 && !space->is_begun)
    n_pages = spread_bands (&self, &plan->height);
  else
    n_pages = place_bands (&self, &plan->height);
  place_widgets (&self, plan);
  for (guint i = 0; i < n_pages; i++)
    g_array_append_val (plan->parts, page);
  plan->n_pages += n_pages;
  g_array_unref (self.bands);
  g_free (self.rects);
}

CptPagePlan *
cpt_page_plan_new (const CptDashboard *dashboard,
                   const CptPageSpace *space)
{
  CptPagePlan *plan;
  CptPageSpace next;

  g_return_val_if_fail (dashboard != NULL, NULL);
  g_return_val_if_fail (space != NULL, NULL);

  plan = g_new0 (CptPagePlan, 1);
  plan->places = g_array_new (FALSE, FALSE, sizeof (CptPagePlace));
  plan->parts = g_array_new (FALSE, FALSE, sizeof (guint));
  plan->height = space->first_top;
  next = *space;
  next.first_top = space->other_top;
  next.is_begun = FALSE;
  add_page (plan, dashboard, 0, space);
  for (guint i = 1; space->height > 0 && i < cpt_dashboard_get_n_pages (dashboard); i++)
    add_page (plan, dashboard, i, &next);

  return plan;
}

void
cpt_page_plan_free (CptPagePlan *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->places);
  g_array_unref (self->parts);
  g_free (self);
}
