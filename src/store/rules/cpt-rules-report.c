/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules against the records that are there: filters that find what does not
 * meet them, and sentences about it. */

#include "config.h"

#include "cpt-rules-report.h"

#include <glib/gi18n-lib.h>

#include "cpt-database-private.h"
#include "cpt-filter-private.h"
#include "cpt-query.h"
#include "cpt-rules-private.h"

/* How many pairs of one rule are told one by one */
#define MAX_PAIRS 20

static CptFilter *
create_emptiness (CptSchema     *schema,
                  const CptRule *rule,
                  gboolean       is_empty)
{
  CptPath path = { .entities = { rule->entity }, .fields = { rule->field }, .n_steps = 1 };

  return cpt_filter_alloc_condition (schema, rule->entity, &path, is_empty ? CPT_OPERATOR_IS_EMPTY : CPT_OPERATOR_IS_NOT_EMPTY);
}

/* Takes both; either may be NULL */
static CptFilter *
join (CptFilter *a,
      CptFilter *b)
{
  CptFilter *both = cpt_filter_and (a, b);

  g_clear_pointer (&a, cpt_filter_unref);
  g_clear_pointer (&b, cpt_filter_unref);

  return both;
}

static CptFilter *
get_condition (const CptRule *rule)
{
  return rule->condition != NULL ? cpt_filter_ref (rule->condition) : NULL;
}

/* Records that show the field, as far as other rules say */
static CptFilter *
create_shown (CptRules      *rules,
              const CptRule *rule)
{
  CptFilter *shown = NULL;
  guint n_rules;
  const CptRule *const *list = cpt_rules_list (rules, rule->entity, &n_rules);

  for (guint i = 0; i < n_rules; i++)
    if (list[i]->kind == CPT_RULE_VISIBLE && g_str_equal (list[i]->field->name, rule->field->name))
      shown = join (shown, get_condition (list[i]));

  return shown;
}

/* Those with a choice that is not allowed; NULL when every choice is */
static CptFilter *
create_refused (CptSchema      *schema,
                const CptRule  *rule,
                GError        **error)
{
  g_autoptr(JsonNode) value = json_node_new (JSON_NODE_ARRAY);
  g_autoptr(JsonArray) names = json_array_new ();

  for (const CptChoice *choice = rule->field->choices; choice->name != NULL; choice++)
    if (!g_strv_contains ((const char *const *) rule->allowed, choice->name))
      json_array_add_string_element (names, choice->name);
  if (json_array_get_length (names) == 0)
    return NULL;

  json_node_set_array (value, names);

  return cpt_filter_new_condition (schema, rule->entity, rule->field->name,
                                   rule->field->kind == CPT_FIELD_CHOICE ? CPT_OPERATOR_IN : CPT_OPERATOR_CONTAINS_ANY,
                                   value, error);
}

/* What records that do not meet the rule have in common; NULL when all meet it */
static CptFilter *
create_unmet (CptSchema      *schema,
              const CptRule  *rule,
              CptRules       *rules,
              GError        **error)
{
  CptFilter *refused;

  switch (rule->kind)
    {
    case CPT_RULE_REQUIRED:
      return join (join (get_condition (rule), create_emptiness (schema, rule, TRUE)), create_shown (rules, rule));

    case CPT_RULE_CHOICES:
      refused = create_refused (schema, rule, error);
      return refused != NULL ? join (get_condition (rule), refused) : NULL;

    case CPT_RULE_VISIBLE:
      return join (cpt_filter_new_group (schema, rule->entity, CPT_FILTER_NOT, &rule->condition, 1),
                   create_emptiness (schema, rule, FALSE));

    case CPT_RULE_READ_ONLY:
    case CPT_RULE_UNIQUE:
    case CPT_N_RULE_KINDS:
    default:
      return NULL;
    }
}

gboolean
cpt_rule_count_unmet (const CptRule  *self,
                      CptRules       *rules,
                      CptDatabase    *database,
                      guint64        *n_records,
                      GError        **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptFilter) unmet = NULL;
  g_autoptr(CptQuery) query = NULL;
  GError *own_error = NULL;

  *n_records = 0;
  if (self->kind == CPT_RULE_UNIQUE)
    return cpt_rule_foreach_same (self, database, 0, NULL, NULL, n_records, error);

  unmet = create_unmet (schema, self, rules, &own_error);
  if (own_error != NULL)
    {
      g_propagate_error (error, own_error);
      return FALSE;
    }
  if (unmet == NULL)
    return TRUE;

  query = cpt_query_new (schema, self->entity);
  cpt_query_set_filter (query, unmet);

  return cpt_query_count (query, database, n_records, error);
}

