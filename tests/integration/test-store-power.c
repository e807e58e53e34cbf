/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The power goes at any moment of a session. What was reported is there, what
 * was under way is there whole or not at all, and the check finds nothing.
 *
 * CPT_POWER_CUTS says how often, 300 without it; with sanitizers less often. The
 * random numbers begin at CPT_SEED. */

#include "config.h"

#include <stdlib.h>

#include "../unit/store/store-fixture.h"

#include "cpt-check.h"
#include "cpt-database-private.h"
#include "cpt-layout.h"
#include "power-vfs.h"

#ifdef __SANITIZE_ADDRESS__
#define DEFAULT_CUTS 30
/* The later in a creation, the wider apart are the places that are tried. */
#define GROWTH 2
#else
#define DEFAULT_CUTS 300
#define GROWTH 10
#endif
#define DEFAULT_SEED 20261121
#define N_PAIRS 4
#define N_STEPS 12
#define PRODUCTS_PER_UNIT 30
/* Sessions on one workspace before the next one begins from nothing */
#define SESSIONS_PER_WORKSPACE 10

/* What the file should say. Both records of a pair always have the same number. */
typedef struct
{
  guint numbers[N_PAIRS];
  gboolean is_deleted[N_PAIRS];
  guint n_units;
} State;

typedef struct
{
  Fixture fixture;
  PowerVfs *power;
  GRand *rand;
  CptUuid ids[N_PAIRS][2];
  State told;  /* was reported */
  State tried; /* is under way */
  guint n_told;
  guint number; /* the last one that was given */
} Session;

static gboolean
report (Session *self)
{
  self->told = self->tried;
  self->n_told++;

  return TRUE;
}

/* Steps; FALSE when the power is gone */

static gboolean
commit (Session        *self,
        CptTransaction *transaction)
{
  return cpt_database_commit (self->fixture.database, transaction, NULL, NULL, NULL) && report (self);
}

static void
add_number (Session        *self,
            CptTransaction *transaction,
            guint           pair)
{
  g_autofree char *name = g_strdup_printf ("Number %u", ++self->number);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, name);
  for (guint i = 0; i < 2; i++)
    cpt_transaction_set (transaction, get_entity (&self->fixture, "organisation"), &self->ids[pair][i],
                         get_field (&self->fixture, "organisation", "name"), &value);
  self->tried.numbers[pair] = self->number;
}

static gboolean
set_number (Session *self,
            guint    pair)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  add_number (self, transaction, pair);

  return commit (self, transaction);
}

static gboolean
undo (Session *self)
{
  g_autoptr(CptLogEntry) entry = cpt_log_peek_undo (self->fixture.database, NULL);

  return entry != NULL && cpt_log_undo (self->fixture.database, entry->sequence, NULL, NULL) && report (self);
}

static gboolean
set_and_undo (Session *self,
              guint    pair)
{
  State before = self->told;

  if (!set_number (self, pair))
    return FALSE;
  self->tried = before;

  return undo (self);
}

static gboolean
delete_or_restore (Session *self,
                   guint    pair)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  const CptEntity *entity = get_entity (&self->fixture, "organisation");

  for (guint i = 0; i < 2; i++)
    if (self->told.is_deleted[pair])
      cpt_transaction_restore (transaction, entity, &self->ids[pair][i]);
    else
      cpt_transaction_delete (transaction, entity, &self->ids[pair][i]);
  self->tried.is_deleted[pair] = !self->told.is_deleted[pair];

  return commit (self, transaction);
}

static gboolean
fill_unit (Session *self,
           CptUnit *unit,
           guint    pair)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);

      for (guint n = 0; n < PRODUCTS_PER_UNIT / 3; n++)
        {
          g_autoptr(CptRecord) record = new_record (&self->fixture, "product", "name", "Imported product");

          cpt_transaction_create (transaction, record);
        }
      if (i == 1 && !self->told.is_deleted[pair])
        add_number (self, transaction, pair);
      if (!cpt_unit_commit (unit, transaction, NULL, NULL, NULL))
        return FALSE;
    }

  return TRUE;
}

static gboolean
import (Session *self,
        guint    pair)
{
  g_autoptr(CptUnit) unit = cpt_unit_begin (self->fixture.database, CPT_ORIGIN_IMPORT, "Import", NULL);
  gboolean is_kept = g_rand_int_range (self->rand, 0, 4) > 0;

  if (unit == NULL || !fill_unit (self, unit, pair))
    return FALSE;
  if (!is_kept)
    {
      self->tried = self->told;
      return cpt_unit_abort (unit, NULL);
    }
  self->tried.n_units++;

  return cpt_unit_finish (unit, NULL, NULL) && report (self);
}

