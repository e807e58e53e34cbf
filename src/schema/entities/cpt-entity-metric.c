/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A number that has a name, so that everybody means the same by it: "Revenue
 * won". What comes with the program is declared in store/metric; a record with
 * the key of one of those takes its place. See store/metric/cpt-metric.h. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptChoice directions[] = {
  { "up", NC_("choice", "Good"), "green" },
  { "down", NC_("choice", "Bad"), "red" },
  { "neutral", NC_("choice", "Neither"), "grey" },
  { NULL },
};

static const CptFieldGroup groups[] = {
  { "main", N_("Metric") },
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
    .name = "code",
    .label = N_("Key"),
    .help = N_("What dashboards and formulas call it: small letters, digits and _"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_INDEXED | CPT_FIELD_KEY,
    .max_length = 60,
    .since = 2,
  },
  {
    .name = "description",
    .label = N_("What it means"),
    .help = N_("What is counted, in words"),
    .kind = CPT_FIELD_LONG_TEXT,
    .flags = CPT_FIELD_SEARCHABLE,
    .max_length = 2000,
    .since = 2,
  },
  {
    .name = "direction",
    .label = N_("A rise is"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_FIXED_CHOICES,
    .choices = directions,
    .initial = "up",
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
    .name = "definition",
    .label = N_("How it is counted"),
    .kind = CPT_FIELD_JSON,
    .flags = CPT_FIELD_REQUIRED,
    .since = 2,
  },
};

static const char *const columns[] = {
  "name",
  "code",
  "direction",
  "owner",
  NULL,
};

const CptEntity cpt_entity_metric = {
  .name = "metric",
  .number = 23,
  .label = N_("Metric"),
  .label_plural = N_("Metrics"),
  .icon = "cpt-goal-symbolic",
  .colour = "green",
  .flags = CPT_ENTITY_SYSTEM,
  .since = 2,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .columns = columns,
  .sort = "name",
};
