/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Days with their hours: blocks stand where cpt_week_layout() puts them.
 *
 *   idle --press on a block or its lower edge--> pressed --4 px--> dragging
 *   dragging --release--> idle, "placed" or "resized"     (drag_ended_cb)
 *   dragging --release above all hours--> idle, "placed" without an hour
 *   dragging --Escape--> idle, as it was                  (cancel_drag)
 *
 * Where a drag takes a block is always computed from where it began. What was moved
 * stays there until whoever shows the days shows them again. When first on the
 * screen, the hours of work are in sight. What gets the keyboard is scrolled to from
 * its slot: a block may get it before it has a place on the screen.
 */

#include "config.h"

#include "cpt-calendar-hours.h"

#include <math.h>

#include "cpt-calendar-block.h"
#include "cpt-calendar-day.h"
#include "cpt-hours-scene-private.h"

#define THRESHOLD 4
#define EDGE 6 /* of a block, that is pulled */
#define SCROLL_EDGE 24
#define SCROLL_STEP 12
#define GAP 2
#define LEAST_HOUR 54 /* pixels */
#define FIRST_HOUR 7.5
#define TICK_SECONDS 30

typedef enum
{
  DRAG_NONE,
  DRAG_MOVE,
  DRAG_RESIZE,
} DragMode;

struct _CptCalendarHours
{
  GtkWidget parent_instance;

  CptStore *store;
  gint64 from;
  int n_days;
  GPtrArray *blocks; /* CptCalendarBlock: children */
  GArray *places;    /* CptWeekBlock of each */
  guint tick;        /* that moves the line of the hour */
  gboolean has_scrolled;

  DragMode mode;
  gboolean has_moved;
  gboolean is_above;         /* it is dragged out of the hours */
  CptCalendarBlock *dragged; /* (nullable): borrowed from blocks */
  CptWeekSlot origin;        /* of what is dragged */
};

enum
{
  OPENED,
  PLACED,
  RESIZED,
  DELETED,
  CREATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptCalendarHours, cpt_calendar_hours, GTK_TYPE_WIDGET)

/* Geometry */

/* As high as it takes for the least that is drawn to show a line of text */
static int
get_hour_height (CptCalendarHours *self)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (GTK_WIDGET (self)), NULL, NULL);
  int line = PANGO_PIXELS_CEIL (pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics));

  pango_font_metrics_unref (metrics);

  return MAX (LEAST_HOUR, (line + 4) * 60 / CPT_WEEK_LEAST_DRAWN);
}

static double
get_day_width (CptCalendarHours *self)
{
  return MAX (gtk_widget_get_width (GTK_WIDGET (self)) - CPT_CALENDAR_HOURS_GUTTER, 1) / (double) MAX (self->n_days, 1);
}

static double
to_minutes (CptCalendarHours *self,
            double            pixels)
{
  return pixels * 60 / get_hour_height (self);
}

/* The day at @x and the quarter of an hour at @y */
static void
find_place (CptCalendarHours *self,
            double            x,
            double            y,
            gint64           *day,
            int              *minute)
{
  int column = (int) floor ((x - CPT_CALENDAR_HOURS_GUTTER) / get_day_width (self));

  *day = self->from + CLAMP (column, 0, self->n_days - 1);
  *minute = CLAMP ((int) floor (to_minutes (self, y) / CPT_WEEK_STEP) * CPT_WEEK_STEP, 0, CPT_WEEK_DAY_MINUTES - CPT_WEEK_STEP);
}

