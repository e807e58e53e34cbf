/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Plans: what they say, and what always holds of what they spread, over random ones. */

#include "config.h"

#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-holiday.h"
#include "cpt-json.h"
#include "cpt-plan.h"

#define N_PLANS 120
#define MAX_SUBJECTS 60

static CptPlan *
parse (const char  *text,
       GError     **error)
{
  g_autoptr(JsonNode) node = cpt_json_parse (text, -1, NULL);

  g_assert_nonnull (node);

  return cpt_plan_parse (json_node_get_object (node), error);
}

static gint64
instant (const char *text)
{
  gint64 result;

  g_assert_true (cpt_instant_parse_iso (text, NULL, &result));

  return result;
}

static gint64
date (const char *text)
{
  gint64 result;

  g_assert_true (cpt_date_parse_iso (text, &result));

  return result;
}

static CptUuid
id (guint number)
{
  CptUuid uuid = { { 0 } };

  memcpy (&uuid, &number, sizeof number);

  return uuid;
}

/* Who they are: 1 and so on; owned by 1000 and so on, one after the other */
static GArray *
create_subjects (guint n,
                 guint n_owners)
{
  GArray *subjects = g_array_new (FALSE, FALSE, sizeof (CptPlanSubject));

  for (guint i = 0; i < n; i++)
    {
      CptPlanSubject subject = { id (i + 1), id (1000 + i % n_owners), CPT_PLAN_NO_DATE };

      g_array_append_val (subjects, subject);
    }

  return subjects;
}

static CptPlanAudience
get_audience (GArray *subjects,
              GArray *kept)
{
  CptPlanAudience audience = { (CptPlanSubject *) (gpointer) subjects->data, subjects->len, NULL, 0 };

  if (kept != NULL)
    {
      audience.kept = (CptPlanned *) (gpointer) kept->data;
      audience.n_kept = kept->len;
    }

  return audience;
}

static GArray *
spread (const CptPlan *plan,
        GTimeZone     *zone,
        gint64         now,
        GArray        *subjects,
        GArray        *kept,
        guint         *n_left)
{
  CptPlanAudience audience = get_audience (subjects, kept);
  g_autoptr(GError) error = NULL;
  GArray *planned = cpt_plan_spread (plan, zone, now, &audience, n_left, &error);

  g_assert_no_error (error);

  return planned;
}

static const CptPlanned *
get (GArray *planned,
     guint   index)
{
  g_assert_cmpuint (index, <, planned->len);

  return &g_array_index (planned, CptPlanned, index);
}

static void
assert_at (GArray     *planned,
           guint       index,
           guint       subject,
           const char *when)
{
  const CptUuid expected = id (subject);
  g_autofree char *text = cpt_instant_format_iso (get (planned, index)->instant);

  g_assert_cmpstr (text, ==, when);
  g_assert_true (cpt_uuid_equal (&get (planned, index)->subject, &expected));
}

/* ------------------------------------------------------------------- sentences */

#define CALLS                                                                           \
  "{\"period\":\"weeks\",\"quantity\":6,\"start\":\"2026-11-23\",\"weekdays\":[2,3,4]," \
  "\"windows\":[{\"from\":\"09:00\",\"to\":\"12:00\"},{\"from\":\"14:00\",\"to\":\"17:00\"}]}"

static void
test_calls_of_a_week (void)
{
  g_autoptr(CptPlan) plan = parse (CALLS, NULL);
  g_autoptr(GTimeZone) paris = g_time_zone_new_identifier ("Europe/Paris");
  g_autoptr(GArray) subjects = create_subjects (8, 1);
  guint n_left = 9;
  g_autoptr(GArray) planned = spread (plan, paris, instant ("2026-11-20T08:00:00Z"), subjects, NULL, &n_left);

  g_assert_cmpuint (planned->len, ==, 8);
  g_assert_cmpuint (n_left, ==, 0);
  assert_at (planned, 0, 1, "2026-11-24T08:00:00Z");
  assert_at (planned, 1, 2, "2026-11-24T13:00:00Z");
  assert_at (planned, 2, 3, "2026-11-25T08:00:00Z");
  assert_at (planned, 5, 6, "2026-11-26T13:00:00Z");
  assert_at (planned, 6, 7, "2026-12-01T08:00:00Z");
}

