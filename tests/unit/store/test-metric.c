/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Metrics become questions that can be asked; what is wrong with one is a
 * sentence, and nothing else suffers. */

#include "config.h"

#include "cpt-metric.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "cpt-aggregate-private.h"
#include "cpt-statement.h"
#include "query-fixture.h"

static CptAggregateResult *
ask (QueryFixture *fixture,
     const char   *question)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = cpt_json_parse (question, -1, &error);
  g_autoptr(CptAggregateSpec) spec = cpt_metric_create_spec (fixture->database, node, &error);
  CptAggregateResult *result;

  if (spec == NULL)
    g_error ("%s: %s", question, error->message);
  result = cpt_aggregate_run (fixture->database, spec, &error);
  g_assert_no_error (error);

  return result;
}

static void
assert_refused (QueryFixture *fixture,
                const char   *question,
                int           code,
                const char   *message)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = cpt_json_parse (question, -1, NULL);
  g_autoptr(CptAggregateSpec) spec = cpt_metric_create_spec (fixture->database, node, &error);

  g_assert_null (spec);
  g_assert_error (error, CPT_ERROR, code);
  if (strstr (error->message, message) == NULL)
    g_error ("%s: “%s” instead of “%s”", question, error->message, message);
}

/* All that come with the program can be asked, whole and by anything */
static void
test_standard (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) metrics = NULL;
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 4, 60);
  metrics = cpt_metric_list (fixture.database, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (metrics->len, >=, 15);

  for (guint i = 0; i < metrics->len; i++)
    {
      const CptMetric *metric = g_ptr_array_index (metrics, i);
      g_autofree char *whole = g_strdup_printf ("{\"metric\":\"%s\"}", metric->key);
      JsonObject *definition = json_node_get_object (metric->query);
      gboolean is_of_facts = g_str_equal (json_object_get_string_member (definition, "source"), "ad_result");
      g_autofree char *parts = g_strdup_printf ("{\"metric\":\"%s\",\"period\":{\"this\":\"year\"},\"compare\":\"year\","
                                                "\"dimensions\":[{\"field\":\"%s\"},{\"bucket\":\"month\",\"fill\":true}]}",
                                                metric->key, is_of_facts ? "campaign" : "owner");
      g_autoptr(CptAggregateResult) one = ask (&fixture, whole);
      g_autoptr(CptAggregateResult) many = ask (&fixture, parts);

      g_assert_cmpstr (metric->title, !=, "");
      g_assert_cmpstr (metric->description, !=, "");
      g_assert_true (cpt_metric_is_key (metric->key));
      g_assert_true (is_of_facts || cpt_aggregate_result_get_n_rows (one) >= 1);
      g_assert_nonnull (many);
    }
  query_fixture_tear_down (&fixture);
}

/* A formula divides what its parts have, in each group, and opens their records */
static void
test_formula (void)
{
  QueryFixture fixture;
  g_autoptr(CptAggregateResult) rate = NULL;
  g_autoptr(CptAggregateResult) by_source = NULL;
  double part;

  query_fixture_set_up (&fixture, 8, 300);
  query_fixture_add_metric (&fixture, "closed_rate",
                            "{\"source\":\"deal\",\"date\":\"opened_on\",\"formula\":\"(closed - 0) / whole\",\"unit\":\"percent\","
                            "\"measures\":[{\"name\":\"closed\",\"agg\":\"count\",\"where\":{\"field\":\"closed_on\",\"op\":\"is-not-empty\"}},"
                            "{\"name\":\"whole\",\"agg\":\"count\"}]}");
  rate = ask (&fixture, "{\"metric\":\"closed_rate\"}");
  part = query_fixture_select_number (&fixture, "SELECT 1.0*count(closed_on)/count(*) FROM deal");
  g_assert_cmpfloat_with_epsilon (cpt_aggregate_result_get_measure (rate, 0, 0)->number, part * 1e4, 1e-6);

  by_source = ask (&fixture, "{\"metric\":\"closed_rate\",\"dimensions\":[{\"field\":\"source\"}]}");
  for (guint i = 0; i < cpt_aggregate_result_get_n_rows (by_source); i++)
    {
      g_autoptr(CptFilter) filter = cpt_aggregate_result_dup_filter (by_source, i, 0);
      g_autoptr(GArray) rows = query_fixture_get_rows (&fixture, filter);
      const CptValue *key = cpt_aggregate_result_get_key (by_source, i, 0);
      g_autofree char *sql = cpt_value_is_null (key)
                               ? g_strdup ("SELECT 1.0*count(closed_on)/count(*) FROM deal WHERE source IS NULL")
                               : g_strdup_printf ("SELECT 1.0*count(closed_on)/count(*) FROM deal WHERE source='%s'", key->text);

      g_assert_cmpuint (rows->len, >, 0);
      g_assert_cmpfloat_with_epsilon (cpt_aggregate_result_get_measure (by_source, i, 0)->number,
                                      query_fixture_select_number (&fixture, sql) * 1e4, 1e-6);
    }
  query_fixture_tear_down (&fixture);
}

