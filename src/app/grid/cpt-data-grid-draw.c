/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a row of the grid is drawn: one render node for each row, made once and
 * shown again as long as its version and the columns stay the same. What comes
 * and goes (hover, selection, cursor) is drawn by the grid below and above it. */
#include "config.h"
#include "cpt-data-grid-private.h"

#define PILL_PADDING 8
#define PILL_GAP 4
#define PLACEHOLDER_LEAST 0.35

/* GNOME's palette: the shade for grounds, and for words on light and dark ones */
static const struct
{
  const char *name;
  const char *ground;
  const char *dark_text;
  const char *light_text;
} pill_colours[] = {
  { "blue", "#3584e4", "#1a5fb4", "#99c1f1" },
  { "green", "#33d17a", "#1d6b3c", "#8ff0a4" },
  { "yellow", "#f6d32d", "#7a5b00", "#f9f06b" },
  { "orange", "#ff7800", "#9c4400", "#ffbe6f" },
  { "red", "#e01b24", "#a51d2d", "#f9a09c" },
  { "purple", "#9141ac", "#613583", "#dc8add" },
  { "brown", "#986a44", "#63452c", "#cdab8f" },
  { "grey", "#9a9996", "#4e4d4b", "#deddda" },
};

static gboolean
has_dark_ground (const GdkRGBA *foreground)
{
  return foreground->red + foreground->green + foreground->blue > 1.5;
}

void
cpt_data_grid_read_style (CptDataGrid *self)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));

  gtk_style_context_get_color (context, &self->style.foreground);
  if (!gtk_style_context_lookup_color (context, "accent_bg_color", &self->style.accent))
    self->style.accent = self->style.foreground;
  if (!gtk_style_context_lookup_color (context, "borders", &self->style.borders))
    self->style.borders = (GdkRGBA){ 0.5, 0.5, 0.5, 0.3 };
  self->style.is_dark = has_dark_ground (&self->style.foreground);
  self->style.is_high_contrast = self->style.borders.alpha > 0.4;
}

static PangoLayout *
create_layout (CptDataGrid *self,
               const char  *text,
               gboolean     is_number,
               double       scale,
               PangoWeight  weight)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  if (is_number)
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (scale != 1)
    pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  if (weight != PANGO_WEIGHT_NORMAL)
    pango_attr_list_insert (attributes, pango_attr_weight_new (weight));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);

  return layout;
}

/* In @area; at its end where @xalign is 1. Both ways are turned round in a
 * right-to-left language. */
static void
draw_text (CptDataGrid           *self,
           GtkSnapshot           *snapshot,
           PangoLayout           *layout,
           const graphene_rect_t *area,
           double                 xalign,
           const GdkRGBA         *colour)
{
  int width, height;
  double x = area->origin.x;

  /* A layout with a width aligns its text itself, by the direction of the
   * text; so that every row of a column begins at one edge, the place is
   * computed here. */
  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  if (width > area->size.width)
    {
      pango_layout_set_width (layout, (int) area->size.width * PANGO_SCALE);
      width = (int) area->size.width;
    }
  else
    {
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_NONE);
    }

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    xalign = 1 - xalign;
  x += (area->size.width - width) * xalign;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((int) x,
                                                (int) (area->origin.y + (area->size.height - height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
get_pill_colours (CptDataGrid *self,
                  const char  *name,
                  GdkRGBA     *ground,
                  GdkRGBA     *text)
{
  guint index = G_N_ELEMENTS (pill_colours) - 1;

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (pill_colours); i++)
    if (strcmp (pill_colours[i].name, name) == 0)
      index = i;

  gdk_rgba_parse (ground, pill_colours[index].ground);
  ground->alpha = self->style.is_dark ? 0.30 : 0.20;
  gdk_rgba_parse (text, self->style.is_dark ? pill_colours[index].light_text : pill_colours[index].dark_text);
  if (self->style.is_high_contrast)
    *text = self->style.foreground;
}

static double
draw_pill (CptDataGrid           *self,
           GtkSnapshot           *snapshot,
           const char            *words,
           const char            *colour,
           const graphene_rect_t *area)
{
  g_autoptr(PangoLayout) layout = create_layout (self, words, FALSE, 0.9, PANGO_WEIGHT_MEDIUM);
  GdkRGBA ground, text;
  graphene_rect_t box;
  GskRoundedRect outline;
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  width = MIN (width, MAX ((int) area->size.width - 2 * PILL_PADDING, 8));
  box = GRAPHENE_RECT_INIT (area->origin.x, (int) (area->origin.y + (area->size.height - height - 4) / 2),
                            width + 2 * PILL_PADDING, height + 4);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    box.origin.x = area->origin.x + area->size.width - box.size.width;

  get_pill_colours (self, colour, &ground, &text);
  gsk_rounded_rect_init_from_rect (&outline, &box, box.size.height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &ground, &box);
  gtk_snapshot_pop (snapshot);
  if (self->style.is_high_contrast)
    gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 },
                                (GdkRGBA[4]){ text, text, text, text });
  graphene_rect_inset (&box, PILL_PADDING, 0);
  draw_text (self, snapshot, layout, &box, 0, &text);

  return width + 2 * PILL_PADDING + PILL_GAP;
}

