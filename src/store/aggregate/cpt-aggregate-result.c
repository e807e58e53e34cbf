/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers: rows in order with labels for people, the filter behind each mark,
 * and JSON. Immutable. */

#include "config.h"

#include "cpt-aggregate-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"

typedef struct
{
  CptValue keys[CPT_AGGREGATE_MAX_DIMENSIONS];
  char *labels[CPT_AGGREGATE_MAX_DIMENSIONS];
  guint ranks[CPT_AGGREGATE_MAX_DIMENSIONS];
  char currencies[CPT_AGGREGATE_MAX_MEASURES][4];
  CptMeasure measures[2 * CPT_AGGREGATE_MAX_MEASURES];
  GPtrArray *members; /* (owned) (nullable): as in CptGroup */
} Row;

struct _CptAggregateResult
{
  gatomicrefcount count;
  CptAggregateSpec *spec; /* (owned) */
  CptFilter *period;      /* (owned) (nullable): the period now, as fixed dates */
  char *part_label;       /* (nullable): of the part that is compared with */
  char currency[4];       /* where records without an amount count */
  Row *rows;
  guint n_rows;
  gboolean is_truncated;
};

/* Labels */

static char *
make_label (CptArrangement *arrangement,
            CptDatabase    *database,
            const CptGroup *group,
            guint           dimension)
{
  const CptDimensionSpec *spec = &arrangement->spec->dimensions[dimension];
  const CptField *field = cpt_path_get_field (&spec->path);
  const CptValue *key = &group->keys[dimension];
  const CptTitle *title = NULL;
  const CptChoice *choice = NULL;

  if (cpt_value_is_null (key))
    return g_strdup (C_("group of records without a value", "None"));

  if (key->type == CPT_VALUE_ID && arrangement->titles[dimension] != NULL)
    {
      title = g_hash_table_lookup (arrangement->titles[dimension], &key->id);
      return g_strdup (title != NULL ? title->title : _("Deleted record"));
    }
  if (key->type == CPT_VALUE_ID)
    return cpt_uuid_dup_text (&key->id);

  if (key->type == CPT_VALUE_TEXT && field->choices != NULL)
    choice = cpt_field_find_choice (field, key->text);
  if (choice != NULL)
    return g_strdup (cpt_choice_get_label (choice));
  if (cpt_aggregate_spec_is_set_dimension (arrangement->spec, dimension))
    return g_strdup (key->text);
  if (spec->bin.form != CPT_BIN_NONE)
    return cpt_bin_spec_format (&spec->bin, field, key);
  if (spec->bucket != CPT_BUCKET_NONE)
    return cpt_bucket_format (spec->bucket, key->integer);

  return cpt_field_format_local (field, key, cpt_database_get_zone (database));
}

static void
fill_row (Row            *row,
          CptArrangement *arrangement,
          CptShower      *shower,
          CptDatabase    *database,
          const CptGroup *group)
{
  CptAggregateSpec *spec = arrangement->spec;

  for (guint i = 0; i < spec->n_dimensions; i++)
    {
      cpt_value_copy (&group->keys[i], &row->keys[i]);
      row->labels[i] = make_label (arrangement, database, group, i);
    }
  memcpy (row->currencies, group->currencies, sizeof row->currencies);
  if (group->members != NULL)
    row->members = g_ptr_array_ref (group->members);

  for (guint part = 0; part < (spec->has_compare ? 2 : 1); part++)
    for (guint i = 0; i < spec->n_figures; i++)
      row->measures[part * spec->n_figures + i] = cpt_shower_show (shower, group, part, i);
}

static void
fill_ranks (CptAggregateResult *self,
            CptArrangement     *arrangement)
{
  g_autofree guint *ranks = g_new (guint, self->n_rows);

  for (guint i = 0; i < self->spec->n_dimensions; i++)
    {
      cpt_arrangement_rank (arrangement, i, self->n_rows, ranks);
      for (guint row = 0; row < self->n_rows; row++)
        self->rows[row].ranks[i] = ranks[row];
    }
}

