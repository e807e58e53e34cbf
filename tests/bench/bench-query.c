/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists, dashboards and search over a million deals and contacts. The
 * workspace is made through the door, as an import makes it, and thrown away;
 * CPT_BENCH_ROWS makes a smaller one, CPT_BENCH_FILE keeps it for another run,
 * CPT_BENCH_ONLY=groups measures only how lists are grouped. */

#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cpt-aggregate.h"
#include "cpt-log.h"
#include "cpt-query.h"
#include "cpt-sections.h"
#include "cpt-text.h"
#include "cpt-totals.h"

#define SLICE 5000
#define N_ORGANISATIONS 20000
#define N_USERS 12
#define N_STAGES 7
#define N_SEARCHES 300

typedef struct
{
  CptDatabase *database;
  CptSchema *schema;
  GRand *random;
  gint64 n_rows;
  CptUuid users[N_USERS];
  CptUuid stages[N_STAGES];
  CptUuid *organisations;
} Bench;

static const char *const first_names[] = {
  "Amélie", "Benoît", "Chloé", "David", "Élodie", "François", "Gaëlle", "Hugo", "Inès", "Julien", "Léa", "Mathieu",
};
/* Thousands of family names, as there are */
static const char *const beginnings[] = {
  "Mar", "Ber", "Du", "Tho", "Ro", "Ri", "Pe", "Le", "Mo", "Si", "Lau", "Le Fè", "Gar", "Da", "Ro", "Ve", "Cha", "Bo", "Fou", "Gi",
};
static const char *const middles[] = {
  "ti", "na", "bo", "ma", "be", "cha", "ti", "ro", "re", "mo", "ren", "vre", "ni", "vi", "ber", "da", "lle", "nne", "rni", "ra",
};
static const char *const ends[] = {
  "n", "rd", "is", "s", "rt", "t", "y", "au", "c", "x", "lin", "don", "gneau", "ville", "mont", "er", "let", "sson", "quet", "nier",
};
static const char *const words[] = {
  "Boulangerie", "Garage", "Cabinet", "Atelier", "Transports", "Imprimerie", "Clinique", "Menuiserie", "Logiciels", "Conseil",
};

static void
report (const char *job,
        double      ms,
        double      target)
{
  g_print ("BENCH\t%s\t%.1f ms\t%.0f ms\t%s\n", job, ms, target, ms <= target ? "ok" : "slow");
}

/* Of this process: what else runs on the machine does not count */
static double
now_ms (void)
{
  return (double) clock () * 1000.0 / CLOCKS_PER_SEC;
}

/* Filling */

static void
take_text (CptRecord  *record,
           const char *field,
           char       *text)
{
  CptValue value = CPT_VALUE_INIT;

  cpt_value_take_text (&value, text);
  cpt_record_take (record, cpt_entity_find_field (record->entity, field), value);
}

static void
take_id (CptRecord     *record,
         const char    *field,
         const CptUuid *id)
{
  CptValue value = CPT_VALUE_INIT;

  cpt_value_set_id (&value, id);
  cpt_record_take (record, cpt_entity_find_field (record->entity, field), value);
}

static void
take_integer (CptRecord  *record,
              const char *field,
              gint64      integer)
{
  CptValue value = CPT_VALUE_INIT;

  cpt_value_set_integer (&value, integer);
  cpt_record_take (record, cpt_entity_find_field (record->entity, field), value);
}

static int
pick (Bench *bench,
      int    n)
{
  return g_rand_int_range (bench->random, 0, n);
}

static char *
make_last_name (Bench *bench)
{
  /* Some are more frequent than others */
  int beginning = MIN (pick (bench, G_N_ELEMENTS (beginnings)), pick (bench, G_N_ELEMENTS (beginnings)));

  return g_strconcat (beginnings[beginning], middles[pick (bench, G_N_ELEMENTS (middles))],
                      ends[pick (bench, G_N_ELEMENTS (ends))], NULL);
}

