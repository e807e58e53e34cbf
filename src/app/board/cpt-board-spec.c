/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a board shows, and what follows from the declarations: which fields can
 * be its columns, whether it has parts, which records belong to a column.
 */

#include "config.h"

#include "cpt-board-spec.h"

#include <glib/gi18n-lib.h>

#include "cpt-field-type.h"

gboolean
cpt_board_can_be_columns (const CptField *field)
{
  if (field->flags & (CPT_FIELD_HIDDEN | CPT_FIELD_READ_ONLY))
    return FALSE;

  return field->kind == CPT_FIELD_CHOICE || (field->kind == CPT_FIELD_LINK && field->target != NULL);
}

GPtrArray *
cpt_board_list_fields (CptSchema       *schema,
                       const CptEntity *entity)
{
  GPtrArray *fields = g_ptr_array_new ();

  for (guint i = 0; i < entity->n_fields; i++)
    if (cpt_board_can_be_columns (entity->fields[i]))
      g_ptr_array_add (fields, (gpointer) entity->fields[i]);

  return fields;
}

CptBoardSpec *
cpt_board_spec_new (CptSchema       *schema,
                    const CptEntity *entity,
                    const CptField  *field)
{
  CptBoardSpec *self;

  if (field == NULL && entity->board != NULL)
    field = cpt_entity_find_field (entity, entity->board);
  if (field == NULL)
    {
      g_autoptr(GPtrArray) fields = cpt_board_list_fields (schema, entity);

      field = fields->len > 0 ? g_ptr_array_index (fields, 0) : NULL;
    }
  if (field == NULL || !cpt_board_can_be_columns (field))
    return NULL;

  self = g_new0 (CptBoardSpec, 1);
  self->schema = cpt_schema_ref (schema);
  self->entity = entity;
  self->columns = field;

  return self;
}

CptBoardSpec *
cpt_board_spec_copy (const CptBoardSpec *self)
{
  CptBoardSpec *copy = g_memdup2 (self, sizeof *self);

  cpt_schema_ref (copy->schema);
  if (copy->filter != NULL)
    cpt_filter_ref (copy->filter);
  copy->search = g_strdup (self->search);

  return copy;
}

void
cpt_board_spec_free (CptBoardSpec *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->filter, cpt_filter_unref);
  g_free (self->search);
  cpt_schema_unref (self->schema);
  g_free (self);
}

const CptEntity *
cpt_board_spec_get_target (const CptBoardSpec *self)
{
  return self->columns->kind == CPT_FIELD_LINK ? cpt_schema_get_target (self->schema, self->columns) : NULL;
}

const CptField *
cpt_board_spec_get_scope_field (const CptBoardSpec *self)
{
  const CptEntity *target = cpt_board_spec_get_target (self);

  if (target == NULL || !(target->flags & CPT_ENTITY_SETTINGS))
    return NULL;

  for (guint i = 0; i < target->n_fields; i++)
    {
      const CptField *field = target->fields[i];

      if (field->kind == CPT_FIELD_LINK && field->target != NULL && (field->flags & CPT_FIELD_REQUIRED))
        return field;
    }

  return NULL;
}

const CptField *
cpt_board_spec_get_own_scope (const CptBoardSpec *self)
{
  const CptField *scope = cpt_board_spec_get_scope_field (self);

  for (guint i = 0; scope != NULL && i < self->entity->n_fields; i++)
    {
      const CptField *field = self->entity->fields[i];

      if (field->kind == CPT_FIELD_LINK && g_strcmp0 (field->target, scope->target) == 0)
        return field;
    }

  return NULL;
}

gboolean
cpt_board_spec_can_be_lanes (const CptBoardSpec *self,
                             const CptField     *field)
{
  return field != self->columns && field != cpt_board_spec_get_own_scope (self) && cpt_board_can_be_columns (field);
}

gboolean
cpt_board_spec_has_all_columns (const CptBoardSpec *self)
{
  const CptEntity *target = cpt_board_spec_get_target (self);

  return target == NULL || (target->flags & CPT_ENTITY_SETTINGS);
}

gboolean
cpt_board_field_may_be_none (const CptField *field)
{
  return !(field->flags & (CPT_FIELD_REQUIRED | CPT_FIELD_NEEDED));
}

char *
cpt_board_field_dup_none_title (const CptField *field)
{
  if (field->none_label != NULL)
    return g_strdup (_(field->none_label));

  /* Translators: a column of records in which a field is empty: "Priority: none" */
  return g_strdup_printf (_("%s: none"), cpt_field_get_label (field));
}

