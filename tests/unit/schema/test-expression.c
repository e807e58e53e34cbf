/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Formulas: what they give, and what is said of those that can't be read. */

#include "config.h"

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-expression.h"
#include "cpt-field-type.h"

#define TODAY 20778 /* 2026-11-21 */

typedef struct
{
  CptSchema *schema;
  const CptEntity *entity;
  CptRecord *record;
  CptRecord *organisation;
  GPtrArray *linked;
} Fixture;

static CptRecord *
load (gpointer         data,
      const CptEntity *entity,
      const CptUuid   *id)
{
  Fixture *self = data;

  return cpt_uuid_equal (id, &self->organisation->id) ? cpt_record_ref (self->organisation) : NULL;
}

static void
list (gpointer         data,
      const CptHop    *hop,
      const CptRecord *record,
      CptLinkedFunc    func,
      gpointer         func_data)
{
  Fixture *self = data;

  for (guint i = 0; i < self->linked->len; i++)
    if (!func (g_ptr_array_index (self->linked, i), func_data))
      return;
}

static void
set (CptRecord  *record,
     const char *name,
     const char *text)
{
  const CptField *field = cpt_entity_find_field (cpt_record_get_entity (record), name);
  g_autoptr(GError) error = NULL;
  CptValue value = CPT_VALUE_INIT;

  cpt_field_parse (field, text, NULL, &value, &error);
  g_assert_no_error (error);
  cpt_record_take (record, field, value);
}

static void
set_up (Fixture       *self,
        gconstpointer  entity)
{
  g_autofree char *id = NULL;

  self->schema = cpt_schema_new ();
  self->entity = cpt_schema_find_entity (self->schema, entity != NULL ? entity : "deal");
  self->record = cpt_record_new (self->schema, self->entity);
  self->organisation = cpt_record_new (self->schema, cpt_schema_find_entity (self->schema, "organisation"));
  self->linked = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);
  cpt_uuid_generate (&self->organisation->id, 1000);
  set (self->organisation, "name", "Élan SARL");
  if (entity != NULL)
    return;

  id = cpt_uuid_dup_text (&self->organisation->id);
  set (self->record, "name", "Chairs");
  set (self->record, "amount", "1200.50 EUR");
  set (self->record, "probability", "12.5");
  set (self->record, "opened_on", "2026-01-31");
  set (self->record, "organisation", id);
  set (self->record, "tags", "big;new");
  set (self->record, "source", "website");
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  g_ptr_array_unref (self->linked);
  cpt_record_unref (self->record);
  cpt_record_unref (self->organisation);
  cpt_schema_unref (self->schema);
}

