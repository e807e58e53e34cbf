/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two devices that both want to run a workspace, and clocks that are wrong. */

#include "config.h"

#include "cpt-automation-lease.h"
#include "cpt-enrolment-lease.h"
#include "store-fixture.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define YEAR (366 * 24 * 3600 * SECOND)
#define LEASE (CPT_AUTOMATION_LEASE_SECONDS * SECOND)

static gint64
take (Fixture    *self,
      const char *holder,
      gint64      now)
{
  g_autoptr(GError) error = NULL;
  gint64 fence = 0;

  if (cpt_automation_lease_take (self->database, holder, now, &fence, &error))
    return fence;
  g_assert_error (error, CPT_ERROR, CPT_ERROR_BUSY);

  return 0;
}

static gboolean
keeps (Fixture    *self,
       const char *holder,
       gint64      fence,
       gint64      now)
{
  g_autoptr(GError) error = NULL;

  if (cpt_automation_lease_check (self->database, holder, fence, now, &error))
    return TRUE;
  g_assert_error (error, CPT_ERROR, CPT_ERROR_BUSY);

  return FALSE;
}

static void
test_lapses (Fixture       *self,
             gconstpointer  data)
{
  gint64 first = take (self, "one", TEST_NOW);

  g_assert_cmpint (first, >, 0);
  g_assert_cmpint (take (self, "two", TEST_NOW + LEASE - 1), ==, 0);
  /* The same device again, and by going on */
  g_assert_cmpint (take (self, "one", TEST_NOW + 10 * SECOND), ==, first);
  g_assert_true (keeps (self, "one", first, TEST_NOW + LEASE));
  g_assert_cmpint (take (self, "two", TEST_NOW + LEASE + 1), ==, 0);
  g_assert_cmpint (take (self, "two", TEST_NOW + 2 * LEASE), ==, first + 1);
  g_assert_cmpint (take (self, "one", TEST_NOW + 2 * LEASE), ==, 0);
}

typedef struct
{
  const char *holder;
  gint64 fence;
} Writing;

static gboolean
write_as (CptDatabase  *database,
          gpointer      data,
          GError      **error)
{
  const Writing *self = data;

  return cpt_database_set_setting (database, "written", self->holder, error) &&
         cpt_automation_lease_check (database, self->holder, self->fence, TEST_NOW, error);
}

static void
test_refused (Fixture       *self,
              gconstpointer  data)
{
  Writing one = { "one", take (self, "one", TEST_NOW - YEAR) };
  Writing two = { "two", take (self, "two", TEST_NOW) };
  g_autoptr(GError) error = NULL;
  g_autofree char *written = NULL;

  /* Both believe that they have it: who lost it writes nothing, though its clock says that all is well */
  g_assert_true (cpt_database_transact (self->database, write_as, &two, NULL));
  g_assert_false (cpt_database_transact (self->database, write_as, &one, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_BUSY);
  written = cpt_database_dup_setting (self->database, "written");
  g_assert_cmpstr (written, ==, "two");
}

static void
test_clocks (Fixture       *self,
             gconstpointer  data)
{
  gint64 ahead = take (self, "one", TEST_NOW + YEAR);
  gint64 right;

  /* Who was a year ahead holds nobody up for a year */
  right = take (self, "two", TEST_NOW);
  g_assert_cmpint (right, ==, ahead + 1);
  g_assert_false (keeps (self, "one", ahead, TEST_NOW + YEAR));
  /* A clock that jumps under who has it: it stays his, and the lease is a short one again */
  g_assert_true (keeps (self, "two", right, TEST_NOW + YEAR));
  g_assert_true (keeps (self, "two", right, TEST_NOW - YEAR));
  g_assert_cmpint (take (self, "one", TEST_NOW - YEAR + SECOND), ==, 0);
  g_assert_cmpint (take (self, "one", TEST_NOW - YEAR + LEASE), ==, right + 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/automation-lease/lapses-when-its-holder-does-not-come-back", Fixture, NULL, fixture_set_up, test_lapses,
              fixture_tear_down);
  g_test_add ("/automation-lease/who-lost-it-is-refused", Fixture, NULL, fixture_set_up, test_refused, fixture_tear_down);
  g_test_add ("/automation-lease/a-wrong-clock-holds-nobody-up", Fixture, NULL, fixture_set_up, test_clocks, fixture_tear_down);

  return g_test_run ();
}
