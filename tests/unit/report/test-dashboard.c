/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The content of a dashboard record: what is read, repaired and refused. */
#include "config.h"

#include "cpt-arrangement.h"
#include "cpt-dashboard-change.h"
#include "cpt-dashboard-merge.h"
#include "cpt-error.h"
#include "cpt-json.h"

static void
assert_rect (const CptDashboard *dashboard,
             const char         *id,
             int                 x,
             int                 y,
             int                 w,
             int                 h)
{
  const CptWidget *widget = cpt_dashboard_find_widget (dashboard, id, NULL);

  g_assert_nonnull (widget);
  g_assert_cmpint (widget->item.rect.x, ==, x);
  g_assert_cmpint (widget->item.rect.y, ==, y);
  g_assert_cmpint (widget->item.rect.w, ==, w);
  g_assert_cmpint (widget->item.rect.h, ==, h);
}

static void
test_reads_what_it_wrote (void)
{
  static const char *const text =
    "{\"title\":\"Sales\",\"version\":1,\"widgets\":["
    "{\"h\":3,\"id\":\"a\",\"kind\":\"number\",\"options\":{\"x\":true},\"query\":{\"source\":\"deal\"},"
    "\"title\":\"Won\",\"w\":3,\"x\":0,\"y\":0},"
    "{\"h\":4,\"id\":\"b\",\"kind\":\"bar\",\"pinned\":true,\"title\":\"\",\"w\":6,\"x\":3,\"y\":0}]}";
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_parse (text, -1, &error);
  g_autoptr(CptDashboard) copy = NULL;
  g_autofree char *again = NULL;
  g_autofree char *of_copy = NULL;

  g_assert_no_error (error);
  again = cpt_dashboard_format (dashboard);
  g_assert_cmpstr (again, ==, text);
  copy = cpt_dashboard_copy (dashboard);
  cpt_dashboard_remove_widget (dashboard, "a");
  of_copy = cpt_dashboard_format (copy);
  g_assert_cmpstr (of_copy, ==, text);
}

