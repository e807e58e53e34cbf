/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fields that users add at run time. */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "cpt-custom-field.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-json.h"
#include "cpt-own-choices.h"

static const CptChoice sizes[] = {
  { "small", "Small one", "blue" },
  { "large", "Large one", NULL },
  { NULL },
};

static CptField
make_field (CptFieldKind  kind,
            const char   *name)
{
  return (CptField){
    .name = name,
    .label = "My field",
    .kind = kind,
    .choices = kind == CPT_FIELD_CHOICE || kind == CPT_FIELD_MULTI_CHOICE ? sizes : NULL,
    .target = kind == CPT_FIELD_LINK || kind == CPT_FIELD_LINKS ? "contact" : NULL,
    .scale = kind == CPT_FIELD_DECIMAL ? 4 : 0,
    .scheme = kind == CPT_FIELD_IDENTIFIER ? CPT_IDENTIFIER_IBAN : CPT_IDENTIFIER_SIREN,
  };
}

static void
test_every_kind (void)
{
  CptCustomField custom[CPT_N_FIELD_KINDS];
  char names[CPT_N_FIELD_KINDS][16];
  g_autoptr(CptSchema) schema = NULL;
  g_autoptr(GError) error = NULL;
  const CptEntity *deal;

  for (guint i = 0; i < CPT_N_FIELD_KINDS; i++)
    {
      g_snprintf (names[i], sizeof names[i], "f%u", i);
      custom[i] = (CptCustomField){ "deal", make_field ((CptFieldKind) i, names[i]) };
    }

  schema = cpt_schema_new_with (custom, G_N_ELEMENTS (custom), &error);
  g_assert_no_error (error);
  /* Nothing is borrowed any more. */
  memset (names, 'z', sizeof names);
  memset (custom, 0xff, sizeof custom);

  deal = cpt_schema_find_entity (schema, "deal");
  g_assert_cmpuint (deal->n_fields, ==, deal->n_declared + CPT_N_FIELD_KINDS);
  for (guint i = 0; i < CPT_N_FIELD_KINDS; i++)
    {
      g_autofree char *name = g_strdup_printf ("x_f%u", i);
      const CptField *field = cpt_entity_find_field (deal, name);

      g_assert_nonnull (field);
      g_assert_cmpint (field->kind, ==, i);
      g_assert_cmpuint (field->index, ==, deal->n_declared + i);
      g_assert_true (field->is_custom);
      g_assert_cmpstr (cpt_field_get_label (field), ==, "My field");
    }
  g_assert_cmpstr (cpt_field_find_choice (cpt_entity_find_field (deal, "x_f10"), "large")->label, ==, "Large one");
}

