/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The four faces of a filter agree; hostile JSON is refused with a sentence. */

#include "config.h"

#include "query-fixture.h"

#include <locale.h>
#include <string.h>

#define N_FILTERS 300

static guint
match_all (QueryFixture *fixture,
           CptFilter    *filter,
           GPtrArray    *records,
           GArray       *rows,
           const char   *json)
{
  guint at = 0;

  for (guint i = 0; i < records->len; i++)
    {
      CptRecord *record = g_ptr_array_index (records, i);
      gboolean in_sql = at < rows->len && g_array_index (rows, gint64, at) == record->row;

      if (cpt_filter_matches (filter, fixture->database, record) != in_sql)
        {
          g_autoptr(JsonNode) node = cpt_record_to_json (record);
          g_autofree char *text = cpt_json_format (node);

          g_error ("SQL says %d of %s\nand %s", in_sql, json, text);
        }
      at += in_sql;
    }

  return at;
}

static GPtrArray *
load_deals (QueryFixture *fixture)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);

  for (guint i = 0; i < fixture->deals->len; i++)
    {
      g_autoptr(GError) error = NULL;

      g_ptr_array_add (records, cpt_database_load (fixture->database, fixture->deal,
                                                   &g_array_index (fixture->deals, CptUuid, i), &error));
      g_assert_no_error (error);
    }

  return records;
}

static void
test_faces_agree (void)
{
  QueryFixture fixture;
  g_autoptr(GPtrArray) records = NULL;
  guint n_matches = 0;

  query_fixture_set_up (&fixture, 20261121, 40);
  records = load_deals (&fixture);

  for (guint i = 0; i < N_FILTERS; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) node = query_fixture_random_filter (&fixture, i % 4);
      g_autofree char *json = cpt_json_format (node);
      g_autoptr(CptFilter) filter = cpt_filter_parse (fixture.schema, fixture.deal, json, &error);
      g_autoptr(GArray) rows = NULL;
      g_autoptr(JsonNode) again = NULL;
      g_autofree char *sentence = NULL;

      g_assert_no_error (error);
      again = cpt_filter_to_json (filter);
      g_assert_true (json_node_equal (node, again));
      rows = query_fixture_get_rows (&fixture, filter);
      n_matches += match_all (&fixture, filter, records, rows, json);
      sentence = cpt_filter_to_sentence (filter, fixture.database);
      g_assert_true (g_utf8_validate (sentence, -1, NULL));
      g_assert_null (strchr (sentence, '{'));
    }

  g_assert_cmpuint (n_matches, >, N_FILTERS);
  query_fixture_tear_down (&fixture);
}

/* The order of the conditions of a list never changes whether a record is in it */
static void
test_locate_agrees (void)
{
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 4, 10);
  for (guint i = 0; i < 25; i++)
    {
      g_autoptr(JsonNode) node = query_fixture_random_filter (&fixture, i % 3);
      g_autoptr(CptFilter) filter = cpt_filter_from_json (fixture.schema, fixture.deal, node, NULL);
      g_autoptr(CptQuery) query = cpt_query_new (fixture.schema, fixture.deal);
      g_autoptr(GArray) rows = query_fixture_get_rows (&fixture, filter);

      cpt_query_set_filter (query, filter);
      cpt_query_set_sort (query, "", NULL);
      for (gint64 row = 1; row <= 10; row++)
        {
          g_autoptr(GError) error = NULL;
          gboolean is_in = FALSE;
          gint64 position;

          for (guint j = 0; j < rows->len; j++)
            is_in = is_in || g_array_index (rows, gint64, j) == row;
          cpt_query_locate (query, fixture.database, rows, row, &position, &error);
          g_assert_no_error (error);
          g_assert_cmpint (position >= 0, ==, is_in);
          if (is_in)
            g_assert_cmpint (g_array_index (rows, gint64, position), ==, row);
        }
    }
  query_fixture_tear_down (&fixture);
}

