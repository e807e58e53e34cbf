/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules that no two records have the same. Each record of the transaction that
 * has something in the field claims it:
 *
 *   claims that were there before, and are as they were, are granted first;
 *   new ones in the order of the steps, when neither an earlier one nor a stored
 *   record that is no part of the transaction has the same.
 *
 * So two records may change places, and one may take what another gives up. In
 * a unit a refused record keeps what it had, which may take it from somebody
 * who was granted it: all is asked again until nobody more is refused. */

#include "config.h"

#include "cpt-door-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-field-type.h"
#include "cpt-imagined-private.h"
#include "cpt-rules-private.h"

typedef struct
{
  CptDoor *door;
  GHashTable *granted; /* "rule key" -> CptDoorItem */
  const CptRule *rule; /* that is being asked */
  CptFilterHost host;
} Asking;

static gboolean
takes_part (const CptDoorItem *item)
{
  return !item->is_void && !item->is_refused && item->after != NULL && item->act != CPT_ACT_UNPURGE;
}

/* Whether @record has something in the field and meets the condition */
static gboolean
claims (const Asking    *self,
        const CptRecord *record)
{
  return record != NULL && !record->in_trash && !cpt_value_is_null (&record->values[self->rule->field->index]) &&
         cpt_rule_holds (self->rule, &self->host, record);
}

static char *
dup_claim (const Asking    *self,
           const CptRecord *record)
{
  g_autofree char *key = cpt_rule_dup_key (self->rule, &record->values[self->rule->field->index]);

  return g_strdup_printf ("%p %s", (const void *) self->rule, key);
}

/* Whether it claimed the same before: nothing to do with the change */
static gboolean
is_former (const Asking      *self,
           const CptDoorItem *item)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (item->act != CPT_ACT_UPDATE || !claims (self, item->before))
    return FALSE;

  before = dup_claim (self, item->before);
  after = dup_claim (self, item->after);

  return strcmp (before, after) == 0;
}

static gboolean
speaks_for_itself (const Asking  *self,
                   const CptUuid *id)
{
  const CptDoorItem *item = cpt_door_find_item (self->door, self->rule->entity, id);

  return item != NULL && !item->is_void && !item->is_refused;
}

/* Stored records that are part of the transaction speak for themselves; those
 * that are imagined to be otherwise are asked by their claims. */
static gboolean
is_outside (const CptUuid *id,
            gpointer       data)
{
  const Asking *self = data;
  gboolean is_imagined = FALSE;

  if (self->door->database->imagined != NULL)
    cpt_imagined_load (self->door->database, self->rule->entity, id, &is_imagined, NULL, NULL);

  return !is_imagined && !speaks_for_itself (self, id);
}

/* (transfer full): in the words of cpt_imagined_claim(): rules may be read again */
static char *
dup_noted_claim (const Asking    *self,
                 const CptRecord *record)
{
  g_autofree char *rule = cpt_uuid_dup_text (&self->rule->id);
  g_autofree char *key = cpt_rule_dup_key (self->rule, &record->values[self->rule->field->index]);

  return g_strconcat (rule, " ", key, NULL);
}

/* Who would have the same by the trials before; it may have given it up since. */
static gboolean
find_imagined (const Asking     *self,
               const CptRecord  *record,
               CptUuid          *id,
               GError          **error)
{
  CptDatabase *database = self->door->database;
  g_autofree char *claim = dup_noted_claim (self, record);
  g_autofree char *other_claim = NULL;
  g_autoptr(CptRecord) other = NULL;
  gboolean is_known;
  CptUuid owner;

  if (!cpt_imagined_get_claim (database->imagined, claim, &owner, error))
    return FALSE;
  if (cpt_uuid_is_nil (&owner) || cpt_uuid_equal (&owner, &record->id) || speaks_for_itself (self, &owner))
    return TRUE;
  if (!cpt_imagined_load (database, self->rule->entity, &owner, &is_known, &other, error))
    return FALSE;

  if (claims (self, other))
    other_claim = dup_noted_claim (self, other);
  if (g_strcmp0 (claim, other_claim) == 0)
    *id = owner;

  return TRUE;
}

static void
refuse (const Asking *self,
        CptDoorItem  *item,
        const char   *title)
{
  const CptRule *rule = self->rule;
  char *message;

  if (rule->message != NULL)
    /* Translators: what a rule tells people, the title of a record that has the same, the name of the rule */
    message = g_strdup_printf (_("%s (“%s” has the same; rule “%s”)"), rule->message, title, rule->name);
  else
    /* Translators: beside a field; the title of a record, the name of a rule */
    message = g_strdup_printf (_("“%s” has the same: use that record, or change one of them (rule “%s”)."), title, rule->name);
  cpt_door_take_problem (self->door, item, rule->field, CPT_ERROR_INVALID, message);
}

