/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers that are made of groups are what SQL makes of them by hand, and never
 * of some of the groups only. */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "cpt-aggregate-private.h"
#include "cpt-metric.h"
#include "cpt-statement.h"
#include "query-fixture.h"

#define MONTH "{\"field\":\"opened_on\",\"bucket\":\"month\"}"
#define MONTH_SQL "date(opened_on*86400,'unixepoch','start of month')"

static CptAggregateResult *
ask (QueryFixture *fixture,
     const char   *question)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = cpt_json_parse (question, -1, &error);
  g_autoptr(CptAggregateSpec) spec = NULL;
  CptAggregateResult *result;

  g_assert_no_error (error);
  spec = cpt_metric_create_spec (fixture->database, node, &error);
  if (spec == NULL)
    g_error ("%s: %s", question, error->message);
  result = cpt_aggregate_run (fixture->database, spec, &error);
  g_assert_no_error (error);

  return result;
}

static double
get_number (CptAggregateResult *result,
            guint               row,
            guint               measure)
{
  return cpt_aggregate_result_get_measure (result, row, measure)->number;
}

/* Each way of putting numbers together, of counts by source and month */
static void
test_agrees_with_sql (void)
{
  static const struct
  {
    const char *agg;
    const char *sql;
  } cases[] = {
    { "avg", "avg(n)" },
    { "sum", "sum(n)" },
    { "min", "min(n)" },
    { "max", "max(n)" },
    { "count", "count(*)" },
    { "median", "(SELECT avg(n) FROM (SELECT n FROM g ORDER BY n LIMIT 2-(SELECT count(*) FROM g)%2 "
                "OFFSET (SELECT (count(*)-1)/2 FROM g)))" },
  };
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 5, 300);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *question = g_strdup_printf ("{\"source\":\"deal\",\"each\":{\"dimensions\":[{\"field\":\"source\"}," MONTH "],"
                                                   "\"agg\":\"%s\"}}",
                                                   cases[i].agg);
      g_autofree char *sql = g_strdup_printf ("WITH g AS (SELECT count(*) AS n FROM deal GROUP BY source," MONTH_SQL ") SELECT %s FROM g",
                                              cases[i].sql);
      g_autoptr(CptAggregateResult) result = ask (&fixture, question);

      g_assert_cmpuint (cpt_aggregate_result_get_n_rows (result), ==, 1);
      g_assert_cmpfloat_with_epsilon (get_number (result, 0, 0), query_fixture_select_number (&fixture, sql), 1e-9);
    }
  query_fixture_tear_down (&fixture);
}

/* How many groups are large enough, for each value of another field; order, limit and what is asked of them
 * are about these numbers */
