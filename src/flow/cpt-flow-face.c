/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a node of a workflow says about itself: made of its declaration, so that a new kind needs nothing here. */

#include "config.h"

#include "cpt-flow-face.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-filter.h"
#include "cpt-json.h"
#include "cpt-recurrence.h"

/* Characters of a value; the rest is seen where it is set */
#define MAX_VALUE 120

typedef struct
{
  const CptWorkflowNode *node;
  CptSchema *schema;
  const CptEntity *entity; /* (nullable): that conditions and fields are about */
} Words;

/* -------------------------------------------------------------------- durations */

static char *
dup_amount (gint64      amount,
            const char *unit)
{
  gulong n = (gulong) amount;

  if (strcmp (unit, "minutes") == 0)
    return g_strdup_printf (g_dngettext (NULL, "%lu minute", "%lu minutes", n), n);
  if (strcmp (unit, "hours") == 0)
    return g_strdup_printf (g_dngettext (NULL, "%lu hour", "%lu hours", n), n);
  if (strcmp (unit, "days") == 0)
    return g_strdup_printf (g_dngettext (NULL, "%lu day", "%lu days", n), n);
  if (strcmp (unit, "weeks") == 0)
    return g_strdup_printf (g_dngettext (NULL, "%lu week", "%lu weeks", n), n);
  if (strcmp (unit, "months") == 0)
    return g_strdup_printf (g_dngettext (NULL, "%lu month", "%lu months", n), n);

  return g_strdup ("");
}

static gboolean
read_duration (JsonNode    *node,
               gint64      *amount,
               const char **unit)
{
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  return object != NULL && cpt_json_read_int (object, "amount", amount, NULL) &&
         cpt_json_read_string (object, "unit", unit, NULL) && *unit != NULL && *amount > -G_MAXINT32 && *amount < G_MAXINT32;
}

char *
cpt_flow_dup_duration (JsonNode *duration)
{
  gint64 amount = 0;
  const char *unit = NULL;

  if (!read_duration (duration, &amount, &unit) || amount < 0)
    return g_strdup ("");

  return dup_amount (amount, unit);
}

static char *
dup_offset (JsonNode *offset)
{
  gint64 amount = 0;
  const char *unit = NULL;
  g_autofree char *text = NULL;

  if (!read_duration (offset, &amount, &unit) || amount == 0)
    return g_strdup ("");

  text = dup_amount (ABS (amount), unit);
  if (text[0] == '\0')
    return g_strdup ("");

  /* Translators: how long before or after a date, such as “2 days before” */
  return g_strdup_printf (amount < 0 ? _("%s before") : _("%s after"), text);
}

/* --------------------------------------------------------------------- settings */

static char *
dup_text (JsonNode *node)
{
  gboolean is_text = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;

  return g_strdup (is_text ? json_node_get_string (node) : "");
}

static char *
dup_choice (const CptWorkflowSetting *setting,
            JsonNode                 *node)
{
  g_autofree char *name = dup_text (node);

  for (const CptWorkflowName *choice = setting->choices; choice != NULL && choice->name != NULL; choice++)
    if (strcmp (choice->name, name) == 0)
      return g_strdup (_(choice->label));

  return g_steal_pointer (&name);
}

static char *
dup_entity (const Words *self,
            JsonNode    *node)
{
  g_autofree char *name = dup_text (node);
  const CptEntity *entity = name[0] != '\0' ? cpt_schema_find_entity (self->schema, name) : NULL;

  return entity != NULL ? g_strdup (cpt_entity_get_label_plural (entity)) : g_steal_pointer (&name);
}

static char *
dup_field (const Words *self,
           const char  *name)
{
  CptPath path;

  if (self->entity == NULL || name[0] == '\0' || !cpt_path_parse (self->schema, self->entity, name, &path, NULL))
    return g_strdup (name);

  return cpt_path_get_label (&path);
}

/* Of a choice what people call it, with what it is when that is not plain */
static char *
dup_value (const Words              *self,
           const CptWorkflowSetting *setting,
           JsonNode                 *node)
{
  g_autofree char *value = dup_text (node);
  const char *name = NULL;
  const CptChoice *choice = NULL;
  CptPath path;

  if (value[0] != '\0' && self->entity != NULL && cpt_json_read_string (self->node->settings, "field", &name, NULL) &&
      name != NULL && cpt_path_parse (self->schema, self->entity, name, &path, NULL))
    choice = cpt_field_find_choice (cpt_path_get_field (&path), value);
  if (value[0] == '\0')
    return g_strdup ("");

  /* Translators: a setting of a step and what it is set to, such as “Value after: Won” */
  return g_strdup_printf (C_("step", "%s: %s"), _(setting->label),
                          choice != NULL ? cpt_choice_get_label (choice) : value);
}

static char *
dup_fields (const Words *self,
            JsonNode    *node)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GList) names = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_members (json_node_get_object (node)) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    g_ptr_array_add (labels, dup_field (self, l->data));
  g_ptr_array_add (labels, NULL);

  return g_strjoinv (", ", (char **) labels->pdata);
}

