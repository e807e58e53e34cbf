/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One day of the calendar: its number and a button for each task, which can be
 * dragged to another day or moved there by keys.
 */

#include "config.h"

#include "cpt-calendar-day.h"

#include <glib/gi18n.h>

#include "cpt-date.h"
#include "cpt-drag-source.h"
#include "cpt-tooltip.h"

struct _CptCalendarChip
{
  GtkWidget parent_instance;

  CptCalendarTask task;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (CptCalendarChip, cpt_calendar_chip, GTK_TYPE_WIDGET)

struct _CptCalendarDay
{
  GtkWidget parent_instance;

  gint64 day;
  int step; /* days between this one and the one below */
  GtkWidget *box;
};

enum
{
  OPENED,
  MOVED,
  DELETED,
  CREATED,
  LISTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptCalendarDay, cpt_calendar_day, GTK_TYPE_WIDGET)

static CptCalendarDay *
get_day (CptCalendarChip *chip)
{
  return CPT_CALENDAR_DAY (gtk_widget_get_ancestor (GTK_WIDGET (chip), CPT_TYPE_CALENDAR_DAY));
}

static void
chip_pressed_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  CptCalendarChip *chip = CPT_CALENDAR_CHIP (widget);

  g_signal_emit (get_day (chip), signals[OPENED], 0, &chip->task);
}

static void
chip_released_cb (GtkWidget *chip)
{
  gtk_widget_activate_action (chip, "chip.press", NULL);
}

static void
cpt_calendar_chip_dispose (GObject *object)
{
  g_clear_pointer (&CPT_CALENDAR_CHIP (object)->label, gtk_widget_unparent);

  G_OBJECT_CLASS (cpt_calendar_chip_parent_class)->dispose (object);
}

static void
cpt_calendar_chip_class_init (CptCalendarChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_calendar_chip_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "calendarchip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_widget_class_install_action (widget_class, "chip.press", NULL, chip_pressed_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "chip.press", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "chip.press", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "chip.press", NULL);
}

static void
cpt_calendar_chip_init (CptCalendarChip *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (click, "released", G_CALLBACK (chip_released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

const CptCalendarTask *
cpt_calendar_chip_get_task (CptCalendarChip *self)
{
  g_return_val_if_fail (CPT_IS_CALENDAR_CHIP (self), NULL);

  return &self->task;
}

static gboolean
chip_moved_cb (GtkWidget *widget,
               GVariant  *arguments,
               gpointer   user_data)
{
  CptCalendarChip *chip = CPT_CALENDAR_CHIP (widget);
  CptCalendarDay *self = get_day (chip);
  int direction = g_variant_get_int32 (arguments);
  int step = ABS (direction) == 1 ? 1 : self->step;

  g_signal_emit (self, signals[MOVED], 0, &chip->task, self->day + (direction < 0 ? -step : step));

  return GDK_EVENT_STOP;
}

static gboolean
chip_deleted_cb (GtkWidget *widget,
                 GVariant  *arguments,
                 gpointer   user_data)
{
  CptCalendarChip *chip = CPT_CALENDAR_CHIP (widget);

  g_signal_emit (get_day (chip), signals[DELETED], 0, &chip->task);

  return GDK_EVENT_STOP;
}

static void
add_move_key (GtkEventController *keys,
              guint               key,
              int                 direction)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, GDK_CONTROL_MASK),
                                            gtk_callback_action_new (chip_moved_cb, NULL, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (direction));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
}

static GdkContentProvider *
drag_prepared_cb (GtkDragSource   *source,
                  double           x,
                  double           y,
                  CptCalendarChip *chip)
{
  g_autoptr(GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (chip));

  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);

  return gdk_content_provider_new_typed (CPT_TYPE_CALENDAR_CHIP, chip);
}

static void
add_drag_source (CptCalendarChip *chip)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (drag_prepared_cb), chip, 0);
  gtk_widget_add_controller (GTK_WIDGET (chip), GTK_EVENT_CONTROLLER (source));
}

static void
add_moving (CptCalendarChip *chip)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  if (cpt_drag_source_is_possible (GTK_WIDGET (chip)))
    add_drag_source (chip);
  add_move_key (keys, GDK_KEY_Left, -1);
  add_move_key (keys, GDK_KEY_Right, 1);
  add_move_key (keys, GDK_KEY_Up, -2);
  add_move_key (keys, GDK_KEY_Down, 2);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Delete, 0),
                                                          gtk_callback_action_new (chip_deleted_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (chip), keys);
}

static gboolean
dropped_cb (GtkDropTarget  *target,
            const GValue   *value,
            double          x,
            double          y,
            CptCalendarDay *self)
{
  CptCalendarChip *chip = g_value_get_object (value);

  if (get_day (chip) == self)
    return FALSE;
  g_signal_emit (self, signals[MOVED], 0, &chip->task, self->day);

  return TRUE;
}

