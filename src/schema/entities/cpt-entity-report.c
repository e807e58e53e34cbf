/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages for paper. Its definition is documented in report/cpt-document.c. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptFieldGroup groups[] = {
  { "main", N_("Report") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_SEARCHABLE,
    .max_length = 150,
    .since = 2,
  },
  {
    .name = "description",
    .label = N_("Description"),
    .kind = CPT_FIELD_LONG_TEXT,
    .flags = CPT_FIELD_SEARCHABLE,
    .max_length = 2000,
    .since = 2,
  },
  {
    .name = "definition",
    .label = N_("Definition"),
    .kind = CPT_FIELD_JSON,
    .since = 2,
  },
  {
    .name = "owner",
    .label = N_("Owner"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .target = "user",
    .initial = "me",
    .since = 2,
  },
  {
    .name = "is_shared",
    .label = N_("Shared"),
    .kind = CPT_FIELD_BOOLEAN,
    .initial = "false",
    .since = 2,
  },
  {
    .name = "is_template",
    .label = N_("Template"),
    .help = N_("Others begin with it; it is not among the reports"),
    .kind = CPT_FIELD_BOOLEAN,
    .initial = "false",
    .since = 2,
  },
  {
    .name = "logo",
    .label = N_("Logo"),
    .help = N_("A picture for the heads of its pages; without one, the logo of the organisation that is called as the workspace"),
    .kind = CPT_FIELD_ATTACHMENT,
    .since = 2,
  },
  {
    .name = "position",
    .label = N_("Position"),
    .kind = CPT_FIELD_INTEGER,
    .min = 0,
    .max = 100000,
    .since = 2,
  },
};

static const char *const columns[] = {
  "name",
  "owner",
  "is_shared",
  NULL,
};

const CptEntity cpt_entity_report = {
  .name = "report",
  .number = 24,
  .label = N_("Report"),
  .label_plural = N_("Reports"),
  .icon = "cpt-report-symbolic",
  .colour = "blue",
  .flags = CPT_ENTITY_SYSTEM,
  .since = 2,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .columns = columns,
  .sort = "position",
};
