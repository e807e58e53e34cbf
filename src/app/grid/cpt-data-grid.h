/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-grid-model.h"

G_BEGIN_DECLS

#define CPT_TYPE_DATA_GRID (cpt_data_grid_get_type ())

G_DECLARE_FINAL_TYPE (CptDataGrid, cpt_data_grid, CPT, DATA_GRID, GtkWidget)

#define CPT_DATA_GRID_NONE G_MAXUINT
#define CPT_GRID_MIN_WIDTH 48 /* of a column */

/* A table of any number of rows of equal height; to be put into a
 * GtkScrolledWindow. Signals: "activated" (guint position), "selected" (),
 * "resized" (guint column), "column-moved" (guint column, guint target): by the
 * person, as is "column-pinned" (guint column): to be pinned, or not any more;
 * "column-menu" (guint column, double x, double y) and "row-menu"
 * (guint position, guint column, double x, double y): asks for a menu there;
 * "edit" (guint position, guint column, const char *text): wants to change a
 * cell, by typing @text (nullable);
 * "cursor-moved" (). */
GtkWidget       *cpt_data_grid_new            (void);
/* @model (nullable) */
void             cpt_data_grid_set_model      (CptDataGrid  *self,
                                               CptGridModel *model);
CptGridModel    *cpt_data_grid_get_model      (CptDataGrid *self);
/* Rows of two lines without a header, for narrow windows; a click activates */
void             cpt_data_grid_set_compact    (CptDataGrid *self,
                                               gboolean     compact);
/* %CPT_DATA_GRID_NONE while there are no rows */
guint            cpt_data_grid_get_cursor     (CptDataGrid *self);
/* Scrolls as far as is needed */
void             cpt_data_grid_set_cursor     (CptDataGrid *self,
                                               guint        position);
/* The column of the cell in the row of the cursor that the keyboard is at, or
 * %CPT_DATA_GRID_NONE while it is at the row as a whole */
guint            cpt_data_grid_get_cell       (CptDataGrid *self);
/* Scrolls sideways as far as is needed */
void             cpt_data_grid_set_cell       (CptDataGrid *self,
                                               guint        column);
/* Where a cell is seen in the grid; FALSE where it is not */
gboolean         cpt_data_grid_get_cell_area  (CptDataGrid  *self,
                                               guint         position,
                                               guint         column,
                                               GdkRectangle *area);
/* Takes the floating @editor (nullable) and keeps it over the cell at @column in
 * the row of the cursor; the one before goes */
void             cpt_data_grid_set_editor     (CptDataGrid *self,
                                               GtkWidget   *editor,
                                               guint        column);
/* (transfer none): positions; changes with every change of the selection */
const GtkBitset *cpt_data_grid_get_selection  (CptDataGrid *self);
guint            cpt_data_grid_get_n_selected (CptDataGrid *self);
void             cpt_data_grid_select_all     (CptDataGrid *self);
void             cpt_data_grid_unselect_all   (CptDataGrid *self);
/* The first @n_pinned columns stay where they are while the others are scrolled
 * sideways; as many of them as leave room for others */
void             cpt_data_grid_set_pinned     (CptDataGrid *self,
                                               guint        n_pinned);
guint            cpt_data_grid_get_pinned     (CptDataGrid *self);
/* The row at @y of the grid; %CPT_DATA_GRID_NONE where there is none */
guint            cpt_data_grid_find_row       (CptDataGrid *self,
                                               double       y);
/* The row that something would be dropped on, or %CPT_DATA_GRID_NONE */
void             cpt_data_grid_set_target     (CptDataGrid *self,
                                               guint        position);
/* In pixels, as drawn */
int              cpt_data_grid_get_width      (CptDataGrid *self,
                                               guint        column);
/* What the person chose earlier; before or after the model is set */
void             cpt_data_grid_set_width      (CptDataGrid *self,
                                               guint        column,
                                               int          width);
/* Rows on the screen, the last one included */
void             cpt_data_grid_get_range      (CptDataGrid *self,
                                               guint       *first,
                                               guint       *last);
int              cpt_data_grid_get_row_height (CptDataGrid *self);

G_END_DECLS
