/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever the bytes: a dashboard is refused with a reason, or it has a layout
 * without overlaps, is written as text that reads as the same dashboard, and
 * can be drawn. */

#include "config.h"

#include <string.h>

#include "cpt-page-plan.h"
#include "cpt-report.h"
#include "fuzz.h"

const char *const fuzz_seeds[] = {
  "{\"version\":1,\"title\":\"T\",\"widgets\":[{\"id\":\"a\",\"kind\":\"bar\",\"x\":0,\"y\":0,\"w\":6,\"h\":4,"
  "\"options\":{\"orientation\":\"horizontal\",\"stacking\":\"stacked\"},\"query\":{\"source\":\"deal\"}}]}",
  "{\"version\":1,\"widgets\":[{\"id\":\"a\",\"kind\":\"line\",\"pinned\":true,\"x\":-3,\"w\":99,\"options\":{\"area\":true}},"
  "{\"id\":\"b\",\"kind\":\"number\",\"x\":1e9,\"y\":-1e9},{\"id\":\"c\",\"kind\":\"hologram\",\"new\":[1]}]}",
  "{\"version\":1,\"title\":\"\\u202e\\u0000\",\"widgets\":[{\"id\":\"a\",\"kind\":\"funnel\",\"title\":\"\\ud83d\\ude00\"},"
  "{\"id\":\"b\",\"kind\":\"leaderboard\",\"title\":\"x\",\"h\":100}],\"later\":{}}",
  "{\"version\":1,\"widgets\":[{\"id\":\"a\",\"kind\":\"gauge\",\"options\":{\"target\":1e300,\"shape\":\"bar\"}},"
  "{\"id\":\"b\",\"kind\":\"pie\"},{\"id\":\"c\",\"kind\":\"heat\"},{\"id\":\"d\",\"kind\":\"table\"},{\"id\":\"e\",\"kind\":\"treemap\"},"
  "{\"id\":\"f\",\"kind\":\"radar\"},{\"id\":\"g\",\"kind\":\"scatter\"}]}",
  "{\"version\":1,\"page\":\"A\",\"widgets\":[{\"id\":\"a\",\"kind\":\"bar\"}],\"filters\":[{\"period\":{\"this\":\"year\"}},"
  "{\"source\":\"deal\",\"field\":\"owner\",\"op\":\"in\",\"value\":[]}],\"pages\":[{\"title\":\"B\",\"new\":1,"
  "\"widgets\":[{\"id\":\"b\",\"kind\":\"pie\",\"x\":3},{\"id\":\"c\",\"kind\":\"line\",\"x\":3}]},{}]}",
  "{\"version\":2}",
  NULL,
};

static void
assert_apart (const CptDashboard *dashboard)
{
  guint n = cpt_dashboard_get_n_widgets (dashboard);

  for (guint i = 0; i < n; i++)
    {
      const CptGridRect *a = &cpt_dashboard_get_widget (dashboard, i)->item.rect;

      g_assert_true (a->x >= 0 && a->y >= 0 && a->w >= 1 && a->h >= 1 && a->x + a->w <= CPT_GRID_COLUMNS);
      for (guint j = 0; j < i; j++)
        {
          const CptGridRect *b = &cpt_dashboard_get_widget (dashboard, j)->item.rect;

          if (cpt_dashboard_get_widget (dashboard, i)->page != cpt_dashboard_get_widget (dashboard, j)->page)
            continue;
          g_assert_true (a->x >= b->x + b->w || b->x >= a->x + a->w || a->y >= b->y + b->h || b->y >= a->y + a->h);
        }
    }
}

static void
draw (const CptDashboard *dashboard)
{
  static const CptPageSpace space = { 1080, 700, 60, 30 };
  g_autoptr(CptPagePlan) plan = cpt_page_plan_new (dashboard, &space);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 200, 140);
  cairo_t *cr = cairo_create (surface);
  g_autoptr(CptChartData) data = cpt_chart_data_new (NULL, NULL);
  g_autoptr(CptTextCache) texts = cpt_text_cache_new ();
  CptChartStyle style;

  g_assert_cmpuint (plan->places->len, ==, cpt_dashboard_get_n_widgets (dashboard));
  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  style.texts = texts;
  cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);
  for (guint i = 0; i < 3; i++)
    cpt_chart_data_set_value (data, 0, cpt_chart_data_add_category (data, "Label"), i * 3.0 - 4);
  for (guint i = 0; i < cpt_dashboard_get_n_widgets (dashboard); i++)
    cpt_report_draw_widget (cr, cpt_dashboard_get_widget (dashboard, i), data, &style, 200, 140, NULL);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  g_autofree char *text = g_strndup ((const char *) bytes, length);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_parse (text, -1, &error);
  g_autoptr(CptDashboard) again = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (dashboard == NULL)
    {
      g_assert_nonnull (error);
      g_assert_cmpuint (strlen (error->message), >, 0);
      return 0;
    }

  assert_apart (dashboard);
  first = cpt_dashboard_format (dashboard);
  again = cpt_dashboard_parse (first, -1, &error);
  g_assert_no_error (error);
  second = cpt_dashboard_format (again);
  g_assert_cmpstr (first, ==, second);
  if (cpt_dashboard_get_n_widgets (dashboard) <= 4)
    draw (dashboard);

  return 0;
}
