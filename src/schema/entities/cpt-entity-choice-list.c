/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a workspace makes of the choices of one declared field: labels, colours
 * and order, choices of its own, and those that are not offered. README.md has
 * the shape. Of several for one field the newest counts. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-own-choices.h"

static const CptFieldGroup groups[] = {
  { "main", N_("List of choices") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "entity_name",
    .label = N_("Kind of record"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED,
    .max_length = 60,
    .since = 2,
  },
  {
    .name = "field_name",
    .label = N_("Field"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED,
    .max_length = 60,
    .since = 2,
  },
  {
    .name = "choices",
    .label = N_("Choices"),
    .kind = CPT_FIELD_JSON,
    .since = 2,
  },
};

static const char *const columns[] = {
  "entity_name",
  "field_name",
  NULL,
};

const CptEntity cpt_entity_choice_list = {
  .name = CPT_CHOICE_LIST_ENTITY,
  .number = 22,
  .label = N_("List of choices"),
  .label_plural = N_("Lists of choices"),
  .icon = "view-list-symbolic",
  .colour = "grey",
  .flags = CPT_ENTITY_SYSTEM,
  .since = 2,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "field_name",
  .columns = columns,
  .sort = "entity_name",
};
