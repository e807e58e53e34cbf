/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Timetables: vectors where the clocks change, limits, and what is refused. */

#include "config.h"

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-timetable.h"

static CptTimetable *
parse (const char  *text,
       GError     **error)
{
  g_autoptr(JsonNode) node = cpt_json_parse (text, -1, NULL);

  g_assert_nonnull (node);

  return cpt_timetable_parse (json_node_get_object (node), error);
}

static gint64
instant (const char *text)
{
  gint64 result;

  g_assert_true (cpt_instant_parse_iso (text, NULL, &result));

  return result;
}

/* What is planned already: instants in their order */
static guint64
count_cb (gpointer data,
          gint64   from,
          gint64   to)
{
  const GArray *instants = data;
  guint64 count = 0;

  for (guint i = 0; i < instants->len; i++)
    count += g_array_index (instants, gint64, i) >= from && g_array_index (instants, gint64, i) < to;

  return count;
}

static gboolean
find_last_cb (gpointer  data,
              gint64    from,
              gint64    to,
              gint64   *last)
{
  const GArray *instants = data;
  gboolean is_found = FALSE;

  for (guint i = 0; i < instants->len; i++)
    {
      gint64 other = g_array_index (instants, gint64, i);

      if (other >= from && other < to && (!is_found || other > *last))
        {
          *last = other;
          is_found = TRUE;
        }
    }

  return is_found;
}

static char *
find (const char *timetable,
      const char *zone_name,
      const char *from,
      GArray     *planned,
      guint      *holds)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptTimetable) self = parse (timetable, &error);
  CptTimetableUse use = { .count = count_cb, .find_last = find_last_cb, .data = planned };
  guint ignored;
  gint64 next;

  g_assert_no_error (error);
  g_assert_nonnull (zone);
  if (!cpt_timetable_find_next (self, zone, instant (from), planned != NULL ? &use : NULL, &next,
                                holds != NULL ? holds : &ignored, &error))
    {
      g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
      return g_strdup ("never");
    }
  if (planned != NULL)
    g_array_append_val (planned, next);

  return cpt_instant_format_iso (next);
}

#define EVERY_DAY "{\"windows\":[{\"days\":[1,2,3,4,5,6,7],"