static void
draw_pills (CptDataGrid           *self,
            GtkSnapshot           *snapshot,
            const CptGridCell     *cell,
            const graphene_rect_t *area)
{
  graphene_rect_t rest = *area;
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  for (guint i = 0; i < cell->n_pills && rest.size.width > 2 * PILL_PADDING + 8; i++)
    {
      double used = draw_pill (self, snapshot, cell->pills[i].text, cell->pills[i].colour, &rest);

      if (!is_mirrored)
        rest.origin.x += used;
      rest.size.width -= used;
    }
}

static void
draw_check (CptDataGrid           *self,
            GtkSnapshot           *snapshot,
            const graphene_rect_t *area)
{
  graphene_rect_t box = GRAPHENE_RECT_INIT ((int) (area->origin.x + area->size.width / 2 - 8),
                                            (int) (area->origin.y + area->size.height / 2 - 8), 16, 16);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &box);

  gdk_cairo_set_source_rgba (cr, &self->style.foreground);
  cairo_set_line_width (cr, 2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, box.origin.x + 3, box.origin.y + 8.5);
  cairo_line_to (cr, box.origin.x + 6.5, box.origin.y + 12);
  cairo_line_to (cr, box.origin.x + 13, box.origin.y + 4.5);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
draw_cell (CptDataGrid           *self,
           GtkSnapshot           *snapshot,
           const CptGridCell     *cell,
           CptCellLook            look,
           const graphene_rect_t *area)
{
  g_autoptr(PangoLayout) layout = NULL;
  GdkRGBA colour = self->style.foreground;

  if (look == CPT_CELL_PILLS)
    {
      draw_pills (self, snapshot, cell, area);
      return;
    }
  if (look == CPT_CELL_CHECK)
    {
      if (cell->is_checked)
        draw_check (self, snapshot, area);
      return;
    }
  if (cell->text == NULL || cell->text[0] == '\0')
    return;

  if (look == CPT_CELL_DIM && !self->style.is_high_contrast)
    colour.alpha *= 0.6;
  layout = create_layout (self, cell->text, look == CPT_CELL_NUMBER, 1, PANGO_WEIGHT_NORMAL);
  draw_text (self, snapshot, layout, area, look == CPT_CELL_NUMBER, &colour);
}

/* Grey bars of different lengths where text will be */
static void
draw_placeholder (CptDataGrid           *self,
                  GtkSnapshot           *snapshot,
                  guint                  seed,
                  const graphene_rect_t *area)
{
  guint hash = (seed + 1) * 2654435761u;
  double part = PLACEHOLDER_LEAST + (hash >> 24) / 256.0 * (0.8 - PLACEHOLDER_LEAST);
  graphene_rect_t bar = GRAPHENE_RECT_INIT (area->origin.x, (int) (area->origin.y + area->size.height / 2 - 5),
                                            (float) (area->size.width * part), 10);
  GdkRGBA colour = self->style.foreground;
  GskRoundedRect outline;

  colour.alpha *= 0.08f;
  gsk_rounded_rect_init_from_rect (&outline, &bar, 5);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &colour, &bar);
  gtk_snapshot_pop (snapshot);
}

static void
draw_columns (CptDataGrid *self,
              GtkSnapshot *snapshot,
              guint        position,
              gboolean     is_loaded)
{
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  for (guint i = 0; i < self->tracks->len; i++)
    {
      const CptGridTrack *track = &g_array_index (self->tracks, CptGridTrack, i);
      const CptGridColumn *column = cpt_grid_model_get_column (self->model, i);
      g_auto(CptGridCell) cell = { 0 };
      graphene_rect_t area = GRAPHENE_RECT_INIT (track->x, 0, track->width, self->row_height);

      if (is_mirrored)
        area.origin.x = self->content_width - track->x - track->width;
      graphene_rect_inset (&area, CPT_GRID_CELL_PADDING, 0);
      if (!is_loaded)
        {
          draw_placeholder (self, snapshot, position * 31 + i, &area);
          continue;
        }
      cpt_grid_model_get_cell (self->model, position, i, &cell);
      draw_cell (self, snapshot, &cell, column->look, &area);
    }
}

