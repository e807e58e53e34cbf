/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A question over facts made ready: fields become places of columns, filters
 * conditions on them. What facts can't be asked is refused here. */

#include "config.h"

#include "cpt-facts-question-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-date.h"
#include "cpt-error.h"

static gboolean
refuse (CptFactsQuestion  *self,
        const CptPath     *path,
        GError           **error)
{
  g_autofree char *label = cpt_path_get_label (path);

  g_set_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED,
               /* Translators: a field, and a kind of numbers: "Ad results" */
               _("“%s” can’t be asked for like this in %s. Use counts, sums, averages, least and greatest values of their "
                 "own numbers."),
               label, cpt_entity_get_label_plural (self->spec->entity));

  return FALSE;
}

int
cpt_facts_question_find_code (const CptFactsQuestion *self,
                              const CptField         *field)
{
  for (guint i = 0; i < self->shape.n_keys; i++)
    if (g_str_equal (self->shape.code_fields[i]->name, field->name))
      return (int) i;

  return -1;
}

int
cpt_facts_question_find_number (const CptFactsQuestion *self,
                                const CptField         *field)
{
  for (guint i = 0; i + 1 < self->shape.n_numbers; i++)
    if (g_str_equal (self->shape.number_fields[i]->name, field->name))
      return (int) i;

  return -1;
}

gboolean
cpt_facts_question_need_code (CptFactsQuestion  *self,
                              guint              place,
                              GError           **error)
{
  self->needed_codes[place] = TRUE;
  if (self->texts[place] == NULL)
    self->texts[place] = cpt_facts_dictionary_load (self->database, &self->shape, place, error);
  if (self->texts[place] != NULL)
    self->sizes[place] = self->texts[place]->len;

  return self->texts[place] != NULL;
}

static gboolean
is_day (CptFactsQuestion *self,
        const CptPath    *path)
{
  return path->n_steps == 1 && g_str_equal (path->fields[0]->name, self->shape.day->name);
}

static gboolean
take_dimension (CptFactsQuestion  *self,
                guint              dimension,
                GError           **error)
{
  const CptPath *path = &self->spec->dimensions[dimension].path;

  self->dimension_places[dimension] = -1;
  if (is_day (self, path))
    return TRUE;
  if (path->n_steps == 1)
    self->dimension_places[dimension] = cpt_facts_question_find_code (self, path->fields[0]);
  if (self->dimension_places[dimension] < 0)
    return refuse (self, path, error);

  self->places[self->n_places++] = (guint) self->dimension_places[dimension];

  return cpt_facts_question_need_code (self, (guint) self->dimension_places[dimension], error);
}

static gboolean
is_tally (const CptMeasureSpec  *spec,
          const CptFactsMeasure *measure)
{
  if (spec->form != CPT_MEASURE_PLAIN)
    return FALSE;

  switch (spec->aggregate)
    {
    case CPT_AGGREGATE_COUNT:
    case CPT_AGGREGATE_MIN:
    case CPT_AGGREGATE_MAX:
      return TRUE;
    case CPT_AGGREGATE_SUM:
    case CPT_AGGREGATE_AVERAGE:
      return !measure->is_day;
    case CPT_AGGREGATE_MEDIAN:
    case CPT_AGGREGATE_DISTINCT:
    case CPT_N_AGGREGATES:
    default:
      return FALSE;
    }
}

static gboolean
take_measure (CptFactsQuestion  *self,
              guint              number,
              GError           **error)
{
  const CptMeasureSpec *spec = &self->spec->measures[number];
  CptFactsMeasure *measure = &self->measures[number];
  int place = spec->path.n_steps == 1 ? cpt_facts_question_find_number (self, spec->path.fields[0]) : -1;

  measure->aggregate = spec->aggregate;
  measure->is_day = spec->path.n_steps > 0 && is_day (self, &spec->path);
  measure->counts = spec->path.n_steps == 0 || (spec->aggregate == CPT_AGGREGATE_COUNT && (place >= 0 || measure->is_day));
  if (!measure->counts && (place < 0 && !measure->is_day))
    return refuse (self, &spec->path, error);
  if (!is_tally (spec, measure))
    return refuse (self, &spec->path, error);

  if (!measure->counts && place >= 0)
    {
      measure->place = (guint) place;
      self->needed_numbers[place] = TRUE;
    }
  self->needs_days = self->needs_days || spec->aggregate == CPT_AGGREGATE_MIN || spec->aggregate == CPT_AGGREGATE_MAX;
  if (spec->filter != NULL)
    measure->filter = cpt_facts_condition_new (self, spec->filter, error);

  return spec->filter == NULL || measure->filter != NULL;
}