static void
test_reads_like_a_sentence (void)
{
  static const struct
  {
    const char *json;
    const char *sentence;
  } cases[] = {
    { "{\"all\":[]}", "everything" },
    { "{\"any\":[]}", "nothing" },
    { "{\"field\":\"organisation.country\",\"op\":\"is\",\"value\":\"FR\"}", "Organisation › Country is France" },
    { "{\"field\":\"source\",\"op\":\"is-empty\"}", "Source is empty" },
    { "{\"field\":\"name\",\"op\":\"contains\",\"value\":\"{field}\"}", "Name contains “{field}”" },
    { "{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"last\":30,\"unit\":\"day\"}}", "Closed is within the last 30 days" },
    { "{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"last\":1,\"unit\":\"week\"}}", "Closed is within the last 1 week" },
    { "{\"field\":\"closed_on\",\"op\":\"not-within\",\"value\":{\"this\":\"quarter\"}}", "Closed is not within this quarter" },
    { "{\"field\":\"closed_on\",\"op\":\"less\",\"value\":{\"today\":-30}}", "Closed is before 30 days ago" },
    { "{\"field\":\"owner\",\"op\":\"is\",\"value\":{\"me\":true}}", "Owner is me" },
    { "{\"all\":[{\"field\":\"name\",\"op\":\"is\",\"value\":\"a\"},"
      "{\"any\":[{\"field\":\"tags\",\"op\":\"contains\",\"value\":\"b\"},{\"not\":{\"field\":\"closed_on\",\"op\":\"is-empty\"}}]}]}",
      "Name is “a” and (Tags has b or not (Closed is empty))" },
    { "{\"field\":\"name\",\"op\":\"in\",\"value\":[\"a\",\"b\",\"c\"]}", "Name is “a”, “b” or “c”" },
    { "{\"field\":\"name\",\"op\":\"in\",\"value\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\"]}",
      "Name is “1”, “2”, “3”, “4”, “5” or 2 others" },
  };
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  const CptEntity *deal = cpt_schema_find_entity (schema, "deal");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CptFilter) filter = cpt_filter_parse (schema, deal, cases[i].json, &error);
      g_autofree char *sentence = NULL;

      g_assert_no_error (error);
      sentence = cpt_filter_to_sentence (filter, NULL);
      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
}

