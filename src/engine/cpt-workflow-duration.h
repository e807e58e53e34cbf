/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * cpt_workflow_duration_add:
 * @duration: (nullable): { "amount": 2, "unit": "days" }; the amount may be below 0
 * @instant: (inout): microseconds since the Unix epoch
 * @zone: (nullable): whose days and clocks count; %NULL is UTC
 *
 * Days, weeks and months keep the time that the clocks show, also when they change in
 * between; a month later is the same day or the month's last. Hours and minutes pass.
 *
 * Returns: %FALSE, with @instant as it is, when it is none
 */
gboolean cpt_workflow_duration_add (JsonObject *duration,
                                    gint64     *instant,
                                    GTimeZone  *zone);

/* "09:00", from 00:00 to 23:59, as minutes from midnight */
gboolean cpt_workflow_time_parse   (const char *text,
                                    int        *minute);

G_END_DECLS
