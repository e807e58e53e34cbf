/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workspace for tests of questions: made from a seed, so that a failure can
 * be made again. */

#include "config.h"

#include "query-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "cpt-field-type.h"
#include "cpt-statement.h"

static const char *const texts[] = {
  "Dupont", "dupont", "DUPONT & Fils", "Élan", "élan vital", "Œuvre", "100%", "x_y", "O'Neil",
  "\"quoted\"", "Zoë", "a; DROP TABLE deal", "été 2026", "ß", "-1", "*", "Ünal",
};

static const CptChoice custom_choices[] = {
  { "red", "Red", NULL },
  { "green", "Green", NULL },
  { "blue", "Blue", NULL },
  { NULL },
};

/* One custom field of each kind, so that every kind is asked both as a column
 * and inside JSON */
static void
add_custom_fields (QueryFixture *self)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, NULL);
  CptSchema *schema = cpt_database_get_schema (self->database);
  const CptEntity *entity = cpt_schema_find_entity (schema, "custom_field");

  for (guint kind = 0; kind < CPT_N_FIELD_KINDS; kind++)
    {
      const CptFieldType *type = cpt_field_type_get ((CptFieldKind) kind);
      g_autofree char *name = g_strdelimit (g_strdup_printf ("x_%s", type->name), "-", '_');
      g_autoptr(CptRecord) record = cpt_record_new (schema, entity);
      CptField field = { .name = name, .label = type->label, .kind = (CptFieldKind) kind };

      if (kind == CPT_FIELD_CHOICE || kind == CPT_FIELD_MULTI_CHOICE)
        field.choices = custom_choices;
      if (kind == CPT_FIELD_LINK || kind == CPT_FIELD_LINKS)
        field.target = "organisation";
      if (kind == CPT_FIELD_DECIMAL)
        field.scale = 3;
      cpt_custom_field_set_record (record, "deal", &field);
      cpt_transaction_create (transaction, record);
    }

  query_fixture_commit (self, transaction);
}

/* A connection learns of new fields when it next reads */
static void
read_something (QueryFixture *self)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, cpt_schema_find_entity (schema, "custom_field"));
  guint64 count;

  g_assert_true (cpt_query_count (query, self->database, &count, NULL));
  g_assert_cmpuint (count, ==, CPT_N_FIELD_KINDS);
}

static void
find_entities (QueryFixture *self)
{
  read_something (self);
  self->schema = cpt_schema_ref (cpt_database_get_schema (self->database));
  self->deal = cpt_schema_find_entity (self->schema, "deal");
  self->organisation = cpt_schema_find_entity (self->schema, "organisation");
  self->contact = cpt_schema_find_entity (self->schema, "contact");
  self->user = cpt_schema_find_entity (self->schema, "user");
  self->stage = cpt_schema_find_entity (self->schema, "stage");
}

static void
add_records (QueryFixture    *self,
             const CptEntity *entity,
             guint            n,
             GArray          *ids)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(CptRecord) record = query_fixture_random_record (self, entity);

      query_fixture_create (self, record, ids);
    }
}

static void
trash_one (QueryFixture    *self,
           const CptEntity *entity,
           GArray          *ids)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  cpt_transaction_delete (transaction, entity, &g_array_index (ids, CptUuid, 0));
  query_fixture_commit (self, transaction);
}

void
query_fixture_set_up (QueryFixture *self,
                      guint32       seed,
                      guint         n_deals)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  CptDatabaseConfig config = { 0 };
  GArray **lists[] = { &self->deals, &self->organisations, &self->contacts, &self->users, &self->stages };

  *self = (QueryFixture){ .random = g_rand_new_with_seed (seed) };
  self->folder = g_dir_make_tmp ("cpt-query-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (self->folder, "test.comptoir", NULL);
  self->clock = cpt_clock_new_virtual (QUERY_FIXTURE_NOW);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    *lists[i] = g_array_new (FALSE, FALSE, sizeof (CptUuid));

  config.clock = self->clock;
  self->database = cpt_database_open (path, CPT_OPEN_CREATE, &config, &error);
  g_assert_no_error (error);
  cpt_database_set_setting (self->database, "zone", "Europe/Paris", &error);
  g_assert_no_error (error);

  add_custom_fields (self);
  find_entities (self);
  add_records (self, self->user, 4, self->users);
  cpt_database_set_author (self->database, &g_array_index (self->users, CptUuid, 1));
  add_records (self, self->organisation, 10, self->organisations);
  add_records (self, self->contact, 6, self->contacts);
  add_records (self, cpt_schema_find_entity (self->schema, "pipeline"), 1, NULL);
  add_records (self, self->stage, 4, self->stages);
  add_records (self, self->deal, n_deals, self->deals);
  trash_one (self, self->organisation, self->organisations);
  trash_one (self, self->user, self->users);
}

