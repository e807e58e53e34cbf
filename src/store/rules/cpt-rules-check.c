/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading a rule from its record: whether what it says can be asked, and
 * whether a record can still be stored with it. A rule that would hide what
 * must be filled in, or leave no choice, is refused before it can lock anybody
 * out; what depends on the record is settled when it is asked (see
 * cpt_rules_get_state()). */

#include "config.h"

#include "cpt-rules-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-field-type.h"

/* By #CptRuleKind: the names of the choices of field "kind" */
static const char *const kind_names[] = {
  [CPT_RULE_VISIBLE] = "visible",
  [CPT_RULE_REQUIRED] = "required",
  [CPT_RULE_READ_ONLY] = "read_only",
  [CPT_RULE_CHOICES] = "choices",
  [CPT_RULE_UNIQUE] = "unique",
};

G_STATIC_ASSERT (G_N_ELEMENTS (kind_names) == CPT_N_RULE_KINDS);

static void
problem_free (gpointer data)
{
  CptRuleProblem *self = data;

  g_free (self->message);
  g_free (self);
}

GPtrArray *
cpt_rule_problems_new (void)
{
  return g_ptr_array_new_with_free_func (problem_free);
}

/* Takes @message */
static void
take_problem (GPtrArray  *problems,
              const char *field,
              char       *message)
{
  CptRuleProblem *problem = g_new0 (CptRuleProblem, 1);

  problem->field = field;
  problem->message = message;
  g_ptr_array_add (problems, problem);
}

gboolean
cpt_rule_is_active (const CptRecord *record)
{
  const CptValue *value = cpt_record_get_named (record, "is_active");

  return value->type != CPT_VALUE_INTEGER || value->integer != 0;
}

/* Conditions that ask nothing of the record */

static CptConditionForm
get_group_form (CptFilter *condition)
{
  gboolean is_all = cpt_filter_get_form (condition) == CPT_FILTER_ALL;
  CptConditionForm decides = is_all ? CPT_CONDITION_NEVER : CPT_CONDITION_ALWAYS;
  gboolean is_open = FALSE;
  guint n_children;
  CptFilter *const *children = cpt_filter_get_children (condition, &n_children);

  for (guint i = 0; i < n_children; i++)
    {
      CptConditionForm form = cpt_rule_get_form (children[i]);

      if (form == decides)
        return decides;
      is_open = is_open || form == CPT_CONDITION_SOMETIMES;
    }
  if (is_open)
    return CPT_CONDITION_SOMETIMES;

  return is_all ? CPT_CONDITION_ALWAYS : CPT_CONDITION_NEVER;
}

CptConditionForm
cpt_rule_get_form (CptFilter *condition)
{
  static const CptConditionForm opposites[] = {
    [CPT_CONDITION_SOMETIMES] = CPT_CONDITION_SOMETIMES,
    [CPT_CONDITION_ALWAYS] = CPT_CONDITION_NEVER,
    [CPT_CONDITION_NEVER] = CPT_CONDITION_ALWAYS,
  };
  guint n_children;

  if (condition == NULL)
    return CPT_CONDITION_ALWAYS;

  switch (cpt_filter_get_form (condition))
    {
    case CPT_FILTER_CONDITION:
      return CPT_CONDITION_SOMETIMES;

    case CPT_FILTER_NOT:
      return opposites[cpt_rule_get_form (cpt_filter_get_children (condition, &n_children)[0])];

    case CPT_FILTER_ALL:
    case CPT_FILTER_ANY:
    default:
      return get_group_form (condition);
    }
}

/* Whether it asks for the record's own @field */
static gboolean
reads_field (CptFilter      *condition,
             const CptField *field)
{
  guint n_children;
  CptFilter *const *children;

  if (cpt_filter_get_form (condition) == CPT_FILTER_CONDITION)
    return strcmp (cpt_filter_get_path (condition)->fields[0]->name, field->name) == 0;

  children = cpt_filter_get_children (condition, &n_children);
  for (guint i = 0; i < n_children; i++)
    if (reads_field (children[i], field))
      return TRUE;

  return FALSE;
}

