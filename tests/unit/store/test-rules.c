/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules that a workspace makes for itself: kept as records, asked at the
 * door whoever comes through it, and never in the way of what has nothing to do
 * with them. */

#include "config.h"

#include "rules-fixture.h"

#include "cpt-check.h"
#include "cpt-custom-field.h"
#include "cpt-database-private.h"
#include "cpt-field-type.h"
#include "cpt-rules-report.h"
#include "cpt-statement.h"

/* Refused, beside @field, with a message that has @part in it; takes @transaction */
static void
assert_refused (Fixture        *self,
                CptTransaction *transaction,
                const char     *field,
                const char     *part)
{
  g_autoptr(CptTransaction) owned = transaction;
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;
  const CptProblem *problem;

  g_assert_false (cpt_database_commit (self->database, transaction, NULL, &problems, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_assert_nonnull (problems);
  g_assert_cmpuint (problems->len, ==, 1);
  problem = g_ptr_array_index (problems, 0);
  g_assert_cmpstr (problem->field != NULL ? problem->field->name : NULL, ==, field);
  if (strstr (problem->message, part) == NULL)
    g_error ("“%s” does not say “%s”", problem->message, part);
}

static void
assert_not_created (Fixture    *self,
                    CptRecord  *record,
                    const char *field,
                    const char *part)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  cpt_transaction_create (transaction, record);
  assert_refused (self, transaction, field, part);
}

static void
assert_not_set (Fixture       *self,
                const char    *entity,
                const CptUuid *id,
                const char    *name,
                const char    *text,
                const char    *field)
{
  assert_refused (self, transaction_of (self, entity, id, name, text), field, "My rule");
}

static CptUuid
create_stage (Fixture    *self,
              const char *name,
              const char *kind)
{
  g_autoptr(CptRecord) pipeline = new_record (self, "pipeline", "name", name);
  g_autoptr(CptRecord) stage = new_record (self, "stage", "name", name);

  create_ok (self, pipeline);
  set_link (stage, "pipeline", &pipeline->id);
  set_text (stage, "kind", kind);
  create_ok (self, stage);

  return stage->id;
}

static CptUuid
create_deal (Fixture       *self,
             const CptUuid *stage)
{
  g_autoptr(CptRecord) deal = new_record (self, "deal", "name", "Deal");

  if (stage != NULL)
    set_link (deal, "stage", stage);
  create_ok (self, deal);

  return deal->id;
}

static gint64
undo_last (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptLogEntry) entry = cpt_log_peek_undo (self->database, &error);
  CptCommit commit = { 0 };

  g_assert_no_error (error);
  g_assert_nonnull (entry);
  cpt_log_undo (self->database, entry->sequence, &commit, &error);
  g_assert_no_error (error);

  return commit.sequence;
}

/* Required */

static void
test_required (Fixture       *self,
               gconstpointer  unused)
{
  CptUuid open = create_stage (self, "Open", "open");
  CptUuid lost = create_stage (self, "Lost", "lost");
  g_autofree char *lost_text = cpt_uuid_dup_text (&lost);
  g_autofree char *open_text = cpt_uuid_dup_text (&open);
  CptUuid older = create_deal (self, &lost);
  CptUuid deal;
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(CptTransaction) both = NULL;

  make_rule (self, "required", "deal.lost_reason", LOST);
  deal = create_deal (self, &open);

  /* What makes it wrong is refused, beside the field that is missing. */
  assert_not_set (self, "deal", &deal, "stage", lost_text, "lost_reason");
  both = transaction_of (self, "deal", &deal, "stage", lost_text);
  {
    g_auto(CptValue) value = CPT_VALUE_INIT;

    cpt_value_set_text (&value, "price");
    cpt_transaction_set (both, get_entity (self, "deal"), &deal, get_field (self, "deal", "lost_reason"), &value);
  }
  commit_ok (self, both);
  assert_not_set (self, "deal", &deal, "lost_reason", "", "lost_reason");
  set_ok (self, "deal", &deal, "stage", open_text);
  set_ok (self, "deal", &deal, "lost_reason", "");

  /* A new record too */
  record = new_record (self, "deal", "name", "Another");
  set_link (record, "stage", &lost);
  assert_not_created (self, record, "lost_reason", "My rule");
  set_text (record, "lost_reason", "price");
  create_ok (self, record);

  /* One that is older than the rule can be saved, filled in, and not emptied. */
  set_ok (self, "deal", &older, "notes", "Still here");
  set_ok (self, "deal", &older, "lost_reason", "price");
  assert_not_set (self, "deal", &older, "lost_reason", "", "lost_reason");
}

