/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every kind of field through every function of its kind. A new kind without
 * rows here does not compile or fails at once. */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-json.h"

#define ID_A "01890a5d-ac96-774b-bcce-b302099a8057"
#define ID_B "01890a5d-ac96-774b-bcce-b302099a8058"
#define SHA256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const CptChoice choices[] = {
  { "high", "High", "red" },
  { "low", "Low, really", NULL },
  { NULL },
};

static const CptField fields[] = {
  [CPT_FIELD_TEXT] = { .name = "f", .label = "F", .kind = CPT_FIELD_TEXT },
  [CPT_FIELD_LONG_TEXT] = { .name = "f", .label = "F", .kind = CPT_FIELD_LONG_TEXT },
  [CPT_FIELD_INTEGER] = { .name = "f", .label = "F", .kind = CPT_FIELD_INTEGER, .unit = "km" },
  [CPT_FIELD_DECIMAL] = { .name = "f", .label = "F", .kind = CPT_FIELD_DECIMAL, .scale = 3 },
  [CPT_FIELD_MONEY] = { .name = "f", .label = "F", .kind = CPT_FIELD_MONEY },
  [CPT_FIELD_PERCENT] = { .name = "f", .label = "F", .kind = CPT_FIELD_PERCENT, .min = 0, .max = 10000 },
  [CPT_FIELD_BOOLEAN] = { .name = "f", .label = "F", .kind = CPT_FIELD_BOOLEAN },
  [CPT_FIELD_DATE] = { .name = "f", .label = "F", .kind = CPT_FIELD_DATE },
  [CPT_FIELD_DATETIME] = { .name = "f", .label = "F", .kind = CPT_FIELD_DATETIME },
  [CPT_FIELD_DURATION] = { .name = "f", .label = "F", .kind = CPT_FIELD_DURATION },
  [CPT_FIELD_CHOICE] = { .name = "f", .label = "F", .kind = CPT_FIELD_CHOICE, .choices = choices },
  [CPT_FIELD_MULTI_CHOICE] = { .name = "f", .label = "F", .kind = CPT_FIELD_MULTI_CHOICE, .choices = choices },
  [CPT_FIELD_TAGS] = { .name = "f", .label = "F", .kind = CPT_FIELD_TAGS },
  [CPT_FIELD_LINK] = { .name = "f", .label = "F", .kind = CPT_FIELD_LINK, .target = "user" },
  [CPT_FIELD_LINKS] = { .name = "f", .label = "F", .kind = CPT_FIELD_LINKS, .target = "user" },
  [CPT_FIELD_EMAIL] = { .name = "f", .label = "F", .kind = CPT_FIELD_EMAIL },
  [CPT_FIELD_PHONE] = { .name = "f", .label = "F", .kind = CPT_FIELD_PHONE },
  [CPT_FIELD_URL] = { .name = "f", .label = "F", .kind = CPT_FIELD_URL },
  [CPT_FIELD_COUNTRY] = { .name = "f", .label = "F", .kind = CPT_FIELD_COUNTRY },
  [CPT_FIELD_ADDRESS] = { .name = "f", .label = "F", .kind = CPT_FIELD_ADDRESS },
  [CPT_FIELD_IDENTIFIER] = { .name = "f", .label = "F", .kind = CPT_FIELD_IDENTIFIER, .scheme = CPT_IDENTIFIER_SIREN },
  [CPT_FIELD_JSON] = { .name = "f", .label = "F", .kind = CPT_FIELD_JSON },
  [CPT_FIELD_ATTACHMENT] = { .name = "f", .label = "F", .kind = CPT_FIELD_ATTACHMENT },
  [CPT_FIELD_RECURRENCE] = { .name = "f", .label = "F", .kind = CPT_FIELD_RECURRENCE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (fields) == CPT_N_FIELD_KINDS);

/* What people or files write, and what becomes of it. @json and @local may be
 * NULL where they say nothing new. */
typedef struct
{
  CptFieldKind kind;
  const char *text;
  const char *machine;
  const char *json;
  const char *local;
} Reading;

static const Reading readings[] = {
  { CPT_FIELD_TEXT, "  Zoë\tMarché  ", "Zoë\tMarché", "\"Zoë\\tMarché\"", NULL },
  { CPT_FIELD_TEXT, "Cafe\314\201", "Café", "\"Café\"", "Café" },
  { CPT_FIELD_TEXT, "a\342\200\256b\001c", "abc", "\"abc\"", NULL },
  { CPT_FIELD_LONG_TEXT, "one\r\ntwo\n", "one\ntwo", "\"one\\ntwo\"", "one\ntwo" },
  { CPT_FIELD_INTEGER, "-42", "-42", "-42", NULL },
  { CPT_FIELD_INTEGER, "1 234 567 km", "1234567", "1234567", NULL },
  { CPT_FIELD_INTEGER, "9223372036854775807", "9223372036854775807", "9223372036854775807", NULL },
  { CPT_FIELD_INTEGER, "-9223372036854775807", "-9223372036854775807", "-9223372036854775807", NULL },
  { CPT_FIELD_DECIMAL, "12,5", "12.500", "\"12.500\"", NULL },
  { CPT_FIELD_DECIMAL, "-0.001", "-0.001", "\"-0.001\"", NULL },
  { CPT_FIELD_MONEY, "1 234,50 €", "1234.50 EUR", "{\"amount\":\"1234.50\",\"currency\":\"EUR\"}", NULL },
  { CPT_FIELD_MONEY, "JPY 1200", "1200 JPY", "{\"amount\":\"1200\",\"currency\":\"JPY\"}", NULL },
  { CPT_FIELD_PERCENT, "12.5 %", "12.5", "\"12.5\"", "12.5%" },
  { CPT_FIELD_PERCENT, "100", "100", "\"100\"", "100%" },
  { CPT_FIELD_PERCENT, "0", "0", "\"0\"", "0%" },
  { CPT_FIELD_BOOLEAN, "Oui", "true", "true", "Yes" },
  { CPT_FIELD_BOOLEAN, "0", "false", "false", "No" },
  { CPT_FIELD_DATE, "2024-02-29", "2024-02-29", "\"2024-02-29\"", NULL },
  { CPT_FIELD_DATE, "0001-01-01", "0001-01-01", "\"0001-01-01\"", NULL },
  { CPT_FIELD_DATETIME, "2026-11-21T09:30:00Z", "2026-11-21T09:30:00Z", "\"2026-11-21T09:30:00Z\"", NULL },
  { CPT_FIELD_DATETIME, "2026-11-21 09:30", "2026-11-21T09:30:00Z", NULL, NULL },
  { CPT_FIELD_DATETIME, "2026-11-21T10:30:00+01:00", "2026-11-21T09:30:00Z", NULL, NULL },
  { CPT_FIELD_DATETIME, "2026-11-21 9:30 PM", "2026-11-21T21:30:00Z", NULL, NULL },
  { CPT_FIELD_DATETIME, "2026-11-21 9h30", "2026-11-21T09:30:00Z", NULL, NULL },
  { CPT_FIELD_DATETIME, "2026-11-21", "2026-11-21T00:00:00Z", NULL, NULL },
  { CPT_FIELD_DURATION, "1:30", "1:30:00", "5400", "1 h 30 min" },
  { CPT_FIELD_DURATION, "1h30", "1:30:00", "5400", NULL },
  { CPT_FIELD_DURATION, "90 min", "1:30:00", "5400", NULL },
  { CPT_FIELD_DURATION, "45 s", "0:00:45", "45", "0:00:45" },
  { CPT_FIELD_DURATION, "PT1H30M", "1:30:00", "5400", NULL },
  { CPT_FIELD_DURATION, "P1DT2H", "26:00:00", "93600", "26 h" },
  { CPT_FIELD_DURATION, "2 jours 3 heures", "51:00:00", "183600", NULL },
  { CPT_FIELD_DURATION, "0", "0:00:00", "0", "0 min" },
  { CPT_FIELD_CHOICE, "high", "high", "\"high\"", "High" },
  { CPT_FIELD_CHOICE, "HIGH ", "high", "\"high\"", "High" },
  { CPT_FIELD_CHOICE, "low, really", "low", "\"low\"", "Low, really" },
  { CPT_FIELD_MULTI_CHOICE, "low; High; low", "high;low", "[\"high\",\"low\"]", "High, Low, really" },
  { CPT_FIELD_MULTI_CHOICE, "Low, really", "low", "[\"low\"]", "Low, really" },
  { CPT_FIELD_TAGS, "b, a ;a;; c\td", "a;b;c\td", "[\"a\",\"b\",\"c\\td\"]", "a, b, c\td" },
  { CPT_FIELD_LINK, "  " ID_A, ID_A, "\"" ID_A "\"", ID_A },
  { CPT_FIELD_LINKS, ID_B ", " ID_A ";" ID_B, ID_A ";" ID_B, "[\"" ID_A "\",\"" ID_B "\"]", NULL },
  { CPT_FIELD_EMAIL, "Zoe.M@Example.ORG", "Zoe.M@example.org", "\"Zoe.M@example.org\"", NULL },
  { CPT_FIELD_EMAIL, "Zoë M <zoe@example.org>", "zoe@example.org", NULL, NULL },
  { CPT_FIELD_EMAIL, "mailto:zoe@example.org", "zoe@example.org", NULL, NULL },
  { CPT_FIELD_EMAIL, "zoe@hôtel.fr", "zoe@xn--htel-vqa.fr", NULL, "zoe@hôtel.fr" },
  { CPT_FIELD_PHONE, "06 12 34 56 78", "+33612345678", "\"+33612345678\"", NULL },
  { CPT_FIELD_PHONE, "+32 2 123 45 67", "+3221234567", NULL, NULL },
  { CPT_FIELD_URL, "www.Example.org/Path?q=A", "https://www.example.org/Path?q=A", NULL, NULL },
  { CPT_FIELD_URL, "HTTP://example.org:8080", "http://example.org:8080", NULL, NULL },
  { CPT_FIELD_URL, "example.org:8080/a", "https://example.org:8080/a", NULL, NULL },
  { CPT_FIELD_COUNTRY, "France", "FR", "\"FR\"", "France" },
  { CPT_FIELD_COUNTRY, "be", "BE", "\"BE\"", "Belgium" },
  { CPT_FIELD_ADDRESS, "12 rue des Lilas\n75011 Paris\nFrance",
    "{\"city\":\"Paris\",\"country\":\"FR\",\"postcode\":\"75011\",\"street\":\"12 rue des Lilas\"}",
    "{\"city\":\"Paris\",\"country\":\"FR\",\"postcode\":\"75011\",\"street\":\"12 rue des Lilas\"}",
    "12 rue des Lilas\n75011 Paris\nFrance" },
  { CPT_FIELD_ADDRESS, "{\"street\": \" a \", \"city\": \"\", \"later\": [1]}",
    "{\"later\":[1],\"street\":\"a\"}", NULL, "a" },
  { CPT_FIELD_IDENTIFIER, "732 829 320", "732829320", "\"732829320\"", "732 829 320" },
  { CPT_FIELD_JSON, "{ \"b\": 1, \"a\": [true, null] }", "{\"a\":[true,null],\"b\":1}", "{\"a\":[true,null],\"b\":1}", NULL },
  { CPT_FIELD_ATTACHMENT, "{\"name\":\"a.pdf\",\"type\":\"application/pdf\",\"size\":12,\"sha256\":\"" SHA256 "\"}",
    "{\"name\":\"a.pdf\",\"sha256\":\"" SHA256 "\",\"size\":12,\"type\":\"application/pdf\"}", NULL, "a.pdf" },
  { CPT_FIELD_RECURRENCE, " byday=mo;freq=weekly;interval=1 ", "FREQ=WEEKLY;BYDAY=MO", "\"FREQ=WEEKLY;BYDAY=MO\"", "Every week on Monday" },
  { CPT_FIELD_RECURRENCE, "every day", "FREQ=DAILY", NULL, "Every day" },
};

static const CptParseOptions options = { .currency = "EUR", .country = "FR", .date_order = CPT_DATE_ORDER_DMY };

/* The value comes back equal from whatever form it was given. */
static void
assert_comes_back (const CptField *field,
                   const CptValue *value)
{
  g_auto(CptValue) parsed = CPT_VALUE_INIT;
  g_auto(CptValue) from_json = CPT_VALUE_INIT;
  g_auto(CptValue) normal = CPT_VALUE_INIT;
  g_autofree char *machine = cpt_field_format (field, value);
  g_autofree char *message = NULL;
  g_autoptr(JsonNode) node = cpt_field_to_json (field, value);
  g_autoptr(GError) error = NULL;

  cpt_field_parse (field, machine, NULL, &parsed, &error);
  g_assert_no_error (error);
  g_assert_true (cpt_value_equal (value, &parsed));

  cpt_field_from_json (field, node, &from_json, &error);
  g_assert_no_error (error);
  g_assert_true (cpt_value_equal (value, &from_json));

  cpt_value_copy (value, &normal);
  g_assert_true (cpt_field_normalise (field, &normal, &message));
  g_assert_true (cpt_value_equal (value, &normal));
  g_assert_cmpint (cpt_field_compare (field, value, &normal), ==, 0);
}

static void
test_reads (void)
{
  gboolean is_covered[CPT_N_FIELD_KINDS] = { FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      const Reading *reading = &readings[i];
      const CptField *field = &fields[reading->kind];
      g_auto(CptValue) value = CPT_VALUE_INIT;
      g_autofree char *machine = NULL;
      g_autofree char *local = NULL;
      g_autofree char *json = NULL;
      g_autoptr(JsonNode) node = NULL;
      g_autoptr(GError) error = NULL;

      g_test_message ("%s: %s", cpt_field_type_get (reading->kind)->name, reading->text);
      cpt_field_parse (field, reading->text, &options, &value, &error);
      g_assert_no_error (error);
      g_assert_cmpint (value.type, ==, cpt_field_type_get (reading->kind)->value_type);

      machine = cpt_field_format (field, &value);
      g_assert_cmpstr (machine, ==, reading->machine);
      node = cpt_field_to_json (field, &value);
      json = cpt_json_format (node);
      if (reading->json != NULL)
        g_assert_cmpstr (json, ==, reading->json);
      local = cpt_field_format_local (field, &value, NULL);
      if (reading->local != NULL)
        g_assert_cmpstr (local, ==, reading->local);
      g_assert_true (g_utf8_validate (local, -1, NULL));

      assert_comes_back (field, &value);
      is_covered[reading->kind] = TRUE;
    }

  for (guint i = 0; i < CPT_N_FIELD_KINDS; i++)
    g_assert_true (is_covered[i]);
}

static void
test_null (void)
{
  for (guint i = 0; i < CPT_N_FIELD_KINDS; i++)
    {
      static const char *const empty[] = { "", "  \t\n", "\342\200\256", NULL };
      g_auto(CptValue) value = CPT_VALUE_INIT;
      g_autofree char *machine = cpt_field_format (&fields[i], &value);
      g_autofree char *local = cpt_field_format_local (&fields[i], &value, NULL);
      g_autoptr(JsonNode) node = cpt_field_to_json (&fields[i], &value);
      g_autoptr(GString) words = g_string_new (NULL);
      g_autoptr(GError) error = NULL;

      g_assert_cmpstr (machine, ==, "");
      g_assert_cmpstr (local, ==, "");
      g_assert_true (JSON_NODE_HOLDS_NULL (node));
      g_assert_true (cpt_field_normalise (&fields[i], &value, NULL));
      cpt_field_append_words (&fields[i], &value, words);
      g_assert_cmpuint (words->len, ==, 0);
      g_assert_cmpint (cpt_field_compare (&fields[i], &value, &value), ==, 0);

      for (guint j = 0; j < 2; j++)
        {
          cpt_value_set_integer (&value, 7);
          g_assert_true (cpt_field_parse (&fields[i], empty[j], NULL, &value, &error));
          g_assert_true (cpt_value_is_null (&value));
        }
      g_assert_true (cpt_field_parse (&fields[i], NULL, NULL, &value, &error));
      g_assert_true (cpt_field_from_json (&fields[i], node, &value, &error));
      g_assert_true (cpt_field_from_json (&fields[i], NULL, &value, &error));
      g_assert_true (cpt_value_is_null (&value));
      cpt_field_parse (&fields[i], empty[2], NULL, &value, NULL);
      g_assert_true (cpt_value_is_null (&value));
    }
}

static void
test_wrong_type (void)
{
  for (guint i = 0; i < CPT_N_FIELD_KINDS; i++)
    {
      CptValueType wanted = cpt_field_type_get ((CptFieldKind) i)->value_type;
      g_auto(CptValue) value = CPT_VALUE_INIT;
      g_autofree char *message = NULL;

      if (wanted == CPT_VALUE_TEXT)
        cpt_value_set_integer (&value, 1);
      else
        cpt_value_set_text (&value, "text");
      g_assert_false (cpt_field_normalise (&fields[i], &value, &message));
      g_assert_nonnull (message);
    }
}

static void
test_table (void)
{
  for (guint i = 0; i < CPT_N_FIELD_KINDS; i++)
    {
      const CptFieldType *type = cpt_field_type_get ((CptFieldKind) i);
      CptFieldKind kind;

      g_assert_true (cpt_field_kind_parse (type->name, &kind));
      g_assert_cmpint (kind, ==, i);
      g_assert_cmpstr (type->label, !=, "");
      g_assert_cmpint (type->value_type, !=, CPT_VALUE_NULL);
      g_assert_true (g_str_equal (type->sql_type, "TEXT") || g_str_equal (type->sql_type, "INTEGER") ||
                     g_str_equal (type->sql_type, "BLOB"));
      g_assert_true (cpt_field_has_operator (&fields[i], CPT_OPERATOR_IS_EMPTY));
      g_assert_true (cpt_field_has_operator (&fields[i], CPT_OPERATOR_IS_NOT_EMPTY));
      g_assert_false (cpt_field_has_operator (&fields[i], CPT_N_OPERATORS));
      g_assert_true ((type->aggregates & (1u << CPT_AGGREGATE_COUNT)) != 0);
      g_assert_cmpuint (type->operators >> CPT_N_OPERATORS, ==, 0);
      g_assert_cmpuint (type->aggregates >> CPT_N_AGGREGATES, ==, 0);
    }
  g_assert_false (cpt_field_kind_parse ("nothing", &(CptFieldKind){ CPT_FIELD_TEXT }));
  g_assert_false (cpt_field_kind_parse (NULL, &(CptFieldKind){ CPT_FIELD_TEXT }));
}

static void
test_operators (void)
{
  for (guint i = 0; i < CPT_N_OPERATORS; i++)
    {
      gboolean is_used = FALSE;
      CptOperator op;

      g_assert_true (cpt_operator_parse (cpt_operator_get_name ((CptOperator) i), &op));
      g_assert_cmpint (op, ==, i);
      for (guint kind = 0; kind < CPT_N_FIELD_KINDS; kind++)
        {
          g_assert_cmpstr (cpt_operator_get_label ((CptOperator) i, (CptFieldKind) kind), !=, "");
          is_used = is_used || cpt_field_has_operator (&fields[kind], (CptOperator) i);
        }
      g_assert_true (is_used);
    }
  for (guint i = 0; i < CPT_N_AGGREGATES; i++)
    {
      CptAggregate aggregate;

      g_assert_true (cpt_aggregate_parse (cpt_aggregate_get_name ((CptAggregate) i), &aggregate));
      g_assert_cmpint (aggregate, ==, i);
      g_assert_cmpstr (cpt_aggregate_get_label ((CptAggregate) i), !=, "");
    }

  g_assert_cmpstr (cpt_operator_get_label (CPT_OPERATOR_LESS, CPT_FIELD_DATE), ==, "is before");
  g_assert_cmpstr (cpt_operator_get_label (CPT_OPERATOR_LESS, CPT_FIELD_MONEY), ==, "is less than");
  g_assert_cmpstr (cpt_operator_get_label (CPT_OPERATOR_CONTAINS, CPT_FIELD_TAGS), ==, "has");
  g_assert_cmpstr (cpt_operator_get_label (CPT_OPERATOR_CONTAINS, CPT_FIELD_TEXT), ==, "contains");
  g_assert_false (cpt_operator_parse ("no-such", &(CptOperator){ CPT_OPERATOR_IS }));
  g_assert_false (cpt_operator_parse (NULL, &(CptOperator){ CPT_OPERATOR_IS }));
  g_assert_false (cpt_aggregate_parse (NULL, &(CptAggregate){ CPT_AGGREGATE_COUNT }));
}

/* Pairs in ascending order, as machine text */
static const struct
{
  CptFieldKind kind;
  const char *less;
  const char *more;
} orders[] = {
  { CPT_FIELD_TEXT, "Zebra", "" },
  { CPT_FIELD_TEXT, "apple", "Zebra" },
  { CPT_FIELD_TEXT, "École", "Ecole b" },
  { CPT_FIELD_INTEGER, "-9223372036854775807", "9223372036854775807" },
  { CPT_FIELD_DECIMAL, "-0.002", "-0.001" },
  { CPT_FIELD_MONEY, "9.99 EUR", "10.00 EUR" },
  { CPT_FIELD_MONEY, "9.99 EUR", "9.99 USD" },
  { CPT_FIELD_DATE, "0999-12-31", "1000-01-01" },
  { CPT_FIELD_DATETIME, "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z" },
  { CPT_FIELD_DURATION, "9:00:00", "10:00:00" },
  { CPT_FIELD_CHOICE, "high", "low" },
  { CPT_FIELD_TAGS, "a;b", "a" },
  { CPT_FIELD_TAGS, "a", "b" },
  { CPT_FIELD_LINK, ID_A, ID_B },
  { CPT_FIELD_LINKS, ID_A ";" ID_B, ID_A },
  { CPT_FIELD_LINKS, ID_A, ID_B },
  { CPT_FIELD_EMAIL, "Z@example.org", "a@example.org" },
};

static void
test_order (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      const CptField *field = &fields[orders[i].kind];
      g_auto(CptValue) less = CPT_VALUE_INIT;
      g_auto(CptValue) more = CPT_VALUE_INIT;

      g_assert_true (cpt_field_parse (field, orders[i].less, NULL, &less, NULL));
      g_assert_true (cpt_field_parse (field, orders[i].more, NULL, &more, NULL));
      g_assert_cmpint (cpt_field_compare (field, &less, &more), <, 0);
      g_assert_cmpint (cpt_field_compare (field, &more, &less), >, 0);
    }
}

