/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The rows of the editor of widgets that are about groups rather than about
 * records: which of them are shown, by what their numbers are.
 */

#include "config.h"

#include "cpt-widget-groups.h"

#include <glib/gi18n.h>

#include "cpt-combo-labels.h"
#include "cpt-form-rows.h"
#include "cpt-json.h"
#include "cpt-widget-choices.h"
#include "cpt-widget-number.h"

struct _CptWidgetGroups
{
  AdwPreferencesGroup parent_instance;

  CptWidgetForm *form; /* borrowed */
  gboolean is_showing;

  /* Borrowed children */
  GtkWidget *bin;            /* width of bins, empty for one that suits the records */
  GtkWidget *having;         /* how groups are compared */
  GtkWidget *having_measure; /* which of two numbers */
  GtkWidget *having_value;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptWidgetGroups, cpt_widget_groups, ADW_TYPE_PREFERENCES_GROUP)

static CptWidgetQuery *
get_query (CptWidgetGroups *self)
{
  return cpt_widget_form_get_query (self->form);
}

static gboolean
has_groups (CptWidgetGroups *self)
{
  return (cpt_widget_form_get_kind (self->form)->needs & CPT_CHART_NEEDS_DIMENSION) && get_query (self)->path != NULL;
}

/* Shares and running totals are worked out of the groups that are shown */
static gboolean
has_having (CptWidgetGroups *self)
{
  return has_groups (self) && get_query (self)->show == NULL;
}

static gboolean
has_two_numbers (CptWidgetGroups *self)
{
  return get_query (self)->has_more || get_query (self)->more_metrics->len > 0;
}

/* ---------------------------------------------------------------- rows and query */

/* The width of bins, where a person chose one; "" where it follows the records */
static char *
dup_width (CptWidgetGroups *self)
{
  g_autoptr(JsonNode) node = get_query (self)->bin != NULL ? cpt_json_parse (get_query (self)->bin, -1, NULL) : NULL;
  double width = 0;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node))
    width = json_node_get_double (node);
  else if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    width = json_object_get_double_member_with_default (json_node_get_object (node), "width", 0);

  return width > 0 ? cpt_widget_number_format (width) : g_strdup ("");
}

static void
bin_changed_cb (CptWidgetGroups *self)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  double width;

  if (self->is_showing || get_query (self)->bin == NULL)
    return;

  if (!cpt_widget_number_read (self->bin, &width) || !(width > 0))
    cpt_widget_text_set (&get_query (self)->bin, "\"auto\"");
  else
    cpt_widget_text_set (&get_query (self)->bin, g_ascii_dtostr (number, sizeof number, width));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
update_visibility (CptWidgetGroups *self)
{
  gboolean is_chosen = get_query (self)->having_op != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), has_groups (self));
  gtk_widget_set_visible (self->bin, get_query (self)->bin != NULL);
  gtk_widget_set_visible (self->having, has_having (self));
  gtk_widget_set_visible (self->having_measure, is_chosen && has_two_numbers (self));
  gtk_widget_set_visible (self->having_value, is_chosen);
}

/* Conditions behind the first one have no row: they are told of, and stay until all groups are shown */
static void
show_rest (CptWidgetGroups *self)
{
  const CptWidgetQuery *query = get_query (self);
  guint n = query->having_op != NULL && query->having_rest != NULL ? json_array_get_length (query->having_rest) : 0;
  g_autofree char *text = n > 0 ? g_strdup_printf (ngettext ("And %u more, which stays as it is",
                                                             "And %u more, which stay as they are", n),
                                                   n)
                                : NULL;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->having), text != NULL ? text : "");
}

static void
row_changed_cb (CptWidgetGroups *self)
{
  CptWidgetQuery *query = get_query (self);
  const char *op = cpt_widget_choices_read (cpt_widget_having_comparisons, ADW_COMBO_ROW (self->having), 0);

  if (self->is_showing)
    return;

  cpt_widget_text_set (&query->having_op, op);
  query->having_measure = has_two_numbers (self) ? adw_combo_row_get_selected (ADW_COMBO_ROW (self->having_measure)) : 0;
  cpt_widget_number_read (self->having_value, &query->having_value);
  show_rest (self);
  update_visibility (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What is measured, as the form calls it */
static void
show_numbers (CptWidgetGroups *self)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (labels, cpt_widget_form_dup_number_label (self->form, FALSE));
  g_ptr_array_add (labels, cpt_widget_form_dup_number_label (self->form, TRUE));
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->having_measure), labels, MIN (get_query (self)->having_measure, 1));
}

void
cpt_widget_groups_show (CptWidgetGroups *self)
{
  CptWidgetQuery *query;
  g_autofree char *width = NULL;

  g_return_if_fail (CPT_IS_WIDGET_GROUPS (self));

  query = get_query (self);
  if (!has_having (self))
    cpt_widget_text_set (&query->having_op, NULL);
  if (!has_two_numbers (self))
    query->having_measure = 0;

  self->is_showing = TRUE;
  width = dup_width (self);
  if (!gtk_widget_has_css_class (self->bin, "error"))
    gtk_editable_set_text (GTK_EDITABLE (self->bin), width);
  cpt_widget_choices_show (cpt_widget_having_comparisons, ADW_COMBO_ROW (self->having), query->having_op, 0, 0);
  show_numbers (self);
  if (query->having_op != NULL)
    cpt_widget_number_show (self->having_value, query->having_value);
  show_rest (self);
  self->is_showing = FALSE;
  update_visibility (self);
}

/* ----------------------------------------------------------------------- building */

static void
cpt_widget_groups_class_init (CptWidgetGroupsClass *klass)
{
  /**
   * CptWidgetGroups::changed:
   *
   * A person changed what is asked of the groups; it is in the query.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_widget_groups_init (CptWidgetGroups *self)
{
  GtkWidget *group = GTK_WIDGET (self);

  self->bin = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->bin), _("Width of steps (empty: automatic)"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->bin);
  g_signal_connect_object (self->bin, "changed", G_CALLBACK (bin_changed_cb), self, G_CONNECT_SWAPPED);
  self->having = cpt_form_add_combo (group, _("Groups shown"));
  self->having_measure = cpt_form_add_combo (group, _("Number"));
  self->having_value = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->having_value), _("Value"));
  gtk_text_set_input_purpose (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->having_value))), GTK_INPUT_PURPOSE_NUMBER);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->having_value);
  g_signal_connect_object (self->having, "notify::selected", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->having_measure, "notify::selected", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->having_value, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cpt_widget_groups_new (CptWidgetForm *form)
{
  CptWidgetGroups *self;

  g_return_val_if_fail (CPT_IS_WIDGET_FORM (form), NULL);

  self = g_object_new (CPT_TYPE_WIDGET_GROUPS, NULL);
  self->form = form;

  return GTK_WIDGET (self);
}
