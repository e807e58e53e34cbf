/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Records to JSON and back, with members of versions to come. */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-json-members.h"
#include "cpt-json.h"
#include "cpt-record.h"

#define ID "01890a5d-ac96-774b-bcce-b302099a8057"
#define SHA256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* Random values of every kind. What is made here has the form that is stored. */

/* As long as @field lets it be */
static char *
make_text (GRand          *rand,
           const CptField *field)
{
  static const char *const pieces[] = { "Zoë", "O'Neil", "Ångström", "\"", "\\", "<b>", "日本", "=1+1", " ", "x" };
  GString *text = g_string_new (".");
  gint n = g_rand_int_range (rand, 1, 6);

  for (gint i = 0; i < n; i++)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  if (field->max_length > 0 && g_utf8_strlen (text->str, -1) >= (glong) field->max_length)
    g_string_truncate (text, (gsize) (g_utf8_offset_to_pointer (text->str, (glong) field->max_length - 1) - text->str));
  g_string_append_c (text, '.');

  return g_string_free (text, FALSE);
}

static gint64
make_integer (GRand          *rand,
              const CptField *field)
{
  gint64 min = field->min;
  gint64 max = field->max;

  if (min == max)
    {
      min = field->kind == CPT_FIELD_DATE ? CPT_DATE_MIN : field->kind == CPT_FIELD_DURATION ? 0
                                                                                             : -2000000000;
      max = field->kind == CPT_FIELD_DATE ? CPT_DATE_MAX : 2000000000;
    }

  return min + (gint64) (g_rand_double (rand) * (double) (max - min));
}

static char *
make_texts (GRand          *rand,
            const CptField *field)
{
  switch ((int) field->kind)
    {
    case CPT_FIELD_EMAIL:
      return g_strdup_printf ("a%d@example.org", g_rand_int_range (rand, 0, 1000));

    case CPT_FIELD_PHONE:
      return g_strdup_printf ("+336%08d", g_rand_int_range (rand, 0, 100000000));

    case CPT_FIELD_URL:
      return g_strdup_printf ("https://example.org/%d?a=b&c#d", g_rand_int_range (rand, 0, 1000));

    case CPT_FIELD_COUNTRY:
      return g_strdup (g_rand_boolean (rand) ? "FR" : "BE");

    case CPT_FIELD_ADDRESS:
      return g_strdup ("{\"city\":\"Paris\",\"street\":\"12 \\\"rue\\\"\"}");

    case CPT_FIELD_JSON:
      return g_strdup ("{\"a\":[1,2.5,true,null,{}],\"b\":\"é\"}");

    case CPT_FIELD_ATTACHMENT:
      return g_strdup ("{\"name\":\"a.pdf\",\"sha256\":\"" SHA256 "\",\"size\":12,\"type\":\"application/pdf\"}");

    case CPT_FIELD_RECURRENCE:
      return g_strdup (g_rand_boolean (rand) ? "FREQ=DAILY" : "FREQ=MONTHLY;BYMONTHDAY=-1");

    default:
      return make_text (rand, field);
    }
}

static const char *
get_identifier (CptIdentifier scheme)
{
  static const char *const values[] = {
    [CPT_IDENTIFIER_SIREN] = "732829320",
    [CPT_IDENTIFIER_SIRET] = "73282932000074",
    [CPT_IDENTIFIER_FR_VAT] = "FR44732829320",
    [CPT_IDENTIFIER_IBAN] = "FR7630006000011234567890189",
  };

  return values[scheme];
}

