/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-automation-private.h"
#include "cpt-transaction.h"

G_BEGIN_DECLS

/* What steps do. Each is carried out in the transaction of the step; where it can't be, FALSE and
 * a sentence for a person, who finds the run there. Each check is asked before a workflow is
 * published: with the settings of the node, about subjects of @entity. */

/* (transfer full): to be filled, and handed to cpt_automation_world_commit() */
CptTransaction *cpt_automation_world_begin  (CptAutomationWorld *self);
/* Through the door. What it refuses is told to a person; what fails otherwise undoes the batch */
gboolean        cpt_automation_world_commit (CptAutomationWorld     *self,
                                             const CptWorkflowNode  *node,
                                             guint                   visit,
                                             CptTransaction         *transaction,
                                             GError                **error);
/* Tells @failure (transfer full) by @error; where no person can mend it, the batch is undone. FALSE */
gboolean        cpt_automation_world_fail   (CptAutomationWorld  *self,
                                             GError              *failure,
                                             GError             **error);

/* cpt-automation-record.c */
gboolean        cpt_automation_change_fields  (CptAutomationWorld     *self,
                                               const CptWorkflowNode  *node,
                                               guint                   visit,
                                               GError                **error);
gboolean        cpt_automation_create_records (CptAutomationWorld     *self,
                                               const CptWorkflowNode  *node,
                                               guint                   visit,
                                               GError                **error);
gboolean        cpt_automation_create_task    (CptAutomationWorld     *self,
                                               const CptWorkflowNode  *node,
                                               guint                   visit,
                                               GError                **error);
gboolean        cpt_automation_log_activity   (CptAutomationWorld     *self,
                                               const CptWorkflowNode  *node,
                                               guint                   visit,
                                               GError                **error);
gboolean        cpt_automation_check_activity (JsonObject       *settings,
                                               CptSchema        *schema,
                                               const CptEntity  *entity,
                                               GError          **error);
gboolean        cpt_automation_check_records  (JsonObject       *settings,
                                               CptSchema        *schema,
                                               const CptEntity  *entity,
                                               GError          **error);
gboolean        cpt_automation_check_task     (JsonObject       *settings,
                                               CptSchema        *schema,
                                               const CptEntity  *entity,
                                               GError          **error);
/* Leads @record to the subject by the first field that can; FALSE when there is none */
gboolean        cpt_automation_link_subject   (CptAutomationWorld *self,
                                               CptRecord          *record);
/* What new records get besides: whoever owns the subject, and what their declaration says */
void            cpt_automation_fill_rest      (CptAutomationWorld *self,
                                               CptRecord          *record,
                                               const CptRecord    *subject);

/* cpt-automation-assign.c */
gboolean        cpt_automation_assign         (CptAutomationWorld     *self,
                                               const CptWorkflowNode  *node,
                                               guint                   visit,
                                               GError                **error);
gboolean        cpt_automation_check_assign   (JsonObject       *settings,
                                               CptSchema        *schema,
                                               const CptEntity  *entity,
                                               GError          **error);

/* (transfer full) (nullable) (element-type CptRecord): the “users” of @settings, in that order; %NULL in the place
 * of one who is nowhere any more */
GPtrArray      *cpt_automation_world_load_users (CptAutomationWorld  *self,
                                                 JsonObject          *settings,
                                                 GError             **error);
/* Whether work may be given to @user (nullable): who has left is passed over, and keeps his place */
gboolean        cpt_automation_user_is_there    (const CptRecord *user);

/* cpt-automation-notify.c */
gboolean        cpt_automation_notify         (CptAutomationWorld     *self,
                                               const CptWorkflowNode  *node,
                                               guint                   visit,
                                               GError                **error);
gboolean        cpt_automation_check_notify   (JsonObject       *settings,
                                               CptSchema        *schema,
                                               const CptEntity  *entity,
                                               GError          **error);

/* cpt-automation-tag.c */
gboolean        cpt_automation_add_tags       (CptAutomationWorld     *self,
                                               const CptWorkflowNode  *node,
                                               guint                   visit,
                                               GError                **error);
gboolean        cpt_automation_remove_tags    (CptAutomationWorld     *self,
                                               const CptWorkflowNode  *node,
                                               guint                   visit,
                                               GError                **error);
gboolean        cpt_automation_check_tags     (JsonObject       *settings,
                                               CptSchema        *schema,
                                               const CptEntity  *entity,
                                               GError          **error);

/* cpt-automation-workflow.c */
gboolean        cpt_automation_start_workflow (CptAutomationWorld     *self,
                                               const CptWorkflowNode  *node,
                                               guint                   visit,
                                               GError                **error);
gboolean        cpt_automation_stop_workflow  (CptAutomationWorld     *self,
                                               const CptWorkflowNode  *node,
                                               guint                   visit,
                                               GError                **error);
gboolean        cpt_automation_for_each       (CptAutomationWorld     *self,
                                               const CptWorkflowNode  *node,
                                               guint                   visit,
                                               GError                **error);
gboolean        cpt_automation_check_for_each (JsonObject       *settings,
                                               CptSchema        *schema,
                                               const CptEntity  *entity,
                                               GError          **error);

/* cpt-automation-limit.c: whether the subject goes on, and counts it */
gboolean        cpt_automation_count          (gpointer                data,
                                               const CptWorkflowNode  *node,
                                               gboolean               *is_within,
                                               GError                **error);

/* cpt-automation-webhook.c: writes into the outbox what @node is to tell */
gboolean        cpt_automation_plan_webhook   (CptAutomationWorld     *self,
                                               const CptWorkflowNode  *node,
                                               guint                   visit,
                                               GError                **error);
/* Whether addresses, headers and places of such a node are right */
gboolean        cpt_automation_check_webhook  (JsonObject       *settings,
                                               CptSchema        *schema,
                                               const CptEntity  *entity,
                                               GError          **error);

G_END_DECLS
