/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions as chips. A chip is the sentence of its condition; the titles of
 * linked records in it are read on a worker and come a moment later. Groups are
 * chips with chips in them; they are made by the menu of a chip, or by dragging
 * one onto another. */
#include "config.h"
#include "cpt-filter-bar.h"

#include <glib/gi18n-lib.h>

#include "cpt-drag-source.h"
#include "cpt-filter-chip.h"
#include "cpt-filter-editor.h"
#include "cpt-filter-recent.h"
#include "cpt-filter-tree.h"

#define MIN_CHIP_CHARS 12

struct _CptFilterBar
{
  GtkWidget parent_instance;

  CptStore *store;
  CptSchema *schema;
  const CptEntity *entity;
  CptFilterNode *root; /* (owned): what the chips show */
  GCancellable *cancellable;
  char *recent_text; /* (nullable): as cpt_filter_recent_add() writes it */

  /* Borrowed from GTK */
  GtkWidget *add;
  GtkWidget *recent; /* hidden while there is none */
  GtkWidget *scroller;
  GtkWidget *chips;
  GtkWidget *menu; /* (nullable): of a chip, shown last */
};

G_DEFINE_FINAL_TYPE (CptFilterBar, cpt_filter_bar, GTK_TYPE_WIDGET)

static void show_chips (CptFilterBar *self);

static void
remember (CptFilterBar *self)
{
  g_autoptr(CptFilter) filter = cpt_filter_bar_dup_filter (self);
  char *text;

  if (filter == NULL || self->recent_text == NULL)
    return;

  text = cpt_filter_recent_add (self->recent_text, filter);
  g_free (self->recent_text);
  self->recent_text = text;
  gtk_widget_set_visible (self->recent, TRUE);
}

static void
conditions_changed (CptFilterBar *self)
{
  remember (self);
  show_chips (self);
  g_signal_emit_by_name (self, "changed");
}

/* The part that the chip around @widget shows; (nullable) */
static CptFilterNode *
find_node (GtkWidget *widget)
{
  CptFilterChip *chip = cpt_filter_chip_find (widget);

  return chip != NULL ? cpt_filter_chip_get_node (chip) : NULL;
}

static void
remove_cb (GtkButton    *button,
           CptFilterBar *self)
{
  CptFilterNode *node = find_node (GTK_WIDGET (button));

  if (node == NULL)
    return;

  cpt_filter_node_remove (node);
  conditions_changed (self);
  gtk_widget_grab_focus (self->add);
}

static void
changed_cb (GtkWidget    *editor,
            CptFilter    *condition,
            CptFilterBar *self)
{
  CptFilterNode *node = find_node (editor);

  if (node == NULL || cpt_filter_node_is_group (node))
    return;

  cpt_filter_unref (node->condition);
  node->condition = cpt_filter_ref (condition);
  conditions_changed (self);
}

static void
added_cb (GtkWidget    *editor,
          CptFilter    *condition,
          CptFilterBar *self)
{
  CptFilterNode *node = find_node (editor);

  cpt_filter_node_add (node != NULL ? node : self->root, condition);
  conditions_changed (self);
}

/* ---------------------------------------------------------------- sentences */

/* Where there is little room a chip gets shorter, but something of it can be
 * read; the bar is scrolled then. */
static void
show_sentence (GtkWidget  *label,
               const char *sentence)
{
  gtk_label_set_text (GTK_LABEL (label), sentence);
  gtk_label_set_width_chars (GTK_LABEL (label), (int) MIN (g_utf8_strlen (sentence, -1), MIN_CHIP_CHARS));
  gtk_widget_set_tooltip_text (label, sentence);
}

static gpointer
read_sentence (CptDatabase   *database,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return cpt_filter_to_sentence (data, database);
}

