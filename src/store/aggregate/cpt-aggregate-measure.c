/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The measures of a question. What is counted and added up while records are
 * read (CptMeasureSpec), and what is shown of it (CptFigureSpec): a measure as
 * it is, or a formula over several. Answers are kept without the formulas,
 * which cost nothing. */

#include "config.h"

#include "cpt-aggregate-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"

#define MAX_NAME_BYTES 40
#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789_"

static const char *const unit_names[] = {
  [CPT_MEASURE_UNIT_NONE] = "none",
  [CPT_MEASURE_UNIT_COUNT] = "count",
  [CPT_MEASURE_UNIT_NUMBER] = "number",
  [CPT_MEASURE_UNIT_MONEY] = "money",
  [CPT_MEASURE_UNIT_PERCENT] = "percent",
  [CPT_MEASURE_UNIT_DAYS] = "days",
  [CPT_MEASURE_UNIT_DURATION] = "duration",
};

G_STATIC_ASSERT (G_N_ELEMENTS (unit_names) == CPT_N_MEASURE_UNITS);

/* What the numbers of each kind of field are; of others there is none */
static const CptMeasureUnit field_units[CPT_N_FIELD_KINDS] = {
  [CPT_FIELD_INTEGER] = CPT_MEASURE_UNIT_NUMBER,
  [CPT_FIELD_DECIMAL] = CPT_MEASURE_UNIT_NUMBER,
  [CPT_FIELD_BOOLEAN] = CPT_MEASURE_UNIT_NUMBER,
  [CPT_FIELD_MONEY] = CPT_MEASURE_UNIT_MONEY,
  [CPT_FIELD_PERCENT] = CPT_MEASURE_UNIT_PERCENT,
  [CPT_FIELD_DURATION] = CPT_MEASURE_UNIT_DURATION,
};

const char *
cpt_measure_unit_get_name (CptMeasureUnit unit)
{
  g_return_val_if_fail (unit < CPT_N_MEASURE_UNITS, NULL);

  return unit_names[unit];
}

gboolean
cpt_measure_unit_parse (const char     *name,
                        CptMeasureUnit *unit)
{
  for (guint i = CPT_MEASURE_UNIT_COUNT; i < G_N_ELEMENTS (unit_names); i++)
    if (g_strcmp0 (unit_names[i], name) == 0)
      {
        *unit = (CptMeasureUnit) i;
        return TRUE;
      }

  return FALSE;
}

static const char *const show_names[] = {
  [CPT_SHOW_VALUE] = "value",
  [CPT_SHOW_RUNNING] = "running",
  [CPT_SHOW_SHARE] = "share",
};

gboolean
cpt_aggregate_refuse (GError     **error,
                      const char  *message)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, message);

  return FALSE;
}

gboolean
cpt_aggregate_check_members (JsonObject         *object,
                             const char *const  *known,
                             GError            **error)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (known, name))
      {
        g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” is not known here"), name);
        return FALSE;
      }

  return TRUE;
}

/* Reading */

static int
find_measure (const char *name,
              gpointer    data)
{
  CptAggregateSpec *self = data;

  for (guint i = 0; i < self->n_measures; i++)
    if (g_strcmp0 (self->measures[i].name, name) == 0)
      return (int) i;

  return -1;
}

static guint
reach_currency (CptAggregateSpec *self,
                const CptPath    *path)
{
  g_autofree char *text = cpt_path_format (path);

  for (guint i = 0; i < self->n_currencies; i++)
    {
      g_autofree char *other = cpt_path_format (&self->currencies[i]);

      if (strcmp (text, other) == 0)
        return i;
    }

  self->currencies[self->n_currencies] = *path;

  return self->n_currencies++;
}

static gboolean
is_date (const CptPath *path)
{
  return path->n_steps > 0 && cpt_field_type_get (cpt_path_get_field (path)->kind)->is_bucketable;
}

