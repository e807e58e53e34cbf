/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every kind of rule on every kind of field of every kind of record: the rule is
 * made or refused with a sentence beside a field, says the same as JSON, lets
 * pass what meets it, refuses what does not, and is gone when it is undone. */

#include "config.h"

#include "store-fixture.h"

#include "cpt-blob-private.h"
#include "cpt-custom-field.h"
#include "cpt-field-type.h"
#include "cpt-rules-report.h"
#include "cpt-statement.h"

#define SWITCH "x_switch"
/* Of the text "a" */
#define HASH "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"

/* Two different values as machine text; links get theirs from the fixture */
static const struct
{
  const char *a;
  const char *b;
  const char *definition;
} samples[] = {
  [CPT_FIELD_TEXT] = { "Alpha", "Beta", NULL },
  [CPT_FIELD_LONG_TEXT] = { "Alpha", "Beta", NULL },
  [CPT_FIELD_INTEGER] = { "1", "2", NULL },
  [CPT_FIELD_DECIMAL] = { "1.5", "2.5", "{\"scale\":1}" },
  [CPT_FIELD_MONEY] = { "12.50 EUR", "13.50 EUR", NULL },
  [CPT_FIELD_PERCENT] = { "10", "20", NULL },
  [CPT_FIELD_BOOLEAN] = { "true", "false", NULL },
  [CPT_FIELD_DATE] = { "2026-11-21", "2026-11-22", NULL },
  [CPT_FIELD_DATETIME] = { "2026-11-21T09:30:00Z", "2026-11-21T09:31:00Z", NULL },
  [CPT_FIELD_DURATION] = { "1:30:00", "2:30:00", NULL },
  [CPT_FIELD_CHOICE] = { "a", "b", "{\"choices\":[{\"name\":\"a\",\"label\":\"A\"},{\"name\":\"b\",\"label\":\"B\"}]}" },
  [CPT_FIELD_MULTI_CHOICE] = { "a", "b", "{\"choices\":[{\"name\":\"a\",\"label\":\"A\"},{\"name\":\"b\",\"label\":\"B\"}]}" },
  [CPT_FIELD_TAGS] = { "red", "blue", NULL },
  [CPT_FIELD_LINK] = { NULL, NULL, "{\"target\":\"tag\"}" },
  [CPT_FIELD_LINKS] = { NULL, NULL, "{\"target\":\"tag\"}" },
  [CPT_FIELD_EMAIL] = { "a@example.org", "b@example.org", NULL },
  [CPT_FIELD_PHONE] = { "+33123456789", "+33123456780", NULL },
  [CPT_FIELD_URL] = { "https://a.example.org/", "https://b.example.org/", NULL },
  [CPT_FIELD_COUNTRY] = { "FR", "DE", NULL },
  [CPT_FIELD_ADDRESS] = { "{\"city\":\"Paris\"}", "{\"city\":\"Lyon\"}", NULL },
  [CPT_FIELD_IDENTIFIER] = { "732829320", "552100554", "{\"scheme\":\"siren\"}" },
  [CPT_FIELD_JSON] = { "{\"a\":1}", "{\"a\":2}", NULL },
  [CPT_FIELD_ATTACHMENT] = { "{\"name\":\"a\",\"sha256\":\"" HASH "\",\"size\":1,\"type\":\"text/plain\"}",
                             "{\"name\":\"b\",\"sha256\":\"" HASH "\",\"size\":1,\"type\":\"text/plain\"}", NULL },
  [CPT_FIELD_RECURRENCE] = { "FREQ=WEEKLY;BYDAY=MO", "FREQ=DAILY", NULL },
};

G_STATIC_ASSERT (G_N_ELEMENTS (samples) == CPT_N_FIELD_KINDS);

static const char *const rule_kinds[] = { "visible", "required", "read_only", "choices", "unique" };

G_STATIC_ASSERT (G_N_ELEMENTS (rule_kinds) == CPT_N_RULE_KINDS);

/* One kind of record with a field of every kind, and what is asked of it */
typedef struct
{
  Fixture *fixture;
  char *entity;
  CptUuid tags[2];
  CptFieldKind kind;
  CptRuleKind rule;
  gint64 sequence; /* of the rule */
} Case;

static char *
dup_name (CptFieldKind kind)
{
  return g_strdelimit (g_strconcat ("x_", cpt_field_type_get (kind)->name, NULL), "-", '_');
}

