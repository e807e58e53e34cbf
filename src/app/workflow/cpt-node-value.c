/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a step gives to one field. There are several ways to say it, and a row for each; the menu of the
 * row leads from one to another.
 */

#include "config.h"

#include "cpt-node-value.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-field-editor.h"
#include "cpt-json.h"
#include "cpt-node-duration.h"
#include "cpt-node-places.h"

#define QUIET_MS 400

typedef enum
{
  WAY_VALUE,
  WAY_TEXT, /* with places */
  WAY_LATER,
  WAY_NOTHING,
  WAY_UNKNOWN, /* there is no such field, or none that can be filled in here */
} Way;

struct _CptNodeValue
{
  GObject parent_instance;

  const CptNodeContext *context; /* borrowed: of the panel */
  const CptField *field;         /* (nullable): lives as long as the schema */
  char *name;
  JsonNode *json; /* (nullable) */
  Way way;
  CptFieldEditor *editor; /* (nullable) */
  GtkWidget *row;
  guint typing; /* source, while something typed is not said */
};

G_DEFINE_FINAL_TYPE (CptNodeValue, cpt_node_value, G_TYPE_OBJECT)

enum
{
  CHANGED,
  REPLACED,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

gboolean
cpt_node_value_is_offered (const CptField *field)
{
  return (field->flags & (CPT_FIELD_READ_ONLY | CPT_FIELD_HIDDEN)) == 0 && field->kind != CPT_FIELD_ATTACHMENT &&
         field->kind != CPT_FIELD_JSON;
}

static gboolean
is_date (const CptField *field)
{
  return field->kind == CPT_FIELD_DATE || field->kind == CPT_FIELD_DATETIME;
}

static Way
find_way (const CptField *field,
          JsonNode       *json)
{
  if (field == NULL || !cpt_node_value_is_offered (field))
    return WAY_UNKNOWN;
  if (json != NULL && JSON_NODE_HOLDS_NULL (json))
    return WAY_NOTHING;
  if (cpt_field_kind_is_text (field->kind))
    return WAY_TEXT;
  if (json != NULL && is_date (field) && JSON_NODE_HOLDS_OBJECT (json))
    return WAY_LATER;
  if (json != NULL && JSON_NODE_HOLDS_VALUE (json) && json_node_get_value_type (json) == G_TYPE_STRING &&
      strstr (json_node_get_string (json), "{{") != NULL)
    return WAY_TEXT;

  return WAY_VALUE;
}

/* @json (nullable) (transfer full) */
static void
say (CptNodeValue *self,
     JsonNode     *json)
{
  g_clear_pointer (&self->json, json_node_unref);
  self->json = json;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ------------------------------------------------------------------------ typing */

static void
take_text (CptNodeValue *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->row));
  const char *former = self->json != NULL && JSON_NODE_HOLDS_VALUE (self->json) ? json_node_get_string (self->json) : NULL;

  if (g_strcmp0 (text, former != NULL ? former : "") != 0)
    say (self, *text != '\0' ? json_node_init_string (json_node_alloc (), text) : NULL);
}

static void
take_later (CptNodeValue *self)
{
  JsonNode *json = NULL;

  if (cpt_node_duration_take (CPT_NODE_DURATION (self->row), &json))
    say (self, json);
}

static void
take (CptNodeValue *self)
{
  g_clear_handle_id (&self->typing, g_source_remove);
  if (self->way == WAY_TEXT)
    take_text (self);
  else if (self->way == WAY_LATER)
    take_later (self);
}

static void
quiet_cb (gpointer user_data)
{
  CptNodeValue *self = user_data;

  self->typing = 0;
  take (self);
}

static void
typed_cb (CptNodeValue *self)
{
  g_clear_handle_id (&self->typing, g_source_remove);
  self->typing = g_timeout_add_once (QUIET_MS, quiet_cb, self);
}

static void
left_cb (CptNodeValue *self)
{
  if (self->typing != 0)
    take (self);
}

static void
watch (CptNodeValue *self,
       GtkEditable  *editable)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->row, focus);
  g_signal_connect_object (editable, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
}