static gboolean
check_form (const CptMeasureSpec  *measure,
            GError               **error)
{
  gboolean is_number = measure->aggregate != CPT_AGGREGATE_COUNT && measure->aggregate != CPT_AGGREGATE_DISTINCT;
  CptMeasureUnit unit = CPT_MEASURE_UNIT_NONE;

  if (measure->path.n_steps > 0)
    unit = field_units[cpt_path_get_field (&measure->path)->kind];
  if (measure->form == CPT_MEASURE_SINCE && !(is_number && is_date (&measure->path) && is_date (&measure->other)))
    return cpt_aggregate_refuse (error, _("“since” takes the sum, avg, min, max or median of the days between two dates"));
  if (measure->form == CPT_MEASURE_WEIGHTED &&
      !(is_number && unit != CPT_MEASURE_UNIT_NONE && cpt_path_get_field (&measure->other)->kind == CPT_FIELD_PERCENT))
    return cpt_aggregate_refuse (error, _("“weight” takes the part of a number that a percentage says"));

  return TRUE;
}

static gboolean
check_aggregate (const CptMeasureSpec  *measure,
                 const char            *field,
                 GError               **error)
{
  if (measure->form != CPT_MEASURE_PLAIN)
    return check_form (measure, error);
  if (measure->path.n_steps == 0)
    return measure->aggregate == CPT_AGGREGATE_COUNT ||
           cpt_aggregate_refuse (error, _("Every measure but the number of records needs a field"));

  if ((cpt_field_type_get (cpt_path_get_field (&measure->path)->kind)->aggregates & (1u << measure->aggregate)) != 0)
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("“%s” can’t be computed for the field “%s”"),
               cpt_aggregate_get_name (measure->aggregate), field);

  return FALSE;
}

static gboolean
parse_paths (CptAggregateSpec  *self,
             JsonObject        *object,
             CptMeasureSpec    *measure,
             GError           **error)
{
  const char *field = NULL, *since = NULL, *weight = NULL;

  if (!cpt_json_read_string (object, "field", &field, error) ||
      !cpt_json_read_string (object, "since", &since, error) ||
      !cpt_json_read_string (object, "weight", &weight, error))
    return FALSE;
  if (since != NULL && weight != NULL)
    return cpt_aggregate_refuse (error, _("A measure has “since” or “weight”, not both"));

  if (since != NULL)
    measure->form = CPT_MEASURE_SINCE;
  else if (weight != NULL)
    measure->form = CPT_MEASURE_WEIGHTED;
  if (field != NULL && !cpt_path_parse (self->schema, self->entity, field, &measure->path, error))
    return FALSE;
  if (measure->form != CPT_MEASURE_PLAIN &&
      !cpt_path_parse (self->schema, self->entity, since != NULL ? since : weight, &measure->other, error))
    return FALSE;

  return check_aggregate (measure, field, error);
}

static gboolean
parse_name (CptAggregateSpec  *self,
            JsonObject        *object,
            CptMeasureSpec    *measure,
            GError           **error)
{
  const char *name = NULL;

  if (!cpt_json_read_string (object, "name", &name, error))
    return FALSE;
  if (name == NULL)
    return TRUE;

  if (!g_ascii_islower (*name) || strlen (name) > MAX_NAME_BYTES || name[strspn (name, NAME_CHARACTERS)] != '\0')
    return cpt_aggregate_refuse (error, _("The name of a measure is made of small letters, digits and _"));
  if (find_measure (name, self) >= 0)
    return cpt_aggregate_refuse (error, _("Two measures have the same name"));
  measure->name = g_strdup (name);

  return TRUE;
}

