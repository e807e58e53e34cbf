/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of rules before they are made, and of those that are there. */

#include "config.h"

#include "rules-fixture.h"

#include "cpt-rules-report.h"

/* How many do not meet a rule is known before it is made. */
static void
test_tried (Fixture       *self,
            gconstpointer  unused)
{
  static const struct
  {
    const char *kind;
    const char *path;
    const char *condition;
    guint64 n_unmet;
  } cases[] = {
    { "required", "organisation.legal_name", NULL, 2 },
    { "required", "organisation.legal_name", IN_FRANCE, 1 },
    { "visible", "organisation.kind", IN_FRANCE, 1 },
    { "choices", "organisation.kind", NULL, 2 },
    { "choices", "organisation.kind", IN_FRANCE, 1 },
    { "unique", "organisation.kind", NULL, 2 },
    { "read_only", "organisation.kind", NULL, 0 },
  };
  CptUuid ids[3] = { create_organisation (self, "A"), create_organisation (self, "B"), create_organisation (self, "C") };

  set_ok (self, "organisation", &ids[0], "country", "FR");
  set_ok (self, "organisation", &ids[0], "kind", "partner");
  set_ok (self, "organisation", &ids[1], "kind", "partner");
  set_ok (self, "organisation", &ids[2], "country", "FR");
  set_ok (self, "organisation", &ids[2], "legal_name", "C SAS");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(CptRecord) record = new_rule (self, cases[i].kind, cases[i].path, cases[i].condition);
      g_auto(CptRuleTrial) trial = { 0 };
      g_autoptr(GError) error = NULL;

      if (g_str_equal (cases[i].kind, "choices"))
        set_machine (record, "allowed", "customer");
      cpt_rule_try (record, self->database, &trial, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (trial.problems->len, ==, 0);
      g_assert_cmpuint (trial.n_unmet, ==, cases[i].n_unmet);
    }
}

/* What may lock somebody out where two conditions meet is told of, not refused */
static void
test_warned (Fixture       *self,
             gconstpointer  unused)
{
  static const struct
  {
    const char *kind;
    const char *path;
    const char *condition;
    const char *allowed;
    guint n_warnings;
  } cases[] = {
    { "choices", "organisation.kind", "{\"field\":\"country\",\"op\":\"is\",\"value\":\"DE\"}", "partner", 1 },
    { "choices", "organisation.kind", "{\"field\":\"country\",\"op\":\"is\",\"value\":\"DE\"}", "customer", 0 },
    { "visible", "organisation.vat_number", "{\"field\":\"siren\",\"op\":\"is-not-empty\"}", NULL, 1 },
    { "visible", "organisation.vat_number", IN_FRANCE, NULL, 0 },
    { "required", "organisation.kind", NULL, NULL, 0 },
  };
  g_autoptr(CptRecord) choices = new_rule (self, "choices", "organisation.kind", IN_FRANCE);

  set_machine (choices, "allowed", "customer");
  create_ok (self, choices);
  make_rule (self, "visible", "organisation.siren", "{\"field\":\"vat_number\",\"op\":\"is-not-empty\"}");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(CptRecord) record = new_rule (self, cases[i].kind, cases[i].path, cases[i].condition);
      g_autofree char *sentence = NULL;
      g_auto(CptRuleTrial) trial = { 0 };
      g_autoptr(GError) error = NULL;

      if (cases[i].allowed != NULL)
        set_machine (record, "allowed", cases[i].allowed);
      cpt_rule_try (record, self->database, &trial, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (trial.problems->len, ==, 0);
      g_assert_cmpuint (trial.warnings->len, ==, cases[i].n_warnings);
      sentence = cpt_rule_describe (cpt_database_get_schema (self->database), record, self->database, NULL);
      g_assert_cmpstr (sentence, ==, trial.sentence);
    }
}

static void
test_described (Fixture       *self,
                gconstpointer  unused)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptRecord) off = new_rule (self, "required", "organisation.kind", NULL);
  g_autoptr(CptRecord) wrong = new_rule (self, "required", "organisation.nothing", NULL);
  g_autofree char *sentence = NULL;
  g_autofree char *problem = NULL;

  set_machine (off, "is_active", "false");
  sentence = cpt_rule_describe (schema, off, NULL, &problem);
  g_assert_cmpstr (sentence, ==, "“Kind” must be filled in");
  g_assert_null (problem);
  g_assert_null (cpt_rule_describe (schema, wrong, NULL, &problem));
  g_assert_nonnull (strstr (problem, "nothing"));
}

/* One that is out of force is stored whatever it says, and no trial refuses it. */
static void
test_tried_out_of_force (Fixture       *self,
                         gconstpointer  unused)
{
  g_autoptr(CptRecord) record = new_rule (self, "required", "organisation.nowhere", NULL);
  g_auto(CptRuleTrial) trial = { 0 };
  g_auto(CptRuleTrial) in_force = { 0 };
  g_autoptr(GError) error = NULL;

  cpt_rule_try (record, self->database, &in_force, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (in_force.problems->len, >, 0);

  set_machine (record, "is_active", "false");
  cpt_rule_try (record, self->database, &trial, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (trial.problems->len, ==, 0);
  g_assert_null (trial.sentence);
  create_ok (self, record);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/store/rules/tell-beforehand-who-does-not-meet-them", test_tried);
  add_test ("/store/rules/tell-where-they-may-lock-somebody-out", test_warned);
  add_test ("/store/rules/say-what-they-say-in-force-or-not", test_described);
  add_test ("/store/rules/out-of-force-are-not-refused-by-a-trial", test_tried_out_of_force);

  return g_test_run ();
}