static GtkAdjustment *
get_adjustment (CptCalendarHours *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

static void
scroll_to (CptCalendarHours *self,
           CptCalendarBlock *block)
{
  double hour = get_hour_height (self);
  int from;
  int to;

  cpt_week_slot_get_drawn (cpt_calendar_block_get_slot (block), &from, &to);
  gtk_adjustment_clamp_page (get_adjustment (self), from * hour / 60, to * hour / 60);
}

static void
lay_out (CptCalendarHours *self)
{
  g_array_set_size (self->places, 0);
  for (guint i = 0; i < self->blocks->len; i++)
    {
      CptWeekBlock place = { .slot = *cpt_calendar_block_get_slot (g_ptr_array_index (self->blocks, i)) };

      g_array_append_val (self->places, place);
    }
  cpt_week_layout ((CptWeekBlock *) (gpointer) self->places->data, self->places->len);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
allocate_block (CptCalendarHours   *self,
                GtkWidget          *block,
                const CptWeekBlock *place)
{
  double hour = get_hour_height (self);
  double width = (get_day_width (self) - GAP) / place->n_lanes;
  double x = CPT_CALENDAR_HOURS_GUTTER + place->slot.day * get_day_width (self) + place->lane * width;
  double y;
  int least_width;
  int least_height;
  int from;
  int to;

  cpt_week_slot_get_drawn (&place->slot, &from, &to);
  gtk_widget_measure (block, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  width = MAX (floor (width) - 1, least_width);
  gtk_widget_measure (block, GTK_ORIENTATION_VERTICAL, (int) width, &least_height, NULL, NULL, NULL);
  y = from * hour / 60;
  if (self->is_above && block == GTK_WIDGET (self->dragged))
    {
      y = gtk_adjustment_get_value (get_adjustment (self));
      to = from;
    }
  gtk_widget_allocate (block, (int) width, MAX ((int) ((to - from) * hour / 60) - 1, least_height), -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x, (float) y)));
}

static void
cpt_calendar_hours_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  CptCalendarHours *self = CPT_CALENDAR_HOURS (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = 24 * get_hour_height (self);
      return;
    }
  *minimum = CPT_CALENDAR_HOURS_GUTTER + 40 * self->n_days;
  *natural = CPT_CALENDAR_HOURS_GUTTER + 140 * self->n_days;
}

static void
cpt_calendar_hours_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  CptCalendarHours *self = CPT_CALENDAR_HOURS (widget);

  for (guint i = 0; i < self->blocks->len; i++)
    allocate_block (self, g_ptr_array_index (self->blocks, i), &g_array_index (self->places, CptWeekBlock, i));
}

static void
cpt_calendar_hours_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  CptCalendarHours *self = CPT_CALENDAR_HOURS (widget);

  const CptHoursScene scene = { widget, self->store, self->from, self->n_days, get_hour_height (self), get_day_width (self) };

  cpt_hours_scene_draw_lines (&scene, snapshot);
  for (guint i = 0; i < self->blocks->len; i++)
    if (g_ptr_array_index (self->blocks, i) != self->dragged)
      gtk_widget_snapshot_child (widget, g_ptr_array_index (self->blocks, i), snapshot);
  cpt_hours_scene_draw_now (&scene, snapshot);
  if (self->dragged != NULL)
    gtk_widget_snapshot_child (widget, GTK_WIDGET (self->dragged), snapshot);
}

/* Dragging */

static gboolean
may_change (CptCalendarHours *self)
{
  return !cpt_store_is_read_only (self->store);
}

static CptCalendarBlock *
find_block (CptCalendarHours *self,
            double            x,
            double            y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  return picked != NULL ? (CptCalendarBlock *) gtk_widget_get_ancestor (picked, CPT_TYPE_CALENDAR_BLOCK) : NULL;
}

static DragMode
choose_mode (CptCalendarHours *self,
             CptCalendarBlock *block,
             double            y)
{
  graphene_rect_t bounds;

  if (block == NULL || cpt_calendar_block_is_rest (block) || !may_change (self) ||
      !gtk_widget_compute_bounds (GTK_WIDGET (block), GTK_WIDGET (self), &bounds))
    return DRAG_NONE;

  return y > bounds.origin.y + bounds.size.height - EDGE ? DRAG_RESIZE : DRAG_MOVE;
}

