/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to the layout of a page: each drop, key and choice is one act
 * that Undo takes back. What is done while one is on its way is done to the
 * layout that is shown, and stored behind it as one act: sent at once it would
 * make a second layout where there was none. */
#include "config.h"

#include "cpt-layout-page-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-field-type.h"
#include "cpt-form.h"
#include "cpt-name-dialog.h"
#include "cpt-page-arrangement.h"

const char *
cpt_layout_page_get_title (CptLayoutPage        *self,
                           const CptLayoutGroup *group)
{
  const char *label = cpt_entity_get_group_label (self->entity, group->name);

  return group->title != NULL ? group->title : label != NULL ? label
                                                             : group->name;
}

/* Whether something can be done to what is shown */
static gboolean
can_change (CptLayoutPage *self)
{
  CptSettingsPage *page = CPT_SETTINGS_PAGE (self);

  return self->layout != NULL && cpt_settings_page_is_writable (page) && gtk_widget_get_root (GTK_WIDGET (self)) != NULL;
}

static void
send (CptLayoutPage *self,
      const char    *toast)
{
  CptSettingsPage *page = CPT_SETTINGS_PAGE (self);
  const CptSettingsData *data = cpt_settings_page_get_data (page);

  self->sent = cpt_page_layout_format (self->layout);
  cpt_settings_page_commit (page,
                            cpt_page_arrangement_set (data->schema, data->records[0], self->entity, self->layout,
                                                      CPT_ORIGIN_FORM),
                            toast);
}

/* Stores the layout as it is now; @focus (nullable): the field that has the
 * keyboard then */
static void
store (CptLayoutPage *self,
       const char    *focus,
       const char    *toast)
{
  if (focus != NULL)
    cpt_settings_page_want_focus (CPT_SETTINGS_PAGE (self), focus);

  if (self->sent != NULL)
    self->waiting = toast;
  else
    send (self, toast);
}

void
cpt_layout_page_store_waiting (CptLayoutPage *self)
{
  const char *toast = g_steal_pointer (&self->waiting);

  if (toast != NULL && can_change (self))
    send (self, toast);
}

/* Fields */

static void
move_field (CptLayoutPage *self,
            const char    *field,
            const char    *group,
            const char    *before)
{
  if (!can_change (self) || cpt_page_layout_find_group (self->layout, group) == NULL)
    return;

  cpt_page_layout_move_field (self->layout, field, group, before);
  store (self, field, _("Field moved"));
}

static void
moved_cb (CptOrderList  *list,
          guint          from,
          guint          to,
          CptLayoutPage *self)
{
  move_field (self, cpt_order_list_get_key (list, to), cpt_order_list_get_name (list), cpt_order_list_get_key (list, to + 1));
}

static void
taken_cb (CptOrderList  *list,
          const char    *key,
          guint          to,
          CptLayoutPage *self)
{
  move_field (self, key, cpt_order_list_get_name (list), cpt_order_list_get_key (list, to));
}

/* (nullable): the group that stands @direction away from that one */
static CptLayoutGroup *
find_neighbour (CptLayoutPage *self,
                const char    *name,
                int            direction)
{
  GPtrArray *groups = self->layout->groups;
  guint index = cpt_page_layout_find_index (self->layout, name);
  int place = (int) index + direction;

  return index < groups->len && place >= 0 && place < (int) groups->len ? g_ptr_array_index (groups, place) : NULL;
}

static void
left_cb (CptOrderList  *list,
         const char    *key,
         int            direction,
         CptLayoutPage *self)
{
  const CptLayoutGroup *place = self->layout != NULL ? cpt_page_layout_find_place (self->layout, key) : NULL;
  CptLayoutGroup *group = NULL;

  /* It may have left already, and be shown where it was until that is stored. */
  if (place != NULL && g_strcmp0 (place->name, cpt_order_list_get_name (list)) == 0)
    group = find_neighbour (self, place->name, direction);
  if (group != NULL)
    move_field (self, key, group->name, direction > 0 && group->fields->len > 0 ? g_ptr_array_index (group->fields, 0) : NULL);
}

void
cpt_layout_page_connect (CptLayoutPage *self,
                         CptOrderList  *list)
{
  cpt_order_list_set_shared (list);
  g_signal_connect_object (list, "moved", G_CALLBACK (moved_cb), self, 0);
  g_signal_connect_object (list, "taken", G_CALLBACK (taken_cb), self, 0);
  g_signal_connect_object (list, "left", G_CALLBACK (left_cb), self, 0);
}

void
cpt_layout_page_set_hidden (CptLayoutPage *self,
                            const char    *field,
                            gboolean       is_hidden)
{
  if (!can_change (self))
    return;

  cpt_page_layout_set_hidden (self->layout, field, is_hidden);
  store (self, NULL, is_hidden ? _("Field hidden") : _("Field shown"));
}

/* Whether forms offer the field: others are not on the page. */
static gboolean
is_offered (CptLayoutPage *self,
            const char    *name)
{
  const CptField *field = cpt_entity_find_field (self->entity, name);

  return field != NULL && (field->flags & CPT_FIELD_HIDDEN) == 0;
}