/* A week that has begun has the places that are left of it. */
static void
test_start_within_a_week (void)
{
  g_autoptr(CptPlan) plan = parse (CALLS, NULL);
  g_autoptr(GArray) subjects = create_subjects (5, 1);
  g_autoptr(GArray) planned = spread (plan, NULL, instant ("2026-11-25T10:00:00Z"), subjects, NULL, NULL);

  assert_at (planned, 0, 1, "2026-11-25T14:00:00Z");
  assert_at (planned, 1, 2, "2026-11-26T09:00:00Z");
  assert_at (planned, 3, 4, "2026-12-01T09:00:00Z");
}

static void
test_offsets (void)
{
  g_autoptr(CptPlan) plan = parse ("{\"offsets\":[3,7,14],\"weekdays\":[1,2,3,4,5],\"holidays\":\"FR\","
                                   "\"windows\":[{\"from\":\"09:00\",\"to\":\"17:00\"}]}",
                                   NULL);
  g_autoptr(GArray) subjects = create_subjects (2, 1);
  g_autoptr(GArray) planned = NULL;
  guint n_left = 0;

  /* Of a quote sent on 18 December: Monday, then Christmas is left out, then New Year */
  g_array_index (subjects, CptPlanSubject, 0).anchor = date ("2026-12-18");
  planned = spread (plan, NULL, instant ("2026-12-18T15:00:00Z"), subjects, NULL, &n_left);
  g_assert_cmpuint (planned->len, ==, 3);
  g_assert_cmpuint (n_left, ==, 3); /* nobody knows when: never is not now */
  assert_at (planned, 0, 1, "2026-12-21T09:00:00Z");
  assert_at (planned, 1, 1, "2026-12-28T09:00:00Z");
  assert_at (planned, 2, 1, "2027-01-04T09:00:00Z");
  g_assert_cmpuint (get (planned, 2)->step, ==, 2);
  g_clear_pointer (&planned, g_array_unref);

  /* Ten days later the first is over: it is not made up for. */
  planned = spread (plan, NULL, instant ("2026-12-28T08:00:00Z"), subjects, NULL, &n_left);
  g_assert_cmpuint (planned->len, ==, 2);
  g_assert_cmpuint (n_left, ==, 4);
  assert_at (planned, 0, 1, "2026-12-28T09:00:00Z");
}

static void
test_capacity_puts_off (void)
{
  g_autoptr(CptPlan) plan = parse ("{\"offsets\":[1],\"per_owner\":2,\"windows\":[{\"from\":\"09:00\",\"to\":\"11:00\"}]}", NULL);
  g_autoptr(GArray) subjects = create_subjects (5, 1);
  g_autoptr(GArray) planned = NULL;
  guint n_left = 0;

  for (guint i = 0; i < subjects->len; i++)
    g_array_index (subjects, CptPlanSubject, i).anchor = date ("2026-11-23");
  planned = spread (plan, NULL, instant ("2026-11-23T08:00:00Z"), subjects, NULL, &n_left);
  g_assert_cmpuint (n_left, ==, 0);
  assert_at (planned, 0, 1, "2026-11-24T09:00:00Z");
  assert_at (planned, 1, 2, "2026-11-24T10:00:00Z");
  assert_at (planned, 2, 3, "2026-11-25T09:00:00Z");
  assert_at (planned, 4, 5, "2026-11-26T09:00:00Z");
}