static CptRecord *
make_deal (Bench *bench,
           guint  i)
{
  CptRecord *record = cpt_record_new (bench->schema, cpt_schema_find_entity (bench->schema, "deal"));
  CptValue amount = CPT_VALUE_INIT;
  g_autofree char *last = make_last_name (bench);
  gint64 opened = cpt_database_get_today (bench->database) - pick (bench, 1095);

  take_text (record, "name", g_strdup_printf ("%s %s %u", words[pick (bench, G_N_ELEMENTS (words))], last, i));
  take_id (record, "owner", &bench->users[pick (bench, N_USERS)]);
  take_id (record, "stage", &bench->stages[pick (bench, N_STAGES)]);
  take_id (record, "organisation", &bench->organisations[pick (bench, N_ORGANISATIONS)]);
  take_text (record, "source", g_strdup (cpt_entity_find_field (record->entity, "source")->choices[pick (bench, 4)].name));
  take_integer (record, "probability", 1000 * pick (bench, 11));
  take_integer (record, "opened_on", opened);
  if (pick (bench, 3) > 0)
    take_integer (record, "closed_on", opened + pick (bench, 120));
  cpt_value_set_money (&amount, 100 * pick (bench, 1000000), "EUR");
  cpt_record_take (record, cpt_entity_find_field (record->entity, "amount"), amount);

  return record;
}

static CptRecord *
make_contact (Bench *bench,
              guint  i)
{
  CptRecord *record = cpt_record_new (bench->schema, cpt_schema_find_entity (bench->schema, "contact"));
  const char *first = first_names[pick (bench, G_N_ELEMENTS (first_names))];
  g_autofree char *last = make_last_name (bench);

  take_text (record, "first_name", g_strdup (first));
  take_text (record, "last_name", g_strdup (last));
  take_text (record, "full_name", g_strdup_printf ("%s %s", first, last));
  take_text (record, "email", g_strdup_printf ("contact%u@example.org", i));
  take_id (record, "organisation", &bench->organisations[pick (bench, N_ORGANISATIONS)]);

  return record;
}

static CptRecord *
make_organisation (Bench *bench,
                   guint  i)
{
  CptRecord *record = cpt_record_new (bench->schema, cpt_schema_find_entity (bench->schema, "organisation"));
  g_autofree char *last = make_last_name (bench);

  take_text (record, "name", g_strdup_printf ("%s %s %u", words[i % G_N_ELEMENTS (words)], last, i));
  take_text (record, "country", g_strdup (i % 5 == 0 ? "BE" : "FR"));
  cpt_uuid_derive (&record->id, 1000, cpt_record_get_text (record, "name"));
  bench->organisations[i] = record->id;

  return record;
}

static CptRecord *
make_setting (Bench      *bench,
              const char *entity,
              guint       i,
              CptUuid    *id)
{
  CptRecord *record = cpt_record_new (bench->schema, cpt_schema_find_entity (bench->schema, entity));

  take_text (record, "name", g_strdup_printf ("%s %u", entity, i));
  if (strcmp (entity, "stage") == 0)
    take_integer (record, "position", i);
  cpt_uuid_derive (&record->id, 1000, cpt_record_get_text (record, "name"));
  *id = record->id;

  return record;
}

typedef CptRecord *(*MakeFunc) (Bench *bench,
                                guint i);

static void
fill (Bench    *bench,
      MakeFunc  make,
      gint64    n)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptUnit) unit = cpt_unit_begin (bench->database, CPT_ORIGIN_SYNC, "bench", &error);

  g_assert_no_error (error);
  for (gint64 i = 0; i < n; i += SLICE)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_SYNC, NULL);

      for (gint64 j = i; j < MIN (n, i + SLICE); j++)
        {
          g_autoptr(CptRecord) record = make (bench, (guint) j);

          cpt_transaction_create (transaction, record);
        }
      cpt_unit_commit (unit, transaction, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  cpt_unit_finish (unit, NULL, &error);
  g_assert_no_error (error);
}

static void
make_settings (Bench *bench)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_SYNC, NULL);

  for (guint i = 0; i < N_USERS; i++)
    {
      g_autoptr(CptRecord) record = make_setting (bench, "user", i, &bench->users[i]);

      cpt_transaction_create (transaction, record);
    }
  for (guint i = 0; i < N_STAGES; i++)
    {
      g_autoptr(CptRecord) record = make_setting (bench, "stage", i, &bench->stages[i]);

      cpt_transaction_create (transaction, record);
    }
  cpt_database_commit (bench->database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Lists */

static void
bench_list (Bench      *bench,
            const char *job,
            const char *sort,
            const char *filter_json,
            guint64     limit,
            double      target)
{
  g_autoptr(CptQuery) query = cpt_query_new (bench->schema, cpt_schema_find_entity (bench->schema, "deal"));
  g_autoptr(CptFilter) filter = NULL;
  double best = G_MAXDOUBLE;

  if (filter_json != NULL)
    filter = cpt_filter_parse (bench->schema, query->entity, filter_json, NULL);
  cpt_query_set_filter (query, filter);
  g_assert_true (cpt_query_set_sort (query, sort, NULL));

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GError) error = NULL;
      double start = now_ms ();
      g_autoptr(GArray) rows = cpt_query_get_rows (query, bench->database, 0, limit, &error);

      g_assert_no_error (error);
      best = MIN (best, now_ms () - start);
    }
  report (job, best, target);
}

