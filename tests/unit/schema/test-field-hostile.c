/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What must be refused with a sentence, or kept safely, whatever it is. */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-json.h"

#define SHA256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define ATTACHMENT(name, type, size, sum) \
  "{\"name\":\"" name "\",\"type\":\"" type "\",\"size\":" size ",\"sha256\":\"" sum "\"}"

static const CptChoice choices[] = {
  { "high", "High", "red" },
  { NULL },
};

static CptField
make_field (CptFieldKind kind)
{
  return (CptField){
    .name = "f",
    .label = "F",
    .kind = kind,
    .choices = kind == CPT_FIELD_CHOICE || kind == CPT_FIELD_MULTI_CHOICE ? choices : NULL,
    .target = kind == CPT_FIELD_LINK || kind == CPT_FIELD_LINKS ? "user" : NULL,
    .scale = kind == CPT_FIELD_DECIMAL ? 2 : 0,
  };
}

/* A value is never half done: on failure it is as it was, and there is a
 * sentence in valid UTF-8. */
static void
assert_refuses_text (const CptField *field,
                     const char     *text)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autoptr(GError) error = NULL;

  cpt_value_set_integer (&value, 77);
  if (cpt_field_parse (field, text, NULL, &value, &error))
    g_error ("%s was taken for a %s", text, cpt_field_type_get (field->kind)->name);

  g_assert_true (error->domain == CPT_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), >, 10);
  g_assert_cmpint (value.type, ==, CPT_VALUE_INTEGER);
  g_assert_cmpint (value.integer, ==, 77);
}

