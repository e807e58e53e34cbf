/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that are put in order by dragging and by keys. The list moves the row at
 * once and tells afterwards; whoever keeps the order shows the rows anew when
 * it is stored. */
#include "config.h"

#include "cpt-order-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-drag-source.h"

struct _CptOrderList
{
  AdwBin parent_instance;

  char *name;       /* (nullable) */
  GHashTable *keys; /* of the rows that have one */
  GtkListBox *rows; /* borrowed from GTK */
  gboolean is_fixed;
  gboolean is_removable;
  gboolean is_shared;
};

G_DEFINE_FINAL_TYPE (CptOrderList, cpt_order_list, ADW_TYPE_BIN)

enum
{
  MOVED,
  ACTIVATED,
  REMOVED,
  TAKEN,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_key (CptOrderList *self,
         gpointer      row)
{
  return row != NULL ? g_hash_table_lookup (self->keys, row) : NULL;
}

static GtkListBoxRow *
get_row (CptOrderList *self,
         guint         index)
{
  return gtk_list_box_get_row_at_index (self->rows, (int) index);
}

/* (nullable): also when the keyboard is at a button in it */
static GtkListBoxRow *
get_focused_row (CptOrderList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->rows)))
    return NULL;
  if (!GTK_IS_LIST_BOX_ROW (focus))
    focus = gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW);

  return focus != NULL ? GTK_LIST_BOX_ROW (focus) : NULL;
}

static gboolean
move_row (CptOrderList  *self,
          GtkListBoxRow *row,
          int            to)
{
  int from = gtk_list_box_row_get_index (row);

  if (self->is_fixed || to < 0 || to == from || (guint) to >= cpt_order_list_get_length (self))
    return FALSE;

  g_object_ref (row);
  gtk_list_box_remove (self->rows, GTK_WIDGET (row));
  gtk_list_box_insert (self->rows, GTK_WIDGET (row), to);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  g_object_unref (row);
  g_signal_emit (self, signals[MOVED], 0, (guint) from, (guint) to);

  return TRUE;
}

static gboolean
key_moved_cb (GtkWidget *widget,
              GVariant  *arguments,
              gpointer   user_data)
{
  CptOrderList *self = CPT_ORDER_LIST (widget);
  GtkListBoxRow *row = get_focused_row (self);
  int direction = g_variant_get_int32 (arguments);

  if (self->is_fixed || get_key (self, row) == NULL)
    return GDK_EVENT_PROPAGATE;

  if (!move_row (self, row, gtk_list_box_row_get_index (row) + direction) && self->is_shared)
    g_signal_emit (self, signals[LEFT], 0, get_key (self, row), direction);

  return GDK_EVENT_STOP;
}

static gboolean
key_removed_cb (GtkWidget *widget,
                GVariant  *arguments,
                gpointer   user_data)
{
  CptOrderList *self = CPT_ORDER_LIST (widget);
  GtkListBoxRow *row = get_focused_row (self);
  const char *key = get_key (self, row);

  /* Not out of an entry in the row */
  if (key == NULL || !gtk_widget_has_focus (GTK_WIDGET (row)))
    return GDK_EVENT_PROPAGATE;

  g_signal_emit (self, signals[REMOVED], 0, key);

  return GDK_EVENT_STOP;
}

static void
remove_clicked_cb (CptOrderList *self,
                   GtkButton    *button)
{
  const char *key = get_key (self, gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW));

  if (key != NULL)
    g_signal_emit (self, signals[REMOVED], 0, key);
}

static void
row_activated_cb (CptOrderList  *self,
                  GtkListBoxRow *row)
{
  if (get_key (self, row) != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, get_key (self, row));
}

/* Dragging */

/* Above the row at @y, or below it in its lower half */
static guint
find_gap (CptOrderList *self,
          double        y)
{
  GtkListBoxRow *at = gtk_list_box_get_row_at_y (self->rows, (int) y);
  graphene_rect_t bounds;

  if (get_key (self, at) == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (at), GTK_WIDGET (self->rows), &bounds))
    return cpt_order_list_get_length (self);

  return (guint) gtk_list_box_row_get_index (at) + (y > bounds.origin.y + bounds.size.height / 2 ? 1 : 0);
}

