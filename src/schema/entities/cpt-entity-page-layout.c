/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a workspace arranges the pages of one kind of record: groups of fields in
 * an order of its own, and fields that are not shown. README.md has the shape.
 * Of several for one kind the newest counts. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptFieldGroup groups[] = {
  { "main", N_("Page layout") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "entity_name",
    .label = N_("Kind of record"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED,
    .max_length = 60,
    .since = 2,
  },
  {
    .name = "layout",
    .label = N_("Groups and fields"),
    .kind = CPT_FIELD_JSON,
    .since = 2,
  },
};

static const char *const columns[] = {
  "entity_name",
  NULL,
};

const CptEntity cpt_entity_page_layout = {
  .name = CPT_PAGE_LAYOUT_ENTITY,
  .number = 21,
  .label = N_("Page layout"),
  .label_plural = N_("Page layouts"),
  .icon = "view-list-symbolic",
  .colour = "grey",
  .flags = CPT_ENTITY_SYSTEM,
  .since = 2,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "entity_name",
  .columns = columns,
  .sort = "entity_name",
};