static void
set_slot (CptCalendarHours  *self,
          CptCalendarBlock  *block,
          const CptWeekSlot *slot)
{
  cpt_calendar_block_set_slot (block, slot);
  lay_out (self);
}

static void
scroll_while_dragging (CptCalendarHours *self,
                       double            y)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double top = gtk_adjustment_get_value (adjustment);

  if (y < top + SCROLL_EDGE)
    gtk_adjustment_set_value (adjustment, top - SCROLL_STEP);
  else if (y > top + gtk_adjustment_get_page_size (adjustment) - SCROLL_EDGE)
    gtk_adjustment_set_value (adjustment, top + SCROLL_STEP);
}

static void
drag_began_cb (CptCalendarHours *self,
               double            x,
               double            y,
               GtkGesture       *gesture)
{
  CptCalendarBlock *block = find_block (self, x, y);

  self->mode = choose_mode (self, block, y);
  if (self->mode == DRAG_NONE)
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  self->dragged = block;
  self->has_moved = FALSE;
  self->origin = *cpt_calendar_block_get_slot (block);
}

/* Over what has no hour, a task loses its own; the day of one that repeats stays. */
static CptWeekSlot
find_slot (CptCalendarHours *self,
           double            dx,
           double            dy,
           double            y)
{
  const CptCalendarTask *task = cpt_calendar_block_get_task (self->dragged);

  self->is_above = self->mode == DRAG_MOVE && !task->is_meeting && y < gtk_adjustment_get_value (get_adjustment (self));
  cpt_calendar_block_set_has_hour (self->dragged, !self->is_above);
  if (self->mode == DRAG_RESIZE)
    return cpt_week_slot_resize (&self->origin, to_minutes (self, dy));

  return cpt_week_slot_move (&self->origin, self->is_above && task->is_repeating ? 0 : dx / get_day_width (self),
                             self->is_above ? 0 : to_minutes (self, dy), self->n_days);
}

static void
drag_updated_cb (CptCalendarHours *self,
                 double            dx,
                 double            dy,
                 GtkGesture       *gesture)
{
  CptWeekSlot slot;
  double y;

  if (self->mode == DRAG_NONE || (!self->has_moved && hypot (dx, dy) < THRESHOLD) ||
      !gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), NULL, &y))
    return;

  if (!self->has_moved)
    {
      self->has_moved = TRUE;
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
      gtk_widget_grab_focus (GTK_WIDGET (self->dragged));
      cpt_calendar_block_set_dragged (self->dragged, TRUE);
    }

  slot = find_slot (self, dx, dy, y + dy);
  set_slot (self, self->dragged, &slot);
  if (!self->is_above)
    scroll_while_dragging (self, y + dy);
}

static void
finish_drag (CptCalendarHours *self)
{
  if (self->dragged != NULL)
    cpt_calendar_block_set_dragged (self->dragged, FALSE);
  self->mode = DRAG_NONE;
  self->has_moved = FALSE;
  self->is_above = FALSE;
  self->dragged = NULL;
}

static void
emit_change (CptCalendarHours  *self,
             CptCalendarBlock  *block,
             const CptWeekSlot *before)
{
  const CptWeekSlot slot = *cpt_calendar_block_get_slot (block);
  const CptCalendarTask *task = cpt_calendar_block_get_task (block);

  if (slot.day != before->day || slot.start != before->start)
    g_signal_emit (self, signals[PLACED], 0, task, self->from + slot.day, slot.start);
  else if (slot.length != before->length)
    g_signal_emit (self, signals[RESIZED], 0, task, slot.length);
}

static void
drag_ended_cb (CptCalendarHours *self)
{
  CptCalendarBlock *block = self->has_moved ? self->dragged : NULL;
  gboolean is_above = self->is_above;

  if (self->mode == DRAG_NONE)
    return;

  finish_drag (self);
  if (is_above)
    g_signal_emit (self, signals[PLACED], 0, cpt_calendar_block_get_task (block),
                   self->from + cpt_calendar_block_get_slot (block)->day, -1);
  else if (block != NULL)
    emit_change (self, block, &self->origin);
}

