/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-aggregate.h"
#include "cpt-filter-private.h"
#include "cpt-formula-private.h"
#include "cpt-query-private.h"

G_BEGIN_DECLS

#define CPT_AGGREGATE_NO_CURRENCY G_MAXUINT
/* Exact up to here as a double */
#define CPT_AGGREGATE_MAX_WHOLE 9007199254740992.0

typedef enum
{
  CPT_MEASURE_PLAIN,
  CPT_MEASURE_SINCE, /* the days from @other to @path */
  CPT_MEASURE_WEIGHTED, /* the part of @path that @other, a percentage, says */
} CptMeasureForm;

/**
 * CptMeasureSpec:
 * @path: no steps: records are counted
 * @other: no steps in the plain form
 * @filter: (owned) (nullable)
 * @name: (owned) (nullable): for formulas
 * @currency: index among the spec's currencies, or CPT_AGGREGATE_NO_CURRENCY
 *
 * Something that is counted or added up while records are read.
 */
typedef struct
{
  CptAggregate    aggregate;
  CptMeasureForm  form;
  CptPath         path;
  CptPath         other;
  CptFilter      *filter;
  char           *name;
  guint           currency;
} CptMeasureSpec;

/* What is shown of the values of all rows */
typedef enum
{
  CPT_SHOW_VALUE,
  CPT_SHOW_RUNNING, /* with those of the rows before, for each series */
  CPT_SHOW_SHARE, /* as a part of all of them */
} CptShow;

/**
 * CptFigureSpec:
 * @formula: (owned) (nullable)
 * @measure: what is shown, where there is no formula
 * @show: of counts and sums
 * @unit: of the formula
 * @label: (owned) (nullable)
 *
 * Something that is shown: what callers know as a measure.
 */
typedef struct
{
  CptFormula     *formula;
  guint           measure;
  CptShow         show;
  CptMeasureUnit  unit;
  char           *label;
} CptFigureSpec;

typedef enum
{
  CPT_BIN_NONE,
  CPT_BIN_AUTO, /* of a width that suits the records */
  CPT_BIN_WIDTH,
  CPT_BIN_MAGNITUDE, /* by powers of two: not asked by people */
} CptBinForm;

/**
 * CptBinSpec:
 * @width: as people write it: in euros, percent
 * @from: where the first bin begins, likewise
 * @to: where the last one ends
 * @step: the width as it is stored; 0 until it is settled, and of magnitudes
 * @low: of @from; smaller numbers stand in one bin, whose key is @low less @step
 * @high: of @to; it and what is larger stands in one bin with that key
 *
 * Groups of numbers.
 */
typedef struct
{
  CptBinForm form;
  double     width;
  gboolean   has_from;
  gboolean   has_to;
  double     from;
  double     to;
  gint64     step;
  gint64     low;
  gint64     high;
} CptBinSpec;

typedef struct
{
  CptPath    path;
  CptBucket  bucket;
  CptBinSpec bin;
  gboolean   fill;
  char      *label; /* (owned) (nullable) */
} CptDimensionSpec;

typedef struct
{
  gboolean is_measure;
  guint    index;
  gboolean descending;
} CptOrderSpec;

/* Of groups: what their numbers must be. @value in the unit as people write it:
 * in euros, percent, days. */
typedef struct
{
  guint       figure;
  CptOperator op;
  double      value;
} CptHavingSpec;

#define CPT_AGGREGATE_MAX_HAVINGS 8
#define CPT_AGGREGATE_MAX_ORDERS (CPT_AGGREGATE_MAX_MEASURES + CPT_AGGREGATE_MAX_DIMENSIONS)

struct _CptAggregateSpec
{
  gatomicrefcount   count;
  CptSchema        *schema; /* (owned) */
  const CptEntity  *entity;
  CptFilter        *where; /* (owned) (nullable) */
  char             *search; /* (owned) (nullable) */
  CptMeasureSpec    measures[CPT_AGGREGATE_MAX_MEASURES];
  guint             n_measures;
  CptFigureSpec     figures[CPT_AGGREGATE_MAX_MEASURES];
  guint             n_figures;
  CptDimensionSpec  dimensions[CPT_AGGREGATE_MAX_DIMENSIONS];
  guint             n_dimensions;
  CptOrderSpec      orders[CPT_AGGREGATE_MAX_ORDERS];
  guint             n_orders;
  guint             limit; /* 0: none */
  CptHavingSpec     havings[CPT_AGGREGATE_MAX_HAVINGS];
  guint             n_havings;

