/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-log.h"

G_BEGIN_DECLS

/**
 * CptLogCursor:
 * @sequence: of a line of the log
 * @change: what was read last of it; %CPT_LOG_CURSOR_ALL: all of it
 * @row: and of that, where it is a range of rows
 *
 * How far somebody has read. It may stand inside an act of any length.
 */
typedef struct
{
  gint64 sequence;
  gint64 change;
  gint64 row;
} CptLogCursor;

#define CPT_LOG_CURSOR_ALL G_MAXINT64

/**
 * CptLogEvent:
 * @sequence: of the line of the log by which everybody sees it
 * @at: when, microseconds since the Unix epoch
 * @origin: see #CptOrigin
 * @entity: of the connection's schema
 * @kind: %CPT_CHANGE_CREATE, %CPT_CHANGE_UPDATE or %CPT_CHANGE_RESTORE
 * @row: of the record
 * @id: of the record; nil where only its row is known
 * @fields: (nullable): what the log keeps of an update; see cpt_log_event_list_changes()
 *
 * What happened to one record.
 */
typedef struct
{
  gint64           sequence;
  gint64           at;
  CptOrigin        origin;
  const CptEntity *entity;
  CptChangeKind    kind;
  gint64           row;
  CptUuid          id;
  char            *fields;
} CptLogEvent;

void       cpt_log_event_free         (CptLogEvent *self);
/* (transfer full) (element-type CptFieldChange): of an update; empty otherwise */
GPtrArray *cpt_log_event_list_changes (const CptLogEvent *self);

/**
 * cpt_log_follow:
 * @database: a connection
 * @cursor: (inout): how far it was read; how far it is now
 * @limit: how many at most
 * @is_end: (out): whether there was no more
 * @error: as of any reading
 *
 * Goes on reading what happened to records, in the order in which everybody saw it: what a
 * unit did happens when it is finished, record by record, also what it did in ranges. What
 * was deleted is left out, and so are the program's own kinds of records and facts. Memory
 * does not grow with what there is to read, and nothing is passed over.
 *
 * Returns: (transfer full) (element-type CptLogEvent) (nullable): %NULL with @error
 */
GPtrArray *cpt_log_follow             (CptDatabase   *database,
                                       CptLogCursor  *cursor,
                                       guint          limit,
                                       gboolean      *is_end,
                                       GError       **error);
/* Behind what happened before @at */
gboolean   cpt_log_find_before        (CptDatabase   *database,
                                       gint64         at,
                                       CptLogCursor  *cursor,
                                       GError       **error);
/* Behind everything that there is */
gboolean   cpt_log_get_end            (CptDatabase   *database,
                                       CptLogCursor  *cursor,
                                       GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptLogEvent, cpt_log_event_free)

G_END_DECLS
