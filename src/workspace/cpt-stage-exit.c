/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stages ask for before a deal goes on. */

#include "config.h"

#include "cpt-stage-exit.h"

#include <string.h>

#include "cpt-error.h"
#include "cpt-query.h"

gboolean
cpt_stage_exit_applies (const CptEntity *entity,
                        const CptField  *field)
{
  g_return_val_if_fail (entity != NULL && field != NULL, FALSE);

  return g_str_equal (entity->name, "deal") && g_str_equal (field->name, "stage");
}

static gint64
get_position (const CptRecord *stage)
{
  const CptValue *position = cpt_record_get_named (stage, "position");

  return position->type == CPT_VALUE_INTEGER ? position->integer : 0;
}

/* Whether a deal that goes from one stage to the other goes on */
static gboolean
goes_on (const CptRecord *from,
         const CptRecord *to)
{
  return !from->in_trash && !to->in_trash &&
         cpt_value_equal (cpt_record_get_named (from, "pipeline"), cpt_record_get_named (to, "pipeline")) &&
         g_strcmp0 (cpt_record_get_text (to, "kind"), "lost") != 0 && get_position (to) > get_position (from);
}

static void
add_missing (GPtrArray       *missing,
             const CptRecord *deal,
             const CptRecord *stage)
{
  const CptValue *asked = cpt_record_get_named (stage, "exit_fields");

  for (guint i = 0; asked->type == CPT_VALUE_TEXTS && asked->texts[i] != NULL; i++)
    {
      const CptField *field = cpt_entity_find_field (deal->entity, asked->texts[i]);

      if (field != NULL && cpt_value_is_null (cpt_record_get (deal, field)) &&
          !g_ptr_array_find (missing, field, NULL))
        g_ptr_array_add (missing, (gpointer) field);
    }
}

/* (element-type CptRecord): the stages of a pipeline in their order */
static GPtrArray *
read_stages (CptDatabase      *database,
             const CptRecord  *one,
             GError          **error)
{
  const CptEntity *entity = one->entity;
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  g_autoptr(JsonNode) pipeline = cpt_field_to_json (cpt_entity_find_field (entity, "pipeline"),
                                                    cpt_record_get_named (one, "pipeline"));
  g_autoptr(CptFilter) filter = cpt_filter_new_condition (schema, entity, "pipeline", CPT_OPERATOR_IS, pipeline, error);

  if (filter == NULL || !cpt_query_set_sort (query, "position", error))
    return NULL;
  cpt_query_set_filter (query, filter);

  return cpt_query_load_records (query, database, 0, error);
}

GPtrArray *
cpt_stage_exit_find_missing (CptDatabase      *database,
                             const CptRecord  *deal,
                             const CptUuid    *from,
                             const CptRecord  *to,
                             GError          **error)
{
  const CptEntity *stages = to->entity;
  g_autoptr(GPtrArray) missing = g_ptr_array_new ();
  g_autoptr(CptRecord) first = NULL;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) own_error = NULL;

  first = cpt_database_load (database, stages, from, &own_error);
  if (first == NULL && !g_error_matches (own_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return NULL;
    }
  if (first == NULL || !goes_on (first, to))
    return g_steal_pointer (&missing);

  records = read_stages (database, first, error);
  if (records == NULL)
    return NULL;

  for (guint i = 0; i < records->len; i++)
    {
      const CptRecord *stage = g_ptr_array_index (records, i);

      if (get_position (stage) >= get_position (first) && get_position (stage) < get_position (to))
        add_missing (missing, deal, stage);
    }

  return g_steal_pointer (&missing);
}
