/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of any number of rows of equal height.
 *
 * GtkColumnView of GTK 4.8 jumps when it is scrolled fast and keeps two hundred
 * rows of widgets alive. Here a row is a render node, kept while it is near the
 * screen: a frame that scrolls moves nodes that GSK already knows. Positions
 * on the screen are computed in doubles, so that millions of rows fit.
 *
 * The grid owns nothing of the data. What the person pointed at (cursor,
 * selection) are positions, and follow the rows when the model splices. Rows
 * for assistive technology are put in place a moment after scrolling ends.
 *
 * Pinned columns are the first ones. A row is one node: it is shown twice, once
 * scrolled and once where it is without, each cut to its part of the width. */
#include "config.h"
#include "cpt-data-grid.h"

#include <math.h>

#include "cpt-data-grid-private.h"

#define SETTLE_MS 50
#define KEEP_ROWS 30
#define MIN_WIDTH 100
#define PINNED_PART 0.6      /* of the width, at most */
#define MAX_HEIGHT 100000000 /* more than any screen, less than GTK can add up */

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum
{
  ACTIVATED,
  SELECTED,
  RESIZED,
  COLUMN_MOVED,
  COLUMN_PINNED,
  COLUMN_MENU,
  ROW_MENU,
  EDIT,
  CURSOR_MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A row as it was drawn */
typedef struct
{
  GskRenderNode *node; /* (nullable): nothing to be seen */
  guint64 version;
  guint generation;
  guint position; /* where it was shown last */
} DrawnRow;

G_DEFINE_TYPE_WITH_CODE (CptDataGrid, cpt_data_grid, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static void
drawn_row_free (DrawnRow *row)
{
  g_clear_pointer (&row->node, gsk_render_node_unref);
  g_free (row);
}

int
cpt_data_grid_get_header_height (CptDataGrid *self)
{
  return gtk_widget_get_visible (self->header) ? gtk_widget_get_height (self->header) : 0;
}

double
cpt_data_grid_get_extent (CptDataGrid *self)
{
  return (double) self->row_height * self->n_rows + (self->cell != CPT_DATA_GRID_NONE ? CPT_GRID_TOAST_ROOM : 0);
}

double
cpt_data_grid_get_offset (CptDataGrid    *self,
                          GtkOrientation  orientation)
{
  return self->adjustments[orientation] != NULL ? gtk_adjustment_get_value (self->adjustments[orientation]) : 0;
}

void
cpt_data_grid_set_target (CptDataGrid *self,
                          guint        position)
{
  g_return_if_fail (CPT_IS_DATA_GRID (self));

  if (self->target == position)
    return;

  self->target = position;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
cpt_data_grid_find_row (CptDataGrid *self,
                        double       y)
{
  double row = (y - cpt_data_grid_get_header_height (self) + cpt_data_grid_get_offset (self, GTK_ORIENTATION_VERTICAL)) /
               self->row_height;

  return y >= cpt_data_grid_get_header_height (self) && row >= 0 && row < self->n_rows ? (guint) row : CPT_DATA_GRID_NONE;
}

void
cpt_data_grid_get_range (CptDataGrid *self,
                         guint       *first,
                         guint       *last)
{
  double top = cpt_data_grid_get_offset (self, GTK_ORIENTATION_VERTICAL);
  double bottom = top + gtk_widget_get_height (GTK_WIDGET (self)) - cpt_data_grid_get_header_height (self);
  double end = MAX (self->n_rows, 1) - 1;

  *first = (guint) CLAMP (top / self->row_height, 0, end);
  *last = (guint) CLAMP ((bottom - 1) / self->row_height, *first, end);
}

/* Rows and cells for assistive technology, where the rows are now */
static void
place_rows (CptDataGrid *self)
{
  guint first, last, needed;

  cpt_data_grid_get_range (self, &first, &last);
  needed = self->model == NULL || self->n_rows == 0 ? 0 : last - first + 1;
  while (self->rows->len > needed)
    {
      gtk_widget_unparent (g_ptr_array_index (self->rows, self->rows->len - 1));
      g_ptr_array_set_size (self->rows, (int) self->rows->len - 1);
    }
  while (self->rows->len < needed)
    {
      GtkWidget *row = cpt_grid_row_new (self);

      gtk_widget_set_parent (row, GTK_WIDGET (self));
      g_ptr_array_add (self->rows, row);
    }
  for (guint i = 0; i < needed; i++)
    cpt_grid_row_update (g_ptr_array_index (self->rows, i), first + i);
}

static gboolean
settle_cb (gpointer data)
{
  CptDataGrid *self = data;

  self->settle_source = 0;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_REMOVE;

  place_rows (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));

  return G_SOURCE_REMOVE;
}

static void
schedule_settle (CptDataGrid *self)
{
  if (self->settle_source == 0)
    self->settle_source = g_timeout_add (SETTLE_MS, settle_cb, self);
}

static void
tell_range (CptDataGrid *self)
{
  guint first, last;

  if (self->model == NULL || self->n_rows == 0 || self->row_height == 0)
    return;

  cpt_data_grid_get_range (self, &first, &last);
  cpt_grid_model_set_range (self->model, first, last);
}

static void
scrolled_cb (CptDataGrid   *self,
             GtkAdjustment *adjustment)
{
  if (adjustment == self->adjustments[GTK_ORIENTATION_HORIZONTAL] || self->editor != NULL)
    gtk_widget_queue_allocate (GTK_WIDGET (self));

  tell_range (self);
  schedule_settle (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
configure_adjustments (CptDataGrid *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = MAX (gtk_widget_get_height (GTK_WIDGET (self)) - cpt_data_grid_get_header_height (self), 0);
  double total = cpt_data_grid_get_extent (self);
  GtkAdjustment *horizontal = self->adjustments[GTK_ORIENTATION_HORIZONTAL];
  GtkAdjustment *vertical = self->adjustments[GTK_ORIENTATION_VERTICAL];

  if (horizontal != NULL)
    gtk_adjustment_configure (horizontal, gtk_adjustment_get_value (horizontal), 0, MAX (self->content_width, width),
                              width * 0.1, width * 0.9, width);
  if (vertical != NULL)
    gtk_adjustment_configure (vertical, gtk_adjustment_get_value (vertical), 0, MAX (total, height), self->row_height,
                              MAX (height - self->row_height, 0), height);
}

/* All columns side by side */
static int
get_wanted_width (CptDataGrid *self)
{
  int total = 0;

  for (guint i = 0; i < self->tracks->len; i++)
    total += g_array_index (self->tracks, CptGridTrack, i).wanted;

  return self->is_compact ? 0 : total;
}

/* As many of the pinned ones as leave room for others */
static void
stick_columns (CptDataGrid *self,
               int          width)
{
  self->n_stuck = 0;
  self->stuck_width = 0;
  for (guint i = 0; i < MIN (self->n_pinned, self->tracks->len) && !self->is_compact; i++)
    {
      const CptGridTrack *track = &g_array_index (self->tracks, CptGridTrack, i);

      if (track->x + track->width > width * PINNED_PART)
        break;
      self->n_stuck = i + 1;
      self->stuck_width = track->x + track->width;
    }
}

int
cpt_data_grid_get_column_x (CptDataGrid *self,
                            guint        column)
{
  const CptGridTrack *track = &g_array_index (self->tracks, CptGridTrack, column);
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int offset = (int) CLAMP (cpt_data_grid_get_offset (self, GTK_ORIENTATION_HORIZONTAL), 0,
                            MAX (self->content_width - width, 0));

  if (column < self->n_stuck)
    return is_mirrored ? width - track->x - track->width : track->x;

  return (is_mirrored ? self->content_width - track->x - track->width : track->x) - offset;
}

graphene_rect_t
cpt_data_grid_get_scrolled_area (CptDataGrid *self,
                                 double       height)
{
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int width = MAX (gtk_widget_get_width (GTK_WIDGET (self)) - self->stuck_width, 0);

  return GRAPHENE_RECT_INIT (is_mirrored ? 0 : self->stuck_width, 0, width, (float) height);
}

/* The first column takes the room that is left over. */
void
cpt_data_grid_layout_columns (CptDataGrid *self,
                              int          width)
{
  int spare = self->is_compact ? 0 : MAX (width - get_wanted_width (self), 0), x = 0;
  gboolean is_changed = FALSE;

  for (guint i = 0; i < self->tracks->len; i++)
    {
      CptGridTrack *track = &g_array_index (self->tracks, CptGridTrack, i);
      int wide = track->wanted + (i == 0 ? spare : 0);

      is_changed |= track->x != x || track->width != wide;
      track->x = x;
      track->width = wide;
      x += wide;
    }

  is_changed |= self->is_compact && self->content_width != width;
  self->content_width = self->is_compact ? width : MAX (x, width);
  stick_columns (self, width);
  if (is_changed)
    self->generation++;
}

void
cpt_data_grid_invalidate (CptDataGrid *self)
{
  self->generation++;
  self->row_height = cpt_data_grid_measure_row (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A scrolled window takes the minimum for the size of what is scrolled, and
 * guesses by it which scroll bars are needed. A guess that the adjustments then
 * belie makes it ask for a new layout in the middle of one, of which GTK 4.8
 * loses a part: so this is the size of all rows. */
static void
cpt_data_grid_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  CptDataGrid *self = CPT_DATA_GRID (widget);
  int header_height = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (get_wanted_width (self), MIN_WIDTH);
    }
  else
    {
      if (gtk_widget_get_visible (self->header))
        gtk_widget_measure (self->header, GTK_ORIENTATION_VERTICAL, -1, &header_height, NULL, NULL, NULL);
      *minimum = (int) MIN (header_height + cpt_data_grid_get_extent (self), MAX_HEIGHT);
    }
  *natural = *minimum;
}

static void
cpt_data_grid_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  CptDataGrid *self = CPT_DATA_GRID (widget);
  double dy;
  int header_height = 0;
  guint first, last;

  cpt_data_grid_layout_columns (self, width);
  if (gtk_widget_get_visible (self->header))
    gtk_widget_measure (self->header, GTK_ORIENTATION_VERTICAL, -1, &header_height, NULL, NULL, NULL);
  if (gtk_widget_get_visible (self->header))
    {
      gtk_widget_measure (self->header, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (self->header, &(GtkAllocation){ 0, 0, width, header_height }, -1);
      cpt_grid_header_allocate_titles (CPT_GRID_HEADER (self->header));
    }
  configure_adjustments (self);

  cpt_data_grid_get_range (self, &first, &last);
  dy = header_height - cpt_data_grid_get_offset (self, GTK_ORIENTATION_VERTICAL);
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (row,
                                &(GtkAllocation){ 0, (int) (dy + (double) (first + i) * self->row_height), width,
                                                  self->row_height },
                                -1);
      cpt_grid_row_allocate_cells (CPT_GRID_ROW (row));
    }
  cpt_data_grid_allocate_editor (self, width, height);
  tell_range (self);
  schedule_settle (self);
}

/* The row, or the cell of it that the keyboard is at */
static graphene_rect_t
get_cursor_box (CptDataGrid           *self,
                const graphene_rect_t *row)
{
  GdkRectangle cell;

  if (self->is_compact || self->cell == CPT_DATA_GRID_NONE || cpt_data_grid_is_group (self, self->cursor) ||
      !cpt_data_grid_get_cell_area (self, self->cursor, self->cell, &cell))
    return *row;

  return GRAPHENE_RECT_INIT (cell.x, row->origin.y, cell.width, row->size.height);
}

static void
snapshot_ground (CptDataGrid           *self,
                 GtkSnapshot           *snapshot,
                 guint                  position,
                 const graphene_rect_t *area)
{
  GdkRGBA colour = self->style.foreground;
  gboolean is_selected = gtk_bitset_contains (self->selection, position);
  gboolean is_cursor = position == self->cursor && gtk_widget_has_focus (GTK_WIDGET (self));

  if (is_selected)
    {
      colour = self->style.accent;
      colour.alpha = self->style.is_high_contrast ? 0.45f : 0.22f;
      gtk_snapshot_append_color (snapshot, &colour, area);
    }
  if (position == self->hover || (position == self->cursor && !is_selected))
    {
      colour = self->style.foreground;
      colour.alpha = position == self->hover ? 0.05f : 0.04f;
      gtk_snapshot_append_color (snapshot, &colour, area);
    }
  if (position == self->target)
    {
      colour = self->style.accent;
      colour.alpha = self->style.is_high_contrast ? 0.6f : 0.35f;
      gtk_snapshot_append_color (snapshot, &colour, area);
    }
  if (is_cursor)
    {
      graphene_rect_t box = get_cursor_box (self, area);
      GskRoundedRect outline;
      GdkRGBA ring = self->style.accent;

      ring.alpha = self->style.is_high_contrast ? 1 : 0.55f;
      graphene_rect_inset (&box, 1, 1);
      gsk_rounded_rect_init_from_rect (&outline, &box, 5);
      gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 2, 2, 2, 2 }, (GdkRGBA[4]){ ring, ring, ring, ring });
    }

  gtk_snapshot_append_color (snapshot, &self->style.borders,
                             &GRAPHENE_RECT_INIT (area->origin.x, area->origin.y + area->size.height - 1,
                                                  area->size.width, 1));
}

/* (nullable) */
static GskRenderNode *
get_node (CptDataGrid *self,
          guint        position)
{
  gint64 key = cpt_grid_model_get_key (self->model, position);
  guint64 version = cpt_grid_model_get_version (self->model, position);
  DrawnRow *row = g_hash_table_lookup (self->nodes, &key);

  if (row == NULL)
    {
      row = g_new0 (DrawnRow, 1);
      row->generation = self->generation - 1;
      g_hash_table_insert (self->nodes, g_memdup2 (&key, sizeof key), row);
    }

  row->position = position;
  if (row->version != version || row->generation != self->generation)
    {
      g_clear_pointer (&row->node, gsk_render_node_unref);
      row->node = cpt_data_grid_draw_row (self, position);
      row->version = version;
      row->generation = self->generation;
    }

  return row->node;
}

static void
forget_far_rows (CptDataGrid *self,
                 guint        first,
                 guint        last)
{
  GHashTableIter iter;
  gpointer value;

  if (g_hash_table_size (self->nodes) <= last - first + 1 + 2 * KEEP_ROWS)
    return;

  g_hash_table_iter_init (&iter, self->nodes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      DrawnRow *row = value;

      if (row->position + KEEP_ROWS < first || row->position > last + KEEP_ROWS || row->generation != self->generation)
        g_hash_table_iter_remove (&iter);
    }
}

/* The rows from @first to @last, their contents moved by @left */
static void
snapshot_contents (CptDataGrid *self,
                   GtkSnapshot *snapshot,
                   guint        first,
                   guint        last,
                   double       left)
{
  double top = cpt_data_grid_get_header_height (self) - floor (cpt_data_grid_get_offset (self, GTK_ORIENTATION_VERTICAL));

  for (guint i = first; i <= last && i < self->n_rows; i++)
    {
      GskRenderNode *node = get_node (self, i);

      if (node == NULL)
        continue;
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot,
                              &GRAPHENE_POINT_INIT ((float) left, (float) (top + (double) i * self->row_height)));
      gtk_snapshot_append_node (snapshot, node);
      gtk_snapshot_restore (snapshot);
    }
}