/* All but the first two cells in one line: "Lyon · 12 May · 3" */
static char *
collect_details (CptDataGrid *self,
                 guint        position)
{
  GString *text = g_string_new (NULL);

  for (guint i = 1; i < self->tracks->len && i < 5; i++)
    {
      const CptGridColumn *column = cpt_grid_model_get_column (self->model, i);
      g_auto(CptGridCell) cell = { 0 };

      if (column->look == CPT_CELL_CHECK || column->look == CPT_CELL_NUMBER)
        continue;
      cpt_grid_model_get_cell (self->model, position, i, &cell);
      if (cell.text != NULL && cell.text[0] != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", cell.text);
    }

  return g_string_free (text, FALSE);
}

/* The first number, at the end of the first line */
static double
draw_compact_number (CptDataGrid           *self,
                     GtkSnapshot           *snapshot,
                     guint                  position,
                     const graphene_rect_t *area)
{
  for (guint i = 1; i < self->tracks->len; i++)
    {
      g_auto(CptGridCell) cell = { 0 };
      g_autoptr(PangoLayout) layout = NULL;
      int width;

      if (cpt_grid_model_get_column (self->model, i)->look != CPT_CELL_NUMBER)
        continue;
      cpt_grid_model_get_cell (self->model, position, i, &cell);
      if (cell.text == NULL || cell.text[0] == '\0')
        continue;

      layout = create_layout (self, cell.text, TRUE, 1, PANGO_WEIGHT_NORMAL);
      pango_layout_get_pixel_size (layout, &width, NULL);
      draw_text (self, snapshot, layout, area, 1, &self->style.foreground);
      return MIN (width, area->size.width / 2) + CPT_GRID_CELL_PADDING;
    }

  return 0;
}

static void
draw_compact (CptDataGrid *self,
              GtkSnapshot *snapshot,
              guint        position,
              gboolean     is_loaded)
{
  graphene_rect_t line = GRAPHENE_RECT_INIT (CPT_GRID_CELL_PADDING, 6, self->content_width - 2 * CPT_GRID_CELL_PADDING,
                                             (self->row_height - 12) / 2);
  g_autoptr(PangoLayout) layout = NULL;
  g_autofree char *details = NULL;
  g_auto(CptGridCell) cell = { 0 };
  GdkRGBA dim = self->style.foreground;
  double number;

  if (!is_loaded)
    {
      draw_placeholder (self, snapshot, position, &line);
      line.origin.y += line.size.height;
      draw_placeholder (self, snapshot, position + 1, &line);
      return;
    }

  number = draw_compact_number (self, snapshot, position, &line);
  cpt_grid_model_get_cell (self->model, position, 0, &cell);
  layout = create_layout (self, cell.text != NULL ? cell.text : "", FALSE, 1, PANGO_WEIGHT_SEMIBOLD);
  line.size.width -= (float) number;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    line.origin.x += (float) number;
  draw_text (self, snapshot, layout, &line, 0, &self->style.foreground);
  g_clear_object (&layout);

  details = collect_details (self, position);
  layout = create_layout (self, details, FALSE, 0.92, PANGO_WEIGHT_NORMAL);
  dim.alpha *= self->style.is_high_contrast ? 1 : 0.65f;
  line = GRAPHENE_RECT_INIT (CPT_GRID_CELL_PADDING, 6 + line.size.height, self->content_width - 2 * CPT_GRID_CELL_PADDING,
                             line.size.height);
  draw_text (self, snapshot, layout, &line, 0, &dim);
}

/* Down when its rows are shown, else towards the text */
static void
draw_arrow (CptDataGrid *self,
            GtkSnapshot *snapshot,
            gboolean     is_folded,
            double       x,
            double       y)
{
  graphene_rect_t box = GRAPHENE_RECT_INIT ((float) x, (float) y, 16, 16);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &box);
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  cairo_translate (cr, x + 8, y + 8);
  if (is_folded)
    cairo_rotate (cr, is_mirrored ? G_PI / 2 : -G_PI / 2);
  gdk_cairo_set_source_rgba (cr, &self->style.foreground);
  cairo_set_line_width (cr, 2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, -4, -2);
  cairo_line_to (cr, 0, 2);
  cairo_line_to (cr, 4, -2);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

/* A number that is cut reads as another one: where it has no room it is written
 * smaller. */
static PangoLayout *
create_sum (CptDataGrid *self,
            const char  *text,
            double       room)
{
  g_autoptr(PangoLayout) layout = create_layout (self, text, TRUE, 1, PANGO_WEIGHT_SEMIBOLD);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width <= room || room <= 0)
    return g_steal_pointer (&layout);

  return create_layout (self, text, TRUE, MAX (room / width * 0.98, CPT_GRID_MIN_SCALE), PANGO_WEIGHT_SEMIBOLD);
}