static void
make_value (GRand          *rand,
            const CptField *field,
            CptValue       *value)
{
  CptUuid ids[3];

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    cpt_uuid_derive (&ids[i], g_rand_int_range (rand, 1, 1000000), "link");

  switch (cpt_field_type_get (field->kind)->value_type)
    {
    case CPT_VALUE_INTEGER:
      cpt_value_set_integer (value, field->kind == CPT_FIELD_BOOLEAN ? g_rand_boolean (rand) : make_integer (rand, field));
      break;

    case CPT_VALUE_MONEY:
      cpt_value_set_money (value, g_rand_int (rand), g_rand_boolean (rand) ? "EUR" : "JPY");
      break;

    case CPT_VALUE_ID:
      cpt_value_set_id (value, &ids[0]);
      break;

    case CPT_VALUE_IDS:
      cpt_value_set_ids (value, ids, G_N_ELEMENTS (ids));
      break;

    case CPT_VALUE_TEXTS:
      if (field->choices != NULL)
        cpt_value_take_texts (value, g_strsplit (field->choices[0].name, ",", -1));
      else
        cpt_value_take_texts (value, g_strsplit ("Été,VIP,b", ",", -1));
      break;

    case CPT_VALUE_TEXT:
    case CPT_VALUE_NULL:
    default:
      if (field->kind == CPT_FIELD_IDENTIFIER)
        cpt_value_set_text (value, get_identifier (field->scheme));
      else if (field->kind == CPT_FIELD_CHOICE)
        cpt_value_set_text (value, field->choices[0].name);
      else
        cpt_value_take_text (value, make_texts (rand, field));
    }
}

static CptRecord *
make_record (GRand           *rand,
             CptSchema       *schema,
             const CptEntity *entity)
{
  CptRecord *record = cpt_record_new (schema, entity);

  cpt_uuid_derive (&record->id, g_rand_int_range (rand, 1, 1000000), "record");
  cpt_uuid_derive (&record->created_by, 1, "user");
  cpt_uuid_derive (&record->changed_by, 2, "user");
  record->created_at = (gint64) g_rand_int (rand) * G_USEC_PER_SEC + 123456;
  record->changed_at = record->created_at + 1;
  record->in_trash = g_rand_boolean (rand);
  for (guint i = 0; i < entity->n_fields; i++)
    if (g_rand_int_range (rand, 0, 4) > 0)
      make_value (rand, entity->fields[i], &record->values[i]);

  return record;
}

static void
assert_same (const CptRecord *a,
             const CptRecord *b)
{
  g_assert_true (cpt_uuid_equal (&a->id, &b->id));
  g_assert_true (cpt_uuid_equal (&a->created_by, &b->created_by));
  g_assert_true (cpt_uuid_equal (&a->changed_by, &b->changed_by));
  g_assert_cmpint (a->created_at, ==, b->created_at);
  g_assert_cmpint (a->changed_at, ==, b->changed_at);
  g_assert_true (a->in_trash == b->in_trash);
  g_assert_cmpstr (a->unknown, ==, b->unknown);
  for (guint i = 0; i < a->entity->n_fields; i++)
    g_assert_true (cpt_value_equal (&a->values[i], &b->values[i]));
}

/* Every field keeps its value through machine text, and normalising changes nothing. */
static void
assert_fields_come_back (const CptRecord *record)
{
  for (guint i = 0; i < record->entity->n_fields; i++)
    {
      const CptField *field = record->entity->fields[i];
      g_autofree char *text = cpt_field_format (field, &record->values[i]);
      g_auto(CptValue) again = CPT_VALUE_INIT;
      g_autofree char *message = NULL;
      g_autoptr(GError) error = NULL;

      cpt_field_parse (field, text, NULL, &again, &error);
      g_assert_no_error (error);
      g_assert_true (cpt_value_equal (&again, &record->values[i]));
      g_assert_true (cpt_field_normalise (field, &again, &message));
      g_assert_true (cpt_value_equal (&again, &record->values[i]));
    }
}

