/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records of a query for a data grid.
 *
 * Which rows there are, in which order, is a vector of row numbers that is made
 * on a worker and never changed afterwards: a newer one replaces it. The first
 * rows come by a query with a limit, so that they can be shown at once.
 *
 *   set_query ──> first rows ──> all rows ──> (idle) <──> update
 *
 * Only one of these runs at a time. Transactions that are heard of meanwhile
 * are kept and looked at afterwards: a few changed rows are put where they
 * belong one by one, many are found by comparing the vectors.
 *
 * A list that is divided into groups has a row for each group in the vector,
 * with a negative number; its rows follow unless it is folded. All of it is
 * found at once. */
#include "config.h"
#include "cpt-query-model-private.h"

#include "cpt-cell-kind.h"
#include "cpt-query-read.h"
#include "cpt-query-update.h"
#include "cpt-row-cache.h"

static void iface_init (CptGridModelInterface *interface);

G_DEFINE_TYPE_WITH_CODE (CptQueryModel, cpt_query_model, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (CPT_TYPE_GRID_MODEL, iface_init))

enum
{
  UPDATED,
  FAILED,
  FOLDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---------------------------------------------------------- as a grid model */

static guint
get_length (CptGridModel *model)
{
  return CPT_QUERY_MODEL (model)->rows->len;
}

static const CptGridColumn *
get_column (CptGridModel *model,
            guint         column)
{
  CptQueryModel *self = CPT_QUERY_MODEL (model);

  return column < self->columns->len ? &g_array_index (self->columns, CptGridColumn, column) : NULL;
}

static gint64
get_key (CptGridModel *model,
         guint         position)
{
  return g_array_index (CPT_QUERY_MODEL (model)->rows, gint64, position);
}

static guint64
get_version (CptGridModel *model,
             guint         position)
{
  CptQueryModel *self = CPT_QUERY_MODEL (model);
  gint64 key = get_key (model, position);
  guint64 version;
  guint index;

  if (key < 0)
    return self->header_version;

  return cpt_row_cache_lookup (self->cache, key, &index, &version) != NULL ? version : 0;
}

static void
get_cell (CptGridModel *model,
          guint         position,
          guint         column,
          CptGridCell  *cell)
{
  CptQueryModel *self = CPT_QUERY_MODEL (model);
  const CptPath *path = &g_array_index (self->paths, CptPath, column);
  gint64 key = get_key (model, position);
  guint index;
  CptPage *page = key > 0 ? cpt_row_cache_lookup (self->cache, key, &index, NULL) : NULL;

  if (key < 0)
    cpt_query_model_fill_total (self, key, column, cell);
  if (page != NULL && cpt_page_has_row (page, index))
    cpt_cell_kind_fill (cell, cpt_path_get_field (path), page, index, column, cpt_store_get_zone (self->store));
}

static void
set_range (CptGridModel *model,
           guint         first,
           guint         last)
{
  CptQueryModel *self = CPT_QUERY_MODEL (model);

  self->first = first;
  self->last = last;
  if (self->rows->len > 0)
    cpt_row_cache_want (self->cache, self->rows, first, last);
}

/* Which key of the query is that of a column; the number of keys when none is */
static guint
find_key (CptQueryModel *self,
          guint          column)
{
  const char *name = g_array_index (self->columns, CptGridColumn, column).name;

  for (guint i = 0; i < self->query->n_sorts; i++)
    {
      g_autofree char *sorted = cpt_path_format (&self->query->sorts[i].path);

      if (strcmp (name, sorted) == 0)
        return i;
    }

  return self->query->n_sorts;
}

static int
get_order (CptGridModel *model,
           guint         column)
{
  CptQueryModel *self = CPT_QUERY_MODEL (model);
  guint key = find_key (self, column);

  if (key == self->query->n_sorts)
    return 0;

  return self->query->sorts[key].descending ? -(int) key - 1 : (int) key + 1;
}

/* What is sorted by already keeps its place among the keys. */
static void
sort (CptGridModel *model,
      guint         column,
      gboolean      descending,
      gboolean      as_well)
{
  CptQueryModel *self = CPT_QUERY_MODEL (model);
  g_autoptr(CptQuery) query = cpt_query_copy (self->query);
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *text = NULL;
  guint key = find_key (self, column);

  if (as_well && key < query->n_sorts)
    query->sorts[key].descending = descending;
  before = cpt_query_dup_sort (query);
  text = g_strconcat (as_well ? before : "", as_well && before[0] != '\0' ? "," : "", descending ? "-" : "",
                      g_array_index (self->columns, CptGridColumn, column).name, NULL);

  if (as_well && key < query->n_sorts)
    cpt_query_model_set_query (self, g_steal_pointer (&query));
  else if (cpt_query_set_sort (query, text, &error))
    cpt_query_model_set_query (self, g_steal_pointer (&query));
  else
    g_signal_emit (self, signals[FAILED], 0, error);
}

static void
iface_init (CptGridModelInterface *interface)
{
  interface->get_length = get_length;
  interface->get_column = get_column;
  interface->get_key = get_key;
  interface->get_version = get_version;
  interface->get_cell = get_cell;
  interface->set_range = set_range;
  interface->get_order = get_order;
  interface->sort = sort;
  interface->get_group = cpt_query_model_get_group;
  interface->fold = cpt_query_model_fold;
}

/* --------------------------------------------------------- finding the rows */

static void
start_read (CptQueryModel       *self,
            int                  priority,
            CptStoreFunc         func,
            GAsyncReadyCallback  callback)
{
  CptQueryReading *job = cpt_query_reading_new (self->query, self->groups, (const CptPath *) (gpointer) self->paths->data,
                                                self->paths->len);

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cpt_store_read_async (self->store, priority, func, job, cpt_query_reading_free,
                        (GDestroyNotify) cpt_query_found_free, self->cancellable, callback, g_object_ref (self));
}

/* The result of work that is still wanted; NULL when it was given up or failed */
static gpointer
finish_work (CptQueryModel *self,
             GObject       *source,
             GAsyncResult  *result)
{
  g_autoptr(GError) error = NULL;
  gpointer outcome = cpt_store_finish (CPT_STORE (source), result, &error);

  if (error == NULL)
    return outcome;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;

  g_clear_object (&self->cancellable);
  self->is_complete = TRUE;
  g_signal_emit (self, signals[FAILED], 0, error);
  g_signal_emit (self, signals[UPDATED], 0);

  return NULL;
}

static void
take_rows (CptQueryModel *self,
           GArray        *rows)
{
  g_array_ref (rows);
  g_array_unref (self->rows);
  self->rows = rows;
}

static void look_at_changes (CptQueryModel *self);

static void
become_idle (CptQueryModel *self)
{
  g_clear_object (&self->cancellable);
  self->is_complete = TRUE;
  g_signal_emit (self, signals[UPDATED], 0);
  look_at_changes (self);
}

static void
apply_edits (CptQueryModel *self,
             GArray        *rows,
             GArray        *edits)
{
  take_rows (self, rows);
  for (guint i = 0; i < edits->len; i++)
    {
      const CptRowEdit *edit = &g_array_index (edits, CptRowEdit, i);

      if (edit->target != CPT_ROW_EDIT_NO_TARGET)
        cpt_grid_model_changed (CPT_GRID_MODEL (self), CPT_GRID_MOVE, edit->position, edit->target, 0);
      else
        cpt_grid_model_changed (CPT_GRID_MODEL (self), CPT_GRID_SPLICE, edit->position, edit->removed, edit->added);
    }
}

static void
all_rows_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(CptQueryModel) self = user_data;
  CptQueryFound *found = finish_work (self, source, result);
  g_autoptr(GArray) edits = NULL;

