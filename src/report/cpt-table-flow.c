/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list that flows over the pages of a sheet, in three passes over its records:
 *
 *   measure  what each column needs, and how many lines each record takes
 *   count    walks over the pages without drawing, for "Page 2 of 40"
 *   draw     the same walk, with a surface
 *
 * A number is never cut: where one turns up that is wider than its column, the
 * columns are made anew and the lines counted again. Memory: a number and a
 * byte for each record, and a page of rows. */

#include "config.h"

#include "cpt-table-flow.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-table-page.h"

#define PAGE_ROWS 200
/* Looked at before the columns get their widths */
#define SAMPLE_ROWS 300
/* After which a number that does not fit has changed the columns for the last time */
#define MAX_ROUNDS 4
/* With more cells than this only rows are tagged: a tag takes 150 bytes of the file */
#define MAX_TAGGED_CELLS 10000

struct _CptTableFlow
{
  const CptTableReport *report;
  CptDatabase *database; /* borrowed, while it is read or added */
  CptSheet *sheet;       /* borrowed */
  GCancellable *cancellable;
  GTimeZone *zone;
  CptSections *sections; /* (owned) (nullable) */
  GArray *rows;          /* (owned) (nullable): without groups */
  CptTotals *totals;     /* (owned) (nullable) */
  GByteArray *lines;     /* (owned): of each record, in their order */
  CptTableColumn columns[CPT_TABLE_REPORT_MAX_COLUMNS];
  CptTablePage *page; /* (owned) */
  gboolean fits;      /* no number is wider than its column */
  guint64 n_records;  /* drawn */
};

/* What is done with each row of a table */
typedef gboolean (*RowFunc) (CptTableFlow *self,
                             CptPage *page,
                             guint index,
                             guint number,
                             GError **error);

/* --------------------------------------------------------------------- reading */

static guint
get_n_groups (CptTableFlow *self)
{
  return self->sections != NULL ? self->sections->list->len : 1;
}

static GArray *
get_group_rows (CptTableFlow *self,
                guint         group)
{
  return self->sections != NULL ? ((CptSection *) g_ptr_array_index (self->sections->list, group))->rows : self->rows;
}

static guint
count_rows (CptTableFlow *self)
{
  guint n_rows = 0;

  for (guint i = 0; i < get_n_groups (self); i++)
    n_rows += MIN (get_group_rows (self, i)->len, CPT_TABLE_REPORT_MAX_ROWS + 1);

  return n_rows;
}

static gboolean
read_rows (CptTableFlow  *self,
           GError       **error)
{
  const CptTableReport *report = self->report;
  g_autofree char *most = cpt_decimal_format_local (CPT_TABLE_REPORT_MAX_ROWS, 0, 0);

  if (report->rows != NULL)
    self->rows = g_array_ref (report->rows);
  else if (report->grouping != NULL)
    self->sections = cpt_sections_read_with_totals (self->database, report->query, report->grouping, report->totals,
                                                    report->n_totals, error);
  else
    self->rows = cpt_query_get_rows (report->query, self->database, 0, CPT_TABLE_REPORT_MAX_ROWS + 1, error);
  if (self->sections == NULL && self->rows == NULL)
    return FALSE;
  if (count_rows (self) > CPT_TABLE_REPORT_MAX_ROWS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
                   _("A list on paper has %s records at most. Narrow it with a condition, or export it as a spreadsheet."),
                   most);
      return FALSE;
    }
  if (report->n_totals > 0 && report->rows == NULL)
    self->totals =
      cpt_totals_read (self->database, report->query, report->grouping, report->totals, report->n_totals, error);

  return report->n_totals == 0 || report->rows != NULL || self->totals != NULL;
}

static CptPage *
load (CptTableFlow  *self,
      const gint64  *rows,
      guint          n_rows,
      GError       **error)
{
  const CptTableReport *report = self->report;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return NULL;

  return cpt_page_load (self->database, report->query->schema, report->query->entity, report->columns, report->n_columns,
                        rows, n_rows, error);
}

