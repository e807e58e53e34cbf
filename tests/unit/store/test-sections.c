/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists divided into groups, against the same done record by record. */

#include "config.h"

#include "query-fixture.h"

#include <locale.h>
#include <string.h>

#include "cpt-aggregate-cache-private.h"
#include "cpt-sections.h"
#include "cpt-statement.h"
#include "cpt-totals.h"

#define N_DEALS 120

static CptGrouping
parse (QueryFixture *fixture,
       const char   *text)
{
  g_autoptr(GError) error = NULL;
  CptGrouping grouping;

  cpt_grouping_parse (fixture->schema, fixture->deal, text, &grouping, &error);
  g_assert_no_error (error);

  return grouping;
}

/* The keys of the groups that a record belongs in */
static GArray *
get_keys (QueryFixture      *fixture,
          const CptGrouping *grouping,
          gint64             row)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(CptRecord) record = cpt_database_load_row (fixture->database, fixture->deal, row, NULL);
  const CptField *field = cpt_path_get_field (&grouping->path);
  const CptValue *value;
  g_auto(CptValue) member = CPT_VALUE_INIT;
  guint length = 1;

  for (guint i = 0; i + 1 < grouping->path.n_steps && record != NULL; i++)
    {
      const CptValue *link = cpt_record_get (record, grouping->path.fields[i]);
      CptRecord *next = link->type != CPT_VALUE_ID
                          ? NULL
                          : cpt_database_load (fixture->database, grouping->path.entities[i + 1], &link->id, NULL);

      if (next != NULL && next->in_trash)
        g_clear_pointer (&next, cpt_record_unref);
      cpt_record_unref (record);
      record = next;
    }

  value = record != NULL ? cpt_record_get (record, field) : &member;
  if (value->type == CPT_VALUE_TEXTS)
    length = g_strv_length (value->texts);
  else if (value->type == CPT_VALUE_IDS)
    length = value->ids.length;
  for (guint i = 0; i < length; i++)
    {
      gint64 key;

      if (value->type == CPT_VALUE_TEXTS)
        cpt_value_set_text (&member, value->texts[i]);
      else if (value->type == CPT_VALUE_IDS)
        cpt_value_set_id (&member, &value->ids.items[i]);
      else
        cpt_value_copy (value, &member);
      if (grouping->bucket != CPT_BUCKET_NONE && !cpt_value_is_null (&member))
        cpt_value_set_integer (&member,
                               cpt_bucket_get_start (grouping->bucket,
                                                     field->kind == CPT_FIELD_DATETIME
                                                       ? cpt_instant_get_date (member.integer, cpt_database_get_zone (fixture->database))
                                                       : member.integer));
      key = cpt_section_get_value_key (&member);
      g_array_append_val (keys, key);
      if (value == &member)
        break;
    }

  return keys;
}

static void
assert_sections (QueryFixture      *fixture,
                 CptQuery          *query,
                 const CptGrouping *grouping,
                 CptSections       *sections)
{
  g_autoptr(GArray) rows = cpt_query_get_rows (query, fixture->database, 0, 0, NULL);
  g_autofree guint *at = g_new0 (guint, sections->list->len);

  g_assert_cmpuint (sections->n_records, ==, rows->len);
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);
      g_autoptr(GArray) keys = get_keys (fixture, grouping, row);

      for (guint j = 0; j < keys->len; j++)
        {
          guint found = 0;

          for (guint k = 0; k < sections->list->len; k++)
            {
              const CptSection *section = g_ptr_array_index (sections->list, k);

              if (section->key != g_array_index (keys, gint64, j))
                continue;
              found++;
              g_assert_cmpuint (at[k], <, section->rows->len);
              g_assert_cmpint (g_array_index (section->rows, gint64, at[k]), ==, row);
              at[k]++;
            }
          g_assert_cmpuint (found, ==, 1);
        }
    }
  for (guint k = 0; k < sections->list->len; k++)
    {
      const CptSection *section = g_ptr_array_index (sections->list, k);

      g_assert_cmpint (section->key, <, 0);
      g_assert_cmpuint (section->rows->len, >, 0);
      g_assert_cmpuint (at[k], ==, section->rows->len);
    }
}