static void
remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

void
query_fixture_tear_down (QueryFixture *self)
{
  cpt_database_close (self->database);
  cpt_schema_unref (self->schema);
  g_assert_finalize_object (self->clock);
  g_rand_free (self->random);
  g_array_unref (self->deals);
  g_array_unref (self->organisations);
  g_array_unref (self->contacts);
  g_array_unref (self->users);
  g_array_unref (self->stages);
  remove_folder (self->folder);
  g_free (self->folder);
}

/* Random values */

static const char *
pick_text (QueryFixture *self)
{
  return texts[g_rand_int_range (self->random, 0, G_N_ELEMENTS (texts))];
}

static void
pick_id (QueryFixture   *self,
         const CptField *field,
         CptUuid        *id)
{
  GArray *ids = NULL;

  if (g_strcmp0 (field->target, "organisation") == 0)
    ids = self->organisations;
  else if (g_strcmp0 (field->target, "contact") == 0)
    ids = self->contacts;
  else if (g_strcmp0 (field->target, "user") == 0)
    ids = self->users;
  else if (g_strcmp0 (field->target, "stage") == 0)
    ids = self->stages;

  /* To nowhere at times */
  if (ids == NULL || ids->len == 0 || g_rand_int_range (self->random, 0, 12) == 0)
    cpt_uuid_derive (id, 1, "nowhere");
  else
    *id = g_array_index (ids, CptUuid, g_rand_int_range (self->random, 0, (gint32) ids->len));
}

static gint64
pick_integer (QueryFixture   *self,
              const CptField *field)
{
  static const gint64 numbers[] = { 0, 1, -1, 2, 3, 5, 10, 100, 999, 1000, 1250, 10000, -50 };
  gint64 today = cpt_database_get_today (self->database);
  gint64 number = numbers[g_rand_int_range (self->random, 0, G_N_ELEMENTS (numbers))];

  if (field->kind == CPT_FIELD_BOOLEAN)
    return g_rand_int_range (self->random, 0, 2);
  if (field->kind == CPT_FIELD_DATE)
    return today + g_rand_int_range (self->random, -400, 60);
  if (field->kind == CPT_FIELD_DATETIME)
    return cpt_instant_from_date (today + g_rand_int_range (self->random, -400, 60), cpt_database_get_zone (self->database)) +
           (g_rand_boolean (self->random) ? 0 : (gint64) g_rand_int_range (self->random, 0, 86400) * G_USEC_PER_SEC);
  if (field->kind == CPT_FIELD_DURATION)
    return 60 * ABS (number);

  return field->min != field->max ? CLAMP (number, field->min, field->max) : number;
}

static void
pick_texts (QueryFixture   *self,
            const CptField *field,
            CptValue       *value)
{
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func (g_free);
  guint n = (guint) g_rand_int_range (self->random, 1, 4);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (members, g_strdup (field->choices != NULL ? field->choices[g_rand_int_range (self->random, 0, 3)].name
                                                               : pick_text (self)));
  g_ptr_array_add (members, NULL);
  cpt_value_take_texts (value, (char **) g_ptr_array_free (g_steal_pointer (&members), FALSE));
}

