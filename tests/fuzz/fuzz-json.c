/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever is read as JSON is the same value after writing and reading it
 * again, in each of the three forms. */

#include "config.h"

#include "cpt-json.h"
#include "fuzz.h"

const char *const fuzz_seeds[] = {
  "{\"a\":[1,-2.5e3,\"x\\u00e9\\ud83d\\ude00\\n\"],\"b\":{\"c\":null,\"d\":true}}",
  "[[[[[[[[]]]]]]]]",
  "[0.1,1e308,5e-324,9223372036854775807,-9223372036854775808,-0,0.0]",
  "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
  NULL,
};

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = cpt_json_parse ((const char *) bytes, (gssize) length, &error);
  char *(*const formats[]) (JsonNode *) = { cpt_json_format, cpt_json_format_pretty, cpt_json_format_canonical };

  g_assert_true ((node == NULL) == (error != NULL));
  if (node == NULL)
    return 0;

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *text = formats[i](node);
      g_autoptr(JsonNode) again = cpt_json_parse (text, -1, &error);
      g_autofree char *text_again = NULL;

      g_assert_no_error (error);
      text_again = formats[i](again);
      g_assert_cmpstr (text_again, ==, text);
    }

  return 0;
}
