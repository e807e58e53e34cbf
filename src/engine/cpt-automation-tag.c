/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Steps that put tags on a record, or take them off. What is so already is no change. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-automation-action-private.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-json.h"

/* (nullable): where the tags of a record of @entity are; %NULL with @error */
static const CptField *
find_field (JsonObject       *settings,
            const CptEntity  *entity,
            GError          **error)
{
  g_autofree char *name = cpt_json_dup_string (settings, "field");
  const CptField *field = name != NULL ? cpt_entity_find_field (entity, name) : NULL;

  for (guint i = 0; name == NULL && field == NULL && i < entity->n_fields; i++)
    if (entity->fields[i]->kind == CPT_FIELD_TAGS)
      field = entity->fields[i];

  if (field != NULL && (field->kind == CPT_FIELD_TAGS || field->kind == CPT_FIELD_MULTI_CHOICE) &&
      (field->flags & CPT_FIELD_READ_ONLY) == 0)
    return field;

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("Records like this have no tags. Choose a field that can have several."));

  return NULL;
}

/* (transfer full): what stands between the commas, as a list */
static JsonNode *
split_tags (const char *text)
{
  g_auto(GStrv) tags = g_strsplit (text, ",", -1);
  g_autoptr(JsonArray) array = json_array_new ();

  for (guint i = 0; tags[i] != NULL; i++)
    if (g_strstrip (tags[i])[0] != '\0')
      json_array_add_string_element (array, tags[i]);

  return json_node_init_array (json_node_alloc (), array);
}

static gboolean
change_tags (CptAutomationWorld     *self,
             const CptWorkflowNode  *node,
             guint                   visit,
             gboolean                is_added,
             GError                **error)
{
  g_autoptr(CptTransaction) transaction = cpt_automation_world_begin (self);
  const CptField *field = find_field (node->settings, self->entity, error);
  g_autofree char *text = cpt_json_dup_string (node->settings, "tags");
  g_autofree char *filled = field != NULL ? cpt_automation_world_fill (self, text != NULL ? text : "", error) : NULL;
  g_autoptr(JsonNode) tags = filled != NULL ? split_tags (filled) : NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (tags == NULL || cpt_automation_world_get_subject (self, error) == NULL ||
      !cpt_field_from_json (field, tags, &value, error))
    return FALSE;

  if (is_added)
    cpt_transaction_add_members (transaction, self->entity, &self->enrolment->subject, field, &value);
  else
    cpt_transaction_remove_members (transaction, self->entity, &self->enrolment->subject, field, &value);

  return cpt_automation_world_commit (self, node, visit, transaction, error);
}

gboolean
cpt_automation_add_tags (CptAutomationWorld     *self,
                         const CptWorkflowNode  *node,
                         guint                   visit,
                         GError                **error)
{
  return change_tags (self, node, visit, TRUE, error);
}

gboolean
cpt_automation_remove_tags (CptAutomationWorld     *self,
                            const CptWorkflowNode  *node,
                            guint                   visit,
                            GError                **error)
{
  return change_tags (self, node, visit, FALSE, error);
}

gboolean
cpt_automation_check_tags (JsonObject       *settings,
                           CptSchema        *schema,
                           const CptEntity  *entity,
                           GError          **error)
{
  const CptField *field = find_field (settings, entity, error);
  g_autofree char *text = cpt_json_dup_string (settings, "tags");
  g_autoptr(JsonNode) tags = text != NULL ? split_tags (text) : NULL;

  if (field == NULL)
    return FALSE;
  if (tags != NULL && json_array_get_length (json_node_get_array (tags)) == 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("It is not said which tags. Write them with commas between."));
      return FALSE;
    }

  return tags == NULL || cpt_automation_check_value (entity, field->name, tags, schema, entity, error);
}