static void
pick_text_value (QueryFixture   *self,
                 const CptField *field,
                 CptValue       *value)
{
  static const char *const emails[] = { "a@example.com", "Zoe@Example.org", "x.y@sub.example.fr" };
  static const char *const phones[] = { "+33612345678", "+33145678901", "+442071838750" };
  static const char *const countries[] = { "FR", "DE", "BE", "GB" };
  static const char *const identifiers[] = { "732829320", "552100554" };
  static const char *const urls[] = { "https://example.com/", "http://example.org/a?b=c" };
  static const char *const addresses[] = {
    "{\"city\":\"Évreux\",\"country\":\"FR\",\"street\":\"1 rue de l'Œuf\"}",
    "{\"city\":\"Berlin\",\"country\":\"DE\"}",
  };
  guint pick = g_rand_int (self->random);

  if (field->choices != NULL)
    cpt_value_set_text (value, field->choices[pick % 2].name);
  else if (field->kind == CPT_FIELD_EMAIL)
    cpt_value_set_text (value, emails[pick % G_N_ELEMENTS (emails)]);
  else if (field->kind == CPT_FIELD_PHONE)
    cpt_value_set_text (value, phones[pick % G_N_ELEMENTS (phones)]);
  else if (field->kind == CPT_FIELD_COUNTRY)
    cpt_value_set_text (value, countries[pick % G_N_ELEMENTS (countries)]);
  else if (field->kind == CPT_FIELD_IDENTIFIER)
    cpt_value_set_text (value, identifiers[pick % G_N_ELEMENTS (identifiers)]);
  else if (field->kind == CPT_FIELD_URL)
    cpt_value_set_text (value, urls[pick % G_N_ELEMENTS (urls)]);
  else if (field->kind == CPT_FIELD_ADDRESS)
    cpt_value_set_text (value, addresses[pick % G_N_ELEMENTS (addresses)]);
  else if (field->kind == CPT_FIELD_RECURRENCE)
    cpt_value_set_text (value, pick % 2 == 0 ? "FREQ=DAILY" : "FREQ=YEARLY");
  else if (field->kind == CPT_FIELD_JSON)
    cpt_value_set_text (value, pick % 2 == 0 ? "{\"a\":1}" : "[]");
  else if (field->kind != CPT_FIELD_ATTACHMENT)
    cpt_value_set_text (value, pick_text (self));
}

void
query_fixture_random_value (QueryFixture   *self,
                            const CptField *field,
                            CptValue       *value)
{
  static const char *const currencies[] = { "EUR", "EUR", "EUR", "USD", "JPY" };
  CptUuid ids[3];

  cpt_value_clear (value);
  if (g_rand_int_range (self->random, 0, 5) == 0 && (field->flags & CPT_FIELD_REQUIRED) == 0)
    return;

  switch (cpt_field_type_get (field->kind)->value_type)
    {
    case CPT_VALUE_INTEGER:
      cpt_value_set_integer (value, pick_integer (self, field));
      break;
    case CPT_VALUE_MONEY:
      cpt_value_set_money (value, pick_integer (self, field), currencies[g_rand_int_range (self->random, 0, 5)]);
      break;
    case CPT_VALUE_ID:
      pick_id (self, field, &ids[0]);
      cpt_value_set_id (value, &ids[0]);
      break;
    case CPT_VALUE_IDS:
      for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
        pick_id (self, field, &ids[i]);
      cpt_value_set_ids (value, ids, (guint) g_rand_int_range (self->random, 1, 4));
      break;
    case CPT_VALUE_TEXTS:
      pick_texts (self, field, value);
      break;
    case CPT_VALUE_TEXT:
    case CPT_VALUE_NULL:
    default:
      pick_text_value (self, field, value);
      break;
    }

  if (!cpt_field_normalise (field, value, NULL))
    cpt_value_clear (value);
}

CptRecord *
query_fixture_random_record (QueryFixture    *self,
                             const CptEntity *entity)
{
  CptRecord *record = cpt_record_new (self->schema, entity);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      g_auto(CptValue) value = CPT_VALUE_INIT;

      query_fixture_random_value (self, entity->fields[i], &value);
      cpt_record_set (record, entity->fields[i], &value);
    }

  return record;
}

void
query_fixture_commit (QueryFixture   *self,
                      CptTransaction *transaction)
{
  g_autoptr(GError) error = NULL;
  CptCommit commit;

  cpt_database_commit (self->database, transaction, &commit, NULL, &error);
  g_assert_no_error (error);
}

void
query_fixture_create (QueryFixture *self,
                      CptRecord    *record,
                      GArray       *ids)
{
  /* As sync brings them: parents may arrive later */
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_SYNC, NULL);

  cpt_transaction_create (transaction, record);
  query_fixture_commit (self, transaction);
  if (ids != NULL)
    g_array_append_val (ids, record->id);
}

/* Random filters */