void
cpt_calendar_day_add_item (CptCalendarDay        *self,
                           const CptCalendarItem *item)
{
  CptCalendarChip *chip;
  g_autofree char *text = NULL;

  g_return_if_fail (CPT_IS_CALENDAR_DAY (self));

  /* Translators: an hour and the title of a task: "9:30 Call Dupont" */
  text = item->when[0] != '\0' ? g_strdup_printf (C_("calendar", "%s %s"), item->when, item->title) : g_strdup (item->title);
  chip = g_object_new (CPT_TYPE_CALENDAR_CHIP, NULL);
  chip->task.id = item->id;
  chip->task.day = item->is_coming ? item->day : G_MININT64;
  chip->task.is_repeating = item->is_repeating && !item->is_over;
  chip->task.is_meeting = item->is_meeting;
  chip->task.offset = item->offset;
  chip->task.first = item->first;
  chip->task.last = item->last;
  chip->task.has_last = item->has_last;
  gtk_label_set_label (GTK_LABEL (chip->label), text);
  cpt_tooltip_set (GTK_WIDGET (chip), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (item->colour != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (chip), item->colour);
  if (item->is_over)
    gtk_widget_add_css_class (GTK_WIDGET (chip), "over");
  if (item->is_coming)
    gtk_widget_add_css_class (GTK_WIDGET (chip), "coming");
  if (item->is_meeting)
    gtk_widget_add_css_class (GTK_WIDGET (chip), "meeting");
  add_moving (chip);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (chip));
}

static void
more_clicked_cb (CptCalendarDay *self)
{
  g_signal_emit (self, signals[LISTED], 0);
}

void
cpt_calendar_day_add_more (CptCalendarDay *self,
                           guint           n_more)
{
  GtkWidget *button;
  g_autofree char *text = NULL;

  g_return_if_fail (CPT_IS_CALENDAR_DAY (self));

  text = g_strdup_printf (ngettext ("%u more", "%u more", n_more), n_more);
  button = gtk_button_new_with_label (text);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "calendar-more");
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
  g_signal_connect_object (button, "clicked", G_CALLBACK (more_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), button);
}

gboolean
cpt_calendar_day_focus_item (CptCalendarDay *self,
                             const CptUuid  *id)
{
  g_return_val_if_fail (CPT_IS_CALENDAR_DAY (self), FALSE);

  for (GtkWidget *child = gtk_widget_get_first_child (self->box); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (CPT_IS_CALENDAR_CHIP (child) && cpt_uuid_equal (&CPT_CALENDAR_CHIP (child)->task.id, id) &&
        !gtk_widget_has_css_class (child, "coming"))
      return gtk_widget_grab_focus (child);

  return FALSE;
}

const CptUuid *
cpt_calendar_day_get_focused (CptCalendarDay *self)
{
  GtkWidget *child;

  g_return_val_if_fail (CPT_IS_CALENDAR_DAY (self), NULL);

  child = gtk_widget_get_focus_child (self->box);

  return CPT_IS_CALENDAR_CHIP (child) ? &CPT_CALENDAR_CHIP (child)->task.id : NULL;
}

gint64
cpt_calendar_day_get_day (CptCalendarDay *self)
{
  g_return_val_if_fail (CPT_IS_CALENDAR_DAY (self), 0);

  return self->day;
}

void
cpt_calendar_day_set_step (CptCalendarDay *self,
                           int             step)
{
  g_return_if_fail (CPT_IS_CALENDAR_DAY (self));

  self->step = step;
}

static void
cpt_calendar_day_dispose (GObject *object)
{
  CptCalendarDay *self = CPT_CALENDAR_DAY (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cpt_calendar_day_parent_class)->dispose (object);
}

static void
cpt_calendar_day_class_init (CptCalendarDayClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_calendar_day_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "calendarday");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);

  /**
   * CptCalendarDay::opened:
   * @task: (type CptCalendarTask): which one
   */
  signals[OPENED] = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  /**
   * CptCalendarDay::moved:
   * @task: (type CptCalendarTask): which one
   * @day: where it goes
   */
  signals[MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_INT64);
  /**
   * CptCalendarDay::deleted:
   * @task: (type CptCalendarTask): which one
   */
  signals[DELETED] = g_signal_new ("deleted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  /**
   * CptCalendarDay::created:
   *
   * A new task is wanted on this day.
   */
  signals[CREATED] = g_signal_new ("created", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * CptCalendarDay::listed:
   *
   * All tasks of this day are wanted.
   */
  signals[LISTED] = g_signal_new ("listed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_calendar_day_init (CptCalendarDay *self)
{
  GtkDropTarget *target = gtk_drop_target_new (CPT_TYPE_CALENDAR_CHIP, GDK_ACTION_MOVE);

  self->step = 7;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
number_clicked_cb (CptCalendarDay *self)
{
  g_signal_emit (self, signals[CREATED], 0);
}

GtkWidget *
cpt_calendar_day_new (gint64           day,
                      const char      *title,
                      const CptEntity *entity)
{
  CptCalendarDay *self = g_object_new (CPT_TYPE_CALENDAR_DAY, NULL);
  GtkWidget *number = gtk_button_new_with_label (title);
  g_autofree char *date = NULL;
  g_autofree char *label = NULL;

  self->day = day;
  date = cpt_date_format (day);
  /* Translators: a kind of record ("Deal"), a day */
  label = entity != NULL ? g_strdup_printf (_("New: %s, on %s"), cpt_entity_get_label (entity), date)
                         /* Translators: %s is a day */
                         : g_strdup_printf (_("New task on %s"), date);
  gtk_widget_add_css_class (number, "flat");
  gtk_widget_add_css_class (number, "calendar-number");
  gtk_widget_set_halign (number, GTK_ALIGN_START);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (number))), PANGO_ELLIPSIZE_END);
  cpt_tooltip_set (number, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (number), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, date, -1);
  g_signal_connect_object (number, "clicked", G_CALLBACK (number_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), number);

  return GTK_WIDGET (self);
}
