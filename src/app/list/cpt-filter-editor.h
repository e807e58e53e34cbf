/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-filter.h"
#include "cpt-store.h"

G_BEGIN_DECLS

#define CPT_TYPE_FILTER_EDITOR (cpt_filter_editor_get_type ())

G_DECLARE_FINAL_TYPE (CptFilterEditor, cpt_filter_editor, CPT, FILTER_EDITOR, GtkPopover)

/* A popover in which a condition is put together: a field, also through links;
 * an operator that fits it; what to compare with. Emits "applied" (CptFilter *)
 * and hides. @condition (nullable): to be changed; starts with a field when NULL */
GtkWidget *cpt_filter_editor_new (CptStore        *store,
                                  CptSchema       *schema,
                                  const CptEntity *entity,
                                  CptFilter       *condition);
/* A new condition begins with this field, when there is one; (nullable) */
void       cpt_filter_editor_set_start (CptFilterEditor *self,
                                        const char      *path);

G_END_DECLS
