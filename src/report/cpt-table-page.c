/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages of a table: where things stand on them, and how they look. */

#include "config.h"

#include "cpt-table-page.h"

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
#define ROW_PADDING 4.0
#define HEADING_GAP 12.0
#define TITLE_LINES 2
#define SUBTITLE_LINES 3
/* Below the headings of the columns a page has room for a few rows */
#define MIN_HEIGHT 160.0

typedef enum
{
  INK,
  MUTED,
  RULE,
  HAIRLINE,
} Shade;

static const double shades[] = {
  [INK] = 0.10,
  [MUTED] = 0.38,
  [RULE] = 0.35,
  [HAIRLINE] = 0.86,
};

struct _CptTablePage
{
  const char *title;
  const CptReportSetup *setup;
  const CptTableColumn *columns;
  guint n_columns;
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
  char *group;           /* (owned) (nullable): heading of the rows */
  gboolean is_detailed;  /* cells are told apart for readers of the tags, not rows alone */
  gboolean is_new;       /* nothing but the head is on the page */
  gboolean in_table;     /* a table has begun, for readers of the tags */
  gboolean has_document; /* likewise */
};

CptTablePage *
cpt_table_page_new (const char           *title,
                    const CptReportSetup *setup,
                    const CptTableColumn *columns,
                    guint                 n_columns)
{
  CptTablePage *self = g_new0 (CptTablePage, 1);
  double width, height;

  self->title = title;
  self->setup = setup;
  self->columns = columns;
  self->n_columns = n_columns;
  self->cells = cpt_cell_text_new (FAMILY, CELL_SIZE);
  self->headings = cpt_cell_text_new (FAMILY, HEADING_SIZE);
  self->titles = cpt_cell_text_new (FAMILY, TITLE_SIZE);
  self->hairlines = g_array_new (FALSE, FALSE, sizeof (double));
  self->margin = CLAMP (setup->margin, 0, 60) * POINTS_PER_MM;
  cpt_table_page_get_paper (self, &width, &height);
  self->width = width - 2 * self->margin;
  self->height = MAX (height - 2 * self->margin - FOOTER, MIN_HEIGHT);

  return self;
}

void
cpt_table_page_free (CptTablePage *self)
{
  g_free (self->group);
  g_array_unref (self->hairlines);
  cpt_cell_text_free (self->cells);
  cpt_cell_text_free (self->headings);
  cpt_cell_text_free (self->titles);
  g_free (self);
}

void
cpt_table_page_set_surface (CptTablePage *self,
                            cairo_t      *cr)
{
  self->cr = cr;
}

CptCellText *
cpt_table_page_get_texts (CptTablePage *self)
{
  return self->cells;
}

double
cpt_table_page_get_width (CptTablePage *self)
{
  return self->width;
}

void
cpt_table_page_get_paper (CptTablePage *self,
                          double       *width,
                          double       *height)
{
  if (self->setup->landscape)
    cpt_paper_get_size (self->setup->paper, height, width);
  else
    cpt_paper_get_size (self->setup->paper, width, height);
}

/* --------------------------------------------------------------------- drawing */

static void
set_shade (CptTablePage *self,
           Shade         shade)
{
  cairo_set_source_rgb (self->cr, shades[shade], shades[shade], shades[shade]);
}

static void
draw_rule (CptTablePage *self,
           double        y,
           double        thickness,
           Shade         shade)
{
  set_shade (self, shade);
  cairo_set_line_width (self->cr, thickness);
  cairo_move_to (self->cr, 0, y);
  cairo_line_to (self->cr, self->width, y);
  cairo_stroke (self->cr);
}

/* Those of a page are drawn together. */
static void
add_hairline (CptTablePage *self,
              double        y)
{
  g_array_append_val (self->hairlines, y);
}

