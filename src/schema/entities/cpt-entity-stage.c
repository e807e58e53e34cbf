/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A stage of a pipeline: a column of the board. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-shared-choices.h"

static const CptChoice kinds[] = {
  { "open", NC_("choice", "Open"), "blue" },
  { "won", NC_("choice", "Won"), "green" },
  { "lost", NC_("choice", "Lost"), "red" },
  { NULL },
};

static const CptFieldGroup groups[] = {
  { "main", N_("Stage") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_SEARCHABLE | CPT_FIELD_KEY,
    .max_length = 100,
    .since = 1,
  },
  {
    .name = "pipeline",
    .label = N_("Pipeline"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_INDEXED,
    .target = "pipeline",
    .back_label = N_("Stages"),
    .since = 1,
  },
  {
    .name = "position",
    .label = N_("Position"),
    .kind = CPT_FIELD_INTEGER,
    .min = 0,
    .max = 100000,
    .since = 1,
  },
  {
    .name = "kind",
    .label = N_("Kind"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_REQUIRED,
    .choices = kinds,
    .initial = "open",
    .since = 1,
  },
  {
    .name = "probability",
    .label = N_("Probability"),
    .help = N_("How many of the deals here are won in the end"),
    .kind = CPT_FIELD_PERCENT,
    .min = 0,
    .max = 10000,
    .since = 1,
  },
  {
    .name = "colour",
    .label = N_("Colour"),
    .kind = CPT_FIELD_CHOICE,
    .choices = cpt_choices_colour,
    .since = 1,
  },
};

static const char *const columns[] = {
  "name",
  "pipeline",
  "kind",
  "probability",
  "position",
  NULL,
};

const CptEntity cpt_entity_stage = {
  .name = "stage",
  .number = 5,
  .label = N_("Stage"),
  .label_plural = N_("Stages"),
  .icon = "cpt-stage-symbolic",
  .colour = "purple",
  .flags = CPT_ENTITY_SETTINGS | CPT_ENTITY_NEVER_NONE,
  .since = 1,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .subtitle = "pipeline.name",
  .columns = columns,
  .sort = "position",
};
