/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How one person wants the widgets of a dashboard, over what everybody sees. What is in
 * "layout" is documented in report/cpt-arrangement.h. Of several for the same person the newest
 * counts. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptFieldGroup groups[] = {
  { "main", N_("Arrangement") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .max_length = 150,
    .since = 2,
  },
  {
    .name = "dashboard",
    .label = N_("Dashboard"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_INDEXED,
    .target = "dashboard",
    .since = 2,
  },
  {
    .name = "user",
    .label = N_("Whose"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_INDEXED,
    .target = "user",
    .initial = "me",
    .since = 2,
  },
  {
    .name = "layout",
    .label = N_("Places of widgets"),
    .kind = CPT_FIELD_JSON,
    .since = 2,
  },
};

static const char *const columns[] = {
  "name",
  "dashboard",
  "user",
  NULL,
};

const CptEntity cpt_entity_arrangement = {
  .name = "arrangement",
  .number = 29,
  .label = N_("Arrangement"),
  .label_plural = N_("Arrangements"),
  .icon = "cpt-dashboard-symbolic",
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