static gboolean
take_currencies (CptFactsQuestion  *self,
                 GError           **error)
{
  for (guint i = 0; i < self->spec->n_currencies; i++)
    {
      int number = cpt_facts_question_find_number (self, cpt_path_get_field (&self->spec->currencies[i]));
      guint place;

      if (number < 0)
        return refuse (self, &self->spec->currencies[i], error);
      place = self->shape.currencies[number];
      self->places[self->n_places++] = place;
      if (!cpt_facts_question_need_code (self, place, error))
        return FALSE;
    }

  return TRUE;
}

/* What makes a group is told by one number */
static gboolean
check_size (CptFactsQuestion  *self,
            GError           **error)
{
  guint64 n_keys = 1;

  for (guint i = 0; i < self->n_places; i++)
    if (__builtin_mul_overflow (n_keys, (guint64) self->sizes[self->places[i]], &n_keys))
      {
        g_set_error_literal (error, CPT_ERROR, CPT_ERROR_LIMIT, _("This question has too many groups. Use fewer dimensions."));
        return FALSE;
      }

  return TRUE;
}

static gboolean
take_filters (CptFactsQuestion  *self,
              GError           **error)
{
  CptAggregateSpec *spec = self->spec;

  if (spec->where != NULL)
    {
      self->where = cpt_facts_condition_new (self, spec->where, error);
      if (self->where == NULL)
        return FALSE;
    }

  self->n_parts = spec->has_compare ? 2 : 1;
  for (guint i = 0; spec->has_compare && i < self->n_parts; i++)
    {
      g_autoptr(CptFilter) period =
        cpt_aggregate_spec_dup_part_filter (spec, self->database, i, &self->months[i], &self->days[i]);

      self->periods[i] = cpt_facts_condition_new (self, period, error);
      if (self->periods[i] == NULL)
        return FALSE;
    }

  return TRUE;
}

CptFactsQuestion *
cpt_facts_question_new (CptDatabase       *database,
                        CptAggregateSpec  *spec,
                        GError           **error)
{
  g_autoptr(CptFactsQuestion) self = g_new0 (CptFactsQuestion, 1);

  self->spec = spec;
  self->database = database;
  cpt_facts_shape_init (&self->shape, spec->entity);
  if (spec->search != NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, _("%s can’t be searched for words. Use a filter."),
                   cpt_entity_get_label_plural (spec->entity));
      return NULL;
    }

  for (guint i = 0; i < spec->n_dimensions; i++)
    if (!take_dimension (self, i, error))
      return NULL;
  for (guint i = 0; i < spec->n_measures; i++)
    if (!take_measure (self, i, error))
      return NULL;

  return take_currencies (self, error) && check_size (self, error) && take_filters (self, error) ? g_steal_pointer (&self) : NULL;
}

void
cpt_facts_question_free (CptFactsQuestion *self)
{
  if (self == NULL)
    return;

  cpt_facts_condition_free (self->where);
  for (guint i = 0; i < G_N_ELEMENTS (self->periods); i++)
    cpt_facts_condition_free (self->periods[i]);
  for (guint i = 0; i < G_N_ELEMENTS (self->measures); i++)
    cpt_facts_condition_free (self->measures[i].filter);
  for (guint i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_clear_pointer (&self->texts[i], g_ptr_array_unref);
  g_free (self);
}

gint64
cpt_facts_question_get_bucket (const CptFactsQuestion *self,
                               guint                   dimension,
                               guint                   part,
                               gint64                  day)
{
  if (self->n_parts == 2)
    day = cpt_date_add_months (day, self->months[part]) + self->days[part];

  return cpt_bucket_get_start (self->spec->dimensions[dimension].bucket, day);
}
