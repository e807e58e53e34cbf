/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include <glib.h>

G_BEGIN_DECLS

/**
 * cpt_sql_functions_register:
 * @handle: a connection that was just opened
 * @zone: where the connection keeps the workspace's time zone; read at each
 *   call of cpt_local_date(), so that it may change; what it points to may be
 *   %NULL, which is UTC
 *
 * Adds what the SQL of this room relies on, before any statement is compiled:
 *
 *  - collation CPT_TEXT: cpt_text_collate()
 *  - cpt_fold(text): cpt_text_fold(); null for null
 *  - cpt_id(text): the 16 bytes of an identifier; null when it is not one
 *  - cpt_local_date(instant): the calendar day in @zone
 *  - cpt_bucket(date, bucket): first day of the #CptBucket
 *  - cpt_add_months(date, months)
 *  - cpt_bin(number, width, low, high): cpt_bin_get_start(); null for what is no integer
 *  - cpt_part(number, percentage): cpt_sql_get_part(); null unless both are integers
 *  - aggregate cpt_sum(x): exact; an integer where it fits, else a real
 *  - aggregate cpt_median(x): a real
 *
 * Returns: an SQLite result code
 */
int cpt_sql_functions_register (sqlite3          *handle,
                                GTimeZone *const *zone);

G_END_DECLS
