/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A board: columns side by side in one scrolling strip, and the card that is
 * being dragged drawn over them (cpt-board-input.c).
 *
 * A board with lanes has such a strip in each of them, one below the other; the
 * heads of the columns stand above, in a strip of their own that is scrolled
 * sideways with them. A board without lanes is one lane without a name, whose
 * columns have heads themselves.
 */

#include "config.h"

#include "cpt-board-private.h"

enum
{
  CARD_MOVED,
  CARD_LIFTED,
  CARD_ACTIVATED,
  MORE,
  NEW_CARD,
  EDIT_COLUMN,
  LANE_FOLDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptBoard, cpt_board, GTK_TYPE_WIDGET)

CptBoardLane *
cpt_board_get_first_lane (CptBoard *self)
{
  GtkWidget *child = gtk_widget_get_first_child (self->lanes);

  return child != NULL ? CPT_BOARD_LANE (child) : NULL;
}

CptBoardLane *
cpt_board_get_next_lane (CptBoardLane *lane)
{
  GtkWidget *next = gtk_widget_get_next_sibling (GTK_WIDGET (lane));

  return next != NULL ? CPT_BOARD_LANE (next) : NULL;
}

/* (nullable) */
static CptBoardLane *
find_lane (CptBoard   *self,
           const char *key)
{
  for (CptBoardLane *lane = cpt_board_get_first_lane (self); lane != NULL; lane = cpt_board_get_next_lane (lane))
    if (g_str_equal (cpt_board_lane_get_key (lane), key))
      return lane;

  return NULL;
}

/* Where columns have their heads */
CptBoardLane *
cpt_board_get_heads (CptBoard *self)
{
  return self->has_lanes ? self->heads : cpt_board_get_first_lane (self);
}

/* (nullable) */
static CptBoardColumn *
find_head (CptBoard   *self,
           const char *key)
{
  return cpt_board_lane_find_column (cpt_board_get_heads (self), key);
}

/* @lane (nullable): of a board without lanes */
static CptBoardColumn *
find_column (CptBoard   *self,
             const char *key,
             const char *lane)
{
  CptBoardLane *found = self->has_lanes ? find_lane (self, lane != NULL ? lane : "") : cpt_board_get_first_lane (self);

  return found != NULL ? cpt_board_lane_find_column (found, key) : NULL;
}

CptBoardColumn *
cpt_board_get_next_column (CptBoardColumn *column,
                           gboolean        forward)
{
  GtkWidget *next = forward ? gtk_widget_get_next_sibling (GTK_WIDGET (column))
                            : gtk_widget_get_prev_sibling (GTK_WIDGET (column));

  return next != NULL ? CPT_BOARD_COLUMN (next) : NULL;
}

/* (nullable): where columns have no heads of their own it is below the lane's, and
 * nothing of the lanes is above the edge under which they are scrolled */
CptBoardColumn *
cpt_board_find_column_at (CptBoard *self,
                          double    x,
                          double    y)
{
  graphene_rect_t seen;

  if (!gtk_widget_compute_bounds (self->scrolled, GTK_WIDGET (self), &seen) || (self->has_lanes && y < seen.origin.y))
    return NULL;

  for (CptBoardLane *lane = cpt_board_get_first_lane (self); lane != NULL; lane = cpt_board_get_next_lane (lane))
    {
      graphene_rect_t bounds;

      if (!gtk_widget_compute_bounds (GTK_WIDGET (lane), GTK_WIDGET (self), &bounds) ||
          (self->has_lanes && (y < bounds.origin.y || y >= bounds.origin.y + bounds.size.height)))
        continue;
      /* Columns that are folded away are below their heads. */
      for (CptBoardColumn *column = cpt_board_lane_get_first (cpt_board_lane_is_folded (lane) ? self->heads : lane);
           column != NULL; column = cpt_board_get_next_column (column, TRUE))
        if (gtk_widget_compute_bounds (GTK_WIDGET (column), GTK_WIDGET (self), &bounds) && x >= bounds.origin.x &&
            x < bounds.origin.x + bounds.size.width + 12)
          return cpt_board_lane_find_column (lane, cpt_board_column_get_key (column));
    }

  return NULL;
}

