/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cpt-date.h"
#include "cpt-field.h"
#include "cpt-value.h"

G_BEGIN_DECLS

/**
 * CptParseOptions:
 * @decimal: the decimal mark: '.' or ',', or 0 to guess from each text alone
 * @date_order: of dates such as 01/02/2026; ISO dates are read in any order
 * @currency: (nullable): ISO 4217, for amounts without one; such amounts are refused when NULL
 * @country: (nullable): ISO 3166-1 alpha-2, for phone numbers without one; likewise
 * @zone: (nullable): for times without an offset; UTC when NULL
 *
 * How text of people and files is to be read. NULL in place of options means
 * machine text, as format() writes it: a point, ISO dates, no defaults.
 */
typedef struct
{
  char         decimal;
  CptDateOrder date_order;
  const char  *currency;
  const char  *country;
  GTimeZone   *zone;
} CptParseOptions;

/* What a filter can ask; which ones fit is the kind's business */
typedef enum
{
  CPT_OPERATOR_IS, /* equal; texts and links: one of several values too */
  CPT_OPERATOR_IS_NOT,
  CPT_OPERATOR_IN, /* one of a list */
  CPT_OPERATOR_NOT_IN,
  CPT_OPERATOR_CONTAINS, /* folded text; a member of a set */
  CPT_OPERATOR_NOT_CONTAINS,
  CPT_OPERATOR_STARTS_WITH,
  CPT_OPERATOR_ENDS_WITH,
  CPT_OPERATOR_LESS,
  CPT_OPERATOR_LESS_OR_EQUAL,
  CPT_OPERATOR_GREATER,
  CPT_OPERATOR_GREATER_OR_EQUAL,
  CPT_OPERATOR_BETWEEN, /* both ends included */
  CPT_OPERATOR_WITHIN, /* a period: dates and instants */
  CPT_OPERATOR_NOT_WITHIN,
  CPT_OPERATOR_CONTAINS_ALL, /* sets */
  CPT_OPERATOR_CONTAINS_ANY, /* sets */
  CPT_OPERATOR_IS_EMPTY,
  CPT_OPERATOR_IS_NOT_EMPTY,
  CPT_OPERATOR_IS_TRUE,
  CPT_OPERATOR_IS_FALSE,
  CPT_N_OPERATORS
} CptOperator;

typedef enum
{
  CPT_AGGREGATE_COUNT, /* records, or non-null values of a field */
  CPT_AGGREGATE_SUM,
  CPT_AGGREGATE_AVERAGE,
  CPT_AGGREGATE_MIN,
  CPT_AGGREGATE_MAX,
  CPT_AGGREGATE_MEDIAN,
  CPT_AGGREGATE_DISTINCT,
  CPT_N_AGGREGATES
} CptAggregate;

typedef struct _CptFieldType CptFieldType;

/**
 * CptFieldType:
 *
 * What one kind of field can do. Everything else in the house loops over
 * fields and asks the kind: there is no switch on kinds elsewhere but in the
 * tables of editors and cells of the application.
 *
 * @name: the kind in JSON: "text", "long-text", "multi-choice"
 * @label: for people, untranslated
 * @value_type: the type that a value that is not null has
 * @sql_type: of its column: "TEXT", "INTEGER", "BLOB". Money has a second
 *   column, NAME_currency TEXT. Sets are stored as a canonical JSON array.
 * @operators: bits 1 << #CptOperator
 * @aggregates: bits 1 << #CptAggregate
 * @is_bucketable: whether it can be grouped by day, week, month...
 * @is_distinctive: whether a rule may ask that no two records have the same
 * @normalise: checks a value of the right type and brings it to the form in
 *   which it is stored; on failure @message is a translated sentence for
 *   beside the field. The value may become null.
 * @parse: reads text of a person or a file. Choices are found by name or by
 *   label, also translated; links parse identifiers only: names are matched
 *   by the store
 * @format: machine text, as in CSV; parse() without options reads it back.
 *   Members of sets are joined by ";", durations are "1:30:00"
 * @format_local: for people in their locale, numbers with the field's unit;
 *   links give the identifier, addresses have several lines
 * @to_json: as in sync, REST and JSON lines: amounts are {"amount":"12.50","currency":"EUR"},
 *   decimals are strings, dates are ISO strings, links are identifiers
 * @from_json: the inverse; strict
 * @compare: for sorting in memory, as SQL sorts the column: text and long text
 *   by cpt_text_collate(), money by amount, all other texts by bytes, sets as
 *   the text of their JSON arrays
 * @append_words: (nullable): text for the search index
 */
