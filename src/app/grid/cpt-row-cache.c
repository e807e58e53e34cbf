/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages of values behind a list.
 *
 * Rows are found by their number in the file, not by their position, so that
 * nothing here changes when a list is sorted or a row moves. At most two reads
 * run at a time: one for what is on the screen, one for what is around it. When
 * the screen has moved away from what is being read, that read is cancelled. */
#include "config.h"
#include "cpt-row-cache.h"

#define PAGE_ROWS 96
#define MAX_PAGES 48

typedef struct
{
  CptPage *page; /* (owned) */
  gint64 *rows;  /* (owned) */
  guint n_rows;
  guint64 serial;
  guint64 used; /* when it was looked at last */
} Loaded;

typedef struct
{
  Loaded *loaded;
  guint index;
  gboolean is_outdated;
} Place;

/* One read under way */
typedef struct
{
  CptRowCache *cache; /* (nullable): NULL once the cache has gone */
  CptSchema *schema;  /* (owned) */
  const CptEntity *entity;
  CptPath *columns; /* (owned) */
  guint n_columns;
  gint64 *rows; /* (owned) */
  guint n_rows;
  GCancellable *cancellable; /* (owned) */
  gatomicrefcount count;     /* the worker's and the main loop's */
} Load;

struct _CptRowCache
{
  CptStore *store;
  CptSchema *schema;
  const CptEntity *entity;
  CptPath *columns;
  guint n_columns;
  CptRowCacheFunc func;
  gpointer user_data;

  GHashTable *places; /* row to Place */
  GPtrArray *pages;   /* (element-type Loaded) */
  GPtrArray *loads;   /* (element-type Load) */
  guint64 serial;
  guint64 clock;

  GArray *wanted; /* (nullable): what was asked for last */
  guint first;
  guint last;
};

static void
loaded_free (Loaded *loaded)
{
  cpt_page_unref (loaded->page);
  g_free (loaded->rows);
  g_free (loaded);
}

static void
load_unref (Load *load)
{
  if (!g_atomic_ref_count_dec (&load->count))
    return;

  cpt_schema_unref (load->schema);
  g_free (load->columns);
  g_free (load->rows);
  g_object_unref (load->cancellable);
  g_free (load);
}

static void
drop_load (Load *load)
{
  load->cache = NULL;
  g_cancellable_cancel (load->cancellable);
  load_unref (load);
}

CptRowCache *
cpt_row_cache_new (CptStore        *store,
                   CptSchema       *schema,
                   const CptEntity *entity,
                   const CptPath   *columns,
                   guint            n_columns,
                   CptRowCacheFunc  func,
                   gpointer         user_data)
{
  CptRowCache *self = g_new0 (CptRowCache, 1);

  self->store = g_object_ref (store);
  self->schema = cpt_schema_ref (schema);
  self->entity = entity;
  self->columns = g_memdup2 (columns, n_columns * sizeof (CptPath));
  self->n_columns = n_columns;
  self->func = func;
  self->user_data = user_data;
  self->places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) loaded_free);
  self->loads = g_ptr_array_new_with_free_func ((GDestroyNotify) drop_load);

  return self;
}

void
cpt_row_cache_free (CptRowCache *self)
{
  g_ptr_array_unref (self->loads);
  g_hash_table_unref (self->places);
  g_ptr_array_unref (self->pages);
  g_clear_pointer (&self->wanted, g_array_unref);
  g_free (self->columns);
  cpt_schema_unref (self->schema);
  g_object_unref (self->store);
  g_free (self);
}

CptPage *
cpt_row_cache_lookup (CptRowCache *self,
                      gint64       row,
                      guint       *index,
                      guint64     *version)
{
  Place *place = g_hash_table_lookup (self->places, &row);

  if (place == NULL)
    return NULL;

  place->loaded->used = ++self->clock;
  *index = place->index;
  if (version != NULL)
    *version = place->loaded->serial;

  return place->loaded->page;
}

static void
forget_page (CptRowCache *self,
             guint        index)
{
  Loaded *loaded = g_ptr_array_index (self->pages, index);

  for (guint i = 0; i < loaded->n_rows; i++)
    {
      Place *place = g_hash_table_lookup (self->places, &loaded->rows[i]);

      if (place != NULL && place->loaded == loaded)
        g_hash_table_remove (self->places, &loaded->rows[i]);
    }
  g_ptr_array_remove_index_fast (self->pages, index);
}

static void
forget_oldest (CptRowCache *self)
{
  guint oldest = 0;

  for (guint i = 1; i < self->pages->len; i++)
    if (((Loaded *) g_ptr_array_index (self->pages, i))->used < ((Loaded *) g_ptr_array_index (self->pages, oldest))->used)
      oldest = i;
  forget_page (self, oldest);
}

