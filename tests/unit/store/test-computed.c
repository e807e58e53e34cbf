/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fields with a formula: right after every change, whoever makes it, also of
 * the records that they are worked out of; undone and redone with the rest. */

#include "config.h"

#include "store-fixture.h"

#include "cpt-check.h"
#include "cpt-computed-private.h"
#include "cpt-computed.h"
#include "cpt-custom-field.h"
#include "cpt-field-type.h"
#include "cpt-filter.h"
#include "cpt-query.h"

typedef struct
{
  const char *entity;
  const char *name;
  const char *kind;
  const char *definition;
} Formula;

static const Formula formulas[] = {
  { "deal", "x_weighted", "money", "{\"formula\":\"amount * probability\"}" },
  { "deal", "x_where", "text", "{\"formula\":\"organisation.name & '/' & organisation.parent.name\"}" },
  { "organisation", "x_total", "money", "{\"formula\":\"sum(deals.amount)\"}" },
  { "organisation", "x_weighted", "money", "{\"formula\":\"sum(deals.x_weighted where amount > 5)\"}" },
  { "organisation", "x_children", "integer", "{\"formula\":\"count(organisations)\"}" },
  { "contact", "x_stake", "money", "{\"formula\":\"sum(deals@contacts.amount)\"}" },
  { "contact", "x_employer", "text", "{\"formula\":\"if(organisation.x_total > 20, upper(organisation.name), 'small')\"}" },
  { "organisation", "x_best", "text", "{\"formula\":\"max(contacts.x_employer)\"}" },
};

static CptRecord *
new_custom_field (Fixture       *self,
                  const Formula *formula)
{
  CptRecord *record = new_record (self, "custom_field", "entity_name", formula->entity);

  set_text (record, "name", formula->name);
  set_text (record, "label", formula->name);
  set_text (record, "kind", formula->kind);
  set_text (record, "definition", formula->definition);

  return record;
}

static CptUuid
define_ok (Fixture       *self,
           const Formula *formula)
{
  g_autoptr(CptRecord) record = new_custom_field (self, formula);

  create_ok (self, record);

  return record->id;
}

static void
run_ok (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  gboolean is_done = FALSE;

  cpt_computed_run (self->database, 0, &is_done, &error);
  g_assert_no_error (error);
  g_assert_true (is_done);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  fixture_set_up (self, data);
  for (guint i = 0; i < G_N_ELEMENTS (formulas); i++)
    define_ok (self, &formulas[i]);
  run_ok (self);
}

static void
assert_right (Fixture *self)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (cpt_database_get_schema (self->database), &n_entities);

  for (guint i = 0; i < n_entities; i++)
    {
      g_autoptr(GError) error = NULL;
      guint64 n_wrong = 0;

      cpt_computed_count_wrong (self->database, entities[i], 1, &n_wrong, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n_wrong, ==, 0);
    }
}

static void
assert_sound (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) findings = cpt_check_run (self->database, TRUE, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
assert_value (Fixture       *self,
              const char    *entity,
              const CptUuid *id,
              const char    *name,
              const char    *text)
{
  g_autoptr(CptRecord) record = load_ok (self, entity, id);
  const CptField *field = cpt_entity_find_field (cpt_record_get_entity (record), name);
  g_autofree char *value = cpt_field_format (field, cpt_record_get (record, field));

  g_assert_cmpstr (value, ==, text);
}

static CptRecord *
new_deal (Fixture       *self,
          const CptUuid *organisation,
          const char    *amount)
{
  CptRecord *record = new_record (self, "deal", "name", "Deal");
  CptValue value = CPT_VALUE_INIT;

  cpt_field_parse (get_field (self, "deal", "amount"), amount, NULL, &value, NULL);
  cpt_record_take (record, get_field (self, "deal", "amount"), value);
  if (organisation != NULL)
    set_link (record, "organisation", organisation);

  return record;
}

static CptUuid
create_deal (Fixture       *self,
             const CptUuid *organisation,
             const char    *amount)
{
  g_autoptr(CptRecord) record = new_deal (self, organisation, amount);

  create_ok (self, record);

  return record->id;
}

static gint64
set_ok (Fixture       *self,
        const char    *entity,
        const CptUuid *id,
        const char    *name,
        const char    *text)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  const CptField *field = get_field (self, entity, name);

  g_assert_true (cpt_field_parse (field, text, NULL, &value, NULL));
  cpt_transaction_set (transaction, get_entity (self, entity), id, field, &value);

  return commit_ok (self, transaction);
}