  if (found == NULL)
    return;

  /* The first rows are known, the others follow them: nothing moves. */
  edits = cpt_row_edit_diff (self->rows, found->rows);
  apply_edits (self, found->rows, edits);
  cpt_query_found_free (found);
  become_idle (self);
}

static void
first_rows_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(CptQueryModel) self = user_data;
  CptQueryFound *found = finish_work (self, source, result);
  gboolean is_all;

  if (found == NULL)
    return;

  take_rows (self, found->rows);
  g_clear_pointer (&self->shown, cpt_sections_unref);
  if (found->page != NULL)
    cpt_row_cache_add (self->cache, g_steal_pointer (&found->page), (const gint64 *) (gpointer) found->rows->data,
                       found->rows->len);
  is_all = found->rows->len < CPT_QUERY_FIRST_ROWS;
  cpt_query_found_free (found);
  cpt_grid_model_changed (CPT_GRID_MODEL (self), CPT_GRID_RESET, 0, 0, 0);

  if (is_all)
    become_idle (self);
  else
    start_read (self, G_PRIORITY_DEFAULT, cpt_query_read_all, all_rows_cb);
}

/* What was folded or opened while it was on its way is so now. */
static void
take_sections (CptQueryModel  *self,
               CptQueryGroups *groups)
{
  cpt_query_groups_take (self->groups, cpt_sections_ref (groups->sections));
  g_clear_pointer (&self->shown, cpt_sections_unref);
  self->shown = cpt_sections_ref (groups->sections);
  self->header_version++;
}

