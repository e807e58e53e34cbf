/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers are what the records behind them add up to, however they were computed. */

#include "config.h"

#include "cpt-aggregate-private.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "query-fixture.h"

static CptAggregateSpec *
parse_spec (QueryFixture *fixture,
            const char   *json)
{
  g_autoptr(GError) error = NULL;
  CptAggregateSpec *spec = cpt_aggregate_spec_parse (fixture->schema, json, &error);

  if (spec == NULL)
    g_error ("%s: %s", json, error->message);

  return spec;
}

static CptAggregateResult *
run (QueryFixture     *fixture,
     CptAggregateSpec *spec)
{
  g_autoptr(GError) error = NULL;
  CptAggregateResult *result = cpt_aggregate_run (fixture->database, spec, &error);

  g_assert_no_error (error);

  return result;
}

/* What a path gives for a record; links that lead nowhere give null */
static void
get_value (QueryFixture  *fixture,
           const CptPath *path,
           CptRecord     *record,
           CptValue      *value)
{
  g_autoptr(CptRecord) current = cpt_record_ref (record);

  for (guint i = 0; i + 1 < path->n_steps; i++)
    {
      const CptValue *link = cpt_record_get (current, path->fields[i]);
      CptRecord *next = link->type != CPT_VALUE_ID
                          ? NULL
                          : cpt_database_load (fixture->database, path->entities[i + 1], &link->id, NULL);

      if (next == NULL || next->in_trash)
        {
          g_clear_pointer (&next, cpt_record_unref);
          return;
        }
      cpt_record_unref (current);
      current = next;
    }

  cpt_value_copy (cpt_record_get (current, cpt_path_get_field (path)), value);
}

static int
compare_numbers (const void *a,
                 const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static double
combine (CptAggregate  aggregate,
         GArray       *numbers)
{
  double sum = 0;
  guint n = numbers->len;

  g_array_sort (numbers, compare_numbers);
  for (guint i = 0; i < n; i++)
    sum += (double) g_array_index (numbers, gint64, i);

  switch (aggregate)
    {
    case CPT_AGGREGATE_SUM:
      return sum;
    case CPT_AGGREGATE_AVERAGE:
      return sum / n;
    case CPT_AGGREGATE_MIN:
      return (double) g_array_index (numbers, gint64, 0);
    case CPT_AGGREGATE_MAX:
      return (double) g_array_index (numbers, gint64, n - 1);
    case CPT_AGGREGATE_MEDIAN:
      return ((double) g_array_index (numbers, gint64, (n - 1) / 2) + (double) g_array_index (numbers, gint64, n / 2)) / 2;
    case CPT_AGGREGATE_COUNT:
    case CPT_AGGREGATE_DISTINCT:
    default:
      return n;
    }
}

static GPtrArray *
load_rows (QueryFixture *fixture,
           GArray       *rows)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (records, cpt_database_load_row (fixture->database, fixture->deal, g_array_index (rows, gint64, i), NULL));

  return records;
}

static gboolean
was_seen (GPtrArray      *seen,
          const CptValue *value)
{
  for (guint i = 0; i < seen->len; i++)
    if (cpt_value_equal (g_ptr_array_index (seen, i), value))
      return TRUE;

  return FALSE;
}

/* A measure against the records that its filter gives */
static void
check_measure (QueryFixture       *fixture,
               const char         *json,
               CptAggregateSpec   *spec,
               CptAggregateResult *result,
               guint               row,
               guint               measure,
               const char         *field)
{
  const CptMeasure *told = cpt_aggregate_result_get_measure (result, row, measure);
  CptAggregate aggregate = cpt_aggregate_spec_get_measure_aggregate (spec, measure);
  g_autoptr(CptFilter) filter = cpt_aggregate_result_dup_filter (result, row, measure);
  g_autoptr(GArray) rows = query_fixture_get_rows (fixture, filter);
  g_autoptr(GPtrArray) records = load_rows (fixture, rows);
  g_autoptr(GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GPtrArray) seen = g_ptr_array_new ();
  g_autoptr(GPtrArray) values = g_ptr_array_new ();
  CptPath path = { .n_steps = 0 };

  if (field != NULL)
    g_assert_true (cpt_path_parse (fixture->schema, fixture->deal, field, &path, NULL));

  for (guint i = 0; i < records->len; i++)
    {
      CptValue *value = g_new0 (CptValue, 1);

      g_ptr_array_add (values, value);
      if (field != NULL)
        get_value (fixture, &path, g_ptr_array_index (records, i), value);
      if (field != NULL && cpt_value_is_null (value))
        continue;
      if (value->type == CPT_VALUE_MONEY && *told->currency != '\0')
        g_assert_cmpstr (value->money.currency, ==, told->currency);
      if (aggregate == CPT_AGGREGATE_DISTINCT && was_seen (seen, value))
        continue;
      g_ptr_array_add (seen, value);
      g_array_append_val (numbers, *(value->type == CPT_VALUE_MONEY ? &value->money.amount : &value->integer));
    }

  if (told->is_null)
    g_assert_cmpuint (numbers->len, ==, 0);
  else if (fabs (told->number - combine (aggregate, numbers)) > 1e-6 * (1 + fabs (told->number)))
    g_error ("%s\nrow %u measure %u: %f, but its records give %f", json, row, measure, told->number, combine (aggregate, numbers));

  for (guint i = 0; i < values->len; i++)
    {
      cpt_value_clear (g_ptr_array_index (values, i));
      g_free (g_ptr_array_index (values, i));
    }
}