static const char *const paths[] = {
  "organisation.name", "organisation.country", "organisation.employees", "organisation.revenue", "organisation.tags",
  "organisation.owner", "organisation.owner.name", "contact.email", "contact.organisation.kind", "stage.position",
  "created_at", "created_by", "id", "x_link.name", "x_link.parent.country",
};

static char *
pick_path (QueryFixture *self)
{
  if (g_rand_int_range (self->random, 0, 3) == 0)
    return g_strdup (paths[g_rand_int_range (self->random, 0, G_N_ELEMENTS (paths))]);

  return g_strdup (self->deal->fields[g_rand_int_range (self->random, 0, (gint32) self->deal->n_fields)]->name);
}

static JsonNode *
parse (const char *json)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = cpt_json_parse (json, -1, &error);

  g_assert_no_error (error);

  return node;
}

static JsonNode *
random_period (QueryFixture *self)
{
  static const char *const periods[] = {
    "{\"last\":30,\"unit\":\"day\"}", "{\"last\":3,\"unit\":\"month\"}", "{\"next\":7,\"unit\":\"day\"}",
    "{\"this\":\"month\"}", "{\"previous\":\"quarter\"}", "{\"this\":\"year\"}", "{\"last\":2,\"unit\":\"week\"}",
    "{\"from\":\"2026-01-01\",\"to\":\"2026-03-31\"}", "{\"to\":\"2026-06-30\"}", "{\"from\":\"2026-06-30\"}",
    "{\"previous\":\"day\"}", "{\"next\":2,\"unit\":\"year\"}",
  };

  return parse (periods[g_rand_int_range (self->random, 0, G_N_ELEMENTS (periods))]);
}

/* A single operand */
static JsonNode *
random_operand (QueryFixture   *self,
                const CptField *field,
                CptOperator     op)
{
  CptValueType type = cpt_field_type_get (field->kind)->value_type;
  gboolean by_words = op == CPT_OPERATOR_CONTAINS || op == CPT_OPERATOR_NOT_CONTAINS ||
                      op == CPT_OPERATOR_STARTS_WITH || op == CPT_OPERATOR_ENDS_WITH;
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autoptr(JsonNode) node = NULL;

  if (type == CPT_VALUE_TEXT && by_words)
    {
      static const char *const parts[] = { "du", "elan", "É", "%", "_", "o", "'", "\"", "ss", "OE", "ont", "1" };

      return json_node_init_string (json_node_alloc (), parts[g_rand_int_range (self->random, 0, G_N_ELEMENTS (parts))]);
    }
  if (cpt_field_type_get (field->kind)->is_bucketable && g_rand_int_range (self->random, 0, 3) == 0)
    return parse (g_rand_boolean (self->random) ? "{\"today\":-30}" : "{\"today\":0}");
  if (field->kind == CPT_FIELD_DATETIME && g_rand_boolean (self->random))
    return parse ("\"2026-10-25\"");
  if (g_strcmp0 (field->target, "user") == 0 && g_rand_boolean (self->random))
    return parse ("{\"me\":true}");
  if (field->kind == CPT_FIELD_MONEY && (op == CPT_OPERATOR_IS || op == CPT_OPERATOR_IS_NOT) && g_rand_boolean (self->random))
    return parse ("{\"currency\":\"USD\"}");

  while (cpt_value_is_null (&value))
    query_fixture_random_value (self, field, &value);
  node = cpt_field_to_json (field, &value);

  return JSON_NODE_HOLDS_ARRAY (node) ? json_array_dup_element (json_node_get_array (node), 0) : g_steal_pointer (&node);
}

static JsonNode *
random_list (QueryFixture   *self,
             const CptField *field,
             CptOperator     op,
             guint           length)
{
  g_autoptr(JsonArray) array = json_array_new ();

  for (guint i = 0; i < length; i++)
    json_array_add_element (array, random_operand (self, field, op));

  return json_node_init_array (json_node_alloc (), array);
}

/* Amounts between two of one currency, whichever */
static JsonNode *
random_between (QueryFixture   *self,
                const CptField *field)
{
  if (field->kind == CPT_FIELD_MONEY)
    return parse ("[{\"amount\":\"-0.50\",\"currency\":\"EUR\"},{\"amount\":\"10.00\",\"currency\":\"EUR\"}]");

  return random_list (self, field, CPT_OPERATOR_BETWEEN, 2);
}

