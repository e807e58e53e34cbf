/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-view.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_DUPLICATES_VIEW (cpt_duplicates_view_get_type ())

G_DECLARE_FINAL_TYPE (CptDuplicatesView, cpt_duplicates_view, CPT, DUPLICATES_VIEW, CptView)

/**
 * cpt_duplicates_view_new:
 * @window: the window it is for
 * @entity: which records are looked at first
 *
 * The page of records that are perhaps there twice. It begins to look at once.
 *
 * Returns: (transfer floating): the view
 */
CptView *cpt_duplicates_view_new (CptWindow       *window,
                                  const CptEntity *entity);

G_END_DECLS
