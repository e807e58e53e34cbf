/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-chart-data.h"
#include "cpt-forecast.h"
#include "cpt-season.h"
#include "cpt-trend.h"

G_BEGIN_DECLS

/* What a trend gives in the unit of charts; *@factor makes its values fit (days are shown as seconds) */
CptChartUnit cpt_trend_get_unit          (const CptTrend *trend,
                                          double         *factor);
/* "Best months: December (+40 %) and November (+12 %); weakest: August (−30 %)." Parts of the
 * mean where that is above zero, else amounts. */
char        *cpt_trend_describe_season   (const CptTrend  *trend,
                                          const CptSeason *season);
/* "2026 is expected to come to €1.2M; between €1.1M and €1.3M four times out of five." Of
 * what does not add up, the last bucket. */
char        *cpt_trend_describe_forecast (const CptTrend    *trend,
                                          const CptForecast *forecast);
/* "Forecast this way, the last 12 months would have been off by 8 % on average; …" */
char        *cpt_trend_describe_check    (const CptForecast *forecast);
/* "Unusual: Mar 2025 (high), Aug 2026 (low)."; @signs: of cpt_anomaly_find(); (nullable): none */
char        *cpt_trend_describe_unusual  (const CptTrend *trend,
                                          const int      *signs);

G_END_DECLS