static void
sentence_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GtkLabel) label = user_data;
  g_autofree char *sentence = cpt_store_finish (CPT_STORE (source), result, NULL);
  GtkWidget *named;

  if (sentence == NULL)
    return;

  show_sentence (GTK_WIDGET (label), sentence);
  named = gtk_widget_get_ancestor (GTK_WIDGET (label), GTK_TYPE_LIST_BOX_ROW);
  if (named == NULL)
    named = gtk_widget_get_ancestor (GTK_WIDGET (label), GTK_TYPE_MENU_BUTTON);
  if (named != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (named), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

static GtkWidget *
create_label (CptFilterBar *self,
              CptFilter    *condition)
{
  g_autofree char *sentence = cpt_filter_to_sentence (condition, NULL);
  GtkWidget *label = gtk_label_new (NULL);

  show_sentence (label, sentence);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  cpt_store_read_async (self->store, G_PRIORITY_HIGH, read_sentence, cpt_filter_ref (condition),
                        (GDestroyNotify) cpt_filter_unref, g_free, self->cancellable, sentence_cb, g_object_ref (label));

  return label;
}

/* --------------------------------------------------------------------- menus */

/* The keyboard stays with what it was used on. */
static void
focus_node (CptFilterBar        *self,
            const CptFilterNode *node)
{
  CptFilterChip *chip = cpt_filter_chip_find_for (self->chips, node);

  if (chip == NULL || !gtk_widget_grab_focus (gtk_widget_get_first_child (GTK_WIDGET (chip))))
    gtk_widget_grab_focus (self->add);
}

static void
add_item (GMenu      *menu,
          const char *label,
          const char *action,
          const char *path)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", path);
  g_menu_append_item (menu, item);
}

static void
show_menu (CptFilterBar *self,
           GtkWidget    *chip)
{
  CptFilterNode *node = find_node (chip);
  g_autofree char *path = node != NULL ? cpt_filter_node_dup_path (node) : NULL;
  g_autoptr(GMenu) menu = g_menu_new ();
  graphene_rect_t bounds;

  if (node == NULL || !gtk_widget_compute_bounds (chip, GTK_WIDGET (self), &bounds))
    return;

  if (cpt_filter_node_is_group (node))
    {
      add_item (menu, _("_All of These"), "filters.all", path);
      add_item (menu, _("A_ny of These"), "filters.any", path);
      add_item (menu, _("N_one of These"), "filters.none", path);
      add_item (menu, _("_Dissolve the Group"), "filters.dissolve", path);
    }
  if (node != g_ptr_array_index (node->parent->children, 0))
    add_item (menu, _("_Put Together with the One Before"), "filters.join", path);
  add_item (menu, _("Make a _Group of It"), "filters.group", path);
  if (node->parent->parent != NULL)
    add_item (menu, _("_Take out of the Group"), "filters.out", path);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                                                (int) bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
node_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptFilterBar *self = CPT_FILTER_BAR (widget);
  CptFilterNode *node = cpt_filter_node_find (self->root, g_variant_get_string (parameter, NULL));
  const CptFilterNode *stays = node;
  guint index;

  if (node == NULL || node->parent == NULL)
    return;

  if (strcmp (action_name, "filters.group") == 0)
    cpt_filter_node_wrap (node);
  else if (strcmp (action_name, "filters.out") == 0)
    cpt_filter_node_move_out (node);
  else if (strcmp (action_name, "filters.dissolve") == 0)
    {
      stays = cpt_filter_node_is_group (node) ? g_ptr_array_index (node->children, 0) : node;
      cpt_filter_node_dissolve (node);
    }
  else if (strcmp (action_name, "filters.join") == 0 && g_ptr_array_find (node->parent->children, node, &index) && index > 0)
    cpt_filter_node_move (node, g_ptr_array_index (node->parent->children, index - 1));
  else if (strcmp (action_name, "filters.all") == 0)
    node->form = CPT_FILTER_ALL;
  else if (strcmp (action_name, "filters.any") == 0)
    node->form = CPT_FILTER_ANY;
  else if (strcmp (action_name, "filters.none") == 0)
    node->form = CPT_FILTER_NOT;
  conditions_changed (self);
  focus_node (self, stays);
}

static void
menu_pressed_cb (GtkGestureClick *gesture,
                 int              n_press,
                 double           x,
                 double           y,
                 CptFilterBar    *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
}

static gboolean
chip_key_cb (GtkEventControllerKey *controller,
             guint                  key,
             guint                  code,
             GdkModifierType        modifiers,
             CptFilterBar          *self)
{
  if (key != GDK_KEY_Menu && (key != GDK_KEY_F10 || (modifiers & GDK_SHIFT_MASK) == 0))
    return GDK_EVENT_PROPAGATE;

  show_menu (self, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)));

  return GDK_EVENT_STOP;
}

