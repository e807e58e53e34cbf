/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Groups in order. What the spec says comes first, then all dimensions
 * ascending, so that equal numbers always stand in the same order. Choices
 * stand as they are declared, records as their kind is sorted (stages by
 * position), others by title. "None" comes last. */

#include "config.h"

#include "cpt-aggregate-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-text.h"

/* Empty buckets are added up to this many groups */
#define MAX_FILLED CPT_AGGREGATE_MAX_ROWS

CptMeasure
cpt_aggregate_measure (CptAggregateSpec *spec,
                       const CptGroup   *group,
                       guint             part,
                       guint             measure)
{
  const CptMeasureSpec *own = &spec->measures[measure];
  const CptCell *cell = &group->cells[part * spec->n_measures + measure];
  CptMeasure result = { .is_null = FALSE };

  if (own->currency != CPT_AGGREGATE_NO_CURRENCY)
    g_strlcpy (result.currency, group->currencies[own->currency], sizeof result.currency);

  if (own->aggregate == CPT_AGGREGATE_COUNT || own->aggregate == CPT_AGGREGATE_DISTINCT)
    {
      result.exact = cell->count;
      result.number = (double) cell->count;
      return result;
    }

  /* The sum of nothing is 0; nothing has no average */
  if (cell->count == 0 && own->aggregate != CPT_AGGREGATE_SUM)
    {
      result.is_null = TRUE;
      return result;
    }

  result.number = cell->is_real ? cell->real : (double) cell->sum;
  if (own->aggregate == CPT_AGGREGATE_AVERAGE)
    result.number /= (double) cell->count;

  if (own->aggregate != CPT_AGGREGATE_AVERAGE && !cell->is_real)
    result.exact = cell->sum;
  else if (fabs (result.number) < CPT_AGGREGATE_MAX_WHOLE)
    result.exact = (gint64) llround (result.number);

  return result;
}

/* Titles */

static void
title_free (gpointer data)
{
  CptTitle *title = data;

  g_free (title->title);
  g_free (title);
}

static char *
dup_ids_json (CptArrangement *self,
              guint           dimension)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (cpt_uuid_hash, cpt_uuid_equal);
  GString *json = g_string_new ("[");

  for (guint i = 0; i < self->groups->len; i++)
    {
      const CptGroup *group = g_ptr_array_index (self->groups, i);
      const CptValue *key = &group->keys[dimension];
      char text[CPT_UUID_TEXT_SIZE];

      if (key->type != CPT_VALUE_ID || !g_hash_table_add (seen, (gpointer) &key->id))
        continue;
      cpt_uuid_format (&key->id, text);
      g_string_append_printf (json, "%s\"%s\"", json->len > 1 ? "," : "", text);
    }
  g_string_append_c (json, ']');

  return g_string_free (json, FALSE);
}

static char *
make_title (const CptEntity *target,
            const CptField  *field,
            const CptValue  *value)
{
  if (cpt_value_is_null (value))
    return g_strdup_printf (_("Unnamed %s"), cpt_entity_get_label (target));

  return cpt_field_format_local (field, value, NULL);
}

/* Kept by an administrator, such as stages, means: in an order of their own */
static gboolean
set_target_order (CptQuery        *query,
                  const CptEntity *target)
{
  if ((target->flags & CPT_ENTITY_SETTINGS) != 0 && target->sort != NULL)
    return cpt_query_set_sort (query, target->sort, NULL);

  return cpt_query_set_sort (query, target->title, NULL);
}

static gboolean
load_titles (CptArrangement   *self,
             CptDatabase      *database,
             guint             dimension,
             const CptEntity  *target,
             GError          **error)
{
  const CptField *title = cpt_entity_get_title_field (target);
  g_autofree char *ids = dup_ids_json (self, dimension);
  g_autoptr(CptQuery) query = cpt_query_new (self->spec->schema, target);
  g_autoptr(CptStatement) statement = NULL;
  g_auto(CptOrder) order = { 0 };
  g_auto(CptSql) sql = { 0 };
  CptStep step;

  set_target_order (query, target);
  cpt_order_init (&order, query, database);
  cpt_sql_init (&sql, database);
  cpt_sql_add (&sql, "SELECT t.id,");
  cpt_sql_add_value (&sql, "t", title);
  cpt_sql_add (&sql, " FROM json_each(");
  cpt_sql_add_text (&sql, ids);
  cpt_sql_printf (&sql, ") AS r CROSS JOIN \"%s\" AS t ON t.id=cpt_id(r.value)", target->name);
  cpt_sql_add_visible (&sql, "t", target);
  cpt_sql_add_sql (&sql, &order.joins.sql);
  cpt_sql_add (&sql, " ORDER BY ");
  cpt_order_add_sql (&order, &sql, 0);
  cpt_sql_add (&sql, "t.row_id");

  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL)
    return FALSE;

  self->titles[dimension] = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, title_free);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      g_auto(CptValue) value = CPT_VALUE_INIT;
      CptTitle *entry = g_new0 (CptTitle, 1);
      CptUuid id;

      cpt_statement_get_id (statement, 0, &id);
      cpt_sql_read (statement, 1, title, &value);
      entry->title = make_title (target, title, &value);
      entry->rank = g_hash_table_size (self->titles[dimension]);
      g_hash_table_insert (self->titles[dimension], g_memdup2 (&id, sizeof id), entry);
    }

  return step == CPT_STEP_DONE;
}

