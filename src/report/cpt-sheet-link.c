/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Links in what is printed: in a PDF they can be clicked. */

#include "config.h"

#include "cpt-sheet-link.h"

#include <math.h>

#include "cpt-report-private.h"

void
cpt_report_add_link (cairo_t            *cr,
                     const CptChartRect *area,
                     const char         *uri)
{
  /* cairo writes it between brackets as it is */
  g_autofree char *escaped = g_uri_escape_string (uri, ":/?#[]@!$&*+,;=%", FALSE);
  g_autofree char *attributes = NULL;
  double x = area->x;
  double y = area->y;
  double width = area->width;
  double height = area->height;

  cairo_user_to_device (cr, &x, &y);
  cairo_user_to_device_distance (cr, &width, &height);
  attributes = g_strdup_printf ("rect=[%d %d %d %d] uri='%s'", (int) floor (x), (int) floor (y), (int) ceil (width),
                                (int) ceil (height), escaped);
  cairo_tag_begin (cr, CAIRO_TAG_LINK, attributes);
  cairo_tag_end (cr, CAIRO_TAG_LINK);
}

void
cpt_sheet_add_link (CptSheet           *self,
                    const CptChartRect *area,
                    const char         *uri)
{
  if (cpt_sheet_is_tagged (self))
    cpt_report_add_link (cpt_sheet_get_cr (self), area, uri);
}