static void
test_numbers_are_their_records (void)
{
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 1, 30);
  for (guint i = 0; i < 30; i++)
    {
      const char *fields[CPT_AGGREGATE_MAX_MEASURES];
      guint n_measures;
      g_autofree char *json = query_fixture_random_spec (&fixture, fields, &n_measures);
      g_autoptr(CptAggregateSpec) spec = parse_spec (&fixture, json);
      g_autoptr(CptAggregateResult) result = run (&fixture, spec);
      g_autoptr(JsonNode) answer = cpt_aggregate_result_to_json (result);
      g_autoptr(JsonNode) back = cpt_aggregate_spec_to_json (spec);
      g_autoptr(CptAggregateSpec) again = cpt_aggregate_spec_from_json (fixture.schema, back, NULL);
      g_autoptr(JsonNode) twice = cpt_aggregate_spec_to_json (again);
      guint n_rows = cpt_aggregate_result_get_n_rows (result);

      g_assert_true (json_node_equal (back, twice));
      g_assert_true (JSON_NODE_HOLDS_OBJECT (answer));
      for (guint row = 0; row < n_rows; row += 1 + n_rows / 8)
        for (guint measure = 0; measure < n_measures; measure++)
          check_measure (&fixture, json, spec, result, row, measure, fields[measure]);
    }
  query_fixture_tear_down (&fixture);
}

/* Nothing is left out and nothing counts twice but in sets */
static void
test_groups_hold_every_record_once (void)
{
  static const char *const single[] = {
    "{\"field\":\"stage\"}", "{\"field\":\"organisation.owner\"}", "{\"field\":\"x_datetime\",\"bucket\":\"month\"}",
    "{\"field\":\"x_text\"}", "{\"field\":\"amount\"}", "{\"field\":\"x_choice\"},{\"field\":\"closed_on\",\"bucket\":\"year\",\"fill\":true}",
  };
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 2, 50);
  for (guint i = 0; i < G_N_ELEMENTS (single); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"},{\"agg\":\"sum\",\"field\":\"amount\"}],"
                                               "\"dimensions\":[%s]}",
                                               single[i]);
      g_autoptr(CptAggregateSpec) spec = parse_spec (&fixture, json);
      g_autoptr(CptAggregateResult) result = run (&fixture, spec);
      gint64 n = 0;

      for (guint row = 0; row < cpt_aggregate_result_get_n_rows (result); row++)
        n += cpt_aggregate_result_get_measure (result, row, 0)->exact;
      g_assert_cmpint (n, ==, 50);
    }
  query_fixture_tear_down (&fixture);
}

/* Keeping up */

