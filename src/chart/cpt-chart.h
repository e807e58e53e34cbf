/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <json-glib/json-glib.h>

#include "cpt-chart-data.h"
#include "cpt-chart-style.h"

G_BEGIN_DECLS

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} CptChartRect;

/* The category of a mark that stands for all that has no mark of its own:
 * "Other" of a pie. It has no filter. */
#define CPT_CHART_OTHER (-2)

/* The category of a mark that stands for all categories of its series, as the
 * total below a column does */
#define CPT_CHART_TOTAL (-3)

/**
 * CptChartSector:
 * @x: of the middle
 * @y: likewise
 * @inner: radius
 * @outer: radius; 0 for a mark that is no sector
 * @from: angle in radians, clockwise, 0 to the right
 * @to: at least @from, at most a full turn behind it
 *
 * A slice of a ring.
 */
typedef struct
{
  double x;
  double y;
  double inner;
  double outer;
  double from;
  double to;
} CptChartSector;

/**
 * CptChartMark:
 * @area: what reacts to the pointer and gets the focus ring; inside the chart
 * @sector: the part of @area that reacts to the pointer, where it is not all of it
 * @x: where a tool tip points to
 * @y: likewise
 * @series: index in the data, or -1
 * @category: index in the data, -1 where the mark stands for the whole chart,
 *   %CPT_CHART_OTHER, or %CPT_CHART_TOTAL
 *
 * A bar, a point, a step, a row: what can be pointed at, walked to, clicked
 * and spoken.
 */
typedef struct
{
  CptChartRect   area;
  CptChartSector sector;
  double         x;
  double         y;
  int            series;
  int            category;
} CptChartMark;

/* A text that was drawn and where; for tests and for finding text. */
typedef struct
{
  CptChartRect  area;
  char         *text;
} CptChartLabel;

/* What leads elsewhere where links can be clicked: words of a text */
typedef struct
{
  CptChartRect  area;
  char         *uri;
} CptChartLink;

/**
 * CptChartLayout:
 * @plot: the area between the axes
 * @marks: of #CptChartMark, in reading order (category by category)
 * @labels: of #CptChartLabel
 * @links: of #CptChartLink
 * @note: the sign of notes that have no room: see cpt_chart_dup_notes(); of no width without them
 *
 * What was drawn where, in the units that were passed to cpt_chart_draw().
 */
typedef struct
{
  CptChartRect  plot;
  GArray       *marks;
  GArray       *labels;
  GArray       *links;
  CptChartRect  note;
} CptChartLayout;

typedef struct _CptChartKind CptChartKind;

/**
 * CptChart:
 * @kind: how it is drawn
 * @options: (nullable): what the user chose, by the names in the kind's options;
 *   members of the wrong type count as absent
 * @data: (nullable): %NULL while it is being read: a placeholder is drawn
 *
 * Borrowed parts of one chart, put together for a call.
 */
typedef struct
{
  const CptChartKind *kind;
  JsonObject         *options;
  const CptChartData *data;
} CptChart;

/**
 * CptChartStep:
 *
 * Where the keyboard walks from a mark.
 */
typedef enum
{
  CPT_CHART_STEP_NEXT,
  CPT_CHART_STEP_PREVIOUS,
  CPT_CHART_STEP_NEXT_SERIES,
  CPT_CHART_STEP_PREVIOUS_SERIES,
  CPT_CHART_STEP_FIRST,
  CPT_CHART_STEP_LAST,
} CptChartStep;

CptChartLayout *cpt_chart_layout_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void            cpt_chart_layout_free (CptChartLayout *self);

/**
 * cpt_chart_draw:
 * @cr: where to draw; the chart's corner is at its origin
 * @chart: what to draw
 * @style: how
 * @width: of the chart, in units of @cr (pixels on screen, points times a scale on paper)
 * @height: likewise
 * @layout: (nullable): replaced with what was drawn where
 *
 * Draws a chart, or the empty, error or waiting state of it. Never draws
 * outside the given size and never fills the background. Equal input gives
 * equal drawing operations. @cr's state is as before, without a current point.
 */
void            cpt_chart_draw        (cairo_t             *cr,
                                       const CptChart      *chart,
                                       const CptChartStyle *style,
                                       double               width,
                                       double               height,
                                       CptChartLayout      *layout);

/* What is written below a chart that is high enough: what the numbers do, how they are shown and what is
 * left out, a line each; NULL when there is nothing to say. */
char           *cpt_chart_dup_notes   (const CptChart *chart) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a point is at the sign of notes that have no room */
gboolean        cpt_chart_layout_is_at_note (const CptChartLayout *self,
                                             double                x,
                                             double                y);
/* The mark at a point; for lines the nearest within reach. (nullable), borrowed */
const CptChartMark *cpt_chart_layout_find (const CptChartLayout *self,
                                           double                x,
                                           double                y);
/* The index of the mark that @step leads to from @mark (-1: none yet), or -1
 * when there are no marks. Stays at the ends. */
int             cpt_chart_layout_walk (const CptChartLayout *self,
                                       int                   mark,
                                       CptChartStep          step);

/* One translated sentence for a screen reader */
char           *cpt_chart_dup_summary    (const CptChart *chart);
/* What a mark says: "Proposal: €125,000.00, 12 %" */
char           *cpt_chart_dup_mark_label (const CptChart     *chart,
                                          const CptChartMark *mark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptChartLayout, cpt_chart_layout_free)

G_END_DECLS