static const struct
{
  CptFieldKind kind;
  const char *text;
} bad_texts[] = {
  { CPT_FIELD_INTEGER, "9223372036854775808" },
  { CPT_FIELD_INTEGER, "-9223372036854775809" },
  { CPT_FIELD_INTEGER, "1e400" },
  { CPT_FIELD_INTEGER, "12.5" },
  { CPT_FIELD_INTEGER, "0x10" },
  { CPT_FIELD_INTEGER, "--1" },
  { CPT_FIELD_INTEGER, "NaN" },
  { CPT_FIELD_INTEGER, "\377\376" },
  { CPT_FIELD_DECIMAL, "92233720368547758.08" },
  { CPT_FIELD_DECIMAL, "1.234,567" },
  { CPT_FIELD_DECIMAL, "inf" },
  { CPT_FIELD_MONEY, "12" },
  { CPT_FIELD_MONEY, "12 XYZ" },
  { CPT_FIELD_MONEY, "12.345 EUR" },
  { CPT_FIELD_MONEY, "10000000000000.01 EUR" },
  { CPT_FIELD_MONEY, "99999999999999999999999 EUR" },
  { CPT_FIELD_PERCENT, "1.234" },
  { CPT_FIELD_PERCENT, "%" },
  { CPT_FIELD_BOOLEAN, "maybe" },
  { CPT_FIELD_BOOLEAN, "2" },
  { CPT_FIELD_DATE, "2023-02-29" },
  { CPT_FIELD_DATE, "10000-01-01" },
  { CPT_FIELD_DATE, "yesterday" },
  { CPT_FIELD_DATETIME, "2026-11-21T25:00:00Z" },
  { CPT_FIELD_DATETIME, "2026-11-21 12:60" },
  { CPT_FIELD_DATETIME, "2026-11-21 13:30 PM" },
  { CPT_FIELD_DATETIME, "12:30" },
  { CPT_FIELD_DURATION, "90" },
  { CPT_FIELD_DURATION, "-1:30" },
  { CPT_FIELD_DURATION, "1:75" },
  { CPT_FIELD_DURATION, "9999999999 h" },
  { CPT_FIELD_DURATION, "999999999 days" },
  { CPT_FIELD_DURATION, "30 min 1 h" },
  { CPT_FIELD_DURATION, "1h 1h" },
  { CPT_FIELD_DURATION, "P" },
  { CPT_FIELD_CHOICE, "higher" },
  { CPT_FIELD_CHOICE, "\377" },
  { CPT_FIELD_MULTI_CHOICE, "high;higher" },
  { CPT_FIELD_LINK, "Acme" },
  { CPT_FIELD_LINK, "01890a5d-ac96-774b-bcce-b302099a805" },
  { CPT_FIELD_LINKS, "01890a5d-ac96-774b-bcce-b302099a8057;Acme" },
  { CPT_FIELD_EMAIL, "zoe" },
  { CPT_FIELD_EMAIL, "@example.org" },
  { CPT_FIELD_EMAIL, "zoe@" },
  { CPT_FIELD_EMAIL, "zoe@localhost" },
  { CPT_FIELD_EMAIL, "zoe@example.org." },
  { CPT_FIELD_EMAIL, "zoe@-example.org" },
  { CPT_FIELD_EMAIL, "zoe@example-.org" },
  { CPT_FIELD_EMAIL, "zoe@127.0.0.1" },
  { CPT_FIELD_EMAIL, "zoe@[127.0.0.1]" },
  { CPT_FIELD_EMAIL, "zoë@example.org" },
  { CPT_FIELD_EMAIL, "zoe m@example.org" },
  { CPT_FIELD_EMAIL, "zoe..m@example.org" },
  { CPT_FIELD_EMAIL, ".zoe@example.org" },
  { CPT_FIELD_EMAIL, "zoe@example.org, max@example.org" },
  { CPT_FIELD_EMAIL, "\"zoe m\"@example.org" },
  { CPT_FIELD_EMAIL, "zoe@exam\377ple.org" },
  { CPT_FIELD_EMAIL, "zoe@example.org\nBcc: all@example.org" },
  { CPT_FIELD_EMAIL, "<>" },
  { CPT_FIELD_PHONE, "call me" },
  { CPT_FIELD_PHONE, "+0123456789" },
  { CPT_FIELD_PHONE, "+1234567890123456" },
  { CPT_FIELD_URL, "javascript:alert(1)" },
  { CPT_FIELD_URL, "JavaScript://example.org/%0aalert(1)" },
  { CPT_FIELD_URL, "file:///etc/passwd" },
  { CPT_FIELD_URL, "ftp://example.org" },
  { CPT_FIELD_URL, "https://" },
  { CPT_FIELD_URL, "https:///path" },
  { CPT_FIELD_URL, "https://zoe:secret@example.org" },
  { CPT_FIELD_URL, "https://exa mple.org" },
  { CPT_FIELD_URL, "https://example.org/\"onclick=" },
  { CPT_FIELD_URL, "data:text/html,hello" },
  { CPT_FIELD_URL, "//example.org" },
  { CPT_FIELD_URL, "nothing" },
  { CPT_FIELD_COUNTRY, "Atlantis" },
  { CPT_FIELD_COUNTRY, "XX" },
  { CPT_FIELD_ADDRESS, "{\"street\": 5}" },
  { CPT_FIELD_ADDRESS, "{\"country\": \"Atlantis\"}" },
  { CPT_FIELD_ADDRESS, "{\"street\": \"a\"" },
  { CPT_FIELD_IDENTIFIER, "732 829 321" },
  { CPT_FIELD_JSON, "{" },
  { CPT_FIELD_JSON, "{\"a\":1,\"a\":2}" },
  { CPT_FIELD_JSON, "[1,]" },
  { CPT_FIELD_JSON, "1e400" },
  { CPT_FIELD_JSON, "\"\377\"" },
  { CPT_FIELD_ATTACHMENT, "a.pdf" },
  { CPT_FIELD_ATTACHMENT, ATTACHMENT ("../a.pdf", "application/pdf", "1", SHA256) },
  { CPT_FIELD_ATTACHMENT, ATTACHMENT ("..", "application/pdf", "1", SHA256) },
  { CPT_FIELD_ATTACHMENT, ATTACHMENT ("a\\u202efdp.exe", "application/pdf", "1", SHA256) },
  { CPT_FIELD_ATTACHMENT, ATTACHMENT ("a.pdf", "pdf", "1", SHA256) },
  { CPT_FIELD_ATTACHMENT, ATTACHMENT ("a.pdf", "application/pdf", "-1", SHA256) },
  { CPT_FIELD_ATTACHMENT, ATTACHMENT ("a.pdf", "application/pdf", "1.5", SHA256) },
  { CPT_FIELD_ATTACHMENT, ATTACHMENT ("a.pdf", "application/pdf", "1", "00") },
  { CPT_FIELD_RECURRENCE, "FREQ=SECONDLY" },
  { CPT_FIELD_RECURRENCE, "now and then" },
};

