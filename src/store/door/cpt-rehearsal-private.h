/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-rehearsal.h"

G_BEGIN_DECLS

/**
 * CptRehearsal:
 * @clock: (owned): what its connection's clock is meanwhile
 * @counters: (owned) (element-type utf8 gint64): what steps count, two numbers each; see cpt-step-counter.c
 *
 * What is only rehearsed on a connection, besides its imagined records.
 */
typedef struct _CptRehearsal
{
  CptClock   *clock;
  GHashTable *counters;
} CptRehearsal;

G_END_DECLS
