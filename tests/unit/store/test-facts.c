/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Facts: what is kept of months is the sum of days, questions have the same
 * answer whether they read sums, days, or the same rows as records by SQL, a
 * delivery that comes again replaces, and undo puts back. Damaged bytes are told. */

#include "config.h"

#include <locale.h>

#include "cpt-check.h"
#include "cpt-database-private.h"
#include "cpt-date.h"
#include "cpt-facts-question-private.h"
#include "cpt-layout.h"
#include "facts-fixture.h"

static void
assert_sound (Facts *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) findings = cpt_check_run (self->store.database, TRUE, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

/* The whole of a question's answer as text */
static char *
ask (Facts      *self,
     const char *json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptAggregateSpec) spec = cpt_aggregate_spec_parse (cpt_database_get_schema (self->store.database), json, &error);
  g_autoptr(CptAggregateResult) result = NULL;
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  result = cpt_aggregate_run (self->store.database, spec, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < cpt_aggregate_result_get_n_rows (result); i++)
    {
      g_string_append (text, i > 0 ? "; " : "");
      for (guint j = 0; j < cpt_aggregate_result_get_n_dimensions (result); j++)
        g_string_append_printf (text, "%s ", cpt_aggregate_result_get_label (result, i, j));
      for (guint j = 0; j < cpt_aggregate_spec_get_n_measures (spec); j++)
        {
          const CptMeasure *measure = cpt_aggregate_result_get_measure (result, i, j);

          g_string_append_printf (text, "%s%g%s", j > 0 ? " " : "", measure->number, measure->currency);
        }
    }

  return g_string_free (text, FALSE);
}

/* --------------------------------------------------------------------------- storing */

/* That the line of the log tells */
static gint64
get_n_changes (Facts  *self,
               gint64  sequence)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (self->store.database, "SELECT n_changes FROM log WHERE sequence = ?", &error);

  g_assert_no_error (error);
  cpt_statement_bind_int (statement, 1, sequence);
  g_assert_true (cpt_statement_step (statement, &error) == CPT_STEP_ROW);

  return cpt_statement_get_int (statement, 0);
}

static void
test_replaces (Facts         *self,
               gconstpointer  data)
{
  gint64 day = cpt_date_from_ymd (2026, 3, 31);
  g_autoptr(CptFactsBatch) first = batch_new (self);
  g_autoptr(CptFactsBatch) second = batch_new (self);
  g_autoptr(CptFactsBatch) third = batch_new (self);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  CptFactsExtent extent;
  CptFactsCommit commit;

  add_row (first, day, "Meta", "Spring", 10, 500, "EUR");
  add_row (first, day, "Meta", "Autumn", 1, 100, "EUR");
  add_row (first, day + 1, "Meta", "Spring", 5, 250, "EUR");
  /* The last one of two counts */
  add_row (first, day + 1, "Meta", "Spring", 6, 300, "EUR");
  commit = append (self, first);
  g_assert_cmpuint (commit.n_added, ==, 3);
  g_assert_cmpuint (commit.n_repeated, ==, 1);
  g_assert_cmpint (commit.sequence, >, 0);
  g_assert_cmpint (get_n_changes (self, commit.sequence), ==, 3);
  before = ask (self, "{\"source\":\"ad_result\",\"measures\":[{\"agg\":\"sum\",\"field\":\"clicks\"},"
                      "{\"agg\":\"sum\",\"field\":\"cost\"}],\"dimensions\":[{\"field\":\"day\",\"bucket\":\"month\"}]}");
  g_assert_cmpstr (before, ==, "Mar 2026 11 600EUR; Apr 2026 6 300EUR");

  /* The same again is nothing new, and nothing in the log */
  commit = append (self, first);
  g_assert_cmpuint (commit.n_same, ==, 3);
  g_assert_cmpint (commit.sequence, ==, 0);

  /* Another currency takes the place of the amount too */
  add_row (second, day, "Meta", "Spring", 20, 700, "USD");
  add_row (second, day, "Meta", "Winter", 2, 0, "EUR");
  add_row (second, day, "Meta", "Autumn", 1, 100, "EUR");
  commit = append (self, second);
  g_assert_cmpint (get_n_changes (self, commit.sequence), ==, 2);
  g_assert_cmpuint (commit.n_added, ==, 1);
  g_assert_cmpuint (commit.n_replaced, ==, 1);
  after = ask (self, "{\"source\":\"ad_result\",\"measures\":[{\"agg\":\"sum\",\"field\":\"clicks\"},"
                     "{\"agg\":\"sum\",\"field\":\"cost\"}],\"dimensions\":[{\"field\":\"campaign\"}]}");
  g_assert_cmpstr (after, ==, "Autumn 1 100EUR; Spring 6 300EUR; Spring 20 700USD; Winter 2 0EUR");

  g_assert_true (cpt_facts_get_extent (self->store.database, self->entity, &extent, NULL));
  g_assert_cmpuint (extent.n_rows, ==, 4);
  g_assert_cmpint (extent.first, ==, day);
  g_assert_cmpint (extent.last, ==, day + 1);
  assert_sound (self);

  commit = append (self, third);
  g_assert_cmpint (commit.sequence, ==, 0);
}

