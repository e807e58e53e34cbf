/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The choices of a field, one row each. */
#include "config.h"

#include "cpt-choice-list.h"

#include <glib/gi18n-lib.h>

#include "cpt-fields.h"
#include "cpt-order-list.h"

/* Colours of the palette; the first is none */
static const struct
{
  const char *name;
  const char *label;
} colours[] = {
  { NULL, NC_("colour", "No colour") },
  { "blue", NC_("colour", "Blue") },
  { "green", NC_("colour", "Green") },
  { "yellow", NC_("colour", "Yellow") },
  { "orange", NC_("colour", "Orange") },
  { "red", NC_("colour", "Red") },
  { "purple", NC_("colour", "Purple") },
  { "brown", NC_("colour", "Brown") },
  { "grey", NC_("colour", "Grey") },
};

/* What a row shows */
typedef struct
{
  char *name; /* (nullable): of one that was there before */
  guint colour;
  gboolean is_needed; /* it can't be removed */

  /* Borrowed from GTK */
  GtkWidget *row; /* AdwEntryRow */
  GtkWidget *button;
} Choice;

struct _CptChoiceList
{
  AdwBin parent_instance;

  GPtrArray *choices; /* (element-type Choice): their keys in the list are their indexes */
  gboolean is_fixed;  /* none can be added */

  /* Borrowed from GTK */
  CptOrderList *list;
};

G_DEFINE_FINAL_TYPE (CptChoiceList, cpt_choice_list, ADW_TYPE_BIN)

static void
choice_free (gpointer data)
{
  Choice *self = data;

  g_free (self->name);
  g_free (self);
}

/* Colours */

static GtkWidget *
create_dot (guint index)
{
  GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *css = g_strconcat ("colour-", colours[index].name, NULL);
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (dot, colours[index].name != NULL ? "board-dot" : "choice-no-dot");
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  if (colours[index].name != NULL)
    gtk_widget_add_css_class (frame, css);
  gtk_box_append (GTK_BOX (frame), dot);

  return frame;
}

static void
show_colour (Choice *choice)
{
  const char *label = g_dpgettext2 (NULL, "colour", colours[choice->colour].label);
  /* Translators: %s is the name of a colour */
  g_autofree char *name = g_strdup_printf (_("Colour: %s"), label);

  gtk_menu_button_set_child (GTK_MENU_BUTTON (choice->button), create_dot (choice->colour));
  gtk_widget_set_tooltip_text (choice->button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
colour_chosen_cb (GtkButton *button,
                  Choice    *choice)
{
  choice->colour = (guint) g_ascii_strtoull (gtk_widget_get_name (GTK_WIDGET (button)), NULL, 10);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (choice->button));
  show_colour (choice);
}

static GtkWidget *
create_colours (Choice *choice)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_grid_new ();

  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      const char *label = g_dpgettext2 (NULL, "colour", colours[i].label);
      g_autofree char *index = g_strdup_printf ("%u", i);
      GtkWidget *button = gtk_button_new ();

      gtk_widget_set_name (button, index);
      gtk_button_set_child (GTK_BUTTON (button), create_dot (i));
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_tooltip_text (button, label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      g_signal_connect (button, "clicked", G_CALLBACK (colour_chosen_cb), choice);
      gtk_grid_attach (GTK_GRID (box), button, (int) i % 3, (int) i / 3, 1, 1);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);

  return popover;
}

static guint
find_colour (const char *name)
{
  for (guint i = 1; i < G_N_ELEMENTS (colours); i++)
    if (g_strcmp0 (colours[i].name, name) == 0)
      return i;

  return 0;
}

/* Rows */

static void show_rows (CptChoiceList *self,
                       GPtrArray *choices,
                       guint focus);

static Choice *
choice_new (const char *name,
            guint       colour,
            gboolean    is_needed)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->name = g_strdup (name);
  choice->colour = colour;
  choice->is_needed = is_needed;

  return choice;
}

static Choice *
get_choice (CptChoiceList *self,
            const char    *key)
{
  return g_ptr_array_index (self->choices, g_ascii_strtoull (key, NULL, 10));
}

/* As they stand in the list, without the one at the row @without; what is shown
 * stays until it is replaced */
static GPtrArray *
list_choices (CptChoiceList *self,
              GStrvBuilder  *labels,
              guint          without)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func (choice_free);

  for (guint i = 0; i < cpt_order_list_get_length (self->list); i++)
    {
      const Choice *choice = get_choice (self, cpt_order_list_get_key (self->list, i));

      if (i == without)
        continue;
      g_ptr_array_add (choices, choice_new (choice->name, choice->colour, choice->is_needed));
      g_strv_builder_add (labels, gtk_editable_get_text (GTK_EDITABLE (choice->row)));
    }

  return choices;
}

static void
set_labels (CptChoiceList *self,
            GStrvBuilder  *builder)
{
  g_auto(GStrv) labels = g_strv_builder_end (builder);

  for (guint i = 0; labels[i] != NULL; i++)
    gtk_editable_set_text (GTK_EDITABLE (((Choice *) g_ptr_array_index (self->choices, i))->row), labels[i]);
}

static void
remove_choice (CptChoiceList *self,
               const char    *key)
{
  g_autoptr(GStrvBuilder) labels = g_strv_builder_new ();
  guint row = 0;

  if (get_choice (self, key)->is_needed)
    return;

  while (g_strcmp0 (cpt_order_list_get_key (self->list, row), key) != 0)
    row++;
  show_rows (self, list_choices (self, labels, row), row);
  set_labels (self, labels);
}

static void
removed_cb (CptOrderList  *list,
            const char    *key,
            CptChoiceList *self)
{
  remove_choice (self, key);
}

