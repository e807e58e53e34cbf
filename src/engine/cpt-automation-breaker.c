/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Stops a workflow in which too much fails. */

#include "config.h"

#include "cpt-automation-breaker-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-enrolment-health.h"
#include "cpt-workflow-pause.h"

#define WINDOW (CPT_BREAKER_MINUTES * (gint64) 60 * G_USEC_PER_SEC)
/* Characters of the sentence of the last failure */
#define MAX_WHY 300

static gboolean
stop (CptDatabase               *database,
      const CptUuid             *workflow,
      const CptEnrolmentHealth  *health,
      const char                *why,
      gint64                     now,
      GError                   **error)
{
  const char *text = why != NULL ? why : "";
  g_autofree char *sentence = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_WHY));
  guint n_failed = (guint) MIN (health->n_failed, G_MAXINT);
  g_autofree char *reason =
    g_strdup_printf (g_dngettext (NULL,
                                  "%u step failed within %d minutes. The last one: %s Mend what is wrong, and let the "
                                  "workflow go on.",
                                  "%u steps failed within %d minutes. The last one: %s Mend what is wrong, and let the "
                                  "workflow go on.",
                                  n_failed),
                     n_failed, CPT_BREAKER_MINUTES, sentence);

  return cpt_workflow_pause (database, workflow, CPT_PAUSE_HOLD, reason, now, error);
}

gboolean
cpt_automation_breaker_add (CptDatabase            *database,
                            const CptUuid          *workflow,
                            const CptBreakerCount  *count,
                            gint64                  now,
                            gboolean               *is_stopped,
                            GError                **error)
{
  CptEnrolmentHealth health;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (workflow != NULL && is_stopped != NULL, FALSE);
  g_return_val_if_fail (count != NULL, FALSE);

  *is_stopped = FALSE;
  if (!cpt_enrolment_load_health (database, workflow, &health, error))
    return FALSE;
  if (health.since == 0 && count->n_failed == 0)
    return TRUE;

  /* Long ago, or by a clock that was set since then */
  if (health.since == 0 || now < health.since || now - health.since > WINDOW)
    health = (CptEnrolmentHealth){ .since = count->n_failed > 0 ? now : 0 };
  health.n_well += count->n_well;
  health.n_failed += count->n_failed;
  *is_stopped =
    health.n_failed >= CPT_BREAKER_FAILURES && health.n_failed * CPT_BREAKER_SHARE >= health.n_failed + health.n_well;
  if (*is_stopped && !stop (database, workflow, &health, count->why, now, error))
    return FALSE;
  if (*is_stopped)
    health.since = 0;

  return cpt_enrolment_save_health (database, workflow, &health, error);
}
