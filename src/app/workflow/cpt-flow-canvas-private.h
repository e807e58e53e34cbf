/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-flow-canvas.h"
#include "cpt-flow-geometry.h"
#include "cpt-flow-paint.h"

G_BEGIN_DECLS

#define CPT_FLOW_MINIMAP_WIDTH 160
#define CPT_FLOW_MINIMAP_HEIGHT 110
#define CPT_FLOW_MINIMAP_MARGIN 12

/* What is drawn of one node, kept until it looks otherwise */
typedef struct
{
  char          *id;
  CptFlowRect    rect;
  CptFlowFace   *face;
  char          *problem; /* (nullable) */
  CptFlowCount   count;
  GskRenderNode *drawn;   /* (nullable) */
  CptFlowLevel   level;   /* of @drawn */
  GArray        *ways;    /* of guint: places in the list of connections */
  GtkWidget     *proxy;   /* (nullable): what screen readers see of it */
} CptFlowItem;

/* Of one connection */
typedef struct
{
  const CptWorkflowConnection *connection; /* of the workflow */
  CptFlowCurve   curve;
  CptFlowRect    bounds;
  gboolean       is_there; /* both its nodes are */
  char          *label;    /* (nullable) */
  GskRenderNode *drawn;    /* (nullable) */
  CptFlowLevel   level;
} CptFlowWay;

/* What the pointer does while a button is down */
typedef enum
{
  CPT_FLOW_NOTHING,
  CPT_FLOW_PRESSED,    /* on a node, not moved yet */
  CPT_FLOW_MOVING,
  CPT_FLOW_CONNECTING,
  CPT_FLOW_RUBBER_BAND,
  CPT_FLOW_PANNING,
  CPT_FLOW_MINIMAP,
} CptFlowMode;

struct _CptFlowCanvas
{
  GtkWidget parent_instance;

  CptSchema *schema;
  CptWorkflow *workflow;
  CptFlowNumbers *numbers; /* (nullable) */
  GHashTable *problems;    /* id: message */
  gboolean is_editable;

  GPtrArray *items;        /* CptFlowItem, in the order of the nodes */
  GHashTable *by_id;       /* borrowed */
  GPtrArray *ways;         /* CptFlowWay, in the order of the connections */
  CptChartStyle style;
  CptTextCache *texts;
  GskRenderNode *map;      /* (nullable): of the minimap */
  CptFlowRect bounds;      /* of all that is drawn */

  /* Where one looks */
  double zoom;
  double x; /* of the upper left corner, in the workflow */
  double y;
  gboolean fits; /* as soon as there is a size */
  int last_width;
  int last_height;
  gboolean is_allocating;
  guint proxies; /* tick after which screen readers see what is in sight; 0: none */

  GHashTable *selected;          /* ids */
  char *cursor;                  /* (nullable) */
  CptWorkflowConnection *way;    /* (nullable): the one that is selected */
  GtkWidget *focus_proxy;

  /* The pointer */
  CptFlowMode mode;
  CptFlowPoint pointer;          /* in the widget */
  CptFlowPoint start;            /* of the drag, likewise */
  CptFlowPoint start_view;       /* x and y then */
  GHashTable *start_places;      /* id: CptFlowPoint, of what is moved */
  GHashTable *start_selected;    /* (nullable): before the rubber band */
  char *from;                    /* (nullable): what is being connected */
  char *outcome;
  char *target;                  /* (nullable): where it would end */
  char *over;                    /* (nullable): the node under the pointer */
  CptWorkflowConnection *under;  /* (nullable): the connection that would be parted by what is dragged over it */
  gboolean holds_space;
  double pinch;                  /* the zoom when it began */
  guint scroll;                  /* tick while the pointer is near the edge */
};

/* Places: of the widget, and of the workflow */
CptFlowPoint cpt_flow_canvas_to_flow   (CptFlowCanvas *self,
                                        CptFlowPoint   point);
CptFlowPoint cpt_flow_canvas_to_widget (CptFlowCanvas *self,
                                        CptFlowPoint   point);
/* What one sees, in the workflow */
CptFlowRect  cpt_flow_canvas_get_view  (CptFlowCanvas *self);
/* (nullable) */
CptFlowItem *cpt_flow_canvas_find      (CptFlowCanvas *self,
                                        const char    *id);
