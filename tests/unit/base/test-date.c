/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-date.h"

#include "cpt-locale-private.h"

static gint64
date_of (const char *text)
{
  gint64 date = G_MININT64;

  g_assert_true (cpt_date_parse_iso (text, &date));

  return date;
}

static gint64
instant_of (const char *text)
{
  gint64 instant = G_MININT64;

  g_assert_true (cpt_instant_parse_iso (text, NULL, &instant));

  return instant;
}

static void
assert_date (gint64      date,
             const char *expected)
{
  g_autofree char *text = cpt_date_format_iso (date);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_instant (gint64      instant,
                const char *expected)
{
  g_autofree char *text = cpt_instant_format_iso (instant);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_counts_every_day (void)
{
  g_autoptr(GDate) expected = g_date_new_dmy (1, 1, 1);

  for (gint64 date = CPT_DATE_MIN; date <= CPT_DATE_MAX; date++)
    {
      int year, month, day;

      cpt_date_to_ymd (date, &year, &month, &day);
      if (year != g_date_get_year (expected) || month != (int) g_date_get_month (expected) ||
          day != g_date_get_day (expected) || cpt_date_from_ymd (year, month, day) != date ||
          cpt_date_get_weekday (date) != (int) g_date_get_weekday (expected))
        g_error ("%" G_GINT64_FORMAT " is not %d-%d-%d", date, year, month, day);
      g_date_add_days (expected, 1);
    }
  g_assert_cmpint (date_of ("1970-01-01"), ==, 0);
  g_assert_cmpint (date_of ("0001-01-01"), ==, CPT_DATE_MIN);
  g_assert_cmpint (date_of ("9999-12-31"), ==, CPT_DATE_MAX);
}

static void
test_reads_iso_exactly (void)
{
  static const char *const wrong[] = {
    "", "2026", "2026-11", "2026-11-2", "2026-11-211", "2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01",
    "2026-01-00", "1900-02-29", "2026/11/21", " 2026-11-21", "2026-11-21 ", "+026-11-21", "20a6-11-21",
  };
  gint64 date;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (cpt_date_parse_iso (wrong[i], &date));
  assert_date (date_of ("2000-02-29"), "2000-02-29");
}

static void
test_reads_what_people_write (void)
{
  static const struct
  {
    const char *text;
    CptDateOrder order;
    const char *expected; /* NULL: no date */
  } cases[] = {
    { "2026-11-21", CPT_DATE_ORDER_DMY, "2026-11-21" },
    { "20-10-2016", CPT_DATE_ORDER_DMY, "2016-10-20" },
    { "20-10-2016", CPT_DATE_ORDER_YMD, "2016-10-20" },
    { "3/4/2016", CPT_DATE_ORDER_DMY, "2016-04-03" },
    { "3/4/2016", CPT_DATE_ORDER_MDY, "2016-03-04" },
    { "10/20/2016", CPT_DATE_ORDER_DMY, "2016-10-20" },
    { "20/10/2016", CPT_DATE_ORDER_MDY, "2016-10-20" },
    { "21.11.26", CPT_DATE_ORDER_DMY, "2026-11-21" },
    { "21/11/69", CPT_DATE_ORDER_DMY, "2069-11-21" },
    { "21/11/70", CPT_DATE_ORDER_DMY, "1970-11-21" },
    { "26-11-21", CPT_DATE_ORDER_YMD, "2026-11-21" },
    { "2026/11/21", CPT_DATE_ORDER_MDY, "2026-11-21" },
    { "20261121", CPT_DATE_ORDER_MDY, "2026-11-21" },
    { "21 novembre 2026", CPT_DATE_ORDER_YMD, "2026-11-21" },
    { "1er août 2024", CPT_DATE_ORDER_DMY, "2024-08-01" },
    { "1 AOÛT 24", CPT_DATE_ORDER_DMY, "2024-08-01" },
    { "samedi 21 nov. 2026", CPT_DATE_ORDER_DMY, "2026-11-21" },
    { "Sat, 21 Nov 2026 14:30:00 +0100", CPT_DATE_ORDER_DMY, "2026-11-21" },
    { "November 21, 2026", CPT_DATE_ORDER_DMY, "2026-11-21" },
    { "Nov 21st, 2026", CPT_DATE_ORDER_MDY, "2026-11-21" },
    { "21-Nov-26", CPT_DATE_ORDER_MDY, "2026-11-21" },
    { "2026 Nov 21", CPT_DATE_ORDER_MDY, "2026-11-21" },
    { "2026-11-21T09:30:00Z", CPT_DATE_ORDER_DMY, "2026-11-21" },
    { "2026-11-21 09:30:00.123456", CPT_DATE_ORDER_DMY, "2026-11-21" },
    { "21/11/2026 14h30", CPT_DATE_ORDER_DMY, "2026-11-21" },
    { "11/21/2026 2:30 PM", CPT_DATE_ORDER_MDY, "2026-11-21" },
    { "21/11/2026 à 14:30", CPT_DATE_ORDER_DMY, "2026-11-21" },
    { "  21/11/2026  ", CPT_DATE_ORDER_DMY, "2026-11-21" },
    { "", CPT_DATE_ORDER_DMY, NULL },
    { "x", CPT_DATE_ORDER_DMY, NULL },
    { "2026", CPT_DATE_ORDER_DMY, NULL },
    { "Nov 2026", CPT_DATE_ORDER_DMY, NULL },
    { "31/02/2026", CPT_DATE_ORDER_DMY, NULL },
    { "32/13/2026", CPT_DATE_ORDER_DMY, NULL },
    { "1/2/3/4", CPT_DATE_ORDER_DMY, NULL },
    { "21/11/2026 apples", CPT_DATE_ORDER_DMY, NULL },
    { "apples 21/11/2026", CPT_DATE_ORDER_DMY, NULL },
    { "123/11/2026", CPT_DATE_ORDER_DMY, NULL },
    { "-1/11/2026", CPT_DATE_ORDER_DMY, NULL },
    { "1/1/1", CPT_DATE_ORDER_DMY, NULL },
    { "12:30:45", CPT_DATE_ORDER_DMY, NULL },
    { "21/11/2026/", CPT_DATE_ORDER_DMY, NULL },
    { "2026-11-2100", CPT_DATE_ORDER_DMY, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 date = G_MININT64;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (cpt_date_parse (cases[i].text, cases[i].order, &date), ==, cases[i].expected != NULL);
      if (cases[i].expected != NULL)
        assert_date (date, cases[i].expected);
    }
}

static void
test_adds_months (void)
{
  assert_date (cpt_date_add_months (date_of ("2024-01-31"), 1), "2024-02-29");
  assert_date (cpt_date_add_months (date_of ("2024-03-31"), -1), "2024-02-29");
  assert_date (cpt_date_add_months (date_of ("2024-12-15"), 13), "2026-01-15");
  assert_date (cpt_date_add_months (date_of ("2024-01-15"), -13), "2022-12-15");
  g_assert_cmpint (cpt_date_add_months (0, G_MAXINT), ==, CPT_DATE_MAX);
  g_assert_cmpint (cpt_date_add_months (0, G_MININT), ==, CPT_DATE_MIN);
}

static void
test_writes_spans (void)
{
  static const struct
  {
    const char *locale;
    const char *spans[4];
  } cases[] = {
    { "fr_FR.UTF-8", { "1–21 oct.", "1 juil. – 21 août", "1–21 nov. 2025", "2 nov." } },
    { "en_US", { "Oct 1–21", "Jul 1 – Aug 21", "Nov 1–21, 2025", "Nov 2" } },
    { "en_GB", { "1–21 Oct", "1 Jul – 21 Aug", "1–21 Nov 2025", "2 Nov" } },
  };
  static const char *const ends[][2] = {
    { "2026-10-01", "2026-10-21" },
    { "2026-07-01", "2026-08-21" },
    { "2025-11-01", "2025-11-21" },
    { "2026-11-02", "2026-11-02" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      cpt_locale_override (cases[i].locale);
      for (gsize k = 0; k < G_N_ELEMENTS (ends); k++)
        {
          g_autofree char *text = cpt_date_format_span (date_of (ends[k][0]), date_of (ends[k][1]), date_of ("2026-11-21"));

          g_assert_cmpstr (text, ==, cases[i].spans[k]);
        }
    }
  cpt_locale_override (NULL);
}

static void
test_writes_in_the_language (void)
{
  static const struct
  {
    const char *locale;
    const char *date;
    const char *instant;
    const char *buckets[4]; /* week, month, quarter, year */
  } cases[] = {
    { "fr_FR.UTF-8", "21/11/2026", "21/11/2026 15:05", { "semaine 47, 2026", "nov. 2026", "T4 2026", "2026" } },
    { "en_US", "11/21/2026", "11/21/2026 3:05 PM", { "week 47, 2026", "Nov 2026", "Q4 2026", "2026" } },
    { "en_GB", "21/11/2026", "21/11/2026 15:05", { "week 47, 2026", "Nov 2026", "Q4 2026", "2026" } },
    { "fr_CH", "21.11.2026", "21.11.2026 15:05", { "semaine 47, 2026", "nov. 2026", "T4 2026", "2026" } },
    { "C.UTF-8", "2026-11-21", "2026-11-21 15:05", { "week 47, 2026", "Nov 2026", "Q4 2026", "2026" } },
  };
  gint64 date = date_of ("2026-11-21");
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *date_text = NULL;
      g_autofree char *instant_text = NULL;

      cpt_locale_override (cases[i].locale);
      date_text = cpt_date_format (date);
      instant_text = cpt_instant_format (instant_of ("2026-11-21T14:05:59Z"), zone);
      g_assert_cmpstr (date_text, ==, cases[i].date);
      g_assert_cmpstr (instant_text, ==, cases[i].instant);
      for (int j = 0; j < 4; j++)
        {
          CptBucket bucket = (CptBucket) (CPT_BUCKET_WEEK + j);
          g_autofree char *text = cpt_bucket_format (bucket, cpt_bucket_get_start (bucket, date));

          g_assert_cmpstr (text, ==, cases[i].buckets[j]);
        }
    }
  cpt_locale_override (NULL);
}

static void
test_asks_the_system_in_other_languages (void)
{
  g_autofree char *date = NULL;
  g_autofree char *month = NULL;

  cpt_locale_override ("xx_XX");
  date = cpt_date_format (0);
  month = cpt_bucket_format (CPT_BUCKET_MONTH, 0);
  g_assert_cmpstr (date, ==, "01/01/70");
  g_assert_cmpstr (month, ==, "Jan 1970");
  cpt_locale_override (NULL);
}

static void
test_reads_instants (void)
{
  static const char *const texts[][2] = {
    /* RFC 3339, section 5.8 */
    { "1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.520Z" },
    { "1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57Z" },
    { "1990-12-31T23:59:60Z", "1991-01-01T00:00:00Z" },
    { "1990-12-31T15:59:60-08:00", "1991-01-01T00:00:00Z" },
    { "1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.870Z" },
    { "2026-11-21t09:30:00z", "2026-11-21T09:30:00Z" },
    { "2026-11-21 09:30+0130", "2026-11-21T08:00:00Z" },
    { "2026-11-21T09:30:00.1234567Z", "2026-11-21T09:30:00.123456Z" },
    { "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z" },
    { "9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z" },
    { "1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z" },
  };
  static const char *const wrong[] = {
    "", "2026-11-21", "2026-11-21T", "2026-11-21T25:00:00Z", "2026-11-21T09:60:00Z", "2026-11-21T09:30:61Z",
    "2026-11-21T09:30:00X", "2026-11-21T09:30:00+25:00", "2026-11-21T09:30:00+1", "2026-02-30T09:30:00Z",
    "2026-11-21T09:30:00.Z", "2026-11-21T9:30:00Z", "2026-11-21T09:30:00Z ", "9999-12-31T23:59:59-01:00",
    "0001-01-01T00:00:00+01:00", "2026-11-21T09",
  };
  gint64 instant;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_instant (instant_of (texts[i][0]), texts[i][1]);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (cpt_instant_parse_iso (wrong[i], NULL, &instant));
}

static void
test_reads_local_time (void)
{
  static const char *const texts[][2] = {
    { "2026-07-01T12:00:00", "2026-07-01T10:00:00Z" },
    { "2026-12-01T12:00:00", "2026-12-01T11:00:00Z" },
    { "2026-03-29T02:30:00", "2026-03-29T01:30:00Z" }, /* jumped over */
    { "2026-10-25T02:30:00", "2026-10-25T00:30:00Z" }, /* shown twice */
    { "2026-10-25T03:00:00", "2026-10-25T02:00:00Z" },
  };
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");

  g_assert_nonnull (zone);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gint64 instant;

      g_assert_true (cpt_instant_parse_iso (texts[i][0], zone, &instant));
      assert_instant (instant, texts[i][1]);
    }
}

static const char *const zones[] = {
  "UTC", "Europe/Paris", "America/New_York", "America/Sao_Paulo", "Africa/Casablanca", "Asia/Kolkata",
  "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Honolulu", "Asia/Kathmandu", "Europe/Dublin",
};

static void
test_finds_the_day_as_glib_does (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (zones[i]);
      GRand *random = g_rand_new_with_seed (42);

      for (int j = 0; j < 5000; j++)
        {
          gint64 seconds = (gint64) (g_rand_double (random) * 4e9) - 1000000000;
          g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
          g_autoptr(GDateTime) local = g_date_time_to_timezone (utc, zone);
          gint64 expected = cpt_date_from_ymd (g_date_time_get_year (local), g_date_time_get_month (local),
                                               g_date_time_get_day_of_month (local));

          g_assert_cmpint (cpt_instant_get_date (seconds * G_USEC_PER_SEC, zone), ==, expected);
        }
      g_rand_free (random);
    }
}

static void
test_finds_where_the_day_begins (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (zones[i]);

      for (gint64 date = date_of ("2000-01-01"); date < date_of ("2030-01-01"); date++)
        {
          gint64 start = cpt_instant_from_date (date, zone);

          /* A day that a zone left out begins with the one behind it. */
          g_assert_cmpint (cpt_instant_get_date (start, zone), >=, date);
          g_assert_cmpint (cpt_instant_get_date (start, zone), <=, date + 1);
          g_assert_cmpint (cpt_instant_get_date (start - 1, zone), <, date);
        }
    }
}