static void
test_keeps_what_it_does_not_know (void)
{
  static const char *const text =
    "{\"sheets\":[1,2],\"title\":\"\",\"version\":1,\"widgets\":["
    "{\"h\":2,\"id\":\"a\",\"kind\":\"hologram\",\"new\":{\"deep\":[null]},\"title\":\"\",\"w\":2,\"x\":0,\"y\":0}]}";
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_parse (text, -1, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  again = cpt_dashboard_format (dashboard);
  g_assert_cmpstr (again, ==, text);
}

static void
test_repairs_cells (void)
{
  static const char *const text =
    "{\"version\":1,\"widgets\":["
    "{\"id\":\"a\",\"kind\":\"bar\",\"x\":-5,\"y\":-1e300,\"w\":1e300,\"h\":4},"
    "{\"id\":\"b\",\"kind\":\"bar\",\"x\":0,\"y\":0,\"w\":6,\"h\":9007199254740991},"
    "{\"id\":\"c\",\"kind\":\"bar\",\"x\":0,\"y\":0,\"w\":0,\"h\":-4},"
    "{\"id\":\"d\",\"kind\":\"leaderboard\"}]}";
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_parse (text, -1, &error);

  g_assert_no_error (error);
  assert_rect (dashboard, "a", 0, 0, 12, 4);
  assert_rect (dashboard, "b", 0, 4, 6, CPT_GRID_MAX_ROWS);
  assert_rect (dashboard, "c", 0, 104, 2, 3);
  assert_rect (dashboard, "d", 0, 107, 4, 4);
}

static void
test_refuses_what_is_not_a_dashboard (void)
{
  static const struct
  {
    const char *text;
    CptError code;
    const char *part; /* of the message */
  } cases[] = {
    { "", CPT_ERROR_PARSE, "" },
    { "[]", CPT_ERROR_PARSE, "object" },
    { "{}", CPT_ERROR_PARSE, "version" },
    { "{\"version\":0}", CPT_ERROR_PARSE, "version" },
    { "{\"version\":\"1\"}", CPT_ERROR_PARSE, "version" },
    { "{\"version\":2}", CPT_ERROR_TOO_NEW, "newer" },
    { "{\"version\":1,\"title\":7}", CPT_ERROR_PARSE, "title" },
    { "{\"version\":1,\"widgets\":{}}", CPT_ERROR_PARSE, "widgets" },
    { "{\"version\":1,\"widgets\":[7]}", CPT_ERROR_PARSE, "Widget 1" },
    { "{\"version\":1,\"widgets\":[{\"kind\":\"bar\"}]}", CPT_ERROR_PARSE, "id" },
    { "{\"version\":1,\"widgets\":[{\"id\":\"a\"}]}", CPT_ERROR_PARSE, "kind" },
    { "{\"version\":1,\"widgets\":[{\"id\":\"\",\"kind\":\"bar\"}]}", CPT_ERROR_PARSE, "id" },
    { "{\"version\":1,\"widgets\":[{\"id\":\"a\",\"kind\":\"bar\",\"x\":\"0\"}]}", CPT_ERROR_PARSE, "x" },
    { "{\"version\":1,\"widgets\":[{\"id\":\"a\",\"kind\":\"bar\",\"x\":NaN}]}", CPT_ERROR_PARSE, "" },
    { "{\"version\":1,\"widgets\":[{\"id\":\"a\",\"kind\":\"bar\",\"query\":[]}]}", CPT_ERROR_PARSE, "query" },
    { "{\"version\":1,\"widgets\":[{\"id\":\"a\",\"kind\":\"bar\",\"options\":1}]}", CPT_ERROR_PARSE, "options" },
    { "{\"version\":1,\"widgets\":[{\"id\":\"a\",\"kind\":\"bar\"},{\"id\":\"a\",\"kind\":\"bar\"}]}", CPT_ERROR_PARSE, "“a”" },
    { "{\"version\":1,\"widgets\":[{\"id\":\"\xff\",\"kind\":\"bar\"}]}", CPT_ERROR_PARSE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CptDashboard) dashboard = cpt_dashboard_parse (cases[i].text, -1, &error);

      g_assert_error (error, CPT_ERROR, (int) cases[i].code);
      g_assert_null (dashboard);
      if (strstr (error->message, cases[i].part) == NULL)
        g_error ("%s: %s", cases[i].text, error->message);
    }
}

static void
test_refuses_too_many_widgets (void)
{
  g_autoptr(GString) text = g_string_new ("{\"version\":1,\"widgets\":[");
  g_autoptr(CptDashboard) dashboard = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i <= CPT_DASHBOARD_MAX_WIDGETS; i++)
    g_string_append_printf (text, "%s{\"id\":\"%u\",\"kind\":\"bar\"}", i > 0 ? "," : "", i);
  g_string_append (text, "]}");
  dashboard = cpt_dashboard_parse (text->str, (gssize) text->len, &error);
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
  g_assert_null (dashboard);
}

static void
test_widgets_come_and_go (void)
{
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("Sales");
  guint index;

  cpt_dashboard_add_widget (dashboard, "a", "number", "A", NULL, NULL, NULL);
  cpt_dashboard_add_widget (dashboard, "b", "number", "B", NULL, NULL, NULL);
  cpt_dashboard_add_widget (dashboard, "c", "bar", "C", NULL, NULL, &(CptGridRect){ 0, 0, 12, 3 });
  assert_rect (dashboard, "c", 0, 0, 12, 3);
  assert_rect (dashboard, "a", 0, 3, 3, 2);
  assert_rect (dashboard, "b", 3, 3, 3, 2);
  g_assert_nonnull (cpt_dashboard_find_widget (dashboard, "c", &index));
  g_assert_cmpuint (index, ==, 0);

  g_assert_true (cpt_dashboard_move_widget (dashboard, "b", &(CptGridRect){ 9, 0, 3, 2 }));
  assert_rect (dashboard, "b", 9, 0, 3, 2);
  assert_rect (dashboard, "c", 0, 2, 12, 3);
  g_assert_true (cpt_dashboard_remove_widget (dashboard, "b"));
  assert_rect (dashboard, "c", 0, 0, 12, 3);
  g_assert_false (cpt_dashboard_remove_widget (dashboard, "b"));
  g_assert_false (cpt_dashboard_move_widget (dashboard, "b", &(CptGridRect){ 0 }));
  g_assert_cmpuint (cpt_dashboard_get_n_widgets (dashboard), ==, 2);
}

