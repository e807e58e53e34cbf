/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-distinct.h"
#include "cpt-duplicates.h"

#include "store-fixture.h"

static CptUuid
add_contact (Fixture    *self,
             const char *name,
             const char *email,
             const char *phone)
{
  g_autoptr(CptRecord) record = new_record (self, "contact", "full_name", name);

  set_text (record, "email", email);
  set_text (record, "phone", phone);
  create_ok (self, record);

  return record->id;
}

static CptDuplicates *
scan (Fixture    *self,
      const char *entity,
      double      min)
{
  g_autoptr(GError) error = NULL;
  CptDuplicates *found = cpt_duplicates_scan (self->database, get_entity (self, entity), min, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (found);

  return found;
}

static char *
dup_reasons (CptDuplicates *found,
             guint          index)
{
  g_auto(GStrv) reasons = cpt_duplicates_dup_reasons (found, index);

  return g_strjoinv ("; ", reasons);
}

static void
assert_pair (Fixture       *self,
             CptDuplicates *found,
             guint          index,
             const CptUuid *a,
             const CptUuid *b)
{
  const CptDuplicatePair *pair = cpt_duplicates_get_pair (found, index);
  const CptEntity *entity = cpt_duplicates_get_entity (found);
  g_autoptr(CptRecord) one = cpt_database_load_row (self->database, entity, pair->row, NULL);
  g_autoptr(CptRecord) other = cpt_database_load_row (self->database, entity, pair->other_row, NULL);

  g_assert_true (cpt_uuid_equal (&one->id, a));
  g_assert_true (cpt_uuid_equal (&other->id, b));
}

static void
test_finds_one_person_written_twice (Fixture       *self,
                                     gconstpointer  data)
{
  CptUuid first = add_contact (self, "Élodie Lefèvre", "elodie@lefevre.fr", "+33612345678");
  CptUuid second;
  g_autoptr(CptDuplicates) found = NULL;
  g_autofree char *reasons = NULL;

  add_contact (self, "Marc Dupuis", "marc@dupuis.fr", "+33698765432");
  second = add_contact (self, "LEFEBVRE Elodie", NULL, "+33612345678");

  found = scan (self, "contact", CPT_DUPLICATES_MIN_SCORE);
  g_assert_cmpuint (cpt_duplicates_get_length (found), ==, 1);
  assert_pair (self, found, 0, &first, &second);
  reasons = dup_reasons (found, 0);
  g_assert_cmpstr (reasons, ==, "Phone: identical; Full name: almost the same");
  g_assert_false (cpt_duplicates_is_truncated (found));
}

static void
test_leaves_a_family_alone (Fixture       *self,
                            gconstpointer  data)
{
  g_autoptr(CptDuplicates) found = NULL;

  add_contact (self, "Jean Martin", "jean@martin.fr", "+33112345678");
  add_contact (self, "Sophie Martin", "sophie@martin.fr", "+33112345678");
  add_contact (self, "Lucas Martin", NULL, "+33112345678");

  found = scan (self, "contact", CPT_DUPLICATES_MIN_SCORE);
  g_assert_cmpuint (cpt_duplicates_get_length (found), ==, 0);
}

static void
test_knows_a_company_by_its_number (Fixture       *self,
                                    gconstpointer  data)
{
  g_autoptr(CptRecord) one = new_record (self, "organisation", "name", "Boulangerie du Port SARL");
  g_autoptr(CptRecord) other = new_record (self, "organisation", "name", "BDP");
  g_autoptr(CptDuplicates) found = NULL;
  g_autofree char *reasons = NULL;

  set_text (one, "siren", "732829320");
  set_text (one, "website", "https://www.boulangerie-du-port.fr/");
  set_text (other, "siret", "73282932000074");
  set_text (other, "email", "contact@boulangerie-du-port.fr");
  create_ok (self, one);
  create_ok (self, other);
  create_organisation (self, "Garage du Port");

  found = scan (self, "organisation", CPT_DUPLICATES_MIN_SCORE);
  g_assert_cmpuint (cpt_duplicates_get_length (found), ==, 1);
  assert_pair (self, found, 0, &one->id, &other->id);
  reasons = dup_reasons (found, 0);
  g_assert_cmpstr (reasons, ==, "SIREN: identical; Website: identical");
}

static void
test_looks_through_legal_forms (Fixture       *self,
                                gconstpointer  data)
{
  CptUuid first = create_organisation (self, "S.A.R.L. Müller & Fils");
  CptUuid second = create_organisation (self, "MULLER FILS SAS");
  g_autoptr(CptDuplicates) found = NULL;

  create_organisation (self, "SARL");
  create_organisation (self, "SAS");

  found = scan (self, "organisation", 0.5);
  g_assert_cmpuint (cpt_duplicates_get_length (found), ==, 1);
  assert_pair (self, found, 0, &first, &second);
}

static void
test_hears_what_is_written_otherwise (Fixture       *self,
                                      gconstpointer  data)
{
  static const char *const people[][2] = {
    { "Catherine Thibault", "Katerine Tibo" },
    { "Paul Quéré", "Paul Kéré" },
    { "Luc Lefèvre", "Luc Lefebvre" },
    { "Philippe Moreau", "Filippe Moreau" },
    { "Jean Gauthier", "J. Gauthier" },
  };
  CptUuid first = create_organisation (self, "Société Générale de Plomberie SARL");
  CptUuid second = create_organisation (self, "societe generale plomberie");
  g_autoptr(CptDuplicates) companies = scan (self, "organisation", CPT_DUPLICATES_MIN_SCORE);
  g_autoptr(CptDuplicates) contacts = NULL;

  g_assert_cmpuint (cpt_duplicates_get_length (companies), ==, 1);
  assert_pair (self, companies, 0, &first, &second);

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      add_contact (self, people[i][0], NULL, NULL);
      add_contact (self, people[i][1], NULL, NULL);
    }
  contacts = scan (self, "contact", CPT_DUPLICATES_MIN_SCORE);
  g_assert_cmpuint (cpt_duplicates_get_length (contacts), ==, G_N_ELEMENTS (people));
}

