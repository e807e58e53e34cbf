/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values that a step gives to fields. */

#include "config.h"

#include "cpt-node-values.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-json.h"
#include "cpt-node-input-private.h"
#include "cpt-node-value.h"
#include "cpt-path-chooser.h"

struct _CptNodeValues
{
  AdwPreferencesGroup parent_instance;

  const CptNodeContext *context; /* borrowed: of the panel */
  const CptEntity *entity;       /* (nullable) */
  GPtrArray *values;             /* (element-type CptNodeValue) */
  CptNodeValue *leaving;         /* (nullable): one that is about to be removed */
  guint idle;                    /* source, until then */

  /* Borrowed from GTK */
  GtkWidget *buttons;
  GtkWidget *add;
  GtkWidget *chooser;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (CptNodeValues, cpt_node_values, ADW_TYPE_PREFERENCES_GROUP)

static guint changed_signal;

static void
changed_cb (CptNodeValues *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static guint
find (CptNodeValues *self,
      const char    *name)
{
  for (guint i = 0; i < self->values->len; i++)
    if (strcmp (cpt_node_value_get_name (g_ptr_array_index (self->values, i)), name) == 0)
      return i;

  return G_MAXUINT;
}

static void
update (CptNodeValues *self)
{
  gtk_widget_set_visible (self->list, self->values->len > 0);
  gtk_widget_set_sensitive (self->add, self->entity != NULL);
}

/* The row is another one now, at the same place */
static void
replaced_cb (CptNodeValue  *value,
             CptNodeValues *self)
{
  guint index = find (self, cpt_node_value_get_name (value));
  GtkListBoxRow *former = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) index);
  GtkWidget *row = cpt_node_value_get_row (value);

  gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (former));
  gtk_list_box_insert (GTK_LIST_BOX (self->list), row, (int) index);
  gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
}

static void
remove_leaving (CptNodeValues *self)
{
  guint index;

  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->leaving != NULL && g_ptr_array_find (self->values, self->leaving, &index))
    {
      gtk_list_box_remove (GTK_LIST_BOX (self->list), cpt_node_value_get_row (self->leaving));
      g_ptr_array_remove_index (self->values, index);
      update (self);
      gtk_widget_grab_focus (self->add);
      changed_cb (self);
    }
  g_clear_object (&self->leaving);
}

static void
leave_cb (gpointer user_data)
{
  CptNodeValues *self = user_data;

  self->idle = 0;
  remove_leaving (self);
}

/* Not while the menu in the row is still busy with it */
static void
removed_cb (CptNodeValue  *value,
            CptNodeValues *self)
{
  remove_leaving (self);
  self->leaving = g_object_ref (value);
  self->idle = g_idle_add_once (leave_cb, self);
}