/* @number: of the record, counted over all groups */
static gboolean
walk_group (CptTableFlow  *self,
            GArray        *rows,
            guint         *number,
            RowFunc        func,
            GError       **error)
{
  for (guint first = 0; first < rows->len; first += PAGE_ROWS)
    {
      guint n_rows = MIN (PAGE_ROWS, rows->len - first);
      g_autoptr(CptPage) page = load (self, &g_array_index (rows, gint64, first), n_rows, error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < n_rows; i++, (*number)++)
        if (!func (self, page, i, *number, error))
          return FALSE;
    }

  return TRUE;
}

/* ------------------------------------------------------------------- measuring */

static void
widen (CptTableFlow *self,
       CptPage      *page,
       guint         index)
{
  for (guint i = 0; i < self->report->n_columns; i++)
    {
      g_autofree char *text = cpt_page_dup_text (page, index, i, self->zone);

      cpt_table_column_widen (&self->columns[i], cpt_sheet_get_texts (self->sheet), text, FALSE);
    }
}

/* Rows from all over the list */
static gboolean
sample (CptTableFlow  *self,
        GError       **error)
{
  guint n_rows = count_rows (self);
  guint step = MAX (n_rows / SAMPLE_ROWS, 1);
  g_autoptr(GArray) picked = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(CptPage) page = NULL;

  for (guint group = 0, skipped = 0; group < get_n_groups (self); group++)
    {
      GArray *rows = get_group_rows (self, group);
      guint i = skipped;

      for (; i < rows->len; i += step)
        g_array_append_val (picked, g_array_index (rows, gint64, i));
      skipped = i - rows->len;
    }
  page = load (self, (const gint64 *) (gconstpointer) picked->data, picked->len, error);
  if (page == NULL)
    return FALSE;

  for (guint i = 0; i < picked->len; i++)
    widen (self, page, i);

  return TRUE;
}

/* What is told below a column is one of its numbers, or has its own name before it */
static void
widen_for_totals (CptTableFlow *self,
                  gint64        key)
{
  for (guint i = 0; i < self->report->n_columns; i++)
    {
      CptTableColumn *column = &self->columns[i];
      g_autofree char *text = NULL;

      if (column->total < 0)
        continue;
      text = cpt_totals_dup_text (self->totals, key, (guint) column->total);
      if (text != NULL)
        cpt_table_column_widen (column, cpt_sheet_get_texts (self->sheet), text, TRUE);
    }
}

/* The lines that a record takes, 0 for one that is gone; FALSE where a number is wider than its column */
static gboolean
count_lines (CptTableFlow *self,
             CptPage      *page,
             guint         index,
             guint8       *n_lines)
{
  CptCellText *texts = cpt_sheet_get_texts (self->sheet);
  gboolean fits = TRUE;

  *n_lines = cpt_page_has_row (page, index) ? 1 : 0;
  if (*n_lines == 0)
    return TRUE;

  for (guint i = 0; i < self->report->n_columns; i++)
    {
      CptTableColumn *column = &self->columns[i];
      g_autofree char *text = cpt_page_dup_text (page, index, i, self->zone);
      CptCell cell = { .text = text, .width = column->width, .max_lines = CPT_TABLE_MAX_LINES };

      if (column->is_breakable)
        {
          *n_lines = (guint8) MAX (*n_lines, cpt_cell_text_count_lines (texts, &cell));
        }
      else if (cpt_cell_text_measure (texts, text, FALSE) > column->width)
        {
          cpt_table_column_widen (column, texts, text, FALSE);
          fits = FALSE;
        }
    }

  return fits;
}

static gboolean
measure_row (CptTableFlow  *self,
             CptPage       *page,
             guint          index,
             guint          number,
             GError       **error)
{
  if (!count_lines (self, page, index, &self->lines->data[number]))
    self->fits = FALSE;

  return TRUE;
}

static gboolean
fit_columns (CptTableFlow  *self,
             GError       **error)
{
  return cpt_table_columns_fit (self->columns, self->report->n_columns, cpt_sheet_get_width (self->sheet),
                                CPT_TABLE_GAP, error);
}

