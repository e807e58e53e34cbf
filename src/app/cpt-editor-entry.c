/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Kinds that are one line of text for a person: words, numbers, amounts,
 * addresses of mail, telephone numbers, tags. What is typed is read when the
 * entry is left or Enter is pressed; Escape puts back what was there.
 */

#include "config.h"

#include "cpt-field-editor-private.h"

#include <glib/gi18n.h>

static gboolean
take_entry (CptFieldEditor *editor)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (editor->row));
  g_autofree char *shown = cpt_field_format_local (editor->field, &editor->value, cpt_store_get_zone (editor->store));

  /* Untouched text is not read again: what is shown may be rounded. */
  if (g_str_equal (text, shown))
    {
      cpt_field_editor_set_error (editor, NULL);
      return TRUE;
    }

  return cpt_field_editor_take_text (editor, text);
}

static void
focus_left_cb (GtkEventControllerFocus *controller,
               CptFieldEditor          *editor)
{
  if (!editor->is_showing && !editor->is_read_only)
    take_entry (editor);
}

static void
entry_activated_cb (CptFieldEditor *editor)
{
  if (!editor->is_read_only)
    take_entry (editor);
}

static void
show_entry (CptFieldEditor *editor)
{
  g_autofree char *text = cpt_field_format_local (editor->field, &editor->value, cpt_store_get_zone (editor->store));

  gtk_editable_set_text (GTK_EDITABLE (editor->row), text);
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  CptFieldEditor *editor = user_data;
  g_autofree char *text = cpt_field_format_local (editor->field, &editor->value, cpt_store_get_zone (editor->store));

  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (editor->row)), text))
    return GDK_EVENT_PROPAGATE;

  show_entry (editor);
  cpt_field_editor_set_error (editor, NULL);

  return GDK_EVENT_STOP;
}

static GtkInputPurpose
choose_purpose (CptFieldKind kind)
{
  switch (kind)
    {
    case CPT_FIELD_EMAIL:
      return GTK_INPUT_PURPOSE_EMAIL;
    case CPT_FIELD_PHONE:
      return GTK_INPUT_PURPOSE_PHONE;
    case CPT_FIELD_URL:
      return GTK_INPUT_PURPOSE_URL;
    case CPT_FIELD_INTEGER:
    case CPT_FIELD_DECIMAL:
      return GTK_INPUT_PURPOSE_NUMBER;
    default:
      return GTK_INPUT_PURPOSE_FREE_FORM;
    }
}

static GtkWidget *
create_entry (CptFieldEditor *editor)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcut *escape = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                          gtk_callback_action_new (escape_cb, editor, NULL));

  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), choose_purpose (editor->field->kind));
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), editor, 0);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (entry_activated_cb), editor, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), escape);
  gtk_widget_add_controller (row, focus);
  gtk_widget_add_controller (row, keys);

  if (editor->field->unit != NULL)
    {
      GtkWidget *unit = gtk_label_new (_(editor->field->unit));

      gtk_widget_add_css_class (unit, "dim-label");
      adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), unit);
    }

  return row;
}

static void
set_entry_read_only (CptFieldEditor *editor,
                     gboolean        read_only)
{
  gtk_editable_set_editable (GTK_EDITABLE (editor->row), !read_only);
}

const CptEditorType cpt_editor_entry = {
  .create = create_entry,
  .show = show_entry,
  .take = take_entry,
  .set_read_only = set_entry_read_only,
};
