/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists: order, pages, places of changed records, what links to what, search. */

#include "config.h"

#include "query-fixture.h"

#include <locale.h>
#include <string.h>

typedef struct
{
  QueryFixture *fixture;
  CptQuery *query;
} Sorting;

/* What a key sorts by, as the header says: of links the title of the target */
static void
get_key (QueryFixture    *fixture,
         const CptPath   *path,
         CptRecord       *record,
         const CptField **field,
         CptValue        *value)
{
  g_autoptr(CptRecord) current = cpt_record_ref (record);
  guint n_links = path->n_steps - 1;
  const CptField *last = cpt_path_get_field (path);
  const CptEntity *target = NULL;

  *field = last;
  cpt_value_clear (value);
  if (last->kind == CPT_FIELD_LINK && last->target != NULL)
    {
      target = cpt_schema_get_target (fixture->schema, last);
      *field = cpt_entity_get_title_field (target);
      n_links++;
    }

  for (guint i = 0; i < n_links; i++)
    {
      const CptValue *link = cpt_record_get (current, path->fields[i]);
      const CptEntity *entity = i + 1 < path->n_steps ? path->entities[i + 1] : target;
      CptRecord *next = link->type != CPT_VALUE_ID ? NULL : cpt_database_load (fixture->database, entity, &link->id, NULL);

      if (next == NULL || next->in_trash)
        {
          g_clear_pointer (&next, cpt_record_unref);
          return;
        }
      cpt_record_unref (current);
      current = next;
    }

  cpt_value_copy (cpt_record_get (current, *field), value);
}

static int
compare_records (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  Sorting *sorting = data;
  CptRecord *x = *(CptRecord *const *) a;
  CptRecord *y = *(CptRecord *const *) b;

  for (guint i = 0; i < sorting->query->n_sorts; i++)
    {
      g_auto(CptValue) p = CPT_VALUE_INIT;
      g_auto(CptValue) q = CPT_VALUE_INIT;
      const CptField *field;
      int compared;

      get_key (sorting->fixture, &sorting->query->sorts[i].path, x, &field, &p);
      get_key (sorting->fixture, &sorting->query->sorts[i].path, y, &field, &q);
      if (cpt_value_is_null (&p) || cpt_value_is_null (&q))
        compared = (int) cpt_value_is_null (&p) - (int) cpt_value_is_null (&q);
      else
        compared = cpt_field_compare (field, &p, &q) * (sorting->query->sorts[i].descending ? -1 : 1);
      if (compared != 0)
        return compared;
    }

  return (x->row > y->row) - (x->row < y->row);
}

static GPtrArray *
load_deals (QueryFixture *fixture)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);

  for (guint i = 0; i < fixture->deals->len; i++)
    g_ptr_array_add (records, cpt_database_load (fixture->database, fixture->deal,
                                                 &g_array_index (fixture->deals, CptUuid, i), NULL));

  return records;
}

static const char *const sorts[] = {
  "", "name", "-name", "amount", "-amount", "closed_on", "-closed_on", "-probability", "organisation", "-organisation",
  "organisation.country,-name", "-stage,amount", "created_at", "-x_decimal", "x_text", "x_link,-x_date", "source,-closed_on,name",
};

