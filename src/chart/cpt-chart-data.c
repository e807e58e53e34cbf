/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a chart. Labels come from people and from other programs:
 * they are cleaned and cut here, so that no kind of chart has to mistrust
 * them. */
#include "config.h"
#include "cpt-chart-data.h"

#include "cpt-text.h"

/* Longer labels could never be seen */
#define MAX_LABEL_BYTES 400

/* Written out, because what G_DEFINE_BOXED_TYPE() expands to is not ISO C */
GType
cpt_chart_data_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      GType registered = g_boxed_type_register_static (g_intern_static_string ("CptChartData"),
                                                       (GBoxedCopyFunc) cpt_chart_data_ref,
                                                       (GBoxedFreeFunc) cpt_chart_data_unref);

      g_once_init_leave (&type, registered);
    }

  return type;
}

static char *
clean_label (const char *text)
{
  g_autofree char *clean = NULL;

  if (text == NULL)
    return NULL;

  clean = cpt_text_clean (text, FALSE);

  return cpt_text_shorten (clean, MAX_LABEL_BYTES);
}

static void
badge_free (gpointer data)
{
  CptChartBadge *badge = data;

  g_free (badge->name);
  g_free (badge->icon);
  g_free (badge);
}

static void
category_clear (gpointer data)
{
  CptChartCategory *category = data;

  g_clear_pointer (&category->label, g_free);
  g_clear_pointer (&category->badges, g_ptr_array_unref);
}

static void
series_free (gpointer data)
{
  CptChartSeries *series = data;

  g_free (series->label);
  g_array_unref (series->values);
  g_clear_pointer (&series->bands, g_array_unref);
  g_clear_pointer (&series->flags, g_array_unref);
  g_free (series);
}

CptChartData *
cpt_chart_data_new (const char         *title,
                    const CptChartUnit *unit)
{
  CptChartData *self = g_atomic_rc_box_new0 (CptChartData);

  self->title = clean_label (title);
  if (unit != NULL)
    self->unit = *unit;
  self->bucket = CPT_BUCKET_NONE;
  self->running = CPT_CHART_NONE_RUNNING;
  self->categories = g_array_new (FALSE, TRUE, sizeof (CptChartCategory));
  g_array_set_clear_func (self->categories, category_clear);
  self->series = g_ptr_array_new_with_free_func (series_free);
  self->findings = g_ptr_array_new_with_free_func (g_free);
  self->total = NAN;
  self->comparison = NAN;
  self->target = NAN;
  self->rest = NAN;
  self->direction = CPT_CHART_UP_IS_GOOD;

  return self;
}

CptChartData *
cpt_chart_data_new_error (const char *title,
                          const char *message)
{
  CptChartData *self = cpt_chart_data_new (title, NULL);

  self->error = clean_label (message);

  return self;
}

CptChartData *
cpt_chart_data_ref (CptChartData *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
data_clear (gpointer data)
{
  CptChartData *self = data;

  g_free (self->title);
  g_free (self->comparison_label);
  g_free (self->note);
  g_ptr_array_unref (self->findings);
  g_free (self->error);
  g_array_unref (self->categories);
  g_ptr_array_unref (self->series);
  g_clear_pointer (&self->measures, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->image, cairo_surface_destroy);
}

void
cpt_chart_data_unref (CptChartData *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, data_clear);
}

void
cpt_chart_data_set_comparison (CptChartData *self,
                               double        value,
                               const char   *label)
{
  g_return_if_fail (self != NULL);

  self->comparison = value;
  g_free (self->comparison_label);
  self->comparison_label = clean_label (label);
}

void
cpt_chart_data_set_note (CptChartData *self,
                         const char   *note)
{
  g_return_if_fail (self != NULL);

  g_free (self->note);
  self->note = clean_label (note);
}

void
cpt_chart_data_add_note (CptChartData *self,
                         const char   *note)
{
  g_autofree char *both = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (note != NULL);

  if (self->note != NULL)
    both = g_strdup_printf ("%s %s", self->note, note);
  cpt_chart_data_set_note (self, both != NULL ? both : note);
}

void
cpt_chart_data_add_finding (CptChartData *self,
                            const char   *finding)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (finding != NULL);

  g_ptr_array_add (self->findings, clean_label (finding));
}

guint
cpt_chart_data_add_category (CptChartData *self,
                             const char   *label)
{
  CptChartCategory category = { 0 };

  g_return_val_if_fail (self != NULL, 0);

  category.label = clean_label (label != NULL ? label : "");
  g_array_append_val (self->categories, category);

  return self->categories->len - 1;
}

