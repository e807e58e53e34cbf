/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-timeline.h"

#include "store-fixture.h"

#define MINUTE (60 * G_USEC_PER_SEC)

static CptUuid
add_activity (Fixture       *self,
              const char    *kind,
              const char    *subject,
              gint64         at,
              const char    *link,
              const CptUuid *target)
{
  g_autoptr(CptRecord) record = new_record (self, "activity", "subject", subject);
  CptValue when = CPT_VALUE_INIT;

  set_text (record, "kind", kind);
  cpt_value_set_integer (&when, at);
  cpt_record_take (record, get_field (self, "activity", "at"), when);
  if (strcmp (link, "participants") == 0)
    {
      CptValue ids = CPT_VALUE_INIT;

      cpt_value_set_ids (&ids, target, 1);
      cpt_record_take (record, get_field (self, "activity", link), ids);
    }
  else
    {
      set_link (record, link, target);
    }
  create_ok (self, record);

  return record->id;
}

static GPtrArray *
read_ok (Fixture           *self,
         const char        *entity,
         const CptUuid     *id,
         const char        *kind,
         CptTimelineCursor *cursor,
         guint              limit)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *items = cpt_timeline_read (self->database, get_entity (self, entity), id, kind, cursor, limit, &error);

  g_assert_no_error (error);
  g_assert_nonnull (items);

  return items;
}

/* "call:Hello" for records, "*" for changes */
static void
append_items (GString   *text,
              GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const CptTimelineItem *item = g_ptr_array_index (items, i);
      g_autofree char *title = item->record != NULL ? cpt_record_dup_title (item->record) : g_strdup ("*");

      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", title);
    }
}

static void
assert_timeline (Fixture       *self,
                 const CptUuid *id,
                 const char    *kind,
                 const char    *expected)
{
  /* However it is cut into pages */
  for (guint limit = 1; limit < 8; limit++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      CptTimelineCursor cursor = { 0 };

      while (TRUE)
        {
          g_autoptr(GPtrArray) items = read_ok (self, "organisation", id, kind, &cursor, limit);

          append_items (text, items);
          if (items->len < limit)
            break;
        }
      g_assert_cmpstr (text->str, ==, expected);
    }
}

static void
test_one_stream (Fixture       *self,
                 gconstpointer  data)
{
  CptUuid acme = create_organisation (self, "Acme");
  CptUuid other = create_organisation (self, "Other");
  g_autoptr(CptRecord) task = new_record (self, "task", "title", "Send");

  add_activity (self, "call", "second", TEST_NOW + 2 * MINUTE, "organisation", &acme);
  add_activity (self, "note", "first", TEST_NOW - 2 * MINUTE, "organisation", &acme);
  add_activity (self, "note", "elsewhere", TEST_NOW, "organisation", &other);
  cpt_clock_set_now (self->clock, TEST_NOW + MINUTE);
  set_text (task, "status", "to_do");
  set_link (task, "organisation", &acme);
  create_ok (self, task);
  cpt_clock_set_now (self->clock, TEST_NOW + 3 * MINUTE);
  set_text_ok (self, "organisation", &acme, "name", "Acme SA");

  assert_timeline (self, &acme, NULL, "* second Send * first");
  assert_timeline (self, &acme, "changes", "* *");
  assert_timeline (self, &acme, "activity", "second first");
  assert_timeline (self, &acme, "activity:call", "second");
  assert_timeline (self, &acme, "activity:email", "");
  assert_timeline (self, &acme, "messages", "");
  add_activity (self, "email", "written", TEST_NOW + 4 * MINUTE, "organisation", &acme);
  assert_timeline (self, &acme, "messages", "written");
  assert_timeline (self, &acme, NULL, "written * second Send * first");
  assert_timeline (self, &acme, "task", "Send");
}