static void
test_rows (void)
{
  QueryFixture fixture;
  g_autoptr(CptAggregateResult) large = NULL;
  g_autoptr(CptAggregateResult) first = NULL;
  g_autoptr(CptAggregateResult) some = NULL;
  g_autoptr(CptAggregateResult) shares = NULL;
  g_autoptr(CptAggregateResult) running = NULL;
  double all;

  query_fixture_set_up (&fixture, 6, 400);
  large = ask (&fixture, "{\"source\":\"deal\",\"each\":{\"dimensions\":[" MONTH "],\"agg\":\"count\","
                         "\"having\":[{\"op\":\"greater\",\"value\":2}]},\"dimensions\":[{\"field\":\"source\"}]}");
  for (guint i = 0; i < cpt_aggregate_result_get_n_rows (large); i++)
    {
      const CptValue *key = cpt_aggregate_result_get_key (large, i, 0);
      g_autofree char *where = cpt_value_is_null (key) ? g_strdup ("IS NULL") : g_strdup_printf ("='%s'", key->text);
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM (SELECT count(*) FROM deal WHERE source %s GROUP BY " MONTH_SQL
                                              " HAVING count(*) > 2)",
                                              where);

      g_assert_cmpfloat (get_number (large, i, 0), ==, query_fixture_select_number (&fixture, sql));
    }
  g_assert_cmpuint (cpt_aggregate_result_get_n_rows (large), >, 2);

#define BEST "{\"source\":\"deal\",\"each\":{\"dimensions\":[" MONTH "],\"agg\":\"max\"},\"dimensions\":[{\"field\":\"source\"}]"
  first = ask (&fixture, BEST ",\"order\":[{\"measure\":0,\"descending\":true}],\"limit\":2}");
  g_assert_cmpuint (cpt_aggregate_result_get_n_rows (first), ==, 2);
  g_assert_true (cpt_aggregate_result_is_truncated (first));
  g_assert_cmpfloat (get_number (first, 0, 0), ==,
                     query_fixture_select_number (&fixture, "SELECT max(n) FROM (SELECT count(*) AS n FROM deal GROUP BY source," MONTH_SQL ")"));
  g_assert_cmpfloat (get_number (first, 0, 0), >=, get_number (first, 1, 0));
  some = ask (&fixture, BEST ",\"having\":[{\"op\":\"greater-or-equal\",\"value\":4}]}");
  g_assert_cmpfloat (cpt_aggregate_result_get_n_rows (some), ==,
                     query_fixture_select_number (&fixture, "SELECT count(*) FROM (SELECT max(n) AS m FROM (SELECT source,count(*) AS n FROM deal "
                                                            "GROUP BY source," MONTH_SQL ") GROUP BY source) WHERE m>=4"));

#define MONTHS "{\"source\":\"deal\",\"each\":{\"dimensions\":[" MONTH "],\"agg\":\"count\"},\"dimensions\":[{\"field\":\"source\"}],"
  all = query_fixture_select_number (&fixture, "SELECT count(*) FROM (SELECT 1 FROM deal GROUP BY source," MONTH_SQL ")");
  shares = ask (&fixture, MONTHS "\"measures\":[{\"agg\":\"count\",\"show\":\"share\"}]}");
  running = ask (&fixture, MONTHS "\"measures\":[{\"agg\":\"count\",\"show\":\"running\"}]}");
  g_assert_cmpfloat (get_number (running, cpt_aggregate_result_get_n_rows (running) - 1, 0), ==, all);
  g_assert_cmpfloat_with_epsilon (get_number (shares, 0, 0), get_number (running, 0, 0) / all * 1e4, 1e-6);
  query_fixture_tear_down (&fixture);
}

/* Never added over currencies; but who has two of them is counted once */
static void
test_money (void)
{
  QueryFixture fixture;
  g_autoptr(CptAggregateResult) average = NULL;
  g_autoptr(CptAggregateResult) count = NULL;

  query_fixture_set_up (&fixture, 7, 300);
  average = ask (&fixture, "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"}],"
                           "\"each\":{\"dimensions\":[{\"field\":\"source\"}],\"agg\":\"avg\"}}");
  g_assert_cmpuint (cpt_aggregate_result_get_n_rows (average), >, 1);
  for (guint i = 0; i < cpt_aggregate_result_get_n_rows (average); i++)
    {
      const CptMeasure *measure = cpt_aggregate_result_get_measure (average, i, 0);
      g_autofree char *sql = g_strdup_printf ("SELECT avg(s) FROM (SELECT sum(coalesce(amount,0)) AS s FROM deal "
                                              "WHERE coalesce(amount_currency,'EUR')='%s' GROUP BY source)",
                                              measure->currency);

      g_assert_cmpfloat_with_epsilon (measure->number, query_fixture_select_number (&fixture, sql), 1e-3);
    }

  count = ask (&fixture, "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"}],"
                         "\"each\":{\"dimensions\":[{\"field\":\"source\"}],\"agg\":\"count\"}}");
  g_assert_cmpuint (cpt_aggregate_result_get_n_rows (count), ==, 1);
  g_assert_cmpstr (cpt_aggregate_result_get_measure (count, 0, 0)->currency, ==, "");
  g_assert_cmpfloat (get_number (count, 0, 0), ==,
                     query_fixture_select_number (&fixture, "SELECT count(*) FROM (SELECT 1 FROM deal GROUP BY source)"));
  query_fixture_tear_down (&fixture);
}

