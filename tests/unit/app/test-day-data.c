/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What My Day suggests of customers that nobody speaks to. */

#include "config.h"

#include <glib/gstdio.h>

#include "cpt-date.h"
#include "cpt-day-data-private.h"
#include "cpt-error.h"
#include "cpt-transaction.h"
#include "cpt-workspace.h"

/* 2026-11-21T10:00:00Z */
#define NOW G_GINT64_CONSTANT (1795255200000000)

typedef struct
{
  char *folder;
  char *path;
  CptClock *clock;
  CptDatabase *database;
  CptUuid customer;
} Fixture;

static CptRecord *
new_record (Fixture    *self,
            const char *kind)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  CptRecord *record = cpt_record_new (schema, cpt_schema_find_entity (schema, kind));

  cpt_record_apply_initial (record, cpt_clock_get_now (self->clock), NULL, cpt_database_get_zone (self->database));

  return record;
}

static void
set_text (CptRecord  *record,
          const char *field,
          const char *text)
{
  CptValue value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, text);
  cpt_record_take (record, cpt_entity_find_field (record->entity, field), value);
}

static void
set_link (CptRecord     *record,
          const char    *name,
          const CptUuid *id)
{
  const CptField *field = cpt_entity_find_field (record->entity, name);
  CptValue value = CPT_VALUE_INIT;

  if (field->kind == CPT_FIELD_LINKS)
    cpt_value_set_ids (&value, id, 1);
  else
    cpt_value_set_id (&value, id);
  cpt_record_take (record, field, value);
}

/* Takes @record */
static CptUuid
create (Fixture   *self,
        CptRecord *record)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;
  CptCommit commit;
  CptUuid id;

  cpt_transaction_create (transaction, record);
  cpt_database_commit (self->database, transaction, &commit, NULL, &error);
  g_assert_no_error (error);
  id = record->id;
  cpt_record_unref (record);

  return id;
}

static CptUuid
create_contact (Fixture    *self,
                const char *name)
{
  CptRecord *record = new_record (self, "contact");

  set_text (record, "last_name", name);
  set_link (record, "organisation", &self->customer);

  return create (self, record);
}

static void
create_activity (Fixture       *self,
                 const char    *field,
                 const CptUuid *contact)
{
  CptRecord *record = new_record (self, "activity");

  set_text (record, "subject", "Fair");
  set_text (record, "kind", "meeting");
  set_link (record, field, contact);
  create (self, record);
}

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  CptWorkspaceOptions options = { .zone = "UTC" };
  CptRecord *customer;

  self->folder = g_dir_make_tmp ("cpt-day-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "day.comptoir", NULL);
  options.clock = self->clock = cpt_clock_new_virtual (NOW - 100 * G_TIME_SPAN_DAY);
  g_assert_true (cpt_workspace_create (self->path, &options, &error));
  self->database = cpt_workspace_open_database (self->path, CPT_OPEN_WRITE, &options, &error);
  g_assert_no_error (error);

  customer = new_record (self, "organisation");
  set_text (customer, "name", "Customer");
  set_text (customer, "kind", "customer");
  self->customer = create (self, customer);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  const char *const ends[] = { "", "-wal", "-shm" };

  cpt_database_close (self->database);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (self->path, ends[i], NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_assert_finalize_object (self->clock);
  g_free (self->path);
  g_free (self->folder);
}

/* "Anne, Bob" */
static char *
read_suggestions (Fixture *self,
                  guint64 *total)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDayData) data = cpt_day_data_read (self->database, TRUE, &error);
  g_autoptr(GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < data->items->len; i++)
    {
      const CptDayItem *item = g_ptr_array_index (data->items, i);

      if (item->section == CPT_DAY_QUIET_CUSTOMERS)
        g_string_append_printf (text, "%s%s (%s)", text->len > 0 ? ", " : "", item->title, item->when);
    }
  *total = data->totals[CPT_DAY_QUIET_CUSTOMERS];

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_never_contacted (Fixture       *self,
                      gconstpointer  unused)
{
  g_autofree char *day = cpt_date_format (cpt_date_from_ymd (2026, 8, 13));
  g_autofree char *expected = g_strdup_printf ("Met (%s), Silent (Never)", day);
  g_autofree char *text = NULL;
  guint64 total;
  CptUuid met, seen;

  create_contact (self, "Silent");
  met = create_contact (self, "Met");
  seen = create_contact (self, "Seen");
  create_activity (self, "contact", &met);
  create_activity (self, "participants", &seen);

  /* All of them are 100 days old. */
  cpt_clock_set_now (self->clock, NOW);
  create_contact (self, "New");
  text = read_suggestions (self, &total);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (total, ==, 2);
}

static void
test_young (Fixture       *self,
            gconstpointer  unused)
{
  g_autofree char *text = NULL;
  guint64 total;

  create_contact (self, "Silent");
  cpt_clock_set_now (self->clock, NOW - 11 * G_TIME_SPAN_DAY);
  text = read_suggestions (self, &total);
  g_assert_cmpstr (text, ==, "");
  g_assert_cmpuint (total, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/day/suggests-customers-that-were-never-contacted", Fixture, NULL, set_up, test_never_contacted, tear_down);
  g_test_add ("/day/leaves-new-customers-in-peace", Fixture, NULL, set_up, test_young, tear_down);

  return g_test_run ();
}