static CptNodeValue *
add (CptNodeValues *self,
     const char    *name,
     JsonNode      *json)
{
  const CptField *field = self->entity != NULL ? cpt_entity_find_field (self->entity, name) : NULL;
  CptNodeValue *value = cpt_node_value_new (self->context, field, name, json);

  g_ptr_array_add (self->values, value);
  g_signal_connect_object (value, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (value, "replaced", G_CALLBACK (replaced_cb), self, 0);
  g_signal_connect_object (value, "removed", G_CALLBACK (removed_cb), self, 0);
  gtk_list_box_append (GTK_LIST_BOX (self->list), cpt_node_value_get_row (value));

  return value;
}

static void
chosen_cb (CptNodeValues *self,
           const char    *name)
{
  const CptField *field = self->entity != NULL ? cpt_entity_find_field (self->entity, name) : NULL;
  g_autoptr(JsonNode) json = NULL;
  CptNodeValue *value;

  if (field == NULL)
    return;

  if (find (self, name) != G_MAXUINT)
    {
      value = g_ptr_array_index (self->values, find (self, name));
      gtk_widget_child_focus (cpt_node_value_get_row (value), GTK_DIR_TAB_FORWARD);
      return;
    }

  /* A switch that is off says so at once. */
  if (field->kind == CPT_FIELD_BOOLEAN)
    json = json_node_init_boolean (json_node_alloc (), FALSE);
  value = add (self, name, json);
  update (self);
  gtk_widget_child_focus (cpt_node_value_get_row (value), GTK_DIR_TAB_FORWARD);
  if (json != NULL)
    changed_cb (self);
}

static void
fill_cb (CptNodeValues *self)
{
  cpt_path_chooser_set_entity (CPT_PATH_CHOOSER (self->chooser), self->context->schema, self->entity, FALSE, FALSE);
}

/* ----------------------------------------------------------------------- showing */

JsonObject *
cpt_node_values_dup (CptNodeValues *self)
{
  JsonObject *object = json_object_new ();

  g_return_val_if_fail (CPT_IS_NODE_VALUES (self), object);

  for (guint i = 0; i < self->values->len; i++)
    {
      CptNodeValue *value = g_ptr_array_index (self->values, i);
      JsonNode *json = cpt_node_value_get_json (value);

      if (json != NULL)
        json_object_set_member (object, cpt_node_value_get_name (value), json_node_copy (json));
    }

  return object;
}

static char *
format (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return cpt_json_format_canonical (node);
}

static gboolean
shows (CptNodeValues   *self,
       const CptEntity *entity,
       JsonObject      *values)
{
  g_autoptr(JsonObject) own = cpt_node_values_dup (self);
  g_autofree char *one = format (own), *other = format (values);

  return entity == self->entity && strcmp (one, other) == 0;
}

void
cpt_node_values_show (CptNodeValues   *self,
                      const CptEntity *entity,
                      JsonObject      *values)
{
  g_autoptr(JsonObject) wanted = values != NULL ? json_object_ref (values) : json_object_new ();
  g_autoptr(GList) names = json_object_get_members (wanted);

  g_return_if_fail (CPT_IS_NODE_VALUES (self));

  if (!shows (self, entity, wanted))
    {
      self->entity = entity;
      for (guint i = 0; i < self->values->len; i++)
        gtk_list_box_remove (GTK_LIST_BOX (self->list), cpt_node_value_get_row (g_ptr_array_index (self->values, i)));
      g_ptr_array_set_size (self->values, 0);
      for (GList *l = names; l != NULL; l = l->next)
        add (self, l->data, json_object_get_member (wanted, l->data));
    }
  update (self);
}

void
cpt_node_values_flush (CptNodeValues *self)
{
  g_return_if_fail (CPT_IS_NODE_VALUES (self));

  for (guint i = 0; i < self->values->len; i++)
    cpt_node_value_flush (g_ptr_array_index (self->values, i));
}

void
cpt_node_values_set_more (CptNodeValues *self,
                          GtkWidget     *widget)
{
  g_return_if_fail (CPT_IS_NODE_VALUES (self));

  gtk_box_prepend (GTK_BOX (self->buttons), widget);
}

static void
cpt_node_values_dispose (GObject *object)
{
  CptNodeValues *self = CPT_NODE_VALUES (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->leaving);
  g_clear_pointer (&self->values, g_ptr_array_unref);

  G_OBJECT_CLASS (cpt_node_values_parent_class)->dispose (object);
}

static gboolean
cpt_node_values_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CPT_NODE_VALUES (widget)->add);
}

static void
cpt_node_values_class_init (CptNodeValuesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_node_values_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = cpt_node_values_grab_focus;

  changed_signal =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_node_values_init (CptNodeValues *self)
{
  self->values = g_ptr_array_new_with_free_func (g_object_unref);
  self->chooser = cpt_path_chooser_new (cpt_node_value_is_offered);
  g_signal_connect_object (self->chooser, "map", G_CALLBACK (fill_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  self->add = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->add), self->chooser);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->add), "list-add-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->add), FALSE);
  gtk_widget_set_tooltip_text (self->add, _("Add a Field"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add a Field"), -1);
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (self->buttons), self->add);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->buttons);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Values"), -1);
  gtk_widget_set_visible (self->list, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->list);
}

GtkWidget *
cpt_node_values_new (const CptNodeContext *context)
{
  CptNodeValues *self = g_object_new (CPT_TYPE_NODE_VALUES, NULL);

  self->context = context;

  return GTK_WIDGET (self);
}

/* -------------------------------------------------------------------- the setting */

static void
said_cb (CptNodeInput *input)
{
  g_autoptr(JsonObject) values = cpt_node_values_dup (CPT_NODE_VALUES (input->widget));

  cpt_node_input_say (input, json_object_get_size (values) > 0 ? json_node_init_object (json_node_alloc (), values) : NULL);
}

static GtkWidget *
create_values (CptNodeInput *input)
{
  GtkWidget *group = cpt_node_values_new (input->context);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _(input->setting->label));
  g_signal_connect_object (group, "changed", G_CALLBACK (said_cb), input, G_CONNECT_SWAPPED);

  return group;
}

static void
show_values (CptNodeInput *input)
{
  JsonObject *values = input->value != NULL && JSON_NODE_HOLDS_OBJECT (input->value) ? json_node_get_object (input->value) : NULL;

  cpt_node_values_show (CPT_NODE_VALUES (input->widget), cpt_node_form_find_entity (input->form), values);
}

static void
flush_values (CptNodeInput *input)
{
  cpt_node_values_flush (CPT_NODE_VALUES (input->widget));
}

const CptNodeInputType cpt_node_values = {
  .create = create_values,
  .show = show_values,
  .flush = flush_values,
  .is_group = TRUE,
};
