/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cpt-entity.h"

G_BEGIN_DECLS

/* Version of the standard declarations; written into workspaces */
#define CPT_SCHEMA_VERSION 2

/**
 * CptSchema:
 *
 * Everything that is declared at one moment: the standard entities plus the
 * custom fields of a workspace. Immutable, counted atomically, safe in any
 * thread. Entities and fields live as long as the schema does; holders of
 * #CptEntity pointers hold the schema too.
 */
typedef struct _CptSchema CptSchema;

/**
 * CptCustomField:
 *
 * A field that a user added, as it is kept in a record of entity "custom_field".
 * Names are given the prefix "x_" so that no later standard field can clash.
 */
typedef struct
{
  const char *entity;
  CptField    field; /* strings borrowed from the caller */
} CptCustomField;

/* The standard declarations alone */
CptSchema              *cpt_schema_new           (void);
/* With custom fields, in their order; strings are copied. CPT_ERROR_INVALID for
 * a bad name, a clash or unfit parameters, CPT_ERROR_LIMIT for more than 500 of
 * one entity. See cpt_schema_new_from_records() for what a workspace keeps. */
CptSchema              *cpt_schema_new_with      (const CptCustomField  *fields,
                                                  guint                  n_fields,
                                                  GError               **error);
CptSchema              *cpt_schema_ref           (CptSchema *self);
void                    cpt_schema_unref         (CptSchema *self);
/* In the order of their numbers; owned by the schema. @n_entities may be NULL. */
const CptEntity *const *cpt_schema_get_entities  (CptSchema *self,
                                                  guint     *n_entities);
/* (transfer container) (element-type CptEntity): those whose records people keep,
 * without the application's own; in the same order */
GPtrArray              *cpt_schema_list_kinds    (CptSchema *self) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer container) (element-type CptEntity): what can be counted: those of
 * cpt_schema_list_kinds(), then the facts, numbers that are no records */
GPtrArray              *cpt_schema_list_sources  (CptSchema *self) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) */
const CptEntity        *cpt_schema_find_entity   (CptSchema  *self,
                                                  const char *name);
const CptEntity        *cpt_schema_find_number   (CptSchema *self,
                                                  guint      number);
/* The entity that a link field points to; NULL for other fields and for "id" */
const CptEntity        *cpt_schema_get_target    (CptSchema      *self,
                                                  const CptField *field);

/* The fields of @entity whose formulas were read, each behind those that it
 * needs. Owned by the schema. */
const CptField *const  *cpt_schema_get_computed  (CptSchema       *self,
                                                  const CptEntity *entity,
                                                  guint           *n_fields);

/**
 * CptPath:
 *
 * A field reached through links: "organisation.country" from a deal. All steps
 * but the last are link fields (one).
 */
#define CPT_PATH_MAX_STEPS 6
typedef struct
{
  const CptEntity *entities[CPT_PATH_MAX_STEPS]; /* entity of each step */
  const CptField  *fields[CPT_PATH_MAX_STEPS];
  guint            n_steps; /* at least 1 */
} CptPath;

/* @path is untouched on failure.
 * "id", "created_at", "created_by", "changed_at" and "changed_by" are known
 * everywhere (see cpt_field_get_system()). CPT_ERROR_NOT_FOUND otherwise. */
gboolean                cpt_path_parse           (CptSchema        *schema,
                                                  const CptEntity  *entity,
                                                  const char       *text,
                                                  CptPath          *path,
                                                  GError          **error);
char                   *cpt_path_format          (const CptPath *self);
/* For people: "Organisation › Country" */
char                   *cpt_path_get_label       (const CptPath *self);
/* The last field */
const CptField         *cpt_path_get_field       (const CptPath *self);

/* id, created_at, created_by, changed_at, changed_by: every record has them;
 * their index is G_MAXUINT. "id" is a link without a target. NULL for other
 * names. */
const CptField         *cpt_field_get_system     (const char *name);

/* The declarations as JSON, for "comptoirctl schema" and API documents;
 * README.md documents the shape. (transfer full) */
JsonNode               *cpt_schema_to_json       (CptSchema *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptSchema, cpt_schema_unref)

G_END_DECLS