/* Undo stops at @first: the fixture itself stays */
static void
change_something (QueryFixture *fixture,
                  gint64        first)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_SYNC, NULL);
  g_autoptr(CptRecord) record = query_fixture_random_record (fixture, fixture->deal);
  g_autoptr(CptLogEntry) entry = NULL;
  const CptUuid *id = &g_array_index (fixture->deals, CptUuid, g_rand_int_range (fixture->random, 0, (gint32) fixture->deals->len));
  guint n = (guint) g_rand_int_range (fixture->random, 1, 4);
  g_autoptr(CptRecord) target = cpt_database_load (fixture->database, fixture->deal, id, NULL);

  switch (g_rand_int_range (fixture->random, 0, 7))
    {
    case 0:
      query_fixture_create (fixture, record, fixture->deals);
      break;
    case 1:
      if (target != NULL && target->in_trash)
        cpt_transaction_restore (transaction, fixture->deal, id);
      else
        cpt_transaction_delete (transaction, fixture->deal, id);
      query_fixture_commit (fixture, transaction);
      break;
    case 2:
      entry = cpt_log_peek_undo (fixture->database, &error);
      g_assert_no_error (error);
      if (entry != NULL && entry->sequence > first)
        cpt_log_undo (fixture->database, entry->sequence, NULL, &error);
      break;
    case 3:
      g_clear_pointer (&record, cpt_record_unref);
      record = query_fixture_random_record (fixture, fixture->organisation);
      query_fixture_create (fixture, record, NULL);
      break;
    default:
      for (guint i = 0; i < n && target != NULL && !target->in_trash; i++)
        {
          const CptField *field = fixture->deal->fields[g_rand_int_range (fixture->random, 0, (gint32) fixture->deal->n_fields)];

          cpt_transaction_set (transaction, fixture->deal, id, field, cpt_record_get (record, field));
        }
      query_fixture_commit (fixture, transaction);
      break;
    }
}

static void
change_by_unit (QueryFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptUnit) unit = cpt_unit_begin (fixture->database, CPT_ORIGIN_IMPORT, "unit", &error);

  g_assert_no_error (error);
  for (guint slice = 0; slice < 2; slice++)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
      g_autoptr(CptRecord) record = query_fixture_random_record (fixture, fixture->deal);
      const CptField *name = cpt_entity_find_field (fixture->deal, "name");

      cpt_transaction_create (transaction, record);
      cpt_transaction_set (transaction, fixture->deal, &g_array_index (fixture->deals, CptUuid, slice), name, cpt_record_get (record, name));
      cpt_unit_commit (unit, transaction, NULL, NULL, &error);
      g_clear_error (&error);
    }

  if (g_rand_boolean (fixture->random))
    cpt_unit_finish (unit, NULL, &error);
  else
    cpt_unit_abort (unit, &error);
  g_assert_no_error (error);
}

static char *
run_to_text (QueryFixture     *fixture,
             CptDatabase      *database,
             CptAggregateSpec *spec)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptAggregateResult) result = cpt_aggregate_run (database, spec, &error);
  g_autoptr(JsonNode) json = NULL;

  g_assert_no_error (error);
  json = cpt_aggregate_result_to_json (result);

  return cpt_json_format (json);
}

static const char *const kept[] = {
  "{\"source\":\"deal\"}",
  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"},{\"agg\":\"sum\",\"field\":\"amount\"},{\"agg\":\"avg\",\"field\":\"probability\"}],"
  "\"dimensions\":[{\"field\":\"stage\"}]}",
  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"avg\",\"field\":\"x_money\",\"where\":{\"field\":\"name\",\"op\":\"contains\",\"value\":\"du\"}}],"
  "\"dimensions\":[{\"field\":\"tags\"},{\"field\":\"x_datetime\",\"bucket\":\"month\"}],\"where\":{\"field\":\"closed_on\",\"op\":\"is-not-empty\"}}",
  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"},{\"agg\":\"count\",\"field\":\"source\"}],"
  "\"compare\":{\"field\":\"closed_on\",\"period\":{\"this\":\"year\"},\"with\":\"previous\"},"
  "\"dimensions\":[{\"field\":\"closed_on\",\"bucket\":\"month\",\"fill\":true}]}",
  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"median\",\"field\":\"x_integer\"}],\"dimensions\":[{\"field\":\"organisation.country\"}]}",
  "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"contacts\"}],\"where\":{\"field\":\"owner\",\"op\":\"is\",\"value\":{\"me\":true}}}",
  "{\"source\":\"organisation\",\"measures\":[{\"agg\":\"max\",\"field\":\"employees\"}]}",
  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"avg\",\"field\":\"closed_on\",\"since\":\"opened_on\"},"
  "{\"agg\":\"sum\",\"field\":\"x_datetime\",\"since\":\"created_at\"},"
  "{\"agg\":\"sum\",\"field\":\"amount\",\"weight\":\"probability\"}],\"dimensions\":[{\"field\":\"stage\"}]}",
  "{\"source\":\"deal\",\"measures\":[{\"name\":\"won\",\"agg\":\"count\",\"where\":{\"field\":\"closed_on\",\"op\":\"is-not-empty\"},\"hidden\":true},"
  "{\"name\":\"whole\",\"agg\":\"count\"},{\"formula\":\"won / whole\",\"unit\":\"percent\"}],\"dimensions\":[{\"field\":\"owner\"}],"
  "\"order\":[{\"measure\":1,\"descending\":true}],\"limit\":3}",
  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\",\"weight\":\"stage.probability\"}]}",
  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\",\"show\":\"share\"},{\"agg\":\"sum\",\"field\":\"amount\",\"show\":\"running\"},"
  "{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"source\"}],\"having\":[{\"measure\":2,\"op\":\"greater-or-equal\",\"value\":2}]}",
  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"},{\"agg\":\"sum\",\"field\":\"amount\"}],"
  "\"dimensions\":[{\"field\":\"amount\",\"bin\":\"auto\",\"fill\":true},{\"field\":\"source\"}]}",
  "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"x_integer\",\"bin\":\"auto\"},{\"field\":\"x_percent\",\"bin\":{\"width\":10,\"from\":0,\"to\":100}}]}",
};