static gboolean
take_step (Session *self)
{
  guint pair = (guint) g_rand_int_range (self->rand, 0, N_PAIRS);
  int kind = g_rand_int_range (self->rand, 0, 10);

  self->tried = self->told;
  if (kind == 0)
    return sqlite3_wal_checkpoint_v2 (self->fixture.database->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) == SQLITE_OK;
  if (kind == 1)
    return sqlite3_wal_checkpoint_v2 (self->fixture.database->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) == SQLITE_OK;
  if (kind <= 3)
    return import (self, pair);
  if (kind == 4 || self->told.is_deleted[pair])
    return delete_or_restore (self, pair);
  if (kind <= 6)
    return set_and_undo (self, pair);

  return set_number (self, pair);
}

/* A session: opening, some steps, closing */
static void
live (Session *self)
{
  Fixture *fixture = &self->fixture;

  fixture->database = cpt_database_open (fixture->path, CPT_OPEN_WRITE, &fixture->config, NULL);
  for (guint i = 0; fixture->database != NULL && i < N_STEPS && take_step (self); i++)
    ;
  g_clear_pointer (&fixture->database, cpt_database_close);
}

/* Looking at what is left */

static guint
read_number (Session       *self,
             const CptUuid *id,
             gboolean      *is_deleted)
{
  g_autoptr(CptRecord) record = load_ok (&self->fixture, "organisation", id);
  const char *name = cpt_record_get_text (record, "name");

  *is_deleted = record->in_trash;
  g_assert_true (g_str_has_prefix (name, "Number "));

  return (guint) g_ascii_strtoull (name + strlen ("Number "), NULL, 10);
}

static gboolean
count_products (CptDatabase  *database,
                gpointer      data,
                GError      **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), "product");
  g_autoptr(GString) sql = g_string_new ("SELECT count(*) FROM product WHERE row_id > 0");

  cpt_layout_append_visible (sql, database, entity, NULL);

  return cpt_database_get_number (database, sql->str, 0, data, error);
}

static void
read_state (Session *self,
            State   *state)
{
  gint64 n_products = 0;

  for (guint i = 0; i < N_PAIRS; i++)
    {
      gboolean is_deleted;

      state->numbers[i] = read_number (self, &self->ids[i][0], &state->is_deleted[i]);
      g_assert_cmpuint (read_number (self, &self->ids[i][1], &is_deleted), ==, state->numbers[i]);
      g_assert_cmpint (is_deleted, ==, state->is_deleted[i]);
    }
  g_assert_true (cpt_database_snapshot (self->fixture.database, count_products, &n_products, NULL));
  g_assert_cmpint (n_products % PRODUCTS_PER_UNIT, ==, 0);
  state->n_units = (guint) n_products / PRODUCTS_PER_UNIT;
}

static gboolean
state_equal (const State *a,
             const State *b)
{
  for (guint i = 0; i < N_PAIRS; i++)
    if (a->numbers[i] != b->numbers[i] || a->is_deleted[i] != b->is_deleted[i])
      return FALSE;

  return a->n_units == b->n_units;
}

static char *
describe (const State *state)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < N_PAIRS; i++)
    g_string_append_printf (text, "%u%s ", state->numbers[i], state->is_deleted[i] ? " (deleted)" : "");
  g_string_append_printf (text, "and %u units", state->n_units);

  return g_string_free (text, FALSE);
}

static void
assert_nothing_lost (Session *self)
{
  State found = { 0 };
  g_autofree char *told = describe (&self->told);
  g_autofree char *tried = describe (&self->tried);
  g_autofree char *shown = NULL;

  read_state (self, &found);
  shown = describe (&found);
  if (!state_equal (&found, &self->told) && !state_equal (&found, &self->tried))
    g_test_message ("told: %s, tried: %s, found: %s", told, tried, shown);
  g_assert_true (state_equal (&found, &self->told) || state_equal (&found, &self->tried));
  self->told = found;
}

static void
assert_sound (Session *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) findings = cpt_check_run (self->fixture.database, TRUE, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

/* Sessions */

static guint32
get_seed (void)
{
  const char *wanted = g_getenv ("CPT_SEED");

  return wanted != NULL ? (guint32) g_ascii_strtoull (wanted, NULL, 10) : DEFAULT_SEED;
}

static void
add_pairs (Session *self)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_SYNC, NULL);

  for (guint i = 0; i < N_PAIRS * 2; i++)
    {
      g_autoptr(CptRecord) record = new_record (&self->fixture, "organisation", "name", "Number 0");

      cpt_uuid_generate (&record->id, TEST_NOW / 1000);
      self->ids[i / 2][i % 2] = record->id;
      cpt_transaction_create (transaction, record);
    }
  commit_ok (&self->fixture, transaction);
}

static void
session_begin (Session *self,
               guint32  seed)
{
  *self = (Session){ .rand = g_rand_new_with_seed (seed) };
  fixture_set_up (&self->fixture, NULL);
  add_pairs (self);
  g_clear_pointer (&self->fixture.database, cpt_database_close);
  self->power = power_vfs_new (seed);
}

