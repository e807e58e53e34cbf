/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-view.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_RECORD_VIEW (cpt_record_view_get_type ())

G_DECLARE_FINAL_TYPE (CptRecordView, cpt_record_view, CPT, RECORD_VIEW, CptView)

/**
 * cpt_record_view_new:
 * @window: the window it is for
 * @entity: the record's kind
 * @id: which record
 *
 * The page of a record, made from its declaration: its fields in groups, each
 * saved when it is left, the records that link to it, and its history.
 *
 * Returns: (transfer floating): the view; it reads the record by itself
 */
CptView         *cpt_record_view_new        (CptWindow       *window,
                                             const CptEntity *entity,
                                             const CptUuid   *id);
/**
 * cpt_record_view_new_draft:
 * @window: the window it is for
 * @draft: what the new record starts with
 * @company: (nullable): one that @draft links to and that is not stored either
 *
 * The same page for a record that is stored when the person says so, together
 * with @company as long as it links to it.
 *
 * Returns: (transfer floating): the view
 */
CptView         *cpt_record_view_new_draft  (CptWindow *window,
                                             CptRecord *draft,
                                             CptRecord *company);

G_END_DECLS
