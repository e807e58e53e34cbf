/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-locale-private.h"
#include "cpt-recurrence.h"

static const struct
{
  const char *rule;
  const char *first;
  const char *dates;
} followed[] = {
  { "FREQ=DAILY", "2026-11-21", "2026-11-21 2026-11-22 2026-11-23 2026-11-24" },
  { "FREQ=DAILY;INTERVAL=3;COUNT=2", "2026-11-21", "2026-11-21 2026-11-24" },
  { "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-20", "2026-11-20 2026-11-23 2026-11-24 2026-11-25" },
  { "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-16", "2026-11-16 2026-11-30 2026-12-14 2026-12-28" },
  { "FREQ=MONTHLY", "2027-01-31", "2027-01-31 2027-03-31 2027-05-31 2027-07-31" },
  { "FREQ=MONTHLY;BYMONTHDAY=-1", "2027-01-31", "2027-01-31 2027-02-28 2027-03-31 2027-04-30" },
  { "FREQ=MONTHLY;BYDAY=2TU", "2026-11-10", "2026-11-10 2026-12-08 2027-01-12 2027-02-09" },
  { "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-11-30", "2026-11-30 2026-12-31 2027-01-29 2027-02-26" },
  { "FREQ=YEARLY", "2024-02-29", "2024-02-29 2028-02-29 2032-02-29 2036-02-29" },
  { "FREQ=WEEKLY;UNTIL=20261201", "2026-11-21", "2026-11-21 2026-11-28" },
  { "FREQ=WEEKLY;UNTIL=20261128T225959Z", "2026-11-21", "2026-11-21 2026-11-28" },
};

static gint64
to_date (const char *text)
{
  gint64 date = 0;

  g_assert_true (cpt_date_parse_iso (text, &date));

  return date;
}

static CptRecurrence *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  CptRecurrence *rule = cpt_recurrence_parse (text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (rule);

  return rule;
}

static void
test_follows_rules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (followed); i++)
    {
      g_autoptr(CptRecurrence) rule = parse (followed[i].rule);
      g_autoptr(GString) text = g_string_new (NULL);
      gint64 first = to_date (followed[i].first);
      gint64 dates[4];
      guint n_dates = cpt_recurrence_list (rule, first, first, CPT_DATE_MAX, dates, G_N_ELEMENTS (dates));

      for (guint j = 0; j < n_dates; j++)
        {
          g_autofree char *date = cpt_date_format_iso (dates[j]);

          g_string_append_printf (text, "%s%s", j > 0 ? " " : "", date);
        }
      g_test_message ("%s", followed[i].rule);
      g_assert_cmpstr (text->str, ==, followed[i].dates);
    }
}

static void
test_next_is_after_a_day (void)
{
  g_autoptr(CptRecurrence) weekly = parse ("FREQ=WEEKLY;BYDAY=FR");
  g_autoptr(CptRecurrence) thrice = parse ("FREQ=WEEKLY;BYDAY=FR;COUNT=3");
  gint64 first = to_date ("2026-11-20");
  gint64 date;

  g_assert_true (cpt_recurrence_find_next (weekly, first, first, &date));
  g_assert_cmpint (date, ==, first + 7);
  g_assert_true (cpt_recurrence_find_next (weekly, first, to_date ("2036-11-20"), &date));
  g_assert_cmpint (date, ==, to_date ("2036-11-21"));
  g_assert_true (cpt_recurrence_find_next (thrice, first, first + 7, &date));
  g_assert_cmpint (date, ==, first + 14);
  g_assert_false (cpt_recurrence_find_next (thrice, first, first + 14, &date));
  g_assert_false (cpt_recurrence_find_next (weekly, first, to_date ("2501-01-01"), &date));
  g_assert_false (cpt_recurrence_find_next (weekly, CPT_DATE_MIN, first, &date));
  g_assert_false (cpt_recurrence_find_next (weekly, first, CPT_DATE_MAX, &date));
}

static const char *const refused[] = {
  "",
  "weekly",
  "FREQ=SECONDLY",
  "FREQ=MINUTELY;INTERVAL=5",
  "FREQ=HOURLY",
  "FREQ=OFTEN",
  "FREQ=DAILY;BYHOUR=9",
  "FREQ=DAILY;BYSECOND=0,1,2",
  "FREQ=DAILY;INTERVAL=0",
  "FREQ=DAILY;INTERVAL=1001",
  "FREQ=DAILY;INTERVAL=-1",
  "FREQ=DAILY;COUNT=0",
  "FREQ=DAILY;COUNT=99999999999999999999",
  "FREQ=DAILY;COUNT=3;UNTIL=20261231",
  "FREQ=DAILY;UNTIL=tomorrow",
  "FREQ=DAILY;UNTIL=20261341",
  "FREQ=DAILY;FREQ=WEEKLY",
  "FREQ=WEEKLY;BYDAY=",
  "FREQ=WEEKLY;BYDAY=XX",
  "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
  "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
  "INTERVAL=2",
  "FREQ=DAILY;COLOUR=RED",
  "FREQ=DAILY;RSCALE=CHINESE",
  "FREQ=DAILY\nDTSTART:20260101",
};

