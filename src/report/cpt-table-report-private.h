/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-cell-text.h"
#include "cpt-sections.h"
#include "cpt-table-report.h"

G_BEGIN_DECLS

/**
 * CptTableColumn:
 * @label: (owned): its heading
 * @is_right: a number
 * @is_breakable: may take several lines
 * @total: number of the total that stands below it, or -1
 * @head: width of the heading on one line
 * @word: width of the widest word, as far as it is kept whole
 * @natural: what it would like to have, in points
 * @width: what it has
 * @x: where it begins
 */
typedef struct
{
  char     *label;
  gboolean  is_right;
  gboolean  is_breakable;
  int       total;
  double    head;
  double    word;
  double    natural;
  double    width;
  double    x;
} CptTableColumn;

void     cpt_table_columns_init (CptTableColumn       *columns,
                                 const CptTableReport *report,
                                 CptCellText          *texts);
/* Makes room for a text that will stand in it */
void     cpt_table_column_widen (CptTableColumn *self,
                                 CptCellText    *texts,
                                 const char     *text,
                                 gboolean        is_bold);
/* Gives each its width; CPT_ERROR_LIMIT where there are too many */
gboolean cpt_table_columns_fit  (CptTableColumn  *columns,
                                 guint            n_columns,
                                 double           width,
                                 double           gap,
                                 GError         **error);

G_END_DECLS
