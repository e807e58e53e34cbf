/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-chart-card.h"
#include "cpt-dashboard-filter.h"
#include "cpt-dashboard-numbers.h"
#include "cpt-dashboard-view.h"

G_BEGIN_DECLS

struct _CptDashboardView
{
  CptView parent_instance;

  CptSchema *schema;
  CptUuid id;              /* of the one that is chosen; nil when there is none */
  CptDashboard *shared;    /* (nullable): as everybody sees it */
  GPtrArray *arrangements; /* (nullable): CptRecord: those of who looks at it, of all dashboards */
  JsonNode *own;           /* (nullable): her arrangement of this one: see cpt-arrangement.h */
  CptUuid own_id;          /* of its record */
  CptUuid shown;           /* the dashboard that @shared is: another than @id, until that has been read */
  GQueue savings;          /* what is being stored, one after the other */
  CptDashboard *whole;     /* (nullable): as it is shown, with all pages */
  guint page;              /* that is shown */
  int next_page;           /* to be shown when the dashboard is read again, or -1 */
  CptDashboard *dashboard; /* (nullable): that page alone */
  CptDashboardNumbers *numbers;
  GPtrArray *ids;     /* CptUuid, in the order of the drop-down */
  GPtrArray *metrics; /* CptMetric: what widgets may name */
  char *metrics_digest; /* (nullable): of what they mean */
  GMenuModel *widget_menu;
  GMenuModel *reader_menu; /* of a file that is only read */
  GCancellable *cancellable; /* of the view */
  gboolean is_showing;
  gboolean is_full;        /* without header bar and sidebar */
  gboolean was_fullscreen; /* the window */

  JsonNode *filters;    /* (nullable): what counts now */
  gboolean has_filters; /* other ones than those of the dashboard */

  char *mark_id; /* (nullable): widget of the mark that was used last */
  int mark_series;
  int mark_category;
  char *focus_id;    /* (nullable): widget of the mark that all others are about */
  JsonNode *focus;   /* (nullable): what that mark stands for */
  GPtrArray *drills; /* what widgets are broken down to, in the order in which it was done */

  /* Borrowed from the child */
  GtkWidget *strip; /* around the tabs */
  GtkWidget *tabs;
  guint n_tabs;
  GtkWidget *held_tab; /* (nullable): under the button of the mouse */
  guint held_from;     /* where it was */
  gboolean is_tab_moving;
  GtkWidget *tab_menu; /* (nullable): shown last */
  GtkWidget *bar;
  GtkWidget *stack;
  GtkWidget *grid;
  GtkWidget *message;
  GtkWidget *offer; /* the buttons of an empty dashboard */
  GtkWidget *column; /* the drop-down of a narrow window, tabs, filters, widgets */
  GtkWidget *head;   /* in the header bar: the drop-down of a wide one */
  GtkWidget *chooser;
  GtkWidget *add;
  GtkWidget *mine; /* the menu of an own arrangement */
  GtkWidget *flap; /* with the library beside the rest */
  GtkWidget *library;
  GtkWidget *outline; /* of where a widget would be dropped */

  char *new_id;      /* (nullable): of the widget that is being added */
  char *copied_id;   /* (nullable): of one that was pasted: it gets the keyboard when it is there */
  gboolean has_place; /* whether it goes to @place rather than to the first free one */
  CptGridRect place;
};

/* Stores @dashboard as the page that is shown; @toast says what was done */
void          cpt_dashboard_view_save            (CptDashboardView   *self,
                                                  const CptDashboard *dashboard,
                                                  const char         *toast);
/* With all pages */
void          cpt_dashboard_view_save_whole      (CptDashboardView   *self,
                                                  const CptDashboard *dashboard,
                                                  const char         *toast);
/* Of all, whatever her own arrangement is */
void          cpt_dashboard_view_save_shared     (CptDashboardView   *self,
                                                  const CptDashboard *dashboard,
                                                  const char         *toast);
/* The page as it is now */
void          cpt_dashboard_view_show_again      (CptDashboardView *self);
/* To the beginning of another dashboard or page */
void          cpt_dashboard_view_scroll_up       (CptDashboardView *self);
/* Asks for the numbers of all widgets, under what counts now */
void          cpt_dashboard_view_read            (CptDashboardView *self);

/* The one that is shown when it is there: it is being made */
void          cpt_dashboard_view_expect          (CptDashboardView *self,
                                                  const CptUuid    *id);

/* cpt-dashboard-view-own.c, which has the functions that save, too. (transfer full): arrangements of
 * who asks (CptRecord), newest first */
GPtrArray    *cpt_dashboard_view_read_own        (CptDatabase  *database,
                                                  GError      **error);
/* Takes @shared (nullable): the dashboard in the file. (transfer full) (nullable): as it is to be shown */
CptDashboard *cpt_dashboard_view_take_shared     (CptDashboardView *self,
                                                  CptDashboard     *shared);
void          cpt_dashboard_view_create_own      (CptDashboardView *self);
void          cpt_dashboard_view_update_own      (CptDashboardView *self);
void          cpt_dashboard_view_own_action      (GtkWidget  *widget,
                                                  const char *action_name,
                                                  GVariant   *parameter);

