/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-uuid.h"

#include <string.h>

#define N_THREADS 4
#define N_PER_THREAD 5000

static void
test_reads_the_example_of_the_standard (void)
{
  /* RFC 9562, appendix A.6 */
  static const guint8 bytes[] = { 0x01, 0x7f, 0x22, 0xe2, 0x79, 0xb0, 0x7c, 0xc3,
                                  0x98, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f };
  static const char text[] = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
  CptUuid uuid;
  char formatted[CPT_UUID_TEXT_SIZE];

  g_assert_true (cpt_uuid_parse ("017F22E2-79B0-7CC3-98C4-DC0C0C07398F", &uuid));
  g_assert_cmpmem (uuid.bytes, sizeof uuid.bytes, bytes, sizeof bytes);
  cpt_uuid_format (&uuid, formatted);
  g_assert_cmpstr (formatted, ==, text);
}

static void
test_refuses_what_is_none (void)
{
  static const char *const texts[] = {
    "", "017f22e2", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
    "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
    "{17f22e2-79b0-7cc3-98c4-dc0c0c073981", "017f22e2 79b0-7cc3-98c4-dc0c0c07398f",
  };
  CptUuid uuid;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (cpt_uuid_parse (texts[i], &uuid));
}

static void
test_has_version_variant_and_time (void)
{
  /* The moment of the standard's example: 2022-02-22 19:22:22 UTC */
  const gint64 ms = G_GINT64_CONSTANT (1645557742000);
  g_autofree char *text = NULL;
  CptUuid uuid;

  cpt_uuid_derive (&uuid, ms, "deal/1");
  text = cpt_uuid_dup_text (&uuid);
  g_assert_true (g_str_has_prefix (text, "017f22e2-79b0-7"));
  g_assert_nonnull (strchr ("89ab", text[19]));
}

static void
test_derives_the_same_from_the_same (void)
{
  CptUuid a, b, c;

  cpt_uuid_derive (&a, 1000, "x");
  cpt_uuid_derive (&b, 1000, "x");
  cpt_uuid_derive (&c, 1000, "y");
  g_assert_true (cpt_uuid_equal (&a, &b));
  g_assert_cmpuint (cpt_uuid_hash (&a), ==, cpt_uuid_hash (&b));
  g_assert_false (cpt_uuid_equal (&a, &c));
}

static void
test_only_grows (void)
{
  CptUuid previous, next;

  cpt_uuid_generate (&previous, 2000);
  for (int i = 0; i < 100000; i++)
    {
      /* Standing still, going back, going on */
      cpt_uuid_generate (&next, 2000 + i % 7 - 3);
      g_assert_cmpint (cpt_uuid_compare (&previous, &next), <, 0);
      previous = next;
    }
}

static void
test_survives_any_time (void)
{
  CptUuid uuid;

  cpt_uuid_derive (&uuid, -1, "x");
  g_assert_cmpuint (uuid.bytes[0], ==, 0);
  cpt_uuid_derive (&uuid, G_MAXINT64, "x");
  g_assert_cmpuint (uuid.bytes[0], ==, 0xff);
  g_assert_cmpuint (uuid.bytes[6] >> 4, ==, 7);
}

static gpointer
generate_many (gpointer data)
{
  CptUuid *uuids = g_new (CptUuid, N_PER_THREAD);

  for (guint i = 0; i < N_PER_THREAD; i++)
    cpt_uuid_generate (&uuids[i], 3000);

  return uuids;
}

static void
test_differs_between_threads (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, NULL, NULL);
  GThread *threads[N_THREADS];
  CptUuid *uuids[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("uuid", generate_many, NULL);
  for (guint i = 0; i < N_THREADS; i++)
    {
      uuids[i] = g_thread_join (threads[i]);
      for (guint j = 0; j < N_PER_THREAD; j++)
        g_assert_true (g_hash_table_add (seen, &uuids[i][j]));
    }
  for (guint i = 0; i < N_THREADS; i++)
    g_free (uuids[i]);
}

static void
test_knows_nil (void)
{
  CptUuid uuid;

  g_assert_true (cpt_uuid_parse ("00000000-0000-0000-0000-000000000000", &uuid));
  g_assert_true (cpt_uuid_is_nil (&uuid));
  cpt_uuid_generate (&uuid, 0);
  g_assert_false (cpt_uuid_is_nil (&uuid));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/uuid/reads-the-example-of-the-standard", test_reads_the_example_of_the_standard);
  g_test_add_func ("/uuid/refuses-what-is-none", test_refuses_what_is_none);
  g_test_add_func ("/uuid/has-version-variant-and-time", test_has_version_variant_and_time);
  g_test_add_func ("/uuid/derives-the-same-from-the-same", test_derives_the_same_from_the_same);
  g_test_add_func ("/uuid/only-grows", test_only_grows);
  g_test_add_func ("/uuid/survives-any-time", test_survives_any_time);
  g_test_add_func ("/uuid/differs-between-threads", test_differs_between_threads);
  g_test_add_func ("/uuid/knows-nil", test_knows_nil);

  return g_test_run ();
}
