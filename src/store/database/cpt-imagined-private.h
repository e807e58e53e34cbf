/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-find.h"
#include "cpt-record.h"

G_BEGIN_DECLS

/* Records as changes that are only imagined would have left them. While a
 * connection has some (its member "imagined"), what is loaded by identifier or
 * found by a key (cpt-find.h) is as if they were stored; what is asked in other
 * ways, such as sums over records that link back, does not know of them. They
 * are kept in a file of their own, which nobody else sees and which goes with
 * them: memory does not grow with their number. */

typedef struct _CptImagined CptImagined;

CptImagined *cpt_imagined_new       (GError **error);
/* @self is nullable */
void         cpt_imagined_free      (CptImagined *self);
/* From now on, records of @entity can be found by @field */
void         cpt_imagined_add_key   (CptImagined     *self,
                                     const CptEntity *entity,
                                     const CptField  *field);
/* By their title and what is declared a key, as links name them */
void         cpt_imagined_add_names (CptImagined     *self,
                                     const CptEntity *entity);
/* @record: (nullable): as it would be; NULL when it would be gone */
gboolean     cpt_imagined_put       (CptImagined      *self,
                                     const CptEntity  *entity,
                                     const CptUuid    *id,
                                     const CptRecord  *record,
                                     GError          **error);
/* Of a connection that imagines. @is_known: (out): whether anything is imagined of it; @record: (out)
 * (optional) (transfer full) (nullable): what, or NULL when it would be gone */
gboolean     cpt_imagined_load      (CptDatabase      *database,
                                     const CptEntity  *entity,
                                     const CptUuid    *id,
                                     gboolean         *is_known,
                                     CptRecord       **record,
                                     GError          **error);
/* @id and @n_found (inout): as of cpt_find_value(), of what is stored; @id means
 * nothing when there is none */
gboolean     cpt_imagined_find      (CptDatabase      *database,
                                     const CptEntity  *entity,
                                     const CptField   *field,
                                     const CptValue   *value,
                                     CptUuid          *id,
                                     guint            *n_found,
                                     GError          **error);
/* Titles of records that are not stored, oldest first */
gboolean     cpt_imagined_each_title (CptDatabase       *database,
                                      const CptEntity   *entity,
                                      guint              limit,
                                      CptFindTitleFunc   func,
                                      gpointer           user_data,
                                      GError           **error);

/* What only one record may have, in any words, and who would have it */
gboolean     cpt_imagined_claim      (CptImagined    *self,
                                      const char     *claim,
                                      const CptUuid  *id,
                                      GError        **error);
/* @id is nil when nobody claimed it */
gboolean     cpt_imagined_get_claim  (CptImagined  *self,
                                      const char   *claim,
                                      CptUuid      *id,
                                      GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptImagined, cpt_imagined_free)

G_END_DECLS
