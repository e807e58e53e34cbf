/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of numbers as separated values: plain numbers with a point, dates as ISO
 * writes them, units in the headings, no totals. What a spreadsheet would take for a
 * formula is written as the lists write it. */
#include "config.h"

#include <math.h>

#include "cpt-csv.h"
#include "cpt-data-table.h"
#include "cpt-money.h"

static char *
format_number (const CptDataColumn *column,
               double               number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  int exponent = column->unit.measure == CPT_CHART_MONEY ? cpt_currency_get_exponent (column->unit.currency) : -1;

  if (column->unit.measure == CPT_CHART_PERCENT)
    number *= 100;
  /* Larger ones have no cents that a double could hold */
  if (exponent >= 0 && fabs (number) < 1e12)
    {
      g_autofree char *format = g_strdup_printf ("%%.%df", exponent);

      return g_strdup (g_ascii_formatd (buffer, sizeof buffer, format, number));
    }

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15g", number));
}

static char *
dup_cell (const CptDataTable *table,
          guint               row,
          guint               column)
{
  const CptDataColumn *entry = cpt_data_table_get_column (table, column);
  double number = cpt_data_table_get_number (table, row, column);
  const char *text = cpt_data_table_get_text (table, row, column);

  if (isnan (number))
    return g_strdup (text != NULL ? text : "");

  return entry->kind == CPT_COLUMN_DATE ? cpt_date_format_iso ((gint64) number) : format_number (entry, number);
}

void
cpt_data_table_append_csv (const CptDataTable *self,
                           GString            *out)
{
  guint n = self->columns->len;

  for (guint row = 0; row <= self->n_rows; row++)
    {
      g_autoptr(GPtrArray) cells = g_ptr_array_new_full (n, g_free);

      for (guint c = 0; c < n; c++)
        g_ptr_array_add (cells, row == 0 ? cpt_data_column_dup_heading (cpt_data_table_get_column (self, c), TRUE)
                                         : dup_cell (self, row - 1, c));
      cpt_csv_append_row (out, (const char *const *) cells->pdata, n, ',', FALSE);
    }
}
