/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paper: what is around the content of its pages, and where the next thing goes. */

#include "config.h"

#include "cpt-sheet.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "cpt-date.h"
#include "cpt-report-private.h"

#define POINTS_PER_MM (72.0 / 25.4)
#define FAMILY "Sans"
#define CELL_SIZE 8.0
#define HEADING_SIZE 10.5
#define TITLE_SIZE 16.0
#define FOOTER 24.0
#define HEAD_GAP 8.0
#define TITLE_LINES 2
#define SUBTITLE_LINES 3
/* Below its head a page has room for a few things, whatever the margins */
#define MIN_HEIGHT 160.0

static const double shades[] = {
  [CPT_SHADE_INK] = 0.10,
  [CPT_SHADE_MUTED] = 0.38,
  [CPT_SHADE_RULE] = 0.35,
  [CPT_SHADE_HAIRLINE] = 0.86,
};

struct _CptSheet
{
  const char *title;
  const CptReportSetup *setup;
  CptCellText *cells;    /* (owned) */
  CptCellText *headings; /* (owned) */
  CptCellText *titles;   /* (owned) */
  cairo_t *cr;           /* (nullable) */
  GArray *hairlines;     /* (owned) (element-type double): of the page */
  double margin;
  double width; /* between the margins */
  double height;
  double y;   /* from the upper margin */
  guint page; /* counted from 1; 0: none yet */
  guint n_pages;
  char *group; /* (owned) (nullable): heading of what goes on */
  CptSheetHeadFunc head;
  gpointer head_data;
  gboolean is_new;   /* nothing but the head is on the page */
  gboolean in_table; /* a table has begun, for readers of the tags */
};

CptSheet *
cpt_sheet_new (const char           *title,
               const CptReportSetup *setup)
{
  CptSheet *self = g_new0 (CptSheet, 1);
  double width, height;

  self->title = title;
  self->setup = setup;
  self->cells = cpt_cell_text_new (FAMILY, CELL_SIZE);
  self->headings = cpt_cell_text_new (FAMILY, HEADING_SIZE);
  self->titles = cpt_cell_text_new (FAMILY, TITLE_SIZE);
  self->hairlines = g_array_new (FALSE, FALSE, sizeof (double));
  self->margin = CLAMP (setup->margin, 0, 60) * POINTS_PER_MM;
  cpt_sheet_get_paper (self, &width, &height);
  self->width = width - 2 * self->margin;
  self->height = MAX (height - 2 * self->margin - FOOTER, MIN_HEIGHT);

  return self;
}

void
cpt_sheet_free (CptSheet *self)
{
  g_free (self->group);
  g_array_unref (self->hairlines);
  cpt_cell_text_free (self->cells);
  cpt_cell_text_free (self->headings);
  cpt_cell_text_free (self->titles);
  g_free (self);
}

void
cpt_sheet_get_paper (CptSheet *self,
                     double   *width,
                     double   *height)
{
  if (self->setup->landscape)
    cpt_paper_get_size (self->setup->paper, height, width);
  else
    cpt_paper_get_size (self->setup->paper, width, height);
}

double
cpt_sheet_get_width (CptSheet *self)
{
  return self->width;
}

double
cpt_sheet_get_height (CptSheet *self)
{
  return self->height;
}

CptCellText *
cpt_sheet_get_texts (CptSheet *self)
{
  return self->cells;
}

CptCellText *
cpt_sheet_get_headings (CptSheet *self)
{
  return self->headings;
}

const CptReportSetup *
cpt_sheet_get_setup (CptSheet *self)
{
  return self->setup;
}

/* --------------------------------------------------------------------- drawing */

cairo_t *
cpt_sheet_get_cr (CptSheet *self)
{
  return self->cr;
}

void
cpt_sheet_set_shade (CptSheet *self,
                     CptShade  shade)
{
  cairo_set_source_rgb (self->cr, shades[shade], shades[shade], shades[shade]);
}

void
cpt_sheet_draw_text (CptSheet      *self,
                     CptCellText   *texts,
                     const char    *tag,
                     const CptCell *cell,
                     double         x,
                     double         y)
{
  cpt_report_begin_tag (self->cr, tag, tag != NULL);
  cpt_cell_text_draw (texts, self->cr, cell, x, y);
  cpt_report_end_tag (self->cr, tag, tag != NULL);
}

