/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workflows as pictures: where connections go, what nodes say, and files of them. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-flow-picture.h"
#include "cpt-json.h"
#include "cpt-workflow-layout.h"

static CptWorkflow *
parse (const char *text)
{
  g_autoptr(JsonNode) node = cpt_json_parse (text, -1, NULL);
  CptWorkflow *workflow = cpt_workflow_parse (node, NULL);

  g_assert_nonnull (workflow);

  return workflow;
}

#define LOOP                                                                                                                \
  "{\"nodes\":["                                                                                                            \
  "{\"id\":\"s\",\"kind\":\"by_hand\",\"x\":0,\"y\":0,\"settings\":{\"entity\":\"deal\"}},"                                 \
  "{\"id\":\"w\",\"kind\":\"wait\",\"x\":0,\"y\":120,\"settings\":{\"for\":{\"amount\":2,\"unit\":\"days\"}}},"             \
  "{\"id\":\"i\",\"kind\":\"if\",\"x\":0,\"y\":240},"                                                                       \
  "{\"id\":\"e\",\"kind\":\"end\",\"x\":0,\"y\":360,\"settings\":{\"label\":\"Done\"}}],"                                   \
  "\"connections\":[{\"from\":\"s\",\"outcome\":\"next\",\"to\":\"w\"},{\"from\":\"w\",\"outcome\":\"next\",\"to\":\"i\"}," \
  "{\"from\":\"i\",\"outcome\":\"yes\",\"to\":\"w\"},{\"from\":\"i\",\"outcome\":\"no\",\"to\":\"e\"},"                     \
  "{\"from\":\"s\",\"outcome\":\"next\",\"to\":\"e\"},{\"from\":\"e\",\"outcome\":\"next\",\"to\":\"gone\"}]}"

/* Connections pass no node between their ends, up or down, and end where they lead to */
static void
test_ways (void)
{
  g_autoptr(CptWorkflow) workflow = parse (LOOP);
  g_autoptr(CptFlowRouter) router = cpt_flow_router_new (workflow);

  for (guint i = 0; i < workflow->connections->len; i++)
    {
      const CptWorkflowConnection *connection = g_ptr_array_index (workflow->connections, i);
      CptFlowCurve curve;
      CptFlowPoint end;

      if (strcmp (connection->to, "gone") == 0)
        {
          g_assert_false (cpt_flow_router_find (router, connection, &curve));
          continue;
        }
      g_assert_true (cpt_flow_router_find (router, connection, &curve));
      end = cpt_flow_get_inlet (cpt_workflow_find_node (workflow, connection->to));
      g_assert_cmpfloat (cpt_flow_curve_at (&curve, 1).x, ==, end.x);
      g_assert_cmpfloat (cpt_flow_curve_at (&curve, 1).y, ==, end.y);
      for (guint j = 1; j < 40; j++)
        for (guint k = 0; k < workflow->nodes->len; k++)
          {
            CptFlowRect rect = cpt_flow_get_rect (g_ptr_array_index (workflow->nodes, k));

            rect = cpt_flow_rect_grow (&rect, -2);
            g_assert_false (cpt_flow_rect_contains (&rect, cpt_flow_curve_at (&curve, j / 40.0)));
          }
    }
}

static void
test_distance (void)
{
  CptFlowCurve curve;
  CptFlowRect bounds;

  cpt_flow_curve_init (&curve, (CptFlowPoint){ 0, 0 }, (CptFlowPoint){ 0, 100 });
  g_assert_cmpfloat_with_epsilon (cpt_flow_curve_distance (&curve, (CptFlowPoint){ 0, 50 }), 0, 0.01);
  g_assert_cmpfloat_with_epsilon (cpt_flow_curve_distance (&curve, (CptFlowPoint){ 30, 50 }), 30, 0.01);
  bounds = cpt_flow_curve_bounds (&curve);
  g_assert_cmpfloat (bounds.height, ==, 100);
  g_assert_cmpfloat (bounds.width, ==, 0);
}

static CptFlowFace *
get_face (const char *json)
{
  g_autoptr(CptWorkflow) workflow = parse (json);
  g_autoptr(CptSchema) schema = cpt_schema_new ();

  return cpt_flow_face_new (g_ptr_array_index (workflow->nodes, 0), schema, cpt_schema_find_entity (schema, "deal"));
}

static void
assert_says (const char *json,
             const char *title,
             const char *detail)
{
  g_autoptr(CptFlowFace) face = get_face (json);

  g_assert_cmpstr (face->title, ==, title);
  g_assert_cmpstr (face->detail, ==, detail);
}

static void
test_faces (void)
{
  assert_says ("{\"nodes\":[{\"id\":\"a\",\"kind\":\"wait\",\"settings\":{\"for\":{\"amount\":1,\"unit\":\"days\"}}}]}", "Wait",
               "1 day");
  assert_says ("{\"nodes\":[{\"id\":\"a\",\"kind\":\"wait\",\"title\":\"A\\nmonth\",\"settings\":{\"for\":7}}]}", "A month", "");
  assert_says ("{\"nodes\":[{\"id\":\"a\",\"kind\":\"record_changed\",\"settings\":{\"entity\":\"deal\",\"field\":\"lost_reason\","
               "\"to\":\"silence\"}}]}",
               "Record changed", "Deals · Why it was lost · Value after: No answer");
  assert_says ("{\"nodes\":[{\"id\":\"a\",\"kind\":\"date_reached\",\"settings\":{\"entity\":\"nobody\",\"field\":\"gone\","
               "\"offset\":{\"amount\":-2,\"unit\":\"weeks\"}}}]}",
               "Date reached", "nobody · gone · 2 weeks before");
  assert_says ("{\"nodes\":[{\"id\":\"a\",\"kind\":\"pigeon\"}]}", "pigeon", "");
}

