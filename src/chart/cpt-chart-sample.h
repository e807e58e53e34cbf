/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * cpt_chart_sample_m4:
 * @x: ascending positions
 * @y: values; NAN where missing
 * @n_points: how many
 * @columns: into how many equal columns the range of @x is cut
 * @indices: of guint; gets the indices of the points to draw, ascending
 *
 * Keeps the first, lowest, highest and last point of each column: a line
 * through them covers the same pixels as one through all (Jugel et al., "M4",
 * VLDB 2014). One missing point is kept for each gap, so that a line breaks
 * where it has to. Everything is kept when it is not more than four a column.
 */
void cpt_chart_sample_m4 (const double *x,
                          const double *y,
                          guint         n_points,
                          guint         columns,
                          GArray       *indices);

G_END_DECLS
