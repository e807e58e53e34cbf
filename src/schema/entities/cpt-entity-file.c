/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file that belongs to other records. Its bytes are kept apart, by their
 * checksum: see src/store/files. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>

static const CptFieldGroup groups[] = {
  { "main", N_("File") },
  { "about", N_("About") },
  { NULL },
};

#define LINK(entity, text)      \
  {                             \
    .name = entity,             \
    .label = text,              \
    .kind = CPT_FIELD_LINK,     \
    .flags = CPT_FIELD_INDEXED, \
    .group = "about",           \
    .target = entity,           \
    .back_label = N_ ("Files"), \
    .since = 2,                 \
  }

static const CptField fields[] = {
  {
    .name = "name",
    .label = N_("Name"),
    .kind = CPT_FIELD_TEXT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_SEARCHABLE | CPT_FIELD_INDEXED,
    .privacy = CPT_PRIVACY_PERSONAL,
    .group = "main",
    .max_length = 255,
    .since = 2,
  },
  {
    .name = "content",
    .label = N_("Content"),
    .kind = CPT_FIELD_ATTACHMENT,
    .flags = CPT_FIELD_REQUIRED | CPT_FIELD_HIDDEN,
    .privacy = CPT_PRIVACY_PERSONAL,
    .group = "main",
    .since = 2,
  },
  {
    .name = "notes",
    .label = N_("Notes"),
    .kind = CPT_FIELD_LONG_TEXT,
    .flags = CPT_FIELD_SEARCHABLE,
    .privacy = CPT_PRIVACY_PERSONAL,
    .group = "main",
    .since = 2,
  },
  LINK ("organisation", N_("Organisation")),
  LINK ("contact", N_("Contact")),
  LINK ("lead", N_("Lead")),
  LINK ("deal", N_("Deal")),
  LINK ("product", N_("Product")),
  LINK ("task", N_("Task")),
  LINK ("activity", N_("Activity")),
};

static const char *const columns[] = {
  "name",
  "organisation",
  "contact",
  "deal",
  "created_at",
  "created_by",
  NULL,
};

const CptEntity cpt_entity_file = {
  .name = "file",
  .number = 20,
  .label = N_("File"),
  .label_plural = N_("Files"),
  .icon = "text-x-generic-symbolic",
  .colour = "grey",
  .since = 2,
  .declared = fields,
  .n_declared = G_N_ELEMENTS (fields),
  .groups = groups,
  .title = "name",
  .subtitle = "organisation.name",
  .columns = columns,
  .sort = "-created_at",
  .moment = "created_at",
};