static const struct
{
  const char *timetable;
  const char *zone;
  const char *from;
  const char *next;
} vectors[] = {
  /* In the window, before it, at its end, over noon, over the weekend */
  { "{\"windows\":[{\"days\":[1,2,3,4,5],\"from\":\"09:00\",\"to\":\"12:00\"},"
    "{\"days\":[1,2,3,4,5],\"from\":\"14:00\",\"to\":\"17:00\"}]}",
    "Europe/Paris", "2026-11-20T08:30:00Z", "2026-11-20T08:30:00Z" },
  { "{\"windows\":[{\"days\":[1,2,3,4,5],\"from\":\"09:00\",\"to\":\"12:00\"},"
    "{\"days\":[1,2,3,4,5],\"from\":\"14:00\",\"to\":\"17:00\"}]}",
    "Europe/Paris", "2026-11-20T11:00:00Z", "2026-11-20T13:00:00Z" },
  { "{\"windows\":[{\"days\":[1,2,3,4,5],\"from\":\"09:00\",\"to\":\"12:00\"},"
    "{\"days\":[1,2,3,4,5],\"from\":\"14:00\",\"to\":\"17:00\"}]}",
    "Europe/Paris", "2026-11-20T16:00:00Z", "2026-11-23T08:00:00Z" },
  /* Over midnight: Saturday's window goes on on Sunday */
  { "{\"windows\":[{\"days\":[6],\"from\":\"22:00\",\"to\":\"06:00\"}]}", "Europe/Paris", "2026-11-22T04:59:59Z", "2026-11-22T04:59:59Z" },
  { "{\"windows\":[{\"days\":[6],\"from\":\"22:00\",\"to\":\"06:00\"}]}", "Europe/Paris", "2026-11-22T05:00:00Z", "2026-11-28T21:00:00Z" },
  /* The hour that is there twice: 02:00 to 03:00 takes two */
  { EVERY_DAY "\"from\":\"02:00\",\"to\":\"03:00\"}]}", "Europe/Paris", "2026-10-24T12:00:00Z", "2026-10-25T00:00:00Z" },
  { EVERY_DAY "\"from\":\"02:00\",\"to\":\"03:00\"}]}", "Europe/Paris", "2026-10-25T01:59:59Z", "2026-10-25T01:59:59Z" },
  { EVERY_DAY "\"from\":\"02:00\",\"to\":\"03:00\"}]}", "Europe/Paris", "2026-10-25T02:00:00Z", "2026-10-26T01:00:00Z" },
  { EVERY_DAY "\"from\":\"02:30\",\"to\":\"04:00\"}]}", "Europe/Paris", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z" },
  { EVERY_DAY "\"from\":\"01:00\",\"to\":\"02:30\"}]}", "Europe/Paris", "2026-10-25T01:29:59Z", "2026-10-25T01:29:59Z" },
  { EVERY_DAY "\"from\":\"01:00\",\"to\":\"02:30\"}]}", "Europe/Paris", "2026-10-25T01:30:00Z", "2026-10-26T00:00:00Z" },
  { EVERY_DAY "\"from\":\"09:00\",\"to\":\"17:30\"}]}", "Europe/Paris", "2026-10-25T00:00:00Z", "2026-10-25T08:00:00Z" },
  /* The hour that is left out: a window inside is not there, one around it is shorter */
  { EVERY_DAY "\"from\":\"02:00\",\"to\":\"03:00\"}]}", "Europe/Paris", "2027-03-27T12:00:00Z", "2027-03-29T00:00:00Z" },
  { EVERY_DAY "\"from\":\"01:30\",\"to\":\"03:30\"}]}", "Europe/Paris", "2027-03-28T01:29:59Z", "2027-03-28T01:29:59Z" },
  { EVERY_DAY "\"from\":\"01:30\",\"to\":\"03:30\"}]}", "Europe/Paris", "2027-03-28T01:30:00Z", "2027-03-28T23:30:00Z" },
  { EVERY_DAY "\"from\":\"02:30\",\"to\":\"04:00\"}]}", "Europe/Paris", "2027-03-28T00:00:00Z", "2027-03-28T01:00:00Z" },
  /* A day that a zone left out: 30 December 2011, a Friday */
  { "{\"windows\":[{\"days\":[5],\"from\":\"09:00\",\"to\":\"10:00\"}]}", "Pacific/Apia", "2011-12-29T12:00:00Z", "2012-01-05T19:00:00Z" },
  /* Public holidays, own days off, at any time of other days */
  { "{\"holidays\":\"FR\"}", "Europe/Paris", "2026-12-24T23:30:00Z", "2026-12-25T23:00:00Z" },
  { "{\"holidays\":\"FR\",\"days_off\":[{\"from\":\"2026-12-26\",\"to\":\"2026-12-31\"}]}",
    "Europe/Paris", "2026-12-24T23:00:00Z", "2027-01-01T23:00:00Z" },
  { "{\"days_off\":[{\"from\":\"2026-12-24\"}]}", "America/New_York", "2026-12-24T05:00:00Z", "2026-12-25T05:00:00Z" },
  /* Nothing at all */
  { "{}", "Asia/Kolkata", "2026-11-22T17:00:00Z", "2026-11-22T17:00:00Z" },
  { "{\"days_off\":[{\"from\":\"2020-01-01\",\"to\":\"2099-12-31\"}]}", "Europe/Paris", "2026-11-22T17:00:00Z", "never" },
  { "{\"per_day\":0}", "Europe/Paris", "2026-11-22T17:00:00Z", "never" },
  { "{\"per_window\":0}", "Europe/Paris", "2026-11-22T17:00:00Z", "never" },
};

static void
test_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *next = find (vectors[i].timetable, vectors[i].zone, vectors[i].from, NULL, NULL);

      g_test_message ("%s from %s in %s", vectors[i].timetable, vectors[i].from, vectors[i].zone);
      g_assert_cmpstr (next, ==, vectors[i].next);
    }
}

