/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dashboards over a million deals and ten million rows of ad results: how fast
 * facts are stored with the sums that are kept, how long 30 widgets take, and a
 * question that nobody asked before. Beside it, in turns, DuckDB answers the same
 * from the same numbers, where CPT_DUCKDB names a folder in which
 * "npm install @duckdb/node-api" was run; both must agree.
 *
 * CPT_BENCH_ROWS makes fewer facts, and a tenth of that as deals; CPT_BENCH_FILE
 * keeps the workspace for another run. */

#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "cpt-aggregate.h"
#include "cpt-date.h"
#include "cpt-facts.h"
#include "cpt-json.h"
#include "cpt-log.h"

#define DEFAULT_ROWS 10000000
#define N_DAYS 730
#define N_CAMPAIGNS 2000
#define N_PLATFORMS 5
#define N_OWNERS 12
#define N_STAGES 7
#define N_DEAL_DAYS 1095
#define BATCH 100000
#define ROUNDS 5
#define SLICE 5000
/* Where there is no DuckDB to be measured */
#define WARM_MS 150
#define ADHOC_MS 1000
#define ROWS_PER_SECOND 100000

typedef struct
{
  CptDatabase *database;
  CptSchema *schema;
  const CptEntity *facts;
  const CptEntity *deal;
  gint64 n_rows;
  gint64 n_deals;
  gint64 first_day;
  CptUuid owners[N_OWNERS];
  CptUuid stages[N_STAGES];
} Bench;

static const char *const platforms[N_PLATFORMS] = { "Google Ads", "Meta", "LinkedIn", "TikTok", "Bing" };

typedef struct
{
  const char *json;
  const char *sql;
} Question;

#define FACTS "\"source\":\"ad_result\""
#define SUM(field) "{\"agg\":\"sum\",\"field\":\"" field "\"}"
#define BY(field) "\"dimensions\":[{\"field\":\"" field "\"}]"
#define BY_TIME(field, bucket) "\"dimensions\":[{\"field\":\"" field "\",\"bucket\":\"" bucket "\"}]"
#define TOP(n) "\"order\":[{\"measure\":0,\"descending\":true}],\"limit\":" n
#define IS(field, value) "{\"field\":\"" field "\",\"op\":\"is\",\"value\":\"" value "\"}"
#define WITHIN(field, from, to) \
  "{\"field\":\"" field "\",\"op\":\"within\",\"value\":{\"from\":\"" from "\",\"to\":\"" to "\"}}"
#define Y26 WITHIN ("day", "2026-01-01", "2026-12-31")
#define D30 WITHIN ("day", "2026-10-17", "2026-11-15")
#define D90 WITHIN ("day", "2026-08-18", "2026-11-15")
#define Y26_SQL "day BETWEEN DATE '2026-01-01' AND DATE '2026-12-31'"
#define D30_SQL "day BETWEEN DATE '2026-10-17' AND DATE '2026-11-15'"
#define D90_SQL "day BETWEEN DATE '2026-08-18' AND DATE '2026-11-15'"
#define DEALS "\"source\":\"deal\""
#define D26 WITHIN ("closed_on", "2026-01-01", "2026-12-31")
#define D26_SQL "closed_on BETWEEN DATE '2026-01-01' AND DATE '2026-12-31'"

