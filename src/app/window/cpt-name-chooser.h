/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A drop-down of names, which may become narrower than the name in it; @label: for screen readers */
GtkWidget *cpt_name_chooser_new   (const char *label);
/* It stands in @head, a box in the header bar, or in front of all in @column where that has no room */
void       cpt_name_chooser_place (GtkWidget *self,
                                   GtkWidget *head,
                                   GtkWidget *column,
                                   gboolean   is_narrow);

G_END_DECLS
