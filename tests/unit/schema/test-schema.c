/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every declaration must keep: one suite over all entities and fields. */

#include "config.h"

#include <glib.h>
#include <sqlite3.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-json.h"
#include "cpt-record.h"
#include "cpt-schema-private.h"

typedef void (*EntityTest) (CptSchema *schema,
                            const CptEntity *entity);

static void
for_each_entity (gconstpointer data)
{
  EntityTest test = *(const EntityTest *) data;
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  const CptEntity *const *entities;
  guint n_entities;

  entities = cpt_schema_get_entities (schema, &n_entities);
  for (guint i = 0; i < n_entities; i++)
    test (schema, entities[i]);
}

static void
test_names (CptSchema       *schema,
            const CptEntity *entity)
{
  g_assert_true (cpt_schema_is_field_name (entity->name));
  g_assert_false (sqlite3_keyword_check (entity->name, (int) strlen (entity->name)));

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const char *name = entity->fields[i]->name;

      g_assert_false (sqlite3_keyword_check (name, (int) strlen (name)));
      g_assert_false (g_str_has_prefix (name, "x_"));
      g_assert_true (cpt_entity_find_field (entity, name) == entity->fields[i]);
      g_assert_cmpuint (entity->fields[i]->index, ==, i);
      g_assert_null (cpt_field_get_system (name));
    }
}

static void
test_declarations (CptSchema       *schema,
                   const CptEntity *entity)
{
  for (guint i = 0; i < entity->n_fields; i++)
    {
      g_autoptr(GError) error = NULL;

      cpt_schema_check_field (schema, entity, entity->fields[i], &error);
      g_assert_no_error (error);
      g_assert_false (entity->fields[i]->is_custom);
      g_assert_cmpuint (entity->fields[i]->since, >=, 1);
      g_assert_cmpuint (entity->fields[i]->since, <=, CPT_SCHEMA_VERSION);
    }
}

static void
test_looks (CptSchema       *schema,
            const CptEntity *entity)
{
  g_assert_cmpstr (cpt_entity_get_label (entity), !=, "");
  g_assert_cmpstr (cpt_entity_get_label_plural (entity), !=, "");
  g_assert_true (g_str_has_suffix (entity->icon, "-symbolic"));
  g_assert_cmpstr (entity->colour, !=, "");
  g_assert_nonnull (entity->groups[0].name);
  for (const CptFieldGroup *group = entity->groups; group->name != NULL; group++)
    g_assert_cmpstr (group->label, !=, "");
}

static void
test_numbers (CptSchema       *schema,
              const CptEntity *entity)
{
  static const char *const names[] = {
    "organisation",
    "contact",
    "lead",
    "pipeline",
    "stage",
    "deal",
    "product",
    "task",
    "activity",
    "user",
    "team",
    "goal",
    "tag",
    "saved_view",
    "dashboard",
    "custom_field",
    "distinct_pair",
    "pack",
    "rule",
    "file",
    "page_layout",
    "choice_list",
    "metric",
    "report",
    "alert",
    "report_schedule",
    "badge",
    "ad_result",
    "arrangement",
    "workspace_setting",
    "workflow",
    "workflow_version",
    "activity_plan",
    [34] = "notification",
  };

  g_assert_cmpuint (entity->number, >=, 1);
  g_assert_cmpuint (entity->number, <=, G_N_ELEMENTS (names));
  g_assert_cmpstr (entity->name, ==, names[entity->number - 1]);
  g_assert_true (cpt_schema_find_number (schema, entity->number) == entity);
  g_assert_true (cpt_schema_find_entity (schema, entity->name) == entity);
}

static void
assert_path (CptSchema       *schema,
             const CptEntity *entity,
             const char      *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *again = NULL;
  CptPath path;

  cpt_path_parse (schema, entity, text, &path, &error);
  g_assert_no_error (error);
  again = cpt_path_format (&path);
  g_assert_cmpstr (again, ==, text);
}