/* A number without records still is a number */
static void
add_empty_group (CptGroups   *groups,
                 CptDatabase *database)
{
  char currencies[CPT_AGGREGATE_MAX_MEASURES][4] = { { '\0' } };
  CptValue keys[CPT_AGGREGATE_MAX_DIMENSIONS] = { CPT_VALUE_INIT };

  if (groups->spec->n_dimensions > 0 || g_hash_table_size (groups->table) > 0)
    return;

  for (guint i = 0; i < groups->spec->n_currencies; i++)
    g_strlcpy (currencies[i], cpt_database_get_currency (database), sizeof currencies[i]);
  cpt_groups_reach (groups, keys, (const char (*)[4]) currencies);
}

static gboolean
needs_more (CptGroups *groups)
{
  gboolean fills = groups->spec->n_dimensions == 0 && g_hash_table_size (groups->table) == 0;

  for (guint i = 0; i < groups->spec->n_dimensions; i++)
    fills = fills || groups->spec->dimensions[i].fill;

  return fills;
}

CptAggregateResult *
cpt_aggregate_present (CptDatabase  *database,
                       CptGroups    *groups,
                       GError      **error)
{
  g_autoptr(CptGroups) owned = NULL;
  g_autoptr(CptAggregateResult) self = NULL;
  g_auto(CptArrangement) arrangement = { 0 };
  g_auto(CptShower) shower = { 0 };
  guint limit = groups->spec->limit > 0 ? groups->spec->limit : CPT_AGGREGATE_MAX_ROWS;
  gint64 today = cpt_database_get_today (database), part_from, part_to;
  int months;
  gint64 days;

  owned = needs_more (groups) ? cpt_groups_copy (groups) : cpt_groups_ref (groups);
  if (needs_more (groups))
    {
      add_empty_group (owned, database);
      if (!cpt_aggregate_fill (owned, error))
        return NULL;
    }
  if (!cpt_arrangement_init (&arrangement, database, owned, limit, TRUE, error))
    return NULL;

  self = g_new0 (CptAggregateResult, 1);
  g_atomic_ref_count_init (&self->count);
  self->spec = cpt_aggregate_spec_ref (owned->spec);
  self->period = cpt_aggregate_spec_dup_part_filter (owned->spec, database, 0, &months, &days);
  if (cpt_aggregate_spec_get_part (owned->spec, today, &part_from, &part_to))
    self->part_label = cpt_date_format_span (part_from, part_to, today);
  g_strlcpy (self->currency, cpt_database_get_currency (database), sizeof self->currency);
  self->n_rows = MIN (arrangement.groups->len, limit);
  self->is_truncated = owned->is_pruned || arrangement.n_found > limit;
  self->rows = g_new0 (Row, self->n_rows);
  cpt_shower_init (&shower, owned);
  for (guint i = 0; i < self->n_rows; i++)
    fill_row (&self->rows[i], &arrangement, &shower, database, g_ptr_array_index (arrangement.groups, i));
  fill_ranks (self, &arrangement);

  return g_steal_pointer (&self);
}

CptAggregateResult *
cpt_aggregate_result_ref (CptAggregateResult *self)
{
  g_atomic_ref_count_inc (&self->count);

  return self;
}

void
cpt_aggregate_result_unref (CptAggregateResult *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;

  for (guint i = 0; i < self->n_rows; i++)
    {
      for (guint j = 0; j < CPT_AGGREGATE_MAX_DIMENSIONS; j++)
        {
          cpt_value_clear (&self->rows[i].keys[j]);
          g_free (self->rows[i].labels[j]);
        }
      g_clear_pointer (&self->rows[i].members, g_ptr_array_unref);
    }
  g_free (self->rows);
  g_free (self->part_label);
  g_clear_pointer (&self->period, cpt_filter_unref);
  cpt_aggregate_spec_unref (self->spec);
  g_free (self);
}

/* Running */

typedef struct
{
  CptAggregateSpec *spec;
  CptAggregateSpec *whole; /* (nullable): the same without dimensions */
  CptCached cached;
  CptAggregateResult *result;
  CptAggregateResult *whole_result; /* (nullable) */
} Run;

/* Of a question with "each" what it is made of is kept, as any answer, and not what
 * comes out, which takes no time */
static CptGroups *
read_groups (CptDatabase       *database,
             CptAggregateSpec  *spec,
             CptCached         *cached,
             GError           **error)
{
  g_autoptr(CptGroups) inner = NULL;

  if (spec->inner == NULL)
    return cpt_aggregate_cache_get (database, spec, cached, error) ? cpt_groups_ref (cached->groups) : NULL;

  inner = read_groups (database, spec->inner, cached, error);

  return inner != NULL ? cpt_aggregate_fold (spec, inner, error) : NULL;
}

