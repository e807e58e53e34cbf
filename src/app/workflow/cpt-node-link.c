/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings that name records: the people who are asked, a workflow. They are chosen as links are in forms. */

#include "config.h"

#include "cpt-field-editor.h"
#include "cpt-node-input-private.h"
#include "cpt-workflow-record.h"

#define USER "user"

/* The editor of a field that no record has */
typedef struct
{
  CptField field;
  CptFieldEditor *editor;
} Link;

static void
free_link (gpointer data)
{
  Link *link = data;

  g_object_unref (link->editor);
  g_free (link);
}

static void
committed_cb (CptNodeInput *input)
{
  Link *link = input->data;
  const CptValue *value = cpt_field_editor_get_value (link->editor);

  cpt_node_input_say (input, cpt_value_is_null (value) ? NULL : cpt_field_to_json (&link->field, value));
}

static GtkWidget *
create_link (CptNodeInput *input)
{
  gboolean is_users = input->setting->type == CPT_WORKFLOW_SETTING_USERS;
  Link *link = g_new0 (Link, 1);

  link->field.name = input->setting->name;
  link->field.label = input->setting->label;
  link->field.kind = is_users ? CPT_FIELD_LINKS : CPT_FIELD_LINK;
  link->field.target = is_users ? USER : CPT_WORKFLOW_ENTITY;
  link->editor = cpt_field_editor_new (input->context->store, input->context->schema, &link->field);
  input->data = link;
  input->free_data = free_link;
  g_signal_connect_object (link->editor, "committed", G_CALLBACK (committed_cb), input, G_CONNECT_SWAPPED);

  return cpt_field_editor_get_row (link->editor);
}

static void
show_link (CptNodeInput *input)
{
  Link *link = input->data;
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autoptr(GError) error = NULL;

  if (input->value != NULL)
    cpt_field_from_json (&link->field, input->value, &value, &error);
  cpt_field_editor_set_value (link->editor, &value);
  if (error != NULL)
    cpt_field_editor_set_error (link->editor, error->message);
}

const CptNodeInputType cpt_node_link = {
  .create = create_link,
  .show = show_link,
};
