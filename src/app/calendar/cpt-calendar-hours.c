/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Days with their hours: blocks stand where cpt_week_layout() puts them. Dragging is
 * cpt-hours-drag.c, the keyboard cpt-hours-keys.c; what they move stays there until
 * whoever shows the days shows them again. When first on the screen, the hours of work
 * are in sight. What gets the keyboard is scrolled to from its slot: a block may get it
 * before it has a place on the screen.
 */

#include "config.h"

#include "cpt-calendar-hours-private.h"

#include <math.h>

#include "cpt-hours-scene-private.h"

#define GAP 2
#define LEAST_HOUR 54 /* pixels */
#define FIRST_HOUR 7.5
#define TICK_SECONDS 30

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
int
cpt_hours_get_hour_height (CptCalendarHours *self)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (GTK_WIDGET (self)), NULL, NULL);
  int line = PANGO_PIXELS_CEIL (pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics));

  pango_font_metrics_unref (metrics);

  return MAX (LEAST_HOUR, (line + 4) * 60 / CPT_WEEK_LEAST_DRAWN);
}

double
cpt_hours_get_day_width (CptCalendarHours *self)
{
  return MAX (gtk_widget_get_width (GTK_WIDGET (self)) - CPT_CALENDAR_HOURS_GUTTER, 1) / (double) MAX (self->n_days, 1);
}

GtkAdjustment *
cpt_hours_get_adjustment (CptCalendarHours *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

void
cpt_hours_scroll_to (CptCalendarHours *self,
                     CptCalendarBlock *block)
{
  double hour = cpt_hours_get_hour_height (self);
  int from;
  int to;

  cpt_week_slot_get_drawn (cpt_calendar_block_get_slot (block), &from, &to);
  gtk_adjustment_clamp_page (cpt_hours_get_adjustment (self), from * hour / 60, to * hour / 60);
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
  double hour = cpt_hours_get_hour_height (self);
  double width = (cpt_hours_get_day_width (self) - GAP) / place->n_lanes;
  double x = CPT_CALENDAR_HOURS_GUTTER + place->slot.day * cpt_hours_get_day_width (self) + place->lane * width;
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
      y = gtk_adjustment_get_value (cpt_hours_get_adjustment (self));
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
      *minimum = *natural = 24 * cpt_hours_get_hour_height (self);
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
  const CptHoursScene scene = {
    widget, self->store, self->from, self->n_days, cpt_hours_get_hour_height (self), cpt_hours_get_day_width (self),
  };

  cpt_hours_scene_draw_lines (&scene, snapshot);
  for (guint i = 0; i < self->blocks->len; i++)
    if (g_ptr_array_index (self->blocks, i) != self->dragged)
      gtk_widget_snapshot_child (widget, g_ptr_array_index (self->blocks, i), snapshot);
  cpt_hours_scene_draw_now (&scene, snapshot);
  if (self->dragged != NULL)
    gtk_widget_snapshot_child (widget, GTK_WIDGET (self->dragged), snapshot);
}

/* What dragging and keys share */

gboolean
cpt_hours_may_change (CptCalendarHours *self)
{
  return !cpt_store_is_read_only (self->store);
}

void
cpt_hours_set_slot (CptCalendarHours  *self,
                    CptCalendarBlock  *block,
                    const CptWeekSlot *slot)
{
  cpt_calendar_block_set_slot (block, slot);
  lay_out (self);
}

void
cpt_hours_emit_change (CptCalendarHours  *self,
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

CptCalendarBlock *
cpt_hours_get_focused (CptCalendarHours *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self));

  return CPT_IS_CALENDAR_BLOCK (child) && !cpt_calendar_block_is_rest (CPT_CALENDAR_BLOCK (child))
           ? CPT_CALENDAR_BLOCK (child)
           : NULL;
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
  double height = 24 * cpt_hours_get_hour_height (self);

  self->has_scrolled = TRUE;
  gtk_adjustment_configure (cpt_hours_get_adjustment (self), height * FIRST_HOUR / 24, 0, height, 0, 0, 0);
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
  if (child != NULL && self->mode == CPT_HOURS_IDLE)
    cpt_hours_scroll_to (self, CPT_CALENDAR_BLOCK (child));
}

static void
remove_blocks (CptCalendarHours *self)
{
  cpt_hours_finish_drag (self);
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
cpt_calendar_hours_init (CptCalendarHours *self)
{
  self->n_days = 7;
  self->blocks = g_ptr_array_new ();
  self->places = g_array_new (FALSE, FALSE, sizeof (CptWeekBlock));
  cpt_hours_add_drag (self);
  cpt_hours_add_keys (self);
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

  block = cpt_hours_get_focused (self);

  return block != NULL ? &cpt_calendar_block_get_task (block)->id : NULL;
}
