/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the fields of a kind of record stand in forms: what is declared, what a
 * workspace makes of it, and what nobody should have written. */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "cpt-custom-field.h"
#include "cpt-error.h"
#include "cpt-schema-private.h"

/* "main: name amount(hidden) | sale*: source", a star for folded ones */
static char *
describe (const CptForm *form)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < form->n_groups; i++)
    {
      const CptFormGroup *group = &form->groups[i];

      g_string_append_printf (text, "%s%s%s:", i > 0 ? " | " : "", group->name, group->is_folded ? "*" : "");
      for (guint j = 0; j < group->n_fields; j++)
        g_string_append_printf (text, " %s%s", group->fields[j].field->name, group->fields[j].is_hidden ? "(hidden)" : "");
    }

  return g_string_free (text, FALSE);
}

static CptPageLayout *
parse_ok (const char *text)
{
  g_autoptr(GError) error = NULL;
  CptPageLayout *layout = cpt_page_layout_parse (text, &error);

  g_assert_no_error (error);

  return layout;
}

/* What becomes of @text in the form of stages */
static void
assert_form (const char *text,
             const char *expected)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  g_autoptr(CptPageLayout) layout = parse_ok (text);
  CptForm *form = cpt_form_new (cpt_schema_find_entity (schema, "stage"), layout);
  g_autofree char *found = describe (form);

  g_assert_cmpstr (found, ==, expected);
  cpt_form_free (form);
}

#define STANDARD "main: name pipeline position kind probability colour exit_fields"

/* All fields that forms offer, group by group, as they are declared */
static void
test_standard (void)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (schema, &n_entities);

  for (guint i = 0; i < n_entities; i++)
    {
      const CptForm *form = cpt_entity_get_form (entities[i]);
      guint n_fields = 0;

      for (guint j = 0; j < entities[i]->n_fields; j++)
        n_fields += (entities[i]->fields[j]->flags & CPT_FIELD_HIDDEN) == 0;
      g_assert_cmpuint (form->n_groups, >=, 1);
      for (guint j = 0; j < form->n_groups; j++)
        {
          const CptFormGroup *group = &form->groups[j];

          g_assert_cmpstr (group->title, ==, cpt_entity_get_group_label (entities[i], group->name));
          g_assert_false (group->is_folded);
          g_assert_cmpuint (group->n_fields, >, 0);
          n_fields -= group->n_fields;
          for (guint k = 0; k < group->n_fields; k++)
            {
              const char *declared = group->fields[k].field->group;

              g_assert_cmpstr (declared != NULL ? declared : entities[i]->groups[0].name, ==, group->name);
              g_assert_false (group->fields[k].is_hidden);
            }
        }
      g_assert_cmpuint (n_fields, ==, 0);
    }
}

static void
test_combines (void)
{
  assert_form (NULL, STANDARD);
  assert_form ("{}", STANDARD);
  assert_form ("{\"groups\":[],\"hidden\":[]}", STANDARD);
  /* What is not named comes behind, in its declared group. */
  assert_form ("{\"groups\":[{\"name\":\"main\",\"fields\":[\"colour\",\"name\"]}]}",
               "main: colour name pipeline position kind probability exit_fields");
  assert_form ("{\"groups\":[{\"name\":\"looks\",\"title\":\"Looks\",\"folded\":true,\"fields\":[\"colour\"]}]}",
               "looks*: colour | main: name pipeline position kind probability exit_fields");
  /* Names that are not known, places that are taken already, groups without a field */
  assert_form ("{\"groups\":[{\"name\":\"a\",\"fields\":[\"x_gone\",\"kind\",\"kind\"]},"
               "{\"name\":\"b\",\"fields\":[\"kind\",\"other\"]},{\"name\":\"main\",\"fields\":[\"kind\"]}],"
               "\"hidden\":[\"x_gone\",\"nothing\"]}",
               "a: kind | main: name pipeline position probability colour exit_fields");
}

/* Neither what names the record nor what can't be empty */
static void
test_hides (void)
{
  assert_form ("{\"hidden\":[\"colour\",\"name\",\"pipeline\",\"kind\",\"colour\"]}",
               "main: name pipeline position kind probability colour(hidden) exit_fields");
}

