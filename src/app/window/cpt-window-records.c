/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From records to their pages, and from what was saved to where it is shown. */
#include "config.h"

#include "cpt-window-private.h"

void
cpt_window_open_record (CptWindow       *self,
                        const CptEntity *entity,
                        const CptUuid   *id)
{
  g_autofree char *text = NULL;
  g_autofree char *key = NULL;

  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (entity != NULL);
  g_return_if_fail (id != NULL);

  if (self->store == NULL)
    return;

  text = cpt_uuid_dup_text (id);
  key = g_strdup_printf ("record:%s:%s", entity->name, text);
  cpt_window_remember_use (self, key);
  cpt_window_push (self, self->routes->create_record (self, entity, id));
}

void
cpt_window_open_draft (CptWindow *self,
                       CptRecord *draft)
{
  cpt_window_open_draft_with (self, draft, NULL);
}

void
cpt_window_open_draft_with (CptWindow *self,
                            CptRecord *draft,
                            CptRecord *company)
{
  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (draft != NULL);

  if (self->store != NULL && !cpt_store_is_read_only (self->store))
    cpt_window_push (self, self->routes->create_draft (self, draft, company));
}

void
cpt_window_open_new (CptWindow       *self,
                     const CptEntity *entity)
{
  g_autoptr(CptRecord) draft = NULL;

  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (entity != NULL);

  if (self->store == NULL)
    return;

  draft = cpt_record_new (cpt_window_get_schema (self), entity);
  cpt_record_apply_initial (draft, cpt_clock_get_now (cpt_store_get_clock (self->store)),
                            cpt_store_get_author (self->store), cpt_store_get_zone (self->store));
  cpt_window_open_draft (self, draft);
}

void
cpt_window_open_merge (CptWindow       *self,
                       const CptEntity *entity,
                       const CptUuid   *ids,
                       guint            n_ids)
{
  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (entity != NULL);
  g_return_if_fail (ids != NULL && n_ids > 0);

  if (self->store != NULL && !cpt_store_is_read_only (self->store))
    cpt_window_push (self, self->routes->create_merge (self, entity, ids, n_ids));
}

void
cpt_window_open_duplicates (CptWindow       *self,
                            const CptEntity *entity)
{
  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (entity != NULL);

  if (self->store != NULL)
    cpt_window_push (self, self->routes->create_duplicates (self, entity));
}

void
cpt_window_open_settings (CptWindow *self)
{
  CptView *view;

  g_return_if_fail (CPT_IS_WINDOW (self));

  /* Once is enough: what is asked for is there already. */
  if (self->store == NULL || (self->settings != NULL && cpt_window_get_view (self) == self->settings))
    return;

  view = self->routes->create_settings (self);
  g_set_weak_pointer (&self->settings, view);
  cpt_window_push (self, view);
}

void
cpt_window_open_list (CptWindow       *self,
                      const CptEntity *entity,
                      CptFilter       *filter,
                      const char      *title)
{
  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (entity != NULL);

  if (self->store != NULL)
    cpt_window_push (self, self->routes->create_list (self, entity, filter,
                                                      title != NULL ? title : cpt_entity_get_label_plural (entity)));
}

gboolean
cpt_window_has_form (CptWindow  *self,
                     const char *entity)
{
  const CptPlace *place;
  g_autofree char *key = NULL;
  g_autofree char *seen = NULL;

  g_return_val_if_fail (CPT_IS_WINDOW (self), FALSE);

  place = cpt_routes_find_entity (self->routes, entity);
  if (place == NULL)
    return FALSE;

  key = cpt_place_dup_form_key (place);
  seen = cpt_window_dup_state (self, key);

  return seen != NULL;
}

gboolean
cpt_window_shares_place (CptWindow  *self,
                         const char *entity,
                         const char *form,
                         const char *other)
{
  g_return_val_if_fail (CPT_IS_WINDOW (self), FALSE);

  return cpt_routes_find_form (self->routes, entity, form) == cpt_routes_find_form (self->routes, entity, other);
}

/* In the state, the action and what is seen */
static void
choose_form (CptWindow      *self,
             const CptPlace *place,
             const char     *form)
{
  g_autofree char *key = cpt_place_dup_form_key (place);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), key);
  g_autoptr(GVariant) state = g_action_get_state (action);

  if (strcmp (g_variant_get_string (state, NULL), form) != 0)
    g_action_change_state (action, g_variant_new_string (form));
}

void
cpt_window_open_saved (CptWindow     *self,
                       const char    *entity,
                       const char    *form,
                       const CptUuid *id)
{
  const CptPlace *place;
  CptView *view;

  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (id != NULL);

  place = cpt_routes_find_form (self->routes, entity, form);
  if (place == NULL || self->store == NULL)
    return;

  if (place->form != NULL)
    choose_form (self, place, form);
  cpt_window_open_place (self, place->name);
  view = g_hash_table_lookup (self->roots, place);
  if (view != NULL && view == cpt_window_get_view (self))
    cpt_view_show_saved (view, id);
}
