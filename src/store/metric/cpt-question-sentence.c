/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions about numbers as sentences: "Revenue won by Owner, this year, where
 * Region is West". What a metric is made of is not told: it has its name. Every
 * template is a whole phrase with named places. */

#include "config.h"

#include "cpt-metric-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cpt-aggregate-private.h"
#include "cpt-json.h"
#include "cpt-money.h"
#include "cpt-period-private.h"
#include "cpt-sentence-private.h"

typedef struct
{
  CptDatabase *database;
  JsonObject *query;
  CptAggregateSpec *spec; /* of the question with measures of its own */
  gboolean is_named;
  char *text; /* so far */
} Sentence;

/* Takes the sentence on by @template, which has a place {text} for it */
static void
go_on (Sentence   *self,
       const char *template,
       const char *place,
       const char *value)
{
  const CptSentencePart parts[] = { { "{text}", self->text }, { place, value } };
  char *longer = cpt_sentence_fill (template, parts, G_N_ELEMENTS (parts));

  g_free (self->text);
  self->text = longer;
}

static char *
join (const char *template,
      const char *first,
      const char *second)
{
  const CptSentencePart parts[] = { { "{first}", first }, { "{second}", second } };

  return cpt_sentence_fill (template, parts, G_N_ELEMENTS (parts));
}

/* "Deals", "Sum of Amount (Deals)", "Revenue won and Average deal" */
static void
name_measures (Sentence *self)
{
  const CptEntity *entity = cpt_aggregate_spec_get_entity (self->spec);
  gboolean is_count = TRUE;

  for (guint i = 0; i < cpt_aggregate_spec_get_n_measures (self->spec); i++)
    {
      g_autofree char *label = cpt_aggregate_spec_dup_measure_label (self->spec, i);
      char *longer = self->text == NULL ? g_strdup (label) : join (C_("list", "{first} and {second}"), self->text, label);

      is_count = is_count && cpt_aggregate_spec_get_measure_field (self->spec, i) == NULL;
      g_free (self->text);
      self->text = longer;
    }
  if (!self->is_named && !is_count)
    /* Translators: what is measured and of which records: "Sum of Amount (Deals)" */
    go_on (self, C_("question", "{text} ({records})"), "{records}", cpt_entity_get_label_plural (entity));
}

/* A number as people write it, with its unit: "€1,000", "12.5%", "30 days" */
static char *
format_number (Sentence       *self,
               CptMeasureUnit  unit,
               double          number)
{
  static const CptField percent = { .name = "percent", .kind = CPT_FIELD_PERCENT };
  const char *currency = cpt_database_get_currency (self->database);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autofree char *text = NULL;

  number = CLAMP (number, -1e14, 1e14);
  switch (unit)
    {
    case CPT_MEASURE_UNIT_MONEY:
      cpt_value_set_money (&value, llround (number * pow (10, MAX (cpt_currency_get_exponent (currency), 0))), currency);
      return cpt_money_format_whole (&value.money);
    case CPT_MEASURE_UNIT_PERCENT:
      cpt_value_set_integer (&value, llround (number * 100));
      return cpt_field_format_local (&percent, &value, NULL);
    case CPT_MEASURE_UNIT_NONE:
    case CPT_MEASURE_UNIT_COUNT:
    case CPT_MEASURE_UNIT_NUMBER:
    case CPT_MEASURE_UNIT_DAYS:
    case CPT_MEASURE_UNIT_DURATION:
    case CPT_N_MEASURE_UNITS:
    default:
      break;
    }

  text = cpt_decimal_format_local (llround (number * 10000), 4, 0);
  if (unit != CPT_MEASURE_UNIT_DAYS)
    return g_steal_pointer (&text);

  return cpt_sentence_fill (g_dngettext (GETTEXT_PACKAGE, "{number} day", "{number} days", (gulong) CLAMP (number, 0, 1e6)),
                            &(CptSentencePart){ "{number}", text }, 1);
}

/* "Amount in steps of €1,000" */
static char *
name_bins (Sentence   *self,
           guint       index,
           const char *label)
{
  const CptField *field = cpt_aggregate_spec_get_dimension_field (self->spec, index);
  CptMeasureUnit unit = field->kind == CPT_FIELD_MONEY     ? CPT_MEASURE_UNIT_MONEY
                        : field->kind == CPT_FIELD_PERCENT ? CPT_MEASURE_UNIT_PERCENT
                                                           : CPT_MEASURE_UNIT_NUMBER;
  g_auto(CptValue) seconds = CPT_VALUE_INIT;
  g_autofree char *text = NULL;
  double width;

  cpt_aggregate_spec_has_bins (self->spec, index, &width);
  if (!(width > 0))
    return join (C_("bins", "{first} in steps"), label, "");

  cpt_value_set_integer (&seconds, llround (CLAMP (width, 1, 1e14)));
  text = field->kind == CPT_FIELD_DURATION ? cpt_field_format_local (field, &seconds, NULL) : format_number (self, unit, width);

  /* Translators: a field whose numbers are put into bins: "Amount in steps of €1,000" */
  return join (C_("bins", "{first} in steps of {second}"), label, text);
}