/* What the formula gives in a field of a kind, as machines write it */
static char *
evaluate (Fixture      *self,
          const char   *text,
          CptFieldKind  kind)
{
  CptExpressionHost host = { .today = TODAY, .currency = "EUR", .load = load, .list = list, .data = self };
  CptField field = { .name = "x_result", .label = "Result", .kind = kind, .scale = kind == CPT_FIELD_DECIMAL ? 4 : 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(CptExpression) expression = cpt_expression_parse (self->schema, self->entity, text, NULL, &error);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  g_assert_no_error (error);
  cpt_expression_check_field (expression, &field, &error);
  g_assert_no_error (error);
  cpt_expression_evaluate (expression, self->record, &host, &field, &value);

  return cpt_field_format (&field, &value);
}

typedef struct
{
  const char *formula;
  CptFieldKind kind;
  const char *result;
} Case;

static const Case cases[] = {
  { "1 + 2 * 3", CPT_FIELD_INTEGER, "7" },
  { "(1 + 2) * 3 - -4", CPT_FIELD_INTEGER, "13" },
  { "0.1 + 0.2 = 0.3", CPT_FIELD_BOOLEAN, "true" },
  { "10 / 4", CPT_FIELD_DECIMAL, "2.5000" },
  { "2 / 3 * 3 = 2", CPT_FIELD_BOOLEAN, "false" },
  { "amount / (probability - 12.5%)", CPT_FIELD_MONEY, "" },
  { "amount * probability", CPT_FIELD_MONEY, "150.06 EUR" },
  { "amount * 20%", CPT_FIELD_MONEY, "240.10 EUR" },
  { "amount + 10", CPT_FIELD_MONEY, "1210.50 EUR" },
  { "amount + 10 USD", CPT_FIELD_MONEY, "" },
  { "amount / 2 EUR", CPT_FIELD_DECIMAL, "600.2500" },
  { "amount >= 1200.5", CPT_FIELD_BOOLEAN, "true" },
  { "amount > 1200.50 USD", CPT_FIELD_BOOLEAN, "false" },
  { "number(amount)", CPT_FIELD_DECIMAL, "1200.5000" },
  { "money(12.345, 'EUR')", CPT_FIELD_MONEY, "12.35 EUR" },
  { "money(12.345, \"JPY\")", CPT_FIELD_MONEY, "12 JPY" },
  { "round(2.5)", CPT_FIELD_INTEGER, "3" },
  { "round(-2.5)", CPT_FIELD_INTEGER, "-3" },
  { "round(1.2345; 2)", CPT_FIELD_DECIMAL, "1.2300" },
  { "floor(-1.5) + ceil(-1.5) + abs(-10)", CPT_FIELD_INTEGER, "7" },
  { "mod(-7, 3)", CPT_FIELD_INTEGER, "2" },
  { "mod(7, -3)", CPT_FIELD_INTEGER, "-2" },
  { "mod(-7, -3)", CPT_FIELD_INTEGER, "-1" },
  { "mod(6, -3)", CPT_FIELD_INTEGER, "0" },
  { "mod(0.3, 0.1) = 0", CPT_FIELD_BOOLEAN, "true" },
  { "mod(5.5, 0.2) = 0.1", CPT_FIELD_BOOLEAN, "true" },
  { "mod(-0.1, 3) = 2.9", CPT_FIELD_BOOLEAN, "true" },
  /* A quotient of so many digits that it can only be had rounded */
  { "mod(-0.0001, 99999999999999999999999) > 99999999999999999999998", CPT_FIELD_BOOLEAN, "true" },
  { "mod(999999999999999999999998, 0.7) = 0.4", CPT_FIELD_BOOLEAN, "true" },
  { "min(3, 1, empty, 2) + max(3, 5)", CPT_FIELD_INTEGER, "6" },
  { "probability", CPT_FIELD_PERCENT, "12.5" },
  { "IF(amount > 1000, 'large', 'small')", CPT_FIELD_TEXT, "large" },
  { "if(is_empty(next_step), name & ' / ' & opened_on, next_step)", CPT_FIELD_TEXT, "Chairs / 2026-01-31" },
  { "if_empty(next_step, organisation.name)", CPT_FIELD_TEXT, "Élan SARL" },
  { "contains(organisation.name, 'elan') and not ends_with(organisation.name, 'sa')", CPT_FIELD_BOOLEAN, "true" },
  { "upper(left(organisation.name, 4)) & lower(right(organisation.name, 2))", CPT_FIELD_TEXT, "ÉLANrl" },
  { "length(trim('  é ')) + length(next_step)", CPT_FIELD_INTEGER, "1" },
  { "replace('a-b-c', '-', '')", CPT_FIELD_TEXT, "abc" },
  { "replace('abc', '', 'x')", CPT_FIELD_TEXT, "abc" },
  { "replace(replace(replace(replace('aaaaaaaaaa', 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa'), "
    "'a', 'aaaaaaaaaa')",
    CPT_FIELD_TEXT, "" },
  { "'it''s'", CPT_FIELD_TEXT, "it's" },
  { "contains(tags, 'new') and count(tags) = 2", CPT_FIELD_BOOLEAN, "true" },
  { "source in ('website', 'referral') and source != 'event'", CPT_FIELD_BOOLEAN, "true" },
  { "opened_on + 30", CPT_FIELD_DATE, "2026-03-02" },
  { "add_months(opened_on, 1)", CPT_FIELD_DATE, "2026-02-28" },
  { "add_years(date(2024, 2, 29), 1)", CPT_FIELD_DATE, "2025-02-28" },
  { "date(2026, 2, 30)", CPT_FIELD_DATE, "" },
  { "date('2026-12-24') - today()", CPT_FIELD_INTEGER, "33" },
  { "days_between(opened_on, today())", CPT_FIELD_INTEGER, "294" },
  { "months_between(opened_on, date(2026,3,30))", CPT_FIELD_INTEGER, "1" },
  { "year(opened_on) * 100 + month(opened_on)", CPT_FIELD_INTEGER, "202601" },
  { "quarter(today()) + weekday(today())", CPT_FIELD_INTEGER, "10" },
  { "end_of_month(today()) - start_of_month(today())", CPT_FIELD_INTEGER, "29" },
  { "closed_on > opened_on or not (closed_on > opened_on)", CPT_FIELD_BOOLEAN, "true" },
  { "closed_on + 1", CPT_FIELD_DATE, "" },
  { "organisation", CPT_FIELD_LINK, NULL },
  { "not true or true", CPT_FIELD_BOOLEAN, "true" },
  { "today() + 99999999999", CPT_FIELD_DATE, "" },
};

static void
test_gives_what_spreadsheets_give (Fixture       *self,
                                   gconstpointer  unused)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *result = NULL;

      if (cases[i].result == NULL)
        continue;
      result = evaluate (self, cases[i].formula, cases[i].kind);
      g_test_message ("%s", cases[i].formula);
      g_assert_cmpstr (result, ==, cases[i].result);
    }
}