static void
add_field (Case           *self,
           CptTransaction *transaction,
           const char     *name,
           CptFieldKind    kind)
{
  g_autoptr(CptRecord) record = new_record (self->fixture, "custom_field", "entity_name", self->entity);

  set_text (record, "name", name);
  set_text (record, "label", name);
  set_text (record, "kind", cpt_field_type_get (kind)->name);
  if (samples[kind].definition != NULL)
    set_text (record, "definition", samples[kind].definition);
  cpt_transaction_create (transaction, record);
}

static void
add_fields (Case *self)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  add_field (self, transaction, SWITCH, CPT_FIELD_BOOLEAN);
  for (guint kind = 0; kind < CPT_N_FIELD_KINDS; kind++)
    {
      g_autofree char *name = dup_name ((CptFieldKind) kind);

      add_field (self, transaction, name, (CptFieldKind) kind);
    }
  commit_ok (self->fixture, transaction);
}

static void
set_sample (Case           *self,
            CptRecord      *record,
            const CptField *field,
            gboolean        is_second)
{
  const char *text = is_second ? samples[field->kind].b : samples[field->kind].a;
  const CptUuid *tag = &self->tags[is_second ? 1 : 0];
  g_autoptr(GError) error = NULL;
  CptValue value = CPT_VALUE_INIT;

  if (field->kind == CPT_FIELD_LINK)
    cpt_value_set_id (&value, tag);
  else if (field->kind == CPT_FIELD_LINKS)
    cpt_value_set_ids (&value, tag, 1);
  else
    cpt_field_parse (field, text, NULL, &value, &error);
  g_assert_no_error (error);
  cpt_record_take (record, field, value);
}

static CptRecord *new_complete (Case *self,
                                const char *entity_name);

/* What the declaration asks for */
static void
complete (Case           *self,
          CptRecord      *record,
          const CptField *field)
{
  CptValue value = CPT_VALUE_INIT;

  if (field->target != NULL)
    {
      g_autoptr(CptRecord) linked = new_complete (self, field->target);

      create_ok (self->fixture, linked);
      cpt_value_set_id (&value, &linked->id);
    }
  else if (field->choices != NULL)
    cpt_value_set_text (&value, field->choices[0].name);
  else
    {
      set_sample (self, record, field, FALSE);
      return;
    }
  cpt_record_take (record, field, value);
}

static CptRecord *
new_complete (Case       *self,
              const char *entity_name)
{
  const CptEntity *entity = get_entity (self->fixture, entity_name);
  CptRecord *record = cpt_record_new (cpt_database_get_schema (self->fixture->database), entity);

  cpt_record_apply_initial (record, TEST_NOW, NULL, NULL);
  for (guint i = 0; i < entity->n_declared; i++)
    if ((entity->fields[i]->flags & CPT_FIELD_REQUIRED) != 0 && cpt_value_is_null (&record->values[i]))
      complete (self, record, entity->fields[i]);

  return record;
}

static const CptField *
get_asked (Case *self)
{
  g_autofree char *name = dup_name (self->kind);

  return get_field (self->fixture, self->entity, name);
}

/* @sample: 0 for nothing, 1 and 2 for the two values */
static CptRecord *
new_asked (Case     *self,
           gboolean  is_on,
           guint     sample)
{
  CptRecord *record = new_complete (self, self->entity);
  CptValue value = CPT_VALUE_INIT;

  cpt_value_set_integer (&value, is_on);
  cpt_record_take (record, get_field (self->fixture, self->entity, SWITCH), value);
  if (sample > 0)
    set_sample (self, record, get_asked (self), sample == 2);

  return record;
}

/* Takes @transaction */
static void
assert_refused (Case           *self,
                CptTransaction *transaction)
{
  g_autoptr(CptTransaction) owned = transaction;
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;
  const CptProblem *problem;

  if (cpt_database_commit (self->fixture->database, transaction, NULL, &problems, &error))
    g_error ("%s: %s lets %s pass", self->entity, rule_kinds[self->rule], cpt_field_type_get (self->kind)->name);
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_assert_cmpuint (problems->len, ==, 1);
  problem = g_ptr_array_index (problems, 0);
  g_assert_true (problem->field == get_asked (self));
  g_assert_nonnull (strstr (problem->message, "My rule"));
}