/* Comparing */

static int
compare_choices (const CptField *field,
                 const char     *a,
                 const char     *b)
{
  const CptChoice *x = cpt_field_find_choice (field, a);
  const CptChoice *y = cpt_field_find_choice (field, b);

  if (x == NULL || y == NULL)
    return x != y ? (x == NULL ? 1 : -1) : strcmp (a, b);

  return (x > y) - (x < y);
}

static int
compare_ids (GHashTable    *titles,
             const CptUuid *a,
             const CptUuid *b)
{
  const CptTitle *x = titles == NULL ? NULL : g_hash_table_lookup (titles, a);
  const CptTitle *y = titles == NULL ? NULL : g_hash_table_lookup (titles, b);

  if (x == NULL || y == NULL)
    return x != y ? (x == NULL ? 1 : -1) : cpt_uuid_compare (a, b);

  return (x->rank > y->rank) - (x->rank < y->rank);
}

static int
compare_keys (CptArrangement *self,
              const CptGroup *a,
              const CptGroup *b,
              guint           dimension,
              gboolean        descending)
{
  const CptField *field = cpt_path_get_field (&self->spec->dimensions[dimension].path);
  const CptValue *x = &a->keys[dimension];
  const CptValue *y = &b->keys[dimension];
  int compared;

  if (cpt_value_is_null (x) || cpt_value_is_null (y))
    return (int) cpt_value_is_null (x) - (int) cpt_value_is_null (y);

  if (x->type == CPT_VALUE_ID)
    compared = compare_ids (self->titles[dimension], &x->id, &y->id);
  else if (field->choices != NULL)
    compared = compare_choices (field, x->text, y->text);
  else if (field->kind == CPT_FIELD_TAGS)
    compared = cpt_text_collate (x->text, (gssize) strlen (x->text), y->text, (gssize) strlen (y->text));
  else
    compared = cpt_field_compare (field, x, y);

  return descending ? -compared : compared;
}

static int
compare_measures (CptArrangement *self,
                  const CptGroup *a,
                  const CptGroup *b,
                  guint           measure,
                  gboolean        descending)
{
  CptMeasure x = cpt_aggregate_figure (self->spec, a, 0, measure);
  CptMeasure y = cpt_aggregate_figure (self->spec, b, 0, measure);
  int compared;

  if (x.is_null || y.is_null)
    return (int) x.is_null - (int) y.is_null;

  compared = (x.number > y.number) - (x.number < y.number);
  if (compared == 0)
    compared = (x.exact > y.exact) - (x.exact < y.exact);

  return descending ? -compared : compared;
}

static int
compare_groups (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  CptArrangement *self = data;
  const CptGroup *x = *(CptGroup *const *) a;
  const CptGroup *y = *(CptGroup *const *) b;
  int compared = 0;

  for (guint i = 0; i < self->spec->n_orders && compared == 0; i++)
    {
      const CptOrderSpec *order = &self->spec->orders[i];

      compared = order->is_measure ? compare_measures (self, x, y, order->index, order->descending)
                                   : compare_keys (self, x, y, order->index, order->descending);
    }

  for (guint i = 0; i < self->spec->n_dimensions && compared == 0; i++)
    compared = compare_keys (self, x, y, i, FALSE);

  for (guint i = 0; i < self->spec->n_currencies && compared == 0; i++)
    compared = strcmp (x->currencies[i], y->currencies[i]);

  return compared;
}

