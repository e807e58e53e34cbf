/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-dashboard-filter.h"

G_BEGIN_DECLS

/**
 * CptQuestionSubject:
 * @entity: whose records are counted
 * @date: (nullable): the path to the day on which they count: as the question says, or by
 *   its metric, or by what it asks
 * @is_named: whether the question names metrics
 *
 * What a question is about.
 */
typedef struct
{
  const CptEntity *entity;
  char            *date;
  gboolean         is_named;
} CptQuestionSubject;

/* FALSE when it can't be told; nothing is to be cleared then */
gboolean  cpt_question_subject_init  (CptQuestionSubject *self,
                                      CptDatabase        *database,
                                      JsonNode           *question);
void      cpt_question_subject_clear (CptQuestionSubject *self);

/* (nullable): the date that a question with measures of its own is about, where it does
 * not say so: what it compares, what it is within, or what it is broken down by */
const char *cpt_question_find_date (JsonObject *question);

/**
 * cpt_question_filter:
 * @schema: the declarations
 * @subject: of @question
 * @question: of a widget
 * @filters: (nullable): of a dashboard
 * @left_out: (element-type utf8) (nullable): gets the labels of the filters that mean
 *   nothing to the question
 *
 * The same question of fewer records. A period takes the place of the question's
 * own, and what it compares with goes along; "all" takes both away. A condition
 * is about the field by which these records have what the filter is about: see
 * cpt_question_map_path(). A pure function.
 *
 * Returns: (transfer full): the question
 */
JsonNode *cpt_question_filter        (CptSchema                *schema,
                                      const CptQuestionSubject *subject,
                                      JsonNode                 *question,
                                      JsonNode                 *filters,
                                      GPtrArray                *left_out);

/**
 * cpt_question_map_path:
 * @schema: the declarations
 * @entity: whose records are counted
 * @source: name of the kind of record that a filter is about
 * @field: path of the filter
 *
 * Where records of @entity have what a filter on records of another kind is
 * about: the same record on the way of the path, a field of the same meaning (the
 * owner of a deal is the assignee of a task), or what is behind a link. @field "id" is
 * the record itself.
 *
 * Returns: (transfer full) (nullable): a path, "id" for the record itself
 */
char     *cpt_question_map_path      (CptSchema       *schema,
                                      const CptEntity *entity,
                                      const char      *source,
                                      const char      *field);

#define CPT_BREAK_DOWN_LIMIT 25

/**
 * cpt_question_break_down:
 * @question: of a widget
 * @conditions: (element-type CptFilter): which of its records: those of a mark
 * @path: by what
 * @bucket: where that is a date, else %CPT_BUCKET_NONE
 * @in_bins: where that is a number
 *
 * The measures of a question, of fewer records, by one other field: the largest
 * %CPT_BREAK_DOWN_LIMIT first, or in the order of time. A period that is among
 * @conditions has nothing to be compared with.
 *
 * Returns: (transfer full): the question
 */
JsonNode *cpt_question_break_down    (JsonNode   *question,
                                      GPtrArray  *conditions,
                                      const char *path,
                                      CptBucket   bucket,
                                      gboolean    in_bins);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptQuestionSubject, cpt_question_subject_clear)

G_END_DECLS