static void
undo_ok (Fixture *self,
         gint64   sequence)
{
  g_autoptr(GError) error = NULL;

  cpt_log_undo (self->database, sequence, NULL, &error);
  g_assert_no_error (error);
}

static void
test_follows_its_own_record (Fixture       *self,
                             gconstpointer  data)
{
  CptUuid id = create_deal (self, NULL, "100 EUR");
  gint64 sequence;

  assert_value (self, "deal", &id, "x_weighted", "");
  sequence = set_ok (self, "deal", &id, "probability", "25");
  assert_value (self, "deal", &id, "x_weighted", "25.00 EUR");
  undo_ok (self, sequence);
  assert_value (self, "deal", &id, "x_weighted", "");
  assert_right (self);
  assert_sound (self);
}

static void
test_follows_linked_records (Fixture       *self,
                             gconstpointer  data)
{
  CptUuid one = create_organisation (self, "One");
  CptUuid two = create_organisation (self, "Two");
  CptUuid deal = create_deal (self, &one, "30 EUR");
  g_autofree char *two_text = cpt_uuid_dup_text (&two);
  gint64 moved, renamed;

  assert_value (self, "organisation", &one, "x_total", "30.00 EUR");
  assert_value (self, "deal", &deal, "x_where", "One/");
  renamed = set_ok (self, "organisation", &one, "name", "Uno");
  assert_value (self, "deal", &deal, "x_where", "Uno/");
  moved = set_ok (self, "deal", &deal, "organisation", two_text);
  assert_value (self, "organisation", &one, "x_total", "0.00 EUR");
  assert_value (self, "organisation", &two, "x_total", "30.00 EUR");

  /* Taken back though what follows from it was changed since */
  undo_ok (self, renamed);
  undo_ok (self, moved);
  assert_value (self, "organisation", &one, "x_total", "30.00 EUR");
  assert_value (self, "deal", &deal, "x_where", "One/");

  delete_ok (self, "deal", &deal);
  assert_value (self, "organisation", &one, "x_total", "0.00 EUR");
  assert_right (self);
  assert_sound (self);
}

/* Nothing is stored that was worked out of half of the records. */
static void
test_stores_nothing_of_what_cannot_be_read (Fixture       *self,
                                            gconstpointer  data)
{
  CptUuid one = create_organisation (self, "One");
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (self->database), "organisation");
  g_autoptr(GError) error = NULL;
  gboolean is_done = FALSE;

  create_deal (self, &one, "30 EUR");
  g_assert_true (cpt_computed_queue_all (self->database, entity, NULL));
  g_assert_true (cpt_database_exec (self->database, "ALTER TABLE deal RENAME TO away", NULL));
  g_assert_false (cpt_computed_run (self->database, 0, &is_done, &error));
  g_assert_nonnull (error);
  g_assert_false (is_done);
  g_assert_true (cpt_database_exec (self->database, "ALTER TABLE away RENAME TO deal", NULL));

  assert_value (self, "organisation", &one, "x_total", "30.00 EUR");
  g_assert_true (cpt_computed_is_due (self->database));
  run_ok (self);
  assert_right (self);
  assert_sound (self);
}