void
cpt_rule_trial_clear (CptRuleTrial *self)
{
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->sentence, g_free);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
}

/* Trying and telling look at one state of the file. */

typedef struct
{
  const CptRecord *record;
  CptRuleTrial *trial;
} Trying;

static gboolean
try_rule (CptDatabase  *database,
          gpointer      data,
          GError      **error)
{
  Trying *self = data;
  CptSchema *schema = database->schema;
  g_autoptr(GPtrArray) stored = cpt_database_load_declarations (database, schema, CPT_RULE_ENTITY, error);
  g_autoptr(GPtrArray) ignored = cpt_rule_problems_new ();
  g_autoptr(CptRule) rule = NULL;

  if (stored == NULL)
    return FALSE;

  self->trial->problems = cpt_rule_check_record (schema, self->record, (CptRecord *const *) stored->pdata, stored->len);
  if (self->trial->problems->len > 0)
    return TRUE;

  /* One that is not in force need not be one that can be asked. */
  rule = cpt_rule_read (schema, self->record, ignored);
  if (rule == NULL)
    {
      self->trial->warnings = g_ptr_array_new ();
      return TRUE;
    }
  self->trial->sentence = cpt_rule_to_sentence (rule, database);
  self->trial->warnings = cpt_rule_list_warnings (schema, rule, (CptRecord *const *) stored->pdata, stored->len);

  return cpt_rule_count_unmet (rule, database->rules, database, &self->trial->n_unmet, error);
}

gboolean
cpt_rule_try (const CptRecord  *record,
              CptDatabase      *database,
              CptRuleTrial     *trial,
              GError          **error)
{
  Trying self = { record, trial };

  *trial = (CptRuleTrial){ 0 };
  if (cpt_database_snapshot (database, try_rule, &self, error))
    return TRUE;

  cpt_rule_trial_clear (trial);

  return FALSE;
}

/* Remarks */

typedef struct
{
  CptDatabase *database;
  const CptRule *rule;
  GPtrArray *remarks;
} Remarking;

static char *
dup_row_title (const Remarking *self,
               gint64           row)
{
  g_autoptr(CptRecord) record = cpt_database_load_row (self->database, self->rule->entity, row, NULL);

  return record != NULL ? cpt_record_dup_title (record) : g_strdup_printf ("%" G_GINT64_FORMAT, row);
}

static void
note_pair (gint64   first_row,
           gint64   last_row,
           gpointer data)
{
  const Remarking *self = data;
  g_autofree char *first = dup_row_title (self, first_row);
  g_autofree char *last = dup_row_title (self, last_row);

  g_ptr_array_add (self->remarks,
                   /* Translators: a kind of records, the titles of two, the name of a field, the name of a rule */
                   g_strdup_printf (_("%s: “%s” and “%s” have the same “%s”, which the rule “%s” lets only one have."),
                                    cpt_entity_get_label_plural (self->rule->entity), first, last,
                                    cpt_field_get_label (self->rule->field), self->rule->name));
}

static gboolean
list_pairs (Remarking        *self,
            const CptEntity  *entity,
            GError          **error)
{
  guint n_rules;
  const CptRule *const *rules = cpt_rules_list (self->database->rules, entity, &n_rules);
  guint64 n_records;

  for (guint i = 0; i < n_rules; i++)
    {
      self->rule = rules[i];
      if (rules[i]->kind == CPT_RULE_UNIQUE &&
          !cpt_rule_foreach_same (rules[i], self->database, MAX_PAIRS, note_pair, self, &n_records, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
list_remarks (CptDatabase  *database,
              gpointer      data,
              GError      **error)
{
  GPtrArray *remarks = data;
  Remarking self = { .database = database, .remarks = remarks };
  g_autoptr(GPtrArray) records = cpt_database_load_declarations (database, database->schema, CPT_RULE_ENTITY, error);
  CptRules *read;
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (database->schema, &n_entities);

  if (records == NULL)
    return FALSE;

  read = cpt_rules_new (database->schema, (CptRecord *const *) records->pdata, records->len, remarks);
  g_clear_pointer (&read, cpt_rules_unref);
  for (guint i = 0; i < n_entities; i++)
    if (!list_pairs (&self, entities[i], error))
      return FALSE;

  return TRUE;
}

GPtrArray *
cpt_rules_list_remarks (CptDatabase  *database,
                        GError      **error)
{
  g_autoptr(GPtrArray) remarks = g_ptr_array_new_with_free_func (g_free);

  return cpt_database_snapshot (database, list_remarks, remarks, error) ? g_steal_pointer (&remarks) : NULL;
}