static void
test_references (CptSchema       *schema,
                 const CptEntity *entity)
{
  g_assert_nonnull (cpt_entity_get_title_field (entity));
  g_assert_cmpint (cpt_entity_get_title_field (entity)->kind, ==, CPT_FIELD_TEXT);

  g_assert_nonnull (entity->columns[0]);
  for (guint i = 0; entity->columns[i] != NULL; i++)
    assert_path (schema, entity, entity->columns[i]);
  assert_path (schema, entity, entity->sort + (entity->sort[0] == '-' ? 1 : 0));
  if (entity->subtitle != NULL)
    assert_path (schema, entity, entity->subtitle);
  if (entity->board != NULL)
    g_assert_nonnull (cpt_entity_find_field (entity, entity->board));
  if (entity->figure != NULL)
    g_assert_true (cpt_field_type_get (cpt_entity_find_field (entity, entity->figure)->kind)->aggregates &
                   (1u << CPT_AGGREGATE_SUM));
  for (guint i = 0; entity->days != NULL && entity->days[i] != NULL; i++)
    g_assert_cmpint (cpt_entity_find_field (entity, entity->days[i])->kind, ==, CPT_FIELD_DATE);

  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i]->target != NULL)
      g_assert_cmpstr (cpt_schema_get_target (schema, entity->fields[i])->name, ==, entity->fields[i]->target);
}

/* Two links to the same entity need two names on its page. */
static void
test_back_labels (CptSchema       *schema,
                  const CptEntity *entity)
{
  for (guint i = 0; i < entity->n_fields; i++)
    for (guint j = 0; j < i; j++)
      {
        const CptField *a = entity->fields[i];
        const CptField *b = entity->fields[j];

        if (a->target != NULL && g_strcmp0 (a->target, b->target) == 0 && a->back_label != NULL)
          g_assert_cmpstr (a->back_label, !=, b->back_label);
      }
}

static void
test_initial (CptSchema       *schema,
              const CptEntity *entity)
{
  g_autoptr(CptRecord) record = cpt_record_new (schema, entity);
  CptUuid me;

  cpt_uuid_derive (&me, 1, "me");
  cpt_record_apply_initial (record, G_GINT64_CONSTANT (1763716800000000), &me, NULL);
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];
      g_auto(CptValue) value = CPT_VALUE_INIT;
      g_autofree char *message = NULL;

      g_assert_true (cpt_value_is_null (cpt_record_get (record, field)) == (field->initial == NULL));
      cpt_value_copy (cpt_record_get (record, field), &value);
      g_assert_true (cpt_field_normalise (field, &value, &message));
      g_assert_true (cpt_value_equal (&value, cpt_record_get (record, field)));
    }
}

static const struct
{
  const char *path;
  EntityTest test;
} entity_tests[] = {
  { "/schema/names-are-identifiers-without-keywords", test_names },
  { "/schema/declarations-fit-their-kinds", test_declarations },
  { "/schema/every-entity-has-its-looks", test_looks },
  { "/schema/numbers-stay-as-released", test_numbers },
  { "/schema/references-resolve", test_references },
  { "/schema/links-have-different-names-on-the-other-side", test_back_labels },
  { "/schema/initial-values-can-be-stored", test_initial },
};

/* What the rest of the house calls by name */
static void
test_relied_names (void)
{
  static const char *const paths[][2] = {
    { "deal", "organisation.country" },
    { "deal", "owner.team.name" },
    { "deal", "owner.team.manager.name" },
    { "deal", "stage.kind" },
    { "deal", "product.family" },
    { "deal", "organisation.parent.sector" },
    { "deal", "closed_on" },
    { "deal", "created_by.name" },
    { "deal", "organisation.id" },
    { "contact", "organisation.name" },
    { "task", "deal.organisation.name" },
    { "activity", "lead.status" },
    { "goal", "user.team" },
  };
  g_autoptr(CptSchema) schema = cpt_schema_new ();

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    assert_path (schema, cpt_schema_find_entity (schema, paths[i][0]), paths[i][1]);
}

static void
test_bad_paths (void)
{
  static const char *const bad[] = {
    "",
    ".",
    "..",
    "name.",
    ".name",
    "nothing",
    "name.name",
    "contacts.name",
    "organisation.nothing",
    "organisation..name",
    "organisation.parent.parent.parent.parent.parent.name",
    "id.name",
    "Organisation",
    "organisation; DROP TABLE deal",
    "x\342\200\256y",
    "\377\376",
  };
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  const CptEntity *deal = cpt_schema_find_entity (schema, "deal");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      CptPath path = { .n_steps = 77 };

      g_assert_false (cpt_path_parse (schema, deal, bad[i], &path, &error));
      g_assert_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpuint (path.n_steps, ==, 77);
    }
}