static JsonNode *
random_value (QueryFixture   *self,
              const CptField *field,
              CptOperator     op)
{
  switch ((int) op)
    {
    case CPT_OPERATOR_IS_EMPTY:
    case CPT_OPERATOR_IS_NOT_EMPTY:
    case CPT_OPERATOR_IS_TRUE:
    case CPT_OPERATOR_IS_FALSE:
      return NULL;
    case CPT_OPERATOR_WITHIN:
    case CPT_OPERATOR_NOT_WITHIN:
      return random_period (self);
    case CPT_OPERATOR_BETWEEN:
      return random_between (self, field);
    case CPT_OPERATOR_IN:
    case CPT_OPERATOR_NOT_IN:
    case CPT_OPERATOR_CONTAINS_ALL:
    case CPT_OPERATOR_CONTAINS_ANY:
      return random_list (self, field, op, (guint) g_rand_int_range (self->random, 1, 4));
    default:
      return random_operand (self, field, op);
    }
}

static JsonNode *
random_condition (QueryFixture *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autofree char *text = pick_path (self);
  const CptField *field;
  CptOperator op;
  JsonNode *value;
  CptPath path;

  if (!cpt_path_parse (self->schema, self->deal, text, &path, NULL))
    g_error ("%s", text);
  field = cpt_path_get_field (&path);
  do
    op = (CptOperator) g_rand_int_range (self->random, 0, CPT_N_OPERATORS);
  while (!cpt_field_has_operator (field, op));

  value = random_value (self, field, op);
  json_object_set_string_member (object, "field", text);
  json_object_set_string_member (object, "op", cpt_operator_get_name (op));
  if (value != NULL)
    json_object_set_member (object, "value", value);

  return json_node_init_object (json_node_alloc (), object);
}

JsonNode *
query_fixture_random_filter (QueryFixture *self,
                             guint         depth)
{
  static const char *const names[] = { "all", "any", "not" };
  guint form = depth == 0 ? 3 : (guint) g_rand_int_range (self->random, 0, 5);
  g_autoptr(JsonObject) object = NULL;

  if (form >= 3)
    return random_condition (self);

  object = json_object_new ();
  if (form == 2)
    json_object_set_member (object, names[form], query_fixture_random_filter (self, depth - 1));
  else
    {
      JsonArray *array = json_array_new ();
      guint length = (guint) g_rand_int_range (self->random, 0, 4);

      for (guint i = 0; i < length; i++)
        json_array_add_element (array, query_fixture_random_filter (self, depth - 1));
      json_object_set_array_member (object, names[form], array);
    }

  return json_node_init_object (json_node_alloc (), object);
}

GArray *
query_fixture_get_rows (QueryFixture *self,
                        CptFilter    *filter)
{
  g_autoptr(CptQuery) query = cpt_query_new (self->schema, self->deal);
  g_autoptr(GError) error = NULL;
  GArray *rows;

  cpt_query_set_filter (query, filter);
  cpt_query_set_sort (query, "", NULL);
  rows = cpt_query_get_rows (query, self->database, 0, 0, &error);
  g_assert_no_error (error);

  return rows;
}

CptFilter *
query_fixture_parse (QueryFixture *self,
                     const char   *json)
{
  g_autoptr(GError) error = NULL;
  CptFilter *filter = cpt_filter_parse (self->schema, self->deal, json, &error);

  g_assert_no_error (error);

  return filter;
}

/* Questions about numbers */

static const char *const dimensions[] = {
  "{\"field\":\"stage\"}", "{\"field\":\"source\"}", "{\"field\":\"tags\"}", "{\"field\":\"owner.name\"}",
  "{\"field\":\"organisation\"}", "{\"field\":\"organisation.country\"}", "{\"field\":\"organisation.tags\"}",
  "{\"field\":\"closed_on\",\"bucket\":\"month\"}", "{\"field\":\"closed_on\",\"bucket\":\"quarter\",\"fill\":true}",
  "{\"field\":\"closed_on\"}", "{\"field\":\"x_datetime\",\"bucket\":\"day\"}", "{\"field\":\"x_datetime\",\"bucket\":\"week\"}",
  "{\"field\":\"x_boolean\"}", "{\"field\":\"x_choice\"}", "{\"field\":\"x_multi_choice\"}", "{\"field\":\"x_link\"}",
  "{\"field\":\"x_links\"}", "{\"field\":\"contacts\"}", "{\"field\":\"amount\"}", "{\"field\":\"x_date\",\"bucket\":\"year\",\"fill\":true}",
  "{\"field\":\"x_text\"}", "{\"field\":\"x_decimal\"}", "{\"field\":\"created_by\"}", "{\"field\":\"x_email\"}",
};