static CptRecord *
add_deal (Fixture    *self,
          const char *name,
          const char *amount)
{
  CptRecord *deal = cpt_record_new (self->schema, cpt_schema_find_entity (self->schema, "deal"));

  set (deal, "name", name);
  set (deal, "amount", amount);
  g_ptr_array_add (self->linked, deal);

  return deal;
}

static void
test_adds_up_linked_records (Fixture       *self,
                             gconstpointer  unused)
{
  static const Case linked_cases[] = {
    { "count(deals)", CPT_FIELD_INTEGER, "3" },
    { "count(deals.amount)", CPT_FIELD_INTEGER, "2" },
    { "sum(deals.amount)", CPT_FIELD_MONEY, "30.00 EUR" },
    { "sum(deals.amount where name = 'b')", CPT_FIELD_MONEY, "20.00 EUR" },
    { "sum(deals, amount * 2 where amount > 15)", CPT_FIELD_MONEY, "40.00 EUR" },
    { "sum(deals@organisation.amount where name = 'z')", CPT_FIELD_MONEY, "0.00 EUR" },
    { "avg(deals.amount)", CPT_FIELD_MONEY, "15.00 EUR" },
    { "avg(deals.amount where false)", CPT_FIELD_MONEY, "" },
    { "max(deals.amount)", CPT_FIELD_MONEY, "20.00 EUR" },
    { "min(deals.name)", CPT_FIELD_TEXT, "a" },
    { "if(count(deals) > 2, 'many', 'few')", CPT_FIELD_TEXT, "many" },
  };

  add_deal (self, "a", "10 EUR");
  add_deal (self, "b", "20 EUR");
  add_deal (self, "c", "");
  for (guint i = 0; i < G_N_ELEMENTS (linked_cases); i++)
    {
      g_autofree char *result = evaluate (self, linked_cases[i].formula, linked_cases[i].kind);

      g_test_message ("%s", linked_cases[i].formula);
      g_assert_cmpstr (result, ==, linked_cases[i].result);
    }

  add_deal (self, "d", "5 USD");
  {
    g_autofree char *result = evaluate (self, "sum(deals.amount)", CPT_FIELD_MONEY);

    g_assert_cmpstr (result, ==, "");
  }
}

static const struct
{
  const char *formula;
  guint position;
} mistakes[] = {
  { "", 0 },
  { "1 +", 3 },
  { "1 + é", 4 },
  { "amount +* 2", 8 },
  { "(1 + 2", 6 },
  { "1 2", 2 },
  { "name + 1", 5 },
  { "uper(name)", 0 },
  { "nme & 'x'", 0 },
  { "upper(amount)", 0 },
  { "'no end", 0 },
  { "1.2.3", 0 },
  { "12abc", 0 },
  { "if(amount, 1, 2)", 0 },
  { "source = 'nowhere'", 9 },
  { "sum(deals.amount)", 4 },
  { "opened_on = '2026-01-01'", 10 },
  { "today(1)", 0 },
  { "tags = 'a'", 5 },
  { "1 / 0", 4 },
  { "amount / 0", 9 },
  { "amount / (2 - 1 - 1)", 16 },
  { "amount / -(3 * 0%)", 9 },
  { "1 / (probability - probability)", 17 },
  { "amount / (probability * 0)", 22 },
  { "mod(probability, 0)", 17 },
  { "999999999999999999999999 * 999999999999999999999999", 25 },
};

