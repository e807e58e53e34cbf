/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a question that names metrics to one that has measures of its own.
 *
 * Every measure of a metric gets a name that is unique in the question, and the
 * formula is written over these names; a metric inside a metric becomes its
 * formula in brackets. What a single metric is about becomes the condition of
 * the question, so that groups without any of its records do not appear; that
 * of metrics inside it, or beside others, the condition of each measure. A metric
 * that is only another one, over groups of it ("each"), is about what that one is. */

#include "config.h"

#include "cpt-metric-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-aggregate-private.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-period-private.h"

#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789_"

typedef struct
{
  CptDatabase *database;
  GPtrArray *path;      /* keys of the metrics that are being read, borrowed */
  JsonArray *measures;  /* (owned): of the question, so far */
  guint n_names;        /* that were given */
  const char *source;   /* (nullable): of all metrics; borrowed from one of @metrics */
  const char *date;     /* (nullable): of the first; likewise */
  GPtrArray *metrics;   /* CptMetric, kept while something is borrowed from them */
  const CptMetric *own; /* (nullable): that is checked before it is stored */
  JsonObject *query;    /* borrowed: what is asked */
  gboolean is_only;     /* there is one metric */
  JsonNode *where;      /* (owned) (nullable): of what the only metric is another name of */
  JsonNode *each;       /* (owned) (nullable): of all metrics */
} Expansion;

gboolean
cpt_metric_is_named (JsonNode *query)
{
  JsonObject *object = query != NULL && JSON_NODE_HOLDS_OBJECT (query) ? json_node_get_object (query) : NULL;

  return object != NULL && (json_object_has_member (object, "metric") || json_object_has_member (object, "metrics"));
}

/* Both may be NULL: what must hold together */
static JsonNode *
join (JsonNode *a,
      JsonNode *b)
{
  JsonArray *all;
  g_autoptr(JsonObject) object = NULL;

  if (a == NULL || b == NULL)
    return a == NULL && b == NULL ? NULL : json_node_copy (a != NULL ? a : b);

  all = json_array_new ();
  object = json_object_new ();
  json_array_add_element (all, json_node_copy (a));
  json_array_add_element (all, json_node_copy (b));
  json_object_set_array_member (object, "all", all);

  return json_node_init_object (json_node_alloc (), object);
}

/* json_node_copy() would share it */
static JsonObject *
copy_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();

  cpt_json_add_members (copy, object);

  return copy;
}

/* ---------------------------------------------------------------- one metric */

typedef struct
{
  char *formula;  /* over the measures of the question; (nullable): after an error */
  char *unit;     /* (nullable): of the formula */
  JsonNode *each; /* (owned) (nullable): groups that it is made of */
} Part;

static void
part_clear (Part *self)
{
  g_clear_pointer (&self->formula, g_free);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->each, json_node_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Part, part_clear)

static Part expand_metric (Expansion *self,
                           const CptMetric *metric,
                           JsonNode *where,
                           GError **error);

static gboolean
is_name (const char *formula)
{
  return formula[strspn (formula, NAME_CHARACTERS)] == '\0';
}

/* Borrowed; NULL with @error */
static const CptMetric *
find_metric (Expansion   *self,
             const char  *key,
             GError     **error)
{
  CptMetric *metric;

  if (self->own != NULL && g_strcmp0 (self->own->key, key) == 0)
    return self->own;

  metric = cpt_metric_find (self->database, key, error);
  if (metric != NULL)
    g_ptr_array_add (self->metrics, metric);

  return metric;
}

static JsonNode *
get_where (const CptMetric *metric)
{
  if (metric->query == NULL || !JSON_NODE_HOLDS_OBJECT (metric->query))
    return NULL;

  return json_object_get_member (json_node_get_object (metric->query), "where");
}

/* What an only metric is about, in front of what it is another name of */
static void
add_where (Expansion *self,
           JsonNode  *where)
{
  g_autoptr(JsonNode) former = g_steal_pointer (&self->where);

  self->where = join (former, where);
}