static void
refuse (Facts      *self,
        gint64      day,
        gint64      clicks,
        const char *campaign)
{
  g_autoptr(CptFactsBatch) batch = batch_new (self);
  g_autoptr(GError) error = NULL;
  CptValue values[N_FIELDS] = { CPT_VALUE_INIT };

  if (day != 0)
    cpt_value_set_integer (&values[DAY], day);
  cpt_value_set_integer (&values[CLICKS], clicks);
  cpt_value_set_text (&values[CAMPAIGN], campaign);
  g_assert_false (cpt_facts_batch_add (batch, values, &error));
  g_assert_true (error != NULL && error->domain == CPT_ERROR);
  g_assert_cmpuint (cpt_facts_batch_get_n_rows (batch), ==, 0);
  clear_values (values);
}

static void
test_refuses_what_is_no_fact (Facts         *self,
                              gconstpointer  data)
{
  g_autofree char *long_text = g_strnfill (400, 'x');
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptRecord) record = cpt_record_new (cpt_database_get_schema (self->store.database), self->entity);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptAggregateSpec) spec = NULL;
  g_autoptr(CptAggregateResult) result = NULL;

  refuse (self, 0, 1, "a");
  refuse (self, -400000, 1, "a");
  refuse (self, 400000, 1, "a");
  refuse (self, 20000, CPT_FACTS_MAX_NUMBER + 1, "a");
  refuse (self, 20000, G_MININT64, "a");
  refuse (self, 20000, 1, long_text);

  /* No door leads there */
  cpt_transaction_create (transaction, record);
  g_assert_false (cpt_database_commit (self->store.database, transaction, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED);
  g_clear_error (&error);

  /* Nor a median of what was never read one by one */
  spec = cpt_aggregate_spec_parse (cpt_database_get_schema (self->store.database),
                                   "{\"source\":\"ad_result\",\"measures\":[{\"agg\":\"median\",\"field\":\"clicks\"}]}", &error);
  g_assert_no_error (error);
  result = cpt_aggregate_run (self->store.database, spec, &error);
  g_assert_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED);
}

/* ------------------------------------------------------------------------------ undo */

#define TOTAL "{\"source\":\"ad_result\",\"measures\":[{\"agg\":\"count\"},{\"agg\":\"sum\",\"field\":\"clicks\"}]}"

static void
assert_total (Facts      *self,
              const char *expected)
{
  g_autofree char *total = ask (self, TOTAL);

  g_assert_cmpstr (total, ==, expected);
}

static gint64
take_back (Facts  *self,
           gint64  sequence)
{
  g_autoptr(GError) error = NULL;
  CptCommit commit = { 0 };

  cpt_log_undo (self->store.database, sequence, &commit, &error);
  g_assert_no_error (error);

  return commit.sequence;
}

