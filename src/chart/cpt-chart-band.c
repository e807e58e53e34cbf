/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bands: the places of categories side by side, of bars that stand or lie. Where not all have
 * room, those of a calendar share places, of others the first are shown, or the largest where
 * their order means nothing; what the rest comes to is said. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  guint category;
  double size; /* NAN: nothing is there */
} Size;

/* Of what a category has in all, or of its first series */
static double
get_size (const CptChartData *data,
          guint               category,
          gboolean            stacked)
{
  double sum = 0;
  gboolean any = FALSE;

  for (guint s = 0; s < (stacked ? data->series->len : 1); s++)
    {
      double value = cpt_chart_data_get_value (data, s, category);

      if (isnan (value))
        continue;
      sum += value;
      any = TRUE;
    }

  return any ? sum : NAN;
}

/* Largest first; equal ones stay as they were, and what is missing comes last */
static int
compare_sizes (gconstpointer a,
               gconstpointer b)
{
  const Size *first = a;
  const Size *second = b;

  if (isnan (first->size) != isnan (second->size))
    return isnan (first->size) ? 1 : -1;
  if (!isnan (first->size) && first->size != second->size)
    return first->size > second->size ? -1 : 1;

  return (first->category > second->category) - (first->category < second->category);
}

GArray *
cpt_chart_pick_largest (const CptChartData *data,
                        guint               count,
                        gboolean            stacked)
{
  guint n = data->categories->len;
  g_autofree Size *sizes = NULL;
  GArray *picked;

  if (!data->is_unordered || count >= n)
    return NULL;

  sizes = g_new (Size, n);
  for (guint i = 0; i < n; i++)
    sizes[i] = (Size){ i, get_size (data, i, stacked) };
  qsort (sizes, n, sizeof (Size), compare_sizes);
  picked = g_array_sized_new (FALSE, FALSE, sizeof (guint), count);
  for (guint i = 0; i < count; i++)
    g_array_append_val (picked, sizes[i].category);

  return picked;
}

void
cpt_bands_fit (CptBands        *self,
               CptChartContext *context,
               double           room,
               double           least,
               gboolean         shares_places)
{
  guint n = context->data->categories->len;

  g_clear_pointer (&self->picked, g_array_unref);
  self->context = context;
  self->stride = 1;
  self->count = (guint) CLAMP (floor (room / least), 1, n);
  if (!shares_places)
    return;

  self->stride = (guint) MAX (ceil (n / MAX (room, 1)), 1);
  self->count = (n + self->stride - 1) / self->stride;
}

void
cpt_bands_pick (CptBands *self,
                gboolean  stacked)
{
  g_clear_pointer (&self->picked, g_array_unref);
  if (self->stride == 1)
    self->picked = cpt_chart_pick_largest (self->context->data, self->count, stacked);
}

void
cpt_bands_clear (CptBands *self)
{
  g_clear_pointer (&self->picked, g_array_unref);
}

guint
cpt_bands_get_category (const CptBands *self,
                        guint           band)
{
  const CptChartData *data = self->context->data;
  guint first = band * self->stride;
  guint picked = first;

  if (self->picked != NULL)
    return g_array_index (self->picked, guint, band);

  for (guint i = first + 1; i < MIN (first + self->stride, data->categories->len); i++)
    {
      double value = cpt_chart_data_get_value (data, 0, i);
      double best = cpt_chart_data_get_value (data, 0, picked);

      if (isnan (best) || fabs (value) > fabs (best))
        picked = i;
    }

  return picked;
}

double
cpt_bands_get_middle (const CptBands *self,
                      double          band)
{
  return self->plot.x + (band + 0.5) * self->size;
}

static double
place_date (gint64   date,
            gpointer user_data)
{
  const CptBands *self = user_data;
  const GArray *categories = self->context->data->categories;
  guint low = 0;
  guint high = categories->len;

  while (low + 1 < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (categories, CptChartCategory, middle).start <= date)
        low = middle;
      else
        high = middle;
    }

  return cpt_bands_get_middle (self, (double) low / self->stride);
}

void
cpt_bands_draw_labels (const CptBands *self)
{
  CptChartContext *context = self->context;
  CptTextStyle style = { .color = context->style->muted, .anchor = CPT_ANCHOR_MIDDLE };
  guint every = (guint) MAX (ceil (3.2 * context->em / self->size), 1);
  double y = self->plot.y + self->plot.height + 1.35 * context->em;

  if (context->data->bucket != CPT_BUCKET_NONE)
    {
      cpt_date_axis_draw (context, &self->plot, place_date, (gpointer) self);
      return;
    }

  style.max_width = every * self->size - 0.6 * context->em;
  for (guint i = 0; i < self->count; i += every)
    {
      g_autofree char *text = cpt_chart_data_dup_label (context->data, cpt_bands_get_category (self, i));
      double half = MIN (cpt_chart_measure (context, text, &style), style.max_width) / 2;
      double x = cpt_bands_get_middle (self, i);

      if (x + half <= context->width && x - half >= 0)
        cpt_chart_draw_text (context, text, &style, x, y);
    }
}

gboolean
cpt_bands_are_cut (const CptBands *self)
{
  return self->stride == 1 && self->count < self->context->data->categories->len;
}

/* What is not shown comes to, where that can be added up: over all series that are shown together */
static double
add_up_rest (const CptBands *self,
             gboolean        stacked)
{
  const CptChartData *data = self->context->data;
  double sum = 0;

  for (guint s = 0; s < data->series->len; s++)
    if (!cpt_chart_data_get_series (data, s)->is_additive || cpt_chart_data_get_unit (data, s) != &data->unit)
      return NAN;
  if (data->series->len > 1 && !stacked)
    return NAN;

  for (guint i = 0; i < data->categories->len; i++)
    {
      double size = get_size (data, i, stacked);

      sum += isnan (size) ? 0 : size;
    }
  for (guint i = 0; i < self->count; i++)
    {
      double size = get_size (data, cpt_bands_get_category (self, i), stacked);

      sum -= isnan (size) ? 0 : size;
    }

  return isfinite (sum) ? sum : NAN;
}

char *
cpt_bands_dup_rest (const CptBands *self,
                    gboolean        stacked)
{
  g_autofree char *more = cpt_chart_format_more (self->context->data->categories->len - self->count);
  double sum = add_up_rest (self, stacked);
  g_autofree char *value = NULL;

  if (isnan (sum))
    return g_steal_pointer (&more);

  value = cpt_chart_format_short (&self->context->data->unit, sum);

  /* Translators: "and 12 more", and what these are together: "and 12 more with €3,400 in all" */
  return g_strdup_printf (_("%s with %s in all"), more, value);
}

void
cpt_chart_draw_target (CptChartContext    *context,
                       const CptValueAxis *axis,
                       const CptChartRect *plot,
                       gboolean            is_lying)
{
  const double dashes[] = { 0.4 * context->em, 0.3 * context->em };
  double place;

  if (!isfinite (context->data->target) || (axis->ticks.is_log && context->data->target <= 0))
    return;

  place = floor (cpt_value_axis_map (axis, context->data->target)) + 0.5;
  cairo_save (context->cr);
  cairo_set_dash (context->cr, dashes, G_N_ELEMENTS (dashes), 0);
  if (is_lying)
    cpt_chart_draw_line (context, place, plot->y, place, plot->y + plot->height, &context->style->foreground);
  else
    cpt_chart_draw_line (context, plot->x, place, plot->x + plot->width, place, &context->style->foreground);
  cairo_restore (context->cr);
}