/* Three in a window, five a day, a quarter of an hour between two */
static void
test_limits (void)
{
  static const char *const expected[] = { "2026-11-23T08:00:00Z", "2026-11-23T08:15:00Z", "2026-11-23T08:30:00Z",
                                          "2026-11-23T13:00:00Z", "2026-11-23T13:15:00Z", "2026-11-24T08:00:00Z" };
  const char *timetable = "{\"windows\":[{\"days\":[1,2],\"from\":\"09:00\",\"to\":\"12:00\"},"
                          "{\"days\":[1,2],\"from\":\"14:00\",\"to\":\"17:00\"}],"
                          "\"per_window\":3,\"per_day\":5,\"spacing\":900}";
  g_autoptr(GArray) planned = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *next = find (timetable, "Europe/Paris", "2026-11-23T06:00:00Z", planned, NULL);

      g_assert_cmpstr (next, ==, expected[i]);
    }
}

static void
test_holds (void)
{
  const char *timetable = "{\"windows\":[{\"days\":[1,2,3,4,5,6,7],\"from\":\"09:00\",\"to\":\"10:00\"}],\"holidays\":\"FR\","
                          "\"per_window\":2,\"spacing\":60}";
  g_autoptr(GArray) planned = g_array_new (FALSE, FALSE, sizeof (gint64));
  static const struct
  {
    const char *from;
    guint holds;
  } cases[] = {
    { "2026-11-23T08:30:00Z", 0 },
    { "2026-11-23T08:30:00Z", CPT_HOLD_SPACING },
    { "2026-11-23T08:30:00Z", CPT_HOLD_WINDOW_FULL },
    { "2026-11-23T20:00:00Z", CPT_HOLD_WINDOW | CPT_HOLD_SPACING },
    { "2026-12-25T08:30:00Z", CPT_HOLD_DAY_OFF },
    { "2026-12-24T20:00:00Z", CPT_HOLD_DAY_OFF | CPT_HOLD_SPACING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint holds = G_MAXUINT;
      g_autofree char *next = find (timetable, "Europe/Paris", cases[i].from, planned, &holds);

      g_assert_cmpstr (next, !=, "never");
      g_assert_cmphex (holds, ==, cases[i].holds);
    }
}

/* What is read is written, whole and in one order; what is written is read as the same */
static void
test_json (void)
{
  const char *text = "{\"windows\":[{\"days\":[7,1],\"from\":\"22:00\",\"to\":\"06:00\"},{\"days\":[3],\"from\":\"00:00\",\"to\":\"24:00\"}],"
                     "\"days_off\":[{\"from\":\"2027-01-02\"},{\"from\":\"2026-12-24\",\"to\":\"2026-12-31\"}],"
                     "\"holidays\":\"FR\",\"per_window\":20,\"per_day\":0,\"spacing\":90}";
  const char *canonical = "{\"days_off\":[{\"from\":\"2026-12-24\",\"to\":\"2026-12-31\"},{\"from\":\"2027-01-02\",\"to\":\"2027-01-02\"}],"
                          "\"holidays\":\"FR\",\"per_day\":0,\"per_window\":20,\"spacing\":90,"
                          "\"windows\":[{\"days\":[1],\"from\":\"22:00\",\"to\":\"06:00\"},{\"days\":[3],\"from\":\"00:00\",\"to\":\"24:00\"},"
                          "{\"days\":[7],\"from\":\"22:00\",\"to\":\"06:00\"}]}";

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(CptTimetable) self = parse (i == 0 ? text : canonical, NULL);
      g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
      g_autofree char *written = NULL;

      json_node_take_object (node, cpt_timetable_to_json (self));
      written = cpt_json_format_canonical (node);
      g_assert_cmpstr (written, ==, canonical);
    }
}

