/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Links to other records: shown by their titles, which a reading thread looks
 * up, and found by typing. A title that has not come yet shows as "…".
 */

#include "config.h"

#include "cpt-field-editor-private.h"

#include <glib/gi18n.h>

#include "cpt-link-picker.h"

#define MAX_SHOWN 200

typedef struct
{
  const CptEntity *entity;
  CptSchema *schema;
  CptUuid *ids;
  guint length;
} TitlesData;

static void
titles_data_free (gpointer pointer)
{
  TitlesData *data = pointer;

  cpt_schema_unref (data->schema);
  g_free (data->ids);
  g_free (data);
}

/* As many titles as identifiers; an empty one where the record is not here */
static gpointer
read_titles (CptDatabase   *database,
             gpointer       user_data,
             GCancellable  *cancellable,
             GError       **error)
{
  const TitlesData *data = user_data;
  g_autoptr(GStrvBuilder) titles = g_strv_builder_new ();

  for (guint i = 0; i < data->length; i++)
    {
      g_autofree char *title = cpt_database_dup_title (database, data->entity, &data->ids[i]);

      g_strv_builder_add (titles, title != NULL ? title : _("Not available"));
    }

  return g_strv_builder_end (titles);
}

static void
request_titles (CptFieldEditor      *editor,
                const CptUuid       *ids,
                guint                length,
                GAsyncReadyCallback  callback)
{
  TitlesData *data = g_new0 (TitlesData, 1);

  data->schema = cpt_schema_ref (editor->schema);
  data->entity = cpt_schema_get_target (editor->schema, editor->field);
  data->ids = g_memdup2 (ids, sizeof (CptUuid) * length);
  data->length = length;

  g_cancellable_cancel (editor->cancellable);
  g_clear_object (&editor->cancellable);
  editor->cancellable = g_cancellable_new ();
  cpt_store_read_async (editor->store, G_PRIORITY_DEFAULT, read_titles, data, titles_data_free, (GDestroyNotify) g_strfreev,
                        editor->cancellable, callback, g_object_ref (editor));
}

static GtkWidget *
create_icon_button (const char *icon,
                    const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return button;
}

static GtkWidget *
create_picker_button (CptFieldEditor *editor,
                      const char     *icon,
                      const char     *label,
                      GCallback       picked)
{
  const CptEntity *target = cpt_schema_get_target (editor->schema, editor->field);
  GtkWidget *picker = cpt_link_picker_new (editor->store, editor->schema, target);
  GtkWidget *button = gtk_menu_button_new ();

  g_signal_connect_object (picker, "picked", picked, editor, G_CONNECT_SWAPPED);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), icon);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), picker);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return button;
}

/* One link. Parts: open, clear, pick. */

enum
{
  PART_OPEN,
  PART_CLEAR,
  PART_PICK,
};

static void
link_title_read_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(CptFieldEditor) editor = CPT_FIELD_EDITOR (user_data);
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) titles = cpt_store_finish (CPT_STORE (source), result, &error);

  if (titles != NULL && editor->row != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (editor->row), titles[0]);
}

static gboolean
is_expected (CptFieldEditor *editor)
{
  return editor->expected_title != NULL && editor->value.type == CPT_VALUE_ID &&
         cpt_uuid_equal (&editor->value.id, &editor->expected);
}

static void
update_link_buttons (CptFieldEditor *editor)
{
  gboolean is_set = editor->value.type == CPT_VALUE_ID;

  gtk_widget_set_visible (g_ptr_array_index (editor->parts, PART_OPEN), is_set && !is_expected (editor));
  gtk_widget_set_visible (g_ptr_array_index (editor->parts, PART_CLEAR),
                          is_set && !editor->is_read_only && !(editor->field->flags & CPT_FIELD_REQUIRED));
  gtk_widget_set_visible (g_ptr_array_index (editor->parts, PART_PICK), !editor->is_read_only);
}

static void
show_link (CptFieldEditor *editor)
{
  update_link_buttons (editor);
  if (editor->value.type != CPT_VALUE_ID)
    {
      g_cancellable_cancel (editor->cancellable);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (editor->row), C_("link", "None"));
      return;
    }

  if (is_expected (editor))
    {
      /* Translators: the name of a company that is stored together with its contact */
      g_autofree char *title = g_strdup_printf (_("%s (is created as well)"), editor->expected_title);

      g_cancellable_cancel (editor->cancellable);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (editor->row), title);
      return;
    }

  adw_action_row_set_subtitle (ADW_ACTION_ROW (editor->row), "…");
  request_titles (editor, &editor->value.id, 1, link_title_read_cb);
}

static void
link_picked_cb (CptFieldEditor *editor,
                const char     *id,
                const char     *title)
{
  CptValue value = CPT_VALUE_INIT;
  CptUuid uuid;

  if (!cpt_uuid_parse (id, &uuid))
    return;

  cpt_value_set_id (&value, &uuid);
  cpt_field_editor_commit (editor, &value);
}

static void
link_cleared_cb (CptFieldEditor *editor)
{
  CptValue value = CPT_VALUE_INIT;

  cpt_field_editor_commit (editor, &value);
}

static void
link_opened_cb (CptFieldEditor *editor)
{
  if (editor->value.type == CPT_VALUE_ID)
    cpt_field_editor_open_link (editor, &editor->value.id);
}

