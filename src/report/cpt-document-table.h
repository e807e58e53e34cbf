/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-document.h"
#include "cpt-table-report.h"

G_BEGIN_DECLS

/**
 * CptDocumentTable:
 *
 * A table of a report, understood: what its block says in text, as what a list
 * on paper is made of.
 */
typedef struct _CptDocumentTable CptDocumentTable;

/* CPT_ERROR_NOT_FOUND, CPT_ERROR_INVALID, CPT_ERROR_PARSE with a sentence. Keeps
 * nothing of @block but its text. */
CptDocumentTable     *cpt_document_table_new        (CptSchema       *schema,
                                                     const CptBlock  *block,
                                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void                  cpt_document_table_free       (CptDocumentTable *self);
const CptTableReport *cpt_document_table_get_report (CptDocumentTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptDocumentTable, cpt_document_table_free)

G_END_DECLS
