/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-filter.h"
#include "cpt-log-follow.h"
#include "cpt-workflow.h"

G_BEGIN_DECLS

/**
 * CptAutomationChange:
 * @event: (owned): what the log says
 * @changes: (owned) (element-type CptFieldChange): of which fields
 * @before: (owned) (nullable): the record before; %NULL when it was created
 * @after: (owned) (nullable): and after it; %NULL when it is not there any more
 *
 * Something that happened, with the record as it was then.
 */
typedef struct
{
  CptLogEvent *event;
  GPtrArray   *changes;
  CptRecord   *before;
  CptRecord   *after;
} CptAutomationChange;

/* One start of a version */
typedef struct _CptAutomationTrigger CptAutomationTrigger;

/**
 * CptAutomationVersion:
 * @number: of the version
 * @sequence: of the line of the log that published it
 * @at: when that was
 * @drawing: (owned): what it does
 * @entity: (nullable): the kind of records that it is about
 * @triggers: (owned) (element-type CptAutomationTrigger): its starts that listen to the log
 */
typedef struct
{
  guint            number;
  gint64           sequence;
  gint64           at;
  CptWorkflow     *drawing;
  const CptEntity *entity;
  GPtrArray       *triggers;
} CptAutomationVersion;

/**
 * CptAutomationListener:
 * @workflow: an active workflow
 * @since: what is behind this line of the log starts it
 * @since_at: when that was
 * @versions: (owned) (element-type CptAutomationVersion): the newest in front; older ones as far as what is
 *   read may have happened in their time
 */
typedef struct
{
  CptUuid    workflow;
  gint64     since;
  gint64     since_at;
  GPtrArray *versions;
} CptAutomationListener;

/* (transfer full): what @drawing (transfer full) listens to, of no number yet */
CptAutomationVersion       *cpt_automation_version_new    (CptWorkflow *drawing,
                                                           CptSchema   *schema);
void                        cpt_automation_version_free   (CptAutomationVersion *self);
/* (element-type CptAutomationListener): all active workflows that can be read, for what is behind the line @after of the log */
GPtrArray                  *cpt_automation_list_listeners (CptDatabase  *database,
                                                           gint64        after,
                                                           GError      **error);
/* (nullable): the version that was in force when the line @sequence was written */
const CptAutomationVersion *cpt_automation_listener_find  (const CptAutomationListener *self,
                                                           gint64                       sequence);
/* Whether what happens to records of @entity (nullable: of any kind) may start it */
gboolean                    cpt_automation_listener_hears (const CptAutomationListener *self,
                                                           const CptEntity             *entity);
/* (nullable): the start that @change makes begin */
const char                 *cpt_automation_version_match  (const CptAutomationVersion *self,
                                                           CptDatabase                *database,
                                                           const CptAutomationChange  *change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptAutomationVersion, cpt_automation_version_free)

G_END_DECLS