static void
test_undone (Fixture       *self,
             gconstpointer  unused)
{
  CptUuid organisation = create_organisation (self, "Acme");
  CptUuid rule = make_rule (self, "required", "organisation.legal_name", IN_FRANCE);

  assert_not_set (self, "organisation", &organisation, "country", "FR", "legal_name");
  undo_last (self);
  assert_missing (self, "rule", &rule);
  set_ok (self, "organisation", &organisation, "country", "FR");
  undo_last (self);

  rule = make_rule (self, "required", "organisation.legal_name", IN_FRANCE);
  assert_not_set (self, "organisation", &organisation, "country", "FR", "legal_name");
  delete_ok (self, "rule", &rule);
  set_ok (self, "organisation", &organisation, "country", "FR");
  undo_last (self);
  undo_last (self);
  assert_not_set (self, "organisation", &organisation, "country", "FR", "legal_name");

  /* Out of force, and read by who opens the file later */
  set_ok (self, "rule", &rule, "is_active", "false");
  set_ok (self, "organisation", &organisation, "country", "FR");
  set_ok (self, "organisation", &organisation, "country", "");
  set_ok (self, "rule", &rule, "is_active", "true");
  fixture_reopen (self);
  assert_not_set (self, "organisation", &organisation, "country", "FR", "legal_name");
}

static gint64
count_indexes (CptDatabase *database)
{
  g_autoptr(GError) error = NULL;
  gint64 n = -1;

  cpt_database_get_number (database, "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND name LIKE 'same@_@_%' ESCAPE '@'",
                           0, &n, &error);
  g_assert_no_error (error);

  return n;
}

static void
commit_in (CptUnit        *unit,
           CptTransaction *transaction)
{
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;

  cpt_unit_commit (unit, transaction, NULL, &problems, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* A rule as one act with changes of @ids, as a pack makes it */
static void
make_in_unit (Fixture *self,
              GArray  *ids)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  g_autoptr(CptTransaction) changes = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  g_autoptr(CptRecord) rule = new_rule (self, "unique", "organisation.legal_name", NULL);
  g_autoptr(CptUnit) unit = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, "partner");
  unit = cpt_unit_begin (self->database, CPT_ORIGIN_IMPORT, "Pack", &error);
  g_assert_no_error (error);
  cpt_transaction_create (transaction, rule);
  commit_in (unit, transaction);
  for (guint i = 0; i < ids->len; i++)
    cpt_transaction_set (changes, get_entity (self, "organisation"), &g_array_index (ids, CptUuid, i),
                         get_field (self, "organisation", "kind"), &value);
  commit_in (unit, changes);
  g_assert_true (cpt_unit_finish (unit, NULL, &error));
}

/* In a unit one that is refused for something else keeps what another one was to
 * take over. */