/* "Owner", "month", "month (Opened)" */
static char *
name_dimension (Sentence *self,
                guint     index)
{
  CptBucket bucket = cpt_aggregate_spec_get_bucket (self->spec, index);
  g_autofree char *label = cpt_aggregate_spec_dup_dimension_label (self->spec, index);
  JsonArray *given = NULL;
  const char *name;
  double width;

  if (cpt_aggregate_spec_has_bins (self->spec, index, &width))
    return name_bins (self, index, label);
  if (bucket == CPT_BUCKET_NONE)
    return g_steal_pointer (&label);

  name = cpt_aggregate_get_bucket_noun (bucket);
  if (self->is_named && cpt_json_read_array (self->query, "dimensions", &given, NULL) &&
      !json_object_has_member (json_array_get_object_element (given, index), "field"))
    return g_strdup (name);

  /* Translators: an interval of a date: "month (Closed)" */
  return join (C_("interval", "{first} ({second})"), name, label);
}

static void
name_dimensions (Sentence *self)
{
  guint n = cpt_aggregate_spec_get_n_dimensions (self->spec);
  g_autofree char *names = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = name_dimension (self, i);
      char *longer = names == NULL ? g_strdup (name) : join (C_("list", "{first} and {second}"), names, name);

      g_free (names);
      names = longer;
    }
  if (names != NULL)
    /* Translators: "Revenue won by Owner" */
    go_on (self, C_("question", "{text} by {fields}"), "{fields}", names);
}

/* "this year", "from 1 Jan 2026 to 31 Mar 2026" */
static char *
describe_period (const CptPeriod *period)
{
  g_autofree char *from = cpt_date_format (period->from);
  g_autofree char *to = cpt_date_format (period->to);
  char *phrase = cpt_period_to_phrase (period);

  if (phrase != NULL)
    return phrase;
  if (period->from <= CPT_DATE_MIN)
    return join (C_("period", "until {second}"), from, to);

  return join (period->to >= CPT_DATE_MAX ? C_("period", "since {first}") : C_("period", "from {first} to {second}"), from, to);
}

char *
cpt_question_describe_period (JsonNode *period)
{
  CptPeriod parsed;

  return period != NULL && cpt_period_from_json (period, &parsed, NULL) ? describe_period (&parsed) : NULL;
}

gboolean
cpt_question_resolve_period (CptDatabase *database,
                             JsonNode    *period,
                             gint64      *first,
                             gint64      *last)
{
  CptPeriod parsed;

  if (period == NULL || !cpt_period_from_json (period, &parsed, NULL))
    return FALSE;

  cpt_period_resolve (&parsed, cpt_database_get_today (database), first, last);

  return TRUE;
}

static void
name_period (Sentence *self)
{
  JsonNode *node = json_object_get_member (self->query, "period");
  g_autofree char *phrase = NULL;
  CptPeriod period;
  gboolean has_period = self->spec->has_compare;

  if (has_period)
    period = self->spec->compare_period;
  else if (self->is_named && node != NULL)
    has_period = cpt_period_from_json (node, &period, NULL);
  if (!has_period)
    return;

  phrase = describe_period (&period);
  go_on (self, C_("question", "{text}, {period}"), "{period}", phrase);
}

/* Which day counts, where the question says so itself */
static void
name_date (Sentence *self)
{
  const char *date = NULL;
  g_autofree char *label = NULL;
  CptPath path;

  if (cpt_metric_is_undated (self->query))
    go_on (self, C_("question", "{text}, whatever the period of the dashboard"), "{}", "");
  else if (cpt_json_read_string (self->query, "date", &date, NULL) && date != NULL &&
           cpt_path_parse (self->spec->schema, self->spec->entity, date, &path, NULL))
    {
      label = cpt_path_get_label (&path);
      /* Translators: the date by which records are in a period: "Revenue won, this year, by the date “Closed”" */
      go_on (self, C_("question", "{text}, by the date “{field}”"), "{field}", label);
    }
}

static void
name_conditions (Sentence *self)
{
  JsonNode *where = json_object_get_member (self->query, "where");
  g_autoptr(CptFilter) filter = NULL;
  g_autofree char *condition = NULL;

  if (where != NULL)
    filter = cpt_filter_from_json (self->spec->schema, self->spec->entity, where, NULL);
  if (filter == NULL)
    return;

  condition = cpt_filter_to_sentence (filter, self->database);
  go_on (self, C_("question", "{text}, where {condition}"), "{condition}", condition);
}