/* (nullable): the field that is shown @direction away from @name in its group */
static const char *
find_next (CptLayoutPage        *self,
           const CptLayoutGroup *group,
           const char           *name,
           int                   direction)
{
  guint index = 0;

  g_ptr_array_find_with_equal_func (group->fields, name, g_str_equal, &index);
  for (int i = (int) index + direction; i >= 0 && i < (int) group->fields->len; i += direction)
    if (is_offered (self, g_ptr_array_index (group->fields, i)))
      return g_ptr_array_index (group->fields, i);

  return NULL;
}

static void
move_field_by_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  CptLayoutPage *self = CPT_LAYOUT_PAGE (widget);
  const char *field, *next;
  CptLayoutGroup *group;
  int direction;

  g_variant_get (parameter, "(&si)", &field, &direction);
  group = self->layout != NULL ? cpt_page_layout_find_place (self->layout, field) : NULL;
  next = group != NULL ? find_next (self, group, field, direction) : NULL;
  if (next == NULL)
    return;

  move_field (self, field, group->name, direction < 0 ? next : find_next (self, group, next, 1));
}

static void
move_field_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  const char *field, *group;

  g_variant_get (parameter, "(&s&s)", &field, &group);
  move_field (CPT_LAYOUT_PAGE (widget), field, group, NULL);
}

static void
add_item (GMenu      *menu,
          const char *label,
          const char *action,
          GVariant   *target)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

GMenuModel *
cpt_layout_page_create_field_menu (CptLayoutPage *self,
                                   const char    *field)
{
  const CptLayoutGroup *group = cpt_page_layout_find_place (self->layout, field);
  g_autoptr(GMenu) moves = g_menu_new ();
  g_autoptr(GMenu) groups = g_menu_new ();
  GMenu *menu = g_menu_new ();

  if (group != NULL && find_next (self, group, field, -1) != NULL)
    add_item (moves, _("Move Up"), "layout.move-field-by", g_variant_new ("(si)", field, -1));
  if (group != NULL && find_next (self, group, field, 1) != NULL)
    add_item (moves, _("Move Down"), "layout.move-field-by", g_variant_new ("(si)", field, 1));
  for (guint i = 0; i < self->layout->groups->len; i++)
    {
      const CptLayoutGroup *other = g_ptr_array_index (self->layout->groups, i);

      if (other != group)
        add_item (groups, cpt_layout_page_get_title (self, other), "layout.move-field",
                  g_variant_new ("(ss)", field, other->name));
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (moves));
  /* Translators: above the names of groups of fields */
  g_menu_append_section (menu, _("Move to the Group"), G_MENU_MODEL (groups));

  return G_MENU_MODEL (menu);
}

/* Groups */

/* (nullable): the field of @group that gets the keyboard */
static const char *
find_first (CptLayoutPage *self,
            const char    *name)
{
  const CptLayoutGroup *group = cpt_page_layout_find_group (self->layout, name);

  for (guint i = 0; group != NULL && i < group->fields->len; i++)
    if (is_offered (self, g_ptr_array_index (group->fields, i)))
      return g_ptr_array_index (group->fields, i);

  return NULL;
}

void
cpt_layout_page_move_group (CptLayoutPage *self,
                            const char    *group,
                            const char    *before)
{
  if (!can_change (self))
    return;

  cpt_page_layout_move_group (self->layout, group, before);
  store (self, find_first (self, group), _("Group moved"));
}

static void
move_group_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  CptLayoutPage *self = CPT_LAYOUT_PAGE (widget);
  const char *name;
  int direction;
  const CptLayoutGroup *next;

  g_variant_get (parameter, "(&si)", &name, &direction);
  next = self->layout != NULL ? find_neighbour (self, name, direction) : NULL;
  if (next == NULL)
    return;

  if (direction > 0)
    next = find_neighbour (self, next->name, 1);
  cpt_layout_page_move_group (self, name, next != NULL ? next->name : NULL);
}

static void
remove_group_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  CptLayoutPage *self = CPT_LAYOUT_PAGE (widget);
  const char *name = g_variant_get_string (parameter, NULL);
  g_autofree char *first = NULL;

  if (!can_change (self) || self->layout->groups->len < 2)
    return;

  /* Its text goes with the group. */
  first = g_strdup (find_first (self, name));
  cpt_page_layout_remove_group (self->layout, name);
  store (self, first, _("Group removed"));
}

static void
fold_group_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  CptLayoutPage *self = CPT_LAYOUT_PAGE (widget);
  CptLayoutGroup *group =
    self->layout != NULL ? cpt_page_layout_find_group (self->layout, g_variant_get_string (parameter, NULL)) : NULL;

  if (group == NULL || !can_change (self))
    return;

  group->is_folded = !group->is_folded;
  store (self, find_first (self, group->name), group->is_folded ? _("Group folded") : _("Group unfolded"));
}