static char *
dup_condition (const Words *self,
               JsonNode    *node)
{
  g_autoptr(CptFilter) filter = NULL;

  if (self->entity == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");

  filter = cpt_filter_from_json (self->schema, self->entity, node, NULL);

  return filter != NULL ? cpt_filter_to_sentence (filter, NULL) : g_strdup ("");
}

static char *
dup_rule (JsonNode *node)
{
  g_autofree char *text = dup_text (node);
  g_autoptr(CptRecurrence) rule = text[0] != '\0' ? cpt_recurrence_parse (text, NULL) : NULL;

  return rule != NULL ? cpt_recurrence_format_local (rule) : g_steal_pointer (&text);
}

static char *
dup_branches (JsonNode *node)
{
  guint n = JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_length (json_node_get_array (node)) : 0;

  if (n == 0)
    return g_strdup ("");

  return g_strdup_printf (g_dngettext (NULL, "%u branch", "%u branches", n), n);
}

static char *
dup_setting (const Words              *self,
             const CptWorkflowSetting *setting,
             JsonNode                 *node)
{
  g_autofree char *name = NULL;

  switch (setting->type)
    {
    case CPT_WORKFLOW_SETTING_TEXT:
    case CPT_WORKFLOW_SETTING_TIME:
      return dup_text (node);
    case CPT_WORKFLOW_SETTING_CHOICE:
      return dup_choice (setting, node);
    case CPT_WORKFLOW_SETTING_ENTITY:
      return dup_entity (self, node);
    case CPT_WORKFLOW_SETTING_FIELD:
    case CPT_WORKFLOW_SETTING_ANY_FIELD:
      name = dup_text (node);
      return dup_field (self, name);
    case CPT_WORKFLOW_SETTING_VALUES:
      return dup_fields (self, node);
    case CPT_WORKFLOW_SETTING_CONDITION:
      return dup_condition (self, node);
    case CPT_WORKFLOW_SETTING_DURATION:
      return cpt_flow_dup_duration (node);
    case CPT_WORKFLOW_SETTING_OFFSET:
      return dup_offset (node);
    case CPT_WORKFLOW_SETTING_RECURRENCE:
      return dup_rule (node);
    case CPT_WORKFLOW_SETTING_BRANCHES:
      return dup_branches (node);
    case CPT_WORKFLOW_SETTING_VALUE:
      return dup_value (self, setting, node);
    case CPT_WORKFLOW_SETTING_OBJECT:
    default:
      return g_strdup ("");
    }
}

/* On one line, and not longer than anybody sees */
static char *
dup_line (const char *text)
{
  g_autofree char *start = g_utf8_strlen (text, -1) > MAX_VALUE ? g_utf8_substring (text, 0, MAX_VALUE) : g_strdup (text);

  return g_strstrip (g_strdelimit (g_steal_pointer (&start), "\n\r\t", ' '));
}

static char *
dup_detail (const Words *self)
{
  g_autoptr(GString) detail = g_string_new (NULL);
  const CptWorkflowSetting *settings = self->node->kind != NULL ? self->node->kind->settings : NULL;

  for (const CptWorkflowSetting *setting = settings; setting != NULL && setting->name != NULL; setting++)
    {
      JsonNode *node = json_object_get_member (self->node->settings, setting->name);
      g_autofree char *text = node != NULL ? dup_setting (self, setting, node) : NULL;
      g_autofree char *line = text != NULL ? dup_line (text) : NULL;

      if (line == NULL || line[0] == '\0')
        continue;
      if (detail->len > 0)
        g_string_append (detail, " · ");
      g_string_append (detail, line);
    }

  return g_string_free (g_steal_pointer (&detail), FALSE);
}

/* --------------------------------------------------------------------- outcomes */

static char *
dup_branch (const CptWorkflowNode *node,
            const char            *id)
{
  const CptWorkflowSetting *setting = node->kind != NULL ? cpt_workflow_kind_get_branches (node->kind) : NULL;
  JsonArray *branches = NULL;

  if (setting == NULL || !cpt_json_read_array (node->settings, setting->name, &branches, NULL) || branches == NULL)
    return NULL;

  for (guint i = 0; i < json_array_get_length (branches); i++)
    {
      JsonNode *branch = json_array_get_element (branches, i);
      const char *own = NULL;
      const char *label = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (branch) || !cpt_json_read_string (json_node_get_object (branch), "id", &own, NULL) ||
          g_strcmp0 (own, id) != 0)
        continue;
      if (cpt_json_read_string (json_node_get_object (branch), "label", &label, NULL) && label != NULL && label[0] != '\0')
        return dup_line (label);
      return g_strdup (id);
    }

  return NULL;
}

char *
cpt_flow_dup_outcome (const CptWorkflowNode *node,
                      const char            *outcome)
{
  char *branch = dup_branch (node, outcome);

  if (branch != NULL)
    return branch;
  for (const CptWorkflowName *name = node->kind != NULL ? node->kind->outcomes : NULL; name != NULL && name->name != NULL;
       name++)
    if (strcmp (name->name, outcome) == 0)
      return g_strdup (_(name->label));

  return g_strdup (outcome);
}

CptFlowFace *
cpt_flow_face_new (const CptWorkflowNode *node,
                   CptSchema             *schema,
                   const CptEntity       *entity)
{
  CptFlowFace *self = g_new0 (CptFlowFace, 1);
  Words words = { node, schema, entity };
  const char *title = node->title != NULL && node->title[0] != '\0' ? node->title : NULL;

  self->is_known = node->kind != NULL;
  self->group = self->is_known ? node->kind->group : CPT_WORKFLOW_DO;
  self->title = title != NULL ? dup_line (title) : self->is_known ? g_strdup (_(node->kind->label))
                                                                  : dup_line (node->kind_name);
  self->detail = dup_detail (&words);
  self->outcomes = cpt_workflow_node_list_outcomes (node);
  for (guint i = 0; self->outcomes[i] != NULL; i++)
    {
      g_autofree char *name = g_steal_pointer (&self->outcomes[i]);

      self->outcomes[i] = cpt_flow_dup_outcome (node, name);
    }

  return self;
}

void
cpt_flow_face_free (CptFlowFace *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->detail);
  g_strfreev (self->outcomes);
  g_free (self);
}
