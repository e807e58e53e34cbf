/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-dashboard.h"
#include "cpt-transaction.h"

G_BEGIN_DECLS

/**
 * CptDashboardTemplate:
 * @name: what it is called in commands; never changes
 * @is_role: whether it is made for a role of people rather than for a subject
 * @title: for people; what the new dashboard is called
 * @description: one line on what it tells
 * @has_badges: whether two badges come with it, where a workspace has none
 * @dashboard: what is on it
 *
 * A dashboard that is ready to be added to a workspace, in the language of the session. They are
 * files: resources/dashboards/NAME.json.
 */
typedef struct
{
  char         *name;
  gboolean      is_role;
  char         *title;
  char         *description;
  gboolean      has_badges;
  CptDashboard *dashboard;
} CptDashboardTemplate;

void       cpt_dashboard_template_free (CptDashboardTemplate *self);

/* (transfer full) (element-type CptDashboardTemplate): all of them: those for roles, then those for subjects */
GPtrArray *cpt_dashboard_template_list (void);

/* (transfer full): CPT_ERROR_NOT_FOUND with a sentence that names all */
CptDashboardTemplate *cpt_dashboard_template_find (const char  *name,
                                                   GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_dashboard_template_create:
 * @self: what to add
 * @database: a connection
 * @title: (nullable): what it is to be called; the template's own title otherwise
 * @origin: who asks
 * @id: (out) (optional): the identifier of the new dashboard
 * @error: when the workspace can't be read
 *
 * Returns: (transfer full): what makes a shared dashboard of the template, to be committed
 */
CptTransaction *cpt_dashboard_template_create (const CptDashboardTemplate  *self,
                                               CptDatabase                 *database,
                                               const char                  *title,
                                               CptOrigin                    origin,
                                               CptUuid                     *id,
                                               GError                     **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptDashboardTemplate, cpt_dashboard_template_free)

G_END_DECLS
