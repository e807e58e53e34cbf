/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-export.h"
#include "cpt-import-private.h"
#include "cpt-json.h"
#include "store-fixture.h"

static char *
write_file (Fixture    *fixture,
            const char *text)
{
  char *path = g_build_filename (fixture->folder, "data.csv", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

static CptImportPlan *
create_plan (Fixture    *fixture,
             const char *entity,
             const char *path)
{
  g_autoptr(GError) error = NULL;
  CptImportPlan *plan = cpt_import_plan_new (fixture->database, get_entity (fixture, entity), path, NULL, &error);

  g_assert_no_error (error);

  return plan;
}

static CptImportReport *
run (Fixture       *fixture,
     CptImportPlan *plan,
     const char    *path,
     gboolean       dry_run)
{
  g_autoptr(GError) error = NULL;
  CptImportReport *report = cpt_import_run (fixture->database, plan, path, NULL, dry_run, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return report;
}

static guint64
count (Fixture    *fixture,
       const char *entity)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptQuery) query = cpt_query_new (cpt_database_get_schema (fixture->database), get_entity (fixture, entity));
  guint64 n = 0;

  cpt_query_count (query, fixture->database, &n, &error);
  g_assert_no_error (error);

  return n;
}

static const struct
{
  const char *entity;
  const char *header;
  const char *field; /* (nullable) */
  const char *part;
} names[] = {
  { "organisation", "account", "name" },
  { "organisation", "Raison sociale", "name" },
  { "organisation", "office_location", "country" },
  { "organisation", "subsidiary_of", "parent" },
  { "organisation", "year_established", "founded_year" },
  { "organisation", "Chiffre d'affaires (k€)", "revenue" },
  { "organisation", "Code postal", "address", "postcode" },
  { "organisation", "accountCountry", "country" },
  { "organisation", "Emploiyees", "employees" },
  { "organisation", "Table", NULL },
  { "contact", "Prénom", "first_name" },
  { "contact", "E-MAIL", "email" },
  { "contact", "Société", "organisation" },
  { "deal", "opportunity_id", "reference" },
  { "deal", "sales_agent", "owner" },
  { "deal", "deal_stage", "stage" },
  { "deal", "engage_date", "opened_on" },
  { "deal", "close_date", "closed_on" },
  { "deal", "close_value", "amount" },
  { "product", "series", "family" },
  { "product", "sales_price", "price" },
  { "user", "sales_agent", "name" },
  { "user", "regional_office", "team" },
};

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = g_strdup_printf ("\"%s\"\n\n", names[i].header);
      g_autofree char *path = write_file (fixture, text);
      g_autoptr(CptImportPlan) plan = create_plan (fixture, names[i].entity, path);
      CptImportColumn *column = g_ptr_array_index (plan->columns, 0);

      g_test_message ("%s of %s", names[i].header, names[i].entity);
      g_assert_cmpstr (column->field, ==, names[i].field);
      g_assert_cmpstr (column->part, ==, names[i].part);
    }
}

