/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-palette-item.h"

G_BEGIN_DECLS

/* A row of the list for @item, with what matches @words or, when it has none of
 * them, the letters of @text in bold. Floating. */
GtkWidget *cpt_palette_row_new (const CptPaletteItem *item,
                                const char           *text,
                                const char *const    *words);

G_END_DECLS
