/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-aggregate.h"

G_BEGIN_DECLS

/**
 * CptWidgetQuery:
 * @metric: (nullable): key of the metric that is shown in place of measures of @source
 * @more_metrics: (element-type utf8): keys of others beside @metric
 * @source: entity, where there is no metric
 * @aggregate: of the one measure
 * @field: (nullable): what is summed; %NULL counts records
 * @has_more: whether there is a second measure
 * @more_aggregate: of it
 * @more_field: (nullable): likewise
 * @path: (nullable): what it is broken down by; "" for the date of the metric
 * @bucket: for dates
 * @bin: (nullable): for numbers: JSON of how they are put into bins
 * @by: (nullable): what else it is broken down by, likewise
 * @by_bucket: for dates
 * @by_bin: likewise
 * @period: (nullable): JSON of the period
 * @with: (nullable): what the period is compared with: "previous" or "year"; only metrics have periods without
 * @period_field: (nullable): the date that the period is about
 * @date: (nullable): path of the date by which a dashboard's period filters it; "" where none does, %NULL by default
 * @show: (nullable): "share" or "running", in place of the number itself
 * @having_op: (nullable): only groups are shown whose number is so: "greater"
 * @having_measure: 1 for the second of two numbers
 * @having_value: as people write it: in euros, percent, days
 * @having_rest: (nullable): conditions on groups behind that one, which the editor keeps while there is one
 * @each: (nullable): JSON of the groups that the numbers are made of
 * @limit: rows, 0 for all
 * @where: (nullable): JSON of the filter, which the editor keeps as it is
 *
 * A query as the editor of widgets shows it: the simple ones that people make
 * without code.
 */
typedef struct
{
  char         *metric;
  GPtrArray    *more_metrics;
  char         *source;
  CptAggregate  aggregate;
  char         *field;
  gboolean      has_more;
  CptAggregate  more_aggregate;
  char         *more_field;
  char         *path;
  CptBucket     bucket;
  char         *bin;
  char         *by;
  CptBucket     by_bucket;
  char         *by_bin;
  char         *period;
  char         *with;
  char         *period_field;
  char         *date;
  char         *show;
  char         *having_op;
  guint         having_measure;
  double        having_value;
  JsonArray    *having_rest;
  JsonNode     *each;
  gint64        limit;
  JsonNode     *where;
} CptWidgetQuery;

/* @text (nullable) may be what is there */
void            cpt_widget_text_set      (char       **place,
                                          const char  *text);
CptWidgetQuery *cpt_widget_query_new     (const char *source);
/* From what is stored; what the editor can't show is left out */
CptWidgetQuery *cpt_widget_query_parse   (JsonNode *query);
void            cpt_widget_query_free    (CptWidgetQuery *self);
/* Of records of @source themselves, with nothing measured */
JsonNode       *cpt_widget_query_records_to_json (const CptWidgetQuery *self,
                                                  const char           *source);
/* Only the record with @id; (nullable): all of them again */
void            cpt_widget_query_choose_record   (CptWidgetQuery *self,
                                                  const char     *id);
/* Whether it is about one record */
gboolean        cpt_widget_query_has_record      (const CptWidgetQuery *self);
/* @is_ordered: largest first, as bars and leaderboards want it */
JsonNode       *cpt_widget_query_to_json (const CptWidgetQuery *self,
                                          gboolean              is_ordered);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptWidgetQuery, cpt_widget_query_free)

G_END_DECLS
