/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The grid of a dashboard. While dragging, the layout is always computed from the one at the start of
 * the drag, never from the one on the screen: going back restores. Cards glide
 * to where they belong unless animations are off; the dragged one follows the
 * pointer.
 */

#include "config.h"

#include "cpt-dashboard-grid-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define GLIDE_MS 150
#define SCROLL_EDGE 40

enum
{
  PLACED,
  MARK_ACTIVATED,
  COMMAND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptDashboardGrid, cpt_dashboard_grid, GTK_TYPE_WIDGET)

static void
cell_free (gpointer pointer)
{
  CptDashboardCell *cell = pointer;

  gtk_widget_unparent (cell->card);
  g_free (cell);
}

static int
choose_columns (int width)
{
  if (width >= 840)
    return CPT_GRID_COLUMNS;

  return width >= 540 ? 6 : 1;
}

/* The rectangles for a number of columns, and the rows they need */
static CptGridRect *
dup_rects (CptDashboardGrid *self,
           int               columns,
           int              *n_rows)
{
  CptGridRect *rects = g_new0 (CptGridRect, self->cells->len + 1);
  g_autofree CptGridItem *items = g_new0 (CptGridItem, self->cells->len + 1);

  *n_rows = 0;
  for (guint i = 0; i < self->cells->len; i++)
    {
      items[i] = ((CptDashboardCell *) g_ptr_array_index (self->cells, i))->item;
      rects[i] = items[i].rect;
    }
  if (columns != CPT_GRID_COLUMNS)
    cpt_grid_derive (items, self->cells->len, columns, rects);
  for (guint i = 0; i < self->cells->len; i++)
    *n_rows = MAX (*n_rows, rects[i].y + rects[i].h);

  return rects;
}

void
cpt_dashboard_grid_get_pixels (const CptGridRect *rect,
                               int                columns,
                               int                width,
                               graphene_rect_t   *pixels)
{
  double column = (double) (width - 2 * CPT_CARD_MARGIN + CPT_CARD_GAP) / columns;

  graphene_rect_init (pixels, (float) round (CPT_CARD_MARGIN + rect->x * column),
                      (float) (CPT_CARD_MARGIN + rect->y * CPT_CARD_ROW), (float) round (rect->w * column - CPT_CARD_GAP),
                      (float) (rect->h * CPT_CARD_ROW - CPT_CARD_GAP));
}

gboolean
cpt_dashboard_grid_may_drag (CptDashboardGrid *self)
{
  return self->is_editable && choose_columns (gtk_widget_get_width (GTK_WIDGET (self))) == CPT_GRID_COLUMNS;
}

/* Gliding */

static gboolean
wants_animation (CptDashboardGrid *self)
{
  gboolean enabled = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &enabled, NULL);

  return enabled && gtk_widget_get_mapped (GTK_WIDGET (self));
}

static void
scroll_while_dragging (CptDashboardGrid *self)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  double top;
  double pointer;
  double page;
  double step = 0;

  if (self->mode == CPT_DRAG_NONE || !self->has_moved || scrolled == NULL)
    return;

  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  top = gtk_adjustment_get_value (adjustment);
  page = gtk_adjustment_get_page_size (adjustment);
  pointer = self->dragged->shown.origin.y - top +
            (self->mode == CPT_DRAG_MOVE ? self->offset_y : self->dragged->shown.size.height);
  if (pointer < SCROLL_EDGE)
    step = -(SCROLL_EDGE - pointer) / 4;
  else if (pointer > page - SCROLL_EDGE)
    step = (pointer - page + SCROLL_EDGE) / 4;

  gtk_adjustment_set_value (adjustment, top + CLAMP (step, -16, 16));
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       unused)
{
  CptDashboardGrid *self = CPT_DASHBOARD_GRID (widget);
  gint64 elapsed = gdk_frame_clock_get_frame_time (clock) - self->glide_began;

  scroll_while_dragging (self);
  if (self->glide_began != 0)
    gtk_widget_queue_allocate (widget);
  if (elapsed >= GLIDE_MS * 1000)
    self->glide_began = 0;

  if (self->glide_began == 0 && self->mode == CPT_DRAG_NONE)
    {
      self->tick = 0;
      return G_SOURCE_REMOVE;
    }

  return G_SOURCE_CONTINUE;
}

