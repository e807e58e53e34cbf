/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of chart looks as it did when a person last looked at it: light,
 * dark, on paper, with patterns, and narrow in French. What they looked like is
 * in pictures/NAME.txt, as words and numbers (picture.h).
 *
 *   test-pictures --write           describes them anew, in the source
 *   test-pictures --sheets FOLDER   draws them side by side, and each kind with
 *                                   hostile data, for people
 *
 * Look at the sheets before you write. */
#include "config.h"

#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#include "../chart/chart-sample.h"
#include "cpt-locale-private.h"
#include "picture.h"
#include "sample.h"

/* The letters that the pictures were made with, whatever else a machine has */
#define FONT "DejaVu Sans"

/* Of a dashboard 1200 wide, and of one on a telephone */
#define COLUMN 98
#define ROW 60
#define NARROW_WIDTH 328

typedef struct
{
  const char *name;
  CptChartTheme theme;
  gboolean patterns;
  gboolean narrow;
  gboolean french;
} Look;

static const Look looks[] = {
  { .name = "light", .theme = CPT_CHART_THEME_LIGHT },
  { .name = "dark", .theme = CPT_CHART_THEME_DARK },
  { .name = "print", .theme = CPT_CHART_THEME_PRINT },
  { .name = "patterns", .theme = CPT_CHART_THEME_PRINT, .patterns = TRUE },
  { .name = "narrow", .theme = CPT_CHART_THEME_LIGHT, .narrow = TRUE, .french = TRUE },
};

/**
 * Picture:
 * @id: of a widget of the sample, or of what is made here
 * @options: (nullable): JSON
 * @columns: of its widget; 0: as the sample has it
 */
typedef struct
{
  const char *id;
  const char *kind;
  const char *options;
  int columns;
  int rows;
} Picture;

/* Those that the sample's dashboard does not have */
static const Picture more[] = {
  { "goals", "goals", NULL, 4, 5 },
  { "image", "image", NULL, 4, 4 },
  { "pie", "pie", "{\"shape\":\"pie\"}", 5, 4 },
  { "stacked-rows", "bar", "{\"stacking\":\"stacked\",\"orientation\":\"horizontal\"}", 5, 5 },
  { "filled-lines", "line", "{\"area\":true}", 6, 5 },
  { "log-bars", "bar", "{\"scale\":\"log\"}", 6, 4 },
  { "log-rows", "bar", "{\"scale\":\"log\",\"orientation\":\"horizontal\"}", 5, 5 },
  { "log-lines", "line", "{\"scale\":\"log\"}", 6, 5 },
  { "log-area", "line", "{\"scale\":\"log\",\"area\":true}", 6, 4 },
  { "log-both", "combo", "{\"scale\":\"log\"}", 6, 5 },
  { "log-line-both", "combo", "{\"scale\":\"log\",\"line_scale\":\"log\"}", 6, 5 },
  { "figures", "radar", NULL, 6, 5 },
  { "so-far-bars", "bar", NULL, 6, 4 },
  { "so-far-lines", "line", NULL, 6, 4 },
  { "so-far-both", "combo", NULL, 6, 5 },
  { "so-far-mix", "bar", "{\"stacking\":\"stacked\"}", 4, 5 },
  { "log-points", "scatter", "{\"scale\":\"log\",\"scale_across\":\"log\"}", 6, 5 },
  { "empty", "bar", NULL, 4, 4 },
  { "error", "line", NULL, 4, 4 },
  { "waiting", "funnel", NULL, 4, 4 },
};

/* ---- what is drawn ---- */

static CptChartData *
create_goals (gboolean french)
{
  static const char *const titles[] = { "Revenue", "Calls", "New customers" };
  static const char *const french_titles[] = { "Chiffre d’affaires de l’équipe", "Appels", "Nouveaux clients" };
  static const char *const details[] = { "€93,480 of €120,000, €101K expected", "118 of 100", "4 of 30, 22 expected" };
  static const char *const french_details[] = { "93 480 € sur 120 000 €, 101 k€ attendus", "118 sur 100", "4 sur 30, 22 attendus" };
  static const double shares[] = { 0.779, 1.18, 0.13 };
  static const double paces[] = { 0.84, 0.7, 0.73 };
  static const CptChartUnit percent = { CPT_CHART_PERCENT, "", NULL };
  CptChartData *data = cpt_chart_data_new (french ? "Objectifs" : "Goals", &percent);

  cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);
  cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_COMPARISON);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      cpt_chart_data_add_category (data, french ? french_titles[i] : titles[i]);
      cpt_chart_data_add_item (data, french ? french_titles[i] : titles[i], french ? french_details[i] : details[i], "Q4 2026");
      cpt_chart_data_set_value (data, 0, i, shares[i]);
      cpt_chart_data_set_value (data, 1, i, paces[i]);
    }
  cpt_chart_data_set_flag (data, 0, 2, CPT_CHART_FLAG_LOW);

  return data;
}

