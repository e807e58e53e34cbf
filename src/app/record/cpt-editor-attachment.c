/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A file in a field, such as a logo: seen as it is, chosen from the machine, taken
 * away. Its content is kept by the writer before the field says that it has it.
 */

#include "config.h"

#include "cpt-field-editor-private.h"

#include <glib/gi18n.h>

#include "cpt-attachment.h"
#include "cpt-file-preview.h"

#define PICTURE 48 /* pixels */

/* Parts: the picture, the button that clears, the one that chooses */
enum
{
  PART_PICTURE,
  PART_CLEAR,
  PART_CHOOSE,
};

static void
update_buttons (CptFieldEditor *editor)
{
  gboolean is_set = !cpt_value_is_null (&editor->value);

  gtk_widget_set_visible (g_ptr_array_index (editor->parts, PART_CLEAR), is_set && !editor->is_read_only);
  gtk_widget_set_visible (g_ptr_array_index (editor->parts, PART_CHOOSE), !editor->is_read_only);
}

static void
show_attachment (CptFieldEditor *editor)
{
  g_autofree char *line = cpt_field_format_local (editor->field, &editor->value, NULL);
  g_autoptr(CptAttachment) attachment = cpt_attachment_from_value (&editor->value);
  GtkImage *picture = g_ptr_array_index (editor->parts, PART_PICTURE);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (editor->row), *line != '\0' ? line : C_("attachment", "None"));
  gtk_image_set_from_icon_name (picture, "image-x-generic-symbolic");
  gtk_image_set_pixel_size (picture, -1);
  /* With the box that it is in, which would leave a gap */
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (picture)), attachment != NULL);
  g_clear_pointer (&editor->previews, cpt_file_previews_free);
  if (attachment != NULL)
    {
      editor->previews = cpt_file_previews_new (editor->store);
      cpt_file_previews_show (editor->previews, attachment, PICTURE, picture, NULL);
    }
  update_buttons (editor);
}

static void
attachment_cleared_cb (CptFieldEditor *editor)
{
  CptValue value = CPT_VALUE_INIT;

  cpt_field_editor_commit (editor, &value);
}

static void
value_free (gpointer pointer)
{
  cpt_value_clear (pointer);
  g_free (pointer);
}

/* What the field is to say; by the writer */
static gpointer
keep_in_worker (CptDatabase   *database,
                gpointer       user_data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(CptAttachmentFile) file =
    cpt_attachment_file_read (user_data, cpt_attachment_get_limit (database), cancellable, error);
  CptValue *value;

  if (file == NULL)
    return NULL;

  value = g_new0 (CptValue, 1);
  if (cpt_attachment_keep (database, file, value, error))
    return value;
  value_free (value);

  return NULL;
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(CptFieldEditor) editor = CPT_FIELD_EDITOR (user_data);
  g_autoptr(GError) error = NULL;
  CptValue *value = cpt_store_finish (CPT_STORE (source), result, &error);

  /* The page may be gone. */
  if (editor->row != NULL)
    {
      gtk_widget_set_sensitive (g_ptr_array_index (editor->parts, PART_CHOOSE), TRUE);
      if (value != NULL)
        cpt_field_editor_commit (editor, value);
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        cpt_field_editor_set_error (editor, error->message);
    }
  g_clear_pointer (&value, value_free);
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           CptFieldEditor  *editor)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && editor->row != NULL)
    {
      gtk_widget_set_sensitive (g_ptr_array_index (editor->parts, PART_CHOOSE), FALSE);
      cpt_store_work_async (editor->store, keep_in_worker, g_object_ref (file), g_object_unref, value_free,
                            editor->cancellable, kept_cb, g_object_ref (editor));
    }
  g_object_unref (dialog);
}

static void
add_filters (GtkFileChooser *chooser)
{
  g_autoptr(GtkFileFilter) pictures = gtk_file_filter_new ();
  g_autoptr(GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (pictures, _("Pictures"));
  gtk_file_filter_add_mime_type (pictures, "image/*");
  gtk_file_chooser_add_filter (chooser, pictures);
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, all);
}

static void
choose_clicked_cb (CptFieldEditor *editor)
{
  GtkRoot *root = gtk_widget_get_root (editor->row);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (cpt_field_get_label (editor->field), GTK_WINDOW (root),
                                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Choose"), NULL);

  add_filters (GTK_FILE_CHOOSER (chooser));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), editor, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static GtkWidget *
create_attachment (CptFieldEditor *editor)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *picture = gtk_image_new ();
  GtkWidget *clear = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  GtkWidget *choose = gtk_button_new_with_mnemonic (_("C_hoose…"));

  gtk_widget_set_valign (clear, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (clear, "flat");
  gtk_widget_set_tooltip_text (clear, _("Remove the file"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (clear), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Remove the file"), -1);
  g_signal_connect_object (clear, "clicked", G_CALLBACK (attachment_cleared_cb), editor, G_CONNECT_SWAPPED);
  gtk_widget_set_valign (choose, GTK_ALIGN_CENTER);
  g_signal_connect_object (choose, "clicked", G_CALLBACK (choose_clicked_cb), editor, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (row, "property");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), picture);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), clear);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choose);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), choose);

  editor->parts = g_ptr_array_new ();
  g_ptr_array_add (editor->parts, picture);
  g_ptr_array_add (editor->parts, clear);
  g_ptr_array_add (editor->parts, choose);

  return row;
}

static void
set_attachment_read_only (CptFieldEditor *editor,
                          gboolean        read_only)
{
  update_buttons (editor);
}

const CptEditorType cpt_editor_attachment = {
  .create = create_attachment,
  .show = show_attachment,
  .set_read_only = set_attachment_read_only,
};
