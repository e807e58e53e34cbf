/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking up places of the sidebar. */
#include "config.h"
#include "cpt-place.h"

#include <glib/gi18n-lib.h>

char *
cpt_place_dup_form_key (const CptPlace *self)
{
  return g_strconcat (self->name, "-form", NULL);
}

const char *
cpt_place_get_label (const CptPlace *self)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "place", self->label);
}

const CptPlace *
cpt_routes_find_place (const CptRoutes *self,
                       const char      *name)
{
  for (guint i = 0; i < self->n_places; i++)
    if (strcmp (self->places[i].name, name) == 0)
      return &self->places[i];

  return NULL;
}

const CptPlace *
cpt_routes_find_entity (const CptRoutes *self,
                        const char      *entity)
{
  for (guint i = 0; i < self->n_places; i++)
    if (g_strcmp0 (self->places[i].entity, entity) == 0)
      return &self->places[i];

  return NULL;
}

const CptPlace *
cpt_routes_find_form (const CptRoutes *self,
                      const char      *entity,
                      const char      *form)
{
  static const char *const forms[] = { "list", "board", "calendar", NULL };
  const CptPlace *chosen = NULL; /* where people choose the form */

  for (guint i = 0; i < self->n_places; i++)
    {
      const CptPlace *place = &self->places[i];

      if (g_strcmp0 (place->entity, entity) != 0)
        continue;
      if (g_strcmp0 (place->only_form, form) == 0)
        return place;
      if (chosen == NULL && place->form != NULL && g_strv_contains (forms, form))
        chosen = place;
    }

  return chosen;
}