static void
cancel_drag (CptCalendarHours *self)
{
  CptCalendarBlock *block = self->dragged;

  if (self->mode == DRAG_NONE)
    return;

  finish_drag (self);
  set_slot (self, block, &self->origin);
}

static void
pointer_moved_cb (CptCalendarHours *self,
                  double            x,
                  double            y)
{
  static const char *const names[] = { [DRAG_NONE] = NULL, [DRAG_MOVE] = "grab", [DRAG_RESIZE] = "s-resize" };

  if (self->mode == DRAG_NONE)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), names[choose_mode (self, find_block (self, x, y), y)]);
}

static gboolean
dropped_cb (GtkDropTarget    *target,
            const GValue     *value,
            double            x,
            double            y,
            CptCalendarHours *self)
{
  gint64 day;
  int minute;

  if (!may_change (self))
    return FALSE;

  find_place (self, x, y, &day, &minute);
  g_signal_emit (self, signals[PLACED], 0, cpt_calendar_chip_get_task (g_value_get_object (value)), day, minute);

  return TRUE;
}

static void
clicked_cb (CptCalendarHours *self,
            int               n_presses,
            double            x,
            double            y)
{
  gint64 day;
  int minute;

  if (n_presses != 2 || x < CPT_CALENDAR_HOURS_GUTTER || !may_change (self) || find_block (self, x, y) != NULL)
    return;

  find_place (self, x, y, &day, &minute);
  g_signal_emit (self, signals[CREATED], 0, day, minute);
}

/* The keyboard */

static CptCalendarBlock *
get_focused (CptCalendarHours *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self));

  return CPT_IS_CALENDAR_BLOCK (child) && !cpt_calendar_block_is_rest (CPT_CALENDAR_BLOCK (child))
           ? CPT_CALENDAR_BLOCK (child)
           : NULL;
}

/* To a day beside those that are shown, too: whoever shows them follows. */
static void
move_by_key (CptCalendarHours *self,
             CptCalendarBlock *block,
             int               days,
             int               steps)
{
  const CptWeekSlot before = *cpt_calendar_block_get_slot (block);
  CptWeekSlot slot = cpt_week_slot_move (&before, days, steps * CPT_WEEK_STEP, self->n_days);

  if (days != 0 && slot.day == before.day)
    {
      g_signal_emit (self, signals[PLACED], 0, cpt_calendar_block_get_task (block), self->from + before.day + days, before.start);
      return;
    }
  set_slot (self, block, &slot);
  scroll_to (self, block);
  emit_change (self, block, &before);
}

static void
resize_by_key (CptCalendarHours *self,
               CptCalendarBlock *block,
               int               steps)
{
  const CptWeekSlot before = *cpt_calendar_block_get_slot (block);
  CptWeekSlot slot = cpt_week_slot_resize (&before, steps * CPT_WEEK_STEP);

  set_slot (self, block, &slot);
  scroll_to (self, block);
  emit_change (self, block, &before);
}

static gboolean
key_pressed_cb (CptCalendarHours *self,
                guint             key,
                guint             code,
                GdkModifierType   state)
{
  CptCalendarBlock *block = get_focused (self);
  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK);
  int days = (key == GDK_KEY_Right) - (key == GDK_KEY_Left);
  int steps = (key == GDK_KEY_Down) - (key == GDK_KEY_Up);

  if (key == GDK_KEY_Escape && self->mode != DRAG_NONE)
    {
      cancel_drag (self);
      return GDK_EVENT_STOP;
    }
  if (block == NULL || !may_change (self) || self->mode != DRAG_NONE)
    return GDK_EVENT_PROPAGATE;

  if (modifiers == GDK_CONTROL_MASK && (days != 0 || steps != 0))
    move_by_key (self, block, days, steps);
  else if (modifiers == GDK_SHIFT_MASK && steps != 0)
    resize_by_key (self, block, steps);
  else if (modifiers == 0 && key == GDK_KEY_Delete)
    g_signal_emit (self, signals[DELETED], 0, cpt_calendar_block_get_task (block));
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

