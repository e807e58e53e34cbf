/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records of one kind: search, conditions, the grid, and what to do when
 * there is nothing to show. Conditions, words and order make one query; the
 * model does the rest. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-json.h"
#include "cpt-list-view-private.h"
#include "cpt-task-entry.h"

G_DEFINE_FINAL_TYPE (CptListView, cpt_list_view, CPT_TYPE_VIEW)

char *
cpt_list_view_dup_state_key (CptListView *self,
                             const char  *what)
{
  return cpt_window_dup_workspace_key (cpt_view_get_window (CPT_VIEW (self)), what, self->entity->name);
}

/* (nullable): what a place shows that has this query and no saved view */
static char *
dup_standard (CptQuery *query)
{
  g_autoptr(JsonNode) conditions = query->filter != NULL ? cpt_filter_to_json (query->filter) : NULL;
  g_autofree char *json = conditions != NULL ? cpt_json_format (conditions) : NULL;

  return json != NULL ? g_strdup_printf ("{\"filter\":%s}", json) : NULL;
}

/* By the person: with the conditions of its own a list is as it comes */
static gboolean
is_narrowed (CptListView *self)
{
  CptQuery *query = cpt_query_model_get_query (self->model);
  g_autofree char *standard = dup_standard (query);

  return query->search != NULL || g_strcmp0 (standard, self->standard) != 0;
}

static void
show_count (CptListView *self)
{
  guint length = cpt_query_model_get_n_records (self->model);
  gboolean is_complete = cpt_query_model_is_complete (self->model);
  g_autofree char *number = cpt_decimal_format_local (length, 0, 0);
  g_autofree char *text = NULL;

  if (!is_complete)
    self->has_failed = FALSE;
  if (is_complete && self->has_failed)
    text = g_strdup ("");
  else if (is_complete)
    text = g_strdup_printf (ngettext ("%s record", "%s records", length), number);
  else
    text = g_strdup (_("Counting…"));
  cpt_view_set_subtitle (CPT_VIEW (self), text);
  gtk_widget_set_visible (self->spinner, cpt_query_model_is_busy (self->model) && !is_complete &&
                                           !cpt_view_is_narrow (CPT_VIEW (self)));

  /* While rows are being looked for, what was there stays. */
  if (length > 0)
    gtk_stack_set_visible_child_name (self->stack, "grid");
  else if (is_complete && self->has_failed)
    gtk_stack_set_visible_child_name (self->stack, "failed");
  else if (is_complete)
    gtk_stack_set_visible_child_name (self->stack, is_narrowed (self) ? "nothing" : "empty");
}

static void
failed_cb (CptListView  *self,
           const GError *error)
{
  self->has_failed = !cpt_list_view_drop_grouping (self, error);
  cpt_window_show_error (cpt_view_get_window (CPT_VIEW (self)), error);
}

static void
model_changed_cb (CptListView   *self,
                  CptGridChange  change)
{
  if (change != CPT_GRID_CONTENT)
    show_count (self);
  cpt_list_view_follow_cell (self);
  cpt_list_view_update_peek (self, FALSE);
  if (change == CPT_GRID_COLUMNS)
    cpt_list_view_count_totals (self);
}

static void
remember_sort (CptListView *self)
{
  CptQuery *query = cpt_query_model_get_query (self->model);
  g_autofree char *key = cpt_list_view_dup_state_key (self, "sort");
  g_autofree char *text = cpt_query_dup_sort (query);

  if (self->is_place)
    cpt_window_set_state (cpt_view_get_window (CPT_VIEW (self)), key, text);
}

static void
updated_cb (CptListView *self)
{
  show_count (self);
  remember_sort (self);
  if (!cpt_query_model_is_busy (self->model))
    cpt_list_view_count_totals (self);
}

/* What is asked for has changed: words or conditions */
static void
asked_cb (CptListView *self)
{
  CptQuery *query = cpt_query_copy (cpt_query_model_get_query (self->model));
  g_autoptr(CptFilter) filter = cpt_query_bar_dup_filter (self->bar);

  cpt_query_set_filter (query, filter);
  cpt_query_set_search (query, cpt_query_bar_get_search (self->bar));
  cpt_query_model_set_query (self->model, query);
}

static void
clear_cb (CptListView *self)
{
  cpt_query_bar_set_filter (self->bar, NULL);
  asked_cb (self);
}

static void
activated_cb (CptListView *self,
              guint        position)
{
  CptUuid id;

  if (cpt_query_model_get_id (self->model, position, &id))
    cpt_window_open_record (cpt_view_get_window (CPT_VIEW (self)), self->entity, &id);
}