static void
test_unique_in_unit (Fixture       *self,
                     gconstpointer  data)
{
  CptUuid ids[2] = { create_organisation (self, "A"), create_organisation (self, "B") };
  CptUuid nobody;
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  g_auto(CptValue) kept = CPT_VALUE_INIT;
  g_auto(CptValue) other = CPT_VALUE_INIT;
  g_auto(CptValue) nowhere = CPT_VALUE_INIT;
  g_autoptr(CptUnit) unit = NULL;
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;
  const CptField *field = get_field (self, "organisation", "legal_name");

  set_ok (self, "organisation", &ids[0], "legal_name", "Acme SAS");
  make_rule (self, "unique", "organisation.legal_name", NULL);
  cpt_uuid_derive (&nobody, 1, "nobody");
  cpt_value_set_text (&kept, "Acme SAS");
  cpt_value_set_text (&other, "Other SAS");
  cpt_value_set_id (&nowhere, &nobody);

  unit = cpt_unit_begin (self->database, CPT_ORIGIN_IMPORT, "Import", &error);
  g_assert_no_error (error);
  cpt_transaction_set (transaction, get_entity (self, "organisation"), &ids[0], field, &other);
  cpt_transaction_set (transaction, get_entity (self, "organisation"), &ids[0], get_field (self, "organisation", "parent"), &nowhere);
  cpt_transaction_set (transaction, get_entity (self, "organisation"), &ids[1], field, &kept);
  cpt_unit_commit (unit, transaction, NULL, &problems, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 2);
  g_assert_true (cpt_unit_finish (unit, NULL, &error));
  assert_text (self, "organisation", &ids[0], "legal_name", "Acme SAS");
  assert_text (self, "organisation", &ids[1], "legal_name", NULL);
}

/* What a unit made comes and goes with it, also for who has the file open */
static void
test_unit_undone (Fixture       *self,
                  gconstpointer  data)
{
  guint n_records = GPOINTER_TO_UINT (data);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;
  CptDatabase *own = self->database;
  CptDatabase *other;
  gint64 sequence;

  for (guint i = 0; i < n_records; i++)
    {
      g_autoptr(CptRecord) record = new_record (self, "organisation", "name", "Acme");

      cpt_uuid_derive (&record->id, i, "acme");
      g_array_append_val (ids, record->id);
      cpt_transaction_create (transaction, record);
    }
  commit_ok (self, transaction);
  set_ok (self, "organisation", &g_array_index (ids, CptUuid, 0), "legal_name", "Acme SAS");
  other = cpt_database_open (self->path, CPT_OPEN_WRITE, &self->config, &error);
  g_assert_no_error (error);

  make_in_unit (self, ids);
  self->database = other;
  assert_not_set (self, "organisation", &g_array_index (ids, CptUuid, 1), "legal_name", "Acme SAS", "legal_name");
  g_assert_cmpint (count_indexes (other), ==, 1);

  self->database = own;
  sequence = undo_last (self);
  self->database = other;
  g_assert_cmpint (count_indexes (other), ==, 0);
  set_ok (self, "organisation", &g_array_index (ids, CptUuid, 1), "legal_name", "Acme SAS");
  undo_last (self);

  g_assert_true (cpt_log_undo (own, sequence, NULL, &error));
  self->database = other;
  g_assert_cmpint (count_indexes (other), ==, 1);
  assert_not_set (self, "organisation", &g_array_index (ids, CptUuid, 1), "legal_name", "Acme SAS", "legal_name");

  self->database = own;
  cpt_database_close (other);
}

/* Nobody takes away what rules need that only a unit can see yet. */
static void
test_unit_keeps_its_indexes (Fixture       *self,
                             gconstpointer  unused)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  g_autoptr(CptRecord) rule = new_rule (self, "unique", "organisation.legal_name", NULL);
  g_autoptr(CptUnit) unit = NULL;
  g_autoptr(GError) error = NULL;
  CptDatabase *own = self->database;
  CptDatabase *other = cpt_database_open (self->path, CPT_OPEN_WRITE, &self->config, &error);

  g_assert_no_error (error);
  unit = cpt_unit_begin (own, CPT_ORIGIN_IMPORT, "Pack", &error);
  g_assert_no_error (error);
  cpt_transaction_create (transaction, rule);
  commit_in (unit, transaction);
  self->database = other;
  make_rule (self, "required", "organisation.siren", NULL);
  self->database = own;
  g_assert_true (cpt_unit_finish (unit, NULL, &error));
  g_assert_cmpint (count_indexes (own), ==, 1);
  cpt_database_close (other);
}

