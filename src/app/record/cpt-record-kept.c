/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A record that goes to the trash while its page is open, because it was merged
 * with another one elsewhere, say. What is typed can't be saved any more: it
 * stays where it is, marked, until the person lets go of it, and the record that
 * was kept is one click away. */

#include "config.h"

#include <glib/gi18n.h>

#include "cpt-field-editor.h"
#include "cpt-record-twins.h"
#include "cpt-record-view-private.h"

static void
open_clicked_cb (CptRecordView *self)
{
  /* What is typed stays below, to be copied from. */
  self->is_visiting = TRUE;
  cpt_window_open_record (cpt_view_get_window (CPT_VIEW (self)), self->entity, &self->kept_id);
  self->is_visiting = FALSE;
}

GtkWidget *
cpt_record_view_create_kept (CptRecordView *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *button = gtk_button_new_with_label (_("Open"));

  self->kept = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->kept), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self->kept), 3);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (open_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->kept), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->kept), button);

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_add_css_class (list, "record-kept");
  gtk_list_box_append (GTK_LIST_BOX (list), self->kept);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), CPT_RECORD_VIEW_MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), list);
  gtk_widget_set_visible (self->kept, FALSE);
  g_object_bind_property (self->kept, "visible", clamp, "visible", G_BINDING_SYNC_CREATE);

  return clamp;
}

void
cpt_record_view_show_kept (CptRecordView       *self,
                           const CptRecordData *data)
{
  g_autofree char *title = NULL;

  self->kept_id = data->kept;
  gtk_widget_set_visible (self->kept, data->kept_title != NULL);
  if (data->kept_title == NULL)
    return;

  /* Translators: above the fields of a record in the trash; %s is the title of the record that was kept */
  title = g_strdup_printf (_("Merged into “%s”"), data->kept_title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->kept), title);
}

CptFieldEditor *
cpt_record_view_find_stranded (CptRecordView *self)
{
  for (guint i = 0; self->record->in_trash && i < self->editors->len; i++)
    {
      CptFieldEditor *editor = g_ptr_array_index (self->editors, i);

      if (cpt_field_editor_holds_text (editor))
        return editor;
    }

  return NULL;
}

void
cpt_record_view_mark_stranded (CptRecordView *self)
{
  const char *message = self->record->in_trash ? _("not saved, the record is in the trash") : NULL;

  for (guint i = 0; i < self->editors->len; i++)
    {
      CptFieldEditor *editor = g_ptr_array_index (self->editors, i);

      if (cpt_field_editor_holds_text (editor))
        cpt_field_editor_set_error (editor, message);
    }
  if (self->record->in_trash)
    cpt_record_twins_look (CPT_RECORD_TWINS (self->twins), NULL);
}