/* Names of branches, and what is left of one that is gone */
static void
test_labels (void)
{
  g_autoptr(CptWorkflow) workflow =
    parse ("{\"nodes\":[{\"id\":\"a\",\"kind\":\"branches\",\"settings\":{\"branches\":[{\"id\":\"b1\",\"label\":\"Large\"}]}},"
           "{\"id\":\"b\",\"kind\":\"wait\"}],\"connections\":["
           "{\"from\":\"a\",\"outcome\":\"b1\",\"to\":\"b\"},{\"from\":\"a\",\"outcome\":\"old\",\"to\":\"b\"},"
           "{\"from\":\"b\",\"outcome\":\"next\",\"to\":\"a\"}]}");
  g_autofree char *large = cpt_flow_dup_label (workflow, g_ptr_array_index (workflow->connections, 0), 1200);
  g_autofree char *old = cpt_flow_dup_label (workflow, g_ptr_array_index (workflow->connections, 1), 0);
  g_autofree char *next = cpt_flow_dup_label (workflow, g_ptr_array_index (workflow->connections, 2), 0);

  g_assert_true (g_str_has_prefix (large, "Large · 1"));
  g_assert_cmpstr (old, ==, "old");
  g_assert_null (next);
}

static void
test_numbers (void)
{
  g_autoptr(CptFlowNumbers) numbers = cpt_flow_numbers_new ();
  const CptFlowCount count = { 1, 2, 3 };

  cpt_flow_numbers_add (numbers, "a", &count);
  cpt_flow_numbers_add (numbers, "a", &count);
  cpt_flow_numbers_add_way (numbers, "a", "next", 5);
  g_assert_cmpuint (cpt_flow_numbers_find (numbers, "a")->n_failed, ==, 6);
  g_assert_null (cpt_flow_numbers_find (numbers, "b"));
  g_assert_cmpuint (cpt_flow_numbers_find_way (numbers, "a", "next"), ==, 5);
  g_assert_cmpuint (cpt_flow_numbers_find_way (numbers, "an", "ext"), ==, 0);
  g_assert_cmpuint (cpt_flow_numbers_find_way (NULL, "a", "next"), ==, 0);
}

static void
test_files (void)
{
  static const struct
  {
    CptFlowFormat format;
    const char *start;
  } cases[] = { { CPT_FLOW_PDF, "%PDF" }, { CPT_FLOW_SVG, "<?xml" }, { CPT_FLOW_PNG, "\x89PNG" } };
  g_autoptr(CptWorkflow) workflow = parse (LOOP);
  g_autoptr(CptWorkflow) empty = cpt_workflow_new ();
  g_autoptr(CptSchema) schema = cpt_schema_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GBytes) bytes = cpt_flow_export (workflow, "Follow up", schema, NULL, cases[i].format, NULL);
      g_autoptr(GBytes) nothing = cpt_flow_export (empty, "", schema, NULL, cases[i].format, NULL);

      g_assert_nonnull (bytes);
      g_assert_nonnull (nothing);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), strlen (cases[i].start), cases[i].start, strlen (cases[i].start));
    }
  g_assert_cmpint (cpt_flow_format_for_name ("a.PNG"), ==, CPT_FLOW_PNG);
  g_assert_cmpint (cpt_flow_format_for_name ("a.svg.x"), ==, CPT_FLOW_PDF);
}

/* Two steps as far from each other as may be: refused as pixels, drawn small as a page */
static void
test_too_large (void)
{
  g_autoptr(CptWorkflow) workflow = parse ("{\"nodes\":[{\"id\":\"a\",\"kind\":\"by_hand\",\"x\":-1e300,\"y\":-1e9},"
                                           "{\"id\":\"b\",\"kind\":\"end\",\"x\":1e9,\"y\":1e9}],"
                                           "\"connections\":[{\"from\":\"a\",\"outcome\":\"next\",\"to\":\"b\"}]}");
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) page = NULL;

  g_assert_null (cpt_flow_export (workflow, "Far", schema, NULL, CPT_FLOW_PNG, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
  page = cpt_flow_export (workflow, "Far", schema, NULL, CPT_FLOW_PDF, NULL);
  g_assert_nonnull (page);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/flow/ways", test_ways);
  g_test_add_func ("/flow/distance", test_distance);
  g_test_add_func ("/flow/faces", test_faces);
  g_test_add_func ("/flow/labels", test_labels);
  g_test_add_func ("/flow/numbers", test_numbers);
  g_test_add_func ("/flow/files", test_files);
  g_test_add_func ("/flow/too-large", test_too_large);

  return g_test_run ();
}