static void
test_finds_the_same_while_typing (Fixture       *self,
                                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  CptUuid id = add_contact (self, "Jean-Pierre Gauthier", "jp@gauthier.fr", "+33612345678");
  g_autoptr(CptRecord) typed = new_record (self, "contact", "full_name", "jean pierre gautier");
  g_autoptr(CptRecord) stored = NULL;
  g_autoptr(CptDuplicates) found = NULL;
  g_autoptr(CptDuplicates) own = NULL;

  add_contact (self, "Anne Gauthier", NULL, NULL);
  set_text (typed, "email", "JP@gauthier.fr");
  found = cpt_duplicates_find (self->database, typed, CPT_DUPLICATES_MIN_SCORE, 5, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cpt_duplicates_get_length (found), ==, 1);
  stored = load_ok (self, "contact", &id);
  g_assert_cmpint (cpt_duplicates_get_pair (found, 0)->row, ==, 0);
  g_assert_cmpint (cpt_duplicates_get_pair (found, 0)->other_row, ==, stored->row);

  /* Not the record itself */
  own = cpt_duplicates_find (self->database, stored, CPT_DUPLICATES_MIN_SCORE, 5, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cpt_duplicates_get_length (own), ==, 0);
}

static void
test_looks_neither_into_the_trash_nor_at_empty_records (Fixture       *self,
                                                        gconstpointer  data)
{
  g_autoptr(CptRecord) one = cpt_record_new (cpt_database_get_schema (self->database), get_entity (self, "contact"));
  g_autoptr(CptRecord) two = cpt_record_copy (one);
  CptUuid id = add_contact (self, "Jean Martin", "jean@martin.fr", NULL);
  g_autoptr(CptDuplicates) found = NULL;
  g_autoptr(CptDuplicates) typed = NULL;

  add_contact (self, "Jean Martin", "jean@martin.fr", NULL);
  create_ok (self, one);
  create_ok (self, two);
  delete_ok (self, "contact", &id);

  found = scan (self, "contact", 0.01);
  g_assert_cmpuint (cpt_duplicates_get_length (found), ==, 0);
  typed = cpt_duplicates_find (self->database, one, 0.01, 5, NULL);
  g_assert_cmpuint (cpt_duplicates_get_length (typed), ==, 0);
}