static void
test_rows_come_in_order (void)
{
  QueryFixture fixture;
  g_autoptr(GPtrArray) records = NULL;

  query_fixture_set_up (&fixture, 7, 60);
  records = load_deals (&fixture);

  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CptQuery) query = cpt_query_new (fixture.schema, fixture.deal);
      g_autoptr(GArray) rows = NULL;
      Sorting sorting = { .fixture = &fixture, .query = query };

      cpt_query_set_sort (query, sorts[i], &error);
      g_assert_no_error (error);
      rows = cpt_query_get_rows (query, fixture.database, 0, 0, &error);
      g_assert_no_error (error);
      g_ptr_array_sort_with_data (records, compare_records, &sorting);

      g_assert_cmpuint (rows->len, ==, records->len);
      for (guint j = 0; j < rows->len; j++)
        g_assert_cmpint (g_array_index (rows, gint64, j), ==, ((CptRecord *) g_ptr_array_index (records, j))->row);

      /* Every window of the list is that part of it */
      for (guint offset = 0; offset < 64; offset += 7)
        {
          g_autoptr(GArray) window = cpt_query_get_rows (query, fixture.database, offset, 9, &error);
          guint expected = offset >= rows->len ? 0 : MIN (9, rows->len - offset);

          g_assert_no_error (error);
          g_assert_cmpuint (window->len, ==, expected);
          for (guint j = 0; j < expected; j++)
            g_assert_cmpint (g_array_index (window, gint64, j), ==, g_array_index (rows, gint64, offset + j));
        }
    }
  query_fixture_tear_down (&fixture);
}

static void
change_deal (QueryFixture *fixture,
             guint         deal)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_SYNC, NULL);
  g_autoptr(CptRecord) record = query_fixture_random_record (fixture, fixture->deal);

  for (guint i = 0; i < fixture->deal->n_fields; i++)
    cpt_transaction_set (transaction, fixture->deal, &g_array_index (fixture->deals, CptUuid, deal),
                         fixture->deal->fields[i], &record->values[i]);
  query_fixture_commit (fixture, transaction);
}

static void
test_finds_the_place_of_a_changed_record (void)
{
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 8, 40);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (sorts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CptQuery) query = cpt_query_new (fixture.schema, fixture.deal);
      g_autoptr(GArray) before = NULL;
      g_autoptr(GArray) after = NULL;
      guint deal = (guint) g_rand_int_range (fixture.random, 0, 40);
      g_autoptr(CptRecord) record = cpt_database_load (fixture.database, fixture.deal,
                                                       &g_array_index (fixture.deals, CptUuid, deal), NULL);
      gint64 position;

      cpt_query_set_sort (query, sorts[i % G_N_ELEMENTS (sorts)], NULL);
      before = cpt_query_get_rows (query, fixture.database, 0, 0, &error);
      change_deal (&fixture, deal);
      after = cpt_query_get_rows (query, fixture.database, 0, 0, &error);
      cpt_query_locate (query, fixture.database, before, record->row, &position, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_array_index (after, gint64, position), ==, record->row);
    }
  query_fixture_tear_down (&fixture);
}

static void
test_counts (void)
{
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 3, 30);
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr(JsonNode) node = query_fixture_random_filter (&fixture, i % 3);
      g_autoptr(CptFilter) filter = cpt_filter_from_json (fixture.schema, fixture.deal, node, NULL);
      g_autoptr(CptQuery) query = cpt_query_new (fixture.schema, fixture.deal);
      g_autoptr(CptQuery) copy = NULL;
      g_autoptr(GArray) rows = query_fixture_get_rows (&fixture, filter);
      guint64 count;

      cpt_query_set_filter (query, filter);
      copy = cpt_query_copy (query);
      g_assert_true (cpt_query_count (copy, fixture.database, &count, NULL));
      g_assert_cmpuint (count, ==, rows->len);
    }
  query_fixture_tear_down (&fixture);
}

