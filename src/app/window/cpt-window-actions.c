/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The actions of the window, "win.*". What the view shown knows how to do is
 * done by it; an action that it does not know is insensitive meanwhile. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-scan.h"
#include "cpt-shortcuts.h"
#include "cpt-window-private.h"

/* Actions that the view does: where in its class the function is */
static const struct
{
  const char *name;
  gsize offset;
} view_actions[] = {
  { "new", G_STRUCT_OFFSET (CptViewClass, create) },
  { "find", G_STRUCT_OFFSET (CptViewClass, find) },
  { "import", G_STRUCT_OFFSET (CptViewClass, import) },
  { "export", G_STRUCT_OFFSET (CptViewClass, export) },
};

typedef void (*ViewFunc) (CptView *view);

static ViewFunc
get_view_func (CptView *view,
               gsize    offset)
{
  return view != NULL ? G_STRUCT_MEMBER (ViewFunc, CPT_VIEW_GET_CLASS (view), offset) : NULL;
}

static void
view_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  CptView *view = cpt_window_get_view (user_data);

  if (strcmp (g_action_get_name (G_ACTION (action)), "import") == 0 &&
      get_view_func (view, G_STRUCT_OFFSET (CptViewClass, import)) == NULL)
    {
      cpt_window_import (user_data, NULL);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (view_actions); i++)
    {
      ViewFunc func = get_view_func (view, view_actions[i].offset);

      if (strcmp (view_actions[i].name, g_action_get_name (G_ACTION (action))) == 0 && func != NULL)
        func (view);
    }
}

/* Of the kind of the place, or of contacts */
static void
duplicates_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  CptWindow *self = user_data;
  CptSchema *schema = cpt_window_get_schema (self);
  const CptEntity *entity = NULL;

  if (self->place != NULL && self->place->entity != NULL)
    entity = cpt_schema_find_entity (schema, self->place->entity);
  cpt_window_open_duplicates (self, entity != NULL ? entity : cpt_schema_find_entity (schema, "contact"));
}

/* A record of a kind that is named, from wherever one is */
static void
new_record_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  CptSchema *schema = cpt_window_get_schema (user_data);
  const CptEntity *entity = schema != NULL ? cpt_schema_find_entity (schema, g_variant_get_string (parameter, NULL)) : NULL;

  if (entity != NULL)
    cpt_window_open_new (user_data, entity);
}

static void
palette_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  CptWindow *self = user_data;

  gtk_window_present (self->routes->create_palette (self, NULL));
}

static void
packs_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  CptWindow *self = user_data;

  gtk_window_present (self->routes->create_packs (self));
}

static void
settings_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  cpt_window_open_settings (user_data);
}

static void
card_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  cpt_window_choose_card (user_data);
}

static void
back_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  cpt_window_back (user_data);
}

static void
place_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  cpt_window_open_place (user_data, g_variant_get_string (parameter, NULL));
}

/* Board or list; takes the view that there is out, to make the other one */
static void
form_state (GSimpleAction *action,
            GVariant      *state,
            gpointer       user_data)
{
  CptWindow *self = user_data;
  const char *key = g_action_get_name (G_ACTION (action));
  g_autofree char *place = g_strndup (key, strlen (key) - strlen ("-form"));

  if (!cpt_window_forget_place (self, place))
    return;

  g_simple_action_set_state (action, state);
  cpt_window_set_state (self, key, g_variant_get_string (state, NULL));
  cpt_window_open_place (self, place);
}

static void
undo_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  cpt_window_undo (user_data, 0);
}

/* Of the toast that says that it was written */
static void
open_file_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  cpt_window_open_file (CPT_WINDOW (user_data), g_variant_get_string (parameter, NULL));
}

static void
undo_act_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  cpt_window_undo (user_data, g_variant_get_int64 (parameter));
}

static void
redo_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  cpt_window_redo (user_data);
}

static void
open_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  cpt_window_choose_workspace (user_data);
}

static void
create_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  cpt_window_create_workspace (user_data);
}

static void
rescue_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  cpt_window_rescue_workspace (user_data);
}

static void
shortcuts_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  cpt_shortcuts_present (user_data);
}

static void
menu_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  CptWindow *self = user_data;

  if (self->store == NULL)
    {
      gtk_menu_button_popup (GTK_MENU_BUTTON (self->start_menu));
      return;
    }

  adw_leaflet_set_visible_child (self->leaflet, self->sidebar);
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->menu));
}

static const GActionEntry entries[] = {
  { .name = "new", .activate = view_action },
  { .name = "new-record", .activate = new_record_action, .parameter_type = "s" },
  { .name = "palette", .activate = palette_action },
  { .name = "packs", .activate = packs_action },
  { .name = "settings", .activate = settings_action },
  { .name = "card", .activate = card_action },
  { .name = "find", .activate = view_action },
  { .name = "import", .activate = view_action },
  { .name = "export", .activate = view_action },
  { .name = "back", .activate = back_action },
  { .name = "duplicates", .activate = duplicates_action },
  { .name = "place", .activate = place_action, .parameter_type = "s" },
  { .name = "undo", .activate = undo_action },
  { .name = "undo-act", .activate = undo_act_action, .parameter_type = "x" },
  { .name = "redo", .activate = redo_action },
  { .name = "open-file", .activate = open_file_action, .parameter_type = "s" },
  { .name = "open", .activate = open_action },
  { .name = "create-workspace", .activate = create_action },
  { .name = "rescue", .activate = rescue_action },
  { .name = "shortcuts", .activate = shortcuts_action },
  { .name = "menu", .activate = menu_action },
};

static void
set_enabled (CptWindow  *self,
             const char *name,
             gboolean    enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
cpt_window_update_actions (CptWindow *self)
{
  CptView *view = cpt_window_get_view (self);
  gboolean writable = self->store != NULL && !cpt_store_is_read_only (self->store);

  for (guint i = 0; i < G_N_ELEMENTS (view_actions); i++)
    {
      gboolean is_import = strcmp (view_actions[i].name, "import") == 0;
      gboolean reads = strcmp (view_actions[i].name, "find") == 0 || strcmp (view_actions[i].name, "export") == 0;

      set_enabled (self, view_actions[i].name,
                   (get_view_func (view, view_actions[i].offset) != NULL || is_import) && (writable || reads));
    }
  set_enabled (self, "back", view != NULL);
  set_enabled (self, "duplicates", self->store != NULL);
  set_enabled (self, "place", self->store != NULL);
  set_enabled (self, "new-record", writable);
  set_enabled (self, "packs", writable);
  set_enabled (self, "settings", writable);
  set_enabled (self, "card", writable && cpt_scan_can_read ());
  set_enabled (self, "undo", writable);
  set_enabled (self, "redo", writable);
}

/* How the records of a place are shown, as they were seen last */
static void
add_form_action (CptWindow      *self,
                 const CptPlace *place)
{
  g_autofree char *key = cpt_place_dup_form_key (place);
  g_autofree char *form = cpt_window_dup_state (self, key);
  g_autoptr(GSimpleAction) action =
    g_simple_action_new_stateful (key, G_VARIANT_TYPE_STRING, g_variant_new_string (form != NULL ? form : place->form));

  g_signal_connect_object (action, "change-state", G_CALLBACK (form_state), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

void
cpt_window_add_actions (CptWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < self->routes->n_places; i++)
    if (self->routes->places[i].form != NULL)
      add_form_action (self, &self->routes->places[i]);
  cpt_window_update_actions (self);
}
