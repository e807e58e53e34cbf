/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-application.h"

G_BEGIN_DECLS

#define CPT_TYPE_WINDOW (cpt_window_get_type ())

G_DECLARE_FINAL_TYPE (CptWindow, cpt_window, CPT, WINDOW, AdwApplicationWindow)

/**
 * cpt_window_new:
 * @application: what the window belongs to
 *
 * Returns: (transfer none): a window, which GTK owns until it is closed
 */
CptWindow *cpt_window_new (CptApplication *application);

G_END_DECLS
