/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A way that deals go, in stages. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptFieldGroup groups[] = {
  { "main", N_("Pipeline") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_SEARCHABLE | CPT_FIELD_KEY,
    .max_length = 100,
    .since = 1,
  },
  {
    .name = "is_default",
    .label = N_("Default"),
    .help = N_("New deals begin here"),
    .kind = CPT_FIELD_BOOLEAN,
    .initial = "false",
    .since = 1,
  },
  {
    .name = "position",
    .label = N_("Position"),
    .kind = CPT_FIELD_INTEGER,
    .min = 0,
    .max = 100000,
    .since = 1,
  },
};

static const char *const columns[] = {
  "name",
  "is_default",
  "position",
  NULL,
};

const CptEntity cpt_entity_pipeline = {
  .name = "pipeline",
  .number = 4,
  .label = N_("Pipeline"),
  .label_plural = N_("Pipelines"),
  .icon = "cpt-pipeline-symbolic",
  .colour = "purple",
  .flags = CPT_ENTITY_SETTINGS | CPT_ENTITY_NEVER_NONE,
  .since = 1,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .columns = columns,
  .sort = "position",
};