static void
test_undo_puts_back (Facts         *self,
                     gconstpointer  data)
{
  gint64 day = cpt_date_from_ymd (2026, 5, 1);
  g_autoptr(CptFactsBatch) first = batch_new (self);
  g_autoptr(CptFactsBatch) second = batch_new (self);
  g_autoptr(GError) error = NULL;
  gint64 a, b, undo, redo;

  add_row (first, day, "Meta", "Spring", 10, 500, "EUR");
  add_row (first, day, "Meta", "Autumn", 1, 100, "EUR");
  add_row (second, day, "Meta", "Spring", 30, 500, "EUR");
  add_row (second, day, "Meta", "Winter", 100, 500, "EUR");
  add_row (second, day + 40, "Meta", "Winter", 1000, 500, "EUR");

  a = append (self, first).sequence;
  b = append (self, second).sequence;
  assert_total (self, "4 1131");

  /* What was changed since stops it, and names what */
  g_assert_false (cpt_log_undo (self->store.database, a, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_CONFLICT);
  assert_total (self, "4 1131");

  undo = take_back (self, b);
  assert_total (self, "2 11");
  assert_sound (self);
  redo = take_back (self, undo);
  assert_total (self, "4 1131");
  assert_sound (self);
  take_back (self, redo);
  assert_total (self, "2 11");
  undo = take_back (self, a);
  assert_total (self, "0 0");
  take_back (self, undo);
  assert_total (self, "2 11");
  fixture_reopen (&self->store);
  assert_total (self, "2 11");
  assert_sound (self);
}

static void
test_random_acts_and_their_undo (Facts         *self,
                                 gconstpointer  data)
{
  gint64 first = cpt_date_from_ymd (2026, 1, 20);
  g_autoptr(GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
  gint64 acts[12];

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autoptr(CptFactsBatch) batch = batch_new (self);

      g_ptr_array_add (states, ask (self, TOTAL));
      add_random_rows (self, batch, first, first + 30, 60);
      acts[i] = append (self, batch).sequence;
    }
  assert_sound (self);

  for (guint i = G_N_ELEMENTS (acts); i > 0; i--)
    {
      take_back (self, acts[i - 1]);
      assert_total (self, g_ptr_array_index (states, i - 1));
    }
  assert_sound (self);
}

/* ------------------------------------------------------------------------- questions */

/* The rows as records too, so that SQL can be asked the same */
static void
copy_to_table (Facts *self)
{
  CptDatabase *database = self->store.database;
  g_autoptr(GError) error = NULL;
  CptFactsShape shape;
  GPtrArray *texts[CPT_FACTS_MAX_CODES] = { NULL };
  CptFactsExtent extent;
  gint64 number = 0;

  cpt_facts_shape_init (&shape, self->entity);
  g_assert_true (cpt_database_begin (database, &error));
  cpt_facts_get_extent (database, self->entity, &extent, &error);
  for (guint i = 0; i < shape.n_codes; i++)
    texts[i] = cpt_facts_dictionary_load (database, &shape, i, &error);
  for (gint64 day = extent.first; day <= extent.last; day++)
    {
      g_autoptr(CptFactsRows) rows = cpt_facts_part_load (database, &shape, CPT_FACTS_DAY, day, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < rows->n_rows; i++)
        {
          g_autoptr(CptRecord) record = cpt_record_new (cpt_database_get_schema (database), self->entity);
          g_autofree char *sql = cpt_layout_dup_insert_sql (self->entity);
          g_autoptr(CptStatement) statement = cpt_database_prepare (database, sql, &error);

          record->row = ++number;
          cpt_uuid_generate (&record->id, number);
          cpt_record_set_integer (record, "day", day);
          for (guint j = 0; j < shape.n_keys; j++)
            cpt_record_set_text (record, shape.code_fields[j]->name, g_ptr_array_index (texts[j], rows->codes[j][i]));
          for (guint j = 0; j + 1 < shape.n_numbers; j++)
            {
              g_auto(CptValue) value = CPT_VALUE_INIT;
              guint currency = shape.currencies[j];
              const char *text = currency != 0 ? g_ptr_array_index (texts[currency], rows->codes[currency][i]) : NULL;

              if (currency != 0)
                cpt_value_set_money (&value, rows->numbers[j][i], text != NULL ? text : "EUR");
              else
                cpt_value_set_integer (&value, rows->numbers[j][i]);
              cpt_record_set (record, shape.number_fields[j], &value);
            }
          cpt_layout_bind_record (statement, record, TRUE, NULL);
          cpt_statement_run (statement, &error);
          g_assert_no_error (error);
        }
    }
  for (guint i = 0; i < shape.n_codes; i++)
    g_ptr_array_unref (texts[i]);
  g_assert_true (cpt_database_end (database, TRUE, &error));
}

static void
assert_same_groups (const char *json,
                    CptGroups  *a,
                    CptGroups  *b)
{
  GHashTableIter iter;
  gpointer key, value;

  if (g_hash_table_size (a->table) != g_hash_table_size (b->table))
    g_error ("%s: %u groups and %u", json, g_hash_table_size (a->table), g_hash_table_size (b->table));

  g_hash_table_iter_init (&iter, a->table);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const CptGroup *group = value, *other = g_hash_table_lookup (b->table, key);

      if (other == NULL || memcmp (group->n_records, other->n_records, sizeof group->n_records) != 0)
        g_error ("%s: group %s", json, (const char *) key);
      for (guint i = 0; i < 2 * a->spec->n_measures; i++)
        if (group->cells[i].count != other->cells[i].count || group->cells[i].sum != other->cells[i].sum)
          g_error ("%s: group %s, cell %u: %ld %ld and %ld %ld", json, (const char *) key, i, (long) group->cells[i].count,
                   (long) group->cells[i].sum, (long) other->cells[i].count, (long) other->cells[i].sum);
    }
}

