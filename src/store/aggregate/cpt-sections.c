/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list divided into groups.
 *
 * Two readings of one snapshot make it: the rows in the order of the query
 * (which an index mostly gives), and the value of each row, in whatever order
 * is quickest. The rows are then dealt out to their groups, which keeps their
 * order: nothing but the groups is sorted here. A record whose field holds
 * several values is dealt out to each of them. */

#include "config.h"

#include "cpt-sections-private.h"

#include "cpt-aggregate-scan-private.h"
#include "cpt-totals-private.h"

/* Row numbers this far apart for each row are looked up in a hash table */
#define MAX_SPREAD 16

/* Totals of more records are written to the file, like other answers that take long */
#define MIN_TO_KEEP 200000

typedef struct
{
  CptSectionsReader reader;
  const CptSections *before; /* (nullable) */
  GArray *changed;
  const CptTotal *totals; /* (array length=n_totals): wanted beside it */
  guint n_totals;
  gboolean is_with_totals; /* they were worked out here */
  CptCached cached;
} Job;

/* -------------------------------------------------------------------- values */

static void
section_clear (gpointer data)
{
  CptSection *self = data;

  cpt_value_clear (&self->value);
  g_free (self->label);
  g_clear_pointer (&self->rows, g_array_unref);
}

void
cpt_section_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, section_clear);
}

CptSection *
cpt_section_new (const CptValue *value)
{
  CptSection *self = g_atomic_rc_box_new0 (CptSection);

  self->key = cpt_section_get_value_key (value);
  cpt_value_copy (value, &self->value);

  return self;
}

CptSections *
cpt_sections_new (void)
{
  CptSections *self = g_atomic_rc_box_new0 (CptSections);

  self->list = g_ptr_array_new_with_free_func (cpt_section_unref);

  return self;
}

static void
sections_clear (gpointer data)
{
  g_ptr_array_unref (((CptSections *) data)->list);
}

CptSections *
cpt_sections_ref (CptSections *self)
{
  return g_atomic_rc_box_acquire (self);
}

const CptSection *
cpt_sections_find (const CptSections *self,
                   gint64             key)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      const CptSection *section = g_ptr_array_index (self->list, i);

      if (section->key == key)
        return section;
    }

  return NULL;
}

void
cpt_sections_unref (CptSections *self)
{
  g_atomic_rc_box_release_full (self, sections_clear);
}

/* -------------------------------------------------------------------- dealing */

/* Which section a row belongs to. Where it may belong to several, there is one
 * map for the first of them, one for the second... */
typedef struct
{
  gint64 first;          /* row number of the first slot */
  gint64 length;         /* of slots; 0: they would be too many */
  guint16 *slots;        /* number of a section + 1, or 0 */
  GHashTable *scattered; /* (nullable): gint64 * -> the same */
} Map;

static void
map_free (Map *self)
{
  g_free (self->slots);
  g_clear_pointer (&self->scattered, g_hash_table_unref);
  g_free (self);
}

static Map *
map_new (gint64 first,
         gint64 length,
         guint  n_rows)
{
  Map *self = g_new0 (Map, 1);

  self->first = first;
  if (length < (gint64) n_rows * MAX_SPREAD + 1024)
    {
      self->length = length;
      self->slots = g_new0 (guint16, MAX (length, 1));
    }
  else
    {
      self->scattered = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
    }

  return self;
}

static guint
map_get (const Map *self,
         gint64     row)
{
  gint64 slot = row - self->first;

  if (self->slots == NULL)
    return GPOINTER_TO_UINT (g_hash_table_lookup (self->scattered, &row));

  return slot >= 0 && slot < self->length ? self->slots[slot] : 0;
}

static void
map_set (Map    *self,
         gint64  row,
         guint   section)
{
  gint64 slot = row - self->first;

  if (self->slots == NULL)
    g_hash_table_insert (self->scattered, g_memdup2 (&row, sizeof row), GUINT_TO_POINTER (section));
  else if (slot >= 0 && slot < self->length)
    self->slots[slot] = (guint16) section;
}