/* At a place of the workflow; (nullable) */
CptFlowItem *cpt_flow_canvas_item_at   (CptFlowCanvas *self,
                                        CptFlowPoint   point);
CptFlowWay  *cpt_flow_canvas_way_at    (CptFlowCanvas *self,
                                        CptFlowPoint   point);
/* Around a place of the widget, which stays where it is */
void         cpt_flow_canvas_zoom_at   (CptFlowCanvas *self,
                                        double         zoom,
                                        CptFlowPoint   point);
void         cpt_flow_canvas_reveal    (CptFlowCanvas     *self,
                                        const CptFlowRect *rect);
/* After a change of the drawing: all that is shown follows */
void         cpt_flow_canvas_rebuild   (CptFlowCanvas *self);
/* After nodes have moved: their connections follow. @ids: of those that have */
void         cpt_flow_canvas_reroute   (CptFlowCanvas *self,
                                        GHashTable    *ids);
/* Rebuilds, and tells that a person has changed something */
void         cpt_flow_canvas_edited    (CptFlowCanvas *self);
void         cpt_flow_canvas_changed_selection (CptFlowCanvas *self);
void         cpt_flow_canvas_set_cursor (CptFlowCanvas *self,
                                         const char    *id);
/* In place of what is selected; (nullable) */
void         cpt_flow_canvas_set_way   (CptFlowCanvas               *self,
                                        const CptWorkflowConnection *connection);
/* Asks what can follow: the popover is at a place of the widget */
void         cpt_flow_canvas_ask_follow (CptFlowCanvas *self,
                                         const char    *from,
                                         const char    *outcome,
                                         CptFlowPoint   point);
/* The same for what can be done with what is selected */
void         cpt_flow_canvas_ask_menu  (CptFlowCanvas *self,
                                        CptFlowPoint   point);
/* Where a new node is put that is led to by an outcome: below, beside what stands there */
CptFlowPoint cpt_flow_canvas_choose_place (CptFlowCanvas *self,
                                           const char    *from,
                                           guint          outcome);
/* TRUE when it may be; else the sentence why not, (transfer full) */
gboolean     cpt_flow_canvas_may_connect (CptFlowCanvas  *self,
                                          const char     *from,
                                          const char     *outcome,
                                          const char     *to,
                                          char          **reason);
/* One act; FALSE when it is there already or may not be */
gboolean     cpt_flow_canvas_connect   (CptFlowCanvas *self,
                                        const char    *from,
                                        const char    *outcome,
                                        const char    *to);
/* Each selected node, by so many pixels of the workflow; one act */
void         cpt_flow_canvas_nudge     (CptFlowCanvas *self,
                                        double         dx,
                                        double         dy);

CptWorkflowConnection *cpt_flow_connection_copy (const CptWorkflowConnection *connection);
void                   cpt_flow_connection_free (CptWorkflowConnection *connection);
gboolean               cpt_flow_connection_is   (const CptWorkflowConnection *connection,
                                                 const CptWorkflowConnection *other);

/* cpt-flow-canvas-draw.c */
void         cpt_flow_canvas_snapshot  (GtkWidget   *widget,
                                        GtkSnapshot *snapshot);
CptFlowRect  cpt_flow_canvas_get_map   (CptFlowCanvas *self);
/* (out): of the workflow, the place in the minimap */
CptFlowPoint cpt_flow_canvas_from_map  (CptFlowCanvas *self,
                                        CptFlowPoint   point);
/* cpt-flow-canvas-input.c, -keys.c, -proxy.c */
void         cpt_flow_canvas_add_input (CptFlowCanvas *self);
void         cpt_flow_canvas_add_keys  (CptFlowCanvas *self);
void         cpt_flow_canvas_bind_keys (GtkWidgetClass *class);
void         cpt_flow_canvas_stop      (CptFlowCanvas *self);
/* While it is laid out: those that are there; others come and go before the next frame */
void         cpt_flow_canvas_place_proxies (CptFlowCanvas *self);
void         cpt_flow_canvas_announce  (CptFlowCanvas *self);

G_END_DECLS
