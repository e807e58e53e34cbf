/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links to records of the imported kind that were not there when their rows came:
 * asked for again when all rows are stored. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-statement.h"

/* Links that are looked up in one state of the file */
#define STRETCH_LENGTH 512

static gboolean
resolve (CptImportJob       *job,
         CptImportDeferred  *deferred,
         GError            **error)
{
  g_auto(CptImportTarget) target = { 0 };
  g_auto(CptValue) value = CPT_VALUE_INIT;

  switch (cpt_import_links_resolve (job->links, deferred->slot, deferred->text, FALSE, job->slice, &target, error))
    {
    case CPT_IMPORT_LINK_FOUND:
      if (!cpt_import_job_settle (job, &deferred->id, deferred->slot, &target, error))
        return FALSE;
      cpt_value_set_id (&value, &target.id);
      if (cpt_uuid_equal (&target.id, &deferred->id))
        cpt_import_notes_unresolved (job->notes, deferred->line, deferred->slot->column->header,
                                     _("A record can’t be above itself."));
      else
        cpt_transaction_set (job->slice, job->plan->entity, &deferred->id, deferred->slot->field, &value);
      return TRUE;

    case CPT_IMPORT_LINK_REFUSED:
      cpt_import_notes_unresolved (job->notes, deferred->line, deferred->slot->column->header, target.message);
      return TRUE;

    case CPT_IMPORT_LINK_FAILED:
      return FALSE;

    case CPT_IMPORT_LINK_NONE:
    case CPT_IMPORT_LINK_LATER:
    default:
      return TRUE;
    }
}

typedef struct
{
  CptImportJob *job;
  guint next;
} Stretch;

static gboolean
resolve_stretch (CptDatabase  *database,
                 gpointer      data,
                 GError      **error)
{
  Stretch *self = data;
  GArray *deferred = self->job->deferred;
  guint end = MIN (self->next + STRETCH_LENGTH, deferred->len);

  for (; self->next < end; self->next++)
    {
      if (!resolve (self->job, &g_array_index (deferred, CptImportDeferred, self->next), error))
        return FALSE;
    }

  return TRUE;
}

gboolean
cpt_import_job_resolve_deferred (CptImportJob  *self,
                                 guint         *next,
                                 GError       **error)
{
  Stretch stretch = { self, *next };

  if (!cpt_database_snapshot (self->database, resolve_stretch, &stretch, error))
    return FALSE;
  *next = stretch.next;

  return TRUE;
}

void
cpt_import_job_drop_deferred (CptImportJob  *self,
                              guint          first,
                              const CptUuid *id)
{
  for (guint i = self->deferred->len; i > first; i--)
    {
      if (cpt_uuid_equal (&g_array_index (self->deferred, CptImportDeferred, i - 1).id, id))
        g_array_remove_index (self->deferred, i - 1);
    }
}
