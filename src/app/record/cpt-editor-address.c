/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A postal address: one value with parts, shown in one line, edited part by
 * part.
 */

#include "config.h"

#include "cpt-field-editor-private.h"

#include <glib/gi18n.h>

#include "cpt-country.h"
#include "cpt-json.h"

static const struct
{
  const char *member;
  const char *label;
} address_parts[] = {
  { "street", N_("Street") },
  { "complement", N_("Building, floor") },
  { "postcode", N_("Postcode") },
  { "city", N_("City") },
  { "region", N_("Region") },
  { "country", N_("Country") },
};

static JsonObject *
parse_value (CptFieldEditor *editor)
{
  g_autoptr(JsonNode) node = NULL;

  if (editor->value.type == CPT_VALUE_TEXT)
    node = cpt_json_parse (editor->value.text, -1, NULL);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return json_object_new ();

  return json_node_dup_object (node);
}

/* What stands in a part; countries by code */
static const char *
get_part_text (CptFieldEditor *editor,
               guint           i)
{
  const char *text = gtk_editable_get_text (g_ptr_array_index (editor->parts, i));
  const char *country = g_str_equal (address_parts[i].member, "country") ? cpt_country_find (text) : NULL;

  return country != NULL ? country : text;
}

static gboolean
is_address_typing (CptFieldEditor *editor)
{
  g_autoptr(JsonObject) address = parse_value (editor);

  for (guint i = 0; i < G_N_ELEMENTS (address_parts); i++)
    {
      const char *part = json_object_get_string_member_with_default (address, address_parts[i].member, "");

      if (g_strcmp0 (get_part_text (editor, i), part) != 0)
        return TRUE;
    }

  return FALSE;
}

/* Members that this version does not know stay as they are. */
static gboolean
take_address (CptFieldEditor *editor)
{
  g_autoptr(JsonObject) address = parse_value (editor);
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  if (!is_address_typing (editor))
    {
      cpt_field_editor_set_error (editor, NULL);
      return TRUE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (address_parts); i++)
    if (*get_part_text (editor, i) != '\0')
      json_object_set_string_member (address, address_parts[i].member, get_part_text (editor, i));
    else
      json_object_remove_member (address, address_parts[i].member);

  if (json_object_get_size (address) == 0)
    return cpt_field_editor_take_text (editor, "");

  json_node_set_object (node, address);
  text = cpt_json_format (node);

  return cpt_field_editor_take_text (editor, text);
}

static void
part_left_cb (GtkEventControllerFocus *controller,
              CptFieldEditor          *editor)
{
  if (!editor->is_showing && !editor->is_read_only)
    take_address (editor);
}

static void
part_activated_cb (CptFieldEditor *editor)
{
  if (!editor->is_read_only)
    take_address (editor);
}

static void
show_address (CptFieldEditor *editor)
{
  g_autoptr(JsonObject) address = parse_value (editor);
  g_autofree char *line = cpt_field_format_local (editor->field, &editor->value, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (address_parts); i++)
    {
      const char *text = json_object_get_string_member_with_default (address, address_parts[i].member, "");
      const char *country = g_str_equal (address_parts[i].member, "country") ? cpt_country_get_name (text) : NULL;

      gtk_editable_set_text (g_ptr_array_index (editor->parts, i), country != NULL ? country : text);
    }

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (editor->row), *line != '\0' ? line : C_("address", "None"));
}

static GtkWidget *
create_address (CptFieldEditor *editor)
{
  GtkWidget *row = adw_expander_row_new ();

  gtk_widget_add_css_class (row, "property");
  editor->parts = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (address_parts); i++)
    {
      GtkWidget *line = adw_entry_row_new ();
      GtkEventController *focus = gtk_event_controller_focus_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), _(address_parts[i].label));
      g_signal_connect_object (focus, "leave", G_CALLBACK (part_left_cb), editor, 0);
      g_signal_connect_object (line, "entry-activated", G_CALLBACK (part_activated_cb), editor, G_CONNECT_SWAPPED);
      gtk_widget_add_controller (line, focus);
      cpt_field_editor_add_escape (editor, line);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), line);
      g_ptr_array_add (editor->parts, line);
    }

  return row;
}

static void
set_address_read_only (CptFieldEditor *editor,
                       gboolean        read_only)
{
  for (guint i = 0; i < editor->parts->len; i++)
    gtk_editable_set_editable (g_ptr_array_index (editor->parts, i), !read_only);
}

const CptEditorType cpt_editor_address = {
  .create = create_address,
  .show = show_address,
  .take = take_address,
  .set_read_only = set_address_read_only,
  .is_typing = is_address_typing,
};