/* What is pinned beside what is scrolled, and the edge between them */
static void
snapshot_parts (CptDataGrid *self,
                GtkSnapshot *snapshot,
                guint        first,
                guint        last)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double left = -floor (cpt_data_grid_get_offset (self, GTK_ORIENTATION_HORIZONTAL));
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  graphene_rect_t area = cpt_data_grid_get_scrolled_area (self, height);
  double pinned_left = is_mirrored ? width - self->content_width : 0;
  float edge = is_mirrored ? area.size.width - 1 : area.origin.x - 1;

  if (self->n_stuck == 0 || left == pinned_left)
    {
      snapshot_contents (self, snapshot, first, last, left);
    }
  else
    {
      gtk_snapshot_push_clip (snapshot, &area);
      snapshot_contents (self, snapshot, first, last, left);
      gtk_snapshot_pop (snapshot);
      gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (is_mirrored ? area.size.width : 0, 0, self->stuck_width, height));
      snapshot_contents (self, snapshot, first, last, pinned_left);
      gtk_snapshot_pop (snapshot);
    }
  if (self->n_stuck > 0)
    gtk_snapshot_append_color (snapshot, &self->style.borders,
                               &GRAPHENE_RECT_INIT (edge, 0, left == pinned_left ? 1 : 2, height));
}

