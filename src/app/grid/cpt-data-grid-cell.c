/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cell of the grid that the keyboard is at, and what is put over it to
 * change it. The cursor is at a row as a whole until the arrow keys go into it:
 * then letters, Enter and F2 ask for a change, by the signal "edit". What the
 * change is made with is a child of the grid that goes where the cell goes. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-data-grid-private.h"

#define EDITOR_MIN_WIDTH 260
#define EDITOR_MARGIN 4 /* for its shadow */

static gboolean
is_mirrored (CptDataGrid *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

guint
cpt_data_grid_find_column (CptDataGrid *self,
                           double       x)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  double at = is_mirrored (self) ? width - x : x;
  guint column = 0;

  /* What is pinned is where it was, the others are scrolled. */
  if (at >= self->stuck_width)
    {
      at = x + cpt_data_grid_get_offset (self, GTK_ORIENTATION_HORIZONTAL);
      if (is_mirrored (self))
        at = self->content_width - at;
    }
  while (column + 1 < self->tracks->len && at >= g_array_index (self->tracks, CptGridTrack, column + 1).x)
    column++;

  return column;
}

guint
cpt_data_grid_get_cell (CptDataGrid *self)
{
  g_return_val_if_fail (CPT_IS_DATA_GRID (self), CPT_DATA_GRID_NONE);

  return self->cell;
}

