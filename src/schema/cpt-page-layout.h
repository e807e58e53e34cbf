/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-record.h"

G_BEGIN_DECLS

/* The kind of record that keeps them */
#define CPT_PAGE_LAYOUT_ENTITY "page_layout"

/* Limits of one layout */
#define CPT_PAGE_LAYOUT_MAX_GROUPS      100
#define CPT_PAGE_LAYOUT_MAX_NAMES       5000
#define CPT_PAGE_LAYOUT_MAX_TITLE_CHARS 100

/**
 * CptLayoutGroup:
 * @name: lower-case identifier, unique in the layout: of a declared group, or one of the workspace's own
 * @title: (nullable): what people called it; the declared group's label without it
 * @is_folded: whether its fields are out of sight at first
 * @fields: (element-type utf8): names in their order, also of fields that are not known (any more)
 */
typedef struct
{
  char      *name;
  char      *title;
  gboolean   is_folded;
  GPtrArray *fields;
} CptLayoutGroup;

/**
 * CptPageLayout:
 * @groups: (element-type CptLayoutGroup): from top to bottom
 * @hidden: (element-type utf8): names of fields that are not shown; they keep their places
 *
 * How a workspace arranges the pages of one kind of record, as it is kept in a
 * record of entity "page_layout". Need not name every field: see
 * cpt_page_layout_complete().
 */
typedef struct
{
  GPtrArray *groups;
  GPtrArray *hidden;
} CptPageLayout;

/* Nothing in it: what is declared */
CptPageLayout  *cpt_page_layout_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void            cpt_page_layout_free       (CptPageLayout *self);

/**
 * cpt_page_layout_parse:
 * @text: (nullable): JSON, as README.md has it
 * @error: %CPT_ERROR_PARSE, %CPT_ERROR_INVALID, %CPT_ERROR_LIMIT
 *
 * Returns: (transfer full) (nullable): the layout; %NULL with @error
 */
CptPageLayout  *cpt_page_layout_parse      (const char  *text,
                                            GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): canonical JSON */
char           *cpt_page_layout_format     (const CptPageLayout *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_page_layout_complete:
 * @self: a layout
 * @entity: the kind of record
 *
 * Gives each field of @entity that is in forms exactly one place: of two places
 * the first one counts; what has none goes to the end of its declared group,
 * which comes last where the layout has it not. Names that are not known stay.
 */
void            cpt_page_layout_complete   (CptPageLayout   *self,
                                            const CptEntity *entity);

/**
 * cpt_page_layout_check_record:
 * @record: of entity "page_layout"
 * @field: (out) (optional) (nullable): the name of the field that is wrong
 * @error: %CPT_ERROR_PARSE, %CPT_ERROR_INVALID, %CPT_ERROR_LIMIT
 *
 * Whether @record arranges something: what the door asks before it takes it.
 *
 * Returns: %TRUE if it does
 */
gboolean        cpt_page_layout_check_record (const CptRecord  *record,
                                              const char      **field,
                                              GError          **error);

/* Changing one that is complete. Names that are not known change nothing. */

/* (nullable) */
CptLayoutGroup *cpt_page_layout_find_group (const CptPageLayout *self,
                                            const char          *name);
/* The place of that group; their number where there is none */
guint           cpt_page_layout_find_index (const CptPageLayout *self,
                                            const char          *name);
/* (nullable): the group that @field is in */
CptLayoutGroup *cpt_page_layout_find_place (const CptPageLayout *self,
                                            const char          *field);
/* To @group, in front of @before (nullable): at its end */
void            cpt_page_layout_move_field (CptPageLayout *self,
                                            const char    *field,
                                            const char    *group,
                                            const char    *before);
/* In front of @before (nullable): to the end */
void            cpt_page_layout_move_group (CptPageLayout *self,
                                            const char    *group,
                                            const char    *before);
/* At the end; its name. @entity: names of declared groups are theirs */
const char     *cpt_page_layout_add_group  (CptPageLayout   *self,
                                            const CptEntity *entity,
                                            const char      *title);
/* Its fields go to the next one, or to the one before; the only one stays */
void            cpt_page_layout_remove_group (CptPageLayout *self,
                                              const char    *group);
/* @title (nullable): as declared */
void            cpt_page_layout_set_title  (CptPageLayout *self,
                                            const char    *group,
                                            const char    *title);
gboolean        cpt_page_layout_is_hidden  (const CptPageLayout *self,
                                            const char          *field);
void            cpt_page_layout_set_hidden (CptPageLayout *self,
                                            const char    *field,
                                            gboolean       is_hidden);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptPageLayout, cpt_page_layout_free)

G_END_DECLS
