/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The pages of a dashboard: one at a time is shown, as a dashboard of its own that
 * is put back when it is stored. Tabs stand above the filters, which are those of
 * all pages, as soon as there is a second page.
 */

#include "config.h"

#include "cpt-dashboard-view-private.h"

#include <glib/gi18n.h>

#include "cpt-name-dialog.h"

#define MAX_TITLE_CHARS 80

GMenuModel *
cpt_dashboard_view_create_page_menu (void)
{
  GMenu *pages = g_menu_new ();

  g_menu_append (pages, _("_Add a Page…"), "dashboard.add-page");
  g_menu_append (pages, _("_Rename Page…"), "dashboard.rename-page");
  g_menu_append (pages, _("Move Page to the _Left"), "dashboard.page-earlier");
  g_menu_append (pages, _("Move Page to the Ri_ght"), "dashboard.page-later");
  g_menu_append (pages, _("_Delete Page"), "dashboard.remove-page");

  return G_MENU_MODEL (pages);
}

/* -------------------------------------------------------------------- showing */

static void
tab_toggled_cb (GtkToggleButton  *button,
                CptDashboardView *self)
{
  guint page = 0;

  if (self->is_showing || !gtk_toggle_button_get_active (button))
    return;

  for (GtkWidget *before = gtk_widget_get_prev_sibling (GTK_WIDGET (button)); before != NULL;
       before = gtk_widget_get_prev_sibling (before))
    page++;
  cpt_dashboard_view_show_page (self, page);
}

/* Of the page that it belongs to, which is shown first */
static void
popup_menu (CptDashboardView *self,
            GtkWidget        *tab)
{
  g_autoptr(GMenuModel) menu = cpt_dashboard_view_create_page_menu ();
  graphene_rect_t bounds;

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tab), TRUE);
  if (!gtk_widget_compute_bounds (tab, self->tabs, &bounds))
    return;

  g_clear_pointer (&self->tab_menu, gtk_widget_unparent);
  self->tab_menu = gtk_popover_menu_new_from_model (menu);
  gtk_widget_set_parent (self->tab_menu, self->strip);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->tab_menu),
                               &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                                                (int) bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (self->tab_menu));
}

static void
tab_pressed_cb (GtkGestureClick  *gesture,
                int               n_press,
                double            x,
                double            y,
                CptDashboardView *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu (self, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
}

static gboolean
tab_key_cb (GtkEventControllerKey *controller,
            guint                  key,
            guint                  code,
            GdkModifierType        modifiers,
            CptDashboardView      *self)
{
  if (key != GDK_KEY_Menu && (key != GDK_KEY_F10 || (modifiers & GDK_SHIFT_MASK) == 0))
    return GDK_EVENT_PROPAGATE;

  popup_menu (self, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)));

  return GDK_EVENT_STOP;
}

static void
add_tab_controllers (CptDashboardView *self,
                     GtkWidget        *tab)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (tab_pressed_cb), self, 0);
  gtk_widget_add_controller (tab, GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (tab_key_cb), self, 0);
  gtk_widget_add_controller (tab, keys);
}

static void
create_tabs (CptDashboardView *self,
             guint             n)
{
  GtkToggleButton *first = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->tabs)) != NULL)
    gtk_box_remove (GTK_BOX (self->tabs), child);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *tab = gtk_toggle_button_new ();

      gtk_widget_add_css_class (tab, "flat");
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tab), first);
      if (first == NULL)
        first = GTK_TOGGLE_BUTTON (tab);
      g_signal_connect_object (tab, "toggled", G_CALLBACK (tab_toggled_cb), self, 0);
      add_tab_controllers (self, tab);
      gtk_box_append (GTK_BOX (self->tabs), tab);
    }
  self->n_tabs = n;
}

