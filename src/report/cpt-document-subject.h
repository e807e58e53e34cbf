/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"
#include "cpt-document.h"
#include "cpt-report.h"

G_BEGIN_DECLS

/* One report becomes many: one for each record of the kind that its parameter
 * names, or for each "week", "month", "quarter" or "year". Which one it is stands
 * among its filters, as the record with that identifier or as that period, so
 * that everything that takes filters can show it. */

#define CPT_DOCUMENT_MAX_SUBJECTS 5000

/**
 * CptDocumentSubject:
 * @title: of the record, or "Nov 2026"
 * @key: what it is, whatever its title: the identifier of the record, or the first
 *   day of the period
 * @filters: what the report about it is filtered by
 *
 * What one of them is about.
 */
typedef struct
{
  char     *title;
  char     *key;
  JsonNode *filters;
} CptDocumentSubject;

void       cpt_document_subject_free (CptDocumentSubject *self);

/**
 * cpt_document_list_subjects:
 * @document: with a parameter
 * @filters: (nullable): what all the reports are about
 * @database: a connection
 * @cancellable: (nullable): looked at before each part
 * @error: %CPT_ERROR_INVALID without a parameter, %CPT_ERROR_NOT_FOUND when there is no
 *   such kind, %CPT_ERROR_LIMIT when there are too many
 *
 * All those that at least one part of the report has something about. A part that
 * can't be read counts for nothing here; the reports say why.
 *
 * Returns: (transfer full) (element-type CptDocumentSubject): by title, or by time
 */
GPtrArray *cpt_document_list_subjects (const CptDocument  *document,
                                       JsonNode           *filters,
                                       CptDatabase        *database,
                                       GCancellable       *cancellable,
                                       GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer container) (element-type CptEntity): what the parts count, each kind once:
 * that by which the report can be filtered */
GPtrArray *cpt_document_list_kinds    (const CptDocument *document,
                                       CptDatabase       *database) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable): of what there is a report each, for people: "Month", "Organisation"; NULL
 * when there is no such kind. @parameter (nullable) */
const char *cpt_document_get_parameter_label (const char *parameter,
                                              CptSchema  *schema);
/* (nullable): the title of what @filters (nullable) say that it is about. @others
 * gets the filters besides (transfer full) (nullable). */
char      *cpt_document_dup_subject   (const CptDocument  *document,
                                       JsonNode           *filters,
                                       CptDatabase        *database,
                                       JsonNode          **others);

/**
 * cpt_document_fill:
 * @document: whose texts are changed in place
 * @subject: (nullable): what it is about
 * @filters: (nullable): by which it is filtered
 * @setup: day and zone
 *
 * Puts words in the place of {name}, {date} and {period}; without a subject {name}
 * stays. The subject stands behind a title that does not have it.
 */
void       cpt_document_fill          (CptDocument          *document,
                                       const char           *subject,
                                       JsonNode             *filters,
                                       const CptReportSetup *setup);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptDocumentSubject, cpt_document_subject_free)

G_END_DECLS