static void
test_keeps_up_with_changes (void)
{
  QueryFixture fixture;
  g_autoptr(GPtrArray) specs = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_aggregate_spec_unref);
  gint64 first;

  query_fixture_set_up (&fixture, 99, 25);
  first = cpt_database_get_sequence (fixture.database);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    g_ptr_array_add (specs, parse_spec (&fixture, kept[i]));

  for (guint round = 0; round < 20; round++)
    {
      g_autoptr(GError) error = NULL;
      CptDatabaseConfig config = { .clock = fixture.clock, .author = *cpt_database_get_author (fixture.database) };
      g_autoptr(CptDatabase) fresh = NULL;

      if (round % 5 == 4)
        change_by_unit (&fixture);
      else
        for (gint i = g_rand_int_range (fixture.random, 0, 4); i > 0; i--)
          change_something (&fixture, first);

      fresh = cpt_database_open (cpt_database_get_path (fixture.database), CPT_OPEN_READ, &config, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < specs->len; i++)
        {
          g_autofree char *now = run_to_text (&fixture, fixture.database, g_ptr_array_index (specs, i));
          g_autofree char *again = run_to_text (&fixture, fixture.database, g_ptr_array_index (specs, i));
          g_autofree char *computed = run_to_text (&fixture, fresh, g_ptr_array_index (specs, i));

          g_assert_cmpstr (now, ==, computed);
          g_assert_cmpstr (again, ==, computed);
        }
    }
  query_fixture_tear_down (&fixture);
}

/* Answers in the file */

typedef struct
{
  CptAggregateSpec *spec;
  const char *key;
  gint64 sequence;
  gboolean from_file;
  CptGroups *groups;
  char *text;
} Kept;

static gboolean
read_groups (CptDatabase  *database,
             gpointer      data,
             GError      **error)
{
  Kept *one = data;
  g_autoptr(CptAggregateResult) result = NULL;
  g_autoptr(JsonNode) json = NULL;

  one->groups = one->from_file ? cpt_aggregate_file_load (database, one->spec, one->key, &one->sequence)
                               : cpt_aggregate_compute (database, one->spec, error);
  if (one->groups == NULL)
    return TRUE;

  result = cpt_aggregate_present (database, one->groups, error);
  json = cpt_aggregate_result_to_json (result);
  one->text = cpt_json_format (json);

  return TRUE;
}

