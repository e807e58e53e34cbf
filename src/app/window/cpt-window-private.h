/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-place.h"
#include "cpt-state.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/* The window's class is spread over files by subject: the shell and the way
 * through views (cpt-window.c), what is open (cpt-window-workspace.c), changes
 * and what is told about them (cpt-window-commit.c), actions (-actions.c). */
struct _CptWindow
{
  AdwApplicationWindow parent_instance;

  /* Template */
  AdwToastOverlay *toasts;
  GtkStack        *pages; /* "start" and "workspace" */
  AdwStatusPage   *status;
  GtkWidget       *rescue_button;
  GtkWidget       *create_button;
  GtkWidget       *start_menu;
  AdwLeaflet      *leaflet;
  GtkWidget       *sidebar;
  AdwWindowTitle  *workspace_title;
  GtkWidget       *menu;
  GtkListBox      *places;
  GtkWidget       *content;
  GtkRevealer     *banner;
  GtkStack        *views;

  /* State */
  const CptRoutes *routes;
  CptStore        *store; /* (nullable) */
  char            *path; /* (nullable): of what is open or could not be opened */
  CptUuid          workspace_id; /* nil while it is not known or has none */
  GHashTable      *roots; /* const CptPlace to CptView, both borrowed: the views of places seen so far */
  GPtrArray       *history; /* (element-type CptView), borrowed from @views: the way to the view shown */
  const CptPlace  *place; /* (nullable): where the way begins */
  CptView         *settings; /* (nullable): weak */
  GCancellable    *cancellable;
  gulong           changed_handler;
  gulong schema_handler;
  AdwMessageDialog *error_dialog; /* (nullable): weak; what it says did not work */
  guint            reminder_timer;
  guint            alert_timer;
  guint            schedule_timer;
  gboolean         is_writing_reports;
  guint            automation_timer; /* runs until workflows may go on */
  gboolean         has_automation;
  gboolean         is_automation_running;
  gboolean         is_automation_due; /* something has changed since it began */
  gboolean         is_automation_resting; /* the person was asked whether this file is the one */
  guint            alert_rest; /* runs while changes may follow */
  gboolean         is_telling; /* what workflows have told somebody */
  GHashTable      *told; /* (nullable) (element-type CptUuid): tasks that notifications are shown of */
  guint            spring_timer; /* runs while a drag rests on a place */
  int              spring_row; /* index of the place */
  AdwToast        *toast;      /* (nullable): weak; the last one shown */
  AdwToast        *undo_toast; /* (nullable): weak; offers to take back what was done last */
  AdwToast        *next_toast; /* (owned) (nullable): shown when the last one has come */
  AdwToast        *late_toast; /* (nullable): weak; to be done away with then */
  guint            toast_source; /* runs while the last one comes */
  gboolean         is_closing; /* nothing is shown any more */
};

/* NULL while no workspace is open */
CptView  *cpt_window_get_view         (CptWindow *self);
/* All views asked; FALSE when one of them has a question first */
gboolean  cpt_window_leave_views      (CptWindow *self);
void      cpt_window_drop_views       (CptWindow *self);
void      cpt_window_drop_workspace   (CptWindow *self);
/* What could not be opened for writing, for reading */
void      cpt_window_rescue_workspace (CptWindow *self);
void      cpt_window_choose_workspace (CptWindow *self);
void      cpt_window_create_workspace (CptWindow *self);
void      cpt_window_update_actions   (CptWindow *self);
/* cpt-window-reminders.c: tells of tasks while the workspace is open */
void      cpt_window_start_reminders  (CptWindow *self);
void      cpt_window_stop_reminders   (CptWindow *self);
/* What was told of tasks that have been finished, moved or deleted since is no news */
void      cpt_window_withdraw_reminders (CptWindow    *self,
                                         CptChangeSet *set);
/* cpt-window-alerts.c: checks alerts on metrics while the workspace is open */
void      cpt_window_start_alerts     (CptWindow *self);
void      cpt_window_stop_alerts      (CptWindow *self);
void      cpt_window_check_alerts_soon (CptWindow *self);
/* Shows what workflows have told the person here, and marks it as shown */
void      cpt_window_tell_notices     (CptWindow *self);
/* cpt-window-schedules.c: writes reports that are due while the workspace is open */
void      cpt_window_start_schedules  (CptWindow *self);
void      cpt_window_stop_schedules   (CptWindow *self);
/* cpt-window-automation.c: lets workflows run while the workspace is open */
void      cpt_window_start_automation (CptWindow *self);
void      cpt_window_stop_automation  (CptWindow *self);
void      cpt_window_run_automation_soon (CptWindow *self);
/* cpt-window-spring.c: records that are held over a place open it */
void      cpt_window_add_spring       (CptWindow *self);
void      cpt_window_stop_spring      (CptWindow *self);
void      cpt_window_add_actions      (CptWindow *self);
/* The view of a place, so that another one is made; FALSE when it has a
 * question first */
gboolean  cpt_window_forget_place     (CptWindow  *self,
                                       const char *name);
/* cpt-window-commit.c: when the window goes */
void      cpt_window_drop_toasts      (CptWindow *self);
/* When it has been opened: where links find it */
void      cpt_window_remember_workspace (CptWindow *self);
CptState *cpt_window_get_state_file   (CptWindow *self);

G_END_DECLS
