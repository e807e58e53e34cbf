/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers of groups rather than of records: the average per customer and month, how
 * many customers brought more than 10,000, the best month of each seller. What a
 * question measures is asked of smaller groups first, as a question of its own, which
 * is kept and kept right as any; its groups are put together when the answer is shown. */

#include "config.h"

#include "cpt-aggregate-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-sentence-private.h"

/* As filters have them: values of one list, and conditions */
#define MAX_VALUES 1000
#define MAX_CONDITIONS 150

/* ------------------------------------------------------------------ reading */

static gboolean
is_fold (CptAggregate aggregate)
{
  return aggregate == CPT_AGGREGATE_COUNT || aggregate == CPT_AGGREGATE_SUM || aggregate == CPT_AGGREGATE_AVERAGE ||
         aggregate == CPT_AGGREGATE_MIN || aggregate == CPT_AGGREGATE_MAX || aggregate == CPT_AGGREGATE_MEDIAN;
}

gboolean
cpt_aggregate_parse_fold (CptAggregateSpec  *self,
                          JsonObject        *object,
                          GError           **error)
{
  static const char *const known[] = { "dimensions", "agg", "having", "each", "named", NULL };
  JsonObject *each = NULL;
  JsonArray *dimensions = NULL;
  const char *aggregate = NULL;

  if (!cpt_json_read_object (object, "each", &each, error))
    return FALSE;
  if (each == NULL)
    return TRUE;

  self->has_each = TRUE;
  if (!cpt_aggregate_check_members (each, known, error) || !cpt_json_read_string (each, "agg", &aggregate, error) ||
      !cpt_json_read_boolean (each, "named", &self->is_fold_named, error) ||
      !cpt_json_read_array (each, "dimensions", &dimensions, error))
    return FALSE;
  if (dimensions == NULL || json_array_get_length (dimensions) == 0)
    return cpt_aggregate_refuse (error, _("“each” needs “dimensions”: the groups whose numbers are put together"));

  return (aggregate != NULL && cpt_aggregate_parse (aggregate, &self->fold) && is_fold (self->fold)) ||
         cpt_aggregate_refuse (error, _("“agg” in “each” is one of avg, sum, min, max, median and count"));
}

/* Without what is only about what comes out */
static JsonObject *
copy_without (JsonObject *object,
              const char *left_out)
{
  JsonObject *copy = json_object_new ();

  cpt_json_add_members (copy, object);
  if (json_object_has_member (copy, left_out))
    json_object_remove_member (copy, left_out);

  return copy;
}

static void
add_copies (JsonArray  *copies,
            JsonObject *object,
            const char *member,
            const char *left_out)
{
  JsonArray *array = json_object_has_member (object, member) ? json_object_get_array_member (object, member) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (left_out != NULL && JSON_NODE_HOLDS_OBJECT (node))
        json_array_add_object_element (copies, copy_without (json_node_get_object (node), left_out));
      else
        json_array_add_element (copies, json_node_copy (node));
    }
}

/* What is measured, of the groups of the question and those of "each" */
static JsonNode *
create_inner (JsonObject *object)
{
  static const char *const same[] = { "source", "where", "search", "compare" };
  static const char *const own[] = { "having", "each" };
  JsonObject *each = json_object_get_object_member (object, "each");
  g_autoptr(JsonObject) inner = json_object_new ();
  JsonArray *measures = json_array_new ();
  JsonArray *dimensions = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    if (json_object_has_member (object, same[i]))
      json_object_set_member (inner, same[i], json_object_dup_member (object, same[i]));
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (json_object_has_member (each, own[i]))
      json_object_set_member (inner, own[i], json_object_dup_member (each, own[i]));
  add_copies (measures, object, "measures", "show");
  json_object_set_array_member (inner, "measures", measures);
  add_copies (dimensions, object, "dimensions", "fill");
  add_copies (dimensions, each, "dimensions", NULL);
  json_object_set_array_member (inner, "dimensions", dimensions);

  return json_node_init_object (json_node_alloc (), inner);
}

/* Asked of the question itself: what is inside was looked at then */
static gboolean
check_depth (JsonObject  *object,
             GError     **error)
{
  JsonObject *each = object;

  for (guint depth = 0; depth <= CPT_AGGREGATE_MAX_DEPTH; depth++)
    {
      JsonObject *deeper = NULL;

      if (!cpt_json_read_object (each, "each", &deeper, error))
        return FALSE;
      if (deeper == NULL)
        return TRUE;
      each = deeper;
    }

  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
               _("Numbers can be made of groups of groups %d times at most. Choose a source that is not made of others."),
               CPT_AGGREGATE_MAX_DEPTH);

  return FALSE;
}