static void
test_follows_many_later (Fixture       *self,
                         gconstpointer  data)
{
  CptUuid one = create_organisation (self, "One");
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  gint64 sequence;

  for (guint i = 0; i < 1500; i++)
    {
      g_autoptr(CptRecord) deal = new_deal (self, &one, "1 EUR");

      cpt_transaction_create (transaction, deal);
    }
  commit_ok (self, transaction);
  assert_value (self, "organisation", &one, "x_total", "1500.00 EUR");
  g_assert_false (cpt_computed_is_due (self->database));

  sequence = set_ok (self, "organisation", &one, "name", "Uno");
  g_assert_true (cpt_computed_is_due (self->database));
  fixture_reopen (self);
  run_ok (self);
  assert_right (self);
  undo_ok (self, sequence);
  run_ok (self);
  assert_right (self);
  assert_sound (self);
}

static gint64
count_noted (Fixture *self)
{
  gint64 n = 0;

  g_assert_true (cpt_database_get_number (self->database, "SELECT count(*) FROM recompute", 0, &n, NULL));

  return n;
}

/* What an act has left for quiet moments is not the business of the next one. */
static void
test_works_off_only_its_own (Fixture       *self,
                             gconstpointer  data)
{
  CptUuid many = create_organisation (self, "Many");
  CptUuid few = create_organisation (self, "Few");
  CptUuid deal = create_deal (self, &few, "1 EUR");
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  gint64 n_noted, sequence;

  for (guint i = 0; i < 1500; i++)
    {
      g_autoptr(CptRecord) record = new_deal (self, &many, "1 EUR");

      cpt_transaction_create (transaction, record);
    }
  commit_ok (self, transaction);
  set_ok (self, "organisation", &many, "name", "Plenty");
  n_noted = count_noted (self);
  g_assert_cmpint (n_noted, ==, 500);

  sequence = set_ok (self, "organisation", &few, "name", "Some");
  assert_value (self, "deal", &deal, "x_where", "Some/");
  g_assert_cmpint (count_noted (self), ==, n_noted);
  undo_ok (self, sequence);
  assert_value (self, "deal", &deal, "x_where", "Few/");
  set_ok (self, "deal", &deal, "amount", "7 EUR");
  assert_value (self, "organisation", &few, "x_total", "7.00 EUR");
  g_assert_cmpint (count_noted (self), ==, n_noted);

  run_ok (self);
  g_assert_cmpint (count_noted (self), ==, 0);
  assert_right (self);
  assert_sound (self);
}

static void
test_follows_units (Fixture       *self,
                    gconstpointer  data)
{
  CptUuid one = create_organisation (self, "One");
  g_autoptr(GError) error = NULL;
  g_autoptr(CptUnit) unit = cpt_unit_begin (self->database, CPT_ORIGIN_IMPORT, "Import", &error);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  gint64 sequence;

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr(CptRecord) deal = new_deal (self, &one, "2 EUR");

      cpt_transaction_create (transaction, deal);
    }
  cpt_unit_commit (unit, transaction, NULL, NULL, &error);
  g_assert_no_error (error);
  cpt_unit_finish (unit, &sequence, &error);
  g_assert_no_error (error);
  run_ok (self);
  assert_value (self, "organisation", &one, "x_total", "20.00 EUR");
  assert_right (self);

  /* What follows from another change of what the unit made is no reason to keep it. */
  set_ok (self, "organisation", &one, "name", "Ein");
  undo_ok (self, sequence);
  run_ok (self);
  assert_value (self, "organisation", &one, "x_total", "0.00 EUR");
  set_ok (self, "organisation", &one, "name", "Uno");
  {
    g_autoptr(CptLogEntry) redo = NULL;

    undo_ok (self, cpt_database_get_sequence (self->database));
    redo = cpt_log_peek_redo (self->database, NULL);
    undo_ok (self, redo->sequence);
  }
  run_ok (self);
  assert_right (self);
  assert_sound (self);
}

static void
test_is_renewed_every_day (Fixture       *self,
                           gconstpointer  data)
{
  static const Formula age = { "deal", "x_age", "integer", "{\"formula\":\"today() - opened_on\"}" };
  CptUuid deal = create_deal (self, NULL, "1 EUR");

  set_ok (self, "deal", &deal, "opened_on", "2026-11-20");
  define_ok (self, &age);
  run_ok (self);
  assert_value (self, "deal", &deal, "x_age", "1");
  g_assert_false (cpt_computed_is_due (self->database));

  cpt_clock_set_now (self->clock, TEST_NOW + G_TIME_SPAN_DAY);
  g_assert_true (cpt_computed_is_due (self->database));
  run_ok (self);
  assert_value (self, "deal", &deal, "x_age", "2");
}

