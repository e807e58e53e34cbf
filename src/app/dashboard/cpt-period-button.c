/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The period of a dashboard: a list of usual ones, and two dates. What is not in
 * the list is said in words.
 */

#include "config.h"

#include "cpt-period-button.h"

#include <glib/gi18n.h>

#include "cpt-filter-value.h"
#include "cpt-json.h"
#include "cpt-metric.h"

struct _CptPeriodButton
{
  GtkWidget parent_instance;

  CptStore *store;
  CptSchema *schema;
  JsonNode *period; /* (nullable) */

  /* Borrowed from GTK */
  GtkWidget *button;
  GtkWidget *popover;
  GtkStack *stack; /* "list" and "dates" */
  GtkListBox *list;
  GtkWidget *form;
  CptFilterValue *dates; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CptPeriodButton, cpt_period_button, GTK_TYPE_WIDGET)

static const struct
{
  const char *label;
  const char *json; /* (nullable): each widget has its own */
} periods[] = {
  { N_("As each widget says"), NULL },
  { N_("All time"), "\"all\"" },
  { N_("This month"), "{\"this\":\"month\"}" },
  { N_("This quarter"), "{\"this\":\"quarter\"}" },
  { N_("This year"), "{\"this\":\"year\"}" },
  { N_("Last 30 days"), "{\"last\":30,\"unit\":\"day\"}" },
  { N_("Last 90 days"), "{\"last\":90,\"unit\":\"day\"}" },
  { N_("Last 365 days"), "{\"last\":365,\"unit\":\"day\"}" },
  { N_("Previous month"), "{\"previous\":\"month\"}" },
  { N_("Previous quarter"), "{\"previous\":\"quarter\"}" },
  { N_("Previous year"), "{\"previous\":\"year\"}" },
};

static const CptField day = {
  .name = "day",
  .label = N_("Day"),
  .kind = CPT_FIELD_DATE,
};

/* The line of the list, or -1 */
static int
find_line (JsonNode *period)
{
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      g_autoptr(JsonNode) listed = periods[i].json != NULL ? json_from_string (periods[i].json, NULL) : NULL;

      if (period == NULL ? listed == NULL : listed != NULL && json_node_equal (listed, period))
        return (int) i;
    }

  return -1;
}

static void
show_period (CptPeriodButton *self)
{
  int line = find_line (self->period);
  g_autofree char *words = line < 0 ? cpt_question_describe_period (self->period) : NULL;
  const char *name = line >= 0 ? _(periods[line].label) : words;
  g_autofree char *label = NULL;

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button),
                             line == 0 || name == NULL ? C_("dashboard filter", "Period") : name);
  /* Translators: %s is a period: "This year" */
  label = g_strdup_printf (C_("dashboard filter", "Period: %s"), name != NULL ? name : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (self->button, label);
}

static void
choose (CptPeriodButton *self,
        JsonNode        *period)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  cpt_period_button_set_period (self, period);
  g_signal_emit_by_name (self, "changed");
}

/* {"from":…,"to":…} as what a condition between two dates has; NULL where it is none */
static JsonNode *
create_dates (CptPeriodButton *self)
{
  JsonArray *array = NULL;
  JsonNode *value;

  if (self->period != NULL && JSON_NODE_HOLDS_OBJECT (self->period) &&
      json_object_has_member (json_node_get_object (self->period), "from") &&
      json_object_has_member (json_node_get_object (self->period), "to"))
    {
      array = json_array_new ();
      json_array_add_element (array, json_object_dup_member (json_node_get_object (self->period), "from"));
      json_array_add_element (array, json_object_dup_member (json_node_get_object (self->period), "to"));
    }
  if (array == NULL)
    return NULL;
  value = json_node_init_array (json_node_alloc (), array);
  json_array_unref (array);

  return value;
}

static void
show_dates (CptPeriodButton *self)
{
  g_autoptr(JsonNode) value = create_dates (self);

  if (self->dates != NULL)
    gtk_box_remove (GTK_BOX (self->form), GTK_WIDGET (self->dates));
  self->dates = CPT_FILTER_VALUE (cpt_filter_value_new (self->store, self->schema, &day, CPT_OPERATOR_BETWEEN, value));
  gtk_box_prepend (GTK_BOX (self->form), GTK_WIDGET (self->dates));
  gtk_stack_set_visible_child_name (self->stack, "dates");
  gtk_widget_child_focus (GTK_WIDGET (self->dates), GTK_DIR_TAB_FORWARD);
}

