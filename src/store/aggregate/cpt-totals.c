/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers below the columns of a list: aggregates like those of a dashboard,
 * which the cache keeps right after changes. Each amount of money that keeps
 * currencies apart is a question of its own, since it would divide the numbers
 * beside it too. */

#include "config.h"

#include "cpt-totals-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cpt-aggregate-private.h"
#include "cpt-error.h"
#include "cpt-money.h"
#include "cpt-sections.h"
#include "cpt-statement.h"

/* Of one group, or of all records */
typedef struct
{
  gint64 key;
  GArray **measures; /* (array length=n_totals) (element-type CptMeasure): one for each currency */
  guint n_totals;
} Line;

struct _CptTotals
{
  gatomicrefcount count;
  CptSchema *schema; /* (owned): of the paths */
  CptTotal *totals;  /* (owned) */
  guint n_totals;
  GHashTable *lines; /* &Line.key -> Line */
};

/* -------------------------------------------------------------- what is asked */

gboolean
cpt_total_is_possible (const CptField *field,
                       CptAggregate    aggregate)
{
  return (cpt_field_type_get (field->kind)->aggregates & (1u << aggregate)) != 0;
}

gboolean
cpt_total_is_sum (const CptField *field)
{
  return field->kind != CPT_FIELD_PERCENT && cpt_total_is_possible (field, CPT_AGGREGATE_SUM);
}

gboolean
cpt_total_parse (CptSchema        *schema,
                 const CptEntity  *entity,
                 const char       *text,
                 CptTotal         *total,
                 GError          **error)
{
  g_auto(GStrv) parts = g_strsplit (text, ":", 2);
  const char *name = parts[0] != NULL ? parts[0] : "";
  const char *aggregate = parts[0] != NULL && parts[1] != NULL ? parts[1] : "sum";
  CptTotal parsed = { 0 };

  if (!cpt_path_parse (schema, entity, name, &parsed.path, error))
    return FALSE;
  if (!cpt_aggregate_parse (aggregate, &parsed.aggregate))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("“%s” is no total: use sum, avg, min, max, count, median or distinct"), aggregate);
      return FALSE;
    }
  if (!cpt_total_is_possible (cpt_path_get_field (&parsed.path), parsed.aggregate))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, _("“%s” of “%s” can’t be worked out"), aggregate, name);
      return FALSE;
    }

  *total = parsed;

  return TRUE;
}

char *
cpt_total_format (const CptTotal *self)
{
  g_autofree char *path = cpt_path_format (&self->path);

  return g_strconcat (path, ":", cpt_aggregate_get_name (self->aggregate), NULL);
}

/* -------------------------------------------------------------------- reading */

static void
line_free (gpointer data)
{
  Line *line = data;

  for (guint i = 0; i < line->n_totals; i++)
    g_array_unref (line->measures[i]);
  g_free (line->measures);
  g_free (line);
}

static Line *
reach_line (CptTotals *self,
            gint64     key)
{
  Line *line = g_hash_table_lookup (self->lines, &key);

  if (line != NULL)
    return line;

  line = g_new0 (Line, 1);
  line->key = key;
  line->n_totals = self->n_totals;
  line->measures = g_new0 (GArray *, self->n_totals);
  for (guint i = 0; i < self->n_totals; i++)
    line->measures[i] = g_array_new (FALSE, FALSE, sizeof (CptMeasure));
  g_hash_table_insert (self->lines, &line->key, line);

  return line;
}

static gboolean
keeps_currencies_apart (const CptTotal *total)
{
  return cpt_path_get_field (&total->path)->kind == CPT_FIELD_MONEY && total->aggregate != CPT_AGGREGATE_COUNT &&
         total->aggregate != CPT_AGGREGATE_DISTINCT;
}

static void
add_measure (JsonArray      *measures,
             const CptTotal *total)
{
  JsonObject *object = json_object_new ();
  g_autofree char *path = cpt_path_format (&total->path);

  json_object_set_string_member (object, "agg", cpt_aggregate_get_name (total->aggregate));
  json_object_set_string_member (object, "field", path);
  json_array_add_object_element (measures, object);
}

static void
add_grouping (JsonObject        *object,
              const CptGrouping *grouping)
{
  JsonArray *dimensions = json_array_new ();
  JsonObject *dimension = json_object_new ();
  g_autofree char *path = cpt_path_format (&grouping->path);

  json_object_set_string_member (dimension, "field", path);
  if (grouping->bucket != CPT_BUCKET_NONE)
    json_object_set_string_member (dimension, "bucket", cpt_bucket_get_name (grouping->bucket));
  json_array_add_object_element (dimensions, dimension);
  json_object_set_array_member (object, "dimensions", dimensions);
}

typedef struct
{
  CptTotals *self;
  CptDatabase *database;
  const CptQuery *query;
  const CptGrouping *grouping; /* (nullable) */
} Reading;