static const Question widgets[] = {
  { "{" FACTS ",\"measures\":[" SUM ("cost") "],\"where\":" Y26 "}", "SELECT sum(cost) FROM f WHERE " Y26_SQL },
  { "{" FACTS ",\"measures\":[" SUM ("impressions") "]}", "SELECT sum(impressions) FROM f" },
  { "{" FACTS ",\"measures\":[" SUM ("revenue") "],\"where\":" Y26 "}", "SELECT sum(revenue) FROM f WHERE " Y26_SQL },
  { "{" FACTS ",\"measures\":[" SUM ("clicks") "],\"where\":" Y26 "," BY_TIME ("day", "month") "}",
    "SELECT sum(clicks), date_trunc('month', day) m FROM f WHERE " Y26_SQL " GROUP BY m" },
  { "{" FACTS ",\"measures\":[" SUM ("cost") "],\"dimensions\":[{\"field\":\"platform\"},{\"field\":\"day\",\"bucket\":\"month\"}]}",
    "SELECT sum(cost), platform, date_trunc('month', day) m FROM f GROUP BY platform, m" },
  { "{" FACTS ",\"measures\":[" SUM ("cost") "],\"where\":" D30 "," BY ("platform") "}",
    "SELECT sum(cost), platform FROM f WHERE " D30_SQL " GROUP BY platform" },
  { "{" FACTS ",\"measures\":[" SUM ("cost") "],\"where\":" D30 "," BY ("campaign") "," TOP ("20") "}",
    "SELECT sum(cost) s, campaign FROM f WHERE " D30_SQL " GROUP BY campaign ORDER BY s DESC LIMIT 20" },
  { "{" FACTS ",\"measures\":[" SUM ("revenue") "]," BY ("campaign") "," TOP ("20") "}",
    "SELECT sum(revenue) s, campaign FROM f GROUP BY campaign ORDER BY s DESC LIMIT 20" },
  { "{" FACTS ",\"measures\":[" SUM ("clicks") "],\"where\":{\"all\":[" D90 "," IS ("campaign", "Campaign 42") "]}," BY_TIME ("day", "day") "}",
    "SELECT sum(clicks), day FROM f WHERE " D90_SQL " AND campaign = 'Campaign 42' GROUP BY day" },
  { "{" FACTS ",\"measures\":[" SUM ("cost") "],\"where\":" D90 "," BY_TIME ("day", "day") "}",
    "SELECT sum(cost), day FROM f WHERE " D90_SQL " GROUP BY day" },
  { "{" FACTS ",\"measures\":[" SUM ("conversions") "],\"where\":{\"all\":[" Y26 "," IS ("platform", "Meta") "]}," BY ("campaign") "," TOP ("10") "}",
    "SELECT sum(conversions) s, campaign FROM f WHERE " Y26_SQL " AND platform = 'Meta' GROUP BY campaign ORDER BY s DESC LIMIT 10" },
  { "{" FACTS ",\"measures\":[" SUM ("clicks") "," SUM ("impressions") "]," BY ("platform") "}",
    "SELECT sum(clicks), sum(impressions), platform FROM f GROUP BY platform" },
  { "{" FACTS ",\"measures\":[" SUM ("cost") "],\"where\":" Y26 "," BY ("account") "}",
    "SELECT sum(cost), account FROM f WHERE " Y26_SQL " GROUP BY account" },
  { "{" FACTS ",\"measures\":[" SUM ("revenue") "],\"dimensions\":[{\"field\":\"platform\"},"
                                                "{\"field\":\"day\",\"bucket\":\"quarter\"}]}",
    "SELECT sum(revenue), platform, date_trunc('quarter', day) q FROM f GROUP BY platform, q" },
  { "{" FACTS ",\"measures\":[" SUM ("conversions") "],\"where\":" IS ("platform", "LinkedIn") "," BY_TIME ("day", "month") "}",
    "SELECT sum(conversions), date_trunc('month', day) m FROM f WHERE platform = 'LinkedIn' GROUP BY m" },
  { "{" FACTS ",\"measures\":[{\"agg\":\"count\"}]," BY ("platform") "}", "SELECT count(*), platform FROM f GROUP BY platform" },
  { "{" FACTS ",\"measures\":[" SUM ("cost") "],\"where\":" Y26 "," BY ("ad_group") "}",
    "SELECT sum(cost), ad_group FROM f WHERE " Y26_SQL " GROUP BY ad_group" },
  { "{" FACTS ",\"measures\":[" SUM ("revenue") "," SUM ("cost") "],\"where\":" D30 "," BY_TIME ("day", "week") "}",
    "SELECT sum(revenue), sum(cost), date_trunc('week', day) w FROM f WHERE " D30_SQL " GROUP BY w" },
  { "{" DEALS ",\"measures\":[{\"agg\":\"count\"}]}", "SELECT count(*) FROM d" },
  { "{" DEALS ",\"measures\":[" SUM ("amount") "]," BY ("owner") "}", "SELECT sum(amount), owner FROM d GROUP BY owner" },
  { "{" DEALS ",\"measures\":[{\"agg\":\"count\"}]," BY ("stage") "}", "SELECT count(*), stage FROM d GROUP BY stage" },
  { "{" DEALS ",\"measures\":[" SUM ("amount") "],\"where\":" D26 "," BY_TIME ("closed_on", "month") "}",
    "SELECT sum(amount), date_trunc('month', closed_on) m FROM d WHERE " D26_SQL " GROUP BY m" },
  { "{" DEALS ",\"measures\":[" SUM ("amount") "],\"where\":" D26 "," BY ("owner") "," TOP ("10") "}",
    "SELECT sum(amount) s, owner FROM d WHERE " D26_SQL " GROUP BY owner ORDER BY s DESC LIMIT 10" },
  { "{" DEALS ",\"measures\":[{\"agg\":\"count\"}]," BY_TIME ("opened_on", "quarter") "}",
    "SELECT count(*), date_trunc('quarter', opened_on) q FROM d GROUP BY q" },
  { "{" DEALS ",\"measures\":[" SUM ("amount") "],\"dimensions\":[{\"field\":\"stage\"},{\"field\":\"owner\"}]}",
    "SELECT sum(amount), stage, owner FROM d GROUP BY stage, owner" },
  { "{" DEALS ",\"measures\":[{\"agg\":\"count\"}],\"where\":" D26 "," BY ("stage") "}",
    "SELECT count(*), stage FROM d WHERE " D26_SQL " GROUP BY stage" },
  { "{" DEALS ",\"measures\":[" SUM ("amount") "]," BY_TIME ("closed_on", "month") "}",
    "SELECT sum(amount), date_trunc('month', closed_on) m FROM d GROUP BY m" },
  { "{" DEALS ",\"measures\":[{\"agg\":\"count\"}]," BY_TIME ("opened_on", "week") "}",
    "SELECT count(*), date_trunc('week', opened_on) w FROM d GROUP BY w" },
  { "{" DEALS ",\"measures\":[" SUM ("amount") "]," BY ("stage") "}", "SELECT sum(amount), stage FROM d GROUP BY stage" },
  { "{" DEALS ",\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"owner\"},"
    "{\"field\":\"closed_on\",\"bucket\":\"year\"}]}",
    "SELECT count(*), owner, date_trunc('year', closed_on) y FROM d GROUP BY owner, y" },
};