/* A metric inside a metric. @is_alias: the outer one is nothing else */
static Part
expand_inner (Expansion   *self,
              const char  *key,
              JsonNode    *where,
              gboolean     is_alias,
              GError     **error)
{
  const CptMetric *metric = find_metric (self, key, error);
  g_autoptr(JsonNode) both = NULL;
  Part part = { NULL };

  if (metric == NULL)
    return part;

  if (is_alias)
    add_where (self, where);
  if (is_alias)
    add_where (self, get_where (metric));
  both = is_alias ? NULL : join (where, get_where (metric));
  part = expand_metric (self, metric, both, error);
  if (part.formula != NULL && !is_name (part.formula))
    {
      char *bare = part.formula;

      part.formula = g_strdup_printf ("(%s)", bare);
      g_free (bare);
    }

  return part;
}

static Part
expand_measure (Expansion  *self,
                JsonNode   *node,
                JsonNode   *outer,
                gboolean    is_alias,
                GError    **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr(JsonNode) where = NULL;
  const char *key = NULL;
  JsonObject *measure;
  Part part = { NULL };

  if (object == NULL || json_object_has_member (object, "formula"))
    {
      cpt_aggregate_refuse (error, _("The measures of a metric are counts, sums and the like, or other metrics"));
      return part;
    }
  if (!cpt_json_read_string (object, "metric", &key, error))
    return part;
  where = join (outer, json_object_get_member (object, "where"));
  if (key != NULL)
    return expand_inner (self, key, where, is_alias, error);

  part.formula = g_strdup_printf ("m%u", self->n_names++);
  measure = copy_object (object);
  if (where != NULL)
    json_object_set_member (measure, "where", g_steal_pointer (&where));
  json_object_set_string_member (measure, "name", part.formula);
  json_object_set_boolean_member (measure, "hidden", TRUE);
  json_array_add_object_element (self->measures, measure);

  return part;
}

/* The formula over the names of the question instead of the metric's own; NULL
 * with @error */
static char *
rename_formula (const char  *formula,
                GHashTable  *names,
                GError     **error)
{
  g_autoptr(GString) result = g_string_new (NULL);

  while (*formula != '\0')
    {
      gsize length = g_ascii_islower (*formula) ? strspn (formula, NAME_CHARACTERS) : 0;
      g_autofree char *name = g_strndup (formula, length);
      const char *other = length > 0 ? g_hash_table_lookup (names, name) : NULL;

      if (length > 0 && other == NULL)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("The formula names “%s”, which is no measure"), name);
          return NULL;
        }
      if (length > 0)
        g_string_append (result, other);
      else
        g_string_append_c (result, *formula++);
      formula += length;
    }

  return g_string_free (g_steal_pointer (&result), FALSE);
}

/* A metric over groups is a number of its own, which formulas can't read */
static gboolean
set_each (Part             *part,
          const CptMetric  *metric,
          JsonObject       *query,
          GError          **error)
{
  const char *date = NULL;
  JsonNode *each;

  if (!json_object_has_member (query, "each"))
    return TRUE;
  if (!cpt_json_read_string (query, "date", &date, error))
    return FALSE;
  each = cpt_metric_nest_each (query, part->each, date, error);
  if (each == NULL)
    return FALSE;

  /* Its title says what comes out */
  json_object_set_boolean_member (json_node_get_object (each), "named", metric->title != NULL);
  g_clear_pointer (&part->each, json_node_unref);
  part->each = each;

  return TRUE;
}

