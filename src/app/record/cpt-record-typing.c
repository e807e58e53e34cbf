/* SPDX-License-Identifier: GPL-3.0-or-later */

/* While a record is typed: others that look like it, and what is done with
 * them. */

#include "config.h"

#include "cpt-field-editor.h"
#include "cpt-record-twins.h"
#include "cpt-record-view-private.h"

CptRecord *
cpt_record_view_peek (CptRecordView *self)
{
  CptRecord *record = cpt_record_copy (self->record);

  for (guint i = 0; i < self->editors->len; i++)
    {
      CptFieldEditor *editor = g_ptr_array_index (self->editors, i);
      CptValue value = CPT_VALUE_INIT;

      cpt_field_editor_peek (editor, &value);
      cpt_record_take (record, cpt_field_editor_get_field (editor), value);
    }

  return record;
}

void
cpt_record_view_look_for_twins (CptRecordView *self)
{
  g_autoptr(CptRecord) record = NULL;

  if (self->record == NULL)
    return;
  /* Nothing can be merged with what is in the trash. */
  if (self->record->in_trash)
    {
      cpt_record_twins_look (CPT_RECORD_TWINS (self->twins), NULL);
      return;
    }

  record = cpt_record_view_peek (self);
  cpt_record_twins_look (CPT_RECORD_TWINS (self->twins), record);
}

static void
twin_opened_cb (CptRecordView *self,
                const char    *id)
{
  CptUuid uuid;

  if (!cpt_uuid_parse (id, &uuid))
    return;

  self->is_visiting = self->is_draft;
  cpt_window_open_record (cpt_view_get_window (CPT_VIEW (self)), self->entity, &uuid);
  self->is_visiting = FALSE;
}

/* The record that was there first is kept, until the person says otherwise. */
void
cpt_record_view_merge_with_twin (CptRecordView *self)
{
  CptUuid ids[2] = { self->twin, self->id };

  self->twin = (CptUuid){ 0 };
  cpt_window_open_merge (cpt_view_get_window (CPT_VIEW (self)), self->entity, ids, G_N_ELEMENTS (ids));
}

static void
twin_merged_cb (CptRecordView *self,
                const char    *id)
{
  if (!cpt_uuid_parse (id, &self->twin))
    return;

  /* Only what is stored can be merged. */
  if (self->is_draft)
    gtk_widget_activate_action (GTK_WIDGET (self), "record.create", NULL);
  else
    cpt_record_view_merge_with_twin (self);
}

/* Below what is typed, which stays where it is when something is found. */
GtkWidget *
cpt_record_view_create_twins (CptRecordView *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->twins = cpt_record_twins_new (cpt_view_get_window (CPT_VIEW (self)));
  g_signal_connect_object (self->twins, "open", G_CALLBACK (twin_opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->twins, "merge", G_CALLBACK (twin_merged_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (self->twins, "record-twins");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), CPT_RECORD_VIEW_MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->twins);
  g_object_bind_property (self->twins, "visible", clamp, "visible", G_BINDING_SYNC_CREATE);

  return clamp;
}
