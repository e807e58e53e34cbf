/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_SETTINGS_VIEW (cpt_settings_view_get_type ())

G_DECLARE_FINAL_TYPE (CptSettingsView, cpt_settings_view, CPT, SETTINGS_VIEW, CptView)

/* What a workspace is made of: its pipelines... Each change is stored at once
 * and can be taken back. */
CptView *cpt_settings_view_new (CptWindow *window);

G_END_DECLS