static void
card_activated_cb (CptBoard  *self,
                   GtkWidget *row)
{
  g_autofree char *id = cpt_uuid_dup_text (&cpt_board_column_get_card (row)->id);

  g_signal_emit (self, signals[CARD_ACTIVATED], 0, id);
}

static void
more_cb (CptBoardColumn *column,
         CptBoard       *self)
{
  g_signal_emit (self, signals[MORE], 0, cpt_board_column_get_key (column),
                 cpt_board_lane_get_key (cpt_board_lane_get_of (column)));
}

static void
new_card_cb (CptBoardColumn *column,
             CptBoard       *self)
{
  g_signal_emit (self, signals[NEW_CARD], 0, cpt_board_column_get_key (column));
}

static void
edit_cb (CptBoardColumn *column,
         CptBoard       *self)
{
  g_signal_emit (self, signals[EDIT_COLUMN], 0, cpt_board_column_get_key (column));
}

static void
cpt_board_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  CptBoard *self = CPT_BOARD (widget);

  GTK_WIDGET_CLASS (cpt_board_parent_class)->snapshot (widget, snapshot);
  if (self->picture == NULL)
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (self->x - self->grip_x), (float) (self->y - self->grip_y)));
  gtk_snapshot_rotate (snapshot, 1.5f);
  gdk_paintable_snapshot (self->picture, snapshot, gdk_paintable_get_intrinsic_width (self->picture),
                          gdk_paintable_get_intrinsic_height (self->picture));
  gtk_snapshot_restore (snapshot);
}

/* The first card, not a button above it */
static gboolean
cpt_board_grab_focus (GtkWidget *widget)
{
  CptBoard *self = CPT_BOARD (widget);

  if (gtk_widget_get_focus_child (widget) != NULL)
    return GTK_WIDGET_CLASS (cpt_board_parent_class)->grab_focus (widget);

  for (CptBoardLane *lane = cpt_board_get_first_lane (self); lane != NULL; lane = cpt_board_get_next_lane (lane))
    for (CptBoardColumn *column = cpt_board_lane_get_first (lane); column != NULL;
         column = cpt_board_get_next_column (column, TRUE))
      if (!cpt_board_lane_is_folded (lane) && cpt_board_column_get_n_cards (column) > 0)
        {
          cpt_board_column_focus_card (column, 0);
          return TRUE;
        }
  if (cpt_board_lane_get_first (cpt_board_get_heads (self)) == NULL)
    return GTK_WIDGET_CLASS (cpt_board_parent_class)->grab_focus (widget);

  cpt_board_column_focus_card (cpt_board_lane_get_first (cpt_board_get_heads (self)), 0);

  return TRUE;
}

static void
cpt_board_dispose (GObject *object)
{
  CptBoard *self = CPT_BOARD (object);

  g_clear_object (&self->picture);
  self->dragged = NULL;
  self->over = NULL;
  g_clear_pointer (&self->heads_scrolled, gtk_widget_unparent);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_pointer (&self->sizes, g_hash_table_unref);

  G_OBJECT_CLASS (cpt_board_parent_class)->dispose (object);
}

static guint
add_signal (GType       type,
            const char *name,
            guint       n_texts)
{
  return g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_texts, G_TYPE_STRING, G_TYPE_STRING,
                       G_TYPE_STRING);
}

static void
cpt_board_class_init (CptBoardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_board_dispose;
  widget_class->snapshot = cpt_board_snapshot;
  widget_class->grab_focus = cpt_board_grab_focus;
  signals[CARD_MOVED] = add_signal (G_TYPE_FROM_CLASS (klass), "card-moved", 3);
  signals[CARD_LIFTED] = add_signal (G_TYPE_FROM_CLASS (klass), "card-lifted", 1);
  signals[CARD_ACTIVATED] = add_signal (G_TYPE_FROM_CLASS (klass), "card-activated", 1);
  signals[MORE] = add_signal (G_TYPE_FROM_CLASS (klass), "more", 2);
  signals[NEW_CARD] = add_signal (G_TYPE_FROM_CLASS (klass), "new-card", 1);
  signals[EDIT_COLUMN] = add_signal (G_TYPE_FROM_CLASS (klass), "edit-column", 1);
  signals[LANE_FOLDED] = g_signal_new ("lane-folded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "board");
}

/* Heads go sideways with their columns. */
static void
scrolled_cb (GtkAdjustment *adjustment,
             CptBoard      *self)
{
  GtkAdjustment *heads = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->heads_scrolled));

  gtk_adjustment_set_value (heads, gtk_adjustment_get_value (adjustment));
}