void
cpt_sheet_draw_rule (CptSheet *self,
                     double    y,
                     double    thickness,
                     CptShade  shade)
{
  cpt_sheet_set_shade (self, shade);
  cairo_set_line_width (self->cr, thickness);
  cairo_move_to (self->cr, 0, y);
  cairo_line_to (self->cr, self->width, y);
  cairo_stroke (self->cr);
}

void
cpt_sheet_add_hairline (CptSheet *self,
                        double    y)
{
  g_array_append_val (self->hairlines, y);
}

static void
draw_hairlines (CptSheet *self)
{
  cpt_sheet_set_shade (self, CPT_SHADE_HAIRLINE);
  cairo_set_line_width (self->cr, 0.4);
  for (guint i = 0; i < self->hairlines->len; i++)
    {
      double y = g_array_index (self->hairlines, double, i);

      cairo_move_to (self->cr, 0, y);
      cairo_line_to (self->cr, self->width, y);
    }
  cairo_stroke (self->cr);
  g_array_set_size (self->hairlines, 0);
}

void
cpt_sheet_set_in_table (CptSheet *self,
                        gboolean  in_table)
{
  if (self->cr == NULL || self->in_table == in_table)
    return;

  self->in_table = in_table;
  if (in_table)
    cairo_tag_begin (self->cr, "Table", NULL);
  else
    cairo_tag_end (self->cr, "Table");
}

void
cpt_sheet_add_bookmark (CptSheet   *self,
                        const char *label)
{
  g_autofree char *place = g_strdup_printf ("page=%u pos=[%d %d]", self->page, (int) self->margin,
                                            (int) (self->margin + self->y));

  if (*label != '\0')
    cairo_pdf_surface_add_outline (cairo_get_target (self->cr), CAIRO_PDF_OUTLINE_ROOT, label, place, 0);
}

/* ----------------------------------------------------------------- head and foot */

/* The title, and what is on the pages; its height */
static void
add_title (CptSheet *self)
{
  g_autofree char *date = cpt_date_format (cpt_instant_get_date (self->setup->now, self->setup->zone));
  double date_width = cpt_cell_text_measure (self->cells, date, FALSE);
  CptCell title = { self->title, TRUE, FALSE, self->width - date_width - 16, TITLE_LINES };
  CptCell subtitle = { self->setup->subtitle, FALSE, FALSE, self->width, SUBTITLE_LINES };
  CptCell made = { date, FALSE, TRUE, date_width, 1 };
  double line = cpt_cell_text_get_line_height (self->cells);

  if (self->cr != NULL)
    {
      cpt_sheet_set_shade (self, CPT_SHADE_INK);
      cpt_sheet_draw_text (self, self->titles, "H1", &title, 0, 0);
      cpt_sheet_set_shade (self, CPT_SHADE_MUTED);
      cpt_sheet_draw_text (self, self->cells, "P", &made, self->width - date_width, TITLE_SIZE * 0.45);
    }
  self->y = cpt_cell_text_count_lines (self->titles, &title) * cpt_cell_text_get_line_height (self->titles) + 2;
  if (self->setup->subtitle != NULL && *self->setup->subtitle != '\0')
    {
      if (self->cr != NULL)
        cpt_sheet_draw_text (self, self->cells, "P", &subtitle, 0, self->y);
      self->y += cpt_cell_text_count_lines (self->cells, &subtitle) * line;
    }
  self->y += HEAD_GAP;
}

static void
draw_foot (CptSheet *self)
{
  double y = self->height + FOOTER - cpt_cell_text_get_line_height (self->cells);
  g_autofree char *number = NULL;
  const char *organization = self->setup->organization;
  CptCell left = { organization, FALSE, FALSE, self->width * 0.6, 1 };
  CptCell right = { NULL, FALSE, TRUE, self->width * 0.35, 1 };

  /* Translators: number of the page, number of pages */
  number = g_strdup_printf (_("Page %u of %u"), self->page, self->n_pages);
  right.text = number;
  cpt_sheet_set_shade (self, CPT_SHADE_MUTED);
  cpt_sheet_draw_text (self, self->cells, NULL, &right, self->width * 0.65, y);
  if (organization != NULL && *organization != '\0')
    cpt_sheet_draw_text (self, self->cells, NULL, &left, 0, y);
}