static void
test_values (void)
{
  const CptCustomField custom = { "deal", make_field (CPT_FIELD_MULTI_CHOICE, "x_size") };
  g_autoptr(GError) error = NULL;
  g_autoptr(CptSchema) schema = cpt_schema_new_with (&custom, 1, &error);
  g_autoptr(CptRecord) record = NULL;
  g_autofree char *text = NULL;
  CptPath path;

  g_assert_no_error (error);
  record = cpt_record_parse_json (schema, cpt_schema_find_entity (schema, "deal"),
                                  "{\"x_size\":[\"small\"],\"x_other\":1}", -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (record->unknown, ==, "{\"x_other\":1}");
  text = cpt_record_format_json (record);
  g_assert_cmpstr (text, ==, "{\"entity\":\"deal\",\"x_size\":[\"small\"],\"x_other\":1}");
  g_assert_true (cpt_path_parse (schema, cpt_schema_find_entity (schema, "deal"), "x_size", &path, &error));
}

static void
test_refuses (void)
{
  static const CptChoice twice[] = { { "a", "A" }, { "a", "B" }, { NULL } };
  static const CptChoice nameless[] = { { "", "A" }, { NULL } };
  static const CptChoice unlabelled[] = { { "a", NULL }, { NULL } };
  static const CptChoice coloured[] = { { "a", "A", "pink" }, { NULL } };
  static const CptChoice none[] = { { NULL } };
  const CptField bad[] = {
    { .name = "x_Name", .label = "L", .kind = CPT_FIELD_TEXT },
    { .name = "x_", .label = "L", .kind = CPT_FIELD_TEXT },
    { .name = "", .label = "L", .kind = CPT_FIELD_TEXT },
    { .name = NULL, .label = "L", .kind = CPT_FIELD_TEXT },
    { .name = "a; DROP TABLE deal", .label = "L", .kind = CPT_FIELD_TEXT },
    { .name = "\377", .label = "L", .kind = CPT_FIELD_TEXT },
    { .name = "a", .label = "", .kind = CPT_FIELD_TEXT },
    { .name = "a", .label = NULL, .kind = CPT_FIELD_TEXT },
    { .name = "a", .label = "a\342\200\256b", .kind = CPT_FIELD_TEXT },
    { .name = "a", .label = "\377", .kind = CPT_FIELD_TEXT },
    { .name = "a", .label = "L", .help = "\001", .kind = CPT_FIELD_TEXT },
    { .name = "a", .label = "L", .kind = (CptFieldKind) 99 },
    { .name = "a", .label = "L", .kind = CPT_FIELD_TEXT, .group = "nothing" },
    { .name = "a", .label = "L", .kind = CPT_FIELD_TEXT, .choices = sizes },
    { .name = "a", .label = "L", .kind = CPT_FIELD_TEXT, .target = "deal" },
    { .name = "a", .label = "L", .kind = CPT_FIELD_TEXT, .scale = 2 },
    { .name = "a", .label = "L", .kind = CPT_FIELD_TEXT, .max_length = 100001 },
    { .name = "a", .label = "L", .kind = CPT_FIELD_TEXT, .min = 1, .max = 2 },
    { .name = "a", .label = "L", .kind = CPT_FIELD_TEXT, .privacy = (CptPrivacy) 9 },
    { .name = "a", .label = "L", .kind = CPT_FIELD_IDENTIFIER, .scheme = (CptIdentifier) 99 },
    { .name = "a", .label = "L", .kind = CPT_FIELD_DECIMAL, .scale = 10 },
    { .name = "a", .label = "L", .kind = CPT_FIELD_INTEGER, .min = 2, .max = 1 },
    { .name = "a", .label = "L", .kind = CPT_FIELD_INTEGER, .initial = "twelve" },
    { .name = "a", .label = "L", .kind = CPT_FIELD_INTEGER, .initial = "now" },
    { .name = "a", .label = "L", .kind = CPT_FIELD_LINK },
    { .name = "a", .label = "L", .kind = CPT_FIELD_LINK, .target = "nothing" },
    { .name = "a", .label = "L", .kind = CPT_FIELD_LINK, .target = "deal", .initial = "me" },
    { .name = "a", .label = "L", .kind = CPT_FIELD_CHOICE },
    { .name = "a", .label = "L", .kind = CPT_FIELD_CHOICE, .choices = none },
    { .name = "a", .label = "L", .kind = CPT_FIELD_CHOICE, .choices = twice },
    { .name = "a", .label = "L", .kind = CPT_FIELD_CHOICE, .choices = nameless },
    { .name = "a", .label = "L", .kind = CPT_FIELD_CHOICE, .choices = unlabelled },
    { .name = "a", .label = "L", .kind = CPT_FIELD_CHOICE, .choices = coloured },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const CptCustomField custom = { "deal", bad[i] };
      g_autoptr(GError) error = NULL;
      g_autoptr(CptSchema) schema = cpt_schema_new_with (&custom, 1, &error);

      if (schema != NULL)
        g_error ("bad field %u was taken", i);
      g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

static void
assert_clash (const char     *entity,
              const CptField *a,
              const CptField *b)
{
  const CptCustomField custom[] = { { entity, *a }, { entity, *b } };
  g_autoptr(GError) error = NULL;
  g_autoptr(CptSchema) schema = cpt_schema_new_with (custom, 2, &error);

  g_assert_null (schema);
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
}

static void
test_clashes (void)
{
  const CptField text = make_field (CPT_FIELD_TEXT, "price");
  const CptField same = make_field (CPT_FIELD_TEXT, "x_price");
  const CptField money = make_field (CPT_FIELD_MONEY, "price");
  const CptField currency = make_field (CPT_FIELD_TEXT, "price_currency");

  assert_clash ("deal", &text, &same);
  assert_clash ("deal", &money, &currency);
  assert_clash ("deal", &currency, &money);
  assert_clash ("saved_view", &text, &money);
  assert_clash ("nothing", &text, &money);
  assert_clash (NULL, &text, &money);
}

static void
test_limit (void)
{
  CptCustomField custom[501];
  char names[501][16];
  g_autoptr(CptSchema) schema = NULL;
  g_autoptr(CptSchema) too_many = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (custom); i++)
    {
      g_snprintf (names[i], sizeof names[i], "f%u", i);
      custom[i] = (CptCustomField){ "deal", make_field (CPT_FIELD_TEXT, names[i]) };
    }
  schema = cpt_schema_new_with (custom, 500, &error);
  g_assert_no_error (error);
  too_many = cpt_schema_new_with (custom, 501, &error);
  g_assert_null (too_many);
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
}

static CptRecord *
make_record (CptSchema  *schema,
             const char *json)
{
  g_autoptr(GError) error = NULL;
  CptRecord *record = cpt_record_parse_json (schema, cpt_schema_find_entity (schema, "custom_field"), json, -1, &error);

  g_assert_no_error (error);

  return record;
}

static void
test_records (void)
{
  g_autoptr(CptSchema) standard = cpt_schema_new ();
  g_autoptr(CptSchema) schema = NULL;
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);
  const CptEntity *deal;
  const CptField *size;
  static const char *const texts[] = {
    "{\"entity_name\":\"deal\",\"name\":\"x_b\",\"label\":\"B\",\"kind\":\"text\",\"position\":2,"
    "\"definition\":{\"searchable\":true,\"privacy\":\"personal\",\"max_length\":40,\"later\":1}}",
    "{\"entity_name\":\"deal\",\"name\":\"x_a\",\"label\":\"A\",\"kind\":\"choice\",\"position\":1,"
    "\"definition\":{\"choices\":[{\"name\":\"s\",\"label\":\"Small\",\"colour\":\"red\"},{\"name\":\"l\",\"label\":\"Large\"}],"
    "\"required\":true,\"initial\":\"s\",\"group\":\"sale\",\"help\":\"How large\"}}",
    "{\"entity_name\":\"deal\",\"name\":\"x_c\",\"label\":\"C\",\"kind\":\"text\",\"in_trash\":true}",
    "{\"entity_name\":\"deal\",\"name\":\"x_d\",\"label\":\"D\",\"kind\":\"nothing\"}",
    "{\"entity_name\":\"nothing\",\"name\":\"x_e\",\"label\":\"E\",\"kind\":\"text\"}",
    "{\"entity_name\":\"deal\",\"name\":\"x_b\",\"label\":\"F\",\"kind\":\"text\",\"position\":9}",
    "{\"entity_name\":\"deal\",\"name\":\"x_g\",\"label\":\"G\",\"kind\":\"choice\",\"definition\":{\"choices\":[5]}}",
    "{\"entity_name\":\"deal\",\"name\":\"x_h\",\"label\":\"H\",\"kind\":\"text\",\"definition\":[]}",
    "{\"entity_name\":\"deal\",\"name\":\"x_i\",\"label\":\"I\",\"kind\":\"decimal\",\"definition\":{\"scale\":-1}}",
    "{\"entity_name\":\"deal\",\"name\":\"x_j\",\"label\":\"J\",\"kind\":\"text\",\"definition\":{\"required\":\"yes\"}}",
    "{\"entity_name\":\"deal\",\"name\":\"x_k\",\"label\":\"K\",\"kind\":\"text\",\"definition\":{\"privacy\":\"none at all\"}}",
    "{\"entity_name\":\"deal\",\"name\":\"x_l\",\"label\":\"L\",\"kind\":\"choice\",\"definition\":{\"choices\":[{}]}}",
    "{}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_ptr_array_add (records, make_record (standard, texts[i]));
  schema = cpt_schema_new_from_records ((CptRecord *const *) records->pdata, records->len, problems);

  deal = cpt_schema_find_entity (schema, "deal");
  g_assert_cmpuint (deal->n_fields, ==, deal->n_declared + 2);
  g_assert_cmpuint (problems->len, ==, G_N_ELEMENTS (texts) - 3);
  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr(GError) error = NULL;
      gboolean is_good = cpt_custom_field_check_record (records->pdata[i], &error);

      /* The third is in the trash, the sixth clashes with the first only. */
      g_assert_true (is_good == (i < 3 || i == 5));
      g_assert_true (is_good == (error == NULL));
    }
  g_assert_cmpstr (deal->fields[deal->n_declared]->name, ==, "x_a");
  g_assert_cmpstr (deal->fields[deal->n_declared + 1]->name, ==, "x_b");

  size = deal->fields[deal->n_declared];
  g_assert_cmpint (size->flags, ==, CPT_FIELD_REQUIRED);
  g_assert_cmpstr (size->choices[0].colour, ==, "red");
  g_assert_cmpstr (size->choices[1].label, ==, "Large");
  g_assert_cmpstr (size->group, ==, "sale");
  g_assert_cmpstr (size->initial, ==, "s");
  g_assert_cmpuint (deal->fields[deal->n_declared + 1]->max_length, ==, 40);
  g_assert_cmpint (deal->fields[deal->n_declared + 1]->privacy, ==, CPT_PRIVACY_PERSONAL);
}

/* What a record keeps of a field gives the same field. */
static void
test_record_comes_back (void)
{
  g_autoptr(CptSchema) standard = cpt_schema_new ();

  for (guint i = 0; i < CPT_N_FIELD_KINDS; i++)
    {
      CptField field = make_field ((CptFieldKind) i, "mine");
      g_autoptr(CptRecord) record = cpt_record_new (standard, cpt_schema_find_entity (standard, "custom_field"));
      g_autoptr(CptSchema) schema = NULL;
      g_autoptr(JsonObject) before = NULL;
      g_autoptr(JsonObject) after = NULL;
      g_autoptr(JsonNode) before_node = NULL;
      g_autoptr(JsonNode) after_node = NULL;
      const CptField *again;

      field.flags = CPT_FIELD_INDEXED | CPT_FIELD_KEY | CPT_FIELD_HIDDEN | CPT_FIELD_READ_ONLY;
      field.privacy = CPT_PRIVACY_SENSITIVE;
      field.help = "Help";
      field.unit = "km";
      if (cpt_field_type_get (field.kind)->value_type == CPT_VALUE_INTEGER)
        field.max = 900;
      cpt_custom_field_set_record (record, "product", &field);
      schema = cpt_schema_new_from_records (&record, 1, NULL);

      again = cpt_entity_find_field (cpt_schema_find_entity (schema, "product"), "x_mine");
      g_assert_nonnull (again);
      g_assert_cmpint (again->kind, ==, i);
      before = cpt_field_definition_to_json (&field);
      after = cpt_field_definition_to_json (again);
      before_node = json_node_init_object (json_node_alloc (), before);
      after_node = json_node_init_object (json_node_alloc (), after);
      g_assert_true (json_node_equal (before_node, after_node));
    }
}

static void
test_json (void)
{
  const CptCustomField custom = { "tag", make_field (CPT_FIELD_CHOICE, "size") };
  g_autoptr(GError) error = NULL;
  g_autoptr(CptSchema) schema = cpt_schema_new_with (&custom, 1, &error);
  g_autoptr(JsonNode) node = cpt_schema_to_json (schema);
  g_autofree char *text = cpt_json_format (node);

  g_assert_nonnull (strstr (text, "{\"name\":\"x_size\",\"label\":\"My field\",\"kind\":\"choice\",\"custom\":true,"
                                  "\"choices\":[{\"name\":\"small\",\"label\":\"Small one\",\"colour\":\"blue\"},"
                                  "{\"name\":\"large\",\"label\":\"Large one\"}],\"group\":\"main\"}"));
}

/* Choices of declared fields */

static CptSchema *
make_choices (const char *field,
              const char *choices,
              GPtrArray  *problems)
{
  g_autoptr(CptSchema) standard = cpt_schema_new ();
  g_autoptr(CptRecord) record = cpt_record_new (standard, cpt_schema_find_entity (standard, CPT_CHOICE_LIST_ENTITY));
  CptRecord *const records[] = { record };

  cpt_record_set_text (record, "entity_name", "task");
  cpt_record_set_text (record, "field_name", field);
  cpt_record_set_text (record, "choices", choices);
  g_assert_true (cpt_own_choices_check_record (record, NULL, NULL) == (problems == NULL));

  return cpt_schema_new_from_records (records, 1, problems);
}

static void
assert_choices (CptSchema  *schema,
                const char *name,
                const char *expected)
{
  const CptField *field = cpt_entity_find_field (cpt_schema_find_entity (schema, "task"), name);
  g_autoptr(GString) text = g_string_new (NULL);

  for (const CptChoice *choice = field->choices; choice->name != NULL; choice++)
    g_string_append_printf (text, "%s%s=%s/%s", text->len > 0 ? " " : "", choice->name, cpt_choice_get_label (choice),
                            choice->colour != NULL ? choice->colour : "");
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_own_choices (void)
{
  g_autoptr(CptSchema) status =
    make_choices ("status",
                  "[{\"name\":\"done\",\"label\":\"To do\",\"colour\":\"none\"},"
                  "{\"name\":\"waiting\",\"label\":\"Waits\",\"colour\":\"red\"},"
                  "{\"name\":\"to_do\",\"colour\":\"brown\"}]",
                  NULL);
  g_autoptr(CptSchema) untouched = make_choices ("status", NULL, NULL);
  g_autoptr(CptSchema) priority = make_choices ("priority", "[{\"name\":\"low\",\"label\":\"Some day\"}]", NULL);
  const CptField *field = cpt_entity_find_field (cpt_schema_find_entity (status, "task"), "status");

  assert_choices (status, "status",
                  "done=To do/ waiting=Waits/red to_do=To do/brown in_progress=In progress/yellow cancelled=Cancelled/grey");
  g_assert_true (cpt_field_find_choice (field, "done")->is_own);
  g_assert_false (cpt_field_find_choice (field, "to_do")->is_own);
  g_assert_true (cpt_field_find_choice (field, "done")->is_needed);
  g_assert_false (cpt_field_find_choice (field, "waiting")->is_needed);
  assert_choices (untouched, "status", "to_do=To do/blue in_progress=In progress/yellow done=Done/green cancelled=Cancelled/grey");
  assert_choices (priority, "priority", "low=Some day/grey urgent=Urgent/red high=High/orange normal=Normal/blue");
}

static void
test_bad_choices (void)
{
  static const struct
  {
    const char *field;
    const char *choices;
  } bad[] = {
    { "status", "{}" },
    { "status", "[5]" },
    { "status", "[{}]" },
    { "status", "[{\"name\":\"A b\",\"label\":\"A\"}]" },
    { "status", "[{\"name\":\"own\"}]" },
    { "status", "[{\"name\":\"own\",\"label\":\"\"}]" },
    { "status", "[{\"name\":\"own\",\"label\":\"A\"},{\"name\":\"own\",\"label\":\"B\"}]" },
    { "status", "[{\"name\":\"done\"},{\"name\":\"done\"}]" },
    { "status", "[{\"name\":\"done\",\"colour\":\"pink\"}]" },
    { "status", "[{\"name\":\"done\",\"hidden\":true}]" },
    { "status", "[{\"name\":\"to_do\",\"hidden\":\"yes\"}]" },
    { "priority", "[{\"name\":\"own\",\"label\":\"A\"}]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
      g_autoptr(CptSchema) schema = NULL;

      g_test_message ("%s", bad[i].choices);
      schema = make_choices (bad[i].field, bad[i].choices, problems);
      g_assert_cmpuint (problems->len, ==, 1);
      assert_choices (schema, "status", "to_do=To do/blue in_progress=In progress/yellow done=Done/green cancelled=Cancelled/grey");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/custom-field/can-be-of-every-kind", test_every_kind);
  g_test_add_func ("/custom-field/has-values-as-standard-ones-do", test_values);
  g_test_add_func ("/custom-field/refuses-what-does-not-fit", test_refuses);
  g_test_add_func ("/custom-field/refuses-clashes", test_clashes);
  g_test_add_func ("/custom-field/keeps-to-its-limit", test_limit);
  g_test_add_func ("/custom-field/comes-from-records-and-leaves-bad-ones-out", test_records);
  g_test_add_func ("/custom-field/record-keeps-all-of-it", test_record_comes_back);
  g_test_add_func ("/custom-field/is-in-the-json-of-the-schema", test_json);
  g_test_add_func ("/own-choices/are-combined-with-the-declaration", test_own_choices);
  g_test_add_func ("/own-choices/are-left-out-when-they-can-not-be-read", test_bad_choices);

  return g_test_run ();
}
