/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Groups of records with their numbers: filled by one SQL statement
 * (cpt-aggregate-sql.c), or kept up to date record by record, which gives the
 * same for counts, sums and averages over the entity's own fields. */

#include "config.h"

#include "cpt-aggregate-private.h"

#include <string.h>

static void
group_free (gpointer data)
{
  CptGroup *group = data;

  for (guint i = 0; i < CPT_AGGREGATE_MAX_DIMENSIONS; i++)
    cpt_value_clear (&group->keys[i]);
  g_clear_pointer (&group->members, g_ptr_array_unref);
  g_free (group->cells);
  g_free (group);
}

guint
cpt_groups_get_n_cells (CptAggregateSpec *spec)
{
  return spec->has_each ? spec->n_figures : spec->n_measures;
}

CptGroups *
cpt_groups_new (CptAggregateSpec *spec)
{
  CptGroups *self = g_new0 (CptGroups, 1);

  g_atomic_ref_count_init (&self->count);
  self->spec = cpt_aggregate_spec_ref (spec);
  self->table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, group_free);

  return self;
}

CptGroups *
cpt_groups_ref (CptGroups *self)
{
  g_atomic_ref_count_inc (&self->count);

  return self;
}

void
cpt_groups_unref (CptGroups *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;

  g_hash_table_unref (self->table);
  cpt_aggregate_spec_unref (self->spec);
  g_free (self);
}

/* Lengths stand before texts */
void
cpt_groups_append_key (GString        *key,
                       const CptValue *value)
{
  char text[CPT_UUID_TEXT_SIZE];

  switch (value->type)
    {
    case CPT_VALUE_INTEGER:
      g_string_append_printf (key, "i%" G_GINT64_FORMAT ";", value->integer);
      break;
    case CPT_VALUE_TEXT:
      g_string_append_printf (key, "t%" G_GSIZE_FORMAT ":%s;", strlen (value->text), value->text);
      break;
    case CPT_VALUE_MONEY:
      g_string_append_printf (key, "m%" G_GINT64_FORMAT "%s;", value->money.amount, value->money.currency);
      break;
    case CPT_VALUE_ID:
      cpt_uuid_format (&value->id, text);
      g_string_append_printf (key, "u%s;", text);
      break;
    case CPT_VALUE_NULL:
    case CPT_VALUE_TEXTS:
    case CPT_VALUE_IDS:
    default:
      g_string_append (key, "n;");
      break;
    }
}

CptGroup *
cpt_groups_reach (CptGroups *self,
                  CptValue  *keys,
                  const char (*currencies)[4])
{
  CptAggregateSpec *spec = self->spec;
  g_autoptr(GString) key = g_string_new (NULL);
  CptGroup *group;

  for (guint i = 0; i < spec->n_dimensions; i++)
    cpt_groups_append_key (key, &keys[i]);
  for (guint i = 0; i < spec->n_currencies; i++)
    g_string_append_printf (key, "%s;", currencies[i]);

  group = g_hash_table_lookup (self->table, key->str);
  if (group == NULL)
    {
      group = g_new0 (CptGroup, 1);
      group->cells = g_new0 (CptCell, 2 * cpt_groups_get_n_cells (spec));
      for (guint i = 0; i < spec->n_dimensions; i++)
        group->keys[i] = cpt_value_steal (&keys[i]);
      for (guint i = 0; i < spec->n_currencies; i++)
        g_strlcpy (group->currencies[i], currencies[i], sizeof group->currencies[i]);
      g_hash_table_insert (self->table, g_strdup (key->str), group);
    }

  for (guint i = 0; i < spec->n_dimensions; i++)
    cpt_value_clear (&keys[i]);

  return group;
}

static gboolean
is_empty (gpointer key,
          gpointer value,
          gpointer data)
{
  const CptGroup *group = value;

  return group->n_records[0] == 0 && group->n_records[1] == 0;
}

void
cpt_groups_sweep (CptGroups *self)
{
  g_hash_table_foreach_remove (self->table, is_empty, NULL);
}

