/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cpt-check.h"
#include "cpt-merge.h"

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

static CptUuid
add_linked (Fixture       *self,
            const char    *entity,
            const char    *title,
            const char    *text,
            const char    *link,
            const CptUuid *target)
{
  g_autoptr(CptRecord) record = new_record (self, entity, title, text);

  set_link (record, link, target);
  create_ok (self, record);

  return record->id;
}

static void
set_integer_ok (Fixture       *self,
                const char    *entity,
                const CptUuid *id,
                const char    *field,
                gint64         integer)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_integer (&value, integer);
  cpt_transaction_set (transaction, get_entity (self, entity), id, get_field (self, entity, field), &value);
  commit_ok (self, transaction);
}

static CptMerge *
merge_ok (Fixture       *self,
          const char    *entity,
          const CptUuid *kept,
          const CptUuid *other)
{
  CptUuid ids[] = { *kept, *other };
  g_autoptr(GError) error = NULL;
  CptMerge *merge = cpt_merge_new (self->database, get_entity (self, entity), ids, 2, &error);

  g_assert_no_error (error);
  g_assert_nonnull (merge);

  return merge;
}

static gint64
merge_commit_ok (Fixture  *self,
                 CptMerge *merge,
                 guint     n_links)
{
  g_autoptr(GError) error = NULL;
  CptCommit commit = { 0 };
  guint n = 0;

  cpt_merge_commit (merge, self->database, &commit, &n, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (commit.sequence, >, 0);
  g_assert_cmpuint (n, ==, n_links);

  return commit.sequence;
}

static void
assert_link (Fixture       *self,
             const char    *entity,
             const CptUuid *id,
             const char    *field,
             const CptUuid *target)
{
  g_autoptr(CptRecord) record = load_ok (self, entity, id);
  const CptValue *value = cpt_record_get_named (record, field);

  if (target == NULL)
    {
      g_assert_true (cpt_value_is_null (value));
      return;
    }
  g_assert_cmpint (value->type, ==, CPT_VALUE_ID);
  g_assert_true (cpt_uuid_equal (&value->id, target));
}

static void
assert_trashed (Fixture       *self,
                const char    *entity,
                const CptUuid *id,
                gboolean       in_trash)
{
  g_autoptr(CptRecord) record = load_ok (self, entity, id);

  g_assert_cmpint (record->in_trash, ==, in_trash);
}

static void
assert_sound (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) faults = cpt_check_run (self->database, TRUE, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (faults->len, ==, 0);
}

static void
test_keeps_the_best_and_every_link (Fixture       *self,
                                    gconstpointer  data)
{
  CptUuid kept = create_organisation (self, "ACME");
  CptUuid other = create_organisation (self, "Acmé SARL");
  CptUuid contact = add_linked (self, "contact", "full_name", "Anne", "organisation", &other);
  CptUuid child = add_linked (self, "organisation", "name", "Child", "parent", &other);
  g_autoptr(CptMerge) merge = NULL;
  gint64 sequence;

  set_text_ok (self, "organisation", &kept, "phone", "+33112345678");
  set_text_ok (self, "organisation", &kept, "notes", "One.");
  set_text_ok (self, "organisation", &other, "notes", "Two.");
  cpt_clock_set_now (self->clock, TEST_NOW + G_USEC_PER_SEC);
  set_text_ok (self, "organisation", &other, "phone", "+33212345678");
  set_text_ok (self, "organisation", &other, "siren", "732829320");

  merge = merge_ok (self, "organisation", &kept, &other);
  sequence = merge_commit_ok (self, merge, 2);
  assert_text (self, "organisation", &kept, "name", "Acmé SARL");
  assert_text (self, "organisation", &kept, "phone", "+33212345678");
  assert_text (self, "organisation", &kept, "siren", "732829320");
  assert_text (self, "organisation", &kept, "notes", "One.\n\nTwo.");
  assert_trashed (self, "organisation", &other, TRUE);
  assert_link (self, "contact", &contact, "organisation", &kept);
  assert_link (self, "organisation", &child, "parent", &kept);
  assert_sound (self);

  /* One act, one undo */
  g_assert_true (cpt_log_undo (self->database, sequence, NULL, NULL));
  assert_text (self, "organisation", &kept, "name", "ACME");
  assert_text (self, "organisation", &kept, "phone", "+33112345678");
  assert_text (self, "organisation", &kept, "siren", NULL);
  assert_trashed (self, "organisation", &other, FALSE);
  assert_link (self, "contact", &contact, "organisation", &other);
  assert_link (self, "organisation", &child, "parent", &other);
  assert_sound (self);
}

static void
test_takes_the_parts_of_a_name_together (Fixture       *self,
                                         gconstpointer  data)
{
  CptUuid kept = add_contact (self, "JEANNOT MARTIN", NULL, NULL);
  CptUuid other = add_contact (self, "Martin Jeannot", NULL, NULL);
  g_autoptr(CptMerge) merge = NULL;

  set_text_ok (self, "contact", &kept, "first_name", "JEANNOT");
  set_text_ok (self, "contact", &kept, "last_name", "MARTIN");
  set_text_ok (self, "contact", &other, "first_name", "Martin");
  set_text_ok (self, "contact", &other, "last_name", "Jeannot");

  merge = merge_ok (self, "contact", &kept, &other);
  merge_commit_ok (self, merge, 0);
  assert_text (self, "contact", &kept, "full_name", "Martin Jeannot");
  assert_text (self, "contact", &kept, "first_name", "Martin");
  assert_text (self, "contact", &kept, "last_name", "Jeannot");
}

/* What it is called is what people know it by: only what is no name, or badly
 * written, gives way. */
static void
test_keeps_its_own_name (Fixture       *self,
                         gconstpointer  data)
{
  static const char *const cases[][3] = {
    { "Acme", "Acme International Holding SA", "Acme" },
    { "IBM", "International Business Machines", "IBM" },
    { "ACME", "Acmé SARL", "Acmé SARL" },
    { "acme sarl", "Acme", "Acme" },
    { "Acme", "ACME SARL", "Acme" },
    { "ACME", "acme sarl", "ACME" },
    { "Société Durand", "SOCIETE DURAND ET FILS", "Société Durand" },
    { "info@acme.example", "Acme", "Acme" },
    { "Acme", "contact@acme.example, Acme", "Acme" },
    { "123", "Acme", "123" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptUuid kept = create_organisation (self, cases[i][0]);
      CptUuid other = create_organisation (self, cases[i][1]);
      g_autoptr(CptMerge) merge = merge_ok (self, "organisation", &kept, &other);

      g_assert_cmpstr (cpt_merge_get_value (merge, get_field (self, "organisation", "name"))->text, ==, cases[i][2]);
    }
}

static void
test_lets_a_refusal_win (Fixture       *self,
                         gconstpointer  data)
{
  CptUuid kept = add_contact (self, "Jean Martin", NULL, NULL);
  CptUuid other = add_contact (self, "Jean Martin", NULL, NULL);
  g_autoptr(CptMerge) merge = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptRecord) record = NULL;

  set_integer_ok (self, "contact", &other, "opted_in", FALSE);
  cpt_clock_set_now (self->clock, TEST_NOW + G_USEC_PER_SEC);
  set_integer_ok (self, "contact", &kept, "opted_in", TRUE);

  merge = merge_ok (self, "contact", &kept, &other);
  g_assert_false (cpt_merge_choose (merge, get_field (self, "contact", "opted_in"), 0, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  merge_commit_ok (self, merge, 0);
  record = load_ok (self, "contact", &kept);
  g_assert_false (cpt_value_is_null (cpt_record_get_named (record, "opted_in")));
  g_assert_cmpint (cpt_record_get_integer (record, "opted_in"), ==, 0);
}

static void
test_takes_what_was_chosen (Fixture       *self,
                            gconstpointer  data)
{
  CptUuid kept = add_contact (self, "Jean Martin", "jean@martin.fr", "+33112345678");
  CptUuid other = add_contact (self, "Jean-Pierre Martin", "jp@martin.fr", NULL);
  g_autoptr(CptMerge) merge = merge_ok (self, "contact", &kept, &other);

  g_assert_true (cpt_merge_choose (merge, get_field (self, "contact", "full_name"), 0, NULL));
  g_assert_true (cpt_merge_choose (merge, get_field (self, "contact", "email"), 1, NULL));
  g_assert_true (cpt_merge_choose (merge, get_field (self, "contact", "phone"), 1, NULL));
  g_assert_cmpuint (cpt_merge_get_source (merge, get_field (self, "contact", "email")), ==, 1);
  merge_commit_ok (self, merge, 0);
  assert_text (self, "contact", &kept, "full_name", "Jean Martin");
  assert_text (self, "contact", &kept, "email", "jp@martin.fr");
  assert_text (self, "contact", &kept, "phone", NULL);
}

/* It may change nothing in the kept record, and has to be found there weeks later. */
static void
test_is_in_the_history_of_the_kept_record (Fixture       *self,
                                           gconstpointer  data)
{
  CptUuid kept = add_contact (self, "Jean Martin", NULL, NULL);
  CptUuid other = add_contact (self, "Jean Martin", NULL, NULL);
  g_autoptr(CptMerge) merge = merge_ok (self, "contact", &kept, &other);
  gint64 sequence = merge_commit_ok (self, merge, 0);
  g_autoptr(GPtrArray) history = cpt_log_get_history (self->database, get_entity (self, "contact"), &kept, 0, NULL);
  const CptHistoryEntry *newest = g_ptr_array_index (history, 0);

  g_assert_cmpint (newest->entry->sequence, ==, sequence);
  g_assert_cmpint (newest->entry->origin, ==, CPT_ORIGIN_MERGE);
  g_assert_cmpint (newest->kind, ==, CPT_CHANGE_UPDATE);
  g_assert_cmpuint (newest->changes->len, ==, 0);
  assert_sound (self);

  g_assert_true (cpt_log_undo (self->database, sequence, NULL, NULL));
  assert_trashed (self, "contact", &other, FALSE);
  assert_sound (self);
}

static void
test_unites_what_was_chosen (Fixture       *self,
                             gconstpointer  data)
{
  CptUuid kept = create_organisation (self, "Acme");
  CptUuid other = create_organisation (self, "Acme SA");
  const CptField *notes = get_field (self, "organisation", "notes");
  g_autoptr(CptMerge) merge = NULL;
  g_autoptr(GError) error = NULL;

  set_text_ok (self, "organisation", &kept, "notes", "One.");
  set_text_ok (self, "organisation", &other, "notes", "Two.");
  merge = merge_ok (self, "organisation", &kept, &other);
  g_assert_true (cpt_merge_choose (merge, notes, 1, NULL));
  g_assert_cmpstr (cpt_merge_get_value (merge, notes)->text, ==, "Two.");
  g_assert_true (cpt_merge_choose (merge, notes, CPT_MERGE_UNITED, NULL));
  g_assert_cmpstr (cpt_merge_get_value (merge, notes)->text, ==, "One.\n\nTwo.");
  g_assert_cmpuint (cpt_merge_get_source (merge, notes), ==, CPT_MERGE_UNITED);
  g_assert_false (cpt_merge_choose (merge, get_field (self, "organisation", "name"), CPT_MERGE_UNITED, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
}

static void
test_repoints_links_between_the_merged (Fixture       *self,
                                        gconstpointer  data)
{
  CptUuid kept = create_organisation (self, "Acme");
  CptUuid other = add_linked (self, "organisation", "name", "Acme Ltd", "parent", &kept);
  g_autoptr(CptMerge) merge = merge_ok (self, "organisation", &kept, &other);
  g_autoptr(CptMerge) back = NULL;
  gint64 sequence = merge_commit_ok (self, merge, 0);

  assert_link (self, "organisation", &kept, "parent", NULL);
  g_assert_true (cpt_merge_undo (self->database, sequence, NULL, NULL, NULL));
  assert_link (self, "organisation", &other, "parent", &kept);

  /* The other way round: nothing is above itself */
  back = merge_ok (self, "organisation", &other, &kept);
  merge_commit_ok (self, back, 0);
  assert_link (self, "organisation", &other, "parent", NULL);
  assert_sound (self);
}

/* Whichever of the two is kept, and whichever parent is asked for */
static void
test_merges_a_child_into_its_parent (Fixture       *self,
                                     gconstpointer  data)
{
  const CptField *field = get_field (self, "organisation", "parent");

  for (guint i = 0; i < 6; i++)
    {
      CptUuid group = create_organisation (self, "Group");
      CptUuid parent = add_linked (self, "organisation", "name", "Acme", "parent", &group);
      CptUuid child = add_linked (self, "organisation", "name", "Acme Lyon", "parent", &parent);
      CptUuid below = add_linked (self, "organisation", "name", "Below", "parent", &child);
      gboolean is_parent_kept = i % 2 == 0;
      g_autoptr(CptMerge) merge =
        merge_ok (self, "organisation", is_parent_kept ? &parent : &child, is_parent_kept ? &child : &parent);
      const CptUuid *kept = is_parent_kept ? &parent : &child;
      gboolean is_childs = i >= 2 && (i / 2 == 1) != is_parent_kept;
      gint64 sequence;

      if (i >= 2)
        g_assert_true (cpt_merge_choose (merge, field, i / 2 == 1 ? 0 : 1, NULL));
      sequence = merge_commit_ok (self, merge, is_parent_kept ? 1 : 0);
      assert_link (self, "organisation", kept, "parent", is_childs ? NULL : &group);
      assert_link (self, "organisation", &below, "parent", kept);
      assert_sound (self);

      if (i % 3 == 0)
        g_assert_true (cpt_log_undo (self->database, sequence, NULL, NULL));
      else
        g_assert_true (cpt_merge_undo (self->database, sequence, NULL, NULL, NULL));
      assert_link (self, "organisation", &parent, "parent", &group);
      assert_link (self, "organisation", &child, "parent", &parent);
      assert_link (self, "organisation", &below, "parent", &child);
      assert_sound (self);
    }
}

static void
test_refuses_a_circle (Fixture       *self,
                       gconstpointer  data)
{
  CptUuid top = create_organisation (self, "Acme");
  CptUuid middle = add_linked (self, "organisation", "name", "Middle", "parent", &top);
  CptUuid bottom = add_linked (self, "organisation", "name", "Acme Ltd", "parent", &middle);
  g_autoptr(CptMerge) merge = merge_ok (self, "organisation", &bottom, &top);
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (cpt_merge_commit (merge, self->database, NULL, NULL, &problems, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_assert_cmpuint (problems->len, >, 0);
  assert_trashed (self, "organisation", &top, FALSE);
  assert_link (self, "organisation", &middle, "parent", &top);
}

static void
assert_refused (Fixture       *self,
                const char    *entity,
                const CptUuid *kept,
                const CptUuid *other,
                CptError       code)
{
  CptUuid ids[] = { *kept, *other };
  g_autoptr(GError) error = NULL;

  g_assert_null (cpt_merge_new (self->database, get_entity (self, entity), ids, 2, &error));
  g_assert_error (error, CPT_ERROR, (int) code);
  g_test_message ("%s", error->message);
}

static void
test_refuses_what_cannot_be_merged (Fixture       *self,
                                    gconstpointer  data)
{
  CptUuid one = add_contact (self, "Jean Martin", NULL, NULL);
  CptUuid gone = add_contact (self, "Jean Martin", NULL, NULL);
  CptUuid company = create_organisation (self, "Acme");
  CptUuid nobody = { .bytes = { 1, 2, 3 } };
  g_autoptr(GError) error = NULL;

  delete_ok (self, "contact", &gone);
  assert_refused (self, "contact", &one, &one, CPT_ERROR_INVALID);
  assert_refused (self, "contact", &one, &gone, CPT_ERROR_INVALID);
  assert_refused (self, "contact", &gone, &one, CPT_ERROR_INVALID);
  assert_refused (self, "contact", &one, &company, CPT_ERROR_INVALID);
  assert_refused (self, "contact", &one, &nobody, CPT_ERROR_NOT_FOUND);
  assert_refused (self, "saved_view", &one, &nobody, CPT_ERROR_UNSUPPORTED);
  g_assert_null (cpt_merge_new (self->database, get_entity (self, "contact"), &one, 1, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
}

static void
test_refuses_when_one_was_changed_meanwhile (Fixture       *self,
                                             gconstpointer  data)
{
  CptUuid kept = add_contact (self, "Jean Martin", NULL, NULL);
  CptUuid other = add_contact (self, "Jean Martin", NULL, NULL);
  g_autoptr(CptMerge) merge = merge_ok (self, "contact", &kept, &other);
  g_autoptr(CptMerge) again = NULL;
  g_autoptr(GError) error = NULL;

  set_text_ok (self, "contact", &other, "job_title", "Director");
  g_assert_false (cpt_merge_commit (merge, self->database, NULL, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_CONFLICT);
  assert_trashed (self, "contact", &other, FALSE);

  again = merge_ok (self, "contact", &kept, &other);
  merge_commit_ok (self, again, 0);
  assert_text (self, "contact", &kept, "job_title", "Director");
}

static void
purge_ok (Fixture       *self,
          const char    *entity,
          const CptUuid *id)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  cpt_transaction_purge (transaction, get_entity (self, entity), id);
  commit_ok (self, transaction);
}

/* Weeks later: a field was changed, a linked record was moved on, the trash was
 * emptied. */
static void
test_unmerges_after_other_changes (Fixture       *self,
                                   gconstpointer  data)
{
  CptUuid kept = create_organisation (self, "Acme");
  CptUuid other = create_organisation (self, "Acme Limited");
  CptUuid third = create_organisation (self, "Third");
  CptUuid anne = add_linked (self, "contact", "full_name", "Anne", "organisation", &other);
  CptUuid marc = add_linked (self, "contact", "full_name", "Marc", "organisation", &other);
  g_autoptr(CptMerge) merge = NULL;
  g_autoptr(GPtrArray) stays = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptTransaction) moving = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  gint64 sequence;

  set_text_ok (self, "organisation", &other, "sector", "Toys");
  set_text_ok (self, "organisation", &other, "siren", "732829320");
  merge = merge_ok (self, "organisation", &kept, &other);
  sequence = merge_commit_ok (self, merge, 2);

  set_text_ok (self, "organisation", &kept, "sector", "Games");
  set_text_ok (self, "organisation", &kept, "notes", "New.");
  cpt_value_set_id (&value, &third);
  cpt_transaction_set (moving, get_entity (self, "contact"), &marc, get_field (self, "contact", "organisation"), &value);
  commit_ok (self, moving);
  purge_ok (self, "organisation", &other);

  /* The ordinary undo is careful */
  g_assert_false (cpt_log_undo (self->database, sequence, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_CONFLICT);
  g_clear_error (&error);

  g_assert_true (cpt_merge_undo (self->database, sequence, NULL, &stays, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (stays->len, ==, 2);
  assert_trashed (self, "organisation", &other, FALSE);
  assert_text (self, "organisation", &other, "name", "Acme Limited");
  assert_text (self, "organisation", &other, "sector", "Toys");
  assert_text (self, "organisation", &other, "siren", "732829320");
  assert_text (self, "organisation", &kept, "name", "Acme");
  assert_text (self, "organisation", &kept, "siren", NULL);
  assert_text (self, "organisation", &kept, "sector", "Games");
  assert_text (self, "organisation", &kept, "notes", "New.");
  assert_link (self, "contact", &anne, "organisation", &other);
  assert_link (self, "contact", &marc, "organisation", &third);
  assert_sound (self);

  g_assert_false (cpt_merge_undo (self->database, sequence, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_CONFLICT);
}

static void
test_unmerges_merges_only (Fixture       *self,
                           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  CptUuid id = add_contact (self, "Jean Martin", NULL, NULL);
  gint64 sequence = set_text_ok (self, "contact", &id, "job_title", "Director");

  g_assert_false (cpt_merge_undo (self->database, sequence, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (cpt_merge_undo (self->database, 100000, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND);
  assert_text (self, "contact", &id, "job_title", "Director");
}

/* A link, a set of links, their like among custom fields: all follow, whatever
 * kind of record they are in. */
static void
test_walks_every_link_of_the_schema (Fixture       *self,
                                     gconstpointer  data)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (cpt_database_get_schema (self->database), &n_entities);

  for (guint i = 0; i < n_entities; i++)
    for (guint k = 0; k < entities[i]->n_fields; k++)
      {
        const CptField *field = entities[i]->fields[k];
        g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_SYNC, NULL);
        g_autoptr(CptRecord) record = NULL;
        g_autoptr(CptRecord) after = NULL;
        g_autoptr(CptMerge) merge = NULL;
        CptUuid kept, other;
        CptValue value = CPT_VALUE_INIT;

        if (g_strcmp0 (field->target, "contact") != 0)
          continue;
        kept = add_contact (self, "Jean Martin", NULL, NULL);
        other = add_contact (self, "Jean Martin", NULL, NULL);
        record = cpt_record_new (cpt_database_get_schema (self->database), entities[i]);
        if (field->kind == CPT_FIELD_LINKS)
          {
            CptUuid both[] = { kept, other };

            cpt_value_set_ids (&value, both, 2);
          }
        else
          {
            cpt_value_set_id (&value, &other);
          }
        cpt_record_take (record, field, value);
        cpt_transaction_create (transaction, record);
        commit_ok (self, transaction);

        merge = merge_ok (self, "contact", &kept, &other);
        merge_commit_ok (self, merge, 1);
        after = load_ok (self, entities[i]->name, &record->id);
        if (field->kind == CPT_FIELD_LINKS)
          {
            g_assert_cmpuint (cpt_record_get (after, field)->ids.length, ==, 1);
            g_assert_true (cpt_uuid_equal (&cpt_record_get (after, field)->ids.items[0], &kept));
          }
        else
          {
            g_assert_true (cpt_uuid_equal (&cpt_record_get (after, field)->id, &kept));
          }
      }
  assert_sound (self);
}

static void
test_tells_where_a_record_went (Fixture       *self,
                                gconstpointer  data)
{
  CptUuid kept = add_contact (self, "Jean Martin", "jean@example.org", NULL);
  CptUuid other = add_contact (self, "Jean Martin", NULL, "+33612345678");
  CptUuid link = add_linked (self, "deal", "name", "Ovens", "contact", &other);
  const CptEntity *contact = get_entity (self, "contact");
  g_autoptr(CptMerge) merge = merge_ok (self, "contact", &kept, &other);
  gint64 sequence = merge_commit_ok (self, merge, 1);
  g_autoptr(CptTransaction) late = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;
  CptUuid found = link;

  g_assert_true (cpt_merge_find_kept (self->database, contact, &other, &found, NULL));
  g_assert_true (cpt_uuid_equal (&found, &kept));
  g_assert_true (cpt_merge_find_kept (self->database, contact, &kept, &found, NULL));
  g_assert_true (cpt_uuid_is_nil (&found));

  /* So is who changes it still. */
  cpt_transaction_delete (late, contact, &other);
  g_assert_false (cpt_database_commit (self->database, late, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "was merged into “Jean Martin”"));

  g_assert_true (cpt_merge_undo (self->database, sequence, NULL, NULL, NULL));
  g_assert_true (cpt_merge_find_kept (self->database, contact, &other, &found, NULL));
  g_assert_true (cpt_uuid_is_nil (&found));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/merge/keeps-the-best-and-every-link", test_keeps_the_best_and_every_link);
  add_test ("/merge/takes-the-parts-of-a-name-together", test_takes_the_parts_of_a_name_together);
  add_test ("/merge/keeps-its-own-name", test_keeps_its_own_name);
  add_test ("/merge/lets-a-refusal-win", test_lets_a_refusal_win);
  add_test ("/merge/takes-what-was-chosen", test_takes_what_was_chosen);
  add_test ("/merge/is-in-the-history-of-the-kept-record", test_is_in_the_history_of_the_kept_record);
  add_test ("/merge/tells-where-a-record-went", test_tells_where_a_record_went);
  add_test ("/merge/unites-what-was-chosen", test_unites_what_was_chosen);
  add_test ("/merge/repoints-links-between-the-merged", test_repoints_links_between_the_merged);
  add_test ("/merge/merges-a-child-into-its-parent", test_merges_a_child_into_its_parent);
  add_test ("/merge/refuses-a-circle", test_refuses_a_circle);
  add_test ("/merge/refuses-what-cannot-be-merged", test_refuses_what_cannot_be_merged);
  add_test ("/merge/refuses-when-one-was-changed-meanwhile", test_refuses_when_one_was_changed_meanwhile);
  add_test ("/merge/unmerges-after-other-changes", test_unmerges_after_other_changes);
  add_test ("/merge/unmerges-merges-only", test_unmerges_merges_only);
  add_test ("/merge/walks-every-link-of-the-schema", test_walks_every_link_of_the_schema);

  return g_test_run ();
}
