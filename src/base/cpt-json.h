/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Limits that every JSON text from outside must keep */
#define CPT_JSON_MAX_DEPTH 64
#define CPT_JSON_MAX_BYTES (64 * 1024 * 1024)

/* Strict RFC 8259: valid UTF-8, no duplicate members, no trailing text, at
 * most CPT_JSON_MAX_DEPTH deep; CPT_ERROR_PARSE with line and column. What
 * JsonNode can't hold is refused, never bent: \u0000, half surrogates, integers
 * beyond 64 bits, numbers beyond double. CPT_ERROR_LIMIT above
 * CPT_JSON_MAX_BYTES. @length: in bytes, or -1 for a NUL-terminated text.
 * Returns: (transfer full) */
JsonNode   *cpt_json_parse         (const char  *text,
                                    gssize       length,
                                    GError     **error);
/* Compact; members in the order they were added. A double keeps a point, so
 * that it is read as one again; what is not finite becomes null. */
char       *cpt_json_format        (JsonNode *node);
char       *cpt_json_format_pretty (JsonNode *node);
/* Compact with members sorted by bytes: equal values give equal text, 1.0 and
 * 1 too */
char       *cpt_json_format_canonical (JsonNode *node);

/* Members of a wanted type; @value keeps what it is where @member is absent or
 * null; FALSE with CPT_ERROR_PARSE naming @member where it is of another type.
 * What is read belongs to @object. */
gboolean    cpt_json_read_string   (JsonObject  *object,
                                    const char  *member,
                                    const char **value,
                                    GError     **error);
/* Also a double that is whole, as JavaScript writes large ones */
gboolean    cpt_json_read_int      (JsonObject  *object,
                                    const char  *member,
                                    gint64      *value,
                                    GError     **error);
gboolean    cpt_json_read_boolean  (JsonObject  *object,
                                    const char  *member,
                                    gboolean    *value,
                                    GError     **error);
gboolean    cpt_json_read_array    (JsonObject  *object,
                                    const char  *member,
                                    JsonArray  **value,
                                    GError     **error);
gboolean    cpt_json_read_object   (JsonObject  *object,
                                    const char  *member,
                                    JsonObject **value,
                                    GError     **error);

/* (transfer full) (nullable): the text of @member; %NULL where it is absent, null or of another type */
char       *cpt_json_dup_string    (JsonObject *object,
                                    const char *member);

/* Those of @object that are not in @known, a %NULL-terminated list; for what a newer
 * version has written. (transfer full) (nullable): none */
JsonObject *cpt_json_dup_others    (JsonObject        *object,
                                    const char *const *known);
/* Gives @object copies of the members of @others (nullable) */
void        cpt_json_add_members   (JsonObject *object,
                                    JsonObject *others);

G_END_DECLS
