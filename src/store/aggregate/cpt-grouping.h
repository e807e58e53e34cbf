/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-query.h"

G_BEGIN_DECLS

/**
 * CptGrouping:
 * @path: the field whose values make the groups
 * @bucket: of dates and times: how long a stretch of time a group is; else %CPT_BUCKET_NONE
 * @descending: the last group first
 *
 * By what a list is divided. As text "stage", "-organisation.country",
 * "closed_on:quarter"; a date without a bucket is grouped by month.
 */
typedef struct
{
  CptPath   path;
  CptBucket bucket;
  gboolean  descending;
} CptGrouping;

/* Whether records can be divided by @field: by all kinds but long texts and
 * structured ones */
gboolean  cpt_grouping_is_possible (const CptField *field);
/* CPT_ERROR_NOT_FOUND, CPT_ERROR_INVALID or CPT_ERROR_UNSUPPORTED; @grouping is
 * set on success only */
gboolean  cpt_grouping_parse       (CptSchema        *schema,
                                    const CptEntity  *entity,
                                    const char       *text,
                                    CptGrouping      *grouping,
                                    GError          **error);
/* As cpt_grouping_parse() takes it */
char     *cpt_grouping_format      (const CptGrouping *self);
gboolean  cpt_grouping_equal       (const CptGrouping *a,
                                    const CptGrouping *b);
/* Whether a record may stand in several groups: tags, several choices or links */
gboolean  cpt_grouping_is_set      (const CptGrouping *self);

G_END_DECLS
