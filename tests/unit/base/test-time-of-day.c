/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times of day as people type them. */

#include "config.h"

#include "cpt-locale-private.h"
#include "cpt-time-of-day.h"

static void
test_is_read (void)
{
  static const struct
  {
    const char *text;
    const char *time; /* (nullable): it is none */
  } cases[] = {
    { "09:00", "09:00" },
    { "9:00", "09:00" },
    { " 9 ", "09:00" },
    { "0", "00:00" },
    { "23:59", "23:59" },
    { "9.30", "09:30" },
    { "9h", "09:00" },
    { "9 h", "09:00" },
    { "9 H 30", "09:30" },
    { "9h05", "09:05" },
    { "9\u00a0h\u00a030", "09:30" },
    { "9\u202fh\u202f30 min", "09:30" },
    { "9 heures 30", "09:30" },
    { "\uff19\uff1a\uff10\uff10", "09:00" },
    { "930", "09:30" },
    { "0930", "09:30" },
    { "1430", "14:30" },
    { "9:00 AM", "09:00" },
    { "9\u202fAM", "09:00" },
    { "9 p.m.", "21:00" },
    { "9pm", "21:00" },
    { "930 pm", "21:30" },
    { "12 am", "00:00" },
    { "12:15 PM", "12:15" },
    { NULL, NULL },
    { "", NULL },
    { "24:00", NULL },
    { "9:60", NULL },
    { "9:0", NULL },
    { "13 pm", NULL },
    { "0 am", NULL },
    { "-9", NULL },
    { "9:00 a", NULL },
    { "9:00:00:00", NULL },
    { "12345", NULL },
    { "nine", NULL },
    { "9 \xff", NULL },
    { "9                                                                      h", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int minute = -1;
      gboolean is_read = cpt_time_of_day_parse (cases[i].text, &minute);
      g_autofree char *time = is_read ? cpt_time_of_day_to_iso (minute) : NULL;

      g_assert_cmpstr (time, ==, cases[i].time);
      g_assert_true (is_read || minute == -1);
    }
}

/* What is shown can be typed again */
static void
test_is_written (void)
{
  static const char *const locales[] = { "en_US", "fr_FR" };

  for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      cpt_locale_override (locales[i]);
      for (int minute = 0; minute < 24 * 60; minute++)
        {
          g_autofree char *text = cpt_time_of_day_format (minute);
          int again = -1;

          g_assert_true (cpt_time_of_day_parse (text, &again));
          g_assert_cmpint (again, ==, minute);
        }
    }
  cpt_locale_override ("en_US");
  {
    g_autofree char *morning = cpt_time_of_day_format (9 * 60);

    g_assert_cmpstr (morning, ==, "9:00 AM");
  }
  cpt_locale_override (NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time-of-day/is-read", test_is_read);
  g_test_add_func ("/time-of-day/is-written", test_is_written);

  return g_test_run ();
}
