/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How wide the columns of a table on paper are. Numbers and dates get what they
 * need; texts share the rest, and take more lines where that is not enough. */

#include "config.h"

#include "cpt-table-report-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"

#define MIN_TEXT 42.0
/* Words up to that width are not cut in two */
#define MAX_WORD 90.0
/* A column does not take more for its own sake */
#define MAX_NATURAL 260.0
#define MAX_LITTLE 40.0

static gboolean
is_number (const CptField *field)
{
  return (cpt_field_type_get (field->kind)->aggregates & (1u << CPT_AGGREGATE_SUM)) != 0;
}

static gboolean
is_breakable (const CptField *field)
{
  return !is_number (field) && field->kind != CPT_FIELD_DATE && field->kind != CPT_FIELD_DATETIME &&
         field->kind != CPT_FIELD_BOOLEAN;
}

void
cpt_table_columns_init (CptTableColumn       *columns,
                        const CptTableReport *report,
                        CptCellText          *texts)
{
  for (guint i = 0; i < report->n_columns; i++)
    {
      const CptField *field = cpt_path_get_field (&report->columns[i]);
      g_autofree char *label = cpt_path_get_label (&report->columns[i]);

      columns[i] = (CptTableColumn){
        .label = g_steal_pointer (&label),
        .is_right = is_number (field),
        .is_breakable = is_breakable (field),
        .total = -1,
      };
      columns[i].head = cpt_cell_text_measure (texts, columns[i].label, TRUE);
      columns[i].natural = MIN (columns[i].head, MAX_NATURAL);
    }
}

static double
measure_words (CptCellText *texts,
               const char  *text,
               gboolean     is_bold)
{
  g_auto(GStrv) words = g_strsplit_set (text, " \n\t", -1);
  double widest = 0;

  for (guint i = 0; words[i] != NULL; i++)
    widest = MAX (widest, cpt_cell_text_measure (texts, words[i], is_bold));

  return MIN (widest, MAX_WORD);
}

void
cpt_table_column_widen (CptTableColumn *self,
                        CptCellText    *texts,
                        const char     *text,
                        gboolean        is_bold)
{
  double width = cpt_cell_text_measure (texts, text, is_bold);

  self->natural = MAX (self->natural, self->is_breakable ? MIN (width, MAX_NATURAL) : width);
  if (self->is_breakable)
    self->word = MAX (self->word, measure_words (texts, text, is_bold));
}

static double
get_least (const CptTableColumn *self)
{
  return self->is_breakable ? MIN (self->natural, MAX (self->word, MIN_TEXT)) : self->natural;
}

/* Where there is too little room for all columns, words are cut after all. What is needed then */
static double
give_up_words (CptTableColumn *columns,
               guint           n_columns)
{
  double least = 0;

  for (guint i = 0; i < n_columns; i++)
    {
      columns[i].word = 0;
      least += get_least (&columns[i]);
    }

  return least;
}

static double
get_wish (const CptTableColumn *self)
{
  return self->natural - get_least (self);
}

/* Columns that lack little get it, so that names of people stay on one line; long texts share the rest by what each
 * would like to have. The most that a column may lack to be one of the first */
static double
find_little (const CptTableColumn *columns,
             guint                 n_columns,
             double                left)
{
  double little = 0;

  for (guint i = 0; i < n_columns; i++)
    if (get_wish (&columns[i]) <= MAX_LITTLE)
      little += get_wish (&columns[i]);

  return little <= left / 2 ? MAX_LITTLE : 0;
}

static void
deal_out (CptTableColumn *columns,
          guint           n_columns,
          double          left)
{
  double little = find_little (columns, n_columns, left);
  double wish = 0;

  for (guint i = 0; i < n_columns; i++)
    if (get_wish (&columns[i]) <= little)
      left -= get_wish (&columns[i]);
    else
      wish += get_wish (&columns[i]);

  for (guint i = 0; i < n_columns; i++)
    {
      double own = get_wish (&columns[i]);

      columns[i].width = get_least (&columns[i]) + (own <= little ? own : own * left / wish);
    }
}

gboolean
cpt_table_columns_fit (CptTableColumn  *columns,
                       guint            n_columns,
                       double           width,
                       double           gap,
                       GError         **error)
{
  double space = width - gap * (n_columns - 1);
  double least = 0, natural = 0;
  double x = 0;

  for (guint i = 0; i < n_columns; i++)
    {
      least += get_least (&columns[i]);
      natural += columns[i].natural;
    }
  if (least > space)
    least = give_up_words (columns, n_columns);
  if (least > space)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_LIMIT,
                           _("These columns do not fit on the page. Choose fewer, a larger paper, or landscape."));
      return FALSE;
    }

  if (natural > space)
    deal_out (columns, n_columns, space - least);
  for (guint i = 0; i < n_columns; i++)
    {
      if (natural <= space)
        columns[i].width = columns[i].natural + (space - natural) / n_columns;
      columns[i].x = x;
      x += columns[i].width + gap;
    }

  return TRUE;
}
