/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody wants to be told when a metric is above or below something, changes
 * too much, or gets no more records. What the last check found is in the record
 * too, set by whoever checked: readers of the log see it begin and end. See
 * insight/cpt-alert.h. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptChoice kinds[] = {
  { "above", NC_("choice", "Is above"), "orange" },
  { "below", NC_("choice", "Is below"), "orange" },
  { "rises", NC_("choice", "Rises by more than"), "blue" },
  { "falls", NC_("choice", "Falls by more than"), "blue" },
  { "missing", NC_("choice", "Has nothing new"), "grey" },
  { NULL },
};

static const CptChoice periods[] = {
  { "all", NC_("choice", "All time") },
  { "day", NC_("choice", "Today") },
  { "week", NC_("choice", "This week") },
  { "month", NC_("choice", "This month") },
  { "quarter", NC_("choice", "This quarter") },
  { "year", NC_("choice", "This year") },
  { "last_7", NC_("choice", "Last 7 days") },
  { "last_30", NC_("choice", "Last 30 days") },
  { "last_90", NC_("choice", "Last 90 days") },
  { "last_365", NC_("choice", "Last 365 days") },
  { NULL },
};

static const CptChoice intervals[] = {
  { "change", NC_("choice", "Every minute") },
  { "hour", NC_("choice", "Every hour") },
  { "day", NC_("choice", "Every day") },
  { NULL },
};

static const CptChoice states[] = {
  { "ok", NC_("choice", "Quiet"), "green" },
  { "firing", NC_("choice", "Holds now"), "red" },
  { "failed", NC_("choice", "Can’t be checked"), "yellow" },
  { NULL },
};

static const CptFieldGroup groups[] = {
  { "main", N_("Alert") },
  { "state", N_("Last check") },
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
    .name = "metric",
    .label = N_("Metric"),
    .help = N_("Its key, such as “revenue_won”"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED,
    .max_length = 60,
    .since = 2,
  },
  {
    .name = "condition",
    .label = N_("Only records"),
    .help = N_("Which records count, as a filter; all when it is empty"),
    .kind = CPT_FIELD_JSON,
    .since = 2,
  },
  {
    .name = "kind",
    .label = N_("When it"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_FIXED_CHOICES,
    .choices = kinds,
    .initial = "below",
    .since = 2,
  },
  {
    .name = "threshold",
    .label = N_("Limit"),
    .help = N_("A number, an amount in the currency of the workspace, or a percentage such as 12.5"),
    .kind = CPT_FIELD_DECIMAL,
    .scale = 2,
    .min = -G_GINT64_CONSTANT (1000000000000000),
    .max = G_GINT64_CONSTANT (1000000000000000),
    .since = 2,
  },
  {
    .name = "days",
    .label = N_("Days without anything new"),
    .kind = CPT_FIELD_INTEGER,
    .min = 1,
    .max = 3650,
    .since = 2,
  },
  {
    .name = "period",
    .label = N_("Period"),
    .help = N_("A rise or fall is told against the period before"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_FIXED_CHOICES,
    .choices = periods,
    .initial = "month",
    .since = 2,
  },
  {
    .name = "interval",
    .label = N_("Checked"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_FIXED_CHOICES,
    .choices = intervals,
    .initial = "change",
    .since = 2,
  },
  {
    .name = "owner",
    .label = N_("Tells"),
    .help = N_("Who is told; everybody when it is empty"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .target = "user",
    .initial = "me",
    .since = 2,
  },
  {
    .name = "is_active",
    .label = N_("In force"),
    .kind = CPT_FIELD_BOOLEAN,
    .initial = "true",
    .since = 2,
  },
  {
    .name = "state",
    .label = N_("State"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_READ_ONLY | CPT_FIELD_FIXED_CHOICES,
    .group = "state",
    .choices = states,
    .since = 2,
  },
  {
    .name = "value",
    .label = N_("Value when that began"),
    .kind = CPT_FIELD_DECIMAL,
    .flags = CPT_FIELD_READ_ONLY,
    .group = "state",
    .scale = 2,
    .since = 2,
  },
  {
    .name = "fired_at",
    .label = N_("Last began to hold"),
    .kind = CPT_FIELD_DATETIME,
    .flags = CPT_FIELD_READ_ONLY,
    .group = "state",
    .since = 2,
  },
  {
    .name = "ended_at",
    .label = N_("Last ended"),
    .kind = CPT_FIELD_DATETIME,
    .flags = CPT_FIELD_READ_ONLY,
    .group = "state",
    .since = 2,
  },
  {
    .name = "problem",
    .label = N_("Why it can’t be checked"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_READ_ONLY,
    .group = "state",
    .max_length = 1000,
    .since = 2,
  },
};

static const char *const columns[] = {
  "name",
  "metric",
  "kind",
  "threshold",
  "state",
  "fired_at",
  "is_active",
  NULL,
};

const CptEntity cpt_entity_alert = {
  .name = "alert",
  .number = 25,
  .label = N_("Alert"),
  .label_plural = N_("Alerts"),
  .icon = "dialog-warning-symbolic",
  .colour = "orange",
  .flags = CPT_ENTITY_SYSTEM,
  .since = 2,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .columns = columns,
  .sort = "name",
};
