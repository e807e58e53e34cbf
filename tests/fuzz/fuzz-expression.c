/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever is accepted as a formula can be worked out for any record, and what
 * is not says where it goes wrong. */

#include "config.h"

#include <string.h>

#include "cpt-expression.h"
#include "fuzz.h"

const char *const fuzz_seeds[] = {
  "if(amount > 1000 EUR, round(amount * probability, 2), empty)",
  "sum(deals.amount where stage.kind in ('won', 'lost'))",
  "days_between(opened_on, today()) / 7 - -1 * 20%",
  "upper(left(organisation.name, 4)) & '' & contains(tags, \"a\")",
  "add_months(date(2026, 11, 21); 3) != closed_on or not is_empty(name)",
  "((((999999999999 * 999999999999) / 0.000000001))) ≥ 1",
  NULL,
};

static void
list (gpointer         data,
      const CptHop    *hop,
      const CptRecord *record,
      CptLinkedFunc    func,
      gpointer         func_data)
{
  g_autoptr(CptRecord) linked = cpt_record_new (record->schema, hop->entity);

  func (linked, func_data);
}

static void
check (CptSchema  *schema,
       const char *entity_name,
       const char *text)
{
  static const CptFieldKind kinds[] = { CPT_FIELD_TEXT, CPT_FIELD_INTEGER, CPT_FIELD_MONEY, CPT_FIELD_DATE, CPT_FIELD_BOOLEAN };
  const CptEntity *entity = cpt_schema_find_entity (schema, entity_name);
  g_autoptr(GError) error = NULL;
  CptExpressionHost host = { .today = 20778, .currency = "EUR", .list = list };
  g_autoptr(CptRecord) record = cpt_record_new (schema, entity);
  guint position = 0;
  g_autoptr(CptExpression) expression = cpt_expression_parse (schema, entity, text, &position, &error);

  g_assert_true ((expression == NULL) == (error != NULL));
  if (expression == NULL)
    {
      g_assert_cmpuint (position, <=, strlen (text));
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      CptField field = { .name = "x_f", .label = "F", .kind = kinds[i] };
      g_auto(CptValue) value = CPT_VALUE_INIT;

      if (cpt_expression_check_field (expression, &field, NULL))
        cpt_expression_evaluate (expression, record, &host, &field, &value);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  static CptSchema *schema;
  g_autofree char *text = g_strndup ((const char *) bytes, length);

  if (schema == NULL)
    schema = cpt_schema_new ();
  check (schema, "deal", text);
  check (schema, "organisation", text);

  return 0;
}
