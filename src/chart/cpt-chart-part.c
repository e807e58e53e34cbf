/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of a whole: which are shown, and what they say. Shares are computed
 * against the largest value, so that no sum overflows. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

static int
compare_parts (gconstpointer a,
               gconstpointer b)
{
  const CptChartPart *first = a;
  const CptChartPart *second = b;

  if (first->value != second->value)
    return first->value > second->value ? -1 : 1;

  return (first->category > second->category) - (first->category < second->category);
}

/* Everything from @first on becomes one part, with @rest that the data has not */
static void
merge_rest (GArray *parts,
            guint   first,
            double  rest,
            double  share)
{
  CptChartPart other = { .category = CPT_CHART_OTHER, .value = rest, .share = share };

  for (guint i = first; i < parts->len; i++)
    {
      const CptChartPart *part = &g_array_index (parts, CptChartPart, i);

      other.value += part->value;
      other.share += part->share;
    }
  other.value = MIN (other.value, G_MAXDOUBLE);
  g_array_set_size (parts, first);
  g_array_append_val (parts, other);
}

GArray *
cpt_chart_create_parts (const CptChartData *data,
                        guint               max_parts)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (CptChartPart));
  double rest = data->rest > 0 ? data->rest : 0;
  double largest;
  double sum = 0;

  for (guint i = 0; i < data->categories->len; i++)
    {
      CptChartPart part = { .category = (int) i, .value = cpt_chart_data_get_value (data, 0, i) };

      if (part.value > 0)
        g_array_append_val (parts, part);
    }
  if (parts->len == 0)
    return parts;

  g_array_sort (parts, compare_parts);
  largest = g_array_index (parts, CptChartPart, 0).value;
  for (guint i = 0; i < parts->len; i++)
    sum += g_array_index (parts, CptChartPart, i).value / largest;
  sum += rest / largest;
  for (guint i = 0; i < parts->len; i++)
    {
      CptChartPart *part = &g_array_index (parts, CptChartPart, i);

      part->share = part->value / largest / sum;
    }
  /* What is not there has a place too */
  if (parts->len + (rest > 0 ? 1 : 0) > MAX (max_parts, 1))
    merge_rest (parts, MAX (max_parts, 1) - 1, rest, rest / largest / sum);
  else if (rest > 0)
    merge_rest (parts, parts->len, rest, rest / largest / sum);

  return parts;
}

char *
cpt_chart_dup_part_label (const CptChartData *data,
                          const CptChartPart *part)
{
  if (part->category == CPT_CHART_OTHER)
    return g_strdup (C_("the remaining groups", "Other"));

  return cpt_chart_data_dup_label (data, (guint) part->category);
}

const char *
cpt_chart_refuse_parts (const CptChart *chart)
{
  gboolean any = FALSE;

  for (guint i = 0; i < chart->data->categories->len; i++)
    {
      double value = cpt_chart_data_get_value (chart->data, 0, i);

      if (value < 0)
        return _("Values below zero are no parts of a whole; choose bars to see them.");
      any = any || value > 0;
    }

  return any ? NULL : _("All values are zero.");
}

char *
cpt_chart_summarize_parts (const CptChart *chart)
{
  const CptChartData *data = chart->data;
  g_autoptr(GArray) parts = cpt_chart_create_parts (data, G_MAXUINT);
  const CptChartPart *first = &g_array_index (parts, CptChartPart, 0);
  g_autofree char *count = g_strdup_printf (ngettext ("%u part", "%u parts", parts->len), parts->len);
  g_autofree char *label = cpt_chart_dup_part_label (data, first);
  g_autofree char *value = cpt_chart_format_spoken (&data->unit, first->value);
  g_autofree char *share = cpt_chart_format_share (first->share);

  /* Translators: title; "12 parts"; name, value and share of the largest */
  return g_strdup_printf (_("%s: %s, largest %s with %s, that is %s."), cpt_chart_get_title (chart), count, label,
                          value, share);
}

char *
cpt_chart_describe_part (const CptChart     *chart,
                         const CptChartMark *mark)
{
  const CptChartData *data = chart->data;
  g_autoptr(GArray) parts = cpt_chart_create_parts (data, G_MAXUINT);
  g_autofree char *label = NULL;
  g_autofree char *value = NULL;
  g_autofree char *share = NULL;

  if (mark->category == CPT_CHART_OTHER)
    return g_strdup (_("Other: the smaller parts together"));

  label = cpt_chart_data_dup_label (data, (guint) mark->category);
  value = cpt_chart_format_spoken (&data->unit, cpt_chart_data_get_value (data, 0, (guint) mark->category));
  for (guint i = 0; i < parts->len && share == NULL; i++)
    if (g_array_index (parts, CptChartPart, i).category == mark->category)
      share = cpt_chart_format_share (g_array_index (parts, CptChartPart, i).share);
  if (share == NULL)
    return g_strdup_printf (_("%s: %s"), label, value);

  /* Translators: a part of a whole, its value, its share of the whole */
  return g_strdup_printf (_("%s: %s, %s of all"), label, value, share);
}
