/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/**
 * CptTrashItem:
 * @entity: kind of the record
 * @id: identifier
 * @title: of the record, for people
 * @at: instant of the deletion
 * @by: (nullable): name of the user who deleted it
 *
 * One record in the trash.
 */
typedef struct
{
  const CptEntity *entity;
  CptUuid          id;
  char            *title;
  gint64           at;
  char            *by;
} CptTrashItem;

void       cpt_trash_item_free (CptTrashItem *self);
/* (element-type CptTrashItem): the ones deleted last, at most @limit. Of kinds
 * that @schema does not know nothing is told. @entity: (nullable): only these; else
 * all but what is CPT_ENTITY_UNSEEN */
GPtrArray *cpt_trash_list      (CptDatabase      *database,
                                CptSchema        *schema,
                                const CptEntity  *entity,
                                guint             limit,
                                GError          **error);
/* How many of them there are; @entity: (nullable): as above */
gboolean   cpt_trash_count     (CptDatabase      *database,
                                const CptEntity  *entity,
                                guint64          *count,
                                GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTrashItem, cpt_trash_item_free)

G_END_DECLS
