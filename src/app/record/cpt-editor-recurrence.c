/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How something comes again: the rules that people use, by their sentences;
 * behind them the field's own when it is another one, and a way to write one.
 */

#include "config.h"

#include "cpt-field-editor-private.h"

#include <glib/gi18n.h>

#include "cpt-recurrence.h"

/* The entry of the dialogue, and what it says about what is typed */
typedef struct
{
  CptFieldEditor *editor; /* (owned) */
  GtkWidget *dialog;      /* borrowed */
  GtkWidget *entry;       /* borrowed from dialog */
  GtkWidget *sentence;    /* borrowed from dialog */
} Asking;

static void
asking_free (gpointer  data,
             GClosure *closure)
{
  Asking *asking = data;

  g_object_unref (asking->editor);
  g_free (asking);
}

static void
rule_typed_cb (GtkEditable *entry,
               Asking      *asking)
{
  const char *text = gtk_editable_get_text (entry);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptRecurrence) rule = *text != '\0' ? cpt_recurrence_parse (text, &error) : NULL;
  g_autofree char *sentence = NULL;

  if (rule != NULL)
    sentence = cpt_recurrence_format_local (rule);
  else
    sentence = g_strdup (error != NULL ? error->message : "");
  gtk_label_set_label (GTK_LABEL (asking->sentence), sentence);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (asking->dialog), "set", rule != NULL);
}

static void
rule_answered_cb (AdwMessageDialog *dialog,
                  const char       *response,
                  Asking           *asking)
{
  if (g_str_equal (response, "set"))
    cpt_field_editor_take_text (asking->editor, gtk_editable_get_text (GTK_EDITABLE (asking->entry)));
}

static GtkWidget *
create_question (Asking *asking)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *list = gtk_list_box_new ();

  asking->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (asking->entry), _("Rule"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), asking->entry);
  asking->sentence = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (asking->sentence), TRUE);
  gtk_widget_add_css_class (asking->sentence, "dim-label");
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), asking->sentence);

  return box;
}

static void
ask (CptFieldEditor *editor)
{
  GtkRoot *root = gtk_widget_get_root (editor->row);
  Asking *asking = g_new0 (Asking, 1);
  AdwMessageDialog *dialog;

  asking->editor = g_object_ref (editor);
  asking->dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Repeat by a Rule"),
                                           _("Write it as calendars do, for instance FREQ=MONTHLY;BYDAY=2TU for "
                                             "every second Tuesday of a month. COUNT=10 or UNTIL=20271231 ends it."));
  dialog = ADW_MESSAGE_DIALOG (asking->dialog);
  adw_message_dialog_set_extra_child (dialog, create_question (asking));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "set", _("_Repeat"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "set", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "set");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (asking->entry, "changed", G_CALLBACK (rule_typed_cb), asking);
  g_signal_connect_data (dialog, "response", G_CALLBACK (rule_answered_cb), asking, asking_free, 0);
  if (editor->value.type == CPT_VALUE_TEXT)
    gtk_editable_set_text (GTK_EDITABLE (asking->entry), editor->value.text);
  rule_typed_cb (GTK_EDITABLE (asking->entry), asking);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
rule_selected_cb (AdwComboRow    *row,
                  GParamSpec     *pspec,
                  CptFieldEditor *editor)
{
  GListModel *model = adw_combo_row_get_model (row);
  guint selected = adw_combo_row_get_selected (row);
  g_autofree char *text = NULL;

  if (editor->is_showing || selected == GTK_INVALID_LIST_POSITION)
    return;

  if (selected == g_list_model_get_n_items (model) - 1)
    {
      /* What was chosen stays until the question is answered. */
      editor->is_showing = TRUE;
      editor->type->show (editor);
      editor->is_showing = FALSE;
      ask (editor);
      return;
    }

  /* A copy: what is taken is shown again, from rules made anew. */
  text = g_strdup (g_ptr_array_index (editor->parts, selected));
  cpt_field_editor_take_text (editor, text);
}

static void
append_rule (CptFieldEditor *editor,
             GtkStringList  *labels,
             const char     *text)
{
  g_autoptr(CptRecurrence) rule = cpt_recurrence_parse (text, NULL);
  g_autofree char *sentence = rule != NULL ? cpt_recurrence_format_local (rule) : g_strdup (text);

  gtk_string_list_append (labels, sentence);
  g_ptr_array_add (editor->parts, g_strdup (text));
}

static gboolean
find_rule (CptFieldEditor *editor,
           const char     *rule,
           guint          *position)
{
  return g_ptr_array_find_with_equal_func (editor->parts, rule, g_str_equal, position);
}

/* Never, what people use, what the field has */
static void
build_model (CptFieldEditor *editor,
             const char     *rule)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  guint n_presets;
  const char *const *presets = cpt_recurrence_list_presets (&n_presets);

  g_ptr_array_set_size (editor->parts, 0);
  gtk_string_list_append (labels, C_("recurrence", "Never"));
  g_ptr_array_add (editor->parts, g_strdup (""));
  for (guint i = 0; i < n_presets; i++)
    append_rule (editor, labels, presets[i]);
  if (!find_rule (editor, rule, NULL))
    append_rule (editor, labels, rule);
  gtk_string_list_append (labels, C_("recurrence", "By a Rule…"));

  adw_combo_row_set_model (ADW_COMBO_ROW (editor->row), G_LIST_MODEL (labels));
}

static void
show_recurrence (CptFieldEditor *editor)
{
  const char *rule = editor->value.type == CPT_VALUE_TEXT ? editor->value.text : "";
  guint selected = 0;

  if (!find_rule (editor, rule, NULL))
    build_model (editor, rule);
  find_rule (editor, rule, &selected);
  adw_combo_row_set_selected (ADW_COMBO_ROW (editor->row), selected);
}

static GtkWidget *
create_recurrence (CptFieldEditor *editor)
{
  GtkWidget *row = adw_combo_row_new ();

  editor->parts = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (rule_selected_cb), editor, 0);

  return row;
}

const CptEditorType cpt_editor_recurrence = {
  .create = create_recurrence,
  .show = show_recurrence,
};