void
cpt_node_value_flush (CptNodeValue *self)
{
  g_return_if_fail (CPT_IS_NODE_VALUE (self));

  left_cb (self);
  if (self->way == WAY_VALUE && cpt_field_editor_is_typing (self->editor))
    cpt_field_editor_flush (self->editor);
}

/* --------------------------------------------------------------------------- rows */

static void
committed_cb (CptNodeValue *self)
{
  const CptValue *value = cpt_field_editor_get_value (self->editor);

  say (self, cpt_value_is_null (value) ? NULL : cpt_field_to_json (self->field, value));
}

static GtkWidget *
create_editor (CptNodeValue *self)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autoptr(GError) error = NULL;

  self->editor = cpt_field_editor_new (self->context->store, self->context->schema, self->field);
  if (self->json != NULL && cpt_field_from_json (self->field, self->json, &value, &error))
    cpt_field_editor_set_value (self->editor, &value);
  if (error != NULL)
    cpt_field_editor_set_error (self->editor, error->message);
  g_signal_connect_object (self->editor, "committed", G_CALLBACK (committed_cb), self, G_CONNECT_SWAPPED);

  return cpt_field_editor_get_row (self->editor);
}

static GtkWidget *
create_entry (CptNodeValue *self)
{
  GtkWidget *row = adw_entry_row_new ();

  if (self->json != NULL && JSON_NODE_HOLDS_VALUE (self->json) && json_node_get_value_type (self->json) == G_TYPE_STRING)
    gtk_editable_set_text (GTK_EDITABLE (row), json_node_get_string (self->json));
  cpt_node_places_add_to_entry (self->context, row);

  return row;
}

static GtkWidget *
create_note (CptNodeValue *self)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *json = self->json != NULL ? cpt_json_format (self->json) : NULL;

  if (self->way == WAY_NOTHING)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Is emptied"));
  else if (self->field == NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("There is no such field any more. Remove it."));
  else
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), json);
  if (self->way == WAY_UNKNOWN)
    gtk_widget_add_css_class (row, "error");

  return row;
}

static void
add_suffix (GtkWidget *row,
            GtkWidget *widget)
{
  if (ADW_IS_ENTRY_ROW (row))
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), widget);
  else if (ADW_IS_EXPANDER_ROW (row))
    adw_expander_row_add_action (ADW_EXPANDER_ROW (row), widget);
  else if (CPT_IS_NODE_DURATION (row))
    cpt_node_duration_add_suffix (CPT_NODE_DURATION (row), widget);
  else if (ADW_IS_ACTION_ROW (row))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), widget);
}

static GtkWidget *
create_menu (CptNodeValue *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) ways = g_menu_new ();
  /* Translators: %s is the name of a field */
  g_autofree char *name = g_strdup_printf (_("What “%s” Gets"),
                                           self->field != NULL ? cpt_field_get_label (self->field) : self->name);

  if (self->way != WAY_UNKNOWN)
    {
      gboolean is_text = cpt_field_kind_is_text (self->field->kind);

      g_menu_append (ways, is_text ? _("A Text") : _("A Value"), is_text ? "value.text" : "value.fixed");
      if (!is_text)
        g_menu_append (ways, _("What Another Field Has"), "value.text");
      if (is_date (self->field))
        g_menu_append (ways, _("Some Time After the Step"), "value.later");
      if ((self->field->flags & CPT_FIELD_REQUIRED) == 0)
        g_menu_append (ways, _("Nothing"), "value.nothing");
      g_menu_append_section (menu, NULL, G_MENU_MODEL (ways));
    }
  g_menu_append (menu, _("Remove"), "value.remove");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return button;
}

static void
set_way (CptNodeValue *self,
         Way           way);

static void
way_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  CptNodeValue *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));

  if (strcmp (name, "remove") == 0)
    g_signal_emit (self, signals[REMOVED], 0);
  else if (strcmp (name, "nothing") == 0)
    set_way (self, WAY_NOTHING);
  else if (strcmp (name, "later") == 0)
    set_way (self, WAY_LATER);
  else if (strcmp (name, "text") == 0)
    set_way (self, WAY_TEXT);
  else
    set_way (self, WAY_VALUE);
}