static void
cpt_board_init (CptBoard *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->sizes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->heads_scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->heads_scrolled), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  self->heads = CPT_BOARD_LANE (cpt_board_lane_new ("", NULL, NULL, FALSE));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->heads_scrolled), GTK_WIDGET (self->heads));
  gtk_widget_set_visible (self->heads_scrolled, FALSE);
  gtk_widget_set_vexpand (self->heads_scrolled, FALSE);
  gtk_widget_set_parent (self->heads_scrolled, GTK_WIDGET (self));
  self->lanes = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_box_append (GTK_BOX (self->lanes), cpt_board_lane_new ("", NULL, NULL, TRUE));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->lanes);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), "value-changed",
                           G_CALLBACK (scrolled_cb), self, 0);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  cpt_board_add_controllers (self);
}

GtkWidget *
cpt_board_new (void)
{
  return g_object_new (CPT_TYPE_BOARD, NULL);
}

static void
remove_columns (CptBoardLane *lane)
{
  CptBoardColumn *column;

  while ((column = cpt_board_lane_get_first (lane)) != NULL)
    gtk_box_remove (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (column))), GTK_WIDGET (column));
}

static void
lane_folded_cb (CptBoardLane *lane,
                CptBoard     *self)
{
  g_signal_emit (self, signals[LANE_FOLDED], 0, cpt_board_lane_get_key (lane), cpt_board_lane_is_folded (lane));
}

static void
append_lane (CptBoard   *self,
             const char *key,
             const char *title,
             const char *colour,
             gboolean    takes)
{
  GtkWidget *lane = cpt_board_lane_new (key, title, colour, takes);

  g_signal_connect_object (lane, "folded", G_CALLBACK (lane_folded_cb), self, 0);
  gtk_box_append (GTK_BOX (self->lanes), lane);
}

void
cpt_board_clear (CptBoard *self,
                 gboolean  has_lanes)
{
  CptBoardLane *lane;

  g_return_if_fail (CPT_IS_BOARD (self));

  cpt_board_stop_drag (self);
  while ((lane = cpt_board_get_first_lane (self)) != NULL)
    gtk_box_remove (GTK_BOX (self->lanes), GTK_WIDGET (lane));
  remove_columns (self->heads);
  g_hash_table_remove_all (self->sizes);
  self->has_lanes = has_lanes;
  gtk_widget_set_visible (self->heads_scrolled, has_lanes);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_AUTOMATIC,
                                  has_lanes ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  if (!has_lanes)
    append_lane (self, "", NULL, NULL, TRUE);
}

void
cpt_board_add_lane (CptBoard   *self,
                    const char *key,
                    const char *title,
                    const char *colour,
                    gboolean    takes)
{
  g_return_if_fail (CPT_IS_BOARD (self));
  g_return_if_fail (self->has_lanes);

  append_lane (self, key, title, colour, takes);
}

