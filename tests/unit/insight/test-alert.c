/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Alerts begin once and end once, whoever checks and whatever the clock does. */

#include "config.h"

#include "cpt-alert.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "cpt-log.h"
#include "query-fixture.h"

static const CptEntity *
get_alerts (QueryFixture *fixture)
{
  return cpt_schema_find_entity (fixture->schema, CPT_ALERT_ENTITY);
}

/* Deals that are opened on a day; "Deals opened" counts them */
static void
add_deals (QueryFixture *fixture,
           gint64        day,
           guint         n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(CptRecord) record = cpt_record_new (fixture->schema, fixture->deal);

      cpt_record_set_text (record, "name", "Deal");
      cpt_record_set_integer (record, "opened_on", day);
      query_fixture_create (fixture, record, NULL);
    }
}

static gint64
today (QueryFixture *fixture)
{
  return cpt_database_get_today (fixture->database);
}

static CptRecord *
create_alert (QueryFixture *fixture,
              const char   *kind,
              const char   *period,
              double        threshold)
{
  CptRecord *record = cpt_record_new (fixture->schema, get_alerts (fixture));

  cpt_record_set_text (record, "name", "Alert");
  cpt_record_set_text (record, "metric", "deals_opened");
  cpt_record_set_text (record, "kind", kind);
  cpt_record_set_text (record, "period", period);
  cpt_record_set_text (record, "interval", "change");
  cpt_record_set_integer (record, "threshold", (gint64) (threshold * 100));
  cpt_record_set_integer (record, "is_active", 1);

  return record;
}

static CptUuid
add_alert (QueryFixture *fixture,
           const char   *kind,
           const char   *period,
           double        threshold)
{
  g_autoptr(CptRecord) record = create_alert (fixture, kind, period, threshold);

  query_fixture_create (fixture, record, NULL);

  return record->id;
}

static CptAlertState
evaluate (QueryFixture *fixture,
          const char   *kind,
          const char   *period,
          double        threshold,
          double       *value)
{
  g_autoptr(CptRecord) record = create_alert (fixture, kind, period, threshold);
  g_auto(CptAlertReading) reading = { 0 };

  if (strcmp (kind, "missing") == 0)
    cpt_record_set_integer (record, "days", (gint64) threshold);
  cpt_alert_evaluate (fixture->database, record, &reading);
  g_assert_null (reading.problem);
  *value = reading.value;

  return reading.state;
}

/* How many events a check gives; @began: of the first one */
static guint
check (QueryFixture *fixture,
       gboolean     *began)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) events = cpt_alerts_check (fixture->database, FALSE, &error);

  g_assert_no_error (error);
  if (events->len > 0)
    *began = ((const CptAlertEvent *) g_ptr_array_index (events, 0))->is_firing;

  return events->len;
}

static guint
claim (QueryFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) events = cpt_alerts_claim (fixture->database, &error);

  g_assert_no_error (error);

  return events->len;
}

static void
move_clock (QueryFixture *fixture,
            gint64        span)
{
  cpt_clock_set_now (fixture->clock, cpt_clock_get_now (fixture->clock) + span);
}

static CptRecord *
load (QueryFixture  *fixture,
      const CptUuid *id)
{
  return cpt_database_load (fixture->database, get_alerts (fixture), id, NULL);
}

static void
fixture_set_up (QueryFixture  *fixture,
                gconstpointer  data)
{
  query_fixture_set_up (fixture, 3, 0);
}

static void
fixture_tear_down (QueryFixture  *fixture,
                   gconstpointer  data)
{
  query_fixture_tear_down (fixture);
}

