/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes of what records are: custom fields, choices and rules. The declarations are
 * made as they would be afterwards; what would be wrong with them then, and is
 * not now, refuses the change: a formula that needs itself, one that names the
 * field or the choice which is being taken away, or a rule that can't be asked. In a unit what is
 * refused is left out and the rest is stored: the declarations are made anew
 * without it until nothing more is refused. */

#include "config.h"

#include "cpt-door-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-custom-field.h"
#include "cpt-own-choices.h"
#include "cpt-rules-private.h"

static gboolean
is_of (const CptDoorItem *item,
       const char        *entity)
{
  return strcmp (item->entity->name, entity) == 0 && !item->is_void && !item->is_refused;
}

typedef gboolean (*IsFunc) (const CptDoorItem *item);

static gboolean
is_field (const CptDoorItem *item)
{
  return is_of (item, "custom_field") || is_of (item, CPT_CHOICE_LIST_ENTITY);
}

static gboolean
is_rule (const CptDoorItem *item)
{
  return is_of (item, CPT_RULE_ENTITY);
}

static CptDoorItem *
find_first (CptDoor *self,
            IsFunc   is)
{
  for (guint i = 0; i < self->items->len; i++)
    if (is (g_ptr_array_index (self->items, i)))
      return g_ptr_array_index (self->items, i);

  return NULL;
}

/* Those that are stored, with the changes of the transaction */
static GPtrArray *
list_after (CptDoor   *self,
            GPtrArray *stored,
            IsFunc     is)
{
  GPtrArray *records = g_ptr_array_new ();

  for (guint i = 0; i < stored->len; i++)
    {
      CptRecord *record = g_ptr_array_index (stored, i);
      const CptDoorItem *item = cpt_door_find_item (self, record->entity, &record->id);

      if (item == NULL || !is (item))
        g_ptr_array_add (records, record);
    }
  for (guint i = 0; i < self->items->len; i++)
    {
      CptDoorItem *item = g_ptr_array_index (self->items, i);

      if (is (item) && item->after != NULL && item->act != CPT_ACT_UNPURGE)
        g_ptr_array_add (records, item->after);
    }

  return records;
}

/* The declarations of @fields; what is wrong with them, and with @rules then,
 * goes to @problems */
static CptSchema *
make_schema (GPtrArray *fields,
             GPtrArray *rules,
             GPtrArray *problems)
{
  CptSchema *schema = cpt_schema_new_from_records ((CptRecord *const *) fields->pdata, fields->len, problems);
  CptRules *made = cpt_rules_new (schema, (CptRecord *const *) rules->pdata, rules->len, problems);

  g_clear_pointer (&made, cpt_rules_unref);

  return schema;
}

static void
check_rule (CptDoor     *self,
            CptDoorItem *item,
            CptSchema   *schema,
            GPtrArray   *others)
{
  g_autoptr(GPtrArray) problems = NULL;

  if (item->after == NULL || item->act == CPT_ACT_UNPURGE)
    return;

  problems = cpt_rule_check_record (schema, item->after, (CptRecord *const *) others->pdata, others->len);
  for (guint i = 0; i < problems->len; i++)
    {
      const CptRuleProblem *problem = g_ptr_array_index (problems, i);
      const CptField *field = problem->field != NULL ? cpt_entity_find_field (item->entity, problem->field) : NULL;

      cpt_door_take_problem (self, item, field, CPT_ERROR_INVALID, g_strdup (problem->message));
    }
}

/* What a rule could be asked for before, and not any more, is needed: it can't go
 * with its field or its choice. @first is what is changed. */
static void
check_needed_by_rules (CptDoor     *self,
                       CptDoorItem *first,
                       CptSchema   *before,
                       CptSchema   *after,
                       GPtrArray   *rules)
{
  for (guint i = 0; i < rules->len; i++)
    {
      CptRecord *record = g_ptr_array_index (rules, i);
      g_autoptr(GPtrArray) ignored = cpt_rule_problems_new ();
      g_autoptr(CptRule) was = NULL;
      g_autoptr(CptRule) is = NULL;
      g_autofree char *title = NULL;

      if (record->in_trash || !cpt_rule_is_active (record) || cpt_door_find_item (self, record->entity, &record->id) != NULL)
        continue;
      was = cpt_rule_read (before, record, ignored);
      if (was != NULL)
        is = cpt_rule_read (after, record, ignored);
      if (was == NULL || is != NULL)
        continue;
      title = cpt_record_dup_title (record);
      cpt_door_take_problem (self, first, NULL, CPT_ERROR_INVALID,
                             /* Translators: %s is the name of a rule; a field or a choice can't be deleted */
                             g_strdup_printf (_("The rule “%s” needs this. Change or delete that rule first."), title));
    }
}

