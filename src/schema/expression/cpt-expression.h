/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-record.h"

G_BEGIN_DECLS

/**
 * CptExpression:
 *
 * A formula over the fields of one kind of record: "amount * probability",
 * "sum(deals.amount where stage.kind = "won")". Every part has a type that is
 * known when it is read, so that a formula which was read can be worked out for
 * any record and gives a value or none, never an error. Immutable, counted
 * atomically; whoever holds one holds the schema. EXPRESSIONS.md has the
 * language.
 */
typedef struct _CptExpression CptExpression;

/* Of a text that somebody wrote */
#define CPT_EXPRESSION_MAX_BYTES 4000
#define CPT_EXPRESSION_MAX_DEPTH 32
#define CPT_EXPRESSION_MAX_NODES 500

/* How many linked records one aggregate reads; beyond them it has no value */
#define CPT_EXPRESSION_MAX_LINKED 100000

typedef enum
{
  CPT_EXPRESSION_EMPTY, /* nothing: fits everywhere */
  CPT_EXPRESSION_NUMBER,
  CPT_EXPRESSION_MONEY,
  CPT_EXPRESSION_TEXT,
  CPT_EXPRESSION_DATE,
  CPT_EXPRESSION_INSTANT,
  CPT_EXPRESSION_BOOLEAN,
  CPT_EXPRESSION_RECORD, /* a link */
  CPT_EXPRESSION_SET, /* tags, choices, links */
  CPT_N_EXPRESSION_TYPES
} CptExpressionType;

/**
 * CptHop:
 * @entity: where the hop leads
 * @field: the link: of the record before, or of @entity when @is_back
 * @is_back: whether it goes from a record to those that link to it
 */
typedef struct
{
  const CptEntity *entity;
  const CptField  *field;
  gboolean         is_back;
} CptHop;

#define CPT_DEPENDENCY_MAX_HOPS 12

/**
 * CptDependency:
 * @hops: (array length=n_hops): from the record of the formula to the one that is read
 * @n_hops: 0 for the record itself
 * @entity: kind of the record that is read
 * @field: (nullable): what is read of it; NULL when it only matters which records there are
 *
 * One thing that a formula reads.
 */
typedef struct
{
  CptHop           hops[CPT_DEPENDENCY_MAX_HOPS];
  guint            n_hops;
  const CptEntity *entity;
  const CptField  *field;
} CptDependency;

typedef void (*CptDependencyFunc) (const CptDependency *dependency,
                                   gpointer             data);

/* FALSE ends it */
typedef gboolean (*CptLinkedFunc) (const CptRecord *record,
                                   gpointer         data);

/**
 * CptExpressionHost:
 * @now: instant
 * @today: in the workspace's zone
 * @zone: (nullable): of the workspace; UTC when NULL
 * @currency: of numbers that become money: the workspace's
 * @load: (nullable): the record that a link leads to, or NULL where it leads nowhere
 * @list: (nullable): calls a function for the records at the other end of a hop
 * @data: for both
 *
 * What a formula can't know by itself.
 */
typedef struct
{
  gint64      now;
  gint64      today;
  GTimeZone  *zone;
  const char *currency;
  CptRecord *(*load) (gpointer         data,
                      const CptEntity *entity,
                      const CptUuid   *id);
  void       (*list) (gpointer         data,
                      const CptHop    *hop,
                      const CptRecord *record,
                      CptLinkedFunc    func,
                      gpointer         func_data);
  gpointer    data;
} CptExpressionHost;

/**
 * cpt_expression_parse:
 * @schema: borrowed, as are its fields: the expression must not outlive it
 * @entity: the kind of record that it is about
 * @text: the formula
 * @position: (out) (optional): characters before the mistake
 * @error: %CPT_ERROR_PARSE, %CPT_ERROR_NOT_FOUND or %CPT_ERROR_LIMIT with a sentence
 *
 * Returns: (transfer full): the formula
 */
CptExpression    *cpt_expression_parse            (CptSchema        *schema,
                                                   const CptEntity  *entity,
                                                   const char       *text,
                                                   guint            *position,
                                                   GError          **error) G_GNUC_WARN_UNUSED_RESULT;
CptExpression    *cpt_expression_ref              (CptExpression *self);
void              cpt_expression_unref            (CptExpression *self);
CptExpressionType cpt_expression_get_result_type  (CptExpression *self);
/* Whether a field can hold what it gives. CPT_ERROR_INVALID. */
gboolean          cpt_expression_check_field      (CptExpression   *self,
                                                   const CptField  *field,
                                                   GError         **error);
/* The value for @field, which fits: null where there is none. @value is
 * cleared before. */
void              cpt_expression_evaluate         (CptExpression           *self,
                                                   const CptRecord         *record,
                                                   const CptExpressionHost *host,
                                                   const CptField          *field,
                                                   CptValue                *value);
/* Everything that it reads; the same may come twice */
void              cpt_expression_foreach_read     (CptExpression     *self,
                                                   CptDependencyFunc  func,
                                                   gpointer           data);
/* Whether its value changes with the day alone */
gboolean          cpt_expression_depends_on_today (CptExpression *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptExpression, cpt_expression_unref)

G_END_DECLS