/* No sums tell these: all rows of all days are read */
static const Question adhoc[] = {
  { "{" FACTS ",\"measures\":[" SUM ("cost") "," SUM ("conversions") "],"
                                                                     "\"where\":{\"field\":\"clicks\",\"op\":\"greater\",\"value\":20}," BY ("campaign") "}",
    "SELECT sum(cost), sum(conversions), campaign FROM f WHERE clicks > 20 GROUP BY campaign" },
  { "{" FACTS ",\"measures\":[" SUM ("cost") "," SUM ("clicks") "],\"dimensions\":[{\"field\":\"platform\"},"
                                                                "{\"field\":\"day\",\"bucket\":\"week\"}]}",
    "SELECT sum(cost), sum(clicks), platform, date_trunc('week', day) w FROM f GROUP BY platform, w" },
  { "{" FACTS ",\"measures\":[{\"agg\":\"max\",\"field\":\"clicks\"}],\"dimensions\":[{\"field\":\"campaign\"},"
    "{\"field\":\"ad_group\"}]}",
    "SELECT max(clicks), campaign, ad_group FROM f GROUP BY campaign, ad_group" },
};

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000.0;
}

/* -------------------------------------------------------------------------- filling */

static void
commit (Bench          *bench,
        CptTransaction *transaction)
{
  g_autoptr(GError) error = NULL;

  cpt_database_commit (bench->database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
make_names (Bench      *bench,
            const char *kind,
            guint       n,
            CptUuid    *ids)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_SYNC, NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(CptRecord) record = cpt_record_new (bench->schema, cpt_schema_find_entity (bench->schema, kind));
      g_autofree char *name = g_strdup_printf ("%s %u", kind, i);

      cpt_uuid_derive (&record->id, 1000, name);
      ids[i] = record->id;
      cpt_record_set_text (record, "name", name);
      cpt_transaction_create (transaction, record);
    }
  commit (bench, transaction);
}

