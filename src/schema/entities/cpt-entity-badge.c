/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody earns by a metric: being the first, rising most, reaching
 * something. Shown on leaderboards; see insight/cpt-badge.h. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptChoice icons[] = {
  { "star", NC_("choice", "Star"), "yellow" },
  { "medal", NC_("choice", "Medal"), "orange" },
  { "rise", NC_("choice", "Arrow upwards"), "green" },
  { "flag", NC_("choice", "Flag"), "blue" },
  { NULL },
};

static const CptChoice rules[] = {
  { "first", NC_("choice", "The first of everybody") },
  { "first_of_team", NC_("choice", "The first of each team") },
  { "improved", NC_("choice", "Who rose most since the period before") },
  { "reached", NC_("choice", "Who reached a number") },
  { NULL },
};

static const CptChoice periods[] = {
  { "week", NC_("choice", "This week") },
  { "month", NC_("choice", "This month") },
  { "quarter", NC_("choice", "This quarter") },
  { "year", NC_("choice", "This year") },
  { NULL },
};

static const CptFieldGroup groups[] = {
  { "main", N_("Badge") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_SEARCHABLE,
    .max_length = 40,
    .since = 2,
  },
  {
    .name = "icon",
    .label = N_("Icon"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_FIXED_CHOICES,
    .choices = icons,
    .initial = "star",
    .since = 2,
  },
  {
    .name = "metric",
    .label = N_("Metric"),
    .help = N_("Its key, such as “revenue_won”"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED,
    .max_length = 60,
    .since = 2,
  },
  {
    .name = "period",
    .label = N_("Period"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_FIXED_CHOICES,
    .choices = periods,
    .initial = "month",
    .since = 2,
  },
  {
    .name = "rule",
    .label = N_("Goes to"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_FIXED_CHOICES,
    .choices = rules,
    .initial = "first",
    .since = 2,
  },
  {
    .name = "threshold",
    .label = N_("Number to reach"),
    .help = N_("A number, an amount in the currency of the workspace, or a percentage such as 12.5"),
    .kind = CPT_FIELD_DECIMAL,
    .scale = 2,
    .min = 0,
    .max = G_GINT64_CONSTANT (1000000000000000),
    .since = 2,
  },
  {
    .name = "is_active",
    .label = N_("In force"),
    .kind = CPT_FIELD_BOOLEAN,
    .initial = "true",
    .since = 2,
  },
};

static const char *const columns[] = {
  "name",
  "icon",
  "metric",
  "period",
  "rule",
  "is_active",
  NULL,
};

const CptEntity cpt_entity_badge = {
  .name = "badge",
  .number = 27,
  .label = N_("Badge"),
  .label_plural = N_("Badges"),
  .icon = "cpt-goal-symbolic",
  .colour = "yellow",
  .flags = CPT_ENTITY_SYSTEM,
  .since = 2,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .columns = columns,
  .sort = "name",
};