/* Days between two dates, and amounts by a percentage */
static void
test_values (void)
{
  QueryFixture fixture;
  g_autoptr(CptAggregateResult) days = NULL;
  g_autoptr(CptAggregateResult) weighted = NULL;
  double sum = 0;

  query_fixture_set_up (&fixture, 15, 200);
  days = ask (&fixture, "{\"source\":\"deal\",\"measures\":[{\"agg\":\"avg\",\"field\":\"closed_on\",\"since\":\"opened_on\"},"
                        "{\"agg\":\"max\",\"field\":\"closed_on\",\"since\":\"opened_on\"}]}");
  g_assert_cmpfloat_with_epsilon (cpt_aggregate_result_get_measure (days, 0, 0)->number,
                                  query_fixture_select_number (&fixture, "SELECT avg(closed_on-opened_on) FROM deal"), 1e-9);
  g_assert_cmpfloat_with_epsilon (cpt_aggregate_result_get_measure (days, 0, 1)->number,
                                  query_fixture_select_number (&fixture, "SELECT max(closed_on-opened_on) FROM deal"), 1e-9);

  weighted = ask (&fixture, "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\",\"weight\":\"probability\"}]}");
  for (guint i = 0; i < cpt_aggregate_result_get_n_rows (weighted); i++)
    sum += cpt_aggregate_result_get_measure (weighted, i, 0)->number;
  g_assert_cmpfloat_with_epsilon (sum,
                                  query_fixture_select_number (&fixture, "SELECT sum(round(1.0*amount*probability/10000)) FROM deal"), 1);
  query_fixture_tear_down (&fixture);
}

static void
test_weight_keeps_to_64_bits (void)
{
  g_assert_cmpint (cpt_sql_get_part (12345, 5000), ==, 6173);
  g_assert_cmpint (cpt_sql_get_part (-12345, 5000), ==, -6173);
  g_assert_cmpint (cpt_sql_get_part (G_MAXINT64, 10000), ==, G_MAXINT64);
  g_assert_cmpint (cpt_sql_get_part (G_MININT64, 10000), ==, G_MININT64);
  g_assert_cmpint (cpt_sql_get_part (G_MAXINT64, G_MAXINT64), ==, G_MAXINT64);
  g_assert_cmpint (cpt_sql_get_part (G_MININT64, G_MAXINT64), ==, G_MININT64);
  g_assert_cmpint (cpt_sql_get_part (G_MAXINT64, 0), ==, 0);
}

/* Nothing to divide by is no number, and no mistake */
static void
test_division_by_zero (void)
{
  QueryFixture fixture;
  g_autoptr(CptAggregateResult) result = NULL;

  query_fixture_set_up (&fixture, 3, 10);
  result = ask (&fixture, "{\"source\":\"deal\",\"where\":{\"field\":\"name\",\"op\":\"is\",\"value\":\"nobody\"},\"measures\":["
                          "{\"name\":\"a\",\"agg\":\"count\"},{\"name\":\"b\",\"agg\":\"avg\",\"field\":\"probability\"},"
                          "{\"formula\":\"a / a\"},{\"formula\":\"b + 1\"},{\"formula\":\"1 / (a - a)\"},{\"formula\":\"-a * 2 + .5\"}]}");
  g_assert_cmpuint (cpt_aggregate_result_get_n_rows (result), ==, 1);
  g_assert_true (cpt_aggregate_result_get_measure (result, 0, 2)->is_null);
  g_assert_true (cpt_aggregate_result_get_measure (result, 0, 3)->is_null);
  g_assert_true (cpt_aggregate_result_get_measure (result, 0, 4)->is_null);
  g_assert_cmpfloat (cpt_aggregate_result_get_measure (result, 0, 5)->number, ==, 0.5);
  query_fixture_tear_down (&fixture);
}

