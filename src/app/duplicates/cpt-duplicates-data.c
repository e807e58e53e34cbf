/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From pairs to groups. Rows that are joined by pairs get the same root; a
 * group is in the order of its likeliest pair. */

#include "config.h"

#include "cpt-duplicates-data-private.h"

#include "cpt-distinct.h"
#include "cpt-error.h"

struct _CptFoundPairs
{
  gatomicrefcount count;
  CptDuplicates *found;
  GPtrArray *groups; /* of GArray of guint: indices of pairs */
};

/* Roots: rows and what they hang on; heap keys, so that any number fits */

static gint64
find_root (GHashTable *roots,
           gint64      row)
{
  gint64 *next = g_hash_table_lookup (roots, &row);

  while (next != NULL && *next != row)
    {
      row = *next;
      next = g_hash_table_lookup (roots, &row);
    }

  return row;
}

static void
set_root (GHashTable *roots,
          gint64      row,
          gint64      root)
{
  g_hash_table_replace (roots, g_memdup2 (&row, sizeof row), g_memdup2 (&root, sizeof root));
}

static void
join (GHashTable *roots,
      gint64      row,
      gint64      other_row)
{
  gint64 root = find_root (roots, row);
  gint64 other_root = find_root (roots, other_row);

  if (root != other_root)
    set_root (roots, MAX (root, other_root), MIN (root, other_root));
  /* The way from both is short next time. */
  if (row != MIN (root, other_root))
    set_root (roots, row, MIN (root, other_root));
  if (other_row != MIN (root, other_root))
    set_root (roots, other_row, MIN (root, other_root));
}

/* @pairs NULL: all */
static GPtrArray *
make_groups (CptDuplicates *found,
             const GArray  *pairs)
{
  g_autoptr(GHashTable) roots = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr(GHashTable) by_root = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  guint n_pairs = pairs != NULL ? pairs->len : cpt_duplicates_get_length (found);

  for (guint i = 0; i < n_pairs; i++)
    {
      const CptDuplicatePair *pair = cpt_duplicates_get_pair (found, pairs != NULL ? g_array_index (pairs, guint, i) : i);

      join (roots, pair->row, pair->other_row);
    }
  for (guint i = 0; i < n_pairs; i++)
    {
      guint index = pairs != NULL ? g_array_index (pairs, guint, i) : i;
      gint64 root = find_root (roots, cpt_duplicates_get_pair (found, index)->row);
      GArray *group = g_hash_table_lookup (by_root, &root);

      if (group == NULL)
        {
          group = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (by_root, g_memdup2 (&root, sizeof root), group);
          g_ptr_array_add (groups, group);
        }
      g_array_append_val (group, index);
    }

  return groups;
}

CptFoundPairs *
cpt_found_pairs_new (CptDuplicates *found)
{
  CptFoundPairs *self = g_new0 (CptFoundPairs, 1);

  g_atomic_ref_count_init (&self->count);
  self->found = found;
  self->groups = make_groups (found, NULL);

  return self;
}

CptFoundPairs *
cpt_found_pairs_ref (CptFoundPairs *self)
{
  g_atomic_ref_count_inc (&self->count);

  return self;
}

void
cpt_found_pairs_unref (CptFoundPairs *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;

  g_ptr_array_unref (self->groups);
  cpt_duplicates_free (self->found);
  g_free (self);
}

/* What still stands */

typedef struct
{
  CptFoundPairs *found;
  CptDatabase *database;
  GHashTable *distinct; /* (owned) */
  GHashTable *records;  /* (owned): row -> CptRecord; NULL for what is gone */
  CptFoundPage *page;
} Reading;

static void
record_clear (gpointer record)
{
  if (record != NULL)
    cpt_record_unref (record);
}

static void
group_free (gpointer pointer)
{
  CptFoundGroup *group = pointer;

  g_ptr_array_unref (group->records);
  g_array_unref (group->pairs);
  g_free (group->reasons);
  g_free (group);
}