/* Both periods have groups of their own; months without records count where they are asked for */
static void
test_periods (void)
{
  QueryFixture fixture;
  g_autoptr(CptAggregateResult) compared = NULL;
  g_autoptr(CptAggregateResult) filled = NULL;
  g_autoptr(CptAggregateResult) bare = NULL;

  query_fixture_set_up (&fixture, 8, 200);
  compared = ask (&fixture, "{\"source\":\"deal\",\"each\":{\"dimensions\":[{\"field\":\"source\"}],\"agg\":\"max\"},\"compare\":"
                            "{\"field\":\"opened_on\",\"period\":{\"from\":\"2026-01-01\",\"to\":\"2026-12-31\"},\"with\":\"year\"}}");
  g_assert_cmpfloat (get_number (compared, 0, 0), ==,
                     query_fixture_select_number (&fixture, "SELECT coalesce(max(n),0) FROM (SELECT count(*) AS n FROM deal WHERE "
                                                            "opened_on BETWEEN 20454 AND 20818 GROUP BY source)"));
  g_assert_cmpfloat (cpt_aggregate_result_get_compared (compared, 0, 0)->number, ==,
                     query_fixture_select_number (&fixture, "SELECT coalesce(max(n),0) FROM (SELECT count(*) AS n FROM deal WHERE "
                                                            "opened_on BETWEEN 20089 AND 20453 GROUP BY source)"));

#define FEW "{\"source\":\"deal\",\"where\":{\"all\":[{\"field\":\"opened_on\",\"op\":\"is-not-empty\"}," \
            "{\"field\":\"source\",\"op\":\"is\",\"value\":\"website\"}]},\"each\":{\"agg\":\"avg\",\"dimensions\":["
  bare = ask (&fixture, FEW "{\"field\":\"opened_on\",\"bucket\":\"day\"}]}}");
  filled = ask (&fixture, FEW "{\"field\":\"opened_on\",\"bucket\":\"day\",\"fill\":true}]}}");
  g_assert_cmpfloat_with_epsilon (get_number (filled, 0, 0),
                                  query_fixture_select_number (&fixture, "SELECT 1.0*count(opened_on)/(max(opened_on)-min(opened_on)+1) FROM deal "
                                                                         "WHERE source='website'"),
                                  1e-9);
  g_assert_cmpfloat (get_number (bare, 0, 0), >, get_number (filled, 0, 0));
  query_fixture_tear_down (&fixture);
}