static void
test_titles (void)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  const CptEntity *deal = cpt_schema_find_entity (schema, "deal");
  g_autoptr(CptPageLayout) layout =
    parse_ok ("{\"groups\":[{\"name\":\"time\",\"title\":\"When & how\",\"fields\":[\"opened_on\"]},"
              "{\"name\":\"later\",\"fields\":[\"notes\"]}]}");
  CptForm *form = cpt_form_new (deal, layout);

  g_assert_cmpstr (form->groups[0].title, ==, "When & how");
  /* A group of another version */
  g_assert_cmpstr (form->groups[1].title, ==, "later");
  g_assert_cmpstr (form->groups[2].title, ==, "Deal");
  g_assert_true (cpt_form_is_hidden (form, cpt_entity_find_field (deal, "name")) == FALSE);
  cpt_form_free (form);
}

static void
test_refuses (void)
{
  static const struct
  {
    const char *text;
    int code;
  } bad[] = {
    { "", CPT_ERROR_PARSE },
    { "{", CPT_ERROR_PARSE },
    { "[]", CPT_ERROR_PARSE },
    { "5", CPT_ERROR_PARSE },
    { "{\"groups\":{}}", CPT_ERROR_PARSE },
    { "{\"groups\":[5]}", CPT_ERROR_PARSE },
    { "{\"groups\":[{\"name\":7}]}", CPT_ERROR_PARSE },
    { "{\"groups\":[{\"name\":\"a\",\"folded\":\"yes\"}]}", CPT_ERROR_PARSE },
    { "{\"groups\":[{\"name\":\"a\",\"fields\":\"name\"}]}", CPT_ERROR_PARSE },
    { "{\"groups\":[{\"name\":\"a\",\"fields\":[\"name\",3]}]}", CPT_ERROR_PARSE },
    { "{\"groups\":[{\"name\":\"a\",\"fields\":[\"\"]}]}", CPT_ERROR_PARSE },
    { "{\"hidden\":[null]}", CPT_ERROR_PARSE },
    { "{\"hidden\":[[]]}", CPT_ERROR_PARSE },
    { "{\"groups\":[{}]}", CPT_ERROR_INVALID },
    { "{\"groups\":[{\"name\":\"\"}]}", CPT_ERROR_INVALID },
    { "{\"groups\":[{\"name\":\"A b\"}]}", CPT_ERROR_INVALID },
    { "{\"groups\":[{\"name\":\"a\"},{\"name\":\"a\"}]}", CPT_ERROR_INVALID },
    { "{\"groups\":[{\"name\":\"a\",\"title\":\"\"}]}", CPT_ERROR_INVALID },
    { "{\"groups\":[{\"name\":\"a\",\"title\":\"\\u202ea\"}]}", CPT_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CptPageLayout) layout = cpt_page_layout_parse (bad[i].text, &error);

      if (layout != NULL)
        g_error ("“%s” was taken", bad[i].text);
      g_assert_error (error, CPT_ERROR, bad[i].code);
    }
}

static void
test_limits (void)
{
  g_autoptr(CptPageLayout) layout = cpt_page_layout_new ();
  g_autofree char *text = NULL;
  g_autofree char *longer = NULL;
  g_autoptr(CptPageLayout) many = NULL;
  g_autoptr(CptPageLayout) none = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) too_long = NULL;

  for (guint i = 0; i < CPT_PAGE_LAYOUT_MAX_NAMES + 1; i++)
    g_ptr_array_add (layout->hidden, g_strdup ("a"));
  text = cpt_page_layout_format (layout);
  none = cpt_page_layout_parse (text, &error);
  g_assert_null (none);
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);

  g_ptr_array_set_size (layout->hidden, 0);
  for (guint i = 0; i < CPT_PAGE_LAYOUT_MAX_GROUPS + 1; i++)
    {
      g_autofree char *name = g_strdup_printf ("g%u", i);

      cpt_page_layout_append_group (layout, name);
    }
  longer = cpt_page_layout_format (layout);
  many = cpt_page_layout_parse (longer, &too_long);
  g_assert_null (many);
  g_assert_error (too_long, CPT_ERROR, CPT_ERROR_LIMIT);
}