static void
test_units (void)
{
  static const struct
  {
    const char *header;
    gint64 multiplier;
    const char *currency;
  } cases[] = {
    { "revenue", 0, "" },
    { "revenue (k€)", 1000, "EUR" },
    { "revenue (in millions of USD)", 1000000, "USD" },
    { "CA [MD €]", 1000000000, "EUR" },
    { "revenue (", 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char currency[4];
      gint64 multiplier;

      cpt_import_read_unit (cases[i].header, &multiplier, currency);
      g_assert_cmpint (multiplier, ==, cases[i].multiplier);
      g_assert_cmpstr (currency, ==, cases[i].currency);
    }
}

static void
test_stage_kinds (void)
{
  g_assert_cmpstr (cpt_import_stage_kind ("Closed Won"), ==, "won");
  g_assert_cmpstr (cpt_import_stage_kind ("Gagnée"), ==, "won");
  g_assert_cmpstr (cpt_import_stage_kind ("perdu"), ==, "lost");
  g_assert_null (cpt_import_stage_kind ("Engaging"));
  g_assert_null (cpt_import_stage_kind (""));
}

static void
test_trims (void)
{
  static const struct
  {
    const char *text;
    const char *meant;
  } cases[] = {
    { "  a b ", "a b" },
    { "'=1+1", "=1+1" },
    { "' =1", " =1" },
    { "'t Hooft", "'t Hooft" },
    { "'", "'" },
    { "", "" },
    { "'\xef\xbc\x9d" "1", "\xef\xbc\x9d" "1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup (cases[i].text);

      g_assert_cmpstr (cpt_import_trim (text), ==, cases[i].meant);
    }
}

static void
test_numbers_and_dates (Fixture       *fixture,
                        gconstpointer  data)
{
  static const struct
  {
    const char *text;
    char decimal;
    CptDateOrder order;
  } cases[] = {
    { "name,amount,closed_on\nA,1.50,20-10-2016\n", '.', CPT_DATE_ORDER_DMY },
    { "name,amount,closed_on\nA,\"1.234,5\",10/20/2016\n", ',', CPT_DATE_ORDER_MDY },
    { "name;amount;closed_on\nA;12;2016-10-20\n", ',', CPT_DATE_ORDER_YMD },
    { "name,amount,closed_on\nA,\"1,234\",1/2/2016\n", '.', CPT_DATE_ORDER_DMY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = write_file (fixture, cases[i].text);
      g_autoptr(CptImportPlan) plan = create_plan (fixture, "deal", path);

      g_assert_cmpint (plan->decimal, ==, cases[i].decimal);
      g_assert_cmpint (plan->date_order, ==, cases[i].order);
    }
}

static void
test_plan_json (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "name,revenue (k€),ville\nA,1,Lyon\n");
  g_autoptr(CptImportPlan) plan = create_plan (fixture, "organisation", path);
  g_autoptr(CptImportPlan) other = create_plan (fixture, "organisation", path);
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(JsonNode) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *other_text = NULL;
  g_autoptr(GError) error = NULL;

  plan->mode = CPT_IMPORT_UPDATE;
  plan->key = g_strdup ("name");
  g_assert_true (cpt_import_plan_map (plan, cpt_import_plan_find_column (plan, "ville"), "sector", &error));
  node = cpt_import_plan_to_json (plan);
  g_assert_true (cpt_import_plan_apply_json (other, node, &error));
  g_assert_no_error (error);
  again = cpt_import_plan_to_json (other);

  text = cpt_json_format_canonical (node);
  other_text = cpt_json_format_canonical (again);
  g_assert_cmpstr (text, ==, other_text);
}

static void
test_read_only_fields (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "title,completed_at\nCall,2026-11-20\n");
  g_autoptr(CptImportPlan) plan = create_plan (fixture, "task", path);
  g_autoptr(GError) error = NULL;
  CptImportColumn *column = cpt_import_plan_find_column (plan, "completed_at");

  g_assert_null (column->field);
  g_assert_false (cpt_import_plan_map (plan, column, "completed_at", &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_assert_null (column->field);
}

static void
test_bad_plans (Fixture       *fixture,
                gconstpointer  data)
{
  static const struct
  {
    const char *json;
    int code;
  } cases[] = {
    { "[]", CPT_ERROR_PARSE },
    { "{\"mode\":\"sometimes\"}", CPT_ERROR_PARSE },
    { "{\"separator\":\"ab\"}", CPT_ERROR_PARSE },
    { "{\"columns\":[1]}", CPT_ERROR_PARSE },
    { "{\"columns\":[{\"header\":\"none\"}]}", CPT_ERROR_NOT_FOUND },
    { "{\"columns\":[{\"header\":\"name\",\"field\":\"wings\"}]}", CPT_ERROR_NOT_FOUND },
    { "{\"columns\":[{\"header\":\"name\",\"multiplier\":-1}]}", CPT_ERROR_PARSE },
    { "{\"columns\":[{\"header\":\"name\",\"link_rule\":\"guess\"}]}", CPT_ERROR_PARSE },
  };
  g_autofree char *path = write_file (fixture, "name\nA\n");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(CptImportPlan) plan = create_plan (fixture, "organisation", path);
      g_autoptr(JsonNode) node = cpt_json_parse (cases[i].json, -1, NULL);
      g_autoptr(GError) error = NULL;

      g_assert_false (cpt_import_plan_apply_json (plan, node, &error));
      g_assert_error (error, CPT_ERROR, cases[i].code);
    }
}

static void
test_dry_run (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "name,employees,parent\nA,1,B\nB,2,C\nA,x,\na,3,\n");
  g_autoptr(CptImportPlan) plan = create_plan (fixture, "organisation", path);
  g_autoptr(CptImportReport) dry = run (fixture, plan, path, TRUE);
  g_autoptr(CptImportReport) done = NULL;

  g_assert_cmpuint (count (fixture, "organisation"), ==, 0);
  g_assert_cmpint (dry->sequence, ==, 0);

  done = run (fixture, plan, path, FALSE);
  g_assert_cmpuint (count (fixture, "organisation"), ==, 3);
  g_assert_cmpint (done->sequence, >, 0);
  g_assert_cmpuint (dry->counts.n_created, ==, done->counts.n_created);
  g_assert_cmpuint (dry->counts.n_updated, ==, done->counts.n_updated);
  g_assert_cmpuint (dry->counts.n_rejected, ==, done->counts.n_rejected);
  g_assert_cmpuint (dry->counts.n_linked_created, ==, done->counts.n_linked_created);
}

static void
test_parents_below (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "name,parent\nChild,Mother\nMother,\nOther,Nobody\n");
  g_autoptr(CptImportPlan) plan = create_plan (fixture, "organisation", path);
  g_autoptr(CptImportReport) report = run (fixture, plan, path, FALSE);

  g_assert_cmpuint (report->counts.n_created, ==, 3);
  g_assert_cmpuint (report->counts.n_linked_created, ==, 1);
  g_assert_cmpuint (count (fixture, "organisation"), ==, 4);
}

static void
cancel_cb (const CptImportProgress *progress,
           gpointer                 user_data)
{
  g_cancellable_cancel (user_data);
}

