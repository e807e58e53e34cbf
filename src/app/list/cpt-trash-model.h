/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-grid-model.h"
#include "cpt-trash.h"

G_BEGIN_DECLS

#define CPT_TYPE_TRASH_MODEL (cpt_trash_model_get_type ())

G_DECLARE_FINAL_TYPE (CptTrashModel, cpt_trash_model, CPT, TRASH_MODEL, GObject)

/* Deleted records for a data grid, all in memory. @zone of the times shown */
CptTrashModel      *cpt_trash_model_new       (GTimeZone *zone);
/* Takes @items (element-type CptTrashItem), newest first */
void                cpt_trash_model_set_items (CptTrashModel *self,
                                               GPtrArray     *items);
/* Only titles and kinds with these words; (nullable) */
void                cpt_trash_model_set_words (CptTrashModel *self,
                                               const char    *words);
const CptTrashItem *cpt_trash_model_get_item  (CptTrashModel *self,
                                               guint          position);

G_END_DECLS