/* A number with a name as the source of another one, however it is asked */
static void
test_metrics (void)
{
  QueryFixture fixture;
  g_autoptr(CptAggregateResult) named = NULL;
  g_autoptr(CptAggregateResult) asked = NULL;
  g_autoptr(CptAggregateResult) best = NULL;
  g_autoptr(CptAggregateResult) beside = NULL;
  g_autoptr(CptAggregateResult) alone = NULL;
  g_autoptr(JsonNode) question = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *named_sentence = NULL;

  query_fixture_set_up (&fixture, 9, 300);
  query_fixture_add_metric (&fixture, "websites", "{\"source\":\"deal\",\"date\":\"opened_on\",\"measures\":[{\"agg\":\"count\"}],"
                                                  "\"where\":{\"field\":\"source\",\"op\":\"is\",\"value\":\"website\"}}");
  query_fixture_add_metric (&fixture, "per_month", "{\"source\":\"deal\",\"date\":\"opened_on\",\"measures\":[{\"metric\":\"websites\"}],"
                                                   "\"each\":{\"dimensions\":[{\"bucket\":\"month\"}],\"agg\":\"avg\"}}");
  named = ask (&fixture, "{\"metric\":\"per_month\"}");
  asked = ask (&fixture, "{\"metric\":\"websites\",\"each\":{\"dimensions\":[{\"bucket\":\"month\"}],\"agg\":\"avg\"}}");
  g_assert_cmpfloat_with_epsilon (get_number (named, 0, 0),
                                  query_fixture_select_number (&fixture, "SELECT avg(n) FROM (SELECT count(*) AS n FROM deal WHERE source='website' "
                                                                         "GROUP BY " MONTH_SQL ")"),
                                  1e-9);
  g_assert_cmpfloat (get_number (asked, 0, 0), ==, get_number (named, 0, 0));

  best = ask (&fixture, "{\"metric\":\"per_month\",\"each\":{\"dimensions\":[{\"field\":\"stage\"}],\"agg\":\"max\"}}");
  g_assert_cmpfloat_with_epsilon (get_number (best, 0, 0),
                                  query_fixture_select_number (&fixture, "SELECT max(a) FROM (SELECT avg(n) AS a FROM (SELECT stage,count(*) AS n FROM "
                                                                         "deal WHERE source='website' GROUP BY stage," MONTH_SQL ") GROUP BY stage)"),
                                  1e-9);

  /* What stands beside it does not change it */
  alone = ask (&fixture, "{\"metric\":\"websites\",\"each\":{\"dimensions\":[{\"field\":\"owner\"}],\"agg\":\"min\"}}");
  query_fixture_add_metric (&fixture, "whole", "{\"source\":\"deal\",\"date\":\"opened_on\",\"measures\":[{\"agg\":\"count\"}]}");
  beside = ask (&fixture, "{\"metrics\":[\"whole\",\"websites\"],\"each\":{\"dimensions\":[{\"field\":\"owner\"}],\"agg\":\"min\"}}");
  g_assert_cmpfloat (get_number (beside, 0, 1), ==, get_number (alone, 0, 0));

  question = cpt_json_parse ("{\"metric\":\"websites\",\"each\":{\"dimensions\":[{\"field\":\"owner\"},{\"bucket\":\"month\"}],\"agg\":\"avg\","
                             "\"having\":[{\"op\":\"greater\",\"value\":2}]},\"dimensions\":[{\"field\":\"stage\"}]}",
                             -1, NULL);
  sentence = cpt_question_to_sentence (fixture.database, question);
  g_assert_cmpstr (sentence, ==, "Average per Owner and month of websites by Stage, of those where websites is more than 2");
  g_clear_pointer (&question, json_node_unref);
  question = cpt_json_parse ("{\"metric\":\"per_month\",\"period\":{\"this\":\"year\"}}", -1, NULL);
  named_sentence = cpt_question_to_sentence (fixture.database, question);
  g_assert_cmpstr (named_sentence, ==, "per_month, this year");
  query_fixture_tear_down (&fixture);
}

static void
assert_refused (QueryFixture *fixture,
                const char   *question,
                int           code,
                const char   *message)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = cpt_json_parse (question, -1, NULL);
  g_autoptr(CptAggregateSpec) spec = NULL;

  g_assert_nonnull (node);
  spec = cpt_metric_create_spec (fixture->database, node, &error);
  if (spec != NULL)
    g_error ("%s is accepted", question);
  g_assert_error (error, CPT_ERROR, code);
  if (strstr (error->message, message) == NULL)
    g_error ("%s: “%s” instead of “%s”", question, error->message, message);
}

#define BY_SOURCE "\"dimensions\":[{\"field\":\"source\"}]"
#define DEALS "{\"source\":\"deal\","

