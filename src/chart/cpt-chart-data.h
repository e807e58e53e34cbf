/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <math.h>

#include <cairo.h>
#include <glib-object.h>

#include "cpt-date.h"

G_BEGIN_DECLS

/**
 * CptChartMeasure:
 * @CPT_CHART_NUMBER: a plain number
 * @CPT_CHART_COUNT: how many of something; never shown with decimals
 * @CPT_CHART_MONEY: minor units of the currency (cents of EUR), as in #CptMoney
 * @CPT_CHART_PERCENT: a fraction; 0.25 is shown as 25 %
 * @CPT_CHART_DURATION: seconds
 *
 * What a value is, and so how it is written.
 */
typedef enum
{
  CPT_CHART_NUMBER,
  CPT_CHART_COUNT,
  CPT_CHART_MONEY,
  CPT_CHART_PERCENT,
  CPT_CHART_DURATION,
} CptChartMeasure;

/**
 * CptChartUnit:
 * @measure: what the values are
 * @currency: ISO 4217, for money
 * @name: (nullable): what is counted, plural and translated ("deals"); spoken and shown in
 *   tool tips. Static or interned text: it is not copied.
 */
typedef struct
{
  CptChartMeasure measure;
  char            currency[4];
  const char     *name;
} CptChartUnit;

/**
 * CptChartDirection:
 * @CPT_CHART_UP_IS_GOOD: more revenue; a rise is shown as good
 * @CPT_CHART_DOWN_IS_GOOD: fewer complaints
 * @CPT_CHART_NEUTRAL: neither
 */
typedef enum
{
  CPT_CHART_UP_IS_GOOD,
  CPT_CHART_DOWN_IS_GOOD,
  CPT_CHART_NEUTRAL,
} CptChartDirection;

/**
 * CptChartRole:
 * @CPT_CHART_ROLE_VALUE: what the chart is about
 * @CPT_CHART_ROLE_COMPARISON: the same for the earlier period: drawn behind, muted, dashed
 * @CPT_CHART_ROLE_TOTAL: of each category, over all groups
 * @CPT_CHART_ROLE_TREND: how the one number came to be; it does not add up to it
 */
typedef enum
{
  CPT_CHART_ROLE_VALUE,
  CPT_CHART_ROLE_COMPARISON,
  CPT_CHART_ROLE_TOTAL,
  CPT_CHART_ROLE_TREND,
} CptChartRole;

/**
 * CptChartFlag:
 * @CPT_CHART_FLAG_NONE: a value like others
 * @CPT_CHART_FLAG_HIGH: unusually high: above what was to be expected
 * @CPT_CHART_FLAG_LOW: unusually low
 *
 * What is to be noticed about one value. Line charts ring such points, point up or
 * down beside them, and say it.
 */
typedef enum
{
  CPT_CHART_FLAG_NONE,
  CPT_CHART_FLAG_HIGH,
  CPT_CHART_FLAG_LOW,
} CptChartFlag;

/* cpt_chart_data_set_forecast(): all values have been measured */
#define CPT_CHART_NO_FORECAST G_MAXUINT
/* cpt_chart_data_set_running(): the time of all categories is over, or they have none */
#define CPT_CHART_NONE_RUNNING G_MAXUINT

typedef struct
{
  double red;
  double green;
  double blue;
  double alpha;
} CptChartColor;

/* What somebody has earned */
typedef struct
{
  char *name;
  char *icon; /* "star", "medal", "rise" or "flag"; others are drawn as a star */
} CptChartBadge;

typedef struct
{
  char      *label; /* (nullable) with a date axis: made from @start when it is asked for */
  gint64     start; /* first day of the bucket, with a date axis */
  guint      rank_before; /* place in the earlier period, from 1; 0: not known */
  GPtrArray *badges; /* (nullable): of #CptChartBadge */
} CptChartCategory;

