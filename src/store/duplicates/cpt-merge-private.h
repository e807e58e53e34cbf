/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-merge.h"

G_BEGIN_DECLS

struct _CptMerge
{
  CptSchema       *schema; /* (owned) */
  const CptEntity *entity;
  GPtrArray       *records; /* (owned): CptRecord, the kept one first */
  CptValue        *values; /* n_fields */
  guint           *sources; /* n_fields */
};

/* cpt-merge-choice.c: what is best for each field */
gboolean cpt_merge_choose_best  (CptMerge     *self,
                                 CptDatabase  *database,
                                 GError      **error);
/* All members, all long texts one below the other; CPT_ERROR_INVALID for other
 * kinds of fields */
gboolean cpt_merge_unite        (CptMerge        *self,
                                 const CptField  *field,
                                 GError         **error);
/* cpt-merge-links.c: steps that lead the links of all other records to the kept
 * one */
gboolean cpt_merge_add_links    (CptMerge        *self,
                                 CptDatabase     *database,
                                 CptTransaction  *transaction,
                                 guint           *n_links,
                                 GError         **error);
/* Whether @id is one of the records */
gboolean cpt_merge_is_one       (CptMerge      *self,
                                 const CptUuid *id);
/* The set @from without the records, and with @id (nullable) in their place */
void     cpt_merge_replace_ids  (CptMerge       *self,
                                 const CptValue *from,
                                 const CptUuid  *id,
                                 CptValue       *value);

G_END_DECLS
