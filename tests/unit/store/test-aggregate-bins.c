/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers in bins: the same as SQL written by hand gives, behind each of them
 * exactly its records, and a picture that makes sense whatever the numbers are. */

#include "config.h"

#include "cpt-database-private.h"

#include <locale.h>

#include "query-fixture.h"

static CptAggregateResult *
ask (QueryFixture  *fixture,
     const char    *question,
     GError       **error)
{
  g_autoptr(CptAggregateSpec) spec = cpt_aggregate_spec_parse (fixture->schema, question, error);

  return spec != NULL ? cpt_aggregate_run (fixture->database, spec, error) : NULL;
}

static void
add_organisation (QueryFixture *fixture,
                  gint64        employees)
{
  g_autoptr(CptRecord) record = cpt_record_new (fixture->schema, fixture->organisation);

  cpt_record_set_text (record, "name", "One");
  cpt_record_set_integer (record, "employees", employees);
  query_fixture_create (fixture, record, NULL);
}

/* Both ways of a deal's amount: what SQL counts, and the list behind the bin */
static void
test_agree_with_sql (void)
{
  QueryFixture fixture;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptAggregateResult) result = NULL;
  double all = 0;

  query_fixture_set_up (&fixture, 17, 200);
  result = ask (&fixture, "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"},{\"agg\":\"sum\",\"field\":\"probability\"}],"
                          "\"dimensions\":[{\"field\":\"amount\",\"bin\":{\"width\":5,\"from\":-5,\"to\":50}}]}",
                &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cpt_aggregate_result_get_n_rows (result), >, 3);
  for (guint i = 0; i < cpt_aggregate_result_get_n_rows (result); i++)
    {
      const CptValue *key = cpt_aggregate_result_get_key (result, i, 0);
      g_autoptr(CptFilter) filter = cpt_aggregate_result_dup_filter (result, i, 0);
      g_autoptr(GArray) rows = query_fixture_get_rows (&fixture, filter);
      g_autofree char *condition = NULL;
      g_autofree char *count = NULL;
      g_autofree char *sum = NULL;

      if (cpt_value_is_null (key))
        condition = g_strdup ("amount IS NULL");
      else if (key->money.amount < -500)
        condition = g_strdup_printf ("amount < -500 AND amount_currency = '%s'", key->money.currency);
      else if (key->money.amount >= 5000)
        condition = g_strdup_printf ("amount >= 5000 AND amount_currency = '%s'", key->money.currency);
      else
        condition = g_strdup_printf ("amount >= %d AND amount < %d AND amount_currency = '%s'", (int) key->money.amount,
                                     (int) key->money.amount + 500, key->money.currency);
      count = g_strdup_printf ("SELECT count(*) FROM deal WHERE %s", condition);
      sum = g_strdup_printf ("SELECT total(probability) FROM deal WHERE %s", condition);
      g_assert_cmpfloat (cpt_aggregate_result_get_measure (result, i, 0)->number, ==, query_fixture_select_number (&fixture, count));
      g_assert_cmpfloat (cpt_aggregate_result_get_measure (result, i, 1)->number, ==, query_fixture_select_number (&fixture, sum));
      g_assert_cmpfloat (rows->len, ==, cpt_aggregate_result_get_measure (result, i, 0)->number);
      all += cpt_aggregate_result_get_measure (result, i, 0)->number;
    }
  g_assert_cmpfloat (all, ==, query_fixture_select_number (&fixture, "SELECT count(*) FROM deal"));
  query_fixture_tear_down (&fixture);
}

static void
assert_rows (QueryFixture      *fixture,
             const char        *question,
             const char *const *labels,
             const double      *counts)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptAggregateResult) result = ask (fixture, question, &error);

  g_assert_no_error (error);
  for (guint i = 0; labels[i] != NULL; i++)
    {
      g_assert_cmpuint (i, <, cpt_aggregate_result_get_n_rows (result));
      g_assert_cmpstr (cpt_aggregate_result_get_label (result, i, 0), ==, labels[i]);
      g_assert_cmpfloat (cpt_aggregate_result_get_measure (result, i, 0)->number, ==, counts[i]);
      g_assert_true (labels[i + 1] != NULL || cpt_aggregate_result_get_n_rows (result) == i + 1);
    }
}

