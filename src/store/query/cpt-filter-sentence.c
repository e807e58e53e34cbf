/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Filters as sentences: "Country is France and Stage is Won or Lost".
 *
 * Every template is a whole phrase with named places, so that a translation
 * can put them in any order: {field}, {value}, {first}, {second}. */

#include "config.h"

#include "cpt-filter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-sentence-private.h"
#include "cpt-text.h"

/* Values that are named before "and 12 others" */
#define MAX_NAMED 5

char *
cpt_sentence_fill (const char            *template,
                   const CptSentencePart *parts,
                   guint                  n_parts)
{
  GString *text = g_string_new (NULL);

  while (*template != '\0')
    {
      guint i;

      for (i = 0; i < n_parts; i++)
        if (g_str_has_prefix (template, parts[i].place))
          break;

      if (i < n_parts)
        {
          g_string_append (text, parts[i].text);
          template += strlen (parts[i].place);
        }
      else
        g_string_append_c (text, *template ++);
    }

  return g_string_free (text, FALSE);
}

static char *
fill_two (const char *template,
          const char *first,
          const char *second)
{
  const CptSentencePart parts[] = { { "{first}", first }, { "{second}", second } };

  return cpt_sentence_fill (template, parts, G_N_ELEMENTS (parts));
}

/* "a", "a or b", "a, b or c", "a, b, c, d, e or 7 others" */
static char *
join_values (GPtrArray  *values,
             const char *last_template)
{
  guint named = values->len > MAX_NAMED + 1 ? MAX_NAMED : values->len;
  guint others = values->len - named;
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;

  for (guint i = 0; i < named; i++)
    g_ptr_array_add (texts, g_strdup (g_ptr_array_index (values, i)));
  if (others > 0)
    g_ptr_array_add (texts, g_strdup_printf (ngettext ("%u other", "%u others", others), others));

  joined = texts->len > 0 ? g_strdup (g_ptr_array_index (texts, 0)) : g_strdup ("");
  for (guint i = 1; i < texts->len; i++)
    {
      const char *template = i + 1 == texts->len ? last_template : C_("list", "{first}, {second}");
      char *longer = fill_two (template, joined, g_ptr_array_index (texts, i));

      g_free (joined);
      joined = longer;
    }

  return g_steal_pointer (&joined);
}

/* Values */

static char *
describe_link (CptFilter     *filter,
               const CptUuid *id,
               CptDatabase   *database)
{
  const CptField *field = cpt_path_get_field (&filter->path);
  const CptEntity *target = field->target == NULL ? NULL : cpt_schema_get_target (filter->schema, field);
  char *title = NULL;

  if (database != NULL && target != NULL)
    title = cpt_database_dup_title (database, target, id);

  return title != NULL ? title : cpt_uuid_dup_text (id);
}

static char *
describe_today (gint64 offset)
{
  gulong days = (gulong) ABS (offset);
  int n = (int) days;

  if (offset == 0)
    return g_strdup (_("today"));

  return offset < 0 ? g_strdup_printf (ngettext ("%d day ago", "%d days ago", days), n)
                    : g_strdup_printf (ngettext ("in %d day", "in %d days", days), n);
}

static char *
describe_text (CptFilter      *filter,
               const CptValue *value)
{
  const CptField *field = cpt_path_get_field (&filter->path);
  const CptChoice *choice = field->choices == NULL ? NULL : cpt_field_find_choice (field, value->text);
  g_autofree char *shown = NULL;

  if (choice != NULL)
    return g_strdup (cpt_choice_get_label (choice));
  if (field->kind == CPT_FIELD_COUNTRY)
    return cpt_field_format_local (field, value, NULL);
  if (field->kind == CPT_FIELD_TAGS)
    return g_strdup (value->text);

  shown = cpt_text_shorten (value->text, 120);

  /* Translators: quotation marks around a text that someone typed */
  return g_strdup_printf (_("“%s”"), shown);
}