static void
test_a_boxed_value_is_copied (void)
{
  g_auto(GValue) value = G_VALUE_INIT;
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("Sales");

  g_value_init (&value, CPT_TYPE_DASHBOARD);
  g_value_set_boxed (&value, dashboard);
  g_assert_cmpstr (((CptDashboard *) g_value_get_boxed (&value))->title, ==, "Sales");
  g_assert_true (g_value_get_boxed (&value) != dashboard);
}

static const char *const paged =
  "{\"page\":\"Overview\",\"pages\":["
  "{\"new\":7,\"title\":\"Trends\",\"widgets\":[{\"h\":3,\"id\":\"b\",\"kind\":\"number\",\"title\":\"\",\"w\":3,\"x\":0,\"y\":0}]},"
  "{\"title\":\"\",\"widgets\":[]}],"
  "\"title\":\"Sales\",\"version\":1,\"widgets\":[{\"h\":3,\"id\":\"a\",\"kind\":\"number\",\"title\":\"\",\"w\":3,\"x\":0,\"y\":0}]}";

static void
assert_pages (const CptDashboard *dashboard,
              const char         *expected)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < cpt_dashboard_get_n_pages (dashboard); i++)
    {
      g_autofree char *title = cpt_dashboard_dup_page_title (dashboard, i);

      g_string_append_printf (text, "%s%s:", i > 0 ? " " : "", title);
      for (guint j = 0; j < cpt_dashboard_get_n_widgets (dashboard); j++)
        if (cpt_dashboard_get_widget (dashboard, j)->page == i)
          g_string_append (text, cpt_dashboard_get_widget (dashboard, j)->id);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_pages (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_parse (paged, -1, &error);
  g_autoptr(CptDashboard) copy = NULL;
  g_autoptr(CptDashboard) page = NULL;
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  copy = cpt_dashboard_copy (dashboard);
  again = cpt_dashboard_format (copy);
  g_assert_cmpstr (again, ==, paged);
  assert_pages (dashboard, "Overview:a Trends:b Page 3:");

  /* A page by itself, changed and put back */
  page = cpt_dashboard_dup_page (dashboard, 1);
  assert_pages (page, "Page 1:b");
  cpt_dashboard_add_widget (page, "c", "number", "", NULL, NULL, NULL);
  cpt_dashboard_remove_widget (page, "b");
  cpt_dashboard_set_page (dashboard, 1, page);
  assert_pages (dashboard, "Overview:a Trends:c Page 3:");
  assert_rect (dashboard, "a", 0, 0, 3, 3);
  assert_rect (dashboard, "c", 3, 0, 3, 2);
  cpt_dashboard_set_page (dashboard, 2, page);
  cpt_dashboard_remove_widget (dashboard, "c");

  /* Pages come, move and go */
  g_assert_true (cpt_dashboard_add_page (dashboard, "Goals"));
  g_assert_true (cpt_dashboard_move_page (dashboard, 2, 0));
  assert_pages (dashboard, "Page 1:c Overview:a Trends: Goals:");
  g_assert_true (cpt_dashboard_move_page (dashboard, 0, 3));
  assert_pages (dashboard, "Overview:a Trends: Goals: Page 4:c");
  g_assert_false (cpt_dashboard_move_page (dashboard, 0, 4));
  g_assert_true (cpt_dashboard_remove_page (dashboard, 0));
  g_assert_true (cpt_dashboard_remove_page (dashboard, 0));
  g_assert_true (cpt_dashboard_remove_page (dashboard, 0));
  g_assert_false (cpt_dashboard_remove_page (dashboard, 0));
  assert_pages (dashboard, "Page 1:c");
}

static void
test_refuses_wrong_pages (void)
{
  static const char *const wrong[] = {
    "{\"version\":1,\"pages\":7}",
    "{\"version\":1,\"pages\":[7]}",
    "{\"version\":1,\"page\":7}",
    "{\"version\":1,\"pages\":[{\"title\":7}]}",
    "{\"version\":1,\"pages\":[{\"widgets\":[{\"id\":\"a\"}]}]}",
    "{\"version\":1,\"widgets\":[{\"id\":\"a\",\"kind\":\"bar\"}],\"pages\":[{\"widgets\":[{\"id\":\"a\",\"kind\":\"bar\"}]}]}",
  };
  g_autoptr(GString) many = g_string_new ("{\"version\":1,\"pages\":[{}");
  g_autoptr(GError) limit = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (cpt_dashboard_parse (wrong[i], -1, &error));
      g_assert_error (error, CPT_ERROR, CPT_ERROR_PARSE);
    }
  for (guint i = 1; i < CPT_DASHBOARD_MAX_PAGES; i++)
    g_string_append (many, ",{}");
  g_string_append (many, "]}");
  g_assert_null (cpt_dashboard_parse (many->str, -1, &limit));
  g_assert_error (limit, CPT_ERROR, CPT_ERROR_LIMIT);
}

