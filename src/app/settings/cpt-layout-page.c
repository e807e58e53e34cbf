/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the pages of records are arranged: groups of fields as they will stand
 * there, put in order by dragging or by keys. What is shown is the layout that
 * is stored, completed with the fields that it does not name. */
#include "config.h"

#include "cpt-layout-page-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-combo-labels.h"
#include "cpt-drag-source.h"
#include "cpt-field-type.h"
#include "cpt-form.h"
#include "cpt-page-arrangement.h"

#define STATE_KIND "layout-kind"

G_DEFINE_FINAL_TYPE (CptLayoutPage, cpt_layout_page, CPT_TYPE_SETTINGS_PAGE)

static const char *const kinds[] = { CPT_PAGE_LAYOUT_ENTITY, NULL };
static const CptSettingsSource source = { .kinds = kinds };

/* Which kind of record */

static const CptEntity *
find_entity (CptLayoutPage *self,
             GPtrArray     *entities)
{
  CptWindow *window = cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self));
  g_autofree char *chosen = window != NULL ? cpt_window_dup_state (window, STATE_KIND) : NULL;

  for (guint i = 0; i < entities->len; i++)
    if (g_strcmp0 (((const CptEntity *) g_ptr_array_index (entities, i))->name, chosen) == 0)
      return g_ptr_array_index (entities, i);

  return g_ptr_array_index (entities, 0);
}

static void
kind_chosen_cb (AdwComboRow   *row,
                GParamSpec    *pspec,
                CptLayoutPage *self)
{
  const CptSettingsData *data = cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self));
  CptWindow *window = cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self));
  g_autoptr(GPtrArray) entities = data != NULL ? cpt_schema_list_kinds (data->schema) : NULL;
  guint index = adw_combo_row_get_selected (row);

  if (entities == NULL || window == NULL || index >= entities->len)
    return;

  cpt_window_set_state (window, STATE_KIND, ((const CptEntity *) g_ptr_array_index (entities, index))->name);
  cpt_settings_page_read (CPT_SETTINGS_PAGE (self));
}

static void
show_kinds (CptLayoutPage *self,
            GPtrArray     *entities)
{
  CptSettingsPage *page = CPT_SETTINGS_PAGE (self);
  GtkWidget *group = cpt_settings_page_add_group (page, _("Page Layout"),
                                                  _("How the fields stand on the page of a record, on paper and when one is "
                                                    "made. Drag fields and groups to their places, or move a field with Ctrl "
                                                    "and the arrow keys."));
  CptOrderList *list = cpt_settings_page_add_list (page, group, _("Page Layout"));
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Kind of record"));
  cpt_combo_row_set_kinds (ADW_COMBO_ROW (row), entities, self->entity->name);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (kind_chosen_cb), self, 0);
  cpt_order_list_set_fixed (list);
  cpt_order_list_append (list, row, "@kind");
}

/* (nullable): the one that counts */
static const CptRecord *
find_record (CptLayoutPage *self)
{
  return cpt_page_arrangement_find (cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self))->records[0], self->entity);
}

/* Groups by dragging: of their handle */

/* It takes the place of the one that it is dropped on. */
static gboolean
group_dropped_cb (GtkDropTarget *target,
                  const GValue  *value,
                  double         x,
                  double         y,
                  CptLayoutPage *self)
{
  GtkWidget *dragged = g_value_get_object (value);
  GtkWidget *group = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  guint from, to;

  if (dragged == NULL || dragged == group || gtk_widget_get_ancestor (dragged, CPT_TYPE_LAYOUT_PAGE) != GTK_WIDGET (self))
    return FALSE;

  from = cpt_page_layout_find_index (self->layout, gtk_widget_get_name (dragged));
  to = cpt_page_layout_find_index (self->layout, gtk_widget_get_name (group));
  if (from >= self->layout->groups->len || to >= self->layout->groups->len)
    return FALSE;

  if (from < to)
    to++;
  cpt_layout_page_move_group (self, gtk_widget_get_name (dragged),
                              to < self->layout->groups->len
                                ? ((CptLayoutGroup *) g_ptr_array_index (self->layout->groups, to))->name
                                : NULL);

  return TRUE;
}

