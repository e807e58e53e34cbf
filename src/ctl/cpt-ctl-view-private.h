/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-ctl.h"
#include "cpt-filter.h"

G_BEGIN_DECLS

/**
 * CptCtlView:
 * @columns: (nullable): paths separated by commas
 * @sort: (nullable): as cpt_query_set_sort() takes it
 * @group: (nullable): as cpt_grouping_parse() takes it
 * @totals: (nullable): as cpt_total_parse() takes them, separated by commas
 * @filter: (nullable): conditions
 *
 * What a list shows.
 */
typedef struct
{
  char      *columns;
  char      *sort;
  char      *group;
  char      *totals;
  CptFilter *filter;
} CptCtlView;

/* From the saved view of @entity with that name: CPT_ERROR_NOT_FOUND, or why its
 * conditions can't be read */
gboolean cpt_ctl_view_load     (CptCtlView       *self,
                                CptDatabase      *database,
                                const CptEntity  *entity,
                                const char       *name,
                                GError          **error);
/* What is given on the command line counts instead */
void     cpt_ctl_view_override (CptCtlView          *self,
                                const CptCtlOptions *options);
void     cpt_ctl_view_clear    (CptCtlView *self);

G_END_DECLS
