/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-filter.h"

G_BEGIN_DECLS

#define CPT_AGGREGATE_MAX_MEASURES 16
/* That a question shows */
#define CPT_AGGREGATE_MAX_SHOWN 3
/* Together with those of the groups that its numbers are made of */
#define CPT_AGGREGATE_MAX_DIMENSIONS 6
/* Groups of groups of groups */
#define CPT_AGGREGATE_MAX_DEPTH 4
#define CPT_AGGREGATE_MAX_ROWS 50000

/**
 * CptMeasureUnit:
 * @CPT_MEASURE_UNIT_NONE: no number: the latest date, a text
 * @CPT_MEASURE_UNIT_COUNT: how many
 * @CPT_MEASURE_UNIT_NUMBER: a plain number
 * @CPT_MEASURE_UNIT_MONEY: minor units of a currency
 * @CPT_MEASURE_UNIT_PERCENT: a fraction
 * @CPT_MEASURE_UNIT_DAYS: days
 * @CPT_MEASURE_UNIT_DURATION: seconds
 *
 * What a measure gives.
 */
typedef enum
{
  CPT_MEASURE_UNIT_NONE,
  CPT_MEASURE_UNIT_COUNT,
  CPT_MEASURE_UNIT_NUMBER,
  CPT_MEASURE_UNIT_MONEY,
  CPT_MEASURE_UNIT_PERCENT,
  CPT_MEASURE_UNIT_DAYS,
  CPT_MEASURE_UNIT_DURATION,
  CPT_N_MEASURE_UNITS
} CptMeasureUnit;

/* "count", "money": as in JSON; "none" is not read */
const char *cpt_measure_unit_get_name (CptMeasureUnit unit);
gboolean    cpt_measure_unit_parse    (const char     *name,
                                       CptMeasureUnit *unit);

/**
 * CptAggregateSpec:
 *
 * A question about numbers. JSON:
 * {"source":"deal",
 *  "where":{filter},
 *  "search":"words",
 *  "measures":[{"agg":"count"},{"agg":"sum","field":"amount","where":{filter},"label":"Won"}],
 *  "dimensions":[{"field":"owner.team"},{"field":"closed_on","bucket":"month","fill":true}],
 *  "having":[{"measure":0,"op":"greater","value":10}],
 *  "order":[{"measure":0,"descending":true}] or [{"dimension":0}],
 *  "limit":10,
 *  "compare":{"field":"closed_on","period":{"this":"month"},"with":"previous"},
 *  "date":"closed_on"}
 *
 * "date" changes no number: it says which day counts for whoever filters the question by
 * a period (a dashboard); false, that no period filters it.
 *
 * A dimension of numbers or amounts may have bins of equal width: {"field":"amount",
 * "bin":1000,"fill":true}, or {"width":1000,"from":0,"to":20000}, as people write
 * them; "auto" chooses a width of 1, 2 or 5 with zeros. The first and the last bin take what
 * is beyond them. The key of a bin is its first number.
 *
 * "compare" restricts to the period and adds, for each measure, its value over
 * the period before (same length; the calendar's own for months, quarters and
 * years) or, with "year", over the same period of last year. Beside a period
 * that runs ({"this":…}) it is the same part of the other one: on 21 November
 * October up to the 21st. "fill" adds the empty buckets between the first and the last.
 * Money is never added over currencies: a sum of money has one result row per
 * currency met, with the currency in the value. Records without an amount count
 * with the workspace's currency. The sum of nothing is 0, other measures of
 * nothing are null.
 *
 * A measure may have a "name" by which formulas read it, and may be "hidden":
 * {"agg":"count","name":"won","where":…,"hidden":true}. A formula is a measure:
 * {"formula":"won / closed","unit":"percent"}; it is null where something that
 * it reads is, and where it divides by zero. "since" takes the days from another
 * date: {"agg":"avg","field":"closed_on","since":"opened_on"}; "weight" takes that
 * part of each value: {"agg":"sum","field":"amount","weight":"stage.probability"}.
 * With "show":"share" a count or sum is shown as its part of all groups, with
 * "running" together with those of the rows before. "having" leaves out groups
 * whose numbers, as people write them, are not so.
 *
 * With "each" the numbers are of groups rather than of records: what is measured is
 * worked out for each of these groups first, and put together for each row then:
 * {"each":{"dimensions":[{"field":"organisation"},{"field":"closed_on","bucket":"month"}],
 *          "agg":"avg", "having":[{"measure":0,"op":"greater","value":100}]}}
 * is the average per organisation and month. "agg" is avg, sum, min, max, median, or
 * count, which counts the groups; "having" says which of them are meant. Groups without
 * records are none, unless a dimension in "each" has "fill". An "each" may have an
 * "each" of its own, whose groups come before. "named" in it tells that labels of
 * measures are those of what comes out. Order, limit, outer "having", "show" and
 * "compare" are about what comes out.
 * Positions of measures, here and in the answer, leave hidden ones out.
 */