static void
test_months_and_days (void)
{
  g_autoptr(CptPlan) months = parse ("{\"period\":\"months\",\"quantity\":1,\"start\":\"2026-12-01\",\"until\":\"2027-02-28\"}", NULL);
  g_autoptr(CptPlan) days = parse ("{\"period\":\"days\",\"every\":10,\"start\":\"2026-11-24\"}", NULL);
  g_autoptr(GArray) subjects = create_subjects (4, 1);
  guint n_left = 0;
  g_autoptr(GArray) monthly = spread (months, NULL, instant ("2026-11-20T00:00:00Z"), subjects, NULL, &n_left);
  g_autoptr(GArray) daily = spread (days, NULL, instant ("2026-11-20T00:00:00Z"), subjects, NULL, NULL);

  g_assert_cmpuint (monthly->len, ==, 3);
  g_assert_cmpuint (n_left, ==, 1);
  assert_at (monthly, 0, 1, "2026-12-01T00:00:00Z");
  assert_at (monthly, 2, 3, "2027-02-01T00:00:00Z");
  assert_at (daily, 0, 1, "2026-11-24T00:00:00Z");
  assert_at (daily, 3, 4, "2026-12-24T00:00:00Z");
}

static void
test_refuses (void)
{
  static const char *const texts[] = {
    "{\"period\":\"moons\"}",
    "{\"quantity\":0}",
    "{\"quantity\":1001}",
    "{\"quantity\":\"many\"}",
    "{\"period\":\"days\",\"every\":0}",
    "{\"offsets\":[3,3]}",
    "{\"offsets\":[99999]}",
    "{\"offsets\":[[]]}",
    "{\"start\":\"tomorrow\"}",
    "{\"per_owner\":0}",
    "{\"weekdays\":[8]}",
    "{\"windows\":[3]}",
    "{\"windows\":[{\"from\":\"12:00\",\"to\":\"12:00\"}]}",
    "{\"windows\":[{\"from\":\"09:00\",\"to\":\"12:00\"},{\"from\":\"11:00\",\"to\":\"13:00\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CptPlan) plan = parse (texts[i], &error);

      g_assert_null (plan);
      g_assert_true (error != NULL && error->domain == CPT_ERROR);
    }
}

