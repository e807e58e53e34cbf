/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-flow-canvas.h"
#include "cpt-step-chooser.h"
#include "cpt-workflow-view.h"

G_BEGIN_DECLS

struct _CptWorkflowView
{
  CptView parent_instance;

  CptSchema *schema;
  const CptEntity *entity;
  CptUuid id;
  char *stored;         /* (nullable): the drawing as it was stored last, as JSON */
  char *name;
  guint n_saving;       /* changes on their way to the disk */
  GPtrArray *problems;  /* CptWorkflowProblem */
  GCancellable *cancellable;
  gboolean has_place;   /* where one looks has been chosen */
  gboolean is_reading;
  gboolean reads_again; /* something changed meanwhile */
  gboolean shows_numbers;
  guint numbers_timer;  /* 0: none */
  char *follows;        /* (nullable): what the popover adds to: the id of a node */
  char *outcome;        /* (nullable) */
  GdkRectangle follow_at;
  GtkFileChooserNative *chooser; /* (nullable) */

  /* Borrowed from the child */
  GtkWidget *stack;
  GtkWidget *canvas;
  GtkWidget *flap;
  GtkWidget *panel;
  GtkWidget *steps;    /* beside the canvas, where there is room */
  GtkWidget *popover;  /* with steps, over it */
  GtkWidget *popover_steps;
  GtkWidget *menu;     /* of what is selected */
  GtkWidget *add;
  GtkWidget *publish;
  GtkWidget *faults;   /* button: how many things stand in the way */
  GtkWidget *faults_list;
  GtkWidget *search_bar;
  GtkWidget *search;
  GtkWidget *hint;     /* on an empty canvas */
};

/* cpt-workflow-view-store.c */
void       cpt_workflow_view_read        (CptWorkflowView *self);
void       cpt_workflow_view_save        (CptWorkflowView *self);
void       cpt_workflow_view_publish     (CptWorkflowView *self);
/* How many wait, have passed and are stuck, on the canvas */
void       cpt_workflow_view_show_numbers (CptWorkflowView *self,
                                           gboolean         shows_numbers);
/* The drawing as JSON; (transfer full) */
char      *cpt_workflow_view_dup_drawing (CptWorkflowView *self);
/* What stands in the way, after each change */
void       cpt_workflow_view_check       (CptWorkflowView *self);
/* What was read: @workflow is taken */
void       cpt_workflow_view_show        (CptWorkflowView *self,
                                          CptRecord       *record,
                                          CptWorkflow     *workflow);
void       cpt_workflow_view_show_error  (CptWorkflowView *self,
                                          const char      *message);
/* Steps are beside the canvas where there is room, also for an open panel */
void       cpt_workflow_view_fit_steps   (CptWorkflowView *self);
/* Where all steps stand on one heap, they are put in layers */
void       cpt_workflow_view_arrange_heap (CptWorkflow *workflow);
/* Of what is selected; (transfer full) */
GMenuModel *cpt_workflow_view_create_edit_menu (void);
/* cpt-workflow-view-steps.c */
GtkWidget *cpt_workflow_view_create_stage  (CptWorkflowView *self);
void       cpt_workflow_view_ask_step      (CptWorkflowView    *self,
                                            const char         *from,
                                            const char         *outcome,
                                            const GdkRectangle *at);
/* cpt-workflow-view-panel.c */
GtkWidget *cpt_workflow_view_create_panel  (CptWorkflowView *self,
                                            GtkWidget       *content);
/* Opens it beside the canvas: for the step at the cursor, or for the workflow as a whole */
void       cpt_workflow_view_open_panel    (CptWorkflowView *self);
void       cpt_workflow_view_update_panel  (CptWorkflowView *self);
/* What is typed there is said */
void       cpt_workflow_view_flush_panel   (CptWorkflowView *self);
/* cpt-workflow-view-out.c */
void       cpt_workflow_view_export        (CptWorkflowView *self);
void       cpt_workflow_view_import        (CptWorkflowView *self);
void       cpt_workflow_view_copy          (CptWorkflowView *self);
void       cpt_workflow_view_paste         (CptWorkflowView *self);

G_END_DECLS
