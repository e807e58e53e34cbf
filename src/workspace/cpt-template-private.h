/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cpt-database.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): resources/FOLDER/NAME.json in the language of the session */
JsonNode  *cpt_template_read_file     (const char *folder,
                                       const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* "" without such a member */
char      *cpt_template_dup_text      (JsonObject *object,
                                       const char *member) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): a new one, with an identifier, and what its declaration gives it */
CptRecord *cpt_template_create_record (CptDatabase *database,
                                       const char  *kind) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): the same, for all: of a kind with a name, a description and a definition */
CptRecord *cpt_template_create_shared (CptDatabase *database,
                                       const char  *kind,
                                       const char  *title,
                                       const char  *description,
                                       const char  *definition) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
