/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Rows of forms. Titles are translated, and are no markup where a name may come
 * from people. */

/* Rows below a title (nullable), the last in @box */
GtkWidget *cpt_form_add_group  (GtkWidget  *box,
                                const char *title);
/* The last row of @group, with @control at its end: a press on the row is one on it */
GtkWidget *cpt_form_add_row    (GtkWidget  *group,
                                const char *title,
                                GtkWidget  *control);
/* A row of which one is chosen; see cpt-combo-labels.h for what it offers */
GtkWidget *cpt_form_add_combo  (GtkWidget  *group,
                                const char *title);
/* The same; @callback is called with @object first and @row second when another is chosen */
GtkWidget *cpt_form_add_watched_combo (GtkWidget  *group,
                                       const char *title,
                                       GCallback   callback,
                                       gpointer    object);
/* Returns the GtkSwitch */
GtkWidget *cpt_form_add_switch (GtkWidget  *group,
                                const char *title,
                                gboolean    is_active);
/* Returns the GtkSpinButton, of whole numbers */
GtkWidget *cpt_form_add_spin   (GtkWidget  *group,
                                const char *title,
                                double      minimum,
                                double      maximum,
                                double      value);
/* The row that @control is in */
GtkWidget *cpt_form_get_row    (GtkWidget *control);

G_END_DECLS
