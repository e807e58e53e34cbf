/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-merge-data-private.h"

G_BEGIN_DECLS

#define CPT_TYPE_MERGE_CHOICES (cpt_merge_choices_get_type ())

G_DECLARE_FINAL_TYPE (CptMergeChoices, cpt_merge_choices, CPT, MERGE_CHOICES, AdwBin)

/**
 * CptMergeChoices:
 *
 * Records that shall become one, side by side, a line for each field; below one
 * another where there is no room. Shows choices and asks for others: what
 * becomes of them is decided by who listens.
 */

GtkWidget *cpt_merge_choices_new         (void);
/**
 * cpt_merge_choices_show:
 * @data: borrowed until this is called again; NULL shows nothing
 * @order: (array): where each column's record is in the merge, so that columns
 *   stay where they are when another record is kept
 * @is_narrow: whether records stand below one another
 */
void       cpt_merge_choices_show        (CptMergeChoices *self,
                                          CptMergeData    *data,
                                          const guint     *order,
                                          gboolean         is_narrow);
/* Beside @field; the choices are shown as they are then. FALSE when the field
 * is not shown. */
gboolean   cpt_merge_choices_set_problem (CptMergeChoices *self,
                                          const CptField  *field,
                                          const char      *message);

/* Signals: "chosen" (const CptField *field, guint source): the record's place in the
 * merge, or CPT_MERGE_UNITED. "kept" (guint source). "left-out" (guint source). */

G_END_DECLS
