/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-dashboard.h"

G_BEGIN_DECLS

/**
 * CptPageSpace:
 * @width: of the content
 * @height: of the content of one page; 0: one page as high as it takes
 * @first_top: where widgets begin on the first page, below its header
 * @other_top: likewise on the other pages
 * @is_begun: something else stands on the first page: what does not fit below
 *   it goes to the next one
 * @fill: nothing but widgets stands on these pages: they are made to fill them
 */
typedef struct
{
  double width;
  double height;
  double first_top;
  double other_top;
  gboolean is_begun;
  gboolean fill;
} CptPageSpace;

/**
 * CptPagePlace:
 * @widget: index on the dashboard
 * @page: from 0
 * @scale: smaller than 1 only where a widget is too high for any page
 *
 * Where a widget is printed, in units of length from the top left corner of
 * the content of its page.
 */
typedef struct
{
  guint  widget;
  guint  page;
  double x;
  double y;
  double width;
  double height;
  double scale;
} CptPagePlace;

/**
 * CptPagePlan:
 * @places: of #CptPagePlace, in reading order
 * @parts: of guint: the page of the dashboard that each page here is a part of
 * @n_pages: at least 1
 * @height: of the content of the highest page
 */
typedef struct
{
  GArray *places;
  GArray *parts;
  guint   n_pages;
  double  height;
} CptPagePlan;

/* Spreads a dashboard over pages. No widget is cut by the end of a page; each page
 * of the dashboard begins on a new one. One page as high as it takes is its first. */
CptPagePlan *cpt_page_plan_new  (const CptDashboard *dashboard,
                                 const CptPageSpace *space) G_GNUC_WARN_UNUSED_RESULT;
void         cpt_page_plan_free (CptPagePlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptPagePlan, cpt_page_plan_free)

G_END_DECLS