/* ---- arrangements ---- */

static CptDashboard *
create_three (void)
{
  static const char *const text = "{\"version\":1,\"title\":\"Board\",\"widgets\":["
                                  "{\"id\":\"a\",\"kind\":\"bar\",\"title\":\"A\",\"x\":0,\"y\":0,\"w\":6,\"h\":4},"
                                  "{\"id\":\"b\",\"kind\":\"bar\",\"title\":\"B\",\"x\":6,\"y\":0,\"w\":6,\"h\":4},"
                                  "{\"id\":\"c\",\"kind\":\"bar\",\"title\":\"C\",\"x\":0,\"y\":4,\"w\":6,\"h\":4}]}";

  return cpt_dashboard_parse (text, -1, NULL);
}

static void
assert_place (const CptDashboard *self,
              const char         *id,
              int                 x,
              int                 y)
{
  const CptWidget *widget = cpt_dashboard_find_widget (self, id, NULL);

  g_assert_nonnull (widget);
  g_assert_cmpint (widget->item.rect.x, ==, x);
  g_assert_cmpint (widget->item.rect.y, ==, y);
}

static void
set_title (CptDashboard *self,
           const char   *id,
           const char   *title)
{
  CptWidget *widget = cpt_dashboard_find_widget (self, id, NULL);

  g_free (widget->title);
  widget->title = g_strdup (title);
}

static void
test_own_arrangement (void)
{
  g_autoptr(CptDashboard) shared = create_three ();
  g_autoptr(CptDashboard) arranged = cpt_dashboard_copy (shared);
  g_autoptr(CptDashboard) own = NULL;
  g_autoptr(CptDashboard) back = NULL;
  g_autoptr(CptDashboard) grown = NULL;
  g_autoptr(JsonNode) layout = NULL;
  g_autofree char *before = cpt_dashboard_format (shared);
  g_autofree char *after = NULL;

  cpt_dashboard_move_widget (arranged, "a", &(CptGridRect){ 6, 0, 6, 4 });
  cpt_dashboard_remove_widget (arranged, "c");
  layout = cpt_arrangement_new (arranged, shared);
  g_assert_true (cpt_arrangement_check (layout, NULL));
  own = cpt_arrangement_apply (shared, layout);
  g_assert_cmpuint (cpt_dashboard_get_n_widgets (own), ==, 2);
  assert_place (own, "a", 6, 0);

  /* Nothing of it reaches the others: neither where it is nor what is hidden */
  back = cpt_arrangement_share (shared, own);
  after = cpt_dashboard_format (back);
  g_assert_cmpstr (after, ==, before);

  /* What stands in it does, and what is new stands at the end */
  set_title (own, "a", "Changed");
  cpt_dashboard_add_widget (own, "d", "bar", "D", NULL, NULL, NULL);
  g_clear_pointer (&back, cpt_dashboard_free);
  back = cpt_arrangement_share (shared, own);
  g_assert_cmpuint (cpt_dashboard_get_n_widgets (back), ==, 4);
  g_assert_cmpstr (cpt_dashboard_find_widget (back, "a", NULL)->title, ==, "Changed");
  assert_place (back, "a", 0, 0);

  /* What others add comes below her own */
  grown = cpt_dashboard_copy (shared);
  cpt_dashboard_add_widget (grown, "e", "bar", "E", NULL, NULL, &(CptGridRect){ 0, 0, 12, 2 });
  g_clear_pointer (&own, cpt_dashboard_free);
  own = cpt_arrangement_apply (grown, layout);
  assert_place (own, "a", 6, 0);
  g_assert_cmpint (cpt_dashboard_find_widget (own, "e", NULL)->item.rect.y, >=, 4);
}

