/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record at the cursor beside the list: Space shows it, and Space or Escape
 * take it away. The keyboard stays with the list. Where there is no room the
 * record is opened. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-list-view-private.h"
#include "cpt-record-peek.h"

#define WIDTH 340

static gboolean
is_shown (CptListView *self)
{
  return gtk_widget_get_visible (self->peek_box);
}

void
cpt_list_view_update_peek (CptListView *self,
                           gboolean     reload)
{
  guint cursor = cpt_data_grid_get_cursor (self->grid);
  gboolean has_record;
  CptUuid id;

  if (!is_shown (self))
    return;

  /* What is not read yet is told when it is. */
  has_record = cursor != CPT_DATA_GRID_NONE && cpt_query_model_get_id (self->model, cursor, &id);
  cpt_record_peek_show (CPT_RECORD_PEEK (self->peek), has_record ? &id : NULL);
  if (reload)
    cpt_record_peek_reload (CPT_RECORD_PEEK (self->peek));
}

static void
cursor_moved_cb (CptListView *self)
{
  cpt_list_view_update_peek (self, FALSE);
}

void
cpt_list_view_close_peek (CptListView *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (self->peek_box);

  if (!is_shown (self))
    return;

  gtk_widget_set_visible (self->peek_box, FALSE);
  if (focus != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
open_peek (CptListView *self)
{
  if (cpt_view_is_narrow (CPT_VIEW (self)))
    {
      g_signal_emit_by_name (self->grid, "activated", cpt_data_grid_get_cursor (self->grid));
      return;
    }

  if (self->peek == NULL)
    {
      self->peek = cpt_record_peek_new (cpt_view_get_window (CPT_VIEW (self)), self->schema, self->entity);
      gtk_widget_set_size_request (self->peek, WIDTH, -1);
      gtk_box_append (GTK_BOX (self->peek_box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
      gtk_box_append (GTK_BOX (self->peek_box), self->peek);
    }
  gtk_widget_set_visible (self->peek_box, TRUE);
  cpt_list_view_update_peek (self, FALSE);
}

/* Before the grid gets it */
static gboolean
key_pressed_cb (CptListView     *self,
                guint            key,
                guint            code,
                GdkModifierType  modifiers)
{
  gboolean is_plain = (modifiers & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK)) == 0;

  if (!is_plain || !gtk_widget_has_focus (GTK_WIDGET (self->grid)))
    return GDK_EVENT_PROPAGATE;

  if (key == GDK_KEY_space && is_shown (self))
    cpt_list_view_close_peek (self);
  else if (key == GDK_KEY_space)
    open_peek (self);
  else if (key == GDK_KEY_Escape && is_shown (self))
    cpt_list_view_close_peek (self);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static gboolean
escape_cb (CptListView     *self,
           guint            key,
           guint            code,
           GdkModifierType  modifiers)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;

  cpt_list_view_close_peek (self);

  return GDK_EVENT_STOP;
}

GtkWidget *
cpt_list_view_create_peek (CptListView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *escape = gtk_event_controller_key_new ();

  self->peek_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_visible (self->peek_box, FALSE);
  g_signal_connect_object (escape, "key-pressed", G_CALLBACK (escape_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->peek_box, escape);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), keys);
  g_signal_connect_object (self->grid, "cursor-moved", G_CALLBACK (cursor_moved_cb), self, G_CONNECT_SWAPPED);

  return self->peek_box;
}
