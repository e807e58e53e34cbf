/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Comparing people is switched off and on by acts that can be undone. */

#include "config.h"

#include "cpt-ranking.h"

#include <locale.h>

#include "cpt-log.h"
#include "query-fixture.h"

static void
assert_on (QueryFixture *fixture,
           gboolean      boards,
           gboolean      badges)
{
  g_assert_cmpint (cpt_ranking_is_on (fixture->database, CPT_RANKING_BOARDS), ==, boards);
  g_assert_cmpint (cpt_ranking_is_on (fixture->database, CPT_RANKING_BADGES), ==, badges);
}

/* How many steps it took */
static guint
turn (QueryFixture *fixture,
      CptRanking    ranking,
      gboolean      is_on)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptTransaction) transaction =
    cpt_ranking_switch (fixture->database, ranking, is_on, CPT_ORIGIN_FORM, &error);
  guint length;

  g_assert_no_error (error);
  length = cpt_transaction_get_length (transaction);
  if (length > 0)
    g_assert_true (cpt_database_commit (fixture->database, transaction, NULL, NULL, &error));
  g_assert_no_error (error);

  return length;
}

static void
undo (QueryFixture *fixture,
      const char   *label)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptLogEntry) entry = cpt_log_peek_undo (fixture->database, &error);
  CptCommit commit;

  g_assert_no_error (error);
  g_assert_cmpstr (entry->label, ==, label);
  g_assert_true (cpt_log_undo (fixture->database, entry->sequence, &commit, &error));
  g_assert_no_error (error);
}

static void
redo (QueryFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptLogEntry) entry = cpt_log_peek_redo (fixture->database, &error);
  CptCommit commit;

  g_assert_no_error (error);
  g_assert_true (cpt_log_undo (fixture->database, entry->sequence, &commit, &error));
  g_assert_no_error (error);
}

static void
test_ranking_is_undone_and_redone (void)
{
  QueryFixture fixture = { 0 };

  query_fixture_set_up (&fixture, 1, 0);
  assert_on (&fixture, TRUE, TRUE);

  g_assert_cmpuint (turn (&fixture, CPT_RANKING_BOARDS, FALSE), ==, 1);
  assert_on (&fixture, FALSE, TRUE);
  undo (&fixture, "Leaderboards switched off");
  assert_on (&fixture, TRUE, TRUE);
  redo (&fixture);
  assert_on (&fixture, FALSE, TRUE);

  g_assert_cmpuint (turn (&fixture, CPT_RANKING_BADGES, FALSE), ==, 1);
  g_assert_cmpuint (turn (&fixture, CPT_RANKING_BOARDS, TRUE), ==, 1);
  assert_on (&fixture, TRUE, FALSE);
  undo (&fixture, "Leaderboards switched on");
  undo (&fixture, "Badges switched off");
  assert_on (&fixture, FALSE, TRUE);
  query_fixture_tear_down (&fixture);
}

static void
test_ranking_does_nothing_twice (void)
{
  QueryFixture fixture = { 0 };

  query_fixture_set_up (&fixture, 1, 0);
  g_assert_cmpuint (turn (&fixture, CPT_RANKING_BADGES, TRUE), ==, 0);
  g_assert_cmpuint (turn (&fixture, CPT_RANKING_BADGES, FALSE), ==, 1);
  g_assert_cmpuint (turn (&fixture, CPT_RANKING_BADGES, FALSE), ==, 0);
  query_fixture_tear_down (&fixture);
}

/* Two devices that never met have each made one. */
static void
test_ranking_takes_the_newest_of_several (void)
{
  static const char *const values[] = { "off", "on", "off" };
  QueryFixture fixture = { 0 };
  const CptEntity *entity;

  query_fixture_set_up (&fixture, 1, 0);
  entity = cpt_schema_find_entity (fixture.schema, CPT_WORKSPACE_SETTING_ENTITY);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr(CptRecord) record = cpt_record_new (fixture.schema, entity);

      cpt_record_set_text (record, "name", "leaderboards");
      cpt_record_set_text (record, "value", values[i]);
      query_fixture_create (&fixture, record, NULL);
      assert_on (&fixture, g_str_equal (values[i], "on"), TRUE);
    }
  g_assert_cmpuint (turn (&fixture, CPT_RANKING_BOARDS, TRUE), ==, 1);
  assert_on (&fixture, TRUE, TRUE);
  query_fixture_tear_down (&fixture);
}

/* It was no record once. */
static void
test_ranking_minds_what_was_switched_before (void)
{
  g_autoptr(GError) error = NULL;
  QueryFixture fixture = { 0 };

  query_fixture_set_up (&fixture, 1, 0);
  g_assert_true (cpt_database_set_setting (fixture.database, "badges", "off", &error));
  g_assert_no_error (error);
  assert_on (&fixture, TRUE, FALSE);
  g_assert_cmpuint (turn (&fixture, CPT_RANKING_BADGES, TRUE), ==, 1);
  assert_on (&fixture, TRUE, TRUE);
  undo (&fixture, "Badges switched on");
  assert_on (&fixture, TRUE, FALSE);
  query_fixture_tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ranking/is-undone-and-redone", test_ranking_is_undone_and_redone);
  g_test_add_func ("/ranking/does-nothing-twice", test_ranking_does_nothing_twice);
  g_test_add_func ("/ranking/takes-the-newest-of-several", test_ranking_takes_the_newest_of_several);
  g_test_add_func ("/ranking/minds-what-was-switched-before", test_ranking_minds_what_was_switched_before);

  return g_test_run ();
}