static void
test_refuses_wrong_arrangements (void)
{
  static const char *const wrong[] = {
    "[]", "{\"places\":[]}", "{\"places\":{\"a\":7}}", "{\"places\":{\"a\":{\"x\":1,\"y\":1,\"w\":1}}}",
    "{\"hidden\":{}}", "{\"hidden\":[1]}", "{\"places\":{\"a\":{\"x\":\"1\",\"y\":1,\"w\":1,\"h\":1}}}",
  };
  g_autoptr(CptDashboard) shared = create_three ();
  g_autofree char *before = cpt_dashboard_format (shared);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(JsonNode) layout = cpt_json_parse (wrong[i], -1, NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(CptDashboard) own = NULL;
      g_autofree char *after = NULL;

      g_assert_false (cpt_arrangement_check (layout, &error));
      g_assert_error (error, CPT_ERROR, CPT_ERROR_PARSE);
      own = cpt_arrangement_apply (shared, layout);
      after = cpt_dashboard_format (own);
      g_assert_cmpstr (after, ==, before);
    }
}

/* Places that overlap, or lie outside, are brought in order */
static void
test_wild_arrangements_are_repaired (void)
{
  g_autoptr(CptDashboard) shared = create_three ();
  g_autoptr(JsonNode) layout = cpt_json_parse ("{\"places\":{\"a\":{\"x\":-9,\"y\":-9,\"w\":900,\"h\":0},"
                                               "\"b\":{\"x\":0,\"y\":0,\"w\":12,\"h\":4},\"gone\":{\"x\":0,\"y\":0,\"w\":1,\"h\":1}},"
                                               "\"hidden\":[\"nobody\"]}",
                                               -1, NULL);
  g_autoptr(CptDashboard) own = cpt_arrangement_apply (shared, layout);

  g_assert_cmpuint (cpt_dashboard_get_n_widgets (own), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const CptGridRect *rect = &cpt_dashboard_get_widget (own, i)->item.rect;

      g_assert_cmpint (rect->x, >=, 0);
      g_assert_cmpint (rect->x + rect->w, <=, CPT_GRID_COLUMNS);
      g_assert_cmpint (rect->h, >=, 1);
    }
}

static CptDashboard *
merge (const CptDashboard *base,
       const CptDashboard *mine,
       const CptDashboard *theirs)
{
  g_autoptr(GError) error = NULL;
  CptDashboard *merged = cpt_dashboard_merge (base, mine, theirs, &error);

  g_assert_no_error (error);
  g_assert_nonnull (merged);

  return merged;
}

/* Where a widget is: the title of its page */
static void
assert_page (const CptDashboard *dashboard,
             const char         *id,
             const char         *title)
{
  const CptWidget *widget = cpt_dashboard_find_widget (dashboard, id, NULL);
  g_autofree char *found = NULL;

  g_assert_nonnull (widget);
  found = cpt_dashboard_dup_page_title (dashboard, widget->page);
  g_assert_cmpstr (found, ==, title);
}

/* A widget on each of four pages, with the letter of its page */
static CptDashboard *
create_pages (void)
{
  static const char *const ids[] = { "a", "b", "c", "d" };
  CptDashboard *dashboard = cpt_dashboard_new ("Pages");

  cpt_dashboard_set_page_title (dashboard, 0, "A");
  for (guint i = 1; i < 4; i++)
    {
      const char title[] = { (char) ('A' + i), '\0' };

      cpt_dashboard_add_page (dashboard, title);
    }
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(CptDashboard) page = cpt_dashboard_dup_page (dashboard, i);

      cpt_dashboard_add_widget (page, ids[i], "bar", ids[i], NULL, NULL, NULL);
      cpt_dashboard_set_page (dashboard, i, page);
    }

  return dashboard;
}