/* Nothing that is written gets lost, known or not. */
static void
test_comes_back (void)
{
  static const char text[] = "{\"groups\":[{\"fields\":[\"x_gone\",\"colour\"],\"folded\":true,\"name\":\"looks\",\"title\":\"L\"},"
                             "{\"fields\":[],\"name\":\"empty\"}],\"hidden\":[\"x_gone\"]}";
  g_autoptr(CptPageLayout) layout = parse_ok (text);
  g_autofree char *again = cpt_page_layout_format (layout);

  g_assert_cmpstr (again, ==, text);
}

static void
assert_layout (const CptPageLayout *layout,
               const char          *expected)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < layout->groups->len; i++)
    {
      const CptLayoutGroup *group = g_ptr_array_index (layout->groups, i);

      g_string_append_printf (text, "%s%s:", i > 0 ? " | " : "", group->name);
      for (guint j = 0; j < group->fields->len; j++)
        g_string_append_printf (text, " %s", (const char *) g_ptr_array_index (group->fields, j));
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_moves (void)
{
  g_autoptr(CptPageLayout) layout = parse_ok ("{\"groups\":[{\"name\":\"a\",\"fields\":[\"one\",\"two\",\"three\"]},"
                                              "{\"name\":\"b\",\"fields\":[\"four\"]},{\"name\":\"c\",\"fields\":[]}]}");

  cpt_page_layout_move_field (layout, "three", "a", "one");
  assert_layout (layout, "a: three one two | b: four | c:");
  cpt_page_layout_move_field (layout, "three", "a", NULL);
  assert_layout (layout, "a: one two three | b: four | c:");
  cpt_page_layout_move_field (layout, "two", "b", "four");
  assert_layout (layout, "a: one three | b: two four | c:");
  cpt_page_layout_move_field (layout, "one", "c", "nothing");
  assert_layout (layout, "a: three | b: two four | c: one");
  cpt_page_layout_move_field (layout, "nothing", "c", NULL);
  cpt_page_layout_move_field (layout, "one", "nothing", NULL);
  cpt_page_layout_move_field (layout, "one", "c", "one");
  assert_layout (layout, "a: three | b: two four | c: one");

  cpt_page_layout_move_group (layout, "c", "a");
  assert_layout (layout, "c: one | a: three | b: two four");
  cpt_page_layout_move_group (layout, "c", NULL);
  cpt_page_layout_move_group (layout, "b", "b");
  cpt_page_layout_move_group (layout, "nothing", "a");
  assert_layout (layout, "a: three | b: two four | c: one");

  cpt_page_layout_remove_group (layout, "a");
  assert_layout (layout, "b: three two four | c: one");
  cpt_page_layout_remove_group (layout, "c");
  assert_layout (layout, "b: three two four one");
  cpt_page_layout_remove_group (layout, "b");
  assert_layout (layout, "b: three two four one");
}

static void
test_groups (void)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  const CptEntity *deal = cpt_schema_find_entity (schema, "deal");
  g_autoptr(CptPageLayout) layout = cpt_page_layout_new ();

  cpt_page_layout_complete (layout, deal);
  g_assert_cmpuint (layout->groups->len, ==, 5);
  g_assert_cmpstr (cpt_page_layout_add_group (layout, deal, "Mine"), ==, "group_1");
  g_assert_cmpstr (cpt_page_layout_add_group (layout, deal, "Mine"), ==, "group_2");
  cpt_page_layout_set_title (layout, "time", "When");
  g_assert_cmpstr (cpt_page_layout_find_group (layout, "time")->title, ==, "When");
  cpt_page_layout_set_title (layout, "time", NULL);
  g_assert_null (cpt_page_layout_find_group (layout, "time")->title);
  g_assert_cmpstr (cpt_page_layout_find_place (layout, "amount")->name, ==, "main");

  cpt_page_layout_set_hidden (layout, "amount", TRUE);
  cpt_page_layout_set_hidden (layout, "amount", TRUE);
  g_assert_cmpuint (layout->hidden->len, ==, 1);
  g_assert_true (cpt_page_layout_is_hidden (layout, "amount"));
  cpt_page_layout_set_hidden (layout, "amount", FALSE);
  cpt_page_layout_set_hidden (layout, "name", FALSE);
  g_assert_false (cpt_page_layout_is_hidden (layout, "amount"));
}

