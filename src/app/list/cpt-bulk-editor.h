/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-bulk.h"
#include "cpt-store.h"

G_BEGIN_DECLS

#define CPT_TYPE_BULK_EDITOR (cpt_bulk_editor_get_type ())

G_DECLARE_FINAL_TYPE (CptBulkEditor, cpt_bulk_editor, CPT, BULK_EDITOR, AdwWindow)

/**
 * cpt_bulk_editor_new:
 * @store: where links are looked for
 * @schema: what @entity belongs to
 * @entity: kind of the records
 * @field: (nullable): the one that is changed; chosen by the person when %NULL
 * @n_records: how many will be changed
 *
 * A small window in which a person says what many records shall have: a field,
 * whether it is set, added to or taken from, and the value. Emits "applied"
 * (#CptBulkKind kind, #CptField field, #CptValue value) once, then closes.
 *
 * Returns: (transfer none): the window, which GTK owns until it is closed
 */
GtkWidget *cpt_bulk_editor_new      (CptStore        *store,
                                     CptSchema       *schema,
                                     const CptEntity *entity,
                                     const CptField  *field,
                                     guint            n_records);
/* Whether people can give many records one value of the field */
gboolean   cpt_bulk_editor_is_offered (const CptField *field);

G_END_DECLS