static char *
describe_operand (CptFilter        *filter,
                  const CptOperand *operand,
                  CptDatabase      *database)
{
  const CptField *field = cpt_path_get_field (&filter->path);
  GTimeZone *zone = database == NULL ? NULL : cpt_database_get_zone (database);

  switch (operand->form)
    {
    case CPT_OPERAND_DAY:
      return cpt_date_format (operand->value.integer);
    case CPT_OPERAND_TODAY:
      return describe_today (operand->value.integer);
    case CPT_OPERAND_ME:
      return g_strdup (C_("user", "me"));
    case CPT_OPERAND_CURRENCY:
      return g_strdup_printf (_("in %s"), operand->value.text);
    case CPT_OPERAND_VALUE:
    default:
      break;
    }

  if (operand->value.type == CPT_VALUE_ID)
    return describe_link (filter, &operand->value.id, database);
  if (operand->value.type == CPT_VALUE_TEXT)
    return describe_text (filter, &operand->value);

  return cpt_field_format_local (field, &operand->value, zone);
}

static char *
describe_operands (CptFilter   *filter,
                   CptDatabase *database)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < filter->operands->len; i++)
    g_ptr_array_add (values, describe_operand (filter, &g_array_index (filter->operands, CptOperand, i), database));

  if (filter->op == CPT_OPERATOR_BETWEEN || filter->op == CPT_OPERATOR_CONTAINS_ALL)
    return join_values (values, C_("list", "{first} and {second}"));

  return join_values (values, C_("list", "{first} or {second}"));
}

/* Conditions */

/* NULL takes the general one */
typedef struct
{
  const char *general;
  const char *date;
  const char *set;
} Template;

static const Template templates[] = {
  [CPT_OPERATOR_IS] = { N_("{field} is {value}"), N_("{field} is on {value}"), NULL },
  [CPT_OPERATOR_IS_NOT] = { N_("{field} is not {value}"), N_("{field} is not on {value}"), NULL },
  [CPT_OPERATOR_IN] = { N_("{field} is {value}"), NULL, NULL },
  [CPT_OPERATOR_NOT_IN] = { N_("{field} is not {value}"), NULL, NULL },
  [CPT_OPERATOR_CONTAINS] = { N_("{field} contains {value}"), NULL, N_("{field} has {value}") },
  [CPT_OPERATOR_NOT_CONTAINS] = { N_("{field} does not contain {value}"), NULL, N_("{field} does not have {value}") },
  [CPT_OPERATOR_STARTS_WITH] = { N_("{field} starts with {value}"), NULL, NULL },
  [CPT_OPERATOR_ENDS_WITH] = { N_("{field} ends with {value}"), NULL, NULL },
  [CPT_OPERATOR_LESS] = { N_("{field} is less than {value}"), N_("{field} is before {value}"), NULL },
  [CPT_OPERATOR_LESS_OR_EQUAL] = { N_("{field} is at most {value}"), N_("{field} is on or before {value}"), NULL },
  [CPT_OPERATOR_GREATER] = { N_("{field} is more than {value}"), N_("{field} is after {value}"), NULL },
  [CPT_OPERATOR_GREATER_OR_EQUAL] = { N_("{field} is at least {value}"), N_("{field} is on or after {value}"), NULL },
  [CPT_OPERATOR_BETWEEN] = { N_("{field} is between {value}"), NULL, NULL },
  [CPT_OPERATOR_WITHIN] = { N_("{field} is within {value}"), NULL, NULL },
  [CPT_OPERATOR_NOT_WITHIN] = { N_("{field} is not within {value}"), NULL, NULL },
  [CPT_OPERATOR_CONTAINS_ALL] = { N_("{field} has {value}"), NULL, NULL },
  [CPT_OPERATOR_CONTAINS_ANY] = { N_("{field} has {value}"), NULL, NULL },
  [CPT_OPERATOR_IS_EMPTY] = { N_("{field} is empty"), NULL, NULL },
  [CPT_OPERATOR_IS_NOT_EMPTY] = { N_("{field} is not empty"), NULL, NULL },
  [CPT_OPERATOR_IS_TRUE] = { N_("{field} is yes"), NULL, NULL },
  [CPT_OPERATOR_IS_FALSE] = { N_("{field} is not yes"), NULL, NULL },
};

G_STATIC_ASSERT (G_N_ELEMENTS (templates) == CPT_N_OPERATORS);

