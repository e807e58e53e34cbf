/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings that are one of several: choices of the declaration, kinds of records, links. */

#include "config.h"

#include <glib/gi18n.h>

#include "cpt-combo-labels.h"
#include "cpt-json.h"
#include "cpt-node-input-private.h"

static void
offer (CptNodeInput *input,
       GPtrArray    *labels,
       const char   *name,
       const char   *label)
{
  g_ptr_array_add (input->names, g_strdup (name));
  g_ptr_array_add (labels, g_strdup (label));
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

/* Only those that lead to what the workflow is about, where a choice may be left open */
static void
offer_entities (CptNodeInput *input,
                GPtrArray    *labels)
{
  g_autoptr(GPtrArray) kinds = cpt_schema_list_kinds (input->context->schema);
  const CptEntity *subject = input->context->subject;

  for (guint i = 0; i < kinds->len; i++)
    {
      const CptEntity *kind = g_ptr_array_index (kinds, i);

      if (input->setting->is_required || subject == NULL || can_link (kind, subject))
        offer (input, labels, kind->name, cpt_entity_get_label_plural (kind));
    }
}

static void
offer_links (CptNodeInput *input,
             GPtrArray    *labels)
{
  const CptEntity *entity = cpt_node_form_find_entity (input->form);
  const CptEntity *subject = input->context->subject;

  for (guint i = 0; entity != NULL && subject != NULL && i < entity->n_fields; i++)
    if (entity->fields[i]->kind == CPT_FIELD_LINK && g_strcmp0 (entity->fields[i]->target, subject->name) == 0)
      offer (input, labels, entity->fields[i]->name, cpt_field_get_label (entity->fields[i]));
}

/* What a choice of linked records is called by here: its JSON */
static void
offer_linked_by (CptNodeInput *input,
                 GPtrArray    *labels,
                 const char   *entity,
                 const char   *link,
                 const char   *label)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *name = NULL;

  if (entity != NULL)
    json_object_set_string_member (object, "entity", entity);
  json_object_set_string_member (object, "link", link);
  node = json_node_init_object (json_node_alloc (), object);
  name = cpt_json_format_canonical (node);
  offer (input, labels, name, label);
}

/* Those that a link of its own leads to, then those of other kinds that lead to it */
static void
offer_linked (CptNodeInput *input,
              GPtrArray    *labels)
{
  g_autoptr(GPtrArray) kinds = cpt_schema_list_kinds (input->context->schema);
  const CptEntity *subject = input->context->subject;

  for (guint i = 0; subject != NULL && i < subject->n_fields; i++)
    if (subject->fields[i]->target != NULL && (subject->fields[i]->flags & CPT_FIELD_HIDDEN) == 0)
      offer_linked_by (input, labels, NULL, subject->fields[i]->name, cpt_field_get_label (subject->fields[i]));
  for (guint i = 0; subject != NULL && i < kinds->len; i++)
    {
      const CptEntity *kind = g_ptr_array_index (kinds, i);

      for (guint j = 0; j < kind->n_fields; j++)
        if (g_strcmp0 (kind->fields[j]->target, subject->name) == 0)
          {
            /* Translators: a kind of records, and the link by which they lead to another one: "Contacts, by “Organisation”" */
            g_autofree char *label = g_strdup_printf (_("%s, by “%s”"), cpt_entity_get_label_plural (kind),
                                                      cpt_field_get_label (kind->fields[j]));

            offer_linked_by (input, labels, kind->name, kind->fields[j]->name, label);
          }
    }
}

static const char *
get_label_of_none (CptNodeInput *input)
{
  if (input->setting->is_required)
    return _("Not chosen yet");

  return input->setting->type == CPT_WORKFLOW_SETTING_ENTITY ? _("The record itself") : _("By default");
}

