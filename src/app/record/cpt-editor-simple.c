/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Long texts, yes or no, and choices: rows whose widgets hold the value as it
 * is.
 */

#include "config.h"

#include "cpt-field-editor-private.h"

#include <glib/gi18n.h>

#include <string.h>

/* A text of many lines below its label; taken when it is left. */

static char *
dup_text (CptFieldEditor *editor)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (editor->part));
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static gboolean
is_text_typing (CptFieldEditor *editor)
{
  g_autofree char *text = dup_text (editor);

  return !g_str_equal (text, editor->value.type == CPT_VALUE_TEXT ? editor->value.text : "");
}

static gboolean
take_text_view (CptFieldEditor *editor)
{
  g_autofree char *text = dup_text (editor);

  if (!is_text_typing (editor))
    {
      cpt_field_editor_set_error (editor, NULL);
      return TRUE;
    }

  return cpt_field_editor_take_text (editor, text);
}

static void
text_left_cb (GtkEventControllerFocus *controller,
              CptFieldEditor          *editor)
{
  if (!editor->is_showing && !editor->is_read_only)
    take_text_view (editor);
}

static void
show_text_view (CptFieldEditor *editor)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (editor->part));
  const char *text = editor->value.type == CPT_VALUE_TEXT ? editor->value.text : "";

  gtk_text_buffer_set_text (buffer, text, -1);
}

static GtkWidget *
create_text_view (CptFieldEditor *editor)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *view = gtk_text_view_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  g_object_bind_property (row, "title", label, "label", G_BINDING_SYNC_CREATE);

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_set_size_request (view, -1, 72);
  gtk_widget_add_css_class (view, "field-text");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  g_signal_connect_object (focus, "leave", G_CALLBACK (text_left_cb), editor, 0);
  gtk_widget_add_controller (view, focus);
  cpt_field_editor_add_escape (editor, view);

  gtk_widget_add_css_class (box, "field-box");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), view);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  editor->part = view;

  return row;
}

static void
set_text_view_read_only (CptFieldEditor *editor,
                         gboolean        read_only)
{
  gtk_text_view_set_editable (GTK_TEXT_VIEW (editor->part), !read_only);
}

const CptEditorType cpt_editor_text_view = {
  .create = create_text_view,
  .show = show_text_view,
  .take = take_text_view,
  .set_read_only = set_text_view_read_only,
  .is_typing = is_text_typing,
};

/* Yes or no */

static void
switch_flipped_cb (GtkSwitch      *toggle,
                   GParamSpec     *pspec,
                   CptFieldEditor *editor)
{
  CptValue value = CPT_VALUE_INIT;

  if (editor->is_showing)
    return;

  cpt_value_set_integer (&value, gtk_switch_get_active (toggle));
  cpt_field_editor_commit (editor, &value);
}

static void
show_boolean (CptFieldEditor *editor)
{
  gtk_switch_set_active (GTK_SWITCH (editor->part),
                         editor->value.type == CPT_VALUE_INTEGER && editor->value.integer != 0);
}

static GtkWidget *
create_boolean (CptFieldEditor *editor)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (switch_flipped_cb), editor, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  editor->part = toggle;

  return row;
}

const CptEditorType cpt_editor_boolean = {
  .create = create_boolean,
  .show = show_boolean,
};

/* One of the choices. A field that may be empty has "None" in front. */

static guint
get_first_choice (CptFieldEditor *editor)
{
  return editor->field->flags & CPT_FIELD_REQUIRED ? 0 : 1;
}

static void
choice_selected_cb (AdwComboRow    *row,
                    GParamSpec     *pspec,
                    CptFieldEditor *editor)
{
  guint first = get_first_choice (editor);
  guint selected = adw_combo_row_get_selected (row);
  CptValue value = CPT_VALUE_INIT;

  if (editor->is_showing || selected == GTK_INVALID_LIST_POSITION)
    return;

  if (selected >= first)
    cpt_value_set_text (&value, g_ptr_array_index (editor->parts, selected - first));
  cpt_field_editor_commit (editor, &value);
}