static gboolean
present_whole (CptDatabase  *database,
               Run          *run,
               GError      **error)
{
  g_autoptr(CptGroups) folded = cpt_groups_fold (run->cached.groups, run->whole);
  g_auto(CptCached) cached = { 0 };

  if (folded == NULL)
    return TRUE;

  cpt_aggregate_cache_put (database, run->whole, folded, &cached);
  run->whole_result = cpt_aggregate_present (database, folded, error);

  return run->whole_result != NULL;
}

static gboolean
run_aggregate (CptDatabase  *database,
               gpointer      data,
               GError      **error)
{
  Run *run = data;
  g_autoptr(CptAggregateSpec) settled = cpt_aggregate_settle (database, run->spec, error);
  g_autoptr(CptGroups) groups = settled != NULL ? read_groups (database, settled, &run->cached, error) : NULL;

  if (groups != NULL)
    run->result = cpt_aggregate_present (database, groups, error);

  return run->result != NULL && (run->whole == NULL || run->spec->has_each || present_whole (database, run, error));
}

static CptAggregateResult *
finish_run (CptDatabase  *database,
            Run          *run,
            GError      **error)
{
  if (!cpt_database_snapshot (database, run_aggregate, run, error))
    {
      g_clear_pointer (&run->result, cpt_aggregate_result_unref);
      g_clear_pointer (&run->whole_result, cpt_aggregate_result_unref);
    }
  else if (run->cached.is_worth_keeping)
    {
      cpt_aggregate_file_save (database, run->cached.key, run->cached.groups, run->cached.sequence);
    }
  cpt_cached_clear (&run->cached);

  return run->result;
}

/**
 * cpt_aggregate_run:
 * @database: a connection
 * @spec: what is asked
 * @error: CPT_ERROR_LIMIT when there are too many groups to compare
 *
 * Returns: (transfer full): the answer, or %NULL
 */
CptAggregateResult *
cpt_aggregate_run (CptDatabase       *database,
                   CptAggregateSpec  *spec,
                   GError           **error)
{
  Run run = { .spec = spec };

  return finish_run (database, &run, error);
}

CptAggregateResult *
cpt_aggregate_run_with_whole (CptDatabase         *database,
                              CptAggregateSpec    *spec,
                              CptAggregateSpec    *whole,
                              CptAggregateResult **whole_result,
                              GError             **error)
{
  Run run = { .spec = spec, .whole = whole };

  finish_run (database, &run, error);
  *whole_result = run.whole_result;

  return run.result;
}

/* Getters */

guint
cpt_aggregate_result_get_n_rows (CptAggregateResult *self)
{
  return self->n_rows;
}

guint
cpt_aggregate_result_get_n_dimensions (CptAggregateResult *self)
{
  return self->spec->n_dimensions;
}

gboolean
cpt_aggregate_result_is_truncated (CptAggregateResult *self)
{
  return self->is_truncated;
}

const CptMeasure *
cpt_aggregate_result_get_measure (CptAggregateResult *self,
                                  guint               row,
                                  guint               measure)
{
  g_return_val_if_fail (row < self->n_rows && measure < self->spec->n_figures, NULL);

  return &self->rows[row].measures[measure];
}

const CptMeasure *
cpt_aggregate_result_get_compared (CptAggregateResult *self,
                                   guint               row,
                                   guint               measure)
{
  g_return_val_if_fail (row < self->n_rows && measure < self->spec->n_figures, NULL);

  return self->spec->has_compare ? &self->rows[row].measures[self->spec->n_figures + measure] : NULL;
}

const CptValue *
cpt_aggregate_result_get_key (CptAggregateResult *self,
                              guint               row,
                              guint               dimension)
{
  g_return_val_if_fail (row < self->n_rows && dimension < self->spec->n_dimensions, NULL);

  return &self->rows[row].keys[dimension];
}

guint
cpt_aggregate_result_get_rank (CptAggregateResult *self,
                               guint               row,
                               guint               dimension)
{
  g_return_val_if_fail (row < self->n_rows && dimension < self->spec->n_dimensions, 0);

  return self->rows[row].ranks[dimension];
}