/* Dates and texts can't be added up, but the groups that have them can be counted */
static gboolean
check_units (CptAggregateSpec  *self,
             GError           **error)
{
  for (guint i = 0; i < self->n_figures && self->fold != CPT_AGGREGATE_COUNT; i++)
    if (cpt_aggregate_spec_get_unit (self->inner, i) == CPT_MEASURE_UNIT_NONE)
      return cpt_aggregate_refuse (error, _("“each” puts numbers together. Choose a number, or “count” for how "
                                            "many groups there are."));

  return TRUE;
}

gboolean
cpt_aggregate_parse_inner (CptAggregateSpec  *self,
                           JsonObject        *object,
                           guint              depth,
                           GError           **error)
{
  JsonObject *each = json_object_get_object_member (object, "each");
  guint n_dimensions = self->n_dimensions + json_array_get_length (json_object_get_array_member (each, "dimensions"));
  g_autoptr(JsonNode) node = NULL;

  if (depth == 0 && !check_depth (object, error))
    return FALSE;
  if (n_dimensions > CPT_AGGREGATE_MAX_DIMENSIONS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
                   _("A number can be made of groups by %d fields at most, those that it is broken down by among them. "
                     "Choose fewer."),
                   CPT_AGGREGATE_MAX_DIMENSIONS);
      return FALSE;
    }

  node = create_inner (object);
  self->inner = cpt_aggregate_spec_from_inner_json (self->schema, node, depth + 1, error);
  if (self->inner == NULL || !check_units (self, error))
    return FALSE;

  /* A group with amounts in two currencies is one group all the same */
  if (self->fold == CPT_AGGREGATE_COUNT || self->inner->n_currencies == 0)
    {
      self->n_currencies = 0;
      for (guint i = 0; i < self->n_measures; i++)
        self->measures[i].currency = CPT_AGGREGATE_NO_CURRENCY;
    }

  return TRUE;
}

void
cpt_aggregate_add_each (CptAggregateSpec *self,
                        JsonObject       *object)
{
  static const char *const own[] = { "having", "each" };
  g_autoptr(JsonNode) node = NULL;
  JsonObject *inner, *each;
  JsonArray *all, *dimensions;

  if (self->inner == NULL)
    return;

  node = cpt_aggregate_spec_to_json (self->inner);
  inner = json_node_get_object (node);
  all = json_object_get_array_member (inner, "dimensions");
  dimensions = json_array_new ();
  each = json_object_new ();
  for (guint i = self->n_dimensions; i < json_array_get_length (all); i++)
    json_array_add_element (dimensions, json_array_dup_element (all, i));
  json_object_set_array_member (each, "dimensions", dimensions);
  json_object_set_string_member (each, "agg", cpt_aggregate_get_name (self->fold));
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (json_object_has_member (inner, own[i]))
      json_object_set_member (each, own[i], json_object_dup_member (inner, own[i]));
  if (self->is_fold_named)
    json_object_set_boolean_member (each, "named", TRUE);
  json_object_set_object_member (object, "each", each);
}

/* ------------------------------------------------------------------ folding */

/**
 * Folding:
 * @values: CptCell -> GArray of double, for medians
 * @seen: groups that were counted, whatever their currencies
 */
typedef struct
{
  CptAggregateSpec *spec;
  CptGroups *folded;
  GHashTable *values;
  GHashTable *seen;
  guint part;
  gboolean is_filled;
} Folding;

/* A measure with a filter that takes none of the records of a group is not about this group, as if it stood alone */
static gboolean
is_about (const Folding  *self,
          const CptGroup *group,
          guint           figure)
{
  CptAggregateSpec *inner = self->spec->inner;
  const CptCell *cells = &group->cells[self->part * cpt_groups_get_n_cells (inner)];
  const CptFigureSpec *own = &inner->figures[figure];

  if (self->is_filled)
    return TRUE;
  if (inner->has_each)
    return cells[figure].count > 0;
  if (own->formula == NULL)
    return inner->measures[own->measure].filter == NULL || cells[own->measure].count > 0;

  for (guint i = 0; i < inner->n_measures; i++)
    if (cpt_formula_reads (own->formula, i) && (inner->measures[i].filter == NULL || cells[i].count > 0))
      return TRUE;

  return FALSE;
}

