/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How a board is laid out: which fields make its columns and lanes, and which of
 * these are seen. It is remembered by the workspace, on this machine, as the definition of
 * a saved view (cpt-saved-view) says it, and kept in those.
 */

#include "config.h"

#include "cpt-board-view-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-board-limits-dialog.h"
#include "cpt-json.h"

/* ---------------------------------------------------------------- definition */

/* In order, so that the same layout is the same text */
static void
describe_keys (JsonObject *definition,
               const char *member,
               GHashTable *keys)
{
  g_autoptr(GList) sorted = g_list_sort (g_hash_table_get_keys (keys), (GCompareFunc) strcmp);
  JsonArray *array;

  if (sorted == NULL)
    return;

  array = json_array_new ();
  for (GList *link = sorted; link != NULL; link = link->next)
    json_array_add_string_element (array, link->data);
  json_object_set_array_member (definition, member, array);
}

static void
describe_layout (CptBoardView *self,
                 JsonObject   *definition)
{
  json_object_set_string_member (definition, "field", self->spec->columns->name);
  if (self->spec->lanes != NULL)
    json_object_set_string_member (definition, "lanes", self->spec->lanes->name);
  if (self->hides_empty)
    json_object_set_boolean_member (definition, "hide_empty", TRUE);
  describe_keys (definition, "hidden", self->hidden);
  describe_keys (definition, "folded", self->folded);
}

/* @definition (nullable) */
static void
take_keys (JsonObject *definition,
           const char *member,
           GHashTable *keys)
{
  JsonArray *array = NULL;

  g_hash_table_remove_all (keys);
  if (definition == NULL || !cpt_json_read_array (definition, member, &array, NULL) || array == NULL)
    return;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_hash_table_add (keys, json_node_dup_string (element));
    }
}

/* @definition (nullable): as declared. What does not fit is as declared, too. */
static void
take_layout (CptBoardView *self,
             JsonObject   *definition)
{
  g_autoptr(CptBoardSpec) declared = cpt_board_spec_new (self->schema, self->spec->entity, NULL);
  const CptField *field = NULL, *lanes = NULL;
  const char *name = NULL, *lanes_name = NULL;

  self->hides_empty = FALSE;
  if (definition != NULL)
    {
      cpt_json_read_string (definition, "field", &name, NULL);
      cpt_json_read_string (definition, "lanes", &lanes_name, NULL);
      cpt_json_read_boolean (definition, "hide_empty", &self->hides_empty, NULL);
    }
  if (name != NULL)
    field = cpt_entity_find_field (self->spec->entity, name);
  if (lanes_name != NULL)
    lanes = cpt_entity_find_field (self->spec->entity, lanes_name);
  cpt_board_view_set_fields (self, field != NULL && cpt_board_can_be_columns (field) ? field : declared->columns, lanes);
  take_keys (definition, "hidden", self->hidden);
  take_keys (definition, "folded", self->folded);
  g_simple_action_set_state (self->empty, g_variant_new_boolean (self->hides_empty));
}

static char *
dup_state_key (CptBoardView *self)
{
  return cpt_window_dup_workspace_key (cpt_view_get_window (CPT_VIEW (self)), "board-layout", self->spec->entity->name);
}

static void
remember (CptBoardView *self)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *key = dup_state_key (self);
  g_autofree char *text = NULL;

  json_node_take_object (node, json_object_new ());
  describe_layout (self, json_node_get_object (node));
  text = cpt_json_format (node);
  cpt_window_set_state (cpt_view_get_window (CPT_VIEW (self)), key, text);
}

void
cpt_board_view_restore_layout (CptBoardView *self)
{
  g_autofree char *key = dup_state_key (self);
  g_autofree char *text = cpt_window_dup_state (cpt_view_get_window (CPT_VIEW (self)), key);
  g_autoptr(JsonNode) node = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;

  take_layout (self, node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL);
}

/* --------------------------------------------------------------- saved views */

static void
describe (CptView    *view,
          JsonObject *definition)
{
  CptBoardView *self = CPT_BOARD_VIEW (view);

  describe_layout (self, definition);
  if (!cpt_uuid_is_nil (&self->spec->scope))
    {
      g_autofree char *scope = cpt_uuid_dup_text (&self->spec->scope);

      json_object_set_string_member (definition, "scope", scope);
    }
  if (self->spec->filter != NULL)
    json_object_set_member (definition, "filter", cpt_filter_to_json (self->spec->filter));
}