/* Some of the totals, in one question */
typedef struct
{
  const guint *totals;
  guint n_totals;
} Question;

/* @grouping (nullable) */
static CptAggregateSpec *
create_spec (const CptQuery     *query,
             const CptGrouping  *grouping,
             const CptTotal     *totals,
             const Question     *question,
             GError            **error)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  JsonArray *measures = json_array_new ();

  json_object_set_string_member (object, "source", query->entity->name);
  if (query->filter != NULL)
    json_object_set_member (object, "where", cpt_filter_to_json (query->filter));
  if (query->search != NULL)
    json_object_set_string_member (object, "search", query->search);
  for (guint i = 0; i < question->n_totals; i++)
    add_measure (measures, &totals[question->totals[i]]);
  json_object_set_array_member (object, "measures", measures);
  if (grouping != NULL)
    add_grouping (object, grouping);

  return cpt_aggregate_spec_from_json (query->schema, node, error);
}

static void
take_answer (Reading            *reading,
             const Question     *question,
             gboolean            is_grouped,
             CptAggregateResult *result)
{
  for (guint row = 0; row < cpt_aggregate_result_get_n_rows (result); row++)
    {
      gint64 key = is_grouped ? cpt_section_get_value_key (cpt_aggregate_result_get_key (result, row, 0)) : 0;
      Line *line = reach_line (reading->self, key);

      for (guint i = 0; i < question->n_totals; i++)
        g_array_append_vals (line->measures[question->totals[i]], cpt_aggregate_result_get_measure (result, row, i), 1);
    }
}

/* What all records come to follows from their groups where it can. */
static gboolean
ask (Reading      *reading,
     const guint  *totals,
     guint         n_totals,
     GError      **error)
{
  const Question question = { .totals = totals, .n_totals = n_totals };
  const CptTotal *asked = reading->self->totals;
  g_autoptr(CptAggregateSpec) whole_spec = create_spec (reading->query, NULL, asked, &question, error);
  g_autoptr(CptAggregateSpec) spec = NULL;
  g_autoptr(CptAggregateResult) whole = NULL;
  g_autoptr(CptAggregateResult) result = NULL;

  if (whole_spec == NULL)
    return FALSE;

  if (reading->grouping != NULL)
    {
      spec = create_spec (reading->query, reading->grouping, asked, &question, error);
      if (spec != NULL)
        result = cpt_aggregate_run_with_whole (reading->database, spec, whole_spec, &whole, error);
      if (result == NULL)
        return FALSE;
      take_answer (reading, &question, TRUE, result);
    }

  if (whole == NULL)
    whole = cpt_aggregate_run (reading->database, whole_spec, error);
  if (whole == NULL)
    return FALSE;
  take_answer (reading, &question, FALSE, whole);

  return TRUE;
}

static gboolean
ask_all (Reading  *reading,
         GError  **error)
{
  guint together[CPT_AGGREGATE_MAX_MEASURES];
  guint n_together = 0;

  for (guint i = 0; i < reading->self->n_totals; i++)
    {
      if (keeps_currencies_apart (&reading->self->totals[i]))
        {
          if (!ask (reading, &i, 1, error))
            return FALSE;
          continue;
        }

      together[n_together++] = i;
      if (n_together == G_N_ELEMENTS (together))
        {
          if (!ask (reading, together, n_together, error))
            return FALSE;
          n_together = 0;
        }
    }

  return n_together == 0 || ask (reading, together, n_together, error);
}

CptAggregateSpec *
cpt_totals_create_question (const CptQuery     *query,
                            const CptGrouping  *grouping,
                            const CptTotal     *totals,
                            guint               n_totals,
                            GError            **error)
{
  guint together[CPT_AGGREGATE_MAX_MEASURES];
  Question question = { .totals = together };

  for (guint i = 0; i < n_totals; i++)
    {
      if (keeps_currencies_apart (&totals[i]))
        {
          together[0] = i;
          question.n_totals = 1;
          break;
        }
      if (question.n_totals < G_N_ELEMENTS (together))
        together[question.n_totals++] = i;
    }

  return create_spec (query, grouping, totals, &question, error);
}

static gboolean
read_all (CptDatabase  *database,
          gpointer      data,
          GError      **error)
{
  Reading *reading = data;

  g_hash_table_remove_all (reading->self->lines);

  return ask_all (reading, error);
}