const char *
cpt_aggregate_result_get_label (CptAggregateResult *self,
                                guint               row,
                                guint               dimension)
{
  g_return_val_if_fail (row < self->n_rows && dimension < self->spec->n_dimensions, NULL);

  return self->rows[row].labels[dimension];
}

/* Drill-through */

static CptFilter *
make_empty_condition (CptAggregateSpec *spec,
                      const CptPath    *path,
                      gboolean          is_empty)
{
  return cpt_filter_alloc_condition (spec->schema, spec->entity, path,
                                     is_empty ? CPT_OPERATOR_IS_EMPTY : CPT_OPERATOR_IS_NOT_EMPTY);
}

CptFilter *
cpt_aggregate_create_key_condition (CptAggregateSpec *spec,
                                    guint             dimension,
                                    const CptValue   *key)
{
  const CptDimensionSpec *own = &spec->dimensions[dimension];
  CptPeriod period;

  if (cpt_value_is_null (key))
    return make_empty_condition (spec, &own->path, TRUE);
  if (cpt_aggregate_spec_is_set_dimension (spec, dimension))
    return cpt_filter_new_for_value (spec->schema, spec->entity, &own->path, CPT_OPERATOR_CONTAINS, key);
  if (own->bin.form != CPT_BIN_NONE)
    return cpt_bin_create_condition (spec, dimension, key);
  if (own->bucket == CPT_BUCKET_NONE)
    return cpt_filter_new_for_value (spec->schema, spec->entity, &own->path, CPT_OPERATOR_IS, key);

  cpt_period_init_bucket (&period, own->bucket, key->integer);

  return cpt_filter_new_for_period (spec->schema, spec->entity, &own->path, &period);
}

CptFilter *
cpt_aggregate_result_dup_key_condition (CptAggregateResult *self,
                                        const guint        *rows,
                                        guint               n_rows,
                                        guint               dimension)
{
  CptAggregateSpec *spec = self->spec;
  g_autoptr(CptFilter) one = NULL;
  g_autoptr(JsonNode) values = NULL;
  g_autofree char *path = NULL;
  JsonArray *array;

  g_return_val_if_fail (n_rows > 0 && dimension < spec->n_dimensions, NULL);

  if (n_rows == 1)
    return cpt_aggregate_create_key_condition (spec, dimension, &self->rows[rows[0]].keys[dimension]);

  array = json_array_new ();
  values = json_node_init_array (json_node_alloc (), array);
  json_array_unref (array);
  for (guint i = 0; i < n_rows; i++)
    {
      g_clear_pointer (&one, cpt_filter_unref);
      one = cpt_aggregate_create_key_condition (spec, dimension, &self->rows[rows[i]].keys[dimension]);
      if (cpt_filter_get_operator (one) != CPT_OPERATOR_IS)
        return NULL;
      json_array_add_element (array, json_node_copy (cpt_filter_get_value (one)));
    }
  path = cpt_path_format (&spec->dimensions[dimension].path);

  return cpt_filter_new_condition (spec->schema, spec->entity, path, CPT_OPERATOR_IN, values, NULL);
}

/* Records without an amount count with the currency of the workspace */
static CptFilter *
make_currency_condition (CptAggregateResult *self,
                         guint               index,
                         const char         *currency)
{
  const CptPath *path = &self->spec->currencies[index];
  CptFilter *alternatives[2] = { NULL };
  CptFilter *any;

  alternatives[0] = cpt_filter_new_for_currency (self->spec->schema, self->spec->entity, path, currency);
  if (strcmp (currency, self->currency) != 0)
    return alternatives[0];

  alternatives[1] = make_empty_condition (self->spec, path, TRUE);
  any = cpt_filter_new_group (self->spec->schema, self->spec->entity, CPT_FILTER_ANY, alternatives, 2);
  cpt_filter_unref (alternatives[0]);
  cpt_filter_unref (alternatives[1]);

  return any;
}

const char *
cpt_aggregate_result_get_part_label (CptAggregateResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->part_label;
}

static void
add_measure_conditions (CptAggregateSpec     *spec,
                        const CptMeasureSpec *measure,
                        GPtrArray            *parts)
{
  if (measure->filter != NULL)
    g_ptr_array_add (parts, cpt_filter_ref (measure->filter));
  if (measure->path.n_steps > 0 && measure->aggregate == CPT_AGGREGATE_COUNT)
    g_ptr_array_add (parts, make_empty_condition (spec, &measure->path, FALSE));
}

