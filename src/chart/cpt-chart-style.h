/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-chart-data.h"
#include "cpt-chart-text.h"

G_BEGIN_DECLS

#define CPT_CHART_PALETTE_SIZE 8

/**
 * CptChartTheme:
 * @CPT_CHART_THEME_LIGHT: on a white card
 * @CPT_CHART_THEME_DARK: on a dark card
 * @CPT_CHART_THEME_CONTRAST: black on white, no fine grey, outlines and patterns
 * @CPT_CHART_THEME_CONTRAST_DARK: white on black likewise
 * @CPT_CHART_THEME_PRINT: for paper: white ground, thinner lines, finer sampling
 */
typedef enum
{
  CPT_CHART_THEME_LIGHT,
  CPT_CHART_THEME_DARK,
  CPT_CHART_THEME_CONTRAST,
  CPT_CHART_THEME_CONTRAST_DARK,
  CPT_CHART_THEME_PRINT,
} CptChartTheme;

#define CPT_CHART_N_THEMES (CPT_CHART_THEME_PRINT + 1)

/**
 * CptChartStyle:
 * @foreground: text that matters
 * @muted: axis labels and captions; at least 4.5:1 on @background
 * @background: the card; the chart does not fill it
 * @grid: hairlines
 * @fill: quiet areas: tracks behind bars, skeletons
 * @accent: the colour of a single series
 * @good: a change for the better
 * @bad: a change for the worse
 * @palette: of several series, told apart by colour-blind eyes (Okabe-Ito)
 * @font_family: a Pango family list
 * @font_size: pixels of axis labels; everything is measured from it. Between 6 and 48.
 * @patterns: series are told apart by patterns and dashes as well as by colour
 * @sampling: points kept for each unit of width: 1 on screens, 2 on paper
 * @texts: (nullable): shaped text kept between drawings; belongs to the thread that draws
 *
 * How charts look. A plain value: copy it, change members, pass it. The
 * application overrides @accent, @font_family and the colours of the card with
 * those of the desktop.
 */
typedef struct
{
  CptChartColor  foreground;
  CptChartColor  muted;
  CptChartColor  background;
  CptChartColor  grid;
  CptChartColor  fill;
  CptChartColor  accent;
  CptChartColor  good;
  CptChartColor  bad;
  CptChartColor  palette[CPT_CHART_PALETTE_SIZE];
  const char    *font_family;
  double         font_size;
  gboolean       patterns;
  double         sampling;
  CptTextCache  *texts;
} CptChartStyle;

void          cpt_chart_style_init         (CptChartStyle *style,
                                            CptChartTheme  theme);
/* "#rrggbb" or "#rrggbbaa" */
gboolean      cpt_chart_color_parse        (const char    *text,
                                            CptChartColor *color);
/* 1 to 21, by WCAG 2.1 */
double        cpt_chart_color_get_contrast (const CptChartColor *a,
                                            const CptChartColor *b);
/* From @a (0) to @b (1) */
CptChartColor cpt_chart_color_mix          (const CptChartColor *a,
                                            const CptChartColor *b,
                                            double               amount);

G_END_DECLS
