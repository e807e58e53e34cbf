/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-json.h"

#include <string.h>

#include "cpt-error.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = cpt_json_parse (text, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);

  return node;
}

static void
test_keeps_what_it_reads (void)
{
  /* Text in, text out */
  static const char *const texts[][2] = {
    { "{}", "{}" },
    { " [ ] ", "[]" },
    { "null", "null" },
    { "\ttrue\r\n", "true" },
    { "-9223372036854775808", "-9223372036854775808" },
    { "9007199254740993", "9007199254740993" },
    { "0.1", "0.1" },
    { "1e3", "1000.0" },
    { "1.7976931348623157e308", "1.7976931348623157e+308" },
    { "5e-324", "4.94065645841247e-324" },
    { "{\"b\":1,\"a\":[1,{\"c\":null}]}", "{\"b\":1,\"a\":[1,{\"c\":null}]}" },
    { "\"Zo\\u00eb \\ud83d\\ude00 \\\"\\\\\\/\\b\\f\\n\\r\\t\\u001f\"", "\"Zoë 😀 \\\"\\\\/\\b\\f\\n\\r\\t\\u001f\"" },
    { "\"\"", "\"\"" },
    { "{\"\":{}}", "{\"\":{}}" },
    { "\"\\u007f\"", "\"\\u007f\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(JsonNode) node = parse (texts[i][0]);
      g_autofree char *text = cpt_json_format (node);
      g_autoptr(JsonNode) again = parse (text);

      g_assert_cmpstr (text, ==, texts[i][1]);
      g_assert_true (json_node_equal (node, again));
    }
}

static void
test_refuses_what_is_not_well_formed (void)
{
  static const char *const texts[] = {
    "", " ", "{", "[", "[1", "[1,", "[1,]", "[,]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}",
    "01", "+1", "1.", ".5", "1e", "1e+", "-", "0x10", "NaN", "Infinity", "-Infinity", "nul", "True",
    "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\n\"", "\"\t\"", "[1]]", "1 2", "{} {}",
    "// comment\n1", "/* */1", "[1]/**/", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}",
    "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\\ud83d\\ud83d\"",
    "9223372036854775808", "-9223372036854775809", "1e400", "\"\xff\"", "\"\xc3\"", "\xef\xbb\xbf{}",
    "\"\xed\xa0\x80\"", "\"\xc0\x80\"", "tru", "truefalse", "\f1", "[1 2]", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "-01", "00",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) node = cpt_json_parse (texts[i], -1, &error);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_error (error, CPT_ERROR, CPT_ERROR_PARSE);
      g_assert_null (node);
    }
}

static void
test_refuses_a_nul_byte (void)
{
  static const char *const texts[] = { "1\0", "\"a\0b\"", "\0" };
  static const gssize lengths[] = { 2, 5, 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (cpt_json_parse (texts[i], lengths[i], &error));
      g_assert_error (error, CPT_ERROR, CPT_ERROR_PARSE);
    }
}

static void
test_says_where (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (cpt_json_parse ("{\n  \"é\": tru\n}", -1, &error));
  g_assert_cmpstr (error->message, ==, "Line 2, column 8: a value is missing here");
}

static char *
nest (guint depth)
{
  g_autofree char *opening = g_strnfill (depth, '[');
  g_autofree char *closing = g_strnfill (depth, ']');

  return g_strconcat (opening, closing, NULL);
}

