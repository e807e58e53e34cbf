/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-uuid.h"

G_BEGIN_DECLS

#define CPT_RECORD_LINK_SCHEME "comptoir"
#define CPT_RECORD_LINK_ENTITY_SIZE 64

/**
 * CptRecordLink:
 * @workspace: in which workspace
 * @entity: name of the kind of record; not looked up
 * @id: which record
 *
 * A record as one text that can be kept anywhere and opened from there:
 * comptoir://WORKSPACE/ENTITY/RECORD.
 */
typedef struct
{
  CptUuid workspace;
  char    entity[CPT_RECORD_LINK_ENTITY_SIZE];
  CptUuid id;
} CptRecordLink;

/**
 * cpt_record_link_parse:
 * @text: from anywhere, not trusted
 * @self: (out): the link; untouched when it is none
 * @error: return location for an error: CPT_ERROR_PARSE
 *
 * Takes exactly what cpt_record_link_format() makes, in any case of letters:
 * nothing is read out of what only looks like a link.
 *
 * Returns: whether it is one
 */
gboolean cpt_record_link_parse   (const char     *text,
                                  CptRecordLink  *self,
                                  GError        **error);
char    *cpt_record_link_format  (const CptRecordLink *self);
/* Whether @text says that it is one, well formed or not */
gboolean cpt_record_link_is_meant (const char *text);

G_END_DECLS
