/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-timeline.h"

G_BEGIN_DECLS

/**
 * CptTimelineLine:
 * @at: instant
 * @entity: (nullable): kind of the record that it opens; NULL for a change
 * @id: that record
 * @change: (owned) (nullable): what was changed
 * @icon: symbolic icon name
 * @title: what happened; a change has a line for each field
 * @text: (nullable): the beginning of what was written
 * @label: (nullable): what it is: "Call", "Task"
 * @details: (array zero-terminated=1): what there is to know of it: "Done", a day
 * @author: (nullable): who did it
 *
 * One line of a timeline with everything that it takes to show it.
 */
typedef struct
{
  gint64           at;
  const CptEntity *entity;
  CptUuid          id;
  CptHistoryEntry *change;
  char            *icon;
  char            *title;
  char            *text;
  char            *label;
  char           **details;
  char            *author;
} CptTimelineLine;

/**
 * CptTimelinePage:
 * @schema: (owned): keeps entities and fields of the lines alive
 * @record: (owned): whose timeline it is, as it is now
 * @lines: (element-type CptTimelineLine): newest first
 * @cursor: where the next page begins
 * @is_complete: there is none
 *
 * A page of a timeline, made on a reading thread.
 */
typedef struct
{
  CptSchema         *schema;
  CptRecord         *record;
  GPtrArray         *lines;
  CptTimelineCursor  cursor;
  gboolean           is_complete;
} CptTimelinePage;

/* @kind (nullable) as in cpt_timeline_read() */
CptTimelinePage *cpt_timeline_page_read (CptDatabase              *database,
                                         const char               *entity,
                                         const CptUuid            *id,
                                         const char               *kind,
                                         const CptTimelineCursor  *cursor,
                                         guint                     limit,
                                         GError                  **error);
void             cpt_timeline_page_free (CptTimelinePage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTimelinePage, cpt_timeline_page_free)

G_END_DECLS
