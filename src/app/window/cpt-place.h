/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-filter.h"
#include "cpt-item-import.h"
#include "cpt-record.h"
#include "cpt-view.h"

G_BEGIN_DECLS

/**
 * CptPlace:
 * @name: "organisations": in actions, in the state file
 * @label: untranslated, context "place"
 * @icon: symbolic icon name
 * @entity: (nullable): name of the entity that it lists
 * @filter: (nullable): JSON of the conditions that its list begins with; the
 *   person takes them away like any other
 * @section: a line is drawn between sections
 * @create: makes its view, floating
 * @form: (nullable): "list", "board" or "calendar": as what its records are shown at
 *   first, where people choose; the action "win.NAME-form" changes it
 * @has_line: a record can be written down in one line above its list
 * @only_form: (nullable): "calendar": the one in which it shows records of @entity
 *
 * One entry of the sidebar. Its key is in the table of shortcuts.
 */
typedef struct _CptPlace CptPlace;

struct _CptPlace
{
  const char *name;
  const char *label;
  const char *icon;
  const char *entity;
  const char *filter;
  guint       section;
  CptView  *(*create) (CptWindow      *window,
                       const CptPlace *place);
  const char *form;
  const char *only_form;
  gboolean    has_line;
};

/**
 * CptRoutes:
 * @places: of the sidebar, in its order
 * @n_places: how many
 * @create_record: the page of a stored record
 * @create_draft: the page of a record that is not stored yet; @company (nullable)
 *   is one that it links to and that is stored with it
 * @create_card: a window that reads a photograph of a business card
 * @create_list: the records of @entity; @filter (nullable) gives the conditions
 *   that it begins with
 * @create_import: a window that imports the file at @path, which holds @items;
 *   @entity (nullable) is guessed from it
 * @create_palette: the line that leads everywhere; @text (nullable) is looked
 *   for at once
 * @create_packs: the packs of the workspace
 * @create_merge: the page on which records become one; the first is kept
 * @create_duplicates: the page of records that are there twice
 * @create_settings: what the workspace is made of
 *
 * What stands at the end of each way through the window. Views know the window;
 * the window knows them only through this table, which the program hands to
 * the application. All of it is constant; what the functions return is floating.
 */
typedef struct
{
  const CptPlace *places;
  guint           n_places;
  CptView      *(*create_record) (CptWindow       *window,
                                  const CptEntity *entity,
                                  const CptUuid   *id);
  CptView      *(*create_draft)  (CptWindow *window,
                                  CptRecord *draft,
                                  CptRecord *company);
  CptView      *(*create_list)   (CptWindow       *window,
                                  const CptEntity *entity,
                                  CptFilter       *filter,
                                  const char      *title);
  GtkWindow    *(*create_import) (CptWindow       *window,
                                  const CptEntity *entity,
                                  const char      *path,
                                  CptItemFile      items);
  GtkWindow    *(*create_card)   (CptWindow *window,
                                  GFile     *picture);
  GtkWindow    *(*create_palette) (CptWindow  *window,
                                   const char *text);
  GtkWindow    *(*create_packs)  (CptWindow *window);
  CptView      *(*create_merge)  (CptWindow       *window,
                                  const CptEntity *entity,
                                  const CptUuid   *ids,
                                  guint            n_ids);
  CptView      *(*create_duplicates) (CptWindow       *window,
                                      const CptEntity *entity);
  CptView      *(*create_settings) (CptWindow *window);
} CptRoutes;

/* The key of the state file, and the name of the action, for the form of a place */
char           *cpt_place_dup_form_key (const CptPlace *self);
/* In the language of the session */
const char     *cpt_place_get_label    (const CptPlace *self);
/* NULL when there is none of that name */
const CptPlace *cpt_routes_find_place  (const CptRoutes *self,
                                        const char      *name);
/* Where records of that kind are shown in that form; NULL when nowhere */
const CptPlace *cpt_routes_find_form   (const CptRoutes *self,
                                        const char      *entity,
                                        const char      *form);
/* NULL when no place lists records of that kind */
const CptPlace *cpt_routes_find_entity (const CptRoutes *self,
                                        const char      *entity);

G_END_DECLS