static void
bench_page (Bench *bench)
{
  const CptEntity *deal = cpt_schema_find_entity (bench->schema, "deal");
  CptPath columns[8];
  guint n = 0;
  double start, total = 0;

  for (; deal->columns[n] != NULL && n < G_N_ELEMENTS (columns); n++)
    g_assert_true (cpt_path_parse (bench->schema, deal, deal->columns[n], &columns[n], NULL));

  for (guint i = 0; i < 100; i++)
    {
      gint64 rows[128];

      for (guint j = 0; j < G_N_ELEMENTS (rows); j++)
        rows[j] = 1 + pick (bench, (int) bench->n_rows);
      start = now_ms ();
      cpt_page_unref (cpt_page_load (bench->database, bench->schema, deal, columns, n, rows, G_N_ELEMENTS (rows), NULL));
      total += now_ms () - start;
    }
  report ("page of 128 random deals with titles of links", total / 100, 4);
}

static void
change_amount (Bench  *bench,
               gint64  row)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  const CptEntity *deal = cpt_schema_find_entity (bench->schema, "deal");
  g_autoptr(CptRecord) record = cpt_database_load_row (bench->database, deal, row, &error);
  CptValue value = CPT_VALUE_INIT;

  g_assert_no_error (error);
  cpt_value_set_money (&value, 1 + pick (bench, 100000000), "EUR");
  cpt_transaction_set (transaction, deal, &record->id, cpt_entity_find_field (deal, "amount"), &value);
  cpt_database_commit (bench->database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
bench_locate (Bench *bench)
{
  g_autoptr(CptQuery) query = cpt_query_new (bench->schema, cpt_schema_find_entity (bench->schema, "deal"));
  g_autoptr(GArray) rows = NULL;
  double start, total = 0;
  gint64 position;

  g_assert_true (cpt_query_set_sort (query, "-amount", NULL));
  rows = cpt_query_get_rows (query, bench->database, 0, 0, NULL);
  for (guint i = 0; i < 20; i++)
    {
      gint64 row = 1 + pick (bench, (int) bench->n_rows);

      start = now_ms ();
      g_assert_true (cpt_query_locate (query, bench->database, rows, row, &position, NULL));
      total += now_ms () - start;
    }
  report ("place of one changed deal in the list", total / 20, 5);
}

/* Groups: never asked before, as after a start; what the cache knows is told apart.
 * Two threads work on them, so what counts is how long it takes. */

static double
read_groups (Bench      *bench,
             const char *grouping_text,
             const char *total_text)
{
  const CptEntity *deal = cpt_schema_find_entity (bench->schema, "deal");
  g_autoptr(GError) error = NULL;
  g_autoptr(CptQuery) query = cpt_query_new (bench->schema, deal);
  g_autoptr(CptSections) sections = NULL;
  g_autoptr(CptTotals) totals = NULL;
  CptGrouping grouping;
  CptTotal total;
  double processor = now_ms ();
  gint64 start = g_get_monotonic_time ();
  double taken;

  g_assert_true (cpt_grouping_parse (bench->schema, deal, grouping_text, &grouping, NULL));
  g_assert_true (cpt_total_parse (bench->schema, deal, total_text, &total, NULL));
  g_assert_true (cpt_query_set_sort (query, "name", NULL));
  sections = cpt_sections_read_with_totals (bench->database, query, &grouping, &total, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sections->n_records, ==, bench->n_rows);
  taken = (double) (g_get_monotonic_time () - start) / 1000;
  g_print ("# groups by %s: %.0f ms, %.0f ms of processor time\n", grouping_text, taken, now_ms () - processor);
  totals = cpt_totals_read (bench->database, query, &grouping, &total, 1, &error);
  g_assert_no_error (error);
  taken = (double) (g_get_monotonic_time () - start) / 1000;
  g_print ("# with totals: %.0f ms, %.0f ms of processor time\n", taken, now_ms () - processor);

  return taken;
}

static void
bench_groups (Bench *bench)
{
  static const char *const groupings[][2] = {
    { "a choice without an index", "source" },
    { "stage", "stage" },
    { "month", "closed_on:month" },
    { "owner", "owner" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (groupings); i++)
    {
      g_autofree char *first = g_strdup_printf ("deals grouped by %s with sums, never before", groupings[i][0]);
      g_autofree char *again = g_strdup_printf ("deals grouped by %s with sums, again", groupings[i][0]);

      report (first, read_groups (bench, groupings[i][1], "amount:sum"), 300);
      report (again, read_groups (bench, groupings[i][1], "amount:sum"), 300);
    }
}

/* Dashboards */

static const char *const widgets[] = {
  "{\"source\":\"deal\"}",
  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"}]}",
  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"}],"
  "\"compare\":{\"field\":\"closed_on\",\"period\":{\"this\":\"month\"},\"with\":\"previous\"}}",
  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"},{\"agg\":\"sum\",\"field\":\"amount\"}],\"dimensions\":[{\"field\":\"stage\"}]}",
  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"}],\"dimensions\":[{\"field\":\"closed_on\",\"bucket\":\"month\",\"fill\":true}]}",
  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"}],\"dimensions\":[{\"field\":\"owner\"}],"
  "\"order\":[{\"measure\":0,\"descending\":true}],\"limit\":10}",
  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"avg\",\"field\":\"probability\"}],\"dimensions\":[{\"field\":\"source\"}]}",
  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"}],\"dimensions\":[{\"field\":\"organisation\"}],"
  "\"order\":[{\"measure\":0,\"descending\":true}],\"limit\":10}",
  "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"opened_on\",\"bucket\":\"quarter\"},{\"field\":\"stage\"}]}",
  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"avg\",\"field\":\"amount\"}],"
  "\"where\":{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"last\":90,\"unit\":\"day\"}}}",
  "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\",\"where\":{\"field\":\"probability\",\"op\":\"is\",\"value\":\"100\"}}],"
  "\"dimensions\":[{\"field\":\"owner\"}]}",
  "{\"source\":\"contact\"}",
};

static double
run_dashboard (Bench    *bench,
               gboolean  is_loud)
{
  double begin = now_ms ();

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CptAggregateSpec) spec = cpt_aggregate_spec_parse (bench->schema, widgets[i], &error);
      double start = now_ms ();

      g_assert_no_error (error);
      cpt_aggregate_result_unref (cpt_aggregate_run (bench->database, spec, &error));
      g_assert_no_error (error);
      if (is_loud)
        g_print ("# cold %.0f ms: %s\n", now_ms () - start, widgets[i]);
    }

  return now_ms () - begin;
}