/* Kinds of rules and fields */

static char *
dup_unfit_flags (CptRuleKind     kind,
                 const CptField *field)
{
  const char *label = cpt_field_get_label (field);

  if (kind == CPT_RULE_VISIBLE && (field->flags & CPT_FIELD_REQUIRED) != 0)
    return g_strdup_printf (_("“%s” must always be filled in, so it can’t be hidden."), label);
  if ((field->flags & CPT_FIELD_HIDDEN) != 0 && (kind == CPT_RULE_VISIBLE || kind == CPT_RULE_REQUIRED))
    return g_strdup_printf (_("“%s” is never shown, so nobody could fill it in."), label);
  if (kind == CPT_RULE_VISIBLE)
    return NULL;
  if (field->formula != NULL)
    return g_strdup_printf (_("“%s” is worked out by a formula: nobody fills it in. It can only be shown or hidden."), label);
  if ((field->flags & CPT_FIELD_READ_ONLY) != 0)
    return g_strdup_printf (_("“%s” is set by the application: nobody fills it in. It can only be shown or hidden."), label);

  return NULL;
}

char *
cpt_rule_dup_misfit (CptRuleKind     kind,
                     const CptField *field)
{
  const char *label = cpt_field_get_label (field);

  if (kind == CPT_RULE_CHOICES && field->choices == NULL)
    return g_strdup_printf (_("“%s” has no choices that could be limited."), label);
  if (kind == CPT_RULE_UNIQUE && !cpt_field_type_get (field->kind)->is_distinctive)
    /* Translators: a field, then its kind: "Yes or no" */
    return g_strdup_printf (_("“%s” can’t be different in every record: it is of the kind “%s”."), label,
                            _(cpt_field_type_get (field->kind)->label));

  return dup_unfit_flags (kind, field);
}

/* Reading */

static const char *
get_text (const CptRecord *record,
          const char      *field)
{
  const char *text = cpt_record_get_text (record, field);

  return text != NULL ? text : "";
}

static gboolean
read_place (CptRule         *self,
            CptSchema       *schema,
            const CptRecord *record,
            GPtrArray       *problems)
{
  const char *entity_name = get_text (record, "entity_name");
  const char *field_name = get_text (record, "field_name");

  self->entity = cpt_schema_find_entity (schema, entity_name);
  if (self->entity == NULL)
    {
      take_problem (problems, "entity_name", g_strdup_printf (_("There is no kind of record “%s”."), entity_name));
      return FALSE;
    }
  if ((self->entity->flags & CPT_ENTITY_SYSTEM) != 0)
    {
      take_problem (problems, "entity_name", g_strdup_printf (_("Records of kind “%s” can’t have rules."), entity_name));
      return FALSE;
    }

  self->field = cpt_entity_find_field (self->entity, field_name);
  if (self->field == NULL)
    take_problem (problems, "field_name",
                  /* Translators: a kind of record, the name of a field */
                  g_strdup_printf (_("%s: there is no field “%s”."), cpt_entity_get_label_plural (self->entity),
                                   field_name));

  return self->field != NULL;
}

static void
read_kind (CptRule         *self,
           const CptRecord *record,
           GPtrArray       *problems)
{
  const char *name = cpt_record_get_text (record, "kind");
  char *misfit;

  for (guint i = 0; i < CPT_N_RULE_KINDS; i++)
    if (g_strcmp0 (name, kind_names[i]) == 0)
      {
        self->kind = (CptRuleKind) i;
        misfit = cpt_rule_dup_misfit (self->kind, self->field);
        if (misfit != NULL)
          take_problem (problems, "field_name", misfit);
        return;
      }

  take_problem (problems, "kind", g_strdup (_("This kind of rule is not known.")));
}

