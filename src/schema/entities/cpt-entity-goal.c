/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A figure to reach by a user, a team or everybody in a period, of any metric.
 * It was a choice of a few before: what was stored were keys of metrics already. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptChoice periods[] = {
  { "month", NC_("choice", "Month") },
  { "quarter", NC_("choice", "Quarter") },
  { "year", NC_("choice", "Year") },
  { NULL },
};

static const CptFieldGroup groups[] = {
  { "main", N_("Goal") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_SEARCHABLE,
    .max_length = 200,
    .since = 1,
  },
  {
    .name = "metric",
    .label = N_("Metric"),
    .help = N_("Its key, such as “revenue_won”"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_INDEXED,
    .max_length = 60,
    .initial = "revenue_won",
    .since = 1,
  },
  {
    .name = "target",
    .label = N_("Target"),
    .help = N_("A number, an amount in the currency of the workspace, or a percentage such as 12.5"),
    .kind = CPT_FIELD_DECIMAL,
    .flags = CPT_FIELD_REQUIRED,
    .scale = 2,
    .min = 0,
    .max = G_GINT64_CONSTANT (1000000000000000),
    .since = 1,
  },
  {
    .name = "period",
    .label = N_("Period"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_FIXED_CHOICES,
    .choices = periods,
    .initial = "month",
    .since = 1,
  },
  {
    .name = "starts_on",
    .label = N_("Starts"),
    .kind = CPT_FIELD_DATE,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_INDEXED,
    .since = 1,
  },
  {
    .name = "user",
    .label = N_("User"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .target = "user",
    .back_label = N_("Goals"),
    .since = 1,
  },
  {
    .name = "team",
    .label = N_("Team"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .target = "team",
    .back_label = N_("Goals"),
    .since = 1,
  },
};

static const char *const columns[] = {
  "name",
  "metric",
  "target",
  "period",
  "starts_on",
  "user",
  "team",
  NULL,
};

const CptEntity cpt_entity_goal = {
  .name = "goal",
  .number = 12,
  .label = N_("Goal"),
  .label_plural = N_("Goals"),
  .icon = "cpt-goal-symbolic",
  .colour = "green",
  .flags = CPT_ENTITY_SETTINGS,
  .since = 1,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .subtitle = "user.name",
  .columns = columns,
  .sort = "-starts_on",
};