/* Shown only when */

static void
test_visible (Fixture       *self,
              gconstpointer  unused)
{
  CptUuid organisation = create_organisation (self, "Acme");
  g_autoptr(CptRecord) record = NULL;

  make_rule (self, "visible", "organisation.siren", IN_FRANCE);
  assert_not_set (self, "organisation", &organisation, "siren", "732829320", "siren");
  set_ok (self, "organisation", &organisation, "country", "FR");
  set_ok (self, "organisation", &organisation, "siren", "732829320");

  /* What is there stays when it disappears, and may be taken out. */
  set_ok (self, "organisation", &organisation, "country", "DE");
  assert_text (self, "organisation", &organisation, "siren", "732829320");
  set_ok (self, "organisation", &organisation, "siren", "");

  /* What is hidden is not asked for. */
  make_rule (self, "required", "organisation.siren", NULL);
  set_ok (self, "organisation", &organisation, "country", "BE");
  assert_not_set (self, "organisation", &organisation, "country", "FR", "siren");

  record = new_record (self, "organisation", "name", "Another");
  set_machine (record, "siren", "732829320");
  assert_not_created (self, record, "siren", "My rule");
  set_machine (record, "country", "FR");
  create_ok (self, record);
}

/* What a new record begins with, and what behaviours fill in, is nobody's fault. */
static void
test_visible_begins (Fixture       *self,
                     gconstpointer  unused)
{
  g_autoptr(CptRecord) record = new_record (self, "task", "title", "Call");

  make_rule (self, "visible", "task.priority", "{\"field\":\"title\",\"op\":\"contains\",\"value\":\"secret\"}");
  cpt_record_apply_initial (record, TEST_NOW, NULL, NULL);
  create_ok (self, record);
}

/* Read-only */

static void
test_read_only (Fixture       *self,
                gconstpointer  unused)
{
  CptUuid organisation = create_organisation (self, "Acme");
  g_autoptr(CptRecord) record = new_record (self, "organisation", "name", "New");
  g_autoptr(CptTransaction) both = NULL;

  set_ok (self, "organisation", &organisation, "legal_name", "Acme SAS");
  make_rule (self, "read_only", "organisation.legal_name", IN_FRANCE);

  /* Free, then locked, then changed together with what locks it */
  set_ok (self, "organisation", &organisation, "legal_name", "Acme SARL");
  set_ok (self, "organisation", &organisation, "country", "FR");
  assert_not_set (self, "organisation", &organisation, "legal_name", "Acme SA", "legal_name");
  assert_not_set (self, "organisation", &organisation, "legal_name", "", "legal_name");
  set_ok (self, "organisation", &organisation, "notes", "Something else");
  both = transaction_of (self, "organisation", &organisation, "country", "");
  {
    g_auto(CptValue) value = CPT_VALUE_INIT;

    cpt_value_set_text (&value, "Acme SA");
    cpt_transaction_set (both, get_entity (self, "organisation"), &organisation, get_field (self, "organisation", "legal_name"), &value);
  }
  commit_ok (self, both);
  assert_text (self, "organisation", &organisation, "legal_name", "Acme SA");

  /* A new record has what it was made with; what is asked for can be filled in. */
  set_machine (record, "country", "FR");
  set_machine (record, "legal_name", "New SAS");
  create_ok (self, record);
  assert_not_set (self, "organisation", &record->id, "legal_name", "", "legal_name");
  set_ok (self, "organisation", &organisation, "legal_name", "");
  set_ok (self, "organisation", &organisation, "country", "FR");
  assert_not_set (self, "organisation", &organisation, "legal_name", "Acme", "legal_name");
  make_rule (self, "required", "organisation.legal_name", NULL);
  set_ok (self, "organisation", &organisation, "legal_name", "Acme");
}

/* Choices */

