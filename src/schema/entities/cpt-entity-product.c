/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is sold: goods or a service. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptFieldGroup groups[] = {
  { "main", N_("Product") },
  { "more", N_("More") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_SEARCHABLE | CPT_FIELD_INDEXED | CPT_FIELD_KEY,
    .group = "main",
    .max_length = 200,
    .since = 1,
  },
  {
    .name = "reference",
    .label = N_("Reference"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_SEARCHABLE | CPT_FIELD_INDEXED | CPT_FIELD_KEY,
    .group = "main",
    .max_length = 60,
    .since = 1,
  },
  {
    .name = "family",
    .label = N_("Family"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_SEARCHABLE | CPT_FIELD_INDEXED,
    .group = "main",
    .max_length = 120,
    .since = 1,
  },
  {
    .name = "price",
    .label = N_("Price"),
    .help = N_("Without tax"),
    .kind = CPT_FIELD_MONEY,
    .group = "main",
    .since = 1,
  },
  {
    .name = "tax_rate",
    .label = N_("Tax rate"),
    .kind = CPT_FIELD_PERCENT,
    .group = "main",
    .min = 0,
    .max = 10000,
    .since = 1,
  },
  {
    .name = "unit",
    .label = N_("Unit"),
    .help = N_("What is counted: a piece, an hour, a kilogram"),
    .kind = CPT_FIELD_TEXT,
    .group = "main",
    .max_length = 30,
    .since = 1,
  },
  {
    .name = "is_active",
    .label = N_("On sale"),
    .kind = CPT_FIELD_BOOLEAN,
    .group = "main",
    .initial = "true",
    .since = 1,
  },
  {
    .name = "description",
    .label = N_("Description"),
    .kind = CPT_FIELD_LONG_TEXT,
    .flags = CPT_FIELD_SEARCHABLE,
    .group = "more",
    .since = 1,
  },
};

static const char *const columns[] = {
  "name",
  "reference",
  "family",
  "price",
  "tax_rate",
  "is_active",
  NULL,
};

const CptEntity cpt_entity_product = {
  .name = "product",
  .number = 7,
  .label = N_("Product"),
  .label_plural = N_("Products"),
  .icon = "cpt-product-symbolic",
  .colour = "orange",
  .since = 1,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .subtitle = "reference",
  .columns = columns,
  .sort = "name",
};