static void
selected_cb (CptListView *self)
{
  guint n_selected = cpt_data_grid_get_n_selected (self->grid);
  g_autofree char *number = cpt_decimal_format_local (n_selected, 0, 0);
  g_autofree char *text = g_strdup_printf (ngettext ("%s selected", "%s selected", n_selected), number);

  gtk_label_set_text (self->selected, text);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->actions), n_selected > 0);
}

static void
show_menu (CptListView *self,
           GMenuModel  *menu,
           double       x,
           double       y)
{
  double at_x, at_y;

  gtk_widget_translate_coordinates (GTK_WIDGET (self->grid), GTK_WIDGET (self), x, y, &at_x, &at_y);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  cpt_list_view_finish_cell (self);
  self->menu = gtk_popover_menu_new_from_model (menu);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) at_x, (int) at_y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
column_menu_cb (CptListView *self,
                guint        column,
                double       x,
                double       y)
{
  g_autoptr(GMenuModel) menu = cpt_list_view_create_column_menu (self, column);

  show_menu (self, menu, x, y);
}

static void
row_menu_cb (CptListView *self,
             guint        position,
             guint        column,
             double       x,
             double       y)
{
  g_autoptr(GMenuModel) menu = NULL;

  if (cpt_grid_model_get_group (CPT_GRID_MODEL (self->model), position, NULL))
    {
      menu = cpt_list_view_create_group_menu (self);
      show_menu (self, menu, x, y);
      return;
    }

  menu = cpt_list_view_create_row_menu (self, position, column);
  /* What the menu does is done to this row, or to all that are marked. */
  if (!gtk_bitset_contains (cpt_data_grid_get_selection (self->grid), position))
    cpt_data_grid_unselect_all (self->grid);

  show_menu (self, menu, x, y);
}

/* Takes @query */
static void
set_model (CptListView *self,
           CptQuery    *query)
{
  g_auto(GStrv) paths = cpt_list_view_dup_paths (self);
  CptQueryModel *model = cpt_query_model_new (cpt_view_get_store (CPT_VIEW (self)), query, (const char *const *) paths);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  self->model = model;
  g_signal_connect_object (model, "changed", G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "updated", G_CALLBACK (updated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  cpt_data_grid_set_model (self->grid, CPT_GRID_MODEL (model));
  cpt_list_view_apply_widths (self);
  cpt_list_view_restore_grouping (self);
  show_count (self);
}

/* ------------------------------------------------------------------- vfuncs */

static void
cpt_list_view_changed (CptView      *view,
                       CptChangeSet *set)
{
  cpt_query_model_apply (CPT_LIST_VIEW (view)->model, set);
  cpt_list_view_update_peek (CPT_LIST_VIEW (view), TRUE);
  cpt_list_view_count_totals (CPT_LIST_VIEW (view));
  if (CPT_LIST_VIEW (view)->is_place && cpt_change_set_has_entity (set, "saved_view"))
    cpt_views_button_read (CPT_LIST_VIEW (view)->views_button);
}

static void
cpt_list_view_show_saved (CptView       *view,
                          const CptUuid *id)
{
  if (CPT_LIST_VIEW (view)->is_place)
    cpt_views_button_show (CPT_LIST_VIEW (view)->views_button, id);
}

static void
cpt_list_view_find (CptView *view)
{
  cpt_query_bar_find (CPT_LIST_VIEW (view)->bar);
}

static void
cpt_list_view_create (CptView *view)
{
  cpt_window_open_new (cpt_view_get_window (view), CPT_LIST_VIEW (view)->entity);
}

static gboolean
cpt_list_view_leave (CptView *view)
{
  CptListView *self = CPT_LIST_VIEW (view);
  g_autofree char *body = NULL;
  gboolean is_finished;

  self->is_leaving = TRUE;
  is_finished = cpt_list_view_finish_cell (self);
  self->is_leaving = FALSE;
  if (is_finished)
    return TRUE;

  /* Translators: %s is the name of a field */
  body = g_strdup_printf (_("The value of the field “%s” can’t be saved as it is."),
                          cpt_field_get_label (cpt_list_view_get_edited (self)));
  cpt_view_ask_to_discard (view, _("Discard What You Typed?"), body);

  return FALSE;
}

static void
cpt_list_view_discard (CptView *view)
{
  cpt_list_view_cancel_cell (CPT_LIST_VIEW (view));
}

static gboolean
cpt_list_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CPT_LIST_VIEW (widget)->grid));
}