/* Numbers that stand first in the order decide without titles */
static int
compare_first_measures (gconstpointer a,
                        gconstpointer b,
                        gpointer      data)
{
  CptArrangement *self = data;
  int compared = 0;

  for (guint i = 0; i < self->spec->n_orders && self->spec->orders[i].is_measure && compared == 0; i++)
    compared = compare_measures (self, *(CptGroup *const *) a, *(CptGroup *const *) b,
                                 self->spec->orders[i].index, self->spec->orders[i].descending);

  return compared;
}

/* Of thousands of groups ten are shown: the others need no titles. Equals of
 * the last one stay, their titles decide. */
static void
keep_first (CptArrangement *self,
            guint           limit)
{
  GPtrArray *groups = self->groups;
  guint end = limit;

  if (groups->len <= limit || self->spec->n_orders == 0 || !self->spec->orders[0].is_measure)
    return;

  g_ptr_array_sort_with_data (groups, compare_first_measures, self);
  while (end < groups->len && compare_first_measures (&groups->pdata[limit - 1], &groups->pdata[end], self) == 0)
    end++;
  g_ptr_array_set_size (groups, (gint) end);
}

gboolean
cpt_arrangement_init (CptArrangement  *self,
                      CptDatabase     *database,
                      CptGroups       *groups,
                      guint            limit,
                      gboolean         is_whole,
                      GError         **error)
{
  CptAggregateSpec *spec = groups->spec;
  GHashTableIter iter;
  gpointer group;

  *self = (CptArrangement){ .spec = spec, .groups = g_ptr_array_sized_new (g_hash_table_size (groups->table)) };
  g_hash_table_iter_init (&iter, groups->table);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    if (!is_whole || cpt_aggregate_has (spec, group, 0))
      g_ptr_array_add (self->groups, group);
  self->n_found = self->groups->len;
  keep_first (self, limit);

  for (guint i = 0; i < spec->n_dimensions; i++)
    {
      const CptField *field = cpt_path_get_field (&spec->dimensions[i].path);
      const CptEntity *target = field->target == NULL ? NULL : cpt_schema_get_target (spec->schema, field);

      if (target != NULL && !load_titles (self, database, i, target, error))
        return FALSE;
    }

  g_ptr_array_sort_with_data (self->groups, compare_groups, self);

  return TRUE;
}

typedef struct
{
  CptArrangement *arrangement;
  guint dimension;
} KeyOrder;

static int
compare_places (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  const KeyOrder *order = data;
  GPtrArray *groups = order->arrangement->groups;

  return compare_keys (order->arrangement, g_ptr_array_index (groups, *(const guint *) a),
                       g_ptr_array_index (groups, *(const guint *) b), order->dimension, FALSE);
}

void
cpt_arrangement_rank (CptArrangement *self,
                      guint           dimension,
                      guint           n,
                      guint          *ranks)
{
  g_autofree guint *places = g_new (guint, n);
  KeyOrder order = { .arrangement = self, .dimension = dimension };

  g_return_if_fail (n <= self->groups->len);

  for (guint i = 0; i < n; i++)
    places[i] = i;
  g_qsort_with_data (places, (gint) n, sizeof *places, compare_places, &order);
  for (guint i = 0; i < n; i++)
    ranks[places[i]] = i > 0 && compare_places (&places[i - 1], &places[i], &order) == 0 ? ranks[places[i - 1]] : i;
}

void
cpt_arrangement_clear (CptArrangement *self)
{
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  for (guint i = 0; i < CPT_AGGREGATE_MAX_DIMENSIONS; i++)
    g_clear_pointer (&self->titles[i], g_hash_table_unref);
}

static gboolean
is_not_kept (gpointer key,
             gpointer value,
             gpointer data)
{
  return !g_hash_table_contains (data, value);
}

gboolean
cpt_aggregate_prune (CptDatabase  *database,
                     CptGroups    *groups,
                     guint         n,
                     GError      **error)
{
  g_auto(CptArrangement) arrangement = { 0 };
  g_autoptr(GHashTable) kept = g_hash_table_new (NULL, NULL);

  if (groups->spec->has_compare)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_LIMIT, _("There are too many groups to compare: narrow the question"));
      return FALSE;
    }

  if (!cpt_arrangement_init (&arrangement, database, groups, n, FALSE, error))
    return FALSE;

  for (guint i = 0; i < arrangement.groups->len && i < n; i++)
    g_hash_table_add (kept, g_ptr_array_index (arrangement.groups, i));
  g_hash_table_foreach_remove (groups->table, is_not_kept, kept);
  groups->is_pruned = TRUE;

  return TRUE;
}

/* Filling */

