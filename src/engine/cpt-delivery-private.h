/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-delivery.h"

G_BEGIN_DECLS

/* As the outbox keeps them */
const char     *cpt_effect_state_get_name (CptEffectState state);
const char     *cpt_effect_next_get_name  (CptEffectNext next);
/* %CPT_EFFECT_UNKNOWN for a name of a newer version: nobody knows */
CptEffectState  cpt_effect_state_find     (const char *name);

/**
 * cpt_delivery_go_on:
 * @database: a connection, inside a transaction
 * @entry: of the outbox
 * @outcome: (nullable): by which outcome its node is left; %NULL: the run stays there
 * @what: what happened, for those who ask: “left”, “tried”, “failed”, “unknown”
 * @detail: (nullable): the reason, or the outcome
 * @now: microseconds since the Unix epoch
 * @error: as of any writing
 *
 * Tells the run that decided @entry what became of it. A run that is not there any more, or
 * waits elsewhere, is not told.
 */
gboolean        cpt_delivery_go_on        (CptDatabase           *database,
                                           const CptOutboxEntry  *entry,
                                           const char            *outcome,
                                           const char            *what,
                                           const char            *detail,
                                           gint64                 now,
                                           GError               **error);
/* Whether the drawing says what is to follow when @entry fails */
gboolean        cpt_delivery_has_failure  (CptDatabase          *database,
                                           const CptOutboxEntry *entry);

G_END_DECLS
