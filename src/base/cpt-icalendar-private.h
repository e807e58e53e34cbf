/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-icalendar.h"

#define CPT_ICALENDAR_DAY_SECONDS 86400
/* The record that an item is, where its UID does not say so */
#define CPT_ICALENDAR_RECORD "X-COMPTOIR-ID"
/* Longer than any meeting; what is more is a mistake */
#define CPT_ICALENDAR_MAX_DURATION (366 * (gint64) CPT_ICALENDAR_DAY_SECONDS)