void
cpt_chart_data_set_rank_before (CptChartData *self,
                                guint         category,
                                guint         rank)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (category < self->categories->len);

  g_array_index (self->categories, CptChartCategory, category).rank_before = rank;
}

void
cpt_chart_data_add_badge (CptChartData *self,
                          guint         category,
                          const char   *name,
                          const char   *icon)
{
  CptChartCategory *entry;
  CptChartBadge *badge;

  g_return_if_fail (self != NULL);
  g_return_if_fail (category < self->categories->len);

  entry = &g_array_index (self->categories, CptChartCategory, category);
  if (entry->badges == NULL)
    entry->badges = g_ptr_array_new_with_free_func (badge_free);
  badge = g_new0 (CptChartBadge, 1);
  badge->name = clean_label (name != NULL ? name : "");
  badge->icon = g_strdup (icon);
  g_ptr_array_add (entry->badges, badge);
}

guint
cpt_chart_data_add_bucket (CptChartData *self,
                           CptBucket     bucket,
                           gint64        start)
{
  CptChartCategory category = { 0 };

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (bucket != CPT_BUCKET_NONE, 0);

  self->bucket = bucket;
  category.start = CLAMP (start, CPT_DATE_MIN, CPT_DATE_MAX);
  g_array_append_val (self->categories, category);

  return self->categories->len - 1;
}

guint
cpt_chart_data_add_series (CptChartData *self,
                           const char   *label,
                           CptChartRole  role)
{
  CptChartSeries *series;

  g_return_val_if_fail (self != NULL, 0);

  series = g_new0 (CptChartSeries, 1);
  series->label = clean_label (label);
  series->role = role;
  series->forecast_from = CPT_CHART_NO_FORECAST;
  series->total = NAN;
  series->values = g_array_new (FALSE, FALSE, sizeof (double));
  g_ptr_array_add (self->series, series);

  return self->series->len - 1;
}

guint
cpt_chart_data_add_measure (CptChartData *self,
                            const char   *label)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->measures == NULL)
    self->measures = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->measures, clean_label (label != NULL ? label : ""));

  return self->measures->len - 1;
}

static void
item_free (gpointer data)
{
  CptChartItem *item = data;

  g_free (item->title);
  g_free (item->detail);
  g_free (item->when);
  g_free (item);
}

void
cpt_chart_data_add_item (CptChartData *self,
                         const char   *title,
                         const char   *detail,
                         const char   *when)
{
  CptChartItem *item;

  g_return_if_fail (self != NULL);
  g_return_if_fail (title != NULL);

  if (self->items == NULL)
    self->items = g_ptr_array_new_with_free_func (item_free);
  item = g_new0 (CptChartItem, 1);
  item->title = clean_label (title);
  item->detail = clean_label (detail);
  item->when = clean_label (when);
  g_ptr_array_add (self->items, item);
}

void
cpt_chart_data_set_value (CptChartData *self,
                          guint         series,
                          guint         category,
                          double        value)
{
  const double missing = NAN;
  GArray *values;

  g_return_if_fail (self != NULL);
  g_return_if_fail (series < self->series->len);
  g_return_if_fail (category < self->categories->len);

  values = cpt_chart_data_get_series (self, series)->values;
  while (values->len <= category)
    g_array_append_val (values, missing);
  g_array_index (values, double, category) = isfinite (value) ? value : NAN;
}

/* What is known of a category beside its value */
typedef struct
{
  double low;
  double high;
} Band;

void
cpt_chart_data_set_band (CptChartData *self,
                         guint         series,
                         guint         category,
                         double        low,
                         double        high)
{
  const Band none = { NAN, NAN };
  Band band = { low, high };
  CptChartSeries *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (series < self->series->len);
  g_return_if_fail (category < self->categories->len);

  if (!isfinite (low) || !isfinite (high) || low > high)
    band = none;
  entry = cpt_chart_data_get_series (self, series);
  if (entry->bands == NULL)
    entry->bands = g_array_new (FALSE, FALSE, sizeof (Band));
  while (entry->bands->len <= category)
    g_array_append_val (entry->bands, none);
  g_array_index (entry->bands, Band, category) = band;
}

gboolean
cpt_chart_data_get_band (const CptChartData *self,
                         guint               series,
                         guint               category,
                         double             *low,
                         double             *high)
{
  const CptChartSeries *entry;
  Band band = { NAN, NAN };

  g_return_val_if_fail (self != NULL, FALSE);

  entry = series < self->series->len ? cpt_chart_data_get_series (self, series) : NULL;
  if (entry != NULL && entry->bands != NULL && category < entry->bands->len)
    band = g_array_index (entry->bands, Band, category);
  *low = band.low;
  *high = band.high;

  return !isnan (band.low);
}

