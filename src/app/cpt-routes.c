/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which view stands at the end of each way through the window: the one file of
 * this room that knows them all. */
#include "config.h"
#include "cpt-routes.h"

#include <glib/gi18n-lib.h>

#include "cpt-board-view.h"
#include "cpt-calendar-view.h"
#include "cpt-card-window.h"
#include "cpt-dashboard-view.h"
#include "cpt-day-view.h"
#include "cpt-duplicates-view.h"
#include "cpt-import-assistant.h"
#include "cpt-item-assistant.h"
#include "cpt-list-view.h"
#include "cpt-merge-view.h"
#include "cpt-packs-window.h"
#include "cpt-palette.h"
#include "cpt-record-view.h"
#include "cpt-settings-view.h"
#include "cpt-trash-view.h"

static CptView *
create_list (CptWindow      *window,
             const CptPlace *place)
{
  return cpt_list_view_new_place (window, place);
}

static CptView *
create_dashboard (CptWindow      *window,
                  const CptPlace *place)
{
  return cpt_dashboard_view_new (window);
}

static CptView *
create_day (CptWindow      *window,
            const CptPlace *place)
{
  return cpt_day_view_new (window);
}

static CptView *
create_calendar (CptWindow      *window,
                 const CptPlace *place)
{
  return cpt_calendar_view_new (window);
}

static CptView *
create_trash (CptWindow      *window,
              const CptPlace *place)
{
  return cpt_trash_view_new (window);
}

static GtkWidget *
create_form_button (const CptPlace *place,
                    const char     *icon,
                    const char     *tooltip,
                    const char     *form)
{
  GtkWidget *button = gtk_toggle_button_new ();
  g_autofree char *key = cpt_place_dup_form_key (place);
  g_autofree char *action = g_strconcat ("win.", key, NULL);

  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", form);

  return button;
}

/* Records are a board or a list, as they were seen last. The conditions of the
 * list would leave columns of the board empty. */
static CptView *
create_records (CptWindow      *window,
                const CptPlace *place)
{
  g_autofree char *key = cpt_place_dup_form_key (place);
  g_autofree char *seen = cpt_window_dup_state (window, key);
  gboolean is_list = strcmp (seen != NULL ? seen : place->form, "list") == 0;
  CptView *view;
  GtkWidget *box, *board, *list;

  if (!cpt_board_view_can_show (window, place->entity))
    return create_list (window, place);

  view = is_list ? create_list (window, place) : cpt_board_view_new_place (window, place->entity);
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (box, "linked");
  board = create_form_button (place, "cpt-board-symbolic", _("Board"), "board");
  list = create_form_button (place, "view-list-symbolic", _("List"), "list");
  gtk_box_append (GTK_BOX (box), board);
  gtk_box_append (GTK_BOX (box), list);
  /* There is room for the way to the other one. */
  g_object_bind_property (view, "narrow", is_list ? list : board, "visible", G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  cpt_view_pack_end (view, box);

  return view;
}

/* What is finished is one click away, not in the way. */
static const char open_tasks[] =
  "{\"field\":\"status\",\"op\":\"in\",\"value\":[\"to_do\",\"in_progress\"]}";

static const CptPlace places[] = {
  { "home", NC_("place", "Home"), "go-home-symbolic", NULL, NULL, 0, create_dashboard },
  { "day", NC_("place", "My Day"), "cpt-day-symbolic", NULL, NULL, 0, create_day },
  { "organisations", NC_("place", "Organisations"), "cpt-organisation-symbolic", "organisation", NULL, 1, create_records, "list" },
  { "contacts", NC_("place", "Contacts"), "avatar-default-symbolic", "contact", NULL, 1, create_records, "list" },
  { "leads", NC_("place", "Leads"), "cpt-lead-symbolic", "lead", NULL, 1, create_records, "list" },
  { "deals", NC_("place", "Deals"), "cpt-deal-symbolic", "deal", NULL, 1, create_records, "board" },
  { "products", NC_("place", "Products"), "cpt-product-symbolic", "product", NULL, 1, create_records, "list" },
  { "tasks", NC_("place", "Tasks"), "cpt-task-symbolic", "task", open_tasks, 2, create_records, "list", .has_line = TRUE },
  { "calendar", NC_("place", "Calendar"), "x-office-calendar-symbolic", "task", NULL, 2, create_calendar, .only_form = "calendar" },
  { "activities", NC_("place", "Activities"), "cpt-activity-symbolic", "activity", NULL, 2, create_records, "list" },
  { "trash", NC_("place", "Trash"), "user-trash-symbolic", NULL, NULL, 3, create_trash },
};

static GtkWindow *
create_import (CptWindow       *window,
               const CptEntity *entity,
               const char      *path,
               CptItemFile      items)
{
  if (items != CPT_ITEM_FILE_NONE)
    return GTK_WINDOW (cpt_item_assistant_new (window, items, path));

  return GTK_WINDOW (cpt_import_assistant_new (window, entity, path));
}

const CptRoutes cpt_routes = {
  .places = places,
  .n_places = G_N_ELEMENTS (places),
  .create_record = cpt_record_view_new,
  .create_draft = cpt_record_view_new_draft,
  .create_list = cpt_list_view_new,
  .create_import = create_import,
  .create_card = cpt_card_window_new,
  .create_palette = cpt_palette_new,
  .create_packs = cpt_packs_window_new,
  .create_merge = cpt_merge_view_new,
  .create_duplicates = cpt_duplicates_view_new,
  .create_settings = cpt_settings_view_new,
};