/* ------------------------------------------------------------------- dragging */

/* The chips are made anew when the drag is over. */
typedef struct
{
  CptFilterBar *bar; /* (owned) */
  char *from;
  char *to;
} Drop;

static gboolean
drop_idle_cb (gpointer data)
{
  Drop *drop = data;
  CptFilterNode *node = cpt_filter_node_find (drop->bar->root, drop->from);
  CptFilterNode *target = cpt_filter_node_find (drop->bar->root, drop->to);

  if (node != NULL && target != NULL && node->parent != target)
    {
      cpt_filter_node_move (node, target);
      conditions_changed (drop->bar);
    }
  g_object_unref (drop->bar);
  g_free (drop->from);
  g_free (drop->to);
  g_free (drop);

  return G_SOURCE_REMOVE;
}

/* The innermost chip takes it; what falls beside all of them leaves its group. */
static gboolean
dropped_cb (GtkDropTarget *target,
            const GValue  *value,
            double         x,
            double         y,
            CptFilterBar  *self)
{
  GtkWidget *chip = g_value_get_object (value);
  CptFilterNode *node = chip != NULL && gtk_widget_is_ancestor (chip, GTK_WIDGET (self)) ? find_node (chip) : NULL;
  CptFilterNode *to = find_node (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)));
  Drop *drop;

  if (node == NULL)
    return FALSE;

  drop = g_new0 (Drop, 1);
  drop->bar = g_object_ref (self);
  drop->from = cpt_filter_node_dup_path (node);
  drop->to = cpt_filter_node_dup_path (to != NULL ? to : self->root);
  g_idle_add (drop_idle_cb, drop);

  return TRUE;
}

/* Sources of groups see the motion before those of the chips in them. */
static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            CptFilterBar  *self)
{
  GtkWidget *chip = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr(GdkPaintable) picture = NULL;

  if (cpt_filter_chip_find (gtk_widget_pick (chip, x, y, GTK_PICK_DEFAULT)) != CPT_FILTER_CHIP (chip))
    return NULL;

  picture = gtk_widget_paintable_new (chip);
  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);

  return gdk_content_provider_new_typed (GTK_TYPE_WIDGET, chip);
}

static void
add_drag_source (CptFilterBar *self,
                 GtkWidget    *chip)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, 0);
  gtk_widget_add_controller (chip, GTK_EVENT_CONTROLLER (source));
}

static void
add_drop_target (CptFilterBar *self,
                 GtkWidget    *widget)
{
  GtkDropTarget *target = gtk_drop_target_new (GTK_TYPE_WIDGET, GDK_ACTION_MOVE);

  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

static void
add_chip_controllers (CptFilterBar *self,
                      GtkWidget    *chip)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (menu_pressed_cb), self, 0);
  gtk_widget_add_controller (chip, GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (chip_key_cb), self, 0);
  gtk_widget_add_controller (chip, keys);
  if (cpt_drag_source_is_possible (chip))
    add_drag_source (self, chip);
  add_drop_target (self, chip);
}

/* ---------------------------------------------------------------------- chips */

static GtkWidget *
create_condition (CptFilterBar *self,
                  CptFilter    *condition)
{
  GtkWidget *label = create_label (self, condition);
  GtkWidget *editor = cpt_filter_editor_new (self->store, self->schema, self->entity, condition);
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), label);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), editor);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (label)), -1);
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  g_signal_connect_object (editor, "applied", G_CALLBACK (changed_cb), self, 0);

  return button;
}

static void
group_clicked_cb (GtkButton    *button,
                  CptFilterBar *self)
{
  show_menu (self, gtk_widget_get_parent (GTK_WIDGET (button)));
}

static const char *
get_words (CptFilterForm form)
{
  if (form == CPT_FILTER_NOT)
    /* Translators: in front of a group of conditions */
    return C_("filter group", "none of");

  return form == CPT_FILTER_ANY ? C_("filter group", "any of") : C_("filter group", "all of");
}

