/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-door-private.h"

G_BEGIN_DECLS

/* One change of one record, as the log has it */
typedef struct
{
  const CptEntity *entity; /* of the connection's schema */
  gint64           row;
  CptUuid          id;
  CptAct           act;
  const char      *fields; /* (nullable) */
  gboolean         is_lenient; /* what has changed since stays, and is named field by field */
} CptUndoChange;

/* Adds the steps that take @change back. @conflicts (nullable): gets the title
 * of the record when it is no longer as the change left it; without it such a
 * change is left out. @records: CptUuid -> CptRecord: records as they are after
 * the steps so far, for one that was changed several times; filled here, see
 * cpt_undo_create_records(). */
gboolean cpt_undo_add_inverse (CptDatabase          *database,
                               CptTransaction       *transaction,
                               GHashTable           *records,
                               const CptUndoChange  *change,
                               GPtrArray            *conflicts,
                               GError              **error);

GHashTable *cpt_undo_create_records (void);

G_END_DECLS
