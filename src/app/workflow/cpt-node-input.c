/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One setting, one row or group. The input knows the value and when it changes; how it looks is the
 * matter of a few families, chosen by type in the table below.
 */

#include "config.h"

#include "cpt-node-input-private.h"

#include <string.h>

#include "cpt-json.h"

/* What is typed is said when the fingers have rested for so long */
#define QUIET_MS 400

G_DEFINE_FINAL_TYPE (CptNodeInput, cpt_node_input, G_TYPE_OBJECT)

static guint changed_signal;

static const CptNodeInputType *const types[] = {
  [CPT_WORKFLOW_SETTING_TEXT] = &cpt_node_text,
  [CPT_WORKFLOW_SETTING_CHOICE] = &cpt_node_choice,
  [CPT_WORKFLOW_SETTING_ENTITY] = &cpt_node_choice,
  [CPT_WORKFLOW_SETTING_FIELD] = &cpt_node_field,
  [CPT_WORKFLOW_SETTING_ANY_FIELD] = &cpt_node_field,
  [CPT_WORKFLOW_SETTING_VALUE] = &cpt_node_value,
  [CPT_WORKFLOW_SETTING_VALUES] = &cpt_node_values,
  [CPT_WORKFLOW_SETTING_CONDITION] = &cpt_node_condition,
  [CPT_WORKFLOW_SETTING_DURATION] = &cpt_node_duration,
  [CPT_WORKFLOW_SETTING_OFFSET] = &cpt_node_duration,
  [CPT_WORKFLOW_SETTING_TIME] = &cpt_node_time,
  [CPT_WORKFLOW_SETTING_RECURRENCE] = &cpt_node_recurrence,
  [CPT_WORKFLOW_SETTING_BRANCHES] = &cpt_node_branches,
  [CPT_WORKFLOW_SETTING_OBJECT] = &cpt_node_json,
  [CPT_WORKFLOW_SETTING_RECORDS] = &cpt_node_records,
  [CPT_WORKFLOW_SETTING_BACK_LINK] = &cpt_node_choice,
  [CPT_WORKFLOW_SETTING_USERS] = &cpt_node_link,
  [CPT_WORKFLOW_SETTING_NUMBER] = &cpt_node_number,
  [CPT_WORKFLOW_SETTING_LONG_TEXT] = &cpt_node_long_text,
  [CPT_WORKFLOW_SETTING_WORKFLOW] = &cpt_node_link,
  [CPT_WORKFLOW_SETTING_LINKED] = &cpt_node_choice,
};

static const CptNodeInputType *
find_type (const CptWorkflowSetting *setting)
{
  if (setting->type == CPT_WORKFLOW_SETTING_OBJECT && strcmp (setting->name, "headers") == 0)
    return &cpt_node_headers;
  if (setting->type == CPT_WORKFLOW_SETTING_TEXT && strcmp (setting->name, "weight") == 0)
    return &cpt_node_number;

  /* What only a newer declaration knows is shown as it is written. */
  return setting->type < G_N_ELEMENTS (types) && types[setting->type] != NULL ? types[setting->type] : &cpt_node_json;
}

static gboolean
is_same (JsonNode *a,
         JsonNode *b)
{
  g_autofree char *one = NULL, *other = NULL;

  if (a == NULL || b == NULL)
    return a == b;

  one = cpt_json_format_canonical (a);
  other = cpt_json_format_canonical (b);

  return strcmp (one, other) == 0;
}

static void
replace_value (CptNodeInput *self,
               JsonNode     *value)
{
  g_clear_pointer (&self->value, json_node_unref);
  self->value = value;
}

void
cpt_node_input_say (CptNodeInput *self,
                    JsonNode     *value)
{
  g_autoptr(JsonNode) said = value;

  if (self->is_showing || is_same (said, self->value))
    return;

  replace_value (self, g_steal_pointer (&said));
  g_signal_emit (self, changed_signal, 0);
}

void
cpt_node_input_say_text (CptNodeInput *self,
                         const char   *text)
{
  cpt_node_input_say (self, text != NULL && *text != '\0' ? json_node_init_string (json_node_alloc (), text) : NULL);
}

const char *
cpt_node_input_get_text (CptNodeInput *self)
{
  return self->value != NULL && JSON_NODE_HOLDS_VALUE (self->value) && json_node_get_value_type (self->value) == G_TYPE_STRING
           ? json_node_get_string (self->value)
           : NULL;
}

/* ------------------------------------------------------------------------ typing */

void
cpt_node_input_flush (CptNodeInput *self)
{
  g_return_if_fail (CPT_IS_NODE_INPUT (self));

  /* A row in which nothing was typed says nothing: it may show a value of a newer version. */
  if (self->typing != 0)
    cpt_node_input_take (self);
  if (self->type->flush != NULL)
    self->type->flush (self);
}

