/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings as they are declared. */

#include "config.h"

#include "cpt-node-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-json.h"

#define SPACING 18

struct _CptNodeForm
{
  GtkWidget parent_instance;

  const CptNodeContext *context; /* borrowed: of the panel */
  const CptWorkflowSetting *settings;
  JsonObject *object;
  GPtrArray *inputs; /* (element-type CptNodeInput) */

  GtkWidget *group; /* (nullable): borrowed from GTK: the first one with rows */
};

G_DEFINE_FINAL_TYPE (CptNodeForm, cpt_node_form, GTK_TYPE_WIDGET)

static guint changed_signal;

JsonObject *
cpt_node_form_get_object (CptNodeForm *self)
{
  g_return_val_if_fail (CPT_IS_NODE_FORM (self), NULL);

  return self->object;
}

const CptNodeContext *
cpt_node_form_get_context (CptNodeForm *self)
{
  g_return_val_if_fail (CPT_IS_NODE_FORM (self), NULL);

  return self->context;
}

GtkWidget *
cpt_node_form_get_group (CptNodeForm *self)
{
  g_return_val_if_fail (CPT_IS_NODE_FORM (self), NULL);

  return self->group;
}

const CptEntity *
cpt_node_form_find_entity (CptNodeForm *self)
{
  g_autofree char *name = NULL;
  const CptEntity *entity;

  g_return_val_if_fail (CPT_IS_NODE_FORM (self), NULL);

  name = cpt_json_dup_string (self->object, "entity");
  if (name == NULL)
    return self->context->subject;

  entity = cpt_schema_find_entity (self->context->schema, name);

  return entity != NULL && (entity->flags & (CPT_ENTITY_SYSTEM | CPT_ENTITY_FACTS)) == 0 ? entity : NULL;
}

/* ----------------------------------------------------------------------- changes */

