/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places of the sidebar: one table. */
#include "config.h"
#include "cpt-place.h"

#include <glib/gi18n-lib.h>

#include "cpt-board-view.h"
#include "cpt-dashboard-view.h"
#include "cpt-list-view.h"
#include "cpt-trash-view.h"

static CptView *
create_list (CptWindow      *window,
             const CptPlace *place)
{
  return cpt_list_view_new_place (window, place->entity, place->filter);
}

static CptView *
create_dashboard (CptWindow      *window,
                  const CptPlace *place)
{
  return cpt_dashboard_view_new (window);
}

static CptView *
create_trash (CptWindow      *window,
              const CptPlace *place)
{
  return cpt_trash_view_new (window);
}

static GtkWidget *
create_form_button (const char *icon,
                    const char *tooltip,
                    const char *form)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.deals-form");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", form);

  return button;
}

/* Deals are a board or a list, as they were seen last. */
static CptView *
create_deals (CptWindow      *window,
              const CptPlace *place)
{
  g_autofree char *form = cpt_window_dup_state (window, "deals-form");
  CptView *view = g_strcmp0 (form, "list") == 0 ? create_list (window, place) : cpt_board_view_new (window);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), create_form_button ("cpt-board-symbolic", _("Board"), "board"));
  gtk_box_append (GTK_BOX (box), create_form_button ("view-list-symbolic", _("List"), "list"));
  cpt_view_pack_end (view, box);

  return view;
}

/* What is finished is one click away, not in the way. */
static const char open_tasks[] =
  "{\"field\":\"status\",\"op\":\"in\",\"value\":[\"to_do\",\"in_progress\"]}";

static const CptPlace places[] = {
  { "home", NC_("place", "Home"), "go-home-symbolic", NULL, NULL, 0, create_dashboard },
  { "organisations", NC_("place", "Organisations"), "cpt-organisation-symbolic", "organisation", NULL, 1, create_list },
  { "contacts", NC_("place", "Contacts"), "avatar-default-symbolic", "contact", NULL, 1, create_list },
  { "leads", NC_("place", "Leads"), "cpt-lead-symbolic", "lead", NULL, 1, create_list },
  { "deals", NC_("place", "Deals"), "cpt-deal-symbolic", "deal", NULL, 1, create_deals },
  { "products", NC_("place", "Products"), "cpt-product-symbolic", "product", NULL, 1, create_list },
  { "tasks", NC_("place", "Tasks"), "cpt-task-symbolic", "task", open_tasks, 2, create_list },
  { "activities", NC_("place", "Activities"), "cpt-activity-symbolic", "activity", NULL, 2, create_list },
  { "trash", NC_("place", "Trash"), "user-trash-symbolic", NULL, NULL, 3, create_trash },
};

const char *
cpt_place_get_label (const CptPlace *self)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "place", self->label);
}

const CptPlace *
cpt_place_list (guint *n_places)
{
  *n_places = G_N_ELEMENTS (places);

  return places;
}

const CptPlace *
cpt_place_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (strcmp (places[i].name, name) == 0)
      return &places[i];

  return NULL;
}

const CptPlace *
cpt_place_find_entity (const char *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_strcmp0 (places[i].entity, entity) == 0)
      return &places[i];

  return NULL;
}