/* What any of the measures that it reads is about */
static void
add_formula_condition (CptAggregateSpec *spec,
                       const CptFormula *formula,
                       GPtrArray        *parts)
{
  g_autoptr(GPtrArray) any = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_filter_unref);

  for (guint i = 0; i < spec->n_measures; i++)
    {
      g_autoptr(GPtrArray) own = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_filter_unref);

      if (!cpt_formula_reads (formula, i))
        continue;
      add_measure_conditions (spec, &spec->measures[i], own);
      if (own->len == 0)
        return;
      g_ptr_array_add (any, cpt_filter_new_group (spec->schema, spec->entity, CPT_FILTER_ALL,
                                                  (CptFilter *const *) own->pdata, own->len));
    }

  if (any->len > 0)
    g_ptr_array_add (parts, cpt_filter_new_group (spec->schema, spec->entity, CPT_FILTER_ANY,
                                                  (CptFilter *const *) any->pdata, any->len));
}

/**
 * cpt_aggregate_result_dup_filter:
 * @self: an answer
 * @row: a row
 * @measure: a measure
 *
 * Returns: (transfer full): matches exactly the records behind the number
 */
CptFilter *
cpt_aggregate_result_dup_filter (CptAggregateResult *self,
                                 guint               row,
                                 guint               measure)
{
  CptAggregateSpec *spec = self->spec;
  g_autoptr(GPtrArray) parts = NULL;
  CptFilter *members;

  g_return_val_if_fail (row < self->n_rows && measure < spec->n_figures, NULL);

  parts = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_filter_unref);
  members = cpt_aggregate_create_members_condition (spec, self->rows[row].members);
  if (spec->where != NULL)
    g_ptr_array_add (parts, cpt_filter_ref (spec->where));
  if (self->period != NULL)
    g_ptr_array_add (parts, cpt_filter_ref (self->period));
  for (guint i = 0; i < spec->n_dimensions; i++)
    g_ptr_array_add (parts, cpt_aggregate_create_key_condition (spec, i, &self->rows[row].keys[i]));
  for (guint i = 0; i < spec->n_currencies; i++)
    g_ptr_array_add (parts, make_currency_condition (self, i, self->rows[row].currencies[i]));
  if (members != NULL)
    g_ptr_array_add (parts, members);
  if (spec->figures[measure].formula == NULL)
    add_measure_conditions (spec, &spec->measures[spec->figures[measure].measure], parts);
  else
    add_formula_condition (spec, spec->figures[measure].formula, parts);

  return cpt_filter_new_group (spec->schema, spec->entity, CPT_FILTER_ALL, (CptFilter *const *) parts->pdata, parts->len);
}

/* JSON */

static JsonNode *
money_to_json (const CptMeasure *measure)
{
  static const CptField money = { .name = "money", .kind = CPT_FIELD_MONEY };
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_money (&value, measure->exact, measure->currency);

  return cpt_field_to_json (&money, &value);
}

/* Whole numbers of the field's unit in the field's own form; averages, medians,
 * shares and formulas as numbers, of money rounded to the minor unit */
static JsonNode *
measure_to_json (CptAggregateSpec *spec,
                 guint             index,
                 const CptMeasure *measure)
{
  const CptField *field = cpt_aggregate_spec_get_measure_field (spec, index);
  CptAggregate aggregate = cpt_aggregate_spec_get_measure_aggregate (spec, index);
  CptMeasureUnit unit = cpt_aggregate_spec_get_unit (spec, index);
  gboolean is_share = unit == CPT_MEASURE_UNIT_PERCENT && (field == NULL || field->kind != CPT_FIELD_PERCENT);
  gboolean fractions = spec->has_each || aggregate == CPT_AGGREGATE_AVERAGE || aggregate == CPT_AGGREGATE_MEDIAN || is_share ||
                       aggregate == CPT_N_AGGREGATES;
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (measure->is_null)
    return json_node_new (JSON_NODE_NULL);
  if (unit == CPT_MEASURE_UNIT_COUNT || (unit == CPT_MEASURE_UNIT_DAYS && !fractions))
    return json_node_init_int (json_node_alloc (), measure->exact);
  if (unit == CPT_MEASURE_UNIT_MONEY && measure->currency[0] != '\0')
    return money_to_json (measure);
  /* A percentage is written as such: 12.5 */
  if (fractions)
    return json_node_init_double (json_node_alloc (), measure->number * cpt_aggregate_spec_get_factor (spec, index) *
                                                        (unit == CPT_MEASURE_UNIT_PERCENT ? 100 : 1));

  cpt_value_set_integer (&value, measure->exact);

  return cpt_field_to_json (field, &value);
}