static void
test_random_records (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (42);
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  const CptEntity *const *entities;
  guint n_entities;

  entities = cpt_schema_get_entities (schema, &n_entities);
  for (guint round = 0; round < 320; round++)
    {
      const CptEntity *entity = entities[round % n_entities];
      g_autoptr(CptRecord) record = make_record (rand, schema, entity);
      g_autoptr(JsonNode) node = cpt_record_to_json (record);
      g_autofree char *text = cpt_record_format_json (record);
      g_autoptr(CptRecord) from_node = NULL;
      g_autoptr(CptRecord) from_text = NULL;
      g_autoptr(GError) error = NULL;

      from_node = cpt_record_from_json (schema, entity, json_node_get_object (node), FALSE, &error);
      g_assert_no_error (error);
      assert_same (record, from_node);
      from_text = cpt_record_parse_json (schema, entity, text, -1, &error);
      g_assert_no_error (error);
      assert_same (record, from_text);
      assert_fields_come_back (record);
    }
}

static CptRecord *
parse_contact (const char  *text,
               GError     **error)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();

  return cpt_record_parse_json (schema, cpt_schema_find_entity (schema, "contact"), text, -1, error);
}

static void
test_shape (void)
{
  static const char text[] =
    "{\"id\":\"" ID "\",\"entity\":\"contact\",\"created_at\":\"2026-11-21T09:30:00.000001Z\","
    "\"created_by\":\"" ID "\",\"changed_at\":\"2026-11-21T09:30:00Z\",\"changed_by\":\"" ID "\",\"in_trash\":true,"
    "\"full_name\":\"Zoë\",\"tags\":[\"a\",\"b\"],\"opted_in\":false}";
  g_autoptr(GError) error = NULL;
  g_autoptr(CptRecord) record = parse_contact (text, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  again = cpt_record_format_json (record);
  g_assert_cmpstr (again, ==, text);
}

/* Spelling of numbers, escapes, U+0000, white space, order: nothing is touched. */
static void
test_unknown (void)
{
  static const char unknown[] =
    "\"_rev\":\"1-abc\",\"x_later\":1.10,\"huge\":123456789012345678901234567890,\"exp\":1e400,"
    "\"zero\":\"a\\u0000b\",\"deep\":{ \"b\" : [ 1 , -0.0 ],\"a\":{}},\"caf\\u00e9\":null";
  g_autofree char *text = g_strdup_printf ("{\"entity\":\"contact\", %s , \"last_name\" : \"Marché\"}", unknown);
  g_autofree char *wanted = g_strdup_printf ("{%s}", unknown);
  g_autofree char *written = NULL;
  g_autofree char *wanted_text = g_strdup_printf ("{\"entity\":\"contact\",\"last_name\":\"Marché\",%s}", unknown);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptRecord) record = parse_contact (text, &error);
  g_autoptr(CptRecord) again = NULL;
  g_autoptr(JsonNode) node = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (record->unknown, ==, wanted);
  written = cpt_record_format_json (record);
  g_assert_cmpstr (written, ==, wanted_text);
  again = parse_contact (written, &error);
  g_assert_no_error (error);
  assert_same (record, again);

  node = cpt_record_to_json (record);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "_rev"), ==, "1-abc");
  g_assert_true (json_object_has_member (json_node_get_object (node), "café"));
  g_assert_false (json_object_has_member (json_node_get_object (node), "huge"));
}

static void
test_unknown_node (void)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  const CptEntity *tag = cpt_schema_find_entity (schema, "tag");
  g_autoptr(JsonNode) node = cpt_json_parse ("{\"name\":\"VIP\",\"later\":{\"a\":[1]},\"quo\\\"te\":true}", -1, NULL);
  g_autoptr(CptRecord) kept = NULL;
  g_autoptr(CptRecord) refused = NULL;
  g_autoptr(JsonNode) again = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  kept = cpt_record_from_json (schema, tag, json_node_get_object (node), TRUE, &error);
  g_assert_no_error (error);
  again = cpt_record_to_json (kept);
  text = cpt_json_format (again);
  g_assert_cmpstr (text, ==, "{\"entity\":\"tag\",\"name\":\"VIP\",\"later\":{\"a\":[1]},\"quo\\\"te\":true}");

  refused = cpt_record_from_json (schema, tag, json_node_get_object (node), FALSE, &error);
  g_assert_null (refused);
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "later"));
}

