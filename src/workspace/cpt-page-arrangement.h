/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-page-layout.h"
#include "cpt-transaction.h"

G_BEGIN_DECLS

/* The records in which a workspace keeps how its pages are arranged. Two computers
 * may have made one each: those of all functions are the live ones of entity
 * "page_layout", those of other kinds of records among them or not. */

/**
 * cpt_page_arrangement_find:
 * @records: (element-type CptRecord): see above
 * @entity: the kind of record that has the pages
 *
 * The one that counts, as for the schema: the newest that can be read.
 *
 * Returns: (transfer none) (nullable): of @records
 */
CptRecord      *cpt_page_arrangement_find  (GPtrArray       *records,
                                            const CptEntity *entity);
/**
 * cpt_page_arrangement_set:
 * @schema: with @entity
 * @records: (element-type CptRecord): see above
 * @entity: the kind of record that has the pages
 * @layout: how they are to be
 * @origin: for the transaction
 *
 * Changes the one that counts, or makes one.
 *
 * Returns: (transfer full): to be committed
 */
CptTransaction *cpt_page_arrangement_set   (CptSchema           *schema,
                                            GPtrArray           *records,
                                            const CptEntity     *entity,
                                            const CptPageLayout *layout,
                                            CptOrigin            origin) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): all of @entity go to the trash: it is arranged as declared */
CptTransaction *cpt_page_arrangement_reset (GPtrArray       *records,
                                            const CptEntity *entity,
                                            CptOrigin        origin) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
