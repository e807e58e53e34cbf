/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-field-editor.h"

G_BEGIN_DECLS

/**
 * CptRecordRules:
 *
 * The workspace's rules on the page of one record, while it is typed: which
 * fields are shown, asked for, kept as they are and limited in their choices.
 * Asks the record in memory; what is behind links is read off the main loop and
 * kept until it is forgotten. Borrows the editors; the page owns both.
 */
typedef struct _CptRecordRules CptRecordRules;

/* The record as it would be stored now; (transfer full) (nullable): not yet there */
typedef CptRecord *(*CptRecordRulesPeekFunc) (gpointer page);

/**
 * cpt_record_rules_new:
 * @store: the workspace
 * @entity: the kind of record
 * @editors: (element-type CptFieldEditor): of the page, complete
 * @peek: gives the record
 * @settled: called whenever everything is shown as the rules ask
 * @page: for both; outlives the object
 *
 * Returns: (transfer full): free with cpt_record_rules_free()
 */
CptRecordRules *cpt_record_rules_new       (CptStore               *store,
                                            const CptEntity        *entity,
                                            GPtrArray              *editors,
                                            CptRecordRulesPeekFunc  peek,
                                            GCallback               settled,
                                            gpointer                page);
void            cpt_record_rules_free      (CptRecordRules *self);
/* Shows what the rules ask of the record as it is typed. @is_draft: nothing is
 * kept as it is yet. @is_locked: nothing can be changed at all. */
void            cpt_record_rules_apply     (CptRecordRules *self,
                                            gboolean        is_draft,
                                            gboolean        is_locked);
/* Records behind links may have changed: they are read again */
void            cpt_record_rules_forget    (CptRecordRules *self);
/* What a rule hides is not stored with a new record; everything else is, also
 * what the layout of the page leaves out */
void            cpt_record_rules_fill      (CptRecordRules *self,
                                            CptRecord      *draft);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptRecordRules, cpt_record_rules_free)

G_END_DECLS