static void
test_two_edit_pages_at_once (void)
{
  g_autoptr(CptDashboard) base = create_pages ();
  g_autoptr(CptDashboard) mine = cpt_dashboard_copy (base);
  g_autoptr(CptDashboard) theirs = cpt_dashboard_copy (base);
  g_autoptr(CptDashboard) page = NULL;
  g_autoptr(CptDashboard) both = NULL;

  /* She deletes the first page, adds one and a widget; I change one, name another page and filter */
  cpt_dashboard_remove_page (theirs, 0);
  cpt_dashboard_add_page (theirs, "Hers");
  page = cpt_dashboard_dup_page (theirs, 3);
  cpt_dashboard_add_widget (page, "t", "bar", "Theirs", NULL, NULL, NULL);
  cpt_dashboard_set_page (theirs, 3, page);
  set_title (mine, "b", "Mine");
  cpt_dashboard_set_page_title (mine, 2, "Named");
  cpt_dashboard_add_page (mine, "My page");
  mine->filters = cpt_json_parse ("[{\"period\":{\"this\":\"year\"}}]", -1, NULL);
  both = merge (base, mine, theirs);
  g_assert_cmpuint (cpt_dashboard_get_n_pages (both), ==, 5);
  g_assert_null (cpt_dashboard_find_widget (both, "a", NULL));
  assert_page (both, "b", "B");
  assert_page (both, "c", "Named");
  assert_page (both, "d", "D");
  assert_page (both, "t", "Hers");
  g_assert_cmpstr (cpt_dashboard_find_widget (both, "b", NULL)->title, ==, "Mine");
  g_assert_nonnull (both->filters);

  /* The other way round, and with my order of pages */
  g_clear_pointer (&both, cpt_dashboard_free);
  cpt_dashboard_move_page (mine, 3, 0);
  both = merge (base, theirs, mine);
  g_assert_cmpuint (cpt_dashboard_get_n_pages (both), ==, 5);
  assert_page (both, "c", "Named");
  g_assert_cmpuint (cpt_dashboard_find_widget (both, "d", NULL)->page, ==, 0);
  g_clear_pointer (&both, cpt_dashboard_free);
  both = merge (base, mine, theirs);
  g_assert_cmpuint (cpt_dashboard_find_widget (both, "d", NULL)->page, ==, 0);
  assert_page (both, "t", "Hers");

  /* A page that is deleted stays when somebody changed what is on it */
  set_title (mine, "a", "Needed");
  g_clear_pointer (&both, cpt_dashboard_free);
  both = merge (base, mine, theirs);
  assert_page (both, "a", "A");
  g_assert_cmpuint (cpt_dashboard_get_n_pages (both), ==, 6);
}

static void
test_two_edit_at_once (void)
{
  g_autoptr(CptDashboard) base = create_three ();
  g_autoptr(CptDashboard) mine = cpt_dashboard_copy (base);
  g_autoptr(CptDashboard) theirs = cpt_dashboard_copy (base);
  g_autoptr(CptDashboard) both = NULL;
  g_autoptr(CptDashboard) same = NULL;
  g_autofree char *text = NULL;
  g_autofree char *wanted = NULL;

  /* I move one, which moves another; she changes what is in that, adds one and removes one */
  cpt_dashboard_move_widget (mine, "a", &(CptGridRect){ 6, 0, 6, 4 });
  cpt_dashboard_add_widget (mine, "m", "bar", "Mine", NULL, NULL, NULL);
  set_title (theirs, "b", "Hers");
  set_title (theirs, "a", "Hers too");
  cpt_dashboard_add_widget (theirs, "t", "bar", "Theirs", NULL, NULL, NULL);
  cpt_dashboard_remove_widget (theirs, "c");
  both = merge (base, mine, theirs);
  g_assert_cmpuint (cpt_dashboard_get_n_widgets (both), ==, 4);
  g_assert_cmpstr (cpt_dashboard_find_widget (both, "b", NULL)->title, ==, "Hers");
  g_assert_cmpstr (cpt_dashboard_find_widget (both, "a", NULL)->title, ==, "Hers too");
  assert_place (both, "a", 6, 0);
  g_assert_null (cpt_dashboard_find_widget (both, "c", NULL));
  g_assert_nonnull (cpt_dashboard_find_widget (both, "m", NULL));
  g_assert_nonnull (cpt_dashboard_find_widget (both, "t", NULL));

  /* Removed by one, changed by the other: it stays */
  set_title (mine, "c", "Still needed");
  g_clear_pointer (&both, cpt_dashboard_free);
  both = merge (base, mine, theirs);
  g_assert_nonnull (cpt_dashboard_find_widget (both, "c", NULL));

  /* With nobody else it is mine */
  same = merge (base, mine, base);
  text = cpt_dashboard_format (same);
  wanted = cpt_dashboard_format (mine);
  g_assert_cmpstr (text, ==, wanted);

  /* A page that one adds holds what she put on it */
  cpt_dashboard_add_page (theirs, "Second");
  g_clear_pointer (&both, cpt_dashboard_free);
  both = merge (base, mine, theirs);
  g_assert_cmpuint (cpt_dashboard_get_n_pages (both), ==, 2);
}

