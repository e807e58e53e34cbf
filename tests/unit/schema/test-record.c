/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values and records: what they own, what they give back. */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-record.h"

/* 2026-11-21T09:30:00Z */
#define NOW G_GINT64_CONSTANT (1795253400000000)

typedef struct
{
  CptSchema *schema;
  const CptEntity *deal;
  CptRecord *record;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  unused)
{
  fixture->schema = cpt_schema_new ();
  fixture->deal = cpt_schema_find_entity (fixture->schema, "deal");
  fixture->record = cpt_record_new (fixture->schema, fixture->deal);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  unused)
{
  g_clear_pointer (&fixture->record, cpt_record_unref);
  g_clear_pointer (&fixture->schema, cpt_schema_unref);
}

static void
set_text (CptRecord  *record,
          const char *field,
          const char *text)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, text);
  cpt_record_set (record, cpt_entity_find_field (record->entity, field), &value);
}

/* One value of each type */
static void
fill_values (CptValue values[7])
{
  CptUuid ids[3];
  g_auto(GStrv) texts = g_strsplit ("b,a,b,,c", ",", -1);

  for (guint i = 0; i < 3; i++)
    cpt_uuid_derive (&ids[2 - i], i + 1, "id");

  cpt_value_set_integer (&values[1], -5);
  cpt_value_set_text (&values[2], "Zoë");
  cpt_value_set_money (&values[3], 1250, "EUR");
  cpt_value_set_id (&values[4], &ids[0]);
  cpt_value_take_texts (&values[5], g_steal_pointer (&texts));
  ids[1] = ids[0];
  cpt_value_set_ids (&values[6], ids, 3);
}

static void
test_values (void)
{
  CptValue values[7] = { CPT_VALUE_INIT };

  fill_values (values);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_auto(CptValue) copy = CPT_VALUE_INIT;
      g_auto(CptValue) stolen = CPT_VALUE_INIT;

      g_assert_cmpint (values[i].type, ==, i);
      g_assert_true (cpt_value_is_null (&values[i]) == (i == 0));
      cpt_value_set_text (&copy, "was here before");
      cpt_value_copy (&values[i], &copy);
      cpt_value_copy (&copy, &copy);
      for (guint j = 0; j < G_N_ELEMENTS (values); j++)
        g_assert_true (cpt_value_equal (&copy, &values[j]) == (i == j));

      stolen = cpt_value_steal (&copy);
      g_assert_true (cpt_value_is_null (&copy));
      g_assert_true (cpt_value_equal (&stolen, &values[i]));
    }

  g_assert_cmpstr (values[5].texts[0], ==, "a");
  g_assert_cmpuint (g_strv_length (values[5].texts), ==, 3);
  g_assert_cmpuint (values[6].ids.length, ==, 2);
  g_assert_cmpint (cpt_uuid_compare (&values[6].ids.items[0], &values[6].ids.items[1]), <, 0);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    cpt_value_clear (&values[i]);
}

static void
test_differences (void)
{
  CptValue a[7] = { CPT_VALUE_INIT };
  CptValue b[7] = { CPT_VALUE_INIT };

  fill_values (a);
  cpt_value_set_integer (&b[1], -6);
  cpt_value_set_text (&b[2], "Zoé");
  cpt_value_set_money (&b[3], 1250, "USD");
  cpt_value_set_id (&b[4], &a[6].ids.items[0]);
  cpt_value_take_texts (&b[5], g_strsplit ("a,b", ",", -1));
  cpt_value_set_ids (&b[6], a[6].ids.items, 1);

  for (guint i = 1; i < G_N_ELEMENTS (a); i++)
    {
      g_assert_false (cpt_value_equal (&a[i], &b[i]));
      cpt_value_clear (&a[i]);
      cpt_value_clear (&b[i]);
    }
}

static void
test_empty_values (void)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, "");
  g_assert_true (cpt_value_is_null (&value));
  cpt_value_set_text (&value, NULL);
  g_assert_true (cpt_value_is_null (&value));
  cpt_value_take_texts (&value, NULL);
  g_assert_true (cpt_value_is_null (&value));
  cpt_value_take_texts (&value, g_strsplit (",,", ",", -1));
  g_assert_true (cpt_value_is_null (&value));
  cpt_value_set_ids (&value, NULL, 0);
  g_assert_true (cpt_value_is_null (&value));
}

static void
test_new (Fixture       *fixture,
          gconstpointer  unused)
{
  g_assert_true (cpt_record_get_entity (fixture->record) == fixture->deal);
  for (guint i = 0; i < fixture->deal->n_fields; i++)
    g_assert_true (cpt_value_is_null (cpt_record_get (fixture->record, fixture->deal->fields[i])));
  g_assert_null (cpt_record_get_text (fixture->record, "name"));
  g_assert_null (cpt_record_get_text (fixture->record, "amount"));
  g_assert_cmpint (cpt_record_get_integer (fixture->record, "probability"), ==, 0);
  g_assert_cmpint (cpt_record_get_integer (fixture->record, "name"), ==, 0);
  g_assert_true (cpt_uuid_is_nil (&fixture->record->id));
}

