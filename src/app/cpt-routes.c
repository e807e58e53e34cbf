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
#include "cpt-report-view.h"
#include "cpt-settings-view.h"
#include "cpt-trash-view.h"
#include "cpt-workflow-view.h"

static CptView *
create_list (CptWindow      *window,
             const CptPlace *place)
{
  return cpt_list_view_new_place (window, place);
}

static CptView *
create_reports (CptWindow      *window,
                const CptPlace *place)
{
  return cpt_report_view_new (window);
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

/* The conditions of a list would leave columns of a board empty, and days of a calendar. */
static CptView *
create_board (CptWindow      *window,
              const CptPlace *place)
{
  return cpt_board_view_new_place (window, place->entity);
}

static CptView *
create_dates (CptWindow      *window,
              const CptPlace *place)
{
  return cpt_calendar_view_new_place (window, place->entity);
}

static gboolean
can_list (CptWindow  *window,
          const char *entity)
{
  return TRUE;
}

static const struct
{
  const char *form;
  const char *icon;
  const char *label;
  gboolean (*can_show) (CptWindow *window,
                        const char *entity);
  CptView *(*create) (CptWindow *window,
                      const CptPlace *place);
} forms[] = {
  { "board", "cpt-board-symbolic", N_("Board"), cpt_board_view_can_show, create_board },
  { "list", "view-list-symbolic", N_("List"), can_list, create_list },
  { "calendar", "x-office-calendar-symbolic", NC_("place", "Calendar"), cpt_calendar_view_can_show, create_dates },
};

static const char *
get_form_label (guint index)
{
  return g_str_equal (forms[index].form, "calendar") ? C_("place", "Calendar") : _(forms[index].label);
}

/* Records are a board, a list or a calendar, as they were seen last. */
static CptView *
create_records (CptWindow      *window,
                const CptPlace *place)
{
  g_autofree char *key = cpt_place_dup_form_key (place);
  g_autofree char *seen = cpt_window_dup_state (window, key);
  const char *form = seen != NULL ? seen : place->form;
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  GtkWidget *buttons[G_N_ELEMENTS (forms)];
  CptView *view = NULL;
  guint n_forms = 0;
  guint current = 0;

  gtk_widget_add_css_class (box, "linked");
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      if (!forms[i].can_show (window, place->entity))
        continue;
      if (g_str_equal (forms[i].form, form))
        {
          view = forms[i].create (window, place);
          current = n_forms;
        }
      buttons[n_forms] = create_form_button (place, forms[i].icon, get_form_label (i), forms[i].form);
      gtk_box_append (GTK_BOX (box), buttons[n_forms]);
      n_forms++;
    }
  if (view == NULL)
    view = create_list (window, place);
  /* There is room for the way to the next one. */
  for (guint i = 0; i < n_forms; i++)
    if (i != (current + 1) % n_forms)
      g_object_bind_property (view, "narrow", buttons[i], "visible", G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  if (n_forms > 1)
    cpt_view_pack_end (view, box);
  g_object_unref (box);

  return view;
}

/* What is finished is one click away, not in the way. */
static const char open_tasks[] =
  "{\"field\":\"status\",\"op\":\"in\",\"value\":[\"to_do\",\"in_progress\"]}";

static const CptPlace places[] = {
  { "home", NC_("place", "Home"), "go-home-symbolic", NULL, NULL, 0, create_dashboard },
  { "reports", NC_("place", "Reports"), "cpt-report-symbolic", NULL, NULL, 0, create_reports },
  { "day", NC_("place", "My Day"), "cpt-day-symbolic", NULL, NULL, 0, create_day },
  { "organisations", NC_("place", "Organisations"), "cpt-organisation-symbolic", "organisation", NULL, 1, create_records, "list" },
  { "contacts", NC_("place", "Contacts"), "avatar-default-symbolic", "contact", NULL, 1, create_records, "list" },
  { "leads", NC_("place", "Leads"), "cpt-lead-symbolic", "lead", NULL, 1, create_records, "list" },
  { "deals", NC_("place", "Deals"), "cpt-deal-symbolic", "deal", NULL, 1, create_records, "board" },
  { "products", NC_("place", "Products"), "cpt-product-symbolic", "product", NULL, 1, create_records, "list" },
  { "tasks", NC_("place", "Tasks"), "cpt-task-symbolic", "task", open_tasks, 2, create_records, "list", .has_line = TRUE },
  { "calendar", NC_("place", "Calendar"), "x-office-calendar-symbolic", "task", NULL, 2, create_calendar, .only_form = "calendar" },
  { "activities", NC_("place", "Activities"), "cpt-activity-symbolic", "activity", NULL, 2, create_records, "list" },
  { "plans", NC_("place", "Plans"), "alarm-symbolic", "activity_plan", NULL, 2, create_records, "list" },
  { "workflows", NC_("place", "Workflows"), "cpt-workflow-symbolic", "workflow", NULL, 2, create_list, .only_form = "list" },
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

/* Most records are their fields; a workflow is a drawing */
static CptView *
create_record (CptWindow       *window,
               const CptEntity *entity,
               const CptUuid   *id)
{
  if (g_str_equal (entity->name, "workflow"))
    return cpt_workflow_view_new (window, id);

  return cpt_record_view_new (window, entity, id);
}

static CptView *
create_draft (CptWindow *window,
              CptRecord *draft,
              CptRecord *company)
{
  if (g_str_equal (draft->entity->name, "workflow"))
    return cpt_workflow_view_new_draft (window, draft);

  return cpt_record_view_new_draft (window, draft, company);
}

const CptRoutes cpt_routes = {
  .places = places,
  .n_places = G_N_ELEMENTS (places),
  .create_record = create_record,
  .create_draft = create_draft,
  .create_list = cpt_list_view_new,
  .create_import = create_import,
  .create_card = cpt_card_window_new,
  .create_palette = cpt_palette_new,
  .create_packs = cpt_packs_window_new,
  .create_merge = cpt_merge_view_new,
  .create_duplicates = cpt_duplicates_view_new,
  .create_settings = cpt_settings_view_new,
};
