/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Public holidays, by computation: no list that ends with some year. Known is
 * France (FR: the eleven days of article L3133-1 of its labour code); elsewhere
 * no day is one. Regional days (Good Friday and 26 December in Alsace-Moselle,
 * the abolition of slavery overseas) are not counted. Dates are those of
 * cpt-date.h; from any thread. */

/* Western Easter Sunday of @year, in the Gregorian calendar */
gint64      cpt_holiday_get_easter         (int year);
/* (nullable): what day it is in @country (ISO 3166-1, two letters), in the
 * session's language; %NULL on any other day */
const char *cpt_holiday_get_name           (const char *country,
                                            gint64      date);
/* Monday to Friday without public holidays, both days included; 0 when @last is
 * before @first */
gint64      cpt_holiday_count_working_days (const char *country,
                                            gint64      first,
                                            gint64      last);

G_END_DECLS
