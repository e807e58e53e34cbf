/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-data-grid.h"

G_BEGIN_DECLS

#define CPT_GRID_CELL_PADDING 12
/* Below the cell that the keyboard is at: a toast, which tells of the one before */
#define CPT_GRID_TOAST_ROOM 64
/* How small a sum may be written where it has no room */
#define CPT_GRID_MIN_SCALE 0.6

/* Colours as the theme has them; looked up anew when it changes */
typedef struct
{
  GdkRGBA  foreground;
  GdkRGBA  accent;
  GdkRGBA  borders;
  gboolean is_dark;
  gboolean is_high_contrast;
} CptGridStyle;

/* A column as it is laid out: positions as in a left-to-right language */
typedef struct
{
  int wanted; /* natural, or as the person wants it */
  int x;
  int width;
} CptGridTrack;

struct _CptDataGrid
{
  GtkWidget parent_instance;

  CptGridModel        *model; /* (nullable) */
  gulong               model_handler;
  GtkAdjustment       *adjustments[2]; /* by GtkOrientation */
  gulong               handlers[2];
  GtkScrollablePolicy  policies[2];
  GtkWidget           *header;

  GArray              *tracks; /* (element-type CptGridTrack) */
  int                  content_width;
  guint                n_pinned; /* columns that should stay while others are scrolled */
  guint                n_stuck; /* of them, those that do: others need room */
  int                  stuck_width; /* of these */
  int                  row_height;
  guint                n_rows;

  CptGridStyle         style;
  GHashTable          *nodes; /* keys of rows to drawn rows */
  guint                generation; /* of everything that changes all drawn rows */

  GtkBitset           *selection;
  guint                cursor;
  guint                cell; /* column of the cursor, or CPT_DATA_GRID_NONE: the whole row */
  guint                anchor; /* where a range begins */
  guint                hover; /* or CPT_DATA_GRID_NONE */
  guint                target; /* of a drag, or CPT_DATA_GRID_NONE */
  gboolean             is_pressed; /* on what is selected, which is unselected by a click */
  gboolean             is_compact;

  GPtrArray           *rows; /* (element-type CptGridRow): borrowed from GTK */
  guint                settle_source;

  GtkWidget            *editor; /* (nullable): a child, over the cell at the cursor */
  guint                 edited; /* its column */
  GtkEventControllerKey *keys; /* borrowed from GTK */
  GtkIMContext         *input; /* what is typed on a cell */
};

int             cpt_data_grid_get_header_height (CptDataGrid *self);
/* What can be scrolled to: all rows, and below them room for the toast while
 * cells are gone through */
double          cpt_data_grid_get_extent (CptDataGrid *self);
double          cpt_data_grid_get_offset        (CptDataGrid    *self,
                                                 GtkOrientation  orientation);
/* Where a column begins in the grid, from the left; pinned ones where they stay */
int             cpt_data_grid_get_column_x      (CptDataGrid *self,
                                                 guint        column);
/* Where columns that are scrolled can be seen, in the grid's width */
graphene_rect_t cpt_data_grid_get_scrolled_area (CptDataGrid *self,
                                                 double       height);
void            cpt_data_grid_layout_columns    (CptDataGrid *self,
                                                 int          width);
void            cpt_data_grid_invalidate        (CptDataGrid *self);
void            cpt_data_grid_resize_column     (CptDataGrid *self,
                                                 guint        column,
                                                 int          width);
void            cpt_data_grid_selection_changed (CptDataGrid *self);
void            cpt_data_grid_activate          (CptDataGrid *self,
                                                 guint        position);

/* Drawing: cpt-data-grid-draw.c */
GskRenderNode  *cpt_data_grid_draw_row          (CptDataGrid *self,
                                                 guint        position);
void            cpt_data_grid_read_style        (CptDataGrid *self);
int             cpt_data_grid_measure_row       (CptDataGrid *self);

/* Pointer and keys: cpt-data-grid-input.c */
void            cpt_data_grid_add_controllers   (CptDataGrid *self);
void            cpt_data_grid_toggle            (CptDataGrid *self,
                                                 guint        position);

/* The cell of the cursor: cpt-data-grid-cell.c */
void            cpt_data_grid_add_input         (CptDataGrid           *self,
                                                 GtkEventControllerKey *keys);
gboolean        cpt_data_grid_handle_cell_key   (CptDataGrid     *self,
                                                 guint            key,
                                                 GdkModifierType  modifiers);
/* The column at @x of the grid; the nearest one beyond the ends */
guint           cpt_data_grid_find_column       (CptDataGrid *self,
                                                 double       x);
void            cpt_data_grid_allocate_editor   (CptDataGrid *self,
                                                 int          width,
                                                 int          height);

/* Rows that name groups: cpt-data-grid-group.c */
gboolean        cpt_data_grid_is_group          (CptDataGrid *self,
                                                 guint        position);
void            cpt_data_grid_toggle_group      (CptDataGrid *self,
                                                 guint        position);
/* Its rows, or none of them when all are */
void            cpt_data_grid_select_group      (CptDataGrid *self,
                                                 guint        position);
/* Only records are selected */
void            cpt_data_grid_unselect_groups   (CptDataGrid *self);
gboolean        cpt_data_grid_handle_group_key  (CptDataGrid     *self,
                                                 guint            key,
                                                 GdkModifierType  modifiers);

/* The row of titles: cpt-grid-header.c */
#define CPT_TYPE_GRID_HEADER (cpt_grid_header_get_type ())
G_DECLARE_FINAL_TYPE (CptGridHeader, cpt_grid_header, CPT, GRID_HEADER, GtkWidget)
GtkWidget      *cpt_grid_header_new             (CptDataGrid *grid);
void            cpt_grid_header_update          (CptGridHeader *self);
/* Puts the titles where their columns are now */
void            cpt_grid_header_allocate_titles (CptGridHeader *self);

/* What a screen reader sees of a row: cpt-grid-row.c */
#define CPT_TYPE_GRID_ROW (cpt_grid_row_get_type ())
G_DECLARE_FINAL_TYPE (CptGridRow, cpt_grid_row, CPT, GRID_ROW, GtkWidget)
GtkWidget      *cpt_grid_row_new                (CptDataGrid *grid);
void            cpt_grid_row_update             (CptGridRow *self,
                                                 guint       position);
void            cpt_grid_row_allocate_cells     (CptGridRow *self);
/* What is said of a cell: its text, "yes" or "no" */
const char     *cpt_grid_cell_get_words         (const CptGridCell   *cell,
                                                 const CptGridColumn *column);
/* "Name: Acme, City: Lyon" */
char           *cpt_grid_row_describe           (CptGridModel *model,
                                                 guint         position);

G_END_DECLS