void
cpt_row_cache_add (CptRowCache  *self,
                   CptPage      *page,
                   const gint64 *rows,
                   guint         n_rows)
{
  Loaded *loaded = g_new0 (Loaded, 1);

  loaded->page = page;
  loaded->rows = g_memdup2 (rows, n_rows * sizeof (gint64));
  loaded->n_rows = n_rows;
  loaded->serial = ++self->serial;
  loaded->used = ++self->clock;
  g_ptr_array_add (self->pages, loaded);
  for (guint i = 0; i < n_rows; i++)
    {
      Place *place = g_new0 (Place, 1);

      place->loaded = loaded;
      place->index = i;
      g_hash_table_replace (self->places, g_memdup2 (&rows[i], sizeof (gint64)), place);
    }
  while (self->pages->len > MAX_PAGES)
    forget_oldest (self);
}

void
cpt_row_cache_outdate (CptRowCache *self,
                       gint64       row)
{
  Place *place = g_hash_table_lookup (self->places, &row);

  if (place != NULL)
    place->is_outdated = TRUE;
}

void
cpt_row_cache_outdate_all (CptRowCache *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((Place *) value)->is_outdated = TRUE;
}

static gpointer
load_in_worker (CptDatabase   *database,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Load *load = data;

  return cpt_page_load (database, load->schema, load->entity, load->columns, load->n_columns, load->rows, load->n_rows, error);
}

static void read_missing (CptRowCache *self);

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Load *load = user_data;
  CptRowCache *self = load->cache;
  g_autoptr(GError) error = NULL;
  CptPage *page = cpt_store_finish (CPT_STORE (source), result, &error);

  if (self == NULL)
    {
      g_clear_pointer (&page, cpt_page_unref);
      load_unref (load);
      return;
    }

  if (page != NULL)
    cpt_row_cache_add (self, page, load->rows, load->n_rows);
  load->cache = NULL;
  g_ptr_array_remove_fast (self->loads, load);
  load_unref (load);

  self->func (self->user_data, error);
  if (error == NULL)
    read_missing (self);
}

static gboolean
is_being_read (CptRowCache *self,
               gint64       row)
{
  for (guint i = 0; i < self->loads->len; i++)
    {
      Load *load = g_ptr_array_index (self->loads, i);

      for (guint j = 0; j < load->n_rows; j++)
        if (load->rows[j] == row)
          return TRUE;
    }

  return FALSE;
}

/* Reads what is missing between two positions; whether there was anything */
static gboolean
read_range (CptRowCache *self,
            guint        first,
            guint        last,
            int          priority)
{
  g_autoptr(GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));
  Load *load;

  for (guint i = first; i <= last && i < self->wanted->len && missing->len < PAGE_ROWS; i++)
    {
      gint64 row = g_array_index (self->wanted, gint64, i);
      Place *place = g_hash_table_lookup (self->places, &row);

      if (row > 0 && (place == NULL || place->is_outdated) && !is_being_read (self, row))
        g_array_append_val (missing, row);
    }
  if (missing->len == 0)
    return FALSE;

  load = g_new0 (Load, 1);
  load->cache = self;
  load->schema = cpt_schema_ref (self->schema);
  load->entity = self->entity;
  load->columns = g_memdup2 (self->columns, self->n_columns * sizeof (CptPath));
  load->n_columns = self->n_columns;
  load->n_rows = missing->len;
  load->rows = g_memdup2 (missing->data, missing->len * sizeof (gint64));
  load->cancellable = g_cancellable_new ();
  g_atomic_ref_count_init (&load->count); /* this list's */
  g_atomic_ref_count_inc (&load->count);  /* the callback's */
  g_atomic_ref_count_inc (&load->count);  /* the worker's */
  g_ptr_array_add (self->loads, load);
  cpt_store_read_async (self->store, priority, load_in_worker, load, (GDestroyNotify) load_unref,
                        (GDestroyNotify) cpt_page_unref, load->cancellable, loaded_cb, load);

  return TRUE;
}

/* Whether what is read has a row on the screen or near it */
static gboolean
is_wanted (CptRowCache *self,
           Load        *load)
{
  guint screen = self->last - self->first + 1;

  for (guint i = self->first > screen ? self->first - screen : 0; i <= self->last + screen && i < self->wanted->len; i++)
    for (guint j = 0; j < load->n_rows; j++)
      if (load->rows[j] == g_array_index (self->wanted, gint64, i))
        return TRUE;

  return FALSE;
}

static void
read_missing (CptRowCache *self)
{
  guint screen;

  if (self->wanted == NULL)
    return;

  if (read_range (self, self->first, self->last, G_PRIORITY_HIGH) || self->loads->len > 0)
    return;

  screen = self->last - self->first + 1;
  if (!read_range (self, self->last + 1, self->last + screen, G_PRIORITY_LOW) && self->first > 0)
    read_range (self, self->first > screen ? self->first - screen : 0, self->first - 1, G_PRIORITY_LOW);
}

void
cpt_row_cache_want (CptRowCache *self,
                    GArray      *rows,
                    guint        first,
                    guint        last)
{
  g_array_ref (rows);
  g_clear_pointer (&self->wanted, g_array_unref);
  self->wanted = rows;
  self->first = first;
  self->last = last;

  for (guint i = self->loads->len; i > 0; i--)
    if (!is_wanted (self, g_ptr_array_index (self->loads, i - 1)))
      g_ptr_array_remove_index_fast (self->loads, i - 1);
  read_missing (self);
}