static CptChartData *
create_image (void)
{
  CptChartData *data = cpt_chart_data_new ("Logo", NULL);
  cairo_t *cr;

  data->image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 120, 60);
  cr = cairo_create (data->image);
  cairo_set_source_rgb (cr, 0.1, 0.4, 0.7);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.9, 0.6, 0);
  cairo_arc (cr, 60, 30, 20, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_destroy (cr);
  cpt_chart_data_add_item (data, "logo.png", NULL, NULL);

  return data;
}

/* From one euro to five millions, a day when nothing was sold and one with a loss */
static CptChartData *
create_growth (gboolean by_month,
               gboolean french)
{
  static const double values[] = { 100, 900, 4200, 0, 65000, 310000, 2500000, -5000, 18000000, 92000000, 230000000, 500000000 };
  static const CptChartUnit euros = { CPT_CHART_MONEY, "EUR", NULL };
  CptChartData *data = cpt_chart_data_new (french ? "Ventes" : "Sales", &euros);

  cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *label = g_strdup_printf (french ? "Boutique %u" : "Shop %u", i + 1);
      guint category = by_month ? cpt_chart_data_add_bucket (data, CPT_BUCKET_MONTH, cpt_date_from_ymd (2026, (int) i + 1, 1))
                                : cpt_chart_data_add_category (data, label);

      cpt_chart_data_set_value (data, 0, category, values[i]);
    }

  return data;
}

/* The last category of another picture is not over */
static CptChartData *
create_running (const char *id,
                gboolean    french)
{
  CptChartData *data = sample_create_chart (id, french);

  cpt_chart_data_set_running (data, cpt_chart_data_get_n_categories (data) - 1);

  return data;
}

/* (nullable): NULL of what is still being read */
static CptChartData *
create_data (const char *id,
             gboolean    french)
{
  if (g_str_equal (id, "goals"))
    return create_goals (french);
  if (g_str_equal (id, "image"))
    return create_image ();
  if (g_str_equal (id, "pie"))
    return sample_create_chart ("sources", french);
  if (g_str_equal (id, "stacked-rows"))
    return sample_create_chart ("matrix", french);
  if (g_str_equal (id, "filled-lines"))
    return sample_create_chart ("teams", french);
  if (g_str_equal (id, "log-bars") || g_str_equal (id, "log-rows") || g_str_equal (id, "log-area"))
    return create_growth (!g_str_equal (id, "log-rows"), french);
  if (g_str_equal (id, "log-lines"))
    return sample_create_chart ("teams", french);
  if (g_str_equal (id, "so-far-bars") || g_str_equal (id, "so-far-lines"))
    return create_running (g_str_equal (id, "so-far-bars") ? "won" : "trend", french);
  if (g_str_equal (id, "so-far-both") || g_str_equal (id, "so-far-mix"))
    return create_running (g_str_equal (id, "so-far-both") ? "both" : "mix", french);
  if (g_str_equal (id, "log-both") || g_str_equal (id, "log-line-both"))
    return sample_create_chart ("both", french);
  if (g_str_equal (id, "figures"))
    return sample_create_chart ("sellers", french);
  if (g_str_equal (id, "log-points"))
    return sample_create_chart ("pairs", french);
  if (g_str_equal (id, "waiting"))
    return NULL;
  if (g_str_equal (id, "empty") || g_str_equal (id, "error"))
    return chart_sample_create (id);

  return sample_create_chart (id, french);
}

static GArray *
create_pictures (CptDashboard *dashboard)
{
  GArray *pictures = g_array_new (FALSE, FALSE, sizeof (Picture));

  for (guint i = 0; i < cpt_dashboard_get_n_widgets (dashboard); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (dashboard, i);
      Picture picture = { widget->id, widget->kind, NULL, widget->item.rect.w, widget->item.rect.h };

      g_array_append_val (pictures, picture);
    }
  g_array_append_vals (pictures, more, G_N_ELEMENTS (more));

  return pictures;
}