static void
name_having (Sentence            *self,
             CptAggregateSpec    *spec,
             const CptHavingSpec *having,
             const char          *template)
{
  g_autofree char *label = cpt_aggregate_spec_dup_measure_label (spec, having->figure);
  g_autofree char *number = format_number (self, cpt_aggregate_spec_get_unit (spec, having->figure), having->value);
  const CptSentencePart parts[] = { { "{text}", self->text }, { "{measure}", label }, { "{number}", number } };
  char *longer = cpt_sentence_fill (template, parts, G_N_ELEMENTS (parts));

  g_free (self->text);
  self->text = longer;
}

/* "only groups where Amount is more than €1,000" */
static void
name_havings (Sentence *self)
{
  for (guint i = 0; i < self->spec->n_havings; i++)
    {
      const CptHavingSpec *having = &self->spec->havings[i];
      const char *template = C_("question", "{text}, only groups where {measure} is exactly {number}");

      if (having->op == CPT_OPERATOR_GREATER)
        template = C_("question", "{text}, only groups where {measure} is more than {number}");
      else if (having->op == CPT_OPERATOR_GREATER_OR_EQUAL)
        template = C_("question", "{text}, only groups where {measure} is at least {number}");
      else if (having->op == CPT_OPERATOR_LESS)
        template = C_("question", "{text}, only groups where {measure} is less than {number}");
      else if (having->op == CPT_OPERATOR_LESS_OR_EQUAL)
        template = C_("question", "{text}, only groups where {measure} is at most {number}");
      name_having (self, self->spec, having, template);
    }
}

/* Which of the groups the number is made of: not told of a number that has a name */
static void
name_inner_havings (Sentence         *self,
                    CptAggregateSpec *outer)
{
  CptAggregateSpec *inner = outer->inner;

  if (inner == NULL || outer->is_fold_named)
    return;

  name_inner_havings (self, inner);
  for (guint i = 0; i < inner->n_havings; i++)
    {
      const CptHavingSpec *having = &inner->havings[i];
      /* Translators: "Number of groups by Organisation (Revenue won), of those where Revenue won is more than €10,000" */
      const char *template = C_("question", "{text}, of those where {measure} is exactly {number}");

      if (having->op == CPT_OPERATOR_GREATER)
        template = C_("question", "{text}, of those where {measure} is more than {number}");
      else if (having->op == CPT_OPERATOR_GREATER_OR_EQUAL)
        template = C_("question", "{text}, of those where {measure} is at least {number}");
      else if (having->op == CPT_OPERATOR_LESS)
        template = C_("question", "{text}, of those where {measure} is less than {number}");
      else if (having->op == CPT_OPERATOR_LESS_OR_EQUAL)
        template = C_("question", "{text}, of those where {measure} is at most {number}");
      name_having (self, inner, having, template);
    }
}

static void
name_show (Sentence *self)
{
  switch (self->spec->figures[0].show)
    {
    case CPT_SHOW_SHARE:
      go_on (self, C_("question", "{text}, as a share of the total"), "{}", "");
      break;
    case CPT_SHOW_RUNNING:
      go_on (self, C_("question", "{text}, as a running total"), "{}", "");
      break;
    case CPT_SHOW_VALUE:
    default:
      break;
    }
}

static void
name_rest (Sentence *self)
{
  const char *last_year = C_("question", "{text}, compared with the same period last year");
  const char *before = C_("question", "{text}, compared with the period before");
  const char *with = NULL;
  g_autofree char *number = NULL;

  if (self->spec->search != NULL)
    go_on (self, C_("question", "{text}, with the words “{words}”"), "{words}", self->spec->search);
  if (self->spec->has_compare)
    go_on (self, self->spec->compare_years > 0 ? last_year : before, "{}", "");
  else if (self->is_named && cpt_json_read_string (self->query, "compare", &with, NULL) && g_strcmp0 (with, "goal") == 0)
    go_on (self, C_("question", "{text}, compared with the goal"), "{}", "");
  if (self->spec->limit == 0 || self->spec->n_dimensions == 0)
    return;

  number = g_strdup_printf ("%u", self->spec->limit);
  go_on (self, C_("question", "{text}, at most {number}"), "{number}", number);
}

char *
cpt_question_to_sentence (CptDatabase *database,
                          JsonNode    *query)
{
  Sentence self = { .database = database, .is_named = cpt_metric_is_named (query) };
  g_autoptr(CptAggregateSpec) spec = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  if (query != NULL && JSON_NODE_HOLDS_OBJECT (query))
    spec = cpt_metric_create_spec (database, query, NULL);
  if (spec == NULL)
    return NULL;

  self.query = json_node_get_object (query);
  self.spec = spec;
  name_measures (&self);
  name_dimensions (&self);
  name_inner_havings (&self, spec);
  name_show (&self);
  name_period (&self);
  name_date (&self);
  name_conditions (&self);
  name_havings (&self);
  name_rest (&self);

  return self.text;
}
