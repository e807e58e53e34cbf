/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What advertising brought in a day, as the platforms report it. These are facts
 * (store/facts): numbers by the thousand, delivered again when a platform corrects
 * them, and asked for their sums. The day and the texts tell rows apart. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptFieldGroup groups[] = {
  { "main", N_("Ad results") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "day",
    .label = N_("Day"),
    .kind = CPT_FIELD_DATE,
    .flags = CPT_FIELD_REQUIRED,
    .since = 2,
  },
  {
    .name = "platform",
    .label = N_("Platform"),
    .help = N_("Where the ad was shown, such as “Google Ads”"),
    .kind = CPT_FIELD_TEXT,
    .max_length = 100,
    .since = 2,
  },
  {
    .name = "account",
    .label = N_("Ad account"),
    .kind = CPT_FIELD_TEXT,
    .max_length = 200,
    .since = 2,
  },
  {
    .name = "campaign",
    .label = N_("Campaign"),
    .kind = CPT_FIELD_TEXT,
    .max_length = 300,
    .since = 2,
  },
  {
    .name = "ad_group",
    .label = N_("Ad group"),
    .kind = CPT_FIELD_TEXT,
    .max_length = 300,
    .since = 2,
  },
  {
    .name = "impressions",
    .label = N_("Impressions"),
    .kind = CPT_FIELD_INTEGER,
    .since = 2,
  },
  {
    .name = "clicks",
    .label = N_("Clicks"),
    .kind = CPT_FIELD_INTEGER,
    .since = 2,
  },
  {
    .name = "cost",
    .label = N_("Ad spend"),
    .kind = CPT_FIELD_MONEY,
    .since = 2,
  },
  {
    .name = "conversions",
    .label = N_("Conversions"),
    .help = N_("Platforms divide one conversion among several ads"),
    .kind = CPT_FIELD_DECIMAL,
    .scale = 2,
    .since = 2,
  },
  {
    .name = "revenue",
    .label = N_("Attributed revenue"),
    .kind = CPT_FIELD_MONEY,
    .since = 2,
  },
};

static const char *const columns[] = {
  "day",
  "platform",
  "campaign",
  "impressions",
  "clicks",
  "cost",
  "conversions",
  NULL,
};

const CptEntity cpt_entity_ad_result = {
  .name = "ad_result",
  .number = 28,
  .label = N_("Ad result"),
  .label_plural = N_("Ad results"),
  .icon = "cpt-chart-line-symbolic",
  .colour = "purple",
  .flags = CPT_ENTITY_SYSTEM | CPT_ENTITY_FACTS,
  .since = 2,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "campaign",
  .columns = columns,
  .sort = "day",
};
