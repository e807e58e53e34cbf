/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-bulk.h"
#include "cpt-data-grid.h"
#include "cpt-grid-footer.h"
#include "cpt-list-view.h"
#include "cpt-query-bar.h"
#include "cpt-query-model.h"
#include "cpt-series.h"
#include "cpt-views-button.h"

G_BEGIN_DECLS

/* One column as the person wants it */
typedef struct
{
  char *path;
  int   width; /* in pixels; 0: the natural one */
  gboolean is_pinned; /* seen while others are scrolled; such columns come first */
} CptListColumn;

/* A change of many records that is under way: cpt-list-bulk.c */
typedef struct _CptListBulk CptListBulk;

/* A cell that is being edited: cpt-list-cell.c */
typedef struct _CptListCell CptListCell;

/* The list is spread over files: what it shows (cpt-list-view.c), its columns
 * (cpt-list-columns.c) and what can be done with its records
 * (cpt-list-actions.c). */
struct _CptListView
{
  CptView parent_instance;

  const CptEntity *entity; /* of @schema */
  CptSchema       *schema;
  CptQueryModel   *model;
  GCancellable    *cancellable;
  gboolean         is_place; /* its order is remembered */
  gboolean         has_line; /* where records are written down; not where nothing can be changed */
  gboolean         has_failed; /* what it asked for could not be read */
  GArray          *columns; /* (element-type CptListColumn): those of the grid; at least one */
  GArray          *totals; /* (element-type CptTotal): those that were chosen */
  GCancellable    *totals_cancellable; /* (nullable): they are being read */
  guint            totals_source; /* they will be */
  char            *standard; /* (nullable): JSON of what a place shows without a saved view */

  /* Borrowed from GTK */
  CptQueryBar     *bar;
  GtkStack        *stack; /* "grid", "empty" and "nothing" */
  CptDataGrid     *grid;
  GtkWidget       *footer;
  GtkWidget       *spinner;
  GtkWidget       *actions; /* revealed while something is selected */
  GtkLabel        *selected;
  GtkWidget       *trash;
  GtkWidget       *columns_button;
  CptViewsButton  *views_button;
  GtkWidget       *menu; /* (nullable): of a column or a row, shown last */

  CptListCell     *cell; /* (owned) (nullable) */
  gboolean         is_leaving; /* nobody can be asked any more */
  GtkWidget       *peek_box; /* beside the grid; visible while a record is shown */
  GtkWidget       *peek; /* (nullable): in it, once it was wanted */

  int              drag_scroll; /* pixels a frame while something is over the ends of the grid */
  guint            drag_tick;

  CptListBulk     *bulk; /* (owned) (nullable) */
  GCancellable    *bulk_cancellable; /* (nullable): of it */
  guint            bulk_source; /* looks how far it is */
  GtkWidget       *bulk_bar; /* revealed while it takes long */
  GtkProgressBar  *bulk_progress;
};

char *cpt_list_view_dup_state_key   (CptListView *self,
                                     const char  *what);

void  cpt_list_view_import          (CptView *view);
void  cpt_list_view_export          (CptView *view);
void  cpt_list_view_install_export_action (GtkWidgetClass *klass);

/* (transfer full) (element-type gint64): the records selected, each once, or the
 * one at the cursor: cpt-list-actions.c */
GArray      *cpt_list_view_collect_rows           (CptListView *self);

/* One field of one record: cpt-list-cell.c */

/* The field of the record itself in a column; or NULL, and in @reason (transfer
 * none) a sentence why it is not changed in the list */
const CptField *cpt_list_view_get_editable        (CptListView  *self,
                                                   guint         column,
                                                   const char  **reason);
/* @text (nullable): typed in place of what is there. Says it when it can't be
 * edited. */
void         cpt_list_view_edit_cell              (CptListView *self,
                                                   guint        position,
                                                   guint        column,
                                                   const char  *text);
/* Empties the cell that the keyboard is at; FALSE when it is at a row */
gboolean     cpt_list_view_clear_cell             (CptListView *self);
/* Stores what is typed; FALSE when it can't be read, which is shown */
gboolean     cpt_list_view_finish_cell            (CptListView *self);
/* (nullable): the field of the cell that is being edited */
const CptField *cpt_list_view_get_edited          (CptListView *self);
void         cpt_list_view_cancel_cell            (CptListView *self);
/* Rows have come, gone, moved or changed */
void         cpt_list_view_follow_cell            (CptListView *self);
void         cpt_list_view_install_cell_actions   (GtkWidgetClass *klass);

/* Records from the list and onto its rows: cpt-list-drag.c */
void         cpt_list_view_add_drag               (CptListView *self);
void         cpt_list_view_stop_drag              (CptListView *self);

/* Cells to and from spreadsheets: cpt-list-clipboard.c */
void         cpt_list_view_install_clipboard_actions (GtkWidgetClass *klass);

/* The same change for all that are selected: cpt-list-bulk.c */
void         cpt_list_view_delete_selected        (CptListView *self);
/* Runs it; none is under way. @value is copied; @scope (nullable) is about those
 * that repeat. */
void         cpt_list_view_start_bulk             (CptListView          *self,
                                                   GArray               *rows,
                                                   CptBulkKind           kind,
                                                   const CptField       *field,
                                                   const CptValue       *value,
                                                   const CptSeriesScope *scope);
