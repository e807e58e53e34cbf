/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of a dashboard: header, cards, footer. */
#include "config.h"
#include "cpt-report-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-chart-kind.h"
#include "cpt-date.h"

#define TITLE_SIZE 21.0
#define SUBTITLE_SIZE 12.0
#define HEADER_GAP 20.0
#define OTHER_TOP 30.0
#define NARROW_WIDTH 440.0
#define FOOTER 30.0
/* On slips of paper: so much of the shorter side at most is margin; so high is a page at least, in units */
#define MAX_MARGIN 0.3
#define MIN_HEIGHT 120.0

static CptTextLook
get_look (const CptReportPages *self,
          double                size,
          gboolean              bold,
          double                max_width)
{
  return (CptTextLook){
    .family = self->style.font_family,
    .size = size,
    .bold = bold,
    .max_width = max_width,
  };
}

static gboolean
has_subtitle (const CptReportPages *self)
{
  return self->setup->subtitle != NULL && self->setup->subtitle[0] != '\0';
}

/* Then the date has a line of its own */
static gboolean
is_narrow (const CptReportPages *self)
{
  return self->space.width < NARROW_WIDTH;
}

void
cpt_report_pages_init (CptReportPages       *self,
                       const CptDashboard   *dashboard,
                       CptChartData *const  *data,
                       const CptReportSetup *setup)
{
  self->dashboard = dashboard;
  self->data = data;
  self->setup = setup;
  if (setup->style != NULL)
    self->style = *setup->style;
  else
    cpt_chart_style_init (&self->style, CPT_CHART_THEME_PRINT);
  if (setup->format != CPT_REPORT_PNG)
    self->style.sampling = MAX (self->style.sampling, 2);
  self->style.texts = cpt_text_cache_new ();
  self->is_tagged = setup->format == CPT_REPORT_PDF;
  self->summaries = g_ptr_array_new_with_free_func (g_free);

  self->space.first_top = TITLE_SIZE + HEADER_GAP;
  self->space.first_top += (has_subtitle (self) ? 1.6 * SUBTITLE_SIZE : 0);
  self->space.first_top += (is_narrow (self) ? 1.6 * SUBTITLE_SIZE : 0);
  self->space.other_top = OTHER_TOP;
  self->plan = cpt_page_plan_new (dashboard, &self->space);
}

void
cpt_report_pages_init_paper (CptReportPages       *self,
                             const CptDashboard   *dashboard,
                             CptChartData *const  *data,
                             const CptReportSetup *setup,
                             double                width,
                             double                height)
{
  self->margin = MIN (CLAMP (setup->margin, 0, 60) * CPT_REPORT_POINTS_PER_MM, MAX_MARGIN * MIN (width, height));
  self->space.width = (width - 2 * self->margin) / CPT_REPORT_POINTS_PER_UNIT;
  self->space.height = MAX ((height - 2 * self->margin) / CPT_REPORT_POINTS_PER_UNIT - FOOTER, MIN_HEIGHT);
  self->space.fill = TRUE;
  self->footer = FOOTER;
  cpt_report_pages_init (self, dashboard, data, setup);
}

void
cpt_report_pages_clear (CptReportPages *self)
{
  g_clear_pointer (&self->plan, cpt_page_plan_free);
  g_clear_pointer (&self->style.texts, cpt_text_cache_free);
  g_clear_pointer (&self->summaries, g_ptr_array_unref);
}

static char *
format_date (const CptReportPages *self)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  GTimeZone *zone = self->setup->zone != NULL ? self->setup->zone : utc;

  return cpt_date_format (cpt_instant_get_date (self->setup->now, zone));
}

static void
draw_right (const CptReportPages *self,
            cairo_t              *cr,
            const char           *text,
            double                y)
{
  CptTextLook look = get_look (self, SUBTITLE_SIZE, FALSE, 0);
  double width = cpt_text_measure (self->style.texts, text, &look);

  cpt_report_set_color (cr, &self->style.muted);
  cpt_text_draw (cr, self->style.texts, text, &look, self->space.width - width, y);
}

void
cpt_report_begin_tag (cairo_t    *cr,
                      const char *tag,
                      gboolean    is_tagged)
{
  if (is_tagged)
    cairo_tag_begin (cr, tag, NULL);
}

void
cpt_report_end_tag (cairo_t    *cr,
                    const char *tag,
                    gboolean    is_tagged)
{
  if (is_tagged)
    cairo_tag_end (cr, tag);
}

/* Of the dashboard, and of the page of it that is here when it has several */
static char *
dup_title (const CptReportPages *self,
           guint                 page)
{
  guint part = g_array_index (self->plan->parts, guint, page);
  g_autofree char *title = NULL;

  if (cpt_dashboard_get_n_pages (self->dashboard) == 1 || self->footer <= 0)
    return g_strdup (self->dashboard->title);

  title = cpt_dashboard_dup_page_title (self->dashboard, part);

  return self->dashboard->title[0] != '\0' ? g_strdup_printf ("%s › %s", self->dashboard->title, title)
                                           : g_steal_pointer (&title);
}

