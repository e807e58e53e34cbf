/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A description has the place of the plot, of some marks and labels, the colour
 * of the ink at each, and a coarse grid of mean colours. Counts, texts and the
 * order must be the same; places, colours and cells may be off by as much as
 * another version of the font library moves them. */
#include "config.h"
#include "picture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GRID_COLUMNS 16
#define GRID_ROWS 10
#define MAX_MARKS 16
#define MAX_LABELS 20

/* Units of the chart, and parts of the number */
#define PLACE_TOLERANCE 9.0
#define PLACE_SHARE 0.03
/* Around a mark, in units of the chart: the colour there is a mean */
#define MARK_REACH 4
/* Of 255 */
#define COLOR_TOLERANCE 44
/* Of 15: a cell is written with one digit for each channel */
#define CELL_TOLERANCE 1
/* Of GRID_COLUMNS x GRID_ROWS */
#define MAX_CELLS_OFF 3

/* WCAG asks for 4.5; thin letters don't reach their own colour */
#define MIN_CONTRAST 4.2

typedef struct
{
  const guint32 *pixels;
  int stride; /* in pixels */
  int width;
  int height;
} Canvas;

typedef struct
{
  int from_x;
  int from_y;
  int to_x;
  int to_y;
} Box;

static Canvas
look_at (cairo_surface_t *surface)
{
  cairo_surface_flush (surface);

  return (Canvas){ (const guint32 *) (const void *) cairo_image_surface_get_data (surface),
                   cairo_image_surface_get_stride (surface) / 4, cairo_image_surface_get_width (surface),
                   cairo_image_surface_get_height (surface) };
}

static Box
find_box (const Canvas       *canvas,
          const CptChartRect *area)
{
  return (Box){ CLAMP ((int) floor (area->x * PICTURE_SCALE), 0, canvas->width),
                CLAMP ((int) floor (area->y * PICTURE_SCALE), 0, canvas->height),
                CLAMP ((int) ceil ((area->x + area->width) * PICTURE_SCALE), 0, canvas->width),
                CLAMP ((int) ceil ((area->y + area->height) * PICTURE_SCALE), 0, canvas->height) };
}

static int
get_channel (guint32 pixel,
             int     channel)
{
  return (pixel >> (16 - 8 * channel)) & 0xff;
}

static int
get_distance (guint32 a,
              guint32 b)
{
  int distance = 0;

  for (int channel = 0; channel < 3; channel++)
    distance = MAX (distance, ABS (get_channel (a, channel) - get_channel (b, channel)));

  return distance;
}

static CptChartColor
get_color (guint32 pixel)
{
  return (CptChartColor){ get_channel (pixel, 0) / 255.0, get_channel (pixel, 1) / 255.0, get_channel (pixel, 2) / 255.0, 1 };
}

/* The colour that most pixels of a box have */
static guint32
find_ground (const Canvas *canvas,
             const Box    *box)
{
  g_autoptr(GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint32 ground = 0;
  guint most = 0;

  for (int y = box->from_y; y < box->to_y; y++)
    for (int x = box->from_x; x < box->to_x; x++)
      {
        guint32 pixel = canvas->pixels[y * canvas->stride + x];
        guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GUINT_TO_POINTER (pixel))) + 1;

        g_hash_table_insert (counts, GUINT_TO_POINTER (pixel), GUINT_TO_POINTER (count));
        if (count > most)
          {
            most = count;
            ground = pixel;
          }
      }

  return ground;
}

/* What the letters of a label stand on; large ones may cover more than half of their own box */
static guint32
find_label_ground (const Canvas       *canvas,
                   const CptChartRect *area)
{
  CptChartRect around = { area->x - 2, area->y - 2, area->width + 4, area->height + 4 };
  Box box = find_box (canvas, &around);

  return find_ground (canvas, &box);
}

/* The colour in a box that is least like @ground */
static guint32
find_ink (const Canvas *canvas,
          const Box    *box,
          guint32       ground)
{
  guint32 ink = ground;
  int farthest = 0;

  for (int y = box->from_y; y < box->to_y; y++)
    for (int x = box->from_x; x < box->to_x; x++)
      {
        guint32 pixel = canvas->pixels[y * canvas->stride + x];
        int distance = get_distance (pixel, ground);

        if (distance > farthest)
          {
            farthest = distance;
            ink = pixel;
          }
      }

  return ink;
}

