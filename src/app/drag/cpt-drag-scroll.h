/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes @scroller, a GtkScrolledWindow, go up and down while something is
 * dragged near its edges, as GTK's lists do by themselves */
void cpt_drag_scroll_add    (GtkWidget *scroller);
/* The same by one step, with a motion of what a gesture drags: it is at @position of
 * what @adjustment scrolls, in its pixels */
void cpt_drag_scroll_follow (GtkAdjustment *adjustment,
                             double         position);

G_END_DECLS
