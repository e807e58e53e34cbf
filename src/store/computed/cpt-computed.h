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

/**
 * CptComputedSample:
 * @title: of a record
 * @text: what the formula gives for it, for people; "" for nothing
 */
typedef struct
{
  char *title;
  char *text;
} CptComputedSample;

/**
 * CptComputedTrial:
 * @problem: (nullable): why the formula would be refused: a sentence
 * @samples: (element-type CptComputedSample): of the first records; none with a @problem
 *
 * What would become of a formula.
 */
typedef struct
{
  char      *problem;
  GPtrArray *samples;
} CptComputedTrial;

/**
 * cpt_computed_try:
 * @database: a connection
 * @record: of entity "custom_field" with a formula, as it would be saved; it need not be stored yet
 * @n_samples: for how many records it is worked out at most
 * @error: return location for an error
 *
 * Works a formula out without storing anything.
 *
 * Returns: (transfer full): the trial; %NULL when the file can't be read
 */
CptComputedTrial *cpt_computed_try        (CptDatabase      *database,
                                           const CptRecord  *record,
                                           guint             n_samples,
                                           GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void              cpt_computed_trial_free (CptComputedTrial *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptComputedTrial, cpt_computed_trial_free)

G_END_DECLS