/* What can be chosen there is the matter of other settings */
static gboolean
depends (CptNodeInput *input)
{
  switch (cpt_node_input_get_setting (input)->type)
    {
    case CPT_WORKFLOW_SETTING_FIELD:
    case CPT_WORKFLOW_SETTING_ANY_FIELD:
    case CPT_WORKFLOW_SETTING_VALUE:
    case CPT_WORKFLOW_SETTING_VALUES:
    case CPT_WORKFLOW_SETTING_CONDITION:
    case CPT_WORKFLOW_SETTING_RECORDS:
    case CPT_WORKFLOW_SETTING_BACK_LINK:
    case CPT_WORKFLOW_SETTING_LINKED:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Only these have others that look at them */
static gboolean
is_looked_at (CptNodeInput *input)
{
  CptWorkflowSettingType type = cpt_node_input_get_setting (input)->type;

  return type == CPT_WORKFLOW_SETTING_ENTITY || type == CPT_WORKFLOW_SETTING_FIELD || type == CPT_WORKFLOW_SETTING_ANY_FIELD;
}

/* A time that says nothing without another choice is not asked for. */
static void
show_rows (CptNodeForm *self)
{
  g_autofree char *reentry = cpt_json_dup_string (self->object, "reentry");

  for (guint i = 0; i < self->inputs->len; i++)
    {
      CptNodeInput *input = g_ptr_array_index (self->inputs, i);

      if (strcmp (cpt_node_input_get_setting (input)->name, "reentry_after") == 0)
        gtk_widget_set_visible (cpt_node_input_get_widget (input), g_strcmp0 (reentry, "after_time") == 0);
    }
}

static void
changed_cb (CptNodeInput *input,
            CptNodeForm  *self)
{
  const char *name = cpt_node_input_get_setting (input)->name;
  JsonNode *value = cpt_node_input_get_value (input);

  if (value != NULL)
    json_object_set_member (self->object, name, json_node_copy (value));
  else
    json_object_remove_member (self->object, name);

  for (guint i = 0; is_looked_at (input) && i < self->inputs->len; i++)
    {
      CptNodeInput *other = g_ptr_array_index (self->inputs, i);

      if (other != input && depends (other))
        cpt_node_input_refresh (other);
    }
  show_rows (self);
  g_signal_emit (self, changed_signal, 0);
}

void
cpt_node_form_flush (CptNodeForm *self)
{
  g_return_if_fail (CPT_IS_NODE_FORM (self));

  for (guint i = 0; i < self->inputs->len; i++)
    cpt_node_input_flush (g_ptr_array_index (self->inputs, i));
}

void
cpt_node_form_refresh (CptNodeForm *self)
{
  g_return_if_fail (CPT_IS_NODE_FORM (self));

  for (guint i = 0; i < self->inputs->len; i++)
    cpt_node_input_refresh (g_ptr_array_index (self->inputs, i));
}

void
cpt_node_form_set_object (CptNodeForm *self,
                          JsonObject  *object)
{
  g_autoptr(JsonObject) copy = NULL;

  g_return_if_fail (CPT_IS_NODE_FORM (self));
  g_return_if_fail (object != NULL);

  copy = json_object_new ();
  cpt_json_add_members (copy, object);
  g_clear_pointer (&self->object, json_object_unref);
  self->object = g_steal_pointer (&copy);
  for (guint i = 0; i < self->inputs->len; i++)
    {
      CptNodeInput *input = g_ptr_array_index (self->inputs, i);
      JsonNode *value = json_object_get_member (self->object, cpt_node_input_get_setting (input)->name);

      cpt_node_input_set_value (input, value != NULL && !JSON_NODE_HOLDS_NULL (value) ? value : NULL);
    }
  for (guint i = 0; i < self->inputs->len; i++)
    if (depends (g_ptr_array_index (self->inputs, i)))
      cpt_node_input_refresh (g_ptr_array_index (self->inputs, i));
  show_rows (self);
}

/* -------------------------------------------------------------------- the object */

static void
cpt_node_form_dispose (GObject *object)
{
  CptNodeForm *self = CPT_NODE_FORM (object);
  GtkWidget *child;

  g_ptr_array_set_size (self->inputs, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (cpt_node_form_parent_class)->dispose (object);
}

static void
cpt_node_form_finalize (GObject *object)
{
  CptNodeForm *self = CPT_NODE_FORM (object);

  g_clear_pointer (&self->inputs, g_ptr_array_unref);
  g_clear_pointer (&self->object, json_object_unref);

  G_OBJECT_CLASS (cpt_node_form_parent_class)->finalize (object);
}

static gboolean
cpt_node_form_grab_focus (GtkWidget *widget)
{
  CptNodeForm *self = CPT_NODE_FORM (widget);

  return self->inputs->len > 0 && gtk_widget_grab_focus (cpt_node_input_get_widget (g_ptr_array_index (self->inputs, 0)));
}

static void
cpt_node_form_class_init (CptNodeFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_node_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_node_form_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = cpt_node_form_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);

  changed_signal =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_node_form_init (CptNodeForm *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  self->inputs = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);
}

static void
build (CptNodeForm *self)
{
  GtkWidget *group = NULL;

  for (const CptWorkflowSetting *setting = self->settings; setting != NULL && setting->name != NULL; setting++)
    {
      CptNodeInput *input = cpt_node_input_new (self, setting);
      GtkWidget *widget = cpt_node_input_get_widget (input);

      g_ptr_array_add (self->inputs, input);
      g_signal_connect_object (input, "changed", G_CALLBACK (changed_cb), self, 0);
      if (cpt_node_input_is_group (input))
        {
          gtk_widget_set_parent (widget, GTK_WIDGET (self));
          group = NULL;
          continue;
        }
      if (group == NULL)
        {
          group = adw_preferences_group_new ();
          gtk_widget_set_parent (group, GTK_WIDGET (self));
          if (self->group == NULL)
            self->group = group;
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), widget);
      /* The list that the group makes of its rows takes the keyboard, and has no name without a title. */
      gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (widget)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Settings"), -1);
    }
  show_rows (self);
}

GtkWidget *
cpt_node_form_new (const CptNodeContext     *context,
                   const CptWorkflowSetting *settings,
                   JsonObject               *object)
{
  CptNodeForm *self;

  g_return_val_if_fail (context != NULL, NULL);

  self = g_object_new (CPT_TYPE_NODE_FORM, NULL);
  self->context = context;
  self->settings = settings;
  self->object = json_object_new ();
  if (object != NULL)
    cpt_json_add_members (self->object, object);
  build (self);

  return GTK_WIDGET (self);
}