/* Out of records, as the store has them */

static CptRecord *
make_record (CptSchema  *schema,
             const char *entity,
             guint       number,
             const char *json)
{
  g_autoptr(GError) error = NULL;
  CptRecord *record = cpt_record_parse_json (schema, cpt_schema_find_entity (schema, entity), json, -1, &error);

  g_assert_no_error (error);
  record->id.bytes[15] = (guint8) number;

  return record;
}

static void
test_records (void)
{
  static const char *const texts[] = {
    "{\"entity_name\":\"stage\",\"layout\":{\"hidden\":[\"probability\"]}}",
    "{\"entity_name\":\"stage\",\"layout\":{\"groups\":[{\"name\":\"a\",\"fields\":[\"x_size\",\"name\"]}]}}",
    "{\"entity_name\":\"stage\",\"layout\":{\"groups\":5}}",
    "{\"entity_name\":\"stage\",\"layout\":{\"hidden\":[\"colour\"]},\"in_trash\":true}",
    "{\"entity_name\":\"rule\",\"layout\":{\"hidden\":[\"message\"]}}",
    "{\"entity_name\":\"nothing\",\"layout\":{}}",
    "{}",
  };
  g_autoptr(CptSchema) standard = cpt_schema_new ();
  g_autoptr(CptSchema) schema = NULL;
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);
  g_autofree char *stage = NULL;

  g_ptr_array_add (records, make_record (standard, "custom_field", 99,
                                         "{\"entity_name\":\"stage\",\"name\":\"x_size\",\"label\":\"S\",\"kind\":\"text\"}"));
  /* The order in which they are read is of no matter. */
  for (guint i = G_N_ELEMENTS (texts); i > 0; i--)
    g_ptr_array_add (records, make_record (standard, CPT_PAGE_LAYOUT_ENTITY, i, texts[i - 1]));
  schema = cpt_schema_new_from_records ((CptRecord *const *) records->pdata, records->len, problems);

  stage = describe (cpt_entity_get_form (cpt_schema_find_entity (schema, "stage")));
  g_assert_cmpstr (stage, ==, "a: x_size name | main: pipeline position kind probability colour exit_fields");
  g_assert_false (cpt_form_is_hidden (cpt_entity_get_form (cpt_schema_find_entity (schema, "rule")),
                                      cpt_entity_find_field (cpt_schema_find_entity (schema, "rule"), "message")));
  g_assert_cmpuint (problems->len, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      const char *field = NULL;
      gboolean is_good = cpt_page_layout_check_record (records->pdata[records->len - 1 - i], &field, &error);

      g_assert_true (is_good == (i < 2 || i == 3));
      g_assert_cmpstr (field, ==, is_good ? NULL : i == 2 ? "layout"
                                                          : "entity_name");
      g_assert_true (is_good == (error == NULL));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-layout/is-what-is-declared-where-nobody-arranged-it", test_standard);
  g_test_add_func ("/page-layout/is-combined-with-the-declaration", test_combines);
  g_test_add_func ("/page-layout/hides-what-can-be-missed", test_hides);
  g_test_add_func ("/page-layout/has-titles-for-its-groups", test_titles);
  g_test_add_func ("/page-layout/refuses-what-can-not-be-read", test_refuses);
  g_test_add_func ("/page-layout/keeps-to-its-limits", test_limits);
  g_test_add_func ("/page-layout/keeps-names-that-are-not-known", test_comes_back);
  g_test_add_func ("/page-layout/loses-no-field-when-it-is-changed", test_moves);
  g_test_add_func ("/page-layout/names-its-own-groups", test_groups);
  g_test_add_func ("/page-layout/comes-from-the-newest-record", test_records);

  return g_test_run ();
}