void
cpt_dashboard_grid_start_glide (CptDashboardGrid *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  for (guint i = 0; i < self->cells->len; i++)
    {
      CptDashboardCell *cell = g_ptr_array_index (self->cells, i);

      cell->from = cell->shown;
    }
  self->glide_began = clock != NULL && wants_animation (self) ? gdk_frame_clock_get_frame_time (clock) : 0;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static double
get_progress (CptDashboardGrid *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));
  double part;

  if (self->glide_began == 0 || clock == NULL)
    return 1;

  part = (double) (gdk_frame_clock_get_frame_time (clock) - self->glide_began) / (GLIDE_MS * 1000);
  part = CLAMP (part, 0, 1);

  return 1 - (1 - part) * (1 - part) * (1 - part);
}

static void
cpt_dashboard_grid_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  CptDashboardGrid *self = CPT_DASHBOARD_GRID (widget);
  int columns = choose_columns (width);
  int n_rows;
  g_autofree CptGridRect *rects = dup_rects (self, columns, &n_rows);
  double progress = get_progress (self);

  for (guint i = 0; i < self->cells->len; i++)
    {
      CptDashboardCell *cell = g_ptr_array_index (self->cells, i);
      graphene_rect_t target;

      cpt_dashboard_grid_get_pixels (&rects[i], columns, width, &target);
      if (!(cell == self->dragged && self->has_moved))
        {
          if (cell->is_new || progress >= 1)
            cell->shown = target;
          else
            graphene_rect_interpolate (&cell->from, &target, progress, &cell->shown);
          cell->is_new = FALSE;
        }

      gtk_widget_size_allocate (cell->card,
                                &(GtkAllocation){ (int) cell->shown.origin.x, (int) cell->shown.origin.y,
                                                  (int) cell->shown.size.width, (int) cell->shown.size.height },
                                -1);
    }
}

/* Else the height would be that of the widest, whatever the width */
static GtkSizeRequestMode
cpt_dashboard_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cpt_dashboard_grid_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  CptDashboardGrid *self = CPT_DASHBOARD_GRID (widget);
  g_autofree CptGridRect *rects = NULL;
  int n_rows;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 240;
      *natural = 1100;
      return;
    }

  rects = dup_rects (self, choose_columns (for_size < 0 ? 1100 : for_size), &n_rows);
  *minimum = *natural = 2 * CPT_CARD_MARGIN + n_rows * CPT_CARD_ROW - CPT_CARD_GAP;
}

/* What can be seen, and as much above and below: charts take a while to draw, and most of a large
 * dashboard is out of sight. */
static gboolean
is_near (CptDashboardGrid       *self,
         const CptDashboardCell *cell)
{
  double top, page;

  if (self->scrolled == NULL)
    return TRUE;

  top = gtk_adjustment_get_value (self->scrolled);
  page = gtk_adjustment_get_page_size (self->scrolled);

  return cell->shown.origin.y < top + page * 1.25 && cell->shown.origin.y + cell->shown.size.height > top - page * 0.25;
}

static void
cpt_dashboard_grid_root (GtkWidget *widget)
{
  CptDashboardGrid *self = CPT_DASHBOARD_GRID (widget);
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);

  GTK_WIDGET_CLASS (cpt_dashboard_grid_parent_class)->root (widget);

  if (scrolled == NULL)
    return;
  self->scrolled = g_object_ref (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)));
  self->scroll_handler = g_signal_connect_swapped (self->scrolled, "value-changed", G_CALLBACK (gtk_widget_queue_draw), self);
}

static void
cpt_dashboard_grid_unroot (GtkWidget *widget)
{
  CptDashboardGrid *self = CPT_DASHBOARD_GRID (widget);

  g_clear_signal_handler (&self->scroll_handler, self->scrolled);
  g_clear_object (&self->scrolled);

  GTK_WIDGET_CLASS (cpt_dashboard_grid_parent_class)->unroot (widget);
}

static void
cpt_dashboard_grid_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  CptDashboardGrid *self = CPT_DASHBOARD_GRID (widget);

  if (self->dragged != NULL && self->has_moved)
    {
      GskRoundedRect outline;
      GdkRGBA color = { 0.5f, 0.5f, 0.5f, 0.25f };
      graphene_rect_t target;

      cpt_dashboard_grid_get_pixels (&self->dragged->item.rect, CPT_GRID_COLUMNS, gtk_widget_get_width (widget), &target);
      gsk_rounded_rect_init_from_rect (&outline, &target, 12);
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
      gtk_snapshot_append_color (snapshot, &color, &target);
      gtk_snapshot_pop (snapshot);
    }

  for (guint i = 0; i < self->cells->len; i++)
    {
      CptDashboardCell *cell = g_ptr_array_index (self->cells, i);

      if (cell != self->dragged && is_near (self, cell))
        gtk_widget_snapshot_child (widget, cell->card, snapshot);
    }
  if (self->dragged != NULL)
    gtk_widget_snapshot_child (widget, self->dragged->card, snapshot);
}