/* By its picture where there is no room for words */
static void
show_trash_button (CptListView *self,
                   gboolean     is_narrow)
{
  if (is_narrow)
    {
      gtk_button_set_icon_name (GTK_BUTTON (self->trash), "user-trash-symbolic");
      gtk_widget_set_tooltip_text (self->trash, _("Move to Trash"));
      return;
    }

  gtk_button_set_label (GTK_BUTTON (self->trash), _("_Move to Trash"));
  gtk_button_set_use_underline (GTK_BUTTON (self->trash), TRUE);
  gtk_widget_set_tooltip_text (self->trash, NULL);
}

static void
narrow_cb (CptListView *self)
{
  gboolean is_narrow = cpt_view_is_narrow (CPT_VIEW (self));

  cpt_query_bar_set_narrow (self->bar, is_narrow);
  gtk_widget_set_visible (self->columns_button, !is_narrow);
  show_trash_button (self, is_narrow);
  cpt_data_grid_set_compact (self->grid, is_narrow);
  if (is_narrow)
    cpt_list_view_close_peek (self);
  gtk_widget_set_visible (gtk_widget_get_parent (self->footer), !is_narrow);
}

static void
cpt_list_view_dispose (GObject *object)
{
  CptListView *self = CPT_LIST_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->cell != NULL)
    cpt_list_view_cancel_cell (self);
  cpt_list_view_stop_bulk (self);
  cpt_list_view_stop_drag (self);
  cpt_list_view_stop_totals (self);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  if (self->model != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->model, self);
      cpt_data_grid_set_model (self->grid, NULL);
    }
  g_clear_object (&self->model);

  G_OBJECT_CLASS (cpt_list_view_parent_class)->dispose (object);
}

static void
cpt_list_view_finalize (GObject *object)
{
  CptListView *self = CPT_LIST_VIEW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->totals, g_array_unref);
  g_clear_pointer (&self->standard, g_free);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_list_view_parent_class)->finalize (object);
}

static void
delete_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  cpt_list_view_delete_selected (CPT_LIST_VIEW (widget));
}

/* The key: of a cell its content, of a row the record */
static void
delete_key_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  if (!cpt_list_view_clear_cell (CPT_LIST_VIEW (widget)))
    cpt_list_view_delete_selected (CPT_LIST_VIEW (widget));
}

static void
unselect_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  cpt_data_grid_unselect_all (CPT_LIST_VIEW (widget)->grid);
  gtk_widget_grab_focus (GTK_WIDGET (CPT_LIST_VIEW (widget)->grid));
}

static void
clear_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  clear_cb (CPT_LIST_VIEW (widget));
}

static void
cpt_list_view_class_init (CptListViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  CptViewClass *view_class = CPT_VIEW_CLASS (klass);

  object_class->dispose = cpt_list_view_dispose;
  object_class->finalize = cpt_list_view_finalize;
  widget_class->grab_focus = cpt_list_view_grab_focus;
  view_class->changed = cpt_list_view_changed;
  view_class->find = cpt_list_view_find;
  view_class->create = cpt_list_view_create;
  view_class->import = cpt_list_view_import;
  view_class->export = cpt_list_view_export;
  view_class->show_saved = cpt_list_view_show_saved;
  view_class->leave = cpt_list_view_leave;
  view_class->discard = cpt_list_view_discard;

  gtk_widget_class_install_action (widget_class, "list.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "list.delete-key", NULL, delete_key_action);
  gtk_widget_class_install_action (widget_class, "list.unselect", NULL, unselect_action);
  gtk_widget_class_install_action (widget_class, "list.clear", NULL, clear_action);
  cpt_list_view_install_column_actions (widget_class);
  cpt_list_view_install_group_actions (widget_class);
  cpt_list_view_install_total_actions (widget_class);
  cpt_list_view_install_row_actions (widget_class);
  cpt_list_view_install_merge_action (widget_class);
  cpt_list_view_install_bulk_actions (widget_class);
  cpt_list_view_install_cell_actions (widget_class);
  cpt_list_view_install_export_action (widget_class);
  cpt_list_view_install_clipboard_actions (widget_class);
}

/* ------------------------------------------------------------------ building */

static void
left_cb (CptListView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static GtkWidget *
create_pill_button (const char *label,
                    const char *action,
                    const char *style)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  GtkLabel *words = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_label_set_wrap (words, TRUE);
  gtk_label_set_justify (words, GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (button, "pill");
  if (style != NULL)
    gtk_widget_add_css_class (button, style);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);

  return button;
}

static GtkWidget *
create_status (const char *icon,
               const char *title,
               const char *description,
               GtkWidget  *first,
               GtkWidget  *second)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), first);
  if (second != NULL)
    gtk_box_append (GTK_BOX (box), second);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), box);

  return page;
}