static void
test_says_where_the_mistake_is (Fixture       *self,
                                gconstpointer  unused)
{
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr(GError) error = NULL;
      guint position = G_MAXUINT;
      CptExpression *expression = cpt_expression_parse (self->schema, self->entity, mistakes[i].formula, &position, &error);

      g_test_message ("%s: %s", mistakes[i].formula, error != NULL ? error->message : "taken");
      g_assert_null (expression);
      g_assert_nonnull (error);
      g_assert_cmpuint (position, ==, mistakes[i].position);
    }
}

static void
test_stops_at_its_limits (Fixture       *self,
                          gconstpointer  unused)
{
  g_autoptr(GString) deep = g_string_new (NULL);
  g_autoptr(GString) wide = g_string_new ("1");
  g_autofree char *longest = g_strnfill (CPT_EXPRESSION_MAX_BYTES + 1, ' ');
  const char *texts[3];

  for (guint i = 0; i <= CPT_EXPRESSION_MAX_DEPTH; i++)
    g_string_append_c (deep, '(');
  g_string_append_c (deep, '1');
  for (guint i = 0; i <= CPT_EXPRESSION_MAX_DEPTH; i++)
    g_string_append_c (deep, ')');
  for (guint i = 0; i < CPT_EXPRESSION_MAX_NODES; i++)
    g_string_append (wide, "+1");

  texts[0] = deep->str;
  texts[1] = wide->str;
  texts[2] = longest;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (cpt_expression_parse (self->schema, self->entity, texts[i], NULL, &error));
      g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
    }
}

static void
note_read (const CptDependency *dependency,
           gpointer             data)
{
  GString *text = data;

  g_string_append_printf (text, "%s", dependency->n_hops > 0 ? "" : ".");
  for (guint i = 0; i < dependency->n_hops; i++)
    g_string_append_printf (text, "%s%s/", dependency->hops[i].is_back ? "<" : ">", dependency->hops[i].field->name);
  g_string_append_printf (text, "%s:%s ", dependency->entity->name, dependency->field != NULL ? dependency->field->name : "*");
}

static void
test_tells_what_it_reads (Fixture       *self,
                          gconstpointer  unused)
{
  g_autoptr(GString) reads = g_string_new (NULL);
  g_autoptr(CptExpression) expression = NULL;

  expression = cpt_expression_parse (self->schema, self->entity,
                                     "if(parent.name = '', 0 EUR, sum(deals.amount where stage.kind = 'won'))", NULL, NULL);
  g_assert_nonnull (expression);
  cpt_expression_foreach_read (expression, note_read, reads);
  g_assert_cmpstr (reads->str, ==,
                   ".organisation:parent >parent/organisation:name <organisation/deal:organisation "
                   "<organisation/deal:amount <organisation/deal:stage <organisation/>stage/stage:kind ");
  g_assert_false (cpt_expression_depends_on_today (expression));
}

static void
test_refuses_fields_that_do_not_fit (Fixture       *self,
                                     gconstpointer  unused)
{
  static const CptField date = { .name = "x_d", .label = "D", .kind = CPT_FIELD_DATE };
  g_autoptr(CptExpression) expression = cpt_expression_parse (self->schema, self->entity, "amount * 2", NULL, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_false (cpt_expression_check_field (expression, &date, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, entity, test) g_test_add (path, Fixture, entity, set_up, test, tear_down)
  ADD ("/schema/expression/gives-what-spreadsheets-give", NULL, test_gives_what_spreadsheets_give);
  ADD ("/schema/expression/adds-up-linked-records", "organisation", test_adds_up_linked_records);
  ADD ("/schema/expression/says-where-the-mistake-is", NULL, test_says_where_the_mistake_is);
  ADD ("/schema/expression/stops-at-its-limits", NULL, test_stops_at_its_limits);
  ADD ("/schema/expression/tells-what-it-reads", "organisation", test_tells_what_it_reads);
  ADD ("/schema/expression/refuses-fields-that-do-not-fit", NULL, test_refuses_fields_that_do_not_fit);
#undef ADD

  return g_test_run ();
}