static gboolean
ask_new (Asking       *self,
         CptDoorItem  *item,
         GError      **error)
{
  g_autofree char *claim = dup_claim (self, item->after);
  const CptDoorItem *other = g_hash_table_lookup (self->granted, claim);
  g_autoptr(CptRecord) stored = NULL;
  g_autofree char *title = NULL;
  CptUuid id;

  if (other != NULL)
    {
      title = cpt_record_dup_title (other->after);
      refuse (self, item, title);
      return TRUE;
    }
  if (!cpt_rule_find_same (self->rule, self->door->database, &item->after->values[self->rule->field->index], is_outside, self,
                           &id, error) ||
      (cpt_uuid_is_nil (&id) && self->door->database->imagined != NULL && !find_imagined (self, item->after, &id, error)))
    return FALSE;
  if (cpt_uuid_is_nil (&id))
    {
      g_hash_table_insert (self->granted, g_steal_pointer (&claim), item);
      return TRUE;
    }

  stored = cpt_database_load_live (self->door->database, self->rule->entity, &id, error);
  if (stored == NULL)
    return FALSE;
  title = cpt_record_dup_title (stored);
  refuse (self, item, title);

  return TRUE;
}

/* One rule: claims as they were, or new ones */
static gboolean
ask_rule (Asking    *self,
          gboolean   is_new,
          GError   **error)
{
  for (guint i = 0; i < self->door->items->len; i++)
    {
      CptDoorItem *item = g_ptr_array_index (self->door->items, i);

      if (item->entity != self->rule->entity || !takes_part (item) || !claims (self, item->after) ||
          is_former (self, item) == is_new)
        continue;
      if (is_new && !ask_new (self, item, error))
        return FALSE;
      if (!is_new)
        g_hash_table_insert (self->granted, dup_claim (self, item->after), item);
    }

  return TRUE;
}

/* The kinds of records in the transaction, each once */
static GPtrArray *
list_entities (CptDoor *door)
{
  GPtrArray *entities = g_ptr_array_new ();

  for (guint i = 0; i < door->items->len; i++)
    {
      const CptDoorItem *item = g_ptr_array_index (door->items, i);

      if (!g_ptr_array_find (entities, item->entity, NULL))
        g_ptr_array_add (entities, (gpointer) item->entity);
    }

  return entities;
}

static gboolean
ask_all (Asking     *self,
         GPtrArray  *entities,
         GError    **error)
{
  g_hash_table_remove_all (self->granted);
  for (guint i = 0; i < entities->len; i++)
    {
      guint n_rules;
      const CptRule *const *rules = cpt_rules_list (self->door->database->rules, entities->pdata[i], &n_rules);

      for (guint j = 0; j < n_rules; j++)
        {
          self->rule = rules[j];
          if (rules[j]->kind == CPT_RULE_UNIQUE && cpt_door_asks (self->door, rules[j]) &&
              (!ask_rule (self, FALSE, error) || !ask_rule (self, TRUE, error)))
            return FALSE;
        }
    }

  return TRUE;
}

/* What one record would have, by one rule */
static gboolean
note_claim (const Asking  *self,
            CptDoorItem   *item,
            GError       **error)
{
  g_autofree char *claim = NULL;

  if (item->entity != self->rule->entity || !takes_part (item) || !claims (self, item->after))
    return TRUE;

  claim = dup_noted_claim (self, item->after);

  return cpt_imagined_claim (self->door->database->imagined, claim, &item->id, error);
}

gboolean
cpt_door_note_claims (CptDoor  *self,
                      GError  **error)
{
  g_autoptr(GPtrArray) entities = list_entities (self);
  g_autoptr(GError) unread = NULL;
  CptDoorSide after = { self, FALSE, &unread };
  Asking asking = { .door = self };

  cpt_door_side_init_host (&after, &asking.host);
  for (guint i = 0; i < entities->len && self->database->rules != NULL; i++)
    {
      guint n_rules;
      const CptRule *const *rules = cpt_rules_list (self->database->rules, entities->pdata[i], &n_rules);

      for (guint j = 0; j < n_rules; j++)
        {
          asking.rule = rules[j];
          for (guint k = 0; rules[j]->kind == CPT_RULE_UNIQUE && k < self->items->len; k++)
            if (!note_claim (&asking, g_ptr_array_index (self->items, k), error))
              return FALSE;
        }
    }
  if (unread == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&unread));

  return FALSE;
}

gboolean
cpt_door_check_unique (CptDoor  *self,
                       GError  **error)
{
  g_autoptr(GPtrArray) entities = list_entities (self);
  g_autoptr(GHashTable) granted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GError) unread = NULL;
  CptDoorSide after = { self, FALSE, &unread };
  Asking asking = { .door = self, .granted = granted };
  guint n_refused;

  cpt_door_side_init_host (&after, &asking.host);
  do
    {
      n_refused = self->n_refused;
      if (!ask_all (&asking, entities, error))
        return FALSE;
    }
  while (self->unit != 0 && self->n_refused > n_refused && unread == NULL);
  if (unread == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&unread));

  return FALSE;
}