static CptUuid
allow (Fixture    *self,
       const char *path,
       const char *condition,
       const char *allowed)
{
  g_autoptr(CptRecord) record = new_rule (self, "choices", path, condition);

  set_machine (record, "allowed", allowed);
  create_ok (self, record);

  return record->id;
}

static void
test_choices (Fixture       *self,
              gconstpointer  unused)
{
  CptUuid organisation = create_organisation (self, "Acme");
  g_autoptr(CptRecord) record = NULL;

  set_ok (self, "organisation", &organisation, "kind", "partner");
  allow (self, "organisation.kind", IN_FRANCE, "customer;prospect");

  set_ok (self, "organisation", &organisation, "kind", "supplier");
  assert_not_set (self, "organisation", &organisation, "country", "FR", "kind");
  set_ok (self, "organisation", &organisation, "kind", "customer");
  set_ok (self, "organisation", &organisation, "country", "FR");
  assert_not_set (self, "organisation", &organisation, "kind", "partner", "kind");
  set_ok (self, "organisation", &organisation, "kind", "prospect");

  record = new_rule (self, "choices", "organisation.kind", IN_FRANCE);
  set_machine (record, "allowed", "partner");
  assert_not_created (self, record, "allowed", "no choice would be left");
  set_machine (record, "allowed", "partner;wrong");
  assert_not_created (self, record, "allowed", "wrong");
}

/* Unique */

static void
test_unique (Fixture       *self,
             gconstpointer  unused)
{
  CptUuid first = create_organisation (self, "First");
  CptUuid second = create_organisation (self, "Second");
  g_autoptr(CptTransaction) swap = NULL;
  g_autoptr(CptTransaction) twins = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptRecord) one = new_record (self, "organisation", "name", "One");
  g_autoptr(CptRecord) two = new_record (self, "organisation", "name", "Two");

  set_ok (self, "organisation", &first, "legal_name", "Café Noir");
  make_rule (self, "unique", "organisation.legal_name", NULL);
  assert_refused (self, transaction_of (self, "organisation", &second, "legal_name", "CAFE NOIR"), "legal_name", "First");
  set_ok (self, "organisation", &second, "legal_name", "Other");
  set_ok (self, "organisation", &first, "legal_name", "CAFÉ noir");

  /* They may change places. */
  swap = transaction_of (self, "organisation", &first, "legal_name", "Other");
  {
    g_auto(CptValue) value = CPT_VALUE_INIT;

    cpt_value_set_text (&value, "Café noir");
    cpt_transaction_set (swap, get_entity (self, "organisation"), &second, get_field (self, "organisation", "legal_name"), &value);
  }
  commit_ok (self, swap);

  /* Two of one transaction */
  set_text (one, "legal_name", "Same");
  set_text (two, "legal_name", "same");
  cpt_transaction_create (twins, one);
  cpt_transaction_create (twins, two);
  assert_refused (self, g_steal_pointer (&twins), "legal_name", "One");

  /* What is in the trash is not counted, until it comes back. */
  delete_ok (self, "organisation", &second);
  create_ok (self, one);
  set_ok (self, "organisation", &one->id, "legal_name", "Café Noir");
  twins = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  cpt_transaction_restore (twins, get_entity (self, "organisation"), &second);
  assert_refused (self, g_steal_pointer (&twins), "legal_name", "One");
  set_ok (self, "organisation", &one->id, "legal_name", "");
  twins = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  cpt_transaction_restore (twins, get_entity (self, "organisation"), &second);
  commit_ok (self, twins);
}

/* The lookup goes through an index, which comes and goes with the rule. */
static gboolean
uses_index (Fixture    *self,
            const char *expression,
            const char *index)
{
  g_autofree char *sql = g_strdup_printf ("EXPLAIN QUERY PLAN SELECT t.id FROM organisation AS t WHERE %s = ?", expression);
  g_autoptr(CptStatement) statement = cpt_database_prepare (self->database, sql, NULL);

  g_assert_nonnull (statement);
  g_assert_cmpint (cpt_statement_step (statement, NULL), ==, CPT_STEP_ROW);

  return strstr (cpt_statement_get_text (statement, 3), index) != NULL;
}