static Part
expand_measures (Expansion   *self,
                 JsonObject  *query,
                 JsonNode    *where,
                 GError     **error)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  const char *formula = NULL, *unit = NULL;
  JsonArray *measures = NULL;
  gboolean has_each = FALSE, is_alias;
  g_auto(Part) first = { NULL };
  Part part = { NULL };

  if (!cpt_json_read_array (query, "measures", &measures, error) ||
      !cpt_json_read_string (query, "formula", &formula, error) ||
      !cpt_json_read_string (query, "unit", &unit, error))
    return part;
  if (measures == NULL || json_array_get_length (measures) == 0)
    {
      cpt_aggregate_refuse (error, _("A metric needs “measures”"));
      return part;
    }

  is_alias = self->is_only && where == NULL && formula == NULL && json_array_get_length (measures) == 1;
  for (guint i = 0; i < json_array_get_length (measures); i++)
    {
      JsonNode *node = json_array_get_element (measures, i);
      g_auto(Part) measure = expand_measure (self, node, where, is_alias, error);
      const char *name = NULL;

      if (measure.formula == NULL || !cpt_json_read_string (json_node_get_object (node), "name", &name, error))
        return part;
      if (name != NULL)
        g_hash_table_insert (names, (gpointer) name, g_strdup (measure.formula));
      has_each = has_each || measure.each != NULL;
      if (i == 0)
        first = (Part){ g_steal_pointer (&measure.formula), g_steal_pointer (&measure.unit), g_steal_pointer (&measure.each) };
    }
  if (has_each && (formula != NULL || json_array_get_length (measures) > 1))
    {
      cpt_aggregate_refuse (error, _("A metric that is made of groups (“each”) can be the only measure of another one, not "
                                     "a part of a formula. Write the formula into that metric, in front of its groups."));
      return part;
    }

  part.formula = formula != NULL ? rename_formula (formula, names, error) : g_steal_pointer (&first.formula);
  part.unit = formula != NULL || unit != NULL ? g_strdup (unit) : g_steal_pointer (&first.unit);
  part.each = g_steal_pointer (&first.each);

  return part;
}

/* All metrics of a question are about the same records */
static gboolean
read_source (Expansion   *self,
             JsonObject  *query,
             GError     **error)
{
  const char *source = NULL;

  if (!cpt_json_read_string (query, "source", &source, error))
    return FALSE;
  if (self->source == NULL)
    self->source = source;

  return g_strcmp0 (self->source, source) == 0 ||
         cpt_aggregate_refuse (error, _("Metrics of different kinds of records can’t be in one question"));
}

static Part
expand_metric (Expansion        *self,
               const CptMetric  *metric,
               JsonNode         *where,
               GError          **error)
{
  static const char *const known[] = { "source", "where", "date", "measures", "formula", "unit", "each", NULL };
  JsonObject *query = metric->query != NULL && JSON_NODE_HOLDS_OBJECT (metric->query) ? json_node_get_object (metric->query)
                                                                                      : NULL;
  Part part = { NULL };

  for (guint i = 0; i < self->path->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->path, i), metric->key) == 0)
      {
        g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("The metric “%s” refers to itself"), metric->title);
        return part;
      }
  if (query == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("The metric “%s” does not say how it is counted"), metric->title);
      return part;
    }
  if (!cpt_aggregate_check_members (query, known, error) || !read_source (self, query, error))
    return part;

  g_ptr_array_add (self->path, metric->key);
  part = expand_measures (self, query, where, error);
  g_ptr_array_set_size (self->path, (gint) self->path->len - 1);
  if (part.formula != NULL && !set_each (&part, metric, query, error))
    part_clear (&part);

  return part;
}

/* ------------------------------------------------------------- the question */

/* A measure that is shown as it is keeps its exact number and its records */
static void
show_measure (Expansion       *self,
              const CptMetric *metric,
              const char      *name,
              const char      *show)
{
  for (guint i = 0; i < json_array_get_length (self->measures); i++)
    {
      JsonObject *measure = json_array_get_object_element (self->measures, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (measure, "name", NULL), name) != 0)
        continue;
      json_object_remove_member (measure, "name");
      json_object_remove_member (measure, "hidden");
      json_object_set_string_member (measure, "label", metric->title);
      if (show != NULL)
        json_object_set_string_member (measure, "show", show);
    }
}

/* The aggregates refuse to show formulas otherwise */
static void
show_formula (Expansion       *self,
              const CptMetric *metric,
              const Part      *part,
              const char      *show)
{
  JsonObject *measure = json_object_new ();

  if (show != NULL)
    json_object_set_string_member (measure, "show", show);
  json_object_set_string_member (measure, "formula", part->formula);
  if (part->unit != NULL)
    json_object_set_string_member (measure, "unit", part->unit);
  json_object_set_string_member (measure, "label", metric->title);
  json_array_add_object_element (self->measures, measure);
}