static JsonObject *
dup_options (CptDashboard  *dashboard,
             const Picture *picture)
{
  for (guint i = 0; i < cpt_dashboard_get_n_widgets (dashboard); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (dashboard, i);

      if (g_str_equal (widget->id, picture->id))
        return widget->options != NULL ? json_object_ref (widget->options) : NULL;
    }
  if (picture->options != NULL)
    {
      g_autoptr(JsonNode) node = json_from_string (picture->options, NULL);

      return json_node_dup_object (node);
    }

  return NULL;
}

static void
get_size (const Picture *picture,
          const Look    *look,
          int           *width,
          int           *height)
{
  *width = look->narrow ? NARROW_WIDTH : picture->columns * COLUMN - 24;
  *height = picture->rows * ROW - 30;
}

/* On the ground of @style, PICTURE_SCALE times as large */
static cairo_surface_t *
draw_chart (const CptChart      *chart,
            const CptChartStyle *style,
            int                  width,
            int                  height,
            CptChartLayout      *layout)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * PICTURE_SCALE, height * PICTURE_SCALE);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, style->background.red, style->background.green, style->background.blue);
  cairo_paint (cr);
  cairo_scale (cr, PICTURE_SCALE, PICTURE_SCALE);
  cpt_chart_draw (cr, chart, style, width, height, layout);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);

  return surface;
}

static void
init_theme (CptChartStyle *style,
            CptChartTheme  theme)
{
  cpt_chart_style_init (style, theme);
  style->font_family = FONT;
}

static void
init_style (CptChartStyle *style,
            const Look    *look)
{
  init_theme (style, look->theme);
  style->patterns = style->patterns || look->patterns;
}

/* What one picture is in one look; the picture itself in @surface where that is asked for */
static char *
describe (CptDashboard     *dashboard,
          const Picture    *picture,
          const Look       *look,
          char            **fault,
          cairo_surface_t **surface)
{
  g_autoptr(CptChartData) data = create_data (picture->id, look->french);
  g_autoptr(JsonObject) options = dup_options (dashboard, picture);
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  CptChart chart = { cpt_chart_kind_find (picture->kind), options, data };
  cairo_surface_t *drawn;
  CptChartStyle style;
  char *text;
  int width, height;

  cpt_locale_override (look->french ? "fr_FR" : "en_US");
  init_style (&style, look);
  get_size (picture, look, &width, &height);
  drawn = draw_chart (&chart, &style, width, height, layout);
  text = picture_describe (drawn, layout, look->theme == CPT_CHART_THEME_LIGHT);
  if (fault != NULL)
    *fault = picture_find_fault (drawn, layout);
  if (surface != NULL)
    *surface = cairo_surface_reference (drawn);
  cairo_surface_destroy (drawn);
  cpt_locale_override (NULL);

  return text;
}

static char *
describe_all (CptDashboard  *dashboard,
              const Picture *picture)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *text = describe (dashboard, picture, &looks[i], NULL, NULL);

      g_string_append_printf (all, "= %s\n%s", looks[i].name, text);
    }

  return g_string_free (all, FALSE);
}

static char *
build_path (const Picture *picture)
{
  g_autofree char *name = g_strconcat (picture->id, ".txt", NULL);

  return g_test_build_filename (G_TEST_DIST, "unit", "report", "pictures", name, NULL);
}

/* ---- tests ---- */

static CptDashboard *sample;

/* The part of @all on one look */
static char *
find_look (const char *all,
           const char *name)
{
  g_autofree char *head = g_strdup_printf ("= %s\n", name);
  const char *start = strstr (all, head);
  const char *end;

  if (start == NULL)
    return g_strdup ("");
  start += strlen (head);
  end = strstr (start, "\n= ");

  return end != NULL ? g_strndup (start, (gsize) (end + 1 - start)) : g_strdup (start);
}

static void
fail_with_picture (const Picture   *picture,
                   const Look      *look,
                   cairo_surface_t *surface,
                   const char      *difference)
{
  g_autofree char *name = g_strdup_printf ("picture-%s-%s.png", picture->id, look->name);
  g_autofree char *path = g_test_build_filename (G_TEST_BUILT, "unit", name, NULL);

  cairo_surface_write_to_png (surface, path);
  g_test_message ("%s, %s: %s. Look at %s; when it is as it should be, run test-pictures --write.", picture->id, look->name,
                  difference, path);
  g_test_fail ();
}