static void
test_mistakes (void)
{
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 1, 1);
  assert_refused (&fixture, DEALS "\"each\":[]}", CPT_ERROR_PARSE, "each");
  assert_refused (&fixture, DEALS "\"each\":{}}", CPT_ERROR_PARSE, "dimensions");
  assert_refused (&fixture, DEALS "\"each\":{\"dimensions\":[],\"agg\":\"avg\"}}", CPT_ERROR_PARSE, "dimensions");
  assert_refused (&fixture, DEALS "\"each\":{" BY_SOURCE "}}", CPT_ERROR_PARSE, "agg");
  assert_refused (&fixture, DEALS "\"each\":{" BY_SOURCE ",\"agg\":\"distinct\"}}", CPT_ERROR_PARSE, "agg");
  assert_refused (&fixture, DEALS "\"each\":{" BY_SOURCE ",\"agg\":\"avg\",\"limit\":3}}", CPT_ERROR_PARSE, "limit");
  assert_refused (&fixture, DEALS "\"each\":{\"dimensions\":[{\"field\":\"x_gone\"}],\"agg\":\"avg\"}}", CPT_ERROR_NOT_FOUND, "x_gone");
  assert_refused (&fixture, DEALS "\"each\":{\"dimensions\":[5],\"agg\":\"avg\"}}", CPT_ERROR_PARSE, "objects");
  assert_refused (&fixture, DEALS "\"each\":{" BY_SOURCE ",\"agg\":\"avg\",\"having\":[{\"measure\":7,\"op\":\"is\",\"value\":1}]}}",
                  CPT_ERROR_PARSE, "having");
  assert_refused (&fixture, DEALS "\"measures\":[{\"agg\":\"max\",\"field\":\"closed_on\"}],\"each\":{" BY_SOURCE ",\"agg\":\"avg\"}}",
                  CPT_ERROR_PARSE, "numbers together");
  assert_refused (&fixture, DEALS "\"measures\":[{\"agg\":\"count\",\"show\":\"share\"}],\"each\":{" BY_SOURCE ",\"agg\":\"avg\"}}",
                  CPT_ERROR_PARSE, "shares");
  assert_refused (&fixture,
                  DEALS BY_SOURCE ",\"each\":{\"agg\":\"avg\",\"dimensions\":[{\"field\":\"owner\"},{\"field\":\"stage\"},"
                                  "{\"field\":\"tags\"},{\"field\":\"product\"},{\"field\":\"contact\"},{\"field\":\"organisation\"}]}}",
                  CPT_ERROR_LIMIT, "6 fields");
#define EACH(inner) "\"each\":{" BY_SOURCE ",\"agg\":\"avg\"" inner "}"
  assert_refused (&fixture, DEALS EACH ("," EACH ("," EACH ("," EACH ("," EACH (""))))) "}", CPT_ERROR_LIMIT, "4 times");
  assert_refused (&fixture, "{\"metric\":\"deals\",\"each\":7}", CPT_ERROR_PARSE, "each");
  assert_refused (&fixture, "{\"metric\":\"deals\",\"period\":{\"this\":\"year\"},\"compare\":\"goal\"," EACH ("") "}", CPT_ERROR_PARSE, "goal");
  query_fixture_tear_down (&fixture);
}

/* Sources that are gone, that lead back, that formulas can't read */
static void
test_mistakes_of_metrics (void)
{
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 1, 1);
#define FROM(key) "{\"source\":\"deal\",\"measures\":[{\"metric\":\"" key "\"}]," EACH ("") "}"
  query_fixture_add_metric (&fixture, "one", FROM ("two"));
  query_fixture_add_metric (&fixture, "two", FROM ("one"));
  query_fixture_add_metric (&fixture, "orphan", FROM ("nobody"));
  query_fixture_add_metric (&fixture, "good", FROM ("deals"));
  query_fixture_add_metric (&fixture, "undated", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],"
                                                 "\"each\":{\"dimensions\":[{\"bucket\":\"month\"}],\"agg\":\"avg\"}}");
  query_fixture_add_metric (&fixture, "part", "{\"source\":\"deal\",\"formula\":\"a * 2\",\"measures\":[{\"name\":\"a\",\"metric\":\"good\"}]}");
  assert_refused (&fixture, "{\"metric\":\"one\"}", CPT_ERROR_INVALID, "refers to itself");
  assert_refused (&fixture, "{\"metric\":\"orphan\"}", CPT_ERROR_NOT_FOUND, "nobody");
  assert_refused (&fixture, "{\"metric\":\"undated\"}", CPT_ERROR_PARSE, "no date");
  assert_refused (&fixture, "{\"metric\":\"part\"}", CPT_ERROR_PARSE, "formula");
  assert_refused (&fixture, "{\"metrics\":[\"good\",\"deals\"],\"date\":\"opened_on\"}", CPT_ERROR_PARSE, "");
  query_fixture_tear_down (&fixture);
}