struct _CptFieldType
{
  const char    *name;
  const char    *label;
  CptValueType   value_type;
  const char    *sql_type;
  guint          operators;
  guint          aggregates;
  gboolean       is_bucketable;
  gboolean       is_distinctive;
  gboolean     (*normalise)    (const CptField  *field,
                                CptValue        *value,
                                char           **message);
  gboolean     (*parse)        (const CptField         *field,
                                const char             *text,
                                const CptParseOptions  *options,
                                CptValue               *value,
                                GError                **error);
  char        *(*format)       (const CptField *field,
                                const CptValue *value);
  char        *(*format_local) (const CptField *field,
                                const CptValue *value,
                                GTimeZone      *zone);
  JsonNode    *(*to_json)      (const CptField *field,
                                const CptValue *value);
  gboolean     (*from_json)    (const CptField  *field,
                                JsonNode        *node,
                                CptValue        *value,
                                GError         **error);
  int          (*compare)      (const CptField *field,
                                const CptValue *a,
                                const CptValue *b);
  void         (*append_words) (const CptField *field,
                                const CptValue *value,
                                GString        *words);
};

const CptFieldType *cpt_field_type_get          (CptFieldKind kind);
gboolean            cpt_field_kind_parse        (const char   *name,
                                                 CptFieldKind *kind);

/* The same through the field, null-safe: null is accepted, formats as "" and
 * is JSON null. An empty text (NULL, or blanks only) parses as null. What is
 * parsed and what comes from JSON has been normalised; where these two fail
 * the value is as it was. Errors are CPT_ERROR_PARSE (can't be read),
 * CPT_ERROR_INVALID (breaks the declaration) and CPT_ERROR_LIMIT, with a
 * sentence that fits beside the field. @message, @options and @zone (UTC) may
 * be NULL. Any thread. Nulls compare as greater: they come last. */
gboolean            cpt_field_normalise         (const CptField  *self,
                                                 CptValue        *value,
                                                 char           **message);
gboolean            cpt_field_parse             (const CptField         *self,
                                                 const char             *text,
                                                 const CptParseOptions  *options,
                                                 CptValue               *value,
                                                 GError                **error);
char               *cpt_field_format            (const CptField *self,
                                                 const CptValue *value);
char               *cpt_field_format_local      (const CptField *self,
                                                 const CptValue *value,
                                                 GTimeZone      *zone);
JsonNode           *cpt_field_to_json           (const CptField *self,
                                                 const CptValue *value);
gboolean            cpt_field_from_json         (const CptField  *self,
                                                 JsonNode        *node,
                                                 CptValue        *value,
                                                 GError         **error);
int                 cpt_field_compare           (const CptField *self,
                                                 const CptValue *a,
                                                 const CptValue *b);
void                cpt_field_append_words      (const CptField *self,
                                                 const CptValue *value,
                                                 GString        *words);
gboolean            cpt_field_has_operator      (const CptField *self,
                                                 CptOperator     op);

const char         *cpt_operator_get_name       (CptOperator op); /* "starts-with" */
/* For people, in the language of the session, as it fits the kind: "is", "is before", "contains" */
const char         *cpt_operator_get_label      (CptOperator  op,
                                                 CptFieldKind kind);
gboolean            cpt_operator_parse          (const char  *name,
                                                 CptOperator *op);
const char         *cpt_aggregate_get_name      (CptAggregate aggregate);
const char         *cpt_aggregate_get_label     (CptAggregate aggregate);
gboolean            cpt_aggregate_parse         (const char   *name,
                                                 CptAggregate *aggregate);

G_END_DECLS
