/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-query.h"
#include "cpt-transaction.h"

G_BEGIN_DECLS

/* A block of cells as spreadsheets put it on the clipboard: lines of texts
 * between tabs, quoted where a text has a tab, a quote or an end of line. */

/* What one paste takes */
#define CPT_PASTE_MAX_BYTES (4 * 1024 * 1024)
#define CPT_PASTE_MAX_CELLS 20000

/**
 * cpt_paste_split:
 * @text: from the clipboard
 * @error: return location for an error: CPT_ERROR_LIMIT for more than the
 *   limits above, CPT_ERROR_PARSE for nothing at all
 *
 * Empty lines are rows too, all but the last one. Any thread.
 *
 * Returns: (transfer full) (element-type GStrv): rows of different lengths
 */
GPtrArray *cpt_paste_split (const char  *text,
                            GError     **error);

/**
 * CptPasteCell:
 * @row: index of the record
 * @column: index of the field
 * @before: what people read there now
 * @after: what they will read, or the text that can't be used
 * @message: (nullable): why it can't be used
 * @value: what is stored
 *
 * A cell that would be another one, or that can't be used.
 */
typedef struct
{
  guint    row;
  guint    column;
  char    *before;
  char    *after;
  char    *message;
  CptValue value;
} CptPasteCell;

/**
 * CptPaste:
 * @schema: (owned): what the fields belong to
 * @entity: kind of the records
 * @ids: (element-type CptUuid): the records
 * @titles: (element-type utf8): what they are called
 * @fields: (element-type CptField): of @entity
 * @cells: (element-type CptPasteCell): row by row
 * @n_same: cells that are so already
 * @n_refused: of @cells: those that can't be used
 *
 * What a block would do to records. Pure data.
 */
typedef struct
{
  CptSchema       *schema;
  const CptEntity *entity;
  GArray          *ids;
  GPtrArray       *titles;
  GPtrArray       *fields;
  GPtrArray       *cells;
  guint            n_same;
  guint            n_refused;
} CptPaste;

/**
 * CptPasteTarget:
 * @schema: what @entity belongs to
 * @entity: kind of the records
 * @rows: (element-type gint64): numbers of the records, one for each row of the
 *   block; a block of one row is for all of them
 * @fields: (element-type CptField): of @entity, one for each column
 * @reasons: (element-type utf8): for each field why it can't be changed, NULL
 *   where it can
 * @options: how numbers, dates and amounts are written
 *
 * Where a block is to go. Nothing is owned.
 */
typedef struct
{
  CptSchema       *schema;
  const CptEntity *entity;
  GArray          *rows;
  GPtrArray       *fields;
  GPtrArray       *reasons;
  CptParseOptions  options;
} CptPasteTarget;

/**
 * cpt_paste_read:
 * @database: where the records are
 * @target: where the block goes
 * @block: (element-type GStrv): the texts; what goes beyond the target is left out
 * @error: return location for an error
 *
 * Reads the texts as an import does, and compares with what is there. Changes
 * nothing. On a worker.
 *
 * Returns: (transfer full): what would be
 */
CptPaste       *cpt_paste_read (CptDatabase           *database,
                                const CptPasteTarget  *target,
                                GPtrArray             *block,
                                GError               **error);
void            cpt_paste_free (CptPaste *self);
/* (transfer full): what is undone: "Paste 6 cells into Tasks" */
char           *cpt_paste_dup_label (CptPaste *self) G_GNUC_WARN_UNUSED_RESULT;
/* One act; cells that can't be used are left out. @indexes (element-type guint)
 * gets the cell of each change of the transaction. */
CptTransaction *cpt_paste_create_transaction (CptPaste *self,
                                              GArray   *indexes);
/* A rule of the door refuses a cell */
void            cpt_paste_refuse (CptPaste   *self,
                                  guint       cell,
                                  const char *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptPaste, cpt_paste_free)

G_END_DECLS