static GtkWidget *create_chip (CptFilterBar *self,
                               CptFilterNode *node);

static void
fill_group (CptFilterBar  *self,
            CptFilterChip *chip,
            CptFilterNode *node)
{
  GtkWidget *words = gtk_button_new_with_label (get_words (node->form));
  GtkWidget *add = gtk_menu_button_new ();
  GtkWidget *editor = cpt_filter_editor_new (self->store, self->schema, self->entity, NULL);

  gtk_widget_add_css_class (words, "flat");
  gtk_widget_set_tooltip_text (words, _("Change the Group"));
  g_signal_connect_object (words, "clicked", G_CALLBACK (group_clicked_cb), self, 0);
  cpt_filter_chip_append (chip, words);
  for (guint i = 0; i < node->children->len; i++)
    cpt_filter_chip_append (chip, create_chip (self, g_ptr_array_index (node->children, i)));

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (add), "list-add-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (add), FALSE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (add), editor);
  gtk_widget_set_tooltip_text (add, _("Add to the Group"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add to the Group"), -1);
  g_signal_connect_object (editor, "applied", G_CALLBACK (added_cb), self, 0);
  cpt_filter_chip_append (chip, add);
  gtk_widget_add_css_class (GTK_WIDGET (chip), "chip-group");
}

static GtkWidget *
create_chip (CptFilterBar  *self,
             CptFilterNode *node)
{
  GtkWidget *chip = cpt_filter_chip_new (node);
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");

  if (cpt_filter_node_is_group (node))
    fill_group (self, CPT_FILTER_CHIP (chip), node);
  else
    cpt_filter_chip_append (CPT_FILTER_CHIP (chip), create_condition (self, node->condition));

  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_add_css_class (remove, "circular");
  gtk_widget_set_tooltip_text (remove, cpt_filter_node_is_group (node) ? _("Remove Group") : _("Remove Condition"));
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, 0);
  cpt_filter_chip_append (CPT_FILTER_CHIP (chip), remove);
  add_chip_controllers (self, chip);

  return chip;
}

static void
show_chips (CptFilterBar *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_box_remove (GTK_BOX (self->chips), child);
  for (guint i = 0; i < self->root->children->len; i++)
    gtk_box_append (GTK_BOX (self->chips), create_chip (self, g_ptr_array_index (self->root->children, i)));
  gtk_widget_set_visible (self->scroller, self->root->children->len > 0);
}

/* -------------------------------------------------------------- recent filters */

static void
recent_chosen_cb (CptFilterBar  *self,
                  GtkListBoxRow *row)
{
  g_autoptr(GPtrArray) filters = cpt_filter_recent_list (self->recent_text, self->schema, self->entity);
  guint index = (guint) gtk_list_box_row_get_index (row);

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->recent));
  if (index >= filters->len)
    return;

  cpt_filter_bar_set_filter (self, g_ptr_array_index (filters, index));
  conditions_changed (self);
}

