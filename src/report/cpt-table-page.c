/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table on a sheet: how its rows look, and what stays together. */

#include "config.h"

#include "cpt-table-page.h"

#include <glib/gi18n-lib.h>

#include "cpt-report-private.h"
#include "cpt-sheet-link.h"

#define SPACE_BELOW 8.0
#define ROW_PADDING 4.0
#define HEADING_GAP 12.0
/* A label needs that much room to say anything */
#define MIN_LABEL 16.0

struct _CptTablePage
{
  CptSheet *sheet;
  const CptTableColumn *columns;
  guint n_columns;
  gboolean is_detailed; /* cells are told apart for readers of the tags, not rows alone */
};

CptTablePage *
cpt_table_page_new (CptSheet             *sheet,
                    const CptTableColumn *columns,
                    guint                 n_columns)
{
  CptTablePage *self = g_new0 (CptTablePage, 1);

  self->sheet = sheet;
  self->columns = columns;
  self->n_columns = n_columns;

  return self;
}

void
cpt_table_page_free (CptTablePage *self)
{
  g_free (self);
}

/* Of a cell that is an address and nothing else */
static void
add_link (CptTablePage         *self,
          const CptTableColumn *column,
          const char           *text)
{
  CptCellText *cells = cpt_sheet_get_texts (self->sheet);
  g_autoptr(GArray) links = cpt_text_link_list (text);
  CptChartRect area = { column->x, cpt_sheet_get_y (self->sheet), 0, cpt_cell_text_get_line_height (cells) };
  const CptTextLink *link;

  if (links == NULL || links->len > 1)
    return;

  link = &g_array_index (links, CptTextLink, 0);
  area.width = MIN (cpt_cell_text_measure (cells, text, FALSE), column->width);
  if (link->start == 0 && text[link->end] == '\0')
    cpt_sheet_add_link (self->sheet, &area, link->uri);
}

/* One row of cells, the same on all its edges. Where tags stand for cells, addresses can be
 * clicked; in a table of a thousand pages they would take more memory than all the rest. */
static void
draw_cells (CptTablePage  *self,
            char         **texts,
            const char    *tag,
            gboolean       is_bold)
{
  cairo_t *cr = cpt_sheet_get_cr (self->sheet);
  CptCellText *cells = cpt_sheet_get_texts (self->sheet);

  cpt_sheet_set_in_table (self->sheet, TRUE);
  cpt_sheet_begin_tag (self->sheet, "TR");
  if (!self->is_detailed)
    cpt_cell_text_hold (cells);
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
        cpt_sheet_draw_text (self->sheet, cells, self->is_detailed ? tag : NULL, &cell, column->x,
                             cpt_sheet_get_y (self->sheet));
      if (self->is_detailed && texts[i] != NULL)
        add_link (self, column, texts[i]);
    }
  if (!self->is_detailed)
    cpt_cell_text_release (cells, cr);
  cpt_sheet_end_tag (self->sheet, "TR");
}

static double
count_height (CptTablePage  *self,
              char         **texts)
{
  CptCellText *cells = cpt_sheet_get_texts (self->sheet);
  guint n_lines = 1;

  for (guint i = 0; i < self->n_columns; i++)
    {
      CptCell cell = { texts[i], TRUE, FALSE, self->columns[i].width, CPT_TABLE_MAX_LINES };

      if (texts[i] != NULL)
        n_lines = MAX (n_lines, cpt_cell_text_count_lines (cells, &cell));
    }

  return n_lines * cpt_cell_text_get_line_height (cells);
}

/* The labels of the columns; their height */
static double
get_labels (CptTablePage  *self,
            char         **labels)
{
  for (guint i = 0; i < self->n_columns; i++)
    labels[i] = self->columns[i].label;

  return count_height (self, labels);
}

static void
add_column_heads (gpointer data)
{
  CptTablePage *self = data;
  char *labels[CPT_TABLE_REPORT_MAX_COLUMNS] = { NULL };
  double height = get_labels (self, labels);

  if (cpt_sheet_get_cr (self->sheet) != NULL)
    {
      cpt_sheet_set_shade (self->sheet, CPT_SHADE_INK);
      draw_cells (self, labels, "TH", TRUE);
      cpt_sheet_draw_rule (self->sheet, cpt_sheet_get_y (self->sheet) + height + ROW_PADDING * 0.6, 0.8, CPT_SHADE_RULE);
    }
  cpt_sheet_skip (self->sheet, height + ROW_PADDING * 1.2);
}

void
cpt_table_page_begin (CptTablePage *self,
                      gboolean      is_detailed)
{
  char *labels[CPT_TABLE_REPORT_MAX_COLUMNS] = { NULL };
  double row = cpt_cell_text_get_line_height (cpt_sheet_get_texts (self->sheet)) * CPT_TABLE_MAX_LINES;

  self->is_detailed = is_detailed;
  cpt_sheet_set_group (self->sheet, NULL);
  cpt_sheet_set_head (self->sheet, add_column_heads, self);
  /* Where the sheet has begun, the heads stand on it with a row at least */
  if (cpt_sheet_get_page (self->sheet) > 0 &&
      !cpt_sheet_reach (self->sheet, get_labels (self, labels) + row + ROW_PADDING * 3))
    add_column_heads (self);
}

void
cpt_table_page_break (CptTablePage *self)
{
  cpt_sheet_set_group (self->sheet, NULL);
  cpt_sheet_break (self->sheet);
}

static double
get_row_height (CptTablePage *self,
                guint         n_lines)
{
  return n_lines * cpt_cell_text_get_line_height (cpt_sheet_get_texts (self->sheet)) + ROW_PADDING;
}