/* "City: Lyon" */
static void
describe_cell (CptDataGrid *self)
{
  const CptGridColumn *column = cpt_grid_model_get_column (self->model, self->cell);
  g_auto(CptGridCell) cell = { 0 };
  g_autofree char *text = NULL;

  if (self->cursor == CPT_DATA_GRID_NONE || cpt_grid_model_get_version (self->model, self->cursor) == 0 ||
      cpt_data_grid_is_group (self, self->cursor))
    return;

  cpt_grid_model_get_cell (self->model, self->cursor, self->cell, &cell);
  text = g_strdup_printf (C_("cell", "%s: %s"), column->title, cpt_grid_cell_get_words (&cell, column));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
scroll_to_column (CptDataGrid *self,
                  guint        column)
{
  GtkAdjustment *horizontal = self->adjustments[GTK_ORIENTATION_HORIZONTAL];
  const CptGridTrack *track = &g_array_index (self->tracks, CptGridTrack, column);
  int x = is_mirrored (self) ? self->content_width - track->x - track->width : track->x;
  int wide = MIN (track->width, gtk_widget_get_width (GTK_WIDGET (self)) - self->stuck_width);

  if (horizontal == NULL || column < self->n_stuck)
    return;

  /* Beside what is pinned */
  if (is_mirrored (self))
    gtk_adjustment_clamp_page (horizontal, x, x + wide + self->stuck_width);
  else
    gtk_adjustment_clamp_page (horizontal, x - self->stuck_width, x + wide);
}

/* Letters are put together while they would begin an editor. */
static void
update_input (CptDataGrid *self)
{
  gboolean is_wanted = self->cell != CPT_DATA_GRID_NONE && self->editor == NULL;

  if (is_wanted == (gtk_event_controller_key_get_im_context (self->keys) != NULL))
    return;

  gtk_event_controller_key_set_im_context (self->keys, is_wanted ? self->input : NULL);
  if (is_wanted && gtk_widget_has_focus (GTK_WIDGET (self)))
    gtk_im_context_focus_in (self->input);
  else
    gtk_im_context_focus_out (self->input);
}

void
cpt_data_grid_set_cell (CptDataGrid *self,
                        guint        column)
{
  g_return_if_fail (CPT_IS_DATA_GRID (self));

  if (self->n_rows == 0 || column >= self->tracks->len)
    column = CPT_DATA_GRID_NONE;
  /* The room for the toast comes or goes. */
  if ((column == CPT_DATA_GRID_NONE) != (self->cell == CPT_DATA_GRID_NONE))
    gtk_widget_queue_resize (GTK_WIDGET (self));
  self->cell = column;
  update_input (self);
  if (column != CPT_DATA_GRID_NONE)
    {
      if (!self->is_compact)
        scroll_to_column (self, column);
      describe_cell (self);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Where a cell is drawn; a row of two lines is one cell. FALSE where there is none. */
static gboolean
get_cell_rect (CptDataGrid     *self,
               guint            position,
               guint            column,
               graphene_rect_t *rect)
{
  const CptGridTrack *track;
  double y;

  if (position >= self->n_rows || column >= self->tracks->len)
    return FALSE;

  track = &g_array_index (self->tracks, CptGridTrack, column);
  y = cpt_data_grid_get_header_height (self) + (double) position * self->row_height -
      cpt_data_grid_get_offset (self, GTK_ORIENTATION_VERTICAL);
  if (self->is_compact)
    *rect = GRAPHENE_RECT_INIT (0, (float) y, gtk_widget_get_width (GTK_WIDGET (self)), self->row_height);
  else
    *rect = GRAPHENE_RECT_INIT (cpt_data_grid_get_column_x (self, column), (float) y, track->width, self->row_height);

  return TRUE;
}

gboolean
cpt_data_grid_get_cell_area (CptDataGrid  *self,
                             guint         position,
                             guint         column,
                             GdkRectangle *area)
{
  int left = 0, right, height;
  graphene_rect_t rect;

  g_return_val_if_fail (CPT_IS_DATA_GRID (self), FALSE);

  right = gtk_widget_get_width (GTK_WIDGET (self));
  height = gtk_widget_get_height (GTK_WIDGET (self));
  if (!get_cell_rect (self, position, column, &rect) || rect.origin.y + rect.size.height <= 0 || rect.origin.y >= height)
    return FALSE;

  if (!self->is_compact && column >= self->n_stuck)
    {
      graphene_rect_t scrolled = cpt_data_grid_get_scrolled_area (self, height);

      left = (int) scrolled.origin.x;
      right = (int) (scrolled.origin.x + scrolled.size.width);
    }
  area->x = (int) CLAMP (rect.origin.x, left, MAX (right - 1, left));
  area->width = MAX ((int) MIN (rect.origin.x + rect.size.width, right) - area->x, 1);
  area->y = (int) rect.origin.y;
  area->height = (int) rect.size.height;

  return TRUE;
}

/* ----------------------------------------------------------------- the editor */

static void
take_focus_back (CptDataGrid *self,
                 GtkWidget   *editor)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && (focus == editor || gtk_widget_is_ancestor (focus, editor)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
cpt_data_grid_set_editor (CptDataGrid *self,
                          GtkWidget   *editor,
                          guint        column)
{
  GtkWidget *before = self->editor;

  g_return_if_fail (CPT_IS_DATA_GRID (self));

  self->editor = editor;
  self->edited = column;
  update_input (self);
  if (before != NULL && editor == NULL)
    take_focus_back (self, before);
  if (editor != NULL)
    gtk_widget_insert_before (editor, GTK_WIDGET (self), NULL);
  if (before != NULL)
    gtk_widget_unparent (before);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Over its cell, as high as it needs, within the grid as long as its row is */
void
cpt_data_grid_allocate_editor (CptDataGrid *self,
                               int          width,
                               int          height)
{
  int header_height = cpt_data_grid_get_header_height (self);
  int least, natural, wide, high;
  graphene_rect_t rect;
  double x, y;

  if (self->editor == NULL || !get_cell_rect (self, self->cursor, self->edited, &rect))
    return;

  gtk_widget_measure (self->editor, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  wide = MAX (MIN (MAX ((int) rect.size.width, EDITOR_MIN_WIDTH), width - 2 * EDITOR_MARGIN), least);
  gtk_widget_measure (self->editor, GTK_ORIENTATION_VERTICAL, wide, &least, &natural, NULL, NULL);
  high = MAX (MIN (natural, height - header_height), least);
  x = CLAMP (rect.origin.x + (is_mirrored (self) ? rect.size.width - wide : 0), EDITOR_MARGIN,
             MAX (width - wide - EDITOR_MARGIN, EDITOR_MARGIN));
  y = rect.origin.y + MIN ((rect.size.height - high) / 2, 0);
  if (rect.origin.y + rect.size.height > header_height && rect.origin.y < height)
    y = CLAMP (y, header_height + EDITOR_MARGIN, MAX (height - high - EDITOR_MARGIN, header_height + EDITOR_MARGIN));

  gtk_widget_size_allocate (self->editor, &(GtkAllocation){ (int) x, (int) y, wide, high }, -1);
}

/* ---------------------------------------------------------------------- keys */

static void
ask_for_edit (CptDataGrid *self,
              const char  *text)
{
  guint column = self->cell != CPT_DATA_GRID_NONE ? self->cell : 0;

  if (self->cursor != CPT_DATA_GRID_NONE && column < self->tracks->len)
    g_signal_emit_by_name (self, "edit", self->cursor, column, text);
}

static gboolean
move_sideways (CptDataGrid *self,
               int          direction)
{
  if (is_mirrored (self))
    direction = -direction;
  if (self->is_compact || self->cursor == CPT_DATA_GRID_NONE || (direction < 0 && self->cell == CPT_DATA_GRID_NONE))
    return FALSE;

  if (self->cell == CPT_DATA_GRID_NONE)
    cpt_data_grid_set_cell (self, 0);
  else if (direction > 0)
    cpt_data_grid_set_cell (self, MIN (self->cell + 1, self->tracks->len - 1));
  else
    cpt_data_grid_set_cell (self, self->cell > 0 ? self->cell - 1 : CPT_DATA_GRID_NONE);

  return TRUE;
}

/* Keys of a cell that has the cursor */
static gboolean
handle_in_cell (CptDataGrid *self,
                guint        key)
{
  switch (key)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      ask_for_edit (self, NULL);
      return TRUE;

    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      cpt_data_grid_set_cell (self, 0);
      return TRUE;

    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      cpt_data_grid_set_cell (self, self->tracks->len - 1);
      return TRUE;

    case GDK_KEY_Escape:
      cpt_data_grid_set_cell (self, CPT_DATA_GRID_NONE);
      return TRUE;

    default:
      return FALSE;
    }
}

gboolean
cpt_data_grid_handle_cell_key (CptDataGrid     *self,
                               guint            key,
                               GdkModifierType  modifiers)
{
  if ((modifiers & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_SUPER_MASK)) != 0 ||
      cpt_data_grid_is_group (self, self->cursor))
    return FALSE;

  switch (key)
    {
    case GDK_KEY_F2:
      ask_for_edit (self, NULL);
      return TRUE;

    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return move_sideways (self, -1);

    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return move_sideways (self, 1);

    default:
      return self->cell != CPT_DATA_GRID_NONE && handle_in_cell (self, key);
    }
}

/* Letters that were typed on the cell, put together by the input method */
static void
typed_cb (GtkIMContext *input,
          const char   *text,
          CptDataGrid  *self)
{
  if (g_str_equal (text, " "))
    cpt_data_grid_toggle (self, self->cursor);
  else if (text[0] != '\0' && self->editor == NULL && !cpt_data_grid_is_group (self, self->cursor))
    ask_for_edit (self, text);
}

void
cpt_data_grid_add_input (CptDataGrid           *self,
                         GtkEventControllerKey *keys)
{
  self->keys = keys;
  self->input = gtk_im_multicontext_new ();
  gtk_im_context_set_client_widget (self->input, GTK_WIDGET (self));
  gtk_im_context_set_use_preedit (self->input, FALSE);
  g_signal_connect_object (self->input, "commit", G_CALLBACK (typed_cb), self, 0);
}
