/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-flow-picture.h"

G_BEGIN_DECLS

#define CPT_TYPE_FLOW_CANVAS (cpt_flow_canvas_get_type ())

G_DECLARE_FINAL_TYPE (CptFlowCanvas, cpt_flow_canvas, CPT, FLOW_CANVAS, GtkWidget)

#define CPT_FLOW_MIN_ZOOM 0.05
#define CPT_FLOW_MAX_ZOOM 2.0

/**
 * CptFlowCanvas:
 *
 * A workflow that is drawn by hand: seen, moved about in, and changed. It owns the drawing
 * and changes it; whoever shows it stores it.
 *
 * Signal "edited": an act of the person has changed the drawing; one gesture, one signal.
 *
 * Signal "selected": which nodes are selected, or at which one the keyboard is, has changed.
 *
 * Signal "activated" (id): a node was opened: double click, Enter.
 *
 * Signal "follow" (from, outcome, rectangle): a connection was let go over nothing, or
 * asked for: what can follow is to be offered there. With an empty @from, just what can
 * be added. The rectangle (#GdkRectangle) is in the widget's pixels.
 *
 * Signal "menu" (rectangle): what can be done with what is selected is asked for there.
 */

/* Floating */
GtkWidget         *cpt_flow_canvas_new          (CptSchema *schema);
/* Takes @workflow. Selection and place stay as far as the nodes are there still */
void               cpt_flow_canvas_set_workflow (CptFlowCanvas *self,
                                                 CptWorkflow   *workflow);
const CptWorkflow *cpt_flow_canvas_get_workflow (CptFlowCanvas *self);
/* (element-type CptWorkflowProblem): marked on their nodes */
void               cpt_flow_canvas_set_problems (CptFlowCanvas *self,
                                                 GPtrArray     *problems);
/* (nullable): takes them; drawn on nodes and connections */
void               cpt_flow_canvas_set_numbers  (CptFlowCanvas  *self,
                                                 CptFlowNumbers *numbers);
void               cpt_flow_canvas_set_editable (CptFlowCanvas *self,
                                                 gboolean       is_editable);

/* Looking */

double             cpt_flow_canvas_get_zoom     (CptFlowCanvas *self);
/* Around the middle */
void               cpt_flow_canvas_zoom_by      (CptFlowCanvas *self,
                                                 double         factor);
/* All of it, as large as it may be */
void               cpt_flow_canvas_fit          (CptFlowCanvas *self);
/* “x y zoom”, for the next time; TRUE when @text is one */
char              *cpt_flow_canvas_dup_place    (CptFlowCanvas *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean           cpt_flow_canvas_set_place    (CptFlowCanvas *self,
                                                 const char    *text);

/* Selecting */

/* (nullable): where the keyboard is */
const char        *cpt_flow_canvas_get_cursor   (CptFlowCanvas *self);
guint              cpt_flow_canvas_count_selected (CptFlowCanvas *self);
/* Steps, or a connection */
gboolean           cpt_flow_canvas_has_selection (CptFlowCanvas *self);
/* Alone, and in sight; (nullable): none */
void               cpt_flow_canvas_select       (CptFlowCanvas *self,
                                                 const char    *id);
/* The next node, from the cursor on, that says @text anywhere; FALSE when none does */
gboolean           cpt_flow_canvas_find_next    (CptFlowCanvas *self,
                                                 const char    *text);

/* Changing; each is one act */

/**
 * cpt_flow_canvas_add:
 * @self: a canvas
 * @kind: the name of a kind
 * @from: (nullable): the id of the node that leads to it; %NULL: the one at the cursor, if
 *   it leads nowhere yet
 * @outcome: (nullable): by which outcome
 * @at: (nullable): where, in the widget's pixels; %NULL: below what leads to it
 *
 * Dropped on a connection it is put between. It gets the cursor.
 */
void               cpt_flow_canvas_add          (CptFlowCanvas      *self,
                                                 const char         *kind,
                                                 const char         *from,
                                                 const char         *outcome,
                                                 const GdkRectangle *at);
/* What a node does and what it is called; @id NULL: the workflow as a whole. @settings is kept */
void               cpt_flow_canvas_set_settings (CptFlowCanvas *self,
                                                 const char    *id,
                                                 const char    *title,
                                                 JsonNode      *settings);
/* What is selected. What led there leads on to what followed */
void               cpt_flow_canvas_delete       (CptFlowCanvas *self);
/* What is selected, or all of it where less than two are */
void               cpt_flow_canvas_arrange      (CptFlowCanvas *self);
/* What is selected, on one line; @is_row: beside each other */
void               cpt_flow_canvas_align        (CptFlowCanvas *self,
                                                 gboolean       is_row);
void               cpt_flow_canvas_select_all   (CptFlowCanvas *self);
/* (transfer full) (nullable): what is selected, as text for the clipboard */
char              *cpt_flow_canvas_copy         (CptFlowCanvas *self) G_GNUC_WARN_UNUSED_RESULT;
/* What was copied, here or elsewhere; FALSE with an error that says why not */
gboolean           cpt_flow_canvas_paste        (CptFlowCanvas  *self,
                                                 const char     *text,
                                                 GError        **error);

G_END_DECLS
