/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The declarations as JSON; README.md documents the shape. Labels are in the
 * language of the session. */

#include "config.h"

#include "cpt-schema.h"

#include <glib/gi18n-lib.h>

#include "cpt-custom-field.h"
#include "cpt-field-type.h"

/* Sets @member where there is a text */
static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

static JsonArray *
create_kinds (void)
{
  JsonArray *kinds = json_array_new ();

  for (guint i = 0; i < CPT_N_FIELD_KINDS; i++)
    {
      const CptFieldType *type = cpt_field_type_get ((CptFieldKind) i);
      JsonObject *kind = json_object_new ();
      JsonArray *operators = json_array_new ();
      JsonArray *aggregates = json_array_new ();

      for (guint op = 0; op < CPT_N_OPERATORS; op++)
        if ((type->operators & (1u << op)) != 0)
          json_array_add_string_element (operators, cpt_operator_get_name ((CptOperator) op));
      for (guint aggregate = 0; aggregate < CPT_N_AGGREGATES; aggregate++)
        if ((type->aggregates & (1u << aggregate)) != 0)
          json_array_add_string_element (aggregates, cpt_aggregate_get_name ((CptAggregate) aggregate));

      json_object_set_string_member (kind, "name", type->name);
      json_object_set_string_member (kind, "label", _(type->label));
      json_object_set_array_member (kind, "operators", operators);
      json_object_set_array_member (kind, "aggregates", aggregates);
      json_object_set_boolean_member (kind, "bucketable", type->is_bucketable);
      json_array_add_object_element (kinds, kind);
    }

  return kinds;
}

static void
translate_choices (JsonObject     *object,
                   const CptField *field)
{
  JsonArray *choices;

  if (field->choices == NULL)
    return;

  choices = json_object_get_array_member (object, "choices");
  for (guint i = 0; field->choices[i].name != NULL; i++)
    json_object_set_string_member (json_array_get_object_element (choices, i), "label",
                                   cpt_choice_get_label (&field->choices[i]));
}

static const char *
translate (const CptField *field,
           const char     *text)
{
  return text == NULL || *text == '\0' || field->is_custom ? text : _(text);
}

static JsonObject *
create_field (const CptEntity *entity,
              const CptField  *field)
{
  JsonObject *object = json_object_new ();
  g_autoptr(JsonObject) definition = cpt_field_definition_to_json (field);
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_set_string_member (object, "name", field->name);
  json_object_set_string_member (object, "label", cpt_field_get_label (field));
  json_object_set_string_member (object, "kind", cpt_field_type_get (field->kind)->name);
  if (field->is_custom)
    json_object_set_boolean_member (object, "custom", TRUE);
  else
    json_object_set_int_member (object, "since", field->since);

  json_object_iter_init_ordered (&iter, definition);
  while (json_object_iter_next_ordered (&iter, &member, &node))
    json_object_set_member (object, member, json_node_copy (node));

  set_text (object, "help", translate (field, field->help));
  set_text (object, "back_label", translate (field, field->back_label));
  set_text (object, "unit", translate (field, field->unit));
  translate_choices (object, field);
  if (field->group == NULL && field->index != G_MAXUINT)
    json_object_set_string_member (object, "group", entity->groups[0].name);

  return object;
}

static JsonArray *
create_groups (const CptEntity *entity)
{
  JsonArray *groups = json_array_new ();

  for (const CptFieldGroup *group = entity->groups; group->name != NULL; group++)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", group->name);
      json_object_set_string_member (object, "label", _(group->label));
      json_array_add_object_element (groups, object);
    }

  return groups;
}

static const char *
get_place (const CptEntity *entity)
{
  if ((entity->flags & CPT_ENTITY_SYSTEM) != 0)
    return "system";

  return (entity->flags & CPT_ENTITY_SETTINGS) != 0 ? "settings" : "main";
}

static JsonObject *
create_entity (const CptEntity *entity)
{
  JsonObject *object = json_object_new ();
  JsonArray *columns = json_array_new ();
  JsonArray *fields = json_array_new ();

  for (guint i = 0; entity->columns[i] != NULL; i++)
    json_array_add_string_element (columns, entity->columns[i]);
  for (guint i = 0; i < entity->n_fields; i++)
    json_array_add_object_element (fields, create_field (entity, entity->fields[i]));

  json_object_set_string_member (object, "name", entity->name);
  json_object_set_int_member (object, "number", entity->number);
  json_object_set_string_member (object, "label", cpt_entity_get_label (entity));
  json_object_set_string_member (object, "label_plural", cpt_entity_get_label_plural (entity));
  json_object_set_string_member (object, "icon", entity->icon);
  json_object_set_string_member (object, "colour", entity->colour);
  json_object_set_string_member (object, "place", get_place (entity));
  json_object_set_int_member (object, "since", entity->since);
  json_object_set_string_member (object, "title", entity->title);
  set_text (object, "subtitle", entity->subtitle);
  json_object_set_array_member (object, "columns", columns);
  json_object_set_string_member (object, "sort", entity->sort);
  json_object_set_array_member (object, "groups", create_groups (entity));
  json_object_set_array_member (object, "fields", fields);

  return object;
}

JsonNode *
cpt_schema_to_json (CptSchema *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  JsonArray *system = json_array_new ();
  JsonArray *entities = json_array_new ();
  static const char *const system_names[] = { "id", "created_at", "created_by", "changed_at", "changed_by" };
  const CptEntity *const *list;
  guint n_entities;

  list = cpt_schema_get_entities (self, &n_entities);
  for (guint i = 0; i < G_N_ELEMENTS (system_names); i++)
    json_array_add_object_element (system, create_field (list[0], cpt_field_get_system (system_names[i])));
  for (guint i = 0; i < n_entities; i++)
    json_array_add_object_element (entities, create_entity (list[i]));

  json_object_set_int_member (object, "version", CPT_SCHEMA_VERSION);
  json_object_set_array_member (object, "kinds", create_kinds ());
  json_object_set_array_member (object, "system_fields", system);
  json_object_set_array_member (object, "entities", entities);

  return json_node_init_object (json_node_alloc (), object);
}
