/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of a workspace: a page for each thing that can be arranged,
 * chosen in the header bar or, where there is little room, at the bottom: side by
 * side, or out of a list where their titles would be cut. */
#include "config.h"

#include "cpt-settings-view.h"

#include <glib/gi18n-lib.h>

#include "cpt-alerts-page.h"
#include "cpt-fields-page.h"
#include "cpt-files-page.h"
#include "cpt-goals-page.h"
#include "cpt-layout-page.h"
#include "cpt-metrics-page.h"
#include "cpt-outbox-page.h"
#include "cpt-pipelines-page.h"
#include "cpt-rules-page.h"

struct _CptSettingsView
{
  CptView parent_instance;

  /* Borrowed from GTK */
  AdwViewStack *stack;
  GtkWidget *chooser; /* the one at the bottom */
};

G_DEFINE_FINAL_TYPE (CptSettingsView, cpt_settings_view, CPT_TYPE_VIEW)

static const struct
{
  const char *name;
  const char *title;
  const char *icon;
  GType (*get_type) (void);
} pages[] = {
  { "pipelines", NC_("settings", "Pipelines"), "cpt-pipeline-symbolic", cpt_pipelines_page_get_type },
  { "fields", NC_("settings", "Fields"), "document-edit-symbolic", cpt_fields_page_get_type },
  { "layout", NC_("settings", "Layout"), "view-list-symbolic", cpt_layout_page_get_type },
  { "rules", NC_("settings", "Rules"), "emblem-ok-symbolic", cpt_rules_page_get_type },
  { "metrics", NC_("settings", "Metrics"), "cpt-chart-number-symbolic", cpt_metrics_page_get_type },
  { "alerts", NC_("settings", "Alerts"), "dialog-warning-symbolic", cpt_alerts_page_get_type },
  { "goals", NC_("settings", "Goals"), "cpt-goal-symbolic", cpt_goals_page_get_type },
  { "outbox", NC_("settings", "Automation"), "emblem-synchronizing-symbolic", cpt_outbox_page_get_type },
  { "files", NC_("settings", "Files"), "text-x-generic-symbolic", cpt_files_page_get_type },
};

static CptSettingsPage *
get_page (CptSettingsView *self,
          guint            index)
{
  return CPT_SETTINGS_PAGE (adw_view_stack_get_child_by_name (self->stack, pages[index].name));
}

static void
cpt_settings_view_changed (CptView      *view,
                           CptChangeSet *set)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    cpt_settings_page_changed (get_page (CPT_SETTINGS_VIEW (view), i), set);
}

/* The same page, with the keyboard where it was */
static CptView *
cpt_settings_view_renew (CptView *view)
{
  CptSettingsView *self = CPT_SETTINGS_VIEW (view);
  CptSettingsView *other = CPT_SETTINGS_VIEW (cpt_settings_view_new (cpt_view_get_window (view)));

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    cpt_settings_page_take_over (get_page (other, i), get_page (self, i));
  adw_view_stack_set_visible_child_name (other->stack, adw_view_stack_get_visible_child_name (self->stack));

  return CPT_VIEW (other);
}

static void
show_chosen (CptSettingsView *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->stack);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (name, pages[i].name) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), i);
}

static void
chosen_cb (CptSettingsView *self)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser));

  if (chosen < G_N_ELEMENTS (pages))
    adw_view_stack_set_visible_child_name (self->stack, pages[chosen].name);
}

static GtkWidget *
create_bar (CptSettingsView *self)
{
  GtkWidget *bar = gtk_action_bar_new ();
  GtkWidget *squeezer = adw_squeezer_new ();
  GtkWidget *switcher = adw_view_switcher_new ();
  GtkStringList *titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    gtk_string_list_append (titles, g_dpgettext2 (NULL, "settings", pages[i].title));
  self->chooser = gtk_drop_down_new (G_LIST_MODEL (titles), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chooser), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Page of the settings"), -1);
  show_chosen (self);
  g_signal_connect_object (self->chooser, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_halign (self->chooser, GTK_ALIGN_CENTER);
  adw_view_switcher_set_stack (ADW_VIEW_SWITCHER (switcher), self->stack);
  adw_squeezer_set_switch_threshold_policy (ADW_SQUEEZER (squeezer), ADW_FOLD_THRESHOLD_POLICY_NATURAL);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), switcher);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), self->chooser);
  gtk_action_bar_set_center_widget (GTK_ACTION_BAR (bar), squeezer);

  return bar;
}

static void
page_chosen_cb (CptSettingsView *self)
{
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  if (window != NULL && adw_view_stack_get_visible_child_name (self->stack) != NULL)
    cpt_window_set_state (window, "settings-page", adw_view_stack_get_visible_child_name (self->stack));
  show_chosen (self);
}

static void
cpt_settings_view_class_init (CptSettingsViewClass *klass)
{
  CPT_VIEW_CLASS (klass)->changed = cpt_settings_view_changed;
  CPT_VIEW_CLASS (klass)->renew = cpt_settings_view_renew;
}

static void
cpt_settings_view_init (CptSettingsView *self)
{
}

static void
add_pages (CptSettingsView *self,
           CptWindow       *window)
{
  g_autofree char *seen = cpt_window_dup_state (window, "settings-page");

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      CptSettingsPage *page = g_object_new (pages[i].get_type (), NULL);

      cpt_settings_page_set_window (page, window);
      adw_view_stack_add_titled (self->stack, GTK_WIDGET (page), pages[i].name,
                                 g_dpgettext2 (NULL, "settings", pages[i].title));
      adw_view_stack_page_set_icon_name (adw_view_stack_get_page (self->stack, GTK_WIDGET (page)), pages[i].icon);
      cpt_settings_page_read (page);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (seen, pages[i].name) == 0)
      adw_view_stack_set_visible_child_name (self->stack, seen);
}

CptView *
cpt_settings_view_new (CptWindow *window)
{
  CptSettingsView *self;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = adw_view_switcher_title_new ();
  GtkWidget *bar;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);

  self = g_object_new (CPT_TYPE_SETTINGS_VIEW, "window", window, NULL);
  cpt_view_set_title (CPT_VIEW (self), _("Workspace Settings"));
  self->stack = ADW_VIEW_STACK (adw_view_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  adw_view_switcher_title_set_stack (ADW_VIEW_SWITCHER_TITLE (title), self->stack);
  adw_view_switcher_title_set_title (ADW_VIEW_SWITCHER_TITLE (title), _("Settings"));
  add_pages (self, window);
  bar = create_bar (self);
  g_object_bind_property (title, "title-visible", bar, "revealed", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->stack, "notify::visible-child-name", G_CALLBACK (page_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), bar);
  cpt_view_set_title_widget (CPT_VIEW (self), title);
  cpt_view_set_child (CPT_VIEW (self), box);

  return CPT_VIEW (self);
}
