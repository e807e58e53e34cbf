/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of those who follow an older version, node by node. */

#include "config.h"

#include "cpt-workflow-migration-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"

struct _CptMigrationPlan
{
  GHashTable *rules; /* "version node" -> CptMigrationRule */
  gboolean moves_others;
};

static const char *const acts[] = {
  [CPT_MIGRATION_KEEP] = "keep",
  [CPT_MIGRATION_MOVE] = "move",
  [CPT_MIGRATION_RESTART] = "restart",
  [CPT_MIGRATION_FINISH] = "finish",
};

static void
rule_free (gpointer data)
{
  CptMigrationRule *self = data;

  g_free (self->text);
  g_free (self);
}

CptMigrationPlan *
cpt_migration_plan_new (gboolean moves_others)
{
  CptMigrationPlan *self = g_new0 (CptMigrationPlan, 1);

  self->rules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, rule_free);
  self->moves_others = moves_others;

  return self;
}

void
cpt_migration_plan_free (CptMigrationPlan *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->rules);
  g_free (self);
}

void
cpt_migration_plan_set (CptMigrationPlan *self,
                        guint             version,
                        const char       *node,
                        CptMigrationAct   act,
                        const char       *text)
{
  CptMigrationRule *rule;

  g_return_if_fail (self != NULL && node != NULL);
  g_return_if_fail (act != CPT_MIGRATION_MOVE || text != NULL);

  rule = g_new0 (CptMigrationRule, 1);
  rule->act = act;
  rule->text = g_strdup (text);
  g_hash_table_insert (self->rules, g_strdup_printf ("%u %s", version, node), rule);
}

const CptMigrationRule *
cpt_migration_plan_find (const CptMigrationPlan *self,
                         guint                   version,
                         const char             *node,
                         const char             *suggestion,
                         CptMigrationRule       *other)
{
  g_autofree char *key = g_strdup_printf ("%u %s", version, node);
  const CptMigrationRule *rule = g_hash_table_lookup (self->rules, key);

  if (rule != NULL)
    return rule;

  other->act = self->moves_others && suggestion != NULL ? CPT_MIGRATION_MOVE : CPT_MIGRATION_KEEP;
  other->text = (char *) suggestion;

  return other;
}

gboolean
cpt_migration_plan_check (const CptMigrationPlan  *self,
                          const CptWorkflow       *target,
                          GError                 **error)
{
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  g_hash_table_iter_init (&iter, self->rules);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const CptMigrationRule *rule = value;
      const CptWorkflowNode *node = rule->act == CPT_MIGRATION_MOVE ? cpt_workflow_find_node (target, rule->text) : NULL;
      gboolean is_known = node != NULL && node->kind != NULL;

      /* Who stands at a start and was not looked at yet may stay there. */
      if (rule->act != CPT_MIGRATION_MOVE || (is_known && (node->kind->group != CPT_WORKFLOW_START ||
                                                           strcmp (strchr (key, ' ') + 1, rule->text) == 0)))
        continue;
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("Nobody can be moved to “%s”: it is no step of the version in force. Choose another one."), rule->text);
      return FALSE;
    }

  return TRUE;
}

/* --------------------------------------------------------------------- reading */

static gboolean
set_damaged (const char  *what,
             GError     **error)
{
  g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE,
               _("“%s” of the plan can't be read. Write it as “workflow migration --json” shows it."), what);

  return FALSE;
}

static gboolean
read_rule (CptMigrationPlan  *self,
           JsonNode          *root,
           GError           **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  g_autofree char *node = object != NULL ? cpt_json_dup_string (object, "node") : NULL;
  g_autofree char *name = object != NULL ? cpt_json_dup_string (object, "do") : NULL;
  g_autofree char *to = object != NULL ? cpt_json_dup_string (object, "to") : NULL;
  g_autofree char *label = object != NULL ? cpt_json_dup_string (object, "label") : NULL;
  gint64 version = 0;

  if (object == NULL || node == NULL || !cpt_json_read_int (object, "version", &version, NULL) || version < 1 ||
      version > G_MAXINT)
    return set_damaged ("nodes", error);

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_strcmp0 (acts[i], name) == 0)
      {
        if (i == CPT_MIGRATION_MOVE && to == NULL)
          return set_damaged ("to", error);
        cpt_migration_plan_set (self, (guint) version, node, i, i == CPT_MIGRATION_MOVE ? to : label);
        return TRUE;
      }

  return set_damaged ("do", error);
}

CptMigrationPlan *
cpt_migration_plan_parse (JsonNode  *root,
                          GError   **error)
{
  g_autoptr(CptMigrationPlan) self = cpt_migration_plan_new (FALSE);
  g_autofree char *others = NULL;
  JsonArray *nodes = NULL;

  g_return_val_if_fail (root != NULL, NULL);

  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      set_damaged ("nodes", error);
      return NULL;
    }
  if (!cpt_json_read_array (json_node_get_object (root), "nodes", &nodes, error))
    return NULL;
  others = cpt_json_dup_string (json_node_get_object (root), "others");
  if (others != NULL && strcmp (others, "keep") != 0 && strcmp (others, "move") != 0)
    {
      set_damaged ("others", error);
      return NULL;
    }

  self->moves_others = g_strcmp0 (others, "move") == 0;
  for (guint i = 0; nodes != NULL && i < json_array_get_length (nodes); i++)
    if (!read_rule (self, json_array_get_element (nodes, i), error))
      return NULL;

  return g_steal_pointer (&self);
}
