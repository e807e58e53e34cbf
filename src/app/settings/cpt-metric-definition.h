/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-metric.h"

G_BEGIN_DECLS

/**
 * CptMetricPart:
 * @aggregate: how it is counted or added up
 * @field: (nullable): of what; %NULL counts records
 * @where: (nullable): JSON of the condition on records that this part alone has, in a ratio
 */
typedef struct
{
  CptAggregate  aggregate;
  char         *field;
  JsonNode     *where;
} CptMetricPart;

/**
 * CptMetricDefinition:
 * @source: kind of records
 * @date: (nullable): the day on which something counts
 * @where: (nullable): JSON of the condition on all records
 * @parts: what is counted, and what that is divided by
 * @is_ratio: whether there is a second part
 * @unit: of a ratio
 *
 * A definition of a metric as the form shows it: the simple ones, which people
 * make without code.
 */
typedef struct
{
  char           *source;
  char           *date;
  JsonNode       *where;
  CptMetricPart   parts[2];
  gboolean        is_ratio;
  CptMeasureUnit  unit;
} CptMetricDefinition;

/* Counts the records of @source */
CptMetricDefinition *cpt_metric_definition_new     (const char *source);
/* (nullable): NULL for what the form can't show whole */
CptMetricDefinition *cpt_metric_definition_parse   (JsonNode *query);
void                 cpt_metric_definition_free    (CptMetricDefinition *self);
JsonNode            *cpt_metric_definition_to_json (const CptMetricDefinition *self);
/* (nullable): how @query counts, for people: "Sum of Amount (Deals), where Stage is Won,
 * divided by Deals"; NULL for what can't be counted, or has no such simple words */
char                *cpt_metric_definition_describe (CptDatabase *database,
                                                     JsonNode    *query);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptMetricDefinition, cpt_metric_definition_free)

G_END_DECLS
