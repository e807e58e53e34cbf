/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever the file: the import ends, every row is accounted for, and a dry
 * run says what the import then does. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "cpt-error.h"
#include "cpt-import.h"
#include "cpt-workspace.h"
#include "fuzz.h"

const char *const fuzz_seeds[] = {
  "0name,sector,employees,country,revenue,parent\nA,x,12,FR,\"1,200.50\",B\nB,y,3,Philipines,7 EUR,\nC,,,,,A\n",
  "1first_name,last_name,email,company,birthday,tags\nAda,Byron,ada@example.org,Acme,1815-12-10,\"a, b\"\nBo,Li,bo@x.y,acme,,\n",
  "2opportunity_id;sales_agent;account;deal_stage;close_value;close_date\nR1;Ada;Acme;Won;12,5;20-10-2016\nR1;Bo;A C M E;Lost;0;1-2-2017\n",
  "3product\tseries\tsales_price\nGTX Pro\tGTX\t4821\n\"=1+1\"\t'=x\t5\n",
  "4title,due_on,status,assigned_to\nCall,2026-01-02,to_do,Ada\nMail,31/12/2025,done,\n",
  "0id,name,ville,cp\n01890000-0000-7000-8000-000000000000,A,Lyon,69001\nnonsense,B,,\n",
  "1Ada,ada@example.org,+33612345678\nBo,bo@example.org,0612345678\n",
  NULL,
};

static const char *const entities[] = { "organisation", "contact", "deal", "product", "task" };

/* A run costs milliseconds: behind the seeds only some inputs are taken. Each is
 * a dry run; some of these are then done. */
#define N_SEEDS G_N_ELEMENTS (fuzz_seeds)
#define TAKE_EACH 8
#define DO_EACH 8

/* One workspace for all runs of the process; thrown away with it */
typedef struct
{
  CptDatabase *database;
  char *folder;
  char *file;
  char *rejects;
  guint n_inputs;
  guint n_runs;
} Place;

static void
place_init (Place *self)
{
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("cpt-fuzz-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (self->folder, "fuzz.comptoir", NULL);
  self->file = g_build_filename (self->folder, "fuzz.csv", NULL);
  self->rejects = g_build_filename (self->folder, "rejects.csv", NULL);
  g_assert_true (cpt_workspace_create (path, NULL, &error));
  g_assert_no_error (error);
  self->database = cpt_workspace_open_database (path, CPT_OPEN_WRITE, NULL, &error);
  g_assert_no_error (error);
}

static void
check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == CPT_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
check_report (const CptImportReport *report)
{
  g_assert_cmpuint (report->counts.n_created + report->counts.n_updated + report->counts.n_skipped +
                      report->counts.n_rejected,
                    <=, report->counts.n_rows);
  g_assert_cmpuint (report->samples->len, <=, report->counts.n_rejected);
  for (guint i = 0; i < report->samples->len; i++)
    g_assert_true (g_utf8_validate (g_ptr_array_index (report->samples, i), -1, NULL));
}

static void
run_import (Place           *place,
            const CptEntity *entity)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptImportPlan) plan = cpt_import_plan_new (place->database, entity, place->file, NULL, &error);
  g_autoptr(CptImportReport) dry = NULL;
  g_autoptr(CptImportReport) done = NULL;

  if (plan == NULL)
    {
      check_error (error);
      return;
    }

  dry = cpt_import_run (place->database, plan, place->file, place->rejects, TRUE, NULL, NULL, NULL, &error);
  if (dry == NULL)
    {
      check_error (error);
      return;
    }
  check_report (dry);
  if (place->n_runs++ % DO_EACH != 0)
    return;

  done = cpt_import_run (place->database, plan, place->file, place->rejects, FALSE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  check_report (done);
  g_assert_cmpuint (done->counts.n_rows, ==, dry->counts.n_rows);
  g_assert_cmpuint (done->counts.n_created, ==, dry->counts.n_created);
  g_assert_cmpuint (done->counts.n_updated, ==, dry->counts.n_updated);
  g_assert_cmpuint (done->counts.n_unchanged, ==, dry->counts.n_unchanged);
  g_assert_cmpuint (done->counts.n_skipped, ==, dry->counts.n_skipped);
  g_assert_cmpuint (done->counts.n_rejected, ==, dry->counts.n_rejected);
  g_assert_cmpuint (done->counts.n_linked_created, ==, dry->counts.n_linked_created);
  for (guint i = 0; i < done->samples->len; i++)
    g_assert_cmpstr (done->samples->pdata[i], ==, dry->samples->pdata[i]);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  static Place place;
  CptSchema *schema;

  if (length == 0 || (place.n_inputs++ >= N_SEEDS && place.n_inputs % TAKE_EACH != 0))
    return 0;
  if (place.database == NULL)
    place_init (&place);

  g_assert_true (g_file_set_contents (place.file, (const char *) bytes + 1, (gssize) length - 1, NULL));
  schema = cpt_database_get_schema (place.database);
  run_import (&place, cpt_schema_find_entity (schema, entities[bytes[0] % G_N_ELEMENTS (entities)]));

  return 0;
}
