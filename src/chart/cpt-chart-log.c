/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which values are on a logarithmic scale, and what is said of those that can't be: there is no
 * zero on it, and nothing below. Where nothing is above zero the scale is linear. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

const CptChartChoice cpt_chart_scales[] = {
  { "linear", N_("Linear") },
  { "log", N_("Logarithmic") },
  { NULL },
};

gboolean
cpt_chart_get_log_range (const CptChartData *data,
                         int                 series,
                         double             *min,
                         double             *max)
{
  gboolean any = FALSE;

  *min = G_MAXDOUBLE;
  *max = 0;
  for (guint s = 0; s < data->series->len; s++)
    for (guint i = 0; i < data->categories->len && (series < 0 || s == (guint) series); i++)
      {
        double value = cpt_chart_data_get_value (data, s, i);

        if (!(value > 0))
          continue;
        any = TRUE;
        *min = MIN (*min, value);
        *max = MAX (*max, value);
      }
  /* A target is of the first series */
  if (any && series <= 0 && isfinite (data->target) && data->target > 0)
    {
      *min = MIN (*min, data->target);
      *max = MAX (*max, data->target);
    }

  return any;
}

gboolean
cpt_chart_is_log (const CptChart *chart,
                  const char     *option,
                  int             series)
{
  double min, max;

  return cpt_chart_is_option (chart, option, "log") && cpt_chart_get_log_range (chart->data, series, &min, &max);
}

/* Values of zero or less; what is missing is none */
static guint
count_lost (const CptChartData *data,
            int                 series)
{
  guint count = 0;

  for (guint s = 0; s < data->series->len; s++)
    for (guint i = 0; i < data->categories->len && (series < 0 || s == (guint) series); i++)
      if (cpt_chart_data_get_value (data, s, i) <= 0)
        count++;

  return count;
}

char *
cpt_chart_annotate_scales (const CptChart *chart,
                           const char     *first,
                           const char     *second)
{
  const char *const scales[] = { first, second };
  guint lost = 0;
  g_autofree char *number = NULL;

  for (int i = 0; i < (int) G_N_ELEMENTS (scales); i++)
    {
      int series = second == NULL ? CPT_CHART_ALL_SERIES : i;

      if (scales[i] == NULL || !cpt_chart_is_option (chart, scales[i], "log"))
        continue;
      if (!cpt_chart_is_log (chart, scales[i], series))
        return g_strdup (_("Linear scale: no value is above zero."));
      lost += count_lost (chart->data, series);
    }
  if (lost == 0)
    return NULL;

  number = cpt_chart_format_value (&(CptChartUnit){ .measure = CPT_CHART_COUNT }, lost);

  /* Translators: %s is a number */
  return g_strdup_printf (ngettext ("Logarithmic scale, without %s value of 0 or less.",
                                    "Logarithmic scale, without %s values of 0 or less.", lost),
                          number);
}