/* The sums of a group in their columns; returns where the first one begins */
static double
draw_sums (CptDataGrid *self,
           GtkSnapshot *snapshot,
           guint        position)
{
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  double start = self->content_width;

  for (guint i = self->tracks->len; i > 0; i--)
    {
      const CptGridTrack *track = &g_array_index (self->tracks, CptGridTrack, i - 1);
      g_auto(CptGridCell) cell = { 0 };
      g_autoptr(PangoLayout) layout = NULL;
      graphene_rect_t area = GRAPHENE_RECT_INIT (track->x, 0, track->width, self->row_height);

      cpt_grid_model_get_cell (self->model, position, i - 1, &cell);
      if (cell.text == NULL || cell.text[0] == '\0')
        continue;
      if (is_mirrored)
        area.origin.x = self->content_width - track->x - track->width;
      graphene_rect_inset (&area, CPT_GRID_CELL_PADDING, 0);
      layout = create_sum (self, cell.text, area.size.width);
      draw_text (self, snapshot, layout, &area, 1, &self->style.foreground);
      start = track->x;
    }

  return start;
}

/* The name of a group across the columns before the first sum */
static void
draw_group (CptDataGrid        *self,
            GtkSnapshot        *snapshot,
            guint               position,
            const CptGridGroup *group)
{
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  g_autoptr(PangoLayout) label = create_layout (self, group->label, FALSE, 1, PANGO_WEIGHT_BOLD);
  g_autoptr(PangoLayout) detail = create_layout (self, group->detail, FALSE, 0.92, PANGO_WEIGHT_NORMAL);
  double end = self->is_compact ? self->content_width : draw_sums (self, snapshot, position);
  graphene_rect_t area = GRAPHENE_RECT_INIT (CPT_GRID_CELL_PADDING + 24, 0, 0, self->row_height);
  GdkRGBA colour = self->style.foreground;
  int width, detail_width;

  area.size.width = (float) MAX (end - area.origin.x - CPT_GRID_CELL_PADDING, 24);
  if (is_mirrored)
    area.origin.x = self->content_width - area.origin.x - area.size.width;
  colour.alpha *= self->style.is_high_contrast ? 0.18f : 0.06f;
  gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (0, 0, self->content_width, self->row_height));
  draw_arrow (self, snapshot, group->is_folded,
              is_mirrored ? self->content_width - CPT_GRID_CELL_PADDING - 16 : CPT_GRID_CELL_PADDING,
              (int) (self->row_height / 2 - 8));

  pango_layout_get_pixel_size (label, &width, NULL);
  pango_layout_get_pixel_size (detail, &detail_width, NULL);
  draw_text (self, snapshot, label, &area, 0, &self->style.foreground);
  area.size.width -= width + CPT_GRID_CELL_PADDING;
  if (!is_mirrored)
    area.origin.x += width + CPT_GRID_CELL_PADDING;
  colour = self->style.foreground;
  colour.alpha *= self->style.is_high_contrast ? 1 : 0.65f;
  if (area.size.width >= detail_width)
    draw_text (self, snapshot, detail, &area, 0, &colour);
}

GskRenderNode *
cpt_data_grid_draw_row (CptDataGrid *self,
                        guint        position)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  gboolean is_loaded = cpt_grid_model_get_version (self->model, position) != 0;
  g_auto(CptGridGroup) group = { 0 };

  if (cpt_grid_model_get_group (self->model, position, &group))
    draw_group (self, snapshot, position, &group);
  else if (self->is_compact)
    draw_compact (self, snapshot, position, is_loaded);
  else
    draw_columns (self, snapshot, position, is_loaded);

  return gtk_snapshot_free_to_node (snapshot);
}

int
cpt_data_grid_measure_row (CptDataGrid *self)
{
  g_autoptr(PangoLayout) layout = create_layout (self, "Ég", FALSE, 1, PANGO_WEIGHT_NORMAL);
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);

  return self->is_compact ? 2 * height + 20 : height + 16;
}