/* What is far away does not spoil the picture of all others */
static void
test_suit_the_records (void)
{
  static const char *const near[] = { "0 – 9", "10 – 19", "20 – 29", "30 – 39", "40 – 49", "50 – 59", "60 – 69",
                                      "70 – 79", "80 – 89", "90 – 99", NULL };
  static const char *const far[] = { "0 – 9", "10 – 19", "20 – 29", "30 – 39", "40 – 49", "50 – 59", "60 – 69",
                                     "70 – 79", "80 – 89", "90 – 99", "100 and more", NULL };
  static const double counts[] = { 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 1 };
  static const char question[] = "{\"source\":\"organisation\",\"where\":{\"field\":\"name\",\"op\":\"is\",\"value\":\"One\"},"
                                 "\"dimensions\":[{\"field\":\"employees\",\"bin\":\"auto\",\"fill\":true}]}";
  QueryFixture fixture;
  g_autoptr(GError) error = NULL;

  query_fixture_set_up (&fixture, 3, 1);
  for (gint64 i = 0; i < 100; i += 5)
    {
      add_organisation (&fixture, i);
      add_organisation (&fixture, i);
    }
  assert_rows (&fixture, question, near, counts);
  add_organisation (&fixture, 100000000);
  assert_rows (&fixture, question, far, counts);

  /* A width that a person chose may be too small */
  g_assert_null (ask (&fixture, "{\"source\":\"organisation\",\"dimensions\":[{\"field\":\"employees\",\"bin\":"
                                "{\"width\":1,\"from\":0,\"to\":50000}}]}",
                      &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
  g_assert_cmpstr (error->message, ==, "That would be too many steps: make them at least 500 wide");
  query_fixture_tear_down (&fixture);
}

/* Between two bins that have records stand those that have none */
static void
test_fill_up (void)
{
  static const char *const labels[] = { "0 – 99", "100 – 199", "200 – 299", "300 – 399", NULL };
  static const double counts[] = { 1, 0, 0, 2 };
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 3, 1);
  add_organisation (&fixture, 12);
  add_organisation (&fixture, 300);
  add_organisation (&fixture, 399);
  assert_rows (&fixture, "{\"source\":\"organisation\",\"where\":{\"field\":\"name\",\"op\":\"is\",\"value\":\"One\"},"
                         "\"dimensions\":[{\"field\":\"employees\",\"bin\":100,\"fill\":true}]}",
               labels, counts);
  query_fixture_tear_down (&fixture);
}

/* The least and the greatest numbers that there are; nothing at all */
static void
test_extremes (void)
{
  static const char *const questions[] = {
    "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"x_integer\",\"bin\":\"auto\",\"fill\":true}]}",
    "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"x_decimal\",\"bin\":\"auto\",\"fill\":true}]}",
    "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"x_duration\",\"bin\":\"auto\",\"fill\":true}]}",
    "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"organisation.revenue\",\"bin\":\"auto\",\"fill\":true}]}",
    "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"x_integer\",\"bin\":\"auto\"},{\"field\":\"amount\",\"bin\":\"auto\"}]}",
    "{\"source\":\"deal\",\"where\":{\"any\":[]},\"dimensions\":[{\"field\":\"amount\",\"bin\":\"auto\",\"fill\":true}]}",
  };
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 5, 40);
  for (int i = 0; i < 6; i++)
    {
      static const gint64 numbers[] = { -G_GINT64_CONSTANT (9007199254740991), G_GINT64_CONSTANT (9007199254740991), 0, -1, 1, 1000 };
      g_autoptr(CptRecord) record = query_fixture_random_record (&fixture, fixture.deal);

      cpt_record_set_integer (record, "x_integer", numbers[i]);
      query_fixture_create (&fixture, record, fixture.deals);
    }
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CptAggregateResult) result = ask (&fixture, questions[i], &error);

      g_assert_no_error (error);
      g_assert_cmpuint (cpt_aggregate_result_get_n_rows (result), <, 2000);
      for (guint row = 0; row < cpt_aggregate_result_get_n_rows (result); row++)
        {
          g_autoptr(CptFilter) filter = cpt_aggregate_result_dup_filter (result, row, 0);
          g_autoptr(GArray) rows = query_fixture_get_rows (&fixture, filter);

          g_assert_cmpfloat (rows->len, ==, cpt_aggregate_result_get_measure (result, row, 0)->number);
        }
    }
  query_fixture_tear_down (&fixture);
}

static void
test_mistakes (void)
{
  static const char *const questions[] = {
    "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"amount\",\"bin\":0}]}",
    "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"amount\",\"bin\":-5}]}",
    "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"amount\",\"bin\":\"nice\"}]}",
    "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"amount\",\"bin\":{\"from\":1}}]}",
    "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"amount\",\"bin\":{\"width\":1,\"from\":5,\"to\":5}}]}",
    "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"amount\",\"bin\":1e300}]}",
    "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"stage\",\"bin\":5}]}",
    "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"closed_on\",\"bin\":\"auto\"}]}",
    "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"amount\",\"fill\":true}]}",
  };
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (cpt_aggregate_spec_parse (fixture.schema, questions[i], &error));
      g_assert_error (error, CPT_ERROR, CPT_ERROR_PARSE);
    }
  query_fixture_tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/aggregate/bins/agree-with-sql", test_agree_with_sql);
  g_test_add_func ("/aggregate/bins/suit-the-records", test_suit_the_records);
  g_test_add_func ("/aggregate/bins/fill-up", test_fill_up);
  g_test_add_func ("/aggregate/bins/extremes", test_extremes);
  g_test_add_func ("/aggregate/bins/mistakes-are-told", test_mistakes);

  return g_test_run ();
}
