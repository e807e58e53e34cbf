/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The colour and the spelling of a tag. Records carry the names themselves. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-shared-choices.h"

static const CptFieldGroup groups[] = {
  { "main", N_("Tag") },
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
    .name = "colour",
    .label = N_("Colour"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_FIXED_CHOICES,
    .choices = cpt_choices_colour,
    .since = 1,
  },
};

static const char *const columns[] = {
  "name",
  "colour",
  NULL,
};

const CptEntity cpt_entity_tag = {
  .name = "tag",
  .number = 13,
  .label = N_("Tag"),
  .label_plural = N_("Tags"),
  .icon = "cpt-tag-symbolic",
  .colour = "grey",
  .flags = CPT_ENTITY_SETTINGS,
  .since = 1,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .columns = columns,
  .sort = "name",
};