static void
test_bad_texts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_texts); i++)
    {
      CptField field = make_field (bad_texts[i].kind);

      assert_refuses_text (&field, bad_texts[i].text);
    }
}

static const struct
{
  CptFieldKind kind;
  const char *json;
} bad_nodes[] = {
  { CPT_FIELD_TEXT, "5" },
  { CPT_FIELD_TEXT, "[\"a\"]" },
  { CPT_FIELD_TEXT, "true" },
  { CPT_FIELD_INTEGER, "\"5\"" },
  { CPT_FIELD_INTEGER, "5.0" },
  { CPT_FIELD_INTEGER, "true" },
  { CPT_FIELD_INTEGER, "1e3" },
  { CPT_FIELD_DECIMAL, "12.5" },
  { CPT_FIELD_DECIMAL, "\"12,5\"" },
  { CPT_FIELD_DECIMAL, "\"1 000\"" },
  { CPT_FIELD_DECIMAL, "\"\"" },
  { CPT_FIELD_MONEY, "12" },
  { CPT_FIELD_MONEY, "{}" },
  { CPT_FIELD_MONEY, "{\"amount\":\"12\"}" },
  { CPT_FIELD_MONEY, "{\"amount\":12.5,\"currency\":\"EUR\"}" },
  { CPT_FIELD_MONEY, "{\"amount\":\"12\",\"currency\":\"EURO\"}" },
  { CPT_FIELD_MONEY, "{\"amount\":\"12\",\"currency\":5}" },
  { CPT_FIELD_MONEY, "{\"amount\":\"12\",\"currency\":\"EUR\",\"note\":1}" },
  { CPT_FIELD_MONEY, "{\"amount\":null,\"currency\":\"EUR\"}" },
  { CPT_FIELD_PERCENT, "\"12 %\"" },
  { CPT_FIELD_BOOLEAN, "1" },
  { CPT_FIELD_BOOLEAN, "\"true\"" },
  { CPT_FIELD_DATE, "\"21/11/2026\"" },
  { CPT_FIELD_DATE, "20261121" },
  { CPT_FIELD_DATETIME, "\"2026-11-21T09:30:00\"" },
  { CPT_FIELD_DATETIME, "\"2026-11-21\"" },
  { CPT_FIELD_DATETIME, "1763716800" },
  { CPT_FIELD_DURATION, "\"1:30\"" },
  { CPT_FIELD_DURATION, "-1" },
  { CPT_FIELD_DURATION, "315569520001" },
  { CPT_FIELD_CHOICE, "\"High\"" },
  { CPT_FIELD_MULTI_CHOICE, "\"high\"" },
  { CPT_FIELD_MULTI_CHOICE, "[\"high\",5]" },
  { CPT_FIELD_MULTI_CHOICE, "[\"high\",null]" },
  { CPT_FIELD_TAGS, "{\"a\":true}" },
  { CPT_FIELD_LINK, "5" },
  { CPT_FIELD_LINK, "\"Acme\"" },
  { CPT_FIELD_LINKS, "\"01890a5d-ac96-774b-bcce-b302099a8057\"" },
  { CPT_FIELD_LINKS, "[[]]" },
  { CPT_FIELD_EMAIL, "\"zoe\"" },
  { CPT_FIELD_PHONE, "33612345678" },
  { CPT_FIELD_URL, "\"www.example.org\"" },
  { CPT_FIELD_COUNTRY, "\"France\"" },
  { CPT_FIELD_ADDRESS, "\"12 rue des Lilas\"" },
  { CPT_FIELD_ADDRESS, "[]" },
  { CPT_FIELD_IDENTIFIER, "732829320" },
  { CPT_FIELD_ATTACHMENT, "\"a.pdf\"" },
  { CPT_FIELD_RECURRENCE, "\"weekly\"" },
};

