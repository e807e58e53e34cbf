/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"
#include "cpt-log-private.h"

G_BEGIN_DECLS

/* A unit that takes back the act @undoes: its changes go through the door with
 * the rules off. All changes of one transaction are in one slice. */
CptUnit *cpt_unit_begin_undo     (CptDatabase  *database,
                                  CptOrigin     origin,
                                  const char   *label,
                                  gint64        undoes,
                                  GError      **error);
/* Steps that the open slice takes at once; a longer transaction is divided */
guint    cpt_unit_get_n_steps    (CptUnit *self);
/* In an open slice: whether nobody but the unit wrote since the log ended with
 * @sequence */
gboolean cpt_unit_follows        (CptUnit *self,
                                  gint64   sequence);
/* Called in the transaction that finishes a unit: @head is the number of the act,
 * @line that of the line by which readers of the log hear of it */
typedef gboolean (*CptUnitFinishFunc) (CptDatabase  *database,
                                       gint64        head,
                                       gint64        line,
                                       gpointer      data,
                                       GError      **error);
gboolean cpt_unit_finish_with    (CptUnit            *self,
                                  CptUnitFinishFunc   func,
                                  gpointer            data,
                                  gint64             *sequence,
                                  GError            **error);

/* Inside a transaction of the unit: nobody else sees these rows. */
gboolean cpt_unit_hide    (CptDatabase  *database,
                           gint64        sequence,
                           guint         entity,
                           gint64        first_row,
                           gint64        last_row,
                           GError      **error);
/* Takes back the units whose process is gone; for an open file */
gboolean cpt_unit_recover (CptDatabase  *database,
                           GError      **error);
/* Whether somebody else makes one, whose rows nobody can see yet */
gboolean cpt_unit_find_other (CptDatabase  *database,
                              gboolean     *is_there,
                              GError      **error);
/* Whether the process that makes the unit is running */
gboolean cpt_unit_is_alive (CptDatabase *database,
                            gint64       sequence);
/* Changes back what aborted units changed and removes their rows, in slices, for
 * about @budget microseconds; @is_done (optional) says whether any are left. */
gboolean cpt_unit_sweep   (CptDatabase  *database,
                           gint64        budget,
                           gboolean     *is_done,
                           GError      **error);

/* Column "state" of table unit */
typedef enum
{
  CPT_UNIT_OPEN,
  CPT_UNIT_REVERTING, /* what it changed is being changed back */
  CPT_UNIT_DEAD, /* its rows are hidden and being removed */
} CptUnitState;

/* cpt-unit-state.c. The lock is a file beside the workspace; -1 when somebody
 * else has it */
char    *cpt_unit_dup_lock_path (CptDatabase *database,
                                 gint64       sequence);
int      cpt_unit_take_lock     (const char *path);
void     cpt_unit_drop_lock     (int         fd,
                                 const char *path);
/* Inside a transaction */
gboolean cpt_unit_set_state     (CptDatabase   *database,
                                 gint64         sequence,
                                 CptUnitState   state,
                                 GError       **error);
gboolean cpt_unit_set_log_state (CptDatabase  *database,
                                 gint64        sequence,
                                 CptLogState   state,
                                 GError      **error);
/* Aborts: at once for everybody, its changes and rows in slices */
gboolean cpt_unit_take_back     (CptDatabase  *database,
                                 gint64        sequence,
                                 GError      **error);

/* cpt-unit-revert.c: changes back what a unit changed, in slices */
gboolean cpt_unit_revert  (CptDatabase  *database,
                           gint64        sequence,
                           GError      **error);

G_END_DECLS
