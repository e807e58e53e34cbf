/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cpt-clock.h"
#include "cpt-record.h"

G_BEGIN_DECLS

/**
 * CptDatabase:
 *
 * One connection to a workspace file. Everything that reads or writes is a
 * straight blocking function on it. Confined to one thread at a time; the
 * #CptStore owns the threads of the window, the command line uses one
 * connection directly.
 */
typedef struct _CptDatabase CptDatabase;
typedef struct _CptBehaviour CptBehaviour;

typedef enum
{
  CPT_OPEN_READ, /* never writes, not even the WAL's index where it can be helped; works on damaged and read-only files */
  CPT_OPEN_WRITE, /* the file must exist and be a workspace; migrates it */
  CPT_OPEN_CREATE, /* the file must not exist */
} CptOpenMode;

/**
 * CptDatabaseConfig:
 * @clock: (nullable): the system's when NULL
 * @behaviours: (nullable): table ended by a NULL entity; static
 * @author: user who makes the changes; nil when not known
 * @device: (nullable): name of this machine for the log
 *
 * What a connection is told from outside. Copied, but for @behaviours.
 */
typedef struct
{
  CptClock           *clock;
  const CptBehaviour *behaviours;
  CptUuid             author;
  const char         *device;
} CptDatabaseConfig;

/* Errors: CPT_ERROR_NOT_FOUND, NOT_WORKSPACE, TOO_NEW, DAMAGED (open with
 * CPT_OPEN_READ to rescue), READ_ONLY, FULL, BUSY, IO. The file is untouched
 * when it is refused. */
CptDatabase *cpt_database_open           (const char               *path,
                                          CptOpenMode               mode,
                                          const CptDatabaseConfig  *config,
                                          GError                  **error);
void         cpt_database_close          (CptDatabase *self);
const char  *cpt_database_get_path       (CptDatabase *self);
gboolean     cpt_database_is_read_only   (CptDatabase *self);
gint64       cpt_database_get_now        (CptDatabase *self);
const CptUuid *cpt_database_get_author   (CptDatabase *self);
void         cpt_database_set_author     (CptDatabase   *self,
                                          const CptUuid *author);
/* The declarations with the workspace's custom fields as of the last
 * transaction seen. Owned by the connection until the next call. */
CptSchema   *cpt_database_get_schema     (CptDatabase *self);
/* (nullable): the rules in force, as of the same; likewise */
struct _CptRules *cpt_database_get_rules (CptDatabase *self);
/* The workspace's settings: zone "Europe/Paris", currency "EUR", country "FR",
 * name; UTC/EUR/FR when absent or unknown. Owned by the connection. */
GTimeZone   *cpt_database_get_zone       (CptDatabase *self);
const char  *cpt_database_get_currency   (CptDatabase *self);
const char  *cpt_database_get_country    (CptDatabase *self);
/* Today in the workspace's zone */
gint64       cpt_database_get_today      (CptDatabase *self);
char        *cpt_database_dup_setting    (CptDatabase *self,
                                          const char  *key);
gboolean     cpt_database_set_setting    (CptDatabase  *self,
                                          const char   *key,
                                          const char   *value,
                                          GError      **error);
/* Gives @key the value, if it has what is @expected (nullable); @is_written says
 * whether it had. For marks of this machine: the log says nothing of them. */
gboolean     cpt_database_exchange_mark  (CptDatabase  *self,
                                          const char   *key,
                                          const char   *expected,
                                          const char   *value,
                                          gboolean     *is_written,
                                          GError      **error);
/* Running statements end with G_IO_ERROR_CANCELLED within milliseconds when
 * @cancellable is cancelled; NULL ends the watch. */
void         cpt_database_watch          (CptDatabase  *self,
                                          GCancellable *cancellable);
/* Changes when any connection of any process has committed */
gint64       cpt_database_get_sequence   (CptDatabase *self);

typedef gboolean (*CptDatabaseFunc) (CptDatabase  *database,
                                     gpointer      data,
                                     GError      **error);

/* All that @func commits and writes, or nothing at all: when it returns FALSE. Others who
 * write wait meanwhile. */
gboolean     cpt_database_transact       (CptDatabase      *self,
                                          CptDatabaseFunc   func,
                                          gpointer          data,
                                          GError          **error);

/* Reading one record. NULL with CPT_ERROR_NOT_FOUND; @in_trash records are
 * found too and say so. */
CptRecord   *cpt_database_load           (CptDatabase      *self,
                                          const CptEntity  *entity,
                                          const CptUuid    *id,
                                          GError          **error);
CptRecord   *cpt_database_load_row       (CptDatabase      *self,
                                          const CptEntity  *entity,
                                          gint64            row,
                                          GError          **error);
/* The title of a record, NULL when it is not here */
char        *cpt_database_dup_title      (CptDatabase     *self,
                                          const CptEntity *entity,
                                          const CptUuid   *id);
/* The one record whose @field has @value; FALSE without error when there is
 * none, CPT_ERROR_CONFLICT when there are several. Text compares folded when
 * @folded. */
gboolean     cpt_database_find           (CptDatabase      *self,
                                          const CptEntity  *entity,
                                          const CptField   *field,
                                          const CptValue   *value,
                                          gboolean          folded,
                                          CptUuid          *id,
                                          GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptDatabase, cpt_database_close)

G_END_DECLS
