/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever a field of any kind takes from a person or a file comes back from
 * machine text and from JSON. The first byte chooses the kind. */

#include "config.h"

#include "cpt-field-type.h"
#include "cpt-json.h"
#include "fuzz.h"

/* In the order of the kinds, from 'a' */
const char *const fuzz_seeds[] = {
  "\250Zo\303\253 Cafe\314\201",
  "b1h30 PT1H30M",
  "c1 234 567",
  "d12,500",
  "e1 234,50 \342\202\254",
  "f12.5 %",
  "h21/11/2026",
  "i2026-11-21 9:30 PM",
  "j1h30",
  "j2 jours 3 h",
  "kHigh",
  "llow; high",
  "ma, b;c",
  "n01890a5d-ac96-774b-bcce-b302099a8057",
  "o01890a5d-ac96-774b-bcce-b302099a8057;01890a5d-ac96-774b-bcce-b302099a8058",
  "pZo\303\253 <zoe@h\303\264tel.fr>",
  "q06 12 34 56 78",
  "rwww.example.org/path?q=a#b",
  "sFrance",
  "t12 rue des Lilas\n75011 Paris\nFrance",
  "t{\"street\":\"a\",\"country\":\"FR\"}",
  "u732 829 320",
  "v{\"b\":[1,2.5],\"a\":null}",
  "w{\"name\":\"a.pdf\",\"type\":\"a/b\",\"size\":1,"
  "\"sha256\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}",
  NULL,
};

static const CptChoice choices[] = {
  { "high", "High" },
  { "low", "Low" },
  { NULL },
};

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  const CptParseOptions options = { .currency = "EUR", .country = "FR", .date_order = CPT_DATE_ORDER_DMY };
  g_autofree char *text = NULL;
  g_autofree char *machine = NULL;
  g_autofree char *local = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_auto(CptValue) again = CPT_VALUE_INIT;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GString) words = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  CptField field = { .name = "f", .label = "F", .scale = 0 };

  if (length == 0)
    return 0;

  field.kind = (CptFieldKind) ((bytes[0] + CPT_N_FIELD_KINDS * 16 - 'a') % CPT_N_FIELD_KINDS);
  field.choices = field.kind == CPT_FIELD_CHOICE || field.kind == CPT_FIELD_MULTI_CHOICE ? choices : NULL;
  field.scale = field.kind == CPT_FIELD_DECIMAL ? 3 : 0;
  text = g_strndup ((const char *) bytes + 1, length - 1);
  if (!cpt_field_parse (&field, text, &options, &value, &error))
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  machine = cpt_field_format (&field, &value);
  local = cpt_field_format_local (&field, &value, NULL);
  g_assert_true (g_utf8_validate (machine, -1, NULL) && g_utf8_validate (local, -1, NULL));
  cpt_field_append_words (&field, &value, words);

  cpt_field_parse (&field, machine, NULL, &again, &error);
  g_assert_no_error (error);
  g_assert_true (cpt_value_equal (&value, &again));

  node = cpt_field_to_json (&field, &value);
  cpt_field_from_json (&field, node, &again, &error);
  g_assert_no_error (error);
  g_assert_true (cpt_value_equal (&value, &again));
  g_assert_cmpint (cpt_field_compare (&field, &value, &again), ==, 0);

  return 0;
}
