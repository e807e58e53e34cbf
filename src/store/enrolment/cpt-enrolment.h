/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* Of CptEnrolment.due and .ended: never, not yet */
#define CPT_ENROLMENT_NEVER G_MAXINT64

/**
 * CptEnrolment:
 * @row: its number in this file; 0 before it is added
 * @workflow: which workflow it is under way in
 * @version: the number of the version that it follows
 * @entity: the name of the kind of records that @subject is of
 * @subject: whom or what it is about
 * @key: about what there is one run at a time; mostly the text of @subject
 * @run: how often there had been one with that key, from 1
 * @entered: when it began, microseconds since the Unix epoch
 * @ended: likewise when it ended; %CPT_ENROLMENT_NEVER while it is under way
 * @due: when it goes on by itself; %CPT_ENROLMENT_NEVER when it waits for something to happen
 * @label: (nullable): of the end that it came to
 * @state: where it stands, as the engine writes it down
 *
 * One passage of a record through a workflow. Enrolments are no records: they change with every
 * step, belong to the device that runs the automation, and are not in the log. What they do to
 * records is.
 */
typedef struct
{
  gint64   row;
  CptUuid  workflow;
  guint    version;
  char    *entity;
  CptUuid  subject;
  char    *key;
  guint    run;
  gint64   entered;
  gint64   ended;
  gint64   due;
  char    *label;
  char    *state;
} CptEnrolment;

void     cpt_enrolment_free        (CptEnrolment *self);

/**
 * cpt_enrolment_add:
 * @database: a connection
 * @self: an enrolment without @row and @run, which it is given
 * @error: as of any writing
 *
 * Begins it.
 *
 * Returns: whether it is stored
 */
gboolean cpt_enrolment_add         (CptDatabase   *database,
                                    CptEnrolment  *self,
                                    GError       **error);
/* Writes version, due, ended, label and state of one that is there */
gboolean cpt_enrolment_save        (CptDatabase         *database,
                                    const CptEnrolment  *self,
                                    GError             **error);
/* (transfer full) (nullable): the one with that number; %NULL with %CPT_ERROR_NOT_FOUND */
CptEnrolment *cpt_enrolment_load      (CptDatabase  *database,
                                       gint64        row,
                                       GError      **error);
/**
 * cpt_enrolment_find_last:
 * @database: a connection
 * @workflow: an id
 * @key: a key
 * @error: as of any reading
 *
 * Returns: (transfer full) (nullable): the last one with that key; %NULL without @error when
 *   there was none
 */
CptEnrolment *cpt_enrolment_find_last (CptDatabase    *database,
                                       const CptUuid  *workflow,
                                       const char     *key,
                                       GError        **error);
/**
 * cpt_enrolment_list_due:
 * @database: a connection
 * @now: microseconds since the Unix epoch
 * @limit: how many at most
 * @error: as of any reading
 *
 * Those of active workflows that go on by themselves at @now, what was due first in front.
 * Takes no longer when millions wait for later.
 *
 * Returns: (transfer full) (element-type CptEnrolment) (nullable): %NULL with @error
 */
GPtrArray    *cpt_enrolment_list_due  (CptDatabase  *database,
                                       gint64        now,
                                       guint         limit,
                                       GError      **error);
/* Those of @workflow and of @subject (either may be %NULL), the last ones in front */
GPtrArray    *cpt_enrolment_list      (CptDatabase    *database,
                                       const CptUuid  *workflow,
                                       const CptUuid  *subject,
                                       guint           limit,
                                       GError        **error);
/* Those of @workflow that are under way, behind the row @after, in the order of their rows. Reads all rows there are once
 * when it is asked for again and again behind its last one */
GPtrArray    *cpt_enrolment_list_open (CptDatabase    *database,
                                       const CptUuid  *workflow,
                                       gint64          after,
                                       guint           limit,
                                       GError        **error);
/**
 * cpt_enrolment_get_next_due:
 * @database: a connection
 * @due: (out): when the next one of an active workflow goes on by itself; %CPT_ENROLMENT_NEVER: none does
 * @error: as of any reading
 */
gboolean      cpt_enrolment_get_next_due (CptDatabase  *database,
                                          gint64       *due,
                                          GError      **error);

/**
 * CptEnrolmentStep:
 * @at: when, microseconds since the Unix epoch
 * @node: the id of a node
 * @visit: how often it had come there, from 1
 * @what: what happened there, as the engine calls it: “left”, “parked”
 * @detail: (nullable): why, or by which outcome
 * @sequence: of the line of the log that tells what it changed; 0: nothing
 *
 * What an enrolment went through, for those who ask why something happened, or did not.
 */
typedef struct
{
  gint64  at;
  char   *node;
  guint   visit;
  char   *what;
  char   *detail;
  gint64  sequence;
} CptEnrolmentStep;

void          cpt_enrolment_step_free  (CptEnrolmentStep *self);
gboolean      cpt_enrolment_add_step   (CptDatabase             *database,
                                        gint64                   row,
                                        const CptEnrolmentStep  *step,
                                        GError                 **error);
/* The number of the last step of all; grows with each one. 0: there was none, or it can't be read */
gint64        cpt_enrolment_get_last_step (CptDatabase *database);
/* (transfer full) (element-type CptEnrolmentStep): the first in front */
GPtrArray    *cpt_enrolment_list_steps (CptDatabase  *database,
                                        gint64        row,
                                        GError      **error);

/* That the enrolment @row began, or goes on, because of what another one did, which is in the line @sequence of the
 * log; @depth: how many stand before it that began one another */
gboolean      cpt_enrolment_set_cause  (CptDatabase  *database,
                                        gint64        row,
                                        gint64        sequence,
                                        guint         depth,
                                        GError      **error);
/* How many stand before the enrolment @row that began one another */
gboolean      cpt_enrolment_get_depth  (CptDatabase  *database,
                                        gint64        row,
                                        guint        *depth,
                                        GError      **error);
/* How deep one stands that begins because of the line @sequence of the log: 0 when no enrolment wrote it */
gboolean      cpt_enrolment_find_depth (CptDatabase  *database,
                                        gint64        sequence,
                                        guint        *depth,
                                        GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptEnrolment, cpt_enrolment_free)

G_END_DECLS
