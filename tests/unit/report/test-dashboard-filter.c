/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the filters of a dashboard mean to each widget. */
#include "config.h"

#include <string.h>

#include "cpt-dashboard-filter.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-question-filter.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = text != NULL ? cpt_json_parse (text, -1, &error) : NULL;

  g_assert_no_error (error);

  return node;
}

typedef struct
{
  const char *entity; /* that is counted */
  const char *source;
  const char *field;
  const char *path; /* (nullable): what is expected */
} Way;

static const Way ways[] = {
  /* The same kind of record */
  { "deal", "deal", "owner", "owner" },
  { "deal", "deal", "organisation.country", "organisation.country" },
  /* On the way of the path */
  { "organisation", "deal", "organisation.country", "country" },
  { "user", "deal", "owner.team", "team" },
  { "team", "deal", "owner.team", "id" },
  { "organisation", "deal", "organisation", "id" },
  /* The same meaning, by whatever name */
  { "lead", "deal", "owner", "owner" },
  { "task", "deal", "owner", "assignee" },
  { "activity", "deal", "owner.team", "owner.team" },
  { "task", "deal", "owner.team", "assignee.team" },
  { "contact", "deal", "organisation.country", "organisation.country" },
  { "lead", "deal", "source", "source" },
  { "contact", "lead", "source", "source" },
  { "organisation", "contact", "tags", "tags" },
  { "contact", "organisation", "tags", "organisation.tags" },
  { "task", "deal", "created_at", "created_at" },
  /* Behind a link */
  { "deal", "organisation", "country", "organisation.country" },
  { "activity", "deal", "stage", "deal.stage" },
  { "task", "deal", "product", "deal.product" },
  { "deal", "user", "team", "owner.team" },
  { "deal", "contact", "language", "contact.language" },
  { "deal", "team", "name", "owner.team.name" },
  { "lead", "deal", "stage", "converted_deal.stage" },
  /* Nothing */
  { "organisation", "deal", "stage", NULL },
  { "activity", "deal", "source", "deal.source" },
  { "product", "deal", "owner", NULL },
  { "activity", "product", "family", NULL },
  { "lead", "organisation", "country", NULL },
  { "deal", "lead", "name", NULL },
  { "task", "lead", "status", "lead.status" },
  { "deal", "deal", "gone", NULL },
  { "deal", "unicorn", "owner", NULL },
  { "deal", "deal", "owner.gone", NULL },
};

static void
test_maps_by_meaning (void)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *path = cpt_question_map_path (schema, cpt_schema_find_entity (schema, ways[i].entity), ways[i].source,
                                                     ways[i].field);

      if (g_strcmp0 (path, ways[i].path) != 0)
        g_error ("%s.%s for %s is %s, not %s", ways[i].source, ways[i].field, ways[i].entity, path, ways[i].path);
    }
}

typedef struct
{
  const char *name;
  const char *date; /* (nullable) */
  gboolean is_named;
  const char *question;
  const char *filters; /* (nullable) */
  const char *filtered;
  const char *left_out; /* labels with commas */
} Case;

#define IN_2026 "{\"from\":\"2026-01-01\",\"to\":\"2026-12-31\"}"
#define PERIOD "[{\"period\":" IN_2026 "}]"
#define ALL "[{\"period\":\"all\"}]"
#define WITHIN(period) "{\"field\":\"closed_on\",\"op\":\"within\",\"value\":" period "}"
#define WEB "{\"field\":\"source\",\"op\":\"is\",\"value\":\"website\"}"
#define FROM_WEB "[{\"source\":\"lead\",\"field\":\"source\",\"op\":\"is\",\"value\":\"website\"}]"