static void
bench_dashboard (Bench *bench)
{
  report ("dashboard of 12 widgets, never computed before", run_dashboard (bench, TRUE), 20000);
  report ("dashboard of 12 widgets, warm", run_dashboard (bench, FALSE), 150);
  change_amount (bench, 1 + pick (bench, (int) bench->n_rows));
  report ("dashboard of 12 widgets after one changed deal", run_dashboard (bench, FALSE), 150);
}

/* Search */

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
bench_search (Bench *bench)
{
  double times[N_SEARCHES];
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  while (texts->len < N_SEARCHES)
    {
      g_autofree char *last = make_last_name (bench);
      g_autofree char *whole = g_strdup_printf ("%s %s", first_names[pick (bench, G_N_ELEMENTS (first_names))], last);
      glong length = g_utf8_strlen (whole, -1);

      /* One question per key pressed */
      for (glong i = 1; i <= length && texts->len < N_SEARCHES; i++)
        g_ptr_array_add (texts, g_utf8_substring (whole, 0, i));
    }

  for (guint i = 0; i < N_SEARCHES; i++)
    {
      double start = now_ms ();

      g_ptr_array_unref (cpt_search (bench->database, g_ptr_array_index (texts, i), NULL, 20, NULL));
      times[i] = now_ms () - start;
      if (times[i] > 20)
        g_print ("# %.0f ms: %s\n", times[i], (char *) g_ptr_array_index (texts, i));
    }
  qsort (times, N_SEARCHES, sizeof *times, compare_doubles);
  report ("search as you type, half of them within", times[N_SEARCHES / 2], 10);
  report ("search as you type, 95 % within", times[N_SEARCHES * 95 / 100], 20);
}