/* On the screen */

static gboolean
tick_cb (gpointer user_data)
{
  gtk_widget_queue_draw (user_data);

  return G_SOURCE_CONTINUE;
}

/* Before there is a page: what is set while it gets its size is not seen until later. */
static void
scroll_to_work (CptCalendarHours *self)
{
  double height = 24 * get_hour_height (self);

  self->has_scrolled = TRUE;
  gtk_adjustment_configure (get_adjustment (self), height * FIRST_HOUR / 24, 0, height, 0, 0, 0);
}

static void
cpt_calendar_hours_map (GtkWidget *widget)
{
  CptCalendarHours *self = CPT_CALENDAR_HOURS (widget);

  GTK_WIDGET_CLASS (cpt_calendar_hours_parent_class)->map (widget);
  self->tick = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
  if (!self->has_scrolled)
    scroll_to_work (self);
}

static void
cpt_calendar_hours_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&CPT_CALENDAR_HOURS (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (cpt_calendar_hours_parent_class)->unmap (widget);
}

static void
cpt_calendar_hours_set_focus_child (GtkWidget *widget,
                                    GtkWidget *child)
{
  CptCalendarHours *self = CPT_CALENDAR_HOURS (widget);

  GTK_WIDGET_CLASS (cpt_calendar_hours_parent_class)->set_focus_child (widget, child);
  if (child != NULL && self->mode == DRAG_NONE)
    scroll_to (self, CPT_CALENDAR_BLOCK (child));
}

static void
remove_blocks (CptCalendarHours *self)
{
  finish_drag (self);
  for (guint i = 0; i < self->blocks->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->blocks, i));
  g_ptr_array_set_size (self->blocks, 0);
  g_array_set_size (self->places, 0);
}

static void
cpt_calendar_hours_dispose (GObject *object)
{
  CptCalendarHours *self = CPT_CALENDAR_HOURS (object);

  remove_blocks (self);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (cpt_calendar_hours_parent_class)->dispose (object);
}

static void
cpt_calendar_hours_finalize (GObject *object)
{
  CptCalendarHours *self = CPT_CALENDAR_HOURS (object);

  g_ptr_array_unref (self->blocks);
  g_array_unref (self->places);

  G_OBJECT_CLASS (cpt_calendar_hours_parent_class)->finalize (object);
}