static void
test_knows_days_that_begin_late_or_never (void)
{
  g_autoptr(GTimeZone) paulo = g_time_zone_new_identifier ("America/Sao_Paulo");
  g_autoptr(GTimeZone) apia = g_time_zone_new_identifier ("Pacific/Apia");

  assert_instant (cpt_instant_from_date (date_of ("2018-11-04"), paulo), "2018-11-04T03:00:00Z");
  assert_instant (cpt_instant_from_date (date_of ("2011-12-30"), apia), "2011-12-30T10:00:00Z");
  assert_instant (cpt_instant_from_date (date_of ("2011-12-31"), apia), "2011-12-30T10:00:00Z");
  assert_instant (cpt_instant_from_date (date_of ("2026-11-21"), NULL), "2026-11-21T00:00:00Z");
}

static void
test_survives_any_instant (void)
{
  static const gint64 instants[] = { G_MININT64, G_MAXINT64, G_MININT64 + 1, -1, 0 };
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");

  for (gsize i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      g_autofree char *iso = cpt_instant_format_iso (instants[i]);
      g_autofree char *local = cpt_instant_format (instants[i], zone);
      gint64 date = cpt_instant_get_date (instants[i], zone);

      g_assert_nonnull (iso);
      g_assert_nonnull (local);
      g_assert_cmpint (date, >=, CPT_DATE_MIN);
      g_assert_cmpint (date, <=, CPT_DATE_MAX);
      (void) cpt_instant_from_date (instants[i], zone);
    }
}