static void
assert_words (CptFieldKind  kind,
              const char   *text,
              const char   *wanted)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autoptr(GString) words = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  cpt_field_parse (&fields[kind], text, &options, &value, &error);
  g_assert_no_error (error);
  cpt_field_append_words (&fields[kind], &value, words);
  g_assert_cmpstr (words->str, ==, wanted);
}

static void
test_words (void)
{
  assert_words (CPT_FIELD_TEXT, "Œuvre d'Élise", "oeuvre d elise ");
  assert_words (CPT_FIELD_TAGS, "Été;VIP", "vip ete ");
  assert_words (CPT_FIELD_PHONE, "06 12 34 56 78", "33612345678 0612345678 ");
  assert_words (CPT_FIELD_EMAIL, "zoe.m@example.org", "zoe m example org ");
  assert_words (CPT_FIELD_ADDRESS, "12 rue des Lilas, 75011 Paris", "12 rue des lilas 75011 paris ");
  assert_words (CPT_FIELD_IDENTIFIER, "732 829 320", "732829320 ");
  assert_words (CPT_FIELD_CHOICE, "high", "");
}

static void
test_zone (void)
{
  g_autoptr(GTimeZone) paris = g_time_zone_new_identifier ("Europe/Paris");
  CptParseOptions local = { .zone = paris, .date_order = CPT_DATE_ORDER_DMY };
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autofree char *winter = NULL;
  g_autofree char *summer = NULL;

  g_assert_nonnull (paris);
  g_assert_true (cpt_field_parse (&fields[CPT_FIELD_DATETIME], "21/11/2026 09:30", &local, &value, NULL));
  winter = cpt_field_format (&fields[CPT_FIELD_DATETIME], &value);
  g_assert_cmpstr (winter, ==, "2026-11-21T08:30:00Z");
  g_assert_true (cpt_field_parse (&fields[CPT_FIELD_DATETIME], "21/07/2026 09:30", &local, &value, NULL));
  summer = cpt_field_format (&fields[CPT_FIELD_DATETIME], &value);
  g_assert_cmpstr (summer, ==, "2026-07-21T07:30:00Z");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/field/reads-what-people-write", test_reads);
  g_test_add_func ("/field/nothing-is-null-everywhere", test_null);
  g_test_add_func ("/field/refuses-values-of-another-type", test_wrong_type);
  g_test_add_func ("/field/table-of-kinds-is-complete", test_table);
  g_test_add_func ("/field/operators-and-aggregates-have-names", test_operators);
  g_test_add_func ("/field/compares-as-people-sort", test_order);
  g_test_add_func ("/field/gives-words-to-search-for", test_words);
  g_test_add_func ("/field/reads-local-time-in-its-zone", test_zone);

  return g_test_run ();
}