static CptRecord *
make_deal (Bench  *bench,
           gint64  i)
{
  CptRecord *record = cpt_record_new (bench->schema, bench->deal);
  g_autofree char *name = g_strdup_printf ("Deal %" G_GINT64_FORMAT, i);
  gint64 opened = bench->first_day - 365 + i * 13 % N_DEAL_DAYS;
  CptValue amount = CPT_VALUE_INIT;

  cpt_record_set_text (record, "name", name);
  cpt_record_set_id (record, "owner", &bench->owners[i % N_OWNERS]);
  cpt_record_set_id (record, "stage", &bench->stages[i % N_STAGES]);
  cpt_record_set_integer (record, "opened_on", opened);
  cpt_record_set_integer (record, "closed_on", opened + i % 90);
  cpt_value_set_money (&amount, i * 7919 % 5000000, "EUR");
  cpt_record_take (record, cpt_entity_find_field (bench->deal, "amount"), amount);

  return record;
}

static void
make_deals (Bench *bench)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptUnit) unit = cpt_unit_begin (bench->database, CPT_ORIGIN_SYNC, "bench", &error);

  g_assert_no_error (error);
  for (gint64 i = 0; i < bench->n_deals; i += SLICE)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_SYNC, NULL);

      for (gint64 j = i; j < MIN (bench->n_deals, i + SLICE); j++)
        {
          g_autoptr(CptRecord) record = make_deal (bench, j);

          cpt_transaction_create (transaction, record);
        }
      cpt_unit_commit (unit, transaction, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  cpt_unit_finish (unit, NULL, &error);
  g_assert_no_error (error);
}

/* The same numbers as the script for DuckDB makes */
static void
add_fact (Bench         *bench,
          CptFactsBatch *batch,
          gint64         i,
          gint64         more)
{
  gint64 per_day = bench->n_rows / N_DAYS;
  gint64 key = i % per_day;
  gint64 campaign = key % N_CAMPAIGNS;
  char texts[3][32];
  CptValue values[10] = { CPT_VALUE_INIT };
  g_autoptr(GError) error = NULL;

  g_snprintf (texts[0], sizeof texts[0], "Account %d", (int) (campaign % 10));
  g_snprintf (texts[1], sizeof texts[1], "Campaign %d", (int) campaign);
  g_snprintf (texts[2], sizeof texts[2], "Group %d", (int) (key / N_CAMPAIGNS));
  cpt_value_set_integer (&values[0], bench->first_day + i / per_day);
  values[1] = (CptValue){ .type = CPT_VALUE_TEXT, .text = (char *) platforms[campaign % N_PLATFORMS] };
  for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
    values[2 + j] = (CptValue){ .type = CPT_VALUE_TEXT, .text = texts[j] };
  cpt_value_set_integer (&values[5], i * 7919 % 5000);
  cpt_value_set_integer (&values[6], i * 104729 % 97 + more);
  cpt_value_set_money (&values[7], i * 15485863 % 20000, "EUR");
  cpt_value_set_integer (&values[8], i * 31 % 300);
  cpt_value_set_money (&values[9], i % 10 == 0 ? i * 49979687 % 100000 : 0, "EUR");
  cpt_facts_batch_add (batch, values, &error);
  g_assert_no_error (error);
}