static void
test_path_label (void)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *label = NULL;
  CptPath path;

  cpt_path_parse (schema, cpt_schema_find_entity (schema, "deal"), "organisation.country", &path, &error);
  g_assert_no_error (error);
  label = cpt_path_get_label (&path);
  g_assert_cmpstr (label, ==, "Organisation › Country");
  g_assert_cmpstr (cpt_path_get_field (&path)->name, ==, "country");
  g_assert_cmpuint (path.n_steps, ==, 2);
  g_assert_cmpstr (path.entities[1]->name, ==, "organisation");
}

static void
test_system_fields (void)
{
  static const char *const names[] = { "id", "created_at", "created_by", "changed_at", "changed_by" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpuint (cpt_field_get_system (names[i])->index, ==, G_MAXUINT);
      g_assert_false (cpt_schema_is_field_name (names[i]));
    }
  g_assert_null (cpt_field_get_system ("name"));
  g_assert_null (cpt_field_get_system (NULL));
}

static void
test_field_names (void)
{
  static const char *const bad[] = { "", "Name", "1a", "_a", "a_", "a__b", "a b", "a-b", "é", "select",
                                     "order", "id", "entity", "rowid", NULL };
  g_autofree char *longest = g_strnfill (61, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (cpt_schema_is_field_name (bad[i]));
  g_assert_false (cpt_schema_is_field_name (longest));
  g_assert_true (cpt_schema_is_field_name (longest + 1));
  g_assert_true (cpt_schema_is_field_name ("a1_b2"));

  /* The list of keywords is SQLite's own. */
  for (int i = 0; i < sqlite3_keyword_count (); i++)
    {
      g_autofree char *lower = NULL;
      g_autofree char *word = NULL;
      const char *keyword;
      int length;

      g_assert_cmpint (sqlite3_keyword_name (i, &keyword, &length), ==, SQLITE_OK);
      word = g_strndup (keyword, (gsize) length);
      lower = g_ascii_strdown (word, -1);
      if (cpt_schema_is_field_name (lower))
        g_test_message ("%s", lower);
      g_assert_false (cpt_schema_is_field_name (lower));
    }
}

/* The shape that programs outside rely on. After a wanted change of the
 * declarations: CPT_UPDATE_GOLDEN=1 meson test schema, then read the diff. */
static void
test_json (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "unit", "schema", "schema.json", NULL);
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  g_autoptr(JsonNode) node = cpt_schema_to_json (schema);
  g_autofree char *pretty = cpt_json_format_pretty (node);
  g_autofree char *text = g_str_has_suffix (pretty, "\n") ? g_strdup (pretty) : g_strconcat (pretty, "\n", NULL);
  g_autofree char *wanted = NULL;
  g_autoptr(GError) error = NULL;

  if (g_getenv ("CPT_UPDATE_GOLDEN") != NULL)
    {
      g_file_set_contents (path, text, -1, &error);
      g_assert_no_error (error);
    }

  g_file_get_contents (path, &wanted, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, wanted);
}

static gpointer
use_schema (gpointer data)
{
  CptSchema *schema = data;

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr(CptRecord) record = cpt_record_new (schema, cpt_schema_find_entity (schema, "deal"));
      g_autoptr(CptRecord) other = cpt_record_ref (record);

      g_assert_true (cpt_record_get_entity (other) == cpt_schema_find_number (schema, 6));
    }
  cpt_schema_unref (schema);

  return NULL;
}

static void
test_threads (void)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("schema", use_schema, cpt_schema_ref (schema));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (entity_tests); i++)
    g_test_add_data_func (entity_tests[i].path, &entity_tests[i].test, for_each_entity);
  g_test_add_func ("/schema/paths-that-others-rely-on-resolve", test_relied_names);
  g_test_add_func ("/schema/refuses-paths-that-lead-nowhere", test_bad_paths);
  g_test_add_func ("/schema/path-reads-as-people-say-it", test_path_label);
  g_test_add_func ("/schema/every-record-has-the-system-fields", test_system_fields);
  g_test_add_func ("/schema/refuses-names-that-need-quoting", test_field_names);
  g_test_add_func ("/schema/json-is-as-documented", test_json);
  g_test_add_func ("/schema/is-shared-between-threads", test_threads);

  return g_test_run ();
}
