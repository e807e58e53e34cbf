/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-aggregate-private.h"
#include "cpt-facts-private.h"

G_BEGIN_DECLS

/* Questions over facts: see cpt-facts-scan.c for how they are answered. */

/* ------------------------------------------------------------ cpt-facts-condition.c */

typedef enum
{
  CPT_FACTS_GROUP, /* all, any or not of others */
  CPT_FACTS_ON_DAY,
  CPT_FACTS_ON_CODE,
  CPT_FACTS_ON_NUMBER,
} CptFactsConditionForm;

/**
 * CptFactsCondition:
 * @filter: (owned): what it says; one that is no group is asked by cpt_filter_matches(), so that
 *   facts know no language of their own
 * @place: of its field among codes or numbers
 * @table: (owned) (nullable): of texts: for each code whether it is met
 *
 * A filter that is asked of columns. Not changed once it is made: both threads read it.
 */
typedef struct _CptFactsCondition CptFactsCondition;
struct _CptFactsCondition
{
  CptFactsConditionForm form;
  CptFilter            *filter;
  GPtrArray            *children; /* (owned) (nullable) (element-type CptFactsCondition) */
  guint                 place;
  guint8               *table;
};

typedef enum
{
  CPT_FACTS_NO_ROW,
  CPT_FACTS_SOME_ROWS, /* those that the mask says */
  CPT_FACTS_ALL_ROWS,
} CptFactsAnswer;

/* Rows of one part in memory, as far as a question needs them */
typedef struct
{
  CptFactsSpan span;
  gint64       number;
  guint        n_rows;
  guint        n_allocated;
  guint32     *codes[CPT_FACTS_MAX_CODES]; /* (owned) (nullable) */
  gint64      *numbers[CPT_FACTS_MAX_NUMBERS]; /* (owned) (nullable) */
} CptFactsBlock;

typedef struct _CptFactsQuestion CptFactsQuestion;

/* What one thread asks conditions with */
typedef struct
{
  const CptFactsQuestion *question; /* borrowed */
  CptDatabase            *database; /* borrowed */
  CptRecord              *record; /* (owned): of which one field is filled in */
} CptFactsAsker;

CptFactsCondition *cpt_facts_condition_new  (CptFactsQuestion  *question,
                                             CptFilter         *filter,
                                             GError           **error);
void               cpt_facts_condition_free (CptFactsCondition *self);
/* NULL is met by all */
CptFactsAnswer     cpt_facts_condition_ask  (const CptFactsCondition *self,
                                             CptFactsAsker           *asker,
                                             const CptFactsBlock     *block,
                                             guint8                  *mask);
/* Whether it says the same of each day from @first to @last */
gboolean           cpt_facts_condition_is_even (const CptFactsCondition *self,
                                                CptFactsAsker           *asker,
                                                gint64                   first,
                                                gint64                   last);

/* ------------------------------------------------------------- cpt-facts-question.c */

typedef struct
{
  CptAggregate       aggregate;
  CptFactsCondition *filter; /* (owned) (nullable) */
  gboolean           counts; /* rows, whatever they have */
  gboolean           is_day; /* of the day itself */
  guint              place; /* of its number */
} CptFactsMeasure;

/**
 * CptFactsQuestion:
 * @needs_days: sums of months do not tell
 * @needed_codes: by place
 * @texts: (owned) (nullable): of codes that make groups or are asked for: by place, then by code
 * @places: of the codes that make groups: dimensions first, then currencies
 * @dimension_places: for each dimension the place of its code, or -1 for the day
 *
 * A spec over facts, made ready. Not changed once it is made: both threads read it.
 */
struct _CptFactsQuestion
{
  CptAggregateSpec  *spec; /* borrowed */
  CptDatabase       *database; /* borrowed */
  CptFactsShape      shape;
  guint              n_parts; /* two where periods are compared */
  CptFactsCondition *where; /* (owned) (nullable) */
  CptFactsCondition *periods[2]; /* (owned) (nullable) */
  int                months[2]; /* by which days of that part move on, and */
  gint64             days[2];
  CptFactsMeasure    measures[CPT_AGGREGATE_MAX_MEASURES];
  gboolean           needs_days;
  gboolean           needed_codes[CPT_FACTS_MAX_CODES];
  gboolean           needed_numbers[CPT_FACTS_MAX_NUMBERS];
  GPtrArray         *texts[CPT_FACTS_MAX_CODES];
  guint              sizes[CPT_FACTS_MAX_CODES];
  guint              places[CPT_FACTS_MAX_CODES];
  guint              n_places;
  int                dimension_places[CPT_AGGREGATE_MAX_DIMENSIONS];
};

