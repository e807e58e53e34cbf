/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list divided into groups.
 *
 * Three readings of one snapshot make it: the groups with their counts, labels
 * and order (an aggregate, which the cache mostly knows), the rows in the order
 * of the query (which an index mostly gives), and the group of each row, in
 * whatever order is quickest. The rows are then dealt out to their groups,
 * which keeps their order: nothing is sorted here. A record whose field holds
 * several values is dealt out to each of them. */

#include "config.h"

#include "cpt-sections-private.h"

/* Row numbers this far apart for each row are looked up in a hash table */
#define MAX_SPREAD 16
#define NOWHERE G_MAXUINT32

/* -------------------------------------------------------------------- values */

static void
section_clear (gpointer data)
{
  CptSection *self = data;

  cpt_value_clear (&self->value);
  g_free (self->label);
  g_clear_pointer (&self->rows, g_array_unref);
}

static void
section_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, section_clear);
}

CptSection *
cpt_section_new (const CptValue *value,
                 const char     *label)
{
  CptSection *self = g_atomic_rc_box_new0 (CptSection);

  self->key = cpt_section_get_value_key (value);
  cpt_value_copy (value, &self->value);
  self->label = g_strdup (label);

  return self;
}

CptSections *
cpt_sections_new (void)
{
  CptSections *self = g_atomic_rc_box_new0 (CptSections);

  self->list = g_ptr_array_new_with_free_func (section_unref);

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

/* Which sections a row belongs to: for each row the number of its last pair,
 * for each pair the one before it. */
typedef struct
{
  gint64 first;          /* row number of the first slot */
  GArray *slots;         /* (element-type guint32) (nullable): by row number */
  GHashTable *scattered; /* (nullable): gint64 * -> pair + 1, where slots would be too many */
  GArray *sections;      /* (element-type guint16): of each pair */
  GArray *previous;      /* (element-type guint32): of each pair, or NOWHERE */
} Pairs;

static void
pairs_init (Pairs  *self,
            GArray *rows)
{
  gint64 first = G_MAXINT64, last = 0;
  guint32 nowhere = NOWHERE;

  *self = (Pairs){ 0 };
  for (guint i = 0; i < rows->len; i++)
    {
      first = MIN (first, g_array_index (rows, gint64, i));
      last = MAX (last, g_array_index (rows, gint64, i));
    }
  self->first = first;
  self->sections = g_array_sized_new (FALSE, FALSE, sizeof (guint16), rows->len);
  self->previous = g_array_sized_new (FALSE, FALSE, sizeof (guint32), rows->len);
  if (rows->len == 0 || last - first >= (gint64) rows->len * MAX_SPREAD + 1024)
    {
      self->scattered = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      return;
    }

  self->slots = g_array_sized_new (FALSE, FALSE, sizeof (guint32), (guint) (last - first + 1));
  for (gint64 i = first; i <= last; i++)
    g_array_append_val (self->slots, nowhere);
}

static void
pairs_clear (Pairs *self)
{
  g_clear_pointer (&self->slots, g_array_unref);
  g_clear_pointer (&self->scattered, g_hash_table_unref);
  g_clear_pointer (&self->sections, g_array_unref);
  g_clear_pointer (&self->previous, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pairs, pairs_clear)

/* The last pair of a row */
static guint32
pairs_get (Pairs  *self,
           gint64  row)
{
  gint64 slot = row - self->first;

  if (self->slots == NULL)
    return GPOINTER_TO_UINT (g_hash_table_lookup (self->scattered, &row)) - 1;

  return slot >= 0 && slot < self->slots->len ? g_array_index (self->slots, guint32, slot) : NOWHERE;
}

static void
pairs_add (Pairs   *self,
           gint64   row,
           guint16  section)
{
  gint64 slot = row - self->first;
  guint32 last = pairs_get (self, row);
  guint32 pair = self->sections->len;

  if (self->slots != NULL && (slot < 0 || slot >= self->slots->len))
    return;

  g_array_append_val (self->sections, section);
  g_array_append_val (self->previous, last);
  if (self->slots != NULL)
    g_array_index (self->slots, guint32, slot) = pair;
  else
    g_hash_table_insert (self->scattered, g_memdup2 (&row, sizeof row), GUINT_TO_POINTER (pair + 1));
}

static gboolean
read_pairs (CptSectionsReader  *self,
            Pairs              *pairs,
            GError            **error)
{
  g_autoptr(CptStatement) statement = cpt_sections_reader_prepare_values (self, 0, error);
  CptStep step;

  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      guint found = cpt_sections_reader_find (self, statement);

      if (found != 0)
        pairs_add (pairs, cpt_statement_get_int (statement, 0), (guint16) (found - 1));
    }

  return step == CPT_STEP_DONE;
}

static void
deal_out (CptSectionsReader *self,
          GArray            *rows,
          Pairs             *pairs)
{
  GPtrArray *list = self->sections->list;

  for (guint i = 0; i < list->len; i++)
    ((CptSection *) g_ptr_array_index (list, i))->rows =
      g_array_sized_new (FALSE, FALSE, sizeof (gint64), g_array_index (self->counts, guint, i));

  for (guint i = 0; i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);

      for (guint32 pair = pairs_get (pairs, row); pair != NOWHERE; pair = g_array_index (pairs->previous, guint32, pair))
        {
          guint16 section = g_array_index (pairs->sections, guint16, pair);

          g_array_append_val (((CptSection *) g_ptr_array_index (list, section))->rows, row);
        }
    }
  self->sections->n_records = rows->len;
}

