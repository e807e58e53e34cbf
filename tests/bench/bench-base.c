/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the base room does for every row: cutting up files, comparing names,
 * finding the day of an instant, reading values. */

#include "config.h"

#include <string.h>
#include <time.h>

#include "cpt-csv.h"
#include "cpt-date.h"
#include "cpt-money.h"
#include "cpt-phone.h"
#include "cpt-text.h"
#include "cpt-uuid.h"

#define N_ROWS 1000000
#define N_CALLS 2000000

static const char *const names[] = {
  "Martin Dupont",
  "Martin Durand",
  "Société Générale",
  "Société Genevoise",
  "Établissements Müller",
  "Etablissements Muller SARL",
  "Boulangerie du Marché",
  "Boulangerie du Port",
};

/* Of this process: what else runs on the machine doesn't count. */
static double
get_seconds (void)
{
  return (double) clock () / CLOCKS_PER_SEC;
}

static void
report_ns (const char *job,
           double      seconds,
           guint       n_calls,
           int         target)
{
  double ns = seconds * 1e9 / n_calls;

  g_print ("BENCH\t%s\t%.0f ns\t%d ns\t%s\n", job, ns, target, ns <= target ? "ok" : "slow");
}

static GString *
create_contacts (gboolean is_ascii)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < N_ROWS; i++)
    g_string_append_printf (text,
                            "%u,Jean-Michel,Dupont,\"%s, SARL\",jean.dupont%u@example.org,+33612345678,"
                            "12 rue de la Paix,75002,Paris,FR,2026-11-21,customer\n",
                            i, is_ascii ? "Societe du Marche" : "Société du Marché", i);

  return text;
}

static void
bench_csv (const char *job,
           gboolean    is_ascii)
{
  static const CptCsvDialect dialect = { "UTF-8", ',', '"', FALSE };
  g_autoptr(GString) text = create_contacts (is_ascii);
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (text->str, (gssize) text->len, NULL);
  g_autoptr(CptCsvReader) reader = cpt_csv_reader_new (stream, &dialect);
  double start = get_seconds ();
  double speed;
  guint n_fields = 0;
  CptCsvRow row;

  while (cpt_csv_reader_next (reader, &row, NULL, NULL))
    n_fields += row.n_fields;
  g_assert_cmpuint (n_fields, ==, 12 * N_ROWS);

  speed = (double) text->len / 1e6 / (get_seconds () - start);
  g_print ("BENCH\t%s\t%.0f MB/s\t200 MB/s\t%s\n", job, speed, speed >= 200 ? "ok" : "slow");
}

static void
bench_collation (void)
{
  gssize lengths[G_N_ELEMENTS (names)];
  volatile int sum = 0;
  double start;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    lengths[i] = (gssize) strlen (names[i]);

  start = get_seconds ();
  for (guint i = 0; i < N_CALLS; i++)
    {
      gsize a = i % G_N_ELEMENTS (names);

      sum += cpt_text_collate (names[a], lengths[a], names[a ^ 1], lengths[a ^ 1]);
    }
  report_ns ("compare two names", get_seconds () - start, N_CALLS, 60);
}

static void
bench_dates (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  double start = get_seconds ();
  volatile gint64 sum = 0;

  /* Over three years, in no order */
  for (guint i = 0; i < N_CALLS; i++)
    sum += cpt_instant_get_date (((gint64) i * 7919 % 100000000 + 1600000000) * G_USEC_PER_SEC, zone);
  report_ns ("find the day of an instant", get_seconds () - start, N_CALLS, 40);
}

static void
bench_values (void)
{
  double start = get_seconds ();
  CptMoney money;
  CptUuid uuid;

  for (guint i = 0; i < N_CALLS / 10; i++)
    g_free (cpt_phone_normalise ("06 12 34 56 78", "FR", NULL));
  report_ns ("read a telephone number", get_seconds () - start, N_CALLS / 10, 500);

  start = get_seconds ();
  for (guint i = 0; i < N_CALLS / 10; i++)
    cpt_money_parse ("1 234,50 €", "EUR", ',', &money, NULL);
  report_ns ("read an amount of money", get_seconds () - start, N_CALLS / 10, 1500);

  start = get_seconds ();
  for (guint i = 0; i < N_CALLS / 10; i++)
    g_free (cpt_text_fold (names[i % G_N_ELEMENTS (names)]));
  report_ns ("fold a name", get_seconds () - start, N_CALLS / 10, 300);

  start = get_seconds ();
  for (guint i = 0; i < N_CALLS; i++)
    cpt_uuid_generate (&uuid, 1000);
  report_ns ("make an identifier", get_seconds () - start, N_CALLS, 100);
}

int
main (void)
{
  bench_csv ("cut up a CSV file, ASCII", TRUE);
  bench_csv ("cut up a CSV file, UTF-8", FALSE);
  bench_collation ();
  bench_dates ();
  bench_values ();

  return 0;
}