static void
groups_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(CptQueryModel) self = user_data;
  CptQueryFound *found = finish_work (self, source, result);

  if (found == NULL)
    return;

  take_sections (self, found->groups);
  if (cpt_query_groups_has_same_folded (self->groups, found->groups))
    {
      take_rows (self, found->rows);
    }
  else
    {
      g_array_unref (self->rows);
      self->rows = cpt_query_groups_arrange (self->groups);
    }
  cpt_query_found_free (found);
  cpt_grid_model_changed (CPT_GRID_MODEL (self), CPT_GRID_RESET, 0, 0, 0);
  become_idle (self);
}

void
cpt_query_model_start_over (CptQueryModel *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->changes, 0);
  self->is_complete = FALSE;
  if (self->groups != NULL)
    start_read (self, G_PRIORITY_HIGH, cpt_query_read_groups, groups_cb);
  else
    start_read (self, G_PRIORITY_HIGH, cpt_query_read_first, first_rows_cb);
  g_signal_emit (self, signals[UPDATED], 0);
}

/* ------------------------------------------------------------------ changes */

/* Groups were folded or opened since the update was begun: the way begins at
 * what is shown now. */
static void
rearrange (CptQueryModel  *self,
           CptQueryUpdate *update)
{
  CptSections *sections = cpt_sections_ref (update->groups->sections);

  cpt_query_groups_free (update->groups);
  update->groups = cpt_query_groups_copy (self->groups);
  cpt_query_groups_take (update->groups, sections);
  g_array_unref (update->rows);
  g_array_unref (update->edits);
  update->rows = cpt_query_groups_arrange (update->groups);
  update->edits = cpt_query_groups_diff (self->groups, update->groups);
}

static void
updated_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(CptQueryModel) self = user_data;
  CptQueryUpdate *update = finish_work (self, source, result);

  if (update == NULL)
    return;

  if (update->groups != NULL && !cpt_query_groups_has_same_folded (self->groups, update->groups))
    rearrange (self, update);
  if (update->groups != NULL)
    take_sections (self, update->groups);
  apply_edits (self, update->rows, update->edits);
  cpt_query_update_free (update);
  become_idle (self);
}