static const Case cases[] = {
  { "nothing", "closed_on", TRUE, "{\"metric\":\"revenue_won\"}", NULL, "{\"metric\":\"revenue_won\"}", "" },
  { "offered", "closed_on", TRUE, "{\"metric\":\"revenue_won\"}",
    "[{\"period\":null},{\"source\":\"deal\",\"field\":\"owner\"}]", "{\"metric\":\"revenue_won\"}", "" },
  { "period of a metric", "closed_on", TRUE, "{\"metric\":\"revenue_won\"}", PERIOD,
    "{\"metric\":\"revenue_won\",\"period\":" IN_2026 "}", "" },
  { "its own is overruled, what it compares with is kept", "closed_on", TRUE,
    "{\"metric\":\"revenue_won\",\"period\":{\"this\":\"month\"},\"compare\":\"year\"}", PERIOD,
    "{\"compare\":\"year\",\"metric\":\"revenue_won\",\"period\":" IN_2026 "}", "" },
  { "all time has nothing to compare with", "closed_on", TRUE,
    "{\"metric\":\"revenue_won\",\"period\":{\"this\":\"month\"},\"compare\":\"year\"}", ALL, "{\"metric\":\"revenue_won\"}", "" },
  { "a metric without a date", NULL, TRUE, "{\"metric\":\"x\"}", PERIOD, "{\"metric\":\"x\"}", "Period" },
  { "the last period counts", "closed_on", TRUE, "{\"metric\":\"x\"}",
    "[{\"period\":{\"this\":\"month\"}},{\"period\":null},{\"period\":{\"this\":\"year\"}}]",
    "{\"metric\":\"x\",\"period\":{\"this\":\"year\"}}", "" },
  { "what is no period", "closed_on", TRUE, "{\"metric\":\"x\",\"period\":{\"this\":\"month\"}}", "[{\"period\":{\"this\":\"aeon\"}}]",
    "{\"metric\":\"x\",\"period\":{\"this\":\"month\"}}", "Period" },
  { "own measures, comparing", "closed_on", FALSE,
    "{\"source\":\"deal\",\"compare\":{\"field\":\"closed_on\",\"period\":{\"this\":\"month\"},\"with\":\"year\"}}", PERIOD,
    "{\"compare\":{\"field\":\"closed_on\",\"period\":" IN_2026 ",\"with\":\"year\"},\"source\":\"deal\"}", "" },
  { "own measures, comparing, all time", "closed_on", FALSE,
    "{\"source\":\"deal\",\"compare\":{\"field\":\"closed_on\",\"period\":{\"this\":\"month\"},\"with\":\"year\"}}", ALL,
    "{\"source\":\"deal\"}", "" },
  { "own measures, within", "closed_on", FALSE, "{\"source\":\"deal\",\"where\":" WITHIN ("{\"last\":30,\"unit\":\"day\"}") "}", PERIOD,
    "{\"source\":\"deal\",\"where\":" WITHIN (IN_2026) "}", "" },
  { "own measures, within among others", "closed_on", FALSE,
    "{\"source\":\"deal\",\"where\":{\"all\":[" WEB "," WITHIN ("{\"last\":30,\"unit\":\"day\"}") "]}}", PERIOD,
    "{\"source\":\"deal\",\"where\":{\"all\":[" WEB "," WITHIN (IN_2026) "]}}", "" },
  { "own measures, within, all time", "closed_on", FALSE,
    "{\"source\":\"deal\",\"where\":{\"all\":[" WEB "," WITHIN ("{\"last\":30,\"unit\":\"day\"}") "]}}", ALL,
    "{\"source\":\"deal\",\"where\":{\"all\":[" WEB ",{\"all\":[]}]}}", "" },
  { "own measures by month", "closed_on", FALSE,
    "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"closed_on\",\"bucket\":\"month\"}]}", PERIOD,
    "{\"dimensions\":[{\"bucket\":\"month\",\"field\":\"closed_on\"}],\"source\":\"deal\",\"where\":{\"all\":[" WITHIN (IN_2026) "]}}", "" },
  { "own measures by another date", "opened_on", FALSE,
    "{\"date\":\"opened_on\",\"source\":\"deal\",\"where\":" WITHIN ("{\"last\":30,\"unit\":\"day\"}") "}", PERIOD,
    "{\"date\":\"opened_on\",\"source\":\"deal\",\"where\":{\"all\":[" WITHIN ("{\"last\":30,\"unit\":\"day\"}") ","
                                                                                                                 "{\"field\":\"opened_on\",\"op\":\"within\",\"value\":" IN_2026 "}]}}",
    "" },
  { "own measures, comparing, by another date", "opened_on", FALSE,
    "{\"source\":\"deal\",\"compare\":{\"field\":\"closed_on\",\"period\":{\"this\":\"month\"},\"with\":\"year\"}}", PERIOD,
    "{\"compare\":{\"field\":\"opened_on\",\"period\":" IN_2026 ",\"with\":\"year\"},\"source\":\"deal\"}", "" },
  { "own measures without a date", NULL, FALSE, "{\"source\":\"deal\"}", PERIOD, "{\"source\":\"deal\"}", "Period" },
  { "without a date it is all time already", NULL, FALSE, "{\"source\":\"deal\"}", ALL, "{\"source\":\"deal\"}", "" },
  { "a condition", NULL, FALSE, "{\"source\":\"deal\"}", FROM_WEB, "{\"source\":\"deal\",\"where\":{\"all\":[" WEB "]}}", "" },
  { "beside what is asked", NULL, FALSE, "{\"source\":\"deal\",\"where\":{\"any\":[" WEB "]}}", FROM_WEB,
    "{\"source\":\"deal\",\"where\":{\"all\":[{\"any\":[" WEB "]}," WEB "]}}", "" },
  { "null is no condition", NULL, FALSE, "{\"source\":\"deal\",\"where\":null}", FROM_WEB,
    "{\"source\":\"deal\",\"where\":{\"all\":[" WEB "]}}", "" },
  { "a choice that there is not", NULL, FALSE, "{\"source\":\"deal\"}",
    "[{\"source\":\"lead\",\"field\":\"source\",\"op\":\"within\",\"value\":{\"this\":\"year\"}}]", "{\"source\":\"deal\"}", "Source" },
  { "an unknown operator", NULL, FALSE, "{\"source\":\"deal\"}", "[{\"source\":\"deal\",\"field\":\"source\",\"op\":\"smells\"}]",
    "{\"source\":\"deal\"}", "Source" },
  { "a field that is gone", NULL, FALSE, "{\"source\":\"deal\"}",
    "[{\"source\":\"deal\",\"field\":\"region\",\"op\":\"is\",\"value\":\"West\"},{\"period\":" IN_2026 "}]",
    "{\"source\":\"deal\"}", "Period, region" },
  { "an empty list of filters", NULL, FALSE, "{\"source\":\"deal\"}", "[]", "{\"source\":\"deal\"}", "" },
};

