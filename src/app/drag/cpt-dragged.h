/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-store.h"

G_BEGIN_DECLS

/**
 * CptDragged:
 * @store: (owned): where the records are
 * @schema: (owned): what @entity belongs to
 * @entity: their kind
 * @rows: (owned) (element-type gint64): which; at least one; never changed
 *
 * Records that are dragged, as the program itself takes them. Belongs to the
 * main loop; counted, never changed.
 */
typedef struct
{
  CptStore        *store;
  CptSchema       *schema;
  const CptEntity *entity;
  GArray          *rows;
} CptDragged;

#define CPT_TYPE_DRAGGED (cpt_dragged_get_type ())

GType       cpt_dragged_get_type (void);

/* Copies @rows */
CptDragged *cpt_dragged_new      (CptStore        *store,
                                  CptSchema       *schema,
                                  const CptEntity *entity,
                                  const gint64    *rows,
                                  guint            n_rows) G_GNUC_WARN_UNUSED_RESULT;
CptDragged *cpt_dragged_ref      (CptDragged *self);
void        cpt_dragged_unref    (CptDragged *self);
gboolean    cpt_dragged_has      (const CptDragged *self,
                                  const CptEntity  *entity,
                                  gint64            row);
/* What people call them: "3 contacts" */
char       *cpt_dragged_dup_label (const CptDragged *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptDragged, cpt_dragged_unref)

G_END_DECLS