/* All metrics of a question count by the same date, or by the one that it names; where it has no
 * periods they need none */
static gboolean
read_date (Expansion        *self,
           const CptMetric  *metric,
           gboolean          is_first,
           GError          **error)
{
  const char *date = NULL;

  if (!cpt_json_read_string (json_node_get_object (metric->query), "date", &date, error))
    return FALSE;
  if (is_first)
    self->date = date;

  if (cpt_metric_is_undated (self->query) && g_strcmp0 (self->date, date) != 0)
    self->date = NULL;
  if (g_strcmp0 (self->date, date) == 0 || json_object_has_member (self->query, "date"))
    return TRUE;

  return cpt_aggregate_refuse (error, _("These metrics count by different dates. Choose the date that counts for all of them."));
}

static gboolean
add_each (Expansion   *self,
          const Part  *part,
          gboolean     is_first,
          GError     **error)
{
  if (is_first && part->each != NULL)
    self->each = json_node_copy (part->each);

  return (self->each == NULL && part->each == NULL) ||
         (self->each != NULL && part->each != NULL && json_node_equal (self->each, part->each)) ||
         cpt_aggregate_refuse (error, _("These metrics are made of different groups, so they can’t be in one question"));
}

static gboolean
add_metric (Expansion   *self,
            const char  *key,
            gboolean     is_only,
            gboolean     is_first,
            GError     **error)
{
  const CptMetric *metric = find_metric (self, key, error);
  const char *show = NULL;
  g_auto(Part) part = { NULL };

  if (metric == NULL)
    return FALSE;
  self->is_only = is_only;
  part = expand_metric (self, metric, is_only ? NULL : get_where (metric), error);
  if (part.formula == NULL || !read_date (self, metric, is_first, error) || !add_each (self, &part, is_first, error) ||
      !cpt_json_read_string (self->query, "show", &show, error))
    return FALSE;

  if (is_name (part.formula))
    show_measure (self, metric, part.formula, show);
  else
    show_formula (self, metric, &part, show);

  return TRUE;
}

static gboolean
add_metrics (Expansion   *self,
             JsonObject  *query,
             GError     **error)
{
  const char *only = NULL;
  JsonArray *keys = NULL;

  if (!cpt_json_read_string (query, "metric", &only, error) || !cpt_json_read_array (query, "metrics", &keys, error))
    return FALSE;
  if ((only != NULL) == (keys != NULL) || (keys != NULL && json_array_get_length (keys) == 0))
    return cpt_aggregate_refuse (error, _("A question names one “metric” or a list of “metrics”"));
  if (only != NULL)
    return add_metric (self, only, TRUE, TRUE, error);

  for (guint i = 0; i < json_array_get_length (keys); i++)
    {
      JsonNode *key = json_array_get_element (keys, i);

      if (!JSON_NODE_HOLDS_VALUE (key) || json_node_get_value_type (key) != G_TYPE_STRING)
        return cpt_aggregate_refuse (error, _("“metrics” is a list of keys"));
      if (!add_metric (self, json_node_get_string (key), json_array_get_length (keys) == 1, i == 0, error))
        return FALSE;
    }

  return TRUE;
}

/* What a single metric is about, and what is asked besides */
static JsonNode *
dup_where (Expansion  *self,
           JsonObject *query)
{
  gboolean is_only = json_object_has_member (query, "metric") ||
                     json_array_get_length (json_object_get_array_member (query, "metrics")) == 1;
  const CptMetric *first = self->own != NULL ? self->own : g_ptr_array_index (self->metrics, 0);
  g_autoptr(JsonNode) both = NULL;

  both = join (is_only ? get_where (first) : NULL, self->where);

  return join (both, json_object_get_member (query, "where"));
}