static GtkWidget *
create_link (CptFieldEditor *editor)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *open = create_icon_button ("go-next-symbolic", _("Open"));
  GtkWidget *clear = create_icon_button ("edit-clear-symbolic", _("Remove the link"));
  GtkWidget *pick = create_picker_button (editor, "system-search-symbolic", _("Choose"), G_CALLBACK (link_picked_cb));

  gtk_widget_add_css_class (row, "property");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  g_signal_connect_object (open, "clicked", G_CALLBACK (link_opened_cb), editor, G_CONNECT_SWAPPED);
  g_signal_connect_object (clear, "clicked", G_CALLBACK (link_cleared_cb), editor, G_CONNECT_SWAPPED);

  editor->parts = g_ptr_array_new ();
  g_ptr_array_add (editor->parts, open);
  g_ptr_array_add (editor->parts, clear);
  g_ptr_array_add (editor->parts, pick);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), clear);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), pick);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), open);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), pick);

  return row;
}

static void
set_link_read_only (CptFieldEditor *editor,
                    gboolean        read_only)
{
  update_link_buttons (editor);
}

const CptEditorType cpt_editor_link = {
  .create = create_link,
  .show = show_link,
  .set_read_only = set_link_read_only,
};

/* Several links: a row each below the field's own. Parts: the rows. */

static guint
find_part (CptFieldEditor *editor,
           GtkWidget      *button)
{
  for (guint i = 0; i < editor->parts->len; i++)
    if (gtk_widget_is_ancestor (button, g_ptr_array_index (editor->parts, i)))
      return i;

  return G_MAXUINT;
}

static void
links_removed_cb (GtkWidget      *button,
                  CptFieldEditor *editor)
{
  guint index = find_part (editor, button);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  CptValue value = CPT_VALUE_INIT;

  if (index >= editor->value.ids.length)
    return;

  g_array_append_vals (ids, editor->value.ids.items, editor->value.ids.length);
  g_array_remove_index (ids, index);
  cpt_value_set_ids (&value, (const CptUuid *) (gpointer) ids->data, ids->len);
  cpt_field_editor_commit (editor, &value);
}

static void
links_opened_cb (GtkWidget      *button,
                 CptFieldEditor *editor)
{
  guint index = find_part (editor, button);

  if (index < editor->value.ids.length)
    cpt_field_editor_open_link (editor, &editor->value.ids.items[index]);
}

static void
links_picked_cb (CptFieldEditor *editor,
                 const char     *id,
                 const char     *title)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  CptValue value = CPT_VALUE_INIT;
  CptUuid uuid;

  if (!cpt_uuid_parse (id, &uuid))
    return;

  if (editor->value.type == CPT_VALUE_IDS)
    g_array_append_vals (ids, editor->value.ids.items, editor->value.ids.length);
  g_array_append_val (ids, uuid);
  cpt_value_set_ids (&value, (const CptUuid *) (gpointer) ids->data, ids->len);
  cpt_field_editor_commit (editor, &value);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (editor->row), TRUE);
}

static void
add_link_row (CptFieldEditor *editor,
              const char     *title)
{
  GtkWidget *line = adw_action_row_new ();
  GtkWidget *remove = create_icon_button ("list-remove-symbolic", _("Remove the link"));
  GtkWidget *open = create_icon_button ("go-next-symbolic", _("Open"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title);
  g_object_bind_property (editor->more, "visible", remove, "sensitive", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (links_removed_cb), editor, 0);
  g_signal_connect_object (open, "clicked", G_CALLBACK (links_opened_cb), editor, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), remove);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), open);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (line), open);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (editor->row), line);
  g_ptr_array_add (editor->parts, line);
}

static void
link_titles_read_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(CptFieldEditor) editor = CPT_FIELD_EDITOR (user_data);
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) titles = cpt_store_finish (CPT_STORE (source), result, &error);

  if (titles == NULL || editor->row == NULL)
    return;

  for (guint i = 0; titles[i] != NULL; i++)
    add_link_row (editor, titles[i]);
}

static void
show_links (CptFieldEditor *editor)
{
  guint length = editor->value.type == CPT_VALUE_IDS ? editor->value.ids.length : 0;
  g_autofree char *subtitle = NULL;

  while (editor->parts->len > 0)
    adw_expander_row_remove (ADW_EXPANDER_ROW (editor->row), g_ptr_array_steal_index (editor->parts, editor->parts->len - 1));

  if (length > 0)
    {
      /* Translators: how many records a field links to */
      subtitle = g_strdup_printf (ngettext ("%u record", "%u records", length), length);
      request_titles (editor, editor->value.ids.items, MIN (length, MAX_SHOWN), link_titles_read_cb);
    }
  else
    g_cancellable_cancel (editor->cancellable);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (editor->row), length > 0 ? subtitle : C_("link", "None"));
}

static GtkWidget *
create_links (CptFieldEditor *editor)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *add = create_picker_button (editor, "list-add-symbolic", _("Add a link"), G_CALLBACK (links_picked_cb));

  gtk_widget_add_css_class (row, "property");
  editor->parts = g_ptr_array_new ();
  editor->more = add;
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), add);

  return row;
}

static void
set_links_read_only (CptFieldEditor *editor,
                     gboolean        read_only)
{
  gtk_widget_set_visible (editor->more, !read_only);
}

const CptEditorType cpt_editor_links = {
  .create = create_links,
  .show = show_links,
  .set_read_only = set_links_read_only,
};
