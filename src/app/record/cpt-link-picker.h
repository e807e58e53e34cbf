/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-store.h"

G_BEGIN_DECLS

#define CPT_TYPE_LINK_PICKER (cpt_link_picker_get_type ())

G_DECLARE_FINAL_TYPE (CptLinkPicker, cpt_link_picker, CPT, LINK_PICKER, GtkPopover)

/**
 * CptLinkPicker:
 *
 * A popover that finds a record of one kind by typing. Empty, it offers the
 * records changed last. Emits "picked" (identifier, title) and hides.
 */
GtkWidget *cpt_link_picker_new (CptStore        *store,
                                CptSchema       *schema,
                                const CptEntity *entity);
GtkEditable *cpt_link_picker_get_entry (CptLinkPicker *self);
/* What is looked for, as if it had been typed */
void       cpt_link_picker_set_text (CptLinkPicker *self,
                                     const char    *text);
/* Picks what is marked, as soon as what was typed last is found; FALSE when
 * there is nothing */
gboolean   cpt_link_picker_pick     (CptLinkPicker *self);

G_END_DECLS
