/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The numbers of charts as GVariant. What is read may be anything: each number that
 * chooses something is looked at before it does. */

#include "config.h"

#include "cpt-chart-variant.h"

#include <string.h>

#define UNIT_TYPE "(uss)"
#define CATEGORY_TYPE "(msxua(ss))"
#define SERIES_TYPE "(msub(dddd)b(uss)udbada(dd)aybu)"
#define ITEM_TYPE "(smsms)"

#define IS_GROUPED 1U
#define IS_PART 2U
#define IS_UNORDERED 4U

/* Packing */

/* (transfer none): of type "ms" */
static GVariant *
pack_text (const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  return g_variant_new ("ms", valid);
}

static GVariant *
pack_needed_text (const char *text)
{
  return g_variant_new_take_string (g_utf8_make_valid (text != NULL ? text : "", -1));
}

static GVariant *
pack_unit (const CptChartUnit *unit)
{
  return g_variant_new ("(u@s@s)", (guint32) unit->measure, pack_needed_text (unit->currency), pack_needed_text (unit->name));
}

static GVariant *
pack_texts (GPtrArray *texts)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("as"));
  for (guint i = 0; texts != NULL && i < texts->len; i++)
    g_variant_builder_add_value (&builder, pack_needed_text (g_ptr_array_index (texts, i)));

  return g_variant_builder_end (&builder);
}

static GVariant *
pack_category (const CptChartCategory *category)
{
  GVariantBuilder badges;

  g_variant_builder_init (&badges, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; category->badges != NULL && i < category->badges->len; i++)
    {
      const CptChartBadge *badge = g_ptr_array_index (category->badges, i);

      g_variant_builder_add (&badges, "(@s@s)", pack_needed_text (badge->name), pack_needed_text (badge->icon));
    }

  return g_variant_new ("(@msxua(ss))", pack_text (category->label), category->start, category->rank_before, &badges);
}

/* (nullable) @array of fixed elements */
static GVariant *
pack_array (const char   *type,
            const GArray *array,
            gsize         element)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE (type), array != NULL ? array->data : NULL, array != NULL ? array->len : 0,
                                    element);
}

