/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-query.h"

G_BEGIN_DECLS

#define CPT_RECORD_MAX_LINKED 5

/**
 * CptLinkedRecords:
 * @backlink: which kind links, by which field, how many do
 * @hits: (element-type CptHit): the newest of them
 *
 * Records that link to the one on the page.
 */
typedef struct
{
  CptBacklink  backlink;
  GPtrArray   *hits;
} CptLinkedRecords;

/**
 * CptRecordData:
 *
 * What the page of a record shows besides its timeline, read in one go on a
 * reading thread.
 */
typedef struct
{
  CptSchema *schema;
  CptRecord *record;
  GPtrArray *linked; /* CptLinkedRecords */
  guint64    n_files; /* that link to it: they are not among them */
  CptUuid    kept; /* of one in the trash: the record that it was merged into; or nil */
  char      *kept_title; /* (nullable): its title */
} CptRecordData;

/* NULL with CPT_ERROR_NOT_FOUND when there is no such record */
CptRecordData *cpt_record_data_read (CptDatabase    *database,
                                     const char     *entity,
                                     const CptUuid  *id,
                                     GError        **error);
void           cpt_record_data_free (CptRecordData *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptRecordData, cpt_record_data_free)

G_END_DECLS
