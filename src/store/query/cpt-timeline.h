/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-log.h"

G_BEGIN_DECLS

/* Kinds of records in one timeline, at most */
#define CPT_TIMELINE_MAX_SOURCES 8

/* What happened to the record itself, as a kind of what a timeline shows */
#define CPT_TIMELINE_CHANGES "changes"

/* Records whose manner is a message (#CptEntity), as a kind of what a timeline shows */
#define CPT_TIMELINE_MESSAGES "messages"

/**
 * CptTimelineCursor:
 *
 * Where a timeline is to be read on from; zeroed, at its newest end. For each
 * source what was taken from it last, since their clocks may differ.
 */
typedef struct
{
  gint64 sequence; /* of the history */
  struct
  {
    gboolean is_begun;
    gint64   at;
    gint64   row;
  } sources[CPT_TIMELINE_MAX_SOURCES];
} CptTimelineCursor;

/**
 * CptTimelineItem:
 * @at: instant
 * @record: (owned) (nullable): what happened with the record of the timeline:
 *   a call, a task
 * @change: (owned) (nullable): or what was changed of it
 *
 * One of both is set.
 */
typedef struct
{
  gint64           at;
  CptRecord       *record;
  CptHistoryEntry *change;
} CptTimelineItem;

void       cpt_timeline_item_free (CptTimelineItem *self);

/**
 * cpt_timeline_read:
 * @database: a connection
 * @entity: kind of the record
 * @id: the record
 * @kind: (nullable): %CPT_TIMELINE_CHANGES, if wanted with ":" and the name of a
 *   field ("changes:phone"), %CPT_TIMELINE_MESSAGES, or the name of an entity that has a
 *   moment, if wanted with ":" and the name of a choice of its manner
 *   ("activity:call"); everything when %NULL
 * @cursor: (inout): where to read on
 * @limit: most items; fewer come only at the end
 * @error: return location for an error; CPT_ERROR_NOT_FOUND when there is no
 *   such kind
 *
 * What happened with a record, newest first: the records of all kinds with a
 * moment that link to it (#CptEntity) and the changes of it itself in one
 * stream.
 *
 * Returns: (transfer full) (element-type CptTimelineItem): the items, or %NULL
 */
GPtrArray *cpt_timeline_read      (CptDatabase        *database,
                                   const CptEntity    *entity,
                                   const CptUuid      *id,
                                   const char         *kind,
                                   CptTimelineCursor  *cursor,
                                   guint               limit,
                                   GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTimelineItem, cpt_timeline_item_free)

G_END_DECLS