static void
append (Bench  *bench,
        gint64  first,
        gint64  last,
        gint64  more)
{
  g_autoptr(CptFactsBatch) batch = cpt_facts_batch_new (bench->schema, bench->facts);
  g_autoptr(GError) error = NULL;

  for (gint64 i = first; i < last; i++)
    add_fact (bench, batch, i, more);
  cpt_facts_append (bench->database, batch, CPT_ORIGIN_IMPORT, NULL, &error);
  g_assert_no_error (error);
}

static void
report_rate (const char *job,
             gint64      n_rows,
             double      ms)
{
  double rate = (double) n_rows * 1000.0 / ms;

  g_print ("BENCH\t%s\t%.0f rows/s\t%d rows/s\t%s\n", job, rate, ROWS_PER_SECOND, rate >= ROWS_PER_SECOND ? "ok" : "slow");
}

static void
fill (Bench *bench)
{
  gint64 n_rows = bench->n_rows / N_DAYS * N_DAYS;
  double start;

  make_names (bench, "user", N_OWNERS, bench->owners);
  make_names (bench, "stage", N_STAGES, bench->stages);
  make_deals (bench);
  start = now_ms ();
  for (gint64 i = 0; i < n_rows; i += BATCH)
    append (bench, i, MIN (i + BATCH, n_rows), 0);
  report_rate ("facts stored with their sums, 100,000 at once", n_rows, now_ms () - start);
}

/* --------------------------------------------------------------------------- asking */

/* @sum: of all numbers of all groups */
static double
ask (Bench          *bench,
     const Question *question,
     double         *sum)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptAggregateSpec) spec = cpt_aggregate_spec_parse (bench->schema, question->json, &error);
  g_autoptr(CptAggregateResult) result = NULL;
  double start = now_ms ();
  double ms;

  g_assert_no_error (error);
  result = cpt_aggregate_run (bench->database, spec, &error);
  g_assert_no_error (error);
  ms = now_ms () - start;
  *sum = 0;
  for (guint i = 0; i < cpt_aggregate_result_get_n_rows (result); i++)
    for (guint j = 0; j < cpt_aggregate_spec_get_n_measures (spec); j++)
      *sum += (double) cpt_aggregate_result_get_measure (result, i, j)->exact;

  return ms;
}

/* As if nobody had asked before: with another limit it is another question */
static double
ask_anew (Bench    *bench,
          guint     round,
          gboolean  is_loud)
{
  double total = 0;

  for (guint i = 0; i < G_N_ELEMENTS (adhoc); i++)
    {
      g_autofree char *json =
        g_strdup_printf ("%.*s,\"limit\":%u}", (int) strlen (adhoc[i].json) - 1, adhoc[i].json, 20001 + round);
      Question question = { .json = json };
      double sum;
      double ms = ask (bench, &question, &sum);

      if (is_loud)
        g_print ("# %6.1f ms %s\n", ms, json);
      total += ms;
    }

  return total;
}

static double
ask_all (Bench          *bench,
         const Question *questions,
         guint           n_questions,
         double         *sums,
         gboolean        is_loud)
{
  double total = 0;

  for (guint i = 0; i < n_questions; i++)
    {
      double ms = ask (bench, &questions[i], &sums[i]);

      if (is_loud)
        g_print ("# %6.1f ms %s\n", ms, questions[i].json);
      total += ms;
    }

  return total;
}

static void
change_deal (Bench  *bench,
             gint64  row,
             gint64  amount)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptRecord) record = cpt_database_load_row (bench->database, bench->deal, row, &error);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  g_assert_no_error (error);
  cpt_value_set_money (&value, amount, "EUR");
  cpt_transaction_set (transaction, bench->deal, &record->id, cpt_entity_find_field (bench->deal, "amount"), &value);
  commit (bench, transaction);
}

