/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which device runs what happens by itself. The number of times that it changed hands is compared in
 * each transaction: clocks decide who may take over, never who may write. */

#include "config.h"

#include "cpt-automation-lease.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-effect-key.h"
#include "cpt-enrolment-lease.h"
#include "cpt-error.h"

#define LEASE (CPT_AUTOMATION_LEASE_SECONDS * (gint64) G_USEC_PER_SEC)

char *
cpt_automation_dup_holder (void)
{
  g_autofree char *id = NULL;

  if (!g_file_get_contents ("/etc/machine-id", &id, NULL, NULL))
    id = g_strdup (g_get_host_name ());

  return cpt_effect_digest_dup ((const char *const[]){ "comptoir", g_strstrip (id), NULL });
}

static gboolean
set_busy (GError **error)
{
  g_set_error (error, CPT_ERROR, CPT_ERROR_BUSY,
               _("Another device runs the workflows of this workspace. They go on here when it has not been seen for "
                 "two minutes."));

  return FALSE;
}

typedef struct
{
  const char *holder;
  gint64 now;
  gint64 fence;
} Taking;

/* Nobody is given more time than a lease from now on: what reaches further was said by another clock. */
static gboolean
is_lapsed (const CptEnrolmentLease *lease,
           gint64                   now)
{
  return lease->holder == NULL || lease->until <= now || lease->until - LEASE > now;
}

/* Written anew when half of it is over, so that each batch does not write it. */
static gboolean
is_long (const CptEnrolmentLease *lease,
         gint64                   now)
{
  return !is_lapsed (lease, now) && lease->until - now > LEASE / 2;
}

static gboolean
take (CptDatabase  *database,
      gpointer      data,
      GError      **error)
{
  Taking *self = data;
  g_auto(CptEnrolmentLease) lease = { 0 };
  CptEnrolmentLease taken = { (char *) self->holder, 0, self->now + LEASE };
  gboolean is_mine;

  if (!cpt_enrolment_load_lease (database, &lease, error))
    return FALSE;
  is_mine = g_strcmp0 (lease.holder, self->holder) == 0;
  if (!is_mine && !is_lapsed (&lease, self->now))
    return set_busy (error);
  taken.fence = is_mine ? lease.fence : lease.fence + 1;
  self->fence = taken.fence;

  return (is_mine && is_long (&lease, self->now)) || cpt_enrolment_save_lease (database, &taken, error);
}

gboolean
cpt_automation_lease_take (CptDatabase  *database,
                           const char   *holder,
                           gint64        now,
                           gint64       *fence,
                           GError      **error)
{
  Taking taking = { holder, now, 0 };

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (holder != NULL && fence != NULL, FALSE);

  if (!cpt_database_transact (database, take, &taking, error))
    return FALSE;
  *fence = taking.fence;

  return TRUE;
}

gboolean
cpt_automation_lease_check (CptDatabase  *database,
                            const char   *holder,
                            gint64        fence,
                            gint64        now,
                            GError      **error)
{
  g_auto(CptEnrolmentLease) lease = { 0 };
  CptEnrolmentLease kept = { (char *) holder, fence, now + LEASE };

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (holder != NULL, FALSE);

  if (!cpt_enrolment_load_lease (database, &lease, error))
    return FALSE;
  if (lease.fence != fence || g_strcmp0 (lease.holder, holder) != 0)
    return set_busy (error);

  return is_long (&lease, now) || cpt_enrolment_save_lease (database, &kept, error);
}

gboolean
cpt_automation_lease_keep (CptDatabase  *database,
                           const char   *holder,
                           gint64       *fence,
                           GError      **error)
{
  gint64 now;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (fence != NULL, FALSE);

  now = cpt_database_get_now (database);

  return *fence == 0 ? cpt_automation_lease_take (database, holder, now, fence, error)
                     : cpt_automation_lease_check (database, holder, *fence, now, error);
}
