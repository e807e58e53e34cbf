/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-filter.h"
#include "cpt-period-private.h"
#include "cpt-sql-private.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_OPERAND_VALUE, /* of the field; for text operators any text */
  CPT_OPERAND_DAY, /* a calendar day asked of an instant: days since 1970-01-01 */
  CPT_OPERAND_TODAY, /* days from today */
  CPT_OPERAND_ME, /* the user who asks */
  CPT_OPERAND_CURRENCY, /* any amount in this currency (a text) */
} CptOperandForm;

typedef struct
{
  CptOperandForm form;
  CptValue       value;
} CptOperand;

struct _CptFilter
{
  gatomicrefcount  count;
  CptFilterForm    form;
  CptSchema       *schema; /* (owned) */
  const CptEntity *entity;

  /* Groups */
  CptFilter      **children; /* (owned) */
  guint            n_children;

  /* Conditions */
  CptPath          path;
  CptOperator      op;
  JsonNode        *value; /* (owned) (nullable): sealed */
  GArray          *operands; /* (owned): CptOperand */
  CptPeriod        period; /* within and not-within */

  /* Of the whole tree */
  guint            depth;
  guint            n_conditions;
};

/* A condition without operands */
CptFilter   *cpt_filter_alloc_condition (CptSchema       *schema,
                                         const CptEntity *entity,
                                         const CptPath   *path,
                                         CptOperator      op);
/* A condition that a value of the store itself asks for: not checked against
 * the declaration, so that values of older declarations are found too */
CptFilter   *cpt_filter_new_for_value   (CptSchema       *schema,
                                         const CptEntity *entity,
                                         const CptPath   *path,
                                         CptOperator      op,
                                         const CptValue  *value);
/* Between two values, both included */
CptFilter   *cpt_filter_new_for_range   (CptSchema       *schema,
                                         const CptEntity *entity,
                                         const CptPath   *path,
                                         const CptValue  *first,
                                         const CptValue  *last);
CptFilter   *cpt_filter_new_for_period  (CptSchema       *schema,
                                         const CptEntity *entity,
                                         const CptPath   *path,
                                         const CptPeriod *period);
CptFilter   *cpt_filter_new_for_currency (CptSchema       *schema,
                                          const CptEntity *entity,
                                          const CptPath   *path,
                                          const char      *currency);
/* Fills operands and period of @self from its value; CPT_ERROR_INVALID or
 * CPT_ERROR_PARSE */
gboolean     cpt_filter_read_value      (CptFilter  *self,
                                         GError    **error);
/* The operator without its "not", and whether it had one. What is negated
 * matches exactly the records that the rest does not. */
CptOperator  cpt_operator_get_positive  (CptOperator  op,
                                         gboolean    *negated);

/* Whole numbers that an operand stands for, both ends included: one number, or
 * the instants of a day */
void         cpt_operand_get_range      (const CptOperand    *self,
                                         const CptField      *field,
                                         const CptFilterHost *host,
                                         gint64              *low,
                                         gint64              *high);
/* The same for the period of a condition */
void         cpt_filter_get_period_range (CptFilter           *self,
                                          const CptFilterHost *host,
                                          gint64              *low,
                                          gint64              *high);

typedef enum
{
  CPT_FILTER_SQL_MANY, /* for going through many rows: conditions behind links are answered once, as a set */
  CPT_FILTER_SQL_ONE, /* for asking about few rows: links are followed per row */
} CptFilterSqlMode;

/* A condition on the table known as @alias, ready for WHERE and FILTER: true,
 * or false or null */
void         cpt_filter_add_sql         (CptFilter        *self,
                                         CptSql           *sql,
                                         const char       *alias,
                                         CptFilterSqlMode  mode);
/* What the answer depends on besides the records */
gboolean     cpt_filter_depends_on_today (CptFilter *self);
gboolean     cpt_filter_depends_on_user (CptFilter *self);

/* "is, is-not, in…": what a condition on @field may use, for messages */
char        *cpt_filter_dup_operators    (const CptField *field);

typedef void (*CptFilterFunc) (CptFilter *condition,
                               gpointer   data);
void         cpt_filter_foreach         (CptFilter     *self,
                                         CptFilterFunc  func,
                                         gpointer       data);

G_END_DECLS