static void
test_buckets (void)
{
  static const char *const starts[][3] = {
    { "day", "2026-11-21", "2026-11-24" },
    { "week", "2026-11-16", "2026-12-07" },
    { "month", "2026-11-01", "2027-02-01" },
    { "quarter", "2026-10-01", "2027-07-01" },
    { "year", "2026-01-01", "2029-01-01" },
    { "none", "2026-11-21", "2026-11-24" },
  };
  CptBucket bucket;

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      gint64 start;

      g_assert_true (cpt_bucket_parse (starts[i][0], &bucket));
      g_assert_cmpstr (cpt_bucket_get_name (bucket), ==, starts[i][0]);
      start = cpt_bucket_get_start (bucket, date_of ("2026-11-21"));
      assert_date (start, starts[i][1]);
      assert_date (cpt_bucket_add (bucket, start, 3), starts[i][2]);
      g_assert_cmpint (cpt_bucket_add (bucket, cpt_bucket_add (bucket, start, 40), -40), ==, start);
      g_assert_cmpint (cpt_bucket_add (bucket, start, G_MAXINT), ==, CPT_DATE_MAX);
      g_assert_cmpint (cpt_bucket_add (bucket, start, G_MININT), ==, CPT_DATE_MIN);
    }
  g_assert_false (cpt_bucket_parse ("decade", &bucket));
}