static void
test_limits_depth (void)
{
  g_autofree char *deep = nest (CPT_JSON_MAX_DEPTH);
  g_autofree char *too_deep = nest (CPT_JSON_MAX_DEPTH + 1);
  g_autofree char *far_too_deep = nest (1000000);
  g_autoptr(JsonNode) node = parse (deep);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (node);
  g_assert_null (cpt_json_parse (too_deep, -1, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_PARSE);
  g_clear_error (&error);
  g_assert_null (cpt_json_parse (far_too_deep, -1, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_PARSE);
}

static void
test_limits_size (void)
{
  gsize length = (gsize) CPT_JSON_MAX_BYTES + 1;
  g_autofree char *text = g_strnfill (length, ' ');
  g_autoptr(GError) error = NULL;

  g_assert_null (cpt_json_parse (text, (gssize) length, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
}

static void
test_writes_equal_values_equally (void)
{
  g_autoptr(JsonNode) a = parse ("{\"b\":1.0,\"a\":{\"y\":[],\"x\":0.5},\"é\":2,\"Z\":-0}");
  g_autoptr(JsonNode) b = parse ("{\"Z\":0,\"é\":2,\"a\":{\"x\":5e-1,\"y\":[ ]},\"b\":1}");
  g_autofree char *a_text = cpt_json_format_canonical (a);
  g_autofree char *b_text = cpt_json_format_canonical (b);

  g_assert_cmpstr (a_text, ==, b_text);
  g_assert_cmpstr (a_text, ==, "{\"Z\":0,\"a\":{\"x\":0.5,\"y\":[]},\"b\":1,\"é\":2}");
}

static void
test_writes_for_people (void)
{
  g_autoptr(JsonNode) node = parse ("{\"a\":[1,2],\"b\":{},\"c\":[]}");
  g_autofree char *text = cpt_json_format_pretty (node);

  g_assert_cmpstr (text, ==, "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {},\n  \"c\": []\n}");
}

static void
test_reads_members_of_their_type (void)
{
  g_autoptr(JsonNode) node = parse ("{\"s\":\"x\",\"i\":7,\"d\":7.0,\"f\":7.5,\"t\":true,\"a\":[1],\"o\":{},\"n\":null}");
  JsonObject *object = json_node_get_object (node);
  g_autoptr(GError) error = NULL;
  const char *text = "default";
  gint64 number = -1;
  gboolean flag = FALSE;
  JsonArray *array = NULL;
  JsonObject *inner = NULL;

  g_assert_true (cpt_json_read_string (object, "absent", &text, &error));
  g_assert_true (cpt_json_read_string (object, "n", &text, &error));
  g_assert_cmpstr (text, ==, "default");
  g_assert_true (cpt_json_read_string (object, "s", &text, &error));
  g_assert_cmpstr (text, ==, "x");
  g_assert_true (cpt_json_read_int (object, "absent", &number, &error));
  g_assert_cmpint (number, ==, -1);
  g_assert_true (cpt_json_read_int (object, "i", &number, &error));
  g_assert_true (cpt_json_read_int (object, "d", &number, &error));
  g_assert_cmpint (number, ==, 7);
  g_assert_true (cpt_json_read_boolean (object, "t", &flag, &error));
  g_assert_true (flag);
  g_assert_true (cpt_json_read_array (object, "a", &array, &error));
  g_assert_cmpuint (json_array_get_length (array), ==, 1);
  g_assert_true (cpt_json_read_object (object, "o", &inner, &error));
  g_assert_nonnull (inner);
  g_assert_no_error (error);
}

static void
test_names_the_member_of_the_wrong_type (void)
{
  g_autoptr(JsonNode) node = parse ("{\"s\":\"x\",\"f\":7.5,\"h\":1e300}");
  JsonObject *object = json_node_get_object (node);
  g_autoptr(GError) error = NULL;
  const char *text = NULL;
  gint64 number = -1;
  gboolean flag = FALSE;
  JsonArray *array = NULL;
  JsonObject *inner = NULL;

  g_assert_false (cpt_json_read_string (object, "f", &text, &error));
  g_assert_cmpstr (error->message, ==, "“f” must be a text");
  g_clear_error (&error);
  g_assert_false (cpt_json_read_int (object, "f", &number, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_PARSE);
  g_clear_error (&error);
  g_assert_false (cpt_json_read_int (object, "h", &number, NULL));
  g_assert_false (cpt_json_read_int (object, "s", &number, NULL));
  g_assert_false (cpt_json_read_boolean (object, "s", &flag, NULL));
  g_assert_false (cpt_json_read_array (object, "s", &array, NULL));
  g_assert_false (cpt_json_read_object (object, "s", &inner, NULL));
  g_assert_cmpint (number, ==, -1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/keeps-what-it-reads", test_keeps_what_it_reads);
  g_test_add_func ("/json/refuses-what-is-not-well-formed", test_refuses_what_is_not_well_formed);
  g_test_add_func ("/json/refuses-a-nul-byte", test_refuses_a_nul_byte);
  g_test_add_func ("/json/says-where", test_says_where);
  g_test_add_func ("/json/limits-depth", test_limits_depth);
  g_test_add_func ("/json/limits-size", test_limits_size);
  g_test_add_func ("/json/writes-equal-values-equally", test_writes_equal_values_equally);
  g_test_add_func ("/json/writes-for-people", test_writes_for_people);
  g_test_add_func ("/json/reads-members-of-their-type", test_reads_members_of_their_type);
  g_test_add_func ("/json/names-the-member-of-the-wrong-type", test_names_the_member_of_the_wrong_type);

  return g_test_run ();
}