  gboolean          has_compare;
  CptPath           compare_path;
  CptPeriod         compare_period;
  int               compare_years; /* 0: the period just before */

  /* Money fields whose amounts are added, compared or ordered: the currencies
   * of each keep rows apart */
  CptPath           currencies[CPT_AGGREGATE_MAX_MEASURES];
  guint             n_currencies;

  /* Groups of which the numbers are made, "each"; measures and figures say what is
   * measured of the records, and cells have what comes out, one for each figure */
  CptAggregateSpec *inner; /* (owned) (nullable) */
  gboolean          has_each;
  CptAggregate      fold;
  gboolean          is_fold_named; /* labels of figures are those of what comes out */
};

/**
 * CptCell:
 * @count: records, values, or different values
 * @sum: sum, least or greatest value
 * @real: median, or a sum beyond 64 bits
 * @is_real: whether @real counts
 *
 * One measure of one group, before it is made presentable.
 */
typedef struct
{
  gint64   count;
  gint64   sum;
  double   real;
  gboolean is_real;
} CptCell;

/**
 * CptGroup:
 * @keys: (array length=n_dimensions): null where the records have none
 * @currencies: one per currency of the spec
 * @n_records: records in it now and in the period compared with
 * @members: (owned) (nullable) (element-type CptValue): of groups that were chosen by their numbers
 *   and put together: the keys of each, by the dimensions of "each"; not to be changed
 * @cells: cpt_groups_get_n_cells() for now, then as many for the period compared with
 *
 * One row of numbers.
 */
typedef struct
{
  CptValue keys[CPT_AGGREGATE_MAX_DIMENSIONS];
  char     currencies[CPT_AGGREGATE_MAX_MEASURES][4];
  gint64   n_records[2];
  GPtrArray *members;
  CptCell *cells; /* (owned) */
} CptGroup;

/**
 * CptGroups:
 *
 * All groups of one answer, by key. Order does not matter yet. Counted; what
 * others may hold too is not changed.
 */
typedef struct
{
  gatomicrefcount   count;
  CptAggregateSpec *spec; /* (owned) */
  GHashTable       *table; /* key text -> CptGroup */
  gboolean          is_pruned; /* only the first ones by the spec's order are kept */
} CptGroups;

/* Numbers of rows, both included */
typedef struct
{
  gint64 first;
  gint64 last;
} CptRowRange;

/* Of each part of a group: one for each measure, with "each" for each figure */
guint        cpt_groups_get_n_cells     (CptAggregateSpec *spec);
CptGroups   *cpt_groups_new             (CptAggregateSpec *spec);
CptGroups   *cpt_groups_ref             (CptGroups *self);
void         cpt_groups_unref           (CptGroups *self);
/* The group with these keys; made when it is new. Takes the values of @keys. */
CptGroup    *cpt_groups_reach           (CptGroups *self,
                                         CptValue  *keys,
                                         const char (*currencies)[4]);
/* Appends a text that is equal only for equal keys */
void         cpt_groups_append_key      (GString        *key,
                                         const CptValue *value);
/* Drops groups without records */
void         cpt_groups_sweep           (CptGroups *self);
CptGroups   *cpt_groups_copy            (CptGroups *self);
/* What @whole, which asks the same without dimensions, would give; NULL when the
 * groups do not tell */
CptGroups   *cpt_groups_fold            (CptGroups        *self,
                                         CptAggregateSpec *whole);

/* cpt-aggregate-measure.c: "measures" of a question; into an empty spec */
gboolean     cpt_aggregate_parse_measures (CptAggregateSpec  *self,
                                           JsonObject        *object,
                                           GError           **error);
void         cpt_aggregate_clear_measures (CptAggregateSpec *self);
JsonArray   *cpt_aggregate_measures_to_json (CptAggregateSpec *self);
/* "sum(amount)", "won / closed": the same in every language */
char        *cpt_aggregate_dup_figure_name (CptAggregateSpec *self,
                                            guint             figure);
/* Sets CPT_ERROR_PARSE with @message, a translated sentence; FALSE */
gboolean     cpt_aggregate_refuse        (GError     **error,
                                          const char  *message);