static void
remove_clicked_cb (GtkButton     *button,
                   CptChoiceList *self)
{
  g_autofree char *key = g_strdup (gtk_widget_get_name (GTK_WIDGET (button)));

  remove_choice (self, key);
}

static void
added_cb (CptChoiceList *self)
{
  g_autoptr(GStrvBuilder) labels = g_strv_builder_new ();
  GPtrArray *choices = list_choices (self, labels, G_MAXUINT);

  g_ptr_array_add (choices, choice_new (NULL, 0, FALSE));
  show_rows (self, choices, choices->len - 1);
  set_labels (self, labels);
}

static void
add_row (CptChoiceList *self,
         Choice        *choice,
         const char    *key)
{
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");

  choice->row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (choice->row), C_("choices", "Choice"));

  choice->button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (choice->button), create_colours (choice));
  gtk_widget_add_css_class (choice->button, "flat");
  gtk_widget_set_valign (choice->button, GTK_ALIGN_CENTER);
  show_colour (choice);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (choice->row), choice->button);

  gtk_widget_set_name (remove, key);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (remove, choice->is_needed ? _("Comptoir needs this choice") : _("Remove the Choice"));
  gtk_widget_set_sensitive (remove, !choice->is_needed);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_clicked_cb), self, 0);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (choice->row), remove);
  cpt_order_list_append (self->list, choice->row, key);
}

/* Takes @choices; the one at @focus, or the last one, gets the keyboard, the row
 * that adds one when there is none; nobody with G_MAXUINT */
static void
show_rows (CptChoiceList *self,
           GPtrArray     *choices,
           guint          focus)
{
  GtkWidget *list = cpt_order_list_new (_("Choices"));
  GtkWidget *add = adw_action_row_new ();

  /* The rows that were there go first: they point into what was shown. */
  adw_bin_set_child (ADW_BIN (self), list);
  self->list = CPT_ORDER_LIST (list);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  self->choices = choices;
  for (guint i = 0; i < choices->len; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      add_row (self, g_ptr_array_index (choices, i), key);
    }

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (add), _("Add a Choice"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (add), TRUE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (add), gtk_image_new_from_icon_name ("list-add-symbolic"));
  g_signal_connect_object (add, "activated", G_CALLBACK (added_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (add, !self->is_fixed);
  cpt_order_list_append (self->list, add, NULL);
  g_signal_connect_object (list, "removed", G_CALLBACK (removed_cb), self, 0);

  if (focus == G_MAXUINT)
    return;
  if (choices->len == 0)
    gtk_widget_grab_focus (add);
  else
    gtk_widget_grab_focus (((Choice *) g_ptr_array_index (choices, MIN (focus, choices->len - 1)))->row);
}

/* The object */

static void
cpt_choice_list_finalize (GObject *object)
{
  g_clear_pointer (&CPT_CHOICE_LIST (object)->choices, g_ptr_array_unref);

  G_OBJECT_CLASS (cpt_choice_list_parent_class)->finalize (object);
}

static void
cpt_choice_list_class_init (CptChoiceListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_choice_list_finalize;
}

static void
cpt_choice_list_init (CptChoiceList *self)
{
  show_rows (self, g_ptr_array_new_with_free_func (choice_free), G_MAXUINT);
}

GtkWidget *
cpt_choice_list_new (void)
{
  return g_object_new (CPT_TYPE_CHOICE_LIST, NULL);
}

void
cpt_choice_list_set_choices (CptChoiceList   *self,
                             const CptChoice *choices)
{
  g_autoptr(GStrvBuilder) labels = g_strv_builder_new ();
  GPtrArray *shown = g_ptr_array_new_with_free_func (choice_free);

  g_return_if_fail (CPT_IS_CHOICE_LIST (self));

  for (const CptChoice *choice = choices; choice != NULL && choice->name != NULL; choice++)
    {
      g_ptr_array_add (shown, choice_new (choice->name, find_colour (choice->colour), choice->is_needed));
      g_strv_builder_add (labels, cpt_choice_get_label (choice));
    }
  show_rows (self, shown, G_MAXUINT);
  set_labels (self, labels);
}

void
cpt_choice_list_set_fixed (CptChoiceList *self)
{
  g_return_if_fail (CPT_IS_CHOICE_LIST (self));

  self->is_fixed = TRUE;
}

JsonArray *
cpt_choice_list_to_json (CptChoiceList *self)
{
  g_autoptr(GPtrArray) taken = g_ptr_array_new_with_free_func (g_free);
  JsonArray *array = json_array_new ();

  g_return_val_if_fail (CPT_IS_CHOICE_LIST (self), array);

  for (guint i = 0; i < self->choices->len; i++)
    g_ptr_array_add (taken, g_strdup (((Choice *) g_ptr_array_index (self->choices, i))->name != NULL
                                        ? ((Choice *) g_ptr_array_index (self->choices, i))->name
                                        : ""));

  for (guint i = 0; i < cpt_order_list_get_length (self->list); i++)
    {
      const Choice *choice = get_choice (self, cpt_order_list_get_key (self->list, i));
      g_autofree char *label = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (choice->row))));
      JsonObject *object;

      if (*label == '\0')
        continue;
      object = json_object_new ();
      if (choice->name == NULL)
        g_ptr_array_add (taken, cpt_fields_dup_choice_name (label, taken));
      json_object_set_string_member (object, "name",
                                     choice->name != NULL ? choice->name : g_ptr_array_index (taken, taken->len - 1));
      json_object_set_string_member (object, "label", label);
      if (colours[choice->colour].name != NULL)
        json_object_set_string_member (object, "colour", colours[choice->colour].name);
      json_array_add_object_element (array, object);
    }

  return array;
}
