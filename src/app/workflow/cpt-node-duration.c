/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long, and how long before or after: a number and a unit in one row. */

#include "config.h"

#include "cpt-node-duration.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-json.h"
#include "cpt-node-input-private.h"

#define MAX_AMOUNT 100000
#define N_UNITS 5

typedef struct
{
  const char *name;
  const char *label;
  const char *before;
  const char *after;
} Unit;

static const Unit units[N_UNITS] = {
  { "minutes", NC_("duration", "minutes"), NC_("duration", "minutes before"), NC_("duration", "minutes after") },
  { "hours", NC_("duration", "hours"), NC_("duration", "hours before"), NC_("duration", "hours after") },
  { "days", NC_("duration", "days"), NC_("duration", "days before"), NC_("duration", "days after") },
  { "weeks", NC_("duration", "weeks"), NC_("duration", "weeks before"), NC_("duration", "weeks after") },
  { "months", NC_("duration", "months"), NC_("duration", "months before"), NC_("duration", "months after") },
};

#define DAYS 2

struct _CptNodeDuration
{
  AdwPreferencesRow parent_instance;

  gboolean is_offset;
  gboolean is_showing;

  /* Borrowed from GTK */
  GtkWidget *box;
  GtkWidget *amount;
  GtkWidget *unit;
};

G_DEFINE_FINAL_TYPE (CptNodeDuration, cpt_node_duration, ADW_TYPE_PREFERENCES_ROW)

static guint changed_signal;

/* Of an offset the units before come first, then those after */
static guint
find_line (gboolean    is_offset,
           const char *name,
           gboolean    is_before)
{
  guint line = DAYS;

  for (guint i = 0; i < N_UNITS; i++)
    if (g_strcmp0 (units[i].name, name) == 0)
      line = i;

  return is_offset && !is_before ? line + N_UNITS : line;
}

void
cpt_node_duration_set_value (CptNodeDuration *self,
                             JsonNode        *value)
{
  JsonObject *object;
  g_autofree char *unit = NULL, *text = NULL;
  gint64 amount = 0;
  gboolean is_set;

  g_return_if_fail (CPT_IS_NODE_DURATION (self));

  object = value != NULL && JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL;
  is_set = object != NULL && cpt_json_read_int (object, "amount", &amount, NULL) && json_object_has_member (object, "amount");
  unit = object != NULL ? cpt_json_dup_string (object, "unit") : NULL;
  if (is_set)
    text = g_strdup_printf ("%" G_GINT64_FORMAT, self->is_offset && amount != G_MININT64 ? ABS (amount) : amount);
  self->is_showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->amount), text != NULL ? text : "");
  if (is_set)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->unit), find_line (self->is_offset, unit, amount < 0));
  self->is_showing = FALSE;
  cpt_node_input_mark (self->amount, FALSE);
}

gboolean
cpt_node_duration_take (CptNodeDuration  *self,
                        JsonNode        **value)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->amount))));
  guint line = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->unit));
  g_autoptr(JsonObject) object = NULL;
  gint64 amount = 0;
  gboolean is_right;

  g_return_val_if_fail (CPT_IS_NODE_DURATION (self), FALSE);

  is_right = *text == '\0' || g_ascii_string_to_signed (text, 10, self->is_offset ? 0 : 1, MAX_AMOUNT, &amount, NULL);
  cpt_node_input_mark (self->amount, !is_right);
  *value = NULL;
  if (!is_right || *text == '\0')
    return is_right;

  object = json_object_new ();
  json_object_set_int_member (object, "amount", self->is_offset && line < N_UNITS ? -amount : amount);
  json_object_set_string_member (object, "unit", units[line % N_UNITS].name);
  *value = json_node_init_object (json_node_alloc (), object);

  return TRUE;
}

GtkEditable *
cpt_node_duration_get_editable (CptNodeDuration *self)
{
  g_return_val_if_fail (CPT_IS_NODE_DURATION (self), NULL);

  return GTK_EDITABLE (self->amount);
}

void
cpt_node_duration_add_suffix (CptNodeDuration *self,
                              GtkWidget       *widget)
{
  g_return_if_fail (CPT_IS_NODE_DURATION (self));

  gtk_box_append (GTK_BOX (self->box), widget);
}

static void
unit_cb (CptNodeDuration *self)
{
  if (!self->is_showing)
    g_signal_emit (self, changed_signal, 0);
}

static void
cpt_node_duration_class_init (CptNodeDurationClass *klass)
{
  changed_signal =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_node_duration_init (CptNodeDuration *self)
{
}

static GtkWidget *
create_units (gboolean is_offset)
{
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < N_UNITS; i++)
    gtk_string_list_append (list, g_dpgettext2 (NULL, "duration", is_offset ? units[i].before : units[i].label));
  for (guint i = 0; is_offset && i < N_UNITS; i++)
    gtk_string_list_append (list, g_dpgettext2 (NULL, "duration", units[i].after));

  return gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&list)), NULL);
}

GtkWidget *
cpt_node_duration_new (const char *title,
                       gboolean    is_offset)
{
  CptNodeDuration *self = g_object_new (CPT_TYPE_NODE_DURATION, NULL);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *label = gtk_label_new (title);
  /* Translators: %s is the label of a setting: the unit of "Due in" */
  g_autofree char *unit = g_strdup_printf (_("Unit of “%s”"), title);

  self->is_offset = is_offset;
  self->amount = gtk_entry_new ();
  gtk_entry_set_input_purpose (GTK_ENTRY (self->amount), GTK_INPUT_PURPOSE_DIGITS);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->amount), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->amount), 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->amount), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  self->unit = create_units (is_offset);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->unit), find_line (is_offset, "days", FALSE));
  gtk_widget_set_hexpand (self->unit, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->unit), GTK_ACCESSIBLE_PROPERTY_LABEL, unit, -1);
  g_signal_connect_object (self->unit, "notify::selected", G_CALLBACK (unit_cb), self, G_CONNECT_SWAPPED);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (self->box), self->amount);
  gtk_box_append (GTK_BOX (self->box), self->unit);
  gtk_box_append (GTK_BOX (column), label);
  gtk_box_append (GTK_BOX (column), self->box);
  gtk_widget_add_css_class (column, "node-line");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), column);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);

  return GTK_WIDGET (self);
}

/* ----------------------------------------------------------------------- settings */

static void
take_duration (CptNodeInput *input)
{
  JsonNode *value = NULL;

  if (cpt_node_duration_take (CPT_NODE_DURATION (input->widget), &value))
    cpt_node_input_say (input, value);
}

static void
show_duration (CptNodeInput *input)
{
  cpt_node_duration_set_value (CPT_NODE_DURATION (input->widget), input->value);
}

static GtkWidget *
create_duration (CptNodeInput *input)
{
  GtkWidget *row = cpt_node_duration_new (_(input->setting->label), input->setting->type == CPT_WORKFLOW_SETTING_OFFSET);

  g_signal_connect_object (row, "changed", G_CALLBACK (cpt_node_input_take), input, G_CONNECT_SWAPPED);
  cpt_node_input_watch_text (input, row, cpt_node_duration_get_editable (CPT_NODE_DURATION (row)));

  return row;
}

const CptNodeInputType cpt_node_duration = {
  .create = create_duration,
  .show = show_duration,
  .take = take_duration,
};