static gboolean
read_sections (CptSectionsReader  *self,
               GError            **error)
{
  g_autoptr(GArray) rows = NULL;
  g_auto(Pairs) pairs = { 0 };

  if (!cpt_sections_reader_create (self, error))
    return FALSE;

  rows = cpt_query_get_rows (self->query, self->database, 0, 0, error);
  if (rows == NULL)
    return FALSE;

  pairs_init (&pairs, rows);
  if (!read_pairs (self, &pairs, error))
    return FALSE;

  deal_out (self, rows, &pairs);

  return TRUE;
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

/* In which sections a changed row stands now: bits of @members, one for each section */
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

      if (found != 0)
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

static gboolean
update_section (CptSectionsReader  *self,
                CptSection         *section,
                const CptSection   *former,
                GArray             *changed,
                GArray             *members,
                GError            **error)
{
  gboolean is_whole = FALSE;

  if (former != NULL)
    section->rows = keep_unchanged (former->rows, changed, &is_whole);
  else
    section->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (members->len == 0)
    return TRUE;

  if (is_whole)
    {
      GArray *copy = g_array_copy (section->rows);

      g_array_unref (section->rows);
      section->rows = copy;
    }

  return insert_members (self, section->rows, members, error);
}

typedef struct
{
  CptSectionsReader reader;
  const CptSections *before; /* (nullable) */
  GArray *changed;
} Job;

static gboolean
update_sections (Job     *job,
                 GError **error)
{
  CptSectionsReader *self = &job->reader;
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  gint64 n_records = job->before->n_records;
  guint n_before = 0, n_after = 0;

  if (!cpt_sections_reader_create (self, error))
    return FALSE;

  for (guint i = 0; i < self->sections->list->len; i++)
    g_ptr_array_add (members, g_array_new (FALSE, FALSE, sizeof (gint64)));
  for (guint i = 0; i < job->changed->len; i++)
    if (!read_members (self, g_array_index (job->changed, gint64, i), members, error))
      return FALSE;

  for (guint i = 0; i < self->sections->list->len; i++)
    {
      CptSection *section = g_ptr_array_index (self->sections->list, i);

      if (!update_section (self, section, cpt_sections_find (job->before, section->key), job->changed,
                           g_ptr_array_index (members, i), error))
        return FALSE;
      n_after += section->rows->len;
    }
  for (guint i = 0; i < job->before->list->len; i++)
    n_before += ((CptSection *) g_ptr_array_index (job->before->list, i))->rows->len;
  self->sections->n_records = (guint) (n_records + n_after - n_before);

  return TRUE;
}

/* Whether each group has as many rows as it is said to have */
static gboolean
is_consistent (CptSectionsReader *self)
{
  for (guint i = 0; i < self->sections->list->len; i++)
    if (((CptSection *) g_ptr_array_index (self->sections->list, i))->rows->len != g_array_index (self->counts, guint, i))
      return FALSE;

  return TRUE;
}

static gboolean
run_job (CptDatabase  *database,
         gpointer      data,
         GError      **error)
{
  Job *job = data;
  CptSectionsReader *self = &job->reader;

  cpt_sections_reader_init (self, database);
  if (job->before == NULL || cpt_grouping_is_set (self->grouping))
    return read_sections (self, error);

  if (!update_sections (job, error))
    return FALSE;
  if (is_consistent (self))
    return TRUE;

  /* More happened than was told. */
  cpt_sections_reader_clear (self);
  cpt_sections_reader_init (self, database);

  return read_sections (self, error);
}

static CptSections *
finish_job (Job          *job,
            CptDatabase  *database,
            GError      **error)
{
  CptSections *sections = NULL;

  if (cpt_database_snapshot (database, run_job, job, error))
    sections = g_steal_pointer (&job->reader.sections);
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
