/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-dashboard-template.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_TEMPLATE_DIALOG (cpt_template_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CptTemplateDialog, cpt_template_dialog, CPT, TEMPLATE_DIALOG, AdwWindow)

/**
 * cpt_template_dialog_new:
 * @window: with a workspace open
 *
 * What a new dashboard can begin with, with pictures of what it will show. Emits "chosen" with the name
 * of a #CptDashboardTemplate, or "" for an empty dashboard, and closes itself.
 *
 * Returns: (transfer none): a window to present
 */
GtkWidget *cpt_template_dialog_new (CptWindow *window);

G_END_DECLS
