/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-rules.h"

G_BEGIN_DECLS

#define CPT_RULE_ENTITY "rule"

/* Reads a rule as it stands alone; NULL with at least one CptRuleProblem in
 * @problems when it can't be understood. (transfer full) */
CptRule *cpt_rule_read         (CptSchema       *schema,
                                const CptRecord *record,
                                GPtrArray       *problems);
void     cpt_rule_free         (CptRule *self);
/* (element-type CptRuleProblem): owns its elements */
GPtrArray *cpt_rule_problems_new (void);
/* Whether the record is in force */
gboolean cpt_rule_is_active    (const CptRecord *record);
/* Whether @kind makes sense for @field; a sentence when it does not. (transfer full) */
char    *cpt_rule_dup_misfit   (CptRuleKind     kind,
                                const CptField *field);

/* What should be known of a rule that is taken, beside the others: translated
 * sentences. (transfer full) (element-type utf8) */
GPtrArray *cpt_rule_list_warnings (CptSchema        *schema,
                                   const CptRule    *rule,
                                   CptRecord *const *others,
                                   guint             n_others);

/* The labels of what it allows: "Price, Budget" */
char    *cpt_rule_dup_choices  (const CptRule *self);

/* What a condition without records can say */
typedef enum
{
  CPT_CONDITION_SOMETIMES,
  CPT_CONDITION_ALWAYS,
  CPT_CONDITION_NEVER,
} CptConditionForm;

CptConditionForm cpt_rule_get_form (CptFilter *condition);

/* Rules that no two records have the same */

/* What is equal when two values are the same. (transfer full) */
char            *cpt_rule_dup_key      (const CptRule  *self,
                                        const CptValue *value);

typedef gboolean (*CptRuleCountFunc)   (const CptUuid *id,
                                        gpointer       data);
gboolean         cpt_rule_find_same    (const CptRule     *self,
                                        CptDatabase       *database,
                                        const CptValue    *value,
                                        CptRuleCountFunc   func,
                                        gpointer           data,
                                        CptUuid           *id,
                                        GError           **error);

typedef void   (*CptRulePairFunc)      (gint64   first_row,
                                        gint64   last_row,
                                        gpointer data);
gboolean         cpt_rule_foreach_same (const CptRule    *self,
                                        CptDatabase      *database,
                                        guint             limit,
                                        CptRulePairFunc   func,
                                        gpointer          data,
                                        guint64          *n_records,
                                        GError          **error);
/* Inside a transaction: makes the indexes that the rules need and drops the
 * others; @rules may be NULL */
gboolean         cpt_rules_keep_indexes (CptDatabase  *database,
                                         CptRules     *rules,
                                         GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptRule, cpt_rule_free)

G_END_DECLS
