/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-sections.h"

G_BEGIN_DECLS

/**
 * CptQueryGroups:
 * @grouping: by what the list is divided
 * @sections: (nullable): the groups, once they are known
 * @folded: set of keys of sections (gint64) whose rows are not shown
 *
 * How a list of records is divided. In its vector of rows each group is the
 * (negative) key of the section followed by its rows.
 */
typedef struct
{
  CptGrouping  grouping;
  CptSections *sections;
  GHashTable  *folded;
} CptQueryGroups;

CptQueryGroups *cpt_query_groups_new        (const CptGrouping *grouping);
CptQueryGroups *cpt_query_groups_copy       (const CptQueryGroups *self);
void            cpt_query_groups_free       (CptQueryGroups *self);
/* Takes @sections */
void            cpt_query_groups_take       (CptQueryGroups *self,
                                             CptSections    *sections);
gboolean        cpt_query_groups_is_folded  (const CptQueryGroups *self,
                                             gint64                key);
void            cpt_query_groups_set_folded (CptQueryGroups *self,
                                             gint64          key,
                                             gboolean        folded);
gboolean        cpt_query_groups_has_same_folded (const CptQueryGroups *self,
                                                  const CptQueryGroups *other);
/* "17,-4": keys, as cpt_query_groups_fold() takes them */
char           *cpt_query_groups_dup_folded (const CptQueryGroups *self);
/* @text (nullable) */
void            cpt_query_groups_fold       (CptQueryGroups *self,
                                             const char     *text);
/* (element-type gint64): the vector of rows */
GArray         *cpt_query_groups_arrange    (const CptQueryGroups *self);
/* (element-type CptRowEdit): the way from the vector of one to that of the
 * other: groups that both share are not looked into */
GArray         *cpt_query_groups_diff       (const CptQueryGroups *before,
                                             const CptQueryGroups *after);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptQueryGroups, cpt_query_groups_free)

G_END_DECLS