/* One row of the last day is corrected, and back */
static void
correct (Bench *bench,
         guint  round)
{
  gint64 row = bench->n_rows / N_DAYS * (N_DAYS - 1);

  append (bench, row, row + 1, round % 2 == 0 ? 1 : 0);
  change_deal (bench, 1 + round, 1000 + round);
}

/* --------------------------------------------------------------------------- DuckDB */

static char *
write_questions (const char *folder)
{
  g_autoptr(JsonArray) array = json_array_new ();
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;
  char *path = g_build_filename (folder, "questions.json", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    json_array_add_string_element (array, widgets[i].sql);
  for (guint i = 0; i < G_N_ELEMENTS (adhoc); i++)
    json_array_add_string_element (array, adhoc[i].sql);
  node = json_node_init_array (json_node_alloc (), array);
  text = cpt_json_format (node);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

/* What each question took, and the sum of its numbers; FALSE without DuckDB */
static gboolean
run_duckdb (Bench      *bench,
            const char *folder,
            double     *ms,
            double     *sums)
{
  g_autofree char *questions = write_questions (folder);
  g_autofree char *script = g_build_filename (g_getenv ("CPT_SOURCE_ROOT"), "tests/bench/duckdb-facts.mjs", NULL);
  g_autofree char *path = g_build_filename (folder, "facts.duckdb", NULL);
  g_autofree char *n_rows = g_strdup_printf ("%" G_GINT64_FORMAT, bench->n_rows);
  const char *argv[] = { "node", script, path, n_rows, questions, NULL };
  g_autofree char *output = NULL;
  g_auto(GStrv) lines = NULL;
  int status = 0;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status, NULL) ||
      !g_spawn_check_wait_status (status, NULL))
    return FALSE;

  lines = g_strsplit (output, "\n", -1);
  for (guint i = 0; i < G_N_ELEMENTS (widgets) + G_N_ELEMENTS (adhoc); i++)
    {
      g_auto(GStrv) words = lines[i] != NULL ? g_strsplit (lines[i], " ", 2) : NULL;

      if (words == NULL || words[0] == NULL || words[1] == NULL)
        return FALSE;
      ms[i] = g_ascii_strtod (words[0], NULL);
      sums[i] = g_ascii_strtod (words[1], NULL);
    }

  return TRUE;
}

/* ------------------------------------------------------------------------- measuring */

static int
compare_double (gconstpointer a,
                gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static double
get_median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare_double);

  return values[ROUNDS / 2];
}

static void
report (const char *job,
        double      ms,
        double      target)
{
  g_print ("BENCH\t%s\t%.1f ms\t%.1f ms\t%s\n", job, ms, target, ms <= target ? "ok" : "slow");
}

static double
add_up (const double *values,
        guint         n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += values[i];

  return sum;
}

static void
check_equal (const double *ours,
             const double *theirs)
{
  for (guint i = 0; i < G_N_ELEMENTS (widgets) + G_N_ELEMENTS (adhoc); i++)
    if (ABS (ours[i] - theirs[i]) > 0.5)
      g_print ("# differs from DuckDB: %.0f and %.0f: %s\n", ours[i], theirs[i],
               i < G_N_ELEMENTS (widgets) ? widgets[i].json : adhoc[i - G_N_ELEMENTS (widgets)].json);
}

