/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-day-data-private.h"

G_BEGIN_DECLS

#define CPT_TYPE_DAY_ROW (cpt_day_row_get_type ())

G_DECLARE_FINAL_TYPE (CptDayRow, cpt_day_row, CPT, DAY_ROW, GtkListBoxRow)

/* One line of the day. A task has a check button; signal "done" (): it was checked. */
GtkWidget        *cpt_day_row_new         (const CptDayItem *item) G_GNUC_WARN_UNUSED_RESULT;
/* Stands for those of @section that are not shown */
GtkWidget        *cpt_day_row_new_more    (CptDaySection section,
                                           guint64       n_more) G_GNUC_WARN_UNUSED_RESULT;
CptDaySection     cpt_day_row_get_section (CptDayRow *self);
/* (nullable): NULL where it stands for others */
const CptUuid    *cpt_day_row_get_id      (CptDayRow *self);
/* Checks a task off; nothing on other rows */
void              cpt_day_row_toggle      (CptDayRow *self);

G_END_DECLS