/* Inside a snapshot. CPT_ERROR_UNSUPPORTED for what can't be asked of facts */
CptFactsQuestion *cpt_facts_question_new   (CptDatabase       *database,
                                            CptAggregateSpec  *spec,
                                            GError           **error);
void              cpt_facts_question_free  (CptFactsQuestion *self);
/* Makes the dictionary of a code known */
gboolean          cpt_facts_question_need_code (CptFactsQuestion  *self,
                                                guint              place,
                                                GError           **error);
/* The place of a field among codes or numbers; -1 where it is not among them */
int               cpt_facts_question_find_code (const CptFactsQuestion *self,
                                                const CptField         *field);
int               cpt_facts_question_find_number (const CptFactsQuestion *self,
                                                  const CptField         *field);
/* What a dimension that is a day has for @day in a part */
gint64            cpt_facts_question_get_bucket (const CptFactsQuestion *self,
                                                 guint                   dimension,
                                                 guint                   part,
                                                 gint64                  day);

/* ---------------------------------------------------------------- cpt-facts-tally.c */

/**
 * CptFactsTally:
 *
 * Adds up the rows of one thread and one part by the codes that make groups,
 * until the day-dimensions change.
 */
typedef struct
{
  const CptFactsQuestion *question; /* borrowed */
  guint                   part;
  gint64                  buckets[CPT_AGGREGATE_MAX_DIMENSIONS];
  guint64                 n_keys; /* combinations of codes that there can be */
  gboolean                is_dense; /* a slot for each of them */
  guint                   stride; /* cells of a slot */
  gint64                 *cells; /* (owned) */
  guint64                *keys; /* (owned): of slots that are not dense */
  guint                  *table; /* (owned): slot + 1 by hash of the key */
  guint                   n_table; /* a power of two */
  guint                   n_slots;
  guint                   n_allocated;
  GArray                 *touched; /* (owned): of guint: slots with rows, where dense */
  gboolean                is_beyond; /* a sum does not fit 64 bits */
} CptFactsTally;

void     cpt_facts_tally_init    (CptFactsTally          *self,
                                  const CptFactsQuestion *question,
                                  guint                   part);
void     cpt_facts_tally_clear   (CptFactsTally *self);
/* Puts what was added up into @groups where the buckets of @day are others */
void     cpt_facts_tally_begin   (CptFactsTally *self,
                                  gint64         day,
                                  CptGroups     *groups);
void     cpt_facts_tally_flush   (CptFactsTally *self,
                                  CptGroups     *groups);
/* The slot of each row that @mask (nullable) takes */
void     cpt_facts_tally_find    (CptFactsTally       *self,
                                  const CptFactsBlock *block,
                                  const guint8        *mask,
                                  guint               *slots);
/* Adds the rows: how many they are, and for each measure its count and sum */
void     cpt_facts_tally_count   (CptFactsTally       *self,
                                  const CptFactsBlock *block,
                                  const guint8        *mask,
                                  const guint         *slots);
void     cpt_facts_tally_add     (CptFactsTally       *self,
                                  guint                measure,
                                  const CptFactsBlock *block,
                                  const guint8        *mask,
                                  const guint         *slots);
/* Adds the groups of another thread, or with @sign -1 takes away what is no more.
 * FALSE when a sum does not fit 64 bits */
gboolean cpt_facts_tally_merge   (CptGroups *groups,
                                  CptGroups *other,
                                  int        sign);

/* ----------------------------------------------------------------- cpt-facts-scan.c */

/* What cpt_aggregate_compute() gives for a kind of facts; inside a snapshot */
CptGroups *cpt_facts_compute     (CptDatabase       *database,
                                  CptAggregateSpec  *spec,
                                  GError           **error);
/* The same with or without the sums that are kept: they must not matter */
CptGroups *cpt_facts_compute_from (CptDatabase       *database,
                                   CptAggregateSpec  *spec,
                                   gboolean           with_sums,
                                   GError           **error);

/* Brings an answer up to date with what the act @sequence, the only one since, has
 * changed; inside a snapshot. FALSE when it has to be computed again: @groups are
 * of no use then. */
gboolean   cpt_facts_put_right    (CptDatabase *database,
                                   CptGroups   *groups,
                                   gint64       sequence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptFactsQuestion, cpt_facts_question_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptFactsCondition, cpt_facts_condition_free)

G_END_DECLS
