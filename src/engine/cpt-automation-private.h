/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-automation-start-private.h"
#include "cpt-automation.h"
#include "cpt-enrolment.h"
#include "cpt-run.h"

G_BEGIN_DECLS

/**
 * CptAutomationWorld:
 *
 * What a run finds in the workspace, and what it does there.
 */
typedef struct
{
  CptDatabase        *database;
  const CptEnrolment *enrolment;
  const CptEntity    *entity; /* of the subject */
  CptRecord          *subject; /* (owned) (nullable): as it is now; %NULL when it has changed */
  const char         *name; /* of the workflow, for the log */
  gint64              now;
  GError             *failure; /* (owned) (nullable): the file can't be written: nothing of this batch counts */
  CptAutomationBegun  begun; /* because of what it did */
  GHashTable         *stopped; /* (nullable) (element-type gint64): rows of enrolments that it ended are added */
  GArray             *acts; /* (owned) (nullable) (element-type CptAutomationAct): what was done, in that order */
  GPtrArray          *rehearsed; /* (owned) (nullable) (element-type CptAutomationRehearsed): where it is only rehearsed */
} CptAutomationWorld;

/* What a visit of a node would have done: see cpt_database_rehearse() */
typedef struct
{
  const char *node;
  guint       visit;
  GPtrArray  *changes; /* (owned) (nullable) (element-type CptRehearsedChange): of records */
  char       *message; /* (owned) (nullable): what would have been sent */
} CptAutomationRehearsed;

/* What a visit of a node has done, and the line of the log that tells it */
typedef struct
{
  const char *node;
  guint       visit;
  gint64      sequence;
} CptAutomationAct;

/* Whether the engine carries out nodes of @kind */
gboolean cpt_automation_can_run     (const CptWorkflowKind *kind);
/* What @self answers to a run; borrows from it */
void     cpt_automation_world_open  (CptAutomationWorld *self,
                                     CptRunWorld        *world);
void     cpt_automation_world_clear (CptAutomationWorld *self);
/* What @record, or what its links lead to, has at @path; null where a link is empty. The field is the
 * schema's. FALSE when there is no such field, or the record behind a link can't be read. */
gboolean cpt_automation_find_value  (CptDatabase      *database,
                                     const CptRecord  *record,
                                     const char       *path,
                                     const CptField  **field,
                                     CptValue         *value,
                                     GError          **error);
/* Where @run stands and when it goes on, and that it has ended at @now when it has */
void     cpt_automation_write_down  (CptEnrolment *enrolment,
                                     const CptRun *run,
                                     gint64        now);

/* Takes @changes and @message, either nullable */
void     cpt_automation_world_rehearse (CptAutomationWorld    *self,
                                        const CptWorkflowNode *node,
                                        guint                  visit,
                                        GPtrArray             *changes,
                                        char                  *message);

/* (nullable) (transfer none): the record that it is about, as it is now; %NULL with @error */
CptRecord *cpt_automation_world_get_subject (CptAutomationWorld  *self,
                                             GError             **error);
/* (transfer full) (nullable): @text with the values of this moment in its places; see cpt-workflow-text.h */
char      *cpt_automation_world_fill        (CptAutomationWorld  *self,
                                             const char          *text,
                                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full) (nullable): likewise of all texts in @node; see cpt_workflow_text_fill_json() */
JsonNode  *cpt_automation_world_fill_json   (CptAutomationWorld  *self,
                                             JsonNode            *node,
                                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the places in @text are right, for records of @entity */
gboolean   cpt_automation_check_text        (const char       *text,
                                             CptSchema        *schema,
                                             const CptEntity  *entity,
                                             GError          **error);
/* Likewise in all texts of @node */
gboolean   cpt_automation_check_json        (JsonNode         *node,
                                             CptSchema        *schema,
                                             const CptEntity  *entity,
                                             GError          **error);
/* Whether what @node names is there, and can be done for records of @entity */
gboolean   cpt_automation_check_action      (const CptWorkflowNode  *node,
                                             CptSchema              *schema,
                                             const CptEntity        *entity,
                                             GError                **error);

/* (nullable): the kind of records with that name, when workflows may be about it, and make some */
const CptEntity *cpt_automation_find_entity (CptSchema  *schema,
                                             const char *name);
/* What @json makes of @field at this moment: its places filled, and a date that is a duration counted from now */
gboolean   cpt_automation_world_read_value  (CptAutomationWorld  *self,
                                             const CptField      *field,
                                             JsonNode            *json,
                                             CptValue            *value,
                                             GError             **error);
/* Whether cpt_automation_world_read_value() may do so: @field is of @target, its places are of @entity */
gboolean   cpt_automation_check_value       (const CptEntity  *target,
                                             const char       *field,
                                             JsonNode         *json,
                                             CptSchema        *schema,
                                             const CptEntity  *entity,
                                             GError          **error);

G_END_DECLS
