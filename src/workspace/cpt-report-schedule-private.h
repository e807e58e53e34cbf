/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* When a schedule is to be followed, by its fields; (nullable) error: a sentence */

/* The first time after @after; FALSE when there is none, or the fields say nothing */
gboolean cpt_report_schedule_find_next (const CptRecord *schedule,
                                        CptDatabase     *database,
                                        gint64           after,
                                        gint64          *at);
/* The last time from @first, which is one, up to @now; @n_missed: how many there are before it */
gint64   cpt_report_schedule_find_last (const CptRecord *schedule,
                                        CptDatabase     *database,
                                        gint64           first,
                                        gint64           now,
                                        guint           *n_missed);

G_END_DECLS