/* FALSE when it was counted with another currency */
static gboolean
count_once (Folding        *self,
            const CptGroup *group,
            guint           figure)
{
  CptAggregateSpec *inner = self->spec->inner;
  g_autoptr(GString) key = NULL;

  if (inner->n_currencies == 0)
    return TRUE;

  key = g_string_new (NULL);
  g_string_printf (key, "%u %u ", self->part, figure);
  for (guint i = 0; i < inner->n_dimensions; i++)
    cpt_groups_append_key (key, &group->keys[i]);

  return g_hash_table_add (self->seen, g_string_free (g_steal_pointer (&key), FALSE));
}

static void
keep_value (Folding *self,
            CptCell *cell,
            double   number)
{
  GArray *values = g_hash_table_lookup (self->values, cell);

  if (values == NULL)
    {
      values = g_array_new (FALSE, FALSE, sizeof (double));
      g_hash_table_insert (self->values, cell, values);
    }
  g_array_append_val (values, number);
}

static void
add_number (Folding *self,
            CptCell *cell,
            double   number)
{
  gboolean is_first = cell->count == 0;

  cell->count++;
  cell->is_real = TRUE;
  switch (self->spec->fold)
    {
    case CPT_AGGREGATE_SUM:
    case CPT_AGGREGATE_AVERAGE:
      cell->real += number;
      break;
    case CPT_AGGREGATE_MIN:
      cell->real = is_first ? number : MIN (cell->real, number);
      break;
    case CPT_AGGREGATE_MAX:
      cell->real = is_first ? number : MAX (cell->real, number);
      break;
    case CPT_AGGREGATE_MEDIAN:
      keep_value (self, cell, number);
      break;
    case CPT_AGGREGATE_COUNT:
    case CPT_AGGREGATE_DISTINCT:
    case CPT_N_AGGREGATES:
    default:
      break;
    }
}

static CptGroup *
reach_outer (Folding        *self,
             const CptGroup *group)
{
  CptValue keys[CPT_AGGREGATE_MAX_DIMENSIONS] = { CPT_VALUE_INIT };

  for (guint i = 0; i < self->spec->n_dimensions; i++)
    cpt_value_copy (&group->keys[i], &keys[i]);

  return cpt_groups_reach (self->folded, keys, group->currencies);
}

static void
members_free (gpointer data)
{
  CptValue *keys = data;

  for (guint i = 0; i < CPT_AGGREGATE_MAX_DIMENSIONS; i++)
    cpt_value_clear (&keys[i]);
  g_free (keys);
}

/* So that the records of the groups that are meant can be told from others. One more than
 * fits a condition says that there are too many */
static void
add_member (Folding        *self,
            CptGroup       *outer,
            const CptGroup *group)
{
  CptAggregateSpec *spec = self->spec;
  CptValue *keys;

  if (self->part > 0 || spec->inner->n_havings == 0 || (outer->members != NULL && outer->members->len > MAX_VALUES))
    return;

  if (outer->members == NULL)
    outer->members = g_ptr_array_new_with_free_func (members_free);
  keys = g_new0 (CptValue, CPT_AGGREGATE_MAX_DIMENSIONS);
  for (guint i = spec->n_dimensions; i < spec->inner->n_dimensions; i++)
    cpt_value_copy (&group->keys[i], &keys[i - spec->n_dimensions]);
  g_ptr_array_add (outer->members, keys);
}

static void
fold_group (Folding        *self,
            const CptGroup *group)
{
  CptAggregateSpec *spec = self->spec;
  CptGroup *outer = NULL;

  if ((group->n_records[self->part] == 0 && !self->is_filled) || !cpt_aggregate_has (spec->inner, group, self->part))
    return;

  for (guint i = 0; i < spec->n_figures; i++)
    {
      CptMeasure measure = cpt_aggregate_figure (spec->inner, group, self->part, i);

      if (!is_about (self, group, i))
        continue;
      if (outer == NULL)
        {
          outer = reach_outer (self, group);
          outer->n_records[self->part] += group->n_records[self->part];
          add_member (self, outer, group);
        }
      if (spec->fold == CPT_AGGREGATE_COUNT ? count_once (self, group, i) : !measure.is_null)
        add_number (self, &outer->cells[self->part * spec->n_figures + i], measure.number);
    }
}

static gboolean
fills (CptAggregateSpec *self)
{
  for (guint i = self->n_dimensions; i < self->inner->n_dimensions; i++)
    if (self->inner->dimensions[i].fill)
      return TRUE;

  return FALSE;
}

static gboolean
has_no_record (gpointer key,
               gpointer value,
               gpointer data)
{
  const CptGroup *group = value;

  return group->n_records[GPOINTER_TO_UINT (data)] == 0;
}