/* It is the 21st: 4 deals this month, 8 in the same days of the month before */
static void
test_kinds (QueryFixture  *fixture,
            gconstpointer  data)
{
  double value;

  add_deals (fixture, cpt_date_from_ymd (2026, 11, 3), 3);
  add_deals (fixture, cpt_date_from_ymd (2026, 11, 18), 1);
  add_deals (fixture, cpt_date_from_ymd (2026, 10, 4), 8);
  add_deals (fixture, cpt_date_from_ymd (2026, 10, 30), 5);

  g_assert_cmpint (evaluate (fixture, "above", "month", 3, &value), ==, CPT_ALERT_FIRING);
  g_assert_cmpfloat (value, ==, 4);
  g_assert_cmpint (evaluate (fixture, "above", "month", 4, &value), ==, CPT_ALERT_OK);
  g_assert_cmpint (evaluate (fixture, "below", "all", 17.5, &value), ==, CPT_ALERT_FIRING);
  g_assert_cmpfloat (value, ==, 17);
  g_assert_cmpint (evaluate (fixture, "below", "last_7", 1, &value), ==, CPT_ALERT_OK);
  g_assert_cmpfloat (value, ==, 1);
  g_assert_cmpint (evaluate (fixture, "falls", "month", 49, &value), ==, CPT_ALERT_FIRING);
  g_assert_cmpfloat (value, ==, -50);
  g_assert_cmpint (evaluate (fixture, "falls", "month", 50, &value), ==, CPT_ALERT_OK);
  g_assert_cmpint (evaluate (fixture, "rises", "month", 0, &value), ==, CPT_ALERT_OK);
  /* From nothing there is no rise in percent. */
  g_assert_cmpint (evaluate (fixture, "rises", "year", 1, &value), ==, CPT_ALERT_OK);
  g_assert_true (isnan (value));
  g_assert_cmpint (evaluate (fixture, "missing", "month", 3, &value), ==, CPT_ALERT_FIRING);
  g_assert_cmpint (evaluate (fixture, "missing", "month", 4, &value), ==, CPT_ALERT_OK);
}

static void
test_edges (QueryFixture  *fixture,
            gconstpointer  data)
{
  CptUuid id = add_alert (fixture, "above", "month", 1);
  g_autoptr(CptRecord) began = NULL;
  g_autoptr(CptRecord) ended = NULL;
  gboolean is_firing = FALSE;

  g_assert_cmpuint (check (fixture, &is_firing), ==, 0);
  add_deals (fixture, today (fixture), 2);
  g_assert_cmpuint (check (fixture, &is_firing), ==, 1);
  g_assert_true (is_firing);
  began = load (fixture, &id);
  g_assert_cmpstr (cpt_record_get_text (began, "state"), ==, "firing");
  g_assert_cmpint (cpt_record_get_integer (began, "value"), ==, 200);
  g_assert_cmpint (cpt_record_get_integer (began, "fired_at"), ==, QUERY_FIXTURE_NOW);

  /* What goes on is no news. */
  add_deals (fixture, today (fixture), 1);
  g_assert_cmpuint (check (fixture, &is_firing), ==, 0);
  g_assert_cmpuint (claim (fixture), ==, 1);
  g_assert_cmpuint (claim (fixture), ==, 0);

  move_clock (fixture, 30 * G_TIME_SPAN_DAY);
  g_assert_cmpuint (check (fixture, &is_firing), ==, 1);
  g_assert_false (is_firing);
  ended = load (fixture, &id);
  g_assert_cmpstr (cpt_record_get_text (ended, "state"), ==, "ok");
  g_assert_cmpint (cpt_record_get_integer (ended, "ended_at"), ==, QUERY_FIXTURE_NOW + 30 * G_TIME_SPAN_DAY);
  g_assert_cmpuint (claim (fixture), ==, 1);
  g_assert_cmpuint (claim (fixture), ==, 0);
}

/* Forward by years and back again: one beginning, one end. */
static void
test_clock (QueryFixture  *fixture,
            gconstpointer  data)
{
  gboolean is_firing = FALSE;
  guint n_events = 0, n_told = 0;

  add_deals (fixture, today (fixture), 2);
  add_alert (fixture, "above", "month", 1);
  for (guint i = 0; i < 20; i++)
    {
      move_clock (fixture, (i % 2 == 0 ? 1 : -1) * 3000 * G_TIME_SPAN_DAY);
      n_events += check (fixture, &is_firing);
      n_told += claim (fixture);
      n_events += check (fixture, &is_firing);
      n_told += claim (fixture);
    }
  /* Each jump changes what holds, once. */
  g_assert_cmpuint (n_events, <=, 20);
  g_assert_cmpuint (n_told, <=, n_events);

  /* A clock that runs on as it should says nothing. */
  n_events = 0;
  for (guint i = 0; i < 20; i++)
    {
      move_clock (fixture, G_TIME_SPAN_MINUTE);
      n_events += check (fixture, &is_firing) + claim (fixture);
    }
  g_assert_cmpuint (n_events, ==, 0);
}

