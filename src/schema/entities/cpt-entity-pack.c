/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A pack that is installed: what it brought, so that it can be updated and
 * taken away. Its definition is documented in workspace/cpt-pack-private.h. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptFieldGroup groups[] = {
  { "main", N_("Pack") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED,
    .max_length = 150,
    .since = 1,
  },
  {
    .name = "identifier",
    .label = N_("Identifier"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_KEY,
    .max_length = 60,
    .since = 1,
  },
  {
    .name = "version",
    .label = N_("Version"),
    .kind = CPT_FIELD_INTEGER,
    .flags = CPT_FIELD_REQUIRED,
    .min = 1,
    .max = 1000000,
    .since = 1,
  },
  {
    .name = "definition",
    .label = N_("Definition"),
    .kind = CPT_FIELD_JSON,
    .since = 1,
  },
};

static const char *const columns[] = {
  "name",
  "version",
  NULL,
};

const CptEntity cpt_entity_pack = {
  .name = "pack",
  .number = 18,
  .label = N_("Pack"),
  .label_plural = N_("Packs"),
  .icon = "package-x-generic-symbolic",
  .colour = "grey",
  .flags = CPT_ENTITY_SYSTEM,
  .since = 1,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .columns = columns,
  .sort = "name",
};