CptGroups *
cpt_groups_copy (CptGroups *self)
{
  CptGroups *copy = cpt_groups_new (self->spec);
  guint n_cells = 2 * cpt_groups_get_n_cells (self->spec);
  GHashTableIter iter;
  gpointer key, value;

  copy->is_pruned = self->is_pruned;
  g_hash_table_iter_init (&iter, self->table);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const CptGroup *group = value;
      CptGroup *other = g_memdup2 (group, sizeof *group);

      if (other->members != NULL)
        g_ptr_array_ref (other->members);
      memset (other->keys, 0, sizeof other->keys);
      for (guint i = 0; i < self->spec->n_dimensions; i++)
        cpt_value_copy (&group->keys[i], &other->keys[i]);
      other->cells = g_memdup2 (group->cells, n_cells * sizeof (CptCell));
      g_hash_table_insert (copy->table, g_strdup (key), other);
    }

  return copy;
}

/* Numbers of several groups as one's; FALSE when that takes more than numbers,
 * or when they are beyond 64 bits: SQL adds those */
static gboolean
fold_cell (CptAggregate   aggregate,
           const CptCell *cell,
           CptCell       *whole)
{
  gboolean is_first = whole->count == 0;

  if (cell->is_real || __builtin_add_overflow (whole->count, cell->count, &whole->count))
    return FALSE;

  switch (aggregate)
    {
    case CPT_AGGREGATE_COUNT:
      return TRUE;
    case CPT_AGGREGATE_SUM:
    case CPT_AGGREGATE_AVERAGE:
      if (__builtin_add_overflow (whole->sum, cell->sum, &whole->sum))
        return FALSE;
      break;
    case CPT_AGGREGATE_MIN:
      if (cell->count > 0)
        whole->sum = is_first ? cell->sum : MIN (whole->sum, cell->sum);
      break;
    case CPT_AGGREGATE_MAX:
      if (cell->count > 0)
        whole->sum = is_first ? cell->sum : MAX (whole->sum, cell->sum);
      break;
    case CPT_AGGREGATE_MEDIAN:
    case CPT_AGGREGATE_DISTINCT:
    case CPT_N_AGGREGATES:
    default:
      return FALSE;
    }
  whole->real = (double) whole->sum;

  return TRUE;
}

/* Records with several values stand in several groups */
static gboolean
holds_records_once (CptGroups *self)
{
  for (guint i = 0; i < self->spec->n_dimensions; i++)
    if (cpt_aggregate_spec_is_set_dimension (self->spec, i))
      return FALSE;

  return !self->is_pruned;
}

CptGroups *
cpt_groups_fold (CptGroups        *self,
                 CptAggregateSpec *whole)
{
  g_autoptr(CptGroups) folded = cpt_groups_new (whole);
  guint n_measures = whole->n_measures;
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (whole->n_dimensions == 0 && n_measures == self->spec->n_measures, NULL);

  if (!holds_records_once (self))
    return NULL;

  g_hash_table_iter_init (&iter, self->table);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const CptGroup *group = value;
      CptGroup *other = cpt_groups_reach (folded, NULL, group->currencies);

      other->n_records[0] += group->n_records[0];
      other->n_records[1] += group->n_records[1];
      for (guint i = 0; i < 2 * n_measures; i++)
        if (!fold_cell (whole->measures[i % n_measures].aggregate, &group->cells[i], &other->cells[i]))
          return NULL;
    }

  return g_steal_pointer (&folded);
}

/* Record by record */

static gboolean
is_own (const CptPath *path)
{
  const char *name = path->fields[0]->name;

  /* What the door itself writes is not in the log */
  return path->n_steps == 1 && strcmp (name, "changed_at") != 0 && strcmp (name, "changed_by") != 0;
}

static void
check_own (CptFilter *condition,
           gpointer   data)
{
  gboolean *own = data;

  *own = *own && is_own (&condition->path);
}

static gboolean
is_own_filter (CptFilter *filter)
{
  gboolean own = TRUE;

  if (filter != NULL)
    cpt_filter_foreach (filter, check_own, &own);

  return own;
}

