/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Groups of a million records without sorting them, by two threads. SQLite puts
 * records into the order of their groups before it adds them up; here they are
 * read in whatever order is quickest, and grouped by cpt-aggregate-reader.c.
 *
 * A table is divided into ranges of rows, and each thread takes the next one
 * until there are none. What one index answers, and what only some of the
 * records belong to, is one range. Each thread has groups of its own, which are
 * added up at the end.
 *
 * It gives what SQL gives: for all records as one group, for texts that people
 * sort by, whose collation holds some as equal, and for measures that need all
 * values of a group it is not used, nor does it go on when there are very many
 * groups. */

#include "config.h"

#include "cpt-aggregate-scan-private.h"

#include "cpt-database-private.h"
#include "cpt-database-twin-private.h"
#include "cpt-layout.h"

/* Tables with fewer numbers of rows are read by one thread */
#define MIN_TO_DIVIDE 50000
/* Numbers of rows that are noted: two bytes each */
#define MAX_NOTED 20000000
/* One thread may begin later than the other, or have other work to do first */
#define N_RANGES 16

struct _CptScan
{
  CptDatabase *database;
  CptAggregateSpec *spec; /* (owned) */
  CptTwin *twin;          /* (owned) (nullable) */
  CptScanReader readers[2];
  CptRowValues rows; /* without slots: they are not asked for */
  gint64 first;      /* row of the table, and the last one */
  gint64 last;
  gint n_ranges;
  gint next;               /* atomic: range that nobody has taken */
  gint is_too_large;       /* atomic: somebody has found too many keys */
  guint8 owners[N_RANGES]; /* which reader has taken a range */
};

/* -------------------------------------------------------------- what is possible */

/* Custom values may be of any type, which sums pass over and comparisons order */
static gboolean
is_tally (const CptMeasureSpec *measure)
{
  switch (measure->aggregate)
    {
    case CPT_AGGREGATE_COUNT:
    case CPT_AGGREGATE_SUM:
    case CPT_AGGREGATE_AVERAGE:
      return TRUE;
    case CPT_AGGREGATE_MIN:
    case CPT_AGGREGATE_MAX:
      return !cpt_path_get_field (&measure->path)->is_custom;
    case CPT_AGGREGATE_MEDIAN:
    case CPT_AGGREGATE_DISTINCT:
    case CPT_N_AGGREGATES:
    default:
      return FALSE;
    }
}

gboolean
cpt_aggregate_scan_is_possible (CptAggregateSpec *spec)
{
  if (spec->n_dimensions + spec->n_currencies == 0)
    return FALSE;

  for (guint i = 0; i < spec->n_dimensions; i++)
    {
      const CptField *field = cpt_path_get_field (&spec->dimensions[i].path);

      if (cpt_layout_is_collated (field) && !field->is_custom)
        return FALSE;
    }

  for (guint i = 0; i < spec->n_measures; i++)
    if (!is_tally (&spec->measures[i]))
      return FALSE;

  return TRUE;
}

/* Where periods are compared days are moved by SQL */
gboolean
cpt_aggregate_scan_makes_bucket (CptAggregateSpec *spec,
                                 guint             dimension)
{
  return !spec->has_compare && spec->dimensions[dimension].bucket != CPT_BUCKET_NONE;
}

/* Whether the index of one field has all that is read: @field is it so far */
static gboolean
is_in_index (const CptPath   *path,
             const CptField **field)
{
  if (path->n_steps == 0)
    return TRUE;
  if (*field == NULL)
    *field = path->fields[0];

  return path->n_steps == 1 && path->fields[0] == *field && ((*field)->flags & CPT_FIELD_INDEXED) != 0 &&
         !(*field)->is_custom && !cpt_layout_has_side_table (*field);
}

static gboolean
is_answered_by_index (CptAggregateSpec *spec)
{
  const CptField *field = NULL;
  gboolean is_so = TRUE;

  for (guint i = 0; i < spec->n_dimensions && is_so; i++)
    is_so = is_in_index (&spec->dimensions[i].path, &field);
  for (guint i = 0; i < spec->n_measures && is_so; i++)
    is_so = spec->measures[i].filter == NULL && is_in_index (&spec->measures[i].path, &field) &&
            is_in_index (&spec->measures[i].other, &field);

  return is_so;
}

/* --------------------------------------------------------------------- dividing */

static gboolean
find_bounds (CptScan  *self,
             GError  **error)
{
  const char *table = self->spec->entity->name;
  g_autofree char *first = g_strdup_printf ("SELECT min(row_id) FROM \"%s\"", table);
  g_autofree char *last = g_strdup_printf ("SELECT max(row_id) FROM \"%s\"", table);

  return cpt_database_get_number (self->database, first, 0, &self->first, error) &&
         cpt_database_get_number (self->database, last, -1, &self->last, error);
}

static gboolean
is_divisible (CptScan *self)
{
  CptAggregateSpec *spec = self->spec;

  return self->last - self->first >= MIN_TO_DIVIDE && spec->where == NULL && spec->search == NULL && !spec->has_compare &&
         !is_answered_by_index (spec);
}

