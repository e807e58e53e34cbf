/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the workspace's own rules ask of a record (rules/cpt-rules.h), beside
 * what is declared.
 *
 * A rule is asked about what a change does: of what it sets, and of what becomes
 * wrong by it. A record that did not meet a rule before may be saved all the
 * same as long as the change has nothing to do with it; otherwise a new rule
 * would lock up everything that is older. What behaviours fill in by themselves
 * is theirs: rules bind what people, files and programs set. */

#include "config.h"

#include "cpt-door-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-field-type.h"
#include "cpt-rules-private.h"

static CptRecord *
load (gpointer         data,
      const CptEntity *entity,
      const CptUuid   *id)
{
  const CptDoorSide *side = data;
  CptDoorItem *item = cpt_door_find_item (side->door, entity, id);
  CptRecord *record;

  /* What could not be read once stops the commit. */
  if (item == NULL || item->is_void)
    return *side->error == NULL ? cpt_database_load_live (side->door->database, entity, id, side->error) : NULL;

  record = side->is_before || item->is_refused ? item->before : item->after;

  return record != NULL ? cpt_record_ref (record) : NULL;
}

void
cpt_door_side_init_host (CptDoorSide   *self,
                         CptFilterHost *host)
{
  cpt_filter_host_init (host, self->door->database);
  host->load = load;
  host->data = self;
}

/* One record, asked by all rules of its kind */
typedef struct
{
  CptDoor *door;
  CptDoorItem *item;
  const CptRule *const *rules; /* borrowed */
  guint n_rules;
  CptFilterHost after;
  CptFilterHost before;
} Asking;

static gboolean
holds (const Asking  *self,
       const CptRule *rule)
{
  return cpt_rule_holds (rule, &self->after, self->item->after);
}

/* Whether the rule held before the change; a new record has no before */
static gboolean
held (const Asking  *self,
      const CptRule *rule)
{
  return self->item->act == CPT_ACT_UPDATE && cpt_rule_holds (rule, &self->before, self->item->before);
}

static const CptValue *
get_before (const Asking  *self,
            const CptRule *rule)
{
  static const CptValue nothing = CPT_VALUE_INIT;

  return self->item->act == CPT_ACT_UPDATE ? &self->item->before->values[rule->field->index] : &nothing;
}

static const CptValue *
get_after (const Asking  *self,
           const CptRule *rule)
{
  return &self->item->after->values[rule->field->index];
}

/* Whether somebody has set it, to another value */
static gboolean
is_set (const Asking  *self,
        const CptRule *rule)
{
  return self->item->asked != NULL && self->item->asked[rule->field->index] &&
         !cpt_value_equal (get_before (self, rule), get_after (self, rule));
}

static gboolean
is_hidden (const Asking   *self,
           const CptField *field,
           gboolean        is_before)
{
  for (guint i = 0; i < self->n_rules; i++)
    if (self->rules[i]->kind == CPT_RULE_VISIBLE && self->rules[i]->field == field &&
        !(is_before ? held (self, self->rules[i]) : holds (self, self->rules[i])))
      return TRUE;

  return FALSE;
}

static gboolean
is_required (const Asking   *self,
             const CptField *field)
{
  for (guint i = 0; i < self->n_rules; i++)
    if (self->rules[i]->kind == CPT_RULE_REQUIRED && self->rules[i]->field == field && holds (self, self->rules[i]))
      return TRUE;

  return (field->flags & CPT_FIELD_REQUIRED) != 0;
}

/* A problem beside the field: what people are told, and by which rule */
static void
refuse (const Asking  *self,
        const CptRule *rule,
        char          *reason)
{
  g_autofree char *own = reason;

  if (rule->message != NULL)
    {
      g_free (own);
      /* Translators: what a rule tells people, and its name */
      own = g_strdup_printf (_("%s (rule “%s”)"), rule->message, rule->name);
    }
  cpt_door_take_problem (self->door, self->item, rule->field, CPT_ERROR_INVALID, g_steal_pointer (&own));
}

/* What a new record begins with was chosen by nobody. */
static gboolean
is_initial (const CptField *field,
            const CptValue *value)
{
  g_auto(CptValue) initial = CPT_VALUE_INIT;

  if (field->initial == NULL)
    return FALSE;
  if (strcmp (field->initial, "now") == 0 || strcmp (field->initial, "today") == 0 || strcmp (field->initial, "me") == 0)
    return TRUE;

  return cpt_field_parse (field, field->initial, NULL, &initial, NULL) && cpt_value_equal (&initial, value);
}

static void
ask_visible (const Asking  *self,
             const CptRule *rule)
{
  const CptValue *value = get_after (self, rule);

  if (!is_set (self, rule) || cpt_value_is_null (value) || holds (self, rule))
    return;
  if (self->item->act == CPT_ACT_CREATE && is_initial (rule->field, value))
    return;

  /* Translators: beside a field; the name of a rule */
  refuse (self, rule, g_strdup_printf (_("Leave this empty here (rule “%s”)."), rule->name));
}

