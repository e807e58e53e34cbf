/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "cpt-aggregate-cache-private.h"
#include "cpt-database.h"
#include "cpt-facts.h"
#include "cpt-rules.h"
#include "cpt-statement.h"
#include "cpt-transaction.h"

G_BEGIN_DECLS

/* "Cptr" */
#define CPT_APPLICATION_ID 0x43707472

/* The log sequence of a connection that has read nothing yet */
#define CPT_SEQUENCE_UNKNOWN   (-1)
#define CPT_SEQUENCE_NO_TABLES (-2)

/* The setting that says which transaction changed a declaration last */
#define CPT_SETTING_CUSTOM "custom_fields"

/* Of a connection's cache of pages, for PRAGMA cache_size: negative for KiB */
#define CPT_CACHE_SIZE "-16000"

/* How long a writer waits for another one, in milliseconds */
#define CPT_BUSY_TIMEOUT 5000

/* Rows that nobody sees but the connection that is making them */
typedef struct
{
  guint  entity;
  gint64 first;
  gint64 last;
  gint64 sequence; /* head of the unit */
} CptHiddenRange;

struct _CptDatabase
{
  sqlite3             *handle;
  char                *path;
  gboolean             read_only;
  gboolean             is_damaged; /* opened for rescue */
  gint                 own_damage;
  gint                *damage; /* atomic, shared by the connections of a store: SQLite met damage, nothing is written any more */
  CptClock            *clock;
  const CptBehaviour  *behaviours; /* static */
  CptUuid              author;
  char                *device; /* (nullable) */
  GHashTable          *statements; /* text -> CptStatement, idle or in use */
  GCancellable        *cancellable; /* (nullable) */

  CptFactsProgress     facts_progress; /* (nullable) */
  gpointer             facts_progress_data;

  /* As of the last refresh */
  gint64               sequence;
  gint64               custom_sequence; /* of the last change of a declaration */
  CptSchema           *schema;
  GHashTable          *loads; /* CptEntity of @schema -> text: see cpt_database_load_live() */
  GPtrArray           *retired; /* former schemas: callers may still hold entities of them */
  GArray              *hidden; /* of CptHiddenRange in the order of their rows, without those of @unit */
  char                *zone_name;
  GTimeZone           *zone;
  char                *currency;
  char                *country;

  gint64               unit; /* head of the unit being made here, or 0 */
  gint64               revealed; /* the act whose hidden declarations are seen here, or 0: see cpt_database_reveal() */
  gboolean             is_swept; /* somebody else calls cpt_unit_sweep(): aborting need not wait */
  guint                depth; /* of nested transactions and snapshots */
  int                  n_log_pages; /* in the write-ahead log after the last commit here */
  int                  turn; /* while it waits for another writer, or -1: see cpt_turn_ask() */
  CptRules            *rules; /* (owned) (nullable): in force, for @schema; NULL when there are none */
  struct _CptComputedPlan *computed; /* (owned) (nullable): of @schema's formulas */
  CptDatabase         *twin; /* (owned) (nullable): see cpt_twin_start() */
  CptAggregateCache   *aggregates; /* (owned) (nullable): see cpt_database_get_aggregates() */
  struct _CptImagined *imagined; /* (nullable): of whoever tries something out here: see cpt-imagined-private.h */
  struct _CptRehearsal *rehearsal; /* (nullable): see cpt_database_rehearse() */
};

struct _CptStatement
{
  CptDatabase  *database;
  sqlite3_stmt *handle;
  int           bind_result; /* of the first bind that failed */
  gboolean      in_use;
  gboolean      is_cached;
};

/* For further connections of a process that has checked the file already */
CptDatabase *cpt_database_open_again     (const char               *path,
                                          CptOpenMode               mode,
                                          const CptDatabaseConfig  *config,
                                          GError                  **error);
/* A damaged file, opened for reading: the standard schema and default settings
 * where the file's own can't be read */
gboolean     cpt_database_rescue         (CptDatabase *self);
/* Brings schema, settings and hidden ranges up to date with the snapshot that
 * the connection is in */
gboolean     cpt_database_refresh        (CptDatabase  *self,
                                          GError      **error);