static void
test_is_a_field_like_others (Fixture       *self,
                             gconstpointer  data)
{
  CptUuid one = create_organisation (self, "One");
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, get_entity (self, "organisation"));
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;
  guint64 count = 0;

  create_deal (self, &one, "30 EUR");
  create_organisation (self, "Two");
  filter = cpt_filter_parse (schema, get_entity (self, "organisation"),
                             "{\"field\":\"x_total\",\"op\":\"greater\",\"value\":{\"amount\":\"29\",\"currency\":\"EUR\"}}", &error);
  g_assert_no_error (error);
  cpt_query_set_filter (query, filter);
  cpt_query_set_sort (query, "-x_total", &error);
  cpt_query_count (query, self->database, &count, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, 1);

  /* Nobody sets it. */
  cpt_value_set_money (&value, 1, "EUR");
  cpt_transaction_set (transaction, get_entity (self, "organisation"), &one, get_field (self, "organisation", "x_total"), &value);
  g_assert_false (cpt_database_commit (self->database, transaction, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
}

static void
assert_refused (Fixture       *self,
                const Formula *formula)
{
  g_autoptr(CptRecord) record = new_custom_field (self, formula);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;

  cpt_transaction_create (transaction, record);
  g_assert_false (cpt_database_commit (self->database, transaction, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_test_message ("%s", error->message);
}

static void
test_refuses_loops_and_mistakes (Fixture       *self,
                                 gconstpointer  data)
{
  static const Formula bad[] = {
    { "deal", "x_self", "integer", "{\"formula\":\"x_self + 1\"}" },
    { "organisation", "x_up", "integer", "{\"formula\":\"parent.x_up + 1\"}" },
    { "deal", "x_typo", "integer", "{\"formula\":\"amont\"}" },
    { "deal", "x_kind", "date", "{\"formula\":\"amount\"}" },
    { "deal", "x_when", "datetime", "{\"formula\":\"changed_at\"}" },
  };
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;
  CptUuid first;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (self, &bad[i]);

  /* A loop through a field that was fine before */
  first = define_ok (self, &(Formula){ "deal", "x_first", "integer", "{\"formula\":\"1\"}" });
  define_ok (self, &(Formula){ "deal", "x_second", "integer", "{\"formula\":\"x_first + 1\"}" });
  cpt_value_set_text (&value, "{\"formula\":\"x_second + 1\"}");
  cpt_transaction_set (transaction, get_entity (self, "custom_field"), &first, get_field (self, "custom_field", "definition"), &value);
  g_assert_false (cpt_database_commit (self->database, transaction, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_test_message ("%s", error->message);
  g_clear_error (&error);

  /* What others need can't go. */
  g_clear_pointer (&transaction, cpt_transaction_free);
  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  cpt_transaction_delete (transaction, get_entity (self, "custom_field"), &first);
  g_assert_false (cpt_database_commit (self->database, transaction, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_test_message ("%s", error->message);
}

static CptComputedTrial *
try_ok (Fixture       *self,
        const Formula *formula)
{
  g_autoptr(CptRecord) record = new_custom_field (self, formula);
  g_autoptr(GError) error = NULL;
  CptComputedTrial *trial = cpt_computed_try (self->database, record, 2, &error);

  g_assert_no_error (error);

  return trial;
}

/* Without storing anything */
static void
test_tries (Fixture       *self,
            gconstpointer  data)
{
  CptUuid id = create_deal (self, NULL, "100 EUR");
  g_autoptr(CptComputedTrial) good = NULL;
  g_autoptr(CptComputedTrial) linked = NULL;
  g_autoptr(CptComputedTrial) typo = NULL;
  g_autoptr(CptComputedTrial) loop = NULL;
  const CptComputedSample *sample;

  set_ok (self, "deal", &id, "probability", "25");
  good = try_ok (self, &(Formula){ "deal", "x_try", "text", "{\"formula\":\"name & '!' & round(probability * 100, 0)\"}" });
  g_assert_null (good->problem);
  g_assert_cmpuint (good->samples->len, ==, 1);
  sample = g_ptr_array_index (good->samples, 0);
  g_assert_cmpstr (sample->title, ==, "Deal");
  g_assert_cmpstr (sample->text, ==, "Deal!25");
  linked = try_ok (self, &(Formula){ "deal", "x_try", "text", "{\"formula\":\"organisation.name & x_where\"}" });
  g_assert_null (linked->problem);
  sample = g_ptr_array_index (linked->samples, 0);
  g_assert_nonnull (sample->text);

  typo = try_ok (self, &(Formula){ "deal", "x_try", "integer", "{\"formula\":\"amont\"}" });
  g_assert_nonnull (typo->problem);
  g_assert_nonnull (strstr (typo->problem, "character 1"));
  g_assert_cmpuint (typo->samples->len, ==, 0);
  loop = try_ok (self, &(Formula){ "deal", "x_try", "integer", "{\"formula\":\"x_try + 1\"}" });
  g_assert_nonnull (loop->problem);
  g_assert_null (cpt_entity_find_field (get_entity (self, "deal"), "x_try"));
  assert_sound (self);
}

/* In a unit what is refused is left out: that says nothing of the rest. */
static void
test_units_refuse_what_others_need (Fixture       *self,
                                    gconstpointer  data)
{
  CptUuid first = define_ok (self, &(Formula){ "deal", "x_first", "integer", "{\"formula\":\"1\"}" });
  CptUuid second = define_ok (self, &(Formula){ "deal", "x_second", "integer", "{\"formula\":\"x_first + 1\"}" });
  g_autoptr(CptRecord) nameless = cpt_record_new (cpt_database_get_schema (self->database), get_entity (self, "organisation"));
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptUnit) unit = NULL;
  g_auto(CptValue) label = CPT_VALUE_INIT;

  unit = cpt_unit_begin (self->database, CPT_ORIGIN_IMPORT, "Import", &error);
  g_assert_no_error (error);
  cpt_value_set_text (&label, "Second");
  cpt_transaction_create (transaction, nameless);
  cpt_transaction_delete (transaction, get_entity (self, "custom_field"), &first);
  cpt_transaction_set (transaction, get_entity (self, "custom_field"), &second, get_field (self, "custom_field", "label"), &label);
  cpt_unit_commit (unit, transaction, NULL, &problems, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 2);
  cpt_unit_finish (unit, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (cpt_entity_find_field (get_entity (self, "deal"), "x_first"));
  g_assert_cmpstr (get_field (self, "deal", "x_second")->label, ==, "Second");
}

/* A walk of random changes, undos and redos: what formulas give is right after
 * each. */

static const CptUuid *
pick (GArray *ids)
{
  return ids->len == 0 ? NULL : &g_array_index (ids, CptUuid, g_test_rand_int_range (0, (int) ids->len));
}

static void
try_change (Fixture       *self,
            const char    *entity,
            const CptUuid *id,
            const char    *name,
            CptValue      *value)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;

  if (id == NULL)
    return;
  if (name != NULL)
    cpt_transaction_set (transaction, get_entity (self, entity), id, get_field (self, entity, name), value);
  else if (g_test_rand_bit ())
    cpt_transaction_delete (transaction, get_entity (self, entity), id);
  else
    cpt_transaction_restore (transaction, get_entity (self, entity), id);
  cpt_database_commit (self->database, transaction, NULL, NULL, &error);
}

static void
set_random_link (CptValue *value,
                 GArray   *ids)
{
  const CptUuid *id = g_test_rand_int_range (0, 5) == 0 ? NULL : pick (ids);

  if (id != NULL)
    cpt_value_set_id (value, id);
}

static void
step_at_random (Fixture *self,
                GArray  *organisations,
                GArray  *deals,
                GArray  *contacts)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autofree char *text = g_strdup_printf ("N%d", g_test_rand_int_range (0, 5));
  g_autoptr(CptLogEntry) entry = NULL;

  switch (g_test_rand_int_range (0, 9))
    {
    case 0:
      cpt_value_set_text (&value, text);
      try_change (self, "organisation", pick (organisations), "name", &value);
      break;
    case 1:
      set_random_link (&value, organisations);
      try_change (self, "organisation", pick (organisations), "parent", &value);
      break;
    case 2:
      set_random_link (&value, organisations);
      try_change (self, "deal", pick (deals), "organisation", &value);
      break;
    case 3:
      cpt_value_set_money (&value, g_test_rand_int_range (0, 3000), "EUR");
      try_change (self, "deal", pick (deals), "amount", &value);
      break;
    case 4:
      cpt_value_set_ids (&value, (const CptUuid *) (gpointer) contacts->data, (guint) g_test_rand_int_range (0, (int) contacts->len + 1));
      try_change (self, "deal", pick (deals), "contacts", &value);
      break;
    case 5:
      set_random_link (&value, organisations);
      try_change (self, "contact", pick (contacts), "organisation", &value);
      break;
    case 6:
      entry = cpt_log_peek_undo (self->database, NULL);
      break;
    case 7:
      entry = cpt_log_peek_redo (self->database, NULL);
      break;
    default:
      try_change (self, g_test_rand_bit () ? "organisation" : "deal", g_test_rand_bit () ? pick (organisations) : pick (deals), NULL, NULL);
      break;
    }
  if (entry != NULL)
    cpt_log_undo (self->database, entry->sequence, NULL, NULL);
}

static void
test_is_always_right (Fixture       *self,
                      gconstpointer  data)
{
  g_autoptr(GArray) organisations = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  g_autoptr(GArray) deals = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  g_autoptr(GArray) contacts = g_array_new (FALSE, FALSE, sizeof (CptUuid));

  for (guint i = 0; i < 6; i++)
    {
      CptUuid organisation = create_organisation (self, "N");
      CptUuid deal = create_deal (self, &organisation, "10 EUR");
      g_autoptr(CptRecord) contact = new_record (self, "contact", "full_name", "Zoé");

      create_ok (self, contact);
      g_array_append_val (organisations, organisation);
      g_array_append_val (deals, deal);
      g_array_append_val (contacts, contact->id);
    }
  for (guint i = 0; i < 200; i++)
    {
      step_at_random (self, organisations, deals, contacts);
      g_assert_false (cpt_computed_is_due (self->database));
      assert_right (self);
    }
  assert_sound (self);
}

#define add_computed_test(name, func) g_test_add (name, Fixture, NULL, set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_computed_test ("/store/computed/follows-its-own-record", test_follows_its_own_record);
  add_computed_test ("/store/computed/follows-linked-records", test_follows_linked_records);
  add_computed_test ("/store/computed/stores-nothing-of-what-cannot-be-read", test_stores_nothing_of_what_cannot_be_read);
  add_computed_test ("/store/computed/follows-many-later", test_follows_many_later);
  add_computed_test ("/store/computed/works-off-only-its-own", test_works_off_only_its_own);
  add_computed_test ("/store/computed/follows-units", test_follows_units);
  add_computed_test ("/store/computed/is-renewed-every-day", test_is_renewed_every_day);
  add_computed_test ("/store/computed/is-a-field-like-others", test_is_a_field_like_others);
  add_computed_test ("/store/computed/refuses-loops-and-mistakes", test_refuses_loops_and_mistakes);
  add_computed_test ("/store/computed/is-tried-before-it-is-stored", test_tries);
  add_computed_test ("/store/computed/units-refuse-what-others-need", test_units_refuse_what_others_need);
  add_computed_test ("/store/computed/is-always-right", test_is_always_right);

  return g_test_run ();
}
