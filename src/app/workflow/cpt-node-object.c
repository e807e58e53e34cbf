/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings that take room: texts of several lines, the headers of a call as names and values, anything else
 * as JSON. */

#include "config.h"

#include <glib/gi18n.h>

#include "cpt-json.h"
#include "cpt-node-input-private.h"
#include "cpt-node-places.h"
#include "cpt-settings-dialog.h"

#define TEXT_HEIGHT 160
#define MARGIN 9

/* ----------------------------------------------------------------------- as a text */

static void
take_json (CptNodeInput *input)
{
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;

  g_object_get (input->part, "text", &text, NULL);
  g_strstrip (text);
  if (*text != '\0')
    node = cpt_json_parse (text, -1, &error);
  cpt_settings_dialog_show_message (input->more, error != NULL ? error->message : NULL);
  if (error == NULL)
    cpt_node_input_say (input, g_steal_pointer (&node));
}

static void
show_json (CptNodeInput *input)
{
  g_autofree char *text = input->value != NULL ? cpt_json_format_pretty (input->value) : NULL;

  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (input->part), text != NULL ? text : "", -1);
  cpt_settings_dialog_show_message (input->more, NULL);
}

static void
insert_cb (CptNodeInput *input,
           const char   *path)
{
  g_autofree char *place = cpt_node_places_format (path);

  gtk_text_buffer_delete_selection (GTK_TEXT_BUFFER (input->part), TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (input->part), place, -1);
}

static void
json_left_cb (CptNodeInput *input)
{
  cpt_node_input_flush (input);
}

static GtkWidget *
create_text (CptNodeInput *input,
             gboolean      is_code)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  input->part = (GtkWidget *) gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), is_code);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), MARGIN);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), MARGIN);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), MARGIN);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), MARGIN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _(input->setting->label), -1);
  g_signal_connect_object (input->part, "changed", G_CALLBACK (cpt_node_input_typed), input, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (json_left_cb), input, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (view, focus);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), TEXT_HEIGHT);
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (scroller, "card");
  input->more = cpt_settings_dialog_create_message ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _(input->setting->label));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group),
                                           cpt_node_places_create_button (input->context, G_CALLBACK (insert_cb), input));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), scroller);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), input->more);

  return group;
}

static GtkWidget *
create_json (CptNodeInput *input)
{
  return create_text (input, TRUE);
}

const CptNodeInputType cpt_node_json = {
  .create = create_json,
  .show = show_json,
  .take = take_json,
  .is_group = TRUE,
};

static GtkWidget *
create_long_text (CptNodeInput *input)
{
  return create_text (input, FALSE);
}

static void
show_long_text (CptNodeInput *input)
{
  const char *text = cpt_node_input_get_text (input);

  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (input->part), text != NULL ? text : "", -1);
}

static void
take_long_text (CptNodeInput *input)
{
  g_autofree char *text = NULL;

  g_object_get (input->part, "text", &text, NULL);
  cpt_node_input_say_text (input, text);
}

const CptNodeInputType cpt_node_long_text = {
  .create = create_long_text,
  .show = show_long_text,
  .take = take_long_text,
  .is_group = TRUE,
};

/* -------------------------------------------------------------- as names and values */

static GtkWidget *
get_row (CptNodeInput *input,
         guint         index)
{
  return (GtkWidget *) gtk_list_box_get_row_at_index (GTK_LIST_BOX (input->part), (int) index);
}

static const char *
get_text (GtkWidget *row,
          gboolean   is_value)
{
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)));

  return gtk_editable_get_text (GTK_EDITABLE (is_value ? gtk_widget_get_next_sibling (name) : name));
}

/* A line without a name says nothing yet. */
static void
take_headers (CptNodeInput *input)
{
  g_autoptr(JsonObject) object = json_object_new ();
  GtkWidget *row;

  for (guint i = 0; (row = get_row (input, i)) != NULL; i++)
    if (*get_text (row, FALSE) != '\0')
      json_object_set_string_member (object, get_text (row, FALSE), get_text (row, TRUE));
  cpt_node_input_say (input, json_object_get_size (object) > 0 ? json_node_init_object (json_node_alloc (), object) : NULL);
}

static void
remove_cb (CptNodeInput *input,
           GtkWidget    *button)
{
  gtk_list_box_remove (GTK_LIST_BOX (input->part), gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW));
  gtk_widget_set_visible (input->part, get_row (input, 0) != NULL);
  cpt_node_input_take (input);
  gtk_widget_grab_focus (input->more);
}

static GtkWidget *
create_line (CptNodeInput *input,
             const char   *label,
             const char   *text)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), label);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 6);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  cpt_node_input_watch_text (input, entry, GTK_EDITABLE (entry));

  return entry;
}

static GtkWidget *
append (CptNodeInput *input,
        const char   *name,
        const char   *value)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *entry = create_line (input, _("Name"), name);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Remove"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), input, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), create_line (input, _("Value"), value));
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_add_css_class (box, "node-line");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (input->part), row);
  gtk_widget_set_visible (input->part, TRUE);

  return entry;
}

static void
add_cb (CptNodeInput *input)
{
  gtk_widget_grab_focus (append (input, "", ""));
}

static void
show_headers (CptNodeInput *input)
{
  JsonObject *object = input->value != NULL && JSON_NODE_HOLDS_OBJECT (input->value) ? json_node_get_object (input->value) : NULL;
  g_autoptr(GList) names = object != NULL ? json_object_get_members (object) : NULL;
  GtkWidget *row;

  while ((row = get_row (input, 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (input->part), row);
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *value = cpt_json_dup_string (object, l->data);

      append (input, l->data, value != NULL ? value : "");
    }
  gtk_widget_set_visible (input->part, names != NULL);
}

static GtkWidget *
create_headers (CptNodeInput *input)
{
  GtkWidget *group = adw_preferences_group_new ();

  input->more = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_add_css_class (input->more, "flat");
  gtk_widget_set_tooltip_text (input->more, _("Add a Header"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (input->more), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add a Header"), -1);
  g_signal_connect_object (input->more, "clicked", G_CALLBACK (add_cb), input, G_CONNECT_SWAPPED);
  input->part = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (input->part), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (input->part, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (input->part), GTK_ACCESSIBLE_PROPERTY_LABEL, _(input->setting->label), -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _(input->setting->label));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), input->more);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), input->part);

  return group;
}

const CptNodeInputType cpt_node_headers = {
  .create = create_headers,
  .show = show_headers,
  .take = take_headers,
  .is_group = TRUE,
};