/* What was changed beside it is not told */
static void
test_history_of_a_field (Fixture       *self,
                         gconstpointer  data)
{
  CptUuid acme = create_organisation (self, "Acme");
  g_autoptr(CptTransaction) both = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GPtrArray) items = NULL;
  CptTimelineCursor cursor = { 0 };
  g_auto(CptValue) value = CPT_VALUE_INIT;
  const CptTimelineItem *newest;
  const CptFieldChange *change;

  set_text_ok (self, "organisation", &acme, "sector", "Wood");
  set_text_ok (self, "organisation", &acme, "legal_name", "Acme SAS");
  cpt_value_set_text (&value, "Metal");
  cpt_transaction_set (both, get_entity (self, "organisation"), &acme, get_field (self, "organisation", "sector"), &value);
  cpt_transaction_set (both, get_entity (self, "organisation"), &acme, get_field (self, "organisation", "legal_name"), &value);
  commit_ok (self, both);

  assert_timeline (self, &acme, "changes:sector", "* *");
  assert_timeline (self, &acme, "changes:legal_name", "* *");
  assert_timeline (self, &acme, "changes:website", "");
  items = read_ok (self, "organisation", &acme, "changes:sector", &cursor, 10);
  newest = g_ptr_array_index (items, 0);
  g_assert_cmpuint (newest->change->changes->len, ==, 1);
  change = g_ptr_array_index (newest->change->changes, 0);
  g_assert_cmpstr (change->name, ==, "sector");
  g_assert_cmpstr (change->before.text, ==, "Wood");
  g_assert_cmpstr (change->after.text, ==, "Metal");
}

static void
test_same_instant (Fixture       *self,
                   gconstpointer  data)
{
  CptUuid acme = create_organisation (self, "Acme");

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *subject = g_strdup_printf ("n%u", i);

      add_activity (self, "note", subject, TEST_NOW, "organisation", &acme);
    }

  assert_timeline (self, &acme, NULL, "n4 n3 n2 n1 n0 *");
}

static void
test_once (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr(CptRecord) contact = new_record (self, "contact", "full_name", "Ada");
  g_autoptr(GPtrArray) items = NULL;
  CptTimelineCursor cursor = { 0 };
  g_autoptr(GString) text = g_string_new (NULL);
  CptUuid meeting;

  create_ok (self, contact);
  meeting = add_activity (self, "meeting", "met", TEST_NOW, "participants", &contact->id);
  {
    g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
    g_auto(CptValue) value = CPT_VALUE_INIT;

    cpt_value_set_id (&value, &contact->id);
    cpt_transaction_set (transaction, get_entity (self, "activity"), &meeting, get_field (self, "activity", "contact"), &value);
    commit_ok (self, transaction);
  }
  items = read_ok (self, "contact", &contact->id, NULL, &cursor, 10);
  append_items (text, items);
  g_assert_cmpstr (text->str, ==, "met *");
}

static void
test_trash (Fixture       *self,
            gconstpointer  data)
{
  CptUuid acme = create_organisation (self, "Acme");
  CptUuid call = add_activity (self, "call", "gone", TEST_NOW, "organisation", &acme);

  delete_ok (self, "activity", &call);
  assert_timeline (self, &acme, NULL, "*");
  delete_ok (self, "organisation", &acme);
  assert_timeline (self, &acme, NULL, "* *");
}

static void
test_unknown_kind (Fixture       *self,
                   gconstpointer  data)
{
  CptUuid acme = create_organisation (self, "Acme");
  CptTimelineCursor cursor = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_null (cpt_timeline_read (self->database, get_entity (self, "organisation"), &acme, "act", &cursor, 5, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/timeline/is-one-stream-whatever-its-pages", test_one_stream);
  add_test ("/timeline/tells-of-one-field-alone", test_history_of_a_field);
  add_test ("/timeline/tells-equal-instants-apart", test_same_instant);
  add_test ("/timeline/shows-a-record-once-that-links-twice", test_once);
  add_test ("/timeline/leaves-out-what-is-in-the-trash", test_trash);
  add_test ("/timeline/refuses-a-kind-without-a-moment", test_unknown_kind);

  return g_test_run ();
}
