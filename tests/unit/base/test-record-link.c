/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-error.h"
#include "cpt-record-link.h"

#define WORKSPACE "018f3c5e-0000-7000-8000-000000000001"
#define RECORD "018f3c5e-0000-7000-8000-000000000002"

static void
test_round_trip (void)
{
  const char *text = "comptoir://" WORKSPACE "/custom_field/" RECORD;
  g_autoptr(GError) error = NULL;
  g_autofree char *again = NULL;
  CptRecordLink link;

  g_assert_true (cpt_record_link_is_meant (text));
  g_assert_true (cpt_record_link_parse (text, &link, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (link.entity, ==, "custom_field");
  again = cpt_record_link_format (&link);
  g_assert_cmpstr (again, ==, text);
  g_assert_true (cpt_record_link_parse ("COMPTOIR://018F3C5E-0000-7000-8000-000000000001/deal/" RECORD, &link, NULL));
}

static void
test_refuses (void)
{
  static const char *const texts[] = {
    "",
    "comptoir:",
    "comptoir://",
    "comptoir:///deal/" RECORD,
    "comptoir://" WORKSPACE,
    "comptoir://" WORKSPACE "/",
    "comptoir://" WORKSPACE "/deal",
    "comptoir://" WORKSPACE "/deal/",
    "comptoir://" WORKSPACE "/deal/" RECORD "/",
    "comptoir://" WORKSPACE "/deal/" RECORD "?undo=1",
    "comptoir://" WORKSPACE "/deal/" RECORD "#x",
    "comptoir://" WORKSPACE "//" RECORD,
    "comptoir://" WORKSPACE "/../" RECORD,
    "comptoir://" WORKSPACE "/de%61l/" RECORD,
    "comptoir://" WORKSPACE "/Deal/" RECORD,
    "comptoir://user@" WORKSPACE "/deal/" RECORD,
    "comptoir://" WORKSPACE ":80/deal/" RECORD,
    "comptoir://" WORKSPACE "/deal/00000000-0000-0000-0000-000000000000",
    "comptoir://" WORKSPACE "/deal/018f3c5e",
    "comptoir://" WORKSPACE "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/" RECORD,
    "https://" WORKSPACE "/deal/" RECORD,
    "\xff\xfe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      CptRecordLink link = { .entity = "kept" };

      g_assert_false (cpt_record_link_parse (texts[i], &link, &error));
      g_assert_error (error, CPT_ERROR, CPT_ERROR_PARSE);
      g_assert_cmpstr (link.entity, ==, "kept");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/record-link/is-read-as-it-was-written", test_round_trip);
  g_test_add_func ("/record-link/refuses-what-only-looks-like-one", test_refuses);

  return g_test_run ();
}