static gboolean
has_index (Fixture    *self,
           const char *name)
{
  g_autoptr(CptStatement) statement = cpt_database_prepare (self->database, "SELECT 1 FROM sqlite_schema WHERE name = ?", NULL);

  g_assert_nonnull (statement);
  cpt_statement_bind_text (statement, 1, name);

  return cpt_statement_step (statement, NULL) == CPT_STEP_ROW;
}

static void
test_index (Fixture       *self,
            gconstpointer  unused)
{
  g_autoptr(CptRecord) field = new_record (self, "custom_field", "entity_name", "organisation");
  CptUuid rule;

  set_text (field, "name", "x_code");
  set_text (field, "label", "Code");
  set_text (field, "kind", "text");
  create_ok (self, field);
  make_rule (self, "unique", "organisation.x_code", NULL);
  rule = make_rule (self, "unique", "organisation.legal_name", IN_FRANCE);
  g_assert_true (uses_index (self, "cpt_fold(t.\"legal_name\")", "same__organisation__legal_name"));
  g_assert_true (uses_index (self, "cpt_fold(cpt_member(t.custom,'x_code'))", "same__organisation__x_code"));

  delete_ok (self, "rule", &rule);
  g_assert_false (has_index (self, "same__organisation__legal_name"));
  g_assert_true (has_index (self, "same__organisation__x_code"));
  undo_last (self);
  g_assert_true (has_index (self, "same__organisation__legal_name"));
}

/* What would lock somebody out, or says nothing, is refused beside its cause. */
static void
test_senseless (Fixture       *self,
                gconstpointer  unused)
{
  static const struct
  {
    const char *kind;
    const char *path;
    const char *condition;
    const char *field;
    const char *part;
  } cases[] = {
    { "required", "nothing.name", NULL, "entity_name", "nothing" },
    { "required", "dashboard.name", NULL, "entity_name", "dashboard" },
    { "required", "organisation.nothing", NULL, "field_name", "nothing" },
    { "required", "organisation.country", "{\"field\":\"nothing\",\"op\":\"is-empty\"}", "condition", "nothing" },
    { "required", "organisation.country", "{\"field\":\"name\",\"op\":\"is-true\"}", "condition", "is" },
    { "required", "organisation.country", "{\"any\":[]}", "condition", "never" },
    { "required", "organisation.country", "{\"not\":{\"all\":[]}}", "condition", "never" },
    { "required", "organisation.parent", NULL, "condition", "the first one" },
    { "visible", "organisation.name", IN_FRANCE, "field_name", "always be filled in" },
    { "visible", "organisation.country", IN_FRANCE, "condition", "itself" },
    { "visible", "organisation.country", NULL, "condition", "without a condition" },
    { "visible", "organisation.siren", "{\"all\":[" IN_FRANCE ",{\"any\":[]}]}", "condition", "never" },
    { "choices", "organisation.country", NULL, "field_name", "no choices" },
    { "choices", "organisation.kind", NULL, "allowed", "at least one" },
    { "unique", "organisation.notes", NULL, "field_name", "kind" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(CptRecord) record = new_rule (self, cases[i].kind, cases[i].path, cases[i].condition);

      assert_not_created (self, record, cases[i].field, cases[i].part);
      /* Out of force it may say anything, so that it can always be put out of force. */
      set_machine (record, "is_active", "false");
      create_ok (self, record);
    }
}

/* From another computer comes what this one does not understand. */
static void
test_not_understood (Fixture       *self,
                     gconstpointer  unused)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_SYNC, NULL);
  g_autoptr(CptRecord) unknown = new_rule (self, "required", "organisation.x_later", NULL);
  g_autoptr(CptRecord) clear = new_rule (self, "unique", "organisation.legal_name", NULL);
  CptUuid first = create_organisation (self, "First");
  CptUuid second = create_organisation (self, "Second");
  g_autoptr(GPtrArray) remarks = NULL;
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(GError) error = NULL;

  set_ok (self, "organisation", &first, "legal_name", "Same");
  set_ok (self, "organisation", &second, "legal_name", "same");
  cpt_transaction_create (transaction, unknown);
  cpt_transaction_create (transaction, clear);
  commit_ok (self, transaction);

  remarks = cpt_rules_list_remarks (self->database, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (remarks->len, ==, 2);
  g_assert_nonnull (strstr (g_ptr_array_index (remarks, 0), "x_later"));
  g_assert_nonnull (strstr (g_ptr_array_index (remarks, 1), "Second"));
  findings = cpt_check_run (self->database, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);

  /* They are the same already: only what is new is refused. */
  set_ok (self, "organisation", &first, "notes", "Something else");
  set_ok (self, "organisation", &first, "legal_name", "SAME");
  set_ok (self, "organisation", &first, "legal_name", "Other");
  assert_not_set (self, "organisation", &first, "legal_name", "Same", "legal_name");
}