/* Unknown members are mistakes, not extensions */
gboolean     cpt_aggregate_check_members (JsonObject         *object,
                                          const char *const  *known,
                                          GError            **error);

/* cpt-aggregate-having.c: "having", when the measures are known */
gboolean     cpt_aggregate_parse_having (CptAggregateSpec  *self,
                                         JsonObject        *object,
                                         GError           **error);
void         cpt_aggregate_add_having   (CptAggregateSpec *self,
                                         JsonObject       *object);
gboolean     cpt_aggregate_has          (CptAggregateSpec *self,
                                         const CptGroup   *group,
                                         guint             part);
/* cpt-aggregate-each.c: "each" of a question. First how groups are put together, which
 * measures are checked against; then, when all the rest is known, the inner question.
 * @depth: how many questions it is inside of */
gboolean     cpt_aggregate_parse_fold   (CptAggregateSpec  *self,
                                         JsonObject        *object,
                                         GError           **error);
gboolean     cpt_aggregate_parse_inner  (CptAggregateSpec  *self,
                                         JsonObject        *object,
                                         guint              depth,
                                         GError           **error);
void         cpt_aggregate_add_each     (CptAggregateSpec *self,
                                         JsonObject       *object);
/* cpt_aggregate_spec_from_json() inside of @depth others */
CptAggregateSpec *cpt_aggregate_spec_from_inner_json (CptSchema  *schema,
                                                      JsonNode   *node,
                                                      guint       depth,
                                                      GError    **error);
/* The groups of @self out of those of its inner question. CPT_ERROR_LIMIT when these
 * are not all there. */
CptGroups   *cpt_aggregate_fold         (CptAggregateSpec  *self,
                                         CptGroups         *inner,
                                         GError           **error);
/* What a figure shows of groups that were put together */
CptMeasure   cpt_aggregate_folded_figure (CptAggregateSpec *spec,
                                          const CptGroup   *group,
                                          guint             part,
                                          guint             figure);
/* That a record is in one of the groups that a number is made of. (nullable): where these were
 * not chosen, or are too many for a condition */
CptFilter   *cpt_aggregate_create_members_condition (CptAggregateSpec *self,
                                                     GPtrArray        *members);
/* That a record has this key */
CptFilter   *cpt_aggregate_create_key_condition (CptAggregateSpec *self,
                                                 guint             dimension,
                                                 const CptValue   *key);
/* "month" */
const char  *cpt_aggregate_get_bucket_noun (CptBucket bucket);
/* "Average per Organisation and month of Revenue won"; takes @label, that of what is
 * measured in each group */
char        *cpt_aggregate_dup_each_label (CptAggregateSpec *self,
                                           char             *label);
/* cpt-aggregate-bin.c: "bin" of a dimension; @node (nullable) */
gboolean     cpt_bin_spec_parse         (CptBinSpec      *self,
                                         const CptField  *field,
                                         JsonNode        *node,
                                         GError         **error);
JsonNode    *cpt_bin_spec_to_json       (const CptBinSpec *self);
/* The key of the bin that @value stands in */
void         cpt_bin_spec_set_start     (const CptBinSpec *self,
                                         const CptValue   *value,
                                         CptValue         *key);
/* A number of the kind, and in the currency, of @like */
void         cpt_bin_set_value          (const CptValue *like,
                                         gint64          start,
                                         CptValue       *key);
/* For people: "€1,000 – €2,000" */
char        *cpt_bin_spec_format        (const CptBinSpec *self,
                                         const CptField   *field,
                                         const CptValue   *key);
/* That a record is in the bin with this key, which is a number */
CptFilter   *cpt_bin_create_condition   (CptAggregateSpec *spec,
                                         guint             dimension,
                                         const CptValue   *key);
/* With bins that suit the records; the same one when it has none. Inside a
 * snapshot. CPT_ERROR_LIMIT when they would be too many. */
CptAggregateSpec *cpt_aggregate_settle  (CptDatabase       *database,
                                         CptAggregateSpec  *self,
                                         GError           **error);

/**
 * CptShower:
 * @spec: borrowed
 * @sums: text that tells figures, parts, currencies and series apart -> double:
 *   of all groups, or of the rows so far
 *
 * Makes parts and running totals of numbers.
 */