/* Only what can be added up has parts and runs on. @measure (nullable) of a formula */
static gboolean
parse_show (CptAggregateSpec      *self,
            JsonObject            *object,
            const CptMeasureSpec  *measure,
            GError               **error)
{
  CptFigureSpec *figure = &self->figures[self->n_figures - 1];
  CptAggregate aggregate = self->has_each ? self->fold : measure != NULL ? measure->aggregate
                                                                         : CPT_N_AGGREGATES;
  const char *show = NULL;

  if (!cpt_json_read_string (object, "show", &show, error))
    return FALSE;
  if (show == NULL)
    return TRUE;

  for (guint i = CPT_SHOW_RUNNING; i < G_N_ELEMENTS (show_names); i++)
    if (g_str_equal (show_names[i], show))
      figure->show = (CptShow) i;
  if (figure->show == CPT_SHOW_VALUE)
    return cpt_aggregate_refuse (error, _("“show” is “running” or “share”"));

  return aggregate == CPT_AGGREGATE_COUNT || aggregate == CPT_AGGREGATE_SUM ||
         cpt_aggregate_refuse (error, _("Only numbers and sums have shares and running totals"));
}

static gboolean
parse_measure (CptAggregateSpec  *self,
               JsonObject        *object,
               GError           **error)
{
  static const char *const known[] = { "agg", "field", "since", "weight", "where", "label", "name", "hidden", "show", NULL };
  CptMeasureSpec *measure = &self->measures[self->n_measures];
  const char *aggregate = NULL, *label = NULL;
  JsonNode *where = json_object_get_member (object, "where");
  gboolean is_hidden = FALSE;

  if (!cpt_aggregate_check_members (object, known, error) ||
      !cpt_json_read_string (object, "agg", &aggregate, error) ||
      !cpt_json_read_string (object, "label", &label, error) ||
      !cpt_json_read_boolean (object, "hidden", &is_hidden, error) ||
      !parse_name (self, object, measure, error))
    return FALSE;

  self->n_measures++;
  measure->currency = CPT_AGGREGATE_NO_CURRENCY;
  if (aggregate == NULL || !cpt_aggregate_parse (aggregate, &measure->aggregate))
    return cpt_aggregate_refuse (error, _("“agg” is one of count, sum, avg, min, max, median and distinct"));
  if (!parse_paths (self, object, measure, error))
    return FALSE;

  if (where != NULL)
    {
      measure->filter = cpt_filter_from_json (self->schema, self->entity, where, error);
      if (measure->filter == NULL)
        return FALSE;
    }

  if (measure->path.n_steps > 0 && cpt_path_get_field (&measure->path)->kind == CPT_FIELD_MONEY &&
      measure->aggregate != CPT_AGGREGATE_COUNT && measure->aggregate != CPT_AGGREGATE_DISTINCT)
    measure->currency = reach_currency (self, &measure->path);
  if (is_hidden)
    return TRUE;

  self->figures[self->n_figures++] = (CptFigureSpec){ .measure = self->n_measures - 1, .label = g_strdup (label) };

  return parse_show (self, object, measure, error);
}

/* It reads what stands before it */
static gboolean
parse_formula (CptAggregateSpec  *self,
               JsonObject        *object,
               GError           **error)
{
  static const char *const known[] = { "formula", "unit", "label", "show", NULL };
  CptFigureSpec figure = { .unit = CPT_MEASURE_UNIT_NUMBER };
  const char *formula = NULL, *unit = NULL, *label = NULL;

  if (!cpt_aggregate_check_members (object, known, error) ||
      !cpt_json_read_string (object, "formula", &formula, error) ||
      !cpt_json_read_string (object, "unit", &unit, error) ||
      !cpt_json_read_string (object, "label", &label, error))
    return FALSE;
  if (unit != NULL && !cpt_measure_unit_parse (unit, &figure.unit))
    return cpt_aggregate_refuse (error, _("“unit” is one of count, number, money, percent, days and duration"));

  figure.formula = cpt_formula_parse (formula != NULL ? formula : "", find_measure, self, error);
  if (figure.formula == NULL)
    return FALSE;

  figure.label = g_strdup (label);
  self->figures[self->n_figures++] = figure;

  return parse_show (self, object, NULL, error);
}