/* Parts: the names of the choices in the list */
static void
limit_choice (CptFieldEditor *editor)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);

  g_ptr_array_set_size (editor->parts, 0);
  if (get_first_choice (editor) > 0)
    gtk_string_list_append (labels, C_("choice", "None"));
  for (const CptChoice *choice = editor->field->choices; choice->name != NULL; choice++)
    if (cpt_field_editor_offers (editor, choice->name))
      {
        gtk_string_list_append (labels, cpt_choice_get_label (choice));
        g_ptr_array_add (editor->parts, (gpointer) choice->name);
      }

  adw_combo_row_set_model (ADW_COMBO_ROW (editor->row != NULL ? editor->row : editor->part), G_LIST_MODEL (labels));
}

static void
show_choice (CptFieldEditor *editor)
{
  guint selected = get_first_choice (editor) == 0 ? GTK_INVALID_LIST_POSITION : 0;
  guint index;

  if (editor->value.type == CPT_VALUE_TEXT)
    {
      /* One that may not be taken any more, and came from elsewhere */
      if (!g_ptr_array_find_with_equal_func (editor->parts, editor->value.text, g_str_equal, &index))
        limit_choice (editor);
      if (g_ptr_array_find_with_equal_func (editor->parts, editor->value.text, g_str_equal, &index))
        selected = index + get_first_choice (editor);
    }

  adw_combo_row_set_selected (ADW_COMBO_ROW (editor->row), selected);
}

static GtkWidget *
create_choice (CptFieldEditor *editor)
{
  GtkWidget *row = adw_combo_row_new ();

  editor->parts = g_ptr_array_new ();
  editor->part = row;
  limit_choice (editor);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (choice_selected_cb), editor, 0);

  return row;
}

const CptEditorType cpt_editor_choice = {
  .create = create_choice,
  .show = show_choice,
  .limit = limit_choice,
};

/* Several of the choices: a row each below the field's own */

static void
choices_toggled_cb (GtkCheckButton *button,
                    CptFieldEditor *editor)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  CptValue value = CPT_VALUE_INIT;

  if (editor->is_showing)
    return;

  for (guint i = 0; i < editor->parts->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (editor->parts, i)))
      g_strv_builder_add (names, editor->field->choices[i].name);

  cpt_value_take_texts (&value, g_strv_builder_end (names));
  cpt_field_editor_commit (editor, &value);
}

static void
show_choices (CptFieldEditor *editor)
{
  g_autofree char *text = cpt_field_format_local (editor->field, &editor->value, NULL);

  for (guint i = 0; i < editor->parts->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (editor->parts, i),
                                 editor->value.type == CPT_VALUE_TEXTS &&
                                   g_strv_contains ((const char *const *) editor->value.texts, editor->field->choices[i].name));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (editor->row), text);
}

static GtkWidget *
create_choices (CptFieldEditor *editor)
{
  GtkWidget *row = adw_expander_row_new ();

  gtk_widget_add_css_class (row, "property");
  editor->parts = g_ptr_array_new ();
  for (const CptChoice *choice = editor->field->choices; choice->name != NULL; choice++)
    {
      GtkWidget *line = adw_action_row_new ();
      GtkWidget *check = gtk_check_button_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), cpt_choice_get_label (choice));
      adw_action_row_add_prefix (ADW_ACTION_ROW (line), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (line), check);
      g_signal_connect_object (check, "toggled", G_CALLBACK (choices_toggled_cb), editor, 0);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), line);
      g_ptr_array_add (editor->parts, check);
    }

  return row;
}

static void
limit_choices (CptFieldEditor *editor)
{
  for (guint i = 0; i < editor->parts->len; i++)
    {
      GtkWidget *line = gtk_widget_get_ancestor (g_ptr_array_index (editor->parts, i), ADW_TYPE_ACTION_ROW);

      gtk_widget_set_visible (line, cpt_field_editor_offers (editor, editor->field->choices[i].name));
    }
}

const CptEditorType cpt_editor_choices = {
  .create = create_choices,
  .show = show_choices,
  .limit = limit_choices,
};
