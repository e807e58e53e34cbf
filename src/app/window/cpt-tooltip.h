/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * cpt_tooltip_set:
 * @widget: what the tip is about
 * @text: (nullable): the tip
 *
 * Like gtk_widget_set_tooltip_text(), without a wait while @widget is in no window yet: for the
 * tip of a visible widget GTK asks the X server where the pointer is and waits for the answer.
 * Pages with a hundred tips took most of their time for that.
 */
void cpt_tooltip_set (GtkWidget  *widget,
                      const char *text);

G_END_DECLS
