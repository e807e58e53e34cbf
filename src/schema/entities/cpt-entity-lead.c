/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody who may become a customer and has not been qualified yet. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-shared-choices.h"

static const CptChoice statuses[] = {
  { "new", NC_("choice", "New"), "blue", TRUE },
  { "contacted", NC_("choice", "Contacted"), "yellow" },
  { "qualified", NC_("choice", "Qualified"), "green" },
  { "converted", NC_("choice", "Converted"), "purple", TRUE },
  { "lost", NC_("choice", "Lost"), "grey", TRUE },
  { NULL },
};

static const CptFieldGroup groups[] = {
  { "main", N_("Lead") },
  { "person", N_("Person") },
  { "more", N_("More") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .help = N_("What it is about: a person, a company, a request"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_SEARCHABLE | CPT_FIELD_INDEXED,
    .group = "main",
    .max_length = 300,
    .since = 1,
  },
  {
    .name = "status",
    .label = N_("Status"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_INDEXED,
    .group = "main",
    .choices = statuses,
    .initial = "new",
    .since = 1,
  },
  {
    .name = "score",
    .label = N_("Score"),
    .kind = CPT_FIELD_INTEGER,
    .flags = CPT_FIELD_INDEXED,
    .group = "main",
    .min = 0,
    .max = 100,
    .since = 1,
  },
  {
    .name = "estimated_value",
    .label = N_("Estimated value"),
    .kind = CPT_FIELD_MONEY,
    .group = "main",
    .since = 1,
  },
  {
    .name = "source",
    .label = N_("Source"),
    .kind = CPT_FIELD_CHOICE,
    .group = "main",
    .choices = cpt_choices_source,
    .since = 1,
  },
  {
    .name = "campaign",
    .label = N_("Campaign"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_SEARCHABLE,
    .group = "main",
    .max_length = 150,
    .since = 1,
  },
  {
    .name = "owner",
    .label = N_("Owner"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .group = "main",
    .target = "user",
    .back_label = N_("Leads"),
    .none_label = N_("Without an owner"),
    .initial = "me",
    .since = 1,
  },
  {
    .name = "tags",
    .label = N_("Tags"),
    .kind = CPT_FIELD_TAGS,
    .flags = CPT_FIELD_SEARCHABLE,
    .group = "main",
    .since = 1,
  },
  {
    .name = "company",
    .label = N_("Company"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_SEARCHABLE,
    .group = "person",
    .max_length = 200,
    .since = 1,
  },
  {
    .name = "first_name",
    .label = N_("First name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_SEARCHABLE,
    .privacy = CPT_PRIVACY_PERSONAL,
    .group = "person",
    .max_length = 120,
    .since = 1,
  },
  {
    .name = "last_name",
    .label = N_("Last name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_SEARCHABLE,
    .privacy = CPT_PRIVACY_PERSONAL,
    .group = "person",
    .max_length = 150,
    .since = 1,
  },
  {
    .name = "email",
    .label = N_("E-mail"),
    .kind = CPT_FIELD_EMAIL,
    .flags = CPT_FIELD_SEARCHABLE | CPT_FIELD_INDEXED | CPT_FIELD_KEY,
    .privacy = CPT_PRIVACY_PERSONAL,
    .group = "person",
    .since = 1,
  },
  {
    .name = "phone",
    .label = N_("Phone"),
    .kind = CPT_FIELD_PHONE,
    .flags = CPT_FIELD_SEARCHABLE,
    .privacy = CPT_PRIVACY_PERSONAL,
    .group = "person",
    .since = 1,
  },
  {
    .name = "converted_contact",
    .label = N_("Converted into contact"),
    .kind = CPT_FIELD_LINK,
    .group = "more",
    .target = "contact",
    .back_label = N_("Leads"),
    .since = 1,
  },
  {
    .name = "converted_deal",
    .label = N_("Converted into deal"),
    .kind = CPT_FIELD_LINK,
    .group = "more",
    .target = "deal",
    .back_label = N_("Leads"),
    .since = 1,
  },
  {
    .name = "notes",
    .label = N_("Notes"),
    .kind = CPT_FIELD_LONG_TEXT,
    .flags = CPT_FIELD_SEARCHABLE,
    .privacy = CPT_PRIVACY_PERSONAL,
    .group = "more",
    .since = 1,
  },
};

static const char *const columns[] = {
  "name",
  "company",
  "status",
  "score",
  "estimated_value",
  "source",
  "owner",
  NULL,
};

const CptEntity cpt_entity_lead = {
  .name = "lead",
  .number = 3,
  .label = N_("Lead"),
  .label_plural = N_("Leads"),
  .icon = "cpt-lead-symbolic",
  .colour = "yellow",
  .since = 1,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .subtitle = "company",
  .columns = columns,
  .sort = "-created_at",
  .board = "status",
  .figure = "estimated_value",
};