/* A member that was not known when the record came, and is by now */
static void
test_unknown_becomes_known (void)
{
  const CptCustomField custom = { "tag", { .name = "x_size", .label = "Size", .kind = CPT_FIELD_INTEGER } };
  g_autoptr(GError) error = NULL;
  g_autoptr(CptSchema) schema = cpt_schema_new_with (&custom, 1, &error);
  const CptEntity *tag = cpt_schema_find_entity (schema, "tag");
  g_autoptr(CptRecord) record = cpt_record_new (schema, tag);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  CptValue value = CPT_VALUE_INIT;

  g_assert_no_error (error);
  record->unknown = g_strdup ("{\"x_size\":5,\"later\":6}");
  before = cpt_record_format_json (record);
  g_assert_cmpstr (before, ==, "{\"entity\":\"tag\",\"x_size\":5,\"later\":6}");

  cpt_value_set_integer (&value, 7);
  cpt_record_take (record, cpt_entity_find_field (tag, "x_size"), value);
  after = cpt_record_format_json (record);
  g_assert_cmpstr (after, ==, "{\"entity\":\"tag\",\"x_size\":7,\"later\":6}");
}

static void
test_bad_texts (void)
{
  static const struct
  {
    const char *text;
    CptError code;
  } bad[] = {
    { "", CPT_ERROR_PARSE },
    { "null", CPT_ERROR_PARSE },
    { "[]", CPT_ERROR_PARSE },
    { "{", CPT_ERROR_PARSE },
    { "{} x", CPT_ERROR_PARSE },
    { "{\"a\"}", CPT_ERROR_PARSE },
    { "{\"a\":}", CPT_ERROR_PARSE },
    { "{\"a\":1,}", CPT_ERROR_PARSE },
    { "{\"a\":01}", CPT_ERROR_PARSE },
    { "{\"a\":1.}", CPT_ERROR_PARSE },
    { "{\"a\":.5}", CPT_ERROR_PARSE },
    { "{\"a\":+1}", CPT_ERROR_PARSE },
    { "{\"a\":1e}", CPT_ERROR_PARSE },
    { "{\"a\":-}", CPT_ERROR_PARSE },
    { "{\"a\":nul}", CPT_ERROR_PARSE },
    { "{\"a\":truex}", CPT_ERROR_PARSE },
    { "{\"a\":\"\\x\"}", CPT_ERROR_PARSE },
    { "{\"a\":\"\\u12g4\"}", CPT_ERROR_PARSE },
    { "{\"a\":\"\n\"}", CPT_ERROR_PARSE },
    { "{\"a\":\"\377\"}", CPT_ERROR_PARSE },
    { "{\"a\":[1 2]}", CPT_ERROR_PARSE },
    { "{\"a\":{\"b\" 2}}", CPT_ERROR_PARSE },
    { "{\"a\":1,\"a\":2}", CPT_ERROR_PARSE },
    { "{\"a\":1,\"\\u0061\":2}", CPT_ERROR_PARSE },
    { "{\"a\\u0000b\":1}", CPT_ERROR_PARSE },
    { "{\"id\":\"x\"}", CPT_ERROR_PARSE },
    { "{\"id\":5}", CPT_ERROR_PARSE },
    { "{\"entity\":\"deal\"}", CPT_ERROR_INVALID },
    { "{\"entity\":5}", CPT_ERROR_INVALID },
    { "{\"created_at\":\"2026-11-21\"}", CPT_ERROR_PARSE },
    { "{\"created_at\":5}", CPT_ERROR_PARSE },
    { "{\"changed_by\":[]}", CPT_ERROR_PARSE },
    { "{\"in_trash\":1}", CPT_ERROR_PARSE },
    { "{\"email\":\"nobody\"}", CPT_ERROR_INVALID },
    { "{\"last_name\":5}", CPT_ERROR_PARSE },
    { "{\"linkedin\":\"javascript:alert(1)\"}", CPT_ERROR_INVALID },
    { "{\"birthday\":\"1e400\"}", CPT_ERROR_PARSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CptRecord) record = parse_contact (bad[i].text, &error);

      if (record != NULL)
        g_error ("%s was taken", bad[i].text);
      g_assert_error (error, CPT_ERROR, (int) bad[i].code);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

static void
test_field_is_named (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptRecord) record = parse_contact ("{\"email\":\"nobody\"}", &error);

  g_assert_null (record);
  g_assert_true (g_str_has_prefix (error->message, "email: "));
}

static void
test_nulls (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptRecord) record = NULL;
  g_autofree char *text = NULL;

  record = parse_contact ("{\"id\":null,\"created_at\":null,\"created_by\":null,"
                          "\"email\":null,\"tags\":[],\"notes\":\"\"}",
                          &error);
  g_assert_no_error (error);
  text = cpt_record_format_json (record);
  g_assert_cmpstr (text, ==, "{\"entity\":\"contact\"}");
}