static void
read_condition (CptRule         *self,
                CptSchema       *schema,
                const CptRecord *record,
                GPtrArray       *problems)
{
  const char *text = cpt_record_get_text (record, "condition");
  g_autoptr(GError) error = NULL;
  CptConditionForm form;

  if (text != NULL)
    self->condition = cpt_filter_parse (schema, self->entity, text, &error);
  if (error != NULL)
    {
      take_problem (problems, "condition", g_strdup (error->message));
      return;
    }

  form = cpt_rule_get_form (self->condition);
  if (form == CPT_CONDITION_NEVER)
    take_problem (problems, "condition",
                  self->kind == CPT_RULE_VISIBLE ? g_strdup (_("This condition is never met: nobody would see the field."))
                                                 : g_strdup (_("This condition is never met: the rule would ask nothing.")));
  else if (form == CPT_CONDITION_ALWAYS && self->kind == CPT_RULE_VISIBLE)
    take_problem (problems, "condition", g_strdup (_("Say when the field is shown: without a condition it always is.")));
  else if (form == CPT_CONDITION_SOMETIMES && self->kind == CPT_RULE_VISIBLE && reads_field (self->condition, self->field))
    take_problem (problems, "condition",
                  g_strdup (_("The condition asks for the field itself: once hidden, it could never be filled in.")));
  if (form == CPT_CONDITION_ALWAYS)
    g_clear_pointer (&self->condition, cpt_filter_unref);
}

/* What links to its own kind can't be needed always: the first record would have
 * nothing to link to. */
static void
check_first (const CptRule *self,
             GPtrArray     *problems)
{
  if (self->kind == CPT_RULE_REQUIRED && self->condition == NULL && g_strcmp0 (self->field->target, self->entity->name) == 0)
    take_problem (problems, "condition",
                  /* Translators: the label of a field, then a kind of record: "Organisations" */
                  g_strdup_printf (_("“%s” leads to others of the same kind (%s): the first one could never be made. "
                                     "Say when it must be filled in."),
                                   cpt_field_get_label (self->field), cpt_entity_get_label_plural (self->entity)));
}

static void
read_allowed (CptRule         *self,
              const CptRecord *record,
              GPtrArray       *problems)
{
  const CptValue *value = cpt_record_get_named (record, "allowed");

  if (self->kind != CPT_RULE_CHOICES)
    {
      if (!cpt_value_is_null (value))
        take_problem (problems, "allowed", g_strdup (_("Only a rule about choices names choices. Leave this empty.")));
      return;
    }
  if (value->type != CPT_VALUE_TEXTS || value->texts[0] == NULL)
    {
      take_problem (problems, "allowed", g_strdup (_("Name at least one choice: with none, nothing could be chosen.")));
      return;
    }

  self->allowed = g_strdupv (value->texts);
  for (guint i = 0; self->allowed[i] != NULL && self->field->choices != NULL; i++)
    if (cpt_field_find_choice (self->field, self->allowed[i]) == NULL)
      take_problem (problems, "allowed",
                    /* Translators: the name of a choice, the label of a field */
                    g_strdup_printf (_("“%s” is not one of the choices of “%s”."), self->allowed[i],
                                     cpt_field_get_label (self->field)));
}

CptRule *
cpt_rule_read (CptSchema       *schema,
               const CptRecord *record,
               GPtrArray       *problems)
{
  g_autoptr(CptRule) self = g_new0 (CptRule, 1);

  self->id = record->id;
  self->name = cpt_record_dup_title (record);
  self->message = g_strdup (cpt_record_get_text (record, "message"));
  if (!read_place (self, schema, record, problems))
    return NULL;

  read_kind (self, record, problems);
  if (problems->len > 0)
    return NULL;

  read_condition (self, schema, record, problems);
  if (problems->len == 0)
    check_first (self, problems);
  read_allowed (self, record, problems);

  return problems->len == 0 ? g_steal_pointer (&self) : NULL;
}

/* Beside others */

static gboolean
is_same_condition (CptFilter *a,
                   CptFilter *b)
{
  g_autoptr(JsonNode) first = a != NULL ? cpt_filter_to_json (a) : NULL;
  g_autoptr(JsonNode) second = b != NULL ? cpt_filter_to_json (b) : NULL;

  return first == NULL || second == NULL || json_node_equal (first, second);
}

static gboolean
shares_choice (const CptRule *a,
               const CptRule *b)
{
  for (guint i = 0; a->allowed[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) b->allowed, a->allowed[i]))
      return TRUE;

  return FALSE;
}