static void
session_end (Session *self)
{
  g_clear_pointer (&self->fixture.database, cpt_database_close);
  g_clear_pointer (&self->power, power_vfs_free);
  fixture_tear_down (&self->fixture, NULL);
  g_clear_pointer (&self->rand, g_rand_free);
}

static guint
count_operations (Session *self)
{
  guint n_operations;

  power_vfs_cut_after (self->power, 0);
  live (self);
  n_operations = power_vfs_get_n_operations (self->power);
  g_assert_false (power_vfs_is_cut (self->power));

  return n_operations;
}

static void
cut_once (Session *self,
          guint    n_operations)
{
  power_vfs_cut_after (self->power, (guint) g_rand_int_range (self->rand, 1, (gint32) n_operations));
  live (self);
  power_vfs_restart (self->power);
  /* Taking back what was not finished may be cut short as well. */
  if (g_rand_int_range (self->rand, 0, 4) == 0)
    {
      power_vfs_cut_after (self->power, (guint) g_rand_int_range (self->rand, 1, 30));
      self->fixture.database = cpt_database_open (self->fixture.path, CPT_OPEN_WRITE, &self->fixture.config, NULL);
      g_clear_pointer (&self->fixture.database, cpt_database_close);
      power_vfs_restart (self->power);
    }

  fixture_open (&self->fixture, CPT_OPEN_WRITE);
  assert_sound (self);
  assert_nothing_lost (self);
  g_clear_pointer (&self->fixture.database, cpt_database_close);
}

static void
test_sessions (void)
{
  const char *wanted = g_getenv ("CPT_POWER_CUTS");
  guint n_cuts = wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : DEFAULT_CUTS;
  guint32 seed = get_seed ();
  guint n_told = 0;

  for (guint i = 0; i < n_cuts; i += SESSIONS_PER_WORKSPACE)
    {
      Session self;
      guint n_operations;

      g_test_message ("CPT_SEED=%u", seed);
      session_begin (&self, seed++);
      n_operations = count_operations (&self);
      for (guint n = 0; n < SESSIONS_PER_WORKSPACE; n++)
        cut_once (&self, n_operations);
      n_told += self.n_told;
      session_end (&self);
    }
  g_test_message ("%u cuts, %u commits told", n_cuts, n_told);
}

/* A workspace that was reported is there; one that was not is refused or sound. */
static void
test_creation (void)
{
  guint n_created = 0;
  gboolean is_created = FALSE;

  for (guint n = 1; !is_created; n += 1 + n / GROWTH)
    {
      Session self = { .rand = g_rand_new_with_seed (n) };
      g_autoptr(GError) error = NULL;

      fixture_set_up (&self.fixture, NULL);
      g_clear_pointer (&self.fixture.database, cpt_database_close);
      g_unlink (self.fixture.path);

      self.power = power_vfs_new (get_seed () + n);
      power_vfs_cut_after (self.power, n);
      self.fixture.database = cpt_database_open (self.fixture.path, CPT_OPEN_CREATE, &self.fixture.config, NULL);
      is_created = self.fixture.database != NULL;
      g_clear_pointer (&self.fixture.database, cpt_database_close);
      power_vfs_restart (self.power);

      self.fixture.database = cpt_database_open (self.fixture.path, CPT_OPEN_WRITE, &self.fixture.config, &error);
      if (self.fixture.database != NULL)
        assert_sound (&self);
      else
        g_assert_true (error->domain == CPT_ERROR);
      g_assert_true (self.fixture.database != NULL || !is_created);
      n_created += self.fixture.database != NULL;
      session_end (&self);
    }
  g_assert_cmpuint (n_created, >, 1);
}

/* The other tests would see a loss: on a disk that lies there are some. */
static void
test_teeth (void)
{
  guint n_lost = 0;

  for (guint i = 0; i < 20; i++)
    {
      Session self;
      State found = { 0 };

      session_begin (&self, 100 + i);
      power_vfs_set_lying (self.power, TRUE);
      self.fixture.database = cpt_database_open (self.fixture.path, CPT_OPEN_WRITE, &self.fixture.config, NULL);
      self.tried = self.told;
      g_assert_true (set_number (&self, 0));
      power_vfs_cut_after (self.power, 1);
      g_clear_pointer (&self.fixture.database, cpt_database_close);
      power_vfs_restart (self.power);
      power_vfs_set_lying (self.power, FALSE);

      fixture_open (&self.fixture, CPT_OPEN_WRITE);
      read_state (&self, &found);
      n_lost += !state_equal (&found, &self.told);
      session_end (&self);
    }
  g_test_message ("%u of 20 lost", n_lost);
  g_assert_cmpuint (n_lost, >, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/power/loses-nothing-reported", test_sessions);
  g_test_add_func ("/store/power/creates-all-or-nothing", test_creation);
  g_test_add_func ("/store/power/would-see-a-loss", test_teeth);

  return g_test_run ();
}