/* Metrics inside metrics, and beside each other */
static void
test_nested (void)
{
  QueryFixture fixture;
  g_autoptr(CptAggregateResult) nested = NULL;
  g_autoptr(CptAggregateResult) both = NULL;

  query_fixture_set_up (&fixture, 21, 200);
  query_fixture_add_metric (&fixture, "closed", "{\"source\":\"deal\",\"date\":\"closed_on\",\"measures\":[{\"agg\":\"count\"}],"
                                                "\"where\":{\"field\":\"closed_on\",\"op\":\"is-not-empty\"}}");
  query_fixture_add_metric (&fixture, "all_deals", "{\"source\":\"deal\",\"date\":\"closed_on\",\"measures\":[{\"agg\":\"count\"}]}");
  query_fixture_add_metric (&fixture, "twice", "{\"source\":\"deal\",\"date\":\"closed_on\",\"formula\":\"a / b * 2\",\"measures\":"
                                               "[{\"name\":\"a\",\"metric\":\"closed\"},{\"name\":\"b\",\"metric\":\"all_deals\"}]}");
  nested = ask (&fixture, "{\"metric\":\"twice\"}");
  g_assert_cmpfloat_with_epsilon (cpt_aggregate_result_get_measure (nested, 0, 0)->number,
                                  query_fixture_select_number (&fixture, "SELECT 2.0*count(closed_on)/count(*) FROM deal"), 1e-9);

  both = ask (&fixture, "{\"metrics\":[\"closed\",\"all_deals\",\"twice\"]}");
  g_assert_cmpfloat (cpt_aggregate_result_get_measure (both, 0, 0)->number, ==,
                     query_fixture_select_number (&fixture, "SELECT count(closed_on) FROM deal"));
  g_assert_cmpfloat (cpt_aggregate_result_get_measure (both, 0, 1)->number, ==,
                     query_fixture_select_number (&fixture, "SELECT count(*) FROM deal"));
  g_assert_cmpfloat (cpt_aggregate_result_get_measure (both, 0, 2)->number, ==,
                     cpt_aggregate_result_get_measure (nested, 0, 0)->number);
  query_fixture_tear_down (&fixture);
}

/* Metrics that count by different dates, where the question says which one counts, or that none does */
static void
test_one_date_for_all (void)
{
  QueryFixture fixture;
  g_autoptr(CptAggregateResult) dated = NULL;
  g_autoptr(CptAggregateResult) undated = NULL;

  query_fixture_set_up (&fixture, 21, 200);
  query_fixture_add_metric (&fixture, "closed", "{\"source\":\"deal\",\"date\":\"closed_on\",\"measures\":[{\"agg\":\"count\"}],"
                                                "\"where\":{\"field\":\"closed_on\",\"op\":\"is-not-empty\"}}");
  query_fixture_add_metric (&fixture, "any", "{\"source\":\"deal\",\"date\":\"opened_on\",\"measures\":[{\"agg\":\"count\"}]}");

  dated = ask (&fixture, "{\"metrics\":[\"closed\",\"any\"],\"date\":\"opened_on\",\"period\":{\"from\":\"2026-01-01\",\"to\":\"2026-06-30\"}}");
  g_assert_cmpfloat (cpt_aggregate_result_get_measure (dated, 0, 0)->number, ==,
                     query_fixture_select_number (&fixture, "SELECT count(closed_on) FROM deal WHERE opened_on BETWEEN 20454 AND 20634"));
  g_assert_cmpfloat (cpt_aggregate_result_get_measure (dated, 0, 1)->number, ==,
                     query_fixture_select_number (&fixture, "SELECT count(*) FROM deal WHERE opened_on BETWEEN 20454 AND 20634"));
  g_assert_cmpfloat (cpt_aggregate_result_get_measure (dated, 0, 1)->number, >, 0);

  undated = ask (&fixture, "{\"metrics\":[\"closed\",\"any\"],\"date\":false}");
  g_assert_cmpfloat (cpt_aggregate_result_get_measure (undated, 0, 1)->number, ==, 200);
  assert_refused (&fixture, "{\"metrics\":[\"closed\",\"any\"],\"date\":false,\"period\":{\"this\":\"year\"}}", CPT_ERROR_PARSE,
                  "no date");
  query_fixture_tear_down (&fixture);
}