gboolean
cpt_aggregate_is_incremental (CptAggregateSpec *spec)
{
  if ((spec->entity->flags & CPT_ENTITY_FACTS) != 0 || !is_own_filter (spec->where) ||
      (spec->has_compare && !is_own (&spec->compare_path)))
    return FALSE;

  for (guint i = 0; i < spec->n_dimensions; i++)
    if (!is_own (&spec->dimensions[i].path))
      return FALSE;

  for (guint i = 0; i < spec->n_measures; i++)
    {
      const CptMeasureSpec *measure = &spec->measures[i];

      if (!is_own_filter (measure->filter) || (measure->path.n_steps > 0 && !is_own (&measure->path)) ||
          (measure->other.n_steps > 0 && !is_own (&measure->other)) ||
          (measure->aggregate != CPT_AGGREGATE_COUNT && measure->aggregate != CPT_AGGREGATE_SUM &&
           measure->aggregate != CPT_AGGREGATE_AVERAGE))
        return FALSE;
    }

  return TRUE;
}

typedef struct
{
  CptGroups *groups;
  CptDatabase *database;
  CptRecord *record;
  int sign;
  guint part;
  int months; /* by which the dates of the part before move on */
  gint64 days;
} Application;

static gint64
get_day (const Application *application,
         const CptPath     *path,
         const CptValue    *value)
{
  if (cpt_path_get_field (path)->kind == CPT_FIELD_DATETIME)
    return cpt_instant_get_date (value->integer, cpt_database_get_zone (application->database));

  return value->integer;
}

/* As SQL has it: null where one of two is missing */
static void
read_value (const Application    *application,
            const CptMeasureSpec *measure,
            CptValue             *value)
{
  const CptValue *own = cpt_record_get (application->record, cpt_path_get_field (&measure->path));
  const CptValue *other = NULL;
  gint64 part;

  if (measure->other.n_steps > 0)
    other = cpt_record_get (application->record, cpt_path_get_field (&measure->other));
  if (cpt_value_is_null (own))
    return;
  if (measure->form != CPT_MEASURE_PLAIN && (other == NULL || cpt_value_is_null (other)))
    return;

  switch (measure->form)
    {
    case CPT_MEASURE_SINCE:
      cpt_value_set_integer (value, get_day (application, &measure->path, own) - get_day (application, &measure->other, other));
      break;
    case CPT_MEASURE_WEIGHTED:
      part = cpt_sql_get_part (own->type == CPT_VALUE_MONEY ? own->money.amount : own->integer, other->integer);
      cpt_value_set_integer (value, part);
      break;
    case CPT_MEASURE_PLAIN:
    default:
      cpt_value_copy (own, value);
      break;
    }
}

static void
apply_cell (CptCell        *cell,
            const CptValue *value,
            int             sign)
{
  gint64 number = value->type == CPT_VALUE_MONEY ? value->money.amount : value->integer;

  cell->count += sign;
  if (value->type != CPT_VALUE_MONEY && value->type != CPT_VALUE_INTEGER)
    return;

  /* What does not fit 64 bits is computed again by SQL */
  if ((sign > 0 && __builtin_add_overflow (cell->sum, number, &cell->sum)) ||
      (sign < 0 && __builtin_sub_overflow (cell->sum, number, &cell->sum)))
    cell->is_real = TRUE;
}

static void
apply_group (Application *application,
             CptValue    *keys)
{
  CptAggregateSpec *spec = application->groups->spec;
  char currencies[CPT_AGGREGATE_MAX_MEASURES][4] = { { '\0' } };
  CptGroup *group;

  for (guint i = 0; i < spec->n_currencies; i++)
    {
      const CptValue *money = cpt_record_get (application->record, cpt_path_get_field (&spec->currencies[i]));

      g_strlcpy (currencies[i],
                 money->type == CPT_VALUE_MONEY ? money->money.currency : cpt_database_get_currency (application->database),
                 sizeof currencies[i]);
    }

  group = cpt_groups_reach (application->groups, keys, (const char (*)[4]) currencies);
  group->n_records[application->part] += application->sign;

  for (guint i = 0; i < spec->n_measures; i++)
    {
      const CptMeasureSpec *measure = &spec->measures[i];
      CptCell *cell = &group->cells[application->part * spec->n_measures + i];
      g_auto(CptValue) value = CPT_VALUE_INIT;

      if (measure->filter != NULL && !cpt_filter_matches (measure->filter, application->database, application->record))
        continue;

      if (measure->path.n_steps > 0)
        read_value (application, measure, &value);
      if (measure->path.n_steps == 0)
        cell->count += application->sign;
      else if (!cpt_value_is_null (&value) && measure->aggregate == CPT_AGGREGATE_COUNT)
        cell->count += application->sign;
      else if (!cpt_value_is_null (&value))
        apply_cell (cell, &value, application->sign);
    }
}

