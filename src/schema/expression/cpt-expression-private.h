/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-exact-private.h"
#include "cpt-expression.h"

G_BEGIN_DECLS

typedef CptExpressionType CptType;

/**
 * CptResult:
 *
 * What a part of a formula gives for one record. Zeroed memory is nothing.
 */
typedef struct
{
  CptType  type; /* EMPTY when there is no value */
  CptExact number; /* of numbers and money */
  char     currency[4]; /* of money */
  gint64   integer; /* days, microseconds, 0 or 1 */
  char    *text; /* (owned) */
  CptUuid  id;
  char   **texts; /* (owned): members of a set; links as text */
} CptResult;

typedef enum
{
  CPT_NODE_LITERAL,
  CPT_NODE_FIELD,
  CPT_NODE_CALL, /* functions and operators */
  CPT_NODE_AGGREGATE,
} CptNodeKind;

typedef enum
{
  CPT_LINKED_COUNT,
  CPT_LINKED_SUM,
  CPT_LINKED_AVG,
  CPT_LINKED_MIN,
  CPT_LINKED_MAX,
} CptLinkedKind;

typedef struct _CptNode CptNode;
typedef struct _CptFunction CptFunction;
typedef struct _CptEvaluation CptEvaluation;

struct _CptNode
{
  CptNodeKind        kind;
  CptType            type;
  guint              position; /* bytes into the text */
  GPtrArray         *children; /* (owned) (nullable): arguments */

  CptResult          literal;
  CptPath            path; /* of a field */
  const CptFunction *function;

  CptLinkedKind      linked; /* of an aggregate: its first child, if any, is what is added up */
  CptHop             hop;
  CptNode           *where; /* (owned) (nullable) */
};

struct _CptExpression
{
  gatomicrefcount  count;
  const CptEntity *entity;
  CptNode         *root; /* (owned) */
};

/* Arguments: n number, m number or money, t text, d date, e date or time, b yes
 * or no, s text or set, x anything that can be written as a text, a anything,
 * v anything, all alike; a "+" behind the last says that it may come again, a
 * "?" that it may be missing. Result: the same letters; "1" is the type of the
 * first argument, "v" what all "v" have in common. "o" is "v" of what has an order,
 * "M" money alone. */
struct _CptFunction
{
  const char *name;
  const char *arguments;
  char        result;
  gboolean    is_operator; /* not called by name */
  void      (*evaluate) (CptEvaluation *self,
                         const CptNode *node,
                         CptResult     *result);
};

struct _CptEvaluation
{
  const CptExpressionHost *host;
  const CptRecord         *record; /* whose fields are read: changes inside aggregates */
};

/* cpt-expression-functions.c: (nullable) */
const CptFunction *cpt_function_find       (const char *name,
                                            gboolean    is_operator);
/* Names of all functions, for messages */
const char        *cpt_function_find_near  (const char *name);

/* cpt-expression-types.c */
/* Sets the type of a call whose arguments are there; FALSE with @at and @error */
gboolean           cpt_node_check_call     (CptNode  *self,
                                            guint    *at,
                                            GError  **error);
/* cpt-expression-constant.c: FALSE for a call that gives nothing for any record:
 * a division by what is always zero, numbers that are too large */
gboolean           cpt_node_check_constant (const CptNode  *self,
                                            guint          *at,
                                            GError        **error);
CptType            cpt_type_of_field       (const CptField *field);
const char        *cpt_type_get_label      (CptType type);
/* What both can become; FALSE when there is nothing */
gboolean           cpt_type_unify          (CptType  a,
                                            CptType  b,
                                            CptType *type);
CptNode           *cpt_node_new            (CptNodeKind kind,
                                            guint       position);
void               cpt_node_free           (CptNode *self);

/* cpt-expression-linked.c */
/* The hop that a name means: a set of links of @entity, or those who link to
 * it: "deals", "deals@organisation" */
gboolean           cpt_hop_parse           (CptSchema        *schema,
                                            const CptEntity  *entity,
                                            const char       *name,
                                            const char       *by,
                                            CptHop           *hop,
                                            GError          **error);
void               cpt_linked_evaluate     (CptEvaluation *self,
                                            const CptNode *node,
                                            CptResult     *result);

/* cpt-expression-evaluate.c */
void               cpt_result_clear        (CptResult *self);
/* By type and content; of money the amount when one has no currency */
int                cpt_result_compare      (const CptResult *a,
                                            const CptResult *b,
                                            gboolean        *is_comparable);
void               cpt_node_evaluate       (CptEvaluation *self,
                                            const CptNode *node,
                                            CptResult     *result);
/* For machines: what concat() puts together; never NULL */
char              *cpt_result_dup_text     (const CptResult *self);
void               cpt_result_take_text    (CptResult *self,
                                            char      *text);
void               cpt_result_set_number   (CptResult      *self,
                                            const CptExact *number);
void               cpt_result_set_integer  (CptResult *self,
                                            CptType    type,
                                            gint64     integer);
/* Makes a value of another type of @self where that can be: a number money */
void               cpt_result_convert      (CptEvaluation *self,
                                            CptResult     *result,
                                            CptType        type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptNode, cpt_node_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptResult, cpt_result_clear)

G_END_DECLS