static void
test_keeps_answers_in_the_file (void)
{
  static const char *const damages[] = { "", "[[1]]", "{}", "[1]", "[[[],[],[],[],[],[]]]", "[[null,null,null,null,null,null]]" };
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 17, 20);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autoptr(CptAggregateSpec) spec = parse_spec (&fixture, kept[i]);
      Kept computed = { .spec = spec, .key = kept[i] };
      Kept loaded = { .spec = spec, .key = kept[i], .from_file = TRUE };
      gboolean is_personal = FALSE;

      g_assert_true (cpt_database_snapshot (fixture.database, read_groups, &computed, NULL));
      cpt_aggregate_file_save (fixture.database, kept[i], computed.groups, 42);
      g_assert_true (cpt_database_snapshot (fixture.database, read_groups, &loaded, NULL));

      for (guint j = 0; j < cpt_aggregate_spec_get_n_dimensions (spec); j++)
        is_personal = is_personal || cpt_aggregate_spec_get_dimension_field (spec, j)->privacy != CPT_PRIVACY_NONE;

      /* A median is a real number, and personal data stays in its records */
      if (loaded.groups != NULL)
        {
          g_assert_cmpint (loaded.sequence, ==, 42);
          g_assert_cmpstr (loaded.text, ==, computed.text);
          cpt_groups_unref (loaded.groups);
        }
      else
        {
          g_test_message ("not kept: %s", kept[i]);
          g_assert_true (is_personal || strstr (kept[i], "median") != NULL);
        }
      cpt_groups_unref (computed.groups);
      g_free (computed.text);
      g_free (loaded.text);
    }

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr(CptAggregateSpec) spec = parse_spec (&fixture, kept[0]);
      g_autofree char *sql = g_strdup_printf ("UPDATE aggregate_cache SET result='%s'", damages[i]);
      Kept loaded = { .spec = spec, .key = kept[0], .from_file = TRUE };

      g_assert_true (cpt_database_exec (fixture.database, sql, NULL));
      g_assert_true (cpt_database_snapshot (fixture.database, read_groups, &loaded, NULL));
      g_assert_null (loaded.groups);
    }
  query_fixture_tear_down (&fixture);
}

/* The shape of answers */

static void
create_deal (QueryFixture *fixture,
             const char   *name,
             gint64        amount,
             const char   *currency,
             const char   *closed_on)
{
  g_autoptr(CptRecord) record = cpt_record_new (fixture->schema, fixture->deal);
  CptValue value = CPT_VALUE_INIT;
  gint64 date;

  cpt_value_set_text (&value, name);
  cpt_record_take (record, cpt_entity_find_field (fixture->deal, "name"), cpt_value_steal (&value));
  if (currency != NULL)
    cpt_value_set_money (&value, amount, currency);
  cpt_record_take (record, cpt_entity_find_field (fixture->deal, "amount"), cpt_value_steal (&value));
  if (closed_on != NULL && cpt_date_parse_iso (closed_on, &date))
    cpt_value_set_integer (&value, date);
  cpt_record_take (record, cpt_entity_find_field (fixture->deal, "closed_on"), cpt_value_steal (&value));
  query_fixture_create (fixture, record, NULL);
}