static const char *
pick (Facts             *self,
      const char *const *from)
{
  return from[g_rand_int_range (self->random, 0, (gint32) g_strv_length ((char **) from))];
}

static char *
random_condition (Facts *self,
                  guint  depth)
{
  static const char *const singles[] = {
    "{\"field\":\"platform\",\"op\":\"is\",\"value\":\"Météo\"}",
    "{\"field\":\"platform\",\"op\":\"is-not\",\"value\":\"TikTok\"}",
    "{\"field\":\"platform\",\"op\":\"is-empty\"}",
    "{\"field\":\"platform\",\"op\":\"is-not-empty\"}",
    "{\"field\":\"campaign\",\"op\":\"contains\",\"value\":\"aign 3\"}",
    "{\"field\":\"campaign\",\"op\":\"ends-with\",\"value\":\"1\"}",
    "{\"field\":\"day\",\"op\":\"within\",\"value\":{\"from\":\"2026-02-10\",\"to\":\"2026-04-20\"}}",
    "{\"field\":\"day\",\"op\":\"not-within\",\"value\":{\"from\":\"2026-03-01\",\"to\":\"2026-03-31\"}}",
    "{\"field\":\"day\",\"op\":\"less\",\"value\":\"2026-03-01\"}",
    "{\"field\":\"day\",\"op\":\"is\",\"value\":\"2026-03-05\"}",
    "{\"field\":\"clicks\",\"op\":\"greater\",\"value\":20}",
    "{\"field\":\"clicks\",\"op\":\"is\",\"value\":0}",
    "{\"field\":\"cost\",\"op\":\"greater\",\"value\":{\"amount\":\"20\",\"currency\":\"EUR\"}}",
    "{\"field\":\"cost\",\"op\":\"is\",\"value\":{\"currency\":\"USD\"}}",
    "{\"field\":\"conversions\",\"op\":\"less\",\"value\":\"0.05\"}",
    NULL,
  };
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (depth == 0 || g_rand_int_range (self->random, 0, 3) == 0)
    return g_strdup (pick (self, singles));

  a = random_condition (self, depth - 1);
  b = random_condition (self, depth - 1);
  switch (g_rand_int_range (self->random, 0, 3))
    {
    case 0:
      return g_strdup_printf ("{\"not\":%s}", a);
    case 1:
      return g_strdup_printf ("{\"all\":[%s,%s]}", a, b);
    default:
      return g_strdup_printf ("{\"any\":[%s,%s]}", a, b);
    }
}

