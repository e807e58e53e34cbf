/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A date is a number of days since 1970-01-01 in the proleptic Gregorian
 * calendar; an instant is a number of microseconds since the Unix epoch, UTC.
 * What lies outside the limits is treated as the nearest one. All functions may
 * be called from any thread; texts for people are in the session's language. */
#define CPT_DATE_MIN (-719162)  /* 0001-01-01 */
#define CPT_DATE_MAX (2932896)  /* 9999-12-31 */

typedef enum
{
  CPT_BUCKET_NONE,
  CPT_BUCKET_DAY,
  CPT_BUCKET_WEEK, /* from Monday, ISO 8601 */
  CPT_BUCKET_MONTH,
  CPT_BUCKET_QUARTER,
  CPT_BUCKET_YEAR,
} CptBucket;

/* The order of the parts of a written date. */
typedef enum
{
  CPT_DATE_ORDER_YMD,
  CPT_DATE_ORDER_DMY,
  CPT_DATE_ORDER_MDY,
} CptDateOrder;

/* Which of two instants, when the clocks show an hour twice */
typedef enum
{
  CPT_LOCAL_FIRST,
  CPT_LOCAL_LAST,
} CptLocalSide;

/* Of a valid date; see cpt_date_is_valid_ymd () */
gint64      cpt_date_from_ymd       (int year,
                                     int month,
                                     int day);
gboolean    cpt_date_is_valid_ymd   (int year,
                                     int month,
                                     int day);
/* @year, @month and @day are (optional) */
void        cpt_date_to_ymd         (gint64  date,
                                     int    *year,
                                     int    *month,
                                     int    *day);
/* 2026-11-21 exactly */
gboolean    cpt_date_parse_iso      (const char *text,
                                     gint64     *date);
char       *cpt_date_format_iso     (gint64 date);
/* Anything people and files write, in @order where it is ambiguous: separators
 * / - . and blank, two-digit years (70 to 99 are of the twentieth century),
 * names of months and days in English and French, 20261121. A year of four
 * digits in front decides, and so does a part above 12: "10/20/2016" is read
 * in CPT_DATE_ORDER_DMY too. A time behind it is ignored. */
gboolean    cpt_date_parse          (const char   *text,
                                     CptDateOrder  order,
                                     gint64       *date);
/* The locale's short form, for people: "21/11/2026" in French, "11/21/2026" in
 * American English, ISO 8601 without a language */
char       *cpt_date_format         (gint64 date);
/* 1 Monday to 7 Sunday */
int         cpt_date_get_weekday    (gint64 date);
/* The same day of the month, or the month's last: 31 January + 1 is 28 or 29
 * February */
gint64      cpt_date_add_months     (gint64 date,
                                     int    months);

/* RFC 3339: 2026-11-21T09:30:00Z, with optional fraction (cut to microseconds),
 * offset and seconds. Without an offset the text is local time of @zone, or UTC
 * when it is NULL: the first of two instants that the clock shows twice; one
 * that it jumps over as if it had not jumped. */
gboolean    cpt_instant_parse_iso   (const char *text,
                                     GTimeZone  *zone,
                                     gint64     *instant);
/* Always UTC with Z; a fraction only when there is one */
char       *cpt_instant_format_iso  (gint64 instant);
/* The locale's short date and time in @zone, for people */
char       *cpt_instant_format      (gint64     instant,
                                     GTimeZone *zone);
/* The time alone */
char       *cpt_instant_format_time (gint64     instant,
                                     GTimeZone *zone);
/* The calendar day in @zone (NULL: UTC). Fast: called per row from SQL, some
 * 10 ns; each thread remembers the three zones it used last. */
gint64      cpt_instant_get_date    (gint64     instant,
                                     GTimeZone *zone);
/* The first instant of @date in @zone (NULL: UTC), also where the clock jumps
 * over midnight; of a day that the zone left out, the first of the next. */
gint64      cpt_instant_from_date   (gint64     date,
                                     GTimeZone *zone);

/* When the clocks in @zone (NULL: UTC) show @date and @minute, which is counted
 * from midnight and may be 1440 or more: of an hour that they show twice the
 * first or the last, as @side says; where they jump over it, the first instant
 * after the jump. */
gint64      cpt_instant_from_local  (gint64        date,
                                     int           minute,
                                     GTimeZone    *zone,
                                     CptLocalSide  side);

const char *cpt_bucket_get_name     (CptBucket bucket);
gboolean    cpt_bucket_parse        (const char *name,
                                     CptBucket  *bucket);
/* The first day of the bucket that holds @date; of CPT_BUCKET_NONE the date */
gint64      cpt_bucket_get_start    (CptBucket bucket,
                                     gint64    date);
/* @count buckets later or, below 0, earlier */
gint64      cpt_bucket_add          (CptBucket bucket,
                                     gint64    start,
                                     int       count);
/* For people: "Nov 2026", "Q4 2026", "week 47, 2026" in the locale */
char       *cpt_bucket_format       (CptBucket bucket,
                                     gint64    start);
/* As short as on an axis, where the year is said elsewhere: "Nov", "Q4", "Nov
 * 21" or "21 nov."; a week by its Monday */
char       *cpt_bucket_format_short (CptBucket bucket,
                                     gint64    start);
/* For people: "1–21 Oct", "Oct 1–21", "1 Jul – 21 Aug"; with the year of @to where
 * that is not the one of @today */
char       *cpt_date_format_span    (gint64 from,
                                     gint64 to,
                                     gint64 today);

G_END_DECLS