static void
test_answers_in_a_known_shape (void)
{
  static const struct
  {
    const char *spec;
    const char *answer;
  } cases[] = {
    { "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"},{\"agg\":\"count\"}]}",
      "{\"source\":\"deal\",\"dimensions\":[],\"measures\":[\"sum(amount)\",\"count\"],"
      "\"dimension_labels\":[],\"measure_labels\":[\"Sum of Amount\",\"Deals\"],\"rows\":["
      "{\"keys\":[],\"labels\":[],\"measures\":[{\"amount\":\"42.50\",\"currency\":\"EUR\"},4]},"
      "{\"keys\":[],\"labels\":[],\"measures\":[{\"amount\":\"700\",\"currency\":\"JPY\"},1]}],\"truncated\":false}" },
    { "{\"source\":\"deal\",\"measures\":[{\"agg\":\"avg\",\"field\":\"amount\",\"label\":\"Mean\"}],"
      "\"dimensions\":[{\"field\":\"closed_on\",\"bucket\":\"month\",\"fill\":true}],"
      "\"where\":{\"field\":\"amount\",\"op\":\"is\",\"value\":{\"currency\":\"EUR\"}}}",
      "{\"source\":\"deal\",\"dimensions\":[\"closed_on\"],\"measures\":[\"avg(amount)\"],"
      "\"dimension_labels\":[\"Closed\"],\"measure_labels\":[\"Mean\"],\"rows\":["
      "{\"keys\":[\"2026-08-01\"],\"labels\":[\"Aug 2026\"],\"measures\":[{\"amount\":\"20.00\",\"currency\":\"EUR\"}]},"
      "{\"keys\":[\"2026-09-01\"],\"labels\":[\"Sep 2026\"],\"measures\":[null]},"
      "{\"keys\":[\"2026-10-01\"],\"labels\":[\"Oct 2026\"],\"measures\":[{\"amount\":\"10.00\",\"currency\":\"EUR\"}]},"
      "{\"keys\":[\"2026-11-01\"],\"labels\":[\"Nov 2026\"],\"measures\":[{\"amount\":\"12.50\",\"currency\":\"EUR\"}]}],\"truncated\":false}" },
    { "{\"source\":\"deal\",\"compare\":{\"field\":\"closed_on\",\"period\":{\"this\":\"month\"},\"with\":\"previous\"}}",
      "{\"source\":\"deal\",\"dimensions\":[],\"measures\":[\"count\"],"
      "\"dimension_labels\":[],\"measure_labels\":[\"Deals\"],\"rows\":["
      "{\"keys\":[],\"labels\":[],\"measures\":[2],\"compared\":[1]}],\"truncated\":false}" },
    { "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"closed_on\",\"bucket\":\"month\"}],"
      "\"compare\":{\"field\":\"closed_on\",\"period\":{\"from\":\"2026-10-01\",\"to\":\"2026-11-30\"},\"with\":\"previous\"}}",
      "{\"source\":\"deal\",\"dimensions\":[\"closed_on\"],\"measures\":[\"count\"],"
      "\"dimension_labels\":[\"Closed\"],\"measure_labels\":[\"Deals\"],\"rows\":["
      "{\"keys\":[\"2026-10-01\"],\"labels\":[\"Oct 2026\"],\"measures\":[1],\"compared\":[1]},"
      "{\"keys\":[\"2026-11-01\"],\"labels\":[\"Nov 2026\"],\"measures\":[2],\"compared\":[0]}],\"truncated\":false}" },
    { "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"name\"}],\"order\":[{\"dimension\":0,\"descending\":true}],\"limit\":2}",
      "{\"source\":\"deal\",\"dimensions\":[\"name\"],\"measures\":[\"count\"],"
      "\"dimension_labels\":[\"Name\"],\"measure_labels\":[\"Deals\"],\"rows\":["
      "{\"keys\":[\"Éa\"],\"labels\":[\"Éa\"],\"measures\":[1]},{\"keys\":[\"d\"],\"labels\":[\"d\"],\"measures\":[1]}],\"truncated\":true}" },
    { "{\"source\":\"deal\",\"where\":{\"any\":[]},\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"},{\"agg\":\"max\",\"field\":\"amount\"}]}",
      "{\"source\":\"deal\",\"dimensions\":[],\"measures\":[\"sum(amount)\",\"max(amount)\"],"
      "\"dimension_labels\":[],\"measure_labels\":[\"Sum of Amount\",\"Largest Amount\"],\"rows\":["
      "{\"keys\":[],\"labels\":[],\"measures\":[{\"amount\":\"0.00\",\"currency\":\"EUR\"},null]}],\"truncated\":false}" },
  };
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 5, 0);
  create_deal (&fixture, "a", 1000, "EUR", "2026-10-05");
  create_deal (&fixture, "b", 1250, "EUR", "2026-11-30");
  create_deal (&fixture, "c", 700, "JPY", "2026-11-01");
  create_deal (&fixture, "d", 2000, "EUR", "2026-08-15");
  create_deal (&fixture, "Éa", 0, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(CptAggregateSpec) spec = parse_spec (&fixture, cases[i].spec);
      g_autofree char *answer = run_to_text (&fixture, fixture.database, spec);

      g_assert_cmpstr (answer, ==, cases[i].answer);
    }
  query_fixture_tear_down (&fixture);
}

/* A month that runs is not compared with a whole one */
static void
test_compares_with_the_same_part (void)
{
  static const struct
  {
    const char *today;
    const char *unit;
    const char *with;
    const char *from;
    const char *to;
    gboolean is_part;
  } cases[] = {
    { "2026-11-21", "month", "previous", "2026-10-01", "2026-10-21", TRUE },
    { "2026-11-21", "month", "year", "2025-11-01", "2025-11-21", TRUE },
    { "2026-11-21", "quarter", "previous", "2026-07-01", "2026-08-21", TRUE },
    { "2026-11-21", "year", "previous", "2025-01-01", "2025-11-21", TRUE },
    { "2026-11-21", "year", "year", "2025-01-01", "2025-11-21", TRUE },
    { "2026-11-21", "week", "previous", "2026-11-09", "2026-11-14", TRUE },
    { "2026-11-21", "day", "previous", "2026-11-20", "2026-11-20", FALSE },
    { "2026-11-01", "month", "previous", "2026-10-01", "2026-10-01", TRUE },
    { "2026-11-22", "week", "previous", "2026-11-09", "2026-11-15", FALSE },
    /* The last day of a month ends the other month, whatever its length */
    { "2026-11-30", "month", "previous", "2026-10-01", "2026-10-31", FALSE },
    { "2026-03-31", "month", "previous", "2026-02-01", "2026-02-28", FALSE },
    { "2026-03-29", "month", "previous", "2026-02-01", "2026-02-28", TRUE },
    { "2024-02-29", "year", "year", "2023-01-01", "2023-02-28", TRUE },
  };
  g_autoptr(CptSchema) schema = cpt_schema_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"source\":\"deal\",\"compare\":{\"field\":\"closed_on\","
                                               "\"period\":{\"this\":\"%s\"},\"with\":\"%s\"}}",
                                               cases[i].unit, cases[i].with);
      g_autoptr(GError) error = NULL;
      g_autoptr(CptAggregateSpec) spec = cpt_aggregate_spec_parse (schema, json, &error);
      g_autofree char *first = NULL;
      g_autofree char *last = NULL;
      gint64 today, from, to;

      g_assert_no_error (error);
      g_assert_true (cpt_date_parse_iso (cases[i].today, &today));
      g_assert_cmpint (cpt_aggregate_spec_get_part (spec, today, &from, &to), ==, cases[i].is_part);
      first = cpt_date_format_iso (from);
      last = cpt_date_format_iso (to);
      g_assert_cmpstr (first, ==, cases[i].from);
      g_assert_cmpstr (last, ==, cases[i].to);
    }
}

