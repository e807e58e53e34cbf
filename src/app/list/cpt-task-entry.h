/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_TASK_ENTRY (cpt_task_entry_get_type ())

G_DECLARE_FINAL_TYPE (CptTaskEntry, cpt_task_entry, CPT, TASK_ENTRY, GtkWidget)

/**
 * cpt_task_entry_new:
 * @window: whose workspace the tasks are in
 * @schema: of it
 * @is_for_today: whether a task without a day is due today
 *
 * A line to add a task, "Call Martin tomorrow 10:00 !high", with what is
 * understood of it below while it is typed. Hidden where nothing can be changed.
 *
 * Returns: (transfer floating): a widget
 */
GtkWidget *cpt_task_entry_new       (CptWindow *window,
                                     CptSchema *schema,
                                     gboolean   is_for_today);

/* (transfer none): what is typed into; what of it has the keyboard is its delegate */
GtkEditable *cpt_task_entry_get_editable (CptTaskEntry *self);

G_END_DECLS
