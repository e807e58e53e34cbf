/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list as somebody set it up: filter, order, columns. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptFieldGroup groups[] = {
  { "main", N_("Saved view") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_SEARCHABLE,
    .max_length = 150,
    .since = 1,
  },
  {
    .name = "entity_name",
    .label = N_("Kind of record"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_INDEXED,
    .max_length = 60,
    .since = 1,
  },
  {
    .name = "definition",
    .label = N_("Definition"),
    .kind = CPT_FIELD_JSON,
    .flags = CPT_FIELD_REQUIRED,
    .since = 1,
  },
  {
    .name = "owner",
    .label = N_("Owner"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .target = "user",
    .initial = "me",
    .since = 1,
  },
  {
    .name = "is_shared",
    .label = N_("Shared"),
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
  "entity_name",
  "owner",
  "is_shared",
  NULL,
};

const CptEntity cpt_entity_saved_view = {
  .name = "saved_view",
  .number = 14,
  .label = N_("Saved view"),
  .label_plural = N_("Saved views"),
  .icon = "view-list-symbolic",
  .colour = "grey",
  .flags = CPT_ENTITY_SYSTEM,
  .since = 1,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .columns = columns,
  .sort = "position",
};
