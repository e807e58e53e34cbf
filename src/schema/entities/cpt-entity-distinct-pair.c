/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two records of one kind that look alike and of which somebody has said that
 * they are not the same: they are not offered for merging again. They may be
 * of any kind, so they are named by their identifiers rather than linked to. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptFieldGroup groups[] = {
  { "main", N_("Pair of different records") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .privacy = CPT_PRIVACY_PERSONAL,
    .max_length = 300,
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
    .name = "first_id",
    .label = N_("First record"),
    .help = N_("Its identifier"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED,
    .max_length = 36,
    .since = 1,
  },
  {
    .name = "second_id",
    .label = N_("Second record"),
    .help = N_("Its identifier"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED,
    .max_length = 36,
    .since = 1,
  },
};

static const char *const columns[] = {
  "name",
  "entity_name",
  NULL,
};

const CptEntity cpt_entity_distinct_pair = {
  .name = "distinct_pair",
  .number = 17,
  .label = N_("Pair of different records"),
  .label_plural = N_("Pairs of different records"),
  .icon = "view-dual-symbolic",
  .colour = "grey",
  .flags = CPT_ENTITY_SYSTEM | CPT_ENTITY_UNSEEN,
  .since = 1,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .columns = columns,
  .sort = "name",
};
