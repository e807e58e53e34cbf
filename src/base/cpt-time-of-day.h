/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * cpt_time_of_day_parse:
 * @text: (nullable): what a person typed
 * @minute: (out): minutes since midnight, below 1440
 *
 * Reads a time of day in the forms that people use, whatever the language: "09:00", "9",
 * "9.30", "9h", "9 h 30", "0930", "9:00 AM", "9 p.m.". Untouched where it is none.
 */
gboolean cpt_time_of_day_parse  (const char *text,
                                 int        *minute);
/* "09:00", for files */
char    *cpt_time_of_day_to_iso (int minute) G_GNUC_WARN_UNUSED_RESULT;
/* As the locale writes it: "9:00 AM" or "09:00" */
char    *cpt_time_of_day_format (int minute) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
