/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-aggregate.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_METRIC_UP_IS_GOOD,
  CPT_METRIC_DOWN_IS_GOOD,
  CPT_METRIC_NEUTRAL,
} CptMetricDirection;

/**
 * CptMetric:
 * @key: what questions and formulas call it; never changes
 * @title: for people
 * @description: (nullable): what is counted, in words
 * @direction: whether a rise is good
 * @id: of its record; nil for one that comes with the program
 * @owner: of the record; may be nil
 * @query: (nullable): JSON, not to be changed; NULL when it could not be read
 *
 * A number that has a name. Its definition in a record, @query here:
 * {"source":"deal", "where":{filter}, "date":"closed_on",
 *  "measures":[{"name":"won","agg":"count","where":{filter}}, {"name":"all","agg":"count"}],
 *  "formula":"won / all", "unit":"percent"}
 *
 * "date" is the day on which something counts: periods and intervals are about
 * it. Measures are those of a question (see #CptAggregateSpec); one may be
 * another metric over the same records: {"name":"won","metric":"deals_won"}.
 * Without a formula the first measure is the number. FILTERS.md has it all.
 */
typedef struct
{
  char               *key;
  char               *title;
  char               *description;
  CptMetricDirection  direction;
  CptUuid             id;
  CptUuid             owner;
  JsonNode           *query;
} CptMetric;

void       cpt_metric_free (CptMetric *self);
/* What a record says; does not check it */
CptMetric *cpt_metric_new_for_record (const CptRecord *record) G_GNUC_WARN_UNUSED_RESULT;
/* By its key: a record, or what comes with the program. CPT_ERROR_NOT_FOUND. */
CptMetric *cpt_metric_find (CptDatabase  *database,
                            const char   *key,
                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type CptMetric): those that come with the program, in their order,
 * each as the workspace has it, then the others by title */
GPtrArray *cpt_metric_list (CptDatabase  *database,
                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of what all of them mean: another text when one of them means something else */
char      *cpt_metric_list_dup_digest (GPtrArray *metrics) G_GNUC_WARN_UNUSED_RESULT;
/* Small letters, digits and _, a letter first */
gboolean   cpt_metric_is_key (const char *text);
/* Whether it can be asked. CPT_ERROR_PARSE, CPT_ERROR_INVALID, CPT_ERROR_NOT_FOUND,
 * CPT_ERROR_LIMIT with a sentence. */
gboolean   cpt_metric_check (CptDatabase      *database,
                             const CptMetric  *metric,
                             GError          **error);

/* (transfer full): the question that counts @metric, which need not be stored, over all
 * time; it names no metrics. Errors as of cpt_metric_check() */
JsonNode  *cpt_metric_create_question (CptDatabase      *database,
                                       const CptMetric  *metric,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @query names metrics rather than measures of its own */
gboolean   cpt_metric_is_named (JsonNode *query);

/* Whether a question says that no period of a dashboard filters it: "date":false */
gboolean   cpt_metric_is_undated (JsonObject *query);

/**
 * cpt_metric_expand:
 * @database: a connection
 * @query: a question that names metrics
 * @error: CPT_ERROR_PARSE, CPT_ERROR_NOT_FOUND, CPT_ERROR_INVALID or CPT_ERROR_LIMIT with a sentence
 *
 * A question about metrics:
 * {"metric":"conversion_rate" or "metrics":["revenue_won","average_deal"],
 *  "where":{filter}, "search":"words",
 *  "period":{"this":"year"}, "compare":"previous", "year" or "goal", "date":"opened_on",
 *  "dimensions":[{"field":"owner"},{"bucket":"month","fill":true}],
 *  "show":"share" or "running", "having":…, "order":…, "limit":…}
 *
 * Several metrics are of the same records and, unless "date" names one for all, count by the same
 * date. A dimension without a field
 * is about the metric's date, or "date" in its place; where that is false, no period of
 * a dashboard filters the question. What "goal" is compared with is found by who shows the
 * number: the store counts the period. What names no metric is given back as it is.
 *
 * Returns: (transfer full): what cpt_aggregate_spec_from_json() reads
 */
JsonNode  *cpt_metric_expand (CptDatabase  *database,
                              JsonNode     *query,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* Both at once */
CptAggregateSpec *cpt_metric_create_spec (CptDatabase  *database,
                                          JsonNode     *query,
                                          GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_question_to_sentence:
 * @database: a connection
 * @query: a question, also one that names metrics
 *
 * Returns: (transfer full) (nullable): "Revenue won by Owner, this year, where
 *   Region is West", without a full stop; %NULL when it can't be asked
 */
char      *cpt_question_to_sentence (CptDatabase *database,
                                     JsonNode    *query);

/* (nullable): "this year", "from 1 Jan 2026 to 31 Mar 2026"; NULL for what is no period */
char      *cpt_question_describe_period (JsonNode *period);
/* The first and the last day that it means today; FALSE for what is no period */
gboolean   cpt_question_resolve_period (CptDatabase *database,
                                        JsonNode    *period,
                                        gint64      *first,
                                        gint64      *last);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptMetric, cpt_metric_free)

G_END_DECLS
