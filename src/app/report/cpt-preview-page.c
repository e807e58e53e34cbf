/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paper is white, also where the rest is dark: it is shown as it is printed. */

#include "config.h"

#include "cpt-preview-page.h"

#define MARGIN 12
#define MIN_WIDTH 160
#define MAX_WIDTH 820

struct _CptPreviewPage
{
  GtkWidget parent_instance;

  double width;
  double height;
  cairo_surface_t *drawing; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CptPreviewPage, cpt_preview_page, GTK_TYPE_WIDGET)

static int
get_paper_width (int width)
{
  return CLAMP (width - 2 * MARGIN, 1, MAX_WIDTH);
}

static GtkSizeRequestMode
cpt_preview_page_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cpt_preview_page_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  CptPreviewPage *self = CPT_PREVIEW_PAGE (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = MAX_WIDTH + 2 * MARGIN;
    }
  else
    {
      int paper = get_paper_width (for_size > 0 ? for_size : MIN_WIDTH);

      *minimum = *natural = (int) (paper * self->height / self->width) + 2 * MARGIN;
    }
}

static void
cpt_preview_page_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  static const GdkRGBA white = { 1, 1, 1, 1 };
  static const GdkRGBA shade = { 0, 0, 0, 0.35f };
  CptPreviewPage *self = CPT_PREVIEW_PAGE (widget);
  int paper = get_paper_width (gtk_widget_get_width (widget));
  double scale = paper / self->width;
  graphene_rect_t area;
  GskRoundedRect outline;

  graphene_rect_init (&area, (float) (gtk_widget_get_width (widget) - paper) / 2, MARGIN, (float) paper,
                      (float) (self->height * scale));
  gsk_rounded_rect_init_from_rect (&outline, &area, 0);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &shade, 0, 1, 0, 4);
  gtk_snapshot_append_color (snapshot, &white, &area);
  if (self->drawing != NULL)
    {
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);

      cairo_translate (cr, area.origin.x, area.origin.y);
      cairo_scale (cr, scale, scale);
      cairo_set_source_surface (cr, self->drawing, 0, 0);
      cairo_paint (cr);
      cairo_destroy (cr);
    }
}

static void
cpt_preview_page_finalize (GObject *object)
{
  CptPreviewPage *self = CPT_PREVIEW_PAGE (object);

  g_clear_pointer (&self->drawing, cairo_surface_destroy);

  G_OBJECT_CLASS (cpt_preview_page_parent_class)->finalize (object);
}

static void
cpt_preview_page_class_init (CptPreviewPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = cpt_preview_page_finalize;
  widget_class->get_request_mode = cpt_preview_page_get_request_mode;
  widget_class->measure = cpt_preview_page_measure;
  widget_class->snapshot = cpt_preview_page_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cpt_preview_page_init (CptPreviewPage *self)
{
  self->width = 210;
  self->height = 297;
}

GtkWidget *
cpt_preview_page_new (void)
{
  return g_object_new (CPT_TYPE_PREVIEW_PAGE, NULL);
}

void
cpt_preview_page_set_paper (CptPreviewPage *self,
                            double          width,
                            double          height)
{
  g_return_if_fail (CPT_IS_PREVIEW_PAGE (self) && width > 0 && height > 0);

  if (self->width == width && self->height == height)
    return;

  self->width = width;
  self->height = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
cpt_preview_page_set_drawing (CptPreviewPage  *self,
                              cairo_surface_t *drawing)
{
  g_return_if_fail (CPT_IS_PREVIEW_PAGE (self));

  g_clear_pointer (&self->drawing, cairo_surface_destroy);
  self->drawing = drawing != NULL ? cairo_surface_reference (drawing) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