/* (element-type Map): as many as a row has values at most */
static gboolean
read_maps (CptSectionsReader  *self,
           GArray             *rows,
           GPtrArray          *maps,
           GError            **error)
{
  g_autoptr(CptStatement) statement = cpt_sections_reader_prepare_values (self, 0, error);
  gint64 first = G_MAXINT64, last = G_MININT64;
  CptStep step;

  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      first = MIN (first, g_array_index (rows, gint64, i));
      last = MAX (last, g_array_index (rows, gint64, i));
    }

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      guint found = cpt_sections_reader_find (self, statement);
      gint64 row = cpt_statement_get_int (statement, 0);
      guint i = 0;

      if (found == 0)
        break;
      while (cpt_grouping_is_set (self->grouping) && i < maps->len && map_get (g_ptr_array_index (maps, i), row) != 0)
        i++;
      if (i == maps->len)
        g_ptr_array_add (maps, map_new (first, rows->len > 0 ? last - first + 1 : 0, rows->len));
      map_set (g_ptr_array_index (maps, i), row, found);
    }

  return step != CPT_STEP_ERROR && cpt_sections_reader_check (self, error);
}

static void
deal_out (CptSectionsReader *self,
          GArray            *rows,
          GPtrArray         *maps)
{
  GPtrArray *list = self->sections->list;
  g_autofree GArray **dealt = g_new0 (GArray *, list->len + 1);

  for (guint i = 0; i < list->len; i++)
    dealt[i + 1] = ((CptSection *) g_ptr_array_index (list, i))->rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);
      guint section = 1;

      for (guint j = 0; j < maps->len && section != 0; j++)
        if ((section = map_get (g_ptr_array_index (maps, j), row)) != 0)
          g_array_append_val (dealt[section], row);
    }
  self->sections->n_records = rows->len;
}

/* The same from a scan: of one thread the rows come in order, of another their
 * values */
static void
deal_out_scanned (CptSectionsReader  *self,
                  GArray             *rows,
                  const CptRowValues *values)
{
  const gint64 *items = (const gint64 *) (gpointer) rows->data;
  guint n_values = values->values->len;
  g_autofree guint *lengths = g_new0 (guint, n_values + 1);
  g_autofree gint64 **ends = g_new0 (gint64 *, n_values + 1);

  for (guint i = 0; i < rows->len; i++)
    lengths[values->slots[items[i] - values->first]]++;

  for (guint i = 0; i < n_values; i++)
    {
      guint number = cpt_sections_reader_add (self, g_ptr_array_index (values->values, i));
      CptSection *section = g_ptr_array_index (self->sections->list, number - 1);

      section->rows = g_array_sized_new (FALSE, FALSE, sizeof (gint64), lengths[i + 1]);
      g_array_set_size (section->rows, lengths[i + 1]);
      ends[i + 1] = (gint64 *) (gpointer) section->rows->data;
    }

  for (guint i = 0; i < rows->len; i++)
    {
      guint value = values->slots[items[i] - values->first];

      if (value != 0)
        *ends[value]++ = items[i];
    }
  self->sections->n_records = rows->len;
}

/* What is asked about the values: @plain, or with it the totals that are not known yet */
static CptAggregateSpec *
create_question (Job               *job,
                 CptAggregateSpec  *plain,
                 GError           **error)
{
  CptSectionsReader *self = &job->reader;
  g_autoptr(CptAggregateSpec) spec = NULL;

  if (job->n_totals > 0)
    {
      spec = cpt_totals_create_question (self->query, self->grouping, job->totals, job->n_totals, error);
      if (spec == NULL)
        return NULL;
    }
  job->is_with_totals = spec != NULL && cpt_aggregate_scan_is_possible (spec) &&
                        !cpt_aggregate_cache_knows (self->database, spec);

  return job->is_with_totals ? g_steal_pointer (&spec) : cpt_aggregate_spec_ref (plain);
}