static GtkWidget *
create_handle (const char *title)
{
  GtkWidget *handle = cpt_drag_handle_new ();
  /* Translators: %s is the heading of a group of fields */
  g_autofree char *label = g_strdup_printf (_("Drag “%s”"), title);

  cpt_drag_source_add_moving (handle, ADW_TYPE_PREFERENCES_GROUP);
  gtk_widget_add_css_class (handle, "layout-handle");
  gtk_widget_set_tooltip_text (handle, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (handle), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return handle;
}

/* Menus are made when they are opened: there are many. */

static void
group_menu_cb (GtkMenuButton *button,
               gpointer       user_data)
{
  CptLayoutPage *self = CPT_LAYOUT_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (button), CPT_TYPE_LAYOUT_PAGE));
  g_autoptr(GMenuModel) menu = cpt_layout_page_create_group_menu (self, gtk_widget_get_name (GTK_WIDGET (button)));

  gtk_menu_button_set_menu_model (button, menu);
}

static void
field_menu_cb (GtkMenuButton *button,
               gpointer       user_data)
{
  CptLayoutPage *self = CPT_LAYOUT_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (button), CPT_TYPE_LAYOUT_PAGE));
  g_autoptr(GMenuModel) menu = cpt_layout_page_create_field_menu (self, gtk_widget_get_name (GTK_WIDGET (button)));

  gtk_menu_button_set_menu_model (button, menu);
}

static GtkWidget *
create_menu_button (const char                   *name,
                    const char                   *title,
                    GtkMenuButtonCreatePopupFunc  func)
{
  GtkWidget *button = gtk_menu_button_new ();
  /* Translators: what can be done with something; %s is its name */
  g_autofree char *label = g_strdup_printf (_("Menu of “%s”"), title);

  gtk_widget_set_name (button, name);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), func, NULL, NULL);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Menu"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return button;
}

/* Groups and fields */

static void
switched_cb (GtkSwitch     *toggle,
             GParamSpec    *pspec,
             CptLayoutPage *self)
{
  /* Clicking does not take the keyboard there, and the page follows the keyboard. */
  gtk_widget_grab_focus (GTK_WIDGET (toggle));
  cpt_layout_page_set_hidden (self, gtk_widget_get_name (GTK_WIDGET (toggle)), !gtk_switch_get_active (toggle));
}

static void
add_switch (CptLayoutPage  *self,
            GtkWidget      *row,
            const CptField *field)
{
  GtkWidget *toggle = gtk_switch_new ();

  gtk_switch_set_active (GTK_SWITCH (toggle), !cpt_page_layout_is_hidden (self->layout, field->name));
  gtk_widget_set_name (toggle, field->name);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (toggle, _("Shown"));
  gtk_widget_set_sensitive (toggle, cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)));
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (switched_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
}

static gboolean
add_field (CptLayoutPage *self,
           CptOrderList  *list,
           const char    *name)
{
  const CptField *field = cpt_entity_find_field (self->entity, name);
  gboolean can_hide;
  GtkWidget *row;

  if (field == NULL || (field->flags & CPT_FIELD_HIDDEN) != 0)
    return FALSE;

  can_hide = cpt_entity_can_hide (self->entity, field);
  row = cpt_settings_page_create_row (cpt_field_get_label (field), can_hide ? NULL : _("Always shown"));
  if (can_hide)
    add_switch (self, row, field);
  if (cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_menu_button (name, cpt_field_get_label (field), field_menu_cb));
  cpt_order_list_append (list, row, name);

  return TRUE;
}

static void
add_place (CptOrderList *list)
{
  GtkWidget *row = cpt_settings_page_create_row (_("No field yet: drag one here"), NULL);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (row, "dim-label");
  cpt_order_list_append (list, row, NULL);
}

static void
add_tools (CptLayoutPage        *self,
           GtkWidget            *group,
           const CptLayoutGroup *source_group)
{
  const char *title = cpt_layout_page_get_title (self, source_group);
  GtkDropTarget *target = gtk_drop_target_new (ADW_TYPE_PREFERENCES_GROUP, GDK_ACTION_MOVE);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  if (cpt_drag_source_is_possible (group))
    gtk_box_append (GTK_BOX (box), create_handle (title));
  gtk_box_append (GTK_BOX (box), create_menu_button (source_group->name, title, group_menu_cb));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), box);
  g_signal_connect_object (target, "drop", G_CALLBACK (group_dropped_cb), self, 0);
  gtk_widget_add_controller (group, GTK_EVENT_CONTROLLER (target));
}