/* Fixed ranges have ends, of which one may be missing */
static char *
describe_range (CptFilter  *filter,
                const char *field)
{
  const CptPeriod *period = &filter->period;
  gboolean negated = filter->op == CPT_OPERATOR_NOT_WITHIN;
  gboolean has_from = period->from > CPT_DATE_MIN;
  gboolean has_to = period->to < CPT_DATE_MAX;
  g_autofree char *from = cpt_date_format (period->from);
  g_autofree char *to = cpt_date_format (period->to);
  const CptSentencePart parts[] = { { "{field}", field }, { "{first}", from }, { "{second}", to } };
  const char *template;

  if (has_from && has_to && period->from == period->to)
    template = negated ? _("{field} is not on {first}") : _("{field} is on {first}");
  else if (has_from && has_to)
    template = negated ? _("{field} is not from {first} to {second}") : _("{field} is from {first} to {second}");
  else if (has_to)
    template = negated ? _("{field} is not on or before {second}") : _("{field} is on or before {second}");
  else
    template = negated ? _("{field} is not on or after {first}") : _("{field} is on or after {first}");

  return cpt_sentence_fill (template, parts, G_N_ELEMENTS (parts));
}

static char *
describe_condition (CptFilter   *filter,
                    CptDatabase *database)
{
  const CptField *field = cpt_path_get_field (&filter->path);
  const CptFieldType *type = cpt_field_type_get (field->kind);
  g_autofree char *label = cpt_path_get_label (&filter->path);
  g_autofree char *value = NULL;
  const char *template = NULL;
  gboolean negated;

  if (cpt_operator_get_positive (filter->op, &negated) == CPT_OPERATOR_WITHIN)
    {
      value = cpt_period_to_phrase (&filter->period);
      if (value == NULL)
        return describe_range (filter, label);
    }
  else
    value = describe_operands (filter, database);

  if (type->is_bucketable)
    template = templates[filter->op].date;
  else if (type->value_type == CPT_VALUE_TEXTS || type->value_type == CPT_VALUE_IDS)
    template = templates[filter->op].set;
  if (template == NULL)
    template = templates[filter->op].general;

  {
    const CptSentencePart parts[] = { { "{field}", label }, { "{value}", value } };

    return cpt_sentence_fill (_(template), parts, G_N_ELEMENTS (parts));
  }
}

/* Trees */

static char *describe (CptFilter *filter,
                       CptDatabase *database);

/* In brackets where "and" and "or" meet */
static char *
describe_child (CptFilter     *filter,
                CptFilterForm  parent,
                CptDatabase   *database)
{
  g_autofree char *text = describe (filter, database);

  if (filter->form == CPT_FILTER_CONDITION || filter->form == CPT_FILTER_NOT ||
      filter->form == parent || filter->n_children < 2)
    return g_steal_pointer (&text);

  /* Translators: part of a condition in brackets */
  return g_strdup_printf (C_("condition", "(%s)"), text);
}

static char *
describe_group (CptFilter   *filter,
                CptDatabase *database)
{
  gboolean all = filter->form == CPT_FILTER_ALL;
  g_autofree char *text = NULL;

  if (filter->n_children == 0)
    return g_strdup (all ? _("everything") : _("nothing"));

  text = describe_child (filter->children[0], filter->form, database);
  for (guint i = 1; i < filter->n_children; i++)
    {
      g_autofree char *child = describe_child (filter->children[i], filter->form, database);
      char *longer = fill_two (all ? C_("condition", "{first} and {second}") : C_("condition", "{first} or {second}"),
                               text, child);

      g_free (text);
      text = longer;
    }

  return g_steal_pointer (&text);
}

static char *
describe (CptFilter   *filter,
          CptDatabase *database)
{
  g_autofree char *child = NULL;

  if (filter->form == CPT_FILTER_CONDITION)
    return describe_condition (filter, database);
  if (filter->form != CPT_FILTER_NOT)
    return describe_group (filter, database);

  child = describe (filter->children[0], database);

  return g_strdup_printf (C_("condition", "not (%s)"), child);
}

/**
 * cpt_filter_to_sentence:
 * @self: a filter
 * @database: (nullable): gives the titles of linked records and the zone of times
 *
 * Returns: (transfer full): what the filter asks, for people, without a full stop
 */
char *
cpt_filter_to_sentence (CptFilter   *self,
                        CptDatabase *database)
{
  return describe (self, database);
}
