/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Time as an object, so that a test can live through a year in a second.
 *
 * A clock is either the machine's or virtual for its whole life. The virtual
 * time is one atomic number: reading and setting it need no lock. */

#include "config.h"

#include "cpt-clock.h"

#include <stdatomic.h>

struct _CptClock
{
  GObject parent_instance;

  gboolean is_virtual;
  _Atomic gint64 now; /* only of a virtual clock */
};

G_DEFINE_FINAL_TYPE (CptClock, cpt_clock, G_TYPE_OBJECT)

static void
cpt_clock_class_init (CptClockClass *klass)
{
}

static void
cpt_clock_init (CptClock *self)
{
}

CptClock *
cpt_clock_new_system (void)
{
  return g_object_new (CPT_TYPE_CLOCK, NULL);
}

CptClock *
cpt_clock_new_virtual (gint64 now)
{
  CptClock *self = g_object_new (CPT_TYPE_CLOCK, NULL);

  self->is_virtual = TRUE;
  atomic_store (&self->now, now);

  return self;
}

gint64
cpt_clock_get_now (CptClock *self)
{
  g_return_val_if_fail (CPT_IS_CLOCK (self), 0);

  return self->is_virtual ? atomic_load (&self->now) : g_get_real_time ();
}

void
cpt_clock_set_now (CptClock *self,
                   gint64    now)
{
  g_return_if_fail (CPT_IS_CLOCK (self));
  g_return_if_fail (self->is_virtual);

  atomic_store (&self->now, now);
}