static char *
random_question (Facts *self)
{
  static const char *const measures[] = {
    "\"agg\":\"count\"",
    "\"agg\":\"sum\",\"field\":\"clicks\"",
    "\"agg\":\"sum\",\"field\":\"cost\"",
    "\"agg\":\"avg\",\"field\":\"conversions\"",
    "\"agg\":\"avg\",\"field\":\"impressions\"",
    "\"agg\":\"min\",\"field\":\"clicks\"",
    "\"agg\":\"max\",\"field\":\"cost\"",
    "\"agg\":\"max\",\"field\":\"day\"",
    "\"agg\":\"count\",\"field\":\"revenue\"",
    NULL,
  };
  static const char *const dimensions[] = {
    "{\"field\":\"platform\"}",
    "{\"field\":\"campaign\"}",
    "{\"field\":\"ad_group\"}",
    "{\"field\":\"day\"}",
    "{\"field\":\"day\",\"bucket\":\"week\"}",
    "{\"field\":\"day\",\"bucket\":\"month\"}",
    "{\"field\":\"day\",\"bucket\":\"month\"}",
    "{\"field\":\"day\",\"bucket\":\"quarter\"}",
    NULL,
  };
  static const char *const compares[] = {
    "{\"from\":\"2026-02-01\",\"to\":\"2026-03-31\"},\"with\":\"previous\"",
    "{\"from\":\"2026-03-05\",\"to\":\"2026-03-20\"},\"with\":\"previous\"",
    "{\"this\":\"year\"},\"with\":\"year\"",
    NULL,
  };
  GString *json = g_string_new ("{\"source\":\"ad_result\",\"measures\":[");
  guint n_measures = g_rand_int_range (self->random, 1, 4);
  guint n_dimensions = g_rand_int_range (self->random, 0, 4);

  for (guint i = 0; i < n_measures; i++)
    {
      g_autofree char *where = random_condition (self, 1);

      g_string_append_printf (json, "%s{%s", i > 0 ? "," : "", pick (self, measures));
      if (g_rand_int_range (self->random, 0, 3) == 0)
        g_string_append_printf (json, ",\"where\":%s", where);
      g_string_append_c (json, '}');
    }
  g_string_append (json, "],\"dimensions\":[");
  for (guint i = 0; i < n_dimensions; i++)
    g_string_append_printf (json, "%s%s", i > 0 ? "," : "", pick (self, dimensions));
  g_string_append_c (json, ']');
  if (g_rand_boolean (self->random))
    {
      g_autofree char *where = random_condition (self, 3);

      g_string_append_printf (json, ",\"where\":%s", where);
    }
  if (g_rand_int_range (self->random, 0, 4) == 0)
    g_string_append_printf (json, ",\"compare\":{\"field\":\"day\",\"period\":%s}", pick (self, compares));
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

static gboolean
compare_ways (CptDatabase  *database,
              gpointer      data,
              GError      **error)
{
  const char *json = data;
  g_autoptr(CptAggregateSpec) spec = cpt_aggregate_spec_parse (cpt_database_get_schema (database), json, error);
  g_autoptr(CptGroups) by_sql = NULL;
  g_autoptr(CptGroups) by_days = NULL;
  g_autoptr(CptGroups) by_sums = NULL;

  g_assert_no_error (*error);
  by_sql = cpt_aggregate_compute_by_sql (database, spec, error);
  g_assert_no_error (*error);
  by_days = cpt_facts_compute_from (database, spec, FALSE, error);
  g_assert_no_error (*error);
  by_sums = cpt_facts_compute_from (database, spec, TRUE, error);
  g_assert_no_error (*error);
  assert_same_groups (json, by_sql, by_days);
  assert_same_groups (json, by_days, by_sums);

  return TRUE;
}

static void
test_all_ways_agree (Facts         *self,
                     gconstpointer  data)
{
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr(CptFactsBatch) batch = batch_new (self);

      add_random_rows (self, batch, cpt_date_from_ymd (2025, 11, 20), cpt_date_from_ymd (2026, 5, 10), 400);
      append (self, batch);
    }
  copy_to_table (self);

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *json = random_question (self);
      g_autoptr(GError) error = NULL;

      cpt_database_snapshot (self->store.database, compare_ways, json, &error);
      g_assert_no_error (error);
    }
}