void
cpt_board_field_set_value (const CptField *field,
                           const char     *key,
                           CptValue       *value)
{
  CptUuid id;

  if (*key == '\0')
    return;
  if (field->kind != CPT_FIELD_LINK)
    cpt_value_set_text (value, key);
  else if (cpt_uuid_parse (key, &id))
    cpt_value_set_id (value, &id);
}

/* "stage.pipeline": a stage that is not here, or whose pipeline is not, has none */
static char *
dup_path_to_life (const CptBoardSpec *self)
{
  const CptField *scope = cpt_board_spec_get_scope_field (self);

  if (scope != NULL)
    return g_strdup_printf ("%s.%s.id", self->columns->name, scope->name);

  return g_strdup_printf ("%s.id", self->columns->name);
}

/* No value, or one that is no choice any more */
static CptFilter *
create_no_choice_filter (const CptBoardSpec  *self,
                         const CptField      *field,
                         GError             **error)
{
  g_autoptr(JsonNode) value = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (const CptChoice *choice = field->choices; choice->name != NULL; choice++)
    json_array_add_string_element (array, choice->name);
  json_node_take_array (value, array);

  return cpt_filter_new_condition (self->schema, self->entity, field->name, CPT_OPERATOR_NOT_IN, value, error);
}

static CptFilter *
create_none_filter (const CptBoardSpec  *self,
                    GPtrArray           *others,
                    GError             **error)
{
  const CptField *own = cpt_board_spec_get_own_scope (self);
  g_autofree char *path = NULL;
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(CptFilter) elsewhere = NULL;
  g_autoptr(JsonNode) value = NULL;
  JsonArray *array;

  if (self->columns->kind == CPT_FIELD_CHOICE)
    return create_no_choice_filter (self, self->columns, error);

  path = dup_path_to_life (self);
  filter = cpt_filter_new_condition (self->schema, self->entity, path, CPT_OPERATOR_IS_EMPTY, NULL, error);
  if (filter == NULL || own == NULL || others == NULL || others->len == 0)
    return g_steal_pointer (&filter);

  array = json_array_new ();
  for (guint i = 0; i < MIN (others->len, CPT_FILTER_MAX_VALUES); i++)
    {
      g_autofree char *text = cpt_uuid_dup_text (g_ptr_array_index (others, i));

      json_array_add_string_element (array, text);
    }
  value = json_node_init_array (json_node_alloc (), array);
  json_array_unref (array);
  elsewhere = cpt_filter_new_condition (self->schema, self->entity, own->name, CPT_OPERATOR_NOT_IN, value, error);

  return elsewhere != NULL ? cpt_filter_and (filter, elsewhere) : NULL;
}

CptFilter *
cpt_board_spec_dup_column_filter (const CptBoardSpec  *self,
                                  const char          *key,
                                  GPtrArray           *others,
                                  GError             **error)
{
  g_autoptr(JsonNode) value = NULL;

  if (*key == '\0')
    return create_none_filter (self, others, error);

  value = json_node_init_string (json_node_alloc (), key);

  return cpt_filter_new_condition (self->schema, self->entity, self->columns->name, CPT_OPERATOR_IS, value, error);
}

CptFilter *
cpt_board_spec_dup_lane_filter (const CptBoardSpec  *self,
                                const char          *key,
                                GError             **error)
{
  g_autofree char *path = NULL;
  g_autoptr(JsonNode) value = NULL;

  if (*key == '\0' && self->lanes->kind == CPT_FIELD_CHOICE)
    return create_no_choice_filter (self, self->lanes, error);
  if (*key == '\0')
    {
      path = g_strconcat (self->lanes->name, ".id", NULL);
      return cpt_filter_new_condition (self->schema, self->entity, path, CPT_OPERATOR_IS_EMPTY, NULL, error);
    }

  value = json_node_init_string (json_node_alloc (), key);

  return cpt_filter_new_condition (self->schema, self->entity, self->lanes->name, CPT_OPERATOR_IS, value, error);
}

CptQuery *
cpt_board_spec_create_query (const CptBoardSpec *self)
{
  CptQuery *query = cpt_query_new (self->schema, self->entity);

  cpt_query_set_filter (query, self->filter);
  cpt_query_set_search (query, self->search);

  return query;
}