static gboolean
parse_element (CptAggregateSpec  *self,
               JsonNode          *node,
               GError           **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL)
    return cpt_aggregate_refuse (error, _("Measures, dimensions and orders are objects"));

  return json_object_has_member (object, "formula") ? parse_formula (self, object, error)
                                                    : parse_measure (self, object, error);
}

gboolean
cpt_aggregate_parse_measures (CptAggregateSpec  *self,
                              JsonObject        *object,
                              GError           **error)
{
  JsonArray *array = NULL;
  guint length;

  if (!cpt_json_read_array (object, "measures", &array, error))
    return FALSE;

  length = array == NULL ? 0 : json_array_get_length (array);
  if (length > CPT_AGGREGATE_MAX_MEASURES)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
                   ngettext ("“%s” can’t have more than %u item",
                             "“%s” can’t have more than %u items", CPT_AGGREGATE_MAX_MEASURES),
                   "measures", CPT_AGGREGATE_MAX_MEASURES);
      return FALSE;
    }
  for (guint i = 0; i < length; i++)
    if (!parse_element (self, json_array_get_element (array, i), error))
      return FALSE;

  if (length == 0)
    {
      self->measures[self->n_measures++] =
        (CptMeasureSpec){ .aggregate = CPT_AGGREGATE_COUNT, .currency = CPT_AGGREGATE_NO_CURRENCY };
      self->n_figures = 1;
    }

  return self->n_figures > 0 || cpt_aggregate_refuse (error, _("All measures are hidden: nothing is left to show"));
}

void
cpt_aggregate_clear_measures (CptAggregateSpec *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->measures); i++)
    {
      g_clear_pointer (&self->measures[i].filter, cpt_filter_unref);
      g_clear_pointer (&self->measures[i].name, g_free);
      g_clear_pointer (&self->figures[i].formula, cpt_formula_free);
      g_clear_pointer (&self->figures[i].label, g_free);
    }
}

/* Back to JSON */

static void
add_path (JsonObject    *object,
          const char    *member,
          const CptPath *path)
{
  g_autofree char *text = NULL;

  if (path->n_steps == 0)
    return;

  text = cpt_path_format (path);
  json_object_set_string_member (object, member, text);
}

static JsonObject *
measure_to_json (const CptMeasureSpec *measure,
                 const CptFigureSpec  *figure)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "agg", cpt_aggregate_get_name (measure->aggregate));
  add_path (object, "field", &measure->path);
  add_path (object, measure->form == CPT_MEASURE_SINCE ? "since" : "weight", &measure->other);
  if (measure->filter != NULL)
    json_object_set_member (object, "where", cpt_filter_to_json (measure->filter));
  if (measure->name != NULL)
    json_object_set_string_member (object, "name", measure->name);
  if (figure != NULL && figure->show != CPT_SHOW_VALUE)
    json_object_set_string_member (object, "show", show_names[figure->show]);
  if (figure == NULL)
    json_object_set_boolean_member (object, "hidden", TRUE);
  else if (figure->label != NULL)
    json_object_set_string_member (object, "label", figure->label);

  return object;
}

static JsonObject *
formula_to_json (const CptFigureSpec *figure)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "formula", cpt_formula_get_text (figure->formula));
  json_object_set_string_member (object, "unit", cpt_measure_unit_get_name (figure->unit));
  if (figure->show != CPT_SHOW_VALUE)
    json_object_set_string_member (object, "show", show_names[figure->show]);
  if (figure->label != NULL)
    json_object_set_string_member (object, "label", figure->label);

  return object;
}

/* (nullable): the figure that shows the measure as it is */
static const CptFigureSpec *
find_figure (CptAggregateSpec *self,
             guint             measure)
{
  for (guint i = 0; i < self->n_figures; i++)
    if (self->figures[i].formula == NULL && self->figures[i].measure == measure)
      return &self->figures[i];

  return NULL;
}

