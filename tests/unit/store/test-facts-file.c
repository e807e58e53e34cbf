/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Facts in the file: fields that are declared later do not harm what was kept
 * before, and no number in a damaged file makes the program take memory by it. */

#include "config.h"

#include <locale.h>

#include "cpt-check.h"
#include "cpt-database-private.h"
#include "cpt-date.h"
#include "cpt-facts-question-private.h"
#include "facts-fixture.h"

#define TOTAL "{\"source\":\"ad_result\",\"measures\":[{\"agg\":\"count\"},{\"agg\":\"sum\",\"field\":\"clicks\"}]}"
#define BY_CAMPAIGN "{\"source\":\"ad_result\",\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"campaign\"}]}"

/* -------------------------------------------------------------------- a field more */

#define N_WIDE_FIELDS (N_FIELDS + 2)
#define WIDE_TEXT 2

/* The kind of facts as a later version may declare it: with a text among its texts
 * and a number among its numbers */
typedef struct
{
  CptEntity entity;
  CptField own[N_WIDE_FIELDS];
  const CptField *fields[N_WIDE_FIELDS];
} Wide;

static void
wide_init (Wide            *self,
           const CptEntity *entity)
{
  self->entity = *entity;
  for (guint i = 0, from = 0; i < N_WIDE_FIELDS; i++)
    {
      if (i == WIDE_TEXT)
        {
          self->own[i] = *entity->fields[CAMPAIGN];
          self->own[i].name = "country";
        }
      else if (i == N_WIDE_FIELDS - 2)
        {
          self->own[i] = *entity->fields[CLICKS];
          self->own[i].name = "views";
        }
      else
        {
          self->own[i] = *entity->fields[from++];
        }
      self->own[i].index = i;
      self->fields[i] = &self->own[i];
    }
  self->entity.fields = self->fields;
  self->entity.n_fields = N_WIDE_FIELDS;
}

static void
add_wide_row (CptFactsBatch *batch,
              gint64         day,
              const char    *country,
              const char    *campaign,
              gint64         clicks)
{
  CptValue values[N_WIDE_FIELDS] = { CPT_VALUE_INIT };
  g_autoptr(GError) error = NULL;

  cpt_value_set_integer (&values[DAY], day);
  cpt_value_set_text (&values[PLATFORM], "Meta");
  cpt_value_set_text (&values[WIDE_TEXT], country);
  cpt_value_set_text (&values[CAMPAIGN + 1], campaign);
  cpt_value_set_integer (&values[CLICKS + 1], clicks);
  cpt_value_set_integer (&values[N_WIDE_FIELDS - 2], country != NULL ? 3 : 0);
  cpt_facts_batch_add (batch, values, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_WIDE_FIELDS; i++)
    cpt_value_clear (&values[i]);
}

/* What there is, with the fields of now: campaign and clicks */
static char *
list_rows (Facts      *self,
           const Wide *wide,
           gint64      day)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptFactsRows) rows = NULL;
  g_autoptr(GPtrArray) texts = NULL;
  GString *list = g_string_new (NULL);
  CptFactsShape shape;

  cpt_facts_shape_init (&shape, &wide->entity);
  g_assert_cmpstr (shape.code_names[3], ==, "campaign");
  g_assert_cmpstr (shape.number_names[1], ==, "clicks");
  rows = cpt_facts_part_load (self->store.database, &shape, CPT_FACTS_DAY, day, &error);
  g_assert_no_error (error);
  texts = cpt_facts_dictionary_load (self->store.database, &shape, 3, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->n_rows; i++)
    g_string_append_printf (list, "%s%s %d", i > 0 ? ", " : "", (char *) g_ptr_array_index (texts, rows->codes[3][i]),
                            (int) rows->numbers[1][i]);

  return g_string_free (list, FALSE);
}

static gboolean
take_back_wide (Facts      *self,
                const Wide *wide,
                gint64      sequence,
                gint64      line)
{
  CptDatabase *database = self->store.database;
  g_autoptr(GError) error = NULL;
  CptFactsCommit commit;
  gboolean is_conflict;

  g_assert_true (cpt_database_begin (database, &error));
  cpt_facts_take_back (database, &wide->entity, sequence, line, &commit, &is_conflict, &error);
  g_assert_no_error (error);
  g_assert_true (cpt_database_end (database, TRUE, &error));

  return !is_conflict;
}