/* The mean colour of a box: sums of its channels, and how many pixels it has */
static guint
add_up (const Canvas *canvas,
        const Box    *box,
        guint64       sums[3])
{
  guint n = 0;

  for (int y = box->from_y; y < box->to_y; y++)
    for (int x = box->from_x; x < box->to_x; x++, n++)
      for (int channel = 0; channel < 3; channel++)
        sums[channel] += (guint64) get_channel (canvas->pixels[y * canvas->stride + x], channel);

  return MAX (n, 1);
}

/* ---- describe ---- */

static void
describe_mark (GString            *text,
               const Canvas       *canvas,
               const CptChartMark *mark,
               gboolean            is_whole)
{
  CptChartRect around = { mark->x - MARK_REACH, mark->y - MARK_REACH, 2 * MARK_REACH, 2 * MARK_REACH };
  Box box = find_box (canvas, &around);
  guint64 sums[3] = { 0 };
  guint n = add_up (canvas, &box, sums);

  if (is_whole)
    g_string_append_printf (text, "mark %d/%d at %.0f %.0f %.0f %.0f", mark->series, mark->category, mark->area.x, mark->area.y,
                            mark->area.width, mark->area.height);
  else
    g_string_append (text, "mark");
  g_string_append_printf (text, " #%02x%02x%02x\n", (guint) (sums[0] / n), (guint) (sums[1] / n), (guint) (sums[2] / n));
}

static void
describe_label (GString             *text,
                const Canvas        *canvas,
                const CptChartLabel *label,
                gboolean             is_whole)
{
  Box box = find_box (canvas, &label->area);
  guint32 ground = find_label_ground (canvas, &label->area);

  if (is_whole)
    g_string_append_printf (text, "label at %.0f %.0f %.0f %.0f", label->area.x, label->area.y, label->area.width,
                            label->area.height);
  else
    g_string_append (text, "label");
  g_string_append_printf (text, " #%06x on #%06x", find_ink (canvas, &box, ground) & 0xffffff, ground & 0xffffff);
  if (is_whole)
    {
      g_autofree char *line = g_strdelimit (g_strdup (label->text), "\n", '|');

      g_string_append_printf (text, " %s", line);
    }
  g_string_append_c (text, '\n');
}

/* A mean of 0 to 255 as one of 0 to 15 */
static guint
get_digit (guint64 sum,
           guint   n)
{
  return (guint) ((sum * 15 / n + 127) / 255);
}

static void
describe_grid (GString      *text,
               const Canvas *canvas)
{
  for (int row = 0; row < GRID_ROWS; row++)
    {
      Box box = { 0, row * canvas->height / GRID_ROWS, 0, (row + 1) * canvas->height / GRID_ROWS };

      g_string_append (text, "grid");
      for (int column = 0; column < GRID_COLUMNS; column++)
        {
          guint64 sums[3] = { 0 };
          guint n;

          box.from_x = column * canvas->width / GRID_COLUMNS;
          box.to_x = (column + 1) * canvas->width / GRID_COLUMNS;
          n = add_up (canvas, &box, sums);
          g_string_append_printf (text, "%s%x%x%x", column == 0 ? " " : "", get_digit (sums[0], n), get_digit (sums[1], n),
                                  get_digit (sums[2], n));
        }
      g_string_append_c (text, '\n');
    }
}

char *
picture_describe (cairo_surface_t      *surface,
                  const CptChartLayout *layout,
                  gboolean              is_whole)
{
  Canvas canvas = look_at (surface);
  GString *text = g_string_new (NULL);
  guint marks = layout->marks->len;
  guint labels = layout->labels->len;

  if (is_whole)
    g_string_append_printf (text, "plot at %.0f %.0f %.0f %.0f\n", layout->plot.x, layout->plot.y, layout->plot.width,
                            layout->plot.height);
  g_string_append_printf (text, "marks =%u\n", marks);
  for (guint i = 0; i < MIN (marks, MAX_MARKS); i++)
    describe_mark (text, &canvas, &g_array_index (layout->marks, CptChartMark, i * marks / MIN (marks, MAX_MARKS)), is_whole);
  g_string_append_printf (text, "labels =%u\n", labels);
  for (guint i = 0; i < MIN (labels, MAX_LABELS); i++)
    describe_label (text, &canvas, &g_array_index (layout->labels, CptChartLabel, i * labels / MIN (labels, MAX_LABELS)), is_whole);
  describe_grid (text, &canvas);

  return g_string_free (text, FALSE);
}

/* ---- compare ---- */

static gboolean
is_number (const char *word)
{
  char *end;

  g_ascii_strtod (word, &end);

  return *word != '\0' && *end == '\0';
}