static const struct
{
  const char *timetable;
  CptError code;
} refused[] = {
  { "{\"windows\":{}}", CPT_ERROR_PARSE },
  { "{\"windows\":[1]}", CPT_ERROR_PARSE },
  { "{\"windows\":[{\"days\":[1]}]}", CPT_ERROR_PARSE },
  { "{\"windows\":[{\"days\":[],\"from\":\"09:00\",\"to\":\"10:00\"}]}", CPT_ERROR_PARSE },
  { "{\"windows\":[{\"from\":\"09:00\",\"to\":\"10:00\"}]}", CPT_ERROR_PARSE },
  { "{\"windows\":[{\"days\":[0],\"from\":\"09:00\",\"to\":\"10:00\"}]}", CPT_ERROR_PARSE },
  { "{\"windows\":[{\"days\":[\"1\"],\"from\":\"09:00\",\"to\":\"10:00\"}]}", CPT_ERROR_PARSE },
  { "{\"windows\":[{\"days\":[1],\"from\":\"9:00\",\"to\":\"10:00\"}]}", CPT_ERROR_PARSE },
  { "{\"windows\":[{\"days\":[1],\"from\":\"09:60\",\"to\":\"10:00\"}]}", CPT_ERROR_PARSE },
  { "{\"windows\":[{\"days\":[1],\"from\":\"09:00\",\"to\":\"24:01\"}]}", CPT_ERROR_PARSE },
  { "{\"windows\":[{\"days\":[1],\"from\":\"09:00\",\"to\":\"09:00\"}]}", CPT_ERROR_INVALID },
  { "{\"windows\":[{\"days\":[1],\"from\":\"24:00\",\"to\":\"09:00\"}]}", CPT_ERROR_INVALID },
  { "{\"windows\":[{\"days\":[1,1],\"from\":\"09:00\",\"to\":\"10:00\"}]}", CPT_ERROR_INVALID },
  { "{\"windows\":[{\"days\":[7],\"from\":\"22:00\",\"to\":\"06:00\"},{\"days\":[1],\"from\":\"05:59\",\"to\":\"10:00\"}]}", CPT_ERROR_INVALID },
  { "{\"days_off\":[{}]}", CPT_ERROR_PARSE },
  { "{\"days_off\":[{\"from\":\"2026-12-24\",\"to\":\"2026-12-23\"}]}", CPT_ERROR_PARSE },
  { "{\"per_day\":-2}", CPT_ERROR_PARSE },
  { "{\"per_day\":1000001}", CPT_ERROR_PARSE },
  { "{\"spacing\":\"1\"}", CPT_ERROR_PARSE },
  { "{\"holidays\":1}", CPT_ERROR_PARSE },
};

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", refused[i].timetable);
      g_assert_null (parse (refused[i].timetable, &error));
      g_assert_error (error, CPT_ERROR, (int) refused[i].code);
    }
}

#define WORK                                                                  \
  "{\"windows\":[{\"days\":[1,2,3,4,5],\"from\":\"09:00\",\"to\":\"12:00\"}," \
  "{\"days\":[1,2,3,4,5],\"from\":\"14:00\",\"to\":\"18:00\"}],\"holidays\":\"FR\"}"

