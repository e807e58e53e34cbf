/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "cpt-chart-text.h"

G_BEGIN_DECLS

/**
 * CptShapedText:
 * @layout: borrowed from the cache, until the next text is asked for after the drawing
 * @ink: where there is ink, relative to the left end of the first baseline
 * @x: of the logical left edge, likewise
 * @baseline: of the first line, from the top of @layout
 * @width: logical
 * @height: logical
 *
 * In pixels.
 */
typedef struct
{
  PangoLayout          *layout;
  cairo_rectangle_t     ink;
  double                x;
  double                baseline;
  double                width;
  double                height;
} CptShapedText;

const CptShapedText *cpt_text_cache_shape (CptTextCache      *self,
                                           const char        *text,
                                           const CptTextLook *look);
/* Borrowed: for text that is laid out elsewhere */
PangoContext        *cpt_text_cache_get_context (CptTextCache *self);
/* Between two drawings: forgets what was long not used */
void                 cpt_text_cache_age   (CptTextCache *self);

G_END_DECLS