/* Each period has empty groups of its own between its first and its last one */
static gboolean
fold_part (Folding    *self,
           CptGroups  *inner,
           GError    **error)
{
  g_autoptr(CptGroups) groups = NULL;
  GHashTableIter iter;
  gpointer group;

  self->is_filled = fills (self->spec);
  groups = self->is_filled ? cpt_groups_copy (inner) : cpt_groups_ref (inner);
  if (self->is_filled)
    {
      g_hash_table_foreach_remove (groups->table, has_no_record, GUINT_TO_POINTER (self->part));
      if (!cpt_aggregate_fill (groups, error))
        return FALSE;
    }

  g_hash_table_iter_init (&iter, groups->table);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    fold_group (self, group);

  return TRUE;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
set_medians (Folding *self)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      CptCell *cell = key;
      GArray *values = value;
      guint half = values->len / 2;

      g_array_sort (values, compare_numbers);
      cell->real = g_array_index (values, double, half);
      if (values->len % 2 == 0)
        cell->real = (cell->real + g_array_index (values, double, half - 1)) / 2;
    }
}

CptGroups *
cpt_aggregate_fold (CptAggregateSpec  *self,
                    CptGroups         *inner,
                    GError           **error)
{
  g_autoptr(CptGroups) folded = NULL;
  Folding folding = { .spec = self };
  gboolean is_done = TRUE;

  g_return_val_if_fail (self->inner != NULL, NULL);

  if (inner->is_pruned)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
                   _("This number is made of more than %d groups, too many to put together. Choose a shorter period, "
                     "a condition, or fewer fields for the groups."),
                   CPT_AGGREGATE_MAX_ROWS);
      return NULL;
    }

  folded = cpt_groups_new (self);
  folding.folded = folded;
  folding.values = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  folding.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (; is_done && folding.part < (self->has_compare ? 2 : 1); folding.part++)
    is_done = fold_part (&folding, inner, error);
  set_medians (&folding);
  g_hash_table_unref (folding.values);
  g_hash_table_unref (folding.seen);

  return is_done ? g_steal_pointer (&folded) : NULL;
}

/* That of the money it is made of; "" for counts */
static const char *
get_currency (CptAggregateSpec *spec,
              const CptGroup   *group,
              guint             figure)
{
  const CptFigureSpec *own = &spec->figures[figure];

  for (guint i = 0; i < spec->n_measures; i++)
    if (spec->measures[i].currency != CPT_AGGREGATE_NO_CURRENCY &&
        (own->formula != NULL ? cpt_formula_reads (own->formula, i) : own->measure == i))
      return group->currencies[spec->measures[i].currency];

  return "";
}

CptMeasure
cpt_aggregate_folded_figure (CptAggregateSpec *spec,
                             const CptGroup   *group,
                             guint             part,
                             guint             figure)
{
  const CptCell *cell = &group->cells[part * spec->n_figures + figure];
  CptMeasure result = { .is_null = FALSE };

  g_strlcpy (result.currency, get_currency (spec, group, figure), sizeof result.currency);
  if (cell->count == 0)
    {
      result.is_null = spec->fold != CPT_AGGREGATE_COUNT && spec->fold != CPT_AGGREGATE_SUM;
      return result;
    }

  result.number = spec->fold == CPT_AGGREGATE_COUNT ? (double) cell->count : cell->real;
  if (spec->fold == CPT_AGGREGATE_AVERAGE)
    result.number /= (double) cell->count;
  result.exact = (gint64) llround (CLAMP (result.number, -CPT_AGGREGATE_MAX_WHOLE, CPT_AGGREGATE_MAX_WHOLE));

  return result;
}

/* ------------------------------------------------------------ their records */

/* "Organisation is one of…", where that can be said; in the order of the groups, which is no order */
static CptFilter *
create_list (CptAggregateSpec *inner,
             guint             dimension,
             GPtrArray        *members)
{
  g_autofree char *path = cpt_path_format (&inner->dimensions[dimension].path);
  g_autoptr(JsonNode) values = json_node_init_array (json_node_alloc (), json_array_new ());
  JsonArray *array = json_node_get_array (values);

  json_array_unref (array);
  for (guint i = 0; i < members->len; i++)
    {
      g_autoptr(CptFilter) one = cpt_aggregate_create_key_condition (inner, dimension, g_ptr_array_index (members, i));

      if (cpt_filter_get_operator (one) != CPT_OPERATOR_IS)
        return NULL;
      json_array_add_element (array, json_node_copy (cpt_filter_get_value (one)));
    }

  return cpt_filter_new_condition (inner->schema, inner->entity, path, CPT_OPERATOR_IN, values, NULL);
}

