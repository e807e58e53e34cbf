/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-metric.h"

G_BEGIN_DECLS

/**
 * CptMetricRow:
 * @id: of whom it is, when the question is broken down by a link; else nil
 * @label: likewise, for people
 * @number: as people write it: in euros, percent, days; NAN: there is none
 * @before: of the period compared with; NAN: there is none
 */
typedef struct
{
  CptUuid  id;
  char    *label;
  double   number;
  double   before;
} CptMetricRow;

/**
 * CptMetricRows:
 * @unit: of all numbers
 * @currency: of money, that of the workspace; else empty
 * @title: of the measure
 * @rows: (element-type CptMetricRow): one when the question has no dimension
 * @behind: (nullable): the records that the one number of a question without dimension is made of
 *
 * The first measure of a question, whole or by one dimension. Of money only the
 * currency of the workspace counts.
 */
typedef struct
{
  CptMeasureUnit  unit;
  char            currency[4];
  char           *title;
  GPtrArray      *rows;
  CptFilter      *behind;
} CptMetricRows;

/* CPT_ERROR_UNSUPPORTED for what is no number; or as aggregates have it */
CptMetricRows *cpt_metric_rows_read   (CptDatabase  *database,
                                       JsonNode     *question,
                                       GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void           cpt_metric_rows_free   (CptMetricRows *self);
/* (nullable): by @id; nil is who has no row of his own */
const CptMetricRow *cpt_metric_rows_find (const CptMetricRows *self,
                                          const CptUuid       *id);
/* For people: "€1,200", "12.5 %", "4 days"; a dash for NAN */
char          *cpt_metric_rows_format (const CptMetricRows *self,
                                       double               number);

/* {"metric":@metric,"where":@where}; @where is JSON and may be NULL. CPT_ERROR_PARSE */
JsonNode      *cpt_metric_question_new (const char  *metric,
                                        const char  *where,
                                        GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptMetricRows, cpt_metric_rows_free)

G_END_DECLS
