/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-field-type.h"

G_BEGIN_DECLS

/* Limits of kinds; a declaration may set narrower ones */
#define CPT_TEXT_MAX_CHARS      500
#define CPT_LONG_TEXT_MAX_CHARS 100000
#define CPT_TAG_MAX_CHARS       100
#define CPT_SET_MAX_ITEMS       1000
#define CPT_URL_MAX_CHARS       2048
#define CPT_JSON_VALUE_MAX_BYTES (4 * 1024 * 1024)
#define CPT_ADDRESS_MAX_BYTES   8192
#define CPT_DECIMAL_MAX_SCALE   9
/* In minor units: sums of thousands of the largest amounts stay exact */
#define CPT_MONEY_MAX G_GINT64_CONSTANT (1000000000000000)
/* 10,000 years */
#define CPT_DURATION_MAX G_GINT64_CONSTANT (315569520000)

/* One per kind, each in the file of its family */
extern const CptFieldType cpt_kind_text;
extern const CptFieldType cpt_kind_long_text;
extern const CptFieldType cpt_kind_integer;
extern const CptFieldType cpt_kind_decimal;
extern const CptFieldType cpt_kind_money;
extern const CptFieldType cpt_kind_percent;
extern const CptFieldType cpt_kind_boolean;
extern const CptFieldType cpt_kind_date;
extern const CptFieldType cpt_kind_datetime;
extern const CptFieldType cpt_kind_duration;
extern const CptFieldType cpt_kind_choice;
extern const CptFieldType cpt_kind_multi_choice;
extern const CptFieldType cpt_kind_tags;
extern const CptFieldType cpt_kind_link;
extern const CptFieldType cpt_kind_links;
extern const CptFieldType cpt_kind_email;
extern const CptFieldType cpt_kind_phone;
extern const CptFieldType cpt_kind_url;
extern const CptFieldType cpt_kind_country;
extern const CptFieldType cpt_kind_address;
extern const CptFieldType cpt_kind_identifier;
extern const CptFieldType cpt_kind_json;
extern const CptFieldType cpt_kind_attachment;
extern const CptFieldType cpt_kind_recurrence;

/* Sets of operators and aggregates that several kinds share */
#define CPT_OPERATORS_EMPTY \
  ((1u << CPT_OPERATOR_IS_EMPTY) | (1u << CPT_OPERATOR_IS_NOT_EMPTY))
#define CPT_OPERATORS_EQUAL \
  ((1u << CPT_OPERATOR_IS) | (1u << CPT_OPERATOR_IS_NOT))
#define CPT_OPERATORS_ONE_OF \
  (CPT_OPERATORS_EQUAL | (1u << CPT_OPERATOR_IN) | (1u << CPT_OPERATOR_NOT_IN))
#define CPT_OPERATORS_ORDER \
  ((1u << CPT_OPERATOR_LESS) | (1u << CPT_OPERATOR_LESS_OR_EQUAL) | \
   (1u << CPT_OPERATOR_GREATER) | (1u << CPT_OPERATOR_GREATER_OR_EQUAL) | \
   (1u << CPT_OPERATOR_BETWEEN))
#define CPT_OPERATORS_WORDS \
  ((1u << CPT_OPERATOR_CONTAINS) | (1u << CPT_OPERATOR_NOT_CONTAINS) | \
   (1u << CPT_OPERATOR_STARTS_WITH) | (1u << CPT_OPERATOR_ENDS_WITH))
#define CPT_OPERATORS_TEXT \
  (CPT_OPERATORS_ONE_OF | CPT_OPERATORS_WORDS | CPT_OPERATORS_EMPTY)
#define CPT_OPERATORS_NUMBER \
  (CPT_OPERATORS_ONE_OF | CPT_OPERATORS_ORDER | CPT_OPERATORS_EMPTY)
#define CPT_OPERATORS_CHOICE \
  (CPT_OPERATORS_ONE_OF | CPT_OPERATORS_EMPTY)
#define CPT_OPERATORS_SET \
  ((1u << CPT_OPERATOR_CONTAINS) | (1u << CPT_OPERATOR_NOT_CONTAINS) | \
   (1u << CPT_OPERATOR_CONTAINS_ALL) | (1u << CPT_OPERATOR_CONTAINS_ANY) | \
   CPT_OPERATORS_EMPTY)
#define CPT_OPERATORS_PERIOD \
  ((1u << CPT_OPERATOR_WITHIN) | (1u << CPT_OPERATOR_NOT_WITHIN))

#define CPT_AGGREGATES_COUNT \
  ((1u << CPT_AGGREGATE_COUNT) | (1u << CPT_AGGREGATE_DISTINCT))
#define CPT_AGGREGATES_RANGE \
  (CPT_AGGREGATES_COUNT | (1u << CPT_AGGREGATE_MIN) | (1u << CPT_AGGREGATE_MAX))
#define CPT_AGGREGATES_NUMBER \
  (CPT_AGGREGATES_RANGE | (1u << CPT_AGGREGATE_SUM) | \
   (1u << CPT_AGGREGATE_AVERAGE) | (1u << CPT_AGGREGATE_MEDIAN))

/* What the families share, in cpt-field-type.c */

/* Takes @text as the sentence beside the field; always FALSE */
gboolean  cpt_kind_refuse         (char **message,
                                   char  *text);
/* "“Amount” must be %s in JSON"; @expected is translated; always FALSE */
gboolean  cpt_kind_refuse_json    (const CptField  *field,
                                   const char      *expected,
                                   GError         **error);
gboolean  cpt_kind_refuse_text    (GError     **error,
                                   const char  *message);
/* Whether @text is printable ASCII without blanks at its ends, with tabs and
 * newlines too when @multiline: such text is clean already. */
gboolean  cpt_kind_text_is_plain  (const char *text,
                                   gboolean    multiline,
                                   gsize      *length);
/* Cleans (see cpt_text_clean()) and checks the length in characters. The value
 * may become null. */
gboolean  cpt_kind_clean_text     (CptValue  *value,
                                   gboolean   multiline,
                                   gsize      max_chars,
                                   char     **message);
/* The limit of @field, or the kind's own */
gsize     cpt_kind_get_max_chars  (const CptField *field,
                                   gsize           limit);
/* A copy without blanks (of Unicode, too) at the ends */
char     *cpt_kind_dup_trimmed    (const char *text);
/* Normalises what a parser has read; CPT_ERROR_INVALID */
gboolean  cpt_kind_finish         (const CptField  *field,
                                   CptValue        *value,
                                   GError         **error);

JsonNode *cpt_kind_text_to_json   (const CptField *field,
                                   const CptValue *value);
gboolean  cpt_kind_text_from_json (const CptField  *field,
                                   JsonNode        *node,
                                   CptValue        *value,
                                   GError         **error);
char     *cpt_kind_text_format    (const CptField *field,
                                   const CptValue *value);
char     *cpt_kind_text_format_local (const CptField *field,
                                      const CptValue *value,
                                      GTimeZone      *zone);
int       cpt_kind_text_compare   (const CptField *field,
                                   const CptValue *a,
                                   const CptValue *b);
void      cpt_kind_text_append_words (const CptField *field,
                                      const CptValue *value,
                                      GString        *words);
int       cpt_kind_integer_compare (const CptField *field,
                                    const CptValue *a,
                                    const CptValue *b);
/* Between @field's bounds, if it has some */
gboolean  cpt_kind_check_bounds   (const CptField  *field,
                                   gint64           integer,
                                   char           **message);

G_END_DECLS
