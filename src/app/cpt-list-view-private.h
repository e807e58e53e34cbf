/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-data-grid.h"
#include "cpt-filter-bar.h"
#include "cpt-list-view.h"
#include "cpt-query-model.h"

G_BEGIN_DECLS

/* The list is spread over two files: what it shows (cpt-list-view.c) and what
 * can be done with its records (cpt-list-actions.c). */
struct _CptListView
{
  CptView parent_instance;

  const CptEntity *entity; /* of @schema */
  CptSchema       *schema;
  CptQueryModel   *model;
  GCancellable    *cancellable;
  gboolean         is_place; /* its order and columns are remembered */

  /* Borrowed from GTK */
  GtkWidget       *toolbar;
  GtkWidget       *search;
  CptFilterBar    *filters;
  GtkStack        *stack; /* "grid", "empty" and "nothing" */
  CptDataGrid     *grid;
  GtkWidget       *spinner;
  GtkWidget       *actions; /* revealed while something is selected */
  GtkLabel        *selected;
  GtkWidget       *columns_button;
};

char *cpt_list_view_dup_state_key   (CptListView *self,
                                     const char  *what);
void  cpt_list_view_reload_columns  (CptListView *self);

void  cpt_list_view_delete_selected (CptListView *self);
void  cpt_list_view_import          (CptView *view);
void  cpt_list_view_export          (CptView *view);

/* A popover with all fields, ticked when they are columns: cpt-list-columns.c */
GtkWidget *cpt_list_view_create_columns_popover (CptListView *self);
/* (transfer full): NULL-terminated paths, as remembered or as declared */
char     **cpt_list_view_dup_columns            (CptListView *self);

G_END_DECLS