static JsonNode *
key_to_json (CptAggregateSpec *spec,
             guint             dimension,
             const CptValue   *key)
{
  const CptDimensionSpec *own = &spec->dimensions[dimension];
  g_autofree char *text = NULL;

  if (cpt_value_is_null (key))
    return json_node_new (JSON_NODE_NULL);

  if (key->type == CPT_VALUE_ID)
    text = cpt_uuid_dup_text (&key->id);
  else if (own->bucket != CPT_BUCKET_NONE)
    text = cpt_date_format_iso (key->integer);
  else if (cpt_aggregate_spec_is_set_dimension (spec, dimension))
    text = g_strdup (key->text);
  else
    return cpt_field_to_json (cpt_path_get_field (&own->path), key);

  return json_node_init_string (json_node_alloc (), text);
}

static void
add_row (CptAggregateResult *self,
         const Row          *row,
         JsonArray          *rows)
{
  CptAggregateSpec *spec = self->spec;
  JsonObject *object = json_object_new ();
  JsonArray *keys = json_array_new (), *labels = json_array_new ();
  JsonArray *measures = json_array_new (), *compared;

  for (guint i = 0; i < spec->n_dimensions; i++)
    {
      json_array_add_element (keys, key_to_json (spec, i, &row->keys[i]));
      json_array_add_string_element (labels, row->labels[i]);
    }
  for (guint i = 0; i < spec->n_figures; i++)
    json_array_add_element (measures, measure_to_json (spec, i, &row->measures[i]));
  json_object_set_array_member (object, "keys", keys);
  json_object_set_array_member (object, "labels", labels);
  json_object_set_array_member (object, "measures", measures);

  if (spec->has_compare)
    {
      compared = json_array_new ();
      for (guint i = 0; i < spec->n_figures; i++)
        json_array_add_element (compared, measure_to_json (spec, i, &row->measures[spec->n_figures + i]));
      json_object_set_array_member (object, "compared", compared);
    }

  json_array_add_object_element (rows, object);
}

/* "stage.kind", "sum(amount)": the same in every language, unlike their labels */
static void
add_columns (CptAggregateSpec *spec,
             JsonObject       *object)
{
  JsonArray *dimensions = json_array_new ();
  JsonArray *measures = json_array_new ();
  JsonArray *dimension_labels = json_array_new ();
  JsonArray *measure_labels = json_array_new ();

  for (guint i = 0; i < spec->n_dimensions; i++)
    {
      g_autofree char *name = cpt_path_format (&spec->dimensions[i].path);
      g_autofree char *label = cpt_aggregate_spec_dup_dimension_label (spec, i);

      json_array_add_string_element (dimensions, name);
      json_array_add_string_element (dimension_labels, label);
    }
  for (guint i = 0; i < spec->n_figures; i++)
    {
      g_autofree char *name = cpt_aggregate_dup_figure_name (spec, i);
      g_autofree char *label = cpt_aggregate_spec_dup_measure_label (spec, i);

      json_array_add_string_element (measures, name);
      json_array_add_string_element (measure_labels, label);
    }

  json_object_set_array_member (object, "dimensions", dimensions);
  json_object_set_array_member (object, "measures", measures);
  json_object_set_array_member (object, "dimension_labels", dimension_labels);
  json_object_set_array_member (object, "measure_labels", measure_labels);
}

/**
 * cpt_aggregate_result_to_json:
 * @self: an answer
 *
 * The shape is described in FILTERS.md.
 *
 * Returns: (transfer full): the answer as JSON
 */
JsonNode *
cpt_aggregate_result_to_json (CptAggregateResult *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < self->n_rows; i++)
    add_row (self, &self->rows[i], rows);

  json_object_set_string_member (object, "source", self->spec->entity->name);
  add_columns (self->spec, object);
  json_object_set_array_member (object, "rows", rows);
  json_object_set_boolean_member (object, "truncated", self->is_truncated);

  return json_node_init_object (json_node_alloc (), object);
}
