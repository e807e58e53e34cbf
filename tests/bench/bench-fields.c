/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a field costs on its way from a file into a record: an import reads
 * twelve of them a million times. */

#include "config.h"

#include <glib.h>
#include <time.h>

#include "cpt-field-type.h"
#include "cpt-record.h"

#define ROUNDS 400000
/* The kinds that nearly every row of a file has; others may take longer. */
#define TARGET_NS 300
#define RARE_TARGET_NS 600

static const CptChoice choices[] = {
  { "open", "Open" },
  { "won", "Won" },
  { "lost", "Lost" },
  { NULL },
};

static const struct
{
  CptFieldKind kind;
  const char *texts[4];
  int target;
} jobs[] = {
  { CPT_FIELD_TEXT, { "Jean-Pierre Martin", "Acme Corporation", "Ångström & Fils", "12 rue des Lilas" } },
  { CPT_FIELD_EMAIL, { "jean.martin@example.org", "a@b.fr", "Jean.Martin@Example.com", "info+crm@mail.example.net" } },
  { CPT_FIELD_PHONE, { "06 12 34 56 78", "+33612345678", "01.23.45.67.89", "+32 2 123 45 67" } },
  { CPT_FIELD_DATE, { "2024-02-29", "29/02/2024", "1999-12-31", "3-4-2020" } },
  { CPT_FIELD_INTEGER, { "2822", "1 234", "-5", "1996" } },
  { CPT_FIELD_PERCENT, { "12.5 %", "20", "5,5", "100" } },
  { CPT_FIELD_CHOICE, { "Won", "lost", "open", "WON" } },
  { CPT_FIELD_TAGS, { "vip", "vip;client", "a, b, c", "été" }, RARE_TARGET_NS },
  { CPT_FIELD_URL, { "www.example.org", "https://example.org/path?q=a", "http://a.fr", "example.com/a/b" }, RARE_TARGET_NS },
  { CPT_FIELD_COUNTRY, { "United States", "FR", "Allemagne", "belgique" }, RARE_TARGET_NS },
  { CPT_FIELD_IDENTIFIER, { "732 829 320", "732829320", "732829320", "732829320" } },
  { CPT_FIELD_DATETIME, { "2026-11-21T09:30:00Z", "2026-11-21 09:30", "21/11/2026 9:30", "2026-11-21" }, RARE_TARGET_NS },
  { CPT_FIELD_MONEY, { "1234.50", "1 234,50 €", "4821", "12.5 USD" } },
};

/* Processor time: other programs must not count. */
static gint64
get_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
report (const char *job,
        gint64      micros,
        int         target)
{
  double ns = (double) micros * 1000 / ROUNDS;

  g_print ("BENCH\t%s\t%.0f ns\t%d ns\t%s\n", job, ns, target, ns <= target ? "ok" : "slow");
}

static void
run_kind (guint job)
{
  const CptParseOptions options = { .currency = "EUR", .country = "FR", .date_order = CPT_DATE_ORDER_DMY };
  CptField field = { .name = "f", .label = "F", .kind = jobs[job].kind, .choices = choices };
  g_autofree char *parse_job = g_strconcat ("read a field: ", cpt_field_type_get (field.kind)->name, NULL);
  g_autofree char *check_job = g_strconcat ("check a field: ", cpt_field_type_get (field.kind)->name, NULL);
  int target = jobs[job].target > 0 ? jobs[job].target : TARGET_NS;
  CptValue values[4] = { CPT_VALUE_INIT };
  gint64 start = get_time ();

  for (guint i = 0; i < ROUNDS; i++)
    g_assert_true (cpt_field_parse (&field, jobs[job].texts[i % 4], &options, &values[i % 4], NULL));
  report (parse_job, get_time () - start, target);

  start = get_time ();
  for (guint i = 0; i < ROUNDS; i++)
    g_assert_true (cpt_field_normalise (&field, &values[i % 4], NULL));
  report (check_job, get_time () - start, target);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    cpt_value_clear (&values[i]);
}

static void
run_records (void)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  const CptEntity *contact = cpt_schema_find_entity (schema, "contact");
  gint64 start = get_time ();

  for (guint i = 0; i < ROUNDS; i++)
    {
      CptRecord *record = cpt_record_new (schema, contact);

      cpt_record_unref (record);
    }
  report ("make an empty record", get_time () - start, TARGET_NS);
}

int
main (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    run_kind (i);
  run_records ();

  return 0;
}