static CptQuery *
create_query (QueryFixture *fixture,
              const char   *sort,
              const char   *filter)
{
  CptQuery *query = cpt_query_new (fixture->schema, fixture->deal);
  g_autoptr(CptFilter) parsed = filter != NULL ? query_fixture_parse (fixture, filter) : NULL;

  cpt_query_set_filter (query, parsed);
  g_assert_true (cpt_query_set_sort (query, sort, NULL));

  return query;
}

static void
test_every_field (void)
{
  QueryFixture fixture;
  guint n_groupings = 0;

  query_fixture_set_up (&fixture, 31, N_DEALS);
  for (guint i = 0; i < fixture.deal->n_fields; i++)
    {
      const CptField *field = fixture.deal->fields[i];
      g_autoptr(CptQuery) query = create_query (&fixture, i % 2 == 0 ? "-amount,name" : "", NULL);
      g_autoptr(CptSections) sections = NULL;
      g_autoptr(GError) error = NULL;
      CptGrouping grouping;

      if (!cpt_grouping_is_possible (field))
        {
          g_assert_false (cpt_grouping_parse (fixture.schema, fixture.deal, field->name, &grouping, &error));
          g_assert_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED);
          continue;
        }
      grouping = parse (&fixture, field->name);
      sections = cpt_sections_read (fixture.database, query, &grouping, &error);
      g_assert_no_error (error);
      assert_sections (&fixture, query, &grouping, sections);
      n_groupings++;
    }
  g_assert_cmpuint (n_groupings, >, 10);
  query_fixture_tear_down (&fixture);
}

static void
test_through_links (void)
{
  static const char *const texts[] = { "organisation.country", "owner.team", "-stage", "closed_on:year", "opened_on:week",
                                       "created_at:day", "-closed_on:quarter", "organisation.tags" };
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 32, N_DEALS);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(CptQuery) query = create_query (&fixture, "name", "{\"field\":\"amount\",\"op\":\"is-not-empty\"}");
      CptGrouping grouping = parse (&fixture, texts[i]);
      g_autofree char *text = cpt_grouping_format (&grouping);
      g_autoptr(GError) error = NULL;
      g_autoptr(CptSections) sections = cpt_sections_read (fixture.database, query, &grouping, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, texts[i]);
      assert_sections (&fixture, query, &grouping, sections);
    }
  query_fixture_tear_down (&fixture);
}

/* Two threads read them where numbers of rows are far apart. */
static void
test_far_apart (void)
{
  static const char *const texts[] = { "stage", "source", "organisation.country", "closed_on:month", "x_boolean", "x_choice", "name" };
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 37, 20);
  query_fixture_spread_deals (&fixture, 80);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(CptQuery) query = create_query (&fixture, "name", i % 2 == 0 ? NULL : "{\"field\":\"amount\",\"op\":\"is-not-empty\"}");
      CptGrouping grouping = parse (&fixture, texts[i / 2]);
      g_autoptr(GError) error = NULL;
      g_autoptr(CptSections) sections = cpt_sections_read (fixture.database, query, &grouping, &error);

      g_assert_no_error (error);
      assert_sections (&fixture, query, &grouping, sections);
    }
  query_fixture_tear_down (&fixture);
}

/* Stages stand by position, whatever they are called; those without one last */
static void
test_order (void)
{
  QueryFixture fixture;
  g_autoptr(CptQuery) query = NULL;
  g_autoptr(CptSections) sections = NULL;
  CptGrouping grouping;
  gint64 last = G_MININT64;

  query_fixture_set_up (&fixture, 33, N_DEALS);
  query = create_query (&fixture, "name", NULL);
  grouping = parse (&fixture, "stage");
  sections = cpt_sections_read (fixture.database, query, &grouping, NULL);
  g_assert_cmpuint (sections->list->len, >, 2);
  for (guint i = 0; i < sections->list->len; i++)
    {
      const CptSection *section = g_ptr_array_index (sections->list, i);
      g_autoptr(CptRecord) stage = NULL;
      gint64 position;

      if (cpt_value_is_null (&section->value))
        {
          g_assert_cmpuint (i, ==, sections->list->len - 1);
          g_assert_cmpstr (section->label, ==, "(empty)");
          continue;
        }
      stage = cpt_database_load (fixture.database, fixture.stage, &section->value.id, NULL);
      if (stage == NULL || stage->in_trash)
        continue;
      position = cpt_record_get (stage, cpt_entity_find_field (fixture.stage, "position"))->integer;
      g_assert_cmpint (position, >=, last);
      last = position;
    }
  query_fixture_tear_down (&fixture);
}

