/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Count, sum, average, smallest and largest over the records at the other end
 * of a link. */

#include "config.h"

#include "cpt-expression-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"

/* Names */

/* "deal" and "deals", "activity" and "activities" */
static gboolean
is_name_of (const char      *name,
            const CptEntity *entity)
{
  gsize length = strlen (entity->name);

  if (strncmp (name, entity->name, length) == 0 && (name[length] == '\0' || strcmp (name + length, "s") == 0))
    return TRUE;

  return length > 0 && entity->name[length - 1] == 'y' && strncmp (name, entity->name, length - 1) == 0 &&
         strcmp (name + length - 1, "ies") == 0;
}

static gboolean
is_link_to (const CptField  *field,
            const CptEntity *entity)
{
  return field->target != NULL && strcmp (field->target, entity->name) == 0;
}

/* Whose link it is: the only one, or the one that is named */
static gboolean
find_back_link (const CptEntity  *from,
                const CptEntity  *to,
                const char       *by,
                CptHop           *hop,
                GError          **error)
{
  g_autoptr(GString) names = g_string_new (NULL);
  guint n_links = 0;

  for (guint i = 0; i < from->n_fields; i++)
    {
      const CptField *field = from->fields[i];

      if (!is_link_to (field, to) || (by != NULL && strcmp (by, field->name) != 0))
        continue;
      *hop = (CptHop){ .entity = from, .field = field, .is_back = TRUE };
      g_string_append_printf (names, "%s%s@%s", n_links > 0 ? ", " : "", from->name, field->name);
      n_links++;
    }
  if (n_links == 1)
    return TRUE;

  if (n_links == 0)
    /* Translators: two kinds of record: "Deal", "Product" */
    g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("no such link leads from “%s” to “%s”"),
                 cpt_entity_get_label (from), cpt_entity_get_label (to));
  else
    /* Translators: names such as "deal@contact, deal@contacts" */
    g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("there are several links; say which one: %s"), names->str);

  return FALSE;
}

gboolean
cpt_hop_parse (CptSchema        *schema,
               const CptEntity  *entity,
               const char       *name,
               const char       *by,
               CptHop           *hop,
               GError          **error)
{
  const CptField *field = cpt_entity_find_field (entity, name);
  const CptEntity *const *entities;
  guint n_entities;

  if (field != NULL && field->kind == CPT_FIELD_LINKS && by == NULL)
    {
      *hop = (CptHop){ .entity = cpt_schema_get_target (schema, field), .field = field };
      return hop->entity != NULL;
    }

  entities = cpt_schema_get_entities (schema, &n_entities);
  for (guint i = 0; i < n_entities; i++)
    if (is_name_of (name, entities[i]))
      return find_back_link (entities[i], entity, by, hop, error);

  g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("“%s” are no records that are linked with this one"), name);

  return FALSE;
}

/* Working it out */

typedef struct
{
  CptEvaluation *evaluation;
  const CptNode *node;
  CptResult total; /* sum, smallest or largest so far */
  guint n_records;
  guint n_values;
  gboolean is_broken; /* too many, of several currencies, too large */
} Total;

static void
take_extreme (Total     *self,
              CptResult *value)
{
  gboolean is_comparable;
  int order;

  if (self->n_values == 1)
    {
      self->total = *value;
      memset (value, 0, sizeof *value);
      return;
    }

  order = cpt_result_compare (value, &self->total, &is_comparable);
  if (!is_comparable)
    self->is_broken = TRUE;
  else if ((self->node->linked == CPT_LINKED_MIN) == (order < 0) && order != 0)
    {
      cpt_result_clear (&self->total);
      self->total = *value;
      memset (value, 0, sizeof *value);
    }
}

static void
take_value (Total     *self,
            CptResult *value)
{
  self->n_values++;
  if (self->node->linked == CPT_LINKED_MIN || self->node->linked == CPT_LINKED_MAX)
    take_extreme (self, value);
  else if (self->n_values == 1)
    self->total = *value;
  else if (strcmp (self->total.currency, value->currency) != 0 ||
           !cpt_exact_add (&self->total.number, &value->number, &self->total.number))
    self->is_broken = TRUE;
}

static gboolean
take_record (const CptRecord *record,
             gpointer         data)
{
  Total *self = data;
  CptEvaluation inner = { .host = self->evaluation->host, .record = record };
  g_auto(CptResult) value = { 0 };

  if (self->node->where != NULL)
    {
      cpt_node_evaluate (&inner, self->node->where, &value);
      if (value.integer == 0)
        return TRUE;
    }
  if (++self->n_records > CPT_EXPRESSION_MAX_LINKED)
    {
      self->is_broken = TRUE;
      return FALSE;
    }
  if (self->node->children->len == 0)
    return TRUE;

  cpt_node_evaluate (&inner, g_ptr_array_index (self->node->children, 0), &value);
  if (value.type != CPT_EXPRESSION_EMPTY)
    {
      take_value (self, &value);
      if (self->node->linked == CPT_LINKED_SUM || self->node->linked == CPT_LINKED_AVG)
        memset (&value, 0, sizeof value);
    }

  return !self->is_broken;
}

/* Of nothing: a sum is zero, in the workspace's currency; the others are not. */
static void
finish (Total     *self,
        CptResult *result)
{
  CptExact count = cpt_exact_new (self->node->children->len > 0 ? self->n_values : self->n_records, 0);

  if (self->is_broken)
    return;
  if (self->node->linked == CPT_LINKED_COUNT)
    {
      cpt_result_set_number (result, &count);
      return;
    }
  if (self->n_values == 0 && self->node->linked == CPT_LINKED_SUM)
    {
      count = cpt_exact_new (0, 0);
      cpt_result_set_number (result, &count);
      cpt_result_convert (self->evaluation, result, self->node->type);
      return;
    }
  if (self->n_values == 0 ||
      (self->node->linked == CPT_LINKED_AVG && !cpt_exact_divide (&self->total.number, &count, &self->total.number)))
    return;

  *result = self->total;
  memset (&self->total, 0, sizeof self->total);
}

void
cpt_linked_evaluate (CptEvaluation *self,
                     const CptNode *node,
                     CptResult     *result)
{
  Total total = { .evaluation = self, .node = node };

  if (self->host->list != NULL)
    self->host->list (self->host->data, &node->hop, self->record, take_record, &total);
  finish (&total, result);
  cpt_result_clear (&total.total);
}
