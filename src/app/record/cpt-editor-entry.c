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
is_entry_typing (CptFieldEditor *editor)
{
  g_autofree char *shown = cpt_field_format_local (editor->field, &editor->value, cpt_store_get_zone (editor->store));

  return !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (editor->row)), shown);
}

/* Untouched text is not read again: what is shown may be rounded. */
static gboolean
take_entry (CptFieldEditor *editor)
{
  if (!is_entry_typing (editor))
    {
      cpt_field_editor_set_error (editor, NULL);
      return TRUE;
    }

  return cpt_field_editor_take_text (editor, gtk_editable_get_text (GTK_EDITABLE (editor->row)));
}

/* Whether the keyboard has only gone to another window, and comes back here */
static gboolean
keeps_focus (CptFieldEditor *editor)
{
  GtkRoot *root = gtk_widget_get_root (editor->row);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, editor->row);
}

/* What is as it was says still why it was refused. */
static void
focus_left_cb (GtkEventControllerFocus *controller,
               CptFieldEditor          *editor)
{
  if (editor->is_showing || editor->is_read_only || (!is_entry_typing (editor) && keeps_focus (editor)))
    return;

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

  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), choose_purpose (editor->field->kind));
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), editor, 0);
  g_signal_connect_object (row, "changed", G_CALLBACK (cpt_field_editor_announce_typing), editor, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (entry_activated_cb), editor, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (row, focus);
  cpt_field_editor_add_escape (editor, row);

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
  .is_typing = is_entry_typing,
};