/* Hidden ones first, then what is shown, in its order: formulas read what stands before them */
JsonArray *
cpt_aggregate_measures_to_json (CptAggregateSpec *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->n_measures; i++)
    if (find_figure (self, i) == NULL)
      json_array_add_object_element (array, measure_to_json (&self->measures[i], NULL));
  for (guint i = 0; i < self->n_figures; i++)
    {
      const CptFigureSpec *figure = &self->figures[i];

      json_array_add_object_element (array, figure->formula != NULL
                                              ? formula_to_json (figure)
                                              : measure_to_json (&self->measures[figure->measure], figure));
    }

  return array;
}

/* What it is */

guint
cpt_aggregate_spec_get_n_measures (CptAggregateSpec *self)
{
  return self->n_figures;
}

/* (nullable): NULL for a formula */
static const CptMeasureSpec *
get_measure (CptAggregateSpec *self,
             guint             figure)
{
  return self->figures[figure].formula == NULL ? &self->measures[self->figures[figure].measure] : NULL;
}

const CptField *
cpt_aggregate_spec_get_measure_field (CptAggregateSpec *self,
                                      guint             measure)
{
  const CptMeasureSpec *own;

  g_return_val_if_fail (measure < self->n_figures, NULL);

  if (self->has_each)
    return self->fold != CPT_AGGREGATE_COUNT ? cpt_aggregate_spec_get_measure_field (self->inner, measure) : NULL;
  own = get_measure (self, measure);

  return own == NULL || own->path.n_steps == 0 ? NULL : cpt_path_get_field (&own->path);
}

CptAggregate
cpt_aggregate_spec_get_measure_aggregate (CptAggregateSpec *self,
                                          guint             measure)
{
  const CptMeasureSpec *own;

  g_return_val_if_fail (measure < self->n_figures, CPT_AGGREGATE_COUNT);

  /* Who is in two groups of an axis is counted in both, as different values are */
  if (self->has_each)
    return self->fold == CPT_AGGREGATE_COUNT ? CPT_AGGREGATE_DISTINCT : self->fold;

  own = get_measure (self, measure);

  return own != NULL ? own->aggregate : CPT_N_AGGREGATES;
}

static CptMeasureUnit
get_measure_unit (const CptMeasureSpec *measure)
{
  if (measure->aggregate == CPT_AGGREGATE_COUNT || measure->aggregate == CPT_AGGREGATE_DISTINCT)
    return CPT_MEASURE_UNIT_COUNT;
  if (measure->form == CPT_MEASURE_SINCE)
    return CPT_MEASURE_UNIT_DAYS;

  return field_units[cpt_path_get_field (&measure->path)->kind];
}

/* From numbers as they are added up to the unit */
static double
get_measure_factor (const CptMeasureSpec *measure)
{
  const CptField *field = measure->path.n_steps == 0 ? NULL : cpt_path_get_field (&measure->path);
  CptMeasureUnit unit = get_measure_unit (measure);

  if (unit == CPT_MEASURE_UNIT_PERCENT)
    return 1e-4;

  return unit == CPT_MEASURE_UNIT_NUMBER && field != NULL ? pow (10, -(double) field->scale) : 1;
}

/* An average of counts has fractions */
static CptMeasureUnit
get_folded_unit (CptAggregateSpec *self,
                 guint             measure)
{
  CptMeasureUnit unit = cpt_aggregate_spec_get_unit (self->inner, measure);

  if (self->fold == CPT_AGGREGATE_COUNT)
    return CPT_MEASURE_UNIT_COUNT;
  if (unit == CPT_MEASURE_UNIT_COUNT && (self->fold == CPT_AGGREGATE_AVERAGE || self->fold == CPT_AGGREGATE_MEDIAN))
    return CPT_MEASURE_UNIT_NUMBER;

  return unit;
}