/* Placing */

void
cpt_dashboard_grid_place (CptDashboardGrid  *self,
                          CptDashboardCell  *cell,
                          const CptGridRect *wanted,
                          gboolean           from_start)
{
  g_autofree CptGridItem *items = g_new0 (CptGridItem, self->cells->len);
  g_autofree CptGridRect *result = g_new0 (CptGridRect, self->cells->len);
  guint index = 0;
  gboolean differs = FALSE;

  for (guint i = 0; i < self->cells->len; i++)
    {
      CptDashboardCell *other = g_ptr_array_index (self->cells, i);

      items[i] = other->item;
      if (from_start)
        items[i].rect = other->start;
      if (other == cell)
        index = i;
    }

  cpt_grid_place (items, self->cells->len, index, wanted, result);
  for (guint i = 0; i < self->cells->len; i++)
    {
      CptDashboardCell *other = g_ptr_array_index (self->cells, i);

      differs |= memcmp (&other->item.rect, &result[i], sizeof (CptGridRect)) != 0;
      other->item.rect = result[i];
    }

  if (differs)
    cpt_dashboard_grid_start_glide (self);
}

void
cpt_dashboard_grid_emit_placed (CptDashboardGrid *self,
                                CptDashboardCell *cell)
{
  const CptGridRect *rect = &cell->item.rect;

  g_signal_emit (self, signals[PLACED], 0, cpt_chart_card_get_id (CPT_CHART_CARD (cell->card)), rect->x, rect->y, rect->w,
                 rect->h);
}

CptDashboardCell *
cpt_dashboard_grid_find_cell (CptDashboardGrid *self,
                              double            x,
                              double            y)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      CptDashboardCell *cell = g_ptr_array_index (self->cells, i);

      if (graphene_rect_contains_point (&cell->shown, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
        return cell;
    }

  return NULL;
}

static void
cpt_dashboard_grid_dispose (GObject *object)
{
  CptDashboardGrid *self = CPT_DASHBOARD_GRID (object);

  self->dragged = NULL;
  g_clear_pointer (&self->cells, g_ptr_array_unref);

  G_OBJECT_CLASS (cpt_dashboard_grid_parent_class)->dispose (object);
}