static CptRowRange
get_range (CptScan *self,
           gint     number)
{
  gint64 size = (self->last - self->first) / self->n_ranges + 1;
  gint64 first = self->first + number * size;

  return (CptRowRange){ first, number == self->n_ranges - 1 ? self->last : first + size - 1 };
}

static gboolean
read_ranges (CptScan      *self,
             guint         which,
             CptDatabase  *database,
             GError      **error)
{
  CptScanReader *reader = &self->readers[which];
  gboolean fits = TRUE;

  reader->database = database;
  while (fits && g_atomic_int_get (&self->is_too_large) == 0)
    {
      gint number = g_atomic_int_add (&self->next, 1);
      CptRowRange range;

      if (number >= self->n_ranges)
        return TRUE;
      self->owners[number] = (guint8) which;
      range = get_range (self, number);
      if (!cpt_scan_reader_read (reader, self->n_ranges > 1 ? &range : NULL, self->rows.slots, self->rows.first, &fits, error))
        return FALSE;
    }
  if (!fits)
    g_atomic_int_set (&self->is_too_large, 1);

  return TRUE;
}

/* In the other thread */
static gboolean
read_beside (CptDatabase  *database,
             gpointer      data,
             GError      **error)
{
  return read_ranges (data, 1, database, error);
}

/* ---------------------------------------------------------------------- together */

void
cpt_row_values_clear (CptRowValues *self)
{
  g_clear_pointer (&self->slots, g_free);
  g_clear_pointer (&self->values, g_ptr_array_unref);
}

static void
scan_free (CptScan *self)
{
  cpt_scan_reader_clear (&self->readers[0]);
  cpt_scan_reader_clear (&self->readers[1]);
  cpt_row_values_clear (&self->rows);
  cpt_aggregate_spec_unref (self->spec);
  g_free (self);
}

CptScan *
cpt_scan_start (CptDatabase       *database,
                CptAggregateSpec  *spec,
                gboolean           with_rows,
                GError           **error)
{
  CptScan *self = g_new0 (CptScan, 1);

  self->database = database;
  self->spec = cpt_aggregate_spec_ref (spec);
  for (guint i = 0; i < G_N_ELEMENTS (self->readers); i++)
    cpt_scan_reader_init (&self->readers[i], database, self->spec);
  if (!find_bounds (self, error) || (with_rows && self->last - self->first >= MAX_NOTED))
    {
      scan_free (self);
      return NULL;
    }

  if (with_rows)
    {
      self->rows.first = self->first;
      self->rows.length = MAX (self->last - self->first + 1, 1);
      self->rows.slots = g_new0 (guint16, self->rows.length);
    }
  self->n_ranges = is_divisible (self) ? N_RANGES : 1;
  if (self->n_ranges > 1 || (with_rows && self->last - self->first >= MIN_TO_DIVIDE))
    self->twin = cpt_twin_start (database, read_beside, self);

  return self;
}

/* Rows that the other reader has read have its numbers of values. */
static void
translate_rows (CptScan *self)
{
  CptScanReader *other = &self->readers[1];
  g_autofree guint16 *numbers = g_new0 (guint16, other->values->len + 1);

  for (guint i = 0; i < other->values->len; i++)
    numbers[i + 1] = (guint16) (cpt_scan_reader_number (&self->readers[0], g_ptr_array_index (other->values, i)) + 1);

  for (gint i = 0; i < self->n_ranges; i++)
    {
      CptRowRange range = get_range (self, i);

      for (gint64 row = range.first; self->owners[i] == 1 && row <= range.last; row++)
        self->rows.slots[row - self->rows.first] = numbers[self->rows.slots[row - self->rows.first]];
    }
}

static void
take_results (CptScan       *self,
              CptGroups    **groups,
              CptRowValues  *rows)
{
  CptScanReader *reader = &self->readers[0];

  cpt_scan_reader_merge (reader, &self->readers[1]);
  cpt_scan_reader_finish (reader);
  *groups = g_steal_pointer (&reader->groups);
  if (rows == NULL)
    return;

  translate_rows (self);
  *rows = self->rows;
  rows->values = g_steal_pointer (&reader->values);
  self->rows = (CptRowValues){ 0 };
}

gboolean
cpt_scan_finish (CptScan       *self,
                 CptGroups    **groups,
                 CptRowValues  *rows,
                 GError       **error)
{
  gboolean is_done = read_ranges (self, 0, self->database, error);

  /* Nothing is left for the other, but for what it is at */
  if (!is_done)
    g_atomic_int_set (&self->next, self->n_ranges);
  is_done = cpt_twin_finish (g_steal_pointer (&self->twin), is_done ? error : NULL) && is_done;
  *groups = NULL;
  if (is_done && self->is_too_large == 0)
    take_results (self, groups, rows);
  scan_free (self);

  return is_done;
}

gboolean
cpt_aggregate_scan (CptDatabase       *database,
                    CptAggregateSpec  *spec,
                    CptGroups        **groups,
                    GError           **error)
{
  CptScan *scan = cpt_scan_start (database, spec, FALSE, error);

  *groups = NULL;

  return scan != NULL && cpt_scan_finish (scan, groups, NULL, error);
}
