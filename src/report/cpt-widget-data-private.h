/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-chart-kind.h"
#include "cpt-query.h"
#include "cpt-widget-data.h"

G_BEGIN_DECLS

#define CPT_WIDGET_NO_ROW G_MAXUINT

/* Where a value of the chart comes from */
typedef struct
{
  guint row;
  guint measure;
  guint answer; /* 0: the result; else the place in the totals, from 1 */
} CptWidgetCell;

struct _CptWidgetData
{
  CptChartData       *chart;
  CptAggregateResult *result; /* (nullable): when it could not be read */
  GArray             *cells;  /* of CptWidgetCell, series by series */
  GPtrArray          *totals; /* (nullable): of CptAggregateResult: answers of the totals */
  GArray             *total_cells; /* (nullable): of CptWidgetCell, of each series over all categories */
  GPtrArray          *filters; /* (nullable): of CptFilter, of each item */
  guint               n_categories;
  guint               total_row; /* of a chart without categories, or CPT_WIDGET_NO_ROW */
  CptFilter          *latest;    /* (nullable): the last records before the period, when it has none */
  gboolean            is_reached; /* each category counts what is behind it too */
  GArray             *beginners;  /* (nullable): of guint: rows that count at the first category only */
  gboolean            is_personal; /* it tells of single people */
};

/**
 * CptWidgetSteps:
 * @keys: of char *: as cpt_widget_builder_dup_key() says them, in the order of the process
 * @labels: of char *, of each
 * @lost: of char *: the keys of what was lost, which is no step
 *
 * The steps of a process.
 */
typedef struct
{
  GPtrArray  *keys;
  GPtrArray  *labels;
  GHashTable *lost;
} CptWidgetSteps;

/**
 * CptWidgetBuilder:
 * @currency: of the amounts that are shown
 * @rows: of guint: what is shown, in order
 *
 * The chart under way.
 */
typedef struct
{
  CptWidgetData      *data;
  CptChartData       *chart;
  CptAggregateSpec   *spec;
  CptAggregateResult *result;
  const CptChartKind *kind;               /* (nullable): one that this version does not know */
  char                currency[4];
  guint               n_other_currencies; /* rows left out */
  guint               n_undated;          /* rows left out */
  gboolean            is_cut_whole;       /* shares are of a part of the rows */
  GArray             *rows;
  const CptWidgetSteps *steps;            /* (nullable): of a process, in its order */
} CptWidgetBuilder;

/**
 * CptWidgetPeriod:
 * @field: (nullable): a path to a date; borrowed
 * @period: (nullable): {"this":"month"}; borrowed
 * @rest: (nullable): the conditions without the period, owned
 *
 * The period of a question and what else it asks for.
 */
typedef struct
{
  const char *field;
  JsonObject *period;
  JsonNode   *rest;
} CptWidgetPeriod;

/* cpt-widget-latest.c: FALSE when @query, without names of metrics, is about no
 * period. @period is empty; its @rest is the caller's in any case. */
gboolean cpt_widget_period_find      (JsonObject      *query,
                                      CptWidgetPeriod *period);

/* FALSE when the measure is not a number that a chart could draw. @factor: from
 * the unit of the answer to that of the chart */
gboolean cpt_widget_builder_get_unit (const CptWidgetBuilder *self,
                                      guint                   measure,
                                      CptChartUnit           *unit,
                                      double                 *factor);
/* Of the amounts of a row; "" where it has none */
const char *cpt_widget_builder_get_currency (const CptWidgetBuilder *self,
                                             guint                   row);
/* Shows the preferred currency (nullable) where the answer has amounts in it, else the
 * one with most rows */
void     cpt_widget_builder_choose_currency (CptWidgetBuilder *self,
                                             const char       *preferred);
/* In the unit of the chart; NAN for what is missing */
double   cpt_widget_get_number       (const CptMeasure *measure,
                                      double            factor);
/* What tells two keys apart: titles may be the same */
char    *cpt_widget_builder_dup_key  (const CptWidgetBuilder *self,
                                      guint                   row,
                                      guint                   dimension);
void     cpt_widget_builder_set_cell (CptWidgetBuilder *self,
                                      guint             series,
                                      guint             category,
                                      CptWidgetCell     cell);

/* cpt-widget-groups.c: the second dimension becomes the series; @categories: of
 * guint, of each row */
void     cpt_widget_builder_add_groups (CptWidgetBuilder *self,
                                        GArray           *categories,
                                        double            factor);

/* Fills @self->chart, which is empty. @steps: (nullable) */
void cpt_widget_data_build (CptWidgetData        *self,
                            const CptWidget      *widget,
                            CptAggregateSpec     *spec,
                            const CptWidgetSteps *steps,
                            const char           *currency);

/* cpt-widget-steps.c: (nullable): where the widget tells no steps of a process */
CptWidgetSteps *cpt_widget_steps_read (CptDatabase        *database,
                                       const CptWidget    *widget,
                                       CptAggregateSpec   *spec,
                                       CptAggregateResult *result);
