/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-record.h"

G_BEGIN_DECLS

/**
 * cpt_field_definition_to_json:
 * @self: a field
 *
 * What a field declares besides its name, label and kind, as it is kept in the
 * member "definition" of a record of entity "custom_field" and shown by
 * cpt_schema_to_json(). What has its ordinary value is left out. README.md
 * documents the members.
 *
 * Returns: (transfer full): an object
 */
JsonObject *cpt_field_definition_to_json  (const CptField *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_custom_field_set_record:
 * @record: of entity "custom_field"
 * @entity: name of the entity that gets the field
 * @field: the field; the prefix "x_" is put before its name unless it is there
 *
 * Fills in the record that keeps @field: the inverse of
 * cpt_schema_new_from_records().
 */
void        cpt_custom_field_set_record   (CptRecord      *record,
                                           const char     *entity,
                                           const CptField *field);

/**
 * cpt_custom_field_check_record:
 * @record: of entity "custom_field"
 * @error: %CPT_ERROR_INVALID, %CPT_ERROR_PARSE
 *
 * Whether @record describes a field that can be added to the standard ones:
 * what the door asks before it takes such a record. Clashes with other custom
 * fields show when a schema is made of all of them.
 *
 * Returns: %TRUE if it does
 */
gboolean    cpt_custom_field_check_record (const CptRecord  *record,
                                           GError          **error);

/**
 * cpt_schema_new_from_records:
 * @records: (array length=n_records): of entities "custom_field", "choice_list" and "page_layout"; those in
 *   the trash are left out
 * @n_records: how many
 * @problems: (nullable) (element-type utf8): gets a translated sentence for each record that
 *   can't become a field or a layout; owns its texts (free function g_free)
 *
 * The standard declarations with the custom fields that @records describe, by
 * position, then by age, and forms as the newest layout of each kind arranges
 * them. A record that does not fit is left out and the others are taken: one bad
 * field must not shut anybody out of the workspace. A field whose formula can't
 * be read keeps its values, without anybody to renew them.
 *
 * Returns: (transfer full): a schema
 */
CptSchema  *cpt_schema_new_from_records   (CptRecord *const *records,
                                           guint             n_records,
                                           GPtrArray        *problems) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
