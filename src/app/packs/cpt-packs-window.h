/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_PACKS_WINDOW (cpt_packs_window_get_type ())

G_DECLARE_FINAL_TYPE (CptPacksWindow, cpt_packs_window, CPT, PACKS_WINDOW, AdwPreferencesWindow)

/**
 * cpt_packs_window_new:
 * @window: with a workspace open
 *
 * The packs that are installed and those that can be.
 *
 * Returns: (transfer none): a window to present
 */
GtkWindow *cpt_packs_window_new (CptWindow *window);

G_END_DECLS