static char *
write_many (Fixture *fixture,
            guint    n_rows)
{
  g_autoptr(GString) text = g_string_new ("first_name,email\n");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "Anna,a%u@example.org\n", i);

  return write_file (fixture, text->str);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  gboolean at_once = GPOINTER_TO_INT (data);
  g_autofree char *path = write_many (fixture, 20000);
  g_autoptr(CptImportPlan) plan = create_plan (fixture, "contact", path);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  if (at_once)
    g_cancellable_cancel (cancellable);
  g_assert_null (cpt_import_run (fixture->database, plan, path, NULL, FALSE, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count (fixture, "contact"), ==, 0);

  fixture_reopen (fixture);
  g_assert_cmpuint (count (fixture, "contact"), ==, 0);
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "name,sector,employees,revenue,tags\n\"=A\",\"x,\"\"y\"\"\",5,1.50 USD,\"b,a\"\n");
  g_autoptr(CptImportPlan) plan = create_plan (fixture, "organisation", path);
  g_autoptr(CptImportReport) report = run (fixture, plan, path, FALSE);
  g_autoptr(CptQuery) query = cpt_query_new (cpt_database_get_schema (fixture->database), get_entity (fixture, "organisation"));
  static const char *const columns[] = { "name", "sector", "employees", "revenue", "tags", NULL };
  g_autoptr(GOutputStream) first = g_memory_output_stream_new_resizable ();
  g_autoptr(GOutputStream) second = g_memory_output_stream_new_resizable ();
  g_autoptr(CptImportReport) again = NULL;
  g_autoptr(CptImportPlan) back = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  guint64 n_records = 0;

  g_assert_cmpuint (report->counts.n_rejected, ==, 0);
  g_assert_true (cpt_export_run (fixture->database, query, columns, CPT_EXPORT_CSV, first, &n_records, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_records, ==, 1);

  text = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (first)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (first)));
  g_assert_nonnull (strstr (text, "'=A"));
  g_free (path);
  path = write_file (fixture, text);
  back = create_plan (fixture, "organisation", path);
  again = run (fixture, back, path, FALSE);
  g_assert_cmpuint (again->counts.n_created + again->counts.n_updated + again->counts.n_rejected, ==, 0);

  g_assert_true (cpt_export_run (fixture->database, query, columns, CPT_EXPORT_CSV, second, NULL, NULL, &error));
  g_assert_cmpmem (text, strlen (text), g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (second)),
                   g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (second)));
}

static void
test_json_lines (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "name,employees\nA,1\nB,2\n");
  g_autoptr(CptImportPlan) plan = create_plan (fixture, "organisation", path);
  g_autoptr(CptImportReport) report = run (fixture, plan, path, FALSE);
  CptSchema *schema = cpt_database_get_schema (fixture->database);
  const CptEntity *entity = get_entity (fixture, "organisation");
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (cpt_export_run (fixture->database, query, NULL, CPT_EXPORT_JSON_LINES, stream, NULL, NULL, &error));
  g_assert_no_error (error);
  text = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(JsonNode) node = cpt_json_parse (lines[i], -1, &error);
      g_autoptr(CptRecord) record = NULL;
      g_autoptr(JsonNode) again = NULL;
      g_autofree char *line = NULL;

      g_assert_no_error (error);
      record = cpt_record_from_json (schema, entity, json_node_get_object (node), FALSE, &error);
      g_assert_no_error (error);
      again = cpt_record_to_json (record);
      line = cpt_json_format (again);
      g_assert_cmpstr (line, ==, lines[i]);
    }
}

static void
add (const char    *name,
     gconstpointer  data,
     void (*func) (Fixture *fixture, gconstpointer data))
{
  g_test_add (name, Fixture, data, fixture_set_up, func, fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/import/knows-columns-by-english-and-french-names", NULL, test_names);
  g_test_add_func ("/import/reads-units-behind-headers", test_units);
  g_test_add_func ("/import/knows-what-stages-decide", test_stage_kinds);
  g_test_add_func ("/import/takes-guards-of-formulas-away", test_trims);
  add ("/import/sees-how-numbers-and-dates-are-written", NULL, test_numbers_and_dates);
  add ("/import/a-plan-survives-json", NULL, test_plan_json);
  add ("/import/leaves-read-only-fields-alone", NULL, test_read_only_fields);
  add ("/import/refuses-plans-that-make-no-sense", NULL, test_bad_plans);
  add ("/import/a-dry-run-says-what-happens", NULL, test_dry_run);
  add ("/import/links-to-rows-further-down", NULL, test_parents_below);
  add ("/import/cancelled-before-it-begins-leaves-nothing", GINT_TO_POINTER (TRUE), test_cancelled);
  add ("/import/cancelled-on-the-way-leaves-nothing", GINT_TO_POINTER (FALSE), test_cancelled);
  add ("/export/csv-comes-back-unchanged", NULL, test_round_trip);
  add ("/export/json-lines-are-exact", NULL, test_json_lines);

  return g_test_run ();
}
