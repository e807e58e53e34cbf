/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever is accepted as a filter or a question about numbers is the same
 * after writing and reading it again, and reads as a sentence. */

#include "config.h"

#include "cpt-aggregate.h"
#include "cpt-filter.h"
#include "cpt-json.h"
#include "fuzz.h"

const char *const fuzz_seeds[] = {
  "{\"field\":\"organisation.country\",\"op\":\"is\",\"value\":\"FR\"}",
  "{\"all\":[{\"any\":[{\"field\":\"tags\",\"op\":\"contains-all\",\"value\":[\"a\",\"b\"]}]},{\"not\":{\"field\":\"stage\",\"op\":\"is-empty\"}}]}",
  "{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"last\":30,\"unit\":\"day\"}}",
  "{\"field\":\"closed_on\",\"op\":\"between\",\"value\":[\"2026-01-01\",{\"today\":-30}]}",
  "{\"field\":\"closed_on\",\"op\":\"not-within\",\"value\":{\"from\":\"0001-01-01\",\"to\":\"9999-12-31\"}}",
  "{\"field\":\"amount\",\"op\":\"greater\",\"value\":{\"amount\":\"12.50\",\"currency\":\"EUR\"}}",
  "{\"field\":\"amount\",\"op\":\"is\",\"value\":{\"currency\":\"EUR\"}}",
  "{\"field\":\"owner\",\"op\":\"in\",\"value\":[{\"me\":true},\"01890a5d-ac96-774b-bcce-b302099a8057\"]}",
  "{\"source\":\"deal\",\"where\":{\"all\":[]},\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\",\"label\":\"x\"}],"
  "\"dimensions\":[{\"field\":\"closed_on\",\"bucket\":\"month\",\"fill\":true}],\"order\":[{\"measure\":0,\"descending\":true}],\"limit\":3,"
  "\"compare\":{\"field\":\"closed_on\",\"period\":{\"this\":\"month\"},\"with\":\"year\"}}",
  NULL,
};

static void
check_filter (CptSchema *schema,
              JsonNode  *node)
{
  g_autoptr(GError) error = NULL;
  const CptEntity *entity = cpt_schema_find_entity (schema, "deal");
  g_autoptr(CptFilter) filter = cpt_filter_from_json (schema, entity, node, &error);
  g_autoptr(CptFilter) again = NULL;
  g_autoptr(JsonNode) written = NULL;
  g_autoptr(JsonNode) rewritten = NULL;
  g_autofree char *sentence = NULL;

  g_assert_true ((filter == NULL) == (error != NULL));
  if (filter == NULL)
    return;

  written = cpt_filter_to_json (filter);
  again = cpt_filter_from_json (schema, entity, written, &error);
  g_assert_no_error (error);
  rewritten = cpt_filter_to_json (again);
  g_assert_true (json_node_equal (written, rewritten));
  sentence = cpt_filter_to_sentence (filter, NULL);
  g_assert_true (g_utf8_validate (sentence, -1, NULL));
}

static void
check_aggregate (CptSchema *schema,
                 JsonNode  *node)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptAggregateSpec) spec = cpt_aggregate_spec_from_json (schema, node, &error);
  g_autoptr(CptAggregateSpec) again = NULL;
  g_autoptr(JsonNode) written = NULL;
  g_autoptr(JsonNode) rewritten = NULL;

  g_assert_true ((spec == NULL) == (error != NULL));
  if (spec == NULL)
    return;

  written = cpt_aggregate_spec_to_json (spec);
  again = cpt_aggregate_spec_from_json (schema, written, &error);
  g_assert_no_error (error);
  rewritten = cpt_aggregate_spec_to_json (again);
  g_assert_true (json_node_equal (written, rewritten));
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  static CptSchema *schema;
  g_autoptr(JsonNode) node = cpt_json_parse ((const char *) bytes, (gssize) length, NULL);

  if (node == NULL)
    return 0;

  if (schema == NULL)
    schema = cpt_schema_new ();
  check_filter (schema, node);
  check_aggregate (schema, node);

  return 0;
}
