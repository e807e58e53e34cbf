/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Places in texts, and what is put in. */

#include "config.h"

#include "cpt-workflow-text.h"

#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"

static gboolean
find (gpointer     data,
      const char  *path,
      char       **text,
      JsonNode   **value,
      GError     **error)
{
  gboolean is_amount = strcmp (path, "amount") == 0;

  if (!is_amount && strcmp (path, "name") != 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, "no %s", path);
      return FALSE;
    }
  if (text != NULL)
    *text = g_strdup (is_amount ? "12" : "A&B {{amount}}/é");
  if (value != NULL)
    *value = is_amount ? json_node_init_int (json_node_alloc (), 12) : json_node_init_string (json_node_alloc (), "A&B {{amount}}/é");

  return TRUE;
}

static void
assert_filled (const char *text,
               const char *reserved,
               const char *wanted)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *filled = cpt_workflow_text_fill (text, find, NULL, reserved, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (filled, ==, wanted);
}

static void
test_text (void)
{
  assert_filled ("", NULL, "");
  assert_filled ("no place } {", NULL, "no place } {");
  assert_filled ("{{amount}}", NULL, "12");
  assert_filled ("{{ amount }}, {{amount}}.", NULL, "12, 12.");
  /* What is put in is not looked through. */
  assert_filled ("<{{name}}>", NULL, "<A&B {{amount}}/é>");
  assert_filled ("https://example.com/{{name}}?n={{amount}}", "", "https://example.com/A%26B%20%7B%7Bamount%7D%7D%2F%C3%A9?n=12");
}

static void
test_faults (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (cpt_workflow_text_fill ("a {{amount", find, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_PARSE);
  g_clear_error (&error);
  g_assert_null (cpt_workflow_text_fill ("{{}}", find, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (cpt_workflow_text_fill ("{{nowhere}}", find, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND);
}

/* A number stays one, and no value can add a member. */
static void
test_json (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node =
    cpt_json_parse ("{\"a\":\"{{amount}}\",\"b\":\"{{amount}} EUR\",\"c\":[1,true,null,\"{{name}}\"],\"{{amount}}\":{}}", -1, &error);
  g_autoptr(JsonNode) filled = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  filled = cpt_workflow_text_fill_json (node, find, NULL, &error);
  g_assert_no_error (error);
  text = cpt_json_format (filled);
  g_assert_cmpstr (text, ==, "{\"a\":12,\"b\":\"12 EUR\",\"c\":[1,true,null,\"A&B {{amount}}/é\"],\"{{amount}}\":{}}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workflow-text/text", test_text);
  g_test_add_func ("/workflow-text/faults", test_faults);
  g_test_add_func ("/workflow-text/json", test_json);

  return g_test_run ();
}