/* What is kept is the groups; what they do not read leaves them as they are */
static void
test_keeps_up (void)
{
  static const char json[] = DEALS "\"each\":{" BY_SOURCE ",\"agg\":\"max\"}}";
  QueryFixture fixture;
  g_autoptr(CptAggregateSpec) spec = NULL;
  g_autoptr(CptRecord) user = NULL;
  g_auto(CptCached) before = { 0 };
  g_auto(CptCached) same = { 0 };
  g_auto(CptCached) after = { 0 };
  double most;

  query_fixture_set_up (&fixture, 10, 50);
  spec = cpt_aggregate_spec_parse (fixture.schema, json, NULL);
  g_assert_true (cpt_aggregate_cache_get (fixture.database, cpt_aggregate_spec_get_inner (spec), &before, NULL));
  user = query_fixture_random_record (&fixture, fixture.user);
  query_fixture_create (&fixture, user, NULL);
  g_assert_true (cpt_aggregate_cache_get (fixture.database, cpt_aggregate_spec_get_inner (spec), &same, NULL));
  g_assert_true (same.groups == before.groups);

  {
    g_autoptr(CptAggregateResult) result = ask (&fixture, json);

    most = get_number (result, 0, 0);
  }
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr(CptRecord) deal = query_fixture_random_record (&fixture, fixture.deal);

      cpt_record_set_text (deal, "source", "website");
      query_fixture_create (&fixture, deal, NULL);
    }
  {
    g_autoptr(CptAggregateResult) result = ask (&fixture, json);

    g_assert_cmpfloat (get_number (result, 0, 0), >, most);
    g_assert_cmpfloat (get_number (result, 0, 0), ==, query_fixture_select_number (&fixture, "SELECT count(*) FROM deal WHERE source='website'"));
  }
  g_assert_true (cpt_aggregate_cache_get (fixture.database, cpt_aggregate_spec_get_inner (spec), &after, NULL));
  g_assert_true (after.groups != before.groups);
  query_fixture_tear_down (&fixture);
}

/* Some of the groups give no number */
static void
test_refuses_some_groups (void)
{
  QueryFixture fixture;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptAggregateSpec) spec = NULL;
  g_autoptr(CptGroups) some = NULL;
  g_autoptr(CptGroups) folded = NULL;

  query_fixture_set_up (&fixture, 11, 20);
  spec = cpt_aggregate_spec_parse (fixture.schema, DEALS EACH ("") "}", NULL);
  some = cpt_groups_new (cpt_aggregate_spec_get_inner (spec));
  some->is_pruned = TRUE;
  folded = cpt_aggregate_fold (spec, some, &error);
  g_assert_null (folded);
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
  query_fixture_tear_down (&fixture);
}

