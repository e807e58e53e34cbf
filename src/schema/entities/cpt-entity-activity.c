/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Something that happened with somebody: a note, a call, a meeting, an e-mail. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptChoice kinds[] = {
  { "note", NC_("choice", "Note"), "yellow", TRUE },
  { "call", NC_("choice", "Call"), "green", TRUE },
  { "meeting", NC_("choice", "Meeting"), "purple", TRUE },
  { "email", NC_("choice", "E-mail"), "blue", TRUE },
  { NULL },
};

static const CptChoice outcomes[] = {
  { "reached", NC_("choice", "Reached"), "green" },
  { "interested", NC_("choice", "Interested"), "green" },
  { "not_interested", NC_("choice", "Not interested"), "red" },
  { "left_message", NC_("choice", "Left a message"), "yellow" },
  { "no_answer", NC_("choice", "No answer"), "grey" },
  { "cancelled", NC_("choice", "Cancelled"), "grey" },
  { NULL },
};

static const CptFieldGroup groups[] = {
  { "main", N_("Activity") },
  { "about", N_("About") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "kind",
    .label = N_("Kind"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_INDEXED,
    .group = "main",
    .choices = kinds,
    .initial = "note",
    .since = 1,
  },
  {
    .name = "subject",
    .label = N_("Subject"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_SEARCHABLE,
    .privacy = CPT_PRIVACY_PERSONAL,
    .group = "main",
    .max_length = 300,
    .since = 1,
  },
  {
    .name = "at",
    .label = N_("When"),
    .kind = CPT_FIELD_DATETIME,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_INDEXED,
    .group = "main",
    .initial = "now",
    .since = 1,
  },
  {
    .name = "duration",
    .label = N_("Duration"),
    .kind = CPT_FIELD_DURATION,
    .group = "main",
    .since = 1,
  },
  {
    .name = "outcome",
    .label = N_("Outcome"),
    .kind = CPT_FIELD_CHOICE,
    .group = "main",
    .choices = outcomes,
    .since = 1,
  },
  {
    .name = "owner",
    .label = N_("Owner"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .group = "main",
    .target = "user",
    .back_label = N_("Activities"),
    .initial = "me",
    .since = 1,
  },
  {
    .name = "body",
    .label = N_("Text"),
    .kind = CPT_FIELD_LONG_TEXT,
    .flags = CPT_FIELD_SEARCHABLE,
    .privacy = CPT_PRIVACY_PERSONAL,
    .group = "main",
    .since = 1,
  },
  {
    .name = "organisation",
    .label = N_("Organisation"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .group = "about",
    .target = "organisation",
    .back_label = N_("Activities"),
    .since = 1,
  },
  {
    .name = "contact",
    .label = N_("Contact"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .group = "about",
    .target = "contact",
    .back_label = N_("Activities"),
    .since = 1,
  },
  {
    .name = "deal",
    .label = N_("Deal"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .group = "about",
    .target = "deal",
    .back_label = N_("Activities"),
    .since = 1,
  },
  {
    .name = "lead",
    .label = N_("Lead"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .group = "about",
    .target = "lead",
    .back_label = N_("Activities"),
    .since = 1,
  },
  {
    .name = "participants",
    .label = N_("Participants"),
    .kind = CPT_FIELD_LINKS,
    .group = "about",
    .target = "contact",
    .back_label = N_("Took part in"),
    .since = 1,
  },
  {
    .name = "calendar_item",
    .label = N_("Item in other calendars"),
    .help = N_("What another program knows it by, and what it said besides"),
    .kind = CPT_FIELD_JSON,
    .flags = CPT_FIELD_HIDDEN,
    .privacy = CPT_PRIVACY_PERSONAL,
    .group = "about",
    .since = 2,
  },
};

static const char *const columns[] = {
  "at",
  "kind",
  "subject",
  "organisation",
  "contact",
  "outcome",
  "owner",
  NULL,
};

/* The last two where a workspace has choices of these names */
static const char *const messages[] = {
  "email",
  "sms",
  "letter",
  NULL,
};

const CptEntity cpt_entity_activity = {
  .name = "activity",
  .number = 9,
  .label = N_("Activity"),
  .label_plural = N_("Activities"),
  .icon = "cpt-activity-symbolic",
  .colour = "brown",
  .since = 1,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "subject",
  .subtitle = "organisation.name",
  .columns = columns,
  .sort = "-at",
  .moment = "at",
  .manner = "kind",
  .messages = messages,
};
