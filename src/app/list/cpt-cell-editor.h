/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-store.h"

G_BEGIN_DECLS

/* Where the person goes after a cell */
typedef enum
{
  CPT_CELL_STAY,
  CPT_CELL_NEXT,
  CPT_CELL_PREVIOUS,
  CPT_CELL_DOWN,
} CptCellStep;

#define CPT_TYPE_CELL_EDITOR (cpt_cell_editor_get_type ())

G_DECLARE_FINAL_TYPE (CptCellEditor, cpt_cell_editor, CPT, CELL_EDITOR, AdwBin)

/**
 * cpt_cell_editor_new:
 * @store: where links are looked for
 * @schema: what @field belongs to
 * @field: what is edited
 * @value: what the field has
 *
 * The editor of a field, small enough to stand over a cell of a list. Emits
 * "done" (#CptCellStep step) when the person has finished with a value that can
 * be read, "cancelled" when she wants what was there.
 *
 * Returns: (transfer floating): the editor
 */
GtkWidget      *cpt_cell_editor_new       (CptStore       *store,
                                           CptSchema      *schema,
                                           const CptField *field,
                                           const CptValue *value);
/* Takes the focus. @text (nullable): typed in place of what is there */
void            cpt_cell_editor_begin     (CptCellEditor *self,
                                           const char    *text);
/* Takes what is typed; FALSE when it can't be read, which is shown */
gboolean        cpt_cell_editor_flush     (CptCellEditor *self);
/* As of the last flush */
const CptValue *cpt_cell_editor_get_value (CptCellEditor *self);
/* Somebody else has changed the field meanwhile */
void            cpt_cell_editor_set_value (CptCellEditor  *self,
                                           const CptValue *value);
/* Why the value was refused; stays until another is made */
void            cpt_cell_editor_set_error (CptCellEditor *self,
                                           const char    *message);

G_END_DECLS