static void
test_weeks_belong_to_the_year_of_their_thursday (void)
{
  static const char *const weeks[][2] = {
    { "2020-12-28", "week 53, 2020" },
    { "2021-01-04", "week 1, 2021" },
    { "2024-12-30", "week 1, 2025" },
    { "2026-12-28", "week 53, 2026" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (weeks); i++)
    {
      g_autofree char *text = cpt_bucket_format (CPT_BUCKET_WEEK, date_of (weeks[i][0]));

      g_assert_cmpstr (text, ==, weeks[i][1]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/date/counts-every-day", test_counts_every_day);
  g_test_add_func ("/date/reads-iso-exactly", test_reads_iso_exactly);
  g_test_add_func ("/date/reads-what-people-write", test_reads_what_people_write);
  g_test_add_func ("/date/adds-months", test_adds_months);
  g_test_add_func ("/date/writes-in-the-language", test_writes_in_the_language);
  g_test_add_func ("/date/asks-the-system-in-other-languages", test_asks_the_system_in_other_languages);
  g_test_add_func ("/instant/reads-instants", test_reads_instants);
  g_test_add_func ("/instant/reads-local-time", test_reads_local_time);
  g_test_add_func ("/instant/finds-the-day-as-glib-does", test_finds_the_day_as_glib_does);
  g_test_add_func ("/instant/finds-where-the-day-begins", test_finds_where_the_day_begins);
  g_test_add_func ("/instant/knows-days-that-begin-late-or-never", test_knows_days_that_begin_late_or_never);
  g_test_add_func ("/instant/survives-any-instant", test_survives_any_instant);
  g_test_add_func ("/bucket/buckets", test_buckets);
  g_test_add_func ("/date/writes-spans", test_writes_spans);
  g_test_add_func ("/bucket/weeks-belong-to-the-year-of-their-thursday", test_weeks_belong_to_the_year_of_their_thursday);

  return g_test_run ();
}