void
cpt_chart_data_set_forecast (CptChartData *self,
                             guint         series,
                             guint         from)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (series < self->series->len);

  cpt_chart_data_get_series (self, series)->forecast_from = from;
}

gboolean
cpt_chart_data_is_forecast (const CptChartData *self,
                            guint               series,
                            guint               category)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return series < self->series->len && category >= cpt_chart_data_get_series (self, series)->forecast_from;
}

void
cpt_chart_data_set_running (CptChartData *self,
                            guint         category)
{
  g_return_if_fail (self != NULL);

  self->running = category;
}

gboolean
cpt_chart_data_is_running (const CptChartData *self,
                           guint               series,
                           guint               category)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return category == self->running && category < self->categories->len && series < self->series->len &&
         cpt_chart_data_get_series (self, series)->role != CPT_CHART_ROLE_COMPARISON &&
         !cpt_chart_data_is_forecast (self, series, category);
}

void
cpt_chart_data_set_flag (CptChartData *self,
                         guint         series,
                         guint         category,
                         CptChartFlag  flag)
{
  const guint8 none = CPT_CHART_FLAG_NONE;
  CptChartSeries *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (series < self->series->len);
  g_return_if_fail (category < self->categories->len);

  entry = cpt_chart_data_get_series (self, series);
  if (entry->flags == NULL)
    entry->flags = g_array_new (FALSE, FALSE, sizeof (guint8));
  while (entry->flags->len <= category)
    g_array_append_val (entry->flags, none);
  g_array_index (entry->flags, guint8, category) = (guint8) flag;
}

CptChartFlag
cpt_chart_data_get_flag (const CptChartData *self,
                         guint               series,
                         guint               category)
{
  const CptChartSeries *entry;

  g_return_val_if_fail (self != NULL, CPT_CHART_FLAG_NONE);

  entry = series < self->series->len ? cpt_chart_data_get_series (self, series) : NULL;
  if (entry == NULL || entry->flags == NULL || category >= entry->flags->len)
    return CPT_CHART_FLAG_NONE;

  return (CptChartFlag) g_array_index (entry->flags, guint8, category);
}

guint
cpt_chart_data_get_n_categories (const CptChartData *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->categories->len;
}

guint
cpt_chart_data_get_n_series (const CptChartData *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->series->len;
}

CptChartSeries *
cpt_chart_data_get_series (const CptChartData *self,
                           guint               series)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (series < self->series->len, NULL);

  return g_ptr_array_index (self->series, series);
}

const CptChartUnit *
cpt_chart_data_get_unit (const CptChartData *self,
                         guint               series)
{
  const CptChartSeries *entry;

  g_return_val_if_fail (self != NULL, NULL);

  if (series >= self->series->len)
    return &self->unit;
  entry = cpt_chart_data_get_series (self, series);

  return entry->has_unit ? &entry->unit : &self->unit;
}

double
cpt_chart_data_get_value (const CptChartData *self,
                          guint               series,
                          guint               category)
{
  const GArray *values;
  double value;

  g_return_val_if_fail (self != NULL, NAN);

  if (series >= self->series->len)
    return NAN;
  values = cpt_chart_data_get_series (self, series)->values;
  if (category >= values->len)
    return NAN;
  value = g_array_index (values, double, category);

  return isfinite (value) ? value : NAN;
}

double
cpt_chart_data_get_total (const CptChartData *self)
{
  double sum = 0;
  gboolean any = FALSE;

  g_return_val_if_fail (self != NULL, NAN);

  if (isfinite (self->total))
    return self->total;
  if (self->series->len > 0 && cpt_chart_data_get_series (self, 0)->role == CPT_CHART_ROLE_TREND)
    return NAN;

  for (guint i = 0; i < self->categories->len; i++)
    {
      double value = cpt_chart_data_get_value (self, 0, i);

      if (isnan (value))
        continue;
      sum += value;
      any = TRUE;
    }

  return any && isfinite (sum) ? sum : NAN;
}

char *
cpt_chart_data_dup_label (const CptChartData *self,
                          guint               category)
{
  const CptChartCategory *entry;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (category < self->categories->len, NULL);

  entry = &g_array_index (self->categories, CptChartCategory, category);
  if (entry->label != NULL)
    return g_strdup (entry->label);

  return cpt_bucket_format (self->bucket, entry->start);
}

gboolean
cpt_chart_data_is_empty (const CptChartData *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  if (isfinite (self->total) || (self->items != NULL && self->items->len > 0))
    return FALSE;

  for (guint s = 0; s < self->series->len; s++)
    for (guint i = 0; i < self->categories->len; i++)
      if (!isnan (cpt_chart_data_get_value (self, s, i)))
        return FALSE;

  return TRUE;
}