void
cpt_node_input_take (CptNodeInput *self)
{
  g_clear_handle_id (&self->typing, g_source_remove);
  if (self->type->take != NULL)
    self->type->take (self);
}

static void
quiet_cb (gpointer user_data)
{
  CptNodeInput *self = user_data;

  self->typing = 0;
  self->type->take (self);
}

void
cpt_node_input_typed (CptNodeInput *self)
{
  if (self->is_showing)
    return;

  g_clear_handle_id (&self->typing, g_source_remove);
  self->typing = g_timeout_add_once (QUIET_MS, quiet_cb, self);
}

static void
done_typing_cb (CptNodeInput *self)
{
  if (self->typing != 0)
    cpt_node_input_flush (self);
}

void
cpt_node_input_watch_text (CptNodeInput *self,
                           GtkWidget    *widget,
                           GtkEditable  *editable)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (done_typing_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, focus);
  g_signal_connect_object (editable, "changed", G_CALLBACK (cpt_node_input_typed), self, G_CONNECT_SWAPPED);
  if (ADW_IS_ENTRY_ROW (editable))
    g_signal_connect_object (editable, "entry-activated", G_CALLBACK (done_typing_cb), self, G_CONNECT_SWAPPED);
  else if (GTK_IS_ENTRY (editable))
    g_signal_connect_object (editable, "activate", G_CALLBACK (done_typing_cb), self, G_CONNECT_SWAPPED);
}

void
cpt_node_input_mark (GtkWidget *widget,
                     gboolean   is_wrong)
{
  if (is_wrong)
    gtk_widget_add_css_class (widget, "error");
  else
    gtk_widget_remove_css_class (widget, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* -------------------------------------------------------------------- the object */

static void
show (CptNodeInput *self)
{
  self->is_showing = TRUE;
  self->type->show (self);
  self->is_showing = FALSE;
}

void
cpt_node_input_set_value (CptNodeInput *self,
                          JsonNode     *value)
{
  g_return_if_fail (CPT_IS_NODE_INPUT (self));

  if (is_same (value, self->value))
    return;

  g_clear_handle_id (&self->typing, g_source_remove);
  replace_value (self, value != NULL ? json_node_copy (value) : NULL);
  show (self);
}

void
cpt_node_input_refresh (CptNodeInput *self)
{
  g_return_if_fail (CPT_IS_NODE_INPUT (self));

  show (self);
}

const CptWorkflowSetting *
cpt_node_input_get_setting (CptNodeInput *self)
{
  g_return_val_if_fail (CPT_IS_NODE_INPUT (self), NULL);

  return self->setting;
}

GtkWidget *
cpt_node_input_get_widget (CptNodeInput *self)
{
  g_return_val_if_fail (CPT_IS_NODE_INPUT (self), NULL);

  return self->widget;
}

gboolean
cpt_node_input_is_group (CptNodeInput *self)
{
  g_return_val_if_fail (CPT_IS_NODE_INPUT (self), FALSE);

  return self->type->is_group;
}

JsonNode *
cpt_node_input_get_value (CptNodeInput *self)
{
  g_return_val_if_fail (CPT_IS_NODE_INPUT (self), NULL);

  return self->value;
}

static void
cpt_node_input_dispose (GObject *object)
{
  CptNodeInput *self = CPT_NODE_INPUT (object);

  g_clear_handle_id (&self->typing, g_source_remove);
  g_clear_handle_id (&self->later, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->data != NULL && self->free_data != NULL)
    self->free_data (self->data);
  self->data = NULL;
  g_clear_object (&self->widget);

  G_OBJECT_CLASS (cpt_node_input_parent_class)->dispose (object);
}

static void
cpt_node_input_finalize (GObject *object)
{
  CptNodeInput *self = CPT_NODE_INPUT (object);

  g_clear_pointer (&self->value, json_node_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (cpt_node_input_parent_class)->finalize (object);
}

static void
cpt_node_input_class_init (CptNodeInputClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_node_input_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_node_input_finalize;

  changed_signal =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_node_input_init (CptNodeInput *self)
{
  self->cancellable = g_cancellable_new ();
}

CptNodeInput *
cpt_node_input_new (CptNodeForm              *form,
                    const CptWorkflowSetting *setting)
{
  CptNodeInput *self;
  JsonNode *value;

  g_return_val_if_fail (CPT_IS_NODE_FORM (form), NULL);
  g_return_val_if_fail (setting != NULL, NULL);

  self = g_object_new (CPT_TYPE_NODE_INPUT, NULL);
  self->form = form;
  self->context = cpt_node_form_get_context (form);
  self->setting = setting;
  self->type = find_type (setting);
  value = json_object_get_member (cpt_node_form_get_object (form), setting->name);
  self->value = value != NULL && !JSON_NODE_HOLDS_NULL (value) ? json_node_copy (value) : NULL;
  self->is_showing = TRUE;
  self->widget = g_object_ref_sink (self->type->create (self));
  self->is_showing = FALSE;
  show (self);

  return self;
}
