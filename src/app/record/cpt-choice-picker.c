/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Choosing by typing: the first letters of a word of a choice are enough, and
 * accents don't matter. All choices are there until something is typed.
 */

#include "config.h"

#include "cpt-choice-picker.h"

#include <glib/gi18n.h>

#include "cpt-match.h"

struct _CptChoicePicker
{
  GtkPopover parent_instance;

  const CptField *field;
  GtkWidget *entry; /* borrowed from the popover */
  GtkListBox *list; /* likewise */
  guint first;      /* row of the first choice: 1 below "None" */
  char **words;     /* (nullable): folded: what is looked for */
};

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptChoicePicker, cpt_choice_picker, GTK_TYPE_POPOVER)

static const char *
get_label (CptChoicePicker *self,
           guint            index)
{
  return index < self->first ? C_("choice", "None") : cpt_choice_get_label (&self->field->choices[index - self->first]);
}

static gboolean
is_found (CptChoicePicker *self,
          guint            index)
{
  guint n_words = self->words != NULL ? g_strv_length (self->words) : 0;

  return n_words == 0 ||
         cpt_match_words (get_label (self, index), (const char *const *) self->words, NULL) == (1u << n_words) - 1;
}

static gboolean
filter_row (GtkListBoxRow *row,
            gpointer       user_data)
{
  return is_found (user_data, (guint) gtk_list_box_row_get_index (row));
}

/* The next row that is shown, from @index in @direction; NULL behind the last one */
static GtkListBoxRow *
find_shown (CptChoicePicker *self,
            int              index,
            int              direction)
{
  GtkListBoxRow *row;

  for (int i = index; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL && i >= 0; i += direction)
    if (is_found (self, (guint) i))
      return row;

  return NULL;
}

static void
search_changed_cb (CptChoicePicker *self)
{
  g_strfreev (self->words);
  self->words = cpt_match_split (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_select_row (self->list, find_shown (self, 0, 1));
}

static void
pick_row (CptChoicePicker *self,
          GtkListBoxRow   *row)
{
  guint index = (guint) gtk_list_box_row_get_index (row);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[PICKED], 0, index < self->first ? NULL : self->field->choices[index - self->first].name);
}

gboolean
cpt_choice_picker_pick (CptChoicePicker *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (CPT_IS_CHOICE_PICKER (self), FALSE);

  row = gtk_list_box_get_selected_row (self->list);
  if (row == NULL)
    return FALSE;

  pick_row (self, row);

  return TRUE;
}

/* Up and Down walk through the list while the entry keeps the focus. */
static gboolean
key_pressed_cb (CptChoicePicker *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  int direction = key == GDK_KEY_Down || key == GDK_KEY_KP_Down ? 1 : -1;
  GtkListBoxRow *next;

  if (direction < 0 && key != GDK_KEY_Up && key != GDK_KEY_KP_Up)
    return GDK_EVENT_PROPAGATE;

  next = find_shown (self, selected != NULL ? gtk_list_box_row_get_index (selected) + direction : 0, direction);
  if (next != NULL)
    gtk_list_box_select_row (self->list, next);

  return GDK_EVENT_STOP;
}

static void
cpt_choice_picker_show (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cpt_choice_picker_parent_class)->show (widget);
  gtk_widget_grab_focus (CPT_CHOICE_PICKER (widget)->entry);
}

static void
cpt_choice_picker_finalize (GObject *object)
{
  g_strfreev (CPT_CHOICE_PICKER (object)->words);

  G_OBJECT_CLASS (cpt_choice_picker_parent_class)->finalize (object);
}

static void
cpt_choice_picker_class_init (CptChoicePickerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_choice_picker_finalize;
  GTK_WIDGET_CLASS (klass)->show = cpt_choice_picker_show;

  /**
   * CptChoicePicker::picked:
   * @name: (nullable): of the choice
   */
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cpt_choice_picker_init (CptChoicePicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *placeholder = gtk_label_new (_("Nothing found"));
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->entry), 0);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (search_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (gtk_popover_popdown), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (cpt_choice_picker_pick), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, keys);

  gtk_widget_add_css_class (placeholder, "dim-label");
  gtk_widget_set_margin_top (placeholder, 12);
  gtk_widget_set_margin_bottom (placeholder, 12);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_list_box_set_placeholder (self->list, placeholder);
  gtk_list_box_set_filter_func (self->list, filter_row, self, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (pick_row), self, G_CONNECT_SWAPPED);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));

  gtk_widget_set_size_request (box, 220, -1);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_popover_set_child (GTK_POPOVER (self), box);
}

static void
add_row (CptChoicePicker *self,
         guint            index,
         gboolean         is_chosen)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (get_label (self, index));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, get_label (self, index), -1);
  gtk_list_box_append (self->list, row);
  if (is_chosen)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
}

GtkWidget *
cpt_choice_picker_new (const CptField *field,
                       const CptValue *value)
{
  CptChoicePicker *self;
  const char *chosen;

  g_return_val_if_fail (field != NULL && field->choices != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  self = g_object_new (CPT_TYPE_CHOICE_PICKER, NULL);
  self->field = field;
  self->first = field->flags & CPT_FIELD_REQUIRED ? 0 : 1;
  chosen = value->type == CPT_VALUE_TEXT ? value->text : NULL;
  if (self->first > 0)
    add_row (self, 0, chosen == NULL);
  for (guint i = 0; field->choices[i].name != NULL; i++)
    add_row (self, i + self->first, g_strcmp0 (field->choices[i].name, chosen) == 0);
  g_object_set (self->entry, "placeholder-text", cpt_field_get_label (field), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  cpt_field_get_label (field), -1);

  return GTK_WIDGET (self);
}

void
cpt_choice_picker_set_text (CptChoicePicker *self,
                            const char      *text)
{
  g_return_if_fail (CPT_IS_CHOICE_PICKER (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}