static void
test_finds_nothing_in_nothing (Fixture       *self,
                               gconstpointer  data)
{
  g_autoptr(CptDuplicates) none = scan (self, "contact", 0.0);
  g_autoptr(CptDuplicates) one = NULL;

  g_assert_cmpuint (cpt_duplicates_get_length (none), ==, 0);
  add_contact (self, "Jean Martin", NULL, NULL);
  one = scan (self, "contact", 0.0);
  g_assert_cmpuint (cpt_duplicates_get_length (one), ==, 0);
}

static void
test_knows_the_fields_that_users_add (Fixture       *self,
                                      gconstpointer  data)
{
  g_autoptr(CptRecord) field = new_record (self, "custom_field", "entity_name", "product");
  g_autoptr(CptRecord) one = NULL;
  g_autoptr(CptRecord) other = NULL;
  g_autoptr(CptDuplicates) found = NULL;

  set_text (field, "name", "x_mail");
  set_text (field, "label", "Mail");
  set_text (field, "kind", "email");
  create_ok (self, field);
  fixture_reopen (self);

  one = new_record (self, "product", "name", "Box");
  set_text (one, "x_mail", "box@example.com");
  other = new_record (self, "product", "name", "The Box");
  set_text (other, "x_mail", "box@example.com");
  create_ok (self, one);
  create_ok (self, other);

  found = scan (self, "product", CPT_DUPLICATES_MIN_SCORE);
  g_assert_cmpuint (cpt_duplicates_get_length (found), ==, 1);
}

