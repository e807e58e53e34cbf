/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-dashboard-grid.h"

G_BEGIN_DECLS

/* Pixels */
#define CPT_CARD_GAP 12
#define CPT_CARD_MARGIN 12
#define CPT_CARD_ROW (72 + CPT_CARD_GAP) /* from one row of cells to the next */

typedef struct
{
  GtkWidget *card;
  CptGridItem item;
  CptGridRect start;     /* of the drag */
  graphene_rect_t shown; /* where it is on the screen */
  graphene_rect_t from;  /* where the glide began */
  gboolean is_new;
} CptDashboardCell;

typedef enum
{
  CPT_DRAG_NONE,
  CPT_DRAG_MOVE,
  CPT_DRAG_RESIZE,
} CptDashboardDrag;

struct _CptDashboardGrid
{
  GtkWidget parent_instance;

  GPtrArray *cells; /* CptDashboardCell */
  gboolean is_editable;
  GtkAdjustment *scrolled; /* (nullable): of what shows a part of the grid */
  gulong scroll_handler;

  CptDashboardDrag mode;
  CptDashboardCell *dragged; /* borrowed from cells */
  gboolean has_moved;
  double offset_x;
  double offset_y;
  graphene_rect_t origin;

  guint tick;
  gint64 glide_began; /* microseconds, 0 when nothing glides */
};

/* Of a rectangle of cells where the grid is @width wide */
void         cpt_dashboard_grid_get_pixels  (const CptGridRect *rect,
                                             int                columns,
                                             int                width,
                                             graphene_rect_t   *pixels);
gboolean     cpt_dashboard_grid_may_drag    (CptDashboardGrid *self);
/* (nullable), borrowed: the one at a point of the grid */
CptDashboardCell *cpt_dashboard_grid_find_cell   (CptDashboardGrid *self,
                                                  double            x,
                                                  double            y);
/* From where the cards are to where they belong */
void         cpt_dashboard_grid_start_glide (CptDashboardGrid *self);
/* The others make room. @from_start: for the layout at the start of a drag */
void         cpt_dashboard_grid_place       (CptDashboardGrid  *self,
                                             CptDashboardCell  *cell,
                                             const CptGridRect *wanted,
                                             gboolean           from_start);
/* A person has put it there */
void         cpt_dashboard_grid_emit_placed (CptDashboardGrid *self,
                                             CptDashboardCell *cell);

/* cpt-dashboard-grid-drag.c: by pointer and by keys. FALSE where there is nothing to drag at that point */
void         cpt_dashboard_grid_add_drag    (CptDashboardGrid *self);
gboolean     cpt_dashboard_grid_begin_drag  (CptDashboardGrid *self,
                                             double            x,
                                             double            y);
/* By so much from where it began; FALSE while that is too little for a drag */
gboolean     cpt_dashboard_grid_update_drag (CptDashboardGrid *self,
                                             double            dx,
                                             double            dy);
void         cpt_dashboard_grid_end_drag    (CptDashboardGrid *self);
void         cpt_dashboard_grid_cancel_drag (CptDashboardGrid *self);

G_END_DECLS