/* All that the keys of one group say */
static CptFilter *
create_member (CptAggregateSpec *self,
               const CptValue   *keys)
{
  guint n = self->inner->n_dimensions - self->n_dimensions;
  CptFilter *conditions[CPT_AGGREGATE_MAX_DIMENSIONS];
  CptFilter *all;

  for (guint i = 0; i < n; i++)
    conditions[i] = cpt_aggregate_create_key_condition (self->inner, self->n_dimensions + i, &keys[i]);
  all = cpt_filter_new_group (self->schema, self->entity, CPT_FILTER_ALL, conditions, n);
  for (guint i = 0; i < n; i++)
    cpt_filter_unref (conditions[i]);

  return all;
}

CptFilter *
cpt_aggregate_create_members_condition (CptAggregateSpec *self,
                                        GPtrArray        *members)
{
  g_autoptr(GPtrArray) any = NULL;
  CptFilter *list;
  guint n_each;

  if (self->inner == NULL || self->inner->n_havings == 0)
    return NULL;
  /* None of the groups */
  if (members == NULL)
    return cpt_filter_new_group (self->schema, self->entity, CPT_FILTER_ANY, NULL, 0);
  if (members->len > MAX_VALUES)
    return NULL;
  n_each = self->inner->n_dimensions - self->n_dimensions;
  if (n_each == 1 && (list = create_list (self->inner, self->n_dimensions, members)) != NULL)
    return list;
  if (members->len * n_each > MAX_CONDITIONS)
    return NULL;

  any = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_filter_unref);
  for (guint i = 0; i < members->len; i++)
    g_ptr_array_add (any, create_member (self, g_ptr_array_index (members, i)));

  return cpt_filter_new_group (self->schema, self->entity, CPT_FILTER_ANY, (CptFilter *const *) any->pdata, any->len);
}

/* --------------------------------------------------------------- for people */

const char *
cpt_aggregate_get_bucket_noun (CptBucket bucket)
{
  static const char *const nouns[] = {
    [CPT_BUCKET_DAY] = NC_("by", "day"),
    [CPT_BUCKET_WEEK] = NC_("by", "week"),
    [CPT_BUCKET_MONTH] = NC_("by", "month"),
    [CPT_BUCKET_QUARTER] = NC_("by", "quarter"),
    [CPT_BUCKET_YEAR] = NC_("by", "year"),
  };

  g_return_val_if_fail (bucket < G_N_ELEMENTS (nouns) && nouns[bucket] != NULL, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "by", nouns[bucket]);
}

/* "Organisation and month" */
static char *
name_fields (CptAggregateSpec *self)
{
  char *names = NULL;

  for (guint i = self->n_dimensions; i < self->inner->n_dimensions; i++)
    {
      CptBucket bucket = self->inner->dimensions[i].bucket;
      g_autofree char *label = cpt_aggregate_spec_dup_dimension_label (self->inner, i);
      g_autofree char *former = g_steal_pointer (&names);
      const CptSentencePart parts[] = {
        { "{first}", former },
        { "{second}", bucket != CPT_BUCKET_NONE ? cpt_aggregate_get_bucket_noun (bucket) : label },
      };

      names = former != NULL ? cpt_sentence_fill (C_("list", "{first} and {second}"), parts, G_N_ELEMENTS (parts))
                             : g_strdup (parts[1].text);
    }

  return names;
}

static const char *
get_template (CptAggregate fold)
{
  switch (fold)
    {
    case CPT_AGGREGATE_SUM:
      return C_("each", "Sum per {fields} of {text}");
    case CPT_AGGREGATE_AVERAGE:
      /* Translators: "Average per Organisation and month of Revenue won" */
      return C_("each", "Average per {fields} of {text}");
    case CPT_AGGREGATE_MIN:
      return C_("each", "Smallest per {fields} of {text}");
    case CPT_AGGREGATE_MAX:
      return C_("each", "Largest per {fields} of {text}");
    case CPT_AGGREGATE_MEDIAN:
      return C_("each", "Median per {fields} of {text}");
    case CPT_AGGREGATE_COUNT:
    case CPT_AGGREGATE_DISTINCT:
    case CPT_N_AGGREGATES:
    default:
      /* Translators: how many organisations there are that had some revenue: "Number of groups by Organisation (Revenue won)" */
      return C_("each", "Number of groups by {fields} ({text})");
    }
}

char *
cpt_aggregate_dup_each_label (CptAggregateSpec *self,
                              char             *label)
{
  g_autofree char *text = label;
  g_autofree char *fields = name_fields (self);
  const CptSentencePart parts[] = { { "{text}", text }, { "{fields}", fields } };

  return cpt_sentence_fill (get_template (self->fold), parts, G_N_ELEMENTS (parts));
}
