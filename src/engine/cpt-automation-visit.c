/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks at all who are under way in a workflow. */

#include "config.h"

#include "cpt-automation-visit-private.h"

#include "cpt-json.h"
#include "cpt-workflow-record.h"

/* How many are in memory at once */
#define BATCH 500

struct _CptAutomationVersions
{
  CptDatabase *database;
  CptUuid workflow;
  GHashTable *drawings; /* number -> CptWorkflow (nullable) */
};

static void
drawing_free (gpointer data)
{
  cpt_workflow_free (data);
}

CptAutomationVersions *
cpt_automation_versions_new (CptDatabase   *database,
                             const CptUuid *workflow)
{
  CptAutomationVersions *self = g_new0 (CptAutomationVersions, 1);

  self->database = database;
  self->workflow = *workflow;
  self->drawings = g_hash_table_new_full (NULL, NULL, NULL, drawing_free);

  return self;
}

void
cpt_automation_versions_free (CptAutomationVersions *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->drawings);
  g_free (self);
}

const CptWorkflow *
cpt_automation_versions_find (CptAutomationVersions *self,
                              guint                  number)
{
  g_autoptr(CptRecord) record = NULL;
  gpointer drawing = NULL;

  if (g_hash_table_lookup_extended (self->drawings, GUINT_TO_POINTER (number), NULL, &drawing))
    return drawing;

  if (number > 0)
    record = cpt_workflow_load_version (self->database, &self->workflow, number, NULL);
  drawing = record != NULL ? cpt_workflow_read (record, NULL) : NULL;
  g_hash_table_insert (self->drawings, GUINT_TO_POINTER (number), drawing);

  return drawing;
}

gboolean
cpt_automation_visit_open (CptAutomationVersions  *versions,
                           CptAutomationVisit      visit,
                           gpointer                data,
                           GError                **error)
{
  gint64 after = 0;
  guint n_read;

  do
    {
      g_autoptr(GPtrArray) batch = cpt_enrolment_list_open (versions->database, &versions->workflow, after, BATCH, error);

      if (batch == NULL)
        return FALSE;
      n_read = batch->len;
      for (guint i = 0; i < batch->len; i++)
        {
          CptEnrolment *enrolment = g_ptr_array_index (batch, i);
          g_autoptr(JsonNode) root = cpt_json_parse (enrolment->state, -1, NULL);
          g_autoptr(CptRun) run = root != NULL ? cpt_run_parse (root, NULL) : NULL;

          after = enrolment->row;
          if (!visit (data, enrolment, cpt_automation_versions_find (versions, enrolment->version), run, error))
            return FALSE;
        }
    }
  while (n_read == BATCH);

  return TRUE;
}