/* @is_new: nothing was corrected yet */
static void
measure (Bench      *bench,
         const char *folder,
         gboolean    is_new)
{
  const guint n_widgets = G_N_ELEMENTS (widgets);
  const guint n_all = n_widgets + G_N_ELEMENTS (adhoc);
  double sums[G_N_ELEMENTS (widgets) + G_N_ELEMENTS (adhoc)];
  double their_ms[G_N_ELEMENTS (widgets) + G_N_ELEMENTS (adhoc)];
  double their_sums[G_N_ELEMENTS (widgets) + G_N_ELEMENTS (adhoc)];
  double warm[ROUNDS], live[ROUNDS], new_one[ROUNDS], duck[ROUNDS] = { 0 }, duck_new[ROUNDS] = { 0 };
  gboolean has_duck;

  g_print ("# never asked before\n");
  ask_all (bench, widgets, n_widgets, sums, TRUE);
  ask_all (bench, adhoc, G_N_ELEMENTS (adhoc), sums + n_widgets, TRUE);
  has_duck = run_duckdb (bench, folder, their_ms, their_sums);
  if (has_duck && is_new)
    check_equal (sums, their_sums);
  if (!has_duck)
    g_print ("# skipped: DuckDB is not there; see CPT_DUCKDB\n");

  for (guint i = 0; i < ROUNDS; i++)
    {
      correct (bench, i);
      live[i] = ask_all (bench, widgets, n_widgets, sums, i == 0);
      warm[i] = ask_all (bench, widgets, n_widgets, sums, FALSE);
      new_one[i] = ask_anew (bench, i, i == 0);
      if (!has_duck || !run_duckdb (bench, folder, their_ms, their_sums))
        continue;
      duck[i] = add_up (their_ms, n_widgets);
      duck_new[i] = add_up (their_ms + n_widgets, n_all - n_widgets);
    }

  report ("30 widgets over deals and facts, warm", get_median (warm), WARM_MS);
  report ("30 widgets after a changed deal and a corrected fact", get_median (live), WARM_MS);
  if (has_duck)
    report ("30 widgets after both, 0.5 of DuckDB", get_median (live), get_median (duck) / 2);
  report ("3 questions never asked before, over all facts", get_median (new_one), ADHOC_MS);
  if (has_duck)
    report ("3 questions never asked before, 3 times DuckDB", get_median (new_one), get_median (duck_new) * 3);
}

int
main (void)
{
  const char *wanted = g_getenv ("CPT_BENCH_ROWS");
  const char *kept = g_getenv ("CPT_BENCH_FILE");
  g_autofree char *folder = g_dir_make_tmp ("cpt-bench-XXXXXX", NULL);
  g_autofree char *path = kept != NULL ? g_strdup (kept) : g_build_filename (folder, "facts.comptoir", NULL);
  g_autoptr(CptClock) clock = cpt_clock_new_virtual (G_GINT64_CONSTANT (1795255200000000));
  CptDatabaseConfig config = { .clock = clock, .device = "bench" };
  gboolean is_new = !g_file_test (path, G_FILE_TEST_EXISTS);
  g_autoptr(GError) error = NULL;
  Bench bench = { .n_rows = wanted != NULL ? g_ascii_strtoll (wanted, NULL, 10) : DEFAULT_ROWS };

  setlocale (LC_ALL, "");
  bench.n_deals = bench.n_rows / 10;
  bench.first_day = cpt_date_from_ymd (2025, 1, 1);
  bench.database = cpt_database_open (path, is_new ? CPT_OPEN_CREATE : CPT_OPEN_WRITE, &config, &error);
  g_assert_no_error (error);
  bench.schema = cpt_schema_ref (cpt_database_get_schema (bench.database));
  bench.facts = cpt_schema_find_entity (bench.schema, "ad_result");
  bench.deal = cpt_schema_find_entity (bench.schema, "deal");
  if (is_new)
    fill (&bench);
  measure (&bench, folder, is_new);

  cpt_database_close (bench.database);
  cpt_schema_unref (bench.schema);
  if (kept == NULL)
    {
      g_autofree char *wal = g_strconcat (path, "-wal", NULL);
      g_autofree char *shm = g_strconcat (path, "-shm", NULL);

      g_unlink (path);
      g_unlink (wal);
      g_unlink (shm);
    }

  return 0;
}