/* What can't be asked is a sentence that says why */
static void
test_mistakes (void)
{
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 1, 1);
  query_fixture_add_metric (&fixture, "itself", "{\"source\":\"deal\",\"measures\":[{\"metric\":\"other\"}]}");
  query_fixture_add_metric (&fixture, "other", "{\"source\":\"deal\",\"measures\":[{\"name\":\"a\",\"metric\":\"itself\"}],\"formula\":\"a + 1\"}");
  query_fixture_add_metric (&fixture, "gone", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"x_gone\"}]}");
  query_fixture_add_metric (&fixture, "empty", "{\"source\":\"deal\"}");
  query_fixture_add_metric (&fixture, "undated", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}]}");
  query_fixture_add_metric (&fixture, "words", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\",\"name\":\"n\"}],\"formula\":\"n / m\"}");
  query_fixture_add_metric (&fixture, "broken", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\",\"name\":\"n\"}],\"formula\":\"n / (n\"}");
  query_fixture_add_metric (&fixture, "strange", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"sql\":\"DROP\"}");

  assert_refused (&fixture, "{\"metric\":\"itself\"}", CPT_ERROR_INVALID, "refers to itself");
  assert_refused (&fixture, "{\"metric\":\"gone\"}", CPT_ERROR_NOT_FOUND, "x_gone");
  assert_refused (&fixture, "{\"metric\":\"nobody\"}", CPT_ERROR_NOT_FOUND, "nobody");
  assert_refused (&fixture, "{\"metric\":\"empty\"}", CPT_ERROR_PARSE, "measures");
  assert_refused (&fixture, "{\"metric\":\"words\"}", CPT_ERROR_NOT_FOUND, "“m”");
  assert_refused (&fixture, "{\"metric\":\"broken\"}", CPT_ERROR_PARSE, "ends too early");
  assert_refused (&fixture, "{\"metric\":\"strange\"}", CPT_ERROR_PARSE, "sql");
  assert_refused (&fixture, "{\"metric\":\"undated\",\"period\":{\"this\":\"year\"}}", CPT_ERROR_PARSE, "no date");
  assert_refused (&fixture, "{\"metric\":\"undated\",\"dimensions\":[{\"bucket\":\"month\"}]}", CPT_ERROR_PARSE, "no date");
  assert_refused (&fixture, "{\"metric\":\"revenue_won\",\"compare\":\"year\"}", CPT_ERROR_PARSE, "period");
  assert_refused (&fixture, "{\"metric\":\"revenue_won\",\"metrics\":[\"deals\"]}", CPT_ERROR_PARSE, "one “metric”");
  assert_refused (&fixture, "{\"metrics\":[\"revenue_won\",\"activities\"]}", CPT_ERROR_PARSE, "different kinds");
  assert_refused (&fixture, "{\"metrics\":[\"revenue_won\",\"deals_opened\"]}", CPT_ERROR_PARSE, "different dates");
  assert_refused (&fixture, "{\"metric\":\"revenue_won\",\"source\":\"deal\"}", CPT_ERROR_PARSE, "source");
  assert_refused (&fixture, "{\"metric\":3}", CPT_ERROR_PARSE, "");
  query_fixture_tear_down (&fixture);
}

/* The workspace's own stands where that of the program did */
static void
test_own_takes_place (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptMetric) metric = NULL;
  g_autoptr(GPtrArray) before = NULL;
  g_autoptr(GPtrArray) after = NULL;
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 1, 1);
  before = cpt_metric_list (fixture.database, &error);
  query_fixture_add_metric (&fixture, "deals_won", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}]}");
  query_fixture_add_metric (&fixture, "more", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}]}");
  after = cpt_metric_list (fixture.database, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->len, ==, before->len + 1);
  g_assert_cmpstr (((const CptMetric *) g_ptr_array_index (after, 1))->title, ==, "deals_won");
  g_assert_cmpstr (((const CptMetric *) g_ptr_array_index (after, after->len - 1))->key, ==, "more");

  metric = cpt_metric_find (fixture.database, "deals_won", &error);
  g_assert_no_error (error);
  g_assert_false (cpt_uuid_is_nil (&metric->id));
  g_assert_cmpint (metric->direction, ==, CPT_METRIC_DOWN_IS_GOOD);
  query_fixture_tear_down (&fixture);
}