static void
show (CptView    *view,
      JsonObject *definition,
      gboolean    with_layout)
{
  CptBoardView *self = CPT_BOARD_VIEW (view);
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GError) error = NULL;
  const char *scope = NULL;

  if (with_layout)
    {
      take_layout (self, definition);
      remember (self);
    }
  if (definition != NULL)
    {
      cpt_json_read_string (definition, "scope", &scope, NULL);
      if (json_object_has_member (definition, "filter"))
        filter = cpt_filter_from_json (self->schema, self->spec->entity, json_object_get_member (definition, "filter"),
                                       &error);
    }
  if (error != NULL)
    cpt_window_show_error (cpt_view_get_window (view), error);
  if (scope == NULL || !cpt_uuid_parse (scope, &self->spec->scope))
    self->spec->scope = (CptUuid){ 0 };

  cpt_query_bar_set_filter (self->bar, filter);
  g_clear_pointer (&self->spec->search, g_free);
  g_clear_pointer (&self->spec->filter, cpt_filter_unref);
  self->spec->filter = g_steal_pointer (&filter);
  g_hash_table_remove_all (self->limits);
  cpt_board_view_reload (self);
}

GtkWidget *
cpt_board_view_create_views_button (CptBoardView *self)
{
  static const CptViewsForm form = { "board", "board-view", describe, show };

  return cpt_views_button_new (CPT_VIEW (self), self->schema, self->spec->entity, &form);
}

/* ------------------------------------------------------------ what is seen */

GPtrArray *
cpt_board_view_list_columns (CptBoardView       *self,
                             const CptBoardData *data)
{
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();

  for (guint i = 0; i < data->columns->len; i++)
    {
      CptBoardColumnData *column = g_ptr_array_index (data->columns, i);

      if (!g_hash_table_contains (self->hidden, column->key) && !(self->hides_empty && column->count == 0))
        g_ptr_array_add (columns, column);
    }

  /* An empty board would say nothing of why. */
  if (columns->len == 0)
    g_ptr_array_extend (columns, data->columns, NULL, NULL);

  return g_steal_pointer (&columns);
}

GPtrArray *
cpt_board_view_list_lanes (CptBoardView       *self,
                           const CptBoardData *data)
{
  g_autoptr(GPtrArray) lanes = g_ptr_array_new ();

  for (guint i = 0; i < data->lanes->len; i++)
    {
      CptBoardLaneData *lane = g_ptr_array_index (data->lanes, i);

      if (!self->hides_empty || lane->total->count > 0)
        g_ptr_array_add (lanes, lane);
    }
  if (lanes->len == 0)
    g_ptr_array_extend (lanes, data->lanes, NULL, NULL);

  return g_steal_pointer (&lanes);
}

void
cpt_board_view_fold_lanes (CptBoardView       *self,
                           const CptBoardData *data)
{
  for (guint i = 0; i < data->lanes->len; i++)
    {
      const char *key = ((CptBoardLaneData *) g_ptr_array_index (data->lanes, i))->total->key;

      cpt_board_set_lane_folded (CPT_BOARD (self->board), key, g_hash_table_contains (self->folded, key));
    }
}

void
cpt_board_view_set_lane_folded (CptBoardView *self,
                                const char   *lane,
                                gboolean      folded)
{
  if (folded)
    g_hash_table_add (self->folded, g_strdup (lane));
  else
    g_hash_table_remove (self->folded, lane);
  remember (self);
}

/* --------------------------------------------------------------------- menu */

/* As a person has chosen: who was in the menu goes to the board. */
static void
lay_out_anew (CptBoardView *self)
{
  remember (self);
  self->wants_focus = TRUE;
  cpt_board_view_reload (self);
}

static void
columns_state_cb (GSimpleAction *action,
                  GVariant      *state,
                  CptBoardView  *self)
{
  const CptField *field = cpt_entity_find_field (self->spec->entity, g_variant_get_string (state, NULL));

  if (field == NULL || field == self->spec->columns)
    return;

  cpt_board_view_set_fields (self, field, self->spec->lanes);
  lay_out_anew (self);
}

static void
lanes_state_cb (GSimpleAction *action,
                GVariant      *state,
                CptBoardView  *self)
{
  const char *name = g_variant_get_string (state, NULL);

  cpt_board_view_set_fields (self, self->spec->columns,
                             *name != '\0' ? cpt_entity_find_field (self->spec->entity, name) : NULL);
  lay_out_anew (self);
}

static void
empty_state_cb (GSimpleAction *action,
                GVariant      *state,
                CptBoardView  *self)
{
  self->hides_empty = g_variant_get_boolean (state);
  g_simple_action_set_state (action, state);
  lay_out_anew (self);
}

/* Of one column: whether it is seen. The name of the action is its number. */
static void
seen_state_cb (GSimpleAction *action,
               GVariant      *state,
               CptBoardView  *self)
{
  guint64 number = g_ascii_strtoull (g_action_get_name (G_ACTION (action)), NULL, 10);
  const CptBoardColumnData *column;

  if (self->shown == NULL || number >= self->shown->columns->len)
    return;

  column = g_ptr_array_index (self->shown->columns, number);
  if (g_variant_get_boolean (state))
    g_hash_table_remove (self->hidden, column->key);
  else
    g_hash_table_add (self->hidden, g_strdup (column->key));
  g_simple_action_set_state (action, state);
  lay_out_anew (self);
}

