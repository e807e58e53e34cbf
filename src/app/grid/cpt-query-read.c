/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding the rows of a list, on workers. */
#include "config.h"
#include "cpt-query-read.h"

struct _CptQueryReading
{
  CptQuery *query;        /* (owned) */
  CptQueryGroups *groups; /* (owned) (nullable) */
  CptPath *columns;       /* (owned) */
  guint n_columns;
};

CptQueryReading *
cpt_query_reading_new (const CptQuery       *query,
                       const CptQueryGroups *groups,
                       const CptPath        *columns,
                       guint                 n_columns)
{
  CptQueryReading *self = g_new0 (CptQueryReading, 1);

  self->query = cpt_query_copy (query);
  self->groups = groups != NULL ? cpt_query_groups_copy (groups) : NULL;
  self->columns = g_memdup2 (columns, n_columns * sizeof (CptPath));
  self->n_columns = n_columns;

  return self;
}

void
cpt_query_reading_free (gpointer data)
{
  CptQueryReading *job = data;

  cpt_query_free (job->query);
  g_clear_pointer (&job->groups, cpt_query_groups_free);
  g_free (job->columns);
  g_free (job);
}

void
cpt_query_found_free (CptQueryFound *result)
{
  g_clear_pointer (&result->rows, g_array_unref);
  g_clear_pointer (&result->page, cpt_page_unref);
  g_clear_pointer (&result->groups, cpt_query_groups_free);
  g_free (result);
}

gpointer
cpt_query_read_first (CptDatabase   *database,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  CptQueryReading *job = data;
  CptQueryFound *result = g_new0 (CptQueryFound, 1);

  result->rows = cpt_query_get_rows (job->query, database, 0, CPT_QUERY_FIRST_ROWS, error);
  if (result->rows != NULL && result->rows->len > 0)
    result->page = cpt_page_load (database, job->query->schema, job->query->entity, job->columns, job->n_columns,
                                  (const gint64 *) (gpointer) result->rows->data, result->rows->len, error);
  if (result->rows != NULL && (result->rows->len == 0 || result->page != NULL))
    return result;

  cpt_query_found_free (result);

  return NULL;
}

gpointer
cpt_query_read_all (CptDatabase   *database,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  CptQueryReading *job = data;
  CptQueryFound *result;
  GArray *rows = cpt_query_get_rows (job->query, database, 0, 0, error);

  if (rows == NULL)
    return NULL;

  result = g_new0 (CptQueryFound, 1);
  result->rows = rows;

  return result;
}

/* What is summed below the headers of groups, if nothing else was chosen */
static GArray *
list_sums (const CptQueryReading *job)
{
  GArray *totals = g_array_new (FALSE, FALSE, sizeof (CptTotal));

  for (guint i = 0; i < job->n_columns; i++)
    {
      CptTotal total = { .path = job->columns[i], .aggregate = CPT_AGGREGATE_SUM };

      if (cpt_total_is_sum (cpt_path_get_field (&total.path)))
        g_array_append_val (totals, total);
    }

  return totals;
}

gpointer
cpt_query_read_groups (CptDatabase   *database,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  CptQueryReading *job = data;
  CptQueryFound *result;
  g_autoptr(GArray) totals = list_sums (job);
  CptSections *sections =
    cpt_sections_read_with_totals (database, job->query, &job->groups->grouping,
                                   (const CptTotal *) (gconstpointer) totals->data, totals->len, error);

  if (sections == NULL)
    return NULL;

  result = g_new0 (CptQueryFound, 1);
  result->groups = cpt_query_groups_copy (job->groups);
  cpt_query_groups_take (result->groups, sections);
  result->rows = cpt_query_groups_arrange (result->groups);

  return result;
}