static void
test_fields_are_added (Facts         *self,
                       gconstpointer  data)
{
  gint64 day = cpt_date_from_ymd (2026, 5, 1);
  g_autoptr(CptFactsBatch) first = batch_new (self);
  g_autoptr(CptFactsBatch) second = batch_new (self);
  g_autoptr(CptFactsBatch) third = NULL;
  Wide *wide = g_new0 (Wide, 1);
  gint64 a, b, c;

  wide_init (wide, self->entity);
  add_row (first, day, "Meta", "Spring", 10, 500, "EUR");
  add_row (first, day, "Meta", "Autumn", 1, 100, "USD");
  add_row (second, day, "Meta", "Spring", 30, 0, "EUR");
  add_row (second, day, "Meta", "Winter", 100, 500, "EUR");
  a = append (self, first).sequence;
  b = append (self, second).sequence;

  /* The next version of the program: what it stores beside stays when what came before goes */
  third = cpt_facts_batch_new (cpt_database_get_schema (self->store.database), &wide->entity);
  add_wide_row (third, day, "FR", "Spring", 7);
  c = append (self, third).sequence;
  g_assert_cmpint (c, >, b);
  {
    g_autofree char *all = list_rows (self, wide, day);
    g_assert_cmpstr (all, ==, "Spring 30, Autumn 1, Winter 100, Spring 7");
  }

  g_assert_true (take_back_wide (self, wide, b, c + 1));
  {
    g_autofree char *before = list_rows (self, wide, day);
    g_assert_cmpstr (before, ==, "Spring 10, Autumn 1, Spring 7");
  }
  g_assert_true (take_back_wide (self, wide, c + 1, c + 2));
  g_assert_false (take_back_wide (self, wide, a, c + 3));
  g_assert_true (take_back_wide (self, wide, c + 2, c + 3));
  g_assert_true (take_back_wide (self, wide, c, c + 4));
  g_assert_true (take_back_wide (self, wide, a, c + 5));
  {
    g_autofree char *none = list_rows (self, wide, day);
    g_assert_cmpstr (none, ==, "");
  }
  g_free (wide);
}

/* ------------------------------------------------------------- batches that are one act */

static char *
list_all (Facts *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptAggregateSpec) spec = NULL;
  g_autoptr(CptAggregateResult) result = NULL;
  GString *text = g_string_new (NULL);

  spec = cpt_aggregate_spec_parse (cpt_database_get_schema (self->store.database),
                                   "{\"source\":\"ad_result\",\"measures\":[{\"agg\":\"sum\",\"field\":\"clicks\"}],"
                                   "\"dimensions\":[{\"field\":\"day\",\"bucket\":\"day\"},{\"field\":\"campaign\"}]}",
                                   &error);
  g_assert_no_error (error);
  result = cpt_aggregate_run (self->store.database, spec, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < cpt_aggregate_result_get_n_rows (result); i++)
    {
      g_autofree char *day = cpt_date_format_iso (cpt_aggregate_result_get_key (result, i, 0)->integer);

      g_string_append_printf (text, "%s %s %g; ", day, cpt_aggregate_result_get_label (result, i, 1),
                              cpt_aggregate_result_get_measure (result, i, 0)->number);
    }

  return g_string_free (text, FALSE);
}

static void
assert_all (Facts      *self,
            const char *expected)
{
  g_autofree char *all = list_all (self);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);

  g_assert_cmpstr (all, ==, expected);
  g_assert_true (cpt_facts_check (self->store.database, self->entity, findings, NULL));
  g_assert_cmpuint (findings->len, ==, 0);
}

