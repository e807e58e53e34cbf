/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_TRASH_VIEW (cpt_trash_view_get_type ())

G_DECLARE_FINAL_TYPE (CptTrashView, cpt_trash_view, CPT, TRASH_VIEW, CptView)

/**
 * cpt_trash_view_new:
 * @window: the window it is for
 *
 * Deleted records of all kinds: to be restored, or deleted for good.
 *
 * Returns: (transfer floating): the view; it reads by itself
 */
CptView *cpt_trash_view_new (CptWindow *window);

G_END_DECLS
