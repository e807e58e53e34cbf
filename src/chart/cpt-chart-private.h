/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-chart-format.h"
#include "cpt-chart-kind.h"
#include "cpt-chart-scale.h"
#include "cpt-chart-text-private.h"

G_BEGIN_DECLS

/**
 * CptChartContext:
 * @data: neither empty nor an error
 * @texts: of the style, or made for this drawing
 * @em: font size; what distances are measured in
 * @layout: never NULL
 * @without_text: too small for words: only shapes
 * @has_note: what is left out has been said below the chart
 *
 * One drawing under way.
 */
struct _CptChartContext
{
  cairo_t             *cr;
  const CptChart      *chart;
  const CptChartData  *data;
  const CptChartStyle *style;
  CptTextCache        *texts;
  double               width;
  double               height;
  double               em;
  CptChartLayout      *layout;
  gboolean             without_text;
  gboolean             has_note;
  gboolean             lacks_note; /* there is one, and no room */
};

typedef enum
{
  CPT_ANCHOR_START,
  CPT_ANCHOR_MIDDLE,
  CPT_ANCHOR_END,
} CptAnchor;

/**
 * CptTextStyle:
 * @scale: of the style's font size; 0 is 1
 * @bold: heavy
 * @color: of the text
 * @anchor: which part of the text is at x
 * @max_width: ellipsized; 0: no limit
 * @lines: more than one: wrapped at @max_width and centred; y is of the first line
 */
typedef struct
{
  double        scale;
  gboolean      bold;
  CptChartColor color;
  CptAnchor     anchor;
  double        max_width;
  int           lines;
} CptTextStyle;

typedef enum
{
  CPT_CORNER_NONE = 0,
  CPT_CORNER_TOP_LEFT = 1 << 0,
  CPT_CORNER_TOP_RIGHT = 1 << 1,
  CPT_CORNER_BOTTOM_RIGHT = 1 << 2,
  CPT_CORNER_BOTTOM_LEFT = 1 << 3,
  CPT_CORNER_TOP = CPT_CORNER_TOP_LEFT | CPT_CORNER_TOP_RIGHT,
  CPT_CORNER_BOTTOM = CPT_CORNER_BOTTOM_LEFT | CPT_CORNER_BOTTOM_RIGHT,
  CPT_CORNER_LEFT = CPT_CORNER_TOP_LEFT | CPT_CORNER_BOTTOM_LEFT,
  CPT_CORNER_RIGHT = CPT_CORNER_TOP_RIGHT | CPT_CORNER_BOTTOM_RIGHT,
  CPT_CORNER_ALL = CPT_CORNER_TOP | CPT_CORNER_BOTTOM,
} CptCorner;

/* cpt-chart-paint.c */
void          cpt_chart_set_color    (cairo_t             *cr,
                                      const CptChartColor *color);
void          cpt_chart_path_rect    (cairo_t            *cr,
                                      const CptChartRect *rect,
                                      double              radius,
                                      CptCorner           corners);
void          cpt_chart_fill_rect    (CptChartContext     *context,
                                      const CptChartRect  *rect,
                                      double               radius,
                                      CptCorner            corners,
                                      const CptChartColor *color);
/* Fills the current path as the series does: colour, outline, pattern */
void          cpt_chart_fill_series  (CptChartContext *context,
                                      guint            series);
/* The same for one value: what is only so far is light and hatched */
void          cpt_chart_fill_value   (CptChartContext *context,
                                      guint            series,
                                      guint            category);
void          cpt_chart_draw_line    (CptChartContext     *context,
                                      double               x1,
                                      double               y1,
                                      double               x2,
                                      double               y2,
                                      const CptChartColor *color);
/* Fills the current path with a colour, and the pattern of the place @index in the palette */
void          cpt_chart_fill_color   (CptChartContext     *context,
                                      const CptChartColor *color,
                                      guint                index);
/* Of the place @index in the palette; the accent comes first */
CptChartColor cpt_chart_get_palette_color (CptChartContext *context,
                                           guint            index);