/* Parts of all groups, sums that run on, and groups that are left out */
static void
test_groups (void)
{
  QueryFixture fixture;
  g_autoptr(CptAggregateResult) shares = NULL;
  g_autoptr(CptAggregateResult) running = NULL;
  g_autoptr(CptAggregateResult) by_source = NULL;
  g_autoptr(CptAggregateResult) large = NULL;
  double whole, sum = 0;

  query_fixture_set_up (&fixture, 33, 150);
  whole = query_fixture_select_number (&fixture, "SELECT count(*) FROM deal");
  shares = ask (&fixture, "{\"metric\":\"deals\",\"show\":\"share\",\"dimensions\":[{\"field\":\"source\"}],"
                          "\"order\":[{\"measure\":0,\"descending\":true}],\"limit\":2}");
  g_assert_cmpuint (cpt_aggregate_result_get_n_rows (shares), ==, 2);
  g_assert_true (cpt_aggregate_result_is_truncated (shares));
  g_assert_cmpfloat_with_epsilon (cpt_aggregate_result_get_measure (shares, 0, 0)->number * whole / 1e4,
                                  query_fixture_select_number (&fixture, "SELECT count(*) AS n FROM deal GROUP BY source ORDER BY n DESC"), 1e-6);

  running = ask (&fixture, "{\"metric\":\"deals\",\"show\":\"running\",\"date\":\"created_at\",\"dimensions\":[{\"field\":\"stage\"}]}");
  g_assert_cmpfloat (cpt_aggregate_result_get_measure (running, cpt_aggregate_result_get_n_rows (running) - 1, 0)->number, ==, whole);

  /* Of each source by itself */
  by_source = ask (&fixture, "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\",\"show\":\"running\"},{\"agg\":\"count\"}],"
                             "\"dimensions\":[{\"field\":\"stage\"},{\"field\":\"source\"}]}");
  for (guint i = 0; i < cpt_aggregate_result_get_n_rows (by_source); i++)
    if (g_strcmp0 (cpt_aggregate_result_get_key (by_source, i, 1)->text, "website") == 0)
      {
        sum += cpt_aggregate_result_get_measure (by_source, i, 1)->number;
        g_assert_cmpfloat (cpt_aggregate_result_get_measure (by_source, i, 0)->number, ==, sum);
      }
  g_assert_cmpfloat (sum, ==, query_fixture_select_number (&fixture, "SELECT count(*) FROM deal WHERE source='website'"));

  large = ask (&fixture, "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"owner\"}],"
                         "\"having\":[{\"measure\":0,\"op\":\"greater\",\"value\":20}]}");
  g_assert_cmpfloat (cpt_aggregate_result_get_n_rows (large), ==,
                     query_fixture_select_number (&fixture, "SELECT count(*) FROM (SELECT owner FROM deal GROUP BY owner HAVING count(*) > 20)"));
  assert_refused (&fixture, "{\"metric\":\"conversion_rate\",\"show\":\"share\"}", CPT_ERROR_PARSE, "Only numbers and sums");
  assert_refused (&fixture, "{\"source\":\"deal\",\"having\":[{\"measure\":1,\"op\":\"is\",\"value\":1}]}", CPT_ERROR_PARSE, "having");
  assert_refused (&fixture, "{\"metric\":\"deals\",\"show\":\"share\",\"having\":[{\"op\":\"is\",\"value\":1}]}", CPT_ERROR_PARSE, "as they are");
  query_fixture_tear_down (&fixture);
}