/* What is shown of changed rows is out of date, wherever they belong now. */
static void
outdate_rows (CptQueryModel *self,
              CptChangeSet  *set)
{
  guint length;
  const CptRowChange *changes = cpt_change_set_get_rows (set, &length);

  if (cpt_change_set_is_truncated (set))
    {
      cpt_row_cache_outdate_all (self->cache);
      return;
    }

  for (guint i = 0; i < length; i++)
    {
      if (strcmp (changes[i].entity->name, self->query->entity->name) == 0 && changes[i].row == changes[i].last_row)
        cpt_row_cache_outdate (self->cache, changes[i].row);
      else if (cpt_query_shows_entity ((const CptPath *) (gpointer) self->paths->data, self->paths->len,
                                       changes[i].entity->name))
        cpt_row_cache_outdate_all (self->cache);
    }
}

static void
look_at_changes (CptQueryModel *self)
{
  CptQueryUpdateJob *job;

  if (self->cancellable != NULL || self->changes->len == 0)
    return;
  if (self->groups != NULL && self->groups->sections == NULL)
    {
      cpt_query_model_start_over (self);
      return;
    }

  for (guint i = 0; i < self->changes->len; i++)
    outdate_rows (self, g_ptr_array_index (self->changes, i));
  job = cpt_query_update_job_new (self->query, self->groups, self->rows, self->changes);
  g_ptr_array_set_size (self->changes, 0);
  set_range (CPT_GRID_MODEL (self), self->first, self->last);
  if (job == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  cpt_store_read_async (self->store, G_PRIORITY_DEFAULT, cpt_query_update_run, job, cpt_query_update_job_free,
                        (GDestroyNotify) cpt_query_update_free, self->cancellable, updated_cb, g_object_ref (self));
  g_signal_emit (self, signals[UPDATED], 0);
}

void
cpt_query_model_apply (CptQueryModel *self,
                       CptChangeSet  *set)
{
  g_return_if_fail (CPT_IS_QUERY_MODEL (self));
  g_return_if_fail (set != NULL);

  g_ptr_array_add (self->changes, cpt_change_set_ref (set));
  look_at_changes (self);
}

/* ---------------------------------------------------------------- the object */

static void
cache_cb (gpointer      user_data,
          const GError *error)
{
  CptQueryModel *self = user_data;

  if (error == NULL)
    cpt_grid_model_changed (CPT_GRID_MODEL (self), CPT_GRID_CONTENT, 0, 0, 0);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error);
}

static void
cpt_query_model_dispose (GObject *object)
{
  CptQueryModel *self = CPT_QUERY_MODEL (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->cache, cpt_row_cache_free);

  G_OBJECT_CLASS (cpt_query_model_parent_class)->dispose (object);
}

static void
cpt_query_model_finalize (GObject *object)
{
  CptQueryModel *self = CPT_QUERY_MODEL (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->paths, g_array_unref);
  g_clear_pointer (&self->groups, cpt_query_groups_free);
  g_clear_pointer (&self->shown, cpt_sections_unref);
  g_clear_pointer (&self->totals, cpt_totals_unref);
  g_clear_pointer (&self->total_columns, g_array_unref);
  g_clear_pointer (&self->query, cpt_query_free);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (cpt_query_model_parent_class)->finalize (object);
}

