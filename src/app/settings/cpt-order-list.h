/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CPT_TYPE_ORDER_LIST (cpt_order_list_get_type ())

G_DECLARE_FINAL_TYPE (CptOrderList, cpt_order_list, CPT, ORDER_LIST, AdwBin)

/**
 * CptOrderList:
 *
 * Rows in an order that people choose: they drag one, or move the one at the
 * keyboard with Ctrl and the arrows. Emits "moved" (guint from, guint to) after
 * the row has gone there, "activated" (const char *key), "removed" (const char
 * *key) when a row is to go: Delete, or its button.
 *
 * A row of one that is shared can go to another such list. That is left to whoever
 * keeps the order: "taken" (const char *key, guint to) when a row of another list
 * was dropped here, "left" (const char *key, int direction) when a key would move
 * a row beyond the end: -1 or 1.
 */
/* @label: for screen readers */
GtkWidget  *cpt_order_list_new        (const char *label);
/* Of rows that have no order: they can't be moved. Before the first of them */
void        cpt_order_list_set_fixed  (CptOrderList *self);
void        cpt_order_list_set_shared (CptOrderList *self);
/* Rows appended from now on have a button that emits "removed" */
void        cpt_order_list_set_removable (CptOrderList *self);
/* @row: an AdwPreferencesRow; @key (nullable): what it is known by; those without
 * one stay at the end and can't be moved */
void        cpt_order_list_append     (CptOrderList *self,
                                       GtkWidget    *row,
                                       const char   *key);
/* (nullable): what the whole list is known by */
void        cpt_order_list_set_name   (CptOrderList *self,
                                       const char   *name);
const char *cpt_order_list_get_name   (CptOrderList *self);
/* Rows with a key */
guint       cpt_order_list_get_length (CptOrderList *self);
/* (nullable): of the row at @index */
const char *cpt_order_list_get_key    (CptOrderList *self,
                                       guint         index);
/* (nullable): where the keyboard is: the number of the row, its key, if it has
 * one, and "/2" for what is the second in it: "0 lead/2" */
char       *cpt_order_list_dup_focus  (CptOrderList *self) G_GNUC_WARN_UNUSED_RESULT;
/* The row with that key; FALSE when there is none */
gboolean    cpt_order_list_focus      (CptOrderList *self,
                                       const char   *where);
/* The row that stands there now, or the last one; FALSE when there is none */
gboolean    cpt_order_list_focus_near (CptOrderList *self,
                                       const char   *where);

G_END_DECLS