static void
cpt_calendar_hours_class_init (CptCalendarHoursClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_calendar_hours_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_calendar_hours_finalize;
  widget_class->measure = cpt_calendar_hours_measure;
  widget_class->size_allocate = cpt_calendar_hours_size_allocate;
  widget_class->snapshot = cpt_calendar_hours_snapshot;
  widget_class->map = cpt_calendar_hours_map;
  widget_class->unmap = cpt_calendar_hours_unmap;
  widget_class->set_focus_child = cpt_calendar_hours_set_focus_child;
  gtk_widget_class_set_css_name (widget_class, "calendarhours");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  /**
   * CptCalendarHours::opened:
   * @task: (type CptCalendarTask): which one
   */
  signals[OPENED] = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  /**
   * CptCalendarHours::placed:
   * @task: (type CptCalendarTask): which one
   * @day: where it goes
   * @minute: of that day; -1 without an hour
   */
  signals[PLACED] = g_signal_new ("placed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, G_TYPE_POINTER, G_TYPE_INT64, G_TYPE_INT);
  /**
   * CptCalendarHours::resized:
   * @task: (type CptCalendarTask): which one
   * @minutes: how long it takes
   */
  signals[RESIZED] = g_signal_new ("resized", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_INT);
  /**
   * CptCalendarHours::deleted:
   * @task: (type CptCalendarTask): which one
   */
  signals[DELETED] = g_signal_new ("deleted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  /**
   * CptCalendarHours::created:
   * @day: where it is wanted
   * @minute: of that day
   */
  signals[CREATED] = g_signal_new ("created", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT);
}

static void
add_drag (CptCalendarHours *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkDropTarget *target = gtk_drop_target_new (CPT_TYPE_CALENDAR_CHIP, GDK_ACTION_MOVE);

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_began_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_updated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "cancel", G_CALLBACK (cancel_drag), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (pointer_moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
cpt_calendar_hours_init (CptCalendarHours *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->n_days = 7;
  self->blocks = g_ptr_array_new ();
  self->places = g_array_new (FALSE, FALSE, sizeof (CptWeekBlock));
  add_drag (self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (click, "pressed", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
cpt_calendar_hours_new (CptStore *store)
{
  CptCalendarHours *self;

  g_return_val_if_fail (CPT_IS_STORE (store), NULL);

  self = g_object_new (CPT_TYPE_CALENDAR_HOURS, NULL);
  self->store = g_object_ref (store);

  return GTK_WIDGET (self);
}

static void
block_pressed_cb (CptCalendarHours *self,
                  CptCalendarBlock *block)
{
  g_signal_emit (self, signals[OPENED], 0, cpt_calendar_block_get_task (block));
}

static void
add_block (CptCalendarHours *self,
           GtkWidget        *block)
{
  g_signal_connect_object (block, "pressed", G_CALLBACK (block_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (block, GTK_WIDGET (self));
  g_ptr_array_add (self->blocks, block);
}

/* On its day, and on those after it until it ends */
static void
add_item (CptCalendarHours      *self,
          const CptCalendarItem *item)
{
  g_autoptr(GtkWidget) first = g_object_ref_sink (cpt_calendar_block_new (item, self->from, cpt_store_get_zone (self->store)));

  if (item->day >= self->from)
    add_block (self, first);
  for (int day = (int) MAX (item->day - self->from + 1, 0); day < self->n_days; day++)
    {
      GtkWidget *rest = cpt_calendar_block_new_rest (CPT_CALENDAR_BLOCK (first), day - (int) (item->day - self->from));

      if (rest == NULL)
        break;
      add_block (self, rest);
    }
}

void
cpt_calendar_hours_show (CptCalendarHours *self,
                         gint64            from,
                         int               n_days,
                         GPtrArray        *items)
{
  g_return_if_fail (CPT_IS_CALENDAR_HOURS (self));
  g_return_if_fail (n_days > 0 && items != NULL);

  remove_blocks (self);
  self->from = from;
  self->n_days = n_days;
  for (guint i = 0; i < items->len; i++)
    {
      const CptCalendarItem *item = g_ptr_array_index (items, i);

      if (item->hour != G_MAXINT64 && item->day < from + n_days)
        add_item (self, item);
    }
  lay_out (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

gboolean
cpt_calendar_hours_focus_item (CptCalendarHours *self,
                               const CptUuid    *id)
{
  g_return_val_if_fail (CPT_IS_CALENDAR_HOURS (self), FALSE);

  for (guint i = 0; i < self->blocks->len; i++)
    {
      CptCalendarBlock *block = g_ptr_array_index (self->blocks, i);
      const CptCalendarTask *task = cpt_calendar_block_get_task (block);

      if (cpt_uuid_equal (&task->id, id) && task->day == G_MININT64 && !cpt_calendar_block_is_rest (block))
        return gtk_widget_grab_focus (GTK_WIDGET (block));
    }

  return FALSE;
}

const CptUuid *
cpt_calendar_hours_get_focused (CptCalendarHours *self)
{
  CptCalendarBlock *block;

  g_return_val_if_fail (CPT_IS_CALENDAR_HOURS (self), NULL);

  block = get_focused (self);

  return block != NULL ? &cpt_calendar_block_get_task (block)->id : NULL;
}
