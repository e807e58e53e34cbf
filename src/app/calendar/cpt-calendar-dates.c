/* SPDX-License-Identifier: GPL-3.0-or-later */

/* By which fields records stand in a calendar, to be chosen. */

#include "config.h"

#include "cpt-calendar-dates.h"

#include <glib/gi18n.h>

struct _CptCalendarDates
{
  GtkWidget parent_instance;

  CptCalendarSource source;
  GPtrArray *fields; /* (owned) (element-type CptField) */
  gboolean is_choosing;
  gboolean is_narrow;

  GtkWidget *button;
  GtkWidget *days; /* borrowed, in the popover */
  GtkWidget *ends; /* "Nothing" in front of the fields */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptCalendarDates, cpt_calendar_dates, GTK_TYPE_WIDGET)

static void
cpt_calendar_dates_dispose (GObject *object)
{
  g_clear_pointer (&CPT_CALENDAR_DATES (object)->button, gtk_widget_unparent);

  G_OBJECT_CLASS (cpt_calendar_dates_parent_class)->dispose (object);
}

static void
cpt_calendar_dates_finalize (GObject *object)
{
  g_ptr_array_unref (CPT_CALENDAR_DATES (object)->fields);

  G_OBJECT_CLASS (cpt_calendar_dates_parent_class)->finalize (object);
}

static void
cpt_calendar_dates_class_init (CptCalendarDatesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_calendar_dates_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_calendar_dates_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  /**
   * CptCalendarDates::changed:
   *
   * Another field was chosen.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
cpt_calendar_dates_init (CptCalendarDates *self)
{
}

static void
name_button (CptCalendarDates *self)
{
  const char *label = cpt_field_get_label (self->source.day);
  /* Translators: %s is a date that records have: "Expected close" */
  g_autofree char *tooltip = g_strdup_printf (_("By which date: %s"), label);

  if (self->is_narrow)
    gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "x-office-calendar-symbolic");
  else
    gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), label);
  gtk_widget_set_tooltip_text (self->button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
}

static void
take_choice (CptCalendarDates *self)
{
  guint day = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->days));
  guint end = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->ends));

  self->source.day = g_ptr_array_index (self->fields, MIN (day, self->fields->len - 1));
  self->source.end = end > 0 && end <= self->fields->len ? g_ptr_array_index (self->fields, end - 1) : NULL;
  if (self->source.end == self->source.day)
    self->source.end = NULL;
  name_button (self);
}

static void
selected_cb (CptCalendarDates *self)
{
  if (self->is_choosing)
    return;

  take_choice (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static guint
find_field (CptCalendarDates *self,
            const char       *name,
            guint             otherwise)
{
  for (guint i = 0; i < self->fields->len && name != NULL; i++)
    if (g_str_equal (((const CptField *) g_ptr_array_index (self->fields, i))->name, name))
      return i;

  return otherwise;
}

void
cpt_calendar_dates_choose (CptCalendarDates *self,
                           const char       *day,
                           const char       *end)
{
  guint last;

  g_return_if_fail (CPT_IS_CALENDAR_DATES (self));

  last = find_field (self, end, G_MAXUINT);
  self->is_choosing = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->days), find_field (self, day, 0));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->ends), last == G_MAXUINT ? 0 : last + 1);
  self->is_choosing = FALSE;
  take_choice (self);
}

const CptCalendarSource *
cpt_calendar_dates_get_source (CptCalendarDates *self)
{
  g_return_val_if_fail (CPT_IS_CALENDAR_DATES (self), NULL);

  return &self->source;
}

void
cpt_calendar_dates_set_narrow (CptCalendarDates *self,
                               gboolean          is_narrow)
{
  g_return_if_fail (CPT_IS_CALENDAR_DATES (self));

  self->is_narrow = is_narrow;
  name_button (self);
}

/* Building */

static GtkWidget *
add_choice (CptCalendarDates *self,
            GtkWidget        *box,
            const char       *label,
            const char       *nothing)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  GtkWidget *title = gtk_label_new (label);
  GtkWidget *choice;

  if (nothing != NULL)
    gtk_string_list_append (labels, nothing);
  for (guint i = 0; i < self->fields->len; i++)
    gtk_string_list_append (labels, cpt_field_get_label (g_ptr_array_index (self->fields, i)));
  choice = gtk_drop_down_new (G_LIST_MODEL (labels), NULL);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), choice);

  return choice;
}

GtkWidget *
cpt_calendar_dates_new (const CptEntity *entity)
{
  CptCalendarDates *self = g_object_new (CPT_TYPE_CALENDAR_DATES, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *popover = gtk_popover_new ();

  self->source.entity = entity;
  self->fields = cpt_calendar_source_list_dates (entity);
  self->button = gtk_menu_button_new ();
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  self->is_choosing = TRUE;
  self->days = add_choice (self, box, _("On the day of"), NULL);
  self->ends = add_choice (self, box, _("Until the day of"), C_("calendar", "No end"));
  self->is_choosing = FALSE;
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  take_choice (self);

  return GTK_WIDGET (self);
}
