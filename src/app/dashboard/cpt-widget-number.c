/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Numbers in rows of the editor of widgets.
 */

#include "config.h"

#include "cpt-widget-number.h"

#include "cpt-money.h"

/* Digits behind the point that a number may have */
#define SCALE 4

char *
cpt_widget_number_format (double number)
{
  return cpt_decimal_format_local ((gint64) (number * 10000 + (number < 0 ? -0.5 : 0.5)), SCALE, 0);
}

gboolean
cpt_widget_number_read (GtkWidget *row,
                        double    *number)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  gint64 value = 0;
  gboolean is_read = *text != '\0' && cpt_decimal_parse (text, SCALE, 0, &value, NULL);

  if (*text != '\0' && !is_read)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               *text != '\0' && !is_read ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  *number = (double) value / 10000;

  return is_read;
}

void
cpt_widget_number_show (GtkWidget *row,
                        double     number)
{
  g_autofree char *text = NULL;
  double shown;

  if (cpt_widget_number_read (row, &shown) && !(shown < number) && !(shown > number))
    return;

  text = cpt_widget_number_format (number);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}