typedef struct
{
  CptAggregateSpec *spec;
  GHashTable       *sums;
} CptShower;

void         cpt_shower_init            (CptShower *self,
                                         CptGroups *groups);
void         cpt_shower_clear           (CptShower *self);
/* What a row shows, once, in the order of the rows */
CptMeasure   cpt_shower_show            (CptShower      *self,
                                         const CptGroup *group,
                                         guint           part,
                                         guint           figure);

/* What "now" and "before" mean, resolved: NULL for a spec that compares nothing */
CptFilter   *cpt_aggregate_spec_dup_part_filter (CptAggregateSpec *self,
                                                 CptDatabase      *database,
                                                 guint             part,
                                                 int              *months,
                                                 gint64           *days);
/* The part that a running period is compared with; else FALSE */
gboolean     cpt_aggregate_spec_get_part (CptAggregateSpec *self,
                                          gint64            today,
                                          gint64           *from,
                                          gint64           *to);
gboolean     cpt_aggregate_spec_is_set_dimension (CptAggregateSpec *self,
                                                  guint             dimension);
gboolean     cpt_aggregate_spec_depends_on_today (CptAggregateSpec *self);
gboolean     cpt_aggregate_spec_depends_on_user (CptAggregateSpec *self);

/* A row for each group, as it is read here only, or with @by_record for each
 * record: part, keys, currencies, number of the row, and for each measure
 * whether its filter takes the record (where it has one) and the value (where it
 * has a field). Within @range (nullable). */
CptStatement *cpt_aggregate_prepare     (CptDatabase        *database,
                                         CptAggregateSpec   *spec,
                                         gboolean            by_record,
                                         const CptRowRange  *range,
                                         GError            **error);
/* The key of a dimension; returns the number of columns used */
int          cpt_aggregate_read_key     (CptStatement     *statement,
                                         int               column,
                                         CptAggregateSpec *spec,
                                         guint             dimension,
                                         CptValue         *key);

/* cpt-aggregate-scan.c: records grouped here rather than by SQLite */
typedef struct _CptScan CptScan;
typedef struct _CptRowValues CptRowValues;

gboolean     cpt_aggregate_scan_is_possible (CptAggregateSpec *spec);
/* Whether it makes the buckets of a dimension from the days of the records */
gboolean     cpt_aggregate_scan_makes_bucket (CptAggregateSpec *spec,
                                              guint             dimension);
/* Inside a snapshot. @groups is NULL when they would be too many. */
gboolean     cpt_aggregate_scan         (CptDatabase       *database,
                                         CptAggregateSpec  *spec,
                                         CptGroups        **groups,
                                         GError           **error);
/* The same with other work in between: from here on another thread reads where
 * it can. @with_rows: the value of each row is wanted, of one dimension that is
 * no set; then NULL without @error where numbers of rows lie far apart. */
CptScan     *cpt_scan_start             (CptDatabase       *database,
                                         CptAggregateSpec  *spec,
                                         gboolean           with_rows,
                                         GError           **error);
/* Reads what is left; takes @self. @rows (nullable) only with @groups. */
gboolean     cpt_scan_finish            (CptScan       *self,
                                         CptGroups    **groups,
                                         CptRowValues  *rows,
                                         GError       **error);

/* One statement; inside a snapshot */
CptGroups   *cpt_aggregate_compute_by_sql (CptDatabase       *database,
                                           CptAggregateSpec  *spec,
                                           GError           **error);
/* By whichever is quicker; inside a snapshot */
CptGroups   *cpt_aggregate_compute      (CptDatabase       *database,
                                         CptAggregateSpec  *spec,
                                         GError           **error);
/* What one record adds to (@sign 1) or takes from (-1) the groups: for specs
 * that cpt_aggregate_is_incremental(). @record has all fields of the entity. */
gboolean     cpt_aggregate_is_incremental (CptAggregateSpec *spec);
void         cpt_aggregate_apply        (CptGroups   *groups,
                                         CptDatabase *database,
                                         CptRecord   *record,
                                         int          sign);
/* Keeps the first @n groups by the spec's order */
gboolean     cpt_aggregate_prune        (CptDatabase  *database,
                                         CptGroups    *groups,
                                         guint         n,
                                         GError      **error);

/**
 * CptTitles:
 *
 * Names and places of the records that a dimension of links leads to.
 */