/* The first day of the next bucket, or the first number of the next bin */
static gint64
get_next (const CptDimensionSpec *dimension,
          gint64                  at)
{
  return dimension->bucket != CPT_BUCKET_NONE ? cpt_bucket_add (dimension->bucket, at, 1) : at + dimension->bin.step;
}

static gboolean
is_end (const CptDimensionSpec *dimension,
        gint64                  at)
{
  return dimension->bucket != CPT_BUCKET_NONE ? at >= CPT_DATE_MAX : at >= dimension->bin.high;
}

static gboolean
check_length (const CptDimensionSpec  *dimension,
              guint                    n_series,
              gint64                   first,
              gint64                   last,
              GError                 **error)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  guint n = 0;

  for (gint64 at = first; at <= last && n <= MAX_FILLED / n_series; at = get_next (dimension, at))
    {
      n++;
      if (is_end (dimension, at))
        break;
    }
  if (n <= MAX_FILLED / n_series)
    return TRUE;

  from = cpt_date_format (first);
  to = cpt_date_format (last);
  /* Translators: both are dates */
  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
               _("From %s to %s there are too many intervals. Choose longer ones, or a period without the first or last date."),
               from, to);

  return FALSE;
}

static void
fill_between (CptGroups *groups,
              GPtrArray *present,
              guint      dimension,
              gint64     first,
              gint64     last)
{
  const CptDimensionSpec *spec = &groups->spec->dimensions[dimension];

  for (guint i = 0; i < present->len; i++)
    {
      const CptGroup *group = g_ptr_array_index (present, i);

      for (gint64 at = first; at <= last; at = get_next (spec, at))
        {
          CptValue keys[CPT_AGGREGATE_MAX_DIMENSIONS] = { CPT_VALUE_INIT };

          for (guint j = 0; j < groups->spec->n_dimensions; j++)
            cpt_value_copy (&group->keys[j], &keys[j]);
          cpt_bin_set_value (&group->keys[dimension], at, &keys[dimension]);
          cpt_groups_reach (groups, keys, (const char (*)[4]) group->currencies);
          if (is_end (spec, at) || g_hash_table_size (groups->table) >= MAX_FILLED)
            break;
        }
    }
}

/* One group for each series beside the filled dimension */
static GPtrArray *
list_series (CptGroups *groups,
             guint      dimension,
             gint64    *first,
             gint64    *last)
{
  g_autoptr(CptGroups) series = cpt_groups_new (groups->spec);
  GPtrArray *present = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  *first = G_MAXINT64;
  *last = G_MININT64;
  g_hash_table_iter_init (&iter, groups->table);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CptGroup *group = value;
      const CptValue *own = &group->keys[dimension];
      CptValue keys[CPT_AGGREGATE_MAX_DIMENSIONS] = { CPT_VALUE_INIT };
      guint before = g_hash_table_size (series->table);
      gint64 at = own->type == CPT_VALUE_MONEY ? own->money.amount : own->integer;

      if (own->type == CPT_VALUE_INTEGER || own->type == CPT_VALUE_MONEY)
        {
          *first = MIN (*first, at);
          *last = MAX (*last, at);
        }
      /* Amounts in two currencies are two series; what has no amount is none */
      if (groups->spec->dimensions[dimension].bin.form != CPT_BIN_NONE && cpt_value_is_null (own))
        continue;
      if (own->type == CPT_VALUE_MONEY)
        cpt_bin_set_value (own, 0, &keys[dimension]);

      for (guint i = 0; i < groups->spec->n_dimensions; i++)
        if (i != dimension)
          cpt_value_copy (&group->keys[i], &keys[i]);
      cpt_groups_reach (series, keys, (const char (*)[4]) group->currencies);
      if (g_hash_table_size (series->table) > before)
        g_ptr_array_add (present, group);
    }

  return present;
}

gboolean
cpt_aggregate_fill (CptGroups  *groups,
                    GError    **error)
{
  for (guint i = 0; i < groups->spec->n_dimensions; i++)
    {
      const CptDimensionSpec *dimension = &groups->spec->dimensions[i];
      g_autoptr(GPtrArray) present = NULL;
      gint64 first, last;

      /* Magnitudes have no steps */
      if (!dimension->fill || (dimension->bucket == CPT_BUCKET_NONE && dimension->bin.step == 0))
        continue;

      present = list_series (groups, i, &first, &last);
      if (first > last)
        continue;
      if (dimension->bucket != CPT_BUCKET_NONE && !check_length (dimension, MAX (present->len, 1), first, last, error))
        return FALSE;
      fill_between (groups, present, i, first, last);
    }

  return TRUE;
}
