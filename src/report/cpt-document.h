/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cpt-dashboard.h"
#include "cpt-record.h"
#include "cpt-sheet.h"
#include "cpt-uuid.h"

G_BEGIN_DECLS

#define CPT_DOCUMENT_VERSION    1
#define CPT_DOCUMENT_MAX_BLOCKS 200

/**
 * CptBlockKind:
 * @CPT_BLOCK_HEADING: a line that says what follows, and an entry of the outline
 * @CPT_BLOCK_TEXT: paragraphs
 * @CPT_BLOCK_WIDGETS: widgets on a grid, its own or those of a dashboard
 * @CPT_BLOCK_TABLE: records in rows, with groups and totals
 * @CPT_BLOCK_BREAK: what follows begins a page
 * @CPT_BLOCK_UNKNOWN: of a newer version; kept, not shown
 */
typedef enum
{
  CPT_BLOCK_HEADING,
  CPT_BLOCK_TEXT,
  CPT_BLOCK_WIDGETS,
  CPT_BLOCK_TABLE,
  CPT_BLOCK_BREAK,
  CPT_BLOCK_UNKNOWN,
} CptBlockKind;

/**
 * CptBlock:
 * @kind: what it is
 * @text: of a heading or a text, title of a table; may be empty
 * @widgets: (nullable): of its own
 * @dashboard: whose widgets are shown, as it is then; nil when it has its own
 * @entity: (nullable): of a table: whose records
 * @where: (nullable): of a table: a filter, as JSON
 * @sort: (nullable): of a table, as cpt_query_set_sort() takes it
 * @columns: (nullable): of a table: paths
 * @group: (nullable): of a table, as cpt_grouping_parse() takes it
 * @totals: (nullable): of a table, as cpt_total_parse() takes them
 * @breaks_groups: of a table: each group begins a page
 * @extra: (nullable): members that this version does not know; of an unknown
 *   block all of them
 *
 * A part of a report, from the top to the bottom.
 */
typedef struct
{
  CptBlockKind  kind;
  char         *text;
  CptDashboard *widgets;
  CptUuid       dashboard;
  char         *entity;
  JsonNode     *where;
  char         *sort;
  GStrv         columns;
  char         *group;
  GStrv         totals;
  gboolean      breaks_groups;
  JsonObject   *extra;
} CptBlock;

/**
 * CptDocument:
 * @title: for people
 * @subtitle: below it; may be empty
 * @paper: of all pages
 * @landscape: of all pages
 * @margin: in millimetres
 * @header: left, centre, right
 * @footer: likewise
 * @colour: (nullable): of headings and rules, "#rrggbb"
 * @logo: (nullable): the field of the record, not of its definition: a picture for slots that ask for one
 * @parameter: (nullable): the kind of record of which there is one report each, or
 *   "week", "month", "quarter", "year": see cpt-document-subject.h
 * @blocks: (element-type CptBlock): from the top to the bottom
 * @extra: (nullable): members that this version does not know
 *
 * What is stored in a report record: pages of headings, texts, widgets and
 * tables. A plain value of one thread.
 */
typedef struct
{
  char       *title;
  char       *subtitle;
  CptPaper    paper;
  gboolean    landscape;
  double      margin;
  CptSlot     header[3];
  CptSlot     footer[3];
  char       *colour;
  char       *logo;
  char       *parameter;
  GPtrArray  *blocks;
  JsonObject *extra;
} CptDocument;

/* Empty; A4 upright, the organisation and the number of the page below */
CptDocument *cpt_document_new       (const char *title) G_GNUC_WARN_UNUSED_RESULT;
CptDocument *cpt_document_copy      (const CptDocument *self) G_GNUC_WARN_UNUSED_RESULT;
void         cpt_document_free      (CptDocument *self);
/* CPT_ERROR_PARSE naming block and member, CPT_ERROR_TOO_NEW, CPT_ERROR_LIMIT */
CptDocument *cpt_document_parse     (const char  *text,
                                     gssize       length,
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* What a report record says; one without a definition is empty. Its name is the title. */
CptDocument *cpt_document_new_for_record (const CptRecord  *record,
                                          GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Canonical: equal documents give equal text */
char        *cpt_document_format    (const CptDocument *self);

guint        cpt_document_get_n_blocks (const CptDocument *self);
CptBlock    *cpt_document_get_block    (const CptDocument *self,
                                        guint              index);
/* Empty, at @index; borrowed */
CptBlock    *cpt_document_insert_block (CptDocument  *self,
                                        guint         index,
                                        CptBlockKind  kind);
void         cpt_document_remove_block (CptDocument *self,
                                        guint        index);
void         cpt_document_move_block   (CptDocument *self,
                                        guint        from,
                                        guint        to);

/* What the file calls them: "nothing", "title" ... */
const char  *cpt_slot_get_name         (CptSlot slot);
const char  *cpt_block_kind_get_name   (CptBlockKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptDocument, cpt_document_free)

G_END_DECLS
