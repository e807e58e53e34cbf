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
#define SLOT_GAP 12.0
#define RULE_WIDTH 1.5
#define TITLE_LOGO 34.0
#define SLOT_LOGO 18.0
/* No wider than this part of the page */
#define LOGO_PART 0.35
#define TITLE_LINES 2
#define SUBTITLE_LINES 3
/* Below its head a page has room for a few things, whatever the margins */
#define MIN_HEIGHT 160.0

static const CptSheetLook plain_look = {
  .header = { CPT_SLOT_TITLE },
  .footer = { CPT_SLOT_ORGANISATION, CPT_SLOT_NOTHING, CPT_SLOT_PAGE },
};

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
  const CptSheetLook *look;
  cairo_t *surface;  /* (nullable): where pages are drawn */
  cairo_t *cr;       /* (nullable): where this page is drawn */
  GArray *hairlines; /* (owned) (element-type double): of the page */
  double margin;
  double width; /* between the margins */
  double height;
  double y;   /* from the upper margin */
  guint page; /* counted from 1; 0: none yet */
  guint n_pages;
  guint only;  /* the one page that is drawn; 0: all */
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
  self->look = &plain_look;
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
cpt_sheet_set_look (CptSheet           *self,
                    const CptSheetLook *look)
{
  self->look = look;
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

gboolean
cpt_sheet_is_tagged (CptSheet *self)
{
  return self->cr != NULL && self->only == 0;
}

void
cpt_sheet_begin_tag (CptSheet   *self,
                     const char *tag)
{
  cpt_report_begin_tag (self->cr, tag, cpt_sheet_is_tagged (self));
}

void
cpt_sheet_end_tag (CptSheet   *self,
                   const char *tag)
{
  cpt_report_end_tag (self->cr, tag, cpt_sheet_is_tagged (self));
}

void
cpt_sheet_set_shade (CptSheet *self,
                     CptShade  shade)
{
  cairo_set_source_rgb (self->cr, shades[shade], shades[shade], shades[shade]);
}

void
cpt_sheet_set_accent (CptSheet *self)
{
  if (self->look->colour != NULL)
    cpt_report_set_color (self->cr, self->look->colour);
  else
    cpt_sheet_set_shade (self, CPT_SHADE_INK);
}

void
cpt_sheet_draw_text (CptSheet      *self,
                     CptCellText   *texts,
                     const char    *tag,
                     const CptCell *cell,
                     double         x,
                     double         y)
{
  if (tag != NULL)
    cpt_sheet_begin_tag (self, tag);
  cpt_cell_text_draw (texts, self->cr, cell, x, y);
  if (tag != NULL)
    cpt_sheet_end_tag (self, tag);
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
    cpt_sheet_begin_tag (self, "Table");
  else
    cpt_sheet_end_tag (self, "Table");
}

void
cpt_sheet_add_bookmark (CptSheet   *self,
                        const char *label)
{
  g_autofree char *place = g_strdup_printf ("page=%u pos=[%d %d]", self->page, (int) self->margin,
                                            (int) (self->margin + self->y));

  if (*label != '\0' && self->only == 0)
    cairo_pdf_surface_add_outline (cairo_get_target (self->cr), CAIRO_PDF_OUTLINE_ROOT, label, place, 0);
}

/* ----------------------------------------------------------------- head and foot */

static void
add_title_rule (CptSheet *self)
{
  if (self->cr != NULL)
    {
      cpt_sheet_set_accent (self);
      cairo_set_line_width (self->cr, RULE_WIDTH);
      cairo_move_to (self->cr, 0, self->y);
      cairo_line_to (self->cr, self->width, self->y);
      cairo_stroke (self->cr);
    }
  self->y += HEAD_GAP;
}

static gboolean
has_header_logo (CptSheet *self)
{
  const CptSlot *slots = self->look->header;

  return self->look->logo != NULL &&
         (slots[0] == CPT_SLOT_LOGO || slots[1] == CPT_SLOT_LOGO || slots[2] == CPT_SLOT_LOGO);
}

/* How large it is when it is at most @height high; what it is drawn with */
static double
measure_logo (CptSheet *self,
              double    height,
              double   *width)
{
  double logo_width = MAX (cairo_image_surface_get_width (self->look->logo), 1);
  double logo_height = MAX (cairo_image_surface_get_height (self->look->logo), 1);
  double scale = MIN (height / logo_height, self->width * LOGO_PART / logo_width);

  *width = logo_width * scale;

  return scale;
}

static void
draw_logo (CptSheet *self,
           double    scale,
           double    x,
           double    y)
{
  cairo_save (self->cr);
  cairo_translate (self->cr, x, y);
  cairo_scale (self->cr, scale, scale);
  cairo_set_source_surface (self->cr, self->look->logo, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (self->cr), CAIRO_FILTER_BEST);
  cairo_paint (self->cr);
  cairo_restore (self->cr);
}

/* At the right of the title; where it ends. @width: what it takes */
static double
add_title_logo (CptSheet *self,
                double   *width)
{
  double scale;

  *width = 0;
  if (!has_header_logo (self))
    return 0;

  scale = measure_logo (self, TITLE_LOGO, width);
  if (self->cr != NULL)
    draw_logo (self, scale, self->width - *width, 0);

  return scale * cairo_image_surface_get_height (self->look->logo) + 2;
}

/* The title, and what is on the pages; its height */
static void
add_title (CptSheet *self)
{
  g_autofree char *date = cpt_date_format (cpt_instant_get_date (self->setup->now, self->setup->zone));
  double date_width = cpt_cell_text_measure (self->cells, date, FALSE);
  double logo_width;
  double logo_end = add_title_logo (self, &logo_width);
  CptCell title = { self->title, TRUE, FALSE, self->width - MAX (date_width, logo_width) - 16, TITLE_LINES };
  CptCell subtitle = { self->setup->subtitle, FALSE, FALSE, self->width - (logo_end > 0 ? date_width + 16 : 0),
                       SUBTITLE_LINES };
  CptCell made = { date, FALSE, TRUE, date_width, 1 };
  double line = cpt_cell_text_get_line_height (self->cells);

  if (self->cr != NULL)
    {
      cpt_sheet_set_accent (self);
      cpt_sheet_draw_text (self, self->titles, "H1", &title, 0, 0);
      cpt_sheet_set_shade (self, CPT_SHADE_MUTED);
      cpt_sheet_draw_text (self, self->cells, "P", &made, self->width - date_width, logo_end > 0 ? logo_end : TITLE_SIZE * 0.45);
    }
  self->y = cpt_cell_text_count_lines (self->titles, &title) * cpt_cell_text_get_line_height (self->titles) + 2;
  /* The date stands below the logo */
  self->y = MAX (self->y, logo_end);
  if (self->setup->subtitle != NULL && *self->setup->subtitle != '\0')
    {
      if (self->cr != NULL)
        cpt_sheet_draw_text (self, self->cells, "P", &subtitle, 0, self->y);
      self->y += cpt_cell_text_count_lines (self->cells, &subtitle) * line;
    }
  else if (logo_end > 0)
    {
      self->y += line;
    }
  self->y += HEAD_GAP;
  if (self->look->colour != NULL)
    add_title_rule (self);
}

static char *
dup_slot_text (CptSheet *self,
               CptSlot   slot)
{
  switch (slot)
    {
    case CPT_SLOT_TITLE:
      return self->group != NULL ? g_strdup_printf ("%s · %s", self->title, self->group) : g_strdup (self->title);
    case CPT_SLOT_ORGANISATION:
      return g_strdup (self->setup->organization);
    case CPT_SLOT_DATE:
      return cpt_date_format (cpt_instant_get_date (self->setup->now, self->setup->zone));
    case CPT_SLOT_PAGE:
      /* Translators: number of the page, number of pages */
      return g_strdup_printf (_("Page %u of %u"), self->page, self->n_pages);
    case CPT_SLOT_LOGO:
    case CPT_SLOT_NOTHING:
    default:
      return NULL;
    }
}

/* A line of three texts; each gets what the ones before leave it */
static void
draw_slots (CptSheet      *self,
            const CptSlot *slots,
            double         y)
{
  static const guint order[] = { 2, 1, 0 };
  double left = 0, right = self->width;
  double line = cpt_cell_text_get_line_height (self->cells);

  cpt_sheet_set_shade (self, CPT_SHADE_MUTED);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autofree char *text = dup_slot_text (self, slots[order[i]]);
      double width = text != NULL ? cpt_cell_text_measure (self->cells, text, FALSE) : 0;
      CptCell cell = { text, FALSE, FALSE, MIN (width, right - left), 1 };
      gboolean is_logo = slots[order[i]] == CPT_SLOT_LOGO && self->look->logo != NULL;
      double scale = is_logo ? measure_logo (self, SLOT_LOGO, &cell.width) : 1;
      double x = order[i] == 0 ? 0 : order[i] == 1 ? (self->width - cell.width) / 2
                                                   : self->width - cell.width;

      if (is_logo && cell.width <= right - left)
        {
          x = MIN (x, right - cell.width);
          draw_logo (self, scale, x, y + line - scale * cairo_image_surface_get_height (self->look->logo));
          cpt_sheet_set_shade (self, CPT_SHADE_MUTED);
          right = x - SLOT_GAP;
        }
      if (text == NULL || *text == '\0' || cell.width <= 0)
        continue;
      x = MIN (x, right - cell.width);
      cpt_sheet_draw_text (self, self->cells, NULL, &cell, x, y);
      right = x - SLOT_GAP;
    }
}

