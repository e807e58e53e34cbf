/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor of a field over a cell. The row is the one that the page of the
 * record has; here are only the keys: Enter, Tab and Escape in what is one line,
 * Ctrl+Enter everywhere. Leaving it takes what was typed. */
#include "config.h"
#include "cpt-cell-editor.h"

#include <glib/gi18n-lib.h>

#include "cpt-field-editor.h"

struct _CptCellEditor
{
  AdwBin parent_instance;

  CptFieldEditor *editor;
  gboolean is_begun;
  guint left_source;
};

G_DEFINE_FINAL_TYPE (CptCellEditor, cpt_cell_editor, ADW_TYPE_BIN)

enum
{
  DONE,
  CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

gboolean
cpt_cell_editor_flush (CptCellEditor *self)
{
  const CptField *field;

  g_return_val_if_fail (CPT_IS_CELL_EDITOR (self), FALSE);

  if (!cpt_field_editor_flush (self->editor))
    return FALSE;

  field = cpt_field_editor_get_field (self->editor);
  if ((field->flags & CPT_FIELD_REQUIRED) == 0 || !cpt_value_is_null (cpt_field_editor_get_value (self->editor)))
    return TRUE;

  cpt_field_editor_set_error (self->editor, _("This can’t be empty."));

  return FALSE;
}

static void
finish (CptCellEditor *self,
        CptCellStep    step)
{
  if (!cpt_cell_editor_flush (self))
    return;

  self->is_begun = FALSE;
  g_signal_emit (self, signals[DONE], 0, (guint) step);
}

static void
cancel (CptCellEditor *self)
{
  self->is_begun = FALSE;
  g_signal_emit (self, signals[CANCELLED], 0);
}

/* Whether Enter and Tab are for the cell: in one line of text */
static gboolean
is_one_line (CptCellEditor *self)
{
  return ADW_IS_ENTRY_ROW (cpt_field_editor_get_row (self->editor));
}

static gboolean
handle_tab (CptCellEditor *self,
            gboolean       backwards)
{
  CptCellStep step = backwards ? CPT_CELL_PREVIOUS : CPT_CELL_NEXT;

  if (!is_one_line (self) &&
      gtk_widget_child_focus (GTK_WIDGET (self), backwards ? GTK_DIR_TAB_BACKWARD : GTK_DIR_TAB_FORWARD))
    return GDK_EVENT_STOP;

  finish (self, step);

  return GDK_EVENT_STOP;
}

static gboolean
is_in_popover (CptCellEditor *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        modifiers,
                CptCellEditor         *self)
{
  gboolean control = (modifiers & GDK_CONTROL_MASK) != 0;
  gboolean is_enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter;

  /* A calendar or a search that it opened has keys of its own. */
  if (is_in_popover (self))
    return GDK_EVENT_PROPAGATE;

  if (is_enter && (is_one_line (self) || control))
    finish (self, (modifiers & GDK_SHIFT_MASK) != 0 || control ? CPT_CELL_STAY : CPT_CELL_DOWN);
  else if (!control && (key == GDK_KEY_Tab || key == GDK_KEY_KP_Tab || key == GDK_KEY_ISO_Left_Tab))
    return handle_tab (self, key == GDK_KEY_ISO_Left_Tab || (modifiers & GDK_SHIFT_MASK) != 0);
  else if (key == GDK_KEY_Escape)
    cancel (self);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

/* The focus may only have gone to another window. */
static gboolean
left_idle_cb (gpointer user_data)
{
  CptCellEditor *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  self->left_source = 0;
  if (self->is_begun && focus != NULL && focus != GTK_WIDGET (self) && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    finish (self, CPT_CELL_STAY);

  return G_SOURCE_REMOVE;
}

static void
left_cb (CptCellEditor *self)
{
  if (self->left_source == 0)
    self->left_source = g_idle_add (left_idle_cb, self);
}

static void
cpt_cell_editor_dispose (GObject *object)
{
  CptCellEditor *self = CPT_CELL_EDITOR (object);

  self->is_begun = FALSE;
  g_clear_handle_id (&self->left_source, g_source_remove);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->editor);

  G_OBJECT_CLASS (cpt_cell_editor_parent_class)->dispose (object);
}

static void
cpt_cell_editor_class_init (CptCellEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_cell_editor_dispose;

  signals[DONE] = g_signal_new ("done", CPT_TYPE_CELL_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[CANCELLED] = g_signal_new ("cancelled", CPT_TYPE_CELL_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cpt_cell_editor_init (CptCellEditor *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_css_class (GTK_WIDGET (self), "cell-editor");
}

GtkWidget *
cpt_cell_editor_new (CptStore       *store,
                     CptSchema      *schema,
                     const CptField *field,
                     const CptValue *value)
{
  CptCellEditor *self = g_object_new (CPT_TYPE_CELL_EDITOR, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  self->editor = cpt_field_editor_new (store, schema, field);
  cpt_field_editor_set_value (self->editor, value);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_append (GTK_LIST_BOX (list), cpt_field_editor_get_row (self->editor));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  adw_bin_set_child (ADW_BIN (self), scroller);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, cpt_field_get_label (field), -1);

  return GTK_WIDGET (self);
}

void
cpt_cell_editor_begin (CptCellEditor *self,
                       const char    *text)
{
  GtkWidget *row;

  g_return_if_fail (CPT_IS_CELL_EDITOR (self));

  row = cpt_field_editor_get_row (self->editor);
  self->is_begun = TRUE;
  if (ADW_IS_EXPANDER_ROW (row))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  if (!is_one_line (self))
    {
      gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
      return;
    }

  gtk_widget_grab_focus (row);
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_editable_select_region (GTK_EDITABLE (row), text != NULL ? -1 : 0, -1);
}

const CptValue *
cpt_cell_editor_get_value (CptCellEditor *self)
{
  g_return_val_if_fail (CPT_IS_CELL_EDITOR (self), NULL);

  return cpt_field_editor_get_value (self->editor);
}

void
cpt_cell_editor_set_value (CptCellEditor  *self,
                           const CptValue *value)
{
  g_return_if_fail (CPT_IS_CELL_EDITOR (self));

  cpt_field_editor_set_value (self->editor, value);
}

void
cpt_cell_editor_set_error (CptCellEditor *self,
                           const char    *message)
{
  g_return_if_fail (CPT_IS_CELL_EDITOR (self));

  cpt_field_editor_set_error (self->editor, message);
}