static void
test_refuses_what_does_not_fit (void)
{
  static const struct
  {
    const char *json;
    CptError code;
  } cases[] = {
    { "[]", CPT_ERROR_PARSE },
    { "{}", CPT_ERROR_PARSE },
    { "{\"all\":{}}", CPT_ERROR_PARSE },
    { "{\"all\":[],\"any\":[]}", CPT_ERROR_PARSE },
    { "{\"not\":[]}", CPT_ERROR_PARSE },
    { "{\"all\":[null]}", CPT_ERROR_PARSE },
    { "{\"field\":\"name\"}", CPT_ERROR_PARSE },
    { "{\"field\":1,\"op\":\"is\",\"value\":\"a\"}", CPT_ERROR_PARSE },
    { "{\"field\":\"name\",\"op\":\"like\",\"value\":\"a\"}", CPT_ERROR_PARSE },
    { "{\"field\":\"name\",\"op\":\"is\",\"value\":\"a\",\"sql\":\"1\"}", CPT_ERROR_PARSE },
    { "{\"field\":\"name\\\" OR 1--\",\"op\":\"is\",\"value\":\"a\"}", CPT_ERROR_NOT_FOUND },
    { "{\"field\":\"row_id\",\"op\":\"is\",\"value\":\"a\"}", CPT_ERROR_NOT_FOUND },
    { "{\"field\":\"organisation.contact.x\",\"op\":\"is-empty\"}", CPT_ERROR_NOT_FOUND },
    { "{\"field\":\"contacts.full_name\",\"op\":\"is-empty\"}", CPT_ERROR_NOT_FOUND },
    { "{\"field\":\"name\",\"op\":\"less\",\"value\":\"a\"}", CPT_ERROR_INVALID },
    { "{\"field\":\"name\",\"op\":\"within\",\"value\":{\"this\":\"month\"}}", CPT_ERROR_INVALID },
    { "{\"field\":\"name\",\"op\":\"is\"}", CPT_ERROR_PARSE },
    { "{\"field\":\"name\",\"op\":\"is\",\"value\":null}", CPT_ERROR_PARSE },
    { "{\"field\":\"name\",\"op\":\"is\",\"value\":\"\"}", CPT_ERROR_PARSE },
    { "{\"field\":\"name\",\"op\":\"is\",\"value\":5}", CPT_ERROR_PARSE },
    { "{\"field\":\"name\",\"op\":\"contains\",\"value\":5}", CPT_ERROR_PARSE },
    { "{\"field\":\"name\",\"op\":\"is-empty\",\"value\":5}", CPT_ERROR_PARSE },
    { "{\"field\":\"name\",\"op\":\"in\",\"value\":[]}", CPT_ERROR_PARSE },
    { "{\"field\":\"name\",\"op\":\"in\",\"value\":\"a\"}", CPT_ERROR_PARSE },
    { "{\"field\":\"name\",\"op\":\"is\",\"value\":{\"me\":true}}", CPT_ERROR_PARSE },
    { "{\"field\":\"owner\",\"op\":\"is\",\"value\":{\"me\":false}}", CPT_ERROR_PARSE },
    { "{\"field\":\"owner\",\"op\":\"is\",\"value\":\"x\"}", CPT_ERROR_PARSE },
    { "{\"field\":\"source\",\"op\":\"is\",\"value\":\"mars\"}", CPT_ERROR_INVALID },
    { "{\"field\":\"closed_on\",\"op\":\"is\",\"value\":\"2026-02-30\"}", CPT_ERROR_PARSE },
    { "{\"field\":\"closed_on\",\"op\":\"is\",\"value\":{\"today\":9e99}}", CPT_ERROR_PARSE },
    { "{\"field\":\"closed_on\",\"op\":\"is\",\"value\":{\"today\":-9223372036854775808}}", CPT_ERROR_PARSE },
    { "{\"field\":\"closed_on\",\"op\":\"between\",\"value\":[\"2026-01-01\"]}", CPT_ERROR_PARSE },
    { "{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{}}", CPT_ERROR_PARSE },
    { "{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"last\":0,\"unit\":\"day\"}}", CPT_ERROR_PARSE },
    { "{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"last\":9223372036854775807,\"unit\":\"day\"}}", CPT_ERROR_PARSE },
    { "{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"last\":3}}", CPT_ERROR_PARSE },
    { "{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"this\":\"none\"}}", CPT_ERROR_PARSE },
    { "{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"from\":\"x\"}}", CPT_ERROR_PARSE },
    { "{\"field\":\"amount\",\"op\":\"less\",\"value\":{\"currency\":\"EUR\"}}", CPT_ERROR_PARSE },
    { "{\"field\":\"amount\",\"op\":\"less\",\"value\":12}", CPT_ERROR_PARSE },
    { "{\"field\":\"amount\",\"op\":\"between\",\"value\":[{\"amount\":\"1\",\"currency\":\"EUR\"},{\"amount\":\"2\",\"currency\":\"USD\"}]}", CPT_ERROR_PARSE },
    { "{\"field\":\"tags\",\"op\":\"contains-any\",\"value\":[[\"a\"]]}", CPT_ERROR_PARSE },
  };
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  const CptEntity *deal = cpt_schema_find_entity (schema, "deal");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CptFilter) filter = cpt_filter_parse (schema, deal, cases[i].json, &error);

      if (!g_error_matches (error, CPT_ERROR, (int) cases[i].code))
        g_error ("%s: %s", cases[i].json, error == NULL ? "accepted" : error->message);
      g_assert_null (filter);
    }
}

static char *
repeat (const char *before,
        const char *middle,
        const char *after,
        guint       n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, before);
  g_string_append (text, middle);
  for (guint i = 0; i < n; i++)
    g_string_append (text, after);

  return g_string_free (text, FALSE);
}

