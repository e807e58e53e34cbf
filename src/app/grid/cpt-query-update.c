/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What transactions do to a list of rows. A few changed records are put where
 * they belong one by one, each at the cost of a binary search; when there are
 * many, or when something changed that the condition or the order reach through
 * links, all rows are found anew and compared. */
#include "config.h"
#include "cpt-query-update.h"

/* Beyond it finding all rows anew is quicker than searching for each in the vector */
#define MAX_PLACED 100

struct _CptQueryUpdateJob
{
  CptQuery *query;        /* (owned) */
  CptQueryGroups *groups; /* (owned) (nullable) */
  GArray *rows;           /* the reference is owned, the content is shared: not to be changed */
  GArray *changed;        /* (element-type gint64) (nullable): all anew when NULL */
};

static gboolean
path_reaches (const CptPath *path,
              const char    *entity)
{
  const CptField *last = cpt_path_get_field (path);

  for (guint i = 1; i < path->n_steps; i++)
    if (strcmp (path->entities[i]->name, entity) == 0)
      return TRUE;

  /* Links are shown, and sorted, by the title of their target. */
  return cpt_field_kind_is_link (last->kind) && g_strcmp0 (last->target, entity) == 0;
}

static gboolean
filter_reaches (CptFilter  *filter,
                const char *entity)
{
  CptFilter *const *children;
  const CptPath *path;
  guint n_children;

  if (cpt_filter_get_form (filter) == CPT_FILTER_CONDITION)
    {
      path = cpt_filter_get_path (filter);
      for (guint i = 1; i < path->n_steps; i++)
        if (strcmp (path->entities[i]->name, entity) == 0)
          return TRUE;
      return FALSE;
    }

  children = cpt_filter_get_children (filter, &n_children);
  for (guint i = 0; i < n_children; i++)
    if (filter_reaches (children[i], entity))
      return TRUE;

  return FALSE;
}

gboolean
cpt_query_reaches (const CptQuery *query,
                   const char     *entity)
{
  for (guint i = 0; i < query->n_sorts; i++)
    if (path_reaches (&query->sorts[i].path, entity))
      return TRUE;

  return query->filter != NULL && filter_reaches (query->filter, entity);
}

gboolean
cpt_query_shows_entity (const CptPath *columns,
                        guint          n_columns,
                        const char    *entity)
{
  for (guint i = 0; i < n_columns; i++)
    if (path_reaches (&columns[i], entity))
      return TRUE;

  return FALSE;
}

static guint64
path_bit (const CptPath *path)
{
  guint index = path->fields[0]->index;

  /* Who changed a record, and when, changes with every change. */
  return index == G_MAXUINT ? G_MAXUINT64 : G_GUINT64_CONSTANT (1) << (index % 64);
}

static guint64
filter_bits (CptFilter *filter)
{
  CptFilter *const *children;
  guint64 bits = 0;
  guint n_children;

  if (cpt_filter_get_form (filter) == CPT_FILTER_CONDITION)
    return path_bit (cpt_filter_get_path (filter));

  children = cpt_filter_get_children (filter, &n_children);
  for (guint i = 0; i < n_children; i++)
    bits |= filter_bits (children[i]);

  return bits;
}

/* The fields of the record itself that decide whether and where it is listed */
static guint64
query_bits (CptQuery *query)
{
  guint64 bits = query->filter != NULL ? filter_bits (query->filter) : 0;

  if (query->search != NULL)
    return G_MAXUINT64;

  for (guint i = 0; i < query->n_sorts; i++)
    bits |= path_bit (&query->sorts[i].path);

  return bits;
}

/* Whether what it is and where it stands hangs on records of @entity */
static gboolean
list_reaches (CptQuery       *query,
              CptQueryGroups *groups,
              const char     *entity)
{
  return cpt_query_reaches (query, entity) || (groups != NULL && path_reaches (&groups->grouping.path, entity));
}

/* FALSE when everything must be found anew */
static gboolean
collect_rows (CptQuery       *query,
              CptQueryGroups *groups,
              CptChangeSet   *set,
              guint64         bits,
              GArray         *changed)
{
  guint length;
  const CptRowChange *changes = cpt_change_set_get_rows (set, &length);

  if (cpt_change_set_is_truncated (set))
    return FALSE;

  for (guint i = 0; i < length; i++)
    {
      if (list_reaches (query, groups, changes[i].entity->name))
        return FALSE;
      if (strcmp (changes[i].entity->name, query->entity->name) != 0)
        continue;
      if (changes[i].row != changes[i].last_row || changed->len >= MAX_PLACED)
        return FALSE;
      if ((changes[i].kind != CPT_CHANGE_UPDATE || (changes[i].fields & bits) != 0) &&
          cpt_row_edit_find (changed, changes[i].row) < 0)
        g_array_append_val (changed, changes[i].row);
    }

  return TRUE;
}

CptQueryUpdateJob *
cpt_query_update_job_new (CptQuery       *query,
                          CptQueryGroups *groups,
                          GArray         *rows,
                          GPtrArray      *sets)
{
  CptQueryUpdateJob *job;
  GArray *changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint64 bits = query_bits (query) | (groups != NULL ? path_bit (&groups->grouping.path) : 0);

  for (guint i = 0; i < sets->len && changed != NULL; i++)
    if (!collect_rows (query, groups, g_ptr_array_index (sets, i), bits, changed))
      g_clear_pointer (&changed, g_array_unref);
  if (changed != NULL && changed->len == 0)
    {
      g_array_unref (changed);
      return NULL;
    }

  job = g_new0 (CptQueryUpdateJob, 1);
  job->query = cpt_query_copy (query);
  job->groups = groups != NULL ? cpt_query_groups_copy (groups) : NULL;
  job->rows = g_array_ref (rows);
  job->changed = changed;

  return job;
}

