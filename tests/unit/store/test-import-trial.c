/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A dry run tells what the import does: every case is first tried and then done,
 * and both must say the same, to the word. */

#include "config.h"

#include "cpt-import-private.h"
#include "cpt-json.h"
#include "store-fixture.h"

typedef struct
{
  const char *name;
  const char *rules[3][3]; /* kind, field and condition (nullable) */
  const char *stored;      /* (nullable): organisations that are there before */
  const char *file;        /* organisations */
  const char *plan;        /* (nullable) */
  guint64 n_told[4];       /* created, updated, unchanged, rejected */
} Case;

static const Case cases[] = {
  { .name = "row-behind-row",
    .rules = { { "read_only", "name" }, { "unique", "siren" } },
    .file = "name,employees,siren\nAcme,1,732829320\nAcme SA,2,732829320\n",
    .plan = "{\"key\":\"siren\",\"mode\":\"create-or-update\"}",
    .n_told = { 1, 0, 0, 1 } },
  { .name = "row-behind-stored",
    .rules = { { "read_only", "name" } },
    .stored = "name,siren\nAcme,732829320\n",
    .file = "name,employees,siren\nAcme,1,732829320\nAcme,2,732829320\nOther,3,732829320\n",
    .plan = "{\"key\":\"siren\"}",
    .n_told = { 0, 2, 0, 1 } },
  { .name = "same-row-twice",
    .file = "name,employees\nAcme,1\nAcme,1\nACME,1\nAcme,2\n",
    .n_told = { 1, 1, 2, 0 } },
  { .name = "key-that-is-given-up",
    .stored = "name,siren,domains\nAcme,732829320,acme.example\n",
    .file = "name,siren,employees\nBetter,732829320,1\nAcme,,2\nBetter,,3\n",
    .plan = "{}",
    .n_told = { 1, 2, 0, 0 } },
  { .name = "only-one-may-have-it",
    .rules = { { "unique", "sector" } },
    .stored = "name,sector\nOne,Food\n",
    .file = "name,sector\nOne,Wine\nTwo,Food\nThree,Wine\nThree,Food\nTwo,Music\nThree,Food\n",
    .n_told = { 2, 2, 1, 1 } },
  { .name = "what-was-given-up-and-taken",
    .rules = { { "unique", "sector" } },
    .file = "name,sector\nOne,Wine\nOne,Beer\nTwo,Wine\nTwo,Wine\nThree,Beer\nThree,Wine\nThree,Milk\n",
    .n_told = { 3, 1, 1, 2 } },
  { .name = "needed-of-some",
    .rules = { { "required", "sector", "{\"field\":\"kind\",\"op\":\"is\",\"value\":\"customer\"}" } },
    .file = "name,kind,sector\nA,customer,\nB,prospect,\nB,customer,\nC,customer,Food\nB,customer,Food\n",
    .n_told = { 2, 1, 0, 2 } },
  { .name = "condition-of-a-linked-row",
    .rules = { { "required", "sector", "{\"field\":\"parent.sector\",\"op\":\"is\",\"value\":\"Food\"}" } },
    .file = "name,sector,parent\nMother,Food,\nChild,,Mother\nOther,Wine,Mother\nSelf,,Nobody\n",
    .n_told = { 4, 0, 0, 0 } },
  { .name = "loops",
    .file = "name,parent\nA,B\nB,C\nC,A\nD,D\n",
    .n_told = { 4, 0, 0, 0 } },
  { .name = "title-out-of-nothing",
    .file = "name,employees\n,1\nA,2\n",
    .plan = "{}",
    .n_told = { 1, 0, 0, 1 } },
  { .name = "only-those-that-are-there",
    .stored = "name\nA\n",
    .file = "name,employees\nA,1\nB,2\nA,1\n",
    .plan = "{\"mode\":\"update\"}",
    .n_told = { 0, 1, 1, 1 } },
  { .name = "identifiers",
    .file = "id,name\n0193b0f0-0000-7000-8000-000000000001,A\n0193b0f0-0000-7000-8000-000000000001,B\nx,C\n",
    .n_told = { 1, 1, 0, 1 } },
};