static void
limits_cb (CptBoardView *self)
{
  g_autoptr(GStrvBuilder) keys = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) titles = g_strv_builder_new ();
  g_auto(GStrv) all_keys = NULL;
  g_auto(GStrv) all_titles = NULL;

  if (self->shown == NULL || cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self))))
    return;

  for (guint i = 0; i < self->shown->columns->len; i++)
    {
      const CptBoardColumnData *column = g_ptr_array_index (self->shown->columns, i);

      g_strv_builder_add (keys, column->key);
      g_strv_builder_add (titles, column->title);
    }
  all_keys = g_strv_builder_end (keys);
  all_titles = g_strv_builder_end (titles);
  cpt_board_limits_dialog_show (cpt_view_get_window (CPT_VIEW (self)), self->spec, (const char *const *) all_keys,
                                (const char *const *) all_titles, self->shown->limits);
}

static void
append_field (GMenu      *menu,
              const char *label,
              const char *action,
              const char *name)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", name);
  g_menu_append_item (menu, item);
}

static GMenu *
create_fields_section (CptBoardView *self)
{
  g_autoptr(GPtrArray) fields = cpt_board_list_fields (self->schema, self->spec->entity);
  GMenu *section = g_menu_new ();

  for (guint i = 0; i < fields->len; i++)
    append_field (section, cpt_field_get_label (g_ptr_array_index (fields, i)), "board.columns",
                  ((const CptField *) g_ptr_array_index (fields, i))->name);

  return section;
}

static GMenu *
create_lanes_menu (CptBoardView *self)
{
  g_autoptr(GPtrArray) fields = cpt_board_list_fields (self->schema, self->spec->entity);
  GMenu *menu = g_menu_new ();

  append_field (menu, _("No Lanes"), "board.lanes", "");
  for (guint i = 0; i < fields->len; i++)
    if (cpt_board_spec_can_be_lanes (self->spec, g_ptr_array_index (fields, i)))
      append_field (menu, cpt_field_get_label (g_ptr_array_index (fields, i)), "board.lanes",
                    ((const CptField *) g_ptr_array_index (fields, i))->name);

  return menu;
}

/* The columns that there are, ticked when they are seen */
static GMenu *
create_seen_menu (CptBoardView *self)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  GMenu *menu = g_menu_new ();

  for (guint i = 0; self->shown != NULL && i < self->shown->columns->len; i++)
    {
      const CptBoardColumnData *column = g_ptr_array_index (self->shown->columns, i);
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autofree char *detailed = g_strdup_printf ("boardcolumn.%u", i);
      gboolean is_seen = !g_hash_table_contains (self->hidden, column->key);
      g_autoptr(GSimpleAction) action = g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (is_seen));

      g_signal_connect_object (action, "change-state", G_CALLBACK (seen_state_cb), self, 0);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
      g_menu_append (menu, column->title, detailed);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "boardcolumn", G_ACTION_GROUP (group));

  return menu;
}

/* Which field makes the columns, which are seen, and how much they should hold */
static void
menu_popup_cb (GtkMenuButton *button,
               gpointer       user_data)
{
  CptBoardView *self = CPT_BOARD_VIEW (user_data);
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) fields = create_fields_section (self);
  g_autoptr(GMenu) lanes = create_lanes_menu (self);
  g_autoptr(GMenu) seen = create_seen_menu (self);
  g_autoptr(GMenu) hiding = g_menu_new ();
  g_autoptr(GMenu) more = g_menu_new ();

  g_menu_append_section (menu, _("Columns"), G_MENU_MODEL (fields));
  g_menu_append_submenu (hiding, _("L_anes"), G_MENU_MODEL (lanes));
  g_menu_append_submenu (hiding, _("_Shown Columns"), G_MENU_MODEL (seen));
  g_menu_append (hiding, _("_Hide What Is Empty"), "board.hide-empty");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (hiding));
  g_menu_append (more, _("_Limits…"), "board.limits");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

GtkWidget *
cpt_board_view_create_menu_button (CptBoardView *self)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GSimpleAction) limits = g_simple_action_new ("limits", NULL);
  GtkWidget *button = gtk_menu_button_new ();

  self->columns = g_simple_action_new_stateful ("columns", G_VARIANT_TYPE_STRING,
                                                g_variant_new_string (self->spec->columns->name));
  self->lanes = g_simple_action_new_stateful ("lanes", G_VARIANT_TYPE_STRING, g_variant_new_string (""));
  self->empty = g_simple_action_new_stateful ("hide-empty", NULL, g_variant_new_boolean (FALSE));
  g_signal_connect_object (self->columns, "change-state", G_CALLBACK (columns_state_cb), self, 0);
  g_signal_connect_object (self->lanes, "change-state", G_CALLBACK (lanes_state_cb), self, 0);
  g_signal_connect_object (self->empty, "change-state", G_CALLBACK (empty_state_cb), self, 0);
  g_signal_connect_object (limits, "activate", G_CALLBACK (limits_cb), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->columns));
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->lanes));
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->empty));
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (limits));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "board", G_ACTION_GROUP (group));

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (button, _("Columns"));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), menu_popup_cb, self, NULL);

  return button;
}