static CptFactsCommit
deliver (Facts         *self,
         CptFactsBatch *first,
         CptFactsBatch *second,
         gboolean       is_kept)
{
  g_autoptr(CptFactsDelivery) delivery = cpt_facts_delivery_new (self->store.database, self->entity, CPT_ORIGIN_IMPORT);
  g_autoptr(GError) error = NULL;
  CptFactsCommit commit;
  const CptFactsSum *sums;
  gint64 days[2];
  guint n_sums;

  cpt_facts_delivery_add (delivery, first, &error);
  g_assert_no_error (error);
  cpt_facts_delivery_add (delivery, second, &error);
  g_assert_no_error (error);
  cpt_facts_delivery_end (delivery, is_kept, &commit, &error);
  g_assert_no_error (error);

  /* Impressions, clicks, spend in two currencies, conversions */
  sums = cpt_facts_delivery_get_sums (delivery, &n_sums);
  g_assert_cmpuint (n_sums, ==, 5);
  g_assert_cmpstr (sums[1].field->name, ==, "clicks");
  g_assert_cmpint (sums[1].sum, ==, 1 + 2 + 3 + 4 + 5 + 6);
  g_assert_cmpstr (sums[2].currency, ==, "EUR");
  g_assert_cmpint (sums[2].sum, ==, 500);
  g_assert_cmpstr (sums[3].currency, ==, "USD");
  g_assert_cmpint (sums[3].sum, ==, 100);
  g_assert_cmpuint (cpt_facts_delivery_get_days (delivery, &days[0], &days[1]), ==, 3);
  g_assert_cmpint (days[1] - days[0], ==, 31);

  return commit;
}

static void
test_batches_are_one_act (Facts         *self,
                          gconstpointer  data)
{
  static const char before[] = "2026-05-01 Spring 10; 2026-05-01 Summer 20; ";
  static const char after[] = "2026-05-01 Autumn 2; 2026-05-01 Spring 4; 2026-05-01 Summer 20; 2026-05-01 Winter 5; "
                              "2026-05-02 Spring 6; 2026-06-01 Spring 1; ";
  gint64 day = cpt_date_from_ymd (2026, 5, 1);
  g_autoptr(CptFactsBatch) stored = batch_new (self);
  g_autoptr(CptFactsBatch) first = batch_new (self);
  g_autoptr(CptFactsBatch) second = batch_new (self);
  g_autoptr(GError) error = NULL;
  CptFactsCommit commit;
  CptCommit undo;

  add_row (stored, day, "Meta", "Spring", 10, 100, "EUR");
  add_row (stored, day, "Meta", "Summer", 20, 100, "EUR");
  append (self, stored);
  add_row (first, day + 31, "Meta", "Spring", 1, 100, "EUR");
  add_row (first, day, "Meta", "Autumn", 2, 100, "USD");
  add_row (first, day + 1, "Meta", "Spring", 3, 100, "EUR");
  /* The same day again: one that was there, one that is new, and one that comes twice */
  add_row (second, day, "Meta", "Spring", 4, 100, "EUR");
  add_row (second, day, "Meta", "Winter", 5, 100, "EUR");
  add_row (second, day + 1, "Meta", "Spring", 6, 100, "EUR");

  /* Only to know */
  commit = deliver (self, first, second, FALSE);
  g_assert_cmpint (commit.sequence, ==, 0);
  g_assert_cmpuint (commit.n_added, ==, 4);
  g_assert_cmpuint (commit.n_replaced, ==, 1);
  g_assert_cmpuint (commit.n_repeated, ==, 1);
  assert_all (self, before);

  commit = deliver (self, first, second, TRUE);
  g_assert_cmpuint (commit.n_added, ==, 4);
  g_assert_cmpuint (commit.n_replaced, ==, 1);
  g_assert_cmpuint (commit.n_repeated, ==, 1);
  assert_all (self, after);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (cpt_log_undo (self->store.database, commit.sequence, &undo, &error));
      assert_all (self, before);
      g_assert_true (cpt_log_undo (self->store.database, undo.sequence, &undo, &error));
      assert_all (self, after);
    }

  /* One that is not ended is as if it had not been */
  {
    g_autoptr(CptFactsDelivery) left = cpt_facts_delivery_new (self->store.database, self->entity, CPT_ORIGIN_IMPORT);
    g_autoptr(CptFactsBatch) more = batch_new (self);

    add_row (more, day, "Meta", "Autumn", 100, 100, "EUR");
    g_assert_true (cpt_facts_delivery_add (left, more, &error));
  }
  assert_all (self, after);
}

/* --------------------------------------------------------------------- single rows */