/* A field that comes back out of the trash may find its name taken. */
static void
check_restored_name (CptDoor     *self,
                     CptDoorItem *item,
                     GPtrArray   *fields)
{
  const char *entity = cpt_record_get_text (item->after, "entity_name");
  const char *name = cpt_record_get_text (item->after, "name");

  for (guint i = 0; i < fields->len; i++)
    {
      CptRecord *other = g_ptr_array_index (fields, i);
      g_autofree char *title = NULL;

      if (cpt_uuid_equal (&other->id, &item->id) || g_strcmp0 (cpt_record_get_text (other, "entity_name"), entity) != 0 ||
          g_strcmp0 (cpt_record_get_text (other, "name"), name) != 0)
        continue;
      title = cpt_record_dup_title (other);
      cpt_door_take_problem (self, item, NULL, CPT_ERROR_INVALID,
                             /* Translators: the name of a field for machines, then the label of the field that has it */
                             g_strdup_printf (_("The name “%s” belongs to the field “%s” by now. Delete that field, or remove "
                                                "the pack that brought it, first."),
                                              name, title));
      return;
    }
}

/* What is stored now and what would be */
typedef struct
{
  GPtrArray *fields;       /* (owned) */
  GPtrArray *rules;        /* (owned) */
  GPtrArray *fields_after; /* (owned) */
  GPtrArray *rules_after;  /* (owned) */
} Declarations;

static void
declarations_clear (Declarations *self)
{
  g_clear_pointer (&self->fields_after, g_ptr_array_unref);
  g_clear_pointer (&self->rules_after, g_ptr_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Declarations, declarations_clear)

static gboolean
load_declarations (Declarations  *self,
                   CptDoor       *door,
                   GError       **error)
{
  self->fields = cpt_database_load_fields (door->database, error);
  if (self->fields == NULL)
    return FALSE;
  self->rules = cpt_database_load_declarations (door->database, door->database->schema, CPT_RULE_ENTITY, error);
  if (self->rules == NULL)
    return FALSE;

  self->fields_after = list_after (door, self->fields, is_field);
  self->rules_after = list_after (door, self->rules, is_rule);

  return TRUE;
}

/* Nothing without @first (nullable), a field that is changed */
static void
check_fields (CptDoor            *self,
              CptDoorItem        *first,
              const Declarations *declarations,
              CptSchema          *before,
              CptSchema          *after)
{
  for (guint i = 0; first != NULL && i < self->items->len; i++)
    {
      CptDoorItem *item = g_ptr_array_index (self->items, i);

      if (item->act == CPT_ACT_RESTORE && is_of (item, "custom_field"))
        check_restored_name (self, item, declarations->fields_after);
    }
  if (first != NULL)
    check_needed_by_rules (self, first, before, after, declarations->rules_after);
}

static gboolean
check_declarations (CptDoor  *self,
                    GError  **error)
{
  CptDoorItem *first = find_first (self, is_field);
  guint n_problems = self->problems->len;
  g_auto(Declarations) declarations = { 0 };
  g_autoptr(GPtrArray) known = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(CptSchema) before = NULL;
  g_autoptr(CptSchema) schema = NULL;

  if (first == NULL && find_first (self, is_rule) == NULL)
    return TRUE;
  if (!load_declarations (&declarations, self, error))
    return FALSE;

  before = make_schema (declarations.fields, declarations.rules, known);
  schema = make_schema (declarations.fields_after, declarations.rules_after, found);
  for (guint i = 0; i < self->items->len; i++)
    if (is_rule (g_ptr_array_index (self->items, i)))
      check_rule (self, g_ptr_array_index (self->items, i), schema, declarations.rules_after);
  check_fields (self, first, &declarations, before, schema);
  for (guint i = 0; first != NULL && self->problems->len == n_problems && i < found->len; i++)
    if (!g_ptr_array_find_with_equal_func (known, found->pdata[i], g_str_equal, NULL))
      cpt_door_take_problem (self, first, NULL, CPT_ERROR_INVALID, g_strdup (found->pdata[i]));

  return TRUE;
}

gboolean
cpt_door_check_schema (CptDoor  *self,
                       GError  **error)
{
  guint n_problems;

  /* Where nothing is stored, one that is refused already would be found again. */
  if (self->unit == 0)
    return self->problems->len > 0 || check_declarations (self, error);

  do
    {
      n_problems = self->problems->len;
      if (!check_declarations (self, error))
        return FALSE;
    }
  while (self->problems->len > n_problems);

  return TRUE;
}