static CptImportReport *
run (Fixture    *fixture,
     const char *text,
     const char *json,
     gboolean    dry_run)
{
  g_autofree char *path = g_build_filename (fixture->folder, "data.csv", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptImportPlan) plan = NULL;
  g_autoptr(JsonNode) node = json != NULL ? cpt_json_parse (json, -1, NULL) : NULL;
  CptImportReport *report;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  plan = cpt_import_plan_new (fixture->database, get_entity (fixture, "organisation"), path, NULL, &error);
  g_assert_no_error (error);
  if (node != NULL)
    g_assert_true (cpt_import_plan_apply_json (plan, node, &error));
  g_assert_no_error (error);
  report = cpt_import_run (fixture->database, plan, path, NULL, dry_run, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  return report;
}

static void
add_rule (Fixture           *fixture,
          const char *const *rule)
{
  CptRecord *record = new_record (fixture, "rule", "name", rule[1]);

  set_text (record, "entity_name", "organisation");
  set_text (record, "field_name", rule[1]);
  set_text (record, "kind", rule[0]);
  if (rule[2] != NULL)
    set_text (record, "condition", rule[2]);
  create_ok (fixture, record);
  cpt_record_unref (record);
}

/* @n_more: what the dry run alone may tell, behind all else */
static void
assert_same_texts (GPtrArray *dry,
                   GPtrArray *done,
                   guint      n_more)
{
  for (guint i = 0; i < MIN (dry->len, done->len); i++)
    g_assert_cmpstr (dry->pdata[i], ==, done->pdata[i]);
  g_assert_cmpuint (dry->len, >=, done->len);
  g_assert_cmpuint (dry->len, <=, done->len + n_more);
}

static void
test_case (Fixture       *fixture,
           gconstpointer  data)
{
  const Case *self = data;
  g_autoptr(CptImportReport) stored = NULL;
  g_autoptr(CptImportReport) dry = NULL;
  g_autoptr(CptImportReport) done = NULL;
  gint64 sequence;

  if (self->stored != NULL)
    stored = run (fixture, self->stored, NULL, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (self->rules) && self->rules[i][0] != NULL; i++)
    add_rule (fixture, self->rules[i]);
  sequence = cpt_database_get_sequence (fixture->database);

  dry = run (fixture, self->file, self->plan, TRUE);
  g_assert_cmpint (dry->sequence, ==, 0);
  g_assert_cmpint (cpt_database_get_sequence (fixture->database), ==, sequence);
  done = run (fixture, self->file, self->plan, FALSE);

  for (guint i = 0; i < done->samples->len; i++)
    g_test_message ("%s", (const char *) done->samples->pdata[i]);
  g_assert_cmpuint (done->counts.n_created, ==, self->n_told[0]);
  g_assert_cmpuint (done->counts.n_updated, ==, self->n_told[1]);
  g_assert_cmpuint (done->counts.n_unchanged, ==, self->n_told[2]);
  g_assert_cmpuint (done->counts.n_rejected, ==, self->n_told[3]);
  assert_same_texts (dry->samples, done->samples, 0);
  /* Only a dry run tells of possible duplicates */
  assert_same_texts (dry->notes, done->notes, 2);
  g_assert_cmpuint (dry->counts.n_rows, ==, done->counts.n_rows);
  g_assert_cmpuint (dry->counts.n_created, ==, done->counts.n_created);
  g_assert_cmpuint (dry->counts.n_updated, ==, done->counts.n_updated);
  g_assert_cmpuint (dry->counts.n_unchanged, ==, done->counts.n_unchanged);
  g_assert_cmpuint (dry->counts.n_skipped, ==, done->counts.n_skipped);
  g_assert_cmpuint (dry->counts.n_rejected, ==, done->counts.n_rejected);
  g_assert_cmpuint (dry->counts.n_linked_created, ==, done->counts.n_linked_created);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/import/a-dry-run-tells-of/", cases[i].name, NULL);

      g_test_add (name, Fixture, &cases[i], fixture_set_up, test_case, fixture_tear_down);
    }

  return g_test_run ();
}
