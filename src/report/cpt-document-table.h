/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"
#include "cpt-document.h"
#include "cpt-question-filter.h"
#include "cpt-table-report.h"

G_BEGIN_DECLS

/**
 * CptDocumentTable:
 *
 * A table of a report, understood: what its block says in text, as what a list
 * on paper is made of.
 */
typedef struct _CptDocumentTable CptDocumentTable;

/**
 * cpt_document_table_new:
 * @database: a connection
 * @block: of a table; nothing of it is kept but its text
 * @filters: (nullable): in the form of cpt-dashboard-filter.h
 * @error: %CPT_ERROR_NOT_FOUND, %CPT_ERROR_INVALID, %CPT_ERROR_PARSE with a sentence
 *
 * Its records are those that the filters leave. A period is about the date by which
 * the table is restricted, divided or sorted, or which it shows first; otherwise the
 * one by which metrics count such records.
 *
 * Returns: (transfer full) (nullable): the table
 */
CptDocumentTable     *cpt_document_table_new        (CptDatabase     *database,
                                                     const CptBlock  *block,
                                                     JsonNode        *filters,
                                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void                  cpt_document_table_free       (CptDocumentTable *self);
const CptTableReport *cpt_document_table_get_report (CptDocumentTable *self);
/* (transfer full): how many records it tells of, as a question; @subject: what that is
 * about, to be cleared */
JsonNode             *cpt_document_table_dup_question (CptDocumentTable   *self,
                                                       CptDatabase        *database,
                                                       CptQuestionSubject *subject);
/* (nullable): what is to be said of how it was filtered */
const char           *cpt_document_table_get_note   (CptDocumentTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptDocumentTable, cpt_document_table_free)

G_END_DECLS
