/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_DAY_VIEW (cpt_day_view_get_type ())

G_DECLARE_FINAL_TYPE (CptDayView, cpt_day_view, CPT, DAY_VIEW, CptView)

/* What the person has to see to today */
CptView *cpt_day_view_new (CptWindow *window);

G_END_DECLS