static void
test_no_time_is_an_error (void)
{
  g_autoptr(CptPlan) plan = parse ("{\"days_off\":[{\"from\":\"2026-01-01\",\"to\":\"2030-01-01\"}]}", NULL);
  g_autoptr(GArray) subjects = create_subjects (1, 1);
  CptPlanAudience audience = get_audience (subjects, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (cpt_plan_spread (plan, NULL, instant ("2026-11-23T08:00:00Z"), &audience, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
}

/* ------------------------------------------------------------ what always holds */

typedef struct
{
  GRand *random;
  GTimeZone *zone;
  int windows[2][2]; /* minutes */
  gboolean weekdays[7];
  guint quantity;
  guint per_owner;
  gboolean has_offsets;
  gint64 now;
} Case;

static char *
create_plan (Case *self)
{
  g_autoptr(GString) json = g_string_new ("{\"holidays\":\"FR\",\"start\":\"2026-03-02\",\"windows\":[");
  gboolean is_first = TRUE;

  self->windows[0][0] = g_rand_int_range (self->random, 0, 300);
  self->windows[0][1] = self->windows[0][0] + g_rand_int_range (self->random, 20, 300);
  self->windows[1][0] = self->windows[0][1] + g_rand_int_range (self->random, 0, 300);
  self->windows[1][1] = self->windows[1][0] + g_rand_int_range (self->random, 20, 300);
  self->quantity = (guint) g_rand_int_range (self->random, 1, 40);
  self->per_owner = (guint) g_rand_int_range (self->random, 1, 6);
  self->has_offsets = g_rand_boolean (self->random);
  for (guint i = 0; i < 2; i++)
    g_string_append_printf (json, "%s{\"from\":\"%02d:%02d\",\"to\":\"%02d:%02d\"}", i > 0 ? "," : "", self->windows[i][0] / 60,
                            self->windows[i][0] % 60, self->windows[i][1] / 60, self->windows[i][1] % 60);
  g_string_append (json, "],\"weekdays\":[");
  for (int i = 0; i < 7; i++)
    {
      self->weekdays[i] = i == 2 || g_rand_boolean (self->random);
      if (self->weekdays[i])
        g_string_append_printf (json, "%s%d", is_first ? "" : ",", i + 1);
      is_first = is_first && !self->weekdays[i];
    }
  g_string_append_printf (json, "],\"period\":\"%s\",\"quantity\":%u,\"per_owner\":%u%s}",
                          g_rand_boolean (self->random) ? "weeks" : "days", self->quantity, self->per_owner,
                          self->has_offsets ? ",\"offsets\":[0,3,9]" : "");

  return g_string_free (g_steal_pointer (&json), FALSE);
}

/* In an hour that the clocks show twice a window holds both, and what is between them. */
static gboolean
is_in_window (const Case *self,
              const int  *window,
              gint64      at)
{
  gint64 day = cpt_instant_get_date (at, self->zone);

  return at >= cpt_instant_from_local (day, window[0], self->zone, CPT_LOCAL_FIRST) &&
         at < cpt_instant_from_local (day, window[1], self->zone, CPT_LOCAL_LAST);
}

/* By the clocks of GDateTime, which are not those that the plan asked */
static void
assert_in_window (const Case *self,
                  gint64      at)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = g_date_time_to_timezone (utc, self->zone);
  g_autoptr(GDateTime) earlier = g_date_time_add_hours (local, -2);
  int minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);

  g_assert_true (self->weekdays[g_date_time_get_day_of_week (local) - 1]);
  g_assert_null (cpt_holiday_get_name ("FR", cpt_instant_get_date (at, self->zone)));
  g_assert_true (is_in_window (self, self->windows[0], at) || is_in_window (self, self->windows[1], at));
  if (g_date_time_get_utc_offset (earlier) == g_date_time_get_utc_offset (local))
    g_assert_true ((minute >= self->windows[0][0] && minute < self->windows[0][1]) ||
                   (minute >= self->windows[1][0] && minute < self->windows[1][1]));
}

static void
assert_capacity (const Case *self,
                 GArray     *planned)
{
  for (guint i = 0; i < planned->len; i++)
    {
      gint64 day = cpt_instant_get_date (get (planned, i)->instant, self->zone);
      guint n = 0;

      for (guint k = 0; k < planned->len; k++)
        n += cpt_uuid_equal (&get (planned, k)->owner, &get (planned, i)->owner) &&
             cpt_instant_get_date (get (planned, k)->instant, self->zone) == day;
      g_assert_cmpuint (n, <=, self->per_owner);
    }
}

/* Of those of one owner, who comes first in the audience comes first. */
static void
assert_order (GArray *planned)
{
  for (guint i = 0; i < planned->len; i++)
    {
      if (i > 0)
        g_assert_cmpint (get (planned, i)->instant, >, get (planned, i - 1)->instant);
      for (guint k = i + 1; k < planned->len; k++)
        if (cpt_uuid_equal (&get (planned, k)->owner, &get (planned, i)->owner))
          g_assert_cmpint (memcmp (&get (planned, i)->subject, &get (planned, k)->subject, sizeof (guint8)), <, 0);
    }
}

/* No day has two more than another one, where nobody's capacity puts any off */
static void
assert_even (const Case *self,
             GArray     *planned)
{
  guint counts[7] = { 0 };
  gint64 monday = date ("2026-03-02");
  guint least = G_MAXUINT, most = 0;

  for (guint i = 0; i < planned->len; i++)
    {
      gint64 day = cpt_instant_get_date (get (planned, i)->instant, self->zone) - monday;

      if (day < 7)
        counts[day]++;
    }
  for (guint i = 0; i < 7; i++)
    if (self->weekdays[i])
      {
        least = MIN (least, counts[i]);
        most = MAX (most, counts[i]);
      }
  g_assert_cmpuint (most - least, <=, 1);
}

/* What lies behind @now stays, and the rest is the same when it is asked for again. */
static void
assert_stable (const Case    *self,
               const CptPlan *plan,
               GArray        *subjects,
               GArray        *planned)
{
  guint n_past = planned->len > 0 ? (guint) g_rand_int_range (self->random, 0, (gint32) planned->len) : 0;
  gint64 now = n_past > 0 ? get (planned, n_past - 1)->instant + 1 : self->now;
  g_autoptr(GArray) kept = g_array_new (FALSE, FALSE, sizeof (CptPlanned));
  g_autoptr(GArray) again = NULL;

  g_array_append_vals (kept, planned->data, n_past);
  again = spread (plan, self->zone, now, subjects, kept, NULL);
  g_assert_cmpuint (again->len, ==, planned->len - n_past);
  for (guint i = 0; i < again->len; i++)
    {
      const CptPlanned *one = get (again, i);
      const CptPlanned *other = get (planned, n_past + i);

      g_assert_true (cpt_uuid_equal (&one->subject, &other->subject));
      g_assert_true (cpt_uuid_equal (&one->owner, &other->owner));
      g_assert_cmpuint (one->step, ==, other->step);
      g_assert_cmpint (one->instant, ==, other->instant);
    }
}

static void
test_always (gconstpointer data)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (data);
  g_autoptr(GRand) random = g_rand_new_with_seed (20261123);
  Case self = { .random = random, .zone = zone, .now = cpt_instant_from_date (date ("2026-03-01"), zone) };

  for (guint n = 0; n < N_PLANS; n++)
    {
      g_autofree char *json = create_plan (&self);
      g_autoptr(GError) error = NULL;
      g_autoptr(CptPlan) plan = parse (json, &error);
      guint n_subjects = (guint) g_rand_int_range (random, 0, MAX_SUBJECTS);
      g_autoptr(GArray) subjects = create_subjects (n_subjects, 3);
      g_autoptr(GArray) planned = NULL;

      g_assert_no_error (error);
      for (guint i = 0; i < n_subjects; i++)
        g_array_index (subjects, CptPlanSubject, i).anchor = date ("2026-03-02") + g_rand_int_range (random, 0, 40);
      planned = spread (plan, zone, self.now, subjects, NULL, NULL);
      g_assert_cmpuint (planned->len, ==, n_subjects * cpt_plan_get_n_steps (plan));
      for (guint i = 0; i < planned->len; i++)
        assert_in_window (&self, get (planned, i)->instant);
      assert_capacity (&self, planned);
      if (!self.has_offsets)
        assert_order (planned);
      assert_stable (&self, plan, subjects, planned);
    }
}