static void
test_interval (QueryFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr(CptRecord) record = create_alert (fixture, "above", "month", 1);
  gboolean is_firing = FALSE;

  cpt_record_set_text (record, "interval", "hour");
  query_fixture_create (fixture, record, NULL);
  g_assert_cmpuint (check (fixture, &is_firing), ==, 0);
  add_deals (fixture, today (fixture), 2);
  move_clock (fixture, 59 * G_TIME_SPAN_MINUTE);
  g_assert_cmpuint (check (fixture, &is_firing), ==, 0);
  move_clock (fixture, G_TIME_SPAN_MINUTE);
  g_assert_cmpuint (check (fixture, &is_firing), ==, 1);
}

/* Two connections find the same: one stores it, both tell the same person once. */
static void
test_two (QueryFixture  *fixture,
          gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_strdup (cpt_database_get_path (fixture->database));
  const CptDatabaseConfig config = { .clock = fixture->clock };
  CptDatabase *other = cpt_database_open (path, CPT_OPEN_WRITE, &config, &error);
  g_autoptr(GPtrArray) events = NULL;
  gboolean is_firing = FALSE;

  g_assert_no_error (error);
  add_deals (fixture, today (fixture), 2);
  add_alert (fixture, "above", "month", 1);
  g_assert_cmpuint (check (fixture, &is_firing), ==, 1);
  events = cpt_alerts_check (other, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 0);
  cpt_database_close (other);
}

/* What can't be asked is said, begins nothing and ends nothing. */
static void
test_failed (QueryFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(CptRecord) record = create_alert (fixture, "above", "month", 1);
  g_autoptr(CptRecord) stored = NULL;
  g_autoptr(GError) error = NULL;
  const char *field = NULL;
  gboolean is_firing = FALSE;

  cpt_record_set_text (record, "metric", "what_is_gone");
  query_fixture_create (fixture, record, NULL);
  g_assert_cmpuint (check (fixture, &is_firing), ==, 0);
  stored = load (fixture, &record->id);
  g_assert_cmpstr (cpt_record_get_text (stored, "state"), ==, "failed");
  g_assert_nonnull (cpt_record_get_text (stored, "problem"));

  g_assert_false (cpt_alert_check_record (fixture->database, record, &field, &error));
  g_assert_cmpstr (field, ==, "metric");
  g_clear_error (&error);
  cpt_record_set_text (record, "metric", "deals_opened");
  cpt_record_set_text (record, "kind", "falls");
  cpt_record_set_text (record, "period", "all");
  g_assert_false (cpt_alert_check_record (fixture->database, record, &field, &error));
  g_assert_cmpstr (field, ==, "period");
  g_clear_error (&error);
  cpt_record_set_text (record, "period", "month");
  cpt_record_set_text (record, "condition", "{\"field\":\"nothing\",\"op\":\"is\",\"value\":1}");
  g_assert_false (cpt_alert_check_record (fixture->database, record, &field, &error));
  g_assert_cmpstr (field, ==, "condition");
  g_clear_error (&error);
  cpt_record_set_null (record, "condition");
  cpt_record_set_null (record, "threshold");
  g_assert_false (cpt_alert_check_record (fixture->database, record, &field, &error));
  g_assert_cmpstr (field, ==, "threshold");
}

static void
test_sentence (QueryFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr(CptRecord) record = create_alert (fixture, "above", "month", 1234.5);
  g_autofree char *above = NULL;
  g_autofree char *falls = NULL;
  g_autofree char *missing = NULL;

  cpt_record_set_text (record, "metric", "revenue_won");
  above = cpt_alert_describe (fixture->database, record);
  g_assert_cmpstr (above, ==, "Revenue won, this month: above €1,234.50");
  cpt_record_set_text (record, "kind", "falls");
  cpt_record_set_integer (record, "threshold", 1000);
  falls = cpt_alert_describe (fixture->database, record);
  g_assert_cmpstr (falls, ==, "Revenue won, this month: more than 10% down on the period before");
  cpt_record_set_text (record, "kind", "missing");
  cpt_record_set_integer (record, "days", 3);
  missing = cpt_alert_describe (fixture->database, record);
  g_assert_cmpstr (missing, ==, "Revenue won: nothing for 3 days");
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add (name, QueryFixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("/alert/compares-in-five-ways", test_kinds);
  ADD ("/alert/begins-once-and-ends-once", test_edges);
  ADD ("/alert/stands-a-clock-that-jumps", test_clock);
  ADD ("/alert/waits-for-its-hour", test_interval);
  ADD ("/alert/is-stored-by-one-of-two", test_two);
  ADD ("/alert/says-what-is-wrong-with-it", test_failed);
  ADD ("/alert/says-what-it-asks-for", test_sentence);

  return g_test_run ();
}