static guint32
parse_color (const char *word)
{
  return (guint32) g_ascii_strtoull (word, NULL, 16);
}

static gboolean
is_like (const char *expected,
         const char *actual)
{
  if (expected[0] == '#' && actual[0] == '#' && strlen (expected) == 7)
    return get_distance (parse_color (expected + 1), parse_color (actual + 1)) <= COLOR_TOLERANCE;
  if (is_number (expected) && is_number (actual))
    {
      double a = g_ascii_strtod (expected, NULL);
      double b = g_ascii_strtod (actual, NULL);

      return fabs (a - b) <= PLACE_TOLERANCE + PLACE_SHARE * MAX (fabs (a), fabs (b));
    }

  return g_str_equal (expected, actual);
}

static gboolean
is_line_like (const char *expected,
              const char *actual)
{
  g_auto(GStrv) a = g_strsplit (expected, " ", -1);
  g_auto(GStrv) b = g_strsplit (actual, " ", -1);

  if (g_strv_length (a) != g_strv_length (b))
    return FALSE;
  for (guint i = 0; a[i] != NULL; i++)
    if (!is_like (a[i], b[i]))
      return FALSE;

  return TRUE;
}

static int
count_cells_off (const char *expected,
                 const char *actual)
{
  gsize length = strlen (expected);
  int off = 0;

  if (strlen (actual) != length)
    return GRID_COLUMNS * GRID_ROWS;
  for (gsize i = strlen ("grid "); i + 2 < length; i += 3)
    for (gsize channel = 0; channel < 3; channel++)
      if (ABS (g_ascii_xdigit_value (expected[i + channel]) - g_ascii_xdigit_value (actual[i + channel])) > CELL_TOLERANCE)
        {
          off++;
          break;
        }

  return off;
}

char *
picture_compare (const char *expected,
                 const char *actual)
{
  g_auto(GStrv) a = g_strsplit (expected, "\n", -1);
  g_auto(GStrv) b = g_strsplit (actual, "\n", -1);
  int off = 0;

  for (guint i = 0; a[i] != NULL || b[i] != NULL; i++)
    {
      if (a[i] == NULL || b[i] == NULL)
        return g_strdup_printf ("expected “%s”, is “%s”", a[i] != NULL ? a[i] : "", b[i] != NULL ? b[i] : "");
      if (g_str_has_prefix (a[i], "grid ") && g_str_has_prefix (b[i], "grid "))
        off += count_cells_off (a[i], b[i]);
      else if (!is_line_like (a[i], b[i]))
        return g_strdup_printf ("expected “%s”, is “%s”", a[i], b[i]);
    }

  return off > MAX_CELLS_OFF ? g_strdup_printf ("%d of %d cells have another colour", off, GRID_COLUMNS * GRID_ROWS) : NULL;
}

/* ---- what must never be ---- */

static gboolean
overlap (const CptChartRect *a,
         const CptChartRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

static gboolean
is_cut (const Canvas       *canvas,
        const CptChartRect *area)
{
  /* Ink may be as much as its anti-aliasing outside */
  return area->x < -1 || area->y < -1 || (area->x + area->width - 1) * PICTURE_SCALE > canvas->width ||
         (area->y + area->height - 1) * PICTURE_SCALE > canvas->height;
}

char *
picture_find_fault (cairo_surface_t      *surface,
                    const CptChartLayout *layout)
{
  Canvas canvas = look_at (surface);

  for (guint i = 0; i < layout->labels->len; i++)
    {
      const CptChartLabel *label = &g_array_index (layout->labels, CptChartLabel, i);
      Box box = find_box (&canvas, &label->area);
      guint32 ground = find_label_ground (&canvas, &label->area);
      CptChartColor under = get_color (ground);
      CptChartColor ink = get_color (find_ink (&canvas, &box, ground));
      double contrast = cpt_chart_color_get_contrast (&ink, &under);

      if (is_cut (&canvas, &label->area))
        return g_strdup_printf ("“%s” is cut by the edge", label->text);
      if (contrast < MIN_CONTRAST)
        return g_strdup_printf ("“%s” has a contrast of %.2f", label->text, contrast);
      for (guint j = 0; j < i; j++)
        if (overlap (&label->area, &g_array_index (layout->labels, CptChartLabel, j).area))
          return g_strdup_printf ("“%s” covers “%s”", label->text, g_array_index (layout->labels, CptChartLabel, j).text);
    }

  return NULL;
}