static void
add_actions (CptNodeValue *self)
{
  static const GActionEntry entries[] = {
    { "fixed", way_cb },
    { "text", way_cb },
    { "later", way_cb },
    { "nothing", way_cb },
    { "remove", way_cb },
  };
  g_autoptr(GSimpleActionGroup) actions = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (self->row, "value", G_ACTION_GROUP (actions));
}

static void
create_row (CptNodeValue *self)
{
  const char *label = self->field != NULL ? cpt_field_get_label (self->field) : self->name;
  GtkWidget *row;

  if (self->way == WAY_VALUE)
    row = create_editor (self);
  else if (self->way == WAY_TEXT)
    row = create_entry (self);
  else if (self->way == WAY_LATER)
    row = cpt_node_duration_new (label, TRUE);
  else
    row = create_note (self);
  self->row = g_object_ref_sink (row);

  if (self->way == WAY_TEXT)
    watch (self, GTK_EDITABLE (row));
  if (self->way == WAY_LATER)
    {
      cpt_node_duration_set_value (CPT_NODE_DURATION (row), self->json);
      watch (self, cpt_node_duration_get_editable (CPT_NODE_DURATION (row)));
      g_signal_connect_object (row, "changed", G_CALLBACK (take), self, G_CONNECT_SWAPPED);
    }
  if (self->way != WAY_VALUE)
    {
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
    }
  add_actions (self);
  add_suffix (row, create_menu (self));
}

static void
clear_row (CptNodeValue *self)
{
  g_clear_handle_id (&self->typing, g_source_remove);
  if (self->editor != NULL)
    g_signal_handlers_disconnect_by_data (self->editor, self);
  g_clear_object (&self->editor);
  if (self->row != NULL)
    {
      gtk_widget_insert_action_group (self->row, "value", NULL);
      g_signal_handlers_disconnect_by_data (self->row, self);
    }
  g_clear_object (&self->row);
}

/* Nothing is said before something is: but that it is to be empty. */
static void
set_way (CptNodeValue *self,
         Way           way)
{
  JsonNode *json = NULL;

  if (way == self->way)
    return;

  clear_row (self);
  self->way = way;
  g_clear_pointer (&self->json, json_node_unref);
  if (way == WAY_NOTHING)
    json = json_node_new (JSON_NODE_NULL);
  create_row (self);
  g_signal_emit (self, signals[REPLACED], 0);
  say (self, json);
}

/* --------------------------------------------------------------------- the object */

const char *
cpt_node_value_get_name (CptNodeValue *self)
{
  g_return_val_if_fail (CPT_IS_NODE_VALUE (self), NULL);

  return self->name;
}

JsonNode *
cpt_node_value_get_json (CptNodeValue *self)
{
  g_return_val_if_fail (CPT_IS_NODE_VALUE (self), NULL);

  return self->json;
}

GtkWidget *
cpt_node_value_get_row (CptNodeValue *self)
{
  g_return_val_if_fail (CPT_IS_NODE_VALUE (self), NULL);

  return self->row;
}

static void
cpt_node_value_dispose (GObject *object)
{
  clear_row (CPT_NODE_VALUE (object));

  G_OBJECT_CLASS (cpt_node_value_parent_class)->dispose (object);
}

static void
cpt_node_value_finalize (GObject *object)
{
  CptNodeValue *self = CPT_NODE_VALUE (object);

  g_clear_pointer (&self->json, json_node_unref);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (cpt_node_value_parent_class)->finalize (object);
}

static void
cpt_node_value_class_init (CptNodeValueClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_node_value_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_node_value_finalize;

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REPLACED] = g_signal_new ("replaced", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_node_value_init (CptNodeValue *self)
{
}

CptNodeValue *
cpt_node_value_new (const CptNodeContext *context,
                    const CptField       *field,
                    const char           *name,
                    JsonNode             *json)
{
  CptNodeValue *self = g_object_new (CPT_TYPE_NODE_VALUE, NULL);

  self->context = context;
  self->field = field;
  self->name = g_strdup (name);
  self->json = json != NULL ? json_node_copy (json) : NULL;
  self->way = find_way (field, json);
  create_row (self);

  return self;
}