CptMeasureUnit
cpt_aggregate_spec_get_unit (CptAggregateSpec *self,
                             guint             measure)
{
  const CptMeasureSpec *own;

  g_return_val_if_fail (measure < self->n_figures, CPT_MEASURE_UNIT_NONE);

  if (self->figures[measure].show == CPT_SHOW_SHARE)
    return CPT_MEASURE_UNIT_PERCENT;
  if (self->has_each)
    return get_folded_unit (self, measure);

  own = get_measure (self, measure);

  return own != NULL ? get_measure_unit (own) : self->figures[measure].unit;
}

double
cpt_aggregate_spec_get_factor (CptAggregateSpec *self,
                               guint             measure)
{
  const CptMeasureSpec *own;

  g_return_val_if_fail (measure < self->n_figures, 1);

  if (self->has_each && self->figures[measure].show != CPT_SHOW_SHARE)
    return self->fold == CPT_AGGREGATE_COUNT ? 1 : cpt_aggregate_spec_get_factor (self->inner, measure);
  if (self->has_each)
    return 1e-4;
  own = get_measure (self, measure);
  if (own != NULL && self->figures[measure].show != CPT_SHOW_SHARE)
    return get_measure_factor (own);

  return own != NULL || self->figures[measure].unit == CPT_MEASURE_UNIT_PERCENT ? 1e-4 : 1;
}

gboolean
cpt_aggregate_spec_is_additive (CptAggregateSpec *self,
                                guint             measure)
{
  CptAggregate aggregate = cpt_aggregate_spec_get_measure_aggregate (self, measure);

  /* A sum of sums is one, unless groups are left out */
  if (self->has_each && (self->fold != CPT_AGGREGATE_SUM || self->inner->n_havings > 0 ||
                         !cpt_aggregate_spec_is_additive (self->inner, measure)))
    return FALSE;

  return (aggregate == CPT_AGGREGATE_COUNT || aggregate == CPT_AGGREGATE_SUM) && self->figures[measure].show != CPT_SHOW_RUNNING;
}

/* Names */

char *
cpt_aggregate_dup_figure_name (CptAggregateSpec *self,
                               guint             figure)
{
  static const char signs[] = { [CPT_MEASURE_PLAIN] = ' ', [CPT_MEASURE_SINCE] = '-', [CPT_MEASURE_WEIGHTED] = '*' };
  const CptMeasureSpec *measure = get_measure (self, figure);
  g_autofree char *path = NULL;
  g_autofree char *other = NULL;
  const char *aggregate;

  if (self->has_each)
    {
      path = cpt_aggregate_dup_figure_name (self->inner, figure);
      return g_strdup_printf ("%s(%s)", cpt_aggregate_get_name (self->fold), path);
    }
  if (measure == NULL)
    return g_strdup (cpt_formula_get_text (self->figures[figure].formula));

  aggregate = cpt_aggregate_get_name (measure->aggregate);
  if (measure->path.n_steps == 0)
    return g_strdup (aggregate);

  path = cpt_path_format (&measure->path);
  if (measure->form == CPT_MEASURE_PLAIN)
    return g_strdup_printf ("%s(%s)", aggregate, path);

  other = cpt_path_format (&measure->other);

  return g_strdup_printf ("%s(%s%c%s)", aggregate, path, signs[measure->form], other);
}

static char *
dup_value_label (const CptMeasureSpec *measure)
{
  g_autofree char *field = cpt_path_get_label (&measure->path);
  g_autofree char *other = measure->form != CPT_MEASURE_PLAIN ? cpt_path_get_label (&measure->other) : NULL;

  switch (measure->form)
    {
    case CPT_MEASURE_SINCE:
      /* Translators: what is measured: "days from Opened to Closed" */
      return g_strdup_printf (_("days from %s to %s"), other, field);
    case CPT_MEASURE_WEIGHTED:
      /* Translators: what is measured: "Amount by Probability" */
      return g_strdup_printf (C_("weighted", "%s by %s"), field, other);
    case CPT_MEASURE_PLAIN:
    default:
      return g_steal_pointer (&field);
    }
}

