/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A workspace as its user gets it: made, opened, filled, and its records
 * following from each other. Real files in a folder that is thrown away.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "cpt-aggregate.h"
#include "cpt-card-proposal.h"
#include "cpt-check.h"
#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-export.h"
#include "cpt-facts.h"
#include "cpt-log.h"
#include "cpt-series-bulk.h"
#include "cpt-workspace.h"

typedef struct
{
  char *folder;
  char *path;
  CptClock *clock;
  CptDatabase *database;
  CptSchema *schema;
} Fixture;

#define NOON_OF_2026_11_20 (G_GINT64_CONSTANT (1795172400) * 1000000)

static void
remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  CptWorkspaceOptions options = { .zone = "Europe/Paris" };

  fixture->folder = g_dir_make_tmp ("comptoir-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "Maison Verdier.comptoir", NULL);
  fixture->clock = cpt_clock_new_virtual (NOON_OF_2026_11_20);
  options.clock = fixture->clock;
  g_assert_true (cpt_workspace_create (fixture->path, &options, &error));
  g_assert_no_error (error);
  fixture->database = cpt_workspace_open_database (fixture->path, CPT_OPEN_WRITE, &options, &error);
  g_assert_no_error (error);
  fixture->schema = cpt_schema_ref (cpt_database_get_schema (fixture->database));
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  unused)
{
  cpt_schema_unref (fixture->schema);
  g_clear_pointer (&fixture->database, cpt_database_close);
  g_assert_finalize_object (fixture->clock);
  remove_folder (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static guint64
count (Fixture    *fixture,
       const char *entity)
{
  g_autoptr(CptQuery) query = cpt_query_new (fixture->schema, cpt_schema_find_entity (fixture->schema, entity));
  g_autoptr(GError) error = NULL;
  guint64 n = 0;

  cpt_query_count (query, fixture->database, &n, &error);
  g_assert_no_error (error);

  return n;
}

static CptUuid
find_named (Fixture    *fixture,
            const char *entity_name,
            const char *name)
{
  const CptEntity *entity = cpt_schema_find_entity (fixture->schema, entity_name);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autoptr(GError) error = NULL;
  CptUuid id = { { 0 } };

  cpt_value_set_text (&value, name);
  g_assert_true (cpt_database_find (fixture->database, entity, cpt_entity_get_title_field (entity), &value, FALSE, &id, &error));
  g_assert_no_error (error);

  return id;
}

/* A record made of pairs of a field and machine text */
static CptUuid
create (Fixture *fixture,
        const char *entity_name,
        ...) G_GNUC_NULL_TERMINATED;

static CptUuid
create (Fixture    *fixture,
        const char *entity_name,
        ...)
{
  const CptEntity *entity = cpt_schema_find_entity (fixture->schema, entity_name);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptRecord) record = cpt_record_new (fixture->schema, entity);
  g_autoptr(GError) error = NULL;
  const char *name;
  va_list arguments;

  cpt_record_apply_initial (record, cpt_clock_get_now (fixture->clock), cpt_database_get_author (fixture->database),
                            cpt_database_get_zone (fixture->database));
  va_start (arguments, entity_name);
  while ((name = va_arg (arguments, const char *)) != NULL)
    {
      const CptField *field = cpt_entity_find_field (entity, name);
      CptValue value = CPT_VALUE_INIT;

      g_assert_true (cpt_field_parse (field, va_arg (arguments, const char *), &(CptParseOptions){ 0 }, &value, &error));
      cpt_record_take (record, field, value);
    }
  va_end (arguments);

  cpt_transaction_create (transaction, record);
  cpt_database_commit (fixture->database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);

  return record->id;
}

static void
change (Fixture       *fixture,
        const char    *entity_name,
        const CptUuid *id,
        const char    *name,
        const char    *text)
{
  const CptEntity *entity = cpt_schema_find_entity (fixture->schema, entity_name);
  const CptField *field = cpt_entity_find_field (entity, name);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autoptr(GError) error = NULL;

  g_assert_true (cpt_field_parse (field, text, &(CptParseOptions){ 0 }, &value, &error));
  cpt_transaction_set (transaction, entity, id, field, &value);
  cpt_database_commit (fixture->database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_field (Fixture       *fixture,
              const char    *entity_name,
              const CptUuid *id,
              const char    *name,
              const char    *expected)
{
  const CptEntity *entity = cpt_schema_find_entity (fixture->schema, entity_name);
  const CptField *field = cpt_entity_find_field (entity, name);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptRecord) record = cpt_database_load (fixture->database, entity, id, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = cpt_field_format (field, cpt_record_get (record, field));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_new_workspace_has_what_a_company_needs (Fixture       *fixture,
                                             gconstpointer  unused)
{
  g_assert_cmpuint (count (fixture, "user"), ==, 1);
  g_assert_cmpuint (count (fixture, "pipeline"), ==, 1);
  g_assert_cmpuint (count (fixture, "stage"), ==, 6);
  g_assert_cmpuint (count (fixture, "dashboard"), ==, 1);
  g_assert_false (cpt_uuid_is_nil (cpt_database_get_author (fixture->database)));
  g_assert_cmpstr (cpt_database_get_currency (fixture->database), ==, "EUR");
  g_assert_cmpstr (g_time_zone_get_identifier (cpt_database_get_zone (fixture->database)), ==, "Europe/Paris");
}

static void
test_existing_file_is_not_replaced (Fixture       *fixture,
                                    gconstpointer  unused)
{
  g_autofree char *other = g_build_filename (fixture->folder, "letter.txt", NULL);
  g_autofree char *content = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (other, "Dear all", -1, NULL));
  g_assert_false (cpt_workspace_create (other, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_get_contents (other, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "Dear all");
}

static void
test_deal_follows_its_stage (Fixture       *fixture,
                             gconstpointer  unused)
{
  CptUuid won = find_named (fixture, "stage", "Won");
  CptUuid proposal = find_named (fixture, "stage", "Proposal");
  CptUuid pipeline = find_named (fixture, "pipeline", "Sales");
  g_autofree char *won_text = cpt_uuid_dup_text (&won);
  g_autofree char *proposal_text = cpt_uuid_dup_text (&proposal);
  g_autofree char *pipeline_text = cpt_uuid_dup_text (&pipeline);
  CptUuid deal = create (fixture, "deal", "name", "Forty desks", "amount", "12000 EUR", NULL);

  assert_field (fixture, "deal", &deal, "pipeline", pipeline_text);
  assert_field (fixture, "deal", &deal, "probability", "10");
  assert_field (fixture, "deal", &deal, "closed_on", "");

  change (fixture, "deal", &deal, "stage", won_text);
  assert_field (fixture, "deal", &deal, "probability", "100");
  assert_field (fixture, "deal", &deal, "closed_on", "2026-11-20");

  change (fixture, "deal", &deal, "stage", proposal_text);
  assert_field (fixture, "deal", &deal, "probability", "50");
  assert_field (fixture, "deal", &deal, "closed_on", "");
}

static void
test_won_deal_is_undone_whole (Fixture       *fixture,
                               gconstpointer  unused)
{
  CptUuid won = find_named (fixture, "stage", "Won");
  CptUuid first = find_named (fixture, "stage", "New");
  g_autofree char *won_text = cpt_uuid_dup_text (&won);
  g_autofree char *first_text = cpt_uuid_dup_text (&first);
  g_autoptr(CptLogEntry) entry = NULL;
  g_autoptr(GError) error = NULL;
  CptUuid deal = create (fixture, "deal", "name", "Forty desks", NULL);

  change (fixture, "deal", &deal, "stage", won_text);
  entry = cpt_log_peek_undo (fixture->database, &error);
  g_assert_no_error (error);
  g_assert_true (cpt_log_undo (fixture->database, entry->sequence, NULL, &error));
  g_assert_no_error (error);

  assert_field (fixture, "deal", &deal, "stage", first_text);
  assert_field (fixture, "deal", &deal, "probability", "10");
  assert_field (fixture, "deal", &deal, "closed_on", "");
}

/* What deleting @id says, or NULL when it was done */
static char *
try_deletion (Fixture       *fixture,
              const char    *entity_name,
              const CptUuid *id)
{
  const CptEntity *entity = cpt_schema_find_entity (fixture->schema, entity_name);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;

  cpt_transaction_delete (transaction, entity, id);
  if (cpt_database_commit (fixture->database, transaction, NULL, NULL, &error))
    return NULL;

  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);

  return g_strdup (error->message);
}

static void
test_stage_with_deals_is_not_deleted (Fixture       *fixture,
                                      gconstpointer  unused)
{
  CptUuid stage = find_named (fixture, "stage", "Proposal");
  CptUuid other = find_named (fixture, "stage", "New");
  CptUuid pipeline = find_named (fixture, "pipeline", "Sales");
  g_autofree char *stage_text = cpt_uuid_dup_text (&stage);
  g_autofree char *other_text = cpt_uuid_dup_text (&other);
  CptUuid deal = create (fixture, "deal", "name", "Roof", "stage", stage_text, NULL);
  g_autofree char *message = try_deletion (fixture, "stage", &stage);
  g_autofree char *about_pipeline = try_deletion (fixture, "pipeline", &pipeline);

  g_assert_cmpstr (message, ==, "Stage “Proposal” is needed by 1 record (Deals). Move it elsewhere first.");
  g_assert_cmpstr (about_pipeline, ==, "Pipeline “Sales” is needed by 6 records (Stages). Move them elsewhere first.");
  g_assert_cmpuint (count (fixture, "stage"), ==, 6);

  change (fixture, "deal", &deal, "stage", other_text);
  g_assert_null (try_deletion (fixture, "stage", &stage));
  g_assert_cmpuint (count (fixture, "stage"), ==, 5);
}

static void
test_stage_goes_together_with_its_deals (Fixture       *fixture,
                                         gconstpointer  unused)
{
  const CptEntity *deals = cpt_schema_find_entity (fixture->schema, "deal");
  const CptEntity *stages = cpt_schema_find_entity (fixture->schema, "stage");
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  CptUuid stage = find_named (fixture, "stage", "Proposal");
  CptUuid other = find_named (fixture, "stage", "New");
  g_autofree char *text = cpt_uuid_dup_text (&stage);
  CptUuid moved = create (fixture, "deal", "name", "Roof", "stage", text, NULL);
  CptUuid deleted = create (fixture, "deal", "name", "Wall", "stage", text, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autoptr(GError) error = NULL;

  cpt_value_set_id (&value, &other);
  cpt_transaction_delete (transaction, stages, &stage);
  cpt_transaction_delete (transaction, deals, &deleted);
  cpt_transaction_set (transaction, deals, &moved, cpt_entity_find_field (deals, "stage"), &value);
  cpt_database_commit (fixture->database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (fixture, "stage"), ==, 5);
  g_assert_cmpuint (count (fixture, "deal"), ==, 1);
}

static void
test_creation_of_a_stage_with_deals_is_not_undone (Fixture       *fixture,
                                                   gconstpointer  unused)
{
  CptUuid pipeline = find_named (fixture, "pipeline", "Sales");
  g_autofree char *pipeline_text = cpt_uuid_dup_text (&pipeline);
  CptUuid stage = create (fixture, "stage", "name", "Trial", "pipeline", pipeline_text, NULL);
  g_autofree char *text = cpt_uuid_dup_text (&stage);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptLogEntry) entry = cpt_log_peek_undo (fixture->database, &error);
  CptUuid deal = create (fixture, "deal", "name", "Roof", "stage", text, NULL);

  g_assert_false (cpt_uuid_is_nil (&deal));
  g_assert_false (cpt_log_undo (fixture->database, entry->sequence, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_assert_cmpuint (count (fixture, "stage"), ==, 7);
}

static void
test_last_stage_is_not_deleted (Fixture       *fixture,
                                gconstpointer  unused)
{
  static const char *const names[] = { "New", "Qualified", "Proposal", "Negotiation", "Won", "Lost" };
  g_autofree char *message = NULL;
  CptUuid id;

  for (guint i = 0; i + 1 < G_N_ELEMENTS (names); i++)
    {
      id = find_named (fixture, "stage", names[i]);
      g_assert_null (try_deletion (fixture, "stage", &id));
    }

  id = find_named (fixture, "stage", "Lost");
  message = try_deletion (fixture, "stage", &id);
  g_assert_cmpstr (message, ==, "Stage: the last one can’t be deleted. Make another one first.");
}

static void
test_contact_is_named_by_its_parts (Fixture       *fixture,
                                    gconstpointer  unused)
{
  CptUuid anne = create (fixture, "contact", "first_name", "Anne", "last_name", "Martin", NULL);
  CptUuid nobody = create (fixture, "contact", "email", "info@studio.example", NULL);

  assert_field (fixture, "contact", &anne, "full_name", "Anne Martin");
  assert_field (fixture, "contact", &nobody, "full_name", "info@studio.example");

  change (fixture, "contact", &anne, "last_name", "Dupont");
  assert_field (fixture, "contact", &anne, "full_name", "Anne Dupont");

  change (fixture, "contact", &anne, "full_name", "Dr Anne Dupont");
  change (fixture, "contact", &anne, "first_name", "Anna");
  assert_field (fixture, "contact", &anne, "full_name", "Dr Anne Dupont");
}

static void
test_organisation_knows_its_siren_and_domain (Fixture       *fixture,
                                              gconstpointer  unused)
{
  CptUuid by_siret = create (fixture, "organisation", "name", "A", "siret", "73282932000074", NULL);
  CptUuid by_vat = create (fixture, "organisation", "name", "B", "vat_number", "FR44732829320", "website", "https://www.b.example/fr", NULL);

  assert_field (fixture, "organisation", &by_siret, "siren", "732829320");
  assert_field (fixture, "organisation", &by_vat, "siren", "732829320");
  assert_field (fixture, "organisation", &by_vat, "domain", "b.example");
}

/* A company that is stored keeps its page; another one on the card is not lost. */
static void
test_card_keeps_the_other_page (Fixture       *fixture,
                                gconstpointer  unused)
{
  CptUuid company = create (fixture, "organisation", "name", "Studio Lyon", "website", "https://studio-lyon.fr", NULL);
  static const char *const texts[] = { "Anna Berg\nStudio Lyon\nanna@studio-lyon.fr\nwww.anna-berg.fr\n",
                                       "Anna Berg\nStudio Lyon\nanna@studio-lyon.fr\nstudio-lyon.fr\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CptCardProposal) proposal = cpt_card_proposal_from_text (fixture->database, texts[i], &error);

      g_assert_no_error (error);
      g_assert_null (proposal->company);
      g_assert_true (cpt_uuid_equal (&cpt_record_get_named (proposal->contact, "organisation")->id, &company));
      g_assert_cmpstr (cpt_record_get_text (proposal->contact, "notes"), ==, i == 0 ? "https://www.anna-berg.fr" : NULL);
    }
}

static void
test_done_task_says_when (Fixture       *fixture,
                          gconstpointer  unused)
{
  CptUuid task = create (fixture, "task", "title", "Call back", NULL);

  change (fixture, "task", &task, "status", "done");
  assert_field (fixture, "task", &task, "completed_at", "2026-11-20T11:00:00Z");
  change (fixture, "task", &task, "status", "to_do");
  assert_field (fixture, "task", &task, "completed_at", "");
}

static void
test_call_moves_the_last_contact (Fixture       *fixture,
                                  gconstpointer  unused)
{
  CptUuid anne = create (fixture, "contact", "first_name", "Anne", NULL);
  g_autofree char *text = cpt_uuid_dup_text (&anne);

  create (fixture, "activity", "kind", "call", "subject", "Hello", "at", "2026-11-10T09:00:00Z", "contact", text, NULL);
  assert_field (fixture, "contact", &anne, "last_contacted_on", "2026-11-10");
  create (fixture, "activity", "kind", "call", "subject", "Earlier", "at", "2026-10-01T09:00:00Z", "contact", text, NULL);
  assert_field (fixture, "contact", &anne, "last_contacted_on", "2026-11-10");
  create (fixture, "activity", "kind", "note", "subject", "A note", "at", "2026-11-19T09:00:00Z", "contact", text, NULL);
  assert_field (fixture, "contact", &anne, "last_contacted_on", "2026-11-10");
}

static void
assert_dashboard_is_refused (Fixture    *fixture,
                             const char *text)
{
  const CptEntity *entity = cpt_schema_find_entity (fixture->schema, "dashboard");
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptRecord) record = cpt_record_new (fixture->schema, entity);
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;
  CptValue name = CPT_VALUE_INIT;
  CptValue definition = CPT_VALUE_INIT;

  cpt_value_set_text (&name, "Broken");
  cpt_record_take (record, cpt_entity_find_field (entity, "name"), name);
  cpt_value_set_text (&definition, text);
  cpt_record_take (record, cpt_entity_find_field (entity, "definition"), definition);
  cpt_transaction_create (transaction, record);

  g_assert_false (cpt_database_commit (fixture->database, transaction, NULL, &problems, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_assert_cmpuint (problems->len, ==, 1);
}

static void
test_senseless_dashboard_is_refused (Fixture       *fixture,
                                     gconstpointer  unused)
{
  assert_dashboard_is_refused (fixture, "{\"version\":1,\"widgets\":3}");
  assert_dashboard_is_refused (fixture, "{\"version\":1,\"widgets\":[{\"id\":\"w1\",\"kind\":\"crystal-ball\",\"title\":\"Soon\","
                                        "\"query\":{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}]}}]}");
}

static char *
export_all (Fixture *fixture)
{
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const CptEntity *const *entities;
  guint n_entities;

  entities = cpt_schema_get_entities (fixture->schema, &n_entities);
  for (guint i = 0; i < n_entities; i++)
    {
      static const char *const columns[] = { "id", NULL };
      g_autoptr(CptQuery) query = NULL;
      g_autoptr(GError) error = NULL;

      if (entities[i]->flags & (CPT_ENTITY_SYSTEM | CPT_ENTITY_SETTINGS))
        continue;
      query = cpt_query_new (fixture->schema, entities[i]);
      cpt_export_run (fixture->database, query, columns, CPT_EXPORT_CSV, stream, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  g_output_stream_close (stream, NULL, NULL);
  g_checksum_update (checksum, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                     (gssize) g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));

  return g_strdup (g_checksum_get_string (checksum));
}

static void
test_demonstration_is_a_company (Fixture       *fixture,
                                 gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) findings = NULL;
  CptFactsExtent extent;

  cpt_workspace_fill_demo (fixture->database, 1, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (count (fixture, "organisation"), ==, 400);
  g_assert_cmpuint (count (fixture, "contact"), ==, 1200);
  g_assert_cmpuint (count (fixture, "deal"), ==, 2500);
  g_assert_cmpuint (count (fixture, "task"), >, 400);
  g_assert_cmpuint (count (fixture, "activity"), >, 4000);
  g_assert_cmpuint (count (fixture, "goal"), ==, 28);
  g_assert_cmpuint (count (fixture, "lead"), >, 700);
  g_assert_true (cpt_facts_get_extent (fixture->database, cpt_schema_find_entity (fixture->schema, "ad_result"), &extent, &error));
  g_assert_cmpuint (extent.n_rows, >, 3000);
  g_assert_cmpint (extent.last, ==, cpt_database_get_today (fixture->database) - 1);

  findings = cpt_check_run (fixture->database, TRUE, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

/* Also with another compiler: the sum of what chance has made of the companies */
static void
test_demonstration_is_the_same_everywhere (Fixture       *fixture,
                                           gconstpointer  unused)
{
  static const char *const columns[] = { "name", "employees", "address", NULL };
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(CptQuery) query = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *sum = NULL;

  cpt_workspace_fill_demo (fixture->database, 7, &error);
  g_assert_no_error (error);
  query = cpt_query_new (fixture->schema, cpt_schema_find_entity (fixture->schema, "organisation"));
  cpt_export_run (fixture->database, query, columns, CPT_EXPORT_CSV, stream, NULL, NULL, &error);
  g_assert_no_error (error);

  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                                     g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
  g_assert_cmpstr (sum, ==, "e7aafec7a776ae7b0489a8b8db935380ff1a974377188cec3ac8804a3c503f28");
}

static void
test_demonstration_is_the_same_each_time (void)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GError) error = NULL;
      Fixture fixture = { 0 };

      fixture_set_up (&fixture, NULL);
      cpt_workspace_fill_demo (fixture.database, 7, &error);
      g_assert_no_error (error);
      *(i == 0 ? &first : &second) = export_all (&fixture);
      fixture_tear_down (&fixture, NULL);
    }

  g_assert_cmpstr (first, ==, second);
}

/* Pages in the middle of the file become rubbish, as a dying disk leaves them. */
static void
damage (const char *path)
{
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  for (gsize page = 100; page * 4096 + 512 < length; page += 100)
    memset (content + page * 4096, 0xa5, 512);
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
}

static void
test_damaged_workspace_gives_what_is_left (Fixture       *fixture,
                                           gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(CptDatabase) damaged = NULL;
  guint64 n_records = 0;
  guint64 n_lost = 0;

  cpt_workspace_fill_demo (fixture->database, 1, &error);
  g_assert_no_error (error);
  g_clear_pointer (&fixture->database, cpt_database_close);
  damage (fixture->path);

  damaged = cpt_workspace_open_database (fixture->path, CPT_OPEN_READ, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      static const char *const names[] = { "contact", "deal", "activity" };
      guint64 counts[2];

      cpt_export_rescue (damaged, fixture->schema, cpt_schema_find_entity (fixture->schema, names[i]), CPT_EXPORT_CSV, stream,
                         counts, NULL, &error);
      g_assert_no_error (error);
      n_records += counts[0];
      n_lost += counts[1];
    }

  g_assert_cmpuint (n_lost, >, 0);
  g_assert_cmpuint (n_records + n_lost, ==, 1200 + 2500 + 4200);
  g_assert_cmpuint (n_records, >, 7000);
}

/* The only task that is still to be done */
static CptUuid
find_to_do (Fixture *fixture)
{
  const CptEntity *entity = cpt_schema_find_entity (fixture->schema, "task");
  g_autoptr(CptQuery) query = cpt_query_new (fixture->schema, entity);
  g_autoptr(CptFilter) filter =
    cpt_filter_parse (fixture->schema, entity, "{\"field\":\"status\",\"op\":\"is\",\"value\":\"to_do\"}", NULL);
  g_autoptr(GArray) rows = NULL;
  g_autoptr(CptRecord) record = NULL;

  cpt_query_set_filter (query, filter);
  rows = cpt_query_get_rows (query, fixture->database, 0, 0, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  record = cpt_database_load_row (fixture->database, entity, g_array_index (rows, gint64, 0), NULL);

  return record->id;
}

/* A change of a whole series is for all its tasks as they were read. */
static void
test_series_expects_all (Fixture       *fixture,
                         gconstpointer  unused)
{
  CptUuid task = create (fixture, "task", "title", "Report", "recurrence", "FREQ=WEEKLY", "due_on", "2026-11-20", NULL);
  g_autoptr(CptTransaction) edited = NULL;
  g_autoptr(CptSeriesEdit) edit = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;
  CptUuid next;

  change (fixture, "task", &task, "status", "done");
  next = find_to_do (fixture);

  edit = cpt_series_edit_new (&next, G_MININT64, CPT_SERIES_ALL);
  cpt_value_set_text (&value, "Long report");
  cpt_series_edit_set (edit, "title", &value);
  edited = cpt_series_edit_build (edit, fixture->database, CPT_ORIGIN_FORM, &error);
  g_assert_no_error (error);
  /* The one before is changed by somebody in between. */
  change (fixture, "task", &task, "title", "Another report");
  g_assert_false (cpt_database_commit (fixture->database, edited, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_CONFLICT);
}

/* Whether changing @field (nullable: deletion) of one task has to be asked about */
static gboolean
concerns (Fixture       *fixture,
          const CptUuid *id,
          const char    *field)
{
  const CptEntity *entity = cpt_schema_find_entity (fixture->schema, "task");
  g_autoptr(CptRecord) task = cpt_database_load (fixture->database, entity, id, NULL);
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) error = NULL;
  gboolean result = FALSE;

  g_array_append_val (rows, task->row);
  cpt_series_bulk_concerns (fixture->database, entity, rows, field != NULL ? cpt_entity_find_field (entity, field) : NULL,
                            &result, &error);
  g_assert_no_error (error);

  return result;
}

static void
test_series_asks_where_something_repeats (Fixture       *fixture,
                                          gconstpointer  unused)
{
  CptUuid weekly = create (fixture, "task", "title", "Weekly", "recurrence", "FREQ=WEEKLY", "due_on", "2026-11-20", NULL);
  CptUuid once = create (fixture, "task", "title", "Once", "due_on", "2026-11-20", NULL);

  g_assert_true (concerns (fixture, &weekly, "priority"));
  g_assert_true (concerns (fixture, &weekly, NULL));
  g_assert_false (concerns (fixture, &weekly, "status"));
  g_assert_false (concerns (fixture, &weekly, "recurrence"));
  g_assert_false (concerns (fixture, &once, "priority"));
  g_assert_false (concerns (fixture, &once, NULL));
  change (fixture, "task", &weekly, "status", "done");
  g_assert_false (concerns (fixture, &weekly, NULL));
}

/* Several programs that ask for the first link at once */
static gpointer
read_id_in_thread (gpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree CptUuid *id = g_new0 (CptUuid, 1);
  CptDatabase *database = cpt_workspace_open_database (data, CPT_OPEN_WRITE, NULL, &error);

  g_assert_no_error (error);
  cpt_workspace_read_id (database, TRUE, id, &error);
  g_assert_no_error (error);
  cpt_database_close (database);

  return g_steal_pointer (&id);
}

static void
test_has_one_identifier (Fixture       *fixture,
                         gconstpointer  unused)
{
  GThread *threads[4];
  CptUuid id;

  g_assert_true (cpt_workspace_read_id (fixture->database, FALSE, &id, NULL));
  g_assert_true (cpt_uuid_is_nil (&id));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, read_id_in_thread, fixture->path);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree CptUuid *read = g_thread_join (threads[i]);

      g_assert_false (cpt_uuid_is_nil (read));
      g_assert_true (cpt_workspace_read_id (fixture->database, FALSE, &id, NULL));
      g_assert_true (cpt_uuid_equal (read, &id));
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/workspace/new-one-has-what-a-company-needs", test_new_workspace_has_what_a_company_needs);
  ADD ("/workspace/existing-file-is-not-replaced", test_existing_file_is_not_replaced);
  ADD ("/workspace/deal-follows-its-stage", test_deal_follows_its_stage);
  ADD ("/workspace/won-deal-is-undone-whole", test_won_deal_is_undone_whole);
  ADD ("/workspace/stage-with-deals-is-not-deleted", test_stage_with_deals_is_not_deleted);
  ADD ("/workspace/stage-goes-together-with-its-deals", test_stage_goes_together_with_its_deals);
  ADD ("/workspace/creation-of-a-stage-with-deals-is-not-undone", test_creation_of_a_stage_with_deals_is_not_undone);
  ADD ("/workspace/last-stage-is-not-deleted", test_last_stage_is_not_deleted);
  ADD ("/workspace/contact-is-named-by-its-parts", test_contact_is_named_by_its_parts);
  ADD ("/workspace/organisation-knows-its-siren-and-domain", test_organisation_knows_its_siren_and_domain);
  ADD ("/workspace/card-keeps-the-other-page", test_card_keeps_the_other_page);
  ADD ("/workspace/done-task-says-when", test_done_task_says_when);
  ADD ("/workspace/call-moves-the-last-contact", test_call_moves_the_last_contact);
  ADD ("/workspace/senseless-dashboard-is-refused", test_senseless_dashboard_is_refused);
  ADD ("/workspace/change-of-a-series-expects-all-its-tasks", test_series_expects_all);
  ADD ("/workspace/changes-of-several-ask-where-something-repeats", test_series_asks_where_something_repeats);
  ADD ("/workspace/has-one-identifier-whoever-asks-first", test_has_one_identifier);
  ADD ("/workspace/demonstration-is-a-company", test_demonstration_is_a_company);
  ADD ("/workspace/demonstration-is-the-same-everywhere", test_demonstration_is_the_same_everywhere);
  ADD ("/workspace/damaged-one-gives-what-is-left", test_damaged_workspace_gives_what_is_left);
  g_test_add_func ("/workspace/demonstration-is-the-same-each-time", test_demonstration_is_the_same_each_time);

  return g_test_run ();
}