static void
cancel_half_way (double   fraction,
                 gpointer data)
{
  g_assert_cmpfloat (fraction, >=, 0);
  g_assert_cmpfloat (fraction, <, 1);
  if (fraction >= 0.25)
    g_cancellable_cancel (data);
}

/* What is known is brought up to date; what is not is computed */
static void
assert_known_is_new (Facts     *self,
                     GPtrArray *questions)
{
  for (guint i = 0; i < questions->len; i++)
    {
      const char *json = g_ptr_array_index (questions, i);
      g_autoptr(CptAggregateCache) former = cpt_aggregate_cache_ref (cpt_database_get_aggregates (self->store.database));
      g_autoptr(CptAggregateCache) empty = cpt_aggregate_cache_new ();
      g_autofree char *known = ask (self, json);
      g_autofree char *computed = NULL;

      cpt_database_set_aggregates (self->store.database, empty);
      computed = ask (self, json);
      cpt_database_set_aggregates (self->store.database, former);
      if (!g_str_equal (known, computed))
        g_error ("%s: %s, but %s", json, known, computed);
    }
}

static void
test_answers_are_kept_right (Facts         *self,
                             gconstpointer  data)
{
  gint64 first = cpt_date_from_ymd (2026, 2, 20);
  g_autoptr(GPtrArray) questions = g_ptr_array_new_with_free_func (g_free);
  gint64 act = 0;

  for (guint i = 0; i < 40; i++)
    g_ptr_array_add (questions, random_question (self));

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr(CptFactsBatch) batch = batch_new (self);

      if (i % 4 == 3)
        take_back (self, act);
      else
        {
          add_random_rows (self, batch, first, first + 25, i == 0 ? 200 : 15);
          act = append (self, batch).sequence;
        }
      assert_known_is_new (self, questions);
    }
}

/* So few that one thread reads them */
static void
test_can_be_cancelled (Facts         *self,
                       gconstpointer  data)
{
  g_autoptr(CptFactsBatch) batch = batch_new (self);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(CptAggregateSpec) spec = NULL;
  g_autoptr(CptAggregateResult) result = NULL;
  g_autoptr(GError) error = NULL;

  spec = cpt_aggregate_spec_parse (cpt_database_get_schema (self->store.database),
                                   "{\"source\":\"ad_result\",\"measures\":[{\"agg\":\"min\",\"field\":\"cost\"}],"
                                   "\"dimensions\":[{\"field\":\"platform\"}]}",
                                   &error);
  g_assert_no_error (error);
  add_random_rows (self, batch, cpt_date_from_ymd (2025, 11, 20), cpt_date_from_ymd (2026, 5, 10), 400);
  append (self, batch);
  cpt_database_watch (self->store.database, cancellable);
  cpt_facts_watch_progress (self->store.database, cancel_half_way, cancellable);
  result = cpt_aggregate_run (self->store.database, spec, &error);
  cpt_facts_watch_progress (self->store.database, NULL, NULL);
  cpt_database_watch (self->store.database, NULL);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  /* Nothing is left of it */
  result = cpt_aggregate_run (self->store.database, spec, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cpt_aggregate_result_get_n_rows (result), >=, N_PLATFORMS);
}

