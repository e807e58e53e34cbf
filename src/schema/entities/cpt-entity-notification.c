/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a workflow tells somebody. It is kept until a program has shown it to the
 * person, on whatever machine that is, and afterwards for those who ask. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptFieldGroup groups[] = {
  { "main", N_("Notification") },
  { NULL },
};

static const CptField fields[] = {
  {
    .name = "title",
    .label = N_("Title"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED,
    .privacy = CPT_PRIVACY_PERSONAL,
    .max_length = 300,
    .since = 2,
  },
  {
    .name = "body",
    .label = N_("Text"),
    .kind = CPT_FIELD_LONG_TEXT,
    .privacy = CPT_PRIVACY_PERSONAL,
    .since = 2,
  },
  {
    .name = "user",
    .label = N_("Tells"),
    .help = N_("Who is told; everybody when it is empty"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_INDEXED,
    .target = "user",
    .since = 2,
  },
  {
    .name = "kind",
    .label = N_("Kind of records"),
    .kind = CPT_FIELD_TEXT,
    .max_length = 60,
    .since = 2,
  },
  {
    .name = "record",
    .label = N_("Record"),
    .help = N_("What it is about: its identifier"),
    .kind = CPT_FIELD_TEXT,
    .max_length = 36,
    .since = 2,
  },
  {
    .name = "told_at",
    .label = N_("Shown"),
    .kind = CPT_FIELD_DATETIME,
    .flags = CPT_FIELD_READ_ONLY | CPT_FIELD_INDEXED,
    .since = 2,
  },
};

static const char *const columns[] = {
  "title",
  "user",
  "told_at",
  NULL,
};

const CptEntity cpt_entity_notification = {
  .name = "notification",
  .number = 35,
  .label = N_("Notification"),
  .label_plural = N_("Notifications"),
  .icon = "cpt-workflow-symbolic",
  .colour = "orange",
  .flags = CPT_ENTITY_SYSTEM,
  .since = 2,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "title",
  .columns = columns,
  .sort = "-told_at",
};
