/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-query.h"

G_BEGIN_DECLS

/**
 * CptBoardSpec:
 * @schema: (owned)
 * @entity: whose records are the cards; of @schema
 * @columns: the choice or link whose values are the columns; of @entity
 * @lanes: (nullable): another one whose values divide the board into lanes
 * @filter: (owned) (nullable): conditions
 * @search: (owned) (nullable): words
 * @scope: of boards in parts: which one is shown; nil: the first
 *
 * What a board shows. Where the target of a link belongs to something else, as
 * a stage belongs to a pipeline, there is a board for each of those: a scope.
 */
typedef struct
{
  CptSchema       *schema;
  const CptEntity *entity;
  const CptField  *columns;
  const CptField  *lanes;
  CptFilter       *filter;
  char            *search;
  CptUuid          scope;
} CptBoardSpec;

/* Whether its values can be columns */
gboolean         cpt_board_can_be_columns          (const CptField *field);
/* (element-type CptField): whose values can be columns, in the order of the
 * declaration; borrowed from the entity; may be empty */
GPtrArray       *cpt_board_list_fields             (CptSchema       *schema,
                                                    const CptEntity *entity);

/* Whether boards of @columns can have lanes of @field */
gboolean         cpt_board_spec_can_be_lanes       (const CptBoardSpec *self,
                                                    const CptField     *field);
/* @field (nullable): the declared one, or the first that can be, when %NULL. An
 * entity without such a field gives %NULL. */
CptBoardSpec    *cpt_board_spec_new                (CptSchema       *schema,
                                                    const CptEntity *entity,
                                                    const CptField  *field);
CptBoardSpec    *cpt_board_spec_copy               (const CptBoardSpec *self);
void             cpt_board_spec_free               (CptBoardSpec *self);
/* The kind of record that the columns are; %NULL for choices */
const CptEntity *cpt_board_spec_get_target         (const CptBoardSpec *self);
/* Of the target: what it belongs to (a stage's pipeline); %NULL when there are no parts */
const CptField  *cpt_board_spec_get_scope_field    (const CptBoardSpec *self);
/* Of the entity: the link to the same (a deal's pipeline); %NULL when it has none */
const CptField  *cpt_board_spec_get_own_scope      (const CptBoardSpec *self);
/* Whether all records of the target are columns, also those without cards */
gboolean         cpt_board_spec_has_all_columns    (const CptBoardSpec *self);
/* Whether a card may lose its value of @field: be put into the column, or lane, of
 * those without one */
gboolean         cpt_board_field_may_be_none       (const CptField *field);
/* For people: "Without a stage" */
char            *cpt_board_field_dup_none_title    (const CptField *field);
/* Sets @value to that of the column, or lane, of @field with @key */
void             cpt_board_field_set_value         (const CptField *field,
                                                    const char     *key,
                                                    CptValue       *value);
/* Records in the column with that key: a choice, an identifier as text, or ""
 * for those whose value is missing or leads nowhere. @others (nullable)
 * (element-type CptUuid): the scopes that are not shown; their records are theirs */
CptFilter       *cpt_board_spec_dup_column_filter  (const CptBoardSpec  *self,
                                                    const char          *key,
                                                    GPtrArray           *others,
                                                    GError             **error);
/* Records in the lane with that key; likewise */
CptFilter       *cpt_board_spec_dup_lane_filter    (const CptBoardSpec  *self,
                                                    const char          *key,
                                                    GError             **error);
/* All records with words and conditions, in the entity's default order */
CptQuery        *cpt_board_spec_create_query       (const CptBoardSpec *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptBoardSpec, cpt_board_spec_free)

G_END_DECLS