void
cpt_query_update_job_free (gpointer data)
{
  CptQueryUpdateJob *job = data;

  cpt_query_free (job->query);
  g_clear_pointer (&job->groups, cpt_query_groups_free);
  g_array_unref (job->rows);
  g_clear_pointer (&job->changed, g_array_unref);
  g_free (job);
}

void
cpt_query_update_free (CptQueryUpdate *self)
{
  g_clear_pointer (&self->groups, cpt_query_groups_free);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->edits, g_array_unref);
  g_free (self);
}

/* Takes all changed rows out and puts each where it belongs among the others */
static GArray *
sort_in (CptQuery     *query,
         CptDatabase  *database,
         GArray       *before,
         GArray       *changed,
         GError      **error)
{
  g_autoptr(GArray) rows = g_array_copy (before);

  for (guint i = 0; i < changed->len; i++)
    {
      gint64 from = cpt_row_edit_find (rows, g_array_index (changed, gint64, i));

      if (from >= 0)
        g_array_remove_index (rows, (guint) from);
    }
  for (guint i = 0; i < changed->len; i++)
    {
      gint64 row = g_array_index (changed, gint64, i);
      gint64 position;

      if (!cpt_query_locate (query, database, rows, row, &position, error))
        return NULL;
      if (position >= 0)
        g_array_insert_val (rows, (guint) position, row);
    }

  return g_steal_pointer (&rows);
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  const gint64 *first = a, *second = b;

  return (*first > *second) - (*first < *second);
}

/* The way from @before to @after, of which only @changed rows differ: those
 * that went first, then each of the others behind the one that it follows. */
static GArray *
find_way (GArray *before,
          GArray *after,
          GArray *changed)
{
  g_autoptr(GArray) rows = g_array_copy (before);
  g_autoptr(GArray) positions = g_array_new (FALSE, FALSE, sizeof (gint64));
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (CptRowEdit));

  for (guint i = 0; i < changed->len; i++)
    {
      gint64 row = g_array_index (changed, gint64, i);
      gint64 position = cpt_row_edit_find (after, row);

      if (position >= 0)
        g_array_append_val (positions, position);
      else
        cpt_row_edit_place (rows, edits, row, cpt_row_edit_find (rows, row), -1);
    }
  g_array_sort (positions, compare_positions);
  for (guint i = 0; i < positions->len; i++)
    {
      gint64 position = g_array_index (positions, gint64, i);
      gint64 row = g_array_index (after, gint64, position);
      gint64 from = cpt_row_edit_find (rows, row);
      gint64 target = position > 0 ? cpt_row_edit_find (rows, g_array_index (after, gint64, position - 1)) + 1 : 0;

      cpt_row_edit_place (rows, edits, row, from, from >= 0 && from < target ? target - 1 : target);
    }

  return edits;
}

/* Headers of groups that came or went are rows that changed */
static void
add_headers (const CptQueryGroups *groups,
             const CptQueryGroups *others,
             GArray               *changed)
{
  for (guint i = 0; i < groups->sections->list->len; i++)
    {
      const CptSection *section = g_ptr_array_index (groups->sections->list, i);

      if (cpt_sections_find (others->sections, section->key) == NULL)
        g_array_append_val (changed, section->key);
    }
}

static gboolean
update_groups (CptQueryUpdateJob  *job,
               CptDatabase        *database,
               CptQueryUpdate     *update,
               GError            **error)
{
  CptQueryGroups *before = job->groups;
  CptSections *sections;
  gboolean is_anew = job->changed == NULL;

  if (is_anew)
    sections = cpt_sections_read (database, job->query, &before->grouping, error);
  else
    sections = cpt_sections_update (database, job->query, &before->grouping, before->sections, job->changed, error);
  if (sections == NULL)
    return FALSE;

  update->groups = cpt_query_groups_copy (before);
  cpt_query_groups_take (update->groups, sections);
  update->rows = cpt_query_groups_arrange (update->groups);
  if (is_anew || cpt_grouping_is_set (&before->grouping))
    {
      update->edits = cpt_query_groups_diff (before, update->groups);
      return TRUE;
    }

  add_headers (before, update->groups, job->changed);
  add_headers (update->groups, before, job->changed);
  update->edits = find_way (job->rows, update->rows, job->changed);

  return TRUE;
}

gpointer
cpt_query_update_run (CptDatabase   *database,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  CptQueryUpdateJob *job = data;
  CptQueryUpdate *update = g_new0 (CptQueryUpdate, 1);

  if (job->groups != NULL)
    {
      if (update_groups (job, database, update, error))
        return update;
    }
  else if (job->changed == NULL)
    {
      update->rows = cpt_query_get_rows (job->query, database, 0, 0, error);
      if (update->rows != NULL)
        update->edits = cpt_row_edit_diff (job->rows, update->rows);
    }
  else
    {
      update->rows = sort_in (job->query, database, job->rows, job->changed, error);
      if (update->rows != NULL)
        update->edits = find_way (job->rows, update->rows, job->changed);
    }
  if (update->edits != NULL)
    return update;

  cpt_query_update_free (update);

  return NULL;
}