static void
test_sums_beyond_64_bits (void)
{
  QueryFixture fixture;
  g_autoptr(CptAggregateSpec) spec = NULL;
  g_autoptr(CptAggregateResult) result = NULL;
  const CptMeasure *sum;

  query_fixture_set_up (&fixture, 5, 0);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(CptRecord) record = cpt_record_new (fixture.schema, fixture.deal);
      CptValue value = CPT_VALUE_INIT;

      cpt_value_set_text (&value, "big");
      cpt_record_take (record, cpt_entity_find_field (fixture.deal, "name"), cpt_value_steal (&value));
      cpt_value_set_integer (&value, G_MAXINT64);
      cpt_record_take (record, cpt_entity_find_field (fixture.deal, "x_integer"), cpt_value_steal (&value));
      query_fixture_create (&fixture, record, NULL);
    }

  spec = parse_spec (&fixture, "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"x_integer\"},{\"agg\":\"avg\",\"field\":\"x_integer\"},"
                               "{\"agg\":\"median\",\"field\":\"x_integer\"}]}");
  result = run (&fixture, spec);
  sum = cpt_aggregate_result_get_measure (result, 0, 0);
  g_assert_cmpfloat (sum->number, ==, 3.0 * (double) G_MAXINT64);
  g_assert_cmpfloat (cpt_aggregate_result_get_measure (result, 0, 1)->number, ==, (double) G_MAXINT64);
  g_assert_cmpfloat (cpt_aggregate_result_get_measure (result, 0, 2)->number, ==, (double) G_MAXINT64);
  query_fixture_tear_down (&fixture);
}

#define FOUR_COUNTS "{\"agg\":\"count\"},{\"agg\":\"count\"},{\"agg\":\"count\"},{\"agg\":\"count\"}"

