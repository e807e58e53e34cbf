/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * CptTextCache:
 *
 * Shaped text, so that what is drawn again is not shaped again. One for each
 * thread that draws. It forgets what was not used for a while, so it never
 * grows without bound.
 */
typedef struct _CptTextCache CptTextCache;

/**
 * CptTextLook:
 * @family: Pango family list
 * @size: in units of the drawing
 * @bold: heavy or regular
 * @max_width: ellipsized to this; 0: no limit
 * @lines: wrapped to at most so many lines of @max_width, each centred; 0 or 1: one line
 *
 * What decides how text is shaped.
 */
typedef struct
{
  const char *family;
  double      size;
  gboolean    bold;
  double      max_width;
  int         lines;
} CptTextLook;

CptTextCache *cpt_text_cache_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void          cpt_text_cache_free (CptTextCache *self);

/* The advance of a text, in the units of its size */
double        cpt_text_measure    (CptTextCache      *texts,
                                   const char        *text,
                                   const CptTextLook *look);
/* In the source of @cr, from @x on the baseline @y. Leaves no current point. */
void          cpt_text_draw       (cairo_t           *cr,
                                   CptTextCache      *texts,
                                   const char        *text,
                                   const CptTextLook *look,
                                   double             x,
                                   double             y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTextCache, cpt_text_cache_free)

G_END_DECLS