static void
draw_first_header (const CptReportPages *self,
                   cairo_t              *cr)
{
  g_autofree char *date = format_date (self);
  g_autofree char *text = dup_title (self, 0);
  CptTextLook look = get_look (self, SUBTITLE_SIZE, FALSE, 0);
  double date_width = cpt_text_measure (self->style.texts, date, &look);
  CptTextLook title = get_look (self, TITLE_SIZE, TRUE,
                                self->space.width - (is_narrow (self) ? 0 : date_width + 24));
  double y = 0.76 * TITLE_SIZE;

  cpt_report_begin_tag (cr, "H1", self->is_tagged);
  cpt_report_set_color (cr, &self->style.foreground);
  if (text[0] != '\0' && title.max_width > TITLE_SIZE)
    cpt_text_draw (cr, self->style.texts, text, &title, 0, y);
  cpt_report_end_tag (cr, "H1", self->is_tagged);
  cpt_report_begin_tag (cr, "P", self->is_tagged);
  if (is_narrow (self))
    {
      cpt_report_set_color (cr, &self->style.muted);
      cpt_text_draw (cr, self->style.texts, date, &look, 0,
                     y + (has_subtitle (self) ? 3.25 : 1.75) * SUBTITLE_SIZE);
    }
  else
    draw_right (self, cr, date, y);
  cpt_report_end_tag (cr, "P", self->is_tagged);
  if (has_subtitle (self))
    {
      cpt_report_begin_tag (cr, "P", self->is_tagged);
      look.max_width = self->space.width;
      cpt_report_set_color (cr, &self->style.muted);
      cpt_text_draw (cr, self->style.texts, self->setup->subtitle, &look, 0, y + 1.75 * SUBTITLE_SIZE);
      cpt_report_end_tag (cr, "P", self->is_tagged);
    }
}

static void
draw_other_header (const CptReportPages *self,
                   cairo_t              *cr,
                   guint                 page)
{
  CptTextLook look = get_look (self, SUBTITLE_SIZE, FALSE, self->space.width);
  g_autofree char *text = dup_title (self, page);

  if (text[0] == '\0')
    return;

  cpt_report_set_color (cr, &self->style.muted);
  cpt_text_draw (cr, self->style.texts, text, &look, 0, 0.76 * SUBTITLE_SIZE);
}

static void
draw_footer (const CptReportPages *self,
             cairo_t              *cr,
             guint                 page)
{
  double y = self->space.height + self->footer - 2;
  g_autofree char *number = NULL;

  if (self->footer <= 0)
    return;

  /* Translators: number of the page, number of pages */
  number = g_strdup_printf (_("Page %u of %u"), page + 1, self->plan->n_pages);
  draw_right (self, cr, number, y);
  if (self->setup->organization != NULL && self->setup->organization[0] != '\0')
    {
      CptTextLook look = get_look (self, SUBTITLE_SIZE, FALSE, 0.7 * self->space.width);

      cpt_report_set_color (cr, &self->style.muted);
      cpt_text_draw (cr, self->style.texts, self->setup->organization, &look, 0, y);
    }
}

static void
draw_place (CptReportPages     *self,
            cairo_t            *cr,
            const CptPagePlace *place)
{
  const CptWidget *widget = cpt_dashboard_get_widget (self->dashboard, place->widget);
  g_autoptr(CptChartData) missing = NULL;
  CptReportCard card = {
    .widget = widget,
    .data = self->data != NULL ? self->data[place->widget] : NULL,
    .style = &self->style,
    .width = place->width,
    .height = place->height,
    .is_tagged = self->is_tagged,
  };
  CptChart chart = { cpt_chart_kind_find (widget->kind), widget->options, NULL };

  if (card.data == NULL)
    {
      missing = cpt_chart_data_new_error (widget->title, _("These numbers could not be read"));
      card.data = missing;
    }

  cairo_save (cr);
  cairo_translate (cr, place->x, place->y);
  cairo_scale (cr, place->scale, place->scale);
  cpt_report_card_draw (&card, cr, NULL);
  cairo_restore (cr);

  chart.data = card.data;
  g_ptr_array_add (self->summaries, cpt_chart_dup_summary (&chart));
}

void
cpt_report_pages_draw (CptReportPages *self,
                       cairo_t        *cr,
                       guint           page)
{
  if (page == 0)
    cpt_report_begin_tag (cr, "Document", self->is_tagged);
  if (page == 0)
    draw_first_header (self, cr);
  else
    draw_other_header (self, cr, page);

  for (guint i = 0; i < self->plan->places->len; i++)
    {
      const CptPagePlace *place = &g_array_index (self->plan->places, CptPagePlace, i);

      if (place->page != page)
        continue;
      cpt_report_begin_tag (cr, "Sect", self->is_tagged);
      draw_place (self, cr, place);
      cpt_report_end_tag (cr, "Sect", self->is_tagged);
    }
  draw_footer (self, cr, page);
  if (page + 1 == self->plan->n_pages)
    cpt_report_end_tag (cr, "Document", self->is_tagged);
}

void
cpt_report_pages_draw_paper (CptReportPages *self,
                             cairo_t        *cr,
                             guint           page)
{
  cairo_save (cr);
  cairo_translate (cr, self->margin, self->margin);
  cairo_scale (cr, CPT_REPORT_POINTS_PER_UNIT, CPT_REPORT_POINTS_PER_UNIT);
  cpt_report_pages_draw (self, cr, page);
  cairo_restore (cr);
}