static void
test_a_picture (gconstpointer test_data)
{
  const Picture *picture = test_data;
  g_autofree char *path = build_path (picture);
  g_autofree char *expected = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      cairo_surface_t *surface = NULL;
      g_autofree char *fault = NULL;
      g_autofree char *actual = describe (sample, picture, &looks[i], &fault, &surface);
      g_autofree char *before = find_look (expected, looks[i].name);
      g_autofree char *difference = picture_compare (before, actual);

      if (fault != NULL)
        fail_with_picture (picture, &looks[i], surface, fault);
      else if (difference != NULL)
        fail_with_picture (picture, &looks[i], surface, difference);
      cairo_surface_destroy (surface);
    }
}

/* How the bars of @data differ from those of the sample, drawn with @style */
static char *
compare_bars (const CptChartData  *data,
              const CptChartStyle *style)
{
  g_autoptr(CptChartData) usual = sample_create_chart ("stages", FALSE);
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  CptChart chart = { cpt_chart_kind_find ("bar"), NULL, usual };
  g_autofree char *expected = NULL;
  g_autofree char *actual = NULL;
  cairo_surface_t *surface;
  CptChartStyle light;

  init_theme (&light, CPT_CHART_THEME_LIGHT);
  surface = draw_chart (&chart, &light, 368, 210, layout);
  expected = picture_describe (surface, layout, TRUE);
  cairo_surface_destroy (surface);
  chart.data = data;
  surface = draw_chart (&chart, style, 368, 210, layout);
  actual = picture_describe (surface, layout, TRUE);
  cairo_surface_destroy (surface);

  return picture_compare (expected, actual);
}

static void
test_what_is_wrong_is_noticed (void)
{
  g_autoptr(CptChartData) same = sample_create_chart ("stages", FALSE);
  g_autoptr(CptChartData) missing = sample_create_chart ("stages", FALSE);
  g_autoptr(CptChartData) longer = sample_create_chart ("stages", FALSE);
  char *differences[5] = { NULL };
  CptChartStyle style;

  init_theme (&style, CPT_CHART_THEME_LIGHT);
  g_assert_null (compare_bars (same, &style));

  cpt_chart_data_set_value (missing, 0, 3, NAN);
  differences[0] = compare_bars (missing, &style);
  g_assert_nonnull (differences[0]);
  cpt_chart_data_set_value (longer, 0, 2, 130000000);
  differences[1] = compare_bars (longer, &style);
  g_assert_nonnull (differences[1]);
  style.accent = style.palette[1];
  differences[2] = compare_bars (same, &style);
  g_assert_nonnull (differences[2]);
  init_theme (&style, CPT_CHART_THEME_LIGHT);
  style.muted = style.foreground;
  differences[3] = compare_bars (same, &style);
  g_assert_nonnull (differences[3]);
  init_theme (&style, CPT_CHART_THEME_LIGHT);
  style.font_size *= 1.2;
  differences[4] = compare_bars (same, &style);
  g_assert_nonnull (differences[4]);
  for (guint i = 0; i < G_N_ELEMENTS (differences); i++)
    g_free (differences[i]);
}

/* The same letters, rendered another way, are the same picture */
static void
test_another_rendering_is_the_same (void)
{
  for (guint i = 0; i < cpt_dashboard_get_n_widgets (sample); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (sample, i);
      g_autoptr(CptChartData) data = create_data (widget->id, FALSE);
      g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
      CptChart chart = { cpt_chart_kind_find (widget->kind), widget->options, data };
      char *texts[2] = { NULL };
      g_autofree char *difference = NULL;
      CptChartStyle style;

      init_theme (&style, CPT_CHART_THEME_LIGHT);
      for (guint k = 0; k < 2; k++)
        {
          cairo_surface_t *surface;

          style.font_size *= k == 0 ? 1 : 1.004;
          surface = draw_chart (&chart, &style, widget->item.rect.w * COLUMN - 24, widget->item.rect.h * ROW - 30, layout);
          texts[k] = picture_describe (surface, layout, TRUE);
          cairo_surface_destroy (surface);
        }
      difference = picture_compare (texts[0], texts[1]);
      g_free (texts[0]);
      g_free (texts[1]);
      if (difference != NULL)
        g_test_message ("%s: %s", widget->id, difference);
      g_assert_null (difference);
    }
}

