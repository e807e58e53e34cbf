/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A group of users: an office, a region. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptFieldGroup groups[] = {
  { "main", N_("Team") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_SEARCHABLE | CPT_FIELD_INDEXED | CPT_FIELD_KEY,
    .max_length = 150,
    .since = 1,
  },
  {
    .name = "manager",
    .label = N_("Manager"),
    .kind = CPT_FIELD_LINK,
    .target = "user",
    .back_label = N_("Leads the teams"),
    .since = 1,
  },
  {
    .name = "region",
    .label = N_("Region"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_SEARCHABLE,
    .max_length = 150,
    .since = 1,
  },
};

static const char *const columns[] = {
  "name",
  "manager",
  "region",
  NULL,
};

const CptEntity cpt_entity_team = {
  .name = "team",
  .number = 11,
  .label = N_("Team"),
  .label_plural = N_("Teams"),
  .icon = "cpt-team-symbolic",
  .colour = "grey",
  .flags = CPT_ENTITY_SETTINGS,
  .since = 1,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .subtitle = "region",
  .columns = columns,
  .sort = "name",
};
