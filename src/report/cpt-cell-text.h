/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * CptCellText:
 *
 * Text of one size in the cells of tables. Words are shaped once, however many
 * cells they are in. One for each thread that draws.
 */
typedef struct _CptCellText CptCellText;

/**
 * CptCell:
 * @text: UTF-8; line ends count as spaces
 * @is_bold: heavy
 * @is_right: at the right edge of @width
 * @width: what there is, in points
 * @max_lines: at most so many lines, the last one ellipsized
 */
typedef struct
{
  const char *text;
  gboolean    is_bold;
  gboolean    is_right;
  double      width;
  guint       max_lines;
} CptCell;

/* @size in points */
CptCellText *cpt_cell_text_new             (const char *family,
                                            double      size);
void         cpt_cell_text_free            (CptCellText *self);
/* From one line to the next, in points */
double       cpt_cell_text_get_line_height (CptCellText *self);
/* On one line, in points */
double       cpt_cell_text_measure         (CptCellText *self,
                                            const char  *text,
                                            gboolean     is_bold);
/* One at least */
guint        cpt_cell_text_count_lines     (CptCellText   *self,
                                            const CptCell *cell);
/* In the source of @cr, with the cell's corner at @x and @y */
void         cpt_cell_text_draw            (CptCellText   *self,
                                            cairo_t       *cr,
                                            const CptCell *cell,
                                            double         x,
                                            double         y);

/* What is drawn from now on waits for cpt_cell_text_release(), and is shown in one
 * go: the source of @cr must stay the same, and no tag begin in between */
void         cpt_cell_text_hold            (CptCellText *self);
void         cpt_cell_text_release         (CptCellText *self,
                                            cairo_t     *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptCellText, cpt_cell_text_free)

G_END_DECLS