static void
test_faulty_labels_are_noticed (void)
{
  g_autoptr(CptChartData) data = sample_create_chart ("stages", FALSE);
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  CptChart chart = { cpt_chart_kind_find ("bar"), NULL, data };
  g_autofree char *none = NULL;
  g_autofree char *covered = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *pale = NULL;
  cairo_surface_t *surface;
  CptChartStyle style;

  init_theme (&style, CPT_CHART_THEME_LIGHT);
  surface = draw_chart (&chart, &style, 368, 210, layout);
  none = picture_find_fault (surface, layout);
  g_assert_cmpstr (none, ==, NULL);
  g_array_index (layout->labels, CptChartLabel, 1).area = g_array_index (layout->labels, CptChartLabel, 0).area;
  covered = picture_find_fault (surface, layout);
  g_assert_nonnull (covered);
  g_array_index (layout->labels, CptChartLabel, 0).area.x = -20;
  cut = picture_find_fault (surface, layout);
  g_assert_true (g_str_has_suffix (cut, "edge"));
  cairo_surface_destroy (surface);

  style.muted = style.grid;
  style.foreground = style.grid;
  surface = draw_chart (&chart, &style, 368, 210, layout);
  pale = picture_find_fault (surface, layout);
  g_assert_nonnull (pale);
  cairo_surface_destroy (surface);
}

/* ---- for people ---- */

static void
write_pictures (GArray *pictures)
{
  for (guint i = 0; i < pictures->len; i++)
    {
      const Picture *picture = &g_array_index (pictures, Picture, i);
      g_autofree char *path = build_path (picture);
      g_autofree char *text = describe_all (sample, picture);
      g_autoptr(GError) error = NULL;

      if (!g_file_set_contents (path, text, -1, &error))
        g_error ("%s", error->message);
    }
}

/* Places charts in rows on large pictures: NAME.png, NAME-2.png, ... */
typedef struct
{
  const CptChartStyle *style;
  const char *folder;
  const char *name;
  guint page;
  cairo_surface_t *surface;
  cairo_t *cr;
  double x;
  double y;
  double height;
} Sheet;

#define SHEET_WIDTH 1500
#define SHEET_HEIGHT 1250
#define SHEET_GAP 18

static void
sheet_begin (Sheet *sheet)
{
  const CptChartColor *color = &sheet->style->fill;

  sheet->x = sheet->y = SHEET_GAP;
  sheet->height = 0;
  sheet->page++;
  sheet->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SHEET_WIDTH, SHEET_HEIGHT);
  sheet->cr = cairo_create (sheet->surface);
  cairo_set_source_rgb (sheet->cr, color->red, color->green, color->blue);
  cairo_paint (sheet->cr);
}

static void
sheet_write (Sheet *sheet)
{
  g_autofree char *number = sheet->page > 1 ? g_strdup_printf ("-%u", sheet->page) : g_strdup ("");
  g_autofree char *file = g_strconcat (sheet->name, number, ".png", NULL);
  g_autofree char *path = g_build_filename (sheet->folder, file, NULL);

  if (cairo_surface_write_to_png (sheet->surface, path) != CAIRO_STATUS_SUCCESS)
    g_error ("%s was not written", path);
  cairo_destroy (sheet->cr);
  cairo_surface_destroy (sheet->surface);
}

static void
sheet_add (Sheet          *sheet,
           const CptChart *chart,
           int             width,
           int             height)
{
  const CptChartColor *ground = &sheet->style->background;

  if (sheet->x + width + SHEET_GAP > SHEET_WIDTH)
    {
      sheet->x = SHEET_GAP;
      sheet->y += sheet->height + SHEET_GAP;
      sheet->height = 0;
    }
  if (sheet->y + height + SHEET_GAP > SHEET_HEIGHT)
    {
      sheet_write (sheet);
      sheet_begin (sheet);
    }
  cairo_save (sheet->cr);
  cairo_translate (sheet->cr, sheet->x, sheet->y);
  cairo_rectangle (sheet->cr, -6, -6, width + 12, height + 12);
  cairo_set_source_rgb (sheet->cr, ground->red, ground->green, ground->blue);
  cairo_fill (sheet->cr);
  cpt_chart_draw (sheet->cr, chart, sheet->style, width, height, NULL);
  cairo_restore (sheet->cr);
  sheet->x += width + SHEET_GAP;
  sheet->height = MAX (sheet->height, height);
}