static void
test_keeps_its_limits (void)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  const CptEntity *deal = cpt_schema_find_entity (schema, "deal");
  const char *condition = "{\"field\":\"name\",\"op\":\"is-empty\"}";
  g_autofree char *deep = repeat ("{\"not\":", condition, "}", CPT_FILTER_MAX_DEPTH);
  g_autofree char *fits = repeat ("{\"not\":", condition, "}", CPT_FILTER_MAX_DEPTH - 1);
  g_autofree char *list = repeat ("{\"field\":\"name\",\"op\":\"is-empty\"},", condition, "", CPT_FILTER_MAX_CONDITIONS);
  g_autofree char *wide = g_strdup_printf ("{\"all\":[%s]}", list);
  g_autofree char *groups = repeat ("{\"all\":[]},", "{\"all\":[]}", "", 5000);
  g_autofree char *hollow = g_strdup_printf ("{\"any\":[%s]}", groups);
  g_autofree char *values = repeat ("\"v\",", "\"v\"", "", CPT_FILTER_MAX_VALUES);
  g_autofree char *long_list = g_strdup_printf ("{\"field\":\"name\",\"op\":\"in\",\"value\":[%s]}", values);
  const char *const refused[] = { deep, wide, hollow, long_list };
  g_autoptr(GError) error = NULL;
  g_autoptr(CptFilter) filter = cpt_filter_parse (schema, deal, fits, &error);

  g_assert_no_error (error);
  g_assert_nonnull (filter);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GError) limit = NULL;

      g_assert_null (cpt_filter_parse (schema, deal, refused[i], &limit));
      g_assert_error (limit, CPT_ERROR, CPT_ERROR_LIMIT);
    }
}

/* As large as the limits allow, and SQLite still takes it */
static void
test_compiles_the_largest (void)
{
  QueryFixture fixture;
  g_autoptr(GString) json = g_string_new ("{\"any\":[");

  query_fixture_set_up (&fixture, 9, 5);
  for (guint i = 0; i < CPT_FILTER_MAX_CONDITIONS; i++)
    {
      g_string_append_printf (json, "%s{\"field\":\"organisation.owner.name\",\"op\":\"not-in\",\"value\":[", i > 0 ? "," : "");
      for (guint j = 0; j < 100; j++)
        g_string_append_printf (json, "%s\"%u\"", j > 0 ? "," : "", j);
      g_string_append (json, "]}");
    }
  g_string_append (json, "]}");

  {
    g_autoptr(CptFilter) filter = query_fixture_parse (&fixture, json->str);
    g_autoptr(GArray) rows = query_fixture_get_rows (&fixture, filter);

    g_assert_cmpuint (rows->len, ==, 5);
  }
  query_fixture_tear_down (&fixture);
}

static void
test_groups_are_built_in_code (void)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  const CptEntity *deal = cpt_schema_find_entity (schema, "deal");
  g_autoptr(JsonNode) value = json_node_init_string (json_node_alloc (), "a");
  g_autoptr(GError) error = NULL;
  g_autoptr(CptFilter) a = cpt_filter_new_condition (schema, deal, "name", CPT_OPERATOR_IS, value, &error);
  g_autoptr(CptFilter) both = cpt_filter_and (a, a);
  g_autoptr(CptFilter) same = cpt_filter_and (NULL, a);
  guint n;

  g_assert_no_error (error);
  g_assert_true (same == a);
  g_assert_null (cpt_filter_and (NULL, NULL));
  g_assert_cmpint (cpt_filter_get_form (both), ==, CPT_FILTER_ALL);
  cpt_filter_get_children (both, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (json_node_get_string (cpt_filter_get_value (a)), ==, "a");
  g_assert_cmpint (cpt_filter_get_operator (a), ==, CPT_OPERATOR_IS);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/reads-like-a-sentence", test_reads_like_a_sentence);
  g_test_add_func ("/filter/refuses-what-does-not-fit", test_refuses_what_does_not_fit);
  g_test_add_func ("/filter/keeps-its-limits", test_keeps_its_limits);
  g_test_add_func ("/filter/is-built-in-code", test_groups_are_built_in_code);
  g_test_add_func ("/filter/compiles-the-largest", test_compiles_the_largest);
  g_test_add_func ("/filter/sql-memory-and-json-agree", test_faces_agree);
  g_test_add_func ("/filter/one-row-and-many-agree", test_locate_agrees);

  return g_test_run ();
}