static gboolean
take_row (CptOrderList  *self,
          GtkListBoxRow *row,
          double         y)
{
  GtkWidget *from = gtk_widget_get_ancestor (GTK_WIDGET (row), CPT_TYPE_ORDER_LIST);
  const char *key = from != NULL ? get_key (CPT_ORDER_LIST (from), row) : NULL;

  if (key == NULL || !self->is_shared || self->is_fixed || !CPT_ORDER_LIST (from)->is_shared)
    return FALSE;

  g_signal_emit (self, signals[TAKEN], 0, key, find_gap (self, y));

  return TRUE;
}

static gboolean
dropped_cb (GtkDropTarget *target,
            const GValue  *value,
            double         x,
            double         y,
            CptOrderList  *self)
{
  GtkListBoxRow *row = g_value_get_object (value);
  GtkListBoxRow *at = gtk_list_box_get_row_at_y (self->rows, (int) y);
  int last = (int) cpt_order_list_get_length (self) - 1;

  if (row == NULL)
    return FALSE;
  if (gtk_widget_get_parent (GTK_WIDGET (row)) != GTK_WIDGET (self->rows))
    return take_row (self, row, y);

  return move_row (self, row, get_key (self, at) != NULL ? gtk_list_box_row_get_index (at) : last);
}

static void
add_handle (GtkWidget *row)
{
  if (!cpt_drag_source_is_possible (row))
    return;

  cpt_drag_source_add_moving (row, GTK_TYPE_LIST_BOX_ROW);
  if (ADW_IS_ACTION_ROW (row))
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), cpt_drag_handle_new ());
  else if (ADW_IS_ENTRY_ROW (row))
    adw_entry_row_add_prefix (ADW_ENTRY_ROW (row), cpt_drag_handle_new ());
}

static void
add_remove_button (CptOrderList *self,
                   GtkWidget    *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: %s is what the row of a list is about */
  g_autofree char *label = g_strdup_printf (_("Delete “%s”"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Delete"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* The object */

static void
add_key (GtkEventController *keys,
         guint               key,
         GdkModifierType     modifiers,
         GtkShortcutFunc     callback,
         int                 direction)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                                            gtk_callback_action_new (callback, NULL, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (direction));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
}

/* Before the list box, for which Ctrl and an arrow move the keyboard alone */
static void
add_keys (CptOrderList *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_key (keys, GDK_KEY_Up, GDK_CONTROL_MASK, key_moved_cb, -1);
  add_key (keys, GDK_KEY_KP_Up, GDK_CONTROL_MASK, key_moved_cb, -1);
  add_key (keys, GDK_KEY_Down, GDK_CONTROL_MASK, key_moved_cb, 1);
  add_key (keys, GDK_KEY_KP_Down, GDK_CONTROL_MASK, key_moved_cb, 1);
  add_key (keys, GDK_KEY_Delete, 0, key_removed_cb, 0);
  add_key (keys, GDK_KEY_KP_Delete, 0, key_removed_cb, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
cpt_order_list_finalize (GObject *object)
{
  CptOrderList *self = CPT_ORDER_LIST (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->keys, g_hash_table_unref);

  G_OBJECT_CLASS (cpt_order_list_parent_class)->finalize (object);
}

static void
cpt_order_list_class_init (CptOrderListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_order_list_finalize;

  signals[MOVED] = g_signal_new ("moved", CPT_TYPE_ORDER_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 G_TYPE_UINT, G_TYPE_UINT);
  signals[ACTIVATED] = g_signal_new ("activated", CPT_TYPE_ORDER_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REMOVED] = g_signal_new ("removed", CPT_TYPE_ORDER_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TAKEN] = g_signal_new ("taken", CPT_TYPE_ORDER_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 G_TYPE_STRING, G_TYPE_UINT);
  signals[LEFT] = g_signal_new ("left", CPT_TYPE_ORDER_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_STRING, G_TYPE_INT);
}

static void
cpt_order_list_init (CptOrderList *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GTK_TYPE_LIST_BOX_ROW, GDK_ACTION_MOVE);

  self->keys = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->rows = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->rows, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->rows), "boxed-list");
  g_signal_connect_object (self->rows, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->rows), GTK_EVENT_CONTROLLER (target));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->rows));
  add_keys (self);
}

