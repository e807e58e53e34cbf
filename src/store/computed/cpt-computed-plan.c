/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who reads what: made once from the formulas of a schema. */

#include "config.h"

#include "cpt-computed-private.h"

#include <string.h>

struct _CptComputedPlan
{
  GHashTable *watches; /* (owned): entity -> GPtrArray of CptComputedWatch */
  GHashTable *own;     /* (owned): field with a formula -> GPtrArray of fields */
  gboolean has_today;
};

typedef struct
{
  CptComputedPlan *plan;
  const CptEntity *entity;
  const CptField *field;
} Reading;

static void
watch_free (gpointer data)
{
  CptComputedWatch *self = data;

  g_ptr_array_unref (self->fields);
  g_free (self);
}

static gboolean
is_same_way (const CptComputedWatch *watch,
             const CptEntity        *entity,
             const CptDependency    *dependency)
{
  if (watch->entity != entity || watch->n_hops != dependency->n_hops)
    return FALSE;

  for (guint i = 0; i < watch->n_hops; i++)
    if (watch->hops[i].field != dependency->hops[i].field || watch->hops[i].is_back != dependency->hops[i].is_back)
      return FALSE;

  return TRUE;
}

static CptComputedWatch *
get_watch (CptComputedPlan     *self,
           const CptEntity     *entity,
           const CptDependency *dependency)
{
  GPtrArray *watches = g_hash_table_lookup (self->watches, dependency->entity);
  CptComputedWatch *watch;

  if (watches == NULL)
    {
      watches = g_ptr_array_new_with_free_func (watch_free);
      g_hash_table_insert (self->watches, (gpointer) dependency->entity, watches);
    }
  for (guint i = 0; i < watches->len; i++)
    if (is_same_way (watches->pdata[i], entity, dependency))
      return watches->pdata[i];

  watch = g_new0 (CptComputedWatch, 1);
  watch->entity = entity;
  watch->n_hops = dependency->n_hops;
  memcpy (watch->hops, dependency->hops, sizeof watch->hops);
  watch->fields = g_ptr_array_new ();
  g_ptr_array_add (watches, watch);

  return watch;
}

static void
take_read (const CptDependency *dependency,
           gpointer             data)
{
  Reading *self = data;
  GPtrArray *fields;

  if (dependency->n_hops == 0)
    fields = g_hash_table_lookup (self->plan->own, self->field);
  else
    fields = get_watch (self->plan, self->entity, dependency)->fields;
  if (dependency->field != NULL && !g_ptr_array_find (fields, dependency->field, NULL))
    g_ptr_array_add (fields, (gpointer) dependency->field);
}

static void
add_entity (CptComputedPlan *self,
            CptSchema       *schema,
            const CptEntity *entity)
{
  guint n_fields;
  const CptField *const *fields = cpt_schema_get_computed (schema, entity, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    {
      Reading reading = { .plan = self, .entity = entity, .field = fields[i] };

      g_hash_table_insert (self->own, (gpointer) fields[i], g_ptr_array_new ());
      cpt_expression_foreach_read (fields[i]->expression, take_read, &reading);
      self->has_today |= cpt_expression_depends_on_today (fields[i]->expression);
    }
}

CptComputedPlan *
cpt_computed_plan_new (CptSchema *schema)
{
  CptComputedPlan *self = g_new0 (CptComputedPlan, 1);
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (schema, &n_entities);

  self->watches = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->own = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < n_entities; i++)
    add_entity (self, schema, entities[i]);
  if (g_hash_table_size (self->own) == 0)
    g_clear_pointer (&self, cpt_computed_plan_free);

  return self;
}

void
cpt_computed_plan_free (CptComputedPlan *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->watches);
  g_hash_table_unref (self->own);
  g_free (self);
}

gboolean
cpt_computed_plan_has_today (CptComputedPlan *self)
{
  return self->has_today;
}

GPtrArray *
cpt_computed_plan_get_watches (CptComputedPlan *self,
                               const CptEntity *entity)
{
  return g_hash_table_lookup (self->watches, entity);
}

gboolean
cpt_computed_differs (GPtrArray       *fields,
                      const CptRecord *before,
                      const CptRecord *after)
{
  for (guint i = 0; i < fields->len; i++)
    if (!cpt_value_equal (cpt_record_get (before, fields->pdata[i]), cpt_record_get (after, fields->pdata[i])))
      return TRUE;

  return FALSE;
}

gboolean
cpt_computed_plan_is_touched (CptComputedPlan *self,
                              const CptField  *field,
                              const CptRecord *before,
                              const CptRecord *after)
{
  return before == NULL || cpt_computed_differs (g_hash_table_lookup (self->own, field), before, after);
}
