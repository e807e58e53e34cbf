/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/**
 * CptAggregateCache:
 *
 * What questions about numbers were answered, and at which state of the log.
 * Shared by the connections of one store; safe in any thread.
 */
typedef struct _CptAggregateCache CptAggregateCache;

CptAggregateCache *cpt_aggregate_cache_new   (void);
CptAggregateCache *cpt_aggregate_cache_ref   (CptAggregateCache *self);
void               cpt_aggregate_cache_unref (CptAggregateCache *self);

/* The cache of a connection: its own unless it was given another's */
CptAggregateCache *cpt_database_get_aggregates (CptDatabase *database);
void               cpt_database_set_aggregates (CptDatabase       *database,
                                                CptAggregateCache *cache);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptAggregateCache, cpt_aggregate_cache_unref)

G_END_DECLS
