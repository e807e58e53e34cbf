/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Blocks of cells from spreadsheets: what they say, what they would change,
 * and what of them can't be used. */

#include "config.h"

#include "store-fixture.h"

#include "cpt-error.h"
#include "cpt-export.h"
#include "cpt-paste.h"
#include "cpt-query.h"

static char *
join (GPtrArray *rows)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *line = g_strjoinv ("|", g_ptr_array_index (rows, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "/" : "", line);
    }

  return g_string_free (text, FALSE);
}

static void
test_split (void)
{
  static const struct
  {
    const char *text;
    const char *rows;
  } cases[] = {
    { "a", "a" },
    { "a\tb\r\nc\td\r\n", "a|b/c|d" },
    { "a\n\nb", "a//b" },
    { "\t\n", "|" },
    { "\"a\tb\"\t\"say \"\"hi\"\"\"\n", "a\tb|say \"hi\"" },
    { "\"two\r\nlines\"\tx", "two\nlines|x" },
    { "24\"\tb", "24\"|b" },
    { "\"open\tb\nc", "\"open|b/c" },
    { "\"a\" b\tc", "\"a\" b|c" },
    { "\"", "\"" },
    { "\"\"\tx", "|x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) rows = cpt_paste_split (cases[i].text, &error);
      g_autofree char *joined = NULL;

      g_assert_no_error (error);
      joined = join (rows);
      g_assert_cmpstr (joined, ==, cases[i].rows);
    }
}

static void
test_split_limits (void)
{
  g_autofree char *cells = g_strnfill (CPT_PASTE_MAX_CELLS, '\t');
  g_autofree char *bytes = g_strnfill (CPT_PASTE_MAX_BYTES + 1, 'x');
  g_autoptr(GError) error = NULL;

  g_assert_null (cpt_paste_split (cells, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (cpt_paste_split (bytes, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (cpt_paste_split ("", &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_PARSE);
}

static void
create (Fixture    *self,
        const char *name)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptRecord) record = new_record (self, "organisation", "name", name);

  cpt_transaction_create (transaction, record);
  commit_ok (self, transaction);
}

static GArray *
list_rows (Fixture *self)
{
  g_autoptr(CptQuery) query = cpt_query_new (cpt_database_get_schema (self->database), get_entity (self, "organisation"));
  g_autoptr(GError) error = NULL;
  GArray *rows;

  g_assert_true (cpt_query_set_sort (query, "name", &error));
  rows = cpt_query_get_rows (query, self->database, 0, 0, &error);
  g_assert_no_error (error);

  return rows;
}

static CptPaste *
paste (Fixture    *self,
       GArray     *rows,
       const char *text)
{
  static const char *const names[] = { "name", "kind", "employees", "parent", "created_at" };
  CptSchema *schema = cpt_database_get_schema (self->database);
  const CptEntity *entity = get_entity (self, "organisation");
  g_autoptr(GPtrArray) fields = g_ptr_array_new ();
  g_autoptr(GPtrArray) reasons = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) block = cpt_paste_split (text, &error);
  CptPasteTarget target = { .schema = schema, .entity = entity, .rows = rows, .fields = fields, .reasons = reasons };
  CptPaste *read;

  target.options.decimal = ',';
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const CptField *field = cpt_entity_find_field (entity, names[i]);

      g_ptr_array_add (fields, (gpointer) (field != NULL ? field : cpt_field_get_system (names[i])));
      g_ptr_array_add (reasons, (gpointer) (g_str_equal (names[i], "created_at") ? "Leave it." : NULL));
    }
  read = cpt_paste_read (self->database, &target, block, &error);
  g_assert_no_error (error);

  return read;
}

static void
test_read (Fixture       *self,
           gconstpointer  unused)
{
  g_autoptr(GArray) rows = NULL;
  g_autoptr(GArray) indexes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(CptPaste) read = NULL;
  g_autoptr(CptTransaction) transaction = NULL;
  const CptPasteCell *cell;

  create (self, "Acme");
  create (self, "Borel");
  rows = list_rows (self);
  read = paste (self, rows, "Acme\tcustomer\t1 200\tBorel\r\n\tnobody\tmany\tNowhere\tyesterday\r\nbeyond");

  g_assert_cmpuint (read->n_same, ==, 1);
  g_assert_cmpuint (read->n_refused, ==, 5);
  g_assert_cmpuint (read->cells->len, ==, 8);
  cell = g_ptr_array_index (read->cells, 0);
  g_assert_cmpstr (cell->after, ==, "Customer");
  cell = g_ptr_array_index (read->cells, 1);
  g_assert_cmpint (cell->value.integer, ==, 1200);
  cell = g_ptr_array_index (read->cells, 2);
  g_assert_cmpstr (cell->after, ==, "Borel");
  for (guint i = 3; i < read->cells->len; i++)
    g_assert_nonnull (((const CptPasteCell *) g_ptr_array_index (read->cells, i))->message);

  transaction = cpt_paste_create_transaction (read, indexes);
  g_assert_cmpuint (cpt_transaction_get_length (transaction), ==, 3);
  g_assert_cmpuint (g_array_index (indexes, guint, 2), ==, 2);
  commit_ok (self, transaction);
}

static void
test_one_line_for_all (Fixture       *self,
                       gconstpointer  unused)
{
  g_autoptr(GArray) rows = NULL;
  g_autoptr(CptPaste) read = NULL;

  create (self, "Acme");
  create (self, "Borel");
  create (self, "Cordier");
  rows = list_rows (self);
  read = paste (self, rows, "One name");
  g_assert_cmpuint (read->cells->len, ==, 3);
}

static void
test_export_rows (Fixture       *self,
                  gconstpointer  unused)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, get_entity (self, "organisation"));
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(GArray) rows = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  gint64 gone = 999999;

  create (self, "Acme");
  create (self, "Borel");
  create (self, "Cordier");
  rows = list_rows (self);
  g_array_remove_index (rows, 1);
  g_array_append_val (rows, gone);
  g_assert_cmpint (cpt_export_rows (self->database, query, rows, CPT_EXPORT_JSON_LINES, stream, NULL, &error), ==, 2);
  g_assert_no_error (error);
  text = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
  g_assert_nonnull (strstr (text, "Acme"));
  g_assert_nonnull (strstr (text, "Cordier"));
  g_assert_null (strstr (text, "Borel"));
}