static gboolean
measure_rows (CptTableFlow  *self,
              GError       **error)
{
  for (guint round = 0; round < MAX_ROUNDS; round++)
    {
      guint number = 0;

      if (!fit_columns (self, error))
        return FALSE;
      self->fits = TRUE;
      for (guint i = 0; i < get_n_groups (self); i++)
        if (!walk_group (self, get_group_rows (self, i), &number, measure_row, error))
          return FALSE;
      if (self->fits)
        return TRUE;
    }

  return TRUE;
}

/* Which total stands below which column; the first one where there are several */
static void
place_totals (CptTableFlow *self)
{
  const CptTableReport *report = self->report;

  for (guint i = 0; i < report->n_columns; i++)
    {
      g_autofree char *column = cpt_path_format (&report->columns[i]);

      for (guint j = report->n_totals; j > 0; j--)
        {
          g_autofree char *total = cpt_path_format (&report->totals[j - 1].path);

          if (g_str_equal (column, total))
            self->columns[i].total = (int) j - 1;
        }
    }
}

static gboolean
measure (CptTableFlow  *self,
         GError       **error)
{
  g_byte_array_set_size (self->lines, count_rows (self));
  cpt_table_columns_init (self->columns, self->report, cpt_sheet_get_texts (self->sheet));
  place_totals (self);
  if (!sample (self, error))
    return FALSE;

  if (self->totals != NULL)
    widen_for_totals (self, 0);
  for (guint i = 0; self->totals != NULL && self->sections != NULL && i < self->sections->list->len; i++)
    widen_for_totals (self, ((CptSection *) g_ptr_array_index (self->sections->list, i))->key);

  return measure_rows (self, error);
}

/* --------------------------------------------------------------------- writing */

/* The records around the one that is drawn next */
typedef struct
{
  CptPage *page; /* (owned) (nullable) */
  guint first;
} Window;

