/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/**
 * CptMigration:
 * @version: schema version that needs it
 * @run: what to do; inside the transaction that sets the version
 *
 * A step that the declarations can't say. What they can say (tables, columns,
 * side tables, indexes that are missing) needs no step.
 */
typedef struct
{
  guint      version;
  gboolean (*run) (CptDatabase  *database,
                   GError      **error);
} CptMigration;

/* Brings the tables of the file to what this version declares; does nothing
 * when they are. CPT_ERROR_NOT_WORKSPACE when a table is another program's. */
gboolean cpt_migration_run (CptDatabase  *database,
                            GError      **error);

/* Names of tables and indexes that are missing, and of columns
 * ("table.column"); (element-type utf8) */
GPtrArray *cpt_migration_find_missing (CptDatabase  *database,
                                       GError      **error);

G_END_DECLS
