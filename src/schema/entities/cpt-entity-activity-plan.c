/* SPDX-License-Identifier: GPL-3.0-or-later */

/* With whom something is to be done, how often and when: what engine/cpt-plan.h spreads over
 * days. What it makes are tasks. Who it is for, and whose turn is over before it came, are
 * saved views: conditions and an order that people set up where they see what they give. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptChoice actions[] = {
  { "call", NC_("choice", "Call"), "green" },
  { "meeting", NC_("choice", "Meeting"), "purple" },
  { "email", NC_("choice", "E-mail"), "blue" },
  { "follow_up", NC_("choice", "Follow-up"), "yellow" },
  { NULL },
};

static const CptChoice frequencies[] = {
  { "daily", NC_("choice", "Each day"), "blue" },
  { "weekly", NC_("choice", "Each week"), "green" },
  { "monthly", NC_("choice", "Each month"), "purple" },
  { "every", NC_("choice", "Every few days"), "yellow" },
  { "offsets", NC_("choice", "Days after a date"), "orange" },
  { NULL },
};

static const CptChoice weekdays[] = {
  { "monday", NC_("choice", "Monday"), "blue" },
  { "tuesday", NC_("choice", "Tuesday"), "blue" },
  { "wednesday", NC_("choice", "Wednesday"), "blue" },
  { "thursday", NC_("choice", "Thursday"), "blue" },
  { "friday", NC_("choice", "Friday"), "blue" },
  { "saturday", NC_("choice", "Saturday"), "grey" },
  { "sunday", NC_("choice", "Sunday"), "grey" },
  { NULL },
};

static const CptFieldGroup groups[] = {
  { "main", N_("Plan") },
  { "when", N_("When") },
  { "after", N_("Afterwards") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_SEARCHABLE,
    .group = "main",
    .max_length = 150,
    .since = 2,
  },
  {
    .name = "kind",
    .label = N_("What is to be done"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_FIXED_CHOICES,
    .group = "main",
    .choices = actions,
    .initial = "call",
    .since = 2,
  },
  {
    .name = "audience",
    .label = N_("With whom"),
    .help = N_("A saved view of a list: whom it shows, in its order"),
    .kind = CPT_FIELD_LINK,
    .group = "main",
    .target = "saved_view",
    .since = 2,
  },
  {
    .name = "stop",
    .label = N_("Not any more with"),
    .help = N_("A saved view of those who have answered, accepted or paid: the rest is cancelled for them"),
    .kind = CPT_FIELD_LINK,
    .group = "main",
    .target = "saved_view",
    .since = 2,
  },
  {
    .name = "assignee",
    .label = N_("Who does it"),
    .help = N_("Nobody: the owner of each record"),
    .kind = CPT_FIELD_LINK,
    .group = "main",
    .target = "user",
    .since = 2,
  },
  {
    .name = "per_owner",
    .label = N_("At most a day"),
    .help = N_("For each person who does it"),
    .kind = CPT_FIELD_INTEGER,
    .group = "main",
    .min = 1,
    .max = 1000,
    .since = 2,
  },
  {
    .name = "task_title",
    .label = N_("Title of the tasks"),
    .help = N_("With places such as {{organisation.name}}. Nothing: what is to be done, and the name"),
    .kind = CPT_FIELD_TEXT,
    .group = "main",
    .max_length = 200,
    .since = 2,
  },
  {
    .name = "frequency",
    .label = N_("Frequency"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_FIXED_CHOICES,
    .group = "when",
    .choices = frequencies,
    .initial = "weekly",
    .since = 2,
  },
  {
    .name = "quantity",
    .label = N_("How many each time"),
    .help = N_("So many a day, a week or a month"),
    .kind = CPT_FIELD_INTEGER,
    .group = "when",
    .initial = "20",
    .min = 1,
    .max = 1000,
    .since = 2,
  },
  {
    .name = "every",
    .label = N_("Every how many days"),
    .help = N_("With “Every few days”"),
    .kind = CPT_FIELD_INTEGER,
    .group = "when",
    .min = 1,
    .max = 366,
    .since = 2,
  },
  {
    .name = "offsets",
    .label = N_("Days after the date"),
    .help = N_("With “Days after a date”: 3, 7, 14"),
    .kind = CPT_FIELD_TEXT,
    .group = "when",
    .max_length = 200,
    .since = 2,
  },
  {
    .name = "anchor",
    .label = N_("The date"),
    .help = N_("With “Days after a date”: the name of a field such as closed_on. Nothing: when the record was created"),
    .kind = CPT_FIELD_TEXT,
    .group = "when",
    .max_length = 200,
    .since = 2,
  },
  {
    .name = "start_on",
    .label = N_("From"),
    .kind = CPT_FIELD_DATE,
    .group = "when",
    .initial = "today",
    .since = 2,
  },
  {
    .name = "until",
    .label = N_("Until"),
    .kind = CPT_FIELD_DATE,
    .group = "when",
    .since = 2,
  },
  {
    .name = "weekdays",
    .label = N_("Weekdays"),
    .kind = CPT_FIELD_MULTI_CHOICE,
    .flags = CPT_FIELD_FIXED_CHOICES,
    .group = "when",
    .choices = weekdays,
    .initial = "monday;tuesday;wednesday;thursday;friday",
    .since = 2,
  },
  {
    .name = "windows",
    .label = N_("Hours"),
    .help = N_("One or more, such as 09:00-12:00, 14:00-17:00"),
    .kind = CPT_FIELD_TEXT,
    .group = "when",
    .initial = "09:00-12:00, 14:00-17:00",
    .max_length = 200,
    .since = 2,
  },
  {
    .name = "skips_holidays",
    .label = N_("Not on public holidays"),
    .kind = CPT_FIELD_BOOLEAN,
    .group = "when",
    .initial = "true",
    .since = 2,
  },
  {
    .name = "expires_after",
    .label = N_("Expires after"),
    .help = N_("When it was not done by then. Nothing: two hours for a call, a day for a meeting, else three days"),
    .kind = CPT_FIELD_DURATION,
    .group = "after",
    .since = 2,
  },
  {
    .name = "keep_days",
    .label = N_("Keep for so many days"),
    .help = N_("Tasks that were done go to the trash afterwards. Nothing: they stay"),
    .kind = CPT_FIELD_INTEGER,
    .group = "after",
    .min = 1,
    .max = 36500,
    .since = 2,
  },
  {
    .name = "owner",
    .label = N_("Owner"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .group = "after",
    .target = "user",
    .initial = "me",
    .since = 2,
  },
};

static const char *const columns[] = {
  "name",
  "kind",
  "audience",
  "frequency",
  "quantity",
  "start_on",
  "owner",
  NULL,
};

const CptEntity cpt_entity_activity_plan = {
  .name = "activity_plan",
  .number = 33,
  .label = N_("Plan"),
  .label_plural = N_("Plans"),
  .icon = "alarm-symbolic",
  .colour = "green",
  .flags = CPT_ENTITY_SETTINGS,
  .since = 2,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .columns = columns,
  .sort = "name",
};
