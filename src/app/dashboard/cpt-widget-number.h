/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Numbers in rows of the editor of widgets, with up to four digits behind the point */

/* With the marks of the session */
char    *cpt_widget_number_format (double number);
/* FALSE, and 0, where there is no number; what can't be read is marked in the row */
gboolean cpt_widget_number_read   (GtkWidget *row,
                                   double    *number);
/* What is being typed stays as it is typed */
void     cpt_widget_number_show   (GtkWidget *row,
                                   double     number);

G_END_DECLS