static void
assert_not_created (Case     *self,
                    gboolean  is_on,
                    guint     sample)
{
  g_autoptr(CptRecord) record = new_asked (self, is_on, sample);
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  cpt_transaction_create (transaction, record);
  assert_refused (self, transaction);
}

static CptUuid
create (Case     *self,
        gboolean  is_on,
        guint     sample)
{
  g_autoptr(CptRecord) record = new_asked (self, is_on, sample);

  create_ok (self->fixture, record);

  return record->id;
}

static CptTransaction *
change (Case          *self,
        const CptUuid *id,
        gboolean       is_on)
{
  g_autoptr(CptRecord) wanted = new_asked (self, is_on, 2);
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  const CptField *toggle = get_field (self->fixture, self->entity, SWITCH);

  cpt_transaction_set (transaction, wanted->entity, id, toggle, cpt_record_get (wanted, toggle));
  cpt_transaction_set (transaction, wanted->entity, id, get_asked (self), cpt_record_get (wanted, get_asked (self)));

  return transaction;
}

/* What each kind of rule lets pass and refuses while it holds */

static void
ask_visible (Case *self)
{
  assert_not_created (self, FALSE, 1);
  create (self, FALSE, 0);
  create (self, TRUE, 1);
}

static void
ask_required (Case *self)
{
  assert_not_created (self, TRUE, 0);
  create (self, TRUE, 1);
  create (self, FALSE, 0);
}

static void
ask_read_only (Case *self)
{
  CptUuid id = create (self, TRUE, 1);
  g_autoptr(CptTransaction) unlocked = NULL;

  assert_refused (self, change (self, &id, TRUE));
  unlocked = change (self, &id, FALSE);
  commit_ok (self->fixture, unlocked);
}

static void
ask_choices (Case *self)
{
  assert_not_created (self, TRUE, 2);
  create (self, TRUE, 1);
  create (self, FALSE, 2);
}

static void
ask_unique (Case *self)
{
  create (self, TRUE, 1);
  assert_not_created (self, TRUE, 1);
  create (self, TRUE, 2);
  create (self, FALSE, 1);
}

static void (*const asks[]) (Case *) = { ask_visible, ask_required, ask_read_only, ask_choices, ask_unique };

G_STATIC_ASSERT (G_N_ELEMENTS (asks) == CPT_N_RULE_KINDS);

/* The rule itself */

static CptRecord *
new_rule (Case       *self,
          const char *field)
{
  CptRecord *record = new_record (self->fixture, "rule", "name", "My rule");

  set_text (record, "entity_name", self->entity);
  set_text (record, "field_name", field);
  set_text (record, "kind", rule_kinds[self->rule]);
  set_text (record, "condition", "{\"field\":\"" SWITCH "\",\"op\":\"is-true\"}");
  if (self->rule == CPT_RULE_CHOICES)
    {
      CptValue value = CPT_VALUE_INIT;

      cpt_field_parse (get_field (self->fixture, "rule", "allowed"), "a", NULL, &value, NULL);
      cpt_record_take (record, get_field (self->fixture, "rule", "allowed"), value);
    }

  return record;
}

/* As it would go through a file, a pack or sync */
static CptRecord *
pass_through_json (Case      *self,
                   CptRecord *record)
{
  g_autofree char *text = cpt_record_format_json (record);
  g_autoptr(GError) error = NULL;
  CptRecord *copy = cpt_record_parse_json (cpt_database_get_schema (self->fixture->database), record->entity, text, -1, &error);

  g_assert_no_error (error);
  copy->id = record->id;

  return copy;
}

static gboolean
fits (Case *self)
{
  if (self->rule == CPT_RULE_CHOICES)
    return self->kind == CPT_FIELD_CHOICE || self->kind == CPT_FIELD_MULTI_CHOICE;

  return self->rule != CPT_RULE_UNIQUE || cpt_field_type_get (self->kind)->is_distinctive;
}

/* What is said beforehand is what happens */
static gboolean
try_rule (Case      *self,
          CptRecord *record)
{
  g_auto(CptRuleTrial) trial = { 0 };
  g_autoptr(GError) error = NULL;

  cpt_rule_try (record, self->fixture->database, &trial, &error);
  g_assert_no_error (error);
  if (trial.problems->len == 0)
    {
      g_assert_nonnull (trial.sentence);
      return TRUE;
    }
  for (guint i = 0; i < trial.problems->len; i++)
    {
      const CptRuleProblem *problem = g_ptr_array_index (trial.problems, i);

      g_assert_nonnull (cpt_entity_find_field (record->entity, problem->field));
      g_assert_cmpstr (problem->message, !=, "");
    }

  return FALSE;
}

