/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The library of widgets beside a dashboard. What is ready is added at once; an
 * example of a kind is first made one's own in the editor. A click or Enter puts
 * it at the first free place, a drag where the pointer is.
 */

#include "config.h"

#include "cpt-dashboard-view-private.h"

#include <glib/gi18n.h>

#include "cpt-dashboard-grid.h"
#include "cpt-widget-editor.h"
#include "cpt-widget-library.h"

/* With less there is no room for both: the library lies over the dashboard, which waits until
 * something is chosen */
#define LEAST_BESIDE 680

/* Adding */

static void
close_library (CptDashboardView *self)
{
  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), FALSE);
}

static gboolean
is_narrow (CptDashboardView *self)
{
  return gtk_widget_get_width (self->flap) < LEAST_BESIDE;
}

/* Puts the widget @id of @changed where it was dropped */
static void
use_place (CptDashboardView *self,
           CptDashboard     *changed,
           const char       *id)
{
  if (self->has_place)
    cpt_dashboard_move_widget (changed, id, &self->place);
  self->has_place = FALSE;
  cpt_dashboard_view_save (self, changed, _("Widget added"));
}

static void
example_edited_cb (CptWidgetEditor  *editor,
                   CptDashboardView *self)
{
  g_autoptr(CptDashboard) changed = NULL;

  if (self->dashboard == NULL)
    return;

  changed = cpt_dashboard_copy (self->dashboard);
  cpt_widget_editor_apply (editor, changed);
  use_place (self, changed, self->new_id);
}

/* As it was chosen, under an identifier of its own */
static CptDashboard *
create_board (CptDashboardView *self,
              CptLibraryItem   *item,
              const char       *title)
{
  const CptWidget *widget = cpt_library_item_get_widget (item);
  CptDashboard *board = cpt_dashboard_new ("");

  g_free (self->new_id);
  self->new_id = g_uuid_string_random ();
  cpt_dashboard_add_widget (board, self->new_id, widget->kind, title, widget->query, widget->options, NULL);

  return board;
}

static void
edit_example (CptDashboardView *self,
              CptLibraryItem   *item)
{
  g_autoptr(CptDashboard) board = create_board (self, item, "");
  CptWidgetEditor *editor = cpt_widget_editor_new (cpt_view_get_window (CPT_VIEW (self)), self->metrics,
                                                   cpt_dashboard_get_widget (board, 0), NULL);

  gtk_window_set_title (GTK_WINDOW (editor), _("New Widget"));
  g_signal_connect_object (editor, "edited", G_CALLBACK (example_edited_cb), self, 0);
  gtk_window_present (GTK_WINDOW (editor));
}

static void
add_item (CptDashboardView *self,
          CptLibraryItem   *item)
{
  const CptWidget *widget = cpt_library_item_get_widget (item);
  g_autoptr(CptDashboard) changed = NULL;

  if (is_narrow (self))
    close_library (self);
  if (cpt_library_item_is_example (item))
    {
      edit_example (self, item);
      return;
    }

  changed = cpt_dashboard_copy (self->dashboard);
  g_free (self->new_id);
  self->new_id = g_uuid_string_random ();
  cpt_dashboard_add_widget (changed, self->new_id, widget->kind, widget->title, widget->query, widget->options, NULL);
  use_place (self, changed, self->new_id);
}

static void
chosen_cb (CptDashboardView *self,
           CptLibraryItem   *item)
{
  self->has_place = FALSE;
  if (self->dashboard != NULL)
    add_item (self, item);
}

/* Dropping */

static void
hide_outline (CptDashboardView *self)
{
  gtk_widget_set_visible (self->outline, FALSE);
}

static void
show_outline (CptDashboardView      *self,
              const graphene_rect_t *shown)
{
  double x, y;

  gtk_widget_translate_coordinates (self->grid, self->stack, shown->origin.x, shown->origin.y, &x, &y);
  gtk_widget_set_margin_start (self->outline, (int) MAX (x, 0));
  gtk_widget_set_margin_top (self->outline, (int) MAX (y, 0));
  gtk_widget_set_size_request (self->outline, (int) shown->size.width, (int) shown->size.height);
  gtk_widget_set_visible (self->outline, TRUE);
}

/* Where a widget of that item goes when it is dropped at @x, @y of the stack */
static gboolean
find_place (CptDashboardView *self,
            CptLibraryItem   *item,
            double            x,
            double            y)
{
  const CptGridRect *size = &cpt_library_item_get_widget (item)->item.rect;
  graphene_rect_t shown;
  double grid_x, grid_y;

  self->place = *size;
  self->has_place = gtk_widget_translate_coordinates (self->stack, self->grid, x, y, &grid_x, &grid_y) &&
                    gtk_widget_get_mapped (self->grid) &&
                    cpt_dashboard_grid_find_place (CPT_DASHBOARD_GRID (self->grid), grid_x, grid_y, &self->place, &shown);
  if (self->has_place)
    show_outline (self, &shown);
  else
    hide_outline (self);

  return self->has_place;
}

static GdkDragAction
drop_motion_cb (CptDashboardView *self,
                double            x,
                double            y,
                GtkDropTarget    *target)
{
  const GValue *value = gtk_drop_target_get_value (target);

  if (self->dashboard == NULL || cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self))))
    return 0;
  if (value != NULL && G_VALUE_HOLDS (value, CPT_TYPE_LIBRARY_ITEM))
    find_place (self, g_value_get_object (value), x, y);

  return GDK_ACTION_COPY;
}

