/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

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
 *
 * One entry of the sidebar. Ctrl+1 to Ctrl+9 go to them in their order.
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
};

/* In the language of the session */
const char     *cpt_place_get_label (const CptPlace *self);
const CptPlace *cpt_place_list (guint *n_places);
/* NULL when there is none of that name */
const CptPlace *cpt_place_find (const char *name);
/* NULL when no place lists records of that kind */
const CptPlace *cpt_place_find_entity (const char *entity);

G_END_DECLS