static void
test_copy (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr(CptRecord) copy = NULL;

  cpt_uuid_derive (&fixture->record->id, 1, "id");
  fixture->record->row = 12;
  fixture->record->sequence = 13;
  fixture->record->created_at = NOW;
  fixture->record->in_trash = TRUE;
  fixture->record->unknown = g_strdup ("{\"a\":1}");
  set_text (fixture->record, "name", "First");

  copy = cpt_record_copy (fixture->record);
  set_text (fixture->record, "name", "Second");
  g_assert_cmpstr (cpt_record_get_text (copy, "name"), ==, "First");
  g_assert_cmpstr (copy->unknown, ==, "{\"a\":1}");
  g_assert_true (cpt_uuid_equal (&copy->id, &fixture->record->id));
  g_assert_cmpint (copy->row, ==, 12);
  g_assert_cmpint (copy->sequence, ==, 13);
  g_assert_cmpint (copy->created_at, ==, NOW);
  g_assert_true (copy->in_trash);
}

static void
test_schema_lives (Fixture       *fixture,
                   gconstpointer  unused)
{
  g_clear_pointer (&fixture->schema, cpt_schema_unref);
  set_text (fixture->record, "name", "Still there");
  g_assert_cmpstr (cpt_record_get_entity (fixture->record)->name, ==, "deal");
}

static void
test_take (Fixture       *fixture,
           gconstpointer  unused)
{
  CptValue value = CPT_VALUE_INIT;

  set_text (fixture->record, "name", "First");
  cpt_value_set_text (&value, "Second");
  cpt_record_take (fixture->record, cpt_entity_find_field (fixture->deal, "name"), cpt_value_steal (&value));
  g_assert_cmpstr (cpt_record_get_text (fixture->record, "name"), ==, "Second");
}

static void
test_system (Fixture       *fixture,
             gconstpointer  unused)
{
  g_assert_true (cpt_value_is_null (cpt_record_get_named (fixture->record, "id")));
  g_assert_true (cpt_value_is_null (cpt_record_get_named (fixture->record, "created_by")));

  cpt_uuid_derive (&fixture->record->id, 1, "id");
  cpt_uuid_derive (&fixture->record->created_by, 2, "creator");
  cpt_uuid_derive (&fixture->record->changed_by, 3, "changer");
  fixture->record->created_at = NOW;
  fixture->record->changed_at = NOW + 1;
  g_assert_true (cpt_uuid_equal (&cpt_record_get_named (fixture->record, "id")->id, &fixture->record->id));
  g_assert_true (cpt_uuid_equal (&cpt_record_get_named (fixture->record, "created_by")->id, &fixture->record->created_by));
  g_assert_true (cpt_uuid_equal (&cpt_record_get_named (fixture->record, "changed_by")->id, &fixture->record->changed_by));
  g_assert_cmpint (cpt_record_get_integer (fixture->record, "created_at"), ==, NOW);
  g_assert_cmpint (cpt_record_get_integer (fixture->record, "changed_at"), ==, NOW + 1);
}

static void
test_initial (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autoptr(CptRecord) activity = NULL;
  g_autoptr(GTimeZone) tokyo = g_time_zone_new_identifier ("Asia/Tokyo");
  g_autofree char *today = NULL;
  CptUuid me;

  cpt_uuid_derive (&me, 1, "me");
  cpt_record_apply_initial (fixture->record, NOW + G_GINT64_CONSTANT (6) * 3600 * G_USEC_PER_SEC, &me, tokyo);
  today = cpt_field_format (cpt_entity_find_field (fixture->deal, "opened_on"),
                            cpt_record_get_named (fixture->record, "opened_on"));
  g_assert_cmpstr (today, ==, "2026-11-22");
  g_assert_true (cpt_uuid_equal (&cpt_record_get_named (fixture->record, "owner")->id, &me));

  /* What is there stays; nobody is nobody. */
  activity = cpt_record_new (fixture->schema, cpt_schema_find_entity (fixture->schema, "activity"));
  set_text (activity, "kind", "call");
  cpt_record_apply_initial (activity, NOW, NULL, NULL);
  g_assert_cmpstr (cpt_record_get_text (activity, "kind"), ==, "call");
  g_assert_cmpint (cpt_record_get_integer (activity, "at"), ==, NOW);
  g_assert_true (cpt_value_is_null (cpt_record_get_named (activity, "owner")));
  cpt_record_apply_initial (activity, NOW, &(CptUuid){ 0 }, NULL);
  g_assert_true (cpt_value_is_null (cpt_record_get_named (activity, "owner")));
}

static void
test_title (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autofree char *unnamed = cpt_record_dup_title (fixture->record);
  g_autofree char *named = NULL;

  g_assert_cmpstr (unnamed, ==, "Unnamed Deal");
  set_text (fixture->record, "name", "Fifty chairs");
  named = cpt_record_dup_title (fixture->record);
  g_assert_cmpstr (named, ==, "Fifty chairs");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/owns-what-it-holds", test_values);
  g_test_add_func ("/value/tells-differences", test_differences);
  g_test_add_func ("/value/nothing-is-null", test_empty_values);
  g_test_add ("/record/begins-empty", Fixture, NULL, fixture_set_up, test_new, fixture_tear_down);
  g_test_add ("/record/copies-are-deep", Fixture, NULL, fixture_set_up, test_copy, fixture_tear_down);
  g_test_add ("/record/holds-its-schema", Fixture, NULL, fixture_set_up, test_schema_lives, fixture_tear_down);
  g_test_add ("/record/takes-values", Fixture, NULL, fixture_set_up, test_take, fixture_tear_down);
  g_test_add ("/record/has-the-system-fields", Fixture, NULL, fixture_set_up, test_system, fixture_tear_down);
  g_test_add ("/record/new-ones-get-their-values", Fixture, NULL, fixture_set_up, test_initial, fixture_tear_down);
  g_test_add ("/record/has-a-title-always", Fixture, NULL, fixture_set_up, test_title, fixture_tear_down);

  return g_test_run ();
}
