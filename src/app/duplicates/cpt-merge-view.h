/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-view.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_MERGE_VIEW (cpt_merge_view_get_type ())

G_DECLARE_FINAL_TYPE (CptMergeView, cpt_merge_view, CPT, MERGE_VIEW, CptView)

/**
 * cpt_merge_view_new:
 * @window: the window it is for
 * @entity: the records' kind
 * @ids: (array length=n_ids): the records; the first one is kept until the
 *   person says otherwise
 * @n_ids: how many
 *
 * The page on which records that are the same become one. What can't be merged
 * is told on the page.
 *
 * Returns: (transfer floating): the view; it reads the records by itself
 */
CptView *cpt_merge_view_new (CptWindow       *window,
                             const CptEntity *entity,
                             const CptUuid   *ids,
                             guint            n_ids);

G_END_DECLS
