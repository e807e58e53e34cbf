/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-form.h"

G_BEGIN_DECLS

/* A group of the form of a record. One that is folded has a button in its
 * heading; its fields are there all the same, out of sight. */

/* (transfer floating): an AdwPreferencesGroup, without its rows */
GtkWidget *cpt_record_group_new     (const CptFormGroup *group);
/* Once all rows are in it */
void       cpt_record_group_finish  (GtkWidget          *group,
                                     const CptFormGroup *form);
/* Whether @row, in a group, can be seen */
gboolean   cpt_record_group_is_open (GtkWidget *row);
/* Unfolds the group of @row */
void       cpt_record_group_open    (GtkWidget *row);

G_END_DECLS
