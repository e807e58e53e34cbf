/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-library-item.h"
#include "cpt-store.h"

G_BEGIN_DECLS

#define CPT_TYPE_WIDGET_LIBRARY (cpt_widget_library_get_type ())

G_DECLARE_FINAL_TYPE (CptWidgetLibrary, cpt_widget_library, CPT, WIDGET_LIBRARY, AdwBin)

/**
 * CptWidgetLibrary:
 *
 * A panel of widgets to choose from, each with a live picture: searched, walked by
 * keyboard, chosen by a click or Enter, or dragged (as a #CptLibraryItem). Emits
 * "chosen" (item), and "closed" when the person is done with it.
 */
GtkWidget *cpt_widget_library_new  (CptStore *store);
/* Shows what there is, with nothing searched for, and takes the focus */
void       cpt_widget_library_open (CptWidgetLibrary *self,
                                    GPtrArray        *metrics);
/* Reads no more pictures */
void       cpt_widget_library_stop (CptWidgetLibrary *self);

G_END_DECLS
