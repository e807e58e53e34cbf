/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether what a workflow names is there: kinds of records, fields, values. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-automation-private.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-filter.h"
#include "cpt-json.h"
#include "cpt-workflow-private.h"
#include "cpt-workflow-record.h"

typedef struct
{
  CptSchema *schema;
  const CptEntity *entity; /* (nullable): of the subjects */
  GPtrArray *problems;
} Fit;

const CptEntity *
cpt_workflow_find_entity (const CptWorkflow *self,
                          CptSchema         *schema)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (schema != NULL, NULL);

  for (guint i = 0; i < self->nodes->len; i++)
    {
      const CptWorkflowNode *node = g_ptr_array_index (self->nodes, i);
      g_autofree char *name = NULL;
      const CptEntity *entity;

      if (node->kind == NULL || node->kind->group != CPT_WORKFLOW_START)
        continue;
      name = cpt_json_dup_string (node->settings, "entity");
      entity = cpt_automation_find_entity (schema, name);
      if (entity != NULL)
        return entity;
    }

  return NULL;
}

static void
check_start (Fit                   *self,
             const CptWorkflowNode *node)
{
  g_autofree char *name = cpt_json_dup_string (node->settings, "entity");
  const CptEntity *entity = cpt_automation_find_entity (self->schema, name);

  if (entity == NULL)
    cpt_workflow_add_problem (self->problems, node->id,
                              _("The records that this is about are not there any more. Choose others."));
  else if (entity != self->entity)
    cpt_workflow_add_problem (self->problems, node->id,
                              _("All starts of a workflow are about the same kind of records. "
                                "Make another workflow for the others."));
}

/* @node: (nullable): the id of what it is about; %NULL: the whole */
static void
check_condition (Fit             *self,
                 const char      *node,
                 const CptEntity *entity,
                 JsonObject      *object)
{
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GError) error = NULL;
  JsonNode *where = json_object_get_member (object, "where");

  if (where == NULL || JSON_NODE_HOLDS_NULL (where))
    return;

  filter = cpt_filter_from_json (self->schema, entity, where, &error);
  if (filter == NULL)
    cpt_workflow_add_problem (self->problems, node, error->message);
}

static void
check_values (Fit                   *self,
              const CptWorkflowNode *node,
              const char            *member)
{
  g_autoptr(GError) error = NULL;
  JsonObject *values = NULL;
  g_autoptr(GList) names = NULL;

  if (!cpt_json_read_object (node->settings, member, &values, NULL) || values == NULL)
    return;

  names = json_object_get_members (values);
  for (GList *l = names; l != NULL; l = l->next)
    if (!cpt_automation_check_value (self->entity, l->data, json_object_get_member (values, l->data), self->schema, self->entity,
                                     &error))
      {
        cpt_workflow_add_problem (self->problems, node->id, error->message);
        g_clear_error (&error);
      }
}

static void
check_date (Fit                   *self,
            const CptWorkflowNode *node,
            const char            *member)
{
  g_autofree char *text = cpt_json_dup_string (node->settings, member);
  g_autoptr(GError) error = NULL;
  CptPath path;

  if (text == NULL)
    return;

  if (!cpt_path_parse (self->schema, self->entity, text, &path, &error))
    cpt_workflow_add_problem (self->problems, node->id, error->message);
  else if (cpt_path_get_field (&path)->kind != CPT_FIELD_DATE && cpt_path_get_field (&path)->kind != CPT_FIELD_DATETIME)
    cpt_workflow_add_problem (self->problems, node->id, _("What this waits for is no date. Choose a field with a date."));
}

/* About what there is one run at a time */
static void
check_key (Fit        *self,
           JsonObject *settings)
{
  g_autofree char *text = cpt_json_dup_string (settings, "key");
  g_autoptr(GError) error = NULL;
  CptPath path;

  if (text != NULL && !cpt_path_parse (self->schema, self->entity, text, &path, &error))
    cpt_workflow_add_problem (self->problems, NULL, error->message);
}

/* What the log tells of changes are fields of the record itself. */
static void
check_own_field (Fit                   *self,
                 const CptWorkflowNode *node,
                 const char            *member)
{
  g_autofree char *name = cpt_json_dup_string (node->settings, member);

  if (name != NULL && cpt_entity_find_field (self->entity, name) == NULL)
    cpt_workflow_add_problem (self->problems, node->id,
                              _("A start looks at fields of the record itself. Choose one of them."));
}

/* From what to what the field has to change: it is one of the record itself */
static void
check_value (Fit                   *self,
             const CptWorkflowNode *node,
             const char            *member)
{
  g_autofree char *name = cpt_json_dup_string (node->settings, "field");
  const CptField *field = name != NULL ? cpt_entity_find_field (self->entity, name) : NULL;
  JsonNode *text = json_object_get_member (node->settings, member);
  g_autoptr(GError) error = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (text == NULL || JSON_NODE_HOLDS_NULL (text))
    return;

  if (name == NULL)
    cpt_workflow_add_problem (self->problems, node->id,
                              _("A value is asked for, but of which field is not said. Choose the field."));
  else if (field != NULL && !cpt_field_from_json (field, text, &value, &error))
    cpt_workflow_add_problem (self->problems, node->id, error->message);
}