GtkWidget *
cpt_order_list_new (const char *label)
{
  CptOrderList *self = g_object_new (CPT_TYPE_ORDER_LIST, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return GTK_WIDGET (self);
}

void
cpt_order_list_set_fixed (CptOrderList *self)
{
  g_return_if_fail (CPT_IS_ORDER_LIST (self));

  self->is_fixed = TRUE;
}

void
cpt_order_list_set_shared (CptOrderList *self)
{
  g_return_if_fail (CPT_IS_ORDER_LIST (self));

  self->is_shared = TRUE;
}

void
cpt_order_list_set_removable (CptOrderList *self)
{
  g_return_if_fail (CPT_IS_ORDER_LIST (self));

  self->is_removable = TRUE;
}

void
cpt_order_list_append (CptOrderList *self,
                       GtkWidget    *row,
                       const char   *key)
{
  g_return_if_fail (CPT_IS_ORDER_LIST (self));
  g_return_if_fail (GTK_IS_LIST_BOX_ROW (row));

  if (key != NULL)
    {
      g_hash_table_insert (self->keys, row, g_strdup (key));
      if (!self->is_fixed)
        add_handle (row);
      if (self->is_removable && ADW_IS_ACTION_ROW (row))
        add_remove_button (self, row);
    }
  gtk_list_box_append (self->rows, row);
}

void
cpt_order_list_set_name (CptOrderList *self,
                         const char   *name)
{
  g_return_if_fail (CPT_IS_ORDER_LIST (self));

  g_free (self->name);
  self->name = g_strdup (name);
}

const char *
cpt_order_list_get_name (CptOrderList *self)
{
  g_return_val_if_fail (CPT_IS_ORDER_LIST (self), NULL);

  return self->name;
}

guint
cpt_order_list_get_length (CptOrderList *self)
{
  guint length = 0;

  g_return_val_if_fail (CPT_IS_ORDER_LIST (self), 0);

  while (get_key (self, get_row (self, length)) != NULL)
    length++;

  return length;
}

const char *
cpt_order_list_get_key (CptOrderList *self,
                        guint         index)
{
  g_return_val_if_fail (CPT_IS_ORDER_LIST (self), NULL);

  return get_key (self, get_row (self, index));
}

/* Counts what can have the keyboard in @widget, and stops at @wanted or at the
 * @nth: returns it, or NULL */
static GtkWidget *
find_inside (GtkWidget *widget,
             GtkWidget *wanted,
             guint      nth,
             guint     *n_found)
{
  GtkWidget *found = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_get_focusable (child) && (++*n_found == nth || child == wanted))
        return child;
      found = find_inside (child, wanted, nth, n_found);
    }

  return found;
}

char *
cpt_order_list_dup_focus (CptOrderList *self)
{
  GtkListBoxRow *row;
  const char *key;
  guint n_found = 0;
  int index;

  g_return_val_if_fail (CPT_IS_ORDER_LIST (self), NULL);

  row = get_focused_row (self);
  if (row == NULL)
    return NULL;
  key = get_key (self, row);
  index = gtk_list_box_row_get_index (row);
  if (gtk_widget_has_focus (GTK_WIDGET (row)) ||
      find_inside (GTK_WIDGET (row), gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))), 0, &n_found) == NULL)
    return g_strdup_printf ("%d %s", index, key != NULL ? key : "");

  return g_strdup_printf ("%d %s/%u", index, key != NULL ? key : "", n_found);
}

gboolean
cpt_order_list_focus (CptOrderList *self,
                      const char   *where)
{
  const char *key = strchr (where, ' ');
  g_auto(GStrv) parts = g_strsplit (key != NULL ? key + 1 : where, "/", 2);
  guint64 nth = 0;
  guint n_found = 0;

  g_return_val_if_fail (CPT_IS_ORDER_LIST (self), FALSE);

  if (parts[0] == NULL)
    return FALSE;
  if (parts[1] != NULL)
    g_ascii_string_to_unsigned (parts[1], 10, 1, G_MAXUINT, &nth, NULL);
  for (guint i = 0; get_row (self, i) != NULL; i++)
    if (g_strcmp0 (get_key (self, get_row (self, i)), parts[0]) == 0)
      {
        GtkWidget *row = GTK_WIDGET (get_row (self, i));
        GtkWidget *inside = nth > 0 ? find_inside (row, NULL, (guint) nth, &n_found) : NULL;

        return gtk_widget_grab_focus (inside != NULL ? inside : row);
      }

  return FALSE;
}

gboolean
cpt_order_list_focus_near (CptOrderList *self,
                           const char   *where)
{
  guint64 index;
  GtkListBoxRow *row;

  g_return_val_if_fail (CPT_IS_ORDER_LIST (self), FALSE);

  index = g_ascii_strtoull (where, NULL, 10);
  row = index < G_MAXINT ? get_row (self, (guint) index) : NULL;
  if (row == NULL)
    row = GTK_LIST_BOX_ROW (gtk_widget_get_last_child (GTK_WIDGET (self->rows)));

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}
