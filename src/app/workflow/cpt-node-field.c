/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings that name a field, and that are a value of the field that another setting names. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-field-editor.h"
#include "cpt-json.h"
#include "cpt-node-input-private.h"
#include "cpt-path-chooser.h"

static gboolean
is_date (const CptField *field)
{
  return field->kind == CPT_FIELD_DATE || field->kind == CPT_FIELD_DATETIME;
}

static gboolean
is_tags (const CptField *field)
{
  return field->kind == CPT_FIELD_TAGS || field->kind == CPT_FIELD_MULTI_CHOICE;
}

static gboolean
is_user (const CptField *field)
{
  return field->kind == CPT_FIELD_LINK && g_strcmp0 (field->target, "user") == 0;
}

/* (nullable): what fits; steps that are about some kinds of fields say so by what they are */
static CptPathChooserFunc
find_offer (CptNodeInput *input)
{
  const char *kind = input->context->kind != NULL ? input->context->kind->name : "";

  if (input->setting->type == CPT_WORKFLOW_SETTING_FIELD)
    return is_date;
  if (g_str_has_suffix (kind, "_tag"))
    return is_tags;

  return strcmp (kind, "assign") == 0 ? is_user : NULL;
}

/* What begins a run is told by the log, which knows fields of the record itself. */
static gboolean
is_own (CptNodeInput *input)
{
  return input->context->kind != NULL &&
         (input->context->kind->group == CPT_WORKFLOW_START || input->setting->type == CPT_WORKFLOW_SETTING_ANY_FIELD);
}

static void
fill_cb (CptNodeInput *input)
{
  cpt_path_chooser_set_entity (CPT_PATH_CHOOSER (input->part), input->context->schema, cpt_node_form_find_entity (input->form),
                               !is_own (input), !is_own (input));
}

static void
chosen_cb (CptNodeInput *input,
           const char   *path)
{
  cpt_node_input_say_text (input, path);
  input->type->show (input);
}

static void
clear_cb (CptNodeInput *input)
{
  cpt_node_input_say (input, NULL);
  input->type->show (input);
  gtk_widget_child_focus (input->widget, GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
create_field (CptNodeInput *input)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_menu_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(input->setting->label));
  input->more = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_add_css_class (input->more, "flat");
  gtk_widget_set_valign (input->more, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (input->more, _("Choose None"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (input->more), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Choose None"), -1);
  g_signal_connect_object (input->more, "clicked", G_CALLBACK (clear_cb), input, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), input->more);

  input->part = cpt_path_chooser_new (find_offer (input));
  g_signal_connect_object (input->part, "map", G_CALLBACK (fill_cb), input, G_CONNECT_SWAPPED);
  g_signal_connect_object (input->part, "chosen", G_CALLBACK (chosen_cb), input, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), input->part);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "pan-down-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_widget_set_tooltip_text (button, _("Choose"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Choose"), -1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (gtk_menu_button_popup), button, G_CONNECT_SWAPPED);

  return row;
}

static const char *
get_label_of_none (CptNodeInput *input)
{
  if (input->setting->is_required)
    return _("Not chosen yet");
  if (input->context->kind == NULL)
    return _("Each record");

  return input->context->kind->group == CPT_WORKFLOW_START ? _("Any") : _("By default");
}

static void
show_field (CptNodeInput *input)
{
  const char *name = cpt_node_input_get_text (input);
  const CptEntity *entity = cpt_node_form_find_entity (input->form);
  g_autofree char *label = NULL;
  CptPath path;
  gboolean is_gone = FALSE;

  if (name != NULL && entity != NULL && cpt_path_parse (input->context->schema, entity, name, &path, NULL))
    label = cpt_path_get_label (&path);
  else if (name != NULL)
    {
      is_gone = TRUE;
      label = g_strdup_printf (_("“%s”, which is not there any more"), name);
    }
  else
    label = g_strdup (get_label_of_none (input));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (input->widget), label);
  gtk_widget_set_visible (input->more, name != NULL && !input->setting->is_required);
  cpt_node_input_mark (input->widget, is_gone);
}

const CptNodeInputType cpt_node_field = {
  .create = create_field,
  .show = show_field,
};

/* ------------------------------------------------------------- a value of that field */

static const CptField *
find_field (CptNodeInput *input)
{
  g_autofree char *name = cpt_json_dup_string (cpt_node_form_get_object (input->form), "field");
  const CptEntity *entity = cpt_node_form_find_entity (input->form);
  const CptField *field = name != NULL && entity != NULL ? cpt_entity_find_field (entity, name) : NULL;

  return field != NULL && field->kind != CPT_FIELD_ATTACHMENT ? field : NULL;
}

static void
committed_cb (CptFieldEditor *editor,
              CptNodeInput   *input)
{
  const CptValue *value = cpt_field_editor_get_value (editor);

  cpt_node_input_say (input, cpt_value_is_null (value) ? NULL : cpt_field_to_json (cpt_field_editor_get_field (editor), value));
}

static GtkWidget *
create_value (CptNodeInput *input)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _(input->setting->label));

  return group;
}

static void
replace_editor (CptNodeInput   *input,
                const CptField *field)
{
  if (input->data != NULL)
    {
      /* It must not say what is in it when the keyboard leaves it now. */
      g_signal_handlers_disconnect_by_data (input->data, input);
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (input->widget), cpt_field_editor_get_row (input->data));
    }
  g_clear_object (&input->data);
  if (field == NULL)
    return;

  input->data = cpt_field_editor_new (input->context->store, input->context->schema, field);
  input->free_data = g_object_unref;
  g_signal_connect_object (input->data, "committed", G_CALLBACK (committed_cb), input, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (input->widget), cpt_field_editor_get_row (input->data));
}

/* While no field is named there is nothing to compare with. */
static void
show_value (CptNodeInput *input)
{
  const CptField *field = find_field (input);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autoptr(GError) error = NULL;

  gtk_widget_set_visible (input->widget, field != NULL);
  if (field != (input->data != NULL ? cpt_field_editor_get_field (input->data) : NULL))
    replace_editor (input, field);
  if (field == NULL)
    return;

  if (input->value != NULL)
    cpt_field_from_json (field, input->value, &value, &error);
  if (!cpt_value_equal (&value, cpt_field_editor_get_value (input->data)))
    cpt_field_editor_set_value (input->data, &value);
  if (error != NULL)
    cpt_field_editor_set_error (input->data, error->message);
}

static void
flush_value (CptNodeInput *input)
{
  if (input->data != NULL && cpt_field_editor_is_typing (input->data))
    cpt_field_editor_flush (input->data);
}

const CptNodeInputType cpt_node_value = {
  .create = create_value,
  .show = show_value,
  .flush = flush_value,
  .is_group = TRUE,
};
