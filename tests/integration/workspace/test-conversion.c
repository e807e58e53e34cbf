/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every kind of field is looked at as every other one: each value is converted
 * or refused with a reason, and nothing is stored. What becomes of a whole
 * workspace is for test-ctl-fields.py. */

#include "config.h"

#include <glib/gstdio.h>

#include "cpt-conversion.h"
#include "cpt-error.h"
#include "cpt-fields.h"
#include "cpt-json.h"
#include "cpt-statement.h"
#include "cpt-transaction.h"
#include "cpt-workspace.h"

#define NOON_OF_2026_11_20 (G_GINT64_CONSTANT (1795172400) * 1000000)

static const struct
{
  const char *text;       /* NULL: fields of this kind can't be converted */
  const char *definition; /* (nullable) */
} samples[] = {
  [CPT_FIELD_TEXT] = { "Deux" },
  [CPT_FIELD_LONG_TEXT] = { "Deux\nlignes" },
  [CPT_FIELD_INTEGER] = { "2" },
  [CPT_FIELD_DECIMAL] = { "2.5", "{\"scale\":1}" },
  [CPT_FIELD_MONEY] = { "12.50 EUR" },
  [CPT_FIELD_PERCENT] = { "12.5" },
  [CPT_FIELD_BOOLEAN] = { "true" },
  [CPT_FIELD_DATE] = { "2026-11-21" },
  [CPT_FIELD_DATETIME] = { "2026-11-21T09:30:00Z" },
  [CPT_FIELD_DURATION] = { "1:30:00" },
  [CPT_FIELD_CHOICE] = { "two", "{\"choices\":[{\"name\":\"two\",\"label\":\"Deux\"}]}" },
  [CPT_FIELD_MULTI_CHOICE] = { "two", "{\"choices\":[{\"name\":\"two\",\"label\":\"Deux\"}]}" },
  [CPT_FIELD_TAGS] = { "two;three" },
  [CPT_FIELD_LINK] = { "0190cafe-0000-7000-8000-000000000001", "{\"target\":\"organisation\"}" },
  [CPT_FIELD_LINKS] = { "0190cafe-0000-7000-8000-000000000001", "{\"target\":\"organisation\"}" },
  [CPT_FIELD_EMAIL] = { "ada@example.org" },
  [CPT_FIELD_PHONE] = { "+33142685300" },
  [CPT_FIELD_URL] = { "https://example.org/" },
  [CPT_FIELD_COUNTRY] = { "FR" },
  [CPT_FIELD_ADDRESS] = { "{\"city\":\"Lyon\"}" },
  [CPT_FIELD_IDENTIFIER] = { "732829320" },
  [CPT_FIELD_JSON] = { "[1]" },
  [CPT_FIELD_ATTACHMENT] = { NULL },
  [CPT_FIELD_RECURRENCE] = { "FREQ=WEEKLY" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (samples) == CPT_N_FIELD_KINDS);

typedef struct
{
  char *folder;
  char *path;
  CptClock *clock;
  CptDatabase *database;
  char *names[CPT_N_FIELD_KINDS];
} Fixture;

static JsonObject *
parse_definition (CptFieldKind kind)
{
  g_autoptr(JsonNode) node = NULL;

  if (samples[kind].definition == NULL)
    return NULL;
  node = cpt_json_parse (samples[kind].definition, -1, NULL);

  return json_object_ref (json_node_get_object (node));
}

static void
commit_ok (Fixture        *fixture,
           CptTransaction *transaction)
{
  g_autoptr(GError) error = NULL;

  cpt_database_commit (fixture->database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
look (CptDatabase  *database,
      gpointer      data,
      GError      **error)
{
  return TRUE;
}

/* As it is now */
static const CptEntity *
get_organisation (Fixture *fixture)
{
  g_assert_true (cpt_database_snapshot (fixture->database, look, NULL, NULL));

  return cpt_schema_find_entity (cpt_database_get_schema (fixture->database), "organisation");
}

static void
add_fields (Fixture *fixture)
{
  for (guint kind = 0; kind < CPT_N_FIELD_KINDS; kind++)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, NULL);
      g_autoptr(JsonObject) definition = parse_definition ((CptFieldKind) kind);
      g_autoptr(CptRecord) record = NULL;
      g_autoptr(GError) error = NULL;

      record = cpt_fields_create_record (fixture->database, get_organisation (fixture), "Taille", (CptFieldKind) kind,
                                         definition, &error);
      g_assert_no_error (error);
      fixture->names[kind] = g_strdup (cpt_record_get_text (record, "name"));
      cpt_transaction_create (transaction, record);
      commit_ok (fixture, transaction);
    }
}

/* One record has something in all of them. */
static void
add_record (Fixture *fixture)
{
  const CptEntity *entity = get_organisation (fixture);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, NULL);
  g_autoptr(CptRecord) record = cpt_record_new (cpt_database_get_schema (fixture->database), entity);
  CptValue name = CPT_VALUE_INIT;

  g_assert_true (cpt_uuid_parse (samples[CPT_FIELD_LINK].text, &record->id));
  cpt_value_set_text (&name, "Deux");
  cpt_record_take (record, cpt_entity_get_title_field (entity), name);
  for (guint kind = 0; kind < CPT_N_FIELD_KINDS; kind++)
    {
      const CptField *field = cpt_entity_find_field (entity, fixture->names[kind]);
      g_autoptr(GError) error = NULL;
      CptValue value = CPT_VALUE_INIT;

      if (samples[kind].text == NULL)
        continue;
      cpt_field_parse (field, samples[kind].text, NULL, &value, &error);
      g_assert_no_error (error);
      cpt_record_take (record, field, value);
    }
  cpt_transaction_create (transaction, record);
  commit_ok (fixture, transaction);
}

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  CptWorkspaceOptions options = { .zone = "Europe/Paris" };

  fixture->folder = g_dir_make_tmp ("comptoir-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "test.comptoir", NULL);
  fixture->clock = cpt_clock_new_virtual (NOON_OF_2026_11_20);
  options.clock = fixture->clock;
  g_assert_true (cpt_workspace_create (fixture->path, &options, &error));
  g_assert_no_error (error);
  fixture->database = cpt_workspace_open_database (fixture->path, CPT_OPEN_WRITE, &options, &error);
  g_assert_no_error (error);
  add_fields (fixture);
  add_record (fixture);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  unused)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  g_clear_pointer (&fixture->database, cpt_database_close);
  g_assert_finalize_object (fixture->clock);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  for (guint i = 0; i < CPT_N_FIELD_KINDS; i++)
    g_free (fixture->names[i]);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
