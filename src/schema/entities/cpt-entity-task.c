/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Something that somebody has to do. Behaviours set when it was completed, and
 * make the next one of a series when this one is done: a task that repeats
 * knows the series, the day on which that began and the day that is its own by
 * the rule, from which it may have been moved. A task with a series and without
 * a rule is one day of it that was changed alone. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptChoice statuses[] = {
  { "to_do", NC_("choice", "To do"), "blue", TRUE },
  { "in_progress", NC_("choice", "In progress"), "yellow", TRUE },
  { "done", NC_("choice", "Done"), "green", TRUE },
  { "cancelled", NC_("choice", "Cancelled"), "grey", TRUE },
  { NULL },
};

static const CptChoice priorities[] = {
  { "urgent", NC_("choice", "Urgent"), "red" },
  { "high", NC_("choice", "High"), "orange" },
  { "normal", NC_("choice", "Normal"), "blue" },
  { "low", NC_("choice", "Low"), "grey" },
  { NULL },
};

static const CptChoice reminders[] = {
  { "day_before", NC_("choice", "The day before"), "blue" },
  { "day", NC_("choice", "On the day"), "yellow" },
  { "day_after", NC_("choice", "The day after"), "orange" },
  { NULL },
};

/* What became of what a plan put there */
static const CptChoice plan_states[] = {
  { "planned", NC_("choice", "Planned"), "blue" },
  { "executed", NC_("choice", "Executed"), "green" },
  { "failed", NC_("choice", "Failed"), "red" },
  { "cancelled", NC_("choice", "Cancelled"), "grey" },
  { "expired", NC_("choice", "Expired"), "orange" },
  { NULL },
};

static const CptFieldGroup groups[] = {
  { "main", N_("Task") },
  { "about", N_("About") },
  { "more", N_("More") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "title",
    .label = N_("Title"),
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
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_INDEXED,
    .group = "main",
    .choices = statuses,
    .initial = "to_do",
    .since = 1,
  },
  {
    .name = "priority",
    .label = N_("Priority"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_FIXED_CHOICES,
    .group = "main",
    .choices = priorities,
    .initial = "normal",
    .since = 1,
  },
  {
    .name = "due_on",
    .label = N_("Due"),
    .kind = CPT_FIELD_DATE,
    .flags = CPT_FIELD_INDEXED,
    .group = "main",
    .since = 1,
  },
  {
    .name = "due_at",
    .label = N_("Due at"),
    .help = N_("When the hour matters"),
    .kind = CPT_FIELD_DATETIME,
    .group = "main",
    .since = 1,
  },
  {
    .name = "duration",
    .label = N_("Length"),
    .help = N_("How long it takes from its hour on"),
    .kind = CPT_FIELD_DURATION,
    .group = "main",
    .since = 2,
  },
  {
    .name = "reminders",
    .label = N_("Reminders"),
    .help = N_("When the computer reminds you of it"),
    .kind = CPT_FIELD_MULTI_CHOICE,
    .flags = CPT_FIELD_FIXED_CHOICES,
    .group = "main",
    .choices = reminders,
    .since = 2,
  },
  {
    .name = "recurrence",
    .label = N_("Repeats"),
    .help = N_("When this one is done, the next one is made"),
    .kind = CPT_FIELD_RECURRENCE,
    .group = "main",
    .since = 2,
  },
  {
    .name = "assignee",
    .label = N_("Assigned to"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .group = "main",
    .target = "user",
    .back_label = N_("Tasks"),
    .none_label = N_("Not assigned"),
    .initial = "me",
    .since = 1,
  },
  {
    .name = "estimated",
    .label = N_("Estimated time"),
    .kind = CPT_FIELD_DURATION,
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
    .back_label = N_("Tasks"),
    .since = 1,
  },
  {
    .name = "contact",
    .label = N_("Contact"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .group = "about",
    .target = "contact",
    .back_label = N_("Tasks"),
    .since = 1,
  },
  {
    .name = "deal",
    .label = N_("Deal"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .group = "about",
    .target = "deal",
    .back_label = N_("Tasks"),
    .since = 1,
  },
  {
    .name = "lead",
    .label = N_("Lead"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .group = "about",
    .target = "lead",
    .back_label = N_("Tasks"),
    .since = 1,
  },
  {
    .name = "completed_at",
    .label = N_("Completed"),
    .kind = CPT_FIELD_DATETIME,
    .flags = CPT_FIELD_READ_ONLY,
    .group = "more",
    .since = 1,
  },
  {
    .name = "activity_plan",
    .label = N_("Plan"),
    .help = N_("What put this task there"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .group = "more",
    .target = "activity_plan",
    .back_label = N_("Planned tasks"),
    .since = 2,
  },
  {
    .name = "plan_state",
    .label = N_("State in the plan"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_FIXED_CHOICES,
    .group = "more",
    .choices = plan_states,
    .since = 2,
  },
  {
    .name = "plan_mark",
    .label = N_("Place in the plan"),
    .help = N_("Where the plan put it, and with whom"),
    .kind = CPT_FIELD_JSON,
    .flags = CPT_FIELD_HIDDEN,
    .group = "more",
    .since = 2,
  },
  {
    .name = "series",
    .label = N_("Series"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_HIDDEN | CPT_FIELD_INDEXED,
    .group = "more",
    .max_length = 36,
    .since = 2,
  },
  {
    .name = "series_start",
    .label = N_("Start of the series"),
    .kind = CPT_FIELD_DATE,
    .flags = CPT_FIELD_HIDDEN,
    .group = "more",
    .since = 2,
  },
  {
    .name = "occurs_on",
    .label = N_("Day in the series"),
    .kind = CPT_FIELD_DATE,
    .flags = CPT_FIELD_HIDDEN,
    .group = "more",
    .since = 2,
  },
  {
    .name = "series_values",
    .label = N_("Values of the series"),
    .help = N_("What the next task gets where this one was changed alone"),
    .kind = CPT_FIELD_JSON,
    .flags = CPT_FIELD_HIDDEN,
    .group = "more",
    .since = 2,
  },
  {
    .name = "series_skips",
    .label = N_("Days without this task"),
    .help = N_("On which it would come again by its rule, but does not"),
    .kind = CPT_FIELD_JSON,
    .flags = CPT_FIELD_HIDDEN,
    .group = "more",
    .since = 2,
  },
  {
    .name = "calendar_item",
    .label = N_("Item in other calendars"),
    .help = N_("What another program knows it by, and what it said besides"),
    .kind = CPT_FIELD_JSON,
    .flags = CPT_FIELD_HIDDEN,
    .privacy = CPT_PRIVACY_PERSONAL,
    .group = "more",
    .since = 2,
  },
  {
    .name = "notes",
    .label = N_("Notes"),
    .kind = CPT_FIELD_LONG_TEXT,
    .flags = CPT_FIELD_SEARCHABLE,
    .group = "more",
    .since = 1,
  },
};

static const char *const columns[] = {
  "title",
  "status",
  "priority",
  "due_on",
  "assignee",
  "organisation",
  "deal",
  NULL,
};

static const char *const days[] = {
  "due_on",
  NULL,
};

const CptEntity cpt_entity_task = {
  .name = "task",
  .number = 8,
  .label = N_("Task"),
  .label_plural = N_("Tasks"),
  .icon = "cpt-task-symbolic",
  .colour = "red",
  .since = 1,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "title",
  .subtitle = "organisation.name",
  .columns = columns,
  .sort = "due_on",
  .board = "status",
  .figure = "estimated",
  .days = days,
  .moment = "created_at",
};
