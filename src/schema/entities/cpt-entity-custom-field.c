/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A field that a user added. Its definition is documented in README.md. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptFieldGroup groups[] = {
  { "main", N_("Custom field") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "entity_name",
    .label = N_("Kind of record"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED,
    .max_length = 60,
    .since = 1,
  },
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_SEARCHABLE | CPT_FIELD_KEY,
    .max_length = 60,
    .since = 1,
  },
  {
    .name = "label",
    .label = N_("Label"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_SEARCHABLE,
    .max_length = 100,
    .since = 1,
  },
  {
    .name = "kind",
    .label = N_("Kind"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED,
    .max_length = 30,
    .since = 1,
  },
  {
    .name = "definition",
    .label = N_("Definition"),
    .kind = CPT_FIELD_JSON,
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
  "label",
  "entity_name",
  "kind",
  "name",
  "position",
  NULL,
};

const CptEntity cpt_entity_custom_field = {
  .name = "custom_field",
  .number = 16,
  .label = N_("Custom field"),
  .label_plural = N_("Custom fields"),
  .icon = "document-edit-symbolic",
  .colour = "grey",
  .flags = CPT_ENTITY_SYSTEM,
  .since = 1,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "label",
  .subtitle = "entity_name",
  .columns = columns,
  .sort = "position",
};
