/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A task or a meeting on a grid of hours. The grid puts it in its place and drags
 * it; while that lasts it says the hours that it would have, and those first. Otherwise
 * its title comes first, since its place tells the hour; an end is said only where
 * there is a line for it.
 */

#include "config.h"

#include "cpt-calendar-block.h"

#include <glib/gi18n.h>

#include "cpt-date.h"
#include "cpt-tooltip.h"

struct _CptCalendarBlock
{
  GtkWidget parent_instance;

  CptCalendarTask task;
  CptWeekSlot slot;
  gboolean has_length; /* otherwise it is as long as usual until somebody pulls at its edge */
  gint64 from;         /* the day that slots count from */
  GTimeZone *zone;
  char *title;
  gboolean is_rest; /* of what began on an earlier day */
  gboolean is_dragged;
  gboolean is_hourless; /* where it is dragged */
  GtkWidget *label;     /* the title, with the hour where there is one line */
  GtkWidget *hours;     /* below it */
};

enum
{
  PRESSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptCalendarBlock, cpt_calendar_block, GTK_TYPE_WIDGET)

static void
pressed_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  g_signal_emit (widget, signals[PRESSED], 0);
}

static void
released_cb (GtkWidget *self)
{
  gtk_widget_activate_action (self, "block.press", NULL);
}

static void
cpt_calendar_block_dispose (GObject *object)
{
  CptCalendarBlock *self = CPT_CALENDAR_BLOCK (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->hours, gtk_widget_unparent);

  G_OBJECT_CLASS (cpt_calendar_block_parent_class)->dispose (object);
}

static void
cpt_calendar_block_finalize (GObject *object)
{
  CptCalendarBlock *self = CPT_CALENDAR_BLOCK (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->title);

  G_OBJECT_CLASS (cpt_calendar_block_parent_class)->finalize (object);
}

static void
cpt_calendar_block_class_init (CptCalendarBlockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_calendar_block_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_calendar_block_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "calendarblock");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_widget_class_install_action (widget_class, "block.press", NULL, pressed_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "block.press", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "block.press", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "block.press", NULL);

  /**
   * CptCalendarBlock::pressed:
   *
   * It is to be opened.
   */
  signals[PRESSED] = g_signal_new ("pressed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static GtkWidget *
create_label (CptCalendarBlock *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return label;
}

static void
cpt_calendar_block_init (CptCalendarBlock *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->label = create_label (self);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->label), PANGO_WRAP_WORD_CHAR);
  self->hours = create_label (self);
  gtk_widget_add_css_class (self->hours, "dim-label");
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static char *
dup_hour (CptCalendarBlock *self,
          int               minute)
{
  return cpt_calendar_data_dup_hour (cpt_week_get_instant (self->from + self->slot.day + minute / CPT_WEEK_DAY_MINUTES,
                                                           minute % CPT_WEEK_DAY_MINUTES, self->zone),
                                     self->zone);
}

/* (nullable) */
static char *
dup_end (CptCalendarBlock *self)
{
  gboolean has_end = self->has_length || self->slot.length != CPT_WEEK_USUAL_LENGTH;

  return has_end ? dup_hour (self, self->slot.start + self->slot.length) : NULL;
}

/* In one line the title, and as much of its hour as there is room for; in more of
 * them both */
static void
show_labels (CptCalendarBlock *self,
             const char       *begin,
             const char       *end)
{
  /* Translators: when a task begins and ends: "9:30–10:15" */
  g_autofree char *hours = end != NULL ? g_strdup_printf (C_("calendar", "%s–%s"), begin, end) : g_strdup (begin);
  g_autofree char *line = NULL;
  int n_lines;
  int from;
  int to;

  cpt_week_slot_get_drawn (&self->slot, &from, &to);
  n_lines = MAX ((to - from) / CPT_WEEK_LEAST_DRAWN, 1);
  if (self->is_hourless)
    line = g_strdup (self->title);
  else if (self->is_dragged)
    line = g_strdup_printf (C_("calendar", "%s %s"), hours, self->title);
  else if (n_lines == 1)
    /* Translators: a title and an hour in a small place: "Call Dupont, 9:30" */
    line = g_strdup_printf (C_("calendar-block", "%s, %s"), self->title, begin);

  gtk_label_set_label (GTK_LABEL (self->label), line != NULL ? line : self->title);
  gtk_label_set_lines (GTK_LABEL (self->label), self->is_hourless ? 1 : line != NULL ? n_lines
                                                                                     : n_lines - 1);
  gtk_label_set_label (GTK_LABEL (self->hours), hours);
  gtk_widget_set_visible (self->hours, line == NULL);
}