static void
test_pages_show_values_and_titles (void)
{
  static const char *const texts[] = { "name", "organisation", "contacts", "amount", "x_links", "organisation.owner", "created_by", "x_money" };
  QueryFixture fixture;
  CptPath columns[G_N_ELEMENTS (texts)];
  gint64 rows[] = { 3, 1, 2, 4711, 3 };
  g_autoptr(GError) error = NULL;
  g_autoptr(CptPage) page = NULL;

  query_fixture_set_up (&fixture, 5, 12);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_true (cpt_path_parse (fixture.schema, fixture.deal, texts[i], &columns[i], NULL));

  page = cpt_page_load (fixture.database, fixture.schema, fixture.deal, columns, G_N_ELEMENTS (columns),
                        rows, G_N_ELEMENTS (rows), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cpt_page_get_length (page), ==, 5);
  g_assert_false (cpt_page_has_row (page, 3));

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(CptRecord) record = cpt_database_load_row (fixture.database, fixture.deal, rows[i], NULL);
      const CptField *organisation = columns[1].fields[0];
      g_autofree char *title = NULL;
      g_autofree char *shown = cpt_page_dup_text (page, i, 3, cpt_database_get_zone (fixture.database));

      g_assert_nonnull (shown);
      if (record == NULL)
        continue;

      g_assert_true (cpt_uuid_equal (cpt_page_get_id (page, i), &record->id));
      g_assert_true (cpt_value_equal (cpt_page_get_value (page, i, 0), cpt_record_get (record, columns[0].fields[0])));
      g_assert_true (cpt_value_equal (cpt_page_get_value (page, i, 2), cpt_record_get (record, columns[2].fields[0])));
      g_assert_true (cpt_value_equal (cpt_page_get_value (page, i, 4), cpt_record_get (record, columns[4].fields[0])));
      g_assert_true (cpt_value_equal (cpt_page_get_value (page, i, 7), cpt_record_get (record, columns[7].fields[0])));
      if (!cpt_value_is_null (cpt_record_get (record, organisation)))
        title = cpt_database_dup_title (fixture.database, fixture.organisation, &cpt_record_get (record, organisation)->id);
      if (title != NULL)
        g_assert_cmpstr (cpt_page_get_title (page, i, 1), ==, title);
    }
  g_clear_pointer (&page, cpt_page_unref);
  query_fixture_tear_down (&fixture);
}

static guint64
find_count (GArray     *links,
            const char *entity,
            const char *field)
{
  for (guint i = 0; i < links->len; i++)
    {
      const CptBacklink *link = &g_array_index (links, CptBacklink, i);

      if (strcmp (link->entity->name, entity) == 0 && strcmp (link->field->name, field) == 0)
        return link->count;
    }

  return 0;
}

static void
test_knows_what_links_to_a_record (void)
{
  static const char *const fields[] = { "organisation", "x_link", "x_links" };
  QueryFixture fixture;
  const CptUuid *id;
  g_autoptr(GArray) links = NULL;
  g_autoptr(GError) error = NULL;

  query_fixture_set_up (&fixture, 6, 40);
  id = &g_array_index (fixture.organisations, CptUuid, 2);
  links = cpt_query_backlinks (fixture.database, fixture.organisation, id, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = cpt_uuid_dup_text (id);
      g_autofree char *json = g_strdup_printf ("{\"field\":\"%s\",\"op\":\"%s\",\"value\":\"%s\"}", fields[i],
                                               i == 2 ? "contains" : "is", text);
      g_autoptr(CptFilter) filter = query_fixture_parse (&fixture, json);
      g_autoptr(GArray) rows = query_fixture_get_rows (&fixture, filter);

      g_assert_cmpuint (find_count (links, "deal", fields[i]), ==, rows->len);
      g_assert_cmpuint (rows->len, >, 0);
    }
  query_fixture_tear_down (&fixture);
}

static void
test_refuses_orders_that_make_no_sense (void)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  g_autoptr(CptQuery) query = cpt_query_new (schema, cpt_schema_find_entity (schema, "deal"));
  static const struct
  {
    const char *sort;
    CptError code;
  } cases[] = {
    { "tags", CPT_ERROR_UNSUPPORTED },
    { "contacts", CPT_ERROR_UNSUPPORTED },
    { "nothing", CPT_ERROR_NOT_FOUND },
    { "name;DROP TABLE deal", CPT_ERROR_NOT_FOUND },
    { "name,name,name,name,name,name,name", CPT_ERROR_LIMIT },
  };
  guint n = query->n_sorts;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (cpt_query_set_sort (query, cases[i].sort, &error));
      g_assert_error (error, CPT_ERROR, (int) cases[i].code);
      g_assert_cmpuint (query->n_sorts, ==, n);
    }
}

/* Search */

