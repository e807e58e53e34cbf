/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings of a step as rows: what is shown says nothing, what is typed is said once, and what is not known stays. */

#include "config.h"

#include <adwaita.h>

#include "cpt-json.h"
#include "cpt-node-duration.h"
#include "cpt-node-form.h"

typedef struct
{
  CptNodeContext context;
  GtkWidget *window; /* so that something can have the keyboard */
  GtkWidget *form;
  guint n_said;
} Fixture;

static void
said_cb (Fixture *fixture)
{
  fixture->n_said++;
}

static JsonObject *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = cpt_json_parse (text, -1, &error);

  g_assert_no_error (error);

  return json_object_ref (json_node_get_object (node));
}

static void
show (Fixture    *fixture,
      const char *kind,
      const char *text)
{
  g_autoptr(JsonObject) object = parse (text);

  fixture->context.kind = cpt_workflow_kind_find (kind);
  fixture->form = g_object_ref_sink (cpt_node_form_new (&fixture->context, fixture->context.kind->settings, object));
  g_signal_connect_swapped (fixture->form, "changed", G_CALLBACK (said_cb), fixture);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->form);
}

static void
show_again (Fixture    *fixture,
            const char *text)
{
  g_autoptr(JsonObject) object = parse (text);

  cpt_node_form_set_object (CPT_NODE_FORM (fixture->form), object);
}

static void
assert_set (Fixture    *fixture,
            const char *expected)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_set_object (node, cpt_node_form_get_object (CPT_NODE_FORM (fixture->form)));
  text = cpt_json_format_canonical (node);
  g_assert_cmpstr (text, ==, expected);
}

/* (nullable): the @number-th of a type, in the order of the screen */
static GtkWidget *
find (GtkWidget *widget,
      GType      type,
      guint     *number)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (*number)-- == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, number);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
get (Fixture *fixture,
     GType    type,
     guint    number)
{
  GtkWidget *found = find (fixture->form, type, &number);

  g_assert_nonnull (found);

  return found;
}

static void
type_into (GtkWidget  *widget,
           const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (widget), text);
}

static void
flush (Fixture *fixture)
{
  cpt_node_form_flush (CPT_NODE_FORM (fixture->form));
}

static void
test_typed_number_is_said_once (Fixture       *fixture,
                                gconstpointer  data)
{
  show (fixture, "wait", "{\"for\":{\"amount\":1,\"unit\":\"days\"},\"later\":[1]}");
  type_into (get (fixture, GTK_TYPE_ENTRY, 0), "3");
  g_assert_cmpuint (fixture->n_said, ==, 0);
  flush (fixture);
  g_assert_cmpuint (fixture->n_said, ==, 1);
  assert_set (fixture, "{\"for\":{\"amount\":3,\"unit\":\"days\"},\"later\":[1]}");
  flush (fixture);
  g_assert_cmpuint (fixture->n_said, ==, 1);

  /* What is no number is marked, and not said. */
  type_into (get (fixture, GTK_TYPE_ENTRY, 0), "soon");
  flush (fixture);
  g_assert_true (gtk_widget_has_css_class (get (fixture, GTK_TYPE_ENTRY, 0), "error"));
  type_into (get (fixture, GTK_TYPE_ENTRY, 0), "0");
  flush (fixture);
  g_assert_cmpuint (fixture->n_said, ==, 1);
}

static void
test_showing_says_nothing (Fixture       *fixture,
                           gconstpointer  data)
{
  show (fixture, "wait", "{\"for\":{\"amount\":2,\"unit\":\"fortnights\"}}");
  flush (fixture);
  assert_set (fixture, "{\"for\":{\"amount\":2,\"unit\":\"fortnights\"}}");
  show_again (fixture, "{\"for\":{\"amount\":5,\"unit\":\"weeks\"}}");
  flush (fixture);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get (fixture, GTK_TYPE_ENTRY, 0))), ==, "5");
  show_again (fixture, "{}");
  flush (fixture);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get (fixture, GTK_TYPE_ENTRY, 0))), ==, "");
  g_assert_cmpuint (fixture->n_said, ==, 0);
}