typedef struct
{
  char          *label; /* (nullable) where there is one series */
  CptChartRole   role;
  gboolean       has_color;
  CptChartColor  color;
  gboolean       has_unit; /* other than that of the chart */
  CptChartUnit   unit;
  guint          measure; /* index in the measures of the data, where it has several */
  double         total; /* over all categories, computed like the values; NAN: not known */
  gboolean       is_additive; /* whether a sum over the categories means something */
  GArray        *values; /* of double, NAN where missing; may be shorter than the categories */
  GArray        *bands;  /* (nullable): of two doubles, low and high, for each category; may be shorter */
  GArray        *flags;  /* (nullable): of guint8, #CptChartFlag for each category; may be shorter */
  gboolean       is_continuation; /* of the first series, whose colour it has: where that is expected to go */
  guint          forecast_from; /* values from this category on are a forecast, or CPT_CHART_NO_FORECAST */
} CptChartSeries;

/**
 * CptChartItem:
 * @title: what it was
 * @detail: (nullable): with whom, and how
 * @when: (nullable): for people
 *
 * A thing that is told rather than counted.
 */
typedef struct
{
  char *title;
  char *detail;
  char *when;
} CptChartItem;

#define CPT_TYPE_CHART_DATA (cpt_chart_data_get_type ())

/**
 * CptChartData:
 * @title: (nullable): what is measured ("Revenue won"), for sentences; the chart does not draw it
 * @unit: of all values
 * @bucket: %CPT_BUCKET_NONE for categories by label, otherwise a date axis
 * @categories: of #CptChartCategory, in the order to draw
 * @series: of #CptChartSeries
 * @is_grouped: the series are groups of one measure, which may be added up over them
 * @running: the category whose time is not over yet, or %CPT_CHART_NONE_RUNNING: its values are
 *   what there is so far
 * @is_part: there are categories or series that the data has not: what it has adds up to no total
 * @is_unordered: the order of the categories means nothing: where not all have room, the largest are shown
 * @rest: what the parts come to that the data has not, of a whole; NAN where it has all or nobody knows
 * @measures: (nullable): utf8, what each group measures, where that is more than one thing: series
 *   come in groups of as many
 * @items: (nullable): of #CptChartItem, of a kind that tells records; marks name them as categories
 * @image: (nullable): an image surface, of a kind that shows a picture; owned
 * @total: the one number of the number kind; NAN: the sum of the first series, where that is no trend
 * @comparison: the total of the earlier period, NAN when there is none
 * @comparison_label: (nullable): "previous 30 days"
 * @direction: whether a rise is good
 * @target: a line to reach, NAN when there is none
 * @note: (nullable): a sentence shown below the chart: what is left out
 * @findings: (element-type utf8): sentences on what the numbers do, shown below the chart as
 *   far as there is room, and said with it
 * @error: (nullable): a sentence shown in place of the chart
 *
 * The numbers of one chart. Filled by one thread, never changed once it is
 * shared; the reference count is atomic.
 */
typedef struct
{
  char              *title;
  CptChartUnit       unit;
  CptBucket          bucket;
  GArray            *categories;
  GPtrArray         *series;
  gboolean           is_grouped;
  guint              running;
  gboolean           is_part;
  gboolean           is_unordered;
  double             rest;
  GPtrArray         *measures;
  GPtrArray         *items;
  cairo_surface_t   *image;
  double             total;
  double             comparison;
  char              *comparison_label;
  CptChartDirection  direction;
  double             target;
  char              *note;
  GPtrArray         *findings;
  char              *error;
} CptChartData;

GType         cpt_chart_data_get_type     (void);
CptChartData *cpt_chart_data_new          (const char         *title,
                                           const CptChartUnit *unit) G_GNUC_WARN_UNUSED_RESULT;
/* A chart that shows only @message */
CptChartData *cpt_chart_data_new_error    (const char *title,
                                           const char *message) G_GNUC_WARN_UNUSED_RESULT;
CptChartData *cpt_chart_data_ref          (CptChartData *self);
void          cpt_chart_data_unref        (CptChartData *self);

void          cpt_chart_data_set_comparison (CptChartData *self,
                                             double        value,
                                             const char   *label);
/* Replaces the note */
void          cpt_chart_data_set_note     (CptChartData *self,
                                           const char   *note);
/* Behind the note that there may be: a sentence of its own */
void          cpt_chart_data_add_note     (CptChartData *self,
                                           const char   *note);
/* One more sentence, behind those that are there */
void          cpt_chart_data_add_finding  (CptChartData *self,
                                           const char   *finding);