check_pair (Fixture      *fixture,
            CptFieldKind  from,
            CptFieldKind  to)
{
  g_autoptr(JsonObject) definition = parse_definition (to);
  g_autoptr(CptConversion) conversion = cpt_conversion_new ("organisation", fixture->names[from], to, definition);
  g_autoptr(CptConversionReport) report = NULL;
  g_autoptr(GError) error = NULL;

  report = cpt_conversion_preview (conversion, fixture->database, NULL, &error);
  if (!cpt_conversion_is_possible (from, to))
    {
      g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpuint (report->n_records, ==, 1);
  g_assert_cmpuint (report->n_converted + report->n_refused, ==, 1);
  g_assert_cmpuint (report->samples->len, ==, report->n_converted);
  g_assert_cmpuint (report->refusals->len, ==, report->n_refused);
  for (guint i = 0; i < report->refusals->len; i++)
    g_assert_nonnull (((const CptConversionSample *) g_ptr_array_index (report->refusals, i))->reason);
  for (guint i = 0; i < report->samples->len; i++)
    g_assert_nonnull (((const CptConversionSample *) g_ptr_array_index (report->samples, i))->after);
}

static void
test_conversion_looks_at_all_kinds (Fixture       *fixture,
                                    gconstpointer  unused)
{
  gint64 sequence = cpt_database_get_sequence (fixture->database);

  for (guint from = 0; from < CPT_N_FIELD_KINDS; from++)
    for (guint to = 0; to < CPT_N_FIELD_KINDS; to++)
      check_pair (fixture, (CptFieldKind) from, (CptFieldKind) to);

  g_assert_cmpint (cpt_database_get_sequence (fixture->database), ==, sequence);
}

/* What can be read in each other is read. */
static void
test_conversion_knows_relatives (Fixture       *fixture,
                                 gconstpointer  unused)
{
  static const struct
  {
    CptFieldKind from;
    CptFieldKind to;
    const char *after; /* NULL: refused; "" for what depends on the locale */
  } pairs[] = {
    { CPT_FIELD_DATE, CPT_FIELD_DATETIME, "" },
    { CPT_FIELD_DATETIME, CPT_FIELD_DATE, "" },
    { CPT_FIELD_MONEY, CPT_FIELD_INTEGER, NULL },
    { CPT_FIELD_INTEGER, CPT_FIELD_MONEY, "" },
    { CPT_FIELD_BOOLEAN, CPT_FIELD_TEXT, "Yes" },
    { CPT_FIELD_BOOLEAN, CPT_FIELD_INTEGER, "1" },
    { CPT_FIELD_LONG_TEXT, CPT_FIELD_TEXT, "Deux lignes" },
    { CPT_FIELD_TAGS, CPT_FIELD_TEXT, "three, two" },
    { CPT_FIELD_TAGS, CPT_FIELD_CHOICE, NULL },
    { CPT_FIELD_LINK, CPT_FIELD_TEXT, "Deux" },
    { CPT_FIELD_TEXT, CPT_FIELD_LINK, "Deux" },
    { CPT_FIELD_CHOICE, CPT_FIELD_TEXT, "Deux" },
    { CPT_FIELD_COUNTRY, CPT_FIELD_TEXT, "France" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr(JsonObject) definition = parse_definition (pairs[i].to);
      g_autoptr(CptConversion) conversion =
        cpt_conversion_new ("organisation", fixture->names[pairs[i].from], pairs[i].to, definition);
      g_autoptr(GError) error = NULL;
      g_autoptr(CptConversionReport) report = cpt_conversion_preview (conversion, fixture->database, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (report->n_converted, ==, pairs[i].after != NULL);
      if (pairs[i].after != NULL && *pairs[i].after != '\0')
        g_assert_cmpstr (((const CptConversionSample *) g_ptr_array_index (report->samples, 0))->after, ==, pairs[i].after);
    }
}

static void
test_conversion_stops_when_cancelled (Fixture       *fixture,
                                      gconstpointer  unused)
{
  g_autoptr(CptConversion) conversion = cpt_conversion_new ("organisation", fixture->names[CPT_FIELD_TEXT], CPT_FIELD_TAGS, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(CptConversionReport) report = NULL;
  g_autoptr(GError) error = NULL;
  gint64 sequence = cpt_database_get_sequence (fixture->database);

  g_cancellable_cancel (cancellable);
  g_assert_false (cpt_conversion_run (conversion, fixture->database, NULL, NULL, cancellable, &report, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (cpt_database_get_sequence (fixture->database), ==, sequence);
}

/* Others work while it runs. */

typedef struct _Meanwhile Meanwhile;

struct _Meanwhile
{
  Fixture *fixture;
  CptDatabase *other;
  void (*change[2]) (Meanwhile *self); /* (nullable): before the values are converted, and when they are */
  const char *field;
  CptUnit *unit; /* (owned) (nullable): of somebody else */
  guint n_calls;
};

static const char *const titles[] = { "Aker", "Berg", "Chen", "Dorn" };

static CptUuid
get_id (CptDatabase *database,
        const char  *title)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), "organisation");
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autoptr(GError) error = NULL;
  CptUuid id;

  cpt_value_set_text (&value, title);
  cpt_database_find (database, entity, cpt_entity_get_title_field (entity), &value, TRUE, &id, &error);
  g_assert_no_error (error);

  return id;
}

static void
type (CptDatabase *database,
      const char  *title,
      const char  *field,
      const char  *text)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), "organisation");
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autoptr(GError) error = NULL;
  CptUuid id = get_id (database, title);

  cpt_value_set_text (&value, text);
  cpt_transaction_set (transaction, entity, &id, cpt_entity_find_field (entity, field), &value);
  cpt_database_commit (database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
type_before (Meanwhile *self)
{
  type (self->other, "Aker", self->field, "20");
  type (self->other, "Deux", "notes", "A");
}

static void
type_after (Meanwhile *self)
{
  type (self->other, "Berg", "notes", "B");
  type (self->other, "Chen", self->field, "21");
  type (self->other, "Deux", "notes", "C");
}

static void
type_what_does_not_fit (Meanwhile *self)
{
  type (self->other, "Aker", self->field, "many");
}

/* The first call is of the preview; it is made again only after a while. */
static void
change_meanwhile (const CptConversionReport *report,
                  gpointer                   user_data)
{
  Meanwhile *self = user_data;
  guint call = self->n_calls++;

  if (call > 0 && call <= G_N_ELEMENTS (self->change) && self->change[call - 1] != NULL)
    self->change[call - 1](self);
  if (call < G_N_ELEMENTS (self->change))
    g_usleep (110 * 1000);
}

static CptDatabase *
open_other (Fixture *fixture)
{
  CptWorkspaceOptions options = { .zone = "Europe/Paris", .clock = fixture->clock };
  g_autoptr(GError) error = NULL;
  CptDatabase *other = cpt_workspace_open_database (fixture->path, CPT_OPEN_WRITE, &options, &error);

  g_assert_no_error (error);

  return other;
}

/* Four records more, with numbers; what others do comes between them */
static CptConversionReport *
run_meanwhile (Meanwhile  *self,
               GError    **error)
{
  g_autoptr(CptConversion) conversion = NULL;
  CptConversionReport *report = NULL;
  const CptEntity *entity = get_organisation (self->fixture);

  self->field = self->fixture->names[CPT_FIELD_TEXT];
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, NULL);
      g_autoptr(CptRecord) record = cpt_record_new (cpt_database_get_schema (self->fixture->database), entity);
      g_autofree char *number = g_strdup_printf ("%u", 12 + i);

      cpt_record_set_text (record, "name", titles[i]);
      cpt_record_set_text (record, self->field, number);
      cpt_transaction_create (transaction, record);
      commit_ok (self->fixture, transaction);
    }
  self->other = open_other (self->fixture);
  conversion = cpt_conversion_new ("organisation", self->field, CPT_FIELD_INTEGER, NULL);
  cpt_conversion_set_rest (conversion, CPT_CONVERSION_KEEP);
  if (!cpt_conversion_run (conversion, self->fixture->database, change_meanwhile, self, NULL, &report, error))
    g_clear_pointer (&report, cpt_conversion_report_free);
  g_clear_pointer (&self->unit, cpt_unit_free);
  cpt_database_close (self->other);

  return report;
}