static void
test_refuses_what_does_not_fit (void)
{
  static const struct
  {
    const char *json;
    CptError code;
  } cases[] = {
    { "[]", CPT_ERROR_PARSE },
    { "{}", CPT_ERROR_NOT_FOUND },
    { "{\"source\":\"nothing\"}", CPT_ERROR_NOT_FOUND },
    { "{\"source\":5}", CPT_ERROR_PARSE },
    { "{\"source\":\"deal\",\"sql\":\"1\"}", CPT_ERROR_PARSE },
    { "{\"source\":\"deal\",\"measures\":{}}", CPT_ERROR_PARSE },
    { "{\"source\":\"deal\",\"measures\":[1]}", CPT_ERROR_PARSE },
    { "{\"source\":\"deal\",\"measures\":[{}]}", CPT_ERROR_PARSE },
    { "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\"}]}", CPT_ERROR_PARSE },
    { "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"name\"}]}", CPT_ERROR_INVALID },
    { "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount); DROP TABLE deal\"}]}", CPT_ERROR_NOT_FOUND },
    { "{\"source\":\"deal\",\"measures\":[" FOUR_COUNTS "," FOUR_COUNTS "," FOUR_COUNTS "," FOUR_COUNTS ",{\"agg\":\"count\"}]}",
      CPT_ERROR_LIMIT },
    { "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"notes\"}]}", CPT_ERROR_INVALID },
    { "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"name\",\"bucket\":\"month\"}]}", CPT_ERROR_PARSE },
    { "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"closed_on\",\"fill\":true}]}", CPT_ERROR_PARSE },
    { "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"closed_on\",\"bucket\":\"century\"}]}", CPT_ERROR_PARSE },
    { "{\"source\":\"deal\",\"order\":[{\"measure\":1}]}", CPT_ERROR_PARSE },
    { "{\"source\":\"deal\",\"order\":[{\"measure\":0,\"dimension\":0}]}", CPT_ERROR_PARSE },
    { "{\"source\":\"deal\",\"order\":[{\"measure\":-9223372036854775808}]}", CPT_ERROR_PARSE },
    { "{\"source\":\"deal\",\"limit\":-1}", CPT_ERROR_LIMIT },
    { "{\"source\":\"deal\",\"limit\":1000000}", CPT_ERROR_LIMIT },
    { "{\"source\":\"deal\",\"compare\":{\"field\":\"name\",\"period\":{\"this\":\"month\"}}}", CPT_ERROR_PARSE },
    { "{\"source\":\"deal\",\"compare\":{\"field\":\"closed_on\"}}", CPT_ERROR_PARSE },
    { "{\"source\":\"deal\",\"compare\":{\"field\":\"closed_on\",\"period\":{\"this\":\"month\"},\"with\":\"x\"}}", CPT_ERROR_PARSE },
    { "{\"source\":\"deal\",\"where\":{\"field\":\"name\"}}", CPT_ERROR_PARSE },
  };
  g_autoptr(CptSchema) schema = cpt_schema_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CptAggregateSpec) spec = cpt_aggregate_spec_parse (schema, cases[i].json, &error);

      if (!g_error_matches (error, CPT_ERROR, (int) cases[i].code))
        g_error ("%s: %s", cases[i].json, error == NULL ? "accepted" : error->message);
      g_assert_null (spec);
    }
}

/* Words restrict numbers as they restrict a list, now and after changes */
static void
test_counts_what_a_search_finds (void)
{
  static const char json[] = "{\"source\":\"deal\",\"search\":\"zephyr\",\"dimensions\":[{\"field\":\"stage\"}]}";
  QueryFixture fixture;
  g_autoptr(CptAggregateSpec) spec = NULL;

  query_fixture_set_up (&fixture, 7, 40);
  spec = parse_spec (&fixture, json);
  for (guint n = 0; n < 3; n++)
    {
      g_autoptr(CptAggregateResult) result = run (&fixture, spec);
      g_autoptr(CptQuery) query = cpt_query_new (fixture.schema, fixture.deal);
      g_autoptr(CptRecord) deal = query_fixture_random_record (&fixture, fixture.deal);
      g_auto(CptValue) name = CPT_VALUE_INIT;
      gint64 sum = 0;
      guint64 count;

      for (guint i = 0; i < cpt_aggregate_result_get_n_rows (result); i++)
        sum += cpt_aggregate_result_get_measure (result, i, 0)->exact;
      cpt_query_set_search (query, "zephyr");
      g_assert_true (cpt_query_count (query, fixture.database, &count, NULL));
      g_assert_true (sum == n && count == n);

      cpt_value_set_text (&name, "Zéphyr and more");
      cpt_record_set (deal, cpt_entity_find_field (fixture.deal, "name"), &name);
      query_fixture_create (&fixture, deal, NULL);
    }
  query_fixture_tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/aggregate/refuses-what-does-not-fit", test_refuses_what_does_not_fit);
  g_test_add_func ("/aggregate/answers-in-a-known-shape", test_answers_in_a_known_shape);
  g_test_add_func ("/aggregate/compares-with-the-same-part", test_compares_with_the_same_part);
  g_test_add_func ("/aggregate/sums-beyond-64-bits", test_sums_beyond_64_bits);
  g_test_add_func ("/aggregate/numbers-are-their-records", test_numbers_are_their_records);
  g_test_add_func ("/aggregate/groups-hold-every-record-once", test_groups_hold_every_record_once);
  g_test_add_func ("/aggregate/keeps-answers-in-the-file", test_keeps_answers_in_the_file);
  g_test_add_func ("/aggregate/counts-what-a-search-finds", test_counts_what_a_search_finds);
  g_test_add_func ("/aggregate/keeps-up-with-changes", test_keeps_up_with_changes);

  return g_test_run ();
}
