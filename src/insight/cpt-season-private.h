/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-least-squares.h"
#include "cpt-time-series.h"

G_BEGIN_DECLS

/* What a series is explained by. The first has one term, the mean; the others have a line too. */
typedef enum
{
  CPT_SEASON_MEAN,
  CPT_SEASON_LINE,
  CPT_SEASON_WAVE,   /* one sine a year */
  CPT_SEASON_WAVES,  /* three of them, for weeks */
  CPT_SEASON_MONTHS, /* one term for each month but the first, or each quarter */
  CPT_N_SEASONS
} CptSeasonModel;

/* A fit of a part of a series. */
typedef struct
{
  CptSeasonModel  model;
  guint           n_values; /* known ones */
  double          origin;   /* of time, so that the line and the mean hardly depend on each other */
  double          span;
  double          scale;    /* the series was divided by it: no square overflows */
  CptLeastSquares line;
} CptSeasonFit;

guint    cpt_season_count_terms (CptSeasonModel model,
                                 CptBucket      bucket);
/* Those at @index, which may lie behind the series */
void     cpt_season_fill_terms  (const CptSeasonFit  *fit,
                                 const CptTimeSeries *series,
                                 guint                index,
                                 double              *terms);
/* Of the first @n_values; FALSE when there are too few, or some month never had one */
gboolean cpt_season_fit         (CptSeasonFit        *fit,
                                 const CptTimeSeries *series,
                                 guint                n_values,
                                 CptSeasonModel       model);

G_END_DECLS