typedef struct _CptAggregateSpec CptAggregateSpec;

CptAggregateSpec *cpt_aggregate_spec_from_json (CptSchema  *schema,
                                                JsonNode   *node,
                                                GError    **error);
CptAggregateSpec *cpt_aggregate_spec_parse     (CptSchema   *schema,
                                                const char  *json,
                                                GError     **error);
CptAggregateSpec *cpt_aggregate_spec_ref       (CptAggregateSpec *self);
void              cpt_aggregate_spec_unref     (CptAggregateSpec *self);
JsonNode         *cpt_aggregate_spec_to_json   (CptAggregateSpec *self);
const CptEntity  *cpt_aggregate_spec_get_entity (CptAggregateSpec *self);
guint             cpt_aggregate_spec_get_n_measures (CptAggregateSpec *self);
guint             cpt_aggregate_spec_get_n_dimensions (CptAggregateSpec *self);
/* For people: "Sum of Amount", or the label it was given */
char             *cpt_aggregate_spec_dup_measure_label (CptAggregateSpec *self,
                                                        guint             measure);
char             *cpt_aggregate_spec_dup_dimension_label (CptAggregateSpec *self,
                                                          guint             dimension);
/* The field a measure or dimension is about; NULL for a count of records and for a formula */
const CptField   *cpt_aggregate_spec_get_measure_field (CptAggregateSpec *self,
                                                        guint             measure);
CptMeasureUnit           cpt_aggregate_spec_get_unit (CptAggregateSpec *self,
                                                      guint             measure);
/* What CptMeasure.number is multiplied by to be in that unit: 0.01 for a decimal with two digits */
double            cpt_aggregate_spec_get_factor (CptAggregateSpec *self,
                                                 guint             measure);
/* Whether values of groups may be added up */
gboolean          cpt_aggregate_spec_is_additive (CptAggregateSpec *self,
                                                  guint             measure);
/* CPT_N_AGGREGATES for a formula */
CptAggregate      cpt_aggregate_spec_get_measure_aggregate (CptAggregateSpec *self,
                                                            guint             measure);
const CptField   *cpt_aggregate_spec_get_dimension_field (CptAggregateSpec *self,
                                                          guint             dimension);
CptBucket         cpt_aggregate_spec_get_bucket (CptAggregateSpec *self,
                                                 guint             dimension);
/* (nullable): the question whose groups are put together, by the same dimensions and those
 * of "each"; borrowed. NULL for one about records. */
CptAggregateSpec *cpt_aggregate_spec_get_inner (CptAggregateSpec *self);
/* Whether a dimension puts numbers into bins; @width (out), as people write it, is 0 where it follows the records */
gboolean          cpt_aggregate_spec_has_bins  (CptAggregateSpec *self,
                                                guint             dimension,
                                                double           *width);
/* Whether values of such a field can stand in bins: numbers and amounts */
gboolean          cpt_field_has_bins           (const CptField *field);