static void
row_cb (CptPeriodButton *self,
        GtkListBoxRow   *row)
{
  guint index = (guint) gtk_list_box_row_get_index (row);
  g_autoptr(JsonNode) period = NULL;

  if (index >= G_N_ELEMENTS (periods))
    {
      show_dates (self);
      return;
    }

  if (periods[index].json != NULL)
    period = json_from_string (periods[index].json, NULL);
  choose (self, period);
}

static void
apply_cb (CptPeriodButton *self)
{
  g_autoptr(JsonNode) value = NULL;
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) period = NULL;

  if (!cpt_filter_value_get (self->dates, &value) || value == NULL || !JSON_NODE_HOLDS_ARRAY (value))
    {
      gtk_widget_child_focus (GTK_WIDGET (self->dates), GTK_DIR_TAB_FORWARD);
      return;
    }

  json_object_set_member (object, "from", json_array_dup_element (json_node_get_array (value), 0));
  json_object_set_member (object, "to", json_array_dup_element (json_node_get_array (value), 1));
  period = json_node_init_object (json_node_alloc (), object);
  choose (self, period);
}

static void
shown_cb (CptPeriodButton *self)
{
  int line = find_line (self->period);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, line >= 0 ? line : (int) G_N_ELEMENTS (periods));

  gtk_stack_set_visible_child_name (self->stack, "list");
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
cpt_period_button_dispose (GObject *object)
{
  g_clear_pointer (&CPT_PERIOD_BUTTON (object)->button, gtk_widget_unparent);

  G_OBJECT_CLASS (cpt_period_button_parent_class)->dispose (object);
}

static void
cpt_period_button_finalize (GObject *object)
{
  CptPeriodButton *self = CPT_PERIOD_BUTTON (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_clear_pointer (&self->period, json_node_unref);

  G_OBJECT_CLASS (cpt_period_button_parent_class)->finalize (object);
}

static void
cpt_period_button_class_init (CptPeriodButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_period_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_period_button_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  g_signal_new ("changed", CPT_TYPE_PERIOD_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
create_list (CptPeriodButton *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "menu-list");
  for (guint i = 0; i <= G_N_ELEMENTS (periods); i++)
    {
      GtkWidget *label = gtk_label_new (i < G_N_ELEMENTS (periods) ? _(periods[i].label) : _("Between two dates…"));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_list_box_append (self->list, label);
    }
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self->list);
}

static void
cpt_period_button_init (CptPeriodButton *self)
{
  GtkWidget *apply = gtk_button_new_with_mnemonic (_("_Apply"));

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_add_named (self->stack, create_list (self), "list");
  self->form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_size_request (self->form, 260, -1);
  gtk_widget_add_css_class (apply, "suggested-action");
  gtk_widget_set_halign (apply, GTK_ALIGN_END);
  g_signal_connect_object (apply, "clicked", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->form), apply);
  gtk_stack_add_named (self->stack, self->form, "dates");

  self->popover = gtk_popover_new ();
  gtk_widget_add_css_class (self->popover, "filter-editor");
  gtk_popover_set_child (GTK_POPOVER (self->popover), GTK_WIDGET (self->stack));
  gtk_popover_set_default_widget (GTK_POPOVER (self->popover), apply);
  g_signal_connect_object (self->popover, "show", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
cpt_period_button_new (CptStore  *store,
                       CptSchema *schema)
{
  CptPeriodButton *self = g_object_new (CPT_TYPE_PERIOD_BUTTON, NULL);

  self->store = g_object_ref (store);
  self->schema = cpt_schema_ref (schema);
  show_period (self);

  return GTK_WIDGET (self);
}

void
cpt_period_button_set_period (CptPeriodButton *self,
                              JsonNode        *period)
{
  g_return_if_fail (CPT_IS_PERIOD_BUTTON (self));

  if (period != NULL)
    json_node_ref (period);
  g_clear_pointer (&self->period, json_node_unref);
  self->period = period;
  show_period (self);
}

JsonNode *
cpt_period_button_get_period (CptPeriodButton *self)
{
  g_return_val_if_fail (CPT_IS_PERIOD_BUTTON (self), NULL);

  return self->period;
}