static void
show_slot (CptCalendarBlock *self)
{
  g_autofree char *begin = dup_hour (self, self->slot.start);
  g_autofree char *end = dup_end (self);
  g_autofree char *text = NULL;

  /* Translators: when a task begins and ends, and its title: "9:30–10:15 Call Dupont" */
  text = end != NULL ? g_strdup_printf (C_("calendar", "%s–%s %s"), begin, end, self->title)
                     : g_strdup_printf (C_("calendar", "%s %s"), begin, self->title);
  show_labels (self, begin, end);
  cpt_tooltip_set (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
add_classes (GtkWidget             *self,
             const CptCalendarItem *item)
{
  if (item->colour != NULL)
    gtk_widget_add_css_class (self, item->colour);
  if (item->is_over)
    gtk_widget_add_css_class (self, "over");
  if (item->is_coming)
    gtk_widget_add_css_class (self, "coming");
  if (item->is_meeting)
    gtk_widget_add_css_class (self, "meeting");
}

GtkWidget *
cpt_calendar_block_new (const CptCalendarItem *item,
                        gint64                 from,
                        GTimeZone             *zone)
{
  CptCalendarBlock *self;

  g_return_val_if_fail (item != NULL && zone != NULL, NULL);

  self = g_object_new (CPT_TYPE_CALENDAR_BLOCK, NULL);
  self->task.id = item->id;
  self->task.day = item->is_coming ? item->day : G_MININT64;
  self->task.is_repeating = item->is_repeating && !item->is_over;
  self->task.is_meeting = item->is_meeting;
  self->task.offset = item->offset;
  self->task.first = item->first;
  self->task.last = item->last;
  self->task.has_last = item->has_last;
  self->from = from;
  self->zone = g_time_zone_ref (zone);
  self->title = g_strdup (item->title);
  self->has_length = item->length >= 60;
  self->slot.day = (int) (item->day - from);
  self->slot.start = item->minute;
  /* Nobody sees what is beyond a year. */
  self->slot.length = self->has_length ? (int) MIN (item->length / 60, 366 * CPT_WEEK_DAY_MINUTES) : CPT_WEEK_USUAL_LENGTH;
  add_classes (GTK_WIDGET (self), item);
  show_slot (self);

  return GTK_WIDGET (self);
}

GtkWidget *
cpt_calendar_block_new_rest (CptCalendarBlock *self,
                             int               days)
{
  static const char *const classes[] = { "red", "orange", "over", "coming", "meeting" };
  CptCalendarBlock *rest;
  CptWeekSlot slot;

  g_return_val_if_fail (CPT_IS_CALENDAR_BLOCK (self), NULL);

  if (!cpt_week_slot_find_rest (&self->slot, days, &slot))
    return NULL;

  rest = g_object_new (CPT_TYPE_CALENDAR_BLOCK, NULL);
  rest->task = self->task;
  rest->from = self->from;
  rest->zone = g_time_zone_ref (self->zone);
  rest->title = g_strdup (self->title);
  rest->has_length = TRUE;
  rest->is_rest = TRUE;
  rest->slot = slot;
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (gtk_widget_has_css_class (GTK_WIDGET (self), classes[i]))
      gtk_widget_add_css_class (GTK_WIDGET (rest), classes[i]);
  show_slot (rest);

  return GTK_WIDGET (rest);
}

gboolean
cpt_calendar_block_is_rest (CptCalendarBlock *self)
{
  g_return_val_if_fail (CPT_IS_CALENDAR_BLOCK (self), FALSE);

  return self->is_rest;
}

const CptCalendarTask *
cpt_calendar_block_get_task (CptCalendarBlock *self)
{
  g_return_val_if_fail (CPT_IS_CALENDAR_BLOCK (self), NULL);

  return &self->task;
}

const CptWeekSlot *
cpt_calendar_block_get_slot (CptCalendarBlock *self)
{
  g_return_val_if_fail (CPT_IS_CALENDAR_BLOCK (self), NULL);

  return &self->slot;
}

void
cpt_calendar_block_set_slot (CptCalendarBlock  *self,
                             const CptWeekSlot *slot)
{
  g_return_if_fail (CPT_IS_CALENDAR_BLOCK (self));
  g_return_if_fail (slot != NULL);

  self->slot = *slot;
  show_slot (self);
}

void
cpt_calendar_block_set_dragged (CptCalendarBlock *self,
                                gboolean          is_dragged)
{
  g_return_if_fail (CPT_IS_CALENDAR_BLOCK (self));

  self->is_dragged = is_dragged;
  self->is_hourless = FALSE;
  if (is_dragged)
    gtk_widget_add_css_class (GTK_WIDGET (self), "dragged");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "dragged");
  show_slot (self);
}

void
cpt_calendar_block_set_has_hour (CptCalendarBlock *self,
                                 gboolean          has_hour)
{
  g_return_if_fail (CPT_IS_CALENDAR_BLOCK (self));

  self->is_hourless = !has_hour;
  show_slot (self);
}
