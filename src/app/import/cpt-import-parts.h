/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What the assistants of an import show in the same way */

/* A row with a number, of an AdwPreferencesGroup */
void       cpt_import_parts_add_count    (GtkWidget  *group,
                                          const char *label,
                                          guint64     count);
/* A row with a text where numbers stand */
void       cpt_import_parts_add_value    (GtkWidget  *group,
                                          const char *label,
                                          const char *text);
/* On an AdwStatusPage */
void       cpt_import_parts_show_failure (GtkWidget    *status,
                                          const GError *error);
/* The page of a job that runs: a bar, a line for numbers below it, and a button
 * that does @cancel. Floating; @progress and @count are borrowed from it. */
GtkWidget *cpt_import_parts_create_running (const char  *cancel,
                                            GtkWidget  **progress,
                                            GtkWidget  **count);

G_END_DECLS