static void
test_limits (void)
{
  g_autofree char *open = g_strnfill (100000, '[');
  g_autofree char *close = g_strnfill (100000, ']');
  g_autofree char *deep = g_strconcat ("{\"later\":", open, close, "}", NULL);
  g_autofree char *filler = g_strnfill (CPT_RECORD_UNKNOWN_MAX, 'x');
  g_autofree char *large = g_strconcat ("{\"later\":\"", filler, "\"}", NULL);
  g_autoptr(GError) too_deep = NULL;
  g_autoptr(GError) too_large = NULL;
  g_autoptr(CptRecord) deep_record = parse_contact (deep, &too_deep);
  g_autoptr(CptRecord) large_record = parse_contact (large, &too_large);

  g_assert_null (deep_record);
  g_assert_error (too_deep, CPT_ERROR, CPT_ERROR_PARSE);
  g_assert_null (large_record);
  g_assert_error (too_large, CPT_ERROR, CPT_ERROR_LIMIT);
}

static void
test_members (void)
{
  static const char text[] = " {\"a\" : [1, 2] ,\"\\u00e9\":-1.50e+3}xx";
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) members = cpt_json_members_scan (text, (gssize) strlen (text) - 2, &error);
  const CptJsonMember *first;
  const CptJsonMember *second;

  g_assert_no_error (error);
  g_assert_cmpuint (members->len, ==, 2);
  first = &g_array_index (members, CptJsonMember, 0);
  second = &g_array_index (members, CptJsonMember, 1);
  g_assert_cmpstr (first->name, ==, "a");
  g_assert_cmpmem (first->value, first->value_length, "[1, 2]", 6);
  g_assert_cmpstr (second->name, ==, "é");
  g_assert_cmpmem (second->raw_name, second->raw_name_length, "\"\\u00e9\"", 8);
  g_assert_cmpmem (second->value, second->value_length, "-1.50e+3", 8);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/random-records-come-back-from-json", test_random_records);
  g_test_add_func ("/record/json-is-as-documented", test_shape);
  g_test_add_func ("/record/keeps-unknown-members-byte-for-byte", test_unknown);
  g_test_add_func ("/record/keeps-unknown-members-of-parsed-json", test_unknown_node);
  g_test_add_func ("/record/unknown-members-give-way-to-fields", test_unknown_becomes_known);
  g_test_add_func ("/record/refuses-json-that-is-not-a-record", test_bad_texts);
  g_test_add_func ("/record/names-the-field-that-is-wrong", test_field_is_named);
  g_test_add_func ("/record/null-is-absent", test_nulls);
  g_test_add_func ("/record/keeps-to-its-limits", test_limits);
  g_test_add_func ("/record/finds-members-in-their-text", test_members);

  return g_test_run ();
}
