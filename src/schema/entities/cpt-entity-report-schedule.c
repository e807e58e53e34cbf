/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A report that is written into a folder again and again. When it is next to be,
 * and what came of the last time, is in the record too, set by whoever wrote it.
 * "runs" is what happened, the last time first:
 *
 *   [{"due":"2026-11-23T08:00:00Z","at":"2026-11-23T08:00:12Z","seconds":1.2,
 *     "n_files":7,"folder":"/home/zoe/Reports",
 *     "files":["Sales – Zoé – 2026-11-23.pdf"],"missed":0,"error":null}]
 *
 * See workspace/cpt-report-schedules.h. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptChoice states[] = {
  { "done", NC_("choice", "Written"), "green" },
  { "waiting", NC_("choice", "Is tried again"), "yellow" },
  { "failed", NC_("choice", "Could not be written"), "red" },
  { NULL },
};

static const CptFieldGroup groups[] = {
  { "main", N_("Report schedule") },
  { "state", N_("Last time") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_SEARCHABLE,
    .max_length = 150,
    .since = 2,
  },
  {
    .name = "report",
    .label = N_("Report"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_INDEXED,
    .target = "report",
    .back_label = N_("Schedules"),
    .since = 2,
  },
  {
    .name = "recurrence",
    .label = N_("Repeats"),
    .kind = CPT_FIELD_RECURRENCE,
    .flags = CPT_FIELD_REQUIRED,
    .initial = "FREQ=WEEKLY;BYDAY=MO",
    .since = 2,
  },
  {
    .name = "starts_on",
    .label = N_("First day"),
    .kind = CPT_FIELD_DATE,
    .flags = CPT_FIELD_REQUIRED,
    .initial = "today",
    .since = 2,
  },
  {
    .name = "at_time",
    .label = N_("Time of day"),
    .help = N_("Hours and minutes, in the workspace’s time zone: 09:00"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED,
    .max_length = 64,
    .initial = "09:00",
    .since = 2,
  },
  {
    .name = "folder",
    .label = N_("Folder"),
    .help = N_("Where the files come to stand: /home/zoe/Reports"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED,
    .max_length = 1000,
    .since = 2,
  },
  {
    .name = "is_each",
    .label = N_("One for each"),
    .help = N_("One file for each record, or period, that the report is made for"),
    .kind = CPT_FIELD_BOOLEAN,
    .initial = "false",
    .since = 2,
  },
  {
    .name = "filters",
    .label = N_("Filters"),
    .kind = CPT_FIELD_JSON,
    .since = 2,
  },
  {
    .name = "is_active",
    .label = N_("In force"),
    .kind = CPT_FIELD_BOOLEAN,
    .initial = "true",
    .since = 2,
  },
  {
    .name = "next_at",
    .label = N_("Next time"),
    .kind = CPT_FIELD_DATETIME,
    .flags = CPT_FIELD_READ_ONLY,
    .group = "state",
    .since = 2,
  },
  {
    .name = "last_at",
    .label = N_("Last written"),
    .kind = CPT_FIELD_DATETIME,
    .flags = CPT_FIELD_READ_ONLY,
    .group = "state",
    .since = 2,
  },
  {
    .name = "state",
    .label = N_("State"),
    .kind = CPT_FIELD_CHOICE,
    .flags = CPT_FIELD_READ_ONLY | CPT_FIELD_FIXED_CHOICES,
    .group = "state",
    .choices = states,
    .since = 2,
  },
  {
    .name = "last_result",
    .label = N_("What came of it"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_READ_ONLY,
    .group = "state",
    .max_length = 1000,
    .since = 2,
  },
  {
    .name = "runs",
    .label = N_("Runs"),
    .kind = CPT_FIELD_JSON,
    .flags = CPT_FIELD_READ_ONLY | CPT_FIELD_HIDDEN,
    .group = "state",
    .since = 2,
  },
};

static const char *const columns[] = {
  "name",
  "report",
  "recurrence",
  "at_time",
  "next_at",
  "state",
  "is_active",
  NULL,
};

const CptEntity cpt_entity_report_schedule = {
  .name = "report_schedule",
  .number = 26,
  .label = N_("Report schedule"),
  .label_plural = N_("Report schedules"),
  .icon = "alarm-symbolic",
  .colour = "blue",
  .flags = CPT_ENTITY_SYSTEM,
  .since = 2,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .columns = columns,
  .sort = "name",
};