static GtkWidget *
create_empty_page (CptListView *self)
{
  g_autofree char *title = g_strdup_printf (_("No %s Yet"), cpt_entity_get_label_plural (self->entity));

  if (self->has_line)
    return create_status (self->entity->icon, _("Nothing to Do"),
                          _("Write what is to be done in the line above and press Enter. Days, times and priorities are "
                            "understood: “Send the offer on Friday 14:00 !urgent”."),
                          create_pill_button (_("_New"), "win.new", "suggested-action"),
                          create_pill_button (_("_Import…"), "win.import", NULL));

  return create_status (self->entity->icon, title, _("Import a file that you have, or make the first record by hand."),
                        create_pill_button (_("_Import…"), "win.import", "suggested-action"),
                        create_pill_button (_("_New"), "win.new", NULL));
}

static GtkWidget *
create_nothing_page (CptListView *self)
{
  return create_status ("system-search-symbolic", _("Nothing Found"),
                        _("No record contains these words and meets all the conditions."),
                        create_pill_button (_("_Clear Search and Conditions"), "list.clear", NULL),
                        create_pill_button (_("_New"), "win.new", NULL));
}

/* That nothing can be shown does not say that nothing is there. */
static GtkWidget *
create_failed_page (CptListView *self)
{
  return create_status ("dialog-warning-symbolic", _("These Records Can’t Be Read"),
                        _("They may still be there. Export what can be read, or restore a copy of the workspace."),
                        create_pill_button (_("_Export…"), "win.export", "suggested-action"), NULL);
}

static void
add_key (GtkEventController *keys,
         guint               key,
         GdkModifierType     modifiers,
         const char         *action)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                                                          gtk_named_action_new (action)));
}

static GtkWidget *
create_grid (CptListView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *below = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->grid = CPT_DATA_GRID (cpt_data_grid_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  cpt_entity_get_label_plural (self->entity), -1);
  g_signal_connect_object (self->grid, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "edit", G_CALLBACK (cpt_list_view_edit_cell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "resized", G_CALLBACK (cpt_list_view_resize_column), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "column-moved", G_CALLBACK (cpt_list_view_move_column), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "column-pinned", G_CALLBACK (cpt_list_view_pin_column), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "row-menu", G_CALLBACK (row_menu_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "column-menu", G_CALLBACK (column_menu_cb), self, G_CONNECT_SWAPPED);
  add_key (keys, GDK_KEY_Delete, 0, "list.delete-key");
  add_key (keys, GDK_KEY_c, GDK_CONTROL_MASK, "list.copy");
  add_key (keys, GDK_KEY_v, GDK_CONTROL_MASK, "list.paste");
  gtk_widget_add_controller (GTK_WIDGET (self->grid), keys);
  cpt_list_view_add_drag (self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->grid));
  gtk_widget_set_vexpand (scroller, TRUE);
  self->footer = cpt_grid_footer_new (self->grid);
  gtk_box_append (GTK_BOX (below), self->footer);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), below);

  return box;
}

static GtkWidget *
create_action_bar (CptListView *self)
{
  GtkWidget *revealer = gtk_revealer_new ();
  GtkWidget *bar = gtk_action_bar_new ();
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->trash = gtk_button_new ();
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->trash), "list.delete");
  gtk_widget_add_css_class (self->trash, "destructive-action");
  show_trash_button (self, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "list.unselect");
  gtk_widget_set_tooltip_text (close, _("Select Nothing"));
  gtk_widget_add_css_class (close, "flat");
  self->selected = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->selected, PANGO_ELLIPSIZE_END);
  gtk_action_bar_pack_start (GTK_ACTION_BAR (bar), close);
  gtk_action_bar_pack_start (GTK_ACTION_BAR (bar), GTK_WIDGET (self->selected));
  gtk_action_bar_pack_end (GTK_ACTION_BAR (bar), self->trash);
  gtk_action_bar_pack_end (GTK_ACTION_BAR (bar), cpt_list_view_create_bulk_button (self));
  gtk_revealer_set_transition_type (GTK_REVEALER (revealer), GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
  gtk_revealer_set_child (GTK_REVEALER (revealer), bar);

  return revealer;
}

static void
columns_popup_cb (GtkMenuButton *button,
                  gpointer       user_data)
{
  gtk_menu_button_set_popover (button, cpt_list_view_create_columns_popover (user_data));
}