static gboolean
drop_cb (CptDashboardView *self,
         const GValue     *value,
         double            x,
         double            y)
{
  hide_outline (self);
  if (self->dashboard == NULL || !G_VALUE_HOLDS (value, CPT_TYPE_LIBRARY_ITEM))
    return FALSE;

  find_place (self, g_value_get_object (value), x, y);
  hide_outline (self);
  add_item (self, g_value_get_object (value));

  return TRUE;
}

/* Opening */

/* Beside the dashboard, or over it */
static void
fit_library (CptDashboardView *self)
{
  gboolean is_over = is_narrow (self);

  adw_flap_set_fold_policy (ADW_FLAP (self->flap), is_over ? ADW_FLAP_FOLD_POLICY_ALWAYS : ADW_FLAP_FOLD_POLICY_NEVER);
  adw_flap_set_modal (ADW_FLAP (self->flap), is_over);
}

static gboolean
fit_cb (GtkWidget     *widget,
        GdkFrameClock *clock,
        gpointer       data)
{
  CptDashboardView *self = CPT_DASHBOARD_VIEW (widget);

  if (adw_flap_get_reveal_flap (ADW_FLAP (self->flap)))
    fit_library (self);

  return G_SOURCE_REMOVE;
}

/* The width is another one: what is being laid out is changed before the next frame, not now */
static void
resized_cb (CptDashboardView *self)
{
  if (self->flap != NULL && adw_flap_get_reveal_flap (ADW_FLAP (self->flap)))
    gtk_widget_add_tick_callback (GTK_WIDGET (self), fit_cb, NULL, NULL);
}

static void
revealed_cb (CptDashboardView *self)
{
  gboolean is_open = adw_flap_get_reveal_flap (ADW_FLAP (self->flap));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->add), is_open);
  if (!is_open)
    {
      cpt_widget_library_stop (CPT_WIDGET_LIBRARY (self->library));
      gtk_widget_grab_focus (self->add);
      return;
    }

  gtk_widget_set_visible (self->library, TRUE);
  fit_library (self);
  cpt_widget_library_open (CPT_WIDGET_LIBRARY (self->library), self->metrics);
}

/* What is out of sight is not to be walked into */
static void
progress_cb (CptDashboardView *self)
{
  if (!adw_flap_get_reveal_flap (ADW_FLAP (self->flap)) && adw_flap_get_reveal_progress (ADW_FLAP (self->flap)) <= 0)
    gtk_widget_set_visible (self->library, FALSE);
}

static void
toggled_cb (CptDashboardView *self)
{
  gboolean is_open = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->add));

  if (is_open != adw_flap_get_reveal_flap (ADW_FLAP (self->flap)))
    adw_flap_set_reveal_flap (ADW_FLAP (self->flap), is_open);
}

/* Nothing to be seen: it tells when the room there is changes, which widgets themselves do not */
static GtkWidget *
create_measure (CptDashboardView *self)
{
  GtkWidget *area = gtk_drawing_area_new ();

  gtk_widget_set_can_target (area, FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  g_signal_connect_object (area, "resize", G_CALLBACK (resized_cb), self, G_CONNECT_SWAPPED);

  return area;
}

static GtkWidget *
create_stage (CptDashboardView *self)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkDropTarget *target = gtk_drop_target_new (CPT_TYPE_LIBRARY_ITEM, GDK_ACTION_COPY);

  self->outline = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->outline, "drop-place");
  gtk_widget_set_halign (self->outline, GTK_ALIGN_START);
  gtk_widget_set_valign (self->outline, GTK_ALIGN_START);
  gtk_widget_set_can_target (self->outline, FALSE);
  gtk_widget_set_visible (self->outline, FALSE);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->stack);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->outline);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), create_measure (self));
  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect_object (target, "motion", G_CALLBACK (drop_motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "leave", G_CALLBACK (hide_outline), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->stack, GTK_EVENT_CONTROLLER (target));

  return overlay;
}

void
cpt_dashboard_view_create_add (CptDashboardView *self)
{
  self->add = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->add), "list-add-symbolic");
  gtk_widget_set_tooltip_text (self->add, _("Add a widget"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add a widget"), -1);
  g_signal_connect_object (self->add, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cpt_dashboard_view_create_flap (CptDashboardView *self,
                                GtkWidget        *box)
{
  GtkWidget *stage = create_stage (self);

  gtk_box_append (GTK_BOX (box), stage);
  self->library = cpt_widget_library_new (cpt_view_get_store (CPT_VIEW (self)));
  g_signal_connect_object (self->library, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->library, "closed", G_CALLBACK (close_library), self, G_CONNECT_SWAPPED);
  self->flap = adw_flap_new ();
  adw_flap_set_flap_position (ADW_FLAP (self->flap), GTK_PACK_END);
  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), FALSE);
  adw_flap_set_fold_policy (ADW_FLAP (self->flap), ADW_FLAP_FOLD_POLICY_ALWAYS);
  /* What is open stays open when there is less room */
  adw_flap_set_locked (ADW_FLAP (self->flap), TRUE);
  adw_flap_set_swipe_to_open (ADW_FLAP (self->flap), FALSE);
  adw_flap_set_swipe_to_close (ADW_FLAP (self->flap), FALSE);
  adw_flap_set_flap (ADW_FLAP (self->flap), self->library);
  adw_flap_set_separator (ADW_FLAP (self->flap), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_flap_set_content (ADW_FLAP (self->flap), box);
  gtk_widget_set_visible (self->library, FALSE);
  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (revealed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flap, "notify::reveal-progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);

  return self->flap;
}