/* cpt-dashboard-view-new.c. What an empty dashboard can be filled with */
void          cpt_dashboard_view_offer           (CptDashboardView *self,
                                                  gboolean          is_offered);
/* "dashboard.new" */
void          cpt_dashboard_view_new_action      (GtkWidget  *widget,
                                                  const char *action_name,
                                                  GVariant   *parameter);

/* cpt-dashboard-view-library.c: the button that opens it */
void          cpt_dashboard_view_create_add      (CptDashboardView *self);
/* The stack goes into @box, and the library beside that */
GtkWidget    *cpt_dashboard_view_create_flap     (CptDashboardView *self,
                                                  GtkWidget        *box);

/* cpt-dashboard-view-filters.c */
void          cpt_dashboard_view_create_bar      (CptDashboardView *self);
/* A dashboard is shown, perhaps another one: its filters as they were left */
void          cpt_dashboard_view_load_filters    (CptDashboardView *self);
void          cpt_dashboard_view_reset_filters   (CptDashboardView *self);
void          cpt_dashboard_view_save_filters    (CptDashboardView *self);
/* (nullable): what a widget counts */
const CptEntity *cpt_dashboard_view_find_entity  (CptDashboardView *self,
                                                  const CptWidget  *widget);
/* A copy with the filters that count now in place of its own; NULL without one */
CptDashboard *cpt_dashboard_view_dup_filtered    (CptDashboardView *self);

/* cpt-dashboard-view-marks.c */
GPtrArray    *cpt_dashboard_view_create_drills   (void);
void          cpt_dashboard_view_use_mark        (CptDashboardView *self,
                                                  const char       *id,
                                                  CptMarkUse        use,
                                                  int               series,
                                                  int               category);
void          cpt_dashboard_view_mark_action     (GtkWidget  *widget,
                                                  const char *action_name,
                                                  GVariant   *parameter);
/* FALSE when no mark was chosen */
gboolean      cpt_dashboard_view_unfocus         (CptDashboardView *self);
/* The numbers of the widget came: its chosen mark stands out */
void          cpt_dashboard_view_show_chosen     (CptDashboardView *self,
                                                  const char       *id);
/* Of a widget that was broken down */
void          cpt_dashboard_view_go_back         (CptDashboardView *self,
                                                  const char       *id);
/* A copy with widgets as they are broken down; NULL without one */
CptDashboard *cpt_dashboard_view_dup_shown       (CptDashboardView *self);
/* Another dashboard is shown */
void          cpt_dashboard_view_forget_marks    (CptDashboardView *self);

/* cpt-dashboard-view-clipboard.c: "copy", "cut" and "duplicate"; FALSE for other
 * commands */
gboolean      cpt_dashboard_view_clip            (CptDashboardView *self,
                                                  const CptWidget  *widget,
                                                  const char       *command);
void          cpt_dashboard_view_paste_action    (GtkWidget  *widget,
                                                  const char *action_name,
                                                  GVariant   *parameter);

/* cpt-dashboard-view-export.c: asks how and where to */
void          cpt_dashboard_view_export          (CptView *view);
/* "dashboard.export" and "dashboard.print" */
void          cpt_dashboard_view_hand_out_action (GtkWidget  *widget,
                                                  const char *action_name,
                                                  GVariant   *parameter);
/* "export" and "copy-image"; FALSE for other commands */
gboolean      cpt_dashboard_view_hand_out        (CptDashboardView *self,
                                                  const CptWidget  *widget,
                                                  const char       *command);

/* cpt-dashboard-view-screen.c */
void          cpt_dashboard_view_add_keys        (CptDashboardView *self);
void          cpt_dashboard_view_leave_screen    (CptDashboardView *self);
void          cpt_dashboard_view_fullscreen_action (GtkWidget  *widget,
                                                    const char *action_name,
                                                    GVariant   *parameter);

/* cpt-dashboard-view-pages.c */
void          cpt_dashboard_view_create_tabs     (CptDashboardView *self);
/* (transfer full): what can be done with the page that is shown */
GMenuModel   *cpt_dashboard_view_create_page_menu (void);
/* Takes @whole (nullable): what is shown from now on */
void          cpt_dashboard_view_take            (CptDashboardView *self,
                                                  CptDashboard     *whole);
void          cpt_dashboard_view_show_page       (CptDashboardView *self,
                                                  guint             page);
/* A copy of all pages, with @page in place of the one that is shown */
CptDashboard *cpt_dashboard_view_dup_whole       (CptDashboardView   *self,
                                                  const CptDashboard *page);
/* Stores that it is at @position; where it is there already nothing changes */
void          cpt_dashboard_view_move_page       (CptDashboardView *self,
                                                  guint             page,
                                                  guint             position);
/* What can be done with pages */
void          cpt_dashboard_view_update_pages    (CptDashboardView *self);
void          cpt_dashboard_view_page_action     (GtkWidget  *widget,
                                                  const char *action_name,
                                                  GVariant   *parameter);

/* cpt-dashboard-view-tabs.c: tabs can be dragged */
void          cpt_dashboard_view_add_tab_drag    (CptDashboardView *self);

G_END_DECLS