static char *
dup_value (Fixture    *fixture,
           const char *title,
           const char *field)
{
  const CptEntity *entity = get_organisation (fixture);
  CptUuid id = get_id (fixture->database, title);
  g_autoptr(CptRecord) record = cpt_database_load (fixture->database, entity, &id, NULL);
  const CptField *found = cpt_entity_find_field (entity, field);

  g_assert_nonnull (found);
  g_assert_nonnull (record);

  return cpt_field_format (found, cpt_record_get (record, found));
}

#define assert_value(fixture, title, field, text)                      \
  G_STMT_START                                                         \
  {                                                                    \
    g_autofree char *_value = dup_value ((fixture), (title), (field)); \
    g_assert_cmpstr (_value, ==, (text));                              \
  }                                                                    \
  G_STMT_END

/* Nothing is lost, and a record that is changed twice is refused once. */
static void
test_conversion_takes_what_is_typed_meanwhile (Fixture       *fixture,
                                               gconstpointer  unused)
{
  Meanwhile self = { .fixture = fixture, .change = { type_before, type_after } };
  g_autoptr(GError) error = NULL;
  g_autoptr(CptConversionReport) report = run_meanwhile (&self, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (self.n_calls, >=, 3);
  assert_value (fixture, "Aker", report->name, "20");
  assert_value (fixture, "Berg", report->name, "13");
  assert_value (fixture, "Chen", report->name, "21");
  assert_value (fixture, "Dorn", report->name, "15");
  assert_value (fixture, "Deux", report->name, "");
  assert_value (fixture, "Deux", self.field, "Deux");
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    assert_value (fixture, titles[i], self.field, "");
}

static void
test_conversion_refuses_what_nobody_was_asked_about (Fixture       *fixture,
                                                     gconstpointer  unused)
{
  Meanwhile self = { .fixture = fixture, .change = { type_what_does_not_fit } };
  g_autoptr(GError) error = NULL;
  g_autoptr(CptConversionReport) report = run_meanwhile (&self, &error);

  g_assert_error (error, CPT_ERROR, CPT_ERROR_CONFLICT);
  g_assert_null (report);
  assert_value (fixture, "Aker", self.field, "many");
  assert_value (fixture, "Berg", self.field, "13");
}

static void
begin_unit (Meanwhile *self)
{
  g_autoptr(GError) error = NULL;

  self->unit = cpt_unit_begin (self->other, CPT_ORIGIN_COMMAND, "Others", &error);
  g_assert_no_error (error);
}

/* Nobody can see yet what it makes. */
static void
test_conversion_waits_for_other_units (Fixture       *fixture,
                                       gconstpointer  unused)
{
  Meanwhile self = { .fixture = fixture, .change = { begin_unit } };
  g_autoptr(GError) error = NULL;
  g_autoptr(CptConversionReport) report = run_meanwhile (&self, &error);

  g_assert_error (error, CPT_ERROR, CPT_ERROR_BUSY);
  g_assert_null (report);
  assert_value (fixture, "Aker", self.field, "12");
}

#define add_test(name, func) g_test_add (name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/conversion/looks-at-all-kinds", test_conversion_looks_at_all_kinds);
  add_test ("/conversion/knows-relatives", test_conversion_knows_relatives);
  add_test ("/conversion/stops-when-cancelled", test_conversion_stops_when_cancelled);

  add_test ("/conversion/takes-what-is-typed-meanwhile", test_conversion_takes_what_is_typed_meanwhile);
  add_test ("/conversion/refuses-what-nobody-was-asked-about", test_conversion_refuses_what_nobody_was_asked_about);
  add_test ("/conversion/waits-for-other-units", test_conversion_waits_for_other_units);

  return g_test_run ();
}