static void
test_bad_nodes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_nodes); i++)
    {
      CptField field = make_field (bad_nodes[i].kind);
      g_auto(CptValue) value = CPT_VALUE_INIT;
      g_autoptr(JsonNode) node = cpt_json_parse (bad_nodes[i].json, -1, NULL);
      g_autoptr(GError) error = NULL;

      g_assert_nonnull (node);
      cpt_value_set_integer (&value, 77);
      if (cpt_field_from_json (&field, node, &value, &error))
        g_error ("%s was taken for a %s", bad_nodes[i].json, cpt_field_type_get (field.kind)->name);
      g_assert_true (error->domain == CPT_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpint (value.integer, ==, 77);
    }
}

static void
test_lengths (void)
{
  static const struct
  {
    CptFieldKind kind;
    gsize limit;
  } limits[] = {
    { CPT_FIELD_TEXT, 500 },
    { CPT_FIELD_LONG_TEXT, 100000 },
    { CPT_FIELD_TAGS, 100 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      CptField field = make_field (limits[i].kind);
      g_autofree char *ascii = g_strnfill (limits[i].limit + 1, 'a');
      g_autoptr(GString) accents = g_string_new (NULL);
      g_auto(CptValue) value = CPT_VALUE_INIT;

      assert_refuses_text (&field, ascii);
      g_assert_true (cpt_field_parse (&field, ascii + 1, NULL, &value, NULL));

      /* Characters count, not bytes. */
      for (gsize n = 0; n < limits[i].limit; n++)
        g_string_append (accents, "é");
      g_assert_true (cpt_field_parse (&field, accents->str, NULL, &value, NULL));
      g_string_append (accents, "é");
      assert_refuses_text (&field, accents->str);

      field.max_length = 3;
      assert_refuses_text (&field, "abcd");
      g_assert_true (cpt_field_parse (&field, "éàü", NULL, &value, NULL));
    }
}

static void
test_long_addresses (void)
{
  CptField email = make_field (CPT_FIELD_EMAIL);
  CptField url = make_field (CPT_FIELD_URL);
  g_autofree char *local = g_strnfill (65, 'a');
  g_autofree char *label = g_strnfill (64, 'b');
  g_autofree char *huge = g_strnfill (1000000, 'c');
  g_autofree char *long_local = g_strconcat (local, "@example.org", NULL);
  g_autofree char *long_label = g_strconcat ("a@", label, ".org", NULL);
  g_autofree char *long_email = g_strconcat (huge, "@", huge, ".org", NULL);
  g_autofree char *long_url = g_strconcat ("https://example.org/", huge, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  assert_refuses_text (&email, long_local);
  g_assert_true (cpt_field_parse (&email, long_local + 1, NULL, &value, NULL));
  assert_refuses_text (&email, long_label);
  assert_refuses_text (&email, long_email);
  assert_refuses_text (&email, huge);
  assert_refuses_text (&url, long_url);
}

static void
test_sets (void)
{
  CptField tags = make_field (CPT_FIELD_TAGS);
  CptField links = make_field (CPT_FIELD_LINKS);
  g_autoptr(GString) tag_text = g_string_new (NULL);
  g_autoptr(GString) link_text = g_string_new (NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  for (guint i = 0; i < 1000; i++)
    {
      CptUuid id;
      g_autofree char *text = NULL;

      cpt_uuid_derive (&id, i, "set");
      text = cpt_uuid_dup_text (&id);
      g_string_append_printf (tag_text, "tag %u;", i);
      g_string_append_printf (link_text, "%s;", text);
    }

  /* Doubles do not count. */
  g_string_append (tag_text, "tag 7");
  g_string_append (link_text, "00000000-0000-0000-0000-000000000000");
  g_assert_true (cpt_field_parse (&tags, tag_text->str, NULL, &value, NULL));
  g_assert_cmpuint (g_strv_length (value.texts), ==, 1000);
  g_assert_true (cpt_field_parse (&links, link_text->str, NULL, &value, NULL));
  g_assert_cmpuint (value.ids.length, ==, 1000);

  g_string_append (tag_text, ";one more");
  g_string_append (link_text, ";01890a5d-ac96-774b-bcce-b302099a8057");
  assert_refuses_text (&tags, tag_text->str);
  assert_refuses_text (&links, link_text->str);
}

static void
test_nil_links (void)
{
  CptField link = make_field (CPT_FIELD_LINK);
  CptField links = make_field (CPT_FIELD_LINKS);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  g_assert_true (cpt_field_parse (&link, "00000000-0000-0000-0000-000000000000", NULL, &value, NULL));
  g_assert_true (cpt_value_is_null (&value));
  g_assert_true (cpt_field_parse (&links, "00000000-0000-0000-0000-000000000000", NULL, &value, NULL));
  g_assert_true (cpt_value_is_null (&value));
}

static void
test_deep_json (void)
{
  CptField field = make_field (CPT_FIELD_JSON);
  g_autofree char *open = g_strnfill (100000, '[');
  g_autofree char *close = g_strnfill (100000, ']');
  g_autofree char *deep = g_strconcat (open, close, NULL);
  g_autofree char *wide = g_strnfill (5 * 1024 * 1024, ' ');
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autofree char *message = NULL;

  assert_refuses_text (&field, deep);

  wide[0] = '"';
  memset (wide + 1, 'x', strlen (wide) - 2);
  wide[strlen (wide) - 1] = '"';
  assert_refuses_text (&field, wide);

  cpt_value_set_text (&value, "{\"b\":1");
  g_assert_false (cpt_field_normalise (&field, &value, &message));
  g_assert_nonnull (message);
}

static void
test_bounds (void)
{
  CptField score = make_field (CPT_FIELD_INTEGER);
  CptField percent = make_field (CPT_FIELD_PERCENT);
  CptField open_ended = make_field (CPT_FIELD_INTEGER);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  score.max = 100;
  percent.max = 10000;
  open_ended.min = 1;
  open_ended.max = G_MAXINT64;
  assert_refuses_text (&score, "101");
  assert_refuses_text (&score, "-1");
  assert_refuses_text (&percent, "100.01");
  assert_refuses_text (&open_ended, "0");
  g_assert_true (cpt_field_parse (&score, "100", NULL, &value, NULL));
  g_assert_true (cpt_field_parse (&percent, "100 %", NULL, &value, NULL));
  g_assert_true (cpt_field_parse (&open_ended, "9223372036854775807", NULL, &value, NULL));
}

/* Values of the right type that only a fault could have made */
static void
test_bad_values (void)
{
  static const struct
  {
    CptFieldKind kind;
    gint64 integer;
  } integers[] = {
    { CPT_FIELD_INTEGER, G_MININT64 },
    { CPT_FIELD_DECIMAL, G_MININT64 },
    { CPT_FIELD_BOOLEAN, 2 },
    { CPT_FIELD_BOOLEAN, -1 },
    { CPT_FIELD_DATE, G_MAXINT64 },
    { CPT_FIELD_DATE, G_MININT64 },
    { CPT_FIELD_DATETIME, G_MAXINT64 },
    { CPT_FIELD_DATETIME, G_MININT64 },
    { CPT_FIELD_DURATION, G_MAXINT64 },
    { CPT_FIELD_DURATION, G_MININT64 },
  };
  CptField money = make_field (CPT_FIELD_MONEY);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  for (guint i = 0; i < G_N_ELEMENTS (integers); i++)
    {
      CptField field = make_field (integers[i].kind);

      cpt_value_set_integer (&value, integers[i].integer);
      g_assert_false (cpt_field_normalise (&field, &value, NULL));
    }

  cpt_value_set_money (&value, G_MININT64, "EUR");
  g_assert_false (cpt_field_normalise (&money, &value, NULL));
  cpt_value_set_money (&value, G_MAXINT64, "EUR");
  g_assert_false (cpt_field_normalise (&money, &value, NULL));
  cpt_value_set_money (&value, 100, "");
  g_assert_false (cpt_field_normalise (&money, &value, NULL));
  cpt_value_set_money (&value, 100, "EURO");
  g_assert_true (cpt_field_normalise (&money, &value, NULL));
  g_assert_cmpstr (value.money.currency, ==, "EUR");
}

/* The limits of 64 bits go through every form of a number. */
static void
test_integer_limits (void)
{
  static const gint64 limits[] = { G_MININT64 + 1, -1, 0, 1, G_MAXINT64 };
  static const CptFieldKind kinds[] = { CPT_FIELD_INTEGER, CPT_FIELD_DECIMAL, CPT_FIELD_PERCENT };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    for (guint j = 0; j < G_N_ELEMENTS (kinds); j++)
      {
        CptField field = make_field (kinds[j]);
        g_auto(CptValue) value = CPT_VALUE_INIT;
        g_auto(CptValue) again = CPT_VALUE_INIT;
        g_autoptr(JsonNode) node = NULL;
        g_autofree char *machine = NULL;
        g_autofree char *local = NULL;
        g_autoptr(GError) error = NULL;

        cpt_value_set_integer (&value, limits[i]);
        machine = cpt_field_format (&field, &value);
        local = cpt_field_format_local (&field, &value, NULL);
        node = cpt_field_to_json (&field, &value);
        g_assert_cmpstr (local, !=, "");
        cpt_field_from_json (&field, node, &again, &error);
        g_assert_no_error (error);
        g_assert_true (cpt_value_equal (&value, &again));
        cpt_field_parse (&field, machine, NULL, &again, &error);
        g_assert_no_error (error);
        g_assert_true (cpt_value_equal (&value, &again));
      }
}

/* Bytes from a fixed stream of random numbers, biased towards what means
 * something: nothing crashes, and what is taken comes back. */
static void
test_noise (void)
{
  static const char alphabet[] = "0123456789-+.,:;/@ {}[]\"\\eETZhPx%\n\t\001\302\240\303\251\342\200\256\377";
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 40000; round++)
    {
      CptField field = make_field ((CptFieldKind) g_rand_int_range (rand, 0, CPT_N_FIELD_KINDS));
      g_auto(CptValue) value = CPT_VALUE_INIT;
      g_auto(CptValue) again = CPT_VALUE_INIT;
      g_autofree char *machine = NULL;
      g_autoptr(GError) error = NULL;
      char text[24];
      gint length = g_rand_int_range (rand, 0, sizeof text - 1);

      for (gint i = 0; i < length; i++)
        text[i] = alphabet[g_rand_int_range (rand, 0, sizeof alphabet - 1)];
      text[length] = '\0';

      if (!cpt_field_parse (&field, text, &(CptParseOptions){ .currency = "EUR", .country = "FR" }, &value, NULL))
        continue;
      machine = cpt_field_format (&field, &value);
      g_assert_true (g_utf8_validate (machine, -1, NULL));
      cpt_field_parse (&field, machine, NULL, &again, &error);
      g_assert_no_error (error);
      g_assert_true (cpt_value_equal (&value, &again));
    }
}

static void
test_currency_overflow (void)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  /* The currency of the value itself may be given. */
  cpt_value_set_money (&value, 5, "JPY");
  cpt_value_set_money (&value, 6, value.money.currency);
  g_assert_cmpstr (value.money.currency, ==, "JPY");
  cpt_value_set_money (&value, 6, NULL);
  g_assert_cmpstr (value.money.currency, ==, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/field/refuses-text-that-does-not-fit", test_bad_texts);
  g_test_add_func ("/field/refuses-json-of-another-form", test_bad_nodes);
  g_test_add_func ("/field/refuses-text-that-is-too-long", test_lengths);
  g_test_add_func ("/field/refuses-addresses-that-are-too-long", test_long_addresses);
  g_test_add_func ("/field/refuses-sets-that-are-too-large", test_sets);
  g_test_add_func ("/field/takes-nil-links-for-none", test_nil_links);
  g_test_add_func ("/field/refuses-json-that-is-too-deep-or-too-large", test_deep_json);
  g_test_add_func ("/field/keeps-to-its-bounds", test_bounds);
  g_test_add_func ("/field/refuses-values-out-of-range", test_bad_values);
  g_test_add_func ("/field/keeps-the-limits-of-64-bits", test_integer_limits);
  g_test_add_func ("/field/takes-or-refuses-noise-and-nothing-between", test_noise);
  g_test_add_func ("/field/currencies-do-not-overflow", test_currency_overflow);

  return g_test_run ();
}