static void
test_before_and_after_are_one_number (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autoptr(GtkWidget) row = g_object_ref_sink (cpt_node_duration_new ("Offset", TRUE));
  g_autoptr(JsonNode) before = cpt_json_parse ("{\"amount\":-2,\"unit\":\"weeks\"}", -1, NULL);
  g_autoptr(JsonNode) same = NULL, none = NULL;
  g_autofree char *text = NULL;

  cpt_node_duration_set_value (CPT_NODE_DURATION (row), before);
  g_assert_cmpstr (gtk_editable_get_text (cpt_node_duration_get_editable (CPT_NODE_DURATION (row))), ==, "2");
  g_assert_true (cpt_node_duration_take (CPT_NODE_DURATION (row), &same));
  text = cpt_json_format (same);
  g_assert_cmpstr (text, ==, "{\"amount\":-2,\"unit\":\"weeks\"}");

  cpt_node_duration_set_value (CPT_NODE_DURATION (row), NULL);
  g_assert_true (cpt_node_duration_take (CPT_NODE_DURATION (row), &none));
  g_assert_null (none);
}

static void
test_branches_keep_their_ids (Fixture       *fixture,
                              gconstpointer  data)
{
  GtkWidget *entry;

  show (fixture, "split",
        "{\"branches\":[{\"id\":\"a\",\"label\":\"One\",\"weight\":50,\"new\":true},{\"id\":\"b\",\"weight\":50}]}");
  entry = get (fixture, ADW_TYPE_ENTRY_ROW, 1);
  type_into (entry, "70");
  flush (fixture);
  assert_set (fixture,
              "{\"branches\":[{\"id\":\"a\",\"label\":\"One\",\"new\":true,\"weight\":70},{\"id\":\"b\",\"weight\":50}]}");
  g_assert_cmpuint (fixture->n_said, ==, 1);

  /* The same branches again: the rows stay, and who types in one is not disturbed. */
  show_again (fixture, "{\"branches\":[{\"id\":\"a\",\"label\":\"One\",\"weight\":70},{\"id\":\"b\",\"weight\":30}]}");
  g_assert_true (get (fixture, ADW_TYPE_ENTRY_ROW, 1) == entry);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get (fixture, ADW_TYPE_ENTRY_ROW, 3))), ==, "30");

  /* The second one goes up: its button is the one after up, down and remove of the first, behind the one that adds. */
  g_signal_emit_by_name (get (fixture, GTK_TYPE_BUTTON, 6), "clicked");
  assert_set (fixture, "{\"branches\":[{\"id\":\"b\",\"weight\":30},{\"id\":\"a\",\"label\":\"One\",\"weight\":70}]}");
  g_assert_cmpuint (fixture->n_said, ==, 2);

  /* And away */
  g_signal_emit_by_name (get (fixture, GTK_TYPE_BUTTON, 3), "clicked");
  assert_set (fixture, "{\"branches\":[{\"id\":\"a\",\"label\":\"One\",\"weight\":70}]}");
}

static void
test_new_branches_are_others (Fixture       *fixture,
                              gconstpointer  data)
{
  JsonArray *branches;

  show (fixture, "split", "{}");
  for (guint i = 0; i < 2; i++)
    g_signal_emit_by_name (get (fixture, GTK_TYPE_BUTTON, 0), "clicked");
  branches = json_object_get_array_member (cpt_node_form_get_object (CPT_NODE_FORM (fixture->form)), "branches");
  g_assert_cmpuint (json_array_get_length (branches), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (branches, 0), "id"), !=,
                   json_object_get_string_member (json_array_get_object_element (branches, 1), "id"));
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (branches, i), "weight"), ==, 50);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->window = gtk_window_new ();
  fixture->context.schema = cpt_schema_new ();
  fixture->context.subject = cpt_schema_find_entity (fixture->context.schema, "deal");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  if (fixture->form != NULL)
    g_assert_finalize_object (fixture->form);
  cpt_schema_unref (fixture->context.schema);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/node-form/typed-number-is-said-once", test_typed_number_is_said_once);
  add ("/node-form/showing-says-nothing", test_showing_says_nothing);
  add ("/node-form/before-and-after-are-one-number", test_before_and_after_are_one_number);
  add ("/node-form/branches-keep-their-ids", test_branches_keep_their_ids);
  add ("/node-form/new-branches-are-others", test_new_branches_are_others);

  return g_test_run ();
}
