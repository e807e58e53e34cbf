/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CPT_TYPE_CLOCK (cpt_clock_get_type ())

G_DECLARE_FINAL_TYPE (CptClock, cpt_clock, CPT, CLOCK, GObject)

/* The wall clock of the machine. */
CptClock *cpt_clock_new_system  (void);
/* A clock that stands still until it is told: @now is microseconds since the
 * Unix epoch, UTC. */
CptClock *cpt_clock_new_virtual (gint64 now);
/* Microseconds since the Unix epoch, UTC. Any thread. */
gint64    cpt_clock_get_now     (CptClock *self);
/* Virtual clocks only; any direction, any thread. */
void      cpt_clock_set_now     (CptClock *self,
                                 gint64    now);

G_END_DECLS
