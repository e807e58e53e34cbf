/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-schema.h"

G_BEGIN_DECLS

/**
 * cpt_combo_row_set_labels:
 * @row: a row of which one is chosen
 * @labels: (element-type utf8): what it offers; a %NULL is added
 * @selected: which one is chosen
 *
 * Fills @row anew, where what it offers depends on another row.
 */
void cpt_combo_row_set_labels (AdwComboRow *row,
                               GPtrArray   *labels,
                               guint        selected);

/**
 * cpt_combo_row_set_kinds:
 * @row: a row of which one is chosen
 * @kinds: (element-type CptEntity): what it offers
 * @name: (nullable): which one is chosen; the first one without a name, none where
 *   there is none of that name
 *
 * Fills @row with kinds of records.
 */
void cpt_combo_row_set_kinds  (AdwComboRow *row,
                               GPtrArray   *kinds,
                               const char  *name);

G_END_DECLS