/* Tabs stay while there are as many: one of them may have the keyboard, which goes along with the page. */
static void
show_tabs (CptDashboardView *self)
{
  guint n = cpt_dashboard_get_n_pages (self->whole);
  GtkRoot *root = gtk_widget_get_root (self->tabs);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean has_focus = focus != NULL && gtk_widget_is_ancestor (focus, self->tabs);
  GtkWidget *tab;

  self->is_showing = TRUE;
  if (self->n_tabs != n)
    create_tabs (self, n);
  tab = gtk_widget_get_first_child (self->tabs);
  for (guint i = 0; i < n; i++, tab = gtk_widget_get_next_sibling (tab))
    {
      g_autofree char *title = cpt_dashboard_dup_page_title (self->whole, i);

      gtk_button_set_label (GTK_BUTTON (tab), title);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tab), i == self->page);
      if (has_focus && i == self->page)
        gtk_widget_grab_focus (tab);
    }
  gtk_widget_set_visible (self->strip, n > 1);
  self->is_showing = FALSE;
}

void
cpt_dashboard_view_update_pages (CptDashboardView *self)
{
  guint n = self->whole != NULL ? cpt_dashboard_get_n_pages (self->whole) : 0;
  gboolean editable = n > 0 && !cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self)));
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "dashboard.add-page", editable && n < CPT_DASHBOARD_MAX_PAGES);
  gtk_widget_action_set_enabled (widget, "dashboard.rename-page", editable);
  gtk_widget_action_set_enabled (widget, "dashboard.page-earlier", editable && self->page > 0);
  gtk_widget_action_set_enabled (widget, "dashboard.page-later", editable && self->page + 1 < n);
  gtk_widget_action_set_enabled (widget, "dashboard.remove-page", editable && n > 1);
}

/* Takes @whole (nullable) */
void
cpt_dashboard_view_take (CptDashboardView *self,
                         CptDashboard     *whole)
{
  guint n = whole != NULL ? cpt_dashboard_get_n_pages (whole) : 0;

  g_clear_pointer (&self->whole, cpt_dashboard_free);
  g_clear_pointer (&self->dashboard, cpt_dashboard_free);
  self->whole = whole;
  if (self->next_page >= 0 && (guint) self->next_page < n)
    self->page = (guint) self->next_page;
  self->next_page = -1;
  self->page = n > 0 ? MIN (self->page, n - 1) : 0;
  if (whole != NULL)
    {
      self->dashboard = cpt_dashboard_dup_page (whole, self->page);
      show_tabs (self);
    }
  cpt_dashboard_view_update_pages (self);
}

void
cpt_dashboard_view_show_page (CptDashboardView *self,
                              guint             page)
{
  if (self->whole == NULL || page >= cpt_dashboard_get_n_pages (self->whole))
    return;

  if (page != self->page)
    cpt_dashboard_view_scroll_up (self);
  self->next_page = (int) page;
  cpt_dashboard_view_take (self, g_steal_pointer (&self->whole));
  cpt_dashboard_view_show_again (self);
}

CptDashboard *
cpt_dashboard_view_dup_whole (CptDashboardView   *self,
                              const CptDashboard *page)
{
  CptDashboard *whole = cpt_dashboard_copy (self->whole);

  cpt_dashboard_set_page (whole, self->page, page);
  g_clear_pointer (&whole->filters, json_node_unref);
  whole->filters = page->filters != NULL ? json_node_ref (page->filters) : NULL;

  return whole;
}

/* ------------------------------------------------------------------- changing */

static void
added_cb (CptDashboardView *self,
          const char       *title)
{
  g_autoptr(CptDashboard) changed = NULL;

  if (self->whole == NULL)
    return;

  changed = cpt_dashboard_copy (self->shared);
  if (!cpt_dashboard_add_page (changed, title))
    return;

  self->next_page = (int) cpt_dashboard_get_n_pages (changed) - 1;
  cpt_dashboard_view_scroll_up (self);
  cpt_dashboard_view_save_shared (self, changed, _("Page added"));
}