/* What a person waits for with each key from the second letter on: whole time,
 * not only of this process. Accents and case are as they come. */
static void
bench_prefixes (Bench *bench)
{
  double times[N_SEARCHES];
  guint n_found = 0;

  for (guint i = 0; i < N_SEARCHES; i++)
    {
      g_autofree char *last = make_last_name (bench);
      g_autofree char *folded = i % 2 == 0 ? cpt_text_fold (last) : g_utf8_strup (last, -1);
      glong length = g_utf8_strlen (folded, -1);
      g_autofree char *prefix = g_utf8_substring (folded, 0, MIN (length, 2 + pick (bench, 5)));
      gint64 start = g_get_monotonic_time ();
      g_autoptr(GPtrArray) hits = cpt_search (bench->database, prefix, NULL, 30, NULL);

      times[i] = (double) (g_get_monotonic_time () - start) / 1000.0;
      n_found += hits->len > 0;
    }
  g_assert_cmpuint (n_found, >, N_SEARCHES / 2);
  qsort (times, N_SEARCHES, sizeof *times, compare_doubles);
  report ("first results for 2 letters and more, half of them within", times[N_SEARCHES / 2], 30);
  report ("first results for 2 letters and more, 95 % within", times[N_SEARCHES * 95 / 100], 80);
}

static void
open_bench (Bench *bench)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("cpt-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bench.comptoir", NULL);
  const char *kept = g_getenv ("CPT_BENCH_FILE");
  gboolean exists = kept != NULL && g_file_test (kept, G_FILE_TEST_EXISTS);
  CptDatabaseConfig config = { 0 };
  double start = now_ms ();

  bench->database = cpt_database_open (kept != NULL ? kept : path, exists ? CPT_OPEN_WRITE : CPT_OPEN_CREATE, &config, &error);
  g_assert_no_error (error);
  bench->schema = cpt_schema_ref (cpt_database_get_schema (bench->database));
  if (exists)
    return;

  make_settings (bench);
  fill (bench, make_organisation, N_ORGANISATIONS);
  fill (bench, make_deal, bench->n_rows);
  fill (bench, make_contact, bench->n_rows);
  g_print ("# %" G_GINT64_FORMAT " deals and as many contacts made in %.0f s\n", bench->n_rows, (now_ms () - start) / 1000);
}

static void
remove_files (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autofree char *folder = g_path_get_dirname (path);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
}

static void
bench_all (Bench *bench)
{
  bench_list (bench, "list of all deals by creation", "", NULL, 0, 150);
  bench_list (bench, "list of all deals by name (indexed)", "name", NULL, 0, 150);
  bench_list (bench, "list of all deals by amount, greatest first (indexed)", "-amount", NULL, 0, 150);
  bench_list (bench, "list of all deals by day opened, newest first (indexed)", "-opened_on", NULL, 0, 150);
  bench_list (bench, "list of all deals by organisation", "organisation", NULL, 0, 4000);
  bench_list (bench, "first 200 deals by name", "name", NULL, 200, 15);
  bench_list (bench, "first 200 deals by day opened, newest first", "-opened_on", NULL, 200, 15);
  bench_list (bench, "deals of organisations in Belgium", "name",
              "{\"field\":\"organisation.country\",\"op\":\"is\",\"value\":\"BE\"}", 0, 2000);
  bench_page (bench);
  bench_locate (bench);
  bench_dashboard (bench);
  bench_search (bench);
  bench_prefixes (bench);
}

int
main (void)
{
  Bench bench = { .random = g_rand_new_with_seed (1), .n_rows = 1000000 };
  g_autofree char *path = NULL;

  setlocale (LC_ALL, "");
  if (g_getenv ("CPT_BENCH_ROWS") != NULL)
    bench.n_rows = g_ascii_strtoll (g_getenv ("CPT_BENCH_ROWS"), NULL, 10);
  bench.organisations = g_new0 (CptUuid, N_ORGANISATIONS);
  open_bench (&bench);

  if (g_strcmp0 (g_getenv ("CPT_BENCH_ONLY"), "groups") != 0)
    bench_all (&bench);
  bench_groups (&bench);

  path = g_strdup (cpt_database_get_path (bench.database));
  cpt_database_close (bench.database);
  cpt_schema_unref (bench.schema);
  g_rand_free (bench.random);
  g_free (bench.organisations);
  if (g_getenv ("CPT_BENCH_FILE") == NULL)
    remove_files (path);

  return 0;
}