static void
test_filters_questions (void)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *date = g_strdup (cases[i].date);
      CptQuestionSubject subject = { cpt_schema_find_entity (schema, "deal"), date, cases[i].is_named };
      g_autoptr(JsonNode) question = parse (cases[i].question);
      g_autoptr(JsonNode) filters = parse (cases[i].filters);
      g_autoptr(GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *before = cpt_json_format_canonical (question);
      g_autoptr(JsonNode) filtered = cpt_question_filter (schema, &subject, question, filters, left_out);
      g_autofree char *after = cpt_json_format_canonical (question);
      g_autofree char *text = cpt_json_format_canonical (filtered);
      g_autoptr(JsonNode) node = parse (cases[i].filtered);
      g_autofree char *expected = cpt_json_format_canonical (node);
      g_autofree char *labels = NULL;

      g_test_message ("%s", cases[i].name);
      g_ptr_array_add (left_out, NULL);
      labels = g_strjoinv (", ", (char **) left_out->pdata);
      g_assert_cmpstr (text, ==, expected);
      g_assert_cmpstr (labels, ==, cases[i].left_out);
      g_assert_cmpstr (after, ==, before);
    }
}

static void
test_breaks_down (void)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  const CptEntity *deal = cpt_schema_find_entity (schema, "deal");
  g_autoptr(JsonNode) question = parse ("{\"metric\":\"revenue_won\",\"period\":{\"this\":\"year\"},\"compare\":\"year\","
                                        "\"dimensions\":[{\"field\":\"owner\"},{\"bucket\":\"month\"}],\"limit\":5,"
                                        "\"order\":[{\"dimension\":1}],\"having\":[]}");
  g_autoptr(GPtrArray) web = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_filter_unref);
  g_autoptr(GPtrArray) spring = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_filter_unref);
  g_autoptr(JsonNode) by_source = NULL;
  g_autoptr(JsonNode) by_month = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_ptr_array_add (web, cpt_filter_parse (schema, deal, WEB, NULL));
  g_ptr_array_add (spring, cpt_filter_parse (schema, deal, WITHIN (IN_2026), NULL));
  by_source = cpt_question_break_down (question, web, "product", CPT_BUCKET_NONE, FALSE);
  by_month = cpt_question_break_down (question, spring, "opened_on", CPT_BUCKET_MONTH, FALSE);
  first = cpt_json_format_canonical (by_source);
  second = cpt_json_format_canonical (by_month);
  g_assert_cmpstr (first, ==,
                   "{\"compare\":\"year\",\"dimensions\":[{\"field\":\"product\"}],\"limit\":25,\"metric\":\"revenue_won\","
                   "\"order\":[{\"descending\":true,\"measure\":0}],\"period\":{\"this\":\"year\"},\"where\":{\"all\":[" WEB "]}}");
  g_assert_cmpstr (second, ==,
                   "{\"dimensions\":[{\"bucket\":\"month\",\"field\":\"opened_on\",\"fill\":true}],\"metric\":\"revenue_won\","
                   "\"period\":{\"this\":\"year\"},\"where\":{\"all\":[{\"any\":[" WITHIN (IN_2026) "]}]}}");
}

