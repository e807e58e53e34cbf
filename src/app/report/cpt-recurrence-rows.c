/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules that people use, chosen; the others, written. */

#include "config.h"

#include "cpt-recurrence-rows.h"

#include <glib/gi18n.h>

#include "cpt-combo-labels.h"
#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-form-rows.h"
#include "cpt-recurrence.h"

#define N_MONTH_DAYS 31
/* A Monday */
#define SOME_MONDAY 4

struct _CptRecurrenceRows
{
  AdwPreferencesGroup parent_instance;

  gboolean is_showing;

  /* Borrowed from GTK */
  GtkWidget *unit;
  GtkWidget *interval;
  GtkWidget *weekdays_row;
  GtkWidget *weekdays[7];
  GtkWidget *month_day;
  GtkWidget *rule;
};

G_DEFINE_FINAL_TYPE (CptRecurrenceRows, cpt_recurrence_rows, ADW_TYPE_PREFERENCES_GROUP)

static guint changed_signal;

static CptRecurrenceUnit
get_unit (CptRecurrenceRows *self)
{
  return (CptRecurrenceUnit) adw_combo_row_get_selected (ADW_COMBO_ROW (self->unit));
}

static void
show_rows (CptRecurrenceRows *self)
{
  static const char *const intervals[] = {
    [CPT_RECURRENCE_DAYS] = N_("Interval in days"),
    [CPT_RECURRENCE_WEEKS] = N_("Interval in weeks"),
    [CPT_RECURRENCE_MONTHS] = N_("Interval in months"),
  };
  CptRecurrenceUnit unit = get_unit (self);

  if (unit != CPT_RECURRENCE_OTHER)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (cpt_form_get_row (self->interval)), _(intervals[unit]));
  gtk_widget_set_visible (cpt_form_get_row (self->interval), unit != CPT_RECURRENCE_OTHER);
  gtk_widget_set_visible (self->weekdays_row, unit == CPT_RECURRENCE_WEEKS);
  gtk_widget_set_visible (self->month_day, unit == CPT_RECURRENCE_MONTHS);
  gtk_widget_set_visible (self->rule, unit == CPT_RECURRENCE_OTHER);
}

static void
changed_cb (CptRecurrenceRows *self)
{
  if (self->is_showing)
    return;

  show_rows (self);
  g_signal_emit (self, changed_signal, 0);
}

char *
cpt_recurrence_rows_dup_rule (CptRecurrenceRows  *self,
                              GError            **error)
{
  CptRecurrenceChoice choice = { .unit = CPT_RECURRENCE_OTHER };
  guint month_day;
  char *text;

  g_return_val_if_fail (CPT_IS_RECURRENCE_ROWS (self), NULL);

  choice.unit = get_unit (self);
  if (choice.unit == CPT_RECURRENCE_OTHER)
    {
      g_autoptr(CptRecurrence) rule = cpt_recurrence_parse (gtk_editable_get_text (GTK_EDITABLE (self->rule)), error);

      return rule != NULL ? g_strdup (cpt_recurrence_get_text (rule)) : NULL;
    }

  choice.interval = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->interval));
  for (guint i = 0; i < G_N_ELEMENTS (self->weekdays); i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->weekdays[i])))
      choice.weekdays |= 1u << i;
  month_day = adw_combo_row_get_selected (ADW_COMBO_ROW (self->month_day)) + 1;
  choice.month_day = month_day <= N_MONTH_DAYS ? (int) month_day : -1;
  text = cpt_recurrence_format_choice (&choice);
  if (text == NULL)
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID, _("Choose at least one day of the week."));

  return text;
}

/* Building */

static GtkWidget *
create_weekday (CptRecurrenceRows *self,
                guint              number)
{
  g_autoptr(GDateTime) day = g_date_time_new_from_unix_utc ((SOME_MONDAY + (gint64) number) * 24 * 60 * 60);
  g_autofree char *label = g_date_time_format (day, "%a");
  g_autofree char *name = g_date_time_format (day, "%A");
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return button;
}

static void
add_weekdays (CptRecurrenceRows *self)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_widget_add_css_class (box, "weekdays");
  for (guint i = 0; i < G_N_ELEMENTS (self->weekdays); i++)
    {
      self->weekdays[i] = create_weekday (self, i);
      gtk_box_append (GTK_BOX (box), self->weekdays[i]);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Days of the week"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  self->weekdays_row = row;
}

static void
add_month_days (CptRecurrenceRows *self)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 1; i <= N_MONTH_DAYS; i++)
    g_ptr_array_add (labels, g_strdup_printf ("%u", i));
  g_ptr_array_add (labels, g_strdup (_("Last day")));
  self->month_day = cpt_form_add_combo (GTK_WIDGET (self), _("Day of the month"));
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->month_day), labels, 0);
}

static void
build (CptRecurrenceRows *self)
{
  g_autoptr(GPtrArray) units = g_ptr_array_new ();

  g_ptr_array_add (units, (gpointer) C_("recurrence", "Daily"));
  g_ptr_array_add (units, (gpointer) C_("recurrence", "Weekly"));
  g_ptr_array_add (units, (gpointer) C_("recurrence", "Monthly"));
  g_ptr_array_add (units, (gpointer) C_("recurrence", "By a Rule"));
  self->unit = cpt_form_add_combo (GTK_WIDGET (self), _("Repeats"));
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->unit), units, CPT_RECURRENCE_WEEKS);
  self->interval = cpt_form_add_spin (GTK_WIDGET (self), _("Interval in weeks"), 1, 99, 1);
  add_weekdays (self);
  add_month_days (self);
  self->rule = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rule), _("Rule, such as FREQ=MONTHLY;BYDAY=2TU"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->rule);

  g_signal_connect_object (self->unit, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->interval, "value-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->month_day, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rule, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
show_rule (CptRecurrenceRows *self,
           const char        *text,
           gint64             first)
{
  g_autoptr(CptRecurrence) rule = text != NULL ? cpt_recurrence_parse (text, NULL) : NULL;
  CptRecurrenceChoice choice = { .unit = CPT_RECURRENCE_OTHER, .interval = 1 };

  if (rule != NULL)
    cpt_recurrence_get_choice (rule, first, &choice);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->unit), choice.unit);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->interval), choice.interval);
  /* Another unit begins with the day on which it is chosen. */
  if (choice.weekdays == 0)
    choice.weekdays = 1u << (cpt_date_get_weekday (first) - 1);
  if (choice.month_day == 0)
    choice.month_day = 1;
  for (guint i = 0; i < G_N_ELEMENTS (self->weekdays); i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->weekdays[i]), (choice.weekdays & (1u << i)) != 0);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->month_day),
                              choice.month_day > 0 ? (guint) choice.month_day - 1 : N_MONTH_DAYS);
  gtk_editable_set_text (GTK_EDITABLE (self->rule), text != NULL ? text : "");
}

static void
cpt_recurrence_rows_class_init (CptRecurrenceRowsClass *klass)
{
  changed_signal =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_recurrence_rows_init (CptRecurrenceRows *self)
{
  self->is_showing = TRUE;
  build (self);
  self->is_showing = FALSE;
}

GtkWidget *
cpt_recurrence_rows_new (const char *title,
                         const char *rule,
                         gint64      first)
{
  CptRecurrenceRows *self = g_object_new (CPT_TYPE_RECURRENCE_ROWS, "title", title, NULL);

  self->is_showing = TRUE;
  show_rule (self, rule, first);
  show_rows (self);
  self->is_showing = FALSE;

  return GTK_WIDGET (self);
}