static void
recent_popup_cb (GtkMenuButton *button,
                 gpointer       user_data)
{
  CptFilterBar *self = user_data;
  g_autoptr(GPtrArray) filters = cpt_filter_recent_list (self->recent_text, self->schema, self->entity);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *list = gtk_list_box_new ();

  for (guint i = 0; i < filters->len; i++)
    {
      GtkWidget *label = create_label (self, g_ptr_array_index (filters, i));
      GtkWidget *row = gtk_list_box_row_new ();

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      gtk_label_get_text (GTK_LABEL (label)), -1);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "navigation-sidebar");
  g_signal_connect_object (list, "row-activated", G_CALLBACK (recent_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_popover_set_child (GTK_POPOVER (popover), list);
  gtk_menu_button_set_popover (button, popover);
}

/* ---------------------------------------------------------------- the object */

static void
cpt_filter_bar_dispose (GObject *object)
{
  CptFilterBar *self = CPT_FILTER_BAR (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (cpt_filter_bar_parent_class)->dispose (object);
}

static void
cpt_filter_bar_finalize (GObject *object)
{
  CptFilterBar *self = CPT_FILTER_BAR (object);

  g_clear_pointer (&self->root, cpt_filter_node_free);
  g_clear_pointer (&self->recent_text, g_free);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (cpt_filter_bar_parent_class)->finalize (object);
}

static const char *const actions[] = {
  "filters.all",
  "filters.any",
  "filters.none",
  "filters.group",
  "filters.join",
  "filters.out",
  "filters.dissolve",
};

static void
cpt_filter_bar_class_init (CptFilterBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_filter_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_filter_bar_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), actions[i], "s", node_action);

  g_signal_new ("changed", CPT_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_filter_bar_init (CptFilterBar *self)
{
  GtkWidget *content = adw_button_content_new ();

  self->root = cpt_filter_node_new_root (NULL);
  self->cancellable = g_cancellable_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "cpt-filter-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _("Add _Filter"));
  adw_button_content_set_use_underline (ADW_BUTTON_CONTENT (content), TRUE);
  self->add = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->add), content);
  gtk_widget_set_tooltip_text (self->add, _("Add Filter"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add Filter"), -1);
  gtk_widget_set_parent (self->add, GTK_WIDGET (self));

  self->recent = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->recent), "document-open-recent-symbolic");
  gtk_widget_set_tooltip_text (self->recent, _("Recent Filters"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->recent), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Recent Filters"), -1);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->recent), recent_popup_cb, self, NULL);
  gtk_widget_set_visible (self->recent, FALSE);
  gtk_widget_set_parent (self->recent, GTK_WIDGET (self));

  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->chips);
  gtk_widget_set_hexpand (self->scroller, TRUE);
  add_drop_target (self, self->scroller);
  gtk_widget_set_visible (self->scroller, FALSE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "filter-bar");
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 6);
}

GtkWidget *
cpt_filter_bar_new (CptStore        *store,
                    CptSchema       *schema,
                    const CptEntity *entity)
{
  CptFilterBar *self = g_object_new (CPT_TYPE_FILTER_BAR, NULL);
  GtkWidget *editor;

  self->store = g_object_ref (store);
  self->schema = cpt_schema_ref (schema);
  self->entity = entity;
  editor = cpt_filter_editor_new (store, schema, entity, NULL);
  g_signal_connect_object (editor, "applied", G_CALLBACK (added_cb), self, 0);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->add), editor);

  return GTK_WIDGET (self);
}

void
cpt_filter_bar_set_adding (CptFilterBar *self,
                           const char   *label)
{
  AdwButtonContent *content;

  g_return_if_fail (CPT_IS_FILTER_BAR (self));

  content = ADW_BUTTON_CONTENT (gtk_menu_button_get_child (GTK_MENU_BUTTON (self->add)));
  adw_button_content_set_use_underline (content, FALSE);
  adw_button_content_set_label (content, label);
  gtk_widget_set_tooltip_text (self->add, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
cpt_filter_bar_set_filter (CptFilterBar *self,
                           CptFilter    *filter)
{
  g_return_if_fail (CPT_IS_FILTER_BAR (self));

  cpt_filter_node_free (self->root);
  self->root = cpt_filter_node_new_root (filter);
  show_chips (self);
}

void
cpt_filter_bar_add (CptFilterBar *self,
                    CptFilter    *condition)
{
  g_return_if_fail (CPT_IS_FILTER_BAR (self));
  g_return_if_fail (condition != NULL);

  cpt_filter_node_add (self->root, condition);
  conditions_changed (self);
}

CptFilter *
cpt_filter_bar_dup_filter (CptFilterBar *self)
{
  g_return_val_if_fail (CPT_IS_FILTER_BAR (self), NULL);

  return cpt_filter_node_to_filter (self->root, self->schema, self->entity);
}

void
cpt_filter_bar_set_recent (CptFilterBar *self,
                           const char   *text)
{
  g_autoptr(GPtrArray) filters = NULL;

  g_return_if_fail (CPT_IS_FILTER_BAR (self));

  filters = cpt_filter_recent_list (text, self->schema, self->entity);
  g_free (self->recent_text);
  self->recent_text = g_strdup (text);
  gtk_widget_set_visible (self->recent, filters->len > 0);
}

const char *
cpt_filter_bar_get_recent (CptFilterBar *self)
{
  g_return_val_if_fail (CPT_IS_FILTER_BAR (self), NULL);

  return self->recent_text;
}