static void
test_even (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (7);
  Case self = { .random = random, .now = date ("2026-03-01") * 24 * 3600 * G_USEC_PER_SEC };

  for (guint n = 0; n < N_PLANS; n++)
    {
      g_autofree char *json = create_plan (&self);
      g_autoptr(JsonNode) node = cpt_json_parse (json, -1, NULL);
      g_autoptr(CptPlan) plan = NULL;
      g_autoptr(GArray) subjects = create_subjects (self.quantity, 1);
      g_autoptr(GArray) planned = NULL;

      json_object_set_string_member (json_node_get_object (node), "period", "weeks");
      json_object_remove_member (json_node_get_object (node), "per_owner");
      json_object_remove_member (json_node_get_object (node), "offsets");
      plan = cpt_plan_parse (json_node_get_object (node), NULL);
      planned = spread (plan, NULL, self.now, subjects, NULL, NULL);
      g_assert_cmpuint (planned->len, ==, self.quantity);
      assert_even (&self, planned);
    }
}

int
main (int   argc,
      char *argv[])
{
  static const char *const zones[] = { "UTC", "Europe/Paris", "America/St_Johns", "Australia/Lord_Howe" };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plan/spreads-the-calls-of-a-week", test_calls_of_a_week);
  g_test_add_func ("/plan/begins-within-a-week", test_start_within_a_week);
  g_test_add_func ("/plan/counts-days-from-a-date", test_offsets);
  g_test_add_func ("/plan/puts-off-what-an-owner-cannot-do", test_capacity_puts_off);
  g_test_add_func ("/plan/knows-months-and-days", test_months_and_days);
  g_test_add_func ("/plan/refuses-what-is-none", test_refuses);
  g_test_add_func ("/plan/says-that-there-is-no-time", test_no_time_is_an_error);
  g_test_add_func ("/plan/spreads-evenly", test_even);
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plan/always/%s", zones[i]);

      g_test_add_data_func (path, zones[i], test_always);
    }

  return g_test_run ();
}
