/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-layout-page.h"
#include "cpt-page-layout.h"

G_BEGIN_DECLS

/* The page is spread over two files: what it shows (cpt-layout-page.c), and what
 * is done to the layout (cpt-layout-actions.c). */
struct _CptLayoutPage
{
  CptSettingsPage parent_instance;

  const CptEntity *entity; /* (nullable): whose pages are arranged; of the data's schema */
  CptPageLayout *layout;   /* (nullable): complete; with what is not stored yet */
  char *sent;              /* (owned) (nullable): the layout that is being stored, until it was read again */
  const char *waiting;     /* (nullable): toast of what was done since, and is stored behind it */
};

/* For moving by pointer and by keys: of lists whose names are those of groups */
void        cpt_layout_page_connect         (CptLayoutPage *self,
                                             CptOrderList  *list);
/* Shows or hides @field */
void        cpt_layout_page_set_hidden      (CptLayoutPage *self,
                                             const char    *field,
                                             gboolean       is_hidden);
/* To where @before is now; (nullable): to the end */
void        cpt_layout_page_move_group      (CptLayoutPage *self,
                                             const char    *group,
                                             const char    *before);
void        cpt_layout_page_reset           (CptLayoutPage *self);
/* What was done while something else was being stored */
void        cpt_layout_page_store_waiting   (CptLayoutPage *self);
/* Asks for its title */
void        cpt_layout_page_add_group       (CptLayoutPage *self);
/* What the menus of groups and fields call */
void        cpt_layout_page_install_actions (GtkWidgetClass *klass);
/* (transfer full): of the group, or of the field, that is shown now */
GMenuModel *cpt_layout_page_create_group_menu (CptLayoutPage *self,
                                               const char    *group);
GMenuModel *cpt_layout_page_create_field_menu (CptLayoutPage *self,
                                               const char    *field);
/* For people */
const char *cpt_layout_page_get_title       (CptLayoutPage        *self,
                                             const CptLayoutGroup *group);

G_END_DECLS