static void
create_organisation (QueryFixture *fixture,
                     const char   *name,
                     const char   *sector)
{
  g_autoptr(CptRecord) record = cpt_record_new (fixture->schema, fixture->organisation);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, name);
  cpt_record_set (record, cpt_entity_find_field (fixture->organisation, "name"), &value);
  cpt_value_set_text (&value, sector);
  cpt_record_set (record, cpt_entity_find_field (fixture->organisation, "sector"), &value);
  query_fixture_create (fixture, record, NULL);
}

static char *
search (QueryFixture *fixture,
        const char   *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) hits = cpt_search (fixture->database, text, fixture->organisation, 10, &error);
  GString *titles = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < hits->len; i++)
    g_string_append_printf (titles, "%s%s", i > 0 ? ", " : "", ((CptHit *) g_ptr_array_index (hits, i))->title);

  return g_string_free (titles, FALSE);
}

static void
test_searches_everywhere (void)
{
  static const struct
  {
    const char *text;
    const char *titles;
  } cases[] = {
    { "boulang", "Boulangerie Martin, Boulangerie Céleste, La Grande Boulangerie" },
    { "BOULANGERIE cel", "Boulangerie Céleste" },
    { "boulangerie celeste", "Boulangerie Céleste" },
    { "celeste boulangerie", "Boulangerie Céleste" },
    { "grande", "La Grande Boulangerie" },
    { "farine", "Minoterie du Nord" },
    { "boulangerie nord", "" },
    { "boul cel", "Boulangerie Céleste" },
    { "gra boul", "La Grande Boulangerie" },
    { "ra boul", "" },
    { "alim boul", "Boulangerie Martin, Boulangerie Céleste, La Grande Boulangerie" },
    { "\"boulang\" OR grande", "" },
    { "boulang*", "Boulangerie Martin, Boulangerie Céleste, La Grande Boulangerie" },
    { "words:boulang", "" },
    { "NEAR(boulang grande)", "" },
    { "'); DROP TABLE search;--", "" },
    { "-", "" },
    { "", "" },
    { "\xff\xfe", "" },
  };
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 11, 3);
  create_organisation (&fixture, "La Grande Boulangerie", "alimentation");
  create_organisation (&fixture, "Boulangerie Céleste", "alimentation");
  create_organisation (&fixture, "Boulangerie Martin", "alimentation");
  create_organisation (&fixture, "Minoterie du Nord", "farine");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *titles = search (&fixture, cases[i].text);

      if (strcmp (titles, cases[i].titles) != 0)
        g_error ("%s: %s", cases[i].text, titles);
    }
  query_fixture_tear_down (&fixture);
}

static void
test_finds_what_is_not_spelt_so (void)
{
  static const struct
  {
    const char *text;
    const char *first;
  } cases[] = {
    { "boulangrie celste", "Boulangerie Céleste" },
    { "minotrie", "Minoterie du Nord" },
    { "MINOTERRI nodr", "Minoterie du Nord" },
    { "bulangerie martin", NULL },
    { "boulevard", NULL },
    { "minoterie sud", NULL },
    { "farnie", NULL },
    { "-", NULL },
    { "", NULL },
  };
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 11, 3);
  create_organisation (&fixture, "Boulangerie Céleste", "alimentation");
  create_organisation (&fixture, "Boulangerie Martin", "alimentation");
  create_organisation (&fixture, "Minoterie du Nord", "farine");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) hits = cpt_search_alike (fixture.database, cases[i].text, 10, &error);
      const char *title;

      g_assert_no_error (error);
      title = hits->len > 0 ? ((CptHit *) g_ptr_array_index (hits, 0))->title : NULL;
      if (g_strcmp0 (title, cases[i].first) != 0)
        g_error ("%s: %s", cases[i].text, title);
    }
  query_fixture_tear_down (&fixture);
}

static void
assert_snippet (QueryFixture *fixture,
                const char   *text,
                const char   *field,
                const char   *snippet)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) hits = cpt_search (fixture->database, text, fixture->organisation, 10, &error);
  const CptHit *hit;

  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
  hit = g_ptr_array_index (hits, 0);
  g_assert_cmpstr (hit->field != NULL ? hit->field->name : NULL, ==, field);
  g_assert_cmpstr (hit->snippet, ==, snippet);
}

