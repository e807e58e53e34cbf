/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can't go: records that others need, by a link that is required or
 * declared so, and the last one of a kind that is never without. Counted is
 * what will be there after the transaction, so that a stage may go together
 * with its deals, or after they were moved by the same one. Records from
 * another computer go whatever links to them. */

#include "config.h"

#include "cpt-door-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-query.h"

static gboolean
is_going (const CptDoorItem *item)
{
  return !item->is_void && !item->is_refused && (item->act == CPT_ACT_DELETE || item->act == CPT_ACT_UNCREATE);
}

static gboolean
links_to (const CptRecord *record,
          const CptField  *field,
          const CptUuid   *id)
{
  const CptValue *value = record == NULL || record->in_trash ? NULL : cpt_record_get (record, field);

  return value != NULL && cpt_value_has_id (value, id);
}

/* How many of @link need the record after the transaction */
static guint64
count_left (CptDoor           *self,
            const CptUuid     *id,
            const CptBacklink *link)
{
  guint64 count = link->count;

  for (guint i = 0; i < self->items->len; i++)
    {
      const CptDoorItem *item = g_ptr_array_index (self->items, i);

      if (item->number == link->entity->number && !item->is_void && !item->is_refused && count > 0 &&
          links_to (item->before, link->field, id) && !links_to (item->after, link->field, id))
        count--;
    }

  return count;
}

static void
refuse_needed (CptDoor           *self,
               CptDoorItem       *item,
               const CptBacklink *link,
               guint64            count)
{
  g_autofree char *title = cpt_record_dup_title (item->before);

  cpt_door_take_problem (self, item, NULL, CPT_ERROR_INVALID,
                         /* Translators: a kind of record, its name, how many records and of which kind:
                          * "Stage “Proposal” is needed by 48 records (Deals). …" */
                         g_strdup_printf (ngettext ("%s “%s” is needed by %lu record (%s). Move it elsewhere first.",
                                                    "%s “%s” is needed by %lu records (%s). Move them elsewhere first.",
                                                    (gulong) count),
                                          cpt_entity_get_label (item->entity), title, (gulong) count,
                                          cpt_entity_get_label_plural (link->entity)));
}

/* Whether any kind needs @entity: most kinds are needed by none, and then
 * nothing is counted */
static gboolean
is_ever_needed (CptDoor         *self,
                const CptEntity *entity)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (self->database->schema, &n_entities);

  for (guint i = 0; i < n_entities; i++)
    for (guint j = 0; j < entities[i]->n_fields; j++)
      if (cpt_field_is_needed (entities[i]->fields[j]) && strcmp (entities[i]->fields[j]->target, entity->name) == 0)
        return TRUE;

  return FALSE;
}

static gboolean
check_needed (CptDoor      *self,
              CptDoorItem  *item,
              GError      **error)
{
  g_autoptr(GArray) links = NULL;

  if (!is_ever_needed (self, item->entity))
    return TRUE;

  links = cpt_query_backlinks (self->database, item->entity, &item->id, error);
  if (links == NULL)
    return FALSE;

  for (guint i = 0; i < links->len; i++)
    {
      const CptBacklink *link = &g_array_index (links, CptBacklink, i);
      guint64 count = cpt_field_is_needed (link->field) ? count_left (self, &item->id, link) : 0;

      if (count > 0)
        refuse_needed (self, item, link, count);
    }

  return TRUE;
}

/* Whether one of its kind is left */
static gboolean
check_last (CptDoor      *self,
            CptDoorItem  *item,
            GError      **error)
{
  g_autoptr(CptQuery) query = cpt_query_new (self->database->schema, item->entity);
  guint64 n_there;
  guint64 n_left;

  if (!cpt_query_count (query, self->database, &n_there, error))
    return FALSE;

  n_left = n_there;
  for (guint i = 0; i < self->items->len; i++)
    {
      const CptDoorItem *other = g_ptr_array_index (self->items, i);

      if (other->entity != item->entity || other->is_void || other->is_refused)
        continue;
      if (is_going (other))
        n_left--;
      else if (other->before == NULL || other->before->in_trash)
        n_left++;
    }

  if (n_left == 0)
    cpt_door_take_problem (self, item, NULL, CPT_ERROR_INVALID,
                           /* Translators: a kind of record: "Pipeline" */
                           g_strdup_printf (_("%s: the last one can’t be deleted. Make another one first."),
                                            cpt_entity_get_label (item->entity)));

  return TRUE;
}

static gboolean
has_choice (const CptRecord *record,
            const CptField  *field,
            const char      *choice)
{
  const CptValue *value = record == NULL || record->in_trash ? NULL : cpt_record_get (record, field);

  if (value == NULL)
    return FALSE;
  if (value->type == CPT_VALUE_TEXTS)
    return g_strv_contains ((const char *const *) value->texts, choice);

  return value->type == CPT_VALUE_TEXT && strcmp (value->text, choice) == 0;
}

gint64
cpt_door_count_choice (CptDoor         *self,
                       const CptEntity *entity,
                       const CptField  *field,
                       const char      *choice)
{
  gint64 count = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      const CptDoorItem *item = g_ptr_array_index (self->items, i);

      if (item->number == entity->number && !item->is_void && !item->is_refused)
        count += has_choice (item->after, field, choice) - has_choice (item->before, field, choice);
    }

  return count;
}

gboolean
cpt_door_check_needed (CptDoor  *self,
                       GError  **error)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      CptDoorItem *item = g_ptr_array_index (self->items, i);

      if (is_going (item) && !check_needed (self, item, error))
        return FALSE;
      /* Whoever takes back how a workspace began may have it empty again. */
      if (is_going (item) && !self->is_exact && (item->entity->flags & CPT_ENTITY_NEVER_NONE) != 0 &&
          !check_last (self, item, error))
        return FALSE;
    }

  return TRUE;
}