/* Many different texts: groups are looked up, and two threads share the months */
static void
test_many_groups (Facts         *self,
                  gconstpointer  data)
{
  gint64 first = cpt_date_from_ymd (2026, 1, 1);
  g_autofree char *total = NULL;
  g_autofree char *one = NULL;

  for (guint month = 0; month < 4; month++)
    {
      g_autoptr(CptFactsBatch) batch = batch_new (self);

      for (guint i = 0; i < 70000; i++)
        {
          g_autofree char *campaign = g_strdup_printf ("c%u", i);

          add_row (batch, first + month * 31 + i % 20, platforms[i % N_PLATFORMS], campaign, i % 7, i % 100, "EUR");
        }
      g_assert_cmpuint (append (self, batch).n_added, ==, 70000);
    }

  total = ask (self, "{\"source\":\"ad_result\",\"measures\":[{\"agg\":\"count\"},{\"agg\":\"sum\",\"field\":\"cost\"}],"
                     "\"dimensions\":[{\"field\":\"platform\"}],\"order\":[{\"dimension\":0}]}");
  g_assert_cmpstr (total, ==, "Google Ads 70000 3.43e+06EUR; Météo 70000 3.5e+06EUR; TikTok 70000 3.57e+06EUR; "
                              "None 70000 3.36e+06EUR");
  one = ask (self, "{\"source\":\"ad_result\",\"measures\":[{\"agg\":\"max\",\"field\":\"day\"},{\"agg\":\"sum\",\"field\":\"clicks\"}],"
                   "\"dimensions\":[{\"field\":\"campaign\"},{\"field\":\"platform\"}],"
                   "\"order\":[{\"measure\":1,\"descending\":true},{\"dimension\":0}],\"limit\":2}");
  g_assert_cmpstr (one, ==, "c1000 None 20547 24; c10002 Météo 20549 24");
}

/* ---------------------------------------------------------------------------- damage */

static gboolean
change_bytes (CptDatabase  *database,
              gpointer      data,
              GError      **error)
{
  Facts *self = data;
  g_autoptr(CptStatement) select = NULL;
  g_autoptr(CptStatement) update = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize length;
  gconstpointer found;

  select = cpt_database_prepare (database, "SELECT data, span, name, number FROM fact_column ORDER BY random () LIMIT 1", error);
  g_assert_true (cpt_statement_step (select, error) == CPT_STEP_ROW);
  found = cpt_statement_get_blob (select, 0, &length);
  bytes = g_memdup2 (found, length);
  for (gint i = g_rand_int_range (self->random, 1, 4); i > 0; i--)
    bytes[g_rand_int_range (self->random, 0, (gint32) length)] = (guint8) g_rand_int (self->random);
  if (g_rand_int_range (self->random, 0, 4) == 0)
    length = (gsize) g_rand_int_range (self->random, 0, (gint32) length);

  update = cpt_database_prepare (database, "UPDATE fact_column SET data = ? WHERE span = ? AND name = ? AND number = ?", error);
  cpt_statement_bind_blob (update, 1, bytes, length);
  cpt_statement_bind_int (update, 2, cpt_statement_get_int (select, 1));
  cpt_statement_bind_text (update, 3, cpt_statement_get_text (select, 2));
  cpt_statement_bind_int (update, 4, cpt_statement_get_int (select, 3));

  return cpt_statement_run (update, error);
}

/* Whatever is in the file: an answer or an error, and nothing that is stored by it
 * makes it worse */
static void
test_damage_is_told (Facts         *self,
                     gconstpointer  data)
{
  gint64 first = cpt_date_from_ymd (2026, 1, 20);
  g_autoptr(CptFactsBatch) batch = batch_new (self);
  guint n_told = 0;

  add_random_rows (self, batch, first, first + 20, 300);
  append (self, batch);
  assert_sound (self);

  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *json = random_question (self);
      g_autoptr(CptAggregateSpec) spec = NULL;
      g_autoptr(CptGroups) groups = NULL;
      g_autoptr(GPtrArray) findings = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_true (cpt_database_begin (self->store.database, &error));
      change_bytes (self->store.database, self, &error);
      g_assert_no_error (error);
      spec = cpt_aggregate_spec_parse (cpt_database_get_schema (self->store.database), json, &error);
      groups = cpt_facts_compute (self->store.database, spec, &error);
      if (groups == NULL)
        g_assert_true (error->domain == CPT_ERROR && (error->code == CPT_ERROR_DAMAGED || error->code == CPT_ERROR_LIMIT));
      g_clear_error (&error);

      findings = g_ptr_array_new_with_free_func (g_free);
      g_assert_true (cpt_facts_check (self->store.database, self->entity, findings, &error));
      g_assert_no_error (error);
      n_told += findings->len > 0;
      cpt_database_end (self->store.database, FALSE, NULL);
    }
  g_assert_cmpuint (n_told, >, 100);
  assert_sound (self);
}