CptTotals *
cpt_totals_read (CptDatabase        *database,
                 const CptQuery     *query,
                 const CptGrouping  *grouping,
                 const CptTotal     *totals,
                 guint               n_totals,
                 GError            **error)
{
  g_autoptr(CptTotals) self = g_new0 (CptTotals, 1);
  Reading reading = { .self = self, .database = database, .query = query, .grouping = grouping };
  gint64 sequence = cpt_database_get_sequence (database);

  g_atomic_ref_count_init (&self->count);
  self->schema = cpt_schema_ref (query->schema);
  self->totals = g_memdup2 (totals, n_totals * sizeof *totals);
  self->n_totals = n_totals;
  self->lines = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, line_free);
  if (!read_all (database, &reading, error))
    return NULL;
  /* Within a snapshot answers that took long can't be kept in the file, so it is
   * only taken when somebody wrote between two of them. */
  if (cpt_database_get_sequence (database) != sequence && !cpt_database_snapshot (database, read_all, &reading, error))
    return NULL;

  return g_steal_pointer (&self);
}

CptTotals *
cpt_totals_ref (CptTotals *self)
{
  g_atomic_ref_count_inc (&self->count);

  return self;
}

void
cpt_totals_unref (CptTotals *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;

  g_hash_table_unref (self->lines);
  g_free (self->totals);
  cpt_schema_unref (self->schema);
  g_free (self);
}

/* -------------------------------------------------------------------- telling */

static gboolean
is_number_of_values (const CptTotal *total)
{
  return total->aggregate == CPT_AGGREGATE_COUNT || total->aggregate == CPT_AGGREGATE_DISTINCT;
}

/* In the unit of the field, rounded */
static gint64
get_rounded (const CptMeasure *measure)
{
  if (measure->number == (double) measure->exact)
    return measure->exact;

  return (gint64) CLAMP (round (measure->number), -9e18, 9e18);
}

static char *
format_measure (const CptTotal   *total,
                const CptMeasure *measure)
{
  const CptField *field = cpt_path_get_field (&total->path);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (is_number_of_values (total))
    return cpt_decimal_format_local (measure->exact, 0, 0);
  if (keeps_currencies_apart (total))
    cpt_value_set_money (&value, get_rounded (measure), measure->currency);
  else if (field->kind == CPT_FIELD_INTEGER && measure->number != (double) measure->exact)
    return cpt_decimal_format_local ((gint64) CLAMP (round (measure->number * 10), -9e18, 9e18), 1, 1);
  else
    cpt_value_set_integer (&value, get_rounded (measure));

  return cpt_field_format_local (field, &value, NULL);
}

char *
cpt_totals_dup_text (CptTotals *self,
                     gint64     key,
                     guint      total)
{
  const Line *line = g_hash_table_lookup (self->lines, &key);
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_val_if_fail (total < self->n_totals, NULL);

  for (guint i = 0; line != NULL && i < line->measures[total]->len; i++)
    {
      const CptMeasure *measure = &g_array_index (line->measures[total], CptMeasure, i);
      g_autofree char *number = NULL;

      /* Nothing of one currency says nothing beside something of another. */
      if (measure->is_null || (keeps_currencies_apart (&self->totals[total]) && line->measures[total]->len > 1 &&
                               measure->number == 0))
        continue;
      number = format_measure (&self->totals[total], measure);
      if (text->len > 0)
        g_string_append (text, self->totals[total].aggregate == CPT_AGGREGATE_SUM ? " + " : " · ");
      g_string_append (text, number);
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static JsonNode *
measure_to_json (const CptTotal   *total,
                 const CptMeasure *measure)
{
  const CptField *field = cpt_path_get_field (&total->path);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (measure->is_null)
    return json_node_init_null (json_node_alloc ());
  if (is_number_of_values (total))
    return json_node_init_int (json_node_alloc (), measure->exact);
  if (keeps_currencies_apart (total))
    cpt_value_set_money (&value, get_rounded (measure), measure->currency);
  else if (field->kind == CPT_FIELD_INTEGER && measure->number != (double) measure->exact)
    return json_node_init_double (json_node_alloc (), measure->number);
  else
    cpt_value_set_integer (&value, get_rounded (measure));

  return cpt_field_to_json (field, &value);
}

JsonNode *
cpt_totals_to_json (CptTotals *self,
                    gint64     key)
{
  const Line *line = g_hash_table_lookup (self->lines, &key);
  g_autoptr(JsonObject) object = json_object_new ();

  for (guint i = 0; i < self->n_totals; i++)
    {
      const CptTotal *total = &self->totals[i];
      g_autofree char *name = cpt_total_format (total);
      GArray *measures = line != NULL ? line->measures[i] : NULL;
      JsonArray *array;

      if (!keeps_currencies_apart (total))
        {
          if (measures != NULL && measures->len > 0)
            json_object_set_member (object, name, measure_to_json (total, &g_array_index (measures, CptMeasure, 0)));
          else
            json_object_set_null_member (object, name);
          continue;
        }

      array = json_array_new ();
      for (guint j = 0; measures != NULL && j < measures->len; j++)
        if (!g_array_index (measures, CptMeasure, j).is_null)
          json_array_add_element (array, measure_to_json (total, &g_array_index (measures, CptMeasure, j)));
      json_object_set_array_member (object, name, array);
    }

  return json_node_init_object (json_node_alloc (), object);
}