double        cpt_chart_measure      (CptChartContext    *context,
                                      const char         *text,
                                      const CptTextStyle *style);
/* @y is the baseline */
void          cpt_chart_draw_text    (CptChartContext    *context,
                                      const char         *text,
                                      const CptTextStyle *style,
                                      double              x,
                                      double              y);
/* @y is the middle of the capitals */
void          cpt_chart_draw_text_middle (CptChartContext    *context,
                                          const char         *text,
                                          const CptTextStyle *style,
                                          double              x,
                                          double              y);
/* The colour of a series: given, accent, or of the palette */
CptChartColor cpt_chart_get_color    (CptChartContext *context,
                                      guint            series);
/* The same, dark enough for text and thin lines on the background */
CptChartColor cpt_chart_get_ink      (CptChartContext     *context,
                                      const CptChartColor *color);
/* The colour of text on an area of @color: the ground's where that can be read,
 * since the desktop's text may let the area shine through, black or white where neither can */
CptChartColor cpt_chart_get_text_on  (CptChartContext     *context,
                                      const CptChartColor *color);
void          cpt_chart_add_mark     (CptChartContext    *context,
                                      int                 series,
                                      int                 category,
                                      const CptChartRect *area,
                                      double              x,
                                      double              y);

/* Of a slice; its area is what the slice covers */
void          cpt_chart_add_sector_mark (CptChartContext      *context,
                                         int                   category,
                                         const CptChartSector *sector);

/* cpt-chart-axis.c */

/**
 * CptValueAxis:
 * @ticks: round values
 * @unit: of them
 * @from: place of the first tick
 * @to: place of the last tick
 */
typedef struct
{
  CptTicks            ticks;
  const CptChartUnit *unit;
  double   from;
  double   to;
} CptValueAxis;

/* Room for labels and legend around a plot */
typedef struct
{
  double left;
  double right;
  double top;
  double bottom;
} CptChartMargins;

/* Smallest and largest value of all series; with @stacked of their sums. 0
 * counts when @with_zero. FALSE when nothing is there. */
gboolean cpt_chart_get_range        (const CptChartData *data,
                                     gboolean            stacked,
                                     gboolean            with_zero,
                                     double             *min,
                                     double             *max);
/* Takes the bands of all series into a range */
void     cpt_chart_extend_range     (const CptChartData *data,
                                     double             *min,
                                     double             *max);
void     cpt_value_axis_init        (CptValueAxis       *axis,
                                     const CptChartUnit *unit,
                                     double              min,
                                     double              max,
                                     double              target);
double   cpt_value_axis_map         (const CptValueAxis *axis,
                                     double              value);
/* Of values above zero. With @from_below the axis starts below the smallest, so that its bar is
 * seen. The places are left as they are. */
void     cpt_value_axis_init_log    (CptValueAxis       *axis,
                                     const CptChartUnit *unit,
                                     double              min,
                                     double              max,
                                     double              target,
                                     gboolean            from_below);
/* The widest tick label */
double   cpt_value_axis_measure     (CptChartContext    *context,
                                     const CptValueAxis *axis);
/* Grid lines over @plot and labels: left of it when @vertical, else below */
void     cpt_value_axis_draw        (CptChartContext    *context,
                                     const CptValueAxis *axis,
                                     const CptChartRect *plot,
                                     gboolean            vertical);
/* Height that the labels of dates take below a plot */
double   cpt_date_axis_get_height   (CptChartContext *context);

/* Where a date is on the x axis */
typedef double (*CptDatePlace) (gint64   date,
                                gpointer data);

void     cpt_date_axis_draw         (CptChartContext    *context,
                                     const CptChartRect *plot,
                                     CptDatePlace        place,
                                     gpointer            place_data);
/* A row of swatches and names at the top; returns its height, 0 when there is
 * one series or no name. */
double   cpt_chart_draw_legend      (CptChartContext *context);
/* The same for other things than series; names may be NULL. The place of a colour is that of its pattern. */
double   cpt_chart_draw_names       (CptChartContext     *context,
                                     const char *const   *names,
                                     const CptChartColor *colors,
                                     guint                n_names);
