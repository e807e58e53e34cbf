/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-filter.h"
#include "cpt-store.h"

G_BEGIN_DECLS

#define CPT_TYPE_FILTER_BAR (cpt_filter_bar_get_type ())

G_DECLARE_FINAL_TYPE (CptFilterBar, cpt_filter_bar, CPT, FILTER_BAR, GtkWidget)

/* Conditions as chips that read as sentences. Emits "changed" when the person
 * has added, changed or removed one. */
GtkWidget *cpt_filter_bar_new        (CptStore        *store,
                                      CptSchema       *schema,
                                      const CptEntity *entity);
/* What the button says that adds one, in place of "Add Filter" */
void       cpt_filter_bar_set_adding (CptFilterBar *self,
                                      const char   *label);
/* @filter (nullable): of the same schema; without "changed" */
void       cpt_filter_bar_set_filter (CptFilterBar *self,
                                      CptFilter    *filter);
/* One more condition, as if the person had added it: with "changed" */
void       cpt_filter_bar_add        (CptFilterBar *self,
                                      CptFilter    *condition);
/* (transfer full) (nullable) */
CptFilter *cpt_filter_bar_dup_filter (CptFilterBar *self);
/* What was filtered by lately, as cpt_filter_recent_add() writes it; (nullable):
 * then nothing is remembered nor offered */
void        cpt_filter_bar_set_recent (CptFilterBar *self,
                                       const char   *text);
const char *cpt_filter_bar_get_recent (CptFilterBar *self);

G_END_DECLS
