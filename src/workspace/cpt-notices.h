/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

#define CPT_NOTICE_ENTITY "notification"

/**
 * cpt_notices_list:
 * @database: a connection
 * @error: as of any reading
 *
 * What workflows have told the author of the connection, or everybody, and no program has
 * shown yet: the first one in front, at most a hundred.
 *
 * Returns: (transfer full) (element-type CptRecord) (nullable): records of the kind
 *   “notification”; %NULL with @error
 */
GPtrArray *cpt_notices_list      (CptDatabase  *database,
                                  GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/**
 * cpt_notices_mark_told:
 * @database: a connection that writes
 * @notices: (element-type CptUuid): ids of notifications
 * @error: as of any writing
 *
 * They were shown, and are not listed any more. Who shows first and marks then tells twice
 * when it is killed between, but never not at all.
 *
 * Returns: whether it is kept
 */
gboolean   cpt_notices_mark_told (CptDatabase  *database,
                                  GArray       *notices,
                                  GError      **error);

G_END_DECLS
