/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-filter.h"

G_BEGIN_DECLS

/* What a workspace asks of its records besides what is declared, kept in
 * records of entity "rule". README.md of the store says how they are meant. */

typedef enum
{
  CPT_RULE_VISIBLE, /* the field is only shown and filled in when the condition holds */
  CPT_RULE_REQUIRED, /* it can't be empty */
  CPT_RULE_READ_ONLY, /* it stays as it is */
  CPT_RULE_CHOICES, /* only some of its choices may be taken */
  CPT_RULE_UNIQUE, /* no two records have the same in it */
  CPT_N_RULE_KINDS
} CptRuleKind;

/**
 * CptRule:
 * @id: of the record that keeps it
 * @kind: what it asks
 * @entity: of the schema that the rules were made for
 * @field: likewise
 * @condition: (nullable): when it holds; always when NULL
 * @allowed: (nullable): NULL-terminated names of choices, for %CPT_RULE_CHOICES
 * @name: what people call it
 * @message: (nullable): what they are told
 *
 * One rule that is in force.
 */
typedef struct
{
  CptUuid          id;
  CptRuleKind      kind;
  const CptEntity *entity;
  const CptField  *field;
  CptFilter       *condition;
  char           **allowed;
  char            *name;
  char            *message;
} CptRule;

/**
 * CptRules:
 *
 * The rules of a workspace at one moment. Immutable, counted atomically, safe in
 * any thread; holds its schema.
 */
typedef struct _CptRules CptRules;

/* How many rules one kind of record may have */
#define CPT_RULES_MAX 500

/**
 * cpt_rules_new:
 * @schema: the declarations
 * @records: (array length=n_records): of entity "rule"
 * @n_records: how many
 * @problems: (nullable) (element-type utf8): gets a translated sentence for each
 *   rule that can't be understood; owns its texts
 *
 * What cannot be understood is left out and the others are taken: a rule that
 * another computer or another version wrote must not shut anybody out.
 *
 * Returns: (transfer full) (nullable): %NULL when no rule is in force
 */
CptRules             *cpt_rules_new        (CptSchema        *schema,
                                            CptRecord *const *records,
                                            guint             n_records,
                                            GPtrArray        *problems) G_GNUC_WARN_UNUSED_RESULT;
CptRules             *cpt_rules_ref        (CptRules *self);
void                  cpt_rules_unref      (CptRules *self);
/* Those of a kind of record; @self may be NULL. Owned by @self. */
const CptRule *const *cpt_rules_list       (CptRules        *self,
                                            const CptEntity *entity,
                                            guint           *n_rules);
/* Whether its condition is met; of the rules' entity, whatever its schema */
gboolean              cpt_rule_holds       (const CptRule       *self,
                                            const CptFilterHost *host,
                                            const CptRecord     *record);
/* Whether all of @value (choices) may be taken; a choice that is not allowed
 * goes into @refused (nullable) (out), which belongs to @value */
gboolean              cpt_rule_allows      (const CptRule   *self,
                                            const CptValue  *value,
                                            const char     **refused);
/* For people: "Why it was lost must be filled in when Stage › Kind is Lost".
 * @database (nullable) knows the titles of links */
char                 *cpt_rule_to_sentence (const CptRule *self,
                                            CptDatabase   *database) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_rule_describe:
 * @schema: the declarations
 * @record: of entity "rule", in force or not
 * @database: (nullable): knows the titles of links
 * @problem: (out) (optional) (nullable): why it can't be understood: a translated sentence
 *
 * What the rule that @record keeps says, as cpt_rule_to_sentence() does.
 *
 * Returns: (transfer full) (nullable): %NULL with @problem when it can't be understood
 */
char                 *cpt_rule_describe    (CptSchema        *schema,
                                            const CptRecord  *record,
                                            CptDatabase      *database,
                                            char            **problem) G_GNUC_WARN_UNUSED_RESULT;

/**
 * CptFieldState:
 * @is_hidden: a rule about what is shown does not hold
 * @is_required: it can't be empty; never so while it is hidden
 * @is_read_only: people can't change what is in it
 * @allowed: (owned) (nullable): names of the choices that may be taken; all when NULL
 *
 * How a field of a record is to be shown now.
 */
typedef struct
{
  gboolean is_hidden;
  gboolean is_required;
  gboolean is_read_only;
  char   **allowed;
} CptFieldState;

/* What declaration and rules ask of @field of @record, as it is in memory.
 * @self may be NULL. */
void                  cpt_rules_get_state  (CptRules            *self,
                                            const CptFilterHost *host,
                                            const CptRecord     *record,
                                            const CptField      *field,
                                            CptFieldState       *state);
void                  cpt_field_state_clear (CptFieldState *self);

/**
 * CptRuleProblem:
 * @field: (nullable): name of the field of entity "rule" that it is about
 * @message: translated, one sentence
 */
typedef struct
{
  const char *field;
  char       *message;
} CptRuleProblem;

/**
 * cpt_rule_check_record:
 * @schema: the declarations
 * @record: of entity "rule"
 * @others: (array length=n_others): all records of that entity; @record may be among them
 * @n_others: how many
 *
 * Whether @record says something that can be asked of records, and leaves a way
 * to store them: what the door asks before it takes it. Of one that is not in
 * force nothing is asked.
 *
 * Returns: (transfer full) (element-type CptRuleProblem): empty when it does
 */
GPtrArray            *cpt_rule_check_record (CptSchema        *schema,
                                             const CptRecord  *record,
                                             CptRecord *const *others,
                                             guint             n_others) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptRules, cpt_rules_unref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptFieldState, cpt_field_state_clear)

G_END_DECLS
