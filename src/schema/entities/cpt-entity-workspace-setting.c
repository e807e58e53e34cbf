/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was decided for a workspace as a whole, and can be taken back like every other act.
 * Of several of one name the one that was changed last counts. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptFieldGroup groups[] = {
  { "main", N_("Workspace setting") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED,
    .max_length = 60,
    .since = 2,
  },
  {
    .name = "value",
    .label = N_("Value"),
    .kind = CPT_FIELD_TEXT,
    .max_length = 500,
    .since = 2,
  },
};

static const char *const columns[] = {
  "name",
  "value",
  NULL,
};

const CptEntity cpt_entity_workspace_setting = {
  .name = "workspace_setting",
  .number = 30,
  .label = N_("Workspace setting"),
  .label_plural = N_("Workspace settings"),
  .icon = "emblem-system-symbolic",
  .colour = "grey",
  .flags = CPT_ENTITY_SYSTEM | CPT_ENTITY_UNSEEN,
  .since = 2,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .columns = columns,
  .sort = "name",
};
