/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-schema.h"

G_BEGIN_DECLS

#define CPT_TYPE_PATH_CHOOSER (cpt_path_chooser_get_type ())

G_DECLARE_FINAL_TYPE (CptPathChooser, cpt_path_chooser, CPT, PATH_CHOOSER, GtkPopover)

/* Whether a field is offered */
typedef gboolean (*CptPathChooserFunc) (const CptField *field);

/**
 * CptPathChooser:
 *
 * A popover in which a field is chosen by searching for it; those behind links come when they are asked
 * for. Emits "chosen" with the path, such as “organisation.name”, and hides.
 */
/* @is_offered (nullable): all that people see */
GtkWidget *cpt_path_chooser_new        (CptPathChooserFunc is_offered);
/* The fields of @entity (nullable), then those of what it links to; and of every record, such as who created it */
void       cpt_path_chooser_set_entity (CptPathChooser  *self,
                                        CptSchema       *schema,
                                        const CptEntity *entity,
                                        gboolean         has_links,
                                        gboolean         has_system);
/* What is no field, behind them; after the entity is set */
void       cpt_path_chooser_add        (CptPathChooser *self,
                                        const char     *path,
                                        const char     *label);

G_END_DECLS