/* Makes the next refresh read everything */
void         cpt_database_forget         (CptDatabase *self);
/* Whether the file has the table @name of a kind of record: one that is open
 * for reading may come from a version that had none, others were brought up to
 * date */
gboolean     cpt_database_has_table      (CptDatabase  *self,
                                          const char   *name,
                                          gboolean     *has,
                                          GError      **error);
/* Makes the connection see the custom fields and rules that are hidden for the
 * act @sequence (0: for none) or for what that takes back, with the next
 * transaction: without the fields nobody could tell which values they have in
 * records. */
void         cpt_database_reveal         (CptDatabase *self,
                                          gint64       sequence);
/* (element-type CptRecord): the visible records of @entity: "custom_field",
 * "rule", "choice_list" or "page_layout"; none where an older file has no such table */
GPtrArray   *cpt_database_load_declarations (CptDatabase  *self,
                                             CptSchema    *schema,
                                             const char   *entity,
                                             GError      **error);
/* (element-type CptRecord): all that says which fields there are and what they
 * can hold: those of "custom_field" and "choice_list" */
GPtrArray   *cpt_database_load_fields    (CptDatabase  *self,
                                          GError      **error);
/* Whether its records say what other records are, or how they are
 * shown: custom fields, rules, lists of choices, page layouts */
gboolean     cpt_database_is_declaration (const CptEntity *entity);
/* The same entity in the connection's schema; NULL when it has none */
const CptEntity *cpt_database_localise   (CptDatabase     *self,
                                          const CptEntity *entity);
/* Inside a transaction; NULL removes it */
gboolean     cpt_database_store_setting  (CptDatabase  *self,
                                          const char   *key,
                                          const char   *value,
                                          GError      **error);
/* One number, or @fallback when there is no row or it is null */
gboolean     cpt_database_get_number     (CptDatabase  *self,
                                          const char   *sql,
                                          gint64        fallback,
                                          gint64       *number,
                                          GError      **error);
/* The row of a live and visible record; 0 when there is none, -1 when it is
 * only imagined */
gboolean     cpt_database_find_row       (CptDatabase      *self,
                                          const CptEntity  *entity,
                                          const CptUuid    *id,
                                          gint64           *row,
                                          GError          **error);
/* A record in the trash; NULL without @error when it is not there.
 * @custom: (optional): its raw custom fields; @base_rev likewise */
CptRecord   *cpt_database_load_trash     (CptDatabase      *self,
                                          const CptEntity  *entity,
                                          const CptUuid    *id,
                                          char            **custom,
                                          char            **base_rev,
                                          GError          **error);
/* A live and visible record, or as it is imagined; NULL without @error when it
 * is not there */
CptRecord   *cpt_database_load_live      (CptDatabase      *self,
                                          const CptEntity  *entity,
                                          const CptUuid    *id,
                                          GError          **error);

/* Copies pages from the write-ahead log into the file when there are at least
 * @min_pages: for when nobody waits for it. Waits for nobody and stops nobody. */
void         cpt_database_checkpoint     (CptDatabase *self,
                                          int          min_pages);

/* A transaction over several calls, for units: others wait meanwhile. Without
 * @is_kept it is rolled back. Over in any case. */
gboolean     cpt_database_begin          (CptDatabase  *self,
                                          GError      **error);
gboolean     cpt_database_end            (CptDatabase  *self,
                                          gboolean      is_kept,
                                          GError      **error);

/* What opening found wrong; CPT_ERROR with a sentence about @path */
gboolean     cpt_database_refuse         (GError     **error,
                                          const char  *path,
                                          int          result);

GHashTable  *cpt_statement_cache_new     (void);

/* Statement texts with a lifetime of their own: bound without a copy */
void         cpt_statement_bind_static   (CptStatement *self,
                                          int           position,
                                          const char   *value);
void         cpt_statement_bind_blob     (CptStatement  *self,
                                          int            position,
                                          gconstpointer  data,
                                          gsize          length);
/* Like cpt_statement_bind_field() without copies */
int          cpt_statement_bind_field_static (CptStatement   *self,
                                              int             position,
                                              const CptField *field,
                                              const CptValue *value);

/* The JSON array of a set, and back */
char        *cpt_statement_format_set    (const CptValue *value);

G_END_DECLS