static void
test_refuses_absurd_rules (void)
{
  g_autofree char *endless = g_strnfill (100000, 'A');

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CptRecurrence) rule = cpt_recurrence_parse (refused[i], &error);

      g_test_message ("%s", refused[i]);
      g_assert_null (rule);
      g_assert_nonnull (error);
      g_assert_cmpint (error->domain, ==, CPT_ERROR);
    }
  g_assert_null (cpt_recurrence_parse (endless, NULL));
}

static const struct
{
  const char *rule;
  const char *english;
  const char *text;
} sentences[] = {
  { "freq=daily", "Every day", "FREQ=DAILY" },
  { "RRULE:FREQ=DAILY;INTERVAL=3", "Every 3 days", "FREQ=DAILY;INTERVAL=3" },
  { "BYDAY=MO,FR;FREQ=WEEKLY", "Every week on Monday and Friday", "FREQ=WEEKLY;BYDAY=MO,FR" },
  { "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR", "Every 2 weeks on Monday, Wednesday and Friday", NULL },
  { "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every working day", NULL },
  { "FREQ=MONTHLY;BYMONTHDAY=15", "Every month on day 15", NULL },
  { "FREQ=MONTHLY;BYMONTHDAY=-1", "Every month on the last day", NULL },
  { "FREQ=MONTHLY;BYDAY=2TU", "Every month on the second Tuesday", NULL },
  { "FREQ=MONTHLY;BYDAY=-1FR;INTERVAL=3", "Every 3 months on the last Friday", NULL },
  { "FREQ=YEARLY", "Every year", NULL },
  { "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15", "Every year on March 15", NULL },
  { "FREQ=YEARLY;BYMONTH=3;BYDAY=-1FR", "Every year on the last Friday of March", NULL },
  { "FREQ=WEEKLY;COUNT=10", "Every week, 10 times", NULL },
  { "FREQ=WEEKLY;UNTIL=20261231", "Every week, until 12/31/2026", "FREQ=WEEKLY;UNTIL=20261231" },
  { "FREQ=YEARLY;BYYEARDAY=100", "FREQ=YEARLY;BYYEARDAY=100", NULL },
};

static void
test_says_rules (void)
{
  cpt_locale_override ("en_US");
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_autoptr(CptRecurrence) rule = parse (sentences[i].rule);
      g_autofree char *sentence = cpt_recurrence_format_local (rule);

      g_assert_cmpstr (sentence, ==, sentences[i].english);
      if (sentences[i].text != NULL)
        g_assert_cmpstr (cpt_recurrence_get_text (rule), ==, sentences[i].text);
    }
  cpt_locale_override (NULL);
}

static void
test_reads_its_own_sentences (void)
{
  guint n_presets;
  const char *const *presets = cpt_recurrence_list_presets (&n_presets);

  for (guint i = 0; i < n_presets; i++)
    {
      g_autoptr(CptRecurrence) rule = parse (presets[i]);
      g_autofree char *sentence = cpt_recurrence_format_local (rule);
      g_autoptr(CptRecurrence) again = parse (sentence);

      g_assert_cmpstr (cpt_recurrence_get_text (rule), ==, presets[i]);
      g_assert_cmpstr (cpt_recurrence_get_text (again), ==, presets[i]);
    }
}