/* A required one that is chosen can't be taken away again. */
static void
offer_all (CptNodeInput *input,
           GPtrArray    *labels)
{
  if (!input->setting->is_required || input->value == NULL)
    offer (input, labels, NULL, get_label_of_none (input));

  if (input->setting->type == CPT_WORKFLOW_SETTING_ENTITY)
    offer_entities (input, labels);
  else if (input->setting->type == CPT_WORKFLOW_SETTING_BACK_LINK)
    offer_links (input, labels);
  else if (input->setting->type == CPT_WORKFLOW_SETTING_LINKED)
    offer_linked (input, labels);
  else
    for (const CptWorkflowName *choice = input->setting->choices; choice != NULL && choice->name != NULL; choice++)
      offer (input, labels, choice->name, _(choice->label));
}

static guint
find (CptNodeInput *input,
      const char   *name)
{
  for (guint i = 0; i < input->names->len; i++)
    if (g_strcmp0 (g_ptr_array_index (input->names, i), name) == 0)
      return i;

  return GTK_INVALID_LIST_POSITION;
}

static gboolean
is_offered_already (CptNodeInput *input,
                    GPtrArray    *labels)
{
  GListModel *model = adw_combo_row_get_model (ADW_COMBO_ROW (input->widget));

  if (model == NULL || g_list_model_get_n_items (model) != labels->len)
    return FALSE;

  for (guint i = 0; i < labels->len; i++)
    {
      g_autoptr(GtkStringObject) one = g_list_model_get_item (model, i);

      if (g_strcmp0 (gtk_string_object_get_string (one), g_ptr_array_index (labels, i)) != 0)
        return FALSE;
    }

  return TRUE;
}

static char *
dup_name (CptNodeInput *input)
{
  if (input->setting->type == CPT_WORKFLOW_SETTING_LINKED)
    return input->value != NULL ? cpt_json_format_canonical (input->value) : NULL;

  return g_strdup (cpt_node_input_get_text (input));
}

static void
later_cb (gpointer user_data)
{
  CptNodeInput *input = user_data;

  input->later = 0;
  input->is_showing = TRUE;
  input->type->show (input);
  input->is_showing = FALSE;
}

static void
show_choice (CptNodeInput *input)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *name = dup_name (input);
  gboolean is_gone = FALSE;
  guint selected;

  g_clear_pointer (&input->names, g_ptr_array_unref);
  input->names = g_ptr_array_new_with_free_func (g_free);
  offer_all (input, labels);
  selected = find (input, name);
  if (selected == GTK_INVALID_LIST_POSITION && name != NULL)
    {
      /* Translators: %s is the name of something that was chosen and was deleted since */
      g_autofree char *label = g_strdup_printf (_("“%s”, which is not there any more"), name);

      is_gone = TRUE;
      selected = input->names->len;
      offer (input, labels, name, label);
    }
  cpt_node_input_mark (input->widget, is_gone);
  /* GTK does not stand other lines while it tells that one was chosen. */
  if (input->is_choosing && !is_offered_already (input, labels))
    {
      if (input->later == 0)
        input->later = g_idle_add_once (later_cb, input);
    }
  else if (is_offered_already (input, labels))
    adw_combo_row_set_selected (ADW_COMBO_ROW (input->widget), selected);
  else
    cpt_combo_row_set_labels (ADW_COMBO_ROW (input->widget), labels, selected);
}

static void
selected_cb (CptNodeInput *input)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (input->widget));

  g_autofree char *name = NULL;

  if (input->is_showing || input->names == NULL || selected >= input->names->len)
    return;

  name = g_strdup (g_ptr_array_index (input->names, selected));
  input->is_choosing = TRUE;
  if (name != NULL && input->setting->type == CPT_WORKFLOW_SETTING_LINKED)
    cpt_node_input_say (input, cpt_json_parse (name, -1, NULL));
  else
    cpt_node_input_say_text (input, name);
  input->is_choosing = FALSE;
}

static GtkWidget *
create_choice (CptNodeInput *input)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(input->setting->label));
  /* Below the title there is room for long ones in a narrow panel. */
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (selected_cb), input, G_CONNECT_SWAPPED);

  return row;
}

const CptNodeInputType cpt_node_choice = {
  .create = create_choice,
  .show = show_choice,
};
