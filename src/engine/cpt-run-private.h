/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-run.h"

G_BEGIN_DECLS

/* Without a token */
CptRun *cpt_run_new_empty (void);
void    cpt_token_free    (gpointer data);

/**
 * cpt_run_move_token:
 * @self: a run of the version @old
 * @token: a place where it stands
 * @old: its version
 * @new: another version
 * @to: the id of a node of @new
 * @zone: (nullable): whose days count
 *
 * Takes the place into another version. Who stands at a node that is the same in both stays as he is, and so does who
 * waits to be told how an effect of that node ended. A wait counts anew from when he came there, not from now. All else
 * is looked at when the run goes on. At another node it is a new visit; visits and variants stay, and with them the
 * names of effects.
 *
 * Returns: whether he does something else than before
 */
gboolean cpt_run_move_token (CptRun            *self,
                             CptToken          *token,
                             const CptWorkflow *old,
                             const CptWorkflow *new,
                             const char        *to,
                             GTimeZone         *zone);
/* It stands at @start and nowhere else; visits and variants stay */
void    cpt_run_restart    (CptRun     *self,
                            const char *start);
/* How often it came to @node */
guint   cpt_run_get_visits (const CptRun *self,
                            const char   *node);

G_END_DECLS
