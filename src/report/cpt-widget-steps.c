/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a process, of funnels that tell what has come how far.
 *
 * All stages of a pipeline are steps, and all choices of a status, whether a record stands in them now or not; what was
 * lost is no step. How far a lost record had come is not known, but it did begin: it counts at the first step, and at no
 * later one. So the share of the last step is of everything that began, and not only of what was not lost. */
#include "config.h"

#include "cpt-widget-data-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cpt-chart-format.h"
#include "cpt-json.h"

#define MAX_STAGES 500
#define LOST "lost"

void
cpt_widget_steps_free (CptWidgetSteps *self)
{
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->labels);
  g_hash_table_unref (self->lost);
  g_free (self);
}

static gboolean
counts_reached (const CptWidget *widget)
{
  const CptChart chart = { .kind = cpt_chart_kind_find (widget->kind), .options = widget->options };

  return chart.kind != NULL && (chart.kind->needs & CPT_CHART_NEEDS_ORDER) && cpt_chart_is_option (&chart, "steps", "reached");
}

/* Takes @key */
static void
add_step (CptWidgetSteps *self,
          char           *key,
          const char     *label,
          gboolean        is_lost)
{
  if (is_lost)
    {
      g_hash_table_add (self->lost, key);
      return;
    }
  g_ptr_array_add (self->keys, key);
  g_ptr_array_add (self->labels, g_strdup (label));
}

static void
add_choices (CptWidgetSteps *self,
             const CptField *field)
{
  for (const CptChoice *choice = field->choices; choice->name != NULL; choice++)
    {
      const char *label = cpt_choice_get_label (choice);

      add_step (self, g_strconcat ("t", label, NULL), label, g_str_equal (choice->name, LOST));
    }
}

static gboolean
has_stage (CptAggregateResult *result,
           const CptRecord    *stage)
{
  for (guint i = 0; i < cpt_aggregate_result_get_n_rows (result); i++)
    {
      const CptValue *key = cpt_aggregate_result_get_key (result, i, 0);

      if (key->type == CPT_VALUE_ID && cpt_uuid_equal (&key->id, &stage->id))
        return TRUE;
    }

  return FALSE;
}

/* Of the pipelines that the answer tells of, in their order */
static void
add_stages (CptWidgetSteps     *self,
            CptDatabase        *database,
            CptAggregateResult *result)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, cpt_schema_find_entity (schema, "stage"));
  g_autoptr(GPtrArray) stages = cpt_query_load_records (query, database, MAX_STAGES, NULL);
  g_autoptr(GHashTable) pipelines = g_hash_table_new (cpt_uuid_hash, cpt_uuid_equal);

  for (guint i = 0; stages != NULL && i < stages->len; i++)
    {
      CptRecord *stage = g_ptr_array_index (stages, i);
      const CptValue *pipeline = cpt_record_get_named (stage, "pipeline");

      if (pipeline->type == CPT_VALUE_ID && has_stage (result, stage))
        g_hash_table_add (pipelines, (gpointer) &pipeline->id);
    }
  for (guint i = 0; stages != NULL && i < stages->len; i++)
    {
      CptRecord *stage = g_ptr_array_index (stages, i);
      const CptValue *pipeline = cpt_record_get_named (stage, "pipeline");
      char text[CPT_UUID_TEXT_SIZE];

      if (pipeline->type != CPT_VALUE_ID || !g_hash_table_contains (pipelines, &pipeline->id))
        continue;
      cpt_uuid_format (&stage->id, text);
      add_step (self, g_strconcat ("u", text, NULL), cpt_record_get_text (stage, "name"),
                g_strcmp0 (cpt_record_get_text (stage, "kind"), LOST) == 0);
    }
}

CptWidgetSteps *
cpt_widget_steps_read (CptDatabase        *database,
                       const CptWidget    *widget,
                       CptAggregateSpec   *spec,
                       CptAggregateResult *result)
{
  g_autoptr(CptWidgetSteps) self = NULL;
  const CptField *field;

  if (!counts_reached (widget) || cpt_aggregate_spec_get_n_dimensions (spec) != 1 ||
      !cpt_aggregate_spec_is_additive (spec, 0) || cpt_aggregate_result_get_n_rows (result) == 0 ||
      cpt_aggregate_result_is_truncated (result))
    return NULL;

  self = g_new0 (CptWidgetSteps, 1);
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->lost = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  field = cpt_aggregate_spec_get_dimension_field (spec, 0);
  if (field->kind == CPT_FIELD_LINK && g_strcmp0 (field->target, "stage") == 0)
    add_stages (self, database, result);
  else if (field->kind == CPT_FIELD_CHOICE && field->choices != NULL && cpt_field_find_choice (field, LOST) != NULL)
    add_choices (self, field);

  return self->keys->len > 0 ? g_steal_pointer (&self) : NULL;
}