static JsonNode *
create_within (const char *date,
               JsonNode   *period)
{
  g_autoptr(JsonObject) within = json_object_new ();

  json_object_set_string_member (within, "field", date);
  json_object_set_string_member (within, "op", "within");
  json_object_set_member (within, "value", json_node_copy (period));

  return json_node_init_object (json_node_alloc (), within);
}

static void
set_compare (JsonObject *question,
             const char *date,
             JsonNode   *period,
             const char *with)
{
  JsonObject *compare = json_object_new ();

  json_object_set_string_member (compare, "field", date);
  json_object_set_member (compare, "period", json_node_copy (period));
  json_object_set_string_member (compare, "with", with);
  json_object_set_object_member (question, "compare", compare);
}

/* "where", "period" and "compare" */
static gboolean
set_conditions (Expansion   *self,
                JsonObject  *query,
                JsonObject  *question,
                GError     **error)
{
  JsonNode *period = json_object_get_member (query, "period");
  g_autoptr(JsonNode) where = dup_where (self, query);
  g_autoptr(JsonNode) within = NULL;
  const char *with = NULL;
  CptPeriod parsed;

  if (!cpt_json_read_string (query, "compare", &with, error) ||
      (period != NULL && !cpt_period_from_json (period, &parsed, error)))
    return FALSE;
  if (with != NULL && period == NULL)
    return cpt_aggregate_refuse (error, strcmp (with, "goal") == 0 ? _("Only a period has a goal")
                                                                   : _("Only a period can be compared with another one"));
  if (g_strcmp0 (with, "goal") == 0 && json_object_has_member (query, "each"))
    return cpt_aggregate_refuse (error, _("A goal is of the metric itself, not of its groups. Compare with another period, "
                                          "or store this as a metric with a goal of its own."));
  if (period != NULL && self->date == NULL)
    return cpt_aggregate_refuse (error, _("This metric has no date, so it has no periods"));

  if (with != NULL && strcmp (with, "goal") != 0)
    set_compare (question, self->date, period, with);
  else if (period != NULL)
    within = create_within (self->date, period);
  if (where != NULL || within != NULL)
    json_object_set_member (question, "where", join (where, within));

  return TRUE;
}

/* A dimension without a field is about the date */
static gboolean
set_dimensions (Expansion   *self,
                JsonObject  *query,
                JsonObject  *question,
                GError     **error)
{
  JsonArray *dimensions = NULL;
  JsonArray *copies;

  if (!cpt_json_read_array (query, "dimensions", &dimensions, error))
    return FALSE;
  if (dimensions == NULL)
    return TRUE;

  copies = json_array_new ();
  json_object_set_array_member (question, "dimensions", copies);
  for (guint i = 0; i < json_array_get_length (dimensions); i++)
    {
      JsonNode *node = json_array_get_element (dimensions, i);
      JsonObject *copy;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return cpt_aggregate_refuse (error, _("Measures, dimensions and orders are objects"));
      copy = copy_object (json_node_get_object (node));
      json_array_add_object_element (copies, copy);
      if (json_object_has_member (copy, "field"))
        continue;
      if (self->date == NULL)
        return cpt_aggregate_refuse (error, _("This metric has no date, so it has no periods"));
      json_object_set_string_member (copy, "field", self->date);
    }

  return TRUE;
}

gboolean
cpt_metric_is_undated (JsonObject *query)
{
  JsonNode *date = json_object_get_member (query, "date");

  return date != NULL && JSON_NODE_HOLDS_VALUE (date) && json_node_get_value_type (date) == G_TYPE_BOOLEAN &&
         !json_node_get_boolean (date);
}

static gboolean
set_question_each (Expansion   *self,
                   JsonObject  *query,
                   JsonObject  *question,
                   GError     **error)
{
  JsonNode *each = json_object_has_member (query, "each") ? cpt_metric_nest_each (query, self->each, self->date, error)
                   : self->each != NULL                   ? json_node_copy (self->each)
                                                          : NULL;

  if (each != NULL)
    json_object_set_member (question, "each", each);

  return each != NULL || !json_object_has_member (query, "each");
}