/* Each would have to be there before the other. */
static gboolean
is_deadlock (const CptRule *a,
             const CptRule *b)
{
  return a->kind == CPT_RULE_REQUIRED && b->kind == CPT_RULE_REQUIRED && a->condition == NULL && b->condition == NULL &&
         g_strcmp0 (a->field->target, b->entity->name) == 0 && g_strcmp0 (b->field->target, a->entity->name) == 0;
}

/* Two rules about choices that hold together must leave one. */
static void
check_beside (const CptRule *rule,
              const CptRule *other,
              GPtrArray     *problems)
{
  if (is_deadlock (rule, other))
    take_problem (problems, "condition",
                  /* Translators: the name of a rule */
                  g_strdup_printf (_("Together with the rule “%s” none of both kinds could be made: each needs the other first. "
                                     "Say when it must be filled in."),
                                   other->name));
  if (rule->kind != CPT_RULE_CHOICES || other->kind != CPT_RULE_CHOICES || rule->field != other->field ||
      !is_same_condition (rule->condition, other->condition) || shares_choice (rule, other))
    return;

  take_problem (problems, "allowed",
                g_strdup_printf (_("Together with the rule “%s” no choice would be left."), other->name));
}

/* Every other rule that is in force, as it stands alone */
static void
ask_others (CptSchema        *schema,
            const CptRule    *rule,
            CptRecord *const *others,
            guint             n_others,
            void (*ask) (const CptRule *rule, const CptRule *other, GPtrArray *found),
            GPtrArray        *found)
{
  for (guint i = 0; i < n_others; i++)
    {
      g_autoptr(GPtrArray) ignored = cpt_rule_problems_new ();
      g_autoptr(CptRule) other = NULL;

      if (others[i]->in_trash || cpt_uuid_equal (&others[i]->id, &rule->id) || !cpt_rule_is_active (others[i]))
        continue;
      other = cpt_rule_read (schema, others[i], ignored);
      if (other != NULL)
        ask (rule, other, found);
    }
}

GPtrArray *
cpt_rule_check_record (CptSchema        *schema,
                       const CptRecord  *record,
                       CptRecord *const *others,
                       guint             n_others)
{
  GPtrArray *problems = cpt_rule_problems_new ();
  g_autoptr(CptRule) rule = NULL;

  /* One that is out of force may say anything: it can be put out of force
   * whatever became of the fields. */
  if (!cpt_rule_is_active (record))
    return problems;

  rule = cpt_rule_read (schema, record, problems);
  if (rule != NULL)
    ask_others (schema, rule, others, n_others, check_beside, problems);

  return problems;
}

/* Rules that are taken, but may shut somebody out when their conditions meet */
static void
warn_beside (const CptRule *rule,
             const CptRule *other,
             GPtrArray     *warnings)
{
  if (rule->entity != other->entity)
    return;

  if (rule->kind == CPT_RULE_CHOICES && other->kind == CPT_RULE_CHOICES && rule->field == other->field &&
      !shares_choice (rule, other))
    g_ptr_array_add (warnings,
                     g_strdup_printf (_("Where the rule “%s” holds too, no choice is left."), other->name));
  if (rule->kind == CPT_RULE_VISIBLE && other->kind == CPT_RULE_VISIBLE && rule->field != other->field &&
      reads_field (rule->condition, other->field) && reads_field (other->condition, rule->field))
    g_ptr_array_add (warnings,
                     /* Translators: the labels of two fields */
                     g_strdup_printf (_("“%s” and “%s” are each shown by what is in the other: where both are empty, "
                                        "neither may ever be seen."),
                                      cpt_field_get_label (rule->field), cpt_field_get_label (other->field)));
}

GPtrArray *
cpt_rule_list_warnings (CptSchema        *schema,
                        const CptRule    *rule,
                        CptRecord *const *others,
                        guint             n_others)
{
  GPtrArray *warnings = g_ptr_array_new_with_free_func (g_free);

  ask_others (schema, rule, others, n_others, warn_beside, warnings);

  return warnings;
}