/* What comes on the first day is to come on the second one. */
static const struct
{
  const char *rule;
  const char *from;
  const char *to;
  const char *moved; /* (nullable): refused */
} moves[] = {
  { "FREQ=DAILY", "2026-11-21", "2026-11-23", "FREQ=DAILY" },
  { "FREQ=WEEKLY", "2026-11-21", "2026-11-23", "FREQ=WEEKLY" },
  { "FREQ=WEEKLY;BYDAY=MO", "2026-11-23", "2026-11-24", "FREQ=WEEKLY;BYDAY=TU" },
  { "FREQ=WEEKLY;BYDAY=SU", "2026-11-22", "2026-11-23", "FREQ=WEEKLY;BYDAY=MO" },
  { "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-11-25", "2026-11-26", "FREQ=WEEKLY;BYDAY=MO,TH,FR" },
  { "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-11-25", "2026-11-27", "FREQ=WEEKLY;BYDAY=MO,FR" },
  { "FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=2", "2026-11-25", "2026-11-26", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH" },
  { "FREQ=MONTHLY", "2027-01-31", "2027-02-01", "FREQ=MONTHLY" },
  { "FREQ=MONTHLY;BYMONTHDAY=15", "2026-11-15", "2026-11-20", "FREQ=MONTHLY;BYMONTHDAY=20" },
  { "FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-11-15", "2026-11-20", "FREQ=MONTHLY;BYMONTHDAY=1,20" },
  { "FREQ=MONTHLY;BYMONTHDAY=-1", "2027-02-28", "2027-02-27", "FREQ=MONTHLY;BYMONTHDAY=27" },
  { "FREQ=MONTHLY;BYMONTHDAY=-1", "2027-02-28", "2027-03-31", "FREQ=MONTHLY;BYMONTHDAY=-1" },
  { "FREQ=MONTHLY;BYDAY=2TU", "2026-11-10", "2026-11-18", "FREQ=MONTHLY;BYDAY=3WE" },
  { "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27", "2026-11-30", "FREQ=MONTHLY;BYDAY=-1MO" },
  { "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-11-30", "2026-11-26", "FREQ=MONTHLY;BYDAY=-1TH" },
  { "FREQ=YEARLY", "2024-02-29", "2024-03-01", "FREQ=YEARLY" },
  { "FREQ=YEARLY;BYMONTHDAY=15;BYMONTH=3", "2027-03-15", "2027-04-02", "FREQ=YEARLY;BYMONTHDAY=2;BYMONTH=4" },
  { "FREQ=WEEKLY;UNTIL=20261231;BYDAY=MO", "2026-11-23", "2026-11-24", "FREQ=WEEKLY;UNTIL=20270101;BYDAY=TU" },
  { "FREQ=YEARLY;BYYEARDAY=100", "2027-04-10", "2027-04-11", NULL },
};

static void
test_moves_rules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autoptr(CptRecurrence) rule = parse (moves[i].rule);
      g_autoptr(GError) error = NULL;
      g_autoptr(CptRecurrence) moved = cpt_recurrence_move (rule, to_date (moves[i].from), to_date (moves[i].to), &error);

      g_test_message ("%s", moves[i].rule);
      if (moves[i].moved == NULL)
        {
          g_assert_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (cpt_recurrence_get_text (moved), ==, moves[i].moved);
    }
}

static const struct
{
  const char *rule;
  const char *first;
  const char *day;
  const char *before;
  const char *after;
} splits[] = {
  { "FREQ=DAILY", "2026-11-21", "2026-11-24", "FREQ=DAILY;UNTIL=20261123", "FREQ=DAILY" },
  { "FREQ=WEEKLY;COUNT=10", "2026-11-21", "2026-12-12", "FREQ=WEEKLY;UNTIL=20261211", "FREQ=WEEKLY;COUNT=7" },
  { "FREQ=MONTHLY;COUNT=5", "2027-01-31", "2027-05-31", "FREQ=MONTHLY;UNTIL=20270530", "FREQ=MONTHLY;COUNT=3" },
  { "FREQ=WEEKLY;UNTIL=20261231", "2026-11-21", "2026-12-05", "FREQ=WEEKLY;UNTIL=20261204", "FREQ=WEEKLY;UNTIL=20261231" },
};

static void
test_splits_rules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (splits); i++)
    {
      g_autoptr(CptRecurrence) rule = parse (splits[i].rule);
      g_autoptr(CptRecurrence) before = cpt_recurrence_end_before (rule, to_date (splits[i].day), NULL);
      g_autoptr(CptRecurrence) after = cpt_recurrence_begin_at (rule, to_date (splits[i].first), to_date (splits[i].day), NULL);

      g_assert_cmpstr (cpt_recurrence_get_text (before), ==, splits[i].before);
      g_assert_cmpstr (cpt_recurrence_get_text (after), ==, splits[i].after);
      g_assert_true (cpt_recurrence_equal_but_end (rule, before));
      g_assert_true (cpt_recurrence_equal_but_end (after, before));
    }
}