static gboolean
make_rule (Case       *self,
           const char *field)
{
  g_autoptr(CptRecord) written = new_rule (self, field);
  g_autoptr(CptRecord) record = pass_through_json (self, written);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;
  gboolean is_expected = try_rule (self, record);
  CptCommit commit = { 0 };

  cpt_transaction_create (transaction, record);
  cpt_database_commit (self->fixture->database, transaction, &commit, NULL, &error);
  self->sequence = commit.sequence;
  if (is_expected)
    g_assert_no_error (error);
  else
    g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);

  return is_expected;
}

static void
undo_rule (Case *self)
{
  g_autoptr(GError) error = NULL;

  cpt_log_undo (self->fixture->database, self->sequence, NULL, &error);
  g_assert_no_error (error);
}

static void
run_case (Case *self)
{
  g_autofree char *name = dup_name (self->kind);
  static const guint offences[][2] = { { FALSE, 1 }, { TRUE, 0 }, { TRUE, 1 }, { TRUE, 2 }, { TRUE, 1 } };

  g_assert_true (make_rule (self, name) == fits (self));
  if (!fits (self))
    return;

  asks[self->rule](self);
  undo_rule (self);
  create (self, offences[self->rule][0] != 0, offences[self->rule][1]);
}

/* Fields that are declared: a rule that is taken can be taken back, one that
 * would lock somebody out is refused. */
static void
run_declared (Case           *self,
              const CptField *field)
{
  gboolean is_locking = self->rule == CPT_RULE_VISIBLE && (field->flags & CPT_FIELD_REQUIRED) != 0;

  if (!make_rule (self, field->name))
    return;

  g_assert_false (is_locking);
  undo_rule (self);
}

/* What attachments are about */
static gboolean
keep_content (CptDatabase  *database,
              gpointer      data,
              GError      **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("a", 1);

  return cpt_blob_store (database, bytes, HASH, error);
}

static void
test_entity (Fixture       *fixture,
             gconstpointer  data)
{
  Case self = { .fixture = fixture, .entity = (char *) data };
  const CptEntity *entity;

  /* Thousands of commits, of which none has to outlive the power. */
  g_assert_true (cpt_database_exec (fixture->database, "PRAGMA synchronous = OFF", NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(CptRecord) tag = new_record (fixture, "tag", "name", i == 0 ? "One" : "Two");

      create_ok (fixture, tag);
      self.tags[i] = tag->id;
    }
  g_assert_true (cpt_database_transact (fixture->database, keep_content, NULL, NULL));
  add_fields (&self);
  /* What must be different comes first, while nothing is there. */
  for (guint rule = CPT_N_RULE_KINDS; rule > 0; rule--)
    {
      self.rule = (CptRuleKind) (rule - 1);
      for (guint kind = 0; kind < CPT_N_FIELD_KINDS; kind++)
        {
          self.kind = (CptFieldKind) kind;
          run_case (&self);
        }
      entity = get_entity (fixture, self.entity);
      for (guint i = 0; i < entity->n_declared; i++)
        run_declared (&self, get_entity (fixture, self.entity)->fields[i]);
    }
}

/* The application's own kinds are not for rules. */
static void
test_system (Fixture       *fixture,
             gconstpointer  data)
{
  Case self = { .fixture = fixture, .entity = (char *) data };

  for (guint rule = 0; rule < CPT_N_RULE_KINDS; rule++)
    {
      self.rule = (CptRuleKind) rule;
      g_assert_false (make_rule (&self, get_entity (fixture, data)->title));
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (schema, &n_entities);

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n_entities; i++)
    {
      gboolean is_system = (entities[i]->flags & CPT_ENTITY_SYSTEM) != 0;
      g_autofree char *name = g_strdup_printf (is_system ? "/store/rules/are-not-for-%s" : "/store/rules/of-every-kind-for-%s",
                                               entities[i]->name);

      g_test_add (name, Fixture, entities[i]->name, fixture_set_up, is_system ? test_system : test_entity, fixture_tear_down);
    }

  return g_test_run ();
}
