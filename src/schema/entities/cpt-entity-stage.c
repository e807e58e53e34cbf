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

/* Fields of deals, by their names, that a person can ask for */
static const CptChoice exit_fields[] = {
  { "amount", NC_("choice", "Amount"), "green" },
  { "organisation", NC_("choice", "Organisation"), "blue" },
  { "contact", NC_("choice", "Main contact"), "blue" },
  { "product", NC_("choice", "Product"), "orange" },
  { "source", NC_("choice", "Source"), "grey" },
  { "owner", NC_("choice", "Owner"), "purple" },
  { "next_step", NC_("choice", "Next step"), "yellow" },
  { "expected_close_on", NC_("choice", "Expected to close"), "yellow" },
  { "reference", NC_("choice", "Reference"), "grey" },
  { "notes", NC_("choice", "Notes"), "grey" },
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
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_FIXED_CHOICES,
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
    .flags = CPT_FIELD_FIXED_CHOICES,
    .choices = cpt_choices_colour,
    .since = 1,
  },
  {
    .name = "exit_fields",
    .label = N_("To fill in before leaving"),
    .help = N_("A deal goes on to a later stage only when it has these; giving it up is always possible"),
    .kind = CPT_FIELD_MULTI_CHOICE,
    .flags = CPT_FIELD_FIXED_CHOICES,
    .choices = exit_fields,
    .since = 2,
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