static void
test_marks_become_filters (void)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  const CptEntity *deal = cpt_schema_find_entity (schema, "deal");
  g_autoptr(GPtrArray) conditions = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_filter_unref);
  g_autoptr(JsonNode) filters = NULL;
  g_autofree char *text = NULL;

  g_assert_null (cpt_dashboard_filters_new_for_conditions (conditions));
  g_ptr_array_add (conditions, cpt_filter_parse (schema, deal, WEB, NULL));
  g_ptr_array_add (conditions, cpt_filter_parse (schema, deal, WITHIN (IN_2026), NULL));
  filters = cpt_dashboard_filters_new_for_conditions (conditions);
  text = cpt_json_format_canonical (filters);
  g_assert_cmpstr (text, ==,
                   "[{\"field\":\"source\",\"op\":\"is\",\"source\":\"deal\",\"value\":\"website\"},{\"period\":" IN_2026 "}]");
}

static void
test_list_is_set_and_found (void)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  g_autoptr(JsonNode) none = NULL;
  g_autoptr(JsonNode) one = NULL;
  g_autoptr(JsonNode) two = NULL;
  g_autoptr(JsonNode) again = NULL;
  g_autoptr(JsonObject) period = cpt_dashboard_filter_new_period (NULL);
  g_autoptr(JsonObject) offered = cpt_dashboard_filter_new_offered ("deal", "owner.team");
  g_autofree char *label = NULL;
  CptDashboardFilter filter;

  one = cpt_dashboard_filters_set (NULL, -1, period);
  two = cpt_dashboard_filters_set (one, -1, offered);
  g_assert_cmpuint (cpt_dashboard_filters_count (two), ==, 2);
  g_assert_cmpint (cpt_dashboard_filters_find (two, NULL, NULL), ==, 0);
  g_assert_cmpint (cpt_dashboard_filters_find (two, "deal", "owner.team"), ==, 1);
  g_assert_cmpint (cpt_dashboard_filters_find (two, "deal", "owner"), ==, -1);
  cpt_dashboard_filters_get (two, 1, &filter);
  g_assert_false (cpt_dashboard_filter_is_on (&filter));
  label = cpt_dashboard_filter_dup_label (&filter, schema);
  g_assert_cmpstr (label, ==, "Owner › Team");

  again = cpt_dashboard_filters_set (two, 1, NULL);
  g_assert_true (cpt_dashboard_filters_equal (again, one));
  none = cpt_dashboard_filters_set (again, 0, NULL);
  g_assert_null (none);
  g_assert_true (cpt_dashboard_filters_equal (none, NULL));
}

