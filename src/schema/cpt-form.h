/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-entity.h"

G_BEGIN_DECLS

/**
 * CptFormField:
 * @field: the field
 * @is_hidden: the workspace does not show it, but where a rule asks for it
 */
typedef struct
{
  const CptField *field;
  gboolean        is_hidden;
} CptFormField;

/**
 * CptFormGroup:
 * @name: as in the layout, or as declared
 * @title: for people
 * @is_folded: whether its fields are out of sight at first
 * @fields: (array length=n_fields): in their order; at least one
 */
typedef struct
{
  char         *name;
  char         *title;
  gboolean      is_folded;
  CptFormField *fields;
  guint         n_fields;
} CptFormGroup;

/**
 * CptForm:
 * @groups: (array length=n_groups): from top to bottom
 *
 * How the fields of a kind of record stand on its pages and on paper: what is
 * declared, arranged as the workspace wants it.
 */
struct _CptForm
{
  CptFormGroup *groups;
  guint         n_groups;
};

/* Owned by the schema of @entity. Fields that forms never offer are not in it. */
const CptForm *cpt_entity_get_form  (const CptEntity *entity);
/* Whether a workspace may leave @field out: not what names the record, nor what
 * can't be empty */
gboolean       cpt_entity_can_hide  (const CptEntity *entity,
                                     const CptField  *field);
/* Translated: what the declared group @name is called; NULL when there is none */
const char    *cpt_entity_get_group_label (const CptEntity *entity,
                                           const char      *name);
gboolean       cpt_form_is_hidden   (const CptForm  *self,
                                     const CptField *field);

G_END_DECLS