static void
test_tells_why_something_was_found (void)
{
  QueryFixture fixture;
  const CptField *notes;
  g_autoptr(CptRecord) record = NULL;
  CptValue value = CPT_VALUE_INIT;
  CptValue text = CPT_VALUE_INIT;

  query_fixture_set_up (&fixture, 13, 3);
  create_organisation (&fixture, "Minoterie du Nord", "farine complète");
  record = cpt_record_new (fixture.schema, fixture.organisation);
  cpt_value_set_text (&value, "Atelier Zed");
  cpt_record_take (record, cpt_entity_find_field (fixture.organisation, "name"), value);
  notes = cpt_entity_find_field (fixture.organisation, "notes");
  cpt_value_set_text (&text, "Une première ligne qui ne dit rien.\n\nRencontrés au salon de Québec,   à "
                             "rappeler quand la nouvelle usine de l’autre côté du fleuve tournera pour de bon.");
  cpt_record_take (record, notes, text);
  query_fixture_create (&fixture, record, NULL);

  assert_snippet (&fixture, "minot", NULL, NULL);
  assert_snippet (&fixture, "COMPLETE minoterie", "sector", "farine complète");
  assert_snippet (&fixture, "zed quebec", "notes",
                  "…Rencontrés au salon de Québec, à rappeler quand la nouvelle usine de l’autre côté du…");
  query_fixture_tear_down (&fixture);
}

static void
test_searches_in_a_list (void)
{
  QueryFixture fixture;
  g_autoptr(CptQuery) query = NULL;
  g_autoptr(GArray) rows = NULL;
  g_autoptr(GArray) all = NULL;
  g_autoptr(GError) error = NULL;
  gint64 position;

  query_fixture_set_up (&fixture, 12, 3);
  create_organisation (&fixture, "Boulangerie Céleste", "alimentation");
  create_organisation (&fixture, "Minoterie du Nord", "farine");

  query = cpt_query_new (fixture.schema, fixture.organisation);
  cpt_query_set_search (query, "celes");
  rows = cpt_query_get_rows (query, fixture.database, 0, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_true (cpt_query_locate (query, fixture.database, rows, g_array_index (rows, gint64, 0), &position, &error));
  g_assert_cmpint (position, ==, 0);
  g_assert_true (cpt_query_locate (query, fixture.database, rows, g_array_index (rows, gint64, 0) + 1, &position, &error));
  g_assert_cmpint (position, ==, -1);

  cpt_query_set_search (query, "boul celes");
  g_clear_pointer (&all, g_array_unref);
  all = cpt_query_get_rows (query, fixture.database, 0, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 1);

  cpt_query_set_search (query, "?!");
  g_clear_pointer (&all, g_array_unref);
  all = cpt_query_get_rows (query, fixture.database, 0, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, >, 2);
  query_fixture_tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/rows-come-in-order", test_rows_come_in_order);
  g_test_add_func ("/query/finds-the-place-of-a-changed-record", test_finds_the_place_of_a_changed_record);
  g_test_add_func ("/query/counts-what-it-lists", test_counts);
  g_test_add_func ("/query/pages-show-values-and-titles", test_pages_show_values_and_titles);
  g_test_add_func ("/query/knows-what-links-to-a-record", test_knows_what_links_to_a_record);
  g_test_add_func ("/query/refuses-orders-that-make-no-sense", test_refuses_orders_that_make_no_sense);
  g_test_add_func ("/query/searches-everywhere", test_searches_everywhere);
  g_test_add_func ("/query/finds-what-is-not-spelt-so", test_finds_what_is_not_spelt_so);
  g_test_add_func ("/query/tells-why-something-was-found", test_tells_why_something_was_found);
  g_test_add_func ("/query/searches-in-a-list", test_searches_in_a_list);

  return g_test_run ();
}
