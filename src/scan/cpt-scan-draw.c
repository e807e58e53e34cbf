/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first page of a PDF, by Poppler. */

#include "config.h"

#include <math.h>

#if CPT_HAVE_POPPLER
#include <poppler.h>
#endif

#include "cpt-scan-private.h"

#if CPT_HAVE_POPPLER

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  return cpt_scan_write (data, length) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* On white, as paper is */
static CptScanStatus
draw_page (PopplerPage *page,
           guint        size)
{
  double width, height, scale;
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  poppler_page_get_size (page, &width, &height);
  scale = size / MAX (width, height);
  /* Not a number is none of these. */
  if (!(width > 0 && height > 0 && isfinite (scale) && scale > 0))
    return CPT_SCAN_DAMAGED;

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX ((int) lround (width * scale), 1),
                                        MAX ((int) lround (height * scale), 1));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  status = cairo_surface_write_to_png_stream (surface, write_cb, NULL);
  cairo_surface_destroy (surface);

  return status == CAIRO_STATUS_SUCCESS ? CPT_SCAN_DONE : CPT_SCAN_DAMAGED;
}

CptScanStatus
cpt_scan_draw (GBytes *pdf,
               guint   size)
{
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, NULL);
  PopplerPage *page = NULL;
  CptScanStatus status = CPT_SCAN_DAMAGED;

  if (document != NULL && poppler_document_get_n_pages (document) > 0)
    page = poppler_document_get_page (document, 0);
  if (page != NULL)
    status = draw_page (page, size);
  g_clear_object (&page);
  g_clear_object (&document);

  return status;
}

#else

CptScanStatus
cpt_scan_draw (GBytes *pdf,
               guint   size)
{
  return CPT_SCAN_NOT_BUILT;
}

#endif
