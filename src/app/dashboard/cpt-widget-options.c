/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What can be chosen of a kind of chart: a row for each option of its
 * declaration. What is as the declaration has it is not stored.
 */

#include "config.h"

#include "cpt-widget-options.h"

#include <glib/gi18n.h>

#include "cpt-combo-labels.h"
#include "cpt-money.h"

/* Digits behind the decimal point of a number that is typed */
#define SCALE 4

struct _CptWidgetOptions
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows;          /* borrowed children, in the order of the declaration */
  const CptChartKind *kind; /* (nullable) */
  JsonObject *options;      /* (nullable): with what is not of this kind */
  gboolean is_showing;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptWidgetOptions, cpt_widget_options, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
is_number (const CptChartOption *option)
{
  return option->choices == NULL && option->fallback == NULL && !option->is_text;
}

static void
row_changed_cb (CptWidgetOptions *self)
{
  if (!self->is_showing)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Rows */

static GtkWidget *
create_number_row (CptWidgetOptions     *self,
                   const CptChart       *chart,
                   const CptChartOption *option)
{
  GtkWidget *row = adw_entry_row_new ();
  double number = cpt_chart_get_number (chart, option->name);

  if (isfinite (number) && fabs (number) < 1e14)
    {
      g_autofree char *text = cpt_decimal_format_local ((gint64) llround (number * 1e4), SCALE, 0);

      gtk_editable_set_text (GTK_EDITABLE (row), text);
    }
  g_signal_connect_object (row, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static GtkWidget *
create_choice_row (CptWidgetOptions     *self,
                   const CptChart       *chart,
                   const CptChartOption *option)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  guint selected = 0;

  for (guint i = 0; option->choices[i].name != NULL; i++)
    {
      if (cpt_chart_is_option (chart, option->name, option->choices[i].name))
        selected = i;
      g_ptr_array_add (labels, g_strdup (_(option->choices[i].label)));
    }
  cpt_combo_row_set_labels (ADW_COMBO_ROW (row), labels, selected);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);

  return row;
}

/* Lines, below what they are for */
static GtkWidget *
create_text_row (CptWidgetOptions     *self,
                 const CptChart       *chart,
                 const CptChartOption *option)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (_(option->label));
  GtkWidget *text = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  const char *written = cpt_chart_get_text (chart, option->name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (text), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (text), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (text), 8);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (text), 8);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (text), 8);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (text), 8);
  gtk_widget_set_size_request (text, -1, 120);
  gtk_widget_add_css_class (text, "card");
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, _(option->label), -1);
  if (written != NULL && g_utf8_validate (written, -1, NULL))
    gtk_text_buffer_set_text (buffer, written, -1);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);

  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), text);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);

  return row;
}

static GtkWidget *
create_switch_row (CptWidgetOptions     *self,
                   const CptChart       *chart,
                   const CptChartOption *option)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  gtk_switch_set_active (GTK_SWITCH (toggle), cpt_chart_is_option (chart, option->name, "true"));
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
add_row (CptWidgetOptions     *self,
         const CptChartOption *option)
{
  const CptChart chart = { .kind = self->kind, .options = self->options };
  GtkWidget *row;

  if (option->is_text)
    row = create_text_row (self, &chart, option);
  else if (is_number (option))
    row = create_number_row (self, &chart, option);
  else if (option->choices != NULL)
    row = create_choice_row (self, &chart, option);
  else
    row = create_switch_row (self, &chart, option);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(option->label));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

/* What was chosen */

/* (nullable) */
static JsonNode *
read_number (GtkWidget *row)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  gint64 value;
  JsonNode *node = NULL;

  if (cpt_decimal_parse (text, SCALE, 0, &value, NULL))
    {
      node = json_node_new (JSON_NODE_VALUE);
      json_node_set_double (node, (double) value / 1e4);
    }
  if (*text != '\0' && node == NULL)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");

  return node;
}

/* (nullable): nothing is written */
static JsonNode *
read_text (GtkWidget *row)
{
  GtkWidget *view = gtk_widget_get_last_child (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);

  return *text != '\0' ? json_node_init_string (json_node_alloc (), text) : NULL;
}

/* (nullable): as the declaration has it */
static JsonNode *
read_row (GtkWidget            *row,
          const CptChartOption *option)
{
  JsonNode *node;
  const char *name;

  if (option->is_text)
    return read_text (row);
  if (is_number (option))
    return read_number (row);

  node = json_node_new (JSON_NODE_VALUE);
  if (option->choices != NULL)
    {
      name = option->choices[adw_combo_row_get_selected (ADW_COMBO_ROW (row))].name;
      json_node_set_string (node, name);
    }
  else
    {
      GtkWidget *toggle = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row));

      name = gtk_switch_get_active (GTK_SWITCH (toggle)) ? "true" : "false";
      json_node_set_boolean (node, gtk_switch_get_active (GTK_SWITCH (toggle)));
    }
  if (g_strcmp0 (name, option->fallback) == 0)
    g_clear_pointer (&node, json_node_unref);

  return node;
}

JsonObject *
cpt_widget_options_dup (CptWidgetOptions *self)
{
  g_autoptr(JsonObject) options = json_object_new ();
  g_autoptr(GList) members = NULL;

  g_return_val_if_fail (CPT_IS_WIDGET_OPTIONS (self), NULL);

  members = self->options != NULL ? json_object_get_members (self->options) : NULL;
  for (GList *member = members; member != NULL; member = member->next)
    json_object_set_member (options, member->data, json_object_dup_member (self->options, member->data));

  for (guint i = 0; i < self->rows->len; i++)
    {
      const CptChartOption *option = &self->kind->options[i];
      JsonNode *node = read_row (g_ptr_array_index (self->rows, i), option);

      if (node != NULL)
        json_object_set_member (options, option->name, node);
      else if (json_object_has_member (options, option->name))
        json_object_remove_member (options, option->name);
    }

  return json_object_get_size (options) > 0 ? g_steal_pointer (&options) : NULL;
}

void
cpt_widget_options_set_kind (CptWidgetOptions   *self,
                             const CptChartKind *kind,
                             JsonObject         *options)
{
  JsonObject *copy = options != NULL ? json_object_ref (options) : NULL;

  g_return_if_fail (CPT_IS_WIDGET_OPTIONS (self));
  g_return_if_fail (kind != NULL);

  g_clear_pointer (&self->options, json_object_unref);
  self->options = copy;
  self->kind = kind;

  self->is_showing = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (const CptChartOption *option = kind->options; option != NULL && option->name != NULL; option++)
    add_row (self, option);
  self->is_showing = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
}

static void
cpt_widget_options_finalize (GObject *object)
{
  CptWidgetOptions *self = CPT_WIDGET_OPTIONS (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->options, json_object_unref);

  G_OBJECT_CLASS (cpt_widget_options_parent_class)->finalize (object);
}

static void
cpt_widget_options_class_init (CptWidgetOptionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cpt_widget_options_finalize;

  /**
   * CptWidgetOptions::changed:
   *
   * The person chose something else.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_widget_options_init (CptWidgetOptions *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Look"));
}

GtkWidget *
cpt_widget_options_new (void)
{
  return g_object_new (CPT_TYPE_WIDGET_OPTIONS, NULL);
}