static void
note_row (GArray *changed,
          gint64  row)
{
  for (guint i = 0; i < changed->len; i++)
    if (g_array_index (changed, gint64, i) == row)
      return;
  g_array_append_val (changed, row);
}

/* Notes the rows that are not as they were */
static void
change_one (QueryFixture *fixture,
            GArray       *changed)
{
  guint which = (guint) g_rand_int_range (fixture->random, 0, (int) fixture->deals->len);
  const CptUuid *id = &g_array_index (fixture->deals, CptUuid, which);
  g_autoptr(CptRecord) stored = cpt_database_load (fixture->database, fixture->deal, id, NULL);
  g_autoptr(CptRecord) other = query_fixture_random_record (fixture, fixture->deal);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_SYNC, NULL);
  g_autoptr(CptRecord) after = NULL;
  guint kind = (guint) g_rand_int_range (fixture->random, 0, 8);

  if (kind == 0)
    {
      if (stored->in_trash)
        cpt_transaction_restore (transaction, fixture->deal, id);
      else
        cpt_transaction_delete (transaction, fixture->deal, id);
    }
  for (guint i = 0; kind > 0 && !stored->in_trash && i < fixture->deal->n_fields; i++)
    if (g_rand_int_range (fixture->random, 0, 4) == 0)
      cpt_transaction_set (transaction, fixture->deal, id, fixture->deal->fields[i],
                           cpt_record_get (other, fixture->deal->fields[i]));
  query_fixture_commit (fixture, transaction);

  after = cpt_database_load (fixture->database, fixture->deal, id, NULL);
  note_row (changed, stored->row);
  note_row (changed, after->row);
}

static void
test_update (void)
{
  static const char *const texts[] = { "stage", "-closed_on:month", "source", "owner", "tags", "amount" };
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 34, 60);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(CptQuery) query = create_query (&fixture, "-amount", i % 2 == 0 ? NULL : "{\"field\":\"name\",\"op\":\"is-not-empty\"}");
      CptGrouping grouping = parse (&fixture, texts[i]);
      g_autoptr(CptSections) sections = cpt_sections_read (fixture.database, query, &grouping, NULL);

      for (guint j = 0; j < 12; j++)
        {
          g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
          g_autoptr(GError) error = NULL;
          CptSections *after;

          for (guint k = 0; k <= j % 3; k++)
            change_one (&fixture, changed);
          after = cpt_sections_update (fixture.database, query, &grouping, sections, changed, &error);
          g_assert_no_error (error);
          assert_sections (&fixture, query, &grouping, after);
          cpt_sections_unref (sections);
          sections = after;
        }
    }
  query_fixture_tear_down (&fixture);
}

static void
forget_answers (QueryFixture *fixture)
{
  g_autoptr(CptAggregateCache) cache = cpt_aggregate_cache_new ();

  cpt_database_set_aggregates (fixture->database, cache);
}

static void
assert_same_totals (CptTotals *a,
                    CptTotals *b,
                    gint64     key,
                    guint      n_totals)
{
  for (guint i = 0; i < n_totals; i++)
    {
      g_autofree char *one = cpt_totals_dup_text (a, key, i);
      g_autofree char *other = cpt_totals_dup_text (b, key, i);

      g_assert_cmpstr (one, ==, other);
    }
}

/* What all records come to is the same whether they are grouped or not, and
 * what groups come to whether it is asked for with them or afterwards */