static void
append_column (CptBoard            *self,
               CptBoardLane        *lane,
               const char          *key,
               const char          *title,
               const char          *colour,
               CptBoardColumnFlags  flags)
{
  GtkWidget *column = cpt_board_column_new (key, title, colour, flags);
  GtkSizeGroup *group = g_hash_table_lookup (self->sizes, key);

  if (group == NULL)
    {
      group = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
      g_hash_table_insert (self->sizes, g_strdup (key), group);
    }
  gtk_size_group_add_widget (group, column);
  cpt_board_column_set_editable (CPT_BOARD_COLUMN (column), self->is_editable);
  g_signal_connect_object (column, "card-activated", G_CALLBACK (card_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (column, "more", G_CALLBACK (more_cb), self, 0);
  g_signal_connect_object (column, "new-card", G_CALLBACK (new_card_cb), self, 0);
  g_signal_connect_object (column, "edit", G_CALLBACK (edit_cb), self, 0);
  cpt_board_lane_add_column (lane, column);
}

void
cpt_board_add_column (CptBoard            *self,
                      const char          *key,
                      const char          *title,
                      const char          *colour,
                      CptBoardColumnFlags  flags)
{
  g_return_if_fail (CPT_IS_BOARD (self));

  if (self->has_lanes)
    append_column (self, self->heads, key, title, colour, flags | CPT_BOARD_COLUMN_HEAD);
  for (CptBoardLane *lane = cpt_board_get_first_lane (self); lane != NULL; lane = cpt_board_get_next_lane (lane))
    append_column (self, lane, key, title, colour, self->has_lanes ? flags | CPT_BOARD_COLUMN_CARDS : flags);
}

guint
cpt_board_get_n_columns (CptBoard *self)
{
  guint n = 0;

  g_return_val_if_fail (CPT_IS_BOARD (self), 0);

  for (CptBoardColumn *column = cpt_board_lane_get_first (cpt_board_get_heads (self)); column != NULL;
       column = cpt_board_get_next_column (column, TRUE))
    n++;

  return n;
}

gboolean
cpt_board_is_column (CptBoard   *self,
                     guint       position,
                     const char *key,
                     const char *title,
                     const char *colour)
{
  CptBoardColumn *column;

  g_return_val_if_fail (CPT_IS_BOARD (self), FALSE);

  column = cpt_board_lane_get_first (cpt_board_get_heads (self));
  while (column != NULL && position-- > 0)
    column = cpt_board_get_next_column (column, TRUE);

  return column != NULL && g_str_equal (cpt_board_column_get_key (column), key) &&
         g_str_equal (cpt_board_column_get_title (column), title) &&
         g_strcmp0 (cpt_board_column_get_colour (column), colour) == 0;
}

guint
cpt_board_get_n_lanes (CptBoard *self)
{
  guint n = 0;

  g_return_val_if_fail (CPT_IS_BOARD (self), 0);

  for (CptBoardLane *lane = cpt_board_get_first_lane (self); self->has_lanes && lane != NULL;
       lane = cpt_board_get_next_lane (lane))
    n++;

  return n;
}

gboolean
cpt_board_is_lane (CptBoard   *self,
                   guint       position,
                   const char *key,
                   const char *title,
                   const char *colour)
{
  CptBoardLane *lane;

  g_return_val_if_fail (CPT_IS_BOARD (self), FALSE);

  lane = cpt_board_get_first_lane (self);
  while (lane != NULL && position-- > 0)
    lane = cpt_board_get_next_lane (lane);

  return lane != NULL && g_str_equal (cpt_board_lane_get_key (lane), key) &&
         g_strcmp0 (cpt_board_lane_get_title (lane), title) == 0 &&
         g_strcmp0 (cpt_board_lane_get_colour (lane), colour) == 0;
}

void
cpt_board_set_summary (CptBoard   *self,
                       const char *key,
                       const char *summary,
                       gboolean    is_over)
{
  CptBoardColumn *found;

  g_return_if_fail (CPT_IS_BOARD (self));

  found = find_head (self, key);
  if (found != NULL)
    cpt_board_column_set_summary (found, summary, is_over);
}

void
cpt_board_set_lane_summary (CptBoard   *self,
                            const char *lane,
                            const char *summary)
{
  CptBoardLane *found;

  g_return_if_fail (CPT_IS_BOARD (self));

  found = find_lane (self, lane);
  if (found != NULL)
    cpt_board_lane_set_summary (found, summary);
}

void
cpt_board_set_lane_folded (CptBoard   *self,
                           const char *lane,
                           gboolean    folded)
{
  CptBoardLane *found;

  g_return_if_fail (CPT_IS_BOARD (self));

  found = find_lane (self, lane);
  if (found != NULL)
    cpt_board_lane_set_folded (found, folded);
}

void
cpt_board_set_more (CptBoard   *self,
                    const char *key,
                    const char *lane,
                    guint64     n_more)
{
  CptBoardColumn *found;

  g_return_if_fail (CPT_IS_BOARD (self));

  found = find_column (self, key, lane);
  if (found != NULL)
    cpt_board_column_set_more (found, n_more);
}

void
cpt_board_set_note (CptBoard   *self,
                    const char *key,
                    const char *note)
{
  CptBoardColumn *found;

  g_return_if_fail (CPT_IS_BOARD (self));

  found = find_head (self, key);
  if (found != NULL && self->has_moved)
    cpt_board_column_set_note (found, note);
}

void
cpt_board_set_lane_note (CptBoard   *self,
                         const char *lane,
                         const char *note)
{
  CptBoardLane *found;

  g_return_if_fail (CPT_IS_BOARD (self));

  found = find_lane (self, lane);
  if (found != NULL && self->has_moved)
    cpt_board_lane_set_note (found, note);
}

const CptBoardCard *
cpt_board_get_lifted (CptBoard *self)
{
  g_return_val_if_fail (CPT_IS_BOARD (self), NULL);

  return self->dragged != NULL && self->has_moved ? cpt_board_column_get_card (self->dragged) : NULL;
}

const CptBoardCard *
cpt_board_get_focused (CptBoard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_return_val_if_fail (CPT_IS_BOARD (self), NULL);

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) ? cpt_board_column_get_card (focus) : NULL;
}

static GtkWidget *
find_row (CptBoard      *self,
          const CptUuid *id)
{
  GtkWidget *row = NULL;

  for (CptBoardLane *lane = cpt_board_get_first_lane (self); lane != NULL; lane = cpt_board_get_next_lane (lane))
    for (CptBoardColumn *column = cpt_board_lane_get_first (lane); column != NULL && row == NULL;
         column = cpt_board_get_next_column (column, TRUE))
      row = cpt_board_column_find (column, id);

  return row;
}

const CptBoardCard *
cpt_board_find_card (CptBoard      *self,
                     const CptUuid *id)
{
  GtkWidget *row;

  g_return_val_if_fail (CPT_IS_BOARD (self), NULL);

  row = find_row (self, id);

  return row != NULL ? cpt_board_column_get_card (row) : NULL;
}

gboolean
cpt_board_focus_card (CptBoard      *self,
                      const CptUuid *id)
{
  GtkWidget *row;

  g_return_val_if_fail (CPT_IS_BOARD (self), FALSE);

  row = find_row (self, id);

  return row != NULL && gtk_widget_grab_focus (row);
}

void
cpt_board_set_cards (CptBoard   *self,
                     const char *key,
                     const char *lane,
                     GPtrArray  *cards)
{
  CptBoardColumn *column;

  g_return_if_fail (CPT_IS_BOARD (self));

  cpt_board_stop_drag (self);
  column = find_column (self, key, lane);
  if (column != NULL)
    cpt_board_column_set_cards (column, cards);
  else
    g_ptr_array_unref (cards);
}

void
cpt_board_put_card (CptBoard     *self,
                    CptBoardCard *card)
{
  const CptBoardCard *focused = cpt_board_get_focused (self);
  CptBoardColumn *column;
  gboolean had_focus;
  GtkWidget *row;

  g_return_if_fail (CPT_IS_BOARD (self));

  had_focus = focused != NULL && cpt_uuid_equal (&focused->id, &card->id);
  cpt_board_remove_card (self, &card->id);

  column = find_column (self, card->column, card->lane);
  if (column == NULL)
    {
      cpt_board_card_free (card);
      return;
    }

  row = cpt_board_column_add (column, card, TRUE);
  if (had_focus)
    gtk_widget_grab_focus (row);
}

void
cpt_board_remove_card (CptBoard      *self,
                       const CptUuid *id)
{
  GtkWidget *row;

  g_return_if_fail (CPT_IS_BOARD (self));

  while ((row = find_row (self, id)) != NULL)
    {
      if (row == self->dragged)
        cpt_board_stop_drag (self);
      cpt_board_column_remove (cpt_board_get_column_of (row), row);
    }
}

guint
cpt_board_get_n_cards (CptBoard   *self,
                       const char *key,
                       const char *lane)
{
  CptBoardColumn *found;

  g_return_val_if_fail (CPT_IS_BOARD (self), 0);

  found = find_column (self, key, lane);

  return found != NULL ? cpt_board_column_get_n_cards (found) : 0;
}

void
cpt_board_set_editable (CptBoard *self,
                        gboolean  editable)
{
  g_return_if_fail (CPT_IS_BOARD (self));

  self->is_editable = editable;
  for (CptBoardColumn *column = cpt_board_lane_get_first (cpt_board_get_heads (self)); column != NULL;
       column = cpt_board_get_next_column (column, TRUE))
    cpt_board_column_set_editable (column, editable);
}