void         cpt_list_view_install_bulk_actions   (GtkWidgetClass *klass);
void         cpt_list_view_add_bulk_items         (CptListView *self,
                                                   GMenu       *menu);
GtkWidget   *cpt_list_view_create_bulk_button     (CptListView *self);
GtkWidget   *cpt_list_view_create_bulk_bar        (CptListView *self);
/* Forgets what is under way; that goes on */
void         cpt_list_view_stop_bulk              (CptListView *self);

/* What repeats: cpt-list-series.c */

/* Changes @rows, or deletes them (without @field); asks first what is meant when
 * some of them repeat. @rows are nobody else's to change any more. */
void         cpt_list_view_change_rows            (CptListView    *self,
                                                   GArray         *rows,
                                                   CptBulkKind     kind,
                                                   const CptField *field,
                                                   const CptValue *value);
/* Whether that has to be asked: cpt_store_finish() gives a gboolean on the heap */
void         cpt_list_view_find_series            (CptListView         *self,
                                                   GArray              *rows,
                                                   const CptField      *field,
                                                   GAsyncReadyCallback  callback,
                                                   gpointer             user_data);

/* Columns: cpt-list-columns.c. Numbers of columns are those of the grid. */

/* As they were seen last in this workspace, on this machine */
void         cpt_list_view_restore_columns        (CptListView *self);
/* (transfer full): "name:220:pinned,stage" */
char        *cpt_list_view_dup_columns            (CptListView *self);
/* @text (nullable): as above; as declared when NULL */
void         cpt_list_view_set_columns            (CptListView *self,
                                                   const char  *text);
char       **cpt_list_view_dup_paths              (CptListView *self);
/* To the grid */
void         cpt_list_view_apply_widths           (CptListView *self);
/* From the grid */
void         cpt_list_view_resize_column          (CptListView *self,
                                                   guint        column);
void         cpt_list_view_move_column            (CptListView *self,
                                                   guint        column,
                                                   guint        target);
void         cpt_list_view_hide_column            (CptListView *self,
                                                   guint        column);
/* Pins it behind those that are pinned, or lets it go */
void         cpt_list_view_pin_column             (CptListView *self,
                                                   guint        column);
/* (transfer full) */
GMenuModel  *cpt_list_view_create_column_menu     (CptListView *self,
                                                   guint        column);
void         cpt_list_view_install_column_actions (GtkWidgetClass *klass);
/* A popover with all fields, ticked when they are columns */
GtkWidget   *cpt_list_view_create_columns_popover (CptListView *self);

/* Groups: cpt-list-groups.c. Groupings as cpt_grouping_parse() takes them;
 * "" and %NULL: none */

/* As they were seen last in this workspace, on this machine; once for a model */
void         cpt_list_view_restore_grouping       (CptListView *self);
void         cpt_list_view_set_grouping           (CptListView *self,
                                                   const char  *text);
/* Never %NULL */
char        *cpt_list_view_dup_grouping           (CptListView *self);
/* Whether there were too many groups: then there are none */
gboolean     cpt_list_view_drop_grouping          (CptListView  *self,
                                                   const GError *error);
void         cpt_list_view_add_group_items        (CptListView *self,
                                                   GMenu       *menu,
                                                   guint        column);
/* Of a list that is divided */
void         cpt_list_view_add_grouping_items     (CptListView *self,
                                                   GMenu       *menu);
/* (transfer full): of a row that names a group */
GMenuModel  *cpt_list_view_create_group_menu      (CptListView *self);
void         cpt_list_view_install_group_actions  (GtkWidgetClass *klass);

/* Totals: cpt-list-totals.c. As text "amount:sum,probability:avg"; "" and %NULL: none */

/* As they were seen last in this workspace, on this machine */
void         cpt_list_view_restore_totals         (CptListView *self);
void         cpt_list_view_set_totals             (CptListView *self,
                                                   const char  *text);
/* Never %NULL */
char        *cpt_list_view_dup_totals             (CptListView *self);
/* Soon, since something changed */
void         cpt_list_view_count_totals           (CptListView *self);
void         cpt_list_view_stop_totals            (CptListView *self);
void         cpt_list_view_add_total_items        (CptListView *self,
                                                   GMenu       *menu,
                                                   guint        column);
void         cpt_list_view_install_total_actions  (GtkWidgetClass *klass);

/* The menu of a record: cpt-list-row-menu.c. (transfer full) */
GMenuModel  *cpt_list_view_create_row_menu        (CptListView *self,
                                                   guint        position,
                                                   guint        column);
void         cpt_list_view_install_row_actions    (GtkWidgetClass *klass);

/* Merging what is selected: cpt-list-merge.c. Adds to @menu when there is
 * something to merge. */
void         cpt_list_view_add_merge_item         (CptListView *self,
                                                   GMenu       *menu);
void         cpt_list_view_install_merge_action   (GtkWidgetClass *klass);

/* The record at the cursor beside the list: cpt-list-peek.c */
GtkWidget   *cpt_list_view_create_peek            (CptListView *self);
void         cpt_list_view_close_peek             (CptListView *self);
/* After the rows, or with @reload the record, may have changed */
void         cpt_list_view_update_peek            (CptListView *self,
                                                   gboolean     reload);

/* Saved views: cpt-list-saved.c */
GtkWidget   *cpt_list_view_create_views_button    (CptListView *self);

G_END_DECLS
