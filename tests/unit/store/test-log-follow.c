/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading on in the log: in parts of any size the same events come, once each. */

#include "config.h"

#include "cpt-log-follow.h"
#include "store-fixture.h"

static GPtrArray *
follow_ok (Fixture      *self,
           CptLogCursor *cursor,
           guint         limit,
           gboolean     *is_end)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *events = cpt_log_follow (self->database, cursor, limit, is_end, &error);

  g_assert_no_error (error);
  g_assert_nonnull (events);
  g_assert_cmpuint (events->len, <=, limit);

  return events;
}

/* One line for each event behind @cursor: what happened to which row */
static char *
read_all (Fixture            *self,
          const CptLogCursor *from,
          guint               limit)
{
  g_autoptr(GString) lines = g_string_new (NULL);
  CptLogCursor cursor = *from;
  gboolean is_end = FALSE;

  while (!is_end)
    {
      g_autoptr(GPtrArray) events = follow_ok (self, &cursor, limit, &is_end);

      for (guint i = 0; i < events->len; i++)
        {
          const CptLogEvent *event = g_ptr_array_index (events, i);

          g_string_append_printf (lines, "%" G_GINT64_FORMAT " %s %d %" G_GINT64_FORMAT "\n", event->sequence,
                                  event->entity->name, event->kind, event->row);
        }
    }

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';

  return n;
}

static void
assert_same_in_parts (Fixture            *self,
                      const CptLogCursor *from,
                      guint               n_events)
{
  static const guint limits[] = { 1, 2, 3, 7, 50 };
  g_autofree char *whole = read_all (self, from, 10000);

  g_assert_cmpuint (count_lines (whole), ==, n_events);
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *parts = read_all (self, from, limits[i]);

      g_assert_cmpstr (parts, ==, whole);
    }
}

static CptLogCursor
get_end_ok (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  CptLogCursor cursor;

  cpt_log_get_end (self->database, &cursor, &error);
  g_assert_no_error (error);

  return cursor;
}

static CptUnit *
begin_unit (Fixture       *self,
            const CptUuid *changed)
{
  g_autoptr(GError) error = NULL;
  CptUnit *unit = cpt_unit_begin (self->database, CPT_ORIGIN_IMPORT, "Import", &error);

  g_assert_no_error (error);
  for (guint slice = 0; slice < 3; slice++)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
      g_autofree char *text = g_strdup_printf ("Slice %u", slice);
      g_auto(CptValue) value = CPT_VALUE_INIT;

      for (guint i = 0; i < 5; i++)
        {
          g_autoptr(CptRecord) record = new_record (self, "organisation", "name", "Somebody");

          cpt_transaction_create (transaction, record);
        }
      cpt_value_set_text (&value, text);
      cpt_transaction_set (transaction, get_entity (self, "organisation"), changed,
                           get_field (self, "organisation", "name"), &value);
      cpt_unit_commit (unit, transaction, NULL, NULL, &error);
      g_assert_no_error (error);
    }

  return unit;
}

/* ---------------------------------------------------------------------- tests */

static void
test_acts (Fixture       *self,
           gconstpointer  data)
{
  CptLogCursor cursor = get_end_ok (self);
  CptUuid first = create_organisation (self, "First");
  CptUuid second = create_organisation (self, "Second");
  g_autoptr(GPtrArray) events = NULL;
  g_autoptr(GPtrArray) changes = NULL;
  const CptLogEvent *event;
  const CptFieldChange *change;
  gboolean is_end;

  set_text_ok (self, "organisation", &first, "name", "Third");
  delete_ok (self, "organisation", &second);
  assert_same_in_parts (self, &cursor, 3);

  events = follow_ok (self, &cursor, 10, &is_end);
  g_assert_true (is_end);
  event = g_ptr_array_index (events, 2);
  g_assert_cmpint (event->kind, ==, CPT_CHANGE_UPDATE);
  g_assert_true (cpt_uuid_equal (&event->id, &first));
  g_assert_cmpint (event->at, ==, TEST_NOW);
  changes = cpt_log_event_list_changes (event);
  g_assert_cmpuint (changes->len, ==, 1);
  change = g_ptr_array_index (changes, 0);
  g_assert_cmpstr (change->name, ==, "name");
  g_assert_cmpstr (change->before.text, ==, "First");
  g_assert_cmpstr (change->after.text, ==, "Third");

  g_assert_cmpint (cursor.sequence, ==, get_end_ok (self).sequence);
  g_ptr_array_unref (events);
  events = follow_ok (self, &cursor, 10, &is_end);
  g_assert_cmpuint (events->len, ==, 0);
  g_assert_true (is_end);
}

static void
test_unit (Fixture       *self,
           gconstpointer  data)
{
  CptUuid changed = create_organisation (self, "Changed");
  CptLogCursor cursor = get_end_ok (self);
  CptLogCursor read = cursor;
  g_autoptr(CptUnit) unit = begin_unit (self, &changed);
  g_autoptr(GPtrArray) events = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_end;

  /* Not yet, and whoever has read meanwhile misses nothing. */
  assert_same_in_parts (self, &cursor, 0);
  events = follow_ok (self, &read, 10, &is_end);
  cpt_unit_finish (unit, NULL, &error);
  g_assert_no_error (error);
  create_organisation (self, "After");
  assert_same_in_parts (self, &cursor, 19);
  assert_same_in_parts (self, &read, 19);
}

static void
test_given_up (Fixture       *self,
               gconstpointer  data)
{
  CptUuid changed = create_organisation (self, "Changed");
  CptLogCursor cursor = get_end_ok (self);
  g_autoptr(CptUnit) unit = begin_unit (self, &changed);
  g_autoptr(GError) error = NULL;

  cpt_unit_abort (unit, &error);
  g_assert_no_error (error);
  create_organisation (self, "After");
  assert_same_in_parts (self, &cursor, 1);
}

static void
test_own (Fixture       *self,
          gconstpointer  data)
{
  /* The program's own kinds of records are nobody's business. */
  CptLogCursor cursor = get_end_ok (self);
  g_autoptr(CptRecord) record = new_record (self, "workflow", "name", "Nothing");

  cpt_record_set_text (record, "state", "draft");
  create_ok (self, record);
  assert_same_in_parts (self, &cursor, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/log-follow/acts-come-once-in-parts-of-any-size", test_acts);
  add_test ("/log-follow/a-unit-happens-when-it-is-finished", test_unit);
  add_test ("/log-follow/a-unit-that-is-given-up-never-happened", test_given_up);
  add_test ("/log-follow/the-programs-own-records-are-left-out", test_own);

  return g_test_run ();
}