static void
show_group (CptLayoutPage        *self,
            const CptLayoutGroup *layout_group)
{
  CptSettingsPage *page = CPT_SETTINGS_PAGE (self);
  const char *title = cpt_layout_page_get_title (self, layout_group);
  GtkWidget *group = cpt_settings_page_add_group (page, title, layout_group->is_folded ? _("Folded at first") : NULL);
  CptOrderList *list = cpt_settings_page_add_list (page, group, title);
  gboolean is_any = FALSE;

  gtk_widget_set_name (group, layout_group->name);
  cpt_order_list_set_name (list, layout_group->name);
  if (cpt_settings_page_is_writable (page))
    {
      cpt_layout_page_connect (self, list);
      add_tools (self, group, layout_group);
    }
  else
    {
      cpt_order_list_set_fixed (list);
    }
  for (guint i = 0; i < layout_group->fields->len; i++)
    is_any |= add_field (self, list, g_ptr_array_index (layout_group->fields, i));
  if (!is_any)
    add_place (list);
}

static void
added_cb (GtkWidget     *row,
          CptLayoutPage *self)
{
  cpt_layout_page_add_group (self);
}

static void
reset_cb (GtkWidget     *row,
          CptLayoutPage *self)
{
  cpt_layout_page_reset (self);
}

static void
show_end (CptLayoutPage *self)
{
  CptSettingsPage *page = CPT_SETTINGS_PAGE (self);
  GtkWidget *group = cpt_settings_page_add_group (page, "", NULL);
  CptOrderList *list = cpt_settings_page_add_list (page, group, _("All groups"));
  GtkWidget *row = cpt_settings_page_create_row (_("Reset to the Standard Layout"), NULL);

  gtk_widget_set_visible (group, cpt_settings_page_is_writable (page));
  cpt_settings_page_add_adding (page, list, _("Add a Group"), G_CALLBACK (added_cb));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("edit-undo-symbolic"));
  gtk_widget_set_sensitive (row, find_record (self) != NULL);
  g_signal_connect_object (row, "activated", G_CALLBACK (reset_cb), self, 0);
  cpt_order_list_append (list, row, NULL);
}

/* The layout as it is stored, unless more was done to it since: on the ground of
 * what was sent, and nobody else changed */
static void
read_layout (CptLayoutPage *self)
{
  const CptRecord *record = find_record (self);
  g_autoptr(CptPageLayout) stored = record != NULL ? cpt_page_layout_parse (cpt_record_get_text (record, "layout"), NULL)
                                                    : cpt_page_layout_new ();
  g_autofree char *text = cpt_page_layout_format (stored);

  if (g_strcmp0 (text, self->sent) != 0)
    self->waiting = NULL;
  g_clear_pointer (&self->sent, g_free);
  if (self->waiting == NULL)
    {
      g_clear_pointer (&self->layout, cpt_page_layout_free);
      self->layout = g_steal_pointer (&stored);
    }
  cpt_page_layout_complete (self->layout, self->entity);
}

static void
cpt_layout_page_show (CptSettingsPage *page)
{
  CptLayoutPage *self = CPT_LAYOUT_PAGE (page);
  const CptSettingsData *data = cpt_settings_page_get_data (page);
  g_autoptr(GPtrArray) entities = cpt_schema_list_kinds (data->schema);

  self->entity = find_entity (self, entities);
  read_layout (self);

  show_kinds (self, entities);
  for (guint i = 0; i < self->layout->groups->len; i++)
    show_group (self, g_ptr_array_index (self->layout->groups, i));
  show_end (self);
  cpt_layout_page_store_waiting (self);
}

static void
cpt_layout_page_finalize (GObject *object)
{
  g_clear_pointer (&CPT_LAYOUT_PAGE (object)->layout, cpt_page_layout_free);
  g_clear_pointer (&CPT_LAYOUT_PAGE (object)->sent, g_free);

  G_OBJECT_CLASS (cpt_layout_page_parent_class)->finalize (object);
}

static void
cpt_layout_page_class_init (CptLayoutPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_layout_page_finalize;
  CPT_SETTINGS_PAGE_CLASS (klass)->source = &source;
  CPT_SETTINGS_PAGE_CLASS (klass)->show = cpt_layout_page_show;
  cpt_layout_page_install_actions (GTK_WIDGET_CLASS (klass));
}

static void
cpt_layout_page_init (CptLayoutPage *self)
{
}