/* In Paris; 11 November 2026 is a holiday, a Wednesday */
static void
test_time_passes (void)
{
  static const struct
  {
    const char *timetable;
    const char *from;
    gint64 minutes;
    const char *reached;
  } sums[] = {
    { WORK, "2026-11-20T08:30:00Z", 0, "2026-11-20T08:30:00Z" },
    { WORK, "2026-11-20T08:30:00Z", 60, "2026-11-20T09:30:00Z" },
    { WORK, "2026-11-20T08:30:00Z", 150, "2026-11-20T11:00:00Z" },
    { WORK, "2026-11-20T08:30:00Z", 180, "2026-11-20T13:30:00Z" },
    { WORK, "2026-11-20T16:30:00Z", 120, "2026-11-23T09:30:00Z" },
    { WORK, "2026-11-21T16:30:00Z", 0, "2026-11-23T08:00:00Z" },
    { WORK, "2026-11-10T16:00:00Z", 120, "2026-11-12T09:00:00Z" },
    { "{}", "2026-11-20T16:30:00Z", 2880, "2026-11-22T16:30:00Z" },
    /* A window over midnight counts for the day on which it begins; the night in which the clocks go back is longer */
    { "{\"windows\":[{\"days\":[6],\"from\":\"22:00\",\"to\":\"06:00\"}]}", "2026-11-21T22:00:00Z", 480, "2026-11-28T22:00:00Z" },
    { "{\"windows\":[{\"days\":[6],\"from\":\"22:00\",\"to\":\"06:00\"}]}", "2026-10-24T20:00:00Z", 540, "2026-10-25T05:00:00Z" },
  };
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");

  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      g_autoptr(CptTimetable) self = parse (sums[i].timetable, NULL);
      g_autoptr(GError) error = NULL;
      g_autofree char *reached = NULL;
      gint64 result;

      cpt_timetable_add_time (self, zone, instant (sums[i].from), sums[i].minutes * G_TIME_SPAN_MINUTE, &result, &error);
      g_assert_no_error (error);
      reached = cpt_instant_format_iso (result);
      g_assert_cmpstr (reached, ==, sums[i].reached);
    }
}

static void
test_days_pass (void)
{
  static const struct
  {
    const char *from;
    gint64 n_days;
    const char *reached;
  } sums[] = {
    { "2026-11-20", 0, "2026-11-20" },
    { "2026-11-20", 1, "2026-11-23" },
    { "2026-11-21", 0, "2026-11-23" },
    { "2026-11-21", 1, "2026-11-23" },
    { "2026-11-09", 2, "2026-11-12" },
    { "2026-11-20", 10, "2026-12-04" },
  };
  g_autoptr(CptTimetable) work = parse (WORK, NULL);
  g_autoptr(CptTimetable) never = parse ("{\"windows\":[{\"days\":[1],\"from\":\"09:00\",\"to\":\"12:00\"}],"
                                         "\"days_off\":[{\"from\":\"2026-01-01\",\"to\":\"2030-01-01\"}]}",
                                         NULL);
  g_autoptr(GError) error = NULL;
  gint64 date, reached;

  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      g_autofree char *text = NULL;

      g_assert_true (cpt_date_parse (sums[i].from, CPT_DATE_ORDER_YMD, &date));
      cpt_timetable_add_days (work, date, sums[i].n_days, &reached, &error);
      g_assert_no_error (error);
      text = cpt_date_format_iso (reached);
      g_assert_cmpstr (text, ==, sums[i].reached);
    }

  g_assert_true (cpt_date_parse ("2026-11-20", CPT_DATE_ORDER_YMD, &date));
  g_assert_false (cpt_timetable_add_days (never, date, 1, &reached, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_false (cpt_timetable_add_time (never, NULL, instant ("2026-11-20T08:30:00Z"), 1, &reached, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timetable/finds-the-next-instant", test_vectors);
  g_test_add_func ("/timetable/keeps-its-limits", test_limits);
  g_test_add_func ("/timetable/says-what-it-was-put-off-by", test_holds);
  g_test_add_func ("/timetable/time-passes-in-windows", test_time_passes);
  g_test_add_func ("/timetable/days-pass-that-count", test_days_pass);
  g_test_add_func ("/timetable/is-written-as-it-is-read", test_json);
  g_test_add_func ("/timetable/refuses-what-is-none", test_refused);

  return g_test_run ();
}
