/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workflow as it was published: what runs began with it finish with it, whatever is
 * drawn later. It is never changed. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptFieldGroup groups[] = {
  { "main", N_("Version of a workflow") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED,
    .max_length = 150,
    .since = 2,
  },
  {
    .name = "workflow",
    .label = N_("Workflow"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .target = "workflow",
    .since = 2,
  },
  {
    .name = "number",
    .label = N_("Number"),
    .kind = CPT_FIELD_INTEGER,
    .flags = CPT_FIELD_REQUIRED,
    .min = 1,
    .max = 1000000,
    .since = 2,
  },
  {
    .name = "definition",
    .label = N_("Definition"),
    .kind = CPT_FIELD_JSON,
    .flags = CPT_FIELD_REQUIRED,
    .since = 2,
  },
  {
    .name = "digest",
    .label = N_("Digest"),
    .help = N_("The same for versions that do the same"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED,
    .max_length = 64,
    .since = 2,
  },
};

static const char *const columns[] = {
  "name",
  "workflow",
  "number",
  NULL,
};

const CptEntity cpt_entity_workflow_version = {
  .name = "workflow_version",
  .number = 32,
  .label = N_("Version of a Workflow"),
  .label_plural = N_("Versions of Workflows"),
  .icon = "cpt-workflow-symbolic",
  .colour = "purple",
  .flags = CPT_ENTITY_SYSTEM,
  .since = 2,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .columns = columns,
  .sort = "number",
};