/* The one that is shown: nothing else can be while it is asked. */
static void
renamed_cb (CptDashboardView *self,
            const char       *title)
{
  g_autoptr(CptDashboard) changed = NULL;

  if (self->whole == NULL || self->page >= cpt_dashboard_get_n_pages (self->shared))
    return;

  changed = cpt_dashboard_copy (self->shared);
  cpt_dashboard_set_page_title (changed, self->page, title);
  cpt_dashboard_view_save_shared (self, changed, _("Page renamed"));
}

static void
ask_title (CptDashboardView *self,
           gboolean          is_new)
{
  const CptDashboardPage *page = g_ptr_array_index (self->whole->pages, self->page);
  const CptNameWording wording = {
    .heading = is_new ? _("Add a Page") : _("Rename Page"),
    .label = _("Title of the page"),
    .verb = is_new ? _("_Add") : _("_Save"),
    .max_chars = MAX_TITLE_CHARS,
    .may_be_empty = TRUE,
  };

  g_signal_connect_object (cpt_name_dialog_present (GTK_WINDOW (cpt_view_get_window (CPT_VIEW (self))), &wording,
                                                    is_new ? NULL : page->title),
                           "named", is_new ? G_CALLBACK (added_cb) : G_CALLBACK (renamed_cb), self, G_CONNECT_SWAPPED);
}

void
cpt_dashboard_view_move_page (CptDashboardView *self,
                              guint             page,
                              guint             position)
{
  g_autoptr(CptDashboard) changed = cpt_dashboard_copy (self->shared);
  g_autofree char *title = NULL;
  g_autofree char *toast = NULL;

  if (!cpt_dashboard_move_page (changed, page, position))
    {
      show_tabs (self);
      return;
    }

  title = cpt_dashboard_dup_page_title (changed, position);
  /* Translators: the title of a page of a dashboard; where it is now, and how many there are */
  toast = g_strdup_printf (_("Page “%s” moved to %u of %u"), title, position + 1, cpt_dashboard_get_n_pages (changed));
  self->next_page = (int) position;
  cpt_dashboard_view_save_shared (self, changed, toast);
}

static void
remove_page (CptDashboardView *self)
{
  g_autoptr(CptDashboard) changed = cpt_dashboard_copy (self->shared);

  if (cpt_dashboard_remove_page (changed, self->page))
    cpt_dashboard_view_save_shared (self, changed, _("Page deleted"));
}

static void
turn (CptDashboardView *self,
      int               step)
{
  guint n = cpt_dashboard_get_n_pages (self->whole);

  cpt_dashboard_view_show_page (self, (self->page + n + (guint) step) % n);
}

void
cpt_dashboard_view_page_action (GtkWidget  *widget,
                                const char *action_name,
                                GVariant   *parameter)
{
  CptDashboardView *self = CPT_DASHBOARD_VIEW (widget);

  if (self->whole == NULL)
    return;

  if (g_str_equal (action_name, "dashboard.add-page"))
    ask_title (self, TRUE);
  else if (g_str_equal (action_name, "dashboard.rename-page"))
    ask_title (self, FALSE);
  else if (g_str_equal (action_name, "dashboard.page-earlier") && self->page > 0)
    cpt_dashboard_view_move_page (self, self->page, self->page - 1);
  else if (g_str_equal (action_name, "dashboard.page-later"))
    cpt_dashboard_view_move_page (self, self->page, self->page + 1);
  else if (g_str_equal (action_name, "dashboard.remove-page"))
    remove_page (self);
  else if (g_str_equal (action_name, "dashboard.next-page"))
    turn (self, 1);
  else if (g_str_equal (action_name, "dashboard.previous-page"))
    turn (self, -1);
}

void
cpt_dashboard_view_create_tabs (CptDashboardView *self)
{
  self->tabs = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->tabs), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Pages of the dashboard"), -1);
  cpt_dashboard_view_add_tab_drag (self);
  self->strip = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->strip), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->strip), self->tabs);
  gtk_widget_add_css_class (self->strip, "dashboard-tabs");
  gtk_widget_set_visible (self->strip, FALSE);
}
