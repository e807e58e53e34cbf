/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-computed.h"
#include "cpt-door-private.h"
#include "cpt-expression.h"
#include "cpt-log-private.h"

G_BEGIN_DECLS

/**
 * CptComputedWatch:
 * @entity: the kind of record with formulas
 * @hops: (array length=n_hops): from one of these to the record that changed
 * @fields: (owned): of the record that changed: those that are read there
 *
 * Records to be worked out again when one at the other end of some links
 * changes.
 */
typedef struct
{
  const CptEntity *entity;
  CptHop           hops[CPT_DEPENDENCY_MAX_HOPS];
  guint            n_hops;
  GPtrArray       *fields;
} CptComputedWatch;

/* What follows from the formulas of a schema. Immutable. */
typedef struct _CptComputedPlan CptComputedPlan;

/* NULL when the schema has no formulas */
CptComputedPlan *cpt_computed_plan_new        (CptSchema *schema);
void             cpt_computed_plan_free       (CptComputedPlan *self);
gboolean         cpt_computed_plan_has_today  (CptComputedPlan *self);
/* (nullable) (element-type CptComputedWatch): who reads records of an entity */
GPtrArray       *cpt_computed_plan_get_watches (CptComputedPlan *self,
                                                const CptEntity *entity);
/* Whether @field, one with a formula, reads one of the record's own fields that
 * differ; @before NULL: yes */
gboolean         cpt_computed_plan_is_touched (CptComputedPlan *self,
                                               const CptField  *field,
                                               const CptRecord *before,
                                               const CptRecord *after);
/* Whether one of @fields differs */
gboolean         cpt_computed_differs         (GPtrArray       *fields,
                                               const CptRecord *before,
                                               const CptRecord *after);

/* cpt-computed.c: what the formula of @field gives for @record as it is stored */
gboolean         cpt_computed_evaluate        (CptDatabase      *database,
                                               const CptRecord  *record,
                                               const CptField   *field,
                                               CptValue         *value,
                                               GError          **error);
/* Before the rules: the items' own fields */
gboolean         cpt_computed_fill            (CptDoor  *door,
                                               GError  **error);
/* After the rows are written: notes who else is concerned and, unless it
 * belongs to a unit, works the first of them out within the same act */
gboolean         cpt_computed_follow          (CptDoor  *door,
                                               GError  **error);

/* cpt-computed-queue.c: what is to be worked out, in table "recompute" */
gboolean         cpt_computed_queue_watch     (CptDatabase             *database,
                                               const CptComputedWatch  *watch,
                                               const CptDoorItem       *item,
                                               gint64                   unit,
                                               GError                 **error);
/* @range: number of an entity, first and last row, unit or 0 */
gboolean         cpt_computed_queue_rows      (CptDatabase   *database,
                                               const gint64  *range,
                                               GError       **error);
/* All records of the entity */
gboolean         cpt_computed_queue_all       (CptDatabase      *database,
                                               const CptEntity  *entity,
                                               GError          **error);
/* All records of all entities with a formula, of those that ask for today alone
 * when @only_today */
gboolean         cpt_computed_queue_everything (CptDatabase  *database,
                                                gboolean      only_today,
                                                GError      **error);
/* Rows that appear or disappear at once, with a unit */
gboolean         cpt_computed_queue_range     (CptDatabase         *database,
                                               const CptLogChange  *range,
                                               gboolean             is_shown,
                                               GError             **error);
/* A unit is over: what it left is everybody's */
gboolean         cpt_computed_queue_release   (CptDatabase  *database,
                                               gint64        unit,
                                               GError      **error);

/* The day on which what asks for today was worked out last */
#define CPT_SETTING_COMPUTED_DAY "computed_day"

G_END_DECLS
