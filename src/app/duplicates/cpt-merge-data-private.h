/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-merge.h"

G_BEGIN_DECLS

/**
 * CptMergeRow:
 * @field: of the schema of the data
 * @texts: (element-type utf8): what each record has, in the order of the merge;
 *   NULL where it is empty
 * @united: (nullable): all of them together, where that can be had
 * @differs: whether there is anything to choose
 *
 * One field in the assistant.
 */
typedef struct
{
  const CptField  *field;
  GPtrArray       *texts;
  char            *united;
  gboolean         differs;
} CptMergeRow;

/**
 * CptMergeLinks:
 * @label: what links: "Deals"
 * @count: how many to the records that are not kept
 */
typedef struct
{
  char    *label;
  guint64  count;
} CptMergeLinks;

/**
 * CptMergeData:
 * @schema: (owned): whose fields the rows have
 * @merge: (nullable): while it is being stored
 * @n_records: how many
 * @titles: of the records, the kept one first
 * @created: when and by whom each was made
 * @rows: (element-type CptMergeRow): fields that one of them has, in their order
 * @links: (element-type CptMergeLinks): what will lead to the kept one
 * @n_links: sum of their counts
 *
 * What the assistant shows, read in one go on a reading thread.
 */
typedef struct
{
  CptSchema  *schema;
  CptMerge   *merge;
  guint       n_records;
  char      **titles;
  char      **created;
  GPtrArray  *rows;
  GPtrArray  *links;
  guint64     n_links;
} CptMergeData;

/* @ids: the kept one first. Errors as of cpt_merge_new() */
CptMergeData *cpt_merge_data_read        (CptDatabase    *database,
                                          const char     *entity,
                                          const CptUuid  *ids,
                                          guint           n_ids,
                                          GError        **error);
void          cpt_merge_data_free        (CptMergeData *self);
/* (nullable): what the field will be, as the choices are now */
const char   *cpt_merge_data_get_result  (CptMergeData      *self,
                                          const CptMergeRow *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptMergeData, cpt_merge_data_free)

G_END_DECLS