/* NULL without @error when it is gone */
static CptRecord *
load (Reading  *self,
      gint64    row,
      GError  **error)
{
  GError *own_error = NULL;
  gpointer record = NULL;

  if (g_hash_table_lookup_extended (self->records, &row, NULL, &record))
    return record;

  record = cpt_database_load_row (self->database, cpt_duplicates_get_entity (self->found->found), row, &own_error);
  if (own_error != NULL && !g_error_matches (own_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, own_error);
      return NULL;
    }

  g_clear_error (&own_error);
  g_hash_table_insert (self->records, g_memdup2 (&row, sizeof row), record);

  return record;
}

/* @stands: whether both are there, and nobody has told them apart */
static gboolean
check_pair (Reading                 *self,
            const CptDuplicatePair  *pair,
            gboolean                *stands,
            GError                 **error)
{
  GError *own_error = NULL;

  *stands = load (self, pair->row, &own_error) != NULL && load (self, pair->other_row, &own_error) != NULL &&
            !cpt_distinct_contains (self->distinct, pair->row, pair->other_row);
  if (own_error != NULL)
    g_propagate_error (error, own_error);

  return own_error == NULL;
}

static guint
add_record (CptFoundGroup *group,
            CptRecord     *record)
{
  for (guint i = 0; i < group->records->len; i++)
    if (g_ptr_array_index (group->records, i) == record)
      return i;
  g_ptr_array_add (group->records, cpt_record_ref (record));

  return group->records->len - 1;
}

static void
add_group (Reading      *self,
           const GArray *indices)
{
  CptFoundGroup *group = g_new0 (CptFoundGroup, 1);
  guint best = g_array_index (indices, guint, 0);
  g_auto(GStrv) reasons = cpt_duplicates_dup_reasons (self->found->found, best);

  group->records = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);
  group->pairs = g_array_new (FALSE, FALSE, sizeof (guint));
  group->score = (double) cpt_duplicates_get_pair (self->found->found, best)->score;
  group->reasons = g_strjoinv (", ", reasons);
  for (guint i = 0; i < indices->len; i++)
    {
      const CptDuplicatePair *pair = cpt_duplicates_get_pair (self->found->found, g_array_index (indices, guint, i));
      guint positions[2] = {
        add_record (group, g_hash_table_lookup (self->records, &pair->row)),
        add_record (group, g_hash_table_lookup (self->records, &pair->other_row)),
      };

      g_array_append_vals (group->pairs, positions, G_N_ELEMENTS (positions));
    }
  g_ptr_array_add (self->page->groups, group);
}

/* A group may have fallen into several */
static gboolean
read_group (Reading       *self,
            const GArray  *indices,
            GError       **error)
{
  g_autoptr(GArray) standing = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GPtrArray) parts = NULL;

  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);
      gboolean stands = FALSE;

      if (!check_pair (self, cpt_duplicates_get_pair (self->found->found, index), &stands, error))
        return FALSE;
      if (stands)
        g_array_append_val (standing, index);
    }

  parts = make_groups (self->found->found, standing);
  for (guint i = 0; i < parts->len; i++)
    add_group (self, g_ptr_array_index (parts, i));

  return TRUE;
}

CptFoundPage *
cpt_found_pairs_read_page (CptFoundPairs  *self,
                           CptDatabase    *database,
                           guint           limit,
                           GError        **error)
{
  g_autoptr(GHashTable) records = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, record_clear);
  g_autoptr(GHashTable) distinct = cpt_distinct_read (database, cpt_duplicates_get_entity (self->found), error);
  g_autoptr(CptFoundPage) page = g_new0 (CptFoundPage, 1);
  Reading reading = { self, database, distinct, records, page };

  page->groups = g_ptr_array_new_with_free_func (group_free);
  if (distinct == NULL)
    return NULL;

  for (guint i = 0; i < self->groups->len && !page->has_more; i++)
    {
      if (page->groups->len >= limit)
        page->has_more = TRUE;
      else if (!read_group (&reading, g_ptr_array_index (self->groups, i), error))
        return NULL;
    }

  return g_steal_pointer (&page);
}

void
cpt_found_page_free (CptFoundPage *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_free (self);
}
