/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"
#include "cpt-field-type.h"

G_BEGIN_DECLS

/**
 * CptFilter:
 *
 * A condition on records of one entity: all, any or not of others, or a field
 * (also through links) with an operator and values. Immutable, counted
 * atomically, holds its schema. Four faces that agree: JSON, SQL, a match in
 * memory, a sentence.
 *
 * JSON: {"all":[...]}, {"any":[...]}, {"not":{...}} or
 * {"field":"organisation.country","op":"is","value":"FR"}. "value" is in the
 * field's JSON form, an array for in/not-in/between/contains-any/-all, absent
 * for is-empty and the like. Periods for within/not-within:
 * {"last":30,"unit":"day"} (today and the 29 days before; whole weeks, months,
 * quarters, years up to now for larger units), {"next":7,"unit":"day"},
 * {"this":"month"}, {"previous":"quarter"}, {"from":"2026-01-01","to":"2026-03-31"}
 * (both included, either may be absent). A date value may also be
 * {"today":-30} (days from today); a user link may be {"me":true}; "is" and
 * "is-not" of money take {"currency":"EUR"}, any amount in it; a date where an
 * instant is asked for is the whole day in the workspace's zone.
 *
 * A condition about nothing is not met, and what is negated (is-not, is-empty,
 * is-false, not...) is met exactly when the rest is not. FILTERS.md has it all.
 */
typedef struct _CptFilter CptFilter;

typedef enum
{
  CPT_FILTER_ALL,
  CPT_FILTER_ANY,
  CPT_FILTER_NOT,
  CPT_FILTER_CONDITION,
} CptFilterForm;

#define CPT_FILTER_MAX_DEPTH 16
#define CPT_FILTER_MAX_CONDITIONS 200
#define CPT_FILTER_MAX_VALUES 1000

CptFilter       *cpt_filter_ref               (CptFilter *self);
void             cpt_filter_unref             (CptFilter *self);
CptFilter       *cpt_filter_from_json         (CptSchema        *schema,
                                               const CptEntity  *entity,
                                               JsonNode         *node,
                                               GError          **error);
CptFilter       *cpt_filter_parse             (CptSchema        *schema,
                                               const CptEntity  *entity,
                                               const char       *json,
                                               GError          **error);
JsonNode        *cpt_filter_to_json           (CptFilter *self);

/* @children are referenced; no children: matches everything (all) or nothing (any) */
CptFilter       *cpt_filter_new_group         (CptSchema        *schema,
                                               const CptEntity  *entity,
                                               CptFilterForm     form,
                                               CptFilter *const *children,
                                               guint             n_children);
/* @value is what "value" is in JSON; (nullable); CPT_ERROR_INVALID when the
 * operator does not fit the field */
CptFilter       *cpt_filter_new_condition     (CptSchema        *schema,
                                               const CptEntity  *entity,
                                               const char       *path,
                                               CptOperator       op,
                                               JsonNode         *value,
                                               GError          **error);
/* Either may be NULL */
CptFilter       *cpt_filter_and               (CptFilter *a,
                                               CptFilter *b);

/* Either may be NULL, which matches nothing here */
CptFilter       *cpt_filter_or                (CptFilter *a,
                                               CptFilter *b);

CptFilterForm    cpt_filter_get_form          (CptFilter *self);
const CptEntity *cpt_filter_get_entity        (CptFilter *self);
CptFilter *const *cpt_filter_get_children     (CptFilter *self,
                                               guint     *n_children);
const CptPath   *cpt_filter_get_path          (CptFilter *self);
CptOperator      cpt_filter_get_operator      (CptFilter *self);
JsonNode        *cpt_filter_get_value         (CptFilter *self);

/* @database answers paths through links and what day it is. Agrees with SQL. */
gboolean         cpt_filter_matches           (CptFilter       *self,
                                               CptDatabase     *database,
                                               const CptRecord *record);

/**
 * CptFilterHost:
 * @now: instant
 * @zone: says what day it is
 * @author: (nullable): the user who asks; NULL or nil when not known
 * @load: (nullable): the record behind a link, (transfer full) (nullable): NULL
 *   when it is not there; without it no link leads anywhere
 * @data: for @load
 *
 * What a condition asks besides the record, for those who have no connection
 * at hand or know more than what is stored.
 */
typedef struct
{
  gint64         now;
  GTimeZone     *zone;
  const CptUuid *author;
  CptRecord   *(*load) (gpointer         data,
                        const CptEntity *entity,
                        const CptUuid   *id);
  gpointer       data;
} CptFilterHost;

/* Day, zone, user and links as @database has them; borrows from it */
void             cpt_filter_host_init         (CptFilterHost *self,
                                               CptDatabase   *database);
gboolean         cpt_filter_matches_in        (CptFilter           *self,
                                               const CptFilterHost *host,
                                               const CptRecord     *record);
/* "Country is France and Stage is Won or Lost"; link values by title when
 * @database is given (nullable) */
char            *cpt_filter_to_sentence       (CptFilter   *self,
                                               CptDatabase *database);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptFilter, cpt_filter_unref)

G_END_DECLS