/* A rule that goes is not asked any more by what goes with it, and a field that
 * a rule names does not go alone. */
static void
test_goes_together (Fixture       *self,
                    gconstpointer  unused)
{
  g_autoptr(CptRecord) field = new_record (self, "custom_field", "entity_name", "organisation");
  g_autoptr(CptTransaction) transaction = NULL;
  CptTransaction *alone = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  CptUuid organisation = create_organisation (self, "Acme");
  CptUuid rule;

  set_text (field, "name", "x_code");
  set_text (field, "label", "Code");
  set_text (field, "kind", "text");
  create_ok (self, field);
  rule = make_rule (self, "read_only", "organisation.x_code", "{\"field\":\"x_code\",\"op\":\"is-not-empty\"}");
  set_ok (self, "organisation", &organisation, "x_code", "A");
  assert_not_set (self, "organisation", &organisation, "x_code", "", "x_code");

  cpt_transaction_delete (alone, get_entity (self, "custom_field"), &field->id);
  assert_refused (self, alone, NULL, "My rule");

  transaction = transaction_of (self, "organisation", &organisation, "x_code", "");
  cpt_transaction_delete (transaction, get_entity (self, "custom_field"), &field->id);
  cpt_transaction_delete (transaction, get_entity (self, "rule"), &rule);
  commit_ok (self, transaction);
  undo_last (self);
  assert_text (self, "rule", &rule, "field_name", "x_code");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/store/rules/asks-for-a-field-when-a-condition-holds", test_required);
  add_test ("/store/rules/show-a-field-only-when-a-condition-holds", test_visible);
  add_test ("/store/rules/let-records-begin-as-declared", test_visible_begins);
  add_test ("/store/rules/keep-a-field-as-it-is", test_read_only);
  add_test ("/store/rules/limit-choices", test_choices);
  add_test ("/store/rules/let-only-one-record-have-a-value", test_unique);
  add_test ("/store/rules/find-who-has-a-value-by-an-index", test_index);
  add_test ("/store/rules/that-make-no-sense-are-refused", test_senseless);
  add_test ("/store/rules/that-are-not-understood-are-told-and-left", test_not_understood);
  add_test ("/store/rules/go-together-with-their-fields", test_goes_together);
  add_test ("/store/rules/come-and-go-with-undo", test_undone);
  add_test ("/store/rules/hold-for-what-a-refused-record-keeps", test_unique_in_unit);
  add_test ("/store/rules/of-a-unit-keep-their-indexes", test_unit_keeps_its_indexes);
  g_test_add ("/store/rules/of-a-unit-come-and-go-with-undo", Fixture, GUINT_TO_POINTER (3), fixture_set_up, test_unit_undone,
              fixture_tear_down);
  g_test_add ("/store/rules/of-a-large-unit-come-and-go-with-undo", Fixture, GUINT_TO_POINTER (1100), fixture_set_up,
              test_unit_undone, fixture_tear_down);

  return g_test_run ();
}