/* What a question asks, for people */
static void
test_sentences (void)
{
  static const struct
  {
    const char *question;
    const char *sentence; /* (nullable) */
  } cases[] = {
    { "{\"metric\":\"revenue_won\",\"dimensions\":[{\"field\":\"owner\"}],\"period\":{\"this\":\"year\"},"
      "\"where\":{\"field\":\"source\",\"op\":\"is\",\"value\":\"website\"}}",
      "Revenue won by Owner, this year, where Source is Website" },
    { "{\"metric\":\"conversion_rate\",\"dimensions\":[{\"bucket\":\"month\"},{\"field\":\"opened_on\",\"bucket\":\"year\"}],\"limit\":5}",
      "Conversion rate by month and year (Opened), at most 5" },
    { "{\"metrics\":[\"revenue_won\",\"average_deal\"],\"period\":{\"previous\":\"quarter\"},\"compare\":\"year\"}",
      "Revenue won and Average deal, last quarter, compared with the same period last year" },
    { "{\"source\":\"deal\"}", "Deals" },
    { "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"}],\"search\":\"{text}\"}",
      "Sum of Amount (Deals), with the words “{text}”" },
    { "{\"source\":\"deal\",\"compare\":{\"field\":\"opened_on\",\"period\":{\"last\":30,\"unit\":\"day\"},\"with\":\"previous\"}}",
      "Deals, the last 30 days, compared with the period before" },
    { "{\"metric\":\"deals\",\"show\":\"share\",\"dimensions\":[{\"field\":\"stage\"}]}", "Number of deals by Stage, as a share of the total" },
    { "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"},{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"owner\"}],"
      "\"having\":[{\"measure\":0,\"op\":\"greater\",\"value\":1000.5},{\"measure\":1,\"op\":\"less-or-equal\",\"value\":12}]}",
      "Sum of Amount and Deals (Deals) by Owner, only groups where Sum of Amount is more than €1,000.50, "
      "only groups where Deals is at most 12" },
    { "{\"metric\":\"conversion_rate\",\"dimensions\":[{\"field\":\"owner\"}],\"having\":[{\"op\":\"greater-or-equal\",\"value\":12.5}]}",
      "Conversion rate by Owner, only groups where Conversion rate is at least 12.5%" },
    { "{\"metric\":\"sales_cycle\",\"dimensions\":[{\"field\":\"owner\"}],\"having\":[{\"op\":\"less\",\"value\":30}]}",
      "Sales cycle by Owner, only groups where Sales cycle is less than 30 days" },
    { "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"amount\",\"bin\":1000},{\"field\":\"probability\",\"bin\":\"auto\"}]}",
      "Deals by Amount in steps of €1,000 and Probability in steps" },
    { "{\"metric\":\"revenue_won\",\"period\":{\"this\":\"month\"},\"compare\":\"goal\"}",
      "Revenue won, this month, compared with the goal" },
    { "{\"metric\":\"revenue_won\",\"date\":\"opened_on\",\"period\":{\"this\":\"year\"}}",
      "Revenue won, this year, by the date “Opened”" },
    { "{\"source\":\"deal\",\"date\":\"closed_on\"}", "Deals, by the date “Closed”" },
    { "{\"metric\":\"revenue_won\",\"date\":false}", "Revenue won, whatever the period of the dashboard" },
    { "{\"source\":\"deal\",\"date\":\"stage\"}", NULL },
    { "{\"source\":\"deal\",\"date\":true}", NULL },
    { "{\"metric\":\"nobody\"}", NULL },
    { "[]", NULL },
  };
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(JsonNode) node = cpt_json_parse (cases[i].question, -1, NULL);
      g_autofree char *sentence = cpt_question_to_sentence (fixture.database, node);

      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
  query_fixture_tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/metric/standard-ones-can-be-asked", test_standard);
  g_test_add_func ("/metric/formulas-follow-their-parts", test_formula);
  g_test_add_func ("/metric/days-and-weights-are-exact", test_values);
  g_test_add_func ("/metric/weights-keep-to-64-bits", test_weight_keeps_to_64_bits);
  g_test_add_func ("/metric/nothing-divided-by-nothing-is-null", test_division_by_zero);
  g_test_add_func ("/metric/metrics-may-be-made-of-metrics", test_nested);
  g_test_add_func ("/metric/one-date-for-all", test_one_date_for_all);
  g_test_add_func ("/metric/mistakes-are-told", test_mistakes);
  g_test_add_func ("/metric/own-ones-take-the-place-of-standard-ones", test_own_takes_place);

  g_test_add_func ("/metric/groups-have-shares-and-run-on", test_groups);
  g_test_add_func ("/metric/questions-are-sentences", test_sentences);

  return g_test_run ();
}