void
cpt_widget_builder_take_beginners (CptWidgetBuilder *self)
{
  const CptWidgetSteps *steps = self->steps;

  if (steps == NULL)
    return;

  self->data->beginners = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->rows->len;)
    {
      guint row = g_array_index (self->rows, guint, i);
      g_autofree char *key = cpt_widget_builder_dup_key (self, row, 0);

      if (g_ptr_array_find_with_equal_func (steps->keys, key, g_str_equal, NULL))
        {
          i++;
          continue;
        }
      g_array_append_val (self->data->beginners, row);
      g_array_remove_index (self->rows, i);
    }
}

/* What was lost, in words below the funnel */
static void
note_lost (CptWidgetBuilder *self,
           double            lost)
{
  g_autofree char *text = NULL;
  g_autofree char *note = NULL;

  if (lost == 0)
    return;

  text = cpt_chart_format_value (&self->chart->unit, lost);
  /* Translators: below a funnel; %s is a number of records, or an amount: "311", "€1,200" */
  note = g_strdup_printf (_("Lost: %s. How far they had come is not known; only the first step counts them."), text);
  cpt_chart_data_add_note (self->chart, note);
}

static double
add_beginners (CptWidgetBuilder *self,
               double            factor)
{
  double sum = 0, lost = 0;

  for (guint i = 0; self->data->beginners != NULL && i < self->data->beginners->len; i++)
    {
      guint row = g_array_index (self->data->beginners, guint, i);
      double value = cpt_widget_get_number (cpt_aggregate_result_get_measure (self->result, row, 0), factor);
      g_autofree char *key = cpt_widget_builder_dup_key (self, row, 0);

      if (isnan (value))
        continue;
      sum += value;
      if (g_hash_table_contains (self->steps->lost, key))
        lost += value;
    }
  note_lost (self, lost);

  return sum;
}

void
cpt_widget_builder_count_reached (CptWidgetBuilder *self,
                                  const CptWidget  *widget,
                                  double            factor)
{
  CptWidgetData *data = self->data;
  double sum = 0;

  if (!counts_reached (widget))
    return;

  data->is_reached = TRUE;
  for (guint i = data->n_categories; i > 0; i--)
    {
      double value = cpt_chart_data_get_value (self->chart, 0, i - 1);

      sum += isnan (value) ? 0 : value;
      if (i == 1)
        sum += add_beginners (self, factor);
      cpt_chart_data_set_value (self->chart, 0, i - 1, sum);
    }
}

/* Whether @where asks for what is not lost, by @field or by what it means */
static gboolean
leaves_lost_out (JsonNode   *where,
                 const char *field)
{
  JsonObject *object = where != NULL && JSON_NODE_HOLDS_OBJECT (where) ? json_node_get_object (where) : NULL;
  g_autofree char *meaning = g_strconcat (field, ".kind", NULL);
  g_autofree char *name = NULL;
  g_autofree char *op = NULL;
  g_autofree char *value = NULL;
  JsonArray *all = NULL;

  if (object == NULL)
    return FALSE;

  cpt_json_read_array (object, "all", &all, NULL);
  for (guint i = 0; all != NULL && i < json_array_get_length (all); i++)
    if (leaves_lost_out (json_array_get_element (all, i), field))
      return TRUE;

  name = cpt_json_dup_string (object, "field");
  op = cpt_json_dup_string (object, "op");
  value = cpt_json_dup_string (object, "value");

  return g_strcmp0 (op, "is-not") == 0 && g_strcmp0 (value, LOST) == 0 &&
         (g_strcmp0 (name, field) == 0 || g_strcmp0 (name, meaning) == 0);
}

void
cpt_widget_data_note_left_out (CptWidgetData   *self,
                               const CptWidget *widget,
                               JsonNode        *query)
{
  JsonObject *object = json_node_get_object (query);
  JsonArray *dimensions = NULL;
  JsonNode *first;
  g_autofree char *field = NULL;

  if (!self->is_reached || !counts_reached (widget))
    return;

  cpt_json_read_array (object, "dimensions", &dimensions, NULL);
  first = dimensions != NULL && json_array_get_length (dimensions) == 1 ? json_array_get_element (dimensions, 0) : NULL;
  if (first != NULL && JSON_NODE_HOLDS_OBJECT (first))
    field = cpt_json_dup_string (json_node_get_object (first), "field");
  if (field != NULL && leaves_lost_out (json_object_get_member (object, "where"), field))
    cpt_chart_data_add_note (self->chart, _("What was lost is left out: the shares are of the rest."));
}
