/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tips of widgets that are in no window yet, set without asking the display. */
#include "config.h"
#include "cpt-tooltip.h"

void
cpt_tooltip_set (GtkWidget  *widget,
                 const char *text)
{
  gboolean is_visible;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  is_visible = gtk_widget_get_visible (widget);
  if (is_visible && gtk_widget_get_root (widget) == NULL)
    gtk_widget_set_visible (widget, FALSE);
  gtk_widget_set_tooltip_text (widget, text);
  gtk_widget_set_visible (widget, is_visible);
}
