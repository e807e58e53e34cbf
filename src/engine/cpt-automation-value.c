/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values that workflows give to records: written in the drawing, with places in their texts that get
 * what the subject has at that moment, and dates that count from then. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-automation-private.h"
#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-json.h"
#include "cpt-workflow-duration.h"

const CptEntity *
cpt_automation_find_entity (CptSchema  *schema,
                            const char *name)
{
  const CptEntity *entity = name != NULL ? cpt_schema_find_entity (schema, name) : NULL;

  return entity != NULL && (entity->flags & (CPT_ENTITY_SYSTEM | CPT_ENTITY_FACTS)) == 0 ? entity : NULL;
}

static gboolean
is_date (const CptField *field)
{
  return field->kind == CPT_FIELD_DATE || field->kind == CPT_FIELD_DATETIME;
}

/* @instant moved by a duration, as @field keeps it */
static gboolean
count_from (const CptField  *field,
            JsonObject      *duration,
            gint64           instant,
            GTimeZone       *zone,
            CptValue        *value,
            GError         **error)
{
  if (!cpt_workflow_duration_add (duration, &instant, zone))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("How long is a number and a unit, such as 2 days."));
      return FALSE;
    }

  cpt_value_set_integer (value, field->kind == CPT_FIELD_DATE ? cpt_instant_get_date (instant, zone) : instant);

  return TRUE;
}

gboolean
cpt_automation_world_read_value (CptAutomationWorld  *self,
                                 const CptField      *field,
                                 JsonNode            *json,
                                 CptValue            *value,
                                 GError             **error)
{
  g_autoptr(JsonNode) filled = NULL;

  if (is_date (field) && JSON_NODE_HOLDS_OBJECT (json))
    return count_from (field, json_node_get_object (json), self->now, cpt_database_get_zone (self->database), value, error);

  /* A text takes any value as people read it. */
  if (cpt_field_kind_is_text (field->kind) && JSON_NODE_HOLDS_VALUE (json) && json_node_get_value_type (json) == G_TYPE_STRING)
    {
      g_autofree char *text = cpt_automation_world_fill (self, json_node_get_string (json), error);

      filled = text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;
    }
  else
    filled = cpt_automation_world_fill_json (self, json, error);

  return filled != NULL && cpt_field_from_json (field, filled, value, error);
}

gboolean
cpt_automation_check_value (const CptEntity  *target,
                            const char       *name,
                            JsonNode         *json,
                            CptSchema        *schema,
                            const CptEntity  *entity,
                            GError          **error)
{
  const CptField *field = cpt_entity_find_field (target, name);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autofree char *text = NULL;

  if (field == NULL || (field->flags & CPT_FIELD_READ_ONLY) != 0)
    {
      /* Translators: %s is the name of a field */
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("There is no field “%s” that can be changed. Choose another one."), name);
      return FALSE;
    }
  if (is_date (field) && JSON_NODE_HOLDS_OBJECT (json))
    return count_from (field, json_node_get_object (json), 0, NULL, &value, error);

  /* What stands in places is known when it comes to that. */
  text = cpt_json_format (json);
  if (strstr (text, "{{") != NULL)
    return cpt_automation_check_json (json, schema, entity, error);

  return cpt_field_from_json (field, json, &value, error);
}
