/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "cpt-cell-text.h"
#include "cpt-report.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_SHADE_INK,
  CPT_SHADE_MUTED,
  CPT_SHADE_RULE,
  CPT_SHADE_HAIRLINE,
} CptShade;

/**
 * CptSlot:
 *
 * What stands in the head or the foot of a page.
 */
typedef enum
{
  CPT_SLOT_NOTHING,
  CPT_SLOT_TITLE,
  CPT_SLOT_ORGANISATION,
  CPT_SLOT_DATE,
  CPT_SLOT_PAGE,
  CPT_SLOT_LOGO,
} CptSlot;

/**
 * CptSheetLook:
 * @header: left, centre, right, on all pages but the first, which has the title
 * @footer: likewise, on all pages
 * @colour: (nullable): of the title, of headings and of a rule below the title
 * @logo: (nullable): what stands in slots for it, and beside the title when the header
 *   has one; borrowed
 */
typedef struct
{
  CptSlot              header[3];
  CptSlot              footer[3];
  const CptChartColor *colour;
  cairo_surface_t     *logo;
} CptSheetLook;

/**
 * CptSheet:
 *
 * Paper that is filled from the top, page after page: what does not fit any more
 * begins the next one. It draws what is around the content: the title, small
 * heads, feet. Pages that have no surface are counted only. All lengths in
 * points, from the upper left corner of what is between the margins.
 */
typedef struct _CptSheet CptSheet;

/* Adds what is repeated at the top of each page, such as the heads of columns */
typedef void (*CptSheetHeadFunc) (gpointer data);

/* All is borrowed */
CptSheet    *cpt_sheet_new          (const char           *title,
                                     const CptReportSetup *setup);
void         cpt_sheet_free         (CptSheet *self);
/* @look: borrowed; without one: the title above, organisation and page below */
void         cpt_sheet_set_look     (CptSheet           *self,
                                     const CptSheetLook *look);
/* Of the whole page */
void         cpt_sheet_get_paper    (CptSheet *self,
                                     double   *width,
                                     double   *height);
double       cpt_sheet_get_width    (CptSheet *self);
/* Of the content of a page */
double       cpt_sheet_get_height   (CptSheet *self);
/* Text as in cells, and as in headings within the pages */
CptCellText *cpt_sheet_get_texts    (CptSheet *self);
CptCellText *cpt_sheet_get_headings (CptSheet *self);

const CptReportSetup *
             cpt_sheet_get_setup    (CptSheet *self);

/* Pages are counted only; @n_pages: that there will be */
void         cpt_sheet_begin        (CptSheet *self,
                                     guint     n_pages);
/* How many pages there were */
guint        cpt_sheet_end          (CptSheet *self);
/* Pages are drawn, into a PDF that grows in @bytes. Gives the surface, for its
 * metadata; it belongs to cpt_sheet_end_pdf(). */
cairo_surface_t *
             cpt_sheet_begin_pdf    (CptSheet   *self,
                                     GByteArray *bytes,
                                     guint       n_pages);
/* Likewise where what was added could not be read */
gboolean     cpt_sheet_end_pdf      (CptSheet         *self,
                                     cairo_surface_t  *surface,
                                     GError          **error);
/* One page of those is drawn on @cr, until cpt_sheet_end(); @page: from 1 */
void         cpt_sheet_begin_page   (CptSheet *self,
                                     cairo_t  *cr,
                                     guint     page,
                                     guint     n_pages);

/* @func: (nullable): for the pages that begin from now on */
void         cpt_sheet_set_head     (CptSheet         *self,
                                     CptSheetHeadFunc  func,
                                     gpointer          data);
/* @group: (nullable): what goes on at the top of the pages that begin from now on */
void         cpt_sheet_set_group    (CptSheet   *self,
                                     const char *group);
/* Makes sure of @height; TRUE where a page begins by it. What is higher than a
 * page gets a page of its own. */
gboolean     cpt_sheet_reach        (CptSheet *self,
                                     double    height);
/* What follows begins a page */
void         cpt_sheet_break        (CptSheet *self);
/* Nothing but the head is on the page */
gboolean     cpt_sheet_is_new       (CptSheet *self);
/* Where things begin on all pages but the first */
double       cpt_sheet_get_top      (CptSheet *self);
/* From 1; 0 before the first one */
guint        cpt_sheet_get_page     (CptSheet *self);
/* Where the next thing begins */
double       cpt_sheet_get_y        (CptSheet *self);
/* Goes down by @height, which something has taken */
void         cpt_sheet_take         (CptSheet *self,
                                     double    height);
/* Likewise, by what only separates */
void         cpt_sheet_skip         (CptSheet *self,
                                     double    height);

/* (nullable): what the page that has begun is drawn with; %NULL where it is only counted */
cairo_t     *cpt_sheet_get_cr       (CptSheet *self);
/* For readers of the file: what is drawn between is a @tag of ISO 32000-1, 14.8.4. Not
 * where one page is drawn: recordings of cairo 1.16 do not survive tags. */
gboolean     cpt_sheet_is_tagged    (CptSheet *self);
void         cpt_sheet_begin_tag    (CptSheet   *self,
                                     const char *tag);
void         cpt_sheet_end_tag      (CptSheet   *self,
                                     const char *tag);
/* For the functions below there is a surface */
void         cpt_sheet_set_shade    (CptSheet *self,
                                     CptShade  shade);
/* Headings: the colour of the look, or ink */
void         cpt_sheet_set_accent   (CptSheet *self);
/* @tag: (nullable): for readers of the file */
void         cpt_sheet_draw_text    (CptSheet      *self,
                                     CptCellText   *texts,
                                     const char    *tag,
                                     const CptCell *cell,
                                     double         x,
                                     double         y);
void         cpt_sheet_draw_rule    (CptSheet *self,
                                     double    y,
                                     double    thickness,
                                     CptShade  shade);
/* Those of a page are drawn together */
void         cpt_sheet_add_hairline (CptSheet *self,
                                     double    y);
/* For readers of the file: what is drawn from now on is a table, or is none */
void         cpt_sheet_set_in_table (CptSheet *self,
                                     gboolean  in_table);
/* An entry of the outline leads to where the next thing begins */
void         cpt_sheet_add_bookmark (CptSheet   *self,
                                     const char *label);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptSheet, cpt_sheet_free)

G_END_DECLS