typedef struct
{
  char *title;
  guint rank;
} CptTitle;

/**
 * CptArrangement:
 * @groups: (element-type CptGroup): in order; borrowed from the groups
 * @n_found: how many there are, also when only the first ones are in order
 * @titles: for dimensions of links: id -> CptTitle; else NULL
 *
 * Groups in the order of their spec.
 */
typedef struct
{
  CptAggregateSpec *spec; /* borrowed */
  GPtrArray        *groups;
  guint             n_found;
  GHashTable       *titles[CPT_AGGREGATE_MAX_DIMENSIONS];
} CptArrangement;

/* The first @limit groups at least. @is_whole: their numbers are all there, so
 * that those can go which do not have what the spec asks for */
gboolean     cpt_arrangement_init       (CptArrangement  *self,
                                         CptDatabase     *database,
                                         CptGroups       *groups,
                                         guint            limit,
                                         gboolean         is_whole,
                                         GError         **error);
/* Where each of the first @n groups stands by its key of one dimension alone: equal keys have equal ranks */
void         cpt_arrangement_rank       (CptArrangement *self,
                                         guint           dimension,
                                         guint           n,
                                         guint          *ranks);
void         cpt_arrangement_clear      (CptArrangement *self);

/* Adds the empty buckets that the spec asks for; CPT_ERROR_LIMIT when there would be more than
 * are shown, of a date that was mistyped mostly: some of them would be a wrong picture */
gboolean     cpt_aggregate_fill         (CptGroups  *groups,
                                         GError    **error);
/* A cell made presentable */
CptMeasure   cpt_aggregate_measure      (CptAggregateSpec *spec,
                                         const CptGroup   *group,
                                         guint             part,
                                         guint             measure);
/* The same of what is shown */
CptMeasure   cpt_aggregate_figure       (CptAggregateSpec *spec,
                                         const CptGroup   *group,
                                         guint             part,
                                         guint             figure);
/* Order, limit, filling and labels; inside a snapshot */
CptAggregateResult *cpt_aggregate_present (CptDatabase  *database,
                                           CptGroups    *groups,
                                           GError      **error);

/**
 * CptCached:
 * @groups: (owned): not to be changed
 * @key: (owned): what was asked
 * @sequence: of the log, at which it is true
 * @is_worth_keeping: computing it took long
 *
 * An answer out of the cache.
 */
typedef struct
{
  CptGroups *groups;
  char      *key;
  gint64     sequence;
  gboolean   is_worth_keeping;
} CptCached;

/* From memory, from the file, or computed; inside a snapshot */
gboolean     cpt_aggregate_cache_get    (CptDatabase       *database,
                                         CptAggregateSpec  *spec,
                                         CptCached         *cached,
                                         GError           **error);
/* Whether cpt_aggregate_cache_get() would compute nothing; inside a snapshot */
gboolean     cpt_aggregate_cache_knows  (CptDatabase      *database,
                                         CptAggregateSpec *spec);
/* For a question that was answered by the way; inside a snapshot. @cached is
 * empty before, and stays so where nothing is kept. */
void         cpt_aggregate_cache_put    (CptDatabase      *database,
                                         CptAggregateSpec *spec,
                                         CptGroups        *groups,
                                         CptCached        *cached);
void         cpt_cached_clear           (CptCached *self);

/* The answer to @spec, and to @whole, which asks the same without dimensions:
 * @whole_result, NULL when one does not follow from the other */
CptAggregateResult *cpt_aggregate_run_with_whole (CptDatabase         *database,
                                                  CptAggregateSpec    *spec,
                                                  CptAggregateSpec    *whole,
                                                  CptAggregateResult **whole_result,
                                                  GError             **error);

/* NULL when the file has none; inside a snapshot */
CptGroups   *cpt_aggregate_file_load    (CptDatabase      *database,
                                         CptAggregateSpec *spec,
                                         const char       *key,
                                         gint64           *sequence);
/* Does nothing when somebody else is writing; outside of snapshots */
void         cpt_aggregate_file_save    (CptDatabase *database,
                                         const char  *key,
                                         CptGroups   *groups,
                                         gint64       sequence);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptCached, cpt_cached_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptGroups, cpt_groups_unref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptShower, cpt_shower_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptArrangement, cpt_arrangement_clear)

G_END_DECLS
