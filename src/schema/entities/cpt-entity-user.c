/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody who works with this workspace. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-shared-choices.h"

static const CptChoice roles[] = {
  { "administrator", NC_("choice", "Administrator"), "red" },
  { "manager", NC_("choice", "Manager"), "purple" },
  { "salesperson", NC_("choice", "Salesperson"), "blue" },
  { "marketing", NC_("choice", "Marketing"), "orange" },
  { "accountant", NC_("choice", "Accountant"), "green" },
  { "reader", NC_("choice", "Reader"), "grey" },
  { NULL },
};

static const CptFieldGroup groups[] = {
  { "main", N_("User") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_SEARCHABLE | CPT_FIELD_INDEXED | CPT_FIELD_KEY,
    .privacy = CPT_PRIVACY_PERSONAL,
    .max_length = 200,
    .since = 1,
  },
  {
    .name = "email",
    .label = N_("E-mail"),
    .kind = CPT_FIELD_EMAIL,
    .flags = CPT_FIELD_SEARCHABLE | CPT_FIELD_INDEXED | CPT_FIELD_KEY,
    .privacy = CPT_PRIVACY_PERSONAL,
    .since = 1,
  },
  {
    .name = "role",
    .label = N_("Role"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_FIXED_CHOICES,
    .choices = roles,
    .initial = "salesperson",
    .since = 1,
  },
  {
    .name = "team",
    .label = N_("Team"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .target = "team",
    .back_label = N_("Members"),
    .since = 1,
  },
  {
    .name = "manager",
    .label = N_("Manager"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .target = "user",
    .back_label = N_("Reports to them"),
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
    .name = "is_active",
    .label = N_("Active"),
    .kind = CPT_FIELD_BOOLEAN,
    .initial = "true",
    .since = 1,
  },
};

static const char *const columns[] = {
  "name",
  "email",
  "role",
  "team",
  "manager",
  "is_active",
  NULL,
};

const CptEntity cpt_entity_user = {
  .name = "user",
  .number = 10,
  .label = N_("User"),
  .label_plural = N_("Users"),
  .icon = "cpt-user-symbolic",
  .colour = "grey",
  .flags = CPT_ENTITY_SETTINGS,
  .since = 1,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .subtitle = "team.name",
  .columns = columns,
  .sort = "name",
};