GMenuModel *
cpt_layout_page_create_group_menu (CptLayoutPage *self,
                                   const char    *name)
{
  const CptLayoutGroup *group = cpt_page_layout_find_group (self->layout, name);
  g_autoptr(GMenu) moves = g_menu_new ();
  g_autoptr(GMenu) changes = g_menu_new ();
  GMenu *menu = g_menu_new ();

  if (group == NULL)
    return G_MENU_MODEL (menu);

  if (find_neighbour (self, name, -1) != NULL)
    add_item (moves, _("Move Up"), "layout.move-group", g_variant_new ("(si)", name, -1));
  if (find_neighbour (self, name, 1) != NULL)
    add_item (moves, _("Move Down"), "layout.move-group", g_variant_new ("(si)", name, 1));
  add_item (changes, _("Rename…"), "layout.rename-group", g_variant_new_string (name));
  /* Translators: what happens to the fields of a group when a page is opened */
  add_item (changes, group->is_folded ? _("Unfold at First") : _("Fold at First"), "layout.fold-group",
            g_variant_new_string (name));
  if (self->layout->groups->len > 1)
    add_item (changes, _("Remove Group"), "layout.remove-group", g_variant_new_string (name));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (moves));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (changes));

  return G_MENU_MODEL (menu);
}

/* Titles of groups */

static void
added_cb (CptLayoutPage *self,
          const char    *title)
{
  if (!can_change (self))
    return;

  cpt_page_layout_add_group (self->layout, self->entity, title);
  store (self, NULL, _("Group added"));
}

typedef struct
{
  CptLayoutPage *self; /* (owned) */
  char *group;         /* (owned) */
} Renaming;

static void
renaming_free (gpointer  data,
               GClosure *closure)
{
  Renaming *renaming = data;

  g_object_unref (renaming->self);
  g_free (renaming->group);
  g_free (renaming);
}

static void
renamed_cb (CptNameDialog *dialog,
            const char    *title,
            Renaming      *renaming)
{
  CptLayoutPage *self = renaming->self;
  const char *label;

  if (!can_change (self))
    return;

  label = cpt_entity_get_group_label (self->entity, renaming->group);
  cpt_page_layout_set_title (self->layout, renaming->group, g_strcmp0 (label, title) != 0 ? title : NULL);
  store (self, find_first (self, renaming->group), _("Group renamed"));
}

/* @group (nullable): NULL adds one */
static void
ask_title (CptLayoutPage        *self,
           const CptLayoutGroup *group)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  const CptNameWording wording = {
    .heading = group != NULL ? _("Rename Group") : _("Add a Group"),
    .label = _("Title of the group"),
    .verb = group != NULL ? _("_Save") : _("_Add"),
    .max_chars = CPT_PAGE_LAYOUT_MAX_TITLE_CHARS,
  };
  CptNameDialog *dialog = cpt_name_dialog_present (root != NULL ? GTK_WINDOW (root) : NULL, &wording,
                                                   group != NULL ? cpt_layout_page_get_title (self, group) : NULL);

  if (group != NULL)
    {
      Renaming *renaming = g_new0 (Renaming, 1);

      renaming->self = g_object_ref (self);
      renaming->group = g_strdup (group->name);
      g_signal_connect_data (dialog, "named", G_CALLBACK (renamed_cb), renaming, renaming_free, 0);
    }
  else
    {
      g_signal_connect_object (dialog, "named", G_CALLBACK (added_cb), self, G_CONNECT_SWAPPED);
    }
}

void
cpt_layout_page_add_group (CptLayoutPage *self)
{
  if (can_change (self))
    ask_title (self, NULL);
}

static void
rename_group_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  CptLayoutPage *self = CPT_LAYOUT_PAGE (widget);
  const CptLayoutGroup *group =
    self->layout != NULL ? cpt_page_layout_find_group (self->layout, g_variant_get_string (parameter, NULL)) : NULL;

  if (group != NULL && can_change (self))
    ask_title (self, group);
}

/* All of it */

void
cpt_layout_page_reset (CptLayoutPage *self)
{
  CptSettingsPage *page = CPT_SETTINGS_PAGE (self);

  if (!can_change (self) || self->sent != NULL)
    return;

  cpt_settings_page_commit (page,
                            cpt_page_arrangement_reset (cpt_settings_page_get_data (page)->records[0], self->entity,
                                                        CPT_ORIGIN_FORM),
                            _("Layout reset"));
}

void
cpt_layout_page_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "layout.move-field-by", "(si)", move_field_by_action);
  gtk_widget_class_install_action (klass, "layout.move-field", "(ss)", move_field_action);
  gtk_widget_class_install_action (klass, "layout.move-group", "(si)", move_group_action);
  gtk_widget_class_install_action (klass, "layout.rename-group", "s", rename_group_action);
  gtk_widget_class_install_action (klass, "layout.fold-group", "s", fold_group_action);
  gtk_widget_class_install_action (klass, "layout.remove-group", "s", remove_group_action);
}
