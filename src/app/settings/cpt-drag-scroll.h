/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes @scroller, a GtkScrolledWindow, go up and down while something is
 * dragged near its edges, as GTK's lists do by themselves */
void cpt_drag_scroll_add (GtkWidget *scroller);

G_END_DECLS