static CptUuid
create_linked (Fixture       *self,
               const char    *entity,
               const char    *name,
               const char    *link,
               const CptUuid *target)
{
  g_autoptr(CptRecord) record = new_record (self, entity, "name", name);

  if (link != NULL)
    {
      set_link (record, link, target);
      if (g_str_equal (entity, "stage"))
        set_text (record, "kind", "open");
    }
  create_ok (self, record);

  return record->id;
}

/* A stage that has the same name in two pipelines is the one of the pipeline
 * that stands beside it. */
static void
test_stages (Fixture       *self,
             gconstpointer  data)
{
  CptUuid pipelines[2] = { create_linked (self, "pipeline", "Sales", NULL, NULL),
                           create_linked (self, "pipeline", "Tenders", NULL, NULL) };
  CptUuid stages[2] = { create_linked (self, "stage", "New", "pipeline", &pipelines[0]),
                        create_linked (self, "stage", "New", "pipeline", &pipelines[1]) };
  g_autoptr(CptRecord) deal = new_record (self, "deal", "name", "Chairs");
  g_autoptr(GPtrArray) fields = g_ptr_array_new ();
  g_autoptr(GPtrArray) reasons = g_ptr_array_new ();
  g_autoptr(GPtrArray) block = NULL;
  g_autoptr(CptQuery) query = cpt_query_new (cpt_database_get_schema (self->database), get_entity (self, "deal"));
  g_autoptr(GArray) rows = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptPaste) read = NULL;
  CptPasteTarget target = { cpt_database_get_schema (self->database), get_entity (self, "deal"), NULL, fields, reasons, { 0 } };
  const CptPasteCell *cell;

  set_link (deal, "pipeline", &pipelines[0]);
  set_link (deal, "stage", &stages[0]);
  create_ok (self, deal);
  rows = cpt_query_get_rows (query, self->database, 0, 0, &error);
  target.rows = rows;
  g_ptr_array_add (fields, (gpointer) get_field (self, "deal", "stage"));
  g_ptr_array_add (fields, (gpointer) get_field (self, "deal", "pipeline"));
  g_ptr_array_set_size (reasons, 2);
  block = cpt_paste_split ("New\tTenders", &error);
  read = cpt_paste_read (self->database, &target, block, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->n_same + read->n_refused, ==, 0);
  g_assert_cmpuint (read->cells->len, ==, 2);
  cell = g_ptr_array_index (read->cells, 0);
  g_assert_true (cpt_uuid_equal (&cell->value.id, &stages[1]));

  /* What may not be changed stays, and its text is no other one. */
  g_clear_pointer (&read, cpt_paste_free);
  reasons->pdata[0] = (gpointer) "Leave it.";
  read = cpt_paste_read (self->database, &target, block, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->n_same, ==, 1);
  g_assert_cmpuint (read->cells->len, ==, 1);
  reasons->pdata[0] = NULL;

  g_clear_pointer (&read, cpt_paste_free);
  g_clear_pointer (&block, g_ptr_array_unref);
  block = cpt_paste_split ("New\tSales", &error);
  read = cpt_paste_read (self->database, &target, block, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->n_same, ==, 2);
}

/* Of two that are called so, the one that is there stays. */
static void
test_namesakes (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr(CptPaste) read = NULL;
  g_autoptr(GArray) rows = NULL;
  CptUuid twin;

  create (self, "Homon");
  twin = create_linked (self, "organisation", "Homon", NULL, NULL);
  create_linked (self, "organisation", "Aline", "parent", &twin);
  rows = list_rows (self);
  g_array_set_size (rows, 1);
  read = paste (self, rows, "Aline\t\t\tHomon");
  g_assert_cmpuint (read->n_same, ==, 4);
  g_assert_cmpuint (read->cells->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/paste/splits-what-spreadsheets-write", test_split);
  g_test_add_func ("/paste/says-when-it-is-too-much", test_split_limits);
  g_test_add ("/paste/tells-what-changes-and-what-can-not-be-used", Fixture, NULL, fixture_set_up, test_read, fixture_tear_down);
  g_test_add ("/paste/one-line-is-for-all-records", Fixture, NULL, fixture_set_up, test_one_line_for_all, fixture_tear_down);
  g_test_add ("/paste/a-stage-is-one-of-the-pipeline-beside-it", Fixture, NULL, fixture_set_up, test_stages, fixture_tear_down);
  g_test_add ("/paste/a-namesake-changes-nothing", Fixture, NULL, fixture_set_up, test_namesakes, fixture_tear_down);
  g_test_add ("/paste/chosen-records-are-exported", Fixture, NULL, fixture_set_up, test_export_rows, fixture_tear_down);

  return g_test_run ();
}
