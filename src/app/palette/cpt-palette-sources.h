/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-palette-item.h"

G_BEGIN_DECLS

/* What is known without reading: places and what can be done now, from the
 * main menu, the table of keys and the kinds of records.
 * Returns: (transfer full) (element-type CptPaletteItem) */
GPtrArray *cpt_palette_list_known      (CptWindow *window) G_GNUC_WARN_UNUSED_RESULT;

/* What has to be read once: saved views, dashboards, records used lately. Both
 * readers end with cpt_store_finish(): (transfer full) (nullable)
 * (element-type CptPaletteItem), records in their order. */
void       cpt_palette_read_async      (CptWindow           *window,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
/* Records with the words of @text, best first */
void       cpt_palette_search_async    (CptWindow           *window,
                                        const char          *text,
                                        guint                limit,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);

G_END_DECLS