static const char *const measure_fields[] = {
  "amount", "probability", "x_integer", "x_decimal", "x_money", "x_duration", "x_percent", "organisation.employees",
  "organisation.revenue", "name", "closed_on", "x_link", "x_tags",
};

char *
query_fixture_random_spec (QueryFixture *self,
                           const char   *fields[CPT_AGGREGATE_MAX_MEASURES],
                           guint        *n_measures)
{
  GString *json = g_string_new ("{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}");
  guint n_dimensions = (guint) g_rand_int_range (self->random, 0, 4);

  fields[0] = NULL;
  *n_measures = 1;
  while (*n_measures < 4)
    {
      const char *field = measure_fields[g_rand_int_range (self->random, 0, G_N_ELEMENTS (measure_fields))];
      CptAggregate aggregate = (CptAggregate) g_rand_int_range (self->random, 0, CPT_N_AGGREGATES);
      CptPath path;

      g_assert_true (cpt_path_parse (self->schema, self->deal, field, &path, NULL));
      if ((cpt_field_type_get (cpt_path_get_field (&path)->kind)->aggregates & (1u << aggregate)) == 0)
        continue;

      fields[(*n_measures)++] = field;
      g_string_append_printf (json, ",{\"agg\":\"%s\",\"field\":\"%s\"", cpt_aggregate_get_name (aggregate), field);
      if (g_rand_boolean (self->random))
        {
          g_autoptr(JsonNode) where = query_fixture_random_filter (self, 1);
          g_autofree char *text = cpt_json_format (where);

          g_string_append_printf (json, ",\"where\":%s", text);
        }
      g_string_append_c (json, '}');
    }

  g_string_append (json, "],\"dimensions\":[");
  for (guint i = 0; i < n_dimensions; i++)
    g_string_append_printf (json, "%s%s", i > 0 ? "," : "", dimensions[g_rand_int_range (self->random, 0, G_N_ELEMENTS (dimensions))]);
  g_string_append_c (json, ']');

  if (g_rand_boolean (self->random))
    {
      g_autoptr(JsonNode) where = query_fixture_random_filter (self, 2);
      g_autofree char *text = cpt_json_format (where);

      g_string_append_printf (json, ",\"where\":%s", text);
    }
  if (g_rand_int_range (self->random, 0, 3) == 0)
    g_string_append (json, ",\"compare\":{\"field\":\"closed_on\",\"period\":{\"this\":\"year\"},\"with\":\"previous\"}");
  g_string_append_printf (json, ",\"order\":[{\"measure\":%d,\"descending\":true}]}", g_rand_int_range (self->random, 0, 4));

  return g_string_free (json, FALSE);
}

void
query_fixture_spread_deals (QueryFixture *self,
                            guint         n_deals)
{
  for (guint i = 0; i < n_deals; i++)
    {
      g_autoptr(CptRecord) record = query_fixture_random_record (self, self->deal);

      query_fixture_create (self, record, self->deals);
      g_assert_true (cpt_database_exec (self->database, "UPDATE sqlite_sequence SET seq = seq + 1000 WHERE name = 'deal'", NULL));
    }
}

double
query_fixture_select_number (QueryFixture *self,
                             const char   *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptStatement) statement = cpt_database_prepare (self->database, sql, &error);

  g_assert_no_error (error);
  g_assert_cmpint (cpt_statement_step (statement, &error), ==, CPT_STEP_ROW);

  return cpt_statement_get_double (statement, 0);
}

void
query_fixture_add_metric (QueryFixture *self,
                          const char   *key,
                          const char   *query)
{
  const CptEntity *entity = cpt_schema_find_entity (self->schema, "metric");
  g_autoptr(CptRecord) record = cpt_record_new (self->schema, entity);

  cpt_record_set_text (record, "name", key);
  cpt_record_set_text (record, "code", key);
  cpt_record_set_text (record, "direction", "down");
  cpt_record_set_text (record, "definition", query);
  query_fixture_create (self, record, NULL);
}