static void
set_bucket_key (Application            *application,
                const CptDimensionSpec *dimension,
                const CptValue         *value,
                CptValue               *key)
{
  CptAggregateSpec *spec = application->groups->spec;
  const CptField *field = cpt_path_get_field (&dimension->path);
  gboolean shifts = application->part == 1 && field == cpt_path_get_field (&spec->compare_path);
  gint64 date = value->integer;

  if (dimension->bucket == CPT_BUCKET_NONE && (field->kind == CPT_FIELD_DATETIME || !shifts))
    {
      cpt_value_set_integer (key, date);
      return;
    }

  if (field->kind == CPT_FIELD_DATETIME)
    date = cpt_instant_get_date (date, cpt_database_get_zone (application->database));
  if (shifts)
    date = cpt_date_add_months (date, application->months) + application->days;
  cpt_value_set_integer (key, cpt_bucket_get_start (dimension->bucket, date));
}

/* A record counts in the group of each member of its sets */
static void
apply_dimensions (Application *application,
                  guint        dimension,
                  CptValue    *keys)
{
  CptAggregateSpec *spec = application->groups->spec;
  const CptDimensionSpec *own;
  const CptValue *value;
  guint length = 1;

  if (dimension == spec->n_dimensions)
    {
      CptValue copy[CPT_AGGREGATE_MAX_DIMENSIONS] = { CPT_VALUE_INIT };

      for (guint i = 0; i < spec->n_dimensions; i++)
        cpt_value_copy (&keys[i], &copy[i]);
      apply_group (application, copy);
      return;
    }

  own = &spec->dimensions[dimension];
  value = cpt_record_get (application->record, cpt_path_get_field (&own->path));
  if (value->type == CPT_VALUE_TEXTS)
    length = g_strv_length (value->texts);
  else if (value->type == CPT_VALUE_IDS)
    length = value->ids.length;

  for (guint i = 0; i < length; i++)
    {
      cpt_value_clear (&keys[dimension]);
      if (value->type == CPT_VALUE_TEXTS)
        cpt_value_set_text (&keys[dimension], value->texts[i]);
      else if (value->type == CPT_VALUE_IDS)
        cpt_value_set_id (&keys[dimension], &value->ids.items[i]);
      else if (value->type == CPT_VALUE_INTEGER && cpt_field_type_get (cpt_path_get_field (&own->path)->kind)->is_bucketable)
        set_bucket_key (application, own, value, &keys[dimension]);
      else if (own->bin.form != CPT_BIN_NONE && !cpt_value_is_null (value))
        cpt_bin_spec_set_start (&own->bin, value, &keys[dimension]);
      else
        cpt_value_copy (value, &keys[dimension]);

      apply_dimensions (application, dimension + 1, keys);
    }
  cpt_value_clear (&keys[dimension]);
}

void
cpt_aggregate_apply (CptGroups   *groups,
                     CptDatabase *database,
                     CptRecord   *record,
                     int          sign)
{
  CptAggregateSpec *spec = groups->spec;
  Application application = { .groups = groups, .database = database, .record = record, .sign = sign };
  CptValue keys[CPT_AGGREGATE_MAX_DIMENSIONS] = { CPT_VALUE_INIT };

  if (spec->where != NULL && !cpt_filter_matches (spec->where, database, record))
    return;

  for (application.part = 0; application.part < (spec->has_compare ? 2 : 1); application.part++)
    {
      g_autoptr(CptFilter) period = NULL;

      period = cpt_aggregate_spec_dup_part_filter (spec, database, application.part, &application.months, &application.days);
      if (period == NULL || cpt_filter_matches (period, database, record))
        apply_dimensions (&application, 0, keys);
    }
}
