/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cpt-database.h"

G_BEGIN_DECLS

/* Fields that a workspace adds to its kinds of records */

/**
 * cpt_fields_find_name:
 * @database: a connection
 * @entity: the kind of record
 * @text: what the name is made of: a label, or a name
 * @error: return location for an error
 *
 * A name that no field of any kind of record has, and under which no record of
 * @entity keeps what was in a field that is gone: "Taille (cm)" becomes
 * "x_taille_cm", then "x_taille_cm_2".
 *
 * Returns: (transfer full): the name
 */
char      *cpt_fields_find_name     (CptDatabase      *database,
                                     const CptEntity  *entity,
                                     const char       *text,
                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* The name of a choice that is none of @taken (element-type utf8): "Très grand" becomes "tres_grand" */
char      *cpt_fields_dup_choice_name (const char *label,
                                       GPtrArray  *taken) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_fields_create_record:
 * @database: a connection
 * @entity: the kind of record that gets the field
 * @label: what people call it
 * @kind: what it holds
 * @definition: (nullable): the rest, as README.md of the schema has it
 * @error: return location for an error
 *
 * The record of a new field, behind those that there are. Storing it is left to
 * the caller; what is wrong with it is told then.
 *
 * Returns: (transfer full): a record of entity "custom_field"
 */
CptRecord *cpt_fields_create_record (CptDatabase      *database,
                                     const CptEntity  *entity,
                                     const char       *label,
                                     CptFieldKind      kind,
                                     JsonObject       *definition,
                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* In how many records @field has something; @choice (nullable): or that choice */
gboolean   cpt_fields_count_values  (CptDatabase      *database,
                                     const CptEntity  *entity,
                                     const CptField   *field,
                                     const char       *choice,
                                     guint64          *count,
                                     GError          **error);
/* In how many records the formula of @field gives nothing. That may be meant so, or
 * it divides by zero there. Says something once cpt_computed_is_due() is over */
gboolean   cpt_fields_count_nothing (CptDatabase      *database,
                                     const CptEntity  *entity,
                                     const CptField   *field,
                                     guint64          *count,
                                     GError          **error);
/* In how many records in the trash something stands under @name, whether there is
 * such a field or not; @choice (nullable): or that choice */
gboolean   cpt_fields_count_trash   (CptDatabase      *database,
                                     const CptEntity  *entity,
                                     const char       *name,
                                     const char       *choice,
                                     guint64          *count,
                                     GError          **error);

G_END_DECLS