static void
assert_listed (Facts      *self,
               const char *where,
               guint       limit,
               const char *expected)
{
  CptSchema *schema = cpt_database_get_schema (self->store.database);
  g_autoptr(JsonNode) node = where != NULL ? json_from_string (where, NULL) : NULL;
  g_autoptr(CptFilter) filter = node != NULL ? cpt_filter_from_json (schema, self->entity, node, NULL) : NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = cpt_facts_list (self->store.database, self->entity, filter, limit, &error);
  g_autoptr(GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const CptRecord *row = g_ptr_array_index (rows, i);
      g_autofree char *day = cpt_date_format_iso (cpt_record_get_named (row, "day")->integer);
      const CptValue *cost = cpt_record_get_named (row, "cost");

      g_string_append_printf (text, "%s %s %d %d%s; ", day, cpt_record_get_text (row, "campaign"),
                              (int) cpt_record_get_named (row, "clicks")->integer, (int) cost->money.amount,
                              cost->money.currency);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_rows_are_listed (Facts         *self,
                      gconstpointer  data)
{
  gint64 day = cpt_date_from_ymd (2026, 5, 1);
  g_autoptr(CptFactsBatch) batch = batch_new (self);

  assert_listed (self, NULL, 10, "");
  add_row (batch, day, "Meta", "Spring", 10, 100, "EUR");
  add_row (batch, day, "Meta", "Summer", 20, 200, "USD");
  add_row (batch, day + 40, "TikTok", "Spring", 30, 300, "EUR");
  append (self, batch);
  assert_listed (self, NULL, 10, "2026-06-10 Spring 30 300EUR; 2026-05-01 Spring 10 100EUR; 2026-05-01 Summer 20 200USD; ");
  assert_listed (self, NULL, 2, "2026-06-10 Spring 30 300EUR; 2026-05-01 Spring 10 100EUR; ");
  assert_listed (self, "{\"field\":\"campaign\",\"op\":\"is\",\"value\":\"Spring\"}", 10,
                 "2026-06-10 Spring 30 300EUR; 2026-05-01 Spring 10 100EUR; ");
  assert_listed (self,
                 "{\"all\":[{\"field\":\"clicks\",\"op\":\"greater\",\"value\":15},"
                 "{\"field\":\"day\",\"op\":\"less\",\"value\":\"2026-06-01\"}]}",
                 10, "2026-05-01 Summer 20 200USD; ");
}

/* -------------------------------------------------------------------------- damage */

static void
run_sql (Facts      *self,
         const char *sql)
{
  g_autoptr(GError) error = NULL;

  cpt_database_exec (self->store.database, sql, &error);
  g_assert_no_error (error);
}

/* A word of one of the findings */
static void
assert_told (Facts      *self,
             const char *word)
{
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;
  gboolean is_told = FALSE;

  cpt_facts_check (self->store.database, self->entity, findings, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    is_told = is_told || strstr (g_ptr_array_index (findings, i), word) != NULL;
  g_assert_true (is_told);
}

/* FALSE when it could be answered */
static gboolean
is_refused (Facts      *self,
            const char *json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptAggregateSpec) spec = cpt_aggregate_spec_parse (cpt_database_get_schema (self->store.database), json, &error);
  g_autoptr(CptGroups) groups = NULL;

  g_assert_no_error (error);
  groups = cpt_facts_compute (self->store.database, spec, &error);
  if (groups != NULL)
    return FALSE;
  g_assert_error (error, CPT_ERROR, CPT_ERROR_DAMAGED);

  return TRUE;
}

/* As many rows as would take all memory there is: in the days, in the months, and with
 * columns that agree, since numbers that are all the same take no bytes */
static void
test_absurd_sizes (Facts         *self,
                   gconstpointer  data)
{
  static const char *const damages[] = {
    "UPDATE fact_part SET n_rows = 62000000 WHERE span = 1",
    "UPDATE fact_part SET n_rows = 2000000 WHERE span = 0; DELETE FROM fact_part WHERE span = 1",
    "UPDATE fact_part SET n_rows = 100000 WHERE span = 1; UPDATE fact_column SET data = x'00a08601000100000000000000' WHERE span = 1",
    "UPDATE fact_part SET n_rows = -5",
  };
  gint64 day = cpt_date_from_ymd (2026, 3, 1);
  g_autoptr(CptFactsBatch) batch = batch_new (self);

  add_row (batch, day, "Meta", "Spring", 1, 1, "EUR");
  add_row (batch, day, "Meta", "Winter", 1, 1, "EUR");
  append (self, batch);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr(CptFactsBatch) more = batch_new (self);
      g_autoptr(GError) error = NULL;

      g_assert_true (cpt_database_begin (self->store.database, &error));
      run_sql (self, damages[i]);
      g_assert_true (i == 1 || is_refused (self, BY_CAMPAIGN));
      g_assert_true (i == 1 || is_refused (self, TOTAL));
      assert_told (self, "damaged");
      add_row (more, day, "Meta", "Autumn", 1, 1, "EUR");
      g_assert_false (cpt_facts_append (self->store.database, more, CPT_ORIGIN_IMPORT, NULL, &error));
      g_assert_error (error, CPT_ERROR, CPT_ERROR_DAMAGED);
      g_assert_true (cpt_database_end (self->store.database, FALSE, NULL));
    }
  g_assert_false (is_refused (self, TOTAL));
}

static void
test_texts_are_missing (Facts         *self,
                        gconstpointer  data)
{
  g_autoptr(CptFactsBatch) batch = batch_new (self);

  add_row (batch, cpt_date_from_ymd (2026, 3, 1), "Meta", "Spring", 1, 1, "EUR");
  add_row (batch, cpt_date_from_ymd (2026, 3, 1), "Meta", "Winter", 1, 1, "EUR");
  append (self, batch);
  run_sql (self, "DELETE FROM fact_value WHERE value = 'Spring'");
  g_assert_true (is_refused (self, BY_CAMPAIGN));
  g_assert_false (is_refused (self, TOTAL));
  assert_told (self, "Campaign");
}

/* What undo would put back: told by the check, refused by undo */
static void
test_former_rows_are_damaged (Facts         *self,
                              gconstpointer  data)
{
  static const char *const damages[] = {
    "UPDATE fact_former SET data = x'01ffffff7f' WHERE data IS NOT NULL",
    "UPDATE fact_former SET data = x'0180841e00' WHERE data IS NOT NULL",
    "UPDATE fact_former SET data = x'' WHERE data IS NOT NULL",
    "UPDATE fact_former SET data = substr (data, 1, length (data) - 3) WHERE data IS NOT NULL",
    "UPDATE fact_former SET data = CAST (substr (data, 1, 6) || x'58' || substr (data, 8) AS BLOB) WHERE data IS NOT NULL",
    "DELETE FROM fact_value WHERE name = 'campaign' AND code > 1",
  };
  gint64 day = cpt_date_from_ymd (2026, 3, 1);
  g_autoptr(CptFactsBatch) first = batch_new (self);
  g_autoptr(CptFactsBatch) second = batch_new (self);
  gint64 sequence;

  add_row (first, day, "Meta", "Spring", 1, 1, "EUR");
  add_row (first, day, "Meta", "Winter", 1, 1, "EUR");
  add_row (second, day, "Meta", "Winter", 2, 1, "EUR");
  append (self, first);
  sequence = append (self, second).sequence;
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr(GError) error = NULL;
      CptFactsCommit commit;
      gboolean is_conflict;

      g_assert_true (cpt_database_begin (self->store.database, &error));
      run_sql (self, damages[i]);
      assert_told (self, "damaged");
      g_assert_false (cpt_facts_take_back (self->store.database, self->entity, sequence, sequence + 1, &commit, &is_conflict,
                                           &error));
      g_assert_error (error, CPT_ERROR, CPT_ERROR_DAMAGED);
      g_assert_true (cpt_database_end (self->store.database, FALSE, NULL));
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Facts, NULL, facts_set_up, func, facts_tear_down)
  ADD ("/facts-file/fields-are-added", test_fields_are_added);
  ADD ("/facts-file/batches-are-one-act", test_batches_are_one_act);
  ADD ("/facts-file/rows-are-listed", test_rows_are_listed);
  ADD ("/facts-file/absurd-sizes", test_absurd_sizes);
  ADD ("/facts-file/texts-are-missing", test_texts_are_missing);
  ADD ("/facts-file/former-rows-are-damaged", test_former_rows_are_damaged);

  return g_test_run ();
}