static void
draw_hairlines (CptTablePage *self)
{
  set_shade (self, HAIRLINE);
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

static void
draw_text (CptTablePage  *self,
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

static void
set_in_table (CptTablePage *self,
              gboolean      in_table)
{
  if (self->cr == NULL || self->in_table == in_table)
    return;

  self->in_table = in_table;
  if (in_table)
    cairo_tag_begin (self->cr, "Table", NULL);
  else
    cairo_tag_end (self->cr, "Table");
}

/* One row of cells, the same on all its edges */
static void
draw_cells (CptTablePage  *self,
            char         **texts,
            const char    *tag,
            gboolean       is_bold)
{
  set_in_table (self, TRUE);
  cairo_tag_begin (self->cr, "TR", NULL);
  if (!self->is_detailed)
    cpt_cell_text_hold (self->cells);
  for (guint i = 0; i < self->n_columns; i++)
    {
      const CptTableColumn *column = &self->columns[i];
      CptCell cell = {
        .text = texts[i],
        .is_bold = is_bold,
        .is_right = column->is_right,
        .width = column->width,
        .max_lines = column->is_breakable || is_bold ? CPT_TABLE_MAX_LINES : 1,
      };

      if (texts[i] != NULL && *texts[i] != '\0')
        draw_text (self, self->cells, self->is_detailed ? tag : NULL, &cell, column->x, self->y);
    }
  if (!self->is_detailed)
    cpt_cell_text_release (self->cells, self->cr);
  cairo_tag_end (self->cr, "TR");
}

/* ----------------------------------------------------------------- head and foot */

static double
count_height (CptTablePage  *self,
              char         **texts)
{
  guint n_lines = 1;

  for (guint i = 0; i < self->n_columns; i++)
    {
      CptCell cell = { texts[i], TRUE, FALSE, self->columns[i].width, CPT_TABLE_MAX_LINES };

      if (texts[i] != NULL)
        n_lines = MAX (n_lines, cpt_cell_text_count_lines (self->cells, &cell));
    }

  return n_lines * cpt_cell_text_get_line_height (self->cells);
}

static void
add_column_heads (CptTablePage *self)
{
  char *labels[CPT_TABLE_REPORT_MAX_COLUMNS] = { NULL };
  double height;

  for (guint i = 0; i < self->n_columns; i++)
    labels[i] = self->columns[i].label;
  height = count_height (self, labels);
  if (self->cr != NULL)
    {
      set_shade (self, INK);
      draw_cells (self, labels, "TH", TRUE);
      draw_rule (self, self->y + height + ROW_PADDING * 0.6, 0.8, RULE);
    }
  self->y += height + ROW_PADDING * 1.2;
}

/* The title, and what is on the pages; its height */
static void
add_title (CptTablePage *self)
{
  g_autofree char *date = cpt_date_format (cpt_instant_get_date (self->setup->now, self->setup->zone));
  double date_width = cpt_cell_text_measure (self->cells, date, FALSE);
  CptCell title = { self->title, TRUE, FALSE, self->width - date_width - 16, TITLE_LINES };
  CptCell subtitle = { self->setup->subtitle, FALSE, FALSE, self->width, SUBTITLE_LINES };
  CptCell made = { date, FALSE, TRUE, date_width, 1 };
  double line = cpt_cell_text_get_line_height (self->cells);

  if (self->cr != NULL)
    {
      set_shade (self, INK);
      draw_text (self, self->titles, "H1", &title, 0, 0);
      set_shade (self, MUTED);
      draw_text (self, self->cells, "P", &made, self->width - date_width, TITLE_SIZE * 0.45);
    }
  self->y = cpt_cell_text_count_lines (self->titles, &title) * cpt_cell_text_get_line_height (self->titles) + 2;
  if (self->setup->subtitle != NULL && *self->setup->subtitle != '\0')
    {
      if (self->cr != NULL)
        draw_text (self, self->cells, "P", &subtitle, 0, self->y);
      self->y += cpt_cell_text_count_lines (self->cells, &subtitle) * line;
    }
  self->y += 8;
}

static void
draw_foot (CptTablePage *self)
{
  double y = self->height + FOOTER - cpt_cell_text_get_line_height (self->cells);
  g_autofree char *number = NULL;
  const char *organization = self->setup->organization;
  CptCell left = { organization, FALSE, FALSE, self->width * 0.6, 1 };
  CptCell right = { NULL, FALSE, TRUE, self->width * 0.35, 1 };

  /* Translators: number of the page, number of pages */
  number = g_strdup_printf (_("Page %u of %u"), self->page, self->n_pages);
  right.text = number;
  set_shade (self, MUTED);
  draw_text (self, self->cells, NULL, &right, self->width * 0.65, y);
  if (organization != NULL && *organization != '\0')
    draw_text (self, self->cells, NULL, &left, 0, y);
}

static void
finish_page (CptTablePage *self)
{
  if (self->page == 0 || self->cr == NULL)
    return;

  set_in_table (self, FALSE);
  draw_hairlines (self);
  draw_foot (self);
  cairo_restore (self->cr);
  cairo_show_page (self->cr);
}

/* Above all pages but the first: the title, and which group goes on */
static void
draw_small_title (CptTablePage *self)
{
  g_autofree char *text = self->group != NULL ? g_strdup_printf ("%s · %s", self->title, self->group) : g_strdup (self->title);
  CptCell title = { text, FALSE, FALSE, self->width, 1 };

  set_shade (self, MUTED);
  draw_text (self, self->cells, NULL, &title, 0, 0);
}

static void
begin_page (CptTablePage *self)
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
      self->y = cpt_cell_text_get_line_height (self->cells) + 8;
    }
  add_column_heads (self);
  self->is_new = TRUE;
}

