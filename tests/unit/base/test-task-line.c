/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is understood of a task that is written in one line, and what is left. */

#include "config.h"

#include <string.h>

#include "cpt-task-line.h"

/* A Saturday, at ten in the morning */
#define TODAY cpt_date_from_ymd (2026, 11, 21)
#define MINUTES 600

/* "title | 2026-11-22 | 10:00 | high": what is not there is left out */
static char *
read_line (const char   *text,
           CptDateOrder  order)
{
  g_auto(CptTaskLine) line = { .minutes = -1 };
  GString *result;

  cpt_task_line_parse (&line, text, TODAY, MINUTES, order);
  result = g_string_new (line.title);
  if (line.has_date)
    {
      g_autofree char *date = cpt_date_format_iso (line.date);

      g_string_append_printf (result, " | %s", date);
    }
  if (line.minutes >= 0)
    g_string_append_printf (result, " | %02d:%02d", line.minutes / 60, line.minutes % 60);
  if (line.priority != NULL)
    g_string_append_printf (result, " | %s", line.priority);

  return g_string_free (result, FALSE);
}

static void
test_understands (void)
{
  static const struct
  {
    const char *text;
    const char *result;
  } lines[] = {
    { "Call Martin tomorrow 10:00 !high", "Call Martin | 2026-11-22 | 10:00 | high" },
    { "Appeler Martin demain à 10h30 !haute", "Appeler Martin | 2026-11-22 | 10:30 | high" },
    { "Envoyer le devis aujourd'hui !!", "Envoyer le devis | 2026-11-21 | urgent" },
    { "Envoyer le devis aujourd’hui", "Envoyer le devis | 2026-11-21" },
    { "Rappeler Léa après-demain", "Rappeler Léa | 2026-11-23" },
    { "Write to Anne the day after tomorrow", "Write to Anne | 2026-11-23" },
    { "Pay rent on Monday", "Pay rent | 2026-11-23" },
    { "Standup next Saturday at 9am", "Standup | 2026-11-28 | 09:00" },
    { "Réunion lundi prochain 14h", "Réunion | 2026-11-23 | 14:00" },
    { "Review in 2 weeks", "Review | 2026-12-05" },
    { "Relance dans un mois", "Relance | 2026-12-21" },
    { "Plan next week", "Plan | 2026-11-23" },
    { "Bilan le mois prochain", "Bilan | 2026-12-01" },
    { "Send the offer by 3 December", "Send the offer | 2026-12-03" },
    { "Send the offer by December 3rd 2027, 3:30pm", "Send the offer | 2027-12-03 | 15:30" },
    { "Payer pour le 1er mars", "Payer | 2027-03-01" },
    { "Déjeuner mardi midi", "Déjeuner | 2026-11-24 | 12:00" },
    { "Sign 2026-12-24", "Sign | 2026-12-24" },
    { "tomorrow: Call Martin", "Call Martin | 2026-11-22" },
    { "TOMORROW, call Martin", "call Martin | 2026-11-22" },
    /* A time alone is the next one */
    { "Call at 11:00", "Call | 2026-11-21 | 11:00" },
    { "Call at 9:00", "Call | 2026-11-22 | 09:00" },
    { "Leap 29 février", "Leap | 2028-02-29" },
    /* As French is typed: blanks before h and :, some of which no line breaks at */
    { "Rappeler Martin demain à 10 h 30", "Rappeler Martin | 2026-11-22 | 10:30" },
    { "Rappeler Martin demain à 10\u00a0h\u00a030", "Rappeler Martin | 2026-11-22 | 10:30" },
    { "Réunion lundi prochain 14\u202fh", "Réunion | 2026-11-23 | 14:00" },
    { "Demain\u202f: payer 10\u202f000 €", "payer 10\u202f000 € | 2026-11-22" },
    { "Lire «\u00a0demain\u00a0»", "Lire «\u00a0demain\u00a0»" },
    { "Prévoir 3 h de route mardi", "Prévoir 3 h de route | 2026-11-24" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *result = read_line (lines[i].text, CPT_DATE_ORDER_DMY);

      g_assert_cmpstr (result, ==, lines[i].result);
    }
}

static void
test_leaves (void)
{
  static const struct
  {
    const char *text;
    const char *result;
  } lines[] = {
    { "", "" },
    { "tomorrow", " | 2026-11-22" },
    { "Order 10 chairs", "Order 10 chairs" },
    { "Book 3 rooms in May", "Book 3 rooms in May" },
    { "Update to 2.5", "Update to 2.5" },
    { "Ring Sam at 25:00", "Ring Sam at 25:00" },
    { "Ring Sam at 10:0", "Ring Sam at 10:0" },
    { "Half 1/2", "Half | 2027-02-01" },
    { "Nothing on 31/02", "Nothing on 31/02" },
    { "Watch \"Today tomorrow\" on Monday", "Watch \"Today tomorrow\" | 2026-11-23" },
    { "Lire « demain » lundi", "Lire « demain » | 2026-11-23" },
    { "Meet Monday or Tuesday", "Meet or Tuesday | 2026-11-23" },
    { "Say hello!", "Say hello!" },
    { "In 99999 days", "In 99999 days" },
    { "Bad \xff bytes today", "Bad \xef\xbf\xbd bytes | 2026-11-21" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *result = read_line (lines[i].text, CPT_DATE_ORDER_DMY);

      g_assert_cmpstr (result, ==, lines[i].result);
    }
}

static void
test_order (void)
{
  g_autofree char *day_first = read_line ("Pay 3/12", CPT_DATE_ORDER_DMY);
  g_autofree char *month_first = read_line ("Pay 3/12", CPT_DATE_ORDER_MDY);

  g_assert_cmpstr (day_first, ==, "Pay | 2026-12-03");
  g_assert_cmpstr (month_first, ==, "Pay | 2027-03-12");
}

/* Whatever is typed: it ends, and no byte is read that is not there. */
static void
test_anything (void)
{
  static const char *const pieces[] = {
    "next", "monday", "in", "3", "days", "!", "!high", "\"", "«", "’", "10:", ":", "h", "9h9", "12/", "/", "0/0", "99/99/9999",
    "mars", "32", "9999999999", "am", "0am", "\xe2\x80", "  ", ",", "…",
  };
  GRand *random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_auto(CptTaskLine) line = { .minutes = -1 };

      for (int n = g_rand_int_range (random, 0, 8); n > 0; n--)
        g_string_append_printf (text, "%s%s", pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))],
                                g_rand_boolean (random) ? " " : "");
      cpt_task_line_parse (&line, text->str, TODAY, MINUTES, CPT_DATE_ORDER_DMY);
      g_assert_true (g_utf8_validate (line.title, -1, NULL));
      g_assert_cmpint (line.minutes, <, 24 * 60);
      g_assert_true (!line.has_date || (line.date >= TODAY && line.date <= CPT_DATE_MAX) || strchr (text->str, '/') != NULL);
    }
  g_rand_free (random);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/task-line/understands-english-and-french", test_understands);
  g_test_add_func ("/task-line/leaves-the-rest-to-the-title", test_leaves);
  g_test_add_func ("/task-line/reads-dates-in-the-order-of-the-language", test_order);
  g_test_add_func ("/task-line/takes-anything", test_anything);

  return g_test_run ();
}