static void
snapshot_rows (CptDataGrid *self,
               GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int header_height = cpt_data_grid_get_header_height (self);
  double top = header_height - floor (cpt_data_grid_get_offset (self, GTK_ORIENTATION_VERTICAL));
  guint first, last;

  cpt_data_grid_get_range (self, &first, &last);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, header_height, width,
                                                         gtk_widget_get_height (GTK_WIDGET (self)) - header_height));
  for (guint i = first; i <= last && i < self->n_rows; i++)
    snapshot_ground (self, snapshot, i,
                     &GRAPHENE_RECT_INIT (0, (float) (top + (double) i * self->row_height), width, self->row_height));
  snapshot_parts (self, snapshot, first, last);
  gtk_snapshot_pop (snapshot);
  forget_far_rows (self, first, last);
}

static void
cpt_data_grid_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  CptDataGrid *self = CPT_DATA_GRID (widget);

  if (self->model != NULL && self->n_rows > 0 && self->row_height > 0)
    snapshot_rows (self, snapshot);
  if (gtk_widget_get_visible (self->header))
    gtk_widget_snapshot_child (widget, self->header, snapshot);
  if (self->editor != NULL)
    gtk_widget_snapshot_child (widget, self->editor, snapshot);
}

/* Styles are computed when they are asked for, which may be while a frame is
 * being drawn: the layout is only touched when it has to be. */
