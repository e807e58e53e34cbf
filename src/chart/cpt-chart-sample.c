/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Downsampling that keeps extremes. */
#include "config.h"
#include "cpt-chart-sample.h"

#include <math.h>

#define NO_POINT G_MAXUINT

typedef struct
{
  guint first;
  guint lowest;
  guint highest;
  guint last;
} Column;

static const Column empty_column = { NO_POINT, NO_POINT, NO_POINT, NO_POINT };

static void
append_once (GArray *indices,
             guint   index)
{
  if (indices->len == 0 || g_array_index (indices, guint, indices->len - 1) != index)
    g_array_append_val (indices, index);
}

static void
column_flush (Column *column,
              GArray *indices)
{
  if (column->first == NO_POINT)
    return;

  append_once (indices, column->first);
  append_once (indices, MIN (column->lowest, column->highest));
  append_once (indices, MAX (column->lowest, column->highest));
  append_once (indices, column->last);
  *column = empty_column;
}

static void
column_add (Column       *column,
            const double *y,
            guint         index)
{
  if (column->first == NO_POINT)
    {
      *column = (Column){ index, index, index, index };
      return;
    }
  if (y[index] < y[column->lowest])
    column->lowest = index;
  if (y[index] > y[column->highest])
    column->highest = index;
  column->last = index;
}

void
cpt_chart_sample_m4 (const double *x,
                     const double *y,
                     guint         n_points,
                     guint         columns,
                     GArray       *indices)
{
  Column column = empty_column;
  gint64 current = -1;
  gboolean in_gap = FALSE;
  double scale;

  g_return_if_fail (n_points == 0 || (x != NULL && y != NULL));
  g_return_if_fail (indices != NULL);

  columns = MAX (columns, 1);
  if (n_points <= 4 * (guint64) columns || !(x[n_points - 1] > x[0]))
    {
      for (guint i = 0; i < n_points; i++)
        g_array_append_val (indices, i);
      return;
    }

  scale = columns / (x[n_points - 1] - x[0]);
  for (guint i = 0; i < n_points; i++)
    {
      gint64 position = (gint64) ((x[i] - x[0]) * scale);

      if (isnan (y[i]))
        {
          column_flush (&column, indices);
          if (!in_gap)
            g_array_append_val (indices, i);
          in_gap = TRUE;
          continue;
        }
      in_gap = FALSE;
      if (position != current)
        column_flush (&column, indices);
      current = position;
      column_add (&column, y, i);
    }
  column_flush (&column, indices);
}
