/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever is read as a record of any entity is the same record after writing
 * and reading it again, with what this version does not know byte for byte.
 * The first byte chooses the entity. */

#include "config.h"

#include "cpt-custom-field.h"
#include "cpt-field-type.h"
#include "cpt-json.h"
#include "fuzz.h"

#define ID "01890a5d-ac96-774b-bcce-b302099a8057"

const char *const fuzz_seeds[] = {
  "a{\"id\":\"" ID "\",\"entity\":\"contact\",\"created_at\":\"2026-11-21T09:30:00Z\",\"full_name\":\"Zo\\u00eb\","
  "\"email\":\"zoe@example.org\",\"phone\":\"+33612345678\",\"tags\":[\"a\",\"b\"],\"opted_in\":true,\"later\":1.10}",
  "e{\"entity\":\"deal\",\"name\":\"Chairs\",\"amount\":{\"amount\":\"12.50\",\"currency\":\"EUR\"},\"probability\":\"12.5\","
  "\"closed_on\":\"2024-02-29\",\"contacts\":[\"" ID "\"],\"x_a\":{\"b\":[123456789012345678901234567890]}}",
  "`{\"name\":\"Acme\",\"siren\":\"732829320\",\"website\":\"https://example.org\",\"employees\":5,"
  "\"address\":{\"street\":\"12 rue\",\"country\":\"FR\"},\"country\":\"FR\"}",
  "h{\"kind\":\"call\",\"at\":\"2026-11-21T09:30:00.5Z\",\"duration\":5400,\"body\":\"a\\nb\",\"in_trash\":false}",
  "o{\"entity_name\":\"deal\",\"name\":\"x_a\",\"label\":\"A\",\"kind\":\"choice\",\"position\":1,\"definition\":"
  "{\"choices\":[{\"name\":\"s\",\"label\":\"S\",\"colour\":\"red\"}],\"required\":true,\"initial\":\"s\",\"min\":0,\"max\":5}}",
  NULL,
};

static void
assert_comes_back (CptSchema       *schema,
                   const CptRecord *record)
{
  g_autofree char *text = cpt_record_format_json (record);
  g_autofree char *text_again = NULL;
  g_autoptr(CptRecord) again = NULL;
  g_autoptr(JsonNode) node = cpt_record_to_json (record);
  g_autoptr(CptRecord) from_node = NULL;
  g_autoptr(GError) error = NULL;

  again = cpt_record_parse_json (schema, record->entity, text, -1, &error);
  g_assert_no_error (error);
  text_again = cpt_record_format_json (again);
  g_assert_cmpstr (text_again, ==, text);
  g_assert_cmpstr (again->unknown, ==, record->unknown);

  from_node = cpt_record_from_json (schema, record->entity, json_node_get_object (node), TRUE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < record->entity->n_fields; i++)
    g_assert_true (cpt_value_equal (&record->values[i], &from_node->values[i]));
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(GError) error = NULL;
  const CptEntity *entity;

  if (length == 0)
    return 0;

  entity = cpt_schema_find_number (schema, bytes[0] % 16 + 1);
  record = cpt_record_parse_json (schema, entity, (const char *) bytes + 1, (gssize) length - 1, &error);
  g_assert_true ((record == NULL) == (error != NULL));
  if (record == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  assert_comes_back (schema, record);
  if (g_str_equal (entity->name, "custom_field"))
    {
      g_autoptr(CptSchema) larger = cpt_schema_new_from_records (&record, 1, NULL);

      g_assert_nonnull (larger);
    }

  return 0;
}
