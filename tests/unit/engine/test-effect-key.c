/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys of effects and variants: they must never become others. */

#include "config.h"

#include <string.h>

#include "cpt-effect-key.h"

static const CptEffectSource SOURCE = { "ws", "nurture", "anna", 1, "mail-2", 1, "mail" };

static void
test_parts_do_not_run_together (void)
{
  static const char *const one[] = { "v1", "1", "23", "4", "5", NULL };
  static const char *const other[] = { "v1", "12", "3", "4", "5", NULL };
  g_autofree char *first = cpt_effect_digest_dup (one);
  g_autofree char *second = cpt_effect_digest_dup (other);

  g_assert_cmpstr (first, ==, "afbf68610ba357ee38a79d7695460cb72ac92f3c42292944f22a6aee3d967b66");
  g_assert_cmpstr (second, ==, "de89501da83f17caff3d7ec2055952ec0b20c007bc6b023c765be786a6380c70");
}

static void
test_each_member_counts (void)
{
  CptEffectSource others[] = { SOURCE, SOURCE, SOURCE, SOURCE, SOURCE, SOURCE, SOURCE };
  g_autofree char *key = cpt_effect_key_dup (&SOURCE);
  g_autofree char *again = cpt_effect_key_dup (&SOURCE);

  others[0].workspace = "other";
  others[1].workflow = "other";
  others[2].enrolment_key = "other";
  others[3].run = 2;
  others[4].node = "other";
  others[5].visit = 2;
  others[6].channel = "other";

  g_assert_cmpuint (strlen (key), ==, 64);
  g_assert_cmpstr (key, ==, again);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *other = cpt_effect_key_dup (&others[i]);

      g_assert_cmpstr (key, !=, other);
    }
}

static void
test_variants_stay (void)
{
  static const guint32 weights[] = { 60, 40 };
  static const guint wanted[] = { 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 1, 0, 1, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autofree char *subject = g_strdup_printf ("%u", i + 1);

      g_assert_cmpuint (cpt_split_choose ("7", subject, weights, 2), ==, wanted[i]);
    }
}

static void
test_weights_are_kept_to (void)
{
  static const guint32 weights[] = { 60, 0, 40 };
  guint counts[3] = { 0 };

  for (guint i = 1; i <= 100000; i++)
    {
      char subject[16];

      g_snprintf (subject, sizeof subject, "%u", i);
      counts[cpt_split_choose ("7", subject, weights, 3)]++;
    }

  g_assert_cmpuint (counts[0], >, 59500);
  g_assert_cmpuint (counts[0], <, 60500);
  g_assert_cmpuint (counts[1], ==, 0);
  g_assert_cmpuint (counts[0] + counts[2], ==, 100000);
}

/* Four quarters of those whom another experiment gave the same */
static void
test_experiments_are_independent (void)
{
  static const guint32 weights[] = { 1, 1 };
  guint counts[4] = { 0 };

  for (guint i = 0; i < 10000; i++)
    {
      char subject[16];

      g_snprintf (subject, sizeof subject, "c%u", i);
      counts[cpt_split_choose ("first", subject, weights, 2) * 2 + cpt_split_choose ("second", subject, weights, 2)]++;
    }

  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpuint (counts[i], >, 2300);
      g_assert_cmpuint (counts[i], <, 2700);
    }
}

static void
test_odd_weights (void)
{
  static const guint32 none[] = { 0, 0 };
  static const guint32 last[] = { 0, 0, 7 };
  static const guint32 large[] = { G_MAXUINT32, G_MAXUINT32, G_MAXUINT32, G_MAXUINT32 };
  guint counts[4] = { 0 };

  g_assert_cmpuint (cpt_split_choose ("7", "anna", none, 2), ==, 2);
  g_assert_cmpuint (cpt_split_choose ("7", "anna", NULL, 0), ==, 0);
  g_assert_cmpuint (cpt_split_choose ("7", "", last, 3), ==, 2);

  for (guint i = 0; i < 4000; i++)
    {
      char subject[16];

      g_snprintf (subject, sizeof subject, "%u", i);
      counts[cpt_split_choose ("7", subject, large, 4)]++;
    }
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (counts[i], >, 850);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/effect-key/parts-do-not-run-together", test_parts_do_not_run_together);
  g_test_add_func ("/effect-key/each-member-counts", test_each_member_counts);
  g_test_add_func ("/split/variants-stay", test_variants_stay);
  g_test_add_func ("/split/weights-are-kept-to", test_weights_are_kept_to);
  g_test_add_func ("/split/experiments-are-independent", test_experiments_are_independent);
  g_test_add_func ("/split/odd-weights", test_odd_weights);

  return g_test_run ();
}
