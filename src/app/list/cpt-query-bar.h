/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-filter-bar.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_QUERY_BAR (cpt_query_bar_get_type ())

G_DECLARE_FINAL_TYPE (CptQueryBar, cpt_query_bar, CPT, QUERY_BAR, GtkWidget)

/* Words and conditions: the line above a list or a board. Emits "changed" when
 * the person asks for something else, and "left" when the keyboard is to go to
 * what was found. */
GtkWidget  *cpt_query_bar_new        (CptStore        *store,
                                      CptSchema       *schema,
                                      const CptEntity *entity);
/* These conditions (nullable) and no words; without "changed" */
void        cpt_query_bar_set_filter (CptQueryBar *self,
                                      CptFilter   *filter);
/* One more condition, as if the person had added it: with "changed" */
void        cpt_query_bar_add        (CptQueryBar *self,
                                      CptFilter   *condition);
/* (transfer full) (nullable) */
CptFilter  *cpt_query_bar_dup_filter (CptQueryBar *self);
/* Offers the filters used lately for such records in this workspace, on this
 * machine, and adds those that come. @window is above the bar. */
void        cpt_query_bar_remember_filters (CptQueryBar *self,
                                            CptWindow   *window);
/* (nullable) */
const char *cpt_query_bar_get_search (CptQueryBar *self);
/* Gives the words the keyboard, all selected */
void        cpt_query_bar_find       (CptQueryBar *self);
/* One below the other when there is little room */
void        cpt_query_bar_set_narrow (CptQueryBar *self,
                                      gboolean     is_narrow);

G_END_DECLS