static void
fill_header (CptListView *self)
{
  GtkWidget *create = gtk_button_new_from_icon_name ("list-add-symbolic");
  g_autofree char *tooltip = g_strdup_printf (_("New %s"), cpt_entity_get_label (self->entity));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (create), "win.new");
  gtk_widget_set_tooltip_text (create, tooltip);
  cpt_view_pack_start (CPT_VIEW (self), create);

  self->columns_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->columns_button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (self->columns_button, _("Columns"));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->columns_button), columns_popup_cb, self, NULL);
  cpt_view_pack_end (CPT_VIEW (self), self->columns_button);

  self->views_button = CPT_VIEWS_BUTTON (cpt_list_view_create_views_button (self));
  gtk_widget_set_visible (GTK_WIDGET (self->views_button), self->is_place);
  cpt_view_pack_end (CPT_VIEW (self), GTK_WIDGET (self->views_button));

  self->spinner = gtk_spinner_new ();
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), TRUE);
  cpt_view_pack_end (CPT_VIEW (self), self->spinner);
}

static void
build (CptListView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *sides = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->bar = CPT_QUERY_BAR (cpt_query_bar_new (cpt_view_get_store (CPT_VIEW (self)), self->schema, self->entity));
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bar, "left", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, create_grid (self), "grid");
  gtk_stack_add_named (self->stack, create_empty_page (self), "empty");
  gtk_stack_add_named (self->stack, create_nothing_page (self), "nothing");
  gtk_stack_add_named (self->stack, create_failed_page (self), "failed");
  self->actions = create_action_bar (self);
  if (self->has_line)
    {
      GtkWidget *entry = cpt_task_entry_new (cpt_view_get_window (CPT_VIEW (self)), self->schema, FALSE);

      gtk_widget_add_css_class (entry, "list-task-entry");
      gtk_box_append (GTK_BOX (box), entry);
    }
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  gtk_widget_set_hexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (sides), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (sides), cpt_list_view_create_peek (self));
  gtk_box_append (GTK_BOX (box), sides);
  self->bulk_bar = cpt_list_view_create_bulk_bar (self);
  gtk_box_append (GTK_BOX (box), self->actions);
  gtk_box_append (GTK_BOX (box), self->bulk_bar);
  cpt_view_set_child (CPT_VIEW (self), box);
  fill_header (self);
}

static void
cpt_list_view_init (CptListView *self)
{
  self->cancellable = g_cancellable_new ();
  self->totals = g_array_new (FALSE, FALSE, sizeof (CptTotal));
  g_signal_connect (self, "notify::narrow", G_CALLBACK (narrow_cb), NULL);
}

/* @filter, @title and @place (nullable) */
static CptView *
create (CptWindow       *window,
        const CptEntity *entity,
        CptFilter       *filter,
        const char      *title,
        const CptPlace  *place)
{
  CptListView *self = g_object_new (CPT_TYPE_LIST_VIEW, "window", window, NULL);
  g_autofree char *key = NULL;
  g_autofree char *sort = NULL;
  CptQuery *query;

  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  self->entity = cpt_schema_find_entity (self->schema, entity->name);
  self->is_place = place != NULL;
  self->has_line = place != NULL && place->has_line && !cpt_store_is_read_only (cpt_window_get_store (window));
  cpt_view_set_title (CPT_VIEW (self), title != NULL ? title : cpt_entity_get_label_plural (self->entity));
  cpt_list_view_restore_columns (self);
  cpt_list_view_restore_totals (self);
  build (self);
  cpt_query_bar_set_filter (self->bar, filter);
  if (self->is_place)
    cpt_query_bar_remember_filters (self->bar, window);

  query = cpt_query_new (self->schema, self->entity);
  cpt_query_set_filter (query, filter);
  key = cpt_list_view_dup_state_key (self, "sort");
  sort = self->is_place ? cpt_window_dup_state (window, key) : NULL;
  if (sort != NULL && !cpt_query_set_sort (query, sort, NULL))
    g_debug ("The order “%s” is no more", sort);
  set_model (self, query);
  if (self->is_place)
    {
      self->standard = dup_standard (query);
      cpt_views_button_read (self->views_button);
    }

  return CPT_VIEW (self);
}

CptView *
cpt_list_view_new (CptWindow       *window,
                   const CptEntity *entity,
                   CptFilter       *filter,
                   const char      *title)
{
  return create (window, entity, filter, title, NULL);
}

CptView *
cpt_list_view_new_place (CptWindow      *window,
                         const CptPlace *place)
{
  CptSchema *schema = cpt_window_get_schema (window);
  const CptEntity *listed = cpt_schema_find_entity (schema, place->entity);
  g_autoptr(CptFilter) conditions = place->filter != NULL ? cpt_filter_parse (schema, listed, place->filter, NULL) : NULL;

  return create (window, listed, conditions, NULL, place);
}