void            cpt_widget_steps_free (CptWidgetSteps *self);
/* Takes what stands at no step out of the rows: it counts at the first one only */
void            cpt_widget_builder_take_beginners (CptWidgetBuilder *self);
/* A funnel of what is where now becomes one of what has come at least there:
 * who is at a later step has passed the earlier ones. */
void            cpt_widget_builder_count_reached (CptWidgetBuilder *self,
                                                  const CptWidget  *widget,
                                                  double            factor);
/* Says so where the question of a funnel is not about what was lost */
void            cpt_widget_data_note_left_out (CptWidgetData   *self,
                                               const CptWidget *widget,
                                               JsonNode        *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptWidgetSteps, cpt_widget_steps_free)

/* Where the chart shows nothing: says when there was something, in its note.
 * @question: of the widget, without names of metrics */
void cpt_widget_data_find_latest (CptWidgetData *self,
                                  CptDatabase   *database,
                                  JsonNode      *question);

/* cpt-widget-cohort.c: a sentence when the question has no two dates; NULL for other kinds */
const char *cpt_widget_builder_refuse_cohort (const CptWidgetBuilder *self);
void        cpt_widget_builder_add_cohorts   (CptWidgetBuilder *self,
                                              GArray           *categories,
                                              double            factor);
/* How large the cohorts are, for kinds that have them; @spec: of @question, which is
 * without names of metrics */
void        cpt_widget_data_add_cohort_sizes (CptWidgetData    *self,
                                              CptDatabase      *database,
                                              const CptWidget  *widget,
                                              CptAggregateSpec *spec,
                                              JsonNode         *question);

/* cpt-widget-leaders.c: of a leaderboard of people or teams, the places before and badges */
void        cpt_widget_data_add_leaders      (CptWidgetData    *self,
                                              CptDatabase      *database,
                                              const CptWidget  *widget,
                                              CptAggregateSpec *spec);
/* cpt-widget-goals.c: the goals that run today, as items */
void        cpt_widget_data_read_goals       (CptWidgetData   *self,
                                              CptDatabase     *database,
                                              const CptWidget *widget);

/* The goal that the question of @widget is compared with, for kinds of one number */
void        cpt_widget_data_add_target       (CptWidgetData   *self,
                                              CptDatabase     *database,
                                              const CptWidget *widget);
/* A number as people write it, in the unit of a chart */
double      cpt_widget_read_number           (const CptChartUnit *unit,
                                              double              number);

/* cpt-widget-records.c: the latest records of @widget's query, as items */
void        cpt_widget_data_read_records     (CptWidgetData   *self,
                                              CptDatabase     *database,
                                              const CptWidget *widget);

/* (nullable): the record @id, and nothing else */
CptFilter  *cpt_widget_create_record_filter  (CptDatabase     *database,
                                              const CptEntity *entity,
                                              const CptUuid   *id);
/* cpt-widget-image.c: the picture of the first file of @query that is one.
 * CPT_ERROR_NOT_FOUND, CPT_ERROR_INVALID, CPT_ERROR_LIMIT, CPT_ERROR_DAMAGED */
gboolean    cpt_widget_data_read_image       (CptWidgetData  *self,
                                              CptDatabase    *database,
                                              CptQuery       *query,
                                              GError        **error);

/* cpt-widget-rest.c: of parts of a whole, what those come to that the answer has not. @spec: of
 * @question, which is without names of metrics */
void cpt_widget_data_add_rest     (CptWidgetData    *self,
                                   CptDatabase      *database,
                                   const CptWidget  *widget,
                                   CptAggregateSpec *spec,
                                   JsonNode         *question);

/* cpt-widget-running.c: which bucket of a time axis is not over yet today. @spec: of @question,
 * which is without names of metrics */
void cpt_widget_data_find_running (CptWidgetData    *self,
                                   CptDatabase      *database,
                                   CptAggregateSpec *spec,
                                   JsonNode         *question);

/* cpt-widget-totals.c: totals of rows and columns, for kinds that have them.
 * @spec: of @question, which is without names of metrics */
void cpt_widget_data_add_totals  (CptWidgetData    *self,
                                  CptDatabase      *database,
                                  const CptWidget  *widget,
                                  CptAggregateSpec *spec,
                                  JsonNode         *question);

/* cpt-widget-trend.c: how one number came to be, behind it. @question: without
 * names of metrics; @date: (nullable): of the metric. */
void cpt_widget_data_add_trend   (CptWidgetData   *self,
                                  CptDatabase     *database,
                                  const CptWidget *widget,
                                  JsonNode        *question,
                                  const char      *date);

/* cpt-widget-outlook.c: what the options of a line say of its trend: series, bands, flags and findings. Of
 * one series by week, month or quarter; all time is asked for, whatever the period. */
void cpt_widget_data_add_outlook (CptWidgetData   *self,
                                  CptDatabase     *database,
                                  const CptWidget *widget);

G_END_DECLS