static char *
dup_own_label (CptAggregateSpec *self,
               guint             measure)
{
  const CptMeasureSpec *own = get_measure (self, measure);
  g_autofree char *field = NULL;

  if (self->figures[measure].label != NULL)
    return g_strdup (self->figures[measure].label);
  if (own == NULL)
    return g_strdup (cpt_formula_get_text (self->figures[measure].formula));
  if (own->path.n_steps == 0)
    return g_strdup (cpt_entity_get_label_plural (self->entity));

  field = dup_value_label (own);
  switch (own->aggregate)
    {
    case CPT_AGGREGATE_SUM:
      return g_strdup_printf (_("Sum of %s"), field);
    case CPT_AGGREGATE_AVERAGE:
      return g_strdup_printf (_("Average of %s"), field);
    case CPT_AGGREGATE_MIN:
      return g_strdup_printf (_("Smallest %s"), field);
    case CPT_AGGREGATE_MAX:
      return g_strdup_printf (_("Largest %s"), field);
    case CPT_AGGREGATE_MEDIAN:
      return g_strdup_printf (_("Median of %s"), field);
    case CPT_AGGREGATE_DISTINCT:
      return g_strdup_printf (_("Different values of %s"), field);
    case CPT_AGGREGATE_COUNT:
    case CPT_N_AGGREGATES:
    default:
      return g_strdup_printf (_("Number with %s"), field);
    }
}

char *
cpt_aggregate_spec_dup_measure_label (CptAggregateSpec *self,
                                      guint             measure)
{
  g_return_val_if_fail (measure < self->n_figures, NULL);

  if (!self->has_each || (self->is_fold_named && self->figures[measure].label != NULL))
    return dup_own_label (self, measure);

  return cpt_aggregate_dup_each_label (self, cpt_aggregate_spec_dup_measure_label (self->inner, measure));
}

/* The value of a formula */

/* @currency gets that of the money it reads; FALSE when there are several */
static gboolean
get_formula_currency (CptAggregateSpec *spec,
                      const CptFormula *formula,
                      const CptGroup   *group,
                      char             *currency)
{
  for (guint i = 0; i < spec->n_measures; i++)
    {
      guint index = spec->measures[i].currency;

      if (index == CPT_AGGREGATE_NO_CURRENCY || !cpt_formula_reads (formula, i))
        continue;
      if (currency[0] != '\0' && strcmp (currency, group->currencies[index]) != 0)
        return FALSE;
      g_strlcpy (currency, group->currencies[index], 4);
    }

  return TRUE;
}

CptMeasure
cpt_aggregate_figure (CptAggregateSpec *spec,
                      const CptGroup   *group,
                      guint             part,
                      guint             figure)
{
  const CptFigureSpec *own = &spec->figures[figure];
  CptMeasure result = { .is_null = FALSE };
  double values[CPT_AGGREGATE_MAX_MEASURES];

  if (spec->has_each)
    return cpt_aggregate_folded_figure (spec, group, part, figure);
  if (own->formula == NULL)
    return cpt_aggregate_measure (spec, group, part, own->measure);

  for (guint i = 0; i < spec->n_measures; i++)
    {
      CptMeasure measure = cpt_aggregate_measure (spec, group, part, i);

      values[i] = measure.is_null ? NAN : measure.number * get_measure_factor (&spec->measures[i]);
    }

  result.is_null = !get_formula_currency (spec, own->formula, group, result.currency);
  result.number = cpt_formula_evaluate (own->formula, values);
  if (result.is_null || isnan (result.number))
    {
      result.is_null = TRUE;
      result.number = 0;
    }
  else if (own->unit == CPT_MEASURE_UNIT_PERCENT)
    result.number *= 1e4;
  if (fabs (result.number) < CPT_AGGREGATE_MAX_WHOLE)
    result.exact = (gint64) llround (result.number);

  return result;
}
