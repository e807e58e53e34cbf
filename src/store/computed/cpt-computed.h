/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/**
 * cpt_computed_run:
 * @database: open for writing
 * @budget: in microseconds; 0 for as long as it takes
 * @is_done: (out) (optional): whether nothing is left
 * @error: as of cpt_database_commit()
 *
 * Works out what earlier transactions have left: fields with a formula of
 * records whose linked records changed, of all records when the formula is new,
 * and when a day has begun of those that ask what day it is. In slices, so that
 * others can write in between.
 */
gboolean cpt_computed_run        (CptDatabase  *database,
                                  gint64        budget,
                                  gboolean     *is_done,
                                  GError      **error);
/* Whether cpt_computed_run() has something to do */
gboolean cpt_computed_is_due     (CptDatabase *database);
/* How many records of @entity, one out of @step, have another value than their
 * formulas give: none when cpt_computed_run() is done */
gboolean cpt_computed_count_wrong (CptDatabase      *database,
                                   const CptEntity  *entity,
                                   gint64            step,
                                   guint64          *count,
                                   GError          **error);

G_END_DECLS
