/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Dates and moments: typed as people write them, or chosen from a calendar.
 * Up and Down in the entry go to the next and the previous day.
 */

#include "config.h"

#include "cpt-field-editor-private.h"

#include <glib/gi18n.h>

#include "cpt-date.h"
#include "cpt-recurrence.h"

static gboolean
is_moment (CptFieldEditor *editor)
{
  return editor->field->kind == CPT_FIELD_DATETIME;
}

/* The day that the value is on, or today */
static gint64
get_day (CptFieldEditor *editor)
{
  GTimeZone *zone = cpt_store_get_zone (editor->store);

  if (cpt_value_is_null (&editor->value))
    return cpt_instant_get_date (cpt_clock_get_now (cpt_store_get_clock (editor->store)), zone);

  return is_moment (editor) ? cpt_instant_get_date (editor->value.integer, zone) : editor->value.integer;
}

/* The same time of day on another day */
static void
commit_day (CptFieldEditor *editor,
            gint64          day)
{
  CptValue value = CPT_VALUE_INIT;

  if (is_moment (editor))
    {
      gint64 moment = cpt_value_is_null (&editor->value) ? cpt_clock_get_now (cpt_store_get_clock (editor->store))
                                                         : editor->value.integer;

      cpt_value_set_integer (&value, cpt_recurrence_move_instant (moment, day, cpt_store_get_zone (editor->store)));
    }
  else
    cpt_value_set_integer (&value, day);

  cpt_field_editor_commit (editor, &value);
}

static void
calendar_opened_cb (CptFieldEditor *editor)
{
  g_autoptr(GDateTime) date = NULL;
  int year;
  int month;
  int day;

  cpt_date_to_ymd (get_day (editor), &year, &month, &day);
  date = g_date_time_new_local (year, month, day, 12, 0, 0);

  editor->is_showing = TRUE;
  if (date != NULL)
    gtk_calendar_select_day (GTK_CALENDAR (editor->part), date);
  editor->is_showing = FALSE;
}

static void
day_selected_cb (GtkCalendar    *calendar,
                 CptFieldEditor *editor)
{
  g_autoptr(GDateTime) date = NULL;

  if (editor->is_showing)
    return;

  date = gtk_calendar_get_date (calendar);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (editor->more));
  commit_day (editor, cpt_date_from_ymd (g_date_time_get_year (date), g_date_time_get_month (date),
                                         g_date_time_get_day_of_month (date)));
}

static gboolean
arrow_cb (GtkWidget *widget,
          GVariant  *arguments,
          gpointer   user_data)
{
  CptFieldEditor *editor = user_data;

  if (editor->is_read_only || !cpt_field_editor_flush (editor))
    return GDK_EVENT_PROPAGATE;

  commit_day (editor, get_day (editor) + g_variant_get_int32 (arguments));

  return GDK_EVENT_STOP;
}

static void
add_arrow (GtkShortcutController *keys,
           CptFieldEditor        *editor,
           guint                  key,
           int                    days)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, 0),
                                            gtk_callback_action_new (arrow_cb, editor, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (days));
  gtk_shortcut_controller_add_shortcut (keys, shortcut);
}

static GtkWidget *
create_date (CptFieldEditor *editor)
{
  GtkWidget *row = cpt_editor_entry.create (editor);
  GtkWidget *calendar = gtk_calendar_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *button = gtk_menu_button_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Choose a day"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Choose a day"), -1);
  g_signal_connect_object (popover, "show", G_CALLBACK (calendar_opened_cb), editor, G_CONNECT_SWAPPED);
  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (day_selected_cb), editor, 0);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_arrow (GTK_SHORTCUT_CONTROLLER (keys), editor, GDK_KEY_Up, 1);
  add_arrow (GTK_SHORTCUT_CONTROLLER (keys), editor, GDK_KEY_Down, -1);
  gtk_widget_add_controller (row, keys);
  editor->part = calendar;
  editor->more = button;

  return row;
}

static void
show_date (CptFieldEditor *editor)
{
  cpt_editor_entry.show (editor);
}

static gboolean
take_date (CptFieldEditor *editor)
{
  return cpt_editor_entry.take (editor);
}

static gboolean
is_date_typing (CptFieldEditor *editor)
{
  return cpt_editor_entry.is_typing (editor);
}

static void
set_date_read_only (CptFieldEditor *editor,
                    gboolean        read_only)
{
  cpt_editor_entry.set_read_only (editor, read_only);
  gtk_widget_set_sensitive (editor->more, !read_only);
}

const CptEditorType cpt_editor_date = {
  .create = create_date,
  .show = show_date,
  .take = take_date,
  .set_read_only = set_date_read_only,
  .is_typing = is_date_typing,
};