static void
ask_required (const Asking  *self,
              const CptRule *rule)
{
  if (!cpt_value_is_null (get_after (self, rule)) || !holds (self, rule) || is_hidden (self, rule->field, FALSE))
    return;
  /* It was so before. */
  if (cpt_value_is_null (get_before (self, rule)) && held (self, rule) && !is_hidden (self, rule->field, TRUE))
    return;

  /* Translators: beside a field; the name of a rule */
  refuse (self, rule, g_strdup_printf (_("Fill this in (rule “%s”)."), rule->name));
}

/* Whether what else is changed leaves the lock on: a value can't unlock itself */
static gboolean
stays_locked (const Asking  *self,
              const CptRule *rule)
{
  g_autoptr(CptRecord) record = cpt_record_copy (self->item->after);

  cpt_record_set (record, rule->field, get_before (self, rule));

  return cpt_rule_holds (rule, &self->after, record);
}

/* Values are given when a record is made. What is asked for and not there may
 * be filled in, so that no record is stuck between two rules. */
static void
ask_read_only (const Asking  *self,
               const CptRule *rule)
{
  if (self->item->act != CPT_ACT_UPDATE || !is_set (self, rule) || !held (self, rule) || !stays_locked (self, rule))
    return;
  if (cpt_value_is_null (get_before (self, rule)) && is_required (self, rule->field))
    return;

  /* Translators: beside a field; the name of a rule */
  refuse (self, rule, g_strdup_printf (_("This can’t be changed (rule “%s”)."), rule->name));
}

/* Of a set only what is new to it is asked about, while the rule held before. */
static void
leave_out_former (const CptValue *before,
                  CptValue       *value)
{
  if (value->type == CPT_VALUE_TEXTS && before->type == CPT_VALUE_TEXTS)
    cpt_value_remove_members (value, before);
}

static void
ask_choices (const Asking  *self,
             const CptRule *rule)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autofree char *labels = NULL;
  const CptChoice *choice;
  const char *refused;
  gboolean was_held;

  if (cpt_value_is_null (get_after (self, rule)) || cpt_rule_allows (rule, get_after (self, rule), NULL) || !holds (self, rule))
    return;
  was_held = held (self, rule);
  if (!is_set (self, rule) && (was_held || self->item->act != CPT_ACT_UPDATE))
    return;

  cpt_value_copy (get_after (self, rule), &value);
  if (was_held)
    leave_out_former (get_before (self, rule), &value);
  if (cpt_rule_allows (rule, &value, &refused))
    return;

  choice = cpt_field_find_choice (rule->field, refused);
  labels = cpt_rule_dup_choices (rule);
  refuse (self, rule,
          /* Translators: a choice, those that may be taken, the name of a rule */
          g_strdup_printf (_("“%s” can’t be taken here: choose %s (rule “%s”)."),
                           choice != NULL ? cpt_choice_get_label (choice) : refused, labels, rule->name));
}

static void
ask (const Asking  *self,
     const CptRule *rule)
{
  static void (*const asks[]) (const Asking *, const CptRule *) = {
    [CPT_RULE_VISIBLE] = ask_visible,
    [CPT_RULE_REQUIRED] = ask_required,
    [CPT_RULE_READ_ONLY] = ask_read_only,
    [CPT_RULE_CHOICES] = ask_choices,
    [CPT_RULE_UNIQUE] = NULL, /* asked when all else is settled */
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (asks) == CPT_N_RULE_KINDS);

  if (asks[rule->kind] != NULL)
    asks[rule->kind](self, rule);
}

gboolean
cpt_door_asks (CptDoor       *self,
               const CptRule *rule)
{
  const CptDoorItem *item;

  if (!self->touches_rules)
    return TRUE;

  item = cpt_door_find_item (self, cpt_schema_find_entity (self->database->schema, CPT_RULE_ENTITY), &rule->id);

  return item == NULL || item->is_void || (item->after != NULL && cpt_rule_is_active (item->after));
}

gboolean
cpt_door_check_conditional (CptDoor  *self,
                            GError  **error)
{
  g_autoptr(GError) unread = NULL;
  CptDoorSide after = { self, FALSE, &unread };
  CptDoorSide before = { self, TRUE, &unread };
  Asking asking = { .door = self };

  cpt_door_side_init_host (&after, &asking.after);
  cpt_door_side_init_host (&before, &asking.before);
  for (guint i = 0; i < self->items->len && unread == NULL; i++)
    {
      asking.item = g_ptr_array_index (self->items, i);
      if (asking.item->is_void || asking.item->after == NULL ||
          (asking.item->act != CPT_ACT_CREATE && asking.item->act != CPT_ACT_UPDATE))
        continue;

      asking.rules = cpt_rules_list (self->database->rules, asking.item->entity, &asking.n_rules);
      for (guint j = 0; j < asking.n_rules; j++)
        if (cpt_door_asks (self, asking.rules[j]))
          ask (&asking, asking.rules[j]);
    }
  if (unread == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&unread));

  return FALSE;
}