/* @is_done: FALSE where it can't be done like this */
static gboolean
read_by_scan (Job               *job,
              CptAggregateSpec  *plain,
              gboolean          *is_done,
              GError           **error)
{
  CptSectionsReader *self = &job->reader;
  GError *own_error = NULL;
  g_autoptr(CptAggregateSpec) spec = create_question (job, plain, error);
  g_autoptr(CptGroups) groups = NULL;
  g_autoptr(GArray) rows = NULL;
  g_auto(CptRowValues) values = { 0 };
  CptScan *scan = NULL;
  gboolean is_read;

  *is_done = FALSE;
  if (spec == NULL)
    return FALSE;
  scan = cpt_scan_start (self->database, spec, TRUE, &own_error);
  if (own_error != NULL)
    g_propagate_error (error, own_error);
  if (scan == NULL)
    return own_error == NULL;

  rows = cpt_query_get_rows (self->query, self->database, 0, 0, error);
  is_read = cpt_scan_finish (scan, &groups, &values, rows != NULL ? error : NULL);
  if (rows == NULL || !is_read)
    return FALSE;

  *is_done = groups != NULL;
  if (groups != NULL)
    deal_out_scanned (self, rows, &values);
  if (groups != NULL && job->is_with_totals)
    cpt_aggregate_cache_put (self->database, spec, groups, &job->cached);

  return !*is_done || cpt_sections_reader_check (self, error);
}

static gboolean
read_one_by_one (CptSectionsReader  *self,
                 GError            **error)
{
  g_autoptr(GPtrArray) maps = g_ptr_array_new_with_free_func ((GDestroyNotify) map_free);
  g_autoptr(GArray) rows = cpt_query_get_rows (self->query, self->database, 0, 0, error);

  if (rows == NULL || !read_maps (self, rows, maps, error))
    return FALSE;

  deal_out (self, rows, maps);

  return TRUE;
}

static gboolean
read_sections (Job     *job,
               GError **error)
{
  CptSectionsReader *self = &job->reader;
  g_autoptr(CptAggregateSpec) plain = cpt_sections_reader_create_question (self);
  gboolean is_done = FALSE;

  if (plain != NULL && !read_by_scan (job, plain, &is_done, error))
    return FALSE;

  return (is_done || read_one_by_one (self, error)) && cpt_sections_reader_arrange (self, error);
}

/* ------------------------------------------------------------------- updating */

/* Takes the rows of @before that have not changed, and notes whether it is all
 * of them */
static GArray *
keep_unchanged (GArray   *before,
                GArray   *changed,
                gboolean *is_whole)
{
  const gint64 *items = (const gint64 *) (gpointer) before->data;
  g_autoptr(GArray) kept = NULL;

  for (guint i = 0; i < before->len; i++)
    for (guint j = 0; j < changed->len; j++)
      if (items[i] == g_array_index (changed, gint64, j))
        {
          guint at;

          if (kept == NULL)
            kept = g_array_copy (before);
          at = i - (before->len - kept->len);
          g_array_remove_index (kept, at);
        }
  *is_whole = kept == NULL;

  return kept != NULL ? g_steal_pointer (&kept) : g_array_ref (before);
}

static void
reach_members (GPtrArray *members,
               guint      length)
{
  while (members->len < length)
    g_ptr_array_add (members, g_array_new (FALSE, FALSE, sizeof (gint64)));
}

/* In which sections a changed row stands now: adds it to their @members */
static gboolean
read_members (CptSectionsReader  *self,
              gint64              row,
              GPtrArray          *members,
              GError            **error)
{
  g_autoptr(CptStatement) statement = cpt_sections_reader_prepare_values (self, row, error);
  CptStep step;

  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      guint found = cpt_sections_reader_find (self, statement);

      if (found == 0)
        return TRUE;
      reach_members (members, found);
      g_array_append_val ((GArray *) g_ptr_array_index (members, found - 1), row);
    }

  return step == CPT_STEP_DONE;
}

/* Where the rows are that @members says, in the order of the query */
static gboolean
insert_members (CptSectionsReader  *self,
                GArray             *rows,
                GArray             *members,
                GError            **error)
{
  for (guint i = 0; i < members->len; i++)
    {
      gint64 row = g_array_index (members, gint64, i);
      gint64 position;

      if (!cpt_query_locate (self->query, self->database, rows, row, &position, error))
        return FALSE;
      if (position >= 0)
        g_array_insert_val (rows, (guint) position, row);
    }

  return TRUE;
}