/* Whether the name of a series would stand in a legend */
gboolean cpt_chart_has_legend       (const CptChartData *data);

/* cpt-chart-align.c: gives the axes of bars (0) and a line (1) their units and ticks, about
 * @target and as many on both. @options: for each the option that chooses its scale. The places are
 * left as they are. */
void     cpt_chart_align_axes       (const CptChart    *chart,
                                     const char *const *options,
                                     double             target,
                                     CptValueAxis      *axes);

/* cpt-chart-band.c */

/**
 * CptBands:
 * @context: of the chart
 * @plot: where they are
 * @count: of bands that have room
 * @stride: categories in one band, when they are narrower than a pixel
 * @size: of a band
 * @picked: (nullable): of guint: the category of each, where they are not the first
 *
 * Places of categories side by side.
 */
typedef struct
{
  CptChartContext *context;
  CptChartRect     plot;
  guint            count;
  guint            stride;
  double           size;
  GArray          *picked;
} CptBands;

/* Of the largest categories @count, where their order means nothing and there are more; NULL for
 * the first ones. @stacked: all series together, else the first */
GArray *cpt_chart_pick_largest (const CptChartData *data,
                                guint               count,
                                gboolean            stacked);
/* How many have room, each at least @least; with @shares_places all have it, some in one place */
void    cpt_bands_fit          (CptBands        *self,
                                CptChartContext *context,
                                double           room,
                                double           least,
                                gboolean         shares_places);
/* Which they are */
void    cpt_bands_pick         (CptBands *self,
                                gboolean  stacked);
void    cpt_bands_clear        (CptBands *self);
/* Where several share a place, the one furthest from zero stands for all */
guint   cpt_bands_get_category (const CptBands *self,
                                guint           band);
/* Across, of bands that stand */
double  cpt_bands_get_middle   (const CptBands *self,
                                double          band);
/* Below the plot, of bands that stand */
void    cpt_bands_draw_labels  (const CptBands *self);
/* Whether there are categories that are not shown */
gboolean cpt_bands_are_cut     (const CptBands *self);
/* "and 12 more with €3,400 in all" */
char   *cpt_bands_dup_rest     (const CptBands *self,
                                gboolean        stacked);
/* The line at the target, across bars that stand or lie, or lines */
void    cpt_chart_draw_target  (CptChartContext    *context,
                                const CptValueAxis *axis,
                                const CptChartRect *plot,
                                gboolean            is_lying);

/* cpt-chart-log.c */

/* All series of a chart */
#define CPT_CHART_ALL_SERIES -1

/* Choices of options that choose a scale */
extern const CptChartChoice cpt_chart_scales[];

/* Whether the values of @series (or of all) are on a logarithmic scale: @option says so, and one
 * of them is above zero */
gboolean cpt_chart_is_log           (const CptChart *chart,
                                     const char     *option,
                                     int             series);
/* Smallest and largest of the values above zero; a target counts, where it is of @series. FALSE
 * when there is none. */
gboolean cpt_chart_get_log_range    (const CptChartData *data,
                                     int                 series,
                                     double             *min,
                                     double             *max);
/* What a logarithmic scale can't show; NULL when nothing is missing. @first: the option of the
 * first series, or of all; @second: (nullable): of the second */
char    *cpt_chart_annotate_scales  (const CptChart *chart,
                                     const char     *first,
                                     const char     *second);

/* cpt-chart-sentence.c */

/* "12 deals" where the unit has a name, else the value in full */
char    *cpt_chart_format_spoken      (const CptChartUnit *unit,
                                       double              value);
/* Category, series where there are several, and value: "November, Won: 12 deals" */
char    *cpt_chart_describe_value     (const CptChart     *chart,
                                       const CptChartMark *mark);
/* The title, or a word that stands for it; borrowed */
const char *cpt_chart_get_title       (const CptChart *chart);
/* How many categories, which is highest and lowest, and what there is so far */
char    *cpt_chart_summarize_extremes (const CptChart *chart);
/* "Revenue won highest in March with €5,000"; NULL when @series has no value */
char    *cpt_chart_summarize_highest  (const CptChart *chart,
                                       guint           series);
