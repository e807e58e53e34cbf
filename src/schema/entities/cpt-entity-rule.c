/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a workspace asks of its records besides what is declared: a field is
 * shown, needed, kept as it is or limited in its choices when a condition
 * holds, or no two records have the same in it. See store/rules/cpt-rules.h. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptChoice kinds[] = {
  { "visible", NC_("choice", "Shown only when"), "blue" },
  { "required", NC_("choice", "Must be filled in"), "orange" },
  { "read_only", NC_("choice", "Can’t be changed"), "grey" },
  { "choices", NC_("choice", "Only some choices"), "purple" },
  { "unique", NC_("choice", "No two the same"), "green" },
  { NULL },
};

static const CptFieldGroup groups[] = {
  { "main", N_("Rule") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_SEARCHABLE,
    .max_length = 200,
    .since = 2,
  },
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
    .help = N_("The name of the field, such as “lost_reason”"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED,
    .max_length = 60,
    .since = 2,
  },
  {
    .name = "kind",
    .label = N_("What it asks"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_FIXED_CHOICES,
    .choices = kinds,
    .since = 2,
  },
  {
    .name = "condition",
    .label = N_("Condition"),
    .help = N_("When the rule holds, as a filter; always when it is empty"),
    .kind = CPT_FIELD_JSON,
    .since = 2,
  },
  {
    .name = "allowed",
    .label = N_("Choices that may be taken"),
    .help = N_("Their names, for a rule about choices"),
    .kind = CPT_FIELD_TAGS,
    .since = 2,
  },
  {
    .name = "message",
    .label = N_("What people are told"),
    .help = N_("When a record does not meet the rule: what to do about it"),
    .kind = CPT_FIELD_TEXT,
    .max_length = 300,
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
  "entity_name",
  "field_name",
  "kind",
  "is_active",
  NULL,
};

const CptEntity cpt_entity_rule = {
  .name = "rule",
  .number = 19,
  .label = N_("Rule"),
  .label_plural = N_("Rules"),
  .icon = "emblem-ok-symbolic",
  .colour = "grey",
  .flags = CPT_ENTITY_SYSTEM,
  .since = 2,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .subtitle = "entity_name",
  .columns = columns,
  .sort = "name",
};