static void
cpt_data_grid_css_changed (GtkWidget         *widget,
                           GtkCssStyleChange *change)
{
  CptDataGrid *self = CPT_DATA_GRID (widget);
  CptGridStyle before = self->style;

  GTK_WIDGET_CLASS (cpt_data_grid_parent_class)->css_changed (widget, change);

  cpt_data_grid_read_style (self);
  if (cpt_data_grid_measure_row (self) != self->row_height)
    {
      cpt_data_grid_invalidate (self);
      return;
    }
  if (!gdk_rgba_equal (&before.foreground, &self->style.foreground) ||
      !gdk_rgba_equal (&before.accent, &self->style.accent) || !gdk_rgba_equal (&before.borders, &self->style.borders))
    self->generation++;
  gtk_widget_queue_draw (widget);
}

static void
cpt_data_grid_system_setting_changed (GtkWidget        *widget,
                                      GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (cpt_data_grid_parent_class)->system_setting_changed (widget, setting);

  cpt_data_grid_invalidate (CPT_DATA_GRID (widget));
}

static void
cpt_data_grid_direction_changed (GtkWidget        *widget,
                                 GtkTextDirection  previous)
{
  cpt_data_grid_invalidate (CPT_DATA_GRID (widget));
}

static void
set_adjustment (CptDataGrid    *self,
                GtkOrientation  orientation,
                GtkAdjustment  *adjustment)
{
  if (self->adjustments[orientation] != NULL)
    g_clear_signal_handler (&self->handlers[orientation], self->adjustments[orientation]);
  g_clear_object (&self->adjustments[orientation]);
  if (adjustment == NULL)
    return;

  self->adjustments[orientation] = g_object_ref_sink (adjustment);
  self->handlers[orientation] = g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self,
                                                         G_CONNECT_SWAPPED);
  configure_adjustments (self);
}