gboolean
cpt_table_page_reach_row (CptTablePage *self,
                          guint         n_lines,
                          guint         n_totals)
{
  double line = cpt_cell_text_get_line_height (cpt_sheet_get_texts (self->sheet));
  double totals = n_totals * (line * CPT_TABLE_MAX_LINES + ROW_PADDING * 1.5);

  cpt_sheet_reach (self->sheet, get_row_height (self, n_lines) + totals);

  return cpt_sheet_get_cr (self->sheet) != NULL;
}

void
cpt_table_page_add_row (CptTablePage  *self,
                        char         **texts,
                        guint          n_lines)
{
  double height = get_row_height (self, n_lines);

  if (texts != NULL)
    {
      cpt_sheet_set_shade (self->sheet, CPT_SHADE_INK);
      draw_cells (self, texts, "TD", FALSE);
      cpt_sheet_add_hairline (self->sheet, cpt_sheet_get_y (self->sheet) + height - ROW_PADDING / 2);
    }
  cpt_sheet_take (self->sheet, height);
}

static void
draw_heading (CptTablePage  *self,
              const CptCell *heading,
              const CptCell *count)
{
  CptCellText *headings = cpt_sheet_get_headings (self->sheet);
  CptCellText *cells = cpt_sheet_get_texts (self->sheet);
  double width = MIN (cpt_cell_text_measure (headings, heading->text, TRUE), heading->width);
  double line = cpt_cell_text_get_line_height (headings) - cpt_cell_text_get_line_height (cells);
  double y = cpt_sheet_get_y (self->sheet);

  cpt_sheet_set_in_table (self->sheet, FALSE);
  cpt_sheet_add_bookmark (self->sheet, heading->text);
  cpt_sheet_set_shade (self->sheet, CPT_SHADE_INK);
  cpt_sheet_draw_text (self->sheet, headings, "H2", heading, 0, y);
  cpt_sheet_set_shade (self->sheet, CPT_SHADE_MUTED);
  cpt_sheet_draw_text (self->sheet, cells, "P", count, width + 10, y + line - 1);
}

void
cpt_table_page_add_heading (CptTablePage *self,
                            const char   *label,
                            const char   *count)
{
  CptCellText *cells = cpt_sheet_get_texts (self->sheet);
  double line = cpt_cell_text_get_line_height (cpt_sheet_get_headings (self->sheet));
  double row = cpt_cell_text_get_line_height (cells);
  double count_width = cpt_cell_text_measure (cells, count, FALSE);
  CptCell heading = { label, TRUE, FALSE, cpt_sheet_get_width (self->sheet) - count_width - 12, 1 };
  CptCell records = { count, FALSE, FALSE, count_width, 1 };

  cpt_sheet_set_group (self->sheet, NULL);
  cpt_sheet_reach (self->sheet, HEADING_GAP + line + ROW_PADDING * 2 + row * CPT_TABLE_MAX_LINES);
  cpt_sheet_skip (self->sheet, cpt_sheet_is_new (self->sheet) ? ROW_PADDING / 2 : HEADING_GAP);
  if (cpt_sheet_get_cr (self->sheet) != NULL)
    draw_heading (self, &heading, &records);
  cpt_sheet_set_group (self->sheet, label);
  cpt_sheet_take (self->sheet, line + ROW_PADDING);
}

/* The label has the room before the first total */
static double
get_label_width (CptTablePage  *self,
                 char         **texts)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (texts[i] != NULL)
      return self->columns[i].x - CPT_TABLE_GAP;

  return cpt_sheet_get_width (self->sheet);
}

void
cpt_table_page_add_totals (CptTablePage  *self,
                           const char    *text,
                           char         **texts)
{
  double height = count_height (self, texts) + ROW_PADDING * 1.5;
  double padding = ROW_PADDING * 0.75;
  CptCell cell = { text, TRUE, FALSE, get_label_width (self, texts), 1 };

  cpt_sheet_reach (self->sheet, height);
  if (cpt_sheet_get_cr (self->sheet) != NULL)
    {
      cpt_sheet_draw_rule (self->sheet, cpt_sheet_get_y (self->sheet), 0.8, CPT_SHADE_RULE);
      cpt_sheet_skip (self->sheet, padding);
      cpt_sheet_set_shade (self->sheet, CPT_SHADE_INK);
      draw_cells (self, texts, "TD", TRUE);
      if (cell.width >= MIN_LABEL)
        cpt_sheet_draw_text (self->sheet, cpt_sheet_get_texts (self->sheet), "P", &cell, 0,
                             cpt_sheet_get_y (self->sheet));
      cpt_sheet_skip (self->sheet, -padding);
    }
  cpt_sheet_take (self->sheet, height);
}

void
cpt_table_page_add_note (CptTablePage *self,
                         const char   *text)
{
  CptCell cell = { text, FALSE, FALSE, cpt_sheet_get_width (self->sheet), CPT_TABLE_MAX_LINES };

  cpt_sheet_reach (self->sheet, HEADING_GAP);
  if (cpt_sheet_get_cr (self->sheet) != NULL)
    {
      cpt_sheet_set_in_table (self->sheet, FALSE);
      cpt_sheet_set_shade (self->sheet, CPT_SHADE_MUTED);
      cpt_sheet_draw_text (self->sheet, cpt_sheet_get_texts (self->sheet), "P", &cell, 0,
                           cpt_sheet_get_y (self->sheet) + ROW_PADDING);
    }
  cpt_sheet_skip (self->sheet, HEADING_GAP * 2);
}

void
cpt_table_page_end (CptTablePage *self)
{
  cpt_sheet_set_in_table (self->sheet, FALSE);
  cpt_sheet_set_head (self->sheet, NULL, NULL);
  cpt_sheet_set_group (self->sheet, NULL);
  cpt_sheet_skip (self->sheet, SPACE_BELOW);
}