/* Sections with the rows of the state before that did not change */
static void
take_before (Job *job)
{
  CptSectionsReader *self = &job->reader;
  gboolean is_whole;

  for (guint i = 0; i < job->before->list->len; i++)
    {
      const CptSection *former = g_ptr_array_index (job->before->list, i);
      guint number = cpt_sections_reader_add (self, &former->value);

      ((CptSection *) g_ptr_array_index (self->sections->list, number - 1))->rows =
        keep_unchanged (former->rows, job->changed, &is_whole);
    }
}

/* Rows that are shared with the state before are copied before one is added. */
static gboolean
add_members (Job         *job,
             CptSection  *section,
             GArray      *members,
             GError     **error)
{
  const CptSection *former = cpt_sections_find (job->before, section->key);

  if (section->rows == NULL)
    {
      section->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
    }
  else if (members->len > 0 && former != NULL && section->rows == former->rows)
    {
      GArray *copy = g_array_copy (section->rows);

      g_array_unref (section->rows);
      section->rows = copy;
    }

  return insert_members (&job->reader, section->rows, members, error);
}

static guint
count_rows (const CptSections *sections)
{
  guint n_rows = 0;

  for (guint i = 0; i < sections->list->len; i++)
    n_rows += ((CptSection *) g_ptr_array_index (sections->list, i))->rows->len;

  return n_rows;
}

static gboolean
update_sections (Job     *job,
                 GError **error)
{
  CptSectionsReader *self = &job->reader;
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  take_before (job);
  for (guint i = 0; i < job->changed->len; i++)
    if (!read_members (self, g_array_index (job->changed, gint64, i), members, error))
      return FALSE;
  if (!cpt_sections_reader_check (self, error))
    return FALSE;

  reach_members (members, self->sections->list->len);
  for (guint i = 0; i < self->sections->list->len; i++)
    if (!add_members (job, g_ptr_array_index (self->sections->list, i), g_ptr_array_index (members, i), error))
      return FALSE;
  if (!cpt_sections_reader_arrange (self, error))
    return FALSE;

  self->sections->n_records = job->before->n_records + count_rows (self->sections) - count_rows (job->before);

  return TRUE;
}

static gboolean
run_job (CptDatabase  *database,
         gpointer      data,
         GError      **error)
{
  Job *job = data;

  cpt_sections_reader_init (&job->reader, database);
  if (job->before == NULL || cpt_grouping_is_set (job->reader.grouping))
    return read_sections (job, error);

  return update_sections (job, error);
}

static CptSections *
finish_job (Job          *job,
            CptDatabase  *database,
            GError      **error)
{
  CptSections *sections = NULL;

  if (cpt_database_snapshot (database, run_job, job, error))
    sections = g_steal_pointer (&job->reader.sections);
  if (sections != NULL && job->cached.groups != NULL && sections->n_records >= MIN_TO_KEEP)
    cpt_aggregate_file_save (database, job->cached.key, job->cached.groups, job->cached.sequence);
  cpt_cached_clear (&job->cached);
  cpt_sections_reader_clear (&job->reader);

  return sections;
}

CptSections *
cpt_sections_read (CptDatabase        *database,
                   CptQuery           *query,
                   const CptGrouping  *grouping,
                   GError            **error)
{
  Job job = { .reader = { .query = query, .grouping = grouping } };

  return finish_job (&job, database, error);
}

CptSections *
cpt_sections_read_with_totals (CptDatabase        *database,
                               CptQuery           *query,
                               const CptGrouping  *grouping,
                               const CptTotal     *totals,
                               guint               n_totals,
                               GError            **error)
{
  Job job = { .reader = { .query = query, .grouping = grouping }, .totals = totals, .n_totals = n_totals };

  return finish_job (&job, database, error);
}

CptSections *
cpt_sections_update (CptDatabase        *database,
                     CptQuery           *query,
                     const CptGrouping  *grouping,
                     const CptSections  *before,
                     GArray             *changed,
                     GError            **error)
{
  Job job = { .reader = { .query = query, .grouping = grouping }, .before = before, .changed = changed };

  return finish_job (&job, database, error);
}
