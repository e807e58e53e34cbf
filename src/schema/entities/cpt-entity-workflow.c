/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is to happen by itself: a drawing that people change whenever they like. Its
 * definition is documented in engine/README.md. What runs are the versions that were
 * published: see cpt-entity-workflow-version.c. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptChoice states[] = {
  { "draft", NC_("choice", "Draft"), "grey" },
  { "active", NC_("choice", "Active"), "green" },
  { "paused", NC_("choice", "Paused"), "yellow" },
  /* Nobody begins any more; who is under way goes on to the end */
  { "draining", NC_("choice", "Running out"), "orange" },
  { NULL },
};

static const CptChoice pauses[] = {
  { "hold", NC_("choice", "Time stands still") },
  { "hold_absolute", NC_("choice", "Time passes") },
  { NULL },
};

static const CptFieldGroup groups[] = {
  { "main", N_("Workflow") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_SEARCHABLE,
    .max_length = 150,
    .since = 2,
  },
  {
    .name = "description",
    .label = N_("Description"),
    .kind = CPT_FIELD_LONG_TEXT,
    .flags = CPT_FIELD_SEARCHABLE,
    .max_length = 2000,
    .since = 2,
  },
  {
    .name = "state",
    .label = N_("State"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_INDEXED,
    .choices = states,
    .initial = "draft",
    .since = 2,
  },
  {
    .name = "pause",
    .label = N_("Pause"),
    .help = N_("What becomes of those who wait while the workflow is paused"),
    .kind = CPT_FIELD_CHOICE,
    .choices = pauses,
    .since = 2,
  },
  {
    .name = "pause_reason",
    .label = N_("Reason of the Pause"),
    .kind = CPT_FIELD_LONG_TEXT,
    .max_length = 1000,
    .since = 2,
  },
  {
    .name = "definition",
    .label = N_("Definition"),
    .kind = CPT_FIELD_JSON,
    .since = 2,
  },
  {
    .name = "version",
    .label = N_("Version"),
    .help = N_("The published one that new runs follow"),
    .kind = CPT_FIELD_INTEGER,
    .min = 0,
    .max = 1000000,
    .since = 2,
  },
  {
    .name = "owner",
    .label = N_("Owner"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .target = "user",
    .initial = "me",
    .since = 2,
  },
};

static const char *const columns[] = {
  "name",
  "state",
  "version",
  "owner",
  NULL,
};

const CptEntity cpt_entity_workflow = {
  .name = "workflow",
  .number = 31,
  .label = N_("Workflow"),
  .label_plural = N_("Workflows"),
  .icon = "cpt-workflow-symbolic",
  .colour = "purple",
  .flags = CPT_ENTITY_SYSTEM,
  .since = 2,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .columns = columns,
  .sort = "name",
};