/* What there is so far behind @story, which it takes; of several series only that their time is not over */
char    *cpt_chart_tell_running       (const CptChart *chart,
                                       char           *story);
/* Whether the data has nothing that the chart's kind could draw */
gboolean cpt_chart_lacks_data         (const CptChart *chart);
/* Why the chart's kind can't draw its data; NULL when it can */
const char *cpt_chart_find_refusal    (const CptChart *chart);
/* "and 12 more" */
char    *cpt_chart_format_more        (guint n_more);

/* cpt-chart-expected.c */

/* The bands of @series behind its line. @xs: of every category; @indices: of guint:
 * the categories that are drawn */
void     cpt_chart_draw_band          (CptChartContext    *context,
                                       const CptValueAxis *axis,
                                       guint               series,
                                       const double       *xs,
                                       const GArray       *indices);
/* Rings around what is unusual, each with a sign that points to where it is off */
void     cpt_chart_draw_flags         (CptChartContext    *context,
                                       const CptValueAxis *axis,
                                       guint               series,
                                       const double       *xs,
                                       const CptChartRect *plot);
/* What a point of a line says: also that it is a forecast, or unusual */
char    *cpt_chart_describe_expected  (const CptChart     *chart,
                                       const CptChartMark *mark);
/* The extremes of what was measured, and the last value of a forecast */
char    *cpt_chart_summarize_expected (const CptChart *chart);

/* cpt-chart-cells.c */

/* A table of all numbers; with @is_heat the cells are the darker the more there is */
void     cpt_chart_draw_cells         (CptChartContext *context,
                                       gboolean         is_heat);
char    *cpt_chart_summarize_cells    (const CptChart *chart);
/* Of a cell, or of a total */
char    *cpt_chart_describe_cell      (const CptChart     *chart,
                                       const CptChartMark *mark);

/* cpt-chart-part.c */

/**
 * CptChartPart:
 * @category: index in the data, or %CPT_CHART_OTHER
 * @value: of it; of the others their sum
 * @share: of the whole, 0 to 1
 *
 * A part of a whole.
 */
typedef struct
{
  int    category;
  double value;
  double share;
} CptChartPart;

/* The values of the first series, largest first, without what is nothing. No
 * more than @max_parts: the smallest become "Other", at the end. */
GArray     *cpt_chart_create_parts (const CptChartData *data,
                                    guint               max_parts);
char       *cpt_chart_dup_part_label (const CptChartData *data,
                                      const CptChartPart *part);
/* For kinds that show parts of a whole */
const char *cpt_chart_refuse_parts (const CptChart *chart);
char       *cpt_chart_summarize_parts (const CptChart *chart);
/* "Other" is told by its share only: what is in it depends on the room */
char       *cpt_chart_describe_part (const CptChart     *chart,
                                     const CptChartMark *mark);

/* Choices of the option "direction"; in the order of #CptChartDirection */
extern const CptChartChoice cpt_chart_directions[];

extern const CptChartKind cpt_chart_number;
extern const CptChartKind cpt_chart_bar;
extern const CptChartKind cpt_chart_line;
extern const CptChartKind cpt_chart_combo;
extern const CptChartKind cpt_chart_funnel;
extern const CptChartKind cpt_chart_goals;
extern const CptChartKind cpt_chart_leaderboard;
extern const CptChartKind cpt_chart_pie;
extern const CptChartKind cpt_chart_gauge;
extern const CptChartKind cpt_chart_heat;
extern const CptChartKind cpt_chart_table;
extern const CptChartKind cpt_chart_pivot;
extern const CptChartKind cpt_chart_cohort;
extern const CptChartKind cpt_chart_treemap;
extern const CptChartKind cpt_chart_radar;
extern const CptChartKind cpt_chart_scatter;
extern const CptChartKind cpt_chart_timeline;
extern const CptChartKind cpt_chart_text;
extern const CptChartKind cpt_chart_image;

G_END_DECLS
