/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-document.h"
#include "cpt-transaction.h"

G_BEGIN_DECLS

/**
 * CptReportTemplate:
 * @name: what it is called in commands; never changes
 * @title: for people; what the new report is called
 * @description: one line on what it tells
 * @document: what is in it
 *
 * A report that is ready to be added to a workspace, in the language of the session.
 * They are files: resources/reports/NAME.json.
 */
typedef struct
{
  char        *name;
  char        *title;
  char        *description;
  CptDocument *document;
} CptReportTemplate;

void               cpt_report_template_free   (CptReportTemplate *self);

/* (transfer full) (element-type CptReportTemplate): all of them */
GPtrArray         *cpt_report_template_list   (void) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full): CPT_ERROR_NOT_FOUND with a sentence that names all */
CptReportTemplate *cpt_report_template_find   (const char  *name,
                                               GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_report_template_create:
 * @self: what to add
 * @database: a connection
 * @title: (nullable): what it is to be called; the template's own title otherwise
 * @origin: who asks
 * @id: (out) (optional): the identifier of the new report
 *
 * Returns: (transfer full): what makes a shared report of the template, to be committed
 */
CptTransaction    *cpt_report_template_create (const CptReportTemplate *self,
                                               CptDatabase             *database,
                                               const char              *title,
                                               CptOrigin                origin,
                                               CptUuid                 *id) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptReportTemplate, cpt_report_template_free)

G_END_DECLS
