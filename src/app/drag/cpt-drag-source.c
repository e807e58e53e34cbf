/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where records, and parts of a page, are picked up. */
#include "config.h"
#include "cpt-drag-source.h"

#include <string.h>

#include "cpt-dragged-content.h"

gboolean
cpt_drag_source_is_possible (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  return strcmp (G_OBJECT_TYPE_NAME (gtk_widget_get_display (widget)), "GdkBroadwayDisplay") != 0;
}

typedef struct
{
  CptDragFunc func;
  gpointer user_data;
  CptDragged *dragged; /* (owned) (nullable): of the drag that begins */
} Source;

static void
source_free (gpointer  data,
             GClosure *closure)
{
  Source *source = data;

  g_clear_pointer (&source->dragged, cpt_dragged_unref);
  g_free (source);
}

static GdkContentProvider *
prepare_cb (GtkDragSource *drag,
            double         x,
            double         y,
            Source        *source)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (drag));

  g_clear_pointer (&source->dragged, cpt_dragged_unref);
  source->dragged = source->func (widget, x, y, source->user_data);

  return source->dragged != NULL ? cpt_dragged_content_new (source->dragged) : NULL;
}

static void
drag_begin_cb (GtkDragSource *controller,
               GdkDrag       *drag,
               Source        *source)
{
  GtkWidget *icon = gtk_drag_icon_get_for_drag (drag);
  g_autofree char *text = source->dragged != NULL ? cpt_dragged_dup_label (source->dragged) : NULL;
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "dragged-records");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (icon), label);
}

void
cpt_drag_source_add (GtkWidget   *widget,
                     CptDragFunc  func,
                     gpointer     user_data)
{
  GtkDragSource *drag;
  Source *source;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (func != NULL);

  if (!cpt_drag_source_is_possible (widget))
    return;

  source = g_new0 (Source, 1);
  source->func = func;
  source->user_data = user_data;
  drag = gtk_drag_source_new ();
  gtk_drag_source_set_actions (drag, GDK_ACTION_COPY | GDK_ACTION_LINK);
  g_signal_connect_data (drag, "prepare", G_CALLBACK (prepare_cb), source, source_free, 0);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), source);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
}

/* It hangs from the pointer by the point at which it was picked up. */
static GdkContentProvider *
moving_prepared_cb (GtkDragSource *drag,
                    double         x,
                    double         y,
                    gpointer       type)
{
  GtkWidget *place = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (drag));
  GtkWidget *moved = gtk_widget_get_ancestor (place, GPOINTER_TO_SIZE (type));
  g_autoptr(GdkPaintable) picture = NULL;

  if (moved == NULL)
    return NULL;

  picture = gtk_widget_paintable_new (moved);
  gtk_widget_translate_coordinates (place, moved, x, y, &x, &y);
  gtk_drag_source_set_icon (drag, picture, (int) x, (int) y);

  return gdk_content_provider_new_typed (GPOINTER_TO_SIZE (type), moved);
}

void
cpt_drag_source_add_moving (GtkWidget *place,
                            GType      type)
{
  GtkDragSource *drag;

  g_return_if_fail (GTK_IS_WIDGET (place));

  if (!cpt_drag_source_is_possible (place))
    return;

  drag = gtk_drag_source_new ();
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_signal_connect (drag, "prepare", G_CALLBACK (moving_prepared_cb), GSIZE_TO_POINTER (type));
  gtk_widget_add_controller (place, GTK_EVENT_CONTROLLER (drag));
}

GtkWidget *
cpt_drag_handle_new (void)
{
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");

  gtk_widget_add_css_class (handle, "dim-label");

  return handle;
}
