/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CPT_TYPE_RECURRENCE_ROWS (cpt_recurrence_rows_get_type ())

G_DECLARE_FINAL_TYPE (CptRecurrenceRows, cpt_recurrence_rows, CPT, RECURRENCE_ROWS, AdwPreferencesGroup)

/**
 * CptRecurrenceRows:
 *
 * How something comes again, by choices: every few days, weeks on certain days, or
 * months on a certain one; whatever else there is as a rule that is written. Emits
 * "changed" when the person chose something.
 */
/* @rule (nullable): as stored; @first: the day that says what the rule does not */
GtkWidget *cpt_recurrence_rows_new      (const char *title,
                                         const char *rule,
                                         gint64      first);
/* (transfer full) (nullable): what is chosen; NULL with a sentence that says what is missing */
char      *cpt_recurrence_rows_dup_rule (CptRecurrenceRows  *self,
                                         GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