static void
cpt_data_grid_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  CptDataGrid *self = CPT_DATA_GRID (object);

  switch (prop_id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;

    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;

    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;

    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cpt_data_grid_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  CptDataGrid *self = CPT_DATA_GRID (object);

  switch (prop_id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;

    case PROP_VADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;

    case PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      break;

    case PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cpt_data_grid_dispose (GObject *object)
{
  CptDataGrid *self = CPT_DATA_GRID (object);

  set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
  if (self->header != NULL)
    cpt_data_grid_set_model (self, NULL);
  g_clear_pointer (&self->editor, gtk_widget_unparent);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->header, gtk_widget_unparent);

  G_OBJECT_CLASS (cpt_data_grid_parent_class)->dispose (object);
}

static void
cpt_data_grid_finalize (GObject *object)
{
  CptDataGrid *self = CPT_DATA_GRID (object);

  g_clear_pointer (&self->tracks, g_array_unref);
  g_clear_pointer (&self->nodes, g_hash_table_unref);
  g_clear_pointer (&self->selection, gtk_bitset_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->input);

  G_OBJECT_CLASS (cpt_data_grid_parent_class)->finalize (object);
}

static void
cpt_data_grid_class_init (CptDataGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cpt_data_grid_get_property;
  object_class->set_property = cpt_data_grid_set_property;
  object_class->dispose = cpt_data_grid_dispose;
  object_class->finalize = cpt_data_grid_finalize;
  widget_class->measure = cpt_data_grid_measure;
  widget_class->size_allocate = cpt_data_grid_size_allocate;
  widget_class->snapshot = cpt_data_grid_snapshot;
  widget_class->css_changed = cpt_data_grid_css_changed;
  widget_class->system_setting_changed = cpt_data_grid_system_setting_changed;
  widget_class->direction_changed = cpt_data_grid_direction_changed;

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  signals[ACTIVATED] = g_signal_new ("activated", CPT_TYPE_DATA_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SELECTED] = g_signal_new ("selected", CPT_TYPE_DATA_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  signals[RESIZED] = g_signal_new ("resized", CPT_TYPE_DATA_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[COLUMN_MOVED] = g_signal_new ("column-moved", CPT_TYPE_DATA_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[COLUMN_PINNED] = g_signal_new ("column-pinned", CPT_TYPE_DATA_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[COLUMN_MENU] = g_signal_new ("column-menu", CPT_TYPE_DATA_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[ROW_MENU] = g_signal_new ("row-menu", CPT_TYPE_DATA_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 4, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[EDIT] = g_signal_new ("edit", CPT_TYPE_DATA_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_STRING);
  signals[CURSOR_MOVED] = g_signal_new ("cursor-moved", CPT_TYPE_DATA_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "columnview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
cpt_data_grid_init (CptDataGrid *self)
{
  self->tracks = g_array_new (FALSE, TRUE, sizeof (CptGridTrack));
  self->nodes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) drawn_row_free);
  self->selection = gtk_bitset_new_empty ();
  self->rows = g_ptr_array_new ();
  self->cursor = CPT_DATA_GRID_NONE;
  self->cell = CPT_DATA_GRID_NONE;
  self->anchor = CPT_DATA_GRID_NONE;
  self->hover = CPT_DATA_GRID_NONE;
  self->target = CPT_DATA_GRID_NONE;

  gtk_widget_add_css_class (GTK_WIDGET (self), "data-grid");
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->header = cpt_grid_header_new (self);
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
  cpt_data_grid_read_style (self);
  self->row_height = cpt_data_grid_measure_row (self);
  cpt_data_grid_add_controllers (self);
}

GtkWidget *
cpt_data_grid_new (void)
{
  return g_object_new (CPT_TYPE_DATA_GRID, NULL);
}