static void
assert_said (const CptDashboard *before,
             const CptDashboard *after,
             const char         *words)
{
  g_autofree char *text = cpt_dashboard_describe_change (before, after);

  g_assert_cmpstr (text, ==, words);
}

static void
test_changes_are_said (void)
{
  g_autoptr(CptDashboard) before = create_three ();
  g_autoptr(CptDashboard) after = cpt_dashboard_copy (before);

  assert_said (NULL, before, "Made");
  assert_said (before, after, "Changed");
  cpt_dashboard_move_widget (after, "c", &(CptGridRect){ 6, 4, 6, 4 });
  assert_said (before, after, "Widgets moved");
  after->filters = cpt_json_parse ("[{\"period\":{\"this\":\"year\"}}]", -1, NULL);
  assert_said (before, after, "Filters changed");
  set_title (after, "b", "Other");
  assert_said (before, after, "“Other” changed");
  set_title (after, "a", "");
  assert_said (before, after, "2 widgets changed");
  cpt_dashboard_remove_widget (after, "c");
  assert_said (before, after, "“C” removed");
  cpt_dashboard_add_widget (after, "d", "bar", "D", NULL, NULL, NULL);
  assert_said (before, after, "“D” added");
  assert_said (after, before, "“C” added");
  cpt_dashboard_set_page_title (after, 0, "First");
  assert_said (before, after, "Pages renamed or moved");
  cpt_dashboard_add_page (after, "Second");
  assert_said (before, after, "Page added");
  assert_said (after, before, "Page deleted");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dashboard/reads-what-it-wrote", test_reads_what_it_wrote);
  g_test_add_func ("/dashboard/keeps-what-it-does-not-know", test_keeps_what_it_does_not_know);
  g_test_add_func ("/dashboard/repairs-cells", test_repairs_cells);
  g_test_add_func ("/dashboard/refuses-what-is-not-a-dashboard", test_refuses_what_is_not_a_dashboard);
  g_test_add_func ("/dashboard/refuses-too-many-widgets", test_refuses_too_many_widgets);
  g_test_add_func ("/dashboard/widgets-come-and-go", test_widgets_come_and_go);
  g_test_add_func ("/dashboard/a-boxed-value-is-copied", test_a_boxed_value_is_copied);

  g_test_add_func ("/dashboard/pages", test_pages);
  g_test_add_func ("/dashboard/refuses-wrong-pages", test_refuses_wrong_pages);
  g_test_add_func ("/dashboard/own-arrangement", test_own_arrangement);
  g_test_add_func ("/dashboard/refuses-wrong-arrangements", test_refuses_wrong_arrangements);
  g_test_add_func ("/dashboard/wild-arrangements-are-repaired", test_wild_arrangements_are_repaired);
  g_test_add_func ("/dashboard/two-edit-at-once", test_two_edit_at_once);
  g_test_add_func ("/dashboard/two-edit-pages-at-once", test_two_edit_pages_at_once);
  g_test_add_func ("/dashboard/changes-are-said", test_changes_are_said);

  return g_test_run ();
}