static gboolean
can_link (const CptEntity *entity,
          const CptEntity *target)
{
  for (guint i = 0; i < entity->n_fields; i++)
    if (g_strcmp0 (entity->fields[i]->target, target->name) == 0)
      return TRUE;

  return FALSE;
}

/* What is waited for is a condition of the record, or another record that links to it */
static void
check_awaited (Fit        *self,
               const char *node,
               JsonObject *branch)
{
  g_autofree char *name = cpt_json_dup_string (branch, "entity");
  const CptEntity *entity = name != NULL ? cpt_automation_find_entity (self->schema, name) : self->entity;

  if (name == NULL && !json_object_has_member (branch, "where"))
    cpt_workflow_add_problem (self->problems, node,
                              _("It is not said what a branch waits for. Set it, or remove the branch."));
  else if (entity == NULL || (name != NULL && !can_link (entity, self->entity)))
    cpt_workflow_add_problem (self->problems, node,
                              _("A branch waits for records that can't link to what this is about. Choose others."));
  else
    check_condition (self, node, entity, branch);
}

/* @is_wait: whether something is to happen, rather than be so */
static void
check_branches (Fit        *self,
                const char *node,
                JsonObject *settings,
                const char *member,
                gboolean    is_wait)
{
  JsonArray *branches = NULL;

  if (!cpt_json_read_array (settings, member, &branches, NULL) || branches == NULL)
    return;

  for (guint i = 0; i < json_array_get_length (branches); i++)
    {
      JsonNode *branch = json_array_get_element (branches, i);

      if (JSON_NODE_HOLDS_OBJECT (branch) && is_wait)
        check_awaited (self, node, json_node_get_object (branch));
      else if (JSON_NODE_HOLDS_OBJECT (branch))
        check_condition (self, node, self->entity, json_node_get_object (branch));
    }
}

static void
check_settings (Fit                   *self,
                const CptWorkflowNode *node)
{
  g_autoptr(GError) error = NULL;

  if (!cpt_automation_check_action (node, self->schema, self->entity, &error))
    cpt_workflow_add_problem (self->problems, node->id, error->message);
  for (const CptWorkflowSetting *setting = node->kind->settings; setting != NULL && setting->name != NULL; setting++)
    switch (setting->type)
      {
      case CPT_WORKFLOW_SETTING_CONDITION:
        check_condition (self, node->id, self->entity, node->settings);
        break;
      case CPT_WORKFLOW_SETTING_VALUES:
        check_values (self, node, setting->name);
        break;
      case CPT_WORKFLOW_SETTING_FIELD:
        check_date (self, node, setting->name);
        if (node->kind->group == CPT_WORKFLOW_START)
          check_own_field (self, node, setting->name);
        break;
      case CPT_WORKFLOW_SETTING_ANY_FIELD:
        check_own_field (self, node, setting->name);
        break;
      case CPT_WORKFLOW_SETTING_VALUE:
        check_value (self, node, setting->name);
        break;
      case CPT_WORKFLOW_SETTING_BRANCHES:
        check_branches (self, node->id, node->settings, setting->name, node->kind->group == CPT_WORKFLOW_WAIT);
        break;
      case CPT_WORKFLOW_SETTING_TEXT:
      case CPT_WORKFLOW_SETTING_CHOICE:
      case CPT_WORKFLOW_SETTING_ENTITY:
      case CPT_WORKFLOW_SETTING_DURATION:
      case CPT_WORKFLOW_SETTING_OFFSET:
      case CPT_WORKFLOW_SETTING_TIME:
      case CPT_WORKFLOW_SETTING_RECURRENCE:
      case CPT_WORKFLOW_SETTING_OBJECT:
      case CPT_WORKFLOW_SETTING_RECORDS:
      case CPT_WORKFLOW_SETTING_BACK_LINK:
      case CPT_WORKFLOW_SETTING_USERS:
      case CPT_WORKFLOW_SETTING_NUMBER:
      case CPT_WORKFLOW_SETTING_LONG_TEXT:
      case CPT_WORKFLOW_SETTING_WORKFLOW:
      case CPT_WORKFLOW_SETTING_LINKED:
      case CPT_WORKFLOW_SETTING_TIMETABLE:
        break;
      }
}

GPtrArray *
cpt_workflow_check_in (const CptWorkflow *self,
                       CptSchema         *schema)
{
  g_autoptr(GPtrArray) problems = cpt_workflow_check (self);
  Fit fit = { schema, NULL, problems };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (schema != NULL, NULL);

  fit.entity = cpt_workflow_find_entity (self, schema);
  if (fit.entity != NULL)
    {
      check_key (&fit, self->settings);
      check_branches (&fit, NULL, self->settings, "exits", TRUE);
    }
  for (guint i = 0; i < self->nodes->len; i++)
    {
      const CptWorkflowNode *node = g_ptr_array_index (self->nodes, i);

      if (node->kind == NULL)
        continue;
      if (!cpt_automation_can_run (node->kind))
        cpt_workflow_add_problem (problems, node->id,
                                  _("This version of Comptoir can draw this step, but not carry it out yet. Remove it."));
      else if (node->kind->group == CPT_WORKFLOW_START)
        check_start (&fit, node);
      if (fit.entity != NULL)
        check_settings (&fit, node);
    }

  return g_steal_pointer (&problems);
}