static void
cpt_query_model_class_init (CptQueryModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cpt_query_model_dispose;
  object_class->finalize = cpt_query_model_finalize;

  signals[UPDATED] = g_signal_new ("updated", CPT_TYPE_QUERY_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", CPT_TYPE_QUERY_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[FOLDED] = g_signal_new ("folded", CPT_TYPE_QUERY_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
cpt_query_model_init (CptQueryModel *self)
{
  self->columns = g_array_new (FALSE, TRUE, sizeof (CptGridColumn));
  g_array_set_clear_func (self->columns, (GDestroyNotify) cpt_grid_column_clear);
  self->paths = g_array_new (FALSE, TRUE, sizeof (CptPath));
  self->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_change_set_unref);
}

static void
take_columns (CptQueryModel     *self,
              const char *const *columns)
{
  g_array_set_size (self->columns, 0);
  g_array_set_size (self->paths, 0);
  g_clear_pointer (&self->total_columns, g_array_unref);
  for (guint i = 0; columns[i] != NULL; i++)
    {
      CptGridColumn column = { 0 };
      CptPath path;

      if (!cpt_path_parse (self->query->schema, self->query->entity, columns[i], &path, NULL))
        continue;
      cpt_cell_kind_init_column (&column, &path);
      g_array_append_val (self->columns, column);
      g_array_append_val (self->paths, path);
    }
  g_clear_pointer (&self->cache, cpt_row_cache_free);
  self->cache = cpt_row_cache_new (self->store, self->query->schema, self->query->entity,
                                   (const CptPath *) (gpointer) self->paths->data, self->paths->len, cache_cb, self);
}

CptQueryModel *
cpt_query_model_new (CptStore          *store,
                     CptQuery          *query,
                     const char *const *columns)
{
  CptQueryModel *self;

  g_return_val_if_fail (CPT_IS_STORE (store), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  self = g_object_new (CPT_TYPE_QUERY_MODEL, NULL);
  self->store = g_object_ref (store);
  self->query = query;
  take_columns (self, columns);
  cpt_query_model_start_over (self);

  return self;
}

void
cpt_query_model_set_columns (CptQueryModel     *self,
                             const char *const *columns)
{
  g_return_if_fail (CPT_IS_QUERY_MODEL (self));

  take_columns (self, columns);
  cpt_grid_model_changed (CPT_GRID_MODEL (self), CPT_GRID_COLUMNS, 0, 0, 0);
  /* Work under way may bring values of the columns before */
  if (self->cancellable != NULL)
    cpt_query_model_start_over (self);
}

CptQuery *
cpt_query_model_get_query (CptQueryModel *self)
{
  g_return_val_if_fail (CPT_IS_QUERY_MODEL (self), NULL);

  return self->query;
}

void
cpt_query_model_set_query (CptQueryModel *self,
                           CptQuery      *query)
{
  g_return_if_fail (CPT_IS_QUERY_MODEL (self));
  g_return_if_fail (query != NULL);

  cpt_query_free (self->query);
  self->query = query;
  cpt_query_model_start_over (self);
}

gboolean
cpt_query_model_is_complete (CptQueryModel *self)
{
  g_return_val_if_fail (CPT_IS_QUERY_MODEL (self), FALSE);

  return self->is_complete;
}

gboolean
cpt_query_model_is_busy (CptQueryModel *self)
{
  g_return_val_if_fail (CPT_IS_QUERY_MODEL (self), FALSE);

  return self->cancellable != NULL;
}

gboolean
cpt_query_model_get_id (CptQueryModel *self,
                        guint          position,
                        CptUuid       *id)
{
  CptPage *page;
  guint index;

  g_return_val_if_fail (CPT_IS_QUERY_MODEL (self), FALSE);

  if (position >= self->rows->len)
    return FALSE;

  page = cpt_row_cache_lookup (self->cache, g_array_index (self->rows, gint64, position), &index, NULL);
  if (page == NULL || !cpt_page_has_row (page, index))
    return FALSE;

  *id = *cpt_page_get_id (page, index);

  return TRUE;
}

const CptValue *
cpt_query_model_get_value (CptQueryModel *self,
                           guint          position,
                           guint          column)
{
  CptPage *page;
  guint index;

  g_return_val_if_fail (CPT_IS_QUERY_MODEL (self), NULL);

  if (position >= self->rows->len || column >= self->paths->len)
    return NULL;

  page = cpt_row_cache_lookup (self->cache, g_array_index (self->rows, gint64, position), &index, NULL);

  return page != NULL && cpt_page_has_row (page, index) ? cpt_page_get_value (page, index, column) : NULL;
}

GArray *
cpt_query_model_ref_rows (CptQueryModel *self)
{
  g_return_val_if_fail (CPT_IS_QUERY_MODEL (self), NULL);

  return g_array_ref (self->rows);
}