static gboolean
expand (Expansion   *self,
        JsonObject  *query,
        JsonObject  *question,
        GError     **error)
{
  static const char *const known[] = { "metric", "metrics", "where", "search", "period", "compare", "date",
                                       "dimensions", "having", "order", "limit", "show", "each", NULL };
  static const char *const same[] = { "search", "having", "order", "limit" };
  const char *date = NULL;

  if (!cpt_aggregate_check_members (query, known, error) ||
      (!cpt_metric_is_undated (query) && !cpt_json_read_string (query, "date", &date, error)) ||
      !add_metrics (self, query, error))
    return FALSE;
  if (date != NULL)
    self->date = date;
  if (self->source != NULL)
    json_object_set_string_member (question, "source", self->source);
  json_object_set_array_member (question, "measures", json_array_ref (self->measures));
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    if (json_object_has_member (query, same[i]))
      json_object_set_member (question, same[i], json_object_dup_member (query, same[i]));

  return set_conditions (self, query, question, error) && set_dimensions (self, query, question, error) &&
         set_question_each (self, query, question, error);
}

/* @own (nullable) */
static JsonNode *
expand_with (CptDatabase      *database,
             const CptMetric  *own,
             JsonNode         *query,
             GError          **error)
{
  Expansion expansion = { .database = database, .own = own, .query = json_node_get_object (query) };
  g_autoptr(JsonObject) question = json_object_new ();
  gboolean is_done;

  expansion.path = g_ptr_array_new ();
  expansion.measures = json_array_new ();
  expansion.metrics = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_metric_free);
  is_done = expand (&expansion, json_node_get_object (query), question, error);
  g_ptr_array_unref (expansion.path);
  json_array_unref (expansion.measures);
  g_ptr_array_unref (expansion.metrics);
  g_clear_pointer (&expansion.where, json_node_unref);
  g_clear_pointer (&expansion.each, json_node_unref);

  return is_done ? json_node_init_object (json_node_alloc (), question) : NULL;
}

JsonNode *
cpt_metric_expand (CptDatabase  *database,
                   JsonNode     *query,
                   GError      **error)
{
  g_return_val_if_fail (query != NULL, NULL);

  return cpt_metric_is_named (query) ? expand_with (database, NULL, query, error) : json_node_ref (query);
}

CptAggregateSpec *
cpt_metric_create_spec (CptDatabase  *database,
                        JsonNode     *query,
                        GError      **error)
{
  g_autoptr(JsonNode) question = cpt_metric_expand (database, query, error);

  return question != NULL ? cpt_aggregate_spec_from_json (cpt_database_get_schema (database), question, error) : NULL;
}

/* That periods are about it can be seen before somebody asks for one */
static gboolean
check_date (CptAggregateSpec  *spec,
            const CptMetric   *metric,
            GError           **error)
{
  const char *date = NULL;
  CptPath path;

  if (!cpt_json_read_string (json_node_get_object (metric->query), "date", &date, error))
    return FALSE;
  if (date == NULL)
    return TRUE;

  return cpt_path_parse (spec->schema, spec->entity, date, &path, error) &&
         (cpt_field_type_get (cpt_path_get_field (&path)->kind)->is_bucketable ||
          cpt_aggregate_refuse (error, _("“date” is a field with a date or a time")));
}

JsonNode *
cpt_metric_create_question (CptDatabase      *database,
                            const CptMetric  *metric,
                            GError          **error)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) query = NULL;

  g_return_val_if_fail (metric->key != NULL, NULL);

  json_object_set_string_member (object, "metric", metric->key);
  query = json_node_init_object (json_node_alloc (), object);

  return expand_with (database, metric, query, error);
}

gboolean
cpt_metric_check (CptDatabase      *database,
                  const CptMetric  *metric,
                  GError          **error)
{
  g_autoptr(JsonNode) question = cpt_metric_create_question (database, metric, error);
  g_autoptr(CptAggregateSpec) spec = NULL;

  if (question != NULL)
    spec = cpt_aggregate_spec_from_json (cpt_database_get_schema (database), question, error);

  return spec != NULL && check_date (spec, metric, error);
}