static void
window_clear (Window *self)
{
  g_clear_pointer (&self->page, cpt_page_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Window, window_clear)

static gboolean
draw_row (CptTableFlow  *self,
          Window        *window,
          GArray        *rows,
          guint          index,
          guint          n_lines,
          GError       **error)
{
  char *texts[CPT_TABLE_REPORT_MAX_COLUMNS];

  if (window->page == NULL || index >= window->first + PAGE_ROWS)
    {
      window_clear (window);
      window->first = index - index % PAGE_ROWS;
      window->page =
        load (self, &g_array_index (rows, gint64, window->first), MIN (PAGE_ROWS, rows->len - window->first), error);
      if (window->page == NULL)
        return FALSE;
    }

  for (guint i = 0; i < self->report->n_columns; i++)
    texts[i] = cpt_page_dup_text (window->page, index - window->first, i, self->zone);
  cpt_table_page_add_row (self->page, texts, n_lines);
  self->n_records++;
  for (guint i = 0; i < self->report->n_columns; i++)
    g_free (texts[i]);

  return TRUE;
}

/* Of the rows from @number on, the last that is drawn */
static guint
find_last_row (CptTableFlow *self,
               guint         n_rows,
               guint         number)
{
  guint last = n_rows;

  while (last > 0 && self->lines->data[number + last - 1] == 0)
    last--;

  return last - 1;
}

/* Records are read where a page is drawn, and nowhere else. @n_totals follow the last row, and
 * stand on its page. */
static gboolean
add_rows (CptTableFlow  *self,
          GArray        *rows,
          guint          n_totals,
          guint         *number,
          GError       **error)
{
  guint last = find_last_row (self, rows->len, *number);
  g_auto(Window) window = { NULL };

  for (guint i = 0; i < rows->len; i++, (*number)++)
    {
      guint n_lines = self->lines->data[*number];

      if (n_lines == 0)
        continue;
      if (!cpt_table_page_reach_row (self->page, n_lines, i == last ? n_totals : 0))
        cpt_table_page_add_row (self->page, NULL, n_lines);
      else if (!draw_row (self, &window, rows, i, n_lines, error))
        return FALSE;
    }

  return TRUE;
}

static void
add_totals (CptTableFlow *self,
            const char   *title,
            gint64        key)
{
  const CptTableReport *report = self->report;
  char *texts[CPT_TABLE_REPORT_MAX_COLUMNS] = { NULL };

  if (self->totals == NULL)
    return;

  for (guint i = 0; i < report->n_columns; i++)
    if (self->columns[i].total >= 0)
      texts[i] = cpt_totals_dup_text (self->totals, key, (guint) self->columns[i].total);
  cpt_table_page_add_totals (self->page, title, texts);
  for (guint i = 0; i < report->n_columns; i++)
    g_free (texts[i]);
}

static void
begin_group (CptTableFlow     *self,
             const CptSection *section,
             gboolean          is_first)
{
  g_autofree char *number = cpt_decimal_format_local (section->rows->len, 0, 0);
  g_autofree char *count = g_strdup_printf (ngettext ("%s record", "%s records", section->rows->len), number);

  if (self->report->breaks_groups && !is_first)
    cpt_table_page_break (self->page);
  cpt_table_page_add_heading (self->page, section->label, count);
}

static void
end_group (CptTableFlow     *self,
           const CptSection *section)
{
  /* Translators: "Total: Won" */
  g_autofree char *title = g_strdup_printf (_("Total: %s"), section->label);

  add_totals (self, title, section->key);
}

static gboolean
add_group (CptTableFlow  *self,
           guint          group,
           guint         *number,
           GError       **error)
{
  const CptSection *section = self->sections != NULL ? g_ptr_array_index (self->sections->list, group) : NULL;
  gboolean is_last = group + 1 == get_n_groups (self);
  guint n_totals = self->totals == NULL ? 0 : section != NULL && is_last ? 2
                                                                         : 1;

  if (section != NULL)
    begin_group (self, section, group == 0);
  if (!add_rows (self, get_group_rows (self, group), n_totals, number, error))
    return FALSE;
  if (section != NULL)
    end_group (self, section);

  return TRUE;
}

gboolean
cpt_table_flow_add (CptTableFlow  *self,
                    CptDatabase   *database,
                    GCancellable  *cancellable,
                    GError       **error)
{
  guint number = 0;

  self->database = database;
  self->cancellable = cancellable;
  self->n_records = 0;
  cpt_table_page_begin (self->page, self->lines->len * self->report->n_columns <= MAX_TAGGED_CELLS);
  for (guint i = 0; i < get_n_groups (self); i++)
    if (!add_group (self, i, &number, error))
      return FALSE;
  if (number == 0)
    cpt_table_page_add_note (self->page, _("There are no records."));
  add_totals (self, self->sections != NULL ? _("Grand Total") : _("Total"), 0);
  cpt_table_page_end (self->page);

  return TRUE;
}

guint64
cpt_table_flow_get_n_records (CptTableFlow *self)
{
  return self->n_records;
}

/* -------------------------------------------------------------------- the object */

CptTableFlow *
cpt_table_flow_new (const CptTableReport  *report,
                    CptSheet              *sheet,
                    CptDatabase           *database,
                    GCancellable          *cancellable,
                    GError               **error)
{
  g_autoptr(CptTableFlow) self = NULL;

  g_return_val_if_fail (report != NULL && report->query != NULL, NULL);

  if (report->n_columns == 0 || report->n_columns > CPT_TABLE_REPORT_MAX_COLUMNS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("A list on paper has 1 to %d columns."), CPT_TABLE_REPORT_MAX_COLUMNS);
      return NULL;
    }

  self = g_new0 (CptTableFlow, 1);
  self->report = report;
  self->sheet = sheet;
  self->database = database;
  self->cancellable = cancellable;
  self->zone = cpt_database_get_zone (database);
  self->lines = g_byte_array_new ();
  self->page = cpt_table_page_new (sheet, self->columns, report->n_columns);
  if (!read_rows (self, error) || !measure (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
cpt_table_flow_free (CptTableFlow *self)
{
  for (guint i = 0; i < self->report->n_columns; i++)
    g_free (self->columns[i].label);
  g_clear_pointer (&self->sections, cpt_sections_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->totals, cpt_totals_unref);
  g_byte_array_unref (self->lines);
  cpt_table_page_free (self->page);
  g_free (self);
}
