/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* How the cells of a column look */
typedef enum
{
  CPT_CELL_TEXT,
  CPT_CELL_DIM, /* text that matters less */
  CPT_CELL_NUMBER, /* at the end, figures of equal width */
  CPT_CELL_PILLS, /* words on coloured ground */
  CPT_CELL_CHECK, /* a tick or nothing */
} CptCellLook;

/**
 * CptGridColumn:
 * @title: for people
 * @name: (nullable): what the model calls it; stable
 * @look: how its cells look
 * @width: natural, in pixels
 * @is_sortable: whether the model can sort by it
 *
 * One column of a grid. Owned by the model.
 */
typedef struct
{
  char        *title;
  char        *name;
  CptCellLook  look;
  int          width;
  gboolean     is_sortable;
} CptGridColumn;

#define CPT_GRID_MAX_PILLS 6

/**
 * CptGridCell:
 * @text: (nullable): for people; also what a screen reader says
 * @pills: (array length=n_pills): the words of %CPT_CELL_PILLS
 * @is_checked: for %CPT_CELL_CHECK
 *
 * What a cell shows. Zeroed before it is filled in; cleared by the grid.
 */
typedef struct
{
  char    *text;
  struct
  {
    char       *text;
    const char *colour; /* (nullable): palette name; static or owned by the schema */
  }        pills[CPT_GRID_MAX_PILLS];
  guint    n_pills;
  gboolean is_checked;
} CptGridCell;

/**
 * CptGridGroup:
 * @label: what its rows have in common
 * @detail: how many there are
 * @is_folded: its rows are not shown
 *
 * A row that stands above others and names them. Zeroed before it is filled in;
 * cleared by the grid.
 */
typedef struct
{
  char    *label;
  char    *detail;
  gboolean is_folded;
} CptGridGroup;

typedef enum
{
  CPT_GRID_RESET, /* other rows, in another order */
  CPT_GRID_COLUMNS, /* other columns */
  CPT_GRID_CONTENT, /* versions of rows changed, no row went or came */
  CPT_GRID_SPLICE, /* at @position, @removed rows went and @added came */
  CPT_GRID_MOVE, /* the row at @position is now at @removed */
} CptGridChange;

#define CPT_TYPE_GRID_MODEL (cpt_grid_model_get_type ())

G_DECLARE_INTERFACE (CptGridModel, cpt_grid_model, CPT, GRID_MODEL, GObject)

/**
 * CptGridModelInterface:
 * @get_length: number of rows
 * @get_column: NULL behind the last one
 * @get_key: identity of the row at a position; never 0
 * @get_version: changes whenever what the row shows changes; 0 while it is not loaded
 * @get_cell: for a loaded row
 * @set_range: rows that are on the screen, last one included: those will be asked for
 * @get_order: (nullable): 1 when the rows are sorted by the column first, 2 when
 *   it comes second..., negative when descending; 0 when it does not matter
 * @sort: (nullable): sorts by the column; where @as_well, after what it is
 *   sorted by already
 * @get_group: (nullable): TRUE when the row names a group, whose cells are sums
 * @fold: (nullable): shows or hides the rows of the group at a position
 *
 * Rows for a #CptDataGrid. Answers at once with what it has; what it has to
 * fetch it announces later by the signal
 * "changed" (CptGridChange change, guint position, guint removed, guint added).
 */
struct _CptGridModelInterface
{
  GTypeInterface parent;

  guint                (*get_length)  (CptGridModel *self);
  const CptGridColumn *(*get_column)  (CptGridModel *self,
                                       guint         column);
  gint64               (*get_key)     (CptGridModel *self,
                                       guint         position);
  guint64              (*get_version) (CptGridModel *self,
                                       guint         position);
  void                 (*get_cell)    (CptGridModel *self,
                                       guint         position,
                                       guint         column,
                                       CptGridCell  *cell);
  void                 (*set_range)   (CptGridModel *self,
                                       guint         first,
                                       guint         last);
  int                  (*get_order)   (CptGridModel *self,
                                       guint         column);
  void                 (*sort)        (CptGridModel *self,
                                       guint         column,
                                       gboolean      descending,
                                       gboolean      as_well);
  gboolean             (*get_group)   (CptGridModel *self,
                                       guint         position,
                                       CptGridGroup *group);
  void                 (*fold)        (CptGridModel *self,
                                       guint         position,
                                       gboolean      folded);
};

guint                cpt_grid_model_get_length  (CptGridModel *self);
const CptGridColumn *cpt_grid_model_get_column  (CptGridModel *self,
                                                 guint         column);
gint64               cpt_grid_model_get_key     (CptGridModel *self,
                                                 guint         position);
guint64              cpt_grid_model_get_version (CptGridModel *self,
                                                 guint         position);
void                 cpt_grid_model_get_cell    (CptGridModel *self,
                                                 guint         position,
                                                 guint         column,
                                                 CptGridCell  *cell);
void                 cpt_grid_model_set_range   (CptGridModel *self,
                                                 guint         first,
                                                 guint         last);
int                  cpt_grid_model_get_order   (CptGridModel *self,
                                                 guint         column);
void                 cpt_grid_model_sort        (CptGridModel *self,
                                                 guint         column,
                                                 gboolean      descending,
                                                 gboolean      as_well);
/* @group (optional) */
gboolean             cpt_grid_model_get_group   (CptGridModel *self,
                                                 guint         position,
                                                 CptGridGroup *group);
void                 cpt_grid_model_fold        (CptGridModel *self,
                                                 guint         position,
                                                 gboolean      folded);
/* For models */
void                 cpt_grid_model_changed     (CptGridModel  *self,
                                                 CptGridChange  change,
                                                 guint          position,
                                                 guint          removed,
                                                 guint          added);
void                 cpt_grid_cell_clear        (CptGridCell *self);
void                 cpt_grid_cell_add_pill     (CptGridCell *self,
                                                 const char  *text,
                                                 const char  *colour);
void                 cpt_grid_column_clear      (CptGridColumn *self);
void                 cpt_grid_group_clear       (CptGridGroup *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptGridCell, cpt_grid_cell_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptGridGroup, cpt_grid_group_clear)

G_END_DECLS