static void
write_look (GArray     *pictures,
            const Look *look,
            const char *folder)
{
  CptChartStyle style;
  Sheet sheet = { .style = &style, .folder = folder, .name = look->name };

  cpt_locale_override (look->french ? "fr_FR" : "en_US");
  init_style (&style, look);
  sheet_begin (&sheet);
  for (guint i = 0; i < pictures->len; i++)
    {
      const Picture *picture = &g_array_index (pictures, Picture, i);
      g_autoptr(CptChartData) data = create_data (picture->id, look->french);
      g_autoptr(JsonObject) options = dup_options (sample, picture);
      CptChart chart = { cpt_chart_kind_find (picture->kind), options, data };
      int width, height;

      get_size (picture, look, &width, &height);
      sheet_add (&sheet, &chart, width, height);
    }
  sheet_write (&sheet);
}

/* One kind with everything that it may get; @options: (nullable): JSON */
static void
write_hostile (const CptChartKind *kind,
               const char         *options,
               CptChartTheme       theme,
               const char         *folder)
{
  g_autofree char *name = g_strdup_printf ("hostile-%s%s%s", kind->name, options != NULL ? "-log" : "",
                                           theme == CPT_CHART_THEME_DARK ? "-dark" : "");
  g_autoptr(JsonNode) node = options != NULL ? json_from_string (options, NULL) : NULL;
  CptChartStyle style;
  Sheet sheet = { .style = &style, .folder = folder, .name = name };

  init_theme (&style, theme);
  sheet_begin (&sheet);
  for (const ChartSample *one = chart_samples; one->name != NULL; one++)
    {
      g_autoptr(CptChartData) data = one->create ();
      CptChart chart = { kind, node != NULL ? json_node_get_object (node) : NULL, data };

      sheet_add (&sheet, &chart, 354, 200);
    }
  sheet_write (&sheet);
}

static void
write_sheets (GArray     *pictures,
              const char *folder)
{
  guint n_kinds;
  const CptChartKind *const *kinds = cpt_chart_kind_list (&n_kinds);

  if (g_mkdir_with_parents (folder, 0755) != 0)
    g_error ("%s can't be made", folder);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    write_look (pictures, &looks[i], folder);
  for (guint i = 0; i < n_kinds; i++)
    {
      CptChartTheme theme = i % 2 == 0 ? CPT_CHART_THEME_LIGHT : CPT_CHART_THEME_DARK;

      write_hostile (kinds[i], NULL, theme, folder);
      if (cpt_chart_kind_has_option (kinds[i], "scale"))
        write_hostile (kinds[i], "{\"scale\":\"log\",\"scale_across\":\"log\",\"line_scale\":\"log\",\"area\":true}", theme, folder);
    }
}

/* Pictures of other letters are other pictures */
static gboolean
has_font (void)
{
  PangoFontFamily **families;
  gboolean is_found = FALSE;
  int n_families;

  pango_font_map_list_families (pango_cairo_font_map_get_default (), &families, &n_families);
  for (int i = 0; i < n_families; i++)
    is_found = is_found || g_str_equal (pango_font_family_get_name (families[i]), FONT);
  g_free (families);

  return is_found;
}

static void
test_font (void)
{
  g_test_skip ("There is no font " FONT ".");
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GArray) pictures = NULL;
  int status = EXIT_SUCCESS;

  g_test_init (&argc, &argv, NULL);
  sample = sample_create_dashboard (FALSE);
  pictures = create_pictures (sample);

  if (argc == 2 && g_str_equal (argv[1], "--write"))
    write_pictures (pictures);
  else if (argc == 3 && g_str_equal (argv[1], "--sheets"))
    write_sheets (pictures, argv[2]);
  else if (!has_font ())
    {
      g_test_add_func ("/pictures/look-as-they-did", test_font);
      status = g_test_run ();
    }
  else
    {
      g_test_add_func ("/pictures/what-is-wrong-is-noticed", test_what_is_wrong_is_noticed);
      g_test_add_func ("/pictures/another-rendering-is-the-same", test_another_rendering_is_the_same);
      g_test_add_func ("/pictures/faulty-labels-are-noticed", test_faulty_labels_are_noticed);
      for (guint i = 0; i < pictures->len; i++)
        {
          const Picture *picture = &g_array_index (pictures, Picture, i);
          g_autofree char *path = g_strdup_printf ("/pictures/%s-looks-as-it-did", picture->id);

          g_test_add_data_func (path, picture, test_a_picture);
        }
      status = g_test_run ();
    }
  cpt_dashboard_free (sample);

  return status;
}