/**
 * CptMeasure:
 * @is_null: nothing to say (average of nothing)
 * @number: money in minor units, decimals scaled, percentages in hundredths of a
 *   percent, averages and medians with a fraction of that; of a formula in its unit,
 *   but percentages as well in hundredths of a percent
 * @currency: for money, else empty
 */
typedef struct
{
  gboolean is_null;
  double   number;
  gint64   exact; /* the same when it is a whole number of units */
  char     currency[4];
} CptMeasure;

/**
 * CptAggregateResult:
 *
 * The answer. Immutable, counted.
 */
typedef struct _CptAggregateResult CptAggregateResult;

/* What was computed before for the same spec at the same state of the data is
 * used again; after few changes only the changed records are read (counts,
 * sums and averages over the entity's own fields), else it is one SQL
 * statement. Equal in all cases. Of a question with "each" it is the groups that are
 * kept; CPT_ERROR_LIMIT when they are too many to be sure of the number. */
CptAggregateResult *cpt_aggregate_run          (CptDatabase       *database,
                                                CptAggregateSpec  *spec,
                                                GError           **error);
CptAggregateResult *cpt_aggregate_result_ref   (CptAggregateResult *self);
void                cpt_aggregate_result_unref (CptAggregateResult *self);
guint               cpt_aggregate_result_get_n_rows (CptAggregateResult *self);
guint               cpt_aggregate_result_get_n_dimensions (CptAggregateResult *self);
/* Set when CPT_AGGREGATE_MAX_ROWS or the spec's limit cut rows off */
gboolean            cpt_aggregate_result_is_truncated (CptAggregateResult *self);
const CptMeasure   *cpt_aggregate_result_get_measure (CptAggregateResult *self,
                                                      guint               row,
                                                      guint               measure);
/* The same over the period compared with; NULL when the spec compares nothing */
const CptMeasure   *cpt_aggregate_result_get_compared (CptAggregateResult *self,
                                                       guint               row,
                                                       guint               measure);
/* For people: "1–21 Oct", when only this part of the other period is compared
 * with because the period itself still runs; NULL when it is all of it */
const char         *cpt_aggregate_result_get_part_label (CptAggregateResult *self);
/* As the field's value (a bucket's is the date of its first day) */
const CptValue     *cpt_aggregate_result_get_key (CptAggregateResult *self,
                                                  guint               row,
                                                  guint               dimension);
/* Where the row's key stands among those of this dimension, whatever the rows are ordered by: calendar, declared
 * choices, stages by position, others by title, nothing at the end */
guint               cpt_aggregate_result_get_rank (CptAggregateResult *self,
                                                   guint               row,
                                                   guint               dimension);
/* For people: title of a link, label of a choice, "Nov 2026"; "None" for null */
const char         *cpt_aggregate_result_get_label (CptAggregateResult *self,
                                                    guint               row,
                                                    guint               dimension);
/* The records behind a mark: where + its dimensions (+ the measure's own
 * filter). A list with this filter, and the spec's search, shows exactly those
 * records; with "each" and "having" in it those of the groups that are meant, or of all
 * groups where a filter can't name so many. */
CptFilter          *cpt_aggregate_result_dup_filter (CptAggregateResult *self,
                                                     guint               row,
                                                     guint               measure);
/* Only what the dimension says of these rows: "Owner is Zoé", of several "is one
 * of"; (nullable): where the values of several rows can't be put together */
CptFilter          *cpt_aggregate_result_dup_key_condition (CptAggregateResult *self,
                                                            const guint        *rows,
                                                            guint               n_rows,
                                                            guint               dimension);
/* The documented shape of "comptoirctl aggregate --json" */
JsonNode           *cpt_aggregate_result_to_json (CptAggregateResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptAggregateSpec, cpt_aggregate_spec_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptAggregateResult, cpt_aggregate_result_unref)

G_END_DECLS