static GVariant *
pack_bands (const GArray *bands)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(dd)"));
  for (guint i = 0; bands != NULL && i < bands->len; i++)
    {
      const double *band = (const double *) (const void *) bands->data + (gsize) 2 * i;

      g_variant_builder_add (&builder, "(dd)", band[0], band[1]);
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
pack_series (const CptChartSeries *series)
{
  const CptChartColor *color = &series->color;

  return g_variant_new ("(@msub(dddd)b@" UNIT_TYPE "udb@ad@a(dd)@aybu)", pack_text (series->label), (guint32) series->role,
                        series->has_color, color->red, color->green, color->blue, color->alpha, series->has_unit,
                        pack_unit (&series->unit), series->measure, series->total, series->is_additive,
                        pack_array ("d", series->values, sizeof (double)), pack_bands (series->bands),
                        pack_array ("y", series->flags, sizeof (guint8)), series->is_continuation, series->forecast_from);
}

static GVariant *
pack_items (GPtrArray *items)
{
  GVariantBuilder builder;

  if (items == NULL)
    return g_variant_new_maybe (G_VARIANT_TYPE ("a" ITEM_TYPE), NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" ITEM_TYPE));
  for (guint i = 0; i < items->len; i++)
    {
      const CptChartItem *item = g_ptr_array_index (items, i);

      g_variant_builder_add (&builder, "(@s@ms@ms)", pack_needed_text (item->title), pack_text (item->detail),
                             pack_text (item->when));
    }

  return g_variant_new_maybe (NULL, g_variant_builder_end (&builder));
}

GVariant *
cpt_chart_data_to_variant (const CptChartData *self)
{
  GVariantBuilder categories, series;
  GVariant *measures;
  guint32 flags;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->error != NULL || self->image != NULL)
    return NULL;

  g_variant_builder_init (&categories, G_VARIANT_TYPE ("a" CATEGORY_TYPE));
  for (guint i = 0; i < self->categories->len; i++)
    g_variant_builder_add_value (&categories, pack_category (&g_array_index (self->categories, CptChartCategory, i)));
  g_variant_builder_init (&series, G_VARIANT_TYPE ("a" SERIES_TYPE));
  for (guint i = 0; i < self->series->len; i++)
    g_variant_builder_add_value (&series, pack_series (g_ptr_array_index (self->series, i)));
  flags = (self->is_grouped ? IS_GROUPED : 0U) | (self->is_part ? IS_PART : 0U) | (self->is_unordered ? IS_UNORDERED : 0U);
  measures = g_variant_new_maybe (G_VARIANT_TYPE ("as"), self->measures != NULL ? pack_texts (self->measures) : NULL);

  return g_variant_ref_sink (g_variant_new ("(@ms@" UNIT_TYPE "uuua" CATEGORY_TYPE "a" SERIES_TYPE "@mas@ma" ITEM_TYPE
                                            "ddd@msud@ms@as)",
                                            pack_text (self->title), pack_unit (&self->unit), (guint32) self->bucket,
                                            flags, (guint32) self->running, &categories, &series, measures,
                                            pack_items (self->items), self->total, self->rest, self->comparison,
                                            pack_text (self->comparison_label), (guint32) self->direction, self->target,
                                            pack_text (self->note), pack_texts (self->findings)));
}

/* Unpacking: each takes what it is given, and is FALSE where that can't be */

static gboolean
unpack_unit (GVariant     *value,
             CptChartUnit *unit)
{
  g_autoptr(GVariant) owned = value;
  guint32 measure;
  const char *currency, *name;

  g_variant_get (owned, "(u&s&s)", &measure, &currency, &name);
  if (measure > CPT_CHART_DURATION || strlen (currency) >= sizeof unit->currency)
    return FALSE;

  *unit = (CptChartUnit){ .measure = measure, .name = *name != '\0' ? g_intern_string (name) : NULL };
  g_strlcpy (unit->currency, currency, sizeof unit->currency);

  return TRUE;
}

static gboolean
unpack_categories (GVariant     *value,
                   CptChartData *self)
{
  g_autoptr(GVariant) owned = value;

  for (gsize i = 0; i < g_variant_n_children (owned); i++)
    {
      g_autoptr(GVariant) child = g_variant_get_child_value (owned, i);
      g_autoptr(GVariantIter) badges = NULL;
      const char *label, *name, *icon;
      gint64 start;
      guint32 rank;
      guint category;

      g_variant_get (child, "(m&sxua(ss))", &label, &start, &rank, &badges);
      if (start < CPT_DATE_MIN || start > CPT_DATE_MAX || (label == NULL && self->bucket == CPT_BUCKET_NONE))
        return FALSE;

      category = label != NULL ? cpt_chart_data_add_category (self, label)
                               : cpt_chart_data_add_bucket (self, self->bucket, start);
      g_array_index (self->categories, CptChartCategory, category).start = start;
      cpt_chart_data_set_rank_before (self, category, rank);
      while (g_variant_iter_next (badges, "(&s&s)", &name, &icon))
        cpt_chart_data_add_badge (self, category, name, icon);
    }

  return TRUE;
}

static void
unpack_values (GVariant       *value,
               CptChartSeries *series)
{
  g_autoptr(GVariant) owned = value;
  gsize n;
  const double *values = g_variant_get_fixed_array (owned, &n, sizeof (double));

  if (n > 0)
    g_array_append_vals (series->values, values, (guint) n);
}

static gboolean
unpack_bands (GVariant     *value,
              CptChartData *self,
              guint         series)
{
  g_autoptr(GVariant) owned = value;

  if (g_variant_n_children (owned) > self->categories->len)
    return FALSE;

  for (gsize i = 0; i < g_variant_n_children (owned); i++)
    {
      double low, high;

      g_variant_get_child (owned, i, "(dd)", &low, &high);
      cpt_chart_data_set_band (self, series, (guint) i, low, high);
    }

  return TRUE;
}

static gboolean
unpack_flags (GVariant     *value,
              CptChartData *self,
              guint         series)
{
  g_autoptr(GVariant) owned = value;
  gsize n;
  const guint8 *flags = g_variant_get_fixed_array (owned, &n, sizeof (guint8));

  if (n > self->categories->len)
    return FALSE;

  for (gsize i = 0; i < n; i++)
    {
      if (flags[i] > CPT_CHART_FLAG_LOW)
        return FALSE;
      cpt_chart_data_set_flag (self, series, (guint) i, flags[i]);
    }

  return TRUE;
}

static gboolean
unpack_one_series (GVariant     *value,
                   CptChartData *self)
{
  g_autoptr(GVariant) owned = value;
  GVariant *unit, *values, *bands, *flags;
  const char *label;
  guint32 role, measure, forecast_from;
  guint index;
  CptChartSeries *series;
  CptChartSeries read = { 0 };
  gboolean is_sound;

  g_variant_get (owned, "(m&sub(dddd)b@" UNIT_TYPE "udb@ad@a(dd)@aybu)", &label, &role, &read.has_color, &read.color.red,
                 &read.color.green, &read.color.blue, &read.color.alpha, &read.has_unit, &unit, &measure, &read.total,
                 &read.is_additive, &values, &bands, &flags, &read.is_continuation, &forecast_from);
  index = cpt_chart_data_add_series (self, label, role <= CPT_CHART_ROLE_TREND ? role : CPT_CHART_ROLE_VALUE);
  series = cpt_chart_data_get_series (self, index);
  series->has_color = read.has_color;
  series->color = read.color;
  series->has_unit = read.has_unit;
  series->measure = measure;
  series->total = read.total;
  series->is_additive = read.is_additive;
  series->is_continuation = read.is_continuation;
  series->forecast_from = forecast_from;
  unpack_values (values, series);
  is_sound = unpack_unit (unit, &series->unit);
  is_sound = unpack_bands (bands, self, index) && is_sound;
  is_sound = unpack_flags (flags, self, index) && is_sound;

  return is_sound && role <= CPT_CHART_ROLE_TREND && series->values->len <= self->categories->len &&
         measure < MAX (self->measures != NULL ? self->measures->len : 0, 1);
}

static gboolean
unpack_series (GVariant     *value,
               CptChartData *self)
{
  g_autoptr(GVariant) owned = value;
  gboolean is_sound = TRUE;

  for (gsize i = 0; i < g_variant_n_children (owned) && is_sound; i++)
    is_sound = unpack_one_series (g_variant_get_child_value (owned, i), self);

  return is_sound;
}

static void
unpack_measures (GVariant     *value,
                 CptChartData *self)
{
  g_autoptr(GVariant) owned = value;
  g_autoptr(GVariant) texts = g_variant_get_maybe (owned);

  for (gsize i = 0; texts != NULL && i < g_variant_n_children (texts); i++)
    {
      const char *text;

      g_variant_get_child (texts, i, "&s", &text);
      cpt_chart_data_add_measure (self, text);
    }
}

static void
unpack_items (GVariant     *value,
              CptChartData *self)
{
  g_autoptr(GVariant) owned = value;
  g_autoptr(GVariant) items = g_variant_get_maybe (owned);

  for (gsize i = 0; items != NULL && i < g_variant_n_children (items); i++)
    {
      const char *title, *detail, *when;

      g_variant_get_child (items, i, "(&sm&sm&s)", &title, &detail, &when);
      cpt_chart_data_add_item (self, title, detail, when);
    }
}

static void
unpack_findings (GVariant     *value,
                 CptChartData *self)
{
  g_autoptr(GVariant) owned = value;

  for (gsize i = 0; i < g_variant_n_children (owned); i++)
    {
      const char *text;

      g_variant_get_child (owned, i, "&s", &text);
      cpt_chart_data_add_finding (self, text);
    }
}

CptChartData *
cpt_chart_data_from_variant (GVariant *value)
{
  g_autoptr(CptChartData) self = NULL;
  GVariant *unit, *categories, *series, *measures, *items, *findings;
  const char *title, *comparison_label, *note;
  guint32 bucket, flags, running, direction;
  double total, rest, comparison, target;
  gboolean is_sound;

  g_return_val_if_fail (value != NULL, NULL);

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE (CPT_CHART_VARIANT_TYPE)) || !g_variant_is_normal_form (value))
    return NULL;

  g_variant_get (value, "(m&s@" UNIT_TYPE "uuu@a" CATEGORY_TYPE "@a" SERIES_TYPE "@mas@ma" ITEM_TYPE "dddm&sudm&s@as)",
                 &title, &unit, &bucket, &flags, &running, &categories, &series, &measures, &items, &total, &rest, &comparison,
                 &comparison_label, &direction, &target, &note, &findings);
  self = cpt_chart_data_new (title, NULL);
  self->bucket = bucket <= CPT_BUCKET_YEAR ? bucket : CPT_BUCKET_NONE;
  self->is_grouped = (flags & IS_GROUPED) != 0;
  self->is_part = (flags & IS_PART) != 0;
  self->is_unordered = (flags & IS_UNORDERED) != 0;
  self->running = running;
  self->rest = rest;
  self->total = total;
  self->target = target;
  self->direction = direction <= CPT_CHART_NEUTRAL ? direction : CPT_CHART_NEUTRAL;
  cpt_chart_data_set_comparison (self, comparison, comparison_label);
  cpt_chart_data_set_note (self, note);
  unpack_measures (measures, self);
  unpack_items (items, self);
  unpack_findings (findings, self);
  is_sound = unpack_unit (unit, &self->unit);
  is_sound = unpack_categories (categories, self) && is_sound;
  is_sound = unpack_series (series, self) && is_sound;

  return is_sound && bucket <= CPT_BUCKET_YEAR && direction <= CPT_CHART_NEUTRAL ? g_steal_pointer (&self) : NULL;
}
