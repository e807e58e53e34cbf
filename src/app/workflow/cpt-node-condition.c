/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A condition: a row that reads as a sentence, and the builder of filters in a dialogue. */

#include "config.h"

#include <glib/gi18n.h>

#include "cpt-filter-bar.h"
#include "cpt-node-input-private.h"
#include "cpt-settings-dialog.h"

#define CPT_TYPE_CONDITION_DIALOG (cpt_condition_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CptConditionDialog, cpt_condition_dialog, CPT, CONDITION_DIALOG, CptSettingsDialog)

struct _CptConditionDialog
{
  CptSettingsDialog parent_instance;

  CptNodeInput *input; /* (nullable): weak */
  GtkWidget *bar;      /* borrowed from GTK */
};

G_DEFINE_FINAL_TYPE (CptConditionDialog, cpt_condition_dialog, CPT_TYPE_SETTINGS_DIALOG)

static void
cpt_condition_dialog_save (CptSettingsDialog *dialog)
{
  CptConditionDialog *self = CPT_CONDITION_DIALOG (dialog);
  g_autoptr(CptFilter) filter = cpt_filter_bar_dup_filter (CPT_FILTER_BAR (self->bar));

  if (self->input != NULL)
    {
      cpt_node_input_say (self->input, filter != NULL ? cpt_filter_to_json (filter) : NULL);
      self->input->type->show (self->input);
    }
  gtk_window_close (GTK_WINDOW (dialog));
}

static void
cpt_condition_dialog_finalize (GObject *object)
{
  g_clear_weak_pointer (&CPT_CONDITION_DIALOG (object)->input);

  G_OBJECT_CLASS (cpt_condition_dialog_parent_class)->finalize (object);
}

static void
cpt_condition_dialog_class_init (CptConditionDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_condition_dialog_finalize;
  CPT_SETTINGS_DIALOG_CLASS (klass)->save = cpt_condition_dialog_save;
}

static void
cpt_condition_dialog_init (CptConditionDialog *self)
{
}

/* (nullable) (transfer full) */
static CptFilter *
read_filter (CptNodeInput  *input,
             GError       **error)
{
  const CptEntity *entity = cpt_node_form_find_entity (input->form);

  if (input->value == NULL || entity == NULL)
    return NULL;

  return cpt_filter_from_json (input->context->schema, entity, input->value, error);
}

static void
open_cb (CptNodeInput *input)
{
  const CptEntity *entity = cpt_node_form_find_entity (input->form);
  CptConditionDialog *dialog;
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GError) error = NULL;
  GtkWidget *box, *message, *page;

  if (entity == NULL)
    return;

  filter = read_filter (input, &error);
  dialog = g_object_new (CPT_TYPE_CONDITION_DIALOG, NULL);
  g_set_weak_pointer (&dialog->input, input);
  dialog->bar = cpt_filter_bar_new (input->context->store, input->context->schema, entity);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (dialog->bar)), GTK_ORIENTATION_VERTICAL);
  cpt_filter_bar_set_adding (CPT_FILTER_BAR (dialog->bar), _("Add a Condition"));
  cpt_filter_bar_set_filter (CPT_FILTER_BAR (dialog->bar), filter);
  message = cpt_settings_dialog_create_message ();
  cpt_settings_dialog_show_message (message, error != NULL ? error->message : NULL);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (box), dialog->bar);
  page = cpt_settings_dialog_create_page (box);
  cpt_settings_dialog_set_verb (CPT_SETTINGS_DIALOG (dialog), _("_Apply"));
  cpt_settings_dialog_set_content (CPT_SETTINGS_DIALOG (dialog), _(input->setting->label), page, message);
  cpt_settings_dialog_present (CPT_SETTINGS_DIALOG (dialog), input->context->window, 480, 400);
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

/* ------------------------------------------------------------------------- the row */

static gpointer
read_sentence (CptDatabase   *database,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return cpt_filter_to_sentence (data, database);
}

static void
sentence_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GtkWidget) row = user_data;
  g_autofree char *sentence = cpt_store_finish (CPT_STORE (source), result, NULL);

  if (sentence != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), sentence);
}

/* Titles of linked records come a moment later. */
static void
show_sentence (CptNodeInput *input,
               CptFilter    *filter)
{
  g_autofree char *sentence = cpt_filter_to_sentence (filter, NULL);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (input->widget), sentence);
  cpt_store_read_async (input->context->store, G_PRIORITY_HIGH, read_sentence, cpt_filter_ref (filter),
                        (GDestroyNotify) cpt_filter_unref, g_free, input->cancellable, sentence_cb,
                        g_object_ref (input->widget));
}

static const char *
get_text_of_none (CptNodeInput *input)
{
  if (cpt_node_form_find_entity (input->form) == NULL)
    return _("Choose first in the start what the workflow is about");
  if (input->setting->is_required)
    return _("Not set yet");

  return _("Always");
}

static void
show_condition (CptNodeInput *input)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptFilter) filter = read_filter (input, &error);

  g_cancellable_cancel (input->cancellable);
  g_clear_object (&input->cancellable);
  input->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (input->widget, cpt_node_form_find_entity (input->form) != NULL);
  if (filter != NULL)
    show_sentence (input, filter);
  else
    adw_action_row_set_subtitle (ADW_ACTION_ROW (input->widget), error != NULL ? error->message : get_text_of_none (input));
  cpt_node_input_mark (input->widget, error != NULL);
}

static GtkWidget *
create_condition (CptNodeInput *input)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(input->setting->label));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (open_cb), input, G_CONNECT_SWAPPED);

  return row;
}

const CptNodeInputType cpt_node_condition = {
  .create = create_condition,
  .show = show_condition,
};