/* The index of the new category */
guint         cpt_chart_data_add_category (CptChartData *self,
                                           const char   *label);
/* For leaderboards: the place in the earlier period, from 1 */
void          cpt_chart_data_set_rank_before (CptChartData *self,
                                              guint         category,
                                              guint         rank);
void          cpt_chart_data_add_badge    (CptChartData *self,
                                           guint         category,
                                           const char   *name,
                                           const char   *icon);
/* A category of the date axis; sets the axis' bucket. In ascending order. */
guint         cpt_chart_data_add_bucket   (CptChartData *self,
                                           CptBucket     bucket,
                                           gint64        start);
/* The index of the new series; @label may be NULL */
guint         cpt_chart_data_add_series   (CptChartData *self,
                                           const char   *label,
                                           CptChartRole  role);
/* Adds to the measures; the index of the new one */
guint         cpt_chart_data_add_measure  (CptChartData *self,
                                           const char   *label);
void          cpt_chart_data_add_item     (CptChartData *self,
                                           const char   *title,
                                           const char   *detail,
                                           const char   *when);
void          cpt_chart_data_set_value    (CptChartData *self,
                                           guint         series,
                                           guint         category,
                                           double        value);

/**
 * cpt_chart_data_set_band:
 * @self: the data
 * @series: index
 * @category: index
 * @low: lower end, in the unit of the series; NAN: there is no band here
 * @high: upper end; at least @low
 *
 * Between what the value is expected to lie: the interval of a forecast, or what
 * is usual. Line charts fill it behind the line, and say it of forecasts. The
 * value itself may be missing or outside. What is not finite is no band.
 */
void          cpt_chart_data_set_band     (CptChartData *self,
                                           guint         series,
                                           guint         category,
                                           double        low,
                                           double        high);
/* FALSE when there is none; then @low and @high are NAN */
gboolean      cpt_chart_data_get_band     (const CptChartData *self,
                                           guint               series,
                                           guint               category,
                                           double             *low,
                                           double             *high);
/* From the category @from on the values of @series are a forecast: the line is
 * dashed from the value before it on. CPT_CHART_NO_FORECAST takes it back. */
void          cpt_chart_data_set_forecast (CptChartData *self,
                                           guint         series,
                                           guint         from);
gboolean      cpt_chart_data_is_forecast  (const CptChartData *self,
                                           guint               series,
                                           guint               category);
/* The bucket that is not over yet: lines that lead to it are dashed, its bars hatched, and both are
 * said to be so far. CPT_CHART_NONE_RUNNING takes it back. */
void          cpt_chart_data_set_running  (CptChartData *self,
                                           guint         category);
/* Whether the value is what there is so far; those of an earlier period and of a forecast never are */
gboolean      cpt_chart_data_is_running   (const CptChartData *self,
                                           guint               series,
                                           guint               category);
void          cpt_chart_data_set_flag     (CptChartData *self,
                                           guint         series,
                                           guint         category,
                                           CptChartFlag  flag);
CptChartFlag  cpt_chart_data_get_flag     (const CptChartData *self,
                                           guint               series,
                                           guint               category);

guint         cpt_chart_data_get_n_categories (const CptChartData *self);
guint         cpt_chart_data_get_n_series     (const CptChartData *self);
CptChartSeries *cpt_chart_data_get_series     (const CptChartData *self,
                                               guint               series);
/* Of the series, or of the chart; borrowed */
const CptChartUnit *cpt_chart_data_get_unit     (const CptChartData *self,
                                                 guint               series);
/* NAN where missing or out of range; infinities are missing too */
double        cpt_chart_data_get_value        (const CptChartData *self,
                                               guint               series,
                                               guint               category);
/* @total, or the sum of the first series where that is no trend; NAN when nothing is there */
double        cpt_chart_data_get_total        (const CptChartData *self);
/* The label, or the name of the bucket for people */
char         *cpt_chart_data_dup_label        (const CptChartData *self,
                                               guint               category);
/* Whether there is nothing to draw: no finite value at all */
gboolean      cpt_chart_data_is_empty         (const CptChartData *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptChartData, cpt_chart_data_unref)

G_END_DECLS