/* A page that has room for @height */
static void
reach (CptTablePage *self,
       double        height)
{
  if (self->page == 0 || (!self->is_new && self->y + height > self->height))
    begin_page (self);
}

/* ----------------------------------------------------------------------- content */

void
cpt_table_page_begin (CptTablePage *self,
                      guint         n_pages,
                      gboolean      is_detailed)
{
  g_clear_pointer (&self->group, g_free);
  self->is_detailed = is_detailed;
  self->page = 0;
  self->n_pages = n_pages;
  if (self->cr != NULL)
    cairo_tag_begin (self->cr, "Document", NULL);
}

void
cpt_table_page_break (CptTablePage *self)
{
  if (self->page == 0 || !self->is_new)
    begin_page (self);
}

void
cpt_table_page_add_row (CptTablePage  *self,
                        char         **texts,
                        guint          n_lines)
{
  double height = n_lines * cpt_cell_text_get_line_height (self->cells) + ROW_PADDING;

  reach (self, height);
  if (self->cr != NULL)
    {
      set_shade (self, INK);
      draw_cells (self, texts, "TD", FALSE);
      add_hairline (self, self->y + height - ROW_PADDING / 2);
    }
  self->y += height;
  self->is_new = FALSE;
}

static void
add_bookmark (CptTablePage *self,
              const char   *label)
{
  g_autofree char *place = g_strdup_printf ("page=%u pos=[%d %d]", self->page, (int) self->margin,
                                            (int) (self->margin + self->y));

  if (*label != '\0')
    cairo_pdf_surface_add_outline (cairo_get_target (self->cr), CAIRO_PDF_OUTLINE_ROOT, label, place, 0);
}

void
cpt_table_page_add_heading (CptTablePage *self,
                            const char   *label,
                            const char   *count)
{
  double line = cpt_cell_text_get_line_height (self->headings);
  double row = cpt_cell_text_get_line_height (self->cells);
  double count_width = cpt_cell_text_measure (self->cells, count, FALSE);
  CptCell heading = { label, TRUE, FALSE, self->width - count_width - 12, 1 };
  CptCell records = { count, FALSE, FALSE, count_width, 1 };

  g_clear_pointer (&self->group, g_free);
  reach (self, HEADING_GAP + line + ROW_PADDING * 2 + row * CPT_TABLE_MAX_LINES);
  self->y += self->is_new ? ROW_PADDING / 2 : HEADING_GAP;
  if (self->cr != NULL)
    {
      double width = MIN (cpt_cell_text_measure (self->headings, label, TRUE), heading.width);

      set_in_table (self, FALSE);
      add_bookmark (self, label);
      set_shade (self, INK);
      draw_text (self, self->headings, "H2", &heading, 0, self->y);
      set_shade (self, MUTED);
      draw_text (self, self->cells, "P", &records, width + 10, self->y + line - row - 1);
    }
  self->group = g_strdup (label);
  self->y += line + ROW_PADDING;
  self->is_new = FALSE;
}

/* The label has the room before the first total */
static double
get_label_width (CptTablePage  *self,
                 char         **texts)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (texts[i] != NULL)
      return self->columns[i].x - CPT_TABLE_GAP;

  return self->width;
}

void
cpt_table_page_add_totals (CptTablePage  *self,
                           const char    *label,
                           char         **texts)
{
  double height = count_height (self, texts) + ROW_PADDING * 1.5;
  /* Translators: "Total: Won" */
  g_autofree char *text = g_strdup_printf (_("Total: %s"), label);
  CptCell cell = { text, TRUE, FALSE, get_label_width (self, texts), 1 };

  reach (self, height);
  if (self->cr != NULL)
    {
      draw_rule (self, self->y, 0.8, RULE);
      self->y += ROW_PADDING * 0.75;
      set_shade (self, INK);
      draw_cells (self, texts, "TD", TRUE);
      if (cell.width >= CELL_SIZE * 2)
        draw_text (self, self->cells, "P", &cell, 0, self->y);
      self->y -= ROW_PADDING * 0.75;
    }
  self->y += height;
  self->is_new = FALSE;
}

void
cpt_table_page_add_note (CptTablePage *self,
                         const char   *text)
{
  CptCell cell = { text, FALSE, FALSE, self->width, CPT_TABLE_MAX_LINES };

  reach (self, HEADING_GAP);
  if (self->cr != NULL)
    {
      set_in_table (self, FALSE);
      set_shade (self, MUTED);
      draw_text (self, self->cells, "P", &cell, 0, self->y + ROW_PADDING);
    }
  self->y += HEADING_GAP * 2;
}

guint
cpt_table_page_end (CptTablePage *self)
{
  if (self->page == 0)
    begin_page (self);
  finish_page (self);
  if (self->cr != NULL)
    cairo_tag_end (self->cr, "Document");

  return self->page;
}