static void
check_totals (QueryFixture *fixture,
              const char   *grouping_text,
              const char   *filter)
{
  static const char *const texts[] = { "probability:max", "amount:sum", "amount:avg", "amount:min", "closed_on:count",
                                       "amount:median", "x_integer:sum" };
  g_autoptr(CptQuery) query = create_query (fixture, "name", filter);
  CptGrouping grouping = parse (fixture, grouping_text);
  CptTotal totals[G_N_ELEMENTS (texts)];
  g_autoptr(CptSections) sections = NULL;
  g_autoptr(CptTotals) with_groups = NULL;
  g_autoptr(CptTotals) grouped = NULL;
  g_autoptr(CptTotals) plain = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_true (cpt_total_parse (fixture->schema, fixture->deal, texts[i], &totals[i], NULL));

  forget_answers (fixture);
  sections = cpt_sections_read_with_totals (fixture->database, query, &grouping, totals, G_N_ELEMENTS (totals), &error);
  g_assert_no_error (error);
  assert_sections (fixture, query, &grouping, sections);
  with_groups = cpt_totals_read (fixture->database, query, &grouping, totals, G_N_ELEMENTS (totals), &error);
  g_assert_no_error (error);
  forget_answers (fixture);
  grouped = cpt_totals_read (fixture->database, query, &grouping, totals, G_N_ELEMENTS (totals), &error);
  g_assert_no_error (error);
  forget_answers (fixture);
  plain = cpt_totals_read (fixture->database, query, NULL, totals, G_N_ELEMENTS (totals), &error);
  g_assert_no_error (error);

  assert_same_totals (with_groups, plain, 0, G_N_ELEMENTS (totals));
  assert_same_totals (grouped, plain, 0, G_N_ELEMENTS (totals));
  for (guint i = 0; i < sections->list->len; i++)
    assert_same_totals (with_groups, grouped, ((CptSection *) g_ptr_array_index (sections->list, i))->key, G_N_ELEMENTS (totals));
}

static void
test_totals (void)
{
  static const char *const groupings[] = { "stage", "source", "closed_on:month", "x_boolean", "tags", "organisation.country", "name" };
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 36, 40);
  query_fixture_spread_deals (&fixture, 60);
  for (guint i = 0; i < G_N_ELEMENTS (groupings); i++)
    {
      check_totals (&fixture, groupings[i], NULL);
      check_totals (&fixture, groupings[i], "{\"field\":\"name\",\"op\":\"is-not-empty\"}");
    }
  query_fixture_tear_down (&fixture);
}

/* What no door lets in, as another program may have written it */
static void
test_empty_text (void)
{
  QueryFixture fixture;
  g_autoptr(CptQuery) query = NULL;
  g_autoptr(CptSections) sections = NULL;
  g_autoptr(GError) error = NULL;
  CptGrouping grouping;

  query_fixture_set_up (&fixture, 36, 5);
  g_assert_true (cpt_database_exec (fixture.database, "UPDATE deal SET lost_reason = ''", &error));
  query = create_query (&fixture, "name", NULL);
  grouping = parse (&fixture, "lost_reason");
  sections = cpt_sections_read (fixture.database, query, &grouping, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sections->list->len, ==, 1);
  query_fixture_tear_down (&fixture);
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *text;
    CptError code;
  } cases[] = {
    { "", CPT_ERROR_NOT_FOUND },
    { "nothing", CPT_ERROR_NOT_FOUND },
    { "stage:month", CPT_ERROR_INVALID },
    { "closed_on:", CPT_ERROR_INVALID },
    { "closed_on:decade", CPT_ERROR_INVALID },
  };
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 35, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      CptGrouping grouping;

      g_assert_false (cpt_grouping_parse (fixture.schema, fixture.deal, cases[i].text, &grouping, &error));
      g_assert_error (error, CPT_ERROR, (int) cases[i].code);
    }
  query_fixture_tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sections/groups-by-every-field-that-can-be-asked-for", test_every_field);
  g_test_add_func ("/sections/groups-through-links-and-by-dates", test_through_links);
  g_test_add_func ("/sections/are-read-by-two-threads", test_far_apart);
  g_test_add_func ("/sections/stand-in-the-order-of-the-field", test_order);
  g_test_add_func ("/sections/follow-changes-of-records", test_update);
  g_test_add_func ("/sections/total-the-same-as-all-records", test_totals);
  g_test_add_func ("/sections/stand-an-empty-text", test_empty_text);
  g_test_add_func ("/sections/refuses-what-is-no-grouping", test_refusals);

  return g_test_run ();
}