static void
draw_foot (CptSheet *self)
{
  draw_slots (self, self->look->footer, self->height + FOOTER - cpt_cell_text_get_line_height (self->cells));
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
  if (self->only == 0)
    cairo_show_page (self->cr);
}

static void
begin_page (CptSheet *self)
{
  finish_page (self);
  self->page++;
  self->y = 0;
  self->cr = self->only == 0 || self->only == self->page ? self->surface : NULL;
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
        draw_slots (self, self->look->header, cpt_sheet_get_top (self) - HEAD_GAP - cpt_cell_text_get_line_height (self->cells));
      self->y = cpt_sheet_get_top (self);
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
  self->cr = NULL;
}

void
cpt_sheet_begin_page (CptSheet *self,
                      cairo_t  *cr,
                      guint     page,
                      guint     n_pages)
{
  cpt_sheet_begin (self, n_pages);
  self->surface = cr;
  self->only = page;
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

double
cpt_sheet_get_top (CptSheet *self)
{
  double line = cpt_cell_text_get_line_height (self->cells);

  return (has_header_logo (self) ? MAX (line, SLOT_LOGO) : line) + HEAD_GAP;
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
  self->surface = NULL;
  self->cr = NULL;
  self->only = 0;

  return self->page;
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
  cpt_sheet_begin (self, n_pages);
  self->surface = cairo_create (surface);
  cairo_tag_begin (self->surface, "Document", NULL);

  return surface;
}

gboolean
cpt_sheet_end_pdf (CptSheet         *self,
                   cairo_surface_t  *surface,
                   GError          **error)
{
  cairo_t *cr = self->surface;

  cpt_sheet_end (self);
  cairo_tag_end (cr, "Document");

  return cpt_report_end_surface (surface, cr, error);
}