static void
test_refuses_what_nothing_tells_apart (Fixture       *self,
                                       gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (cpt_duplicates_scan (self->database, get_entity (self, "stage"), 0.5, NULL, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED);
}

static void
test_stops_when_cancelled (Fixture       *self,
                           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  add_contact (self, "Jean Martin", "jean@martin.fr", NULL);
  g_cancellable_cancel (cancellable);
  g_assert_null (cpt_duplicates_scan (self->database, get_entity (self, "contact"), 0.5, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
note_progress (double   fraction,
               gpointer user_data)
{
  double *last = user_data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1.0);
  *last = fraction;
}

/* Every pair that the search for one record finds, the scan finds too. */
static void
test_scan_and_search_agree (Fixture       *self,
                            gconstpointer  data)
{
  static const char *const firsts[] = { "Jean", "Anne", "Élodie", "Marc", "Inès", "Karim", "Zoé" };
  static const char *const lasts[] = { "Martin", "Matrin", "Lefèvre", "Lefebvre", "Durand", "Durant", "Petit" };
  g_autoptr(GRand) random = g_rand_new_with_seed (7);
  g_autoptr(CptDuplicates) all = NULL;
  g_autoptr(GHashTable) pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  double last = 0.0;

  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %s", firsts[g_rand_int_range (random, 0, 7)], lasts[g_rand_int_range (random, 0, 7)]);
      g_autofree char *email = g_strdup_printf ("x%d@example.com", g_rand_int_range (random, 0, 60));
      g_autofree char *phone = g_strdup_printf ("+3361234567%d", g_rand_int_range (random, 0, 10));

      add_contact (self, name, g_rand_boolean (random) ? email : NULL, g_rand_boolean (random) ? phone : NULL);
    }

  all = cpt_duplicates_scan (self->database, get_entity (self, "contact"), 0.3, note_progress, &last, NULL, NULL);
  g_assert_cmpfloat (last, >, 0.9);
  for (guint i = 0; i < cpt_duplicates_get_length (all); i++)
    {
      const CptDuplicatePair *pair = cpt_duplicates_get_pair (all, i);

      g_assert_cmpint (pair->row, <, pair->other_row);
      g_assert_true (g_hash_table_add (pairs, g_strdup_printf ("%d %d", (int) pair->row, (int) pair->other_row)));
    }

  for (gint64 row = 1; row <= 120; row++)
    {
      g_autoptr(CptRecord) record = cpt_database_load_row (self->database, get_entity (self, "contact"), row, NULL);
      g_autoptr(CptDuplicates) found = cpt_duplicates_find (self->database, record, 0.9, 50, NULL);

      for (guint i = 0; i < cpt_duplicates_get_length (found); i++)
        {
          gint64 other = cpt_duplicates_get_pair (found, i)->other_row;
          g_autofree char *key = g_strdup_printf ("%d %d", (int) MIN (row, other), (int) MAX (row, other));

          g_assert_true (g_hash_table_contains (pairs, key));
        }
    }
}

static void
test_leaves_out_what_somebody_told_apart (Fixture       *self,
                                          gconstpointer  data)
{
  CptUuid ids[3];
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptDuplicates) before = NULL;
  g_autoptr(CptDuplicates) after = NULL;
  g_autoptr(CptDuplicates) again = NULL;
  g_autoptr(CptDuplicates) typed = NULL;
  g_autoptr(CptRecord) one = NULL;
  g_autoptr(CptRecord) other = NULL;
  gint64 sequence;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = add_contact (self, "Jean Martin", "jean@martin.fr", NULL);
  before = scan (self, "contact", 0.8);
  g_assert_cmpuint (cpt_duplicates_get_length (before), ==, 3);

  one = load_ok (self, "contact", &ids[2]);
  other = load_ok (self, "contact", &ids[0]);
  cpt_distinct_add (transaction, cpt_database_get_schema (self->database), one, other);
  sequence = commit_ok (self, transaction);
  after = scan (self, "contact", 0.8);
  g_assert_cmpuint (cpt_duplicates_get_length (after), ==, 2);
  assert_pair (self, after, 0, &ids[0], &ids[1]);
  assert_pair (self, after, 1, &ids[1], &ids[2]);
  typed = cpt_duplicates_find (self->database, other, 0.8, 10, NULL);
  g_assert_cmpuint (cpt_duplicates_get_length (typed), ==, 1);

  g_assert_true (cpt_log_undo (self->database, sequence, NULL, NULL));
  again = scan (self, "contact", 0.8);
  g_assert_cmpuint (cpt_duplicates_get_length (again), ==, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/duplicates/finds-one-person-written-twice", test_finds_one_person_written_twice);
  add_test ("/duplicates/leaves-a-family-alone", test_leaves_a_family_alone);
  add_test ("/duplicates/knows-a-company-by-its-number", test_knows_a_company_by_its_number);
  add_test ("/duplicates/looks-through-legal-forms", test_looks_through_legal_forms);
  add_test ("/duplicates/hears-what-is-written-otherwise", test_hears_what_is_written_otherwise);
  add_test ("/duplicates/finds-the-same-while-typing", test_finds_the_same_while_typing);
  add_test ("/duplicates/looks-neither-into-the-trash-nor-at-empty-records",
            test_looks_neither_into_the_trash_nor_at_empty_records);
  add_test ("/duplicates/finds-nothing-in-nothing", test_finds_nothing_in_nothing);
  add_test ("/duplicates/knows-the-fields-that-users-add", test_knows_the_fields_that_users_add);
  add_test ("/duplicates/refuses-what-nothing-tells-apart", test_refuses_what_nothing_tells_apart);
  add_test ("/duplicates/leaves-out-what-somebody-told-apart", test_leaves_out_what_somebody_told_apart);
  add_test ("/duplicates/stops-when-cancelled", test_stops_when_cancelled);
  add_test ("/duplicates/scan-and-search-agree", test_scan_and_search_agree);

  return g_test_run ();
}
