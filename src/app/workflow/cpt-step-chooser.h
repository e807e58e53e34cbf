/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CPT_TYPE_STEP_CHOOSER (cpt_step_chooser_get_type ())

G_DECLARE_FINAL_TYPE (CptStepChooser, cpt_step_chooser, CPT, STEP_CHOOSER, GtkWidget)

/* What a step that is dragged is, followed by the name of its kind */
#define CPT_STEP_CONTENT "comptoir-step:"

/**
 * CptStepChooser:
 *
 * The kinds of steps, to be looked for, chosen and dragged onto a canvas.
 *
 * Signal "chosen" (name): of the kind.
 */

/* Floating. @can_drag: rows can be dragged, too */
GtkWidget *cpt_step_chooser_new   (gboolean can_drag);
/* Without starts where something is to follow a step; the search begins anew */
void       cpt_step_chooser_reset (CptStepChooser *self,
                                   gboolean        has_starts);

G_END_DECLS