static void
test_leaves_days_out (void)
{
  g_autoptr(CptRecurrence) rule = parse ("FREQ=WEEKLY");
  g_autoptr(CptRecurrence) thrice = parse ("FREQ=WEEKLY;COUNT=3");
  g_autoptr(GArray) days = cpt_recurrence_read_skips ("[\"2026-12-05\",\"2026-11-28\",7,\"never\",null]");
  g_autoptr(GArray) none = cpt_recurrence_read_skips ("{}");
  g_autofree char *written = cpt_recurrence_write_skips (days);
  gint64 first = to_date ("2026-11-21");
  gint64 date;

  g_assert_cmpstr (written, ==, "[\"2026-11-28\",\"2026-12-05\"]");
  g_assert_null (cpt_recurrence_write_skips (none));
  g_assert_true (cpt_recurrence_find_next_but (rule, first, first, days, &date));
  g_assert_cmpint (date, ==, to_date ("2026-12-12"));
  g_assert_true (cpt_recurrence_find_next_but (rule, first, first, NULL, &date));
  g_assert_cmpint (date, ==, to_date ("2026-11-28"));
  g_assert_false (cpt_recurrence_find_next_but (thrice, first, first, days, &date));
}

/* What a form shows of a rule, and makes of it again; the first day is Saturday 21 November */
static const struct
{
  const char *rule;
  CptRecurrenceChoice choice;
  const char *again;
} choices[] = {
  { "FREQ=DAILY", { CPT_RECURRENCE_DAYS, 1, 0, 0 }, "FREQ=DAILY" },
  { "FREQ=WEEKLY;BYDAY=MO,FR", { CPT_RECURRENCE_WEEKS, 1, 0x11, 0 }, "FREQ=WEEKLY;BYDAY=MO,FR" },
  { "FREQ=WEEKLY;BYDAY=SU", { CPT_RECURRENCE_WEEKS, 1, 0x40, 0 }, "FREQ=WEEKLY;BYDAY=SU" },
  { "FREQ=WEEKLY;INTERVAL=2", { CPT_RECURRENCE_WEEKS, 2, 0x20, 0 }, "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA" },
  { "FREQ=MONTHLY", { CPT_RECURRENCE_MONTHS, 1, 0, 21 }, "FREQ=MONTHLY;BYMONTHDAY=21" },
  { "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", { CPT_RECURRENCE_MONTHS, 3, 0, -1 }, "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1" },
  { "FREQ=MONTHLY;BYMONTHDAY=-2", { CPT_RECURRENCE_OTHER, 1, 0, 0 }, NULL },
  { "FREQ=MONTHLY;BYMONTHDAY=1,15", { CPT_RECURRENCE_OTHER, 1, 0, 0 }, NULL },
  { "FREQ=MONTHLY;BYDAY=2TU", { CPT_RECURRENCE_OTHER, 1, 0, 0 }, NULL },
  { "FREQ=WEEKLY;COUNT=4", { CPT_RECURRENCE_OTHER, 1, 0, 0 }, NULL },
  { "FREQ=DAILY;UNTIL=20270101", { CPT_RECURRENCE_OTHER, 1, 0, 0 }, NULL },
  { "FREQ=YEARLY", { CPT_RECURRENCE_OTHER, 1, 0, 0 }, NULL },
};

static void
test_offers_rules_as_choices (void)
{
  CptRecurrenceChoice none = { CPT_RECURRENCE_WEEKS, 1, 0, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr(CptRecurrence) rule = parse (choices[i].rule);
      g_autofree char *again = NULL;
      CptRecurrenceChoice choice;

      cpt_recurrence_get_choice (rule, to_date ("2026-11-21"), &choice);
      g_assert_cmpint (choice.unit, ==, choices[i].choice.unit);
      g_assert_cmpint (choice.interval, ==, choices[i].choice.interval);
      g_assert_cmphex (choice.weekdays, ==, choices[i].choice.weekdays);
      g_assert_cmpint (choice.month_day, ==, choices[i].choice.month_day);
      again = cpt_recurrence_format_choice (&choice);
      g_assert_cmpstr (again, ==, choices[i].again);
    }
  g_assert_null (cpt_recurrence_format_choice (&none));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/recurrence/follows-rules", test_follows_rules);
  g_test_add_func ("/recurrence/next-is-after-a-day", test_next_is_after_a_day);
  g_test_add_func ("/recurrence/refuses-absurd-rules", test_refuses_absurd_rules);
  g_test_add_func ("/recurrence/says-rules", test_says_rules);
  g_test_add_func ("/recurrence/reads-its-own-sentences", test_reads_its_own_sentences);
  g_test_add_func ("/recurrence/moves-rules", test_moves_rules);
  g_test_add_func ("/recurrence/splits-rules", test_splits_rules);
  g_test_add_func ("/recurrence/leaves-days-out", test_leaves_days_out);
  g_test_add_func ("/recurrence/offers-rules-as-choices", test_offers_rules_as_choices);

  return g_test_run ();
}
