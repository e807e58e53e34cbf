/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_PALETTE (cpt_palette_get_type ())

G_DECLARE_FINAL_TYPE (CptPalette, cpt_palette, CPT, PALETTE, AdwWindow)

/**
 * cpt_palette_new:
 * @window: what it goes about in
 * @text: (nullable): what is looked for at once
 *
 * The one line that leads everywhere: places, saved views, dashboards,
 * records and commands, found as they are typed.
 *
 * Returns: (transfer none): a window to present
 */
GtkWindow *cpt_palette_new (CptWindow  *window,
                            const char *text);

G_END_DECLS