static void
assert_refused (Facts      *self,
                const char *name,
                gint64      number,
                const char *json,
                int         code)
{
  CptDatabase *database = self->store.database;
  const gint64 numbers[] = { number, number };
  g_autoptr(GBytes) bytes = cpt_facts_column_pack_numbers (numbers, G_N_ELEMENTS (numbers));
  g_autoptr(GError) error = NULL;
  g_autoptr(CptAggregateSpec) spec = cpt_aggregate_spec_parse (cpt_database_get_schema (database), json, &error);
  g_autoptr(CptGroups) groups = NULL;

  g_assert_no_error (error);
  g_assert_true (cpt_database_begin (database, &error));
  {
    g_autoptr(CptStatement) update =
      cpt_database_prepare (database, "UPDATE fact_column SET data = ? WHERE span = 1 AND name = ?", &error);

    g_assert_no_error (error);
    cpt_statement_bind_blob (update, 1, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    cpt_statement_bind_text (update, 2, name);
    g_assert_true (cpt_statement_run (update, &error));
  }
  groups = cpt_facts_compute (database, spec, &error);
  g_assert_null (groups);
  g_assert_error (error, CPT_ERROR, code);
  g_assert_true (cpt_database_end (database, FALSE, NULL));
}

/* Sums of months that no days can have */
static void
test_sums_beyond_are_told (Facts         *self,
                           gconstpointer  data)
{
  gint64 day = cpt_date_from_ymd (2026, 3, 1);
  g_autoptr(CptFactsBatch) batch = batch_new (self);
  CptFactsShape shape;

  cpt_facts_shape_init (&shape, self->entity);
  add_row (batch, day, "Meta", "Spring", 1, 1, "EUR");
  add_row (batch, day + 31, "Meta", "Spring", 3, 1, "EUR");
  for (guint i = 0; i < 2; i++)
    {
      CptValue values[N_FIELDS] = { CPT_VALUE_INIT };

      cpt_value_set_integer (&values[DAY], day + 31 * i);
      g_assert_true (cpt_facts_batch_add (batch, values, NULL));
      clear_values (values);
    }
  append (self, batch);

  for (guint i = 0; i < 3; i++)
    {
      const gint64 weights[] = { 0, -1, G_GINT64_CONSTANT (1) << 62 };

      assert_refused (self, shape.number_names[shape.n_numbers - 1], weights[i], TOTAL, CPT_ERROR_DAMAGED);
    }

  /* Two rows of one slot, then the slots of no currency and of that of the workspace */
  assert_refused (self, "clicks", G_MAXINT64 - 1, TOTAL, CPT_ERROR_LIMIT);
  assert_refused (self, "cost", G_MAXINT64 / 3,
                  "{\"source\":\"ad_result\",\"measures\":[{\"agg\":\"sum\",\"field\":\"cost\"}]}",
                  CPT_ERROR_LIMIT);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Facts, NULL, facts_set_up, func, facts_tear_down)
  ADD ("/facts/a-delivery-that-comes-again-replaces", test_replaces);
  ADD ("/facts/refuses-what-is-no-fact", test_refuses_what_is_no_fact);
  ADD ("/facts/undo-puts-back", test_undo_puts_back);
  ADD ("/facts/random-acts-and-their-undo", test_random_acts_and_their_undo);
  ADD ("/facts/sums-days-and-sql-agree", test_all_ways_agree);
  ADD ("/facts/answers-are-kept-right", test_answers_are_kept_right);
  ADD ("/facts/can-be-cancelled", test_can_be_cancelled);
  ADD ("/facts/many-groups", test_many_groups);
  ADD ("/facts/damage-is-told", test_damage_is_told);
  ADD ("/facts/sums-beyond-are-told", test_sums_beyond_are_told);

  return g_test_run ();
}