static void
finish_page (CptSheet *self)
{
  if (self->page == 0 || self->cr == NULL)
    return;

  cpt_sheet_set_in_table (self, FALSE);
  draw_hairlines (self);
  draw_foot (self);
  cairo_restore (self->cr);
  cairo_show_page (self->cr);
}

/* Above all pages but the first: the title, and what goes on */
static void
draw_small_title (CptSheet *self)
{
  g_autofree char *text = self->group != NULL ? g_strdup_printf ("%s · %s", self->title, self->group) : g_strdup (self->title);
  CptCell title = { text, FALSE, FALSE, self->width, 1 };

  cpt_sheet_set_shade (self, CPT_SHADE_MUTED);
  cpt_sheet_draw_text (self, self->cells, NULL, &title, 0, 0);
}

static void
begin_page (CptSheet *self)
{
  finish_page (self);
  self->page++;
  self->y = 0;
  if (self->cr != NULL)
    {
      cairo_save (self->cr);
      cairo_translate (self->cr, self->margin, self->margin);
    }
  if (self->page == 1)
    {
      add_title (self);
    }
  else
    {
      if (self->cr != NULL)
        draw_small_title (self);
      self->y = cpt_cell_text_get_line_height (self->cells) + HEAD_GAP;
    }
  if (self->head != NULL)
    self->head (self->head_data);
  self->is_new = TRUE;
}

/* ----------------------------------------------------------------------- content */

void
cpt_sheet_begin (CptSheet *self,
                 guint     n_pages)
{
  cpt_sheet_set_group (self, NULL);
  self->page = 0;
  self->n_pages = n_pages;
}

void
cpt_sheet_set_head (CptSheet         *self,
                    CptSheetHeadFunc  func,
                    gpointer          data)
{
  self->head = func;
  self->head_data = data;
}

void
cpt_sheet_set_group (CptSheet   *self,
                     const char *group)
{
  g_free (self->group);
  self->group = g_strdup (group);
}

gboolean
cpt_sheet_reach (CptSheet *self,
                 double    height)
{
  if (self->page > 0 && (self->is_new || self->y + height <= self->height))
    return FALSE;

  begin_page (self);

  return TRUE;
}

void
cpt_sheet_break (CptSheet *self)
{
  if (self->page == 0 || !self->is_new)
    begin_page (self);
}

gboolean
cpt_sheet_is_new (CptSheet *self)
{
  return self->is_new;
}

guint
cpt_sheet_get_page (CptSheet *self)
{
  return self->page;
}

double
cpt_sheet_get_y (CptSheet *self)
{
  return self->y;
}

void
cpt_sheet_take (CptSheet *self,
                double    height)
{
  self->y += height;
  self->is_new = FALSE;
}

void
cpt_sheet_skip (CptSheet *self,
                double    height)
{
  self->y += height;
}

guint
cpt_sheet_end (CptSheet *self)
{
  if (self->page == 0)
    begin_page (self);
  finish_page (self);

  return self->page;
}

gboolean
cpt_sheet_is_drawn (CptSheet *self)
{
  return self->cr != NULL;
}

cairo_surface_t *
cpt_sheet_begin_pdf (CptSheet   *self,
                     GByteArray *bytes,
                     guint       n_pages)
{
  double width, height;
  cairo_surface_t *surface;

  cpt_sheet_get_paper (self, &width, &height);
  surface = cairo_pdf_surface_create_for_stream (cpt_report_append_cb, bytes, width, height);
  self->cr = cairo_create (surface);
  cpt_sheet_begin (self, n_pages);
  cairo_tag_begin (self->cr, "Document", NULL);

  return surface;
}

gboolean
cpt_sheet_end_pdf (CptSheet         *self,
                   cairo_surface_t  *surface,
                   GError          **error)
{
  cairo_t *cr = self->cr;

  cpt_sheet_end (self);
  cairo_tag_end (cr, "Document");
  self->cr = NULL;

  return cpt_report_end_surface (surface, cr, error);
}
