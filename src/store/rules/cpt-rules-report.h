/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-rules.h"

G_BEGIN_DECLS

/* What rules mean for the records that are there: before one is saved, and
 * afterwards. Blocking, on any connection. */

/**
 * cpt_rule_count_unmet:
 * @self: a rule, of the connection's schema or of one like it
 * @rules: (nullable): the others: what is hidden is not asked for
 * @database: a connection
 * @n_records: (out): how many
 * @error: return location for an error
 *
 * How many of the records that are there do not meet the rule. They stay as they
 * are; nothing is asked of them before they are changed. A rule about what
 * can't be changed is met by all.
 *
 * Returns: %FALSE with @error when it can't be read
 */
gboolean   cpt_rule_count_unmet   (const CptRule  *self,
                                   CptRules       *rules,
                                   CptDatabase    *database,
                                   guint64        *n_records,
                                   GError        **error);

/**
 * CptRuleTrial:
 * @problems: (owned) (element-type CptRuleProblem): why it would be refused; empty when it would not
 * @sentence: (owned) (nullable): what it says; NULL when it is refused, or
 *   out of force and nothing that can be asked
 * @warnings: (owned) (nullable) (element-type utf8): what should be known before it is
 *   taken; NULL when it is refused
 * @n_unmet: how many of the records that are there do not meet it
 *
 * What would become of a rule.
 */
typedef struct
{
  GPtrArray *problems;
  char      *sentence;
  GPtrArray *warnings;
  guint64    n_unmet;
} CptRuleTrial;

/**
 * cpt_rule_try:
 * @record: of entity "rule"; stored already or not
 * @database: a connection
 * @trial: (out): cleared by cpt_rule_trial_clear()
 * @error: return location for an error
 *
 * What would happen if @record were saved now: for a page of settings, and for
 * those who want to know before.
 *
 * Returns: %FALSE with @error when it can't be read
 */
gboolean   cpt_rule_try           (const CptRecord  *record,
                                   CptDatabase      *database,
                                   CptRuleTrial     *trial,
                                   GError          **error);
void       cpt_rule_trial_clear   (CptRuleTrial *self);

/**
 * cpt_rules_list_remarks:
 * @database: a connection
 * @error: return location for an error
 *
 * What is no fault of the file, but should be known: rules that can't be
 * understood and are not asked, and records that have the same though a rule
 * lets only one have it (they came in before the rule, by undo or from another
 * computer).
 *
 * Returns: (transfer full) (element-type utf8): translated sentences
 */
GPtrArray *cpt_rules_list_remarks (CptDatabase  *database,
                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptRuleTrial, cpt_rule_trial_clear)

G_END_DECLS