static void
test_says_what_is_on (void)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  g_autoptr(JsonNode) filters = parse ("[{\"period\":{\"this\":\"year\"}},{\"source\":\"deal\",\"field\":\"owner\"},"
                                       "{\"source\":\"lead\",\"field\":\"source\",\"op\":\"is\",\"value\":\"website\"},"
                                       "{\"source\":\"lead\",\"field\":\"gone\",\"op\":\"is\",\"value\":1}]");
  g_autoptr(JsonNode) all = parse (ALL);
  g_autoptr(JsonNode) offered = parse ("[{\"period\":null}]");
  g_autoptr(JsonNode) year = parse (PERIOD);
  g_autofree char *whole = cpt_dashboard_filters_to_sentence (year, schema, NULL);
  g_autofree char *sentence = cpt_dashboard_filters_to_sentence (filters, schema, NULL);
  g_autofree char *all_time = cpt_dashboard_filters_to_sentence (all, schema, NULL);

  g_assert_cmpstr (sentence, ==, "Period: this year · Source is Website");
  g_assert_cmpstr (all_time, ==, "Period: all time");
  g_assert_cmpstr (whole, ==, "Period: 2026");
  g_assert_null (cpt_dashboard_filters_to_sentence (offered, schema, NULL));
}

/* Stored with the dashboard: kept as it is, or refused with the place */
static void
test_definition (void)
{
  static const char *const refused[] = {
    "{}",
    "[1]",
    "[{}]",
    "[{\"period\":7}]",
    "[{\"period\":\"some\"}]",
    "[{\"source\":\"deal\"}]",
    "[{\"source\":\"deal\",\"field\":2}]",
    "[{\"source\":\"deal\",\"field\":\"owner\",\"op\":[]}]",
  };
  static const char *const kept = "{\"filters\":[{\"new\":[1],\"period\":{\"this\":\"year\"}},{\"field\":\"gone\",\"source\":\"deal\"}],"
                                  "\"title\":\"\",\"version\":1,\"widgets\":[]}";
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_parse (kept, -1, &error);
  g_autoptr(CptDashboard) copy = NULL;
  g_autoptr(CptDashboard) empty = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GString) many = g_string_new ("{\"version\":1,\"filters\":[{\"period\":null}");

  g_assert_no_error (error);
  copy = cpt_dashboard_copy (dashboard);
  text = cpt_dashboard_format (copy);
  g_assert_cmpstr (text, ==, kept);
  empty = cpt_dashboard_parse ("{\"version\":1,\"filters\":[]}", -1, &error);
  g_assert_no_error (error);
  g_assert_null (empty->filters);

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *definition = g_strdup_printf ("{\"version\":1,\"filters\":%s}", refused[i]);
      g_autoptr(GError) problem = NULL;

      g_assert_null (cpt_dashboard_parse (definition, -1, &problem));
      g_assert_error (problem, CPT_ERROR, CPT_ERROR_PARSE);
    }
  for (guint i = 0; i < CPT_DASHBOARD_MAX_FILTERS; i++)
    g_string_append (many, ",{\"period\":null}");
  g_string_append (many, "]}");
  g_assert_null (cpt_dashboard_parse (many->str, -1, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dashboard-filter/maps-by-meaning", test_maps_by_meaning);
  g_test_add_func ("/dashboard-filter/filters-questions", test_filters_questions);
  g_test_add_func ("/dashboard-filter/breaks-down", test_breaks_down);
  g_test_add_func ("/dashboard-filter/marks-become-filters", test_marks_become_filters);
  g_test_add_func ("/dashboard-filter/list-is-set-and-found", test_list_is_set_and_found);
  g_test_add_func ("/dashboard-filter/says-what-is-on", test_says_what_is_on);
  g_test_add_func ("/dashboard-filter/definition", test_definition);

  return g_test_run ();
}