/* What is written is what was read, and the records behind a number are all that it is made of */
static void
test_round_trip (void)
{
  static const char *const cases[] = {
    DEALS "\"dimensions\":[{\"field\":\"owner\"},{\"field\":\"amount\",\"bin\":\"auto\",\"fill\":true}]," EACH ("," EACH ("")) "}",
    DEALS "\"measures\":[{\"agg\":\"count\",\"name\":\"n\"},{\"formula\":\"n * 2\",\"show\":\"share\"}],"
          "\"each\":{\"dimensions\":[" MONTH "],\"agg\":\"count\",\"named\":true,"
          "\"having\":[{\"measure\":1,\"op\":\"less\",\"value\":3.5}]},\"limit\":3}",
  };
  QueryFixture fixture;
  g_autoptr(CptAggregateResult) result = NULL;

  query_fixture_set_up (&fixture, 12, 100);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(CptAggregateSpec) spec = cpt_aggregate_spec_parse (fixture.schema, cases[i], NULL);
      g_autoptr(JsonNode) node = cpt_aggregate_spec_to_json (spec);
      g_autoptr(CptAggregateSpec) again = cpt_aggregate_spec_from_json (fixture.schema, node, NULL);
      g_autoptr(JsonNode) other = again != NULL ? cpt_aggregate_spec_to_json (again) : NULL;
      g_autofree char *text = cpt_json_format (node);
      g_autofree char *other_text = other != NULL ? cpt_json_format (other) : NULL;
      g_autoptr(CptAggregateResult) answer = ask (&fixture, cases[i]);

      g_assert_cmpstr (text, ==, other_text);
      g_assert_cmpuint (cpt_aggregate_result_get_n_rows (answer), >, 0);
    }

  result = ask (&fixture, DEALS "\"each\":{\"dimensions\":[" MONTH "],\"agg\":\"max\"}," BY_SOURCE "}");
  for (guint i = 0; i < cpt_aggregate_result_get_n_rows (result); i++)
    {
      g_autoptr(CptFilter) filter = cpt_aggregate_result_dup_filter (result, i, 0);
      g_autoptr(GArray) rows = query_fixture_get_rows (&fixture, filter);
      const CptValue *key = cpt_aggregate_result_get_key (result, i, 0);
      g_autofree char *where = cpt_value_is_null (key) ? g_strdup ("IS NULL") : g_strdup_printf ("='%s'", key->text);
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM deal WHERE source %s", where);

      g_assert_cmpfloat (rows->len, ==, query_fixture_select_number (&fixture, sql));
    }
  query_fixture_tear_down (&fixture);
}

/* The records of the groups that are meant, by one field and by two */
static void
test_records_of_groups (void)
{
  static const struct
  {
    const char *dimensions;
    const char *by;
  } cases[] = {
    { "{\"field\":\"source\"}", "source" },
    { "{\"field\":\"source\"},{\"field\":\"opened_on\",\"bucket\":\"year\"}",
      "source,date(opened_on*86400,'unixepoch','start of year')" },
    { "{\"field\":\"opened_on\",\"bucket\":\"year\"}", "date(opened_on*86400,'unixepoch','start of year')" },
  };
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 13, 200);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint least = 10; least < 60; least += 10)
      {
        g_autofree char *question = g_strdup_printf (DEALS "\"each\":{\"dimensions\":[%s],\"agg\":\"count\","
                                                           "\"having\":[{\"op\":\"greater\",\"value\":%u}]}}",
                                                     cases[i].dimensions, least);
        g_autofree char *sql = g_strdup_printf ("SELECT coalesce(sum(n),0) FROM (SELECT count(*) AS n FROM deal GROUP BY %s "
                                                "HAVING n>%u)",
                                                cases[i].by, least);
        g_autoptr(CptAggregateResult) result = ask (&fixture, question);
        g_autoptr(CptFilter) filter = cpt_aggregate_result_dup_filter (result, 0, 0);
        g_autoptr(GArray) rows = query_fixture_get_rows (&fixture, filter);

        g_assert_cmpfloat (rows->len, ==, query_fixture_select_number (&fixture, sql));
      }
  query_fixture_tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/aggregate/each/agrees-with-sql", test_agrees_with_sql);
  g_test_add_func ("/aggregate/each/rows", test_rows);
  g_test_add_func ("/aggregate/each/money", test_money);
  g_test_add_func ("/aggregate/each/periods", test_periods);
  g_test_add_func ("/aggregate/each/metrics", test_metrics);
  g_test_add_func ("/aggregate/each/mistakes-are-told", test_mistakes);
  g_test_add_func ("/aggregate/each/mistakes-of-metrics-are-told", test_mistakes_of_metrics);
  g_test_add_func ("/aggregate/each/keeps-up-with-changes", test_keeps_up);
  g_test_add_func ("/aggregate/each/refuses-some-groups", test_refuses_some_groups);
  g_test_add_func ("/aggregate/each/round-trip", test_round_trip);
  g_test_add_func ("/aggregate/each/records-of-groups", test_records_of_groups);

  return g_test_run ();
}