static void
cpt_dashboard_grid_class_init (CptDashboardGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_dashboard_grid_dispose;
  widget_class->get_request_mode = cpt_dashboard_grid_get_request_mode;
  widget_class->measure = cpt_dashboard_grid_measure;
  widget_class->size_allocate = cpt_dashboard_grid_size_allocate;
  widget_class->snapshot = cpt_dashboard_grid_snapshot;
  widget_class->root = cpt_dashboard_grid_root;
  widget_class->unroot = cpt_dashboard_grid_unroot;

  /**
   * CptDashboardGrid::placed:
   * @id: identifier of the widget
   * @x: column
   * @y: row
   * @w: columns wide
   * @h: rows high
   *
   * A person put a card there.
   */
  signals[PLACED] = g_signal_new ("placed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 5, G_TYPE_STRING, G_TYPE_INT, G_TYPE_INT, G_TYPE_INT, G_TYPE_INT);

  /**
   * CptDashboardGrid::mark-activated:
   * @id: identifier of the widget
   * @use: a CptMarkUse
   * @series: index in its data, or -1
   * @category: index in its data, or -1
   *
   * A person wants something of a mark of a card.
   */
  signals[MARK_ACTIVATED] = g_signal_new ("mark-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_INT, G_TYPE_INT, G_TYPE_INT);

  /**
   * CptDashboardGrid::command:
   * @id: identifier of the widget
   * @command: "edit", "duplicate" or "remove"
   */
  signals[COMMAND] = g_signal_new ("command", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "dashboardgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cpt_dashboard_grid_init (CptDashboardGrid *self)
{
  self->cells = g_ptr_array_new_with_free_func (cell_free);
  cpt_dashboard_grid_add_drag (self);
}

GtkWidget *
cpt_dashboard_grid_new (void)
{
  return g_object_new (CPT_TYPE_DASHBOARD_GRID, NULL);
}

static gboolean
find_id (CptDashboardGrid *self,
         const char       *id,
         guint            *index)
{
  for (*index = 0; *index < self->cells->len; (*index)++)
    {
      CptDashboardCell *cell = g_ptr_array_index (self->cells, *index);

      if (g_strcmp0 (cpt_chart_card_get_id (CPT_CHART_CARD (cell->card)), id) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
mark_activated_cb (CptChartCard     *card,
                   int               use,
                   int               series,
                   int               category,
                   CptDashboardGrid *self)
{
  g_signal_emit (self, signals[MARK_ACTIVATED], 0, cpt_chart_card_get_id (card), use, series, category);
}

static void
command_cb (CptChartCard     *card,
            const char       *command,
            CptDashboardGrid *self)
{
  g_signal_emit (self, signals[COMMAND], 0, cpt_chart_card_get_id (card), command);
}

void
cpt_dashboard_grid_set_dashboard (CptDashboardGrid   *self,
                                  const CptDashboard *dashboard)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (cell_free);

  g_return_if_fail (CPT_IS_DASHBOARD_GRID (self));
  g_return_if_fail (dashboard != NULL);

  cpt_dashboard_grid_cancel_drag (self);
  for (guint i = 0; i < cpt_dashboard_get_n_widgets (dashboard); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (dashboard, i);
      guint index;
      CptDashboardCell *cell = find_id (self, widget->id, &index) ? g_ptr_array_steal_index (self->cells, index) : NULL;

      if (cell == NULL)
        {
          cell = g_new0 (CptDashboardCell, 1);
          cell->is_new = TRUE;
          cell->card = cpt_chart_card_new ();
          g_signal_connect_object (cell->card, "mark-activated", G_CALLBACK (mark_activated_cb), self, 0);
          g_signal_connect_object (cell->card, "command", G_CALLBACK (command_cb), self, 0);
          gtk_widget_set_parent (cell->card, GTK_WIDGET (self));
        }
      cell->item = widget->item;
      cpt_chart_card_set_widget (CPT_CHART_CARD (cell->card), widget);
      g_ptr_array_add (cells, cell);
    }

  /* What is left belongs to widgets that are no more. */
  g_ptr_array_set_size (self->cells, 0);
  g_ptr_array_extend_and_steal (self->cells, g_steal_pointer (&cells));
  cpt_dashboard_grid_start_glide (self);
}

CptChartCard *
cpt_dashboard_grid_find_card (CptDashboardGrid *self,
                              const char       *id)
{
  guint index;

  g_return_val_if_fail (CPT_IS_DASHBOARD_GRID (self), NULL);

  return find_id (self, id, &index) ? CPT_CHART_CARD (((CptDashboardCell *) g_ptr_array_index (self->cells, index))->card) : NULL;
}

void
cpt_dashboard_grid_set_editable (CptDashboardGrid *self,
                                 gboolean          editable)
{
  g_return_if_fail (CPT_IS_DASHBOARD_GRID (self));

  self->is_editable = editable;
}

gboolean
cpt_dashboard_grid_find_place (CptDashboardGrid *self,
                               double            x,
                               double            y,
                               CptGridRect      *place,
                               graphene_rect_t  *shown)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  double column = (double) (width - 2 * CPT_CARD_MARGIN + CPT_CARD_GAP) / CPT_GRID_COLUMNS;
  CptDashboardCell *cell = cpt_dashboard_grid_find_cell (self, x, y);

  if (choose_columns (width) != CPT_GRID_COLUMNS && cell == NULL)
    return FALSE;
  if (choose_columns (width) != CPT_GRID_COLUMNS)
    {
      *place = (CptGridRect){ cell->item.rect.x, cell->item.rect.y, place->w, place->h };
      *shown = cell->shown;
      return TRUE;
    }

  place->x = CLAMP ((int) floor ((x - CPT_CARD_MARGIN) / column) - place->w / 2, 0, CPT_GRID_COLUMNS - place->w);
  place->y = MAX ((int) floor ((y - CPT_CARD_MARGIN) / CPT_CARD_ROW), 0);
  cpt_dashboard_grid_get_pixels (place, CPT_GRID_COLUMNS, width, shown);

  return TRUE;
}
